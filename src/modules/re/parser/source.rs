//! The text of a pattern, token by token: a character, or a backslash with the one behind it.

use crate::objects::str::push_char;

use super::{Failure, failure};

/// One or two code points.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Token {
    Char(u32),
    Escape(u32),
}

impl Token {
    pub fn is(self, c: u8) -> bool {
        self == Token::Char(c.into())
    }

    pub fn len(self) -> usize {
        match self {
            Token::Char(_) => 1,
            Token::Escape(_) => 2,
        }
    }

    /// Appends it as it is written.
    pub fn push(self, out: &mut Vec<u8>) {
        match self {
            Token::Char(c) => push_char(out, c),
            Token::Escape(c) => {
                out.push(b'\\');
                push_char(out, c);
            }
        }
    }

    /// The digit that the token is.
    pub fn digit(self, radix: u32) -> Option<u32> {
        match self {
            Token::Char(c) => char::from_u32(c)?.to_digit(radix),
            Token::Escape(_) => None,
        }
    }
}

/// Where the parser stands. It looks one token ahead, so that a backslash at the very end is complained of as soon as the
/// token before it is read.
pub struct Source<'a> {
    text: &'a [u32],
    /// Whether the pattern is a `str`; else each byte is a code point.
    pub is_text: bool,
    pub next: Option<Token>,
    /// Behind `next`.
    index: usize,
}

impl<'a> Source<'a> {
    pub fn new(text: &'a [u32], is_text: bool) -> Result<Source<'a>, Failure> {
        let mut source = Source { text, is_text, next: None, index: 0 };
        source.advance()?;
        Ok(source)
    }

    fn advance(&mut self) -> Result<(), Failure> {
        self.next = match self.text.get(self.index) {
            None => None,
            Some(&c) if c == u32::from(b'\\') => match self.text.get(self.index + 1) {
                Some(&escaped) => Some(Token::Escape(escaped)),
                None => return Err(failure("bad escape (end of pattern)", self.text.len() - 1)),
            },
            Some(&c) => Some(Token::Char(c)),
        };
        self.index += self.next.map_or(0, Token::len);
        Ok(())
    }

    pub fn get(&mut self) -> Result<Option<Token>, Failure> {
        let token = self.next;
        self.advance()?;
        Ok(token)
    }

    /// Passes over the character if it is next.
    pub fn accept(&mut self, c: u8) -> Result<bool, Failure> {
        let is_next = self.next == Some(Token::Char(c.into()));
        if is_next {
            self.advance()?;
        }
        Ok(is_next)
    }

    /// Where the next token begins.
    pub fn tell(&self) -> usize {
        self.index - self.next.map_or(0, Token::len)
    }

    pub fn seek(&mut self, position: usize) -> Result<(), Failure> {
        self.index = position;
        self.advance()
    }

    /// Up to `most` digits.
    pub fn digits(&mut self, most: usize, radix: u32, out: &mut Vec<u8>) -> Result<(), Failure> {
        for _ in 0..most {
            let Some(token) = self.next.filter(|token| token.digit(radix).is_some()) else { break };
            token.push(out);
            self.advance()?;
        }
        Ok(())
    }

    /// What stands before `end`, a name; and its length in code points.
    pub fn until(&mut self, end: u8, what: &str) -> Result<(Vec<u8>, usize), Failure> {
        let (mut name, mut len) = (Vec::new(), 0);
        loop {
            let token = self.get()?;
            match token {
                None if len == 0 => return Err(self.failure(format!("missing {what}"), 0)),
                None => return Err(self.failure(format!("missing {}, unterminated name", end as char), len)),
                Some(token) if token.is(end) => {
                    return if len == 0 { Err(self.failure(format!("missing {what}"), 1)) } else { Ok((name, len)) };
                }
                Some(token) => {
                    token.push(&mut name);
                    len += token.len();
                }
            }
        }
    }

    /// A failure `back` characters before the next token.
    pub fn failure(&self, message: impl AsRef<[u8]>, back: usize) -> Failure {
        let message = message.as_ref();
        let message = if self.is_text || message.is_ascii() {
            message.to_vec()
        } else {
            let mut escaped = Vec::new();
            crate::objects::str::repr::push_ascii(&mut escaped, message);
            escaped
        };
        Failure::Pattern { message, position: Some(self.tell() - back) }
    }
}

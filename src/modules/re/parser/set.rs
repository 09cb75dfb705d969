//! Character sets: `[a-z\d]`.

use crate::modules::re::tree::{Node, SetItem, SetNode};
use crate::objects::exception::Exc;
use crate::vm::report;

use super::source::Token;
use super::{Failure, Parser};

impl Parser<'_> {
    fn possible_set(&self, what: &str, position: usize) -> Result<(), Failure> {
        let message = format!("Possible {what} at position {position}");
        Ok(report::warn(self.th, Exc::FutureWarning, &message)?)
    }

    /// A set, whose bracket has been read.
    pub fn set(&mut self) -> Result<Node, Failure> {
        let here = self.source.tell() - 1;
        if self.source.next.is_some_and(|next| next.is(b'[')) {
            self.possible_set("nested set", self.source.tell())?;
        }
        let negated = self.source.accept(b'^')?;
        let mut items = Vec::new();
        loop {
            let token = self.set_token(here)?;
            if token.is(b']') && !items.is_empty() {
                break;
            }
            let item = match token {
                Token::Escape(escaped) => self.set_escape(escaped)?,
                Token::Char(c) => {
                    if !items.is_empty() && self.source.next == Some(token) {
                        self.warn_of_operator(c)?;
                    }
                    SetItem::Range(c, c)
                }
            };
            if !self.source.accept(b'-')? {
                items.push(item);
                continue;
            }
            let until = self.set_token(here)?;
            if until.is(b']') {
                items.extend([item, SetItem::Range(b'-'.into(), b'-'.into())]);
                break;
            }
            items.push(self.range(token, item, until)?);
        }
        Ok(Node::Set(SetNode { negated, items }))
    }

    fn set_token(&mut self, here: usize) -> Result<Token, Failure> {
        match self.source.get()? {
            Some(token) => Ok(token),
            None => Err(self.source.failure("unterminated character set", self.source.tell() - here)),
        }
    }

    /// A doubled sign that other dialects take for set arithmetic.
    fn warn_of_operator(&self, c: u32) -> Result<(), Failure> {
        let what = match u8::try_from(c) {
            Ok(b'-') => "set difference",
            Ok(b'&') => "set intersection",
            Ok(b'~') => "set symmetric difference",
            Ok(b'|') => "set union",
            _ => return Ok(()),
        };
        self.possible_set(what, self.source.tell() - 1)
    }

    /// The range from `first` to `until`, which has been read.
    fn range(&mut self, first: Token, low: SetItem, until: Token) -> Result<SetItem, Failure> {
        let high = match until {
            Token::Escape(escaped) => self.set_escape(escaped)?,
            Token::Char(c) => {
                if until.is(b'-') {
                    self.possible_set("set difference", self.source.tell() - 2)?;
                }
                SetItem::Range(c, c)
            }
        };
        if let (SetItem::Range(low, _), SetItem::Range(high, _)) = (low, high)
            && low <= high
        {
            return Ok(SetItem::Range(low, high));
        }
        let mut message = b"bad character range ".to_vec();
        first.push(&mut message);
        message.push(b'-');
        until.push(&mut message);
        Err(self.source.failure(message, first.len() + 1 + until.len()))
    }
}

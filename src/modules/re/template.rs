//! Templates: what replaces a match, with groups in it (`\1`, `\g<name>`).

use crate::heap::{Gc, Value};
use crate::objects::bytes;
use crate::objects::exception::Exc;
use crate::objects::str::repr::push_repr;
use crate::objects::str::{Str, push_char};
use crate::vm::native::Result;
use crate::vm::{Raised, Thread};

use super::errors;
use super::matched::Match;
use super::parser::escape::control;
use super::parser::group::check_name;
use super::parser::source::{Source, Token};
use super::parser::{Failure, code_points};
use super::pattern::Pattern;

/// What a template is put together from.
pub enum Piece {
    Literal(Vec<u8>),
    Group(usize),
}

pub struct Template {
    pub pieces: Vec<Piece>,
    pub is_text: bool,
}

/// Reads a template, a string or something with bytes.
pub fn read(th: &Thread, pattern: Gc<Pattern>, source: Value) -> Result<Template> {
    let Some((text, is_text)) = code_points(source) else {
        let found = th.type_name(source);
        return Err(th.type_error(format_args!("decoding to str: need a bytes-like object, {found} found")));
    };
    let mut reader = match Source::new(&text, is_text) {
        Ok(source) => Reader { th, pattern, source, pieces: Vec::new(), literal: Vec::new() },
        Err(failure) => return Err(errors::raise(th, failure, source)),
    };
    match reader.read() {
        Ok(()) => Ok(Template { pieces: reader.pieces, is_text }),
        Err(failure) => Err(errors::raise(th, failure, source)),
    }
}

struct Reader<'a> {
    th: &'a Thread,
    pattern: Gc<Pattern>,
    source: Source<'a>,
    pieces: Vec<Piece>,
    literal: Vec<u8>,
}

impl Reader<'_> {
    fn read(&mut self) -> std::result::Result<(), Failure> {
        while let Some(token) = self.source.get()? {
            match token {
                Token::Char(c) => self.push(c),
                Token::Escape(c) => self.escape(c)?,
            }
        }
        self.end_literal();
        Ok(())
    }

    /// A character of the text; of a bytes template, a byte.
    fn push(&mut self, c: u32) {
        if self.source.is_text { push_char(&mut self.literal, c) } else { self.literal.push(c as u8) }
    }

    fn end_literal(&mut self) {
        if !self.literal.is_empty() {
            self.pieces.push(Piece::Literal(std::mem::take(&mut self.literal)));
        }
    }

    fn group(&mut self, index: usize, back: usize) -> std::result::Result<(), Failure> {
        if index > self.pattern.groups() {
            return Err(self.source.failure(format!("invalid group reference {index}"), back));
        }
        self.end_literal();
        self.pieces.push(Piece::Group(index));
        Ok(())
    }

    fn escape(&mut self, c: u32) -> std::result::Result<(), Failure> {
        let mut escape = vec![b'\\'];
        push_char(&mut escape, c);
        match u8::try_from(c) {
            Ok(b'g') => self.named(),
            Ok(b'0') => {
                self.source.digits(2, 8, &mut escape)?;
                let value = number(&escape[1..], 8);
                self.push(value as u32 & 0xFF);
                Ok(())
            }
            Ok(b'1'..=b'9') => {
                self.source.digits(1, 10, &mut escape)?;
                let octal = escape[1..].iter().all(|digit| (b'0'..b'8').contains(digit));
                let goes_on = self.source.next.is_some_and(|next| next.digit(8).is_some());
                if escape.len() != 3 || !octal || !goes_on {
                    return self.group(number(&escape[1..], 10), escape.len() - 1);
                }
                self.source.digits(1, 8, &mut escape)?;
                let value = number(&escape[1..], 8);
                if value > 0o377 {
                    let message = [b"octal escape value ", &escape[..], b" outside of range 0-0o377"].concat();
                    return Err(self.source.failure(message, escape.len()));
                }
                self.push(value as u32);
                Ok(())
            }
            Ok(letter) if control(letter).is_some() => {
                self.push(control(letter).unwrap_or_default());
                Ok(())
            }
            Ok(letter) if letter.is_ascii_alphabetic() => {
                Err(self.source.failure([b"bad escape ", &escape[..]].concat(), 2))
            }
            _ => {
                self.push(b'\\'.into());
                self.push(c);
                Ok(())
            }
        }
    }

    /// `\g<name>`
    fn named(&mut self) -> std::result::Result<(), Failure> {
        if !self.source.accept(b'<')? {
            return Err(self.source.failure("missing <", 0));
        }
        let (name, len) = self.source.until(b'>', "group name")?;
        if name.iter().all(u8::is_ascii_digit) {
            return self.group(number(&name, 10), len + 1);
        }
        check_name(self.th, &self.source, &name)?;
        let key = Str::from_wtf8(self.th, &name);
        match self.pattern.group_index.get_str(self.th, self.th.intern_str(key)).and_then(Value::as_small_int) {
            Some(index) => self.group(index as usize, len + 1),
            None => Err(Failure::Raised(unknown(self.th, &name))),
        }
    }
}

fn unknown(th: &Thread, name: &[u8]) -> Raised {
    let mut message = b"unknown group name ".to_vec();
    push_repr(&mut message, name);
    th.raise_with(Exc::IndexError, &[Str::from_wtf8(th, &message).value()])
}

/// The value of digits; more than any number of groups if there are too many.
fn number(digits: &[u8], radix: u32) -> usize {
    let text = std::str::from_utf8(digits).unwrap_or_default();
    usize::from_str_radix(text, radix).unwrap_or(usize::MAX)
}

/// Text goes into a template of bytes, or bytes into one of text.
#[cold]
pub fn mismatched(th: &Thread, is_text: bool) -> Raised {
    th.type_error(if is_text {
        "sequence item 1: expected a bytes-like object, str found"
    } else {
        "sequence item 1: expected str instance, bytes found"
    })
}

/// `Match.expand`
pub fn expand(th: &Thread, found: Gc<Match>, source: Value) -> Result {
    let template = read(th, found.get().pattern, source)?;
    let mut out = Vec::new();
    for piece in &template.pieces {
        match piece {
            Piece::Literal(literal) => out.extend_from_slice(literal),
            Piece::Group(group) => {
                let text = found.group(th, *group, Value::EMPTY)?;
                match (text.as_str_cell(), template.is_text) {
                    (Some(text), true) => out.extend_from_slice(text.wtf8()),
                    (None, false) => out.extend_from_slice(&bytes::content(text).unwrap_or_default()),
                    _ if text.is_empty() => {}
                    (found, _) => return Err(mismatched(th, found.is_some())),
                }
            }
        }
    }
    Ok(if template.is_text { Str::from_wtf8(th, &out).value() } else { bytes::new(th, &out) })
}

//! What a backslash makes of the character behind it, within sets and outside of them.

use crate::modules::re::tree::{Category, Class, Node, Place, SetItem, SetNode};
use crate::objects::str::push_char;
use crate::objects::str::repr::push_repr;

use super::{Failure, Parser};

/// `\n` and its like, which are the same everywhere.
pub fn control(c: u8) -> Option<u32> {
    Some(match c {
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'n' => 10,
        b'r' => 13,
        b't' => 9,
        b'v' => 11,
        b'\\' => b'\\'.into(),
        _ => return None,
    })
}

fn category(c: u8) -> Option<Category> {
    let class = match c.to_ascii_lowercase() {
        b'd' => Class::Digit,
        b's' => Class::Space,
        b'w' => Class::Word,
        _ => return None,
    };
    Some(Category { class, negated: c.is_ascii_uppercase() })
}

fn place(c: u8) -> Option<Place> {
    Some(match c {
        b'A' => Place::StringStart,
        b'b' => Place::Boundary,
        b'B' => Place::NoBoundary,
        b'Z' | b'z' => Place::StringEnd,
        _ => return None,
    })
}

/// An escape as it is written so far.
fn written(c: u32) -> Vec<u8> {
    let mut text = vec![b'\\'];
    push_char(&mut text, c);
    text
}

/// The number that the digits behind a prefix of `skip` bytes make.
fn number(escape: &[u8], skip: usize, radix: u32) -> Option<u32> {
    u32::from_str_radix(std::str::from_utf8(&escape[skip..]).ok()?, radix).ok()
}

impl Parser<'_> {
    fn bad_escape(&self, escape: &[u8]) -> Failure {
        let len = crate::objects::str::count_chars(escape);
        self.source.failure([b"bad escape ", escape].concat(), len)
    }

    /// `\xHH`, `\uHHHH`, `\UHHHHHHHH`
    fn hexadecimal(&mut self, c: u8, digits: usize) -> Result<u32, Failure> {
        let mut escape = vec![b'\\', c];
        self.source.digits(digits, 16, &mut escape)?;
        if escape.len() != digits + 2 {
            let message = [&b"incomplete escape "[..], &escape].concat();
            return Err(self.source.failure(message, escape.len()));
        }
        let code_point = number(&escape, 2, 16).filter(|code_point| *code_point <= 0x10_FFFF);
        code_point.ok_or_else(|| self.bad_escape(&escape))
    }

    /// `\N{NAME}`
    fn character_of_name(&mut self) -> Result<u32, Failure> {
        if !self.source.accept(b'{')? {
            return Err(self.source.failure("missing {", 0));
        }
        let (name, len) = self.source.until(b'}', "character name")?;
        let Ok(text) = std::str::from_utf8(&name) else { return Err(self.bad_escape(b"\\N")) };
        let found = crate::syntax::character_by_name(text);
        found.map(u32::from).ok_or_else(|| {
            let mut message = b"undefined character name ".to_vec();
            push_repr(&mut message, &name);
            self.source.failure(message, len + 4)
        })
    }

    /// An octal number's value, `escape` with its backslash.
    fn octal(&self, escape: &[u8]) -> Result<u32, Failure> {
        match number(escape, 1, 8) {
            Some(value @ 0..=0o377) => Ok(value),
            _ => {
                let message = [b"octal escape value ", escape, b" outside of range 0-0o377"].concat();
                Err(self.source.failure(message, escape.len()))
            }
        }
    }

    /// A code point written by its number or name; `None` for other escapes.
    fn by_number_or_name(&mut self, c: u8) -> Result<Option<u32>, Failure> {
        Ok(Some(match c {
            b'x' => self.hexadecimal(c, 2)?,
            b'u' if self.source.is_text => self.hexadecimal(c, 4)?,
            b'U' if self.source.is_text => self.hexadecimal(c, 8)?,
            b'N' if self.source.is_text => self.character_of_name()?,
            _ => return Ok(None),
        }))
    }

    /// What is left: a letter is an error, all else stands for itself.
    fn itself(&self, c: u32) -> Result<u32, Failure> {
        let is_letter = u8::try_from(c).is_ok_and(|c| c.is_ascii_alphabetic());
        if is_letter { Err(self.bad_escape(&written(c))) } else { Ok(c) }
    }

    /// An escape within a set.
    pub fn set_escape(&mut self, escaped: u32) -> Result<SetItem, Failure> {
        let literal = |c| SetItem::Range(c, c);
        let Ok(c) = u8::try_from(escaped) else { return Ok(literal(escaped)) };
        if let Some(control) = control(c) {
            return Ok(literal(control));
        }
        if let Some(category) = category(c) {
            return Ok(SetItem::Category(category));
        }
        if let Some(code_point) = self.by_number_or_name(c)? {
            return Ok(literal(code_point));
        }
        match c {
            b'0'..=b'7' => {
                let mut escape = written(escaped);
                self.source.digits(2, 8, &mut escape)?;
                self.octal(&escape).map(literal)
            }
            b'8' | b'9' => Err(self.bad_escape(&written(escaped))),
            _ => self.itself(escaped).map(literal),
        }
    }

    /// An escape outside of sets.
    pub fn escape(&mut self, escaped: u32) -> Result<Node, Failure> {
        let Ok(c) = u8::try_from(escaped) else { return Ok(Node::Literal(escaped)) };
        if let Some(place) = place(c) {
            return Ok(Node::At(place));
        }
        if let Some(category) = category(c) {
            return Ok(Node::Set(SetNode { negated: false, items: vec![SetItem::Category(category)] }));
        }
        if let Some(control) = control(c) {
            return Ok(Node::Literal(control));
        }
        if let Some(code_point) = self.by_number_or_name(c)? {
            return Ok(Node::Literal(code_point));
        }
        match c {
            b'0' => {
                let mut escape = written(escaped);
                self.source.digits(2, 8, &mut escape)?;
                self.octal(&escape).map(Node::Literal)
            }
            b'1'..=b'9' => self.octal_or_group(written(escaped)),
            _ => self.itself(escaped).map(Node::Literal),
        }
    }

    /// Three octal digits are a character, anything else a group.
    fn octal_or_group(&mut self, mut escape: Vec<u8>) -> Result<Node, Failure> {
        let octal = |text: &[u8]| text.iter().all(|c| (b'0'..b'8').contains(c));
        self.source.digits(1, 10, &mut escape)?;
        if escape.len() == 3 && octal(&escape[1..]) && self.source.next.is_some_and(|next| next.digit(8).is_some()) {
            self.source.digits(1, 8, &mut escape)?;
            return self.octal(&escape).map(Node::Literal);
        }
        let group = number(&escape, 1, 10).unwrap_or(u32::MAX);
        if group as usize >= self.widths.len() {
            return Err(self.source.failure(format!("invalid group reference {group}"), escape.len() - 1));
        }
        if self.is_open(group) {
            return Err(self.source.failure("cannot refer to an open group", escape.len()));
        }
        self.check_look_behind(group)?;
        Ok(Node::Backreference(group))
    }
}

//! What is searched: a string or something with bytes, and positions in it as programs count them.

use std::borrow::Cow;

use crate::heap::{Gc, Value};
use crate::objects::bytes::{self, Bytes};
use crate::objects::str::Str;
use crate::vm::Thread;
use crate::vm::native::Result;

pub struct Subject {
    pub value: Value,
    text: Option<Gc<Str>>,
    /// Of a string: where it lies, in WTF-8. Of what can change: a copy.
    bytes: Cow<'static, [u8]>,
}

impl Subject {
    #[inline]
    pub fn of(th: &Thread, value: Value) -> Result<Subject> {
        if let Some(text) = value.as_str_cell() {
            return Ok(Subject { value, text: Some(text), bytes: Cow::Borrowed(text.wtf8()) });
        }
        match bytes::content(value) {
            Some(bytes) => Ok(Subject { value, text: None, bytes }),
            None => {
                let found = th.type_name(value);
                Err(th.type_error(format_args!("expected string or bytes-like object, got '{found}'")))
            }
        }
    }

    /// As `of`, for a pattern of the same kind.
    #[inline]
    pub fn for_pattern(th: &Thread, value: Value, is_text: bool) -> Result<Subject> {
        let subject = Subject::of(th, value)?;
        match (is_text, subject.is_text()) {
            (true, false) => Err(th.type_error("cannot use a string pattern on a bytes-like object")),
            (false, true) => Err(th.type_error("cannot use a bytes pattern on a string-like object")),
            _ => Ok(subject),
        }
    }

    #[inline]
    pub fn is_text(&self) -> bool {
        self.text.is_some()
    }

    #[inline]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether some characters have several bytes.
    #[inline]
    pub fn is_wide(&self) -> bool {
        self.text.is_some_and(|text| !text.is_ascii())
    }

    /// Its length in characters.
    #[inline]
    pub fn len(&self) -> usize {
        self.text.map_or(self.bytes.len(), |text| text.char_len())
    }

    /// The byte at which a character begins.
    pub fn to_byte(&self, th: &Thread, position: usize) -> usize {
        match self.text {
            Some(text) => text.byte_offset(th, position),
            None => position.min(self.bytes.len()),
        }
    }

    /// The number of the character that begins at a byte.
    #[inline]
    pub fn to_position(&self, th: &Thread, byte: usize) -> usize {
        self.text.map_or(byte, |text| text.char_position(th, byte))
    }

    /// A part of it, as a string or bytes.
    #[inline]
    pub fn part(&self, th: &Thread, from: usize, to: usize) -> Value {
        match self.text {
            Some(text) => text.slice_bytes(th, from, to).value(),
            None => {
                let all = self.value.downcast::<Bytes>();
                if from == 0 && to == self.bytes.len() && all.is_some_and(|all| all.header.is_exact()) {
                    return self.value;
                }
                bytes::new(th, self.bytes.get(from..to).unwrap_or_default())
            }
        }
    }
}

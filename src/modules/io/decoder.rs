//! Bytes to text piece by piece: characters whose bytes have not all come wait for the rest, byte order marks are read once.

use crate::heap::{Gc, Value};
use crate::objects::str::codec::{self, Encoding, Order};
use crate::objects::str::{CodePoints, Str};
use crate::vm::Thread;
use crate::vm::native::Result;

pub struct Decoder {
    /// The encoding asked for.
    named: Encoding,
    /// The same in the byte order that the mark at the start gave.
    current: Encoding,
    /// Whether the start, where the mark would be, lies behind.
    started: bool,
    /// Bytes that no text could be made of yet.
    tail: Vec<u8>,
}

/// Text that was decoded, and the bytes that it came from.
pub struct Piece {
    /// WTF-8.
    pub text: Vec<u8>,
    /// The bytes, unless they are the same as the text; a byte order mark included.
    pub bytes: Option<Vec<u8>>,
    /// How many of the bytes are the mark.
    pub mark: usize,
}

impl Decoder {
    pub fn new(named: Encoding) -> Decoder {
        Decoder { named, current: named, started: false, tail: Vec::new() }
    }

    /// As at the start of a stream, or in its middle.
    pub fn reset(&mut self, is_start: bool, big: bool) {
        let order = Some(if big { Order::Big } else { Order::Little });
        self.tail.clear();
        self.started = !is_start;
        self.current = match self.named {
            Encoding::Utf8Sig => Encoding::Utf8,
            Encoding::Utf16(None) => Encoding::Utf16(order),
            Encoding::Utf32(None) => Encoding::Utf32(order),
            named => named,
        };
    }

    /// What is needed to find out where text came from.
    pub fn settled(&self) -> Decoder {
        Decoder { named: self.named, current: self.current, started: true, tail: Vec::new() }
    }

    /// How many bytes wait.
    pub fn waiting(&self) -> usize {
        self.tail.len()
    }

    /// Whether the mark said that the order is big although the encoding does not: part of what `tell` answers.
    pub fn is_big(&self) -> bool {
        self.started
            && matches!(
                (self.named, self.current),
                (Encoding::Utf16(None), Encoding::Utf16(Some(Order::Big)))
                    | (Encoding::Utf32(None), Encoding::Utf32(Some(Order::Big)))
            )
    }

    /// The text of the next bytes. `is_last`: what is incomplete stays so.
    pub fn decode(&mut self, th: &Thread, errors: Gc<Str>, block: &[u8], is_last: bool) -> Result<Piece> {
        let mut bytes = std::mem::take(&mut self.tail);
        bytes.extend_from_slice(block);
        let mut mark = 0;
        if !self.started {
            match self.mark(th, &bytes, is_last)? {
                Some(len) => (mark, self.started) = (len, true),
                None => {
                    self.tail = bytes;
                    return Ok(Piece { text: Vec::new(), bytes: None, mark: 0 });
                }
            }
        }
        let usable = if is_last { bytes.len() } else { mark + complete(self.current, &bytes[mark..]) };
        self.tail = bytes.split_off(usable);
        let is_same = match self.current {
            Encoding::Utf8 => std::str::from_utf8(&bytes[mark..]).is_ok(),
            Encoding::Ascii | Encoding::Latin1 => bytes.is_ascii(),
            _ => false,
        };
        if is_same && mark == 0 {
            return Ok(Piece { text: bytes, bytes: None, mark });
        }
        let text = codec::decode_as(th, Value::NONE, &bytes[mark..], self.current, Some(errors))?.wtf8().to_vec();
        Ok(Piece { text, bytes: Some(bytes), mark })
    }

    /// How long the byte order mark at the start is; `None` while too few bytes have come.
    fn mark(&mut self, th: &Thread, bytes: &[u8], is_last: bool) -> Result<Option<usize>> {
        let length = match self.named {
            Encoding::Utf8Sig => {
                let sign = b"\xEF\xBB\xBF";
                self.current = Encoding::Utf8;
                return Ok(match bytes {
                    _ if bytes.starts_with(sign) => Some(3),
                    _ if sign.starts_with(bytes) && !is_last => None,
                    _ => Some(0),
                });
            }
            Encoding::Utf16(None) => 2,
            Encoding::Utf32(None) => 4,
            _ => return Ok(Some(0)),
        };
        if bytes.len() < length && (!is_last || bytes.is_empty()) {
            return Ok(None);
        }
        let order = match bytes {
            [0xFE, 0xFF, ..] if length == 2 => Order::Big,
            [0xFF, 0xFE, ..] if length == 2 => Order::Little,
            [0, 0, 0xFE, 0xFF, ..] => Order::Big,
            [0xFF, 0xFE, 0, 0, ..] => Order::Little,
            _ => {
                let (reason, range) = ("Stream does not start with BOM", 0..length);
                return Err(codec::errors::cannot_decode(th, self.named, Value::NONE, bytes, range, reason));
            }
        };
        self.current = if length == 2 { Encoding::Utf16(Some(order)) } else { Encoding::Utf32(Some(order)) };
        Ok(Some(length))
    }

    /// How many bytes of a piece the first `text.len()` bytes of its text came from.
    pub fn bytes_of(&self, th: &Thread, errors: Gc<Str>, piece: &[u8], mark: usize, text: &[u8]) -> Result<usize> {
        let strict = errors.as_str() == Some("strict");
        let characters = CodePoints(text);
        Ok(mark
            + match self.current {
                Encoding::Latin1 => characters.count(),
                Encoding::Ascii if strict => characters.count(),
                Encoding::Utf8 | Encoding::Utf8Sig if strict => text.len(),
                Encoding::Utf16(_) if strict => characters.map(|c| if c < 0x1_0000 { 2 } else { 4 }).sum(),
                Encoding::Utf32(_) if strict => 4 * characters.count(),
                _ => self.walk(th, errors, &piece[mark..], text.len())?,
            })
    }

    /// The same by decoding step by step: what replaces errors is of any length.
    fn walk(&self, th: &Thread, errors: Gc<Str>, bytes: &[u8], text: usize) -> Result<usize> {
        let (mut at, mut made) = (0, 0);
        while made < text && at < bytes.len() {
            let rest = &bytes[at..];
            let step =
                (1..=rest.len().min(4)).find(|n| complete(self.current, &rest[..*n]) == *n).unwrap_or(rest.len());
            let piece = codec::decode_as(th, Value::NONE, &rest[..step], self.current, Some(errors))?;
            made += piece.byte_count();
            at += step;
        }
        Ok(at)
    }
}

/// In bytes, names apart.
const LONGEST_ESCAPE: usize = 9;

/// How many of the bytes are complete characters, or can never become any.
fn complete(encoding: Encoding, bytes: &[u8]) -> usize {
    let len = bytes.len();
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Sig => {
            for back in 1..=len.min(3) {
                match bytes[len - back] {
                    0x80..=0xBF => {}
                    0xC2..=0xF4 => {
                        let cut = std::str::from_utf8(&bytes[len - back..]);
                        let is_cut = cut.is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none());
                        return if is_cut { len - back } else { len };
                    }
                    _ => return len,
                }
            }
            len
        }
        Encoding::Utf16(order) => {
            let even = len & !1;
            let high = match bytes[..even].last_chunk() {
                Some([_, low]) if order != Some(Order::Big) => *low,
                Some([high, _]) => *high,
                None => 0,
            };
            if (0xD8..0xDC).contains(&high) { even - 2 } else { even }
        }
        Encoding::Utf32(_) => len & !3,
        Encoding::UnicodeEscape | Encoding::RawUnicodeEscape => {
            // An escape at the end may go on: all from the last backslash on waits, if it is short enough to be cut.
            let cut = bytes.iter().rev().take(LONGEST_ESCAPE).position(|byte| *byte == b'\\');
            cut.map_or(len, |back| len - back - 1)
        }
        Encoding::Ascii | Encoding::Latin1 | Encoding::Charmap(_) => len,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_are_cut_wait() {
        let euro = "€".as_bytes();
        assert_eq!(complete(Encoding::Utf8, b"ab"), 2);
        assert_eq!(complete(Encoding::Utf8, &[b"a", &euro[..2]].concat()), 1);
        assert_eq!(complete(Encoding::Utf8, euro), 3);
        assert_eq!(complete(Encoding::Utf8, b"\xE2\x28"), 2, "no character begins so");
        assert_eq!(complete(Encoding::Utf8, b"\xF0\x9F\x98"), 0);
        assert_eq!(complete(Encoding::Utf16(Some(Order::Little)), b"a\0\x3D\xD8"), 2);
        assert_eq!(complete(Encoding::Utf16(Some(Order::Big)), b"\0a\xD8\x3D\0"), 2);
        assert_eq!(complete(Encoding::Utf32(None), b"abcde"), 4);
    }
}

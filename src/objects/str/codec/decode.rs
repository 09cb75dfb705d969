//! Bytes to text.

use crate::heap::{Gc, Value};
use crate::objects::str::{Str, push_char};
use crate::vm::Thread;
use crate::vm::native::Result;

use super::errors::{Handler, ask, cannot_decode, handler, registered, replace_bytes};
use super::{Charmap, Encoding, Order, escapes};

/// Bytes that mean nothing: how many, and why.
pub(super) struct Senseless {
    pub len: usize,
    pub reason: &'static str,
}

/// What a table says of a byte that it has no character for.
const UNDEFINED: &str = "character maps to <undefined>";
const TRUNCATED: &str = "truncated data";
const UNEXPECTED_END: &str = "unexpected end of data";

/// What the bytes say, and how many of them have been taken; those that mean nothing go to the handler called `errors`.
///
/// Unless they are the `last` ones, what may be the beginning of a character at their end is left.
pub fn decode_part(
    th: &Thread,
    object: Value,
    bytes: &[u8],
    encoding: Encoding,
    errors: Option<Gc<Str>>,
    last: bool,
) -> Result<(Gc<Str>, usize)> {
    let mut out = Vec::with_capacity(bytes.len());
    let (encoding, mut at) = after_mark(encoding, bytes);
    let mut invalid_escape = None;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if !last && encoding == Encoding::RawUnicodeEscape && rest == b"\\" {
            break;
        }
        if encoding == Encoding::UnicodeEscape && invalid_escape.is_none() {
            invalid_escape = escapes::invalid(rest);
        }
        match step(&mut out, encoding, rest) {
            Ok(width) => at += width,
            Err(senseless) if !last && is_beginning(encoding, rest, &senseless) => break,
            Err(Senseless { len, reason }) => {
                if let Some(handler) = registered(th, errors) {
                    let raised = cannot_decode(th, encoding, object, bytes, at..at + len, reason);
                    let error = th.take_exception(raised);
                    let (replacement, place) = ask(th, handler, error, bytes.len(), "decoding")?;
                    out.extend_from_slice(replacement.as_str_cell().map_or(&[], |text| text.wtf8()));
                    crate::objects::str::check_size(th, out.len())?;
                    at = place;
                    continue;
                }
                let handler = handler(th, errors)?;
                if matches!(handler, Handler::XmlCharRefReplace | Handler::NameReplace) {
                    return Err(th.type_error("don't know how to handle UnicodeDecodeError in error callback"));
                }
                match replace_bytes(&mut out, handler, encoding, rest, len) {
                    Some(taken) => at += taken,
                    None => return Err(cannot_decode(th, encoding, object, bytes, at..at + len, reason)),
                }
            }
        }
    }
    crate::objects::str::check_size(th, out.len())?;
    let text = Str::from_wtf8(th, &out);
    if let Some(escape) = invalid_escape {
        escapes::warn_of(th, escape)?;
    }
    Ok((text, at))
}

/// Whether bytes that mean nothing may do so with others after them.
fn is_beginning(encoding: Encoding, rest: &[u8], senseless: &Senseless) -> bool {
    if matches!((encoding, rest), (Encoding::Utf8, [0xED, 0xA0..=0xBF])) {
        // Of a surrogate, which a handler may let pass.
        return true;
    }
    let ends_early = [UNEXPECTED_END, TRUNCATED, escapes::AT_END, escapes::MALFORMED_NAME].contains(&senseless.reason)
        || senseless.reason.starts_with("truncated ");
    ends_early && senseless.len == rest.len()
}

/// The encoding in its byte order, and where the text starts after the byte order mark, if there is one.
fn after_mark(encoding: Encoding, bytes: &[u8]) -> (Encoding, usize) {
    match (encoding, bytes) {
        (Encoding::Utf8Sig, [0xEF, 0xBB, 0xBF, ..]) => (Encoding::Utf8, 3),
        (Encoding::Utf8Sig, _) => (Encoding::Utf8, 0),
        (Encoding::Utf16(None), [0xFE, 0xFF, ..]) => (Encoding::Utf16(Some(Order::Big)), 2),
        (Encoding::Utf16(None), [0xFF, 0xFE, ..]) => (Encoding::Utf16(Some(Order::Little)), 2),
        (Encoding::Utf32(None), [0, 0, 0xFE, 0xFF, ..]) => (Encoding::Utf32(Some(Order::Big)), 4),
        (Encoding::Utf32(None), [0xFF, 0xFE, 0, 0, ..]) => (Encoding::Utf32(Some(Order::Little)), 4),
        (Encoding::Utf16(None), _) => (Encoding::Utf16(Some(Order::Little)), 0),
        (Encoding::Utf32(None), _) => (Encoding::Utf32(Some(Order::Little)), 0),
        _ => (encoding, 0),
    }
}

/// Takes as much as can be taken in one piece from the start of `rest`, which is not empty.
fn step(out: &mut Vec<u8>, encoding: Encoding, rest: &[u8]) -> std::result::Result<usize, Senseless> {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Sig => utf8(out, rest),
        Encoding::Ascii => {
            let width = rest.iter().take_while(|b| b.is_ascii()).count();
            if width == 0 {
                return Err(Senseless { len: 1, reason: "ordinal not in range(128)" });
            }
            out.extend_from_slice(&rest[..width]);
            Ok(width)
        }
        Encoding::Latin1 => {
            rest.iter().for_each(|b| push_char(out, *b as u32));
            Ok(rest.len())
        }
        Encoding::Utf16(order) => utf16(out, rest, order),
        Encoding::Utf32(order) => utf32(out, rest, order),
        Encoding::UnicodeEscape => escapes::step(out, rest),
        Encoding::RawUnicodeEscape => escapes::raw_step(out, rest),
        Encoding::Charmap(map) => charmap(out, rest, map),
    }
}

fn charmap(out: &mut Vec<u8>, rest: &[u8], map: &Charmap) -> std::result::Result<usize, Senseless> {
    let table = map.decoded();
    let known = rest.iter().map_while(|byte| table[*byte as usize]);
    let len = known.inspect(|character| push_char(out, *character as u32)).count();
    if len == 0 { Err(Senseless { len: 1, reason: UNDEFINED }) } else { Ok(len) }
}

fn utf8(out: &mut Vec<u8>, rest: &[u8]) -> std::result::Result<usize, Senseless> {
    let error = match std::str::from_utf8(rest) {
        Ok(_) => {
            out.extend_from_slice(rest);
            return Ok(rest.len());
        }
        Err(error) => error,
    };
    let valid = error.valid_up_to();
    if valid > 0 {
        out.extend_from_slice(&rest[..valid]);
        return Ok(valid);
    }
    Err(match (error.error_len(), rest[0]) {
        (None, _) => Senseless { len: rest.len(), reason: UNEXPECTED_END },
        (Some(_), 0x80..=0xC1 | 0xF5..) => Senseless { len: 1, reason: "invalid start byte" },
        (Some(len), _) => Senseless { len, reason: "invalid continuation byte" },
    })
}

fn utf16(out: &mut Vec<u8>, rest: &[u8], order: Option<Order>) -> std::result::Result<usize, Senseless> {
    let unit = |at: usize| match rest.get(at..at + 2) {
        Some(&[a, b]) if order == Some(Order::Big) => Some(u16::from_be_bytes([a, b]) as u32),
        Some(&[a, b]) => Some(u16::from_le_bytes([a, b]) as u32),
        _ => None,
    };
    match unit(0) {
        None => Err(Senseless { len: rest.len(), reason: TRUNCATED }),
        Some(high @ 0xD800..0xDC00) => match unit(2) {
            Some(low @ 0xDC00..0xE000) => {
                push_char(out, 0x1_0000 + ((high - 0xD800) << 10 | (low - 0xDC00)));
                Ok(4)
            }
            Some(_) => Err(Senseless { len: 2, reason: "illegal UTF-16 surrogate" }),
            None => Err(Senseless { len: rest.len(), reason: UNEXPECTED_END }),
        },
        Some(0xDC00..0xE000) => Err(Senseless { len: 2, reason: "illegal encoding" }),
        Some(c) => {
            push_char(out, c);
            Ok(2)
        }
    }
}

fn utf32(out: &mut Vec<u8>, rest: &[u8], order: Option<Order>) -> std::result::Result<usize, Senseless> {
    let Some(&[a, b, c, d]) = rest.get(..4) else {
        return Err(Senseless { len: rest.len(), reason: TRUNCATED });
    };
    let c = if order == Some(Order::Big) { u32::from_be_bytes([a, b, c, d]) } else { u32::from_le_bytes([a, b, c, d]) };
    match c {
        0xD800..0xE000 => Err(Senseless { len: 4, reason: "code point in surrogate code point range(0xd800, 0xe000)" }),
        0x11_0000.. => Err(Senseless { len: 4, reason: "code point not in range(0x110000)" }),
        _ => {
            push_char(out, c);
            Ok(4)
        }
    }
}

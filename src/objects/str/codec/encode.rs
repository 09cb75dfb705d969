//! Text to bytes.

use crate::heap::Gc;
use crate::objects::bytes::Bytes;
use crate::objects::str::{CodePoints, Str, check_size, push_char};
use crate::vm::Thread;
use crate::vm::native::Result;

use super::errors::{Handler, Replacement, ask, cannot_encode, handler, registered, replace_characters, unit};
use super::{Encoding, Order, escapes};

/// The string in the encoding; what that lacks goes to the handler called `errors`, in runs as long as they come.
pub fn encode(th: &Thread, s: Gc<Str>, encoding: Encoding, errors: Option<Gc<Str>>) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(s.byte_count());
    push_mark(&mut out, encoding);
    let mut characters = s.code_points().enumerate().peekable();
    let mut run = Vec::new();
    while let Some((at, c)) = characters.next() {
        if push(&mut out, encoding, c) {
            continue;
        }
        run.clear();
        run.push(c);
        // The wide encodings complain of one character at a time.
        let in_runs = !matches!(encoding, Encoding::Utf16(_) | Encoding::Utf32(_));
        while let Some((_, next)) = characters.next_if(|(_, c)| in_runs && !encodes(encoding, *c)) {
            run.push(next);
        }
        if let Some(handler) = registered(th, errors) {
            let raised = cannot_encode(th, encoding, s, at..at + run.len(), reason(encoding));
            let error = th.take_exception(raised);
            let (replacement, place) = ask(th, handler, error, s.char_len(), "encoding")?;
            match replacement.as_str_cell() {
                Some(text) if text.code_points().all(|c| encodes(encoding, c)) => text.code_points().for_each(|c| {
                    push(&mut out, encoding, c);
                }),
                Some(_) => return Err(th.raise_value(error)),
                None => out.extend_from_slice(replacement.downcast::<Bytes>().map_or(&[], |bytes| bytes.get().bytes())),
            }
            check_size(th, out.len())?;
            characters = s.code_points().enumerate().peekable();
            while characters.next_if(|(at, _)| *at < place).is_some() {}
            continue;
        }
        let handler = handler(th, errors)?;
        match replace_characters(handler, encoding, &run) {
            // The wide encodings take whole units only.
            Some(Replacement::Bytes(bytes)) if bytes.len() % unit_size(encoding) == 0 => out.extend_from_slice(&bytes),
            Some(Replacement::Text(text)) => CodePoints(&text).for_each(|c| {
                push(&mut out, encoding, c);
            }),
            Some(Replacement::Bytes(_)) => {
                return Err(cannot_encode(th, encoding, s, at..at + run.len(), reason(encoding)));
            }
            None => {
                let escaped = |c: &u32| handler == Handler::SurrogateEscape && (0xDC80..=0xDCFF).contains(c);
                let first = at + run.iter().take_while(|c| escaped(c)).count();
                return Err(cannot_encode(th, encoding, s, first..at + run.len(), reason(encoding)));
            }
        }
    }
    Ok(out)
}

/// The byte order mark, for the encodings that begin with one.
fn push_mark(out: &mut Vec<u8>, encoding: Encoding) {
    match encoding {
        Encoding::Utf8Sig => out.extend(b"\xEF\xBB\xBF"),
        Encoding::Utf16(None) => out.extend(b"\xFF\xFE"),
        Encoding::Utf32(None) => out.extend(b"\xFF\xFE\0\0"),
        _ => {}
    }
}

fn unit_size(encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf16(_) => 2,
        Encoding::Utf32(_) => 4,
        _ => 1,
    }
}

fn encodes(encoding: Encoding, c: u32) -> bool {
    match encoding {
        Encoding::Ascii => c < 0x80,
        Encoding::Latin1 => c < 0x100,
        Encoding::UnicodeEscape | Encoding::RawUnicodeEscape => true,
        Encoding::Charmap(map) => map.encode(c).is_some(),
        _ => !(0xD800..0xE000).contains(&c),
    }
}

fn reason(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Ascii => "ordinal not in range(128)",
        Encoding::Latin1 => "ordinal not in range(256)",
        Encoding::Charmap(_) => "character maps to <undefined>",
        _ => "surrogates not allowed",
    }
}

/// Appends a character, if the encoding has it.
fn push(out: &mut Vec<u8>, encoding: Encoding, c: u32) -> bool {
    if !encodes(encoding, c) {
        return false;
    }
    match encoding {
        Encoding::Ascii | Encoding::Latin1 => out.push(c as u8),
        Encoding::Utf8 | Encoding::Utf8Sig => push_char(out, c),
        Encoding::Utf16(order) if c < 0x1_0000 => out.extend(unit(c as u16, order)),
        Encoding::Utf16(order) => {
            let above = c - 0x1_0000;
            out.extend(unit(0xD800 | (above >> 10) as u16, order));
            out.extend(unit(0xDC00 | (above & 0x3FF) as u16, order));
        }
        Encoding::Utf32(Some(Order::Big)) => out.extend(c.to_be_bytes()),
        Encoding::Utf32(_) => out.extend(c.to_le_bytes()),
        Encoding::UnicodeEscape => escapes::push_escaped(out, c),
        Encoding::RawUnicodeEscape => escapes::push_raw(out, c),
        Encoding::Charmap(map) => out.extend(map.encode(c)),
    }
    true
}

//! The `repr` of a string: quotes, escapes, and which characters can be printed as they are.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::heap::Gc;
use crate::vm::Thread;

use super::split::put;
use super::{CodePoints, Str, push_char, words};

/// `repr(s)`
pub fn repr(th: &Thread, s: Gc<Str>) -> Gc<Str> {
    let text = s.wtf8();
    if s.is_ascii() && !words::any(text, words::escaped) {
        let len = text.len() + 2;
        return Str::build(th, len, len, |to| {
            let (first, rest) = to.split_at_mut(1);
            let last = put(rest, text);
            first.fill(b'\'');
            last.fill(b'\'');
        });
    }
    let mut out = Vec::with_capacity(text.len() + 2);
    push_repr(&mut out, text);
    Str::from_wtf8(th, &out)
}

/// Appends the `repr` of a text.
pub fn push_repr(out: &mut Vec<u8>, text: &[u8]) {
    let quote = quote_for(text);
    out.push(quote);
    let plain = |b: &u8| (b' '..0x7F).contains(b) && *b != b'\\' && *b != quote;
    if text.iter().all(plain) {
        out.extend_from_slice(text);
    } else {
        for c in CodePoints(text) {
            push_escaped(out, c, quote);
        }
    }
    out.push(quote);
}

/// Double quotes around a text with single ones and no double ones.
pub fn quote_for(text: &[u8]) -> u8 {
    if text.contains(&b'\'') && !text.contains(&b'"') { b'"' } else { b'\'' }
}

fn push_escaped(out: &mut Vec<u8>, c: u32, quote: u8) {
    match u8::try_from(c) {
        Ok(b'\n') => out.extend_from_slice(b"\\n"),
        Ok(b'\r') => out.extend_from_slice(b"\\r"),
        Ok(b'\t') => out.extend_from_slice(b"\\t"),
        Ok(b) if b == quote || b == b'\\' => out.extend_from_slice(&[b'\\', b]),
        Ok(b @ b' '..0x7F) => out.push(b),
        _ if is_printable(c) => push_char(out, c),
        _ => push_numeric_escape(out, c),
    }
}

/// `\xNN`, `\uNNNN` or `\UNNNNNNNN`, the shortest that holds it.
pub fn push_numeric_escape(out: &mut Vec<u8>, c: u32) {
    let escape = match c {
        0..0x100 => format!("\\x{c:02x}"),
        0x100..0x1_0000 => format!("\\u{c:04x}"),
        _ => format!("\\U{c:08x}"),
    };
    out.extend_from_slice(escape.as_bytes());
}

/// A text with everything beyond ASCII escaped.
pub fn push_ascii(out: &mut Vec<u8>, text: &[u8]) {
    for c in CodePoints(text) {
        if c < 0x80 { out.push(c as u8) } else { push_numeric_escape(out, c) }
    }
}

/// `str.isprintable` of one character: all but separators (the space apart), controls and what is not assigned.
pub fn is_printable(c: u32) -> bool {
    if c < 0x7F {
        return c >= 0x20;
    }
    let Some(c) = char::from_u32(c) else { return false };
    !matches!(
        c.general_category(),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::Surrogate
            | GeneralCategory::PrivateUse
            | GeneralCategory::Unassigned
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
            | GeneralCategory::SpaceSeparator
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repr(text: &str) -> String {
        let mut out = Vec::new();
        push_repr(&mut out, text.as_bytes());
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn quotes_are_chosen_to_need_no_escape() {
        assert_eq!(repr("a"), "'a'");
        assert_eq!(repr("it's"), "\"it's\"");
        assert_eq!(repr("\"it's\""), "'\"it\\'s\"'");
    }

    #[test]
    fn what_cannot_be_printed_is_escaped() {
        assert_eq!(repr("\n\t\\\0\x7f"), "'\\n\\t\\\\\\x00\\x7f'");
        assert_eq!(repr("é\u{301}\u{200b}\u{ad}\u{e0001}\u{a0}"), "'é\u{301}\\u200b\\xad\\U000e0001\\xa0'");
    }
}

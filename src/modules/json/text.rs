//! JSON strings: what stands between the quotes, read and written.

use crate::objects::str::{CodePoints, push_char, words};

/// What is wrong with a string, and at which byte; positions are as the text of the error counts them.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Unterminated,
    Control(usize),
    Escape(usize),
    Unicode(usize),
}

/// A string's end (behind its closing quote), and its text if that is not simply what stands between the quotes.
type Read = (usize, Option<Vec<u8>>);

/// Reads a string whose first byte behind the opening quote is at `start`. In `strict` mode control characters are refused.
pub(super) fn read(text: &[u8], start: usize, strict: bool) -> Result<Read, Fault> {
    let mut at = start;
    let mut decoded: Option<Vec<u8>> = None;
    loop {
        let run = plain_run(&text[at..], strict);
        if let Some(decoded) = &mut decoded {
            decoded.extend_from_slice(&text[at..at + run]);
        }
        at += run;
        match text.get(at) {
            None => return Err(Fault::Unterminated),
            Some(b'"') => return Ok((at + 1, decoded)),
            Some(b'\\') => {
                let decoded = decoded.get_or_insert_with(|| text[start..at].to_vec());
                at = unescape(text, at, decoded)?;
            }
            Some(_) => return Err(Fault::Control(at)),
        }
    }
}

/// How many bytes from the start on stand for themselves.
fn plain_run(text: &[u8], strict: bool) -> usize {
    let first = match strict {
        true => words::places(text, words::escaped_in_json).next(),
        false => text.iter().position(|b| *b == b'"' || *b == b'\\'),
    };
    first.unwrap_or(text.len())
}

/// Appends what the escape at `at` (a backslash) stands for; the place behind it.
fn unescape(text: &[u8], at: usize, decoded: &mut Vec<u8>) -> Result<usize, Fault> {
    let plain = match text.get(at + 1) {
        None => return Err(Fault::Unterminated),
        Some(b'u') => return unescape_unicode(text, at, decoded),
        Some(b'b') => 0x08,
        Some(b'f') => 0x0C,
        Some(b'n') => b'\n',
        Some(b'r') => b'\r',
        Some(b't') => b'\t',
        Some(b @ (b'"' | b'\\' | b'/')) => *b,
        Some(_) => return Err(Fault::Escape(at)),
    };
    decoded.push(plain);
    Ok(at + 2)
}

/// `\uXXXX`, or two of them that are a surrogate pair.
fn unescape_unicode(text: &[u8], at: usize, decoded: &mut Vec<u8>) -> Result<usize, Fault> {
    let first = hex_digits(text, at + 2)?;
    let mut end = at + 6;
    let mut c = first;
    if (0xD800..0xDC00).contains(&first) && text[end..].starts_with(b"\\u") {
        let second = hex_digits(text, end + 2)?;
        if (0xDC00..0xE000).contains(&second) {
            c = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
            end += 6;
        }
    }
    push_char(decoded, c);
    Ok(end)
}

/// The four hexadecimal digits at `at`.
fn hex_digits(text: &[u8], at: usize) -> Result<u32, Fault> {
    let digits = text.get(at..at + 4).ok_or(Fault::Unicode(at - 1))?;
    digits.iter().try_fold(0, |number, b| {
        (*b as char).to_digit(16).map(|digit| number << 4 | digit).ok_or(Fault::Unicode(at - 1))
    })
}

/// Appends the JSON string of a text (WTF-8); `ascii`: everything beyond ASCII is escaped.
pub(super) fn quote(out: &mut Vec<u8>, text: &[u8], ascii: bool) {
    out.push(b'"');
    match ascii {
        true => escape(out, text, words::places(text, |word| words::escaped_in_json(word) | words::beyond_ascii(word))),
        false => escape(out, text, words::places(text, words::escaped_in_json)),
    }
    out.push(b'"');
}

/// Appends a text with the bytes at some places escaped.
#[inline(always)]
fn escape(out: &mut Vec<u8>, text: &[u8], places: impl Iterator<Item = usize>) {
    let mut done = 0;
    for at in places {
        out.extend_from_slice(&text[done..at]);
        done = at + 1;
        match text[at] {
            // The bytes that follow belong to the same character.
            0x80..0xC0 => {}
            0xC0.. => escape_wide(out, &text[at..]),
            b => escape_byte(out, b),
        }
    }
    out.extend_from_slice(&text[done..]);
}

fn escape_byte(out: &mut Vec<u8>, b: u8) {
    let short = match b {
        b'"' | b'\\' => b,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x0C => b'f',
        0x08 => b'b',
        _ => return escape_unit(out, u32::from(b)),
    };
    out.extend_from_slice(&[b'\\', short]);
}

/// The character at the start of `text` as one `\uXXXX` or two.
fn escape_wide(out: &mut Vec<u8>, text: &[u8]) {
    match CodePoints(text).next() {
        Some(c @ 0x1_0000..) => {
            let c = c - 0x1_0000;
            escape_unit(out, 0xD800 | c >> 10);
            escape_unit(out, 0xDC00 | c & 0x3FF);
        }
        Some(c) => escape_unit(out, c),
        None => {}
    }
}

fn escape_unit(out: &mut Vec<u8>, unit: u32) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |shift: u32| DIGITS[(unit >> shift & 0xF) as usize];
    out.extend_from_slice(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_to_their_closing_quote() {
        assert_eq!(read(b"abc\" rest", 0, true), Ok((4, None)));
        assert_eq!(read(b"a\\n\\u0041\"", 0, true), Ok((10, Some(b"a\nA".to_vec()))));
        assert_eq!(read(b"\\ud83d\\ude00\"", 0, true), Ok((13, Some("\u{1F600}".as_bytes().to_vec()))));
        assert_eq!(read(b"a\x01\"", 0, true), Err(Fault::Control(1)));
        assert_eq!(read(b"a\x01\"", 0, false), Ok((3, None)));
        assert_eq!(read(b"a\\x\"", 0, true), Err(Fault::Escape(1)));
        assert_eq!(read(b"\\u12g4\"", 0, true), Err(Fault::Unicode(1)));
        assert_eq!(read(b"abc", 0, true), Err(Fault::Unterminated));
    }

    #[test]
    fn texts_are_quoted() {
        let quoted = |text: &str, ascii| {
            let mut out = Vec::new();
            quote(&mut out, text.as_bytes(), ascii);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(quoted("a\"\\\n\u{1}\u{7f}", true), "\"a\\\"\\\\\\n\\u0001\\u007f\"");
        assert_eq!(quoted("é\u{1F600}x", true), "\"\\u00e9\\ud83d\\ude00x\"");
        assert_eq!(quoted("é\u{1F600}\n", false), "\"é\u{1F600}\\n\"");
    }
}

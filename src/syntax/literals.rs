//! The values of string and bytes literals: prefixes, escape sequences, and what can be wrong with
//! them. Numbers are in `numbers.rs`; where a string ends, `layout.rs` has found out.

use super::error::Warning;
use super::tree::Span;

/// The letters before the quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prefix {
    pub raw: bool,
    pub bytes: bool,
}

/// A literal taken apart: its prefix, and where its body lies in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Literal {
    pub prefix: Prefix,
    pub body: Span,
}

impl Literal {
    /// `span` must be that of a whole string token.
    pub fn new(text: &str, span: Span) -> Self {
        let source = &text.as_bytes()[span.range()];
        let letters = source.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let mut prefix = Prefix::default();
        for letter in &source[..letters] {
            prefix.raw |= matches!(letter, b'r' | b'R');
            prefix.bytes |= matches!(letter, b'b' | b'B');
        }
        let quote = source[letters];
        let triple = source.len() >= letters + 6 && source[letters..].starts_with(&[quote; 3]);
        let quotes = if triple { 3 } else { 1 };
        let body = Span::new(span.start + (letters + quotes) as u32, span.end - quotes as u32);
        Literal { prefix, body }
    }
}

/// Decodes the pieces of one literal.
pub struct Decoder<'w> {
    pub text: &'w str,
    pub bytes: bool,
    pub warnings: &'w mut Vec<Warning>,
}

/// Whether a body means itself: no escape sequences, no line breaks to normalise.
pub fn is_plain(body: &[u8], raw: bool) -> bool {
    !body.iter().any(|&byte| byte == b'\r' || (byte == b'\\' && !raw))
}

/// Appends a raw body: itself, with `\n` for every line break.
pub fn append_raw(body: &str, out: &mut Vec<u8>) {
    let mut rest = body;
    while let Some(at) = rest.find('\r') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        out.push(b'\n');
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    out.extend_from_slice(rest.as_bytes());
}

impl Decoder<'_> {
    /// Appends what a body with escape sequences means. The error is the whole message.
    pub fn append(&mut self, body: Span, out: &mut Vec<u8>) -> Result<(), String> {
        let text = self.text;
        let source = &text[body.range()];
        let bytes = source.as_bytes();
        let mut at = 0;
        while let Some(found) = bytes[at..].iter().position(|&byte| byte == b'\\' || byte == b'\r') {
            out.extend_from_slice(&bytes[at..at + found]);
            at += found;
            if bytes[at] == b'\r' {
                at += 1 + usize::from(bytes.get(at + 1) == Some(&b'\n'));
                out.push(b'\n');
            } else {
                at = self.escape(source, at, body.start, out)?;
            }
        }
        out.extend_from_slice(&bytes[at..]);
        Ok(())
    }

    /// One escape sequence; the result is the place after it.
    fn escape(&mut self, source: &str, at: usize, offset: u32, out: &mut Vec<u8>) -> Result<usize, String> {
        let bytes = source.as_bytes();
        let simple = match bytes.get(at + 1) {
            Some(b'\n') => return Ok(at + 2),
            Some(b'\r') => return Ok(at + 2 + usize::from(bytes.get(at + 2) == Some(&b'\n'))),
            Some(&same @ (b'\\' | b'\'' | b'"')) => same,
            Some(b'a') => 7,
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'v') => 11,
            Some(b'0'..=b'7') => return Ok(self.octal(bytes, at, offset, out)),
            Some(b'x') if self.bytes => return self.byte(bytes, at, out),
            Some(b'x') => return self.code_point(source, at, 2, "truncated \\xXX escape", out),
            Some(b'u') if !self.bytes => return self.code_point(source, at, 4, "truncated \\uXXXX escape", out),
            Some(b'U') if !self.bytes => return self.code_point(source, at, 8, "truncated \\UXXXXXXXX escape", out),
            Some(b'N') if !self.bytes => return self.named(source, at, out),
            _ => {
                self.invalid(source, at, 1, "", offset);
                out.push(b'\\');
                return Ok(at + 1);
            }
        };
        out.push(simple);
        Ok(at + 2)
    }

    fn octal(&mut self, bytes: &[u8], at: usize, offset: u32, out: &mut Vec<u8>) -> usize {
        let digits = bytes[at + 1..].iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
        let value = bytes[at + 1..at + 1 + digits].iter().fold(0, |sum, digit| sum * 8 + u32::from(digit - b'0'));
        if value > 0o377 {
            let source = std::str::from_utf8(bytes).unwrap_or("");
            self.invalid(source, at, digits, "octal ", offset);
        }
        if self.bytes {
            out.push(value as u8);
        } else {
            push_code_point(value, out);
        }
        at + 1 + digits
    }

    fn byte(&mut self, bytes: &[u8], at: usize, out: &mut Vec<u8>) -> Result<usize, String> {
        let digit = |at: usize| bytes.get(at).and_then(|&byte| (byte as char).to_digit(16));
        let (Some(high), Some(low)) = (digit(at + 2), digit(at + 3)) else {
            return Err(format!("(value error) invalid \\x escape at position {at}"));
        };
        out.push((high * 16 + low) as u8);
        Ok(at + 4)
    }

    fn code_point(
        &mut self,
        source: &str,
        at: usize,
        length: usize,
        truncated: &str,
        out: &mut Vec<u8>,
    ) -> Result<usize, String> {
        let digits = source.as_bytes()[at + 2..].iter().take(length).take_while(|byte| byte.is_ascii_hexdigit());
        let end = at + 2 + digits.count();
        if end < at + 2 + length {
            return Err(unicode_error(source, at, end, truncated));
        }
        let value = u32::from_str_radix(&source[at + 2..end], 16).unwrap_or(u32::MAX);
        if value > 0x10_ffff {
            return Err(unicode_error(source, at, end, "illegal Unicode character"));
        }
        push_code_point(value, out);
        Ok(end)
    }

    fn named(&mut self, source: &str, at: usize, out: &mut Vec<u8>) -> Result<usize, String> {
        let malformed = "malformed \\N character escape";
        let Some(rest) = source[at + 2..].strip_prefix('{') else {
            return Err(unicode_error(source, at, at + 2, malformed));
        };
        let Some(length) = rest.find('}') else {
            return Err(unicode_error(source, at, source.len(), malformed));
        };
        if length == 0 {
            return Err(unicode_error(source, at, at + 3, malformed));
        }
        let end = at + 3 + length + 1;
        match character_by_name(&rest[..length]) {
            Some(character) => {
                push_code_point(character as u32, out);
                Ok(end)
            }
            None => Err(unicode_error(source, at, end, "unknown Unicode character name")),
        }
    }

    #[cold]
    fn invalid(&mut self, source: &str, at: usize, length: usize, kind: &str, offset: u32) {
        let Some(sequence) = source[at + 1..].chars().next().filter(char::is_ascii) else { return };
        let end = at + 1 + length.max(sequence.len_utf8());
        let sequence = &source[at + 1..end];
        // As CPython counts: two columns, and in bytes from the prefix on.
        let start = if self.bytes && !source[..at].contains('\n') {
            (offset + at as u32).saturating_sub(2)
        } else {
            offset + at as u32
        };
        let span = Span::new(start, start + 2);
        self.warnings.push(Warning { message: invalid_escape(sequence, kind), span });
    }
}

/// Names are matched whatever their case, but to the letter.
pub fn character_by_name(name: &str) -> Option<char> {
    let exact = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-'));
    let outer = [' ', '-'];
    if !exact || name.starts_with(outer) || name.ends_with(outer) || name.contains("  ") {
        return None;
    }
    unicode_names2::character(name)
}

/// The warning about a backslash that escapes nothing. `kind` is empty or `"octal "`.
pub fn invalid_escape(sequence: &str, kind: &str) -> String {
    format!(
        "\"\\{sequence}\" is an invalid {kind}escape sequence. Such sequences will not work in the future. \
         Did you mean \"\\\\{sequence}\"? A raw string is also an option."
    )
}

/// CPython's words for a bad escape from `start` to `end`. It counts in a buffer in which every
/// character beyond ASCII stands as `\UXXXXXXXX`.
fn unicode_error(source: &str, start: usize, end: usize, reason: &str) -> String {
    let place = |to: usize| source[..to].chars().map(|c| if c.is_ascii() { 1 } else { 10 }).sum::<usize>();
    let (first, last) = (place(start), place(end) - 1);
    if first == last {
        return format!("(unicode error) 'unicodeescape' codec can't decode byte 0x5c in position {first}: {reason}");
    }
    format!("(unicode error) 'unicodeescape' codec can't decode bytes in position {first}-{last}: {reason}")
}

/// UTF-8, also of surrogates.
pub fn push_code_point(value: u32, out: &mut Vec<u8>) {
    match char::from_u32(value) {
        Some(character) => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        None => out.extend_from_slice(&[
            0xe0 | (value >> 12) as u8,
            0x80 | (value >> 6 & 0x3f) as u8,
            0x80 | (value & 0x3f) as u8,
        ]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(source: &str, bytes: bool) -> (Result<Vec<u8>, String>, Vec<Warning>) {
        let mut warnings = Vec::new();
        let mut out = Vec::new();
        let mut decoder = Decoder { text: source, bytes, warnings: &mut warnings };
        let result = decoder.append(Span::new(0, source.len() as u32), &mut out);
        (result.map(|()| out), warnings)
    }

    fn text(source: &str) -> String {
        String::from_utf8(decode(source, false).0.unwrap()).unwrap()
    }

    #[test]
    fn escapes_mean_what_they_mean_in_python() {
        assert_eq!(text(r#"a\tb\\\'\"\101\x41\u0041\U00000041\N{BULLET}"#), "a\tb\\'\"AAAA•");
        assert_eq!(text("a\\\nb\r\nc\rd\\\r\ne"), "ab\nc\nde");
        assert_eq!(decode(r"\xff\0\400", true).0.unwrap(), [255, 0, 0]);
        assert_eq!(decode(r"\ud800", false).0.unwrap(), [0xed, 0xa0, 0x80]);
    }

    #[test]
    fn an_unknown_escape_stays_and_warns() {
        let (result, warnings) = decode(r"\d", false);
        assert_eq!(result.unwrap(), br"\d");
        assert_eq!(
            warnings[0].message,
            "\"\\d\" is an invalid escape sequence. Such sequences will not work in the future. \
             Did you mean \"\\\\d\"? A raw string is also an option."
        );
        assert_eq!(decode(r"\é", false).0.unwrap(), "\\é".as_bytes());
    }

    #[test]
    fn bad_escapes_say_where() {
        let error = |source: &str| decode(source, false).0.unwrap_err();
        assert!(error(r"\x1").ends_with("bytes in position 0-2: truncated \\xXX escape"));
        assert!(error(r"é\u12").ends_with("bytes in position 10-13: truncated \\uXXXX escape"));
        assert!(error(r"\N").ends_with("bytes in position 0-1: malformed \\N character escape"));
        assert!(error(r"\N{nothing}").ends_with("position 0-10: unknown Unicode character name"));
        assert_eq!(decode(r"a\xg", true).0.unwrap_err(), "(value error) invalid \\x escape at position 1");
    }

    #[test]
    fn literals_come_apart() {
        let literal = |source: &str| Literal::new(source, Span::new(0, source.len() as u32));
        assert_eq!(literal("''").body, Span::new(1, 1));
        assert_eq!(literal("rb'''x'''"), Literal { prefix: Prefix { raw: true, bytes: true }, body: Span::new(5, 6) });
        assert_eq!(literal("''''''").body, Span::new(3, 3));
        assert_eq!(literal("u\"''\"").body, Span::new(2, 4));
    }
}

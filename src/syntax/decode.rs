//! Bytes of a file to text: byte order mark, the encoding line of PEP 263, and what is no text.
//! Encodings other than UTF-8, Latin-1 and ASCII are refused as unknown.

use std::borrow::Cow;

use super::error::{ErrorKind, Stage, SyntaxError};
use super::tree::Arena;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Encoding {
    /// Whether the file says so itself.
    Utf8 {
        declared: bool,
    },
    Latin1,
    Ascii,
}

/// The text of a source file, without its byte order mark. `filename` is for the error message.
pub fn decode<'a>(arena: &'a Arena, source: &'a [u8], filename: Option<&str>) -> Result<&'a str, Box<SyntaxError>> {
    let body = source.strip_prefix(b"\xef\xbb\xbf");
    let has_mark = body.is_some();
    let body = body.unwrap_or(source);
    let encoding = match declared_encoding(body) {
        None => Encoding::Utf8 { declared: false },
        Some(name) => {
            let encoding =
                encoding_by_name(&name).ok_or_else(|| Box::new(bare_error(format!("unknown encoding: {name}"))))?;
            if has_mark && encoding != (Encoding::Utf8 { declared: true }) {
                let shown = if encoding == Encoding::Latin1 { "iso-8859-1" } else { &name };
                return Err(Box::new(SyntaxError {
                    lineno: 1,
                    end_lineno: 1,
                    offset: 0,
                    ..bare_error(format!("encoding problem: {shown} with BOM"))
                }));
            }
            encoding
        }
    };
    let text = match encoding {
        Encoding::Utf8 { declared } => std::str::from_utf8(body)
            .map_err(|error| Box::new(not_utf8(body, error.valid_up_to(), declared, filename)))?,
        Encoding::Latin1 => {
            let text: String = body.iter().map(|&byte| byte as char).collect();
            arena.alloc_str(&text)
        }
        Encoding::Ascii => match body.iter().position(|byte| !byte.is_ascii()) {
            None => std::str::from_utf8(body).unwrap_or_default(),
            Some(at) => {
                return Err(Box::new(bare_error(format!(
                    "'ascii' codec can't decode byte 0x{:02x} in position {at}: ordinal not in range(128)",
                    body[at]
                ))));
            }
        },
    };
    match text.find('\0') {
        None => Ok(text),
        Some(at) => {
            let (lineno, line, _) = line_around(text.as_bytes(), at);
            Err(Box::new(SyntaxError {
                lineno,
                end_lineno: lineno,
                text: line.split('\0').next().map(str::to_string),
                ..bare_error("source code cannot contain null bytes".into())
            }))
        }
    }
}

/// The name after `coding:` or `coding=` in a comment on the first line, or on the second if the
/// first is blank or a comment.
fn declared_encoding(source: &[u8]) -> Option<String> {
    for line in source.split(|byte| matches!(byte, b'\n' | b'\r')).take(2) {
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\x0c');
        let start = line.iter().position(|byte| !blank(byte)).unwrap_or(line.len());
        match line.get(start) {
            None => continue,
            Some(b'#') => {}
            Some(_) => return None,
        }
        if let Some(name) = encoding_in_comment(&line[start..]) {
            return Some(name);
        }
    }
    None
}

fn encoding_in_comment(comment: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(comment);
    for (at, word) in text.match_indices("coding") {
        let Some(rest) = text[at + word.len()..].strip_prefix([':', '=']) else { continue };
        let rest = rest.trim_start_matches([' ', '\t']);
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')));
        let name = &rest[..end.unwrap_or(rest.len())];
        if !name.is_empty() {
            return Some(name.to_string());
        }
    }
    None
}

fn encoding_by_name(name: &str) -> Option<Encoding> {
    let plain = name.to_ascii_lowercase().replace('_', "-");
    match plain.as_str() {
        "utf-8" | "utf8" | "u8" | "utf" | "cp65001" | "utf-8-sig" => Some(Encoding::Utf8 { declared: true }),
        // An editor's suffix, as in `utf-8-unix`.
        _ if plain.starts_with("utf-8-") => Some(Encoding::Utf8 { declared: true }),
        "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "8859" | "cp819" | "l1" | "latin" => Some(Encoding::Latin1),
        _ if plain.starts_with("latin-1-") || plain.starts_with("iso-8859-1-") => Some(Encoding::Latin1),
        "ascii" | "us-ascii" | "646" | "ansi-x3.4-1968" => Some(Encoding::Ascii),
        _ => None,
    }
}

/// An error without a place.
pub(super) fn bare_error(message: String) -> SyntaxError {
    SyntaxError {
        kind: ErrorKind::Syntax,
        message,
        lineno: 0,
        offset: -1,
        end_lineno: 0,
        end_offset: -1,
        text: None,
        stage: Stage::Tokens,
    }
}

fn not_utf8(source: &[u8], at: usize, declared: bool, filename: Option<&str>) -> SyntaxError {
    let (lineno, line, in_line) = line_around(source, at);
    let byte = source[at];
    let message = if declared {
        let reason = match std::str::from_utf8(&source[at..]).err().and_then(|error| error.error_len()) {
            None => "unexpected end of data",
            Some(_) if byte & 0xc0 == 0x80 || !(0xc2..=0xf4).contains(&byte) => "invalid start byte",
            Some(_) => "invalid continuation byte",
        };
        format!("(unicode error) 'utf-8' codec can't decode byte 0x{byte:02x} in position {in_line}: {reason}")
    } else {
        let place = filename.map(|name| format!(" in file {name}")).unwrap_or_default();
        format!(
            "Non-UTF-8 code starting with '\\x{byte:02x}'{place} on line {lineno}, but no encoding declared; \
             see https://peps.python.org/pep-0263/ for details"
        )
    };
    let column =
        if declared { 0 } else { line.char_indices().take_while(|&(index, _)| index < in_line).count() as i32 + 1 };
    SyntaxError {
        kind: ErrorKind::Syntax,
        message,
        lineno,
        offset: column,
        end_lineno: lineno,
        end_offset: column,
        text: Some(line.into_owned()),
        stage: Stage::Tokens,
    }
}

/// The line number of an offset, that line, and the offset within it.
fn line_around(source: &[u8], at: usize) -> (i32, Cow<'_, str>, usize) {
    let is_break = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let start = source[..at].iter().rposition(is_break).map_or(0, |found| found + 1);
    let end = source[at..].iter().position(is_break).map_or(source.len(), |found| at + found);
    let pairs = source[..at].windows(2).filter(|pair| pair == b"\r\n").count();
    let breaks = source[..at].iter().filter(|byte| is_break(byte)).count();
    ((breaks - pairs) as i32 + 1, String::from_utf8_lossy(&source[start..end]), at - start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(source: &[u8]) -> (String, i32, i32) {
        let arena = Arena::new();
        let error = decode(&arena, source, None).unwrap_err();
        (error.message, error.lineno, error.offset)
    }

    #[test]
    fn the_encoding_line_is_obeyed() {
        let arena = Arena::new();
        assert_eq!(decode(&arena, b"# -*- coding: latin-1 -*-\n'\xe9'", None).unwrap().chars().last(), Some('\''));
        assert_eq!(decode(&arena, b"\xef\xbb\xbfx", None).unwrap(), "x");
        assert_eq!(decode(&arena, b"\n# vim: set fileencoding=utf-8 :\n", None).unwrap().len(), 33);
        assert_eq!(error(b"# coding: foo\n"), ("unknown encoding: foo".into(), 0, -1));
        // Only a comment that stands alone counts, and only on the first two lines.
        assert!(decode(&arena, b"x = 1 # coding: foo\n", None).is_ok());
        assert!(decode(&arena, b"\n\n# coding: foo\n", None).is_ok());
        assert!(decode(&arena, b"x\n# coding: foo\n", None).is_ok());
    }

    #[test]
    fn what_is_no_text_says_where() {
        assert_eq!(
            error(b"x = 1\ny = \"\xff\"\n"),
            (
                "Non-UTF-8 code starting with '\\xff' on line 2, but no encoding declared; \
                 see https://peps.python.org/pep-0263/ for details"
                    .into(),
                2,
                6
            )
        );
        assert_eq!(
            error(b"# coding: utf-8\nx = 1\ny = \"\xe9\xc3\"\n"),
            (
                "(unicode error) 'utf-8' codec can't decode byte 0xe9 in position 5: invalid continuation byte".into(),
                3,
                0
            )
        );
        assert_eq!(error(b"x=1\nx\0=2\n").0, "source code cannot contain null bytes");
        assert_eq!(error(b"\xef\xbb\xbf# coding: latin-1\n").0, "encoding problem: iso-8859-1 with BOM");
    }
}

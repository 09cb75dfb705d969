//! Complex numbers from text: `1+2j`, `-j`, `(3)`.

use crate::objects::float::{scan, without_underscores};
use crate::objects::int::to_ascii;

use super::Parts;

/// The complex number that a text spells, surrounded by space and by parentheses perhaps.
pub fn from_text(text: &str) -> Option<Parts> {
    let ascii = without_underscores(to_ascii(text)?)?;
    let mut text = ascii.as_str();
    if let Some(inner) = text.strip_prefix('(') {
        text = inner.strip_suffix(')')?.trim_matches(crate::objects::int::is_space);
    }
    let (parts, rest) = number(text.as_bytes())?;
    rest.is_empty().then_some(parts)
}

fn number(text: &[u8]) -> Option<(Parts, &[u8])> {
    let Some((first, len)) = scan(text) else {
        // No digits: a bare `j`, with a sign perhaps.
        let (unit, rest) = signed_unit(text);
        return Some(((0.0, unit), imaginary(rest)?));
    };
    let rest = &text[len..];
    if let Some(rest) = imaginary(rest) {
        return Some(((0.0, first), rest));
    }
    if !matches!(rest.first(), Some(b'+' | b'-')) {
        return Some(((first, 0.0), rest));
    }
    let (second, rest) = match scan(rest) {
        Some((second, len)) => (second, &rest[len..]),
        None => signed_unit(rest),
    };
    Some(((first, second), imaginary(rest)?))
}

fn signed_unit(text: &[u8]) -> (f64, &[u8]) {
    match text {
        [b'-', rest @ ..] => (-1.0, rest),
        [b'+', rest @ ..] => (1.0, rest),
        rest => (1.0, rest),
    }
}

fn imaginary(text: &[u8]) -> Option<&[u8]> {
    text.strip_prefix(b"j").or_else(|| text.strip_prefix(b"J"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_python_reads_them() {
        for (text, parts) in [
            ("1+2j", (1.0, 2.0)),
            (" ( 1-2J ) ", (1.0, -2.0)),
            ("j", (0.0, 1.0)),
            ("-j", (0.0, -1.0)),
            ("1+j", (1.0, 1.0)),
            ("1e3j", (0.0, 1000.0)),
            ("1_0+2_0j", (10.0, 20.0)),
            ("(3)", (3.0, 0.0)),
            (".5+.5j", (0.5, 0.5)),
            ("infinityj", (0.0, f64::INFINITY)),
            ("1e400", (f64::INFINITY, 0.0)),
            ("+1-1.5e3j", (1.0, -1500.0)),
        ] {
            assert_eq!(from_text(text), Some(parts), "{text:?}");
        }
        for text in ["", "1+", "1 + 2j", "1+2", "1j2", "(1", "1)", "()", ".j", "1..j", "1jj", "j1"] {
            assert_eq!(from_text(text), None, "{text:?}");
        }
    }
}

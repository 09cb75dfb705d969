//! Floats from text.

use crate::objects::int::to_ascii;

/// The float that a text (WTF-8) spells, surrounded by space perhaps.
pub fn from_text(text: &[u8]) -> Option<f64> {
    // Most texts are plain numbers, which need no preparation.
    if let Some((f, len)) = scan(text)
        && len == text.len()
    {
        return Some(f);
    }
    let text = without_underscores(to_ascii(std::str::from_utf8(text).ok()?)?)?;
    match scan(text.as_bytes())? {
        (f, len) if len == text.len() => Some(f),
        _ => None,
    }
}

/// The text without its underscores, each of which must stand between digits.
pub fn without_underscores(text: String) -> Option<String> {
    if !text.contains('_') {
        return Some(text);
    }
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let valid = (0..bytes.len()).all(|at| bytes[at] != b'_' || (digit(at.checked_sub(1)) && digit(Some(at + 1))));
    valid.then(|| text.replace('_', ""))
}

/// The longest float at the start of an ASCII text, and its length.
pub fn scan(text: &[u8]) -> Option<(f64, usize)> {
    let sign = text.first().is_some_and(|c| matches!(c, b'+' | b'-')) as usize;
    let rest = &text[sign..];
    let starts = |word: &str| rest.len() >= word.len() && rest[..word.len()].eq_ignore_ascii_case(word.as_bytes());
    let len = if starts("infinity") {
        8
    } else if starts("inf") || starts("nan") {
        3
    } else {
        scan_digits(rest)?
    };
    let len = sign + len;
    let f = std::str::from_utf8(&text[..len]).ok()?.parse::<f64>().ok()?;
    Some((f, len))
}

/// The length of digits with a point and an exponent, both optional.
fn scan_digits(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| text[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let whole = digits(0);
    let mut len = whole;
    if text.get(len) == Some(&b'.') {
        let fraction = digits(len + 1);
        if whole + fraction == 0 {
            return None;
        }
        len += 1 + fraction;
    } else if whole == 0 {
        return None;
    }
    if matches!(text.get(len), Some(b'e' | b'E')) {
        let sign = matches!(text.get(len + 1), Some(b'+' | b'-')) as usize;
        let exponent = if len + 1 + sign <= text.len() { digits(len + 1 + sign) } else { 0 };
        if exponent > 0 {
            len += 1 + sign + exponent;
        }
    }
    Some(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_python_reads_them() {
        for (text, f) in [
            (" 1.5\n", 1.5),
            ("1_0.5", 10.5),
            (".5", 0.5),
            ("5.", 5.0),
            ("1e1_0", 1e10),
            ("+Infinity", f64::INFINITY),
            ("-iNf", f64::NEG_INFINITY),
            ("1e400", f64::INFINITY),
            ("-1e-400", -0.0),
            ("\u{661}.\u{665}", 1.5),
        ] {
            assert_eq!(from_text(text.as_bytes()), Some(f), "{text:?}");
        }
        assert!(from_text(b"-NaN").is_some_and(f64::is_nan));
        for text in
            ["", "1__0", "1_.5", "1._5", "1e_1", ".", "e5", "in", "infinit", "0x1p3", "1 2", "1e", "1e+", "--1", "_1"]
        {
            assert_eq!(from_text(text.as_bytes()), None, "{text:?}");
        }
    }
}

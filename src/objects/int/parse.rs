//! Integers from text: `int(text, base)`.

use num_bigint::{BigInt, Sign};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::heap::Value;
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops};

use super::from_big;

/// `sys.get_int_max_str_digits()`: integers are neither read from nor written as decimal text of more digits, since that
/// takes more than linear time. 0 for no limit.
pub fn max_str_digits(th: &Thread) -> usize {
    th.vm().int_max_str_digits.load(std::sync::atomic::Ordering::Relaxed)
}

/// Whether Python's `str.strip` would take it away.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// The value of a decimal digit of any script.
pub fn decimal_digit(c: char) -> Option<u8> {
    if c.is_ascii_digit() {
        return Some(c as u8 - b'0');
    }
    if c.is_ascii() || !is_decimal(c as u32) {
        return None;
    }
    // The digits of a script follow each other from zero on, and so do neighbouring scripts.
    let run = (1..).take_while(|back| is_decimal(c as u32 - back)).count();
    Some((run % 10) as u8)
}

fn is_decimal(code_point: u32) -> bool {
    char::from_u32(code_point).is_some_and(|c| c.general_category() == GeneralCategory::DecimalNumber)
}

/// Text with its surrounding space taken away and its digits made ASCII; `None` if anything else is not ASCII.
pub fn to_ascii(text: &str) -> Option<String> {
    text.trim_matches(is_space)
        .chars()
        .map(|c| if c.is_ascii() { Some(c) } else { decimal_digit(c).map(|d| (b'0' + d) as char) })
        .collect()
}

/// Why a text is no integer.
enum Fault {
    Invalid,
    /// So many digits.
    TooLong(usize),
}

/// The int object that a text (WTF-8) says in a base (0: the text's prefix says it). `original` is what the error quotes.
pub fn from_text(th: &Thread, text: &[u8], base: u32, original: Value) -> Result {
    if base == 10
        && let Some(int) = plain(text)
    {
        return Ok(int);
    }
    // Only texts have digits beyond ASCII's.
    let readable = original.as_str_cell().is_some() || text.is_ascii();
    let fault = match std::str::from_utf8(text).ok().filter(|_| readable).and_then(to_ascii) {
        Some(ascii) => match parse(&ascii, base, max_str_digits(th)) {
            Ok(big) => return Ok(from_big(th, big)),
            Err(fault) => fault,
        },
        None => Fault::Invalid,
    };
    match fault {
        Fault::Invalid => Err(invalid(th, base, original)),
        Fault::TooLong(digits) => {
            let limit = max_str_digits(th);
            Err(th.value_error(format_args!(
                "Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits; \
                 use sys.set_int_max_str_digits() to increase the limit"
            )))
        }
    }
}

/// A few decimal digits with a sign at most: what most texts of integers are.
#[inline]
fn plain(text: &[u8]) -> Option<Value> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 14 {
        return None;
    }
    let mut int = 0i64;
    for c in digits {
        let digit = c.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        int = int * 10 + digit as i64;
    }
    Some(Value::small_int(if negative { -int } else { int }))
}

#[cold]
fn invalid(th: &Thread, base: u32, original: Value) -> Raised {
    let shown = crate::objects::bytes::content(original).map(|bytes| crate::objects::bytes::new(th, &bytes));
    let text = match ops::repr(th, shown.unwrap_or(original)) {
        Ok(text) => text.to_text(),
        Err(raised) => return raised,
    };
    let quoted: String = text.chars().take(200).collect();
    th.value_error(format_args!("invalid literal for int() with base {base}: {quoted}"))
}

fn parse(text: &str, base: u32, limit: usize) -> std::result::Result<BigInt, Fault> {
    let (sign, rest) = match text.as_bytes() {
        [b'-', ..] => (Sign::Minus, &text[1..]),
        [b'+', ..] => (Sign::Plus, &text[1..]),
        _ => (Sign::Plus, text),
    };
    let (base, digits, prefixed) = strip_prefix(rest, base);
    // An underscore may follow a prefix, and separate digits, one at a time.
    let digits = if prefixed { digits.strip_prefix('_').unwrap_or(digits) } else { digits };
    let values = digit_values(digits, base).ok_or(Fault::Invalid)?;
    // A leading zero without a prefix was octal once; where the prefix decides it is an error.
    if base == 0 {
        return if values.iter().all(|d| *d == 0) { Ok(BigInt::ZERO) } else { Err(Fault::Invalid) };
    }
    if !base.is_power_of_two() && limit > 0 && values.len() > limit {
        return Err(Fault::TooLong(values.len()));
    }
    if values.len() <= 11 {
        let small = values.iter().fold(0i64, |sum, d| sum * base as i64 + *d as i64);
        return Ok(BigInt::from(if sign == Sign::Minus { -small } else { small }));
    }
    BigInt::from_radix_be(sign, &values, base).ok_or(Fault::Invalid)
}

/// Base, digits, and whether there was a prefix. The base stays 0 for a text that starts with a zero and has no prefix.
fn strip_prefix(text: &str, base: u32) -> (u32, &str, bool) {
    let marked = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    match base {
        _ if marked != 0 && (base == 0 || base == marked) => (marked, &text[2..], true),
        0 if text.starts_with('0') => (0, text, false),
        0 => (10, text, false),
        _ => (base, text, false),
    }
}

/// The values of the digits, without the underscores between them.
fn digit_values(text: &str, base: u32) -> Option<Vec<u8>> {
    let mut values = Vec::with_capacity(text.len());
    let mut after_digit = false;
    for c in text.bytes() {
        if c == b'_' {
            if !after_digit {
                return None;
            }
            after_digit = false;
            continue;
        }
        values.push((c as char).to_digit(if base == 0 { 10 } else { base })? as u8);
        after_digit = true;
    }
    after_digit.then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(text: &str, base: u32) -> Option<String> {
        parse(&to_ascii(text)?, base, 4300).ok().map(|big| big.to_string())
    }

    #[test]
    fn texts_are_read_as_python_reads_them() {
        assert_eq!(int(" 12\n", 10).as_deref(), Some("12"));
        assert_eq!(int("-1_000", 10).as_deref(), Some("-1000"));
        assert_eq!(int("0x1F", 16).as_deref(), Some("31"));
        assert_eq!(int("0x_f", 0).as_deref(), Some("15"));
        assert_eq!(int("0_0", 0).as_deref(), Some("0"));
        assert_eq!(int("zz", 36).as_deref(), Some("1295"));
        assert_eq!(int("\u{661}\u{662}", 10).as_deref(), Some("12"));
        assert_eq!(int("\u{1d7e1}", 10).as_deref(), Some("9"));
        assert_eq!(int("123456789012345678901234567890", 10).as_deref(), Some("123456789012345678901234567890"));
        for (text, base) in [
            ("", 10),
            ("_1", 10),
            ("1_", 10),
            ("1__0", 10),
            ("0x1f", 10),
            ("012", 0),
            ("0b", 0),
            ("9", 8),
            ("- 1", 10),
            ("+-1", 10),
            ("1 2", 10),
            ("1\0", 10),
            ("\u{b2}", 10),
            ("_0x1", 16),
        ] {
            assert_eq!(int(text, base), None, "{text:?} in base {base}");
        }
    }
}

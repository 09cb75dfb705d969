//! `unicode_escape` and `raw_unicode_escape`: text as it is written in a program, in ASCII or Latin-1.

use crate::objects::exception::Exc;
use crate::objects::str::push_char;
use crate::objects::str::repr::push_numeric_escape;
use crate::syntax::literals::character_by_name;
use crate::vm::Thread;
use crate::vm::native::Result as VmResult;
use crate::vm::report;

use super::decode::Senseless;

pub const AT_END: &str = "\\ at end of string";
pub const MALFORMED_NAME: &str = "malformed \\N character escape";

/// Appends a character as `unicode_escape` writes it.
pub fn push_escaped(out: &mut Vec<u8>, c: u32) {
    match c {
        0x5C => out.extend_from_slice(b"\\\\"),
        0x09 => out.extend_from_slice(b"\\t"),
        0x0A => out.extend_from_slice(b"\\n"),
        0x0D => out.extend_from_slice(b"\\r"),
        0x20..0x7F => out.push(c as u8),
        _ => push_numeric_escape(out, c),
    }
}

/// Appends a character as `raw_unicode_escape` writes it: only what Latin-1 lacks is escaped.
pub fn push_raw(out: &mut Vec<u8>, c: u32) {
    if c < 0x100 { out.push(c as u8) } else { push_numeric_escape(out, c) }
}

/// Takes a character or an escape from the start of `rest`, which is not empty.
pub fn step(out: &mut Vec<u8>, rest: &[u8]) -> Result<usize, Senseless> {
    let [b'\\', after @ ..] = rest else { return plain(out, rest) };
    let simple = |out: &mut Vec<u8>, c: u8| {
        out.push(c);
        Ok(2)
    };
    match after.first() {
        None => Err(Senseless { len: 1, reason: AT_END }),
        Some(b'\n') => Ok(2),
        Some(c @ (b'\\' | b'\'' | b'"')) => simple(out, *c),
        Some(b'a') => simple(out, 7),
        Some(b'b') => simple(out, 8),
        Some(b't') => simple(out, 9),
        Some(b'n') => simple(out, 10),
        Some(b'v') => simple(out, 11),
        Some(b'f') => simple(out, 12),
        Some(b'r') => simple(out, 13),
        Some(b'0'..=b'7') => {
            let digits = after.iter().take(3).take_while(|digit| matches!(digit, b'0'..=b'7')).count();
            push_char(out, after[..digits].iter().fold(0, |number, digit| number * 8 + u32::from(digit - b'0')));
            Ok(1 + digits)
        }
        Some(b'x') => numeric(out, rest, 2, "truncated \\xXX escape"),
        Some(b'u') => numeric(out, rest, 4, "truncated \\uXXXX escape"),
        Some(b'U') => numeric(out, rest, 8, "truncated \\UXXXXXXXX escape").map_err(|e| Senseless {
            reason: if e.reason == OUT_OF_RANGE { "illegal Unicode character" } else { e.reason },
            ..e
        }),
        Some(b'N') => named(out, rest),
        Some(_) => {
            out.push(b'\\');
            Ok(1)
        }
    }
}

/// The escape at the start of the bytes, if it is none that Python has.
pub fn invalid(rest: &[u8]) -> Option<&[u8]> {
    match rest {
        [b'\\', b'4'..=b'7', b'0'..=b'7', b'0'..=b'7', ..] => Some(&rest[..4]),
        [b'\\', b'\n' | b'\\' | b'\'' | b'"' | b'a' | b'b' | b't' | b'n' | b'v' | b'f' | b'r', ..] => None,
        [b'\\', b'0'..=b'7' | b'x' | b'u' | b'U' | b'N', ..] => None,
        [b'\\', _, ..] => Some(&rest[..2]),
        _ => None,
    }
}

/// Says that an escape is none that Python has.
#[cold]
pub fn warn_of(th: &Thread, escape: &[u8]) -> VmResult<()> {
    let octal = if escape.len() > 2 { "octal " } else { "" };
    let shown: String = escape.iter().map(|byte| *byte as char).collect();
    let rest = "escape sequence. Such sequences will not work in the future. ";
    report::warn(th, Exc::DeprecationWarning, &format!("\"{shown}\" is an invalid {octal}{rest}"))
}

const OUT_OF_RANGE: &str = "\\Uxxxxxxxx out of range";

/// As `step`, of `raw_unicode_escape`. An even number of backslashes before is not looked for, as in CPython's decoder.
pub fn raw_step(out: &mut Vec<u8>, rest: &[u8]) -> Result<usize, Senseless> {
    match rest {
        [b'\\', b'u', ..] => numeric(out, rest, 4, "truncated \\uXXXX escape"),
        [b'\\', b'U', ..] => numeric(out, rest, 8, "truncated \\UXXXXXXXX escape"),
        // What follows a backslash is taken with it: a second one begins no escape.
        [b'\\', b'\\', ..] => {
            out.extend_from_slice(b"\\\\");
            Ok(2)
        }
        [b'\\', ..] => {
            out.push(b'\\');
            Ok(1)
        }
        _ => plain(out, rest),
    }
}

/// What stands for itself, up to the next backslash.
fn plain(out: &mut Vec<u8>, rest: &[u8]) -> Result<usize, Senseless> {
    let len = rest.iter().take_while(|byte| **byte != b'\\').count();
    rest[..len].iter().for_each(|byte| push_char(out, u32::from(*byte)));
    Ok(len)
}

/// A backslash, a letter and so many digits.
fn numeric(out: &mut Vec<u8>, rest: &[u8], digits: usize, reason: &'static str) -> Result<usize, Senseless> {
    let found = rest[2..].iter().take(digits).take_while(|digit| digit.is_ascii_hexdigit()).count();
    if found < digits {
        return Err(Senseless { len: 2 + found, reason });
    }
    let value = |digit: &u8| (*digit as char).to_digit(16).unwrap_or(0);
    let number = rest[2..2 + digits].iter().fold(0u32, |number, digit| number << 4 | value(digit));
    if number > char::MAX as u32 {
        return Err(Senseless { len: 2 + digits, reason: OUT_OF_RANGE });
    }
    push_char(out, number);
    Ok(2 + digits)
}

/// `\N{name}`
fn named(out: &mut Vec<u8>, rest: &[u8]) -> Result<usize, Senseless> {
    let Some(b'{') = rest.get(2) else { return Err(Senseless { len: 2, reason: MALFORMED_NAME }) };
    let len = rest[3..].iter().take_while(|byte| **byte != b'}').count();
    if len == 0 || rest.len() == 3 + len {
        return Err(Senseless { len: 3 + len, reason: MALFORMED_NAME });
    }
    match std::str::from_utf8(&rest[3..3 + len]).ok().and_then(character_by_name) {
        Some(character) => {
            push_char(out, character as u32);
            Ok(4 + len)
        }
        None => Err(Senseless { len: 4 + len, reason: "unknown Unicode character name" }),
    }
}

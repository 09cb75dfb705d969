//! Numbers: where a numeric literal ends, what is wrong with it, and its value.

use num_bigint::BigUint;
use num_traits::Num;

use super::tree::{Arena, BigLiteral, Constant};

/// Decimal integers with more digits than this are refused, as CPython refuses them: converting
/// them takes time that grows with the square of their length.
const MAX_DECIMAL_DIGITS: usize = 4300;

/// What is wrong with a number.
#[derive(Debug, PartialEq, Eq)]
pub struct NumberError {
    pub message: String,
    /// The place after the offending character, or the stretch of it.
    pub at: std::ops::Range<usize>,
}

/// The end of a number, and the kind of literal that runs into a keyword (`1if x else y`), which
/// is allowed but deserves a warning.
pub type Scanned = Result<(usize, Option<&'static str>), NumberError>;

/// Finds the end of the number that starts at `start`.
pub fn scan(source: &[u8], start: usize) -> Scanned {
    let mut scan = Scan { source, at: start };
    if scan.peek() == b'0' {
        let radix = match scan.source.get(start + 1).copied().unwrap_or(0) | 0x20 {
            b'x' => Some((16, "hexadecimal")),
            b'o' => Some((8, "octal")),
            b'b' => Some((2, "binary")),
            _ => None,
        };
        if let Some((radix, name)) = radix {
            scan.at += 2;
            return scan.radix_tail(radix, name);
        }
        return scan.after_zero(start);
    }
    if scan.peek() != b'.' {
        scan.decimal_tail()?;
    }
    scan.fraction()
}

struct Scan<'s> {
    source: &'s [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> u8 {
        self.source.get(self.at).copied().unwrap_or(0)
    }

    /// An error whose caret stands under the last character that was read.
    fn error<T>(&self, message: impl Into<String>) -> Result<T, NumberError> {
        Err(NumberError { message: message.into(), at: self.at..self.at })
    }

    fn radix_tail(mut self, radix: u32, name: &'static str) -> Scanned {
        loop {
            if self.peek() == b'_' {
                self.at += 1;
            }
            let first = self.at;
            while (self.peek() as char).is_digit(radix) {
                self.at += 1;
            }
            if self.peek().is_ascii_digit() {
                let digit = self.peek() as char;
                self.at += 1;
                return self.error(format!("invalid digit '{digit}' in {name} literal"));
            }
            if self.at == first {
                return self.error(format!("invalid {name} literal"));
            }
            if self.peek() != b'_' {
                return self.end(name);
            }
        }
    }

    /// Digits and underscores, each underscore followed by a digit.
    fn decimal_tail(&mut self) -> Result<(), NumberError> {
        loop {
            while self.peek().is_ascii_digit() {
                self.at += 1;
            }
            if self.peek() != b'_' {
                return Ok(());
            }
            self.at += 1;
            if !self.peek().is_ascii_digit() {
                return self.error("invalid decimal literal");
            }
        }
    }

    /// A number that starts with `0` may be zero or no integer, but not octal as in C.
    fn after_zero(mut self, start: usize) -> Scanned {
        self.decimal_tail()?;
        let digits = &self.source[start..self.at];
        let is_integer = !matches!(self.peek() | 0x20, b'.' | b'e' | b'j') && self.peek() != b'.';
        if is_integer && digits.iter().any(|digit| (b'1'..=b'9').contains(digit)) {
            let zeros = digits.iter().take_while(|&&digit| digit == b'0' || digit == b'_').count();
            return Err(NumberError {
                message: "leading zeros in decimal integer literals are not permitted; \
                          use an 0o prefix for octal integers"
                    .into(),
                at: start..start + zeros,
            });
        }
        self.fraction()
    }

    /// What may follow the digits before the point.
    fn fraction(mut self) -> Scanned {
        if self.peek() == b'.' {
            self.at += 1;
            if self.peek().is_ascii_digit() {
                self.decimal_tail()?;
            }
        }
        if self.peek() | 0x20 == b'e' {
            let mark = self.at;
            self.at += 1;
            let signed = matches!(self.peek(), b'+' | b'-');
            if signed {
                self.at += 1;
            }
            if self.peek().is_ascii_digit() {
                self.decimal_tail()?;
            } else if signed {
                return self.error("invalid decimal literal");
            } else {
                self.at = mark;
                return self.end("decimal");
            }
        }
        if self.peek() | 0x20 == b'j' {
            self.at += 1;
            return self.end("imaginary");
        }
        self.end("decimal")
    }

    /// A number must not run into a name. Into a keyword that may follow it, it still may.
    fn end(self, kind: &'static str) -> Scanned {
        let rest = &self.source[self.at..];
        let keyword = [&b"and"[..], b"else", b"for", b"if", b"in", b"is", b"or", b"not"].iter().any(|word| {
            let ends = |byte: &u8| !byte.is_ascii_alphanumeric() && *byte != b'_' && byte.is_ascii();
            // Of words that start with an i, CPython looks at two letters only.
            rest.starts_with(word) && (word[0] == b'i' || rest.get(word.len()).is_none_or(ends))
        });
        if keyword {
            return Ok((self.at, Some(kind)));
        }
        if self.peek().is_ascii_alphanumeric() || self.peek() == b'_' {
            return self.error(format!("invalid {kind} literal"));
        }
        Ok((self.at, None))
    }
}

/// The value of a number that [`scan`] has found to be one.
pub fn value<'a>(arena: &'a Arena, literal: &str) -> Result<Constant<'a>, String> {
    let bytes = literal.as_bytes();
    if bytes.len() <= 18 && bytes.iter().all(u8::is_ascii_digit) {
        return Ok(Constant::Int(bytes.iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'))));
    }
    let plain = literal.replace('_', "");
    let prefix = plain.get(..2).unwrap_or("").to_ascii_lowercase();
    let radix = match prefix.as_str() {
        "0x" => 16,
        "0o" => 8,
        "0b" => 2,
        _ => 10,
    };
    if radix != 10 {
        return Ok(integer(arena, &plain[2..], radix));
    }
    if let Some(number) = plain.strip_suffix(['j', 'J']) {
        return Ok(Constant::Complex(float(number)));
    }
    if plain.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
        return Ok(Constant::Float(float(&plain)));
    }
    if plain.len() > MAX_DECIMAL_DIGITS {
        return Err(format!(
            "Exceeds the limit ({MAX_DECIMAL_DIGITS} digits) for integer string conversion: value has {} digits; \
             use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer \
             literals to avoid decimal conversion limits.",
            plain.len()
        ));
    }
    Ok(integer(arena, &plain, 10))
}

fn integer<'a>(arena: &'a Arena, digits: &str, radix: u32) -> Constant<'a> {
    if let Ok(small) = i64::from_str_radix(digits, radix) {
        return Constant::Int(small);
    }
    let big = BigUint::from_str_radix(digits, radix).unwrap_or_default();
    Constant::BigInt(arena.alloc(BigLiteral { digits: arena.alloc_slice(big.to_u32_digits().into_iter()) }))
}

/// The scanner lets nothing through that Rust's parser would not read; rounding is exact in both.
fn float(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(source: &str) -> usize {
        scan(source.as_bytes(), 0).unwrap().0
    }

    fn message(source: &str) -> (String, usize) {
        let error = scan(source.as_bytes(), 0).unwrap_err();
        (error.message, error.at.end)
    }

    #[test]
    fn numbers_end_where_python_ends_them() {
        for (source, length) in [
            ("0", 1),
            ("00_0", 4),
            ("1_000+", 5),
            ("0xFF_ff)", 7),
            ("0o17", 4),
            ("0b_1", 4),
            ("1.", 2),
            (".5", 2),
            ("1.5e-3j,", 7),
            ("1e5", 3),
            ("0.0", 3),
            ("09.5", 4),
            ("09e1", 4),
            ("09j", 3),
            ("1.real", 2),
        ] {
            if source == "1.real" {
                assert_eq!(message(source).0, "invalid decimal literal");
            } else {
                assert_eq!(end(source), length, "{source}");
            }
        }
    }

    #[test]
    fn a_keyword_right_after_a_number_is_allowed_with_a_warning() {
        assert_eq!(scan(b"1if", 0), Ok((1, Some("decimal"))));
        assert_eq!(scan(b"0x1for", 0), Ok((4, Some("hexadecimal"))));
        assert_eq!(scan(b"1else", 0), Ok((1, Some("decimal"))));
        assert_eq!(scan(b"2jor", 0), Ok((2, Some("imaginary"))));
    }

    #[test]
    fn bad_numbers_say_what_is_wrong() {
        for (source, text, at) in [
            ("1a", "invalid decimal literal", 1),
            ("1__0", "invalid decimal literal", 2),
            ("1e+", "invalid decimal literal", 3),
            ("0x", "invalid hexadecimal literal", 2),
            ("0b12", "invalid digit '2' in binary literal", 4),
            ("0o8", "invalid digit '8' in octal literal", 3),
        ] {
            assert_eq!(message(source), (text.to_string(), at), "{source}");
        }
        assert!(message("0777").0.starts_with("leading zeros"));
    }

    #[test]
    fn values() {
        let arena = Arena::new();
        assert_eq!(value(&arena, "1_0"), Ok(Constant::Int(10)));
        assert_eq!(value(&arena, "0Xff"), Ok(Constant::Int(255)));
        assert_eq!(value(&arena, "9223372036854775807"), Ok(Constant::Int(i64::MAX)));
        let Ok(Constant::BigInt(big)) = value(&arena, "9223372036854775808") else { panic!() };
        assert_eq!(big.to_bigint().to_string(), "9223372036854775808");
        assert_eq!(value(&arena, "1_0.5e1"), Ok(Constant::Float(105.0)));
        assert_eq!(value(&arena, "1e999"), Ok(Constant::Float(f64::INFINITY)));
        assert_eq!(value(&arena, "2J"), Ok(Constant::Complex(2.0)));
        assert!(value(&arena, &"9".repeat(4301)).is_err());
    }
}

//! Floats in hexadecimal: `float.hex` and `float.fromhex`.

use super::from_parts;

/// `-0x1.8000000000000p+0`
pub fn to_hex(f: f64) -> String {
    if f.is_nan() {
        return "nan".to_owned();
    }
    let sign = if f.is_sign_negative() { "-" } else { "" };
    if f.is_infinite() {
        return format!("{sign}inf");
    }
    if f == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = f.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let (lead, exponent) = match (bits >> 52) as i64 & 0x7FF {
        0 => (0, -1022),
        biased => (1, biased - 1023),
    };
    format!("{sign}0x{lead}.{fraction:013x}p{exponent:+}")
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    Invalid,
    TooLarge,
}

/// The float of a hexadecimal text: sign, `0x`, digits with a point, `p` and a decimal exponent; most of it optional.
pub fn from_hex(text: &str) -> Result<f64, Fault> {
    let text = text.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\x0b');
    let (negative, rest) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let magnitude = match rest.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => f64::INFINITY,
        "nan" => f64::NAN,
        rest => digits(rest.strip_prefix("0x").unwrap_or(rest))?,
    };
    Ok(if negative { -magnitude } else { magnitude })
}

fn digits(text: &str) -> Result<f64, Fault> {
    let (mantissa_text, exponent) = match text.split_once('p') {
        Some((mantissa, exponent)) => (mantissa, decimal(exponent)?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa_text.split_once('.').unwrap_or((mantissa_text, ""));
    if whole.is_empty() && fraction.is_empty() {
        return Err(Fault::Invalid);
    }
    // Digits beyond what a double can hold only say whether there is more.
    let (mut mantissa, mut sticky, mut dropped) = (0u128, false, 0i64);
    for c in whole.chars().chain(fraction.chars()) {
        let digit = c.to_digit(16).ok_or(Fault::Invalid)?;
        if mantissa >> 100 == 0 {
            mantissa = mantissa << 4 | digit as u128;
        } else {
            sticky |= digit != 0;
            dropped += 1;
        }
    }
    if mantissa == 0 {
        return Ok(0.0);
    }
    let exponent = exponent.saturating_add(4 * (dropped - fraction.len() as i64));
    match from_parts(mantissa << 1 | sticky as u128, exponent.clamp(-100_000, 100_000) - 1) {
        Some(f) => Ok(f),
        None => Err(Fault::TooLarge),
    }
}

/// A decimal exponent; what no float can have is clamped far outside.
fn decimal(text: &str) -> Result<i64, Fault> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|c| c.is_ascii_digit()) {
        return Err(Fault::Invalid);
    }
    let magnitude = digits.parse::<i64>().unwrap_or(i64::MAX / 2).min(i64::MAX / 2);
    Ok(if text.starts_with('-') { -magnitude } else { magnitude })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_texts_come_and_go() {
        for (f, text) in [
            (1.5, "0x1.8000000000000p+0"),
            (-0.0, "-0x0.0p+0"),
            (5e-324, "0x0.0000000000001p-1022"),
            (1e308, "0x1.1ccf385ebc8a0p+1023"),
            (0.1, "0x1.999999999999ap-4"),
        ] {
            assert_eq!(to_hex(f), text);
            assert_eq!(from_hex(text).map(f64::to_bits), Ok(f.to_bits()));
        }
    }

    #[test]
    fn hexadecimal_texts_are_rounded_once() {
        assert_eq!(from_hex("  -0x.8p0 "), Ok(-0.5));
        assert_eq!(from_hex("10"), Ok(16.0));
        assert_eq!(from_hex("0x1.fffffffffffff8p0"), Ok(2.0));
        assert_eq!(from_hex("0x1.0000000000000080000001p0"), Ok(1.0));
        assert_eq!(from_hex("0x1.000000000000080000000000000000000000000000001p0"), Ok(1.0000000000000002));
        assert_eq!(from_hex("0x0.8p-1074"), Ok(0.0));
        assert_eq!(from_hex("0x0.8000001p-1074"), Ok(5e-324));
        assert_eq!(from_hex("0x1.fffffffffffff7p1023"), Ok(f64::MAX));
        assert_eq!(from_hex("0x1.fffffffffffff8p1023"), Err(Fault::TooLarge));
        assert_eq!(from_hex("0x1p99999999999999999999"), Err(Fault::TooLarge));
        assert_eq!(from_hex("0x0p99999999999999999999"), Ok(0.0));
        for text in ["", "x", "0x", "0x1p", "0x1.2.3", "1p1x", "0x_1"] {
            assert_eq!(from_hex(text), Err(Fault::Invalid), "{text:?}");
        }
    }
}

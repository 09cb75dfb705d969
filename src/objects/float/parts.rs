//! Doubles from mantissas and exponents, rounded once, and back; hashes.

use crate::objects::int::{HASH_BITS, HASH_MODULUS, hash_small};

/// The double nearest to `mantissa * 2**exponent` (ties to even, subnormals included); `None` where it is too large.
pub fn from_parts(mantissa: u128, exponent: i64) -> Option<f64> {
    if mantissa == 0 {
        return Some(0.0);
    }
    let bits = 128 - mantissa.leading_zeros() as i64;
    // The exponent of the lowest bit that the result can hold.
    let lowest = (bits + exponent - 53).max(-1074);
    let drop = lowest - exponent;
    if drop > 127 {
        // Less than half of the smallest double.
        return Some(0.0);
    }
    let kept = if drop <= 0 {
        // Fewer than 54 bits: nothing is lost.
        mantissa << (-drop).min(127)
    } else {
        let kept = mantissa >> drop;
        let rest = mantissa & ((1 << drop) - 1);
        let half = 1 << (drop - 1);
        kept + (rest > half || (rest == half && kept & 1 != 0)) as u128
    };
    let exponent = lowest;
    // `kept` has at most 53 bits, or is 2⁵³ after rounding up.
    let value = ldexp(kept as f64, exponent);
    value.is_finite().then_some(value)
}

/// `value * 2**exponent`, exact where the result is representable.
fn ldexp(mut value: f64, mut exponent: i64) -> f64 {
    while exponent > 1000 {
        if value.is_infinite() {
            return value;
        }
        value *= power_of_two(1000);
        exponent -= 1000;
    }
    while exponent < -1000 {
        value *= power_of_two(-1000);
        exponent += 1000;
    }
    value * power_of_two(exponent)
}

/// `2**exponent` for the exponents of normal doubles.
pub fn power_of_two(exponent: i64) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

/// `(m, e)` with `value == m * 2**e` and `0.5 <= |m| < 1`; zeros, infinities and NaNs come back with 0.
pub fn frexp(value: f64) -> (f64, i32) {
    if value == 0.0 || !value.is_finite() {
        return (value, 0);
    }
    let (scaled, offset) = if value.abs() < f64::MIN_POSITIVE { (value * power_of_two(54), -54) } else { (value, 0) };
    let bits = scaled.to_bits();
    let exponent = ((bits >> 52) & 0x7FF) as i32 - 1022;
    (f64::from_bits(bits & !(0x7FF << 52) | 1022 << 52), exponent + offset)
}

/// The integer mantissa and the exponent of a finite double: `|value| == m * 2**e`, with `m` odd unless it is zero.
pub fn integer_parts(value: f64) -> (u64, i32) {
    let bits = value.to_bits();
    let exponent = ((bits >> 52) & 0x7FF) as i32;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) };
    if mantissa == 0 {
        return (0, 0);
    }
    let zeros = mantissa.trailing_zeros();
    (mantissa >> zeros, exponent + zeros as i32)
}

/// The hash of a float: that of the equal integer where there is one. NaNs hash by identity.
pub fn hash(value: f64) -> i64 {
    if value.is_infinite() {
        return if value > 0.0 { 314159 } else { -314159 };
    }
    if value.is_nan() {
        return (value.to_bits() & 0xFFFF_FFFF_FFFF) as i64;
    }
    let (mantissa, exponent) = integer_parts(value);
    // Modulo 2⁶¹ - 1, a multiplication by 2 rotates the 61 bits.
    let rotation = exponent.rem_euclid(HASH_BITS as i32) as u32;
    let rotated = ((mantissa as u128) << rotation) % HASH_MODULUS as u128;
    let hash = rotated as i64;
    hash_small(if value < 0.0 { -hash } else { hash })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_rounded_once_to_even() {
        assert_eq!(from_parts(0, 5), Some(0.0));
        assert_eq!(from_parts(3, -1), Some(1.5));
        assert_eq!(from_parts((1 << 53) + 1, 0), Some(9007199254740992.0));
        assert_eq!(from_parts((1 << 53) + 3, 0), Some(9007199254740996.0));
        assert_eq!(from_parts((1 << 60) + 1, -60), Some(1.0));
        assert_eq!(from_parts(1, -1074), Some(5e-324));
        assert_eq!(from_parts(1, -1075), Some(0.0));
        assert_eq!(from_parts(3, -1075), Some(1e-323));
        assert_eq!(from_parts(1, 1023), Some(2f64.powi(1023)));
        assert_eq!(from_parts(1, 1024), None);
        assert_eq!(from_parts((1 << 54) - 1, 970), None);
        assert_eq!(from_parts(u128::MAX, 0), Some(2f64.powi(128)));
        assert_eq!(from_parts(1, -5000), Some(0.0));
    }

    #[test]
    fn parts_and_fractions_come_apart_exactly() {
        for value in [1.0, -0.1, 5e-324, 1e-310, f64::MAX, 12345.678] {
            let (m, e) = frexp(value);
            assert!((0.5..1.0).contains(&m.abs()), "{value}");
            assert_eq!(ldexp(m, e as i64), value);
            let (m, e) = integer_parts(value);
            assert_eq!(from_parts(m as u128, e as i64), Some(value.abs()));
        }
    }

    #[test]
    fn hashes_agree_with_those_of_equal_integers() {
        assert_eq!(hash(1.0), 1);
        assert_eq!(hash(-1.0), -2);
        assert_eq!(hash(0.5), 1152921504606846976);
        assert_eq!(hash(2f64.powi(100)), 549755813888);
        assert_eq!(hash(f64::INFINITY), 314159);
        assert_eq!(hash(-1.5), -1152921504606846977);
    }
}

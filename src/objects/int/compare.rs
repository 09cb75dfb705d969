//! Order and hashes of integers. An integer and a float are compared by their exact values, however large.

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};
use num_traits::FromPrimitive;

use super::IntRef;

/// The order of two integers.
pub fn compare(a: IntRef, b: IntRef) -> Ordering {
    match (a.to_i128(), b.to_i128(), a, b) {
        (Some(a), Some(b), ..) => a.cmp(&b),
        (_, _, IntRef::Big(a), IntRef::Big(b)) => a.cmp(b),
        // What does not fit 128 bits lies beyond all that does.
        (None, ..) => {
            if a.is_negative() {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        }
        _ => {
            if b.is_negative() {
                Ordering::Greater
            } else {
                Ordering::Less
            }
        }
    }
}

/// The order of an integer and a float; `None` for a NaN.
pub fn compare_float(a: IntRef, b: f64) -> Option<Ordering> {
    if let IntRef::Small(a) = a
        && a.unsigned_abs() <= 1 << 53
    {
        return (a as f64).partial_cmp(&b);
    }
    if b.is_nan() {
        return None;
    }
    if b.is_infinite() {
        return Some(if b > 0.0 { Ordering::Less } else { Ordering::Greater });
    }
    let whole = BigInt::from_f64(b.trunc())?;
    let order = compare(a, IntRef::of_big(&whole));
    // Equal up to the point: the fraction decides.
    Some(order.then_with(|| 0.0.partial_cmp(&b.fract()).unwrap_or(Ordering::Equal)))
}

/// Hashes of numbers are their values modulo this prime, so that equal numbers of different types hash alike.
pub const HASH_MODULUS: u64 = (1 << HASH_BITS) - 1;
pub const HASH_BITS: u32 = 61;

/// The hash of an inline integer (or a bool).
#[inline(always)]
pub const fn hash_small(i: i64) -> i64 {
    // -1 is no hash: CPython's C functions return it for an error, and programs see that.
    if i == -1 { -2 } else { i }
}

fn hash_wide(i: i128) -> i64 {
    let rest = (i.unsigned_abs() % HASH_MODULUS as u128) as i64;
    hash_small(if i < 0 { -rest } else { rest })
}

/// The hash of an integer of any size.
pub fn hash_big(big: &BigInt) -> i64 {
    let mut rest = 0u64;
    for digit in big.iter_u64_digits().rev() {
        rest = (((rest as u128) << 64 | digit as u128) % HASH_MODULUS as u128) as u64;
    }
    let hash = if big.sign() == Sign::Minus { -(rest as i64) } else { rest as i64 };
    hash_small(hash)
}

pub fn hash(int: IntRef) -> i64 {
    match int {
        IntRef::Small(i) if i.unsigned_abs() < HASH_MODULUS => hash_small(i),
        IntRef::Small(i) => hash_wide(i as i128),
        IntRef::Wide(i) => hash_wide(i),
        IntRef::Big(big) => hash_big(big),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn big(text: &str) -> BigInt {
        text.parse().expect("a number")
    }

    #[test]
    fn integers_and_floats_compare_by_their_exact_values() {
        let two_to_100 = big("1267650600228229401496703205376");
        let above = &two_to_100 + 1;
        assert_eq!(compare_float(IntRef::of_big(&two_to_100), 2f64.powi(100)), Some(Ordering::Equal));
        assert_eq!(compare_float(IntRef::of_big(&above), 2f64.powi(100)), Some(Ordering::Greater));
        assert_eq!(compare_float(IntRef::of_big(&above), f64::INFINITY), Some(Ordering::Less));
        assert_eq!(compare_float(IntRef::of_big(&above), f64::NAN), None);
        assert_eq!(compare_float(IntRef::Small(3), 3.5), Some(Ordering::Less));
        assert_eq!(compare_float(IntRef::of_big(&big("-3")), -3.5), Some(Ordering::Greater));
        assert_eq!(compare(IntRef::of_big(&above), IntRef::Small(5)), Ordering::Greater);
        assert_eq!(compare(IntRef::Small(5), IntRef::of_big(&-above)), Ordering::Greater);
    }

    #[test]
    fn hashes_are_those_of_cpython() {
        assert_eq!(hash_small(-1), -2);
        assert_eq!(hash_big(&big("2305843009213693951")), 0);
        assert_eq!(hash_big(&big("2305843009213693952")), 1);
        assert_eq!(hash_big(&big("1267650600228229401496703205376")), 549755813888);
        assert_eq!(hash_big(&big("-123456789012345678901234567890")), -248789772095949448);
        assert_eq!(hash(IntRef::Wide(-123456789012345678901234567890)), -248789772095949448);
        assert_eq!(hash(IntRef::Small((1 << 61) - 1)), 0);
    }
}

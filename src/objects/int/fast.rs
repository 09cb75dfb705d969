//! Operations on inline integers, for the dispatch loop: a handful of instructions each, `None` where the result does not
//! fit inline or the operation fails; the caller then takes the general way.
//!
//! The callers have checked with [`Value::both_int`]. An inline integer shifted left by 16 is its two's complement in the
//! upper 48 bits of a word, so the processor's own overflow flag tells that 48 bits are exceeded.

use std::cmp::Ordering;

use crate::heap::Value;

/// The integer in the upper 48 bits.
#[inline(always)]
const fn upper(v: Value) -> i64 {
    (v.bits() << 16) as i64
}

/// The value whose integer lies in the upper 48 bits, the lower ones being zero.
#[inline(always)]
const fn from_upper(upper: i64) -> Value {
    Value::int_of_upper(upper as u64)
}

/// `a + b`
#[inline(always)]
pub const fn add_inline(a: Value, b: Value) -> Option<Value> {
    add_small(a, b.as_int_unchecked())
}

/// `a + b` with a number of 48 bits.
#[inline(always)]
pub const fn add_small(a: Value, b: i64) -> Option<Value> {
    match upper(a).overflowing_add(b << 16) {
        (sum, false) => Some(from_upper(sum)),
        _ => None,
    }
}

/// `a - b`
#[inline(always)]
pub const fn sub_inline(a: Value, b: Value) -> Option<Value> {
    sub_small(a, b.as_int_unchecked())
}

/// `a - b` with a number of 48 bits.
#[inline(always)]
pub const fn sub_small(a: Value, b: i64) -> Option<Value> {
    match upper(a).overflowing_sub(b << 16) {
        (difference, false) => Some(from_upper(difference)),
        _ => None,
    }
}

/// `a * b`
#[inline(always)]
pub const fn mul_inline(a: Value, b: Value) -> Option<Value> {
    mul_small(a, b.as_int_unchecked())
}

/// `a * b` with a number.
#[inline(always)]
pub const fn mul_small(a: Value, b: i64) -> Option<Value> {
    match upper(a).overflowing_mul(b) {
        (product, false) => Some(from_upper(product)),
        _ => None,
    }
}

/// `a // b`, rounded down; `None` for a divisor of zero.
#[inline(always)]
pub const fn floor_div_inline(a: Value, b: Value) -> Option<Value> {
    floor_div_small(a, b.as_int_unchecked())
}

/// `a // b`, likewise.
#[inline(always)]
pub const fn floor_div_small(a: Value, b: i64) -> Option<Value> {
    if b == 0 {
        return None;
    }
    Value::try_int(floor_div(a.as_int_unchecked(), b))
}

/// `a % b`, with the sign of `b`; `None` for a divisor of zero.
#[inline(always)]
pub const fn modulo_inline(a: Value, b: Value) -> Option<Value> {
    modulo_small(a, b.as_int_unchecked())
}

/// `a % b`, likewise.
#[inline(always)]
pub const fn modulo_small(a: Value, b: i64) -> Option<Value> {
    if b == 0 {
        return None;
    }
    Some(Value::small_int(modulo(a.as_int_unchecked(), b)))
}

/// `a / b`; `None` for a divisor of zero. Both are exact as doubles, so the quotient is rounded once.
#[inline(always)]
pub fn true_div_inline(a: Value, b: Value) -> Option<Value> {
    let (a, b) = (a.as_int_unchecked(), b.as_int_unchecked());
    if b == 0 {
        return None;
    }
    Some(Value::float(a as f64 / b as f64))
}

/// `a << b`; `None` for a negative shift.
#[inline(always)]
pub const fn shl_inline(a: Value, b: Value) -> Option<Value> {
    let (a, b) = (a.as_int_unchecked(), b.as_int_unchecked());
    if b < 0 || b >= 48 {
        return None;
    }
    // The bits that leave the word must be copies of the sign.
    let wide = (a as i128) << b;
    if wide as i64 as i128 != wide {
        return None;
    }
    Value::try_int(wide as i64)
}

/// `a >> b`; `None` for a negative shift.
#[inline(always)]
pub const fn shr_inline(a: Value, b: Value) -> Option<Value> {
    let (a, b) = (a.as_int_unchecked(), b.as_int_unchecked());
    if b < 0 {
        return None;
    }
    Some(Value::small_int(a >> if b > 63 { 63 } else { b }))
}

/// `a & b`: the tag is all ones, so it survives.
#[inline(always)]
pub const fn and_inline(a: Value, b: Value) -> Value {
    Value::from_bits(a.bits() & b.bits())
}

/// `a | b`
#[inline(always)]
pub const fn or_inline(a: Value, b: Value) -> Value {
    Value::from_bits(a.bits() | b.bits())
}

/// `a ^ b`
#[inline(always)]
pub const fn xor_inline(a: Value, b: Value) -> Value {
    Value::small_int(a.as_int_unchecked() ^ b.as_int_unchecked())
}

/// `a ** b` where all of it stays inline; `None` for negative exponents too.
#[inline]
pub const fn pow_inline(a: Value, b: Value) -> Option<Value> {
    let (mut base, mut exponent) = (a.as_int_unchecked(), b.as_int_unchecked());
    if exponent < 0 {
        return None;
    }
    let mut power = 1i64;
    loop {
        if exponent & 1 != 0 {
            power = match power.checked_mul(base) {
                Some(power) => power,
                None => return None,
            };
        }
        exponent >>= 1;
        if exponent == 0 {
            return Value::try_int(power);
        }
        base = match base.checked_mul(base) {
            Some(square) => square,
            None => return None,
        };
    }
}

/// The order of two inline integers.
#[inline(always)]
pub fn compare_inline(a: Value, b: Value) -> Ordering {
    upper(a).cmp(&upper(b))
}

/// `a // b` with Python's sign; the divisor is not zero, and not -1 with the smallest dividend.
#[inline(always)]
pub const fn floor_div(a: i64, b: i64) -> i64 {
    let quotient = a / b;
    if a % b != 0 && (a ^ b) < 0 { quotient - 1 } else { quotient }
}

/// `a % b` with Python's sign; the divisor is not zero, and not -1 with the smallest dividend.
#[inline(always)]
pub const fn modulo(a: i64, b: i64) -> i64 {
    let rest = a % b;
    if rest != 0 && (rest ^ b) < 0 { rest + b } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::heap::value::{INT_MAX, INT_MIN};

    fn v(i: i64) -> Value {
        Value::small_int(i)
    }

    fn i(v: Option<Value>) -> Option<i64> {
        v.and_then(Value::as_small_int)
    }

    #[test]
    fn sums_leave_the_inline_range_exactly_at_48_bits() {
        assert_eq!(i(add_inline(v(INT_MAX - 1), v(1))), Some(INT_MAX));
        assert_eq!(i(add_inline(v(INT_MAX), v(1))), None);
        assert_eq!(i(sub_inline(v(INT_MIN + 1), v(1))), Some(INT_MIN));
        assert_eq!(i(sub_inline(v(INT_MIN), v(1))), None);
        assert_eq!(i(add_inline(v(-5), v(3))), Some(-2));
    }

    #[test]
    fn products_leave_the_inline_range_exactly_at_48_bits() {
        assert_eq!(i(mul_inline(v(-7), v(6))), Some(-42));
        assert_eq!(i(mul_inline(v(1 << 23), v(1 << 23))), Some(1 << 46));
        assert_eq!(i(mul_inline(v(1 << 24), v(1 << 23))), None);
        assert_eq!(i(mul_inline(v(-(1 << 24)), v(1 << 23))), Some(INT_MIN));
    }

    #[test]
    fn division_rounds_down_and_the_rest_has_the_divisors_sign() {
        for a in -9..=9 {
            for b in (-4..=4).filter(|b| *b != 0) {
                let (q, r) = (i(floor_div_inline(v(a), v(b))), i(modulo_inline(v(a), v(b))));
                let expected = (a as f64 / b as f64).floor() as i64;
                assert_eq!(q, Some(expected), "{a} // {b}");
                assert_eq!(r, Some(a - expected * b), "{a} % {b}");
            }
        }
        assert_eq!(i(floor_div_inline(v(INT_MIN), v(-1))), None);
        assert_eq!(i(modulo_inline(v(1), v(0))), None);
    }

    #[test]
    fn shifts_keep_the_sign() {
        assert_eq!(i(shl_inline(v(-1), v(47))), Some(INT_MIN));
        assert_eq!(i(shl_inline(v(1), v(47))), None);
        assert_eq!(i(shl_inline(v(3), v(-1))), None);
        assert_eq!(i(shr_inline(v(-1), v(1000))), Some(-1));
        assert_eq!(i(shr_inline(v(-8), v(2))), Some(-2));
    }

    #[test]
    fn powers_stay_inline_or_are_declined() {
        assert_eq!(i(pow_inline(v(-3), v(3))), Some(-27));
        assert_eq!(i(pow_inline(v(2), v(46))), Some(1 << 46));
        assert_eq!(i(pow_inline(v(2), v(47))), None);
        assert_eq!(i(pow_inline(v(0), v(0))), Some(1));
        assert_eq!(i(pow_inline(v(2), v(-1))), None);
    }

    #[test]
    fn bits_work_in_twos_complement() {
        for (a, b) in [(12, 10), (-12, 10), (12, -10), (-12, -10), (INT_MIN, INT_MAX)] {
            assert_eq!(i(Some(and_inline(v(a), v(b)))), Some(a & b));
            assert_eq!(i(Some(or_inline(v(a), v(b)))), Some(a | b));
            assert_eq!(i(Some(xor_inline(v(a), v(b)))), Some(a ^ b));
        }
    }
}

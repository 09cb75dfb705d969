//! The operators on integers of any size. Results are values of exactly `int` (or `float` for `/` and negative powers).

use std::borrow::Cow;

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::heap::Value;
use crate::objects::exception::Exc;
use crate::objects::float;
use crate::vm::Thread;
use crate::vm::native::Result;

use super::IntRef::{self, Big, Small, Wide};
use super::{fast, from_big, from_i64, from_i128};

/// The largest number of bits that an integer may have: more is a MemoryError before anything is allocated.
const MAX_BITS: u64 = 1 << 33;

/// Refuses what would have more bits than any integer may have, or than the memory limit allows.
pub fn check_bits(th: &Thread, bits: u64) -> Result<()> {
    const SURELY_FIT: u64 = 1 << 16;
    if bits > SURELY_FIT && (bits > MAX_BITS || th.heap().would_exceed_limit(bits as usize / 8)) {
        return Err(th.memory_error());
    }
    Ok(())
}

type Ints<'a> = (IntRef<'a>, IntRef<'a>);

#[cold]
#[inline(never)]
pub fn division_by_zero(th: &Thread) -> crate::vm::Raised {
    th.raise(Exc::ZeroDivisionError, "division by zero")
}

fn big<'a>(i: IntRef<'a>) -> Cow<'a, BigInt> {
    match i {
        Big(big) => Cow::Borrowed(big),
        small => Cow::Owned(small.to_big()),
    }
}

/// Both integers, if neither has more than 128 bits.
#[inline(always)]
fn wide(a: IntRef, b: IntRef) -> Option<(i128, i128)> {
    Some((a.to_i128()?, b.to_i128()?))
}

#[inline]
pub fn add(th: &Thread, a: IntRef, b: IntRef) -> Value {
    if let Some(sum) = wide(a, b).and_then(|(a, b)| a.checked_add(b)) {
        return from_i128(th, sum);
    }
    match (a, b) {
        (Big(a), Small(b)) | (Small(b), Big(a)) => from_big(th, a + b),
        (a, b) => from_big(th, &*big(a) + &*big(b)),
    }
}

#[inline]
pub fn sub(th: &Thread, a: IntRef, b: IntRef) -> Value {
    if let Some(difference) = wide(a, b).and_then(|(a, b)| a.checked_sub(b)) {
        return from_i128(th, difference);
    }
    match (a, b) {
        (Big(a), Small(b)) => from_big(th, a - b),
        (Small(a), Big(b)) => from_big(th, a - b),
        (a, b) => from_big(th, &*big(a) - &*big(b)),
    }
}

pub fn mul(th: &Thread, a: IntRef, b: IntRef) -> Result {
    if let (Small(a), Small(b)) = (a, b) {
        return Ok(from_i128(th, a as i128 * b as i128));
    }
    if let Some(product) = wide(a, b).and_then(|(a, b)| a.checked_mul(b)) {
        return Ok(from_i128(th, product));
    }
    check_bits(th, a.bits() + b.bits())?;
    Ok(match (a, b) {
        // The general way copies the digits first, and then once more.
        (Big(a), Small(b @ 1..)) | (Small(b @ 1..), Big(a)) if b.count_ones() == 1 => {
            from_big(th, a << b.trailing_zeros())
        }
        (Big(a), Small(b)) | (Small(b), Big(a)) => from_big(th, a * b),
        (a, b) => from_big(th, &*big(a) * &*big(b)),
    })
}

/// Quotient rounded down and rest of integers of up to 128 bits; `None` where the quotient does not fit. `b` is not zero.
#[inline]
fn div_mod_wide(a: IntRef, b: IntRef) -> Option<(i128, i128)> {
    if let (Small(a), Small(b)) = (a, b)
        && b != -1
    {
        return Some((fast::floor_div(a, b) as i128, fast::modulo(a, b) as i128));
    }
    let (a, b) = wide(a, b)?;
    let (quotient, rest) = match (u128::try_from(a), u128::try_from(b)) {
        // Division without signs has quick ways for what fits 64 bits.
        (Ok(a), Ok(b)) => ((a / b) as i128, (a % b) as i128),
        _ => (a.checked_div(b)?, a.checked_rem(b)?),
    };
    Some(if rest != 0 && (rest ^ b) < 0 { (quotient - 1, rest + b) } else { (quotient, rest) })
}

/// The quotient of large positive integers of similar length, told from their leading bits alone: the usual division costs
/// several passes over both. `None` where those bits do not decide it.
fn short_quotient(a: &BigInt, b: &BigInt) -> Option<u64> {
    const LEADING: u64 = 64;
    if a.sign() != Sign::Plus || b.sign() != Sign::Plus {
        return None;
    }
    let shift = b.bits().checked_sub(LEADING)?;
    if a.bits() > b.bits() + 62 {
        return None;
    }
    let (x, y) = (bits_from(a, shift), bits_from(b, shift));
    // With what was shifted out, a lies in x..x+1 and b in y..y+1: the quotient is no less than the first and no more
    // than the second.
    let (least, most) = (x / (y + 1), x / y);
    if least == most { Some(most as u64) } else { None }
}

/// The bits of the absolute value from `shift` on, of which there are no more than 128.
fn bits_from(a: &BigInt, shift: u64) -> u128 {
    let mut digits = a.iter_u64_digits().skip((shift / 64) as usize);
    let mut digit = || digits.next().unwrap_or(0) as u128;
    let low = digit() | digit() << 64;
    match shift % 64 {
        0 => low,
        odd => low >> odd | digit() << (128 - odd),
    }
}

pub fn div_mod(th: &Thread, a: IntRef, b: IntRef) -> Result<(Value, Value)> {
    if b.is_zero() {
        return Err(division_by_zero(th));
    }
    if let Some((quotient, rest)) = div_mod_wide(a, b) {
        return Ok((from_i128(th, quotient), from_i128(th, rest)));
    }
    let (a, b) = (big(a), big(b));
    if let Some(quotient) = short_quotient(&a, &b) {
        return Ok((from_i128(th, quotient as i128), from_big(th, &*a - &*b * quotient)));
    }
    let (quotient, rest) = a.div_mod_floor(&b);
    Ok((from_big(th, quotient), from_big(th, rest)))
}

pub fn floor_div(th: &Thread, a: IntRef, b: IntRef) -> Result {
    if b.is_zero() {
        return Err(division_by_zero(th));
    }
    if let Some((quotient, _)) = div_mod_wide(a, b) {
        return Ok(from_i128(th, quotient));
    }
    Ok(match (a, b) {
        (Big(a), Small(b @ 1..)) if a.sign() != Sign::Minus => from_big(th, a / b),
        (Big(a), Big(b)) if let Some(quotient) = short_quotient(a, b) => from_i128(th, quotient as i128),
        _ => from_big(th, big(a).div_floor(&big(b))),
    })
}

pub fn modulo(th: &Thread, a: IntRef, b: IntRef) -> Result {
    if b.is_zero() {
        return Err(division_by_zero(th));
    }
    if let Some((_, rest)) = div_mod_wide(a, b) {
        return Ok(from_i128(th, rest));
    }
    Ok(match (a, b) {
        (Big(a), Small(b @ 1..)) if a.sign() != Sign::Minus => from_big(th, a % b),
        (Big(a), Big(b)) if let Some(quotient) = short_quotient(a, b) => from_big(th, a - b * quotient),
        _ => from_big(th, big(a).mod_floor(&big(b))),
    })
}

/// `a / b`, rounded once.
pub fn true_div(th: &Thread, a: IntRef, b: IntRef) -> Result<f64> {
    if b.is_zero() {
        return Err(division_by_zero(th));
    }
    const EXACT: u64 = 1 << 53;
    if let (Small(a), Small(b)) = (a, b)
        && a.unsigned_abs() <= EXACT
        && b.unsigned_abs() <= EXACT
    {
        return Ok(a as f64 / b as f64);
    }
    ratio_to_f64(&big(a), &big(b)).ok_or_else(|| th.overflow_error("integer division result too large for a float"))
}

/// The float nearest to `a / b`, `None` where it is too large. `b` is not zero.
pub fn ratio_to_f64(a: &BigInt, b: &BigInt) -> Option<f64> {
    // Scaled so that the whole quotient has at least 64 bits, it holds all that matters but whether there is a rest.
    let shift = 65 - (a.bits() as i64 - b.bits() as i64);
    if shift > 1200 {
        return Some(if a.is_negative() == b.is_negative() { 0.0 } else { -0.0 });
    }
    if shift < -1200 {
        return None;
    }
    let (a_mag, b_mag) = (a.magnitude(), b.magnitude());
    let (quotient, rest) =
        if shift >= 0 { (a_mag << shift as u64).div_rem(b_mag) } else { a_mag.div_rem(&(b_mag << (-shift) as u64)) };
    let mantissa = quotient.to_u128()? | !rest.is_zero() as u128;
    let magnitude = float::from_parts(mantissa, -shift)?;
    Some(if a.is_negative() == b.is_negative() { magnitude } else { -magnitude })
}

/// `a ** b`; an int, or a float where `b` is negative.
pub fn pow(th: &Thread, a: IntRef, b: IntRef) -> Result {
    if b.is_negative() {
        return Ok(Value::float(float::pow_real(th, a.to_float(th)?, b.to_float(th)?)?));
    }
    let Some(exponent) = b.to_i64().map(|e| e as u64) else {
        return match a.to_i64() {
            Some(base @ (0 | 1)) => Ok(Value::small_int(base)),
            Some(-1) => Ok(Value::small_int(if big(b).bit(0) { -1 } else { 1 })),
            _ => Err(th.memory_error()),
        };
    };
    if let Some(base @ -1..=1) = a.to_i64() {
        let odd = exponent & 1 != 0;
        return Ok(Value::small_int(if exponent == 0 || (base == -1 && !odd) { 1 } else { base }));
    }
    if let Some(power) = a.to_i128().and_then(|base| base.checked_pow(u32::try_from(exponent).ok()?)) {
        return Ok(from_i128(th, power));
    }
    check_bits(th, (a.bits() - 1).saturating_mul(exponent))?;
    let base = big(a);
    if let Some(zeros) = base.trailing_zeros()
        && base.bits() == zeros + 1
    {
        // A power of two.
        let power = BigInt::from(1) << (zeros * exponent);
        return Ok(from_big(th, if base.is_negative() && exponent & 1 != 0 { -power } else { power }));
    }
    // MAX_BITS bounds the exponent of what is not a power of two to 2³³ / 1.58, which u32 may not hold.
    let exponent = u32::try_from(exponent).map_err(|_| th.memory_error())?;
    Ok(from_big(th, base.pow(exponent)))
}

/// `pow(a, b, m)`
pub fn pow_mod(th: &Thread, a: IntRef, b: IntRef, m: IntRef) -> Result {
    if m.is_zero() {
        return Err(th.value_error("pow() 3rd argument cannot be 0"));
    }
    if let (Some(a), Some(b @ 0..), Some(m @ 1..)) = (a.to_i64(), b.to_i64(), m.to_i64()) {
        return Ok(from_i64(th, pow_mod_u64(a.rem_euclid(m) as u64, b as u64, m as u64) as i64));
    }
    let (mut base, mut exponent, modulus) = (a.to_big(), b.to_big(), big(m));
    if exponent.is_negative() {
        base = match base.mod_floor(&modulus).modinv(&modulus) {
            Some(inverse) => inverse,
            None if modulus.magnitude() == &1u32.into() => BigInt::ZERO,
            None => return Err(th.value_error("base is not invertible for the given modulus")),
        };
        exponent = -exponent;
    }
    Ok(from_big(th, base.modpow(&exponent, &modulus)))
}

fn pow_mod_u64(mut base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let times = |a: u64, b: u64| (a as u128 * b as u128 % modulus as u128) as u64;
    let mut power = 1 % modulus;
    while exponent != 0 {
        if exponent & 1 != 0 {
            power = times(power, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    power
}

pub fn shl(th: &Thread, (a, b): Ints) -> Result {
    if b.is_negative() {
        return Err(th.value_error("negative shift count"));
    }
    if a.is_zero() {
        return Ok(Value::small_int(0));
    }
    let Some(shift) = b.to_i64() else {
        return Err(th.overflow_error("too many digits in integer"));
    };
    if let Some(a) = a.to_i128()
        && a.unsigned_abs().leading_zeros() as i64 - 1 > shift
    {
        return Ok(from_i128(th, a << shift));
    }
    check_bits(th, a.bits().saturating_add(shift as u64))?;
    Ok(from_big(th, &*big(a) << shift as u64))
}

pub fn shr(th: &Thread, (a, b): Ints) -> Result {
    if b.is_negative() {
        return Err(th.value_error("negative shift count"));
    }
    let shift = b.to_i64().unwrap_or(i64::MAX);
    Ok(match a {
        Small(a) => from_i64(th, a >> shift.min(63)),
        Wide(a) => from_i128(th, a >> shift.min(127)),
        Big(a) if shift as u64 > a.bits() => Value::small_int(if a.is_negative() { -1 } else { 0 }),
        Big(a) => from_big(th, a >> shift as u64),
    })
}

#[inline]
pub fn and(th: &Thread, (a, b): Ints) -> Value {
    if let Some((a, b)) = wide(a, b) {
        return from_i128(th, a & b);
    }
    match (a, b) {
        // A mask that is not negative bounds the result: the lowest digit is enough.
        (Big(a), Small(mask @ 0..)) | (Small(mask @ 0..), Big(a)) => from_i64(th, low_bits(a) & mask),
        (a, b) => from_big(th, &*big(a) & &*big(b)),
    }
}

/// The lowest 64 bits in two's complement.
fn low_bits(a: &BigInt) -> i64 {
    let low = a.iter_u64_digits().next().unwrap_or(0);
    (if a.is_negative() { low.wrapping_neg() } else { low }) as i64
}

#[inline]
pub fn or(th: &Thread, (a, b): Ints) -> Value {
    match wide(a, b) {
        Some((a, b)) => from_i128(th, a | b),
        None => from_big(th, &*big(a) | &*big(b)),
    }
}

#[inline]
pub fn xor(th: &Thread, (a, b): Ints) -> Value {
    match wide(a, b) {
        Some((a, b)) => from_i128(th, a ^ b),
        None => from_big(th, &*big(a) ^ &*big(b)),
    }
}

pub fn neg(th: &Thread, a: IntRef) -> Value {
    match a.to_i128().and_then(i128::checked_neg) {
        Some(negative) => from_i128(th, negative),
        None => from_big(th, -&*big(a)),
    }
}

pub fn invert(th: &Thread, a: IntRef) -> Value {
    match a.to_i128() {
        Some(a) => from_i128(th, !a),
        None => from_big(th, !&*big(a)),
    }
}

pub fn abs(th: &Thread, a: IntRef) -> Value {
    if a.is_negative() { neg(th, a) } else { a.to_value(th) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(a: &str, b: &str) -> Option<f64> {
        ratio_to_f64(&a.parse().expect("a number"), &b.parse().expect("a number"))
    }

    #[test]
    fn true_division_rounds_once() {
        assert_eq!(ratio("1", "3"), Some(1.0 / 3.0));
        assert_eq!(ratio("-100000000000000000000", "3"), Some(-3.333_333_333_333_333e19));
        // Halfway between two doubles, and just above.
        assert_eq!(ratio("18014398509481985", "2"), Some(9007199254740992.0));
        assert_eq!(ratio("9007199254740993", "1"), Some(9007199254740992.0));
        assert_eq!(
            ratio("90071992547409930000000000000000000000000000001", "10000000000000000000000000000000"),
            Some(9007199254740994.0)
        );
        let huge = format!("1{}", "0".repeat(400));
        assert_eq!(ratio(&huge, "1"), None);
        assert_eq!(ratio("1", &huge), Some(0.0));
        assert_eq!(ratio(&huge, &huge[..391]), Some(1e10));
        let denominator = (BigInt::from(1) << 1074u32).to_string();
        assert_eq!(ratio("1", &denominator), Some(5e-324));
        assert_eq!(ratio("3", &denominator), Some(1.5e-323));
    }

    #[test]
    fn leading_bits_decide_quotients_as_division_does() {
        let mut seed = 0x9E37_79B9_7F4A_7C15u64;
        let mut random = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        let mut decided = 0;
        for round in 0..2000 {
            let number = |words: usize, random: &mut dyn FnMut() -> u64| {
                (0..words).fold(BigInt::from(1), |n, _| (n << 64u32) + random())
            };
            let b = number(2 + round % 5, &mut random);
            let quotient = random() >> (random() % 64);
            let a = &b * quotient + number(2 + round % 5, &mut random) % &b - BigInt::from(round % 3);
            if let Some(found) = short_quotient(&a, &b) {
                assert_eq!(BigInt::from(found), a.div_floor(&b), "{a} // {b}");
                decided += 1;
            }
        }
        assert!(decided > 1000, "{decided}");
        let b = BigInt::from(1) << 200u32;
        assert_eq!(short_quotient(&(&b * 7), &b), None);
        assert_eq!(short_quotient(&(&b * 7 + &b / 2), &b), Some(7));
        assert_eq!(short_quotient(&(&b / 3), &b), Some(0));
        assert_eq!(short_quotient(&-b.clone(), &b), None);
    }

    #[test]
    fn modular_powers_of_words_do_not_overflow() {
        assert_eq!(pow_mod_u64(3, 200, 1_000_000_007), 136318165);
        assert_eq!(pow_mod_u64(i64::MAX as u64 - 1, 2, i64::MAX as u64), 1);
        assert_eq!(pow_mod_u64(5, 0, 1), 0);
    }
}

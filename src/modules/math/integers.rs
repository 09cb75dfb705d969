//! Functions of integers: `factorial`, `comb`, `perm`, `gcd`, `lcm`, `isqrt`.

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

use crate::heap::Value;
use crate::objects::int::{self, IntRef, arith};
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

pub const FUNCTIONS: &[NativeDef] = &[
    native("comb", "(n, k, /)", "In how many ways k of n things can be chosen, without order or repetition.", comb),
    native("factorial", "(n, /)", "n!: the product of the integers from 1 to n.", factorial),
    native("gcd", "(*integers)", "The greatest common divisor; 0 of nothing.", |th, a| {
        fold(th, a[0], 0, |a, b| a.gcd(b), num_gcd)
    }),
    native("lcm", "(*integers)", "The least common multiple; 1 of nothing.", |th, a| {
        fold(th, a[0], 1, |a, b| a.lcm(b), num_lcm)
    }),
    native("isqrt", "(n, /)", "The integer part of the square root.", isqrt),
    native("perm", "(n, k=None, /)", "In how many orders k of n things (by default all) can be chosen.", perm),
];

fn integer(th: &Thread, v: Value) -> Result<IntRef<'static>> {
    let int = ops::index(th, v)?;
    IntRef::of(int).ok_or_else(|| th.type_error("an integer is required"))
}

fn num_gcd(a: i64, b: i64) -> Option<i64> {
    Some(a.gcd(&b))
}

fn num_lcm(a: i64, b: i64) -> Option<i64> {
    if a == 0 || b == 0 {
        return Some(0);
    }
    (a / a.gcd(&b)).checked_mul(b).and_then(i64::checked_abs)
}

/// Folds the arguments by a function, with machine integers as long as they do.
fn fold(
    th: &Thread,
    args: Value,
    start: i64,
    big: fn(&BigInt, &BigInt) -> BigInt,
    small: fn(i64, i64) -> Option<i64>,
) -> Result {
    let args = args.downcast::<Tuple>().map_or(&[][..], |t| t.items());
    let mut total = start;
    for (at, v) in args.iter().enumerate() {
        let next = integer(th, *v)?;
        match next.to_i64().filter(|i| *i != i64::MIN).and_then(|i| small(total, i)) {
            Some(result) => total = result,
            None => return fold_big(th, &args[at..], BigInt::from(total), big),
        }
    }
    Ok(th.int(total))
}

fn fold_big(th: &Thread, args: &[Value], start: BigInt, big: fn(&BigInt, &BigInt) -> BigInt) -> Result {
    let mut total = start;
    for v in args {
        total = big(&total, &integer(th, *v)?.to_big());
    }
    Ok(int::from_big(th, total))
}

fn isqrt(th: &Thread, args: &[Value]) -> Result {
    let n = integer(th, args[0])?;
    if n.is_negative() {
        return Err(th.value_error("isqrt() argument must be nonnegative"));
    }
    Ok(match n {
        IntRef::Small(i) => th.int(i.isqrt()),
        n => int::from_big(th, n.to_big().sqrt()),
    })
}

/// The product of the integers from `first` to `last`, split in halves so that factors stay of similar size.
fn product(first: u64, last: u64) -> BigUint {
    if first > last {
        return BigUint::one();
    }
    if last - first < 8 {
        let mut result = BigUint::one();
        let mut small = 1u64;
        for factor in first..=last {
            small = match small.checked_mul(factor) {
                Some(product) => product,
                None => {
                    result *= small;
                    factor
                }
            };
        }
        return result * small;
    }
    let middle = first + (last - first) / 2;
    product(first, middle) * product(middle + 1, last)
}

/// `n!`; MemoryError where it would be too large to hold.
fn factorial_of(th: &Thread, n: u64) -> Result {
    if n <= 20 {
        return Ok(th.int((2..=n as i64).product()));
    }
    arith::check_bits(th, (n as f64 * (n as f64).log2()) as u64)?;
    Ok(int::from_big(th, product(2, n).into()))
}

fn factorial(th: &Thread, args: &[Value]) -> Result {
    let n = integer(th, args[0])?;
    if n.is_negative() {
        return Err(th.value_error("factorial() not defined for negative values"));
    }
    match n.to_i64() {
        Some(n) => factorial_of(th, n as u64),
        None => Err(th.overflow_error(format_args!("factorial() argument should not exceed {}", i64::MAX))),
    }
}

/// `n * (n-1) * … * (n-k+1)`
fn falling(n: &BigInt, k: u64) -> BigInt {
    match n.to_u64() {
        _ if k == 0 => BigInt::one(),
        Some(n) => product(n - (k - 1), n).into(),
        None => (0..k).map(|i| n - i).product(),
    }
}

/// The arguments of `comb` and `perm`: neither may be negative.
fn natural(th: &Thread, n: IntRef, k: IntRef) -> Result<(BigInt, BigInt)> {
    for (value, name) in [(n, "n"), (k, "k")] {
        if value.is_negative() {
            return Err(th.value_error(format_args!("{name} must be a non-negative integer")));
        }
    }
    Ok((n.to_big(), k.to_big()))
}

fn perm(th: &Thread, args: &[Value]) -> Result {
    if args[1].is_empty() || args[1].is_none() {
        return factorial(th, args);
    }
    let (n, k) = natural(th, integer(th, args[0])?, integer(th, args[1])?)?;
    if k > n {
        return Ok(Value::small_int(0));
    }
    let Some(count) = k.to_i64() else {
        return Err(th.overflow_error(format_args!("k must not exceed {}", i64::MAX)));
    };
    arith::check_bits(th, n.bits().saturating_mul(count as u64))?;
    Ok(int::from_big(th, falling(&n, count as u64)))
}

fn comb(th: &Thread, args: &[Value]) -> Result {
    let (n, k) = natural(th, integer(th, args[0])?, integer(th, args[1])?)?;
    if k > n {
        return Ok(Value::small_int(0));
    }
    let rest = &n - &k;
    let smaller = if rest < k { rest } else { k };
    let Some(count) = smaller.to_i64() else {
        return Err(th.overflow_error(format_args!("min(n - k, k) must not exceed {}", i64::MAX)));
    };
    if smaller.is_zero() {
        return Ok(Value::small_int(1));
    }
    if let Some(n) = n.to_u64().filter(|n| *n <= 120) {
        return Ok(int::from_i128(th, small_comb(n, count as u64) as i128));
    }
    arith::check_bits(th, n.bits().saturating_mul(count as u64))?;
    Ok(int::from_big(th, falling(&n, count as u64) / BigInt::from(product(2, count as u64))))
}

/// Each step's division is exact, and up to 120 things nothing overflows.
fn small_comb(n: u64, k: u64) -> u128 {
    (0..k as u128).fold(1, |ways, i| ways * (n as u128 - i) / (i + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_ranges_are_complete() {
        assert_eq!(product(2, 20).to_u64(), Some(2432902008176640000));
        assert_eq!(product(5, 4).to_u64(), Some(1));
        let factorial: BigUint = (1..=100u32).map(BigUint::from).product();
        assert_eq!(product(2, 100), factorial);
    }

    #[test]
    fn binomials_are_exact_up_to_the_limit_of_words() {
        assert_eq!(small_comb(5, 2), 10);
        assert_eq!(small_comb(68, 34), 28453041475240576740);
        assert_eq!(small_comb(120, 60), 96614908840363322603893139521372656);
    }
}

//! Integers against dashu-int, which shares nothing with what the interpreter computes with.

use dashu_int::ops::{Abs, BitTest, Gcd, SquareRoot};
use dashu_int::{IBig, Sign, UBig};
use proptest::prelude::*;

use super::floats::{self, float};
use super::{Expected, ascii, python_bool};

/// Small ones, those around the powers of two at which representations change, and long ones.
pub fn integer() -> impl Strategy<Value = IBig> {
    prop_oneof![
        (-300i64..300).prop_map(IBig::from),
        (0usize..200, -3i64..4, any::<bool>()).prop_map(|(bits, near, negative)| {
            let value = (IBig::from(1) << bits) + near;
            if negative { -value } else { value }
        }),
        any::<i64>().prop_map(IBig::from),
        of_bytes(48),
    ]
}

/// Up to some thousands of digits: the algorithms for long integers are other ones.
fn long_integer() -> impl Strategy<Value = IBig> {
    prop_oneof![
        4 => of_bytes(400),
        1 => of_bytes(1700),
        1 => (0usize..12_000, -2i64..3).prop_map(|(bits, near)| (IBig::from(1) << bits) + near),
        1 => (0usize..3_000, -2i64..3).prop_map(|(digits, near)| IBig::from(10).pow(digits) + near),
    ]
}

fn of_bytes(most: usize) -> impl Strategy<Value = IBig> {
    (prop::collection::vec(any::<u8>(), 1..most), any::<bool>())
        .prop_map(|(bytes, negative)| IBig::from_parts(sign(negative), UBig::from_le_bytes(&bytes)))
}

fn sign(negative: bool) -> Sign {
    if negative { Sign::Negative } else { Sign::Positive }
}

pub fn is_negative(value: &IBig) -> bool {
    *value < IBig::ZERO
}

/// The digits without the sign.
pub fn digits(value: &IBig, base: u8) -> String {
    magnitude(value).in_radix(base).to_string()
}

fn magnitude(value: &IBig) -> UBig {
    value.clone().into_parts().1
}

pub fn expression() -> impl Strategy<Value = Expected> {
    let base = 2u8..=36;
    prop_oneof![
        4 => (integer(), integer(), 0usize..14).prop_map(|(a, b, which)| binary(&a, &b, which)),
        2 => (long_integer(), long_integer(), 0usize..14).prop_map(|(a, b, which)| binary(&a, &b, which)),
        2 => (prop_oneof![integer(), long_integer()], 0usize..400, 0usize..4)
            .prop_map(|(a, n, which)| with_small(&a, n, which)),
        2 => (prop_oneof![integer(), long_integer()], 0usize..10).prop_map(|(a, which)| unary(&a, which)),
        2 => (prop_oneof![integer(), long_integer()], base, 0usize..6).prop_map(|(a, base, how)| parsed(&a, base, how)),
        1 => (integer(), integer(), integer()).prop_map(|(a, b, m)| modular(&a, &b, &m)),
        1 => (of_bytes(400), of_bytes(12), of_bytes(400)).prop_map(|(a, b, m)| modular(&a, &b, &m)),
        2 => (integer(), 0usize..40, any::<bool>(), any::<bool>())
            .prop_map(|(a, size, little, signed)| to_bytes(&a, size, little, signed)),
        1 => (prop::collection::vec(any::<u8>(), 0..40), any::<bool>(), any::<bool>())
            .prop_map(|(bytes, little, signed)| from_bytes(&bytes, little, signed)),
        2 => (integer(), float()).prop_map(|(a, b)| with_float(&a, b)),
        1 => (integer(), -1i64..2).prop_map(|(a, near)| near_float(&a, near)),
    ]
}

/// An expression for an integer: a long one is written in hexadecimal, since reading decimal digits is to be tried as well.
fn source(value: &IBig) -> String {
    let minus = if is_negative(value) { "-" } else { "" };
    if magnitude(value).bit_len() > 600 { format!("({minus}0x{})", digits(value, 16)) } else { format!("({value})") }
}

fn or_division(b: &IBig, value: impl FnOnce() -> String) -> String {
    if b.is_zero() { "ZeroDivisionError".to_string() } else { value() }
}

/// Quotient and remainder, the one rounded down, so that the other has the sign of the divisor.
pub fn floor(a: &IBig, b: &IBig) -> (IBig, IBig) {
    let (quotient, rest) = (a / b, a % b);
    if !rest.is_zero() && is_negative(&rest) != is_negative(b) { (quotient - 1, rest + b) } else { (quotient, rest) }
}

fn binary(a: &IBig, b: &IBig, which: usize) -> Expected {
    let (x, y) = (source(a), source(b));
    let plain = |op: &str, value: IBig| (format!("{x} {op} {y}"), value.to_string());
    match which {
        0 => plain("+", a + b),
        1 => plain("-", a - b),
        2 | 3 => plain("*", a * b),
        4 => (format!("{x} // {y}"), or_division(b, || floor(a, b).0.to_string())),
        5 => (format!("{x} % {y}"), or_division(b, || floor(a, b).1.to_string())),
        6 => plain("&", a & b),
        7 => plain("|", a | b),
        8 => plain("^", a ^ b),
        9 => (format!("({x} < {y}, {x} == {y}, {x} >= {y})"), {
            format!("({}, {}, {})", python_bool(a < b), python_bool(a == b), python_bool(a >= b))
        }),
        10 if a.is_zero() && b.is_zero() => ("math.gcd(0, 0)".to_string(), "0".to_string()),
        10 => (format!("math.gcd({x}, {y})"), magnitude(a).gcd(&magnitude(b)).to_string()),
        // A product taken apart again, and the square of a sum.
        11 => (format!("({x} * {y} + {y}) // {y} == {x} + 1"), or_division(b, || python_bool(true))),
        12 => (format!("({x} + {y}) ** 2 == {x} * {x} + 2 * {x} * {y} + {y} * {y}"), python_bool(true)),
        _ => (format!("divmod({x}, {y})"), {
            or_division(b, || {
                let (quotient, rest) = floor(a, b);
                format!("({quotient}, {rest})")
            })
        }),
    }
}

fn with_small(a: &IBig, n: usize, which: usize) -> Expected {
    let x = source(a);
    match which {
        0 => (format!("{x} << {n}"), (a << n).to_string()),
        1 => (format!("{x} >> {n}"), floor(a, &(IBig::from(1) << n)).0.to_string()),
        2 => {
            // What it gives must have fewer digits than are printed.
            let most = 13_000 / magnitude(a).bit_len().max(1);
            let power = n.min(most.min(40));
            (format!("{x} ** {power}"), a.pow(power).to_string())
        }
        _ => {
            let ten = IBig::from(10).pow(n % 30);
            // Half goes to even.
            let (quotient, rest) = floor(a, &ten);
            let up = match (rest * 2u32).cmp(&ten) {
                std::cmp::Ordering::Equal => quotient.bit(0),
                order => order.is_gt(),
            };
            (format!("round({x}, -{})", n % 30), ((quotient + u32::from(up)) * ten).to_string())
        }
    }
}

fn unary(a: &IBig, which: usize) -> Expected {
    let minus = if is_negative(a) { "-" } else { "" };
    let x = source(a);
    match which {
        0 => (format!("~{x}"), (-a - IBig::from(1)).to_string()),
        1 => (format!("-{x}"), (-a).to_string()),
        2 => (format!("{x}.bit_length()"), magnitude(a).bit_len().to_string()),
        3 => (format!("{x}.bit_count()"), magnitude(a).count_ones().to_string()),
        4 => (format!("hex({x})"), format!("'{minus}0x{}'", digits(a, 16))),
        5 => (format!("(oct({x}), bin({x}))"), format!("('{minus}0o{}', '{minus}0b{}')", digits(a, 8), digits(a, 2))),
        6 => (format!("(abs({x}), bool({x}))"), format!("({}, {})", a.abs(), python_bool(!a.is_zero()))),
        7 => (format!("math.isqrt(abs({x}))"), magnitude(a).sqrt().to_string()),
        8 => (format!("str({x})"), format!("'{a}'")),
        _ => {
            let prime = (UBig::from(1u32) << 61) - 1u32;
            let rest = IBig::from_parts(sign(is_negative(a)), magnitude(a) % prime);
            (format!("hash({x})"), if rest == IBig::from(-1) { "-2".to_string() } else { rest.to_string() })
        }
    }
}

/// An integer as text in some base, in one of the ways in which it can be written.
fn parsed(a: &IBig, base: u8, how: usize) -> Expected {
    let (minus, text) = (if is_negative(a) { "-" } else { "" }, digits(a, base));
    let written = match how {
        0 => format!("{minus}{text}"),
        1 => format!("  {minus}{}\\n", text.to_uppercase()),
        2 => format!("{minus}{}", text.split("").filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")),
        3 => format!("{minus}_{text}"),
        _ => format!("{minus}{text}{}", char::from_digit(u32::from(base) % 36, 36).unwrap_or('!')),
    };
    let (prefix, prefixed) = [("b", 2), ("o", 8), ("x", 16)][usize::from(base) % 3];
    let value = match how {
        0..=2 => a.to_string(),
        3 => "ValueError".to_string(),
        // Where the digit that was put behind belongs to the base, there is one more.
        4 if base < 36 => "ValueError".to_string(),
        4 => (a * IBig::from(36)).to_string(),
        _ => a.to_string(),
    };
    match how {
        5 => (format!("int('{minus}0{prefix}{}', 0)", digits(a, prefixed)), or_zero(value)),
        _ => (format!("int('{written}', {base})"), or_zero(value)),
    }
}

fn or_zero(value: String) -> String {
    if value == "-0" { "0".to_string() } else { value }
}

fn modular(a: &IBig, b: &IBig, m: &IBig) -> Expected {
    let source = format!("pow({}, {}, {})", source(a), source(b), source(m));
    let base = if is_negative(b) { inverse(a, m) } else { Some(a.clone()) };
    let Some(base) = base.filter(|_| !m.is_zero()) else { return (source, "ValueError".to_string()) };
    let (mut result, power) = (IBig::from(1), magnitude(b));
    for at in (0..power.bit_len()).rev() {
        result = floor(&(&result * &result), m).1;
        if power.bit(at) {
            result = floor(&(&result * &base), m).1;
        }
    }
    // The result has the sign of the modulus.
    (source, floor(&result, m).1.to_string())
}

/// What `a` must be multiplied with to leave 1, by Euclid's algorithm.
fn inverse(a: &IBig, m: &IBig) -> Option<IBig> {
    if m.is_zero() {
        return None;
    }
    let modulus = m.abs();
    let (mut old, mut new) = (floor(a, &modulus).1, modulus.clone());
    let (mut x, mut next) = (IBig::from(1), IBig::ZERO);
    while !new.is_zero() {
        let (quotient, rest) = floor(&old, &new);
        (old, new) = (new, rest);
        let following = &x - &quotient * &next;
        (x, next) = (next, following);
    }
    (old == IBig::from(1)).then(|| floor(&x, m).1)
}

fn order(little: bool) -> &'static str {
    if little { "little" } else { "big" }
}

fn to_bytes(a: &IBig, size: usize, little: bool, signed: bool) -> Expected {
    let range = IBig::from(1) << (8 * size);
    let (low, high) = match (signed, size) {
        (true, 0) => (IBig::ZERO, IBig::from(1)),
        (true, _) => (-(&range >> 1), &range >> 1),
        (false, _) => (IBig::ZERO, range.clone()),
    };
    let source = format!("({a}).to_bytes({size}, '{}', signed={}).hex()", order(little), python_bool(signed));
    if *a < low || *a >= high {
        return (source, "OverflowError".to_string());
    }
    let mut rest = floor(a, &range).1;
    let mut bytes = Vec::new();
    for _ in 0..size {
        let (left, byte) = floor(&rest, &IBig::from(256));
        bytes.push(u8::try_from(byte).expect("less than 256"));
        rest = left;
    }
    if !little {
        bytes.reverse();
    }
    (source, ascii(&hex(&bytes)))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_bytes(bytes: &[u8], little: bool, signed: bool) -> Expected {
    let ordered: Vec<u8> = if little { bytes.iter().rev().copied().collect() } else { bytes.to_vec() };
    let mut value = ordered.iter().fold(IBig::ZERO, |value, byte| value * 256 + *byte);
    if signed && ordered.first().is_some_and(|byte| *byte >= 128) {
        value -= IBig::from(1) << (8 * bytes.len());
    }
    let source =
        format!("int.from_bytes(bytes.fromhex('{}'), '{}', signed={})", hex(bytes), order(little), python_bool(signed));
    (source, value.to_string())
}

/// What is left of a finite float without its fraction.
pub fn whole(value: f64) -> IBig {
    IBig::from_str_radix(&format!("{:.0}", value.trunc()), 10).expect("digits")
}

/// Comparisons are exact, however long the integer.
fn with_float(a: &IBig, b: f64) -> Expected {
    let source = format!("({a} < {0}, {a} == {0}, {a} > {0})", floats::source(b));
    let order = match () {
        () if b.is_nan() => None,
        () if b == f64::INFINITY => Some(std::cmp::Ordering::Less),
        () if b == f64::NEG_INFINITY => Some(std::cmp::Ordering::Greater),
        () => Some(a.cmp(&whole(b)).then(0.0.partial_cmp(&b.fract()).expect("numbers"))),
    };
    let shown = [order.is_some_and(|o| o.is_lt()), order.is_some_and(|o| o.is_eq()), order.is_some_and(|o| o.is_gt())];
    (source, format!("({})", shown.map(python_bool).join(", ")))
}

/// To the nearest float and back: the standard library reads decimal digits exactly.
fn near_float(a: &IBig, near: i64) -> Expected {
    let value: f64 = a.to_string().parse().expect("a number");
    if value.is_infinite() {
        return (format!("float({a})"), "OverflowError".to_string());
    }
    let exact = whole(value);
    let next = &exact + near;
    let source = format!("(float({a}), {next} == float({a}), {next} < float({a}))");
    (source, format!("({}, {}, {})", floats::repr(value), python_bool(next == exact), python_bool(next < exact)))
}

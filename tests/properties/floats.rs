//! Floats against the standard library, which rounds and prints exactly; Python's own rules are models of a few lines.

use num_bigint::BigInt;
use num_traits::FromPrimitive;
use proptest::prelude::*;

use super::{Expected, python_bool};

/// Ordinary numbers, all bit patterns, and those at which something changes.
pub fn float() -> impl Strategy<Value = f64> {
    prop_oneof![
        (-10_000i32..10_000, 1u32..1000).prop_map(|(a, b)| f64::from(a) / f64::from(b)),
        any::<u64>().prop_map(f64::from_bits),
        (-330i32..310, 1u64..10_000_000)
            .prop_map(|(exponent, digits)| { format!("{digits}e{exponent}").parse().expect("a number") }),
        prop::sample::select(vec![
            0.0,
            -0.0,
            0.5,
            1.5,
            2.5,
            1e16,
            1e22,
            123456789012345680.0,
            5e-324,
            f64::MAX,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
            9007199254740993.0,
            0.1,
            1e-5,
            0.0001,
            1e15
        ]),
    ]
}

/// As `repr` writes a float: the shortest digits, with an exponent below 1e-4 and from 1e16 on.
pub fn repr(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_string();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf" } else { "-inf" }.to_string();
    }
    // The fewest digits that give the number back; of two that do, the nearer one, or the even one: the standard
    // library's own shortest form takes the larger one there.
    let texts = (0..17).map(|places| format!("{value:.places$e}"));
    let text = { texts }.find(|text| text.parse() == Ok(value)).expect("seventeen digits give every float");
    let (digits, exponent) = text.split_once('e').expect("an exponent");
    let exponent: i32 = exponent.parse().expect("a number");
    if !(-4..16).contains(&exponent) {
        return format!("{digits}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs());
    }
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let mut all: String = digits.chars().filter(char::is_ascii_digit).collect();
    let point = if exponent < 0 {
        all.insert_str(0, &"0".repeat(exponent.unsigned_abs() as usize));
        1
    } else {
        exponent as usize + 1
    };
    // At least one digit follows the point.
    all.extend(std::iter::repeat_n('0', (point + 1).saturating_sub(all.len())));
    let (whole, rest) = all.split_at(point);
    format!("{sign}{whole}.{rest}")
}

/// An expression that gives exactly this float.
pub fn source(value: f64) -> String {
    if value.is_finite() { format!("({})", repr(value)) } else { format!("float('{}')", repr(value)) }
}

pub fn expression() -> impl Strategy<Value = Expected> {
    prop_oneof![
        (float(), float(), 0usize..7).prop_map(|(a, b, which)| binary(a, b, which)),
        (float(), 0usize..7).prop_map(|(a, which)| unary(a, which)),
        (float(), 0usize..30).prop_map(|(a, places)| fixed(a, places)),
        (float(), 0usize..20).prop_map(|(a, places)| exponential(a, places)),
    ]
}

fn binary(a: f64, b: f64, which: usize) -> Expected {
    let plain = |op: &str, value: f64| (format!("{} {op} {}", source(a), source(b)), repr(value));
    match which {
        0 => plain("+", a + b),
        1 => plain("-", a - b),
        2 => plain("*", a * b),
        3 if b == 0.0 => (format!("{} / {}", source(a), source(b)), "ZeroDivisionError".to_string()),
        3 => plain("/", a / b),
        4 => (format!("({0} < {1}, {0} == {1}, {0} <= {1})", source(a), source(b)), {
            format!("({}, {}, {})", python_bool(a < b), python_bool(a == b), python_bool(a <= b))
        }),
        5 if b == 0.0 => (format!("{} % {}", source(a), source(b)), "ZeroDivisionError".to_string()),
        5 => plain("%", remainder(a, b)),
        6 if b == 0.0 => (format!("{} // {}", source(a), source(b)), "ZeroDivisionError".to_string()),
        _ => plain("//", floor_quotient(a, b)),
    }
}

/// The remainder has the sign of the divisor.
fn remainder(a: f64, b: f64) -> f64 {
    let rest = a % b;
    match rest {
        0.0 => 0f64.copysign(b),
        _ if (b < 0.0) != (rest < 0.0) => rest + b,
        _ => rest,
    }
}

fn floor_quotient(a: f64, b: f64) -> f64 {
    let rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest != 0.0 && (b < 0.0) != (rest < 0.0) {
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return 0f64.copysign(a / b);
    }
    let floor = quotient.floor();
    if quotient - floor > 0.5 { floor + 1.0 } else { floor }
}

fn unary(a: f64, which: usize) -> Expected {
    let text = source(a);
    let whole = |value: f64| match BigInt::from_f64(value) {
        Some(value) => value.to_string(),
        None if a.is_nan() => "ValueError".to_string(),
        None => "OverflowError".to_string(),
    };
    match which {
        0 => (text, repr(a)),
        1 => (format!("int({text})"), whole(a.trunc())),
        2 => (format!("math.floor({text})"), whole(a.floor())),
        3 => (format!("math.ceil({text})"), whole(a.ceil())),
        4 => (format!("round({text})"), whole(a.round_ties_even())),
        5 => (format!("float({:?})", repr(a)), repr(a)),
        _ => (format!("(float.fromhex({text}.hex()), abs({text}))"), format!("({}, {})", repr(a), repr(a.abs()))),
    }
}

/// What both have for numbers that are none.
fn special(a: f64) -> Option<String> {
    (!a.is_finite()).then(|| format!("'{}'", repr(a)))
}

fn fixed(a: f64, places: usize) -> Expected {
    let expected = special(a).unwrap_or_else(|| format!("'{a:.places$}'"));
    (format!("format({}, '.{places}f')", source(a)), expected)
}

fn exponential(a: f64, places: usize) -> Expected {
    let expected = special(a).unwrap_or_else(|| {
        let text = format!("{a:.places$e}");
        let (digits, exponent) = text.split_once('e').expect("an exponent");
        let exponent: i32 = exponent.parse().expect("a number");
        format!("'{digits}e{}{:02}'", if exponent < 0 { '-' } else { '+' }, exponent.abs())
    });
    (format!("'%.{places}e' % {}", source(a)), expected)
}

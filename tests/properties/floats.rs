//! Floats against the standard library, which rounds and prints exactly; Python's own rules are models of a few lines.

use dashu_int::{IBig, UBig};
use proptest::prelude::*;

use super::integers::{floor, whole};
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
    // The fewest digits that give the number back; of two that do, the nearer one, or the even one, where the standard
    // library's own shortest form takes the larger one. At a power of two the nearest may give the number below.
    let shortest = format!("{value:e}");
    let places = shortest.split('e').next().map_or(0, |digits| digits.trim_start_matches('-').len().saturating_sub(2));
    let nearest = format!("{value:.places$e}");
    let text = if nearest.parse() == Ok(value) { nearest } else { shortest };
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
        3 => (float(), float(), 0usize..9).prop_map(|(a, b, which)| binary(a, b, which)),
        3 => (float(), 0usize..11).prop_map(|(a, which)| unary(a, which)),
        1 => (float(), 0usize..30).prop_map(|(a, places)| fixed(a, places)),
        1 => (float(), 0usize..20).prop_map(|(a, places)| exponential(a, places)),
        2 => (float(), 0usize..24, any::<bool>(), 0usize..3)
            .prop_map(|(a, precision, alternate, how)| general(a, precision, alternate, how)),
        1 => (float(), 0usize..8).prop_map(|(a, places)| percentage(a, places)),
        1 => (float(), 0usize..5, prop::sample::select(vec![',', '_']), 0usize..30)
            .prop_map(|(a, places, separator, width)| grouped(a, places, separator, width)),
        2 => (float(), -25i32..25).prop_map(|(a, places)| rounded(a, places)),
        1 => (any::<u32>(), -1090i32..990, any::<bool>()).prop_map(|(digits, power, point)| from_hex(digits, power, point)),
        1 => (0u64..1 << 53, 0usize..21, -340i32..320).prop_map(|(digits, point, power)| from_text(digits, point, power)),
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
        7 if b == 0.0 => (format!("divmod({}, {})", source(a), source(b)), "ZeroDivisionError".to_string()),
        7 => (
            format!("divmod({}, {})", source(a), source(b)),
            format!("({}, {})", repr(floor_quotient(a, b)), repr(remainder(a, b))),
        ),
        8 => (format!("math.fmod({}, {})", source(a), source(b)), {
            let is_wrong = !a.is_nan() && !b.is_nan() && (a.is_infinite() || b == 0.0);
            if is_wrong { "ValueError".to_string() } else { repr(a % b) }
        }),
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
    let whole = |value: f64| match value {
        _ if a.is_nan() => "ValueError".to_string(),
        _ if a.is_infinite() => "OverflowError".to_string(),
        value => whole(value).to_string(),
    };
    match which {
        0 => (text, repr(a)),
        1 => (format!("int({text})"), whole(a.trunc())),
        2 => (format!("math.floor({text})"), whole(a.floor())),
        3 => (format!("math.ceil({text})"), whole(a.ceil())),
        4 => (format!("round({text})"), whole(a.round_ties_even())),
        5 => (format!("float({:?})", repr(a)), repr(a)),
        6 => (format!("{text}.hex()"), format!("'{}'", hex(a))),
        7 => (format!("{text}.as_integer_ratio()"), ratio(a).unwrap_or_else(|| whole(a))),
        8 => (format!("{text}.is_integer()"), python_bool(a.is_finite() && a.fract() == 0.0)),
        9 => (format!("math.sqrt({text})"), { if a < 0.0 { "ValueError".to_string() } else { repr(a.sqrt()) } }),
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

fn sign_of(a: f64) -> &'static str {
    if a.is_sign_negative() { "-" } else { "" }
}

/// Fraction bits and exponent of a finite float: its magnitude is 2 ** exponent times the first.
fn parts(a: f64) -> (u64, i32) {
    let (fraction, exponent) = (a.to_bits() & ((1 << 52) - 1), (a.to_bits() >> 52 & 0x7ff) as i32);
    if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) }
}

fn hex(a: f64) -> String {
    if !a.is_finite() {
        return repr(a);
    }
    let (fraction, exponent) = parts(a);
    if fraction == 0 {
        return format!("{}0x0.0p+0", sign_of(a));
    }
    format!("{}0x{}.{:013x}p{:+}", sign_of(a), fraction >> 52, fraction & ((1 << 52) - 1), exponent + 52)
}

fn ratio(a: f64) -> Option<String> {
    if !a.is_finite() {
        return None;
    }
    let (mut fraction, mut exponent) = parts(a);
    if fraction == 0 {
        return Some("(0, 1)".to_string());
    }
    while fraction % 2 == 0 && exponent < 0 {
        fraction /= 2;
        exponent += 1;
    }
    let power = |exponent: i32| UBig::from(1u32) << exponent.max(0) as usize;
    Some(format!("({}{}, {})", sign_of(a), power(exponent) * fraction, power(-exponent)))
}

/// `g`: the exponent that the number has when rounded decides whether it is shown.
fn general(a: f64, precision: usize, alternate: bool, how: usize) -> Expected {
    let flag = if alternate { "#" } else { "" };
    let source = match how {
        0 => format!("'%{flag}.{precision}g' % {}", source(a)),
        1 => format!("format({}, '{flag}.{precision}G')", source(a)),
        _ => format!("format({}, '{flag}.{precision}n')", source(a)),
    };
    let case = |text: String| if how == 1 { text.to_uppercase() } else { text };
    if let Some(text) = special(a) {
        return (source, case(text));
    }
    let precision = precision.max(1);
    let scientific = format!("{a:.*e}", precision - 1);
    let (digits, exponent) = scientific.split_once('e').expect("an exponent");
    let exponent: i32 = exponent.parse().expect("a number");
    let shown = |digits: String| match (alternate, digits.contains('.')) {
        (true, true) => digits,
        (true, false) => digits + ".",
        (false, true) => digits.trim_end_matches('0').trim_end_matches('.').to_string(),
        (false, false) => digits,
    };
    let text = if (-4..precision as i32).contains(&exponent) {
        shown(format!("{a:.*}", (precision as i32 - 1 - exponent) as usize))
    } else {
        format!("{}e{}{:02}", shown(digits.to_string()), if exponent < 0 { '-' } else { '+' }, exponent.abs())
    };
    (source, case(format!("'{text}'")))
}

fn percentage(a: f64, places: usize) -> Expected {
    let source = format!("format({}, '.{places}%')", source(a));
    let scaled = a * 100.0;
    let text = if scaled.is_finite() { format!("{scaled:.places$}") } else { repr(scaled) };
    (source, format!("'{text}%'"))
}

/// Separators between the digits before the point; zeros that fill up are digits as well, but for what has no digits.
fn grouped(a: f64, places: usize, separator: char, width: usize) -> Expected {
    let source = format!("format({}, '0{width}{separator}.{places}f')", source(a));
    let (whole, rest) = match a.is_finite() {
        true => {
            let text = format!("{:.places$}", a.abs());
            let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
            (whole.to_string(), if places > 0 { format!(".{rest}") } else { String::new() })
        }
        false => (String::new(), repr(a.abs())),
    };
    let sign = if a.is_nan() { "" } else { sign_of(a) };
    let mut digits = whole;
    let separator = Some(separator).filter(|_| a.is_finite());
    let separated = |digits: &str| super::formats::grouped(digits, separator, 3);
    while sign.len() + separated(&digits).len() + rest.len() < width {
        digits.insert(0, '0');
    }
    (source, format!("'{sign}{}{rest}'", separated(&digits)))
}

/// The nearest number with so many decimal places; of two the even one.
fn rounded(a: f64, places: i32) -> Expected {
    let source = format!("round({}, {places})", source(a));
    if !a.is_finite() {
        return (source, repr(a));
    }
    let text = if places >= 0 {
        format!("{a:.*}", places as usize)
    } else {
        let ten = IBig::from(10).pow(-places as usize);
        let (quotient, rest) = floor(&whole(a.abs()), &ten);
        // A fraction decides where half is left otherwise.
        let twice = (rest * 2u32).cmp(&ten).then(if a.fract() == 0.0 {
            std::cmp::Ordering::Equal
        } else {
            std::cmp::Ordering::Greater
        });
        let up = twice.is_gt() || twice.is_eq() && &quotient % IBig::from(2) != IBig::ZERO;
        format!("{}{}", sign_of(a), (quotient + u32::from(up)) * ten)
    };
    let value: f64 = text.parse().expect("a number");
    (source, if value.is_infinite() { "OverflowError".to_string() } else { repr(value) })
}

/// Up to eight digits and a power of two: exact, or rounded where the number is very small.
fn from_hex(digits: u32, power: i32, point: bool) -> Expected {
    let text = format!("{digits:08x}");
    let (before, behind) = if point { text.split_at(3) } else { (&text[..], "") };
    let source = format!("float.fromhex('0x{before}{}{behind}p{power:+}')", if point { "." } else { "" });
    let power = power - 4 * behind.len() as i32;
    // In two steps, of which only the last one rounds.
    let value = f64::from(digits) * 2f64.powi(power / 2) * 2f64.powi(power - power / 2);
    (source, repr(value))
}

fn from_text(digits: u64, point: usize, power: i32) -> Expected {
    let mut text = digits.to_string();
    if point < text.len() {
        text.insert(point, '.');
    }
    text.push_str(&format!("e{power}"));
    let value: f64 = text.parse().expect("a number");
    (format!("float('{text}')"), repr(value))
}

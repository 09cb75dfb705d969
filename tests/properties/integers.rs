//! Integers against num-bigint.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};
use proptest::prelude::*;

use super::{Expected, python_bool};

/// Small ones, those around the powers of two at which representations change, and long ones.
pub fn integer() -> impl Strategy<Value = BigInt> {
    prop_oneof![
        (-300i64..300).prop_map(BigInt::from),
        (0u32..200, -3i64..4, any::<bool>()).prop_map(|(bits, near, negative)| {
            let value = (BigInt::from(1) << bits) + near;
            if negative { -value } else { value }
        }),
        any::<i64>().prop_map(BigInt::from),
        (prop::collection::vec(any::<u32>(), 1..12), any::<bool>()).prop_map(|(digits, negative)| {
            BigInt::from_slice(if negative { Sign::Minus } else { Sign::Plus }, &digits)
        }),
    ]
}

pub fn expression() -> impl Strategy<Value = Expected> {
    prop_oneof![
        (integer(), integer(), 0usize..11).prop_map(|(a, b, which)| binary(&a, &b, which)),
        (integer(), 0u32..150, 0usize..4).prop_map(|(a, n, which)| with_small(&a, n, which)),
        (integer(), 0usize..9).prop_map(|(a, which)| unary(&a, which)),
        (integer(), 2u32..=36)
            .prop_map(|(a, base)| (format!("int({:?}, {base})", a.to_str_radix(base)), a.to_string())),
        (integer(), integer(), integer()).prop_map(|(a, b, m)| modular(&a, &b.abs(), &m)),
    ]
}

fn or_division(b: &BigInt, value: impl FnOnce() -> String) -> String {
    if b.is_zero() { "ZeroDivisionError".to_string() } else { value() }
}

fn binary(a: &BigInt, b: &BigInt, which: usize) -> Expected {
    let plain = |op: &str, value: BigInt| (format!("({a}) {op} ({b})"), value.to_string());
    match which {
        0 => plain("+", a + b),
        1 => plain("-", a - b),
        2 => plain("*", a * b),
        3 => (format!("({a}) // ({b})"), or_division(b, || a.div_floor(b).to_string())),
        4 => (format!("({a}) % ({b})"), or_division(b, || a.mod_floor(b).to_string())),
        5 => plain("&", a & b),
        6 => plain("|", a | b),
        7 => plain("^", a ^ b),
        8 => (format!("({a} < {b}, {a} == {b}, {a} >= {b})"), {
            format!("({}, {}, {})", python_bool(a < b), python_bool(a == b), python_bool(a >= b))
        }),
        9 => (format!("math.gcd({a}, {b})"), a.gcd(b).to_string()),
        _ => (format!("divmod({a}, {b})"), { or_division(b, || format!("({}, {})", a.div_floor(b), a.mod_floor(b))) }),
    }
}

fn with_small(a: &BigInt, n: u32, which: usize) -> Expected {
    match which {
        0 => (format!("({a}) << {n}"), (a << n).to_string()),
        1 => (format!("({a}) >> {n}"), a.div_floor(&(BigInt::from(1) << n)).to_string()),
        2 => (format!("({a}) ** {}", n % 12), a.pow(n % 12).to_string()),
        _ => {
            let ten = BigInt::from(10).pow(n % 8);
            // Half goes to even.
            let (quotient, rest) = (a.div_floor(&ten), a.mod_floor(&ten));
            let up = match (rest * 2u32).cmp(&ten) {
                std::cmp::Ordering::Equal => quotient.is_odd(),
                order => order.is_gt(),
            };
            (format!("round({a}, -{})", n % 8), ((quotient + u32::from(up)) * ten).to_string())
        }
    }
}

fn unary(a: &BigInt, which: usize) -> Expected {
    let sign = if a.is_negative() { "-" } else { "" };
    match which {
        0 => (format!("~({a})"), (-a - 1u32).to_string()),
        1 => (format!("-({a})"), (-a).to_string()),
        2 => (format!("({a}).bit_length()"), a.bits().to_string()),
        3 => (format!("({a}).bit_count()"), a.magnitude().count_ones().to_string()),
        4 => (format!("hex({a})"), format!("'{sign}0x{}'", a.magnitude().to_str_radix(16))),
        5 => (format!("(oct({a}), bin({a}))"), {
            let digits = |base| a.magnitude().to_str_radix(base);
            format!("('{sign}0o{}', '{sign}0b{}')", digits(8), digits(2))
        }),
        6 => (format!("int(str({a}))"), a.to_string()),
        7 => (format!("math.isqrt(abs({a}))"), a.abs().sqrt().to_string()),
        _ => {
            let bytes = a.to_signed_bytes_be();
            let text =
                format!("int.from_bytes(({a}).to_bytes({}, 'big', signed=True), 'big', signed=True)", bytes.len());
            (text, a.to_string())
        }
    }
}

fn modular(a: &BigInt, b: &BigInt, m: &BigInt) -> Expected {
    let expected = if m.is_zero() {
        "ValueError".to_string()
    } else {
        let power = a.mod_floor(&m.abs()).modpow(b, &m.abs());
        // The result has the sign of the modulus.
        power.mod_floor(m).to_string()
    };
    debug_assert!(b.to_f64().is_some());
    (format!("pow({a}, {b}, {m})"), expected)
}

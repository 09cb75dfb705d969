//! Functions of one or two floats. Domain errors say what was expected, as CPython's do.

use crate::heap::Value;
use crate::objects::float::{self, frexp, from_parts, integer_parts};
use crate::objects::format::float::repr;
use crate::objects::int::{self, IntRef};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Raised, Thread, ops};

use super::libm;

/// A function of one float that is defined everywhere and never overflows.
macro_rules! total {
    ($name:literal, $doc:literal, $function:expr) => {
        native($name, "(x, /)", $doc, |th, args| {
            let function: fn(f64) -> f64 = $function;
            Ok(Value::float(function(ops::float(th, args[0])?)))
        })
    };
}

/// A function of one float, the floats it is defined for (NaNs are always let through), and what it expects.
macro_rules! partial {
    ($name:literal, $doc:literal, $function:expr, $domain:expr, $expects:literal) => {
        native($name, "(x, /)", $doc, |th, args| {
            let (function, domain): (fn(f64) -> f64, fn(f64) -> bool) = ($function, $domain);
            let x = ops::float(th, args[0])?;
            if !x.is_nan() && !domain(x) {
                return Err(domain_error(th, $expects, x));
            }
            finite(th, function(x), x).map(Value::float)
        })
    };
}

/// A question about a float.
macro_rules! question {
    ($name:literal, $doc:literal, $function:expr) => {
        native($name, "(x, /)", $doc, |th, args| {
            let function: fn(f64) -> bool = $function;
            Ok(Value::bool(function(ops::float(th, args[0])?)))
        })
    };
}

const DEGREE: f64 = std::f64::consts::PI / 180.0;
const RADIAN: f64 = 180.0 / std::f64::consts::PI;

pub const FUNCTIONS: &[NativeDef] = &[
    partial!(
        "acos",
        "The arc cosine in radians, from 0 to pi.",
        f64::acos,
        |x| x.abs() <= 1.0,
        "a number in range from -1 up to 1"
    ),
    partial!(
        "acosh",
        "The inverse hyperbolic cosine.",
        |x| libm::acosh(x),
        |x| x >= 1.0,
        "argument value not less than 1"
    ),
    partial!(
        "asin",
        "The arc sine in radians, from -pi/2 to pi/2.",
        f64::asin,
        |x| x.abs() <= 1.0,
        "a number in range from -1 up to 1"
    ),
    total!("asinh", "The inverse hyperbolic sine.", |x| libm::asinh(x)),
    total!("atan", "The arc tangent in radians, from -pi/2 to pi/2.", f64::atan),
    partial!(
        "atanh",
        "The inverse hyperbolic tangent.",
        |x| libm::atanh(x),
        |x| x.abs() < 1.0,
        "a number between -1 and 1"
    ),
    total!("cbrt", "The cube root.", f64::cbrt),
    partial!("cos", "The cosine of an angle in radians.", f64::cos, f64::is_finite, "a finite input"),
    partial!("cosh", "The hyperbolic cosine.", f64::cosh, |_| true, ""),
    total!("degrees", "An angle in radians, in degrees.", |x| x * RADIAN),
    total!("erf", "The error function.", |x| libm::erf(x)),
    total!("erfc", "The complementary error function, 1 - erf(x), exact also where erf(x) is near 1.", |x| libm::erfc(
        x
    )),
    partial!("exp", "e raised to the power of x.", f64::exp, |_| true, ""),
    partial!("exp2", "2 raised to the power of x.", f64::exp2, |_| true, ""),
    partial!("expm1", "exp(x) - 1, exact also where x is near 0.", f64::exp_m1, |_| true, ""),
    total!("fabs", "The absolute value as a float.", f64::abs),
    question!("isfinite", "Whether x is neither infinite nor a NaN.", f64::is_finite),
    question!("isinf", "Whether x is an infinity of either sign.", f64::is_infinite),
    question!("isnan", "Whether x is a NaN (not a number).", f64::is_nan),
    partial!(
        "log1p",
        "The natural logarithm of 1+x, exact also where x is near 0.",
        f64::ln_1p,
        |x| x > -1.0,
        "argument value > -1"
    ),
    total!("radians", "An angle in degrees, in radians.", |x| x * DEGREE),
    partial!("sin", "The sine of an angle in radians.", f64::sin, f64::is_finite, "a finite input"),
    partial!("sinh", "The hyperbolic sine.", f64::sinh, |_| true, ""),
    partial!("sqrt", "The square root.", f64::sqrt, |x| x >= 0.0, "a nonnegative input"),
    partial!("tan", "The tangent of an angle in radians.", f64::tan, f64::is_finite, "a finite input"),
    total!("tanh", "The hyperbolic tangent.", f64::tanh),
    total!("ulp", "The value of the least significant bit of x.", ulp),
    native("atan2", "(y, x, /)", "The arc tangent of y/x in radians, in the quadrant of the point (x, y).", |th, a| {
        two(th, a, |y, x| Ok(y.atan2(x)))
    }),
    native("copysign", "(x, y, /)", "The absolute value of x with the sign of y, also of zeros.", |th, a| {
        two(th, a, |x, y| Ok(x.copysign(y)))
    }),
    native("fmod", "(x, y, /)", "The rest of x/y with the sign of x, as the C library has it.", |th, a| {
        two(
            th,
            a,
            |x, y| if (x.is_infinite() && !y.is_nan()) || (y == 0.0 && !x.is_nan()) { Err(DOMAIN) } else { Ok(x % y) },
        )
    }),
    native(
        "remainder",
        "(x, y, /)",
        "The difference of x and the nearest multiple of y; halves go to the even one.",
        |th, a| {
            two(th, a, |x, y| {
                let undefined = (x.is_infinite() && !y.is_nan()) || (y == 0.0 && !x.is_nan());
                if undefined { Err(DOMAIN) } else { Ok(libm::remainder(x, y)) }
            })
        },
    ),
    native("pow", "(x, y, /)", "x raised to the power of y, as floats.", |th, a| two(th, a, pow)),
    native("fma", "(x, y, z, /)", "(x*y) + z, rounded once.", fma),
    native(
        "frexp",
        "(x, /)",
        "The pair (m, e) with x == m * 2**e, e an integer and 0.5 <= abs(m) < 1 unless x is 0.",
        |th, a| {
            let (mantissa, exponent) = frexp(ops::float(th, a[0])?);
            Ok(th.tuple(&[Value::float(mantissa), Value::small_int(exponent as i64)]))
        },
    ),
    native("ldexp", "(x, i, /)", "x * 2**i: the inverse of frexp.", ldexp),
    native("modf", "(x, /)", "The fractional and the integer part, both floats with the sign of x.", |th, a| {
        let x = ops::float(th, a[0])?;
        let fraction = if x.is_infinite() { 0f64.copysign(x) } else { x.fract().copysign(x) };
        Ok(th.tuple(&[Value::float(fraction), Value::float(x.trunc())]))
    }),
    native(
        "isclose",
        "(a, b, *, rel_tol=1e-09, abs_tol=0.0)",
        "Whether a and b differ by no more than rel_tol times the larger of them, or than abs_tol.",
        is_close,
    )
    .keywords(),
    native(
        "nextafter",
        "(x, y, /, *, steps=None)",
        "The float that lies so many steps (one) after x on the way to y.",
        next_after,
    )
    .keywords(),
    native("log", "(x, base=<unrepresentable>, /)", "The logarithm of x to a base, by default e.", log),
    native("log2", "(x, /)", "The logarithm of x to the base 2.", |th, a| {
        logarithm(th, a[0], f64::log2).map(Value::float)
    }),
    native("log10", "(x, /)", "The logarithm of x to the base 10.", |th, a| {
        logarithm(th, a[0], f64::log10).map(Value::float)
    }),
    native("ceil", "(x, /)", "The smallest integer that is not below x.", |th, a| {
        to_int(th, a[0], th.vm().names.__ceil__, f64::ceil)
    }),
    native("floor", "(x, /)", "The largest integer that is not above x.", |th, a| {
        to_int(th, a[0], th.vm().names.__floor__, f64::floor)
    }),
    native("trunc", "(x, /)", "The integer part of x, towards 0, by its __trunc__ method.", trunc),
];

#[cold]
pub fn domain_error(th: &Thread, expects: &str, x: f64) -> Raised {
    th.value_error(format_args!("expected {expects}, got {}", repr(x)))
}

#[cold]
pub fn range_error(th: &Thread) -> Raised {
    th.overflow_error("math range error")
}

/// The result, unless it is infinite though the argument is not.
fn finite(th: &Thread, result: f64, x: f64) -> Result<f64> {
    if result.is_infinite() && x.is_finite() { Err(range_error(th)) } else { Ok(result) }
}

/// What a function of two floats fails with.
struct Fault(bool);

const DOMAIN: Fault = Fault(false);
const RANGE: Fault = Fault(true);

fn two(th: &Thread, args: &[Value], function: fn(f64, f64) -> std::result::Result<f64, Fault>) -> Result {
    let (x, y) = (ops::float(th, args[0])?, ops::float(th, args[1])?);
    match function(x, y) {
        Ok(f) => Ok(Value::float(f)),
        Err(Fault(false)) => Err(th.value_error("math domain error")),
        Err(Fault(true)) => Err(range_error(th)),
    }
}

fn pow(x: f64, y: f64) -> std::result::Result<f64, Fault> {
    let power = x.powf(y);
    let defined = x.is_finite() && y.is_finite();
    if defined && power.is_nan() || power.is_infinite() && defined && x == 0.0 {
        Err(DOMAIN)
    } else if power.is_infinite() && defined {
        Err(RANGE)
    } else {
        Ok(power)
    }
}

fn fma(th: &Thread, args: &[Value]) -> Result {
    let (x, y, z) = (ops::float(th, args[0])?, ops::float(th, args[1])?, ops::float(th, args[2])?);
    let result = x.mul_add(y, z);
    if result.is_nan() && !(x.is_nan() || y.is_nan() || z.is_nan()) {
        return Err(th.value_error("invalid operation in fma"));
    }
    if result.is_infinite() && x.is_finite() && y.is_finite() && z.is_finite() {
        return Err(th.overflow_error("overflow in fma"));
    }
    Ok(Value::float(result))
}

fn ulp(x: f64) -> f64 {
    let x = x.abs();
    match x {
        _ if !x.is_finite() => x,
        f64::MAX => x - x.next_down(),
        _ => x.next_up() - x,
    }
}

fn ldexp(th: &Thread, args: &[Value]) -> Result {
    let x = ops::float(th, args[0])?;
    let Some(shift) = IntRef::of(args[1]) else {
        return Err(th.type_error("Expected an int as second argument to ldexp."));
    };
    if x == 0.0 || !x.is_finite() {
        return Ok(Value::float(x));
    }
    let far = if shift.is_negative() { -10_000 } else { 10_000 };
    let shift = shift.to_i64().map_or(far, |shift| shift.clamp(-10_000, 10_000));
    let (mantissa, exponent) = integer_parts(x);
    match from_parts(mantissa as u128, exponent as i64 + shift) {
        Some(f) => Ok(Value::float(f.copysign(x))),
        None => Err(range_error(th)),
    }
}

fn is_close(th: &Thread, args: &[Value]) -> Result {
    let (a, b) = (ops::float(th, args[0])?, ops::float(th, args[1])?);
    let relative = if args[2].is_empty() { 1e-9 } else { ops::float(th, args[2])? };
    let absolute = if args[3].is_empty() { 0.0 } else { ops::float(th, args[3])? };
    if relative < 0.0 || absolute < 0.0 {
        return Err(th.value_error("tolerances must be non-negative"));
    }
    if a == b {
        return Ok(Value::TRUE);
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(Value::FALSE);
    }
    let difference = (b - a).abs();
    Ok(Value::bool(difference <= (relative * b).abs() || difference <= (relative * a).abs() || difference <= absolute))
}

/// The place of a float on the line of all floats, the zeros at 0.
fn place(f: f64) -> i64 {
    let magnitude = (f.to_bits() & !(1 << 63)) as i64;
    if f.is_sign_negative() { -magnitude } else { magnitude }
}

fn next_after(th: &Thread, args: &[Value]) -> Result {
    let (x, y) = (ops::float(th, args[0])?, ops::float(th, args[1])?);
    let is_one_step = args[2].is_empty() || args[2].is_none();
    let steps = if is_one_step {
        1
    } else {
        match IntRef::of(ops::index(th, args[2])?) {
            Some(steps) if steps.is_negative() => {
                return Err(th.value_error("steps must be a non-negative integer"));
            }
            // More than there are numbers.
            Some(steps) => steps.to_big().try_into().unwrap_or(u64::MAX),
            None => 1,
        }
    };
    if x.is_nan() || y.is_nan() {
        return Ok(Value::float(f64::NAN));
    }
    if steps == 0 {
        return Ok(Value::float(x));
    }
    let (from, to) = (place(x), place(y));
    // Places differ by less than 2⁶⁴.
    let distance = to.abs_diff(from);
    if distance <= steps && !(is_one_step && y == 0.0 && x != y) {
        return Ok(Value::float(y));
    }
    let reached = if to > from { from.wrapping_add_unsigned(steps) } else { from.wrapping_sub_unsigned(steps) };
    let magnitude = f64::from_bits(reached.unsigned_abs());
    let negative = reached < 0 || (reached == 0 && from < 0);
    Ok(Value::float(if negative { -magnitude } else { magnitude }))
}

/// A logarithm of any number. Integers of any size have one: that of a mantissa, and of the power of two behind it.
fn logarithm(th: &Thread, x: Value, function: fn(f64) -> f64) -> Result<f64> {
    if let Some(int) = IntRef::of(x) {
        if int.is_negative() || int.is_zero() {
            return Err(th.value_error("expected a positive input"));
        }
        if let Some(f) = int.to_f64() {
            return Ok(function(f));
        }
        let big = int.to_big();
        let shift = big.bits() - 64;
        let mantissa = u64::try_from(&big >> shift).unwrap_or(u64::MAX) as f64 / 2f64.powi(64);
        return Ok(function(mantissa) + function(2.0) * (shift + 64) as f64);
    }
    let f = ops::float(th, x)?;
    if f <= 0.0 {
        return Err(domain_error(th, "a positive input", f));
    }
    Ok(function(f))
}

fn log(th: &Thread, args: &[Value]) -> Result {
    let numerator = logarithm(th, args[0], f64::ln)?;
    if args[1].is_empty() {
        return Ok(Value::float(numerator));
    }
    let denominator = logarithm(th, args[1], f64::ln)?;
    float::true_div(th, numerator, denominator).map(Value::float)
}

fn to_int(
    th: &Thread,
    x: Value,
    method: crate::heap::Gc<crate::objects::str::Str>,
    function: fn(f64) -> f64,
) -> Result {
    if let Some(f) = x.as_inline_float() {
        return int::from_float(th, function(f));
    }
    if x.is_int() {
        return Ok(x);
    }
    if let Some(result) = th.call_special(x, method, &[]) {
        return result;
    }
    int::from_float(th, function(ops::float(th, x)?))
}

fn trunc(th: &Thread, args: &[Value]) -> Result {
    if let Some(f) = args[0].as_inline_float() {
        return int::from_float(th, f);
    }
    match th.call_special(args[0], th.vm().names.__trunc__, &[]) {
        Some(result) => result,
        None => {
            let class = th.type_name(args[0]);
            Err(th.type_error(format_args!("type {class} doesn't define __trunc__ method")))
        }
    }
}

//! The operators on floats, with Python's rounding and errors.

use crate::heap::Value;
use crate::objects::complex;
use crate::objects::exception::Exc;
use crate::objects::int::arith::division_by_zero;
use crate::vm::Thread;
use crate::vm::native::Result;

/// `a / b`
#[inline]
pub fn true_div(th: &Thread, a: f64, b: f64) -> Result<f64> {
    if b == 0.0 { Err(division_by_zero(th)) } else { Ok(a / b) }
}

/// `a // b`
pub fn floor_div(th: &Thread, a: f64, b: f64) -> Result<f64> {
    div_mod(th, a, b).map(|(quotient, _)| quotient)
}

/// `a % b`: the rest has the divisor's sign.
pub fn modulo(th: &Thread, a: f64, b: f64) -> Result<f64> {
    if b == 0.0 {
        return Err(division_by_zero(th));
    }
    let rest = a % b;
    Ok(if rest == 0.0 {
        0f64.copysign(b)
    } else if (rest < 0.0) != (b < 0.0) {
        rest + b
    } else {
        rest
    })
}

/// `divmod(a, b)`
pub fn div_mod(th: &Thread, a: f64, b: f64) -> Result<(f64, f64)> {
    if b == 0.0 {
        return Err(division_by_zero(th));
    }
    let mut rest = a % b;
    // Without the rest, the division is exact but for its rounding.
    let mut quotient = (a - rest) / b;
    if rest == 0.0 {
        rest = 0f64.copysign(b);
    } else if (rest < 0.0) != (b < 0.0) {
        rest += b;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return Ok((0f64.copysign(a / b), rest));
    }
    let whole = quotient.floor();
    Ok((if quotient - whole > 0.5 { whole + 1.0 } else { whole }, rest))
}

/// `a ** b`, which is complex where a negative number is raised to a fraction.
pub fn pow(th: &Thread, a: f64, b: f64) -> Result {
    if a < 0.0 && a.is_finite() && b.is_finite() && b != b.trunc() {
        return complex::pow(th, (a, 0.0), (b, 0.0)).map(|(re, im)| complex::new(th, re, im));
    }
    pow_real(th, a, b).map(Value::float)
}

/// `a ** b` where the result is real.
pub fn pow_real(th: &Thread, a: f64, b: f64) -> Result<f64> {
    if a == 0.0 && b < 0.0 && b.is_finite() {
        return Err(th.raise(Exc::ZeroDivisionError, "zero to a negative power"));
    }
    let power = a.powf(b);
    if power.is_infinite() && a.is_finite() && b.is_finite() {
        return Err(out_of_range(th));
    }
    Ok(power)
}

/// What the C library's ERANGE becomes.
#[cold]
pub fn out_of_range(th: &Thread) -> crate::vm::Raised {
    let (number, text) = (Value::small_int(libc::ERANGE as i64), th.str("Numerical result out of range"));
    th.raise_with(Exc::OverflowError, &[number, text])
}

//! The operators on complex numbers: infinities are recovered as C99's Annex G asks.

use crate::objects::exception::Exc;
use crate::objects::int::arith::division_by_zero;
use crate::vm::Thread;
use crate::vm::native::Result;

use super::Parts;

/// One operand of a mixed operation.
#[derive(Clone, Copy, Debug)]
pub enum Operand {
    Real(f64),
    Complex(Parts),
}

use Operand::{Complex, Real};

impl Operand {
    pub fn parts(self) -> Parts {
        match self {
            Real(re) => (re, 0.0),
            Complex(parts) => parts,
        }
    }
}

pub fn add(a: Operand, b: Operand) -> Parts {
    match (a, b) {
        (Complex((re, im)), Real(r)) | (Real(r), Complex((re, im))) => (re + r, im),
        (a, b) => (a.parts().0 + b.parts().0, a.parts().1 + b.parts().1),
    }
}

pub fn sub(a: Operand, b: Operand) -> Parts {
    match (a, b) {
        (Complex((re, im)), Real(r)) => (re - r, im),
        (Real(r), Complex((re, im))) => (r - re, -im),
        (a, b) => (a.parts().0 - b.parts().0, a.parts().1 - b.parts().1),
    }
}

pub fn mul(a: Operand, b: Operand) -> Parts {
    match (a, b) {
        (Complex((re, im)), Real(r)) | (Real(r), Complex((re, im))) => (re * r, im * r),
        (a, b) => product(a.parts(), b.parts()),
    }
}

/// 1 for infinities, 0 for what is finite, with the sign: how an infinite operand is boxed onto the unit square.
fn boxed(x: f64) -> f64 {
    (if x.is_infinite() { 1f64 } else { 0.0 }).copysign(x)
}

/// A NaN beside an infinity counts as a zero.
fn zero_if_nan(x: f64) -> f64 {
    if x.is_nan() { 0f64.copysign(x) } else { x }
}

fn is_infinite((re, im): Parts) -> bool {
    re.is_infinite() || im.is_infinite()
}

fn product(x: Parts, y: Parts) -> Parts {
    let ((mut a, mut b), (mut c, mut d)) = (x, y);
    let (ac, bd, ad, bc) = (a * c, b * d, a * d, b * c);
    let plain = (ac - bd, ad + bc);
    if !plain.0.is_nan() || !plain.1.is_nan() {
        return plain;
    }
    let mut recover = false;
    if is_infinite(x) {
        (a, b, c, d) = (boxed(a), boxed(b), zero_if_nan(c), zero_if_nan(d));
        recover = true;
    }
    if is_infinite(y) {
        (a, b, c, d) = (zero_if_nan(a), zero_if_nan(b), boxed(c), boxed(d));
        recover = true;
    }
    if !recover && [ac, bd, ad, bc].iter().any(|p| p.is_infinite()) {
        (a, b, c, d) = (zero_if_nan(a), zero_if_nan(b), zero_if_nan(c), zero_if_nan(d));
        recover = true;
    }
    if !recover {
        return plain;
    }
    (f64::INFINITY * (a * c - b * d), f64::INFINITY * (a * d + b * c))
}

/// `a / b`, or ZeroDivisionError.
pub fn div(th: &Thread, a: Operand, b: Operand) -> Result<Parts> {
    match (a, b) {
        (_, Real(0.0) | Complex((0.0, 0.0))) => Err(division_by_zero(th)),
        (Complex((re, im)), Real(r)) => Ok((re / r, im / r)),
        (a, b) => Ok(quotient(a, b.parts())),
    }
}

/// The quotient by Smith's way, which scales by the larger part of the divisor so that squares do not overflow.
fn quotient(x: Operand, (c, d): Parts) -> Parts {
    let (a, b) = x.parts();
    let real = matches!(x, Real(_));
    let mut result = if c.abs() >= d.abs() {
        let ratio = d / c;
        let denominator = c + d * ratio;
        if real {
            (a / denominator, -a * ratio / denominator)
        } else {
            ((a + b * ratio) / denominator, (b - a * ratio) / denominator)
        }
    } else if d.abs() >= c.abs() {
        let ratio = c / d;
        let denominator = c * ratio + d;
        if real {
            (a * ratio / denominator, -a / denominator)
        } else {
            ((a * ratio + b) / denominator, (b * ratio - a) / denominator)
        }
    } else {
        (f64::NAN, f64::NAN)
    };
    if result.0.is_nan() && result.1.is_nan() {
        if is_infinite((a, b)) && c.is_finite() && d.is_finite() {
            let (a, b) = (boxed(a), boxed(b));
            result = (f64::INFINITY * (a * c + b * d), f64::INFINITY * (b * c - a * d));
        } else if is_infinite((c, d)) && a.is_finite() && b.is_finite() {
            let (c, d) = (boxed(c), boxed(d));
            result = (0.0 * (a * c + b * d), 0.0 * (b * c - a * d));
        }
    }
    result
}

/// `a ** b`
pub fn pow(th: &Thread, a: Parts, b: Parts) -> Result<Parts> {
    let power = if b.1 == 0.0 && b.0 == b.0.floor() && b.0.abs() <= 100.0 {
        integer_power(th, a, b.0 as i32)?
    } else {
        general_power(th, a, b)?
    };
    if is_infinite(power) && [a.0, a.1, b.0, b.1].iter().all(|p| p.is_finite()) {
        return Err(th.overflow_error("complex exponentiation"));
    }
    Ok(power)
}

fn zero_to_a_negative_power(th: &Thread) -> crate::vm::Raised {
    th.raise(Exc::ZeroDivisionError, "zero to a negative or complex power")
}

fn integer_power(th: &Thread, a: Parts, n: i32) -> Result<Parts> {
    let (mut power, mut square, mut rest) = ((1.0, 0.0), a, n.unsigned_abs());
    while rest != 0 {
        if rest & 1 != 0 {
            power = product(power, square);
        }
        rest >>= 1;
        square = product(square, square);
    }
    if n >= 0 {
        return Ok(power);
    }
    if power == (0.0, 0.0) {
        return Err(zero_to_a_negative_power(th));
    }
    Ok(quotient(Complex((1.0, 0.0)), power))
}

fn general_power(th: &Thread, a: Parts, b: Parts) -> Result<Parts> {
    if a == (0.0, 0.0) {
        if b.1 != 0.0 || b.0 < 0.0 {
            return Err(zero_to_a_negative_power(th));
        }
        return Ok((0.0, 0.0));
    }
    let modulus = a.0.hypot(a.1);
    let angle = a.1.atan2(a.0);
    let mut length = modulus.powf(b.0);
    let mut phase = angle * b.0;
    if b.1 != 0.0 {
        length *= (-angle * b.1).exp();
        phase += b.1 * modulus.ln();
    }
    if phase.is_infinite() {
        // No angle: the C library calls it an argument outside the domain of cos(), and CPython words that so.
        return Err(zero_to_a_negative_power(th));
    }
    Ok((length * phase.cos(), length * phase.sin()))
}

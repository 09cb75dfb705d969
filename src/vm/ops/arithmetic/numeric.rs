//! The operators on numbers of the built-in types, in any mixture.

use crate::heap::Value;
use crate::objects::complex::{self, Operand};
use crate::objects::int::IntRef;
use crate::objects::int::arith as ints;
use crate::objects::{float, kinds};
use crate::vm::Thread;
use crate::vm::native::Result;

use super::{BinaryOp, UnaryOp};

/// A number of a built-in type.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    Int(IntRef<'static>),
    Float(f64),
    Complex(complex::Parts),
}

impl Number {
    /// The number of an `int`, `bool`, `float` or `complex`, or an instance of a subclass.
    pub fn of(v: Value) -> Option<Number> {
        if let Some(f) = v.as_inline_float() {
            return Some(Number::Float(f));
        }
        if let Some(i) = IntRef::of(v) {
            return Some(Number::Int(i));
        }
        match v.header()?.kind() {
            kinds::FLOAT => float::of(v).map(Number::Float),
            kinds::COMPLEX => complex::of(v).map(Number::Complex),
            _ => None,
        }
    }

    /// As `of`, but `None` for instances of subclasses, which may have special methods of their own.
    #[inline]
    pub fn of_exact(v: Value) -> Option<Number> {
        match v.header() {
            Some(header) if !header.is_exact() => None,
            _ => Number::of(v),
        }
    }

    /// As a float; `None` for complex numbers.
    fn real(self, th: &Thread) -> Result<Option<f64>> {
        Ok(match self {
            Number::Int(i) => Some(i.to_float(th)?),
            Number::Float(f) => Some(f),
            Number::Complex(_) => None,
        })
    }

    fn operand(self, th: &Thread) -> Result<Operand> {
        Ok(match self {
            Number::Complex(parts) => Operand::Complex(parts),
            Number::Int(i) => Operand::Real(i.to_float(th)?),
            Number::Float(f) => Operand::Real(f),
        })
    }
}

/// `&`, `|` and `^` of two bools are bools.
pub fn binary_bools(op: BinaryOp, a: Value, b: Value) -> Option<Value> {
    let (a, b) = (a == Value::TRUE, b == Value::TRUE);
    match op {
        BinaryOp::And => Some(Value::bool(a & b)),
        BinaryOp::Or => Some(Value::bool(a | b)),
        BinaryOp::Xor => Some(Value::bool(a ^ b)),
        _ => None,
    }
}

/// The operator on two numbers; `None` where their types do not have it.
pub fn binary_numbers(th: &Thread, op: BinaryOp, a: Number, b: Number) -> Option<Result> {
    match (a, b) {
        (Number::Int(a), Number::Int(b)) => binary_ints(th, op, a, b),
        (Number::Complex(_), _) | (_, Number::Complex(_)) => binary_complex(th, op, a, b),
        _ => binary_floats(th, op, a, b),
    }
}

fn binary_ints(th: &Thread, op: BinaryOp, a: IntRef, b: IntRef) -> Option<Result> {
    Some(match op {
        BinaryOp::Add => Ok(ints::add(th, a, b)),
        BinaryOp::Sub => Ok(ints::sub(th, a, b)),
        BinaryOp::Mul => ints::mul(th, a, b),
        BinaryOp::TrueDiv => ints::true_div(th, a, b).map(Value::float),
        BinaryOp::FloorDiv => ints::floor_div(th, a, b),
        BinaryOp::Mod => ints::modulo(th, a, b),
        BinaryOp::Pow => ints::pow(th, a, b),
        BinaryOp::LShift => ints::shl(th, (a, b)),
        BinaryOp::RShift => ints::shr(th, (a, b)),
        BinaryOp::And => Ok(ints::and(th, (a, b))),
        BinaryOp::Or => Ok(ints::or(th, (a, b))),
        BinaryOp::Xor => Ok(ints::xor(th, (a, b))),
        BinaryOp::MatMul => return None,
    })
}

fn binary_floats(th: &Thread, op: BinaryOp, a: Number, b: Number) -> Option<Result> {
    let operation: fn(&Thread, f64, f64) -> Result = match op {
        BinaryOp::Add => |_, a, b| Ok(Value::float(a + b)),
        BinaryOp::Sub => |_, a, b| Ok(Value::float(a - b)),
        BinaryOp::Mul => |_, a, b| Ok(Value::float(a * b)),
        BinaryOp::TrueDiv => |th, a, b| float::true_div(th, a, b).map(Value::float),
        BinaryOp::FloorDiv => |th, a, b| float::floor_div(th, a, b).map(Value::float),
        BinaryOp::Mod => |th, a, b| float::modulo(th, a, b).map(Value::float),
        BinaryOp::Pow => float::pow,
        _ => return None,
    };
    match (a.real(th), b.real(th)) {
        (Ok(Some(a)), Ok(Some(b))) => Some(operation(th, a, b)),
        (Err(raised), _) | (_, Err(raised)) => Some(Err(raised)),
        _ => None,
    }
}

fn binary_complex(th: &Thread, op: BinaryOp, a: Number, b: Number) -> Option<Result> {
    let operation: fn(&Thread, Operand, Operand) -> Result<complex::Parts> = match op {
        BinaryOp::Add => |_, a, b| Ok(complex::add(a, b)),
        BinaryOp::Sub => |_, a, b| Ok(complex::sub(a, b)),
        BinaryOp::Mul => |_, a, b| Ok(complex::mul(a, b)),
        BinaryOp::TrueDiv => complex::div,
        BinaryOp::Pow => |th, a, b| complex::pow(th, a.parts(), b.parts()),
        _ => return None,
    };
    let compute = || {
        let (re, im) = operation(th, a.operand(th)?, b.operand(th)?)?;
        Ok(complex::new(th, re, im))
    };
    Some(compute())
}

/// `divmod(a, b)`; `None` where the types do not have it.
pub fn div_mod_numbers(th: &Thread, a: Number, b: Number) -> Option<Result> {
    let compute = || {
        let (quotient, rest) = match (a, b) {
            (Number::Int(a), Number::Int(b)) => ints::div_mod(th, a, b)?,
            _ => {
                let (Some(a), Some(b)) = (a.real(th)?, b.real(th)?) else { return Ok(None) };
                let (quotient, rest) = float::div_mod(th, a, b)?;
                (Value::float(quotient), Value::float(rest))
            }
        };
        Ok(Some(th.tuple(&[quotient, rest])))
    };
    compute().transpose()
}

/// The operator on a number; `None` where its type does not have it.
pub fn unary_number(th: &Thread, op: UnaryOp, a: Number) -> Option<Value> {
    Some(match (op, a) {
        (UnaryOp::Neg, Number::Int(a)) => ints::neg(th, a),
        (UnaryOp::Pos, Number::Int(a)) => a.to_value(th),
        (UnaryOp::Invert, Number::Int(a)) => ints::invert(th, a),
        (UnaryOp::Neg, Number::Float(a)) => Value::float(-a),
        (UnaryOp::Pos, Number::Float(a)) => Value::float(a),
        (UnaryOp::Neg, Number::Complex((re, im))) => complex::new(th, -re, -im),
        (UnaryOp::Pos, Number::Complex((re, im))) => complex::new(th, re, im),
        (UnaryOp::Invert, _) => return None,
    })
}

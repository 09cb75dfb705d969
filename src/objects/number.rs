//! What the number types' special methods share: each takes operands up to its own rank and declines the others.

use std::cmp::Ordering;

use crate::heap::Value;
use crate::vm::Thread;
use crate::vm::native::Result;
use crate::vm::ops::{self, BinaryOp, CompareOp, Number, UnaryOp};

use super::int;

/// Reads an operand, if the type takes it.
pub type Accept = fn(Value) -> Option<Number>;

/// `args[0] op args[1]`, or NotImplemented.
pub fn binary(th: &Thread, op: BinaryOp, accept: Accept, args: &[Value]) -> Result {
    let (Some(a), Some(b)) = (accept(args[0]), accept(args[1])) else { return Ok(Value::NOT_IMPLEMENTED) };
    ops::binary_numbers(th, op, a, b).unwrap_or(Ok(Value::NOT_IMPLEMENTED))
}

/// `args[1] op args[0]`, or NotImplemented.
pub fn reflected(th: &Thread, op: BinaryOp, accept: Accept, args: &[Value]) -> Result {
    binary(th, op, accept, &[args[1], args[0]])
}

/// `divmod(args[0], args[1])`, or NotImplemented.
pub fn div_mod(th: &Thread, accept: Accept, args: &[Value]) -> Result {
    let (Some(a), Some(b)) = (accept(args[0]), accept(args[1])) else { return Ok(Value::NOT_IMPLEMENTED) };
    ops::div_mod_numbers(th, a, b).unwrap_or(Ok(Value::NOT_IMPLEMENTED))
}

/// `op args[0]`
pub fn unary(th: &Thread, op: UnaryOp, accept: Accept, args: &[Value]) -> Result {
    let result = accept(args[0]).and_then(|a| ops::unary_number(th, op, a));
    Ok(result.unwrap_or(Value::NOT_IMPLEMENTED))
}

/// The order of two real numbers, `None` where there is none (a NaN, or a complex number).
fn order(a: Number, b: Number) -> Option<Ordering> {
    match (a, b) {
        (Number::Int(a), Number::Int(b)) => Some(int::compare(a, b)),
        (Number::Int(a), Number::Float(b)) => int::compare_float(a, b),
        (Number::Float(a), Number::Int(b)) => int::compare_float(b, a).map(Ordering::reverse),
        (Number::Float(a), Number::Float(b)) => a.partial_cmp(&b),
        (Number::Complex(_), _) | (_, Number::Complex(_)) => None,
    }
}

/// Whether two numbers are equal, by their exact values.
pub fn equal(a: Number, b: Number) -> bool {
    match (a, b) {
        (Number::Complex(a), Number::Complex(b)) => a == b,
        (Number::Complex((re, im)), real) | (real, Number::Complex((re, im))) => {
            im == 0.0 && order(Number::Float(re), real) == Some(Ordering::Equal)
        }
        _ => order(a, b) == Some(Ordering::Equal),
    }
}

/// `args[0] op args[1]` for a comparison, or NotImplemented.
pub fn compare(op: CompareOp, accept: Accept, args: &[Value]) -> Result {
    let (Some(a), Some(b)) = (accept(args[0]), accept(args[1])) else { return Ok(Value::NOT_IMPLEMENTED) };
    Ok(compare_numbers(op, a, b).map_or(Value::NOT_IMPLEMENTED, Value::bool))
}

/// `a op b`; `None` where complex numbers have no order.
pub fn compare_numbers(op: CompareOp, a: Number, b: Number) -> Option<bool> {
    match op {
        CompareOp::Eq => return Some(equal(a, b)),
        CompareOp::Ne => return Some(!equal(a, b)),
        _ if matches!(a, Number::Complex(_)) || matches!(b, Number::Complex(_)) => return None,
        _ => {}
    }
    let order = order(a, b);
    Some(match op {
        CompareOp::Lt => order == Some(Ordering::Less),
        CompareOp::Le => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        CompareOp::Gt => order == Some(Ordering::Greater),
        _ => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    })
}

/// The definitions of an operator's method and its reflection: `operator!(accept, Add, "+", "__add__", "__radd__")`.
macro_rules! operator {
    ($accept:path, $op:ident, $symbol:literal, $method:literal) => {
        $crate::vm::native::native(
            $method,
            "($self, value, /)",
            concat!("Return self", $symbol, "value."),
            |th, args| $crate::objects::number::binary(th, $crate::vm::ops::BinaryOp::$op, $accept, args),
        )
    };
    (reflected $accept:path, $op:ident, $symbol:literal, $method:literal) => {
        $crate::vm::native::native(
            $method,
            "($self, value, /)",
            concat!("Return value", $symbol, "self."),
            |th, args| $crate::objects::number::reflected(th, $crate::vm::ops::BinaryOp::$op, $accept, args),
        )
    };
}

/// The definition of a unary operator's method.
macro_rules! unary_operator {
    ($accept:path, $op:ident, $symbol:literal, $method:literal) => {
        $crate::vm::native::native($method, "($self, /)", concat!($symbol, "self"), |th, args| {
            $crate::objects::number::unary(th, $crate::vm::ops::UnaryOp::$op, $accept, args)
        })
    };
}

/// The definition of a comparison's method.
macro_rules! comparison {
    ($accept:path, $op:ident, $symbol:literal, $method:literal) => {
        $crate::vm::native::native(
            $method,
            "($self, value, /)",
            concat!("Return self", $symbol, "value."),
            |_, args| $crate::objects::number::compare($crate::vm::ops::CompareOp::$op, $accept, args),
        )
    };
}

pub(super) use {comparison, operator, unary_operator};

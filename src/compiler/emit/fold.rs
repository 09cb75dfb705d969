//! Constant expressions, computed here with CPython's limits: what would be large is left to the program.
//!
//! What raises is left too, and so is arithmetic that would need the interpreter's own (huge integers mixed with
//! floats, complex products): the program computes the same.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::compiler::code::Const;
use crate::compiler::opcodes::Instr;
use crate::syntax::tree::*;

use super::Emitter;
use super::consts::str_const;

/// What an integer may have, in bits, as the result of `*`, `**` or `<<`.
const MAX_INT_BITS: u64 = 128;
/// How many items a tuple made by `*` may have.
const MAX_ITEMS: usize = 256;
/// How many bytes a string made by `*` may have.
const MAX_STR: usize = 4096;
/// How deep folding looks into a constant expression.
const MAX_FOLD_DEPTH: u32 = 100;
/// Integers up to this size are doubles exactly.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Truth {
    True,
    False,
    Unknown,
}

impl<'a> Emitter<'a> {
    /// The value of a constant expression.
    pub(super) fn fold(&self, expr: &Expr<'a>) -> Option<Const> {
        self.fold_at(expr, 0)
    }

    fn fold_at(&self, expr: &Expr<'a>, depth: u32) -> Option<Const> {
        if depth > MAX_FOLD_DEPTH {
            return None;
        }
        match &expr.kind {
            ExprKind::Constant(constant) => Some(literal(constant)),
            ExprKind::Name("__debug__") => Some(Const::Bool(self.options.optimize == 0)),
            ExprKind::Tuple(items) => {
                items.iter().map(|item| self.fold_at(item, depth + 1)).collect::<Option<_>>().map(Const::Tuple)
            }
            ExprKind::UnaryOp(op) => unary(op.op, &self.fold_at(&op.operand, depth + 1)?),
            ExprKind::BinOp(op) => {
                let right = self.fold_at(&op.right, depth + 1)?;
                binary(op.op, &self.fold_at(&op.left, depth + 1)?, &right)
            }
            ExprKind::Subscript { value, slice } => {
                item(&self.fold_at(value, depth + 1)?, &self.fold_at(slice, depth + 1)?)
            }
            _ => None,
        }
    }

    /// Whether a condition is known beforehand.
    pub(super) fn truth(&self, expr: &Expr<'a>) -> Truth {
        let known = match &expr.kind {
            ExprKind::Constant(constant) => is_true(&literal(constant)),
            ExprKind::Name("__debug__") => self.options.optimize == 0,
            ExprKind::UnaryOp(op) if op.op == UnaryOperator::Not => match self.truth(&op.operand) {
                Truth::True => false,
                Truth::False => true,
                Truth::Unknown => return Truth::Unknown,
            },
            ExprKind::UnaryOp(_) | ExprKind::Tuple(_) => match self.fold(expr) {
                Some(value) => is_true(&value),
                None => return Truth::Unknown,
            },
            _ => return Truth::Unknown,
        };
        if known { Truth::True } else { Truth::False }
    }

    /// An integer that fits into an instruction.
    pub(super) fn small_int(&self, expr: &Expr<'a>) -> Option<i64> {
        let number = match &expr.kind {
            ExprKind::Constant(Constant::Int(number)) => *number,
            ExprKind::UnaryOp(UnaryOp {
                op: UnaryOperator::USub,
                operand: Expr { kind: ExprKind::Constant(Constant::Int(number)), .. },
            }) => -*number,
            _ => return None,
        };
        Some(number).filter(|number| Instr::C_SIGNED.contains(number))
    }
}

pub(in crate::compiler) fn literal(constant: &Constant<'_>) -> Const {
    match constant {
        Constant::None => Const::None,
        Constant::True => Const::Bool(true),
        Constant::False => Const::Bool(false),
        Constant::Ellipsis => Const::Ellipsis,
        Constant::Int(number) => Const::Int((*number).into()),
        Constant::BigInt(number) => Const::Int(number.to_bigint()),
        Constant::Float(number) => Const::Float(*number),
        Constant::Complex(imaginary) => Const::Complex(0.0, *imaginary),
        Constant::Str(text) => Const::Str(text.as_wtf8().into()),
        Constant::Bytes(bytes) => Const::Bytes((*bytes).into()),
    }
}

fn is_true(value: &Const) -> bool {
    match value {
        Const::None => false,
        Const::Bool(value) => *value,
        Const::Int(value) => !value.is_zero(),
        Const::Float(value) => *value != 0.0,
        Const::Complex(real, imaginary) => *real != 0.0 || *imaginary != 0.0,
        Const::Str(bytes) | Const::Bytes(bytes) => !bytes.is_empty(),
        Const::Tuple(items) | Const::FrozenSet(items) => !items.is_empty(),
        Const::Ellipsis | Const::Code(_) => true,
    }
}

pub(super) fn unary(op: UnaryOperator, value: &Const) -> Option<Const> {
    match (op, value) {
        (UnaryOperator::Not, value) => Some(Const::Bool(!is_true(value))),
        // `~True` warns when it runs.
        (UnaryOperator::Invert, Const::Int(value)) => Some(Const::Int(!value)),
        (UnaryOperator::Invert, _) => None,
        (UnaryOperator::USub, Const::Float(value)) => Some(Const::Float(-value)),
        (UnaryOperator::USub, Const::Complex(real, imaginary)) => Some(Const::Complex(-real, -imaginary)),
        (UnaryOperator::USub, value) => Some(Const::Int(-integer(value)?)),
        (UnaryOperator::UAdd, Const::Float(_) | Const::Complex(..)) => Some(value.clone()),
        (UnaryOperator::UAdd, value) => Some(Const::Int(integer(value)?)),
    }
}

pub(super) fn binary(op: BinOperator, left: &Const, right: &Const) -> Option<Const> {
    match (left, right) {
        (Const::Int(_) | Const::Bool(_), Const::Int(_) | Const::Bool(_)) => {
            if let (Const::Bool(left), Const::Bool(right)) = (left, right) {
                match op {
                    BinOperator::BitAnd => return Some(Const::Bool(left & right)),
                    BinOperator::BitOr => return Some(Const::Bool(left | right)),
                    BinOperator::BitXor => return Some(Const::Bool(left ^ right)),
                    _ => {}
                }
            }
            integers(op, &integer(left)?, &integer(right)?)
        }
        (Const::Complex(..), _) | (_, Const::Complex(..)) => complex(op, left, right),
        (Const::Float(_), _) | (_, Const::Float(_)) => floats(op, float(left)?, float(right)?),
        (Const::Tuple(left), Const::Tuple(right)) if op == BinOperator::Add => {
            Some(Const::Tuple(left.iter().chain(right).cloned().collect()))
        }
        (Const::Str(left), Const::Str(right)) if op == BinOperator::Add => {
            Some(Const::Str(left.iter().chain(right.iter()).copied().collect()))
        }
        (Const::Bytes(left), Const::Bytes(right)) if op == BinOperator::Add => {
            Some(Const::Bytes(left.iter().chain(right.iter()).copied().collect()))
        }
        (sequence, Const::Int(count)) | (Const::Int(count), sequence) if op == BinOperator::Mult => {
            repeated(sequence, count)
        }
        _ => None,
    }
}

fn integer(value: &Const) -> Option<BigInt> {
    match value {
        Const::Int(value) => Some(value.clone()),
        Const::Bool(value) => Some(BigInt::from(*value as u8)),
        _ => None,
    }
}

fn float(value: &Const) -> Option<f64> {
    match value {
        Const::Float(value) => Some(*value),
        _ => integer(value)?.to_f64().filter(|value| value.abs() <= MAX_EXACT),
    }
}

fn integers(op: BinOperator, left: &BigInt, right: &BigInt) -> Option<Const> {
    let result = match op {
        BinOperator::Add => left + right,
        BinOperator::Sub => left - right,
        BinOperator::Mult if left.bits() + right.bits() <= MAX_INT_BITS => left * right,
        BinOperator::FloorDiv if !right.is_zero() => left.div_floor(right),
        BinOperator::Mod if !right.is_zero() => left.mod_floor(right),
        BinOperator::Div if !right.is_zero() => {
            let exact = |value: &BigInt| value.to_f64().filter(|value| value.abs() <= MAX_EXACT);
            return Some(Const::Float(exact(left)? / exact(right)?));
        }
        BinOperator::Pow if right.sign() != Sign::Minus => {
            let exponent = right.to_u32()?;
            if left.bits() * u64::from(exponent) > MAX_INT_BITS {
                return None;
            }
            left.pow(exponent)
        }
        BinOperator::LShift if right.sign() != Sign::Minus => {
            let shift = right.to_u64().filter(|shift| left.bits() + shift <= MAX_INT_BITS)?;
            left << shift
        }
        BinOperator::RShift if right.sign() != Sign::Minus => left >> right.to_u64()?,
        BinOperator::BitAnd => left & right,
        BinOperator::BitOr => left | right,
        BinOperator::BitXor => left ^ right,
        _ => return None,
    };
    Some(Const::Int(result))
}

fn floats(op: BinOperator, left: f64, right: f64) -> Option<Const> {
    Some(Const::Float(match op {
        BinOperator::Add => left + right,
        BinOperator::Sub => left - right,
        BinOperator::Mult => left * right,
        BinOperator::Div if right != 0.0 => left / right,
        _ => return None,
    }))
}

/// An item of a constant: of a tuple, of bytes, or of a string in which bytes are characters.
pub(super) fn item(value: &Const, index: &Const) -> Option<Const> {
    let index = integer(index)?.to_i64()?;
    let at = |length: usize| {
        let index = if index < 0 { index + length as i64 } else { index };
        usize::try_from(index).ok().filter(|&index| index < length)
    };
    match value {
        Const::Tuple(items) => Some(items[at(items.len())?].clone()),
        Const::Bytes(bytes) => Some(Const::Int(bytes[at(bytes.len())?].into())),
        Const::Str(text) if text.is_ascii() => Some(Const::Str([text[at(text.len())?]].into())),
        _ => None,
    }
}

/// Sums only: they are how complex literals are written.
fn complex(op: BinOperator, left: &Const, right: &Const) -> Option<Const> {
    let sum = |sign: f64| match (left, right) {
        (Const::Complex(a, b), Const::Complex(c, d)) => Some(Const::Complex(a + sign * c, b + sign * d)),
        (Const::Complex(a, b), _) => Some(Const::Complex(a + sign * float(right)?, *b)),
        (_, Const::Complex(c, d)) => Some(Const::Complex(float(left)? + sign * c, sign * d)),
        _ => None,
    };
    match op {
        BinOperator::Add => sum(1.0),
        BinOperator::Sub => sum(-1.0),
        _ => None,
    }
}

fn repeated(sequence: &Const, count: &BigInt) -> Option<Const> {
    let count = if count.is_negative() { 0 } else { count.to_usize()? };
    match sequence {
        Const::Str(bytes) if bytes.len().checked_mul(count)? <= MAX_STR => Some(Const::Str(bytes.repeat(count).into())),
        Const::Bytes(bytes) if bytes.len().checked_mul(count)? <= MAX_STR => {
            Some(Const::Bytes(bytes.repeat(count).into()))
        }
        Const::Tuple(items) if items.len().checked_mul(count)? <= MAX_ITEMS => {
            Some(Const::Tuple(items.iter().cycle().take(items.len() * count).cloned().collect()))
        }
        _ => None,
    }
}

/// A tuple of names, as keyword arguments and imports need them.
pub(super) fn name_tuple<'a>(names: impl Iterator<Item = &'a str>) -> Const {
    Const::Tuple(names.map(str_const).collect())
}

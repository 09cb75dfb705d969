//! Operators: `+`, `-x`, `+=` and their siblings.
//!
//! Each stage is tried when the one before declines: two inline numbers (a few instructions, inlined into the caller), for
//! the dispatch loop two ints of a machine word each (`loop_arithmetic`: random numbers are made of such), the exact built-in
//! numbers in any mixture (`numeric`), special methods of whatever types (`methods`).

use crate::heap::{Gc, Kind, Value};
use crate::objects::list::{self, List};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{format, int, kinds};
use crate::vm::Thread;
use crate::vm::native::Result;

mod methods;
mod numeric;

pub use numeric::{Number, binary_numbers, div_mod_numbers, unary_number};

/// The binary operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BinaryOp {
    Add,
    Sub,
    Mul,
    TrueDiv,
    FloorDiv,
    Mod,
    Pow,
    MatMul,
    LShift,
    RShift,
    And,
    Or,
    Xor,
}

impl BinaryOp {
    const ALL: [BinaryOp; 13] = {
        use BinaryOp::*;
        [Add, Sub, Mul, TrueDiv, FloorDiv, Mod, Pow, MatMul, LShift, RShift, And, Or, Xor]
    };

    /// The operator that is `as u8` this number.
    const fn of(number: u8) -> BinaryOp {
        BinaryOp::ALL[number as usize]
    }
}

/// The unary operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnaryOp {
    Neg,
    Pos,
    Invert,
}

/// Whether the operator is written `a + b` or `a += b`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    Plain,
    InPlace,
}

/// `a op b`. With a constant `op` it inlines to the fast path of that operator and a call.
#[inline(always)]
pub fn binary(th: &Thread, op: BinaryOp, a: Value, b: Value) -> Result {
    match inline(op, a, b) {
        Some(result) => Ok(result),
        None => general(th, op, Form::Plain, a, b),
    }
}

/// As `binary`, trying the in-place special method first.
#[inline(always)]
pub fn in_place(th: &Thread, op: BinaryOp, a: Value, b: Value) -> Result {
    match inline(op, a, b) {
        Some(result) => Ok(result),
        None => general(th, op, Form::InPlace, a, b),
    }
}

/// `binary` for the dispatch loop, out of line: `OP` is a [`BinaryOp`]'s number.
#[inline(never)]
pub fn binary_apart<const OP: u8>(th: &Thread, a: Value, b: Value) -> Result {
    let op = const { BinaryOp::of(OP) };
    match inline(op, a, b).or_else(|| words(th, op, a, b)) {
        Some(result) => Ok(result),
        None => general(th, op, Form::Plain, a, b),
    }
}

/// `in_place` for the dispatch loop, out of line.
#[inline(never)]
pub fn in_place_apart<const OP: u8>(th: &Thread, a: Value, b: Value) -> Result {
    let op = const { BinaryOp::of(OP) };
    match inline(op, a, b).or_else(|| words(th, op, a, b)) {
        Some(result) => Ok(result),
        None => general(th, op, Form::InPlace, a, b),
    }
}

/// The operator on two inline integers or two inline floats, where the result is inline too and nothing fails.
#[inline(always)]
pub fn inline(op: BinaryOp, a: Value, b: Value) -> Option<Value> {
    if Value::both_int(a, b) {
        return match op {
            BinaryOp::Add => int::add_inline(a, b),
            BinaryOp::Sub => int::sub_inline(a, b),
            BinaryOp::Mul => int::mul_inline(a, b),
            BinaryOp::TrueDiv => int::true_div_inline(a, b),
            BinaryOp::FloorDiv => int::floor_div_inline(a, b),
            BinaryOp::Mod => int::modulo_inline(a, b),
            BinaryOp::Pow => int::pow_inline(a, b),
            BinaryOp::MatMul => None,
            BinaryOp::LShift => int::shl_inline(a, b),
            BinaryOp::RShift => int::shr_inline(a, b),
            BinaryOp::And => Some(int::and_inline(a, b)),
            BinaryOp::Or => Some(int::or_inline(a, b)),
            BinaryOp::Xor => Some(int::xor_inline(a, b)),
        };
    }
    let (a, b) = (inline_real(a)?, inline_real(b)?);
    match op {
        BinaryOp::Add => Some(Value::computed(a + b)),
        BinaryOp::Sub => Some(Value::computed(a - b)),
        BinaryOp::Mul => Some(Value::computed(a * b)),
        BinaryOp::TrueDiv if b != 0.0 => Some(Value::computed(a / b)),
        _ => None,
    }
}

/// The operator on two ints of a machine word each, where that is a few instructions and nothing fails.
#[inline(always)]
fn words(th: &Thread, op: BinaryOp, a: Value, b: Value) -> Option<Value> {
    let (a, b) = (int::word(a)?, int::word(b)?);
    let sum = |sum| Some(int::from_i128(th, sum));
    match op {
        BinaryOp::Add => sum(a as i128 + b as i128),
        BinaryOp::Sub => sum(a as i128 - b as i128),
        BinaryOp::Mul => sum(a as i128 * b as i128),
        // The quotient of the least word and -1 is not a word.
        BinaryOp::FloorDiv if b > 0 => Some(int::from_i64(th, a.div_euclid(b))),
        BinaryOp::Mod if b > 0 => Some(int::from_i64(th, a.rem_euclid(b))),
        BinaryOp::LShift if (0..64).contains(&b) => sum((a as i128) << b),
        BinaryOp::RShift if b >= 0 => Some(int::from_i64(th, a >> b.min(63))),
        BinaryOp::And => Some(int::from_i64(th, a & b)),
        BinaryOp::Or => Some(int::from_i64(th, a | b)),
        BinaryOp::Xor => Some(int::from_i64(th, a ^ b)),
        _ => None,
    }
}

/// An inline number as a double; an inline integer is exact as one.
#[inline(always)]
fn inline_real(v: Value) -> Option<f64> {
    if v.is_float() {
        Some(v.as_float_unchecked())
    } else if v.is_int() {
        Some(v.as_int_unchecked() as f64)
    } else {
        None
    }
}

#[inline(never)]
fn general(th: &Thread, op: BinaryOp, form: Form, a: Value, b: Value) -> Result {
    // `total += x < y`
    if a.is_bool() != b.is_bool()
        && let Some(result) = inline(op, number_of_bool(a), number_of_bool(b))
    {
        return Ok(result);
    }
    if let Some(header) = a.header()
        && header.is_exact()
        && let Some(result) = sequences(th, op, form, header.kind(), a, b)
    {
        return result;
    }
    if let (Some(x), Some(y)) = (Number::of_exact(a), Number::of_exact(b)) {
        if a.is_bool()
            && b.is_bool()
            && let Some(result) = numeric::binary_bools(op, a, b)
        {
            return Ok(result);
        }
        if let Some(result) = binary_numbers(th, op, x, y) {
            return result;
        }
    }
    methods::binary(th, op, form, a, b)
}

/// A bool as an integer; anything else as it is.
fn number_of_bool(v: Value) -> Value {
    if v.is_bool() { Value::small_int((v == Value::TRUE).into()) } else { v }
}

/// What exact strings, tuples and lists do with exact instances of built-in types, which none of these has a say in.
#[inline]
fn sequences(th: &Thread, op: BinaryOp, form: Form, kind: Kind, a: Value, b: Value) -> Option<Result> {
    match (op, kind) {
        (BinaryOp::Add, kinds::STR) => {
            let (x, y) = (a.as_str_cell()?, b.as_str_cell().filter(|y| y.header.is_exact())?);
            Some(x.concat(th, y).map(Gc::value))
        }
        (BinaryOp::Add, kinds::TUPLE) => {
            let (x, y) = (a.downcast()?, b.downcast::<Tuple>().filter(|y| y.header.is_exact())?);
            Some(Ok(tuple::concat(th, x, y).value()))
        }
        (BinaryOp::Add, kinds::LIST) => {
            let (x, y) = (a.downcast::<List>()?, b.downcast::<List>().filter(|y| y.header.is_exact())?);
            if form == Form::Plain {
                return Some(Ok(list::concat(th, x, y).value()));
            }
            Some(x.extend(th, b).map(|()| a))
        }
        (BinaryOp::Mul, kinds::STR) => Some(a.as_str_cell()?.repeat(th, b.as_small_int()?).map(Gc::value)),
        (BinaryOp::Mul, kinds::LIST) if form == Form::Plain => {
            let times = b.as_small_int()?.max(0) as usize;
            Some(list::repeat(th, a.downcast()?, times).map(Gc::value))
        }
        (BinaryOp::Mod, kinds::STR) => {
            let plain = b.header().is_none_or(|b| b.is_exact() && matches!(b.kind(), kinds::STR | kinds::TUPLE));
            if !plain {
                return None;
            }
            Some(format::percent::format(th, a.as_str_cell()?, b).map(Gc::value))
        }
        _ => None,
    }
}

pub fn unary(th: &Thread, op: UnaryOp, a: Value) -> Result {
    if op == UnaryOp::Neg
        && a.is_int()
        && let Some(negative) = int::sub_inline(Value::small_int(0), a)
    {
        return Ok(negative);
    }
    // `~True` is bool's own: it warns.
    if !(op == UnaryOp::Invert && a.is_bool())
        && let Some(x) = Number::of_exact(a)
        && let Some(result) = unary_number(th, op, x)
    {
        return Ok(result);
    }
    methods::unary(th, op, a)
}

/// `pow(base, exponent, modulus)`
pub fn power(th: &Thread, base: Value, exponent: Value, modulus: Value) -> Result {
    if modulus.is_none() {
        return binary(th, BinaryOp::Pow, base, exponent);
    }
    if let (Some(a), Some(b), Some(m)) =
        (int::IntRef::of_exact(base), int::IntRef::of_exact(exponent), int::IntRef::of_exact(modulus))
    {
        return int::arith::pow_mod(th, a, b, m);
    }
    methods::power(th, base, exponent, modulus)
}

/// `divmod(a, b)`
pub fn div_mod(th: &Thread, a: Value, b: Value) -> Result {
    if let (Some(x), Some(y)) = (Number::of_exact(a), Number::of_exact(b))
        && let Some(result) = div_mod_numbers(th, x, y)
    {
        return result;
    }
    methods::div_mod(th, a, b)
}

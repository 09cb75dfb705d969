//! Operators by special methods: the left operand's, the right operand's reflected one, and the rules between them.

use crate::heap::{Gc, Value};
use crate::objects::native::Native;
use crate::objects::sequences::has_slots_of_one;
use crate::objects::str::Str;
use crate::objects::{float, kinds};
use crate::vm::native::Result;
use crate::vm::{Raised, Thread};

use super::{BinaryOp, Form, UnaryOp};

/// What belongs to an operator: its symbol and its special methods.
struct Operator {
    symbol: &'static str,
    in_place_symbol: &'static str,
    method: Gc<Str>,
    reflected: Gc<Str>,
    in_place: Gc<Str>,
}

fn operator(th: &Thread, op: BinaryOp) -> Operator {
    let n = &th.vm().names;
    let (symbol, in_place_symbol, method, reflected, in_place) = match op {
        BinaryOp::Add => ("+", "+=", n.__add__, n.__radd__, n.__iadd__),
        BinaryOp::Sub => ("-", "-=", n.__sub__, n.__rsub__, n.__isub__),
        BinaryOp::Mul => ("*", "*=", n.__mul__, n.__rmul__, n.__imul__),
        BinaryOp::TrueDiv => ("/", "/=", n.__truediv__, n.__rtruediv__, n.__itruediv__),
        BinaryOp::FloorDiv => ("//", "//=", n.__floordiv__, n.__rfloordiv__, n.__ifloordiv__),
        BinaryOp::Mod => ("%", "%=", n.__mod__, n.__rmod__, n.__imod__),
        BinaryOp::Pow => ("** or pow()", "**=", n.__pow__, n.__rpow__, n.__ipow__),
        BinaryOp::MatMul => ("@", "@=", n.__matmul__, n.__rmatmul__, n.__imatmul__),
        BinaryOp::LShift => ("<<", "<<=", n.__lshift__, n.__rlshift__, n.__ilshift__),
        BinaryOp::RShift => (">>", ">>=", n.__rshift__, n.__rrshift__, n.__irshift__),
        BinaryOp::And => ("&", "&=", n.__and__, n.__rand__, n.__iand__),
        BinaryOp::Or => ("|", "|=", n.__or__, n.__ror__, n.__ior__),
        BinaryOp::Xor => ("^", "^=", n.__xor__, n.__rxor__, n.__ixor__),
    };
    Operator { symbol, in_place_symbol, method, reflected, in_place }
}

pub fn binary(th: &Thread, op: BinaryOp, form: Form, a: Value, b: Value) -> Result {
    let operator = operator(th, op);
    let sequences = matches!(op, BinaryOp::Add | BinaryOp::Mul);
    let in_place_sequence = sequences && form == Form::InPlace && is_sequence(th, a, operator.in_place);
    // A built-in sequence changes itself only after the other operand has declined, and only by what can be a number.
    if in_place_sequence
        && !is_sequence(th, b, operator.method)
        && let Some(result) = call(th, b, operator.reflected, a)?
    {
        return Ok(result);
    }
    if form == Form::InPlace
        && !(in_place_sequence && op == BinaryOp::Mul && !is_index(th, b))
        && let Some(result) = call(th, a, operator.in_place, b)?
    {
        return Ok(result);
    }
    if sequences && (is_sequence(th, a, operator.method) || is_sequence(th, b, operator.method)) {
        return sequence(th, op, form, &operator, a, b);
    }
    match both(th, operator.method, operator.reflected, a, b)? {
        Some(result) => Ok(result),
        None => {
            Err(unsupported(th, if form == Form::InPlace { operator.in_place_symbol } else { operator.symbol }, a, b))
        }
    }
}

/// `a.method(b)` and `b.reflected(a)`, in the right order; `None` if neither type has an answer.
fn both(th: &Thread, method: Gc<Str>, reflected: Gc<Str>, a: Value, b: Value) -> Result<Option<Value>> {
    let (left, right) = (th.class_of(a), th.class_of(b));
    if left == right {
        return call(th, a, method, b);
    }
    // A subclass that has a reflected method of its own knows better than its base.
    let right_first = right.is_subclass_of(left)
        && th.lookup(right, reflected).is_some_and(|r| Some(r) != th.lookup(left, reflected));
    if right_first && let Some(result) = call(th, b, reflected, a)? {
        return Ok(Some(result));
    }
    if let Some(result) = call(th, a, method, b)? {
        return Ok(Some(result));
    }
    if right_first { Ok(None) } else { call(th, b, reflected, a) }
}

/// Calls a special method; `None` if the type does not have it or it declines.
#[inline]
fn call(th: &Thread, object: Value, name: Gc<Str>, argument: Value) -> Result<Option<Value>> {
    match th.call_special(object, name, &[argument]) {
        None => Ok(None),
        Some(result) => result.map(|v| (v != Value::NOT_IMPLEMENTED).then_some(v)),
    }
}

/// Whether the method, `__add__` or `__mul__`, is the concatenation or repetition of a built-in sequence. Those come last,
/// after the special methods of both operands, and raise rather than decline.
fn is_sequence(th: &Thread, v: Value, method: Gc<Str>) -> bool {
    let Some(header) = v.header() else { return false };
    if !matches!(header.kind(), kinds::STR | kinds::BYTES | kinds::BYTEARRAY | kinds::TUPLE | kinds::LIST) {
        return false;
    }
    header.is_exact() || th.lookup(th.class_of(v), method).is_some_and(|found| found.downcast::<Native>().is_some())
}

fn sequence(th: &Thread, op: BinaryOp, form: Form, operator: &Operator, a: Value, b: Value) -> Result {
    let (left, right) = (is_sequence(th, a, operator.method), is_sequence(th, b, operator.method));
    if !left && let Some(result) = call(th, a, operator.method, b)? {
        return Ok(result);
    }
    if !right && let Some(result) = call(th, b, operator.reflected, a)? {
        return Ok(result);
    }
    let symbol = if form == Form::InPlace { operator.in_place_symbol } else { operator.symbol };
    let (object, other) = match op {
        BinaryOp::Add if left => (a, b),
        BinaryOp::Add => return Err(unsupported(th, symbol, a, b)),
        _ if left => (a, b),
        _ => (b, a),
    };
    if form == Form::InPlace && !left && has_slots_of_one(th, a) {
        // The left operand could have been a sequence, so CPython does not look at the right one.
        return Err(unsupported(th, symbol, a, b));
    }
    if op == BinaryOp::Mul && !is_index(th, other) {
        let other = th.type_name(other);
        return Err(th.type_error(format_args!("can't multiply sequence by non-int of type '{other}'")));
    }
    match call(th, object, operator.method, other)? {
        Some(result) => Ok(result),
        None => Err(unsupported(th, symbol, a, b)),
    }
}

/// Whether the value can be an index: an integer, or an object with `__index__`.
fn is_index(th: &Thread, v: Value) -> bool {
    v.is_int() || th.lookup(th.class_of(v), th.vm().names.__index__).is_some()
}

#[cold]
fn unsupported(th: &Thread, symbol: &str, a: Value, b: Value) -> Raised {
    let (a, b) = (th.type_name(a), th.type_name(b));
    th.type_error(format_args!("unsupported operand type(s) for {symbol}: '{a}' and '{b}'"))
}

pub fn unary(th: &Thread, op: UnaryOp, a: Value) -> Result {
    let names = &th.vm().names;
    let (symbol, method) = match op {
        UnaryOp::Neg => ("-", names.__neg__),
        UnaryOp::Pos => ("+", names.__pos__),
        UnaryOp::Invert => ("~", names.__invert__),
    };
    match th.call_special(a, method, &[]) {
        Some(result) => result,
        None => {
            let class = th.type_name(a);
            Err(th.type_error(format_args!("bad operand type for unary {symbol}: '{class}'")))
        }
    }
}

pub fn div_mod(th: &Thread, a: Value, b: Value) -> Result {
    let names = &th.vm().names;
    match both(th, names.__divmod__, names.__rdivmod__, a, b)? {
        Some(result) => Ok(result),
        None => Err(unsupported(th, "divmod()", a, b)),
    }
}

/// `pow` with a modulus: `__pow__` of the base, then `__rpow__` of the exponent.
pub fn power(th: &Thread, base: Value, exponent: Value, modulus: Value) -> Result {
    let names = &th.vm().names;
    let (class, other) = (th.class_of(base), th.class_of(exponent));
    let mut ways = [(base, names.__pow__, exponent), (exponent, names.__rpow__, base)];
    // A subclass that has a reflected method of its own comes first.
    if class != other
        && other.is_subclass_of(class)
        && th.lookup(other, names.__rpow__) != th.lookup(class, names.__rpow__)
    {
        ways.reverse();
    }
    for (object, name, other) in ways {
        if let Some(result) = th.call_special(object, name, &[other, modulus]) {
            let result = result?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
        }
    }
    if float::of(modulus).is_some() {
        return Err(th.type_error("pow() 3rd argument not allowed unless all arguments are integers"));
    }
    let (a, b, c) = (th.type_name(base), th.type_name(exponent), th.type_name(modulus));
    Err(th.type_error(format_args!("unsupported operand type(s) for ** or pow(): '{a}', '{b}', '{c}'")))
}

//! Comparison, identity, truth.

use std::cmp::Ordering;

use crate::heap::{Gc, Value};
use crate::objects::dict::Dict;
use crate::objects::int::{self, IntRef};
use crate::objects::list::List;
use crate::objects::set::{FrozenSet, Set};
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::{dict, kinds, set};
use crate::vm::Thread;
use crate::vm::native::Result;

use super::recursion::recurse;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompareOp {
    Lt,
    Le,
    Eq,
    Ne,
    Gt,
    Ge,
}

impl CompareOp {
    /// Whether the operator holds between things in this order.
    #[inline(always)]
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            CompareOp::Lt => order.is_lt(),
            CompareOp::Le => order.is_le(),
            CompareOp::Eq => order.is_eq(),
            CompareOp::Ne => order.is_ne(),
            CompareOp::Gt => order.is_gt(),
            CompareOp::Ge => order.is_ge(),
        }
    }

    /// The same between doubles, where nothing holds for NaN but `!=`.
    #[inline(always)]
    fn holds_float(self, a: f64, b: f64) -> bool {
        match self {
            CompareOp::Lt => a < b,
            CompareOp::Le => a <= b,
            CompareOp::Eq => a == b,
            CompareOp::Ne => a != b,
            CompareOp::Gt => a > b,
            CompareOp::Ge => a >= b,
        }
    }

    pub fn symbol(self) -> &'static str {
        match self {
            CompareOp::Lt => "<",
            CompareOp::Le => "<=",
            CompareOp::Eq => "==",
            CompareOp::Ne => "!=",
            CompareOp::Gt => ">",
            CompareOp::Ge => ">=",
        }
    }

    /// The operator that says the same with its operands exchanged.
    pub fn reflected(self) -> CompareOp {
        match self {
            CompareOp::Lt => CompareOp::Gt,
            CompareOp::Le => CompareOp::Ge,
            CompareOp::Gt => CompareOp::Lt,
            CompareOp::Ge => CompareOp::Le,
            same => same,
        }
    }

    fn special(self, th: &Thread) -> Gc<Str> {
        let names = &th.vm().names;
        match self {
            CompareOp::Lt => names.__lt__,
            CompareOp::Le => names.__le__,
            CompareOp::Eq => names.__eq__,
            CompareOp::Ne => names.__ne__,
            CompareOp::Gt => names.__gt__,
            CompareOp::Ge => names.__ge__,
        }
    }
}

/// `a op b` as an object.
#[inline]
pub fn compare(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    if Value::both_int(a, b) {
        return Ok(Value::bool(op.holds(a.as_int_unchecked().cmp(&b.as_int_unchecked()))));
    }
    if let Some(result) = compare_quickly(op, a, b) {
        return Ok(Value::bool(result));
    }
    compare_slow(th, op, a, b)
}

/// `bool(a op b)`
#[inline(always)]
pub fn compare_bool(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result<bool> {
    if Value::both_int(a, b) {
        return Ok(op.holds(a.as_int_unchecked().cmp(&b.as_int_unchecked())));
    }
    if let Some(result) = compare_quickly(op, a, b) {
        return Ok(result);
    }
    let result = compare_slow(th, op, a, b)?;
    truthy(th, result)
}

/// What is compared most, besides numbers: two strings, or two tuples that strings and integers decide on.
#[inline(always)]
fn compare_quickly(op: CompareOp, a: Value, b: Value) -> Option<bool> {
    if let (Some(x), Some(y)) = (a.downcast_exact::<Str>(), b.downcast_exact::<Str>()) {
        return Some(compare_texts(op, x, y));
    }
    compare_tuples(op, a.downcast_exact::<Tuple>()?, b.downcast_exact::<Tuple>()?)
}

/// Two tuples, if the first items that differ can be compared without code of the program's.
#[inline(never)]
fn compare_tuples(op: CompareOp, a: Gc<Tuple>, b: Gc<Tuple>) -> Option<bool> {
    for (x, y) in a.items().iter().zip(b.items()) {
        if x == y {
            continue;
        }
        let order = if Value::both_int(*x, *y) {
            x.as_int_unchecked().cmp(&y.as_int_unchecked())
        } else {
            x.downcast_exact::<Str>()?.order(&*y.downcast_exact::<Str>()?)
        };
        if order.is_ne() {
            return Some(op.holds(order));
        }
    }
    Some(op.holds(a.len().cmp(&b.len())))
}

/// Two strings.
#[inline(always)]
fn compare_texts(op: CompareOp, x: Gc<Str>, y: Gc<Str>) -> bool {
    // WTF-8 orders as its code points do.
    match op {
        CompareOp::Eq => x.same_text(&y),
        CompareOp::Ne => !x.same_text(&y),
        _ => op.holds(x.order(&y)),
    }
}

/// Whether two strings are equal, where that is seen without a look at more than one byte of each: so it is of single
/// characters, of names, and of most that differ.
#[inline(always)]
pub fn quick_texts_equal(a: Value, b: Value) -> Option<bool> {
    let (x, y) = (a.downcast_exact::<Str>()?, b.downcast_exact::<Str>()?);
    if a == b {
        return Some(true);
    }
    if x.byte_count() != y.byte_count() {
        return Some(false);
    }
    if x.byte_count() == 1 { Some(x.wtf8().first() == y.wtf8().first()) } else { None }
}

/// `compare` for the dispatch loop, out of line.
#[inline(never)]
pub fn compare_apart(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    compare(th, op, a, b)
}

/// `compare_bool` for the dispatch loop, out of line.
#[inline(never)]
pub fn compare_bool_apart(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result<bool> {
    compare_bool(th, op, a, b)
}

/// `a is b or a == b`, as containers compare.
#[inline]
pub fn equal(th: &Thread, a: Value, b: Value) -> Result<bool> {
    if a == b {
        return Ok(true);
    }
    if Value::both_int(a, b) {
        return Ok(false);
    }
    compare_bool(th, CompareOp::Eq, a, b)
}

/// An inline number as a double: exact, since an inline integer has 48 bits.
#[inline(always)]
fn as_number(v: Value) -> Option<f64> {
    match v {
        _ if v.is_float() => Some(v.as_float_unchecked()),
        _ if v.is_int() => Some(v.as_int_unchecked() as f64),
        Value::TRUE => Some(1.0),
        Value::FALSE => Some(0.0),
        _ => None,
    }
}

/// Integers of which one is large, or a large one and a float.
fn compare_large(op: CompareOp, a: Value, b: Value) -> Option<bool> {
    match (IntRef::of_exact(a), IntRef::of_exact(b)) {
        (Some(x), Some(y)) => Some(op.holds(int::compare(x, y))),
        (Some(x), None) => match int::compare_float(x, b.as_inline_float()?) {
            Some(order) => Some(op.holds(order)),
            None => Some(op == CompareOp::Ne),
        },
        (None, Some(_)) => {
            a.as_inline_float()?;
            compare_large(op.reflected(), b, a)
        }
        (None, None) => None,
    }
}

#[inline(never)]
fn compare_slow(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    if let (Some(x), Some(y)) = (as_number(a), as_number(b)) {
        return Ok(Value::bool(op.holds_float(x, y)));
    }
    if let Some(result) = compare_large(op, a, b) {
        return Ok(Value::bool(result));
    }
    if let (Some(x), Some(y)) = (a.header(), b.header())
        && x.kind() == y.kind()
        && x.is_exact()
        && y.is_exact()
        && let Some(result) = compare_same_kind(th, op, a, b)
    {
        return result;
    }
    if matches!(op, CompareOp::Eq | CompareOp::Ne) && never_equal(a, b) {
        return Ok(Value::bool(op == CompareOp::Ne));
    }
    recurse(th, " in comparison", || compare_special(th, op, a, b))
}

/// Two exact instances of one built-in type, if it is one that is handled here.
#[inline]
fn compare_same_kind(th: &Thread, op: CompareOp, a: Value, b: Value) -> Option<Result> {
    if let (Some(x), Some(y)) = (a.downcast::<Tuple>(), b.downcast::<Tuple>()) {
        return Some(compare_rows(th, op, x, y));
    }
    if let (Some(x), Some(y)) = (a.downcast::<List>(), b.downcast::<List>()) {
        return Some(compare_rows(th, op, x, y));
    }
    let by_equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
    if let (Some(x), Some(y)) = (a.downcast::<Dict>(), b.downcast::<Dict>())
        && by_equality
    {
        return Some(
            recurse(th, " in comparison", || dict::equal(th, x, y)).map(|e| Value::bool(e == (op == CompareOp::Eq))),
        );
    }
    if a.downcast::<Set>().is_some() || a.downcast::<FrozenSet>().is_some() {
        return Some(set::compare(th, op, a, b));
    }
    let identity = matches!(a.header()?.kind(), kinds::CLASS | kinds::FUNCTION | kinds::MODULE);
    if identity && by_equality {
        return Some(Ok(Value::bool((a == b) == (op == CompareOp::Eq))));
    }
    None
}

/// Whether these are of built-in types that are never equal to each other.
fn never_equal(a: Value, b: Value) -> bool {
    fn family(v: Value) -> Option<u8> {
        match v {
            Value::NONE => return Some(0),
            _ if as_number(v).is_some() => return Some(1),
            _ => {}
        }
        let header = v.header()?;
        match header.kind() {
            kind @ (kinds::STR | kinds::TUPLE | kinds::LIST | kinds::DICT) if header.is_exact() => Some(kind.0),
            kinds::INT | kinds::WIDE_INT if header.is_exact() => Some(1),
            _ => None,
        }
    }
    matches!((family(a), family(b)), (Some(a), Some(b)) if a != b)
}

/// Lists and tuples, as they are compared with each other; a list may change while its items are compared.
pub trait Row: Copy {
    /// Whether its length decides where comparing two items has taken them away.
    const LENGTH_DECIDES: bool = false;
    /// Whether one and the same item is equal to itself without being asked.
    const SAME_IS_EQUAL: bool = true;
    fn length(self) -> usize;
    fn item(self, index: usize) -> Option<Value>;
}

impl Row for Gc<List> {
    const LENGTH_DECIDES: bool = true;
    #[inline(always)]
    fn length(self) -> usize {
        self.len()
    }
    #[inline(always)]
    fn item(self, index: usize) -> Option<Value> {
        self.at(index)
    }
}

impl Row for Gc<Tuple> {
    #[inline(always)]
    fn length(self) -> usize {
        self.len()
    }
    #[inline(always)]
    fn item(self, index: usize) -> Option<Value> {
        self.items().get(index).copied()
    }
}

/// Compares item by item: the first pair that differs decides, or else the lengths do.
pub fn compare_rows<R: Row>(th: &Thread, op: CompareOp, a: R, b: R) -> Result {
    let by_equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
    if by_equality && a.length() != b.length() {
        return Ok(Value::bool(op == CompareOp::Ne));
    }
    recurse(th, " in comparison", || {
        let mut index = 0;
        while let (Some(x), Some(y)) = (a.item(index), b.item(index)) {
            let same = match R::SAME_IS_EQUAL {
                true => equal(th, x, y)?,
                false => truthy(th, compare(th, CompareOp::Eq, x, y)?)?,
            };
            if !same {
                if R::LENGTH_DECIDES && index >= a.length().min(b.length()) {
                    break;
                }
                if by_equality {
                    return Ok(Value::bool(op == CompareOp::Ne));
                }
                return compare(th, op, x, y);
            }
            index += 1;
        }
        Ok(Value::bool(op.holds(a.length().cmp(&b.length()))))
    })
}

/// By the special methods of both: the right operand's first where its class inherits from the left one's.
fn compare_special(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    let (class_a, class_b) = (th.class_of(a), th.class_of(b));
    let implemented =
        |object: Value, op: CompareOp, other: Value| match th.call_special(object, op.special(th), &[other]) {
            Some(Ok(Value::NOT_IMPLEMENTED)) | None => Ok(None),
            Some(result) => result.map(Some),
        };
    let right_first = class_a != class_b && class_b.is_subclass_of(class_a);
    if right_first && let Some(result) = implemented(b, op.reflected(), a)? {
        return Ok(result);
    }
    if let Some(result) = implemented(a, op, b)? {
        return Ok(result);
    }
    if !right_first && let Some(result) = implemented(b, op.reflected(), a)? {
        return Ok(result);
    }
    match op {
        CompareOp::Eq => Ok(Value::bool(a == b)),
        CompareOp::Ne => Ok(Value::bool(a != b)),
        _ => Err(th.type_error(format_args!(
            "'{}' not supported between instances of '{}' and '{}'",
            op.symbol(),
            class_a.name(),
            class_b.name()
        ))),
    }
}

/// `bool(v)`
#[inline]
pub fn truthy(th: &Thread, v: Value) -> Result<bool> {
    match v {
        Value::TRUE => Ok(true),
        Value::FALSE | Value::NONE => Ok(false),
        _ if v.is_int() => Ok(v.as_int_unchecked() != 0),
        _ => truthy_slow(th, v),
    }
}

#[inline(never)]
fn truthy_slow(th: &Thread, v: Value) -> Result<bool> {
    if let Some(f) = v.as_inline_float() {
        return Ok(f != 0.0);
    }
    let Some(header) = v.header() else {
        return match v {
            Value::NOT_IMPLEMENTED => Err(th.type_error("NotImplemented should not be used in a boolean context")),
            _ => Ok(true),
        };
    };
    if header.is_exact()
        && let Some(len) = super::items::built_in_len(v)
    {
        return Ok(len != 0);
    }
    let names = &th.vm().names;
    if let Some(result) = th.call_special(v, names.__bool__, &[]) {
        if result.is_err() && th.lookup(th.class_of(v), names.__bool__) == Some(Value::NONE) {
            let name = th.type_name(v);
            return Err(th.type_error(format_args!("'{name}' cannot be interpreted as a boolean")));
        }
        return match result? {
            Value::TRUE => Ok(true),
            Value::FALSE => Ok(false),
            other => Err(th.type_error(format_args!("__bool__ should return bool, returned {}", th.type_name(other)))),
        };
    }
    match super::items::len_special(th, v) {
        Some(len) => Ok(len? != 0),
        None => Ok(true),
    }
}

//! Reading the arguments of string methods, and wording what is wrong with them.

use std::fmt::Display;

use crate::heap::{Gc, Value};
use crate::objects::int::IntRef;
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops};

use super::{Str, search};

/// The string that a method was called on.
#[inline]
pub fn this(args: &[Value]) -> Gc<Str> {
    match args[0].as_str_cell() {
        Some(s) => s,
        None => unreachable!("methods of str are bound to strings"),
    }
}

/// An argument that must be a string: "`what` must be str, not int".
#[inline]
pub fn text(th: &Thread, v: Value, what: impl Display) -> Result<Gc<Str>> {
    match v.as_str_cell() {
        Some(s) => Ok(s),
        None => Err(not_text(th, v, what)),
    }
}

/// "`what` must be str, not int", and "not None" for None, as CPython words it for a parameter.
#[cold]
pub fn not_text(th: &Thread, v: Value, what: impl Display) -> Raised {
    let found = if v.is_none() { "None".to_owned() } else { th.type_name(v) };
    th.type_error(format_args!("{what} must be str, not {found}"))
}

/// An optional position: `None` where it was not given or is None. Numbers too large are moved to the ends.
pub fn position(th: &Thread, v: Value) -> Result<Option<i64>> {
    if v.is_int() {
        return Ok(Some(v.as_int_unchecked()));
    }
    if v.is_empty() || v.is_none() {
        return Ok(None);
    }
    if IntRef::of(v).is_none() && th.lookup(th.class_of(v), th.vm().names.__index__).is_none() {
        return Err(th.type_error("slice indices must be integers or None or have an __index__ method"));
    }
    let i = ops::index(th, v)?;
    Ok(IntRef::of(i).map(|i| i.to_i64().unwrap_or(if i.is_negative() { i64::MIN } else { i64::MAX })))
}

/// Optional `start` and `end` for something of `len` items.
pub fn range(th: &Thread, start: Value, end: Value, len: usize) -> Result<(usize, usize)> {
    let (start, end) = (position(th, start)?, position(th, end)?);
    Ok(search::clamp(start, end, len))
}

/// An optional limit (`maxsplit`, `count`): without one, or with a negative one, there is none.
pub fn limit(th: &Thread, v: Value) -> Result<usize> {
    if v.is_empty() {
        return Ok(usize::MAX);
    }
    Ok(usize::try_from(ops::index_i64(th, v)?).unwrap_or(usize::MAX))
}

/// An argument that need not have been given.
#[inline]
pub fn given(v: Value) -> Option<Value> {
    if v.is_empty() { None } else { Some(v) }
}

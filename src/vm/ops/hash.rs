//! Hashes, as CPython computes them: numbers that are equal have equal hashes whatever their types are.

use crate::heap::Value;
use crate::objects::int::IntRef;
use crate::objects::set::FrozenSet;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::{float, int, kinds, set, tuple};
use crate::vm::Thread;
use crate::vm::native::Result;

use super::recursion::recurse;

/// `hash(v)`; never -1.
#[inline]
pub fn hash(th: &Thread, v: Value) -> Result<i64> {
    if let Some(i) = v.as_small_int() {
        return Ok(int::hash_small(i));
    }
    if let Some(s) = v.downcast_exact::<Str>() {
        return Ok(s.hash(th) as i64);
    }
    hash_slow(th, v)
}

#[inline(never)]
fn hash_slow(th: &Thread, v: Value) -> Result<i64> {
    // Tuples of numbers hold nothing that could recurse. They are told before anything has to be saved for a call.
    if let Some(tuple) = v.downcast_exact::<Tuple>() {
        if let Some(hash) = th.recent().hash_of(v) {
            return Ok(hash as i64);
        }
        if let Some(hash) = tuple::quick_hash(tuple) {
            th.recent().note_hash(v, hash as u64);
            return Ok(hash);
        }
    }
    hash_other(th, v)
}

#[inline(never)]
fn hash_other(th: &Thread, v: Value) -> Result<i64> {
    if let Some(f) = v.as_inline_float() {
        return Ok(float::hash(f));
    }
    let Some(header) = v.header() else { return Ok(hash_constant(v)) };
    if header.is_exact() {
        match header.kind() {
            kinds::TUPLE => {
                if let Some(t) = v.downcast::<Tuple>() {
                    let hash = recurse(th, "", || tuple::hash(th, t))?;
                    th.recent().note_hash(v, hash as u64);
                    return Ok(hash);
                }
            }
            kinds::INT | kinds::WIDE_INT => {
                if let Some(i) = IntRef::of(v) {
                    return Ok(int::hash(i));
                }
            }
            kinds::FROZENSET => {
                if let Some(s) = v.downcast::<FrozenSet>() {
                    return Ok(set::hash(s));
                }
            }
            kinds::CLASS | kinds::FUNCTION | kinds::MODULE => return Ok(hash_address(v)),
            _ => {}
        }
    }
    hash_special(th, v)
}

/// By `__hash__`.
fn hash_special(th: &Thread, v: Value) -> Result<i64> {
    let name = th.vm().names.__hash__;
    let method = th.lookup(th.class_of(v), name);
    if method.is_none_or(Value::is_none) {
        return Err(th.type_error(format_args!("unhashable type: '{}'", th.type_name(v))));
    }
    let Some(result) = th.call_special(v, name, &[]) else { return Ok(hash_address(v)) };
    let result = result?;
    if let Some(i) = result.as_small_int() {
        return Ok(int::hash_small(i));
    }
    match IntRef::of(result) {
        // A hash as large as a machine word is taken as it is, a larger one is hashed itself.
        Some(int) => Ok(int.to_i64().map_or_else(|| int::hash(int), int::hash_small)),
        None => Err(th.type_error("__hash__ method should return an integer")),
    }
}

/// What `object.__hash__` answers: where the object lies.
pub fn hash_address(v: Value) -> i64 {
    // Cells are aligned: the lowest bits say nothing.
    int::hash_small((v.bits() as i64).rotate_right(4))
}

fn hash_constant(v: Value) -> i64 {
    match v {
        Value::TRUE => 1,
        Value::FALSE => 0,
        Value::NONE => 0xFCA8_6420,
        _ => int::hash_small(v.bits() as i64),
    }
}

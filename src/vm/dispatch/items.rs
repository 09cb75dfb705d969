//! Items of lists and tuples by a small non-negative index.

use crate::heap::Value;
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::tuple::Tuple;

use crate::vm::Thread;

/// An item of an exact list or tuple by a small non-negative index.
#[inline(always)]
pub(super) fn quick_item(object: Value, key: Value) -> Option<Value> {
    if !key.is_int() {
        return None;
    }
    let index = key.as_int_unchecked();
    let header = object.header()?;
    if !header.is_exact() {
        return None;
    }
    match header.kind() {
        kinds::LIST => object.downcast::<List>()?.at(index as usize),
        kinds::TUPLE => object.downcast::<Tuple>()?.items().get(index as usize).copied(),
        _ => None,
    }
}

/// Replaces an item of an exact list by a small non-negative index.
#[inline(always)]
pub(super) fn quick_store(th: &Thread, object: Value, key: Value, value: Value) -> bool {
    match object.downcast::<List>() {
        Some(list) if key.is_int() && list.header.is_exact() => list.set_at(th, key.as_int_unchecked() as usize, value),
        _ => false,
    }
}

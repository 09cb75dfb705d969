//! Items of lists and tuples by a small non-negative index.

use crate::heap::Value;
use crate::objects::list::List;
use crate::objects::tuple::Tuple;

use crate::vm::Thread;

/// An item of an exact list or tuple by a small non-negative index.
#[inline(always)]
pub(super) fn quick_item(object: Value, key: Value) -> Option<Value> {
    let index = key.as_index();
    if let Some(list) = object.downcast_exact::<List>() {
        return list.at(index);
    }
    object.downcast_exact::<Tuple>()?.items().get(index).copied()
}

/// Replaces an item of an exact list by a small non-negative index.
#[inline(always)]
pub(super) fn quick_store(th: &Thread, object: Value, key: Value, value: Value) -> bool {
    match object.downcast_exact::<List>() {
        Some(list) => list.set_at(th, key.as_index(), value),
        None => false,
    }
}

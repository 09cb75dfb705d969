//! The iterators of built-in types.
//!
//! - `sequences`: over lists, tuples, strings, anything with `__getitem__`, and calls until a sentinel
//! - `combining`: `enumerate`, `zip`, `map`, `filter`, `reversed`
//! - `resume`: how iterators are copied and pickled
//!
//! Those of dicts, sets and ranges lie with their containers. An iterator keeps its position in an atomic: threads that
//! share one with the lock off may see items twice or not at all, and nothing worse.

use crate::heap::{Header, Value};
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, native};

use super::bytes::BytesIter;
use super::dict::DictIter;
use super::exception::Exc;
use super::kinds;
use super::native_object::NativeObject;
use super::set::SetIter;

mod combining;
mod resume;
mod sequences;

pub use combining::{ENUMERATE, Enumerate, FILTER, Filter, MAP, Map, REVERSED, Reversed, ZIP, Zip};
pub use resume::{Made, REDUCE, SET_STATE};
pub use sequences::{
    CALLABLE_ITERATOR, Iterator, LIST_ITERATOR, LIST_REVERSE_ITERATOR, ListIter, SEQUENCE_ITERATOR, STR_ASCII_ITERATOR,
    STR_ITERATOR, StrIter, TUPLE_ITERATOR, TupleIter, over_calls, over_items, over_list_reversed,
};

/// `__iter__` of iterators.
pub const ITER: NativeDef = native("__iter__", "($self, /)", "Implement iter(self).", |_, args| Ok(args[0]));
/// `__next__` of the iterators that [`step`] knows.
pub const NEXT: NativeDef =
    native("__next__", "($self, /)", "Implement next(self).", |th, args| match step(th, args[0]) {
        Some(Ok(Some(item))) => Ok(item),
        Some(Err(raised)) => Err(raised),
        Some(Ok(None)) | None => Err(th.raise_with(Exc::StopIteration, &[])),
    });

/// Whether [`step`] does what the iterator's `__next__` does: not so for classes written in Python.
#[inline(always)]
pub fn steps_natively(th: &Thread, iterator: Value, header: &Header) -> bool {
    match header.kind() {
        kinds::NATIVE_STATE => th.class_of(iterator).def.is_some(),
        kinds::ENUMERATE | kinds::ZIP | kinds::MAP | kinds::FILTER | kinds::REVERSED => header.is_exact(),
        _ => true,
    }
}

/// The next item of a built-in iterator; `None` if it is not one of those here.
#[inline]
pub fn step(th: &Thread, iterator: Value) -> Option<Result<Option<Value>>> {
    match iterator.header()?.kind() {
        kinds::LIST_ITER => Some(Ok(iterator.downcast::<ListIter>()?.next())),
        kinds::TUPLE_ITER => Some(Ok(iterator.downcast::<TupleIter>()?.next())),
        kinds::STR_ITER => Some(Ok(iterator.downcast::<StrIter>()?.next(th))),
        kinds::BYTES_ITER => Some(iterator.downcast::<BytesIter>()?.next(th)),
        kinds::DICT_ITER => Some(iterator.downcast::<DictIter>()?.next(th)),
        kinds::SET_ITER => Some(iterator.downcast::<SetIter>()?.next(th)),
        kinds::ENUMERATE => Some(iterator.downcast::<Enumerate>()?.next(th)),
        kinds::ZIP => Some(iterator.downcast::<Zip>()?.next(th)),
        kinds::MAP => Some(iterator.downcast::<Map>()?.next(th)),
        kinds::FILTER => Some(iterator.downcast::<Filter>()?.next(th)),
        kinds::REVERSED => Some(iterator.downcast::<Reversed>()?.next(th)),
        kinds::ITERATOR => Some(iterator.downcast::<Iterator>()?.next(th)),
        kinds::NATIVE_STATE => iterator.downcast::<NativeObject>()?.state.next(th),
        _ => None,
    }
}

/// The next item of an iterator over pairs, not put together; `None` if it is no such iterator.
#[inline]
pub fn next_pair(th: &Thread, iterator: Value) -> Option<Result<Option<(Value, Value)>>> {
    if let Some(iterator) = iterator.downcast_exact::<Enumerate>()
        && let Some(pair) = iterator.quick_pair(th)
    {
        return Some(Ok(Some(pair)));
    }
    next_pair_of_any(th, iterator)
}

#[inline(never)]
fn next_pair_of_any(th: &Thread, iterator: Value) -> Option<Result<Option<(Value, Value)>>> {
    if let Some(iterator) = iterator.downcast::<DictIter>() {
        return iterator.yields_items().then(|| iterator.next_entry(th));
    }
    if let Some(iterator) = iterator.downcast::<Enumerate>() {
        return iterator.header.is_exact().then(|| iterator.next_pair(th));
    }
    if let Some(iterator) = iterator.downcast::<Zip>() {
        return if iterator.header.is_exact() { iterator.next_pair(th) } else { None };
    }
    None
}

/// Items fetched by index end with IndexError or StopIteration.
fn until_out_of_range(th: &Thread, item: Result) -> Result<Option<Value>> {
    match item {
        Ok(item) => Ok(Some(item)),
        Err(raised) => {
            th.caught(raised, Exc::IndexError).or_else(|raised| th.caught(raised, Exc::StopIteration)).map(|_| None)
        }
    }
}

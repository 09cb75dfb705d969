//! `tuple`: a fixed row of values.

use crate::heap::{Cell, Gc, Header, Kind, Slot, Tracer, Value, item_count};
use crate::vm::Thread;
use crate::vm::classes::has_attributes;
use crate::vm::native::Result;
use crate::vm::ops;

use super::class::Class;
use super::instance::tail_bytes;
use super::int;
use super::kinds;
use super::sequences::{self, Selection};
use super::slice::{Bounds, Slice};

mod methods;
pub mod structure;

pub use methods::{TUPLE, concat, from_iterable};

/// The items lie behind the fixed part and never change once the tuple is published. In an instance of a subclass the
/// slots of its attributes come first, so that they lie where its shape says whatever the length is.
#[repr(C)]
pub struct Tuple {
    pub header: Header,
    len: u32,
    /// How many slots precede the items.
    skip: u32,
}

// SAFETY: `repr(C)`, header first; the tail has `skip + len` slots by construction and all are reported.
unsafe impl Cell for Tuple {
    const KIND: Kind = kinds::TUPLE;
    fn trace(&self, tracer: &mut Tracer) {
        // SAFETY: cells are traced at their own address.
        let this: Gc<Tuple> = unsafe { Gc::from_address(std::ptr::from_ref(self) as usize) };
        tracer.slots(this.tail_slots(self.skip as usize + self.len as usize));
    }
}

impl Tuple {
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len as usize
    }

    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn new(th: &Thread, items: &[Value]) -> Gc<Tuple> {
        let header = Header::of_kind(kinds::TUPLE);
        th.heap().alloc_with_values(Tuple { header, len: item_count(items.len()), skip: 0 }, items)
    }

    /// A tuple whose items are `EMPTY`, to be given each by [`fill`](Gc::fill) before a program sees it.
    #[inline(always)]
    pub fn unfilled(th: &Thread, len: usize) -> Gc<Tuple> {
        let header = Header::of_kind(kinds::TUPLE);
        th.alloc_with_tail(Tuple { header, len: item_count(len), skip: 0 }, len * size_of::<Slot>())
    }

    /// A tuple of `class`: what `tuple.__new__` makes for subclasses.
    pub fn instance(th: &Thread, class: Gc<Class>, items: &[Value]) -> Gc<Tuple> {
        if class == th.vm().class_of_kind(kinds::TUPLE) {
            return Tuple::new(th, items);
        }
        let with_attributes = has_attributes(class);
        let skip = if with_attributes { tail_bytes(class.inline_slots as usize) / size_of::<Slot>() } else { 0 };
        let header = Header::of_kind(kinds::TUPLE);
        let cell = Tuple { header, len: item_count(items.len()), skip: skip as u32 };
        let tuple = th.alloc_with_tail(cell, (skip + items.len()) * size_of::<Slot>());
        if with_attributes {
            tuple.header().set_flag(Header::HAS_TAIL_VALUES);
        }
        th.becomes_instance(class, tuple);
        for (slot, item) in tuple.slots().iter().zip(items) {
            slot.set(*item);
        }
        tuple
    }
}

impl Gc<Tuple> {
    #[inline(always)]
    fn slots(self) -> &'static [Slot] {
        let skip = self.skip as usize;
        &self.tail_slots(skip + self.len as usize)[skip..]
    }

    #[inline(always)]
    pub fn items(self) -> &'static [Value] {
        let slots = self.slots();
        // SAFETY: a published tuple's items are never written again.
        unsafe { Slot::as_values(slots) }
    }

    /// Sets an item of a tuple that nobody else has seen yet.
    #[inline]
    pub fn fill(self, at: usize, item: Value) {
        self.slots()[at].set(item);
    }
}

/// `tuple[key]`
#[inline]
pub fn get_item(th: &Thread, tuple: Gc<Tuple>, key: Value) -> Result {
    let items = tuple.items();
    if let Some(i) = key.as_small_int()
        && let Some(item) = items.get(i as usize)
    {
        return Ok(*item);
    }
    get_item_slow(th, tuple, key)
}

#[inline(never)]
fn get_item_slow(th: &Thread, tuple: Gc<Tuple>, key: Value) -> Result {
    if let Some(slice) = key.downcast::<Slice>() {
        return Ok(get_slice(th, tuple, slice.unpack(th)?));
    }
    match sequences::item_index(th, "tuple", key, || tuple.len())? {
        Some(index) => Ok(tuple.items()[index]),
        None => Err(th.index_error("tuple index out of range")),
    }
}

/// `tuple[start:stop:step]`
pub fn get_slice(th: &Thread, tuple: Gc<Tuple>, bounds: Bounds) -> Value {
    let items = tuple.items();
    let selection = Selection::new(bounds, items.len());
    if selection.step == 1 {
        if selection.count == items.len() && tuple.header.is_exact() {
            return tuple.value();
        }
        return th.tuple(&items[selection.start..][..selection.count]);
    }
    let part = Tuple::unfilled(th, selection.count);
    for (to, from) in part.slots().iter().zip(selection.indices()) {
        to.set(items[from]);
    }
    part.value()
}

pub fn contains(th: &Thread, tuple: Gc<Tuple>, item: Value) -> Result<bool> {
    sequences::contains(th, tuple, item)
}

/// The primes of xxHash, which mixes the hashes of several values.
const PRIME_1: u64 = 11400714785074694791;
const PRIME_2: u64 = 14029467366897019727;
const PRIME_5: u64 = 2870177450012600261;

/// CPython's combination of the items' hashes, which is xxHash's.
pub fn hash(th: &Thread, tuple: Gc<Tuple>) -> Result<i64> {
    Ok(finished(hash_of_parts(th, tuple.items())?, tuple.len()))
}

/// Its hash, if all items are inline integers.
#[inline(always)]
pub fn quick_hash(tuple: Gc<Tuple>) -> Option<i64> {
    let items = tuple.items();
    if let [x, y] = items
        && Value::both_int(*x, *y)
    {
        // A pair is what most of them are: a place on a board.
        let hash = mix(PRIME_5, int::hash_small(x.as_int_unchecked()));
        return Some(finished(mix(hash, int::hash_small(y.as_int_unchecked())), 2));
    }
    Some(finished(hash_of_ints(items)?, items.len()))
}

#[inline(always)]
fn finished(hash: u64, len: usize) -> i64 {
    let hash = hash.wrapping_add(len as u64 ^ (PRIME_5 ^ 3527539));
    if hash == u64::MAX { 1546275796 } else { hash as i64 }
}

/// The hashes of several values mixed as tuples and slices mix them.
pub fn hash_of_parts(th: &Thread, parts: &[Value]) -> Result<u64> {
    parts.iter().try_fold(PRIME_5, |hash, item| Ok(mix(hash, ops::hash(th, *item)?)))
}

/// As [`hash_of_parts`], if all of them are inline integers.
#[inline(always)]
fn hash_of_ints(parts: &[Value]) -> Option<u64> {
    parts.iter().try_fold(PRIME_5, |hash, item| Some(mix(hash, int::hash_small(item.as_small_int()?))))
}

#[inline(always)]
fn mix(hash: u64, lane: i64) -> u64 {
    hash.wrapping_add((lane as u64).wrapping_mul(PRIME_2)).rotate_left(31).wrapping_mul(PRIME_1)
}

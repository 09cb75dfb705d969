//! Instances of classes written in Python, and the attribute slots of every object that has them.
//!
//! An object's own attributes lie behind the fixed part of its cell: first a pointer to an overflow store ([`Slots`]), then
//! as many inline slots as its class expected. The object's shape says which attribute lies where; the cell is flagged
//! `HAS_TAIL_VALUES`, so the collector scans the slots without knowing the shape. An inline slot never moves, so
//! storing an existing attribute needs no lock even with the interpreter's lock off; what changes the shape does.
//!
//! In dictionary mode the overflow pointer leads to a dict instead. Cells whose length varies (tuples, strings) have their
//! pointer behind the varying part and are always in that mode.
//!
//! # Without the interpreter's lock
//!
//! Writers hold the object's lock, and readers none, so a reader may meet shape, pointer and slots of different moments:
//!
//! - What a shape names is there before the object gets that shape: an attribute's value, a larger overflow store, the
//!   dict. A shape that an object has left never comes back to it, and an object in dictionary mode stays in it.
//! - Moving to dictionary mode copies the values, publishes the dict, then the shape, and only then empties the slots. A
//!   reader that still follows the old shape so finds the attribute's last value there, or nothing.
//! - Hence a value found without a lock was the attribute's at some moment of the lookup. *Nothing* found where the shape
//!   promises something may only mean that the object was on the move: the reader looks again with the lock, where shape and
//!   slots belong together. That costs nothing where attributes are found, and what is missing for good is what a
//!   shape does not name, but for an unset slot of `__slots__`.

use crate::heap::{Cell, Gc, Header, Kind, Slot, Tracer, Value};
use crate::vm::Thread;
use crate::vm::shape::{Place, Shape};

use super::class::{Class, flag};
use super::dict::Dict;
use super::kinds;
use super::str::Str;

/// An object without anything but its attributes.
#[repr(C)]
pub struct Instance {
    pub header: Header,
}

// SAFETY: `repr(C)` with the header first; it has no values but the tail's, which the heap scans.
unsafe impl Cell for Instance {
    const KIND: Kind = kinds::OBJECT;
    fn trace(&self, _: &mut Tracer) {}
}

/// Attribute slots beyond the inline ones. Replaced by a larger one when full, never reused under a reader.
#[repr(C)]
pub struct Slots {
    header: Header,
    len: usize,
}

// SAFETY: `repr(C)` with the header first; the tail has `len` slots by construction and all are reported.
unsafe impl Cell for Slots {
    const KIND: Kind = kinds::SLOTS;
    fn trace(&self, tracer: &mut Tracer) {
        // SAFETY: cells are traced at their own address.
        let this: Gc<Slots> = unsafe { Gc::from_address(std::ptr::from_ref(self) as usize) };
        tracer.slots(this.slots());
    }
}

impl Slots {
    fn new(th: &Thread, len: usize) -> Gc<Slots> {
        th.alloc_with_tail(Slots { header: Header::of_kind(kinds::SLOTS), len }, len * size_of::<Slot>())
    }
}

impl Gc<Slots> {
    #[inline(always)]
    pub fn slots(self) -> &'static [Slot] {
        self.tail_slots(self.len)
    }
}

/// Bytes behind the fixed part for an object with `inline` attribute slots.
pub const fn tail_bytes(inline: usize) -> usize {
    (1 + inline) * size_of::<Slot>()
}

/// The slot at `offset` bytes from the start of the cell `object`.
///
/// # Safety
/// `offset` comes from the object's shape (or from a cache entry guarded by it) and is inline.
#[inline(always)]
pub unsafe fn inline_slot(object: Value, offset: usize) -> &'static Slot {
    let slot = (object.bits() as usize).wrapping_add(offset) as *const Slot;
    // SAFETY: the shape's offsets lie within the cell that its class allocates; slots are plain atomics. That no cell lies at
    // address 0 has to be said, or whoever asks whether there is a slot asks that as well.
    unsafe {
        std::hint::assert_unchecked(!slot.is_null());
        &*slot
    }
}

/// The overflow pointer of an object with attributes.
fn overflow(object: Value, shape: &Shape) -> &'static Slot {
    // SAFETY: the class's instances have their overflow pointer there (`Thread::instantiate`, `Tuple::instance`).
    unsafe { inline_slot(object, shape.attributes_at as usize) }
}

/// The shape of an object that has attributes of its own.
fn shape_of(th: &Thread, object: Value) -> Option<&Shape> {
    let header = object.header()?;
    if !header.has_flag(Header::HAS_TAIL_VALUES) {
        return None;
    }
    th.vm().shapes().get(header.shape())
}

/// The object's own attribute `name` (interned), classes and modules apart.
pub fn get_own(th: &Thread, object: Value, name: Gc<Str>) -> Option<Value> {
    let header = object.header()?;
    loop {
        let shape = shape_of(th, object)?;
        let Some(place) = shape.find(name) else {
            return if shape.dictionary {
                overflow(object, shape).get().downcast::<Dict>()?.get_str(th, name)
            } else {
                None
            };
        };
        if let Some(value) = value_at(object, shape, place) {
            return Some(value);
        }
        // Unset, or on its way to another shape: only the lock tells.
        let _guard = th.guard(header);
        if header.shape() == shape.id {
            return value_at(object, shape, place);
        }
    }
}

/// The value at a place of the object's shape.
fn value_at(object: Value, shape: &Shape, place: Place) -> Option<Value> {
    let value = match place {
        // SAFETY: the place comes from a shape that the object has or had, whose inline slots are the same.
        Place::Inline(offset) => unsafe { inline_slot(object, offset as usize) }.get(),
        Place::Overflow(at) => overflow(object, shape).get().downcast::<Slots>()?.slots().get(at as usize)?.get(),
    };
    if value.is_empty() { None } else { Some(value) }
}

/// Stores the object's own attribute `name` (interned); false if it cannot have any.
pub fn set_own(th: &Thread, object: Value, name: Gc<Str>, value: Value) -> bool {
    let Some(header) = object.header() else { return false };
    if !header.has_flag(Header::HAS_TAIL_VALUES) {
        return false;
    }
    // A new overflow store is made before the lock is taken, and thrown away if another thread was faster.
    let mut spare: Option<Gc<Slots>> = None;
    loop {
        let Some(shape) = th.vm().shapes().get(header.shape()) else { return false };
        if shape.dictionary && shape.find(name).is_none() {
            dictionary(th, object).set_str(th, name, value);
            return true;
        }
        let (place, next) = match shape.find(name) {
            Some(place) => (place, None),
            None => match th.vm().shapes().with(shape, name) {
                Some(next) => (shape.place(shape.names.len() as u32), Some(next)),
                None => {
                    dictionary(th, object).set_str(th, name, value);
                    return true;
                }
            },
        };
        let _guard = th.guard(header);
        if header.shape() != shape.id {
            continue;
        }
        match place {
            // SAFETY: the place comes from the object's shape, which the guard holds still.
            Place::Inline(offset) => unsafe { inline_slot(object, offset as usize) }.set(value),
            Place::Overflow(at) => {
                let pointer = overflow(object, shape);
                let store = pointer.get().downcast::<Slots>();
                let have = store.map_or(0, |s| s.slots().len());
                if let Some(slot) = store.and_then(|s| s.slots().get(at as usize)) {
                    slot.set(value);
                } else if let Some(larger) = spare.take().filter(|s| s.slots().len() > at as usize) {
                    for (new, old) in larger.slots().iter().zip(store.iter().flat_map(|s| s.slots())) {
                        new.set(old.get());
                    }
                    larger.slots()[at as usize].set(value);
                    pointer.set(larger.value());
                } else {
                    drop(_guard);
                    spare = Some(Slots::new(th, (have * 2).max(4).max(at as usize + 1)));
                    continue;
                }
            }
        }
        if let Some(next) = next {
            header.set_shape(next.id);
        }
        return true;
    }
}

/// Deletes the object's own attribute `name` (interned); false if it has none.
pub fn delete_own(th: &Thread, object: Value, name: Gc<Str>) -> bool {
    if get_own(th, object, name).is_none() {
        return false;
    }
    let root = shape_of(th, object).and_then(|s| th.vm().shapes().get(s.class.root_shape()));
    if let Some(Place::Inline(offset)) = root.and_then(|root| root.find(name)) {
        // Named in `__slots__`: it keeps its place.
        // SAFETY: the root shape's places hold in all shapes of its class.
        return !unsafe { inline_slot(object, offset as usize) }.replace(Value::EMPTY).is_empty();
    }
    dictionary(th, object).remove_str(th, name).is_some()
}

/// The object's `__dict__`: moves it to dictionary mode. Only for objects that have attributes of their own.
pub fn dictionary(th: &Thread, object: Value) -> Gc<Dict> {
    let fresh = Dict::new(th);
    let Some(header) = object.header() else { return fresh };
    loop {
        let Some(shape) = shape_of(th, object) else { return fresh };
        let pointer = overflow(object, shape);
        if shape.dictionary {
            if let Some(dict) = pointer.get().downcast::<Dict>() {
                return dict;
            }
            let _guard = th.guard(header);
            if pointer.get().is_empty() {
                pointer.set(fresh.value());
            }
            continue;
        }
        let next = th.vm().shapes().dictionary(shape);
        let _guard = th.guard(header);
        if header.shape() != shape.id {
            continue;
        }
        let own = || shape.names.iter().enumerate().skip(next.names.len());
        for (at, name) in own() {
            if let Some(value) = value_at(object, shape, shape.place(at as u32)) {
                fresh.set_str(th, *name, value);
            }
        }
        pointer.set(fresh.value());
        header.set_shape(next.id);
        // Only now: see the module's documentation. Left as they are, they would keep alive what the dict lets go.
        for (at, _) in own() {
            if let Place::Inline(offset) = shape.place(at as u32) {
                // SAFETY: the place comes from the shape that the object had, whose inline slots are the same.
                unsafe { inline_slot(object, offset as usize) }.set(Value::EMPTY);
            }
        }
        return fresh;
    }
}

/// Gives the object another `__dict__`.
pub fn set_dictionary(th: &Thread, object: Value, dict: Gc<Dict>) {
    dictionary(th, object);
    if let Some(shape) = shape_of(th, object) {
        overflow(object, shape).set(dict.value());
    }
}

/// The names of the object's own attributes, in order.
pub fn own_names(th: &Thread, object: Value) -> Vec<Gc<Str>> {
    match shape_of(th, object) {
        Some(shape) if shape.dictionary => {
            let dict = overflow(object, shape).get().downcast::<Dict>();
            dict.map_or(Vec::new(), |d| d.entries().into_iter().filter_map(|(k, _)| k.as_str_cell()).collect())
        }
        Some(shape) => shape.names.clone(),
        None => Vec::new(),
    }
}

/// Whether instances of the class have a `__dict__` (and not only slots).
pub fn has_dict(class: Gc<Class>) -> bool {
    class.has(flag::HAS_DICT)
}

//! The iterator of sets.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use crate::heap::{Cell, Header, Kind, Slot, Tracer, Value};
use crate::objects::iterators::{ITER, NEXT, REDUCE};
use crate::objects::kinds;
use crate::vm::Thread;
use crate::vm::native::{Result, TypeDef, native};

use super::{AnySet, Body, FrozenSet, Set, of};

#[repr(C)]
pub struct SetIter {
    pub header: Header,
    /// `EMPTY` once exhausted.
    set: Slot,
    position: AtomicUsize,
    /// The number of keys at the start; another one later is an error.
    expected: AtomicU32,
}

/// No set has so many keys.
const CHANGED: u32 = u32::MAX;

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for SetIter {
    const KIND: Kind = kinds::SET_ITER;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.set);
    }
}

/// `iter(set)`
pub fn iter(th: &Thread, set: AnySet) -> Value {
    th.alloc(SetIter {
        header: Header::of_kind(kinds::SET_ITER),
        set: Slot::new(set.value()),
        position: AtomicUsize::new(0),
        expected: AtomicU32::new(set.len() as u32),
    })
    .value()
}

impl AnySet {
    /// The set as a value.
    fn value(self) -> Value {
        // A cell begins with its header.
        Value::from_bits(std::ptr::from_ref(self.header) as u64)
    }
}

const _: () =
    assert!(std::mem::offset_of!(Set, body) == std::mem::offset_of!(FrozenSet, body) && size_of::<Body>() == 16);

impl SetIter {
    pub fn next(&self, th: &Thread) -> Result<Option<Value>> {
        let Some(set) = of(self.set.get()) else { return Ok(None) };
        if set.len() as u32 != self.expected.load(Ordering::Relaxed) {
            // From now on, whatever the size becomes.
            self.expected.store(CHANGED, Ordering::Relaxed);
            return Err(th.runtime_error("Set changed size during iteration"));
        }
        let at = self.position.load(Ordering::Relaxed);
        let entries = set.entries();
        for (ahead, entry) in entries.get(at..).unwrap_or_default().iter().enumerate() {
            if let Some(key) = entry.key() {
                self.position.store(at + ahead + 1, Ordering::Relaxed);
                return Ok(Some(key));
            }
        }
        self.set.set(Value::EMPTY);
        Ok(None)
    }
}

impl SetIter {
    /// Another one at the same place.
    pub fn copy(&self, th: &Thread) -> Value {
        th.alloc(SetIter {
            header: Header::of_kind(kinds::SET_ITER),
            set: Slot::new(self.set.get()),
            position: AtomicUsize::new(self.position.load(Ordering::Relaxed)),
            expected: AtomicU32::new(self.expected.load(Ordering::Relaxed)),
        })
        .value()
    }
}

fn length_hint(th: &Thread, args: &[Value]) -> Result {
    let Some(iterator) = args[0].downcast::<SetIter>() else { return Ok(Value::small_int(0)) };
    let Some(set) = of(iterator.set.get()) else { return Ok(Value::small_int(0)) };
    let at = iterator.position.load(Ordering::Relaxed);
    let left = set.entries().iter().skip(at).filter(|entry| entry.key().is_some()).count();
    let unchanged = set.len() as u32 == iterator.expected.load(Ordering::Relaxed);
    Ok(th.int(if unchanged { left as i64 } else { 0 }))
}

pub static SET_ITERATOR: TypeDef = TypeDef {
    methods: &[
        ITER,
        NEXT,
        REDUCE,
        native("__length_hint__", "($self, /)", "Private method returning an estimate of len(list(it)).", length_hint),
    ],
    ..TypeDef::new("set_iterator", kinds::SET_ITER, "An iterator over a set.")
};

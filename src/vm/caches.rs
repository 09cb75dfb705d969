//! Inline caches: what the one atomic word of a site can hold.
//!
//! | low bits | meaning |
//! |---|---|
//! | word is 0 | nothing yet |
//! | `…01` | own attribute: shape in the upper half, byte offset of the inline slot from bit 2 on |
//! | `…10` | built-in: the globals' `keys_version` in the upper half, index of the entry in the built-ins from bit 2 on |
//! | `…11` | global: index of the entry in the globals' table from bit 2 on; its guard is the key found there |
//! | `…00` | pointer to an [`AttrCache`]: an attribute found on a class |
//!
//! With the lock off other threads run the same code, so whoever reads the word checks its guard, and whoever writes it
//! writes all of it at once.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::heap::{Cell, Header, Kind, ShapeId, Slot, Tracer, Value};
use crate::objects::kinds;

/// Where an attribute was found on a class in the MRO: the live slot of the class's table, so that storing to the class
/// attribute retires nothing. Or where a new attribute goes. Immutable once published.
#[repr(C)]
pub struct AttrCache {
    pub header: Header,
    /// The shape of the object it was looked up on: says its class, and that it has no such attribute of its own.
    pub shape: ShapeId,
    /// The interpreter's class epoch at that time: no class has gained or lost a key since.
    pub epoch: u32,
    /// For a lookup on a class or the like: that object itself, which is then the guard instead of the shape.
    pub object: Value,
    /// Keeps the slot alive.
    pub table: Value,
    pub slot: *const Slot,
    /// A store that adds an attribute: the shape after it, and the new slot's offset (0: not a store).
    pub next: ShapeId,
    pub offset: u32,
}

// SAFETY: `repr(C)`, header first, every value reported: the slot lies in the table.
unsafe impl Cell for AttrCache {
    const KIND: Kind = kinds::ATTR_CACHE;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self.object);
        tracer.value(self.table);
    }
}

pub const OWN: u64 = 1;
pub const BUILTIN: u64 = 2;
pub const GLOBAL: u64 = 3;
pub const TAG: u64 = 3;

/// Reports the cell behind a cache word.
pub fn trace(word: &AtomicU64, tracer: &mut Tracer) {
    let word = word.load(Ordering::Acquire);
    if word != 0 && word & TAG == 0 {
        tracer.value(Value::from_bits(word));
    }
}

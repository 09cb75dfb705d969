//! Inline caches: what the one atomic word of a site can hold.
//!
//! | low bits | meaning |
//! |---|---|
//! | `…01` | own attribute: shape in the upper half, byte offset of the inline slot, plus one, in the lower |
//! | `…11` | nothing yet |
//! | `…10` | given up: too many different objects come by, or what is found here cannot be remembered |
//! | `…00` | pointer to the site's cache cell: an [`AttrCache`] for an attribute, a [`GlobalCache`] for a global name |
//!
//! No other word than that of an own attribute has the number of a program's shape in its upper half (`shape` begins with
//! larger ones), so that comparing the shape is all the guard there is.
//!
//! With the lock off other threads run the same code, so whoever reads the word checks its guard, and whoever writes it
//! writes all of it at once. Cells are immutable once published: a site that learns something gets new ones.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::heap::{Cell, Gc, Header, Kind, ShapeId, Slot, Tracer, Value};
use crate::objects::function::Function;
use crate::objects::kinds;

/// What an [`AttrCache`] says, and what guards it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum How {
    /// An inline slot of the object at `offset`. Guard: the shape.
    Own,
    /// In the overflow store of the object, whose pointer lies at `offset`, at `index`. Guard: the shape.
    Overflow,
    /// An attribute of the class: `slot`. Guards: the shape, which says the class and that the object has no such attribute of
    /// its own; the epoch.
    OnClass,
    /// An attribute of a class looked up on that class, or of its metaclass: `slot`. Guards: the object itself, the epoch.
    OfClass,
    /// A module's name: `slot` of its namespace's table. Guards: the module itself, and that it has this table still.
    OfModule,
    /// A store that adds the attribute: at `offset`, then `next` is the shape. Guards: the shape, the epoch.
    Add,
}

/// Where an attribute lies; a list of them where objects of several shapes come by. For attributes of classes that is the
/// live slot of the class's table, so that storing to the class attribute retires nothing.
#[repr(C)]
pub struct AttrCache {
    pub header: Header,
    pub shape: ShapeId,
    /// The interpreter's class epoch at that time: no class has gained or lost a key since.
    pub epoch: u32,
    pub object: Value,
    /// Keeps the slot alive.
    pub table: Value,
    pub slot: *const Slot,
    /// The method that was in the slot when the site learnt of it; [`NO_METHOD`] if that was none. As long as it is there, a
    /// call need not look what kind of thing it is.
    pub method: Value,
    pub next: ShapeId,
    pub offset: u32,
    pub index: u32,
    pub how: How,
    /// How often the site has learnt.
    pub learnt: u8,
    /// The next one of the list, or `EMPTY`.
    pub rest: Value,
}

impl AttrCache {
    /// The next one of the list.
    #[inline(always)]
    pub fn next_way(&self) -> Option<Gc<AttrCache>> {
        if self.rest.is_empty() { None } else { cell(self.rest.bits()) }
    }

    /// What lies in the class's slot now, `EMPTY` if it is gone or the cache names none.
    #[inline(always)]
    pub fn on_class(&self) -> Value {
        // SAFETY: the slot lies in the table that the cache keeps alive, or is `NOWHERE`.
        unsafe { (*self.slot).get() }
    }
}

// SAFETY: `repr(C)`, header first, every value reported: the slot lies in the table.
unsafe impl Cell for AttrCache {
    const KIND: Kind = kinds::ATTR_CACHE;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self.object);
        tracer.value(self.table);
        tracer.value(self.method);
        tracer.value(self.rest);
    }
}

/// Where a global name lies: a slot of the globals' table, or of the built-ins' if the globals have no such name.
///
/// An entry of a table never gets another key, so its slot is good as long as the dict has that table; a deleted name's slot
/// is `EMPTY`.
#[repr(C)]
pub struct GlobalCache {
    pub header: Header,
    /// For a built-in: the globals' `keys_version`, which changes whenever they gain a name.
    pub version: u32,
    pub table: Value,
    pub slot: *const Slot,
}

// SAFETY: `repr(C)`, header first, every value reported: the slot lies in the table.
unsafe impl Cell for GlobalCache {
    const KIND: Kind = kinds::GLOBAL_CACHE;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self.table);
    }
}

/// That a call of a class makes a plain object and passes it to this `__init__`.
#[repr(C)]
pub struct Construction {
    pub header: Header,
    /// The interpreter's class epoch at that time: no class has gained or lost a key since.
    pub epoch: u32,
    pub init: Gc<Function>,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Construction {
    const KIND: Kind = kinds::CONSTRUCTION;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.init);
    }
}

/// The slot of an [`AttrCache`] that names none.
pub static NOWHERE: Slot = Slot::new(Value::EMPTY);
/// No Python value, so that no slot holds it, but a constant that the collector passes over.
pub const NO_METHOD: Value = Value::from_bits(1 << 48 | 0xE77);

pub const OWN: u64 = 1;
/// An attribute that lies further behind the beginning of its object fits no site's word.
pub const BEYOND_OFFSETS: u64 = 1 << 16;
pub const GIVEN_UP: u64 = 2;
pub const UNKNOWN: u64 = 3;
pub const TAG: u64 = 3;

/// The cell that a site's word points to. A site has cells of one kind only, by the instructions that use it.
#[inline(always)]
pub fn cell<T: Cell>(word: u64) -> Option<Gc<T>> {
    if word & TAG != 0 {
        return None;
    }
    // SAFETY: such a word is the address of a cell that the code object keeps alive; the compiler gives attributes and
    // globals sites of their own, so it is of the asked kind.
    Some(unsafe { Gc::from_address(word as usize) })
}

/// Reports the cell behind a cache word.
pub fn trace(word: &AtomicU64, tracer: &mut Tracer) {
    let word = word.load(Ordering::Acquire);
    if word & TAG == 0 {
        tracer.value(Value::from_bits(word));
    }
}

//! Finding attributes on classes: along the MRO, through a small cache in each thread.

use std::cell::Cell;

use crate::heap::{Gc, Slot, Value};
use crate::objects::class::Class;
use crate::objects::dict::{Recent, Table};
use crate::objects::str::Str;

use super::Thread;

const ENTRIES: usize = 1024;

/// What a lookup found: the live slot in a class's table, so that storing to a class attribute retires no entry.
#[derive(Clone, Copy)]
pub struct Found {
    pub class: Gc<Class>,
    pub table: Gc<Table>,
    pub slot: *const Slot,
}

impl Found {
    #[inline(always)]
    pub fn value(&self) -> Value {
        // SAFETY: the slot lies in `table`, which is alive as long as this is held.
        unsafe { (*self.slot).get() }
    }
}

#[derive(Clone, Copy)]
struct Entry {
    class: usize,
    name: usize,
    epoch: u32,
    found: Option<Found>,
}

/// Lookups by class and name, and the key that was looked up in a dict last. Cleared at each collection, since it keeps
/// nothing alive.
pub struct MethodCache {
    entries: Box<[Cell<Entry>]>,
    recent: Recent,
}

impl MethodCache {
    pub fn new() -> MethodCache {
        let empty = Cell::new(Entry { class: 0, name: 0, epoch: 0, found: None });
        MethodCache { entries: vec![empty; ENTRIES].into_boxed_slice(), recent: Recent::default() }
    }

    pub fn clear(&self) {
        for entry in &self.entries {
            entry.set(Entry { class: 0, name: 0, epoch: 0, found: None });
        }
        self.recent.forget();
    }

    #[inline(always)]
    fn entry(&self, class: usize, name: usize) -> &Cell<Entry> {
        &self.entries[((class >> 4) ^ (name >> 3)) % ENTRIES]
    }
}

impl Default for MethodCache {
    fn default() -> Self {
        MethodCache::new()
    }
}

impl Thread {
    /// The key that the thread has looked up in a dict last.
    #[inline(always)]
    pub(crate) fn recent(&self) -> &Recent {
        &self.methods.recent
    }

    /// The attribute `name` (interned) of the class, found along its MRO and not bound; `None` if there is none.
    #[inline]
    pub fn lookup(&self, class: Gc<Class>, name: Gc<Str>) -> Option<Value> {
        let value = self.find(class, name)?.value();
        if value.is_empty() { None } else { Some(value) }
    }

    /// Where the attribute `name` (interned) of the class lies.
    #[inline]
    pub fn find(&self, class: Gc<Class>, name: Gc<Str>) -> Option<Found> {
        let epoch = self.vm().class_epoch();
        let cell = self.methods.entry(class.address(), name.address());
        let entry = cell.get();
        if entry.class == class.address() && entry.name == name.address() && entry.epoch == epoch {
            return entry.found;
        }
        let found = self.search(class, name);
        cell.set(Entry { class: class.address(), name: name.address(), epoch, found });
        found
    }

    #[cold]
    #[inline(never)]
    fn search(&self, class: Gc<Class>, name: Gc<Str>) -> Option<Found> {
        class.mro().items().iter().find_map(|base| {
            let class = base.as_class()?;
            let (table, index) = class.namespace.find_str(self, name)?;
            Some(Found { class, table, slot: &table.entry(index)?.value })
        })
    }
}

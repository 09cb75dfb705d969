//! `dict`: a compact, insertion-ordered hash table whose reads take no lock.
//!
//! - `table`: the store, and the rules that let readers go without a lock
//! - `lookup`: finding, storing and deleting keys
//! - `recent`: the key that a thread has looked up last
//! - `update`: many keys at once, from mappings and iterables
//! - `methods`: what programs call
//! - `ordered`, `reorder`, `defaults`: `collections.OrderedDict` and `defaultdict`
//! - `iter`, `views`, `proxy`: `d.keys()` and its siblings, `mappingproxy`

use std::sync::atomic::{AtomicU32, Ordering};

use crate::heap::{Cell, Gc, GcSlot, Header, Kind, Tracer, Value};
use crate::objects::exception::Exc;
use crate::objects::kinds;
use crate::objects::str::Str;
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops};

mod defaults;
mod iter;
mod lookup;
mod methods;
mod ordered;
pub mod proxy;
mod recent;
mod reorder;
mod table;
mod update;
pub mod views;

pub use defaults::DEFAULT_DICT;
pub use iter::{DICT_ITERATORS, DictIter, ORDERED_ITERATOR, iter_keys};
pub use lookup::keys_equal;
pub use methods::{DICT, del_item, equal};
pub use ordered::ORDERED_DICT;
pub use recent::Recent;
pub use table::{Entry, Look, Table};
pub use update::walkable;
pub use views::DictView;

#[repr(C)]
pub struct Dict {
    pub header: Header,
    /// Nothing while it has never had a key.
    pub table: GcSlot<Table>,
    /// Raised whenever a key comes or goes (not when a value changes): guards the caches of built-ins.
    pub keys_version: AtomicU32,
    /// The number of live entries.
    live: AtomicU32,
}

const _: () = assert!(size_of::<Dict>() == 24);

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Dict {
    const KIND: Kind = kinds::DICT;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.gc_slot(&self.table);
    }
}

impl Dict {
    /// The contents of an empty dict: what `__new__` gives to `th.instantiate`.
    pub fn empty() -> Dict {
        Dict {
            header: Header::of_kind(kinds::DICT),
            table: GcSlot::new(None),
            keys_version: AtomicU32::new(1),
            live: AtomicU32::new(0),
        }
    }

    pub fn new(th: &Thread) -> Gc<Dict> {
        th.alloc(Dict::empty())
    }

    /// An empty dict with room for so many entries.
    pub fn with_capacity(th: &Thread, entries: usize) -> Gc<Dict> {
        let dict = Dict::new(th);
        if entries > 0 {
            dict.table.set(Some(Table::new(th, entries)));
        }
        dict
    }

    /// An empty dict that will most likely never have more than so many entries.
    #[inline(never)]
    pub fn for_just(th: &Thread, entries: usize) -> Gc<Dict> {
        let dict = Dict::new(th);
        if entries > 0 {
            dict.table.set(Some(Table::for_just(th, entries)));
        }
        dict
    }

    #[inline(always)]
    pub fn len(&self) -> usize {
        self.live.load(Ordering::Acquire) as usize
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline(always)]
    pub fn keys_version(&self) -> u32 {
        self.keys_version.load(Ordering::Acquire)
    }
}

/// The hash of a key; a TypeError says what the key was wanted for.
#[inline(always)]
pub fn key_hash(th: &Thread, key: Value) -> Result<u64> {
    match ops::hash(th, key) {
        Ok(hash) => Ok(hash as u64),
        Err(raised) => Err(unhashable(th, raised, key, "dict key")),
    }
}

/// Says of a TypeError that hashing raised what the value was wanted for.
#[cold]
pub fn unhashable(th: &Thread, raised: Raised, key: Value, purpose: &str) -> Raised {
    let exception = th.take_exception(raised);
    if th.class_of(exception) != th.vm().exception_class(Exc::TypeError) {
        return th.raise_value(exception);
    }
    match ops::str(th, exception) {
        Ok(why) => {
            let class = th.full_type_name(key);
            th.type_error(format_args!("cannot use '{class}' as a {purpose} ({})", why.to_text()))
        }
        Err(raised) => raised,
    }
}

impl Gc<Dict> {
    /// The value of a key; runs `__hash__` and `__eq__` where the key is not built in.
    #[inline(always)]
    pub fn get_item(self, th: &Thread, key: Value) -> Result<Option<Value>> {
        match self.get_again(th, key) {
            None => self.get_anew(th, key),
            found => Ok(found),
        }
    }

    #[inline(never)]
    fn get_anew(self, th: &Thread, key: Value) -> Result<Option<Value>> {
        let hash = key_hash(th, key)?;
        self.get_hashed(th, key, hash)
    }

    #[inline(always)]
    pub fn get_hashed(self, th: &Thread, key: Value, hash: u64) -> Result<Option<Value>> {
        let Some(table) = self.table.get() else { return Ok(None) };
        match table.look_for(th, key, hash, table.used()) {
            Look::Found(at) if let Some(value) = table.value_at(at) => Ok(Some(value)),
            Look::Absent => Ok(None),
            _ => self.get_after_all(th, key, hash),
        }
    }

    /// Where keys have to be compared by code of the program's, or the key was deleted meanwhile.
    #[cold]
    #[inline(never)]
    fn get_after_all(self, th: &Thread, key: Value, hash: u64) -> Result<Option<Value>> {
        loop {
            let place = self.find(th, key, hash)?;
            if place.entry.is_none() {
                return Ok(None);
            }
            if let Some(value) = place.value() {
                return Ok(Some(value));
            }
        }
    }

    #[inline(always)]
    pub fn set_item(self, th: &Thread, key: Value, value: Value) -> Result<()> {
        if self.set_again(th, key, value) { Ok(()) } else { self.set_anew(th, key, value) }
    }

    #[inline(never)]
    fn set_anew(self, th: &Thread, key: Value, value: Value) -> Result<()> {
        let hash = key_hash(th, key)?;
        self.set_hashed(th, key, hash, value)
    }

    #[inline(always)]
    pub fn set_hashed(self, th: &Thread, key: Value, hash: u64, value: Value) -> Result<()> {
        loop {
            let place = self.find(th, key, hash)?;
            // Where nobody else can have changed the dict, the entry is still the one.
            if !th.shares_objects() && place.replace(value) {
                return Ok(());
            }
            if self.store(th, place, key, hash, value) {
                return Ok(());
            }
        }
    }

    /// Removes a key; its value, if it was there.
    pub fn remove_item(self, th: &Thread, key: Value) -> Result<Option<Value>> {
        let hash = key_hash(th, key)?;
        self.remove_hashed(th, key, hash)
    }

    pub fn remove_hashed(self, th: &Thread, key: Value, hash: u64) -> Result<Option<Value>> {
        loop {
            let place = self.find(th, key, hash)?;
            if place.entry.is_none() {
                return Ok(None);
            }
            if let Some(value) = self.delete(th, place) {
                return Ok(Some(value));
            }
        }
    }

    /// The key's value; if it has none, `default`, which is stored. Atomic.
    pub fn get_or_set(self, th: &Thread, key: Value, default: Value) -> Result {
        let hash = key_hash(th, key)?;
        // Most often it is there, and nothing needs to be known for a store.
        if let Some(table) = self.table.get()
            && let Some(Look::Found(at)) = table.look_first(key, hash)
            && let Some(value) = table.value_at(at)
        {
            return Ok(value);
        }
        loop {
            let place = self.find(th, key, hash)?;
            if place.entry.is_some() {
                if let Some(value) = place.value() {
                    return Ok(value);
                }
            } else if self.store(th, place, key, hash, default) {
                return Ok(default);
            }
        }
    }

    /// As the ones above for string keys, which run no code of the program's: keys of other types count as unequal, and
    /// instances of subclasses of `str` compare by their text.
    #[inline]
    pub fn get_str(self, th: &Thread, key: Gc<Str>) -> Option<Value> {
        self.place_of_str(key, key.hash(th)).value()
    }

    pub fn has_str(self, th: &Thread, key: Gc<Str>) -> bool {
        self.get_str(th, key).is_some()
    }

    #[inline]
    pub fn set_str(self, th: &Thread, key: Gc<Str>, value: Value) {
        let hash = key.hash(th);
        while !self.store(th, self.place_of_str(key, hash), key.value(), hash, value) {}
    }

    /// As `set_str` for a dict that nobody else has seen yet.
    #[inline(never)]
    pub fn fill_str(self, th: &Thread, key: Gc<Str>, value: Value) {
        let hash = key.hash(th);
        if self.table.get().is_some_and(|table| table.fill(hash, key.value(), value)) {
            self.live.store(self.live.load(Ordering::Relaxed) + 1, Ordering::Release);
        } else {
            self.set_str(th, key, value);
        }
    }

    pub fn remove_str(self, th: &Thread, key: Gc<Str>) -> Option<Value> {
        let hash = key.hash(th);
        loop {
            let place = self.place_of_str(key, hash);
            place.entry?;
            if let Some(value) = self.delete(th, place) {
                return Some(value);
            }
        }
    }

    /// Where a string key lies: its entry's index in the table, for inline caches.
    pub fn find_str(self, th: &Thread, key: Gc<Str>) -> Option<(Gc<Table>, usize)> {
        let place = self.place_of_str(key, key.hash(th));
        Some((place.table?, place.entry?))
    }

    /// A snapshot of keys and values in order. It is not scanned by the collector: no safepoint while it is used.
    pub fn entries(self) -> Vec<(Value, Value)> {
        let Some(table) = self.table.get() else { return Vec::new() };
        table.entries().iter().filter_map(Entry::live).collect()
    }

    /// A snapshot of the keys in order. It is not scanned by the collector: no safepoint while it is used.
    pub fn keys(self, th: &Thread) -> Vec<Value> {
        let _guard = th.guard(&self.get().header);
        let Some(table) = self.table.get() else { return Vec::new() };
        table.entries().iter().filter_map(|entry| entry.live().map(|(key, _)| key)).collect()
    }

    /// Removes all keys.
    pub fn clear(self, th: &Thread) {
        let _guard = th.guard(&self.get().header);
        self.live.store(0, Ordering::Release);
        self.table.set(None);
        self.keys_changed();
    }
}

//! Finding, storing and deleting keys.
//!
//! Reading takes no lock. Comparing keys may run the program's own `__eq__`, which may change the dict, or let other
//! threads do so; so nothing is locked meanwhile, and afterwards we look again: a lookup starts over when the table was
//! replaced or the entry deleted under it, and a store, once it has the lock, goes back to looking unless nothing was
//! added since.

use std::sync::atomic::Ordering;

use crate::heap::{Gc, Value};
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::vm::native::Result;
use crate::vm::{Thread, ops};

use super::{Dict, Entry, Look, Table};

/// Where a key was found, or what the dict looked like when it was not.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The table that was searched.
    pub table: Option<Gc<Table>>,
    /// How many entries it had before the search.
    used: usize,
    pub entry: Option<usize>,
}

impl Place {
    /// In a dict that has no table yet.
    const NOWHERE: Place = Place { table: None, used: 0, entry: None };

    #[inline(always)]
    fn found(&self) -> Option<&'static Entry> {
        self.table?.entry(self.entry?)
    }

    /// Replaces the value found, if one was. The caller holds the dict's lock or needs none, and nothing has changed since.
    #[inline(always)]
    pub fn replace(&self, value: Value) -> bool {
        let found = self.found();
        if let Some(entry) = found {
            entry.value.set(value);
        }
        found.is_some()
    }

    /// The value found, unless it was deleted meanwhile.
    #[inline(always)]
    pub fn value(&self) -> Option<Value> {
        let value = self.found()?.value.get();
        if value.is_empty() { None } else { Some(value) }
    }
}

/// Whether two keys of equal hash that are not identical are equal, if that can be told without running code of the
/// program's.
#[inline(always)]
pub fn keys_equal(a: Value, b: Value) -> Option<bool> {
    if let (Some(x), Some(y)) = (a.downcast_exact::<Str>(), b.downcast_exact::<Str>()) {
        return Some(x.same_text(&y));
    }
    other_keys_equal(a, b)
}

/// Most are tuples of the very same items, and those are told without a call.
#[inline(never)]
fn other_keys_equal(a: Value, b: Value) -> Option<bool> {
    if let (Some(x), Some(y)) = (a.downcast_exact::<Tuple>(), b.downcast_exact::<Tuple>())
        && x.items() == y.items()
    {
        return Some(true);
    }
    unlike_keys_equal(a, b)
}

#[inline(never)]
fn unlike_keys_equal(a: Value, b: Value) -> Option<bool> {
    if !a.is_cell() && !b.is_cell() {
        return match (a.as_inline_float(), b.as_inline_float()) {
            (None, None) if !a.is_bool() && !b.is_bool() => Some(false),
            _ => None,
        };
    }
    tuples_equal(a.downcast_exact::<Tuple>()?, b.downcast_exact::<Tuple>()?)
}

/// Tuples of built-in values, as far as those lie in them themselves.
fn tuples_equal(a: Gc<Tuple>, b: Gc<Tuple>) -> Option<bool> {
    if a.len() != b.len() {
        return Some(false);
    }
    for (x, y) in a.items().iter().zip(b.items()) {
        if x == y {
            continue;
        }
        let nested = x.downcast::<Tuple>().is_some() || y.downcast::<Tuple>().is_some();
        if nested || !keys_equal(*x, *y)? {
            return if nested { None } else { Some(false) };
        }
    }
    Some(true)
}

/// The entry of a string in a table that has other keys of the same hash.
#[cold]
fn str_among_strange(table: Gc<Table>, key: Gc<Str>, hash: u64) -> Option<usize> {
    let mut probe = table.probe(hash);
    while let Some(at) = probe.next_entry() {
        let Some(entry) = table.entry(at) else { continue };
        let Some((found, _)) = entry.live() else { continue };
        if entry.hash() == hash && found.downcast::<Str>().is_some_and(|found| found.same_text(&key)) {
            return Some(at);
        }
    }
    None
}

impl Gc<Dict> {
    /// Finds a key. A safepoint unless the keys met on the way are built in.
    #[inline(always)]
    pub(super) fn find(self, th: &Thread, key: Value, hash: u64) -> Result<Place> {
        let Some(table) = self.table.get() else { return Ok(Place::NOWHERE) };
        let used = table.used();
        let entry = match table.look_for(th, key, hash, used) {
            Look::Found(at) => Some(at),
            Look::Absent => None,
            Look::Unsure => return self.find_strange(th, key, hash),
        };
        Ok(Place { table: Some(table), used, entry })
    }

    /// Finds a key where keys have to be compared that may run code of the program's.
    #[cold]
    #[inline(never)]
    fn find_strange(self, th: &Thread, key: Value, hash: u64) -> Result<Place> {
        'again: loop {
            let Some(table) = self.table.get() else { return Ok(Place::NOWHERE) };
            let used = table.used();
            let place = |entry| Ok(Place { table: Some(table), used, entry });
            let mut probe = table.probe(hash);
            while let Some(at) = probe.next_entry() {
                let Some(entry) = table.entry(at) else { continue };
                let Some((found, _)) = entry.live() else { continue };
                if found == key {
                    return place(Some(at));
                }
                if entry.hash() != hash {
                    continue;
                }
                let equal = match keys_equal(found, key) {
                    Some(equal) => equal,
                    None => {
                        let equal = ops::equal(th, found, key)?;
                        if self.table.get() != Some(table) || entry.value.get().is_empty() {
                            continue 'again;
                        }
                        equal
                    }
                };
                if equal {
                    return place(Some(at));
                }
            }
            return place(None);
        }
    }

    /// Where an exact string lies. Runs no code of the program's: keys that are no strings count as unequal.
    #[inline]
    pub(super) fn place_of_str(self, key: Gc<Str>, hash: u64) -> Place {
        let Some(table) = self.table.get() else { return Place::NOWHERE };
        let used = table.used();
        let entry = match table.look(key.value(), hash) {
            Look::Found(at) => Some(at),
            Look::Absent => None,
            Look::Unsure => str_among_strange(table, key, hash),
        };
        Place { table: Some(table), used, entry }
    }

    /// Stores at a place that `find` returned; false if the dict has changed since and the search must be repeated.
    #[inline(always)]
    pub(super) fn store(self, th: &Thread, place: Place, key: Value, hash: u64, value: Value) -> bool {
        let _guard = th.guard(&self.get().header);
        if self.table.get() != place.table {
            return false;
        }
        if let Some(entry) = place.found() {
            if entry.value.get().is_empty() {
                return false;
            }
            entry.value.set(value);
            return true;
        }
        if place.table.is_some_and(|table| table.used() != place.used) {
            return false;
        }
        self.append(th, key, hash, value);
        true
    }

    /// Deletes what `find` found: its value, or `None` if the search must be repeated.
    pub(super) fn delete(self, th: &Thread, place: Place) -> Option<Value> {
        let _guard = th.guard(&self.get().header);
        let (table, at) = (place.table?, place.entry?);
        if self.table.get() != Some(table) || place.value().is_none() {
            return None;
        }
        Some(self.delete_locked(table, at))
    }

    pub(super) fn delete_locked(self, table: Gc<Table>, at: usize) -> Value {
        let value = table.delete(at);
        self.live.store(self.live.load(Ordering::Relaxed) - 1, Ordering::Release);
        self.keys_changed();
        value
    }

    /// Appends an absent key. The caller holds the lock.
    #[inline(always)]
    pub(super) fn append(self, th: &Thread, key: Value, hash: u64, value: Value) {
        let table = match self.table.get() {
            Some(table) if table.has_room() => table,
            table => self.grow(th, table),
        };
        table.append(hash, key, value);
        self.live.store(self.live.load(Ordering::Relaxed) + 1, Ordering::Release);
        self.keys_changed();
    }

    /// Replaces a full table by one with room for as many entries again. The caller holds the lock.
    #[cold]
    #[inline(never)]
    fn grow(self, th: &Thread, old: Option<Gc<Table>>) -> Gc<Table> {
        self.replace_table(th, old, self.len() * 2)
    }

    /// Gives the dict a table with room for `capacity` entries, the live ones of `old` already in it.
    pub(super) fn replace_table(self, th: &Thread, old: Option<Gc<Table>>, capacity: usize) -> Gc<Table> {
        let new = Table::new(th, capacity.max(self.len() + 1));
        if let Some(old) = old {
            new.take_over(old, self.len());
        }
        self.table.set(Some(new));
        new
    }

    #[inline(always)]
    pub(super) fn keys_changed(self) {
        // Under the lock nobody else writes it, so it needs no atomic addition.
        self.keys_version.store(self.keys_version.load(Ordering::Relaxed).wrapping_add(1), Ordering::Release);
    }
}

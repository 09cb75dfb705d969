//! Many keys at once: from other dicts, from mappings, from iterables of pairs.

use std::sync::atomic::Ordering;

use crate::heap::{Gc, Value};
use crate::objects::exception::Exc;
use crate::objects::tuple::Tuple;
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops};

use super::{Dict, Look, Table, key_hash};

impl Gc<Dict> {
    /// `dict.update(other)`
    pub fn update(self, th: &Thread, other: Value) -> Result<()> {
        if let Some(dict) = walkable(th, other) {
            return self.merge(th, dict);
        }
        match ops::find_attr(th, other, th.vm().names.keys)? {
            Some(keys) => self.update_from_mapping(th, other, keys),
            None => self.update_from_pairs(th, other),
        }
    }

    /// `{**other}`: as `update`, but `other` has to be a mapping.
    pub fn update_from_unpacked(self, th: &Thread, other: Value) -> Result<()> {
        if let Some(dict) = walkable(th, other) {
            return self.merge(th, dict);
        }
        match ops::find_attr(th, other, th.vm().names.keys)? {
            Some(keys) => self.update_from_mapping(th, other, keys),
            None => Err(th.type_error(format_args!("'{}' object is not a mapping", th.type_name(other)))),
        }
    }

    /// Takes all keys of another dict: at once, unless keys have to be compared by code of the program's.
    pub fn merge(self, th: &Thread, other: Gc<Dict>) -> Result<()> {
        let before = other.len();
        if self == other || other.is_empty() {
            return Ok(());
        }
        if self.is_empty() && self.fill_from(th, other) {
            return Ok(());
        }
        let (left, rest) = {
            let _guards = th.guard_both(&self.get().header, &other.get().header);
            let mut entries = other.live_entries();
            (entries.find(|(hash, key, value)| !self.put(th, *hash, *key, *value)), entries)
        };
        for (hash, key, value) in left.into_iter().chain(rest) {
            self.set_hashed(th, key, hash, value)?;
            if other.len() != before {
                return Err(th.runtime_error("dict mutated during update"));
            }
        }
        Ok(())
    }

    /// Stores without running code of the program's; false if that cannot be. The caller holds the lock.
    fn put(self, th: &Thread, hash: u64, key: Value, value: Value) -> bool {
        let Some(table) = self.table.get() else {
            self.append(th, key, hash, value);
            return true;
        };
        match table.look(key, hash) {
            Look::Unsure => return false,
            Look::Absent => self.append(th, key, hash, value),
            Look::Found(at) => table.entries()[at].value.set(value),
        }
        true
    }

    /// Gives an empty dict the keys of another one at once: they differ, so none needs to be compared.
    pub fn fill_from(self, th: &Thread, other: Gc<Dict>) -> bool {
        let Some(table) = other.copy_of_table(th) else { return true };
        let _guard = th.guard(&self.get().header);
        if !self.is_empty() {
            return false;
        }
        self.table.set(Some(table));
        self.live.store(table.used() as u32, Ordering::Release);
        self.keys_changed();
        true
    }

    /// A new table with the live entries.
    fn copy_of_table(self, th: &Thread) -> Option<Gc<Table>> {
        let _guard = th.guard(&self.get().header);
        let old = self.table.get()?;
        let new = Table::new(th, self.len());
        new.take_over(old, self.len());
        Some(new)
    }

    /// `dict.copy()`, at once.
    pub fn copy(self, th: &Thread) -> Gc<Dict> {
        let copy = Dict::new(th);
        copy.fill_from(th, self);
        copy
    }

    fn update_from_mapping(self, th: &Thread, mapping: Value, keys: Value) -> Result<()> {
        let keys = th.call(keys, &[])?;
        if !ops::is_iterable(th, keys) {
            let (class, given) = (th.type_name(mapping), th.type_name(keys));
            return Err(th.type_error(format_args!("{class}.keys() returned a non-iterable (type {given})")));
        }
        ops::for_each(th, keys, |key| {
            let value = ops::get_item(th, mapping, key)?;
            self.set_item(th, key, value)
        })
    }

    fn update_from_pairs(self, th: &Thread, iterable: Value) -> Result<()> {
        let mut number = 0;
        ops::for_each(th, iterable, |pair| {
            if let Some([key, value]) = pair.downcast::<Tuple>().filter(|t| t.header.is_exact()).map(|t| t.items()) {
                number += 1;
                return self.set_item(th, *key, *value);
            }
            let pair = match ops::collect(th, pair) {
                Ok(pair) => pair,
                Err(raised) => return Err(no_sequence(th, raised, pair, number)),
            };
            match (pair.len(), pair.at(0), pair.at(1)) {
                (2, Some(key), Some(value)) => self.set_item(th, key, value)?,
                (len, ..) => {
                    return Err(th.value_error(format_args!(
                        "dictionary update sequence element #{number} has length {len}; 2 is required"
                    )));
                }
            }
            number += 1;
            Ok(())
        })
    }

    /// Takes a key out, whatever its value, and returns it; KeyError if there is none.
    pub fn pop_item(self, th: &Thread) -> Option<(Value, Value)> {
        let _guard = th.guard(&self.get().header);
        let table = self.table.get()?;
        let entries = table.entries();
        let (at, (key, value)) =
            (0..table.end().min(entries.len())).rev().find_map(|at| Some((at, entries[at].live()?)))?;
        self.delete_locked(table, at);
        Some((key, value))
    }

    /// Takes all of the keys that `iterable` yields, with one value: `dict.fromkeys`.
    pub fn set_all(self, th: &Thread, iterable: Value, value: Value) -> Result<()> {
        ops::for_each(th, iterable, |key| {
            let hash = key_hash(th, key)?;
            self.set_hashed(th, key, hash, value)
        })
    }
}

/// The dict whose entries can be taken without asking: not so if its class was given another `__iter__`.
pub fn walkable(th: &Thread, v: Value) -> Option<Gc<Dict>> {
    let dict = v.downcast::<Dict>()?;
    let iter = th.vm().names.__iter__;
    let base = th.vm().class_of_kind(crate::objects::kinds::DICT);
    let same = || th.lookup(th.class_of(v), iter) == th.lookup(base, iter);
    if dict.header.is_exact() || super::ordered::is_exact(th, dict) || same() { Some(dict) } else { None }
}

/// The error for an element that is no pair since nothing can be iterated over.
#[cold]
fn no_sequence(th: &Thread, raised: Raised, pair: Value, number: usize) -> Raised {
    let exception = match th.caught(raised, Exc::TypeError) {
        Ok(_) if !ops::is_iterable(th, pair) => th.type_error("object is not iterable"),
        Ok(exception) => th.raise_value(exception),
        Err(raised) => return raised,
    };
    let exception = th.take_exception(exception);
    let note = th.str(&format!("Cannot convert dictionary update sequence element #{number} to a sequence"));
    match th.call_method(exception, th.vm().names.add_note, &[note]) {
        Ok(_) => th.raise_value(exception),
        Err(raised) => raised,
    }
}

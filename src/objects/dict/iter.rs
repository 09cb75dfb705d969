//! The iterators over keys, values and items of dicts, forward and backward.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use crate::heap::{Cell, Gc, GcSlot, Header, Kind, Tracer, Value};
use crate::objects::iterators::{ITER, NEXT, REDUCE};
use crate::objects::kinds;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, TypeDef, native};

use super::{Dict, Entry, ordered};

/// Which part of an entry is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Part {
    Key,
    Value,
    Item,
}

#[repr(C)]
pub struct DictIter {
    pub header: Header,
    /// Nothing once exhausted.
    dict: GcSlot<Dict>,
    /// The entry to look at next; backward, the one behind it.
    position: AtomicUsize,
    /// The number of keys at the start, or the version of an ordered dict's; another one later is an error.
    expected: AtomicU32,
    /// How many of them are still to come.
    left: AtomicU32,
    part: Part,
    backward: bool,
    /// Over an ordered dict, of which `expected` is the version of its keys.
    ordered: bool,
}

/// No dict has so many keys.
const CHANGED: u32 = u32::MAX;

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for DictIter {
    const KIND: Kind = kinds::DICT_ITER;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.gc_slot(&self.dict);
    }
}

/// `iter(dict)`
pub fn iter_keys(th: &Thread, dict: Gc<Dict>) -> Value {
    iter(th, dict, Part::Key, false)
}

pub(super) fn iter(th: &Thread, dict: Gc<Dict>, part: Part, backward: bool) -> Value {
    let ordered = ordered::is_ordered(th, dict.value());
    let len = dict.len() as u32;
    let expected = if ordered { dict.keys_version() } else { len };
    let start = match dict.table.get() {
        Some(table) if backward => table.end(),
        Some(table) => table.first(),
        None => 0,
    };
    th.alloc(DictIter {
        header: iterator_header(part, backward, ordered),
        dict: GcSlot::new(Some(dict)),
        position: AtomicUsize::new(start),
        expected: AtomicU32::new(expected),
        left: AtomicU32::new(len),
        part,
        backward,
        ordered,
    })
    .value()
}

fn iterator_header(part: Part, backward: bool, ordered: bool) -> Header {
    kinds::header_of_type::<DictIter>(if ordered {
        kinds::ORDERED_ITER
    } else {
        ITERATOR_KINDS[part as usize + 3 * backward as usize]
    })
}

/// In the order of [`Part`], forward and then backward.
const ITERATOR_KINDS: [Kind; 6] = [
    kinds::DICT_ITER,
    kinds::DICT_VALUE_ITER,
    kinds::DICT_ITEM_ITER,
    kinds::DICT_REVERSE_KEY_ITER,
    kinds::DICT_REVERSE_VALUE_ITER,
    kinds::DICT_REVERSE_ITEM_ITER,
];

impl DictIter {
    #[inline]
    pub fn next(&self, th: &Thread) -> Result<Option<Value>> {
        if self.part == Part::Key {
            return Ok(self.advance(th)?.map(|(key, _)| key));
        }
        let Some((key, value)) = self.next_entry(th)? else { return Ok(None) };
        Ok(Some(if self.part == Part::Value { value } else { th.tuple(&[key, value]) }))
    }

    pub fn yields_items(&self) -> bool {
        self.part == Part::Item
    }

    #[inline]
    pub fn next_entry(&self, th: &Thread) -> Result<Option<(Value, Value)>> {
        self.advance(th)
    }

    /// What `expected` is compared with.
    #[inline]
    fn state_of(&self, dict: Gc<Dict>) -> u32 {
        if self.ordered { dict.keys_version() } else { dict.len() as u32 }
    }

    #[inline]
    fn advance(&self, th: &Thread) -> Result<Option<(Value, Value)>> {
        let Some(dict) = self.dict.get() else { return Ok(None) };
        if self.state_of(dict) != self.expected.load(Ordering::Relaxed) {
            return self.dict_changed(th);
        }
        let Some(entry) = self.step(dict) else {
            self.dict.set(None);
            return Ok(None);
        };
        match self.left.load(Ordering::Relaxed).checked_sub(1) {
            Some(left) => self.left.store(left, Ordering::Relaxed),
            None => {
                self.dict.set(None);
                return Err(th.runtime_error("dictionary keys changed during iteration"));
            }
        }
        Ok(Some(entry))
    }

    #[cold]
    fn dict_changed(&self, th: &Thread) -> Result<Option<(Value, Value)>> {
        if !self.ordered {
            // From now on, whatever the size becomes.
            self.expected.store(CHANGED, Ordering::Relaxed);
            return Err(th.runtime_error("dictionary changed size during iteration"));
        }
        self.dict.set(None);
        if self.left.load(Ordering::Relaxed) == 0 {
            // It was at its end before.
            return Ok(None);
        }
        Err(th.runtime_error("OrderedDict mutated during iteration"))
    }

    #[inline]
    fn step(&self, dict: Gc<Dict>) -> Option<(Value, Value)> {
        let entries = dict.table.get()?.entries();
        let position = self.position.load(Ordering::Relaxed);
        if self.backward {
            let (at, entry) = (0..position.min(entries.len())).rev().find_map(|at| Some((at, entries[at].live()?)))?;
            self.position.store(at, Ordering::Relaxed);
            return Some(entry);
        }
        let mut at = position;
        loop {
            let entry = entries.get(at)?.live();
            at += 1;
            if entry.is_some() {
                self.position.store(at, Ordering::Relaxed);
                return entry;
            }
        }
    }

    /// Another one at the same place.
    pub fn copy(&self, th: &Thread) -> Value {
        th.alloc(DictIter {
            header: iterator_header(self.part, self.backward, self.ordered),
            dict: GcSlot::new(self.dict.get()),
            position: AtomicUsize::new(self.position.load(Ordering::Relaxed)),
            expected: AtomicU32::new(self.expected.load(Ordering::Relaxed)),
            left: AtomicU32::new(self.left.load(Ordering::Relaxed)),
            part: self.part,
            backward: self.backward,
            ordered: self.ordered,
        })
        .value()
    }

    fn remaining(&self) -> usize {
        match self.dict.get() {
            Some(dict) if self.state_of(dict) == self.expected.load(Ordering::Relaxed) => {
                self.left.load(Ordering::Relaxed) as usize
            }
            _ => 0,
        }
    }
}

impl Gc<Dict> {
    /// The entries as they are when they are looked at: their table stays whatever happens to the dict, so this may be
    /// walked across calls into Python.
    pub fn live_entries(self) -> impl Iterator<Item = (u64, Value, Value)> {
        let entries: &'static [Entry] = self.table.get().map_or(&[], |table| table.entries());
        entries.iter().filter_map(|entry| entry.live().map(|(key, value)| (entry.hash(), key, value)))
    }
}

const LENGTH_HINT: NativeDef =
    native("__length_hint__", "($self, /)", "Private method returning an estimate of len(list(it)).", |th, args| {
        Ok(th.int(args[0].downcast::<DictIter>().map_or(0, |it| it.remaining()) as i64))
    });

const fn iterator_type(index: usize, name: &'static str, doc: &'static str) -> TypeDef {
    TypeDef { methods: &[ITER, NEXT, LENGTH_HINT, REDUCE], ..TypeDef::new(name, ITERATOR_KINDS[index], doc) }
}

/// In the order of [`ITERATOR_KINDS`].
pub static DICT_ITERATORS: [TypeDef; 6] = [
    iterator_type(0, "dict_keyiterator", "An iterator over the keys of a dict."),
    iterator_type(1, "dict_valueiterator", "An iterator over the values of a dict."),
    iterator_type(2, "dict_itemiterator", "An iterator over the items of a dict."),
    iterator_type(3, "dict_reversekeyiterator", "An iterator over the keys of a dict from its end."),
    iterator_type(4, "dict_reversevalueiterator", "An iterator over the values of a dict from its end."),
    iterator_type(5, "dict_reverseitemiterator", "An iterator over the items of a dict from its end."),
];

pub static ORDERED_ITERATOR: TypeDef = TypeDef {
    methods: &[ITER, NEXT, REDUCE],
    ..TypeDef::new("odict_iterator", kinds::ORDERED_ITER, "An iterator over an ordered dict.")
};

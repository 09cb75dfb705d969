//! The table behind a set: open addressing over slots of hash and key.
//!
//! Sizes, probing and growth are CPython's, so that sets of numbers come out in the order in which CPython has them. As
//! there, a slot whose key was [`DELETED`] can get another one. Readers take no lock, which rests on this:
//!
//! - the hash of a slot is written before its key is, and while it has none;
//! - a lookup compares the key that it has loaded, so an old hash beside a new key, or the other way round, can only make
//!   it miss a key that was deleted or added meanwhile; who wants both asks for [`SetEntry::hashed_key`];
//! - a full table is replaced, never rebuilt in place.
//!
//! A table knows whether it ever had a key that is a cell: large sets of numbers need no tracing.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use crate::heap::{Cell, Gc, Header, InParts, Kind, Slot, Tracer, Value, item_count};
use crate::objects::dict::keys_equal;
use crate::objects::kinds;
use crate::vm::Thread;

#[repr(C)]
pub struct SetTable {
    header: Header,
    /// The number of slots, a power of two, less one.
    mask: u32,
    /// Slots that are not unused: keys and deleted ones.
    fill: AtomicU32,
    /// How many keys were ever put into this table.
    added: AtomicU32,
    /// Whether one of them was a cell. Written before the key is.
    has_cells: AtomicBool,
}

const _: () = assert!(size_of::<SetTable>() == 24);

#[repr(C)]
pub struct SetEntry {
    hash: AtomicU64,
    key: Slot,
}

/// The mark of a deleted key: no Python value, but a constant that the collector passes over.
const DELETED: Value = Value::from_bits(1 << 48 | 0xDE1);

/// Neighbouring slots that are tried before jumping on.
const NEIGHBOURS: usize = 9;

// SAFETY: `repr(C)`, header first; the tail has `mask + 1` entries by construction and every key is reported.
unsafe impl Cell for SetTable {
    const KIND: Kind = kinds::SET_TABLE;
    fn trace(&self, tracer: &mut Tracer) {
        if self.has_cells.load(Ordering::Relaxed) {
            tracer.in_parts(self, self.mask as usize + 1);
        }
    }
}

impl InParts for SetTable {
    fn trace_part(&self, part: Range<usize>, tracer: &mut Tracer) {
        for entry in &self.entries()[part] {
            tracer.slot(&entry.key);
        }
    }
}

impl SetEntry {
    #[inline(always)]
    pub fn hash(&self) -> u64 {
        self.hash.load(Ordering::Relaxed)
    }

    /// The key, unless it was deleted or never there.
    #[inline(always)]
    pub fn key(&self) -> Option<Value> {
        let key = self.key.get();
        if key.is_empty() || key == DELETED { None } else { Some(key) }
    }

    /// A key and its own hash, also while other threads delete and add keys.
    #[inline(always)]
    pub fn hashed_key(&self) -> Option<(u64, Value)> {
        loop {
            let before = self.hash.load(Ordering::Acquire);
            let key = self.key()?;
            let after = self.hash();
            if before == after {
                return Some((after, key));
            }
        }
    }

    #[inline(always)]
    pub fn is_unused(&self) -> bool {
        self.key.get().is_empty()
    }

    /// Under the set's lock.
    pub fn delete(&self) {
        self.key.set(DELETED);
    }
}

/// What can be said of a key without running code of the program's.
pub enum Look {
    /// It, or one equal to it, lies there.
    Found(&'static SetEntry, Value),
    /// It is absent; where [`SetTable::insert`] would put it, unless a deleted slot lies on its way.
    Absent(Option<&'static SetEntry>),
    /// A key of the same hash has to be compared with it.
    Unsure,
}

impl SetTable {
    /// An empty table of more than `least` slots.
    pub fn new(th: &Thread, least: usize) -> Gc<SetTable> {
        let size = (least + 1).next_power_of_two().max(8);
        let header = Header::of_kind(kinds::SET_TABLE);
        let table = SetTable {
            header,
            mask: item_count(size - 1),
            fill: AtomicU32::new(0),
            added: AtomicU32::new(0),
            has_cells: AtomicBool::new(false),
        };
        th.alloc_with_tail(table, size * size_of::<SetEntry>())
    }

    #[inline(always)]
    pub fn mask(&self) -> usize {
        self.mask as usize
    }

    #[inline(always)]
    pub fn fill(&self) -> usize {
        self.fill.load(Ordering::Acquire) as usize
    }

    #[inline(always)]
    pub fn entries(&self) -> &'static [SetEntry] {
        // SAFETY: `new` allocated `mask + 1` zeroed entries behind the fixed part; they are plain atomics, and the cell
        // lives while anything points into it.
        unsafe { std::slice::from_raw_parts(std::ptr::from_ref(self).wrapping_add(1).cast(), self.mask() + 1) }
    }

    /// Whether so many slots are taken that CPython would have made a larger table.
    #[inline(always)]
    pub fn crowded(&self, fill: usize) -> bool {
        fill * 5 >= self.mask() * 3
    }

    /// Looks for a key as far as that needs no code of the program's.
    ///
    /// What most lookups come to, the key itself or nothing in the first place, is told where this is inlined.
    #[inline(always)]
    pub fn look(&self, key: Value, hash: u64) -> Look {
        let first = &self.entries()[hash as usize & self.mask()];
        match first.key.get() {
            found if found == key => Look::Found(first, found),
            Value::EMPTY => Look::Absent(Some(first)),
            _ => self.look_on(key, hash),
        }
    }

    #[inline(never)]
    fn look_on(&self, key: Value, hash: u64) -> Look {
        let (entries, mask) = (self.entries(), self.mask());
        let (mut start, mut perturb) = (hash as usize & mask, hash);
        let mut deleted = false;
        loop {
            let end = if start + NEIGHBOURS <= mask { start + NEIGHBOURS } else { start };
            for entry in &entries[start..=end] {
                let found = entry.key.get();
                if found == key {
                    return Look::Found(entry, found);
                }
                if found.is_empty() {
                    return Look::Absent(if deleted { None } else { Some(entry) });
                }
                deleted |= found == DELETED;
                if entry.hash() == hash && found != DELETED {
                    match keys_equal(found, key) {
                        Some(true) => return Look::Found(entry, found),
                        Some(false) => {}
                        None => return Look::Unsure,
                    }
                }
            }
            perturb >>= 5;
            start = start.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
        }
    }

    #[inline(always)]
    pub fn probe(&self, hash: u64) -> Probe {
        let mask = self.mask();
        let start = hash as usize & mask;
        Probe { entries: self.entries(), mask, start, at: start, perturb: hash }
    }

    /// Puts a key that is absent into the last deleted slot on its way, or else into the first unused one, which ends the
    /// way. The caller holds the set's lock.
    #[inline]
    pub fn insert(&self, hash: u64, key: Value) {
        let mut probe = self.probe(hash);
        let mut deleted = None;
        let unused = loop {
            let entry = probe.next_entry();
            match entry.key.get() {
                Value::EMPTY => break entry,
                DELETED => deleted = Some(entry),
                _ => {}
            }
        };
        match deleted {
            Some(entry) => self.fill_slot(entry, hash, key),
            None => self.fill_unused(unused, hash, key),
        }
    }

    /// Puts an absent key into the unused slot that [`SetTable::look`] found, nothing having been added since. The caller
    /// holds the set's lock.
    #[inline]
    pub fn fill_unused(&self, unused: &SetEntry, hash: u64, key: Value) {
        self.fill.store(self.fill.load(Ordering::Relaxed) + 1, Ordering::Release);
        self.fill_slot(unused, hash, key);
    }

    #[inline]
    fn fill_slot(&self, entry: &SetEntry, hash: u64, key: Value) {
        if key.is_cell() {
            self.has_cells.store(true, Ordering::Relaxed);
        }
        entry.hash.store(hash, Ordering::Release);
        entry.key.set(key);
        self.added.store(self.added().wrapping_add(1), Ordering::Release);
    }

    /// Puts the keys of `old` into this new table, which nobody else knows and which has room for them. The caller holds the
    /// lock of the set that has `old`.
    pub fn take_over(&self, old: Gc<SetTable>) {
        let (own, mask) = (self.entries(), self.mask());
        let mut count = 0;
        for entry in Taken::of(Some(old)) {
            // Nobody changes it: its hash is that of its key.
            let Some(key) = entry.key() else { continue };
            let hash = entry.hash();
            let first = &own[hash as usize & mask];
            let entry = if first.is_unused() { first } else { self.first_unused(hash) };
            entry.hash.store(hash, Ordering::Relaxed);
            entry.key.set(key);
            count += 1;
        }
        self.filled_from(&old, count);
    }

    /// As `take_over`, from a table of the same size without deleted keys: each key gets the slot that it has there.
    pub fn take_over_slots(&self, old: &SetTable) {
        // What an unused slot has for a hash is never looked at, and telling them apart would cost more.
        for (to, from) in self.entries().iter().zip(old.entries()) {
            to.hash.store(from.hash(), Ordering::Relaxed);
            to.key.set(from.key.get());
        }
        self.filled_from(old, old.fill() as u32);
    }

    fn filled_from(&self, old: &SetTable, count: u32) {
        self.has_cells.store(old.has_cells.load(Ordering::Relaxed), Ordering::Relaxed);
        self.fill.store(count, Ordering::Release);
        self.added.store(count, Ordering::Release);
    }

    fn first_unused(&self, hash: u64) -> &'static SetEntry {
        let mut probe = self.probe(hash);
        loop {
            let entry = probe.next_entry();
            if entry.is_unused() {
                return entry;
            }
        }
    }

    /// How many keys were ever put into this table: unchanged, an absent key is still absent.
    #[inline(always)]
    pub fn added(&self) -> u32 {
        self.added.load(Ordering::Acquire)
    }
}

/// A walk over the slots of a table that have a key, in order; `key` of one may be `None` where another thread has deleted it
/// meanwhile.
///
/// Which of them those are is seen for many at a time and without a branch for each: hashes leave the slots of a set taken
/// or not as a coin falls, and a processor guesses every other one wrong. (`sets`)
pub struct Taken {
    /// `None` for a set that has no table yet: told here, since an `Option` of a walk, flattened, is not inlined. (`sets`)
    table: Option<Gc<SetTable>>,
    /// How many keys had been put into the table when the slots were looked at.
    added: u32,
    /// The slot after the last one that was given.
    at: usize,
    /// The slot behind those that were looked at.
    seen: usize,
    /// The taken ones among those from `at` on, the lowest bit for slot `at`.
    bits: u64,
}

/// How many slots are looked at together.
const ROW: usize = 32;

impl Taken {
    #[inline(always)]
    pub fn of(table: Option<Gc<SetTable>>) -> Taken {
        Taken { table, added: table.map_or(0, |table| table.added()), at: 0, seen: 0, bits: 0 }
    }
}

impl Iterator for Taken {
    type Item = &'static SetEntry;

    #[inline(always)]
    fn next(&mut self) -> Option<&'static SetEntry> {
        let table = self.table?;
        let entries = table.entries();
        let added = table.added();
        if added != self.added {
            // What comparing a key has put into a slot ahead is met there, as if each slot were looked at alone.
            (self.added, self.seen, self.bits) = (added, self.at, 0);
        }
        while self.bits == 0 {
            if self.seen >= entries.len() {
                return None;
            }
            let row = &entries[self.seen..entries.len().min(self.seen + ROW)];
            self.at = self.seen;
            self.seen += row.len();
            self.bits = taken_of(row);
        }
        // What was passed over is shifted out.
        let ahead = self.bits.trailing_zeros() as usize;
        let entry = &entries[self.at + ahead];
        self.at += ahead + 1;
        self.bits = self.bits >> ahead >> 1;
        Some(entry)
    }
}

#[inline(always)]
fn taken_of(row: &[SetEntry]) -> u64 {
    let mut bits = 0;
    // The last slot first: each is shifted by one, and none by a number of its own.
    for entry in row.iter().rev() {
        bits = bits << 1 | u64::from(!entry.key.get().is_empty());
    }
    bits
}

/// The slots that a hash leads to: some neighbours, then somewhere else, on and on. It comes across an unused one.
pub struct Probe {
    entries: &'static [SetEntry],
    mask: usize,
    start: usize,
    at: usize,
    perturb: u64,
}

impl Probe {
    #[inline(always)]
    pub fn next_entry(&mut self) -> &'static SetEntry {
        let entry = &self.entries[self.at];
        // Neighbours are looked at only where all of them lie within the table.
        if self.at < self.start + NEIGHBOURS && self.start + NEIGHBOURS <= self.mask {
            self.at += 1;
        } else {
            self.perturb >>= 5;
            self.start = self.start.wrapping_mul(5).wrapping_add(1).wrapping_add(self.perturb as usize) & self.mask;
            self.at = self.start;
        }
        entry
    }
}

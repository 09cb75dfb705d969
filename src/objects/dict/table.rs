//! The table behind a dict: entries in order of insertion, and the indices that hashes lead to.
//!
//! One cell: the fixed part, `capacity` entries, then a power of two of indices, as narrow as the capacity allows. An
//! index is 0 while unused and otherwise the number of its entry plus one. Readers take no lock, which rests on this:
//!
//! - hash and key of an entry are written before its index is published, and never again;
//! - deleting a key makes its value `EMPTY` and leaves the rest, so an index never leads to another key in the same
//!   table; a key that comes back is appended as a new entry, further along the same probe sequence;
//! - a full table is replaced by another, never rebuilt in place;
//! - places before the first entry, which only ordered dicts have in stock, count as used by deleted keys until a key is
//!   moved there. Then both of its entries lead to it for a moment, and never none.
//!
//! The key of a deleted entry is no longer reported to the collector: whoever reads a key looks at its value first.

use std::ops::Range;
use std::sync::atomic::{AtomicU8, AtomicU16, AtomicU32, AtomicU64, Ordering};

use crate::heap::{Cell, Gc, Header, InParts, Kind, ShapeId, Slot, Tracer, Value, item_count};
use crate::objects::kinds;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::vm::Thread;

use super::lookup::keys_equal;

#[repr(C)]
pub struct Table {
    pub header: Header,
    capacity: u32,
    /// Entries appended so far, deleted ones included.
    used: AtomicU32,
    /// No live entry comes before this one: deleting from the front must not make the next look at the front slow.
    first: AtomicU32,
    /// No live entry comes at or after this one: the same for the end.
    end: AtomicU32,
}

const _: () = assert!(size_of::<Table>() == 24);

/// A key with its hash and value. Key and hash are written once; the value is `EMPTY` once the key was deleted.
#[repr(C)]
pub struct Entry {
    pub hash: AtomicU64,
    pub key: Slot,
    pub value: Slot,
}

const _: () = assert!(size_of::<Entry>() == 24);

impl Entry {
    #[inline(always)]
    pub fn hash(&self) -> u64 {
        self.hash.load(Ordering::Relaxed)
    }

    /// Writes an entry that was never used, and that no index leads to yet.
    #[inline(always)]
    fn write(&self, hash: u64, key: Value, value: Value) {
        self.hash.store(hash, Ordering::Relaxed);
        self.key.set(key);
        self.value.set(value);
    }

    /// Key and value, unless the key was deleted.
    #[inline(always)]
    pub fn live(&self) -> Option<(Value, Value)> {
        let value = self.value.get();
        if value.is_empty() { None } else { Some((self.key.get(), value)) }
    }
}

/// The fewest indices a table has that may get more entries; two thirds of them can be used.
const MIN_INDICES: usize = 8;
/// The fewest that any has, and how many entries: keywords that a function collects are few and stay so.
const FEWEST_INDICES: usize = 4;
const FEWEST: usize = FEWEST_INDICES * 2 / 3;
/// The largest capacities whose indices fit one byte and two.
const MAX_BYTE: u32 = 170;
const MAX_SHORT: u32 = 43690;
const SHORT_FROM: u32 = MAX_BYTE + 1;

const STR_SHAPE: ShapeId = ShapeId(kinds::STR.0 as u32);
const TUPLE_SHAPE: ShapeId = ShapeId(kinds::TUPLE.0 as u32);

// SAFETY: `repr(C)`, header first; the tail has `capacity` entries by construction, and every live one is reported.
unsafe impl Cell for Table {
    const KIND: Kind = kinds::TABLE;
    fn trace(&self, tracer: &mut Tracer) {
        // SAFETY: cells are traced at their own address.
        let this: Gc<Table> = unsafe { Gc::from_address(std::ptr::from_ref(self) as usize) };
        tracer.in_parts(self, this.used());
    }
}

impl InParts for Table {
    fn trace_part(&self, part: Range<usize>, tracer: &mut Tracer) {
        // SAFETY: cells are traced at their own address.
        let this: Gc<Table> = unsafe { Gc::from_address(std::ptr::from_ref(self) as usize) };
        for entry in &this.entries()[part] {
            if let Some((key, value)) = entry.live() {
                tracer.value(key);
                tracer.value(value);
            }
        }
    }
}

impl Table {
    /// An empty table with room for at least `entries`.
    pub fn new(th: &Thread, entries: usize) -> Gc<Table> {
        let (indices, capacity, width) = if entries <= const { MIN_INDICES * 2 / 3 } {
            (MIN_INDICES, const { MIN_INDICES * 2 / 3 }, 1)
        } else {
            let indices = (entries + entries.div_ceil(2)).next_power_of_two().max(MIN_INDICES);
            let capacity = indices * 2 / 3;
            (indices, capacity, width(capacity as u32))
        };
        let table = Table {
            header: Header::of_kind(kinds::TABLE),
            capacity: item_count(capacity),
            used: AtomicU32::new(0),
            first: AtomicU32::new(0),
            end: AtomicU32::new(0),
        };
        th.alloc_with_tail(table, capacity * size_of::<Entry>() + indices * width)
    }

    /// As `new`, without the room that a table begins with for what may come.
    #[inline(always)]
    pub fn for_just(th: &Thread, entries: usize) -> Gc<Table> {
        if entries > FEWEST {
            return Table::new(th, entries);
        }
        let table = Table {
            header: Header::of_kind(kinds::TABLE),
            capacity: FEWEST as u32,
            used: AtomicU32::new(0),
            first: AtomicU32::new(0),
            end: AtomicU32::new(0),
        };
        th.alloc_with_tail(table, const { FEWEST * size_of::<Entry>() + FEWEST_INDICES })
    }

    /// An empty table with room for `entries`, and for as many as are in stock before the first of them.
    pub fn with_stock(th: &Thread, entries: usize, stock: usize) -> Gc<Table> {
        let table = Table::new(th, entries + stock);
        for place in [&table.used, &table.first, &table.end] {
            place.store(stock as u32, Ordering::Release);
        }
        table
    }

    #[inline(always)]
    pub fn capacity(&self) -> usize {
        self.capacity as usize
    }

    /// How many entries were appended so far, deleted ones included.
    #[inline(always)]
    pub fn used(&self) -> usize {
        self.used.load(Ordering::Acquire) as usize
    }

    /// Where walking the live entries can begin.
    #[inline(always)]
    pub fn first(&self) -> usize {
        self.first.load(Ordering::Relaxed) as usize
    }

    /// Where walking the live entries backward can begin: behind this.
    #[inline(always)]
    pub fn end(&self) -> usize {
        self.end.load(Ordering::Relaxed) as usize
    }

    /// The number of indices less one. Capacities are two thirds of a power of two, from which it follows: rounding down
    /// takes one or two thirds away there, and nothing or a half here, which makes one together.
    #[inline(always)]
    fn mask(&self) -> usize {
        (self.capacity + self.capacity / 2) as usize
    }

    #[inline(always)]
    fn tail(&self) -> *const u8 {
        std::ptr::from_ref(self).wrapping_add(1).cast()
    }

    /// All entries, used or not.
    #[inline(always)]
    fn all(&self) -> &'static [Entry] {
        // SAFETY: `new` allocated `capacity` zeroed entries behind the fixed part; they are plain atomics, and the cell
        // lives while anything points into it.
        unsafe { std::slice::from_raw_parts(self.tail().cast(), self.capacity()) }
    }

    #[inline(always)]
    fn indices<I: Index>(&self) -> &'static [I] {
        debug_assert!(I::WIDTH == width(self.capacity));
        let at = self.tail().wrapping_add(self.capacity() * size_of::<Entry>());
        // SAFETY: behind the entries lie `mask + 1` zeroed indices of the width that belongs to the capacity, which is
        // that of `I`: only `look`, `probe` and `append` call this, and they choose `I` by the capacity.
        unsafe { std::slice::from_raw_parts(at.cast(), self.mask() + 1) }
    }

    /// The indices as words of eight bytes, at least [`MIN_INDICES`] of them: for copying all while nobody writes any.
    #[inline(always)]
    fn index_words(&self) -> &'static [AtomicU64] {
        let at = self.tail().wrapping_add(self.capacity() * size_of::<Entry>());
        let bytes = (self.mask() + 1) * width(self.capacity);
        // SAFETY: there are so many zeroed bytes, behind entries, which are words. Loads of other sizes may happen at the same
        // time, stores not: the caller holds the dict's lock, or nobody knows the table.
        unsafe { std::slice::from_raw_parts(at.cast(), bytes / size_of::<AtomicU64>()) }
    }

    /// What the index at `slot` says: 0, or the number of an entry plus one.
    #[inline(always)]
    fn index(&self, slot: usize) -> usize {
        match width(self.capacity) {
            1 => self.indices::<AtomicU8>()[slot].get(),
            2 => self.indices::<AtomicU16>()[slot].get(),
            _ => self.indices::<AtomicU32>()[slot].get(),
        }
    }

    /// What the first place of a hash says of a key: it is there, or nothing is.
    #[inline(always)]
    pub fn look_first(&self, key: Value, hash: u64) -> Option<Look> {
        let Some(at) = self.index(hash as usize & self.mask()).checked_sub(1) else { return Some(Look::Absent) };
        let entry = &self.all()[at];
        if entry.key.get() == key && !entry.value.get().is_empty() { Some(Look::Found(at)) } else { None }
    }

    /// Looks for a key as far as that needs no code of the program's.
    #[inline(always)]
    pub fn look(&self, key: Value, hash: u64) -> Look {
        self.look_first(key, hash).unwrap_or_else(|| self.look_on(key, hash))
    }

    /// As `look`, where the first place does not tell. Which of several ways it goes is told apart from them, so that none has
    /// to save registers for another.
    #[inline(never)]
    pub fn look_on(&self, key: Value, hash: u64) -> Look {
        match (width(self.capacity), key.header().map(Header::shape)) {
            (1, Some(STR_SHAPE)) => self.look_for_text(key, hash),
            (2, Some(TUPLE_SHAPE)) => self.look_for_tuple(key, hash),
            _ => self.look_wide(key, hash),
        }
    }

    /// A new string that is equal to a key of a small dict.
    #[inline(never)]
    fn look_for_text(&self, key: Value, hash: u64) -> Look {
        let Some(text) = key.downcast_exact::<Str>() else { return self.look_wide(key, hash) };
        self.look_in(self.indices::<AtomicU8>(), key, hash, |found| match found.downcast_exact::<Str>() {
            Some(found) => Some(found.same_text(&text)),
            None => keys_equal(found, key),
        })
    }

    /// A new tuple of the very items of a key.
    #[inline(never)]
    fn look_for_tuple(&self, key: Value, hash: u64) -> Look {
        let items = key.downcast_exact::<Tuple>().map_or(&[][..], Gc::<Tuple>::items);
        self.look_in(self.indices::<AtomicU16>(), key, hash, |found| match found.downcast_exact::<Tuple>() {
            Some(found) if found.items() == items => Some(true),
            _ => keys_equal(found, key),
        })
    }

    #[inline(never)]
    fn look_wide(&self, key: Value, hash: u64) -> Look {
        let equal = |found| keys_equal(found, key);
        match width(self.capacity) {
            1 => self.look_in(self.indices::<AtomicU8>(), key, hash, equal),
            2 => self.look_in(self.indices::<AtomicU16>(), key, hash, equal),
            _ => self.look_in(self.indices::<AtomicU32>(), key, hash, equal),
        }
    }

    /// `equal` says whether another key of the same hash is equal, if that can be told.
    #[inline(always)]
    fn look_in<I: Index>(&self, indices: &[I], key: Value, hash: u64, equal: impl Fn(Value) -> Option<bool>) -> Look {
        let (entries, mask) = (self.all(), indices.len() - 1);
        let mut way = Way::new(hash, mask);
        loop {
            let Some(at) = indices[way.slot].get().checked_sub(1) else { return Look::Absent };
            let entry = &entries[at];
            let found = entry.key.get();
            if found == key {
                if !entry.value.get().is_empty() {
                    return Look::Found(at);
                }
            } else if entry.hash() == hash && !entry.value.get().is_empty() {
                match equal(found) {
                    Some(true) => return Look::Found(at),
                    Some(false) => {}
                    None => return Look::Unsure,
                }
            }
            way.advance(mask);
        }
    }

    /// Puts `index` into the first unused place on the way of `hash`.
    #[inline(always)]
    fn add_index<I: Index>(&self, indices: &[I], hash: u64, index: usize) {
        let mask = indices.len() - 1;
        let mut way = Way::new(hash, mask);
        while indices[way.slot].get() != 0 {
            way.advance(mask);
        }
        indices[way.slot].set(index);
    }
}

/// What can be said of a key without running code of the program's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// It is the key of this entry.
    Found(usize),
    Absent,
    /// A key of the same hash has to be compared with it.
    Unsure,
}

/// Bytes of an index in a table of this capacity.
#[inline(always)]
fn width(capacity: u32) -> usize {
    match capacity {
        0..=MAX_BYTE => 1,
        SHORT_FROM..=MAX_SHORT => 2,
        _ => 4,
    }
}

/// An index of some width; 0 while it is unused.
trait Index {
    const WIDTH: usize;
    fn get(&self) -> usize;
    fn set(&self, index: usize);
}

macro_rules! index_types {
    ($($atomic:ty, $number:ty;)*) => {
        $(impl Index for $atomic {
            const WIDTH: usize = size_of::<$number>();
            #[inline(always)]
            fn get(&self) -> usize {
                self.load(Ordering::Acquire) as usize
            }
            #[inline(always)]
            fn set(&self, index: usize) {
                self.store(index as $number, Ordering::Release);
            }
        })*
    };
}

index_types! {
    AtomicU8, u8;
    AtomicU16, u16;
    AtomicU32, u32;
}

/// The slots that a hash leads to, one after the other: first its low bits, then a walk that in the end visits every slot
/// and on the way takes the higher bits in.
struct Way {
    slot: usize,
    perturb: u64,
}

impl Way {
    #[inline(always)]
    fn new(hash: u64, mask: usize) -> Way {
        Way { slot: hash as usize & mask, perturb: hash }
    }

    #[inline(always)]
    fn advance(&mut self, mask: usize) {
        self.perturb >>= 5;
        self.slot = self.slot.wrapping_mul(5).wrapping_add(self.perturb as usize).wrapping_add(1) & mask;
    }
}

impl Gc<Table> {
    /// The entries appended so far, deleted ones included.
    #[inline(always)]
    pub fn entries(self) -> &'static [Entry] {
        let used = self.used();
        &self.get().all()[..used]
    }

    /// The entry at `index`, if the table has as many.
    #[inline(always)]
    pub fn entry(self, index: usize) -> Option<&'static Entry> {
        self.get().all().get(index)
    }

    /// The value of the entry at `index`, unless it was deleted.
    #[inline(always)]
    pub fn value_at(self, index: usize) -> Option<Value> {
        let value = self.entry(index)?.value.get();
        if value.is_empty() { None } else { Some(value) }
    }

    /// The walk over the entries that may have the hash.
    #[inline(always)]
    pub fn probe(self, hash: u64) -> Probe {
        let mask = self.mask();
        Probe { table: self, mask, way: Way::new(hash, mask) }
    }

    /// Appends an entry. The caller holds the dict's lock, knows that the key is absent, and that there is room.
    #[inline(always)]
    pub fn append(self, hash: u64, key: Value, value: Value) {
        let at = self.used.load(Ordering::Relaxed);
        self.write(at as usize, hash, key, value);
        self.used.store(at + 1, Ordering::Release);
        self.end.store(at + 1, Ordering::Relaxed);
    }

    /// Puts the live entries of `old`, a table with `live` of them, into this new one, which is empty, has room for them and
    /// was seen by nobody yet. The caller holds the lock of the dict that has `old`.
    ///
    /// How wide an index is, is asked once for all of them. (`dicts`)
    pub fn take_over(self, old: Gc<Table>, live: usize) {
        // Without deleted entries each keeps its number, and in as large a table the indices say the same.
        let same = self.capacity == old.capacity && self.mask() + 1 >= MIN_INDICES && old.used() == live;
        let used = if same {
            self.copy_all(old)
        } else {
            match width(self.capacity) {
                1 => self.append_all(self.indices::<AtomicU8>(), old),
                2 => self.append_all(self.indices::<AtomicU16>(), old),
                _ => self.append_all(self.indices::<AtomicU32>(), old),
            }
        };
        self.used.store(used as u32, Ordering::Release);
        self.end.store(used as u32, Ordering::Relaxed);
    }

    /// Writes the live entries of `old` and their indices; how many they are.
    #[inline(always)]
    fn append_all<I: Index>(self, indices: &[I], old: Gc<Table>) -> usize {
        let all = self.get().all();
        let mut used = 0;
        for entry in old.entries() {
            let Some((key, value)) = entry.live() else { continue };
            let hash = entry.hash();
            all[used].write(hash, key, value);
            used += 1;
            self.add_index(indices, hash, used);
        }
        used
    }

    /// Writes the entries of `old`, none of them deleted, and the indices as they are there.
    fn copy_all(self, old: Gc<Table>) -> usize {
        let entries = old.entries();
        for (to, from) in self.get().all().iter().zip(entries) {
            to.write(from.hash(), from.key.get(), from.value.get());
        }
        for (to, from) in self.index_words().iter().zip(old.index_words()) {
            to.store(from.load(Ordering::Relaxed), Ordering::Relaxed);
        }
        entries.len()
    }

    /// Appends an entry to a small table that nobody else has seen yet, if the first place of its hash is unused (so its key is
    /// absent) and there is room.
    #[inline(always)]
    pub fn fill(self, hash: u64, key: Value, value: Value) -> bool {
        if self.capacity > MAX_BYTE || !self.has_room() {
            return false;
        }
        let index = &self.indices::<AtomicU8>()[hash as usize & self.mask()];
        if index.get() != 0 {
            return false;
        }
        let at = self.used.load(Ordering::Relaxed);
        self.get().all()[at as usize].write(hash, key, value);
        index.set(at as usize + 1);
        self.used.store(at + 1, Ordering::Release);
        self.end.store(at + 1, Ordering::Relaxed);
        true
    }

    /// Writes an entry that was never used, and then its index.
    #[inline(always)]
    fn write(self, at: usize, hash: u64, key: Value, value: Value) {
        self.get().all()[at].write(hash, key, value);
        let index = at + 1;
        match width(self.capacity) {
            1 => self.add_index(self.indices::<AtomicU8>(), hash, index),
            2 => self.add_index(self.indices::<AtomicU16>(), hash, index),
            _ => self.add_index(self.indices::<AtomicU32>(), hash, index),
        }
    }

    /// Puts an entry before all others, if there is a place in stock there. The caller holds the dict's lock, and will delete
    /// the key's other entry.
    pub fn prepend(self, hash: u64, key: Value, value: Value) -> bool {
        let all = self.get().all();
        // Places that were never used are still zero.
        let stock = all[..self.first()].partition_point(|entry| entry.key.get().is_empty());
        let Some(at) = stock.checked_sub(1) else { return false };
        self.write(at, hash, key, value);
        self.first.store(at as u32, Ordering::Relaxed);
        true
    }

    /// The positions of live entries, in order.
    pub fn live_positions(self) -> impl DoubleEndedIterator<Item = usize> {
        let entries = self.entries();
        let end = self.end().min(entries.len());
        (self.first().min(end)..end).filter(|at| entries[*at].live().is_some())
    }

    /// Deletes a live entry and returns its value. The caller holds the dict's lock.
    pub fn delete(self, index: usize) -> Value {
        let slot = &self.get().all()[index].value;
        let value = slot.get();
        slot.set(Value::EMPTY);
        if index == self.first() {
            self.first.store(index as u32 + 1, Ordering::Relaxed);
        }
        if index + 1 == self.end() {
            self.end.store(index as u32, Ordering::Relaxed);
        }
        value
    }

    pub fn has_room(self) -> bool {
        self.used.load(Ordering::Relaxed) < self.capacity
    }
}

/// The walk over the entries that may have a hash.
pub struct Probe {
    table: Gc<Table>,
    mask: usize,
    way: Way,
}

impl Probe {
    /// The number of the next entry on the way, `None` at the first unused index.
    #[inline(always)]
    pub fn next_entry(&mut self) -> Option<usize> {
        let index = self.table.index(self.way.slot);
        self.way.advance(self.mask);
        index.checked_sub(1)
    }
}

//! `set` and `frozenset`.
//!
//! - `table`: the store, and the rules that let readers go without a lock
//! - `algebra`: union, intersection and their siblings; comparison
//! - `iter`: the iterator
//! - `methods`: what programs call
//!
//! What both types share works on a [`AnySet`]. Comparing keys may run the program's own `__eq__`, so nothing is locked
//! meanwhile, and afterwards we look again (see `dict::lookup`, which does the same).

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use crate::heap::{Cell, Gc, GcSlot, Header, Kind, Tracer, Value};
use crate::vm::native::Result;
use crate::vm::{Thread, ops};

use super::dict::keys_equal;
use super::exception::Exc;
use super::kinds;

pub mod algebra;
mod iter;
mod methods;
mod table;

pub use algebra::compare;
pub use iter::{SET_ITERATOR, SetIter, iter};
pub use methods::{FROZENSET, SET};
use table::Taken;
pub use table::{Look, SetEntry, SetTable};

#[repr(C)]
pub struct Set {
    pub header: Header,
    body: Body,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Set {
    const KIND: Kind = kinds::SET;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.gc_slot(&self.body.table);
    }
}

#[repr(C)]
pub struct FrozenSet {
    pub header: Header,
    body: Body,
    /// 0 until it is computed.
    hash: AtomicU64,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for FrozenSet {
    const KIND: Kind = kinds::FROZENSET;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.gc_slot(&self.body.table);
    }
}

/// What both have.
#[repr(C)]
struct Body {
    /// Nothing while it has never had a key.
    table: GcSlot<SetTable>,
    used: AtomicU32,
    /// Where `pop` looks next.
    finger: AtomicU32,
}

impl Body {
    fn empty() -> Body {
        Body { table: GcSlot::new(None), used: AtomicU32::new(0), finger: AtomicU32::new(0) }
    }
}

/// A set or a frozenset.
#[derive(Clone, Copy)]
pub struct AnySet {
    header: &'static Header,
    body: &'static Body,
}

/// `v` as a set, if it is one: a set, a frozenset, or an instance of a subclass.
#[inline]
pub fn of(v: Value) -> Option<AnySet> {
    if let Some(set) = v.downcast::<Set>() {
        return Some(set.any());
    }
    v.downcast::<FrozenSet>().map(Gc::any_frozen)
}

impl Set {
    /// The contents of an empty set: what `__new__` gives to `th.instantiate`.
    pub fn empty() -> Set {
        Set { header: Header::of_kind(kinds::SET), body: Body::empty() }
    }

    pub fn new(th: &Thread) -> Gc<Set> {
        th.alloc(Set::empty())
    }

    pub fn len(&self) -> usize {
        self.body.used.load(Ordering::Acquire) as usize
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl FrozenSet {
    pub fn empty() -> FrozenSet {
        FrozenSet { header: Header::of_kind(kinds::FROZENSET), body: Body::empty(), hash: AtomicU64::new(0) }
    }

    pub fn new(th: &Thread) -> Gc<FrozenSet> {
        th.alloc(FrozenSet::empty())
    }

    pub fn len(&self) -> usize {
        self.body.used.load(Ordering::Acquire) as usize
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Gc<Set> {
    #[inline(always)]
    pub fn any(self) -> AnySet {
        let set = self.get();
        AnySet { header: &set.header, body: &set.body }
    }

    pub fn add(self, th: &Thread, key: Value) -> Result<()> {
        self.any().add(th, key)
    }

    pub fn update(self, th: &Thread, iterable: Value) -> Result<()> {
        self.any().update(th, iterable)
    }
}

impl Gc<FrozenSet> {
    #[inline(always)]
    pub fn any_frozen(self) -> AnySet {
        let set = self.get();
        AnySet { header: &set.header, body: &set.body }
    }
}

/// The hash of a key; a TypeError says what the key was wanted for.
#[inline]
pub fn element_hash(th: &Thread, key: Value) -> Result<u64> {
    match ops::hash(th, key) {
        Ok(hash) => Ok(hash as u64),
        Err(raised) => Err(super::dict::unhashable(th, raised, key, "set element")),
    }
}

/// Where a key was found, or what the set looked like when it was not.
struct Place {
    table: Option<Gc<SetTable>>,
    /// What [`SetTable::added`] said before the search.
    added: u32,
    /// Where it was found, and the very key that was there.
    entry: Option<(&'static SetEntry, Value)>,
    /// Where it would go, if that is known.
    unused: Option<&'static SetEntry>,
}

impl Place {
    /// It was not found in this table.
    fn absent(table: Option<Gc<SetTable>>, added: u32) -> Place {
        Place { table, added, entry: None, unused: None }
    }
}

impl AnySet {
    #[inline(always)]
    pub fn len(self) -> usize {
        self.body.used.load(Ordering::Acquire) as usize
    }

    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    #[inline(always)]
    pub fn table(self) -> Option<Gc<SetTable>> {
        self.body.table.get()
    }

    #[inline(always)]
    fn entries(self) -> &'static [SetEntry] {
        self.table().map_or(&[], |table| table.entries())
    }

    /// The slots that have a key.
    #[inline(always)]
    fn taken(self) -> Taken {
        Taken::of(self.table())
    }

    /// A snapshot of the keys. It is not scanned by the collector: no safepoint while it is used.
    pub fn items(self, th: &Thread) -> Vec<Value> {
        let _guard = th.guard(self.header);
        self.entries().iter().filter_map(SetEntry::key).collect()
    }

    #[inline]
    fn find(self, th: &Thread, key: Value, hash: u64) -> Result<Place> {
        let Some(table) = self.table() else { return Ok(Place::absent(None, 0)) };
        let added = table.added();
        let (entry, unused) = match table.look(key, hash) {
            Look::Found(entry, found) => (Some((entry, found)), None),
            Look::Absent(unused) => (None, unused),
            Look::Unsure => return self.find_strange(th, key, hash),
        };
        Ok(Place { table: Some(table), added, entry, unused })
    }

    /// Finds a key where keys have to be compared that may run code of the program's.
    #[cold]
    #[inline(never)]
    fn find_strange(self, th: &Thread, key: Value, hash: u64) -> Result<Place> {
        'again: loop {
            let Some(table) = self.table() else { return Ok(Place::absent(None, 0)) };
            let added = table.added();
            let mut probe = table.probe(hash);
            loop {
                let entry = probe.next_entry();
                let Some(found) = entry.key() else {
                    if entry.is_unused() {
                        return Ok(Place::absent(Some(table), added));
                    }
                    continue;
                };
                if found != key {
                    if entry.hash() != hash {
                        continue;
                    }
                    let equal = match keys_equal(found, key) {
                        Some(equal) => equal,
                        None => {
                            let equal = ops::equal(th, found, key)?;
                            if self.table() != Some(table) || entry.key() != Some(found) {
                                continue 'again;
                            }
                            equal
                        }
                    };
                    if !equal {
                        continue;
                    }
                }
                return Ok(Place { entry: Some((entry, found)), ..Place::absent(Some(table), added) });
            }
        }
    }

    #[inline]
    pub fn contains_hashed(self, th: &Thread, key: Value, hash: u64) -> Result<bool> {
        Ok(self.find(th, key, hash)?.entry.is_some())
    }

    #[inline]
    pub fn add(self, th: &Thread, key: Value) -> Result<()> {
        let hash = element_hash(th, key)?;
        self.add_hashed(th, key, hash)
    }

    #[inline]
    pub fn add_hashed(self, th: &Thread, key: Value, hash: u64) -> Result<()> {
        loop {
            let place = self.find(th, key, hash)?;
            if place.entry.is_some() {
                return Ok(());
            }
            let _guard = th.guard(self.header);
            // Unless nothing was added since, the key may be there now.
            if self.table() == place.table && place.table.is_none_or(|table| table.added() == place.added) {
                match (place.table, place.unused) {
                    (Some(table), Some(unused)) if table.fill() < table.mask() => {
                        table.fill_unused(unused, hash, key);
                        self.added_one(th, table);
                    }
                    _ => self.insert(th, key, hash),
                }
                return Ok(());
            }
        }
    }

    /// Adds an absent key. The caller holds the lock.
    #[inline]
    fn insert(self, th: &Thread, key: Value, hash: u64) {
        let table = match self.table() {
            // It stays crowded where there was no memory for a larger one, but never fills: lookups end at an unused slot.
            Some(table) if table.fill() < table.mask() => table,
            Some(_) => self.replace_table(th, self.len() * 2),
            None => self.replace_table(th, 0),
        };
        table.insert(hash, key);
        self.added_one(th, table);
    }

    /// Counts a key that was added to `table`, and makes room for more. The caller holds the lock.
    #[inline]
    fn added_one(self, th: &Thread, table: Gc<SetTable>) {
        let used = self.body.used.load(Ordering::Relaxed) + 1;
        self.body.used.store(used, Ordering::Release);
        if table.crowded(table.fill()) {
            let used = used as usize;
            self.replace_table(th, if used > 50_000 { used * 2 } else { used * 4 });
        }
    }

    /// Gives the set a table of more than `least` slots with the same keys. The caller holds the lock.
    #[cold]
    #[inline(never)]
    fn replace_table(self, th: &Thread, least: usize) -> Gc<SetTable> {
        let new = SetTable::new(th, least);
        if let Some(old) = self.table() {
            new.take_over(old);
        }
        self.body.table.set(Some(new));
        new
    }

    /// Removes a key; false if it was not there.
    pub fn discard_hashed(self, th: &Thread, key: Value, hash: u64) -> Result<bool> {
        loop {
            let place = self.find(th, key, hash)?;
            let Some((entry, found)) = place.entry else { return Ok(false) };
            let _guard = th.guard(self.header);
            if self.table() == place.table && entry.key() == Some(found) {
                self.delete(entry);
                return Ok(true);
            }
        }
    }

    fn delete(self, entry: &SetEntry) {
        entry.delete();
        self.body.used.store(self.body.used.load(Ordering::Relaxed) - 1, Ordering::Release);
    }

    /// Removes some key and returns it.
    pub fn pop(self, th: &Thread) -> Option<Value> {
        let _guard = th.guard(self.header);
        let table = self.table()?;
        let entries = table.entries();
        let start = self.body.finger.load(Ordering::Relaxed) as usize & table.mask();
        let at = (start..entries.len()).chain(0..start).find(|at| entries[*at].key().is_some())?;
        let key = entries[at].key()?;
        self.delete(&entries[at]);
        self.body.finger.store(at as u32 + 1, Ordering::Relaxed);
        Some(key)
    }

    pub fn clear(self, th: &Thread) {
        let _guard = th.guard(self.header);
        self.body.used.store(0, Ordering::Release);
        self.body.table.set(None);
    }

    /// Adds everything that `iterable` yields.
    pub fn update(self, th: &Thread, iterable: Value) -> Result<()> {
        if let Some(other) = of(iterable) {
            return self.merge(th, other);
        }
        if let Some(dict) = iterable.downcast::<super::dict::Dict>()
            && dict.header.is_exact()
        {
            self.make_room(th, dict.len());
            // The table stays as it is while `entries` points into it, whatever comparing the keys does to the dict.
            let entries = dict.table.get().map_or(&[][..], |table| table.entries());
            for entry in entries {
                if let Some((key, _)) = entry.live() {
                    self.add_hashed(th, key, entry.hash())?;
                }
            }
            return Ok(());
        }
        ops::for_each(th, iterable, |item| self.add(th, item))
    }

    /// Makes a larger table where so many more keys would crowd this one.
    fn make_room(self, th: &Thread, more: usize) {
        let _guard = th.guard(self.header);
        let (mask, fill) = self.size();
        if (fill + more) * 5 >= mask * 3 {
            self.replace_table(th, (self.len() + more) * 2);
        }
    }

    /// Mask and fill of its table, or of the one that it will have.
    fn size(self) -> (usize, usize) {
        self.table().map_or((7, 0), |table| (table.mask(), table.fill()))
    }

    /// Adds the keys of another set.
    pub fn merge(self, th: &Thread, other: AnySet) -> Result<()> {
        if std::ptr::eq(self.body, other.body) || other.is_empty() {
            return Ok(());
        }
        if self.merge_into_empty(th, other) {
            return Ok(());
        }
        self.make_room(th, other.len());
        for entry in other.taken() {
            if let Some((hash, key)) = entry.hashed_key() {
                self.add_hashed(th, key, hash)?;
            }
        }
        Ok(())
    }

    /// Keys of a set differ from each other: in an empty one nothing needs to be compared. False if it is not empty.
    fn merge_into_empty(self, th: &Thread, other: AnySet) -> bool {
        let (mask, fill) = self.size();
        if fill != 0 {
            return false;
        }
        let new = {
            let _guard = th.guard(other.header);
            let Some(old) = other.table() else { return true };
            let more = other.len();
            // The table that `make_room` would make.
            let new = SetTable::new(th, if more * 5 >= mask * 3 { more * 2 } else { mask });
            if old.mask() == new.mask() && old.fill() == more {
                new.take_over_slots(&old);
            } else {
                new.take_over(old);
            }
            new
        };
        let _guard = th.guard(self.header);
        if self.size().1 != 0 {
            return false;
        }
        self.body.table.set(Some(new));
        self.body.used.store(new.fill() as u32, Ordering::Release);
        true
    }

    /// Takes over the contents of a set that nobody else has.
    fn take(self, th: &Thread, other: AnySet) {
        let _guard = th.guard(self.header);
        self.body.used.store(0, Ordering::Release);
        self.body.table.set(other.table());
        self.body.used.store(other.body.used.load(Ordering::Relaxed), Ordering::Release);
    }
}

/// `item in set`
#[inline]
pub fn contains(th: &Thread, set: AnySet, item: Value) -> Result<bool> {
    match element_hash(th, item) {
        Ok(hash) => set.contains_hashed(th, item, hash),
        Err(raised) => match as_frozen(th, item) {
            Some(frozen) => {
                th.take_exception(raised);
                set.contains_hashed(th, frozen.value(), hash(frozen) as u64)
            }
            None => Err(raised),
        },
    }
}

/// Removes a key, which may be given as a set where a frozenset is meant; false if it was not there.
pub fn discard(th: &Thread, set: AnySet, item: Value) -> Result<bool> {
    match element_hash(th, item) {
        Ok(hash) => set.discard_hashed(th, item, hash),
        Err(raised) => match as_frozen(th, item) {
            Some(frozen) => {
                th.take_exception(raised);
                set.discard_hashed(th, frozen.value(), hash(frozen) as u64)
            }
            None => Err(raised),
        },
    }
}

/// A set, which has no hash, as the frozenset that is equal to it.
fn as_frozen(th: &Thread, item: Value) -> Option<Gc<FrozenSet>> {
    let set = item.downcast::<Set>()?;
    let frozen = FrozenSet::new(th);
    frozen.any_frozen().merge_into_empty(th, set.any());
    Some(frozen)
}

/// A new empty set.
pub fn new(th: &Thread) -> Gc<Set> {
    Set::new(th)
}

/// The frozenset of a set display of constants, which are hashable.
pub fn frozen_of_constants(th: &Thread, items: &[Value]) -> Value {
    let set = FrozenSet::new(th);
    for item in items {
        if let Err(raised) = set.any_frozen().add(th, *item) {
            unreachable!("constants are hashable: {raised:?}");
        }
    }
    set.value()
}

/// CPython's hash of a frozenset: its keys' hashes, in no order.
pub fn hash(set: Gc<FrozenSet>) -> i64 {
    let cached = set.hash.load(Ordering::Relaxed);
    if cached != 0 {
        return cached as i64;
    }
    let any = set.any_frozen();
    let shuffle = |h: u64| ((h ^ 89869747) ^ (h << 16)).wrapping_mul(3644798167);
    let mut hash = any.entries().iter().filter(|e| e.key().is_some()).fold(0, |hash, e| hash ^ shuffle(e.hash()));
    hash ^= (any.len() as u64 + 1).wrapping_mul(1927868237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69069).wrapping_add(907133923);
    if hash == u64::MAX {
        hash = 590923713;
    }
    set.hash.store(hash, Ordering::Relaxed);
    hash as i64
}

/// KeyError of a missing key.
fn missing(th: &Thread, key: Value) -> crate::vm::Raised {
    th.raise_with(Exc::KeyError, &[key])
}

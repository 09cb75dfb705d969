//! `list`: a growing row of values.
//!
//! Reads of one item take no lock: length and items are loaded, and the items' store is replaced when it grows, never
//! reused under a reader. Writers hold the object's lock while the interpreter's lock is off; who wants several items as they
//! were at one moment sees whether there was one meanwhile (`moments`). A list that grows gets its store before its length, one that shrinks its
//! length first; the slots beyond the length are `EMPTY`.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use crate::heap::{Cell, Gc, GcSlot, Header, Kind, LocalHeap, Slot, Tracer, Value};
use crate::vm::native::Result;
use crate::vm::{Thread, ops};

use super::dict::Dict;
use super::dict::views::DictView;
use super::tuple::Tuple;
use super::{kinds, sequences, set};

mod methods;
mod moments;
mod slices;
mod sort;

pub use methods::{LIST, concat, repeat};
pub use slices::{del_item, get_item, get_slice, set_item, set_slice};
pub use sort::sort;

#[repr(C)]
pub struct List {
    pub header: Header,
    len: AtomicUsize,
    items: GcSlot<Items>,
    /// How often it was changed while threads run at the same time (`moments`).
    version: AtomicU32,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for List {
    const KIND: Kind = kinds::LIST;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.gc_slot(&self.items);
    }
}

/// The backing store of a list: `capacity` slots, those beyond the length `EMPTY`.
#[repr(C)]
pub struct Items {
    header: Header,
    /// Only ever grows, when there is room behind a large store.
    capacity: AtomicUsize,
}

// SAFETY: `repr(C)`, header first; the tail has `capacity` slots by construction and all are reported.
unsafe impl Cell for Items {
    const KIND: Kind = kinds::ITEMS;
    fn trace(&self, tracer: &mut Tracer) {
        // SAFETY: cells are traced at their own address.
        let this: Gc<Items> = unsafe { Gc::from_address(std::ptr::from_ref(self) as usize) };
        tracer.slots(this.slots());
    }
}

impl Items {
    /// A store of `EMPTY` slots.
    pub fn new(th: &Thread, capacity: usize) -> Gc<Items> {
        let items = Items { header: Header::of_kind(kinds::ITEMS), capacity: AtomicUsize::new(capacity) };
        th.alloc_with_tail(items, capacity * size_of::<Slot>())
    }

    /// A store that is full.
    #[inline(always)]
    fn full(th: &Thread, items: &[Value]) -> Gc<Items> {
        th.heap().alloc_with_values(
            Items { header: Header::of_kind(kinds::ITEMS), capacity: AtomicUsize::new(items.len()) },
            items,
        )
    }
}

impl Gc<Items> {
    #[inline(always)]
    pub fn slots(self) -> &'static [Slot] {
        self.tail_slots(self.capacity.load(Ordering::Acquire))
    }

    /// Grows the store in place, if it can.
    fn extend(self, th: &Thread, capacity: usize) -> bool {
        let extended = th.heap().try_extend(self, capacity * size_of::<Slot>());
        if extended {
            self.capacity.store(capacity, Ordering::Release);
        }
        extended
    }
}

impl List {
    /// The contents of an empty list: what `__new__` gives to `th.instantiate`.
    pub fn empty() -> List {
        List::of(0, None)
    }

    #[inline(always)]
    fn of(len: usize, items: Option<Gc<Items>>) -> List {
        List {
            header: Header::of_kind(kinds::LIST),
            len: AtomicUsize::new(len),
            items: GcSlot::new(items),
            version: AtomicU32::new(0),
        }
    }

    pub fn new(th: &Thread, items: &[Value]) -> Gc<List> {
        let store = if items.is_empty() { None } else { Some(Items::full(th, items)) };
        th.alloc(List::of(items.len(), store))
    }

    /// The items (at least one) over and over, until there are `len`.
    fn repeated(th: &Thread, items: &[Value], len: usize) -> Gc<List> {
        let list = List::with_capacity(th, len);
        // SAFETY: the store is new.
        unsafe {
            match items {
                [item] => Slot::fill_with(list.slots(), len, *item),
                _ => list.slots().chunks_exact(items.len()).for_each(|part| Slot::fill(part, items)),
            }
        }
        list.len.store(len, Ordering::Release);
        list
    }

    /// An empty list with room for so many items.
    pub fn with_capacity(th: &Thread, capacity: usize) -> Gc<List> {
        let store = if capacity > 0 { Some(Items::new(th, capacity)) } else { None };
        th.alloc(List::of(0, store))
    }

    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len.load(Ordering::Acquire)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The store's slots, beyond the length as well.
    #[inline(always)]
    fn slots(&self) -> &'static [Slot] {
        match self.items.get() {
            Some(items) => items.slots(),
            None => &[],
        }
    }

    /// The item at `index`, without a lock; `None` beyond the end.
    #[inline(always)]
    pub fn at(&self, index: usize) -> Option<Value> {
        if index >= self.len() {
            return None;
        }
        let item = self.items.get()?.slots().get(index)?.get();
        // A slot that is empty below the length was popped by another thread meanwhile.
        if item.is_empty() { None } else { Some(item) }
    }
}

impl Gc<List> {
    /// Replaces the item at `index`; false beyond the end.
    #[inline(always)]
    pub fn set_at(self, th: &Thread, index: usize, value: Value) -> bool {
        // Two ways, so that the loop, which has this in it, keeps its registers on the one without a lock. (`sieve`)
        if th.shares_objects() { self.set_at_locked(th, index, value) } else { self.put(index, value) }
    }

    #[inline(never)]
    fn set_at_locked(self, th: &Thread, index: usize, value: Value) -> bool {
        let _writing = self.get().writing(th);
        self.put(index, value)
    }

    #[inline(always)]
    fn put(self, index: usize, value: Value) -> bool {
        match self.get().slots().get(index) {
            Some(slot) if index < self.len() => {
                slot.set(value);
                true
            }
            _ => false,
        }
    }

    /// Appends an item, if no lock is wanted and there is room. False if nothing was done.
    #[inline(always)]
    pub fn push_quickly(self, th: &Thread, value: Value) -> bool {
        if th.shares_objects() {
            return false;
        }
        let len = self.len.load(Ordering::Relaxed);
        let Some(slot) = self.get().slots().get(len) else { return false };
        slot.set(value);
        self.len.store(len + 1, Ordering::Release);
        true
    }

    /// Appends.
    #[inline(always)]
    pub fn push(self, th: &Thread, value: Value) {
        let _writing = self.get().writing(th);
        let len = self.len.load(Ordering::Relaxed);
        match self.get().slots().get(len) {
            Some(slot) => slot.set(value),
            None => self.grow(th, len + 1)[len].set(value),
        }
        self.len.store(len + 1, Ordering::Release);
    }

    /// Removes the last item.
    #[inline]
    pub fn pop(self, th: &Thread) -> Option<Value> {
        let _writing = self.get().writing(th);
        let last = self.len.load(Ordering::Relaxed).checked_sub(1)?;
        let slots = self.get().slots();
        self.len.store(last, Ordering::Release);
        let item = slots[last].get();
        slots[last].set(Value::EMPTY);
        if last < slots.len() / 8 && slots.len() > 512 {
            self.shrink(th);
        }
        Some(item)
    }

    /// Appends all of `values`, at once.
    pub fn push_all(self, th: &Thread, values: &[Value]) {
        let _writing = self.get().writing(th);
        let len = self.len.load(Ordering::Relaxed);
        let mut slots = self.get().slots();
        if slots.len() - len < values.len() {
            slots = self.grow(th, len + values.len());
        }
        if th.shares_objects() {
            write(values, &slots[len..]);
        } else {
            // SAFETY: no thread runs but this one.
            unsafe { Slot::fill(&slots[len..], values) };
        }
        self.len.store(len + values.len(), Ordering::Release);
    }

    /// `list.extend(iterable)`: at once where the iterable is built in.
    pub fn extend(self, th: &Thread, iterable: Value) -> Result<()> {
        if iterable.header().is_some_and(|h| h.is_exact()) {
            if let Some(list) = iterable.downcast::<List>() {
                // Two locks at once could wait for each other.
                if list == self || th.shares_objects() {
                    self.push_all(th, &list.items(th));
                } else {
                    list.with_items(th, |items| self.push_all(th, items));
                }
                return Ok(());
            }
            if let Some(tuple) = iterable.downcast::<Tuple>() {
                self.push_all(th, tuple.items());
                return Ok(());
            }
            if let Some(dict) = iterable.downcast::<Dict>() {
                self.push_all(th, &dict.keys(th));
                return Ok(());
            }
            if let Some(set) = set::of(iterable) {
                self.push_all(th, &set.items(th));
                return Ok(());
            }
        }
        if let Some(view) = iterable.downcast::<DictView>().filter(|view| !view.asks(th)) {
            self.push_all(th, &view.items(th));
            return Ok(());
        }
        let iterator = ops::iter(th, iterable)?;
        if th.class_of(iterable).def.is_none() {
            // Only to be seen: programs may count on being asked for their length.
            ops::length_hint(th, iterable)?;
        }
        while let Some(item) = ops::next(th, iterator)? {
            self.push(th, item);
        }
        Ok(())
    }

    /// Replaces the `removed` items from `start` on by `values` (both bounds clamped), at once.
    pub fn splice(self, th: &Thread, start: usize, removed: usize, values: &[Value]) {
        let _writing = self.get().writing(th);
        self.splice_locked(th, start, removed, values);
    }

    /// As `splice`. The caller holds the lock.
    fn splice_locked(self, th: &Thread, start: usize, removed: usize, values: &[Value]) {
        let len = self.len.load(Ordering::Relaxed);
        let start = start.min(len);
        let end = start + removed.min(len - start);
        let new_len = len - (end - start) + values.len();
        let old = self.get().slots();
        if new_len > old.len() {
            let items = Items::new(th, new_len.max(old.len() + old.len() / 2));
            let slots = items.slots();
            // SAFETY: the new store is not published yet, and the old one is not written while the lock is held.
            unsafe {
                let old = Slot::as_values(&old[..len]);
                Slot::fill(slots, &old[..start]);
                Slot::fill(&slots[start..], values);
                Slot::fill(&slots[start + values.len()..], &old[end..]);
            }
            self.publish(items, new_len);
            return;
        }
        if new_len >= len {
            shift(th, old, end..len, start + values.len());
            write(values, &old[start..]);
            self.len.store(new_len, Ordering::Release);
            return;
        }
        self.len.store(new_len, Ordering::Release);
        write(values, &old[start..]);
        shift(th, old, end..len, start + values.len());
        old[new_len..len].iter().for_each(|slot| slot.set(Value::EMPTY));
        if new_len < old.len() / 4 && old.len() > 64 {
            self.shrink(th);
        }
    }

    /// Removes and returns the item at `index`, if there is one.
    pub fn remove_at(self, th: &Thread, index: usize) -> Option<Value> {
        let _writing = self.get().writing(th);
        let len = self.len.load(Ordering::Relaxed);
        if index >= len {
            return None;
        }
        let slots = self.get().slots();
        let item = slots[index].get();
        self.len.store(len - 1, Ordering::Release);
        shift(th, slots, index + 1..len, index);
        slots[len - 1].set(Value::EMPTY);
        Some(item)
    }

    /// Removes the item at `index` if it is `item`.
    fn remove_if(self, th: &Thread, index: usize, item: Value) -> bool {
        let _writing = self.get().writing(th);
        let len = self.len.load(Ordering::Relaxed);
        let slots = self.get().slots();
        if index >= len || slots[index].get() != item {
            return false;
        }
        self.len.store(len - 1, Ordering::Release);
        shift(th, slots, index + 1..len, index);
        slots[len - 1].set(Value::EMPTY);
        true
    }

    /// Replaces everything by `values`, at once.
    pub fn replace_all(self, th: &Thread, values: &[Value]) {
        let items = Items::new(th, values.len());
        write(values, items.slots());
        let _writing = self.get().writing(th);
        self.publish(items, values.len());
    }

    pub fn clear(self, th: &Thread) {
        let _writing = self.get().writing(th);
        self.len.store(0, Ordering::Release);
        self.items.set(None);
    }

    pub fn reverse(self, th: &Thread) {
        let _writing = self.get().writing(th);
        let slots = &self.get().slots()[..self.len()];
        for at in 0..slots.len() / 2 {
            let other = &slots[slots.len() - 1 - at];
            let (left, right) = (slots[at].get(), other.get());
            slots[at].set(right);
            other.set(left);
        }
    }

    /// Gives the list a larger store, half as large again or with room for `least` items. The caller holds the lock.
    #[cold]
    #[inline(never)]
    fn grow(self, th: &Thread, least: usize) -> &'static [Slot] {
        let old = self.get().slots();
        let wanted = least.max(old.len() + old.len() / 2).max(4) * size_of::<Slot>();
        let capacity = LocalHeap::usable_tail::<Items>(wanted) / size_of::<Slot>();
        if let Some(items) = self.items.get()
            && items.extend(th, capacity)
        {
            return items.slots();
        }
        let new = Items::new(th, capacity);
        // SAFETY: the new store is not published yet, and the old one is not written while the lock is held.
        unsafe { Slot::fill(new.slots(), Slot::as_values(old)) };
        self.items.set(Some(new));
        new.slots()
    }

    /// Gives the list a store of twice its length. The caller holds the lock.
    #[cold]
    #[inline(never)]
    fn shrink(self, th: &Thread) {
        let new = Items::new(th, self.len() * 2);
        // SAFETY: the new store is not published yet, and the old one is not written while the lock is held.
        unsafe { Slot::fill(new.slots(), Slot::as_values(&self.get().slots()[..self.len()])) };
        self.items.set(Some(new));
    }

    /// Replaces the store. The caller holds the lock.
    fn publish(self, items: Gc<Items>, len: usize) {
        if len < self.len() {
            self.len.store(len, Ordering::Release);
        }
        self.items.set(Some(items));
        self.len.store(len, Ordering::Release);
    }

    /// The items as `at` finds them, without a lock: for lists that no other thread changes. No safepoint while it is used.
    pub fn snapshot(self) -> Vec<Value> {
        self.get().slots().iter().take(self.len()).map(Slot::get).filter(|item| !item.is_empty()).collect()
    }
}

/// A list in the making whose length is not known beforehand: most are short, and get a store that fits.
pub struct Gathered<'a> {
    th: &'a Thread,
    few: [Value; 16],
    count: usize,
    list: Option<Gc<List>>,
}

impl Gathered<'_> {
    pub fn new(th: &Thread) -> Gathered<'_> {
        Gathered { th, few: [Value::EMPTY; 16], count: 0, list: None }
    }

    #[inline]
    pub fn push(&mut self, value: Value) {
        if self.count == self.few.len() {
            self.flush();
        }
        self.few[self.count] = value;
        self.count += 1;
    }

    #[cold]
    fn flush(&mut self) {
        let list = *self.list.get_or_insert_with(|| List::with_capacity(self.th, 4 * self.few.len()));
        list.push_all(self.th, &self.few);
        self.count = 0;
    }

    /// The list. Not of `self`, which would be copied for it.
    pub fn finish(&self) -> Value {
        let rest = &self.few[..self.count];
        match self.list {
            Some(list) => {
                list.push_all(self.th, rest);
                list.value()
            }
            None => List::new(self.th, rest).value(),
        }
    }
}

/// Copies the slots `from` to the place of as many from `to` on, where other threads may look at any of them meanwhile: they
/// see what was there before or after. The caller holds the lock.
fn shift(th: &Thread, slots: &[Slot], from: Range<usize>, to: usize) {
    if !th.shares_objects() {
        // SAFETY: no thread runs but this one.
        unsafe { Slot::shift(slots, from, to) };
    } else if to <= from.start {
        for at in from.clone() {
            slots[at - from.start + to].set(slots[at].get());
        }
    } else {
        for at in from.clone().rev() {
            slots[at - from.start + to].set(slots[at].get());
        }
    }
}

#[inline]
fn write(values: &[Value], slots: &[Slot]) {
    for (slot, value) in slots.iter().zip(values) {
        slot.set(*value);
    }
}

pub fn contains(th: &Thread, list: Gc<List>, item: Value) -> Result<bool> {
    sequences::contains(th, list, item)
}

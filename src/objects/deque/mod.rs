//! `collections.deque`: a row of values that grows and shrinks at both ends.
//!
//! A ring within a store of slots. All that looks at more than one of its numbers holds the object's lock while the
//! interpreter's lock is off, for a few loads and stores; whatever calls Python looks again afterwards.

use std::cell::Cell as StdCell;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crate::heap::{Cell, Gc, GcSlot, Header, Kind, Slot, Tracer, Value};
use crate::vm::Thread;
use crate::vm::native::Result;
use crate::vm::ops::{self, Row};

use super::kinds;
use super::list::Items;

mod iterators;
mod methods;

pub use iterators::{DEQUE_ITERATOR, DEQUE_REVERSE_ITERATOR};
pub use methods::DEQUE;

#[repr(C)]
pub struct Deque {
    pub header: Header,
    /// The ring; its slots outside the row are `EMPTY`.
    ring: GcSlot<Items>,
    /// Where in the ring the row begins.
    first: AtomicUsize,
    len: AtomicUsize,
    /// The greatest length; [`UNBOUNDED`] if there is none.
    most: AtomicUsize,
    /// Counts the changes of length, for iterators.
    changes: AtomicU64,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Deque {
    const KIND: Kind = kinds::DEQUE;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.gc_slot(&self.ring);
    }
}

const UNBOUNDED: usize = usize::MAX;
/// Slots of the first ring.
const FEWEST: usize = 8;

/// An end of the row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    Left,
    Right,
}

impl Deque {
    pub fn empty() -> Deque {
        Deque {
            header: Header::of_kind(kinds::DEQUE),
            ring: GcSlot::new(None),
            first: AtomicUsize::new(0),
            len: AtomicUsize::new(0),
            most: AtomicUsize::new(UNBOUNDED),
            changes: AtomicU64::new(0),
        }
    }

    pub fn len(&self) -> usize {
        self.len.load(Ordering::Acquire)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn most(&self) -> usize {
        self.most.load(Ordering::Acquire)
    }

    fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    /// The ring's slots and where the row begins. Under the lock.
    fn ring(&self) -> (&'static [Slot], usize) {
        (self.ring.get().map_or(&[][..], |ring| ring.slots()), self.first.load(Ordering::Relaxed))
    }

    /// Notes a new place and length of the row. Under the lock.
    fn set_row(&self, first: usize, len: usize) {
        self.first.store(first, Ordering::Relaxed);
        self.len.store(len, Ordering::Release);
        self.changes.fetch_add(1, Ordering::AcqRel);
    }

    /// Makes room for one more. Under the lock.
    fn make_room(&self, th: &Thread) {
        let (slots, first) = self.ring();
        let len = self.len();
        if len < slots.len() {
            return;
        }
        let ring = Items::new(th, (slots.len() * 2).max(FEWEST));
        for at in 0..len {
            ring.slots()[at].set(slots[(first + at) % slots.len()].get());
        }
        self.ring.set(Some(ring));
        self.first.store(0, Ordering::Relaxed);
    }

    /// Removes an end's item. Under the lock.
    fn take(&self, end: End) -> Option<Value> {
        let len = self.len();
        let (slots, first) = self.ring();
        let last = len.checked_sub(1)?;
        let at = if end == End::Left { first } else { (first + last) % slots.len() };
        let item = slots[at].replace(Value::EMPTY);
        self.set_row(if end == End::Left { (first + 1) % slots.len() } else { first }, last);
        Some(item)
    }
}

impl Gc<Deque> {
    fn lock<'a>(self, th: &'a Thread) -> crate::vm::thread::ObjectGuard<'a> {
        th.guard(&self.get().header)
    }

    /// Adds an item at an end; a bounded deque that is full loses one at the other.
    pub fn push(self, th: &Thread, end: End, value: Value) {
        let _guard = self.lock(th);
        if self.most() == 0 {
            return;
        }
        if self.len() >= self.most() {
            self.take(if end == End::Left { End::Right } else { End::Left });
        }
        self.make_room(th);
        let (slots, first) = self.ring();
        let len = self.len();
        match end {
            End::Right => {
                slots[(first + len) % slots.len()].set(value);
                self.set_row(first, len + 1);
            }
            End::Left => {
                let first = (first + slots.len() - 1) % slots.len();
                slots[first].set(value);
                self.set_row(first, len + 1);
            }
        }
    }

    pub fn pop(self, th: &Thread, end: End) -> Option<Value> {
        let _guard = self.lock(th);
        self.take(end)
    }

    /// The item at `index`.
    pub fn at(self, th: &Thread, index: usize) -> Option<Value> {
        let _guard = self.lock(th);
        let (slots, first) = self.ring();
        (index < self.len()).then(|| slots[(first + index) % slots.len()].get())
    }

    /// Replaces the item at `index`; false beyond the end.
    pub fn set_at(self, th: &Thread, index: usize, value: Value) -> bool {
        let _guard = self.lock(th);
        let (slots, first) = self.ring();
        let there = index < self.len();
        if there {
            slots[(first + index) % slots.len()].set(value);
        }
        there
    }

    /// All items as they are at this moment, and the number of changes so far.
    fn snapshot(self, th: &Thread) -> (Vec<Value>, u64) {
        let _guard = self.lock(th);
        let (slots, first) = self.ring();
        let items = (0..self.len()).map(|at| slots[(first + at) % slots.len()].get()).collect();
        (items, self.changes())
    }

    pub fn items(self, th: &Thread) -> Vec<Value> {
        self.snapshot(th).0
    }

    /// Makes these the items; those at the left give way where they are too many.
    pub fn replace_all(self, th: &Thread, items: &[Value]) {
        let _guard = self.lock(th);
        self.replace_all_locked(th, items);
    }

    /// As `replace_all`, unless the deque has changed since then.
    fn replace_all_if(self, th: &Thread, changes: u64, items: &[Value]) -> bool {
        let _guard = self.lock(th);
        let same = self.changes() == changes;
        if same {
            self.replace_all_locked(th, items);
        }
        same
    }

    fn replace_all_locked(self, th: &Thread, items: &[Value]) {
        let items = &items[items.len().saturating_sub(self.most())..];
        let ring = Items::new(th, items.len().next_power_of_two().max(FEWEST));
        for (slot, item) in ring.slots().iter().zip(items) {
            slot.set(*item);
        }
        self.ring.set(Some(ring));
        self.set_row(0, items.len());
    }

    /// Moves `steps` items from the right end to the left one, or the other way if negative.
    pub fn rotate(self, th: &Thread, steps: i64) {
        let _guard = self.lock(th);
        let len = self.len();
        if len < 2 {
            return;
        }
        let steps = steps.rem_euclid(len as i64) as usize;
        // The shorter way round.
        let (from, times) = if steps <= len / 2 { (End::Right, steps) } else { (End::Left, len - steps) };
        for _ in 0..times {
            let (slots, first) = self.ring();
            let room = slots.len();
            let Some(item) = self.take(from) else { return };
            let (first, at) = match from {
                End::Right => ((first + room - 1) % room, (first + room - 1) % room),
                End::Left => ((first + 1) % room, (first + len) % room),
            };
            slots[at].set(item);
            self.set_row(first, len);
        }
    }

    /// Adds all that an iterable yields.
    pub fn extend(self, th: &Thread, end: End, iterable: Value) -> Result<()> {
        if iterable == self.value() {
            let items = th.list(&self.items(th));
            return ops::for_each(th, items, |item| {
                self.push(th, end, item);
                Ok(())
            });
        }
        let iterator = ops::iter(th, iterable)?;
        while let Some(item) = ops::next(th, iterator)? {
            self.push(th, end, item);
        }
        Ok(())
    }
}

/// A deque and the thread that looks at it, as a row that ends where the deque changes its length.
#[derive(Clone, Copy)]
struct Looked<'a> {
    deque: Gc<Deque>,
    th: &'a Thread,
    /// The deque's changes when the look began.
    changes: u64,
    /// Whether an item was asked for after another change.
    late: &'a StdCell<bool>,
}

impl<'a> Looked<'a> {
    fn at(deque: Gc<Deque>, th: &'a Thread, late: &'a StdCell<bool>) -> Looked<'a> {
        Looked { deque, th, changes: deque.changes(), late }
    }

    fn has_changed(self) -> bool {
        self.deque.changes() != self.changes
    }

    /// An error if the deque had changed before the look was over.
    fn was_in_time(self) -> Result<()> {
        if self.late.get() { Err(self.th.runtime_error(iterators::MUTATED)) } else { Ok(()) }
    }
}

impl Row for Looked<'_> {
    fn length(self) -> usize {
        self.deque.len()
    }
    fn item(self, index: usize) -> Option<Value> {
        if self.has_changed() {
            self.late.set(true);
            return None;
        }
        self.deque.at(self.th, index)
    }
}

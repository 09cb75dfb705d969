//! A row of values that grows at its end and that the collector knows: its store is a cell of the heap.
//!
//! The stack of the decoder, and what the memos of both sides hold. It belongs to one thread and lives on its native stack,
//! where the collector finds the pointer to the store; a value left behind by `pop` is overwritten later.

use crate::heap::{Gc, Slot, Value};
use crate::objects::list::Items;
use crate::objects::tuple::Tuple;
use crate::vm::Thread;

pub struct Stack {
    items: Gc<Items>,
    slots: &'static [Slot],
    len: usize,
}

const FIRST: usize = 24;

impl Stack {
    pub fn new(th: &Thread) -> Stack {
        Stack::over(Items::new(th, FIRST), 0)
    }

    /// The row whose first `len` values lie in a store.
    pub fn over(items: Gc<Items>, len: usize) -> Stack {
        Stack { items, slots: items.slots(), len }
    }

    /// The store, for whoever keeps it beyond the native stack.
    pub fn store(&self) -> Gc<Items> {
        self.items
    }

    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    #[inline(always)]
    pub fn push(&mut self, th: &Thread, value: Value) {
        if self.len == self.slots.len() {
            self.grow(th, self.len + 1);
        }
        self.slots[self.len].set(value);
        self.len += 1;
    }

    #[inline(always)]
    pub fn pop(&mut self) -> Option<Value> {
        self.len = self.len.checked_sub(1)?;
        Some(self.slots[self.len].get())
    }

    #[inline(always)]
    pub fn get(&self, at: usize) -> Option<Value> {
        if at < self.len { Some(self.slots[at].get()) } else { None }
    }

    /// Stores a value at a place, which may lie beyond the end: what lies between is `EMPTY`.
    pub fn put(&mut self, th: &Thread, at: usize, value: Value) {
        if at >= self.slots.len() {
            self.grow(th, at + 1);
        }
        self.slots[at].set(value);
        self.len = self.len.max(at + 1);
    }

    pub fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// The values from `at` on. No safepoint while they are used.
    pub fn copy_from(&self, at: usize) -> Vec<Value> {
        self.slots[at..self.len].iter().map(Slot::get).collect()
    }

    /// Takes the values from `at` on as a tuple.
    #[inline]
    pub fn take_tuple(&mut self, th: &Thread, at: usize) -> Gc<Tuple> {
        let tuple = Tuple::unfilled(th, self.len - at);
        for (index, slot) in self.slots[at..self.len].iter().enumerate() {
            tuple.fill(index, slot.get());
        }
        self.len = at;
        tuple
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, th: &Thread, least: usize) {
        let items = Items::new(th, least.max(self.slots.len() * 2));
        for (new, old) in items.slots().iter().zip(self.slots) {
            new.set(old.get());
        }
        self.items = items;
        self.slots = items.slots();
    }
}

//! Many items as they were at one moment, while other threads may change the list.
//!
//! Who writes holds the object's lock and counts [`List::version`] on before it lets go. Who reads takes no lock, for
//! threads that read one list would hand its cache line to each other with every slice, half of their time (measured:
//! `shared[3:5]` in two threads takes 1.9 times as long as from lists of their own, 1.0 times without the lock): it looks at the
//! version, copies, and has what it wants if nobody was writing and the version is the same. Else it waits for the lock.

use std::sync::atomic::{Ordering, fence};

use crate::heap::{Gc, Slot, Value};
use crate::objects::tuple::Tuple;
use crate::vm::Thread;
use crate::vm::thread::ObjectGuard;

use super::List;

/// So many items are copied to the stack, and not to memory that has to be asked for.
const FEW: usize = 16;

/// The lock of a list for a writer: counts the version on at the end.
pub(super) struct Writing<'a> {
    list: &'a List,
    guard: ObjectGuard<'a>,
}

impl Drop for Writing<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        // Who needs no lock has nobody beside it who reads.
        if self.guard.is_held() {
            let version = self.list.version.load(Ordering::Relaxed);
            self.list.version.store(version.wrapping_add(1), Ordering::Relaxed);
        }
    }
}

impl List {
    /// To be held while the list is changed.
    #[inline(always)]
    pub(super) fn writing<'a>(&'a self, th: &Thread) -> Writing<'a> {
        Writing { list: self, guard: th.guard(&self.header) }
    }

    /// What `read` makes of the items while others may write, unless somebody did. Until that is known, the items that it sees may
    /// be of different moments, and `EMPTY` ones among them.
    fn peek<R>(&self, read: impl FnOnce(&'static [Slot]) -> R) -> Option<R> {
        let version = self.version.load(Ordering::Acquire);
        let state = self.header.object_lock().quiet_state()?;
        let slots = self.slots();
        let result = read(&slots[..self.len().min(slots.len())]);
        // What a writer has stored is read with acquire: if any of it was seen, so is here that the lock was taken, or that the
        // version has been counted on.
        fence(Ordering::Acquire);
        let undisturbed = self.header.object_lock().quiet_state() == Some(state);
        (undisturbed && self.version.load(Ordering::Relaxed) == version).then_some(result)
    }
}

impl Gc<List> {
    /// What `read` makes of the items at one moment. It may run twice, and what it sees the first time may be of different
    /// moments (see [`List::peek`]); it reaches no safepoint.
    #[inline]
    pub(super) fn at_one_moment<R>(self, th: &Thread, read: impl Fn(&'static [Slot]) -> R) -> R {
        if th.shares_objects()
            && let Some(result) = self.get().peek(&read)
        {
            return result;
        }
        let _guard = th.guard(&self.get().header);
        read(&self.get().slots()[..self.len()])
    }

    /// A snapshot of the items. It is not scanned by the collector: no safepoint while it is used.
    pub fn items(self, th: &Thread) -> Vec<Value> {
        self.at_one_moment(th, |slots| slots.iter().map(Slot::get).collect())
    }

    /// Runs `read` on the items at one moment. It must reach no safepoint.
    pub fn with_items<R>(self, th: &Thread, read: impl FnOnce(&[Value]) -> R) -> R {
        if !th.shares_objects() {
            // SAFETY: no thread runs but this one.
            return read(unsafe { Slot::as_values(&self.get().slots()[..self.len()]) });
        }
        let few = self.get().peek(|slots| {
            let mut few = [Value::EMPTY; FEW];
            few.iter_mut().zip(slots).for_each(|(to, from)| *to = from.get());
            (few, slots.len())
        });
        match few {
            Some((few, count)) if count <= FEW => read(&few[..count]),
            _ => read(&self.items(th)),
        }
    }

    /// A snapshot of the items as a tuple, which the collector knows.
    pub fn to_tuple(self, th: &Thread) -> Gc<Tuple> {
        self.with_items(th, |items| Tuple::new(th, items))
    }
}

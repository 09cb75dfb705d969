//! What happens at the border of death: weak references and finalisers.
//!
//! After marking, in this order: weak slots whose target was not reached are cleared; cells with a finaliser that were
//! not reached are resurrected with all that they reach, once; what is then still unmarked is dead. So a finaliser never
//! meets a weak reference to its own object, and a resurrected object has lost its weak references (as with CPython's
//! cyclic collector). Which weak references died and which finalisers are due is kept here, traced, until the vm asks.

use std::collections::{HashMap, VecDeque};

use rustc_hash::FxBuildHasher;

use super::cell::Header;
use super::value::{Slot, Value};
use super::{Heap, Tracer};

/// Cells with `__del__`.
#[derive(Default)]
pub(super) struct Finalizers {
    /// Addresses of cells that have not been finalised.
    pub(super) registered: Vec<usize>,
}

struct WeakEntry {
    /// The cell that the slot lies in.
    holder: usize,
    slot: *const Slot,
}

/// The weak slots of one heap, by the address of the cell that they point to.
#[derive(Default)]
pub(super) struct WeakSlots {
    entries: HashMap<usize, Vec<WeakEntry>, FxBuildHasher>,
}

// SAFETY: the pointers are looked at by the collector only, while the world is stopped, and the slots are atomics.
unsafe impl Send for WeakSlots {}

/// What a collection left for the vm to do.
#[derive(Default)]
pub(super) struct Pending {
    finalizers: VecDeque<Slot>,
    dead_weakrefs: VecDeque<Slot>,
}

impl Pending {
    pub(super) fn trace(&self, tracer: &mut Tracer) {
        for slot in self.finalizers.iter().chain(&self.dead_weakrefs) {
            tracer.slot(slot);
        }
    }
}

impl Heap {
    /// Has `target` (a slot of the live cell `holder`, which its `trace` passes over) set to `EMPTY` when the cell it
    /// points to dies; `holder` is then given out by [`Heap::next_dead_weakref`]. Registered once for the holder's life or
    /// until the slot is cleared: the slot must not be made to point elsewhere.
    pub fn register_weak(&self, holder: Value, target: &'static Slot) {
        if holder.is_cell() {
            let entry = WeakEntry { holder: holder.bits() as usize, slot: target };
            let address = target.get().bits() as usize;
            self.weak_slots.lock().entries.entry(address).or_default().push(entry);
        }
    }

    /// The cells whose weak slots point to `target`, in the order of their making.
    pub fn weak_holders(&self, target: Value) -> Vec<Value> {
        let slots = self.weak_slots.lock();
        let holders = slots.entries.get(&(target.bits() as usize)).map_or(&[][..], |entries| entries);
        holders.iter().map(|entry| Value::from_bits(entry.holder as u64)).collect()
    }

    /// A cell whose finaliser (`__del__`) is due. The vm calls it from a safepoint, after the world has resumed.
    pub fn next_finalizer(&self) -> Option<Value> {
        self.pending.lock().finalizers.pop_front().map(|slot| slot.get())
    }

    /// A holder whose weak slot was cleared because the target died; its callback, if it has one, is due.
    pub fn next_dead_weakref(&self) -> Option<Value> {
        self.pending.lock().dead_weakrefs.pop_front().map(|slot| slot.get())
    }

    /// Makes every finaliser that has not run due, as at the interpreter's end. The world is stopped.
    pub fn finalize_all(&self) {
        for local in self.locals.lock().iter() {
            // SAFETY: a registered thread's `Local` exists until it takes the lock we hold, and the thread is stopped.
            self.finalizers.lock().registered.extend(unsafe { local.as_ref() }.take_finalizable());
        }
        let mut pending = self.pending.lock();
        for address in self.finalizers.lock().registered.drain(..) {
            let value = Value::from_bits(address as u64);
            if let Some(header) = value.header().filter(|header| header.has_flag(Header::HAS_FINALIZER)) {
                header.clear_flag(Header::HAS_FINALIZER);
                pending.finalizers.push_back(Slot::new(value));
            }
        }
    }

    /// Clears the weak slots of dead targets. Before finalisers resurrect anything.
    pub(super) fn clear_weak_slots(&self, colour: u8) -> usize {
        let mut pending = self.pending.lock();
        let before = pending.dead_weakrefs.len();
        self.weak_slots.lock().entries.retain(|&address, entries| {
            if is_marked(Value::from_bits(address as u64), colour) {
                return true;
            }
            // The newest first, as in CPython.
            for entry in entries.iter().rev() {
                // SAFETY: the holder is not freed before its entry is dropped (`forget_dead_holders`), and has the slot
                // in it.
                unsafe { &*entry.slot }.set(Value::EMPTY);
                let holder = Value::from_bits(entry.holder as u64);
                if is_marked(holder, colour) {
                    pending.dead_weakrefs.push_back(Slot::new(holder));
                }
            }
            false
        });
        pending.dead_weakrefs.len() - before
    }

    /// Drops the entries of holders that are about to be freed. After finalisers have resurrected what they reach.
    pub(super) fn forget_dead_holders(&self, colour: u8) {
        self.weak_slots.lock().entries.retain(|_, entries| {
            entries.retain(|entry| is_marked(Value::from_bits(entry.holder as u64), colour));
            !entries.is_empty()
        });
    }

    /// Resurrects unreached cells with finalisers and notes them as due. Returns how many.
    pub(super) fn resurrect_finalizable(&self, colour: u8, tracer: &mut Tracer) -> usize {
        let mut pending = self.pending.lock();
        let before = pending.finalizers.len();
        self.finalizers.lock().registered.retain(|&address| {
            let value = Value::from_bits(address as u64);
            let Some(header) = value.header() else { return false };
            if !header.has_flag(Header::HAS_FINALIZER) {
                return false;
            }
            if is_marked(value, colour) {
                return true;
            }
            // All are found before the first is marked: those that reach one another are all due.
            header.clear_flag(Header::HAS_FINALIZER);
            pending.finalizers.push_back(Slot::new(value));
            tracer.value(value);
            false
        });
        pending.finalizers.len() - before
    }
}

/// Whether a value survives the collection whose colour this is; everything that is no cell does.
pub(super) fn is_marked(value: Value, colour: u8) -> bool {
    value.header().is_none_or(|header| header.mark.load(std::sync::atomic::Ordering::Relaxed) >= colour)
}

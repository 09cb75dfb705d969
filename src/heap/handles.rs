//! Handles: values kept from Rust memory that the collector does not trace.

use std::sync::Arc;

use parking_lot::Mutex;

use super::value::{Slot, Value};
use super::{Heap, Tracer};

/// The places that handles of one heap refer to.
#[derive(Default)]
pub(super) struct Handles {
    places: Mutex<Places>,
}

#[derive(Default)]
struct Places {
    used: Vec<Option<Arc<Slot>>>,
    free: Vec<usize>,
}

impl Handles {
    pub(super) fn trace(&self, tracer: &mut Tracer) {
        for slot in self.places.lock().used.iter().flatten() {
            tracer.slot(slot);
        }
    }
}

/// A value that stays alive for as long as this exists, wherever it is kept: in a `Vec` of native code, in a closure for
/// another thread. It may be sent anywhere, but only a thread attached to the interpreter may look inside.
pub struct Rooted {
    slot: Arc<Slot>,
    place: usize,
    heap: Arc<Heap>,
}

impl Rooted {
    pub fn new(heap: &Arc<Heap>, value: Value) -> Rooted {
        let slot = Arc::new(Slot::new(value));
        let mut places = heap.handles.places.lock();
        let place = match places.free.pop() {
            Some(place) => {
                places.used[place] = Some(slot.clone());
                place
            }
            None => {
                places.used.push(Some(slot.clone()));
                places.used.len() - 1
            }
        };
        drop(places);
        Rooted { slot, place, heap: heap.clone() }
    }

    #[inline]
    pub fn get(&self) -> Value {
        self.slot.get()
    }

    pub fn set(&self, value: Value) {
        self.slot.set(value);
    }
}

impl Clone for Rooted {
    fn clone(&self) -> Rooted {
        Rooted::new(&self.heap, self.get())
    }
}

impl Drop for Rooted {
    fn drop(&mut self) {
        let mut places = self.heap.handles.places.lock();
        places.used[self.place] = None;
        places.free.push(self.place);
    }
}

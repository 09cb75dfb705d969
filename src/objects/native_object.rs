//! Objects of native modules (locks, clocks, …) whose state is a Rust value.

use std::any::Any;

use crate::heap::{Cell, Gc, Header, Kind, Tracer, Value};

use crate::vm::Thread;
use crate::vm::native::Result;

use super::class::Class;
use super::kinds;

/// State behind a native object. It must report the values it keeps.
pub trait NativeState: Any + Send + Sync {
    fn trace(&self, _tracer: &mut Tracer) {}

    /// Iterators: the next item, or `None` within at the end. `None` for what is no iterator.
    fn next(&self, _th: &Thread) -> Option<Result<Option<Value>>> {
        None
    }
}

#[repr(C)]
pub struct NativeObject {
    pub header: Header,
    pub state: Box<dyn NativeState>,
}

// SAFETY: `repr(C)`, header first; the state reports its values by its trait's contract.
unsafe impl Cell for NativeObject {
    const KIND: Kind = kinds::NATIVE_STATE;
    const NEEDS_DROP: bool = true;
    fn trace(&self, tracer: &mut Tracer) {
        self.state.trace(tracer);
    }
}

impl Gc<NativeObject> {
    /// The state, if it is a `T`.
    pub fn state_as<T: NativeState>(self) -> Option<&'static T> {
        (self.get().state.as_ref() as &dyn Any).downcast_ref::<T>()
    }
}

/// An object of a native class with this state.
pub fn new(th: &Thread, class: Gc<Class>, state: Box<dyn NativeState>) -> Gc<NativeObject> {
    th.instantiate(class, NativeObject { header: Header::of_kind(kinds::NATIVE_STATE), state })
}

//! Functions and methods written in Rust, as objects.

use crate::heap::{Cell, Gc, Header, Kind, Tracer, Value};
use crate::vm::native::NativeDef;
use crate::vm::signature::Signature;

use super::kinds;

/// A native function: a module's (`len`), a type's method (`list.append`), or a method bound to its object.
#[repr(C)]
pub struct Native {
    pub header: Header,
    pub def: &'static NativeDef,
    pub signature: &'static Signature,
    /// The bound object or class, `EMPTY` for a method found on its type.
    pub bound: Value,
    /// The class a method belongs to (`__objclass__`), or the module's name for a function.
    pub owner: Value,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Native {
    const KIND: Kind = kinds::NATIVE;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self.bound);
        tracer.value(self.owner);
    }
}

impl Native {
    /// Whether it wants its object bound when looked up on an instance.
    #[inline(always)]
    pub fn is_method(&self) -> bool {
        self.bound.is_empty() && self.owner.is_class()
    }
}

pub fn bind(th: &crate::vm::Thread, method: Gc<Native>, object: Value) -> Value {
    th.alloc(Native {
        header: Header::of_kind(kinds::NATIVE),
        def: method.def,
        signature: method.signature,
        bound: object,
        owner: method.owner,
    })
    .value()
}

impl Value {
    #[inline(always)]
    pub fn is_class(self) -> bool {
        self.header().is_some_and(|h| h.kind() == kinds::CLASS)
    }
}

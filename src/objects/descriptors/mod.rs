//! Descriptors: their cells, and storing through them.
//!
//! - `property`, `super_type`: the types of those names
//! - `wrappers`: `staticmethod`, `classmethod`
//! - `members`: the attributes that native types compute, and `__slots__` members

use std::sync::atomic::AtomicBool;

use crate::heap::{Cell, Gc, Header, Kind, Slot, Tracer, Value};
use crate::vm::native::{GetSetDef, Result};
use crate::vm::{Thread, ops};

use super::class::Class;
use super::kinds;
use super::str::Str;

mod members;
mod property;
mod super_type;
mod wrappers;

pub use members::{GETSET, MEMBER, member_get};
pub use property::{PROPERTY, property_get};
pub use super_type::SUPER;
pub use wrappers::{CLASSMETHOD, STATICMETHOD, bind_class_method, native_class_method};

use members::{member_set, read_only};
use property::property_set;

/// `property`
#[repr(C)]
pub struct Property {
    pub header: Header,
    pub get: Slot,
    pub set: Slot,
    pub delete: Slot,
    pub doc: Slot,
    pub name: Slot,
    /// Whether the documentation is the getter's.
    pub has_getters_doc: AtomicBool,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Property {
    const KIND: Kind = kinds::PROPERTY;
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.get, &self.set, &self.delete, &self.doc, &self.name] {
            tracer.slot(slot);
        }
    }
}

macro_rules! wrapper {
    ($(#[$doc:meta])* $name:ident $kind:ident) => {
        $(#[$doc])*
        #[repr(C)]
        pub struct $name {
            pub header: Header,
            pub function: Slot,
        }

        // SAFETY: `repr(C)`, header first, every value reported.
        unsafe impl Cell for $name {
            const KIND: Kind = kinds::$kind;
            fn trace(&self, tracer: &mut Tracer) {
                tracer.slot(&self.function);
            }
        }
    };
}

wrapper!(
    /// `staticmethod`
    StaticMethod STATICMETHOD
);
wrapper!(
    /// `classmethod`
    ClassMethod CLASSMETHOD
);

/// An attribute that a native type computes.
#[repr(C)]
pub struct GetSet {
    pub header: Header,
    pub def: &'static GetSetDef,
    pub owner: Value,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for GetSet {
    const KIND: Kind = kinds::GETSET;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self.owner);
    }
}

/// An attribute named in `__slots__`.
#[repr(C)]
pub struct Member {
    pub header: Header,
    /// Interned.
    pub name: Gc<Str>,
    pub owner: Value,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Member {
    const KIND: Kind = kinds::MEMBER;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.name);
        tracer.value(self.owner);
    }
}

/// `super`
#[repr(C)]
pub struct Super {
    pub header: Header,
    /// The class whose successors in the MRO are searched.
    pub class: Slot,
    /// The object or class that attributes are bound to.
    pub object: Slot,
    /// The class whose MRO it is.
    pub object_class: Slot,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Super {
    const KIND: Kind = kinds::SUPER;
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.class, &self.object, &self.object_class] {
            tracer.slot(slot);
        }
    }
}

/// What `__get__` for no instance gives: the descriptor itself, if at least the class is told.
pub fn unbound(th: &Thread, args: &[Value]) -> Result {
    let nothing = |v: Value| v.is_empty() || v.is_none();
    if args[1].is_none() && nothing(args[2]) {
        return Err(th.type_error("__get__(None, None) is invalid"));
    }
    Ok(args[0])
}

fn or_none(slot: &Slot) -> Value {
    let value = slot.get();
    if value.is_empty() { Value::NONE } else { value }
}

fn class_argument(th: &Thread, class: Value) -> Result<Gc<Class>> {
    class.as_class().ok_or_else(|| th.type_error("__new__(X): X is not a type object"))
}

/// Stores through a descriptor found on the class, or deletes where the value is `EMPTY`. `None`: it is no data descriptor.
pub fn set(th: &Thread, attribute: Value, object: Value, name: Gc<Str>, value: Value) -> Option<Result<()>> {
    let header = attribute.header()?;
    match header.kind() {
        kinds::PROPERTY if !ops::of_program(th, attribute) => {
            Some(property_set(th, attribute.downcast()?, object, value))
        }
        kinds::MEMBER => Some(member_set(th, attribute.downcast()?, object, value)),
        kinds::GETSET => {
            let getset = attribute.downcast::<GetSet>()?;
            Some(match getset.def.set {
                Some(set) => set(th, object, value),
                None => Err(read_only(th, getset, object, name)),
            })
        }
        kind if matches!(kind, kinds::OBJECT | kinds::NATIVE_STATE) || header.shape().is_of_program() => {
            let names = &*th.vm().names;
            let class = th.class_of(attribute);
            let (set, delete) = (th.lookup(class, names.__set__), th.lookup(class, names.__delete__));
            match (value.is_empty(), set, delete) {
                (false, Some(set), _) => Some(th.call_unbound(set, attribute, &[object, value]).map(|_| ())),
                (true, _, Some(delete)) => Some(th.call_unbound(delete, attribute, &[object]).map(|_| ())),
                (false, None, Some(_)) => Some(Err(th.attribute_error("__set__"))),
                (true, Some(_), None) => Some(Err(th.attribute_error("__delete__"))),
                (_, None, None) => None,
            }
        }
        _ => None,
    }
}

//! Functions and methods written in Rust, as objects.

use std::sync::OnceLock;

use crate::compiler::opcodes::FEW_PARAMETERS;
use crate::heap::{Cell, Gc, Header, Kind, ShapeId, Tracer, Value};
use crate::vm::Thread;
use crate::vm::native::{Binding, NativeDef, NativeFn};
use crate::vm::signature::{Shape, Signature};

use super::class::Class;
use super::kinds;

/// A native function: a module's (`len`), a type's method (`list.append`), or a method bound to its object.
#[repr(C)]
pub struct Native {
    pub header: Header,
    pub def: &'static NativeDef,
    /// Read when a call first needs it: most never do.
    signature: OnceLock<&'static Signature>,
    pub quick: Quick,
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

/// What a call with a usual number of positional arguments has to know, so that nothing needs to be bound.
#[derive(Clone, Copy)]
pub struct Quick {
    pub function: NativeFn,
    /// The fewest arguments, `self` included.
    least: u8,
    /// How many more there may be.
    more: u8,
    /// Parameters to be filled up with `EMPTY`.
    pub parameters: u8,
    /// Whether it wants its object bound when looked up on an instance: it is a class's, and not bound yet.
    method: bool,
    /// The shape of the first argument, for methods: that of the exact instances of their type. 0 for functions.
    receiver: ShapeId,
}

impl Quick {
    /// Of a function, or of a method of `owner`.
    fn of(def: &'static NativeDef, owner: Option<Gc<Class>>) -> Quick {
        let (method, receiver) = (owner.is_some(), owner.map_or(ShapeId(0), |owner| owner.root_shape()));
        // Nothing is accepted: there is always at least one argument missing.
        let never = Quick { function: def.function, least: u8::MAX, more: 0, parameters: 0, method, receiver };
        if method && def.binding != Binding::Plain {
            return never;
        }
        if let Some(function) = def.positional {
            return Quick { function, least: method as u8, more: u8::MAX - 1, ..never };
        }
        let Some((least, most)) = unbound_counts(def.shape) else { return never };
        Quick { least, more: most - least, parameters: def.shape.parameters, ..never }
    }

    /// Whether these arguments need no binding.
    #[inline(always)]
    pub fn accepts(&self, args: &[Value]) -> bool {
        args.len().wrapping_sub(self.least as usize) <= self.more as usize
            && (self.receiver.0 == 0
                || args.first().and_then(|this| this.header()).is_some_and(|h| h.shape() == self.receiver))
    }

    /// Whether a method's call on `this` with so many arguments, `this` included, needs no binding.
    #[inline(always)]
    pub fn accepts_on(&self, this: Value, count: usize) -> bool {
        count.wrapping_sub(self.least as usize) <= self.more as usize
            && this.header().is_some_and(|header| header.shape() == self.receiver)
    }
}

/// The fewest and the most arguments that need no binding, apart from filling up.
#[inline]
fn unbound_counts(shape: Shape) -> Option<(u8, u8)> {
    let Shape { parameters, positional, required, simple } = shape;
    if simple && parameters as usize <= FEW_PARAMETERS {
        Some((required, positional))
    } else if positional == parameters {
        Some((parameters, parameters))
    } else {
        None
    }
}

impl Native {
    /// For a `__new__` that is called with its class and so many arguments more: to how many they are to be filled up, if nothing
    /// has to be bound.
    pub fn filled_for_new(&self, arguments: usize) -> Option<usize> {
        let (least, most) = unbound_counts(self.def.shape)?;
        (self.def.positional.is_none() && (least as usize..=most as usize).contains(&(arguments + 1)))
            .then_some(self.def.shape.parameters as usize)
    }

    /// A function of a module, or a method of the class `class` that is not bound yet.
    pub fn new(header: Header, def: &'static NativeDef, class: Option<Gc<Class>>, owner: Value) -> Native {
        let quick = Quick::of(def, class);
        Native { header, def, signature: OnceLock::new(), quick, bound: Value::EMPTY, owner }
    }

    /// Whether it wants its object bound when looked up on an instance: it is a class's, and not bound yet.
    #[inline(always)]
    pub fn is_method(&self) -> bool {
        self.quick.method
    }

    #[inline]
    pub fn signature(&self, th: &Thread) -> &'static Signature {
        self.signature.get_or_init(|| th.vm().signatures.of(self.def))
    }
}

const _: () = assert!(size_of::<Native>() == 64);

pub fn bind(th: &Thread, method: Gc<Native>, object: Value) -> Value {
    let wrapper = method.header.shape() == header_of_kind(kinds::WRAPPER_DESCRIPTOR).shape();
    th.alloc(Native {
        header: if wrapper { header_of_kind(kinds::METHOD_WRAPPER) } else { Header::of_kind(kinds::NATIVE) },
        def: method.def,
        signature: method.signature.clone(),
        quick: Quick { method: false, ..method.quick },
        bound: object,
        owner: method.owner,
    })
    .value()
}

/// The header of a method found on its type, by what CPython makes of it: see `native_types`.
pub fn header_of(def: &NativeDef) -> Header {
    match def.binding {
        Binding::Plain if def.is_slot() => header_of_kind(kinds::WRAPPER_DESCRIPTOR),
        Binding::Plain => header_of_kind(kinds::METHOD_DESCRIPTOR),
        Binding::Class | Binding::Static => Header::of_kind(kinds::NATIVE),
    }
}

/// The header of one of the types that are all `Native` in Rust.
const fn header_of_kind(kind: Kind) -> Header {
    kinds::header_of_type::<Native>(kind)
}

impl Value {
    #[inline(always)]
    pub fn is_class(self) -> bool {
        self.header().is_some_and(|h| h.kind() == kinds::CLASS)
    }
}

//! Weak references: `weakref.ref`.
//!
//! The collector empties the slot when the object dies and then hands the reference to the interpreter, which calls its
//! callback.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::heap::{Cell, Gc, Header, Kind, Slot, Tracer, Value};
use crate::vm::Thread;
use crate::vm::native::{Result, TypeDef, getter, native};
use crate::vm::ops::{self, CompareOp};

use super::class::{Class, flag};
use super::generic_alias::CLASS_GETITEM;
use super::{kinds, sequences};

#[repr(C)]
pub struct WeakRef {
    pub header: Header,
    /// The object; `EMPTY` once it died.
    target: Slot,
    /// Called with the reference when the object has died; `NONE` if there is none.
    callback: Slot,
    /// The object's hash once it was asked for; 0 until then.
    hash: AtomicI64,
}

// SAFETY: `repr(C)`, header first; the target is passed over, as `Heap::register_weak` demands.
unsafe impl Cell for WeakRef {
    const KIND: Kind = kinds::WEAKREF;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.callback);
    }
}

fn cell(target: Value, callback: Value) -> WeakRef {
    WeakRef {
        header: Header::of_kind(kinds::WEAKREF),
        target: Slot::new(target),
        callback: Slot::new(callback),
        hash: AtomicI64::new(0),
    }
}

fn register(th: &Thread, reference: Gc<WeakRef>) -> Gc<WeakRef> {
    if !reference.target.get().is_empty() {
        th.vm().heap().register_weak(reference.value(), &reference.get().target);
    }
    reference
}

/// A weak reference without a callback to any cell.
pub fn new(th: &Thread, target: Value) -> Value {
    register(th, th.alloc(cell(target, Value::NONE))).value()
}

/// A weak reference of `class`; TypeError where instances of the target's class have none.
pub fn instance(th: &Thread, class: Gc<Class>, target: Value, callback: Value) -> Result {
    if !can_be_weak(th, target) {
        let name = th.type_name(target);
        return Err(th.type_error(format_args!("cannot create weak reference to '{name}' object")));
    }
    let plain =
        |v: &Value| v.downcast::<WeakRef>().is_some_and(|one| one.header.is_exact() && one.callback.get().is_none());
    if callback.is_none()
        && class == th.vm().class(&WEAKREF)
        && let Some(known) = th.vm().heap().weak_holders(target).into_iter().find(plain)
    {
        return Ok(known);
    }
    Ok(register(th, th.instantiate(class, cell(target, callback))).value())
}

/// The weak references to an object, in the order of their making.
pub fn references_to(th: &Thread, target: Value) -> Value {
    th.list(&if target.is_cell() { th.vm().heap().weak_holders(target) } else { Vec::new() })
}

/// Whether objects like this one may be weakly referenced.
fn can_be_weak(th: &Thread, target: Value) -> bool {
    let Some(header) = target.header() else { return false };
    let built_in = matches!(
        header.kind(),
        kinds::SET
            | kinds::FROZENSET
            | kinds::FUNCTION
            | kinds::NATIVE
            | kinds::METHOD
            | kinds::CLASS
            | kinds::MODULE
            | kinds::GENERATOR
            | kinds::CODE
            | kinds::GENERIC_ALIAS
            | kinds::DEQUE
            | kinds::ARRAY
            | kinds::MEMORYVIEW
    );
    built_in || th.class_of(target).has(flag::WEAKREFS)
}

/// What a weak reference refers to: None if that has died.
pub fn target(reference: Value) -> Value {
    let target = reference.downcast::<WeakRef>().map_or(Value::EMPTY, |reference| reference.target.get());
    if target.is_empty() { Value::NONE } else { target }
}

/// Calls the callback of a reference whose object has died.
pub fn call_back(th: &Thread, reference: Value) -> Result<()> {
    let Some(weak) = reference.downcast::<WeakRef>() else { return Ok(()) };
    let callback = weak.callback.replace(Value::NONE);
    if callback.is_none() {
        return Ok(());
    }
    th.call(callback, &[reference]).map(drop)
}

fn this(th: &Thread, v: Value) -> Result<Gc<WeakRef>> {
    v.downcast::<WeakRef>().ok_or_else(|| th.type_error("a 'weakref.ReferenceType' object is required"))
}

fn reference_new(th: &Thread, args: &[Value]) -> Result {
    let Some(class) = args[0].as_class() else {
        return Err(th.type_error("ReferenceType.__new__(X): X is not a type object"));
    };
    let callback = if args[2].is_empty() { Value::NONE } else { args[2] };
    instance(th, class, args[1], callback)
}

fn compare(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    let (Some(x), Some(y)) = (a.downcast::<WeakRef>(), b.downcast::<WeakRef>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (x, y) = (x.target.get(), y.target.get());
    if x.is_empty() || y.is_empty() {
        return Ok(Value::bool((a == b) == (op == CompareOp::Eq)));
    }
    ops::compare(th, op, x, y)
}

sequences::comparisons!(compare);

fn hash(th: &Thread, args: &[Value]) -> Result {
    let reference = this(th, args[0])?;
    let known = reference.hash.load(Ordering::Relaxed);
    if known != 0 {
        return Ok(th.int(known));
    }
    let target = reference.target.get();
    if target.is_empty() {
        return Err(th.type_error("weak object has gone away"));
    }
    let hash = ops::hash(th, target)?;
    reference.hash.store(hash, Ordering::Relaxed);
    Ok(th.int(hash))
}

fn repr(th: &Thread, args: &[Value]) -> Result {
    let reference = this(th, args[0])?;
    let (address, target) = (reference.address(), reference.target.get());
    if target.is_empty() {
        return Ok(th.str(&format!("<weakref at {address:#x}; dead>")));
    }
    let (class, at) = (th.type_name(target), target.bits());
    Ok(th.str(&format!("<weakref at {address:#x}; to '{class}' at {at:#x}>")))
}

pub static WEAKREF: TypeDef = TypeDef {
    module: "weakref",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, object, callback=None, /)", "Create a weak reference.", reference_new).static_method(),
        // The arguments are `__new__`'s; subclasses add to them.
        native("__init__", "($self, object, callback=None, /)", "Initialize self.", |_, _| Ok(Value::NONE)),
        native("__call__", "($self, /)", "Return the object, or None if it has died.", |_, args| Ok(target(args[0]))),
        native("__repr__", "($self, /)", "Return repr(self).", repr),
        native("__hash__", "($self, /)", "Return hash(self).", hash),
        LT,
        LE,
        EQ,
        NE,
        GT,
        GE,
        CLASS_GETITEM,
    ],
    getset: &[getter("__callback__", "What is called when the object has died.", |th, v| {
        Ok(this(th, v)?.callback.get())
    })],
    ..TypeDef::new("ReferenceType", kinds::WEAKREF, "A reference that does not keep its object alive.")
};

//! Bytes that classes written in Python lend: `__buffer__` gives a memoryview, `__release_buffer__` takes it back.

use std::borrow::Cow;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::heap::{Gc, Slot, Tracer, Value};
use crate::objects::exception::Exc;
use crate::objects::native::Native;
use crate::objects::native_object::{self, NativeState};
use crate::objects::{kinds, sequences};
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::{Thread, ops, report};

use super::{Bytes, MemoryView};

/// The flag by which a borrower asks for bytes that it can write.
pub const WRITABLE: i64 = 1;
/// What `memoryview()` and `bytes()` ask for: read-only will do, and all that there is to know.
pub const FULL_READ: i64 = 284;

/// The method of a class written in Python by which it lends, if it has one.
fn lends(th: &Thread, v: Value) -> Option<Value> {
    let method = th.lookup(th.class_of(v), th.intern("__buffer__"))?;
    method.downcast::<Native>().is_none().then_some(method)
}

/// The view that the object lends; `None` for objects that lend nothing, or that need no method to do it.
pub fn view(th: &Thread, v: Value, flags: i64) -> Result<Option<Gc<MemoryView>>> {
    let Some(method) = lends(th, v) else { return Ok(None) };
    let lent = th.call_unbound(method, v, &[Value::small_int(flags)])?;
    match lent.downcast::<MemoryView>() {
        Some(view) => Ok(Some(view)),
        None => Err(th.type_error("__buffer__ returned non-memoryview object")),
    }
}

/// Gives a view back to the object that lent it.
fn give_back(th: &Thread, lender: Value, view: Value) {
    let Some(method) = th.lookup(th.class_of(lender), th.intern("__release_buffer__")) else { return };
    if let Err(raised) = th.call_unbound(method, lender, &[view]) {
        let exception = th.take_exception(raised);
        report::unraisable(th, exception, lender);
    }
}

/// A copy of the bytes that the object lends.
pub fn copied(th: &Thread, v: Value, flags: i64) -> Result<Option<Cow<'static, [u8]>>> {
    let Some(view) = view(th, v, flags)? else { return Ok(None) };
    let Some(content) = view.content() else { return Err(super::memoryview::released(th)) };
    let content = content.into_owned();
    give_back(th, v, view.value());
    Ok(Some(Cow::Owned(content)))
}

/// What a view of lent bytes holds: it is given back when the last view of it is released.
pub struct Loan {
    lender: Slot,
    view: Slot,
    views: AtomicUsize,
}

impl NativeState for Loan {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.lender);
        tracer.slot(&self.view);
    }
}

static LOAN: TypeDef = TypeDef::new("_buffer_wrapper", kinds::NATIVE_STATE, "");

/// A loan that no view holds yet.
pub fn loan(th: &Thread, lender: Value, view: Gc<MemoryView>) -> Value {
    let state = Loan { lender: Slot::new(lender), view: Slot::new(view.value()), views: AtomicUsize::new(0) };
    native_object::new(th, th.make_native_class(&LOAN), Box::new(state)).value()
}

impl Loan {
    pub fn of(v: Value) -> Option<&'static Loan> {
        v.downcast::<native_object::NativeObject>()?.state_as()
    }

    /// One view more.
    pub fn share(&self) {
        self.views.fetch_add(1, Ordering::AcqRel);
    }

    /// One view less.
    pub fn end(&self, th: &Thread) {
        if self.views.fetch_sub(1, Ordering::AcqRel) == 1 {
            let (lender, view) = (self.lender.replace(Value::EMPTY), self.view.replace(Value::EMPTY));
            give_back(th, lender, view);
        }
    }
}

/// `__buffer__` of the native types.
pub const BUFFER: NativeDef = native(
    "__buffer__",
    "($self, flags, /)",
    "Return a buffer object that exposes the underlying memory of the object.",
    |th, args| {
        if !sequences::is_index(th, args[1]) {
            let found = th.type_name(args[1]);
            return Err(th.type_error(format_args!("'{found}' object cannot be interpreted as an integer")));
        }
        let flags = ops::index_i64(th, args[1]).ok().and_then(|flags| i32::try_from(flags).ok());
        let Some(flags) = flags else { return Err(th.overflow_error("buffer flags out of range")) };
        let read_only = match args[0].downcast::<MemoryView>() {
            Some(view) => view.is_read_only(),
            None => args[0].downcast::<Bytes>().is_some(),
        };
        if i64::from(flags) & WRITABLE != 0 && read_only {
            return Err(th.raise(Exc::BufferError, "Object is not writable."));
        }
        super::memoryview::over(th, args[0])
    },
);

/// `__release_buffer__` of those among them whose bytes can change.
pub const RELEASE_BUFFER: NativeDef = native(
    "__release_buffer__",
    "($self, buffer, /)",
    "Release the buffer object that exposes the underlying memory of the object.",
    |th, args| {
        let Some(view) = args[1].downcast::<MemoryView>() else {
            return Err(th.type_error("expected a memoryview object"));
        };
        if view.object() != args[0]
            && view.object() != args[0].downcast().map_or(Value::EMPTY, |of: Gc<MemoryView>| of.object())
        {
            return Err(th.value_error("memoryview's buffer is not this object"));
        }
        if !view.release(th) {
            return Err(th.value_error("memoryview's buffer has already been released"));
        }
        Ok(Value::NONE)
    },
);

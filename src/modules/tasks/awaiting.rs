//! What `await future` runs: an iterator that yields the future once, unless it is done, and returns its result.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::heap::{Cell, Gc, Header, Kind, Slot, Tracer, Value};
use crate::objects::exception::Exc;
use crate::objects::kinds;
use crate::vm::Thread;
use crate::vm::generators::Step;
use crate::vm::native::{Result, TypeDef, native};

use super::future;

#[repr(C)]
pub struct FutureIter {
    pub header: Header,
    /// `EMPTY` at the end.
    future: Slot,
    has_yielded: AtomicBool,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for FutureIter {
    const KIND: Kind = kinds::FUTURE_ITER;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.future);
    }
}

pub fn over(th: &Thread, future: Value) -> Value {
    let header = Header::of_kind(kinds::FUTURE_ITER);
    th.alloc(FutureIter { header, future: Slot::new(future), has_yielded: AtomicBool::new(false) }).value()
}

impl Gc<FutureIter> {
    /// The next step of an `await`.
    pub fn step(self, th: &Thread) -> Result<Step> {
        let Some(future) = future::of(self.future.get()) else { return Ok(Step::Returned(Value::NONE)) };
        if future.is_pending() {
            if self.has_yielded.load(Ordering::Relaxed) {
                return Err(th.runtime_error("await wasn't used with future"));
            }
            self.has_yielded.store(true, Ordering::Relaxed);
            future.blocking.put(true);
            return Ok(Step::Yielded(future.value));
        }
        self.future.set(Value::EMPTY);
        future.outcome(th).map(Step::Returned)
    }
}

fn this(th: &Thread, value: Value) -> Result<Gc<FutureIter>> {
    value.downcast::<FutureIter>().ok_or_else(|| th.type_error("a '_asyncio.FutureIter' object is required"))
}

fn next(th: &Thread, args: &[Value]) -> Result {
    match this(th, args[0])?.step(th)? {
        Step::Yielded(value) => Ok(value),
        Step::Returned(Value::NONE) => Err(th.raise_with(Exc::StopIteration, &[])),
        Step::Returned(value) => Err(th.raise_with(Exc::StopIteration, &[value])),
    }
}

pub static FUTURE_ITER: TypeDef = TypeDef {
    module: "_asyncio",
    methods: &[
        native("__iter__", "($self, /)", "Implement iter(self).", |_, args| Ok(args[0])),
        native("__next__", "($self, /)", "Implement next(self).", next),
        native("send", "($self, value, /)", "Go on with the await; the value is of no interest.", next),
        native(
            "throw",
            "($self, type, value=None, traceback=None, /)",
            "Raise an exception in the await.",
            |th, args| {
                this(th, args[0])?.future.set(Value::EMPTY);
                let given = if args[2].is_empty() || args[2].is_none() { args[1] } else { args[2] };
                Err(th.raise_object(given))
            },
        ),
        native("close", "($self, /)", "End the await.", |th, args| {
            this(th, args[0])?.future.set(Value::EMPTY);
            Ok(Value::NONE)
        }),
    ],
    ..TypeDef::new("FutureIter", kinds::FUTURE_ITER, "")
};

//! Handles: calls that a loop will make, in the next round or at a time, unless they are cancelled first.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::heap::{Cell, Gc, Header, Kind, Slot, Tracer, Value};
use crate::modules::contexts;
use crate::modules::thread::class_of;
use crate::objects::exception::Exc;
use crate::objects::tuple::Tuple;
use crate::objects::{kinds, sequences};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::ops::{self, CompareOp};
use crate::vm::{Raised, Thread, signature};

use super::future::{self, Flag, or_none};
use super::{event_loop, helper};

#[repr(C)]
pub struct Handle {
    pub header: Header,
    callback: Slot,
    /// A tuple.
    args: Slot,
    context: Slot,
    event_loop: Slot,
    /// Where it was made, in debug mode; `EMPTY` otherwise.
    source: Slot,
    /// How it looked before it was cancelled, in debug mode; `EMPTY` otherwise.
    shown: Slot,
    /// Timers: the time, a double.
    when: AtomicU64,
    cancelled: Flag,
    /// Timers: it lies in the loop's heap.
    pub scheduled: Flag,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Handle {
    const KIND: Kind = kinds::HANDLE;
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.callback, &self.args, &self.context, &self.event_loop, &self.source, &self.shown] {
            tracer.slot(slot);
        }
    }
}

impl Handle {
    fn empty() -> Handle {
        Handle {
            header: Header::of_kind(kinds::HANDLE),
            callback: Slot::new(Value::NONE),
            args: Slot::new(Value::NONE),
            context: Slot::new(Value::NONE),
            event_loop: Slot::new(Value::NONE),
            source: Slot::default(),
            shown: Slot::default(),
            when: AtomicU64::new(0),
            cancelled: Flag::default(),
            scheduled: Flag::default(),
        }
    }

    pub fn when(&self) -> f64 {
        f64::from_bits(self.when.load(Ordering::Relaxed))
    }
}

/// Fills a new handle. `args` is a tuple; a `context` that is not given is a copy of the current one.
fn fill(
    th: &Thread,
    handle: Gc<Handle>,
    event_loop: Value,
    callback: Value,
    args: Value,
    context: Value,
) -> Result<()> {
    let context = if context.is_empty() || context.is_none() { contexts::copy_current(th)? } else { context };
    handle.context.set(context);
    handle.event_loop.set(event_loop);
    handle.callback.set(callback);
    handle.args.set(args);
    if future::is_debugging(th, event_loop)? {
        handle.source.set(future::origin(th)?);
    }
    Ok(())
}

pub fn new(th: &Thread, event_loop: Value, callback: Value, args: Value, context: Value) -> Result<Gc<Handle>> {
    let handle = th.instantiate(th.vm().class(&HANDLE), Handle::empty());
    fill(th, handle, event_loop, callback, args, context)?;
    Ok(handle)
}

pub fn new_timer(
    th: &Thread,
    when: Value,
    event_loop: Value,
    callback: Value,
    args: Value,
    context: Value,
) -> Result<Gc<Handle>> {
    let timer = th.instantiate(th.vm().class(&TIMER_HANDLE), Handle::empty());
    timer.when.store(ops::float(th, when)?.to_bits(), Ordering::Relaxed);
    fill(th, timer, event_loop, callback, args, context)?;
    Ok(timer)
}

/// `event_loop.call_soon(callback, *args, context=context)`
pub fn call_soon(th: &Thread, event_loop: Value, callback: Value, args: Value, context: Value) -> Result<()> {
    if let Some(native) = event_loop::of(event_loop)
        && native.takes_directly()
        && !native.debug.is_set()
    {
        native.check_open(th)?;
        let handle = new(th, event_loop, callback, args, context)?;
        native.put(th, handle.value());
        return Ok(());
    }
    let method = ops::get_attr(th, event_loop, th.intern("call_soon"))?;
    let mut given = vec![callback];
    given.extend_from_slice(signature::items(args.downcast::<Tuple>()));
    given.push(context);
    // The tuple keeps alive what the vector holds.
    th.keep(th.tuple(&given));
    let result = th.call_keywords(method, &given, &[th.intern("context").value()]);
    th.unkeep(1);
    result.map(drop)
}

/// Makes the call; what goes wrong is told to the loop's exception handler, but for what ends the program.
pub fn run(th: &Thread, handle: Gc<Handle>) -> Result<()> {
    if handle.cancelled.is_set() {
        return Ok(());
    }
    let args = handle.args.get().downcast::<Tuple>();
    let callback = handle.callback.get();
    let entered = match contexts::enter(th, handle.context.get()) {
        Ok(entered) => entered,
        Err(raised) => return report(th, raised, handle.value(), handle.event_loop.get()),
    };
    let result = th.call(callback, signature::items(args));
    contexts::leave(th, entered);
    match result {
        Ok(_) => Ok(()),
        Err(raised) => report(th, raised, handle.value(), handle.event_loop.get()),
    }
}

/// Tells the exception handler of a loop what a call of it has raised.
pub fn report(th: &Thread, raised: Raised, whose: Value, event_loop: Value) -> Result<()> {
    if th.pending_is(Exc::SystemExit) || th.pending_is(Exc::KeyboardInterrupt) {
        return Err(raised);
    }
    let exception = th.take_exception(raised);
    helper(th, "asyncio.events", "_report_callback", &[event_loop, whose, exception]).map(drop)
}

fn this(th: &Thread, value: Value) -> Result<Gc<Handle>> {
    value.downcast::<Handle>().ok_or_else(|| th.type_error("a handle is required"))
}

fn cancel(th: &Thread, args: &[Value]) -> Result {
    let handle = this(th, args[0])?;
    if handle.cancelled.is_set() {
        return Ok(Value::NONE);
    }
    let event_loop = handle.event_loop.get();
    if handle.scheduled.is_set() {
        match event_loop::of(event_loop) {
            Some(native) => {
                native.cancelled_timers.fetch_add(1, Ordering::Relaxed);
            }
            None => {
                th.call_method(event_loop, th.intern("_timer_handle_cancelled"), &[args[0]])?;
            }
        }
    }
    handle.cancelled.put(true);
    if future::is_debugging(th, event_loop)? {
        // What it was is still worth knowing.
        let shown = ops::repr(th, args[0])?;
        handle.shown.set(shown.value());
    }
    handle.callback.set(Value::NONE);
    handle.args.set(Value::NONE);
    Ok(Value::NONE)
}

fn new_empty(th: &Thread, args: &[Value]) -> Result {
    Ok(th.instantiate(class_of(th, args[0])?, Handle::empty()).value())
}

fn repr(th: &Thread, args: &[Value]) -> Result {
    match this(th, args[0])?.shown.get() {
        Value::EMPTY => helper(th, "asyncio.events", "_describe_handle", &[args[0]]),
        shown => Ok(shown),
    }
}

pub static HANDLE: TypeDef = TypeDef {
    module: "asyncio.events",
    methods: &[
        native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", new_empty).static_method(),
        native("__init__", "($self, callback, args, loop, context=None)", "Initialize self.", |th, args| {
            let given = th.tuple(signature::items(args[2].downcast::<Tuple>()));
            fill(th, this(th, args[0])?, args[3], args[1], given, args[4]).map(|()| Value::NONE)
        })
        .keywords(),
        native("__repr__", "($self, /)", "Return repr(self).", repr),
        native("cancel", "(self)", "Make the call not happen.", cancel),
        native("cancelled", "(self)", "Return whether it was cancelled.", |th, args| {
            Ok(Value::bool(this(th, args[0])?.cancelled.is_set()))
        }),
        native("get_context", "(self)", "Return the context that the call is made in.", |th, args| {
            Ok(this(th, args[0])?.context.get())
        }),
        native("_run", "(self)", "Make the call.", |th, args| run(th, this(th, args[0])?).map(|()| Value::NONE)),
    ],
    getset: ATTRIBUTES,
    subclassable: true,
    weakrefs: true,
    ..TypeDef::new("Handle", kinds::HANDLE, "Object returned by callback registration methods.")
};

const ATTRIBUTES: &[GetSetDef] = &[
    getter("_callback", "What is called, None once it was cancelled.", |th, v| Ok(this(th, v)?.callback.get())),
    getter("_args", "What it is called with, None once it was cancelled.", |th, v| Ok(this(th, v)?.args.get())),
    getter("_context", "The context that the call is made in.", |th, v| Ok(this(th, v)?.context.get())),
    getter("_loop", "The loop that makes the call.", |th, v| Ok(this(th, v)?.event_loop.get())),
    getter("_cancelled", "Whether it was cancelled.", |th, v| Ok(Value::bool(this(th, v)?.cancelled.is_set()))),
    getter("_source_traceback", "Where it was made, in debug mode.", |th, v| Ok(or_none(this(th, v)?.source.get()))),
];

pub static TIMER_HANDLE: TypeDef = TypeDef {
    module: "asyncio.events",
    base: Some(&HANDLE),
    methods: TIMER_METHODS,
    getset: &[
        getter("_when", "The time of the call.", |th, v| Ok(Value::float(this(th, v)?.when()))),
        getter("_scheduled", "Whether it lies in the loop's heap.", |th, v| {
            Ok(Value::bool(this(th, v)?.scheduled.is_set()))
        })
        .settable(|th, v, new| {
            this(th, v)?.scheduled.put(ops::truthy(th, new)?);
            Ok(())
        }),
    ],
    subclassable: true,
    ..TypeDef::new("TimerHandle", kinds::HANDLE, "Object returned by timed callback registration methods.")
};

const TIMER_METHODS: &[NativeDef] = &[
    native("__init__", "($self, when, callback, args, loop, context=None)", "Initialize self.", |th, args| {
        let timer = this(th, args[0])?;
        timer.when.store(ops::float(th, args[1])?.to_bits(), Ordering::Relaxed);
        let given = th.tuple(signature::items(args[3].downcast::<Tuple>()));
        fill(th, timer, args[4], args[2], given, args[5]).map(|()| Value::NONE)
    })
    .keywords(),
    native("__hash__", "($self, /)", "Return hash(self).", |th, args| {
        let hash = ops::hash(th, Value::float(this(th, args[0])?.when()))?;
        Ok(th.int(hash))
    }),
    native("when", "(self)", "Return the time at which the call will be made, by the loop's clock.", |th, args| {
        Ok(Value::float(this(th, args[0])?.when()))
    }),
    LT,
    LE,
    EQ,
    NE,
    GT,
    GE,
];

fn compare(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    let timer = th.vm().class(&TIMER_HANDLE);
    let (Some(x), Some(y)) = (a.downcast::<Handle>(), b.downcast::<Handle>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if !th.is_instance(a, timer) || !th.is_instance(b, timer) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let same = || -> Result<bool> {
        Ok(x.when() == y.when()
            && ops::equal(th, x.callback.get(), y.callback.get())?
            && ops::equal(th, x.args.get(), y.args.get())?
            && x.cancelled.is_set() == y.cancelled.is_set())
    };
    Ok(Value::bool(match op {
        CompareOp::Lt => x.when() < y.when(),
        CompareOp::Le => x.when() < y.when() || same()?,
        CompareOp::Gt => x.when() > y.when(),
        CompareOp::Ge => x.when() > y.when() || same()?,
        CompareOp::Eq => same()?,
        CompareOp::Ne => !same()?,
    }))
}

sequences::comparisons!(compare);

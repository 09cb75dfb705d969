//! The type `Future`.

use std::sync::atomic::Ordering;

use crate::heap::{Gc, Value};
use crate::modules::contexts;
use crate::modules::thread::class_of;
use crate::objects::generic_alias::CLASS_GETITEM;
use crate::objects::kinds;
use crate::objects::list::List;
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Thread, ops};

use super::future::{self, AnyFuture, Future, State, or_none};
use super::{awaiting, event_loop, handle, helper, invalid_state};

/// The future or task that a method was called on, once `__init__` has run.
pub fn this(th: &Thread, value: Value) -> Result<AnyFuture> {
    let future = plain(th, value)?;
    if future.event_loop.get().is_empty() {
        return Err(th.runtime_error("Future object is not initialized."));
    }
    Ok(future)
}

/// As `this`, where it is the state that is wrong.
fn has_begun(th: &Thread, value: Value) -> Result<AnyFuture> {
    let future = plain(th, value)?;
    if future.event_loop.get().is_empty() {
        return Err(invalid_state(th, "Future object is not initialized."));
    }
    Ok(future)
}

fn plain(th: &Thread, value: Value) -> Result<AnyFuture> {
    future::of(value).ok_or_else(|| th.type_error("a '_asyncio.Future' object is required"))
}

/// The loop of `loop=`, or the current one.
pub fn loop_or_current(th: &Thread, given: Value) -> Result {
    if !given.is_empty() && !given.is_none() {
        return Ok(given);
    }
    match th.running_loop.get() {
        Value::EMPTY | Value::NONE => helper(th, "asyncio.events", "get_event_loop", &[]),
        running => Ok(running),
    }
}

fn init(th: &Thread, args: &[Value]) -> Result {
    let future = plain(th, args[0])?;
    let event_loop = loop_or_current(th, args[1])?;
    future.event_loop.set(event_loop);
    if future::is_debugging(th, event_loop)? {
        future.source.set(future::origin(th)?);
    }
    Ok(Value::NONE)
}

fn check_pending(th: &Thread, future: AnyFuture) -> Result<()> {
    if future.is_pending() { Ok(()) } else { Err(invalid_state(th, "invalid state")) }
}

fn exception(th: &Thread, args: &[Value]) -> Result {
    let future = has_begun(th, args[0])?;
    match future.state() {
        State::Pending => Err(invalid_state(th, "Exception is not set.")),
        State::Cancelled => {
            let error = future.make_cancelled_error(th)?;
            Err(th.raise_value(error))
        }
        State::Finished => {
            future.retrieved();
            Ok(future.exception_or_none())
        }
    }
}

fn add_done_callback(th: &Thread, args: &[Value]) -> Result {
    let future = plain(th, args[0])?;
    if future.event_loop.get().is_empty() {
        return Err(th.runtime_error("uninitialized Future object"));
    }
    let context = match args[2] {
        Value::EMPTY | Value::NONE => contexts::copy_current(th)?,
        context => context,
    };
    if future.is_pending() {
        future.add_callback(th, args[1], context);
    } else {
        handle::call_soon(th, future.event_loop.get(), args[1], th.tuple(&[args[0]]), context)?;
    }
    Ok(Value::NONE)
}

fn remove_done_callback(th: &Thread, args: &[Value]) -> Result {
    let future = this(th, args[0])?;
    let Some(all) = future.callbacks(th) else { return Ok(th.int(0)) };
    let kept = List::new(th, &[]);
    let (mut at, mut removed) = (0, 0);
    while let (Some(callback), Some(context)) = (all.at(at), all.at(at + 1)) {
        at += 2;
        // A task that waits is no callback of the program's.
        if !context.is_none() && ops::equal(th, callback, args[1])? {
            removed += 1;
        } else {
            kept.push_all(th, &[callback, context]);
        }
    }
    if removed > 0 {
        future.replace_callbacks(th, kept);
    }
    Ok(th.int(removed))
}

/// What pairs of callback and context look like from outside.
fn callbacks(th: &Thread, value: Value) -> Result {
    let Some(all) = plain(th, value)?.callbacks(th) else { return Ok(Value::NONE) };
    let pairs: Gc<List> = List::new(th, &[]);
    let mut at = 0;
    while let (Some(callback), Some(context)) = (all.at(at), all.at(at + 1)) {
        pairs.push(th, th.tuple(&[callback, context]));
        at += 2;
    }
    Ok(pairs.value())
}

pub const SHARED: [NativeDef; 14] = [
    native("__await__", "($self, /)", "Return an iterator to be used in await expression.", |th, args| {
        this(th, args[0])?;
        Ok(awaiting::over(th, args[0]))
    }),
    native("__iter__", "($self, /)", "Implement iter(self).", |th, args| {
        this(th, args[0])?;
        Ok(awaiting::over(th, args[0]))
    }),
    native("result", "($self, /)", "Return the result this future represents.", |th, args| {
        has_begun(th, args[0])?.outcome(th)
    }),
    native("exception", "($self, /)", "Return the exception that was set on this future.", exception),
    native(
        "add_done_callback",
        "($self, fn, /, *, context=<unrepresentable>)",
        "Add a callback to be run when the future becomes done.",
        add_done_callback,
    )
    .keywords(),
    native(
        "remove_done_callback",
        "($self, fn, /)",
        "Remove all instances of a callback from the \"call when done\" list.",
        remove_done_callback,
    ),
    native("cancelled", "($self, /)", "Return True if the future was cancelled.", |th, args| {
        Ok(Value::bool(plain(th, args[0])?.state() == State::Cancelled))
    }),
    native("done", "($self, /)", "Return True if the future is done.", |th, args| {
        let future = plain(th, args[0])?;
        Ok(Value::bool(!future.is_pending()))
    }),
    native("get_loop", "($self, /)", "Return the event loop the Future is bound to.", |th, args| {
        Ok(this(th, args[0])?.event_loop.get())
    }),
    native(
        "_make_cancelled_error",
        "($self, /)",
        "Create the CancelledError to raise if the Future is cancelled.",
        |th, args| plain(th, args[0])?.make_cancelled_error(th),
    ),
    native("__repr__", "($self, /)", "Return repr(self).", |th, args| {
        helper(th, "asyncio.format_helpers", "repr_of", &[args[0]])
    }),
    native("set_result", "($self, result, /)", "Mark the future done and set its result.", |th, args| {
        let future = this(th, args[0])?;
        check_pending(th, future)?;
        future.finish(th, args[1]).map(|()| Value::NONE)
    }),
    native("set_exception", "($self, exception, /)", "Mark the future done and set an exception.", |th, args| {
        let future = this(th, args[0])?;
        check_pending(th, future)?;
        let failure = future::failure(th, args[1])?;
        future.fail(th, failure).map(|()| Value::NONE)
    }),
    native("cancel", "($self, /, msg=None)", "Cancel the future and schedule callbacks.", |th, args| {
        this(th, args[0])?.cancel(th, args[1]).map(Value::bool)
    })
    .keywords(),
];

const OWN: [NativeDef; 3] = [
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
        Ok(th.instantiate(class_of(th, args[0])?, Future::of_kind(kinds::FUTURE)).value())
    })
    .static_method(),
    native("__init__", "($self, /, *, loop=None)", "Initialize self.", init).keywords(),
    CLASS_GETITEM,
];

const GROUPS: &[&[NativeDef]] = &[&SHARED, &OWN];

pub static FUTURE: TypeDef = TypeDef {
    module: "_asyncio",
    methods: &crate::vm::native::join_methods::<{ crate::vm::native::count_methods(GROUPS) }>(GROUPS),
    getset: ATTRIBUTES,
    subclassable: true,
    has_dict: true,
    weakrefs: true,
    ..TypeDef::new("Future", kinds::FUTURE, "This class is *almost* compatible with concurrent.futures.Future.")
};

fn set_blocking(th: &Thread, value: Value, new: Value) -> Result<()> {
    let on = ops::truthy(th, new)?;
    plain(th, value)?.blocking.put(on);
    Ok(())
}

fn set_log_traceback(th: &Thread, value: Value, new: Value) -> Result<()> {
    if ops::truthy(th, new)? {
        return Err(th.value_error("_log_traceback can only be set to False"));
    }
    plain(th, value)?.retrieved();
    Ok(())
}

pub const ATTRIBUTES: &[GetSetDef] = &[
    getter("_state", "PENDING, CANCELLED or FINISHED.", |th, v| {
        Ok(th
            .intern(match plain(th, v)?.state() {
                State::Pending => "PENDING",
                State::Cancelled => "CANCELLED",
                State::Finished => "FINISHED",
            })
            .value())
    }),
    getter("_asyncio_future_blocking", "True between a yield in await and the task's taking notice.", |th, v| {
        Ok(Value::bool(plain(th, v)?.blocking.is_set()))
    })
    .settable(set_blocking),
    getter("_loop", "The loop.", |th, v| Ok(or_none(plain(th, v)?.event_loop.get()))),
    getter("_callbacks", "A list of callbacks with their contexts, or None.", callbacks),
    getter("_result", "The result, None without one.", |th, v| Ok(plain(th, v)?.result_or_none())),
    getter("_exception", "What went wrong, or None.", |th, v| Ok(plain(th, v)?.exception_or_none())),
    getter("_log_traceback", "Whether it failed and nobody has asked.", |th, v| {
        Ok(Value::bool(plain(th, v)?.unretrieved.is_set()))
    })
    .settable(set_log_traceback),
    getter("_source_traceback", "Where it was made, in debug mode.", |th, v| Ok(or_none(plain(th, v)?.source.get()))),
    getter("_cancel_message", "The argument of cancel().", |th, v| Ok(or_none(plain(th, v)?.cancel_message.get())))
        .settable(|th, v, new| {
            plain(th, v)?.cancel_message.set(new);
            Ok(())
        }),
];

/// `asyncio.isfuture`, for what is one without doubt.
pub fn is_native(value: Value) -> bool {
    future::of(value).is_some()
}

/// The task that runs in a loop, or `NONE`.
pub fn current_task(th: &Thread, event_loop: Value) -> Result {
    match event_loop::of(event_loop) {
        Some(native) => Ok(or_none(native.current.get())),
        None => {
            let found = ops::find_attr(th, event_loop, th.intern("_current_task"))?;
            Ok(found.unwrap_or(Value::NONE))
        }
    }
}

/// How often a task was asked to end.
pub fn requests(future: AnyFuture) -> i64 {
    i64::from(future.cancel_requests.load(Ordering::Relaxed))
}

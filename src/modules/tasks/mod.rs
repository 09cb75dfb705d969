//! `_asyncio`: the parts of `asyncio` that every step of a program goes through. The rest of it is written in Python.
//!
//! - `future`: the cells of futures and tasks, and what becomes of a future; `awaiting`: what `await future` runs
//! - `task`: making tasks and running their steps
//! - `handle`: calls that a loop will make; `event_loop`: what is ready, what has a time, and the round that runs it
//! - `methods`, `task_methods`: what programs see of futures and tasks
//! - `telling`: what a recording is told of tasks

use std::fmt::Display;

use crate::heap::Value;
use crate::modules::ModuleDef;
use crate::objects::kinds;
use crate::objects::module::Module;
use crate::vm::import::{self, in_modules};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Raised, Thread};

mod awaiting;
mod event_loop;
mod future;
mod handle;
mod methods;
mod task;
mod task_methods;
mod telling;

pub use awaiting::{FutureIter, over as await_future};
pub use future::{Future, Task, last_word};
pub use handle::Handle;

pub static ASYNCIO: ModuleDef = ModuleDef {
    functions: FUNCTIONS,
    types: &[
        &methods::FUTURE,
        &task_methods::TASK,
        &awaiting::FUTURE_ITER,
        &handle::HANDLE,
        &handle::TIMER_HANDLE,
        &event_loop::LOOP,
    ],
    init: Some(|th, _| {
        // Everything that is scheduled runs in a context, and waits in a deque until then.
        for needed in ["_contextvars", "_collections"] {
            import::import_by_name(th, th.intern(needed))?;
        }
        Ok(())
    }),
    ..ModuleDef::new("_asyncio", "Accelerator module for asyncio")
};

const FUNCTIONS: &[NativeDef] = &[
    native(
        "get_running_loop",
        "()",
        "Return the running event loop.  Raise a RuntimeError if there is none.",
        |th, _| running(th).ok_or_else(|| th.runtime_error("no running event loop")),
    ),
    native("_get_running_loop", "()", "Return the running event loop or None.", |th, _| {
        Ok(running(th).unwrap_or(Value::NONE))
    }),
    native("_set_running_loop", "(loop, /)", "Set the running event loop of this thread.", |th, args| {
        th.running_loop.set(args[0]);
        Ok(Value::NONE)
    }),
    native(
        "current_task",
        "(loop=None)",
        "Return the task that runs at this moment, None if none does.",
        |th, args| {
            let event_loop = match args[0] {
                Value::EMPTY | Value::NONE => running(th).ok_or_else(|| th.runtime_error("no running event loop"))?,
                given => given,
            };
            methods::current_task(th, event_loop)
        },
    )
    .keywords(),
    native("_is_native_future", "(obj, /)", "Return whether it is a Future, without asking it.", |_, args| {
        Ok(Value::bool(methods::is_native(args[0])))
    }),
];

/// Whether a value is exactly a future or a task, so that nothing stands between it and `await`.
#[inline]
pub fn is_plain_future(value: Value) -> bool {
    value.header().is_some_and(|header| header.is_exact() && matches!(header.kind(), kinds::FUTURE | kinds::TASK))
}

fn running(th: &Thread) -> Option<Value> {
    let running = th.running_loop.get();
    (!running.is_empty() && !running.is_none()).then_some(running)
}

/// Something of a module of the library that is written in Python.
fn attribute(th: &Thread, module: &str, name: &str) -> Result {
    let found = in_modules(th, module)
        .and_then(|module| module.downcast::<Module>())
        .and_then(|module| module.namespace.get_str(th, th.intern(name)));
    found.ok_or_else(|| th.runtime_error(format_args!("{module} has no {name}")))
}

/// Calls a function of a module of the library.
fn helper(th: &Thread, module: &str, name: &str, args: &[Value]) -> Result {
    let function = attribute(th, module, name)?;
    th.call(function, args)
}

fn cancelled_class(th: &Thread) -> Result {
    attribute(th, "asyncio.exceptions", "CancelledError")
}

#[cold]
fn invalid_state(th: &Thread, message: impl Display) -> Raised {
    let made = attribute(th, "asyncio.exceptions", "InvalidStateError")
        .and_then(|class| th.call(class, &[th.str(&message.to_string())]));
    match made {
        Ok(error) => th.raise_value(error),
        Err(raised) => raised,
    }
}

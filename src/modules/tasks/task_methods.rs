//! The type `Task`.

use std::sync::atomic::Ordering;

use crate::heap::{Gc, Value};
use crate::modules::thread::class_of;
use crate::objects::kinds;
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Thread, ops};

use super::future::{Task, or_none};
use super::helper;
use super::methods::{self, FUTURE, loop_or_current};
use super::task::{self, Given, any};
use super::telling;

fn this(th: &Thread, value: Value) -> Result<Gc<Task>> {
    value.downcast::<Task>().ok_or_else(|| th.type_error("a '_asyncio.Task' object is required"))
}

fn init(th: &Thread, args: &[Value]) -> Result {
    let task = this(th, args[0])?;
    let given = Given {
        coroutine: args[1],
        event_loop: loop_or_current(th, args[2])?,
        name: args[3],
        context: args[4],
        starts_eagerly: !args[5].is_empty() && ops::truthy(th, args[5])?,
    };
    task::initialize(th, task, given)?;
    Ok(Value::NONE)
}

fn uncancel(th: &Thread, args: &[Value]) -> Result {
    let task = any(this(th, args[0])?);
    let requests = methods::requests(task);
    if requests > 0 {
        task.cancel_requests.store(requests as u32 - 1, Ordering::Relaxed);
        if requests == 1 {
            task.must_cancel.put(false);
        }
    }
    Ok(th.int((requests - 1).max(0)))
}

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
        Ok(th.instantiate(class_of(th, args[0])?, Task::default()).value())
    })
    .static_method(),
    native(
        "__init__",
        "($self, /, coro, *, loop=None, name=None, context=None, eager_start=False)",
        "Initialize self.",
        init,
    )
    .keywords(),
    native("cancel", "($self, /, msg=None)", "Request that this task cancel itself.", |th, args| {
        task::cancel(th, this(th, args[0])?, args[1]).map(Value::bool)
    })
    .keywords(),
    native("cancelling", "($self, /)", "Return the count of the task's cancellation requests.", |th, args| {
        Ok(th.int(methods::requests(any(this(th, args[0])?))))
    }),
    native("uncancel", "($self, /)", "Decrement the task's count of cancellation requests.", uncancel),
    native("get_coro", "($self, /)", "Return the coroutine.", |th, args| {
        Ok(or_none(this(th, args[0])?.coroutine.get()))
    }),
    native("get_context", "($self, /)", "Return the context that the coroutine runs in.", |th, args| {
        Ok(or_none(this(th, args[0])?.context.get()))
    }),
    native("get_name", "($self, /)", "Return the name.", |th, args| Ok(task::name(th, this(th, args[0])?))),
    native("set_name", "($self, value, /)", "Set the name.", |th, args| {
        let name = ops::str(th, args[1])?;
        let task = this(th, args[0])?;
        task.name.set(name.value());
        telling::is_renamed(th, task);
        Ok(Value::NONE)
    }),
    native("set_result", "($self, result, /)", "Tasks set theirs themselves.", |th, _| {
        Err(th.runtime_error("Task does not support set_result operation"))
    }),
    native("set_exception", "($self, exception, /)", "Tasks set theirs themselves.", |th, _| {
        Err(th.runtime_error("Task does not support set_exception operation"))
    }),
    native(
        "get_stack",
        "($self, /, *, limit=None)",
        "Return the list of stack frames for this task's coroutine.",
        |th, args| helper(th, "asyncio.tasks", "_get_stack", &[args[0], or_none(args[1])]),
    )
    .keywords(),
    native(
        "print_stack",
        "($self, /, *, limit=None, file=None)",
        "Print the stack or traceback for this task's coroutine.",
        |th, args| helper(th, "asyncio.tasks", "_print_stack", &[args[0], or_none(args[1]), or_none(args[2])]),
    )
    .keywords(),
    native("_run", "($self, /)", "Run the next step; called by the loop.", |th, args| {
        task::run(th, this(th, args[0])?).map(|()| Value::NONE)
    }),
    native("_wake_by", "($self, future, /)", "Let the next step come, because something is done.", |th, args| {
        task::wake_by(th, this(th, args[0])?, args[1]).map(|()| Value::NONE)
    }),
];

pub static TASK: TypeDef = TypeDef {
    module: "_asyncio",
    base: Some(&FUTURE),
    methods: METHODS,
    getset: ATTRIBUTES,
    subclassable: true,
    has_dict: true,
    weakrefs: true,
    ..TypeDef::new("Task", kinds::TASK, "A coroutine wrapped in a Future.")
};

const ATTRIBUTES: &[GetSetDef] = &[
    getter("_coro", "The coroutine.", |th, v| Ok(or_none(this(th, v)?.coroutine.get()))),
    getter("_fut_waiter", "What the coroutine waits for, or None.", |th, v| Ok(or_none(this(th, v)?.waits_for.get()))),
    getter("_must_cancel", "Whether the next step has to raise CancelledError.", |th, v| {
        Ok(Value::bool(this(th, v)?.future.must_cancel.is_set()))
    }),
    getter("_num_cancels_requested", "How often the task was asked to end.", |th, v| {
        Ok(th.int(methods::requests(any(this(th, v)?))))
    }),
    getter("_log_destroy_pending", "Whether it is reported if the task dies while it is pending.", |th, v| {
        Ok(Value::bool(!this(th, v)?.future.may_die.is_set()))
    })
    .settable(|th, v, new| {
        let on = ops::truthy(th, new)?;
        this(th, v)?.future.may_die.put(!on);
        Ok(())
    }),
];

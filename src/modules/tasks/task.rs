//! Tasks: making them, and their steps. A task that is ready lies in the loop's queue itself; `run` is its next step.

use std::sync::atomic::Ordering;

use crate::compiler::code::flags;
use crate::gil::events::TaskDoes;
use crate::heap::{Gc, Header, Value};
use crate::modules::contexts;
use crate::objects::dict::Dict;
use crate::objects::exception::{self, Exc};
use crate::objects::generator::Generator;
use crate::objects::str::Str;
use crate::vm::generators::{self, Step};
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops};

use super::future::{self, AnyFuture, Task};
use super::task_methods::TASK;
use super::{cancelled_class, event_loop, handle, helper, invalid_state, telling};

/// What a task is made with; `EMPTY` where nothing was given.
pub struct Given {
    pub coroutine: Value,
    pub event_loop: Value,
    pub name: Value,
    pub context: Value,
    pub starts_eagerly: bool,
}

/// `event_loop.create_task(coroutine, **keywords)`
pub fn create(th: &Thread, event_loop: Value, coroutine: Value, factory: Value, keywords: Option<Gc<Dict>>) -> Result {
    let keywords = keywords.filter(|keywords| !keywords.is_empty());
    if factory.is_none() && keywords.is_none() {
        let task = th.instantiate(th.vm().class(&TASK), Task::default());
        let none = Value::EMPTY;
        let given = Given { coroutine, event_loop, name: none, context: none, starts_eagerly: false };
        initialize(th, task, given)?;
        return Ok(task.value());
    }
    let keywords = keywords.map(|keywords| keywords.value()).unwrap_or_else(|| th.dict().value());
    helper(th, "asyncio.tasks", "_create_task", &[event_loop, coroutine, factory, keywords])
}

/// What `Task.__init__` does.
pub fn initialize(th: &Thread, task: Gc<Task>, given: Given) -> Result<()> {
    let this = any(task);
    this.event_loop.set(given.event_loop);
    if future::is_debugging(th, given.event_loop)? {
        this.source.set(future::origin(th)?);
    }
    if !is_coroutine(th, given.coroutine)? {
        let shown = ops::repr(th, given.coroutine)?.to_text();
        // It has not begun to be a task.
        this.event_loop.set(Value::EMPTY);
        return Err(th.type_error(format_args!("a coroutine was expected, got {shown}")));
    }
    let context = match given.context {
        Value::EMPTY | Value::NONE => contexts::copy_current(th)?,
        context => context,
    };
    task.context.set(context);
    task.coroutine.set(given.coroutine);
    // A name that nobody asks for is not made.
    let name = match given.name {
        Value::EMPTY | Value::NONE => th.int(th.vm().task_numbers.fetch_add(1, Ordering::Relaxed) as i64),
        name => ops::str(th, name)?.value(),
    };
    task.name.set(name);
    this.wants_last_word(th);
    if given.starts_eagerly && is_running(th, given.event_loop)? {
        return start_eagerly(th, task);
    }
    wake(th, task)?;
    register(th, task)
}

fn is_running(th: &Thread, event_loop: Value) -> Result<bool> {
    let running = th.call_method(event_loop, th.intern("is_running"), &[])?;
    ops::truthy(th, running)
}

fn is_coroutine(th: &Thread, value: Value) -> Result<bool> {
    if value.downcast::<Generator>().is_some_and(|made| made.code.flags & flags::COROUTINE != 0) {
        return Ok(true);
    }
    let answer = helper(th, "asyncio.coroutines", "iscoroutine", &[value])?;
    ops::truthy(th, answer)
}

pub fn any(task: Gc<Task>) -> AnyFuture {
    match future::of(task.value()) {
        Some(future) => future,
        None => unreachable!("a task is a future"),
    }
}

fn register(th: &Thread, task: Gc<Task>) -> Result<()> {
    match future::native_loop(&task.future) {
        Some(native) => native.add_task(th, task.value()),
        None => helper(th, "asyncio.tasks", "_register_task", &[task.value()]).map(drop),
    }
}

/// It is done: nobody looks for it in the loop any more.
fn forget(th: &Thread, task: Gc<Task>) -> Result<()> {
    telling::has_ended(th, task);
    if !task.future.unretrieved.is_set() {
        any(task).needs_no_last_word(th);
    }
    match future::native_loop(&task.future) {
        Some(native) => native.forget_task(th, task.value()),
        None => helper(th, "asyncio.tasks", "_unregister_task", &[task.value()]).map(drop),
    }
}

/// Lets the next step come.
pub fn wake(th: &Thread, task: Gc<Task>) -> Result<()> {
    telling::task_does(th, task, TaskDoes::IsReady);
    let event_loop = task.future.event_loop.get();
    if let Some(native) = event_loop::of(event_loop)
        && native.takes_directly()
    {
        native.check_open(th)?;
        native.put(th, task.value());
        return Ok(());
    }
    let run = ops::get_attr(th, task.value(), th.intern("_run"))?;
    // The step enters the task's context by itself.
    th.call_method(event_loop, th.intern("call_soon"), &[run]).map(drop)
}

/// Lets the next step come after what passes for a future is done; it raises what went wrong there.
pub fn wake_by(th: &Thread, task: Gc<Task>, foreign: Value) -> Result<()> {
    if let Err(raised) = th.call_method(foreign, th.intern("result"), &[]) {
        task.to_throw.set(th.take_exception(raised));
    }
    wake(th, task)
}

/// The next step, called by the loop.
pub fn run(th: &Thread, task: Gc<Task>) -> Result<()> {
    let event_loop = task.future.event_loop.get();
    match run_step(th, task, event_loop) {
        Ok(()) => Ok(()),
        Err(raised) => handle::report(th, raised, task.value(), event_loop),
    }
}

fn run_step(th: &Thread, task: Gc<Task>, event_loop: Value) -> Result<()> {
    if !task.future.is_pending() {
        let shown = ops::repr(th, task.value())?.to_text();
        let thrown = ops::repr(th, future::or_none(task.to_throw.get()))?.to_text();
        return Err(invalid_state(th, format_args!("__step(): already done: {shown}, {thrown}")));
    }
    let native = event_loop::of(event_loop);
    match native {
        Some(native) if native.current.get().is_empty() || native.current.get().is_none() => {
            native.current.set(task.value());
        }
        _ => drop(helper(th, "asyncio.tasks", "_enter_task", &[event_loop, task.value()])?),
    }
    let result = step_in_context(th, task);
    match native {
        Some(native) => native.current.set(Value::EMPTY),
        None => {
            // What the step raised is more important than what goes wrong here.
            let pending = th.pending.replace(Value::EMPTY);
            let left = helper(th, "asyncio.tasks", "_leave_task", &[event_loop, task.value()]);
            if result.is_ok() {
                left?;
            } else if let Err(raised) = left {
                th.take_exception(raised);
            }
            th.pending.set(pending);
        }
    }
    result
}

fn step_in_context(th: &Thread, task: Gc<Task>) -> Result<()> {
    telling::task_does(th, task, TaskDoes::Steps);
    let entered = contexts::enter(th, task.context.get())?;
    let result = step(th, task);
    contexts::leave(th, entered);
    result
}

/// Runs the first step at once; what need not wait never gets into the loop.
fn start_eagerly(th: &Thread, task: Gc<Task>) -> Result<()> {
    register(th, task)?;
    let result = match future::native_loop(&task.future) {
        Some(native) => {
            let before = native.current.replace(task.value());
            th.keep(before);
            let result = step_in_context(th, task);
            native.current.set(before);
            if let Some(before) = before.downcast::<Task>() {
                telling::task_does(th, before, TaskDoes::Steps);
            }
            th.unkeep(1);
            result
        }
        None => step_in_context(th, task),
    };
    if !task.future.is_pending() {
        // As in CPython: what was over at once has no coroutine to show.
        task.coroutine.set(Value::EMPTY);
    }
    result
}

fn step(th: &Thread, task: Gc<Task>) -> Result<()> {
    let this = any(task);
    task.waits_for.set(Value::EMPTY);
    let mut thrown = task.to_throw.get();
    if !thrown.is_empty() {
        task.to_throw.set(Value::EMPTY);
    }
    if this.must_cancel.is_set() {
        if thrown.is_empty() || !is_cancellation(th, thrown)? {
            thrown = this.make_cancelled_error(th)?;
        }
        this.must_cancel.put(false);
    }
    match resume(th, task.coroutine.get(), thrown) {
        Ok(Step::Yielded(awaited)) => {
            telling::task_does(th, task, TaskDoes::Awaits);
            wait_for(th, task, awaited)
        }
        Ok(Step::Returned(result)) => {
            if this.must_cancel.is_set() {
                // It asked for its own end while it ran the last step.
                this.must_cancel.put(false);
                this.cancel(th, this.cancel_message.get())?;
            } else {
                this.finish(th, result)?;
            }
            forget(th, task)
        }
        Err(raised) => ended_by(th, task, raised),
    }
}

fn resume(th: &Thread, coroutine: Value, thrown: Value) -> Result<Step> {
    if thrown.is_empty() {
        return generators::send(th, coroutine, Value::NONE);
    }
    if let Some(generator) = coroutine.downcast::<Generator>() {
        return generators::throw(th, generator, thrown);
    }
    match th.call_method(coroutine, th.vm().names.throw, &[thrown]) {
        Ok(awaited) => Ok(Step::Yielded(awaited)),
        Err(raised) => {
            let stop = th.caught(raised, Exc::StopIteration)?;
            Ok(Step::Returned(exception::stop_value(stop)))
        }
    }
}

fn is_cancellation(th: &Thread, exception: Value) -> Result<bool> {
    let class = cancelled_class(th)?;
    Ok(class.as_class().is_some_and(|class| th.is_instance(exception, class)))
}

/// The coroutine has raised.
#[cold]
fn ended_by(th: &Thread, task: Gc<Task>, raised: Raised) -> Result<()> {
    let this = any(task);
    let ends_program = th.pending_is(Exc::SystemExit) || th.pending_is(Exc::KeyboardInterrupt);
    let failure = th.take_exception(raised);
    if is_cancellation(th, failure)? {
        this.cancelled_error.set(failure);
        this.cancel(th, Value::EMPTY)?;
        return forget(th, task);
    }
    this.fail(th, failure)?;
    forget(th, task)?;
    if ends_program { Err(th.raise_value(failure)) } else { Ok(()) }
}

/// Waits for what the coroutine has yielded.
fn wait_for(th: &Thread, task: Gc<Task>, awaited: Value) -> Result<()> {
    if awaited.is_none() {
        return wake(th, task);
    }
    let Some(future) = future::of(awaited) else { return wait_for_foreign(th, task, awaited) };
    if !future::same_loop(&future, &task.future) {
        let (own, other) = (ops::repr(th, task.value())?.to_text(), ops::repr(th, awaited)?.to_text());
        return fail(th, task, &format!("Task {own} got Future {other} attached to a different loop"));
    }
    if !future.blocking.is_set() {
        return fail_for_yield(th, task, awaited);
    }
    if awaited == task.value() {
        let own = ops::repr(th, awaited)?.to_text();
        return fail(th, task, &format!("Task cannot await on itself: {own}"));
    }
    future.blocking.put(false);
    future.add_waiter(th, task.value());
    if !future.is_pending() {
        future.schedule(th)?;
    }
    waits(th, task, awaited)
}

fn fail_for_yield(th: &Thread, task: Gc<Task>, awaited: Value) -> Result<()> {
    let (own, other) = (ops::repr(th, task.value())?.to_text(), ops::repr(th, awaited)?.to_text());
    fail(th, task, &format!("yield was used instead of yield from in task {own} with {other}"))
}

/// What passes for a future, and what does not.
#[cold]
fn wait_for_foreign(th: &Thread, task: Gc<Task>, awaited: Value) -> Result<()> {
    let blocking = th.intern("_asyncio_future_blocking");
    let Some(is_blocking) = ops::find_attr(th, awaited, blocking)?.filter(|found| !found.is_none()) else {
        let other = ops::repr(th, awaited)?.to_text();
        if awaited.downcast::<Generator>().is_some() {
            let own = ops::repr(th, task.value())?.to_text();
            let message = "yield was used instead of yield from for generator in task";
            return fail(th, task, &format!("{message} {own} with {other}"));
        }
        return fail(th, task, &format!("Task got bad yield: {other}"));
    };
    let event_loop = th.call_method(awaited, th.intern("get_loop"), &[])?;
    if event_loop != task.future.event_loop.get() {
        let (own, other) = (ops::repr(th, task.value())?.to_text(), ops::repr(th, awaited)?.to_text());
        return fail(th, task, &format!("Task {own} got Future {other} attached to a different loop"));
    }
    if !ops::truthy(th, is_blocking)? {
        return fail_for_yield(th, task, awaited);
    }
    ops::set_attr(th, awaited, blocking, Value::FALSE)?;
    let wakes = ops::get_attr(th, task.value(), th.intern("_wake_by"))?;
    let add = ops::get_attr(th, awaited, th.intern("add_done_callback"))?;
    th.call_keywords(add, &[wakes, task.context.get()], &[th.intern("context").value()])?;
    waits(th, task, awaited)
}

/// Notes what the task waits for; a cancellation that came meanwhile is passed on.
fn waits(th: &Thread, task: Gc<Task>, awaited: Value) -> Result<()> {
    task.waits_for.set(awaited);
    if task.future.must_cancel.is_set() && cancel_awaited(th, awaited, task.future.cancel_message.get())? {
        task.future.must_cancel.put(false);
    }
    Ok(())
}

fn fail(th: &Thread, task: Gc<Task>, message: &str) -> Result<()> {
    let raised = th.runtime_error(message);
    task.to_throw.set(th.take_exception(raised));
    wake(th, task)
}

/// `task.cancel(message)`
pub fn cancel(th: &Thread, task: Gc<Task>, message: Value) -> Result<bool> {
    th.check_recursion("")?;
    let this = any(task);
    this.retrieved();
    if !this.is_pending() {
        return Ok(false);
    }
    this.cancel_requests.fetch_add(1, Ordering::Relaxed);
    let awaited = task.waits_for.get();
    // That wakes the task, with the CancelledError of what it waits for.
    if !awaited.is_empty() && cancel_awaited(th, awaited, message)? {
        return Ok(true);
    }
    this.must_cancel.put(true);
    this.cancel_message.set(message);
    Ok(true)
}

fn cancel_awaited(th: &Thread, awaited: Value, message: Value) -> Result<bool> {
    if awaited.header().is_some_and(Header::is_exact) {
        if let Some(task) = awaited.downcast::<Task>() {
            return cancel(th, task, message);
        }
        if let Some(future) = future::of(awaited) {
            return future.cancel(th, message);
        }
    }
    let method = ops::get_attr(th, awaited, th.intern("cancel"))?;
    let done = th.call_keywords(method, &[future::or_none(message)], &[th.intern("msg").value()])?;
    ops::truthy(th, done)
}

/// The name, made when it is first asked for.
pub fn name(th: &Thread, task: Gc<Task>) -> Value {
    let name = task.name.get();
    if let Some(number) = name.as_small_int() {
        let made: Gc<Str> = Str::from_wtf8(th, format!("Task-{number}").as_bytes());
        task.name.set(made.value());
        return made.value();
    }
    future::or_none(name)
}

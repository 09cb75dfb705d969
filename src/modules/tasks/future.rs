//! The cells of futures and tasks, and what becomes of a future: callbacks, results, cancellation.
//!
//! A future belongs to one loop and is no matter for several threads. What two of them do to one at the same time with the
//! lock off may lose a callback of the program's, but every field is an atomic word.

use std::ops::Deref;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering};

use crate::heap::{Cell, Gc, Header, Kind, Slot, Tracer, Value};
use crate::objects::class::flag;
use crate::objects::exception::{self, Exc, Exception};
use crate::objects::kinds;
use crate::objects::list::List;
use crate::vm::native::Result;
use crate::vm::{Thread, ops};

use super::event_loop::{self, Loop};
use super::{cancelled_class, handle, helper, invalid_state, task};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Pending,
    Cancelled,
    Finished,
}

/// A flag that only says yes or no; nothing is ordered by it.
#[derive(Default)]
pub struct Flag(AtomicBool);

impl Flag {
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    pub fn put(&self, on: bool) {
        self.0.store(on, Ordering::Relaxed);
    }
}

#[repr(C)]
pub struct Future {
    pub header: Header,
    state: AtomicU8,
    /// Between a yield in `await` and the task's taking notice: it tells `await` from `yield`.
    pub blocking: Flag,
    /// It failed, and nobody has asked yet.
    pub unretrieved: Flag,
    /// Tasks: the next step has to raise CancelledError.
    pub must_cancel: Flag,
    /// Tasks: nobody needs to hear of it if it dies while it is pending.
    pub may_die: Flag,
    /// Tasks: how often `cancel` was called, less the calls of `uncancel`.
    pub cancel_requests: AtomicU32,
    /// `EMPTY` until `__init__` has run.
    pub event_loop: Slot,
    /// The first callback and its context; a task that waits, and `EMPTY`.
    callback: Slot,
    context: Slot,
    /// A list of further callbacks, each followed by its context (`NONE` for that of a task), or `EMPTY`.
    others: Slot,
    result: Slot,
    /// The exception, or `EMPTY`.
    exception: Slot,
    /// The exception's traceback when it was set.
    traceback: Slot,
    pub cancel_message: Slot,
    /// The CancelledError to raise, the first time.
    pub cancelled_error: Slot,
    /// Where it was made, in debug mode; `EMPTY` otherwise.
    pub source: Slot,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Future {
    const KIND: Kind = kinds::FUTURE;
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [
            &self.event_loop,
            &self.callback,
            &self.context,
            &self.others,
            &self.result,
            &self.exception,
            &self.traceback,
            &self.cancel_message,
            &self.cancelled_error,
            &self.source,
        ] {
            tracer.slot(slot);
        }
    }
}

/// A future with a coroutine that brings its result about.
#[repr(C)]
pub struct Task {
    pub future: Future,
    pub coroutine: Slot,
    pub context: Slot,
    /// A string; or the number that it is made of when somebody asks.
    pub name: Slot,
    /// What the coroutine waits for, or `EMPTY`.
    pub waits_for: Slot,
    /// What the next step throws into the coroutine, or `EMPTY`.
    pub to_throw: Slot,
    /// By which recordings name it; 0 if none has.
    pub number: AtomicU32,
}

// SAFETY: `repr(C)`, and so is the future in front, which begins with the header; every value is reported.
unsafe impl Cell for Task {
    const KIND: Kind = kinds::TASK;
    fn trace(&self, tracer: &mut Tracer) {
        self.future.trace(tracer);
        for slot in [&self.coroutine, &self.context, &self.name, &self.waits_for, &self.to_throw] {
            tracer.slot(slot);
        }
    }
}

impl Default for Task {
    fn default() -> Task {
        Task {
            future: Future::of_kind(kinds::TASK),
            coroutine: Slot::default(),
            context: Slot::default(),
            name: Slot::default(),
            waits_for: Slot::default(),
            to_throw: Slot::default(),
            number: AtomicU32::new(0),
        }
    }
}

impl Future {
    pub fn of_kind(kind: Kind) -> Future {
        Future {
            header: Header::of_kind(kind),
            state: AtomicU8::new(State::Pending as u8),
            blocking: Flag::default(),
            unretrieved: Flag::default(),
            must_cancel: Flag::default(),
            may_die: Flag::default(),
            cancel_requests: AtomicU32::new(0),
            event_loop: Slot::default(),
            callback: Slot::default(),
            context: Slot::default(),
            others: Slot::default(),
            result: Slot::default(),
            exception: Slot::default(),
            traceback: Slot::default(),
            cancel_message: Slot::default(),
            cancelled_error: Slot::default(),
            source: Slot::default(),
        }
    }

    pub fn state(&self) -> State {
        match self.state.load(Ordering::Acquire) {
            0 => State::Pending,
            1 => State::Cancelled,
            _ => State::Finished,
        }
    }

    pub fn is_cancelled(&self) -> bool {
        self.state() == State::Cancelled
    }

    pub fn has_failed(&self) -> bool {
        !self.exception.get().is_empty()
    }

    pub fn is_pending(&self) -> bool {
        self.state() == State::Pending
    }

    fn set_state(&self, state: State) {
        self.state.store(state as u8, Ordering::Release);
    }

    pub fn result_or_none(&self) -> Value {
        or_none(self.result.get())
    }

    pub fn exception_or_none(&self) -> Value {
        or_none(self.exception.get())
    }
}

pub fn or_none(value: Value) -> Value {
    if value.is_empty() { Value::NONE } else { value }
}

/// A future or a task: the object, and what both have.
#[derive(Clone, Copy)]
pub struct AnyFuture {
    pub value: Value,
    future: &'static Future,
}

impl Deref for AnyFuture {
    type Target = Future;
    #[inline(always)]
    fn deref(&self) -> &Future {
        self.future
    }
}

/// The future or task that a value is.
#[inline]
pub fn of(value: Value) -> Option<AnyFuture> {
    let future = match value.header()?.kind() {
        kinds::FUTURE => value.downcast::<Future>()?.get(),
        kinds::TASK => &value.downcast::<Task>()?.get().future,
        _ => return None,
    };
    Some(AnyFuture { value, future })
}

/// A future of a native loop, without going through its class.
pub fn create(th: &Thread, event_loop: Value, debug: bool) -> Result {
    let cell = Future::of_kind(kinds::FUTURE);
    cell.event_loop.set(event_loop);
    let future = th.instantiate(th.vm().class(&super::methods::FUTURE), cell);
    if debug {
        future.source.set(origin(th)?);
    }
    Ok(future.value())
}

/// The stack of the program at this point, for debug mode.
pub fn origin(th: &Thread) -> Result {
    helper(th, "asyncio.format_helpers", "origin", &[])
}

impl AnyFuture {
    /// Has `callback` called with the future once it is done, in `context`.
    pub fn add_callback(self, th: &Thread, callback: Value, context: Value) {
        let _guard = th.guard(&self.header);
        if self.callback.get().is_empty() {
            self.context.set(context);
            self.callback.set(callback);
            return;
        }
        let others = match self.others.get().downcast::<List>() {
            Some(others) => others,
            None => {
                let others = List::new(th, &[]);
                self.others.set(others.value());
                others
            }
        };
        drop(_guard);
        others.push_all(th, &[callback, or_none(context)]);
    }

    /// Has a task's next step come once this is done.
    pub fn add_waiter(self, th: &Thread, waiter: Value) {
        self.add_callback(th, waiter, Value::EMPTY);
    }

    /// The callbacks, each followed by its context: `NONE` for that of a task that waits. Where there is none, `None`.
    pub fn callbacks(self, th: &Thread) -> Option<Gc<List>> {
        let _guard = th.guard(&self.header);
        let (first, context, others) = (self.callback.get(), self.context.get(), self.others.get());
        drop(_guard);
        if first.is_empty() {
            return None;
        }
        let all = List::new(th, &[first, or_none(context)]);
        if let Some(others) = others.downcast::<List>() {
            others.with_items(th, |items| all.push_all(th, items));
        }
        Some(all)
    }

    /// Makes these the callbacks, as `callbacks` gives them.
    pub fn replace_callbacks(self, th: &Thread, all: Gc<List>) {
        let first = all.remove_at(th, 0).unwrap_or(Value::EMPTY);
        let context = all.remove_at(th, 0).unwrap_or(Value::EMPTY);
        let _guard = th.guard(&self.header);
        self.callback.set(first);
        self.context.set(if context.is_none() { Value::EMPTY } else { context });
        self.others.set(if all.is_empty() { Value::EMPTY } else { all.value() });
    }

    /// Hands all callbacks to the loop.
    pub fn schedule(self, th: &Thread) -> Result<()> {
        if self.callback.get().is_empty() {
            return Ok(());
        }
        let guard = th.guard(&self.header);
        let (first, context, others) = (self.callback.get(), self.context.get(), self.others.get());
        self.callback.set(Value::EMPTY);
        self.context.set(Value::EMPTY);
        self.others.set(Value::EMPTY);
        drop(guard);
        if first.is_empty() {
            return Ok(());
        }
        self.schedule_one(th, first, context)?;
        let Some(others) = others.downcast::<List>() else { return Ok(()) };
        let mut at = 0;
        while let (Some(callback), Some(context)) = (others.at(at), others.at(at + 1)) {
            let context = if context.is_none() { Value::EMPTY } else { context };
            self.schedule_one(th, callback, context)?;
            at += 2;
        }
        Ok(())
    }

    fn schedule_one(self, th: &Thread, callback: Value, context: Value) -> Result<()> {
        if context.is_empty()
            && let Some(task) = callback.downcast::<Task>()
        {
            return task::wake(th, task);
        }
        let args = th.tuple(&[self.value]);
        handle::call_soon(th, self.event_loop.get(), callback, args, or_none(context)).map(drop)
    }

    /// Cancels it, whoever waits for it is told; false if it is done already.
    pub fn cancel(self, th: &Thread, message: Value) -> Result<bool> {
        self.retrieved();
        if !self.is_pending() {
            return Ok(false);
        }
        self.cancel_message.set(message);
        self.set_state(State::Cancelled);
        self.schedule(th)?;
        Ok(true)
    }

    /// Says what the result is. It must be pending.
    pub fn finish(self, th: &Thread, result: Value) -> Result<()> {
        self.result.set(result);
        self.set_state(State::Finished);
        self.schedule(th)
    }

    /// Says what went wrong. It must be pending.
    pub fn fail(self, th: &Thread, exception: Value) -> Result<()> {
        self.exception.set(exception);
        if let Some(exception) = exception.downcast::<Exception>() {
            self.traceback.set(exception.traceback.get());
        }
        self.set_state(State::Finished);
        self.unretrieved.put(true);
        self.wants_last_word(th);
        if let Some(event_loop) = event_loop::of(self.event_loop.get()) {
            event_loop.has_failures.put(true);
        }
        self.schedule(th)
    }

    /// Somebody has asked for the exception, or need not hear of it.
    pub fn retrieved(self) {
        self.unretrieved.put(false);
    }

    /// Has `last_word` called when it dies.
    pub fn wants_last_word(self, th: &Thread) {
        if self.header.has_flag(Header::HAS_FINALIZER) {
            return;
        }
        self.header.set_flag(Header::HAS_FINALIZER);
        match self.value.downcast::<Task>() {
            Some(task) => th.heap().register_finalizer(task),
            None => {
                if let Some(future) = self.value.downcast::<Future>() {
                    th.heap().register_finalizer(future);
                }
            }
        }
    }

    /// Nothing would be said if it died; classes with a `__del__` keep theirs.
    pub fn needs_no_last_word(self, th: &Thread) {
        if !th.class_of(self.value).has(flag::FINALIZER) {
            self.header.clear_flag(Header::HAS_FINALIZER);
        }
    }

    /// The CancelledError to raise: the one that is kept, once.
    pub fn make_cancelled_error(self, th: &Thread) -> Result {
        let kept = self.cancelled_error.replace(Value::EMPTY);
        if !kept.is_empty() {
            return Ok(kept);
        }
        let class = cancelled_class(th)?;
        match self.cancel_message.get() {
            Value::EMPTY | Value::NONE => th.call(class, &[]),
            message => th.call(class, &[message]),
        }
    }

    /// The result, or what went wrong, raised.
    pub fn outcome(self, th: &Thread) -> Result {
        match self.state() {
            State::Pending => Err(invalid_state(th, "Result is not set.")),
            State::Cancelled => {
                let error = self.make_cancelled_error(th)?;
                Err(th.raise_value(error))
            }
            State::Finished => {
                let failure = self.exception.get();
                if failure.is_empty() {
                    return Ok(self.result_or_none());
                }
                self.retrieved();
                if let Some(exception) = failure.downcast::<Exception>() {
                    exception.traceback.set(self.traceback.get());
                }
                Err(th.raise_value(failure))
            }
        }
    }
}

/// What a future may fail with: an instance, made of a class if need be; StopIteration would end who awaits it.
pub fn failure(th: &Thread, given: Value) -> Result {
    let mut failure = given;
    if given.as_class().is_some() {
        failure = th.call(given, &[])?;
    }
    if exception::is_instance(th, failure, Exc::StopIteration) {
        let raised =
            th.runtime_error("StopIteration interacts badly with generators and cannot be raised into a Future");
        let wrapped = th.take_exception(raised);
        if let Some(wrapped) = wrapped.downcast::<Exception>() {
            wrapped.cause.set(failure);
            wrapped.context.set(failure);
            wrapped.suppress_context.store(true, Ordering::Relaxed);
        }
        return Ok(wrapped);
    }
    if !th.is_exception(failure) {
        return Err(th.type_error("invalid exception object"));
    }
    Ok(failure)
}

/// What is said when a future has died whose exception nobody has asked for, or a task that was not done.
pub fn last_word(th: &Thread, value: Value) -> Result<()> {
    let Some(future) = of(value) else { return Ok(()) };
    if future.event_loop.get().is_empty() {
        return Ok(());
    }
    if future.unretrieved.is_set() {
        future.retrieved();
        return helper(th, "asyncio.futures", "_report_unretrieved", &[value]).map(drop);
    }
    if value.downcast::<Task>().is_some() && future.is_pending() && !future.may_die.is_set() {
        return helper(th, "asyncio.tasks", "_report_destroyed", &[value]).map(drop);
    }
    Ok(())
}

/// Whether a loop is a native one in debug mode, or another that says so.
pub fn is_debugging(th: &Thread, event_loop: Value) -> Result<bool> {
    match event_loop::of(event_loop) {
        Some(native) => Ok(native.debug.is_set()),
        None => {
            let debug = th.call_method(event_loop, th.intern("get_debug"), &[])?;
            ops::truthy(th, debug)
        }
    }
}

/// Two futures of the same loop.
pub fn same_loop(a: &Future, b: &Future) -> bool {
    a.event_loop.get() == b.event_loop.get()
}

/// The native part of the future's loop.
pub fn native_loop(future: &Future) -> Option<&'static Loop> {
    event_loop::of(future.event_loop.get())
}

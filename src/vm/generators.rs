//! Running generators and coroutines: begin, resume, throw, close, and the awaiting protocols.

use std::sync::atomic::Ordering;

use crate::compiler::code::flags;
use crate::compiler::opcodes::{Instr, Op};
use crate::heap::{Gc, Header, Slot, Value};
use crate::modules::tasks::{self, FutureIter};
use crate::objects::code::Code;
use crate::objects::exception::{Exc, Exception};
use crate::objects::generator::{Generator, State};
use crate::objects::iterators;
use crate::objects::range::RangeIter;
use crate::objects::tuple::Tuple;

use super::dispatch;
use super::native::Result;
use super::stack::{Destination, Frame};
use super::{Raised, Thread, ops, report};

/// What a step of an iterator brought.
pub enum Step {
    Yielded(Value),
    Returned(Value),
}

impl Gc<Code> {
    /// Whether it is a generator proper, not a coroutine.
    #[inline(always)]
    pub fn is_plain_generator(self) -> bool {
        self.flags & (flags::COROUTINE | flags::ASYNC_GENERATOR) == 0
    }

    /// Whether `Send` can run its frame directly.
    #[inline(always)]
    pub fn can_be_awaited_in_place(self) -> bool {
        self.flags & flags::ASYNC_GENERATOR == 0
    }
}

/// Pushes the generator's frame, to go on where it was suspended. False: it is exhausted.
///
/// Most are suspended, and nobody else can go on with them: for those there is little to do, and that needs no room on the
/// native stack.
#[inline(never)]
pub fn begin(th: &Thread, generator: Gc<Generator>, sent: Value, to: Destination) -> Result<bool> {
    if generator.state() != State::Suspended || th.shares_objects() || !th.stack.has_room_for_frame() {
        return begin_otherwise(th, generator, sent, to);
    }
    generator.set_state(State::Running);
    go_on(th, generator, sent, to);
    Ok(true)
}

#[inline(never)]
fn begin_otherwise(th: &Thread, generator: Gc<Generator>, sent: Value, to: Destination) -> Result<bool> {
    let state = match generator.claim(th) {
        Ok(state) => state,
        Err(state) => return refuse(th, generator, state),
    };
    if state == State::Created && !sent.is_none() {
        generator.set_state(State::Created);
        return Err(th.type_error(format_args!("can't send non-None value to a just-started {}", what(generator))));
    }
    if !th.stack.make_room(th.stack.top(), 0) {
        generator.set_state(state);
        return Err(th.recursion_error(""));
    }
    match state {
        State::Created => push(th, generator, generator.code.body.start(), to),
        _ => go_on(th, generator, sent, to),
    }
    Ok(true)
}

/// Pushes the frame of a generator that is suspended, to go on behind its `yield`, which gets what is sent.
#[inline(always)]
fn go_on(th: &Thread, generator: Gc<Generator>, sent: Value, to: Destination) {
    let yielded = generator.suspended_at();
    // SAFETY: a suspended generator stands at a `yield` of its code, whose register is one of the generator's (`compiler::verify`)
    // and which has an instruction behind it.
    let next = unsafe {
        generator.window().add((*yielded).a()).write(sent);
        yielded.add(1)
    };
    push(th, generator, next, to);
}

#[inline(always)]
fn push(th: &Thread, generator: Gc<Generator>, pc: *const Instr, to: Destination) {
    th.stack.push(Frame {
        code: generator.code,
        function: generator.function,
        globals: generator.globals,
        builtins: generator.builtins,
        registers: generator.window(),
        top: th.stack.top(),
        pc,
        locals: generator.locals.get(),
        handled: generator.handled.get(),
        generator: generator.value(),
        object: Value::EMPTY,
        resumed: std::ptr::null(),
        to,
    });
}

/// It runs already, or is exhausted.
#[cold]
fn refuse(th: &Thread, generator: Gc<Generator>, state: State) -> Result<bool> {
    if state == State::Running {
        return Err(th.value_error(format_args!("{} already executing", what(generator))));
    }
    if generator.code.flags & flags::COROUTINE != 0 {
        return Err(th.runtime_error("cannot reuse already awaited coroutine"));
    }
    Ok(false)
}

/// How messages call it.
pub fn what(generator: Gc<Generator>) -> &'static str {
    if generator.code.flags & flags::COROUTINE != 0 {
        "coroutine"
    } else if generator.code.flags & flags::ASYNC_GENERATOR != 0 {
        "async generator"
    } else {
        "generator"
    }
}

/// The generator of a frame that is left for good: closed, and its registers let go.
pub fn finish(frame: &Frame) {
    if let Some(generator) = frame.generator.downcast::<Generator>() {
        generator.handled.set(Value::EMPTY);
        clear(generator);
    }
}

fn clear(generator: Gc<Generator>) {
    generator.registers().iter().for_each(|s: &Slot| s.set(Value::EMPTY));
    generator.set_state(State::Closed);
    if generator.header.has_flag(Header::HAS_FINALIZER) {
        generator.header.clear_flag(Header::HAS_FINALIZER);
    }
}

/// Whether something is left to do when a generator of this code dies before it has ended: leave its `try` and `with`
/// blocks, or complain that it was never awaited. Asynchronous generators are left to the hook that they were iterated over under.
#[inline]
pub fn has_last_word(code: Gc<Code>) -> bool {
    match code.flags & (flags::COROUTINE | flags::ASYNC_GENERATOR) {
        0 => !code.handlers.is_empty(),
        which => which == flags::COROUTINE,
    }
}

/// Where a coroutine is being made, as `cr_origin` shows it: file, line and function of so many frames, the nearest first.
#[cold]
pub fn origin(th: &Thread) -> Value {
    let frames = th.stack.frames();
    let places: Vec<Value> = frames
        .iter()
        .rev()
        .take(th.origin_depth.get() as usize)
        .map(|frame| {
            let position = frame.code.positions.get(frame.at());
            let line = th.int(position.map_or(1, |position| position.line).into());
            th.tuple(&[frame.code.filename.value(), line, frame.code.qualname.value()])
        })
        .collect();
    th.tuple(&places)
}

/// An asynchronous generator is about to be iterated over: the first time, the thread's hooks come to know it.
pub fn hook(th: &Thread, generator: Gc<Generator>) -> Result<()> {
    if !generator.extra.get().is_empty() {
        return Ok(());
    }
    let [first, last] = th.generator_hooks.each_ref().map(|hook| hook.get());
    let is_hook = |hook: Value| !hook.is_empty() && !hook.is_none();
    generator.extra.set(if is_hook(last) { last } else { Value::NONE });
    if is_hook(last) {
        generator.header.set_flag(Header::HAS_FINALIZER);
        th.heap().register_finalizer(generator);
    }
    if is_hook(first) {
        th.call(first, &[generator.value()])?;
    }
    Ok(())
}

/// "Coroutine created at …", if that was noted.
fn told_origin(th: &Thread, generator: Gc<Generator>) -> Result<String> {
    let Some(origin) = generator.extra.get().downcast::<Tuple>() else { return Ok(String::new()) };
    let places: Vec<Value> = origin.items().iter().rev().copied().collect();
    let traceback = super::import::import_by_name(th, th.intern("_complaints"))?;
    let text = th.call_method(traceback, th.intern("coroutine_origin"), &[th.tuple(&places)])?;
    Ok(text.as_str_cell().map(|text| text.to_text()).unwrap_or_default())
}

/// What happens to a generator that nobody can reach any more.
pub fn finalize(th: &Thread, generator: Gc<Generator>) -> Result<()> {
    match generator.state() {
        State::Created if generator.code.flags & flags::COROUTINE != 0 => {
            let name = generator.qualname.get().as_str_cell().map(|name| name.to_text()).unwrap_or_default();
            let message = format!("coroutine '{name}' was never awaited{}", told_origin(th, generator)?);
            let place = generator.made_in.map(|code| {
                let line = code.positions.get(generator.made_at as usize).map_or(1, |position| position.line);
                (code.filename.to_text(), line)
            });
            let (file, line) = place.unwrap_or_else(|| ("sys".to_string(), 1));
            report::warn_of(th, Exc::RuntimeWarning, &message, &file, line, generator.value())
        }
        State::Suspended if generator.code.flags & flags::ASYNC_GENERATOR != 0 => {
            th.call(generator.extra.get(), &[generator.value()]).map(|_| ())
        }
        State::Suspended => close(th, generator).map(|_| ()),
        _ => Ok(()),
    }
}

/// PEP 479: StopIteration leaving a generator becomes RuntimeError.
pub fn forbid_stop_iteration(th: &Thread, generator: Gc<Generator>) {
    let is_async = generator.code.flags & flags::ASYNC_GENERATOR != 0;
    let stopped = if th.pending_is(Exc::StopIteration) {
        "StopIteration"
    } else if is_async && th.pending_is(Exc::StopAsyncIteration) {
        "StopAsyncIteration"
    } else {
        return;
    };
    let inner = th.pending.get();
    let _pending = th.runtime_error(format_args!("{} raised {stopped}", what(generator)));
    if let Some(outer) = th.pending.get().downcast::<Exception>() {
        outer.cause.set(inner);
        outer.context.set(inner);
        outer.suppress_context.store(true, Ordering::Relaxed);
    }
}

/// Resumes a generator from native code.
pub fn resume(th: &Thread, generator: Gc<Generator>, sent: Value) -> Result<Step> {
    th.check_recursion("")?;
    if !begin(th, generator, sent, Destination::NATIVE)? {
        return Ok(Step::Returned(Value::NONE));
    }
    let value = dispatch::run(th)?;
    Ok(step(th, value))
}

/// The next item of a plain generator, for native code; `None` at its end, which needs no StopIteration.
#[inline]
pub fn next(th: &Thread, generator: Gc<Generator>) -> Result<Option<Value>> {
    th.check_recursion("")?;
    if !begin(th, generator, Value::NONE, Destination::NATIVE)? {
        return Ok(None);
    }
    let value = dispatch::run(th)?;
    Ok(th.yielded.take().then_some(value))
}

/// What running a generator's frame from native code brought. Its state does not tell: another thread may have gone on with
/// it since.
fn step(th: &Thread, value: Value) -> Step {
    if th.yielded.take() { Step::Yielded(value) } else { Step::Returned(value) }
}

/// `iterator.send(value)` for any iterator, as `yield from` does it.
pub fn send(th: &Thread, iterator: Value, value: Value) -> Result<Step> {
    if let Some(generator) = iterator.downcast::<Generator>()
        && generator.code.can_be_awaited_in_place()
    {
        return resume(th, generator, value);
    }
    if let Some(iterator) = iterator.downcast::<FutureIter>() {
        return iterator.step(th);
    }
    if value.is_none()
        && let Some(next) = native_step(th, iterator)
    {
        return Ok(next?.map_or(Step::Returned(Value::NONE), Step::Yielded));
    }
    if value.is_none() {
        // `next` swallows StopIteration, but its value is wanted here.
        let Some(next) = th.lookup(th.class_of(iterator), th.vm().names.__next__) else {
            return Err(th.type_error(format_args!("'{}' object is not an iterator", th.type_name(iterator))));
        };
        return stopped(th, th.call_unbound(next, iterator, &[]));
    }
    let result = th.call_method(iterator, th.vm().names.send, &[value]);
    stopped(th, result)
}

/// The next item of a built-in iterator that ends without a StopIteration; `None` if it is none of those.
fn native_step(th: &Thread, iterator: Value) -> Option<Result<Option<Value>>> {
    if let Some(range) = iterator.downcast::<RangeIter>() {
        return Some(Ok(range.next(th)));
    }
    let header = iterator.header()?;
    if iterators::steps_natively(th, iterator, header) { iterators::step(th, iterator) } else { None }
}

/// StopIteration is a return, with its value.
fn stopped(th: &Thread, result: Result) -> Result<Step> {
    match result {
        Ok(value) => Ok(Step::Yielded(value)),
        Err(raised) => {
            let exception = th.caught_stop(raised)?;
            Ok(Step::Returned(crate::objects::exception::stop_value(exception)))
        }
    }
}

/// Raises `exception` where the generator is suspended: an instance, or a class, of which one is made there. What goes wrong
/// with that is raised in its place.
pub fn throw(th: &Thread, generator: Gc<Generator>, exception: Value) -> Result<Step> {
    th.check_recursion("")?;
    if !th.stack.make_room(th.stack.top(), 0) {
        return Err(th.recursion_error(""));
    }
    let state = match generator.claim(th) {
        Ok(state) => state,
        Err(state) if state == State::Running || generator.code.flags & flags::COROUTINE != 0 => {
            return refuse(th, generator, state).map(|_| Step::Returned(Value::NONE));
        }
        Err(_) => return Err(raise_thrown(th, exception)),
    };
    let at = generator.at();
    let instruction = generator.code.body.instructions()[at];
    if state == State::Suspended && instruction.op() == Op::YieldFrom {
        let inner = generator.registers()[instruction.c()].get();
        let closed = if is_generator_exit(th, exception) { Some(close_iterator(th, inner)) } else { None };
        // What is called from here on has been called by the generator.
        push(th, generator, generator.suspended_at(), Destination::NATIVE);
        let thrown = match closed {
            Some(closed) => closed.and_then(|()| Err(raise_thrown(th, exception))),
            None => throw_into(th, inner, exception),
        };
        match thrown {
            Ok(Step::Yielded(value)) => {
                th.stack.pop();
                generator.set_state(State::Suspended);
                return Ok(Step::Yielded(value));
            }
            Ok(Step::Returned(value)) => {
                // The Send before it says where an inner return continues.
                th.stack.pop();
                let send = generator.code.body.absolute(at - 1);
                generator.registers()[send.a()].set(value);
                let returns_to = &raw const generator.code.body.instructions()[send.c()];
                push(th, generator, returns_to, Destination::NATIVE);
                let value = dispatch::run(th)?;
                return Ok(step(th, value));
            }
            Err(raised) => {
                let value = dispatch::run_raising(th, raised)?;
                return Ok(step(th, value));
            }
        }
    }
    push(th, generator, generator.suspended_at(), Destination::NATIVE);
    let raised = raise_thrown(th, exception);
    // What is thrown keeps its context, unless the generator itself is handling something.
    let handles = th.stack.frames().last().is_some_and(|frame| !frame.handled.is_empty());
    th.chained.set(!handles);
    if state == State::Created {
        super::unwind::out_of_unstarted(th);
        return Err(raised);
    }
    let value = dispatch::run_raising(th, raised)?;
    Ok(step(th, value))
}

/// Raises what was given to `throw()`.
fn raise_thrown(th: &Thread, thrown: Value) -> Raised {
    if !thrown.is_class() {
        return th.raise_value(thrown);
    }
    match crate::objects::coroutines::make_exception(th, thrown, Value::EMPTY) {
        Ok(exception) => th.raise_value(exception),
        Err(raised) => raised,
    }
}

/// Whether this, given to `throw()`, closes the iterators that are waited for.
fn is_generator_exit(th: &Thread, thrown: Value) -> bool {
    let class = thrown.as_class().unwrap_or_else(|| th.class_of(thrown));
    class.is_subclass_of(th.vm().exception_class(Exc::GeneratorExit))
}

/// `throw()` passed on to the iterator of a `yield from`.
fn throw_into(th: &Thread, inner: Value, exception: Value) -> Result<Step> {
    if let Some(generator) = inner.downcast::<Generator>()
        && generator.code.can_be_awaited_in_place()
    {
        return throw(th, generator, exception);
    }
    match ops::find_attr(th, inner, th.vm().names.throw)? {
        Some(method) => {
            let result = th.call(method, &[exception]);
            stopped(th, result)
        }
        None => Err(raise_thrown(th, exception)),
    }
}

fn close_iterator(th: &Thread, inner: Value) -> Result<()> {
    if let Some(generator) = inner.downcast::<Generator>() {
        return close(th, generator).map(|_| ());
    }
    match ops::find_attr(th, inner, th.vm().names.close)? {
        Some(method) => th.call(method, &[]).map(|_| ()),
        None => Ok(()),
    }
}

/// `generator.close()`: raises GeneratorExit in it; the value it returned, if it did.
pub fn close(th: &Thread, generator: Gc<Generator>) -> Result {
    match generator.state() {
        State::Created => match generator.claim(th) {
            Ok(State::Created) => {
                clear(generator);
                return Ok(Value::NONE);
            }
            // Another thread has started it, and it has yielded since.
            Ok(state) => generator.set_state(state),
            Err(State::Closed) => return Ok(Value::NONE),
            Err(state) => return refuse(th, generator, state).map(|_| Value::NONE),
        },
        State::Closed => return Ok(Value::NONE),
        state @ State::Running => return refuse(th, generator, state).map(|_| Value::NONE),
        State::Suspended => {}
    }
    let exit = crate::objects::exception::new(th, th.vm().exception_class(Exc::GeneratorExit), &[]);
    match throw(th, generator, exit) {
        Ok(Step::Yielded(_)) => Err(th.runtime_error(format_args!("{} ignored GeneratorExit", what(generator)))),
        Ok(Step::Returned(value)) => Ok(value),
        Err(raised) if th.pending_is(Exc::GeneratorExit) || th.pending_is(Exc::StopIteration) => {
            th.take_exception(raised);
            Ok(Value::NONE)
        }
        Err(raised) => Err(raised),
    }
}

/// `GetYieldFromIter`
pub fn yield_from_iter(th: &Thread, frame: &Frame, value: Value) -> Result {
    if let Some(generator) = value.downcast::<Generator>() {
        if generator.code.flags & flags::COROUTINE != 0 {
            if frame.code.flags & (flags::COROUTINE | flags::ITERABLE_COROUTINE) == 0 {
                return Err(th.type_error("cannot 'yield from' a coroutine object in a non-coroutine generator"));
            }
            return Ok(value);
        }
        if generator.code.is_plain_generator() {
            return Ok(value);
        }
    }
    ops::iter(th, value)
}

/// `GetAwaitable`: the iterator behind `await value`.
pub fn awaitable(th: &Thread, value: Value, place: usize) -> Result {
    if let Some(generator) = value.downcast::<Generator>()
        && generator.code.flags & (flags::COROUTINE | flags::ITERABLE_COROUTINE) != 0
    {
        if awaited_by(generator).is_some() {
            return Err(th.runtime_error("coroutine is being awaited already"));
        }
        return Ok(value);
    }
    if tasks::is_plain_future(value) {
        return Ok(tasks::await_future(th, value));
    }
    let Some(method) = th.lookup(th.class_of(value), th.vm().names.__await__) else {
        let name = th.type_name(value);
        return Err(match place {
            1 => th.type_error(format_args!(
                "'async with' received an object from __aenter__ that does not implement __await__: {name}"
            )),
            2 => th.type_error(format_args!(
                "'async with' received an object from __aexit__ that does not implement __await__: {name}"
            )),
            _ => th.type_error(format_args!("'{name}' object can't be awaited")),
        });
    };
    let iterator = th.call_unbound(method, value, &[])?;
    if iterator.downcast::<Generator>().is_some_and(|g| g.code.flags & flags::COROUTINE != 0) {
        return Err(th.type_error("__await__() returned a coroutine"));
    }
    if th.lookup(th.class_of(iterator), th.vm().names.__next__).is_none() {
        return Err(
            th.type_error(format_args!("__await__() returned non-iterator of type '{}'", th.type_name(iterator)))
        );
    }
    Ok(iterator)
}

/// What a suspended generator waits for by `yield from` or `await`.
pub fn awaited_by(generator: Gc<Generator>) -> Option<Value> {
    if generator.state() != State::Suspended {
        return None;
    }
    let instruction = generator.code.body.instructions().get(generator.at())?;
    (instruction.op() == Op::YieldFrom).then(|| generator.registers()[instruction.c()].get())
}

/// `GetAIter`
pub fn async_iter(th: &Thread, value: Value) -> Result {
    let names = &*th.vm().names;
    let Some(method) = th.lookup(th.class_of(value), names.__aiter__) else {
        return Err(missing(th, value, "'async for' requires an object with __aiter__ method, got "));
    };
    let iterator = th.call_unbound(method, value, &[])?;
    if th.lookup(th.class_of(iterator), names.__anext__).is_none() {
        let what = "'async for' received an object from __aiter__ that does not implement __anext__: ";
        return Err(missing(th, iterator, what));
    }
    Ok(iterator)
}

/// `GetANext`
pub fn async_next(th: &Thread, iterator: Value) -> Result {
    let Some(method) = th.lookup(th.class_of(iterator), th.vm().names.__anext__) else {
        return Err(missing(th, iterator, "'async for' requires an iterator with __anext__ method, got "));
    };
    let next = th.call_unbound(method, iterator, &[])?;
    awaitable(th, next, 0).map_err(|raised| {
        let cause = th.take_exception(raised);
        let name = th.type_name(next);
        let raised = th.type_error(format_args!("'async for' received an invalid object from __anext__: {name}"));
        let error = th.take_exception(raised);
        if let Some(error) = error.downcast::<Exception>() {
            error.context.set(cause);
            error.cause.set(cause);
            error.suppress_context.store(true, Ordering::Relaxed);
        }
        th.raise_value(error)
    })
}

#[cold]
fn missing(th: &Thread, value: Value, what: &str) -> Raised {
    th.type_error(format_args!("{what}{}", th.type_name(value)))
}

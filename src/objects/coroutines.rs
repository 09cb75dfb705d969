//! The types of generators, coroutines and asynchronous generators, and their methods.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::compiler::code::flags;
use crate::heap::{Gc, GcSlot, Header, Slot, Tracer, Value};
use crate::vm::generators::{self, Step};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, member, native};
use crate::vm::{Raised, Thread, report};

use super::class::flag;
use super::code::Code;
use super::exception::{self, Exc, Exception};
use super::generator::{Generator, State};
use super::generic_alias;
use super::kinds;
use super::native_object::{self, NativeObject, NativeState};
use super::traceback::Traceback;

/// The type that calling a function with these code flags makes an instance of.
pub fn type_of(code_flags: u32) -> &'static TypeDef {
    if code_flags & flags::COROUTINE != 0 {
        &COROUTINE
    } else if code_flags & flags::ASYNC_GENERATOR != 0 {
        &ASYNC_GENERATOR
    } else {
        &GENERATOR
    }
}

fn generator(value: Value) -> Gc<Generator> {
    match value.downcast() {
        Some(generator) => generator,
        None => unreachable!("a generator's methods get a generator"),
    }
}

/// A step's result as `send` gives it: a return is StopIteration.
fn outcome(th: &Thread, step: Step) -> Result {
    match step {
        Step::Yielded(value) => Ok(value),
        Step::Returned(value) => Err(stop_iteration(th, value)),
    }
}

fn stop_iteration(th: &Thread, value: Value) -> Raised {
    let args: &[Value] = if value.is_none() { &[] } else { std::slice::from_ref(&value) };
    th.raise_with(Exc::StopIteration, args)
}

fn send(th: &Thread, args: &[Value]) -> Result {
    outcome(th, generators::resume(th, generator(args[0]), args[1])?)
}

/// `throw(type[, value[, traceback]])`
fn throw(th: &Thread, args: &[Value]) -> Result {
    let exception = thrown(th, "throw", args)?;
    outcome(th, generators::throw(th, generator(args[0]), exception)?)
}

/// The exception that `throw`'s arguments mean, or its class, of which it is made where it is raised.
fn thrown(th: &Thread, method: &str, args: &[Value]) -> Result {
    let (kind, value, traceback) = (args[1], args[2], args[3]);
    if !value.is_empty() || !traceback.is_empty() {
        let message =
            format!("the (type, exc, tb) signature of {method}() is deprecated, use the single-arg signature instead.");
        report::warn(th, Exc::DeprecationWarning, &message)?;
    }
    let no_traceback = traceback.is_empty() || traceback.is_none();
    if !no_traceback && traceback.downcast::<Traceback>().is_none() {
        return Err(th.type_error("throw() third argument must be a traceback object"));
    }
    let exception = if th.is_exception(kind) {
        if !value.is_empty() && !value.is_none() {
            return Err(th.type_error("instance exception may not have a separate value"));
        }
        kind
    } else if kind.as_class().is_some_and(|class| class.has(flag::EXCEPTION)) {
        if value.is_empty() && traceback.is_empty() {
            return Ok(kind);
        }
        match make_exception(th, kind, value) {
            Ok(made) => made,
            Err(raised) => th.take_exception(raised),
        }
    } else {
        return Err(not_an_exception(th, kind));
    };
    if let (Some(exception), true) = (exception.downcast::<Exception>(), traceback.is_cell()) {
        exception.traceback.set(traceback);
    }
    Ok(exception)
}

/// An instance of an exception class: with one argument, or with none, or `value` itself if it is an exception.
pub fn make_exception(th: &Thread, class: Value, value: Value) -> Result {
    let made = match value {
        Value::EMPTY | Value::NONE => th.call(class, &[])?,
        value if th.is_exception(value) => value,
        value => th.call(class, &[value])?,
    };
    if !th.is_exception(made) {
        let (class, made) = (crate::vm::ops::repr(th, class)?, th.type_name(made));
        return Err(th.type_error(format_args!(
            "calling {} should have returned an instance of BaseException, not {made}",
            class.to_text()
        )));
    }
    Ok(made)
}

#[cold]
fn not_an_exception(th: &Thread, given: Value) -> Raised {
    th.type_error(format_args!(
        "exceptions must be classes or instances deriving from BaseException, not {}",
        th.type_name(given)
    ))
}

fn close(th: &Thread, args: &[Value]) -> Result {
    generators::close(th, generator(args[0]))
}

fn repr(th: &Thread, args: &[Value]) -> Result {
    let this = generator(args[0]);
    let name = this.qualname.get().as_str_cell().map(|s| s.to_text()).unwrap_or_default();
    let kind = match generators::what(this) {
        "async generator" => "async_generator",
        what => what,
    };
    Ok(th.str(&format!("<{kind} object {name} at {:#x}>", this.address())))
}

const SEND: NativeDef = native(
    "send",
    "(self, object, /)",
    "Send 'value' into it, return next yielded value or raise StopIteration.",
    send,
);
const THROW: NativeDef = native(
    "throw",
    "(self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)",
    "Raise exception in it, return next yielded value or raise StopIteration.",
    throw,
);
const CLOSE: NativeDef = native("close", "(self, /)", "Raise GeneratorExit inside it.", close);
const REPR: NativeDef = native("__repr__", "(self, /)", "Return repr(self).", repr);

macro_rules! names {
    () => {
        [
            getter("__name__", "Its name.", |_, this| Ok(generator(this).name.get()))
                .settable(|th, this, value| set_name(th, &generator(this).name, "__name__", value)),
            getter("__qualname__", "Its qualified name.", |_, this| Ok(generator(this).qualname.get()))
                .settable(|th, this, value| set_name(th, &generator(this).qualname, "__qualname__", value)),
        ]
    };
}
const NAMES: [GetSetDef; 2] = names!();

fn set_name(th: &Thread, slot: &Slot, what: &str, value: Value) -> Result<()> {
    if value.as_str_cell().is_none() {
        return Err(th.type_error(format_args!("{what} must be set to a string object")));
    }
    slot.set(value);
    Ok(())
}

fn running(_: &Thread, this: Value) -> Result {
    Ok(Value::bool(generator(this).state() == State::Running))
}
fn suspended(_: &Thread, this: Value) -> Result {
    Ok(Value::bool(generator(this).state() == State::Suspended))
}
fn code(_: &Thread, this: Value) -> Result {
    Ok(generator(this).code.value())
}
fn awaited(_: &Thread, this: Value) -> Result {
    Ok(generators::awaited_by(generator(this)).unwrap_or(Value::NONE))
}
/// A frame object while it is suspended or runs, None once it is over.
fn frame(th: &Thread, this: Value) -> Result {
    let this = generator(this);
    if this.state() == State::Closed {
        return Ok(Value::NONE);
    }
    Ok(super::frame::of_generator(th, this))
}

pub static GENERATOR: TypeDef = TypeDef {
    methods: &[
        native("__iter__", "(self, /)", "Implement iter(self).", |_, args| Ok(args[0])),
        native("__next__", "(self, /)", "Implement next(self).", |th, args| {
            outcome(th, generators::resume(th, generator(args[0]), Value::NONE)?)
        }),
        SEND,
        THROW,
        CLOSE,
        REPR,
        generic_alias::CLASS_GETITEM,
    ],
    getset: &[
        NAMES[0],
        NAMES[1],
        getter("gi_running", "Whether it runs.", running),
        getter("gi_suspended", "Whether it is suspended.", suspended),
        getter("gi_code", "Its code.", code),
        getter("gi_frame", "Its frame.", frame),
        getter("gi_yieldfrom", "What it is iterating over by 'yield from', or None.", awaited),
    ],
    ..TypeDef::new("generator", kinds::GENERATOR, "")
};

pub static COROUTINE: TypeDef = TypeDef {
    methods: &[
        native("__await__", "(self, /)", "Return an iterator to be used in await expression.", |th, args| {
            Ok(wrapper(th, &COROUTINE_WRAPPER, args[0], Mode::Coroutine).value())
        }),
        SEND,
        THROW,
        CLOSE,
        REPR,
        generic_alias::CLASS_GETITEM,
    ],
    getset: &[
        NAMES[0],
        NAMES[1],
        getter("cr_running", "Whether it runs.", running),
        getter("cr_suspended", "Whether it is suspended.", suspended),
        getter("cr_code", "Its code.", code),
        getter("cr_frame", "Its frame.", frame),
        getter("cr_await", "What it awaits, or None.", awaited),
        member("cr_origin", "Where it was created, or None.", |_, this| {
            let origin = generator(this).extra.get();
            Ok(if origin.is_empty() { Value::NONE } else { origin })
        }),
    ],
    ..TypeDef::new("coroutine", kinds::GENERATOR, "")
};

pub static ASYNC_GENERATOR: TypeDef = TypeDef {
    methods: &[
        native("__aiter__", "(self, /)", "Return an awaitable, that resolves in asynchronous iterator.", |_, args| {
            Ok(args[0])
        }),
        native("__anext__", "(self, /)", "Return a value or raise StopAsyncIteration.", |th, args| {
            generators::hook(th, generator(args[0]))?;
            Ok(wrapper(th, &ASYNC_STEP, args[0], Mode::Send(Slot::new(Value::NONE))).value())
        }),
        native(
            "asend",
            "(self, object, /)",
            "Send a value into it; return an awaitable of the next yielded value.",
            |th, args| {
                generators::hook(th, generator(args[0]))?;
                let step = wrapper(th, &ASYNC_STEP, args[0], Mode::Send(Slot::new(args[1])));
                Ok(to_be_awaited(th, step))
            },
        ),
        native(
            "athrow",
            "(self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)",
            "Raise an exception in it; return an awaitable of the next yielded value.",
            |th, args| {
                let exception = thrown(th, "athrow", args)?;
                generators::hook(th, generator(args[0]))?;
                let step = wrapper(th, &ASYNC_THROW, args[0], Mode::Throw(Slot::new(exception)));
                Ok(to_be_awaited(th, step))
            },
        ),
        native("aclose", "(self, /)", "Raise GeneratorExit inside it.", |th, args| {
            generators::hook(th, generator(args[0]))?;
            Ok(to_be_awaited(th, wrapper(th, &ASYNC_THROW, args[0], Mode::Close)))
        }),
        REPR,
        generic_alias::CLASS_GETITEM,
    ],
    getset: &[
        NAMES[0],
        NAMES[1],
        member("ag_running", "Whether it runs, or an awaitable of it is under way.", |_, this| {
            Ok(Value::bool(generator(this).stepping.load(Ordering::Acquire)))
        }),
        getter("ag_suspended", "Whether it is suspended.", suspended),
        getter("ag_code", "Its code.", code),
        getter("ag_frame", "Its frame.", frame),
        getter("ag_await", "What it awaits, or None.", awaited),
    ],
    ..TypeDef::new("async_generator", kinds::GENERATOR, "")
};

// ---- the awaitables of coroutines and asynchronous generators

/// What an awaitable does to its generator when it is first sent to.
enum Mode {
    /// `coroutine.__await__()`: passes everything on.
    Coroutine,
    Send(Slot),
    Throw(Slot),
    Close,
}

struct Awaitable {
    generator: Slot,
    mode: Mode,
    /// 0 not started, 1 under way, 2 done.
    stage: std::sync::atomic::AtomicU8,
    /// The code that made it, where somebody is to be told if it is never awaited, and where in it.
    made_in: GcSlot<Code>,
    made_at: AtomicUsize,
}

impl NativeState for Awaitable {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.generator);
        if let Mode::Send(value) | Mode::Throw(value) = &self.mode {
            tracer.slot(value);
        }
        tracer.gc_slot(&self.made_in);
    }
}

/// Has it said when the awaitable dies that it was never awaited. Not of those that `async for` makes: each would cost.
fn to_be_awaited(th: &Thread, this: Gc<NativeObject>) -> Value {
    if let (Some(awaitable), Some(frame)) = (this.state_as::<Awaitable>(), th.stack.frames().last()) {
        awaitable.made_in.set(Some(frame.code));
        awaitable.made_at.store(frame.at(), Ordering::Relaxed);
        this.header.set_flag(Header::HAS_FINALIZER);
        th.heap().register_finalizer(this);
    }
    this.value()
}

/// What is said of an awaitable that nobody can reach any more.
pub fn last_word(th: &Thread, object: Value) -> Result<()> {
    let Some(this) = awaitable(object) else { return Ok(()) };
    let (0, Some(code)) = (this.stage.load(Ordering::Acquire), this.made_in.get()) else { return Ok(()) };
    let method = match this.mode {
        Mode::Throw(_) => "athrow",
        Mode::Close => "aclose",
        Mode::Send(_) | Mode::Coroutine => "asend",
    };
    let name = generator(this.generator.get()).qualname.get();
    let name = name.as_str_cell().map(|name| name.to_text()).unwrap_or_default();
    let message = format!("coroutine method '{method}' of '{name}' was never awaited");
    let line = code.positions.get(this.made_at.load(Ordering::Relaxed)).map_or(1, |position| position.line);
    report::warn_of(th, Exc::RuntimeWarning, &message, &code.filename.to_text(), line, object)
}

/// A value that an asynchronous generator yields to its consumer, told apart from what it awaits.
struct Wrapped(Slot);

impl NativeState for Wrapped {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.0);
    }
}

pub static WRAPPED_VALUE: TypeDef = TypeDef::new("async_generator_wrapped_value", kinds::NATIVE_STATE, "");

pub fn wrap(th: &Thread, value: Value) -> Value {
    native_object::new(th, th.vm().class(&WRAPPED_VALUE), Box::new(Wrapped(Slot::new(value)))).value()
}

fn unwrap(value: Value) -> Option<Value> {
    value.downcast::<NativeObject>()?.state_as::<Wrapped>().map(|w| w.0.get())
}

const AWAITABLE_METHODS: &[NativeDef] = &[
    native("__await__", "(self, /)", "Return an iterator to be used in await expression.", |_, args| Ok(args[0])),
    native("__iter__", "(self, /)", "Implement iter(self).", |_, args| Ok(args[0])),
    native("__next__", "(self, /)", "Implement next(self).", |th, args| step(th, args[0], Value::NONE)),
    native("send", "(self, object, /)", "Send a value.", |th, args| step(th, args[0], args[1])),
    native(
        "throw",
        "(self, type, value=<unrepresentable>, traceback=<unrepresentable>, /)",
        "Raise an exception.",
        |th, args| {
            let exception = thrown(th, "throw", args)?;
            let Some(this) = awaitable(args[0]) else { return Ok(Value::NONE) };
            let inner = generator(this.generator.get());
            if !matches!(this.mode, Mode::Coroutine) {
                begin(th, this, inner)?;
            }
            let result = generators::throw(th, inner, exception);
            deliver(th, this, result)
        },
    ),
    native("close", "(self, /)", "Raise GeneratorExit.", |th, args| {
        let Some(this) = awaitable(args[0]) else { return Ok(Value::NONE) };
        if matches!(this.mode, Mode::Coroutine) {
            return generators::close(th, generator(this.generator.get()));
        }
        if this.stage.load(Ordering::Acquire) == 1 {
            let exit = exception::new(th, th.vm().exception_class(Exc::GeneratorExit), &[]);
            let result = generators::throw(th, generator(this.generator.get()), exit);
            return closed(th, deliver(th, this, result));
        }
        this.stage.store(2, Ordering::Release);
        Ok(Value::NONE)
    }),
];

/// What closing an awaitable under way came to: it is well if the generator let itself be ended.
fn closed(th: &Thread, result: Result) -> Result {
    match result {
        Ok(_) => Err(th.runtime_error("coroutine ignored GeneratorExit")),
        Err(raised) => {
            let expected = [Exc::GeneratorExit, Exc::StopIteration, Exc::StopAsyncIteration];
            if expected.into_iter().any(|class| th.pending_is(class)) {
                th.take_exception(raised);
                return Ok(Value::NONE);
            }
            Err(raised)
        }
    }
}

/// Begins or goes on with an awaitable of an asynchronous generator; true at the beginning. Only one may be under way.
fn begin(th: &Thread, this: &Awaitable, inner: Gc<Generator>) -> Result<bool> {
    let (what, both) = match this.mode {
        Mode::Throw(_) => ("athrow", "aclose()/athrow()"),
        Mode::Close => ("aclose", "aclose()/athrow()"),
        Mode::Send(_) | Mode::Coroutine => ("anext", "__anext__()/asend()"),
    };
    match this.stage.swap(1, Ordering::AcqRel) {
        0 if inner.stepping.swap(true, Ordering::AcqRel) => {
            this.stage.store(2, Ordering::Release);
            Err(th.runtime_error(format!("{what}(): asynchronous generator is already running")))
        }
        0 => Ok(true),
        1 => Ok(false),
        _ => {
            this.stage.store(2, Ordering::Release);
            Err(th.runtime_error(format!("cannot reuse already awaited {both}")))
        }
    }
}

/// The awaitable is done; another may begin.
fn finish(this: &Awaitable) {
    this.stage.store(2, Ordering::Release);
    generator(this.generator.get()).stepping.store(false, Ordering::Release);
}

pub static COROUTINE_WRAPPER: TypeDef =
    TypeDef { methods: AWAITABLE_METHODS, ..TypeDef::new("coroutine_wrapper", kinds::NATIVE_STATE, "") };
pub static ASYNC_STEP: TypeDef =
    TypeDef { methods: AWAITABLE_METHODS, ..TypeDef::new("async_generator_asend", kinds::NATIVE_STATE, "") };
pub static ASYNC_THROW: TypeDef =
    TypeDef { methods: AWAITABLE_METHODS, ..TypeDef::new("async_generator_athrow", kinds::NATIVE_STATE, "") };

fn wrapper(th: &Thread, def: &'static TypeDef, generator: Value, mode: Mode) -> Gc<NativeObject> {
    let (made_in, made_at) = (GcSlot::new(None), Default::default());
    let state = Awaitable { generator: Slot::new(generator), mode, stage: Default::default(), made_in, made_at };
    native_object::new(th, th.vm().class(def), Box::new(state))
}

fn awaitable(this: Value) -> Option<&'static Awaitable> {
    this.downcast::<NativeObject>()?.state_as::<Awaitable>()
}

/// Sends `value` into the generator behind an awaitable.
fn step(th: &Thread, this: Value, value: Value) -> Result {
    let Some(this) = awaitable(this) else { return Ok(Value::NONE) };
    let inner = generator(this.generator.get());
    if let Mode::Coroutine = this.mode {
        return outcome(th, generators::resume(th, inner, value)?);
    }
    let result = match (begin(th, this, inner)?, &this.mode) {
        (true, Mode::Throw(_)) if inner.state() == State::Closed => {
            finish(this);
            return Err(stop_iteration(th, Value::NONE));
        }
        (true, Mode::Send(first)) => {
            let first = if value.is_none() { first.get() } else { value };
            generators::resume(th, inner, first)
        }
        (true, Mode::Throw(exception)) => generators::throw(th, inner, exception.get()),
        (true, Mode::Close) => {
            if inner.state() != State::Suspended {
                let closed = generators::close(th, inner);
                finish(this);
                closed?;
                return Err(stop_iteration(th, Value::NONE));
            }
            let exit = exception::new(th, th.vm().exception_class(Exc::GeneratorExit), &[]);
            generators::throw(th, inner, exit)
        }
        _ => generators::resume(th, inner, value),
    };
    deliver(th, this, result)
}

/// What the generator handed out: a value for the consumer ends the await, anything else is awaited further.
fn deliver(th: &Thread, this: &Awaitable, result: Result<Step>) -> Result {
    if let Mode::Coroutine = this.mode {
        return outcome(th, result?);
    }
    let closing = matches!(this.mode, Mode::Close);
    match result {
        Ok(Step::Yielded(value)) => match unwrap(value) {
            Some(_) if closing => {
                finish(this);
                Err(th.runtime_error("async generator ignored GeneratorExit"))
            }
            Some(value) => {
                finish(this);
                // Even None is the value here, so the exception is made with it.
                Err(th.raise_with(Exc::StopIteration, &[value]))
            }
            None => Ok(value),
        },
        Ok(Step::Returned(_)) => {
            finish(this);
            if closing {
                Err(stop_iteration(th, Value::NONE))
            } else {
                Err(th.raise_with(Exc::StopAsyncIteration, &[]))
            }
        }
        Err(raised) => {
            finish(this);
            if closing && (th.pending_is(Exc::GeneratorExit) || th.pending_is(Exc::StopAsyncIteration)) {
                th.take_exception(raised);
                return Err(stop_iteration(th, Value::NONE));
            }
            Err(raised)
        }
    }
}

/// For `ops::next` on generators: the next value, without an exception for the end.
pub fn next(th: &Thread, this: Gc<Generator>) -> Result<Option<Value>> {
    match generators::resume(th, this, Value::NONE)? {
        Step::Yielded(value) => Ok(Some(value)),
        Step::Returned(_) => Ok(None),
    }
}

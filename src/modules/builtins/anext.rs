//! What `anext(iterator, default)` returns: an awaitable that turns the end of an asynchronous iterator into the default.

use crate::heap::{Slot, Tracer, Value};
use crate::objects::exception::Exc;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::{Thread, generators, ops};

struct State {
    /// The awaitable of the iterator's `__anext__`.
    awaitable: Slot,
    /// The iterator that awaiting it runs over, once that has begun.
    steps: Slot,
    default: Slot,
}

impl NativeState for State {
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.awaitable, &self.steps, &self.default] {
            tracer.slot(slot);
        }
    }
}

pub static ANEXT_AWAITABLE: TypeDef =
    TypeDef { methods: METHODS, ..TypeDef::new("anext_awaitable", crate::objects::kinds::NATIVE_STATE, "") };

const METHODS: &[NativeDef] = &[
    native("__await__", "($self, /)", "Return itself.", |_, args| Ok(args[0])),
    native("__iter__", "($self, /)", "Return itself.", |_, args| Ok(args[0])),
    native("__next__", "($self, /)", "Run up to the next suspension.", |th, args| {
        let state = this(args);
        let next = th.call_method(steps(th, state)?, th.vm().names.__next__, &[]);
        step(th, state, next)
    }),
    native("send", "($self, value, /)", "Resume with a value.", |th, args| {
        let state = this(args);
        let send = th.call_method(steps(th, state)?, th.intern("send"), &args[1..2]);
        step(th, state, send)
    }),
    native("throw", "($self, typ, val=None, tb=None, /)", "Resume with an exception.", |th, args| {
        let state = this(args);
        let given = args[1..].iter().take_while(|v| !v.is_empty()).count();
        let thrown = th.call_method(steps(th, state)?, th.intern("throw"), &args[1..=given]);
        step(th, state, thrown)
    }),
    native("close", "($self, /)", "Close what it waits for.", |th, args| {
        let steps = steps(th, this(args))?;
        match ops::find_attr(th, steps, th.vm().names.close)? {
            Some(close) => th.call(close, &[]),
            None => Ok(Value::NONE),
        }
    }),
];

pub fn new(th: &Thread, awaitable: Value, default: Value) -> Value {
    let class = th.vm().class(&ANEXT_AWAITABLE);
    let state = State { awaitable: Slot::new(awaitable), steps: Slot::new(Value::EMPTY), default: Slot::new(default) };
    native_object::new(th, class, Box::new(state)).value()
}

fn this(args: &[Value]) -> &'static State {
    match args[0].downcast::<NativeObject>().and_then(|object| object.state_as::<State>()) {
        Some(state) => state,
        None => unreachable!("methods found on a type get an instance of it"),
    }
}

fn steps(th: &Thread, state: &State) -> Result {
    let steps = state.steps.get();
    if !steps.is_empty() {
        return Ok(steps);
    }
    let mut steps = generators::awaitable(th, state.awaitable.get(), 0)?;
    if th.lookup(th.class_of(steps), th.vm().names.__next__).is_none() {
        // A coroutine is no iterator, but has one.
        steps = th.call_method(steps, th.vm().names.__await__, &[])?;
    }
    state.steps.set(steps);
    Ok(steps)
}

/// The end of the asynchronous iterator becomes the default, as the value of the wait.
fn step(th: &Thread, state: &State, result: Result) -> Result {
    match result {
        Ok(value) => Ok(value),
        Err(raised) => {
            th.caught(raised, Exc::StopAsyncIteration)?;
            Err(th.raise_with(Exc::StopIteration, &[state.default.get()]))
        }
    }
}

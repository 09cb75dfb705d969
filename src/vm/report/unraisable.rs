//! Exceptions that nobody is there to catch: of finalisers, of callbacks of weak references, of threads that have ended.

use crate::heap::{Header, Slot, Tracer, Value};
use crate::objects::generator::{Generator, State};
use crate::objects::kinds;
use crate::objects::native::Native;
use crate::objects::native_object::{NativeObject, NativeState};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Thread, import, ops};

use super::colors::PLAIN;
use super::layout::Layout;
use super::sources::Lines;
use super::summary::Chain;

/// Reports an exception that `object`'s finaliser or callback raised.
pub fn unraisable(th: &Thread, exception: Value, object: Value) {
    match object.header().map(Header::kind) {
        Some(kinds::WEAKREF) => return unraisable_while(th, exception, "while calling weakref callback", object),
        Some(kinds::GENERATOR) => {
            let never_awaited = object.downcast::<Generator>().is_some_and(|g| g.state() == State::Created);
            let doing = if never_awaited { "while finalizing coroutine" } else { "while closing generator" };
            return unraisable_while(th, exception, doing, object);
        }
        _ => {}
    }
    match th.lookup(th.class_of(object), th.vm().names.__del__) {
        Some(function) => unraisable_while(th, exception, "while calling deallocator", function),
        None => hand_over(th, exception, Value::NONE, object),
    }
}

/// Reports an exception that was raised while `doing` something with `object`: "while calling deallocator".
pub fn unraisable_while(th: &Thread, exception: Value, doing: &str, object: Value) {
    let shown = repr_or_excuse(th, object);
    hand_over(th, exception, th.str(&format!("Exception ignored {doing} {shown}")), Value::NONE);
}

/// Reports an exception that was raised while `doing` something with nothing to show.
pub fn unraisable_in(th: &Thread, exception: Value, doing: &str) {
    hand_over(th, exception, th.str(&format!("Exception ignored {doing}")), Value::NONE);
}

fn repr_or_excuse(th: &Thread, object: Value) -> String {
    match ops::repr(th, object) {
        Ok(text) => text.to_text(),
        Err(raised) => {
            th.take_exception(raised);
            "<object repr() failed>".to_string()
        }
    }
}

/// To the program's `sys.unraisablehook`, if it has one of its own.
fn hand_over(th: &Thread, exception: Value, message: Value, object: Value) {
    let hook = import::sys_attribute(th, th.intern("unraisablehook"));
    let hook = hook.filter(|hook| !hook.is_none() && hook.downcast::<Native>().is_none());
    let Some(hook) = hook else { return print(th, exception, message, object) };
    let fields = [th.class_of(exception).value(), exception, super::traceback_of(exception), message, object];
    let class = th.make_native_class(&HOOK_ARGS);
    let state = Box::new(HookArgs(fields.map(Slot::new)));
    let args = crate::objects::native_object::new(th, class, state).value();
    if let Err(raised) = th.call(hook, &[args]) {
        let exception = th.take_exception(raised);
        print(th, exception, th.str("Exception ignored in sys.unraisablehook"), hook);
    }
}

/// What the original `sys.unraisablehook` does with its argument.
pub fn print_unraisable(th: &Thread, args: Value) -> Result<()> {
    let Some(state) = args.downcast::<NativeObject>().and_then(|object| object.state_as::<HookArgs>()) else {
        return Err(th.type_error("sys.unraisablehook argument type must be UnraisableHookArgs"));
    };
    let [_, exception, _, message, object] = std::array::from_fn(|at| state.0[at].get());
    print(th, exception, message, object);
    Ok(())
}

/// The head names the message, the object or both; the exception itself comes without what led to it and without marks
/// under the lines.
fn print(th: &Thread, exception: Value, message: Value, object: Value) {
    let message = message.as_str_cell().map(|m| m.to_text());
    let object = (!object.is_none() && !object.is_empty()).then(|| repr_or_excuse(th, object));
    let head = match (message, object) {
        (None, None) => String::new(),
        (Some(message), None) => format!("{message}:\n"),
        (message, Some(object)) => format!("{}: {object}\n", message.as_deref().unwrap_or("Exception ignored in")),
    };
    let mut chain = Chain::gather(th, exception, super::traceback_limit(th));
    let summary = &mut chain.0[0];
    (summary.cause, summary.context, summary.exceptions) = (None, None, None);
    summary.entries.iter_mut().for_each(|entry| entry.columns = None);
    let report = Layout::new(&chain, &mut Lines::new(th), PLAIN).format(false);
    super::write_stderr(th, &format!("{head}{report}"));
}

/// What a hook gets: class, exception, traceback, message, object.
struct HookArgs([Slot; 5]);

impl NativeState for HookArgs {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slots(&self.0);
    }
}

static HOOK_ARGS: TypeDef = TypeDef {
    methods: HOOK_ARGS_METHODS,
    getset: HOOK_ARGS_FIELDS,
    ..TypeDef::new("UnraisableHookArgs", kinds::NATIVE_STATE, "What sys.unraisablehook is called with.")
};

const NAMES: [&str; 5] = ["exc_type", "exc_value", "exc_traceback", "err_msg", "object"];

fn field(this: Value, at: usize) -> Value {
    let state = this.downcast::<NativeObject>().and_then(|object| object.state_as::<HookArgs>());
    state.map_or(Value::NONE, |state| state.0[at].get())
}

const HOOK_ARGS_FIELDS: &[GetSetDef] = &[
    getter(NAMES[0], "Exception type", |_, this| Ok(field(this, 0))),
    getter(NAMES[1], "Exception value", |_, this| Ok(field(this, 1))),
    getter(NAMES[2], "Exception traceback", |_, this| Ok(field(this, 2))),
    getter(NAMES[3], "Error message", |_, this| Ok(field(this, 3))),
    getter(NAMES[4], "Object causing the exception", |_, this| Ok(field(this, 4))),
];

const HOOK_ARGS_METHODS: &[NativeDef] = &[
    native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
        let mut parts = Vec::new();
        for (at, name) in NAMES.iter().enumerate() {
            parts.push(format!("{name}={}", ops::repr(th, field(args[0], at))?.to_text()));
        }
        Ok(th.str(&format!("UnraisableHookArgs({})", parts.join(", "))))
    }),
    native("__len__", "(self, /)", "Return len(self).", |_, _| Ok(Value::small_int(NAMES.len() as i64))),
    native("__iter__", "(self, /)", "Implement iter(self).", |th, args| {
        let fields: [Value; NAMES.len()] = std::array::from_fn(|at| field(args[0], at));
        ops::iter(th, th.tuple(&fields))
    }),
    native("__getitem__", "(self, key, /)", "Return self[key].", |th, args| {
        let fields: [Value; NAMES.len()] = std::array::from_fn(|at| field(args[0], at));
        ops::get_item(th, th.tuple(&fields), args[1])
    }),
];

//! Exceptions: the objects, and what native code asks of them.
//!
//! - `hierarchy`: the table of built-in classes, and the definitions made from it
//! - `base`: what every exception can do; `KeyError`
//! - `stop`, `attribute`, `import`, `os`, `syntax`, `unicode`, `group`: what single classes add
//!
//! How an exception is raised and finds its handler is `vm::error`'s and `vm::unwind`'s; how it is printed, `vm::report`'s.

use std::sync::atomic::AtomicBool;

use crate::heap::{Cell, Gc, Header, Kind, Slot, Tracer, Value};
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops};

use super::class::Class;
use super::kinds;
use super::list::{Items, List};
use super::tuple::Tuple;

mod attribute;
mod base;
mod group;
mod hierarchy;
mod import;
mod os;
mod stop;
mod syntax;
mod unicode;

pub use attribute::{name_what_was_sought, set_name, set_name_and_object};
pub use group::{exceptions, new_group, reraise_star, wrap};
pub use hierarchy::{DEFINITIONS, EXCEPTIONS, Exc};
pub use import::{import_name_is, set_import_fields};
pub use os::{raise_errno, raise_os_error, raise_refused, words};
pub use syntax::field as syntax_field;

/// Makes the classes of all built-in exceptions.
pub fn register(th: &Thread) {
    for (at, definition) in DEFINITIONS.iter().enumerate() {
        let class = th.make_native_class(definition);
        th.vm().set_exception_class(at, class);
    }
    // The one class with two bases.
    let class = |class| th.vm().exception_class(class);
    let group = class(Exc::ExceptionGroup);
    let bases = [class(Exc::BaseExceptionGroup), class(Exc::Exception)].map(Gc::value);
    let root = [class(Exc::BaseException).value(), th.vm().class_of_kind(kinds::OBJECT).value()];
    group.bases.set(Some(Tuple::new(th, &bases)));
    group.mro.set(Some(Tuple::new(th, &[&[group.value()], &bases[..], &root].concat())));
}

/// An instance of an exception class. Attributes set by programs lie in its tail, as any object's.
#[repr(C)]
pub struct Exception {
    pub header: Header,
    /// Tuple.
    pub args: Slot,
    /// The traceback's first entry, or `EMPTY`.
    pub traceback: Slot,
    /// The exception that was being handled when this one was raised, or `EMPTY`.
    pub context: Slot,
    /// What `raise … from` named, or `EMPTY`.
    pub cause: Slot,
    pub suppress_context: AtomicBool,
    /// What the class adds. StopIteration's value and SystemExit's code lie here themselves; where a class has several
    /// fields, they lie in a store ([`Items`]) made when the first is set.
    pub extra: Slot,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Exception {
    const KIND: Kind = kinds::EXCEPTION;
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.args, &self.traceback, &self.context, &self.cause, &self.extra] {
            tracer.slot(slot);
        }
    }
}

/// A new exception of `class` (built in, or without `__new__` and `__init__` of its own) with `args`, and the attributes
/// that follow from them.
pub fn new(th: &Thread, class: Gc<Class>, args: &[Value]) -> Value {
    let class = os::class_for(th, class, args);
    let exception = allocate(th, class, Tuple::new(th, args));
    if let Err(raised) = initialize(th, exception, args) {
        // Arguments that the class cannot make sense of stay plain `args`.
        th.take_exception(raised);
    }
    exception.value()
}

/// `class(*args)` without going through `__new__` and `__init__`, for classes of exceptions that have none of their own;
/// `None` for others.
pub fn construct(th: &Thread, class: Gc<Class>, args: &[Value]) -> Option<Result> {
    if class.def.is_none() {
        let base = th.vm().exception_class(Exc::BaseException);
        let names = &th.vm().names;
        let inherits = |name| th.lookup(class, name) == th.lookup(base, name);
        let is_plain = inherits(names.__new__) && inherits(names.__init__);
        return is_plain.then(|| Ok(allocate(th, class, Tuple::new(th, args)).value()));
    }
    let class = os::class_for(th, class, args);
    if class.is_subclass_of(th.vm().exception_class(Exc::BaseExceptionGroup)) {
        return None;
    }
    let exception = allocate(th, class, Tuple::new(th, args));
    Some(initialize(th, exception, args).map(|()| exception.value()))
}

/// An exception without the attributes that its class makes of `args`.
fn allocate(th: &Thread, class: Gc<Class>, args: Gc<Tuple>) -> Gc<Exception> {
    th.instantiate(
        class,
        Exception {
            header: Header::of_kind(kinds::EXCEPTION),
            args: Slot::new(args.value()),
            traceback: Slot::default(),
            context: Slot::default(),
            cause: Slot::default(),
            suppress_context: AtomicBool::new(false),
            extra: Slot::default(),
        },
    )
}

/// What the nearest built-in class does with positional arguments.
fn initialize(th: &Thread, exception: Gc<Exception>, args: &[Value]) -> Result<()> {
    let class = Exc::nearest(th.class_of(exception.value()));
    match class {
        Exc::StopIteration => stop::iteration(exception, args),
        Exc::SystemExit => stop::exit(th, exception, args),
        Exc::ImportError | Exc::ModuleNotFoundError => import::message(th, exception, args),
        Exc::SyntaxError | Exc::IndentationError | Exc::TabError => return syntax::initialize(th, exception, args),
        Exc::UnicodeDecodeError | Exc::UnicodeEncodeError => return unicode::initialize(th, exception, args),
        Exc::UnicodeTranslateError => return unicode::initialize_translate(th, exception, args),
        Exc::BaseExceptionGroup | Exc::ExceptionGroup => return group::initialize(th, exception, args),
        class if class.is(Exc::OSError) => return os::initialize(th, exception, args),
        _ => {}
    }
    Ok(())
}

/// Whether `exception` is an instance of the built-in class.
pub fn is_instance(th: &Thread, exception: Value, class: Exc) -> bool {
    !exception.is_empty() && th.class_of(exception).is_subclass_of(th.vm().exception_class(class))
}

/// The value of a StopIteration: what the generator returned.
pub fn stop_value(exception: Value) -> Value {
    exception.downcast::<Exception>().map_or(Value::NONE, |e| or_none(&e.extra))
}

/// `exception.add_note(note)` on the pending exception.
pub fn add_note(th: &Thread, note: &str) {
    let pending = th.pending.get();
    if let Err(raised) = base::append_note(th, pending, th.str(note)) {
        th.take_exception(raised);
        th.pending.set(pending);
    }
}

impl Exception {
    /// The field at `at` of a class with several; `EMPTY` if it is not set.
    fn field(&self, at: usize) -> Value {
        let store = self.extra.get().downcast::<Items>();
        store.and_then(|s| s.slots().get(at).map(Slot::get)).unwrap_or(Value::EMPTY)
    }
}

/// No class has more fields.
const MOST_FIELDS: usize = 9;

impl Gc<Exception> {
    fn set_field(self, th: &Thread, at: usize, value: Value) {
        let slot = &self.get().extra;
        if slot.get().downcast::<Items>().is_none() {
            let fields = if Exc::nearest(th.class_of(self.value())).is(Exc::SyntaxError) { MOST_FIELDS } else { 5 };
            slot.replace_if(slot.get(), Items::new(th, fields).value());
        }
        if let Some(slot) = slot.get().downcast::<Items>().and_then(|s| s.slots().get(at)) {
            slot.set(value);
        }
    }

    pub fn args(self) -> &'static [Value] {
        self.args.get().downcast::<Tuple>().map_or(&[], |t| t.items())
    }
}

/// An attribute that is one of several fields; `None` where it is not set.
macro_rules! field {
    ($name:literal, $doc:literal, $at:expr) => {
        $crate::vm::native::member($name, $doc, |_, this| {
            let value = $crate::objects::exception::of(this).field($at);
            Ok(if value.is_empty() { $crate::heap::Value::NONE } else { value })
        })
        .settable(|th, this, value| {
            $crate::objects::exception::of(this).set_field(th, $at, value);
            Ok(())
        })
    };
}
use field;

/// The exception that a method of an exception class is called on.
fn of(this: Value) -> Gc<Exception> {
    match this.downcast() {
        Some(exception) => exception,
        None => unreachable!("methods of exception classes get exceptions"),
    }
}

fn or_none(slot: &Slot) -> Value {
    let value = slot.get();
    if value.is_empty() { Value::NONE } else { value }
}

/// The items of an argument tuple.
fn items(tuple: Value) -> &'static [Value] {
    tuple.downcast::<Tuple>().map_or(&[], |t| t.items())
}

/// The keyword arguments that a native function got as its `**kwargs`.
fn keywords(dict: Value) -> Vec<(Value, Value)> {
    dict.downcast::<super::dict::Dict>().map_or(Vec::new(), |d| d.entries())
}

fn no_keywords(th: &Thread, class: Gc<Class>, dict: Value) -> Result<()> {
    if keywords(dict).is_empty() {
        return Ok(());
    }
    Err(th.type_error(format_args!("{}() takes no keyword arguments", class.name())))
}

/// Binds keyword arguments that set fields of the same name.
fn bind_keywords(th: &Thread, this: Gc<Exception>, class: &str, dict: Value, known: &[(&str, usize)]) -> Result<()> {
    for (key, value) in keywords(dict) {
        let key = key.as_str_cell().map(|k| k.to_text()).unwrap_or_default();
        match known.iter().find(|(name, _)| *name == key) {
            Some((_, at)) => this.set_field(th, *at, value),
            None => return Err(unexpected_keyword(th, class, &key, known)),
        }
    }
    Ok(())
}

#[cold]
fn unexpected_keyword(th: &Thread, class: &str, key: &str, known: &[(&str, usize)]) -> Raised {
    let hint = match crate::vm::suggest::closest(key, known.iter().map(|(name, _)| name.to_string())) {
        Some(name) => format!(". Did you mean '{name}'?"),
        None => String::new(),
    };
    th.type_error(format_args!("{class}() got an unexpected keyword argument '{key}'{hint}"))
}

/// `str()` of an exception as text for people.
pub fn text(th: &Thread, exception: Value) -> Result<String> {
    ops::str(th, exception).map(|s| s.to_text())
}

/// A list as an attribute of exceptions may be: what `__notes__` and groups iterate over.
fn list_of(value: Value) -> Option<Gc<List>> {
    value.downcast()
}

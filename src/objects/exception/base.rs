//! `BaseException`: what every exception can do. `KeyError` has its own way of showing its key.

use std::sync::atomic::Ordering;

use crate::heap::{Gc, Value};
use crate::objects::class::Class;
use crate::objects::dict::Dict;
use crate::objects::list::List;
use crate::objects::traceback::Traceback;
use crate::objects::tuple::Tuple;
use crate::vm::native::{GetSetDef, NativeDef, Result, getter, member, native};
use crate::vm::{Thread, ops};

use super::{Exc, allocate, is_instance, items, list_of, no_keywords, of, or_none};

pub(super) const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
        let class = class_argument(th, args[0])?;
        let args = args[1].downcast::<Tuple>().unwrap_or_else(|| Tuple::new(th, &[]));
        Ok(allocate(th, class, args).value())
    })
    .static_method(),
    native("__init__", "(self, /, *args, **kwargs)", "Initialize self.", |th, args| {
        no_keywords(th, th.class_of(args[0]), args[2])?;
        of(args[0]).args.set(args[1]);
        Ok(Value::NONE)
    }),
    native("__str__", "(self, /)", "Return str(self).", |th, args| str(th, args[0])),
    native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
        let name = th.class_of(args[0]).short_name();
        let this = of(args[0]);
        let shown = match this.args() {
            [one] => format!("({})", ops::repr(th, *one)?.to_text()),
            _ => ops::repr(th, this.args.get())?.to_text(),
        };
        Ok(th.str(&format!("{name}{shown}")))
    }),
    native("__setstate__", "(self, state, /)", "", |th, args| {
        if args[1].is_none() {
            return Ok(Value::NONE);
        }
        let Some(state) = args[1].downcast::<Dict>() else { return Err(th.type_error("state is not a dictionary")) };
        let pairs = th.tuple(&state.entries().into_iter().flat_map(|(k, v)| [k, v]).collect::<Vec<_>>());
        for pair in items(pairs).chunks_exact(2) {
            if let Some(name) = pair[0].as_str_cell() {
                ops::set_attr(th, args[0], th.intern_str(name), pair[1])?;
            }
        }
        Ok(Value::NONE)
    }),
    native("__reduce__", "(self, /)", "Helper for pickle.", |th, args| {
        reduce(th, args[0], of(args[0]).args.get(), &[])
    }),
    native("with_traceback", "($self, tb, /)", "Set self.__traceback__ to tb and return self.", |th, args| {
        set_traceback(th, args[0], args[1]).map(|()| args[0])
    }),
    native("add_note", "($self, note, /)", "Add a note to the exception", |th, args| {
        crate::objects::str::args::text(th, args[1], "add_note() argument")?;
        append_note(th, args[0], args[1]).map(|()| Value::NONE)
    }),
];

pub(super) const ATTRIBUTES: &[GetSetDef] = &[
    getter("args", "", |_, this| Ok(of(this).args.get())).settable(|th, this, value| {
        if value.is_empty() {
            return Err(th.type_error("args may not be deleted"));
        }
        let args = match value.downcast::<Tuple>() {
            Some(tuple) => tuple,
            None => ops::collect(th, value)?.to_tuple(th),
        };
        of(this).args.set(args.value());
        Ok(())
    }),
    getter("__traceback__", "", |_, this| Ok(or_none(&of(this).traceback))).settable(set_traceback),
    getter("__context__", "exception context", |_, this| Ok(or_none(&of(this).context))).settable(|th, this, value| {
        let context = link(th, value, "__context__", "exception context must be None or derive from BaseException")?;
        of(this).context.set(context);
        Ok(())
    }),
    getter("__cause__", "exception cause", |_, this| Ok(or_none(&of(this).cause))).settable(|th, this, value| {
        let cause = link(th, value, "__cause__", "exception cause must be None or derive from BaseException")?;
        of(this).cause.set(cause);
        of(this).suppress_context.store(true, Ordering::Relaxed);
        Ok(())
    }),
    member("__suppress_context__", "", |_, this| Ok(Value::bool(of(this).suppress_context.load(Ordering::Relaxed))))
        .settable(|th, this, value| {
            if value.is_empty() {
                return Err(th.type_error("can't delete numeric/char attribute"));
            }
            if !value.is_bool() {
                return Err(th.type_error("attribute value type must be bool"));
            }
            of(this).suppress_context.store(value == Value::TRUE, Ordering::Relaxed);
            Ok(())
        }),
];

pub(super) const KEY_ERROR_METHODS: &[NativeDef] =
    &[native("__str__", "(self, /)", "Return str(self).", |th, args| match of(args[0]).args() {
        // The key's repr: an empty string would show as nothing.
        [key] => ops::repr(th, *key).map(|s| s.value()),
        _ => str(th, args[0]),
    })];

/// `BaseException.__str__`
pub(super) fn str(th: &Thread, this: Value) -> Result {
    match of(this).args() {
        [] => Ok(th.str("")),
        [one] => ops::str(th, *one).map(|s| s.value()),
        _ => ops::str(th, of(this).args.get()).map(|s| s.value()),
    }
}

/// The class that a `__new__` of an exception class is to make an instance of.
pub(super) fn class_argument(th: &Thread, class: Value) -> Result<Gc<Class>> {
    let Some(class) = class.as_class() else {
        let given = th.type_name(class);
        return Err(th.type_error(format_args!("BaseException.__new__(X): X is not a type object ({given})")));
    };
    if !class.is_subclass_of(th.vm().exception_class(Exc::BaseException)) {
        return Err(th.type_error(format_args!(
            "BaseException.__new__({0}): {0} is not a subtype of BaseException",
            class.name()
        )));
    }
    Ok(class)
}

/// What pickling keeps: class, arguments, and the attributes if there are any. `fields`: attributes that do not lie in the
/// object's dict, with their values.
pub(super) fn reduce(th: &Thread, this: Value, args: Value, fields: &[(&str, Value)]) -> Result {
    let class = th.class_of(this).value();
    let state = Dict::new(th);
    if let Some(dict) = ops::find_attr(th, this, th.intern("__dict__"))?
        && let Some(dict) = dict.downcast::<Dict>()
    {
        for (key, value) in dict.entries() {
            if let Some(key) = key.as_str_cell() {
                state.set_str(th, key, value);
            }
        }
    }
    for (name, value) in fields {
        if !value.is_empty() && !value.is_none() {
            state.set_str(th, th.intern(name), *value);
        }
    }
    if state.is_empty() { Ok(th.tuple(&[class, args])) } else { Ok(th.tuple(&[class, args, state.value()])) }
}

fn set_traceback(th: &Thread, this: Value, traceback: Value) -> Result<()> {
    if traceback.is_empty() {
        return Err(th.type_error("__traceback__ may not be deleted"));
    }
    if !traceback.is_none() && traceback.downcast::<Traceback>().is_none() {
        return Err(th.type_error("__traceback__ must be a traceback or None"));
    }
    of(this).traceback.set(if traceback.is_none() { Value::EMPTY } else { traceback });
    Ok(())
}

/// A new `__cause__` or `__context__`.
fn link(th: &Thread, value: Value, name: &str, otherwise: &str) -> Result {
    if value.is_empty() {
        return Err(th.type_error(format_args!("{name} may not be deleted")));
    }
    if value.is_none() {
        return Ok(Value::EMPTY);
    }
    if is_instance(th, value, Exc::BaseException) { Ok(value) } else { Err(th.type_error(otherwise)) }
}

/// Appends to `__notes__`, which is made when the first note comes.
pub(super) fn append_note(th: &Thread, this: Value, note: Value) -> Result<()> {
    let name = th.intern("__notes__");
    match ops::find_attr(th, this, name)? {
        None => ops::set_attr(th, this, name, List::new(th, &[note]).value()),
        Some(notes) => match list_of(notes) {
            Some(list) => {
                list.push(th, note);
                Ok(())
            }
            None => Err(th.type_error("Cannot add note: __notes__ is not a list")),
        },
    }
}

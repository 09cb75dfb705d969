//! `ImportError`: what could not be imported, and from where.

use crate::heap::{Gc, Value};
use crate::vm::Thread;
use crate::vm::native::{GetSetDef, NativeDef, native};

use super::{Exception, bind_keywords, field, items, of};

const MESSAGE: usize = 0;
const NAME: usize = 1;
const PATH: usize = 2;
const NAME_FROM: usize = 3;

pub(super) const METHODS: &[NativeDef] = &[
    native("__init__", "($self, /, *args, **kwargs)", "Initialize self.", |th, args| {
        let this = of(args[0]);
        this.args.set(args[1]);
        if !this.extra.get().is_empty() {
            [MESSAGE, NAME, PATH, NAME_FROM].into_iter().for_each(|at| this.set_field(th, at, Value::EMPTY));
        }
        let known = [("name", NAME), ("path", PATH), ("name_from", NAME_FROM)];
        bind_keywords(th, this, "ImportError", args[2], &known)?;
        message(th, this, items(args[1]));
        Ok(Value::NONE)
    }),
    native("__str__", "(self, /)", "Return str(self).", |th, args| {
        let message = of(args[0]).field(MESSAGE);
        match message.as_str_cell() {
            Some(text) if text.header.is_exact() => Ok(message),
            _ => super::base::str(th, args[0]),
        }
    }),
    native("__reduce__", "(self, /)", "Helper for pickle.", |th, args| {
        let this = of(args[0]);
        let fields = [("name", this.field(NAME)), ("path", this.field(PATH)), ("name_from", this.field(NAME_FROM))];
        super::base::reduce(th, args[0], this.args.get(), &fields)
    }),
];

pub(super) const ATTRIBUTES: &[GetSetDef] = &[
    field!("msg", "exception message", MESSAGE),
    field!("name", "module name", NAME),
    field!("path", "module path", PATH),
    field!("name_from", "name imported from module", NAME_FROM),
];

/// The message is the only argument.
pub(super) fn message(th: &Thread, this: Gc<Exception>, args: &[Value]) {
    if let [message] = args {
        this.set_field(th, MESSAGE, *message);
    }
}

/// Sets `name`, `path` and `name_from` of the pending ImportError; `EMPTY` and `None` leave a field unset.
pub fn set_import_fields(th: &Thread, name: Value, path: Value, name_from: Value) {
    let Some(this) = th.pending.get().downcast::<Exception>() else { return };
    for (at, value) in [(NAME, name), (PATH, path), (NAME_FROM, name_from)] {
        if !value.is_empty() && !value.is_none() {
            this.set_field(th, at, value);
        }
    }
}

/// Whether the pending ImportError is about the module `name`.
pub fn import_name_is(th: &Thread, name: &str) -> bool {
    let pending = th.pending.get().downcast::<Exception>();
    pending.and_then(|e| e.field(NAME).as_str_cell()).is_some_and(|s| s.wtf8() == name.as_bytes())
}

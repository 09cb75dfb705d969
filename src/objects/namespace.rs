//! `types.SimpleNamespace`: an object that is nothing but its attributes.

use crate::heap::{Gc, Value};
use crate::objects::dict::Dict;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::{instance, kinds};
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::ops::{self, CompareOp};
use crate::vm::{Thread, signature};

/// A namespace with these attributes.
pub fn new(th: &Thread, fields: &[(&str, Value)]) -> Value {
    let object = th.new_instance(th.make_native_class(&NAMESPACE));
    for (field, value) in fields {
        instance::set_own(th, object, th.intern(field), *value);
    }
    object
}

fn is_namespace(th: &Thread, value: Value) -> bool {
    th.is_instance(value, th.make_native_class(&NAMESPACE))
}

/// Its attributes as a dict of their own: the object keeps its slots.
fn attributes(th: &Thread, this: Value) -> Gc<Dict> {
    let found = Dict::new(th);
    for name in instance::own_names(th, this) {
        if let Some(value) = instance::get_own(th, this, name) {
            found.set_str(th, name, value);
        }
    }
    found
}

/// Takes over the attributes that a dict names.
fn update(th: &Thread, this: Value, from: Gc<Dict>) -> Result<()> {
    for (_, key, value) in from.live_entries() {
        match key.as_str_cell() {
            Some(name) => {
                instance::set_own(th, this, th.intern_str(name), value);
            }
            None => return Err(th.type_error("keywords must be strings")),
        }
    }
    Ok(())
}

fn init(th: &Thread, args: &[Value]) -> Result {
    let positional = signature::items(args[1].downcast::<Tuple>());
    if positional.len() > 1 {
        let given = positional.len();
        return Err(th.type_error(format_args!("SimpleNamespace expected at most 1 argument, got {given}")));
    }
    if let [from] = positional {
        let given = match from.downcast::<Dict>() {
            Some(dict) if dict.get().header.is_exact() => dict,
            _ => {
                let dict = Dict::new(th);
                dict.update(th, *from)?;
                dict
            }
        };
        update(th, args[0], given)?;
    }
    if let Some(keywords) = args[2].downcast::<Dict>() {
        update(th, args[0], keywords)?;
    }
    Ok(Value::NONE)
}

fn repr(th: &Thread, args: &[Value]) -> Result {
    let this = args[0];
    let class = th.class_of(this);
    let name = if class == th.make_native_class(&NAMESPACE) { "namespace".to_owned() } else { class.name() };
    let shown = ops::repr_once(th, this, || {
        let mut parts = Vec::new();
        for (_, key, value) in attributes(th, this).live_entries() {
            if let Some(key) = key.as_str_cell()
                && !key.is_empty()
            {
                parts.push([key.wtf8(), b"=", ops::repr(th, value)?.wtf8()].concat());
            }
        }
        Ok(parts.join(b", ".as_slice()))
    })?;
    let inner = shown.unwrap_or_else(|| b"...".to_vec());
    Ok(Str::from_wtf8(th, &[name.as_bytes(), b"(", &inner, b")"].concat()).value())
}

macro_rules! compared {
    ($name:literal, $doc:literal, $op:expr) => {
        native($name, "($self, value, /)", $doc, |th, args| {
            if !is_namespace(th, args[0]) || !is_namespace(th, args[1]) {
                return Ok(Value::NOT_IMPLEMENTED);
            }
            let [a, b] = [args[0], args[1]].map(|side| attributes(th, side).value());
            ops::compare(th, $op, a, b)
        })
    };
}

const METHODS: &[NativeDef] = &[
    native(
        "__init__",
        "($self, /, *args, **kwargs)",
        "Initialize self.  See help(type(self)) for accurate signature.",
        init,
    ),
    native("__repr__", "($self, /)", "Return repr(self).", repr),
    compared!("__eq__", "Return self==value.", CompareOp::Eq),
    compared!("__ne__", "Return self!=value.", CompareOp::Ne),
    compared!("__lt__", "Return self<value.", CompareOp::Lt),
    compared!("__le__", "Return self<=value.", CompareOp::Le),
    compared!("__gt__", "Return self>value.", CompareOp::Gt),
    compared!("__ge__", "Return self>=value.", CompareOp::Ge),
    native("__reduce__", "($self, /)", "Return state information for pickling", |th, args| {
        let state = attributes(th, args[0]).value();
        Ok(th.tuple(&[th.class_of(args[0]).value(), th.tuple(&[]), state]))
    }),
    native(
        "__replace__",
        "($self, /, **changes)",
        "Return a copy of the namespace object with new values for the specified attributes.",
        |th, args| {
            let new = th.call(th.class_of(args[0]).value(), &[])?;
            update(th, new, attributes(th, args[0]))?;
            if let Some(changes) = args[1].downcast::<Dict>() {
                update(th, new, changes)?;
            }
            Ok(new)
        },
    ),
];

pub static NAMESPACE: TypeDef = TypeDef {
    module: "types",
    has_dict: true,
    subclassable: true,
    unhashable: true,
    methods: METHODS,
    ..TypeDef::new("SimpleNamespace", kinds::OBJECT, "A simple attribute-based namespace.")
};

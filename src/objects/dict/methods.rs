//! The methods of `dict`.

use crate::heap::{Gc, Value};
use crate::objects::exception::Exc;
use crate::objects::generic_alias::CLASS_GETITEM;
use crate::objects::kinds;
use crate::objects::sequences::{self, Text};
use crate::objects::tuple::Tuple;
use crate::vm::Thread;
use crate::vm::native::{Result, TypeDef, native};
use crate::vm::ops::{self, CompareOp, recurse, repr_once};

use super::iter::{Part, iter};
use super::{Dict, iter_keys, views};

/// The dict that a method was called on.
#[inline]
pub(super) fn this(th: &Thread, args: &[Value]) -> Result<Gc<Dict>> {
    args[0].downcast::<Dict>().ok_or_else(|| th.type_error("a 'dict' object is required"))
}

fn new(th: &Thread, args: &[Value]) -> Result {
    match args[0].as_class() {
        Some(class) => Ok(th.instantiate(class, Dict::empty()).value()),
        None => Err(th.type_error("dict.__new__(X): X is not a type object")),
    }
}

/// `__init__` and `update`: at most one mapping or iterable, and keywords.
pub(super) fn update_from(th: &Thread, name: &str, args: &[Value]) -> Result {
    let dict = this(th, args)?;
    let positional: &[Value] = args[1].downcast::<Tuple>().map_or(&[], |tuple| tuple.items());
    match positional {
        [] => {}
        [other] => dict.update(th, *other)?,
        more => {
            let given = more.len();
            return Err(th.type_error(format_args!("{name} expected at most 1 argument, got {given}")));
        }
    }
    if let Some(keywords) = args[2].downcast::<Dict>() {
        dict.merge(th, keywords)?;
    }
    Ok(Value::NONE)
}

pub(super) fn repr(th: &Thread, args: &[Value]) -> Result {
    let dict = this(th, args)?;
    let text = repr_once(th, args[0], || {
        let mut text = Text::default();
        text.push("{");
        for (at, (_, key, value)) in dict.live_entries().enumerate() {
            if at > 0 {
                text.push(", ");
            }
            text.push_repr(th, key)?;
            text.push(": ");
            text.push_repr(th, value)?;
        }
        text.push("}");
        Ok(text.finish(th))
    })?;
    Ok(text.unwrap_or_else(|| th.str("{...}")))
}

/// `a == b`
pub fn equal(th: &Thread, a: Gc<Dict>, b: Gc<Dict>) -> Result<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    for (hash, key, value) in a.live_entries() {
        match b.get_hashed(th, key, hash)? {
            Some(other) if ops::equal(th, value, other)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

fn compare(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    let (Some(a), Some(b)) = (a.downcast::<Dict>(), b.downcast::<Dict>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    let wanted = match op {
        CompareOp::Eq => true,
        CompareOp::Ne => false,
        _ => return Ok(Value::NOT_IMPLEMENTED),
    };
    recurse(th, " in comparison", || Ok(Value::bool(equal(th, a, b)? == wanted)))
}

sequences::comparisons!(compare);

/// `dict.__getitem__`, which asks a subclass's `__missing__`.
fn get_item(th: &Thread, args: &[Value]) -> Result {
    let (dict, key) = (this(th, args)?, args[1]);
    if let Some(value) = dict.get_item(th, key)? {
        return Ok(value);
    }
    if !dict.header.is_exact()
        && let Some(result) = th.call_special(args[0], th.vm().names.__missing__, &[key])
    {
        return result;
    }
    Err(th.key_error(key))
}

/// `del dict[key]`
pub fn del_item(th: &Thread, dict: Gc<Dict>, key: Value) -> Result<()> {
    match dict.remove_item(th, key)? {
        Some(_) => Ok(()),
        None => Err(th.key_error(key)),
    }
}

pub(super) fn or_none(v: Value) -> Value {
    if v.is_empty() { Value::NONE } else { v }
}

fn get(th: &Thread, args: &[Value]) -> Result {
    Ok(this(th, args)?.get_item(th, args[1])?.unwrap_or(or_none(args[2])))
}

fn pop(th: &Thread, args: &[Value]) -> Result {
    let dict = this(th, args)?;
    let default = args[2];
    // An empty dict does not even ask for the hash; CPython's neither.
    let value = if dict.is_empty() { None } else { dict.remove_item(th, args[1])? };
    match value {
        Some(value) => Ok(value),
        None if default.is_empty() => Err(th.key_error(args[1])),
        None => Ok(default),
    }
}

fn popitem(th: &Thread, args: &[Value]) -> Result {
    match this(th, args)?.pop_item(th) {
        Some((key, value)) => Ok(th.tuple(&[key, value])),
        None => Err(th.raise_with(Exc::KeyError, &[th.str("popitem(): dictionary is empty")])),
    }
}

fn from_keys(th: &Thread, args: &[Value]) -> Result {
    let value = or_none(args[2]);
    let new = th.call(args[0], &[])?;
    if let Some(dict) = new.downcast::<Dict>()
        && dict.header.is_exact()
    {
        dict.set_all(th, args[1], value)?;
        return Ok(new);
    }
    ops::for_each(th, args[1], |key| ops::set_item(th, new, key, value))?;
    Ok(new)
}

fn union(th: &Thread, a: Value, b: Value) -> Result {
    let (Some(a), Some(b)) = (a.downcast::<Dict>(), b.downcast::<Dict>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    let both = a.copy(th);
    both.update(th, b.value())?;
    Ok(both.value())
}

pub static DICT: TypeDef = TypeDef {
    subclassable: true,
    unhashable: true,
    match_self: true,
    quick: Some(|th, args| match args {
        [] => Some(Ok(Dict::new(th).value())),
        [source] if source.header().is_some_and(|header| header.shape().exact_kind() == Some(kinds::DICT)) => {
            source.downcast::<Dict>().map(|source| Ok(source.copy(th).value()))
        }
        _ => None,
    }),
    named: Some(|th, names, values| {
        let dict = Dict::new(th);
        for (name, value) in names.iter().zip(values) {
            dict.set_item(th, *name, *value)?;
        }
        Ok(dict.value())
    }),
    methods: &[
        native("__new__", "(cls, /, *args, **kwargs)", "Create an empty dict.", new).static_method(),
        native(
            "__init__",
            "($self, /, *args, **kwargs)",
            "Initialize self from a mapping, pairs, keywords.",
            |th, args| update_from(th, "dict", args),
        ),
        native("__repr__", "($self, /)", "Return repr(self).", repr),
        native("__getitem__", "($self, key, /)", "Return self[key].", get_item).coexisting(),
        native("__setitem__", "($self, key, value, /)", "Set self[key] to value.", |th, args| {
            this(th, args)?.set_item(th, args[1], args[2])?;
            Ok(Value::NONE)
        }),
        native("__delitem__", "($self, key, /)", "Delete self[key].", |th, args| {
            del_item(th, this(th, args)?, args[1])?;
            Ok(Value::NONE)
        }),
        native(
            "__contains__",
            "($self, key, /)",
            "True if the dictionary has the specified key, else False.",
            |th, args| Ok(Value::bool(this(th, args)?.get_item(th, args[1])?.is_some())),
        )
        .coexisting(),
        native("__len__", "($self, /)", "Return len(self).", |th, args| Ok(th.int(this(th, args)?.len() as i64))),
        native("__iter__", "($self, /)", "Implement iter(self).", |th, args| Ok(iter_keys(th, this(th, args)?))),
        native("__reversed__", "($self, /)", "Return a reverse iterator over the dict keys.", |th, args| {
            Ok(iter(th, this(th, args)?, Part::Key, true))
        }),
        LT,
        LE,
        EQ,
        NE,
        GT,
        GE,
        native("__or__", "($self, value, /)", "Return self|value.", |th, args| union(th, args[0], args[1])),
        native("__ror__", "($self, value, /)", "Return value|self.", |th, args| union(th, args[1], args[0])),
        native("__ior__", "($self, value, /)", "Return self|=value.", |th, args| {
            this(th, args)?.update(th, args[1])?;
            Ok(args[0])
        }),
        native(
            "get",
            "($self, key, default=None, /)",
            "Return the value for key if key is in the dictionary, else default.",
            get,
        ),
        native(
            "setdefault",
            "($self, key, default=None, /)",
            "Insert key with a value of default if key is not in the dictionary.\n\nReturn the value for key if key is \
             in the dictionary, else default.",
            |th, args| this(th, args)?.get_or_set(th, args[1], or_none(args[2])),
        ),
        native(
            "pop",
            "($self, key, default=<unrepresentable>, /)",
            "Remove the specified key and return its value.\n\nIf the key is not found, return the default if given; \
             otherwise, raise a KeyError.",
            pop,
        ),
        native(
            "popitem",
            "($self, /)",
            "Remove and return a (key, value) pair as a 2-tuple.\n\nThe last pair inserted comes first. Raises KeyError \
             if the dict is empty.",
            popitem,
        ),
        native("keys", "($self, /)", "Return a set-like object providing a view on the dict's keys.", |th, args| {
            Ok(views::new(th, this(th, args)?, Part::Key))
        }),
        native("values", "($self, /)", "Return an object providing a view on the dict's values.", |th, args| {
            Ok(views::new(th, this(th, args)?, Part::Value))
        }),
        native("items", "($self, /)", "Return a set-like object providing a view on the dict's items.", |th, args| {
            Ok(views::new(th, this(th, args)?, Part::Item))
        }),
        native(
            "update",
            "($self, /, *args=<null>, **kwargs)",
            "Update the dict from a mapping or an iterable of pairs, then from the keywords.",
            |th, args| update_from(th, "update", args),
        ),
        native("clear", "($self, /)", "Remove all items from the dict.", |th, args| {
            this(th, args)?.clear(th);
            Ok(Value::NONE)
        }),
        native("copy", "($self, /)", "Return a shallow copy of the dict.", |th, args| {
            Ok(this(th, args)?.copy(th).value())
        }),
        native(
            "fromkeys",
            "($type, iterable, value=None, /)",
            "Create a new dictionary with keys from iterable and values set to value.",
            from_keys,
        )
        .class_method(),
        CLASS_GETITEM,
    ],
    ..TypeDef::new(
        "dict",
        kinds::DICT,
        "A mapping from keys to values, in the order of insertion.\n\nMade from a mapping, from an iterable of pairs, and \
         from keywords.",
    )
};

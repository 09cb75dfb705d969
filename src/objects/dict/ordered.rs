//! `collections.OrderedDict`: a dict whose keys can be moved to either end, and that compares with its like in order.
//!
//! Instances of the class itself are changed at once, as a dict is; those of subclasses through the methods that the
//! subclass may have overridden.

use crate::heap::{Gc, Value};
use crate::objects::exception::Exc;
use crate::objects::sequences::{self, Text};
use crate::objects::tuple::Tuple;
use crate::objects::{kinds, reduce};
use crate::vm::Thread;
use crate::vm::native::{Result, TypeDef, native};
use crate::vm::ops::{self, CompareOp, recurse, repr_once};

use super::iter::{Part, iter};
use super::methods::{or_none, this};
use super::reorder::End;
use super::{Dict, equal, views};

/// Whether it is an ordered dict, and of no subclass.
pub(super) fn is_exact(th: &Thread, dict: Gc<Dict>) -> bool {
    th.class_of(dict.value()).def.is_some_and(|def| std::ptr::eq(def, &ORDERED_DICT))
}

/// Whether it is an ordered dict.
pub(super) fn is_ordered(th: &Thread, v: Value) -> bool {
    let is_it = |class: &Value| {
        class.as_class().and_then(|class| class.def).is_some_and(|def| std::ptr::eq(def, &ORDERED_DICT))
    };
    v.header().is_some_and(|header| !header.is_exact()) && th.class_of(v).mro().items().iter().any(is_it)
}

/// `self[key] = value`
fn store(th: &Thread, dict: Gc<Dict>, key: Value, value: Value) -> Result<()> {
    if is_exact(th, dict) { dict.set_item(th, key, value) } else { ops::set_item(th, dict.value(), key, value) }
}

/// Takes what a mapping or an iterable of pairs has.
fn take_from(th: &Thread, dict: Gc<Dict>, other: Value) -> Result<()> {
    let plain = other.downcast::<Dict>().filter(|other| other.header.is_exact() || is_exact(th, *other));
    if let Some(other) = plain {
        if is_exact(th, dict) {
            return dict.merge(th, other);
        }
        return other.live_entries().try_for_each(|(_, key, value)| store(th, dict, key, value));
    }
    if let Some(keys) = ops::find_attr(th, other, th.vm().names.keys)? {
        let keys = ops::collect(th, th.call(keys, &[])?)?;
        return ops::for_each(th, keys.value(), |key| store(th, dict, key, ops::get_item(th, other, key)?));
    }
    let pairs = match ops::find_attr(th, other, th.intern("items"))? {
        Some(items) => th.call(items, &[])?,
        None => other,
    };
    ops::for_each(th, pairs, |pair| {
        let pair = ops::collect(th, pair)?;
        match (pair.len(), pair.at(0), pair.at(1)) {
            (2, Some(key), Some(value)) => store(th, dict, key, value),
            (0, ..) => Err(th.value_error("need more than 0 values to unpack")),
            (1, ..) => Err(th.value_error("need more than 1 value to unpack")),
            _ => Err(th.value_error("too many values to unpack (expected 2)")),
        }
    })
}

/// `__init__` and `update`, whose complaint about too many arguments is `complaint`.
fn update(th: &Thread, args: &[Value], complaint: fn(usize) -> String) -> Result {
    let dict = this(th, args)?;
    match args[1].downcast::<Tuple>().map_or(&[][..], |tuple| tuple.items()) {
        [] => {}
        [other] => take_from(th, dict, *other)?,
        more => return Err(th.type_error(complaint(more.len()))),
    }
    if let Some(keywords) = args[2].downcast::<Dict>() {
        take_from(th, dict, keywords.value())?;
    }
    Ok(Value::NONE)
}

/// An ordered dict of the class of `like`, with what `other` has.
fn made(th: &Thread, like: Value, other: Value) -> Result {
    th.call(th.class_of(like).value(), &[other])
}

fn copy(th: &Thread, args: &[Value]) -> Result {
    let dict = this(th, args)?;
    if is_exact(th, dict) {
        return made(th, args[0], args[0]);
    }
    let copy = th.call(th.class_of(args[0]).value(), &[])?;
    let version = dict.keys_version();
    for (_, key, _) in dict.live_entries() {
        ops::set_item(th, copy, key, ops::get_item(th, args[0], key)?)?;
        if dict.keys_version() != version {
            return Err(th.runtime_error("OrderedDict mutated during iteration"));
        }
    }
    Ok(copy)
}

fn union(th: &Thread, class_of: Value, left: Value, right: Value) -> Result {
    if left.downcast::<Dict>().is_none() || right.downcast::<Dict>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let both = made(th, class_of, left)?;
    match both.downcast::<Dict>() {
        Some(dict) => take_from(th, dict, right).map(|()| both),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn repr(th: &Thread, args: &[Value]) -> Result {
    let dict = this(th, args)?;
    let name = th.class_of(args[0]).short_name();
    if dict.is_empty() {
        return Ok(th.str(&format!("{name}()")));
    }
    let text = repr_once(th, args[0], || {
        let plain = if is_exact(th, dict) {
            dict.copy(th)
        } else {
            // A subclass is asked for its values.
            let plain = Dict::new(th);
            for (_, key, _) in dict.live_entries() {
                plain.set_item(th, key, ops::get_item(th, args[0], key)?)?;
            }
            plain
        };
        let mut text = Text::default();
        text.push(&name);
        text.push("(");
        text.push_repr(th, plain.value())?;
        text.push(")");
        Ok(text.finish(th))
    })?;
    Ok(text.unwrap_or_else(|| th.str("...")))
}

/// Whether two dicts have equal keys in the same order.
fn same_order(th: &Thread, a: Gc<Dict>, b: Gc<Dict>) -> Result<bool> {
    let versions = || [a.keys_version(), b.keys_version()];
    let before = versions();
    let mut others = b.live_entries();
    for (_, key, _) in a.live_entries() {
        match others.next() {
            Some((_, other, _)) if ops::equal(th, key, other)? => {}
            _ => return Ok(false),
        }
        if versions() != before {
            return Err(th.runtime_error("OrderedDict mutated during iteration"));
        }
    }
    Ok(others.next().is_none())
}

fn compare(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    let (Some(x), Some(y)) = (a.downcast::<Dict>(), b.downcast::<Dict>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    recurse(th, " in comparison", || {
        let mut same = equal(th, x, y)?;
        if same && is_ordered(th, a) && is_ordered(th, b) {
            same = same_order(th, x, y)?;
        }
        Ok(Value::bool(same == (op == CompareOp::Eq)))
    })
}

sequences::comparisons!(compare);

fn last(th: &Thread, argument: Value) -> Result<End> {
    Ok(if argument.is_empty() || ops::truthy(th, argument)? { End::Last } else { End::First })
}

fn pop(th: &Thread, args: &[Value]) -> Result {
    let dict = this(th, args)?;
    // Its complaint is not the one of a dict.
    ops::hash(th, args[1])?;
    match dict.remove_item(th, args[1])? {
        Some(value) => Ok(value),
        None if args[2].is_empty() => Err(th.key_error(args[1])),
        None => Ok(args[2]),
    }
}

fn set_default(th: &Thread, args: &[Value]) -> Result {
    let (dict, key, default) = (this(th, args)?, args[1], or_none(args[2]));
    if is_exact(th, dict) {
        return dict.get_or_set(th, key, default);
    }
    if ops::contains(th, args[0], key)? {
        return ops::get_item(th, args[0], key);
    }
    ops::set_item(th, args[0], key, default)?;
    Ok(default)
}

fn reduce(th: &Thread, args: &[Value]) -> Result {
    let state = reduce::state_of(th, args[0], false)?;
    let items = th.call_method(args[0], th.intern("items"), &[])?;
    let class = th.class_of(args[0]).value();
    Ok(th.tuple(&[class, th.tuple(&[]), state, Value::NONE, ops::iter(th, items)?]))
}

pub static ORDERED_DICT: TypeDef = TypeDef {
    module: "collections",
    base: Some(&super::DICT),
    subclassable: true,
    has_dict: true,
    weakrefs: true,
    unhashable: true,
    match_self: true,
    methods: &[
        native(
            "__init__",
            "($self, /, *args, **kwargs)",
            "Initialize self from a mapping, pairs, keywords.",
            |th, args| update(th, args, |given| format!("expected at most 1 argument, got {given}")),
        ),
        native("__repr__", "($self, /)", "Return repr(self).", repr),
        native("__iter__", "($self, /)", "Implement iter(self).", |th, args| {
            Ok(iter(th, this(th, args)?, Part::Key, false))
        }),
        native("__reversed__", "($self, /)", "od.__reversed__() <==> reversed(od)", |th, args| {
            Ok(iter(th, this(th, args)?, Part::Key, true))
        }),
        LT,
        LE,
        EQ,
        NE,
        GT,
        GE,
        native("__or__", "($self, value, /)", "Return self|value.", |th, args| union(th, args[0], args[0], args[1])),
        native("__ror__", "($self, value, /)", "Return value|self.", |th, args| union(th, args[0], args[1], args[0])),
        native("__ior__", "($self, value, /)", "Return self|=value.", |th, args| {
            take_from(th, this(th, args)?, args[1])?;
            Ok(args[0])
        }),
        native("__reduce__", "($self, /)", "Return state information for pickling", reduce),
        native("copy", "($self, /)", "A shallow copy of ordered dict.", copy),
        native(
            "fromkeys",
            "($type, /, iterable, value=None)",
            "Create a new ordered dictionary with keys from iterable and values set to value.",
            |th, args| {
                let new = th.call(args[0], &[])?;
                let value = or_none(args[2]);
                ops::for_each(th, args[1], |key| ops::set_item(th, new, key, value))?;
                Ok(new)
            },
        )
        .class_method(),
        native("keys", "($self, /)", "A set-like object providing a view on the keys.", |th, args| {
            Ok(views::new(th, this(th, args)?, Part::Key))
        }),
        native("values", "($self, /)", "An object providing a view on the values.", |th, args| {
            Ok(views::new(th, this(th, args)?, Part::Value))
        }),
        native("items", "($self, /)", "A set-like object providing a view on the items.", |th, args| {
            Ok(views::new(th, this(th, args)?, Part::Item))
        }),
        native(
            "move_to_end",
            "($self, /, key, last=True)",
            "Move an existing element to the end (or beginning if last is false).\n\nRaise KeyError if the element does \
             not exist.",
            |th, args| {
                let end = last(th, args[2])?;
                if this(th, args)?.move_to_end(th, args[1], end)? {
                    Ok(Value::NONE)
                } else {
                    Err(th.key_error(args[1]))
                }
            },
        ),
        native(
            "pop",
            "($self, /, key, default=<unrepresentable>)",
            "od.pop(key[,default]) -> v, remove specified key and return the corresponding value.\n\nIf the key is not \
             found, return the default if given; otherwise,\nraise a KeyError.",
            pop,
        ),
        native(
            "popitem",
            "($self, /, last=True)",
            "Remove and return a (key, value) pair from the dictionary.\n\nPairs are returned in LIFO order if last is \
             true or FIFO order if\nfalse.",
            |th, args| {
                let end = last(th, args[1])?;
                match this(th, args)?.pop_end(th, end) {
                    Some((key, value)) => Ok(th.tuple(&[key, value])),
                    None => Err(th.raise_with(Exc::KeyError, &[th.str("dictionary is empty")])),
                }
            },
        ),
        native(
            "setdefault",
            "($self, /, key, default=None)",
            "Insert key with a value of default if key is not in the dictionary.\n\nReturn the value for key if key is \
             in the dictionary, else default.",
            set_default,
        ),
        native(
            "update",
            "($self, /, *args=<null>, **kwargs)",
            "Update from a mapping or an iterable of pairs, then from the keywords.",
            |th, args| {
                update(th, args, |given| format!("update() takes at most 1 positional argument ({given} given)"))
            },
        ),
    ],
    ..TypeDef::new("OrderedDict", kinds::DICT, "Dictionary that remembers insertion order")
};

//! The methods of `set` and `frozenset`.

use crate::heap::Value;
use crate::objects::generic_alias::CLASS_GETITEM;
use crate::objects::sequences::{self, Text};
use crate::objects::tuple::Tuple;
use crate::objects::{kinds, set};
use crate::vm::Thread;
use crate::vm::native::{Result, TypeDef, native};
use crate::vm::ops::repr_once;

use super::{AnySet, FrozenSet, Set, algebra, of};

/// The set that a method was called on.
#[inline]
fn this(th: &Thread, args: &[Value]) -> Result<AnySet> {
    of(args[0]).ok_or_else(|| th.type_error("a 'set' object is required"))
}

/// The items of a `*args` parameter.
fn rest(args: &[Value]) -> &'static [Value] {
    args[1].downcast::<Tuple>().map_or(&[], |tuple| tuple.items())
}

fn set_new(th: &Thread, args: &[Value]) -> Result {
    match args[0].as_class() {
        Some(class) => Ok(th.instantiate(class, Set::empty()).value()),
        None => Err(th.type_error("set.__new__(X): X is not a type object")),
    }
}

fn set_init(th: &Thread, args: &[Value]) -> Result {
    let set = this(th, args)?;
    if !set.is_empty() {
        set.clear(th);
    }
    if !args[1].is_empty() {
        set.update(th, args[1])?;
    }
    Ok(Value::NONE)
}

fn frozenset_new(th: &Thread, args: &[Value]) -> Result {
    let Some(class) = args[0].as_class() else {
        return Err(th.type_error("frozenset.__new__(X): X is not a type object"));
    };
    if class == th.vm().class_of_kind(kinds::FROZENSET) && !args[1].is_empty() {
        return Ok(algebra::frozen_from(th, args[1])?.value());
    }
    let frozen = th.instantiate(class, FrozenSet::empty());
    if !args[1].is_empty() {
        frozen.any_frozen().update(th, args[1])?;
    }
    Ok(frozen.value())
}

sequences::comparisons!(algebra::compare);

fn repr(th: &Thread, args: &[Value]) -> Result {
    let set = this(th, args)?;
    let name = th.type_name(args[0]);
    if set.is_empty() {
        return Ok(th.str(&format!("{name}()")));
    }
    let text = repr_once(th, args[0], || {
        let exact_set = args[0].downcast::<Set>().is_some_and(|set| set.header.is_exact());
        let (open, close) = if exact_set { ("{".into(), "}") } else { (format!("{name}({{"), "})") };
        let mut text = Text::default();
        text.push(&open);
        // The keys lie in a tuple meanwhile: their `__repr__` may change the set.
        let items = Tuple::new(th, &set.items(th));
        for (at, item) in items.items().iter().enumerate() {
            if at > 0 {
                text.push(", ");
            }
            text.push_repr(th, *item)?;
        }
        text.push(close);
        Ok(text.finish(th))
    })?;
    Ok(text.unwrap_or_else(|| th.str(&format!("{name}(...)"))))
}

fn copy(th: &Thread, args: &[Value]) -> Result {
    let frozen = args[0].downcast::<FrozenSet>().is_some_and(|set| set.header.is_exact());
    if frozen { Ok(args[0]) } else { algebra::copy(th, args[0], this(th, args)?) }
}

/// Binary operators take sets only, methods anything that can be iterated over.
fn operator(
    th: &Thread,
    args: &[Value],
    function: fn(&Thread, Value, AnySet, &[Value]) -> Result,
    reflected: bool,
) -> Result {
    let (Some(set), Some(other)) = (of(args[0]), of(args[1])) else { return Ok(Value::NOT_IMPLEMENTED) };
    if reflected { function(th, args[1], other, &args[..1]) } else { function(th, args[0], set, &args[1..2]) }
}

fn symmetric(th: &Thread, this: Value, set: AnySet, others: &[Value]) -> Result {
    algebra::symmetric_difference(th, this, set, others[0])
}

/// `|=` and its siblings.
fn in_place(th: &Thread, args: &[Value], function: impl FnOnce(&Thread, AnySet, Value) -> Result<()>) -> Result {
    let (Some(set), Some(_)) = (of(args[0]), of(args[1])) else { return Ok(Value::NOT_IMPLEMENTED) };
    function(th, set, args[1])?;
    Ok(args[0])
}

macro_rules! shared_methods {
    ($($more:expr,)*) => {
        &[
            native("__repr__", "($self, /)", "Return repr(self).", repr),
            native("__iter__", "($self, /)", "Implement iter(self).", |th, args| Ok(set::iter(th, this(th, args)?))),
            native("__len__", "($self, /)", "Return len(self).", |th, args| Ok(th.int(this(th, args)?.len() as i64))),
            native("__contains__", "($self, object, /)", "x.__contains__(y) <==> y in x.", |th, args| {
                Ok(Value::bool(set::contains(th, this(th, args)?, args[1])?))
            })
            .coexisting(),
            LT, LE, EQ, NE, GT, GE,
            crate::objects::reduce::REDUCE_SET,
            native("__or__", "($self, value, /)", "Return self|value.", |th, args| {
                operator(th, args, algebra::union, false)
            }),
            native("__ror__", "($self, value, /)", "Return value|self.", |th, args| {
                operator(th, args, algebra::union, true)
            }),
            native("__and__", "($self, value, /)", "Return self&value.", |th, args| {
                operator(th, args, algebra::intersection, false)
            }),
            native("__rand__", "($self, value, /)", "Return value&self.", |th, args| {
                operator(th, args, algebra::intersection, true)
            }),
            native("__sub__", "($self, value, /)", "Return self-value.", |th, args| {
                operator(th, args, algebra::difference, false)
            }),
            native("__rsub__", "($self, value, /)", "Return value-self.", |th, args| {
                operator(th, args, algebra::difference, true)
            }),
            native("__xor__", "($self, value, /)", "Return self^value.", |th, args| {
                operator(th, args, symmetric, false)
            }),
            native("__rxor__", "($self, value, /)", "Return value^self.", |th, args| {
                operator(th, args, symmetric, true)
            }),
            native("copy", "($self, /)", "Return a shallow copy of a set.", copy),
            native("union", "($self, /, *others)", "Return a new set with elements from the set and all others.", |th, args| {
                algebra::union(th, args[0], this(th, args)?, rest(args))
            }),
            native(
                "intersection",
                "($self, /, *others)",
                "Return a new set with elements common to the set and all others.",
                |th, args| algebra::intersection(th, args[0], this(th, args)?, rest(args)),
            ),
            native(
                "difference",
                "($self, /, *others)",
                "Return a new set with elements in the set that are not in the others.",
                |th, args| algebra::difference(th, args[0], this(th, args)?, rest(args)),
            ),
            native(
                "symmetric_difference",
                "($self, other, /)",
                "Return a new set with elements in either the set or other but not both.",
                |th, args| algebra::symmetric_difference(th, args[0], this(th, args)?, args[1]),
            ),
            native("isdisjoint", "($self, other, /)", "Return True if two sets have a null intersection.", |th, args| {
                Ok(Value::bool(algebra::is_disjoint(th, this(th, args)?, args[1])?))
            }),
            native("issubset", "($self, other, /)", "Report whether another set contains this set.", |th, args| {
                Ok(Value::bool(algebra::is_subset_of(th, this(th, args)?, args[1])?))
            }),
            native("issuperset", "($self, other, /)", "Report whether this set contains another set.", |th, args| {
                Ok(Value::bool(algebra::is_superset_of(th, this(th, args)?, args[1])?))
            }),
            CLASS_GETITEM,
            $($more,)*
        ]
    };
}

fn remove(th: &Thread, args: &[Value]) -> Result {
    if set::discard(th, this(th, args)?, args[1])? { Ok(Value::NONE) } else { Err(super::missing(th, args[1])) }
}

fn pop(th: &Thread, args: &[Value]) -> Result {
    this(th, args)?.pop(th).ok_or_else(|| super::missing(th, th.str("pop from an empty set")))
}

pub static SET: TypeDef = TypeDef {
    quick: Some(|th, args| {
        let set = match args {
            [] | [_] => Set::new(th),
            _ => return None,
        };
        Some(args.iter().try_for_each(|items| set.any().update(th, *items)).map(|()| set.value()))
    }),
    subclassable: true,
    unhashable: true,
    match_self: true,
    methods: shared_methods![
        native("__new__", "(cls, /, *args, **kwargs)", "Create an empty set.", set_new).static_method(),
        native("__init__", "($self, iterable=(), /)", "Initialize self with the items of an iterable.", set_init),
        native("__ior__", "($self, value, /)", "Return self|=value.", |th, args| {
            in_place(th, args, |th, set, other| set.update(th, other))
        }),
        native("__iand__", "($self, value, /)", "Return self&=value.", |th, args| {
            in_place(th, args, |th, set, other| algebra::keep_common(th, args[0], set, &[other]))
        }),
        native("__isub__", "($self, value, /)", "Return self-=value.", |th, args| {
            in_place(th, args, algebra::remove_all)
        }),
        native("__ixor__", "($self, value, /)", "Return self^=value.", |th, args| {
            in_place(th, args, algebra::toggle_all)
        }),
        native(
            "add",
            "($self, object, /)",
            "Add an element to a set.\n\nThis has no effect if the element is already present.",
            |th, args| {
                this(th, args)?.add(th, args[1])?;
                Ok(Value::NONE)
            }
        ),
        native(
            "remove",
            "($self, object, /)",
            "Remove an element from a set; it must be a member.\n\nIf the element is not a member, raise a KeyError.",
            remove
        ),
        native(
            "discard",
            "($self, object, /)",
            "Remove an element from a set if it is a member.\n\nUnlike set.remove(), this raises nothing when an element is missing.",
            |th, args| {
                set::discard(th, this(th, args)?, args[1])?;
                Ok(Value::NONE)
            }
        ),
        native(
            "pop",
            "($self, /)",
            "Remove and return an arbitrary set element.\n\nRaises KeyError if the set is empty.",
            pop
        ),
        native("clear", "($self, /)", "Remove all elements from this set.", |th, args| {
            this(th, args)?.clear(th);
            Ok(Value::NONE)
        }),
        native("update", "($self, /, *others)", "Update the set, adding elements from all others.", |th, args| {
            let set = this(th, args)?;
            rest(args).iter().try_for_each(|other| set.update(th, *other))?;
            Ok(Value::NONE)
        }),
        native(
            "intersection_update",
            "($self, /, *others)",
            "Update the set, keeping only elements found in it and all others.",
            |th, args| {
                algebra::keep_common(th, args[0], this(th, args)?, rest(args))?;
                Ok(Value::NONE)
            }
        ),
        native(
            "difference_update",
            "($self, /, *others)",
            "Update the set, removing elements found in others.",
            |th, args| {
                let set = this(th, args)?;
                rest(args).iter().try_for_each(|other| algebra::remove_all(th, set, *other))?;
                Ok(Value::NONE)
            }
        ),
        native(
            "symmetric_difference_update",
            "($self, other, /)",
            "Update the set, keeping only elements found in either set, but not in both.",
            |th, args| {
                algebra::toggle_all(th, this(th, args)?, args[1])?;
                Ok(Value::NONE)
            }
        ),
    ],
    ..TypeDef::new("set", kinds::SET, "An unordered collection of unique values.")
};

pub static FROZENSET: TypeDef = TypeDef {
    quick: Some(|th, args| match args {
        [items] => Some(algebra::frozen_from(th, *items).map(|frozen| frozen.value())),
        _ => None,
    }),
    subclassable: true,
    match_self: true,
    methods: shared_methods![
        native("__new__", "(cls, iterable=(), /)", "Create a frozenset of the items of an iterable.", frozenset_new)
            .static_method(),
        native("__hash__", "($self, /)", "Return hash(self).", |th, args| {
            Ok(th.int(args[0].downcast::<FrozenSet>().map_or(0, set::hash)))
        }),
    ],
    ..TypeDef::new("frozenset", kinds::FROZENSET, "An unordered collection of unique values that never changes.")
};

//! `int | str`: unions of types.

use crate::heap::{Cell, Gc, Header, Kind, Tracer, Value};
use crate::objects::exception::Exc;
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::sequences::Text;
use crate::objects::tuple::Tuple;
use crate::objects::typing;
use crate::vm::Thread;
use crate::vm::native::{Result, TypeDef, getter, member, native};
use crate::vm::ops;

use super::{GenericAlias, parameters, push_type};

#[repr(C)]
pub struct Union {
    pub header: Header,
    /// The types, each once; None stands for its type.
    pub args: Gc<Tuple>,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Union {
    const KIND: Kind = kinds::UNION;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.args);
    }
}

/// Whether `v` may stand in a union that an operator makes.
fn is_type(th: &Thread, v: Value) -> bool {
    v.is_none()
        || v.is_class()
        || v.downcast::<GenericAlias>().is_some()
        || v.downcast::<Union>().is_some()
        || crate::objects::typing::stands_in_unions(th, v)
}

/// `a | b` for types; `NotImplemented` where one is none.
pub fn union(th: &Thread, a: Value, b: Value) -> Result {
    if a.downcast::<Union>().is_some() || b.downcast::<Union>().is_some() {
        // A union takes anything, and a string for the name of a type.
        return joined(th, named(th, a)?, named(th, b)?);
    }
    if !is_type(th, a) || !is_type(th, b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    joined(th, a, b)
}

/// The union of two types, whatever they are.
fn joined(th: &Thread, a: Value, b: Value) -> Result {
    let parts = List::new(th, &[]);
    for v in [a, b] {
        let members = match v.downcast::<Union>() {
            Some(union) => union.args,
            None => Tuple::new(th, &[v]),
        };
        for member in members.items() {
            let member = if member.is_none() { th.class_of(*member).value() } else { *member };
            if !holds(th, parts, member)? {
                parts.push(th, member);
            }
        }
    }
    if let (1, Some(only)) = (parts.len(), parts.at(0)) {
        return Ok(only);
    }
    Ok(th.alloc(Union { header: Header::of_kind(kinds::UNION), args: parts.to_tuple(th) }).value())
}

/// Whether the member is among the parts: those with another hash differ, whatever their `__eq__` says.
fn holds(th: &Thread, parts: Gc<List>, member: Value) -> Result<bool> {
    let hash = |v: Value| match ops::hash(th, v) {
        Ok(hash) => Ok(Some(hash)),
        Err(raised) => th.caught(raised, Exc::TypeError).map(|_| None),
    };
    let own = hash(member)?;
    let mut at = 0;
    while let Some(part) = parts.at(at) {
        at += 1;
        let may_be = match (own, hash(part)?) {
            (Some(own), Some(other)) => own == other,
            _ => true,
        };
        if part == member || may_be && ops::equal(th, part, member)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The union of a type parameter and something else, where a string is the name of a type.
pub fn union_with_parameter(th: &Thread, a: Value, b: Value) -> Result {
    if a.as_str_cell().is_some() || b.as_str_cell().is_some() {
        return joined(th, named(th, a)?, named(th, b)?);
    }
    union(th, a, b)
}

fn named(th: &Thread, v: Value) -> Result {
    if v.as_str_cell().is_some() { typing::ask_typing(th, "_checked_type", &[v]) } else { Ok(v) }
}

fn this(th: &Thread, v: Value) -> Result<Gc<Union>> {
    v.downcast::<Union>().ok_or_else(|| th.type_error("a 'typing.Union' object is required"))
}

fn repr(th: &Thread, args: &[Value]) -> Result {
    let none = th.class_of(Value::NONE).value();
    let mut text = Text::default();
    for (at, v) in this(th, args[0])?.args.items().iter().enumerate() {
        if at > 0 {
            text.push(" | ");
        }
        if *v == none { text.push("None") } else { push_type(th, &mut text, *v)? }
    }
    Ok(text.finish(th))
}

fn equal(th: &Thread, args: &[Value]) -> Result {
    let (Some(a), Some(b)) = (args[0].downcast::<Union>(), args[1].downcast::<Union>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if a.args.len() != b.args.len() {
        return Ok(Value::FALSE);
    }
    for v in a.args.items() {
        if !crate::objects::tuple::contains(th, b.args, *v)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}

fn hash(th: &Thread, args: &[Value]) -> Result {
    let mut hash = 0;
    for v in this(th, args[0])?.args.items() {
        hash ^= ops::hash(th, *v)?;
    }
    Ok(th.int(hash))
}

/// `isinstance(x, int | str)`: any of them, asked through the built-in function of that name.
fn check(th: &Thread, args: &[Value], function: &str) -> Result {
    let Some(function) = th.vm().builtin(th, function) else { return Ok(Value::FALSE) };
    for member in this(th, args[0])?.args.items() {
        let answer = th.call(function, &[args[1], *member])?;
        if ops::truthy(th, answer)? {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

pub static UNION: TypeDef = TypeDef {
    module: "typing",
    methods: &[
        native("__class_getitem__", "($type, types, /)", "A union of types.", |th, args| {
            let types = match args[1].downcast::<Tuple>() {
                Some(tuple) => tuple,
                None => Tuple::new(th, &[args[1]]),
            };
            let [first, rest @ ..] = types.items() else {
                return Err(th.type_error("Cannot take a Union of no types."));
            };
            let first = typing::ask_typing(th, "_checked_type", &[*first])?;
            rest.iter().try_fold(first, |so_far, next| {
                let next = typing::ask_typing(th, "_checked_type", &[*next])?;
                joined(th, so_far, next)
            })
        })
        .class_method(),
        native("__mro_entries__", "($self, bases, /)", "Refuses.", |th, args| {
            let text = ops::repr(th, args[0])?.to_text();
            Err(th.type_error(format_args!("Cannot subclass {text}")))
        }),
        native("__repr__", "($self, /)", "Return repr(self).", repr),
        native("__eq__", "($self, value, /)", "Return self==value.", equal),
        native("__hash__", "($self, /)", "Return hash(self).", hash),
        native("__getitem__", "($self, key, /)", "Return self[key].", |th, args| {
            let union = this(th, args[0])?;
            if parameters(th, union.args)?.is_empty() {
                let text = ops::repr(th, args[0])?.to_text();
                return Err(th.type_error(format_args!("{text} is not a generic class")));
            }
            let new = typing::ask_typing(th, "_substituted", &[args[0], union.args.value(), args[1]])?;
            let Some([first, rest @ ..]) = new.downcast::<Tuple>().map(|types| types.items()) else {
                return Err(th.type_error("a tuple of types is required"));
            };
            rest.iter().try_fold(*first, |so_far, next| joined(th, so_far, *next))
        }),
        native("__or__", "($self, value, /)", "Return self|value.", |th, args| union(th, args[0], args[1])),
        native("__ror__", "($self, value, /)", "Return value|self.", |th, args| union(th, args[1], args[0])),
        native(
            "__instancecheck__",
            "($self, instance, /)",
            "Whether it is an instance of one of the types.",
            |th, args| check(th, args, "isinstance"),
        ),
        native(
            "__subclasscheck__",
            "($self, class, /)",
            "Whether it is a subclass of one of the types.",
            |th, args| check(th, args, "issubclass"),
        ),
    ],
    getset: &[
        member("__args__", "The types.", |th, v| Ok(this(th, v)?.args.value())),
        getter("__module__", "The module of the class of unions.", |th, _| Ok(th.str("typing"))),
        getter("__name__", "The name of the class of unions.", |th, _| Ok(th.str("Union"))),
        getter("__qualname__", "The name of the class of unions.", |th, _| Ok(th.str("Union"))),
        getter("__origin__", "The class of unions.", |th, _| Ok(th.vm().class(&UNION).value())),
        getter("__parameters__", "The type parameters among the types.", |th, v| {
            Ok(parameters(th, this(th, v)?.args)?.to_tuple(th).value())
        }),
    ],
    weakrefs: true,
    ..TypeDef::new("Union", kinds::UNION, "A union of types: int | str.")
};

//! The methods of `tuple`.

use crate::heap::{Gc, Value};
use crate::objects::class::Class;
use crate::objects::generic_alias::CLASS_GETITEM;
use crate::objects::iterators::TupleIter;
use crate::objects::{kinds, sequences};
use crate::vm::Thread;
use crate::vm::native::{Result, TypeDef, native};
use crate::vm::ops::{self, CompareOp};

use super::Tuple;

/// The tuple that a method was called on.
fn this(th: &Thread, args: &[Value]) -> Result<Gc<Tuple>> {
    args[0].downcast::<Tuple>().ok_or_else(|| th.type_error("a 'tuple' object is required"))
}

/// `tuple(iterable)`: an exact tuple as it is.
pub fn from_iterable(th: &Thread, iterable: Value) -> Result<Gc<Tuple>> {
    if let Some(tuple) = iterable.downcast::<Tuple>()
        && tuple.header.is_exact()
    {
        return Ok(tuple);
    }
    Ok(ops::collect(th, iterable)?.to_tuple(th))
}

fn new(th: &Thread, args: &[Value]) -> Result {
    let exact = th.vm().class_of_kind(kinds::TUPLE);
    let class: Gc<Class> = args[0].as_class().unwrap_or(exact);
    let items = if args[1].is_empty() { Tuple::new(th, &[]) } else { from_iterable(th, args[1])? };
    if class == exact {
        return Ok(items.value());
    }
    Ok(Tuple::instance(th, class, items.items()).value())
}

fn compare(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    match (a.downcast::<Tuple>(), b.downcast::<Tuple>()) {
        (Some(a), Some(b)) => ops::compare_rows(th, op, a, b),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

sequences::comparisons!(compare);

fn add(th: &Thread, args: &[Value]) -> Result {
    let (tuple, other) = (this(th, args)?, args[1]);
    let Some(other) = other.downcast::<Tuple>() else {
        return Err(sequences::cannot_concatenate(th, "tuple", args[1]));
    };
    Ok(concat(th, tuple, other).value())
}

/// `a + b`
pub fn concat(th: &Thread, a: Gc<Tuple>, b: Gc<Tuple>) -> Gc<Tuple> {
    if b.is_empty() && a.header.is_exact() {
        return a;
    }
    if a.is_empty() && b.header.is_exact() {
        return b;
    }
    let both = Tuple::unfilled(th, a.len() + b.len());
    for (slot, item) in both.slots().iter().zip(a.items().iter().chain(b.items())) {
        slot.set(*item);
    }
    both
}

fn mul(th: &Thread, args: &[Value]) -> Result {
    let tuple = this(th, args)?;
    let times = sequences::repetitions(th, args[1])?;
    if times == 1 && tuple.header.is_exact() {
        return Ok(tuple.value());
    }
    let repeated = Tuple::unfilled(th, sequences::repeated_len(th, tuple.len(), times)?);
    if let 1.. = tuple.len() {
        for (slot, item) in repeated.slots().iter().zip(tuple.items().iter().cycle()) {
            slot.set(*item);
        }
    }
    Ok(repeated.value())
}

fn repr(th: &Thread, args: &[Value]) -> Result {
    let tuple = this(th, args)?;
    let close = if tuple.len() == 1 { ",)" } else { ")" };
    sequences::repr(th, args[0], tuple, "(", close)
}

fn index(th: &Thread, args: &[Value]) -> Result {
    match sequences::index_of(th, this(th, args)?, args)? {
        Some(index) => Ok(th.int(index as i64)),
        None => Err(th.value_error("tuple.index(x): x not in tuple")),
    }
}

pub static TUPLE: TypeDef =
    TypeDef {
        subclassable: true,
        match_self: true,
        quick: Some(|th, args| match args {
            [iterable] => Some(from_iterable(th, *iterable).map(Gc::value)),
            _ => None,
        }),
        methods: &[
            native("__new__", "(cls, iterable=(), /)", "Create a tuple of the items of an iterable.", new)
                .static_method(),
            native("__repr__", "($self, /)", "Return repr(self).", repr),
            native("__hash__", "($self, /)", "Return hash(self).", |th, args| {
                Ok(th.int(super::hash(th, this(th, args)?)?))
            }),
            native("__getitem__", "($self, key, /)", "Return self[key].", |th, args| {
                super::get_item(th, this(th, args)?, args[1])
            }),
            native("__iter__", "($self, /)", "Implement iter(self).", |th, args| {
                Ok(TupleIter::new(th, this(th, args)?).value())
            }),
            native("__len__", "($self, /)", "Return len(self).", |th, args| Ok(th.int(this(th, args)?.len() as i64))),
            native("__contains__", "($self, key, /)", "Return bool(key in self).", |th, args| {
                Ok(Value::bool(super::contains(th, this(th, args)?, args[1])?))
            }),
            native("__add__", "($self, value, /)", "Return self+value.", add),
            native("__mul__", "($self, value, /)", "Return self*value.", mul),
            native("__rmul__", "($self, value, /)", "Return value*self.", mul),
            LT,
            LE,
            EQ,
            NE,
            GT,
            GE,
            native("__getnewargs__", "($self, /)", "Return the arguments that make a copy.", |th, args| {
                let items = th.tuple(this(th, args)?.items());
                Ok(th.tuple(&[items]))
            }),
            native("count", "($self, value, /)", "Return number of occurrences of value.", |th, args| {
                sequences::count(th, this(th, args)?, args[1])
            }),
            native(
                "index",
                "($self, value, start=0, stop=sys.maxsize, /)",
                "Return first index of value.\n\nRaises ValueError if the value is not present.",
                index,
            ),
            CLASS_GETITEM,
        ],
        ..TypeDef::new(
            "tuple",
            kinds::TUPLE,
            "A fixed sequence of values.\n\nWithout an argument, an empty one; with an iterable, one of its items.",
        )
    };

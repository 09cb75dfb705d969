//! The methods of `deque`.

use std::cell::Cell;
use std::sync::atomic::Ordering;

use crate::heap::{Gc, Value};
use crate::objects::exception::Exc;
use crate::objects::generic_alias::CLASS_GETITEM;
use crate::objects::sequences::{self, Text};
use crate::objects::{int, kinds, reduce};
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, TypeDef, getter, native};
use crate::vm::ops::{self, CompareOp};

use super::{Deque, End, Looked, UNBOUNDED, iterators};

fn this(th: &Thread, args: &[Value]) -> Result<Gc<Deque>> {
    args[0].downcast::<Deque>().ok_or_else(|| th.type_error("a 'collections.deque' object is required"))
}

fn new(th: &Thread, args: &[Value]) -> Result {
    match args[0].as_class() {
        Some(class) => Ok(th.instantiate(class, Deque::empty()).value()),
        None => Err(th.type_error("deque.__new__(X): X is not a type object")),
    }
}

fn init(th: &Thread, args: &[Value]) -> Result {
    let deque = this(th, args)?;
    let most = match args[2] {
        Value::EMPTY | Value::NONE => UNBOUNDED,
        given if int::IntRef::of(given).is_none() => return Err(th.type_error("an integer is required")),
        given => {
            usize::try_from(ops::index_i64(th, given)?).map_err(|_| th.value_error("maxlen must be non-negative"))?
        }
    };
    deque.most.store(most, Ordering::Release);
    if !deque.is_empty() {
        deque.replace_all(th, &[]);
    }
    if !args[1].is_empty() {
        deque.extend(th, End::Right, args[1])?;
    }
    Ok(Value::NONE)
}

/// A deque of the same class with the same bound and these items.
fn like(th: &Thread, deque: Gc<Deque>, items: &[Value]) -> Result {
    let class = th.class_of(deque.value());
    if class.def.is_none() {
        // A subclass may want to hear of it.
        let most = deque.most();
        let bound = if most == UNBOUNDED { Value::NONE } else { th.int(most as i64) };
        let items = th.list(items);
        return match bound {
            Value::NONE => th.call(class.value(), &[items]),
            bound => th.call(class.value(), &[items, bound]),
        };
    }
    let new = th.instantiate(class, Deque::empty());
    new.most.store(deque.most(), Ordering::Release);
    new.replace_all(th, items);
    Ok(new.value())
}

fn push(th: &Thread, args: &[Value], end: End) -> Result {
    this(th, args)?.push(th, end, args[1]);
    Ok(Value::NONE)
}

fn pop(th: &Thread, args: &[Value], end: End) -> Result {
    this(th, args)?.pop(th, end).ok_or_else(|| th.raise(Exc::IndexError, "pop from an empty deque"))
}

fn extend(th: &Thread, args: &[Value], end: End) -> Result {
    this(th, args)?.extend(th, end, args[1])?;
    Ok(Value::NONE)
}

fn compare(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    match (a.downcast::<Deque>(), b.downcast::<Deque>()) {
        (Some(a), Some(b)) => {
            let late = Cell::new(false);
            let (a, b) = (Looked::at(a, th, &late), Looked::at(b, th, &late));
            let result = ops::compare_rows(th, op, a, b)?;
            a.was_in_time().map(|()| result)
        }
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

sequences::comparisons!(compare);

/// The index that `key` stands for.
fn index(th: &Thread, deque: Gc<Deque>, key: Value) -> Result<usize> {
    if !sequences::is_index(th, key) {
        let class = th.type_name(key);
        return Err(th.type_error(format_args!("sequence index must be integer, not '{class}'")));
    }
    let at = sequences::item_index(th, "deque", key, || deque.len())?;
    at.ok_or_else(|| th.raise(Exc::IndexError, "deque index out of range"))
}

fn out_of_range(th: &Thread) -> crate::vm::Raised {
    th.raise(Exc::IndexError, "deque index out of range")
}

fn delete_at(th: &Thread, deque: Gc<Deque>, at: usize) -> Result<()> {
    loop {
        let (mut items, changes) = deque.snapshot(th);
        if at >= items.len() {
            return Err(out_of_range(th));
        }
        items.remove(at);
        if deque.replace_all_if(th, changes, &items) {
            return Ok(());
        }
    }
}

fn remove(th: &Thread, args: &[Value]) -> Result {
    let deque = this(th, args)?;
    let late = Cell::new(false);
    let looked = Looked::at(deque, th, &late);
    let found = sequences::position(th, looked, args[1], 0, usize::MAX)?;
    if looked.has_changed() {
        return Err(th.raise(Exc::IndexError, iterators::MUTATED));
    }
    match found {
        Some(at) => delete_at(th, deque, at).map(|()| Value::NONE),
        None => Err(th.value_error("deque.remove(x): x not in deque")),
    }
}

fn insert(th: &Thread, args: &[Value]) -> Result {
    let deque = this(th, args)?;
    let at = ops::index_i64(th, args[1])?;
    loop {
        let (mut items, changes) = deque.snapshot(th);
        if items.len() >= deque.most() {
            return Err(th.raise(Exc::IndexError, "deque already at its maximum size"));
        }
        let len = items.len() as i64;
        let at = if at < 0 { (at + len).max(0) } else { at.min(len) };
        items.insert(at as usize, args[2]);
        if deque.replace_all_if(th, changes, &items) {
            return Ok(Value::NONE);
        }
    }
}

fn repeated(th: &Thread, deque: Gc<Deque>, times: Value) -> Result<Vec<Value>> {
    let times = sequences::repetitions(th, times)?;
    let items = deque.items(th);
    let len = sequences::repeated_len(th, items.len(), times)?;
    // Only the last of them stay in a bounded deque.
    let times = times.min(deque.most().div_ceil(items.len().max(1)).saturating_add(1));
    let mut all = Vec::with_capacity(len.min(items.len().saturating_mul(times)));
    for _ in 0..if items.is_empty() { 0 } else { times } {
        all.extend_from_slice(&items);
    }
    Ok(all)
}

fn mul(th: &Thread, args: &[Value]) -> Result {
    let deque = this(th, args)?;
    like(th, deque, &repeated(th, deque, args[1])?)
}

fn repr(th: &Thread, args: &[Value]) -> Result {
    let deque = this(th, args)?;
    let items = deque.items(th);
    let items = crate::objects::list::List::new(th, &items);
    let shown = ops::repr_once(th, args[0], || ops::repr(th, items.value()))?;
    let Some(shown) = shown else { return Ok(th.str("[...]")) };
    let mut text = Text::default();
    text.push(&th.class_of(args[0]).short_name());
    text.push("(");
    text.0.extend_from_slice(shown.wtf8());
    if deque.most() != UNBOUNDED {
        text.push(&format!(", maxlen={}", deque.most()));
    }
    text.push(")");
    Ok(text.finish(th))
}

fn reduced(th: &Thread, args: &[Value]) -> Result {
    let deque = this(th, args)?;
    let most = deque.most();
    let arguments = if most == UNBOUNDED { th.tuple(&[]) } else { th.tuple(&[th.tuple(&[]), th.int(most as i64)]) };
    let state = reduce::state_of(th, args[0], false)?;
    let items = ops::iter(th, args[0])?;
    Ok(th.tuple(&[th.class_of(args[0]).value(), arguments, state, items]))
}

fn copy(th: &Thread, args: &[Value]) -> Result {
    let deque = this(th, args)?;
    like(th, deque, &deque.items(th))
}

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, *args, **kwargs)", "Create and return a new object.", new).static_method(),
    native("__init__", "($self, iterable=<unrepresentable>, maxlen=None)", "Initialize self.", init).keywords(),
    native("append", "($self, item, /)", "Add an element to the right side of the deque.", |th, args| {
        push(th, args, End::Right)
    }),
    native("appendleft", "($self, item, /)", "Add an element to the left side of the deque.", |th, args| {
        push(th, args, End::Left)
    }),
    native("pop", "($self, /)", "Remove and return the rightmost element.", |th, args| pop(th, args, End::Right)),
    native("popleft", "($self, /)", "Remove and return the leftmost element.", |th, args| pop(th, args, End::Left)),
    native(
        "extend",
        "($self, iterable, /)",
        "Extend the right side of the deque with elements from the iterable.",
        |th, args| extend(th, args, End::Right),
    ),
    native(
        "extendleft",
        "($self, iterable, /)",
        "Extend the left side of the deque with elements from the iterable.",
        |th, args| extend(th, args, End::Left),
    ),
    native("clear", "($self, /)", "Remove all elements from the deque.", |th, args| {
        this(th, args)?.replace_all(th, &[]);
        Ok(Value::NONE)
    }),
    native("copy", "($self, /)", "Return a shallow copy of a deque.", copy),
    native("__copy__", "($self, /)", "Return a shallow copy of a deque.", copy),
    native("count", "($self, value, /)", "Return number of occurrences of value.", |th, args| {
        let late = Cell::new(false);
        let looked = Looked::at(this(th, args)?, th, &late);
        let count = sequences::count(th, looked, args[1])?;
        looked.was_in_time().map(|()| count)
    }),
    native(
        "index",
        "($self, value, start=<unrepresentable>, stop=<unrepresentable>, /)",
        "Return first index of value.\n\nRaises ValueError if the value is not present.",
        |th, args| {
            let late = Cell::new(false);
            let looked = Looked::at(this(th, args)?, th, &late);
            match sequences::index_of(th, looked, args)? {
                Some(at) => Ok(th.int(at as i64)),
                None => {
                    looked.was_in_time()?;
                    Err(th.value_error("deque.index(x): x not in deque"))
                }
            }
        },
    ),
    native("insert", "($self, index, value, /)", "Insert value before index.", insert),
    native("remove", "($self, value, /)", "Remove first occurrence of value.", remove),
    native("reverse", "($self, /)", "Reverse *IN PLACE*.", |th, args| {
        let deque = this(th, args)?;
        loop {
            let (mut items, changes) = deque.snapshot(th);
            items.reverse();
            if deque.replace_all_if(th, changes, &items) {
                return Ok(Value::NONE);
            }
        }
    }),
    native(
        "rotate",
        "($self, n=1, /)",
        "Rotate the deque n steps to the right.  If n is negative, rotates left.",
        |th, args| {
            let steps = if args[1].is_empty() { 1 } else { ops::index_i64(th, args[1])? };
            this(th, args)?.rotate(th, steps);
            Ok(Value::NONE)
        },
    ),
    native("__len__", "($self, /)", "Return len(self).", |th, args| Ok(th.int(this(th, args)?.len() as i64))),
    native("__bool__", "($self, /)", "True if self else False", |th, args| {
        Ok(Value::bool(!this(th, args)?.is_empty()))
    }),
    native("__contains__", "($self, key, /)", "Return bool(key in self).", |th, args| {
        let late = Cell::new(false);
        let looked = Looked::at(this(th, args)?, th, &late);
        let found = sequences::contains(th, looked, args[1])?;
        if !found {
            looked.was_in_time()?;
        }
        Ok(Value::bool(found))
    }),
    native("__getitem__", "($self, key, /)", "Return self[key].", |th, args| {
        let deque = this(th, args)?;
        deque.at(th, index(th, deque, args[1])?).ok_or_else(|| out_of_range(th))
    }),
    native("__setitem__", "($self, key, value, /)", "Set self[key] to value.", |th, args| {
        let deque = this(th, args)?;
        let set = deque.set_at(th, index(th, deque, args[1])?, args[2]);
        if set { Ok(Value::NONE) } else { Err(out_of_range(th)) }
    }),
    native("__delitem__", "($self, key, /)", "Delete self[key].", |th, args| {
        let deque = this(th, args)?;
        delete_at(th, deque, index(th, deque, args[1])?).map(|()| Value::NONE)
    }),
    native("__iter__", "($self, /)", "Implement iter(self).", |th, args| {
        Ok(iterators::over(th, this(th, args)?, End::Left))
    }),
    native("__reversed__", "($self, /)", "Return a reverse iterator over the deque.", |th, args| {
        Ok(iterators::over(th, this(th, args)?, End::Right))
    }),
    native("__add__", "($self, value, /)", "Return self+value.", |th, args| {
        let deque = this(th, args)?;
        let Some(other) = args[1].downcast::<Deque>() else {
            return Err(sequences::cannot_concatenate(th, "deque", args[1]));
        };
        let mut items = deque.items(th);
        items.extend(other.items(th));
        like(th, deque, &items)
    }),
    native("__iadd__", "($self, value, /)", "Implement self+=value.", |th, args| {
        extend(th, args, End::Right)?;
        Ok(args[0])
    }),
    native("__mul__", "($self, value, /)", "Return self*value.", mul),
    native("__rmul__", "($self, value, /)", "Return value*self.", mul),
    native("__imul__", "($self, value, /)", "Implement self*=value.", |th, args| {
        let deque = this(th, args)?;
        deque.replace_all(th, &repeated(th, deque, args[1])?);
        Ok(args[0])
    }),
    native("__repr__", "($self, /)", "Return repr(self).", repr),
    native("__reduce__", "($self, /)", "Return state information for pickling.", reduced),
    LT,
    LE,
    EQ,
    NE,
    GT,
    GE,
    CLASS_GETITEM,
];

pub static DEQUE: TypeDef = TypeDef {
    module: "collections",
    methods: METHODS,
    getset: &[getter("maxlen", "maximum size of a deque or None if unbounded", |th, v| {
        let most = this(th, &[v])?.most();
        Ok(if most == UNBOUNDED { Value::NONE } else { th.int(most as i64) })
    })],
    subclassable: true,
    unhashable: true,
    ..TypeDef::new("deque", kinds::DEQUE, "A list-like sequence optimized for data accesses near its endpoints.")
};

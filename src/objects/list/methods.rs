//! The methods of `list`.

use crate::heap::{Gc, Value};
use crate::objects::generic_alias::CLASS_GETITEM;
use crate::objects::iterators::{ListIter, over_list_reversed};
use crate::objects::{kinds, sequences};
use crate::vm::Thread;
use crate::vm::native::{Result, TypeDef, native};
use crate::vm::ops::{self, CompareOp};

use super::List;

#[inline(never)]
fn append(th: &Thread, args: &[Value]) -> Result {
    this(th, args)?.push(th, args[1]);
    Ok(Value::NONE)
}

/// The list that a method was called on.
#[inline]
fn this(th: &Thread, args: &[Value]) -> Result<Gc<List>> {
    args[0].downcast::<List>().ok_or_else(|| th.type_error("a 'list' object is required"))
}

fn new(th: &Thread, args: &[Value]) -> Result {
    match args[0].as_class() {
        Some(class) => Ok(th.instantiate(class, List::empty()).value()),
        None => Err(th.type_error("list.__new__(X): X is not a type object")),
    }
}

fn init(th: &Thread, args: &[Value]) -> Result {
    let list = this(th, args)?;
    if !list.is_empty() {
        list.clear(th);
    }
    if !args[1].is_empty() {
        list.extend(th, args[1])?;
    }
    Ok(Value::NONE)
}

fn compare(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    match (a.downcast::<List>(), b.downcast::<List>()) {
        (Some(a), Some(b)) => ops::compare_rows(th, op, a, b),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

sequences::comparisons!(compare);

/// `a + b`
pub fn concat(th: &Thread, a: Gc<List>, b: Gc<List>) -> Gc<List> {
    let both = List::with_capacity(th, a.len() + b.len());
    a.with_items(th, |items| both.push_all(th, items));
    b.with_items(th, |items| both.push_all(th, items));
    both
}

fn add(th: &Thread, args: &[Value]) -> Result {
    let list = this(th, args)?;
    match args[1].downcast::<List>() {
        Some(other) => Ok(concat(th, list, other).value()),
        None => Err(sequences::cannot_concatenate(th, "list", args[1])),
    }
}

fn repeated(th: &Thread, items: &[Value], times: usize) -> Result<Gc<List>> {
    let len = sequences::repeated_len(th, items.len(), times)?;
    Ok(if len == 0 { List::new(th, &[]) } else { List::repeated(th, items, len) })
}

fn mul(th: &Thread, args: &[Value]) -> Result {
    let times = sequences::repetitions(th, args[1])?;
    Ok(repeat(th, this(th, args)?, times)?.value())
}

/// `list * times`
pub fn repeat(th: &Thread, list: Gc<List>, times: usize) -> Result<Gc<List>> {
    th.make_room(list.len().saturating_mul(times).saturating_mul(size_of::<Value>()));
    list.with_items(th, |items| repeated(th, items, times))
}

fn imul(th: &Thread, args: &[Value]) -> Result {
    let list = this(th, args)?;
    let times = sequences::repetitions(th, args[1])?;
    let all = repeated(th, &list.items(th), times)?;
    list.replace_all(th, &all.items(th));
    Ok(args[0])
}

fn iadd(th: &Thread, args: &[Value]) -> Result {
    this(th, args)?.extend(th, args[1])?;
    Ok(args[0])
}

fn insert(th: &Thread, args: &[Value]) -> Result {
    let list = this(th, args)?;
    let index = ops::index_i64(th, args[1])?;
    let len = list.len() as i64;
    let at = if index < 0 { (index + len).max(0) } else { index };
    list.splice(th, at as usize, 0, &[args[2]]);
    Ok(Value::NONE)
}

fn pop(th: &Thread, args: &[Value]) -> Result {
    let list = this(th, args)?;
    let index = if args[1].is_empty() { -1 } else { ops::index_i64(th, args[1])? };
    if index == -1 {
        return list.pop(th).ok_or_else(|| th.index_error("pop from empty list"));
    }
    let len = list.len();
    if len == 0 {
        return Err(th.index_error("pop from empty list"));
    }
    let at = if index < 0 { index + len as i64 } else { index };
    usize::try_from(at)
        .ok()
        .and_then(|at| list.remove_at(th, at))
        .ok_or_else(|| th.index_error("pop index out of range"))
}

fn remove(th: &Thread, args: &[Value]) -> Result {
    let list = this(th, args)?;
    loop {
        let Some(index) = sequences::position(th, list, args[1], 0, usize::MAX)? else {
            return Err(th.value_error("list.remove(x): x not in list"));
        };
        if let Some(item) = list.at(index)
            && list.remove_if(th, index, item)
        {
            return Ok(Value::NONE);
        }
    }
}

fn index(th: &Thread, args: &[Value]) -> Result {
    match sequences::index_of(th, this(th, args)?, args)? {
        Some(index) => Ok(th.int(index as i64)),
        None => Err(th.value_error("list.index(x): x not in list")),
    }
}

fn sort(th: &Thread, args: &[Value]) -> Result {
    let key = if args[1].is_empty() { Value::NONE } else { args[1] };
    let reverse = !args[2].is_empty() && ops::truthy(th, args[2])?;
    super::sort(th, this(th, args)?, key, reverse)?;
    Ok(Value::NONE)
}

pub static LIST: TypeDef = TypeDef {
    subclassable: true,
    unhashable: true,
    match_self: true,
    quick: Some(|th, args| match args {
        [] => Some(Ok(List::new(th, &[]).value())),
        [iterable] => Some(ops::collect(th, *iterable).map(Gc::value)),
        _ => None,
    }),
    methods: &[
        native("__new__", "(cls, /, *args, **kwargs)", "Create an empty list.", new).static_method(),
        native("__init__", "($self, iterable=(), /)", "Initialize self with the items of an iterable.", init),
        native("__repr__", "($self, /)", "Return repr(self).", |th, args| {
            sequences::repr(th, args[0], this(th, args)?, "[", "]")
        }),
        native("__getitem__", "($self, index, /)", "Return self[index].", |th, args| {
            super::get_item(th, this(th, args)?, args[1])
        })
        .coexisting(),
        native("__setitem__", "($self, key, value, /)", "Set self[key] to value.", |th, args| {
            super::set_item(th, this(th, args)?, args[1], args[2]).map(|()| Value::NONE)
        }),
        native("__delitem__", "($self, key, /)", "Delete self[key].", |th, args| {
            super::del_item(th, this(th, args)?, args[1]).map(|()| Value::NONE)
        }),
        native("__iter__", "($self, /)", "Implement iter(self).", |th, args| {
            Ok(ListIter::new(th, this(th, args)?).value())
        }),
        native("__reversed__", "($self, /)", "Return a reverse iterator over the list.", |th, args| {
            Ok(over_list_reversed(th, this(th, args)?))
        }),
        native("__len__", "($self, /)", "Return len(self).", |th, args| Ok(th.int(this(th, args)?.len() as i64))),
        native("__contains__", "($self, key, /)", "Return bool(key in self).", |th, args| {
            Ok(Value::bool(super::contains(th, this(th, args)?, args[1])?))
        }),
        native("__add__", "($self, value, /)", "Return self+value.", add),
        native("__iadd__", "($self, value, /)", "Implement self+=value.", iadd),
        native("__mul__", "($self, value, /)", "Return self*value.", mul),
        native("__rmul__", "($self, value, /)", "Return value*self.", mul),
        native("__imul__", "($self, value, /)", "Implement self*=value.", imul),
        LT,
        LE,
        EQ,
        NE,
        GT,
        GE,
        native("append", "($self, object, /)", "Append object to the end of the list.", |th, args| {
            // Where there is room and nobody else, nothing is called and no register saved: no method is called as often.
            match args[0].downcast::<List>() {
                Some(list) if list.push_quickly(th, args[1]) => Ok(Value::NONE),
                _ => append(th, args),
            }
        }),
        native("extend", "($self, iterable, /)", "Extend list by appending elements from the iterable.", |th, args| {
            this(th, args)?.extend(th, args[1])?;
            Ok(Value::NONE)
        }),
        native("insert", "($self, index, object, /)", "Insert object before index.", insert),
        native(
            "pop",
            "($self, index=-1, /)",
            "Remove and return item at index (default last).\n\nRaises IndexError if list is empty or index is out of range.",
            pop,
        ),
        native(
            "remove",
            "($self, value, /)",
            "Remove first occurrence of value.\n\nRaises ValueError if the value is not present.",
            remove,
        ),
        native("clear", "($self, /)", "Remove all items from list.", |th, args| {
            this(th, args)?.clear(th);
            Ok(Value::NONE)
        }),
        native("copy", "($self, /)", "Return a shallow copy of the list.", |th, args| {
            Ok(List::new(th, &this(th, args)?.items(th)).value())
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
        native("reverse", "($self, /)", "Reverse *IN PLACE*.", |th, args| {
            this(th, args)?.reverse(th);
            Ok(Value::NONE)
        }),
        native(
            "sort",
            "($self, /, *, key=None, reverse=False)",
            "Sort the list in ascending order, in place and stably.\n\nThe order is that of the items' keys, where a key \
             function is given; it is called once for each item. With reverse set, it is descending.",
            sort,
        )
        .keywords(),
        CLASS_GETITEM,
    ],
    ..TypeDef::new(
        "list",
        kinds::LIST,
        "A growing sequence of values.\n\nWithout an argument, an empty one; with an iterable, one of its items.",
    )
};

//! Built-in functions that iterate: `all`, `any`, `iter`, `len`, `max`, `min`, `next`, `sorted`, and `aiter`, `anext`.

use crate::heap::Value;
use crate::objects::exception::Exc;
use crate::objects::iterators;
use crate::objects::list;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::ops::{self, CompareOp};
use crate::vm::signature::items;

pub const FUNCTIONS: &[NativeDef] = &[
    native("all", "(iterable, /)", "Whether everything that the iterable yields is true.", |th, a| {
        Ok(Value::bool(!finds(th, a[0], false)?))
    }),
    native("any", "(iterable, /)", "Whether anything that the iterable yields is true.", |th, a| {
        Ok(Value::bool(finds(th, a[0], true)?))
    }),
    native(
        "iter",
        "(object, sentinel=<unrepresentable>, /)",
        "An iterator over an object; with a sentinel, one that calls the object until it returns that.",
        iter,
    ),
    native("len", "(obj, /)", "How many items a container has.", |th, a| match ops::quick_len(a[0]) {
        Some(len) => Ok(Value::small_int(len as i64)),
        None => len(th, a),
    }),
    native(
        "max",
        "(*args, key=None, default=<unrepresentable>)",
        "The largest of the arguments, or of what an only argument yields. The key function says what is compared;\n\
         the default is returned where there is nothing.",
        |th, a| extreme(th, items(a[0].downcast()), (a[1], a[2]), "max", CompareOp::Gt),
    )
    // Integers are compared before anything has to be saved for a call.
    .positional(|th, a| match extreme_of_ints(a, CompareOp::Gt) {
        Some(found) => Ok(found),
        None => extreme(th, a, (Value::EMPTY, Value::EMPTY), "max", CompareOp::Gt),
    }),
    native(
        "min",
        "(*args, key=None, default=<unrepresentable>)",
        "The smallest of the arguments, or of what an only argument yields. The key function says what is compared;\n\
         the default is returned where there is nothing.",
        |th, a| extreme(th, items(a[0].downcast()), (a[1], a[2]), "min", CompareOp::Lt),
    )
    // Integers are compared before anything has to be saved for a call.
    .positional(|th, a| match extreme_of_ints(a, CompareOp::Lt) {
        Some(found) => Ok(found),
        None => extreme(th, a, (Value::EMPTY, Value::EMPTY), "min", CompareOp::Lt),
    }),
    native(
        "next",
        "(iterator, default=<unrepresentable>, /)",
        "What an iterator yields next. At its end the default is returned, or StopIteration raised.",
        next,
    ),
    native(
        "sorted",
        "(iterable, /, *, key=None, reverse=False)",
        "A new list of what the iterable yields, in ascending order. Equal items keep their order.",
        sorted,
    )
    .counted(),
    native("aiter", "(async_iterable, /)", "An asynchronous iterator over an object.", aiter),
    native(
        "anext",
        "(aiterator, default=<unrepresentable>, /)",
        "An awaitable for what an asynchronous iterator yields next. At its end it gives the default, if there is one.",
        anext,
    ),
];

#[inline(never)]
fn len(th: &Thread, args: &[Value]) -> Result {
    Ok(th.int(ops::len(th, args[0])? as i64))
}

/// Whether an iterable yields something whose truth is `wanted`; stops at the first.
fn finds(th: &Thread, iterable: Value, wanted: bool) -> Result<bool> {
    let iterator = ops::iter(th, iterable)?;
    while let Some(item) = ops::next(th, iterator)? {
        if ops::truthy(th, item)? == wanted {
            return Ok(true);
        }
    }
    Ok(false)
}

fn iter(th: &Thread, args: &[Value]) -> Result {
    if args[1].is_empty() {
        return ops::iter(th, args[0]);
    }
    if !ops::is_callable(th, args[0]) {
        return Err(th.type_error("iter(v, w): v must be callable"));
    }
    Ok(iterators::over_calls(th, args[0], args[1]))
}

/// `max` (`better`: greater) and `min` (less): the first of the best.
#[inline(never)]
fn extreme(th: &Thread, given: &[Value], (key, default): (Value, Value), name: &str, better: CompareOp) -> Result {
    let key = if key.is_none() { Value::EMPTY } else { key };
    let mut best = Best { key, better, item: Value::EMPTY, rank: Value::EMPTY };
    match given {
        [] => return Err(th.type_error(format_args!("{name} expected at least 1 argument, got 0"))),
        [iterable] => ops::for_each(th, *iterable, |item| best.offer(th, item))?,
        _ if !default.is_empty() => {
            return Err(
                th.type_error(format_args!("Cannot specify a default for {name}() with multiple positional arguments"))
            );
        }
        items => {
            if key.is_empty()
                && let Some(found) = extreme_of_ints(items, better)
            {
                return Ok(found);
            }
            items.iter().try_for_each(|item| best.offer(th, *item))?;
        }
    }
    if !best.item.is_empty() {
        Ok(best.item)
    } else if !default.is_empty() {
        Ok(default)
    } else {
        Err(th.value_error(format_args!("{name}() iterable argument is empty")))
    }
}

/// The first of the best of several, if all are inline integers.
#[inline(always)]
fn extreme_of_ints(items: &[Value], better: CompareOp) -> Option<Value> {
    let [first, others @ ..] = items else { return None };
    if others.is_empty() {
        return None;
    }
    let mut best = first.as_small_int()?;
    for item in others {
        let item = item.as_small_int()?;
        best = if better == CompareOp::Lt { best.min(item) } else { best.max(item) };
    }
    Some(Value::small_int(best))
}

struct Best {
    key: Value,
    better: CompareOp,
    item: Value,
    /// What is compared: the item, or what the key function makes of it.
    rank: Value,
}

impl Best {
    #[inline]
    fn offer(&mut self, th: &Thread, item: Value) -> Result<()> {
        let rank = if self.key.is_empty() { item } else { th.call(self.key, &[item])? };
        if self.item.is_empty() || ops::compare_bool(th, self.better, rank, self.rank)? {
            (self.item, self.rank) = (item, rank);
        }
        Ok(())
    }
}

fn next(th: &Thread, args: &[Value]) -> Result {
    let (iterator, default) = (args[0], args[1]);
    if !ops::is_iterator(th, iterator) {
        let class = th.type_name(iterator);
        return Err(th.type_error(format_args!("'{class}' object is not an iterator")));
    }
    if !default.is_empty() {
        return Ok(ops::next(th, iterator)?.unwrap_or(default));
    }
    // A StopIteration may carry a value, which `ops::next` would drop.
    if iterator.header().is_some_and(|header| iterators::steps_natively(th, iterator, header))
        && let Some(step) = iterators::step(th, iterator)
    {
        return step?.ok_or_else(|| th.raise_with(Exc::StopIteration, &[]));
    }
    match th.call_special(iterator, th.vm().names.__next__, &[]) {
        Some(result) => result,
        None => Err(th.raise_with(Exc::StopIteration, &[])),
    }
}

fn sorted(th: &Thread, args: &[Value]) -> Result {
    let items = ops::collect(th, args[0])?;
    let key = if args[1].is_empty() { Value::NONE } else { args[1] };
    let reverse = !args[2].is_empty() && ops::truthy(th, args[2])?;
    list::sort(th, items, key, reverse)?;
    Ok(items.value())
}

fn aiter(th: &Thread, args: &[Value]) -> Result {
    let names = &th.vm().names;
    let class = th.type_name(args[0]);
    let Some(iterator) = th.call_special(args[0], names.__aiter__, &[]) else {
        return Err(th.type_error(format_args!("'{class}' object is not an async iterable")));
    };
    let iterator = iterator?;
    if th.lookup(th.class_of(iterator), names.__anext__).is_none() {
        let made = th.type_name(iterator);
        return Err(th.type_error(format_args!("aiter() returned not an async iterator of type '{made}'")));
    }
    Ok(iterator)
}

fn anext(th: &Thread, args: &[Value]) -> Result {
    let Some(awaitable) = th.call_special(args[0], th.vm().names.__anext__, &[]) else {
        let class = th.type_name(args[0]);
        return Err(th.type_error(format_args!("'{class}' object is not an async iterator")));
    };
    let awaitable = awaitable?;
    Ok(if args[1].is_empty() { awaitable } else { super::anext::new(th, awaitable, args[1]) })
}

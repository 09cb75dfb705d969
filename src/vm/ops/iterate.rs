//! Iteration: `iter`, `next`, and collecting what an iterable yields.

use crate::heap::{Gc, Value};
use crate::objects::dict::{self, Dict, DictView};
use crate::objects::exception::Exc;
use crate::objects::generator::Generator;
use crate::objects::generic_alias::Union;
use crate::objects::int::IntRef;
use crate::objects::iterators::{self, ListIter, StrIter, TupleIter};
use crate::objects::list::List;
use crate::objects::range::{self, Range, RangeIter};
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::{kinds, set};
use crate::vm::Thread;
use crate::vm::generators;
use crate::vm::native::Result;

use super::convert;

/// `iter(v)`
#[inline]
pub fn iter(th: &Thread, v: Value) -> Result {
    if let Some(header) = v.header()
        && header.is_exact()
    {
        if let Some(list) = v.downcast::<List>() {
            return Ok(ListIter::new(th, list).value());
        }
        if let Some(tuple) = v.downcast::<Tuple>() {
            return Ok(TupleIter::new(th, tuple).value());
        }
        if let Some(dict) = v.downcast::<Dict>() {
            return Ok(dict::iter_keys(th, dict));
        }
        if let Some(s) = v.downcast::<Str>() {
            return Ok(StrIter::over(th, s));
        }
        if let Some(range) = v.downcast::<Range>() {
            return Ok(range::iter(th, range).value());
        }
        if matches!(header.kind(), kinds::GENERATOR | kinds::RANGE_ITER | kinds::LIST_ITER) {
            return Ok(v);
        }
        if let Some(set) = set::of(v) {
            return Ok(set::iter(th, set));
        }
    }
    iter_other(th, v)
}

/// `iter(v)` of what loops run over less often.
#[inline(never)]
fn iter_other(th: &Thread, v: Value) -> Result {
    let Some(header) = v.header() else { return iter_special(th, v) };
    match header.kind() {
        kinds::DICT_VIEW => {
            if let Some(view) = v.downcast::<DictView>() {
                return Ok(view.iter(th));
            }
        }
        // Iterators that no class can inherit from, and exact ones of those that some can.
        kinds::DICT_ITER | kinds::SET_ITER | kinds::TUPLE_ITER | kinds::STR_ITER => return Ok(v),
        kinds::ENUMERATE | kinds::ZIP | kinds::MAP | kinds::FILTER | kinds::REVERSED if header.is_exact() => {
            return Ok(v);
        }
        _ => {}
    }
    iter_special(th, v)
}

fn iter_special(th: &Thread, v: Value) -> Result {
    let names = &th.vm().names;
    let class = th.class_of(v);
    let not_iterable = || Err(th.type_error(format_args!("'{}' object is not iterable", class.name())));
    match th.lookup(class, names.__iter__) {
        Some(Value::NONE) => not_iterable(),
        Some(_) => {
            let Some(iterator) = th.call_special(v, names.__iter__, &[]) else { return not_iterable() };
            let iterator = iterator?;
            if is_iterator(th, iterator) {
                return Ok(iterator);
            }
            Err(th.type_error(format_args!("iter() returned non-iterator of type '{}'", th.type_name(iterator))))
        }
        None if has_items(th, v) => Ok(iterators::over_items(th, v)),
        None => not_iterable(),
    }
}

/// Whether it can be iterated over by asking for item after item. A union's `[]` is for its parameters.
fn has_items(th: &Thread, v: Value) -> bool {
    th.lookup(th.class_of(v), th.vm().names.__getitem__).is_some() && v.downcast::<Union>().is_none()
}

/// Whether `iter` would try.
pub fn is_iterable(th: &Thread, v: Value) -> bool {
    let names = &th.vm().names;
    let class = th.class_of(v);
    match th.lookup(class, names.__iter__) {
        Some(method) => !method.is_none(),
        None => has_items(th, v),
    }
}

/// Whether its class has `__next__`.
pub fn is_iterator(th: &Thread, v: Value) -> bool {
    v.header().is_some_and(|h| h.is_exact() && matches!(h.kind(), kinds::GENERATOR | kinds::LIST_ITER))
        || th.lookup(th.class_of(v), th.vm().names.__next__).is_some()
}

/// `next(it)`: `None` when it is exhausted (StopIteration is swallowed). Native code draws what it wants of an iterable from
/// here, for which it can be interrupted however long that is.
#[inline]
pub fn next(th: &Thread, iterator: Value) -> Result<Option<Value>> {
    th.poll()?;
    if let Some(list) = iterator.downcast::<ListIter>() {
        return Ok(list.next());
    }
    if let Some(range) = iterator.downcast::<RangeIter>() {
        return Ok(range.next(th));
    }
    next_of_other(th, iterator)
}

/// `next(it)` of what is neither a list's nor a range's iterator, without a look at what is asked of the thread.
#[inline(never)]
pub fn next_of_other(th: &Thread, iterator: Value) -> Result<Option<Value>> {
    if let Some(generator) = iterator.downcast::<Generator>()
        && generator.code.is_plain_generator()
    {
        return generators::next(th, generator);
    }
    if let Some(text) = iterator.downcast::<StrIter>() {
        return Ok(text.next(th));
    }
    // Iterators written in Python may inherit from the subclassable ones and have a `__next__` of their own.
    if iterator.header().is_some_and(|header| iterators::steps_natively(th, iterator, header))
        && let Some(result) = iterators::step(th, iterator)
    {
        return result;
    }
    match th.call_special(iterator, th.vm().names.__next__, &[]) {
        Some(Ok(item)) => Ok(Some(item)),
        Some(Err(raised)) => th.caught_stop(raised).map(|_| None),
        None => Err(th.type_error(format_args!("'{}' object is not an iterator", th.type_name(iterator)))),
    }
}

/// Runs `each` for everything that `iterable` yields, until it fails. Lists and tuples are walked without an iterator.
pub fn for_each(th: &Thread, iterable: Value, mut each: impl FnMut(Value) -> Result<()>) -> Result<()> {
    if iterable.header().is_some_and(|h| h.is_exact()) {
        if let Some(list) = iterable.downcast::<List>() {
            let mut index = 0;
            while let Some(item) = list.at(index) {
                each(item)?;
                th.poll()?;
                index += 1;
            }
            return Ok(());
        }
        if let Some(tuple) = iterable.downcast::<Tuple>() {
            return tuple.items().iter().try_for_each(|item| each(*item).and_then(|()| th.poll()));
        }
    }
    let iterator = iter(th, iterable)?;
    while let Some(item) = next(th, iterator)? {
        each(item)?;
    }
    Ok(())
}

/// Everything that `iterable` yields, in a rooted buffer: a list object, whose items are scanned precisely.
pub fn collect(th: &Thread, iterable: Value) -> Result<Gc<List>> {
    let list = List::new(th, &[]);
    list.extend(th, iterable)?;
    Ok(list)
}

/// `operator.length_hint(v, 0)`
pub fn length_hint(th: &Thread, v: Value) -> Result<usize> {
    Ok(length_hint_if_any(th, v)?.unwrap_or(0))
}

/// As `length_hint`; `None` if the object does not say.
pub fn length_hint_if_any(th: &Thread, v: Value) -> Result<Option<usize>> {
    if th.lookup(th.class_of(v), th.vm().names.__len__).is_some() {
        return super::len(th, v).map(Some);
    }
    let hint = match th.call_special(v, th.vm().names.__length_hint__, &[]) {
        None | Some(Ok(Value::NOT_IMPLEMENTED)) => return Ok(None),
        Some(Err(raised)) => return th.caught(raised, Exc::TypeError).map(|_| None),
        Some(Ok(hint)) => hint,
    };
    if IntRef::of(hint).is_none() {
        return Err(th.type_error(format_args!("__length_hint__ must be an integer, not {}", th.type_name(hint))));
    }
    usize::try_from(convert::index_i64(th, hint)?)
        .map(Some)
        .map_err(|_| th.value_error("__length_hint__() should return >= 0"))
}

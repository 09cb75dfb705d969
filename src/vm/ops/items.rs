//! Items: `o[k]`, `o[k] = v`, `del o[k]`, `k in o`, `len(o)`.

use crate::heap::Value;
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::int::IntRef;
use crate::objects::list::{self, List};
use crate::objects::sequences;
use crate::objects::set::{self, FrozenSet, Set};
use crate::objects::slice::Bounds;
use crate::objects::str::Str;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{dict, generic_alias, kinds, str as strings};
use crate::vm::Thread;
use crate::vm::native::Result;

use super::{convert, equal, iter, next};

/// `o[key]`
#[inline]
pub fn get_item(th: &Thread, o: Value, key: Value) -> Result {
    if let Some(header) = o.header()
        && header.is_exact()
    {
        if let Some(list) = o.downcast::<List>() {
            if let Some(i) = key.as_small_int() {
                let index = if i < 0 { i + list.len() as i64 } else { i };
                if let Some(item) = list.at(index as usize) {
                    return Ok(item);
                }
            }
            return list::get_item(th, list, key);
        }
        if let Some(dict) = o.downcast::<Dict>() {
            return match dict.get_item(th, key)? {
                Some(value) => Ok(value),
                None => Err(th.key_error(key)),
            };
        }
        if let Some(tuple) = o.downcast::<Tuple>() {
            return tuple::get_item(th, tuple, key);
        }
        if let Some(s) = o.as_str_cell() {
            return strings::get_item(th, s, key);
        }
    }
    get_item_special(th, o, key)
}

/// `o[start:stop:step]` of a built-in sequence, without a slice object in between; `None` where there must be one.
pub fn get_slice(th: &Thread, o: Value, parts: [Value; 3]) -> Option<Value> {
    let header = o.header()?;
    if !header.is_exact() {
        return None;
    }
    match header.kind() {
        kinds::STR => Some(strings::sliced(th, o.as_str_cell()?, Bounds::inline(parts)?)),
        kinds::LIST => Some(list::get_slice(th, o.downcast()?, Bounds::inline(parts)?).value()),
        kinds::TUPLE => Some(tuple::get_slice(th, o.downcast()?, Bounds::inline(parts)?)),
        _ => None,
    }
}

#[inline(never)]
fn get_item_special(th: &Thread, o: Value, key: Value) -> Result {
    let names = &th.vm().names;
    if let Some(result) = th.call_special(o, names.__getitem__, &[key]) {
        return result;
    }
    if let Some(class) = o.as_class() {
        // `type[C]`: not by a special method, which all classes would inherit.
        if class == th.vm().class_of_kind(kinds::CLASS) {
            return Ok(generic_alias::new(th, o, key));
        }
        return match super::find_attr(th, o, names.__class_getitem__)? {
            Some(method) if !method.is_none() => th.call(method, &[key]),
            _ => Err(th.type_error(format_args!("type '{}' is not subscriptable", class.name()))),
        };
    }
    Err(th.type_error(format_args!("'{}' object is not subscriptable", th.type_name(o))))
}

/// `o[key] = value`
#[inline]
pub fn set_item(th: &Thread, o: Value, key: Value, value: Value) -> Result<()> {
    if let Some(header) = o.header()
        && header.is_exact()
    {
        if let Some(list) = o.downcast::<List>() {
            if let Some(i) = key.as_small_int()
                && i >= 0
                && list.set_at(th, i as usize, value)
            {
                return Ok(());
            }
            return list::set_item(th, list, key, value);
        }
        if let Some(dict) = o.downcast::<Dict>() {
            return dict.set_item(th, key, value);
        }
    }
    set_item_special(th, o, key, value)
}

/// `o[start:stop:step] = value` of a list, without a slice object in between; `None` where there must be one, or where
/// code of the program's may run.
pub fn set_slice(th: &Thread, o: Value, parts: [Value; 3], value: Value) -> Option<Result<()>> {
    let list = o.downcast::<List>().filter(|list| list.header.is_exact())?;
    let row = value.header()?;
    if !row.is_exact() || !matches!(row.kind(), kinds::LIST | kinds::TUPLE) {
        return None;
    }
    Some(list::set_slice(th, list, Bounds::inline(parts)?, value))
}

#[inline(never)]
fn set_item_special(th: &Thread, o: Value, key: Value, value: Value) -> Result<()> {
    match th.call_special(o, th.vm().names.__setitem__, &[key, value]) {
        Some(result) => result.map(drop),
        None => Err(th.type_error(format_args!("'{}' object does not support item assignment", th.type_name(o)))),
    }
}

/// `del o[key]`
pub fn del_item(th: &Thread, o: Value, key: Value) -> Result<()> {
    if let Some(header) = o.header()
        && header.is_exact()
    {
        if let Some(list) = o.downcast::<List>() {
            return list::del_item(th, list, key);
        }
        if let Some(dict) = o.downcast::<Dict>() {
            return dict::del_item(th, dict, key);
        }
    }
    match th.call_special(o, th.vm().names.__delitem__, &[key]) {
        Some(result) => result.map(drop),
        None => {
            let sequence = sequences::is_index(th, key) && sequences::has_slots_of_one(th, o);
            let does_not = if sequence { "doesn't" } else { "does not" };
            Err(th.type_error(format_args!("'{}' object {does_not} support item deletion", th.type_name(o))))
        }
    }
}

/// `item in o`
#[inline]
pub fn contains(th: &Thread, o: Value, item: Value) -> Result<bool> {
    if let Some(header) = o.header()
        && header.is_exact()
    {
        if let Some(dict) = o.downcast::<Dict>() {
            return Ok(dict.get_item(th, item)?.is_some());
        }
        if let Some(set) = o.downcast::<Set>() {
            return set::contains(th, set.any(), item);
        }
        if let Some(set) = o.downcast::<FrozenSet>() {
            return set::contains(th, set.any_frozen(), item);
        }
        if let Some(list) = o.downcast::<List>() {
            return list::contains(th, list, item);
        }
        if let Some(tuple) = o.downcast::<Tuple>() {
            return tuple::contains(th, tuple, item);
        }
        if let Some(s) = o.as_str_cell() {
            return strings::contains(th, s, item);
        }
    }
    contains_special(th, o, item)
}

#[inline(never)]
fn contains_special(th: &Thread, o: Value, item: Value) -> Result<bool> {
    let names = &th.vm().names;
    match th.lookup(th.class_of(o), names.__contains__) {
        Some(Value::NONE) => {
            return Err(th.type_error(format_args!("'{}' object is not a container", th.type_name(o))));
        }
        Some(_) => {
            if let Some(result) = th.call_special(o, names.__contains__, &[item]) {
                let result = result?;
                return super::truthy(th, result);
            }
        }
        None => {}
    }
    if !super::iterate::is_iterable(th, o) {
        return Err(
            th.type_error(format_args!("argument of type '{}' is not a container or iterable", th.type_name(o)))
        );
    }
    let iterator = iter(th, o)?;
    while let Some(candidate) = next(th, iterator)? {
        if equal(th, candidate, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The length of an exact instance of a built-in type (the caller has checked that it is exact), for the frequent ones.
#[inline]
pub(super) fn built_in_len(o: Value) -> Option<usize> {
    if let Some(list) = o.downcast::<List>() {
        return Some(list.len());
    }
    if let Some(s) = o.downcast::<Str>() {
        return Some(s.char_len());
    }
    if let Some(dict) = o.downcast::<Dict>() {
        return Some(dict.len());
    }
    if let Some(tuple) = o.downcast::<Tuple>() {
        return Some(tuple.len());
    }
    if let Some(set) = o.downcast::<Set>() {
        return Some(set.len());
    }
    o.downcast::<FrozenSet>().map(|set| set.len())
}

/// The length of what is frequent, without a call; it is that of something in memory, and so an inline integer.
#[inline(always)]
pub fn quick_len(o: Value) -> Option<usize> {
    if o.header()?.is_exact() { built_in_len(o) } else { None }
}

/// `len(o)`
#[inline]
pub fn len(th: &Thread, o: Value) -> Result<usize> {
    if let Some(header) = o.header()
        && header.is_exact()
        && let Some(len) = built_in_len(o)
    {
        return Ok(len);
    }
    match len_special(th, o) {
        Some(len) => len,
        None => Err(th.type_error(format_args!("object of type '{}' has no len()", th.type_name(o)))),
    }
}

/// By `__len__`, if it has one.
pub(super) fn len_special(th: &Thread, o: Value) -> Option<Result<usize>> {
    let result = th.call_special(o, th.vm().names.__len__, &[])?;
    Some(result.and_then(|len| checked_len(th, len)))
}

fn checked_len(th: &Thread, len: Value) -> Result<usize> {
    let len = convert::index(th, len)?;
    let too_large = || th.raise(Exc::OverflowError, "cannot fit 'int' into an index-sized integer");
    let negative = || th.value_error("__len__() should return >= 0");
    match IntRef::of(len) {
        Some(len) if len.is_negative() => Err(negative()),
        Some(len) => len.to_i64().map(|len| len as usize).ok_or_else(too_large),
        None => Err(too_large()),
    }
}

//! Union, intersection, difference, symmetric difference; comparison.
//!
//! The order in which keys are put into a result is CPython's, since it decides the order in which they come out. Keys
//! are read from the other set's table as it is when they are read: a key deleted meanwhile is passed over.

use crate::heap::{Gc, Value};
use crate::objects::dict::Dict;
use crate::vm::Thread;
use crate::vm::native::Result;
use crate::vm::ops::{self, CompareOp, recurse};

use super::{AnySet, FrozenSet, Set, element_hash, of};

/// A new set of the same type as `like` (a frozenset where that is one), with the value it is.
fn empty_like(th: &Thread, like: Value) -> (AnySet, Value) {
    if like.downcast::<FrozenSet>().is_some() {
        let new = FrozenSet::new(th);
        (new.any_frozen(), new.value())
    } else {
        let new = Set::new(th);
        (new.any(), new.value())
    }
}

pub fn copy(th: &Thread, this: Value, set: AnySet) -> Result {
    let (new, value) = empty_like(th, this);
    new.merge(th, set)?;
    Ok(value)
}

/// `this | other`, whatever `other` is.
pub fn union(th: &Thread, this: Value, set: AnySet, others: &[Value]) -> Result {
    let (new, value) = empty_like(th, this);
    new.merge(th, set)?;
    for other in others {
        new.update(th, *other)?;
    }
    Ok(value)
}

/// `other` as a set: itself or a new one of what it yields.
fn as_set(th: &Thread, other: Value) -> Result<AnySet> {
    if let Some(set) = of(other) {
        return Ok(set);
    }
    let set = Set::new(th).any();
    set.update(th, other)?;
    Ok(set)
}

/// Puts what is in both into `new`.
fn intersect_into(th: &Thread, new: AnySet, set: AnySet, other: Value) -> Result<()> {
    if let Some(other) = of(other) {
        let (few, many) = if other.len() > set.len() { (set, other) } else { (other, set) };
        for entry in few.taken() {
            if let Some((hash, key)) = entry.hashed_key()
                && many.contains_hashed(th, key, hash)?
            {
                new.add_hashed(th, key, hash)?;
            }
        }
        return Ok(());
    }
    ops::for_each(th, other, |key| {
        // Not wanted as an element: what is not hashable is no more than that.
        let hash = ops::hash(th, key)? as u64;
        if set.contains_hashed(th, key, hash)? {
            new.add_hashed(th, key, hash)?;
        }
        Ok(())
    })
}

pub fn intersection(th: &Thread, this: Value, set: AnySet, others: &[Value]) -> Result {
    let [first, rest @ ..] = others else { return copy(th, this, set) };
    let (new, mut value) = empty_like(th, this);
    intersect_into(th, new, set, *first)?;
    let mut so_far = new;
    for other in rest {
        let (next, next_value) = empty_like(th, this);
        intersect_into(th, next, so_far, *other)?;
        (so_far, value) = (next, next_value);
    }
    Ok(value)
}

/// `this - other`
fn difference_of_two(th: &Thread, this: Value, set: AnySet, other: Value) -> Result<(AnySet, Value)> {
    let (new, value) = empty_like(th, this);
    let dict = other.downcast::<Dict>().filter(|dict| dict.header.is_exact());
    let other_len = of(other).map(AnySet::len).or(dict.map(|dict| dict.len()));
    // What is much smaller, or can only be walked once, is taken out of a copy.
    if other_len.is_none_or(|len| set.len() >> 2 > len) {
        new.merge(th, set)?;
        remove_all(th, new, other)?;
        return Ok((new, value));
    }
    let others = of(other);
    for entry in set.taken() {
        let Some((hash, key)) = entry.hashed_key() else { continue };
        let there = match (others, dict) {
            (Some(other), _) => other.contains_hashed(th, key, hash)?,
            (None, Some(dict)) => dict.get_hashed(th, key, hash)?.is_some(),
            (None, None) => false,
        };
        if !there {
            new.add_hashed(th, key, hash)?;
        }
    }
    Ok((new, value))
}

pub fn difference(th: &Thread, this: Value, set: AnySet, others: &[Value]) -> Result {
    let [first, rest @ ..] = others else { return copy(th, this, set) };
    let (new, value) = difference_of_two(th, this, set, *first)?;
    for other in rest {
        remove_all(th, new, *other)?;
    }
    Ok(value)
}

/// Removes everything that `other` yields.
pub fn remove_all(th: &Thread, set: AnySet, other: Value) -> Result<()> {
    if let Some(other) = of(other) {
        if std::ptr::eq(set.body, other.body) {
            set.clear(th);
            return Ok(());
        }
        for entry in other.taken() {
            if let Some((hash, key)) = entry.hashed_key() {
                set.discard_hashed(th, key, hash)?;
            }
        }
        return Ok(());
    }
    ops::for_each(th, other, |key| {
        let hash = element_hash(th, key)?;
        set.discard_hashed(th, key, hash).map(drop)
    })
}

/// Keeps what is in `other` as well: `&=`.
pub fn keep_common(th: &Thread, this: Value, set: AnySet, others: &[Value]) -> Result<()> {
    let common = intersection(th, this, set, others)?;
    if let Some(common) = of(common) {
        set.take(th, common);
    }
    Ok(())
}

/// Removes what `other` has and adds what only it has: `^=`.
pub fn toggle_all(th: &Thread, set: AnySet, other: Value) -> Result<()> {
    let other = as_set(th, other)?;
    if std::ptr::eq(set.body, other.body) {
        set.clear(th);
        return Ok(());
    }
    for entry in other.taken() {
        if let Some((hash, key)) = entry.hashed_key()
            && !set.discard_hashed(th, key, hash)?
        {
            set.add_hashed(th, key, hash)?;
        }
    }
    Ok(())
}

pub fn symmetric_difference(th: &Thread, this: Value, set: AnySet, other: Value) -> Result {
    let (new, value) = empty_like(th, this);
    new.update(th, other)?;
    for entry in set.taken() {
        if let Some((hash, key)) = entry.hashed_key()
            && !new.discard_hashed(th, key, hash)?
        {
            new.add_hashed(th, key, hash)?;
        }
    }
    Ok(value)
}

pub fn is_disjoint(th: &Thread, set: AnySet, other: Value) -> Result<bool> {
    if let Some(other) = of(other) {
        let (few, many) = if other.len() > set.len() { (set, other) } else { (other, set) };
        return Ok(!any_in(th, few, many, true)?);
    }
    let iterator = ops::iter(th, other)?;
    while let Some(key) = ops::next(th, iterator)? {
        let hash = element_hash(th, key)?;
        if set.contains_hashed(th, key, hash)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether some key of `few` is in `many`, or, with `there` false, is missing from it.
fn any_in(th: &Thread, few: AnySet, many: AnySet, there: bool) -> Result<bool> {
    for entry in few.taken() {
        if let Some((hash, key)) = entry.hashed_key()
            && many.contains_hashed(th, key, hash)? == there
        {
            return Ok(true);
        }
    }
    Ok(false)
}

pub fn is_subset(th: &Thread, set: AnySet, other: AnySet) -> Result<bool> {
    Ok(set.len() <= other.len() && !any_in(th, set, other, false)?)
}

pub fn is_subset_of(th: &Thread, set: AnySet, other: Value) -> Result<bool> {
    if let Some(other) = of(other) {
        return is_subset(th, set, other);
    }
    let common = Set::new(th).any();
    intersect_into(th, common, set, other)?;
    Ok(common.len() == set.len())
}

pub fn is_superset_of(th: &Thread, set: AnySet, other: Value) -> Result<bool> {
    if let Some(other) = of(other) {
        return is_subset(th, other, set);
    }
    let iterator = ops::iter(th, other)?;
    while let Some(key) = ops::next(th, iterator)? {
        let hash = element_hash(th, key)?;
        if !set.contains_hashed(th, key, hash)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn equal(th: &Thread, a: AnySet, b: AnySet) -> Result<bool> {
    Ok(a.len() == b.len() && !any_in(th, a, b, false)?)
}

/// Sets are ordered by inclusion.
pub fn compare(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    let (Some(x), Some(y)) = (of(a), of(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    recurse(th, " in comparison", || {
        Ok(Value::bool(match op {
            CompareOp::Eq => equal(th, x, y)?,
            CompareOp::Ne => !equal(th, x, y)?,
            CompareOp::Le => is_subset(th, x, y)?,
            CompareOp::Ge => is_subset(th, y, x)?,
            CompareOp::Lt => x.len() < y.len() && is_subset(th, x, y)?,
            CompareOp::Gt => y.len() < x.len() && is_subset(th, y, x)?,
        }))
    })
}

/// An exact frozenset of what `iterable` yields; an exact frozenset as it is.
pub fn frozen_from(th: &Thread, iterable: Value) -> Result<Gc<FrozenSet>> {
    if let Some(frozen) = iterable.downcast::<FrozenSet>()
        && frozen.header.is_exact()
    {
        return Ok(frozen);
    }
    let frozen = FrozenSet::new(th);
    frozen.any_frozen().update(th, iterable)?;
    Ok(frozen)
}

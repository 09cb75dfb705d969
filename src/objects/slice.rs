//! `slice`: what `a[start:stop:step]` hands to `__getitem__`, and what it means for a sequence of a given length.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::heap::{Cell, Gc, Header, Kind, Tracer, Value};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, member, native};
use crate::vm::ops::{self, CompareOp};
use crate::vm::{Raised, Thread};

use super::int::{self, IntRef};
use super::kinds;

/// Any three objects; what they mean is only asked when the slice is used.
#[repr(C)]
pub struct Slice {
    pub header: Header,
    pub start: Value,
    pub stop: Value,
    pub step: Value,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Slice {
    const KIND: Kind = kinds::SLICE;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self.start);
        tracer.value(self.stop);
        tracer.value(self.step);
    }
}

/// The numbers of a slice before the length is known. `None` stands for the default at that end; numbers that exceed an
/// `i64` are clamped, which means the same for every length.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bounds {
    start: Option<i64>,
    stop: Option<i64>,
    /// Not zero, and not `i64::MIN`.
    step: i64,
}

impl Bounds {
    /// Of the three parts of a slice, if they are inline integers or None, as they mostly are.
    #[inline]
    pub fn inline(parts: [Value; 3]) -> Option<Bounds> {
        let number = |v: Value| match v.as_small_int() {
            Some(i) => Some(Some(i)),
            None if v.is_none() => Some(None),
            None => None,
        };
        let (start, stop, step) = (number(parts[0])?, number(parts[1])?, number(parts[2])?.unwrap_or(1));
        if step == 0 { None } else { Some(Bounds { start, stop, step }) }
    }

    /// First index, step and number of items for a sequence of `len` items. Every index `start + i * step` with
    /// `i < count` lies within; `start` alone may be -1 or `len` where nothing is selected.
    #[inline]
    pub fn adjust(self, len: usize) -> (isize, isize, usize) {
        let len = len as i64;
        let start = match self.start {
            Some(start) => clamp(start, len, self.step),
            None if self.step < 0 => len - 1,
            None => 0,
        };
        let stop = match self.stop {
            Some(stop) => clamp(stop, len, self.step),
            None if self.step < 0 => -1,
            None => len,
        };
        (start as isize, self.step as isize, count(start, stop, self.step) as usize)
    }
}

/// An index, counted from the end where it is negative, moved to the nearest end where it lies outside.
#[inline]
fn clamp(index: i64, len: i64, step: i64) -> i64 {
    if index < 0 {
        let index = index.saturating_add(len);
        if index >= 0 {
            index
        } else if step < 0 {
            -1
        } else {
            0
        }
    } else if index < len {
        index
    } else if step < 0 {
        len - 1
    } else {
        len
    }
}

/// How many numbers lie between `start` and `stop` (not included) at distances of `step`.
#[inline]
pub fn count(start: i64, stop: i64, step: i64) -> i64 {
    if step == 1 {
        // The usual case, without the division.
        (stop - start).max(0)
    } else if step > 0 {
        if start < stop { (stop - start - 1) / step + 1 } else { 0 }
    } else if stop < start {
        (start - stop - 1) / -step + 1
    } else {
        0
    }
}

/// A new slice; `NONE` for what was left out.
pub fn new(th: &Thread, start: Value, stop: Value, step: Value) -> Value {
    th.alloc(Slice { header: Header::of_kind(kinds::SLICE), start, stop, step }).value()
}

fn not_an_index(th: &Thread) -> Raised {
    th.type_error("slice indices must be integers or None or have an __index__ method")
}

/// The integer of one part of a slice, `None` for None.
fn part(th: &Thread, v: Value) -> Result<Option<Value>> {
    if v.is_none() {
        return Ok(None);
    }
    if IntRef::of(v).is_some() {
        return Ok(Some(v));
    }
    if th.lookup(th.class_of(v), th.vm().names.__index__).is_none() {
        return Err(not_an_index(th));
    }
    ops::index(th, v).map(Some)
}

fn clamped(th: &Thread, v: Value) -> Result<Option<i64>> {
    if v.is_int() {
        return Ok(Some(v.as_int_unchecked()));
    }
    Ok(part(th, v)?.and_then(IntRef::of).map(|i| match i.to_i64() {
        Some(i) => i,
        None if i.is_negative() => i64::MIN,
        None => i64::MAX,
    }))
}

impl Slice {
    /// Its numbers; may call `__index__`, so ask for the length of a list afterwards.
    pub fn unpack(&self, th: &Thread) -> Result<Bounds> {
        let step = clamped(th, self.step)?.unwrap_or(1).max(-i64::MAX);
        if step == 0 {
            return Err(th.value_error("slice step cannot be zero"));
        }
        Ok(Bounds { start: clamped(th, self.start)?, stop: clamped(th, self.stop)?, step })
    }

    /// First index, step and number of items for a sequence of `len` items: see [`Bounds::adjust`].
    pub fn resolve(&self, th: &Thread, len: usize) -> Result<(isize, isize, usize)> {
        Ok(self.unpack(th)?.adjust(len))
    }

    /// Start, stop and step for a sequence of any length.
    pub fn resolve_big(&self, th: &Thread, len: &BigInt) -> Result<[BigInt; 3]> {
        let big = |v: Value| Ok(part(th, v)?.and_then(IntRef::of).map(IntRef::to_big));
        let step = big(self.step)?.unwrap_or(BigInt::from(1));
        if step.is_zero() {
            return Err(th.value_error("slice step cannot be zero"));
        }
        let down = step.is_negative();
        let (lowest, highest) = if down { (BigInt::from(-1), len - 1) } else { (BigInt::ZERO, len.clone()) };
        let end = |bound: Option<BigInt>, default: &BigInt| match bound {
            None => default.clone(),
            Some(bound) => {
                let bound = if bound.is_negative() { bound + len } else { bound };
                bound.clamp(lowest.clone(), highest.clone())
            }
        };
        let (first, last) = if down { (&highest, &lowest) } else { (&lowest, &highest) };
        Ok([end(big(self.start)?, first), end(big(self.stop)?, last), step])
    }

    fn parts(&self) -> [Value; 3] {
        [self.start, self.stop, self.step]
    }
}

pub static SLICE: TypeDef = TypeDef {
    methods: METHODS,
    getset: GETSET,
    ..TypeDef::new(
        "slice",
        kinds::SLICE,
        "slice(stop)\nslice(start, stop[, step])\n\nThe items from start to before stop, in steps: what a[start:stop:step] asks for.",
    )
};

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, start, stop=None, step=None, /)", "Create a slice.", slice_new).static_method(),
    native("__repr__", "($self, /)", "Return repr(self).", slice_repr),
    native("__eq__", "($self, value, /)", "Return self==value.", |th, a| slice_compare(th, CompareOp::Eq, a)),
    native("__ne__", "($self, value, /)", "Return self!=value.", |th, a| slice_compare(th, CompareOp::Ne, a)),
    native("__lt__", "($self, value, /)", "Return self<value.", |th, a| slice_compare(th, CompareOp::Lt, a)),
    native("__le__", "($self, value, /)", "Return self<=value.", |th, a| slice_compare(th, CompareOp::Le, a)),
    native("__gt__", "($self, value, /)", "Return self>value.", |th, a| slice_compare(th, CompareOp::Gt, a)),
    native("__ge__", "($self, value, /)", "Return self>=value.", |th, a| slice_compare(th, CompareOp::Ge, a)),
    native("__hash__", "($self, /)", "Return hash(self).", slice_hash),
    native(
        "indices",
        "($self, object, /)",
        "Return (start, stop, step) as they apply to a sequence of so many items.",
        slice_indices,
    ),
    native("__reduce__", "($self, /)", "Return the state for pickling.", slice_reduce),
];

const GETSET: &[GetSetDef] = &[
    member("start", "The first index, or None.", |_, s| Ok(this(s).start)),
    member("stop", "The index to stop before, or None.", |_, s| Ok(this(s).stop)),
    member("step", "The distance between indices, or None.", |_, s| Ok(this(s).step)),
];

fn this(v: Value) -> Gc<Slice> {
    match v.downcast::<Slice>() {
        Some(slice) => slice,
        None => unreachable!("methods found on a type get an instance of it"),
    }
}

fn slice_new(th: &Thread, args: &[Value]) -> Result {
    let given = |v: Value| if v.is_empty() { Value::NONE } else { v };
    // With one argument it is the end.
    let (start, stop) = if args[2].is_empty() { (Value::NONE, args[1]) } else { (args[1], args[2]) };
    Ok(new(th, start, stop, given(args[3])))
}

fn slice_repr(th: &Thread, args: &[Value]) -> Result {
    let [start, stop, step] = this(args[0]).parts();
    let (start, stop, step) = (ops::repr(th, start)?, ops::repr(th, stop)?, ops::repr(th, step)?);
    let text = [b"slice(", start.wtf8(), b", ", stop.wtf8(), b", ", step.wtf8(), b")"].concat();
    Ok(super::str::Str::from_wtf8(th, &text).value())
}

fn slice_compare(th: &Thread, op: CompareOp, args: &[Value]) -> Result {
    let (Some(a), Some(b)) = (args[0].downcast::<Slice>(), args[1].downcast::<Slice>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    ops::compare(th, op, th.tuple(&a.parts()), th.tuple(&b.parts()))
}

fn slice_hash(th: &Thread, args: &[Value]) -> Result {
    let hash = super::tuple::hash_of_parts(th, &this(args[0]).parts())?;
    Ok(th.int(if hash == u64::MAX { 1546275796 } else { hash as i64 }))
}

fn slice_indices(th: &Thread, args: &[Value]) -> Result {
    let slice = this(args[0]);
    let len = ops::index(th, args[1])?;
    let Some(len) = IntRef::of(len).filter(|len| !len.is_negative()) else {
        return Err(th.value_error("length should not be negative"));
    };
    let [start, stop, step] = slice.resolve_big(th, &len.to_big())?.map(|i| int::from_big(th, i));
    Ok(th.tuple(&[start, stop, step]))
}

fn slice_reduce(th: &Thread, args: &[Value]) -> Result {
    let class = th.class_of(args[0]).value();
    Ok(th.tuple(&[class, th.tuple(&this(args[0]).parts())]))
}

/// The number of items from `start` to `stop` by `step`, of any size.
pub fn count_big(start: &BigInt, stop: &BigInt, step: &BigInt) -> BigInt {
    let (distance, step) = if step.is_negative() { (start - stop, -step) } else { (stop - start, step.clone()) };
    match distance.cmp(&BigInt::ZERO) {
        Ordering::Greater => (distance - 1u32) / step + 1u32,
        _ => BigInt::ZERO,
    }
}

/// A count that fits an index, or OverflowError in `len`'s words.
pub fn index_sized(th: &Thread, count: &BigInt) -> Result<usize> {
    match count.to_i64() {
        Some(count) => Ok(count as usize),
        None => Err(th.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adjust(start: Option<i64>, stop: Option<i64>, step: i64, len: usize) -> (isize, isize, usize) {
        Bounds { start, stop, step }.adjust(len)
    }

    #[test]
    fn bounds_are_clamped_to_the_sequence() {
        assert_eq!(adjust(None, None, 1, 5), (0, 1, 5));
        assert_eq!(adjust(None, None, -1, 5), (4, -1, 5));
        assert_eq!(adjust(Some(-3), Some(-1), 1, 5), (2, 1, 2));
        assert_eq!(adjust(Some(10), Some(20), 1, 5), (5, 1, 0));
        assert_eq!(adjust(Some(-10), Some(10), 2, 5), (0, 2, 3));
        assert_eq!(adjust(Some(10), Some(-10), -2, 5), (4, -2, 3));
        assert_eq!(adjust(Some(3), Some(1), 1, 5), (3, 1, 0));
        assert_eq!(adjust(Some(i64::MIN), Some(i64::MAX), i64::MAX, 5), (0, i64::MAX as isize, 1));
        assert_eq!(adjust(Some(i64::MAX), Some(i64::MIN), -i64::MAX, 5), (4, -i64::MAX as isize, 1));
        assert_eq!(adjust(None, None, -1, 0), (-1, -1, 0));
    }
}

//! `range` and its iterator. Its numbers are int objects of any size; where all are inline, what is asked of it is
//! answered with machine integers.

use std::sync::atomic::{AtomicI64, Ordering};

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed};

use crate::heap::{Cell, Gc, Header, Kind, Slot, Tracer, Value};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, member, native};
use crate::vm::ops;
use crate::vm::{Raised, Thread};

use super::int::{self, IntRef, arith};
use super::slice::{self, Slice};
use super::{kinds, str::Str};

/// Never changes once it is made.
#[repr(C)]
pub struct Range {
    pub header: Header,
    /// Int objects, as is the length.
    start: Value,
    stop: Value,
    step: Value,
    length: Value,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Range {
    const KIND: Kind = kinds::RANGE;
    fn trace(&self, tracer: &mut Tracer) {
        for value in [self.start, self.stop, self.step, self.length] {
            tracer.value(value);
        }
    }
}

/// The iterator of a range.
///
/// Its whole state is one word, so threads that share it may see a number twice or miss one, but never one that is not
/// in the range.
#[repr(C)]
pub struct RangeIter {
    pub header: Header,
    /// How many numbers are still to come; 0 from the start for a range whose numbers are not all inline.
    remaining: AtomicI64,
    /// What would come after the last number.
    end: i64,
    step: i64,
    /// The range, where not all of its numbers are inline.
    big: Value,
    /// An int object: how many numbers of `big` have been handed out.
    position: Slot,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for RangeIter {
    const KIND: Kind = kinds::RANGE_ITER;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self.big);
        tracer.slot(&self.position);
    }
}

impl RangeIter {
    /// The next number, which fits an inline integer. `None`: it is exhausted, or its numbers are large; [`RangeIter::next`] knows.
    #[inline(always)]
    pub fn advance(&self) -> Option<i64> {
        let remaining = self.remaining.load(Ordering::Relaxed);
        if remaining <= 0 {
            return None;
        }
        self.remaining.store(remaining - 1, Ordering::Relaxed);
        Some(self.end - remaining * self.step)
    }

    /// Hands out numbers, as [`RangeIter::advance`] does one, until `is_asked` or there are no more. What is left is not read
    /// back before the next number, only compared with what is there, so that no turn waits for the one before it.
    #[inline(always)]
    pub fn advance_until(&self, is_asked: impl Fn() -> bool, mut turn: impl FnMut(i64)) {
        let (mut remaining, mut number) = (0, 0);
        while !is_asked() {
            let now = self.remaining.load(Ordering::Relaxed);
            if now != remaining {
                // The first turn, or another thread was here.
                (remaining, number) = (now, self.end.wrapping_sub(now.wrapping_mul(self.step)));
            }
            if remaining <= 0 {
                return;
            }
            turn(number);
            remaining -= 1;
            number = number.wrapping_add(self.step);
            self.remaining.store(remaining, Ordering::Relaxed);
        }
    }

    /// The next number, whatever its size; `None` when the range is exhausted.
    #[inline]
    pub fn next(&self, th: &Thread) -> Option<Value> {
        match self.advance() {
            Some(i) => Some(Value::small_int(i)),
            None if self.big.is_empty() => None,
            None => self.next_big(th),
        }
    }

    #[cold]
    fn next_big(&self, th: &Thread) -> Option<Value> {
        let range = self.big.downcast::<Range>()?;
        let position = IntRef::of(self.position.get())?;
        if int::compare(position, range.length()) != std::cmp::Ordering::Less {
            return None;
        }
        self.position.set(arith::add(th, position, IntRef::Small(1)));
        Some(range.at(&position.to_big()).map_or(Value::NONE, |number| int::from_big(th, number)))
    }

    fn remaining(&self, th: &Thread) -> Value {
        match self.big.downcast::<Range>().map(|range| range.length()).zip(IntRef::of(self.position.get())) {
            Some((length, position)) => arith::sub(th, length, position),
            None => Value::small_int(self.remaining.load(Ordering::Relaxed).max(0)),
        }
    }
}

/// A range of machine integers, all inline.
#[derive(Clone, Copy)]
struct Small {
    start: i64,
    step: i64,
    length: i64,
}

impl Small {
    /// What would come after its last number; 48-bit bounds cannot overflow it.
    fn end(self) -> i64 {
        self.start + self.length * self.step
    }

    fn position(self, number: i64) -> Option<i64> {
        let distance = number.checked_sub(self.start)?;
        let position = distance / self.step;
        (distance % self.step == 0 && (0..self.length).contains(&position)).then_some(position)
    }
}

impl Range {
    #[inline]
    fn small(&self) -> Option<Small> {
        if !self.length.is_int() {
            return None;
        }
        self.stop.as_small_int()?;
        Some(Small {
            start: self.start.as_small_int()?,
            step: self.step.as_small_int()?,
            length: self.length.as_int_unchecked(),
        })
    }

    fn int(v: Value) -> IntRef<'static> {
        IntRef::of(v).unwrap_or(IntRef::Small(0))
    }

    fn length(&self) -> IntRef<'static> {
        Range::int(self.length)
    }

    /// How many numbers it has, or OverflowError.
    pub fn len(&self, th: &Thread) -> Result<usize> {
        slice::index_sized(th, &self.length().to_big())
    }

    /// The number at a position (from 0, below the length), `None` outside.
    fn at(&self, position: &BigInt) -> Option<BigInt> {
        if position.is_negative() || *position >= self.length().to_big() {
            return None;
        }
        Some(self.number(position))
    }

    fn number(&self, position: &BigInt) -> BigInt {
        Range::int(self.start).to_big() + position * Range::int(self.step).to_big()
    }

    /// Where an integer lies in it.
    fn position(&self, th: &Thread, number: IntRef) -> Option<Value> {
        if let (Some(small), Some(number)) = (self.small(), number.to_i64()) {
            return small.position(number).map(Value::small_int);
        }
        let (position, rest) =
            (number.to_big() - Range::int(self.start).to_big()).div_rem(&Range::int(self.step).to_big());
        (rest == BigInt::ZERO && self.at(&position).is_some()).then(|| int::from_big(th, position))
    }
}

/// A range of three int objects; ValueError for a step of zero.
pub fn new(th: &Thread, start: Value, stop: Value, step: Value) -> Result<Gc<Range>> {
    let length = match (start.as_small_int(), stop.as_small_int(), step.as_small_int()) {
        (_, _, Some(0)) => return Err(th.value_error("range() arg 3 must not be zero")),
        (Some(start), Some(stop), Some(step)) => int::from_i64(th, slice::count(start, stop, step)),
        _ => {
            let [start, stop, step] = [start, stop, step].map(|v| Range::int(v).to_big());
            int::from_big(th, slice::count_big(&start, &stop, &step))
        }
    };
    Ok(th.alloc(Range { header: Header::of_kind(kinds::RANGE), start, stop, step, length }))
}

/// `iter(range)`
pub fn iter(th: &Thread, range: Gc<Range>) -> Gc<RangeIter> {
    let header = Header::of_kind(kinds::RANGE_ITER);
    match range.small() {
        Some(small) => th.alloc(RangeIter {
            header,
            remaining: AtomicI64::new(small.length),
            end: small.end(),
            step: small.step,
            big: Value::EMPTY,
            position: Slot::default(),
        }),
        None => {
            let iterator = RangeIter {
                header,
                remaining: AtomicI64::new(0),
                end: 0,
                step: 0,
                big: range.value(),
                position: Slot::new(Value::small_int(0)),
            };
            th.instantiate(th.vm().class(&LONG_RANGE_ITERATOR), iterator)
        }
    }
}

pub static RANGE: TypeDef = TypeDef {
    methods: METHODS,
    getset: GETSET,
    quick: Some(|th, args| match *args {
        [stop] => Some(range_of(th, Value::small_int(0), stop, Value::small_int(1))),
        [start, stop] => Some(range_of(th, start, stop, Value::small_int(1))),
        [start, stop, step] => Some(range_of(th, start, stop, step)),
        _ => None,
    }),
    ..TypeDef::new(
        "range",
        kinds::RANGE,
        "range(stop)\nrange(start, stop[, step])\n\nThe integers from start (0) to before stop, in steps: computed when they are asked for.",
    )
};

pub static RANGE_ITERATOR: TypeDef =
    TypeDef { methods: ITERATOR_METHODS, ..TypeDef::new("range_iterator", kinds::RANGE_ITER, "") };

/// Over numbers that are too large for machine words.
pub static LONG_RANGE_ITERATOR: TypeDef =
    TypeDef { methods: ITERATOR_METHODS, ..TypeDef::new("longrange_iterator", kinds::RANGE_ITER, "") };

const ITERATOR_METHODS: &[NativeDef] = &[
    native("__iter__", "($self, /)", "Return itself.", |_, args| Ok(args[0])),
    native("__next__", "($self, /)", "Return the next number.", iterator_next),
    native("__length_hint__", "($self, /)", "How many numbers are still to come.", iterator_length_hint),
    native("__reduce__", "($self, /)", "Return the state for pickling.", iterator_reduce),
    native("__setstate__", "($self, state, /)", "Set state information for unpickling.", iterator_set_state),
];

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, start, stop=<unrepresentable>, step=1, /)", "Create a range.", range_new).static_method(),
    native("__repr__", "($self, /)", "Return repr(self).", range_repr),
    native("__len__", "($self, /)", "Return len(self).", |th, a| Ok(th.int(this(a[0]).len(th)? as i64))),
    native("__bool__", "($self, /)", "True if self else False", |_, a| Ok(Value::bool(!this(a[0]).length().is_zero()))),
    native("__getitem__", "($self, key, /)", "Return self[key].", range_get_item),
    native("__contains__", "($self, key, /)", "Return bool(key in self).", range_contains),
    native("__iter__", "($self, /)", "Implement iter(self).", |th, a| Ok(iter(th, this(a[0])).value())),
    native("__reversed__", "($self, /)", "Return a reverse iterator.", range_reversed),
    native("__eq__", "($self, value, /)", "Return self==value.", range_eq),
    native("__hash__", "($self, /)", "Return hash(self).", range_hash),
    native("count", "($self, object, /)", "How many numbers of the range equal value.", range_count),
    native(
        "index",
        "($self, object, /)",
        "Where value lies in the range. Raises ValueError if it does not.",
        range_index,
    ),
    native("__reduce__", "($self, /)", "Return the state for pickling.", range_reduce),
];

const GETSET: &[GetSetDef] = &[
    member("start", "The first number.", |_, r| Ok(this(r).start)),
    member("stop", "The number to stop before.", |_, r| Ok(this(r).stop)),
    member("step", "The distance between numbers.", |_, r| Ok(this(r).step)),
];

fn this(v: Value) -> Gc<Range> {
    match v.downcast::<Range>() {
        Some(range) => range,
        None => unreachable!("methods found on a type get an instance of it"),
    }
}

/// An argument as an int object.
#[inline]
fn index(th: &Thread, v: Value) -> Result {
    if v.is_int() { Ok(v) } else { ops::index(th, v) }
}

fn range_new(th: &Thread, args: &[Value]) -> Result {
    if args[2].is_empty() {
        return range_of(th, Value::small_int(0), args[1], Value::small_int(1));
    }
    range_of(th, args[1], args[2], if args[3].is_empty() { Value::small_int(1) } else { args[3] })
}

fn range_of(th: &Thread, start: Value, stop: Value, step: Value) -> Result {
    let (start, stop) = (index(th, start)?, index(th, stop)?);
    Ok(new(th, start, stop, index(th, step)?)?.value())
}

fn range_repr(th: &Thread, args: &[Value]) -> Result {
    let range = this(args[0]);
    let (start, stop) = (ops::repr(th, range.start)?, ops::repr(th, range.stop)?);
    let mut text = [b"range(", start.wtf8(), b", ", stop.wtf8()].concat();
    if range.step != Value::small_int(1) {
        text.extend_from_slice(b", ");
        text.extend_from_slice(ops::repr(th, range.step)?.wtf8());
    }
    text.push(b')');
    Ok(Str::from_wtf8(th, &text).value())
}

fn out_of_range(th: &Thread) -> Raised {
    th.index_error("range object index out of range")
}

/// `range[key]` for an index or a slice.
pub fn get_item(th: &Thread, range: Gc<Range>, key: Value) -> Result {
    if let (Some(index), Some(small)) = (key.as_small_int(), range.small()) {
        let at = if index < 0 { index + small.length } else { index };
        if at < 0 || at >= small.length {
            return Err(out_of_range(th));
        }
        return Ok(Value::small_int(small.start + at * small.step));
    }
    if let Some(slice) = key.downcast::<Slice>() {
        let [start, stop, step] = slice.resolve_big(th, &range.length().to_big())?;
        let step = int::from_big(th, step * Range::int(range.step).to_big());
        let (start, stop) = (range.number(&start), range.number(&stop));
        return Ok(new(th, int::from_big(th, start), int::from_big(th, stop), step)?.value());
    }
    if th.lookup(th.class_of(key), th.vm().names.__index__).is_none() {
        let class = th.type_name(key);
        return Err(th.type_error(format_args!("range indices must be integers or slices, not {class}")));
    }
    let index = Range::int(ops::index(th, key)?).to_big();
    let at = if index.is_negative() { index + range.length().to_big() } else { index };
    range.at(&at).map(|number| int::from_big(th, number)).ok_or_else(|| out_of_range(th))
}

fn range_get_item(th: &Thread, args: &[Value]) -> Result {
    get_item(th, this(args[0]), args[1])
}

/// What a search by `==` finds, for objects that are no integers.
fn search(th: &Thread, range: Gc<Range>, object: Value, mut found: impl FnMut(i64) -> bool) -> Result<()> {
    let numbers = iter(th, range);
    let mut at = 0;
    while let Some(number) = numbers.next(th) {
        if ops::equal(th, number, object)? && !found(at) {
            return Ok(());
        }
        at += 1;
        th.poll()?;
    }
    Ok(())
}

/// `item in range`
pub fn contains(th: &Thread, range: Gc<Range>, item: Value) -> Result<bool> {
    if let Some(number) = IntRef::of_exact(item) {
        return Ok(range.position(th, number).is_some());
    }
    let mut any = false;
    search(th, range, item, |_| {
        any = true;
        false
    })?;
    Ok(any)
}

fn range_contains(th: &Thread, args: &[Value]) -> Result {
    contains(th, this(args[0]), args[1]).map(Value::bool)
}

fn range_count(th: &Thread, args: &[Value]) -> Result {
    let range = this(args[0]);
    if let Some(number) = IntRef::of_exact(args[1]) {
        return Ok(Value::small_int(range.position(th, number).is_some() as i64));
    }
    let mut count = 0;
    search(th, range, args[1], |_| {
        count += 1;
        true
    })?;
    Ok(th.int(count))
}

fn range_index(th: &Thread, args: &[Value]) -> Result {
    let range = this(args[0]);
    let mut position = None;
    if let Some(number) = IntRef::of_exact(args[1]) {
        position = range.position(th, number);
        if position.is_none() {
            return Err(th.value_error("range.index(x): x not in range"));
        }
    } else {
        search(th, range, args[1], |at| {
            position = Some(th.int(at));
            false
        })?;
    }
    position.ok_or_else(|| th.value_error("sequence.index(x): x not in sequence"))
}

fn range_reversed(th: &Thread, args: &[Value]) -> Result {
    let range = this(args[0]);
    let length = range.length().to_big();
    let step = Range::int(range.step);
    let (first, stop) = (range.number(&(length - BigInt::one())), range.number(&BigInt::from(-1)));
    let step = arith::neg(th, step);
    Ok(iter(th, new(th, int::from_big(th, first), int::from_big(th, stop), step)?).value())
}

/// What equality is about: length, and as far as they matter, first number and step.
fn identity(range: Gc<Range>) -> [Value; 3] {
    match range.length {
        none if none == Value::small_int(0) => [none, Value::NONE, Value::NONE],
        one if one == Value::small_int(1) => [one, range.start, Value::NONE],
        many => [many, range.start, range.step],
    }
}

fn range_eq(_: &Thread, args: &[Value]) -> Result {
    let (Some(a), Some(b)) = (args[0].downcast::<Range>(), args[1].downcast::<Range>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let same = |a: Value, b: Value| match (IntRef::of(a), IntRef::of(b)) {
        (Some(a), Some(b)) => int::compare(a, b).is_eq(),
        _ => a == b,
    };
    Ok(Value::bool(identity(a).into_iter().zip(identity(b)).all(|(a, b)| same(a, b))))
}

fn range_hash(th: &Thread, args: &[Value]) -> Result {
    Ok(th.int(ops::hash(th, th.tuple(&identity(this(args[0]))))?))
}

fn range_reduce(th: &Thread, args: &[Value]) -> Result {
    let range = this(args[0]);
    let numbers = th.tuple(&[range.start, range.stop, range.step]);
    Ok(th.tuple(&[th.class_of(args[0]).value(), numbers]))
}

fn iterator_this(v: Value) -> Gc<RangeIter> {
    match v.downcast::<RangeIter>() {
        Some(iterator) => iterator,
        None => unreachable!("methods found on a type get an instance of it"),
    }
}

fn iterator_next(th: &Thread, args: &[Value]) -> Result {
    match iterator_this(args[0]).next(th) {
        Some(number) => Ok(number),
        None => Err(th.raise_with(super::exception::Exc::StopIteration, &[])),
    }
}

fn iterator_length_hint(th: &Thread, args: &[Value]) -> Result {
    Ok(iterator_this(args[0]).remaining(th))
}

/// `iter(the rest as a range)`.
fn iterator_reduce(th: &Thread, args: &[Value]) -> Result {
    let iterator = iterator_this(args[0]);
    let rest = match iterator.big.downcast::<Range>().zip(IntRef::of(iterator.position.get())) {
        Some((range, position)) => {
            new(th, int::from_big(th, range.number(&position.to_big())), range.stop, range.step)?
        }
        None => {
            let left = iterator.remaining.load(Ordering::Relaxed).max(0);
            let step = if iterator.step == 0 { 1 } else { iterator.step };
            new(th, th.int(iterator.end - left * step), th.int(iterator.end), th.int(step))?
        }
    };
    let builtin = th.vm().builtin(th, "iter").unwrap_or(Value::NONE);
    Ok(th.tuple(&[builtin, th.tuple(&[rest.value()]), Value::NONE]))
}

/// Steps over so many numbers.
fn iterator_set_state(th: &Thread, args: &[Value]) -> Result {
    let iterator = iterator_this(args[0]);
    if let Some((range, position)) = iterator.big.downcast::<Range>().zip(IntRef::of(iterator.position.get())) {
        let Some(count) = IntRef::of(args[1]) else {
            return Err(th.type_error(format_args!("state must be an int, not {}", th.type_name(args[1]))));
        };
        let there = (position.to_big() + count.to_big().max(BigInt::ZERO)).min(range.length().to_big());
        iterator.position.set(int::from_big(th, there));
    } else {
        let count = ops::index_i64(th, args[1])?;
        let left = iterator.remaining.load(Ordering::Relaxed).max(0);
        iterator.remaining.store(left - count.clamp(0, left), Ordering::Relaxed);
    }
    Ok(Value::NONE)
}

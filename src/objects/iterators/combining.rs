//! Iterators made of other iterators: `enumerate`, `zip`, `map`, `filter`, `reversed`.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use crate::heap::{Cell, Gc, Header, Kind, Slot, Tracer, Value};
use crate::objects::class::Class;
use crate::objects::dict::Dict;
use crate::objects::kinds;
use crate::objects::range::RangeIter;
use crate::objects::tuple::Tuple;
use crate::vm::native::{Result, TypeDef, native};
use crate::vm::ops::{self, BinaryOp};
use crate::vm::{Thread, ops::recurse};

use super::resume::{REDUCE_CLASS, SET_STRICT};
use super::sequences::{ListIter, StrIter, TupleIter};
use super::{ITER, Made, NEXT, REDUCE, SET_STATE, until_out_of_range};

/// The class that a `__new__` was called for.
fn class_argument(th: &Thread, args: &[Value]) -> Result<Gc<Class>> {
    args[0].as_class().ok_or_else(|| th.type_error("__new__(X): X is not a type object"))
}

/// The next item of an iterator inside another one. Those over plain containers hold no further one, so that they need no
/// look at the depth of the recursion.
#[inline(always)]
fn next_within(th: &Thread, iterator: Value) -> Result<Option<Value>> {
    if let Some(list) = iterator.downcast::<ListIter>() {
        return Ok(list.next());
    }
    if let Some(range) = iterator.downcast::<RangeIter>() {
        return Ok(range.next(th));
    }
    if let Some(text) = iterator.downcast::<StrIter>() {
        return Ok(text.next(th));
    }
    if let Some(tuple) = iterator.downcast::<TupleIter>() {
        return Ok(tuple.next());
    }
    recurse(th, "", || ops::next(th, iterator))
}

// ---- enumerate

#[repr(C)]
pub struct Enumerate {
    pub header: Header,
    iterator: Value,
    /// The number of the next item.
    count: Slot,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Enumerate {
    const KIND: Kind = kinds::ENUMERATE;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self.iterator);
        tracer.slot(&self.count);
    }
}

impl Enumerate {
    fn over(iterator: Value, count: Value) -> Enumerate {
        Enumerate { header: Header::of_kind(kinds::ENUMERATE), iterator, count: Slot::new(count) }
    }

    pub(super) fn parts(&self) -> Vec<Value> {
        vec![self.iterator, self.count.get()]
    }

    pub fn next(&self, th: &Thread) -> Result<Option<Value>> {
        Ok(self.next_pair(th)?.map(|(count, item)| th.tuple(&[count, item])))
    }

    /// The next pair where that takes no call, and so no register to save: of a list or of ASCII, before its end. (`levenshtein`)
    #[inline(always)]
    pub(super) fn quick_pair(&self, th: &Thread) -> Option<(Value, Value)> {
        let count = self.count.get();
        let next = Value::try_int(count.as_small_int()? + 1)?;
        let item = match self.iterator.downcast::<ListIter>() {
            Some(list) => list.next()?,
            None => self.iterator.downcast::<StrIter>()?.quick_next(th)?,
        };
        self.count.set(next);
        Some((count, item))
    }

    #[inline]
    pub fn next_pair(&self, th: &Thread) -> Result<Option<(Value, Value)>> {
        let Some(item) = next_within(th, self.iterator)? else { return Ok(None) };
        let count = self.count.get();
        self.count.set(match count.as_small_int().and_then(|i| Value::try_int(i + 1)) {
            Some(next) => next,
            None => ops::binary(th, BinaryOp::Add, count, Value::small_int(1))?,
        });
        Ok(Some((count, item)))
    }
}

fn enumerate_new(th: &Thread, args: &[Value]) -> Result {
    let class = class_argument(th, args)?;
    if args[1].is_empty() {
        return Err(th.type_error("enumerate() missing required argument 'iterable'"));
    }
    let count = if args[2].is_empty() { Value::small_int(0) } else { ops::index(th, args[2])? };
    let iterator = ops::iter(th, args[1])?;
    Ok(th.instantiate(class, Enumerate::over(iterator, count)).value())
}

pub static ENUMERATE: TypeDef = TypeDef {
    subclassable: true,
    quick: Some(|th, args| {
        let (iterable, count) = match *args {
            [iterable] => (iterable, Value::small_int(0)),
            [iterable, count] if count.is_int() => (iterable, count),
            _ => return None,
        };
        Some(ops::iter(th, iterable).map(|iterator| th.alloc(Enumerate::over(iterator, count)).value()))
    }),
    methods: &[
        native("__new__", "(cls, iterable=<unrepresentable>, start=0)", "Create an enumerate object.", enumerate_new)
            .static_method()
            .keywords(),
        ITER,
        NEXT,
        REDUCE_CLASS,
        crate::objects::generic_alias::CLASS_GETITEM,
    ],
    ..TypeDef::new(
        "enumerate",
        kinds::ENUMERATE,
        "Yields pairs of a count (from start on) and an item of the iterable.",
    )
};

// ---- zip and map: several iterators at once

/// The next items of several iterators, in a tuple, or `None` when one is exhausted; with `strict`, all have to be
/// exhausted at once.
#[inline]
fn next_of_each(th: &Thread, name: &str, iterators: Gc<Tuple>, strict: bool) -> Result<Option<Gc<Tuple>>> {
    th.check_recursion("")?;
    let items = Tuple::unfilled(th, iterators.len());
    for (at, iterator) in iterators.items().iter().enumerate() {
        match ops::next(th, *iterator)? {
            Some(item) => items.fill(at, item),
            None if strict => return check_exhausted(th, name, iterators, at).map(|()| None),
            None => return Ok(None),
        }
    }
    Ok(Some(items))
}

/// Iterator number `at` was the first to be exhausted: none may have an item left that the others before it gave.
#[cold]
fn check_exhausted(th: &Thread, name: &str, iterators: Gc<Tuple>, at: usize) -> Result<()> {
    let arguments = |count: usize| if count == 1 { "argument 1".to_owned() } else { format!("arguments 1-{count}") };
    if at > 0 {
        let shorter = format_args!("{name}() argument {} is shorter than {}", at + 1, arguments(at)).to_string();
        return Err(th.value_error(shorter));
    }
    for (other, iterator) in iterators.items().iter().enumerate().skip(1) {
        if ops::next(th, *iterator)?.is_some() {
            let longer =
                format_args!("{name}() argument {} is longer than {}", other + 1, arguments(other)).to_string();
            return Err(th.value_error(longer));
        }
    }
    Ok(())
}

/// The iterators of all of `iterables`.
fn iterators_of(th: &Thread, iterables: &[Value]) -> Result<Gc<Tuple>> {
    let iterators = Tuple::unfilled(th, iterables.len());
    for (at, iterable) in iterables.iter().enumerate() {
        iterators.fill(at, ops::iter(th, *iterable)?);
    }
    Ok(iterators)
}

fn is_strict(th: &Thread, argument: Value) -> Result<bool> {
    if argument.is_empty() { Ok(false) } else { ops::truthy(th, argument) }
}

#[repr(C)]
pub struct Zip {
    pub header: Header,
    iterators: Gc<Tuple>,
    strict: AtomicBool,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Zip {
    const KIND: Kind = kinds::ZIP;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.iterators);
    }
}

impl Zip {
    fn over(iterators: Gc<Tuple>, strict: bool) -> Zip {
        Zip { header: Header::of_kind(kinds::ZIP), iterators, strict: AtomicBool::new(strict) }
    }

    fn is_strict(&self) -> bool {
        self.strict.load(Ordering::Relaxed)
    }

    pub(super) fn set_strict(&self, strict: bool) {
        self.strict.store(strict, Ordering::Relaxed);
    }

    pub(super) fn parts(&self) -> (Vec<Value>, bool) {
        (self.iterators.items().to_vec(), self.is_strict())
    }

    #[inline]
    pub fn next(&self, th: &Thread) -> Result<Option<Value>> {
        if self.iterators.is_empty() {
            return Ok(None);
        }
        Ok(next_of_each(th, "zip", self.iterators, self.is_strict())?.map(Gc::value))
    }

    /// The next pair, if it is over two iterables.
    #[inline]
    pub fn next_pair(&self, th: &Thread) -> Option<Result<Option<(Value, Value)>>> {
        let [first, second] = *self.iterators.items() else { return None };
        if self.is_strict() {
            return None;
        }
        Some(match next_within(th, first) {
            Ok(Some(first)) => next_within(th, second).map(|second| second.map(|second| (first, second))),
            Ok(None) => Ok(None),
            Err(raised) => Err(raised),
        })
    }
}

fn zip_new(th: &Thread, args: &[Value]) -> Result {
    let class = class_argument(th, args)?;
    let strict = is_strict(th, args[2])?;
    let Some(iterables) = args[1].downcast::<Tuple>() else { return Ok(Value::NONE) };
    Ok(th.instantiate(class, Zip::over(iterators_of(th, iterables.items())?, strict)).value())
}

pub static ZIP: TypeDef = TypeDef {
    subclassable: true,
    quick: Some(|th, args| Some(iterators_of(th, args).map(|iterators| th.alloc(Zip::over(iterators, false)).value()))),
    methods: &[
        native("__new__", "(cls, /, *iterables, strict=False)", "Create a zip object.", zip_new).static_method(),
        ITER,
        NEXT,
        REDUCE_CLASS,
        SET_STRICT,
    ],
    ..TypeDef::new("zip", kinds::ZIP, "Yields tuples of one item of each iterable, until the shortest is exhausted.")
};

#[repr(C)]
pub struct Map {
    pub header: Header,
    function: Value,
    iterators: Gc<Tuple>,
    strict: AtomicBool,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Map {
    const KIND: Kind = kinds::MAP;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self.function);
        tracer.cell(self.iterators);
    }
}

impl Map {
    fn is_strict(&self) -> bool {
        self.strict.load(Ordering::Relaxed)
    }

    pub(super) fn set_strict(&self, strict: bool) {
        self.strict.store(strict, Ordering::Relaxed);
    }

    pub(super) fn parts(&self) -> (Vec<Value>, bool) {
        (std::iter::once(self.function).chain(self.iterators.items().iter().copied()).collect(), self.is_strict())
    }

    #[inline]
    pub fn next(&self, th: &Thread) -> Result<Option<Value>> {
        if let [iterator] = *self.iterators.items() {
            let Some(item) = recurse(th, "", || ops::next(th, iterator))? else { return Ok(None) };
            return th.call(self.function, &[item]).map(Some);
        }
        let Some(items) = next_of_each(th, "map", self.iterators, self.is_strict())? else { return Ok(None) };
        th.call(self.function, items.items()).map(Some)
    }
}

fn map_new(th: &Thread, args: &[Value]) -> Result {
    let class = class_argument(th, args)?;
    let strict = is_strict(th, args[2])?;
    let arguments = args[1].downcast::<Tuple>();
    let Some([function, iterables @ ..]) = arguments.map(|tuple| tuple.items()) else {
        return Err(th.type_error("map() must have at least two arguments."));
    };
    if iterables.is_empty() {
        return Err(th.type_error("map() must have at least two arguments."));
    }
    let iterators = iterators_of(th, iterables)?;
    let map =
        Map { header: Header::of_kind(kinds::MAP), function: *function, iterators, strict: AtomicBool::new(strict) };
    Ok(th.instantiate(class, map).value())
}

pub static MAP: TypeDef = TypeDef {
    subclassable: true,
    methods: &[
        native("__new__", "(cls, /, *args, strict=False)", "Create a map object.", map_new).static_method(),
        ITER,
        NEXT,
        REDUCE_CLASS,
        SET_STRICT,
    ],
    ..TypeDef::new("map", kinds::MAP, "Calls a function with the items of one or more iterables, side by side.")
};

// ---- filter

#[repr(C)]
pub struct Filter {
    pub header: Header,
    function: Value,
    iterator: Value,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Filter {
    const KIND: Kind = kinds::FILTER;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self.function);
        tracer.value(self.iterator);
    }
}

impl Filter {
    pub(super) fn parts(&self) -> Vec<Value> {
        vec![self.function, self.iterator]
    }

    pub fn next(&self, th: &Thread) -> Result<Option<Value>> {
        while let Some(item) = recurse(th, "", || ops::next(th, self.iterator))? {
            let verdict = if self.function.is_none() { item } else { th.call(self.function, &[item])? };
            if ops::truthy(th, verdict)? {
                return Ok(Some(item));
            }
        }
        Ok(None)
    }
}

fn filter_new(th: &Thread, args: &[Value]) -> Result {
    let class = class_argument(th, args)?;
    let iterator = ops::iter(th, args[2])?;
    let header = Header::of_kind(kinds::FILTER);
    Ok(th.instantiate(class, Filter { header, function: args[1], iterator }).value())
}

pub static FILTER: TypeDef = TypeDef {
    subclassable: true,
    methods: &[
        native("__new__", "(cls, function, iterable, /)", "Create a filter object.", filter_new).static_method(),
        ITER,
        NEXT,
        REDUCE_CLASS,
    ],
    ..TypeDef::new(
        "filter",
        kinds::FILTER,
        "Yields those items for which the function is true; with None, the true ones.",
    )
};

// ---- reversed

/// Over a sequence from its end, by `__len__` and `__getitem__`.
#[repr(C)]
pub struct Reversed {
    pub header: Header,
    /// `EMPTY` once exhausted.
    sequence: Slot,
    /// The index of the next item; negative at the end.
    index: AtomicI64,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Reversed {
    const KIND: Kind = kinds::REVERSED;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.sequence);
    }
}

impl Reversed {
    pub(super) fn made(&self, th: &Thread) -> Made {
        match self.sequence.get() {
            sequence if sequence.is_empty() => Made { by: "reversed", of: vec![th.tuple(&[])], state: None },
            sequence => Made { by: "reversed", of: vec![sequence], state: Some(self.index.load(Ordering::Relaxed)) },
        }
    }

    pub(super) fn seek(&self, th: &Thread, index: i64) -> Result<()> {
        let sequence = self.sequence.get();
        if !sequence.is_empty() {
            let len = ops::len(th, sequence)? as i64;
            self.index.store(index.clamp(-1, (len - 1).max(-1)), Ordering::Relaxed);
        }
        Ok(())
    }

    pub fn next(&self, th: &Thread) -> Result<Option<Value>> {
        let (sequence, index) = (self.sequence.get(), self.index.load(Ordering::Relaxed));
        let mut item = None;
        if index >= 0 && !sequence.is_empty() {
            item = until_out_of_range(th, ops::get_item(th, sequence, th.int(index)))?;
            self.index.store(index - 1, Ordering::Relaxed);
        }
        if item.is_none() {
            self.sequence.set(Value::EMPTY);
        }
        Ok(item)
    }
}

fn reversed_new(th: &Thread, args: &[Value]) -> Result {
    reversed_of(th, class_argument(th, args)?, args[1])
}

fn reversed_of(th: &Thread, class: Gc<Class>, sequence: Value) -> Result {
    let (names, of) = (&th.vm().names, th.class_of(sequence));
    let not_reversible = || Err(th.type_error(format_args!("'{}' object is not reversible", of.name())));
    match th.lookup(of, names.__reversed__) {
        Some(Value::NONE) => return not_reversible(),
        Some(_) => {
            if let Some(iterator) = th.call_special(sequence, names.__reversed__, &[]) {
                return iterator;
            }
        }
        None => {}
    }
    if th.lookup(of, names.__getitem__).is_none() || sequence.downcast::<Dict>().is_some() {
        return not_reversible();
    }
    let len = ops::len(th, sequence)? as i64;
    let header = Header::of_kind(kinds::REVERSED);
    let reversed = Reversed { header, sequence: Slot::new(sequence), index: AtomicI64::new(len - 1) };
    Ok(th.instantiate(class, reversed).value())
}

fn reversed_length_hint(th: &Thread, args: &[Value]) -> Result {
    let Some(reversed) = args[0].downcast::<Reversed>() else { return Ok(Value::small_int(0)) };
    let (sequence, left) = (reversed.sequence.get(), reversed.index.load(Ordering::Relaxed) + 1);
    if sequence.is_empty() {
        return Ok(Value::small_int(0));
    }
    let len = ops::len(th, sequence)? as i64;
    Ok(th.int(if len < left { 0 } else { left }))
}

pub static REVERSED: TypeDef = TypeDef {
    subclassable: true,
    quick: Some(|th, args| match args {
        [sequence] => Some(reversed_of(th, th.vm().class_of_kind(kinds::REVERSED), *sequence)),
        _ => None,
    }),
    methods: &[
        native("__new__", "(cls, object, /)", "Create a reversed object.", reversed_new).static_method(),
        ITER,
        NEXT,
        REDUCE,
        SET_STATE,
        native(
            "__length_hint__",
            "($self, /)",
            "Private method returning an estimate of len(list(it)).",
            reversed_length_hint,
        ),
    ],
    ..TypeDef::new("reversed", kinds::REVERSED, "Yields the items of a sequence from its end.")
};

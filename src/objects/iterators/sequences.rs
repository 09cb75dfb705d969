//! Iterators over lists, tuples, strings, anything with `__getitem__`, and calls until a sentinel.

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use crate::heap::{Cell, Gc, GcSlot, Header, Kind, Slot, Tracer, Value};
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::{Thread, ops};

use super::{ITER, Made, NEXT, REDUCE, SET_STATE, until_out_of_range};

/// Over a list as it is when each item is asked for. Once exhausted it stays so, even if the list grows.
#[repr(C)]
pub struct ListIter {
    pub header: Header,
    list: GcSlot<List>,
    position: AtomicUsize,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for ListIter {
    const KIND: Kind = kinds::LIST_ITER;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.gc_slot(&self.list);
    }
}

impl ListIter {
    #[inline]
    pub fn new(th: &Thread, list: Gc<List>) -> Gc<ListIter> {
        let header = Header::of_kind(kinds::LIST_ITER);
        th.alloc(ListIter { header, list: GcSlot::new(Some(list)), position: AtomicUsize::new(0) })
    }

    #[inline(always)]
    pub fn next(&self) -> Option<Value> {
        let list = self.list.get()?;
        let at = self.position.load(Ordering::Relaxed);
        match list.at(at) {
            Some(item) => {
                self.position.store(at + 1, Ordering::Relaxed);
                Some(item)
            }
            None => {
                self.list.set(None);
                None
            }
        }
    }

    pub(super) fn made(&self, th: &Thread) -> Made {
        match self.list.get() {
            Some(list) => Made::by_iter(list.value(), Some(self.position.load(Ordering::Relaxed) as i64)),
            None => Made::by_iter(th.list(&[]), None),
        }
    }

    pub(super) fn seek(&self, position: i64) {
        if let Some(list) = self.list.get() {
            self.position.store(position.clamp(0, list.len() as i64) as usize, Ordering::Relaxed);
        }
    }

    fn remaining(&self) -> usize {
        self.list.get().map_or(0, |list| list.len().saturating_sub(self.position.load(Ordering::Relaxed)))
    }
}

#[repr(C)]
pub struct TupleIter {
    pub header: Header,
    tuple: Gc<Tuple>,
    position: AtomicUsize,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for TupleIter {
    const KIND: Kind = kinds::TUPLE_ITER;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.tuple);
    }
}

impl TupleIter {
    #[inline]
    pub fn new(th: &Thread, tuple: Gc<Tuple>) -> Gc<TupleIter> {
        th.alloc(TupleIter { header: Header::of_kind(kinds::TUPLE_ITER), tuple, position: AtomicUsize::new(0) })
    }

    #[inline(always)]
    pub fn next(&self) -> Option<Value> {
        let at = self.position.load(Ordering::Relaxed);
        let item = self.tuple.items().get(at).copied()?;
        self.position.store(at + 1, Ordering::Relaxed);
        Some(item)
    }

    pub(super) fn made(&self, th: &Thread) -> Made {
        match self.position.load(Ordering::Relaxed) {
            at if at < self.tuple.len() => Made::by_iter(self.tuple.value(), Some(at as i64)),
            _ => Made::by_iter(th.tuple(&[]), None),
        }
    }

    pub(super) fn seek(&self, position: i64) {
        if self.remaining() > 0 {
            self.position.store(position.clamp(0, self.tuple.len() as i64) as usize, Ordering::Relaxed);
        }
    }

    fn remaining(&self) -> usize {
        self.tuple.len() - self.position.load(Ordering::Relaxed)
    }
}

/// Over the characters of a string; the position is a byte offset.
#[repr(C)]
pub struct StrIter {
    pub header: Header,
    text: Gc<Str>,
    position: AtomicUsize,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for StrIter {
    const KIND: Kind = kinds::STR_ITER;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.text);
    }
}

impl StrIter {
    pub fn over(th: &Thread, text: Gc<Str>) -> Value {
        let kind = if text.is_ascii() && text.header.is_exact() { kinds::STR_ASCII_ITER } else { kinds::STR_ITER };
        let header = kinds::header_of_type::<StrIter>(kind);
        th.alloc(StrIter { header, text, position: AtomicUsize::new(0) }).value()
    }

    #[inline(always)]
    pub fn next(&self, th: &Thread) -> Option<Value> {
        if self.header.shape().0 == kinds::STR_ASCII_ITER.0 as u32 {
            let at = self.position.load(Ordering::Relaxed);
            let character = *self.text.wtf8().get(at)?;
            self.position.store(at + 1, Ordering::Relaxed);
            return Some(th.vm().singles.get(th, character).value());
        }
        self.next_wide(th)
    }

    /// The next character of ASCII that was seen before; `None` says nothing.
    #[inline(always)]
    pub(super) fn quick_next(&self, th: &Thread) -> Option<Value> {
        if self.header.shape().0 != kinds::STR_ASCII_ITER.0 as u32 {
            return None;
        }
        let at = self.position.load(Ordering::Relaxed);
        let character = th.vm().singles.made(*self.text.wtf8().get(at)?)?;
        self.position.store(at + 1, Ordering::Relaxed);
        Some(character.value())
    }

    #[inline(never)]
    fn next_wide(&self, th: &Thread) -> Option<Value> {
        let (character, position) = self.text.char_from_byte(th, self.position.load(Ordering::Relaxed))?;
        self.position.store(position, Ordering::Relaxed);
        Some(character.value())
    }

    pub(super) fn made(&self, th: &Thread) -> Made {
        match self.position.load(Ordering::Relaxed) {
            at if at < self.text.byte_count() => {
                Made::by_iter(self.text.value(), Some(self.text.char_offset(at) as i64))
            }
            _ => Made::by_iter(th.str(""), None),
        }
    }

    pub(super) fn seek(&self, th: &Thread, position: i64) {
        if self.remaining() > 0 {
            let at = self.text.byte_offset(th, position.max(0) as usize);
            self.position.store(at, Ordering::Relaxed);
        }
    }

    fn remaining(&self) -> usize {
        self.text.char_len() - self.text.char_offset(self.position.load(Ordering::Relaxed))
    }
}

/// The iterators that are rarely made: what they do is said by their role.
#[repr(C)]
pub struct Iterator {
    pub header: Header,
    role: Role,
    /// What it takes its items from; `EMPTY` once exhausted.
    source: Slot,
    /// The value that ends calls.
    sentinel: Value,
    position: AtomicI64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// `source[0]`, `source[1]`, … until IndexError.
    Items,
    /// The list `source` from its end.
    ListReversed,
    /// `source()` until it returns the sentinel.
    Calls,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Iterator {
    const KIND: Kind = kinds::ITERATOR;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.source);
        tracer.value(self.sentinel);
    }
}

fn new(th: &Thread, role: Role, source: Value, sentinel: Value, position: i64) -> Value {
    let kind = match role {
        Role::Items => kinds::ITERATOR,
        Role::ListReversed => kinds::LIST_REVERSE_ITER,
        Role::Calls => kinds::CALLABLE_ITER,
    };
    th.alloc(Iterator {
        header: kinds::header_of_type::<Iterator>(kind),
        role,
        source: Slot::new(source),
        sentinel,
        position: AtomicI64::new(position),
    })
    .value()
}

/// Over an object that has `__getitem__` and no `__iter__`.
pub fn over_items(th: &Thread, source: Value) -> Value {
    new(th, Role::Items, source, Value::NONE, 0)
}

/// `iter(callable, sentinel)`
pub fn over_calls(th: &Thread, callable: Value, sentinel: Value) -> Value {
    new(th, Role::Calls, callable, sentinel, 0)
}

/// `reversed(list)`
pub fn over_list_reversed(th: &Thread, list: Gc<List>) -> Value {
    new(th, Role::ListReversed, list.value(), Value::NONE, list.len() as i64 - 1)
}

impl Iterator {
    pub fn next(&self, th: &Thread) -> Result<Option<Value>> {
        let source = self.source.get();
        if source.is_empty() {
            return Ok(None);
        }
        let position = self.position.load(Ordering::Relaxed);
        let item = match self.role {
            Role::Items => {
                let item = until_out_of_range(th, ops::get_item(th, source, th.int(position)))?;
                self.position.store(position + 1, Ordering::Relaxed);
                item
            }
            Role::ListReversed => {
                self.position.store(position - 1, Ordering::Relaxed);
                source.downcast::<List>().and_then(|list| list.at(usize::try_from(position).ok()?))
            }
            Role::Calls => match th.call(source, &[]) {
                // The call has itself gone on to the end.
                Ok(_) if self.source.get().is_empty() => None,
                Ok(item) if ops::equal(th, self.sentinel, item)? => None,
                Ok(item) => Some(item),
                Err(raised) => th.caught(raised, crate::objects::exception::Exc::StopIteration).map(|_| None)?,
            },
        };
        if item.is_none() {
            self.source.set(Value::EMPTY);
        }
        Ok(item)
    }

    pub(super) fn made(&self, th: &Thread) -> Made {
        let source = self.source.get();
        let position = self.position.load(Ordering::Relaxed);
        match self.role {
            Role::ListReversed if source.is_empty() => Made { by: "reversed", of: vec![th.list(&[])], state: None },
            Role::ListReversed => Made { by: "reversed", of: vec![source], state: Some(position) },
            _ if source.is_empty() => Made::by_iter(th.tuple(&[]), None),
            Role::Items => Made::by_iter(source, Some(position)),
            Role::Calls => Made { by: "iter", of: vec![source, self.sentinel], state: None },
        }
    }

    pub(super) fn seek(&self, position: i64) {
        let source = self.source.get();
        let position = match (self.role, source.downcast::<List>()) {
            (Role::ListReversed, Some(list)) => position.clamp(-1, list.len() as i64 - 1),
            _ => position.max(0),
        };
        if !source.is_empty() {
            self.position.store(position, Ordering::Relaxed);
        }
    }

    /// `None` if the source has no length.
    fn remaining(&self, th: &Thread) -> Result<Option<usize>> {
        let source = self.source.get();
        let position = self.position.load(Ordering::Relaxed);
        if source.is_empty() {
            return Ok(Some(0));
        }
        match self.role {
            Role::Items if th.lookup(th.class_of(source), th.vm().names.__len__).is_none() => Ok(None),
            Role::Items => Ok(Some(ops::len(th, source)?.saturating_sub(position as usize))),
            Role::ListReversed => {
                let len = source.downcast::<List>().map_or(0, |list| list.len());
                Ok(usize::try_from(position + 1).ok().filter(|left| *left <= len).or(Some(0)))
            }
            Role::Calls => Ok(Some(0)),
        }
    }
}

fn length_hint(th: &Thread, args: &[Value]) -> Result {
    let it = args[0];
    let remaining = if let Some(it) = it.downcast::<ListIter>() {
        it.remaining()
    } else if let Some(it) = it.downcast::<TupleIter>() {
        it.remaining()
    } else if let Some(it) = it.downcast::<StrIter>() {
        it.remaining()
    } else if let Some(it) = it.downcast::<Iterator>() {
        match it.remaining(th)? {
            Some(remaining) => remaining,
            None => return Ok(Value::NOT_IMPLEMENTED),
        }
    } else {
        0
    };
    Ok(th.int(remaining as i64))
}

const LENGTH_HINT: NativeDef =
    native("__length_hint__", "($self, /)", "Private method returning an estimate of len(list(it)).", length_hint);

const METHODS: &[NativeDef] = &[ITER, NEXT, LENGTH_HINT, REDUCE, SET_STATE];

const fn iterator_type(name: &'static str, kind: Kind, doc: &'static str) -> TypeDef {
    TypeDef { methods: METHODS, ..TypeDef::new(name, kind, doc) }
}

pub static LIST_ITERATOR: TypeDef = iterator_type("list_iterator", kinds::LIST_ITER, "An iterator over a list.");
pub static TUPLE_ITERATOR: TypeDef = iterator_type("tuple_iterator", kinds::TUPLE_ITER, "An iterator over a tuple.");
pub static STR_ASCII_ITERATOR: TypeDef =
    iterator_type("str_ascii_iterator", kinds::STR_ASCII_ITER, "An iterator over the characters of an ASCII string.");
pub static STR_ITERATOR: TypeDef =
    iterator_type("str_iterator", kinds::STR_ITER, "An iterator over the characters of a string.");
pub static SEQUENCE_ITERATOR: TypeDef =
    iterator_type("iterator", kinds::ITERATOR, "An iterator over an object that has __getitem__.");
pub static LIST_REVERSE_ITERATOR: TypeDef =
    iterator_type("list_reverseiterator", kinds::LIST_REVERSE_ITER, "An iterator over a list from its end.");
pub static CALLABLE_ITERATOR: TypeDef = TypeDef {
    methods: &[ITER, NEXT, REDUCE],
    ..TypeDef::new("callable_iterator", kinds::CALLABLE_ITER, "An iterator over what a callable returns.")
};

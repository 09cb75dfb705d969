//! Iterators over bytes, bytearrays and memoryviews.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::heap::{Cell, Header, Kind, Slot, Tracer, Value};
use crate::objects::iterators::{ITER, Made, NEXT, REDUCE, SET_STATE};
use crate::objects::kinds;
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::{Thread, ops};

use super::{ByteArray, Bytes};

/// Over the bytes as they are when each is asked for. Once exhausted it stays so.
#[repr(C)]
pub struct BytesIter {
    pub header: Header,
    source: Slot,
    position: AtomicUsize,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for BytesIter {
    const KIND: Kind = kinds::BYTES_ITER;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.source);
    }
}

impl BytesIter {
    pub fn over(th: &Thread, source: Value) -> Value {
        let def = if source.downcast::<Bytes>().is_some() {
            &BYTES_ITERATOR
        } else if source.downcast::<ByteArray>().is_some() {
            &BYTEARRAY_ITERATOR
        } else {
            &MEMORY_ITERATOR
        };
        let iterator = BytesIter {
            header: Header::of_kind(kinds::BYTES_ITER),
            source: Slot::new(source),
            position: AtomicUsize::new(0),
        };
        th.instantiate(th.vm().class(def), iterator).value()
    }

    pub fn next(&self, th: &Thread) -> Result<Option<Value>> {
        let at = self.position.load(Ordering::Relaxed);
        let source = self.source.get();
        let item = if let Some(bytes) = source.downcast::<Bytes>() {
            bytes.get().bytes().get(at).map(|b| Value::small_int(*b as i64))
        } else if let Some(array) = source.downcast::<ByteArray>() {
            array.at(at).map(|b| Value::small_int(b as i64))
        } else if !source.is_empty() && at < ops::len(th, source)? {
            Some(ops::get_item(th, source, Value::small_int(at as i64))?)
        } else {
            None
        };
        match item {
            Some(_) => self.position.store(at + 1, Ordering::Relaxed),
            None => self.source.set(Value::EMPTY),
        }
        Ok(item)
    }
}

impl BytesIter {
    pub fn made(&self, th: &Thread) -> Made {
        match self.source.get() {
            source if source.is_empty() => Made::by_iter(th.tuple(&[]), None),
            source => Made::by_iter(source, Some(self.position.load(Ordering::Relaxed) as i64)),
        }
    }

    pub fn seek(&self, th: &Thread, position: i64) -> Result<()> {
        let source = self.source.get();
        if !source.is_empty() {
            let len = ops::len(th, source)? as i64;
            self.position.store(position.clamp(0, len) as usize, Ordering::Relaxed);
        }
        Ok(())
    }
}

fn length_hint(th: &Thread, args: &[Value]) -> Result {
    let Some(iterator) = args[0].downcast::<BytesIter>() else { return Ok(Value::small_int(0)) };
    let source = iterator.source.get();
    let len = if source.is_empty() { 0 } else { ops::len(th, source)? };
    Ok(th.int(len.saturating_sub(iterator.position.load(Ordering::Relaxed)) as i64))
}

const METHODS: &[NativeDef] = &[
    ITER,
    NEXT,
    native("__length_hint__", "($self, /)", "Return how many bytes are left.", length_hint),
    REDUCE,
    SET_STATE,
];

pub static BYTES_ITERATOR: TypeDef =
    TypeDef { methods: METHODS, ..TypeDef::new("bytes_iterator", kinds::BYTES_ITER, "An iterator over bytes.") };

pub static BYTEARRAY_ITERATOR: TypeDef = TypeDef {
    methods: METHODS,
    ..TypeDef::new("bytearray_iterator", kinds::BYTES_ITER, "An iterator over a bytearray.")
};

pub static MEMORY_ITERATOR: TypeDef = TypeDef {
    methods: &[ITER, NEXT],
    ..TypeDef::new("memory_iterator", kinds::BYTES_ITER, "An iterator over a memoryview.")
};

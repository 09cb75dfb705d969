//! The iterator over an array: item by item as they are when each is asked for. Once exhausted it stays so.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::heap::{Slot, Tracer, Value};
use crate::objects::iterators::{ITER, NEXT};
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::vm::Thread;
use crate::vm::native::{Result, TypeDef, native};
use crate::vm::ops;

use super::Array;

struct ArrayIter {
    /// `EMPTY` once it has ended.
    array: Slot,
    at: AtomicUsize,
}

impl NativeState for ArrayIter {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.array);
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        let Some(array) = self.array.get().downcast::<Array>() else { return Some(Ok(None)) };
        let item = array.at(th, self.at.fetch_add(1, Ordering::Relaxed));
        if item.is_none() {
            self.array.set(Value::EMPTY);
        }
        Some(Ok(item))
    }
}

pub(super) fn over(th: &Thread, array: Value) -> Value {
    let state = ArrayIter { array: Slot::new(array), at: AtomicUsize::new(0) };
    native_object::new(th, th.vm().class(&ARRAY_ITERATOR), Box::new(state)).value()
}

fn state(v: Value) -> Option<&'static ArrayIter> {
    v.downcast::<NativeObject>()?.state_as()
}

pub static ARRAY_ITERATOR: TypeDef = TypeDef {
    module: "array",
    methods: &[
        ITER,
        NEXT,
        native("__reduce__", "($self, /)", "Return state information for pickling.", |th, args| {
            let builtin = |name| th.vm().builtin(th, name).unwrap_or(Value::NONE);
            let Some((state, array)) = state(args[0]).map(|state| (state, state.array.get())) else {
                return Ok(Value::NONE);
            };
            if array.is_empty() {
                return Ok(th.tuple(&[builtin("iter"), th.tuple(&[th.tuple(&[])])]));
            }
            let at = th.int(state.at.load(Ordering::Relaxed) as i64);
            Ok(th.tuple(&[builtin("iter"), th.tuple(&[array]), at]))
        }),
        native("__setstate__", "($self, state, /)", "Set state information for unpickling.", |th, args| {
            let at = ops::index_i64(th, args[1])?.max(0) as usize;
            if let Some(state) = state(args[0]) {
                state.at.store(at, Ordering::Relaxed);
            }
            Ok(Value::NONE)
        }),
    ],
    ..TypeDef::new("arrayiterator", kinds::NATIVE_STATE, "")
};

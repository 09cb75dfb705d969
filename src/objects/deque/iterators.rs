//! Iterators over deques, in both directions. They end with an error once the deque has changed its length.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::heap::{Gc, Tracer, Value};
use crate::objects::iterators::{ITER, NEXT};
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::{Thread, ops};

use super::{Deque, End};

struct DequeIter {
    deque: Gc<Deque>,
    /// Which end it begins at.
    from: End,
    /// How many items it has given; [`OVER`] once it has ended.
    given: AtomicUsize,
    /// The deque's changes when it began.
    changes: u64,
}

const OVER: usize = usize::MAX;

pub(super) const MUTATED: &str = "deque mutated during iteration";

// SAFETY: like every cell's, its values are only touched by attached threads, and `given` is atomic.
unsafe impl Send for DequeIter {}
// SAFETY: as for `Send`.
unsafe impl Sync for DequeIter {}

impl DequeIter {
    fn left(&self) -> usize {
        match self.given.load(Ordering::Relaxed) {
            OVER => 0,
            given => self.deque.len().saturating_sub(given),
        }
    }
}

impl NativeState for DequeIter {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.deque);
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        let given = self.given.load(Ordering::Relaxed);
        if given == OVER {
            return Some(Ok(None));
        }
        if self.deque.changes() != self.changes {
            self.given.store(OVER, Ordering::Relaxed);
            return Some(Err(th.runtime_error(MUTATED)));
        }
        let index = match self.from {
            End::Left => Some(given),
            End::Right => self.deque.len().checked_sub(given + 1),
        };
        let item = index.and_then(|index| self.deque.at(th, index));
        self.given.store(if item.is_some() { given + 1 } else { OVER }, Ordering::Relaxed);
        Some(Ok(item))
    }
}

pub(super) fn over(th: &Thread, deque: Gc<Deque>, from: End) -> Value {
    let def = if from == End::Left { &DEQUE_ITERATOR } else { &DEQUE_REVERSE_ITERATOR };
    let state = DequeIter { deque, from, given: AtomicUsize::new(0), changes: deque.changes() };
    native_object::new(th, th.vm().class(def), Box::new(state)).value()
}

const HINT: NativeDef =
    native("__length_hint__", "($self, /)", "Private method returning an estimate of len(list(it)).", |th, args| {
        let iterator = args[0].downcast::<NativeObject>().and_then(|object| object.state_as::<DequeIter>());
        Ok(th.int(iterator.map_or(0, DequeIter::left) as i64))
    });

const REDUCE: NativeDef = native("__reduce__", "($self, /)", "Return state information for pickling.", |th, args| {
    let Some(iterator) = args[0].downcast::<NativeObject>().and_then(|object| object.state_as::<DequeIter>()) else {
        return Err(th.type_error("an iterator over a deque is required"));
    };
    let given = (iterator.deque.len() - iterator.left()) as i64;
    Ok(th.tuple(&[th.class_of(args[0]).value(), th.tuple(&[iterator.deque.value(), th.int(given)])]))
});

/// An iterator over the deque that has given so many items already.
fn resumed(th: &Thread, args: &[Value], from: End) -> Result {
    let Some(deque) = args[1].downcast::<Deque>() else {
        let given = th.type_name(args[1]);
        return Err(th.type_error(format_args!("argument 1 must be collections.deque, not {given}")));
    };
    let given = if args[2].is_empty() { 0 } else { ops::index_i64(th, args[2])?.max(0) };
    let iterator = over(th, deque, from);
    for _ in 0..given.min(deque.len() as i64) {
        ops::next(th, iterator)?;
    }
    Ok(iterator)
}

pub static DEQUE_ITERATOR: TypeDef = TypeDef {
    module: "collections",
    methods: &[
        native("__new__", "(cls, deque, index=0, /)", "Create and return a new object.", |th, args| {
            resumed(th, args, End::Left)
        })
        .static_method(),
        ITER,
        NEXT,
        HINT,
        REDUCE,
    ],
    ..TypeDef::new("_deque_iterator", kinds::NATIVE_STATE, "")
};
pub static DEQUE_REVERSE_ITERATOR: TypeDef = TypeDef {
    module: "collections",
    methods: &[
        native("__new__", "(cls, deque, index=0, /)", "Create and return a new object.", |th, args| {
            resumed(th, args, End::Right)
        })
        .static_method(),
        ITER,
        NEXT,
        HINT,
        REDUCE,
    ],
    ..TypeDef::new("_deque_reverse_iterator", kinds::NATIVE_STATE, "")
};

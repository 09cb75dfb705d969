//! Iterators over deques, in both directions. They end with an error once the deque has changed its length.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::heap::{Gc, Tracer, Value};
use crate::objects::iterators::{ITER, NEXT};
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, TypeDef, native};

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
            return Some(Err(th.runtime_error("deque mutated during iteration")));
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

pub static DEQUE_ITERATOR: TypeDef = TypeDef {
    module: "collections",
    methods: &[ITER, NEXT, HINT],
    ..TypeDef::new("_deque_iterator", kinds::NATIVE_STATE, "")
};
pub static DEQUE_REVERSE_ITERATOR: TypeDef = TypeDef {
    module: "collections",
    methods: &[ITER, NEXT, HINT],
    ..TypeDef::new("_deque_reverse_iterator", kinds::NATIVE_STATE, "")
};

//! `count`, `cycle` and `repeat`.

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use crate::heap::{Gc, Slot, Tracer, Value};
use crate::objects::int::IntRef;
use crate::objects::iterators::{ITER, NEXT};
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::native_object::NativeState;
use crate::vm::native::{Result, TypeDef, native};
use crate::vm::ops::{self, BinaryOp};
use crate::vm::{Thread, signature};

use super::{make, shown_name, state};

// ---- count

struct Count {
    value: Slot,
    step: Slot,
}

impl NativeState for Count {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.value);
        tracer.slot(&self.step);
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        let value = self.value.get();
        Some(ops::binary(th, BinaryOp::Add, value, self.step.get()).map(|next| {
            self.value.set(next);
            Some(value)
        }))
    }
}

/// Whether `count` can begin with it, or step by it.
fn is_number(th: &Thread, v: Value) -> bool {
    let names = &th.vm().names;
    let class = th.class_of(v);
    [names.__index__, names.__float__, names.__complex__].iter().any(|name| th.lookup(class, *name).is_some())
}

fn count_new(th: &Thread, args: &[Value]) -> Result {
    let given = |at: usize, default: i64| if args[at].is_empty() { Value::small_int(default) } else { args[at] };
    let (start, step) = (given(1, 0), given(2, 1));
    if !is_number(th, start) || !is_number(th, step) {
        return Err(th.type_error("a number is required"));
    }
    make(th, args[0], Count { value: Slot::new(start), step: Slot::new(step) })
}

fn count_repr(th: &Thread, args: &[Value]) -> Result {
    let count = state::<Count>(th, args[0])?;
    let name = shown_name(th.class_of(args[0]));
    let value = ops::repr(th, count.value.get())?.to_text();
    let step = count.step.get();
    if IntRef::of(step).is_some() && step == Value::small_int(1) {
        return Ok(th.str(&format!("{name}({value})")));
    }
    let step = ops::repr(th, step)?.to_text();
    Ok(th.str(&format!("{name}({value}, {step})")))
}

pub(super) static COUNT: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, start=0, step=1)", "Create a count object.", count_new).static_method().keywords(),
        ITER,
        NEXT,
        native("__repr__", "($self, /)", "Return repr(self).", count_repr),
    ],
    ..TypeDef::new("count", kinds::NATIVE_STATE, "Yields start, start + step, start + 2 * step, …")
};

// ---- cycle

struct Cycle {
    /// `EMPTY` once exhausted.
    iterator: Slot,
    saved: Gc<List>,
    /// Which saved item comes next.
    at: AtomicUsize,
}

// SAFETY: like every cell's, its values are only touched by attached threads.
unsafe impl Send for Cycle {}
// SAFETY: as for `Send`.
unsafe impl Sync for Cycle {}

impl NativeState for Cycle {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.iterator);
        tracer.cell(self.saved);
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        let iterator = self.iterator.get();
        if !iterator.is_empty() {
            match ops::next(th, iterator) {
                Ok(None) => self.iterator.set(Value::EMPTY),
                Ok(Some(item)) => {
                    self.saved.push(th, item);
                    return Some(Ok(Some(item)));
                }
                failed => return Some(failed),
            }
        }
        let at = self.at.load(Ordering::Relaxed);
        let item = self.saved.at(at).or_else(|| self.saved.at(0));
        self.at.store(if at < self.saved.len() { at + 1 } else { 1 }, Ordering::Relaxed);
        Some(Ok(item))
    }
}

pub(super) static CYCLE: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, iterable, /)", "Create a cycle object.", |th, args| {
            let iterator = Slot::new(ops::iter(th, args[1])?);
            make(th, args[0], Cycle { iterator, saved: List::new(th, &[]), at: AtomicUsize::new(0) })
        })
        .static_method(),
        ITER,
        NEXT,
    ],
    ..TypeDef::new("cycle", kinds::NATIVE_STATE, "Yields the items of the iterable, and then again and again.")
};

// ---- repeat

struct Repeat {
    object: Slot,
    /// Negative for ever.
    left: AtomicI64,
}

impl NativeState for Repeat {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.object);
    }

    fn next(&self, _: &Thread) -> Option<Result<Option<Value>>> {
        let left = self.left.load(Ordering::Relaxed);
        if left > 0 {
            self.left.store(left - 1, Ordering::Relaxed);
        }
        Some(Ok((left != 0).then(|| self.object.get())))
    }
}

pub(super) static REPEAT: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, object, times=<unrepresentable>)", "Create a repeat object.", |th, args| {
            let left = if args[2].is_empty() { -1 } else { ops::index_i64(th, args[2])?.max(0) };
            make(th, args[0], Repeat { object: Slot::new(args[1]), left: AtomicI64::new(left) })
        })
        .static_method()
        .keywords(),
        ITER,
        NEXT,
        native("__repr__", "($self, /)", "Return repr(self).", |th, args| {
            let repeat = state::<Repeat>(th, args[0])?;
            let name = shown_name(th.class_of(args[0]));
            let object = ops::repr(th, repeat.object.get())?.to_text();
            Ok(th.str(&match repeat.left.load(Ordering::Relaxed) {
                left if left < 0 => format!("{name}({object})"),
                left => format!("{name}({object}, {left})"),
            }))
        }),
        native(
            "__length_hint__",
            "($self, /)",
            "Private method returning an estimate of len(list(it)).",
            |th, args| match state::<Repeat>(th, args[0])?.left.load(Ordering::Relaxed) {
                left if left < 0 => Err(th.type_error("len() of unsized object")),
                left => Ok(th.int(left)),
            },
        ),
    ],
    ..TypeDef::new("repeat", kinds::NATIVE_STATE, "Yields the object, endlessly or the given number of times.")
};

/// The arguments given as `*args`.
pub(super) fn given(args: Value) -> &'static [Value] {
    signature::items(args.downcast())
}

//! `compress`, `dropwhile`, `takewhile`, `filterfalse`, `islice`.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::heap::{Slot, Tracer, Value};
use crate::objects::iterators::{ITER, NEXT};
use crate::objects::kinds;
use crate::objects::native_object::NativeState;
use crate::objects::sequences;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::ops;

use super::endless::given;
use super::make;

/// What an iterator with a function does with the items for which that is true, or false.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// Leaves them out until one is false.
    DropWhile,
    /// Ends with the first that is false.
    TakeWhile,
    /// Yields those that are false.
    FilterFalse,
}

struct Tested {
    rule: Rule,
    function: Slot,
    iterator: Slot,
    /// `DropWhile`: begun to yield. `TakeWhile`: over.
    turned: AtomicBool,
}

impl NativeState for Tested {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.function);
        tracer.slot(&self.iterator);
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        Some(self.step(th))
    }
}

impl Tested {
    fn step(&self, th: &Thread) -> Result<Option<Value>> {
        let turned = self.turned.load(Ordering::Relaxed);
        if turned && self.rule == Rule::TakeWhile {
            return Ok(None);
        }
        while let Some(item) = ops::next(th, self.iterator.get())? {
            if turned && self.rule == Rule::DropWhile {
                return Ok(Some(item));
            }
            let function = self.function.get();
            let verdict = if function.is_none() { item } else { th.call(function, &[item])? };
            let yes = ops::truthy(th, verdict)?;
            match self.rule {
                Rule::TakeWhile if yes => return Ok(Some(item)),
                Rule::TakeWhile => {
                    self.turned.store(true, Ordering::Relaxed);
                    return Ok(None);
                }
                Rule::DropWhile if !yes => {
                    self.turned.store(true, Ordering::Relaxed);
                    return Ok(Some(item));
                }
                Rule::FilterFalse if !yes => return Ok(Some(item)),
                Rule::DropWhile | Rule::FilterFalse => th.safepoint()?,
            }
        }
        Ok(None)
    }
}

fn tested(th: &Thread, args: &[Value], rule: Rule) -> Result {
    let iterator = Slot::new(ops::iter(th, args[2])?);
    make(th, args[0], Tested { rule, function: Slot::new(args[1]), iterator, turned: AtomicBool::new(false) })
}

pub(super) static DROP_WHILE: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, predicate, iterable, /)", "Create a dropwhile object.", |th, args| {
            tested(th, args, Rule::DropWhile)
        })
        .static_method(),
        ITER,
        NEXT,
    ],
    ..TypeDef::new("dropwhile", kinds::NATIVE_STATE, "Drop items while predicate(item) is true; yield all the others.")
};

pub(super) static TAKE_WHILE: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, predicate, iterable, /)", "Create a takewhile object.", |th, args| {
            tested(th, args, Rule::TakeWhile)
        })
        .static_method(),
        ITER,
        NEXT,
    ],
    ..TypeDef::new("takewhile", kinds::NATIVE_STATE, "Yield items as long as predicate(item) is true.")
};

pub(super) static FILTER_FALSE: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, function, iterable, /)", "Create a filterfalse object.", |th, args| {
            tested(th, args, Rule::FilterFalse)
        })
        .static_method(),
        ITER,
        NEXT,
    ],
    ..TypeDef::new("filterfalse", kinds::NATIVE_STATE, "Yield those items for which function(item) is false.")
};

// ---- compress

struct Compress {
    data: Slot,
    selectors: Slot,
}

impl NativeState for Compress {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.data);
        tracer.slot(&self.selectors);
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        Some(self.step(th))
    }
}

impl Compress {
    fn step(&self, th: &Thread) -> Result<Option<Value>> {
        loop {
            let Some(item) = ops::next(th, self.data.get())? else { return Ok(None) };
            let Some(selector) = ops::next(th, self.selectors.get())? else { return Ok(None) };
            if ops::truthy(th, selector)? {
                return Ok(Some(item));
            }
            th.safepoint()?;
        }
    }
}

pub(super) static COMPRESS: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, data, selectors)", "Create a compress object.", |th, args| {
            let (data, selectors) = (Slot::new(ops::iter(th, args[1])?), Slot::new(ops::iter(th, args[2])?));
            make(th, args[0], Compress { data, selectors })
        })
        .static_method()
        .keywords(),
        ITER,
        NEXT,
    ],
    ..TypeDef::new("compress", kinds::NATIVE_STATE, "Return data elements corresponding to true selector elements.")
};

// ---- islice

struct Islice {
    /// `EMPTY` once over.
    iterator: Slot,
    /// How many items were taken from the iterator.
    taken: AtomicU64,
    /// The index of the item to yield next.
    next: AtomicU64,
    stop: u64,
    step: u64,
}

impl NativeState for Islice {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.iterator);
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        let result = self.step(th);
        if !matches!(result, Ok(Some(_))) {
            self.iterator.set(Value::EMPTY);
        }
        Some(result)
    }
}

impl Islice {
    fn step(&self, th: &Thread) -> Result<Option<Value>> {
        let iterator = self.iterator.get();
        if iterator.is_empty() {
            return Ok(None);
        }
        let wanted = self.next.load(Ordering::Relaxed);
        let target = wanted.min(self.stop);
        while self.taken.load(Ordering::Relaxed) < target {
            if ops::next(th, iterator)?.is_none() {
                return Ok(None);
            }
            self.taken.fetch_add(1, Ordering::Relaxed);
            th.safepoint()?;
        }
        if wanted >= self.stop {
            return Ok(None);
        }
        let item = ops::next(th, iterator)?;
        self.taken.fetch_add(1, Ordering::Relaxed);
        self.next.store(wanted.saturating_add(self.step), Ordering::Relaxed);
        Ok(item)
    }
}

/// An index of `islice`; `default` for None.
fn bound(th: &Thread, v: Value, default: u64, complaint: &str) -> Result<u64> {
    if v.is_none() || v.is_empty() {
        return Ok(default);
    }
    let complain = || th.value_error(complaint);
    if !sequences::is_index(th, v) {
        return Err(complain());
    }
    match ops::index_i64(th, v) {
        Ok(i) => u64::try_from(i).map_err(|_| complain()),
        Err(raised) => {
            th.take_exception(raised);
            Err(complain())
        }
    }
}

const STOP: &str = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
const INDICES: &str = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
const STEP: &str = "Step for islice() must be a positive integer or None.";

fn islice_new(th: &Thread, args: &[Value]) -> Result {
    let (iterable, bounds) = match given(args[1]) {
        [iterable, bounds @ ..] if (1..=3).contains(&bounds.len()) => (*iterable, bounds),
        all if all.len() > 4 => {
            return Err(th.type_error(format_args!("islice expected at most 4 arguments, got {}", all.len())));
        }
        all => return Err(th.type_error(format_args!("islice expected at least 2 arguments, got {}", all.len()))),
    };
    let (start, stop, step) = match *bounds {
        [stop] => (0, bound(th, stop, u64::MAX, STOP)?, 1),
        [start, stop] => (bound(th, start, 0, INDICES)?, bound(th, stop, u64::MAX, STOP)?, 1),
        [start, stop, step, ..] => {
            (bound(th, start, 0, INDICES)?, bound(th, stop, u64::MAX, STOP)?, bound(th, step, 1, STEP)?)
        }
        [] => (0, u64::MAX, 1),
    };
    if step == 0 {
        return Err(th.value_error(STEP));
    }
    let iterator = Slot::new(ops::iter(th, iterable)?);
    make(th, args[0], Islice { iterator, taken: AtomicU64::new(0), next: AtomicU64::new(start), stop, step })
}

const ISLICE_NEW: NativeDef =
    native("__new__", "(cls, /, *args)", "Create an islice object.", islice_new).static_method();

pub(super) static ISLICE: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[ISLICE_NEW, ITER, NEXT],
    ..TypeDef::new("islice", kinds::NATIVE_STATE, "Yields what a slice would select of the iterable's items.")
};

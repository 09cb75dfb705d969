//! `chain`, `zip_longest`, `starmap`, `pairwise`, `batched`, `accumulate`.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::heap::{Gc, Slot, Tracer, Value};
use crate::objects::generic_alias::CLASS_GETITEM;
use crate::objects::iterators::{ITER, NEXT};
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::native_object::NativeState;
use crate::objects::tuple::Tuple;
use crate::vm::Thread;
use crate::vm::native::{Result, TypeDef, native};
use crate::vm::ops::{self, BinaryOp};

use super::endless::given;
use super::{iterators_of, make};

// ---- chain

struct Chain {
    /// Over the iterables; `EMPTY` once over.
    iterables: Slot,
    /// Over the items of the current one; `EMPTY` before the first.
    current: Slot,
}

impl NativeState for Chain {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.iterables);
        tracer.slot(&self.current);
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        Some(self.step(th))
    }
}

impl Chain {
    fn step(&self, th: &Thread) -> Result<Option<Value>> {
        loop {
            let current = self.current.get();
            if !current.is_empty() {
                if let Some(item) = ops::next(th, current)? {
                    return Ok(Some(item));
                }
                self.current.set(Value::EMPTY);
                th.tracing.forget_stop();
            }
            let iterables = self.iterables.get();
            if iterables.is_empty() {
                return Ok(None);
            }
            match ops::next(th, iterables) {
                Ok(Some(iterable)) => self.current.set(ops::iter(th, iterable)?),
                end => {
                    self.iterables.set(Value::EMPTY);
                    return end;
                }
            }
            th.safepoint()?;
        }
    }
}

pub(super) static CHAIN: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, /, *iterables)", "Create a chain object.", |th, args| {
            make(th, args[0], Chain { iterables: Slot::new(ops::iter(th, args[1])?), current: Slot::default() })
        })
        .static_method(),
        ITER,
        NEXT,
        native("from_iterable", "($type, iterable, /)", "Chain the iterables that one iterable yields.", |th, args| {
            make(th, args[0], Chain { iterables: Slot::new(ops::iter(th, args[1])?), current: Slot::default() })
        })
        .class_method(),
        CLASS_GETITEM,
    ],
    ..TypeDef::new("chain", kinds::NATIVE_STATE, "Yields the items of the first iterable, then of the next, and so on.")
};

// ---- zip_longest

struct ZipLongest {
    /// A list of iterators, `EMPTY`-like None for those that are exhausted.
    iterators: Gc<List>,
    fill: Slot,
    active: AtomicUsize,
}

// SAFETY: like every cell's, its values are only touched by attached threads.
unsafe impl Send for ZipLongest {}
// SAFETY: as for `Send`.
unsafe impl Sync for ZipLongest {}

impl NativeState for ZipLongest {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.iterators);
        tracer.slot(&self.fill);
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        Some(self.step(th))
    }
}

impl ZipLongest {
    fn step(&self, th: &Thread) -> Result<Option<Value>> {
        let count = self.iterators.len();
        if count == 0 || self.active.load(Ordering::Relaxed) == 0 {
            return Ok(None);
        }
        let row = Tuple::unfilled(th, count);
        for at in 0..count {
            let iterator = self.iterators.at(at).unwrap_or(Value::NONE);
            let item = if iterator.is_none() { None } else { ops::next(th, iterator)? };
            if item.is_none() && !iterator.is_none() {
                self.iterators.set_at(th, at, Value::NONE);
                if self.active.fetch_sub(1, Ordering::Relaxed) == 1 {
                    return Ok(None);
                }
            }
            row.fill(at, item.unwrap_or_else(|| self.fill.get()));
        }
        Ok(Some(row.value()))
    }
}

fn zip_longest_new(th: &Thread, args: &[Value]) -> Result {
    let mut fill = Value::NONE;
    if let Some(keywords) = args[2].downcast::<crate::objects::dict::Dict>() {
        for (name, value) in keywords.entries() {
            if name.as_str_cell().is_none_or(|name| name.wtf8() != b"fillvalue") {
                return Err(th.type_error("zip_longest() got an unexpected keyword argument"));
            }
            fill = value;
        }
    }
    let iterators = iterators_of(th, given(args[1]))?;
    let active = AtomicUsize::new(iterators.len());
    let iterators = List::new(th, iterators.items());
    make(th, args[0], ZipLongest { iterators, fill: Slot::new(fill), active })
}

pub(super) static ZIP_LONGEST: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, /, *iterables, **kwargs)", "Create a zip_longest object.", zip_longest_new)
            .static_method(),
        ITER,
        NEXT,
    ],
    ..TypeDef::new(
        "zip_longest",
        kinds::NATIVE_STATE,
        "Yields tuples of one item of each iterable until the longest is exhausted; missing ones are the fillvalue.",
    )
};

// ---- starmap

struct Starmap {
    function: Slot,
    iterator: Slot,
}

impl NativeState for Starmap {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.function);
        tracer.slot(&self.iterator);
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        Some(self.step(th))
    }
}

impl Starmap {
    fn step(&self, th: &Thread) -> Result<Option<Value>> {
        let Some(args) = ops::next(th, self.iterator.get())? else { return Ok(None) };
        let args = match args.downcast::<Tuple>() {
            Some(tuple) => tuple,
            None => ops::collect(th, args)?.to_tuple(th),
        };
        th.call(self.function.get(), args.items()).map(Some)
    }
}

pub(super) static STARMAP: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, function, iterable, /)", "Create a starmap object.", |th, args| {
            let iterator = Slot::new(ops::iter(th, args[2])?);
            make(th, args[0], Starmap { function: Slot::new(args[1]), iterator })
        })
        .static_method(),
        ITER,
        NEXT,
    ],
    ..TypeDef::new("starmap", kinds::NATIVE_STATE, "Yields function(*args) for each args of the iterable.")
};

// ---- pairwise

struct Pairwise {
    iterator: Slot,
    /// The item before; `EMPTY` at the beginning.
    old: Slot,
}

impl NativeState for Pairwise {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.iterator);
        tracer.slot(&self.old);
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        Some(self.step(th))
    }
}

impl Pairwise {
    fn step(&self, th: &Thread) -> Result<Option<Value>> {
        let mut old = self.old.get();
        if old.is_empty() {
            let Some(first) = ops::next(th, self.iterator.get())? else { return Ok(None) };
            self.old.set(first);
            old = first;
        }
        let Some(new) = ops::next(th, self.iterator.get())? else { return Ok(None) };
        self.old.set(new);
        Ok(Some(th.tuple(&[old, new])))
    }
}

pub(super) static PAIRWISE: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, iterable, /)", "Create a pairwise object.", |th, args| {
            make(th, args[0], Pairwise { iterator: Slot::new(ops::iter(th, args[1])?), old: Slot::default() })
        })
        .static_method()
        .counted(),
        ITER,
        NEXT,
    ],
    ..TypeDef::new("pairwise", kinds::NATIVE_STATE, "Yields overlapping pairs of the iterable's items.")
};

// ---- batched

struct Batched {
    iterator: Slot,
    size: usize,
    strict: bool,
}

impl NativeState for Batched {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.iterator);
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        Some(self.step(th))
    }
}

impl Batched {
    fn step(&self, th: &Thread) -> Result<Option<Value>> {
        let batch = List::new(th, &[]);
        while batch.len() < self.size
            && let Some(item) = ops::next(th, self.iterator.get())?
        {
            batch.push(th, item);
        }
        if batch.is_empty() {
            return Ok(None);
        }
        if self.strict && batch.len() < self.size {
            return Err(th.value_error("batched(): incomplete batch"));
        }
        Ok(Some(batch.to_tuple(th).value()))
    }
}

pub(super) static BATCHED: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, iterable, n, *, strict=False)", "Create a batched object.", |th, args| {
            let size = usize::try_from(ops::index_i64(th, args[2])?).unwrap_or(0);
            if size == 0 {
                return Err(th.value_error("n must be at least one"));
            }
            let strict = !args[3].is_empty() && ops::truthy(th, args[3])?;
            make(th, args[0], Batched { iterator: Slot::new(ops::iter(th, args[1])?), size, strict })
        })
        .static_method()
        .keywords(),
        ITER,
        NEXT,
    ],
    ..TypeDef::new("batched", kinds::NATIVE_STATE, "Yields tuples of n items; the last may be shorter.")
};

// ---- accumulate

struct Accumulate {
    iterator: Slot,
    /// None for addition.
    function: Slot,
    /// `EMPTY` before the first item.
    total: Slot,
    /// `EMPTY` unless it is still to be yielded.
    initial: Slot,
}

impl NativeState for Accumulate {
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.iterator, &self.function, &self.total, &self.initial] {
            tracer.slot(slot);
        }
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        Some(self.step(th))
    }
}

impl Accumulate {
    fn step(&self, th: &Thread) -> Result<Option<Value>> {
        let initial = self.initial.replace(Value::EMPTY);
        if !initial.is_empty() {
            self.total.set(initial);
            return Ok(Some(initial));
        }
        let Some(item) = ops::next(th, self.iterator.get())? else { return Ok(None) };
        let (total, function) = (self.total.get(), self.function.get());
        let new = if total.is_empty() {
            item
        } else if function.is_none() {
            ops::binary(th, BinaryOp::Add, total, item)?
        } else {
            th.call(function, &[total, item])?
        };
        self.total.set(new);
        Ok(Some(new))
    }
}

pub(super) static ACCUMULATE: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, iterable, func=None, *, initial=None)", "Create an accumulate object.", |th, args| {
            let given = |at: usize| if args[at].is_empty() { Value::NONE } else { args[at] };
            let initial = if given(3).is_none() { Value::EMPTY } else { given(3) };
            let state = Accumulate {
                iterator: Slot::new(ops::iter(th, args[1])?),
                function: Slot::new(given(2)),
                total: Slot::default(),
                initial: Slot::new(initial),
            };
            make(th, args[0], state)
        })
        .static_method()
        .keywords(),
        ITER,
        NEXT,
    ],
    ..TypeDef::new("accumulate", kinds::NATIVE_STATE, "Yields running sums, or the running results of a function.")
};

//! `product`, `permutations`, `combinations`, `combinations_with_replacement`: rows of items, chosen by their indices.

use crate::heap::{Gc, Tracer, Value};
use crate::objects::exception::Exc;
use crate::objects::int::IntRef;
use crate::objects::iterators::{ITER, NEXT};
use crate::objects::kinds;
use crate::objects::native_object::NativeState;
use crate::objects::tuple::Tuple;
use crate::vm::Thread;
use crate::vm::native::{Result, TypeDef, native};
use crate::vm::ops;

use parking_lot::Mutex;

use super::endless::given;
use super::{make, size};

/// How the next row of indices is found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    Product,
    Permutations,
    Combinations,
    CombinationsWithReplacement,
}

struct Chooser {
    rule: Rule,
    /// The pools of items: one for each place of a product, a single one for the others.
    pools: Box<[Gc<Tuple>]>,
    /// The indices of the next row; `None` once over. Held for a few instructions, never while Python runs.
    indices: Mutex<Option<Indices>>,
}

struct Indices {
    row: Vec<usize>,
    /// Permutations: the indices beyond the row, and how often each place still turns.
    rest: Vec<usize>,
    cycles: Vec<usize>,
}

// SAFETY: like every cell's, its values are only touched by attached threads.
unsafe impl Send for Chooser {}
// SAFETY: as for `Send`.
unsafe impl Sync for Chooser {}

impl NativeState for Chooser {
    fn trace(&self, tracer: &mut Tracer) {
        for pool in &self.pools {
            tracer.cell(*pool);
        }
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        let mut indices = self.indices.lock();
        let Some(now) = indices.as_mut() else { return Some(Ok(None)) };
        let row = Tuple::unfilled(th, now.row.len());
        for (at, index) in now.row.iter().enumerate() {
            let pool = self.pools[if self.rule == Rule::Product { at } else { 0 }];
            row.fill(at, pool.items()[*index]);
        }
        if !self.advance(now) {
            *indices = None;
        }
        Some(Ok(Some(row.value())))
    }
}

impl Chooser {
    /// Whether there is a row after this one, which it becomes.
    fn advance(&self, indices: &mut Indices) -> bool {
        let row = &mut indices.row;
        let len = row.len();
        match self.rule {
            Rule::Product => {
                for at in (0..len).rev() {
                    row[at] += 1;
                    if row[at] < self.pools[at].len() {
                        return true;
                    }
                    row[at] = 0;
                }
                false
            }
            Rule::Combinations => {
                let pool = self.pools[0].len();
                let Some(at) = (0..len).rev().find(|&at| row[at] != at + pool - len) else { return false };
                row[at] += 1;
                for next in at + 1..len {
                    row[next] = row[next - 1] + 1;
                }
                true
            }
            Rule::CombinationsWithReplacement => {
                let pool = self.pools[0].len();
                let Some(at) = (0..len).rev().find(|&at| row[at] != pool - 1) else { return false };
                let index = row[at] + 1;
                row[at..].fill(index);
                true
            }
            Rule::Permutations => advance_permutation(indices),
        }
    }
}

/// Turns the last place that has turns left; those after it begin anew.
fn advance_permutation(indices: &mut Indices) -> bool {
    let Indices { row, rest, cycles } = indices;
    for at in (0..row.len()).rev() {
        cycles[at] -= 1;
        if cycles[at] > 0 {
            let other = row.len() + rest.len() - cycles[at];
            match other.checked_sub(row.len()) {
                None => row.swap(at, other),
                Some(other) => std::mem::swap(&mut row[at], &mut rest[other]),
            }
            return true;
        }
        // The index goes to the end of all that follow.
        cycles[at] = row.len() + rest.len() - at;
        let index = row.remove(at);
        rest.push(index);
        row.push(rest.remove(0));
    }
    false
}

fn chooser(th: &Thread, class: Value, rule: Rule, pools: Vec<Gc<Tuple>>, row: Option<Vec<usize>>) -> Result {
    let indices = row.map(|row| match rule {
        Rule::Permutations => {
            let count = pools[0].len();
            let cycles = (0..row.len()).map(|at| count - at).collect();
            Indices { rest: (row.len()..count).collect(), row, cycles }
        }
        _ => Indices { row, rest: Vec::new(), cycles: Vec::new() },
    });
    make(th, class, Chooser { rule, pools: pools.into(), indices: Mutex::new(indices) })
}

fn pool(th: &Thread, iterable: Value) -> Result<Gc<Tuple>> {
    Ok(ops::collect(th, iterable)?.to_tuple(th))
}

fn product_new(th: &Thread, args: &[Value]) -> Result {
    let repeat = match args[2] {
        Value::EMPTY => 1,
        times => usize::try_from(ops::index_i64(th, times)?)
            .map_err(|_| th.value_error("repeat argument cannot be negative"))?,
    };
    let iterables = if repeat == 0 { &[] } else { given(args[1]) };
    let once = Tuple::unfilled(th, iterables.len());
    for (at, iterable) in iterables.iter().enumerate() {
        once.fill(at, pool(th, *iterable)?.value());
    }
    let Some(count) = once.len().checked_mul(repeat).filter(|count| *count < 1 << 28) else {
        return Err(th.raise(Exc::OverflowError, "repeat argument too large"));
    };
    let pools: Vec<Gc<Tuple>> =
        (0..count).filter_map(|at| once.items()[at % once.len().max(1)].downcast::<Tuple>()).collect();
    let row = pools.iter().all(|pool| !pool.is_empty()).then(|| vec![0; count]);
    chooser(th, args[0], Rule::Product, pools, row)
}

pub(super) static PRODUCT: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, /, *iterables, repeat=1)", "Create a product object.", product_new).static_method(),
        ITER,
        NEXT,
    ],
    ..TypeDef::new(
        "product",
        kinds::NATIVE_STATE,
        "Cartesian product of input iterables.  Equivalent to nested for-loops.",
    )
};

pub(super) static PERMUTATIONS: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, iterable, r=None)", "Create a permutations object.", |th, args| {
            let pool = pool(th, args[1])?;
            let size = match args[2] {
                Value::EMPTY | Value::NONE => pool.len(),
                given if IntRef::of(given).is_none() => return Err(th.type_error("Expected int as r")),
                given => size(th, given)?,
            };
            let row = (size <= pool.len()).then(|| (0..size).collect());
            chooser(th, args[0], Rule::Permutations, vec![pool], row)
        })
        .static_method()
        .keywords(),
        ITER,
        NEXT,
    ],
    ..TypeDef::new(
        "permutations",
        kinds::NATIVE_STATE,
        "Return successive r-length permutations of the iterable's items.",
    )
};

pub(super) static COMBINATIONS: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, iterable, r)", "Create a combinations object.", |th, args| {
            let size = size(th, args[2])?;
            let pool = pool(th, args[1])?;
            let row = (size <= pool.len()).then(|| (0..size).collect());
            chooser(th, args[0], Rule::Combinations, vec![pool], row)
        })
        .static_method()
        .keywords(),
        ITER,
        NEXT,
    ],
    ..TypeDef::new(
        "combinations",
        kinds::NATIVE_STATE,
        "Return successive r-length combinations of the iterable's items.",
    )
};

pub(super) static COMBINATIONS_WITH_REPLACEMENT: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, iterable, r)", "Create a combinations_with_replacement object.", |th, args| {
            let size = size(th, args[2])?;
            let pool = pool(th, args[1])?;
            if size >= 1 << 28 {
                return Err(th.raise_with(Exc::MemoryError, &[]));
            }
            let row = (!pool.is_empty() || size == 0).then(|| vec![0; size]);
            chooser(th, args[0], Rule::CombinationsWithReplacement, vec![pool], row)
        })
        .static_method()
        .keywords(),
        ITER,
        NEXT,
    ],
    ..TypeDef::new(
        "combinations_with_replacement",
        kinds::NATIVE_STATE,
        "Return successive r-length combinations of the iterable's items, in which items may repeat.",
    )
};

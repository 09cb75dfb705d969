//! `_heapq`: the functions of `heapq` that keep a list a heap. Item k comes no later than items 2k + 1 and 2k + 2.
//!
//! Comparisons may run Python code, which may change the list: each step looks items up anew, and a list whose length has
//! changed is refused, as CPython refuses it.

use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::objects::list::List;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::ops::{self, CompareOp};
use crate::vm::{Raised, Thread};

pub static HEAPQ: ModuleDef =
    ModuleDef { functions: FUNCTIONS, ..ModuleDef::new("_heapq", "Heap queue algorithm (a.k.a. priority queue).") };

const FUNCTIONS: &[NativeDef] = &[
    native("heappush", "(heap, item, /)", "Push item onto heap, maintaining the heap invariant.", |th, args| {
        push(th, heap(th, args[0], "heappush() argument 1")?, args[1], Order::Least)
    }),
    native(
        "heappush_max",
        "(heap, item, /)",
        "Push item onto max heap, maintaining the heap invariant.",
        |th, args| push(th, heap(th, args[0], "heappush_max() argument 1")?, args[1], Order::Greatest),
    ),
    native(
        "heappop",
        "(heap, /)",
        "Pop the smallest item off the heap, maintaining the heap invariant.",
        |th, args| pop(th, heap(th, args[0], "heappop() argument")?, Order::Least),
    ),
    native("heappop_max", "(heap, /)", "Maxheap variant of heappop.", |th, args| {
        pop(th, heap(th, args[0], "heappop_max() argument")?, Order::Greatest)
    }),
    native(
        "heapreplace",
        "(heap, item, /)",
        "Pop and return the current smallest value, and add the new item.",
        |th, args| replace(th, heap(th, args[0], "heapreplace() argument 1")?, args[1], Order::Least),
    ),
    native("heapreplace_max", "(heap, item, /)", "Maxheap variant of heapreplace.", |th, args| {
        replace(th, heap(th, args[0], "heapreplace_max() argument 1")?, args[1], Order::Greatest)
    }),
    native(
        "heappushpop",
        "(heap, item, /)",
        "Push item on the heap, then pop and return the smallest item from the heap.",
        |th, args| push_pop(th, heap(th, args[0], "heappushpop() argument 1")?, args[1], Order::Least),
    ),
    native("heappushpop_max", "(heap, item, /)", "Maxheap variant of heappushpop.", |th, args| {
        push_pop(th, heap(th, args[0], "heappushpop_max() argument 1")?, args[1], Order::Greatest)
    }),
    native("heapify", "(heap, /)", "Transform list into a heap, in-place, in O(len(heap)) time.", |th, args| {
        heapify(th, heap(th, args[0], "heapify() argument")?, Order::Least)
    }),
    native("heapify_max", "(heap, /)", "Maxheap variant of heapify.", |th, args| {
        heapify(th, heap(th, args[0], "heapify_max() argument")?, Order::Greatest)
    }),
];

/// Which item comes first.
#[derive(Clone, Copy)]
enum Order {
    Least,
    Greatest,
}

impl Order {
    fn is_before(self, th: &Thread, a: Value, b: Value) -> Result<bool> {
        let (less, more) = match self {
            Order::Least => (a, b),
            Order::Greatest => (b, a),
        };
        let said = ops::compare(th, CompareOp::Lt, less, more)?;
        ops::truthy(th, said)
    }

    /// The same of two places of a list, which must not change its length meanwhile.
    fn is_place_before(self, th: &Thread, list: Gc<List>, a: usize, b: usize) -> Result<bool> {
        let length = list.len();
        let is_before = self.is_before(th, item(th, list, a)?, item(th, list, b)?)?;
        if list.len() == length { Ok(is_before) } else { Err(changed(th)) }
    }
}

fn heap(th: &Thread, value: Value, place: &str) -> Result<Gc<List>> {
    let found = th.type_name(value);
    value.downcast().ok_or_else(|| th.type_error(format_args!("{place} must be list, not {found}")))
}

#[cold]
fn changed(th: &Thread) -> Raised {
    th.runtime_error("list changed size during iteration")
}

fn item(th: &Thread, list: Gc<List>, at: usize) -> Result {
    list.at(at).ok_or_else(|| changed(th))
}

fn set(th: &Thread, list: Gc<List>, at: usize, value: Value) -> Result<()> {
    if list.set_at(th, at, value) { Ok(()) } else { Err(changed(th)) }
}

fn exchange(th: &Thread, list: Gc<List>, a: usize, b: usize) -> Result<()> {
    let (first, second) = (item(th, list, a)?, item(th, list, b)?);
    set(th, list, a, second)?;
    set(th, list, b, first)
}

/// The item at `at` may come before its parents.
fn rise(th: &Thread, list: Gc<List>, start: usize, mut at: usize, order: Order) -> Result<()> {
    while at > start {
        let parent = (at - 1) / 2;
        if !order.is_place_before(th, list, at, parent)? {
            break;
        }
        exchange(th, list, at, parent)?;
        at = parent;
    }
    Ok(())
}

/// The item at `start` may come after its children: it goes down to a leaf, whence it rises to its place.
fn sink(th: &Thread, list: Gc<List>, start: usize, order: Order) -> Result<()> {
    let end = list.len();
    let mut at = start;
    while at < end / 2 {
        let mut child = 2 * at + 1;
        if child + 1 < end && !order.is_place_before(th, list, child, child + 1)? {
            child += 1;
        }
        exchange(th, list, at, child)?;
        at = child;
    }
    rise(th, list, start, at, order)
}

fn push(th: &Thread, list: Gc<List>, value: Value, order: Order) -> Result {
    list.push(th, value);
    let last = list.len().checked_sub(1).ok_or_else(|| changed(th))?;
    rise(th, list, 0, last, order)?;
    Ok(Value::NONE)
}

fn pop(th: &Thread, list: Gc<List>, order: Order) -> Result {
    let Some(last) = list.pop(th) else { return Err(th.index_error("index out of range")) };
    match list.at(0) {
        None => Ok(last),
        Some(first) => {
            set(th, list, 0, last)?;
            sink(th, list, 0, order)?;
            Ok(first)
        }
    }
}

fn replace(th: &Thread, list: Gc<List>, value: Value, order: Order) -> Result {
    let Some(first) = list.at(0) else { return Err(th.index_error("index out of range")) };
    set(th, list, 0, value)?;
    sink(th, list, 0, order)?;
    Ok(first)
}

fn push_pop(th: &Thread, list: Gc<List>, value: Value, order: Order) -> Result {
    match list.at(0) {
        Some(first) if order.is_before(th, first, value)? => replace(th, list, value, order),
        _ => Ok(value),
    }
}

fn heapify(th: &Thread, list: Gc<List>, order: Order) -> Result {
    for at in (0..list.len() / 2).rev() {
        sink(th, list, at, order)?;
    }
    Ok(Value::NONE)
}

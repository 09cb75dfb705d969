//! The heap's tests, with kinds made up for them.
//!
//! `Node` has a payload and attribute slots behind it, `Store` is a backing store, `Owner` owns memory outside the heap,
//! `Weak` has a slot that it does not trace. Roots are exact unless a test hands out a native stack.

mod allocation;
mod death;
mod marking;
mod measure;
mod model;
mod stacks;
mod stress;

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

pub(super) const NODE: Kind = Kind(1);
pub(super) const STORE: Kind = Kind(2);
pub(super) const OWNER: Kind = Kind(3);
pub(super) const WEAK: Kind = Kind(4);
pub(super) const PAIR: Kind = Kind(5);

#[repr(C)]
pub(super) struct Node {
    pub(super) header: Header,
    pub(super) number: u64,
}

// SAFETY: a `Header` comes first, and a node refers to other cells only through its tagged tail.
unsafe impl Cell for Node {
    const KIND: Kind = NODE;
    fn trace(&self, _: &mut Tracer) {}
}

impl Node {
    pub(super) fn new(number: u64) -> Node {
        Node { header: Header::with_flags(NODE, ShapeId(1), Header::HAS_TAIL_VALUES), number }
    }

    pub(super) fn with_finalizer(number: u64) -> Node {
        let flags = Header::HAS_TAIL_VALUES | Header::HAS_FINALIZER;
        Node { header: Header::with_flags(NODE, ShapeId(1), flags), number }
    }
}

#[repr(C)]
pub(super) struct Store {
    pub(super) header: Header,
    pub(super) len: usize,
}

// SAFETY: a `Header` comes first, and all `len` slots of the tail are traced.
unsafe impl Cell for Store {
    const KIND: Kind = STORE;
    fn trace(&self, tracer: &mut Tracer) {
        // SAFETY: a store is only ever allocated with `len` slots behind it (`Bench::store`).
        tracer.slots(unsafe { std::slice::from_raw_parts((&raw const *self).add(1).cast::<Slot>(), self.len) });
    }
}

#[repr(C)]
pub(super) struct Owner {
    pub(super) header: Header,
    pub(super) dropped: Arc<AtomicUsize>,
}

// SAFETY: a `Header` comes first; an owner refers to no cell.
unsafe impl Cell for Owner {
    const KIND: Kind = OWNER;
    const NEEDS_DROP: bool = true;
    fn trace(&self, _: &mut Tracer) {}
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.dropped.fetch_add(1, Ordering::Relaxed);
    }
}

#[repr(C)]
pub(super) struct Weak {
    pub(super) header: Header,
    pub(super) target: Slot,
}

// SAFETY: a `Header` comes first; the target is meant not to be traced and is registered as weak.
unsafe impl Cell for Weak {
    const KIND: Kind = WEAK;
    fn trace(&self, _: &mut Tracer) {}
}

#[repr(C)]
pub(super) struct Pair {
    pub(super) header: Header,
    pub(super) left: Slot,
    pub(super) right: Slot,
}

// SAFETY: a `Header` comes first, and both slots are traced.
unsafe impl Cell for Pair {
    const KIND: Kind = PAIR;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.left);
        tracer.slot(&self.right);
    }
}

pub(super) static KINDS: [KindInfo; 6] = [
    KindInfo::of::<Node>("free"),
    KindInfo::of::<Node>("node"),
    KindInfo::of::<Store>("store"),
    KindInfo::of::<Owner>("owner"),
    KindInfo::of::<Weak>("weak"),
    KindInfo::of::<Pair>("pair"),
];

/// Exact roots and, if a test wants it, one native stack.
#[derive(Default)]
pub(super) struct Roots {
    pub(super) values: Vec<Value>,
    pub(super) stack: Option<Range<*const usize>>,
}

impl RootSource for Roots {
    fn precise(&mut self, tracer: &mut Tracer) {
        for &value in &self.values {
            tracer.value(value);
        }
    }

    fn native_stacks(&mut self, scan: &mut dyn FnMut(Range<*const usize>)) {
        if let Some(range) = &self.stack {
            scan(range.clone());
        }
    }
}

/// A heap with one thread.
pub(super) struct Bench {
    pub(super) heap: Arc<Heap>,
    pub(super) local: LocalHeap,
}

impl Bench {
    pub(super) fn new() -> Bench {
        Bench::with(HeapConfig::default())
    }

    pub(super) fn stressed() -> Bench {
        Bench::with(HeapConfig { stress: true, ..HeapConfig::default() })
    }

    pub(super) fn with(config: HeapConfig) -> Bench {
        let heap = Arc::new(Heap::new(&KINDS, config).expect("address space"));
        let local = LocalHeap::new(heap.clone(), Arc::new(NoRequest));
        Bench { heap, local }
    }

    pub(super) fn node(&self, number: u64, slots: usize) -> Gc<Node> {
        self.local.alloc_with_tail(Node::new(number), slots * 8)
    }

    pub(super) fn pair(&self, left: Value, right: Value) -> Gc<Pair> {
        self.local.alloc(Pair { header: Header::of_kind(PAIR), left: Slot::new(left), right: Slot::new(right) })
    }

    pub(super) fn store(&self, len: usize) -> Gc<Store> {
        self.local.alloc_with_tail(Store { header: Header::of_kind(STORE), len }, len * 8)
    }

    pub(super) fn owner(&self, dropped: &Arc<AtomicUsize>) -> Gc<Owner> {
        self.local.alloc(Owner { header: Header::of_kind(OWNER), dropped: dropped.clone() })
    }

    pub(super) fn weak(&self, target: Value) -> Gc<Weak> {
        let weak = self.local.alloc(Weak { header: Header::of_kind(WEAK), target: Slot::new(target) });
        self.heap.register_weak(weak.value(), &weak.get().target);
        weak
    }

    /// Collects with these exact roots and nothing else.
    pub(super) fn collect(&self, values: &[Value]) -> CollectionReport {
        self.heap.collect(&mut Roots { values: values.to_vec(), stack: None })
    }
}

/// Whether the heap still has a cell there.
pub(super) fn is_alive(heap: &Heap, address: usize) -> bool {
    let mut found = false;
    heap.each_cell(|value| found |= value.bits() as usize == address);
    found
}

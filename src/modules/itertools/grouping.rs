//! `groupby` and `tee`.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::heap::{Gc, Slot, Tracer, Value};
use crate::objects::iterators::{ITER, NEXT};
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::tuple::Tuple;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::ops;

use super::{make, state};

// ---- groupby

struct GroupBy {
    iterator: Slot,
    /// None for the items themselves.
    key: Slot,
    /// The last item that was read and its key; `EMPTY` before the first and after the last.
    item: Slot,
    item_key: Slot,
    /// The key of the group that was given out last; `EMPTY` before the first.
    group_key: Slot,
    /// Counts the groups: one that is no longer the last is exhausted.
    groups: AtomicU64,
}

impl NativeState for GroupBy {
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.iterator, &self.key, &self.item, &self.item_key, &self.group_key] {
            tracer.slot(slot);
        }
    }

    /// Only through its object, which the groups refer to.
    fn next(&self, _: &Thread) -> Option<Result<Option<Value>>> {
        None
    }
}

impl GroupBy {
    /// Reads the next item; false at the end.
    fn read(&self, th: &Thread) -> Result<bool> {
        let Some(item) = ops::next(th, self.iterator.get())? else {
            self.item.set(Value::EMPTY);
            self.item_key.set(Value::EMPTY);
            return Ok(false);
        };
        let function = self.key.get();
        let key = if function.is_none() { item } else { th.call(function, &[item])? };
        self.item.set(item);
        self.item_key.set(key);
        Ok(true)
    }

    /// Reads on until an item of another group is at hand; its key.
    fn next_group(&self, th: &Thread) -> Result<Option<Value>> {
        self.groups.fetch_add(1, Ordering::Relaxed);
        loop {
            let (key, group) = (self.item_key.get(), self.group_key.get());
            if !key.is_empty() && (group.is_empty() || !ops::equal(th, group, key)?) {
                self.group_key.set(key);
                return Ok(Some(key));
            }
            if !self.read(th)? {
                return Ok(None);
            }
            th.safepoint()?;
        }
    }
}

pub(super) static GROUP_BY: TypeDef = TypeDef {
    module: "itertools",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, iterable, key=None)", "Create a groupby object.", |th, args| {
            let key = if args[2].is_empty() { Value::NONE } else { args[2] };
            let state = GroupBy {
                iterator: Slot::new(ops::iter(th, args[1])?),
                key: Slot::new(key),
                item: Slot::default(),
                item_key: Slot::default(),
                group_key: Slot::default(),
                groups: AtomicU64::new(0),
            };
            make(th, args[0], state)
        })
        .static_method()
        .keywords(),
        ITER,
        native("__next__", "($self, /)", "Implement next(self).", |th, args| {
            let by = state::<GroupBy>(th, args[0])?;
            let Some(key) = by.next_group(th)? else {
                return Err(th.raise_with(crate::objects::exception::Exc::StopIteration, &[]));
            };
            let group =
                Group { by: Slot::new(args[0]), key: Slot::new(key), number: by.groups.load(Ordering::Relaxed) };
            let group = native_object::new(th, th.vm().class(&GROUPER), Box::new(group));
            Ok(th.tuple(&[key, group.value()]))
        }),
    ],
    ..TypeDef::new(
        "groupby",
        kinds::NATIVE_STATE,
        "Yields pairs of a key and an iterator over the neighbouring items that have it.",
    )
};

/// The items of one group.
struct Group {
    by: Slot,
    key: Slot,
    number: u64,
}

impl NativeState for Group {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.by);
        tracer.slot(&self.key);
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        let by = self.by.get().downcast::<NativeObject>()?.state_as::<GroupBy>()?;
        Some(self.step(th, by))
    }
}

impl Group {
    fn step(&self, th: &Thread, by: &GroupBy) -> Result<Option<Value>> {
        if by.groups.load(Ordering::Relaxed) != self.number {
            return Ok(None);
        }
        if by.item.get().is_empty() && !by.read(th)? {
            return Ok(None);
        }
        if !ops::equal(th, self.key.get(), by.item_key.get())? {
            return Ok(None);
        }
        // The key stays, for the next group to compare with, until the next item is read.
        Ok(Some(by.item.replace(Value::EMPTY)))
    }
}

pub(super) static GROUPER: TypeDef =
    TypeDef { module: "itertools", methods: &[ITER, NEXT], ..TypeDef::new("_grouper", kinds::NATIVE_STATE, "") };

// ---- tee

/// What the copies of an iterator share: its items in a chain of pairs (item, next pair), the last one still empty.
struct Link {
    iterator: Slot,
    item: Slot,
    next: Slot,
    /// Whether the iterator is being asked for the item.
    asked: AtomicBool,
}

impl NativeState for Link {
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.iterator, &self.item, &self.next] {
            tracer.slot(slot);
        }
    }
}

pub(super) static LINK: TypeDef =
    TypeDef { module: "itertools", ..TypeDef::new("_tee_dataobject", kinds::NATIVE_STATE, "Items that tees share.") };

fn link(th: &Thread, iterator: Value) -> Value {
    let state = Link {
        iterator: Slot::new(iterator),
        item: Slot::default(),
        next: Slot::default(),
        asked: AtomicBool::new(false),
    };
    native_object::new(th, th.vm().class(&LINK), Box::new(state)).value()
}

struct Tee {
    /// The link that holds the next item, or will.
    at: Slot,
}

impl NativeState for Tee {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.at);
    }

    fn next(&self, th: &Thread) -> Option<Result<Option<Value>>> {
        let at: Gc<NativeObject> = self.at.get().downcast()?;
        Some(self.step(th, at, at.state_as::<Link>()?))
    }
}

impl Tee {
    fn step(&self, th: &Thread, cell: Gc<NativeObject>, at: &Link) -> Result<Option<Value>> {
        if at.next.get().is_empty() {
            if at.asked.swap(true, Ordering::AcqRel) {
                return Err(th.runtime_error("cannot re-enter the tee iterator"));
            }
            let item = ops::next(th, at.iterator.get());
            at.asked.store(false, Ordering::Release);
            let Some(item) = item? else { return Ok(None) };
            let next = link(th, at.iterator.get());
            let _guard = th.guard(&cell.get().header);
            at.item.set(item);
            at.next.set(next);
        }
        self.at.set(at.next.get());
        Ok(Some(at.item.get()))
    }
}

fn new_tee(th: &Thread, class: Value, iterable: Value) -> Result {
    let known = iterable.downcast::<NativeObject>().and_then(|object| object.state_as::<Tee>());
    let at = match known {
        Some(tee) => tee.at.get(),
        None => link(th, ops::iter(th, iterable)?),
    };
    make(th, class, Tee { at: Slot::new(at) })
}

pub(super) static TEE_TYPE: TypeDef = TypeDef {
    module: "itertools",
    methods: &[
        native("__new__", "(cls, iterable, /)", "Create and return a new object.", |th, args| {
            new_tee(th, args[0], args[1])
        })
        .static_method(),
        ITER,
        NEXT,
        native("__copy__", "($self, /)", "Returns an independent iterator.", |th, args| {
            new_tee(th, th.class_of(args[0]).value(), args[0])
        }),
    ],
    weakrefs: true,
    ..TypeDef::new("_tee", kinds::NATIVE_STATE, "Iterator wrapped to make it copyable.")
};

pub(super) const TEE: NativeDef =
    native("tee", "(iterable, n=2, /)", "Returns a tuple of n independent iterators.", |th, args| {
        let count = if args[1].is_empty() { 2 } else { ops::index_i64(th, args[1])? };
        let count = usize::try_from(count).map_err(|_| th.value_error("n must be >= 0"))?;
        let class = th.vm().class(&TEE_TYPE).value();
        if count == 0 {
            return Ok(th.tuple(&[]));
        }
        let first = new_tee(th, class, args[0])?;
        let all = Tuple::unfilled(th, count);
        for at in 0..count {
            all.fill(at, if at == 0 { first } else { new_tee(th, class, first)? });
        }
        Ok(all.value())
    });

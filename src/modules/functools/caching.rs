//! What `functools.lru_cache` makes: a function with a cache.
//!
//! The entries lie in a dict. Where their number is bounded, each is a [`Node`] with the time of its last use, and a queue
//! holds every use in order: a hit only appends to it. The least recently used entry is the first of the queue whose time
//! is its node's; what comes before it is out of date. Neither lock is held while Python code (`__eq__`, `__hash__`, the
//! function) runs.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;

use crate::heap::{Gc, Slot, Tracer, Value};
use crate::objects::dict::Dict;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::tuple::Tuple;
use crate::objects::{function, kinds, sequences};
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::{Thread, ops, signature};

/// The most entries that a cache keeps.
#[derive(Clone, Copy, PartialEq)]
enum Bound {
    None,
    Entries(usize),
}

struct Cache {
    function: Slot,
    bound: Bound,
    typed: bool,
    /// The class of what `cache_info` gives.
    info: Slot,
    /// Stands in keys between positional and keyword arguments.
    separator: Slot,
    /// A dict: results by key, or nodes by key where the number of entries is bounded. Another one once it is cleared.
    entries: Slot,
    hits: AtomicU64,
    misses: AtomicU64,
    /// Every use of an entry: the time and the node. Empty where nothing is ever thrown out. Its lock is held while
    /// `entries` is exchanged: what is in the queue is, or soon will have been, in that dict.
    uses: Mutex<VecDeque<(u64, Slot)>>,
    clock: AtomicU64,
}

impl NativeState for Cache {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.function);
        tracer.slot(&self.info);
        tracer.slot(&self.separator);
        tracer.slot(&self.entries);
        for (_, node) in &*self.uses.lock() {
            tracer.slot(node);
        }
    }
}

/// An entry of a bounded cache.
struct Node {
    key: Slot,
    hash: u64,
    result: Slot,
    last_use: AtomicU64,
}

impl NativeState for Node {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.key);
        tracer.slot(&self.result);
    }
}

/// The class of nodes; programs do not meet it.
pub static NODE: TypeDef = TypeDef::new("_lru_list_elem", kinds::NATIVE_STATE, "");

fn node(value: Value) -> Option<&'static Node> {
    value.downcast::<NativeObject>().and_then(|object| object.state_as::<Node>())
}

fn cache(th: &Thread, this: Value) -> Result<&'static Cache> {
    let cache = this.downcast::<NativeObject>().and_then(|object| object.state_as::<Cache>());
    cache.ok_or_else(|| th.type_error("a 'functools._lru_cache_wrapper' object is required"))
}

impl Cache {
    fn call(&self, th: &Thread, args: &[Value], named: Option<Gc<Dict>>) -> Result {
        let named = named.filter(|named| !named.is_empty());
        if self.bound == Bound::Entries(0) {
            self.misses.fetch_add(1, Ordering::Relaxed);
            return th.call_unpacked(self.function.get(), args, named);
        }
        let key = self.key(th, args, named);
        let hash = ops::hash(th, key)? as u64;
        let Some(entries) = self.entries() else { return Ok(Value::NONE) };
        if let Some(found) = entries.get_hashed(th, key, hash)? {
            self.hits.fetch_add(1, Ordering::Relaxed);
            return Ok(match node(found) {
                Some(entry) if self.bound != Bound::None => {
                    self.note_use(found, entry);
                    entry.result.get()
                }
                _ => found,
            });
        }
        self.misses.fetch_add(1, Ordering::Relaxed);
        let result = th.call_unpacked(self.function.get(), args, named)?;
        match self.bound {
            Bound::None => entries.set_hashed(th, key, hash, result)?,
            Bound::Entries(most) => self.remember(th, entries, most, (key, hash), result)?,
        }
        Ok(result)
    }

    fn entries(&self) -> Option<Gc<Dict>> {
        self.entries.get().downcast()
    }

    /// A tuple of the arguments; a lone int or str stands for itself.
    fn key(&self, th: &Thread, args: &[Value], named: Option<Gc<Dict>>) -> Value {
        if named.is_none() && !self.typed {
            return match args {
                [one] if is_its_own_key(th, *one) => *one,
                _ => th.tuple(args),
            };
        }
        let mut parts = args.to_vec();
        if let Some(named) = named {
            parts.push(self.separator.get());
            for (_, name, value) in named.live_entries() {
                parts.extend([name, value]);
            }
        }
        if self.typed {
            parts.extend(args.iter().map(|arg| th.class_of(*arg).value()));
            let named = named.into_iter().flat_map(|named| named.live_entries());
            parts.extend(named.map(|(_, _, value)| th.class_of(value).value()));
        }
        th.tuple(&parts)
    }

    fn note_use(&self, of: Value, entry: &Node) {
        let mut uses = self.uses.lock();
        // Under the lock: nobody finds the former use out of date while the queue does not yet hold this one.
        let now = self.clock.fetch_add(1, Ordering::Relaxed) + 1;
        entry.last_use.store(now, Ordering::Relaxed);
        uses.push_back((now, Slot::new(of)));
        if let Bound::Entries(most) = self.bound
            && uses.len() > 2 * most + 16
        {
            uses.retain(|(time, of)| is_last_use(*time, of.get()));
        }
    }

    /// Keeps a result, unless the function's own calls have filled in the same key; throws out what is too much.
    fn remember(
        &self,
        th: &Thread,
        entries: Gc<Dict>,
        most: usize,
        (key, hash): (Value, u64),
        result: Value,
    ) -> Result<()> {
        if entries.get_hashed(th, key, hash)?.is_some() {
            return Ok(());
        }
        self.trim(th, most.saturating_sub(1))?;
        let state = Node { key: Slot::new(key), hash, result: Slot::new(result), last_use: AtomicU64::new(0) };
        let made = native_object::new(th, th.vm().class(&NODE), Box::new(state));
        // In the dict before it is in the queue: whoever takes it from there to throw it out shall find it.
        entries.set_hashed(th, key, hash, made.value())?;
        if let Some(entry) = made.state_as::<Node>() {
            self.note_use(made.value(), entry);
        }
        // Another thread may have filled the same room.
        self.trim(th, most).map(drop)
    }

    /// Throws out what has not been used for longest while there are more than `most` entries; how many are left.
    fn trim(&self, th: &Thread, most: usize) -> Result<usize> {
        loop {
            let left = self.entries().map_or(0, |entries| entries.len());
            if left <= most {
                return Ok(left);
            }
            let Some((entries, oldest)) = self.take_oldest() else { return Ok(left) };
            if let (Some(entries), Some(oldest)) = (entries.downcast::<Dict>(), node(oldest)) {
                entries.remove_hashed(th, oldest.key.get(), oldest.hash)?;
            }
        }
    }

    /// Takes the least recently used node out of the queue; and the dict that it is in.
    fn take_oldest(&self) -> Option<(Value, Value)> {
        let mut uses = self.uses.lock();
        while let Some((time, of)) = uses.pop_front() {
            let of = of.get();
            if is_last_use(time, of) {
                return Some((self.entries.get(), of));
            }
        }
        None
    }

    /// What is being filled in meanwhile goes into the former dict.
    fn clear(&self, th: &Thread) {
        let empty = Dict::new(th).value();
        let mut uses = self.uses.lock();
        uses.clear();
        self.entries.set(empty);
        self.hits.store(0, Ordering::Relaxed);
        self.misses.store(0, Ordering::Relaxed);
    }
}

/// Exactly an int or a str.
fn is_its_own_key(th: &Thread, value: Value) -> bool {
    let class = th.class_of(value);
    class == th.vm().class_of_kind(kinds::INT) || class == th.vm().class_of_kind(kinds::STR)
}

fn is_last_use(time: u64, of: Value) -> bool {
    node(of).is_some_and(|entry| entry.last_use.load(Ordering::Relaxed) == time)
}

fn new(th: &Thread, args: &[Value]) -> Result {
    let (Some(class), function) = (args[0].as_class(), args[1]) else {
        return Err(th.type_error("functools._lru_cache_wrapper.__new__(X): X is not a type object"));
    };
    if !ops::is_callable(th, function) {
        return Err(th.type_error("the first argument must be callable"));
    }
    let bound = match args[2] {
        most if most.is_none() => Bound::None,
        most if sequences::is_index(th, most) => Bound::Entries(ops::index_i64(th, most)?.max(0) as usize),
        _ => return Err(th.type_error("maxsize should be integer or None")),
    };
    let cache = Cache {
        function: Slot::new(function),
        bound,
        typed: ops::truthy(th, args[3])?,
        info: Slot::new(args[4]),
        separator: Slot::new(super::mark(th, &NODE)),
        entries: Slot::new(Dict::new(th).value()),
        hits: AtomicU64::new(0),
        misses: AtomicU64::new(0),
        uses: Mutex::default(),
        clock: AtomicU64::new(0),
    };
    Ok(native_object::new(th, class, Box::new(cache)).value())
}

const ITSELF: fn(&Thread, &[Value]) -> Result = |_, args| Ok(args[0]);

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, user_function, maxsize, typed, cache_info_type)", "Create and return a new object.", new)
        .static_method(),
    native("__call__", "($self, /, *args, **kwargs)", "Call self as a function.", |th, args| {
        cache(th, args[0])?.call(th, signature::items(args[1].downcast::<Tuple>()), args[2].downcast())
    })
    .positional(|th, args| cache(th, args[0])?.call(th, &args[1..], None)),
    native("__get__", "($self, instance, owner=None, /)", "Return an attribute of instance.", |th, args| {
        match (args[1].is_none(), args[2].is_empty() || args[2].is_none()) {
            (true, true) => Err(th.type_error("__get__(None, None) is invalid")),
            (true, false) => Ok(args[0]),
            (false, _) => Ok(function::new_method(th, args[0], args[1])),
        }
    }),
    native("cache_info", "($self, /)", "Report cache statistics", |th, args| {
        let this = cache(th, args[0])?;
        let most = match this.bound {
            Bound::None => Value::NONE,
            Bound::Entries(most) => th.int(most as i64),
        };
        let entries = match this.bound {
            Bound::Entries(most) => this.trim(th, most)?,
            Bound::None => this.entries().map_or(0, |entries| entries.len()),
        };
        let count = |count: &AtomicU64| th.int(count.load(Ordering::Relaxed) as i64);
        th.call(this.info.get(), &[count(&this.hits), count(&this.misses), most, th.int(entries as i64)])
    }),
    native("cache_clear", "($self, /)", "Clear the cache and cache statistics", |th, args| {
        cache(th, args[0])?.clear(th);
        Ok(Value::NONE)
    }),
    native("__reduce__", "($self, /)", "Helper for pickle.", |th, args| {
        ops::get_attr(th, args[0], th.vm().names.__qualname__)
    }),
    native("__copy__", "($self, /)", "The object itself.", ITSELF),
    native("__deepcopy__", "($self, memo, /)", "The object itself.", ITSELF),
];

pub static WRAPPER: TypeDef = TypeDef {
    module: "functools",
    methods: METHODS,
    has_dict: true,
    weakrefs: true,
    ..TypeDef::new(
        "_lru_cache_wrapper",
        kinds::NATIVE_STATE,
        "Create a cached callable that wraps another function.\n\n\
         user_function:      the function being cached\n\n\
         maxsize:  0         for no caching\n          None      for unlimited cache size\n          \
         n         for a bounded cache\n\n\
         typed:    False     cache f(3) and f(3.0) as identical calls\n          \
         True      cache f(3) and f(3.0) as distinct calls\n\n\
         cache_info_type:    namedtuple class with the fields:\n                        \
         hits misses currsize maxsize\n",
    )
};

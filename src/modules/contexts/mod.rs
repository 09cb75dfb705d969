//! `_contextvars`: variables whose values belong to a context; `contextvars` re-exports it.
//!
//! Each thread has a current context, an empty one to begin with. `map` is what a context holds.

use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;

use crate::heap::{Cell, Gc, Header, Kind, Slot, Tracer, Value};
use crate::modules::ModuleDef;
use crate::objects::exception::Exc;
use crate::objects::generic_alias::CLASS_GETITEM;
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, TypeDef, getter, member, native};
use crate::vm::{Thread, ops, signature};

mod map;
mod variables;

use map::Map;

pub static CONTEXTVARS: ModuleDef = ModuleDef {
    functions: &[native("copy_context", "()", "Return a shallow copy of the current Context object.", |th, _| {
        copy_current(th)
    })],
    types: &[&CONTEXT, &variables::CONTEXT_VAR, &variables::TOKEN],
    init: Some(|th, _| {
        variables::set_missing(th);
        Ok(())
    }),
    ..ModuleDef::new("_contextvars", "Context Variables")
};

#[repr(C)]
pub struct Context {
    header: Header,
    map: Mutex<Map>,
    /// Whether a thread runs in it.
    entered: AtomicBool,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Context {
    const KIND: Kind = kinds::CONTEXT;
    const NEEDS_DROP: bool = true;
    fn trace(&self, tracer: &mut Tracer) {
        // Held for a clone or a store only, never across a safepoint: nobody has it while the world stands still.
        self.map.lock().trace(tracer);
    }
}

impl Context {
    fn map(&self) -> Map {
        self.map.lock().clone()
    }

    fn change(&self, change: impl FnOnce(&Map) -> Map) {
        let mut map = self.map.lock();
        *map = change(&map);
    }
}

fn new(th: &Thread, map: Map) -> Value {
    let header = Header::of_kind(kinds::CONTEXT);
    th.alloc(Context { header, map: Mutex::new(map), entered: AtomicBool::new(false) }).value()
}

/// The thread's context, made when it is first asked for.
fn current(th: &Thread) -> Result<&'static Context> {
    if th.context.get().is_empty() {
        let context = new(th, Map::default());
        state(th, context)?.entered.store(true, Ordering::Release);
        th.context.set(context);
    }
    state(th, th.context.get())
}

fn state(th: &Thread, this: Value) -> Result<&'static Context> {
    this.downcast::<Context>().map(Gc::get).ok_or_else(|| th.type_error("a '_contextvars.Context' object is required"))
}

static CONTEXT: TypeDef = TypeDef {
    weakrefs: true,
    module: "_contextvars",
    methods: METHODS,
    unhashable: true,
    ..TypeDef::new("Context", kinds::CONTEXT, "")
};

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
        let has_keywords = args[2].downcast::<crate::objects::dict::Dict>().is_some_and(|dict| !dict.is_empty());
        if has_keywords || !signature::items(args[1].downcast::<Tuple>()).is_empty() {
            return Err(th.type_error("Context() does not accept any arguments"));
        }
        Ok(new(th, Map::default()))
    })
    .static_method(),
    native("run", "($self, /, *args=<null>, **kwargs)", "Call the callable in this context.", run),
    native("copy", "($self, /)", "Return a shallow copy of the context object.", |th, args| {
        let map = state(th, args[0])?.map();
        Ok(new(th, map))
    }),
    native(
        "get",
        "($self, key, default=None, /)",
        "Return the value for key if it has one in the context.",
        |th, args| {
            let default = if args[2].is_empty() { Value::NONE } else { args[2] };
            Ok(look(th, args)?.unwrap_or(default))
        },
    ),
    native("__getitem__", "($self, key, /)", "Return self[key].", |th, args| {
        look(th, args)?.ok_or_else(|| th.key_error(args[1]))
    }),
    native("__contains__", "($self, key, /)", "Return bool(key in self).", |th, args| {
        look(th, args).map(|found| Value::bool(found.is_some()))
    }),
    native("__len__", "($self, /)", "Return len(self).", |th, args| Ok(th.int(state(th, args[0])?.map().len() as i64))),
    native("__iter__", "($self, /)", "Implement iter(self).", |th, args| {
        let keys = keys(th, args)?;
        ops::iter(th, keys)
    }),
    native("keys", "($self, /)", "Return a list of all variables in the context object.", keys),
    native("values", "($self, /)", "Return a list of all variables' values in the context object.", |th, args| {
        let values: Vec<Value> = entries(th, args)?.iter().map(|entry| entry.1).collect();
        Ok(th.list(&values))
    }),
    native("items", "($self, /)", "Return all variables and their values in the context object.", |th, args| {
        let items: Vec<Value> = entries(th, args)?.iter().map(|(key, value)| th.tuple(&[*key, *value])).collect();
        Ok(th.list(&items))
    }),
    native("__eq__", "($self, value, /)", "Return self==value.", |th, args| {
        if args[1].downcast::<Context>().is_none() {
            return Ok(Value::NOT_IMPLEMENTED);
        }
        let other = state(th, args[1])?.map();
        let entries = entries(th, args)?;
        if entries.len() != other.len() {
            return Ok(Value::FALSE);
        }
        for (key, value) in entries {
            match other.get(key) {
                Some(same) if ops::equal(th, value, same)? => {}
                _ => return Ok(Value::FALSE),
            }
        }
        Ok(Value::TRUE)
    }),
];

fn entries(th: &Thread, args: &[Value]) -> Result<Vec<(Value, Value)>> {
    Ok(state(th, args[0])?.map().entries())
}

fn keys(th: &Thread, args: &[Value]) -> Result {
    let keys: Vec<Value> = entries(th, args)?.iter().map(|entry| entry.0).collect();
    Ok(th.list(&keys))
}

fn look(th: &Thread, args: &[Value]) -> Result<Option<Value>> {
    if !variables::is_variable(args[1]) {
        let found = ops::repr(th, args[1])?.to_text();
        return Err(th.type_error(format_args!("a ContextVar key was expected, got {found}")));
    }
    Ok(state(th, args[0])?.map.lock().get(args[1]))
}

/// A context that a thread runs in, and the one that it ran in before.
pub struct Entered {
    context: &'static Context,
    before: Value,
}

/// A copy of the thread's context.
pub fn copy_current(th: &Thread) -> Result {
    let map = current(th)?.map();
    Ok(new(th, map))
}

/// Makes a context the thread's, until [`leave`].
pub fn enter(th: &Thread, value: Value) -> Result<Entered> {
    let context = state(th, value)?;
    if context.entered.swap(true, Ordering::AcqRel) {
        let shown = ops::repr(th, value)?.to_text();
        return Err(th.runtime_error(format_args!("cannot enter context: {shown} is already entered")));
    }
    Ok(Entered { context, before: th.context.replace(value) })
}

pub fn leave(th: &Thread, entered: Entered) {
    th.context.set(entered.before);
    entered.context.entered.store(false, Ordering::Release);
}

fn run(th: &Thread, args: &[Value]) -> Result {
    state(th, args[0])?;
    let Some((callable, rest)) = signature::items(args[1].downcast::<Tuple>()).split_first() else {
        return Err(th.type_error("run() missing 1 required positional argument"));
    };
    let entered = enter(th, args[0])?;
    let result = th.call_unpacked(*callable, rest, args[2].downcast());
    leave(th, entered);
    result
}

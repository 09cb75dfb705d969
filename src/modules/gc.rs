//! `gc`: the collector. It stops the world, marks and sweeps; there are no generations.

use std::sync::atomic::Ordering;

use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::objects::dict::Dict;
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::module::Module;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, import, ops, report, signature};

pub static GC: ModuleDef = ModuleDef {
    functions: FUNCTIONS,
    init: Some(init),
    ..ModuleDef::new("gc", "This module provides access to the garbage collector.")
};

const FUNCTIONS: &[NativeDef] = &[
    native(
        "collect",
        "(generation=2)",
        "Run the garbage collector; return the number of cells that were freed.",
        |th, _| {
            call_back(th, "start", 0)?;
            th.vm().heap().free_owned_at_next_collection();
            let report = th.collect();
            th.run_finalizers();
            call_back(th, "stop", report.freed as i64)?;
            Ok(th.int(report.freed as i64))
        },
    ),
    native("enable", "()", "Enable automatic garbage collection.", |th, _| {
        th.vm().gc_enabled.store(true, Ordering::Relaxed);
        Ok(Value::NONE)
    }),
    native(
        "disable",
        "()",
        "Disable automatic garbage collection. Only remembered: without the collector nothing would be freed.",
        |th, _| {
            th.vm().gc_enabled.store(false, Ordering::Relaxed);
            Ok(Value::NONE)
        },
    ),
    native("isenabled", "()", "Return true if automatic garbage collection is enabled.", |th, _| {
        Ok(Value::bool(th.vm().gc_enabled.load(Ordering::Relaxed)))
    }),
    native("get_count", "()", "Return a three-tuple of the current collection counts.", |th, _| {
        Ok(th.tuple(&[Value::small_int(0); 3]))
    }),
    native("get_threshold", "()", "Return the current collection thresholds.", |th, _| {
        Ok(th.tuple(&[Value::small_int(2000), Value::small_int(10), Value::small_int(0)]))
    }),
    native(
        "set_threshold",
        "(threshold0, threshold1=<unrepresentable>, threshold2=<unrepresentable>, /)",
        "Set the collection thresholds: accepted, without effect.",
        |_, _| Ok(Value::NONE),
    ),
    native("get_stats", "()", "Return a list of dictionaries containing per-generation statistics.", |th, _| stats(th)),
    native(
        "get_objects",
        "(generation=None)",
        "Return a list of objects tracked by the collector (excluding the list returned).",
        |th, _| {
            let found = th.with_world_stopped(|| {
                let mut found = Vec::new();
                th.vm().heap().each_cell(|cell| found.extend(is_tracked(cell).then_some(cell)));
                found
            });
            Ok(th.list(&found))
        },
    ),
    native(
        "get_referents",
        "(*objs)",
        "Return the list of objects that are directly referred to by 'objs'.",
        |th, args| {
            let found = th.with_world_stopped(|| {
                let mut found = Vec::new();
                for object in signature::items(args[0].downcast()) {
                    referents(th, *object, &mut |value| found.push(value));
                }
                found
            });
            Ok(th.list(&found))
        },
    ),
    native(
        "get_referrers",
        "(*objs)",
        "Return the list of objects that directly refer to any of 'objs'.",
        |th, args| {
            let wanted = signature::items(args[0].downcast());
            let found = th.with_world_stopped(|| {
                let mut found = Vec::new();
                th.vm().heap().each_cell(|cell| {
                    let mut refers = false;
                    if is_tracked(cell) && cell != args[0] {
                        referents(th, cell, &mut |value| refers |= wanted.contains(&value));
                    }
                    found.extend(refers.then_some(cell));
                });
                found
            });
            Ok(th.list(&found))
        },
    ),
    native("get_debug", "()", "Get the garbage collection debugging flags: none.", |_, _| Ok(Value::small_int(0))),
    native("set_debug", "(flags, /)", "Set the debugging flags: accepted, without effect.", |th, args| {
        ops::index_i64(th, args[0]).map(|_| Value::NONE)
    }),
    native("get_freeze_count", "()", "Return the number of objects in the permanent generation: none.", |_, _| {
        Ok(Value::small_int(0))
    }),
    native("freeze", "()", "Freeze all current tracked objects: without effect.", |_, _| Ok(Value::NONE)),
    native("unfreeze", "()", "Unfreeze all objects: without effect.", |_, _| Ok(Value::NONE)),
    native("is_tracked", "(obj, /)", "Returns true if the object is tracked by the garbage collector.", |_, args| {
        Ok(Value::bool(is_tracked(args[0])))
    }),
    native(
        "is_finalized",
        "(obj, /)",
        "Returns true if the object has been already finalized by the GC.",
        |th, args| {
            let finalizable = th.class_of(args[0]).has(crate::objects::class::flag::FINALIZER);
            let waits = args[0].header().is_some_and(|h| h.has_flag(crate::heap::Header::HAS_FINALIZER));
            Ok(Value::bool(finalizable && !waits))
        },
    ),
];

fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    for (name, value) in [("STATS", 1), ("COLLECTABLE", 2), ("UNCOLLECTABLE", 4), ("SAVEALL", 32), ("LEAK", 38)] {
        module.namespace.set_str(th, th.intern(&format!("DEBUG_{name}")), Value::small_int(value));
    }
    for name in ["garbage", "callbacks"] {
        module.namespace.set_str(th, th.intern(name), th.list(&[]));
    }
    Ok(())
}

/// The list `gc.callbacks`, if the program has imported the module.
fn callbacks(th: &Thread) -> Option<Gc<List>> {
    let module = import::in_modules(th, "gc")?.downcast::<Module>()?;
    module.namespace.get_str(th, th.intern("callbacks"))?.downcast::<List>()
}

/// Whether a collection that nobody asked for is to be told of: not where the program has switched these off, as it thinks.
pub fn somebody_listens(th: &Thread) -> bool {
    th.vm().gc_enabled.load(Ordering::Relaxed) && callbacks(th).is_some_and(|callbacks| !callbacks.is_empty())
}

/// Tells the functions in `gc.callbacks` of a collection.
pub fn call_back(th: &Thread, phase: &str, collected: i64) -> Result<()> {
    let Some(callbacks) = callbacks(th) else { return Ok(()) };
    // As long as it is by now: a callback may take others out of it.
    let mut at = 0;
    while let Some(callback) = callbacks.at(at) {
        at += 1;
        let information = Dict::new(th);
        for (name, number) in [("generation", 2), ("collected", collected), ("uncollectable", 0)] {
            information.set_str(th, th.intern(name), th.int(number));
        }
        if let Err(raised) = th.call(callback, &[th.str(phase), information.value()]) {
            let exception = th.take_exception(raised);
            report::unraisable(th, exception, callback);
        }
    }
    Ok(())
}

/// Whether programs know it as an object that may refer to others.
fn is_tracked(value: Value) -> bool {
    let atomic = |kind| {
        matches!(kind, kinds::STR | kinds::BYTES | kinds::BYTEARRAY | kinds::INT | kinds::WIDE_INT | kinds::FLOAT)
            || matches!(kind, kinds::COMPLEX | kinds::RANGE | kinds::CODE)
    };
    value.header().is_some_and(|header| !atomic(header.kind()) && !is_backing(value))
}

/// Whether it is a store of another object's contents, which no program sees.
fn is_backing(value: Value) -> bool {
    let backing = |kind| {
        matches!(kind, kinds::ITEMS | kinds::TABLE | kinds::SLOTS | kinds::SET_TABLE)
            || matches!(kind, kinds::BUFFER | kinds::ATTR_CACHE | kinds::STR_INDEX)
    };
    value.header().is_some_and(|header| backing(header.kind()))
}

/// Calls `visit` with what the object refers to, also through its backing stores.
fn referents(th: &Thread, object: Value, visit: &mut dyn FnMut(Value)) {
    th.vm().heap().each_reference(object, |value| {
        if is_backing(value) {
            referents(th, value, visit);
        } else {
            visit(value);
        }
    });
}

fn stats(th: &Thread) -> Result {
    let dict = th.dict();
    for (name, value) in [("collections", th.vm().heap().collections()), ("collected", 0), ("uncollectable", 0)] {
        dict.set_str(th, th.intern(name), th.int(value as i64));
    }
    Ok(List::new(th, &[dict.value()]).value())
}

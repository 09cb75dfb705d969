//! `gc`: the collector. It stops the world, marks and sweeps; there are no generations.

use crate::heap::Value;
use crate::modules::ModuleDef;
use crate::objects::list::List;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, native};

pub static GC: ModuleDef =
    ModuleDef { functions: FUNCTIONS, ..ModuleDef::new("gc", "This module provides access to the garbage collector.") };

const FUNCTIONS: &[NativeDef] = &[
    native(
        "collect",
        "(generation=2)",
        "Run the garbage collector; return the number of cells that were freed.",
        |th, _| {
            let report = th.collect();
            th.run_finalizers();
            Ok(th.int(report.freed as i64))
        },
    ),
    native("enable", "()", "Enable automatic garbage collection.", |_, _| Ok(Value::NONE)),
    native(
        "disable",
        "()",
        "Disable automatic garbage collection. The collector cannot be switched off here: does nothing.",
        |_, _| Ok(Value::NONE),
    ),
    native("isenabled", "()", "Return true if automatic garbage collection is enabled.", |_, _| Ok(Value::TRUE)),
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
    native("freeze", "()", "Freeze all current tracked objects: without effect.", |_, _| Ok(Value::NONE)),
    native("unfreeze", "()", "Unfreeze all objects: without effect.", |_, _| Ok(Value::NONE)),
    native("is_tracked", "(obj, /)", "Returns true if the object is tracked by the garbage collector.", |_, args| {
        Ok(Value::bool(args[0].is_cell() && args[0].as_str_cell().is_none()))
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

fn stats(th: &Thread) -> Result {
    let dict = th.dict();
    for (name, value) in [("collections", th.vm().heap().collections()), ("collected", 0), ("uncollectable", 0)] {
        dict.set_str(th, th.intern(name), th.int(value as i64));
    }
    Ok(List::new(th, &[dict.value()]).value())
}

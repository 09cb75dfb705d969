//! `sys.settrace`, `sys.setprofile` and their like: see `vm::tracing`.

use crate::heap::Value;
use crate::vm::native::{NativeDef, native};
use crate::vm::tracing::Hook;

pub const SETTRACE: NativeDef =
    native("settrace", "(function, /)", "Set the global debug tracing function.", |th, args| {
        th.watch(Hook::Trace, args[0]);
        Ok(Value::NONE)
    });

pub const SETTRACE_ALL: NativeDef = native(
    "_settraceallthreads",
    "(function, /)",
    "Set the global debug tracing function in all running threads belonging to the current interpreter.",
    |th, args| {
        th.watch(Hook::Trace, args[0]);
        th.vm().watch_all(Hook::Trace, args[0]);
        Ok(Value::NONE)
    },
);

pub const GETTRACE: NativeDef =
    native("gettrace", "()", "Return the global debug tracing function.", |th, _| Ok(th.tracing.function(Hook::Trace)));

pub const SETPROFILE: NativeDef = native("setprofile", "(function, /)", "Set the profiling function.", |th, args| {
    th.watch(Hook::Profile, args[0]);
    Ok(Value::NONE)
});

pub const SETPROFILE_ALL: NativeDef = native(
    "_setprofileallthreads",
    "(function, /)",
    "Set the profiling function in all running threads belonging to the current interpreter.",
    |th, args| {
        th.watch(Hook::Profile, args[0]);
        th.vm().watch_all(Hook::Profile, args[0]);
        Ok(Value::NONE)
    },
);

pub const GETPROFILE: NativeDef =
    native("getprofile", "()", "Return the profiling function.", |th, _| Ok(th.tracing.function(Hook::Profile)));

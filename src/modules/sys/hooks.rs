//! What `sys` lets programs be told of coroutines and asynchronous generators; and what of CPython's own machinery there is
//! nothing of here.

use crate::heap::Value;
use crate::objects::exception::Exc;
use crate::objects::tuple::structure::{self, field, structure};
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::signature::items;
use crate::vm::{Thread, import, ops, report};

static ASYNCGEN_HOOKS: TypeDef = structure(
    "asyncgen_hooks",
    "builtins",
    "A named tuple of the hooks of asynchronous generators.",
    &[
        field::<0>("firstiter", "Called with a generator that is about to be iterated over for the first time."),
        field::<1>("finalizer", "Called with a generator that nobody can reach any more and that has not ended."),
    ],
);

pub const FUNCTIONS: &[NativeDef] = &[
    native(
        "breakpointhook",
        "(*args, **kwargs)",
        "This hook function is called by built-in breakpoint(). It calls what PYTHONBREAKPOINT names, or pdb.set_trace.",
        breakpoint_hook,
    ),
    native("get_asyncgen_hooks", "()", "Return the installed asynchronous generators hooks.", |th, _| {
        let hooks = th.generator_hooks.each_ref().map(|hook| match hook.get() {
            none if none.is_empty() => Value::NONE,
            hook => hook,
        });
        Ok(structure::new(th, &ASYNCGEN_HOOKS, &hooks))
    }),
    native(
        "set_asyncgen_hooks",
        "(firstiter=<unrepresentable>, finalizer=<unrepresentable>)",
        "Set up hooks for asynchronous generators of this thread; None takes one away.",
        |th, args| {
            for (hook, name) in args.iter().zip(["firstiter", "finalizer"]) {
                if !hook.is_empty() && !hook.is_none() && !ops::is_callable(th, *hook) {
                    let class = th.type_name(*hook);
                    return Err(th.type_error(format_args!("callable {name} expected, got {class}")));
                }
            }
            for (place, hook) in th.generator_hooks.iter().zip(args).filter(|(_, hook)| !hook.is_empty()) {
                place.set(*hook);
            }
            Ok(Value::NONE)
        },
    ),
    native(
        "get_coroutine_origin_tracking_depth",
        "()",
        "Check status of origin tracking for coroutine objects in this thread.",
        |th, _| Ok(Value::small_int(th.origin_depth.get().into())),
    ),
    native(
        "set_coroutine_origin_tracking_depth",
        "(depth)",
        "Enable or disable origin tracking for coroutine objects in this thread.",
        |th, args| {
            let depth = ops::index_i32(th, args[0])?;
            let depth = u32::try_from(depth).map_err(|_| th.value_error("depth must be >= 0"))?;
            th.origin_depth.set(depth);
            Ok(Value::NONE)
        },
    ),
    native(
        "is_stack_trampoline_active",
        "()",
        "Whether profilers of the system can see Python's frames: no.",
        |_, _| Ok(Value::FALSE),
    ),
    native(
        "activate_stack_trampoline",
        "(backend, /)",
        "Let profilers of the system see Python's frames, which is not to be had here.",
        |th, args| {
            let Some(backend) = args[0].as_str_cell() else {
                let class = th.type_name(args[0]);
                return Err(
                    th.type_error(format_args!("activate_stack_trampoline() argument must be str, not {class}"))
                );
            };
            match backend.to_text().as_str() {
                "perf" | "perf_jit" => Err(th.value_error("perf trampoline not available")),
                other => Err(th.value_error(format_args!("invalid backend: {other}"))),
            }
        },
    ),
    native("deactivate_stack_trampoline", "()", "Undo activate_stack_trampoline().", |_, _| Ok(Value::NONE)),
    native("is_remote_debug_enabled", "()", "Whether other processes may run code in this one: no.", |_, _| {
        Ok(Value::FALSE)
    }),
    native("remote_exec", "(pid, script)", "Run a file in another process, which is not to be had here.", remote_exec),
];

fn remote_exec(th: &Thread, args: &[Value]) -> Result {
    ops::index_i32(th, args[0])?;
    Err(th.raise(Exc::RuntimeError, "Remote debugging is not enabled"))
}

/// `sys._jit`: there is no compiler to machine code here.
pub const JIT: &[NativeDef] = &[
    native("is_available", "()", "Return True if this interpreter supports JIT compilation.", no_jit),
    native("is_enabled", "()", "Return True if JIT compilation is enabled for this process.", no_jit),
    native("is_active", "()", "Return True if the topmost frame runs code made by a JIT compiler.", no_jit),
];

fn no_jit(_: &Thread, _: &[Value]) -> Result {
    Ok(Value::FALSE)
}

/// Calls the function that the environment names, with these arguments; warns if there is no such function.
fn breakpoint_hook(th: &Thread, args: &[Value]) -> Result {
    let environ = ops::get_attr(th, import::import_by_name(th, th.intern("os"))?, th.intern("environ"))?;
    let named = th.call_method(environ, th.intern("get"), &[th.str("PYTHONBREAKPOINT")])?.as_str_cell();
    let named = named.map(|name| name.to_text()).filter(|name| !name.is_empty());
    let named = named.unwrap_or_else(|| "pdb.set_trace".to_string());
    if named == "0" {
        return Ok(Value::NONE);
    }
    let (module, function) = named.rsplit_once('.').unwrap_or(("builtins", &named));
    let found =
        import::import_by_name(th, th.intern(module)).and_then(|module| ops::get_attr(th, module, th.intern(function)));
    match found {
        Ok(function) => th.call_unpacked(function, items(args[0].downcast()), args[1].downcast()),
        Err(raised) if th.pending_is(Exc::ImportError) || th.pending_is(Exc::AttributeError) || module.is_empty() => {
            th.take_exception(raised);
            let words = format!("Ignoring unimportable $PYTHONBREAKPOINT: \"{named}\"");
            report::warn(th, Exc::RuntimeWarning, &words).map(|()| Value::NONE)
        }
        Err(raised) => Err(raised),
    }
}

//! `sys`: the interpreter seen from within.
//!
//! - `values`: what is no function: versions, streams, paths
//! - `hooks`: of coroutines and asynchronous generators
//! - `structures`: `sys.flags`, `sys.version_info` and their like

use std::sync::atomic::Ordering;

use crate::heap::Value;
use crate::modules::{ModuleDef, streams};
use crate::objects::dict::Dict;
use crate::objects::exception::{Exc, Exception};
use crate::objects::frame;
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, count_methods, join_methods, native};
use crate::vm::{Thread, ops, report};

mod hooks;
mod structures;
mod tracing;
mod values;

pub static SYS: ModuleDef = ModuleDef {
    functions: &join_methods::<{ count_methods(GROUPS) }>(GROUPS),
    init: Some(values::init),
    ..ModuleDef::new("sys", "This module provides access to some objects used or maintained by the interpreter.")
};

const GROUPS: &[&[NativeDef]] = &[FUNCTIONS, hooks::FUNCTIONS];

const FUNCTIONS: &[NativeDef] = &[
    native(
        "setswitchinterval",
        "(interval, /)",
        "Set the ideal thread switching delay inside the interpreter, in seconds.",
        |th, args| {
            let seconds = ops::float(th, args[0])?;
            if seconds.is_nan() || seconds <= 0.0 {
                return Err(th.value_error("switch interval must be strictly positive"));
            }
            th.vm().gil().set_interval((seconds * 1e9).min(u64::MAX as f64) as u64);
            Ok(Value::NONE)
        },
    ),
    native(
        "getswitchinterval",
        "()",
        "Return the current thread switch interval; see sys.setswitchinterval().",
        |th, _| Ok(Value::float(th.vm().gil().interval() as f64 / 1e9)),
    ),
    native(
        "setcheckinterval",
        "(ticks, /)",
        "Set after how many ticks the 2.7 lock lets go (Python 2's function).",
        |th, args| {
            let ticks = ops::index_i64(th, args[0])?.clamp(1, u32::MAX.into());
            th.vm().gil().set_check_interval(ticks as u32);
            Ok(Value::NONE)
        },
    ),
    native(
        "getcheckinterval",
        "()",
        "Return after how many ticks the 2.7 lock lets go (Python 2's function).",
        |th, _| Ok(Value::small_int(th.vm().gil().check_interval().into())),
    ),
    native(
        "_is_gil_enabled",
        "()",
        "Return True if the GIL is currently enabled and False if it is disabled.",
        |th, _| Ok(Value::bool(th.vm().gil().mode().policy.has_lock())),
    ),
    native("exit", "(status=None, /)", "Exit the interpreter by raising SystemExit(status).", |th, args| {
        if args[0].is_empty() || args[0].is_none() {
            return Err(th.raise_with(Exc::SystemExit, &[]));
        }
        // A tuple is the exception's arguments, as in CPython.
        match args[0].downcast::<Tuple>() {
            Some(tuple) => Err(th.raise_with(Exc::SystemExit, tuple.items())),
            None => Err(th.raise_with(Exc::SystemExit, args)),
        }
    }),
    native("exc_info", "()", "Return current exception information: (type, value, traceback).", |th, _| {
        let handled = th.handled();
        let Some(exception) = handled.downcast::<Exception>() else {
            return Ok(th.tuple(&[Value::NONE; 3]));
        };
        let traceback = exception.traceback.get();
        let traceback = if traceback.is_empty() { Value::NONE } else { traceback };
        Ok(th.tuple(&[th.class_of(handled).value(), handled, traceback]))
    }),
    native("exception", "()", "Return the current exception.", |th, _| {
        let handled = th.handled();
        Ok(if handled.is_empty() { Value::NONE } else { handled })
    }),
    native("getrecursionlimit", "()", "Return the current value of the recursion limit.", |th, _| {
        Ok(Value::small_int(th.vm().recursion_limit() as i64))
    }),
    native(
        "setrecursionlimit",
        "(limit, /)",
        "Set the maximum depth of the Python interpreter stack to n.",
        |th, args| {
            let limit = ops::index_i64(th, args[0])?;
            if limit < 1 {
                return Err(th.value_error("recursion limit must be greater or equal than 1"));
            }
            let depth = th.stack.depth();
            if limit as usize <= depth {
                return Err(th.raise(
                    Exc::RecursionError,
                    format_args!(
                        "cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low"
                    ),
                ));
            }
            th.vm().set_recursion_limit(limit as usize);
            Ok(Value::NONE)
        },
    ),
    native("intern", "(string, /)", "``Intern'' the given string.", |th, args| match args[0].as_str_cell() {
        Some(text) if text.header().is_exact() => Ok(th.intern_str(text).value()),
        Some(_) => Err(th.type_error(format_args!("can't intern {}", th.type_name(args[0])))),
        None => Err(th.type_error(format_args!("intern() argument must be str, not {}", th.type_name(args[0])))),
    }),
    native(
        "getrefcount",
        "(object, /)",
        "Return the number of references that exist to object, found by looking everywhere.",
        |th, args| {
            let object = args[0];
            let count = th.count_references(object);
            Ok(Value::small_int(count as i64))
        },
    ),
    native("getsizeof", "(object, default=<unrepresentable>)", "Return the size of object in bytes.", |th, args| {
        let size = match th.call_special(args[0], th.intern("__sizeof__"), &[]) {
            Some(Err(raised)) if !args[1].is_empty() => {
                th.caught(raised, Exc::TypeError)?;
                return Ok(args[1]);
            }
            Some(size) => ops::index_i64(th, size?)?,
            None => return Ok(args[1]),
        };
        if size < 0 { Err(th.value_error("__sizeof__() should return >= 0")) } else { Ok(th.int(size)) }
    }),
    native(
        "getdefaultencoding",
        "()",
        "Return the current default encoding used by the Unicode implementation.",
        |th, _| Ok(th.str("utf-8")),
    ),
    native(
        "getfilesystemencoding",
        "()",
        "Return the encoding used to convert Unicode filenames to OS filenames.",
        |th, _| Ok(th.str("utf-8")),
    ),
    native("_getframe", "(depth=0, /)", "Return a frame object from the call stack.", |th, args| {
        let depth = if args[0].is_empty() { 0 } else { ops::index_i64(th, args[0])?.max(0) as usize };
        let frame = frame::current(th, depth);
        if frame.is_none() { Err(th.value_error("call stack is not deep enough")) } else { Ok(frame) }
    }),
    native("displayhook", "(object, /)", "Print an object to sys.stdout and also save it in builtins._", |th, args| {
        if args[0].is_none() {
            return Ok(Value::NONE);
        }
        let underscore = th.intern("_");
        th.vm().builtins().set_str(th, underscore, Value::NONE);
        let text = ops::repr(th, args[0])?;
        write_to(th, "stdout", &[text.wtf8(), b"\n"].concat())?;
        th.vm().builtins().set_str(th, underscore, args[0]);
        Ok(Value::NONE)
    }),
    native(
        "excepthook",
        "(exctype, value, traceback, /)",
        "Handle an exception by displaying it with a traceback on sys.stderr.",
        |th, args| {
            report::display(th, "", args[1], args[2]);
            Ok(Value::NONE)
        },
    ),
    native("unraisablehook", "(unraisable, /)", "Handle an unraisable exception.", |th, args| {
        report::print_unraisable(th, args[0])?;
        Ok(Value::NONE)
    }),
    native(
        "set_int_max_str_digits",
        "(maxdigits)",
        "Set the maximum string digits limit for non-binary int<->str conversions.",
        |th, args| {
            let digits = ops::index_i64(th, args[0])?;
            if digits != 0 && digits < 640 {
                return Err(th.value_error("maxdigits must be >= 640 or 0 for unlimited"));
            }
            th.vm().int_max_str_digits.store(digits as usize, Ordering::Relaxed);
            Ok(Value::NONE)
        },
    ),
    native(
        "get_int_max_str_digits",
        "()",
        "Return the maximum string digits limit for non-binary int<->str conversions.",
        |th, _| Ok(Value::small_int(th.vm().int_max_str_digits.load(Ordering::Relaxed) as i64)),
    ),
    tracing::SETTRACE,
    tracing::SETTRACE_ALL,
    tracing::GETTRACE,
    tracing::SETPROFILE,
    tracing::SETPROFILE_ALL,
    tracing::GETPROFILE,
    native("is_finalizing", "()", "Return True if Python is exiting.", |th, _| {
        Ok(Value::bool(th.vm().finalizing.load(Ordering::Acquire)))
    }),
    native(
        "getfilesystemencodeerrors",
        "()",
        "Return the error mode used for Unicode to OS filename conversion.",
        |th, _| Ok(th.str("surrogateescape")),
    ),
    native("_getframemodulename", "(depth=0)", "Return the name of the module for a calling frame.", |th, args| {
        let depth = if args[0].is_empty() { 0 } else { ops::index_i64(th, args[0])?.max(0) as usize };
        match th.stack.frames().iter().rev().nth(depth) {
            Some(frame) => Ok(frame.globals.get_str(th, th.vm().names.__name__).unwrap_or(Value::NONE)),
            None => Ok(Value::NONE),
        }
    }),
    native("call_tracing", "(func, args, /)", "Call func(*args), while tracing is enabled.", |th, args| {
        match args[1].downcast::<Tuple>() {
            Some(arguments) => th.call(args[0], arguments.items()),
            None => {
                let given = th.type_name(args[1]);
                Err(th.type_error(format_args!("call_tracing() argument 2 must be tuple, not {given}")))
            }
        }
    }),
    native(
        "audit",
        "(event, /, *args)",
        "Passes the event to any hooks that are attached: there are none.",
        |th, args| match args[0].as_str_cell() {
            Some(_) => Ok(Value::NONE),
            None => {
                let given = th.type_name(args[0]);
                Err(th.type_error(format_args!("audit() argument 1 must be str, not {given}")))
            }
        },
    ),
    native("addaudithook", "(hook)", "Adds a new audit hook callback. Not supported: nothing is called.", |_, _| {
        Ok(Value::NONE)
    }),
    native("getallocatedblocks", "()", "Return the number of memory blocks currently allocated.", |th, _| {
        Ok(th.int((th.vm().heap().bytes_in_use() / 64) as i64))
    }),
    native("_is_interned", "(string, /)", "Return True if the given string is \"interned\".", |th, args| {
        match args[0].as_str_cell() {
            Some(text) => Ok(Value::bool(th.intern_str(text).value() == args[0])),
            None => {
                let given = th.type_name(args[0]);
                Err(th.type_error(format_args!("_is_interned() argument must be str, not {given}")))
            }
        }
    }),
    native("_is_immortal", "(op, /)", "Return True if the given object is never freed.", |_, args| {
        Ok(Value::bool(args[0].header().is_none()))
    }),
    native("_clear_internal_caches", "()", "Clear all internal performance-related caches: nothing to do.", |_, _| {
        Ok(Value::NONE)
    }),
    native(
        "_current_exceptions",
        "()",
        "Return a dict mapping each thread's identifier to the exception it handles: of the calling thread only.",
        |th, _| {
            let exceptions = Dict::new(th);
            let handled = th.handled();
            let handled = if handled.is_empty() { Value::NONE } else { handled };
            exceptions.set_item(th, th.int(th.ident as i64), handled)?;
            Ok(exceptions.value())
        },
    ),
    native(
        "_current_frames",
        "()",
        "Return a dict mapping each thread's identifier to its current stack frame: of the calling thread only.",
        |th, _| {
            let frames = Dict::new(th);
            frames.set_item(th, th.int(th.ident as i64), frame::current(th, 0))?;
            Ok(frames.value())
        },
    ),
];

/// Writes text to the stream that the program sees under this name.
pub fn write_to(th: &Thread, name: &str, text: &[u8]) -> Result<()> {
    match crate::vm::import::sys_attribute(th, th.intern(name)) {
        Some(file) if file.is_none() => Ok(()),
        Some(file) => {
            let text = crate::objects::str::Str::from_wtf8(th, text);
            match streams::as_stream(th, file) {
                Some(stream) => stream.write(th, text),
                None => th.call_method(file, th.vm().names.write, &[text.value()]).map(|_| ()),
            }
        }
        None => Ok(()),
    }
}

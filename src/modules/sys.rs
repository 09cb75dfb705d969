//! `sys`: the interpreter seen from within.

use std::sync::atomic::Ordering;

use crate::heap::{Gc, Value};
use crate::modules::{ModuleDef, PYTHON_MODULES, streams};
use crate::objects::dict::Dict;
use crate::objects::exception::{Exc, Exception};
use crate::objects::instance;
use crate::objects::module::Module;
use crate::objects::{frame, kinds, namespace};
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::{Thread, ops, report};

pub static SYS: ModuleDef = ModuleDef {
    functions: FUNCTIONS,
    init: Some(init),
    ..ModuleDef::new("sys", "This module provides access to some objects used or maintained by the interpreter.")
};

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
        match args[0].downcast::<crate::objects::tuple::Tuple>() {
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
    native("getsizeof", "(object, default=<unrepresentable>, /)", "Return the size of object in bytes.", |th, args| {
        match th.call_special(args[0], th.intern("__sizeof__"), &[]) {
            Some(size) => size,
            None => Ok(args[1]),
        }
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
    native(
        "settrace",
        "(function, /)",
        "Set the global debug tracing function. Not supported: nothing is called.",
        |_, _| Ok(Value::NONE),
    ),
    native("gettrace", "()", "Return the global debug tracing function.", |_, _| Ok(Value::NONE)),
    native("setprofile", "(function, /)", "Set the profiling function. Not supported: nothing is called.", |_, _| {
        Ok(Value::NONE)
    }),
    native("getprofile", "()", "Return the profiling function.", |_, _| Ok(Value::NONE)),
    native("is_finalizing", "()", "Return True if Python is exiting.", |th, _| {
        Ok(Value::bool(th.vm().finalizing.load(Ordering::Acquire)))
    }),
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

/// `sys.flags`, `sys.version_info` and their like: tuples with names are simple objects with attributes here.
static STRUCTURE: TypeDef = TypeDef {
    module: "sys",
    has_dict: true,
    methods: &[native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
        let name = instance::get_own(th, args[0], th.intern("_name")).map(|n| ops::str(th, n)).transpose()?;
        let name = name.map_or_else(String::new, |n| n.to_text());
        let mut parts = Vec::new();
        for key in instance::own_names(th, args[0]) {
            if let Some(value) = instance::get_own(th, args[0], key)
                && key.to_text() != "_name"
            {
                parts.push(format!("{}={}", key.to_text(), ops::repr(th, value)?.to_text()));
            }
        }
        Ok(th.str(&format!("{name}({})", parts.join(", "))))
    })],
    ..TypeDef::new("structure", kinds::OBJECT, "A group of named values.")
};

fn structure(th: &Thread, name: &str, fields: &[(&str, Value)]) -> Value {
    let object = th.new_instance(th.make_native_class(&STRUCTURE));
    for (field, value) in [("_name", th.str(name))].iter().chain(fields) {
        instance::set_own(th, object, th.intern(field), *value);
    }
    object
}

const VERSION: &str = concat!("3.14.0 (gilbox ", env!("CARGO_PKG_VERSION"), ")");

fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    let options = &th.vm().options;
    let strings = |items: &[String]| th.list(&items.iter().map(|s| th.str(s)).collect::<Vec<_>>());
    let int = Value::small_int;
    let [stdin, stdout, stderr] = streams::standard(th)?;
    let executable = std::env::current_exe().map(|p| p.to_string_lossy().into_owned()).unwrap_or_default();
    // Values in a vector are only safe until Python code runs, as that of `version_info`: they become tuples at once.
    let names: Vec<Value> = crate::modules::MODULES.iter().map(|m| th.str(m.name)).collect();
    let names = th.tuple(&names);
    let mut stdlib: Vec<&str> = PYTHON_MODULES.iter().map(|(name, _)| *name).filter(|n| !n.contains('.')).collect();
    stdlib.extend(crate::modules::MODULES.iter().map(|m| m.name));
    let stdlib: Vec<Value> = stdlib.into_iter().map(|n| th.str(n)).collect();
    let stdlib = crate::objects::set::algebra::frozen_from(th, th.tuple(&stdlib))?.value();
    let flags = structure(
        th,
        "sys.flags",
        &[
            ("debug", int(0)),
            ("inspect", int(0)),
            ("interactive", int(0)),
            ("optimize", int(options.optimize.into())),
            ("dont_write_bytecode", int(1)),
            ("no_user_site", int(0)),
            ("no_site", int(1)),
            ("ignore_environment", int(0)),
            ("verbose", int(0)),
            ("bytes_warning", int(0)),
            ("quiet", int(0)),
            ("hash_randomization", int(1)),
            ("isolated", int(0)),
            ("dev_mode", Value::FALSE),
            ("utf8_mode", int(0)),
            ("warn_default_encoding", int(0)),
            ("safe_path", Value::FALSE),
            ("int_max_str_digits", int(4300)),
            ("gil", int(options.mode.policy.has_lock().into())),
            ("thread_inherit_context", int(0)),
            ("context_aware_warnings", int(0)),
        ],
    );
    let implementation = namespace::new(
        th,
        &[
            ("name", th.str("gilbox")),
            ("cache_tag", Value::NONE),
            ("version", version_info(th)?),
            ("hexversion", int(0x030e00f0)),
        ],
    );
    let float_info = structure(
        th,
        "sys.float_info",
        &[
            ("max", Value::float(f64::MAX)),
            ("max_exp", int(1024)),
            ("max_10_exp", int(308)),
            ("min", Value::float(f64::MIN_POSITIVE)),
            ("min_exp", int(-1021)),
            ("min_10_exp", int(-307)),
            ("dig", int(15)),
            ("mant_dig", int(53)),
            ("epsilon", Value::float(f64::EPSILON)),
            ("radix", int(2)),
            ("rounds", int(1)),
        ],
    );
    let hash_info = structure(
        th,
        "sys.hash_info",
        &[
            ("width", int(64)),
            ("modulus", th.int((1 << 61) - 1)),
            ("inf", int(314159)),
            ("nan", int(0)),
            ("imag", int(1000003)),
            ("algorithm", th.str("siphash13")),
        ],
    );
    let int_info = structure(
        th,
        "sys.int_info",
        &[
            ("bits_per_digit", int(30)),
            ("sizeof_digit", int(4)),
            ("default_max_str_digits", int(4300)),
            ("str_digits_check_threshold", int(640)),
        ],
    );
    let thread_info = structure(
        th,
        "sys.thread_info",
        &[("name", th.str("pthread")), ("lock", th.str("pymutex")), ("version", Value::NONE)],
    );
    let values = [
        ("argv", strings(&options.argv)),
        ("orig_argv", strings(&options.command)),
        ("path", strings(&options.path)),
        ("modules", th.vm().modules.get()),
        ("stdin", stdin),
        ("stdout", stdout),
        ("stderr", stderr),
        ("__stdin__", stdin),
        ("__stdout__", stdout),
        ("__stderr__", stderr),
        ("version", th.str(VERSION)),
        ("version_info", version_info(th)?),
        ("hexversion", int(0x030e00f0)),
        ("api_version", int(1013)),
        ("copyright", th.str("Copyright (c) the gilbox authors. MIT OR Apache-2.0.")),
        ("platform", th.str(if cfg!(target_os = "macos") { "darwin" } else { "linux" })),
        ("byteorder", th.str("little")),
        ("maxsize", th.int(i64::MAX)),
        ("maxunicode", int(0x10FFFF)),
        ("executable", th.str(&executable)),
        ("prefix", th.str("/usr")),
        ("base_prefix", th.str("/usr")),
        ("exec_prefix", th.str("/usr")),
        ("builtin_module_names", names),
        ("stdlib_module_names", stdlib),
        ("dont_write_bytecode", Value::TRUE),
        ("pycache_prefix", Value::NONE),
        ("warnoptions", strings(&options.warnings)),
        ("_xoptions", Dict::new(th).value()),
        ("path_hooks", th.list(&[])),
        ("meta_path", th.list(&[])),
        ("abiflags", th.str("")),
        ("flags", flags),
        ("implementation", implementation),
        ("float_info", float_info),
        ("hash_info", hash_info),
        ("int_info", int_info),
        ("thread_info", thread_info),
    ];
    for (name, value) in values {
        module.namespace.set_str(th, th.intern(name), value);
    }
    for (alias, name) in
        [("__displayhook__", "displayhook"), ("__excepthook__", "excepthook"), ("__unraisablehook__", "unraisablehook")]
    {
        if let Some(hook) = module.namespace.get_str(th, th.intern(name)) {
            module.namespace.set_str(th, th.intern(alias), hook);
        }
    }
    Ok(())
}

/// A tuple of the version's parts with names.
fn version_info(th: &Thread) -> Result {
    let text = "class version_info(tuple):
    __slots__ = ()
    major = property(lambda self: self[0])
    minor = property(lambda self: self[1])
    micro = property(lambda self: self[2])
    releaselevel = property(lambda self: self[3])
    serial = property(lambda self: self[4])
    def __repr__(self):
        return 'sys.version_info(major=%d, minor=%d, micro=%d, releaselevel=%r, serial=%d)' % self
version_info.__module__ = 'sys'
value = version_info((3, 14, 0, 'final', 0))
";
    let namespace = Dict::new(th);
    namespace.set_str(th, th.vm().names.__builtins__, th.vm().builtins().value());
    namespace.set_str(th, th.vm().names.__name__, th.str("sys"));
    let options = crate::vm::source::default_options(th);
    let code = crate::vm::source::compile(
        th,
        crate::vm::source::Text::Str(text),
        "<frozen sys>",
        crate::vm::source::Mode::Module,
        options,
    )?;
    th.run_code(code, namespace, Value::EMPTY, None)?;
    Ok(namespace.get_str(th, th.vm().names.value).unwrap_or(Value::NONE))
}

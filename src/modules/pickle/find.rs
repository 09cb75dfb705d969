//! The globals that a pickle names.
//!
//! Finding one imports its module, by the rules that hold for the program's own `import`; so it never opens anything that
//! the program could not. A pickle can also *call* what it names. CPython calls whatever that is, and so a pickle can run
//! any code there. Here a pickle that comes as bytes or from a file is refused the built-in functions by which bytes alone
//! would run code, reach files, processes or the network, or look behind objects ([`is_refused`]): what it creates is what
//! the classes and functions of the program's own modules create, and built-in values. What comes from a process of
//! the program's own ([`Trust::Own`], `multiprocessing`) may name everything. A program that wants less overrides
//! `Unpickler.find_class`, one that wants more does so as well.

use crate::heap::{Gc, Value};
use crate::objects::exception::{self, Exc, Exception};
use crate::objects::function::Function;
use crate::objects::module::Module;
use crate::objects::native::Native;
use crate::objects::str::Str;
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, import, ops};

use super::errors::unpickling;
use super::globals::by_path;
use super::names;

/// Who wrote a pickle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trust {
    Anybody,
    /// A process of the same program.
    Own,
}

/// Built-in functions that run code, or read what somebody types.
const RUNNING: &[&str] = &[
    "__import__",
    "breakpoint",
    "compile",
    "eval",
    "exec",
    "exit",
    "globals",
    "input",
    "locals",
    "open",
    "quit",
    "vars",
];

/// Modules of the library whose functions reach beyond the program's own objects.
const REACHING: &[&str] = &[
    "_io",
    "_os",
    "_posixsubprocess",
    "_signal",
    "_socket",
    "_thread",
    "asyncio",
    "atexit",
    "code",
    "codeop",
    "ctypes",
    "gc",
    "gil",
    "glob",
    "importlib",
    "io",
    "inspect",
    "linecache",
    "logging",
    "multiprocessing",
    "nt",
    "os",
    "platform",
    "posix",
    "pty",
    "runpy",
    "select",
    "shutil",
    "signal",
    "socket",
    "sqlite3",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "timeit",
    "traceback",
    "trace",
    "webbrowser",
];

/// Functions of those modules that only ask or compute.
const HARMLESS: &[&str] = &[
    "cpu_count",
    "current_process",
    "current_thread",
    "fsdecode",
    "fsencode",
    "fspath",
    "get_ident",
    "get_native_id",
    "getLogger",
    "getpid",
    "getppid",
    "getrecursionlimit",
    "getsizeof",
    "intern",
    "process_cpu_count",
    "strerror",
];

/// Classes of the library whose making alone starts or opens something.
const STARTING: &[(&str, &str)] = &[
    ("subprocess", "Popen"),
    ("_io", "FileIO"),
    ("io", "FileIO"),
    ("socket", "socket"),
    ("_socket", "socket"),
    ("tempfile", "TemporaryDirectory"),
    ("sqlite3", "Connection"),
];

/// Whether a pickle that anybody may have written must not have this global.
fn is_refused(th: &Thread, module: &str, name: &str, found: Value) -> bool {
    if !crate::modules::is_part_of_library(module) {
        return false;
    }
    let base = module.split('.').next().unwrap_or(module);
    if STARTING.contains(&(module, name)) {
        return true;
    }
    let is_function = found.downcast::<Function>().is_some() || found.downcast::<Native>().is_some();
    if !is_function {
        return false;
    }
    match base {
        "builtins" => RUNNING.contains(&name),
        // `getattr` with another face.
        "types" | "typing" => false,
        _ => {
            // A function may be found in another module than its own.
            let own = ops::find_attr(th, found, th.vm().names.__module__).ok().flatten();
            let own = own.and_then(|own| own.as_str_cell()).map_or(String::new(), |own| own.to_text());
            let own = own.split('.').next().unwrap_or_default();
            let runs = own == "builtins" && RUNNING.contains(&name.rsplit('.').next().unwrap_or(name));
            runs || (REACHING.contains(&base) || REACHING.contains(&own))
                && !HARMLESS.contains(&name)
                && own != "posixpath"
        }
    }
}

/// The global of that name, as `Unpickler.find_class` gives it. `old`: Python 2's names are meant. `dotted`: the name may be
/// a path.
pub fn find_class(th: &Thread, module: Gc<Str>, name: Gc<Str>, old: bool, dotted: bool, trust: Trust) -> Result {
    let (mut module, mut name) = (module, name);
    if old {
        let (given_module, given_name) = (module.to_text(), name.to_text());
        let (new_module, new_name) = names::from_python_2(&given_module, &given_name);
        (module, name) = (th.intern(new_module), th.intern(new_name));
    }
    module = home(th, module, name);
    let place = import::import_by_name(th, module)?;
    let found = match dotted {
        true => resolve(th, place, module, name)?,
        false => ops::get_attr(th, place, th.intern_str(name))?,
    };
    if trust == Trust::Anybody
        && (leads_behind(name.wtf8()) || is_refused(th, &module.to_text(), &name.to_text(), found))
    {
        return Err(refused(th, format_args!("{}.{}", module.to_text(), name.to_text())));
    }
    Ok(found)
}

/// The module in which a global of that name is: what CPython has in a module in C may have another home here.
pub fn home(th: &Thread, module: Gc<Str>, name: Gc<Str>) -> Gc<Str> {
    match names::of_module_in_c(&module.to_text()) {
        Some(here) if import::in_modules(th, &module.to_text()).is_none_or(|there| lacks(th, there, name)) => {
            th.intern(here)
        }
        _ => module,
    }
}

fn lacks(th: &Thread, module: Value, name: Gc<Str>) -> bool {
    module.downcast::<Module>().is_some_and(|module| !module.namespace.has_str(th, th.intern_str(name)))
}

#[cold]
pub fn refused(th: &Thread, what: impl std::fmt::Display) -> Raised {
    unpickling(th, format_args!("a pickle may not use '{what}'"))
}

fn resolve(th: &Thread, place: Value, module: Gc<Str>, name: Gc<Str>) -> Result {
    let raised = match by_path(th, place, name) {
        Ok(found) => return Ok(found),
        Err(raised) => raised,
    };
    if !name.wtf8().contains(&b'.') {
        return Err(raised);
    }
    let error = th.caught(raised, Exc::AttributeError)?;
    let (module, name) = (module.to_text(), name.to_text());
    let raised = th.attribute_error(format_args!("Can't resolve path '{name}' on module '{module}'"));
    let new = th.take_exception(raised);
    if let Some(exception) = new.downcast::<Exception>() {
        exception.get().context.set(error);
    }
    debug_assert!(exception::is_instance(th, new, Exc::AttributeError));
    Err(th.raise_value(new))
}

/// Attributes that lead from an object to the code, the globals and the frames behind it.
const BEHIND: &[&str] = &[
    "__builtins__",
    "__closure__",
    "__code__",
    "__dict__",
    "__func__",
    "__getattribute__",
    "__globals__",
    "__loader__",
    "__self__",
    "__spec__",
    "__subclasses__",
    "__traceback__",
    "ag_frame",
    "cr_frame",
    "f_back",
    "f_builtins",
    "f_globals",
    "f_locals",
    "gi_frame",
    "tb_frame",
];

fn leads_behind(path: &[u8]) -> bool {
    path.split(|b| *b == b'.').any(|part| BEHIND.iter().any(|behind| behind.as_bytes() == part))
}

/// Whether a call that a pickle makes would look behind an object: `getattr`, `operator.attrgetter` and their like get the
/// name of the attribute as an argument.
pub fn looks_behind(function: Value, arguments: &[Value]) -> bool {
    let of_library =
        function.downcast::<Native>().is_some() || function.as_class().is_some_and(|class| class.def.is_some());
    of_library && arguments.iter().filter_map(|argument| argument.as_str_cell()).any(|text| leads_behind(text.wtf8()))
}

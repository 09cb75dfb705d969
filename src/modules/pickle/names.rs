//! What Python 2 called the modules and globals that have other names since: protocols below 3 are read by it, too, and
//! what it wrote is still about. Only of modules that there are here.

/// Modules: today's name, Python 2's.
const MODULES: &[(&str, &str)] = &[
    ("builtins", "__builtin__"),
    ("copyreg", "copy_reg"),
    ("queue", "Queue"),
    ("socketserver", "SocketServer"),
    ("configparser", "ConfigParser"),
    ("reprlib", "repr"),
    ("_thread", "thread"),
    ("collections.abc", "_abcoll"),
    ("_functools", "functools"),
    ("_pickle", "pickle"),
];

/// Python 2's modules whose contents lie in a module with another counterpart.
const OLD_MODULES: &[(&str, &str)] = &[
    ("cPickle", "pickle"),
    ("UserDict", "collections"),
    ("UserList", "collections"),
    ("UserString", "collections"),
    ("StringIO", "io"),
    ("cStringIO", "io"),
    ("exceptions", "builtins"),
];

/// Globals: today's module and name, Python 2's module and name.
const GLOBALS: &[[&str; 4]] = &[
    ["builtins", "range", "__builtin__", "xrange"],
    ["builtins", "chr", "__builtin__", "unichr"],
    ["builtins", "str", "__builtin__", "unicode"],
    ["builtins", "int", "__builtin__", "long"],
    ["functools", "reduce", "__builtin__", "reduce"],
    ["_functools", "reduce", "__builtin__", "reduce"],
    ["sys", "intern", "__builtin__", "intern"],
    ["builtins", "zip", "itertools", "izip"],
    ["builtins", "map", "itertools", "imap"],
    ["builtins", "filter", "itertools", "ifilter"],
    ["itertools", "filterfalse", "itertools", "ifilterfalse"],
    ["itertools", "zip_longest", "itertools", "izip_longest"],
    ["collections", "UserDict", "UserDict", "IterableUserDict"],
    ["collections", "UserList", "UserList", "UserList"],
    ["collections", "UserString", "UserString", "UserString"],
    ["socket", "fromfd", "_socket", "fromfd"],
    ["_socket", "socket", "socket", "_socketobject"],
    ["multiprocessing.connection", "Connection", "_multiprocessing", "Connection"],
    ["multiprocessing.context", "Process", "multiprocessing.process", "Process"],
    ["multiprocessing.popen_fork", "Popen", "multiprocessing.forking", "Popen"],
    ["multiprocessing.context", "AuthenticationError", "multiprocessing", "AuthenticationError"],
    ["multiprocessing.context", "BufferTooShort", "multiprocessing", "BufferTooShort"],
    ["multiprocessing.context", "ProcessError", "multiprocessing", "ProcessError"],
    ["multiprocessing.context", "TimeoutError", "multiprocessing", "TimeoutError"],
];

/// Globals that only Python 2 had.
const OLD_GLOBALS: &[[&str; 4]] = &[
    ["builtins", "str", "__builtin__", "basestring"],
    ["builtins", "Exception", "exceptions", "StandardError"],
    ["collections", "UserDict", "UserDict", "UserDict"],
    ["socket", "SocketType", "socket", "_socketobject"],
];

/// Exceptions of Python 2, all in its module `exceptions`.
const EXCEPTIONS: &[&str] = &[
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "BaseException",
    "BufferError",
    "BytesWarning",
    "DeprecationWarning",
    "EOFError",
    "EnvironmentError",
    "Exception",
    "FloatingPointError",
    "FutureWarning",
    "GeneratorExit",
    "IOError",
    "ImportError",
    "ImportWarning",
    "IndentationError",
    "IndexError",
    "KeyError",
    "KeyboardInterrupt",
    "LookupError",
    "MemoryError",
    "NameError",
    "NotImplementedError",
    "OSError",
    "OverflowError",
    "PendingDeprecationWarning",
    "ReferenceError",
    "RuntimeError",
    "RuntimeWarning",
    "StopIteration",
    "SyntaxError",
    "SyntaxWarning",
    "SystemError",
    "SystemExit",
    "TabError",
    "TypeError",
    "UnboundLocalError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "UnicodeError",
    "UnicodeTranslateError",
    "UnicodeWarning",
    "UserWarning",
    "ValueError",
    "Warning",
    "ZeroDivisionError",
];

/// Exceptions that have come since, all kinds of `OSError`.
const OS_ERRORS: &[&str] = &[
    "BrokenPipeError",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "FileExistsError",
    "FileNotFoundError",
    "InterruptedError",
    "IsADirectoryError",
    "NotADirectoryError",
    "PermissionError",
    "ProcessLookupError",
    "TimeoutError",
];

/// Where CPython's pickles find functions that are written in C there: in modules whose names do not exist here.
const WRITTEN_IN_C: &[(&str, &str)] = &[
    ("_bisect", "bisect"),
    ("_collections", "collections"),
    ("_csv", "csv"),
    ("_datetime", "datetime"),
    ("_functools", "functools"),
    ("_heapq", "heapq"),
    ("_operator", "operator"),
    ("_pickle", "pickle"),
    ("_random", "random"),
    ("_signal", "signal"),
    ("_sqlite3", "sqlite3"),
    ("_struct", "struct"),
    ("_warnings", "warnings"),
    ("_weakref", "weakref"),
    ("posix", "os"),
];

/// The module that has what a module in C has in CPython.
pub fn of_module_in_c(module: &str) -> Option<&'static str> {
    WRITTEN_IN_C.iter().find(|(in_c, _)| *in_c == module).map(|(_, here)| *here)
}

/// What Python 2 calls a global of today's.
pub fn to_python_2<'a>(module: &'a str, name: &'a str) -> (&'a str, &'a str) {
    if let Some([_, _, module, name]) = GLOBALS.iter().find(|row| row[..2] == [module, name]) {
        return (module, name);
    }
    if module == "builtins" {
        match name {
            "ModuleNotFoundError" => return ("exceptions", "ImportError"),
            name if EXCEPTIONS.contains(&name) => return ("exceptions", name),
            name if OS_ERRORS.contains(&name) => return ("exceptions", "OSError"),
            _ => {}
        }
    }
    (MODULES.iter().find(|(new, _)| *new == module).map_or(module, |(_, old)| old), name)
}

/// What a global of Python 2's is called today.
pub fn from_python_2<'a>(module: &'a str, name: &'a str) -> (&'a str, &'a str) {
    let known = OLD_GLOBALS.iter().chain(GLOBALS).find(|row| row[2..] == [module, name]);
    if let Some([module, name, ..]) = known {
        return (module, name);
    }
    let mut modules = MODULES.iter().filter(|(new, _)| !new.starts_with('_') || *new == "_thread");
    let new = modules.find(|(_, old)| *old == module).map(|(new, _)| new);
    let new = new.or_else(|| OLD_MODULES.iter().find(|(old, _)| *old == module).map(|(_, new)| new));
    (new.copied().unwrap_or(module), name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_translated_both_ways() {
        assert_eq!(to_python_2("builtins", "range"), ("__builtin__", "xrange"));
        assert_eq!(to_python_2("builtins", "TimeoutError"), ("exceptions", "OSError"));
        assert_eq!(to_python_2("copyreg", "_reconstructor"), ("copy_reg", "_reconstructor"));
        assert_eq!(from_python_2("__builtin__", "unicode"), ("builtins", "str"));
        assert_eq!(from_python_2("exceptions", "KeyError"), ("builtins", "KeyError"));
        assert_eq!(from_python_2("exceptions", "StandardError"), ("builtins", "Exception"));
        assert_eq!(from_python_2("functools", "partial"), ("functools", "partial"));
        assert_eq!(from_python_2("mine", "Thing"), ("mine", "Thing"));
    }
}

//! "Did you mean …?" behind the message of a NameError, AttributeError or ImportError.

use crate::heap::{Gc, Value};
use crate::objects::dict::Dict;
use crate::objects::exception::{self, Exc};
use crate::objects::list::List;
use crate::objects::traceback::{self, Traceback};
use crate::vm::suggest::closest;
use crate::vm::{Thread, import, ops};

use super::summary::quiet;

/// What is added to the message; empty where there is nothing to say.
pub fn of(th: &Thread, exception: Value, traceback: Value) -> String {
    let is = |class| exception::is_instance(th, exception, class);
    if is(Exc::ImportError) {
        let Some(wrong) = attribute(th, exception, "name_from") else { return String::new() };
        return did_you_mean(of_module(th, exception, &wrong));
    }
    let (is_name, is_attribute) = (is(Exc::NameError), is(Exc::AttributeError));
    if !is_name && !is_attribute {
        return String::new();
    }
    let Some(wrong) = attribute(th, exception, "name") else { return String::new() };
    if is_attribute {
        return did_you_mean(of_object(th, exception, traceback, &wrong));
    }
    let suggestion = of_name(th, traceback, &wrong);
    let mut text = did_you_mean(suggestion);
    if is_standard_module(&wrong) {
        let or = if text.is_empty() { ". Did" } else { " Or did" };
        text.push_str(&format!("{or} you forget to import '{wrong}'?"));
    }
    text
}

fn did_you_mean(suggestion: Option<String>) -> String {
    suggestion.map_or_else(String::new, |s| format!(". Did you mean: '{s}'?"))
}

/// A string attribute of the exception.
fn attribute(th: &Thread, exception: Value, name: &str) -> Option<String> {
    let value = quiet(th, ops::find_attr(th, exception, th.intern(name)))??;
    value.as_str_cell().map(|s| s.to_text())
}

/// The names that `dir(object)` gives, sorted.
fn names_of(th: &Thread, object: Value) -> Option<Vec<String>> {
    let names = match object.as_class() {
        Some(_) => {
            let dir = th.lookup(th.class_of(object), th.vm().names.__dir__)?;
            quiet(th, th.call_unbound(dir, object, &[]))?
        }
        None => quiet(th, th.call_method(object, th.vm().names.__dir__, &[]))?,
    };
    let names = match names.downcast::<List>() {
        Some(list) => list,
        None => quiet(th, ops::collect(th, names))?,
    };
    let mut names: Vec<String> = names.items(th).iter().filter_map(|n| n.as_str_cell()).map(|n| n.to_text()).collect();
    names.sort_unstable();
    Some(names)
}

fn of_object(th: &Thread, exception: Value, traceback: Value, wrong: &str) -> Option<String> {
    let object = quiet(th, ops::find_attr(th, exception, th.vm().names.obj))??;
    let mut names = names_of(th, object)?;
    // Where `self` is at hand, its private names are, too.
    let this = last_entry(traceback).and_then(|entry| variable(th, entry, "self"));
    let is_self = this == Some(object);
    if !wrong.starts_with('_') && !is_self {
        names.retain(|name| !name.starts_with('_'));
    }
    nearest(wrong, names)
}

/// More names than this are not looked through.
const MOST_NAMES: usize = 750;

fn nearest(wrong: &str, names: Vec<String>) -> Option<String> {
    if names.len() >= MOST_NAMES { None } else { closest(wrong, names.into_iter()) }
}

fn of_module(th: &Thread, exception: Value, wrong: &str) -> Option<String> {
    let name = attribute(th, exception, "name")?;
    let mut names = names_of(th, import::in_modules(th, &name)?)?;
    if !wrong.starts_with('_') {
        names.retain(|name| !name.starts_with('_'));
    }
    nearest(wrong, names)
}

fn last_entry(traceback: Value) -> Option<Gc<Traceback>> {
    traceback::entries(traceback).last()
}

/// A local variable of the function that raised.
fn variable(th: &Thread, entry: Gc<Traceback>, name: &str) -> Option<Value> {
    let locals = quiet(th, traceback::locals(th, entry))?;
    locals.downcast::<Dict>()?.get_str(th, th.intern(name))
}

/// A name is looked for among the function's variables, the globals and the built-ins; but if `self` has an attribute of
/// the name, that was meant.
fn of_name(th: &Thread, traceback: Value, wrong: &str) -> Option<String> {
    let entry = last_entry(traceback)?;
    let locals = quiet(th, traceback::locals(th, entry))?.downcast::<Dict>();
    if let Some(this) = variable(th, entry, "self")
        && quiet(th, ops::find_attr(th, this, th.intern(wrong))).flatten().is_some()
    {
        return Some(format!("self.{wrong}"));
    }
    let spaces = [locals, Some(entry.globals), Some(th.vm().builtins())];
    let names = spaces.into_iter().flatten().flat_map(|space| space.entries());
    let names: Vec<String> = names.filter_map(|(name, _)| name.as_str_cell()).map(|name| name.to_text()).collect();
    nearest(wrong, names)
}

/// Whether Python's standard library has a module of this name.
pub fn is_standard_module(name: &str) -> bool {
    STANDARD_MODULES.split_ascii_whitespace().any(|known| known == name)
}

/// `sys.stdlib_module_names` of CPython 3.14.
pub const STANDARD_MODULES: &str = "\
    __future__ _abc _aix_support _android_support _apple_support _ast _ast_unparse _asyncio _bisect _blake2 _bz2 \
    _codecs _codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _collections _collections_abc \
    _colorize _compat_pickle _contextvars _csv _ctypes _curses _curses_panel _datetime _dbm _decimal _elementtree \
    _frozen_importlib _frozen_importlib_external _functools _gdbm _hashlib _heapq _hmac _imp _interpchannels \
    _interpqueues _interpreters _io _ios_support _json _locale _lsprof _lzma _markupbase _md5 _multibytecodec \
    _multiprocessing _opcode _opcode_metadata _operator _osx_support _overlapped _pickle _posixshmem \
    _posixsubprocess _py_abc _py_warnings _pydatetime _pydecimal _pyio _pylong _pyrepl _queue _random \
    _remote_debugging _scproxy _sha1 _sha2 _sha3 _signal _sitebuiltins _socket _sqlite3 _sre _ssl _stat _statistics \
    _string _strptime _struct _suggestions _symtable _sysconfig _thread _threading_local _tkinter _tokenize \
    _tracemalloc _types _typing _uuid _warnings _weakref _weakrefset _winapi _wmi _zoneinfo _zstd abc annotationlib \
    antigravity argparse array ast asyncio atexit base64 bdb binascii bisect builtins bz2 cProfile calendar cmath \
    cmd code codecs codeop collections colorsys compileall compression concurrent configparser contextlib \
    contextvars copy copyreg csv ctypes curses dataclasses datetime dbm decimal difflib dis doctest email encodings \
    ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath \
    getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib importlib inspect io \
    ipaddress itertools json keyword linecache locale logging lzma mailbox marshal math mimetypes mmap modulefinder \
    msvcrt multiprocessing netrc nt ntpath nturl2path numbers opcode operator optparse os pathlib pdb pickle \
    pickletools pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr \
    pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select \
    selectors shelve shlex shutil signal site smtplib socket socketserver sqlite3 sre_compile sre_constants \
    sre_parse ssl stat statistics string stringprep struct subprocess symtable sys sysconfig syslog tabnanny tarfile \
    tempfile termios textwrap this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc \
    tty turtle turtledemo types typing unicodedata unittest urllib uuid venv warnings wave weakref webbrowser winreg \
    winsound wsgiref xml xmlrpc zipapp zipfile zipimport zlib zoneinfo \
    ";

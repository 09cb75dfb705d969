//! `OSError`: the error number picks the class; file names are part of the message. And how native code raises one.

use std::io;

use crate::heap::{Gc, Value};
use crate::objects::class::Class;
use crate::objects::int::IntRef;
use crate::objects::tuple::Tuple;
use crate::vm::gate::Refused;
use crate::vm::native::{GetSetDef, NativeDef, Result, getter, native};
use crate::vm::{Raised, Thread, ops};

use super::{Exc, Exception, allocate, base, field, items, no_keywords, of};

const ERRNO: usize = 0;
const STRERROR: usize = 1;
const FILENAME: usize = 2;
const FILENAME2: usize = 3;
const WRITTEN: usize = 4;

pub(super) const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
        let class = base::class_argument(th, args[0])?;
        if is_initialized_by_init(th, class) {
            return Ok(allocate(th, class, Tuple::new(th, &[])).value());
        }
        no_keywords(th, class, args[2])?;
        let arguments = items(args[1]);
        let this = allocate(th, class_for(th, class, arguments), Tuple::new(th, arguments));
        initialize(th, this, arguments)?;
        Ok(this.value())
    })
    .static_method(),
    native("__init__", "(self, /, *args, **kwargs)", "Initialize self.", |th, args| {
        let class = th.class_of(args[0]);
        if is_initialized_by_init(th, class) {
            no_keywords(th, class, args[2])?;
            of(args[0]).args.set(args[1]);
            initialize(th, of(args[0]), items(args[1]))?;
        }
        Ok(Value::NONE)
    }),
    native("__str__", "(self, /)", "Return str(self).", |th, args| str(th, args[0])),
    native("__reduce__", "(self, /)", "Helper for pickle.", |th, args| {
        let this = of(args[0]);
        let mut arguments = this.args.get();
        let (name, name2) = (this.field(FILENAME), this.field(FILENAME2));
        if let ([number, text], false) = (this.args(), name.is_empty()) {
            let mut all = vec![*number, *text, name];
            if !name2.is_empty() {
                all.extend([Value::NONE, name2]);
            }
            arguments = th.tuple(&all);
        }
        base::reduce(th, args[0], arguments, &[])
    }),
];

pub(super) const ATTRIBUTES: &[GetSetDef] = &[
    field!("errno", "POSIX exception code", ERRNO),
    field!("strerror", "exception strerror", STRERROR),
    field!("filename", "exception filename", FILENAME),
    field!("filename2", "second exception filename", FILENAME2),
    getter("characters_written", "", |th, this| {
        let written = of(this).field(WRITTEN);
        if written.is_empty() { Err(th.attribute_error("characters_written")) } else { Ok(written) }
    })
    .settable(|th, this, value| {
        if value.is_empty() && of(this).field(WRITTEN).is_empty() {
            return Err(th.attribute_error("characters_written"));
        }
        let written = if value.is_empty() { value } else { ops::index(th, value)? };
        of(this).set_field(th, WRITTEN, written);
        Ok(())
    }),
];

/// A subclass with an `__init__` of its own and no `__new__` gets its arguments there, as other classes do; all others in
/// `__new__`, where the class can still be chosen.
fn is_initialized_by_init(th: &Thread, class: Gc<Class>) -> bool {
    let own = |name: &str| {
        let name = th.intern(name);
        th.lookup(class, name) != th.lookup(th.vm().exception_class(Exc::OSError), name)
    };
    own("__init__") && !own("__new__")
}

/// `OSError(errno, …)` itself is an instance of the class that stands for the error number.
pub(super) fn class_for(th: &Thread, class: Gc<Class>, args: &[Value]) -> Gc<Class> {
    if class != th.vm().exception_class(Exc::OSError) || !(2..=5).contains(&args.len()) {
        return class;
    }
    match IntRef::of(args[0]).and_then(IntRef::to_i64).and_then(|number| i32::try_from(number).ok()) {
        Some(number) => th.vm().exception_class(class_of_errno(number)),
        None => class,
    }
}

/// The class for an error number.
pub(super) fn class_of_errno(number: i32) -> Exc {
    match number {
        libc::EAGAIN | libc::EALREADY | libc::EINPROGRESS => Exc::BlockingIOError,
        libc::EPIPE | libc::ESHUTDOWN => Exc::BrokenPipeError,
        libc::ECHILD => Exc::ChildProcessError,
        libc::ECONNABORTED => Exc::ConnectionAbortedError,
        libc::ECONNREFUSED => Exc::ConnectionRefusedError,
        libc::ECONNRESET => Exc::ConnectionResetError,
        libc::EEXIST => Exc::FileExistsError,
        libc::ENOENT => Exc::FileNotFoundError,
        libc::EISDIR => Exc::IsADirectoryError,
        libc::ENOTDIR => Exc::NotADirectoryError,
        libc::EINTR => Exc::InterruptedError,
        libc::EACCES | libc::EPERM => Exc::PermissionError,
        libc::ESRCH => Exc::ProcessLookupError,
        libc::ETIMEDOUT => Exc::TimeoutError,
        _ => Exc::OSError,
    }
}

/// `(errno, strerror[, filename[, winerror[, filename2]]])`; a BlockingIOError's third argument may be a number instead.
pub(super) fn initialize(th: &Thread, this: Gc<Exception>, args: &[Value]) -> Result<()> {
    if !(2..=5).contains(&args.len()) {
        return Ok(());
    }
    this.set_field(th, ERRNO, args[0]);
    this.set_field(th, STRERROR, args[1]);
    let given = |at: usize| args.get(at).copied().filter(|v| !v.is_none() && !v.is_empty());
    let Some(name) = given(2) else { return Ok(()) };
    let is_number = IntRef::of(name).is_some() || name.is_float();
    if is_number && th.class_of(this.value()) == th.vm().exception_class(Exc::BlockingIOError) {
        this.set_field(th, WRITTEN, ops::index(th, name)?);
        return Ok(());
    }
    this.set_field(th, FILENAME, name);
    if let Some(name) = given(4) {
        this.set_field(th, FILENAME2, name);
    }
    this.args.set(th.tuple(&args[..2]));
    Ok(())
}

fn str(th: &Thread, this: Value) -> Result {
    let exception = of(this);
    let (name, name2) = (exception.field(FILENAME), exception.field(FILENAME2));
    let (number, message) = (exception.field(ERRNO), exception.field(STRERROR));
    let shown = |v: Value| ops::str(th, if v.is_empty() { Value::NONE } else { v }).map(|s| s.to_text());
    if name.is_empty() && (number.is_empty() || message.is_empty()) {
        return base::str(th, this);
    }
    let mut text = format!("[Errno {}] {}", shown(number)?, shown(message)?);
    if !name.is_empty() {
        text.push_str(&format!(": {}", ops::repr(th, name)?.to_text()));
        if !name2.is_empty() {
            text.push_str(&format!(" -> {}", ops::repr(th, name2)?.to_text()));
        }
    }
    Ok(th.str(&text))
}

/// The system's words for an error number.
pub fn words(number: i32) -> String {
    let text = io::Error::from_raw_os_error(number).to_string();
    match text.rfind(" (os error") {
        Some(end) => text[..end].to_string(),
        None => text,
    }
}

/// Raises the OSError for an error number, with the file names that it is about.
#[cold]
pub fn raise_errno(th: &Thread, number: i32, names: &[Value]) -> Raised {
    let mut args = vec![th.int(number.into()), th.str(&words(number))];
    match names {
        [] => {}
        [name] => args.push(*name),
        [name, name2, ..] => args.extend([*name, Value::NONE, *name2]),
    }
    th.raise_with(Exc::OSError, &args)
}

/// Raises what the gate or the system has against it: the gate's no is a PermissionError that names the flag.
#[cold]
pub fn raise_refused(th: &Thread, refused: &Refused, names: &[Value]) -> Raised {
    match refused {
        Refused::System(error) => match error.raw_os_error() {
            Some(number) => raise_errno(th, number, names),
            None => th.raise(Exc::OSError, error),
        },
        Refused::Gate { .. } => {
            let words = th.str(&format!("{} ({refused})", words(libc::EACCES)));
            let mut args = vec![th.int(libc::EACCES.into()), words];
            args.extend(names.first());
            th.raise_with(Exc::OSError, &args)
        }
    }
}

/// Raises what Rust's I/O reports, with the path that it is about.
#[cold]
pub fn raise_os_error(th: &Thread, error: &io::Error, path: Option<&str>) -> Raised {
    match (error.raw_os_error(), path) {
        (Some(number), Some(path)) => raise_errno(th, number, &[th.str(path)]),
        (Some(number), None) => raise_errno(th, number, &[]),
        (None, _) => th.raise(Exc::OSError, error),
    }
}

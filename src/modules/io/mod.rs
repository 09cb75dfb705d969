//! `_io`: files, buffers and text, on which `open`, the standard streams and the module `io` are built.
//!
//! - `open`: the function, and the modes it takes
//! - `base`: `_IOBase` and its three daughters: what every stream can do through its own methods
//! - `file`: `FileIO`, the bytes of a descriptor; `descriptor`: the system calls below it
//! - `buffered`: `BufferedReader`, `BufferedWriter`, `BufferedRandom`
//! - `text`: `TextIOWrapper`; `decoder`: bytes to text piece by piece; `lines`: where lines end
//! - `bytes_io`, `string_io`: streams in memory; `states`: what is pickled of them
//! - `turn`: one thread at a time
//! - `path`, `targets`: paths, and buffers to read into, as arguments

use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::objects::exception::{Exc, Exception};
use crate::objects::module::Module;
use crate::objects::native_object::{NativeObject, NativeState};
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, import, ops};

pub mod base;
pub mod buffered;
mod bytes_io;
mod decoder;
pub mod descriptor;
pub mod file;
pub mod lines;
mod open;
pub mod path;
mod states;
mod string_io;
pub mod targets;
pub mod text;
pub mod turn;

pub use open::OPEN;

pub static IO: ModuleDef = ModuleDef {
    functions: &[open::OPEN, open::OPEN_CODE, open::TEXT_ENCODING],
    types: &[
        &base::IO_BASE,
        &base::RAW_IO_BASE,
        &base::BUFFERED_IO_BASE,
        &base::TEXT_IO_BASE,
        &file::FILE_IO,
        &bytes_io::BYTES_IO,
        &string_io::STRING_IO,
        &buffered::BUFFERED_READER,
        &buffered::BUFFERED_WRITER,
        &buffered::BUFFERED_RANDOM,
        &text::TEXT_IO_WRAPPER,
    ],
    init: Some(init),
    ..ModuleDef::new("_io", "The io module provides the Python interfaces to stream handling.")
};

/// The size of buffers unless somebody asks for another, in bytes.
pub const BUFFER_SIZE: usize = 128 << 10;
/// How much a text stream asks of its buffer at a time, in bytes.
const CHUNK: usize = 8 << 10;

fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    let set = |name: &str, value: Value| module.namespace.set_str(th, th.intern(name), value);
    set("DEFAULT_BUFFER_SIZE", Value::small_int(BUFFER_SIZE as i64));
    set("BlockingIOError", th.vm().exception_class(Exc::BlockingIOError).value());
    // The one exception class that is a value as well as an operating system's error.
    let bases = [Exc::OSError, Exc::ValueError].map(|class| th.vm().exception_class(class).value());
    let namespace = th.dict();
    namespace.set_str(th, th.vm().names.__module__, th.str("io"));
    let type_class = th.class_of(bases[0]).value();
    let unsupported = th.call(type_class, &[th.str(UNSUPPORTED), th.tuple(&bases), namespace.value()])?;
    set(UNSUPPORTED, unsupported);
    Ok(())
}

const UNSUPPORTED: &str = "UnsupportedOperation";

/// The module, made if nothing has needed it yet.
pub fn module(th: &Thread) -> Result<Gc<Module>> {
    match import::in_modules(th, "_io").and_then(|module| module.downcast::<Module>()) {
        Some(module) => Ok(module),
        None => import::native(th, &IO),
    }
}

/// `io.UnsupportedOperation(message)`
#[cold]
fn unsupported(th: &Thread, message: &str) -> Raised {
    let raise = || {
        let class = module(th)?.namespace.get_str(th, th.intern(UNSUPPORTED)).unwrap_or(Value::NONE);
        let exception = th.call(class, &[th.str(message)])?;
        Ok(th.raise_object(exception))
    };
    raise().unwrap_or_else(|raised| raised)
}

#[cold]
fn uninitialized(th: &Thread) -> Raised {
    th.value_error("I/O operation on uninitialized object")
}

/// The native state of a stream, whatever its class says.
fn state_of<T: NativeState>(value: Value) -> Option<&'static T> {
    value.downcast::<NativeObject>()?.state_as::<T>()
}

/// The native state of an object of exactly a native class: its methods are ours, nobody has overridden them.
fn exactly<T: NativeState>(th: &Thread, value: Value) -> Option<&'static T> {
    let state = state_of::<T>(value)?;
    th.class_of(value).def.is_some().then_some(state)
}

/// `object.name()`
fn ask(th: &Thread, object: Value, name: &str) -> Result {
    th.call_method(object, th.intern(name), &[])
}

/// Flushes a stream, which may be its class's own affair, and closes it whatever came of that. What goes wrong in closing has
/// what went wrong before for its context.
fn flush_and_close(th: &Thread, stream: Value, close: impl FnOnce() -> Result) -> Result {
    let flushed = ask(th, stream, "flush").map_err(|raised| th.take_exception(raised));
    let closed = close();
    let Err(first) = flushed else { return closed };
    let Err(raised) = closed else { return Err(th.raise_value(first)) };
    let last = th.take_exception(raised);
    if let Some(exception) = last.downcast::<Exception>() {
        exception.context.set(first);
    }
    Err(th.raise_value(last))
}

/// Whether `object.name()` is true.
fn says(th: &Thread, object: Value, name: &str) -> Result<bool> {
    let answer = ask(th, object, name)?;
    ops::truthy(th, answer)
}

/// Whether `object.closed` is true.
fn is_closed(th: &Thread, object: Value) -> Result<bool> {
    let closed = ops::get_attr(th, object, th.intern("closed"))?;
    ops::truthy(th, closed)
}

/// An argument that is a number of bytes or characters: -1 where it is not given or None.
fn size_argument(th: &Thread, value: Value) -> Result<i64> {
    if value.is_empty() || value.is_none() {
        return Ok(-1);
    }
    match ops::index_sized(th, value, Exc::OverflowError) {
        Err(raised) if !crate::objects::sequences::is_index(th, value) => {
            th.take_exception(raised);
            let class = th.type_name(value);
            Err(th.type_error(format_args!("argument should be integer or None, not '{class}'")))
        }
        other => other,
    }
}

/// A position or offset; it must fit 64 bits.
fn offset(th: &Thread, value: Value) -> Result<i64> {
    ops::index_sized(th, value, Exc::OverflowError)
}

/// The class of a stream as `repr` and messages show it.
fn shown_class(th: &Thread, value: Value) -> String {
    let class = th.class_of(value);
    match class.def {
        Some(def) => format!("{}.{}", def.module, def.name),
        None => class.name(),
    }
}

#[cold]
fn cannot_pickle(th: &Thread, args: &[Value]) -> Result {
    Err(th.type_error(format_args!("cannot pickle '{}' instances", th.class_of(args[0]).short_name())))
}

/// Whether anything waits in a stream to be written. Asks no other object.
pub fn has_pending(th: &Thread, stream: Value) -> bool {
    match (state_of::<text::Text>(stream), state_of::<buffered::Buffered>(stream)) {
        (Some(text), _) => text.has_pending(th),
        (_, Some(buffer)) => buffer.has_pending(),
        _ => false,
    }
}

//! `_IOBase`, `_RawIOBase`, `_BufferedIOBase`, `_TextIOBase`: what every stream can do through its own methods, and how
//! one that lacks a method says so.

use crate::heap::Value;
use crate::objects::bytes::{self, ByteArray, Bytes};
use crate::objects::exception::Exc;
use crate::objects::{instance, kinds};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Raised, Thread, ops, report};

use super::{CHUNK, ask, is_closed, says, size_argument, targets, unsupported};

pub static IO_BASE: TypeDef = TypeDef {
    weakrefs: true,
    module: "_io",
    has_dict: true,
    subclassable: true,
    methods: BASE_METHODS,
    getset: BASE_ATTRIBUTES,
    ..TypeDef::new("_IOBase", kinds::OBJECT, "The abstract base class for all I/O classes.")
};

pub static RAW_IO_BASE: TypeDef = TypeDef {
    module: "_io",
    base: Some(&IO_BASE),
    has_dict: true,
    subclassable: true,
    methods: RAW_METHODS,
    ..TypeDef::new("_RawIOBase", kinds::OBJECT, "Base class for raw binary I/O.")
};

pub static BUFFERED_IO_BASE: TypeDef = TypeDef {
    module: "_io",
    base: Some(&IO_BASE),
    has_dict: true,
    subclassable: true,
    methods: BUFFERED_METHODS,
    ..TypeDef::new("_BufferedIOBase", kinds::OBJECT, "Base class for buffered IO objects.")
};

pub static TEXT_IO_BASE: TypeDef = TypeDef {
    module: "_io",
    base: Some(&IO_BASE),
    has_dict: true,
    subclassable: true,
    methods: TEXT_METHODS,
    getset: TEXT_ATTRIBUTES,
    ..TypeDef::new("_TextIOBase", kinds::OBJECT, "Base class for text I/O.")
};

/// The attribute by which a stream remembers that it was closed.
const CLOSED: &str = "__IOBase_closed";

fn was_closed(th: &Thread, this: Value) -> bool {
    instance::get_own(th, this, th.intern(CLOSED)).is_some()
}

#[cold]
pub fn closed_file(th: &Thread) -> Raised {
    th.value_error("I/O operation on closed file.")
}

fn refuse_closed(th: &Thread, this: Value) -> Result<()> {
    if is_closed(th, this)? { Err(closed_file(th)) } else { Ok(()) }
}

/// Raises UnsupportedOperation(message) unless the stream says that it can.
fn refuse_unless(th: &Thread, this: Value, can: &str, message: &str) -> Result {
    let answer = ask(th, this, can)?;
    if answer == Value::TRUE { Ok(answer) } else { Err(unsupported(th, message)) }
}

macro_rules! lacking {
    ($name:literal, $signature:literal, $doc:literal) => {
        native($name, $signature, $doc, |th, _| Err(unsupported(th, $name)))
    };
}

const BASE_METHODS: &[NativeDef] = &[
    lacking!("seek", "(self, offset, whence=0, /)", "Change the stream position to the given byte offset."),
    native("tell", "(self, /)", "Return current stream position.", |th, args| {
        th.call_method(args[0], th.intern("seek"), &[Value::small_int(0), Value::small_int(1)])
    }),
    lacking!("truncate", "(self, size=None, /)", "Truncate file to size bytes."),
    native("flush", "(self, /)", "Flush write buffers, if applicable.", |th, args| {
        refuse_closed(th, args[0]).map(|()| Value::NONE)
    }),
    native("close", "(self, /)", "Flush and close the IO object.", |th, args| {
        if was_closed(th, args[0]) {
            return Ok(Value::NONE);
        }
        let flushed = ask(th, args[0], "flush");
        instance::set_own(th, args[0], th.intern(CLOSED), Value::TRUE);
        flushed.map(|_| Value::NONE)
    }),
    native("seekable", "(self, /)", "Return whether object supports random access.", |_, _| Ok(Value::FALSE)),
    native("readable", "(self, /)", "Return whether object was opened for reading.", |_, _| Ok(Value::FALSE)),
    native("writable", "(self, /)", "Return whether object was opened for writing.", |_, _| Ok(Value::FALSE)),
    native("_checkClosed", "(self, /)", "Raise ValueError if the stream is closed.", |th, args| {
        refuse_closed(th, args[0]).map(|()| Value::NONE)
    }),
    native("_checkSeekable", "(self, /)", "Raise UnsupportedOperation if the stream cannot seek.", |th, args| {
        refuse_unless(th, args[0], "seekable", "File or stream is not seekable.")
    }),
    native("_checkReadable", "(self, /)", "Raise UnsupportedOperation if the stream cannot be read.", |th, args| {
        refuse_unless(th, args[0], "readable", "File or stream is not readable.")
    }),
    native("_checkWritable", "(self, /)", "Raise UnsupportedOperation if the stream cannot be written.", |th, args| {
        refuse_unless(th, args[0], "writable", "File or stream is not writable.")
    }),
    lacking!("fileno", "(self, /)", "Return underlying file descriptor if one exists.").keywords(),
    native("isatty", "(self, /)", "Return whether this is an 'interactive' stream.", |th, args| {
        refuse_closed(th, args[0]).map(|()| Value::FALSE)
    }),
    native("readline", "(self, size=-1, /)", "Read and return a line from the stream.", read_line),
    native("readlines", "(self, hint=-1, /)", "Return a list of lines from the stream.", read_lines),
    native("writelines", "(self, lines, /)", "Write a list of lines to stream.", |th, args| {
        refuse_closed(th, args[0])?;
        let write = th.intern("write");
        ops::for_each(th, args[1], |line| th.call_method(args[0], write, &[line]).map(drop))?;
        Ok(Value::NONE)
    }),
    native("__iter__", "(self, /)", "Implement iter(self).", |th, args| {
        refuse_closed(th, args[0])?;
        Ok(args[0])
    }),
    native("__next__", "(self, /)", "Implement next(self).", |th, args| {
        let line = ask(th, args[0], "readline")?;
        if ops::truthy(th, line)? { Ok(line) } else { Err(th.raise_with(Exc::StopIteration, &[])) }
    }),
    native("__enter__", "(self, /)", "Enter the context.", |th, args| {
        refuse_closed(th, args[0])?;
        Ok(args[0])
    }),
    native("__exit__", "(self, /, *args)", "Leave the context: close the stream.", |th, args| {
        ask(th, args[0], "close")
    }),
    FINALIZER,
];

const BASE_ATTRIBUTES: &[GetSetDef] =
    &[getter("closed", "Whether the stream is closed.", |th, this| Ok(Value::bool(was_closed(th, this))))];

/// A stream that nobody can reach any more is closed. Errors have nobody to go to.
const FINALIZER: NativeDef = native("__del__", "(self, /)", "Close the stream.", |th, args| {
    close_at_last(th, args[0]);
    Ok(Value::NONE)
});

/// Closes the stream, whatever becomes of it.
pub fn close_at_last(th: &Thread, this: Value) {
    let closed = is_closed(th, this).and_then(|closed| if closed { Ok(this) } else { ask(th, this, "close") });
    if let Err(raised) = closed {
        th.take_exception(raised);
    }
}

/// ResourceWarning for a file that was never closed.
pub fn warn_unclosed(th: &Thread, this: Value) {
    let saying = ops::repr(th, this)
        .and_then(|shown| report::warn(th, Exc::ResourceWarning, &format!("unclosed file {}", shown.to_text())));
    if let Err(raised) = saying {
        let exception = th.take_exception(raised);
        report::unraisable(th, exception, this);
    }
}

/// A line, by `read(1)`, or by `peek` and `read` where the stream can peek.
fn read_line(th: &Thread, args: &[Value]) -> Result {
    let this = args[0];
    let limit = size_argument(th, args[1])?;
    let (peek, read) = (th.intern("peek"), th.intern("read"));
    let peek = ops::find_attr(th, this, peek)?;
    let mut line: Vec<u8> = Vec::new();
    while limit < 0 || (line.len() as i64) < limit {
        let mut wanted = 1;
        if let Some(peek) = peek {
            let ahead = th.call(peek, &[Value::small_int(1)])?;
            let Some(ahead) = bytes::content(ahead) else {
                let class = th.type_name(ahead);
                return Err(
                    th.raise(Exc::OSError, format_args!("peek() should have returned a bytes object, not '{class}'"))
                );
            };
            wanted = memchr::memchr(b'\n', &ahead).map_or(ahead.len(), |at| at + 1).max(1) as i64;
            if limit >= 0 {
                wanted = wanted.min(limit - line.len() as i64);
            }
        }
        let got = th.call_method(this, read, &[Value::small_int(wanted)])?;
        let Some(got) = got.downcast::<Bytes>() else {
            let class = th.type_name(got);
            return Err(
                th.raise(Exc::OSError, format_args!("read() should have returned a bytes object, not '{class}'"))
            );
        };
        line.extend_from_slice(got.bytes());
        if got.is_empty() || line.last() == Some(&b'\n') {
            break;
        }
    }
    Ok(bytes::new(th, &line))
}

fn read_lines(th: &Thread, args: &[Value]) -> Result {
    let hint = size_argument(th, args[1])?;
    let lines = crate::objects::list::List::new(th, &[]);
    let iterator = ops::iter(th, args[0])?;
    let mut size = 0;
    while let Some(line) = ops::next(th, iterator)? {
        lines.push(th, line);
        size += ops::len(th, line)? as i64;
        if hint > 0 && size >= hint {
            break;
        }
    }
    Ok(lines.value())
}

const RAW_METHODS: &[NativeDef] = &[
    native("read", "(self, size=-1, /)", "Read at most size bytes, by readinto().", |th, args| {
        let size = size_argument(th, args[1])?;
        if size < 0 {
            return ask(th, args[0], "readall");
        }
        let room = bytes::check_len(th, usize::try_from(size).ok())?;
        let array = ByteArray::new(th, &vec![0; room]);
        let count = th.call_method(args[0], th.intern("readinto"), &[array.value()])?;
        if count.is_none() {
            return Ok(count);
        }
        let count = ops::index_i64(th, count)?;
        if count < 0 || count > size {
            return Err(th.value_error(format_args!("readinto returned {count} outside buffer size {size}")));
        }
        Ok(bytes::new(th, &array.to_vec()[..count as usize]))
    }),
    native("readall", "(self, /)", "Read until EOF, using multiple read() call.", |th, args| {
        let mut all: Vec<u8> = Vec::new();
        let mut nothing = true;
        loop {
            let got = th.call_method(args[0], th.vm().names.read, &[Value::small_int(CHUNK as i64)])?;
            if got.is_none() {
                return Ok(if nothing { got } else { bytes::new(th, &all) });
            }
            nothing = false;
            let Some(got) = got.downcast::<Bytes>() else {
                return Err(th.type_error("read() should return bytes"));
            };
            if got.is_empty() {
                return Ok(bytes::new(th, &all));
            }
            all.extend_from_slice(got.bytes());
        }
    }),
    native("readinto", "(self, buffer, /)", "Read bytes into buffer.", |th, _| {
        Err(th.raise_with(Exc::NotImplementedError, &[]))
    }),
    native("write", "(self, b, /)", "Write buffer b to the stream.", |th, _| {
        Err(th.raise_with(Exc::NotImplementedError, &[]))
    }),
];

/// `readinto` by a method that returns bytes.
fn read_into(th: &Thread, args: &[Value], method: &str) -> Result {
    let room = targets::required_room(th, args[1], "readinto() argument")?;
    let got = th.call_method(args[0], th.intern(method), &[th.int(room as i64)])?;
    let Some(got) = got.downcast::<Bytes>() else {
        return Err(th.type_error("read() should return bytes"));
    };
    if got.len() > room {
        return Err(th.value_error(format_args!(
            "read() returned too much data: {room} bytes requested, {} returned",
            got.len()
        )));
    }
    targets::fill(th, args[1], got.bytes());
    Ok(Value::small_int(got.len() as i64))
}

const BUFFERED_METHODS: &[NativeDef] = &[
    lacking!("detach", "(self, /)", "Disconnect this buffer from its underlying raw stream and return it."),
    lacking!("read", "(self, size=-1, /)", "Read and return up to n bytes."),
    lacking!("read1", "(self, size=-1, /)", "Read and return up to size bytes, with at most one read() call."),
    lacking!("write", "(self, b, /)", "Write buffer b to the IO stream."),
    native("readinto", "(self, buffer, /)", "Read bytes into buffer.", |th, args| read_into(th, args, "read")),
    native("readinto1", "(self, buffer, /)", "Read bytes into buffer, with at most one read() call.", |th, args| {
        read_into(th, args, "read1")
    }),
];

const TEXT_METHODS: &[NativeDef] = &[
    lacking!("detach", "(self, /)", "Separate the underlying buffer from the TextIOBase and return it."),
    lacking!("read", "(self, size=-1, /)", "Read at most size characters from stream."),
    lacking!("readline", "(self, size=-1, /)", "Read until newline or EOF."),
    lacking!("write", "(self, s, /)", "Write string s to stream."),
];

const TEXT_ATTRIBUTES: &[GetSetDef] = &[
    getter("encoding", "Encoding of the text stream.", |_, _| Ok(Value::NONE)),
    getter("newlines", "Line endings translated so far.", |_, _| Ok(Value::NONE)),
    getter("errors", "The error setting of the decoder or encoder.", |_, _| Ok(Value::NONE)),
];

/// The end of a `with` and of iteration is the same for all; what is asked of a stream below is not.
pub fn require(th: &Thread, raw: Value, can: &str, message: &str) -> Result<()> {
    if says(th, raw, can)? { Ok(()) } else { Err(unsupported(th, message)) }
}

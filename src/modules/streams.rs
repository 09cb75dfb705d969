//! The standard streams: `sys.stdin`, `sys.stdout`, `sys.stderr` as text files over the process's descriptors.
//!
//! Output is buffered by lines on a terminal, by blocks otherwise, and not at all on standard error; what the system
//! writes or reads is done with the interpreter's lock given up, as CPython does.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;

use crate::heap::Value;
use crate::objects::exception;
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::str::Str;
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::signals::Wish;
use crate::vm::{Thread, ops};

/// Bytes that are gathered before they are written.
const BLOCK: usize = 8 << 10;
/// Bytes that are written at once (`PIPE_BUF`).
const PAGE: usize = 4 << 10;

/// A text stream over one descriptor.
pub struct Stream {
    descriptor: i32,
    name: &'static str,
    mode: &'static str,
    errors: &'static str,
    line_buffered: bool,
    unbuffered: bool,
    out: Mutex<Vec<u8>>,
    input: Mutex<Input>,
    closed: AtomicBool,
}

#[derive(Default)]
struct Input {
    bytes: Vec<u8>,
    at: usize,
    ended: bool,
}

impl NativeState for Stream {}

fn stream(value: Value) -> Option<&'static Stream> {
    value.downcast::<NativeObject>()?.state_as::<Stream>()
}

/// The stream behind an object, for `print`'s fast path.
pub fn as_stream(value: Value) -> Option<&'static Stream> {
    stream(value)
}

fn this(th: &Thread, value: Value) -> Result<&'static Stream> {
    match stream(value) {
        Some(stream) if stream.closed.load(Ordering::Relaxed) => Err(th.value_error("I/O operation on closed file.")),
        Some(stream) => Ok(stream),
        None => Err(th.type_error("a text stream is required")),
    }
}

impl Stream {
    /// Writes text: into the buffer, and on when that is due.
    pub fn write(&self, th: &Thread, text: &[u8]) -> Result<()> {
        let due = {
            let mut out = self.out.lock();
            out.extend_from_slice(text);
            self.unbuffered || out.len() >= BLOCK || (self.line_buffered && text.contains(&b'\n'))
        };
        if due { self.flush(th) } else { Ok(()) }
    }

    /// Hands what is buffered to the system.
    pub fn flush(&self, th: &Thread) -> Result<()> {
        let text = std::mem::take(&mut *self.out.lock());
        if text.is_empty() {
            return Ok(());
        }
        let text = printable(text);
        let mut written = 0;
        while written < text.len() {
            // A pipe that is ready takes at least so much without blocking.
            let rest = &text[written..text.len().min(written + PAGE)];
            let descriptor = self.descriptor;
            match th.blocking_on(descriptor, Wish::Write, || write_some(descriptor, rest))? {
                Ok(count) => written += count,
                Err(error) => return Err(exception::raise_os_error(th, &error, None)),
            }
        }
        Ok(())
    }

    /// More input; false at the end.
    fn fill(&self, th: &Thread) -> Result<bool> {
        let descriptor = self.descriptor;
        let read = th.blocking_on(descriptor, Wish::Read, || {
            let mut block = [0; BLOCK];
            read_some(descriptor, &mut block).map(|count| block[..count].to_vec())
        })?;
        match read {
            Ok(block) => {
                let mut input = self.input.lock();
                input.ended = block.is_empty();
                input.bytes.extend_from_slice(&block);
                Ok(!block.is_empty())
            }
            Err(error) => Err(exception::raise_os_error(th, &error, None)),
        }
    }

    /// The next line with its end, or what is left.
    fn line(&self, th: &Thread) -> Result<Value> {
        loop {
            {
                let mut input = self.input.lock();
                let at = input.at;
                let end = input.bytes[at..].iter().position(|b| *b == b'\n').map(|n| at + n + 1);
                if let Some(end) = end.or(input.ended.then_some(input.bytes.len())) {
                    let line = input.bytes[at..end].to_vec();
                    input.at = end;
                    if input.at == input.bytes.len() {
                        input.bytes.clear();
                        input.at = 0;
                    }
                    return Ok(text_of(th, &line));
                }
            }
            self.fill(th)?;
        }
    }
}

/// UTF-8 for the system: lone surrogates, which have no encoding, are written as escapes.
fn printable(text: Vec<u8>) -> Vec<u8> {
    if std::str::from_utf8(&text).is_ok() {
        return text;
    }
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        if text[at] == 0xED && text.get(at + 1).is_some_and(|b| *b >= 0xA0) && at + 2 < text.len() {
            let code = 0xD000 | u32::from(text[at + 1] & 0x3F) << 6 | u32::from(text[at + 2] & 0x3F);
            out.extend_from_slice(format!("\\u{code:04x}").as_bytes());
            at += 3;
        } else {
            out.push(text[at]);
            at += 1;
        }
    }
    out
}

/// Text read: what is no UTF-8 is replaced; line ends become `\n`.
fn text_of(th: &Thread, bytes: &[u8]) -> Value {
    let text = String::from_utf8_lossy(bytes);
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text };
    Str::from_wtf8(th, text.as_bytes()).value()
}

fn write_some(descriptor: i32, bytes: &[u8]) -> io::Result<usize> {
    // SAFETY: a write from a live slice; what the descriptor is, the system checks.
    let count = unsafe { libc::write(descriptor, bytes.as_ptr().cast(), bytes.len()) };
    if count < 0 { Err(io::Error::last_os_error()) } else { Ok(count as usize) }
}

fn read_some(descriptor: i32, bytes: &mut [u8]) -> io::Result<usize> {
    // SAFETY: a read into a live slice; what the descriptor is, the system checks.
    let count = unsafe { libc::read(descriptor, bytes.as_mut_ptr().cast(), bytes.len()) };
    if count < 0 { Err(io::Error::last_os_error()) } else { Ok(count as usize) }
}

pub static TEXT_STREAM: TypeDef = TypeDef {
    module: "_io",
    methods: METHODS,
    getset: ATTRIBUTES,
    has_dict: true,
    ..TypeDef::new("TextIOWrapper", kinds::NATIVE_STATE, "Character and line based layer over a byte stream.")
};

const METHODS: &[NativeDef] = &[
    native(
        "write",
        "(self, text, /)",
        "Write string s to stream; return the number of characters written.",
        |th, args| {
            let stream = this(th, args[0])?;
            let Some(text) = args[1].as_str_cell() else {
                return Err(th.type_error(format_args!("write() argument must be str, not {}", th.type_name(args[1]))));
            };
            if stream.mode == "r" {
                return Err(th.raise(exception::Exc::OSError, "not writable"));
            }
            stream.write(th, text.wtf8())?;
            Ok(th.int(text.char_len() as i64))
        },
    ),
    native("writelines", "(self, lines, /)", "Write a list of lines to stream.", |th, args| {
        let stream = this(th, args[0])?;
        ops::for_each(th, args[1], |line| match line.as_str_cell() {
            Some(line) => stream.write(th, line.wtf8()),
            None => Err(th.type_error(format_args!("write() argument must be str, not {}", th.type_name(line)))),
        })?;
        Ok(Value::NONE)
    }),
    native("flush", "(self, /)", "Flush write buffers.", |th, args| this(th, args[0])?.flush(th).map(|()| Value::NONE)),
    native("fileno", "(self, /)", "Return underlying file descriptor.", |th, args| {
        Ok(Value::small_int(this(th, args[0])?.descriptor.into()))
    }),
    native("isatty", "(self, /)", "Return whether this is an 'interactive' stream.", |th, args| {
        Ok(Value::bool(is_terminal(this(th, args[0])?.descriptor)))
    }),
    native("readable", "(self, /)", "Return whether object was opened for reading.", |th, args| {
        Ok(Value::bool(this(th, args[0])?.mode == "r"))
    }),
    native("writable", "(self, /)", "Return whether object was opened for writing.", |th, args| {
        Ok(Value::bool(this(th, args[0])?.mode == "w"))
    }),
    native("readline", "(self, size=-1, /)", "Read until newline or EOF.", |th, args| this(th, args[0])?.line(th)),
    native("read", "(self, size=-1, /)", "Read at most size characters from stream.", |th, args| {
        let stream = this(th, args[0])?;
        while !stream.input.lock().ended {
            stream.fill(th)?;
        }
        let mut input = stream.input.lock();
        let at = input.at;
        let rest = input.bytes.split_off(at);
        input.bytes.clear();
        input.at = 0;
        drop(input);
        Ok(text_of(th, &rest))
    }),
    native("readlines", "(self, hint=-1, /)", "Return a list of lines from the stream.", |th, args| {
        let stream = this(th, args[0])?;
        let lines = crate::objects::list::List::new(th, &[]);
        loop {
            let line = stream.line(th)?;
            if !ops::truthy(th, line)? {
                return Ok(lines.value());
            }
            lines.push(th, line);
        }
    }),
    native("__iter__", "(self, /)", "Implement iter(self).", |_, args| Ok(args[0])),
    native("__next__", "(self, /)", "Implement next(self).", |th, args| {
        let line = this(th, args[0])?.line(th)?;
        if ops::truthy(th, line)? { Ok(line) } else { Err(th.raise_with(exception::Exc::StopIteration, &[])) }
    }),
    native("close", "(self, /)", "Flush and close the IO object.", |th, args| {
        if let Some(stream) = stream(args[0]) {
            stream.flush(th)?;
            stream.closed.store(true, Ordering::Relaxed);
        }
        Ok(Value::NONE)
    }),
    native(
        "reconfigure",
        "(self, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)",
        "Reconfigure the text stream with new parameters.",
        |_, _| Ok(Value::NONE),
    ),
    native("__enter__", "(self, /)", "Enter the context.", |_, args| Ok(args[0])),
    native("__exit__", "(self, *args)", "Leave the context.", |th, args| {
        this(th, args[0])?.flush(th).map(|()| Value::NONE)
    }),
    native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
        let Some(stream) = stream(args[0]) else { return Ok(Value::NONE) };
        Ok(th.str(&format!("<_io.TextIOWrapper name='{}' mode='{}' encoding='utf-8'>", stream.name, stream.mode)))
    }),
];

const ATTRIBUTES: &[GetSetDef] = &[
    getter("name", "The stream's name.", |th, v| Ok(th.str(stream(v).map_or("", |s| s.name)))),
    getter("mode", "The stream's mode.", |th, v| Ok(th.str(stream(v).map_or("", |s| s.mode)))),
    getter("encoding", "Encoding of the text stream.", |th, _| Ok(th.str("utf-8"))),
    getter("errors", "The error setting of the decoder or encoder.", |th, v| {
        Ok(th.str(stream(v).map_or("", |s| s.errors)))
    }),
    getter("newlines", "Line endings translated so far.", |_, _| Ok(Value::NONE)),
    getter("line_buffering", "Whether line buffering is enabled.", |_, v| {
        Ok(Value::bool(stream(v).is_some_and(|s| s.line_buffered)))
    }),
    getter("closed", "Whether the stream is closed.", |_, v| {
        Ok(Value::bool(stream(v).is_some_and(|s| s.closed.load(Ordering::Relaxed))))
    }),
];

/// Whether the descriptor is a terminal.
pub fn is_terminal(descriptor: i32) -> bool {
    // SAFETY: only asks about the descriptor.
    unsafe { libc::isatty(descriptor) == 1 }
}

/// The three streams: standard input, output, error.
pub fn standard(th: &Thread) -> [Value; 3] {
    let class = th.make_native_class(&TEXT_STREAM);
    let unbuffered = th.vm().options.unbuffered;
    let make = |descriptor, name, mode, errors, unbuffered, line_buffered| {
        let (out, input, closed) = Default::default();
        let stream = Stream { descriptor, name, mode, errors, line_buffered, unbuffered, out, input, closed };
        native_object::new(th, class, Box::new(stream)).value()
    };
    [
        make(0, "<stdin>", "r", "strict", false, false),
        make(1, "<stdout>", "w", "strict", unbuffered, is_terminal(1)),
        make(2, "<stderr>", "w", "backslashreplace", unbuffered, true),
    ]
}

/// Flushes the standard streams at the end of a program; the first error, if any.
pub fn flush_all(th: &Thread) -> Result<()> {
    for name in [th.vm().names.stdout, th.vm().names.stderr] {
        if let Some(file) = crate::vm::import::sys_attribute(th, name) {
            if let Some(stream) = stream(file) {
                stream.flush(th)?;
            } else if !file.is_none() {
                th.call_method(file, th.vm().names.flush, &[])?;
            }
        }
    }
    Ok(())
}

//! `BytesIO`: a binary stream in memory.

use parking_lot::Mutex;

use crate::heap::{Slot, Tracer, Value};
use crate::objects::bytes::{self, ByteArray, Growing};
use crate::objects::exception::Exc;
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::native_object::{self, NativeState};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Thread, ops};

use super::base::{self, closed_file};
use super::{offset, size_argument, state_of, states, targets};

pub struct Memory {
    data: Mutex<Data>,
    /// The bytearray that is the stream's memory while somebody has a view of it from `getbuffer`.
    exported: Slot,
}

#[derive(Default)]
struct Data {
    bytes: Vec<u8>,
    at: usize,
    closed: bool,
}

impl NativeState for Memory {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.exported);
    }
}

impl Memory {
    /// Runs `f` on the open stream's data.
    fn with<R>(&self, th: &Thread, f: impl FnOnce(&mut Data) -> R) -> Result<R> {
        self.sync();
        let mut data = self.data.lock();
        if data.closed {
            drop(data);
            return Err(closed_file(th));
        }
        let result = f(&mut data);
        Ok(result)
    }

    /// Takes over what was written through an exported view.
    fn sync(&self) {
        let exported = self.exported.get();
        let Some(array) = exported.downcast::<ByteArray>() else { return };
        self.data.lock().bytes = array.to_vec();
        if !array.store().is_exported() {
            self.exported.replace_if(exported, Value::EMPTY);
        }
    }

    /// Refuses to change the size of memory that somebody looks at.
    fn refuse_exported(&self, th: &Thread) -> Result<()> {
        let looked_at = bytes::store::is_looked_at(th, self.exported.get());
        self.sync();
        if !looked_at {
            return Ok(());
        }
        Err(th.raise(Exc::BufferError, "Existing exports of data: object cannot be re-sized"))
    }

    fn write(&self, th: &Thread, content: &[u8]) -> Result<()> {
        self.refuse_exported(th)?;
        let end = self.with(th, |data| data.at.saturating_add(content.len()))?;
        bytes::check_len(th, Some(end))?;
        self.with(th, |data| {
            let end = data.at + content.len();
            if content.is_empty() {
                return;
            }
            if data.bytes.len() < end {
                data.bytes.resize(end, 0);
            }
            data.bytes[data.at..end].copy_from_slice(content);
            data.at = end;
        })
    }
}

impl Data {
    fn take(&mut self, count: usize) -> Vec<u8> {
        let from = self.at.min(self.bytes.len());
        let to = from.saturating_add(count).min(self.bytes.len());
        if to > from {
            self.at = to;
        }
        self.bytes[from..to].to_vec()
    }

    fn line(&mut self, limit: usize) -> Vec<u8> {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        self.take(end.min(limit))
    }
}

/// At most `count` bytes, for the text stream above: of exactly a native stream.
pub fn read_once(th: &Thread, stream: Value, count: usize) -> Option<Result<Vec<u8>>> {
    let state = super::exactly::<Memory>(th, stream)?;
    Some(state.with(th, |data| data.take(count)))
}

fn this(th: &Thread, args: &[Value]) -> Result<&'static Memory> {
    state_of::<Memory>(args[0]).ok_or_else(|| super::uninitialized(th))
}

fn wanted(size: i64) -> usize {
    usize::try_from(size).unwrap_or(usize::MAX)
}

pub static BYTES_IO: TypeDef = TypeDef {
    module: "_io",
    base: Some(&base::BUFFERED_IO_BASE),
    has_dict: true,
    subclassable: true,
    methods: METHODS,
    getset: ATTRIBUTES,
    ..TypeDef::new("BytesIO", kinds::NATIVE_STATE, "Buffered I/O implementation using an in-memory bytes buffer.")
};

fn read(th: &Thread, args: &[Value]) -> Result {
    let size = wanted(size_argument(th, args[1])?);
    let got = this(th, args)?.with(th, |data| data.take(size))?;
    Ok(bytes::new(th, &got))
}

fn always(th: &Thread, args: &[Value]) -> Result {
    this(th, args)?.with(th, |_| Value::TRUE)
}

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
        let Some(class) = args[0].as_class() else { return Err(th.type_error("a class is required")) };
        let state = Memory { data: Mutex::default(), exported: Slot::default() };
        Ok(native_object::new(th, class, Box::new(state)).value())
    })
    .static_method(),
    native("__init__", "(self, /, initial_bytes=b'')", "Initialize self.", |th, args| {
        let state = this(th, args)?;
        state.refuse_exported(th)?;
        let given = match args[1] {
            given if given.is_empty() || given.is_none() => Vec::new(),
            given => bytes::required(th, given)?.into_owned(),
        };
        *state.data.lock() = Data { bytes: given, at: 0, closed: false };
        Ok(Value::NONE)
    }),
    native("read", "(self, size=-1, /)", "Read at most size bytes, returned as a bytes object.", read),
    native("read1", "(self, size=-1, /)", "Read at most size bytes, returned as a bytes object.", read),
    native("readinto", "(self, buffer, /)", "Read bytes into buffer.", |th, args| {
        let room = targets::required_room(th, args[1], "readinto() argument")?;
        let got = this(th, args)?.with(th, |data| data.take(room))?;
        targets::fill(th, args[1], &got);
        Ok(Value::small_int(got.len() as i64))
    }),
    native("readline", "(self, size=-1, /)", "Next line from the file, as a bytes object.", |th, args| {
        let limit = wanted(size_argument(th, args[1])?);
        let line = this(th, args)?.with(th, |data| data.line(limit))?;
        Ok(bytes::new(th, &line))
    }),
    native("readlines", "(self, size=None, /)", "List of bytes objects, each a line from the file.", |th, args| {
        let hint = size_argument(th, args[1])?;
        let state = this(th, args)?;
        let lines = List::new(th, &[]);
        let mut size = 0;
        loop {
            let line = state.with(th, |data| data.line(usize::MAX))?;
            if line.is_empty() {
                return Ok(lines.value());
            }
            lines.push(th, bytes::new(th, &line));
            size += line.len() as i64;
            if hint > 0 && size >= hint {
                return Ok(lines.value());
            }
        }
    }),
    native("__iter__", "(self, /)", "Implement iter(self).", |_, args| Ok(args[0])),
    native("__next__", "(self, /)", "Implement next(self).", |th, args| {
        let line = this(th, args)?.with(th, |data| data.line(usize::MAX))?;
        if line.is_empty() { Err(th.raise_with(Exc::StopIteration, &[])) } else { Ok(bytes::new(th, &line)) }
    }),
    native("write", "(self, b, /)", "Write bytes to file.", |th, args| {
        let state = this(th, args)?;
        state.with(th, |_| ())?;
        let content = bytes::required(th, args[1])?;
        state.write(th, &content)?;
        Ok(th.int(content.len() as i64))
    }),
    native("writelines", "(self, lines, /)", "Write lines to the file.", |th, args| {
        let state = this(th, args)?;
        state.with(th, |_| ())?;
        ops::for_each(th, args[1], |line| state.write(th, &bytes::required(th, line)?))?;
        Ok(Value::NONE)
    }),
    native("getvalue", "(self, /)", "Retrieve the entire contents of the BytesIO object.", |th, args| {
        let all = this(th, args)?.with(th, |data| data.bytes.clone())?;
        Ok(bytes::new(th, &all))
    }),
    native("getbuffer", "(self, /)", "Get a read-write view over the contents of the BytesIO object.", |th, args| {
        let state = this(th, args)?;
        let all = state.with(th, |data| data.bytes.clone())?;
        let array = match state.exported.get() {
            Value::EMPTY => ByteArray::new(th, &all).value(),
            array => array,
        };
        let view = bytes::view_over(th, array)?;
        state.exported.set(array);
        Ok(view)
    })
    .keywords(),
    native("seek", "(self, pos, whence=0, /)", "Change stream position.", seek),
    native("tell", "(self, /)", "Current file position, an integer.", |th, args| {
        let at = this(th, args)?.with(th, |data| data.at)?;
        Ok(th.int(at as i64))
    }),
    native("truncate", "(self, size=None, /)", "Truncate the file to at most size bytes.", |th, args| {
        let state = this(th, args)?;
        let at = state.with(th, |data| data.at as i64)?;
        state.refuse_exported(th)?;
        let size = if args[1].is_empty() || args[1].is_none() { at } else { offset(th, args[1])? };
        if size < 0 {
            return Err(th.value_error(format_args!("negative size value {size}")));
        }
        state.with(th, |data| data.bytes.truncate(size as usize))?;
        Ok(th.int(size))
    }),
    native("close", "(self, /)", "Disable all I/O operations.", |th, args| {
        let state = this(th, args)?;
        state.refuse_exported(th)?;
        let mut data = state.data.lock();
        data.bytes = Vec::new();
        data.closed = true;
        Ok(Value::NONE)
    }),
    native("flush", "(self, /)", "Does nothing.", |th, args| this(th, args)?.with(th, |_| Value::NONE)),
    native("isatty", "(self, /)", "Always returns False.", |th, args| this(th, args)?.with(th, |_| Value::FALSE)),
    native("seekable", "(self, /)", "Returns True if the IO object can be seeked.", always),
    native("readable", "(self, /)", "Returns True if the IO object can be read.", always),
    native("writable", "(self, /)", "Returns True if the IO object can be written.", always),
    native("__getstate__", "(self, /)", "Its bytes, position and attributes.", |th, args| {
        let state = this(th, args)?;
        let (all, at) = state.with(th, |data| (data.bytes.clone(), data.at))?;
        Ok(th.tuple(&[bytes::new(th, &all), th.int(at as i64), states::attributes(th, args[0])]))
    }),
    native("__setstate__", "(self, state, /)", "Take over bytes, position and attributes.", |th, args| {
        let state = this(th, args)?;
        state.with(th, |_| ())?;
        let items = states::items(th, args[0], args[1], 3)?;
        state.refuse_exported(th)?;
        let content = bytes::required(th, items[0])?.into_owned();
        *state.data.lock() = Data { bytes: content, at: 0, closed: false };
        let at = states::restored(th, args[0], items)?;
        state.data.lock().at = at;
        Ok(Value::NONE)
    }),
];

fn seek(th: &Thread, args: &[Value]) -> Result {
    let state = this(th, args)?;
    state.with(th, |_| ())?;
    let to = offset(th, args[1])?;
    let whence = if args[2].is_empty() { 0 } else { ops::index_i64(th, args[2])? };
    if whence == 0 && to < 0 {
        return Err(th.value_error(format_args!("negative seek value {to}")));
    }
    let from = state.with(th, |data| match whence {
        0 => Some(0),
        1 => Some(data.at as i64),
        2 => Some(data.bytes.len() as i64),
        _ => None,
    })?;
    let Some(from) = from else {
        return Err(th.value_error(format_args!("invalid whence ({whence}, should be 0, 1 or 2)")));
    };
    let Some(at) = from.checked_add(to) else { return Err(th.overflow_error("new position too large")) };
    let at = at.max(0);
    state.with(th, |data| data.at = at as usize)?;
    Ok(th.int(at))
}

const ATTRIBUTES: &[GetSetDef] = &[getter("closed", "True if the file is closed.", |th, value| {
    let state = state_of::<Memory>(value).ok_or_else(|| super::uninitialized(th))?;
    Ok(Value::bool(state.data.lock().closed))
})];

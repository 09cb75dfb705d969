//! `StringIO`: a text stream in memory, kept as code points so that positions are those of characters.

use parking_lot::Mutex;

use crate::heap::Value;
use crate::objects::exception::Exc;
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeState};
use crate::objects::str::{CodePoints, Str, check_size, push_char};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Raised, Thread, ops};

use super::base;
use super::lines::{self, Newline, Seen};
use super::{offset, size_argument, state_of, states};

pub struct Memory(Mutex<Data>);

struct Data {
    text: Vec<u32>,
    at: usize,
    newline: Newline,
    seen: Seen,
    ready: bool,
    closed: bool,
}

impl NativeState for Memory {}

impl Memory {
    /// Runs `f` on the open stream's data.
    fn with<R>(&self, th: &Thread, f: impl FnOnce(&mut Data) -> R) -> Result<R> {
        let mut data = self.0.lock();
        let fault = match (data.ready, data.closed) {
            (false, _) => super::uninitialized,
            (_, true) => closed,
            _ => return Ok(f(&mut data)),
        };
        drop(data);
        Err(fault(th))
    }

    fn write(&self, th: &Thread, text: &Str) -> Result<()> {
        let end = self.with(th, |data| data.at.saturating_add(text.char_len()))?;
        check_size(th, end.saturating_mul(4))?;
        self.with(th, |data| data.write(CodePoints(text.wtf8()).collect()))
    }
}

#[cold]
fn closed(th: &Thread) -> Raised {
    th.value_error("I/O operation on closed file")
}

impl Data {
    fn write(&mut self, mut text: Vec<u32>) {
        if self.newline.is_universal() {
            self.seen.note(&text, true);
        }
        match self.newline {
            Newline::Universal => text = lines::translated(&text),
            Newline::Untranslated | Newline::Lf => {}
            newline => {
                let end: Vec<u32> = newline.written().iter().map(|b| u32::from(*b)).collect();
                text = text.split(|c| *c == u32::from(b'\n')).collect::<Vec<_>>().join(&end[..]);
            }
        }
        if text.is_empty() {
            return;
        }
        let end = self.at + text.len();
        if self.text.len() < self.at {
            self.text.resize(self.at, 0);
        }
        if self.at == self.text.len() {
            self.text.extend_from_slice(&text);
        } else {
            let replaced = end.min(self.text.len());
            self.text.splice(self.at..replaced, text);
        }
        self.at = end;
    }

    fn take(&mut self, count: usize) -> Vec<u8> {
        let from = self.at.min(self.text.len());
        let to = from.saturating_add(count).min(self.text.len());
        if to > from {
            self.at = to;
        }
        wtf8(&self.text[from..to])
    }

    fn line(&mut self, limit: usize) -> Vec<u8> {
        let rest = self.text.get(self.at..).unwrap_or(&[]);
        let end = self.newline.line_end(rest, 0, true).unwrap_or(rest.len());
        self.take(end.min(limit))
    }
}

fn wtf8(text: &[u32]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    text.iter().for_each(|c| push_char(&mut out, *c));
    out
}

fn this(th: &Thread, args: &[Value]) -> Result<&'static Memory> {
    state_of::<Memory>(args[0]).ok_or_else(|| super::uninitialized(th))
}

fn wanted(size: i64) -> usize {
    usize::try_from(size).unwrap_or(usize::MAX)
}

fn always(th: &Thread, args: &[Value]) -> Result {
    this(th, args)?.with(th, |_| Value::TRUE)
}

pub static STRING_IO: TypeDef = TypeDef {
    module: "_io",
    base: Some(&base::TEXT_IO_BASE),
    has_dict: true,
    subclassable: true,
    methods: METHODS,
    getset: ATTRIBUTES,
    ..TypeDef::new("StringIO", kinds::NATIVE_STATE, "Text I/O implementation using an in-memory buffer.")
};

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
        let Some(class) = args[0].as_class() else { return Err(th.type_error("a class is required")) };
        let (text, seen) = (Vec::new(), Seen::default());
        let data = Data { text, at: 0, newline: Newline::Lf, seen, ready: false, closed: false };
        Ok(native_object::new(th, class, Box::new(Memory(Mutex::new(data)))).value())
    })
    .static_method(),
    native("__init__", "(self, /, initial_value='', newline='\\n')", "Initialize self.", |th, args| {
        initialize(th, args[0], args[1], args[2])?;
        Ok(Value::NONE)
    }),
    native("read", "(self, size=-1, /)", "Read at most size characters, returned as a string.", |th, args| {
        let size = wanted(size_argument(th, args[1])?);
        let got = this(th, args)?.with(th, |data| data.take(size))?;
        Ok(Str::from_wtf8(th, &got).value())
    }),
    native("readline", "(self, size=-1, /)", "Read until newline or EOF.", |th, args| {
        let limit = wanted(size_argument(th, args[1])?);
        let line = this(th, args)?.with(th, |data| data.line(limit))?;
        Ok(Str::from_wtf8(th, &line).value())
    }),
    native("__next__", "(self, /)", "Implement next(self).", |th, args| {
        let state = this(th, args)?;
        let line = if th.class_of(args[0]).def.is_some() {
            let line = state.with(th, |data| data.line(usize::MAX))?;
            Str::from_wtf8(th, &line).value()
        } else {
            super::ask(th, args[0], "readline")?
        };
        if ops::truthy(th, line)? { Ok(line) } else { Err(th.raise_with(Exc::StopIteration, &[])) }
    }),
    native("write", "(self, s, /)", "Write string to file.", |th, args| {
        let state = this(th, args)?;
        let Some(text) = args[1].as_str_cell() else {
            let class = th.type_name(args[1]);
            return Err(th.type_error(format_args!("string argument expected, got '{class}'")));
        };
        state.write(th, &text)?;
        Ok(th.int(text.char_len() as i64))
    }),
    native("getvalue", "(self, /)", "Retrieve the entire contents of the object.", |th, args| {
        let all = this(th, args)?.with(th, |data| wtf8(&data.text))?;
        Ok(Str::from_wtf8(th, &all).value())
    }),
    native("seek", "(self, pos, whence=0, /)", "Change stream position.", seek),
    native("tell", "(self, /)", "Tell the current file position.", |th, args| {
        let at = this(th, args)?.with(th, |data| data.at)?;
        Ok(th.int(at as i64))
    }),
    native("truncate", "(self, pos=None, /)", "Truncate size to pos.", |th, args| {
        let state = this(th, args)?;
        let at = state.with(th, |data| data.at as i64)?;
        let size = if args[1].is_empty() || args[1].is_none() { at } else { size_argument(th, args[1])? };
        if size < 0 {
            return Err(th.value_error(format_args!("Negative size value {size}")));
        }
        state.with(th, |data| data.text.truncate(size as usize))?;
        Ok(th.int(size))
    }),
    native("close", "(self, /)", "Close the IO object.", |th, args| {
        let mut data = this(th, args)?.0.lock();
        data.text = Vec::new();
        data.closed = true;
        Ok(Value::NONE)
    }),
    native("flush", "(self, /)", "Does nothing.", |_, _| Ok(Value::NONE)),
    native("seekable", "(self, /)", "Returns True if the IO object can be seeked.", always),
    native("readable", "(self, /)", "Returns True if the IO object can be read.", always),
    native("writable", "(self, /)", "Returns True if the IO object can be written.", always),
    native("__getstate__", "(self, /)", "Its text, line ends, position and attributes.", |th, args| {
        let (text, newline, at) = this(th, args)?.with(th, |data| (wtf8(&data.text), data.newline, data.at))?;
        let newline = match newline {
            Newline::Universal => Value::NONE,
            Newline::Untranslated => th.str(""),
            newline => th.str(&String::from_utf8_lossy(newline.written())),
        };
        let text = Str::from_wtf8(th, &text).value();
        Ok(th.tuple(&[text, newline, th.int(at as i64), states::attributes(th, args[0])]))
    }),
    native("__setstate__", "(self, state, /)", "Take over text, line ends, position and attributes.", |th, args| {
        if this(th, args)?.0.lock().closed {
            return Err(closed(th));
        }
        let items = states::items(th, args[0], args[1], 4)?;
        initialize(th, args[0], items[0], items[1])?;
        if let Some(text) = items[0].as_str_cell() {
            // Line ends have been translated already.
            this(th, args)?.with(th, |data| data.text = CodePoints(text.wtf8()).collect())?;
        }
        let at = states::restored(th, args[0], items)?;
        this(th, args)?.with(th, |data| data.at = at)?;
        Ok(Value::NONE)
    }),
];

/// A stream of a text, with these line ends.
fn initialize(th: &Thread, this: Value, given: Value, newline: Value) -> Result<()> {
    let state = state_of::<Memory>(this).ok_or_else(|| super::uninitialized(th))?;
    let newline = match newline {
        newline if newline.is_empty() => Newline::Lf,
        newline if !newline.is_none() && newline.as_str_cell().is_none() => {
            let class = th.type_name(newline);
            return Err(th.type_error(format_args!("newline must be str or None, not {class}")));
        }
        newline => {
            let shown = ops::repr(th, newline)?.to_text();
            lines::argument(th, newline, "newline", |_| format!("illegal newline value: {shown}"))?
        }
    };
    if !given.is_empty() && !given.is_none() && given.as_str_cell().is_none() {
        let class = th.type_name(given);
        return Err(th.type_error(format_args!("initial_value must be str or None, not {class}")));
    }
    let seen = Seen::default();
    *state.0.lock() = Data { text: Vec::new(), at: 0, newline, seen, ready: true, closed: false };
    if let Some(text) = given.as_str_cell() {
        state.write(th, &text)?;
        state.with(th, |data| data.at = 0)?;
    }
    Ok(())
}

fn seek(th: &Thread, args: &[Value]) -> Result {
    let state = this(th, args)?;
    state.with(th, |_| ())?;
    let to = offset(th, args[1])?;
    let whence = if args[2].is_empty() { 0 } else { ops::index_i64(th, args[2])? };
    if !(0..=2).contains(&whence) {
        return Err(th.value_error(format_args!("Invalid whence ({whence}, should be 0, 1 or 2)")));
    }
    if whence == 0 && to < 0 {
        return Err(th.value_error(format_args!("Negative seek position {to}")));
    }
    if whence != 0 && to != 0 {
        return Err(th.raise(Exc::OSError, "Can't do nonzero cur-relative seeks"));
    }
    let at = state.with(th, |data| {
        data.at = match whence {
            0 => to as usize,
            1 => data.at,
            _ => data.text.len(),
        };
        data.at
    })?;
    Ok(th.int(at as i64))
}

const ATTRIBUTES: &[GetSetDef] = &[
    getter("closed", "Whether the stream is closed.", |th, value| {
        let state = state_of::<Memory>(value).ok_or_else(|| super::uninitialized(th))?;
        Ok(Value::bool(state.0.lock().closed))
    }),
    getter("newlines", "Line endings translated so far.", |th, value| {
        let state = state_of::<Memory>(value).ok_or_else(|| super::uninitialized(th))?;
        let seen = state.with(th, |data| data.newline.is_universal().then_some(data.seen))?;
        Ok(seen.map_or(Value::NONE, |seen| seen.value(th)))
    }),
    getter("line_buffering", "Always false.", |th, value| {
        let state = state_of::<Memory>(value).ok_or_else(|| super::uninitialized(th))?;
        state.with(th, |_| Value::FALSE)
    }),
];

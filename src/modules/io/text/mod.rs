//! `TextIOWrapper`: text over a stream of bytes.
//!
//! - this file: the state, and how a stream is made
//! - `reading`: lines and pieces of text, and how the text relates to bytes below
//! - `writing`: what is printed, and when it goes on
//! - `position`: `seek`, `tell`, `truncate`
//! - `class`: the type
//!
//! Text that was read is kept as it was decoded; line ends are translated when the program gets them. So the place in the
//! text is a place in the bytes, and `tell` can name it.

use std::sync::atomic::AtomicBool;

use parking_lot::{Mutex, MutexGuard};

use crate::heap::{Gc, Slot, Tracer, Value};
use crate::objects::class::Class;
use crate::objects::exception::Exc;
use crate::objects::native_object::{self, NativeState};
use crate::objects::str::Str;
use crate::objects::str::codec::{self, Encoding};
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops};

use super::decoder::Decoder;
use super::lines::{Newline, Seen};
use super::turn::{Taken, Turn};
use super::{CHUNK, buffered, exactly, is_closed, says, state_of};

mod class;
mod position;
mod reading;
mod writing;

pub use class::{TEXT_IO_WRAPPER, set_mode};

pub struct Text {
    /// The stream below: `EMPTY` before `__init__`, None once it is detached.
    buffer: Slot,
    /// Strings: the encoding as it was named, and the name of the error handler.
    encoding: Slot,
    errors: Slot,
    turn: Turn,
    data: Mutex<Data>,
    /// Whether what is printed may be put into `pending` without asking anybody: nothing is ever read from here.
    plain_output: AtomicBool,
}

/// The mutex around it is only held for a moment, never across a call.
struct Data {
    coding: Encoding,
    newline: Newline,
    line_buffering: bool,
    write_through: bool,
    /// Encoded text that waits to be written.
    pending: Vec<u8>,
    /// Whether what is written next is the start of the stream, where a byte order mark goes.
    at_start: bool,
    /// Whether what was written last did not end its line.
    in_line: bool,
    decoder: Decoder,
    /// Decoded text as WTF-8; what lies before `at` has been given out.
    text: Vec<u8>,
    at: usize,
    /// The bytes that `text` came from, unless they are the same; a byte order mark of so many bytes included.
    bytes: Option<Vec<u8>>,
    mark: usize,
    seen: Seen,
    /// Whether the stream below has come to its end.
    ended: bool,
    seekable: bool,
    /// `tell` is out of order while the stream is being iterated over.
    iterating: bool,
    chunk: usize,
}

impl NativeState for Text {
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.buffer, &self.encoding, &self.errors] {
            tracer.slot(slot);
        }
    }
}

impl Data {
    fn new(coding: Encoding, newline: Newline) -> Data {
        Data {
            coding,
            newline,
            line_buffering: false,
            write_through: false,
            pending: Vec::new(),
            at_start: true,
            in_line: false,
            decoder: Decoder::new(coding),
            text: Vec::new(),
            at: 0,
            bytes: None,
            mark: 0,
            seen: Seen::default(),
            ended: false,
            seekable: false,
            iterating: false,
            chunk: CHUNK,
        }
    }

    /// Forgets what was read ahead.
    fn forget_text(&mut self) {
        self.text.clear();
        self.at = 0;
        self.bytes = None;
        self.mark = 0;
        self.ended = false;
    }
}

impl Text {
    fn new() -> Text {
        Text {
            buffer: Slot::default(),
            encoding: Slot::default(),
            errors: Slot::default(),
            turn: Turn::default(),
            data: Mutex::new(Data::new(Encoding::Utf8, Newline::Universal)),
            plain_output: AtomicBool::new(false),
        }
    }

    fn data(&self) -> MutexGuard<'_, Data> {
        self.data.lock()
    }

    /// The stream below.
    pub fn buffer(&self, th: &Thread) -> Result {
        match self.buffer.get() {
            buffer if buffer.is_empty() => Err(super::uninitialized(th)),
            buffer if buffer.is_none() => Err(th.value_error("underlying buffer has been detached")),
            buffer => Ok(buffer),
        }
    }

    fn errors(&self, th: &Thread) -> Gc<Str> {
        self.errors.get().as_str_cell().unwrap_or_else(|| th.intern("strict"))
    }

    fn refuse_closed(&self, th: &Thread) -> Result<()> {
        let buffer = self.buffer(th)?;
        let closed = match exactly::<buffered::Buffered>(th, buffer) {
            Some(below) => below.is_closed(th)?,
            None => is_closed(th, buffer)?,
        };
        if closed { Err(super::base::closed_file(th)) } else { Ok(()) }
    }

    fn turn<'a>(&'a self, th: &'a Thread, this: Value) -> Result<Taken<'a>> {
        match self.turn.take(th)? {
            Some(taken) => Ok(taken),
            None => Err(reentrant(th, this)),
        }
    }
}

#[cold]
fn reentrant(th: &Thread, this: Value) -> Raised {
    match ops::repr(th, this) {
        Ok(shown) => th.runtime_error(format_args!("reentrant call inside {}", shown.to_text())),
        Err(raised) => raised,
    }
}

/// What a text stream is made of, besides what lies below.
pub struct Settings {
    /// None for the locale's.
    pub encoding: Value,
    pub errors: Value,
    pub newline: Newline,
    pub line_buffering: bool,
    pub write_through: bool,
}

/// The encoding where none is named.
const LOCALE: &str = "UTF-8";

/// The state behind a text stream, whatever its class says.
pub fn state(value: Value) -> Option<&'static Text> {
    state_of::<Text>(value)
}

/// The state of exactly a `TextIOWrapper`, for `print`'s short way.
pub fn exact(th: &Thread, value: Value) -> Option<&'static Text> {
    exactly::<Text>(th, value)
}

/// The text stream of a native class over `buffer`.
pub fn over(th: &Thread, class: Gc<Class>, buffer: Value, settings: &Settings) -> Result {
    let object = native_object::new(th, class, Box::new(Text::new())).value();
    initialize(th, object, buffer, settings)?;
    Ok(object)
}

fn initialize(th: &Thread, object: Value, buffer: Value, settings: &Settings) -> Result<()> {
    let Some(text) = state(object) else { return Err(super::uninitialized(th)) };
    text.buffer.set(Value::EMPTY);
    let given = |value: Value| (!value.is_empty() && !value.is_none()).then(|| value.as_str_cell()).flatten();
    let encoding = given(settings.encoding).filter(|name| name.as_str() != Some("locale"));
    let encoding = encoding.unwrap_or_else(|| th.intern(LOCALE));
    let coding = codec::encoding_of(th, Some(encoding))?;
    let errors = given(settings.errors).unwrap_or_else(|| th.intern("strict"));
    if errors.wtf8().contains(&0) {
        return Err(th.value_error("embedded null character"));
    }
    let mut data = Data::new(coding, settings.newline);
    data.line_buffering = settings.line_buffering;
    data.write_through = settings.write_through;
    let readable = says(th, buffer, "readable")?;
    let writable = says(th, buffer, "writable")?;
    data.seekable = says(th, buffer, "seekable")?;
    if data.seekable && writable {
        let at = super::ask(th, buffer, "tell")?;
        data.at_start = ops::index_sized(th, at, Exc::OverflowError)? == 0;
    }
    if let Some(below) = state_of::<buffered::Buffered>(buffer) {
        below.owned.store(true, std::sync::atomic::Ordering::Relaxed);
    }
    text.encoding.set(encoding.value());
    text.errors.set(errors.value());
    text.plain_output.store(!readable, std::sync::atomic::Ordering::Relaxed);
    *text.data() = data;
    text.buffer.set(buffer);
    Ok(())
}

impl Text {
    /// Whether it is only ever written.
    pub fn is_plain_output(&self) -> bool {
        self.plain_output.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Whether it can be written to no longer.
    pub fn is_closed(&self, th: &Thread) -> bool {
        match self.refuse_closed(th) {
            Ok(()) => false,
            Err(raised) => {
                th.take_exception(raised);
                true
            }
        }
    }
}

/// A stream of the process: it is not closed when nobody can reach it any more.
pub fn belongs_to_all(th: &Thread, stream: Value) {
    if let Some(header) = stream.header() {
        header.clear_flag(crate::heap::Header::HAS_FINALIZER);
    }
    debug_assert!(exact(th, stream).is_some());
}

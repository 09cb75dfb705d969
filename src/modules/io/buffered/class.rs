//! The types `BufferedReader`, `BufferedWriter` and `BufferedRandom`.

use std::borrow::Cow;
use std::sync::atomic::Ordering;

use crate::heap::Value;
use crate::modules::io::file::File;
use crate::modules::io::{
    BUFFER_SIZE, ask, base, cannot_pickle, exactly, flush_and_close, offset, shown_class, size_argument, state_of,
    targets, uninitialized, unsupported,
};
use crate::objects::exception::Exc;
use crate::objects::native_object;
use crate::objects::{bytes, kinds};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, count_methods, getter, join_methods, native};
use crate::vm::{Thread, ops};

use super::{Buffered, set_raw, this};

fn initialize(th: &Thread, args: &[Value], needs: &[(&str, &str)]) -> Result {
    let Some(state) = state_of::<Buffered>(args[0]) else { return Err(uninitialized(th)) };
    state.raw.set(Value::EMPTY);
    let size = if args[2].is_empty() { BUFFER_SIZE as i64 } else { offset(th, args[2])? };
    for (can, message) in needs {
        base::require(th, args[1], can, message)?;
    }
    if size <= 0 {
        return Err(th.value_error("buffer size must be strictly positive"));
    }
    let size = bytes::check_len(th, Some(size as usize))?;
    set_raw(state, args[1], size);
    Ok(Value::NONE)
}

const READABLE: (&str, &str) = ("readable", "File or stream is not readable.");
const WRITABLE: (&str, &str) = ("writable", "File or stream is not writable.");
const SEEKABLE: (&str, &str) = ("seekable", "File or stream is not seekable.");

macro_rules! buffered {
    ($class:ident, $name:literal, $doc:literal, $($groups:expr),*) => {
        pub static $class: TypeDef = TypeDef {
            module: "_io",
            base: Some(&base::BUFFERED_IO_BASE),
            has_dict: true,
            subclassable: true,
            methods: &join_methods::<{ count_methods(&[COMMON, $($groups),*]) }>(&[COMMON, $($groups),*]),
            getset: ATTRIBUTES,
            ..TypeDef::new($name, kinds::NATIVE_STATE, $doc)
        };
    };
}

const fn init(function: crate::vm::native::NativeFn) -> NativeDef {
    native("__init__", "(self, /, raw, buffer_size=131072)", "Initialize self.", function)
}

const READER_INIT: &[NativeDef] = &[init(|th, args| initialize(th, args, &[READABLE]))];
const WRITER_INIT: &[NativeDef] = &[init(|th, args| initialize(th, args, &[WRITABLE]))];
const RANDOM_INIT: &[NativeDef] = &[init(|th, args| initialize(th, args, &[SEEKABLE, READABLE, WRITABLE]))];

buffered!(
    BUFFERED_READER,
    "BufferedReader",
    "Create a new buffered reader using the given readable raw IO object.",
    READER_INIT,
    READING,
    READER_FLUSH
);
buffered!(BUFFERED_WRITER, "BufferedWriter", "A buffer for a writeable sequential RawIO object.", WRITER_INIT, WRITING);
buffered!(
    BUFFERED_RANDOM,
    "BufferedRandom",
    "A buffered interface to random access streams.",
    RANDOM_INIT,
    READING,
    WRITING
);

fn wanted(count: i64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

const READING: &[NativeDef] = &[
    native("readable", "(self, /)", "Return whether object was opened for reading.", |th, args| {
        below(th, args, "readable")
    }),
    native("read", "(self, size=-1, /)", "Read and return up to n bytes.", |th, args| {
        let size = size_argument(th, args[1])?;
        if size < -1 {
            return Err(th.value_error("read length must be non-negative or -1"));
        }
        let state = this(th, args)?;
        let _turn = state.begin(th, args[0], "read of")?;
        let got =
            if size < 0 { state.read_all(th)? } else { state.read(th, bytes::check_len(th, Some(size as usize))?)? };
        Ok(got.map_or(Value::NONE, |got| bytes::new(th, &got)))
    }),
    native(
        "read1",
        "(self, size=-1, /)",
        "Read and return up to size bytes, with at most one read() call.",
        |th, args| {
            let state = this(th, args)?;
            let size = if args[1].is_empty() { -1 } else { offset(th, args[1])? };
            let _turn = state.begin(th, args[0], "read of")?;
            let size = if size < 0 { state.data().size } else { wanted(size) };
            Ok(bytes::new(th, &state.read_once(th, size)?))
        },
    ),
    native("readinto", "(self, buffer, /)", "Read bytes into buffer.", |th, args| {
        let room = targets::required_room(th, args[1], "readinto() argument")?;
        let state = this(th, args)?;
        let _turn = state.begin(th, args[0], "readinto of")?;
        let Some(got) = state.read(th, room)? else { return Ok(Value::NONE) };
        targets::fill(th, args[1], &got);
        Ok(Value::small_int(got.len() as i64))
    }),
    native("readinto1", "(self, buffer, /)", "Read bytes into buffer, with at most one read() call.", |th, args| {
        let room = targets::required_room(th, args[1], "readinto1() argument")?;
        let state = this(th, args)?;
        let _turn = state.begin(th, args[0], "readinto of")?;
        let got = state.read_once(th, room)?;
        targets::fill(th, args[1], &got);
        Ok(Value::small_int(got.len() as i64))
    }),
    native("peek", "(self, size=0, /)", "Return buffered bytes without advancing the position.", |th, args| {
        let state = this(th, args)?;
        let _turn = state.begin(th, args[0], "peek of")?;
        state.turn_to_reading(th)?;
        if state.data().unread().is_empty() {
            state.fill(th)?;
        }
        let ahead = state.data().unread().to_vec();
        Ok(bytes::new(th, &ahead))
    }),
    native("__next__", "(self, /)", "Implement next(self).", |th, args| {
        let line = if th.class_of(args[0]).def.is_some() {
            let state = this(th, args)?;
            let _turn = state.begin(th, args[0], "readline of")?;
            bytes::new(th, &state.line(th, usize::MAX)?)
        } else {
            ask(th, args[0], "readline")?
        };
        if ops::truthy(th, line)? { Ok(line) } else { Err(th.raise_with(Exc::StopIteration, &[])) }
    }),
    native("readline", "(self, size=-1, /)", "Read and return a line from the stream.", |th, args| {
        let limit = size_argument(th, args[1])?;
        let state = this(th, args)?;
        let _turn = state.begin(th, args[0], "readline of")?;
        Ok(bytes::new(th, &state.line(th, wanted(limit))?))
    }),
];

/// What a reader that cannot write flushes is the stream below.
const READER_FLUSH: &[NativeDef] = &[
    native("flush", "(self, /)", "Flush the stream below.", |th, args| {
        let raw = this(th, args)?.raw(th)?;
        ask(th, raw, "flush")
    }),
    native("truncate", "(self, pos=None, /)", "Truncate the stream below.", |th, args| {
        this(th, args)?.begin(th, args[0], "truncate of")?;
        Err(unsupported(th, "truncate"))
    }),
];

const WRITING: &[NativeDef] = &[
    native("writable", "(self, /)", "Return whether object was opened for writing.", |th, args| {
        below(th, args, "writable")
    }),
    native("write", "(self, buffer, /)", "Write the given buffer to the IO stream.", |th, args| {
        let state = this(th, args)?;
        let content: Cow<'static, [u8]> = bytes::required(th, args[1])?;
        let _turn = state.begin(th, args[0], "write to")?;
        state.write(th, &content)?;
        Ok(th.int(content.len() as i64))
    }),
    native("flush", "(self, /)", "Flush write buffers.", |th, args| {
        let state = this(th, args)?;
        {
            let _turn = state.begin(th, args[0], "flush of")?;
            state.write_out(th)?;
            state.turn_to_writing(th)?;
        }
        let raw = state.raw(th)?;
        match exactly::<File>(th, raw) {
            Some(_) => Ok(Value::NONE),
            None => ask(th, raw, "flush"),
        }
    }),
    native("truncate", "(self, pos=None, /)", "Truncate the file to at most pos bytes.", |th, args| {
        let state = this(th, args)?;
        let _turn = state.begin(th, args[0], "truncate of")?;
        state.write_out(th)?;
        let size = match args[1] {
            size if size.is_empty() || size.is_none() => th.int(state.tell(th)?),
            size => size,
        };
        th.call_method(state.raw(th)?, th.intern("truncate"), &[size])
    }),
];

/// `raw.name()`
fn below(th: &Thread, args: &[Value], name: &str) -> Result {
    let raw = this(th, args)?.raw(th)?;
    ask(th, raw, name)
}

const COMMON: &[NativeDef] = &[
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
        let Some(class) = args[0].as_class() else { return Err(th.type_error("a class is required")) };
        Ok(native_object::new(th, class, Box::new(Buffered::new())).value())
    })
    .static_method(),
    native(
        "seek",
        "(self, target, whence=0, /)",
        "Change the stream position to the given byte offset.",
        |th, args| {
            let whence = if args[2].is_empty() { 0 } else { ops::index_i64(th, args[2])? };
            if !(0..=4).contains(&whence) {
                return Err(th.value_error(format_args!("whence value {whence} unsupported")));
            }
            let state = this(th, args)?;
            let to = offset(th, args[1])?;
            let _turn = state.begin(th, args[0], "seek of")?;
            base::require(th, state.raw(th)?, "seekable", "File or stream is not seekable.")?;
            Ok(th.int(state.seek(th, to, whence as i32)?))
        },
    ),
    native("tell", "(self, /)", "Return current stream position.", |th, args| {
        let state = this(th, args)?;
        let _turn = state.turn(th, args[0])?;
        Ok(th.int(state.tell(th)?))
    }),
    native("seekable", "(self, /)", "Return whether object supports random access.", |th, args| {
        below(th, args, "seekable")
    }),
    native("fileno", "(self, /)", "Return underlying file descriptor.", |th, args| below(th, args, "fileno")),
    native("isatty", "(self, /)", "Return whether this is an 'interactive' stream.", |th, args| {
        below(th, args, "isatty")
    }),
    native("close", "(self, /)", "Flush and close the IO object.", close),
    native(
        "detach",
        "(self, /)",
        "Disconnect this buffer from its underlying raw stream and return it.",
        |th, args| {
            let state = this(th, args)?;
            ask(th, args[0], "flush")?;
            let raw = state.raw.replace(Value::NONE);
            if let Some(file) = state_of::<File>(raw) {
                file.owned.store(false, Ordering::Relaxed);
            }
            Ok(raw)
        },
    ),
    native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
        let class = shown_class(th, args[0]);
        let name = th.vm().names.name;
        match ops::find_attr(th, args[0], name) {
            Ok(Some(name)) => Ok(th.str(&format!("<{class} name={}>", ops::repr(th, name)?.to_text()))),
            Ok(None) => Ok(th.str(&format!("<{class}>"))),
            Err(raised) => {
                th.caught(raised, Exc::ValueError)?;
                Ok(th.str(&format!("<{class}>")))
            }
        }
    }),
    native("__del__", "(self, /)", "Close the stream.", |th, args| {
        if let Ok(state) = this(th, args).map_err(|raised| th.take_exception(raised))
            && !state.owned.load(Ordering::Relaxed)
        {
            if let Some(file) = state_of::<File>(state.raw.get())
                && !file.is_closed()
            {
                base::warn_unclosed(th, state.raw.get());
            }
            base::close_at_last(th, args[0]);
        }
        Ok(Value::NONE)
    }),
    native("__getstate__", "(self, /)", "Refuse to be pickled.", cannot_pickle),
];

fn close(th: &Thread, args: &[Value]) -> Result {
    let state = this(th, args)?;
    if state.is_closed(th)? {
        return Ok(Value::NONE);
    }
    flush_and_close(th, args[0], || {
        let closed = ask(th, state.raw(th)?, "close");
        state.data().forget();
        closed
    })
}

/// `raw.name`
fn of_raw(th: &Thread, value: Value, name: &str) -> Result {
    let raw = this(th, &[value])?.raw(th)?;
    ops::get_attr(th, raw, th.intern(name))
}

const ATTRIBUTES: &[GetSetDef] = &[
    getter("raw", "The stream below.", |th, value| match state_of::<Buffered>(value) {
        Some(state) if !state.raw.get().is_empty() => Ok(state.raw.get()),
        _ => Err(uninitialized(th)),
    }),
    getter("closed", "Whether the stream is closed.", |th, value| of_raw(th, value, "closed")),
    getter("name", "The name of the stream below.", |th, value| of_raw(th, value, "name")),
    getter("mode", "The mode of the stream below.", |th, value| of_raw(th, value, "mode")),
];

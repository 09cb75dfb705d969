//! The type `TextIOWrapper`.

use std::sync::atomic::Ordering;

use crate::heap::Value;
use crate::objects::exception::Exc;
use crate::objects::list::List;
use crate::objects::native_object;
use crate::objects::str::codec;
use crate::objects::str::codec::errors::handler;
use crate::objects::{instance, kinds};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Thread, ops};

use crate::modules::io::lines::{self, Newline};
use crate::modules::io::{
    ask, base, buffered, cannot_pickle, file, flush_and_close, shown_class, size_argument, state_of, unsupported,
};

use super::reading::refuse_unreadable;
use super::{Settings, Text, initialize, state};

pub static TEXT_IO_WRAPPER: TypeDef = TypeDef {
    module: "_io",
    base: Some(&base::TEXT_IO_BASE),
    has_dict: true,
    subclassable: true,
    methods: METHODS,
    getset: ATTRIBUTES,
    ..TypeDef::new(
        "TextIOWrapper",
        kinds::NATIVE_STATE,
        "Character and line based layer over a BufferedIOBase object, buffer.",
    )
};

fn this(th: &Thread, args: &[Value]) -> Result<&'static Text> {
    let text = state(args[0]).ok_or_else(|| crate::modules::io::uninitialized(th))?;
    text.buffer(th)?;
    Ok(text)
}

/// `buffer.name()`
fn below(th: &Thread, args: &[Value], name: &str) -> Result {
    let buffer = this(th, args)?.buffer(th)?;
    ask(th, buffer, name)
}

fn optional_text(th: &Thread, value: Value, what: &str) -> Result<Value> {
    if value.is_empty() || value.is_none() || value.as_str_cell().is_some() {
        return Ok(value);
    }
    let class = th.type_name(value);
    Err(th.type_error(format_args!("TextIOWrapper() argument '{what}' must be str or None, not {class}")))
}

fn flag(th: &Thread, value: Value) -> Result<bool> {
    Ok(!value.is_empty() && ops::truthy(th, value)?)
}

fn newline_of(th: &Thread, value: Value) -> Result<Newline> {
    let value = if value.is_empty() { Value::NONE } else { value };
    lines::argument(th, value, "TextIOWrapper() argument 'newline'", |text| format!("illegal newline value: {text}"))
}

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
        let Some(class) = args[0].as_class() else { return Err(th.type_error("a class is required")) };
        Ok(native_object::new(th, class, Box::new(Text::new())).value())
    })
    .static_method(),
    native(
        "__init__",
        "(self, /, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
        "Initialize self.",
        |th, args| {
            let settings = Settings {
                encoding: optional_text(th, args[2], "encoding")?,
                errors: optional_text(th, args[3], "errors")?,
                newline: newline_of(th, args[4])?,
                line_buffering: flag(th, args[5])?,
                write_through: flag(th, args[6])?,
            };
            initialize(th, args[0], args[1], &settings)?;
            Ok(Value::NONE)
        },
    ),
    native(
        "write",
        "(self, text, /)",
        "Write string s to stream; return the number of characters written.",
        |th, args| {
            let text = this(th, args)?;
            let Some(given) = args[1].as_str_cell() else {
                let class = th.type_name(args[1]);
                return Err(th.type_error(format_args!("write() argument must be str, not {class}")));
            };
            text.refuse_closed(th)?;
            if !text.plain_output.load(Ordering::Relaxed) {
                let buffer = text.buffer(th)?;
                if !crate::modules::io::says(th, buffer, "writable")? {
                    return Err(unsupported(th, "not writable"));
                }
            }
            text.write(th, args[0], given)?;
            Ok(th.int(given.char_len() as i64))
        },
    ),
    native("read", "(self, size=-1, /)", "Read at most size characters from stream.", |th, args| {
        let text = this(th, args)?;
        let size = size_argument(th, args[1])?;
        refuse_unreadable(th, text)?;
        text.turn_to_reading(th, args[0])?;
        let _turn = text.turn(th, args[0])?;
        if size < 0 { text.read_all(th) } else { text.read(th, size as usize) }
    }),
    native("readline", "(self, size=-1, /)", "Read until newline or EOF.", |th, args| {
        let text = this(th, args)?;
        let limit = size_argument(th, args[1])?;
        refuse_unreadable(th, text)?;
        text.turn_to_reading(th, args[0])?;
        let _turn = text.turn(th, args[0])?;
        text.line(th, usize::try_from(limit).unwrap_or(usize::MAX))
    }),
    native("readlines", "(self, hint=-1, /)", "Return a list of lines from the stream.", |th, args| {
        let text = this(th, args)?;
        let hint = size_argument(th, args[1])?;
        refuse_unreadable(th, text)?;
        let _turn = text.turn(th, args[0])?;
        let lines = List::new(th, &[]);
        let mut size = 0;
        loop {
            let line = text.line(th, usize::MAX)?;
            let length = line.as_str_cell().map_or(0, |line| line.char_len());
            if length == 0 {
                return Ok(lines.value());
            }
            lines.push(th, line);
            size += length as i64;
            if hint > 0 && size >= hint {
                return Ok(lines.value());
            }
        }
    }),
    native("__next__", "(self, /)", "Implement next(self).", next),
    native("flush", "(self, /)", "Flush write buffers.", |th, args| {
        let text = this(th, args)?;
        text.refuse_closed(th)?;
        text.write_out(th, args[0])?;
        text.flush_below(th)?;
        Ok(Value::NONE)
    }),
    native("close", "(self, /)", "Flush and close the IO object.", close),
    native("detach", "(self, /)", "Separate the underlying buffer and return it.", |th, args| {
        let text = this(th, args)?;
        ask(th, args[0], "flush")?;
        let buffer = text.buffer.replace(Value::NONE);
        if let Some(buffered) = state_of::<buffered::Buffered>(buffer) {
            buffered.owned.store(false, Ordering::Relaxed);
        }
        Ok(buffer)
    }),
    native(
        "seek",
        "(self, cookie, whence=0, /)",
        "Set the stream position, and return the new stream position.",
        |th, args| {
            let whence = if args[2].is_empty() { 0 } else { ops::index_i64(th, args[2])? };
            this(th, args)?.seek(th, args[0], args[1], whence)
        },
    ),
    native("tell", "(self, /)", "Return the stream position as an opaque number.", |th, args| {
        this(th, args)?.tell(th, args[0])
    }),
    native("truncate", "(self, pos=None, /)", "Truncate the stream below.", |th, args| {
        this(th, args)?.truncate(th, args[0], args[1])
    }),
    native("fileno", "(self, /)", "Return underlying file descriptor.", |th, args| below(th, args, "fileno")),
    native("isatty", "(self, /)", "Return whether this is an 'interactive' stream.", |th, args| {
        below(th, args, "isatty")
    }),
    native("readable", "(self, /)", "Return whether object was opened for reading.", |th, args| {
        below(th, args, "readable")
    }),
    native("writable", "(self, /)", "Return whether object was opened for writing.", |th, args| {
        below(th, args, "writable")
    }),
    native("seekable", "(self, /)", "Return whether object supports random access.", |th, args| {
        this(th, args)?.is_seekable(th).map(Value::bool)
    }),
    native(
        "reconfigure",
        "(self, /, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)",
        "Reconfigure the text stream with new parameters.",
        reconfigure,
    ),
    native("__repr__", "(self, /)", "Return repr(self).", repr),
    native("__del__", "(self, /)", "Close the stream.", |th, args| {
        if let Some(text) = state(args[0])
            && let buffer = text.buffer.get()
            && buffer.is_cell()
        {
            let raw = ops::find_attr(th, buffer, th.intern("raw")).unwrap_or_else(|raised| {
                th.take_exception(raised);
                None
            });
            if raw.and_then(state_of::<file::File>).is_some_and(|file| !file.is_closed()) {
                base::warn_unclosed(th, args[0]);
            }
            base::close_at_last(th, args[0]);
        }
        Ok(Value::NONE)
    }),
    native("__getstate__", "(self, /)", "Refuse to be pickled.", cannot_pickle),
];

fn next(th: &Thread, args: &[Value]) -> Result {
    let text = this(th, args)?;
    text.data().iterating = true;
    let line = if th.class_of(args[0]).def.is_some() {
        text.refuse_closed(th)?;
        if text.plain_output.load(Ordering::Relaxed) {
            refuse_unreadable(th, text)?;
        }
        text.turn_to_reading(th, args[0])?;
        let _turn = text.turn(th, args[0])?;
        text.line(th, usize::MAX)?
    } else {
        let line = ask(th, args[0], "readline")?;
        if line.as_str_cell().is_none() {
            let class = th.type_name(line);
            return Err(
                th.raise(Exc::OSError, format_args!("readline() should have returned a str object, not '{class}'"))
            );
        }
        line
    };
    if line.as_str_cell().is_some_and(|line| !line.is_empty()) {
        return Ok(line);
    }
    text.data().iterating = false;
    Err(th.raise_with(Exc::StopIteration, &[]))
}

fn close(th: &Thread, args: &[Value]) -> Result {
    let text = this(th, args)?;
    let buffer = text.buffer(th)?;
    if crate::modules::io::is_closed(th, buffer)? {
        return Ok(Value::NONE);
    }
    flush_and_close(th, args[0], || ask(th, buffer, "close"))
}

fn reconfigure(th: &Thread, args: &[Value]) -> Result {
    let text = this(th, args)?;
    let given = |value: Value| !value.is_empty() && !value.is_none();
    let (encoding, errors, newline) = (args[1], args[2], args[3]);
    let has_read = {
        let data = text.data();
        !data.text.is_empty() || data.decoder.waiting() > 0
    };
    if has_read && (given(encoding) || given(errors) || !newline.is_empty()) {
        return Err(unsupported(
            th,
            "It is not possible to set the encoding or newline of stream after the first read",
        ));
    }
    let encoding = optional_text(th, encoding, "encoding")?;
    let errors = optional_text(th, errors, "errors")?;
    let newline = if newline.is_empty() { None } else { Some(newline_of(th, newline)?) };
    ask(th, args[0], "flush")?;
    if given(encoding) || given(errors) {
        let coding = match encoding.as_str_cell() {
            Some(name) => codec::encoding_of(th, Some(name))?,
            None => text.data().coding,
        };
        let errors = match errors.as_str_cell() {
            Some(errors) => errors,
            // An encoding of one's own begins with its strict handler.
            None if given(encoding) => th.intern("strict"),
            None => text.errors(th),
        };
        handler(th, Some(errors))?;
        if given(encoding) {
            text.encoding.set(encoding);
        }
        text.errors.set(errors.value());
        let mut data = text.data();
        data.coding = coding;
        data.decoder = crate::modules::io::decoder::Decoder::new(coding);
    }
    let line_buffering = if given(args[4]) { Some(ops::truthy(th, args[4])?) } else { None };
    let write_through = if given(args[5]) { Some(ops::truthy(th, args[5])?) } else { None };
    let mut data = text.data();
    data.newline = newline.unwrap_or(data.newline);
    data.line_buffering = line_buffering.unwrap_or(data.line_buffering);
    data.write_through = write_through.unwrap_or(data.write_through);
    Ok(Value::NONE)
}

fn repr(th: &Thread, args: &[Value]) -> Result {
    let text = state(args[0]).ok_or_else(|| crate::modules::io::uninitialized(th))?;
    if text.buffer.get().is_empty() {
        return Err(crate::modules::io::uninitialized(th));
    }
    let mut shown = format!("<{}", shown_class(th, args[0]));
    for name in ["name", "mode"] {
        let value = match ops::find_attr(th, args[0], th.intern(name)) {
            Ok(value) => value,
            Err(raised) => {
                th.caught(raised, Exc::ValueError)?;
                None
            }
        };
        if let Some(value) = value {
            shown.push_str(&format!(" {name}={}", ops::repr(th, value)?.to_text()));
        }
    }
    let encoding = ops::repr(th, text.encoding.get())?.to_text();
    Ok(th.str(&format!("{shown} encoding={encoding}>")))
}

/// What an attribute of the stream needs.
fn of(th: &Thread, value: Value) -> Result<&'static Text> {
    this(th, &[value])
}

const ATTRIBUTES: &[GetSetDef] = &[
    getter("buffer", "The stream below.", |th, value| of(th, value)?.buffer(th)),
    getter("name", "The name of the stream below.", |th, value| {
        let buffer = of(th, value)?.buffer(th)?;
        ops::get_attr(th, buffer, th.vm().names.name)
    }),
    getter("closed", "Whether the stream is closed.", |th, value| {
        let buffer = of(th, value)?.buffer(th)?;
        ops::get_attr(th, buffer, th.intern("closed"))
    }),
    getter("encoding", "Encoding of the text stream.", |th, value| Ok(of(th, value)?.encoding.get())),
    getter("errors", "The error setting of the decoder or encoder.", |th, value| Ok(of(th, value)?.errors.get())),
    getter("newlines", "Line endings translated so far.", |th, value| {
        let seen = {
            let data = of(th, value)?.data();
            data.newline.is_universal().then_some(data.seen)
        };
        Ok(seen.map_or(Value::NONE, |seen| seen.value(th)))
    }),
    getter("line_buffering", "Whether line buffering is enabled.", |th, value| {
        Ok(Value::bool(of(th, value)?.data().line_buffering))
    }),
    getter("write_through", "Whether writes are passed on at once.", |th, value| {
        Ok(Value::bool(of(th, value)?.data().write_through))
    }),
    getter("_CHUNK_SIZE", "How much is read at a time.", |th, value| {
        Ok(Value::small_int(of(th, value)?.data().chunk as i64))
    })
    .settable(|th, value, size| {
        let size = ops::index_i64(th, size)?;
        if size <= 0 {
            return Err(th.value_error("a strictly positive integer is required"));
        }
        of(th, value)?.data().chunk = size as usize;
        Ok(())
    }),
];

/// `stream.mode`, which `open` sets.
pub fn set_mode(th: &Thread, stream: Value, mode: &str) {
    instance::set_own(th, stream, th.intern("mode"), th.str(mode));
}

//! `open`: a file as a stack of streams.

use crate::heap::Value;
use crate::objects::exception::Exc;
use crate::objects::str::args::text;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops, report};

use super::text::{self, Settings};
use super::{BUFFER_SIZE, ask, buffered, descriptor, file, lines, path};

pub const OPEN: NativeDef = native(
    "open",
    "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)",
    "Open file and return a stream.  Raise OSError upon failure.",
    open,
);

pub const OPEN_CODE: NativeDef =
    native("open_code", "(path)", "Opens the provided file with the intent to import the contents.", |th, args| {
        let binary = th.str("rb");
        let [empty, none] = [Value::EMPTY, Value::NONE];
        open(th, &[args[0], binary, empty, none, none, none, empty, none])
    });

pub const TEXT_ENCODING: NativeDef = native(
    "text_encoding",
    "(encoding, stacklevel=2, /)",
    "A helper function to choose the text encoding.",
    |th, args| {
        if !args[1].is_empty() {
            ops::index_i32(th, args[1])?;
        }
        Ok(if args[0].is_none() { th.str("locale") } else { args[0] })
    },
);

/// What the letters of a mode say.
#[derive(Default)]
struct Mode {
    /// The letter of the kind (`r`, `w`, `a`, `x`) and a `+`: what `FileIO` is told.
    raw: String,
    updates: bool,
    writes: bool,
    binary: bool,
}

fn parse(th: &Thread, mode: &str) -> Result<Mode> {
    let mut parsed = Mode::default();
    let mut text = false;
    let mut kinds = String::new();
    for (at, letter) in mode.char_indices() {
        if !"xrwabt+".contains(letter) || mode[..at].contains(letter) {
            return Err(th.value_error(format_args!("invalid mode: '{mode}'")));
        }
        match letter {
            '+' => parsed.updates = true,
            't' => text = true,
            'b' => parsed.binary = true,
            kind => kinds.push(kind),
        }
    }
    if text && parsed.binary {
        return Err(th.value_error("can't have text and binary mode at once"));
    }
    if kinds.len() > 1 {
        return Err(th.value_error("must have exactly one of create/read/write/append mode"));
    }
    parsed.writes = kinds != "r";
    parsed.raw = kinds + if parsed.updates { "+" } else { "" };
    Ok(parsed)
}

/// An argument that is a string or None, as a string or `None`.
fn text_argument(th: &Thread, value: Value, name: &str) -> Result<Option<Value>> {
    match value {
        value if value.is_empty() || value.is_none() => Ok(None),
        value if value.as_str_cell().is_some() => Ok(Some(value)),
        value => {
            let class = th.type_name(value);
            Err(th.type_error(format_args!("open() argument '{name}' must be str or None, not {class}")))
        }
    }
}

fn open(th: &Thread, args: &[Value]) -> Result {
    let mode_text = match args[1].is_empty() {
        true => "r".to_string(),
        false => text(th, args[1], "open() argument 'mode'")?.to_text(),
    };
    let buffering = if args[2].is_empty() { -1 } else { ops::index_sized(th, args[2], Exc::OverflowError)? };
    let encoding = text_argument(th, args[3], "encoding")?;
    let errors = text_argument(th, args[4], "errors")?;
    let newline = text_argument(th, args[5], "newline")?;
    let closefd = args[6].is_empty() || ops::truthy(th, args[6])?;
    let mode = parse(th, &mode_text)?;
    if mode.binary {
        for (given, name) in [(encoding, "an encoding"), (errors, "an errors"), (newline, "a newline")] {
            if given.is_some() {
                return Err(th.value_error(format_args!("binary mode doesn't take {name} argument")));
            }
        }
        if buffering == 1 {
            let message =
                "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used";
            report::warn(th, Exc::RuntimeWarning, message)?;
        }
    }
    // The file goes by the path's text, whatever gave it.
    let name = path::plain(th, args[0])?.unwrap_or(args[0]);
    let raw = file::open(th, name, &mode.raw, closefd, args[7])?;
    let stacked = stack(th, raw, &mode, &mode_text, buffering, [encoding, errors, newline]);
    stacked.map_err(|raised| {
        let exception = th.take_exception(raised);
        // Without a stream above, nobody would close the file.
        if let Err(raised) = ask(th, raw, "close") {
            th.take_exception(raised);
        }
        th.raise_value(exception)
    })
}

/// Puts a buffer, and for text a text stream, above the file.
fn stack(
    th: &Thread,
    raw: Value,
    mode: &Mode,
    mode_text: &str,
    buffering: i64,
    [encoding, errors, newline]: [Option<Value>; 3],
) -> Result {
    let is_terminal = buffering < 0 && {
        let number = super::state_of::<file::File>(raw).map(|file| file.number(th)).transpose()?;
        number.is_some_and(descriptor::is_terminal)
    };
    let line_buffering = (buffering == 1 && !mode.binary) || is_terminal;
    if buffering == 0 {
        return if mode.binary { Ok(raw) } else { Err(th.value_error("can't have unbuffered text I/O")) };
    }
    let size = if buffering > 1 { buffering as usize } else { BUFFER_SIZE };
    let kind = match (mode.updates, mode.writes) {
        (true, _) => &buffered::BUFFERED_RANDOM,
        (_, true) => &buffered::BUFFERED_WRITER,
        _ => &buffered::BUFFERED_READER,
    };
    if mode.updates && !super::says(th, raw, "seekable")? {
        return Err(super::unsupported(th, "File or stream is not seekable."));
    }
    let buffer = buffered::open(th, kind, raw, size);
    if mode.binary {
        return Ok(buffer);
    }
    let newline = newline.unwrap_or(Value::NONE);
    let settings = Settings {
        encoding: encoding.unwrap_or(Value::NONE),
        errors: errors.unwrap_or(Value::NONE),
        newline: lines::argument(th, newline, "open() argument 'newline'", |text| {
            format!("illegal newline value: {text}")
        })?,
        line_buffering,
        write_through: false,
    };
    let stream = text::over(th, th.vm().class(&text::TEXT_IO_WRAPPER), buffer, &settings)?;
    text::set_mode(th, stream, mode_text);
    Ok(stream)
}

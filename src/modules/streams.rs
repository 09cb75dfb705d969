//! The standard streams: `sys.stdin`, `sys.stdout`, `sys.stderr`, text streams over the process's first descriptors, and
//! what becomes of text that still waits when the program ends.
//!
//! Output is buffered by lines on a terminal, by blocks otherwise, and line by line on standard error.

use crate::heap::{Gc, Value};
use crate::modules::io::descriptor::{is_terminal, was_missing};
use crate::modules::io::lines::Newline;
use crate::modules::io::text::{self, Settings, Text};
use crate::modules::io::{self, buffered, file};
use crate::objects::native_object::NativeObject;
use crate::objects::str::Str;
use crate::vm::native::Result;
use crate::vm::{Thread, import};

/// A text stream whose methods nobody has overridden, and its object: for the short way of `print`.
#[derive(Clone, Copy)]
pub struct Stream {
    object: Value,
    text: &'static Text,
}

impl Stream {
    /// Writes text in one piece, so that what threads print does not mingle within it.
    pub fn write(&self, th: &Thread, text: Gc<Str>) -> Result<()> {
        self.text.write(th, self.object, text)
    }

    pub fn flush(&self, th: &Thread) -> Result<()> {
        self.text.write_out(th, self.object)?;
        self.text.flush_below(th)
    }
}

/// The stream behind an object, if it is exactly a text stream that can be written.
pub fn as_stream(th: &Thread, object: Value) -> Option<Stream> {
    let text = text::exact(th, object)?;
    text.is_plain_output().then_some(Stream { object, text })
}

/// The three streams: standard input, output, error; None for one that the process was started without.
pub fn standard(th: &Thread) -> Result<[Value; 3]> {
    io::module(th)?;
    let unbuffered = th.vm().options.unbuffered;
    let errors = if locale_is_plain() { "surrogateescape" } else { "strict" };
    Ok([
        open(th, 0, "<stdin>", errors, Layers { writes: false, ..Layers::default() })?,
        open(th, 1, "<stdout>", errors, Layers { writes: true, unbuffered, by_line: is_terminal(1) })?,
        open(th, 2, "<stderr>", "backslashreplace", Layers { writes: true, unbuffered, by_line: true })?,
    ])
}

/// Whether the environment says nothing about texts: then bytes that are none pass through unharmed, as in CPython.
fn locale_is_plain() -> bool {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    set.is_none_or(|locale| matches!(locale.as_str(), "C" | "POSIX" | "C.UTF-8" | "C.utf8" | "UTF-8"))
}

#[derive(Default)]
struct Layers {
    writes: bool,
    unbuffered: bool,
    by_line: bool,
}

fn open(th: &Thread, number: i32, name: &str, errors: &str, layers: Layers) -> Result {
    if was_missing(number) {
        return Ok(Value::NONE);
    }
    let raw = file::standard(th, th.vm().class(&file::FILE_IO), number, name, layers.writes);
    let below = if layers.writes { &buffered::BUFFERED_WRITER } else { &buffered::BUFFERED_READER };
    let is_unbuffered = layers.writes && layers.unbuffered;
    let buffer = if is_unbuffered { raw } else { buffered::open(th, below, raw, io::BUFFER_SIZE) };
    let settings = Settings {
        encoding: th.str("utf-8"),
        errors: th.str(errors),
        newline: Newline::Lf,
        line_buffering: layers.by_line,
        write_through: is_unbuffered || number == 2,
    };
    let stream = text::over(th, th.vm().class(&text::TEXT_IO_WRAPPER), buffer, &settings)?;
    text::set_mode(th, stream, if layers.writes { "w" } else { "r" });
    // The program's own end closes them.
    text::belongs_to_all(th, stream);
    Ok(stream)
}

/// Flushes the standard streams at the end of a program, and every other stream that text or bytes still wait in; the
/// first standard one that failed, if any.
pub fn flush_all(th: &Thread) -> Option<Unflushed> {
    let mut first = None;
    for name in [th.vm().names.stdout, th.vm().names.stderr] {
        let Some(file) = import::sys_attribute(th, name).filter(|file| !file.is_none()) else { continue };
        let flushed = match as_stream(th, file) {
            Some(stream) if stream.text.is_closed(th) => Ok(()),
            Some(stream) => stream.flush(th),
            None => th.call_method(file, th.vm().names.flush, &[]).map(drop),
        };
        if let Err(raised) = flushed {
            let exception = th.take_exception(raised);
            first = first.or(Some(Unflushed { stream: name, exception }));
        }
    }
    flush_others(th);
    first
}

/// A standard stream that did not take what was printed, and why.
pub struct Unflushed {
    pub stream: Gc<Str>,
    pub exception: Value,
}

/// Sends on what was printed so far, and ends the line that the program has begun on standard output, if it has not
/// itself, where `ends_line`: what follows is no part of it. What goes wrong has nobody to go to.
pub fn before_prompt(th: &Thread, ends_line: bool) {
    let Some(file) = import::sys_attribute(th, th.vm().names.stdout).filter(|file| !file.is_none()) else { return };
    let written = match as_stream(th, file) {
        Some(stream) if ends_line && stream.text.is_in_line() => stream.write(th, th.intern("\n")),
        _ => Ok(()),
    };
    if let Err(raised) = written.and_then(|()| th.call_method(file, th.vm().names.flush, &[]).map(drop)) {
        th.take_exception(raised);
    }
}

/// A line was typed on the terminal, whose echo ended the line on the screen.
pub fn line_was_typed(th: &Thread) {
    if is_terminal(0)
        && let Some(stream) = import::sys_attribute(th, th.vm().names.stdout).and_then(|file| as_stream(th, file))
    {
        stream.text.line_has_ended();
    }
}

/// Files that nobody closed. Text streams go first: what waits in them goes into the buffers below.
fn flush_others(th: &Thread) {
    let mut waiting = Vec::new();
    th.with_world_stopped(|| {
        th.vm().heap().each_cell(|cell| {
            if cell.downcast::<NativeObject>().is_some_and(|_| io::has_pending(th, cell)) {
                waiting.push(cell);
            }
        });
    });
    // No collection happens before the list has them.
    let waiting = th.list(&waiting);
    let Ok(iterator) = crate::vm::ops::iter(th, waiting) else { return };
    while let Ok(Some(stream)) = crate::vm::ops::next(th, iterator) {
        if let Err(raised) = th.call_method(stream, th.vm().names.flush, &[]) {
            th.take_exception(raised);
        }
    }
}

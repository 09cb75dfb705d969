//! Exceptions as people read them, exactly as CPython 3.14 prints them.
//!
//! - `summary`: gathers what is to be shown; calls `__str__` and the like of the program
//! - `layout`: chains of exceptions, exception groups
//! - `entries`, `carets`: the entries of a traceback, with the source and the marks under it
//! - `hints`, `keywords`: "Did you mean …?"
//! - `syntax_error`: the place of a SyntaxError; raising one from what the parser found
//! - `sources`: where source lines come from
//! - `unraisable`: exceptions that nobody is there to catch
//! - `warnings`: warnings of the compiler and of native code
//! - `colors`: on a terminal
//!
//! What is left to others: which thread's exception ends what (`cli`, the `threading` module), and the module `traceback`,
//! which gives programs the same through Python objects.

use std::io::Write;

use crate::heap::Value;
use crate::objects::exception::{self, Exc, Exception};
use crate::objects::int::IntRef;
use crate::objects::module::Module;
use crate::objects::traceback::Traceback;
use crate::syntax::{SyntaxError, Warning};

use super::native::Result;
use super::source::{Mode, Text};
use super::{Raised, Thread, import, ops};

mod carets;
mod colors;
pub mod entries;
mod hints;
mod keywords;
mod layout;
mod sources;
mod summary;
mod syntax_error;
mod unraisable;
mod warnings;

pub use colors::{COLORED, PLAIN, Theme, colored};
pub use hints::STANDARD_MODULES;
pub use layout::Layout;
pub use sources::{Lines, Sources};
pub use summary::{Chain, class_name, safe_text};
pub use unraisable::{print_unraisable, unraisable, unraisable_in, unraisable_while};
pub use warnings::{Given, warn, warn_explicit, warn_of};

/// The report of an exception, without colours: what `traceback.format_exception` gives, joined.
pub fn format_exception(th: &Thread, exception: Value) -> String {
    format_with(th, exception, PLAIN)
}

fn format_with(th: &Thread, exception: Value, theme: Theme) -> String {
    let chain = Chain::gather(th, exception, traceback_limit(th));
    Layout::new(&chain, &mut Lines::new(th), theme).format(true)
}

/// What stands below a traceback, in parts.
pub struct Description {
    pub class: String,
    /// `str()` of the exception, with what it may have meant; of a SyntaxError what is wrong.
    pub message: String,
    pub notes: Vec<String>,
    /// Of a SyntaxError: the file and the line with its mark.
    pub place: Option<String>,
}

pub fn describe(th: &Thread, exception: Value) -> Description {
    let chain = Chain::gather(th, exception, Some(0));
    let summary = &chain.0[0];
    let place = summary.syntax.as_ref().map(|details| details.format(&summary.class, &PLAIN));
    let (class, message, notes) = (summary.class.clone(), summary.message.clone(), summary.notes.clone());
    Description { class, message, notes, place }
}

/// The source text by this name, if the interpreter has loaded it.
pub fn source_text(th: &Thread, filename: &str) -> Option<std::sync::Arc<str>> {
    sources::text_of(th, filename)
}

/// `sys.tracebacklimit`, if a program has set it.
fn traceback_limit(th: &Thread) -> Option<usize> {
    let limit = import::sys_attribute(th, th.intern("tracebacklimit"))?.as_small_int()?;
    Some(usize::try_from(limit).unwrap_or(0))
}

/// Prints the report to standard error.
pub fn print_exception(th: &Thread, exception: Value) {
    print_with_head(th, "", exception);
}

/// Prints the report below a line that says whose exception it is.
pub fn print_with_head(th: &Thread, head: &str, exception: Value) {
    let theme = if stderr_is_replaced(th) { PLAIN } else { colors::for_stderr() };
    let text = format_with(th, exception, theme);
    write_stderr(th, &format!("{head}{text}"));
}

/// What `sys.excepthook` does, which programs may call with anything.
pub fn display(th: &Thread, head: &str, value: Value, traceback: Value) {
    let Some(exception) = value.downcast::<Exception>() else {
        let text = if value.is_none() {
            "NoneType: None\n".to_string()
        } else {
            let given = th.type_name(value);
            format!("TypeError: print_exception(): Exception expected for value, {given} found\n")
        };
        return write_stderr(th, &format!("{head}{text}"));
    };
    if traceback.downcast::<Traceback>().is_some() {
        exception.traceback.replace_if(Value::EMPTY, traceback);
    }
    print_with_head(th, head, value);
}

/// How a program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With an exit status.
    Exit(i32),
    /// By Ctrl-C that nobody caught: the process dies of the signal, so that whoever started it (a shell's loop) stops too.
    Interrupt,
}

/// How a program ends that an exception has left; what is to be printed before, has been. SystemExit ends it without a
/// report; all others are reported by `sys.excepthook`.
pub fn uncaught(th: &Thread, exception: Value) -> Ending {
    if let Some(code) = exit_of(th, exception) {
        return Ending::Exit(code);
    }
    remember_last(th, exception);
    match import::sys_attribute(th, th.vm().names.excepthook) {
        Some(hook) if hook.downcast::<crate::objects::native::Native>().is_none() => {
            if let Some(code) = call_hook(th, hook, exception) {
                return Ending::Exit(code);
            }
        }
        None if import::in_modules(th, "sys").is_some() => {
            write_stderr(th, "sys.excepthook is missing\n");
            print_exception(th, exception);
        }
        _ => print_exception(th, exception),
    }
    if exception::is_instance(th, exception, Exc::KeyboardInterrupt) { Ending::Interrupt } else { Ending::Exit(1) }
}

/// The exit status that a SystemExit asks for, after its message has been printed; `None` for other exceptions.
fn exit_of(th: &Thread, exception: Value) -> Option<i32> {
    if !exception::is_instance(th, exception, Exc::SystemExit) {
        return None;
    }
    let (code, message) = exit_code(th, exception);
    if let Some(message) = message {
        write_stderr(th, &format!("{message}\n"));
    }
    Some(code)
}

/// `sys.last_exc` and its older parts.
fn remember_last(th: &Thread, exception: Value) {
    let Some(sys) = import::in_modules(th, "sys").and_then(|m| m.downcast::<Module>()) else { return };
    let class = th.class_of(exception).value();
    for (name, value) in [
        ("last_exc", exception),
        ("last_type", class),
        ("last_value", exception),
        ("last_traceback", traceback_of(exception)),
    ] {
        sys.namespace.set_str(th, th.intern(name), value);
    }
}

fn traceback_of(exception: Value) -> Value {
    let traceback = exception.downcast::<Exception>().map_or(Value::EMPTY, |e| e.traceback.get());
    if traceback.is_empty() { Value::NONE } else { traceback }
}

/// A program's own `sys.excepthook`; if that fails, both exceptions are reported. The exit status, if it asks for one.
fn call_hook(th: &Thread, hook: Value, exception: Value) -> Option<i32> {
    let args = [th.class_of(exception).value(), exception, traceback_of(exception)];
    let Err(raised) = th.call(hook, &args) else { return None };
    let second = th.take_exception(raised);
    if let Some(code) = exit_of(th, second) {
        return Some(code);
    }
    write_stderr(th, "Error in sys.excepthook:\n");
    print_exception(th, second);
    write_stderr(th, "\nOriginal exception was:\n");
    print_exception(th, exception);
    None
}

/// The exit status that a SystemExit asks for, and what is to be printed on standard error before.
pub fn exit_code(th: &Thread, exception: Value) -> (i32, Option<String>) {
    let code = exception::stop_value(exception);
    if code.is_none() {
        return (0, None);
    }
    if let Some(number) = IntRef::of(code) {
        // The system keeps eight bits; what fits no int is -1.
        let number = number.to_i64().and_then(|n| i32::try_from(n).ok()).unwrap_or(-1);
        return (number & 0xFF, None);
    }
    match ops::str(th, code) {
        Ok(text) => (1, Some(summary::printable(text))),
        Err(raised) => {
            th.take_exception(raised);
            (1, Some(String::new()))
        }
    }
}

/// A warning that compiling has found.
pub fn syntax_warning(th: &Thread, warning: &Warning, filename: &str, text: &Text<'_>) -> Result<()> {
    warnings::of_compiler(th, warning, filename, text)
}

/// Raises what is wrong with a source text that was to be compiled in `mode`.
#[cold]
pub fn raise_syntax_error(th: &Thread, error: &SyntaxError, filename: &str, text: &Text<'_>, mode: Mode) -> Raised {
    syntax_error::raise(th, error, filename, text, mode)
}

/// Whether a program has put an object of its own in the place of `sys.stderr`.
fn stderr_is_replaced(th: &Thread) -> bool {
    let (stderr, original) = (th.vm().names.stderr, th.intern("__stderr__"));
    match (import::sys_attribute(th, stderr), import::sys_attribute(th, original)) {
        (Some(now), Some(original)) => now != original,
        _ => false,
    }
}

/// Writes to `sys.stderr`, or nowhere if a program has set that to `None`; where there is none, or it fails, to the
/// process's standard error. One write, so that reports of several threads do not mix.
pub fn write_stderr(th: &Thread, text: &str) {
    match import::sys_attribute(th, th.vm().names.stderr) {
        Some(stderr) if stderr.is_none() || write_to(th, stderr, text) => return,
        _ => {}
    }
    let bytes = text.as_bytes().to_vec();
    // Nobody is left to be told if this fails.
    let _ = th.detached(super::thread::Reason::Io, move || std::io::stderr().write_all(&bytes));
}

fn write_to(th: &Thread, stream: Value, text: &str) -> bool {
    let written = th.call_method(stream, th.vm().names.write, &[th.str(text)]);
    let flushed = written.and_then(|_| th.call_method(stream, th.vm().names.flush, &[]));
    match flushed {
        Ok(_) => true,
        Err(raised) => {
            th.take_exception(raised);
            false
        }
    }
}

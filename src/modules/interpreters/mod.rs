//! `_interpreters`: several interpreters in one process, on which `concurrent.interpreters` is built.
//!
//! - this file: making, closing and asking about interpreters, and running code in them
//! - `parcel`, `code`: what crosses from one to another
//! - `queues`: queues between them
//!
//! What an interpreter is, and how a thread visits another one, is `vm::family`'s business.

use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::function::Function;
use crate::objects::module::Module;
use crate::objects::tuple::Tuple;
use crate::vm::family::{Claim, MAIN, Unclosed};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Raised, Thread, import, ops, report, source};

mod code;
mod parcel;
mod queues;

pub use queues::Channels;

use code::{CodeParcel, code_of, what_it_needs, why_no_script};
use parcel::{Parcel, is_shareable, raise_made, unshareable};

pub static INTERPRETERS: ModuleDef = ModuleDef {
    functions: &FUNCTIONS,
    types: &[&queues::CHANNEL],
    ..ModuleDef::new("_interpreters", "This module provides primitive operations to manage Python interpreters.")
};

/// The module with the parts that are written in Python.
const HELPERS: &str = "concurrent.interpreters._crossing";

const FUNCTIONS: [NativeDef; 11] = {
    let [create_channel, list_channels] = queues::FUNCTIONS;
    [
        create_channel,
        list_channels,
        native("create", "()", "Make an interpreter; its number.", |th, _| th.make_member().map(|id| th.int(id))),
        native("destroy", "(id, /)", "Close an interpreter.", destroy),
        native("list_all", "()", "The numbers of all interpreters.", |th, _| {
            let ids: Vec<Value> = th.vm().family.ids().into_iter().map(|id| th.int(id)).collect();
            Ok(th.list(&ids))
        }),
        native("get_current", "()", "The number of this interpreter.", |th, _| Ok(th.int(th.vm().id))),
        native("is_running", "(id, /)", "Whether a thread runs code in the interpreter's __main__.", |th, args| {
            let id = ops::index_i64(th, args[0])?;
            match th.vm().family.member(id) {
                _ if id == MAIN => Ok(Value::TRUE),
                Some(member) => Ok(Value::bool(member.is_visited())),
                None => Err(unknown(th, id)),
            }
        }),
        native("is_shareable", "(obj, /)", "Whether the object is of a type that can be shared.", |th, args| {
            Ok(Value::bool(is_shareable(th, args[0])))
        }),
        native("exec", "(id, code, /)", "Run a script; None, or what it raised.", exec),
        native("call", "(id, callable, args, kwargs, /)", "Call; the result and what was raised.", call),
        native("set_main_attrs", "(id, updates, /)", "Set attributes of the interpreter's __main__.", set_main_attrs),
    ]
};

/// What has happened in the other interpreter.
enum Outcome {
    Done(Parcel),
    /// What an exception was like: see `describe`.
    Failed(Parcel),
    /// Something did not arrive, and why.
    Lost(&'static str, String),
}

/// An interpreter has been closed.
pub fn forget_member(th: &Thread, id: i64) {
    th.vm().family.channels.forget_member(id);
}

fn helper(th: &Thread, name: &str) -> Result {
    let module = match import::in_modules(th, HELPERS) {
        Some(module) => module,
        None => {
            import::import_by_name(th, th.intern(HELPERS))?;
            import::in_modules(th, HELPERS).unwrap_or(Value::NONE)
        }
    };
    ops::get_attr(th, module, th.intern(name))
}

/// The namespace of `__main__`.
fn main_namespace(th: &Thread) -> Result<Gc<Dict>> {
    let main = import::in_modules(th, "__main__").and_then(|main| main.downcast::<Module>());
    main.map(|main| main.namespace).ok_or_else(|| th.runtime_error("interpreter has no __main__"))
}

/// Raises an exception of one of the module's own classes.
fn raise(th: &Thread, class: &str, message: &str) -> Raised {
    raise_made(th, class, &[th.str(message)])
}

fn unknown(th: &Thread, id: i64) -> Raised {
    raise(th, "InterpreterNotFoundError", &format!("unrecognized interpreter ID {id}"))
}

/// The right to visit an interpreter, or what CPython says to whoever has none.
fn claim(th: &Thread, id: Value, doing: &str) -> Result<Claim> {
    let id = ops::index_i64(th, id)?;
    if id == MAIN {
        return Err(raise(th, "InterpreterError", &format!("cannot {doing} unrecognized interpreter {MAIN}")));
    }
    let Some(member) = th.vm().family.member(id) else { return Err(unknown(th, id)) };
    member.claim().ok_or_else(|| raise(th, "InterpreterError", "interpreter already running"))
}

fn destroy(th: &Thread, args: &[Value]) -> Result {
    let id = ops::index_i64(th, args[0])?;
    let message = match th.close_member(id)? {
        Ok(()) => return Ok(Value::NONE),
        Err(Unclosed::Current) => "cannot destroy the current interpreter".to_string(),
        Err(Unclosed::Visited) => "interpreter running".to_string(),
        Err(Unclosed::Unknown) if id == MAIN => format!("cannot destroy unrecognized interpreter {MAIN}"),
        Err(Unclosed::Unknown) => return Err(unknown(th, id)),
    };
    Err(raise(th, "InterpreterError", &message))
}

fn exec(th: &Thread, args: &[Value]) -> Result {
    let script = script(th, args[1])?;
    let claim = claim(th, args[0], "exec code for")?;
    let failed = claim.visit(th, |th| {
        let ran = main_namespace(th).and_then(|namespace| {
            let code = crate::vm::load::load(th, &script.unit());
            th.run_code(code, namespace, Value::EMPTY, None)
        });
        ran.err().map(|raised| describe(th, raised))
    })?;
    drop(claim);
    // Ctrl-C reached the visit, and is this thread's to handle.
    th.safepoint()?;
    failed.map_or(Ok(Value::NONE), |failed| failed.open(th))
}

fn script(th: &Thread, value: Value) -> Result<CodeParcel> {
    if let Some(code) = code_of(value) {
        let function = value.downcast::<Function>();
        let bound = function.is_some_and(|function| function.closure.get().is_some_and(|cells| !cells.is_empty()));
        let why = if bound { Some("closures not supported") } else { why_no_script(code) };
        return match why {
            Some(why) => Err(th.value_error(why)),
            None => CodeParcel::of(th, code),
        };
    }
    let text;
    let bytes;
    let text = if let Some(string) = value.as_str_cell() {
        text = string.to_text();
        source::Text::Str(&text)
    } else if let Some(content) = crate::objects::bytes::content(value) {
        bytes = content;
        source::Text::Bytes(&bytes)
    } else {
        let shown = ops::repr(th, value)?.to_text();
        return Err(th.type_error(format_args!("unsupported script {shown}")));
    };
    let code = source::compile(th, text, "<script>", source::Mode::Module, source::default_options(th))?;
    CodeParcel::of(th, code)
}

fn call(th: &Thread, args: &[Value]) -> Result {
    let claim = claim(th, args[0], "make a call in")?;
    let callable = callable(th, args[1])?;
    let (positional, keywords) = (Parcel::of_any(th, args[2])?, Parcel::of_any(th, args[3])?);
    let outcome = claim.visit(th, |th| call_there(th, &callable, &positional, &keywords))?;
    drop(claim);
    th.safepoint()?;
    match outcome {
        Outcome::Done(result) => {
            let result = result.open(th)?;
            Ok(th.tuple(&[result, Value::NONE]))
        }
        Outcome::Failed(failed) => {
            let failed = failed.open(th)?;
            Ok(th.tuple(&[Value::NONE, failed]))
        }
        Outcome::Lost(what, why) => Err(lost(th, what, &why)),
    }
}

fn callable(th: &Thread, value: Value) -> Result<Parcel> {
    Parcel::of_any(th, value).or_else(|raised| {
        let Some(needs) = value.downcast::<Function>().and_then(|function| what_it_needs(th, function)) else {
            return Err(raised);
        };
        th.caught(raised, Exc::TypeError)?;
        Err(raise_made(th, "only_stateless", &[th.str(needs)]))
    })
}

fn call_there(th: &Thread, callable: &Parcel, positional: &Parcel, keywords: &Parcel) -> Outcome {
    // In a list, which the collector sees.
    let opened = crate::objects::list::List::new(th, &[]);
    for (parcel, what) in
        [(callable, "func not shareable"), (positional, "args not shareable"), (keywords, "kwargs not shareable")]
    {
        match parcel.open(th) {
            Ok(value) => opened.push(th, value),
            Err(raised) => return Outcome::Lost(what, why(th, raised, "cannot_open")),
        }
    }
    let opened = opened.snapshot();
    let positional = opened[1].downcast::<Tuple>().map_or(&[][..], |args| args.items());
    let result = match th.call_unpacked(opened[0], positional, opened[2].downcast()) {
        Ok(result) => result,
        Err(raised) => return Outcome::Failed(describe(th, raised)),
    };
    match Parcel::of_any(th, result) {
        Ok(result) => Outcome::Done(result),
        Err(raised) => Outcome::Lost("object does not support cross-interpreter data", why(th, raised, "cannot_share")),
    }
}

/// What was raised, for another interpreter: a tuple of texts that `_crossing.ExecutionFailed` takes.
fn describe(th: &Thread, raised: Raised) -> Parcel {
    let exception = th.take_exception(raised);
    let display = report::format_exception(th, exception);
    let described = helper(th, "describe")
        .and_then(|describe| th.call(describe, &[exception, th.str(display.trim_end_matches('\n'))]));
    let parcel = described.and_then(|tuple| Parcel::of(th, tuple));
    match parcel {
        Ok(Some(parcel)) => parcel,
        Ok(None) => Parcel::None,
        Err(raised) => {
            // What describes it has failed as well.
            th.take_exception(raised);
            let text = |text: &str| Parcel::Str(text.as_bytes().into());
            let name = th.type_name(exception);
            Parcel::Tuple(vec![text(&name), text(&name), text("builtins"), text(""), text(&name), text(&display)])
        }
    }
}

/// Why something did not arrive, in words.
fn why(th: &Thread, raised: Raised, wording: &str) -> String {
    let exception = th.take_exception(raised);
    match helper(th, wording).and_then(|wording| th.call(wording, &[exception])) {
        Ok(exception) => report::format_exception(th, exception).trim_end_matches('\n').to_string(),
        Err(raised) => {
            let exception = th.take_exception(raised);
            th.type_name(exception)
        }
    }
}

fn lost(th: &Thread, what: &str, why: &str) -> Raised {
    raise_made(th, "lost", &[th.str(what), th.str(why)])
}

fn set_main_attrs(th: &Thread, args: &[Value]) -> Result {
    let Some(updates) = args[1].downcast::<Dict>() else { return Err(th.type_error("updates must be a dict")) };
    let claim = claim(th, args[0], "update __main__ for")?;
    if updates.is_empty() {
        return Err(th.value_error("arg 2 must be a non-empty dict"));
    }
    let mut parcels = Vec::new();
    for (name, value) in Gc::<Dict>::entries(updates) {
        let Some(name) = name.as_str_cell() else {
            return Err(th.raise(Exc::TypeError, "bad argument type for built-in operation"));
        };
        match Parcel::of(th, value)? {
            Some(parcel) => parcels.push((name.to_text(), parcel)),
            None => return Err(unshareable(th, value)),
        }
    }
    let lost = claim.visit(th, |th| {
        let set = main_namespace(th).and_then(|namespace| {
            for (name, parcel) in &parcels {
                let value = parcel.open(th)?;
                namespace.set_str(th, th.intern(name), value);
            }
            Ok(())
        });
        set.err().map(|raised| why(th, raised, "cannot_open"))
    })?;
    drop(claim);
    th.safepoint()?;
    match lost {
        Some(why) => Err(self::lost(th, "attributes not shareable", &why)),
        None => Ok(Value::NONE),
    }
}

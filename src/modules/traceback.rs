//! `_traceback`: what `traceback` and `linecache` know through the interpreter: where an exception passed, what its report
//! says, the source with marks under it. The same code prints the reports of uncaught exceptions.

use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::objects::frame::FrameObject;
use crate::objects::traceback::Traceback;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::ops;
use crate::vm::report::entries::Entry;
use crate::vm::report::{self, COLORED, Lines, PLAIN};

pub static TRACEBACK: ModuleDef = ModuleDef {
    functions: FUNCTIONS,
    ..ModuleDef::new("_traceback", "What the interpreter knows of tracebacks and sources.")
};

fn frame(th: &Thread, v: Value) -> Result<Gc<FrameObject>> {
    v.downcast().ok_or_else(|| th.type_error("a frame is required"))
}

/// What an entry's file goes by while it is made into text.
const ENTRY: &str = "<entry>";

const FUNCTIONS: &[NativeDef] = &[
    native(
        "entries",
        "(traceback, /)",
        "The entries of a traceback: (filename, line, end line, column, end column, function).",
        |th, args| {
            if args[0].downcast::<Traceback>().is_none() {
                return Ok(th.list(&[]));
            }
            let list = th.list(&[]);
            let Some(entries) = list.downcast::<crate::objects::list::List>() else { return Ok(list) };
            for entry in Entry::of_traceback(args[0]) {
                let int = |number: usize| Value::small_int(number as i64);
                let (column, end_column) = match entry.columns {
                    Some((column, end)) => (int(column), int(end)),
                    None => (Value::NONE, Value::NONE),
                };
                let (filename, name) = (th.str(&entry.filename), th.str(&entry.name));
                let parts = [filename, int(entry.line), int(entry.end_line), column, end_column, name];
                entries.push(th, th.tuple(&parts));
            }
            Ok(list)
        },
    ),
    native(
        "excerpt",
        "(lines, line, end_line, column, end_column, colored, /)",
        "The source of an entry, in a file of these lines, with marks under it, as reports show it.",
        |th, args| {
            let number = |value: Value| ops::index_i64(th, value).map(|n| n.max(0) as usize);
            let mut lines = Lines::new(th);
            ops::for_each(th, args[0], |line| ops::str(th, line).map(|line| lines.add(ENTRY, &line.to_text())))?;
            let columns =
                if args[3].is_none() || args[4].is_none() { None } else { Some((number(args[3])?, number(args[4])?)) };
            let (line, end_line) = (number(args[1])?, number(args[2])?);
            let entry = Entry { filename: ENTRY.to_owned(), name: String::new(), line, end_line, columns };
            let theme = if ops::truthy(th, args[5])? { COLORED } else { PLAIN };
            Ok(th.str(&entry.excerpt(&mut lines, &theme)))
        },
    ),
    native("variables", "(frame, /)", "The variables of a frame, as a dictionary of their own.", |th, args| {
        frame(th, args[0])?.locals(th)
    }),
    native(
        "set_local",
        "(frame, name, value, /)",
        "Set a variable of a function's frame, if it has one of that name; whether it has.",
        |th, args| {
            let Some(name) = args[1].as_str_cell() else { return Ok(Value::FALSE) };
            Ok(Value::bool(frame(th, args[0])?.set_local(th, name, args[2])))
        },
    ),
    native(
        "describe",
        "(exception, /)",
        "What stands below a traceback: (class, message with what was meant, notes, place of a syntax error or None).",
        |th, args| {
            let parts = report::describe(th, args[0]);
            let notes: Vec<Value> = parts.notes.iter().map(|note| th.str(note)).collect();
            let place = parts.place.map_or(Value::NONE, |place| th.str(&place));
            Ok(th.tuple(&[th.str(&parts.class), th.str(&parts.message), th.list(&notes), place]))
        },
    ),
    native(
        "source",
        "(filename, /)",
        "The text by this name, if the interpreter has loaded it; or None.",
        |th, args| {
            let filename = ops::str(th, args[0])?.to_text();
            Ok(report::source_text(th, &filename).map_or(Value::NONE, |text| th.str(&text)))
        },
    ),
];

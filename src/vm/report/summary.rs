//! What a report needs to know of an exception, gathered before anything is printed: its text, its notes, its traceback,
//! and the exceptions it leads to.

use std::collections::HashSet;
use std::sync::atomic::Ordering;

use crate::heap::{Gc, Value};
use crate::objects::exception::{self, Exc, Exception};
use crate::objects::list::List;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::vm::{Thread, ops};

use super::entries::Entry;
use super::hints;
use super::syntax_error::SyntaxDetails;

/// An exception as it is shown. The others are named by their place in [`Chain`].
pub struct Summary {
    /// The class with its module, unless that goes without saying.
    pub class: String,
    /// `str()` of the exception, with what it may have meant.
    pub message: String,
    pub notes: Vec<String>,
    pub entries: Vec<Entry>,
    pub syntax: Option<SyntaxDetails>,
    pub cause: Option<usize>,
    pub context: Option<usize>,
    /// Of an exception group.
    pub exceptions: Option<Vec<usize>>,
}

/// An exception and all that it leads to; the first is the one that is reported.
pub struct Chain(pub Vec<Summary>);

impl Chain {
    /// Gathers everything, which calls `__str__` and the like of the program's classes. `limit`: how many entries of a
    /// traceback are shown, the last ones.
    pub fn gather(th: &Thread, first: Value, limit: Option<usize>) -> Chain {
        let mut gathered = Gathered { th, values: List::new(th, &[]), summaries: Vec::new(), limit };
        let mut seen = HashSet::from([first.bits()]);
        let root = gathered.add(first);
        // In this order, so that an exception that several lead to is shown where CPython shows it.
        let mut waiting = vec![root];
        while let Some(at) = waiting.pop() {
            let Some(this) = gathered.values.at(at).and_then(|v| v.downcast::<Exception>()) else { continue };
            let mut link = |gathered: &mut Gathered<'_>, value: Value| {
                (!value.is_empty() && seen.insert(value.bits())).then(|| gathered.add(value))
            };
            let cause = link(&mut gathered, this.cause.get());
            let is_suppressed = cause.is_some() || this.suppress_context.load(Ordering::Relaxed);
            let context = if is_suppressed { None } else { link(&mut gathered, this.context.get()) };
            let parts = exception::is_instance(th, this.value(), Exc::BaseExceptionGroup).then(|| {
                let parts = exception::exceptions(this.value());
                parts
                    .items()
                    .iter()
                    .map(|part| {
                        seen.insert(part.bits());
                        gathered.add(*part)
                    })
                    .collect::<Vec<usize>>()
            });
            waiting.extend(cause.iter().chain(&context).chain(parts.iter().flatten()));
            let summary = &mut gathered.summaries[at];
            (summary.cause, summary.context, summary.exceptions) = (cause, context, parts);
        }
        Chain(gathered.summaries)
    }
}

struct Gathered<'a> {
    th: &'a Thread,
    /// Keeps the exceptions alive.
    values: Gc<List>,
    summaries: Vec<Summary>,
    limit: Option<usize>,
}

impl Gathered<'_> {
    fn add(&mut self, value: Value) -> usize {
        self.values.push(self.th, value);
        let summary = summarize(self.th, value, self.limit);
        self.summaries.push(summary);
        self.summaries.len() - 1
    }
}

fn summarize(th: &Thread, value: Value, limit: Option<usize>) -> Summary {
    let traceback = value.downcast::<Exception>().map_or(Value::EMPTY, |e| e.traceback.get());
    let mut entries = Entry::of_traceback(traceback);
    if let Some(limit) = limit {
        entries.drain(..entries.len().saturating_sub(limit));
    }
    let is_syntax_error = exception::is_instance(th, value, Exc::SyntaxError);
    let mut message = safe_text(th, value, "exception", "str");
    if !is_syntax_error {
        message.push_str(&hints::of(th, value, traceback));
    }
    Summary {
        class: class_name(th, value),
        message,
        notes: notes(th, value),
        entries,
        syntax: is_syntax_error.then(|| SyntaxDetails::of(th, value)),
        cause: None,
        context: None,
        exceptions: None,
    }
}

/// `module.Class`, without the module where it is `builtins` or `__main__`.
pub fn class_name(th: &Thread, value: Value) -> String {
    let class = th.class_of(value);
    let name = class.qualname.get().map_or_else(|| class.name(), |q| q.to_text());
    match quiet(th, ops::find_attr(th, class.value(), th.vm().names.__module__)).flatten() {
        Some(module) => match module.as_str_cell().map(|m| m.to_text()) {
            Some(module) if module == "builtins" || module == "__main__" => name,
            Some(module) => format!("{module}.{name}"),
            None => format!("<unknown>.{name}"),
        },
        None => name,
    }
}

/// `str()` or `repr()` of a value, or words that say that it failed.
pub fn safe_text(th: &Thread, value: Value, what: &str, function: &str) -> String {
    let text = if function == "str" { ops::str(th, value) } else { ops::repr(th, value) };
    quiet(th, text).map_or_else(|| format!("<{what} {function}() failed>"), printable)
}

/// A text as standard error shows it: lone surrogates by their numbers.
pub fn printable(text: Gc<Str>) -> String {
    match text.as_str() {
        Some(text) => text.to_string(),
        None => {
            let shown = |c: u32| char::from_u32(c).map_or_else(|| format!("\\u{c:04x}"), |c| c.to_string());
            text.code_points().map(shown).collect()
        }
    }
}

/// The result, if there is one; an exception is forgotten.
pub fn quiet<T>(th: &Thread, result: crate::vm::native::Result<T>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(raised) => {
            th.take_exception(raised);
            None
        }
    }
}

/// `__notes__`, by lines.
fn notes(th: &Thread, value: Value) -> Vec<String> {
    let found = match ops::find_attr(th, value, th.vm().names.__notes__) {
        Ok(found) => found,
        Err(raised) => {
            let error = th.take_exception(raised);
            return vec![format!("Ignored error getting __notes__: {}", safe_text(th, error, "__notes__", "repr"))];
        }
    };
    let items = match found {
        None => return Vec::new(),
        Some(notes) if notes.is_none() => return Vec::new(),
        Some(notes) => match (notes.downcast::<List>(), notes.downcast::<Tuple>()) {
            (Some(list), _) => list.to_tuple(th),
            (_, Some(tuple)) => tuple,
            _ => return vec![safe_text(th, notes, "__notes__", "repr")],
        },
    };
    let texts = items.items().iter().map(|note| safe_text(th, *note, "note", "str"));
    texts.flat_map(|text| text.split('\n').map(str::to_string).collect::<Vec<_>>()).collect()
}

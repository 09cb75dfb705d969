//! Warnings that native code gives: by the `warnings` module's rules once a program has imported it, by Python's default
//! filters until then.

use std::collections::HashSet;

use parking_lot::Mutex;

use crate::heap::Value;
use crate::objects::exception::Exc;
use crate::objects::module::Module;
use crate::syntax::Warning;
use crate::vm::native::Result;
use crate::vm::source::{Mode, Text};
use crate::vm::{Thread, import, ops};

use super::sources::Lines;

/// What was warned of already: the default filters say everything once for each place.
#[derive(Default)]
pub struct Given(Mutex<HashSet<(String, u32, String)>>);

/// Warns as `warnings.warn` with stack level 1 does: of what the running line of Python does.
pub fn warn(th: &Thread, category: Exc, message: &str) -> Result<()> {
    let (filename, line, module) = match th.stack.frames().last() {
        Some(frame) => {
            let module = frame.globals.get_str(th, th.vm().names.__name__).and_then(|m| m.as_str_cell());
            (frame.code.filename.to_text(), frame.line(), module.map_or("<string>".to_string(), |m| m.to_text()))
        }
        None => ("sys".to_string(), 1, "sys".to_string()),
    };
    if let Some(warnings) = module_of_warnings(th) {
        let class = th.vm().exception_class(category).value();
        let warn = ops::get_attr(th, warnings, th.intern("warn"))?;
        return th.call(warn, &[th.str(message), class]).map(|_| ());
    }
    if is_ignored(category, &module) {
        return Ok(());
    }
    let key = (filename.clone(), line, message.to_string());
    if th.vm().warned.0.lock().insert(key) {
        show(th, category, message, &filename, line);
    }
    Ok(())
}

/// Warns of a place in a source text, as the compiler does: `file:line: SyntaxWarning: …`.
pub fn warn_explicit(th: &Thread, category: Exc, message: &str, filename: &str, line: u32) -> Result<()> {
    warn_of(th, category, message, filename, line, Value::NONE)
}

/// As `warn_explicit`, of what happened to an object: `source`, unless it is None.
pub fn warn_of(th: &Thread, category: Exc, message: &str, filename: &str, line: u32, source: Value) -> Result<()> {
    if let Some(warnings) = module_of_warnings(th) {
        let class = th.vm().exception_class(category).value();
        let args = [th.str(message), class, th.str(filename), th.int(line.into())];
        let rest = [Value::NONE, Value::NONE, Value::NONE, source];
        let warn = ops::get_attr(th, warnings, th.intern("warn_explicit"))?;
        return th.call(warn, &[args, rest].concat()).map(|_| ());
    }
    if !is_ignored(category, "") {
        show(th, category, message, filename, line);
        if !source.is_none() {
            let name = category.name();
            let hint = format!("{name}: Enable tracemalloc to get the object allocation traceback\n");
            super::write_stderr(th, &hint);
        }
    }
    Ok(())
}

/// A warning that compiling a text has found. A filter that turns it into an exception makes it a SyntaxError.
pub fn of_compiler(th: &Thread, warning: &Warning, filename: &str, text: &Text<'_>) -> Result<()> {
    let line = super::syntax_error::line_at(text, filename, warning.span.start);
    let raised = match warn_explicit(th, Exc::SyntaxWarning, &warning.message, filename, line) {
        Ok(()) => return Ok(()),
        Err(raised) => th.caught(raised, Exc::SyntaxWarning),
    };
    raised?;
    match super::syntax_error::from_warning(warning, filename, text) {
        Some(error) => Err(super::syntax_error::raise(th, &error, filename, text, Mode::Module)),
        None => Ok(()),
    }
}

/// The module, if the program has imported it: from then on its filters decide.
fn module_of_warnings(th: &Thread) -> Option<Value> {
    import::in_modules(th, "warnings")
        .filter(|m| m.downcast::<Module>().is_some_and(|m| !import::is_initializing(th, m)))
}

/// What the default filters keep to themselves.
fn is_ignored(category: Exc, module: &str) -> bool {
    match category {
        Exc::DeprecationWarning => module != "__main__",
        Exc::PendingDeprecationWarning | Exc::ImportWarning | Exc::ResourceWarning => true,
        _ => false,
    }
}

fn show(th: &Thread, category: Exc, message: &str, filename: &str, line: u32) {
    let mut text = format!("{filename}:{line}: {}: {message}\n", category.name());
    let source = Lines::new(th).get(filename, line as usize);
    if !source.trim().is_empty() {
        text.push_str(&format!("  {}\n", source.trim()));
    }
    super::write_stderr(th, &text);
}

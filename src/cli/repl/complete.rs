//! What Tab offers: keywords, names, attributes, modules.

use crate::heap::{Gc, Value};
use crate::modules::{MODULES, PYTHON_MODULES};
use crate::objects::dict::Dict;
use crate::syntax::highlight::KEYWORDS;
use crate::vm::native::Result;
use crate::vm::{Thread, import, ops};

use super::commands;

/// Completions of the word at the end of `line`, and where that begins.
pub fn complete(th: &Thread, namespace: Gc<Dict>, line: &str) -> (usize, Vec<String>) {
    let start = word_start(line);
    let (before, word) = line.split_at(start);
    if let Some(typed) = line.strip_prefix('%') {
        // Where a statement follows, it is completed as one.
        let offered: Vec<&str> = match typed.split_once(' ') {
            None => commands::COMMANDS.iter().map(|command| command.name).collect(),
            Some((name, _)) => commands::arguments(name).to_vec(),
        };
        if !offered.is_empty() {
            let start = line.rfind(['%', ' ']).map_or(0, |at| at + 1);
            let fitting = offered.into_iter().filter(|name| name.starts_with(&line[start..]));
            return (start, fitting.map(String::from).collect());
        }
    }
    if let Some((name, rest)) = line.strip_prefix('%').and_then(|typed| typed.split_once(' '))
        && commands::takes_file(name)
        && !rest.contains(' ')
        && let files = files(rest)
        && !files.is_empty()
    {
        return (line.len() - rest.len(), files);
    }
    let mut found: Vec<String> = match context(before) {
        Context::Attribute(path) => attributes(th, namespace, path),
        Context::Module => modules(),
        Context::From(module) => match import::in_modules(th, module) {
            Some(module) => dir(th, module),
            None => Vec::new(),
        },
        Context::Name if word.is_empty() => Vec::new(),
        Context::Name => {
            let keywords = KEYWORDS.iter().map(|k| k.to_string());
            keywords.chain(names(th, namespace)).chain(names(th, th.vm().builtins())).collect()
        }
    };
    // Names that begin with an underscore are offered to those who ask for them.
    found.retain(|name| name.starts_with(word) && (!name.starts_with('_') || word.starts_with('_')));
    found.sort();
    found.dedup();
    (start, found)
}

/// Where the word at the end of the text begins.
fn word_start(text: &str) -> usize {
    text.char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric() || *c == '_')
        .last()
        .map_or(text.len(), |(at, _)| at)
}

enum Context<'a> {
    /// Behind `a.b.`
    Attribute(&'a str),
    /// Behind `import` or `from`
    Module,
    /// Behind `from a import`
    From(&'a str),
    Name,
}

fn context(before: &str) -> Context<'_> {
    let line = before.rsplit(['\n', ';']).next().unwrap_or(before);
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["import"] | ["from"] => Context::Module,
        ["import", .., last] if last.ends_with(',') => Context::Module,
        ["from", module, "import", ..] => Context::From(module),
        _ => match before.strip_suffix('.') {
            Some(rest) => Context::Attribute(path(rest)),
            None => Context::Name,
        },
    }
}

/// The names joined by dots at the end of the text; empty if something else stands before them, such as a call.
fn path(text: &str) -> &str {
    let at = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric() || matches!(c, '_' | '.'))
        .last()
        .map_or(text.len(), |(at, _)| at);
    let path = &text[at..];
    if path.starts_with('.') { "" } else { path }
}

fn attributes(th: &Thread, namespace: Gc<Dict>, path: &str) -> Vec<String> {
    let mut parts = path.split('.').map(|name| th.intern(name));
    let Some(first) = parts.next() else { return Vec::new() };
    let Some(mut object) = namespace.get_str(th, first).or_else(|| th.vm().builtins().get_str(th, first)) else {
        return Vec::new();
    };
    for name in parts {
        match quiet(th, ops::find_attr(th, object, name)).flatten() {
            Some(value) => object = value,
            None => return Vec::new(),
        }
    }
    dir(th, object)
}

/// What `dir()` says of the object.
fn dir(th: &Thread, object: Value) -> Vec<String> {
    let Some(dir) = th.vm().builtin(th, "dir") else { return Vec::new() };
    let listed = th.call(dir, &[object]).and_then(|names| ops::collect(th, names));
    let names = quiet(th, listed).map(|names| names.items(th)).unwrap_or_default();
    names.iter().filter_map(|name| name.as_str_cell()).map(|name| name.to_text()).collect()
}

/// The names in a namespace.
pub fn names(th: &Thread, namespace: Gc<Dict>) -> Vec<String> {
    namespace.keys(th).iter().filter_map(|key| key.as_str_cell()).map(|name| name.to_text()).collect()
}

fn modules() -> Vec<String> {
    let native = MODULES.iter().map(|def| def.name.to_string());
    native.chain(PYTHON_MODULES.iter().map(|module| module.name().to_string())).collect()
}

/// The programs whose path begins so, and the folders where more may be.
fn files(path: &str) -> Vec<String> {
    let (folder, start) = path.rsplit_once('/').map_or(("", path), |(folder, _)| path.split_at(folder.len() + 1));
    let Ok(entries) = std::fs::read_dir(if folder.is_empty() { "." } else { folder }) else { return Vec::new() };
    let mut files: Vec<String> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            let wanted = name.starts_with(start) && (start.starts_with('.') || !name.starts_with('.'));
            let end = if entry.path().is_dir() { "/" } else { "" };
            (wanted && (!end.is_empty() || name.ends_with(".py"))).then(|| format!("{folder}{name}{end}"))
        })
        .collect();
    files.sort();
    files
}

/// Completing is no reason to see an exception.
fn quiet<T>(th: &Thread, result: Result<T>) -> Option<T> {
    result.map_err(|raised| th.take_exception(raised)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vm::Vm;

    #[test]
    fn names_attributes_and_modules_are_offered() {
        let th = Vm::for_tests();
        let namespace = Dict::new(&th);
        namespace.set_str(&th, th.intern("whilom"), th.str("text"));
        let offered = |line: &str| complete(&th, namespace, line);
        assert_eq!(offered("x = whi"), (4, vec!["while".to_string(), "whilom".to_string()]));
        assert_eq!(offered("whilom.startsw"), (7, vec!["startswith".to_string()]));
        assert_eq!(offered("(whilom.find"), (8, vec!["find".to_string()]));
        assert_eq!(offered("import thread"), (7, vec!["threading".to_string()]));
        assert_eq!(offered("prin"), (0, vec!["print".to_string()]));
        assert_eq!(offered("missing.x"), (8, vec![]));
        assert_eq!(offered("f().x"), (4, vec![]));
        assert_eq!(offered(""), (0, vec![]));
        assert_eq!(offered("%timei"), (1, vec!["timeit".to_string()]));
        assert_eq!(offered("%gil 3."), (5, vec!["3.14".to_string(), "3.9".to_string()]));
        assert_eq!(offered("%run src/mai"), (9, vec![]));
        assert_eq!(offered("%run scripts/gil/coun"), (5, vec!["scripts/gil/countdown.py".to_string()]));
        assert_eq!(offered("%watch scr"), (7, vec!["scripts/".to_string()]));
        assert_eq!(offered("%time whilom.startsw"), (13, vec!["startswith".to_string()]));
    }
}

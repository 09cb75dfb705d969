//! `re`: regular expressions.
//!
//! ```text
//! parser/      the pattern's text to a tree, with CPython's words for what is wrong
//! tree.rs      the tree, and how long a text can be that it matches
//! chars.rs     classes of characters, and their cases
//! compile.rs   the tree to a program
//! guards.rs    what the program tells about the bytes that come next
//! program.rs   the instructions
//! matcher.rs   runs them over a text, with a stack of its own; slots.rs: what groups hold
//! search.rs    where in a text to try
//! subject.rs   what is searched, and positions in it
//! pattern.rs, matched.rs, scanner.rs     the objects
//! replace.rs, template.rs                `sub`, and what it puts in
//! functions.rs the module's functions
//! cache.rs     `compile`, and the patterns it keeps
//! ```
//!
//! An engine of its own, since no crate's could be made to behave as Python's: it sees code points, lone surrogates among
//! them, and bytes; what groups hold after a repeat, which empty matches count, and what `pos` hides are Python's rules;
//! and a match that takes for ever must notice Ctrl-C. Flags, the exception and `Scanner` are written in Python
//! (`_regex.py`), which is imported when a program first asks for one of them.

use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::objects::bytes;
use crate::objects::module::Module;
use crate::objects::str::{Str, push_char};
use crate::vm::native::Result;
use crate::vm::{Thread, import, ops};

mod cache;
mod chars;
mod compile;
mod errors;
pub mod flags;
mod functions;
mod guards;
pub mod matched;
mod matcher;
mod parser;
pub mod pattern;
mod program;
mod replace;
mod scanner;
mod search;
mod slots;
mod subject;
mod template;
mod tree;

pub static RE: ModuleDef = ModuleDef {
    functions: functions::FUNCTIONS,
    types: &[&pattern::PATTERN, &matched::MATCH],
    init: Some(init),
    ..ModuleDef::new(
        "re",
        "Support for regular expressions (RE).\n\nThis module provides regular expression matching operations similar to\nthose found in Perl.  It supports both 8-bit and Unicode strings; both\nthe pattern and the strings being processed can contain null bytes and\ncharacters outside the US ASCII range.",
    )
};

/// What the module has that is written in Python.
const IN_PYTHON: &[&str] = &[
    "RegexFlag",
    "PatternError",
    "error",
    "Scanner",
    "NOFLAG",
    "A",
    "ASCII",
    "DEBUG",
    "I",
    "IGNORECASE",
    "L",
    "LOCALE",
    "M",
    "MULTILINE",
    "S",
    "DOTALL",
    "U",
    "UNICODE",
    "X",
    "VERBOSE",
];

const PUBLIC: &[&str] = &[
    "match",
    "fullmatch",
    "search",
    "sub",
    "subn",
    "split",
    "findall",
    "finditer",
    "compile",
    "purge",
    "escape",
    "error",
    "Pattern",
    "Match",
    "A",
    "I",
    "L",
    "M",
    "S",
    "X",
    "U",
    "ASCII",
    "IGNORECASE",
    "LOCALE",
    "MULTILINE",
    "DOTALL",
    "VERBOSE",
    "UNICODE",
    "NOFLAG",
    "RegexFlag",
    "PatternError",
];

fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    let names: Vec<Value> = PUBLIC.iter().map(|name| th.intern(name).value()).collect();
    module.namespace.set_str(th, th.vm().names.__all__, th.list(&names));
    module.namespace.set_str(th, th.intern("__version__"), th.str("2.2.1"));
    Ok(())
}

/// The module's part in Python.
fn python_part(th: &Thread) -> Result {
    import::import_by_name(th, th.intern("_regex"))
}

/// `re.name` for what the module does not have yet: what is written in Python, from then on all of it.
fn missing(th: &Thread, name: Value) -> Result {
    let text = ops::attribute_name(th, name)?.to_text();
    if !IN_PYTHON.contains(&text.as_str()) {
        return Err(th.attribute_error(format_args!("module 're' has no attribute '{text}'")));
    }
    let part = python_part(th)?;
    if let Some(module) = import::in_modules(th, "re").and_then(|module| module.downcast::<Module>()) {
        for name in IN_PYTHON {
            let name = th.intern(name);
            if !module.namespace.has_str(th, name) {
                module.namespace.set_str(th, name, ops::get_attr(th, part, name)?);
            }
        }
    }
    ops::get_attr(th, part, th.intern(&text))
}

/// `dir(re)`
fn names(th: &Thread) -> Result {
    let Some(module) = import::in_modules(th, "re").and_then(|module| module.downcast::<Module>()) else {
        return Ok(th.list(&[]));
    };
    let mut names = module.namespace.keys(th);
    for name in IN_PYTHON.iter().map(|name| th.intern(name)) {
        if !module.namespace.has_str(th, name) {
            names.push(name.value());
        }
    }
    Ok(th.list(&names))
}

/// `escape`: a backslash before everything that means something in a pattern.
fn escape(th: &Thread, text: Value) -> Result {
    let is_special = |c: u32| u8::try_from(c).is_ok_and(|b| b"()[]{}?*+-|^$\\.&~# \t\n\r\x0B\x0C".contains(&b));
    let Some((code_points, is_text)) = parser::code_points(text) else {
        let found = th.type_name(text);
        return Err(th.type_error(format_args!("decoding to str: need a bytes-like object, {found} found")));
    };
    let mut out = Vec::with_capacity(code_points.len() + 8);
    for c in code_points {
        if is_special(c) {
            out.push(b'\\');
        }
        if is_text { push_char(&mut out, c) } else { out.push(c as u8) }
    }
    Ok(if is_text { Str::from_wtf8(th, &out).value() } else { bytes::new(th, &out) })
}

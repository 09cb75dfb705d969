//! From source text to a code object: read, parse, compile, load; errors become exceptions, warnings are printed.

use crate::compiler::{self, Names, Options, Source};
use crate::heap::Gc;
use crate::objects::code::Code;
use crate::syntax::{self, Arena, LineIndex, SyntaxError, Warning};

use super::native::Result;
use super::{Thread, load, report};

/// What is compiled.
pub enum Text<'a> {
    /// A file's bytes: decoded as its encoding line says.
    Bytes(&'a [u8]),
    Str(&'a str),
}

/// What the text is, as `compile()` names it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// `exec`
    Module,
    /// `eval`: the code returns the expression's value.
    Eval,
    /// `single`: expression statements are displayed.
    Single,
    /// A prompt's lines so far: an incomplete statement is an error of its own kind.
    Prompt,
}

/// The options that the interpreter was started with.
pub fn default_options(th: &Thread) -> Options {
    Options { optimize: th.vm().options.optimize, ..Options::default() }
}

/// The same for code whose names lie in a namespace beside the globals.
pub fn in_namespace(th: &Thread) -> Options {
    Options { names: Names::Namespace, ..default_options(th) }
}

/// Compiles and loads, or raises SyntaxError and its like.
pub fn compile(th: &Thread, text: Text<'_>, filename: &str, mode: Mode, options: Options) -> Result<Gc<Code>> {
    match unit(&text, filename, mode, &options) {
        Ok(compiled) => {
            for warning in &compiled.warnings {
                report::syntax_warning(th, warning, filename, &text)?;
            }
            Ok(load::load(th, &compiled.code))
        }
        Err(mut error) => {
            if matches!(text, Text::Bytes(_)) && !th.vm().sources.is_file(filename) {
                error.message = error.message.replace(&format!(" in file {filename} on line"), " on line");
            }
            Err(report::raise_syntax_error(th, &error, filename, &text, mode))
        }
    }
}

/// The compiled unit, without an interpreter.
pub fn unit(
    text: &Text<'_>,
    filename: &str,
    mode: Mode,
    options: &Options,
) -> std::result::Result<compiler::Compiled, Box<SyntaxError>> {
    let arena = Arena::new();
    let text = match text {
        Text::Bytes(bytes) => syntax::decode(&arena, bytes, Some(filename))?,
        Text::Str(text) => text,
    };
    let lines = LineIndex::new(text);
    let module;
    let expression;
    let (source, warnings): (Source<'_>, Vec<Warning>) = match mode {
        Mode::Module => {
            let parsed = syntax::parse_module(&arena, text)?;
            module = parsed.tree;
            (Source::Module(&module), parsed.warnings)
        }
        Mode::Eval => {
            let parsed = syntax::parse_expression(&arena, text)?;
            expression = parsed.tree;
            (Source::Expression(&expression), parsed.warnings)
        }
        Mode::Single => {
            let parsed = syntax::parse_single(&arena, text)?;
            module = parsed.tree;
            (Source::Interactive(&module), parsed.warnings)
        }
        Mode::Prompt => {
            let parsed = syntax::parse_interactive(&arena, text)?;
            module = parsed.tree;
            (Source::Interactive(&module), parsed.warnings)
        }
    };
    let mut compiled = compiler::compile(source, &arena, &lines, filename, options)?;
    compiled.warnings.splice(0..0, warnings);
    Ok(compiled)
}

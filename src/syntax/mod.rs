//! Source text to tree.
//!
//! ```text
//! decode.rs     bytes to text: byte order mark, encoding line, what is no text
//! tokens.rs     the tokens, cut by logos
//! layout.rs     the driver around it: logical lines, indentation, brackets, strings
//! fstring.rs    its second mode, inside f-strings
//! numbers.rs    where a number ends, and its value
//! literals.rs   the values of strings and bytes
//! parser/       recursive descent; what is wrong with a text that is no program
//! tree.rs       the nodes and their spans
//! arena.rs      the memory they live in
//! lines.rs      offsets to lines and columns
//! error.rs      SyntaxError and warnings
//! prompt.rs     what has been typed at a prompt
//! highlight.rs  words by kind, for colours
//! ```
//!
//! A caller makes an [`Arena`], decodes a file's bytes with [`decode`], and hands the text to one
//! of [`parse_module`], [`parse_expression`] or [`parse_interactive`]; the tree borrows from both.
//! Nesting costs native stack, up to 8 MB of it in a debug build: parse on a thread that has it.

pub mod arena;
pub mod decode;
pub mod error;
pub mod highlight;
pub mod lines;
pub mod prompt;
pub mod tree;

mod fstring;
mod layout;
pub mod literals;
mod numbers;
mod parser;
mod tokens;

pub use arena::Arena;
pub use decode::decode;
pub use error::{ErrorKind, Stage, SyntaxError, Warning};
pub use lines::{LineCursor, LineIndex};
pub use literals::character_by_name;
pub use tree::{Expr, Module};

/// A tree with what else reading the text has shown.
#[derive(Debug)]
pub struct Parsed<'a, T> {
    pub tree: T,
    /// The text to which the spans refer.
    pub text: &'a str,
    pub warnings: Vec<Warning>,
}

/// Sources are addressed with 32 bits.
const MAX_LENGTH: usize = u32::MAX as usize - 16;

fn check(text: &str) -> Result<(), Box<SyntaxError>> {
    if text.len() > MAX_LENGTH {
        return Err(Box::new(decode::bare_error("source code is too large".into())));
    }
    if text.contains('\0') {
        return Err(Box::new(decode::bare_error("source code string cannot contain null bytes".into())));
    }
    Ok(())
}

/// Parses a file, or what is given to `exec`.
pub fn parse_module<'a>(arena: &'a Arena, text: &'a str) -> Result<Parsed<'a, Module<'a>>, Box<SyntaxError>> {
    check(text)?;
    match parser::run(arena, text, |parser| parser.module()) {
        Ok((tree, warnings)) => Ok(Parsed { tree, text, warnings }),
        Err(failure) => Err(failure.error),
    }
}

/// Whether a text that is no program could become one if it went on: all that is wrong with it is that it ends.
pub fn is_incomplete(text: &str) -> bool {
    let arena = Arena::new();
    check(text).is_ok() && matches!(parser::run(&arena, text, |parser| parser.module()), Err(failure) if failure.at_end)
}

/// Parses what is given to `eval`: one expression, with white space around it.
pub fn parse_expression<'a>(arena: &'a Arena, text: &'a str) -> Result<Parsed<'a, Expr<'a>>, Box<SyntaxError>> {
    check(text)?;
    match parser::run(arena, text, |parser| parser.eval()) {
        Ok((tree, warnings)) => Ok(Parsed { tree, text, warnings }),
        Err(failure) => Err(failure.error),
    }
}

/// Parses what is given to `compile` in mode `single`: one statement (or one line of simple ones).
pub fn parse_single<'a>(arena: &'a Arena, text: &'a str) -> Result<Parsed<'a, Module<'a>>, Box<SyntaxError>> {
    check(text)?;
    match parser::run(arena, text, |parser| parser.interactive()) {
        Ok((statement, _)) if statement.module.body.is_empty() || statement.wants_a_line && !ends_a_line(text) => {
            let last = text.lines().count().max(1) as i32;
            let (line, offset) = if text.is_empty() { (0, 0) } else { (last, 0) };
            let error = decode::bare_error("invalid syntax".into());
            Err(Box::new(SyntaxError { lineno: line, end_lineno: line, offset, end_offset: offset, ..error }))
        }
        Ok((statement, warnings)) => Ok(Parsed { tree: statement.module, text, warnings }),
        Err(failure) => Err(failure.error),
    }
}

/// Parses what has been typed at a prompt so far: the lines, joined by `\n`, without a line break
/// after the last one. The error is of kind [`ErrorKind::Incomplete`] when another line is wanted;
/// a statement with blocks wants lines until an empty one.
pub fn parse_interactive<'a>(arena: &'a Arena, text: &'a str) -> Result<Parsed<'a, Module<'a>>, Box<SyntaxError>> {
    check(text)?;
    let incomplete = |mut error: Box<SyntaxError>| {
        error.kind = ErrorKind::Incomplete;
        error.message = "incomplete input".into();
        error
    };
    match parser::run(arena, text, |parser| parser.interactive()) {
        Ok((statement, _)) if statement.is_compound && !last_line_is_blank(text) => {
            Err(incomplete(Box::new(decode::bare_error(String::new()))))
        }
        Ok((statement, warnings)) => Ok(Parsed { tree: statement.module, text, warnings }),
        Err(failure) if failure.at_end => Err(incomplete(failure.error)),
        Err(failure) => Err(failure.error),
    }
}

fn ends_a_line(text: &str) -> bool {
    text.ends_with(['\n', '\r'])
}

fn last_line_is_blank(text: &str) -> bool {
    text.rsplit('\n').next().is_none_or(|line| line.trim().is_empty())
}

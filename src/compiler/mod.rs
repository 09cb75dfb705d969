//! From the tree to bytecode.
//!
//! ```text
//! code.rs      what the compiler hands over
//! layout.rs    where in a code object lies what its instructions name
//! opcodes.rs   the one table of opcodes
//! scopes/      which names a scope binds, and where they live
//! emit/        the instructions
//! dis.rs       the disassembler
//! future.rs    from __future__ imports
//! unparse.rs   annotations as text
//! verify.rs    checks that a CodeUnit keeps the rules of the table
//! ```
//!
//! The compiler makes no heap values and knows nothing of the interpreter: it can be run, tested and timed by itself.

pub mod code;
pub mod dis;
mod emit;
mod future;
pub mod layout;
pub mod opcodes;
pub mod scopes;
mod unparse;
pub mod verify;

use crate::syntax::error::{ErrorKind, SyntaxError, Warning};
use crate::syntax::lines::LineIndex;
use crate::syntax::tree::{Arena, Expr, Module, Span};

use code::CodeUnit;

/// How deeply statements and expressions may nest before the compiler gives up. Chains that grow to the left
/// (`a + b + c`, `a.b().c`, `elif`) do not count. A level costs at most some 8 KB of native stack in debug builds.
pub(crate) const MAX_DEPTH: u32 = 6_000;

/// What is compiled.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// A file, or the text given to `exec`.
    Module(&'a Module<'a>),
    /// What was typed at a prompt: values of expression statements are displayed.
    Interactive(&'a Module<'a>),
    /// The text given to `eval`: the code returns the value.
    Expression(&'a Expr<'a>),
}

/// Where names of the top level live.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Names {
    /// In the module's globals.
    #[default]
    Module,
    /// In a namespace beside the globals: `exec` and `eval` with separate locals.
    Namespace,
}

#[derive(Clone, Debug, Default)]
pub struct Options {
    pub names: Names,
    /// 1 leaves out `assert` and makes `__debug__` false; 2 leaves out docstrings as well.
    pub optimize: u8,
    pub top_level_await: bool,
    /// As if the source began with `from __future__ import annotations`.
    pub future_annotations: bool,
}

/// The code and what the compiler wants to warn about (as `SyntaxWarning`).
#[derive(Debug)]
pub struct Compiled {
    pub code: CodeUnit,
    pub warnings: Vec<Warning>,
}

/// Compiles a tree. `lines` is the text that its spans refer to, `arena` the one that its nodes live in.
pub fn compile<'a>(
    source: Source<'a>,
    arena: &'a Arena,
    lines: &'a LineIndex<'a>,
    filename: &str,
    options: &Options,
) -> Result<Compiled, SyntaxError> {
    let table = scopes::SymbolTable::build(source, arena, lines, options)?;
    let compiled = emit::emit(source, &table, arena, lines, filename, options)?;
    #[cfg(debug_assertions)]
    if let Err(problem) = verify::verify(&compiled.code) {
        panic!("the compiler made bad code: {problem}");
    }
    Ok(compiled)
}

/// The error of a program that nests too deeply for the compiler.
pub(crate) fn too_deep(span: Span, lines: &LineIndex<'_>) -> SyntaxError {
    SyntaxError::new(ErrorKind::TooRecursive, "maximum recursion depth exceeded during compilation", span, lines)
}

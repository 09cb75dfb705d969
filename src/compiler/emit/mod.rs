//! From tree and symbol tables to instructions, one scope (a [`Unit`]) at a time.
//!
//! ```text
//! unit.rs            what is known of the code being made; instructions, handlers, the finished CodeUnit
//! registers.rs       temporaries, and which variables are surely bound
//! jumps.rs           labels, patching, conditions compiled to jumps
//! consts.rs fold.rs  the constant pool; constant expressions
//! names.rs           where a name lives: loads, stores, deletions
//! expressions.rs     expressions
//! chains.rs          a + b + c, a.b().c: what grows to the left, with a loop; calls
//! literals.rs        tuples, lists, sets, dicts, f-strings
//! comprehensions.rs  comprehensions, inlined or as functions of their own
//! assignment.rs      targets
//! statements.rs      statements; docstrings.rs, loops.rs, imports.rs
//! hoist.rs           constants that a loop keeps in registers
//! exceptions.rs      try, with, and leaving them
//! functions.rs       functions, lambdas; classes.rs, annotations.rs, generics.rs
//! patterns.rs        match
//! warnings.rs        what is surely a mistake
//! lines.rs starts.rs what tracing functions hear of and can change: lines without instructions, places to jump to
//! ```
//!
//! Two conventions hold everywhere:
//!
//! * An expression is evaluated *into* a register (`expr`), or where it is found (`operand`: a local stays in its own
//!   register). The register that `expr` fills is written by the last instruction only, if it belongs to a variable;
//!   if it is a temporary, what it held before is lost.
//! * Temporaries are a stack. A call uses its top, and what lies above a call's arguments is dead.

mod annotations;
mod assignment;
mod chains;
mod classes;
mod comprehensions;
mod consts;
mod docstrings;
mod exceptions;
mod expressions;
mod fold;
mod functions;
mod generics;
mod hoist;
mod imports;
mod jumps;
mod lines;
mod literals;
mod loops;
mod names;
mod patterns;
mod registers;
mod starts;
mod statements;
mod unit;
mod warnings;

use std::rc::Rc;

use crate::syntax::error::{Stage, SyntaxError, Warning};
use crate::syntax::lines::{LineCursor, LineIndex};
use crate::syntax::tree::{Arena, Span};

use super::code::Position;
use super::opcodes::Op;
use super::scopes::{MODULE, ScopeId, ScopeKind, SymbolTable};
use super::{Compiled, MAX_DEPTH, Options, Source};
pub(super) use fold::literal;
use unit::Unit;

pub(crate) type Reg = u16;
pub(crate) type Done = Result<(), SyntaxError>;
pub(crate) type Maybe<T> = Result<T, SyntaxError>;

/// Compiles everything that the symbol table knows of.
pub(super) fn emit<'a>(
    source: Source<'a>,
    table: &'a SymbolTable<'a>,
    arena: &'a Arena,
    lines: &'a LineIndex<'a>,
    filename: &str,
    options: &'a Options,
) -> Result<Compiled, SyntaxError> {
    let scope = table.scope(MODULE);
    let mut emitter = Emitter {
        table,
        arena,
        lines,
        cursor: LineCursor::new(lines),
        options,
        filename: filename.into(),
        interactive: matches!(source, Source::Interactive(_)),
        warnings: table.warnings.clone(),
        depth: 0,
        unit: Unit::new(MODULE, scope, "<module>", "<module>".into()),
    };
    emitter.top_level(source)?;
    let code = emitter.finish_unit()?;
    Ok(Compiled { code, warnings: emitter.warnings })
}

pub(crate) struct Emitter<'a> {
    table: &'a SymbolTable<'a>,
    arena: &'a Arena,
    lines: &'a LineIndex<'a>,
    cursor: LineCursor<'a, 'a>,
    options: &'a Options,
    filename: Rc<str>,
    interactive: bool,
    warnings: Vec<Warning>,
    depth: u32,
    /// The code being made. Those around it wait on the native stack.
    unit: Unit<'a>,
}

impl<'a> Emitter<'a> {
    fn top_level(&mut self, source: Source<'a>) -> Done {
        self.unit.code.first_line = 1;
        if self.options.top_level_await && self.table.scope(MODULE).is_coroutine {
            self.unit.code.flags |= super::code::flags::COROUTINE;
        }
        self.begin_unit();
        match source {
            Source::Expression(expr) => {
                let value = self.operand(expr)?;
                self.at(expr.span);
                self.emit(Op::Return, value, 0, 0);
            }
            Source::Module(module) | Source::Interactive(module) => {
                self.module_body(module.body)?;
                self.return_at_end(module.body);
            }
        }
        Ok(())
    }

    // ---- positions

    fn position(&mut self, span: Span) -> Position {
        let line = self.cursor.line(span.start);
        let column = span.start - self.lines.start(line);
        let end_line = self.cursor.line(span.end);
        let end_column = span.end - self.lines.start(end_line);
        Position { line, end_line, column: narrow(column), end_column: narrow(end_column) }
    }

    fn line(&mut self, span: Span) -> u32 {
        self.cursor.line(span.start)
    }

    /// The instructions that follow belong to this piece of the source.
    fn at(&mut self, span: Span) {
        self.unit.position = self.position(span);
    }

    // ---- errors, warnings, depth

    fn error<T>(&self, message: impl Into<String>, span: Span) -> Maybe<T> {
        Err(SyntaxError::after_parsing(Stage::Code, message, span, self.lines))
    }

    fn warn(&mut self, message: impl Into<String>, span: Span) {
        let warning = Warning { message: message.into(), span };
        // Code that is emitted twice (`finally`, a loop's condition) warns once.
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// Runs `emit` one level deeper, or gives up before the native stack does.
    fn deeper<T>(&mut self, span: Span, emit: impl FnOnce(&mut Self) -> Maybe<T>) -> Maybe<T> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(super::too_deep(span, self.lines));
        }
        let done = emit(self);
        self.depth -= 1;
        done
    }

    /// Compiles another scope while the current one waits.
    fn nested(
        &mut self,
        scope: ScopeId,
        name: &'a str,
        first: Span,
        emit: impl FnOnce(&mut Self) -> Done,
    ) -> Maybe<Rc<super::code::CodeUnit>> {
        let kind = self.table.scope(scope).kind;
        let qualname = self.qualname(kind, name);
        let prefix = self.prefix(kind, &qualname);
        let mut unit = Unit::new(scope, self.table.scope(scope), name, qualname);
        unit.prefix = prefix;
        unit.code.first_line = self.line(first);
        let outer = std::mem::replace(&mut self.unit, unit);
        self.begin_unit();
        let done = emit(self);
        let attributes = self.unit.static_attributes.clone();
        let code = self.finish_unit();
        let inner = std::mem::replace(&mut self.unit, outer);
        done?;
        if inner.kind != ScopeKind::Class {
            self.unit.static_attributes.extend(attributes);
        }
        Ok(Rc::new(code?))
    }
}

fn narrow(column: u32) -> u16 {
    column.min(u16::MAX as u32) as u16
}

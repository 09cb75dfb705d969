//! `from __future__ import …`: which features exist, and where such imports may stand.

use crate::syntax::error::{Stage, SyntaxError};
use crate::syntax::lines::LineIndex;
use crate::syntax::tree::{Block, Constant, ExprKind, StmtKind};

const FEATURES: [&str; 10] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "barry_as_FLUFL",
    "generator_stop",
    "annotations",
];

#[derive(Default)]
pub struct Future {
    pub annotations: bool,
    /// The offset behind the last of these imports.
    pub end: u32,
}

/// Reads the imports at the top of a module, behind its docstring.
pub fn features(body: Block<'_>, lines: &LineIndex<'_>) -> Result<Future, SyntaxError> {
    let mut future = Future::default();
    for (at, stmt) in body.iter().enumerate() {
        match &stmt.kind {
            StmtKind::ImportFrom(import) if import.level == 0 && import.module == Some("__future__") => {
                for alias in import.names {
                    let message = match alias.name {
                        "braces" => "not a chance".to_string(),
                        name if !FEATURES.contains(&name) => format!("future feature {name} is not defined"),
                        name => {
                            future.annotations |= name == "annotations";
                            continue;
                        }
                    };
                    return Err(SyntaxError::after_parsing(Stage::Symbols, message, alias.span, lines));
                }
                future.end = stmt.span.end;
            }
            StmtKind::Expr(value) if at == 0 && matches!(value.kind, ExprKind::Constant(Constant::Str(_))) => {}
            _ => break,
        }
    }
    Ok(future)
}

//! Docstrings: what a body begins with, with the indentation that it has for the source's sake taken out.

use super::fold::literal;
use crate::compiler::code::Const;
use crate::syntax::tree::{Block, Constant, Expr, ExprKind, StmtKind};

/// The docstring that a body begins with.
pub(super) fn docstring(body: Block<'_>) -> Option<Const> {
    match &body.first()?.kind {
        StmtKind::Expr(Expr { kind: ExprKind::Constant(text @ Constant::Str(_)), .. }) => Some(match literal(text) {
            Const::Str(text) => Const::Str(dedented(&text).into()),
            other => other,
        }),
        _ => None,
    }
}

/// Without the spaces before the first line, nor those that all further lines begin with; lines of nothing but spaces do
/// not count, and lose no more than the others.
fn dedented(text: &[u8]) -> Vec<u8> {
    let text = without_tabs(text);
    let mut lines = text.split(|&byte| byte == b'\n');
    let first = lines.next().unwrap_or_default();
    let margin = lines.clone().filter(|line| indent(line) < line.len()).map(indent).min().unwrap_or(0);
    let mut dedented = first[indent(first)..].to_vec();
    for line in lines {
        dedented.push(b'\n');
        dedented.extend_from_slice(&line[margin.min(indent(line))..]);
    }
    dedented
}

fn indent(line: &[u8]) -> usize {
    line.iter().take_while(|&&byte| byte == b' ').count()
}

/// As `str.expandtabs` does it: up to the next column of eight.
fn without_tabs(text: &[u8]) -> Vec<u8> {
    let mut expanded = Vec::with_capacity(text.len());
    let mut column = 0;
    for &byte in text {
        match byte {
            b'\t' => {
                let width = 8 - column % 8;
                expanded.resize(expanded.len() + width, b' ');
                column += width;
                continue;
            }
            b'\n' | b'\r' => column = 0,
            // What continues a character takes no column of its own.
            0x80..=0xbf => {}
            _ => column += 1,
        }
        expanded.push(byte);
    }
    expanded
}

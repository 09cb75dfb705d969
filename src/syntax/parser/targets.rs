//! What can be assigned to. Targets are read as expressions first, and judged when it turns out that
//! they are targets; for each kind of thing that is none, the name that errors give it.

use super::super::tree::*;
use super::{Parse, Parser};

/// What a target is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Assign,
    Delete,
    For,
}

/// The first part of a target that cannot be one.
pub(super) fn invalid_part<'e, 'a>(target: &'e Expr<'a>, used: Use) -> Option<&'e Expr<'a>> {
    match &target.kind {
        ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => None,
        ExprKind::List(elements) | ExprKind::Tuple(elements) => {
            elements.iter().find_map(|element| invalid_part(element, used))
        }
        ExprKind::Starred(_) if used == Use::Delete => Some(target),
        ExprKind::Starred(value) => invalid_part(value, used),
        // `for a in b` may have been read as `for (a in b)`.
        ExprKind::Compare(compare) if used == Use::For => match compare.rest[0].op {
            CmpOperator::In => invalid_part(&compare.left, used),
            _ => None,
        },
        _ => Some(target),
    }
}

impl<'a> Parser<'a> {
    /// Fails, or says why, if this is no target.
    pub(super) fn check_target(&mut self, target: &Expr<'a>, used: Use) -> Parse<()> {
        let Some(part) = invalid_part(target, used) else { return Ok(()) };
        if !self.diagnosing {
            return self.fail();
        }
        let verb = if used == Use::Delete { "delete" } else { "assign to" };
        let (span, message) = (part.span, format!("cannot {verb} {}", describe(part)));
        self.raise(span, message)
    }
}

/// What CPython calls an expression in its messages.
pub(super) fn describe(expr: &Expr<'_>) -> &'static str {
    match &expr.kind {
        ExprKind::Attribute { .. } => "attribute",
        ExprKind::Subscript { .. } => "subscript",
        ExprKind::Starred(_) => "starred",
        ExprKind::Name(_) => "name",
        ExprKind::List(_) => "list",
        ExprKind::Tuple(_) => "tuple",
        ExprKind::Lambda(_) => "lambda",
        ExprKind::Call { .. } => "function call",
        ExprKind::BoolOp(_) | ExprKind::BinOp(_) | ExprKind::UnaryOp(_) => "expression",
        ExprKind::GeneratorExp(_) => "generator expression",
        ExprKind::Yield(_) | ExprKind::YieldFrom(_) => "yield expression",
        ExprKind::Await(_) => "await expression",
        ExprKind::ListComp(_) => "list comprehension",
        ExprKind::SetComp(_) => "set comprehension",
        ExprKind::DictComp(_) => "dict comprehension",
        ExprKind::Dict(_) => "dict literal",
        ExprKind::Set(_) => "set display",
        ExprKind::JoinedStr(_) | ExprKind::FormattedValue(_) => "f-string expression",
        ExprKind::TemplateStr(_) | ExprKind::Interpolation(_) => "t-string expression",
        ExprKind::Compare(_) => "comparison",
        ExprKind::IfExp(_) => "conditional expression",
        ExprKind::NamedExpr { .. } => "named expression",
        ExprKind::Slice(_) => "slice",
        ExprKind::Constant(constant) => match constant {
            Constant::None => "None",
            Constant::True => "True",
            Constant::False => "False",
            Constant::Ellipsis => "ellipsis",
            _ => "literal",
        },
    }
}

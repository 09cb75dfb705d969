//! What is legal and surely a mistake: `x is 1`, `"a" (b)`, `[1] [2, 3]`, `assert (x, "y")`. Python warns when it
//! compiles such code.

use crate::syntax::tree::*;

use super::Emitter;

impl<'a> Emitter<'a> {
    /// `x is 1`: identity of constants means nothing.
    pub(super) fn check_compare(&mut self, compare: &'a Compare<'a>, span: Span) {
        if !compare.rest.iter().any(|one| matches!(one.op, CmpOperator::Is | CmpOperator::IsNot)) {
            return;
        }
        let mut left = &compare.left;
        for one in compare.rest {
            if matches!(one.op, CmpOperator::Is | CmpOperator::IsNot) {
                let literal = literal_type(left).or_else(|| literal_type(&one.right));
                if let Some(literal) = literal {
                    let (op, instead) = if one.op == CmpOperator::Is { ("is", "==") } else { ("is not", "!=") };
                    self.warn(format!("\"{op}\" with '{literal}' literal. Did you mean \"{instead}\"?"), span);
                    return;
                }
            }
            left = &one.right;
        }
    }

    /// `(1, 2) (3, 4)`: what was meant is two items of a list.
    pub(super) fn check_callable(&mut self, func: &'a Expr<'a>) {
        let Some(kind) = display_type(func) else { return };
        if !matches!(func.kind, ExprKind::Lambda(_)) {
            self.warn(format!("'{kind}' object is not callable; perhaps you missed a comma?"), func.span);
        }
    }

    pub(super) fn check_subscript(&mut self, value: &'a Expr<'a>, slice: &'a Expr<'a>) {
        let Some(kind) = display_type(value) else { return };
        if matches!(
            kind,
            "NoneType" | "bool" | "int" | "float" | "complex" | "ellipsis" | "set" | "function" | "generator"
        ) || matches!(value.kind, ExprKind::TemplateStr(_))
        {
            self.warn(format!("'{kind}' object is not subscriptable; perhaps you missed a comma?"), value.span);
            return;
        }
        let Some(index) = display_type(slice) else { return };
        if kind == "dict" || matches!(index, "int" | "bool") || matches!(slice.kind, ExprKind::Slice(_)) {
            return;
        }
        self.warn(
            format!("{kind} indices must be integers or slices, not {index}; perhaps you missed a comma?"),
            value.span,
        );
    }

    pub(super) fn check_assert(&mut self, test: &'a Expr<'a>, span: Span) {
        if matches!(&test.kind, ExprKind::Tuple(items) if !items.is_empty()) {
            self.warn("assertion is always true, perhaps remove parentheses?", span);
        }
    }
}

/// The type of a literal that has no identity worth asking for.
fn literal_type(expr: &Expr<'_>) -> Option<&'static str> {
    match &expr.kind {
        ExprKind::Constant(Constant::None | Constant::True | Constant::False | Constant::Ellipsis) => None,
        ExprKind::Constant(_) => display_type(expr),
        ExprKind::Tuple(items) if items.iter().all(|item| is_constant(item)) => Some("tuple"),
        _ => None,
    }
}

fn is_constant(expr: &Expr<'_>) -> bool {
    match &expr.kind {
        ExprKind::Constant(_) => true,
        ExprKind::Tuple(items) => items.iter().all(is_constant),
        _ => false,
    }
}

/// The type of an expression that shows it.
fn display_type(expr: &Expr<'_>) -> Option<&'static str> {
    Some(match &expr.kind {
        ExprKind::Constant(constant) => match constant {
            Constant::None => "NoneType",
            Constant::True | Constant::False => "bool",
            Constant::Ellipsis => "ellipsis",
            Constant::Int(_) | Constant::BigInt(_) => "int",
            Constant::Float(_) => "float",
            Constant::Complex(_) => "complex",
            Constant::Str(_) => "str",
            Constant::Bytes(_) => "bytes",
        },
        ExprKind::Tuple(_) => "tuple",
        ExprKind::List(_) | ExprKind::ListComp(_) => "list",
        ExprKind::Dict(_) | ExprKind::DictComp(_) => "dict",
        ExprKind::Set(_) | ExprKind::SetComp(_) => "set",
        ExprKind::GeneratorExp(_) => "generator",
        ExprKind::Lambda(_) => "function",
        ExprKind::JoinedStr(_) | ExprKind::FormattedValue(_) => "str",
        ExprKind::TemplateStr(_) | ExprKind::Interpolation(_) => "string.templatelib.Template",
        _ => return None,
    })
}

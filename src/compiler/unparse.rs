//! An annotation as text, for `from __future__ import annotations`: spaces and quotes are CPython's, whatever the
//! program's are. Comprehensions, lambdas and f-strings, which nobody writes there, are given as they are written.

use crate::syntax::tree::*;

use super::dis;
use super::emit::literal;

/// How tightly an operator binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Tuple,
    Test,
    Or,
    And,
    Not,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Arith,
    Term,
    Factor,
    Power,
    Atom,
}

/// The text of an expression; `source` is what its spans refer to.
pub(super) fn unparse(expr: &Expr<'_>, source: &str) -> String {
    let mut writer = Writer { text: String::new(), source, depth: 0 };
    writer.expr(expr, Level::Test);
    writer.text
}

/// How deep the writer goes before it copies the source instead.
const MAX_DEPTH: u32 = 100;

struct Writer<'s> {
    text: String,
    source: &'s str,
    depth: u32,
}

impl Writer<'_> {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn as_written(&mut self, expr: &Expr<'_>) {
        self.text.push_str(self.source.get(expr.span.range()).unwrap_or_default());
    }

    /// Writes an expression that stands where at least `level` is asked for; in parentheses, if it binds less tightly.
    fn expr(&mut self, expr: &Expr<'_>, level: Level) {
        if self.depth == MAX_DEPTH {
            return self.as_written(expr);
        }
        self.depth += 1;
        let in_parentheses = self.level(expr) < level;
        if in_parentheses {
            self.put("(");
        }
        self.inner(expr);
        if in_parentheses {
            self.put(")");
        }
        self.depth -= 1;
    }

    fn level(&self, expr: &Expr<'_>) -> Level {
        match &expr.kind {
            ExprKind::BoolOp(op) if op.op == BoolOperator::Or => Level::Or,
            ExprKind::BoolOp(_) => Level::And,
            ExprKind::UnaryOp(op) if op.op == UnaryOperator::Not => Level::Not,
            ExprKind::UnaryOp(_) => Level::Factor,
            ExprKind::BinOp(op) => operator(op.op).1,
            ExprKind::Compare(_) => Level::Compare,
            ExprKind::IfExp(_) | ExprKind::Lambda(_) => Level::Test,
            ExprKind::NamedExpr { .. } | ExprKind::Yield(_) | ExprKind::YieldFrom(_) => Level::Tuple,
            _ => Level::Atom,
        }
    }

    fn inner(&mut self, expr: &Expr<'_>) {
        match &expr.kind {
            ExprKind::Name(name) => self.put(name),
            ExprKind::Constant(constant) => {
                let text = match constant {
                    Constant::Ellipsis => "...".to_string(),
                    constant => dis::repr(&literal(constant)),
                };
                self.put(&text);
            }
            ExprKind::Attribute { value, attr } => {
                self.expr(value, Level::Atom);
                // `1.real` would be a number.
                if matches!(value.kind, ExprKind::Constant(Constant::Int(_) | Constant::BigInt(_))) {
                    self.put(" ");
                }
                self.put(".");
                self.put(attr.name);
            }
            ExprKind::Subscript { value, slice } => {
                self.expr(value, Level::Atom);
                self.put("[");
                match &slice.kind {
                    ExprKind::Tuple(items) if !items.is_empty() => self.items(items),
                    _ => self.expr(slice, Level::Tuple),
                }
                self.put("]");
            }
            ExprKind::Slice(slice) => self.slice(slice),
            ExprKind::Tuple(items) => {
                self.put("(");
                self.items(items);
                self.put(")");
            }
            ExprKind::List(items) => {
                self.put("[");
                self.list(items.iter().map(|item| (None, item)));
                self.put("]");
            }
            ExprKind::Set(items) => {
                self.put("{");
                self.list(items.iter().map(|item| (None, item)));
                self.put("}");
            }
            ExprKind::Dict(items) => self.dict(items),
            ExprKind::Starred(value) => {
                self.put("*");
                self.expr(value, Level::BitOr);
            }
            ExprKind::Call { func, arguments } => self.call(func, arguments),
            ExprKind::UnaryOp(op) => {
                let (sign, level) = match op.op {
                    UnaryOperator::Not => ("not ", Level::Not),
                    UnaryOperator::Invert => ("~", Level::Factor),
                    UnaryOperator::UAdd => ("+", Level::Factor),
                    UnaryOperator::USub => ("-", Level::Factor),
                };
                self.put(sign);
                self.expr(&op.operand, level);
            }
            ExprKind::BinOp(op) => self.binary(op),
            ExprKind::BoolOp(op) => {
                let (word, level) =
                    if op.op == BoolOperator::Or { (" or ", Level::And) } else { (" and ", Level::Not) };
                for (at, value) in op.values.iter().enumerate() {
                    self.put(if at > 0 { word } else { "" });
                    self.expr(value, level);
                }
            }
            ExprKind::Compare(compare) => {
                self.expr(&compare.left, Level::BitOr);
                for one in compare.rest {
                    self.put(comparison(one.op));
                    self.expr(&one.right, Level::BitOr);
                }
            }
            ExprKind::IfExp(choice) => {
                self.expr(&choice.body, Level::Or);
                self.put(" if ");
                self.expr(&choice.test, Level::Or);
                self.put(" else ");
                self.expr(&choice.orelse, Level::Test);
            }
            _ => self.as_written(expr),
        }
    }

    /// The items of a tuple, without its parentheses.
    fn items(&mut self, items: &[Expr<'_>]) {
        self.list(items.iter().map(|item| (None, item)));
        if items.len() == 1 {
            self.put(",");
        }
    }

    fn list<'e, 'a: 'e>(&mut self, items: impl Iterator<Item = (Option<&'e str>, &'e Expr<'a>)>) {
        for (at, (prefix, item)) in items.enumerate() {
            self.put(if at > 0 { ", " } else { "" });
            self.put(prefix.unwrap_or_default());
            self.expr(item, Level::Test);
        }
    }

    fn slice(&mut self, slice: &Slice<'_>) {
        if let Some(lower) = &slice.lower {
            self.expr(lower, Level::Test);
        }
        self.put(":");
        if let Some(upper) = &slice.upper {
            self.expr(upper, Level::Test);
        }
        if let Some(step) = &slice.step {
            self.put(":");
            self.expr(step, Level::Test);
        }
    }

    fn dict(&mut self, items: &[DictItem<'_>]) {
        self.put("{");
        for (at, item) in items.iter().enumerate() {
            self.put(if at > 0 { ", " } else { "" });
            match &item.key {
                Some(key) => {
                    self.expr(key, Level::Test);
                    self.put(": ");
                    self.expr(&item.value, Level::Test);
                }
                None => {
                    self.put("**");
                    self.expr(&item.value, Level::BitOr);
                }
            }
        }
        self.put("}");
    }

    fn call(&mut self, func: &Expr<'_>, arguments: &Arguments<'_>) {
        self.expr(func, Level::Atom);
        self.put("(");
        self.list(arguments.args.iter().map(|item| (None, item)));
        for (at, keyword) in arguments.keywords.iter().enumerate() {
            self.put(if at > 0 || !arguments.args.is_empty() { ", " } else { "" });
            match keyword.name {
                Some(name) => {
                    self.put(name);
                    self.put("=");
                }
                None => self.put("**"),
            }
            self.expr(&keyword.value, Level::Test);
        }
        self.put(")");
    }

    fn binary(&mut self, op: &BinOp<'_>) {
        let (sign, level) = operator(op.op);
        let tighter = next(level);
        let (left, right) = if op.op == BinOperator::Pow { (Level::Atom, Level::Power) } else { (level, tighter) };
        self.expr(&op.left, left);
        self.put(sign);
        self.expr(&op.right, right);
    }
}

fn operator(op: BinOperator) -> (&'static str, Level) {
    match op {
        BinOperator::Add => (" + ", Level::Arith),
        BinOperator::Sub => (" - ", Level::Arith),
        BinOperator::Mult => (" * ", Level::Term),
        BinOperator::MatMult => (" @ ", Level::Term),
        BinOperator::Div => (" / ", Level::Term),
        BinOperator::Mod => (" % ", Level::Term),
        BinOperator::FloorDiv => (" // ", Level::Term),
        BinOperator::Pow => (" ** ", Level::Power),
        BinOperator::LShift => (" << ", Level::Shift),
        BinOperator::RShift => (" >> ", Level::Shift),
        BinOperator::BitOr => (" | ", Level::BitOr),
        BinOperator::BitXor => (" ^ ", Level::BitXor),
        BinOperator::BitAnd => (" & ", Level::BitAnd),
    }
}

fn next(level: Level) -> Level {
    match level {
        Level::BitOr => Level::BitXor,
        Level::BitXor => Level::BitAnd,
        Level::BitAnd => Level::Shift,
        Level::Shift => Level::Arith,
        Level::Arith => Level::Term,
        _ => Level::Factor,
    }
}

fn comparison(op: CmpOperator) -> &'static str {
    match op {
        CmpOperator::Eq => " == ",
        CmpOperator::NotEq => " != ",
        CmpOperator::Lt => " < ",
        CmpOperator::LtE => " <= ",
        CmpOperator::Gt => " > ",
        CmpOperator::GtE => " >= ",
        CmpOperator::Is => " is ",
        CmpOperator::IsNot => " is not ",
        CmpOperator::In => " in ",
        CmpOperator::NotIn => " not in ",
    }
}

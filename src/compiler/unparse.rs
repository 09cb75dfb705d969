//! An annotation as text, for `from __future__ import annotations`: spaces and quotes are CPython's, whatever the
//! program's are.

use crate::syntax::tree::*;

use super::code::Const;
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
                match constant {
                    Constant::Ellipsis => self.put("..."),
                    // The only number that spells infinity.
                    Constant::Float(number) if number.is_infinite() => self.put("1e309"),
                    Constant::Complex(imaginary) if imaginary.is_infinite() => self.put("1e309j"),
                    constant => {
                        let written = self.source.get(expr.span.range()).unwrap_or_default();
                        let is_marked = matches!(constant, Constant::Str(_)) && written.starts_with('u');
                        self.put(if is_marked { "u" } else { "" });
                        self.put(&dis::repr(&literal(constant)));
                    }
                }
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
            ExprKind::Lambda(lambda) => {
                self.put("lambda");
                self.parameters(&lambda.parameters);
                self.put(": ");
                self.expr(&lambda.body, Level::Test);
            }
            ExprKind::ListComp(comprehension) => self.comprehension("[", comprehension, "]"),
            ExprKind::SetComp(comprehension) => self.comprehension("{", comprehension, "}"),
            ExprKind::GeneratorExp(comprehension) => self.comprehension("(", comprehension, ")"),
            ExprKind::DictComp(comprehension) => {
                self.put("{");
                self.expr(&comprehension.key, Level::Test);
                self.put(": ");
                self.expr(&comprehension.value, Level::Test);
                self.generators(comprehension.generators);
                self.put("}");
            }
            ExprKind::JoinedStr(parts) => self.joined("f", parts),
            ExprKind::TemplateStr(parts) => self.joined("t", parts),
            _ => self.as_written(expr),
        }
    }

    fn parameters(&mut self, parameters: &Parameters<'_>) {
        // `lambda*a: a`, as CPython has it.
        let has_positional = !parameters.posonly.is_empty() || !parameters.args.is_empty();
        let mut before = if has_positional { " " } else { "" };
        let mut put = |writer: &mut Self, prefix: &str, parameter: Option<&Parameter<'_>>| {
            writer.put(before);
            before = ", ";
            writer.put(prefix);
            let Some(parameter) = parameter else { return };
            writer.put(parameter.name);
            if let Some(default) = parameter.default {
                writer.put("=");
                writer.expr(default, Level::Test);
            }
        };
        parameters.posonly.iter().for_each(|parameter| put(self, "", Some(parameter)));
        if !parameters.posonly.is_empty() {
            put(self, "/", None);
        }
        parameters.args.iter().for_each(|parameter| put(self, "", Some(parameter)));
        if parameters.vararg.is_some() || !parameters.kwonly.is_empty() {
            put(self, "*", parameters.vararg);
        }
        parameters.kwonly.iter().for_each(|parameter| put(self, "", Some(parameter)));
        if parameters.kwarg.is_some() {
            put(self, "**", parameters.kwarg);
        }
    }

    fn comprehension(&mut self, open: &str, comprehension: &Comprehension<'_>, close: &str) {
        self.put(open);
        self.expr(&comprehension.element, Level::Test);
        self.generators(comprehension.generators);
        self.put(close);
    }

    fn generators(&mut self, generators: &[Generator<'_>]) {
        for generator in generators {
            self.put(if generator.is_async { " async for " } else { " for " });
            match &generator.target.kind {
                ExprKind::Tuple(items) => self.items(items),
                _ => self.expr(&generator.target, Level::Tuple),
            }
            self.put(" in ");
            self.expr(&generator.iter, Level::Or);
            for condition in generator.ifs {
                self.put(" if ");
                self.expr(condition, Level::Or);
            }
        }
    }

    /// An f-string or t-string: what is in it, as one literal.
    fn joined(&mut self, prefix: &str, parts: &[Expr<'_>]) {
        let before = std::mem::take(&mut self.text);
        self.parts_of_string(parts);
        let inside = std::mem::replace(&mut self.text, before);
        self.put(prefix);
        self.put(&dis::repr(&Const::Str(inside.as_bytes().into())));
    }

    fn parts_of_string(&mut self, parts: &[Expr<'_>]) {
        for part in parts {
            match &part.kind {
                ExprKind::Constant(constant) => {
                    if let Const::Str(text) = literal(constant) {
                        self.put(&String::from_utf8_lossy(&text).replace('{', "{{").replace('}', "}}"));
                    }
                }
                ExprKind::FormattedValue(field) => {
                    let at = self.text.len();
                    self.expr(&field.value, Level::Or);
                    // Two braces would be one of the text.
                    self.text.insert_str(at, if self.text[at..].starts_with('{') { "{ " } else { "{" });
                    self.field_ending(field.conversion, field.format_spec.as_ref());
                }
                ExprKind::Interpolation(field) => {
                    self.put("{");
                    self.put(field.text);
                    self.field_ending(field.conversion, field.format_spec.as_ref());
                }
                _ => self.as_written(part),
            }
        }
    }

    fn field_ending(&mut self, conversion: Option<Conversion>, spec: Option<&Expr<'_>>) {
        self.put(match conversion {
            None => "",
            Some(Conversion::Str) => "!s",
            Some(Conversion::Repr) => "!r",
            Some(Conversion::Ascii) => "!a",
        });
        if let Some(spec) = spec {
            self.put(":");
            match &spec.kind {
                ExprKind::JoinedStr(parts) => self.parts_of_string(parts),
                _ => self.as_written(spec),
            }
        }
        self.put("}");
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
        if let ([only], []) = (arguments.args, arguments.keywords)
            && matches!(only.kind, ExprKind::GeneratorExp(_))
        {
            return self.expr(only, Level::Atom);
        }
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

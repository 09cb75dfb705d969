//! A tree as text, in the form that `dump.py` gives CPython's: one node a line, indented, with its
//! place (line and byte column, start and end) and its plain fields.

use std::fmt::Write;

use gilbox::syntax::lines::LineIndex;
use gilbox::syntax::tree::*;

pub struct Dumper<'a> {
    lines: &'a LineIndex<'a>,
    out: String,
    depth: usize,
}

pub fn dump(lines: &LineIndex<'_>, module: &Module<'_>) -> String {
    let mut dumper = Dumper { lines, out: String::new(), depth: 0 };
    dumper.block("body", module.body);
    dumper.out
}

impl Dumper<'_> {
    fn line(&mut self, field: &str, text: &str) {
        for _ in 0..self.depth {
            self.out.push(' ');
        }
        let _ = writeln!(self.out, "{field}: {text}");
    }

    fn place(&self, span: Span) -> String {
        let at = |offset| format!("{}:{}", self.lines.line(offset), self.lines.byte_column(offset));
        format!("{}-{}", at(span.start), at(span.end))
    }

    /// A node, and its fields one level deeper.
    fn node(&mut self, field: &str, kind: &str, span: Option<Span>, fields: impl FnOnce(&mut Self)) {
        let place = span.map(|span| format!(" {}", self.place(span))).unwrap_or_default();
        self.line(field, &format!("{kind}{place}"));
        self.depth += 1;
        fields(self);
        self.depth -= 1;
    }

    fn block(&mut self, field: &str, block: Block<'_>) {
        for stmt in block {
            self.stmt(field, stmt);
        }
    }

    fn exprs(&mut self, field: &str, exprs: &[Expr<'_>]) {
        for expr in exprs {
            self.expr(field, expr);
        }
    }

    fn maybe(&mut self, field: &str, expr: Option<&Expr<'_>>) {
        if let Some(expr) = expr {
            self.expr(field, expr);
        }
    }

    fn stmt(&mut self, field: &str, stmt: &Stmt<'_>) {
        let span = Some(stmt.span);
        match &stmt.kind {
            StmtKind::FunctionDef(node) => {
                let kind = if node.is_async { "AsyncFunctionDef" } else { "FunctionDef" };
                self.node(field, kind, span, |d| {
                    d.line("name", node.name.name);
                    d.parameters("args", node.parameters);
                    d.block("body", node.body);
                    d.exprs("decorator_list", node.decorators);
                    d.maybe("returns", node.returns);
                    d.type_params(node.type_params);
                });
            }
            StmtKind::ClassDef(node) => self.node(field, "ClassDef", span, |d| {
                d.line("name", node.name.name);
                d.exprs("bases", node.arguments.args);
                d.keywords(node.arguments.keywords);
                d.block("body", node.body);
                d.exprs("decorator_list", node.decorators);
                d.type_params(node.type_params);
            }),
            StmtKind::Return(value) => self.node(field, "Return", span, |d| d.maybe("value", *value)),
            StmtKind::Delete(targets) => self.node(field, "Delete", span, |d| d.exprs("targets", targets)),
            StmtKind::Assign { targets, value } => self.node(field, "Assign", span, |d| {
                d.exprs("targets", targets);
                d.expr("value", value);
            }),
            StmtKind::AugAssign(node) => self.node(field, "AugAssign", span, |d| {
                d.expr("target", &node.target);
                d.line("op", &format!("{:?}", node.op));
                d.expr("value", &node.value);
            }),
            StmtKind::AnnAssign(node) => self.node(field, "AnnAssign", span, |d| {
                d.expr("target", &node.target);
                d.expr("annotation", &node.annotation);
                d.maybe("value", node.value.as_ref());
                d.line("simple", if node.simple { "1" } else { "0" });
            }),
            StmtKind::TypeAlias(node) => self.node(field, "TypeAlias", span, |d| {
                d.node("name", "Name", Some(node.name.span), |d| d.line("id", node.name.name));
                d.type_params(node.type_params);
                d.expr("value", &node.value);
            }),
            StmtKind::For(node) => {
                let kind = if node.is_async { "AsyncFor" } else { "For" };
                self.node(field, kind, span, |d| {
                    d.expr("target", &node.target);
                    d.expr("iter", &node.iter);
                    d.block("body", node.body);
                    d.block("orelse", node.orelse);
                });
            }
            StmtKind::While { test, body, orelse } => self.node(field, "While", span, |d| {
                d.expr("test", test);
                d.block("body", body);
                d.block("orelse", orelse);
            }),
            StmtKind::If { clauses, orelse } => self.if_chain(field, stmt.span, clauses, orelse),
            StmtKind::With(node) => {
                let kind = if node.is_async { "AsyncWith" } else { "With" };
                self.node(field, kind, span, |d| {
                    for item in node.items {
                        d.node("items", "withitem", None, |d| {
                            d.expr("context_expr", &item.context);
                            d.maybe("optional_vars", item.target.as_ref());
                        });
                    }
                    d.block("body", node.body);
                });
            }
            StmtKind::Match { subject, cases } => self.node(field, "Match", span, |d| {
                d.expr("subject", subject);
                for case in *cases {
                    d.node("cases", "match_case", None, |d| {
                        d.pattern("pattern", &case.pattern);
                        d.maybe("guard", case.guard.as_ref());
                        d.block("body", case.body);
                    });
                }
            }),
            StmtKind::Raise { exc, cause } => self.node(field, "Raise", span, |d| {
                d.maybe("exc", *exc);
                d.maybe("cause", *cause);
            }),
            StmtKind::Try(node) => {
                let kind = if node.is_star { "TryStar" } else { "Try" };
                self.node(field, kind, span, |d| {
                    d.block("body", node.body);
                    for handler in node.handlers {
                        d.node("handlers", "ExceptHandler", Some(handler.span), |d| {
                            d.maybe("type", handler.typ.as_ref());
                            if let Some(name) = handler.name {
                                d.line("name", name.name);
                            }
                            d.block("body", handler.body);
                        });
                    }
                    d.block("orelse", node.orelse);
                    d.block("finalbody", node.finally);
                });
            }
            StmtKind::Assert { test, msg } => self.node(field, "Assert", span, |d| {
                d.expr("test", test);
                d.maybe("msg", *msg);
            }),
            StmtKind::Import(names) => self.node(field, "Import", span, |d| d.aliases(names)),
            StmtKind::ImportFrom(node) => self.node(field, "ImportFrom", span, |d| {
                if let Some(module) = node.module {
                    d.line("module", module);
                }
                d.aliases(node.names);
                d.line("level", &node.level.to_string());
            }),
            StmtKind::Global(names) => self.node(field, "Global", span, |d| d.names(names)),
            StmtKind::Nonlocal(names) => self.node(field, "Nonlocal", span, |d| d.names(names)),
            StmtKind::Expr(value) => self.node(field, "Expr", span, |d| d.expr("value", value)),
            StmtKind::Pass => self.node(field, "Pass", span, |_| ()),
            StmtKind::Break => self.node(field, "Break", span, |_| ()),
            StmtKind::Continue => self.node(field, "Continue", span, |_| ()),
        }
    }

    /// CPython's tree has each `elif` in the `orelse` of the one before.
    fn if_chain(&mut self, field: &str, span: Span, clauses: &[IfClause<'_>], orelse: Block<'_>) {
        let Some((first, rest)) = clauses.split_first() else { return self.block(field, orelse) };
        self.node(field, "If", Some(Span::new(first.span.start, span.end)), |d| {
            d.expr("test", &first.test);
            d.block("body", first.body);
            d.if_chain("orelse", span, rest, orelse);
        });
    }

    fn names(&mut self, names: &[Identifier<'_>]) {
        for name in names {
            self.line("names", name.name);
        }
    }

    fn aliases(&mut self, names: &[Alias<'_>]) {
        for alias in names {
            self.node("names", "alias", Some(alias.span), |d| {
                d.line("name", alias.name);
                if let Some(name) = alias.asname {
                    d.line("asname", name);
                }
            });
        }
    }

    fn type_params(&mut self, parameters: &[TypeParam<'_>]) {
        for parameter in parameters {
            self.node("type_params", &format!("{:?}", parameter.kind), Some(parameter.span), |d| {
                d.line("name", parameter.name);
                d.maybe("bound", parameter.bound);
                d.maybe("default_value", parameter.default);
            });
        }
    }

    fn parameters(&mut self, field: &str, parameters: &Parameters<'_>) {
        self.node(field, "arguments", None, |d| {
            let all = |d: &mut Self, field: &str, list: &[Parameter<'_>]| {
                for parameter in list {
                    d.node(field, "arg", Some(parameter.span), |d| {
                        d.line("arg", parameter.name);
                        d.maybe("annotation", parameter.annotation);
                    });
                }
            };
            all(d, "posonlyargs", parameters.posonly);
            all(d, "args", parameters.args);
            all(d, "vararg", parameters.vararg.map_or(&[], std::slice::from_ref));
            all(d, "kwonlyargs", parameters.kwonly);
            for parameter in parameters.kwonly {
                match parameter.default {
                    Some(default) => d.expr("kw_defaults", default),
                    None => d.line("kw_defaults", "None"),
                }
            }
            all(d, "kwarg", parameters.kwarg.map_or(&[], std::slice::from_ref));
            for parameter in parameters.posonly.iter().chain(parameters.args) {
                d.maybe("defaults", parameter.default);
            }
        });
    }

    fn keywords(&mut self, keywords: &[Keyword<'_>]) {
        for keyword in keywords {
            self.node("keywords", "keyword", Some(keyword.span), |d| {
                if let Some(name) = keyword.name {
                    d.line("arg", name);
                }
                d.expr("value", &keyword.value);
            });
        }
    }

    fn generators(&mut self, generators: &[Generator<'_>]) {
        for generator in generators {
            self.node("generators", "comprehension", None, |d| {
                d.expr("target", &generator.target);
                d.expr("iter", &generator.iter);
                d.exprs("ifs", generator.ifs);
                d.line("is_async", if generator.is_async { "1" } else { "0" });
            });
        }
    }

    fn comprehension(&mut self, node: &Comprehension<'_>) {
        self.expr("elt", &node.element);
        self.generators(node.generators);
    }

    fn expr(&mut self, field: &str, expr: &Expr<'_>) {
        let span = Some(expr.span);
        match &expr.kind {
            ExprKind::BoolOp(node) => self.node(field, "BoolOp", span, |d| {
                d.line("op", &format!("{:?}", node.op));
                d.exprs("values", node.values);
            }),
            ExprKind::NamedExpr { target, value } => self.node(field, "NamedExpr", span, |d| {
                d.expr("target", target);
                d.expr("value", value);
            }),
            ExprKind::BinOp(node) => self.node(field, "BinOp", span, |d| {
                d.expr("left", &node.left);
                d.line("op", &format!("{:?}", node.op));
                d.expr("right", &node.right);
            }),
            ExprKind::UnaryOp(node) => self.node(field, "UnaryOp", span, |d| {
                d.line("op", &format!("{:?}", node.op));
                d.expr("operand", &node.operand);
            }),
            ExprKind::Lambda(node) => self.node(field, "Lambda", span, |d| {
                d.parameters("args", &node.parameters);
                d.expr("body", &node.body);
            }),
            ExprKind::IfExp(node) => self.node(field, "IfExp", span, |d| {
                d.expr("test", &node.test);
                d.expr("body", &node.body);
                d.expr("orelse", &node.orelse);
            }),
            ExprKind::Dict(items) => self.node(field, "Dict", span, |d| {
                for item in *items {
                    match &item.key {
                        Some(key) => d.expr("keys", key),
                        None => d.line("keys", "None"),
                    }
                }
                for item in *items {
                    d.expr("values", &item.value);
                }
            }),
            ExprKind::Set(elements) => self.node(field, "Set", span, |d| d.exprs("elts", elements)),
            ExprKind::ListComp(node) => self.node(field, "ListComp", span, |d| d.comprehension(node)),
            ExprKind::SetComp(node) => self.node(field, "SetComp", span, |d| d.comprehension(node)),
            ExprKind::GeneratorExp(node) => self.node(field, "GeneratorExp", span, |d| d.comprehension(node)),
            ExprKind::DictComp(node) => self.node(field, "DictComp", span, |d| {
                d.expr("key", &node.key);
                d.expr("value", &node.value);
                d.generators(node.generators);
            }),
            ExprKind::Await(value) => self.node(field, "Await", span, |d| d.expr("value", value)),
            ExprKind::Yield(value) => self.node(field, "Yield", span, |d| d.maybe("value", *value)),
            ExprKind::YieldFrom(value) => self.node(field, "YieldFrom", span, |d| d.expr("value", value)),
            ExprKind::Compare(node) => self.node(field, "Compare", span, |d| {
                d.expr("left", &node.left);
                for comparison in node.rest {
                    d.line("ops", &format!("{:?}", comparison.op));
                }
                for comparison in node.rest {
                    d.expr("comparators", &comparison.right);
                }
            }),
            ExprKind::Call { func, arguments } => self.node(field, "Call", span, |d| {
                d.expr("func", func);
                d.exprs("args", arguments.args);
                d.keywords(arguments.keywords);
            }),
            ExprKind::FormattedValue(node) => self.node(field, "FormattedValue", span, |d| {
                d.expr("value", &node.value);
                d.line("conversion", conversion(node.conversion));
                d.maybe("format_spec", node.format_spec.as_ref());
            }),
            ExprKind::Interpolation(node) => self.node(field, "Interpolation", span, |d| {
                d.expr("value", &node.value);
                d.line("str", &quoted(node.text.as_bytes()));
                d.line("conversion", conversion(node.conversion));
                d.maybe("format_spec", node.format_spec.as_ref());
            }),
            ExprKind::JoinedStr(values) => self.node(field, "JoinedStr", span, |d| d.parts(values)),
            ExprKind::TemplateStr(values) => self.node(field, "TemplateStr", span, |d| d.parts(values)),
            ExprKind::Constant(value) => {
                self.node(field, "Constant", span, |d| d.line("value", &constant(value)));
            }
            ExprKind::Attribute { value, attr } => self.node(field, "Attribute", span, |d| {
                d.expr("value", value);
                d.line("attr", attr.name);
            }),
            ExprKind::Subscript { value, slice } => self.node(field, "Subscript", span, |d| {
                d.expr("value", value);
                d.expr("slice", slice);
            }),
            ExprKind::Starred(value) => self.node(field, "Starred", span, |d| d.expr("value", value)),
            ExprKind::Name(name) => self.node(field, "Name", span, |d| d.line("id", name)),
            ExprKind::List(elements) => self.node(field, "List", span, |d| d.exprs("elts", elements)),
            ExprKind::Tuple(elements) => self.node(field, "Tuple", span, |d| d.exprs("elts", elements)),
            ExprKind::Slice(node) => self.node(field, "Slice", span, |d| {
                d.maybe("lower", node.lower.as_ref());
                d.maybe("upper", node.upper.as_ref());
                d.maybe("step", node.step.as_ref());
            }),
        }
    }

    /// The parts of an f-string. The places of literal text are CPython's own affair.
    fn parts(&mut self, values: &[Expr<'_>]) {
        for value in values {
            match &value.kind {
                ExprKind::Constant(text) => self.line("values", &constant(text)),
                _ => self.expr("values", value),
            }
        }
    }

    fn pattern(&mut self, field: &str, pattern: &Pattern<'_>) {
        let span = Some(pattern.span);
        match &pattern.kind {
            PatternKind::MatchValue(value) => self.node(field, "MatchValue", span, |d| d.expr("value", value)),
            PatternKind::MatchSingleton(value) => {
                self.node(field, "MatchSingleton", span, |d| d.line("value", &constant(value)));
            }
            PatternKind::MatchSequence(patterns) => {
                self.node(field, "MatchSequence", span, |d| d.patterns(patterns));
            }
            PatternKind::MatchMapping(node) => self.node(field, "MatchMapping", span, |d| {
                d.exprs("keys", node.keys);
                d.patterns(node.patterns);
                if let Some(rest) = node.rest {
                    d.line("rest", rest);
                }
            }),
            PatternKind::MatchClass(node) => self.node(field, "MatchClass", span, |d| {
                d.expr("cls", &node.cls);
                d.patterns(node.patterns);
                for keyword in node.keywords {
                    d.line("kwd_attrs", keyword.name);
                }
                for keyword in node.keywords {
                    d.pattern("kwd_patterns", &keyword.pattern);
                }
            }),
            PatternKind::MatchStar(name) => self.node(field, "MatchStar", span, |d| {
                if let Some(name) = name {
                    d.line("name", name);
                }
            }),
            PatternKind::MatchAs { pattern, name } => self.node(field, "MatchAs", span, |d| {
                if let Some(pattern) = pattern {
                    d.pattern("pattern", pattern);
                }
                if let Some(name) = name {
                    d.line("name", name);
                }
            }),
            PatternKind::MatchOr(patterns) => self.node(field, "MatchOr", span, |d| d.patterns(patterns)),
        }
    }

    fn patterns(&mut self, patterns: &[Pattern<'_>]) {
        for pattern in patterns {
            self.pattern("patterns", pattern);
        }
    }
}

fn conversion(conversion: Option<Conversion>) -> &'static str {
    match conversion {
        None => "-1",
        Some(Conversion::Str) => "115",
        Some(Conversion::Repr) => "114",
        Some(Conversion::Ascii) => "97",
    }
}

fn constant(constant: &Constant<'_>) -> String {
    match constant {
        Constant::None => "None".into(),
        Constant::True => "True".into(),
        Constant::False => "False".into(),
        Constant::Ellipsis => "Ellipsis".into(),
        Constant::Int(value) => value.to_string(),
        Constant::BigInt(value) => value.to_bigint().to_string(),
        Constant::Float(value) => format!("float {:016x}", value.to_bits()),
        Constant::Complex(value) => format!("complex {:016x}", value.to_bits()),
        Constant::Str(value) => format!("str {}", quoted(value.as_wtf8())),
        Constant::Bytes(value) => format!("bytes {}", quoted(value)),
    }
}

/// Printable ASCII as it is, all other bytes in hexadecimal.
fn quoted(bytes: &[u8]) -> String {
    let mut out = String::new();
    for &byte in bytes {
        if (32..127).contains(&byte) && byte != b'\\' {
            out.push(byte as char);
        } else {
            let _ = write!(out, "\\{byte:02x}");
        }
    }
    out
}

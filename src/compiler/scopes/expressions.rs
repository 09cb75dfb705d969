//! The walk over expressions, comprehensions and type parameters.

use crate::syntax::tree::*;

use super::collect::{Collector, Done};
use super::{Binding, CompKind, Role, ScopeId, ScopeKind, uses};

impl<'a> Collector<'a, '_> {
    pub fn optional(&mut self, expr: Option<&'a Expr<'a>>) -> Done {
        expr.map_or(Ok(()), |expr| self.expr(expr))
    }

    pub fn exprs(&mut self, exprs: &'a [Expr<'a>]) -> Done {
        exprs.iter().try_for_each(|expr| self.expr(expr))
    }

    /// Chains that grow to the left (`a + b + c`, `a.b().c`) are walked with a loop: they can be very long.
    pub fn expr(&mut self, expr: &'a Expr<'a>) -> Done {
        let Some(first) = left(expr) else { return self.leaf(expr) };
        let mut chain = vec![expr];
        let mut innermost = first;
        while let Some(next) = left(innermost) {
            chain.push(innermost);
            innermost = next;
        }
        self.leaf(innermost)?;
        for outer in chain.into_iter().rev() {
            match &outer.kind {
                ExprKind::BinOp(op) => self.expr(&op.right)?,
                ExprKind::Subscript { slice, .. } => self.expr(slice)?,
                ExprKind::Call { arguments, .. } => self.arguments(arguments)?,
                ExprKind::Await(_) => self.await_expr(outer.span)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn leaf(&mut self, expr: &'a Expr<'a>) -> Done {
        match &expr.kind {
            ExprKind::Name(name) => {
                self.load(name);
                Ok(())
            }
            ExprKind::Constant(_) => Ok(()),
            _ => self.deeper(expr.span, |this| this.inner(expr)),
        }
    }

    fn load(&mut self, name: &'a str) {
        self.add(name, uses::USED);
        // `super()` finds the class through `__class__`.
        if name == "super" && self.scope().is_function_like() {
            self.add("__class__", uses::USED);
        }
    }

    fn inner(&mut self, expr: &'a Expr<'a>) -> Done {
        match &expr.kind {
            ExprKind::BoolOp(op) => self.exprs(op.values),
            ExprKind::NamedExpr { target, value } => self.named(target, value, expr.span),
            ExprKind::UnaryOp(op) => self.expr(&op.operand),
            ExprKind::Lambda(lambda) => self.lambda(lambda),
            ExprKind::IfExp(choice) => {
                self.expr(&choice.test)?;
                self.expr(&choice.body)?;
                self.expr(&choice.orelse)
            }
            ExprKind::Dict(items) => {
                items.iter().try_for_each(|item| self.optional(item.key.as_ref()))?;
                items.iter().try_for_each(|item| self.expr(&item.value))
            }
            ExprKind::Set(items) | ExprKind::List(items) | ExprKind::Tuple(items) => self.exprs(items),
            ExprKind::JoinedStr(parts) | ExprKind::TemplateStr(parts) => self.exprs(parts),
            ExprKind::ListComp(comp) => self.comprehension(CompKind::List, *comp, comp.generators, &[&comp.element]),
            ExprKind::SetComp(comp) => self.comprehension(CompKind::Set, *comp, comp.generators, &[&comp.element]),
            ExprKind::GeneratorExp(comp) => {
                self.comprehension(CompKind::Generator, *comp, comp.generators, &[&comp.element])
            }
            ExprKind::DictComp(comp) => {
                self.comprehension(CompKind::Dict, *comp, comp.generators, &[&comp.key, &comp.value])
            }
            ExprKind::Yield(value) => {
                self.forbidden_in_annotations("yield expression", expr.span)?;
                self.optional(*value)?;
                self.yields(expr.span)
            }
            ExprKind::YieldFrom(value) => {
                self.forbidden_in_annotations("yield expression", expr.span)?;
                self.expr(value)?;
                self.yields(expr.span)
            }
            ExprKind::Compare(compare) => {
                self.expr(&compare.left)?;
                compare.rest.iter().try_for_each(|comparison| self.expr(&comparison.right))
            }
            ExprKind::FormattedValue(field) => {
                self.expr(&field.value)?;
                self.optional(field.format_spec.as_ref())
            }
            ExprKind::Interpolation(field) => {
                self.expr(&field.value)?;
                self.optional(field.format_spec.as_ref())
            }
            ExprKind::Starred(value) => self.expr(value),
            ExprKind::Slice(slice) => {
                self.optional(slice.lower.as_ref())?;
                self.optional(slice.upper.as_ref())?;
                self.optional(slice.step.as_ref())
            }
            // Handled by the chain in `expr`, or by `leaf`.
            ExprKind::BinOp(_) | ExprKind::Await(_) | ExprKind::Call { .. } => Ok(()),
            ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => Ok(()),
            ExprKind::Constant(_) | ExprKind::Name(_) => Ok(()),
        }
    }

    fn arguments(&mut self, arguments: &'a Arguments<'a>) -> Done {
        self.exprs(arguments.args)?;
        arguments.keywords.iter().try_for_each(|keyword| self.expr(&keyword.value))
    }

    fn lambda(&mut self, lambda: &'a Lambda<'a>) -> Done {
        self.defaults(&lambda.parameters)?;
        let in_class = self.scope().kind == ScopeKind::Class;
        self.inside(ScopeKind::Lambda, "<lambda>", lambda, Role::Body, |this| {
            this.scope_mut().is_method = in_class;
            this.parameters(&lambda.parameters)?;
            this.expr(&lambda.body)
        })
    }

    // ---- yield, await, :=

    /// Names and values that are evaluated later, on demand, cannot suspend or bind.
    fn forbidden_in_annotations(&mut self, what: &str, span: Span) -> Done {
        let place = match self.scope().kind {
            ScopeKind::Annotations => "an annotation",
            ScopeKind::TypeVariable(which) => which,
            ScopeKind::TypeAlias => "a type alias",
            ScopeKind::TypeParams => "the definition of a generic",
            _ => return Ok(()),
        };
        self.error(format!("{what} cannot be used within {place}"), span)
    }

    fn yields(&mut self, span: Span) -> Done {
        if let ScopeKind::Comprehension(comp) = self.scope().kind {
            return self.error(format!("'yield' inside {}", comp.words()), span);
        }
        let scope = self.scope_mut();
        scope.is_generator = true;
        scope.first_yield.get_or_insert(span);
        Ok(())
    }

    fn await_expr(&mut self, span: Span) -> Done {
        self.forbidden_in_annotations("await expression", span)?;
        if !self.is_top_level_coroutine() {
            let scope = self.scope();
            if !scope.is_function_like() {
                return self.error("'await' outside function", span);
            }
            if !self.in_coroutine() && !scope.is_comprehension() {
                return self.error("'await' outside async function", span);
            }
        }
        self.scope_mut().is_coroutine = true;
        Ok(())
    }

    /// Whether this is the code of a module that may be a coroutine.
    pub fn is_top_level_coroutine(&self) -> bool {
        self.top_level_await && self.scope().kind == ScopeKind::Module
    }

    /// Whether the function around is an `async def`.
    fn in_coroutine(&self) -> bool {
        let scope = self.scope();
        matches!(scope.kind, ScopeKind::Function | ScopeKind::Lambda) && scope.is_coroutine
    }

    fn named(&mut self, target: &'a Expr<'a>, value: &'a Expr<'a>, span: Span) -> Done {
        self.forbidden_in_annotations("named expression", span)?;
        if self.in_iterable > 0 {
            return self.error("assignment expression cannot be used in a comprehension iterable expression", span);
        }
        let ExprKind::Name(name) = target.kind else { return self.expr(value) };
        if self.scope().is_comprehension() {
            self.walrus_in_comprehension(name, target.span)?;
        }
        self.expr(value)?;
        self.add(name, if self.scope().is_comprehension() { 0 } else { uses::LOCAL | uses::WALRUS });
        Ok(())
    }

    /// The name is bound in the scope around all comprehensions.
    fn walrus_in_comprehension(&mut self, written: &'a str, span: Span) -> Done {
        let name = self.mangled(written);
        let mut at = self.current;
        loop {
            let scope = self.table.scope(at);
            let place = match scope.kind {
                ScopeKind::Comprehension(_) => {
                    if scope.get(name).is_some_and(|symbol| symbol.has(uses::COMP_TARGET)) {
                        let words = "assignment expression cannot rebind comprehension iteration variable";
                        return self.error(format!("{words} '{written}'"), span);
                    }
                    at = scope.parent.unwrap_or(super::MODULE);
                    continue;
                }
                ScopeKind::Annotations => {
                    at = scope.parent.unwrap_or(super::MODULE);
                    continue;
                }
                ScopeKind::Module | ScopeKind::Function | ScopeKind::Lambda => break,
                ScopeKind::Class => "in a class body".to_string(),
                ScopeKind::TypeParams => "within the definition of a generic".to_string(),
                ScopeKind::TypeAlias => "in a type alias".to_string(),
                ScopeKind::TypeVariable(which) => format!("in {which}"),
            };
            let words = "assignment expression within a comprehension cannot be used";
            return self.error(format!("{words} {place}"), span);
        }
        self.bind_from_comprehensions(name, at);
        Ok(())
    }

    fn bind_from_comprehensions(&mut self, name: &'a str, owner: ScopeId) {
        let scope = self.table.scope_mut(owner);
        let global = scope.kind == ScopeKind::Module || scope.get(name).is_some_and(|symbol| symbol.has(uses::GLOBAL));
        let what = if scope.kind == ScopeKind::Module { uses::GLOBAL } else { uses::LOCAL };
        scope.add(name, what | uses::WALRUS, Binding::Local);
        let mut at = self.current;
        while at != owner {
            let inner = self.table.scope_mut(at);
            inner.add(name, if global { uses::GLOBAL } else { uses::NONLOCAL }, Binding::Local);
            let Some(parent) = inner.parent else { break };
            at = parent;
        }
    }

    // ---- comprehensions

    fn comprehension<T>(
        &mut self,
        kind: CompKind,
        node: &T,
        generators: &'a [Generator<'a>],
        elements: &[&'a Expr<'a>],
    ) -> Done {
        let Some((first, rest)) = generators.split_first() else { return Ok(()) };
        self.iterable(&first.iter)?;
        let name = match kind {
            CompKind::List => "<listcomp>",
            CompKind::Set => "<setcomp>",
            CompKind::Dict => "<dictcomp>",
            CompKind::Generator => "<genexpr>",
        };
        let mut is_async = false;
        let in_class = self.scope().kind == ScopeKind::Class;
        self.inside(ScopeKind::Comprehension(kind), name, node, Role::Body, |this| {
            if generators.iter().any(|generator| generator.is_async) {
                this.scope_mut().is_coroutine = true;
            }
            this.scope_mut().is_method = in_class;
            this.add(".0", uses::PARAM);
            this.comprehension_target(&first.target)?;
            this.exprs(first.ifs)?;
            for generator in rest {
                this.comprehension_target(&generator.target)?;
                this.iterable(&generator.iter)?;
                this.exprs(generator.ifs)?;
            }
            elements.iter().try_for_each(|element| this.expr(element))?;
            is_async = this.scope().is_coroutine && kind != CompKind::Generator;
            this.scope_mut().is_generator = kind == CompKind::Generator;
            Ok(())
        })?;
        // An asynchronous comprehension makes the one around it asynchronous too.
        if is_async && (self.scope().is_comprehension() || self.is_top_level_coroutine()) {
            self.scope_mut().is_coroutine = true;
        }
        Ok(())
    }

    fn iterable(&mut self, iter: &'a Expr<'a>) -> Done {
        self.in_iterable += 1;
        let done = self.expr(iter);
        self.in_iterable -= 1;
        done
    }

    fn comprehension_target(&mut self, target: &'a Expr<'a>) -> Done {
        if let Some((name, span)) = self.rebound_walrus(target) {
            let words = "comprehension inner loop cannot rebind assignment expression target";
            return self.error(format!("{words} '{name}'"), span);
        }
        self.target(target, uses::COMP_TARGET)
    }

    /// A target that a `:=` of the same comprehension has already claimed.
    fn rebound_walrus(&self, target: &'a Expr<'a>) -> Option<(&'a str, Span)> {
        match &target.kind {
            ExprKind::Name(name) => {
                let symbol = self.scope().get(self.mangled(name))?;
                symbol.has(uses::GLOBAL | uses::NONLOCAL).then_some((*name, target.span))
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().find_map(|item| self.rebound_walrus(item)),
            ExprKind::Starred(inner) => self.rebound_walrus(inner),
            _ => None,
        }
    }

    // ---- type parameters

    pub fn type_params(&mut self, params: &'a [TypeParam<'a>]) -> Done {
        for param in params {
            let name = self.mangled(param.name);
            if self.scope().get(name).is_some_and(|symbol| symbol.has(uses::TYPE_PARAM)) {
                return self.error(format!("duplicate type parameter '{}'", param.name), param.span);
            }
            self.add(param.name, uses::TYPE_PARAM | uses::LOCAL);
            let (bound, default) = match param.kind {
                TypeParamKind::TypeVar if matches!(param.bound, Some(Expr { kind: ExprKind::Tuple(_), .. })) => {
                    ("a TypeVar constraint", "a TypeVar default")
                }
                TypeParamKind::TypeVar => ("a TypeVar bound", "a TypeVar default"),
                TypeParamKind::TypeVarTuple => ("", "a TypeVarTuple default"),
                TypeParamKind::ParamSpec => ("", "a ParamSpec default"),
            };
            for (expr, which) in [(param.bound, bound), (param.default, default)] {
                let Some(expr) = expr else { continue };
                self.inside(ScopeKind::TypeVariable(which), param.name, expr, Role::Body, |this| {
                    this.add(".format", uses::PARAM);
                    this.expr(expr)
                })?;
            }
        }
        Ok(())
    }
}

/// The leftmost operand of a node that may stand in a long chain.
fn left<'a>(expr: &'a Expr<'a>) -> Option<&'a Expr<'a>> {
    match &expr.kind {
        ExprKind::BinOp(op) => Some(&op.left),
        ExprKind::Attribute { value, .. } | ExprKind::Subscript { value, .. } => Some(value),
        ExprKind::Call { func, .. } => Some(func),
        ExprKind::Await(value) => Some(value),
        _ => None,
    }
}

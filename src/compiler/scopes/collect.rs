//! The walk over statements: notes for each scope what it does with which name.

use crate::syntax::error::{SyntaxError, Warning};
use crate::syntax::lines::LineIndex;
use crate::syntax::tree::*;

use super::{Binding, CompKind, MODULE, Private, Role, Scope, ScopeId, ScopeKind, SymbolTable, mangle, uses};
use crate::compiler::{MAX_DEPTH, Options, Source, future};

pub(super) type Done = Result<(), SyntaxError>;

/// Where a statement stands with regard to the `finally` bodies of its function.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Finally {
    Outside,
    Inside,
    /// In a loop inside the `finally` body, which `break` and `continue` do not leave.
    InLoop,
}

pub(super) struct Collector<'a, 'l> {
    pub table: SymbolTable<'a>,
    pub current: ScopeId,
    pub arena: &'a Arena,
    pub lines: &'l LineIndex<'l>,
    pub top_level_await: bool,
    /// In `if`, `for`, `try` … of a module or class: annotations there may not be reached.
    pub conditional: bool,
    finally: Finally,
    /// How many comprehension iterables are being walked: `:=` is an error in them.
    pub in_iterable: u32,
    /// In an annotation that is never evaluated, which uses no name.
    unevaluated: bool,
    depth: u32,
}

impl<'a, 'l> Collector<'a, 'l> {
    pub fn new(arena: &'a Arena, lines: &'l LineIndex<'l>, options: &Options) -> Self {
        let table = SymbolTable {
            scopes: Vec::new(),
            by_node: Default::default(),
            future_annotations: options.future_annotations,
            future_end: 0,
            warnings: Vec::new(),
        };
        Collector {
            table,
            current: MODULE,
            arena,
            lines,
            top_level_await: options.top_level_await,
            conditional: false,
            finally: Finally::Outside,
            in_iterable: 0,
            unevaluated: false,
            depth: 0,
        }
    }

    pub fn source(&mut self, source: Source<'a>) -> Done {
        self.table.scopes.push(self.new_scope(ScopeKind::Module, "<module>", None));
        match source {
            Source::Module(module) | Source::Interactive(module) => {
                let future = future::features(module.body, self.lines)?;
                self.table.future_annotations |= future.annotations;
                self.table.future_end = future.end;
                self.block(module.body)
            }
            Source::Expression(expr) => self.expr(expr),
        }
    }

    // ---- scopes

    fn new_scope(&self, kind: ScopeKind, name: &'a str, parent: Option<ScopeId>) -> Scope<'a> {
        let outer = parent.map(|id| self.table.scope(id));
        let sees_class = matches!(
            kind,
            ScopeKind::Annotations | ScopeKind::TypeParams | ScopeKind::TypeAlias | ScopeKind::TypeVariable(_)
        ) && outer.is_some_and(|outer| outer.kind == ScopeKind::Class || outer.sees_class);
        Scope {
            kind,
            name,
            parent,
            symbols: Vec::new(),
            index: Default::default(),
            free: Vec::new(),
            comprehension_locals: Vec::new(),
            private: outer.and_then(|outer| outer.private),
            annotations: None,
            is_generator: false,
            is_coroutine: false,
            is_nested: outer.is_some_and(|outer| outer.is_nested || outer.is_function_like()),
            is_method: false,
            is_inlined: matches!(kind, ScopeKind::Comprehension(comp) if comp != CompKind::Generator)
                && outer.is_some_and(|outer| !outer.sees_class),
            sees_class,
            needs_class_cell: false,
            needs_class_dict: false,
            has_conditional_annotations: false,
            first_yield: None,
        }
    }

    /// Makes a scope for a node and walks what is inside it.
    pub fn inside<T>(
        &mut self,
        kind: ScopeKind,
        name: &'a str,
        node: &T,
        role: Role,
        walk: impl FnOnce(&mut Self) -> Done,
    ) -> Done {
        let id = ScopeId(self.table.scopes.len() as u32);
        self.table.scopes.push(self.new_scope(kind, name, Some(self.current)));
        self.table.by_node.insert((std::ptr::from_ref(node) as usize, role), id);
        self.within(id, walk)
    }

    /// Walks something inside a scope that exists.
    pub fn within(&mut self, id: ScopeId, walk: impl FnOnce(&mut Self) -> Done) -> Done {
        let outer = std::mem::replace(&mut self.current, id);
        let conditional = std::mem::take(&mut self.conditional);
        let finally = std::mem::replace(&mut self.finally, Finally::Outside);
        if self.scope().sees_class {
            self.add("__classdict__", uses::USED);
        }
        let done = walk(self);
        self.current = outer;
        self.conditional = conditional;
        self.finally = finally;
        done
    }

    pub fn scope(&self) -> &Scope<'a> {
        self.table.scope(self.current)
    }

    pub fn scope_mut(&mut self) -> &mut Scope<'a> {
        self.table.scope_mut(self.current)
    }

    // ---- names

    pub fn mangled(&self, name: &'a str) -> &'a str {
        mangle(self.scope().private, name, self.arena)
    }

    /// Notes what the current scope does with a name.
    pub fn add(&mut self, name: &'a str, what: u16) {
        if self.unevaluated {
            return;
        }
        let name = self.mangled(name);
        self.scope_mut().add(name, what, Binding::Local);
    }

    pub fn error<T>(&self, message: impl Into<String>, span: Span) -> Result<T, SyntaxError> {
        super::error(message, span, self.lines)
    }

    fn bind(&mut self, name: &'a str, what: u16) {
        self.add(name, uses::LOCAL | what);
    }

    /// Runs `walk` one level deeper, or gives up before the native stack does.
    pub fn deeper(&mut self, span: Span, walk: impl FnOnce(&mut Self) -> Done) -> Done {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(crate::compiler::too_deep(span, self.lines));
        }
        let done = walk(self);
        self.depth -= 1;
        done
    }

    // ---- statements

    /// Leaving a `finally` body swallows the exception that it runs for.
    fn check_exit(&mut self, word: &str, allowed: bool, span: Span) {
        if self.finally != Finally::Outside && !allowed {
            let message = format!("'{word}' in a 'finally' block");
            self.table.warnings.push(Warning { message, span });
        }
    }

    fn loop_body(&mut self, block: Block<'a>) -> Done {
        let outer = self.finally;
        if outer == Finally::Inside {
            self.finally = Finally::InLoop;
        }
        let done = self.conditional_block(block);
        self.finally = outer;
        done
    }

    pub fn block(&mut self, block: Block<'a>) -> Done {
        block.iter().try_for_each(|stmt| self.statement(stmt))
    }

    fn conditional_block(&mut self, block: Block<'a>) -> Done {
        let outer = std::mem::replace(&mut self.conditional, true);
        let done = self.block(block);
        self.conditional = outer;
        done
    }

    fn statement(&mut self, stmt: &'a Stmt<'a>) -> Done {
        self.deeper(stmt.span, |this| this.statement_inner(stmt))
    }

    fn statement_inner(&mut self, stmt: &'a Stmt<'a>) -> Done {
        match &stmt.kind {
            StmtKind::FunctionDef(def) => self.function(def),
            StmtKind::ClassDef(def) => self.class(def),
            StmtKind::Return(value) => {
                self.check_exit("return", false, stmt.span);
                self.optional(*value)
            }
            StmtKind::Delete(targets) => targets.iter().try_for_each(|target| self.delete(target)),
            StmtKind::Assign { targets, value } => {
                targets.iter().try_for_each(|target| self.target(target, 0))?;
                self.expr(value)
            }
            StmtKind::AugAssign(assign) => {
                self.target(&assign.target, 0)?;
                self.expr(&assign.value)
            }
            StmtKind::AnnAssign(assign) => self.annotated(assign, stmt.span),
            StmtKind::TypeAlias(alias) => self.type_alias(alias),
            StmtKind::For(stmt) => {
                self.awaits_at_top_level(stmt.is_async);
                self.target(&stmt.target, 0)?;
                self.expr(&stmt.iter)?;
                self.loop_body(stmt.body)?;
                self.conditional_block(stmt.orelse)
            }
            StmtKind::While { test, body, orelse } => {
                self.expr(test)?;
                self.loop_body(body)?;
                self.conditional_block(orelse)
            }
            StmtKind::If { clauses, orelse } => {
                for clause in *clauses {
                    self.expr(&clause.test)?;
                    self.conditional_block(clause.body)?;
                }
                self.conditional_block(orelse)
            }
            StmtKind::With(with) => {
                self.awaits_at_top_level(with.is_async);
                for item in with.items {
                    self.expr(&item.context)?;
                    item.target.iter().try_for_each(|target| self.target(target, 0))?;
                }
                self.conditional_block(with.body)
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject)?;
                for case in *cases {
                    self.pattern(&case.pattern)?;
                    self.optional(case.guard.as_ref())?;
                    self.conditional_block(case.body)?;
                }
                Ok(())
            }
            StmtKind::Raise { exc, cause } => {
                self.optional(*exc)?;
                self.optional(*cause)
            }
            StmtKind::Try(stmt) => self.try_statement(stmt),
            StmtKind::Assert { test, msg } => {
                self.expr(test)?;
                self.optional(*msg)
            }
            StmtKind::Import(names) => {
                for alias in *names {
                    let bound = alias.asname.unwrap_or_else(|| alias.name.split('.').next().unwrap_or(alias.name));
                    self.add(bound, uses::IMPORTED);
                }
                Ok(())
            }
            StmtKind::ImportFrom(import) => self.import_from(import),
            StmtKind::Global(names) => self.declare(names, uses::GLOBAL, "global", stmt.span),
            StmtKind::Nonlocal(names) => self.declare(names, uses::NONLOCAL, "nonlocal", stmt.span),
            StmtKind::Expr(value) => self.expr(value),
            StmtKind::Break | StmtKind::Continue => {
                let word = if matches!(stmt.kind, StmtKind::Break) { "break" } else { "continue" };
                self.check_exit(word, self.finally == Finally::InLoop, stmt.span);
                Ok(())
            }
            StmtKind::Pass => Ok(()),
        }
    }

    /// `async for` and `async with` make a coroutine of a module that may be one.
    fn awaits_at_top_level(&mut self, is_async: bool) {
        if is_async && self.is_top_level_coroutine() {
            self.scope_mut().is_coroutine = true;
        }
    }

    fn try_statement(&mut self, stmt: &'a Try<'a>) -> Done {
        self.conditional_block(stmt.body)?;
        for handler in stmt.handlers {
            self.optional(handler.typ.as_ref())?;
            if let Some(name) = handler.name {
                self.bind(name.name, uses::UNBOUND);
            }
            self.conditional_block(handler.body)?;
        }
        self.conditional_block(stmt.orelse)?;
        let outer = std::mem::replace(&mut self.finally, Finally::Inside);
        let done = self.conditional_block(stmt.finally);
        self.finally = outer;
        done
    }

    fn import_from(&mut self, import: &'a ImportFrom<'a>) -> Done {
        for alias in import.names {
            if alias.name != "*" {
                self.add(alias.asname.unwrap_or(alias.name), uses::IMPORTED);
            } else if self.scope().kind != ScopeKind::Module {
                return self.error("import * only allowed at module level", alias.span);
            }
        }
        Ok(())
    }

    fn declare(&mut self, names: &'a [Identifier<'a>], what: u16, word: &str, span: Span) -> Done {
        for name in names {
            let mangled = self.mangled(name.name);
            if let Some(symbol) = self.scope().get(mangled) {
                let name = name.name;
                let message = if symbol.has(uses::PARAM) {
                    Some(format!("name '{name}' is parameter and {word}"))
                } else if symbol.has(uses::USED) {
                    Some(format!("name '{name}' is used prior to {word} declaration"))
                } else if symbol.has(uses::ANNOTATED) {
                    Some(format!("annotated name '{name}' can't be {word}"))
                } else if symbol.has(uses::LOCAL) {
                    Some(format!("name '{name}' is assigned to before {word} declaration"))
                } else {
                    None
                };
                if let Some(message) = message {
                    return self.error(message, span);
                }
            }
            let symbol = self.scope_mut().add(mangled, what, Binding::Local);
            if symbol.directive == Span::default() {
                symbol.directive = span;
            }
            if what == uses::GLOBAL {
                // As in CPython, the module's own code means the global as well, which shows where it has other locals.
                self.table.scope_mut(super::MODULE).add(mangled, what, Binding::Local);
            }
        }
        Ok(())
    }

    fn annotated(&mut self, assign: &'a AnnAssign<'a>, span: Span) -> Done {
        if let ExprKind::Name(name) = assign.target.kind {
            let mangled = self.mangled(name);
            let declared = self.scope().get(mangled).map_or(0, |symbol| symbol.uses & (uses::GLOBAL | uses::NONLOCAL));
            if declared != 0 && assign.simple && self.scope().kind != ScopeKind::Module {
                let word = if declared & uses::GLOBAL != 0 { "global" } else { "nonlocal" };
                return self.error(format!("annotated name '{name}' can't be {word}"), span);
            }
            if assign.simple {
                self.bind(name, uses::ANNOTATED);
            } else if assign.value.is_some() {
                self.bind(name, 0);
            }
        } else {
            self.target(&assign.target, 0)?;
        }
        self.variable_annotation(assign)?;
        self.optional(assign.value.as_ref())
    }

    fn variable_annotation(&mut self, assign: &'a AnnAssign<'a>) -> Done {
        if self.table.future_annotations || self.scope().is_function_like() {
            // Only looked through for errors: neither kind is ever evaluated.
            return self.without_evaluation(&assign.annotation, assign);
        }
        let in_module = self.scope().kind == ScopeKind::Module;
        let conditional = assign.simple && (self.conditional || in_module);
        if conditional && !self.scope().has_conditional_annotations {
            self.scope_mut().has_conditional_annotations = true;
            self.add("__conditional_annotations__", uses::USED | uses::LOCAL);
        }
        let id = self.annotations_of_block();
        self.within(id, |this| {
            if conditional && !in_module {
                this.add("__conditional_annotations__", uses::USED);
            }
            this.expr(&assign.annotation)
        })
    }

    fn without_evaluation<T>(&mut self, annotation: &'a Expr<'a>, node: &T) -> Done {
        let outer = std::mem::replace(&mut self.unevaluated, true);
        let done =
            self.inside(ScopeKind::Annotations, "__annotate__", node, Role::Annotations, |this| this.expr(annotation));
        self.unevaluated = outer;
        done
    }

    /// All annotated variables of a module or class share one scope.
    fn annotations_of_block(&mut self) -> ScopeId {
        if let Some(id) = self.scope().annotations {
            return id;
        }
        let id = ScopeId(self.table.scopes.len() as u32);
        let mut scope = self.new_scope(ScopeKind::Annotations, "__annotate__", Some(self.current));
        scope.add(".format", uses::PARAM, Binding::Local);
        self.table.scopes.push(scope);
        self.scope_mut().annotations = Some(id);
        id
    }

    // ---- functions and classes

    fn function(&mut self, def: &'a FunctionDef<'a>) -> Done {
        self.bind(def.name.name, 0);
        self.defaults(def.parameters)?;
        self.exprs(def.decorators)?;
        if def.type_params.is_empty() {
            return self.function_parts(def);
        }
        self.inside(ScopeKind::TypeParams, def.name.name, def, Role::TypeParams, |this| {
            let parameters = def.parameters;
            if parameters.posonly.iter().chain(parameters.args).any(|parameter| parameter.default.is_some()) {
                this.add(".defaults", uses::PARAM);
            }
            if parameters.kwonly.iter().any(|parameter| parameter.default.is_some()) {
                this.add(".kwdefaults", uses::PARAM);
            }
            this.type_params(def.type_params)?;
            this.function_parts(def)
        })
    }

    fn function_parts(&mut self, def: &'a FunctionDef<'a>) -> Done {
        let parameters = def.parameters;
        let annotated = all_parameters(parameters).any(|parameter| parameter.annotation.is_some());
        if annotated || def.returns.is_some() {
            self.function_annotations(def)?;
        }
        let in_class = self.scope().kind == ScopeKind::Class;
        self.inside(ScopeKind::Function, def.name.name, def, Role::Body, |this| {
            this.scope_mut().is_coroutine = def.is_async;
            this.scope_mut().is_method = in_class;
            this.parameters(parameters)?;
            this.block(def.body)
        })
    }

    fn function_annotations(&mut self, def: &'a FunctionDef<'a>) -> Done {
        self.inside(ScopeKind::Annotations, "__annotate__", def, Role::Annotations, |this| {
            this.add(".format", uses::PARAM);
            let outer = this.unevaluated;
            this.unevaluated |= this.table.future_annotations;
            for parameter in all_parameters(def.parameters) {
                this.optional(parameter.annotation)?;
            }
            this.optional(def.returns)?;
            this.unevaluated = outer;
            Ok(())
        })
    }

    pub fn defaults(&mut self, parameters: &'a Parameters<'a>) -> Done {
        for parameter in parameters.posonly.iter().chain(parameters.args).chain(parameters.kwonly) {
            self.optional(parameter.default)?;
        }
        Ok(())
    }

    pub fn parameters(&mut self, parameters: &'a Parameters<'a>) -> Done {
        for parameter in all_parameters(parameters) {
            let name = self.mangled(parameter.name);
            if self.scope().get(name).is_some() {
                let message = format!("duplicate argument '{}' in function definition", parameter.name);
                return self.error(message, parameter.span);
            }
            self.add(parameter.name, uses::PARAM);
        }
        Ok(())
    }

    fn class(&mut self, def: &'a ClassDef<'a>) -> Done {
        self.bind(def.name.name, 0);
        self.exprs(def.decorators)?;
        if def.type_params.is_empty() {
            return self.class_parts(def);
        }
        self.inside(ScopeKind::TypeParams, def.name.name, def, Role::TypeParams, |this| {
            this.scope_mut().private = Some(Private { class: def.name.name, only: Some(def.type_params) });
            this.add(".type_params", uses::LOCAL | uses::USED);
            this.add(".generic_base", uses::LOCAL | uses::USED);
            this.type_params(def.type_params)?;
            this.class_parts(def)
        })
    }

    fn class_parts(&mut self, def: &'a ClassDef<'a>) -> Done {
        self.exprs(def.arguments.args)?;
        for keyword in def.arguments.keywords {
            self.expr(&keyword.value)?;
        }
        self.inside(ScopeKind::Class, def.name.name, def, Role::Body, |this| {
            this.scope_mut().private = Some(Private { class: def.name.name, only: None });
            if !def.type_params.is_empty() {
                this.add("__type_params__", uses::LOCAL);
                this.add(".type_params", uses::USED);
            }
            this.block(def.body)
        })
    }

    fn type_alias(&mut self, alias: &'a TypeAlias<'a>) -> Done {
        self.bind(alias.name.name, 0);
        let value = |this: &mut Self| {
            this.inside(ScopeKind::TypeAlias, alias.name.name, alias, Role::Body, |this| {
                this.add(".format", uses::PARAM);
                this.expr(&alias.value)
            })
        };
        if alias.type_params.is_empty() {
            return value(self);
        }
        self.inside(ScopeKind::TypeParams, alias.name.name, alias, Role::TypeParams, |this| {
            this.type_params(alias.type_params)?;
            value(this)
        })
    }

    // ---- targets

    /// A place that is assigned to.
    pub fn target(&mut self, target: &'a Expr<'a>, what: u16) -> Done {
        match &target.kind {
            ExprKind::Name(name) => {
                self.bind(name, what);
                Ok(())
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                self.deeper(target.span, |this| items.iter().try_for_each(|item| this.target(item, what)))
            }
            ExprKind::Starred(inner) => self.deeper(target.span, |this| this.target(inner, what)),
            _ => self.expr(target),
        }
    }

    fn delete(&mut self, target: &'a Expr<'a>) -> Done {
        self.target(target, uses::UNBOUND)
    }

    fn pattern(&mut self, pattern: &'a Pattern<'a>) -> Done {
        self.deeper(pattern.span, |this| this.pattern_inner(pattern))
    }

    fn pattern_inner(&mut self, pattern: &'a Pattern<'a>) -> Done {
        match &pattern.kind {
            PatternKind::MatchValue(value) => self.expr(value),
            PatternKind::MatchSingleton(_) => Ok(()),
            PatternKind::MatchSequence(items) | PatternKind::MatchOr(items) => {
                items.iter().try_for_each(|item| self.pattern(item))
            }
            PatternKind::MatchMapping(mapping) => {
                self.exprs(mapping.keys)?;
                mapping.patterns.iter().try_for_each(|item| self.pattern(item))?;
                mapping.rest.iter().for_each(|rest| self.bind(rest, 0));
                Ok(())
            }
            PatternKind::MatchClass(class) => {
                self.expr(&class.cls)?;
                class.patterns.iter().try_for_each(|item| self.pattern(item))?;
                class.keywords.iter().try_for_each(|item| self.pattern(&item.pattern))
            }
            PatternKind::MatchStar(name) => {
                name.iter().for_each(|name| self.bind(name, 0));
                Ok(())
            }
            PatternKind::MatchAs { pattern, name } => {
                pattern.iter().try_for_each(|inner| self.pattern(inner))?;
                name.iter().for_each(|name| self.bind(name, 0));
                Ok(())
            }
        }
    }
}

/// In the order of the registers.
pub fn all_parameters<'a>(parameters: &Parameters<'a>) -> impl Iterator<Item = &'a Parameter<'a>> {
    let positional = parameters.posonly.iter().chain(parameters.args);
    positional.chain(parameters.kwonly).chain(parameters.vararg).chain(parameters.kwarg)
}

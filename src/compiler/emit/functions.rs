//! Functions and lambdas: their code, and the instructions that make them.

use std::rc::Rc;

use crate::compiler::code::{CodeUnit, Const, flags};
use crate::compiler::opcodes::{Instr, Op};
use crate::compiler::scopes::{Binding, Role, ScopeId, ScopeKind, all_parameters, mangle};
use crate::syntax::tree::*;

use super::consts::str_const;
use super::docstrings::docstring;
use super::{Done, Emitter, Maybe, Reg};

/// What a function is made from besides its code: the registers that `MakeFunction` reads.
pub(super) const FUNCTION_PARTS: u32 = 4;

impl<'a> Emitter<'a> {
    pub(super) fn function_def(&mut self, def: &'a FunctionDef<'a>, span: Span) -> Done {
        if def.name.name == "__debug__" {
            return self.error("cannot assign to __debug__", span);
        }
        let first = def.decorators.first().map_or(span, |decorator| decorator.span);
        self.decorated(def.decorators, def.name, |this, dst| {
            if def.type_params.is_empty() {
                let has_defaults = all_parameters(def.parameters).any(|parameter| parameter.default.is_some());
                let parts = if has_defaults { Some(this.defaults(def.parameters, span)?) } else { None };
                this.make_def(def, span, first, parts, dst)
            } else {
                this.generic_function(def, span, first, dst)
            }
        })
    }

    /// Evaluates decorators, what they decorate, and calls them from the inside out; binds the name.
    pub(super) fn decorated(
        &mut self,
        decorators: &'a [Expr<'a>],
        name: Identifier<'a>,
        make: impl FnOnce(&mut Self, Reg) -> Done,
    ) -> Done {
        let mark = self.mark();
        for decorator in decorators {
            let callee = self.temporaries(2);
            self.expr(decorator, callee)?;
        }
        if let (true, Some(register)) = (decorators.is_empty(), self.own_register(name.name)) {
            make(self, register)?;
            self.unit.bound.insert(register);
            return Ok(());
        }
        let mut value = self.temporary();
        make(self, value)?;
        for decorator in decorators.iter().rev() {
            let callee = value - 2;
            self.emit_at(decorator.span, Op::Call, callee, callee, 1);
            value = callee;
        }
        self.at(name.span);
        self.store_name(name.name, value, name.span)?;
        self.release(mark);
        Ok(())
    }

    /// The four registers of `MakeFunction`, with the defaults in the first two.
    pub(super) fn defaults(&mut self, parameters: &'a Parameters<'a>, span: Span) -> Maybe<Reg> {
        let parts = self.temporaries(FUNCTION_PARTS);
        let positional: Vec<&'a Expr<'a>> =
            parameters.posonly.iter().chain(parameters.args).filter_map(|parameter| parameter.default).collect();
        self.at(span);
        if positional.is_empty() {
            self.emit(Op::ClearLocal, parts, 0, 0);
        } else if let Some(values) = positional.iter().map(|expr| self.fold(expr)).collect() {
            self.load_const(parts, Const::Tuple(values));
        } else {
            let mark = self.mark();
            let base = mark as Reg;
            for expr in &positional {
                let register = self.temporary();
                self.expr(expr, register)?;
            }
            self.emit_at(span, Op::BuildTuple, parts, base, positional.len() as u32);
            self.release(mark);
        }
        let mark = self.mark();
        let base = mark as Reg;
        let mut count = 0;
        for parameter in parameters.kwonly {
            let Some(default) = parameter.default else { continue };
            let pair = self.temporaries(2);
            self.at(span);
            let name = self.mangled(parameter.name);
            self.load_str(pair, name);
            self.expr(default, pair + 1)?;
            count += 1;
        }
        self.at(span);
        match count {
            0 => self.emit(Op::ClearLocal, parts + 1, 0, 0),
            _ => self.emit(Op::BuildDict, parts + 1, base, count),
        }
        self.release(mark);
        Ok(parts)
    }

    /// The code of a `def`, made into a function with the defaults in `parts`.
    pub(super) fn make_def(
        &mut self,
        def: &'a FunctionDef<'a>,
        span: Span,
        first: Span,
        parts: Option<Reg>,
        dst: Reg,
    ) -> Done {
        let parts = match parts {
            None if !is_annotated(def) => None,
            None => {
                self.at(span);
                Some(self.no_parts())
            }
            parts => parts,
        };
        if let Some(parts) = parts {
            self.function_annotations(def, span, parts + 2)?;
        }
        let scope = self.table.of_node(def, Role::Body);
        let code = self.nested(scope, def.name.name, first, |this| {
            this.describe_parameters(def.parameters)?;
            this.function_body(def.body)
        })?;
        match parts {
            Some(parts) => self.make_function(code, scope, parts, dst, span),
            None => self.make_bare_function(code, scope, dst, span),
        }
        Ok(())
    }

    /// Emits `MakeFunction`: the first three of its registers are filled, the cells are added here.
    pub(super) fn make_function(&mut self, code: Rc<CodeUnit>, scope: ScopeId, parts: Reg, dst: Reg, span: Span) {
        self.at(span);
        self.closure(scope, parts + 3);
        let code = self.constant(Const::Code(code));
        self.emit(Op::MakeFunction, dst, parts, code);
    }

    /// The same for a function that has neither defaults nor annotations.
    pub(super) fn make_bare_function(&mut self, code: Rc<CodeUnit>, scope: ScopeId, dst: Reg, span: Span) {
        self.at(span);
        if self.table.scope(scope).free.is_empty() {
            let code = self.constant(Const::Code(code));
            self.emit(Op::MakeFunction, dst, Instr::NO_PARTS, code);
            return;
        }
        let mark = self.mark();
        let parts = self.no_parts();
        self.make_function(code, scope, parts, dst, span);
        self.release(mark);
    }

    /// The registers of `MakeFunction`, the first three unbound.
    pub(super) fn no_parts(&mut self) -> Reg {
        let parts = self.temporaries(FUNCTION_PARTS);
        for part in parts..parts + 3 {
            self.emit(Op::ClearLocal, part, 0, 0);
        }
        parts
    }

    /// The tuple of the cells that a scope closes over; unbound if there are none.
    fn closure(&mut self, scope: ScopeId, dst: Reg) {
        let free = &self.table.scope(scope).free;
        if free.is_empty() {
            self.emit(Op::ClearLocal, dst, 0, 0);
            return;
        }
        let mark = self.mark();
        let base = self.temporaries(free.len() as u32);
        for (at, name) in free.iter().enumerate() {
            self.load_cell_of(name, base + at as Reg);
        }
        self.emit(Op::BuildTuple, dst, base, free.len() as u32);
        self.release(mark);
    }

    // ---- inside

    pub(super) fn describe_parameters(&mut self, parameters: &'a Parameters<'a>) -> Done {
        for parameter in all_parameters(parameters) {
            if parameter.name == "__debug__" {
                return self.error("cannot assign to __debug__", parameter.span);
            }
        }
        let code = &mut self.unit.code;
        code.positional_only = parameters.posonly.len() as u16;
        code.arg_count = (parameters.posonly.len() + parameters.args.len()) as u16;
        code.keyword_only = parameters.kwonly.len() as u16;
        if parameters.vararg.is_some() {
            code.flags |= flags::VARARGS;
        }
        if parameters.kwarg.is_some() {
            code.flags |= flags::VARKEYWORDS;
        }
        Ok(())
    }

    fn function_body(&mut self, body: Block<'a>) -> Done {
        let mut rest = body;
        if let Some(text) = docstring(body) {
            rest = &body[1..];
            if self.options.optimize < 2 {
                // By convention the first constant.
                self.constant(text);
                self.unit.code.flags |= flags::HAS_DOCSTRING;
            }
        }
        self.block(rest)?;
        self.return_at_end(body);
        Ok(())
    }

    pub(super) fn lambda(&mut self, lambda: &'a Lambda<'a>, span: Span, dst: Reg) -> Done {
        let mark = self.mark();
        let has_defaults = all_parameters(&lambda.parameters).any(|parameter| parameter.default.is_some());
        let parts = if has_defaults { Some(self.defaults(&lambda.parameters, span)?) } else { None };
        let scope = self.table.of_node(lambda, Role::Body);
        let code = self.nested(scope, "<lambda>", span, |this| {
            this.describe_parameters(&lambda.parameters)?;
            let value = this.operand(&lambda.body)?;
            this.emit_at(lambda.body.span, Op::Return, value, 0, 0);
            Ok(())
        })?;
        match parts {
            Some(parts) => {
                self.emit(Op::ClearLocal, parts + 2, 0, 0);
                self.make_function(code, scope, parts, dst, span);
            }
            None => self.make_bare_function(code, scope, dst, span),
        }
        self.release(mark);
        Ok(())
    }

    /// The qualified name of a scope inside the current one.
    pub(super) fn qualname(&self, kind: ScopeKind, name: &'a str) -> Rc<str> {
        let mut outer = self.table.scope(self.unit.scope);
        if let (ScopeKind::TypeParams, Some(parent)) = (outer.kind, outer.parent) {
            outer = self.table.scope(parent);
        }
        if matches!(kind, ScopeKind::Function | ScopeKind::Class) {
            let mangled = mangle(outer.private, name, self.arena);
            if outer.get(mangled).is_some_and(|symbol| symbol.binding == Binding::GlobalExplicit) {
                return name.into();
            }
        }
        format!("{}{name}", self.unit.prefix).into()
    }

    /// What the qualified names of scopes inside one begin with. Scopes of type parameters and annotations are not
    /// part of names.
    pub(super) fn prefix(&self, kind: ScopeKind, qualname: &str) -> Rc<str> {
        match kind {
            ScopeKind::Module => "".into(),
            ScopeKind::Class | ScopeKind::Comprehension(_) => format!("{qualname}.").into(),
            ScopeKind::TypeParams | ScopeKind::Annotations => self.unit.prefix.clone(),
            _ => format!("{qualname}.<locals>.").into(),
        }
    }
}

fn is_annotated(def: &FunctionDef<'_>) -> bool {
    def.returns.is_some() || all_parameters(def.parameters).any(|parameter| parameter.annotation.is_some())
}

/// A tuple of strings.
pub(super) fn strings<'s>(names: impl Iterator<Item = &'s str>) -> Const {
    Const::Tuple(names.map(str_const).collect())
}

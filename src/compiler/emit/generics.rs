//! Type parameters (PEP 695): generic functions, classes and aliases. Each is made inside a function of its own, which
//! has the parameters as its variables and is called at once. Bounds and defaults are functions, called when asked for.

use crate::compiler::code::Const;
use crate::compiler::opcodes::{Intrinsic, Op};
use crate::compiler::scopes::{Role, ScopeId};
use crate::syntax::tree::*;

use super::{Done, Emitter, Reg};

/// The format that lazily evaluated values are asked for by default: the value itself.
const VALUE: i64 = 1;

impl<'a> Emitter<'a> {
    pub(super) fn generic_function(&mut self, def: &'a FunctionDef<'a>, span: Span, first: Span, dst: Reg) -> Done {
        let mark = self.mark();
        // The function of the type parameters, then what it is called with.
        let callee = self.temporaries(2);
        let defaults = self.defaults(def.parameters, span)?;
        let positional = def.parameters.posonly.iter().chain(def.parameters.args);
        let given = [
            positional.clone().any(|one| one.default.is_some()),
            def.parameters.kwonly.iter().any(|one| one.default.is_some()),
        ];
        let scope = self.table.of_node(def, Role::TypeParams);
        let code = self.nested(scope, self.generic_name(def.name.name), first, |this| {
            let parts = this.temporaries(super::functions::FUNCTION_PARTS);
            let mut argument = 0;
            for (at, given) in given.into_iter().enumerate() {
                if given {
                    this.emit(Op::Move, parts + at as Reg, argument, 0);
                    argument += 1;
                } else {
                    this.emit(Op::ClearLocal, parts + at as Reg, 0, 0);
                }
            }
            this.unit.code.arg_count = argument;
            let pair = this.temporaries(2);
            this.type_params(def.type_params, span, pair + 1)?;
            this.make_def(def, span, first, Some(parts), pair)?;
            this.at(span);
            this.emit_intrinsic(pair, pair, Intrinsic::SetFunctionTypeParams);
            this.emit(Op::Return, pair, 0, 0);
            Ok(())
        })?;
        self.make_bare_function(code, scope, callee, span);
        let mut count = 0;
        for (at, given) in given.into_iter().enumerate() {
            if given {
                self.emit(Op::Move, callee + 2 + count, defaults + at as Reg, 0);
                count += 1;
            }
        }
        self.emit(Op::Call, callee, dst, count as u32);
        self.release(mark);
        Ok(())
    }

    pub(super) fn generic_class(&mut self, def: &'a ClassDef<'a>, span: Span, first: Span, dst: Reg) -> Done {
        let scope = self.table.of_node(def, Role::TypeParams);
        let code = self.nested(scope, self.generic_name(def.name.name), first, |this| {
            let base = this.temporary();
            this.type_params(def.type_params, span, base)?;
            this.store_name(".type_params", base, span)?;
            this.emit_intrinsic(base, base, Intrinsic::SubscriptGeneric);
            let class = this.temporary();
            this.make_class(def, span, first, Some(base), class)?;
            this.at(span);
            this.emit(Op::Return, class, 0, 0);
            Ok(())
        })?;
        self.call_generic(code, scope, span, dst);
        Ok(())
    }

    pub(super) fn type_alias(&mut self, alias: &'a TypeAlias<'a>, span: Span) -> Done {
        let mark = self.mark();
        let value = self.temporary();
        if alias.type_params.is_empty() {
            self.make_alias(alias, span, None, value)?;
        } else {
            let scope = self.table.of_node(alias, Role::TypeParams);
            let code = self.nested(scope, self.generic_name(alias.name.name), span, |this| {
                let result = this.temporaries(2);
                this.type_params(alias.type_params, span, result + 1)?;
                this.make_alias(alias, span, Some(result + 1), result)?;
                this.emit(Op::Return, result, 0, 0);
                Ok(())
            })?;
            self.call_generic(code, scope, span, value);
        }
        self.at(alias.name.span);
        self.store_name(alias.name.name, value, alias.name.span)?;
        self.release(mark);
        Ok(())
    }

    fn make_alias(&mut self, alias: &'a TypeAlias<'a>, span: Span, params: Option<Reg>, dst: Reg) -> Done {
        let mark = self.mark();
        let base = self.temporaries(3);
        self.at(span);
        self.load_str(base, alias.name.name);
        match params {
            Some(params) => self.emit(Op::Move, base + 1, params, 0),
            None => self.emit(Op::LoadNone, base + 1, 0, 0),
        }
        let scope = self.table.of_node(alias, Role::Body);
        self.make_lazy(scope, &alias.value, alias.name.name, span, base + 2)?;
        self.at(span);
        self.emit_intrinsic(dst, base, Intrinsic::TypeAlias);
        self.release(mark);
        Ok(())
    }

    fn generic_name(&self, name: &str) -> &'a str {
        self.arena.alloc_str(&format!("<generic parameters of {name}>"))
    }

    /// Makes the function of some type parameters and calls it.
    fn call_generic(
        &mut self,
        code: std::rc::Rc<crate::compiler::code::CodeUnit>,
        scope: ScopeId,
        span: Span,
        dst: Reg,
    ) {
        let mark = self.mark();
        let callee = self.temporaries(2);
        self.make_bare_function(code, scope, callee, span);
        self.emit(Op::Call, callee, dst, 0);
        self.release(mark);
    }

    /// Makes the parameters, binds their names, and puts the tuple of them into `dst`.
    fn type_params(&mut self, params: &'a [TypeParam<'a>], span: Span, dst: Reg) -> Done {
        let mark = self.mark();
        let row = self.temporaries(params.len() as u32);
        let mut defaults = false;
        for (at, param) in params.iter().enumerate() {
            if defaults && param.default.is_none() {
                let words = format!("non-default type parameter '{}' follows default type parameter", param.name);
                return self.error(words, param.span);
            }
            defaults |= param.default.is_some();
            let register = row + at as Reg;
            self.type_param(param, register)?;
            self.store_name(param.name, register, param.span)?;
        }
        self.emit_at(span, Op::BuildTuple, dst, row, params.len() as u32);
        self.release(mark);
        Ok(())
    }

    fn type_param(&mut self, param: &'a TypeParam<'a>, dst: Reg) -> Done {
        let mark = self.mark();
        let base = self.temporaries(2);
        self.at(param.span);
        self.load_str(base, param.name);
        let which = match (param.kind, param.bound) {
            (TypeParamKind::TypeVar, None) => Intrinsic::TypeVar,
            (TypeParamKind::TypeVar, Some(bound)) => {
                self.lazy_value(bound, param.name, param.span, base + 1)?;
                match bound.kind {
                    ExprKind::Tuple(_) => Intrinsic::TypeVarWithConstraints,
                    _ => Intrinsic::TypeVarWithBound,
                }
            }
            (TypeParamKind::ParamSpec, _) => Intrinsic::ParamSpec,
            (TypeParamKind::TypeVarTuple, _) => Intrinsic::TypeVarTuple,
        };
        self.at(param.span);
        self.emit_intrinsic(base, base, which);
        if let Some(default) = param.default {
            self.lazy_value(default, param.name, param.span, base + 1)?;
            self.at(param.span);
            self.emit_intrinsic(base, base, Intrinsic::SetTypeParamDefault);
        }
        self.move_to(dst, base);
        self.release(mark);
        Ok(())
    }

    fn lazy_value(&mut self, expr: &'a Expr<'a>, name: &'a str, span: Span, dst: Reg) -> Done {
        let scope = self.table.of_node(expr, Role::Body);
        self.make_lazy(scope, expr, name, span, dst)
    }

    /// A function that evaluates an expression when it is called.
    fn make_lazy(&mut self, scope: ScopeId, expr: &'a Expr<'a>, name: &'a str, span: Span, dst: Reg) -> Done {
        let code = self.nested(scope, name, span, |this| {
            this.annotate_prologue(span);
            let value = this.annotation_value(expr)?;
            this.emit_at(expr.span, Op::Return, value, 0, 0);
            Ok(())
        })?;
        let mark = self.mark();
        self.at(span);
        let parts = self.no_parts();
        self.load_const(parts, Const::Tuple(vec![Const::Int(VALUE.into())]));
        self.make_function(code, scope, parts, dst, span);
        self.release(mark);
        Ok(())
    }
}

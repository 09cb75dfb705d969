//! Comprehensions. Those that make a list, set or dict become part of the code around them (PEP 709): their targets get
//! registers of their own. Generator expressions are functions, and so is any comprehension in an annotation of a class.

use crate::compiler::code::Hidden;
use crate::compiler::opcodes::Op;
use crate::compiler::scopes::{Binding, CompKind, Role, ScopeId, ScopeKind, uses};
use crate::syntax::tree::*;

use super::hoist::Finder;
use super::{Done, Emitter, Reg};

/// What is evaluated for each item, and what becomes of it.
#[derive(Clone, Copy)]
enum Element<'a> {
    List(&'a Expr<'a>),
    Set(&'a Expr<'a>),
    Dict(&'a Expr<'a>, &'a Expr<'a>),
    Yield(&'a Expr<'a>),
}

impl Element<'_> {
    fn span(self) -> Span {
        match self {
            Element::List(item) | Element::Set(item) | Element::Yield(item) => item.span,
            Element::Dict(key, value) => key.span.to(value.span),
        }
    }
}

/// A comprehension of any kind.
#[derive(Clone, Copy)]
struct Comp<'a> {
    scope: ScopeId,
    element: Element<'a>,
    generators: &'a [Generator<'a>],
    span: Span,
}

impl<'a> Comp<'a> {
    fn find_constants(&self, finder: &mut Finder<'_, 'a>) {
        match self.element {
            Element::List(item) | Element::Set(item) | Element::Yield(item) => {
                finder.comprehension(self.generators, &[item]);
            }
            Element::Dict(key, value) => finder.comprehension(self.generators, &[key, value]),
        }
    }
}

impl<'a> Emitter<'a> {
    pub(super) fn list_comp(&mut self, node: &'a Comprehension<'a>, span: Span, dst: Reg) -> Done {
        let scope = self.table.of_node(node, Role::Body);
        self.comprehension(
            Comp { scope, element: Element::List(&node.element), generators: node.generators, span },
            dst,
        )
    }

    pub(super) fn set_comp(&mut self, node: &'a Comprehension<'a>, span: Span, dst: Reg) -> Done {
        let scope = self.table.of_node(node, Role::Body);
        self.comprehension(Comp { scope, element: Element::Set(&node.element), generators: node.generators, span }, dst)
    }

    pub(super) fn dict_comp(&mut self, node: &'a DictComp<'a>, span: Span, dst: Reg) -> Done {
        let scope = self.table.of_node(node, Role::Body);
        let element = Element::Dict(&node.key, &node.value);
        self.comprehension(Comp { scope, element, generators: node.generators, span }, dst)
    }

    pub(super) fn generator_expr(&mut self, node: &'a Comprehension<'a>, span: Span, dst: Reg) -> Done {
        let scope = self.table.of_node(node, Role::Body);
        let element = Element::Yield(&node.element);
        self.comprehension(Comp { scope, element, generators: node.generators, span }, dst)
    }

    fn comprehension(&mut self, comp: Comp<'a>, dst: Reg) -> Done {
        let Some(first) = comp.generators.first() else { return Ok(()) };
        let scope = self.table.scope(comp.scope);
        let is_generator = matches!(comp.element, Element::Yield(_));
        if scope.is_coroutine && !is_generator && !self.may_await() {
            return self.error("asynchronous comprehension outside of an asynchronous function", comp.span);
        }
        if !scope.is_inlined {
            return self.comprehension_function(comp, first, dst);
        }
        let mark = self.mark();
        let iterator = if first.is_async { self.async_iterator(&first.iter)? } else { self.iterator(&first.iter)? };
        let work = self.scratch(dst);
        self.build_empty(comp, work);
        let find = |finder: &mut Finder<'_, 'a>| comp.find_constants(finder);
        self.with_constants(comp.span, find, |this| this.inlined(comp, iterator, work))?;
        self.at(comp.span);
        if self.line(comp.span) == self.line(comp.element.span()) {
            self.nowhere();
        }
        self.move_to(dst, work);
        self.release(mark);
        Ok(())
    }

    fn may_await(&self) -> bool {
        let scope = self.table.scope(self.unit.scope);
        self.awaits_at_top_level()
            || matches!(scope.kind, ScopeKind::Comprehension(_))
            || (scope.kind == ScopeKind::Function && scope.is_coroutine)
    }

    fn build_empty(&mut self, comp: Comp<'a>, work: Reg) {
        self.at(comp.span);
        match comp.element {
            Element::List(_) => self.emit(Op::BuildList, work, work, 0),
            Element::Set(_) => self.emit(Op::BuildSet, work, work, 0),
            Element::Dict(..) => self.emit(Op::BuildDict, work, work, 0),
            Element::Yield(_) => {}
        }
    }

    // ---- inlined

    fn inlined(&mut self, comp: Comp<'a>, iterator: Reg, work: Reg) -> Done {
        let targets = self.target_registers(comp.scope);
        let floor = std::mem::replace(&mut self.unit.floor, self.unit.next);
        for &(name, register) in &targets {
            self.unit.bound.remove(register);
            if self.table.scope(comp.scope).get(name).is_some_and(|symbol| symbol.binding == Binding::Cell) {
                self.emit(Op::ClearLocal, register, 0, 0);
                self.emit(Op::MakeCell, register, 0, 0);
            } else if !is_simple(comp.generators) {
                self.emit(Op::ClearLocal, register, 0, 0);
            }
        }
        let start = self.unit.here();
        self.unit.comprehensions.push((comp.scope, targets.clone()));
        self.generators(comp, 0, iterator, work)?;
        self.unit.comprehensions.pop();
        self.unit.floor = floor;
        let locals = self.unit.code.var_names.len();
        for (name, register) in targets {
            if (register as usize) < locals {
                self.emit(Op::ClearLocal, register, 0, 0);
                self.unit.bound.remove(register);
                continue;
            }
            let symbol = self.table.scope(comp.scope).get(name);
            let is_cell = symbol.is_some_and(|symbol| symbol.binding == Binding::Cell);
            let end = self.unit.here();
            self.unit.code.hidden.push((name.into(), Hidden { start, end, register, is_cell }));
        }
        Ok(())
    }

    /// A register for each target: that of the local which stands for it, or, if the function has a variable of that
    /// name, one without a name.
    fn target_registers(&mut self, scope: ScopeId) -> Vec<(&'a str, Reg)> {
        let owner = self.table.scope(self.unit.scope);
        let mut targets = Vec::new();
        for symbol in &self.table.scope(scope).symbols {
            if !symbol.has(uses::COMP_TARGET) || !matches!(symbol.binding, Binding::Local | Binding::Cell) {
                continue;
            }
            let is_own = symbol.binding == Binding::Local
                && owner.get(symbol.name).is_some_and(|own| own.uses == 0 && own.binding == Binding::Local);
            let active = || {
                let mut around = self.unit.comprehensions.iter();
                around.any(|(_, registers)| registers.iter().any(|(name, _)| *name == symbol.name))
            };
            let register = match self.unit.locals.get(symbol.name) {
                Some(&register) if is_own && !active() => register,
                _ => self.temporary(),
            };
            targets.push((symbol.name, register));
        }
        targets
    }

    // ---- as a function

    fn comprehension_function(&mut self, comp: Comp<'a>, first: &'a Generator<'a>, dst: Reg) -> Done {
        let scope = self.table.scope(comp.scope);
        let saved = self.mark();
        if self.is_top(dst) {
            self.release(dst as u32);
        }
        let callee = self.temporaries(2);
        self.at(comp.span);
        let code = self.nested(comp.scope, scope.name, comp.span, |this| {
            this.unit.code.arg_count = 1;
            this.unit.code.positional_only = 0;
            let work = this.temporary();
            this.mark_line(comp.span);
            this.build_empty(comp, work);
            let find = |finder: &mut Finder<'_, 'a>| comp.find_constants(finder);
            this.with_constants(comp.span, find, |this| this.generators(comp, 0, 0, work))?;
            this.nowhere();
            match comp.element {
                Element::Yield(_) => this.emit(Op::ReturnNone, 0, 0, 0),
                _ => this.emit(Op::Return, work, 0, 0),
            }
            Ok(())
        })?;
        self.make_bare_function(code, comp.scope, callee, comp.span);
        if first.is_async {
            self.async_iterator(&first.iter)?;
        } else {
            self.iterator(&first.iter)?;
        }
        self.at(comp.span);
        let asynchronous = scope.is_coroutine && scope.kind != ScopeKind::Comprehension(CompKind::Generator);
        if asynchronous {
            self.emit(Op::Call, callee, callee, 1);
            self.release(callee as u32 + 1);
            self.await_value(callee, 0, dst);
        } else {
            self.emit(Op::Call, callee, dst, 1);
        }
        self.release(saved);
        Ok(())
    }

    // ---- the loops

    fn generators(&mut self, comp: Comp<'a>, at: usize, iterator: Reg, work: Reg) -> Done {
        let Some(generator) = comp.generators.get(at) else { return self.element(comp.element, work, comp.span) };
        let mark = self.mark();
        let span = generator.iter.span;
        let label = if generator.is_async { self.bind_loop() } else { self.new_label() };
        let inner = |this: &mut Self| {
            for condition in generator.ifs {
                this.jump_if(condition, false, label)?;
            }
            match comp.generators.get(at + 1) {
                None => this.generators(comp, at + 1, 0, work),
                Some(next) => {
                    let mark = this.mark();
                    let iterator =
                        if next.is_async { this.async_iterator(&next.iter)? } else { this.iterator(&next.iter)? };
                    this.deeper(span, |this| this.generators(comp, at + 1, iterator, work))?;
                    this.release(mark);
                    Ok(())
                }
            }
        };
        if generator.is_async {
            self.async_turns(&generator.target, iterator, span, label, inner)?;
        } else {
            let last = (at + 1 == comp.generators.len()).then(|| comp.element.span());
            self.turns(&generator.target, iterator, span, label, last, inner)?;
        }
        self.release(mark);
        Ok(())
    }

    fn element(&mut self, element: Element<'a>, work: Reg, span: Span) -> Done {
        let mark = self.mark();
        match element {
            Element::List(item) => {
                self.reject_unpacking(item)?;
                let value = self.operand(item)?;
                self.emit_at(item.span, Op::ListAppend, work, value, 0);
            }
            Element::Set(item) => {
                self.reject_unpacking(item)?;
                let value = self.operand(item)?;
                self.emit_at(item.span, Op::SetAdd, work, value, 0);
            }
            Element::Dict(key, value) => {
                let key_register = self.operand(key)?;
                let value_register = self.operand(value)?;
                self.emit_at(key.span.to(value.span), Op::DictSet, work, key_register, value_register as u32);
            }
            Element::Yield(item) => {
                self.reject_unpacking(item)?;
                let value = self.operand(item)?;
                let sent = self.temporary();
                self.emit_yield(item.span, sent, value);
            }
        }
        let _ = span;
        self.release(mark);
        Ok(())
    }

    fn reject_unpacking(&self, item: &Expr<'a>) -> Done {
        match item.kind {
            ExprKind::Starred(_) => self.error("iterable unpacking cannot be used in comprehension", item.span),
            _ => Ok(()),
        }
    }
}

/// One loop over a plain name: its target is always bound where it can be read.
fn is_simple(generators: &[Generator<'_>]) -> bool {
    matches!(generators, [Generator { target: Expr { kind: ExprKind::Name(_), .. }, .. }])
}

//! Annotations (PEP 649): they are not evaluated where they stand but in a function `__annotate__`, made for each
//! function, class and module that has any. Under `from __future__ import annotations` they are strings.

use crate::compiler::code::Const;
use crate::compiler::opcodes::{Instr, Op};
use crate::compiler::scopes::{Role, ScopeKind, all_parameters, uses};
use crate::syntax::tree::*;

use super::consts::str_const;
use super::{Done, Emitter, Maybe, Reg};

/// An annotated variable of a module or class.
#[derive(Clone, Copy)]
pub(super) struct Annotation<'a> {
    name: &'a str,
    annotation: &'a Expr<'a>,
    /// If its statement may not be reached: the number that it then adds to `__conditional_annotations__`.
    number: Option<u32>,
}

/// Values of `format` above this one ask for what `__annotate__` functions do not do themselves.
const VALUE_WITH_FAKE_GLOBALS: u16 = 2;

/// An annotation function that is made at the start of a module, before its code is known.
#[derive(Default)]
pub(super) struct Pending {
    constant: Option<u32>,
}

impl<'a> Emitter<'a> {
    // ---- variables

    /// What must be there before the first annotated variable of a module or class.
    pub(super) fn begin_annotations(&mut self) -> Maybe<Pending> {
        let scope = self.table.scope(self.unit.scope);
        let mut pending = Pending::default();
        if self.table.future_annotations {
            if scope.symbols.iter().any(|symbol| symbol.has(uses::ANNOTATED)) {
                self.emit(Op::SetupAnnotations, 0, 0, 0);
            }
            return Ok(pending);
        }
        let Some(annotations) = scope.annotations else { return Ok(pending) };
        let mark = self.mark();
        if scope.kind == ScopeKind::Module && scope.has_conditional_annotations {
            debug_assert!(self.table.scope(annotations).free.is_empty());
            let function = self.temporary();
            let constant = self.unit.pool.reserve();
            self.emit(Op::MakeFunction, function, Instr::NO_PARTS, constant);
            self.store_name("__annotate__", function, Span::default())?;
            pending.constant = Some(constant);
        }
        if scope.has_conditional_annotations {
            let set = self.temporary();
            self.emit(Op::BuildSet, set, set, 0);
            self.store_name("__conditional_annotations__", set, Span::default())?;
        }
        self.release(mark);
        Ok(pending)
    }

    /// All annotated variables are known: makes the function.
    pub(super) fn finish_annotations(&mut self, pending: Pending) -> Done {
        let Some(scope) = self.table.scope(self.unit.scope).annotations else { return Ok(()) };
        let annotations = std::mem::take(&mut self.unit.annotations);
        let Some(first) = annotations.first() else { return Ok(()) };
        let start = self.lines.start(self.unit.code.first_line);
        let first = Span::new(start, start.max(first.annotation.span.start));
        let code = self.nested(scope, "__annotate__", first, |this| {
            this.annotate_prologue(first);
            this.annotate_variables(&annotations)
        })?;
        match pending.constant {
            Some(at) => self.unit.pool.fill(at, Const::Code(code)),
            None => {
                let mark = self.mark();
                self.at(Span::new(first.start, first.start));
                let function = self.temporary();
                self.make_bare_function(code, scope, function, Span::new(first.start, first.start));
                let name = if self.unit.kind == ScopeKind::Class { "__annotate_func__" } else { "__annotate__" };
                self.store_name(name, function, first)?;
                self.release(mark);
            }
        }
        Ok(())
    }

    fn annotate_variables(&mut self, annotations: &[Annotation<'a>]) -> Done {
        let dict = self.temporary();
        self.emit(Op::BuildDict, dict, dict, 0);
        for one in annotations {
            let mark = self.mark();
            let past = self.new_label();
            if let Some(number) = one.number {
                let operands = self.temporaries(2);
                self.at(one.annotation.span);
                self.load_int(operands, number.into());
                self.load_name("__conditional_annotations__", operands + 1);
                self.emit(Op::In, operands, operands, operands as u32 + 1);
                self.jump_if_false(operands, past);
            }
            let key = self.temporary();
            let value = self.annotation_value(one.annotation)?;
            self.load_str(key, one.name);
            self.emit_at(one.annotation.span, Op::DictSet, dict, key, value as u32);
            self.bind(past);
            self.release(mark);
        }
        self.emit(Op::Return, dict, 0, 0);
        Ok(())
    }

    pub(super) fn annotated_assignment(&mut self, assign: &'a AnnAssign<'a>, span: Span) -> Done {
        if let Some(value) = &assign.value {
            self.assign(&assign.target, value)?;
        }
        match &assign.target.kind {
            ExprKind::Name("__debug__") => return self.error("cannot assign to __debug__", assign.target.span),
            ExprKind::Name(name) if assign.simple && !self.table.scope(self.unit.scope).is_function_like() => {
                return self.note_annotation(name, assign, span);
            }
            ExprKind::Attribute { attr, .. } if attr.name == "__debug__" => {
                return self.error("cannot assign to __debug__", assign.target.span);
            }
            ExprKind::Attribute { value, .. } if assign.value.is_none() => self.effect(value)?,
            ExprKind::Subscript { value, slice } if assign.value.is_none() => {
                self.effect(value)?;
                self.effect(slice)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn note_annotation(&mut self, name: &'a str, assign: &'a AnnAssign<'a>, span: Span) -> Done {
        let name = self.mangled(name);
        let mark = self.mark();
        self.at(span);
        if self.table.future_annotations {
            let registers = self.temporaries(3);
            self.load_annotation_text(&assign.annotation, registers);
            self.load_name("__annotations__", registers + 1);
            self.load_str(registers + 2, name);
            self.emit(Op::SetItem, registers + 1, registers + 2, registers as u32);
            self.release(mark);
            return Ok(());
        }
        let scope = self.table.scope(self.unit.scope);
        let in_branch = !self.unit.blocks.is_empty() || self.unit.branches > 0;
        let conditional = scope.has_conditional_annotations && (scope.kind == ScopeKind::Module || in_branch);
        let number = conditional.then(|| {
            self.unit.conditional_annotations += 1;
            self.unit.conditional_annotations - 1
        });
        self.unit.annotations.push(Annotation { name, annotation: &assign.annotation, number });
        if let Some(number) = number {
            let registers = self.temporaries(2);
            self.load_name("__conditional_annotations__", registers);
            self.load_int(registers + 1, number.into());
            self.emit(Op::SetAdd, registers, registers + 1, 0);
        }
        self.release(mark);
        Ok(())
    }

    // ---- functions

    /// Puts the annotation function of a `def` into `dst`, or leaves it unbound.
    pub(super) fn function_annotations(&mut self, def: &'a FunctionDef<'a>, span: Span, dst: Reg) -> Done {
        let annotated = self.annotated_parameters(def);
        self.at(span);
        if annotated.is_empty() {
            self.emit(Op::ClearLocal, dst, 0, 0);
            return Ok(());
        }
        let scope = self.table.of_node(def, Role::Annotations);
        let code = self.nested(scope, "__annotate__", span, |this| {
            this.unit.code.qualname = format!("{}{}.__annotate__", this.unit.prefix, def.name.name).into();
            this.annotate_prologue(span);
            let dict = this.temporary();
            this.emit(Op::BuildDict, dict, dict, 0);
            for (name, annotation) in annotated {
                let mark = this.mark();
                let key = this.temporary();
                this.at(annotation.span);
                this.load_str(key, name);
                let value = this.annotation_value(annotation)?;
                this.emit_at(span, Op::DictSet, dict, key, value as u32);
                this.release(mark);
            }
            this.emit(Op::Return, dict, 0, 0);
            Ok(())
        })?;
        self.make_bare_function(code, scope, dst, span);
        Ok(())
    }

    fn annotated_parameters(&self, def: &'a FunctionDef<'a>) -> Vec<(&'a str, &'a Expr<'a>)> {
        let parameters = def.parameters;
        // In the order in which they are written.
        let positional = parameters.posonly.iter().chain(parameters.args).chain(parameters.vararg);
        let all = positional.chain(parameters.kwonly).chain(parameters.kwarg);
        debug_assert_eq!(all.clone().count(), all_parameters(parameters).count());
        let mut annotated: Vec<_> = all
            .filter_map(|parameter| parameter.annotation.map(|annotation| (self.mangled(parameter.name), annotation)))
            .collect();
        annotated.extend(def.returns.map(|returns| ("return", returns)));
        annotated
    }

    /// The value of an annotation. `*args: *Ts` unpacks one value.
    pub(super) fn annotation_value(&mut self, annotation: &'a Expr<'a>) -> Maybe<Reg> {
        if self.table.future_annotations && self.unit.kind == ScopeKind::Annotations {
            let text = self.temporary();
            self.at(annotation.span);
            self.load_annotation_text(annotation, text);
            return Ok(text);
        }
        let ExprKind::Starred(inner) = &annotation.kind else { return self.operand(annotation) };
        let value = self.temporary();
        self.expr(inner, value)?;
        self.emit_at(annotation.span, Op::UnpackSequence, value, value, 1);
        Ok(value)
    }

    /// Refuses the formats that the caller must produce by itself.
    pub(super) fn annotate_prologue(&mut self, span: Span) {
        self.unit.code.arg_count = 1;
        self.unit.code.positional_only = 1;
        self.at(span);
        let fine = self.new_label();
        let mark = self.mark();
        let error = self.temporary();
        self.emit_jump(Op::JumpUnlessGtInt, 0, VALUE_WITH_FAKE_GLOBALS, fine);
        let site = self.site("NotImplementedError");
        self.emit(Op::LoadGlobal, error, 0, site);
        self.emit(Op::Raise, error, 0, 1);
        self.unreachable();
        self.bind(fine);
        self.release(mark);
    }

    fn load_annotation_text(&mut self, annotation: &Expr<'a>, dst: Reg) {
        let text = crate::compiler::unparse::unparse(annotation, self.lines.source());
        self.load_const(dst, str_const(&text));
    }
}

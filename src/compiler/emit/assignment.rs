//! Targets: what stands to the left of `=`, after `for`, `as` and `del`.

use crate::compiler::opcodes::{Instr, Op};
use crate::compiler::scopes::ScopeKind;
use crate::syntax::tree::*;

use super::chains::{in_place_int_op, in_place_op};
use super::literals::is_starred;
use super::{Done, Emitter, Reg};

impl<'a> Emitter<'a> {
    /// `target = value`, the value evaluated right into a variable where that is possible.
    pub(super) fn assign(&mut self, target: &'a Expr<'a>, value: &'a Expr<'a>) -> Done {
        let mark = self.mark();
        match &target.kind {
            ExprKind::Name(name) if *name != "__debug__" => {
                if let Some(register) = self.own_register(name) {
                    self.expr(value, register)?;
                    // A comprehension tells of the line itself.
                    if !matches!(value.kind, ExprKind::ListComp(_) | ExprKind::SetComp(_) | ExprKind::DictComp(_)) {
                        self.mark_line(target.span);
                    }
                    self.unit.bound.insert(register);
                    return Ok(());
                }
                let value = self.operand(value)?;
                self.store(target, value)?;
            }
            ExprKind::Tuple(targets) | ExprKind::List(targets) => match &value.kind {
                ExprKind::Tuple(values)
                    if values.len() == targets.len()
                        && !values.is_empty()
                        && values.len() <= 8
                        && !values.iter().chain(*targets).any(is_starred) =>
                {
                    self.assign_each(targets, values)?;
                }
                _ => {
                    let value = self.operand(value)?;
                    self.store(target, value)?;
                }
            },
            _ => {
                let value = self.operand(value)?;
                self.store(target, value)?;
            }
        }
        self.release(mark);
        Ok(())
    }

    /// `a, b = x, y` without a tuple: all values are computed before the first is assigned.
    fn assign_each(&mut self, targets: &'a [Expr<'a>], values: &'a [Expr<'a>]) -> Done {
        let mut registers = Vec::with_capacity(values.len());
        for (at, value) in values.iter().enumerate() {
            let mut register = self.operand(value)?;
            // A variable that an earlier target assigns must be saved.
            let overwritten =
                self.is_variable(register) && targets[..at].iter().any(|target| self.may_write(target, register));
            if overwritten {
                let copy = self.temporary();
                self.emit_at(value.span, Op::Move, copy, register, 0);
                register = copy;
            }
            registers.push(register);
        }
        for (target, register) in targets.iter().zip(registers) {
            self.store(target, register)?;
        }
        Ok(())
    }

    fn may_write(&mut self, target: &'a Expr<'a>, register: Reg) -> bool {
        match &target.kind {
            ExprKind::Name(name) => self.own_register(name) == Some(register),
            ExprKind::Attribute { .. } => false,
            // A subscript may hold a `:=`; nested targets may write anything.
            _ => true,
        }
    }

    /// Assigns a register to a target.
    pub(super) fn store(&mut self, target: &'a Expr<'a>, src: Reg) -> Done {
        let mark = self.mark();
        let span = target.span;
        match &target.kind {
            ExprKind::Name(name) => {
                self.at(span);
                self.store_name(name, src, span)?;
            }
            ExprKind::Attribute { value, attr } => {
                if attr.name == "__debug__" {
                    return self.error("cannot assign to __debug__", span);
                }
                self.note_static_attribute(value, attr.name);
                let object = self.operand(value)?;
                self.set_attr(object, attr, span, src);
            }
            ExprKind::Subscript { value, slice } => {
                let object = self.operand(value)?;
                let key = self.operand(slice)?;
                self.emit_at(span, Op::SetItem, object, key, src as u32);
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                self.deeper(span, |this| this.unpack(items, span, src))?;
            }
            ExprKind::Starred(_) => {
                return self.error("starred assignment target must be in a list or tuple", span);
            }
            _ => {
                self.operand(target)?;
            }
        }
        self.release(mark);
        Ok(())
    }

    fn set_attr(&mut self, object: Reg, attr: &Identifier<'a>, span: Span, src: Reg) {
        let name = self.mangled(attr.name);
        let place = if self.line(span) == self.cursor.line(attr.span.end) {
            span
        } else {
            Span::new(attr.span.start, span.end)
        };
        self.at(place);
        let site = self.site(name);
        self.emit(Op::SetAttr, object, src, site);
    }

    fn unpack(&mut self, items: &'a [Expr<'a>], span: Span, src: Reg) -> Done {
        let starred = items.iter().position(is_starred);
        if let Some(first) = starred {
            if items[first + 1..].iter().any(is_starred) {
                return self.error("multiple starred expressions in assignment", span);
            }
            let after = items.len() - first - 1;
            if first > 0xFFF || after > 0xFFF {
                return self.error("too many expressions in star-unpacking assignment", span);
            }
        }
        if let (None, Some(base)) = (starred, self.variables_in_a_row(items.iter())) {
            // Nothing is written unless the number of items is right.
            self.emit_at(span, Op::UnpackSequence, base, src, items.len() as u32);
            for register in base..base + items.len() as Reg {
                self.unit.bound.insert(register);
            }
            return Ok(());
        }
        let base = self.temporaries(items.len() as u32);
        match starred {
            None => self.emit_at(span, Op::UnpackSequence, base, src, items.len() as u32),
            Some(first) => {
                let after = items.len() - first - 1;
                self.emit_at(span, Op::UnpackEx, base, src, (first | after << 12) as u32);
            }
        }
        for (at, item) in items.iter().enumerate() {
            let target = match &item.kind {
                ExprKind::Starred(inner) => inner,
                _ => item,
            };
            self.store(target, base + at as Reg)?;
        }
        Ok(())
    }

    /// `self.name = …` in a method: the class lists the name in `__static_attributes__`.
    fn note_static_attribute(&mut self, object: &Expr<'a>, attr: &'a str) {
        if matches!(object.kind, ExprKind::Name("self")) && self.unit.kind != ScopeKind::Class {
            self.unit.static_attributes.push(self.mangled(attr));
        }
    }

    // ---- augmented assignment

    pub(super) fn augmented(&mut self, assign: &'a AugAssign<'a>, span: Span) -> Done {
        let mark = self.mark();
        let target = &assign.target;
        match &target.kind {
            ExprKind::Name("__debug__") => return self.error("cannot assign to __debug__", target.span),
            ExprKind::Name(name) => {
                let old = self.operand(target)?;
                let new = self.own_register(name);
                let result = match new {
                    Some(register) => register,
                    None => old,
                };
                self.combine(assign, result, old, span)?;
                match new {
                    Some(register) => self.unit.bound.insert(register),
                    None => {
                        self.at(span);
                        self.store_name(name, result, target.span)?;
                    }
                }
            }
            ExprKind::Attribute { value, attr } => {
                if attr.name == "__debug__" {
                    return self.error("cannot assign to __debug__", target.span);
                }
                self.note_static_attribute(value, attr.name);
                let object = self.operand(value)?;
                let old = self.temporary();
                let name = self.mangled(attr.name);
                self.at(target.span);
                let site = self.site(name);
                self.emit(Op::GetAttr, old, object, site);
                self.combine(assign, old, old, span)?;
                self.set_attr(object, attr, target.span, old);
            }
            ExprKind::Subscript { value, slice } => {
                let object = self.operand(value)?;
                let key = self.operand(slice)?;
                let old = self.temporary();
                self.emit_at(target.span, Op::GetItem, old, object, key as u32);
                self.combine(assign, old, old, span)?;
                self.emit_at(target.span, Op::SetItem, object, key, old as u32);
            }
            _ => return self.error("illegal expression for augmented assignment", target.span),
        }
        self.release(mark);
        Ok(())
    }

    fn combine(&mut self, assign: &'a AugAssign<'a>, result: Reg, old: Reg, span: Span) -> Done {
        let mark = self.mark();
        if let Some(number) = self.small_int(&assign.value) {
            let number = number as u32 & Instr::C_MAX;
            if let Some(op) = in_place_int_op(assign.op) {
                self.mark_line(assign.value.span);
                self.emit_at(span, op, result, old, number);
                return Ok(());
            }
        }
        let value = self.operand(&assign.value)?;
        self.emit_at(span, in_place_op(assign.op), result, old, value as u32);
        self.release(mark);
        Ok(())
    }

    // ---- del

    pub(super) fn delete(&mut self, target: &'a Expr<'a>) -> Done {
        let mark = self.mark();
        let span = target.span;
        match &target.kind {
            ExprKind::Name(name) => {
                self.at(span);
                self.delete_name(name, span)?;
            }
            ExprKind::Attribute { value, attr } => {
                if attr.name == "__debug__" {
                    return self.error("cannot delete __debug__", span);
                }
                let object = self.operand(value)?;
                let name = self.mangled(attr.name);
                self.at(span);
                let name = self.name(name);
                self.emit(Op::DelAttr, object, 0, name);
            }
            ExprKind::Subscript { value, slice } => {
                let object = self.operand(value)?;
                let key = self.operand(slice)?;
                self.emit_at(span, Op::DelItem, object, key, 0);
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                self.deeper(span, |this| items.iter().try_for_each(|item| this.delete(item)))?;
            }
            _ => {
                self.operand(target)?;
            }
        }
        self.release(mark);
        Ok(())
    }
}

//! Tuples, lists, sets, dicts, f-strings and template strings. Large ones are built in pieces, so that a literal of any
//! size needs few registers; runs of constants are loaded as one.

use crate::compiler::code::Const;
use crate::compiler::opcodes::Op;
use crate::syntax::tree::*;

use super::consts::str_const;
use super::names::Place;
use super::{Done, Emitter, Maybe, Reg};

/// How many items are evaluated into registers before they are put into what is being built.
const CHUNK: usize = 32;
/// From this length on, a list or set of constants is made from one constant.
const MIN_CONSTANTS: usize = 3;

impl<'a> Emitter<'a> {
    pub(super) fn tuple(&mut self, expr: &'a Expr<'a>, items: &'a [Expr<'a>], dst: Reg) -> Done {
        let span = expr.span;
        if let Some(value) = self.fold(expr) {
            self.at(span);
            self.load_const(dst, value);
            return Ok(());
        }
        let mark = self.mark();
        if items.len() <= CHUNK && !items.iter().any(is_starred) {
            let base = self.in_a_row(items)?;
            self.emit_at(span, Op::BuildTuple, dst, base, items.len() as u32);
        } else {
            let list = self.temporary();
            self.list_into(items, span, list)?;
            self.emit_at(span, Op::ListToTuple, dst, list, 0);
        }
        self.release(mark);
        Ok(())
    }

    pub(super) fn list(&mut self, items: &'a [Expr<'a>], span: Span, dst: Reg) -> Done {
        let mark = self.mark();
        if items.len() <= CHUNK && !items.iter().any(is_starred) && self.constants(items).is_none() {
            let base = self.in_a_row(items)?;
            self.emit_at(span, Op::BuildList, dst, base, items.len() as u32);
        } else {
            let work = self.scratch(dst);
            self.list_into(items, span, work)?;
            self.move_to(dst, work);
        }
        self.release(mark);
        Ok(())
    }

    /// Evaluates expressions into registers in a row: new ones, or those of variables that stand in a row already.
    pub(super) fn in_a_row(&mut self, items: &'a [Expr<'a>]) -> Maybe<Reg> {
        if let Some(base) = self.variables_in_a_row(items.iter()) {
            for item in items {
                self.operand(item)?;
            }
            return Ok(base);
        }
        let base = self.mark() as Reg;
        for item in items {
            let register = self.temporary();
            self.expr(item, register)?;
        }
        Ok(base)
    }

    /// The first register of names that are locals, one behind the other.
    pub(super) fn variables_in_a_row(&mut self, mut names: impl Iterator<Item = &'a Expr<'a>>) -> Option<Reg> {
        let own = |this: &mut Self, expr: &Expr<'a>| match expr.kind {
            ExprKind::Name(name) if name != "__debug__" => match this.place(this.mangled(name)) {
                Place::Register { register, stable: true } => Some(register),
                _ => None,
            },
            _ => None,
        };
        let first = own(self, names.next()?)?;
        let mut next = first;
        for name in names {
            next += 1;
            if own(self, name)? != next {
                return None;
            }
        }
        Some(first)
    }

    fn list_into(&mut self, items: &'a [Expr<'a>], span: Span, list: Reg) -> Done {
        let mark = self.mark();
        if let Some(values) = self.constants(items) {
            self.emit_at(span, Op::BuildList, list, list, 0);
            let tuple = self.temporary();
            self.load_const(tuple, Const::Tuple(values));
            self.emit(Op::ListExtend, list, tuple, 0);
            self.release(mark);
            return Ok(());
        }
        let plain = items.iter().take(CHUNK).take_while(|item| !is_starred(item)).count();
        let base = self.in_a_row(&items[..plain])?;
        self.emit_at(span, Op::BuildList, list, base, plain as u32);
        self.release(mark);
        for item in &items[plain..] {
            if let ExprKind::Starred(value) = &item.kind {
                let value = self.operand(value)?;
                self.emit_at(span, Op::ListExtend, list, value, 0);
            } else {
                let value = self.operand(item)?;
                self.emit_at(span, Op::ListAppend, list, value, 0);
            }
            self.release(mark);
        }
        Ok(())
    }

    /// The values of items that are all constants, and enough of them to be loaded as one.
    fn constants(&self, items: &'a [Expr<'a>]) -> Option<Vec<Const>> {
        if items.len() < MIN_CONSTANTS {
            return None;
        }
        items.iter().map(|item| self.fold(item)).collect()
    }

    /// A literal that is only looked into (`x in [1, 2]`, `for x in {1, 2}`) may be a constant.
    pub(super) fn constant_container(&self, expr: &Expr<'a>) -> Option<Const> {
        let fold_all = |items: &[Expr<'a>]| items.iter().map(|item| self.fold(item)).collect::<Option<Vec<_>>>();
        match &expr.kind {
            ExprKind::List(items) => fold_all(items).map(Const::Tuple),
            ExprKind::Set(items) => fold_all(items).map(Const::FrozenSet),
            _ => None,
        }
    }

    pub(super) fn set(&mut self, items: &'a [Expr<'a>], span: Span, dst: Reg) -> Done {
        let mark = self.mark();
        let plain = items.iter().take(CHUNK).take_while(|item| !is_starred(item)).count();
        if let Some(values) = self.constants(items) {
            let work = self.scratch(dst);
            self.emit_at(span, Op::BuildSet, work, work, 0);
            let constant = self.temporary();
            self.load_const(constant, Const::FrozenSet(values));
            self.emit(Op::SetUpdate, work, constant, 0);
            self.move_to(dst, work);
        } else if plain == items.len() {
            let base = self.in_a_row(items)?;
            self.emit_at(span, Op::BuildSet, dst, base, plain as u32);
        } else {
            let work = self.scratch(dst);
            let inner = self.mark();
            let base = self.in_a_row(&items[..plain])?;
            self.emit_at(span, Op::BuildSet, work, base, plain as u32);
            self.release(inner);
            for item in &items[plain..] {
                if let ExprKind::Starred(value) = &item.kind {
                    let value = self.operand(value)?;
                    self.emit_at(span, Op::SetUpdate, work, value, 0);
                } else {
                    let value = self.operand(item)?;
                    self.emit_at(span, Op::SetAdd, work, value, 0);
                }
                self.release(inner);
            }
            self.move_to(dst, work);
        }
        self.release(mark);
        Ok(())
    }

    pub(super) fn dict(&mut self, items: &'a [DictItem<'a>], span: Span, dst: Reg) -> Done {
        let mark = self.mark();
        let plain = items.iter().take(CHUNK / 2).take_while(|item| item.key.is_some()).count();
        let work = if plain == items.len() { dst } else { self.scratch(dst) };
        let inner = self.mark();
        let base = self.mark() as Reg;
        for item in &items[..plain] {
            for part in item.key.iter().chain([&item.value]) {
                let register = self.temporary();
                self.expr(part, register)?;
            }
        }
        self.emit_at(span, Op::BuildDict, work, base, plain as u32);
        self.release(inner);
        for item in &items[plain..] {
            match &item.key {
                Some(key) => {
                    let key = self.operand(key)?;
                    let value = self.operand(&item.value)?;
                    self.emit_at(span, Op::DictSet, work, key, value as u32);
                }
                None => {
                    let value = self.operand(&item.value)?;
                    self.emit_at(span, Op::DictUpdate, work, value, 0);
                }
            }
            self.release(inner);
        }
        self.move_to(dst, work);
        self.release(mark);
        Ok(())
    }

    // ---- f-strings

    pub(super) fn joined_str(&mut self, expr: &'a Expr<'a>, dst: Reg) -> Done {
        let span = expr.span;
        let parts = match &expr.kind {
            ExprKind::JoinedStr(parts) => *parts,
            _ => std::slice::from_ref(expr),
        };
        let mark = self.mark();
        match parts {
            [] => {
                self.at(span);
                self.load_const(dst, str_const(""));
            }
            [one] => self.string_part(one, dst)?,
            _ => self.join(parts, span, dst)?,
        }
        self.release(mark);
        Ok(())
    }

    fn join(&mut self, parts: &'a [Expr<'a>], span: Span, dst: Reg) -> Done {
        let mark = self.mark();
        let (first, rest) = parts.split_at(parts.len().min(CHUNK));
        let base = self.mark() as Reg;
        for part in first {
            let register = self.temporary();
            self.string_part(part, register)?;
        }
        if rest.is_empty() {
            self.emit_at(span, Op::BuildString, dst, base, first.len() as u32);
            self.release(mark);
            return Ok(());
        }
        // Long ones are joined from lines of parts; what is done so far is the first of the next.
        self.emit_at(span, Op::BuildString, base, base, first.len() as u32);
        for chunk in rest.chunks(CHUNK) {
            self.release(base as u32 + 1);
            for part in chunk {
                let register = self.temporary();
                self.string_part(part, register)?;
            }
            self.emit_at(span, Op::BuildString, base, base, chunk.len() as u32 + 1);
        }
        self.move_to(dst, base);
        self.release(mark);
        Ok(())
    }

    fn string_part(&mut self, part: &'a Expr<'a>, dst: Reg) -> Done {
        let ExprKind::FormattedValue(field) = &part.kind else { return self.expr(part, dst) };
        let mark = self.mark();
        let conversion = conversion_code(field.conversion);
        match &field.format_spec {
            None => {
                let value = self.operand(&field.value)?;
                self.emit_at(part.span, Op::FormatValue, dst, value, conversion);
            }
            Some(spec) => {
                let value = self.temporaries(2);
                self.expr(&field.value, value)?;
                self.expr(spec, value + 1)?;
                self.emit_at(part.span, Op::FormatValue, dst, value, conversion | 4);
            }
        }
        self.release(mark);
        Ok(())
    }

    // ---- template strings

    pub(super) fn template(&mut self, parts: &'a [Expr<'a>], span: Span, dst: Reg) -> Done {
        let mark = self.mark();
        let base = self.in_a_row(parts)?;
        self.emit_at(span, Op::BuildTemplate, dst, base, parts.len() as u32);
        self.release(mark);
        Ok(())
    }

    pub(super) fn interpolation(&mut self, field: &'a Interpolation<'a>, span: Span, dst: Reg) -> Done {
        let mark = self.mark();
        let base = self.temporaries(3);
        self.expr(&field.value, base)?;
        self.at(span);
        self.load_str(base + 1, field.text);
        match &field.format_spec {
            Some(spec) => self.expr(spec, base + 2)?,
            None => self.load_str(base + 2, ""),
        }
        self.emit_at(span, Op::BuildInterpolation, dst, base, conversion_code(field.conversion));
        self.release(mark);
        Ok(())
    }
}

fn conversion_code(conversion: Option<Conversion>) -> u32 {
    match conversion {
        None => 0,
        Some(Conversion::Str) => 1,
        Some(Conversion::Repr) => 2,
        Some(Conversion::Ascii) => 3,
    }
}

pub(super) fn is_starred(expr: &Expr<'_>) -> bool {
    matches!(expr.kind, ExprKind::Starred(_))
}

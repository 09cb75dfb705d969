//! Expressions: into a register, or where they are found.

use crate::compiler::opcodes::{Intrinsic, Op};
use crate::syntax::tree::*;

use super::fold::{self, Truth};
use super::jumps::Label;
use super::{Done, Emitter, Maybe, Reg};

impl<'a> Emitter<'a> {
    /// Evaluates an expression into a register.
    pub(super) fn expr(&mut self, expr: &'a Expr<'a>, dst: Reg) -> Done {
        match &expr.kind {
            ExprKind::Constant(constant) => {
                self.at(expr.span);
                self.load_const(dst, fold::literal(constant));
                Ok(())
            }
            ExprKind::Name("__debug__") => {
                self.at(expr.span);
                self.load_const(dst, crate::compiler::code::Const::Bool(self.options.optimize == 0));
                Ok(())
            }
            ExprKind::Name(name) => {
                self.at(expr.span);
                self.load_name(name, dst);
                Ok(())
            }
            ExprKind::BinOp(_)
            | ExprKind::Attribute { .. }
            | ExprKind::Subscript { .. }
            | ExprKind::Call { .. }
            | ExprKind::Await(_) => self.deeper(expr.span, |this| this.chain(expr, dst)),
            _ => self.deeper(expr.span, |this| this.expr_inner(expr, dst)),
        }
    }

    fn expr_inner(&mut self, expr: &'a Expr<'a>, dst: Reg) -> Done {
        let span = expr.span;
        match &expr.kind {
            ExprKind::BoolOp(op) => self.bool_op(op, span, dst),
            ExprKind::NamedExpr { target, value } => self.named(target, value, dst),
            ExprKind::UnaryOp(op) => self.unary(op, span, dst),
            ExprKind::Lambda(lambda) => self.lambda(lambda, span, dst),
            ExprKind::IfExp(choice) => self.if_expr(choice, dst),
            ExprKind::Dict(items) => self.dict(items, span, dst),
            ExprKind::Set(items) => self.set(items, span, dst),
            ExprKind::List(items) => self.list(items, span, dst),
            ExprKind::Tuple(items) => self.tuple(expr, items, dst),
            ExprKind::ListComp(comp) => self.list_comp(comp, span, dst),
            ExprKind::SetComp(comp) => self.set_comp(comp, span, dst),
            ExprKind::DictComp(comp) => self.dict_comp(comp, span, dst),
            ExprKind::GeneratorExp(comp) => self.generator_expr(comp, span, dst),
            ExprKind::Yield(value) => self.yield_expr(*value, span, dst),
            ExprKind::YieldFrom(value) => self.yield_from(value, span, dst),
            ExprKind::Compare(compare) => self.compare(compare, span, dst),
            ExprKind::FormattedValue(_) | ExprKind::JoinedStr(_) => self.joined_str(expr, dst),
            ExprKind::Interpolation(field) => self.interpolation(field, span, dst),
            ExprKind::TemplateStr(parts) => self.template(parts, span, dst),
            ExprKind::Starred(_) => self.error("can't use starred expression here", span),
            ExprKind::Slice(slice) => self.slice(slice, span, dst),
            // Handled by `expr`.
            ExprKind::Constant(_) | ExprKind::Name(_) => Ok(()),
            ExprKind::BinOp(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => Ok(()),
            ExprKind::Call { .. } | ExprKind::Await(_) => Ok(()),
        }
    }

    /// Evaluates an expression: a local where it is, everything else into a new temporary.
    pub(super) fn operand(&mut self, expr: &'a Expr<'a>) -> Maybe<Reg> {
        if let ExprKind::Name(name) = expr.kind
            && name != "__debug__"
            && let Some(register) = self.name_in_place(name, expr.span)
        {
            return Ok(register);
        }
        if let Some(register) = self.hoisted(expr) {
            self.mark_line(expr.span);
            return Ok(register);
        }
        let register = self.temporary();
        self.expr(expr, register)?;
        Ok(register)
    }

    /// Evaluates an expression whose value nobody wants.
    pub(super) fn effect(&mut self, expr: &'a Expr<'a>) -> Done {
        let mark = self.mark();
        match &expr.kind {
            ExprKind::NamedExpr { target, value } => self.assign(target, value)?,
            _ => {
                self.operand(expr)?;
            }
        }
        self.release(mark);
        Ok(())
    }

    // ---- operators

    fn unary(&mut self, op: &'a UnaryOp<'a>, span: Span, dst: Reg) -> Done {
        // A chain of signs is walked with a loop, and folded if it ends in a constant.
        let mut chain = vec![(op.op, span)];
        let mut operand = &op.operand;
        while let ExprKind::UnaryOp(inner) = &operand.kind {
            chain.push((inner.op, operand.span));
            operand = &inner.operand;
        }
        let mut folded = self.fold(operand);
        while let (Some(value), Some((op, _))) = (&folded, chain.last()) {
            let Some(value) = fold::unary(*op, value) else { break };
            folded = Some(value);
            chain.pop();
        }
        let mark = self.mark();
        self.at(span);
        let Some(first) = chain.pop() else {
            if let Some(value) = folded {
                self.load_const(dst, value);
            }
            return Ok(());
        };
        let mut value = match folded {
            Some(value) => {
                let register = self.temporary();
                self.load_const(register, value);
                register
            }
            None => self.operand(operand)?,
        };
        self.release(mark);
        let mut next = Some(first);
        while let Some((op, span)) = next {
            next = chain.pop();
            let into = if next.is_some() { self.temporary() } else { dst };
            self.emit_at(span, unary_op(op), into, value, 0);
            self.release(mark);
            value = into;
        }
        Ok(())
    }

    fn bool_op(&mut self, op: &'a BoolOp<'a>, span: Span, dst: Reg) -> Done {
        let Some((last, others)) = op.values.split_last() else { return Ok(()) };
        let end = self.new_label();
        let decisive = op.op == BoolOperator::Or;
        let mark = self.mark();
        let work = self.scratch(dst);
        for value in others {
            self.value_or_jump(value, work, decisive, end, span)?;
        }
        self.expr(last, work)?;
        self.bind(end);
        self.at(span);
        self.move_to(dst, work);
        self.release(mark);
        Ok(())
    }

    /// Evaluates an operand of `and` or `or` into `work`, and jumps if its truth is `sense`. Nobody is asked twice:
    /// where a part of the operand has settled its truth, that is known.
    fn value_or_jump(&mut self, expr: &'a Expr<'a>, work: Reg, sense: bool, label: Label, span: Span) -> Done {
        if let ExprKind::BoolOp(op) = &expr.kind {
            return self.deeper(expr.span, |this| this.part_or_jump(op, work, sense, label, expr.span));
        }
        match self.truth(expr) {
            // What is known needs no look at run time: `x or 1 or y` is `x or 1`.
            Truth::Unknown => {
                self.expr(expr, work)?;
                self.at(span);
                if sense {
                    self.jump_if_true(work, label);
                } else {
                    self.jump_if_false(work, label);
                }
            }
            known if (known == Truth::True) == sense => {
                self.expr(expr, work)?;
                self.jump(label);
            }
            _ => {}
        }
        Ok(())
    }

    fn part_or_jump(&mut self, op: &'a BoolOp<'a>, work: Reg, sense: bool, label: Label, span: Span) -> Done {
        let Some((last, others)) = op.values.split_last() else { return Ok(()) };
        let decisive = op.op == BoolOperator::Or;
        let past = self.new_label();
        for value in others {
            let target = if decisive == sense { label } else { past };
            self.value_or_jump(value, work, decisive, target, span)?;
        }
        self.value_or_jump(last, work, sense, label, span)?;
        self.bind(past);
        Ok(())
    }

    fn if_expr(&mut self, choice: &'a IfExp<'a>, dst: Reg) -> Done {
        let (other, end) = (self.new_label(), self.new_label());
        self.jump_if(&choice.test, false, other)?;
        self.expr(&choice.body, dst)?;
        self.jump(end);
        self.bind(other);
        self.expr(&choice.orelse, dst)?;
        self.bind(end);
        Ok(())
    }

    fn compare(&mut self, compare: &'a Compare<'a>, span: Span, dst: Reg) -> Done {
        self.check_compare(compare, span);
        let mark = self.mark();
        let Some((last, others)) = compare.rest.split_last() else { return Ok(()) };
        let end = self.new_label();
        let work = if others.is_empty() { dst } else { self.temporary() };
        let mut left = self.operand(&compare.left)?;
        let middle = self.middle_registers(others.len());
        for (at, comparison) in others.iter().enumerate() {
            let right = self.operand_or(&comparison.right, middle[at % 2])?;
            self.emit_at(span, compare_op(comparison.op), work, left, right as u32);
            self.jump_if_false(work, end);
            left = right;
        }
        let right = self.comparison_operand(last.op, &last.right)?;
        self.emit_at(span, compare_op(last.op), work, left, right as u32);
        self.bind(end);
        self.move_to(dst, work);
        self.release(mark);
        Ok(())
    }

    /// Registers for the operands inside a chain of comparisons, used in turn: each is compared twice.
    pub(super) fn middle_registers(&mut self, operands: usize) -> [Reg; 2] {
        match operands {
            0 => [0; 2],
            1 => [self.temporary(); 2],
            _ => {
                let first = self.temporaries(2);
                [first, first + 1]
            }
        }
    }

    /// Evaluates an expression: a local where it is, everything else into `register`.
    pub(super) fn operand_or(&mut self, expr: &'a Expr<'a>, register: Reg) -> Maybe<Reg> {
        if let ExprKind::Name(name) = expr.kind
            && let Some(own) = self.name_in_place(name, expr.span)
        {
            return Ok(own);
        }
        self.expr(expr, register)?;
        Ok(register)
    }

    /// The right side of a comparison: after `in`, a list or set of constants need not be mutable.
    pub(super) fn comparison_operand(&mut self, op: CmpOperator, right: &'a Expr<'a>) -> Maybe<Reg> {
        if matches!(op, CmpOperator::In | CmpOperator::NotIn)
            && let Some(value) = self.constant_container(right)
        {
            if let Some(register) = self.hoisted_value(&value) {
                return Ok(register);
            }
            let register = self.temporary();
            self.at(right.span);
            self.load_const(register, value);
            return Ok(register);
        }
        self.operand(right)
    }

    fn named(&mut self, target: &'a Expr<'a>, value: &'a Expr<'a>, dst: Reg) -> Done {
        let ExprKind::Name(name) = target.kind else { return Ok(()) };
        let mark = self.mark();
        let work = self.scratch(dst);
        self.expr(value, work)?;
        self.at(target.span);
        self.store_name(name, work, target.span)?;
        self.move_to(dst, work);
        self.release(mark);
        Ok(())
    }

    /// The parts of a slice, in three registers in a row.
    fn slice(&mut self, slice: &'a Slice<'a>, span: Span, dst: Reg) -> Done {
        let mark = self.mark();
        let base = self.temporaries(3);
        for (at, part) in [&slice.lower, &slice.upper, &slice.step].into_iter().enumerate() {
            let register = base + at as Reg;
            match part {
                Some(part) => self.expr(part, register)?,
                None => self.emit_at(span, Op::LoadNone, register, 0, 0),
            }
        }
        self.emit_at(span, Op::BuildSlice, dst, base, 0);
        self.release(mark);
        Ok(())
    }

    // ---- suspending

    fn yield_expr(&mut self, value: Option<&'a Expr<'a>>, span: Span, dst: Reg) -> Done {
        self.check_yields("yield", span)?;
        let mark = self.mark();
        let handed_out = match value {
            Some(value) => self.operand(value)?,
            None => {
                let none = self.temporary();
                self.emit_at(span, Op::LoadNone, none, 0, 0);
                none
            }
        };
        self.emit_yield(span, dst, handed_out);
        self.release(mark);
        Ok(())
    }

    /// Suspends, handing out `value`; what is sent in goes to `sent`.
    pub(super) fn emit_yield(&mut self, span: Span, sent: Reg, value: Reg) {
        if !self.table.scope(self.unit.scope).is_coroutine {
            self.emit_at(span, Op::Yield, sent, value, 0);
            return;
        }
        let wrapped = self.temporary();
        self.emit_at(span, Op::Intrinsic, wrapped, value, Intrinsic::AsyncGenWrap as u32);
        self.emit_at(span, Op::Yield, sent, wrapped, 0);
    }

    fn yield_from(&mut self, value: &'a Expr<'a>, span: Span, dst: Reg) -> Done {
        self.check_yields("yield from", span)?;
        if self.table.scope(self.unit.scope).is_coroutine {
            return self.error("'yield from' inside async function", span);
        }
        let mark = self.mark();
        let iterator = self.temporary();
        self.expr(value, iterator)?;
        self.emit_at(span, Op::GetYieldFromIter, iterator, iterator, 0);
        self.drive(iterator, dst);
        self.release(mark);
        Ok(())
    }

    fn check_yields(&self, what: &str, span: Span) -> Done {
        let scope = self.table.scope(self.unit.scope);
        match scope.is_function_like() && self.unit.comprehensions.is_empty() {
            true => Ok(()),
            false => self.error(format!("'{what}' outside function"), span),
        }
    }

    /// Runs the iterator to its end, handing out what it yields; its result goes into `dst`.
    pub(super) fn drive(&mut self, iterator: Reg, dst: Reg) {
        let mark = self.mark();
        let value = self.temporary();
        self.emit(Op::LoadNone, value, 0, 0);
        let done = self.new_label();
        let again = self.unit.here();
        self.emit_jump(Op::Send, value, iterator, done);
        self.emit(Op::YieldFrom, value, value, iterator as u32);
        self.emit(Op::Jump, 0, 0, again);
        self.unreachable();
        self.bind(done);
        self.move_to(dst, value);
        self.release(mark);
    }

    /// Awaits the value in a register; `place` says where for the error (see `GetAwaitable`).
    pub(super) fn await_value(&mut self, value: Reg, place: u32, dst: Reg) {
        let mark = self.mark();
        let iterator = self.temporary();
        self.emit(Op::GetAwaitable, iterator, value, place);
        self.drive(iterator, dst);
        self.release(mark);
    }
}

fn unary_op(op: UnaryOperator) -> Op {
    match op {
        UnaryOperator::Invert => Op::Invert,
        UnaryOperator::Not => Op::Not,
        UnaryOperator::UAdd => Op::Pos,
        UnaryOperator::USub => Op::Neg,
    }
}

pub(super) fn compare_op(op: CmpOperator) -> Op {
    match op {
        CmpOperator::Eq => Op::Eq,
        CmpOperator::NotEq => Op::Ne,
        CmpOperator::Lt => Op::Lt,
        CmpOperator::LtE => Op::Le,
        CmpOperator::Gt => Op::Gt,
        CmpOperator::GtE => Op::Ge,
        CmpOperator::Is => Op::Is,
        CmpOperator::IsNot => Op::IsNot,
        CmpOperator::In => Op::In,
        CmpOperator::NotIn => Op::NotIn,
    }
}

//! Labels and jumps, and conditions compiled to jumps.

use crate::compiler::opcodes::{Instr, Op};
use crate::syntax::tree::*;

use super::fold::Truth;
use super::registers::Bits;
use super::{Done, Emitter, Reg};

/// A place in the code, perhaps not yet known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Label(u32);

impl Label {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// No jump waits for the label.
const NOBODY: u32 = Instr::C_MAX;

#[derive(Default)]
pub(super) struct LabelState {
    target: Option<u32>,
    /// The last jump that waits for it; each names the one before in its `c`.
    waiting: Option<u32>,
    /// What is bound on all the ways that lead here, once there is one.
    bound: Option<Bits>,
    /// How many marks there are at its target that jumps to it do not pass.
    marks: usize,
}

impl LabelState {
    pub fn expect(&mut self, bound: Bits) {
        match &mut self.bound {
            Some(all) => all.intersect(&bound),
            None => self.bound = Some(bound),
        }
    }

    pub fn target(&self) -> u32 {
        self.target.unwrap_or(0)
    }

    pub fn marks(&self) -> usize {
        self.marks
    }
}

impl<'a> Emitter<'a> {
    pub(super) fn new_label(&mut self) -> Label {
        self.unit.labels.push(LabelState::default());
        Label(self.unit.labels.len() as u32 - 1)
    }

    /// The label is here. What waits for it learns of it.
    pub(super) fn bind(&mut self, label: Label) {
        self.keep_mark_apart(label);
        let here = self.unit.here();
        let marks = self.unit.marks_here().len();
        let unit = &mut self.unit;
        let state = &mut unit.labels[label.index()];
        state.target = Some(here);
        state.marks = marks;
        let mut waiting = state.waiting.take();
        match state.bound.take() {
            Some(bound) if unit.reachable => unit.bound.intersect(&bound),
            Some(bound) => {
                unit.bound = bound;
                unit.reachable = true;
            }
            None => {}
        }
        while let Some(at) = waiting {
            let jump = &mut unit.code.instructions[at as usize];
            waiting = Some(jump.c() as u32).filter(|&next| next != NOBODY);
            *jump = jump.with_c(here);
        }
    }

    /// A label to jump back to. What some later turn may unbind is not relied on.
    pub(super) fn bind_loop(&mut self) -> Label {
        let label = self.new_label();
        self.bind(label);
        let unit = &mut self.unit;
        unit.bound.remove_all(&unit.unbinds);
        label
    }

    /// A jump that stands right before the label goes to where it would fall through to: a line between the two needs an
    /// instruction, or nobody could tell which way was taken.
    fn keep_mark_apart(&mut self, label: Label) {
        let before = self.unit.here().checked_sub(1);
        if before.is_some() && before == self.unit.labels[label.index()].waiting {
            self.place_mark();
        }
    }

    fn is_bound(&self, label: Label) -> bool {
        self.unit.labels[label.index()].target.is_some()
    }

    /// An instruction whose `c` is a place.
    pub(super) fn emit_jump(&mut self, op: Op, a: Reg, b: Reg, label: Label) {
        if !self.unit.reachable {
            return;
        }
        let here = self.unit.here();
        let state = &mut self.unit.labels[label.index()];
        self.unit.lines.jump(here, label);
        let c = match state.target {
            Some(target) => target,
            None => {
                state.expect(self.unit.bound.clone());
                state.waiting.replace(here).unwrap_or(NOBODY)
            }
        };
        self.emit(op, a, b, c);
    }

    pub(super) fn jump(&mut self, label: Label) {
        let op = if self.is_bound(label) { Op::JumpBack } else { Op::Jump };
        self.emit_jump(op, 0, 0, label);
        self.unreachable();
    }

    /// A conditional jump: forward as it is; backward with the opcode that jumps back, if there is one.
    fn jump_when(&mut self, op: Op, a: Reg, b: Reg, label: Label) {
        if !self.is_bound(label) {
            return self.emit_jump(op, a, b, label);
        }
        if let Some(back) = backward(op) {
            return self.emit_jump(back, a, b, label);
        }
        let past = self.new_label();
        self.emit_jump(opposite(op), a, b, past);
        self.jump(label);
        self.bind(past);
    }

    pub(super) fn jump_if_true(&mut self, register: Reg, label: Label) {
        self.jump_when(Op::JumpIf, register, 0, label);
    }

    pub(super) fn jump_if_false(&mut self, register: Reg, label: Label) {
        self.jump_when(Op::JumpUnless, register, 0, label);
    }

    // ---- conditions

    /// Jumps to `label` if the truth of `test` is `sense`; goes on otherwise.
    pub(super) fn jump_if(&mut self, test: &'a Expr<'a>, sense: bool, label: Label) -> Done {
        match self.truth(test) {
            Truth::Unknown => self.deeper(test.span, |this| this.jump_if_inner(test, sense, label)),
            known => {
                self.mark_line(test.span);
                if (known == Truth::True) == sense {
                    self.at(test.span);
                    self.jump(label);
                }
                Ok(())
            }
        }
    }

    fn jump_if_inner(&mut self, test: &'a Expr<'a>, sense: bool, label: Label) -> Done {
        match &test.kind {
            ExprKind::UnaryOp(op) if op.op == UnaryOperator::Not => self.jump_if(&op.operand, !sense, label),
            ExprKind::BoolOp(op) => self.jump_if_any(op, sense, label),
            ExprKind::IfExp(choice) => {
                let (other, end) = (self.new_label(), self.new_label());
                self.jump_if(&choice.test, false, other)?;
                self.jump_if(&choice.body, sense, label)?;
                self.jump(end);
                self.bind(other);
                self.jump_if(&choice.orelse, sense, label)?;
                self.bind(end);
                Ok(())
            }
            ExprKind::Compare(compare) => self.jump_if_compare(compare, test.span, sense, label),
            _ => {
                let mark = self.mark();
                let value = self.operand(test)?;
                self.at(test.span);
                let op = if sense { Op::JumpIf } else { Op::JumpUnless };
                self.jump_when(op, value, 0, label);
                self.release(mark);
                Ok(())
            }
        }
    }

    fn jump_if_any(&mut self, op: &'a BoolOp<'a>, sense: bool, label: Label) -> Done {
        let decisive = op.op == BoolOperator::Or;
        let Some((last, others)) = op.values.split_last() else { return Ok(()) };
        if sense == decisive {
            return op.values.iter().try_for_each(|value| self.jump_if(value, sense, label));
        }
        let past = self.new_label();
        for value in others {
            self.jump_if(value, decisive, past)?;
        }
        self.jump_if(last, sense, label)?;
        self.bind(past);
        Ok(())
    }

    fn jump_if_compare(&mut self, compare: &'a Compare<'a>, span: Span, sense: bool, label: Label) -> Done {
        self.check_compare(compare, span);
        let mark = self.mark();
        let past = self.new_label();
        let mut left = self.operand(&compare.left)?;
        let last = compare.rest.len() - 1;
        let middle = self.middle_registers(last);
        for (at, comparison) in compare.rest.iter().enumerate() {
            if at == last {
                self.jump_if_one(left, comparison, span, sense, label)?;
            } else {
                let right = self.operand_or(&comparison.right, middle[at % 2])?;
                self.at(span);
                let false_label = if sense { past } else { label };
                self.jump_comparison(comparison.op, left, right, false, false_label);
                left = right;
            }
        }
        self.bind(past);
        self.release(mark);
        Ok(())
    }

    fn jump_if_one(
        &mut self,
        left: Reg,
        comparison: &'a Comparison<'a>,
        span: Span,
        sense: bool,
        label: Label,
    ) -> Done {
        let (op, right) = (comparison.op, &comparison.right);
        let is_none = matches!(right.kind, ExprKind::Constant(Constant::None));
        if is_none && matches!(op, CmpOperator::Is | CmpOperator::IsNot) {
            let op = if sense == (op == CmpOperator::Is) { Op::JumpIfNone } else { Op::JumpUnlessNone };
            self.at(span);
            self.jump_when(op, left, 0, label);
            return Ok(());
        }
        let in_register = self.is_bound(label) && (!sense || self.hoisted(right).is_some());
        if let (false, Some(number), Some(jump)) = (in_register, self.small_int(right), unless_int(op))
            && let Ok(number) = i16::try_from(number)
        {
            self.mark_line(right.span);
            self.at(span);
            if sense {
                let past = self.new_label();
                self.emit_jump(jump, left, number as u16, past);
                self.jump(label);
                self.bind(past);
            } else {
                self.jump_when(jump, left, number as u16, label);
            }
            return Ok(());
        }
        let right = self.comparison_operand(op, right)?;
        self.at(span);
        self.jump_comparison(op, left, right, sense, label);
        Ok(())
    }

    fn jump_comparison(&mut self, op: CmpOperator, left: Reg, right: Reg, sense: bool, label: Label) {
        if let Some((when, unless)) = compare_jumps(op) {
            self.jump_when(if sense { when } else { unless }, left, right, label);
            return;
        }
        let mark = self.mark();
        let result = self.temporary();
        self.emit(super::expressions::compare_op(op), result, left, right as u32);
        self.jump_when(if sense { Op::JumpIf } else { Op::JumpUnless }, result, 0, label);
        self.release(mark);
    }
}

fn compare_jumps(op: CmpOperator) -> Option<(Op, Op)> {
    Some(match op {
        CmpOperator::Lt => (Op::JumpIfLt, Op::JumpUnlessLt),
        CmpOperator::LtE => (Op::JumpIfLe, Op::JumpUnlessLe),
        CmpOperator::Gt => (Op::JumpIfGt, Op::JumpUnlessGt),
        CmpOperator::GtE => (Op::JumpIfGe, Op::JumpUnlessGe),
        CmpOperator::Eq => (Op::JumpIfEq, Op::JumpUnlessEq),
        CmpOperator::NotEq => (Op::JumpIfNe, Op::JumpUnlessNe),
        _ => return None,
    })
}

fn unless_int(op: CmpOperator) -> Option<Op> {
    Some(match op {
        CmpOperator::Lt => Op::JumpUnlessLtInt,
        CmpOperator::LtE => Op::JumpUnlessLeInt,
        CmpOperator::Gt => Op::JumpUnlessGtInt,
        CmpOperator::GtE => Op::JumpUnlessGeInt,
        CmpOperator::Eq => Op::JumpUnlessEqInt,
        CmpOperator::NotEq => Op::JumpUnlessNeInt,
        _ => return None,
    })
}

fn backward(op: Op) -> Option<Op> {
    Some(match op {
        Op::JumpIf => Op::JumpBackIf,
        Op::JumpIfLt => Op::JumpBackIfLt,
        Op::JumpIfLe => Op::JumpBackIfLe,
        Op::JumpIfGt => Op::JumpBackIfGt,
        Op::JumpIfGe => Op::JumpBackIfGe,
        _ => return None,
    })
}

/// The jump that is taken when this one is not. Only for those that have no backward form.
fn opposite(op: Op) -> Op {
    match op {
        Op::JumpUnless => Op::JumpIf,
        Op::JumpIfNone => Op::JumpUnlessNone,
        Op::JumpUnlessNone => Op::JumpIfNone,
        Op::JumpIfEq => Op::JumpUnlessEq,
        Op::JumpUnlessEq => Op::JumpIfEq,
        Op::JumpIfNe => Op::JumpUnlessNe,
        Op::JumpUnlessNe => Op::JumpIfNe,
        Op::JumpUnlessLt => Op::JumpIfLt,
        Op::JumpUnlessLe => Op::JumpIfLe,
        Op::JumpUnlessGt => Op::JumpIfGt,
        Op::JumpUnlessGe => Op::JumpIfGe,
        _ => op,
    }
}

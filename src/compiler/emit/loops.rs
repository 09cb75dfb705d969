//! `for` and `while`. The test of a loop stands at its foot, where it jumps back; a short condition stands at the head
//! as well.

use crate::compiler::code::{Held, HeldKind};
use crate::compiler::opcodes::Op;
use crate::syntax::tree::*;

use super::exceptions::Enclosing;
use super::fold::Truth;
use super::hoist::Finder;
use super::jumps::Label;
use super::{Done, Emitter, Maybe, Reg};

/// How large a condition may be, in nodes, to be compiled twice.
const SMALL_CONDITION: u32 = 24;

impl<'a> Emitter<'a> {
    pub(super) fn for_loop(&mut self, stmt: &'a For<'a>) -> Done {
        if stmt.is_async {
            return self.async_for_loop(stmt);
        }
        let mark = self.mark();
        let iterator = self.iterator(&stmt.iter)?;
        let (foot, end) = (self.new_label(), self.new_label());
        let find = |finder: &mut Finder<'_, 'a>| finder.block(stmt.body);
        self.with_constants(stmt.iter.span, find, |this| {
            let held = Held { kind: HeldKind::Iterator, register: iterator };
            this.unit.blocks.push(Enclosing::Loop { break_to: end, continue_to: foot, iterator: Some(held) });
            this.turns(&stmt.target, iterator, stmt.iter.span, foot, None, |this| this.block(stmt.body))?;
            this.unit.blocks.pop();
            Ok(())
        })?;
        self.release(mark);
        self.block(stmt.orelse)?;
        self.bind(end);
        Ok(())
    }

    /// An iterator over the value of an expression, in a new temporary.
    pub(super) fn iterator(&mut self, iter: &'a Expr<'a>) -> Maybe<Reg> {
        let iterator = self.temporary();
        let mark = self.mark();
        let source = match self.constant_container(iter) {
            Some(value) => {
                self.at(iter.span);
                self.load_const(iterator, value);
                iterator
            }
            None => match iter.kind {
                ExprKind::Name(_) => self.operand(iter)?,
                _ => {
                    self.expr(iter, iterator)?;
                    iterator
                }
            },
        };
        self.emit_at(iter.span, Op::GetIter, iterator, source, 0);
        self.release(mark);
        Ok(iterator)
    }

    /// The turns of a loop over an iterator: enters at the foot, where the next item is asked for. `last`: what it
    /// seems to come back from.
    pub(super) fn turns(
        &mut self,
        target: &'a Expr<'a>,
        iterator: Reg,
        span: Span,
        foot: Label,
        last: Option<Span>,
        body: impl FnOnce(&mut Self) -> Done,
    ) -> Done {
        let mark = self.mark();
        let reachable = self.unit.reachable;
        let before = self.unit.bound.clone();
        self.at(span);
        let entry = self.new_label();
        self.jump(entry);
        self.unit.reachable = reachable;
        self.unit.bound = before;
        let start = self.bind_loop();
        let own = match target.kind {
            ExprKind::Name(name) if name != "__debug__" => self.own_register(name),
            _ => None,
        };
        let item = match own {
            Some(register) => {
                self.unit.bound.insert(register);
                register
            }
            None => {
                let item = self.temporary();
                self.store(target, item)?;
                item
            }
        };
        body(self)?;
        self.bind(foot);
        if let Some(last) = last {
            self.mark_line(last);
        }
        self.bind(entry);
        self.at(span);
        let is_statement = self.unit.comprehensions.is_empty();
        let line = self.line(span);
        if is_statement {
            self.start(0, &[]);
        }
        self.emit_jump(Op::ForIter, item, iterator, start);
        if is_statement {
            // A jump from a loop within comes out here.
            self.start(line, &[Held { kind: HeldKind::Object, register: iterator }]);
        }
        self.release(mark);
        Ok(())
    }

    fn async_for_loop(&mut self, stmt: &'a For<'a>) -> Done {
        let mark = self.mark();
        let iterator = self.async_iterator(&stmt.iter)?;
        let (head, end) = (self.bind_loop(), self.new_label());
        let held = Held { kind: HeldKind::Object, register: iterator };
        self.unit.blocks.push(Enclosing::Loop { break_to: end, continue_to: head, iterator: Some(held) });
        self.async_turns(&stmt.target, iterator, stmt.iter.span, head, |this| this.block(stmt.body))?;
        self.unit.blocks.pop();
        self.release(mark);
        self.block(stmt.orelse)?;
        self.bind(end);
        Ok(())
    }

    pub(super) fn async_iterator(&mut self, iter: &'a Expr<'a>) -> Maybe<Reg> {
        let iterator = self.temporary();
        self.expr(iter, iterator)?;
        self.emit_at(iter.span, Op::GetAIter, iterator, iterator, 0);
        Ok(iterator)
    }

    /// The turns of an `async for`, from `head` (bound already) to where StopAsyncIteration ends it.
    pub(super) fn async_turns(
        &mut self,
        target: &'a Expr<'a>,
        iterator: Reg,
        span: Span,
        head: Label,
        body: impl FnOnce(&mut Self) -> Done,
    ) -> Done {
        let mark = self.mark();
        let outer = self.unit.handler;
        let exhausted = self.new_handler();
        self.unit.handler = exhausted;
        self.at(span);
        let item = self.temporary();
        self.emit(Op::GetANext, item, iterator, 0);
        self.drive(item, item);
        self.unit.handler = outer;
        self.store(target, item)?;
        body(self)?;
        self.at(span);
        self.jump(head);
        self.release(mark);
        let exception = self.enter_handler(exhausted);
        let end = self.new_label();
        self.at(span);
        self.emit_jump(Op::EndAsyncFor, exception, 0, end);
        self.unreachable();
        self.bind(end);
        self.release(mark);
        Ok(())
    }

    pub(super) fn while_loop(&mut self, test: &'a Expr<'a>, body: Block<'a>, orelse: Block<'a>) -> Done {
        let (otherwise, end) = (self.new_label(), self.new_label());
        let find = |finder: &mut Finder<'_, 'a>| {
            finder.condition(test);
            finder.block(body);
        };
        self.with_constants(test.span, find, |this| this.while_turns(test, body, otherwise, end))?;
        self.bind(otherwise);
        self.unit.branches += 1;
        self.block(orelse)?;
        self.unit.branches -= 1;
        self.bind(end);
        Ok(())
    }

    fn while_turns(&mut self, test: &'a Expr<'a>, body: Block<'a>, otherwise: Label, end: Label) -> Done {
        let twice = self.truth(test) == Truth::Unknown && size(test, 0) <= SMALL_CONDITION;
        if twice {
            self.jump_if(test, false, otherwise)?;
            let start = self.bind_loop();
            let foot = self.new_label();
            self.unit.blocks.push(Enclosing::Loop { break_to: end, continue_to: foot, iterator: None });
            self.block(body)?;
            self.unit.blocks.pop();
            self.bind(foot);
            self.start(0, &[]);
            let first = self.unit.here();
            self.jump_if(test, true, start)?;
            let foot = (first, self.unit.here());
            self.unit.code.places.feet.push(foot);
        } else {
            let head = self.bind_loop();
            self.jump_if(test, false, otherwise)?;
            self.unit.blocks.push(Enclosing::Loop { break_to: end, continue_to: head, iterator: None });
            self.block(body)?;
            self.unit.blocks.pop();
            self.at(test.span);
            self.jump(head);
        }
        Ok(())
    }

    // ---- break and continue

    pub(super) fn leave_loop(&mut self, is_break: bool, span: Span) -> Done {
        let mut depth = self.unit.blocks.len();
        let label = loop {
            if depth == 0 {
                let message = if is_break { "'break' outside loop" } else { "'continue' not properly in loop" };
                return self.error(message, span);
            }
            depth -= 1;
            match &self.unit.blocks[depth] {
                Enclosing::Loop { break_to, continue_to, .. } => break if is_break { *break_to } else { *continue_to },
                Enclosing::StarHandler { .. } => return self.star_exit(span),
                _ => {}
            }
        };
        let handler = self.unit.handler;
        self.mark_line(span);
        self.at(span);
        self.unwind(depth + 1)?;
        self.jump(label);
        self.unit.handler = handler;
        Ok(())
    }
}

/// The number of nodes of a condition; too many if it holds what must not be compiled twice.
fn size(expr: &Expr<'_>, depth: u32) -> u32 {
    const LARGE: u32 = SMALL_CONDITION + 1;
    if depth > SMALL_CONDITION {
        return LARGE;
    }
    let of = |expr: &Expr<'_>| size(expr, depth + 1);
    let all = |exprs: &[Expr<'_>]| exprs.iter().take(LARGE as usize).map(of).sum::<u32>();
    1 + match &expr.kind {
        ExprKind::Constant(_) | ExprKind::Name(_) => 0,
        ExprKind::BoolOp(op) => all(op.values),
        ExprKind::BinOp(op) => of(&op.left) + of(&op.right),
        ExprKind::UnaryOp(op) => of(&op.operand),
        ExprKind::Compare(compare) => {
            of(&compare.left) + compare.rest.iter().take(LARGE as usize).map(|one| of(&one.right)).sum::<u32>()
        }
        ExprKind::Attribute { value, .. } => of(value),
        ExprKind::Subscript { value, slice } => of(value) + of(slice),
        ExprKind::Call { func, arguments } if arguments.keywords.is_empty() => of(func) + all(arguments.args),
        ExprKind::NamedExpr { value, .. } => 1 + of(value),
        ExprKind::Tuple(items) | ExprKind::List(items) => all(items),
        _ => LARGE,
    }
}

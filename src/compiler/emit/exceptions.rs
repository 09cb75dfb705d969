//! `try` and `with`, and how `return`, `break` and `continue` leave them.
//!
//! Every instruction has at most one handler: the innermost `try` or `with` around it. Code that leaves one (the copy of
//! a `finally` body before a `return`, say) is emitted with the handler outside of it in charge.

use crate::compiler::code::{Held, HeldKind};
use crate::compiler::opcodes::{Op, Special};
use crate::syntax::tree::*;

use super::jumps::Label;
use super::unit::HandlerId;
use super::{Done, Emitter, Maybe, Reg};

/// What the code being made is inside of, and must do something about on the way out.
#[derive(Clone, Copy)]
pub(super) enum Enclosing<'a> {
    Loop {
        break_to: Label,
        continue_to: Label,
        /// Of a `for`.
        iterator: Option<Held>,
    },
    /// The part of a `try` that its `finally` follows.
    Finally { body: Block<'a>, outer: HandlerId },
    /// An `except` handler, or a `finally` body that runs because of an exception.
    Handled {
        saved: Reg,
        /// The exception, where it is still needed.
        exception: Option<Reg>,
        name: Option<Identifier<'a>>,
        outer: HandlerId,
    },
    /// The body of a `with`: the pair of its exit method lies in two registers.
    With {
        exit: Reg,
        is_async: bool,
        span: Span,
        /// The first instruction that its handler is in charge of.
        start: u32,
        outer: HandlerId,
    },
    /// An `except*` handler, which cannot be left by a jump.
    StarHandler {
        /// What is left of the group.
        rest: Reg,
        /// The exception that was being handled before.
        before: Reg,
    },
}

/// How deeply loops, `try` and `with` may be nested in one function.
const MAX_NESTING: u32 = 21;

impl<'a> Emitter<'a> {
    /// Emits a loop, `try` or `with`, unless too many of them are nested.
    pub(super) fn nest(&mut self, span: Span, emit: impl FnOnce(&mut Self) -> Done) -> Done {
        if self.unit.nesting >= MAX_NESTING {
            return self.error("too many statically nested blocks", span);
        }
        self.unit.nesting += 1;
        let done = emit(self);
        self.unit.nesting -= 1;
        done
    }

    pub(super) fn star_exit<T>(&self, span: Span) -> Maybe<T> {
        self.error("'break', 'continue' and 'return' cannot appear in an except* block", span)
    }

    /// Emits what must happen on the way out of all blocks from `depth` on. They are in force again afterwards, but for
    /// the handler, which the caller restores.
    pub(super) fn unwind(&mut self, depth: usize) -> Done {
        let mut left = Vec::new();
        while self.unit.blocks.len() > depth {
            let Some(block) = self.unit.blocks.pop() else { break };
            left.push(block);
            match block {
                Enclosing::Loop { .. } | Enclosing::StarHandler { .. } => {}
                Enclosing::Finally { body, outer } => {
                    self.unit.handler = outer;
                    self.block(body)?;
                    self.nowhere();
                }
                Enclosing::Handled { saved, name, outer, .. } => {
                    self.unit.handler = outer;
                    self.emit(Op::PopHandled, saved, 0, 0);
                    if let Some(name) = name {
                        self.forget_name(name.name, name.span)?;
                    }
                }
                Enclosing::With { exit, is_async, span, start, outer } => {
                    self.protect_entry(start);
                    self.unit.handler = outer;
                    self.leave_with(exit, is_async, span);
                    self.nowhere();
                }
            }
        }
        self.unit.blocks.extend(left.into_iter().rev());
        Ok(())
    }

    // ---- try

    pub(super) fn try_statement(&mut self, stmt: &'a Try<'a>, span: Span) -> Done {
        self.mark_line(span);
        if stmt.finally.is_empty() {
            return self.try_except(stmt);
        }
        let mark = self.mark();
        let outer = self.unit.handler;
        let handler = self.new_handler();
        self.unit.handler = handler;
        self.unit.blocks.push(Enclosing::Finally { body: stmt.finally, outer });
        if stmt.handlers.is_empty() {
            self.block(stmt.body)?;
        } else {
            self.try_except(stmt)?;
        }
        self.unit.blocks.pop();
        self.unit.handler = outer;
        self.block(stmt.finally)?;
        let end = self.new_label();
        self.nowhere();
        self.jump(end);

        let exception = self.enter_handler(handler);
        let (saved, cleanup) = self.push_handled(exception, None);
        self.block(stmt.finally)?;
        self.nowhere();
        self.emit(Op::Reraise, exception, 0, 0);
        self.pop_handled(saved, cleanup, outer);
        self.release(mark);
        self.bind(end);
        Ok(())
    }

    /// Makes `exception` the one being handled. What is raised from here on leaves through `cleanup`.
    fn push_handled(&mut self, exception: Reg, name: Option<Identifier<'a>>) -> (Reg, HandlerId) {
        let saved = self.temporary();
        self.nowhere();
        self.emit(Op::PushHandled, saved, exception, 0);
        let outer = self.unit.handler;
        self.unit.blocks.push(Enclosing::Handled { saved, exception: Some(exception), name, outer });
        let cleanup = self.new_handler();
        self.unit.handler = cleanup;
        (saved, cleanup)
    }

    /// The end of what `push_handled` began, reached by neither side: the code that an exception leaves through.
    fn pop_handled(&mut self, saved: Reg, cleanup: HandlerId, outer: HandlerId) {
        self.unreachable();
        self.unit.blocks.pop();
        self.unit.handler = outer;
        self.nowhere();
        let exception = self.enter_handler(cleanup);
        self.emit(Op::PopHandled, saved, 0, 0);
        self.emit(Op::Reraise, exception, 0, 0);
        self.unreachable();
    }

    fn try_except(&mut self, stmt: &'a Try<'a>) -> Done {
        let mark = self.mark();
        let outer = self.unit.handler;
        let end = self.new_label();
        let handler = self.new_handler();
        self.unit.handler = handler;
        self.block(stmt.body)?;
        self.unit.handler = outer;
        self.block(stmt.orelse)?;
        self.nowhere();
        self.jump(end);

        let exception = self.enter_handler(handler);
        let (saved, cleanup) = self.push_handled(exception, None);
        if stmt.is_star {
            self.star_handlers(stmt, exception, saved, end)?;
        } else {
            self.handlers(stmt, exception, saved, end)?;
        }
        self.pop_handled(saved, cleanup, outer);
        self.release(mark);
        self.bind(end);
        Ok(())
    }

    fn handlers(&mut self, stmt: &'a Try<'a>, exception: Reg, saved: Reg, end: Label) -> Done {
        for (at, handler) in stmt.handlers.iter().enumerate() {
            let next = self.new_label();
            let line = self.line(handler.span);
            self.start(line, &[]);
            match &handler.typ {
                None if at + 1 < stmt.handlers.len() => {
                    return self.error("default 'except:' must be last", handler.span);
                }
                None => {}
                Some(typ) => {
                    let mark = self.mark();
                    let classes = self.operand(typ)?;
                    let matches = self.temporary();
                    self.emit_at(handler.span, Op::MatchException, matches, exception, classes as u32);
                    self.jump_if_false(matches, next);
                    self.release(mark);
                }
            }
            self.needs_exception(None);
            self.handler_body(handler, exception, saved, end)?;
            self.needs_exception(Some(exception));
            self.bind(next);
        }
        self.nowhere();
        self.start(0, &[]);
        self.emit(Op::Reraise, exception, 0, 0);
        Ok(())
    }

    /// Whether the exception of the innermost `except` is still needed from here on.
    fn needs_exception(&mut self, register: Option<Reg>) {
        if let Some(Enclosing::Handled { exception, .. }) = self.unit.blocks.last_mut() {
            *exception = register;
        }
    }

    fn handler_body(&mut self, handler: &'a ExceptHandler<'a>, exception: Reg, saved: Reg, end: Label) -> Done {
        let Some(name) = handler.name else {
            self.block(handler.body)?;
            self.nowhere();
            self.emit(Op::PopHandled, saved, 0, 0);
            self.jump(end);
            return Ok(());
        };
        let mark = self.mark();
        self.at(handler.span);
        self.store_name(name.name, exception, handler.span)?;
        // Whatever happens, the name is unbound in the end.
        let outer = self.unit.handler;
        let unbind = self.new_handler();
        self.unit.handler = unbind;
        let unwound = match self.unit.blocks.last_mut() {
            Some(Enclosing::Handled { name: slot, .. }) => slot.replace(name).is_none(),
            _ => false,
        };
        self.block(handler.body)?;
        if let (true, Some(Enclosing::Handled { name: slot, .. })) = (unwound, self.unit.blocks.last_mut()) {
            *slot = None;
        }
        self.unit.handler = outer;
        self.nowhere();
        self.emit(Op::PopHandled, saved, 0, 0);
        self.forget_name(name.name, name.span)?;
        self.jump(end);

        let raised = self.enter_handler(unbind);
        self.nowhere();
        self.forget_name(name.name, name.span)?;
        self.emit(Op::Reraise, raised, 0, 0);
        self.unreachable();
        self.release(mark);
        Ok(())
    }

    // ---- except*

    /// Each handler takes its part of the group; what handlers raise and what is left over is collected in a list, and
    /// raised together in the end.
    fn star_handlers(&mut self, stmt: &'a Try<'a>, exception: Reg, saved: Reg, end: Label) -> Done {
        let mark = self.mark();
        let collected = self.temporary();
        self.emit(Op::BuildList, collected, collected, 0);
        let rest = self.temporary();
        self.emit(Op::Move, rest, exception, 0);
        for handler in stmt.handlers {
            self.star_handler(handler, collected, rest)?;
        }
        self.nowhere();
        self.emit(Op::ListAppend, collected, rest, 0);
        let raised = self.temporary();
        self.emit(Op::PrepareReraiseStar, raised, exception, collected as u32);
        let none = self.new_label();
        self.emit_jump(Op::JumpIfNone, raised, 0, none);
        self.emit(Op::Reraise, raised, 0, 0);
        self.unreachable();
        self.bind(none);
        self.emit(Op::PopHandled, saved, 0, 0);
        self.jump(end);
        self.release(mark);
        Ok(())
    }

    fn star_handler(&mut self, handler: &'a ExceptHandler<'a>, collected: Reg, rest: Reg) -> Done {
        let mark = self.mark();
        let next = self.new_label();
        let matched = self.temporaries(2);
        self.mark_line(handler.span);
        let line = self.line(handler.span);
        self.start(line, &[Held { kind: HeldKind::Star, register: rest }]);
        self.emit_jump(Op::JumpIfNone, rest, 0, next);
        if let Some(typ) = &handler.typ {
            let classes = self.operand(typ)?;
            self.emit_at(handler.span, Op::MatchExceptionGroup, matched, rest, classes as u32);
        }
        self.emit(Op::Move, rest, matched + 1, 0);
        self.emit_jump(Op::JumpIfNone, matched, 0, next);
        // Inside, the part that matched is the exception being handled.
        let before = self.temporary();
        self.emit(Op::PushHandled, before, matched, 0);
        if let Some(name) = handler.name {
            self.at(handler.span);
            self.store_name(name.name, matched, handler.span)?;
        }
        let outer = self.unit.handler;
        let raised_inside = self.new_handler();
        self.unit.handler = raised_inside;
        self.unit.blocks.push(Enclosing::StarHandler { rest, before });
        self.block(handler.body)?;
        self.unit.blocks.pop();
        self.unit.handler = outer;
        self.nowhere();
        self.emit(Op::PopHandled, before, 0, 0);
        if let Some(name) = handler.name {
            self.forget_name(name.name, name.span)?;
        }
        self.jump(next);

        let raised = self.enter_handler(raised_inside);
        self.nowhere();
        self.emit(Op::PopHandled, before, 0, 0);
        if let Some(name) = handler.name {
            self.forget_name(name.name, name.span)?;
        }
        self.emit(Op::ListAppend, collected, raised, 0);
        self.bind(next);
        self.release(mark);
        Ok(())
    }

    // ---- with

    pub(super) fn with_statement(&mut self, stmt: &'a With<'a>, span: Span) -> Done {
        if stmt.is_async && !self.awaits_at_top_level() && !self.is_async_function() {
            return self.error("'async with' outside async function", span);
        }
        self.with_item(stmt, 0)
    }

    /// Whether this is the code of a module that may be a coroutine.
    pub(super) fn awaits_at_top_level(&self) -> bool {
        use crate::compiler::scopes::ScopeKind;
        self.options.top_level_await && self.unit.kind == ScopeKind::Module
    }

    pub(super) fn is_async_function(&self) -> bool {
        use crate::compiler::scopes::ScopeKind;
        self.unit.kind == ScopeKind::Function && self.table.scope(self.unit.scope).is_coroutine
    }

    fn with_item(&mut self, stmt: &'a With<'a>, at: usize) -> Done {
        let Some(item) = stmt.items.get(at) else { return self.block(stmt.body) };
        let span = item.context.span;
        let mark = self.mark();
        let exit = self.temporaries(2);
        let manager = self.operand(&item.context)?;
        self.at(span);
        let (enter_special, exit_special) =
            if stmt.is_async { (Special::AEnter, Special::AExit) } else { (Special::Enter, Special::Exit) };
        self.emit(Op::LoadSpecial, exit, manager, exit_special as u32);
        let enter = self.temporaries(2);
        self.emit(Op::LoadSpecial, enter, manager, enter_special as u32);
        self.emit(Op::CallMethod, enter, enter, 0);
        if stmt.is_async {
            self.await_value(enter, 1, enter);
        }

        let outer = self.unit.handler;
        let handler = self.new_handler();
        self.unit.handler = handler;
        let start = self.unit.here();
        if let Some(target) = &item.target {
            self.store(target, enter)?;
        }
        self.release(exit as u32 + 2);
        self.unit.blocks.push(Enclosing::With { exit, is_async: stmt.is_async, span, start, outer });
        self.nest(span, |this| this.deeper(span, |this| this.with_item(stmt, at + 1)))?;
        self.unit.blocks.pop();
        self.protect_entry(start);
        self.unit.handler = outer;
        self.leave_with(exit, stmt.is_async, span);
        let end = self.new_label();
        self.jump(end);

        let exception = self.enter_handler(handler);
        self.at(span);
        let (saved, cleanup) = self.push_handled(exception, None);
        self.at(span);
        let verdict = self.temporary();
        self.emit(Op::WithExit, verdict, exit, exception as u32);
        if stmt.is_async {
            self.await_value(verdict, 2, verdict);
        }
        let suppressed = self.new_label();
        self.emit_jump(Op::JumpIf, verdict, 0, suppressed);
        self.emit(Op::Reraise, exception, 0, 0);
        self.unreachable();
        self.bind(suppressed);
        self.emit(Op::PopHandled, saved, 0, 0);
        self.jump(end);
        self.pop_handled(saved, cleanup, outer);
        self.release(mark);
        self.bind(end);
        Ok(())
    }

    /// Gives the handler of a `with` whose body has no instruction one to be in charge of. An error that comes from outside
    /// between the entry and the exit is raised there.
    fn protect_entry(&mut self, start: u32) {
        if self.unit.here() == start {
            self.emit(Op::Nop, 0, 0, 0);
        }
    }

    /// Calls the exit method with three times None.
    fn leave_with(&mut self, exit: Reg, is_async: bool, span: Span) {
        let mark = self.mark();
        let base = self.temporaries(5);
        self.at(span);
        let line = self.line(span);
        let held = [(HeldKind::Object, exit), (HeldKind::Receiver, exit + 1)];
        self.start(line, &held.map(|(kind, register)| Held { kind, register }));
        self.emit(Op::Move, base, exit, 0);
        self.emit(Op::Move, base + 1, exit + 1, 0);
        for argument in 2..5 {
            self.emit(Op::LoadNone, base + argument, 0, 0);
        }
        self.emit(Op::CallMethod, base, base, 3);
        if is_async {
            self.release(base as u32 + 1);
            self.await_value(base, 2, base);
        }
        self.release(mark);
    }
}

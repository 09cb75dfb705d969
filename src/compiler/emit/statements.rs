//! Statements.

use crate::compiler::opcodes::Op;
use crate::compiler::scopes::ScopeKind;
use crate::syntax::tree::*;

use super::docstrings::docstring;
use super::exceptions::Enclosing;
use super::jumps::Label;
use super::{Done, Emitter, Reg};

impl<'a> Emitter<'a> {
    pub(super) fn block(&mut self, block: Block<'a>) -> Done {
        block.iter().try_for_each(|stmt| self.statement(stmt))
    }

    /// The body of a module: its docstring and annotations, then its statements.
    pub(super) fn module_body(&mut self, body: Block<'a>) -> Done {
        let annotations = self.begin_annotations()?;
        let body = match docstring(body) {
            Some(text) if !self.interactive => {
                if self.options.optimize < 2 {
                    let mark = self.mark();
                    let register = self.temporary();
                    self.at(body[0].span);
                    self.load_const(register, text);
                    self.store_name("__doc__", register, body[0].span)?;
                    self.release(mark);
                }
                &body[1..]
            }
            _ => body,
        };
        self.block(body)?;
        self.finish_annotations(annotations)
    }

    /// Returns None at the end of a body.
    pub(super) fn return_at_end(&mut self, body: Block<'a>) {
        self.at_end(body);
        self.emit(Op::ReturnNone, 0, 0, 0);
    }

    /// What follows a body belongs to whatever was done last there.
    pub(super) fn at_end(&mut self, body: Block<'a>) {
        let Some(last) = body.last() else { return };
        if last.kind.has_block() {
            self.nowhere();
        } else if self.line(last.span) == self.cursor.line(last.span.end) {
            self.at(last.span);
        }
    }

    pub(super) fn statement(&mut self, stmt: &'a Stmt<'a>) -> Done {
        if self.unit.reachable {
            let line = self.line(stmt.span);
            self.start(line, &[]);
        }
        self.deeper(stmt.span, |this| this.statement_inner(stmt))?;
        if stmt.kind.has_block() && self.unit.reachable {
            self.start(0, &[]);
        }
        Ok(())
    }

    fn statement_inner(&mut self, stmt: &'a Stmt<'a>) -> Done {
        let span = stmt.span;
        match &stmt.kind {
            StmtKind::FunctionDef(def) => self.function_def(def, span),
            StmtKind::ClassDef(def) => self.class_def(def, span),
            StmtKind::Return(value) => self.return_statement(*value, span),
            StmtKind::Delete(targets) => targets.iter().try_for_each(|target| self.delete(target)),
            StmtKind::Assign { targets: [target], value } => self.assign(target, value),
            StmtKind::Assign { targets, value } => self.assign_all(targets, value),
            StmtKind::AugAssign(assign) => self.augmented(assign, span),
            StmtKind::AnnAssign(assign) => self.annotated_assignment(assign, span),
            StmtKind::TypeAlias(alias) => self.type_alias(alias, span),
            StmtKind::For(stmt) => {
                if stmt.is_async && !self.awaits_at_top_level() && !self.is_async_function() {
                    return self.error("'async for' outside async function", span);
                }
                self.nest(span, |this| this.for_loop(stmt))
            }
            StmtKind::While { test, body, orelse } => self.nest(span, |this| this.while_loop(test, body, orelse)),
            StmtKind::If { clauses, orelse } => self.if_statement(clauses, orelse),
            StmtKind::With(with) => self.with_statement(with, span),
            StmtKind::Match { subject, cases } => self.match_statement(subject, cases),
            StmtKind::Raise { exc, cause } => self.raise(*exc, *cause, span),
            StmtKind::Try(stmt) => self.nest(span, |this| this.try_statement(stmt, span)),
            StmtKind::Assert { test, msg } => self.assert_statement(test, *msg, span),
            StmtKind::Import(names) => self.import(names, span),
            StmtKind::ImportFrom(import) => self.import_from(import, span),
            StmtKind::Expr(value) => self.expression_statement(value, span),
            StmtKind::Break => self.leave_loop(true, span),
            StmtKind::Continue => self.leave_loop(false, span),
            StmtKind::Pass => {
                self.mark_line(span);
                Ok(())
            }
            StmtKind::Global(_) | StmtKind::Nonlocal(_) => Ok(()),
        }
    }

    fn assign_all(&mut self, targets: &'a [Expr<'a>], value: &'a Expr<'a>) -> Done {
        let mark = self.mark();
        // A copy: one of the targets may be the variable that the value was read from.
        let register = self.temporary();
        self.expr(value, register)?;
        targets.iter().try_for_each(|target| self.store(target, register))?;
        self.release(mark);
        Ok(())
    }

    fn expression_statement(&mut self, value: &'a Expr<'a>, span: Span) -> Done {
        if self.interactive && self.unit.kind == ScopeKind::Module {
            let mark = self.mark();
            let register = self.operand(value)?;
            self.emit_at(span, Op::Display, register, 0, 0);
            self.release(mark);
            return Ok(());
        }
        match value.kind {
            ExprKind::Constant(_) => {
                self.mark_line(span);
                Ok(())
            }
            _ => self.effect(value),
        }
    }

    fn if_statement(&mut self, clauses: &'a [IfClause<'a>], orelse: Block<'a>) -> Done {
        let end = self.new_label();
        self.unit.branches += 1;
        for (at, clause) in clauses.iter().enumerate() {
            if let (Some(target), []) = (self.plain_exit(clause.body), orelse)
                && at + 1 == clauses.len()
            {
                let exit = clause.body[0].span;
                self.exit_through(target, exit, |this| this.jump_if(&clause.test, true, target))?;
                break;
            }
            let next = self.new_label();
            self.jump_if(&clause.test, false, next)?;
            self.block(clause.body)?;
            if at + 1 < clauses.len() || !orelse.is_empty() {
                self.nowhere();
                self.jump(end);
            }
            self.bind(next);
        }
        self.block(orelse)?;
        self.unit.branches -= 1;
        self.bind(end);
        Ok(())
    }

    /// Where a body leads that only leaves or continues a loop, with nothing to do on the way.
    fn plain_exit(&self, body: Block<'a>) -> Option<Label> {
        let Some(Enclosing::Loop { break_to, continue_to, .. }) = self.unit.blocks.last() else { return None };
        match body {
            [Stmt { kind: StmtKind::Break, .. }] => Some(*break_to),
            [Stmt { kind: StmtKind::Continue, .. }] => Some(*continue_to),
            _ => None,
        }
    }

    fn return_statement(&mut self, value: Option<&'a Expr<'a>>, span: Span) -> Done {
        let scope = self.table.scope(self.unit.scope);
        if !scope.is_function_like() {
            return self.error("'return' outside function", span);
        }
        if value.is_some() && scope.is_coroutine && scope.is_generator {
            return self.error("'return' with value in async generator", span);
        }
        if self.unit.blocks.iter().any(|block| matches!(block, Enclosing::StarHandler { .. })) {
            return self.star_exit(span);
        }
        let plain = self.unit.blocks.iter().all(|block| matches!(block, Enclosing::Loop { .. }));
        if let (true, Some(Expr { kind: ExprKind::IfExp(choice), .. })) = (plain, value) {
            // Either value is returned from where it is.
            let other = self.new_label();
            self.jump_if(&choice.test, false, other)?;
            self.mark_line(choice.body.span);
            self.return_statement(Some(&choice.body), span)?;
            self.bind(other);
            self.mark_line(choice.orelse.span);
            return self.return_statement(Some(&choice.orelse), span);
        }
        let mark = self.mark();
        let register = match value {
            Some(Expr { kind: ExprKind::Constant(Constant::None), .. }) | None => None,
            Some(value) if plain => Some(self.operand(value)?),
            Some(value) => {
                // The way out may change the variable that is returned.
                let register = self.temporary();
                self.expr(value, register)?;
                Some(register)
            }
        };
        let handler = self.unit.handler;
        if !plain && register.is_none() {
            self.mark_line(span);
        }
        self.at(span);
        let is_constant = value.is_some_and(|value| matches!(value.kind, ExprKind::Constant(_)));
        let kept = register.filter(|_| !plain && !is_constant);
        let outer = std::mem::replace(&mut self.unit.returning, kept);
        self.unwind(0)?;
        self.unit.returning = outer;
        match register {
            Some(register) => self.emit(Op::Return, register, 0, 0),
            None => self.emit(Op::ReturnNone, 0, 0, 0),
        }
        self.unreachable();
        self.unit.handler = handler;
        self.release(mark);
        Ok(())
    }

    fn raise(&mut self, exc: Option<&'a Expr<'a>>, cause: Option<&'a Expr<'a>>, span: Span) -> Done {
        let mark = self.mark();
        let unused = self.temporary();
        let mut operands: [Reg; 2] = [unused; 2];
        let mut count = 0;
        for expr in [exc, cause].into_iter().flatten() {
            operands[count] = self.operand(expr)?;
            count += 1;
        }
        self.emit_at(span, Op::Raise, operands[0], operands[1], count as u32);
        self.unreachable();
        self.release(mark);
        Ok(())
    }

    fn assert_statement(&mut self, test: &'a Expr<'a>, msg: Option<&'a Expr<'a>>, span: Span) -> Done {
        self.check_assert(test, span);
        if self.options.optimize > 0 {
            return Ok(());
        }
        let end = self.new_label();
        self.jump_if(test, true, end)?;
        let mark = self.mark();
        let error = self.temporary();
        self.emit_at(test.span, Op::LoadAssertionError, error, 0, 0);
        if let Some(msg) = msg {
            let argument = self.temporaries(2) + 1;
            self.expr(msg, argument)?;
            self.emit_at(span, Op::Call, error, error, 1);
        }
        self.emit_at(test.span, Op::Raise, error, 0, 1);
        self.unreachable();
        self.release(mark);
        self.bind(end);
        Ok(())
    }
}

//! Constants in loops. An operand that is a constant would be loaded again at each turn; so the first few constants that
//! an outermost loop uses as operands are loaded in front of it, into registers that they keep until it ends.

use crate::compiler::code::Const;
use crate::syntax::tree::*;

use super::chains::{in_place_int_op, int_op};
use super::{Done, Emitter, Reg};

/// How many constants a loop keeps in registers. Each costs an instruction when the loop is entered.
const MAX_CONSTANTS: usize = 8;
/// How deeply nested expressions are looked through.
const MAX_LOOK: u32 = 40;

impl<'a> Emitter<'a> {
    /// Emits a loop, with the constants that `find` finds in it in registers.
    pub(super) fn with_constants(
        &mut self,
        span: Span,
        find: impl FnOnce(&mut Finder<'_, 'a>),
        emit: impl FnOnce(&mut Self) -> Done,
    ) -> Done {
        if self.unit.in_loop {
            return emit(self);
        }
        let mut finder = Finder { emitter: self, found: Vec::new(), depth: 0 };
        find(&mut finder);
        let found = finder.found;
        let mark = self.mark();
        self.at(span);
        let first = self.unit.here();
        for value in found {
            let register = self.temporary();
            self.load_const(register, value.clone());
            self.unit.hoisted.push((value, register));
        }
        self.unit.hoists = (first, self.unit.here());
        self.unit.in_loop = true;
        let done = emit(self);
        self.unit.in_loop = false;
        self.unit.hoists = (0, 0);
        self.unit.hoisted.clear();
        self.release(mark);
        done
    }

    /// The register of a constant that a loop keeps there.
    pub(super) fn hoisted(&self, expr: &Expr<'a>) -> Option<Reg> {
        if self.unit.hoisted.is_empty() {
            return None;
        }
        self.hoisted_value(&self.fold(expr)?)
    }

    pub(super) fn hoisted_value(&self, value: &Const) -> Option<Reg> {
        let hoisted = &self.unit.hoisted;
        hoisted.iter().find(|(other, _)| super::consts::same(other, value)).map(|(_, register)| *register)
    }
}

/// Collects the constants that a loop uses as operands.
pub(super) struct Finder<'e, 'a> {
    emitter: &'e Emitter<'a>,
    found: Vec<Const>,
    depth: u32,
}

impl<'a> Finder<'_, 'a> {
    fn add(&mut self, value: Const) {
        if self.found.len() < MAX_CONSTANTS && !self.found.iter().any(|other| super::consts::same(other, &value)) {
            self.found.push(value);
        }
    }

    /// An operand: what is a constant is found, anything else looked through.
    fn operand(&mut self, expr: &'a Expr<'a>) {
        match self.emitter.fold(expr) {
            Some(value) => self.add(value),
            None => self.expr(expr),
        }
    }

    /// The condition of a `while` loop: what it compares with at its foot must lie in a register.
    pub(super) fn condition(&mut self, test: &'a Expr<'a>) {
        if let ExprKind::BoolOp(op) = &test.kind {
            return op.values.iter().for_each(|value| self.condition(value));
        }
        if let ExprKind::Compare(Compare { left, rest: [one] }) = &test.kind {
            let ordered = matches!(one.op, CmpOperator::Lt | CmpOperator::LtE | CmpOperator::Gt | CmpOperator::GtE);
            if ordered && let Some(number) = self.emitter.small_int(&one.right) {
                self.add(Const::Int(number.into()));
                return self.expr(left);
            }
        }
        self.expr(test);
    }

    pub(super) fn block(&mut self, block: Block<'a>) {
        for stmt in block {
            if self.found.len() == MAX_CONSTANTS {
                return;
            }
            self.deeper(|this| this.statement(stmt));
        }
    }

    fn deeper(&mut self, look: impl FnOnce(&mut Self)) {
        if self.depth < MAX_LOOK && self.found.len() < MAX_CONSTANTS {
            self.depth += 1;
            look(self);
            self.depth -= 1;
        }
    }

    fn statement(&mut self, stmt: &'a Stmt<'a>) {
        match &stmt.kind {
            StmtKind::Assign { targets, value } => {
                let stored = targets.iter().any(|target| !matches!(target.kind, ExprKind::Name(_)));
                if stored && targets.len() == 1 {
                    self.operand(value)
                } else {
                    self.expr(value)
                }
                targets.iter().for_each(|target| self.expr(target));
            }
            StmtKind::AugAssign(assign) => {
                let small = in_place_int_op(assign.op).is_some() && self.emitter.small_int(&assign.value).is_some();
                if !small {
                    self.operand(&assign.value);
                }
                self.expr(&assign.target);
            }
            StmtKind::AnnAssign(assign) => assign.value.iter().for_each(|value| self.expr(value)),
            StmtKind::Expr(value) => self.expr(value),
            StmtKind::Return(value) => value.iter().for_each(|value| self.expr(value)),
            StmtKind::Delete(targets) => targets.iter().for_each(|target| self.expr(target)),
            StmtKind::For(stmt) => {
                self.expr(&stmt.iter);
                self.block(stmt.body);
                self.block(stmt.orelse);
            }
            StmtKind::While { test, body, orelse } => {
                self.condition(test);
                self.block(body);
                self.block(orelse);
            }
            StmtKind::If { clauses, orelse } => {
                for clause in *clauses {
                    self.expr(&clause.test);
                    self.block(clause.body);
                }
                self.block(orelse);
            }
            StmtKind::With(with) => {
                with.items.iter().for_each(|item| self.expr(&item.context));
                self.block(with.body);
            }
            StmtKind::Try(stmt) => self.block(stmt.body),
            _ => {}
        }
    }

    pub(super) fn expr(&mut self, expr: &'a Expr<'a>) {
        self.deeper(|this| this.inner(expr));
    }

    fn inner(&mut self, expr: &'a Expr<'a>) {
        match &expr.kind {
            ExprKind::BinOp(op) => {
                self.operand(&op.left);
                if int_op(op.op).is_none() || self.emitter.small_int(&op.right).is_none() {
                    self.operand(&op.right);
                }
            }
            ExprKind::Compare(compare) => {
                self.expr(&compare.left);
                for one in compare.rest {
                    self.comparison(one);
                }
            }
            ExprKind::Subscript { value, slice } => {
                self.expr(value);
                self.operand(slice);
            }
            ExprKind::Call { func, arguments } => {
                self.expr(func);
                arguments.args.iter().for_each(|arg| self.expr(arg));
                arguments.keywords.iter().for_each(|keyword| self.expr(&keyword.value));
            }
            ExprKind::BoolOp(op) => op.values.iter().for_each(|value| self.expr(value)),
            ExprKind::UnaryOp(op) => self.expr(&op.operand),
            ExprKind::NamedExpr { value, .. } => self.expr(value),
            ExprKind::IfExp(choice) => {
                [&choice.test, &choice.body, &choice.orelse].into_iter().for_each(|part| self.expr(part));
            }
            ExprKind::Attribute { value, .. } => self.expr(value),
            ExprKind::Await(value) | ExprKind::Starred(value) => self.expr(value),
            ExprKind::Tuple(items) | ExprKind::List(items) | ExprKind::Set(items) | ExprKind::JoinedStr(items) => {
                items.iter().for_each(|item| self.expr(item));
            }
            ExprKind::FormattedValue(field) => self.expr(&field.value),
            ExprKind::ListComp(comp) | ExprKind::SetComp(comp) => self.comprehension(comp.generators, &[&comp.element]),
            ExprKind::DictComp(comp) => self.comprehension(comp.generators, &[&comp.key, &comp.value]),
            _ => {}
        }
    }

    fn comparison(&mut self, one: &'a Comparison<'a>) {
        let is_in = matches!(one.op, CmpOperator::In | CmpOperator::NotIn);
        if is_in && let Some(value) = self.emitter.constant_container(&one.right) {
            return self.add(value);
        }
        let is_none = matches!(one.right.kind, ExprKind::Constant(Constant::None));
        let small = self.emitter.small_int(&one.right).is_some_and(|number| i16::try_from(number).is_ok());
        if !is_none && (is_in || !small) {
            self.operand(&one.right);
        }
    }

    pub(super) fn comprehension(&mut self, generators: &'a [Generator<'a>], elements: &[&'a Expr<'a>]) {
        for generator in generators {
            generator.ifs.iter().for_each(|condition| self.expr(condition));
        }
        for inner in generators.iter().skip(1) {
            self.expr(&inner.iter);
        }
        elements.iter().for_each(|element| self.operand(element));
    }
}

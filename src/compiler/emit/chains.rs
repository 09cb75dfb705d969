//! What grows to the left: `a + b + c`, `a.b[0].c(x)`, `await f()`. Such chains can be a hundred thousand links long,
//! so they are compiled from the inside out with a loop. What has been computed so far lies in one temporary.

use crate::compiler::code::Const;
use crate::compiler::opcodes::{Instr, Op};
use crate::compiler::scopes::MODULE;
use crate::syntax::tree::*;

use super::fold::{self, name_tuple};
use super::names::Place;
use super::{Done, Emitter, Maybe, Reg};

/// Calls with more arguments than this pass them as a tuple.
const MAX_ARGUMENTS: usize = 60;

const _: () = assert!(MAX_ARGUMENTS <= Instr::MOST_ARGUMENTS);

/// The inner part of a chain that has been compiled so far.
enum Left {
    Register(Reg),
    Constant(Const, Span),
}

impl<'a> Emitter<'a> {
    pub(super) fn chain(&mut self, expr: &'a Expr<'a>, dst: Reg) -> Done {
        let mut links = vec![expr];
        let mut innermost = leftmost(expr);
        while let Some(left) = innermost.and_then(leftmost) {
            links.extend(innermost);
            innermost = Some(left);
        }
        let Some(innermost) = innermost else { return Ok(()) };
        let saved = self.mark();
        if self.is_top(dst) {
            // Nothing above the result: build right there.
            self.release(dst as u32);
        }
        let base = self.mark();
        let class = self.super_class(innermost, &links);
        let mut left = self.innermost(innermost, links.last().copied())?;
        if class.is_some() {
            // The call of `super` is a part of what follows.
            links.pop();
        }
        let mut class = class;
        while let Some(link) = links.pop() {
            let method = match (&link.kind, links.last().map(|outer| &outer.kind)) {
                (ExprKind::Attribute { .. }, Some(ExprKind::Call { arguments, .. })) => !self.needs_tuple(arguments),
                _ => false,
            };
            let call = if method { links.pop() } else { None };
            let into = if links.is_empty() { Some(dst) } else { None };
            let of = class.take();
            let register = match call {
                Some(call) => self.method_call(base, left, of, link, call, into)?,
                None if let Some(class) = of => self.super_attribute(base, left, class, link, into),
                None => {
                    let folded = match (&link.kind, &left) {
                        (ExprKind::BinOp(op), Left::Constant(value, _)) => {
                            self.fold(&op.right).and_then(|right| fold::binary(op.op, value, &right))
                        }
                        (ExprKind::Subscript { slice, .. }, Left::Constant(value, _)) => {
                            self.fold(slice).and_then(|index| fold::item(value, &index))
                        }
                        _ => None,
                    };
                    if let Some(value) = folded {
                        left = Left::Constant(value, link.span);
                        continue;
                    }
                    self.link(base, left, link, into)?
                }
            };
            left = Left::Register(register);
        }
        if let Left::Constant(value, span) = left {
            self.at(span);
            self.load_const(dst, value);
        }
        self.release(saved);
        Ok(())
    }

    fn innermost(&mut self, expr: &'a Expr<'a>, outer: Option<&'a Expr<'a>>) -> Maybe<Left> {
        if let Some(Expr { kind: ExprKind::BinOp(_) | ExprKind::Subscript { .. }, .. }) = outer
            && let Some(value) = self.fold(expr)
        {
            return Ok(Left::Constant(value, expr.span));
        }
        // What is called must lie at the base; anything else is read where it is.
        if let Some(Expr { kind: ExprKind::Call { .. }, .. }) = outer {
            let register = self.temporary();
            self.expr(expr, register)?;
            return Ok(Left::Register(register));
        }
        self.operand(expr).map(Left::Register)
    }

    /// The left part in a register: a temporary at `base`, or a variable.
    fn left_register(&mut self, left: Left) -> Reg {
        match left {
            Left::Register(register) => register,
            Left::Constant(value, span) => {
                if let Some(register) = self.hoisted_value(&value) {
                    return register;
                }
                self.at(span);
                let register = self.temporary();
                self.load_const(register, value);
                register
            }
        }
    }

    /// Frees everything above `base` and says where the result goes.
    fn result(&mut self, base: u32, into: Option<Reg>) -> Reg {
        self.release(base);
        match into {
            // The result may lie at the base itself; keep what comes later off it.
            Some(dst) => dst,
            None => self.temporary(),
        }
    }

    fn link(&mut self, base: u32, left: Left, link: &'a Expr<'a>, into: Option<Reg>) -> Maybe<Reg> {
        let left = self.left_register(left);
        match &link.kind {
            ExprKind::BinOp(op) => {
                let (code, right) = match self.small_int(&op.right).zip(int_op(op.op)) {
                    Some((number, code)) => {
                        self.mark_line(op.right.span);
                        (code, number as u32 & Instr::C_MAX)
                    }
                    None => {
                        let right = self.right_operand(&op.right)?;
                        (binary_op(op.op), right as u32)
                    }
                };
                let result = self.result(base, into);
                self.emit_at(link.span, code, result, left, right);
                Ok(result)
            }
            ExprKind::Attribute { attr, .. } => {
                let name = self.mangled(attr.name);
                let result = self.result(base, into);
                let span = self.attribute_span(link.span, link.span, attr.span);
                self.at(span);
                let site = self.site(name);
                self.emit(Op::GetAttr, result, left, site);
                Ok(result)
            }
            ExprKind::Subscript { value, slice } => {
                self.check_subscript(value, slice);
                let key = self.right_operand(slice)?;
                let result = self.result(base, into);
                self.emit_at(link.span, Op::GetItem, result, left, key as u32);
                Ok(result)
            }
            ExprKind::Await(_) => {
                self.check_await(link.span)?;
                self.at(link.span);
                let result = self.result(base, into);
                let mark = self.mark();
                let iterator = self.temporary();
                self.emit(Op::GetAwaitable, iterator, left, 0);
                self.drive(iterator, result);
                self.release(mark);
                Ok(result)
            }
            ExprKind::Call { func, arguments } => {
                self.check_callable(func);
                self.release(base);
                let callee = self.temporary();
                self.at(link.span);
                self.move_to(callee, left);
                self.call(callee, func, arguments, link.span, into)
            }
            _ => Ok(left),
        }
    }

    /// Of `super().name` in a method: the free variable `__class__`. The first argument must lie in the first register.
    fn super_class(&self, innermost: &'a Expr<'a>, links: &[&'a Expr<'a>]) -> Option<u32> {
        let [.., attribute, call] = links else { return None };
        let plain = matches!(innermost.kind, ExprKind::Name("super"))
            && matches!(&call.kind, ExprKind::Call { arguments, .. } if arguments.args.is_empty() && arguments.keywords.is_empty())
            && matches!(&attribute.kind, ExprKind::Attribute { attr, .. } if attr.name != "__class__");
        let in_register = |name| matches!(self.place(name), Place::Register { register: 0, .. });
        // As CPython does not, where the module so much as mentions the name.
        let shadowed = self.table.scope(MODULE).get("super").is_some();
        if !plain
            || shadowed
            || !self.unit.comprehensions.is_empty()
            || self.unit.code.arg_count == 0
            || !self.unit.locals.keys().any(|name| in_register(name))
        {
            return None;
        }
        match (self.place("super"), self.place("__class__")) {
            (Place::Global, Place::Free(class)) => Some(class),
            _ => None,
        }
    }

    /// `super().name`, where `super` lies at the base.
    fn super_attribute(&mut self, base: u32, left: Left, class: u32, link: &'a Expr<'a>, into: Option<Reg>) -> Reg {
        let ExprKind::Attribute { attr, .. } = &link.kind else { return self.left_register(left) };
        let name = self.mangled(attr.name);
        let register = self.left_register(left);
        let span = self.attribute_span(link.span, link.span, attr.span);
        self.at(span);
        let site = self.site(name);
        self.emit(Op::SuperAttr, register, class as Reg, site);
        let result = self.result(base, into);
        if result != register {
            self.emit(Op::Move, result, register, 0);
        }
        result
    }

    /// The right operand of something whose left one is computed already.
    fn right_operand(&mut self, expr: &'a Expr<'a>) -> Maybe<Reg> {
        if let Some(value) = self.fold(expr) {
            if let Some(register) = self.hoisted_value(&value) {
                return Ok(register);
            }
            let register = self.temporary();
            self.at(expr.span);
            self.load_const(register, value);
            return Ok(register);
        }
        self.operand(expr)
    }

    /// Where an attribute is looked up: if it stands on a line of its own, that line is shown.
    fn attribute_span(&mut self, value: Span, whole: Span, attr: Span) -> Span {
        if self.line(value) == self.cursor.line(attr.end) { whole } else { Span::new(attr.start, whole.end) }
    }

    fn check_await(&self, span: Span) -> Done {
        let scope = self.table.scope(self.unit.scope);
        if self.awaits_at_top_level() || scope.is_function_like() {
            return Ok(());
        }
        self.error("'await' outside function", span)
    }

    // ---- calls

    fn method_call(
        &mut self,
        base: u32,
        left: Left,
        of: Option<u32>,
        link: &'a Expr<'a>,
        call: &'a Expr<'a>,
        into: Option<Reg>,
    ) -> Maybe<Reg> {
        let (ExprKind::Attribute { attr, .. }, ExprKind::Call { arguments, .. }) = (&link.kind, &call.kind) else {
            return self.link(base, left, link, into);
        };
        self.check_keywords(arguments)?;
        let object = self.left_register(left);
        let name = self.mangled(attr.name);
        self.release(base);
        let callee = self.temporaries(2);
        let span = self.attribute_span(link.span, link.span, attr.span);
        self.at(span);
        let site = self.site(name);
        match of {
            // `super` lies at the base, where the callee goes.
            Some(class) => self.emit(Op::SuperMethod, callee, class as Reg, site),
            None if arguments.args.is_empty() && arguments.keywords.is_empty() => {
                self.emit(Op::LoadMethodToCall, callee, object, site)
            }
            None => self.emit(Op::LoadMethod, callee, object, site),
        };
        self.positional(arguments.args)?;
        let span = self.attribute_span(link.span, call.span, attr.span);
        self.finish_call(callee, true, arguments.args.len(), arguments.keywords, span, into)
    }

    /// Calls what lies in `callee`, the topmost temporary.
    fn call(
        &mut self,
        callee: Reg,
        func: &'a Expr<'a>,
        arguments: &'a Arguments<'a>,
        span: Span,
        into: Option<Reg>,
    ) -> Maybe<Reg> {
        self.check_keywords(arguments)?;
        let span = match &func.kind {
            ExprKind::Attribute { attr, .. } => self.attribute_span(func.span, span, attr.span),
            _ => span,
        };
        if self.needs_tuple(arguments) {
            return self.call_with_tuple(callee, arguments, span, into);
        }
        self.temporary();
        self.positional(arguments.args)?;
        self.finish_call(callee, false, arguments.args.len(), arguments.keywords, span, into)
    }

    fn positional(&mut self, args: &'a [Expr<'a>]) -> Done {
        for arg in args {
            let register = self.temporary();
            self.expr(arg, register)?;
        }
        Ok(())
    }

    /// The positional arguments are in place: adds the keyword arguments and calls. `method` says
    /// that the register behind the callee is filled, by a `LoadMethod`.
    pub(super) fn finish_call(
        &mut self,
        callee: Reg,
        method: bool,
        count: usize,
        keywords: &'a [Keyword<'a>],
        span: Span,
        into: Option<Reg>,
    ) -> Maybe<Reg> {
        for keyword in keywords {
            let register = self.temporary();
            self.expr(&keyword.value, register)?;
        }
        let count = (count + keywords.len()) as Reg;
        self.at(span);
        if keywords.is_empty() {
            let result = self.result(callee as u32, into);
            let op = if method { Op::CallMethod } else { Op::Call };
            self.emit(op, callee, result, count as u32);
            return Ok(result);
        }
        let names = name_tuple(keywords.iter().filter_map(|keyword| keyword.name));
        let names = self.constant(names);
        self.emit(Op::CallKw, callee, if method { count } else { count | Instr::NO_SELF }, names);
        let result = self.result(callee as u32, into);
        self.move_to(result, callee);
        Ok(result)
    }

    /// Whether a call has `*args`, `**kwargs`, or more arguments than registers should be spent on.
    pub(super) fn needs_tuple(&self, arguments: &Arguments<'a>) -> bool {
        arguments.args.len() + arguments.keywords.len() > MAX_ARGUMENTS
            || arguments.args.iter().any(|arg| matches!(arg.kind, ExprKind::Starred(_)))
            || arguments.keywords.iter().any(|keyword| keyword.name.is_none())
    }

    /// Calls with the positional arguments in a tuple and the keyword arguments in a dict.
    fn call_with_tuple(
        &mut self,
        callee: Reg,
        arguments: &'a Arguments<'a>,
        span: Span,
        into: Option<Reg>,
    ) -> Maybe<Reg> {
        let tuple = self.temporary();
        self.argument_tuple(tuple, arguments.args, span)?;
        self.keyword_dict(callee, arguments.keywords, span)?;
        self.emit_at(span, Op::CallEx, callee, 0, 0);
        let result = self.result(callee as u32, into);
        self.move_to(result, callee);
        Ok(result)
    }

    fn argument_tuple(&mut self, tuple: Reg, args: &'a [Expr<'a>], span: Span) -> Done {
        if let [Expr { kind: ExprKind::Starred(only), .. }] = args {
            return self.expr(only, tuple);
        }
        if args.is_empty() {
            let none = self.constant(name_tuple(std::iter::empty()));
            self.emit_at(span, Op::LoadConst, tuple, 0, none);
            return Ok(());
        }
        self.emit_at(span, Op::BuildList, tuple, tuple, 0);
        self.append_arguments(tuple, args, span)?;
        self.emit_at(span, Op::ListToTuple, tuple, tuple, 0);
        Ok(())
    }

    /// Adds arguments to a list that is being built.
    pub(super) fn append_arguments(&mut self, tuple: Reg, args: &'a [Expr<'a>], span: Span) -> Done {
        for arg in args {
            let mark = self.mark();
            if let ExprKind::Starred(value) = &arg.kind {
                let value = self.operand(value)?;
                self.emit_at(span, Op::ListExtend, tuple, value, 0);
            } else {
                let value = self.operand(arg)?;
                self.emit_at(span, Op::ListAppend, tuple, value, 0);
            }
            self.release(mark);
        }
        Ok(())
    }

    /// The keyword arguments of `CallEx` in the next temporary; unbound if there are none.
    pub(super) fn keyword_dict(&mut self, callee: Reg, keywords: &'a [Keyword<'a>], span: Span) -> Done {
        let dict = self.temporary();
        if keywords.is_empty() {
            self.emit_at(span, Op::ClearLocal, dict, 0, 0);
            return Ok(());
        }
        match keywords {
            // The mapping may do as it is.
            [Keyword { name: None, .. }] => self.emit_at(span, Op::ClearLocal, dict, 0, 0),
            _ => self.emit_at(span, Op::BuildDict, dict, dict, 0),
        }
        let mut after_mapping = false;
        for keyword in keywords {
            let mark = self.mark();
            match keyword.name {
                Some(name) => {
                    let key = self.temporary();
                    self.at(keyword.span);
                    self.load_str(key, name);
                    let value = self.operand(&keyword.value)?;
                    // A name that `**` has given already is an error, which DictMerge words.
                    if after_mapping {
                        let one = self.temporaries(3);
                        self.move_to(one + 1, key);
                        self.move_to(one + 2, value);
                        self.emit_at(span, Op::BuildDict, one, one + 1, 1);
                        self.emit_at(span, Op::DictMerge, dict, one, callee as u32);
                    } else {
                        self.emit_at(span, Op::DictSet, dict, key, value as u32);
                    }
                }
                None => {
                    after_mapping = true;
                    let value = self.operand(&keyword.value)?;
                    self.emit_at(span, Op::DictMerge, dict, value, callee as u32);
                }
            }
            self.release(mark);
        }
        Ok(())
    }

    pub(super) fn check_keywords(&mut self, arguments: &'a Arguments<'a>) -> Done {
        for (at, keyword) in arguments.keywords.iter().enumerate() {
            let Some(name) = keyword.name else { continue };
            if name == "__debug__" {
                return self.error("cannot assign to __debug__", keyword.span);
            }
            // Long lists of keywords are rare, and then mostly generated: check those with a set.
            let earlier = &arguments.keywords[..at];
            if earlier.len() < 32 && earlier.iter().any(|other| other.name == Some(name)) {
                return self.error(format!("keyword argument repeated: {name}"), keyword.span);
            }
        }
        if arguments.keywords.len() > 32 {
            let mut seen = rustc_hash::FxHashSet::default();
            for keyword in arguments.keywords {
                if let Some(name) = keyword.name.filter(|name| !seen.insert(*name)) {
                    return self.error(format!("keyword argument repeated: {name}"), keyword.span);
                }
            }
        }
        Ok(())
    }
}

/// The left operand of a link.
fn leftmost<'a>(expr: &'a Expr<'a>) -> Option<&'a Expr<'a>> {
    match &expr.kind {
        ExprKind::BinOp(op) => Some(&op.left),
        ExprKind::Attribute { value, .. } | ExprKind::Subscript { value, .. } => Some(value),
        ExprKind::Call { func, .. } => Some(func),
        ExprKind::Await(value) => Some(value),
        _ => None,
    }
}

pub(super) fn binary_op(op: BinOperator) -> Op {
    match op {
        BinOperator::Add => Op::Add,
        BinOperator::Sub => Op::Sub,
        BinOperator::Mult => Op::Mul,
        BinOperator::MatMult => Op::MatMul,
        BinOperator::Div => Op::TrueDiv,
        BinOperator::Mod => Op::Mod,
        BinOperator::Pow => Op::Pow,
        BinOperator::LShift => Op::LShift,
        BinOperator::RShift => Op::RShift,
        BinOperator::BitOr => Op::Or,
        BinOperator::BitXor => Op::Xor,
        BinOperator::BitAnd => Op::And,
        BinOperator::FloorDiv => Op::FloorDiv,
    }
}

pub(super) fn int_op(op: BinOperator) -> Option<Op> {
    Some(match op {
        BinOperator::Add => Op::AddInt,
        BinOperator::Sub => Op::SubInt,
        BinOperator::Mult => Op::MulInt,
        BinOperator::FloorDiv => Op::FloorDivInt,
        BinOperator::Mod => Op::ModInt,
        _ => return None,
    })
}

pub(super) fn in_place_op(op: BinOperator) -> Op {
    match op {
        BinOperator::Add => Op::IAdd,
        BinOperator::Sub => Op::ISub,
        BinOperator::Mult => Op::IMul,
        BinOperator::MatMult => Op::IMatMul,
        BinOperator::Div => Op::ITrueDiv,
        BinOperator::Mod => Op::IMod,
        BinOperator::Pow => Op::IPow,
        BinOperator::LShift => Op::ILShift,
        BinOperator::RShift => Op::IRShift,
        BinOperator::BitOr => Op::IOr,
        BinOperator::BitXor => Op::IXor,
        BinOperator::BitAnd => Op::IAnd,
        BinOperator::FloorDiv => Op::IFloorDiv,
    }
}

pub(super) fn in_place_int_op(op: BinOperator) -> Option<Op> {
    match op {
        BinOperator::Add => Some(Op::IAddInt),
        BinOperator::Sub => Some(Op::ISubInt),
        _ => None,
    }
}

//! Operators: from `yield` and `:=` down to unary minus and `await`, by precedence. Chains of
//! operators to the left are built in a loop, so their length costs no stack.

use super::super::tokens::Tok;
use super::super::tree::*;
use super::{Parse, Parser};

/// The precedence of binary operators, 0 for what is none.
#[inline]
fn binary_operator(kind: Tok) -> Option<(BinOperator, u8)> {
    Some(match kind {
        Tok::VBar => (BinOperator::BitOr, 1),
        Tok::Circumflex => (BinOperator::BitXor, 2),
        Tok::Ampersand => (BinOperator::BitAnd, 3),
        Tok::LeftShift => (BinOperator::LShift, 4),
        Tok::RightShift => (BinOperator::RShift, 4),
        Tok::Plus => (BinOperator::Add, 5),
        Tok::Minus => (BinOperator::Sub, 5),
        Tok::Star => (BinOperator::Mult, 6),
        Tok::Slash => (BinOperator::Div, 6),
        Tok::DoubleSlash => (BinOperator::FloorDiv, 6),
        Tok::Percent => (BinOperator::Mod, 6),
        Tok::At => (BinOperator::MatMult, 6),
        _ => return None,
    })
}

impl Tok {
    /// Whether an expression can begin with this token.
    pub(super) const fn starts_expression(self) -> bool {
        use Tok::*;
        matches!(
            self,
            Name | WideName
                | False
                | None
                | True
                | Await
                | Lambda
                | Not
                | Number
                | String
                | FStringStart
                | TStringStart
                | LPar
                | LSqb
                | LBrace
                | Ellipsis
                | Plus
                | Minus
                | Tilde
        )
    }
}

impl<'a> Parser<'a> {
    /// `yield …` or expressions with stars: the right side of an assignment, a replacement field.
    pub(super) fn yield_or_star_expressions(&mut self) -> Parse<Expr<'a>> {
        if self.at(Tok::Yield) { self.yield_expression() } else { self.star_expressions() }
    }

    pub(super) fn yield_expression(&mut self) -> Parse<Expr<'a>> {
        let start = self.tok.start;
        self.bump();
        let kind = if self.eat(Tok::From) {
            let value = self.expression()?;
            ExprKind::YieldFrom(self.boxed(value))
        } else if self.tok.kind.starts_expression() || self.at(Tok::Star) {
            let value = self.star_expressions()?;
            ExprKind::Yield(Some(self.boxed(value)))
        } else {
            if self.diagnosing {
                self.statement_as_expression()?;
            }
            ExprKind::Yield(None)
        };
        Ok(self.expr_from(start, kind))
    }

    /// `a`, `a, *b`, `a,`: one expression or a tuple without parentheses.
    pub(super) fn star_expressions(&mut self) -> Parse<Expr<'a>> {
        self.tuple_or_one(|parser| parser.star_expression(), |kind| kind.starts_expression() || kind == Tok::Star)
    }

    /// The same without stars.
    pub(super) fn expressions(&mut self) -> Parse<Expr<'a>> {
        self.tuple_or_one(|parser| parser.expression(), Tok::starts_expression)
    }

    /// Elements separated by commas: a tuple if there is a comma.
    #[inline]
    pub(super) fn tuple_or_one(
        &mut self,
        element: impl Fn(&mut Self) -> Parse<Expr<'a>>,
        starts: impl Fn(Tok) -> bool,
    ) -> Parse<Expr<'a>> {
        Ok(self.comma_separated(element, starts)?.0)
    }

    /// The same, and whether there was a comma.
    pub(super) fn comma_separated(
        &mut self,
        element: impl Fn(&mut Self) -> Parse<Expr<'a>>,
        starts: impl Fn(Tok) -> bool,
    ) -> Parse<(Expr<'a>, bool)> {
        let start = self.tok.start;
        let first = element(self)?;
        if !self.at(Tok::Comma) {
            return Ok((first, false));
        }
        let base = self.exprs.len();
        self.exprs.push(first);
        while self.eat(Tok::Comma) && self.starts_after_comma(&starts)? {
            let Some(next) = self.or_stop(&element)? else { break };
            self.exprs.push(next);
        }
        let elements = self.exprs_from(base);
        Ok((self.expr_from(start, ExprKind::Tuple(elements)), true))
    }

    fn starts_after_comma(&mut self, starts: &impl Fn(Tok) -> bool) -> Parse<bool> {
        if starts(self.tok.kind) {
            return Ok(true);
        }
        if self.diagnosing {
            self.statement_as_expression()?;
        }
        Ok(false)
    }

    pub(super) fn star_expression(&mut self) -> Parse<Expr<'a>> {
        if self.at(Tok::Star) { self.starred() } else { self.expression() }
    }

    /// `*operand`, where the operand binds as tightly as `|`.
    pub(super) fn starred(&mut self) -> Parse<Expr<'a>> {
        let start = self.tok.start;
        self.bump();
        let value = self.bitwise_or()?;
        let value = self.boxed(value);
        Ok(self.expr_from(start, ExprKind::Starred(value)))
    }

    /// An element of a display: also `*x` and `name := value`.
    pub(super) fn star_named_expression(&mut self) -> Parse<Expr<'a>> {
        if self.at(Tok::Star) { self.starred() } else { self.named_expression() }
    }

    pub(super) fn named_expression(&mut self) -> Parse<Expr<'a>> {
        if self.tok.kind.is_name() && self.peek(1) == Tok::ColonEqual {
            return self.assignment_expression();
        }
        let first = self.tok;
        let expr = self.expression()?;
        if self.diagnosing {
            self.diagnose_named_expression(first, &expr)?;
        }
        if self.at(Tok::ColonEqual) {
            return self.fail();
        }
        Ok(expr)
    }

    /// An argument or the element of a generator: like a named expression, but `=` has another meaning.
    pub(super) fn argument_expression(&mut self) -> Parse<Expr<'a>> {
        if self.tok.kind.is_name() && self.peek(1) == Tok::ColonEqual {
            return self.assignment_expression();
        }
        self.expression()
    }

    fn assignment_expression(&mut self) -> Parse<Expr<'a>> {
        let start = self.tok.start;
        let target = self.name_expr()?;
        self.bump();
        let value = self.nested(1, Self::expression)?;
        let (target, value) = (self.boxed(target), self.boxed(value));
        Ok(self.expr_from(start, ExprKind::NamedExpr { target, value }))
    }

    /// A conditional expression, a lambda, or anything that binds more tightly.
    pub(super) fn expression(&mut self) -> Parse<Expr<'a>> {
        if self.at(Tok::Lambda) {
            return self.nested(2, Self::lambda);
        }
        let first = self.tok;
        if self.diagnosing {
            self.diagnose_expression_start()?;
        }
        let body = self.disjunction()?;
        if self.diagnosing {
            self.diagnose_expression(first, &body)?;
        }
        if !self.at(Tok::If) {
            return Ok(body);
        }
        let whole = self.or_stop(|parser| {
            parser.bump();
            let test = parser.disjunction()?;
            parser.expect(Tok::Else)?;
            let orelse = parser.nested(1, Self::expression)?;
            let node = parser.arena.alloc(IfExp { test, body, orelse });
            Ok(parser.expr_from(first.start, ExprKind::IfExp(node)))
        })?;
        Ok(whole.unwrap_or(body))
    }

    fn lambda(&mut self) -> Parse<Expr<'a>> {
        let start = self.tok.start;
        self.bump();
        let parameters = self.lambda_parameters()?;
        self.lambda_colon(start)?;
        let body = self.expression()?;
        let node = self.arena.alloc(Lambda { parameters, body });
        Ok(self.expr_from(start, ExprKind::Lambda(node)))
    }

    pub(super) fn disjunction(&mut self) -> Parse<Expr<'a>> {
        self.bool_op(Tok::Or, BoolOperator::Or, |parser| parser.bool_op(Tok::And, BoolOperator::And, Self::inversion))
    }

    #[inline]
    fn bool_op(
        &mut self,
        token: Tok,
        op: BoolOperator,
        operand: impl Fn(&mut Self) -> Parse<Expr<'a>>,
    ) -> Parse<Expr<'a>> {
        let start = self.tok.start;
        let first = operand(self)?;
        if !self.at(token) {
            return Ok(first);
        }
        let base = self.exprs.len();
        self.exprs.push(first);
        while self.at(token) {
            let next = self.or_stop(|parser| {
                parser.bump();
                operand(parser)
            })?;
            let Some(next) = next else { break };
            self.exprs.push(next);
        }
        if self.exprs.len() == base + 1 {
            self.exprs.truncate(base);
            return Ok(first);
        }
        let values = self.exprs_from(base);
        let node = self.arena.alloc(BoolOp { op, values });
        Ok(self.expr_from(start, ExprKind::BoolOp(node)))
    }

    pub(super) fn inversion(&mut self) -> Parse<Expr<'a>> {
        if !self.at(Tok::Not) {
            return self.comparison();
        }
        let start = self.tok.start;
        self.bump();
        let operand = self.nested(1, Self::inversion)?;
        Ok(self.unary(start, UnaryOperator::Not, operand))
    }

    fn unary(&self, start: u32, op: UnaryOperator, operand: Expr<'a>) -> Expr<'a> {
        let node = self.arena.alloc(UnaryOp { op, operand });
        self.expr_from(start, ExprKind::UnaryOp(node))
    }

    fn comparison(&mut self) -> Parse<Expr<'a>> {
        let start = self.tok.start;
        let left = self.bitwise_or()?;
        let Some(first) = self.or_stop(Self::compared)?.flatten() else { return Ok(left) };
        let rest = match self.or_stop(Self::compared)?.flatten() {
            None => std::slice::from_ref(self.arena.alloc(first)),
            Some(second) => {
                let mut rest = vec![first, second];
                while let Some(next) = self.or_stop(Self::compared)?.flatten() {
                    rest.push(next);
                }
                self.arena.alloc_slice(rest.into_iter())
            }
        };
        let node = self.arena.alloc(Compare { left, rest });
        Ok(self.expr_from(start, ExprKind::Compare(node)))
    }

    /// A comparison operator and what is behind it, if there is one.
    #[inline]
    fn compared(&mut self) -> Parse<Option<Comparison<'a>>> {
        let Some(op) = self.comparison_operator()? else { return Ok(None) };
        let right = self.bitwise_or()?;
        Ok(Some(Comparison { op, right }))
    }

    /// Eats a comparison operator, if there is one.
    #[inline]
    fn comparison_operator(&mut self) -> Parse<Option<CmpOperator>> {
        let op = match self.tok.kind {
            Tok::EqEqual => CmpOperator::Eq,
            Tok::NotEqual => CmpOperator::NotEq,
            Tok::Less => CmpOperator::Lt,
            Tok::LessEqual => CmpOperator::LtE,
            Tok::Greater => CmpOperator::Gt,
            Tok::GreaterEqual => CmpOperator::GtE,
            Tok::In => CmpOperator::In,
            Tok::Is if self.peek(1) == Tok::Not => {
                self.bump();
                CmpOperator::IsNot
            }
            Tok::Is => CmpOperator::Is,
            Tok::Not if self.peek(1) == Tok::In => {
                self.bump();
                CmpOperator::NotIn
            }
            Tok::Not => {
                // CPython has looked at the next token, and will complain about that one.
                self.look_past();
                return Ok(None);
            }
            Tok::LessGreater => {
                return self.raise(self.tok.span(), "invalid syntax.  Maybe you meant '!=' instead of '<>'?");
            }
            _ => return Ok(None),
        };
        self.bump();
        Ok(Some(op))
    }

    pub(super) fn bitwise_or(&mut self) -> Parse<Expr<'a>> {
        self.binary(1)
    }

    /// Operands joined by operators that bind at least as tightly as `least`.
    fn binary(&mut self, least: u8) -> Parse<Expr<'a>> {
        let start = self.tok.start;
        let mut left = self.factor()?;
        while let Some((op, precedence)) = binary_operator(self.tok.kind)
            && precedence >= least
        {
            let right = self.or_stop(|parser| {
                parser.bump();
                if parser.diagnosing {
                    parser.diagnose_not_after_operator(precedence)?;
                }
                if precedence == 6 { parser.factor() } else { parser.binary(precedence + 1) }
            })?;
            let Some(right) = right else { return Ok(left) };
            let node = self.arena.alloc(BinOp { left, op, right });
            left = self.expr_from(start, ExprKind::BinOp(node));
        }
        Ok(left)
    }

    fn factor(&mut self) -> Parse<Expr<'a>> {
        let op = match self.tok.kind {
            Tok::Plus => UnaryOperator::UAdd,
            Tok::Minus => UnaryOperator::USub,
            Tok::Tilde => UnaryOperator::Invert,
            _ => return self.power(),
        };
        let start = self.tok.start;
        self.bump();
        if self.diagnosing {
            self.diagnose_not_after_operator(0)?;
        }
        let operand = self.nested(1, Self::factor)?;
        Ok(self.unary(start, op, operand))
    }

    /// `await base ** exponent`; the exponent may have a sign.
    fn power(&mut self) -> Parse<Expr<'a>> {
        let start = self.tok.start;
        let base = if self.eat(Tok::Await) {
            let value = self.primary()?;
            let value = self.boxed(value);
            self.expr_from(start, ExprKind::Await(value))
        } else {
            self.primary()?
        };
        if !self.at(Tok::DoubleStar) {
            return Ok(base);
        }
        self.bump();
        let right = self.nested(2, Self::factor)?;
        let node = self.arena.alloc(BinOp { left: base, op: BinOperator::Pow, right });
        Ok(self.expr_from(start, ExprKind::BinOp(node)))
    }
}

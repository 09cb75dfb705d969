//! What people write in expressions by mistake.

use super::super::super::tokens::{Tok, Token};
use super::super::super::tree::*;
use super::super::calls::Seen;
use super::super::targets::describe;
use super::super::{Parse, Parser, Place};

/// How many tokens are looked at to find out how far something makes sense.
const MAX_PREFIX: usize = 200;

const FORGOT_COMMA: &str = "invalid syntax. Perhaps you forgot a comma?";
const MEANT_COMPARISON: &str = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";

impl<'a> Parser<'a> {
    /// Before an expression.
    pub(in super::super) fn diagnose_expression_start(&mut self) -> Parse<()> {
        self.statement_as_expression()?;
        self.diagnose_torn_string()
    }

    /// `pass if x else y`: a statement where an expression should be.
    pub(in super::super) fn statement_as_expression(&mut self) -> Parse<()> {
        let keyword = self.tok;
        if !matches!(keyword.kind, Tok::Pass | Tok::Break | Tok::Continue) {
            return Ok(());
        }
        self.look_past();
        if self.peek(1) != Tok::If {
            return Ok(());
        }
        let whole = self.ahead(|parser| {
            parser.bump();
            parser.bump();
            parser.disjunction()?;
            parser.expect(Tok::Else)?;
            parser.simple_statement()
        })?;
        match whole {
            Some(_) => self.raise(keyword.span(), "expected expression before 'if', but statement is given"),
            None => Ok(()),
        }
    }

    /// After the first operand of an expression, which began at `first`.
    pub(in super::super) fn diagnose_expression(&mut self, first: Token, body: &Expr<'a>) -> Parse<()> {
        self.diagnose_missing_comma(first, body)?;
        if self.at(Tok::If) {
            self.diagnose_conditional(body.span.start)?;
        }
        self.diagnose_print(first)
    }

    /// Two expressions in a row.
    fn diagnose_missing_comma(&mut self, first: Token, body: &Expr<'a>) -> Parse<()> {
        let prefix_like = first.kind.is_name() && first.end == self.previous_end && self.at(Tok::String);
        if !self.tok.kind.starts_expression() || self.is_soft_keyword(first) || prefix_like {
            return Ok(());
        }
        let Some((end, _)) = self.prefix(Self::expression)? else { return Ok(()) };
        // A group leaves its parentheses out of its span, and CPython out of the error.
        let end = self.ahead_plainly(Self::expression)?.map_or(end, |next| next.span.end);
        if self.nesting == 0 || is_old_statement(body) {
            return Ok(());
        }
        self.raise(Span::new(body.span.start, end), FORGOT_COMMA)
    }

    fn is_soft_keyword(&self, token: Token) -> bool {
        token.kind == Tok::Name && matches!(self.source(token.span()), "match" | "case" | "type" | "_")
    }

    /// Expressions between two strings: quotes that end the first too early.
    fn diagnose_torn_string(&mut self) -> Parse<()> {
        if !self.at(Tok::String) || self.peek(1) == Tok::String || !self.peek(1).starts_expression() {
            return Ok(());
        }
        let between = self.ahead_plainly(|parser| {
            parser.bump();
            let mut span = parser.expression()?.span;
            while parser.tok.kind.starts_expression() && !parser.at(Tok::String) {
                span.end = parser.expression()?.span.end;
            }
            parser.expect(Tok::String)?;
            Ok(span)
        })?;
        match between {
            Some(span) => self.raise(span, "invalid syntax. Is this intended to be part of the string?"),
            None => Ok(()),
        }
    }

    /// At the `if` of a conditional expression.
    fn diagnose_conditional(&mut self, start: u32) -> Parse<()> {
        let found = self.ahead(|parser| {
            parser.bump();
            let Some((end, next)) = parser.prefix(Self::disjunction)? else { return parser.fail() };
            if next.kind != Tok::Else {
                return Ok((end, next.kind == Tok::Colon, None));
            }
            parser.disjunction()?;
            parser.bump();
            let statement = parser.tok;
            // In earnest first, for what may be wrong inside.
            let follows = parser.ahead(Self::expression)?.is_some();
            Ok((end, true, if follows { None } else { Some(statement) }))
        })?;
        match found {
            Some((end, false, _)) => self.raise(Span::new(start, end), "expected 'else' after 'if' expression"),
            Some((_, true, Some(statement))) => {
                let message = "expected expression after 'else', but statement is given";
                self.raise_at(Place::Token(statement), message)
            }
            _ => Ok(()),
        }
    }

    /// `print x`, as in Python 2; what follows any other name is looked at, too, for what may be
    /// wrong with it.
    fn diagnose_print(&mut self, first: Token) -> Parse<()> {
        if !first.kind.is_name() || self.tok.start < first.end {
            return Ok(());
        }
        let Some(index) = self.tokens[..=self.position].iter().rposition(|token| token.start == first.start) else {
            return Ok(());
        };
        let Some(&next) = self.tokens.get(index + 1) else { return Ok(()) };
        if next.kind == Tok::LPar || !next.kind.starts_expression() {
            return Ok(());
        }
        let old = matches!(self.source(first.span()), "print" | "exec");
        let mark = self.mark();
        self.position = index;
        self.tok = first;
        self.bump();
        let found = self.look_behind_name(first, old);
        if self.raised.is_none() {
            self.reset(mark);
        }
        match found? {
            Some(end) if old => {
                let word = self.source(first.span());
                let message = format!("Missing parentheses in call to '{word}'. Did you mean {word}(...)?");
                self.raise(Span::new(first.start, end), message)
            }
            _ => Ok(()),
        }
    }

    /// What follows a name, up to where it makes sense.
    fn look_behind_name(&mut self, name: Token, old: bool) -> Parse<Option<u32>> {
        if old {
            return Ok(self.prefix(Self::star_expressions)?.map(|(end, _)| end));
        }
        let next = self.tok;
        if self.is_soft_keyword(name) {
            // Nothing here has been read yet, so all rules apply; but looking twice at each level
            // of something nested would take forever.
            self.fuel = self.fuel.saturating_sub(1);
            if self.fuel > 0 {
                self.attempt(Self::star_expressions)?;
            }
            return Ok(None);
        }
        if matches!(next.kind, Tok::LSqb | Tok::Minus | Tok::Plus | Tok::Not) {
            return Ok(None);
        }
        let diagnosing = std::mem::replace(&mut self.diagnosing, false);
        let body = self.attempt(Self::disjunction);
        self.diagnosing = diagnosing;
        if let Some(body) = body? {
            self.diagnose_missing_comma(next, &body)?;
            while self.eat(Tok::Comma) && self.attempt(Self::star_expression)?.is_some() {}
        }
        Ok(None)
    }

    /// How far a rule fits, if what is here begins with it at all: the end of that, and the token
    /// behind. CPython's rules match the beginning of what they do not understand.
    pub(in super::super) fn prefix<T>(&mut self, rule: impl Fn(&mut Self) -> Parse<T>) -> Parse<Option<(u32, Token)>> {
        let whole = self.ahead_plainly(|parser| {
            rule(parser)?;
            Ok((parser.previous_end, parser.tok))
        })?;
        if whole.is_some() {
            return Ok(whole);
        }
        let start = self.position;
        let last = self.tokens.len().min(start + MAX_PREFIX);
        for cut in (start + 1..last).rev() {
            let token = self.tokens[cut];
            self.tokens[cut].kind = Tok::Cut;
            let fits = self.ahead_plainly(|parser| {
                rule(parser)?;
                if parser.position == cut { Ok(parser.previous_end) } else { parser.fail() }
            });
            self.tokens[cut] = token;
            if let Some(end) = fits? {
                return Ok(Some((end, token)));
            }
        }
        Ok(None)
    }

    /// After an expression where `:=` is allowed and `=` is not.
    pub(in super::super) fn diagnose_named_expression(&mut self, first: Token, expr: &Expr<'a>) -> Parse<()> {
        if self.at(Tok::ColonEqual) {
            let value = self.ahead(|parser| {
                parser.bump();
                parser.expression()
            })?;
            if value.is_some() {
                let message = format!("cannot use assignment expressions with {}", describe(expr));
                return self.raise(expr.span, message);
            }
        }
        if !self.at(Tok::Equal) {
            return Ok(());
        }
        let grouped = first.start != expr.span.start;
        let is_operand = grouped
            || !matches!(
                expr.kind,
                ExprKind::Compare(_) | ExprKind::BoolOp(_) | ExprKind::IfExp(_) | ExprKind::Lambda(_)
            ) && !matches!(expr.kind, ExprKind::UnaryOp(node) if node.op == UnaryOperator::Not);
        if !is_operand || (!grouped && starts_like_target(expr)) {
            return Ok(());
        }
        let value = self.ahead(|parser| {
            parser.bump();
            // In earnest first, for what may be wrong inside.
            parser.ahead(Self::bitwise_or)?;
            parser.prefix(Self::bitwise_or)
        })?;
        let Some(Some((end, next))) = value else { return Ok(()) };
        if matches!(next.kind, Tok::Equal | Tok::ColonEqual) {
            return Ok(());
        }
        if matches!(expr.kind, ExprKind::Name(_)) && !grouped {
            return self.raise(Span::new(first.start, end), MEANT_COMPARISON);
        }
        let message = format!("cannot assign to {} here. Maybe you meant '==' instead of '='?", describe(expr));
        self.raise(expr.span, message)
    }

    /// `a + not b`, at what follows the operator.
    pub(in super::super) fn diagnose_not_after_operator(&mut self, precedence: u8) -> Parse<()> {
        if !self.at(Tok::Not) || matches!(precedence, 1..=4) {
            return Ok(());
        }
        let start = self.tok.start;
        match self.prefix(Self::inversion)? {
            Some((end, _)) => self.raise(Span::new(start, end), "'not' after an operator must be parenthesized"),
            None => Ok(()),
        }
    }

    /// After `(`.
    pub(in super::super) fn diagnose_group_start(&mut self) -> Parse<()> {
        let start = self.tok.start;
        match self.tok.kind {
            Tok::DoubleStar => {
                let group = self.ahead(|parser| {
                    parser.bump();
                    parser.expression()?;
                    parser.expect(Tok::RPar)
                })?;
                match group {
                    Some(()) => self.raise(Span::new(start, start + 2), "cannot use double starred expression here"),
                    None => Ok(()),
                }
            }
            _ => self.diagnose_star(),
        }
    }

    /// Where a star may stand before an expression.
    pub(in super::super) fn diagnose_star(&mut self) -> Parse<()> {
        if !self.at(Tok::Star) {
            return Ok(());
        }
        let mark = self.mark();
        self.bump();
        let operand = self.ahead(Self::expression)?;
        if operand.is_none() && self.prefix(Self::expression)?.is_none() {
            return self.raise_furthest("Invalid star expression");
        }
        self.reset(mark);
        Ok(())
    }

    /// After the only element of a group.
    pub(in super::super) fn diagnose_group(&mut self, element: &Expr<'a>) -> Parse<()> {
        if matches!(element.kind, ExprKind::Starred(_)) && self.at(Tok::RPar) {
            return self.raise(element.span, "cannot use starred expression here");
        }
        Ok(())
    }

    /// At the `for` after an element.
    pub(in super::super) fn diagnose_starred_element(&mut self, element: &Expr<'a>) -> Parse<()> {
        if matches!(element.kind, ExprKind::Starred(_)) && self.ahead(Self::generators)?.is_some() {
            return self.raise(element.span, "iterable unpacking cannot be used in comprehension");
        }
        Ok(())
    }

    /// At the `for` after several elements.
    pub(in super::super) fn diagnose_comprehension_target(&mut self, elements: Span) -> Parse<()> {
        if self.ahead(Self::generators)?.is_some() {
            return self.raise(elements, "did you forget parentheses around the comprehension target?");
        }
        Ok(())
    }

    /// After `**mapping` at the start of a dict.
    pub(in super::super) fn diagnose_dict_unpacking(&mut self, star: u32) -> Parse<()> {
        if matches!(self.tok.kind, Tok::For | Tok::Async) {
            let whole = self.ahead(|parser| {
                parser.generators()?;
                parser.expect(Tok::RBrace)
            })?;
            if whole.is_some() {
                // Only the stars: CPython marks the token.
                return self.raise(Span::new(star, star + 2), "dict unpacking cannot be used in dict comprehension");
            }
        }
        Ok(())
    }

    /// After the `:` behind a key.
    pub(in super::super) fn diagnose_dict_value(&mut self) -> Parse<()> {
        let colon = Span::new(self.previous_end - 1, self.previous_end);
        match self.tok.kind {
            Tok::RBrace | Tok::Comma => self.raise(colon, "expression expected after dictionary key and ':'"),
            Tok::Star => {
                let start = self.tok.start;
                let after = self.ahead(|parser| {
                    parser.bump();
                    parser.bitwise_or()?;
                    Ok(parser.tok)
                })?;
                match after {
                    Some(last) => {
                        let message = "cannot use a starred expression in a dictionary value";
                        self.raise_at(Place::StartingFrom(start, last), message)
                    }
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Before an argument.
    pub(in super::super) fn diagnose_argument(&mut self, seen: Seen) -> Parse<()> {
        let start = self.tok;
        match (start.kind, self.peek(1)) {
            (Tok::True | Tok::False | Tok::None, Tok::Equal) => {
                let message = format!("cannot assign to {}", self.source(start.span()));
                let equal = self.tokens[self.position + 1];
                self.raise(start.span().to(equal.span()), message)
            }
            (Tok::Name | Tok::WideName, Tok::Equal) => self.diagnose_keyword_argument(),
            (Tok::Star, _) if seen == Seen::Unpacking => {
                let comma = self.tokens[..self.position].last().map_or(start.start, |token| token.start);
                let after = self.ahead(|parser| {
                    parser.bump();
                    parser.expression()?;
                    Ok(parser.tok)
                })?;
                match after {
                    Some(last) => {
                        let message = "iterable argument unpacking follows keyword argument unpacking";
                        self.raise_at(Place::StartingFrom(comma, last), message)
                    }
                    None => Ok(()),
                }
            }
            (Tok::Star, _) => self.diagnose_star(),
            (Tok::DoubleStar, _) => {
                let end = self.ahead(|parser| {
                    parser.bump();
                    parser.expression()?;
                    parser.expect(Tok::Equal)?;
                    parser.expression()?;
                    Ok(parser.previous_end)
                })?;
                match end {
                    Some(end) => {
                        let span = Span::new(start.start, end);
                        self.raise(span, "cannot assign to keyword argument unpacking")
                    }
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    fn diagnose_keyword_argument(&mut self) -> Parse<()> {
        let start = self.tok;
        let equal = self.tokens[self.position + 1];
        let span = start.span().to(equal.span());
        if matches!(self.peek(2), Tok::Comma | Tok::RPar) {
            return self.raise(span, "expected argument value expression");
        }
        let generator = self.ahead(|parser| {
            parser.bump();
            parser.bump();
            parser.expression()?;
            if matches!(parser.tok.kind, Tok::For | Tok::Async) { parser.generators() } else { parser.fail() }
        })?;
        match generator {
            Some(_) => self.raise(span, MEANT_COMPARISON),
            None => Ok(()),
        }
    }

    /// After `*value` among arguments, which began at `start`.
    pub(in super::super) fn diagnose_starred_argument(&mut self, start: u32) -> Parse<()> {
        if !self.at(Tok::Equal) {
            return Ok(());
        }
        let end = self.ahead(|parser| {
            parser.bump();
            parser.expression()?;
            Ok(parser.previous_end)
        })?;
        match end {
            Some(end) => self.raise(Span::new(start, end), "cannot assign to iterable argument unpacking"),
            None => Ok(()),
        }
    }

    /// At the `for` after an argument: a generator needs parentheses, unless it is alone.
    pub(in super::super) fn diagnose_generator_argument(&mut self, element: &Expr<'a>, first: bool) -> Parse<()> {
        let end = self.ahead(|parser| {
            parser.generators()?;
            let end = parser.previous_end;
            if first && !parser.at(Tok::Comma) { parser.fail() } else { Ok(end) }
        })?;
        match end {
            Some(end) => {
                let span = Span::new(element.span.start, end);
                self.raise(span, "Generator expression must be parenthesized")
            }
            None => Ok(()),
        }
    }

    /// After an argument without a name.
    pub(in super::super) fn diagnose_positional(&mut self, first: Token, value: &Expr<'a>, seen: Seen) -> Parse<()> {
        let named = matches!(value.kind, ExprKind::NamedExpr { .. }) && first.start == value.span.start;
        if self.at(Tok::Equal) && !named {
            let span = value.span.to(self.tok.span());
            return self.raise(span, "expression cannot contain assignment, perhaps you meant \"==\"?");
        }
        self.positional_too_late(seen)
    }

    /// CPython reads the other arguments before it complains, and puts the caret behind them.
    pub(in super::super) fn positional_too_late(&mut self, seen: Seen) -> Parse<()> {
        let message = match seen {
            Seen::Positional => return Ok(()),
            Seen::Keyword => "positional argument follows keyword argument",
            Seen::Unpacking => "positional argument follows keyword argument unpacking",
        };
        while self.eat(Tok::Comma) && self.tok.kind != Tok::RPar {
            if self.tok.kind.is_name() && self.peek(1) == Tok::Equal {
                self.bump();
                self.bump();
            } else if matches!(self.tok.kind, Tok::Star | Tok::DoubleStar) {
                self.bump();
            }
            if self.attempt(Self::argument_expression)?.is_none() {
                break;
            }
        }
        self.raise_furthest(message)
    }
}

/// Whether an expression is a bare `print` or `exec`.
fn is_old_statement(expr: &Expr<'_>) -> bool {
    matches!(expr.kind, ExprKind::Name("print" | "exec"))
}

/// Whether an expression begins with a display or a constant that CPython leaves to other rules.
fn starts_like_target(expr: &Expr<'_>) -> bool {
    let mut expr = *expr;
    loop {
        expr = match expr.kind {
            ExprKind::Attribute { value, .. } | ExprKind::Subscript { value, .. } => *value,
            ExprKind::Call { func, .. } => *func,
            ExprKind::BinOp(node) => node.left,
            ExprKind::List(_) | ExprKind::Tuple(_) | ExprKind::GeneratorExp(_) => return true,
            ExprKind::Constant(constant) => {
                return matches!(constant, Constant::None | Constant::True | Constant::False);
            }
            _ => return false,
        }
    }
}

//! Atoms: names, constants, and what stands in brackets: groups, tuples, lists, sets, dicts and
//! comprehensions.

use super::super::error::ErrorKind;
use super::super::numbers;
use super::super::tokens::Tok;
use super::super::tree::*;
use super::targets::Use;
use super::{Parse, Parser, Place};

/// What a bracket costs of [`MAX_DEPTH`](super::MAX_DEPTH).
pub(super) const BRACKET_LEVELS: u32 = 24;

impl<'a> Parser<'a> {
    pub(super) fn atom(&mut self) -> Parse<Expr<'a>> {
        let constant = match self.tok.kind {
            Tok::Name | Tok::WideName => return self.name_expr(),
            Tok::Number => return self.number(),
            Tok::String | Tok::FStringStart | Tok::TStringStart => return self.strings(),
            Tok::LPar => return self.nested(BRACKET_LEVELS, Self::parenthesized),
            Tok::LSqb => return self.nested(BRACKET_LEVELS, Self::list),
            Tok::LBrace => return self.nested(BRACKET_LEVELS, Self::dict_or_set),
            Tok::None => Constant::None,
            Tok::True => Constant::True,
            Tok::False => Constant::False,
            Tok::Ellipsis => Constant::Ellipsis,
            _ => return self.fail(),
        };
        let span = self.tok.span();
        self.bump();
        Ok(Expr { span, kind: ExprKind::Constant(constant) })
    }

    /// The current token as a name; the caller need not have looked.
    pub(super) fn identifier(&mut self) -> Parse<Identifier<'a>> {
        let span = self.tok.span();
        let name = match self.tok.kind {
            Tok::Name => self.source(span),
            Tok::WideName => self.normal_form(span),
            _ => return self.fail(),
        };
        self.bump();
        Ok(Identifier { span, name })
    }

    pub(super) fn name_expr(&mut self) -> Parse<Expr<'a>> {
        let Identifier { span, name } = self.identifier()?;
        Ok(Expr { span, kind: ExprKind::Name(name) })
    }

    /// Identifiers are compared in their NFKC form.
    #[cold]
    fn normal_form(&self, span: Span) -> Name<'a> {
        use unicode_normalization::{UnicodeNormalization, is_nfkc};
        let source = self.source(span);
        if is_nfkc(source) {
            return source;
        }
        let normal: String = source.nfkc().collect();
        self.arena.alloc_str(&normal)
    }

    pub(super) fn number(&mut self) -> Parse<Expr<'a>> {
        let span = self.tok.span();
        match numbers::value(self.arena, self.source(span)) {
            Ok(value) => {
                self.bump();
                Ok(Expr { span, kind: ExprKind::Constant(value) })
            }
            Err(message) => self.raise_kind(ErrorKind::Syntax, Place::Line(span.start), message),
        }
    }

    fn open(&mut self) -> u32 {
        let start = self.tok.start;
        self.bump();
        self.nesting += 1;
        start
    }

    pub(super) fn close(&mut self, kind: Tok) -> Parse<()> {
        self.expect(kind)?;
        self.nesting -= 1;
        Ok(())
    }

    /// A group, a tuple or a generator. A group leaves no trace in the tree but its spans.
    fn parenthesized(&mut self) -> Parse<Expr<'a>> {
        let start = self.open();
        if self.at(Tok::RPar) {
            self.close(Tok::RPar)?;
            return Ok(self.expr_from(start, ExprKind::Tuple(&[])));
        }
        if self.at(Tok::Yield) {
            let value = self.yield_expression()?;
            self.close(Tok::RPar)?;
            return Ok(value);
        }
        if self.diagnosing {
            self.diagnose_group_start()?;
        }
        let first = self.star_named_expression()?;
        match self.tok.kind {
            Tok::For | Tok::Async => {
                if self.diagnosing {
                    self.diagnose_starred_element(&first)?;
                }
                self.no_starred_element(&first)?;
                let generators = self.generators()?;
                self.close(Tok::RPar)?;
                let node = self.arena.alloc(Comprehension { element: first, generators });
                Ok(self.expr_from(start, ExprKind::GeneratorExp(node)))
            }
            Tok::Comma => {
                let elements = self.elements_after(first, Tok::RPar)?;
                self.close(Tok::RPar)?;
                Ok(self.expr_from(start, ExprKind::Tuple(elements)))
            }
            _ => {
                if self.diagnosing {
                    self.diagnose_group(&first)?;
                }
                self.no_starred_element(&first)?;
                self.close(Tok::RPar)?;
                Ok(first)
            }
        }
    }

    /// The elements after the first one, which has been read, up to the closing bracket.
    fn elements_after(&mut self, first: Expr<'a>, close: Tok) -> Parse<&'a [Expr<'a>]> {
        let base = self.exprs.len();
        self.exprs.push(first);
        while self.eat(Tok::Comma) && !self.at(close) {
            if self.diagnosing && matches!(self.tok.kind, Tok::For | Tok::Async) && self.exprs.len() == base + 1 {
                self.diagnose_comprehension_target(first.span.to(self.span_from(first.span.start)))?;
            }
            let next = self.star_named_expression()?;
            self.exprs.push(next);
        }
        if self.diagnosing && matches!(self.tok.kind, Tok::For | Tok::Async) && close != Tok::RPar {
            self.diagnose_comprehension_target(self.span_from(first.span.start))?;
        }
        Ok(self.exprs_from(base))
    }

    fn list(&mut self) -> Parse<Expr<'a>> {
        let start = self.open();
        if self.at(Tok::RSqb) {
            self.close(Tok::RSqb)?;
            return Ok(self.expr_from(start, ExprKind::List(&[])));
        }
        if self.diagnosing {
            self.diagnose_star()?;
        }
        let first = self.star_named_expression()?;
        if matches!(self.tok.kind, Tok::For | Tok::Async) {
            let node = self.comprehension(first)?;
            self.close(Tok::RSqb)?;
            return Ok(self.expr_from(start, ExprKind::ListComp(node)));
        }
        let elements = self.elements_after(first, Tok::RSqb)?;
        self.close(Tok::RSqb)?;
        Ok(self.expr_from(start, ExprKind::List(elements)))
    }

    fn comprehension(&mut self, element: Expr<'a>) -> Parse<&'a Comprehension<'a>> {
        if self.diagnosing {
            self.diagnose_starred_element(&element)?;
        }
        self.no_starred_element(&element)?;
        let generators = self.generators()?;
        Ok(self.arena.alloc(Comprehension { element, generators }))
    }

    fn no_starred_element(&mut self, element: &Expr<'a>) -> Parse<()> {
        if matches!(element.kind, ExprKind::Starred(_)) { self.fail() } else { Ok(()) }
    }

    fn dict_or_set(&mut self) -> Parse<Expr<'a>> {
        let start = self.open();
        if self.at(Tok::RBrace) {
            self.close(Tok::RBrace)?;
            return Ok(self.expr_from(start, ExprKind::Dict(&[])));
        }
        if self.at(Tok::DoubleStar) {
            return self.dict(start, None);
        }
        if self.diagnosing {
            self.diagnose_star()?;
        }
        let first_token = self.tok;
        let first = self.star_named_expression()?;
        match self.tok.kind {
            Tok::Colon => {
                let grouped = first_token.start != first.span.start;
                if matches!(first.kind, ExprKind::Starred(_) | ExprKind::NamedExpr { .. }) && !grouped {
                    return self.fail();
                }
                self.dict(start, Some(first))
            }
            Tok::For | Tok::Async => {
                let node = self.comprehension(first)?;
                self.close(Tok::RBrace)?;
                Ok(self.expr_from(start, ExprKind::SetComp(node)))
            }
            _ => {
                let elements = self.elements_after(first, Tok::RBrace)?;
                self.close(Tok::RBrace)?;
                Ok(self.expr_from(start, ExprKind::Set(elements)))
            }
        }
    }

    /// The rest of a dict, at the `:` after the first key, or at `**`.
    fn dict(&mut self, start: u32, first_key: Option<Expr<'a>>) -> Parse<Expr<'a>> {
        let mut items = Vec::new();
        let mut key = first_key;
        loop {
            if key.is_none() && self.eat(Tok::DoubleStar) {
                let star = self.previous_end - 2;
                let value = self.bitwise_or()?;
                if items.is_empty() && self.diagnosing {
                    self.diagnose_dict_unpacking(star)?;
                }
                items.push(DictItem { key: None, value });
            } else {
                let key = match key.take() {
                    Some(first) => first,
                    None => self.dict_key()?,
                };
                self.expect(Tok::Colon)?;
                if self.diagnosing {
                    self.diagnose_dict_value()?;
                }
                let value = self.expression()?;
                if items.is_empty() && matches!(self.tok.kind, Tok::For | Tok::Async) {
                    let generators = self.generators()?;
                    self.close(Tok::RBrace)?;
                    let node = self.arena.alloc(DictComp { key, value, generators });
                    return Ok(self.expr_from(start, ExprKind::DictComp(node)));
                }
                items.push(DictItem { key: Some(key), value });
            }
            if !self.eat(Tok::Comma) || self.at(Tok::RBrace) {
                break;
            }
        }
        self.close(Tok::RBrace)?;
        let items = self.arena.alloc_slice(items.into_iter());
        Ok(self.expr_from(start, ExprKind::Dict(items)))
    }

    fn dict_key(&mut self) -> Parse<Expr<'a>> {
        if self.diagnosing {
            let key = self.ahead_plainly(|parser| {
                let key = parser.expression()?;
                Ok((key.span, parser.at(Tok::Colon)))
            })?;
            if let Some((span, false)) = key {
                return self.raise_at(Place::LastCharacter(span), "':' expected after dictionary key");
            }
        }
        self.expression()
    }

    /// The `for … in … if …` clauses of a comprehension.
    pub(super) fn generators(&mut self) -> Parse<&'a [Generator<'a>]> {
        let mut generators = Vec::new();
        while matches!(self.tok.kind, Tok::For | Tok::Async) {
            let is_async = self.eat(Tok::Async);
            self.expect(Tok::For)?;
            if self.diagnosing {
                self.diagnose_missing_in()?;
            }
            let target = self.for_target()?;
            if !self.at(Tok::In) {
                return self.fail();
            }
            self.bump();
            let iter = self.disjunction()?;
            let base = self.exprs.len();
            while self.eat(Tok::If) {
                let test = self.disjunction()?;
                self.exprs.push(test);
            }
            let ifs = self.exprs_from(base);
            generators.push(Generator { is_async, target, iter, ifs });
        }
        Ok(self.arena.alloc_slice(generators.into_iter()))
    }

    /// What stands between `for` and `in`.
    pub(super) fn for_target(&mut self) -> Parse<Expr<'a>> {
        if self.diagnosing {
            self.diagnose_for_target()?;
        }
        let target = self.for_target_list()?;
        self.check_target(&target, Use::For)?;
        Ok(target)
    }

    pub(super) fn for_target_list(&mut self) -> Parse<Expr<'a>> {
        self.tuple_or_one(
            |parser| if parser.at(Tok::Star) { parser.starred() } else { parser.bitwise_or() },
            |kind| kind.starts_expression() || kind == Tok::Star,
        )
    }
}

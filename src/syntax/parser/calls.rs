//! What follows an atom: attributes, subscripts and calls, in any number and in a loop.

use super::super::tokens::Tok;
use super::super::tree::*;
use super::atoms::BRACKET_LEVELS;
use super::{Parse, Parser};

/// What has been seen of the arguments so far: it decides what may still come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Seen {
    Positional,
    /// `name=value`
    Keyword,
    /// `**mapping`
    Unpacking,
}

impl<'a> Parser<'a> {
    pub(super) fn primary(&mut self) -> Parse<Expr<'a>> {
        let start = self.tok.start;
        let mut expr = self.atom()?;
        loop {
            expr = match self.tok.kind {
                Tok::Dot | Tok::LPar | Tok::LSqb => match self.or_stop(|parser| parser.trailer(start, expr))? {
                    Some(longer) => longer,
                    None => return Ok(expr),
                },
                _ => return Ok(expr),
            }
        }
    }

    /// `expr` with what is behind it.
    #[inline]
    fn trailer(&mut self, start: u32, expr: Expr<'a>) -> Parse<Expr<'a>> {
        let kind = match self.tok.kind {
            Tok::Dot => {
                self.bump();
                let attr = self.identifier()?;
                ExprKind::Attribute { value: self.boxed(expr), attr: self.arena.alloc(attr) }
            }
            Tok::LPar => {
                let arguments = self.nested(BRACKET_LEVELS, Self::call_arguments)?;
                ExprKind::Call { func: self.boxed(expr), arguments: self.arena.alloc(arguments) }
            }
            _ => {
                let slice = self.nested(BRACKET_LEVELS, Self::subscript)?;
                ExprKind::Subscript { value: self.boxed(expr), slice: self.boxed(slice) }
            }
        };
        Ok(self.expr_from(start, kind))
    }

    /// `[…]` after an expression.
    fn subscript(&mut self) -> Parse<Expr<'a>> {
        self.bump();
        self.nesting += 1;
        let starts_with_star = self.at(Tok::Star);
        let slice = self.tuple_or_one(
            |parser| {
                if parser.diagnosing {
                    parser.diagnose_star()?;
                }
                if parser.at(Tok::Star) { parser.starred_argument() } else { parser.slice() }
            },
            |kind| kind != Tok::RSqb,
        )?;
        self.close(Tok::RSqb)?;
        // `a[*b]` is `a[*b,]`.
        if starts_with_star && matches!(slice.kind, ExprKind::Starred(_)) {
            let elements = std::slice::from_ref(self.boxed(slice));
            return Ok(Expr { span: slice.span, kind: ExprKind::Tuple(elements) });
        }
        Ok(slice)
    }

    fn slice(&mut self) -> Parse<Expr<'a>> {
        let start = self.tok.start;
        let first = self.tok.start;
        let lower = if self.at(Tok::Colon) { None } else { Some(self.named_expression()?) };
        let named =
            lower.is_some_and(|lower| matches!(lower.kind, ExprKind::NamedExpr { .. }) && lower.span.start == first);
        if !self.at(Tok::Colon) {
            return match lower {
                Some(index) => Ok(index),
                None => self.fail(),
            };
        }
        if named {
            return self.fail();
        }
        self.bump();
        let upper = self.slice_bound()?;
        let step = if self.eat(Tok::Colon) { self.slice_bound()? } else { None };
        let node = self.arena.alloc(Slice { lower, upper, step });
        Ok(self.expr_from(start, ExprKind::Slice(node)))
    }

    fn slice_bound(&mut self) -> Parse<Option<Expr<'a>>> {
        if self.tok.kind.starts_expression() {
            return self.expression().map(Some);
        }
        if self.diagnosing {
            self.statement_as_expression()?;
        }
        Ok(None)
    }

    fn call_arguments(&mut self) -> Parse<Arguments<'a>> {
        self.arguments(true)
    }

    /// Those of a class may not be a generator without parentheses.
    pub(super) fn class_arguments(&mut self) -> Parse<Arguments<'a>> {
        self.arguments(false)
    }

    fn arguments(&mut self, may_be_generator: bool) -> Parse<Arguments<'a>> {
        let open = self.tok.start;
        self.bump();
        self.nesting += 1;
        let base = self.exprs.len();
        let mut keywords = Vec::new();
        let mut seen = Seen::Positional;
        while !self.at(Tok::RPar) {
            if self.diagnosing {
                self.diagnose_argument(seen)?;
            }
            match self.tok.kind {
                Tok::Star if seen < Seen::Unpacking => {
                    let first = self.exprs.len() == base && keywords.is_empty();
                    let starred = self.starred_argument()?;
                    if self.diagnosing && first && matches!(self.tok.kind, Tok::For | Tok::Async) {
                        self.diagnose_starred_element(&starred)?;
                    }
                    self.exprs.push(starred);
                }
                Tok::DoubleStar => {
                    let start = self.tok.start;
                    self.bump();
                    let value = self.expression()?;
                    keywords.push(Keyword { span: self.span_from(start), name: None, value });
                    seen = Seen::Unpacking;
                }
                Tok::Name | Tok::WideName if self.peek(1) == Tok::Equal => {
                    let name = self.identifier()?;
                    self.bump();
                    let value = self.expression()?;
                    keywords.push(Keyword { span: self.span_from(name.span.start), name: Some(name.name), value });
                    seen = seen.max(Seen::Keyword);
                }
                _ => {
                    let first = self.exprs.len() == base && keywords.is_empty();
                    let argument = self.positional(seen, first, may_be_generator, open)?;
                    self.exprs.push(argument);
                }
            }
            if !self.eat(Tok::Comma) {
                break;
            }
        }
        self.close(Tok::RPar)?;
        let args = self.exprs_from(base);
        Ok(Arguments { args, keywords: self.arena.alloc_slice(keywords.into_iter()) })
    }

    /// `*expression` among arguments, where it binds as loosely as any argument.
    fn starred_argument(&mut self) -> Parse<Expr<'a>> {
        let start = self.tok.start;
        self.bump();
        let value = self.expression()?;
        let value = self.boxed(value);
        if self.diagnosing {
            self.diagnose_starred_argument(start)?;
        }
        Ok(self.expr_from(start, ExprKind::Starred(value)))
    }

    /// An argument without a name; a generator if it is the only one.
    fn positional(&mut self, seen: Seen, first: bool, may_be_generator: bool, open: u32) -> Parse<Expr<'a>> {
        let first_token = self.tok;
        if self.diagnosing
            && seen > Seen::Positional
            && self.ahead(Self::argument_expression)?.is_none()
            && self.prefix(Self::argument_expression)?.is_some()
        {
            self.positional_too_late(seen)?;
        }
        let value = self.argument_expression()?;
        if matches!(self.tok.kind, Tok::For | Tok::Async) {
            if self.diagnosing {
                self.diagnose_generator_argument(&value, first)?;
            }
            if !may_be_generator {
                return self.fail();
            }
            let generators = self.generators()?;
            if !first || !self.at(Tok::RPar) {
                return self.fail();
            }
            let node = self.arena.alloc(Comprehension { element: value, generators });
            // The parentheses of the call are the generator's.
            let span = Span::new(open, self.tok.end);
            return Ok(Expr { span, kind: ExprKind::GeneratorExp(node) });
        }
        if self.diagnosing {
            self.diagnose_positional(first_token, &value, seen)?;
        }
        if seen > Seen::Positional || self.at(Tok::ColonEqual) || self.at(Tok::Equal) {
            return self.fail();
        }
        Ok(value)
    }
}

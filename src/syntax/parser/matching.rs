//! `match` and its patterns. `match`, `case` and `_` are ordinary names elsewhere, so whether a line
//! that begins with `match` is such a statement shows only at its end.

use super::super::tokens::Tok;
use super::super::tree::*;
use super::atoms::BRACKET_LEVELS;
use super::compound::Owned;
use super::{Parse, Parser};

impl<'a> Parser<'a> {
    /// `None`, and nothing consumed, if this is no match statement.
    pub(super) fn match_statement(&mut self) -> Parse<Option<StmtKind<'a>>> {
        let keyword = self.tok;
        // The names that most often stand here are no statements: `match.group(1)`, `match = …`.
        if matches!(self.peek(1), Tok::Dot | Tok::Equal | Tok::Newline | Tok::Comma | Tok::RPar | Tok::Colon) {
            return Ok(None);
        }
        let Some(subject) = self.attempt(Self::match_subject)? else { return Ok(None) };
        if !self.eat_layout(Tok::Indent) {
            return self.missing_block(Owned { what: "'match' statement", keyword });
        }
        let mut cases = Vec::new();
        while self.at_word("case") {
            cases.push(self.match_case()?);
        }
        if cases.is_empty() || !self.eat_layout(Tok::Dedent) {
            return self.fail();
        }
        self.ended_indented = true;
        let cases = self.arena.alloc_slice(cases.into_iter());
        Ok(Some(StmtKind::Match { subject: self.boxed(subject), cases }))
    }

    /// Up to the end of the line.
    fn match_subject(&mut self) -> Parse<Expr<'a>> {
        self.bump();
        if !self.tok.kind.starts_expression() && !self.at(Tok::Star) {
            return self.fail();
        }
        let subject = self.tuple_or_one(
            |parser| parser.star_named_expression(),
            |kind| kind.starts_expression() || kind == Tok::Star,
        )?;
        if matches!(subject.kind, ExprKind::Starred(_)) {
            return self.fail();
        }
        if self.diagnosing && self.at(Tok::Newline) {
            return self.raise_furthest("expected ':'");
        }
        self.expect(Tok::Colon)?;
        self.expect(Tok::Newline)?;
        Ok(subject)
    }

    fn match_case(&mut self) -> Parse<MatchCase<'a>> {
        let keyword = self.tok;
        self.bump();
        let pattern = self.patterns()?;
        let guard = if self.eat(Tok::If) { Some(self.named_expression()?) } else { None };
        let body = self.colon_block(Owned { what: "'case' statement", keyword })?;
        Ok(MatchCase { pattern, guard, body })
    }

    fn pattern_from(&self, start: u32, kind: PatternKind<'a>) -> Pattern<'a> {
        Pattern { span: self.span_from(start), kind }
    }

    /// A pattern, or a sequence of them without brackets.
    fn patterns(&mut self) -> Parse<Pattern<'a>> {
        let start = self.tok.start;
        let first = self.maybe_star_pattern()?;
        if !self.at(Tok::Comma) {
            if matches!(first.kind, PatternKind::MatchStar(_)) {
                return self.fail();
            }
            return Ok(first);
        }
        let patterns = self.sequence_after(first, |kind| matches!(kind, Tok::Colon | Tok::If))?;
        Ok(self.pattern_from(start, PatternKind::MatchSequence(patterns)))
    }

    /// The patterns after the first one, up to (not including) a token that ends them.
    fn sequence_after(&mut self, first: Pattern<'a>, ends: impl Fn(Tok) -> bool) -> Parse<&'a [Pattern<'a>]> {
        let mut patterns = vec![first];
        while self.eat(Tok::Comma) && !ends(self.tok.kind) {
            patterns.push(self.maybe_star_pattern()?);
        }
        Ok(self.arena.alloc_slice(patterns.into_iter()))
    }

    fn maybe_star_pattern(&mut self) -> Parse<Pattern<'a>> {
        if !self.at(Tok::Star) {
            return self.pattern();
        }
        let start = self.tok.start;
        self.bump();
        let name = self.identifier()?.name;
        let name = if name == "_" { None } else { Some(name) };
        Ok(self.pattern_from(start, PatternKind::MatchStar(name)))
    }

    /// `a | b as name`
    pub(super) fn pattern(&mut self) -> Parse<Pattern<'a>> {
        let start = self.tok.start;
        let pattern = self.or_pattern()?;
        if !self.at(Tok::As) {
            return Ok(pattern);
        }
        self.bump();
        if self.diagnosing {
            self.diagnose_pattern_target()?;
        }
        let name = self.identifier()?.name;
        if name == "_" || matches!(self.tok.kind, Tok::Dot | Tok::LPar | Tok::Equal) {
            return self.fail();
        }
        let kind = PatternKind::MatchAs { pattern: Some(self.arena.alloc(pattern)), name: Some(name) };
        Ok(self.pattern_from(start, kind))
    }

    fn or_pattern(&mut self) -> Parse<Pattern<'a>> {
        let start = self.tok.start;
        let first = self.closed_pattern()?;
        if !self.at(Tok::VBar) {
            return Ok(first);
        }
        let mut patterns = vec![first];
        while self.eat(Tok::VBar) {
            patterns.push(self.closed_pattern()?);
        }
        let patterns = self.arena.alloc_slice(patterns.into_iter());
        Ok(self.pattern_from(start, PatternKind::MatchOr(patterns)))
    }

    fn closed_pattern(&mut self) -> Parse<Pattern<'a>> {
        let start = self.tok.start;
        let constant = match self.tok.kind {
            Tok::Name | Tok::WideName => return self.name_pattern(),
            Tok::LPar => return self.nested(BRACKET_LEVELS, Self::group_pattern),
            Tok::LSqb => return self.nested(BRACKET_LEVELS, Self::list_pattern),
            Tok::LBrace => return self.nested(BRACKET_LEVELS, Self::mapping_pattern),
            Tok::None => Constant::None,
            Tok::True => Constant::True,
            Tok::False => Constant::False,
            _ => {
                let value = self.literal_expr()?;
                return Ok(self.pattern_from(start, PatternKind::MatchValue(self.boxed(value))));
            }
        };
        self.bump();
        Ok(self.pattern_from(start, PatternKind::MatchSingleton(constant)))
    }

    /// A number, perhaps negative or complex, or strings.
    fn literal_expr(&mut self) -> Parse<Expr<'a>> {
        let start = self.tok.start;
        if self.at(Tok::String) || self.at(Tok::FStringStart) || self.at(Tok::TStringStart) {
            let value = self.strings()?;
            // An f-string is no literal; CPython's compiler is the one who says so.
            return Ok(value);
        }
        let negative = self.eat(Tok::Minus);
        if !self.at(Tok::Number) {
            return self.fail();
        }
        let mut left = self.number()?;
        let left_token = left.span;
        let real = !matches!(left.kind, ExprKind::Constant(Constant::Complex(_)));
        if negative {
            let node = self.arena.alloc(UnaryOp { op: UnaryOperator::USub, operand: left });
            left = self.expr_from(start, ExprKind::UnaryOp(node));
        }
        let op = match self.tok.kind {
            Tok::Plus => BinOperator::Add,
            Tok::Minus => BinOperator::Sub,
            _ => return Ok(left),
        };
        if !real {
            return self.raise(left_token, "real number required in complex literal");
        }
        self.bump();
        if !self.at(Tok::Number) {
            return self.fail();
        }
        let right = self.number()?;
        if !matches!(right.kind, ExprKind::Constant(Constant::Complex(_))) {
            return self.raise(right.span, "imaginary number required in complex literal");
        }
        let node = self.arena.alloc(BinOp { left, op, right });
        Ok(self.expr_from(start, ExprKind::BinOp(node)))
    }

    /// A capture, the wildcard, a dotted name to compare with, or a class.
    fn name_pattern(&mut self) -> Parse<Pattern<'a>> {
        let first = self.identifier()?;
        let start = first.span.start;
        if !matches!(self.tok.kind, Tok::Dot | Tok::LPar) {
            if self.at(Tok::Equal) {
                return self.fail();
            }
            let name = if first.name == "_" { None } else { Some(first.name) };
            return Ok(self.pattern_from(start, PatternKind::MatchAs { pattern: None, name }));
        }
        let value = self.dotted_value(first)?;
        if self.at(Tok::LPar) {
            return self.nested(BRACKET_LEVELS, |parser| parser.class_pattern(value));
        }
        if self.at(Tok::Equal) {
            return self.fail();
        }
        Ok(self.pattern_from(start, PatternKind::MatchValue(self.boxed(value))))
    }

    fn dotted_value(&mut self, first: Identifier<'a>) -> Parse<Expr<'a>> {
        let mut value = Expr { span: first.span, kind: ExprKind::Name(first.name) };
        while self.eat(Tok::Dot) {
            let attr = self.identifier()?;
            let kind = ExprKind::Attribute { value: self.boxed(value), attr: self.arena.alloc(attr) };
            value = self.expr_from(first.span.start, kind);
        }
        Ok(value)
    }

    fn group_pattern(&mut self) -> Parse<Pattern<'a>> {
        let start = self.tok.start;
        self.bump();
        self.nesting += 1;
        if self.at(Tok::RPar) {
            self.close(Tok::RPar)?;
            return Ok(self.pattern_from(start, PatternKind::MatchSequence(&[])));
        }
        let first = self.maybe_star_pattern()?;
        if self.at(Tok::RPar) && !matches!(first.kind, PatternKind::MatchStar(_)) {
            self.close(Tok::RPar)?;
            return Ok(first);
        }
        if !self.at(Tok::Comma) {
            return self.fail();
        }
        let patterns = self.sequence_after(first, |kind| kind == Tok::RPar)?;
        self.close(Tok::RPar)?;
        Ok(self.pattern_from(start, PatternKind::MatchSequence(patterns)))
    }

    fn list_pattern(&mut self) -> Parse<Pattern<'a>> {
        let start = self.tok.start;
        self.bump();
        self.nesting += 1;
        let patterns = if self.at(Tok::RSqb) {
            &[][..]
        } else {
            let first = self.maybe_star_pattern()?;
            self.sequence_after(first, |kind| kind == Tok::RSqb)?
        };
        self.close(Tok::RSqb)?;
        Ok(self.pattern_from(start, PatternKind::MatchSequence(patterns)))
    }

    fn mapping_pattern(&mut self) -> Parse<Pattern<'a>> {
        let start = self.tok.start;
        self.bump();
        self.nesting += 1;
        let (mut keys, mut patterns, mut rest) = (Vec::new(), Vec::new(), None);
        while !self.at(Tok::RBrace) {
            if self.eat(Tok::DoubleStar) {
                if self.at_word("_") {
                    return self.fail();
                }
                rest = Some(self.identifier()?.name);
                self.eat(Tok::Comma);
                break;
            }
            keys.push(self.mapping_key()?);
            self.expect(Tok::Colon)?;
            patterns.push(self.pattern()?);
            if !self.eat(Tok::Comma) {
                break;
            }
        }
        self.close(Tok::RBrace)?;
        let keys = self.arena.alloc_slice(keys.into_iter());
        let patterns = self.arena.alloc_slice(patterns.into_iter());
        let node = self.arena.alloc(MatchMapping { keys, patterns, rest });
        Ok(self.pattern_from(start, PatternKind::MatchMapping(node)))
    }

    fn mapping_key(&mut self) -> Parse<Expr<'a>> {
        let constant = match self.tok.kind {
            Tok::Name | Tok::WideName => {
                let first = self.identifier()?;
                if !self.at(Tok::Dot) {
                    return self.fail();
                }
                return self.dotted_value(first);
            }
            Tok::None => Constant::None,
            Tok::True => Constant::True,
            Tok::False => Constant::False,
            _ => return self.literal_expr(),
        };
        let span = self.tok.span();
        self.bump();
        Ok(Expr { span, kind: ExprKind::Constant(constant) })
    }

    fn class_pattern(&mut self, cls: Expr<'a>) -> Parse<Pattern<'a>> {
        let start = cls.span.start;
        self.bump();
        self.nesting += 1;
        let (mut patterns, mut keywords) = (Vec::new(), Vec::new());
        while !self.at(Tok::RPar) {
            if self.tok.kind.is_name() && self.peek(1) == Tok::Equal {
                let name = self.identifier()?.name;
                self.bump();
                let pattern = self.pattern()?;
                keywords.push(KeywordPattern { name, pattern });
            } else {
                let first = self.tok.start;
                let pattern = self.pattern()?;
                if !keywords.is_empty() {
                    if self.diagnosing {
                        return self.diagnose_class_pattern(first);
                    }
                    return self.fail();
                }
                patterns.push(pattern);
            }
            if !self.eat(Tok::Comma) {
                break;
            }
        }
        self.close(Tok::RPar)?;
        let patterns = self.arena.alloc_slice(patterns.into_iter());
        let keywords = self.arena.alloc_slice(keywords.into_iter());
        let node = self.arena.alloc(MatchClass { cls, patterns, keywords });
        Ok(self.pattern_from(start, PatternKind::MatchClass(node)))
    }
}

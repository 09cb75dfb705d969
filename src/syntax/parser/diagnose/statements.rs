//! What people write in statements, parameters and patterns by mistake.

use super::super::super::error::ErrorKind;
use super::super::super::tokens::{Tok, Token};
use super::super::super::tree::*;
use super::super::compound::Owned;
use super::super::parameters::{Owner, Progress};
use super::super::targets::{Use, describe, invalid_part};
use super::super::{Parse, Parser, Place};

impl<'a> Parser<'a> {
    /// At the first `=` of a statement: if it is no assignment, perhaps it should be a comparison.
    pub(in super::super) fn diagnosed_assignment(&mut self, first: Token, target: Expr<'a>) -> Parse<StmtKind<'a>> {
        if let Some(statement) = self.attempt(|parser| parser.assignment(target))? {
            return Ok(statement);
        }
        let nothing_to_assign = self.ahead(|parser| {
            while parser.eat(Tok::Equal) {
                let Some((_, next)) = parser.prefix(Self::yield_or_star_expressions)? else { return Ok(true) };
                while parser.tok.start < next.start {
                    parser.bump();
                }
            }
            Ok(false)
        })?;
        if nothing_to_assign == Some(true) {
            self.diagnose_named_expression(first, &target)?;
        }
        self.fail()
    }

    /// After the expressions of a statement that should end here, or be an assignment.
    pub(in super::super) fn diagnose_statement_end(&mut self, first: Token, expr: &Expr<'a>) -> Parse<()> {
        let whole = matches!(expr.kind, ExprKind::Tuple(_) | ExprKind::Yield(_) | ExprKind::YieldFrom(_));
        let grouped = first.start != expr.span.start || self.in_parentheses_of_its_own(expr);
        if self.at(Tok::ColonEqual) && !matches!(expr.kind, ExprKind::Name(_)) && (grouped || !whole) {
            return self.diagnose_named_expression(first, expr);
        }
        let ExprKind::Tuple(elements) = expr.kind else { return Ok(()) };
        if self.in_parentheses_of_its_own(expr) || !self.tok.kind.starts_expression() {
            return Ok(());
        }
        // `a, b c = d`: CPython reads on, as if commas did not matter here.
        let starts = |kind: Tok| kind.starts_expression() || kind == Tok::Star;
        while starts(self.tok.kind) {
            let more = self.attempt(|parser| parser.tuple_or_one(Self::star_named_expression, starts))?;
            if more.is_none() {
                return Ok(());
            }
        }
        if self.eat(Tok::Colon) && self.attempt(Self::expression)?.is_some() {
            let first = elements.first().map_or(expr.span, |element| element.span);
            return self.raise(first, "only single target (not tuple) can be annotated");
        }
        Ok(())
    }

    /// At the `=` behind something that cannot be assigned to.
    pub(in super::super) fn diagnose_assignment(&mut self, target: &Expr<'a>, is_first: bool) -> Parse<()> {
        if matches!(target.kind, ExprKind::Yield(_) | ExprKind::YieldFrom(_)) && !self.in_parentheses(target) {
            return self.raise(target.span, "assignment to yield expression not possible");
        }
        if is_first {
            // Perhaps a comparison was meant, of all or of the last of several.
            let last = match target.kind {
                ExprKind::Tuple(elements) if !self.in_parentheses_of_its_own(target) => {
                    elements.last().filter(|last| last.span.end == target.span.end).copied()
                }
                _ => Some(*target),
            };
            if let Some(last) = last {
                let first = Token { kind: Tok::Name, start: self.outer_start(&last), end: last.span.end };
                self.diagnose_named_expression(first, &last)?;
            }
        }
        let Some(part) = invalid_part(target, Use::Assign) else { return Ok(()) };
        let (span, message) = (part.span, format!("cannot assign to {}", describe(part)));
        self.raise(span, message)
    }

    /// Whether an expression that has just been read was in parentheses.
    fn in_parentheses(&self, expr: &Expr<'a>) -> bool {
        self.previous_end > expr.span.end
    }

    /// Where an expression that has just been read began, with the parentheses around it.
    fn outer_start(&self, expr: &Expr<'a>) -> u32 {
        if self.in_parentheses(expr) { expr.span.start - 1 } else { expr.span.start }
    }

    /// Whether a tuple that has just been read ends with a parenthesis that is not its last element's.
    fn in_parentheses_of_its_own(&self, tuple: &Expr<'a>) -> bool {
        let source = self.source(tuple.span);
        source.starts_with('(')
            && source.ends_with(')')
            && match tuple.kind {
                ExprKind::Tuple([first, ..]) => first.span.start > tuple.span.start,
                _ => true,
            }
    }

    /// At the `:` behind something that cannot be annotated.
    pub(in super::super) fn diagnose_annotation(&mut self, target: &Expr<'a>) -> Parse<()> {
        let annotation = self.ahead(|parser| {
            parser.bump();
            parser.expression()
        })?;
        if annotation.is_none() {
            return Ok(());
        }
        match target.kind {
            ExprKind::List(_) => self.raise(target.span, "only single target (not list) can be annotated"),
            ExprKind::Tuple(elements) => {
                let bare = !self.in_parentheses_of_its_own(target);
                let span = elements.first().filter(|_| bare).map_or(target.span, |first| first.span);
                self.raise(span, "only single target (not tuple) can be annotated")
            }
            ExprKind::Yield(_) | ExprKind::YieldFrom(_) | ExprKind::Starred(_) => Ok(()),
            _ => self.raise(target.span, "illegal target for annotation"),
        }
    }

    /// At the `+=` behind something that has no single value to change.
    pub(in super::super) fn diagnose_augmented_assignment(&mut self, target: &Expr<'a>) -> Parse<()> {
        let value = self.ahead(|parser| {
            parser.bump();
            parser.yield_or_star_expressions()
        })?;
        if value.is_none() || matches!(target.kind, ExprKind::Yield(_) | ExprKind::YieldFrom(_)) {
            return Ok(());
        }
        let message = format!("'{}' is an illegal expression for augmented assignment", describe(target));
        self.raise(target.span, message)
    }

    /// Before the targets of a `for`, in case they are none.
    pub(in super::super) fn diagnose_for_target(&mut self) -> Parse<()> {
        let fits = self.ahead(|parser| {
            let target = parser.for_target_list()?;
            Ok(invalid_part(&target, Use::For).is_none() && parser.at(Tok::In))
        })?;
        if fits == Some(true) {
            return Ok(());
        }
        match self.ahead(Self::star_expressions)? {
            Some(target) => self.check_target(&target, Use::For),
            None => Ok(()),
        }
    }

    /// After the `for` of a comprehension.
    pub(in super::super) fn diagnose_missing_in(&mut self) -> Parse<()> {
        let found = self.ahead(|parser| {
            let target = parser.for_target_list()?;
            Ok(!matches!(target.kind, ExprKind::Starred(_)) && !parser.at(Tok::In))
        })?;
        match found {
            Some(true) => self.raise_furthest("'in' expected after for-loop variables"),
            _ => Ok(()),
        }
    }

    /// After `import`.
    pub(in super::super) fn diagnose_import(&mut self, start: u32) -> Parse<()> {
        if self.at(Tok::Newline) {
            let place = Place::StartingFrom(self.tok.start, self.tok);
            return self.raise_at(place, "Expected one or more names after 'import'");
        }
        let end = self.ahead(|parser| {
            loop {
                parser.dotted_name()?;
                if !parser.eat(Tok::Comma) {
                    break;
                }
            }
            parser.expect(Tok::From)?;
            parser.dotted_name()?;
            Ok(parser.previous_end)
        })?;
        match end {
            Some(end) => self.raise(Span::new(start, end), "Did you mean to use 'from ... import ...' instead?"),
            None => Ok(()),
        }
    }

    /// After the `as` of an import: only a name may follow.
    pub(in super::super) fn diagnose_import_target(&mut self) -> Parse<()> {
        let ends = matches!(self.peek(1), Tok::Comma | Tok::RPar | Tok::Semi | Tok::Newline);
        if self.tok.kind.is_name() && ends {
            return Ok(());
        }
        match self.ahead(Self::expression)? {
            Some(target) => {
                let message = format!("cannot use {} as import target", describe(&target));
                self.raise(target.span, message)
            }
            None => Ok(()),
        }
    }

    /// Where a block should have begun.
    pub(in super::super) fn missing_block<T>(&mut self, owned: Owned) -> Parse<T> {
        if !self.diagnosing {
            return self.fail();
        }
        let line = self.layout.line_number(owned.keyword.start as usize);
        let message = format!("expected an indented block after {} on line {line}", owned.what);
        self.raise_kind(ErrorKind::Indentation, Place::Last(self.tok), message)
    }

    /// At an `elif` after the `else` block.
    pub(in super::super) fn diagnose_elif_after_else(&mut self) -> Parse<()> {
        self.raise(self.tok.span(), "'elif' block follows an 'else' block")
    }

    /// At an `except` that differs from those before in having a star.
    pub(in super::super) fn diagnose_mixed_handlers(&mut self) -> Parse<()> {
        let mut span = self.tok.span();
        if self.peek(1) == Tok::Star {
            span = span.to(self.tokens[self.position + 1].span());
        }
        // The handler itself may be what is wrong.
        let is_star = self.peek(1) == Tok::Star;
        self.handler(is_star)?;
        self.raise(span, "cannot have both 'except' and 'except*' on the same 'try'")
    }

    /// At the `as` of a handler.
    pub(in super::super) fn diagnose_handler(&mut self, star: bool, types: &Expr<'a>, several: bool) -> Parse<()> {
        if several {
            let last = self.ahead(|parser| {
                parser.bump();
                parser.identifier()?;
                let last = parser.tok;
                parser.expect(Tok::Colon)?;
                Ok(last)
            })?;
            return match last {
                Some(last) => {
                    let place = Place::StartingFrom(types.span.start, last);
                    self.raise_at(place, "multiple exception types must be parenthesized when using 'as'")
                }
                None => Ok(()),
            };
        }
        let target = self.ahead(|parser| {
            parser.bump();
            let target = parser.expression()?;
            if !parser.at(Tok::Colon) || matches!(target.kind, ExprKind::Name(_)) { parser.fail() } else { Ok(target) }
        })?;
        match target {
            Some(target) => {
                let keyword = if star { "except*" } else { "except" };
                let message = format!("cannot use {keyword} statement with {}", describe(&target));
                self.raise(target.span, message)
            }
            None => Ok(()),
        }
    }

    /// After the `as` of a pattern.
    pub(in super::super) fn diagnose_pattern_target(&mut self) -> Parse<()> {
        if self.at_word("_") && !matches!(self.peek(1), Tok::Dot | Tok::LPar | Tok::LSqb) {
            return self.raise(self.tok.span(), "cannot use '_' as a target");
        }
        if self.tok.kind.is_name() && !matches!(self.peek(1), Tok::Dot | Tok::LPar | Tok::Equal) {
            return Ok(());
        }
        match self.ahead(Self::expression)? {
            Some(target) => {
                let message = format!("cannot use {} as pattern target", describe(&target));
                self.raise(target.span, message)
            }
            None => Ok(()),
        }
    }

    /// After a pattern without a name behind one with: CPython marks all such up to the next with one.
    pub(in super::super) fn diagnose_class_pattern<T>(&mut self, first: u32) -> Parse<T> {
        let mut end = self.previous_end;
        while self.eat(Tok::Comma) && self.tok.kind != Tok::RPar && self.peek(1) != Tok::Equal {
            self.pattern()?;
            end = self.previous_end;
        }
        self.raise(Span::new(first, end), "positional patterns follow keyword patterns")
    }

    /// Before a parameter, a star or a slash.
    pub(in super::super) fn diagnose_parameter(&mut self, owner: Owner, seen: &Progress<'a>) -> Parse<()> {
        let token = self.tok;
        match token.kind {
            Tok::Slash if seen.star_seen() => self.raise(token.span(), "/ must be ahead of *"),
            Tok::Slash if seen.slash_seen() => self.raise(token.span(), "/ may appear only once"),
            Tok::Slash if seen.current.is_empty() && self.peek(1) == Tok::Comma => {
                self.raise(token.span(), "at least one argument must precede /")
            }
            Tok::Slash if self.peek(1) == Tok::Star && !seen.current.is_empty() => {
                let star = self.tokens[self.position + 1];
                self.raise(star.span(), "expected comma between / and *")
            }
            Tok::Star => self.diagnose_star_parameter(owner, seen),
            Tok::DoubleStar => self.diagnose_double_star(owner),
            Tok::LPar => self.diagnose_parenthesized_parameters(owner, seen),
            _ => Ok(()),
        }
    }

    fn diagnose_star_parameter(&mut self, owner: Owner, seen: &Progress<'a>) -> Parse<()> {
        let star = self.tok;
        let next = self.peek(1);
        if seen.star_seen() {
            let again = self.ahead(|parser| {
                parser.bump();
                if !parser.at(Tok::Comma) {
                    parser.plain_parameter(owner, false)?;
                }
                if parser.at(Tok::Comma) || parser.at(owner.end()) { Ok(()) } else { parser.fail() }
            })?;
            return match again {
                Some(()) if !seen.starred_annotation() => self.raise(star.span(), "* argument may appear only once"),
                _ => Ok(()),
            };
        }
        if next == Tok::Comma && self.peek(2) == Tok::Slash {
            let slash = self.tokens[self.position + 2];
            return self.raise(slash.span(), "/ must be ahead of *");
        }
        let bare = next == owner.end()
            || next == Tok::Comma && (self.peek(2) == owner.end() || self.peek(2) == Tok::DoubleStar);
        if bare {
            let message = "named arguments must follow bare *";
            if owner == Owner::Function {
                return self.raise(star.span(), message);
            }
            self.bump();
            self.eat(Tok::Comma);
            return self.raise_furthest(message);
        }
        let equal = self.ahead(|parser| {
            parser.bump();
            parser.plain_parameter(owner, false)?;
            Ok(parser.tok)
        })?;
        match equal.filter(|token| token.kind == Tok::Equal) {
            Some(equal) => self.raise(equal.span(), "var-positional argument cannot have default value"),
            None => Ok(()),
        }
    }

    fn diagnose_double_star(&mut self, owner: Owner) -> Parse<()> {
        let after = self.ahead(|parser| {
            parser.bump();
            parser.plain_parameter(owner, false)?;
            let comma = parser.tok;
            if comma.kind == Tok::Comma {
                parser.bump();
            }
            Ok((comma, parser.tok))
        })?;
        match after {
            Some((equal, _)) if equal.kind == Tok::Equal => {
                self.raise(equal.span(), "var-keyword argument cannot have default value")
            }
            Some((comma, next))
                if comma.kind == Tok::Comma
                    && (next.kind.is_name() || matches!(next.kind, Tok::Star | Tok::DoubleStar | Tok::Slash)) =>
            {
                self.raise(next.span(), "arguments cannot follow var-keyword argument")
            }
            _ => Ok(()),
        }
    }

    /// `def f((a, b))`, as in Python 2.
    fn diagnose_parenthesized_parameters(&mut self, owner: Owner, seen: &Progress<'a>) -> Parse<()> {
        if seen.default_seen || seen.star_seen() {
            return Ok(());
        }
        let start = self.tok.start;
        let end = self.ahead(|parser| {
            parser.bump();
            loop {
                parser.plain_parameter(Owner::Lambda, false)?;
                if !parser.eat(Tok::Comma) || parser.at(Tok::RPar) {
                    break;
                }
            }
            parser.expect(Tok::RPar)?;
            Ok(parser.previous_end)
        })?;
        let message = match owner {
            Owner::Function => "Function parameters cannot be parenthesized",
            Owner::Lambda => "Lambda expression parameters cannot be parenthesized",
        };
        match end {
            Some(end) => self.raise(Span::new(start, end), message),
            None => Ok(()),
        }
    }

    /// At a parameter without a default behind one that has it.
    pub(in super::super) fn missing_default<T>(&mut self, parameter: Span, seen: &Progress<'a>) -> Parse<T> {
        if !self.diagnosing {
            return self.fail();
        }
        let ends = matches!(self.tok.kind, Tok::Comma | Tok::RPar | Tok::Colon);
        if !ends || seen.defaults_around_slash() {
            return self.fail();
        }
        self.raise(parameter, "parameter without a default follows parameter with a default")
    }

    /// At the `:` of a type parameter.
    pub(in super::super) fn diagnose_type_bound(&mut self, kind: TypeParamKind) -> Parse<()> {
        let owner = match kind {
            TypeParamKind::TypeVar => return Ok(()),
            TypeParamKind::TypeVarTuple => "TypeVarTuple",
            TypeParamKind::ParamSpec => "ParamSpec",
        };
        let colon = self.tok.start;
        let after = self.ahead(|parser| {
            parser.bump();
            let bound = parser.expression()?;
            Ok((matches!(bound.kind, ExprKind::Tuple(_)), parser.tok))
        })?;
        match after {
            Some((constraints, last)) => {
                let what = if constraints { "constraints" } else { "bound" };
                self.raise_at(Place::StartingFrom(colon, last), format!("cannot use {what} with {owner}"))
            }
            None => Ok(()),
        }
    }
}

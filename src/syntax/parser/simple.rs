//! Statements that end with their line: expressions, assignments, imports, and the one-word ones.

use super::super::tokens::Tok;
use super::super::tree::*;
use super::targets::{Use, invalid_part};
use super::{Parse, Parser, Place};

fn augmented_operator(kind: Tok) -> Option<BinOperator> {
    Some(match kind {
        Tok::PlusEqual => BinOperator::Add,
        Tok::MinusEqual => BinOperator::Sub,
        Tok::StarEqual => BinOperator::Mult,
        Tok::AtEqual => BinOperator::MatMult,
        Tok::SlashEqual => BinOperator::Div,
        Tok::PercentEqual => BinOperator::Mod,
        Tok::AmperEqual => BinOperator::BitAnd,
        Tok::VBarEqual => BinOperator::BitOr,
        Tok::CircumflexEqual => BinOperator::BitXor,
        Tok::LeftShiftEqual => BinOperator::LShift,
        Tok::RightShiftEqual => BinOperator::RShift,
        Tok::DoubleStarEqual => BinOperator::Pow,
        Tok::DoubleSlashEqual => BinOperator::FloorDiv,
        _ => return None,
    })
}

impl<'a> Parser<'a> {
    /// One line of statements, with its end.
    pub(super) fn simple_statements(&mut self) -> Parse<()> {
        loop {
            let stmt = self.simple_statement()?;
            self.stmts.push(stmt);
            if self.eat_layout(Tok::Newline) {
                return Ok(());
            }
            self.expect(Tok::Semi)?;
            if self.eat_layout(Tok::Newline) {
                return Ok(());
            }
        }
    }

    pub(super) fn simple_statement(&mut self) -> Parse<Stmt<'a>> {
        let start = self.tok.start;
        let kind = match self.tok.kind {
            Tok::Return => self.return_statement()?,
            Tok::Import => self.import_statement()?,
            Tok::From => self.import_from_statement()?,
            Tok::Raise => self.raise_statement()?,
            Tok::Pass => self.word(StmtKind::Pass),
            Tok::Break => self.word(StmtKind::Break),
            Tok::Continue => self.word(StmtKind::Continue),
            Tok::Del => self.del_statement()?,
            Tok::Assert => self.assert_statement()?,
            Tok::Global => {
                self.bump();
                StmtKind::Global(self.name_list()?)
            }
            Tok::Nonlocal => {
                self.bump();
                StmtKind::Nonlocal(self.name_list()?)
            }
            Tok::Name if matches!(self.peek(1), Tok::Name | Tok::WideName) && self.at_word("type") => {
                match self.attempt(Self::type_alias)? {
                    Some(kind) => kind,
                    None => self.expression_statement()?,
                }
            }
            _ => self.expression_statement()?,
        };
        Ok(Stmt { span: self.span_from(start), kind })
    }

    fn word(&mut self, kind: StmtKind<'a>) -> StmtKind<'a> {
        self.bump();
        kind
    }

    /// An expression, or an assignment to it.
    fn expression_statement(&mut self) -> Parse<StmtKind<'a>> {
        let first = self.tok;
        let expr = self.yield_or_star_expressions()?;
        match self.tok.kind {
            Tok::Newline | Tok::Semi => {}
            Tok::Equal if self.diagnosing => return self.diagnosed_assignment(first, expr),
            Tok::Equal => return self.assignment(expr),
            Tok::Colon => {
                let bare = first.start == expr.span.start;
                return self.annotated_assignment(expr, bare);
            }
            kind => {
                if let Some(op) = augmented_operator(kind) {
                    return self.augmented_assignment(expr, op);
                }
                if self.diagnosing {
                    self.ahead(|parser| parser.diagnose_statement_end(first, &expr))?;
                }
            }
        }
        Ok(StmtKind::Expr(self.boxed(expr)))
    }

    /// `first = … = value`, at the first `=`.
    pub(super) fn assignment(&mut self, first: Expr<'a>) -> Parse<StmtKind<'a>> {
        let base = self.exprs.len();
        let mut value = first;
        while self.at(Tok::Equal) {
            if invalid_part(&value, Use::Assign).is_some() {
                if self.diagnosing {
                    self.diagnose_assignment(&value, self.exprs.len() == base)?;
                }
                return self.fail();
            }
            self.bump();
            self.exprs.push(value);
            value = self.yield_or_star_expressions()?;
        }
        let targets = self.exprs_from(base);
        Ok(StmtKind::Assign { targets, value: self.boxed(value) })
    }

    fn annotated_assignment(&mut self, target: Expr<'a>, bare: bool) -> Parse<StmtKind<'a>> {
        let simple = matches!(target.kind, ExprKind::Name(_)) && bare;
        if !matches!(target.kind, ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. }) {
            if self.diagnosing {
                self.diagnose_annotation(&target)?;
            }
            return self.fail();
        }
        self.bump();
        let annotation = self.expression()?;
        let value = if self.eat(Tok::Equal) { Some(self.yield_or_star_expressions()?) } else { None };
        Ok(StmtKind::AnnAssign(self.arena.alloc(AnnAssign { target, annotation, value, simple })))
    }

    fn augmented_assignment(&mut self, target: Expr<'a>, op: BinOperator) -> Parse<StmtKind<'a>> {
        if !matches!(target.kind, ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. }) {
            if self.diagnosing {
                self.diagnose_augmented_assignment(&target)?;
            }
            return self.fail();
        }
        self.bump();
        let value = self.yield_or_star_expressions()?;
        Ok(StmtKind::AugAssign(self.arena.alloc(AugAssign { target, op, value })))
    }

    fn return_statement(&mut self) -> Parse<StmtKind<'a>> {
        self.bump();
        if !self.tok.kind.starts_expression() && !self.at(Tok::Star) {
            if self.diagnosing {
                self.statement_as_expression()?;
            }
            return Ok(StmtKind::Return(None));
        }
        let value = self.star_expressions()?;
        Ok(StmtKind::Return(Some(self.boxed(value))))
    }

    fn raise_statement(&mut self) -> Parse<StmtKind<'a>> {
        self.bump();
        if !self.tok.kind.starts_expression() {
            return Ok(StmtKind::Raise { exc: None, cause: None });
        }
        let exc = self.expression()?;
        let mut cause = None;
        if self.eat(Tok::From) {
            let value = self.expression()?;
            cause = Some(self.boxed(value));
        }
        Ok(StmtKind::Raise { exc: Some(self.boxed(exc)), cause })
    }

    fn del_statement(&mut self) -> Parse<StmtKind<'a>> {
        self.bump();
        let (target, several) =
            self.comma_separated(Self::star_expression, |kind| kind.starts_expression() || kind == Tok::Star)?;
        if matches!(target.kind, ExprKind::Starred(_)) || invalid_part(&target, Use::Delete).is_some() {
            self.check_target(&target, Use::Delete)?;
        }
        if !matches!(self.tok.kind, Tok::Newline | Tok::Semi) {
            return self.fail();
        }
        let targets = match target.kind {
            ExprKind::Tuple(elements) if several => elements,
            _ => std::slice::from_ref(self.boxed(target)),
        };
        Ok(StmtKind::Delete(targets))
    }

    fn assert_statement(&mut self) -> Parse<StmtKind<'a>> {
        self.bump();
        let test = self.expression()?;
        let mut msg = None;
        if self.eat(Tok::Comma) {
            let value = self.expression()?;
            msg = Some(self.boxed(value));
        }
        Ok(StmtKind::Assert { test: self.boxed(test), msg })
    }

    fn name_list(&mut self) -> Parse<&'a [Identifier<'a>]> {
        let mut names = vec![self.identifier()?];
        while self.eat(Tok::Comma) {
            names.push(self.identifier()?);
        }
        Ok(self.arena.alloc_slice(names.into_iter()))
    }

    fn type_alias(&mut self) -> Parse<StmtKind<'a>> {
        self.bump();
        let name = self.identifier()?;
        let type_params = self.type_parameters()?;
        self.expect(Tok::Equal)?;
        let value = self.expression()?;
        Ok(StmtKind::TypeAlias(self.arena.alloc(TypeAlias { name, type_params, value })))
    }

    fn import_statement(&mut self) -> Parse<StmtKind<'a>> {
        let start = self.tok.start;
        self.bump();
        if self.diagnosing {
            self.diagnose_import(start)?;
        }
        let mut names = Vec::new();
        loop {
            let start = self.tok.start;
            let name = self.dotted_name()?;
            let asname = self.import_as_name()?;
            names.push(Alias { span: self.span_from(start), name, asname });
            if !self.eat(Tok::Comma) {
                break;
            }
        }
        Ok(StmtKind::Import(self.arena.alloc_slice(names.into_iter())))
    }

    fn import_from_statement(&mut self) -> Parse<StmtKind<'a>> {
        self.bump();
        let mut level = 0;
        loop {
            level += match self.tok.kind {
                Tok::Dot => 1,
                Tok::Ellipsis => 3,
                _ => break,
            };
            self.bump();
        }
        let module = if self.at(Tok::Import) && level > 0 { None } else { Some(self.dotted_name()?) };
        self.expect(Tok::Import)?;
        if self.diagnosing && self.at(Tok::Newline) {
            let place = Place::StartingFrom(self.tok.start, self.tok);
            return self.raise_at(place, "Expected one or more names after 'import'");
        }
        let names = if self.at(Tok::Star) {
            let span = self.tok.span();
            self.bump();
            std::slice::from_ref(self.arena.alloc(Alias { span, name: "*", asname: None }))
        } else if self.eat(Tok::LPar) {
            self.nesting += 1;
            let names = self.imported_names(true)?;
            self.close(Tok::RPar)?;
            names
        } else {
            self.imported_names(false)?
        };
        Ok(StmtKind::ImportFrom(self.arena.alloc(ImportFrom { module, names, level })))
    }

    fn imported_names(&mut self, parenthesized: bool) -> Parse<&'a [Alias<'a>]> {
        let mut names = Vec::new();
        loop {
            let name = self.identifier()?;
            let asname = self.import_as_name()?;
            names.push(Alias { span: self.span_from(name.span.start), name: name.name, asname });
            if !self.eat(Tok::Comma) || (parenthesized && self.at(Tok::RPar)) {
                break;
            }
            if self.diagnosing && !parenthesized && self.at(Tok::Newline) {
                return self.raise_furthest("trailing comma not allowed without surrounding parentheses");
            }
        }
        Ok(self.arena.alloc_slice(names.into_iter()))
    }

    fn import_as_name(&mut self) -> Parse<Option<Name<'a>>> {
        if !self.eat(Tok::As) {
            return Ok(None);
        }
        if self.diagnosing {
            self.diagnose_import_target()?;
        }
        Ok(Some(self.identifier()?.name))
    }

    /// `a.b.c`, with no space in the result even if there is some in the text.
    pub(super) fn dotted_name(&mut self) -> Parse<Name<'a>> {
        let first = self.identifier()?;
        let (mut plain, mut joined) = (first.name.len() == first.span.range().len(), String::new());
        while self.eat(Tok::Dot) {
            if joined.is_empty() {
                joined.push_str(first.name);
            }
            let next = self.identifier()?;
            plain &= next.name.len() == next.span.range().len();
            joined.push('.');
            joined.push_str(next.name);
        }
        if joined.is_empty() {
            return Ok(first.name);
        }
        let source = self.source(self.span_from(first.span.start));
        if plain && source == joined { Ok(source) } else { Ok(self.arena.alloc_str(&joined)) }
    }
}

//! Statements with blocks, and blocks.

use super::super::tokens::{Tok, Token};
use super::super::tree::*;
use super::parameters::Owner;
use super::targets::Use;
use super::{Parse, Parser};

/// Functions, classes and the like nest by indentation, of which there are at most a hundred
/// levels; but `if x: ` and a `match` add levels of the parser's own.
const STATEMENT_LEVELS: u32 = 8;

/// Where a block belongs, for the error that it is missing.
#[derive(Clone, Copy)]
pub(super) struct Owned {
    pub what: &'static str,
    pub keyword: Token,
}

impl<'a> Parser<'a> {
    /// Statements up to `end` (the end of the text or of the block), which is not consumed.
    pub(super) fn statements(&mut self, end: Tok) -> Parse<Block<'a>> {
        let base = self.stmts.len();
        while self.tok.kind != end {
            self.statement()?;
        }
        Ok(self.arena.alloc_slice(self.stmts.drain(base..)))
    }

    /// One compound statement, or one line of simple ones; true for the former. Its statements are
    /// left on the stack.
    pub(super) fn statement(&mut self) -> Parse<bool> {
        let start = self.tok.start;
        let kind = match self.tok.kind {
            Tok::If => self.if_statement()?,
            Tok::For => self.for_statement(false)?,
            Tok::While => self.while_statement()?,
            Tok::Try => self.try_statement()?,
            Tok::With => self.with_statement(false)?,
            Tok::Def => self.function(&[], false)?,
            Tok::Class => self.class(&[])?,
            Tok::At => return self.decorated().map(|()| true),
            Tok::Async => self.async_statement()?,
            Tok::Name if self.at_word("match") => match self.match_statement()? {
                Some(kind) => kind,
                None => return self.simple_statements().map(|()| false),
            },
            _ => return self.simple_statements().map(|()| false),
        };
        self.push_compound(start, kind);
        Ok(true)
    }

    fn push_compound(&mut self, start: u32, kind: StmtKind<'a>) {
        let span = self.span_from(start);
        self.stmts.push(Stmt { span, kind });
    }

    fn async_statement(&mut self) -> Parse<StmtKind<'a>> {
        self.bump();
        match self.tok.kind {
            Tok::Def => self.function(&[], true),
            Tok::For => self.for_statement(true),
            Tok::With => self.with_statement(true),
            _ => self.fail(),
        }
    }

    fn decorated(&mut self) -> Parse<()> {
        let base = self.exprs.len();
        while self.eat(Tok::At) {
            let decorator = self.named_expression()?;
            self.exprs.push(decorator);
            self.expect(Tok::Newline)?;
        }
        let decorators = self.exprs_from(base);
        let start = self.tok.start;
        let kind = match self.tok.kind {
            Tok::Def => self.function(decorators, false)?,
            Tok::Class => self.class(decorators)?,
            Tok::Async if self.peek(1) == Tok::Def => {
                self.bump();
                self.function(decorators, true)?
            }
            Tok::Async => {
                self.bump();
                return self.fail();
            }
            _ => return self.fail(),
        };
        self.push_compound(start, kind);
        Ok(())
    }

    /// The colon and what follows it: statements on the same line, or an indented block.
    pub(super) fn colon_block(&mut self, owned: Owned) -> Parse<Block<'a>> {
        if !self.at(Tok::Colon) {
            if self.diagnosing && self.at(Tok::Newline) {
                return self.raise_furthest("expected ':'");
            }
            return self.fail();
        }
        self.bump();
        self.block(owned)
    }

    pub(super) fn forced_colon_block(&mut self, owned: Owned) -> Parse<Block<'a>> {
        self.force(Tok::Colon, ":")?;
        self.block(owned)
    }

    fn block(&mut self, owned: Owned) -> Parse<Block<'a>> {
        self.nested(STATEMENT_LEVELS, |parser| {
            if parser.eat_layout(Tok::Newline) {
                if !parser.eat_layout(Tok::Indent) {
                    return parser.missing_block(owned);
                }
                let body = parser.statements(Tok::Dedent)?;
                parser.eat_layout(Tok::Dedent);
                parser.ended_indented = true;
                return Ok(body);
            }
            let base = parser.stmts.len();
            parser.simple_statements()?;
            parser.ended_indented = false;
            Ok(parser.arena.alloc_slice(parser.stmts.drain(base..)))
        })
    }

    fn if_statement(&mut self) -> Parse<StmtKind<'a>> {
        let mut clauses = Vec::new();
        let mut what = "'if' statement";
        loop {
            let keyword = self.tok;
            self.bump();
            let test = self.named_expression()?;
            let body = self.colon_block(Owned { what, keyword })?;
            let span = self.span_from(keyword.start);
            clauses.push(IfClause { span, test, body });
            if !self.at(Tok::Elif) {
                break;
            }
            what = "'elif' statement";
        }
        let orelse = self.else_block()?;
        if self.diagnosing && self.at(Tok::Elif) {
            self.diagnose_elif_after_else()?;
        }
        Ok(StmtKind::If { clauses: self.arena.alloc_slice(clauses.into_iter()), orelse })
    }

    fn else_block(&mut self) -> Parse<Block<'a>> {
        if !self.at(Tok::Else) {
            return Ok(&[]);
        }
        let keyword = self.tok;
        self.bump();
        self.forced_colon_block(Owned { what: "'else' statement", keyword })
    }

    fn while_statement(&mut self) -> Parse<StmtKind<'a>> {
        let keyword = self.tok;
        self.bump();
        let test = self.named_expression()?;
        let body = self.colon_block(Owned { what: "'while' statement", keyword })?;
        let orelse = self.else_block()?;
        Ok(StmtKind::While { test: self.boxed(test), body, orelse })
    }

    fn for_statement(&mut self, is_async: bool) -> Parse<StmtKind<'a>> {
        let keyword = self.tok;
        self.bump();
        let target = self.for_target()?;
        self.expect(Tok::In)?;
        let iter = self.star_expressions()?;
        let body = self.colon_block(Owned { what: "'for' statement", keyword })?;
        let orelse = self.else_block()?;
        Ok(StmtKind::For(self.arena.alloc(For { is_async, target, iter, body, orelse })))
    }

    fn with_statement(&mut self, is_async: bool) -> Parse<StmtKind<'a>> {
        let keyword = self.tok;
        self.bump();
        let mut items = None;
        if self.at(Tok::LPar) {
            items = self.attempt(Self::parenthesized_with_items)?;
        }
        let items = match items {
            Some(items) => items,
            None => self.with_items(Tok::Colon)?,
        };
        let body = self.colon_block(Owned { what: "'with' statement", keyword })?;
        let items = self.arena.alloc_slice(items.into_iter());
        Ok(StmtKind::With(self.arena.alloc(With { is_async, items, body })))
    }

    /// Items in parentheses; that it is not just the first item in parentheses shows the colon.
    fn parenthesized_with_items(&mut self) -> Parse<Vec<WithItem<'a>>> {
        self.bump();
        self.nesting += 1;
        let items = self.with_items(Tok::RPar)?;
        self.close(Tok::RPar)?;
        let ends = self.at(Tok::Colon) || (self.diagnosing && self.at(Tok::Newline));
        if ends { Ok(items) } else { self.fail() }
    }

    fn with_items(&mut self, end: Tok) -> Parse<Vec<WithItem<'a>>> {
        let mut items = Vec::new();
        loop {
            let context = self.expression()?;
            let mut target = None;
            if self.eat(Tok::As) {
                let found = if self.at(Tok::Star) { self.starred()? } else { self.expression()? };
                let ends = matches!(self.tok.kind, Tok::Comma | Tok::RPar | Tok::Colon);
                if !(ends || self.diagnosing && self.at(Tok::Newline)) {
                    return self.fail();
                }
                self.check_target(&found, Use::Assign)?;
                target = Some(found);
            }
            items.push(WithItem { context, target });
            if !self.eat(Tok::Comma) || (end == Tok::RPar && self.at(end)) {
                return Ok(items);
            }
        }
    }

    fn function(&mut self, decorators: &'a [Expr<'a>], is_async: bool) -> Parse<StmtKind<'a>> {
        let keyword = self.tok;
        self.bump();
        let name = self.identifier()?;
        // Only the second run knows what is wrong with them, and only then the `(` is missed.
        let type_params = match self.diagnosing {
            true => self.attempt(Self::type_parameters)?.unwrap_or(&[]),
            false => self.type_parameters()?,
        };
        self.force(Tok::LPar, "(")?;
        self.nesting += 1;
        let parameters = self.parameters(Owner::Function)?;
        self.close(Tok::RPar)?;
        let mut returns = None;
        if self.at(Tok::Arrow) {
            let value = self.attempt(|parser| {
                parser.bump();
                parser.expression()
            })?;
            returns = value.map(|value| self.boxed(value));
        }
        let body = self.forced_colon_block(Owned { what: "function definition", keyword })?;
        let parameters = self.arena.alloc(parameters);
        let node = FunctionDef { is_async, name, type_params, parameters, returns, decorators, body };
        Ok(StmtKind::FunctionDef(self.arena.alloc(node)))
    }

    fn class(&mut self, decorators: &'a [Expr<'a>]) -> Parse<StmtKind<'a>> {
        let keyword = self.tok;
        self.bump();
        let name = self.identifier()?;
        let type_params = self.type_parameters()?;
        let arguments = if self.at(Tok::LPar) { self.class_arguments()? } else { Arguments::default() };
        let body = self.colon_block(Owned { what: "class definition", keyword })?;
        Ok(StmtKind::ClassDef(self.arena.alloc(ClassDef { name, type_params, arguments, decorators, body })))
    }

    fn try_statement(&mut self) -> Parse<StmtKind<'a>> {
        let keyword = self.tok;
        self.bump();
        let body = self.forced_colon_block(Owned { what: "'try' statement", keyword })?;
        let mut handlers = Vec::new();
        let mut is_star = false;
        while self.at(Tok::Except) {
            let star = self.peek(1) == Tok::Star;
            if !handlers.is_empty() && star != is_star {
                if self.diagnosing {
                    self.diagnose_mixed_handlers()?;
                }
                return self.fail();
            }
            is_star = star;
            handlers.push(self.handler(star)?);
        }
        let orelse = if handlers.is_empty() { &[][..] } else { self.else_block()? };
        let mut finally = &[][..];
        if self.at(Tok::Finally) {
            let keyword = self.tok;
            self.bump();
            finally = self.forced_colon_block(Owned { what: "'finally' statement", keyword })?;
        }
        if handlers.is_empty() && finally.is_empty() {
            if self.diagnosing {
                return self.raise_furthest("expected 'except' or 'finally' block");
            }
            return self.fail();
        }
        let handlers = self.arena.alloc_slice(handlers.into_iter());
        Ok(StmtKind::Try(self.arena.alloc(Try { body, handlers, orelse, finally, is_star })))
    }

    /// `except …:`; several types need parentheses only before `as`.
    pub(super) fn handler(&mut self, star: bool) -> Parse<ExceptHandler<'a>> {
        let keyword = self.tok;
        self.bump();
        if star {
            self.bump();
        }
        let what = if star { "'except*' statement" } else { "'except' statement" };
        let owned = Owned { what, keyword };
        let (mut typ, mut name) = (None, None);
        if star || !matches!(self.tok.kind, Tok::Colon | Tok::Newline) {
            if self.diagnosing && star && matches!(self.tok.kind, Tok::Colon | Tok::Newline) {
                return self.raise_furthest("expected one or more exception types");
            }
            let (types, several) = self.comma_separated(Self::expression, Tok::starts_expression)?;
            if self.at(Tok::As) {
                if self.diagnosing {
                    self.diagnose_handler(star, &types, several)?;
                }
                if several {
                    return self.fail();
                }
                self.bump();
                name = Some(self.identifier()?);
            }
            typ = Some(types);
        }
        let body = self.colon_block(owned)?;
        let span = self.span_from(keyword.start);
        Ok(ExceptHandler { span, typ, name, body })
    }
}

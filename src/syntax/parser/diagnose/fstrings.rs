//! What people write in the replacement fields of f-strings by mistake.

use super::super::super::tokens::Tok;
use super::super::super::tree::*;
use super::super::strings::Formatted;
use super::super::{Parse, Parser, Place};

impl<'a> Parser<'a> {
    /// After the `{`.
    pub(in super::super) fn diagnose_field_start(&mut self, kind: Formatted) -> Parse<()> {
        let prefix = kind.prefix();
        let token = self.tok;
        if matches!(token.kind, Tok::Equal | Tok::Exclamation | Tok::Colon | Tok::RBrace) {
            let shown = self.source(token.span());
            let message = format!("{prefix}-string: valid expression required before '{shown}'");
            return self.raise_at(Place::Token(token), message);
        }
        if self.ahead(Self::yield_or_star_expressions)?.is_some() {
            return Ok(());
        }
        match self.prefix(Self::yield_or_star_expressions)? {
            None => {
                let message = format!("{prefix}-string: expecting a valid expression after '{{'");
                self.raise_at(Place::Token(token), message)
            }
            Some((_, next)) => {
                let message = format!("{prefix}-string: expecting '=', or '!', or ':', or '}}'");
                self.raise_at(Place::Token(next), message)
            }
        }
    }

    /// After the expression and its `=`.
    pub(in super::super) fn diagnose_field_after_expression(&mut self, kind: Formatted, debug: bool) -> Parse<()> {
        if matches!(self.tok.kind, Tok::Exclamation | Tok::Colon | Tok::RBrace) {
            return Ok(());
        }
        let prefix = kind.prefix();
        let equal = if debug { "" } else { "'=', or " };
        let message = format!("{prefix}-string: expecting {equal}'!', or ':', or '}}'");
        self.raise_at(Place::Token(self.tok), message)
    }

    /// After the `!`.
    pub(in super::super) fn diagnose_conversion(&mut self, kind: Formatted) -> Parse<()> {
        let prefix = kind.prefix();
        let message = match self.tok.kind {
            Tok::Name | Tok::WideName => return Ok(()),
            Tok::Colon | Tok::RBrace => format!("{prefix}-string: missing conversion character"),
            _ => format!("{prefix}-string: invalid conversion character"),
        };
        self.raise_at(Place::Token(self.tok), message)
    }

    /// After the conversion, if there was one.
    pub(in super::super) fn diagnose_field_after_conversion(&mut self, kind: Formatted, seen: bool) -> Parse<()> {
        if !seen || matches!(self.tok.kind, Tok::Colon | Tok::RBrace) {
            return Ok(());
        }
        let message = format!("{}-string: expecting ':' or '}}'", kind.prefix());
        self.raise_at(Place::Token(self.tok), message)
    }

    /// Where the `}` should be.
    pub(in super::super) fn diagnose_field_end(&mut self, kind: Formatted, has_spec: bool) -> Parse<()> {
        let specs = if has_spec { ", or format specs" } else { "" };
        let message = format!("{}-string: expecting '}}'{specs}", kind.prefix());
        self.raise_at(Place::Token(self.tok), message)
    }

    /// The colon of a lambda. In a replacement field it is taken for the one before the format
    /// specification, unless the lambda is in parentheses.
    pub(in super::super) fn lambda_colon(&mut self, start: u32) -> Parse<()> {
        let colon = self.tok;
        self.force(Tok::Colon, ":")?;
        if self.diagnosing && matches!(self.tok.kind, Tok::FStringMiddle | Tok::RBrace) && self.in_field() {
            let prefix = self.field_prefix();
            let message = format!("{prefix}-string: lambda expressions are not allowed without parentheses");
            return self.raise(Span::new(start, colon.end), message);
        }
        Ok(())
    }

    fn in_field(&self) -> bool {
        self.at(Tok::FStringMiddle) || self.tokens[..self.position].iter().any(|token| token.kind == Tok::FStringStart)
    }

    /// The kind of the innermost string with fields here.
    fn field_prefix(&self) -> char {
        let mut open = Vec::new();
        for token in &self.tokens[..self.position] {
            match token.kind {
                Tok::FStringStart => open.push('f'),
                Tok::TStringStart => open.push('t'),
                Tok::FStringEnd => drop(open.pop()),
                _ => {}
            }
        }
        open.pop().unwrap_or('f')
    }
}

//! String atoms: literals one after the other are one string; among them may be f-strings, whose
//! replacement fields hold expressions.

use super::super::error::Warning;
use super::super::literals::{self, Decoder, Literal};
use super::super::tokens::{Tok, Token};
use super::super::tree::*;
use super::atoms::BRACKET_LEVELS;
use super::{Parse, Parser, Place};

/// Which kind of string with fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Formatted {
    FString,
    TString,
}

impl Formatted {
    pub(super) fn prefix(self) -> char {
        match self {
            Formatted::FString => 'f',
            Formatted::TString => 't',
        }
    }
}

/// Literal text that is not yet known to have ended.
#[derive(Default)]
struct Pending<'a> {
    /// The only piece so far, if there is just one.
    text: Option<&'a [u8]>,
    /// All pieces, once there are several.
    joined: Vec<u8>,
    span: Span,
}

impl<'a> Parser<'a> {
    pub(super) fn strings(&mut self) -> Parse<Expr<'a>> {
        if self.at(Tok::String) && !matches!(self.peek(1), Tok::String | Tok::FStringStart | Tok::TStringStart) {
            let token = self.tok;
            let (bytes, value) = self.literal(token)?;
            self.bump();
            return Ok(self.expr_from(token.start, constant(bytes, value)));
        }
        self.concatenation()
    }

    /// Several literals, or at least one f-string.
    fn concatenation(&mut self) -> Parse<Expr<'a>> {
        let start = self.tok.start;
        let base = self.exprs.len();
        let mut pending = Pending::default();
        let (mut kinds, mut is_bytes, mut plain, mut mixed) = ([false; 2], None, false, false);
        loop {
            match self.tok.kind {
                Tok::String => {
                    let token = self.tok;
                    let (bytes, value) = self.literal(token)?;
                    mixed |= is_bytes.is_some_and(|before| before != bytes);
                    is_bytes = Some(bytes);
                    plain = true;
                    self.bump();
                    self.add_text(&mut pending, value, token.span());
                }
                Tok::FStringStart | Tok::TStringStart => {
                    let kind = if self.at(Tok::FStringStart) { Formatted::FString } else { Formatted::TString };
                    kinds[kind as usize] = true;
                    self.nested(BRACKET_LEVELS, |parser| parser.formatted(kind, &mut pending))?;
                    mixed |= is_bytes == Some(true);
                    is_bytes = Some(false);
                }
                _ => break,
            }
        }
        if mixed && !kinds[Formatted::TString as usize] {
            return self.raise_furthest("cannot mix bytes and nonbytes literals");
        }
        match kinds {
            [false, false] => {
                let value = self.take_text(&mut pending).map_or(&[][..], |(text, _)| text);
                Ok(self.expr_from(start, constant(is_bytes == Some(true), value)))
            }
            [is_fstring, true] if is_fstring || plain => {
                self.raise(self.span_from(start), "cannot mix t-string literals with string or bytes literals")
            }
            [is_fstring, _] => {
                self.flush(&mut pending);
                let values = self.exprs_from(base);
                let kind = if is_fstring { ExprKind::JoinedStr(values) } else { ExprKind::TemplateStr(values) };
                Ok(self.expr_from(start, kind))
            }
        }
    }

    /// The value of one plain literal, and whether it is bytes.
    fn literal(&mut self, token: Token) -> Parse<(bool, &'a [u8])> {
        let Literal { prefix, body } = Literal::new(self.text, token.span());
        let source = self.source(body);
        if prefix.bytes && !source.is_ascii() {
            return self.raise(token.span(), "bytes can only contain ASCII literal characters");
        }
        let before = self.warnings.len();
        let value = self.decoded(body, prefix.raw, prefix.bytes, token)?;
        self.keep_first_warning(before);
        Ok((prefix.bytes, value))
    }

    /// One bad escape in a literal is enough to be warned about.
    fn keep_first_warning(&mut self, before: usize) {
        self.warnings.truncate(before + 1);
    }

    /// What a body means: mostly, itself.
    fn decoded(&mut self, body: Span, raw: bool, bytes: bool, token: Token) -> Parse<&'a [u8]> {
        let source = self.source(body);
        if literals::is_plain(source.as_bytes(), raw) {
            return Ok(source.as_bytes());
        }
        let mut out = std::mem::take(&mut self.bytes);
        out.clear();
        let result = if raw {
            literals::append_raw(source, &mut out);
            Ok(())
        } else {
            Decoder { text: self.text, bytes, warnings: &mut self.warnings }.append(body, &mut out)
        };
        let value = self.arena.alloc_bytes(&out);
        self.bytes = out;
        match result {
            Ok(()) => Ok(value),
            Err(message) => self.raise_at(Place::Token(token), message),
        }
    }

    fn add_text(&mut self, pending: &mut Pending<'a>, text: &'a [u8], span: Span) {
        let Some(first) = pending.text else {
            (pending.text, pending.span) = (Some(text), span);
            return;
        };
        if pending.joined.is_empty() {
            pending.joined.extend_from_slice(first);
        }
        pending.joined.extend_from_slice(text);
        pending.span = pending.span.to(span);
    }

    /// The text so far and its place, if there is any.
    fn take_text(&mut self, pending: &mut Pending<'a>) -> Option<(&'a [u8], Span)> {
        let Pending { text, joined, span } = std::mem::take(pending);
        let text = if joined.is_empty() { text? } else { self.arena.alloc_bytes(&joined) };
        Some((text, span))
    }

    /// Literal text ends where a field begins. Empty text leaves no trace.
    fn flush(&mut self, pending: &mut Pending<'a>) {
        if let Some((text, span)) = self.take_text(pending).filter(|(text, _)| !text.is_empty()) {
            self.exprs.push(Expr { span, kind: constant(false, text) });
        }
    }

    /// One f-string or t-string: its parts go to the stack of expressions.
    fn formatted(&mut self, kind: Formatted, pending: &mut Pending<'a>) -> Parse<()> {
        let open = self.tok;
        let raw = self.source(open.span()).contains(['r', 'R']);
        self.bump();
        loop {
            match self.tok.kind {
                Tok::FStringMiddle => {
                    let token = self.tok;
                    let text = self.middle(token, raw, true)?;
                    self.bump();
                    self.add_text(pending, text, token.span());
                }
                Tok::LBrace => self.field(kind, false, raw, pending)?,
                Tok::FStringEnd => {
                    self.bump();
                    return Ok(());
                }
                _ => return self.fail(),
            }
        }
    }

    /// Literal text of an f-string, in which (but not in a format specification) braces are doubled.
    fn middle(&mut self, token: Token, raw: bool, doubled: bool) -> Parse<&'a [u8]> {
        let span = token.span();
        let source = self.source(span);
        let braces = doubled && source.bytes().any(|byte| matches!(byte, b'{' | b'}'));
        if !braces && !source.bytes().any(|byte| byte == b'\\') {
            return self.decoded(span, raw, false, token);
        }
        let before = self.warnings.len();
        let mut value = Vec::with_capacity(source.len());
        for piece in pieces(source, raw, doubled) {
            let piece = Span::new(span.start + piece.start as u32, span.start + piece.end as u32);
            if !raw && self.source(piece).ends_with('\\') && !self.source(piece).ends_with("\\\\") {
                self.escaped_brace(piece.end);
            }
            let text = self.decoded_quietly_at_end(piece, raw, token)?;
            value.extend_from_slice(text);
        }
        self.keep_first_warning(before);
        Ok(self.arena.alloc_bytes(&value))
    }

    /// A piece may end in a backslash that stood before a brace: it escapes nothing, and the
    /// warning about it has been given.
    fn decoded_quietly_at_end(&mut self, piece: Span, raw: bool, token: Token) -> Parse<&'a [u8]> {
        let source = self.source(piece);
        let odd = source.bytes().rev().take_while(|&byte| byte == b'\\').count() % 2 == 1;
        if raw || !odd {
            return self.decoded(piece, raw, false, token);
        }
        let body = Span::new(piece.start, piece.end - 1);
        let value = self.decoded(body, raw, false, token)?;
        Ok(self.arena.alloc_bytes(&[value, b"\\"].concat()))
    }

    #[cold]
    fn escaped_brace(&mut self, brace: u32) {
        let Some(sequence) = self.text.get(brace as usize..brace as usize + 1) else { return };
        let span = Span::new(brace - 1, brace + 1);
        self.warnings.push(Warning { message: literals::invalid_escape(sequence, ""), span });
    }

    /// `{expression = !conversion : specification}`
    fn field(&mut self, kind: Formatted, in_spec: bool, raw: bool, pending: &mut Pending<'a>) -> Parse<()> {
        let open = self.tok;
        self.bump();
        self.nesting += 1;
        if self.diagnosing {
            self.diagnose_field_start(kind)?;
        }
        let value = self.yield_or_star_expressions()?;
        let value_end = self.tok.start;
        let debug = self.eat(Tok::Equal);
        if self.diagnosing {
            self.diagnose_field_after_expression(kind, debug)?;
        }
        let label = self.source(Span::new(open.end, self.tok.start));
        let mut conversion = self.conversion(kind)?;
        if self.diagnosing {
            self.diagnose_field_after_conversion(kind, conversion.is_some())?;
        }
        let mut format_spec = None;
        if self.eat(Tok::Colon) {
            format_spec = Some(self.format_spec(kind, raw)?);
        }
        self.close_field(kind, format_spec.is_some())?;
        if debug {
            let span = Span::new(open.end, open.end + label.len() as u32);
            let label = self.decoded(span, true, false, open)?;
            self.add_text(pending, label, span);
            if conversion.is_none() && format_spec.is_none() {
                conversion = Some(Conversion::Repr);
            }
        }
        self.flush(pending);
        let span = self.span_from(open.start);
        let kind = match kind {
            Formatted::TString if !in_spec => {
                let text = self.source(Span::new(open.end, value_end));
                ExprKind::Interpolation(self.arena.alloc(Interpolation { value, text, conversion, format_spec }))
            }
            _ => ExprKind::FormattedValue(self.arena.alloc(FormattedValue { value, conversion, format_spec })),
        };
        self.exprs.push(Expr { span, kind });
        Ok(())
    }

    fn conversion(&mut self, kind: Formatted) -> Parse<Option<Conversion>> {
        if !self.at(Tok::Exclamation) {
            return Ok(None);
        }
        let mark = self.tok;
        self.bump();
        if self.diagnosing {
            self.diagnose_conversion(kind)?;
        }
        let span = self.tok.span();
        if !self.tok.kind.is_name() {
            return self.fail();
        }
        if span.start != mark.end {
            let message =
                format!("{}-string: conversion type must come right after the exclamation mark", kind.prefix());
            return self.raise(mark.span().to(span), message);
        }
        let conversion = match self.source(span) {
            "s" => Conversion::Str,
            "r" => Conversion::Repr,
            "a" => Conversion::Ascii,
            name => {
                let prefix = kind.prefix();
                let message =
                    format!("{prefix}-string: invalid conversion character '{name}': expected 's', 'r', or 'a'");
                return self.raise(span, message);
            }
        };
        self.bump();
        Ok(Some(conversion))
    }

    /// What stands between the `:` and the `}` of a field: text and more fields.
    fn format_spec(&mut self, kind: Formatted, raw: bool) -> Parse<Expr<'a>> {
        // CPython counts the colon in.
        let start = self.previous_end - 1;
        let base = self.exprs.len();
        let mut pending = Pending::default();
        loop {
            match self.tok.kind {
                Tok::FStringMiddle => {
                    let token = self.tok;
                    let text = self.middle(token, raw, false)?;
                    self.bump();
                    self.add_text(&mut pending, text, token.span());
                }
                Tok::LBrace => {
                    self.nested(BRACKET_LEVELS, |parser| parser.field(kind, true, raw, &mut pending))?;
                }
                _ => break,
            }
        }
        self.flush(&mut pending);
        let values = self.exprs_from(base);
        Ok(self.expr_from(start, ExprKind::JoinedStr(values)))
    }

    fn close_field(&mut self, kind: Formatted, has_spec: bool) -> Parse<()> {
        if self.diagnosing && !self.at(Tok::RBrace) {
            self.diagnose_field_end(kind, has_spec)?;
        }
        self.close(Tok::RBrace)
    }
}

fn constant(bytes: bool, value: &[u8]) -> ExprKind<'_> {
    ExprKind::Constant(if bytes { Constant::Bytes(value) } else { Constant::Str(Text::from_wtf8(value)) })
}

/// The stretches between doubled braces, each with the first brace of the pair behind it; a
/// `\N{…}` has braces of its own.
fn pieces(source: &str, raw: bool, doubled: bool) -> Vec<std::ops::Range<usize>> {
    let bytes = source.as_bytes();
    let (mut pieces, mut start, mut at) = (Vec::new(), 0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if !raw && bytes[at + 1..].starts_with(b"N{") => {
                at += 3 + bytes[at + 3..].iter().take_while(|&&byte| byte != b'}').count() + 1;
            }
            b'\\' if matches!(bytes.get(at + 1), Some(b'{' | b'}')) => {
                // Ends a piece, so that the backslash is seen at the end of one.
                pieces.push(start..at + 1);
                start = at + 1;
                at += 1;
            }
            b'\\' => at += 2,
            b'{' | b'}' if doubled && bytes.get(at + 1) == Some(&bytes[at]) => {
                pieces.push(start..at + 1);
                at += 2;
                start = at;
            }
            _ => at += 1,
        }
    }
    if start < bytes.len() {
        pieces.push(start..bytes.len());
    }
    pieces
}

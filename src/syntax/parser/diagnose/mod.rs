//! Why a text is no program: runs the parser a second time with `diagnosing` set, reads the rest of
//! the tokens, and decides which error it is. The rules that only the second run applies lie beside:
//! `expressions.rs`, `statements.rs`, `fstrings.rs`.

mod expressions;
mod fstrings;
mod statements;

use super::super::error::{ErrorKind, Stage, SyntaxError};
use super::super::layout::{Caret, LexError};
use super::super::lines::LineIndex;
use super::super::tokens::{Tok, Token};
use super::super::tree::{Arena, Span};
use super::{Failure, Parse, Parser, Place, Raised};

/// Finds the error in a text on which a first run has failed.
#[cold]
pub(super) fn explain<'a, T>(
    arena: &'a Arena,
    mut first: Parser<'a>,
    rule: impl Fn(&mut Parser<'a>) -> Parse<T>,
) -> Failure {
    let lines = LineIndex::new(first.text);
    let gave_up = first.furthest;
    let (mut raised, mut seen) = (first.raised.take(), gave_up);
    // A bad token, or the end of the text in brackets, is an error by itself.
    let bad_token = seen.kind == Tok::End && (first.lex_error.is_some() || first.layout.open_bracket().is_some());
    if raised.is_none() && !bad_token {
        let mut second = second_run(arena, &first, rule);
        raised = second.raised.take();
        seen = second.furthest;
    }
    if let Some(error) = first.lex_error.take() {
        let decides = seen.kind == Tok::End || !error.yields && !is_layout(gave_up, raised.is_none());
        if decides {
            return from_tokens(&error, &lines);
        }
    } else if raised.as_ref().is_none_or(|raised| raised.kind != ErrorKind::TooDeep)
        && !is_layout(gave_up, raised.is_none())
    {
        // An error in the tokens, wherever it is, explains more than one of grammar: after it
        // nothing may be what it seems.
        match rest_of_tokens(&mut first) {
            Err(error) if !error.yields => return from_tokens(&error, &lines),
            _ => {}
        }
    }
    // Blocks that are open at the end of the text are closed there.
    let at_end =
        seen.kind == Tok::End || seen.kind == Tok::Dedent && first.text[seen.start as usize..].trim().is_empty();
    if let Some(error) = unclosed_bracket(&first, seen, &lines)
        && !is_layout(gave_up, raised.is_none())
        && raised.as_ref().is_none_or(|raised| raised.kind != ErrorKind::TooDeep)
    {
        return Failure { error, at_end };
    }
    let raised = raised.unwrap_or_else(|| Box::new(generic(gave_up)));
    Failure { error: Box::new(locate(*raised, &lines)), at_end }
}

/// An indentation that nothing explains is an error whatever else is wrong.
fn is_layout(gave_up: Token, unexplained: bool) -> bool {
    unexplained && matches!(gave_up.kind, Tok::Indent | Tok::Dedent)
}

fn second_run<'a, T>(arena: &'a Arena, first: &Parser<'a>, rule: impl Fn(&mut Parser<'a>) -> Parse<T>) -> Parser<'a> {
    let mut second = Parser::new(arena, first.text);
    second.diagnosing = true;
    second.furthest = first.furthest;
    if rule(&mut second).is_ok() {
        second.raised = None;
    }
    second
}

fn rest_of_tokens(parser: &mut Parser<'_>) -> Result<(), Box<LexError>> {
    if parser.tokens.last().is_some_and(|token| token.kind == Tok::End) {
        return Ok(());
    }
    let mut tokens = Vec::new();
    while tokens.last().is_none_or(|token: &Token| token.kind != Tok::End) {
        tokens.clear();
        parser.layout.next_line(&mut tokens)?;
    }
    Ok(())
}

/// A bracket that stays open up to the end of the text is to blame for what is on later lines.
fn unclosed_bracket(parser: &Parser<'_>, furthest: Token, lines: &LineIndex<'_>) -> Option<Box<SyntaxError>> {
    let bracket = parser.layout.open_bracket()?;
    let reached = furthest.kind == Tok::End;
    let later = lines.line(furthest.start) > lines.line(bracket.start);
    if !reached && (!later || parser.layout.inside_fstring()) {
        return None;
    }
    let message = format!("'{}' was never closed", bracket.open as char);
    let span = Span::new(bracket.start, bracket.start + 1);
    let mut error = SyntaxError::new(ErrorKind::Syntax, message, span, lines);
    error.end_offset = 0;
    if later || error.lineno < lines.len() as i32 {
        // Of a line that has been left, CPython's tokens have the text without its end.
        error.stage = Stage::Tokens;
    }
    Some(Box::new(error))
}

/// What the second run could not explain.
fn generic(furthest: Token) -> Raised {
    match furthest.kind {
        Tok::Indent => {
            Raised { kind: ErrorKind::Indentation, message: "unexpected indent".into(), place: Place::Last(furthest) }
        }
        Tok::Dedent => {
            Raised { kind: ErrorKind::Indentation, message: "unexpected unindent".into(), place: Place::Last(furthest) }
        }
        _ => Raised { kind: ErrorKind::Syntax, message: "invalid syntax".into(), place: Place::Token(furthest) },
    }
}

fn from_tokens(error: &LexError, lines: &LineIndex<'_>) -> Failure {
    let (at, offset, end_offset) = match error.caret {
        Caret::Before(at) => {
            let column = lines.position(at).column as i32;
            (at, column, column)
        }
        Caret::BeforeWithEnd(at, end) => (at, lines.position(at).column as i32, end),
        Caret::Column(at, column, end) => (at, column, end),
        Caret::Range(span) => {
            let error = SyntaxError::new(error.kind, error.message.clone(), span, lines).found_by(Stage::Tokens);
            return Failure { error: Box::new(error), at_end: false };
        }
    };
    let lineno = lines.line(at) as i32;
    let message = error.message.clone();
    let (kind, stage) = (error.kind, Stage::Tokens);
    let found = SyntaxError { kind, message, lineno, offset, end_lineno: lineno, end_offset, text: None, stage };
    Failure { error: Box::new(found), at_end: error.at_end }
}

fn locate(raised: Raised, lines: &LineIndex<'_>) -> SyntaxError {
    let Raised { kind, message, place } = raised;
    let spanned = |span, message| SyntaxError::new(kind, message, span, lines);
    match place {
        Place::Range(span) => spanned(span, message),
        Place::Token(token) | Place::Last(token) => {
            let exact = matches!(place, Place::Token(_));
            match token.kind {
                Tok::End => at_end_of_text(kind, message, exact, lines),
                Tok::Dedent if token.end as usize == lines.source().len() => {
                    at_end_of_text(kind, message, exact, lines)
                }
                Tok::Indent | Tok::Dedent => {
                    let mut error = spanned(Span::new(token.end, token.end), message);
                    error.offset -= 1;
                    error.end_offset = -1;
                    if exact {
                        (error.offset, error.end_offset) = (0, 0);
                    }
                    error
                }
                // However it is written, and even if it is not, a line break is one column wide.
                Tok::Newline => {
                    let mut error = spanned(token.span(), message);
                    error.end_offset += 1;
                    error
                }
                _ => spanned(token.span(), message),
            }
        }
        Place::LastCharacter(span) => {
            let mut error = spanned(Span::new(span.end, span.end), message);
            error.offset -= 1;
            error.end_offset = 0;
            error
        }
        Place::StartingFrom(start, last) => {
            let mut error = spanned(Span::new(start, last.end), message);
            if last.kind == Tok::Newline {
                let end = lines.position(last.end);
                (error.end_lineno, error.end_offset) = (end.line as i32, end.column as i32 + 2);
            }
            error.end_offset -= 1;
            error
        }
        Place::Line(at) => {
            let mut error = spanned(Span::new(at, at), message);
            (error.offset, error.end_offset) = (0, 0);
            error
        }
    }
}

/// The end of the text lies on its last line, behind the line break.
fn at_end_of_text(kind: ErrorKind, message: String, exact: bool, lines: &LineIndex<'_>) -> SyntaxError {
    let text = lines.source();
    let ends_with_break = text.ends_with(['\n', '\r']);
    let line = if ends_with_break && lines.len() > 1 { lines.len() - 1 } else { lines.len() };
    let offset = lines.text(line).chars().count() as i32 + 1;
    let (offset, end_offset) = if exact { (0, 0) } else { (offset, -1) };
    let lineno = line as i32;
    let stage = Stage::Parsing;
    SyntaxError { kind, message, lineno, offset, end_lineno: lineno, end_offset, text: None, stage }
}

//! Inside f-strings and t-strings: the layout driver's second mode. Literal text is cut here by
//! hand; a `{` gives the lexer back to the ordinary tokens until its `}`, and the `:` of a field
//! returns here for the format specification, in which fields may nest again.

use super::layout::{Caret, Field, Layout, LexError, LexResult, line_break};
use super::tokens::{Tok, Token};

/// f-strings nest no deeper, as in CPython.
const MAX_FSTRINGS: usize = 150;

/// An open f-string.
#[derive(Clone, Copy, Debug)]
pub struct FString {
    start: u32,
    quote: u8,
    triple: bool,
    raw: bool,
    template: bool,
    /// How many brackets were open when it began.
    pub brackets: usize,
}

impl FString {
    /// `f` or `t`, for messages.
    pub fn prefix(&self) -> char {
        if self.template { 't' } else { 'f' }
    }

    fn quote_length(&self) -> usize {
        if self.triple { 3 } else { 1 }
    }
}

impl<'a> Layout<'a> {
    pub(super) fn open_fstring(&mut self, token: Token, out: &mut Vec<Token>) -> LexResult<()> {
        if self.fstrings.len() >= MAX_FSTRINGS {
            return self.error("too many nested f-strings or t-strings", Caret::Before(token.end));
        }
        let bytes = self.bytes();
        let open = token.end as usize - 1;
        let quote = bytes[open];
        let triple = bytes[open + 1..].starts_with(&[quote, quote]);
        let prefix = &bytes[token.start as usize..open];
        let fstring = FString {
            start: token.start,
            quote,
            triple,
            raw: prefix.iter().any(|byte| matches!(byte, b'r' | b'R')),
            template: token.kind == Tok::TStringStart,
            brackets: self.brackets.len(),
        };
        let end = open + fstring.quote_length();
        self.fstrings.push(fstring);
        self.seek(end);
        out.push(Token { end: end as u32, ..token });
        self.literal_part(fstring, out)
    }

    /// Whether a `:` here would begin a format specification.
    pub(super) fn at_format_spec(&self) -> bool {
        !self.fstrings.is_empty() && self.brackets.last().is_some_and(|top| top.field == Some(Field::Expression))
    }

    /// A `:` at the level of the field itself; of `:=` only the first character counts.
    pub(super) fn open_format_spec(&mut self, token: Token, out: &mut Vec<Token>) -> LexResult<()> {
        let end = token.start + 1;
        self.seek(end as usize);
        out.push(Token { kind: Tok::Colon, start: token.start, end });
        if let Some(top) = self.brackets.last_mut() {
            top.field = Some(Field::FormatSpec);
        }
        match self.fstrings.last().copied() {
            Some(fstring) => self.format_spec(fstring, false, out),
            None => Ok(()),
        }
    }

    /// After a `}`: back to the literal text or the format specification that it stood in, if it
    /// was the end of a field.
    pub(super) fn field_closed(&mut self, out: &mut Vec<Token>) -> LexResult<()> {
        let Some(fstring) = self.fstrings.last().copied() else { return Ok(()) };
        if self.brackets.len() == fstring.brackets {
            return self.literal_part(fstring, out);
        }
        if self.brackets.last().is_some_and(|top| top.field == Some(Field::FormatSpec)) {
            return self.format_spec(fstring, true, out);
        }
        Ok(())
    }

    /// Text up to the next field or the closing quotes.
    fn literal_part(&mut self, fstring: FString, out: &mut Vec<Token>) -> LexResult<()> {
        let bytes = self.bytes();
        let start = self.position();
        let mut at = start;
        loop {
            match bytes.get(at) {
                None => return self.unterminated_fstring(fstring, at),
                Some(b'\n' | b'\r') if !fstring.triple => return self.unterminated_fstring(fstring, at),
                Some(b'\\') => at = skip_escape(bytes, at, fstring.raw),
                Some(b'{') if bytes.get(at + 1) == Some(&b'{') => at += 2,
                Some(b'{') => {
                    self.middle(start, at, out);
                    return self.open_field(at, out);
                }
                Some(b'}') if bytes.get(at + 1) == Some(&b'}') => at += 2,
                // Left to the ordinary mode, which complains that nothing is open.
                Some(b'}') => {
                    self.middle(start, at, out);
                    return Ok(());
                }
                Some(_) if self.closes(fstring, at) => {
                    self.middle(start, at, out);
                    let end = at + fstring.quote_length();
                    out.push(Token { kind: Tok::FStringEnd, start: at as u32, end: end as u32 });
                    self.seek(end);
                    self.fstrings.pop();
                    return Ok(());
                }
                Some(_) => at += 1,
            }
        }
    }

    /// Text up to the next nested field, the end of the field, or the quotes that come too early.
    /// CPython forgets, behind a nested field, that it is here.
    fn format_spec(&mut self, fstring: FString, resumed: bool, out: &mut Vec<Token>) -> LexResult<()> {
        let bytes = self.bytes();
        let start = self.position();
        let mut at = start;
        loop {
            match bytes.get(at) {
                None | Some(b'\n' | b'\r') if resumed && !fstring.triple && at == start => {
                    return self.unterminated_fstring(fstring, at);
                }
                None if fstring.triple => return self.unterminated_fstring(fstring, at),
                None | Some(b'\n' | b'\r') if !fstring.triple => {
                    let message = format!(
                        "{}-string: newlines are not allowed in format specifiers for single quoted {}-strings",
                        fstring.prefix(),
                        fstring.prefix()
                    );
                    let line_start = self.text[..at].rfind(['\n', '\r']).map_or(0, |found| found + 1);
                    let column = self.text[line_start..at].chars().count() as i32 + 1;
                    return self.error(message, Caret::Column(at as u32, column, column));
                }
                Some(b'\\') => at = skip_escape(bytes, at, fstring.raw),
                Some(b'{') => {
                    self.middle(start, at, out);
                    return self.open_field(at, out);
                }
                Some(b'}') => {
                    self.middle(start, at, out);
                    return Ok(());
                }
                // The parser will miss the `}`.
                Some(_) if self.closes(fstring, at) => {
                    self.middle(start, at, out);
                    let end = at + fstring.quote_length();
                    out.push(Token { kind: Tok::FStringEnd, start: at as u32, end: end as u32 });
                    self.seek(end);
                    self.fstrings.pop();
                    return Ok(());
                }
                _ => at += 1,
            }
        }
    }

    fn closes(&self, fstring: FString, at: usize) -> bool {
        let quotes = [fstring.quote; 3];
        self.bytes()[at..].starts_with(&quotes[..fstring.quote_length()])
    }

    fn middle(&mut self, start: usize, end: usize, out: &mut Vec<Token>) {
        self.seek(end);
        if end > start {
            out.push(Token { kind: Tok::FStringMiddle, start: start as u32, end: end as u32 });
        }
    }

    fn open_field(&mut self, at: usize, out: &mut Vec<Token>) -> LexResult<()> {
        self.seek(at + 1);
        let token = Token { kind: Tok::LBrace, start: at as u32, end: at as u32 + 1 };
        let depth = self.brackets.iter().rev().take_while(|bracket| bracket.field == Some(Field::FormatSpec)).count();
        if depth >= 3 {
            let prefix = self.fstrings.last().map_or('f', FString::prefix);
            let message = format!("{prefix}-string: expressions nested too deeply");
            return self.error(message, Caret::Before(token.start));
        }
        self.open(token, Some(Field::Expression))?;
        out.push(token);
        Ok(())
    }

    #[cold]
    fn unterminated_fstring(&self, fstring: FString, at: usize) -> LexResult<()> {
        let prefix = fstring.prefix();
        let line = self.last_line(at.min(self.text.len()));
        let kind = if fstring.triple { "triple-quoted " } else { "" };
        let message = format!("unterminated {kind}{prefix}-string literal (detected at line {line})");
        let caret = Caret::Before(fstring.start + 1);
        if fstring.triple { self.error_at_end(message, caret) } else { self.error(message, caret) }
    }

    /// A string that does not end, inside a field, and begins with the quote of the f-string around
    /// it: that quote was meant to end the f-string, and what is missing is a `}`.
    pub(super) fn missing_field_end(&self, token: Token, quote: u8, triple: bool) -> Option<Box<LexError>> {
        let fstring = self.fstrings.last()?;
        if fstring.quote != quote || fstring.triple != triple {
            return None;
        }
        let message = format!("{}-string: expecting '}}'", fstring.prefix());
        self.error::<()>(message, Caret::Before(token.start + 1)).err()
    }
}

/// The place after a backslash and what it escapes. A brace is not escaped by it, except that of `\N{…}`.
fn skip_escape(bytes: &[u8], at: usize, raw: bool) -> usize {
    match bytes.get(at + 1) {
        Some(b'{' | b'}') => at + 1,
        Some(b'N') if !raw && bytes.get(at + 2) == Some(&b'{') => {
            let name = bytes[at + 3..].iter().take_while(|byte| !matches!(byte, b'}' | b'\n' | b'\r' | b'"' | b'\''));
            let end = at + 3 + name.count();
            if bytes.get(end) == Some(&b'}') { end + 1 } else { at + 3 }
        }
        _ => at + 1 + line_break(bytes, at + 1).max(1),
    }
}

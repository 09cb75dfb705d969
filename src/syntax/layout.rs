//! The layout driver: turns logos' tokens into logical lines. It owns what needs memory across
//! tokens: indentation, open brackets, line joining, and the ends of strings and numbers. The inside
//! of f-strings is in `fstring.rs`. It knows nothing of grammar.
//!
//! Tokens are handed out one logical line at a time ([`Layout::next_line`]), so that the parser may
//! look ahead freely within a line and a file of a million lines never lies in memory as tokens.

use logos::Logos;

use super::error::ErrorKind;
use super::fstring::FString;
use super::numbers;
use super::tokens::{Tok, Token};
use super::tree::Span;

/// Deeper brackets are refused, as in CPython.
const MAX_BRACKETS: usize = 200;
/// Deeper blocks are refused, as in CPython.
const MAX_INDENTS: usize = 100;
const TAB_WIDTH: u32 = 8;

/// An error in the tokens. Unlike the parser's, its caret may follow CPython's tokenizer in
/// pointing at the last character that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexError {
    pub kind: ErrorKind,
    pub message: String,
    pub caret: Caret,
    /// The text ended too early: with more of it there might be no error.
    pub at_end: bool,
    /// An error of grammar before it explains more: it is one of layout, or inside an f-string.
    pub yields: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caret {
    /// Under the character before this offset.
    Before(u32),
    Range(Span),
    /// Under the character before this offset, with an end column that CPython gives as such.
    BeforeWithEnd(u32, i32),
    /// Under a column (from 1) of the line of this offset, with an end column likewise.
    Column(u32, i32, i32),
}

pub type LexResult<T> = Result<T, Box<LexError>>;

/// An open bracket.
#[derive(Clone, Copy, Debug)]
pub struct Bracket {
    pub open: u8,
    pub start: u32,
    /// The `{` of a replacement field, and whether its `:` has been seen.
    pub field: Option<Field>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Expression,
    FormatSpec,
}

/// An indentation level: columns with tabs of eight and of one. Where the two measures disagree on
/// which line is deeper, the meaning would hang on the width of a tab.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Indent {
    column: u32,
    alternative: u32,
}

pub struct Layout<'a> {
    pub(super) text: &'a str,
    lexer: logos::Lexer<'a, Tok>,
    pub(super) brackets: Vec<Bracket>,
    indents: Vec<Indent>,
    pub(super) fstrings: Vec<FString>,
    /// The number literals that run into a keyword: where, and their kind.
    pub number_warnings: Vec<(Span, &'static str)>,
    finished: bool,
}

impl<'a> Layout<'a> {
    pub fn new(text: &'a str) -> Self {
        Layout {
            text,
            lexer: Tok::lexer(text),
            brackets: Vec::new(),
            indents: vec![Indent { column: 0, alternative: 0 }],
            fstrings: Vec::new(),
            number_warnings: Vec::new(),
            finished: false,
        }
    }

    pub fn inside_fstring(&self) -> bool {
        !self.fstrings.is_empty()
    }

    /// The innermost bracket that is still open.
    pub fn open_bracket(&self) -> Option<Bracket> {
        self.brackets.last().copied()
    }

    pub(super) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    pub(super) fn position(&self) -> usize {
        self.lexer.span().end
    }

    /// Moves the lexer to any place.
    pub(super) fn seek(&mut self, to: usize) {
        let at = self.position();
        if to < at {
            self.lexer = Tok::lexer(self.text);
            self.lexer.bump(to);
        } else {
            self.lexer.bump(to - at);
        }
    }

    /// Appends the tokens of the next logical line, with what the change of indentation before it
    /// yields: they end with `Newline`, or with `End` at the end of the text.
    pub fn next_line(&mut self, out: &mut Vec<Token>) -> LexResult<()> {
        if self.finished {
            let end = self.text.len() as u32;
            out.push(Token { kind: Tok::End, start: end, end });
            return Ok(());
        }
        if !self.indentation(out)? {
            return self.finish(out, None);
        }
        let mut comment = None;
        loop {
            let Some(kind) = self.lexer.next() else {
                return self.finish(out, Some(comment));
            };
            let span = self.lexer.span();
            let token = Token { kind: kind.unwrap_or(Tok::Unknown), start: span.start as u32, end: span.end as u32 };
            match token.kind {
                Tok::Newline if self.brackets.is_empty() => {
                    out.push(Token { start: comment.unwrap_or(token.start), end: token.start, ..token });
                    return Ok(());
                }
                Tok::Newline => comment = None,
                Tok::Comment => comment = Some(token.start),
                Tok::Continuation => self.continued(token)?,
                Tok::Number => self.number(token, out)?,
                Tok::WideName => self.wide_name(token, out)?,
                Tok::String => self.string(token, out)?,
                Tok::BadPrefix => self.bad_prefix(token, out)?,
                Tok::FStringStart | Tok::TStringStart => self.open_fstring(token, out)?,
                Tok::LPar | Tok::LSqb | Tok::LBrace => {
                    self.open(token, None)?;
                    out.push(token);
                }
                Tok::RPar | Tok::RSqb | Tok::RBrace => {
                    self.close(token)?;
                    out.push(token);
                    if token.kind == Tok::RBrace && !self.fstrings.is_empty() {
                        self.field_closed(out)?;
                    }
                }
                Tok::Colon | Tok::ColonEqual if self.at_format_spec() => self.open_format_spec(token, out)?,
                Tok::Unknown => self.unknown(token, out)?,
                _ => out.push(token),
            }
        }
    }

    /// Reads blank lines and the indentation of the next line that is none. False at the end of the text.
    fn indentation(&mut self, out: &mut Vec<Token>) -> LexResult<bool> {
        let bytes = self.bytes();
        let mut at = self.position();
        loop {
            let mut indent = Indent { column: 0, alternative: 0 };
            let mut continued = None;
            loop {
                match bytes.get(at) {
                    Some(b' ') => {
                        indent.column += 1;
                        indent.alternative += 1;
                    }
                    Some(b'\t') => {
                        indent.column = (indent.column / TAB_WIDTH + 1) * TAB_WIDTH;
                        indent.alternative += 1;
                    }
                    Some(b'\x0c') => indent = Indent { column: 0, alternative: 0 },
                    // The line goes on, but its indentation is the one before the first backslash.
                    Some(b'\\') if line_break(bytes, at + 1) > 0 => {
                        continued.get_or_insert(indent);
                        at += line_break(bytes, at + 1);
                        self.continuation_at_end(at + 1)?;
                    }
                    _ => break,
                }
                at += 1;
            }
            if bytes.get(at) == Some(&b'#') {
                at += bytes[at..].iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(bytes.len() - at);
            }
            match line_break(bytes, at) {
                0 if at >= bytes.len() => {
                    self.seek(at);
                    return Ok(false);
                }
                0 => {
                    self.seek(at);
                    self.change_level(continued.unwrap_or(indent), at, out)?;
                    return Ok(true);
                }
                length => at += length,
            }
        }
    }

    /// `Indent`, `Dedent`s, or nothing.
    fn change_level(&mut self, indent: Indent, at: usize, out: &mut Vec<Token>) -> LexResult<()> {
        let start = at as u32;
        let mut top = self.indents[self.indents.len() - 1];
        if indent == top {
            return Ok(());
        }
        if indent.column > top.column {
            if self.indents.len() >= MAX_INDENTS {
                return self.indentation_error(ErrorKind::Indentation, "too many levels of indentation", at);
            }
            if indent.alternative <= top.alternative {
                return self.inconsistent_tabs(at);
            }
            self.indents.push(indent);
            out.push(Token { kind: Tok::Indent, start: start - indent_length(self.bytes(), at), end: start });
            return Ok(());
        }
        let before = self.indents.len();
        while indent.column < top.column {
            self.indents.pop();
            top = self.indents[self.indents.len() - 1];
        }
        if indent.column != top.column {
            return self.unindent_error(at);
        }
        if indent.alternative != top.alternative {
            return self.inconsistent_tabs(at);
        }
        let dedent = Token { kind: Tok::Dedent, start, end: start };
        out.extend(std::iter::repeat_n(dedent, before - self.indents.len()));
        Ok(())
    }

    /// The end of the text: a `Newline` if the last line has none, `Dedent`s, `End`.
    /// `comment` is that of the line, if there is a line and a comment on it.
    fn finish(&mut self, out: &mut Vec<Token>, comment: Option<Option<u32>>) -> LexResult<()> {
        self.finished = true;
        let end = self.text.len() as u32;
        if let Some(comment) = comment
            && self.brackets.is_empty()
        {
            out.push(Token { kind: Tok::Newline, start: comment.unwrap_or(end), end });
        }
        if self.brackets.is_empty() {
            for _ in 1..self.indents.len() {
                out.push(Token { kind: Tok::Dedent, start: end, end });
            }
        }
        out.push(Token { kind: Tok::End, start: end, end });
        Ok(())
    }

    pub(super) fn open(&mut self, token: Token, field: Option<Field>) -> LexResult<()> {
        if self.brackets.len() >= MAX_BRACKETS {
            return self.error("too many nested parentheses", Caret::Before(token.end));
        }
        self.brackets.push(Bracket { open: self.bytes()[token.start as usize], start: token.start, field });
        Ok(())
    }

    fn close(&mut self, token: Token) -> LexResult<()> {
        let close = self.bytes()[token.start as usize];
        let caret = Caret::Before(token.end);
        let prefix = self.fstrings.last().map(FString::prefix);
        let base = self.fstrings.last().map_or(0, |fstring| fstring.brackets);
        let Some(bracket) = self.brackets.last().copied().filter(|_| self.brackets.len() > base) else {
            return match prefix {
                Some(prefix) if close == b'}' => {
                    self.error(format!("{prefix}-string: single '}}' is not allowed"), caret)
                }
                _ => self.error(format!("unmatched '{}'", close as char), caret),
            };
        };
        let fits = matches!((bracket.open, close), (b'(', b')') | (b'[', b']') | (b'{', b'}'));
        if fits {
            self.brackets.pop();
            return Ok(());
        }
        if let (Some(prefix), Some(_)) = (prefix, bracket.field) {
            return self.error(format!("{prefix}-string: unmatched '{}'", close as char), caret);
        }
        let between = &self.bytes()[bracket.start as usize..token.start as usize];
        let place = match between.iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
            true => format!(" on line {}", self.line_number(bracket.start as usize)),
            false => String::new(),
        };
        let (close, open) = (close as char, bracket.open as char);
        self.error(format!("closing parenthesis '{close}' does not match opening parenthesis '{open}'{place}"), caret)
    }

    fn number(&mut self, token: Token, out: &mut Vec<Token>) -> LexResult<()> {
        match numbers::scan(self.bytes(), token.start as usize) {
            Ok((end, warning)) => {
                self.seek(end);
                let token = Token { end: end as u32, ..token };
                if let Some(kind) = warning {
                    self.number_warnings.push((token.span(), kind));
                }
                out.push(token);
                Ok(())
            }
            Err(numbers::NumberError { message, at }) => {
                let caret = match at.is_empty() {
                    true => Caret::Before(at.end as u32),
                    false => Caret::Range(Span::new(at.start as u32, at.end as u32)),
                };
                self.error(message, caret)
            }
        }
    }

    /// A word with characters beyond ASCII: every one must be allowed in an identifier.
    #[cold]
    fn wide_name(&mut self, token: Token, out: &mut Vec<Token>) -> LexResult<()> {
        let word = &self.text[token.span().range()];
        for (at, character) in word.char_indices() {
            let allowed = if at == 0 {
                character == '_' || unicode_ident::is_xid_start(character)
            } else {
                unicode_ident::is_xid_continue(character)
            };
            if !allowed {
                return self.bad_character(token.start as usize + at, character);
            }
        }
        out.push(token);
        Ok(())
    }

    /// Each letter may stand once before a quote; some exclude each other.
    #[cold]
    fn bad_prefix(&mut self, token: Token, out: &mut Vec<Token>) -> LexResult<()> {
        let quote = token.end - 1;
        let letters = self.text[token.start as usize..quote as usize].to_ascii_lowercase();
        let seen = |letter: char| letters.contains(letter);
        let repeats = letters.char_indices().any(|(at, letter)| letters[..at].contains(letter));
        let pairs = [('u', 'b'), ('u', 'r'), ('u', 'f'), ('u', 't'), ('b', 'f'), ('b', 't'), ('f', 't')];
        if !repeats && let Some((one, other)) = pairs.into_iter().find(|&(one, other)| seen(one) && seen(other)) {
            let message = format!("'{one}' and '{other}' prefixes are incompatible");
            return self.error(message, Caret::Range(Span::new(token.start, quote)));
        }
        // No prefix at all, but a name before a string.
        self.seek(quote as usize);
        out.push(Token { kind: Tok::Name, end: quote, ..token });
        Ok(())
    }

    fn bad_character(&self, at: usize, character: char) -> LexResult<()> {
        let caret = Caret::Before((at + character.len_utf8()) as u32);
        let code = format!("U+{:04X}", character as u32);
        if is_printable(character) {
            self.error(format!("invalid character '{character}' ({code})"), caret)
        } else {
            self.error(format!("invalid non-printable character {code}"), caret)
        }
    }

    /// What begins no token: a stray backslash, a control character, or one of `$?` and backquote,
    /// which are left to the parser to stumble over.
    #[cold]
    fn unknown(&mut self, token: Token, out: &mut Vec<Token>) -> LexResult<()> {
        let byte = self.bytes()[token.start as usize];
        if byte == b'\\' {
            let after = token.start + 1;
            if after as usize == self.text.len() {
                return self.continuation_at_end(after as usize);
            }
            let wide = self.text[after as usize..].chars().next().map_or(0, |next| next.len_utf8() as u32);
            let message = "unexpected character after line continuation character";
            return yielding(self.error(message, Caret::BeforeWithEnd(after + wide, 0)));
        }
        if byte.is_ascii_graphic() {
            out.push(token);
            return Ok(());
        }
        let character = self.text[token.start as usize..].chars().next().unwrap_or('\0');
        self.bad_character(token.start as usize, character)
    }

    fn continued(&mut self, token: Token) -> LexResult<()> {
        self.continuation_at_end(token.end as usize)
    }

    /// A backslash may join a line only with one that exists.
    fn continuation_at_end(&self, after: usize) -> LexResult<()> {
        if after >= self.text.len() {
            // The caret stands behind the line break, even if it is not there.
            let line = self.text.trim_end_matches(['\n', '\r']);
            let start = line.rfind(['\n', '\r']).map_or(0, |found| found + 1);
            let column = line[start..].chars().count() as i32 + 1;
            let caret = Caret::Column(line.len() as u32, column, -1);
            return yielding(self.error_at_end("unexpected EOF while parsing", caret));
        }
        Ok(())
    }

    /// Finds the end of a string whose opening quote has been read.
    fn string(&mut self, token: Token, out: &mut Vec<Token>) -> LexResult<()> {
        let bytes = self.bytes();
        let open = token.end as usize - 1;
        let quote = bytes[open];
        let triple = bytes[open + 1..].starts_with(&[quote, quote]);
        if !triple && bytes.get(open + 1) == Some(&quote) {
            self.seek(open + 2);
            out.push(Token { end: open as u32 + 2, ..token });
            return Ok(());
        }
        let mut at = if triple { open + 3 } else { open + 1 };
        let mut escaped_quote = false;
        loop {
            match bytes.get(at) {
                None => return self.unterminated(token, quote, triple, escaped_quote, at),
                Some(b'\n' | b'\r') if !triple => return self.unterminated(token, quote, triple, escaped_quote, at),
                Some(b'\\') => {
                    escaped_quote |= bytes.get(at + 1) == Some(&quote);
                    at += 1 + line_break(bytes, at + 1).max(1);
                }
                Some(&byte) if byte == quote => {
                    if !triple {
                        at += 1;
                        break;
                    }
                    if bytes[at + 1..].starts_with(&[quote, quote]) {
                        at += 3;
                        break;
                    }
                    at += 1;
                }
                Some(_) => at += 1,
            }
        }
        self.seek(at);
        out.push(Token { end: at as u32, ..token });
        Ok(())
    }

    #[cold]
    fn unterminated(&self, token: Token, quote: u8, triple: bool, escaped: bool, at: usize) -> LexResult<()> {
        if let Some(error) = self.missing_field_end(token, quote, triple) {
            return Err(error);
        }
        let line = self.last_line(at.min(self.text.len()));
        let message = match (triple, escaped) {
            (true, _) => format!("unterminated triple-quoted string literal (detected at line {line})"),
            (false, false) => format!("unterminated string literal (detected at line {line})"),
            (false, true) => {
                format!("unterminated string literal (detected at line {line}); perhaps you escaped the end quote?")
            }
        };
        let caret = Caret::Before(token.start + 1);
        if triple { self.error_at_end(message, caret) } else { self.error(message, caret) }
    }

    pub(super) fn error<T>(&self, message: impl Into<String>, caret: Caret) -> LexResult<T> {
        let yields = !self.fstrings.is_empty();
        Err(Box::new(LexError { kind: ErrorKind::Syntax, message: message.into(), caret, at_end: false, yields }))
    }

    pub(super) fn error_at_end<T>(&self, message: impl Into<String>, caret: Caret) -> LexResult<T> {
        self.error(message, caret).map_err(|mut error: Box<LexError>| {
            error.at_end = true;
            error
        })
    }

    #[cold]
    fn indentation_error<T>(&self, kind: ErrorKind, message: &str, at: usize) -> LexResult<T> {
        let caret = Caret::Column(at as u32, 1, 0);
        Err(Box::new(LexError { kind, message: message.into(), caret, at_end: false, yields: true }))
    }

    fn inconsistent_tabs<T>(&self, at: usize) -> LexResult<T> {
        self.indentation_error(ErrorKind::Tab, "inconsistent use of tabs and spaces in indentation", at)
    }

    /// CPython puts the caret of this one behind the end of the line.
    #[cold]
    fn unindent_error<T>(&self, at: usize) -> LexResult<T> {
        let line_start = self.text[..at].rfind(['\n', '\r']).map_or(0, |found| found + 1);
        let line_end = self.text[at..].find(['\n', '\r']).map_or(self.text.len(), |found| at + found);
        let column = self.text[line_start..line_end].chars().count() as i32 + 1;
        let message = "unindent does not match any outer indentation level".into();
        let caret = Caret::Column(at as u32, column, -1);
        Err(Box::new(LexError { kind: ErrorKind::Indentation, message, caret, at_end: false, yields: true }))
    }

    /// The line of an offset. Only for messages: it counts from the start of the text.
    #[cold]
    pub(super) fn line_number(&self, offset: usize) -> usize {
        let before = &self.bytes()[..offset];
        let breaks = before
            .iter()
            .enumerate()
            .filter(|&(at, &byte)| byte == b'\n' || (byte == b'\r' && self.bytes().get(at + 1) != Some(&b'\n')));
        breaks.count() + 1
    }

    /// The line at which an unterminated string was noticed: at the end of the text, the last one
    /// that holds something.
    pub(super) fn last_line(&self, at: usize) -> usize {
        let ends_empty = at == self.text.len() && self.text.ends_with(['\n', '\r']);
        self.line_number(at) - usize::from(ends_empty)
    }
}

/// Marks an error as one that matters only if the parser gets that far.
fn yielding(result: LexResult<()>) -> LexResult<()> {
    result.map_err(|mut error| {
        error.yields = true;
        error
    })
}

/// The length of the line break at `at`, 0 if there is none.
pub(super) fn line_break(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'\n') => 1,
        Some(b'\r') => 1 + usize::from(bytes.get(at + 1) == Some(&b'\n')),
        _ => 0,
    }
}

/// The number of bytes between the start of the line and `at`.
fn indent_length(bytes: &[u8], at: usize) -> u32 {
    bytes[..at].iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\x0c')).count() as u32
}

/// Whether Python's `str.isprintable` holds for a character.
pub(super) fn is_printable(character: char) -> bool {
    use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
    character == ' '
        || !matches!(character.general_category_group(), GeneralCategoryGroup::Other | GeneralCategoryGroup::Separator)
}

//! The parser: recursive descent over the tokens of one logical line at a time.
//!
//! ```text
//! mod.rs          tokens, failing and raising, trying, depth
//! simple.rs       statements within a line, assignments, imports
//! compound.rs     statements with blocks
//! matching.rs     match and its patterns
//! parameters.rs   parameters of def and lambda, type parameters
//! expressions.rs  operators, by precedence
//! atoms.rs        atoms, displays, comprehensions
//! calls.rs        what follows an atom: attributes, subscripts, arguments
//! strings.rs      strings and f-strings
//! targets.rs      what can be assigned to
//! diagnose.rs     what is wrong, when something is
//! ```
//!
//! A correct program is parsed once, with no thought of errors: a rule that does not fit *fails*
//! ([`Fail`]), and the place furthest into the text where anything failed is remembered. Only then
//! is the text parsed again with `diagnosing` set, and now rules that look costly, or look at what
//! nobody should write, may *raise* an error with a better message. Whatever that second run does not
//! explain is "invalid syntax" at the place where the first one gave up. CPython works so too, and
//! the order in which the rules are tried decides which of several messages a program gets.

mod atoms;
mod calls;
mod compound;
mod diagnose;
mod expressions;
mod matching;
mod parameters;
mod simple;
mod strings;
mod targets;

use super::error::{ErrorKind, SyntaxError, Warning};
use super::layout::{Layout, LexError};
use super::tokens::{Tok, Token};
use super::tree::{Arena, Expr, ExprKind, Module, Span, Stmt};

/// Rules nest no deeper than this, as in CPython. A level of ours is counted as about as many as
/// one of CPython's costs there.
const MAX_DEPTH: u32 = 6000;

/// A rule does not fit here. If an error was raised, it is in [`Parser::raised`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fail;

pub(super) type Parse<T> = Result<T, Fail>;

/// An error with its place, while the text is still being parsed.
#[derive(Clone, Debug)]
pub(super) struct Raised {
    pub kind: ErrorKind,
    pub message: String,
    pub place: Place,
}

/// How CPython gives the place of an error.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Range(Span),
    Token(Token),
    /// The last token that was read. Differs from the former where that has no width.
    Last(Token),
    /// The last character of a stretch.
    LastCharacter(Span),
    /// From an offset to the end of the last token that was read.
    StartingFrom(u32, Token),
    /// The line of an offset, with no column.
    Line(u32),
}

pub(super) struct Parser<'a> {
    arena: &'a Arena,
    text: &'a str,
    layout: Layout<'a>,
    /// The current logical line, and our place in it.
    tokens: Vec<Token>,
    position: usize,
    tok: Token,
    /// Where the token before `tok` ended.
    previous_end: u32,
    /// How many brackets are open here.
    nesting: u32,
    depth: u32,
    /// Whether the block parsed last stood on lines of its own.
    ended_indented: bool,
    /// The second run: look for a better message than "invalid syntax".
    diagnosing: bool,
    /// How many more costly looks the second run may take.
    fuel: u32,
    pub(super) raised: Option<Box<Raised>>,
    pub(super) lex_error: Option<Box<LexError>>,
    /// The furthest token at which anything failed.
    furthest: Token,
    pub(super) warnings: Vec<Warning>,
    /// Lists under construction lie on these stacks, so that making one costs no allocation.
    exprs: Vec<Expr<'a>>,
    stmts: Vec<Stmt<'a>>,
    bytes: Vec<u8>,
}

/// What to return to when an attempt fails.
#[derive(Clone, Copy)]
struct Mark {
    position: usize,
    tok: Token,
    previous_end: u32,
    nesting: u32,
    depth: u32,
    exprs: usize,
    warnings: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(arena: &'a Arena, text: &'a str) -> Self {
        let nothing = Token { kind: Tok::End, start: 0, end: 0 };
        let mut parser = Parser {
            arena,
            text,
            layout: Layout::new(text),
            tokens: Vec::new(),
            position: 0,
            tok: nothing,
            previous_end: 0,
            nesting: 0,
            depth: 0,
            ended_indented: false,
            diagnosing: false,
            fuel: 5000,
            raised: None,
            lex_error: None,
            furthest: nothing,
            warnings: Vec::new(),
            exprs: Vec::new(),
            stmts: Vec::new(),
            bytes: Vec::new(),
        };
        parser.refill();
        parser
    }

    // Tokens.

    #[inline]
    fn bump(&mut self) {
        self.previous_end = self.tok.end;
        self.position += 1;
        match self.tokens.get(self.position) {
            Some(&token) => self.tok = token,
            None => self.refill(),
        }
    }

    fn refill(&mut self) {
        self.tokens.clear();
        self.position = 0;
        if let Err(error) = self.layout.next_line(&mut self.tokens) {
            // A text with an error in its tokens is never parsed to its end.
            let end = self.text.len() as u32;
            self.tokens.push(Token { kind: Tok::End, start: end, end });
            self.lex_error.get_or_insert(error);
        }
        self.tok = self.tokens[0];
    }

    /// The kind of the token after the next `ahead` ones, within the line.
    #[inline]
    fn peek(&self, ahead: usize) -> Tok {
        self.tokens.get(self.position + ahead).map_or(Tok::End, |token| token.kind)
    }

    #[inline]
    fn at(&self, kind: Tok) -> bool {
        self.tok.kind == kind
    }

    #[inline]
    fn eat(&mut self, kind: Tok) -> bool {
        let found = self.tok.kind == kind;
        if found {
            self.bump();
        }
        found
    }

    /// Eats a token that is nothing but layout: statements end before it.
    #[inline]
    fn eat_layout(&mut self, kind: Tok) -> bool {
        let end = self.previous_end;
        let found = self.eat(kind);
        self.previous_end = end;
        found
    }

    #[inline]
    fn expect(&mut self, kind: Tok) -> Parse<()> {
        if self.eat(kind) { Ok(()) } else { self.fail() }
    }

    /// A token without which the statement makes no sense whatever it is: missing, it is an error
    /// even in the first run.
    fn force(&mut self, kind: Tok, shown: &str) -> Parse<()> {
        if self.eat(kind) {
            return Ok(());
        }
        self.raise_at(Place::Token(self.tok), format!("expected '{shown}'"))
    }

    fn source(&self, span: Span) -> &'a str {
        &self.text[span.range()]
    }

    /// Whether the current token is this soft keyword.
    fn at_word(&self, word: &str) -> bool {
        self.tok.kind == Tok::Name && self.source(self.tok.span()) == word
    }

    fn span_from(&self, start: u32) -> Span {
        Span::new(start, self.previous_end)
    }

    fn expr_from(&self, start: u32, kind: ExprKind<'a>) -> Expr<'a> {
        Expr { span: self.span_from(start), kind }
    }

    // Failing, raising, trying.

    /// Remembers the current token if it is the furthest so far.
    fn note_place(&mut self) {
        if self.tok.start >= self.furthest.start && self.tok.kind != Tok::Cut {
            self.furthest = self.tok;
        }
    }

    #[cold]
    fn fail<T>(&mut self) -> Parse<T> {
        self.note_place();
        Err(Fail)
    }

    /// Counts the token after the current one as looked at.
    #[cold]
    fn look_past(&mut self) {
        if let Some(&next) = self.tokens.get(self.position + 1)
            && next.start > self.furthest.start
        {
            self.furthest = next;
        }
    }

    #[cold]
    fn raise<T>(&mut self, span: Span, message: impl Into<String>) -> Parse<T> {
        self.raise_at(Place::Range(span), message)
    }

    /// Raises where the first run gave up.
    #[cold]
    fn raise_furthest<T>(&mut self, message: impl Into<String>) -> Parse<T> {
        let last = if self.tok.start > self.furthest.start { self.tok } else { self.furthest };
        self.raise_at(Place::Last(last), message)
    }

    #[cold]
    fn raise_at<T>(&mut self, place: Place, message: impl Into<String>) -> Parse<T> {
        self.raise_kind(ErrorKind::Syntax, place, message)
    }

    #[cold]
    fn raise_kind<T>(&mut self, kind: ErrorKind, place: Place, message: impl Into<String>) -> Parse<T> {
        if self.raised.is_none() {
            self.raised = Some(Box::new(Raised { kind, message: message.into(), place }));
        }
        self.note_place();
        Err(Fail)
    }

    fn mark(&self) -> Mark {
        Mark {
            position: self.position,
            tok: self.tok,
            previous_end: self.previous_end,
            nesting: self.nesting,
            depth: self.depth,
            exprs: self.exprs.len(),
            warnings: self.warnings.len(),
        }
    }

    /// Back to a mark on the same logical line.
    fn reset(&mut self, mark: Mark) {
        self.note_place();
        self.position = mark.position;
        self.tok = mark.tok;
        self.previous_end = mark.previous_end;
        self.nesting = mark.nesting;
        self.depth = mark.depth;
        self.exprs.truncate(mark.exprs);
        self.warnings.truncate(mark.warnings);
    }

    /// Parses something that may turn out to be something else: `None`, and nothing consumed, if it
    /// fails. A raised error stays an error.
    fn attempt<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<Option<T>> {
        let mark = self.mark();
        match rule(self) {
            Ok(value) => Ok(Some(value)),
            Err(Fail) if self.raised.is_some() => Err(Fail),
            Err(Fail) => {
                self.reset(mark);
                Ok(None)
            }
        }
    }

    /// The next piece of something that makes sense without it, too. CPython's rules match as much as
    /// they understand and leave the rest; so does the second run, while for the first a piece that
    /// does not fit is the end.
    #[inline]
    fn or_stop<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<Option<T>> {
        if self.diagnosing { self.attempt(rule) } else { rule(self).map(Some) }
    }

    /// Whether a rule fits here. Consumes nothing.
    fn ahead<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<Option<T>> {
        let mark = self.mark();
        let result = self.attempt(rule)?;
        self.reset(mark);
        Ok(result)
    }

    /// As [`ahead`](Self::ahead), without the second run's zeal.
    fn ahead_plainly<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<Option<T>> {
        let diagnosing = std::mem::replace(&mut self.diagnosing, false);
        let result = self.ahead(rule);
        self.diagnosing = diagnosing;
        result
    }

    /// Runs a rule some levels deeper.
    #[inline]
    fn nested<T>(&mut self, levels: u32, rule: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        self.depth += levels;
        if self.depth > MAX_DEPTH {
            return self.too_deep();
        }
        let result = rule(self);
        self.depth -= levels;
        result
    }

    #[cold]
    fn too_deep<T>(&mut self) -> Parse<T> {
        let message = "Parser stack overflowed - Python source too complex to parse";
        self.raise_kind(ErrorKind::TooDeep, Place::Token(self.tok), message)
    }

    /// Moves the expressions above `base` from the stack of lists under construction to the arena.
    fn exprs_from(&mut self, base: usize) -> &'a [Expr<'a>] {
        self.arena.alloc_slice(self.exprs.drain(base..))
    }

    fn boxed(&self, expr: Expr<'a>) -> &'a Expr<'a> {
        self.arena.alloc(expr)
    }

    // What can be asked for.

    pub(super) fn module(&mut self) -> Parse<Module<'a>> {
        let body = self.statements(Tok::End)?;
        Ok(Module { body })
    }

    /// `eval`'s input: an expression, then nothing.
    pub(super) fn eval(&mut self) -> Parse<Expr<'a>> {
        let expr = self.expressions()?;
        while self.eat(Tok::Newline) {}
        if self.at(Tok::End) { Ok(expr) } else { self.fail() }
    }

    /// One compound statement, or one line of simple ones, and nothing behind it. An empty text is
    /// fine here.
    pub(super) fn interactive(&mut self) -> Parse<Interactive<'a>> {
        let base = self.stmts.len();
        let is_compound = if self.at(Tok::End) { false } else { self.statement()? };
        let body = self.arena.alloc_slice(self.stmts.drain(base..));
        if !self.at(Tok::End) {
            if is_compound {
                return self.fail();
            }
            let end = Token { kind: Tok::Newline, start: self.previous_end, end: self.previous_end };
            let message = "multiple statements found while compiling a single statement";
            return self.raise_at(Place::Token(end), message);
        }
        let wants_a_line = is_compound && !self.ended_indented;
        Ok(Interactive { module: Module { body }, is_compound, wants_a_line })
    }

    pub(super) fn number_warnings(&mut self) {
        for (span, kind) in std::mem::take(&mut self.layout.number_warnings) {
            // CPython points at the last digit.
            let span = Span::new(span.end - 1, span.end - 1);
            self.warnings.push(Warning { message: format!("invalid {kind} literal"), span });
        }
    }
}

/// Parses `text`; when that fails, finds out why.
pub(super) fn run<'a, T>(
    arena: &'a Arena,
    text: &'a str,
    rule: impl Fn(&mut Parser<'a>) -> Parse<T>,
) -> Result<(T, Vec<Warning>), Failure> {
    let mut first = Parser::new(arena, text);
    if let Ok(tree) = rule(&mut first)
        && first.lex_error.is_none()
    {
        first.number_warnings();
        first.warnings.sort_by_key(|warning| warning.span.start);
        return Ok((tree, first.warnings));
    }
    Err(diagnose::explain(arena, first, rule))
}

/// What has been typed at a prompt.
pub(super) struct Interactive<'a> {
    pub module: Module<'a>,
    /// It has blocks, so that more lines may belong to it.
    pub is_compound: bool,
    /// It has blocks and ends in the line of a header, so that only another line (an empty one) ends it.
    pub wants_a_line: bool,
}

/// Why a text is no program.
pub(super) struct Failure {
    pub error: Box<SyntaxError>,
    /// The text ended where more was expected.
    pub at_end: bool,
}

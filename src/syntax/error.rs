//! What can be wrong with a source text: the one error type of this folder, its place in the text,
//! and the warnings that reading collects. Printing them is left to whoever shows tracebacks.

use std::fmt;

use super::lines::LineIndex;
use super::tree::Span;

/// Which of CPython's exception types the error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    Syntax,
    Indentation,
    Tab,
    /// A prompt should ask for another line (only from [`parse_interactive`](super::parse_interactive)).
    Incomplete,
    /// Nested too deeply to be parsed: CPython's `MemoryError`.
    TooDeep,
    /// Nested too deeply to be compiled: CPython's `RecursionError`.
    TooRecursive,
}

impl ErrorKind {
    /// The name of the Python exception.
    pub const fn exception_name(self) -> &'static str {
        match self {
            ErrorKind::Syntax => "SyntaxError",
            ErrorKind::Indentation => "IndentationError",
            ErrorKind::Tab => "TabError",
            ErrorKind::Incomplete => "_IncompleteInputError",
            ErrorKind::TooDeep => "MemoryError",
            ErrorKind::TooRecursive => "RecursionError",
        }
    }
}

/// Who found an error: CPython words its place differently for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Tokens,
    Parsing,
    /// Scopes, and features of the future: what is known of the place is not among the exception's arguments.
    Symbols,
    Code,
}

/// An error in a source text, with the attributes that Python's `SyntaxError` has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    pub kind: ErrorKind,
    pub message: String,
    /// Lines count from 1; 0 where there is no line to show (a file that cannot be decoded).
    pub lineno: i32,
    /// Columns count characters, from 1; 0 or less where there is none.
    pub offset: i32,
    pub end_lineno: i32,
    pub end_offset: i32,
    /// The line that a traceback shows, if it is not that of the source under `lineno`.
    pub text: Option<String>,
    pub stage: Stage,
}

impl SyntaxError {
    pub fn new(kind: ErrorKind, message: impl Into<String>, span: Span, lines: &LineIndex<'_>) -> Self {
        let start = lines.position(span.start);
        let mut end = lines.position(span.end);
        if end.line != start.line {
            // CPython counts the characters before the end in the first line.
            end.column = lines.column_in(start.line, lines.byte_column(span.end));
        }
        SyntaxError {
            kind,
            message: message.into(),
            lineno: start.line as i32,
            offset: start.column as i32 + 1,
            end_lineno: end.line as i32,
            end_offset: end.column as i32 + 1,
            text: None,
            stage: Stage::Parsing,
        }
    }

    pub fn found_by(self, stage: Stage) -> Self {
        SyntaxError { stage, ..self }
    }

    /// An error that a later stage than parsing has found: its columns count bytes.
    pub fn after_parsing(stage: Stage, message: impl Into<String>, span: Span, lines: &LineIndex<'_>) -> Self {
        let mut error = SyntaxError::new(ErrorKind::Syntax, message, span, lines).found_by(stage);
        error.offset = lines.byte_column(span.start) as i32 + 1;
        error.end_offset = lines.byte_column(span.end) as i32 + 1;
        error
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} (line {})", self.kind.exception_name(), self.message, self.lineno)
    }
}

impl std::error::Error for SyntaxError {}

/// A `SyntaxWarning` found while reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub message: String,
    pub span: Span,
}

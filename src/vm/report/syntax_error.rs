//! SyntaxErrors: raising them from what the parser found, and showing the place in the text.

use crate::heap::Value;
use crate::objects::exception::{Exc, Exception, syntax_field as field};
use crate::syntax::{self, Arena, ErrorKind, LineIndex, Stage, SyntaxError, Warning};
use crate::vm::source::{Mode, Text};
use crate::vm::{Raised, Thread};

use super::colors::Theme;
use super::keywords;
use super::sources;
use super::summary::safe_text;

/// Raises what is wrong with a text.
#[cold]
pub fn raise(th: &Thread, error: &SyntaxError, filename: &str, text: &Text<'_>, mode: Mode) -> Raised {
    let class = match error.kind {
        ErrorKind::TooDeep => return th.raise(Exc::MemoryError, &error.message),
        ErrorKind::TooRecursive => return th.raise(Exc::RecursionError, &error.message),
        ErrorKind::Syntax => Exc::SyntaxError,
        ErrorKind::Indentation => Exc::IndentationError,
        ErrorKind::Tab => Exc::TabError,
        ErrorKind::Incomplete => Exc::_IncompleteInputError,
    };
    let arena = Arena::new();
    let decoded = match text {
        Text::Str(text) => Some(*text),
        Text::Bytes(bytes) => syntax::decode(&arena, bytes, Some(filename)).ok(),
    };
    let is_parsed = decoded.is_some() && matches!(error.stage, Stage::Symbols | Stage::Code);
    let has_line_end = error.stage != Stage::Tokens || error.kind != ErrorKind::Syntax;
    let line = decoded.and_then(|text| line_of(text, error.lineno, mode, has_line_end));
    // An expression or a prompt's line that just ends has no line break to point at.
    let is_cut_off = mode != Mode::Module
        && line.as_ref().is_some_and(|l| !l.ends_with('\n') && error.offset > l.chars().count() as i32);
    let (offset, end_offset) = if is_cut_off { (0, 0) } else { (error.offset, error.end_offset) };
    let shown = match (&error.text, line) {
        (Some(text), _) => th.str(text),
        // Found after parsing: CPython looks the line up in the file, and finds none for other texts.
        (None, Some(line)) if !is_parsed || th.vm().sources.is_file(filename) => th.str(&line),
        _ => Value::NONE,
    };
    let mut details = vec![th.str(filename), th.int(error.lineno.into()), th.int(offset.into()), shown];
    details.extend([th.int(error.end_lineno.into()), th.int(end_offset.into())]);
    let raised = if error.stage == Stage::Symbols {
        let raised = th.raise_with(class, &[th.str(&error.message)]);
        if let Some(exception) = th.pending.get().downcast::<Exception>() {
            let places = [field::FILENAME, field::LINE, field::OFFSET, field::TEXT, field::END_LINE, field::END_OFFSET];
            places.into_iter().zip(&details).for_each(|(at, value)| exception.set_syntax_field(th, at, *value));
        }
        raised
    } else {
        th.raise_with(class, &[th.str(&error.message), th.tuple(&details)])
    };
    if let (Some(text), false) = (decoded, is_parsed)
        && let Some(exception) = th.pending.get().downcast::<Exception>()
    {
        let is_ended = text.ends_with('\n') || mode != Mode::Module;
        let text = if is_ended { text.to_string() } else { format!("{text}\n") };
        // The program itself is parsed as it is read; of other texts CPython has all at hand.
        let source = if th.stack.depth() == 0 { Value::NONE } else { th.str(&text) };
        let zero = Value::small_int(0);
        exception.set_syntax_field(th, field::METADATA, th.tuple(&[zero, zero, source]));
    }
    raised
}

/// A line, with its line break if that is wanted; the last line of a module gets one.
fn line_of(text: &str, line: i32, mode: Mode, with_end: bool) -> Option<String> {
    let lines = LineIndex::new(text);
    let line = u32::try_from(line).ok().filter(|line| (1..=lines.len()).contains(line))?;
    let is_last = line == lines.len();
    let end = if !with_end || is_last && mode != Mode::Module { "" } else { "\n" };
    Some(format!("{}{end}", lines.text(line)))
}

/// What a SyntaxError says of its place, as programs may have set it.
pub struct SyntaxDetails {
    /// As text; `None` where the attribute is.
    message: Option<String>,
    filename: Option<String>,
    line: Option<String>,
    end_line: Option<String>,
    text: Option<String>,
    offset: Option<i64>,
    end_offset: Option<i64>,
}

impl SyntaxDetails {
    pub fn of(th: &Thread, value: Value) -> SyntaxDetails {
        let Some(this) = value.downcast::<Exception>() else { unreachable!("asked of a SyntaxError") };
        let shown = |at: usize| {
            let value = this.syntax_field(at);
            (!value.is_none()).then(|| safe_text(th, value, "exception", "str"))
        };
        let number = |at: usize| this.syntax_field(at).as_small_int();
        let mut details = SyntaxDetails {
            message: shown(field::MESSAGE),
            filename: shown(field::FILENAME),
            line: shown(field::LINE),
            end_line: shown(field::END_LINE),
            text: this.syntax_field(field::TEXT).as_str_cell().map(|s| s.to_text()),
            offset: number(field::OFFSET),
            end_offset: number(field::END_OFFSET),
        };
        match metadata(this.syntax_field(field::METADATA)) {
            Some(Some(source)) => details.look_for_keyword(&source, false),
            Some(None) => {
                let file = details.filename.clone().unwrap_or_default();
                let source = super::sources::text_of(th, &file);
                if let Some(source) = source {
                    details.look_for_keyword(&source, true);
                }
            }
            None => {}
        }
        details
    }

    /// A misspelt keyword is a likely reason for a text that makes no sense.
    fn look_for_keyword(&mut self, source: &str, only_on_its_line: bool) {
        let message = self.message.as_deref().unwrap_or_default();
        if message != "invalid syntax" && !message.contains("Perhaps you forgot a comma") {
            return;
        }
        let line = self.line.as_deref().and_then(|l| l.parse().ok()).unwrap_or(0);
        if let Some(found) = keywords::meant(source, line, only_on_its_line) {
            self.message = Some(format!("invalid syntax. Did you mean '{}'?", found.keyword));
            self.line = Some(found.line.to_string());
            self.end_line = self.line.clone();
            self.text = Some(found.text);
            self.offset = Some(found.start as i64 + 1);
            self.end_offset = Some(found.end as i64 + 1);
        }
    }

    /// File and line, the line's text with marks, and the message.
    pub fn format(&self, class: &str, theme: &Theme) -> String {
        let Theme { filename, line, message, reset, .. } = theme;
        let mut shown = String::new();
        let mut suffix = String::new();
        match (&self.line, &self.filename) {
            (Some(number), name) => {
                let name = sources::shown_name(name.as_deref().unwrap_or("<string>"));
                shown.push_str(&format!("  File {filename}\"{name}\"{reset}, line {line}{number}{reset}\n"));
            }
            (None, Some(name)) => suffix = format!(" ({name})"),
            (None, None) => {}
        }
        if let Some(text) = &self.text {
            self.push_line(text, &mut shown, theme);
        }
        let text = match self.message.as_deref() {
            None | Some("") => "<no detail available>",
            Some(text) => text,
        };
        shown.push_str(&format!("{}{class}{reset}: {message}{text}{reset}{suffix}\n", theme.class));
        shown
    }

    fn push_line(&self, text: &str, shown: &mut String, theme: &Theme) {
        let whole = text.trim_end_matches('\n');
        let trimmed = whole.trim_start_matches([' ', '\n', '\x0c']);
        let Some(offset) = self.offset else {
            shown.push_str(&format!("    {trimmed}\n"));
            return;
        };
        let count = |s: &str| s.chars().count() as i64;
        let beyond = count(whole) + 1;
        let mut end = match self.end_offset {
            _ if self.line != self.end_line => beyond,
            Some(end) if end != 0 => end,
            _ => offset,
        };
        let is_beyond = |at: i64| !text.is_empty() && at > count(text);
        let offset = if is_beyond(offset) { beyond } else { offset };
        if is_beyond(end) {
            end = beyond;
        }
        if offset >= end || end < 0 {
            end = offset + 1;
        }
        let removed = count(whole) - count(trimmed);
        let Ok(start) = usize::try_from(offset - 1 - removed) else {
            shown.push_str(&format!("    {trimmed}\n"));
            return;
        };
        let marks = (end - offset) as usize;
        // Tabs stay, so that the marks stand under what they mark.
        let space: String = trimmed.chars().take(start).map(|c| if c.is_whitespace() { c } else { ' ' }).collect();
        let part = |from: usize, count: usize| trimmed.chars().skip(from).take(count).collect::<String>();
        let (before, marked, after) = (part(0, start), part(start, marks), part(start + marks, usize::MAX));
        let (on, off) = (theme.highlight, theme.reset);
        shown.push_str(&format!("    {before}{on}{marked}{off}{after}\n"));
        shown.push_str(&format!("    {space}{on}{}{off}\n", "^".repeat(marks)));
    }
}

/// The source text that a SyntaxError remembers: `Some(None)` where it is to be read from the file.
fn metadata(value: Value) -> Option<Option<String>> {
    match crate::vm::signature::items(value.downcast()) {
        [_, _, source] => Some(source.as_str_cell().map(|s| s.to_text())),
        _ => None,
    }
}

/// What a warning of the compiler says, as an error in that place.
pub fn from_warning(warning: &Warning, filename: &str, text: &Text<'_>) -> Option<SyntaxError> {
    with_lines(text, filename, |lines| {
        // As an error, an escape is not about the future; it comes with its line, and a number with its line's text.
        let message = warning.message.replace(" Such sequences will not work in the future.", "");
        let shows_line = message != warning.message;
        let mut error = SyntaxError::new(ErrorKind::Syntax, message, warning.span, lines).found_by(Stage::Code);
        let line = lines.text(error.lineno as u32).trim_end_matches('\n');
        error.text = match warning.message.ends_with(" literal") {
            true => Some(line.to_string()),
            false => shows_line.then(|| format!("{line}\n")),
        };
        error
    })
}

/// The line (from 1) of an offset into a text.
pub fn line_at(text: &Text<'_>, filename: &str, offset: u32) -> u32 {
    with_lines(text, filename, |lines| lines.line(offset)).unwrap_or(0)
}

/// Looks at the lines of a text, if it can be decoded.
fn with_lines<R>(text: &Text<'_>, filename: &str, look: impl FnOnce(&LineIndex<'_>) -> R) -> Option<R> {
    let arena = Arena::new();
    let decoded = match text {
        Text::Str(text) => Some(*text),
        Text::Bytes(bytes) => syntax::decode(&arena, bytes, Some(filename)).ok(),
    };
    decoded.map(|text| look(&LineIndex::new(text)))
}

//! The entries of a traceback: file, line, function, and the source with its marks. Runs of the same entry, as endless
//! recursion leaves them, are folded.

use crate::heap::{Gc, Value};
use crate::objects::code::Code;
use crate::objects::traceback;
use crate::vm::Thread;

use super::carets::{Extent, excerpt};
use super::colors::Theme;
use super::sources::{self, Lines};

/// One frame of a traceback or of a stack, without anything of the heap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub filename: String,
    pub name: String,
    /// From 1; 0 where it is not known.
    pub line: usize,
    pub end_line: usize,
    /// In bytes, of the first line and of the last; `None` where they are not known.
    pub columns: Option<(usize, usize)>,
}

/// So many entries in a row that say the same are shown; the others are counted.
const REPEATED: usize = 3;

impl Entry {
    /// The instruction `at` of some code.
    pub fn of_code(code: Gc<Code>, at: usize) -> Entry {
        let position = code.positions.get(at).copied().unwrap_or_default();
        Entry {
            filename: code.filename.to_text(),
            name: code.name.to_text(),
            line: position.line as usize,
            end_line: (position.end_line as usize).max(position.line as usize),
            columns: Some((position.column.into(), position.end_column.into())),
        }
    }

    /// All entries of a traceback, outermost first.
    pub fn of_traceback(first: Value) -> Vec<Entry> {
        traceback::entries(first)
            .map(|entry| {
                let own = Entry::of_code(entry.code, entry.instruction as usize);
                if entry.has_position() {
                    return own;
                }
                let line = entry.line() as usize;
                Entry { line, end_line: line, columns: None, ..own }
            })
            .collect()
    }

    /// The frames that run now, outermost first.
    pub fn of_stack(th: &Thread) -> Vec<Entry> {
        th.stack.frames().iter().map(|frame| Entry::of_code(frame.code, frame.at())).collect()
    }

    /// The first line of the source, without the white space around it.
    pub fn source(&self, lines: &mut Lines<'_>) -> String {
        lines.get(&self.filename, self.line).trim().to_string()
    }

    fn is_like(&self, other: &Entry) -> bool {
        self.line == other.line && self.name == other.name && self.filename == other.filename
    }

    fn push(&self, text: &mut String, lines: &mut Lines<'_>, theme: &Theme) {
        let shown = sources::shown_name(&self.filename);
        let Theme { filename, line, frame, reset, .. } = theme;
        text.push_str(&format!(
            "  File {filename}\"{shown}\"{reset}, line {line}{}{reset}, in {frame}{}{reset}\n",
            self.line, self.name
        ));
        text.push_str(&self.excerpt(lines, theme));
    }

    /// Its source with marks under it.
    pub fn excerpt(&self, lines: &mut Lines<'_>, theme: &Theme) -> String {
        match self.columns {
            Some((column, end_column)) => {
                let source: Vec<String> = (self.line..=self.end_line).map(|l| lines.get(&self.filename, l)).collect();
                excerpt(&Extent { lines: &source, column, end_column }, theme)
            }
            None => match self.source(lines) {
                source if source.is_empty() => source,
                source => format!("    {source}\n"),
            },
        }
    }
}

/// The entries as text.
pub fn format(entries: &[Entry], lines: &mut Lines<'_>, theme: &Theme) -> String {
    let mut text = String::new();
    for run in entries.chunk_by(Entry::is_like) {
        for entry in run.iter().take(REPEATED) {
            entry.push(&mut text, lines, theme);
        }
        if let Some(more) = run.len().checked_sub(REPEATED).filter(|more| *more > 0) {
            let s = if more == 1 { "" } else { "s" };
            text.push_str(&format!("  [Previous line repeated {more} more time{s}]\n"));
        }
    }
    text
}

//! A report as a whole: the chain of exceptions, and the tree of an exception group with its margin.

use super::colors::Theme;
use super::entries;
use super::sources::Lines;
use super::summary::{Chain, Summary};

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";

/// More exceptions of a group, and groups in groups in groups, are only counted.
const WIDEST_GROUP: usize = 15;
const DEEPEST_GROUP: usize = 10;

pub struct Layout<'a, 'l> {
    pub chain: &'a Chain,
    pub lines: &'a mut Lines<'l>,
    pub theme: Theme,
    text: String,
    /// How deep in groups.
    depth: usize,
    /// Whether the innermost group still lacks its closing line.
    needs_close: bool,
}

impl<'a, 'l> Layout<'a, 'l> {
    pub fn new(chain: &'a Chain, lines: &'a mut Lines<'l>, theme: Theme) -> Layout<'a, 'l> {
        Layout { chain, lines, theme, text: String::new(), depth: 0, needs_close: false }
    }

    /// The report. `chained`: with the exceptions that led to this one.
    pub fn format(mut self, chained: bool) -> String {
        self.push_chain(0, chained);
        self.text
    }

    /// Adds lines at the current depth, behind the margin.
    fn emit(&mut self, text: &str, margin: char) {
        if self.depth == 0 {
            self.text.push_str(text);
            return;
        }
        let indent = " ".repeat(2 * self.depth);
        for line in text.split_inclusive('\n') {
            self.text.push_str(&format!("{indent}{margin} {line}"));
        }
    }

    /// The exception, after those that led to it.
    fn push_chain(&mut self, first: usize, chained: bool) {
        let chain = self.chain;
        let mut links: Vec<(&str, usize)> = Vec::new();
        let mut at = first;
        loop {
            let summary = &chain.0[at];
            let (words, next) = match (summary.cause, summary.context) {
                (Some(cause), _) if chained => (CAUSE, Some(cause)),
                (None, Some(context)) if chained => (CONTEXT, Some(context)),
                _ => ("", None),
            };
            links.push((words, at));
            match next {
                Some(next) => at = next,
                None => break,
            }
        }
        for (words, at) in links.into_iter().rev() {
            if !words.is_empty() {
                self.emit(words, '|');
            }
            let summary = &chain.0[at];
            match &summary.exceptions {
                None => self.push_single(summary),
                Some(_) if self.depth > DEEPEST_GROUP => {
                    self.emit(&format!("... (max_group_depth is {DEEPEST_GROUP})\n"), '|');
                }
                Some(parts) => self.push_group(summary, parts, chained),
            }
        }
    }

    fn push_single(&mut self, summary: &Summary) {
        self.push_entries(summary, "Traceback (most recent call last):\n", '|');
        let last = last_lines(summary, &self.theme);
        self.emit(&last, '|');
    }

    fn push_entries(&mut self, summary: &Summary, head: &str, margin: char) {
        if !summary.entries.is_empty() {
            self.emit(head, margin);
            let text = entries::format(&summary.entries, self.lines, &self.theme);
            self.emit(&text, '|');
        }
    }

    fn push_group(&mut self, summary: &Summary, parts: &[usize], chained: bool) {
        let is_outermost = self.depth == 0;
        if is_outermost {
            self.depth = 1;
        }
        let margin = if is_outermost { '+' } else { '|' };
        self.push_entries(summary, "Exception Group Traceback (most recent call last):\n", margin);
        let last = last_lines(summary, &self.theme);
        self.emit(&last, '|');
        self.needs_close = false;
        let shown = parts.len().min(WIDEST_GROUP + 1);
        for (at, part) in parts.iter().enumerate().take(shown) {
            let is_last = at + 1 == shown;
            // A group within may add the closing line for this one.
            self.needs_close |= is_last;
            let is_beyond = at >= WIDEST_GROUP;
            let title = if is_beyond { "...".to_string() } else { (at + 1).to_string() };
            let indent = " ".repeat(2 * self.depth);
            let corner = if at == 0 { "+-" } else { "  " };
            self.text.push_str(&format!("{indent}{corner}+---------------- {title} ----------------\n"));
            self.depth += 1;
            if is_beyond {
                let more = parts.len() - WIDEST_GROUP;
                let s = if more == 1 { "" } else { "s" };
                self.emit(&format!("and {more} more exception{s}\n"), '|');
            } else {
                self.push_chain(*part, chained);
            }
            if is_last && self.needs_close {
                let indent = " ".repeat(2 * self.depth);
                self.text.push_str(&format!("{indent}+------------------------------------\n"));
                self.needs_close = false;
            }
            self.depth -= 1;
        }
        if is_outermost {
            self.depth = 0;
        }
    }
}

/// What stands below a traceback: the class with the message, and the notes.
pub fn last_lines(summary: &Summary, theme: &Theme) -> String {
    let mut text = match &summary.syntax {
        Some(details) => details.format(&summary.class, theme),
        None => {
            let Theme { class, message, reset, .. } = theme;
            let name = &summary.class;
            if summary.message.is_empty() {
                format!("{class}{name}{reset}\n")
            } else {
                format!("{class}{name}{reset}: {message}{}{reset}\n", summary.message)
            }
        }
    };
    for note in &summary.notes {
        text.push_str(note);
        text.push('\n');
    }
    text
}

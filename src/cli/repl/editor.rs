//! A line on a terminal: rustyline with our own completion, colours, keys, and the parser's word on what is complete.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustyline::completion::Completer;
use rustyline::config::{BellStyle, ColorMode, CompletionType, Config};
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{
    Cmd, ConditionalEventHandler, Context, Editor, Event, EventContext, EventHandler, ExternalPrinter, Helper, KeyCode,
    KeyEvent, Modifiers, Movement, RepeatCount,
};
use unicode_width::UnicodeWidthStr;

use crate::heap::Gc;
use crate::objects::dict::Dict;
use crate::syntax::highlight::{self, Class};
use crate::syntax::prompt::{Typed, typed};
use crate::vm::report::colored;
use crate::vm::screen::Screen;
use crate::vm::thread::Reason;
use crate::vm::{Thread, signals};

use super::{Input, complete};

const INDENT: usize = 4;
/// The native stack of the thread that prints above the line.
const STACK: usize = 64 << 10;
/// Statements that are remembered.
const HISTORY: usize = 10_000;

pub struct Terminal<'t> {
    th: &'t Thread,
    editor: Editor<Assistant<'t>, FileHistory>,
    /// Where the history is kept, if there is a place for it.
    file: Option<PathBuf>,
    /// The statement so far, for the history.
    statement: String,
    block: Arc<Block>,
}

/// What the keys have to know of the statement's lines before the one that is edited.
#[derive(Default)]
struct Block {
    /// Whether there are any.
    is_begun: AtomicBool,
    /// Whether they are wanted back, to be edited with this one.
    is_wanted: AtomicBool,
}

impl<'t> Terminal<'t> {
    /// `None` if the standard streams are no terminal that lines can be edited on.
    pub fn open(th: &'t Thread, namespace: Gc<Dict>) -> Option<Terminal<'t>> {
        let plain = std::env::var("TERM").is_ok_and(|term| ["dumb", "cons25", "emacs"].contains(&term.as_str()));
        if plain || !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
            return None;
        }
        let colors = if colored(&std::io::stdout()) { ColorMode::Forced } else { ColorMode::Disabled };
        let config = Config::builder()
            .color_mode(colors)
            .completion_type(CompletionType::List)
            .bell_style(BellStyle::None)
            .indent_size(INDENT as u8)
            .max_history_size(HISTORY)
            .ok()?
            .history_ignore_dups(true)
            .ok()?
            .build();
        let mut editor = Editor::with_config(config).ok()?;
        editor.set_helper(Some(Assistant::new(th, namespace)));
        editor.bind_sequence(KeyEvent(KeyCode::Tab, Modifiers::NONE), EventHandler::Conditional(Box::new(Indent)));
        editor
            .bind_sequence(KeyEvent(KeyCode::Backspace, Modifiers::NONE), EventHandler::Conditional(Box::new(Dedent)));
        let block = Arc::<Block>::default();
        let up = EventHandler::Conditional(Box::new(Up(block.clone())));
        editor.bind_sequence(KeyEvent(KeyCode::Up, Modifiers::NONE), up);
        let printer = editor.create_external_printer().ok()?;
        let family = th.vm().family.clone();
        let above = std::thread::Builder::new().name("gilbox-prompt".into()).stack_size(STACK);
        above
            .spawn(move || {
                signals::leave_to_the_program();
                print_above(&family.screen, printer);
            })
            .ok()?;
        let file = history_file();
        if let Some(file) = &file {
            // No history yet, or none that can be read: one begins.
            let _ = editor.load_history(file);
        }
        Some(Terminal { th, editor, file, statement: String::new(), block })
    }

    /// Reads a line, or several in one; `before` is what there is of the statement already.
    pub fn line(&mut self, prompt: &str, before: &str) -> Input {
        if before.is_empty() {
            self.remember();
        }
        if let Some(assistant) = self.editor.helper() {
            *assistant.before.borrow_mut() = before.to_string();
        }
        self.block.is_begun.store(!before.is_empty(), Ordering::Relaxed);
        match self.edit(prompt, (&indent_after(before), "")) {
            Ok(line) if self.block.is_wanted.swap(false, Ordering::Relaxed) => Input::Back(line),
            read => self.taken(read, before),
        }
    }

    /// Edits a whole statement, whose lines stand above the cursor and are drawn anew; the cursor comes to where Up leads from
    /// its last line.
    pub fn again(&mut self, prompt: &str, statement: &str) -> Input {
        if let Some(assistant) = self.editor.helper() {
            assistant.before.borrow_mut().clear();
        }
        self.block.is_begun.store(false, Ordering::Relaxed);
        let columns = self.editor.dimensions().map_or(usize::MAX, |(columns, _)| columns.into());
        let rows: usize = statement.split('\n').map(|line| (prompt.width() + line.width()) / columns.max(1) + 1).sum();
        let mut screen = std::io::stdout();
        // If the terminal is gone, the editor finds out.
        let _ = write!(screen, "\x1b[{rows}A\r\x1b[J").and_then(|()| screen.flush());
        let (above, last) = statement.rsplit_once('\n').unwrap_or((statement, ""));
        let line = above.rsplit('\n').next().unwrap_or_default();
        let column = line.char_indices().nth(last.chars().count()).map_or(line.len(), |(at, _)| at);
        let at = above.len() - line.len() + column;
        let read = self.edit(prompt, (&statement[..at], &statement[at..]));
        self.taken(read, "")
    }

    /// Lets a text be edited, the cursor between its two parts.
    fn edit(&mut self, prompt: &str, text: (&str, &str)) -> rustyline::Result<String> {
        let styled = format!("{PROMPT}{prompt}{RESET}");
        let screen = &self.th.vm().family.screen;
        screen.begin();
        let read = loop {
            // The closure of `detached` could not complete names, for which the lock is needed.
            self.th.detach(Reason::Io);
            let read = self.editor.readline_with_initial(&(prompt, styled.as_str()), text);
            self.th.attach();
            if !matches!(read, Err(ReadlineError::Signal(_))) {
                break read;
            }
        };
        let left = screen.end();
        if !left.is_empty() {
            // What has no end of a line yet; if the terminal is gone, the next prompt finds out.
            let _ = std::io::stdout().write_all(&left).and_then(|()| std::io::stdout().flush());
        }
        read
    }

    fn taken(&mut self, read: rustyline::Result<String>, before: &str) -> Input {
        match read {
            Ok(line) => {
                self.statement = if before.is_empty() { line.clone() } else { format!("{before}\n{line}") };
                Input::Text(line)
            }
            Err(ReadlineError::Interrupted) => {
                self.statement.clear();
                Input::Interrupted
            }
            // The end of the input, or of the terminal.
            Err(_) => {
                self.remember();
                Input::End
            }
        }
    }

    /// The last statement goes into the history; where that cannot be written, it is forgotten with the session.
    fn remember(&mut self) {
        let statement = std::mem::take(&mut self.statement);
        let statement = statement.trim_end();
        if statement.is_empty() || !matches!(self.editor.add_history_entry(statement), Ok(true)) {
            return;
        }
        if let Some(file) = &self.file {
            let _ = file.parent().map(std::fs::create_dir_all);
            let _ = self.editor.append_history(file);
        }
    }
}

/// Puts what the program's threads print above the line that is edited. On a thread of its own: the editor takes it when it
/// comes to it, and no thread of the program should wait for that.
fn print_above(screen: &Screen, mut printer: impl ExternalPrinter) {
    while let Some(lines) = screen.wait_for_lines() {
        if printer.print(lines).is_err() {
            return;
        }
    }
}

impl Drop for Terminal<'_> {
    fn drop(&mut self) {
        self.remember();
        self.th.vm().family.screen.close();
    }
}

/// In the folder that the user keeps such things in.
fn history_file() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let state = set("XDG_STATE_HOME").or_else(|| set("HOME").map(|home| home.join(".local/state")))?;
    state.is_absolute().then(|| state.join("gilbox/history"))
}

/// With what a line begins after these: the same as the last one, and more where a block or a bracket opens.
fn indent_after(before: &str) -> String {
    let in_string = highlight::classes(before).last().is_some_and(|(range, class)| {
        *class == Class::String && range.end == before.len() && typed(before) == Typed::More
    });
    let Some(last) = before.rsplit('\n').next().filter(|line| !line.trim().is_empty() && !in_string) else {
        return String::new();
    };
    let mut indent: String = last.chars().take_while(|c| c.is_whitespace()).collect();
    let code = match highlight::classes(last).last() {
        Some((range, Class::Comment)) => &last[..range.start],
        _ => last,
    };
    if code.trim_end().ends_with([':', '(', '[', '{']) {
        indent.push_str(&" ".repeat(INDENT));
    }
    indent
}

/// Tab: a step of indentation where a line begins, completion elsewhere.
struct Indent;

impl ConditionalEventHandler for Indent {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let spaces = spaces_before(context)?;
        Some(Cmd::Insert(1, " ".repeat(INDENT - spaces % INDENT)))
    }
}

/// Backspace: back by a step of indentation where there is only that.
struct Dedent;

impl ConditionalEventHandler for Dedent {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        spaces_before(context).filter(|spaces| *spaces > 0)?;
        Some(Cmd::Dedent(Movement::WholeLine))
    }
}

/// Up, from the only line that is edited to the ones of its block before it.
struct Up(Arc<Block>);

impl ConditionalEventHandler for Up {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let leads_back = self.0.is_begun.load(Ordering::Relaxed) && !context.line().contains('\n');
        leads_back.then(|| {
            self.0.is_wanted.store(true, Ordering::Relaxed);
            Cmd::AcceptLine
        })
    }
}

/// How many spaces stand before the cursor, if nothing else does on its line.
fn spaces_before(context: &EventContext<'_>) -> Option<usize> {
    let before = context.line()[..context.pos()].rsplit('\n').next()?;
    before.bytes().all(|b| b == b' ').then_some(before.len())
}

/// What rustyline asks while a line is edited.
struct Assistant<'t> {
    th: &'t Thread,
    namespace: Gc<Dict>,
    builtins: HashSet<String>,
    /// The lines of the statement before the one that is edited.
    before: RefCell<String>,
}

impl<'t> Assistant<'t> {
    fn new(th: &'t Thread, namespace: Gc<Dict>) -> Assistant<'t> {
        let builtins = complete::names(th, th.vm().builtins());
        Assistant { th, namespace, builtins: builtins.into_iter().collect(), before: RefCell::default() }
    }
}

impl Helper for Assistant<'_> {}

impl Hinter for Assistant<'_> {
    type Hint = String;
}

impl Validator for Assistant<'_> {
    /// A single line is taken as it is (the next one has a prompt of its own); several, which were pasted or come from
    /// the history, are edited until they are complete.
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let input = context.input();
        if !input.contains('\n') {
            return Ok(ValidationResult::Valid(None));
        }
        let before = self.before.borrow();
        let text = if before.is_empty() { input.to_string() } else { format!("{before}\n{input}") };
        Ok(match typed(&text) {
            Typed::More => ValidationResult::Incomplete,
            _ => ValidationResult::Valid(None),
        })
    }
}

impl Completer for Assistant<'_> {
    type Candidate = String;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        self.th.attach();
        let found = complete::complete(self.th, self.namespace, &line[..pos]);
        self.th.detach(Reason::Io);
        Ok(found)
    }
}

const PROMPT: &str = "\x1b[1;35m";
const RESET: &str = "\x1b[0m";

/// CPython's default theme.
fn color(class: Class, is_builtin: bool) -> &'static str {
    match class {
        Class::Keyword => "\x1b[1;34m",
        Class::Definition => "\x1b[1m",
        Class::Number => "\x1b[33m",
        Class::String => "\x1b[32m",
        Class::Comment => "\x1b[31m",
        Class::Name if is_builtin => "\x1b[36m",
        Class::Name => "",
    }
}

impl Highlighter for Assistant<'_> {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        let mut out = String::with_capacity(2 * line.len());
        let mut done = 0;
        for (range, class) in highlight::classes(line) {
            let text = &line[range.clone()];
            let attribute = line[..range.start].ends_with('.');
            let color = color(class, !attribute && self.builtins.contains(text));
            if color.is_empty() {
                continue;
            }
            out.push_str(&line[done..range.start]);
            // Rows are drawn one by one, so a colour ends with its line.
            for (at, part) in text.split('\n').enumerate() {
                out.push_str(if at > 0 { "\n" } else { "" });
                out.push_str(&format!("{color}{part}{RESET}"));
            }
            done = range.end;
        }
        out.push_str(&line[done..]);
        Cow::Owned(out)
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        kind != CmdKind::MoveCursor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_indented_as_the_one_before() {
        assert_eq!(indent_after(""), "");
        assert_eq!(indent_after("if x:"), "    ");
        assert_eq!(indent_after("if x:  # why: so"), "    ");
        assert_eq!(indent_after("if x:\n    y"), "    ");
        assert_eq!(indent_after("if x:\n    f("), "        ");
        assert_eq!(indent_after("s = '''if x:"), "");
    }
}

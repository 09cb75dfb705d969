//! The prompt: `gilbox` on a terminal, `gilbox repl`, and `gilbox -i FILE` after the program.
//!
//! - here: what is typed is read, run and shown, statement by statement
//! - `editor`: a line on a terminal, by rustyline: history, keys, colours
//! - `complete`: what Tab offers
//! - `commands`: `%gil off`, `%time STATEMENT` and others
//!
//! While the prompt waits, the thread has given the lock up, and the program's other threads go on.

use crate::compiler::Options;
use crate::compiler::code::flags;
use crate::heap::{Gc, Value};
use crate::modules::streams;
use crate::objects::dict::Dict;
use crate::objects::exception::{self, Exc};
use crate::syntax::prompt::{Typed, typed};
use crate::vm::report::{self, Ending};
use crate::vm::source::{self, Mode, Text};
use crate::vm::{Raised, Thread, import, ops};

mod commands;
mod complete;
mod editor;

pub use commands::has_command;
use editor::Terminal;

/// Where lines come from.
enum Lines<'t> {
    Terminal(Box<Terminal<'t>>),
    /// `sys.stdin`, which is no terminal that lines can be edited on; prompts go to standard error.
    Stream,
}

/// What reading a line, or a statement, gave.
enum Input {
    Text(String),
    /// A line that is to be edited once more, with those of the statement before it.
    Back(String),
    /// Ctrl-C: what has been typed is forgotten.
    Interrupted,
    End,
}

/// The prompts of a statement's first line and of the others.
const PS1: &str = ">>> ";
const PS2: &str = "... ";

struct Session<'t> {
    th: &'t Thread,
    namespace: Gc<Dict>,
    lines: Lines<'t>,
    /// Of the next statement.
    number: usize,
    /// An `asyncio.Runner`, once something was awaited: tasks live from one statement to the next.
    runner: Option<Value>,
}

/// Two lines that say where one is.
pub fn banner(th: &Thread) {
    let (version, lock) = (env!("CARGO_PKG_VERSION"), commands::lock(th));
    let text = format!(
        "gilbox {version} (Python 3.14's language), {lock}\n\
         %help lists commands to look at the lock and switch it; Ctrl-D ends.\n"
    );
    report::write_stderr(th, &text);
}

/// The laboratory is at hand under its name, unless the program has another use for that.
fn bring_gil(th: &Thread, namespace: Gc<Dict>) {
    let name = th.intern("gil");
    if namespace.has_str(th, name) {
        return;
    }
    match import::import_by_name(th, name) {
        Ok(module) => namespace.set_str(th, name, module),
        // A program's own module of this name may fail.
        Err(raised) => drop(th.take_exception(raised)),
    }
}

/// Reads and runs statements in the namespace until the end of the input, or until one of them ends the program.
pub fn run(th: &Thread, namespace: Gc<Dict>) -> Ending {
    th.vm().root(namespace.value());
    bring_gil(th, namespace);
    for (name, default) in [("ps1", PS1), ("ps2", PS2)] {
        if import::sys_attribute(th, th.intern(name)).is_none() {
            set_prompt(th, name, default);
        }
    }
    let lines = match Terminal::open(th, namespace) {
        Some(terminal) => Lines::Terminal(Box::new(terminal)),
        None => Lines::Stream,
    };
    let mut session = Session { th, namespace, lines, number: 0, runner: None };
    loop {
        match session.statement() {
            Input::Text(text) => {
                if let Some(ending) = session.execute(&text) {
                    return ending;
                }
            }
            Input::Interrupted => report::write_stderr(th, "KeyboardInterrupt\n"),
            Input::Back(_) => {}
            Input::End => {
                if matches!(session.lines, Lines::Stream) {
                    report::write_stderr(th, "\n");
                }
                session.close_runner();
                return Ending::Exit(0);
            }
        }
    }
}

fn set_prompt(th: &Thread, name: &str, text: &str) {
    let sys = import::in_modules(th, "sys");
    if let Some(sys) = sys.and_then(|sys| sys.downcast::<crate::objects::module::Module>()) {
        sys.namespace.set_str(th, th.intern(name), th.str(text));
    }
}

/// The text of `sys.ps1` or `sys.ps2`, which may be any object; nothing if that has no text. Where the program has left
/// them as they are, another lock than the usual one stands before them.
fn prompt(th: &Thread, name: &str) -> String {
    let Some(prompt) = import::sys_attribute(th, th.intern(name)) else { return String::new() };
    let mode = th.vm().gil().mode();
    let state = if mode == crate::gil::Mode::default() { String::new() } else { format!("{mode} ") };
    match ops::str(th, prompt) {
        Ok(text) if text.as_str() == Some(PS1) => state + PS1,
        Ok(text) if text.as_str() == Some(PS2) => " ".repeat(state.len()) + PS2,
        Ok(text) => text.to_text(),
        Err(raised) => {
            th.take_exception(raised);
            String::new()
        }
    }
}

impl Session<'_> {
    /// The lines of one statement.
    fn statement(&mut self) -> Input {
        let mut text = String::new();
        let mut first = true;
        loop {
            let shown = prompt(self.th, if first { "ps1" } else { "ps2" });
            match self.line(&shown, &text) {
                Input::Text(line) if first => text = line,
                Input::Back(line) => match self.again(&prompt(self.th, "ps1"), &format!("{text}\n{line}")) {
                    Input::Text(whole) => text = whole,
                    other => return other,
                },
                Input::Text(line) => {
                    text.push('\n');
                    text.push_str(&line);
                }
                Input::End if !first => {
                    text.push('\n');
                    return Input::Text(text);
                }
                other => return other,
            }
            first = false;
            if typed(&text) != Typed::More {
                return Input::Text(text);
            }
        }
    }

    /// One line, or several that were typed or pasted as one. `before` is what there is of the statement already.
    fn line(&mut self, prompt: &str, before: &str) -> Input {
        streams::before_prompt(self.th, matches!(self.lines, Lines::Terminal(_)));
        let input = match &mut self.lines {
            Lines::Terminal(terminal) => terminal.line(prompt, before),
            Lines::Stream => match stream_line(self.th, prompt) {
                Ok(Some(line)) => Input::Text(line),
                Ok(None) => Input::End,
                Err(raised) => self.failed(raised),
            },
        };
        // A signal that came while the prompt waited is meant for the prompt.
        match self.th.safepoint() {
            Ok(()) => input,
            Err(raised) => self.failed(raised),
        }
    }

    /// A statement whose lines were typed already, all of them at once.
    fn again(&mut self, prompt: &str, statement: &str) -> Input {
        match &mut self.lines {
            Lines::Terminal(terminal) => terminal.again(prompt, statement),
            Lines::Stream => Input::Text(statement.to_string()),
        }
    }

    fn failed(&self, raised: Raised) -> Input {
        let exception = self.th.take_exception(raised);
        if exception::is_instance(self.th, exception, Exc::KeyboardInterrupt) {
            return Input::Interrupted;
        }
        report::print_exception(self.th, exception);
        Input::End
    }

    /// Runs a statement; how the program ends, if it ends by that.
    fn execute(&mut self, text: &str) -> Option<Ending> {
        let th = self.th;
        let word = text.trim();
        let leave = matches!(word, "exit" | "quit") && !self.namespace.has_str(th, th.intern(word));
        let name = match self.lines {
            Lines::Terminal(_) => format!("<python-input-{}>", self.number),
            Lines::Stream => format!("<stdin-{}>", self.number),
        };
        self.number += 1;
        th.vm().sources.add_text(&name, text);
        if leave {
            self.close_runner();
            return Some(Ending::Exit(0));
        }
        let command = text.trim_end().strip_prefix('%').filter(|command| !command.contains('\n'));
        let done = match typed(text) {
            _ if command.is_some() => self.obey(command.unwrap_or_default()),
            Typed::Whole => self.run(text, &name, Mode::Prompt),
            Typed::More => self.run(text, &name, Mode::Single),
            // As if the last line had been typed alone, yet at its place in the text.
            Typed::Several(last) => self.run(&text[..last], &name, Mode::Module).and_then(|()| {
                let lines = text[..last].matches('\n').count();
                self.run(&format!("{}{}", "\n".repeat(lines), &text[last..]), &name, Mode::Prompt)
            }),
        };
        let exception = th.take_exception(done.err()?);
        let ending = report::uncaught(th, exception);
        exception::is_instance(th, exception, Exc::SystemExit).then_some(ending)
    }

    fn run(&mut self, text: &str, name: &str, mode: Mode) -> Result<(), Raised> {
        let th = self.th;
        let options = Options { top_level_await: true, ..source::default_options(th) };
        let code = source::compile(th, Text::Str(text), name, mode, options)?;
        let result = th.run_code(code, self.namespace, Value::EMPTY, None)?;
        if code.flags & flags::COROUTINE != 0 {
            let runner = self.runner()?;
            th.call_method(runner, th.intern("run"), &[result])?;
        }
        Ok(())
    }

    /// What runs a statement that awaits something.
    fn runner(&mut self) -> Result<Value, Raised> {
        if let Some(runner) = self.runner {
            return Ok(runner);
        }
        let th = self.th;
        let asyncio = import::import_by_name(th, th.intern("asyncio"))?;
        let runner = th.call_method(asyncio, th.intern("Runner"), &[])?;
        th.vm().root(runner);
        self.runner = Some(runner);
        Ok(runner)
    }

    /// Cancels the tasks that are left.
    fn close_runner(&mut self) {
        let Some(runner) = self.runner.take() else { return };
        if let Err(raised) = self.th.call_method(runner, self.th.intern("close"), &[]) {
            report::print_exception(self.th, self.th.take_exception(raised));
        }
    }
}

/// A line of `sys.stdin`, without its end; `None` at the end of the input.
fn stream_line(th: &Thread, prompt: &str) -> Result<Option<String>, Raised> {
    report::write_stderr(th, prompt);
    let Some(stdin) = import::sys_attribute(th, th.vm().names.stdin) else { return Ok(None) };
    let line = th.call_method(stdin, th.vm().names.readline, &[])?;
    let line = ops::str(th, line)?.to_text();
    Ok((!line.is_empty()).then(|| line.trim_end_matches('\n').to_string()))
}

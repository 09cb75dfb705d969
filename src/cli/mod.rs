//! What a person types: one file per command.
//!
//! - `boundary`: where our options end and the program's arguments begin
//! - `plain`: command lines that need no parser
//! - `reading`: the file of a recording
//! - `options`: what every command that runs a program takes
//! - `timeout`: `--timeout`; `deadlock`: `--on-deadlock`
//! - `run`: `gilbox FILE`, `gilbox -c CODE`, `gilbox -`, `gilbox run FILE`
//! - `watch`: `gilbox watch FILE`; `watched`: the side of it that the program is on
//! - `pages`: what the start leaves in memory
//! - `repl`: `gilbox`, `gilbox repl`, `gilbox -i FILE`
//! - `compare`: `gilbox compare FILE`
//! - `report`: `gilbox report FILE`; `view`: `gilbox view FILE --html OUT`
//! - `dis`: `gilbox dis FILE`
//! - `shell`: `gilbox completions SHELL`, `gilbox man`

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser, Subcommand};

mod account;
mod boundary;
mod compare;
mod deadlock;
mod dis;
mod options;
mod pages;
mod plain;
mod reading;
mod repl;
mod report;
mod run;
mod shell;
mod timeout;
mod view;
mod watch;
mod watched;

use options::{Program, RunOptions};

const EXAMPLES: &str = "\
Examples:
  gilbox program.py                    run a program under CPython 3.14's lock
  gilbox run --report program.py       and say who held the lock and who waited
  gilbox --gil off program.py          without a lock, the threads in parallel
  gilbox compare program.py            with the lock and without, several times
  gilbox watch program.py              live, with keys that switch the lock
  gilbox run --record r.gil program.py && gilbox view r.gil --html r.html
  gilbox                               a prompt; %help lists its commands

Exit codes: the program's own; 1 after an exception that nobody caught, 2 after a wrong
command line or file, 123 after a deadlock, 124 after --timeout, 130 after Ctrl-C.";

/// A laboratory for Python's global interpreter lock.
///
/// Runs Python programs on real threads under a real lock, shows who held it and who waited, and switches it off.
#[derive(Parser)]
#[command(name = "gilbox", version, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
#[command(after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    options: RunOptions,
    #[command(flatten)]
    program: Program,
}

#[derive(Subcommand)]
enum Command {
    /// Run a program (as `gilbox FILE` does).
    Run {
        #[command(flatten)]
        options: RunOptions,
        #[command(flatten)]
        program: Program,
    },
    /// Run what is typed at a prompt (as `gilbox` alone does on a terminal).
    Repl {
        #[command(flatten)]
        options: RunOptions,
    },
    /// Show a program's threads and the lock while it runs, and switch the lock by keys.
    Watch(watch::WatchOptions),
    /// Run a program with the lock on and off, several times, and compare.
    Compare(compare::CompareOptions),
    /// Show what a recording says: lanes over time, who waited for whom at which line, and what to try.
    Report(report::ReportOptions),
    /// Write a recording as a page for a browser; several of them one above the other.
    View(view::ViewOptions),
    /// Show a program's bytecode, with the points where the lock can change hands.
    Dis(dis::DisOptions),
    /// Write what a shell needs to complete gilbox's command lines.
    Completions(shell::CompletionsOptions),
    /// Write the manual page; into a folder: one for each command too.
    Man(shell::ManOptions),
}

pub fn main() -> ExitCode {
    // As in CPython: a file that may not grow any more fails a write, and ends nobody.
    // SAFETY: there is no other thread yet, and to ignore a signal runs nothing.
    unsafe { libc::signal(libc::SIGXFSZ, libc::SIG_IGN) };
    let line: Vec<OsString> = std::env::args_os().collect();
    if let Some(program) = plain::program(&line) {
        return run::main(&RunOptions::default(), &program);
    }
    let marked = boundary::mark(&Arguments::command(), line);
    let arguments = Arguments::try_parse_from(&marked).unwrap_or_else(|error| named(error, &marked).exit());
    match arguments.command {
        None => run::main(&arguments.options, &arguments.program),
        Some(Command::Run { options, program }) => run::main(&options, &program),
        Some(Command::Repl { options }) => run::repl(&options),
        Some(Command::Watch(options)) => watch::main(&options),
        Some(Command::Compare(options)) => compare::main(&options),
        Some(Command::Report(options)) => report::main(&options),
        Some(Command::View(options)) => view::main(&options),
        Some(Command::Dis(options)) => dis::main(&options),
        Some(Command::Completions(options)) => shell::completions(&mut Arguments::command(), &options),
        Some(Command::Man(options)) => shell::man(Arguments::command(), &options),
    }
}

/// Names the flag that a wrong one was meant for, where the parser finds none that is alike: the one with the same letters, as `--csv` for
/// `--cvs`.
fn named(mut error: clap::Error, line: &[OsString]) -> clap::Error {
    let Some(ContextValue::String(wrong)) = error.get(ContextKind::InvalidArg) else { return error };
    if error.kind() != ErrorKind::UnknownArgument || error.get(ContextKind::SuggestedArg).is_some() {
        return error;
    }
    let command = Arguments::command();
    let inner = line.get(1).and_then(|word| command.find_subcommand(word)).unwrap_or(&command);
    let mut flags = inner.get_arguments().filter(|flag| !flag.is_hide_set()).filter_map(|flag| flag.get_long());
    let letters = |name: &str| {
        let mut letters: Vec<char> = name.trim_start_matches('-').chars().collect();
        letters.sort_unstable();
        letters
    };
    let wrong = letters(wrong);
    if let Some(meant) = flags.find(|flag| letters(flag) == wrong) {
        error.insert(ContextKind::SuggestedArg, ContextValue::String(format!("--{meant}")));
        error.remove(ContextKind::Suggested);
    }
    error
}

/// What the system says, without its number.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_string()
}

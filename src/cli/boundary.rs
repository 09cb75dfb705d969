//! Where gilbox's own options end: what follows the program, on the command line, belongs to it, as with CPython.

use std::ffi::OsString;

use clap::{Arg, Command};

/// The commands that look at recordings and run no program: their options may stand anywhere.
const READERS: [&str; 2] = ["report", "view"];

/// Puts `--` before the program (or behind `-c CODE` and `-m MODULE`), so that all that follows is the program's and all that precedes is
/// ours, unknown flags too.
pub fn mark(command: &Command, arguments: Vec<OsString>) -> Vec<OsString> {
    let mut at = 1;
    let mut current = command;
    if let Some(name) = arguments.get(1).and_then(|a| a.to_str())
        && let Some(inner) = command.find_subcommand(name)
    {
        if READERS.contains(&name) {
            return arguments;
        }
        current = inner;
        at = 2;
    }
    let Some(end) = program_start(current, &arguments, at) else { return arguments };
    let mut marked = arguments;
    marked.insert(end, "--".into());
    marked
}

/// Where the program begins, or the arguments of one that is given as text; `None` if there is none, or if it is marked.
fn program_start(command: &Command, arguments: &[OsString], mut at: usize) -> Option<usize> {
    while at < arguments.len() {
        let text = arguments[at].to_string_lossy();
        if text == "--" {
            return None;
        }
        let Some(flag) = text.strip_prefix('-').filter(|rest| !rest.is_empty()) else { return Some(at) };
        at += 1;
        if let Some(name) = flag.strip_prefix('-') {
            let separate = command.get_arguments().any(|arg| arg.get_long() == Some(name) && wants_next(arg));
            at += usize::from(separate);
            continue;
        }
        for (offset, letter) in flag.char_indices() {
            let Some(arg) = command.get_arguments().find(|arg| arg.get_short() == Some(letter)) else { break };
            if !arg.get_action().takes_values() {
                continue;
            }
            let is_last = offset + letter.len_utf8() == flag.len();
            at += usize::from(is_last && wants_next(arg));
            if letter == 'c' || letter == 'm' {
                return (at <= arguments.len()).then_some(at);
            }
            break;
        }
    }
    None
}

/// Whether the option's value may be the next argument.
fn wants_next(arg: &Arg) -> bool {
    arg.get_action().takes_values() && !arg.is_require_equals_set()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn marked(line: &str) -> String {
        let command = super::super::Arguments::command();
        let arguments = std::iter::once("gilbox").chain(line.split_whitespace()).map(OsString::from).collect();
        let words: Vec<String> =
            mark(&command, arguments).iter().skip(1).map(|a| a.to_string_lossy().into_owned()).collect();
        words.join(" ")
    }

    #[test]
    fn what_follows_the_program_is_the_programs() {
        assert_eq!(marked("a.py --gil x"), "-- a.py --gil x");
        assert_eq!(marked("--gil off a.py -u"), "--gil off -- a.py -u");
        assert_eq!(marked("--gil=off -uOO a.py"), "--gil=off -uOO -- a.py");
        assert_eq!(marked("-X gil=0 a.py"), "-X gil=0 -- a.py");
        assert_eq!(marked("-Xgil=0 - x"), "-Xgil=0 -- - x");
        assert_eq!(marked("run --report a.py --report"), "run --report -- a.py --report");
        assert_eq!(marked("compare --runs 3 a.py -x"), "compare --runs 3 -- a.py -x");
    }

    #[test]
    fn options_of_what_reads_recordings_stand_anywhere() {
        assert_eq!(marked("report a.gil --json"), "report a.gil --json");
        assert_eq!(marked("view a.gil b.gil --html c.html"), "view a.gil b.gil --html c.html");
    }

    #[test]
    fn what_follows_a_program_given_as_text_is_its_own() {
        assert_eq!(marked("-c pass -u"), "-c pass -- -u");
        assert_eq!(marked("-cpass -u"), "-cpass -- -u");
        assert_eq!(marked("-uc pass x"), "-uc pass -- x");
        assert_eq!(marked("-c"), "-c");
        assert_eq!(marked("-um timeit -n 3"), "-um timeit -- -n 3");
    }

    #[test]
    fn where_there_is_no_program_nothing_is_marked() {
        assert_eq!(marked("--nonsense"), "--nonsense");
        assert_eq!(marked("--help"), "--help");
        assert_eq!(marked("-- -odd.py"), "-- -odd.py");
        assert_eq!(marked(""), "");
    }
}

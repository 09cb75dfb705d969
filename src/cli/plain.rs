//! The command lines that most people type, `gilbox FILE ARG…`, `gilbox -c CODE ARG…` and `gilbox -m MODULE ARG…`: there is nothing to parse in them.
//!
//! To set up the parser and run it takes as much memory (its code's and its tables' pages) as a small program has on the heap,
//! and some of the time that an interpreter needs to start.

use std::ffi::OsString;

use super::options::Program;

/// The first words that name a command.
pub const COMMANDS: &[&str] = &["run", "repl", "watch", "compare", "report", "view", "dis", "completions", "man"];

/// The program, if the line has no option and no command; what follows the program belongs to it.
pub fn program(line: &[OsString]) -> Option<Program> {
    let words = line.iter().skip(1).map(|word| word.to_str()).collect::<Option<Vec<&str>>>()?;
    let owned = |words: &[&str]| words.iter().map(|word| word.to_string()).collect();
    match words.as_slice() {
        ["-c", code, arguments @ ..] => {
            Some(Program { code: Some(code.to_string()), arguments: owned(arguments), ..Program::default() })
        }
        ["-m", module, arguments @ ..] => {
            Some(Program { module: Some(module.to_string()), arguments: owned(arguments), ..Program::default() })
        }
        [file, ..] if !file.is_empty() && !file.starts_with('-') && !COMMANDS.contains(file) => {
            Some(Program { arguments: owned(&words), ..Program::default() })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::options::RunOptions;
    use super::super::{Arguments, boundary};
    use super::*;
    use clap::{CommandFactory, Parser};

    fn line(words: &[&str]) -> Vec<OsString> {
        std::iter::once("gilbox").chain(words.iter().copied()).map(OsString::from).collect()
    }

    #[test]
    fn no_command_is_taken_for_a_program() {
        let commands = Arguments::command();
        assert!(commands.get_subcommands().all(|command| COMMANDS.contains(&command.get_name())));
    }

    #[test]
    fn what_is_taken_without_the_parser_is_what_the_parser_would_make_of_it() {
        let lines: [&[&str]; 11] = [
            &["a.py"],
            &["a.py", "-c", "--gil", "off"],
            &["a.py", "--", "run"],
            &["folder", ""],
            &["runs"],
            &["-c", "pass"],
            &["-c", "", "x", "-O"],
            &["-c", "--gil"],
            &["-c", "--", "--", "-c"],
            &["-m", "timeit", "-n", "3"],
            &["-m", "module"],
        ];
        for words in lines {
            let line = line(words);
            let taken = program(&line).unwrap_or_else(|| panic!("{words:?} needs no parser"));
            let parsed = Arguments::try_parse_from(boundary::mark(&Arguments::command(), line));
            let parsed = parsed.unwrap_or_else(|error| panic!("{words:?}: {error}"));
            assert!(parsed.command.is_none(), "{words:?}");
            assert_eq!(format!("{taken:?}"), format!("{:?}", parsed.program), "{words:?}");
            assert_eq!(format!("{:?}", RunOptions::default()), format!("{:?}", parsed.options), "{words:?}");
        }
    }

    #[test]
    fn options_and_commands_are_for_the_parser() {
        let lines: [&[&str]; 8] =
            [&[], &["-"], &["-m"], &["-u", "a.py"], &["--gil", "off"], &["-c"], &[""], &["--help"]];
        for words in lines {
            assert!(program(&line(words)).is_none(), "{words:?}");
        }
        let command = Arguments::command();
        let names: Vec<&str> = command.get_subcommands().map(|command| command.get_name()).collect();
        assert_eq!(names, COMMANDS);
    }
}

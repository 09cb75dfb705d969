//! The colours of a traceback on a terminal: CPython's default theme.

use std::io::IsTerminal;

/// Escape sequences; all empty where nothing is to be coloured.
#[derive(Clone, Copy)]
pub struct Theme {
    pub class: &'static str,
    pub message: &'static str,
    pub filename: &'static str,
    pub line: &'static str,
    pub frame: &'static str,
    /// The part of a line that an error is about.
    pub highlight: &'static str,
    /// What surrounds it.
    pub range: &'static str,
    pub reset: &'static str,
}

pub const PLAIN: Theme =
    Theme { class: "", message: "", filename: "", line: "", frame: "", highlight: "", range: "", reset: "" };

const MAGENTA: &str = "\x1b[35m";

pub const COLORED: Theme = Theme {
    class: "\x1b[1;35m",
    message: MAGENTA,
    filename: MAGENTA,
    line: MAGENTA,
    frame: MAGENTA,
    highlight: "\x1b[1;31m",
    range: "\x1b[31m",
    reset: "\x1b[0m",
};

/// The theme for standard error.
pub fn for_stderr() -> Theme {
    if colored(&std::io::stderr()) { COLORED } else { PLAIN }
}

/// Whether text for this stream is to have colours: by the environment's wishes, else if it is a terminal.
pub fn colored(stream: &impl IsTerminal) -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty());
    match set("PYTHON_COLORS") {
        Some(wish) if wish == "0" => false,
        Some(wish) if wish == "1" => true,
        _ if set("NO_COLOR").is_some() => false,
        _ if set("FORCE_COLOR").is_some() => true,
        _ if set("TERM").is_some_and(|term| term == "dumb") => false,
        _ => stream.is_terminal(),
    }
}

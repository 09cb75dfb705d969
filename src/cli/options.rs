//! What every command that runs a program takes: the program, the lock, the limits.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{OsStringValueParser, PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Args, Command};

use crate::gil::Mode;
use crate::vm::gate::{Extent, Permissions};
use crate::vm::interpreter::Options;

/// The program and its arguments.
#[derive(Args, Clone, Debug, Default)]
pub struct Program {
    /// Run this text instead of a file.
    #[arg(short = 'c', value_name = "CODE", allow_hyphen_values = true)]
    pub code: Option<String>,
    /// Run this module as a program: one in the working folder, or of gilbox's own.
    #[arg(short = 'm', value_name = "MODULE", conflicts_with = "code")]
    pub module: Option<String>,
    /// When the program has ended, go on at the prompt, with its names.
    #[arg(short = 'i')]
    pub interactive: bool,
    /// The program: a file, or - for standard input; then its arguments.
    #[arg(value_name = "FILE")]
    pub arguments: Vec<String>,
}

#[derive(Args, Clone, Debug, Default)]
pub struct RunOptions {
    /// Which lock: 3.14, 3.9, 2.7, fair, priority or off [default: 3.14].
    #[arg(long, value_name = "POLICY", value_parser = PolicyParser, hide_possible_values = true)]
    pub gil: Option<Mode>,
    /// How long a thread waits for the lock before it asks for it: 5ms, 100us, 0.005 (seconds) [default: 5ms].
    #[arg(long, value_name = "TIME", value_parser = parse_duration, allow_hyphen_values = true)]
    pub switch_interval: Option<u64>,
    /// After how many ticks (about instructions) the 2.7 lock lets go [default: 100].
    #[arg(long, value_name = "TICKS", allow_hyphen_values = true, value_parser = clap::value_parser!(u32).range(1..))]
    pub check_interval: Option<u32>,
    /// As CPython's: gil=0 (no lock) or gil=1; others are ignored.
    #[arg(short = 'X', value_name = "OPTION")]
    pub x: Vec<String>,
    /// Begin the prompt without the lines that say where one is.
    #[arg(short = 'q')]
    pub quiet: bool,
    /// Leave out assert statements; twice: docstrings too.
    #[arg(short = 'O', action = clap::ArgAction::Count)]
    pub optimize: u8,
    /// Write output at once.
    #[arg(short = 'u')]
    pub unbuffered: bool,
    /// Say on standard error who held the lock and who waited: as text, or as JSON.
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "text")]
    pub report: Option<ReportFormat>,
    /// Write the report as JSON to a file.
    #[arg(long, value_name = "FILE")]
    pub report_file: Option<PathBuf>,
    /// The descriptor of the file to which child processes leave their counters.
    #[arg(long, hide = true)]
    pub ledger: Option<i32>,
    /// Write down all that happens to the lock, for gilbox report: who held it, who waited, at which line.
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// Most memory for objects, in bytes: 512M, 2G; MemoryError beyond [default: no limit].
    #[arg(long, value_name = "BYTES", value_parser = parse_bytes)]
    pub max_memory: Option<usize>,
    /// Most threads at a time, the main thread not counted [default: no limit].
    #[arg(long, value_name = "N")]
    pub max_threads: Option<usize>,
    /// End the program after this time: 10s, 500ms; with exit code 124.
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub timeout: Option<u64>,
    /// When all threads wait, for each other or to be woken by nobody: end the program (exit code 123), or let it wait.
    #[arg(long, value_name = "WHAT", default_value = "exit")]
    pub on_deadlock: OnDeadlock,
    /// Let the program read files: all, or those under a path (repeat it for more).
    #[arg(long, value_name = "PATH", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    #[arg(value_parser = OsStringValueParser::new().map(PathBuf::from))]
    pub allow_read: Vec<PathBuf>,
    /// Let the program write files: all, or those under a path.
    #[arg(long, value_name = "PATH", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    #[arg(value_parser = OsStringValueParser::new().map(PathBuf::from))]
    pub allow_write: Vec<PathBuf>,
    /// Let the program use the network: any host, or this one.
    #[arg(long, value_name = "HOST", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub allow_net: Vec<String>,
    /// Let the program start other programs.
    #[arg(long)]
    pub allow_run: bool,
    /// Allow everything: reading, writing, network, programs.
    #[arg(short = 'A', long)]
    pub allow_all: bool,
    /// Descriptors that belong to the program: for processes that gilbox starts itself.
    #[arg(long, value_name = "N,…", value_delimiter = ',', hide = true)]
    pub inherited: Vec<i32>,
    /// Where the program's modules are, for the same.
    #[arg(long, value_name = "PATH", hide = true)]
    pub import_from: Option<String>,
    /// The file to which the process is recorded that has started this one, for the same.
    #[arg(long, value_name = "N:N:N", hide = true)]
    pub recorded: Option<String>,
    /// The socket on which gilbox watch listens, for the same.
    #[arg(long, value_name = "N", hide = true)]
    pub watched: Option<i32>,
    /// Which warnings to show: action:message:category:module:line, as CPython's.
    #[arg(short = 'W', value_name = "FILTER")]
    pub warnings: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum OnDeadlock {
    /// Say which threads wait for which, at which lines, and end the program.
    #[default]
    Exit,
    /// Let them wait, as CPython does.
    Wait,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ReportFormat {
    Text,
    Json,
}

/// The name of a lock, which shells complete.
#[derive(Clone)]
struct PolicyParser;

impl TypedValueParser for PolicyParser {
    type Value = Mode;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Mode, clap::Error> {
        let parser = StringValueParser::new().try_map(|text| text.parse::<Mode>());
        parser.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Mode::names().map(|(name, about)| PossibleValue::new(name).help(about))))
    }
}

/// What `-X gil=…` and PYTHON_GIL may say.
fn gil_switch(value: &str) -> Result<bool, String> {
    match value {
        "0" => Ok(false),
        "1" => Ok(true),
        _ => Err("config_read_gil: PYTHON_GIL / -X gil must be \"0\" or \"1\"".into()),
    }
}

/// A time in nanoseconds.
pub fn parse_duration(text: &str) -> Result<u64, String> {
    let units = [("ns", 1.0), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("", 1e9)];
    for (unit, ns) in units {
        if let Some(number) = text.strip_suffix(unit)
            && let Ok(number) = number.trim().parse::<f64>()
        {
            let ns = number * ns;
            if !ns.is_finite() || ns <= 0.0 {
                return Err("the interval must be more than zero".into());
            }
            return Ok(ns.min(u64::MAX as f64) as u64);
        }
    }
    Err("expected a time such as 5ms, 100us or 0.005 (seconds)".into())
}

fn parse_bytes(text: &str) -> Result<usize, String> {
    let (digits, factor) = match text.trim_end_matches(['B', 'b']).to_ascii_uppercase() {
        t if t.ends_with('K') => (t[..t.len() - 1].to_string(), 1 << 10),
        t if t.ends_with('M') => (t[..t.len() - 1].to_string(), 1 << 20),
        t if t.ends_with('G') => (t[..t.len() - 1].to_string(), 1 << 30),
        t => (t, 1),
    };
    match digits.parse::<usize>() {
        Ok(n) if n > 0 => n.checked_mul(factor).ok_or_else(|| "too large".to_string()),
        _ => Err("expected a size such as 512M or 2G".into()),
    }
}

impl RunOptions {
    /// The lock that the options, or else the environment, ask for.
    pub fn mode(&self) -> Result<Mode, String> {
        if let Some(mode) = self.gil {
            return Ok(mode);
        }
        let by_flag = self.x.iter().rev().find_map(|x| match x.split_once('=') {
            Some((name, value)) => (name == "gil").then_some(value),
            None => (x == "gil").then_some(""),
        });
        let by_environment = std::env::var("PYTHON_GIL").ok().filter(|value| !value.is_empty());
        let on = by_flag.or(by_environment.as_deref()).map_or(Ok(true), gil_switch)?;
        Ok(if on { Mode::default() } else { Mode::off() })
    }

    /// What the flags allow the program.
    fn permissions(&self) -> Permissions {
        if self.allow_all {
            return Permissions::all();
        }
        // A flag without a value has the empty one.
        let paths = |given: &[PathBuf]| {
            Extent::of_flags(given.iter().map(|path| (!path.as_os_str().is_empty()).then(|| path.clone())))
        };
        Permissions {
            read: paths(&self.allow_read),
            write: paths(&self.allow_write),
            net: Extent::of_flags(self.allow_net.iter().map(|host| (!host.is_empty()).then(|| host.clone()))),
            run: self.allow_run,
            imports: Vec::new(),
        }
    }

    /// Filters of warnings: the environment's first, so that those of the command line win.
    fn warning_filters(&self) -> Vec<String> {
        let from_environment = std::env::var("PYTHONWARNINGS").unwrap_or_default();
        let from_environment = from_environment.split(',').map(str::trim).filter(|f| !f.is_empty()).map(String::from);
        from_environment.chain(self.warnings.iter().cloned()).collect()
    }

    /// The options that start gilbox once more with the same rights, limits and lock; all but where modules come from.
    fn again(&self) -> Vec<String> {
        let mut again = vec![format!("--gil={}", self.mode().unwrap_or_default())];
        let mut value =
            |name: &str, value: Option<String>| again.extend(value.map(|value| format!("--{name}={value}")));
        value("switch-interval", self.switch_interval.map(|ns| format!("{ns}ns")));
        value("check-interval", self.check_interval.map(|ticks| ticks.to_string()));
        value("max-memory", self.max_memory.map(|bytes| bytes.to_string()));
        value("max-threads", self.max_threads.map(|threads| threads.to_string()));
        value("timeout", self.timeout.map(|ns| format!("{ns}ns")));
        let full = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone()).display().to_string();
        for (name, paths) in [("allow-read", &self.allow_read), ("allow-write", &self.allow_write)] {
            again.extend(paths.iter().map(|path| match path.as_os_str().is_empty() {
                true => format!("--{name}"),
                false => format!("--{name}={}", full(path)),
            }));
        }
        again.extend(self.allow_net.iter().map(|host| match host.is_empty() {
            true => "--allow-net".to_string(),
            false => format!("--allow-net={host}"),
        }));
        if self.on_deadlock == OnDeadlock::Wait {
            again.push("--on-deadlock=wait".to_string());
        }
        let flags = [("--allow-run", self.allow_run), ("--allow-all", self.allow_all), ("-u", self.unbuffered)];
        again.extend(flags.iter().filter(|(_, given)| *given).map(|(flag, _)| flag.to_string()));
        again.extend((0..self.optimize).map(|_| "-O".to_string()));
        again.extend(self.warnings.iter().map(|filter| format!("-W{filter}")));
        again
    }

    /// What the interpreter is started with, the program's own things left open.
    pub fn interpreter(&self) -> Result<Options, String> {
        Ok(Options {
            mode: self.mode()?,
            optimize: self.optimize,
            unbuffered: self.unbuffered || std::env::var_os("PYTHONUNBUFFERED").is_some_and(|v| !v.is_empty()),
            max_memory: self.max_memory.unwrap_or(0),
            max_threads: self.max_threads.unwrap_or(0),
            permissions: self.permissions(),
            warnings: self.warning_filters(),
            command: std::env::args().collect(),
            again: self.again(),
            inherited: self.inherited.clone(),
            ..Options::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units_and_seconds_by_default() {
        assert_eq!(parse_duration("5ms"), Ok(5_000_000));
        assert_eq!(parse_duration("0.005"), Ok(5_000_000));
        assert_eq!(parse_duration("100us"), Ok(100_000));
        assert_eq!(parse_duration("1s"), Ok(1_000_000_000));
        assert!(parse_duration("0").is_err() && parse_duration("fast").is_err());
    }

    #[test]
    fn a_permission_without_a_path_is_for_all_of_them() {
        #[derive(clap::Parser)]
        struct Given {
            #[command(flatten)]
            options: RunOptions,
        }
        let of = |flag: &str| <Given as clap::Parser>::try_parse_from(["gilbox", flag]).map(|given| given.options);
        for flag in ["--allow-read", "--allow-write", "--allow-read=/tmp"] {
            assert!(of(flag).is_ok(), "{flag}");
        }
        assert_eq!(of("--allow-write").map(|o| o.allow_write).ok(), Some(vec![PathBuf::new()]));
    }

    #[test]
    fn sizes_have_suffixes() {
        assert_eq!(parse_bytes("512M"), Ok(512 << 20));
        assert_eq!(parse_bytes("2GB"), Ok(2 << 30));
        assert!(parse_bytes("many").is_err() && parse_bytes("0").is_err());
    }
}

//! `gilbox compare FILE`: the program in several modes, interleaved, until it is clear how they compare.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use crate::gil::Mode;
use crate::record::analysis::Analysis;
use crate::record::compare::{Comparison, Conditions, ModeRuns, Saved};
use crate::record::units;
use crate::view::comparison;
use crate::view::page::{self, Shown};
use crate::world::Clock;

use super::options::parse_duration;
use super::reading::read;
use super::reason;
use super::report::export;

mod process;

use process::OwnFile;

const EXAMPLES: &str = "Examples:\n  \
    gilbox compare turns.py                           the lock on and off\n  \
    gilbox compare --modes on,on@500us,fair turns.py  another interval, another policy\n  \
    gilbox compare --html turns.html turns.py         with the lanes of all modes\n  \
    gilbox compare --save before.json turns.py        to be compared with, later:\n  \
    gilbox compare --against before.json turns.py";

/// The speed-up's interval is narrow: ±2%.
const NARROW: f64 = 0.02;
/// Before so many rounds it is not believed.
const FEWEST_ROUNDS: u32 = 5;
const MOST_ROUNDS: u32 = 100;

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct CompareOptions {
    /// The modes, the first of which the others are measured against: on, off, 3.14, 3.9, 2.7, fair, priority; with another
    /// switch interval: on@1ms.
    #[arg(long, value_name = "MODES", value_delimiter = ',', default_value = "on,off", value_parser = parse_mode)]
    modes: Vec<String>,
    /// Runs of each mode [default: until the speed-up is known to ±2%, or the time is up].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    runs: Option<u32>,
    /// Begin no further round after this time: 20s, 2000ms.
    #[arg(long, value_name = "TIME", value_parser = parse_duration, default_value = "20s", conflicts_with = "runs")]
    time: u64,
    /// Print the comparison as one JSON object; times in nanoseconds, memory in bytes.
    #[arg(long, group = "format")]
    json: bool,
    /// Print it as Markdown.
    #[arg(long, group = "format")]
    markdown: bool,
    /// Write a page too, with the lanes of all modes below each other: each is run once more for that, and recorded.
    #[arg(long, value_name = "OUT")]
    html: Option<PathBuf>,
    /// Save the comparison, for --against.
    #[arg(long, value_name = "OUT")]
    save: Option<PathBuf>,
    /// Compare with what --save wrote; refused if that was not measured alike.
    #[arg(long, value_name = "SAVED")]
    against: Option<PathBuf>,
    /// The program, and its arguments.
    #[arg(value_name = "FILE", required = true)]
    program: Vec<String>,
}

/// "fair", or "fair@1ms".
fn parse_mode(name: &str) -> Result<String, String> {
    let (policy, interval) = process::parts(name);
    if policy != "on" {
        policy.parse::<Mode>().map_err(|error| format!("{error}; or on"))?;
    }
    if let Some(interval) = interval {
        parse_duration(interval)?;
    }
    Ok(name.to_string())
}

pub fn main(options: &CompareOptions) -> ExitCode {
    let file = Path::new(&options.program[0]);
    if !file.exists() {
        eprintln!("gilbox: can't open file '{}': No such file or directory", file.display());
        return ExitCode::from(2);
    }
    let text = std::fs::read(file).unwrap_or_default();
    let conditions = Conditions::of(&options.program[0], &options.program[1..], &text);
    let saved = match options.against.as_deref().map(|path| load(path, &conditions, &options.modes)).transpose() {
        Ok(saved) => saved,
        Err(message) => {
            eprintln!("gilbox: {message}");
            return ExitCode::from(2);
        }
    };
    let done = measure(options, conditions).and_then(|mut comparison| {
        comparison.program_changed = saved.as_ref().is_some_and(|saved| saved.has_changed(&comparison.conditions));
        comparison.changes = saved.map(|saved| saved.changes(&comparison)).unwrap_or_default();
        let page = options.html.as_ref().map(|_| page(options, &comparison)).transpose()?;
        Ok((comparison, page))
    });
    match done {
        Ok((comparison, page)) => tell(options, &comparison, page.as_deref()),
        Err(error) => {
            eprintln!("gilbox: {error}");
            ExitCode::from(1)
        }
    }
}

/// What was saved there, if it was measured as it will be now.
fn load(path: &Path, now: &Conditions, modes: &[String]) -> Result<Saved, String> {
    let shown = path.display();
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("can't open file '{shown}': {}", reason(&error)))?;
    let saved = Saved::read(&text).ok_or_else(|| format!("{shown}: this is no comparison that --save has written"))?;
    match saved.differs(now, modes) {
        reasons if reasons.is_empty() => Ok(saved),
        reasons => Err(format!("{shown} was not measured alike ({})", reasons.join("; "))),
    }
}

fn tell(options: &CompareOptions, comparison: &Comparison, page: Option<&str>) -> ExitCode {
    for (path, content) in
        [(&options.save, Some(comparison.to_json().to_string())), (&options.html, page.map(String::from))]
    {
        if let (Some(path), Some(content)) = (path, content)
            && export(path, content.as_bytes()) != ExitCode::SUCCESS
        {
            return ExitCode::from(1);
        }
    }
    let written = if options.json {
        writeln!(std::io::stdout(), "{}", comparison.to_json())
    } else if options.markdown {
        write!(std::io::stdout(), "{}", comparison::markdown(comparison))
    } else {
        write!(anstream::stdout(), "{}", comparison::text(comparison))
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gilbox: standard output: {}", reason(&error));
            ExitCode::from(1)
        }
    }
}

/// Rounds of all modes until enough is known. Every other round goes through the modes the other way round, so that a
/// machine that gets slower or faster meanwhile does that to all of them.
fn measure(options: &CompareOptions, conditions: Conditions) -> std::io::Result<Comparison> {
    let mode =
        |name: &String| ModeRuns { name: name.clone(), locked: process::parts(name).0 != "off", runs: Vec::new() };
    let modes = options.modes.iter().map(mode).collect();
    let program = options.program.join(" ");
    let mut comparison = Comparison { program, conditions, modes, changes: Vec::new(), program_changed: false };
    let start = Clock.now();
    for round in 0..options.runs.unwrap_or(MOST_ROUNDS) {
        let mut order: Vec<usize> = (0..comparison.modes.len()).collect();
        if round % 2 == 1 {
            order.reverse();
        }
        for at in order {
            progress(|| standing(options, &comparison, round, at, Clock.now() - start));
            let run = process::run(&options.program, &comparison.modes[at].name)?;
            comparison.modes[at].runs.push(run);
        }
        if options.runs.is_none() && (Clock.now() - start >= options.time || is_clear(&comparison, round + 1)) {
            break;
        }
    }
    progress(String::new);
    Ok(comparison)
}

/// Whether the speed-ups are known well enough after so many rounds.
fn is_clear(comparison: &Comparison, rounds: u32) -> bool {
    let is_narrow = |mode: &ModeRuns| comparison.interval(mode).is_some_and(|interval| interval.spread() <= NARROW);
    rounds >= FEWEST_ROUNDS && comparison.modes.iter().skip(1).all(is_narrow)
}

/// How far it is: round, mode, and what is known so far.
fn standing(options: &CompareOptions, comparison: &Comparison, round: u32, at: usize, spent: u64) -> String {
    let mode = &comparison.modes[at].name;
    let left = match options.runs {
        Some(runs) => format!("round {} of {runs}", round + 1),
        None => format!("round {}, {} of {}", round + 1, units::duration(spent), units::duration(options.time)),
    };
    let known = comparison.modes.iter().filter_map(|mode| {
        let interval = comparison.interval(mode)?;
        Some(format!("  {} {:.2}× ±{:.1}%", mode.name, comparison.speed_up(mode), interval.spread() * 100.0))
    });
    format!("{left}: {mode}{}", known.collect::<String>())
}

/// The page, for which each mode is run and recorded once more.
fn page(options: &CompareOptions, comparison: &Comparison) -> std::io::Result<String> {
    let mut recordings = Vec::new();
    for mode in &comparison.modes {
        progress(|| format!("recording: {}", mode.name));
        let file = OwnFile::new("gil")?;
        process::record(&options.program, &mode.name, file.path())?;
        let recording = read(file.path()).map_err(|_| std::io::Error::other("the recording cannot be read"))?;
        recordings.push(recording);
    }
    progress(String::new);
    let analyses: Vec<Analysis> = recordings.iter().map(Analysis::new).collect();
    let titles = comparison.modes.iter().map(|mode| mode.name.clone());
    let shown: Vec<Shown> = titles.zip(&analyses).map(|(title, analysis)| Shown { title, analysis }).collect();
    Ok(page::page(&comparison.program, &page::comparison(comparison), &shown))
}

/// A line on standard error that the next one replaces; only on a terminal.
fn progress(text: impl FnOnce() -> String) {
    let mut stderr = std::io::stderr();
    if stderr.is_terminal() {
        // If the terminal is gone there is nobody to tell.
        let _ = write!(stderr, "\r\x1b[K{}", text());
        let _ = stderr.flush();
    }
}

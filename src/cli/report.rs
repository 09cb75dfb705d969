//! `gilbox report`: what a recording shows.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use crate::record::analysis::Analysis;
use crate::view;

use super::reading::read;
use super::reason;

const EXAMPLES: &str = "Examples:\n  \
    gilbox run --record turns.gil turns.py    write down what happens to the lock\n  \
    gilbox report turns.gil                   lanes, tables and findings on one screen\n  \
    gilbox report --json turns.gil            all figures, times in nanoseconds\n  \
    gilbox report --csv turns.gil             a row for each thread\n  \
    gilbox report --perfetto turns.pftrace turns.gil    for ui.perfetto.dev";

/// More columns are of no use.
const WIDEST: usize = 200;
const USUAL: usize = 80;

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ReportOptions {
    /// All figures as one JSON object.
    #[arg(long, group = "format")]
    json: bool,
    /// A row for each thread.
    #[arg(long, group = "format")]
    csv: bool,
    /// The report as Markdown.
    #[arg(long, group = "format")]
    markdown: bool,
    /// Write it as a trace for Perfetto (ui.perfetto.dev), with a lane for the lock and arrows from hand to hand.
    #[arg(long, value_name = "OUT", group = "format")]
    perfetto: Option<PathBuf>,
    /// Write it as profiles for speedscope (speedscope.app).
    #[arg(long, value_name = "OUT", group = "format")]
    speedscope: Option<PathBuf>,
    /// The recording: what gilbox run --record has written.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub fn main(options: &ReportOptions) -> ExitCode {
    let recording = match read(&options.file) {
        Ok(recording) => recording,
        Err(code) => return code,
    };
    let analysis = Analysis::new(&recording);
    if let Some(out) = &options.perfetto {
        return export(out, &view::perfetto::trace(&analysis));
    }
    if let Some(out) = &options.speedscope {
        return export(out, view::speedscope::profiles(&analysis).to_string().as_bytes());
    }
    let name = options.file.display().to_string();
    let text = if options.json {
        format!("{}\n", analysis.to_json())
    } else if options.csv {
        view::recording::csv(&analysis)
    } else if options.markdown {
        view::recording::markdown(&analysis, &name)
    } else {
        view::recording::text(&analysis, Some(&name), width())
    };
    let mut out = anstream::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gilbox: standard output: {}", reason(&error));
            ExitCode::from(1)
        }
    }
}

/// Writes a file for somebody else.
pub fn export(out: &Path, content: &[u8]) -> ExitCode {
    match std::fs::write(out, content) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gilbox: {} cannot be written: {}", out.display(), reason(&error));
            ExitCode::from(1)
        }
    }
}

/// How many columns there are.
pub fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    columns.filter(|columns| *columns > 0).unwrap_or(USUAL).min(WIDEST)
}

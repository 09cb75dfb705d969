//! `gilbox view`: recordings as a page for a browser.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::record::analysis::Analysis;
use crate::view::page::{self, Shown};

use super::reading::read;
use super::report::export;

const EXAMPLES: &str = "Examples:\n  \
    gilbox run --record on.gil turns.py               write down what happens to the lock\n  \
    gilbox view on.gil --html on.html                 look at it in a browser\n  \
    gilbox run --gil off --record off.gil turns.py    the same without a lock\n  \
    gilbox view on.gil off.gil --html both.html       one above the other";

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ViewOptions {
    /// Write it as one page that needs nothing else: lanes to zoom into, figures, the source with its costs.
    #[arg(long, value_name = "OUT", required = true)]
    html: PathBuf,
    /// The recordings: what gilbox run --record has written. Several are shown one above the other.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

pub fn main(options: &ViewOptions) -> ExitCode {
    let mut recordings = Vec::new();
    for file in &options.files {
        match read(file) {
            Ok(recording) => recordings.push(recording),
            Err(code) => return code,
        }
    }
    let analyses: Vec<Analysis> = recordings.iter().map(Analysis::new).collect();
    let titles = options.files.iter().map(|file| file.display().to_string());
    let shown: Vec<Shown> = titles.zip(&analyses).map(|(title, analysis)| Shown { title, analysis }).collect();
    let mut programs: Vec<String> = recordings.iter().map(|recording| recording.program()).collect();
    programs.dedup();
    export(&options.html, page::page(&programs.join(", "), "", &shown).as_bytes())
}

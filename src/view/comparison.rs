//! Several modes side by side: time, speed-up, contention, switches, memory, and whether the output differed.

use crate::record::compare::{Comparison, ModeRuns};
use crate::record::units::{bytes, count, duration, percent, range};

use super::{STRONG, sentences, table};

const BAR: usize = 24;

pub fn text(comparison: &Comparison) -> String {
    let mut out = format!(
        "\n{STRONG}gilbox compare{STRONG:#}  {}\n\
         {} of each mode, interleaved; medians, waiting as a share of runnable time,\n\
         and the most memory that a run needed\n\n",
        comparison.program,
        comparison.runs_in_words()
    );
    out.push_str(&table::lay_out(&rows(comparison)));
    out.push('\n');
    out.push_str(&bars(comparison));
    out.push('\n');
    for sentence in comparison.findings() {
        out.push_str(&sentences::arrow(&sentence));
    }
    out
}

/// The same for a page of text that knows Markdown.
pub fn markdown(comparison: &Comparison) -> String {
    let mut out = format!(
        "# gilbox compare: `{}`\n\n{} of each mode, interleaved; medians, waiting as a share of runnable time, and the \
         most memory that a run needed.\n\n",
        comparison.program,
        comparison.runs_in_words()
    );
    out.push_str(&table::markdown(&rows(comparison)));
    out.push_str(&format!("\n```text\n{}```\n\n", bars(comparison)));
    out.extend(comparison.findings().iter().map(|sentence| format!("- {sentence}\n")));
    out
}

/// The table of the modes, its heading first.
fn rows(comparison: &Comparison) -> Vec<Vec<String>> {
    let heading = ["mode", "time", "fastest – slowest", "speed-up", "waiting", "switches", "memory", "output"];
    let mut rows = vec![heading.iter().map(|c| c.to_string()).collect::<Vec<_>>()];
    rows.extend(comparison.modes.iter().map(|mode| row(comparison, mode)));
    rows
}

fn row(comparison: &Comparison, mode: &ModeRuns) -> Vec<String> {
    let (contention, switches) = match mode.locked {
        true => (percent(mode.contention()), count(mode.switches())),
        false => ("–".to_string(), "–".to_string()),
    };
    vec![
        mode.name.clone(),
        duration(mode.median_ns()),
        range(mode.fastest_ns(), mode.slowest_ns()),
        format!("{:.2}×", comparison.speed_up(mode)),
        contention,
        switches,
        bytes(mode.peak_memory()),
        if mode.outputs() == 1 { "same".into() } else { format!("{} kinds", mode.outputs()) },
    ]
}

/// A bar for each mode's time.
fn bars(comparison: &Comparison) -> String {
    let longest = comparison.modes.iter().map(ModeRuns::median_ns).max().unwrap_or(1).max(1);
    let widest = comparison.modes.iter().map(|m| m.name.len()).max().unwrap_or(0);
    comparison
        .modes
        .iter()
        .map(|mode| {
            let length = (mode.median_ns() as f64 / longest as f64 * BAR as f64).round().max(1.0) as usize;
            format!("{:widest$}  {} {}\n", mode.name, "█".repeat(length), duration(mode.median_ns()))
        })
        .collect()
}

//! Several modes side by side: time, speed-up, contention, switches, memory, and whether the output differed.

use crate::record::compare::{Comparison, ModeRuns};

use super::units::{bytes, count, duration, percent};
use super::{ACCENT, STRONG, table};

const BAR: usize = 24;

pub fn text(comparison: &Comparison) -> String {
    let mut out = format!(
        "\n{STRONG}gilbox compare{STRONG:#}  {}\n{} runs of each mode, interleaved; times are medians, with the fastest and the slowest run\n\n",
        comparison.program, comparison.runs
    );
    let heading = ["mode", "time", "fastest – slowest", "speed-up", "contention", "switches", "peak memory", "output"];
    let mut rows = vec![heading.iter().map(|c| c.to_string()).collect::<Vec<_>>()];
    rows.extend(comparison.modes.iter().map(|mode| row(comparison, mode)));
    out.push_str(&table::lay_out(&rows));
    out.push('\n');
    out.push_str(&bars(comparison));
    out.push('\n');
    for sentence in comparison.findings() {
        out.push_str(&format!("{ACCENT}→{ACCENT:#} {sentence}\n"));
    }
    out
}

fn row(comparison: &Comparison, mode: &ModeRuns) -> Vec<String> {
    let contention =
        if mode.locked { percent(mode.contention()) } else { format!("{} object waits", count(mode.object_waits())) };
    vec![
        mode.name.clone(),
        duration(mode.median_ns()),
        format!("{} – {}", duration(mode.fastest_ns()), duration(mode.slowest_ns())),
        format!("{:.2}×", comparison.speed_up(mode)),
        contention,
        count(mode.switches()),
        bytes(mode.peak_memory()),
        if mode.outputs() == 1 { "always the same".into() } else { format!("{} different", mode.outputs()) },
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

//! Runs of one program in several modes, and what follows from them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::view::units::count;

/// One run of the program as a process of its own.
#[derive(Clone, Debug)]
pub struct ProcessRun {
    /// From start to end of the process.
    pub wall_ns: u64,
    pub peak_memory_bytes: u64,
    pub exit_code: Option<i32>,
    pub output: Vec<u8>,
    pub errors: Vec<u8>,
    /// The report that the run wrote; null if it could not.
    pub report: Value,
}

/// All runs in one mode.
#[derive(Clone, Debug)]
pub struct ModeRuns {
    pub name: String,
    pub locked: bool,
    pub runs: Vec<ProcessRun>,
}

#[derive(Clone, Debug)]
pub struct Comparison {
    pub program: String,
    /// Of each mode.
    pub runs: usize,
    pub modes: Vec<ModeRuns>,
}

fn median(mut values: Vec<u64>) -> u64 {
    values.sort_unstable();
    match values.len() {
        0 => 0,
        n if n % 2 == 1 => values[n / 2],
        n => (values[n / 2 - 1] + values[n / 2]) / 2,
    }
}

impl ModeRuns {
    pub fn median_ns(&self) -> u64 {
        median(self.runs.iter().map(|r| r.wall_ns).collect())
    }

    pub fn fastest_ns(&self) -> u64 {
        self.runs.iter().map(|r| r.wall_ns).min().unwrap_or(0)
    }

    pub fn slowest_ns(&self) -> u64 {
        self.runs.iter().map(|r| r.wall_ns).max().unwrap_or(0)
    }

    fn figure(&self, name: &str) -> Vec<&Value> {
        self.runs.iter().map(|r| &r.report[name]).collect()
    }

    /// Median of waiting ÷ runnable time.
    pub fn contention(&self) -> f64 {
        let mut ratios: Vec<f64> = self.figure("contention_ratio").into_iter().filter_map(Value::as_f64).collect();
        ratios.sort_by(f64::total_cmp);
        ratios.get(ratios.len() / 2).copied().unwrap_or(0.0)
    }

    /// Median number of switches.
    pub fn switches(&self) -> u64 {
        median(self.figure("switches").into_iter().filter_map(Value::as_u64).collect())
    }

    /// Median number of waits for the locks of single objects.
    pub fn object_waits(&self) -> u64 {
        let of_run = |threads: &Value| -> u64 {
            threads.as_array().into_iter().flatten().filter_map(|t| t["object_lock_waits"].as_u64()).sum()
        };
        median(self.figure("threads").into_iter().map(of_run).collect())
    }

    /// The most memory that a run needed.
    pub fn peak_memory(&self) -> u64 {
        self.runs.iter().map(|r| r.peak_memory_bytes).max().unwrap_or(0)
    }

    /// How many different outcomes the runs had: output, errors and exit code.
    pub fn outputs(&self) -> usize {
        self.outcomes().len()
    }

    /// Output, errors and exit code, and how many runs ended so.
    fn outcomes(&self) -> BTreeMap<Outcome<'_>, usize> {
        let mut outcomes = BTreeMap::new();
        for run in &self.runs {
            *outcomes.entry((run.output.as_slice(), run.errors.as_slice(), run.exit_code)).or_default() += 1;
        }
        outcomes
    }
}

/// What a run came out as: output, errors, exit code.
type Outcome<'a> = (&'a [u8], &'a [u8], Option<i32>);

impl Comparison {
    /// How many times as fast as the first mode.
    pub fn speed_up(&self, mode: &ModeRuns) -> f64 {
        let base = self.modes.first().map_or(0, ModeRuns::median_ns);
        base as f64 / mode.median_ns().max(1) as f64
    }

    /// What follows, in sentences.
    pub fn findings(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        let Some((first, others)) = self.modes.split_first() else { return sentences };
        for mode in others {
            let speed_up = self.speed_up(mode);
            let overlap = mode.fastest_ns() <= first.slowest_ns() && first.fastest_ns() <= mode.slowest_ns();
            let noise = if overlap { " (the runs' times overlap)" } else { "" };
            sentences.push(if speed_up >= 1.0 {
                format!("{} was {speed_up:.2} times as fast as {}{noise}.", title(mode), first.name)
            } else {
                format!("{} took {:.2} times as long as {}{noise}.", title(mode), 1.0 / speed_up, first.name)
            });
        }
        for mode in self.modes.iter().filter(|m| m.object_waits() > 0) {
            let waits = count(mode.object_waits());
            sentences.push(format!("{}, threads waited {waits} times for locks of single objects.", with(mode)));
        }
        sentences.extend(self.modes.iter().filter_map(unstable));
        let stable: Vec<&ModeRuns> = self.modes.iter().filter(|m| m.outputs() == 1).collect();
        if let Some((reference, rest)) = stable.split_first() {
            for mode in rest {
                if mode.outcomes().keys().next() != reference.outcomes().keys().next() {
                    sentences.push(format!("{} printed something else than {}.", title(mode), reference.name));
                }
            }
            if stable.len() == self.modes.len() && sentences.iter().all(|s| !s.contains("something else")) {
                sentences.push("Output and exit code were the same in every run.".to_string());
            }
        }
        sentences.extend(self.failures());
        sentences
    }

    /// How many runs failed, and what the first of them had to say.
    fn failures(&self) -> Option<String> {
        let runs: Vec<&ProcessRun> = self.modes.iter().flat_map(|m| &m.runs).collect();
        let failed: Vec<&&ProcessRun> = runs.iter().filter(|r| r.exit_code != Some(0)).collect();
        let first = failed.first()?;
        let errors = String::from_utf8_lossy(&first.errors);
        let said = match (errors.trim_end().lines().last(), first.exit_code) {
            (Some(line), _) => format!("\"{}\"", line.chars().take(120).collect::<String>()),
            (None, Some(code)) => format!("exit code {code}"),
            (None, None) => "ended by a signal".to_string(),
        };
        let (of, all) = (count(failed.len() as u64), count(runs.len() as u64));
        Some(match failed.len() == runs.len() {
            true => format!("All {all} runs ended with an error: {said}."),
            false => format!("{of} of {all} runs ended with an error: {said}."),
        })
    }

    pub fn to_json(&self) -> Value {
        let modes = self.modes.iter().map(|mode| {
            json!({
                "mode": mode.name,
                "locked": mode.locked,
                "median_ns": mode.median_ns(),
                "fastest_ns": mode.fastest_ns(),
                "slowest_ns": mode.slowest_ns(),
                "speed_up": self.speed_up(mode),
                "contention_ratio": mode.contention(),
                "switches": mode.switches(),
                "object_lock_waits": mode.object_waits(),
                "peak_memory_bytes": mode.peak_memory(),
                "different_outcomes": mode.outputs(),
                "times_ns": mode.runs.iter().map(|r| r.wall_ns).collect::<Vec<_>>(),
                "exit_codes": mode.runs.iter().map(|r| r.exit_code).collect::<Vec<_>>(),
            })
        });
        json!({
            "program": self.program,
            "runs": self.runs,
            "base": self.modes.first().map(|m| m.name.clone()),
            "modes": modes.collect::<Vec<_>>(),
            "findings": self.findings(),
        })
    }
}

fn title(mode: &ModeRuns) -> String {
    if mode.name == "off" { "The lock off".to_string() } else { format!("Mode {}", mode.name) }
}

fn with(mode: &ModeRuns) -> String {
    if mode.name == "off" { "With the lock off".to_string() } else { format!("In mode {}", mode.name) }
}

/// What a mode printed, if that was not always the same: the lines that differed.
fn unstable(mode: &ModeRuns) -> Option<String> {
    if mode.outputs() < 2 {
        return None;
    }
    let with = with(mode);
    let lines: Vec<Vec<String>> =
        mode.runs.iter().map(|r| String::from_utf8_lossy(&r.output).lines().map(str::to_string).collect()).collect();
    let differing =
        (0..lines.iter().map(Vec::len).min().unwrap_or(0)).find(|at| lines.iter().any(|l| l[*at] != lines[0][*at]));
    let Some(at) = differing else {
        return Some(format!("{with} the runs did not end alike: {} different outcomes.", mode.outputs()));
    };
    let mut seen: Vec<&str> = Vec::new();
    for line in lines.iter().map(|l| l[at].as_str()) {
        if !seen.contains(&line) {
            seen.push(line);
        }
    }
    let more = if seen.len() > 4 { ", …" } else { "" };
    let examples: Vec<String> =
        seen.iter().take(4).map(|l| format!("\"{}\"", l.chars().take(60).collect::<String>())).collect();
    Some(format!(
        "{with} the output differed from run to run; line {} came out as {}{more}.",
        at + 1,
        examples.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(name: &str, times: &[u64], outputs: &[&str]) -> ModeRuns {
        let run = |(wall_ns, output): (&u64, &&str)| ProcessRun {
            wall_ns: *wall_ns,
            peak_memory_bytes: 1 << 20,
            exit_code: Some(0),
            output: output.as_bytes().to_vec(),
            errors: Vec::new(),
            report: json!({"contention_ratio": 0.5, "switches": 10, "threads": []}),
        };
        ModeRuns { name: name.into(), locked: name != "off", runs: times.iter().zip(outputs).map(run).collect() }
    }

    #[test]
    fn a_lost_update_is_seen() {
        let comparison = Comparison {
            program: "p".into(),
            runs: 2,
            modes: vec![mode("on", &[200, 200], &["4\n", "4\n"]), mode("off", &[100, 100], &["3\n", "2\n"])],
        };
        let findings = comparison.findings();
        assert_eq!(findings[0], "The lock off was 2.00 times as fast as on.");
        assert_eq!(
            findings[1],
            "With the lock off the output differed from run to run; line 1 came out as \"3\", \"2\"."
        );
    }

    #[test]
    fn alike_runs_are_said_to_be_alike() {
        let comparison = Comparison {
            program: "p".into(),
            runs: 1,
            modes: vec![mode("on", &[200], &["4\n"]), mode("off", &[400], &["4\n"])],
        };
        assert_eq!(
            comparison.findings(),
            ["The lock off took 2.00 times as long as on.", "Output and exit code were the same in every run."]
        );
    }
}

//! Runs of one program in several modes, and what follows from them.
//!
//! - `statistics`: how sure a ratio is, and which runs stand out
//! - `outcomes`: whether the runs came out alike
//! - `saved`: what was measured before, and whether it was measured alike

use serde_json::{Value, json};

use crate::record::units::count;

pub use saved::{Change, Conditions, Saved};
pub use statistics::Interval;

mod outcomes;
mod saved;
mod statistics;

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
    /// As it was asked for: a policy, and the switch interval if that is another than usual: "off", "3.9", "on@1ms".
    pub name: String,
    pub locked: bool,
    pub runs: Vec<ProcessRun>,
}

#[derive(Clone, Debug)]
pub struct Comparison {
    pub program: String,
    pub conditions: Conditions,
    pub modes: Vec<ModeRuns>,
    /// What became of a saved comparison's modes.
    pub changes: Vec<Change>,
    /// Whether the program was another one then.
    pub program_changed: bool,
}

impl ModeRuns {
    pub fn times(&self) -> Vec<u64> {
        self.runs.iter().map(|r| r.wall_ns).collect()
    }

    pub fn median_ns(&self) -> u64 {
        statistics::median(&self.times())
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
        let switches: Vec<u64> = self.figure("switches").into_iter().filter_map(Value::as_u64).collect();
        statistics::median(&switches)
    }

    /// Median number of waits for the locks of single objects.
    pub fn object_waits(&self) -> u64 {
        let of_run = |threads: &Value| -> u64 {
            threads.as_array().into_iter().flatten().filter_map(|t| t["object_lock_waits"].as_u64()).sum()
        };
        let waits: Vec<u64> = self.figure("threads").into_iter().map(of_run).collect();
        statistics::median(&waits)
    }

    /// The most memory that a run needed.
    pub fn peak_memory(&self) -> u64 {
        self.runs.iter().map(|r| r.peak_memory_bytes).max().unwrap_or(0)
    }

    /// How many different outcomes the runs had: output, errors and exit code.
    pub fn outputs(&self) -> usize {
        outcomes::of(self).len()
    }

    /// Times that are much longer than the others.
    pub fn outliers(&self) -> Vec<u64> {
        statistics::outliers(&self.times())
    }

    /// As the subject of a sentence.
    pub fn title(&self) -> String {
        if self.name == "off" { "The lock off".to_string() } else { format!("Mode {}", self.name) }
    }

    /// As the beginning of a sentence.
    fn with(&self) -> String {
        if self.name == "off" { "With the lock off".to_string() } else { format!("In mode {}", self.name) }
    }
}

impl Comparison {
    /// How many times as fast as the first mode.
    pub fn speed_up(&self, mode: &ModeRuns) -> f64 {
        let base = self.modes.first().map_or(0, ModeRuns::median_ns);
        base as f64 / mode.median_ns().max(1) as f64
    }

    /// Where that lies; `None` for the first mode, and after fewer than three runs.
    pub fn interval(&self, mode: &ModeRuns) -> Option<Interval> {
        let first = self.modes.first().filter(|first| first.name != mode.name)?;
        statistics::speed_up(&first.times(), &mode.times())
    }

    /// Runs of each mode.
    pub fn runs(&self) -> usize {
        self.modes.iter().map(|mode| mode.runs.len()).min().unwrap_or(0)
    }

    /// "5 runs".
    pub fn runs_in_words(&self) -> String {
        match self.runs() {
            1 => "one run".to_string(),
            runs => format!("{} runs", count(runs as u64)),
        }
    }

    /// What follows, in sentences.
    pub fn findings(&self) -> Vec<String> {
        let Some((first, others)) = self.modes.split_first() else { return Vec::new() };
        let mut sentences: Vec<String> = others.iter().map(|mode| self.compared(first, mode)).collect();
        if self.program_changed {
            sentences.push("The program has changed since what was saved was measured.".to_string());
        }
        sentences.extend(self.changes.iter().map(changed));
        sentences.extend(self.modes.iter().filter_map(disturbed));
        for mode in self.modes.iter().filter(|m| m.object_waits() > 0) {
            let waits = count(mode.object_waits());
            sentences.push(format!("{}, threads waited {waits} times for locks of single objects.", mode.with()));
        }
        sentences.extend(outcomes::sentences(&self.modes));
        sentences
    }

    fn compared(&self, first: &ModeRuns, mode: &ModeRuns) -> String {
        let interval = self.interval(mode);
        let sure = match interval {
            Some(interval) => within(interval),
            None => {
                let overlap = mode.fastest_ns() <= first.slowest_ns() && first.fastest_ns() <= mode.slowest_ns();
                let overlap = if overlap { ", and their times overlap" } else { "" };
                format!(" ({} of each, too few to tell how sure that is{overlap})", self.runs_in_words())
            }
        };
        let speed_up = self.speed_up(mode);
        if interval.is_some_and(|interval| interval.contains(1.0)) {
            let times = format!("{speed_up:.2} times as fast");
            return format!("Between {} and {} there is no sure difference: {times}{sure}.", mode.name, first.name);
        }
        // What is shown as 1.00 is no longer.
        match speed_up > 0.995 {
            true => format!("{} was {speed_up:.2} times as fast as {}{sure}.", mode.title(), first.name),
            false => {
                let sure = interval.map_or(sure, |i| within(Interval { low: 1.0 / i.high, high: 1.0 / i.low }));
                format!("{} took {:.2} times as long as {}{sure}.", mode.title(), 1.0 / speed_up, first.name)
            }
        }
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
                "speed_up_interval": self.interval(mode).map(|i| [i.low, i.high]),
                "outliers_ns": mode.outliers(),
                "contention_ratio": mode.contention(),
                "switches": mode.switches(),
                "object_lock_waits": mode.object_waits(),
                "peak_memory_bytes": mode.peak_memory(),
                "different_outcomes": mode.outputs(),
                "times_ns": mode.times(),
                "exit_codes": mode.runs.iter().map(|r| r.exit_code).collect::<Vec<_>>(),
            })
        });
        json!({
            "gilbox": "comparison",
            "figures": "measured",
            "program": self.program,
            "conditions": self.conditions.to_json(),
            "runs": self.runs(),
            "base": self.modes.first().map(|m| m.name.clone()),
            "modes": modes.collect::<Vec<_>>(),
            "program_changed": self.program_changed,
            "changes": self.changes.iter().map(Change::to_json).collect::<Vec<_>>(),
            "findings": self.findings(),
        })
    }
}

fn within(Interval { low, high }: Interval) -> String {
    format!(" (95% interval {low:.2} – {high:.2})")
}

/// A mode then and now.
fn changed(change: &Change) -> String {
    let Change { mode, speed_up, interval, .. } = change;
    let sure = interval.map_or(" (too few runs to tell how sure that is)".to_string(), within);
    match interval {
        Some(i) if i.contains(1.0) => {
            format!("{mode}: no sure difference from what was saved, {speed_up:.2} times as fast{sure}.")
        }
        _ => format!("{mode}: {speed_up:.2} times as fast as what was saved{sure}."),
    }
}

/// That some runs took much longer than the others.
fn disturbed(mode: &ModeRuns) -> Option<String> {
    let outliers = mode.outliers();
    let longest = outliers.iter().max()?;
    let times = *longest as f64 / mode.median_ns().max(1) as f64;
    let runs = mode.runs.len();
    let (of, took) = match outliers.len() {
        1 => (format!("one of {runs} runs"), format!("{times:.1} times as long as the median")),
        n => (format!("{n} of {runs} runs"), format!("up to {times:.1} times as long as the median")),
    };
    Some(format!("{}, {of} took {took}: something else may have kept the machine busy.", mode.with()))
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

    fn compare(modes: Vec<ModeRuns>) -> Comparison {
        let conditions = Conditions::of("p", &[], b"");
        Comparison { program: "p".into(), conditions, modes, changes: Vec::new(), program_changed: false }
    }

    fn failing(mut mode: ModeRuns, which: usize, error: &str) -> ModeRuns {
        mode.runs[which].exit_code = Some(1);
        mode.runs[which].errors = error.as_bytes().to_vec();
        mode
    }

    #[test]
    fn a_lost_update_is_seen() {
        let modes = vec![mode("on", &[200, 200], &["4\n", "4\n"]), mode("off", &[100, 100], &["3\n", "2\n"])];
        let findings = compare(modes).findings();
        assert_eq!(
            findings[0],
            "The lock off was 2.00 times as fast as on (2 runs of each, too few to tell how sure that is)."
        );
        assert_eq!(
            findings[1],
            "With the lock off the output differed from run to run; line 1 came out as \"3\", \"2\"."
        );
    }

    #[test]
    fn alike_runs_are_said_to_be_alike() {
        let modes = vec![mode("on", &[200], &["4\n"]), mode("off", &[400], &["4\n"])];
        assert_eq!(
            compare(modes).findings(),
            [
                "The lock off took 2.00 times as long as on (one run of each, too few to tell how sure that is).",
                "Output and exit code were the same in every run."
            ]
        );
    }

    #[test]
    fn after_three_runs_it_is_said_how_sure_a_ratio_is() {
        let same = ["4\n"; 5];
        let comparison = compare(vec![
            mode("on", &[200, 201, 199, 200, 200], &same),
            mode("off", &[100, 100, 101, 99, 100], &same),
            mode("fair", &[190, 215, 200, 180, 220], &same),
        ]);
        let findings = comparison.findings();
        assert_eq!(findings[0], "The lock off was 2.00 times as fast as on (95% interval 1.98 – 2.02).");
        let unsure = "Between fair and on there is no sure difference: 1.00 times as fast (95% interval 0.91 – 1.11).";
        assert_eq!(findings[1], unsure);
        let json = comparison.to_json();
        assert_eq!(json["modes"][0]["speed_up_interval"], Value::Null);
        assert!(json["modes"][1]["speed_up_interval"][0].as_f64().is_some_and(|low| low > 1.9));
    }

    #[test]
    fn a_disturbed_run_is_told_of() {
        let findings = compare(vec![mode("on", &[100, 101, 99, 100, 180], &["4\n"; 5])]).findings();
        let told = "In mode on, one of 5 runs took 1.8 times as long as the median: something else may have kept the \
                    machine busy.";
        assert_eq!(findings[0], told);
    }

    #[test]
    fn what_a_mode_printed_otherwise_is_quoted() {
        let modes = vec![mode("on", &[200], &["a\n4\n"]), mode("off", &[200], &["a\n3\n"])];
        let told = "The lock off printed something else than on: line 2 was \"3\" and not \"4\".";
        assert!(compare(modes).findings().contains(&told.to_string()));
    }

    #[test]
    fn an_exception_in_one_mode_is_told_with_the_mode() {
        let error = "Traceback\nRuntimeError: changed\n";
        let modes = vec![mode("on", &[200; 2], &["a"; 2]), failing(mode("off", &[200; 2], &["a"; 2]), 1, error)];
        let told = "With the lock off 1 of 2 runs ended with an error: \"RuntimeError: changed\".";
        let findings = compare(modes).findings();
        assert!(findings.contains(&told.to_string()), "{findings:?}");
        assert!(findings[1].contains("the runs did not end alike: 2 different outcomes"), "{findings:?}");
    }

    #[test]
    fn what_was_saved_is_compared_mode_by_mode() {
        let then = compare(vec![mode("on", &[200; 5], &["a"; 5]), mode("off", &[100; 5], &["a"; 5])]);
        let saved = Saved::read(&then.to_json().to_string()).expect("it can be read");
        let mut now = compare(vec![mode("on", &[100; 5], &["a"; 5])]);
        now.changes = saved.changes(&now);
        assert_eq!(now.findings()[0], "on: 2.00 times as fast as what was saved (95% interval 2.00 – 2.00).");
        now.program_changed = true;
        assert_eq!(now.findings()[0], "The program has changed since what was saved was measured.");
    }
}

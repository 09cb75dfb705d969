//! Whether the runs of a comparison came out alike: what they printed, and how they ended.

use std::collections::BTreeMap;

use crate::record::units::count;

use super::{ModeRuns, ProcessRun};

/// No line that is quoted is longer.
const QUOTED: usize = 60;
/// How gilbox begins to tell of a deadlock.
const DEADLOCK: &str = "deadlock: ";
/// Nor are more lines quoted.
const EXAMPLES: usize = 4;

/// What a run came out as: output, errors, exit code.
type Outcome<'a> = (&'a [u8], &'a [u8], Option<i32>);

/// The outcomes of a mode, and how many runs ended so.
pub fn of(mode: &ModeRuns) -> BTreeMap<Outcome<'_>, usize> {
    let mut outcomes = BTreeMap::new();
    for run in &mode.runs {
        *outcomes.entry((run.output.as_slice(), run.errors.as_slice(), run.exit_code)).or_default() += 1;
    }
    outcomes
}

/// Sentences about the outcomes: what differed from run to run, between modes, and what failed.
pub fn sentences(modes: &[ModeRuns]) -> Vec<String> {
    let mut sentences: Vec<String> = modes.iter().filter_map(unstable).collect();
    let stable: Vec<&ModeRuns> = modes.iter().filter(|mode| mode.outputs() == 1).collect();
    if let Some((reference, rest)) = stable.split_first() {
        let differing: Vec<String> = rest.iter().filter_map(|mode| different(reference, mode)).collect();
        if stable.len() == modes.len() && differing.is_empty() {
            sentences.push("Output and exit code were the same in every run.".to_string());
        }
        sentences.extend(differing);
    }
    sentences.extend(failures(modes));
    sentences
}

fn quoted(line: &str) -> String {
    let short: String = line.chars().take(QUOTED).collect();
    if short.len() < line.len() { format!("\"{short}…\"") } else { format!("\"{line}\"") }
}

fn lines(run: &ProcessRun) -> Vec<String> {
    String::from_utf8_lossy(&run.output).lines().map(str::to_string).collect()
}

/// What a mode printed, if that was not always the same: the first line that differed, and what it came out as.
fn unstable(mode: &ModeRuns) -> Option<String> {
    if mode.outputs() < 2 {
        return None;
    }
    let with = mode.with();
    let lines: Vec<Vec<String>> = mode.runs.iter().map(lines).collect();
    let shared = lines.iter().map(Vec::len).min().unwrap_or(0);
    let Some(at) = (0..shared).find(|at| lines.iter().any(|l| l[*at] != lines[0][*at])) else {
        return Some(format!("{with} the runs did not end alike: {} different outcomes.", mode.outputs()));
    };
    let mut seen: Vec<&str> = Vec::new();
    for line in lines.iter().map(|l| l[at].as_str()) {
        if !seen.contains(&line) {
            seen.push(line);
        }
    }
    let more = if seen.len() > EXAMPLES { ", …" } else { "" };
    let examples: Vec<String> = seen.iter().take(EXAMPLES).map(|line| quoted(line)).collect();
    let examples = examples.join(", ");
    Some(format!("{with} the output differed from run to run; line {} came out as {examples}{more}.", at + 1))
}

/// What a mode printed otherwise than the first one, each of them always the same.
fn different(reference: &ModeRuns, mode: &ModeRuns) -> Option<String> {
    let (one, other) = (reference.runs.first()?, mode.runs.first()?);
    if (&one.output, &one.errors, one.exit_code) == (&other.output, &other.errors, other.exit_code) {
        return None;
    }
    let said = format!("{} printed something else than {}", mode.title(), reference.name);
    let (expected, got) = (lines(one), lines(other));
    let nothing = String::new();
    let at = (0..expected.len().max(got.len())).find(|at| expected.get(*at) != got.get(*at));
    Some(match at {
        Some(at) => {
            let line = |lines: &[String]| quoted(lines.get(at).unwrap_or(&nothing));
            format!("{said}: line {} was {} and not {}.", at + 1, line(&got), line(&expected))
        }
        None if one.exit_code != other.exit_code => {
            format!("{} did not end as {}.", mode.title(), reference.name)
        }
        None => format!("{said}, on standard error."),
    })
}

/// How many runs failed, in which modes, and what the first of each had to say.
fn failures(modes: &[ModeRuns]) -> Vec<String> {
    let failed = |mode: &ModeRuns| mode.runs.iter().filter(|run| run.exit_code != Some(0)).count();
    let said = |mode: &ModeRuns| {
        let all = mode.runs.iter().filter(|run| run.exit_code != Some(0)).map(last_words);
        all.fold(Vec::new(), |mut different: Vec<String>, words| {
            if !different.contains(&words) {
                different.push(words);
            }
            different
        })
    };
    let all: usize = modes.iter().map(|mode| mode.runs.len()).sum();
    let each: Vec<Vec<String>> = modes.iter().map(said).collect();
    if let Some([one]) = each.first().map(Vec::as_slice)
        && each.iter().all(|said| said[..] == [one.clone()])
        && modes.iter().map(failed).sum::<usize>() == all
    {
        return vec![format!("All {} runs ended with an error: {one}.", count(all as u64))];
    }
    let sentence = |mode: &ModeRuns| {
        let (failed, all, said) = (count(failed(mode) as u64), count(mode.runs.len() as u64), said(mode));
        let words = match &said[..] {
            [] => return None,
            [one] => format!("an error: {one}"),
            [first, ..] => format!("{} different errors, such as {first}", count(said.len() as u64)),
        };
        Some(format!("{} {failed} of {all} runs ended with {words}.", mode.with()))
    };
    modes.iter().filter_map(sentence).collect()
}

/// The exception that ended a run, or how else it ended.
fn last_words(run: &ProcessRun) -> String {
    let errors = String::from_utf8_lossy(&run.errors);
    // What gilbox says of a deadlock has several lines, of which the first says that it is one.
    let deadlock =
        errors.lines().find_map(|line| line.strip_prefix("gilbox: ").filter(|said| said.starts_with(DEADLOCK)));
    match (deadlock.or(errors.trim_end().lines().last()), run.exit_code) {
        (Some(line), _) => format!("\"{}\"", line.chars().take(2 * QUOTED).collect::<String>()),
        (None, Some(code)) => format!("exit code {code}"),
        (None, None) => "ended by a signal".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(errors: &[&str]) -> Vec<String> {
        let run = |errors: &&str| ProcessRun {
            wall_ns: 1,
            peak_memory_bytes: 1,
            exit_code: Some(1),
            output: Vec::new(),
            errors: errors.as_bytes().to_vec(),
            report: serde_json::Value::Null,
        };
        failures(&[ModeRuns { name: "off".into(), locked: false, runs: errors.iter().map(run).collect() }])
    }

    #[test]
    fn a_deadlock_is_called_one() {
        let said =
            "gilbox: deadlock: all threads wait\n  a waits\nThe program was ended; --on-deadlock=wait would let it.\n";
        assert_eq!(failed(&[said, said]), ["All 2 runs ended with an error: \"deadlock: all threads wait\"."]);
    }

    #[test]
    fn errors_that_differ_are_counted() {
        let told = "With the lock off 3 of 3 runs ended with 2 different errors, such as \"lost 1\".";
        assert_eq!(failed(&["lost 1", "lost 2", "lost 1"]), [told]);
    }
}

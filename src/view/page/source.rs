//! The source of a recording with what each line cost: as the recording has it, which took it down while the program ran.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::analysis::Analysis;

use super::figures::{Figures, Unit};
use super::markup::Markup;
use super::tables::level;

/// The figures of a line, in columns: what the column is called, and its name in the JSON.
const COSTS: [(&str, &str, &str); 3] = [
    ("others waited", "others_waited_ns", "Others waited for the lock that a thread had when it was here"),
    ("own locks", "own_wait_ns", "Threads waited here for locks of the program's own, and for ends of threads"),
    ("objects", "object_wait_ns", "Threads waited here for the locks of single objects"),
];

/// The files in which something was waited for, those that cost most first.
pub fn files(out: &mut Markup, analysis: &Analysis, figures: &Figures, recording: usize) {
    let mut costs: BTreeMap<&str, u64> = BTreeMap::new();
    for ((file, _), cost) in &analysis.lines {
        *costs.entry(file).or_default() += cost.others_ns + cost.own_ns + cost.object_ns;
    }
    let mut files: Vec<(&str, u64)> = costs.into_iter().collect();
    files.sort_by_key(|(file, cost)| (std::cmp::Reverse(*cost), *file));
    out.raw("<section class=\"source\"><h3>the source, with waiting per line</h3>");
    if files.is_empty() {
        out.raw("<p class=\"note\">No line made anybody wait.</p>");
    }
    for (at, (file, _)) in files.iter().enumerate() {
        out.raw(&format!("<details class=\"file\" data-recording=\"{recording}\" data-file=\"")).text(file).raw("\"");
        out.raw(if at == 0 { " open>" } else { ">" }).raw("<summary>").text(file).raw("</summary>");
        lines(out, analysis, figures, file);
        out.raw("</details>");
    }
    out.raw("</section>");
}

/// The lines of a file; only those with costs where the recording does not have its text.
fn lines(out: &mut Markup, analysis: &Analysis, figures: &Figures, file: &str) {
    let figured: BTreeMap<u32, usize> = analysis
        .lines
        .keys()
        .enumerate()
        .filter(|(_, (of, _))| *of == file)
        .map(|(at, (_, line))| (*line, at))
        .collect();
    let text = analysis.recording.sources.get(file);
    if text.is_none() {
        out.raw("<p class=\"note\">The recording does not have the text of this file.</p>");
    }
    let text: Vec<&str> = text.map(|text| text.lines().collect()).unwrap_or_default();
    let columns = columns(analysis, file);
    out.raw("<div class=\"scroll code\"><table><thead><tr><th scope=\"col\" class=\"n\">line</th>");
    for (name, _, meaning) in columns.iter().map(|at| COSTS[*at]) {
        out.raw("<th scope=\"col\" class=\"n\" title=\"").text(meaning).raw("\">").text(name).raw("</th>");
    }
    out.raw("<th></th></tr></thead><tbody>");
    let numbers: BTreeSet<u32> = (1..=text.len() as u32).chain(figured.keys().copied()).collect();
    let cost = |at: usize, column: usize| figures.number(&format!("/lines/{at}/{}", COSTS[column].1));
    let most = |column: usize| figured.values().map(|at| cost(*at, column)).max().unwrap_or(0);
    for number in numbers {
        let at = figured.get(&number).copied();
        out.raw(&format!("<tr data-line=\"{number}\"><td class=\"n no\">{number}</td>"));
        for column in &columns {
            let ns = at.map_or(0, |at| cost(at, *column));
            out.raw(&format!("<td class=\"n h{}\">", level(ns, most(*column))));
            if let Some(at) = at.filter(|_| ns > 0) {
                figures.put(out, &format!("/lines/{at}/{}", COSTS[*column].1), Unit::Ns);
            }
            out.raw("</td>");
        }
        let line = (number as usize).checked_sub(1).and_then(|at| text.get(at)).copied().unwrap_or("");
        out.raw("<td class=\"line\">").text(line).raw("</td></tr>");
    }
    out.raw("</tbody></table></div>");
}

/// The columns in which something stands.
fn columns(analysis: &Analysis, file: &str) -> Vec<usize> {
    let costs = || analysis.lines.iter().filter(|((of, _), _)| *of == file).map(|(_, cost)| cost);
    let there = [
        costs().any(|cost| cost.others_ns > 0),
        costs().any(|cost| cost.own_ns > 0),
        costs().any(|cost| cost.object_ns > 0),
    ];
    (0..COSTS.len()).filter(|at| there[*at]).collect()
}

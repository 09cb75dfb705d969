//! The recordings' figures as HTML.

use crate::record::analysis::Analysis;
use crate::record::units::duration;

use super::figures::{Figures, Unit};
use super::markup::Markup;
use super::{Shown, source};

/// More rows of one table are not shown, but counted.
const ROWS: usize = 30;
const THREADS: usize = 200;
/// Nor more threads in the matrix.
const MATRIX: usize = 16;

/// The heading of a recording, its figures in short, and the place for its lanes.
pub fn lanes(out: &mut Markup, shown: &Shown, figures: &Figures, at: usize) {
    let analysis = shown.analysis;
    out.raw(&format!("<section class=\"recording\" data-recording=\"{at}\"><div class=\"head\"><h2>"));
    out.text(&shown.title).raw(" <small>lock ").text(figures.string("/mode")).raw("</small></h2>");
    facts(out, analysis, figures);
    out.raw("</div>");
    notes(out, analysis);
    out.raw("<div class=\"stage\"><canvas tabindex=\"0\" role=\"application\" aria-roledescription=\"timeline\" ");
    out.raw("aria-describedby=\"keys\" aria-label=\"").text(&summary(analysis)).raw("\"></canvas></div></section>");
}

/// The figures in short: what they are called, which they are.
fn facts(out: &mut Markup, analysis: &Analysis, figures: &Figures) {
    let mut facts = vec![("recorded", "/recorded_ns", Unit::Ns)];
    if analysis.had_lock() {
        facts.extend([
            ("lock busy", "/busy_ratio", Unit::Share),
            ("contention", "/contention_ratio", Unit::Share),
            ("waited in all", "/wait_ns", Unit::Ns),
            ("switches", "/switches", Unit::Count),
            ("of them forced", "/forced_switches", Unit::Count),
            ("median hand-over", "/handoffs/p50_ns", Unit::Ns),
        ]);
    }
    if analysis.totals.run_ns > 0 {
        facts.push(("ran without a lock", "/run_ns", Unit::Ns));
    }
    if analysis.totals.parallel_ns > 0 {
        facts.push(("parallel at best", "/parallel_at_best_ns", Unit::Ns));
    }
    out.raw("<dl class=\"facts\">");
    for (name, pointer, unit) in facts {
        out.raw("<div><dt>").text(name).raw("</dt><dd>");
        figures.put(out, pointer, unit);
        out.raw("</dd></div>");
    }
    out.raw("</dl>");
}

fn notes(out: &mut Markup, analysis: &Analysis) {
    if analysis.recording.is_cut {
        out.raw("<p class=\"note\">The recording was cut off: its end is missing.</p>");
    }
    if analysis.recording.lost > 0 {
        out.raw("<p class=\"note\">").text(&analysis.recording.lost.to_string());
        out.raw(" events came too fast to be kept.</p>");
    }
}

/// The lanes for those who do not see them.
fn summary(analysis: &Analysis) -> String {
    let recorded = duration(analysis.totals.recorded_ns);
    let threads =
        analysis.threads.iter().take(THREADS / 10).map(|t| {
            format!("{} ran for {} and waited for {}", t.name, duration(t.computed_ns()), duration(t.wait_ns()))
        });
    let threads: Vec<String> = threads.collect();
    format!("Lanes of {} threads over {recorded}: {}.", analysis.threads.len(), threads.join("; "))
}

/// A tab for each recording.
pub fn tabs(out: &mut Markup, recordings: &[Shown]) {
    out.raw("<div class=\"tabs\" role=\"tablist\" aria-label=\"Figures of\">");
    for (at, shown) in recordings.iter().enumerate() {
        out.raw(&format!("<button role=\"tab\" data-tab=\"{at}\" aria-controls=\"details{at}\" "));
        out.raw(&format!("aria-selected=\"{}\">", at == 0)).text(&shown.title).raw("</button>");
    }
    out.raw("</div>");
}

/// What follows from a recording, who waited for whom, the source, and the other tables.
pub fn details(out: &mut Markup, shown: &Shown, figures: &Figures, at: usize) {
    let analysis = shown.analysis;
    out.raw(&format!("<div class=\"details\" id=\"details{at}\" data-recording=\"{at}\">"));
    out.raw("<ul class=\"findings\">");
    for sentence in analysis.findings() {
        out.raw("<li>").text(&sentence).raw("</li>");
    }
    out.raw("</ul><div class=\"columns\"><div class=\"left\">");
    matrix(out, analysis, figures);
    if analysis.locks.len() > 1 {
        interpreters(out, figures);
    }
    threads(out, analysis, figures);
    tasks(out, figures);
    out.raw("</div>");
    source::files(out, analysis, figures, at);
    out.raw("</div>");
    relations(out, figures);
    out.raw("</div>");
}

/// Who waited for whom: a row for each who waited, a column for each who had the lock.
fn matrix(out: &mut Markup, analysis: &Analysis, figures: &Figures) {
    let pairs = &analysis.pairs;
    if pairs.is_empty() {
        return;
    }
    let mut threads: Vec<u32> = Vec::new();
    for thread in pairs.iter().flat_map(|pair| [pair.waiter, pair.holder]) {
        if !threads.contains(&thread) && threads.len() < MATRIX {
            threads.push(thread);
        }
    }
    threads.sort_unstable();
    let most = pairs.iter().map(|pair| pair.ns).max().unwrap_or(0);
    let name = |thread: &u32| analysis.recording.thread_name(*thread);
    out.raw("<section><h3>who waited for whom</h3><div class=\"scroll\"><table class=\"matrix\"><thead><tr><th>");
    out.raw("waited ↓ <span class=\"for\">for →</span></th>");
    for thread in &threads {
        out.raw("<th scope=\"col\"><span>").text(name(thread)).raw("</span></th>");
    }
    out.raw("</tr></thead><tbody>");
    for waiter in &threads {
        out.raw("<tr><th scope=\"row\">").text(name(waiter)).raw("</th>");
        for holder in &threads {
            match pairs.iter().position(|pair| (pair.waiter, pair.holder) == (*waiter, *holder)) {
                Some(at) => {
                    out.raw(&format!("<td class=\"h{}\">", level(pairs[at].ns, most)));
                    figures.put(out, &format!("/pairs/{at}/wait_ns"), Unit::Ns);
                    out.raw("<small>");
                    figures.put(out, &format!("/pairs/{at}/holds"), Unit::Count);
                    out.raw("×</small></td>");
                }
                None => {
                    out.raw(if waiter == holder { "<td class=\"self\"></td>" } else { "<td class=\"none\">–</td>" });
                }
            }
        }
        out.raw("</tr>");
    }
    out.raw("</tbody></table></div></section>");
}

/// Ten levels of heat; 0 for none.
pub fn level(part: u64, most: u64) -> u64 {
    if most == 0 { 0 } else { (u128::from(part) * 10).div_ceil(u128::from(most)) as u64 }
}

/// What stands in a column: a figure of the row, a text, or a place in the code.
enum Cell {
    Figure(&'static str, Unit),
    Text(&'static str),
    Place(&'static str),
}

/// A table of a list of the figures, if that has rows.
fn list(out: &mut Markup, figures: &Figures, title: &str, pointer: &str, most: usize, columns: &[(&str, Cell)]) {
    let (rows, left_out) = figures.list(pointer, most);
    if rows.is_empty() {
        return;
    }
    out.raw("<section><h3>").text(title).raw("</h3><div class=\"scroll\"><table class=\"list\"><thead><tr>");
    for (name, cell) in columns {
        let class = if matches!(cell, Cell::Figure(..)) { "n" } else { "t" };
        out.raw(&format!("<th scope=\"col\" class=\"{class}\">")).text(name).raw("</th>");
    }
    out.raw("</tr></thead><tbody>");
    for row in rows {
        out.raw("<tr>");
        for (_, cell) in columns {
            match cell {
                Cell::Figure(name, unit) => {
                    out.raw("<td class=\"n\">");
                    figures.put(out, &format!("{row}/{name}"), *unit);
                }
                Cell::Text(name) => {
                    out.raw("<td class=\"t\">").text(figures.string(&format!("{row}/{name}")));
                }
                Cell::Place(name) => place(out.raw("<td class=\"t\">"), figures, &format!("{row}/{name}")),
            }
            out.raw("</td>");
        }
        out.raw("</tr>");
    }
    out.raw("</tbody></table></div>");
    if left_out > 0 {
        out.raw(&format!("<p class=\"note\">and {left_out} more; gilbox report --json has them all</p>"));
    }
    out.raw("</section>");
}

/// A place in the code, to be jumped to.
fn place(out: &mut Markup, figures: &Figures, pointer: &str) {
    let part = |name: &str| figures.get(&format!("{pointer}/{name}"));
    let (Some(file), Some(line)) = (part("file").as_str(), part("line").as_u64()) else {
        out.text("the end of the thread");
        return;
    };
    let short = file.rsplit('/').next().unwrap_or(file);
    out.raw("<a href=\"#\" class=\"place\" data-file=\"").text(file).raw(&format!("\" data-line=\"{line}\">"));
    out.text(short).raw(&format!(":{line}</a> <span class=\"in\">in "));
    out.text(part("function").as_str().unwrap_or("")).raw("</span>");
}

fn threads(out: &mut Markup, analysis: &Analysis, figures: &Figures) {
    use Cell::{Figure, Text};
    let ns = |name| Figure(name, Unit::Ns);
    let mut columns = vec![("thread", Text("name"))];
    match analysis.had_lock() {
        true => columns.extend([
            ("held", ns("hold_ns")),
            ("waited", ns("wait_ns")),
            ("waits", Figure("waits", Unit::Count)),
            ("median", ns("waits_by_length/p50_ns")),
            ("99%", ns("waits_by_length/p99_ns")),
            ("longest", ns("waits_by_length/longest_ns")),
            ("forced", Figure("forced_switches", Unit::Count)),
            ("vol.", Figure("voluntary_switches", Unit::Count)),
        ]),
        false => columns.extend([("life", ns("life_ns")), ("running", ns("run_ns")), ("stopped", ns("stopped_ns"))]),
    }
    list(out, figures, "threads", "/threads", THREADS, &columns);
}

fn interpreters(out: &mut Markup, figures: &Figures) {
    use Cell::{Figure, Text};
    let columns = [
        ("of", Text("title")),
        ("recorded", Figure("recorded_ns", Unit::Ns)),
        ("threads", Figure("threads", Unit::Count)),
        ("held", Figure("hold_ns", Unit::Ns)),
        ("waited", Figure("wait_ns", Unit::Ns)),
        ("busy", Figure("busy_ratio", Unit::Share)),
        ("switches", Figure("switches", Unit::Count)),
        ("forced", Figure("forced_switches", Unit::Count)),
    ];
    list(out, figures, "processes and interpreters", "/interpreters", THREADS, &columns);
}

fn tasks(out: &mut Markup, figures: &Figures) {
    use Cell::{Figure, Place, Text};
    let ns = |name| Figure(name, Unit::Ns);
    let columns = [
        ("task", Text("name")),
        ("life", ns("life_ns")),
        ("steps", Figure("steps/count", Unit::Count)),
        ("ran", ns("ran_ns")),
        ("blocked", ns("blocked_ns")),
        ("ready", ns("ready/total_ns")),
        ("longest", ns("ready/longest_ns")),
        ("awaited", ns("awaited_ns")),
        ("end", Text("outcome")),
    ];
    list(out, figures, "tasks", "/tasks", THREADS, &columns);
    let columns = [
        ("line", Place("at")),
        ("steps", Figure("steps", Unit::Count)),
        ("longest", ns("longest_ns")),
        ("other tasks", Figure("other_tasks", Unit::Count)),
        ("that were ready", ns("others_waited_ns")),
        ("blocked", ns("blocked_ns")),
    ];
    list(out, figures, "the longest steps of tasks: where they begin, or block", "/loop_costs", ROWS, &columns);
}

fn relations(out: &mut Markup, figures: &Figures) {
    use Cell::{Figure, Place, Text};
    let ns = |name| Figure(name, Unit::Ns);
    let times = |name| Figure(name, Unit::Count);
    out.raw("<div class=\"tables\">");
    let title = "where they let go whom others waited for";
    let columns = [
        ("waited", Text("waiter")),
        ("for", Text("holder")),
        ("waited", ns("wait_ns")),
        ("holds", times("holds")),
        ("at", Place("at")),
    ];
    list(out, figures, title, "/blockings", ROWS, &columns);
    let columns = [
        ("line", Place("at")),
        ("others waited", ns("others_waited_ns")),
        ("holds", times("holds")),
        ("forced", times("forced")),
        ("longest hold", ns("longest_hold_ns")),
    ];
    list(out, figures, "lines that cost others most waiting", "/costly_lines", ROWS, &columns);
    let columns = [
        ("line", Place("at")),
        ("for a", Text("for")),
        ("of", Text("of")),
        ("waited", ns("wait_ns")),
        ("times", times("waits")),
        ("longest", ns("longest_ns")),
    ];
    list(out, figures, "waits for the program's own locks, and joins", "/own_waits", ROWS, &columns);
    let columns = [
        ("line", Place("at")),
        ("type", Text("kind")),
        ("objects", times("objects")),
        ("waited", ns("wait_ns")),
        ("times", times("waits")),
    ];
    list(out, figures, "waits for the locks of objects", "/object_waits", ROWS, &columns);
    out.raw("</div>");
}

//! A recording on one screen: lanes over time, tables, and what follows from them.

use crate::gil::Reason;
use crate::record::analysis::Analysis;
use crate::record::figures::ThreadFigures;
use crate::record::relations;
use crate::record::units::{count, duration, percent};

use super::{STRONG, lanes, sentences, table};

/// More rows of one table are not shown; JSON has them all.
const THREADS: usize = 16;
const INTERPRETERS: usize = 12;
const TASKS: usize = 12;
const ROWS: usize = 6;
/// No line of source is shown longer.
const SOURCE: usize = 20;
/// Nor the name of a place, or of a thread where there are two in a row.
const PLACE: usize = 25;
const NAME: usize = 17;

/// The report on the recording in that file, if it has a name, as text of that many columns, with styles that `anstream` takes out where they do not belong.
pub fn text(analysis: &Analysis, file: Option<&str>, width: usize) -> String {
    let file = file.map_or(String::new(), |file| format!("  {file}"));
    let mut out = format!("\n{STRONG}gilbox report{STRONG:#}{file}  {}\n", analysis.recording.program());
    out.push_str(&head(analysis));
    out.push('\n');
    out.push_str(&lanes::draw(analysis, width));
    for Table { title, left, rows } in tables(analysis) {
        out.push_str(&format!("\n{STRONG}{title}{STRONG:#}\n"));
        out.push_str(&table::lay_out_with(&rows, left));
    }
    out.push('\n');
    for sentence in analysis.findings() {
        out.push_str(&sentences::arrow(&sentence));
    }
    out
}

/// What the recording is of, and its figures in short.
pub fn head(analysis: &Analysis) -> String {
    let (totals, header) = (&analysis.totals, &analysis.recording.header);
    let pace = match header.check_interval {
        Some(ticks) => format!("every {} ticks", count(ticks.into())),
        None => format!("interval {}", duration(header.interval_ns)),
    };
    let processors = header.processors;
    let plural = if processors == 1 { "" } else { "s" };
    let recorded = duration(totals.recorded_ns);
    let mut out =
        format!("lock {} ({pace}), recorded {recorded} on {processors} processor{plural}, measured\n", header.mode);
    if analysis.had_lock() {
        let locks = match analysis.locks.len() {
            1 => "lock busy".to_string(),
            many => format!("{many} locks, of as many interpreters: busy"),
        };
        out.push_str(&format!(
            "{locks} {} of the time, contention {} of runnable time\n{} switches: {} forced, {} voluntary",
            percent(totals.busy_ratio()),
            percent(totals.contention_ratio()),
            count(totals.switches),
            count(totals.forced_switches),
            count(totals.voluntary()),
        ));
        let reasons = reasons(&totals.voluntary_switches);
        if !reasons.is_empty() {
            out.push_str(&format!(" ({reasons})"));
        }
        out.push('\n');
        if totals.handoffs.count() > 0 {
            let handoffs = &totals.handoffs;
            out.push_str(&format!(
                "handed over in {} (median), {} (99%), {} (longest)\n",
                duration(handoffs.percentile(50)),
                duration(handoffs.percentile(99)),
                duration(handoffs.longest()),
            ));
        }
    }
    if totals.run_ns > 0 {
        out.push_str(&format!("running without a lock: {} in all threads together\n", duration(totals.run_ns)));
    }
    if analysis.recording.is_cut {
        out.push_str("The recording was cut off: its end is missing.\n");
    }
    if analysis.recording.lost > 0 {
        out.push_str(&format!("{} events came too fast to be kept.\n", count(analysis.recording.lost)));
    }
    out
}

/// "3 lock, 2 sleep".
fn reasons(counts: &[u64; Reason::COUNT]) -> String {
    let mut named: Vec<_> = Reason::ALL.iter().zip(counts).filter(|(_, count)| **count > 0).collect();
    named.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    named.iter().map(|(reason, n)| format!("{} {}", count(**n), reason.name())).collect::<Vec<_>>().join(", ")
}

/// A table of the report.
struct Table {
    title: &'static str,
    /// The columns with text, beside the first.
    left: &'static [usize],
    /// The heading first.
    rows: Vec<Vec<String>>,
}

/// The tables that have rows.
fn tables(analysis: &Analysis) -> Vec<Table> {
    let all = [
        Table { title: "processes and interpreters", left: &[], rows: interpreters(analysis) },
        Table { title: "threads", left: &[], rows: threads(analysis) },
        Table { title: "tasks", left: &[8], rows: tasks(analysis) },
        Table {
            title: "the longest steps of tasks: where they begin, or block",
            left: &[],
            rows: loop_costs(analysis),
        },
        Table { title: "who waited for whom, and where that one let go", left: &[1, 4], rows: blockings(analysis) },
        Table { title: "lines that cost others most waiting", left: &[4], rows: lines(analysis) },
        Table { title: "waits for the program's own locks, and joins", left: &[1, 2], rows: own_waits(analysis) },
        Table { title: "waits for the locks of objects", left: &[1], rows: object_waits(analysis) },
    ];
    all.into_iter().filter(|table| table.rows.len() > 1).collect()
}

fn row<const N: usize>(cells: [String; N]) -> Vec<String> {
    cells.to_vec()
}

fn heading<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.iter().map(|cell| cell.to_string()).collect()
}

/// The threads that could have run for longest, in their order.
fn busiest<'a>(analysis: &'a Analysis) -> Vec<&'a ThreadFigures> {
    let mut threads: Vec<&ThreadFigures> = analysis.threads.iter().collect();
    threads.sort_by_key(|t| (std::cmp::Reverse(t.runnable_ns()), t.thread));
    threads.truncate(THREADS);
    threads.sort_by_key(|t| t.thread);
    threads
}

/// What each lock did, where there are several.
fn interpreters(analysis: &Analysis) -> Vec<Vec<String>> {
    let mut rows = vec![heading(["of", "recorded", "threads", "held", "waited", "busy", "switches", "forced"])];
    if analysis.locks.len() < 2 {
        return rows;
    }
    let recording = analysis.recording;
    let all = recording.interpreters.iter().zip(&analysis.locks).enumerate();
    rows.extend(all.take(INTERPRETERS).map(|(at, (interpreter, lock))| {
        let name = if at == 0 { "the program".to_string() } else { interpreter.title() };
        row([
            table::name(&if interpreter.is_cut { format!("{name} (killed)") } else { name }),
            duration(lock.life_ns),
            count(lock.threads as u64),
            duration(lock.hold_ns + lock.run_ns),
            duration(lock.wait_ns),
            percent(lock.busy_ratio()),
            count(lock.switches),
            count(lock.forced_switches),
        ])
    }));
    let left_out = analysis.locks.len().saturating_sub(INTERPRETERS);
    if left_out > 0 {
        rows.push(vec![format!("{left_out} more")]);
    }
    rows
}

fn threads(analysis: &Analysis) -> Vec<Vec<String>> {
    let locked = analysis.had_lock();
    let mut rows = vec![match locked {
        true => heading(["thread", "held", "waited", "waits", "median", "99%", "longest", "forced", "vol."]),
        false => heading(["thread", "life", "running", "stopped", "detached"]),
    }];
    for t in busiest(analysis) {
        let waits = &t.waits;
        rows.push(match locked {
            true => row([
                table::name(&t.name),
                duration(t.computed_ns()),
                duration(t.wait_ns()),
                count(t.times_waited),
                duration(waits.percentile(50)),
                duration(waits.percentile(99)),
                duration(waits.longest()),
                count(t.forced_switches),
                count(t.voluntary()),
            ]),
            false => row([
                table::name(&t.name),
                duration(t.life_ns),
                duration(t.run_ns),
                duration(t.stopped_ns),
                duration(t.away_ns.iter().sum()),
            ]),
        });
    }
    let left_out = analysis.threads.len().saturating_sub(THREADS);
    if left_out > 0 {
        rows.push(vec![format!("{left_out} more")]);
    }
    rows
}

/// The tasks that were active longest.
fn tasks(analysis: &Analysis) -> Vec<Vec<String>> {
    let mut rows = vec![heading(["task", "life", "steps", "ran", "blocked", "ready", "longest", "awaited", "end"])];
    rows.extend(lanes::busiest_tasks(analysis, TASKS).into_iter().map(|at| {
        let task = &analysis.tasks[at];
        row([
            table::name(&task.name),
            duration(task.life_ns),
            count(task.steps.count() as u64),
            duration(task.ran_ns),
            duration(task.blocked_ns + task.lock_wait_ns),
            duration(task.ready.total_ns),
            duration(task.ready.longest()),
            duration(task.awaited_ns),
            task.outcome.map_or("", |outcome| outcome.name()).to_string(),
        ])
    }));
    let left_out = analysis.tasks.len().saturating_sub(TASKS);
    if left_out > 0 {
        rows.push(vec![format!("{} more", count(left_out as u64))]);
    }
    rows
}

fn loop_costs(analysis: &Analysis) -> Vec<Vec<String>> {
    let mut rows = vec![heading(["line", "steps", "longest", "other tasks", "that were ready", "blocked"])];
    rows.extend(analysis.loop_costs.iter().filter(|cost| cost.place.is_known()).take(ROWS).map(|cost| {
        row([
            table::tail(&analysis.recording.place_name(cost.place), PLACE),
            count(cost.steps),
            duration(cost.longest_ns),
            count(cost.others),
            duration(cost.ns),
            duration(cost.blocked_ns),
        ])
    }));
    rows
}

fn blockings(analysis: &Analysis) -> Vec<Vec<String>> {
    let recording = analysis.recording;
    let mut rows = vec![heading(["waited", "for", "waited", "holds", "at"])];
    rows.extend(analysis.blockings.iter().take(ROWS).map(|b| {
        row([
            table::fit(recording.thread_name(b.waiter), NAME),
            table::fit(recording.thread_name(b.holder), NAME),
            duration(b.ns),
            count(b.times),
            table::tail(&recording.place_name(b.place), PLACE),
        ])
    }));
    rows
}

fn lines(analysis: &Analysis) -> Vec<Vec<String>> {
    let recording = analysis.recording;
    let mut rows = vec![heading(["line", "others waited", "holds", "forced", "source"])];
    rows.extend(analysis.costly_lines.iter().filter(|l| l.place.is_known()).take(ROWS).map(|line| {
        let source = recording.source_line(line.place).unwrap_or("");
        let short: String = source.chars().take(SOURCE).collect();
        row([
            table::tail(&recording.place_name(line.place), PLACE),
            duration(line.ns),
            count(line.holds),
            count(line.forced),
            if short.len() < source.len() { format!("{short}…") } else { short },
        ])
    }));
    rows
}

fn own_waits(analysis: &Analysis) -> Vec<Vec<String>> {
    let recording = analysis.recording;
    let mut rows = vec![heading(["line", "for a", "of", "waited", "times", "longest"])];
    rows.extend(analysis.own_waits.iter().take(ROWS).map(|wait| {
        row([
            table::tail(&recording.place_name(wait.place), PLACE),
            relations::awaited(wait.on, wait.objects),
            table::fit(&wait.of(recording), NAME),
            duration(wait.ns),
            count(wait.times),
            duration(wait.longest_ns),
        ])
    }));
    rows
}

fn object_waits(analysis: &Analysis) -> Vec<Vec<String>> {
    let mut rows = vec![heading(["line", "type", "objects", "waited", "times"])];
    rows.extend(analysis.object_waits.iter().take(ROWS).map(|wait| {
        row([
            table::tail(&analysis.recording.place_name(wait.place), PLACE),
            wait.kind.to_string(),
            count(wait.objects),
            duration(wait.ns),
            count(wait.times),
        ])
    }));
    rows
}

/// The same for a page of text that knows Markdown.
pub fn markdown(analysis: &Analysis, file: &str) -> String {
    let mut out = format!("# gilbox report: {file}\n\n`{}`\n\n", analysis.recording.program());
    out.push_str(&head(analysis).lines().map(|line| format!("{line}  \n")).collect::<String>());
    let drawn = anstream::adapter::strip_str(&lanes::draw(analysis, 80)).to_string();
    out.push_str(&format!("\n```text\n{drawn}```\n"));
    for Table { title, rows, .. } in tables(analysis) {
        out.push_str(&format!("\n## {title}\n\n"));
        out.push_str(&table::markdown(&rows));
    }
    out.push_str("\n## what follows\n\n");
    out.extend(analysis.findings().iter().map(|sentence| format!("- {sentence}\n")));
    out
}

/// A row for each thread, in nanoseconds.
pub fn csv(analysis: &Analysis) -> String {
    let mut out = String::from(
        "thread,life_ns,hold_ns,run_ns,wait_ns,stopped_ns,away_ns,unknown_ns,waits,wait_p50_ns,wait_p90_ns,wait_p99_ns,\
         longest_wait_ns,hold_p50_ns,hold_p99_ns,longest_hold_ns,forced_switches,voluntary_switches\n",
    );
    for t in &analysis.threads {
        let figures = [
            t.life_ns,
            t.hold_ns(),
            t.run_ns,
            t.wait_ns(),
            t.stopped_ns,
            t.away_ns.iter().sum(),
            t.unknown_ns,
            t.times_waited,
            t.waits.percentile(50),
            t.waits.percentile(90),
            t.waits.percentile(99),
            t.waits.longest(),
            t.holds.percentile(50),
            t.holds.percentile(99),
            t.holds.longest(),
            t.forced_switches,
            t.voluntary(),
        ];
        out.push_str(&format!("\"{}\"", t.name.replace('"', "\"\"")));
        out.extend(figures.iter().map(|figure| format!(",{figure}")));
        out.push('\n');
    }
    out
}

//! The report of a run: who held the lock and who waited.

use crate::record::units::{count, duration, percent};
use crate::record::{Run, ThreadRun, findings};

use super::{STRONG, sentences, table};

/// More threads are not listed one by one; JSON has them all.
const ROWS: usize = 24;

/// The report as text, with styles that `anstream` takes out where they do not belong.
pub fn text(run: &Run, program: &str) -> String {
    let mut out = format!("\n{STRONG}gilbox report{STRONG:#}  {program}\n");
    if run.locked {
        out.push_str(&format!(
            "lock {} ({}), wall time {}, lock busy {} of it\n\
             contention {} of runnable time, {} switches: {} forced, {} voluntary\n\n",
            run.policy,
            pace(run),
            duration(run.wall_ns),
            percent(run.busy_ratio),
            percent(run.contention_ratio),
            count(run.switches),
            count(run.forced_switches),
            count(run.voluntary_switches),
        ));
        out.push_str(&lock_table(run));
    } else {
        out.push_str(&format!(
            "lock off, wall time {}, running time {} in all threads together\n\
             {} waits for locks of single objects, {} in all\n\n",
            duration(run.wall_ns),
            duration(run.run_ns()),
            count(run.object_waits()),
            duration(run.object_wait_ns()),
        ));
        out.push_str(&running_table(run));
    }
    out.push_str(&children_table(run));
    out.push('\n');
    for sentence in findings::of(run) {
        out.push_str(&sentences::arrow(&sentence));
    }
    out
}

/// What makes a thread let go of the lock: time, or ticks.
fn pace(run: &Run) -> String {
    match run.check_interval {
        Some(ticks) => format!("every {} ticks", count(ticks.into())),
        None => format!("interval {}", duration(run.interval_ns)),
    }
}

fn heading(columns: &[&str]) -> Vec<String> {
    columns.iter().map(|c| c.to_string()).collect()
}

fn lock_table(run: &Run) -> String {
    let mut rows = vec![heading(&["thread", "held", "waited", "waits", "longest wait", "forced", "voluntary"])];
    rows.extend(run.busiest(ROWS).iter().map(|t: &ThreadRun| {
        vec![
            table::name(&t.name),
            duration(t.hold_ns),
            duration(t.wait_ns),
            count(t.waits),
            duration(t.longest_wait_ns),
            count(t.forced_switches),
            count(t.voluntary_switches),
        ]
    }));
    table::lay_out(&rows)
}

fn running_table(run: &Run) -> String {
    let mut rows = vec![heading(&["thread", "running", "object-lock waits", "waited for objects"])];
    rows.extend(run.busiest(ROWS).iter().map(|t: &ThreadRun| {
        vec![table::name(&t.name), duration(t.run_ns + t.hold_ns), count(t.object_waits), duration(t.object_wait_ns)]
    }));
    table::lay_out(&rows)
}

/// Child processes, each with its own lock; nothing if there were none.
fn children_table(run: &Run) -> String {
    if run.children.is_empty() {
        return String::new();
    }
    let mut rows = vec![heading(&["process", "pid", "wall time", "threads", "held", "waited", "switches", "forced"])];
    rows.extend(run.children.iter().take(ROWS).map(|child| {
        vec![
            table::name(&child.name),
            child.pid.to_string(),
            duration(child.wall_ns),
            count(child.threads),
            duration(child.hold_ns + child.run_ns),
            duration(child.wait_ns),
            count(child.switches),
            count(child.forced_switches),
        ]
    }));
    let mut out = format!("\n{}", table::lay_out(&rows));
    if run.children.len() > ROWS {
        out.push_str(&format!("and {} more processes\n", count((run.children.len() - ROWS) as u64)));
    }
    out
}

/// The same for machines: one JSON object on one line.
pub fn json(run: &Run, program: &str) -> String {
    let mut object = run.to_json();
    object["program"] = program.into();
    format!("{object}\n")
}

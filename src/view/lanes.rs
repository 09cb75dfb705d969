//! Threads drawn as lanes over time: a column is a slice of the recording, and its block as high as the share of it in
//! which the thread ran.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use crate::gil::events::Event;
use crate::record::analysis::Analysis;
use crate::record::timeline::{Doing, Lane};
use crate::world::Ns;

use super::table;
use crate::record::units::duration;

/// More lanes are not drawn.
const LANES: usize = 16;
const TASKS: usize = 10;
/// The narrowest drawing that says anything.
const NARROWEST: usize = 20;
/// A slice by the share of it in which the thread ran.
pub const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

const RUNS: Style = AnsiColor::Green.on_default();
const WAITS: Style = AnsiColor::Red.on_default();
const AWAY: Style = Style::new().dimmed();
const STOPPED: Style = AnsiColor::Yellow.on_default();
const READY: Style = AnsiColor::Magenta.on_default();
const READY_MARK: char = '╎';
const BLOCKS_MARK: char = '▓';
const MARK: Style = AnsiColor::Cyan.on_default().bold();

/// What a thread did in one slice of time: nanoseconds of each.
#[derive(Clone, Copy, Default)]
struct Slice {
    runs: Ns,
    waits: Ns,
    away: Ns,
    stopped: Ns,
    unknown: Ns,
    ready: Ns,
    blocks: Ns,
}

/// The lanes of the busiest threads and tasks, below each other, `width` columns wide with their names.
pub fn draw(analysis: &Analysis, width: usize) -> String {
    let mut threads: Vec<&crate::record::figures::ThreadFigures> = analysis.threads.iter().collect();
    threads.sort_by_key(|t| (std::cmp::Reverse(t.runnable_ns()), t.thread));
    threads.truncate(LANES);
    threads.sort_by_key(|t| (t.interpreter, t.thread));
    let mut shown: Vec<&Lane> = threads.iter().filter_map(|t| analysis.timeline.lane(t.thread)).collect();
    let tasks = busiest_tasks(analysis, TASKS);
    shown.extend(tasks.iter().map(|at| &analysis.timeline.tasks[*at].lane));
    let names: Vec<String> = shown.iter().map(|lane| table::name(&lane.name)).collect();
    let margin = names.iter().map(|name| name.width()).max().unwrap_or(0).max(4);
    let columns = width.saturating_sub(margin + 2).max(NARROWEST);
    let end = analysis.recording.end_ns.max(1);
    let mut out = axis(margin, columns, end);
    out.push_str(&marks(analysis, margin, columns, end));
    for (at, (lane, name)) in shown.iter().zip(&names).enumerate() {
        if at == threads.len() {
            out.push_str(&more(analysis.threads.len().saturating_sub(LANES), "threads"));
            out.push_str("tasks\n");
        }
        let pad = " ".repeat(margin - name.width());
        out.push_str(&format!("{name}{pad}  {}\n", cells(&slices(lane, columns, end), lane, end)));
    }
    if tasks.is_empty() {
        out.push_str(&more(analysis.threads.len().saturating_sub(LANES), "threads"));
    }
    out.push_str(&more(analysis.tasks.len().saturating_sub(TASKS), "tasks"));
    let runs = if analysis.had_lock() { "has the lock (█ all the time)" } else { "runs (█ all the time)" };
    out.push_str(&format!(
        "{RUNS}▄{RUNS:#} {runs}  {WAITS}░{WAITS:#} waits for it  {AWAY}·{AWAY:#} detached  \
         {STOPPED}▒{STOPPED:#} stopped\n"
    ));
    if !tasks.is_empty() {
        out.push_str(&format!(
            "tasks: {RUNS}▄{RUNS:#} steps  {READY}{READY_MARK}{READY:#} ready, waits for the loop  {AWAY}·{AWAY:#} awaits  \
             {STOPPED}{BLOCKS_MARK}{STOPPED:#} blocks the loop\n"
        ));
    }
    out
}

/// So many tasks that were active longest, by their places, in their order.
pub fn busiest_tasks(analysis: &Analysis, most: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..analysis.tasks.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(analysis.tasks[*at].active_ns()), *at));
    order.truncate(most);
    order.sort_unstable();
    order
}

fn more(hidden: usize, what: &str) -> String {
    if hidden > 0 { format!("{hidden} more {what}\n") } else { String::new() }
}

fn axis(margin: usize, columns: usize, end: Ns) -> String {
    let last = duration(end);
    let gap = columns.saturating_sub(1 + last.width());
    format!("{:margin$}  0{}{last}\n", "", " ".repeat(gap))
}

/// A line with the places of `gil.mark`, and what they are called below it.
fn marks(analysis: &Analysis, margin: usize, columns: usize, end: Ns) -> String {
    let recording = analysis.recording;
    let marks = recording.events.iter().filter_map(|entry| match entry.event {
        Event::Marks(text) => Some((entry.at, recording.texts.get(&text).map_or("", String::as_str))),
        _ => None,
    });
    let mut line = vec![' '; columns];
    let mut names = Vec::new();
    for (at, name) in marks {
        line[column(at, columns, end)] = '▼';
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return String::new();
    }
    let shown = names.iter().take(4).copied().collect::<Vec<_>>().join(", ");
    let line: String = line.into_iter().collect();
    format!("{:margin$}  {MARK}{}{MARK:#}\n{:margin$}  ▼ {shown}\n", "mark", line.trim_end(), "")
}

fn column(at: Ns, columns: usize, end: Ns) -> usize {
    ((u128::from(at) * columns as u128 / u128::from(end)) as usize).min(columns - 1)
}

/// When a column begins.
fn moment(column: usize, columns: usize, end: Ns) -> Ns {
    (u128::from(end) * column as u128 / columns as u128) as Ns
}

fn slices(lane: &Lane, columns: usize, end: Ns) -> Vec<Slice> {
    let mut slices = vec![Slice::default(); columns];
    for span in &lane.spans {
        let (first, last) = (column(span.from, columns, end), column(span.to.max(1) - 1, columns, end));
        for (at, slice) in slices.iter_mut().enumerate().take(last + 1).skip(first) {
            let (from, to) = (moment(at, columns, end), moment(at + 1, columns, end));
            let ns = span.to.min(to).saturating_sub(span.from.max(from));
            *match span.doing {
                Doing::Holds | Doing::Runs | Doing::Steps => &mut slice.runs,
                Doing::Waits => &mut slice.waits,
                Doing::Ready => &mut slice.ready,
                Doing::Blocks(_) => &mut slice.blocks,
                Doing::Away(_) | Doing::Awaits => &mut slice.away,
                Doing::Stands => &mut slice.stopped,
                Doing::Unknown => &mut slice.unknown,
            } += ns;
        }
    }
    slices
}

/// The columns of a lane, each in its style.
fn cells(slices: &[Slice], lane: &Lane, end: Ns) -> String {
    let mut out = String::new();
    let mut current: Option<Style> = None;
    for (at, slice) in slices.iter().enumerate() {
        let (from, to) = (moment(at, slices.len(), end), moment(at + 1, slices.len(), end));
        let alive = lane.from < to && lane.to >= from;
        let (character, style) = if alive { cell(slice, to - from) } else { (' ', None) };
        if style != current {
            current.iter().for_each(|old| out.push_str(&format!("{old:#}")));
            style.iter().for_each(|new| out.push_str(&format!("{new}")));
            current = style;
        }
        out.push(character);
    }
    current.iter().for_each(|old| out.push_str(&format!("{old:#}")));
    out.trim_end().to_string()
}

fn cell(slice: &Slice, width: Ns) -> (char, Option<Style>) {
    let eighths = (slice.runs * 8).div_ceil(width.max(1)).min(8) as usize;
    let others = [
        (slice.waits, '░', Some(WAITS)),
        (slice.away, '·', Some(AWAY)),
        (slice.stopped, '▒', Some(STOPPED)),
        (slice.unknown, '?', Some(AWAY)),
        (slice.ready, READY_MARK, Some(READY)),
        (slice.blocks, BLOCKS_MARK, Some(STOPPED)),
    ];
    let (most, character, style) =
        others.into_iter().fold((0, ' ', None), |best, next| if next.0 > best.0 { next } else { best });
    // A thread that ran for less than a sixteenth of the slice is shown by what it did else.
    if eighths > 0 && (slice.runs * 16 >= width || most == 0) {
        return (BLOCKS[eighths - 1], Some(RUNS));
    }
    (character, style)
}

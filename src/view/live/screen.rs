//! The screen: who holds the lock, the lanes, the sharpest waits, the program's output, the keys.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph};
use unicode_width::UnicodeWidthStr;

use crate::record::units::{count, duration, percent};
use crate::view::table;
use crate::world::Ns;

use super::Kind;
use super::cells::{self, LEGEND};
use super::controls::{Controls, Typing};
use super::model::{Lane, Model};
use super::output::Output;
use super::snapshot::{Row, Snapshot};
use super::waits::By;

/// The smallest screen that says anything.
const NARROWEST: u16 = 60;
const LOWEST: u16 = 14;
/// From this width on there is room for more.
const WIDE: u16 = 110;
/// Rows of waits on screens of less than so many rows, and on larger ones.
const WAITS: [(u16, u16); 2] = [(20, 3), (36, 6)];
const MOST_WAITS: u16 = 12;
const FEWEST_WAITS: usize = 3;
/// What a rule has beside its texts.
const RULE: usize = 9;
/// So many kinds of the legend are there on every screen that has room for them.
const ALWAYS: usize = 5;
/// Rows that are always there: the title, two of figures, the keys.
const FIXED: u16 = 4;
const KEYS: &str = "q quit  o off/on  1-6 lock  [] interval  space pause  \u{2190}\u{2192} back  +- zoom  ? more";

const HELP: [(&str, &str); 17] = [
    ("o", "switch the lock off, and on again"),
    ("1 2 3 4 5 6", "the lock 3.14, 3.9, 2.7, fair, priority, off"),
    ("[ ]", "shorter, longer switch interval; a recording: slower, faster"),
    ("space", "pause the screen; the program runs on"),
    ("\u{2190} \u{2192} Home End", "back, forward, to the beginning, to now"),
    ("+ -", "zoom in, out: 10 \u{b5}s to 100 s a column"),
    ("s", "sort the threads"),
    ("/", "show only threads with this in their names"),
    ("\u{2191} \u{2193}", "other threads, where there are more than rows"),
    ("t", "tasks too, or threads only"),
    ("r", "sort the waits: by sum, longest, number"),
    ("w", "waits for joins, queues and conditions as well"),
    ("v", "more room for the output"),
    ("PgUp PgDn", "scroll the output"),
    ("i", "type to the program (Ctrl-C too); Esc ends that"),
    ("?", "this help"),
    ("q Ctrl-C", "quit; the program is ended"),
];

/// What is to be drawn.
pub struct Picture<'a> {
    pub model: Option<&'a Model>,
    pub snapshot: &'a Snapshot,
    pub controls: &'a mut Controls,
    /// `None` for a recording.
    pub output: Option<&'a mut Output>,
    pub title: &'a str,
    /// What the program does or has come to.
    pub status: &'a str,
    pub colors: bool,
}

/// How many rows each part has, its own line included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Parts {
    lanes: u16,
    waits: u16,
    output: u16,
}

impl Parts {
    /// Of that many rows, where there are so many threads and waits.
    fn of(rows: u16, threads: usize, waits: usize, big_output: bool, has_output: bool) -> Parts {
        let most_waits = WAITS.iter().find(|(below, _)| rows < *below).map_or(MOST_WAITS, |(_, most)| *most);
        let wanted = |n: usize, most: u16| u16::try_from(n).unwrap_or(u16::MAX).min(most);
        let output = match (has_output, big_output) {
            (false, _) => 0,
            (true, true) => rows / 2,
            (true, false) => (rows / 4).max(4),
        };
        let most_waits = if rows < 12 { 0 } else { 1 + wanted(waits.max(FEWEST_WAITS), most_waits) };
        let fewest_waits = most_waits.min(1 + FEWEST_WAITS as u16);
        let lanes = (2 + wanted(threads.max(1), u16::MAX - 2)).min(rows - output - fewest_waits);
        // What the threads do not need is for the waits, and then for the output.
        let waits = most_waits.min(rows - output - lanes);
        let waits = if big_output { fewest_waits } else { waits };
        let rest = rows - lanes - waits;
        let (lanes, output) = if has_output { (lanes, rest) } else { (lanes + rest, 0) };
        Parts { lanes, waits, output }
    }
}

/// Draws everything.
pub fn draw(frame: &mut Frame, picture: &mut Picture) {
    let area = frame.area();
    if area.width < NARROWEST || area.height < LOWEST {
        let text = format!("too small: needs {NARROWEST}x{LOWEST}, has {}x{}", area.width, area.height);
        frame.render_widget(Paragraph::new(text), area);
        return;
    }
    let rows = picture.snapshot.rows.len();
    let has_output = picture.output.is_some();
    let waits_rows = picture.snapshot.waits.as_ref().map_or(0, Vec::len);
    let parts = Parts::of(area.height - FIXED, rows, waits_rows, picture.controls.big_output, has_output);
    let mut y = area.y;
    let mut next = |height: u16| {
        let part = Rect { y, height, ..area };
        y += height;
        part
    };
    head(frame, next(3), picture);
    lanes(frame, next(parts.lanes), picture);
    waits(frame, next(parts.waits), picture);
    output(frame, next(parts.output), picture);
    keys(frame, Rect { y: area.bottom() - 1, height: 1, ..area }, picture);
    if picture.controls.help {
        help(frame, area, picture.colors);
    }
}

/// The rows that the pane of output has on a screen of that size, for the size of the program's terminal.
pub fn output_size(columns: u16, rows: u16, picture_rows: usize, waits: usize, big_output: bool) -> (u16, u16) {
    let parts = Parts::of(rows.max(LOWEST) - FIXED, picture_rows, waits, big_output, true);
    (parts.output.saturating_sub(1).max(1), columns.max(1))
}

fn strong() -> Style {
    Style::new().add_modifier(Modifier::BOLD)
}

fn dim() -> Style {
    Style::new().add_modifier(Modifier::DIM)
}

fn accent(colors: bool) -> Style {
    if colors { strong().fg(Color::Cyan) } else { strong() }
}

/// A line with a heading, and something at its end.
fn rule(frame: &mut Frame, area: Rect, heading: Vec<Span>, end: &str) {
    let mut spans = vec![Span::styled("── ", dim())];
    spans.extend(heading);
    let used: usize = spans.iter().map(|span| span.width()).sum();
    let room = usize::from(area.width);
    let end = if end.is_empty() { String::new() } else { format!(" {end} ──") };
    let fill = room.saturating_sub(used + 1 + end.width());
    spans.push(Span::styled(format!(" {}{end}", "─".repeat(fill)), dim()));
    frame.render_widget(Line::from(spans), Rect { height: 1, ..area });
}

fn head(frame: &mut Frame, area: Rect, picture: &Picture) {
    let (snapshot, controls) = (picture.snapshot, &*picture.controls);
    let row = |at: u16| Rect { y: area.y + at, height: 1, ..area };
    let asked = controls.asked.as_ref().filter(|_| !snapshot.is_past());
    let asked_interval = controls.asked_interval.filter(|_| !snapshot.is_past());
    let lock = match (asked, snapshot.interval_ns, asked_interval) {
        _ if snapshot.mode.is_empty() => String::new(),
        (Some(asked), ..) => format!("lock {} → {asked} …", snapshot.mode),
        (None, Some(_), Some((asked, _))) => format!("lock {}, interval → {} …", snapshot.mode, duration(asked)),
        (None, Some(interval), None) => format!("lock {}, interval {}", snapshot.mode, duration(interval)),
        (None, None, _) => format!("lock {}", snapshot.mode),
    };
    let moment = match snapshot.is_past() {
        true => format!("{} of {}", seconds(snapshot.at), seconds(snapshot.now)),
        false => seconds(snapshot.now),
    };
    let right = format!("{}  {moment} ", picture.status);
    let room = usize::from(area.width).saturating_sub(lock.width() + right.width() + 19);
    let title = table::fit(picture.title, room);
    let left = vec![
        Span::raw(" gilbox watch  "),
        Span::styled(title, strong()),
        Span::raw("  "),
        Span::styled(lock, strong()),
    ];
    let used: usize = left.iter().map(|span| span.width()).sum();
    let gap = usize::from(area.width).saturating_sub(used + right.width());
    let mut spans = left;
    spans.push(Span::raw(" ".repeat(gap)));
    spans.push(Span::raw(right));
    let style = Style::new().add_modifier(Modifier::REVERSED);
    frame.render_widget(Line::from(spans).style(style), row(0));
    frame.render_widget(Line::from(figures(snapshot, area.width, picture.colors)), row(1));
    frame.render_widget(Line::from(switches(snapshot)), row(2));
}

/// Who has the lock, and how hard it is to get.
fn figures(snapshot: &Snapshot, width: u16, colors: bool) -> Vec<Span<'static>> {
    let mut spans = vec![Span::raw(" ")];
    let mut figure = |name: &str, value: String, style: Style| {
        spans.push(Span::styled(format!("{name} "), dim()));
        spans.push(Span::styled(format!("{value}  "), style));
    };
    let hot = if colors && snapshot.contention >= 0.1 { strong().fg(Color::Red) } else { strong() };
    // There is less room for each where there are more.
    let is_tight = width < WIDE && (snapshot.locks.1 > 1 || snapshot.tasks > 0);
    let [busy, free] = match (is_tight, snapshot.locks.1 > 1) {
        (false, false) => ["lock busy", "free to run"],
        (false, true) => ["locks busy", "free to run"],
        (true, true) if snapshot.tasks == 0 => ["locks busy", "free"],
        (true, _) => ["busy", "free"],
    };
    let processors = match snapshot.processors {
        _ if width < WIDE => String::new(),
        1 => " on 1 processor".to_string(),
        many => format!(" on {many} processors"),
    };
    let of = |some: usize, all: usize| if is_tight { format!("{some}/{all}") } else { format!("{some} of {all}") };
    figure("contention", percent(snapshot.contention), hot);
    figure(busy, percent(snapshot.busy), strong());
    figure(free, format!("{:.2}{processors}", snapshot.free), strong());
    figure("threads", of(snapshot.living, snapshot.threads), strong());
    if snapshot.locks.1 > 1 {
        figure("locks", of(snapshot.locks.0, snapshot.locks.1), strong());
    }
    if snapshot.tasks > 0 {
        figure("tasks", of(snapshot.living_tasks, snapshot.tasks), strong());
    }
    if snapshot.lost > 0 {
        figure("lost events", count(snapshot.lost), hot);
    }
    spans
}

/// How often the lock changes hands, and why.
fn switches(snapshot: &Snapshot) -> Vec<Span<'static>> {
    let all: f64 = snapshot.switches.iter().map(|(_, rate)| rate).sum();
    let name = if snapshot.is_over { " switches/s of the whole run " } else { " switches/s " };
    let mut spans = vec![Span::styled(name, dim()), Span::styled(rate(all), strong())];
    if all > 0.0 {
        let named: Vec<String> = snapshot.switches.iter().map(|(name, n)| format!("{name} {}", rate(*n))).collect();
        spans.push(Span::raw(format!(": {}", named.join(", "))));
    }
    spans
}

fn rate(rate: f64) -> String {
    if rate > 0.0 && rate < 10.0 { format!("{rate:.1}") } else { count(rate.round() as u64) }
}

fn seconds(ns: Ns) -> String {
    let seconds = ns as f64 / 1e9;
    if seconds < 600.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{}:{:02} min", seconds as u64 / 60, seconds as u64 % 60)
    }
}

/// How wide the parts of a lane's row are: name, state, drawing.
struct Columns {
    name: usize,
    state: usize,
    lane: usize,
}

impl Columns {
    fn of(width: u16, rows: &[Row]) -> Columns {
        let (most, state) = if width < WIDE { (16, 13) } else { (26, 18) };
        let name = rows.iter().map(|row| row.name.width()).max().unwrap_or(0).clamp(8, most);
        // Letter, spaces, and a share at the end.
        Columns { name, state, lane: usize::from(width).saturating_sub(name + state + 11) }
    }
}

fn lanes(frame: &mut Frame, area: Rect, picture: &mut Picture) {
    let snapshot = picture.snapshot;
    let columns = Columns::of(area.width, &snapshot.rows);
    picture.controls.width = columns.lane;
    let controls = &*picture.controls;
    let end = match area.width < WIDE {
        true => format!("{}/column", short(controls.column_ns())),
        false => format!("{}, {} a column", controls.order.name(), short(controls.column_ns())),
    };
    rule(frame, area, legend(snapshot, usize::from(area.width).saturating_sub(end.width()), picture.colors), &end);
    let Some(model) = picture.model else { return };
    let row = |at: u16| Rect { y: area.y + at, height: 1, ..area };
    frame.render_widget(Line::from(axis(model, picture, &columns)), row(1));
    let room = usize::from(area.height.saturating_sub(2));
    let first = controls.first.min(snapshot.rows.len().saturating_sub(room));
    for (at, shown) in snapshot.rows.iter().skip(first).take(room).enumerate() {
        let Some(lane) = model.lane(shown.id) else { continue };
        let line = Line::from(lane_row(model, lane, shown, picture, &columns));
        frame.render_widget(line, row(2 + at as u16));
    }
    let hidden = snapshot.rows.len().saturating_sub(first + room);
    if hidden > 0 && room > 0 {
        let text = format!(" +{hidden} more ↓ ");
        let width = text.width() as u16;
        let last = Rect { x: area.right() - width, y: area.bottom() - 1, width, height: 1 };
        frame.render_widget(Line::styled(text, Style::new().add_modifier(Modifier::REVERSED)), last);
    }
}

/// What the characters mean, as far as there is room; those that are of no use now are left out first.
fn legend(snapshot: &Snapshot, room: usize, colors: bool) -> Vec<Span<'static>> {
    const HEADING: &str = "threads ";
    let has_tasks = snapshot.rows.iter().any(|row| row.is_task);
    let mut legend: Vec<_> = LEGEND.iter().filter(|(kind, ..)| *kind != Kind::Ready || has_tasks).collect();
    let width = |legend: &[&(Kind, &str, &str)]| -> usize {
        legend.iter().map(|(_, mark, name)| mark.width() + name.width() + 2).sum()
    };
    // The rule has lines and spaces of its own.
    while !legend.is_empty() && HEADING.width() + width(&legend) + RULE > room {
        let needed = |kind: Kind| kind == Kind::Ready || snapshot.rows.iter().any(|row| row.kind == Some(kind));
        let least = legend.iter().rposition(|(kind, ..)| !needed(*kind)).unwrap_or(legend.len() - 1);
        // What is told apart by itself goes last: the first are always there.
        legend.remove(if least < ALWAYS { legend.len() - 1 } else { least });
    }
    let mut spans = vec![Span::styled(HEADING, strong())];
    for (kind, mark, name) in legend {
        spans.push(Span::styled(format!(" {mark}"), cells::style(*kind, colors)));
        spans.push(Span::styled(format!(" {name}"), dim()));
    }
    spans
}

/// A length of time without decimals: they are 1, 2 or 5 of something.
fn short(ns: Ns) -> String {
    duration(ns).replace(".000", "").replace(".00", "").replace(".0", "")
}

/// The line above the lanes: who had the lock, and when.
fn axis(model: &Model, picture: &Picture, columns: &Columns) -> Vec<Span<'static>> {
    let (snapshot, controls) = (picture.snapshot, &*picture.controls);
    let (from, to) = controls.stretch(snapshot.now);
    let held = match &snapshot.holder {
        _ if snapshot.is_over => String::new(),
        // The other interpreters have their own.
        Some((label, name)) if snapshot.locks.1 > 1 => format!("main lock: {label} {name}"),
        Some((label, name)) => format!("lock: {label} {name}"),
        None if snapshot.has_lock && snapshot.locks.1 > 1 => "main lock: free".to_string(),
        None if snapshot.has_lock => "lock: free".to_string(),
        None => "no lock".to_string(),
    };
    let held = table::fit(&held, columns.name + columns.state + 1);
    let mut spans = vec![
        Span::raw("  "),
        Span::styled(format!("{held}{} ", pad(&held, columns.name + columns.state + 1)), strong()),
    ];
    spans.extend(holders(model, picture, columns.lane, from));
    let ago = snapshot.now.saturating_sub(to.min(snapshot.now));
    let label = match ago / 1_000_000 {
        _ if controls.is_paused => format!("-{:.1}s", ago as f64 / 1e9),
        _ => String::new(),
    };
    // Above the shares at the ends of the rows.
    let label = if label.is_empty() { "waited".to_string() } else { table::fit(&label, 6) };
    spans.push(Span::styled(format!("{label:>7}"), dim()));
    spans
}

/// For each column the letter of the thread that had the first interpreter's lock longest, and where it was changed.
fn holders(model: &Model, picture: &Picture, width: usize, from: Ns) -> Vec<Span<'static>> {
    let column_ns = picture.controls.column_ns();
    let mut letters = vec![(0, ' '); width];
    let to = from + column_ns * width as Ns;
    let living = |lane: &&Lane| {
        lane.interpreter == 0 && !lane.is_own() && lane.born < to && lane.ended.is_none_or(|ended| ended > from)
    };
    for lane in model.lanes.iter().filter(living) {
        if model.shares(lane, from, to)[Kind::Holds as usize] == 0 {
            continue;
        }
        for (at, best) in letters.iter_mut().enumerate() {
            let begin = from + column_ns * at as Ns;
            let held = model.shares(lane, begin, (begin + column_ns).min(picture.snapshot.now))[Kind::Holds as usize];
            if held > best.0 {
                *best = (held, lane.label);
            }
        }
    }
    let mut row: Vec<(char, bool)> = letters.into_iter().map(|(_, letter)| (letter, false)).collect();
    for (at, what) in model.turns.iter().filter(|(at, _)| (from..to).contains(at)) {
        let first = ((at - from) / column_ns) as usize;
        for (offset, character) in std::iter::once('▼').chain(what.chars()).enumerate() {
            if let Some(cell) = row.get_mut(first + offset) {
                *cell = (character, true);
            }
        }
    }
    let style = |is_turn| if is_turn { accent(picture.colors) } else { cells::style(Kind::Holds, picture.colors) };
    styled(row.into_iter().map(|(character, is_turn)| (character, style(is_turn))))
}

fn lane_row(model: &Model, lane: &Lane, row: &Row, picture: &Picture, columns: &Columns) -> Vec<Span<'static>> {
    let (snapshot, controls) = (picture.snapshot, &*picture.controls);
    let name = table::fit(&row.name, columns.name);
    let state = table::fit(&row.state, columns.state);
    let state_style = row.kind.map_or(dim(), |kind| cells::style(kind, picture.colors));
    let mut spans = vec![
        Span::styled(format!("{} ", row.label), dim()),
        Span::raw(format!("{name}{} ", pad(&name, columns.name))),
        Span::styled(format!("{state}{} ", pad(&state, columns.state)), state_style),
    ];
    let column_ns = controls.column_ns();
    let (from, _) = controls.stretch(snapshot.now);
    let cells = (0..columns.lane).map(|at| {
        let begin = from + column_ns * at as Ns;
        let end = (begin + column_ns).min(snapshot.now);
        let shares = if begin < end { model.shares(lane, begin, end) } else { Default::default() };
        // A slice that is not over yet, or in which the thread began or ended, is as long as the thread was there.
        let there: Ns = shares.iter().sum();
        let (character, kind) = cells::cell(&shares, there);
        (character, cells::style(kind, picture.colors))
    });
    spans.extend(styled(cells));
    let waited = row.waited.map_or("      –".to_string(), |share| format!("{:>7}", format!("{:.0}%", share * 100.0)));
    spans.push(Span::styled(waited, dim()));
    spans
}

/// Characters, those in one style together.
fn styled(cells: impl Iterator<Item = (char, Style)>) -> Vec<Span<'static>> {
    let mut spans: Vec<(String, Style)> = Vec::new();
    for (character, style) in cells {
        match spans.last_mut() {
            Some((text, last)) if *last == style => text.push(character),
            _ => spans.push((character.to_string(), style)),
        }
    }
    spans.into_iter().map(|(text, style)| Span::styled(text, style)).collect()
}

fn pad(text: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(text.width()))
}

fn waits(frame: &mut Frame, area: Rect, picture: &Picture) {
    if area.height == 0 {
        return;
    }
    let (snapshot, controls) = (picture.snapshot, &*picture.controls);
    let by = match controls.waits_by {
        By::Total => "by sum",
        By::Longest => "by the longest",
        By::Times => "by number",
    };
    let heading = match snapshot.is_over {
        true => "waits of the whole run".to_string(),
        false if snapshot.is_past() => format!("sharpest waits of the 10 s before {}", seconds(snapshot.at)),
        false => "sharpest waits of the last 10 s".to_string(),
    };
    rule(frame, area, vec![Span::styled(heading, strong())], by);
    let row = |at: u16| Rect { y: area.y + at, height: 1, ..area };
    let none = if snapshot.waits.is_some() { " none" } else { " not known any more" };
    let rows = snapshot.waits.as_deref().unwrap_or_default();
    if rows.is_empty() && area.height > 1 {
        frame.render_widget(Line::styled(none, dim()), row(1));
    }
    let wide = area.width >= WIDE;
    let place = if wide { 40 } else { 24 };
    for (at, wait) in rows.iter().take(usize::from(area.height.saturating_sub(1))).enumerate() {
        let at_line = end_cut(&wait.at, place);
        let figures = format!(
            "{:>9} {:>6}×  max {:>8}  {at_line}{}  ",
            duration(wait.ns),
            count(wait.times),
            duration(wait.longest_ns),
            pad(&at_line, place),
        );
        let room = usize::from(area.width).saturating_sub(figures.width());
        let of =
            if wide && !wait.source.is_empty() { format!("{}   {}", wait.of, wait.source) } else { wait.of.clone() };
        let line = Line::from(vec![Span::raw(figures), Span::raw(end_cut(&of, room))]);
        frame.render_widget(line, row(1 + at as u16));
    }
}

/// A text of at most that many columns, the end left out.
fn end_cut(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_string();
    }
    let mut cut = String::new();
    for character in text.chars() {
        if cut.width() + 2 > most {
            break;
        }
        cut.push(character);
    }
    cut + "…"
}

fn output(frame: &mut Frame, area: Rect, picture: &mut Picture) {
    let Some(output) = picture.output.as_deref_mut() else { return };
    if area.height == 0 {
        return;
    }
    let back = output.scroll(picture.controls.back);
    picture.controls.back = back;
    let end = match (picture.controls.typing, back) {
        (Typing::Program, _) => "typing to the program, Esc ends that".to_string(),
        (_, 0) => String::new(),
        (_, rows) => format!("{rows} rows back"),
    };
    rule(frame, area, vec![Span::styled("output", strong())], &end);
    let inner = Rect { y: area.y + 1, height: area.height - 1, ..area };
    output.resize(inner.height, inner.width);
    output.draw(inner, frame.buffer_mut(), picture.colors);
}

fn keys(frame: &mut Frame, area: Rect, picture: &Picture) {
    let controls = &*picture.controls;
    let text = match (controls.typing, &controls.notice) {
        (Typing::Filter, _) => format!(" threads with: {}▏ (Enter keeps it, Esc shows all)", controls.filter),
        (_, Some(notice)) => format!(" {notice}"),
        _ if controls.is_paused => format!(" PAUSED  space goes on  {KEYS}"),
        _ if !controls.filter.is_empty() => format!(" only threads with '{}'  / changes that  {KEYS}", controls.filter),
        _ => format!(" {KEYS}"),
    };
    let text = end_cut(&text, usize::from(area.width));
    let gap = pad(&text, usize::from(area.width));
    let style = Style::new().add_modifier(Modifier::REVERSED);
    frame.render_widget(Line::styled(format!("{text}{gap}"), style), area);
}

fn help(frame: &mut Frame, area: Rect, colors: bool) {
    let keys = HELP.iter().map(|(key, what)| {
        Line::from(vec![Span::styled(format!(" {key:<14}"), accent(colors)), Span::raw(what.to_string())])
    });
    let legend = LEGEND.chunks(LEGEND.len() / 2).map(|half| {
        let marks = half.iter().flat_map(|(kind, mark, name)| {
            [Span::styled(format!(" {mark}"), cells::style(*kind, colors)), Span::raw(format!(" {name:<14}"))]
        });
        Line::from(marks.collect::<Vec<_>>())
    });
    let lines: Vec<Line> = keys.chain(legend).collect();
    let (width, height) = (80.min(area.width), (lines.len() as u16 + 2).min(area.height));
    let (x, y) = ((area.width - width) / 2, (area.height - height) / 2);
    let inner = Rect { x: area.x + x, y: area.y + y, width, height };
    frame.render_widget(Clear, inner);
    frame.render_widget(Paragraph::new(lines).block(Block::bordered().title(" gilbox watch ")), inner);
}

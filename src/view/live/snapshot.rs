//! The figures of one moment, as the screen shows them: kept as they are while a person looks at them.

use crate::gil::Reason;
use crate::gil::events::Awaited;
use crate::record::file::Place;
use crate::record::timeline::Doing;
use crate::world::Ns;

use super::Kind;
use super::controls::{Controls, Order};
use super::model::{Current, Lane, Model, SWITCHES};
use super::waits::{self, Cause, Sum};

/// Figures are of so long.
const WINDOW: Ns = 1_000_000_000;
/// More rows of waits are not shown.
const ROWS: usize = 64;

/// The figures of one moment.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub now: Ns,
    pub is_over: bool,
    pub mode: String,
    pub has_lock: bool,
    /// How long a thread waits before it asks for the lock; `None` where that is not how the lock works.
    pub interval_ns: Option<Ns>,
    /// Who has the lock.
    pub holder: Option<(char, String)>,
    /// Of how many threads.
    pub threads: usize,
    pub living: usize,
    pub tasks: usize,
    pub living_tasks: usize,
    /// Processes and interpreters, that are not over and in all.
    pub locks: (usize, usize),
    /// The figures of all threads together are of so long; then shares of that.
    pub window_ns: Ns,
    /// Of the first interpreter's lock.
    pub busy: f64,
    /// Waiting ÷ runnable time.
    pub contention: f64,
    /// How many threads no lock kept from running, on average: more of them than processors share these.
    pub free: f64,
    pub processors: usize,
    /// Switches a second by reason, the most frequent first; those by force always.
    pub switches: Vec<(&'static str, f64)>,
    pub rows: Vec<Row>,
    pub waits: Vec<WaitRow>,
    pub lost: u64,
}

/// A thread.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: u32,
    pub is_task: bool,
    pub label: char,
    pub name: String,
    /// What it does; `None` if it is over.
    pub kind: Option<Kind>,
    pub state: String,
    /// Waiting ÷ runnable time; `None` if it could not have run.
    pub waited: Option<f64>,
    /// Running time as a share of all.
    pub ran: f64,
}

/// Waits at one line for one thing.
#[derive(Clone, Debug)]
pub struct WaitRow {
    pub ns: Ns,
    pub longest_ns: Ns,
    pub times: u64,
    pub at: String,
    pub of: String,
    pub source: String,
}

impl Snapshot {
    pub fn new(model: &Model, controls: &Controls) -> Snapshot {
        let window_ns = if model.is_over { model.now } else { WINDOW.min(model.now) };
        let mut snapshot = Snapshot {
            now: model.now,
            is_over: model.is_over,
            mode: model.mode.to_string(),
            has_lock: model.mode.policy.has_lock(),
            interval_ns: has_interval(model).then_some(model.interval_ns),
            locks: (model.interpreters.iter().filter(|one| !one.is_over).count(), model.interpreters.len()),
            processors: model.header.processors,
            holder: model.holder().map(|lane| (lane.label, lane.name.clone())),
            window_ns,
            lost: model.lost,
            waits: wait_rows(model, controls),
            switches: switches(model, window_ns),
            ..Snapshot::default()
        };
        snapshot.add_threads(model, controls);
        snapshot
    }

    /// The same moment, with other controls: what was not seen then is left open.
    pub fn again(&self, model: &Model, controls: &Controls) -> Snapshot {
        let Snapshot { mut rows, waits, .. } = Snapshot::new(model, controls);
        for row in &mut rows {
            match self.rows.iter().find(|seen| seen.id == row.id) {
                Some(seen) => *row = seen.clone(),
                None => (row.kind, row.state, row.waited) = (None, String::new(), None),
            }
        }
        sort(&mut rows, controls.order);
        Snapshot { rows, waits, ..self.clone() }
    }

    fn add_threads(&mut self, model: &Model, controls: &Controls) {
        let from = model.now.saturating_sub(self.window_ns);
        let (mut held, mut ran, mut waited) = (0, 0, 0);
        let mut rows = Vec::new();
        for lane in model.lanes.iter().filter(|lane| !lane.is_own()) {
            let current = model.current(lane);
            let (all, living) = match lane.is_task() {
                true => (&mut self.tasks, &mut self.living_tasks),
                false => (&mut self.threads, &mut self.living),
            };
            *all += 1;
            *living += usize::from(current.is_some());
            let is_left_out = lane.is_task() && !controls.tasks;
            if is_left_out {
                continue;
            }
            let shares = if model.is_over { model.totals(lane) } else { model.shares(lane, from, model.now) };
            let of = |kind: Kind| shares[kind as usize];
            let (with, without) = (of(Kind::Holds) + of(Kind::Collects), of(Kind::Runs));
            if !lane.is_task() {
                held += if lane.interpreter == 0 { with } else { 0 };
                ran += with + without;
                waited += of(Kind::Waits);
            }
            if controls.shows(&lane.name) && is_seen(lane, model, controls) {
                // A task waits for its loop.
                let waits = of(Kind::Waits) + of(Kind::Ready);
                let runnable = with + without + waits;
                rows.push(Row {
                    id: lane.id,
                    is_task: lane.is_task(),
                    label: lane.label,
                    name: lane.name.clone(),
                    kind: current.map(|current| current.kind),
                    state: current.map_or("over".to_string(), |current| state(model, &current)),
                    waited: (runnable > 0).then(|| ratio(waits, runnable)),
                    ran: ratio(with + without, self.window_ns),
                });
            }
        }
        sort(&mut rows, controls.order);
        self.rows = rows;
        self.busy = ratio(held, self.window_ns).min(1.0);
        self.free = ratio(ran, self.window_ns);
        self.contention = ratio(waited, ran + waited);
    }
}

/// Whether a thread was there in the stretch of time that is on the screen.
fn is_seen(lane: &Lane, model: &Model, controls: &Controls) -> bool {
    let (from, to) = controls.stretch(model.now);
    lane.born <= to && lane.ended.is_none_or(|ended| ended >= from)
}

fn sort(rows: &mut [Row], order: Order) {
    let least = |share: f64| (-share * 1e6) as i64;
    match order {
        // Of many threads, those that are over are looked at last.
        Order::Started => rows.sort_by_key(|row| row.kind.is_none()),
        Order::Waiting => rows.sort_by_key(|row| least(row.waited.unwrap_or(0.0))),
        Order::Running => rows.sort_by_key(|row| least(row.ran)),
        Order::Name => rows.sort_by(|one, other| one.name.cmp(&other.name)),
    }
    rows.sort_by_key(|row| row.is_task);
}

fn ratio(part: Ns, whole: Ns) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Whether the lock is one that is asked for after an interval.
fn has_interval(model: &Model) -> bool {
    let mode = model.mode.to_string();
    mode != "off" && mode != "2.7"
}

/// What a thread does, in a few words.
fn state(model: &Model, current: &Current) -> String {
    let owner = |id: Option<u32>| id.and_then(|id| model.lane(id)).map(|lane| lane.label);
    let line = |place: Place| if place.is_known() { format!(" :{}", place.line) } else { String::new() };
    match (current.kind, current.awaited) {
        (Kind::Holds, _) => "has the lock".to_string(),
        (Kind::Runs, _) if current.doing == Doing::Steps => format!("steps{}", line(current.place)),
        (Kind::Runs, _) => "runs".to_string(),
        (Kind::Ready, _) => "ready".to_string(),
        (Kind::Waits, _) => format!("wants it{}", line(current.place)),
        (Kind::Blocked, Some((on, of))) => match owner(of) {
            Some(of) if on == Awaited::Join => format!("joins {of}{}", line(current.place)),
            Some(of) => format!("{} of {of}{}", on.name(), line(current.place)),
            None => format!("{}{}", on.name(), line(current.place)),
        },
        (Kind::Blocked, None) => format!("waits{}", line(current.place)),
        (Kind::Sleeps, _) if current.doing == Doing::Awaits => format!("awaits{}", line(current.place)),
        (Kind::Sleeps, _) => format!("sleeps{}", line(current.place)),
        (Kind::Away, _) if !current.place.is_known() => "starts".to_string(),
        (Kind::Away, _) => match current.doing {
            Doing::Away(reason) => format!("{}{}", reason.name(), line(current.place)),
            _ => "away".to_string(),
        },
        (Kind::Stands, _) => "stands still".to_string(),
        (Kind::Collects, _) => "collects".to_string(),
        (Kind::Unknown, _) => "?".to_string(),
    }
}

fn switches(model: &Model, window_ns: Ns) -> Vec<(&'static str, f64)> {
    let counts: [u64; SWITCHES] = if model.is_over { model.all_switches } else { model.recent_switches() };
    let seconds = (window_ns as f64 / 1e9).max(1e-3);
    let names = std::iter::once("forced").chain(Reason::ALL.iter().map(|reason| reason.name()));
    let mut named: Vec<(&str, f64)> = names.zip(counts).map(|(name, n)| (name, n as f64 / seconds)).collect();
    named[1..].sort_by(|one, other| other.1.total_cmp(&one.1));
    named.retain(|(name, rate)| *rate > 0.0 || *name == "forced");
    named
}

fn wait_rows(model: &Model, controls: &Controls) -> Vec<WaitRow> {
    let mut sums = match model.is_over {
        true => model.waits.all(),
        false => model.waits.recent(model.now, model.lasting_waits().filter(|wait| wait.cause.is_contention())),
    };
    sums.retain(|sum| controls.all_waits || sum.longest.cause.is_contention());
    waits::sort(&mut sums, controls.waits_by);
    sums.truncate(ROWS);
    sums.iter().map(|sum| wait_row(model, sum)).collect()
}

fn wait_row(model: &Model, sum: &Sum) -> WaitRow {
    let wait = &sum.longest;
    let label_of = |id: u32| model.lane(id).map(|lane| lane.label);
    let of = match wait.cause {
        Cause::Gil(place) => match (wait.owner.and_then(label_of), model.place_name(place)) {
            (Some(label), Some(name)) if model.is_same_file(place, wait.place) => {
                format!("lock: {label} at {}", &name[name.find(':').unwrap_or(0)..])
            }
            (Some(label), Some(name)) => format!("lock: {label} at {name}"),
            (Some(label), None) => format!("lock: {label}"),
            (None, _) => "lock".to_string(),
        },
        Cause::Own(on) => match wait.owner.and_then(label_of) {
            Some(label) => format!("{} of {label}", on.name()),
            None => on.name().to_string(),
        },
        Cause::Object(kind) => format!("a {kind}"),
    };
    let label = label_of(wait.who).unwrap_or(' ');
    WaitRow {
        ns: sum.ns,
        longest_ns: wait.ns,
        times: sum.times,
        at: format!("{label} {}", model.place_name(wait.place).unwrap_or_else(|| "before its first line".to_string())),
        of,
        source: model.source_line(wait.place).unwrap_or_default().to_string(),
    }
}

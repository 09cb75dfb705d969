//! The figures of one moment, as the screen shows them: kept as they are while a person looks at them.

use crate::gil::events::Awaited;
use crate::gil::{Mode, Reason};
use crate::record::file::Place;
use crate::record::relations;
use crate::record::timeline::Doing;
use crate::world::Ns;

use super::Kind;
use super::controls::{Controls, Order};
use super::model::{Current, Lane, Model, SWITCHES};
use super::waits::{self, Cause, Key, Sum};

/// Figures are of so long.
const WINDOW: Ns = 1_000_000_000;
/// More rows of waits are not shown.
const ROWS: usize = 64;

/// The figures of one moment.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Up to which moment the lanes are known: the present, or that at which a person has stopped the screen.
    pub now: Ns,
    /// Of which moment the figures are: an earlier one for who looks back.
    pub at: Ns,
    /// What commands are about, whatever is shown.
    pub present: Present,
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
    /// Time somebody held a lock ÷ time there was one, of all locks together.
    pub busy: f64,
    /// Waiting ÷ runnable time.
    pub contention: f64,
    /// How many threads no lock kept from running, on average: more of them than processors share these.
    pub free: f64,
    pub processors: usize,
    /// Switches a second by reason, the most frequent first; those by force always.
    pub switches: Vec<(&'static str, f64)>,
    pub rows: Vec<Row>,
    /// `None` if they are forgotten.
    pub waits: Option<Vec<WaitRow>>,
    pub lost: u64,
}

/// How it is now.
#[derive(Clone, Debug, Default)]
pub struct Present {
    pub now: Ns,
    pub is_over: bool,
    pub mode: String,
    pub interval_ns: Option<Ns>,
}

impl Present {
    pub fn of(model: &Model) -> Present {
        let interval_ns = interval(model.mode, model.interval_ns);
        Present { now: model.now, is_over: model.is_over, mode: model.mode.to_string(), interval_ns }
    }
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
        Snapshot::before(model, controls, model.now)
    }

    /// Where a person has stopped the screen at `now`.
    fn before(model: &Model, controls: &Controls, now: Ns) -> Snapshot {
        let at = controls.shown_end(now);
        let is_over = model.is_over && at == model.now;
        let window_ns = if is_over { at } else { WINDOW.min(at) };
        let (mode, interval_ns) = model.lock_at(at);
        let there =
            model.interpreters.iter().filter(|one| if at == model.now { !one.is_over() } else { one.is_there(at) });
        let mut snapshot = Snapshot {
            now,
            at,
            present: Present::of(model),
            is_over,
            mode: mode.to_string(),
            has_lock: mode.policy.has_lock(),
            interval_ns: interval(mode, interval_ns),
            locks: (there.count(), model.interpreters.len()),
            processors: model.header.processors,
            holder: holder(model, at).map(|lane| (lane.label, lane.name.clone())),
            window_ns,
            lost: model.lost,
            waits: wait_rows(model, controls, at),
            switches: switches(model, at, window_ns),
            ..Snapshot::default()
        };
        snapshot.add_threads(model, controls);
        snapshot
    }

    /// Whether it is of a moment before the present, or before the screen was stopped.
    pub fn is_past(&self) -> bool {
        self.at < self.now
    }

    /// With other controls, while the screen stands still: what was not seen when it was stopped is left open.
    pub fn again(&self, model: &Model, controls: &Controls) -> Snapshot {
        let again = Snapshot::before(model, controls, self.now);
        if again.is_past() || self.is_past() {
            return again;
        }
        let Snapshot { mut rows, waits, present, .. } = again;
        for row in &mut rows {
            match self.rows.iter().find(|seen| seen.id == row.id) {
                Some(seen) => *row = seen.clone(),
                None => (row.kind, row.state, row.waited) = (None, String::new(), None),
            }
        }
        sort(&mut rows, controls.order);
        Snapshot { rows, waits, present, ..self.clone() }
    }

    fn add_threads(&mut self, model: &Model, controls: &Controls) {
        let from = self.at - self.window_ns;
        let (mut held, mut ran, mut waited) = (0, 0, 0);
        let mut rows = Vec::new();
        let is_now = self.at == model.now;
        for lane in model.lanes.iter().filter(|lane| !lane.is_own() && lane.born <= self.at) {
            let current = model.current(lane).filter(|_| is_now);
            let is_there = if is_now { current.is_some() } else { lane.ended.is_none_or(|ended| ended > self.at) };
            let (all, living) = match lane.is_task() {
                true => (&mut self.tasks, &mut self.living_tasks),
                false => (&mut self.threads, &mut self.living),
            };
            *all += 1;
            *living += usize::from(is_there);
            let is_left_out = lane.is_task() && !controls.tasks;
            if is_left_out {
                continue;
            }
            let shares = if self.is_over { model.totals(lane) } else { model.shares(lane, from, self.at) };
            let of = |kind: Kind| shares[kind as usize];
            let (with, without) = (of(Kind::Holds) + of(Kind::Collects), of(Kind::Runs));
            if !lane.is_task() {
                held += with;
                ran += with + without;
                waited += of(Kind::Waits);
            }
            if controls.shows(&lane.name) && is_seen(lane, model, controls) {
                // A task waits for its loop.
                let waits = of(Kind::Waits) + of(Kind::Ready);
                let runnable = with + without + waits;
                let before = || model.kind_at(lane, self.at).filter(|_| is_there && !is_now);
                let kind = current.map(|current| current.kind).or_else(before);
                rows.push(Row {
                    id: lane.id,
                    is_task: lane.is_task(),
                    label: lane.label,
                    name: lane.name.clone(),
                    kind,
                    state: match (current, kind) {
                        (Some(current), _) => state(model, &current),
                        (None, Some(kind)) => past_state(kind, lane.is_task()).to_string(),
                        (None, None) if is_there => String::new(),
                        (None, None) => "over".to_string(),
                    },
                    waited: (runnable > 0).then(|| ratio(waits, runnable)),
                    ran: ratio(with + without, self.window_ns),
                });
            }
        }
        sort(&mut rows, controls.order);
        self.rows = rows;
        let locks = model.interpreters.iter().map(|one| one.recorded_ns(from, self.at)).sum();
        self.busy = ratio(held, locks).min(1.0);
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

/// How long a thread waits before it asks for the lock; `None` where that is not how it works.
fn interval(mode: Mode, ns: Ns) -> Option<Ns> {
    let mode = mode.to_string();
    (mode != "off" && mode != "2.7").then_some(ns)
}

/// Who had the first interpreter's lock.
fn holder(model: &Model, at: Ns) -> Option<&Lane> {
    if at == model.now {
        return model.holder();
    }
    let had_it = |lane: &&Lane| matches!(model.kind_at(lane, at), Some(Kind::Holds | Kind::Collects));
    model.lanes.iter().filter(|lane| lane.interpreter == 0 && !lane.is_task() && !lane.is_own()).find(had_it)
}

/// What a thread did at a moment of which the events are gone.
fn past_state(kind: Kind, is_task: bool) -> &'static str {
    match kind {
        Kind::Holds => "has the lock",
        Kind::Runs if is_task => "steps",
        Kind::Runs => "runs",
        Kind::Ready => "ready",
        Kind::Waits => "wants it",
        Kind::Blocked => "blocked",
        Kind::Sleeps if is_task => "awaits",
        Kind::Sleeps => "sleeps",
        Kind::Away => "away",
        Kind::Stands => "stands still",
        Kind::Collects => "collects",
        Kind::Unknown => "?",
    }
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

fn switches(model: &Model, at: Ns, window_ns: Ns) -> Vec<(&'static str, f64)> {
    let is_whole = model.is_over && at == model.now;
    let counts: [u64; SWITCHES] = if is_whole { model.all_switches } else { model.switches_before(at) };
    let seconds = (window_ns as f64 / 1e9).max(1e-3);
    let names = std::iter::once("forced").chain(Reason::ALL.iter().map(|reason| reason.name()));
    let mut named: Vec<(&str, f64)> = names.zip(counts).map(|(name, n)| (name, n as f64 / seconds)).collect();
    named[1..].sort_by(|one, other| other.1.total_cmp(&one.1));
    named.retain(|(name, rate)| *rate > 0.0 || *name == "forced");
    named
}

fn wait_rows(model: &Model, controls: &Controls, at: Ns) -> Option<Vec<WaitRow>> {
    let is_now = at == model.now;
    let lasting = model.lasting_waits().filter(|wait| is_now && wait.key.cause.is_contention());
    let mut sums = match model.is_over && is_now {
        true => model.waits.all(),
        false => model.waits.recent(at, lasting)?,
    };
    let is_own = |id: Option<u32>| id.and_then(|id| model.lane(id)).is_some_and(Lane::is_own);
    sums.retain(|sum| controls.all_waits || sum.key.cause.is_contention());
    sums.retain(|sum| !is_own(sum.key.who));
    waits::sort(&mut sums, controls.waits_by);
    sums.truncate(ROWS);
    Some(sums.iter().map(|sum| wait_row(model, sum)).collect())
}

fn wait_row(model: &Model, sum: &Sum) -> WaitRow {
    let Key { who, place, cause, owner } = sum.key;
    let label_of = |id: u32| model.lane(id).map(|lane| lane.label.to_string());
    // Of very many pairs only the lines are known.
    let some = |id: Option<u32>| if who.is_none() { Some("several".to_string()) } else { id.and_then(label_of) };
    let is_over = |id: Option<u32>| id.and_then(|id| model.lane(id)).is_some_and(|lane| lane.ended.is_some());
    let of = match cause {
        Cause::Gil(at) => match (some(owner), model.place_name(at)) {
            (Some(label), Some(name)) if model.is_same_file(at, place) => {
                format!("lock: {label} at {}", &name[name.find(':').unwrap_or(0)..])
            }
            (Some(label), Some(name)) => format!("lock: {label} at {name}"),
            (Some(label), None) if is_over(owner) => format!("lock: {label} at its end"),
            (Some(label), None) => format!("lock: {label}"),
            (None, _) => "lock".to_string(),
        },
        Cause::Own(on, _) => match some(owner) {
            Some(label) => format!("{} of {label}", relations::awaited(on, sum.objects)),
            None => relations::awaited(on, sum.objects),
        },
        Cause::Object(kind) => format!("a {kind}"),
    };
    let label = some(who).unwrap_or(" ".to_string());
    WaitRow {
        ns: sum.ns,
        longest_ns: sum.longest_ns,
        times: sum.times,
        at: format!("{label} {}", model.place_name(place).unwrap_or_else(|| "before its first line".to_string())),
        of,
        source: model.source_line(place).unwrap_or_default().to_string(),
    }
}

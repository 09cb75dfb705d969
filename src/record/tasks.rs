//! The tasks of event loops: what each was doing at each moment, and which steps kept others waiting.
//!
//! A task runs in steps, each by the thread of its loop, one task at a time: so what the thread does during a step, the task
//! does. Between two steps it awaits something, or is ready and waits for the loop.

use std::collections::HashMap;

use crate::gil::events::{Event, TaskDoes};
use crate::world::Ns;

use super::figures::Spread;
use super::file::{Entry, Place, Recording};
use super::timeline::{Doing, Lane, Release, Span};

/// A task of a loop.
#[derive(Clone, Debug)]
pub struct TaskLane {
    /// As those of threads; the thread is the task's number.
    pub lane: Lane,
    /// Whose loop runs it; `None` if it took no step.
    pub thread: Option<u32>,
    pub steps: Vec<Step>,
    /// How it ended, if it did.
    pub outcome: Option<TaskDoes>,
}

/// A step of a task.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub from: Ns,
    pub to: Ns,
    /// Where it blocked the loop, if it did so for most of its time; otherwise where it began.
    pub place: Place,
    /// For how much of it the thread was detached, so that the loop stood still.
    pub blocked_ns: Ns,
}

impl Step {
    pub fn ns(&self) -> Ns {
        self.to - self.from
    }
}

/// What a task did with its time. The times add up to its life.
#[derive(Clone, Debug)]
pub struct TaskFigures {
    pub task: u32,
    pub name: String,
    pub interpreter: usize,
    pub life_ns: Ns,
    pub steps: Spread,
    /// It could have taken a step, and the loop was busy.
    pub ready: Spread,
    /// In its steps: the thread ran; waited for the interpreter's lock; was detached.
    pub ran_ns: Ns,
    pub lock_wait_ns: Ns,
    pub blocked_ns: Ns,
    pub awaited_ns: Ns,
    /// In its steps: the world was stopped; anywhere: nothing is known.
    pub other_ns: Ns,
    pub outcome: Option<TaskDoes>,
}

/// A line at which steps kept other tasks of the loop waiting.
#[derive(Clone, Copy, Debug)]
pub struct LoopCost {
    pub place: Place,
    /// Time that others were ready meanwhile, all together.
    pub ns: Ns,
    pub steps: u64,
    pub longest_ns: Ns,
    /// How many other tasks of the loop there were in the longest of them.
    pub others: u64,
    /// For how much of the steps the thread was detached.
    pub blocked_ns: Ns,
}

impl TaskFigures {
    pub fn of(task: &TaskLane) -> TaskFigures {
        let sum = |wanted: fn(&Doing) -> bool| task.lane.spans.iter().filter(|s| wanted(&s.doing)).map(Span::ns).sum();
        let ready = task.lane.spans.iter().filter(|span| span.doing == Doing::Ready);
        TaskFigures {
            task: task.lane.thread,
            name: task.lane.name.clone(),
            interpreter: task.lane.interpreter,
            life_ns: task.lane.to - task.lane.from,
            steps: Spread::of(task.steps.iter().map(Step::ns)),
            ready: Spread::of(ready.map(Span::ns)),
            ran_ns: sum(|doing| *doing == Doing::Steps),
            lock_wait_ns: sum(|doing| *doing == Doing::Waits),
            blocked_ns: sum(|doing| matches!(doing, Doing::Blocks(_))),
            awaited_ns: sum(|doing| *doing == Doing::Awaits),
            other_ns: sum(|doing| matches!(doing, Doing::Stands | Doing::Unknown)),
            outcome: task.outcome,
        }
    }

    /// Time it could have run: in steps, or ready.
    pub fn active_ns(&self) -> Ns {
        self.steps.total_ns + self.ready.total_ns
    }
}

/// A task as far as it is known.
struct Open {
    task: TaskLane,
    doing: Doing,
    since: Ns,
    place: Place,
}

impl Open {
    fn change(&mut self, at: Ns, doing: Doing, place: Place, threads: &Threads) {
        let at = at.max(self.since);
        if self.doing == Doing::Steps {
            self.end_step(at, threads);
        } else {
            self.add(self.since, at, self.doing, self.place);
        }
        (self.since, self.doing, self.place) = (at, doing, place);
    }

    /// What the thread has done since then, the task has done.
    fn end_step(&mut self, at: Ns, threads: &Threads) {
        let first = self.task.lane.spans.len();
        let thread = self.task.thread.and_then(|thread| threads.lane(thread));
        let since = self.since;
        let mut known = since;
        for span in thread.into_iter().flat_map(|lane| between(lane, since, at)) {
            let (from, to) = (span.from.max(known), span.to.min(at));
            self.add(known, from, Doing::Unknown, self.place);
            let doing = match span.doing {
                Doing::Holds | Doing::Runs => Doing::Steps,
                Doing::Away(reason) => Doing::Blocks(reason),
                other => other,
            };
            // Where the thread was when it let go of the lock, perhaps in another step, says nothing about this one.
            let place = if matches!(doing, Doing::Blocks(_)) { span.place } else { self.place };
            self.add(from, to, doing, place);
            known = to.max(known);
        }
        self.add(known, at, Doing::Unknown, self.place);
        let parts = &self.task.lane.spans[first..];
        let blocked_ns = parts.iter().filter(|span| matches!(span.doing, Doing::Blocks(_))).map(Span::ns).sum();
        let place = parts.iter().max_by_key(|span| span.ns()).map_or(self.place, |span| span.place);
        self.task.steps.push(Step { from: self.since, to: at, place, blocked_ns });
    }

    fn add(&mut self, from: Ns, to: Ns, doing: Doing, place: Place) {
        if to > from {
            let release = Release::None;
            self.task.lane.spans.push(Span { from, to, doing, place, release, awaited: None, by: None });
        }
    }
}

/// The lanes of threads by their numbers.
struct Threads<'a> {
    lanes: &'a [Lane],
    places: HashMap<u32, usize>,
}

impl Threads<'_> {
    fn lane(&self, thread: u32) -> Option<&Lane> {
        self.places.get(&thread).map(|at| &self.lanes[*at])
    }
}

/// The spans of a lane that overlap with that time.
fn between(lane: &Lane, from: Ns, to: Ns) -> impl Iterator<Item = &Span> {
    let first = lane.spans.partition_point(|span| span.to <= from);
    lane.spans[first..].iter().take_while(move |span| span.from < to)
}

/// The lanes of all tasks, in the order in which they were first heard of.
pub fn lanes(recording: &Recording, threads: &[Lane]) -> Vec<TaskLane> {
    let places = threads.iter().enumerate().map(|(at, lane)| (lane.thread, at)).collect();
    let threads = Threads { lanes: threads, places };
    let mut order: Vec<Open> = Vec::new();
    let mut known: HashMap<u32, usize> = HashMap::new();
    for entry in &recording.events {
        let Event::Task { task, does } = entry.event else { continue };
        let at = *known.entry(task).or_insert_with(|| {
            order.push(begin(recording, task, entry, &threads));
            order.len() - 1
        });
        happens(&mut order[at], entry, does, &threads);
    }
    for open in order.iter_mut().filter(|open| open.task.outcome.is_none()) {
        let end = recording.interpreters[open.task.lane.interpreter].end_ns;
        open.change(end, Doing::Unknown, Place::default(), &threads);
        open.task.lane.to = open.since;
    }
    order.into_iter().map(|open| open.task).collect()
}

fn begin(recording: &Recording, task: u32, entry: &Entry, threads: &Threads) -> Open {
    let lane = Lane {
        thread: task,
        interpreter: threads.lane(entry.thread).map_or(0, |lane| lane.interpreter),
        name: recording.thread_name(task).to_string(),
        from: entry.at,
        to: entry.at,
        spans: Vec::new(),
        switches: Vec::new(),
        waits: 0,
        leaves: Vec::new(),
    };
    let task = TaskLane { lane, thread: None, steps: Vec::new(), outcome: None };
    Open { task, doing: Doing::Unknown, since: entry.at, place: entry.place }
}

fn happens(open: &mut Open, entry: &Entry, does: TaskDoes, threads: &Threads) {
    if open.task.outcome.is_some() {
        return;
    }
    match does {
        // In its step it can be told that it is ready for the next one: the step ends first.
        TaskDoes::IsReady if open.doing == Doing::Steps => {}
        TaskDoes::IsReady => open.change(entry.at, Doing::Ready, entry.place, threads),
        TaskDoes::Steps => {
            open.change(entry.at, Doing::Steps, entry.place, threads);
            open.task.thread = Some(entry.thread);
        }
        TaskDoes::Awaits => open.change(entry.at, Doing::Awaits, entry.place, threads),
        end => {
            open.change(entry.at, Doing::Unknown, entry.place, threads);
            open.task.outcome = Some(end);
            open.task.lane.to = open.since;
        }
    }
}

/// The lines at which steps kept others from going on, the longest first.
pub fn loop_costs(tasks: &[TaskLane]) -> Vec<LoopCost> {
    let mut found: HashMap<Place, LoopCost> = HashMap::new();
    let mut loops: HashMap<u32, Vec<&TaskLane>> = HashMap::new();
    for task in tasks {
        if let Some(thread) = task.thread {
            loops.entry(thread).or_default().push(task);
        }
    }
    for tasks in loops.values() {
        let ready = Ready::of(tasks);
        let mut births: Vec<Ns> = tasks.iter().map(|task| task.lane.from).collect();
        let mut deaths: Vec<Ns> = tasks.iter().map(|task| task.lane.to).collect();
        births.sort_unstable();
        deaths.sort_unstable();
        for step in tasks.iter().flat_map(|task| &task.steps) {
            let none = LoopCost { place: step.place, ns: 0, steps: 0, longest_ns: 0, others: 0, blocked_ns: 0 };
            let cost = found.entry(step.place).or_insert(none);
            cost.ns += ready.until(step.to) - ready.until(step.from);
            cost.steps += 1;
            cost.blocked_ns += step.blocked_ns;
            if step.ns() > cost.longest_ns {
                cost.longest_ns = step.ns();
                let born = births.partition_point(|at| *at < step.to);
                let dead = deaths.partition_point(|at| *at <= step.from);
                cost.others = (born - dead).saturating_sub(1) as u64;
            }
        }
    }
    let mut costs: Vec<LoopCost> = found.into_values().filter(|cost| cost.others > 0).collect();
    costs.sort_by_key(|cost| (std::cmp::Reverse(cost.longest_ns), cost.place));
    costs
}

/// How many tasks of a loop were ready, over time.
struct Ready {
    /// When, how many from then on, and the time that tasks had been ready until then, all together.
    changes: Vec<(Ns, u64, Ns)>,
}

impl Ready {
    fn of(tasks: &[&TaskLane]) -> Ready {
        let spans = tasks.iter().flat_map(|task| &task.lane.spans).filter(|span| span.doing == Doing::Ready);
        let mut ends: Vec<(Ns, i64)> = spans.flat_map(|span| [(span.from, 1), (span.to, -1)]).collect();
        ends.sort_unstable();
        let mut changes: Vec<(Ns, u64, Ns)> = vec![(0, 0, 0)];
        for (at, change) in ends {
            let (since, count, sum) = changes[changes.len() - 1];
            changes.push((at, count.saturating_add_signed(change), sum + count * (at - since)));
        }
        Ready { changes }
    }

    /// The time that tasks had been ready until then, all together.
    fn until(&self, at: Ns) -> Ns {
        let last = self.changes.partition_point(|(since, ..)| *since <= at);
        let (since, count, sum) = self.changes[last.saturating_sub(1)];
        sum + count * (at - since)
    }
}

//! What each thread was doing at each moment: the events of a recording made into spans.
//!
//! Two things hold, whatever the events say, and are tested:
//!
//! * The spans of a thread lie end to end, from its beginning to its end: so its times add up to its life.
//! * No two threads hold one lock at the same moment. A thread that is forced to let go without anybody having asked for
//!   the lock (2.7's ticks ran out) does not look at the clock before it does. Its hold ends, then, when the next one's
//!   begins.

use std::collections::HashMap;

use crate::gil::Reason;
use crate::gil::events::{Awaited, Event};
use crate::world::Ns;

use super::file::{Entry, Place, RecordedThread, Recording};
use super::tasks::{self, TaskLane};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Runs and holds the lock.
    Holds,
    /// Runs where there is no lock.
    Runs,
    /// Waits for the lock.
    Waits,
    /// Stands still, the world being stopped.
    Stands,
    /// Detached; what for.
    Away(Reason),
    /// Nobody knows: nothing was recorded, or not kept.
    Unknown,
    /// A task: takes a step, and its thread runs.
    Steps,
    /// A task: takes a step, but its thread is detached, so that the loop stands still; what for.
    Blocks(Reason),
    /// A task: could take a step, and waits for the loop.
    Ready,
    /// A task: awaits something.
    Awaits,
}

/// A thread did one thing for that long.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub from: Ns,
    pub to: Ns,
    pub doing: Doing,
    /// Where it was when the span ended for `Holds` and `Runs`, which change their place; where it was all the time
    /// for the others.
    pub place: Place,
    /// `Waits`: how the thread came to wait. `Holds`: how the hold ended.
    pub release: Release,
    /// `Away` for a lock or a join: what for, and whose that was.
    pub awaited: Option<(Awaited, u64, Option<u32>)>,
    /// `Away`: who ended it, if that is known. `Holds`: from whom the lock came.
    pub by: Option<u32>,
}

/// How a thread gave up the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// It did not, or had not had it.
    None,
    Forced,
    Voluntary(Reason),
}

impl Span {
    pub fn ns(&self) -> Ns {
        self.to - self.from
    }
}

/// The spans of one thread.
#[derive(Clone, Debug)]
pub struct Lane {
    pub thread: u32,
    /// Whose it is, by its place in the recording.
    pub interpreter: usize,
    pub name: String,
    pub from: Ns,
    pub to: Ns,
    pub spans: Vec<Span>,
    /// How it gave up the lock each time that another thread took it then.
    pub switches: Vec<Release>,
    /// How often it had to wait for the lock.
    pub waits: u64,
    /// How often it detached of its own accord, and what for.
    pub leaves: Vec<Reason>,
}

/// All threads of a recording, and the locks.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// By interpreter, and for each in the order in which the threads were registered.
    pub lanes: Vec<Lane>,
    /// Of each interpreter.
    pub locks: Vec<Lock>,
    /// Of event loops, in the order in which they were first heard of.
    pub tasks: Vec<TaskLane>,
}

/// The lock of one interpreter.
#[derive(Clone, Debug, Default)]
pub struct Lock {
    /// The holds of all threads in order, as lane and span.
    pub holds: Vec<(usize, usize)>,
    /// How often it went from one thread to another.
    pub switches: u64,
}

/// A lane as far as it is known.
pub struct Open {
    pub lane: Lane,
    pub doing: Doing,
    pub since: Ns,
    pub place: Place,
    release: Release,
    pub awaited: Option<(Awaited, u64, Option<u32>)>,
    /// What is known of the wait that is about to begin.
    blocks: Option<(Awaited, u64, Option<u32>)>,
    /// Who ended its last wait, or from whom the lock came.
    pub by: Option<u32>,
    /// What was handed to it, until it runs.
    handed: Option<u64>,
    /// How the lock was given up last.
    pub last_release: Release,
}

impl Open {
    /// The thread does something else from `at` on, or from its end if that was before.
    fn change(&mut self, at: Ns, doing: Doing, place: Place) {
        let at = at.max(self.since).min(self.lane.to);
        let runs = matches!(self.doing, Doing::Holds | Doing::Runs);
        if at > self.since {
            self.lane.spans.push(Span {
                from: self.since,
                to: at,
                doing: self.doing,
                place: if runs { place } else { self.place },
                release: self.release,
                awaited: self.awaited,
                by: self.by,
            });
        }
        self.since = at;
        self.doing = doing;
        self.place = place;
        self.awaited = None;
        self.by = None;
        self.release = Release::None;
    }

    /// The lock is given up at `at`, so that the hold (if it is one) has ended this way.
    fn give_up(&mut self, at: Ns, how: Release, doing: Doing, place: Place) {
        if self.doing == Doing::Holds {
            self.release = how;
        }
        self.last_release = how;
        self.change(at, doing, place);
        self.release = how;
    }
}

impl Timeline {
    pub fn new(recording: &Recording) -> Timeline {
        let mut follower = Follower::default();
        for thread in &recording.threads {
            follower.add(thread, recording.interpreters[thread.interpreter].end_ns);
        }
        let mut gaps = recording.gaps.clone();
        gaps.sort_by_key(|(_, from, _)| *from);
        let mut gaps = gaps.into_iter().peekable();
        for entry in &recording.events {
            while let Some((of, from, _)) = gaps.next_if(|(_, from, _)| *from <= entry.at) {
                follower.nothing_is_known(of, from);
            }
            follower.event(entry);
        }
        for (of, from, _) in gaps {
            follower.nothing_is_known(of, from);
        }
        follower.end(recording)
    }

    /// The lane of a thread.
    pub fn lane(&self, thread: u32) -> Option<&Lane> {
        self.lanes.iter().find(|lane| lane.thread == thread)
    }

    /// The lanes of threads, and of tasks after them.
    pub fn all_lanes(&self) -> impl Iterator<Item = &Lane> {
        self.lanes.iter().chain(self.tasks.iter().map(|task| &task.lane))
    }

    /// How often the locks went from one thread to another.
    pub fn switches(&self) -> u64 {
        self.locks.iter().map(|lock| lock.switches).sum()
    }

    /// A hold of a lock, by its place in `holds`, and the thread whose it is.
    pub fn hold(&self, lock: usize, at: usize) -> (u32, &Span) {
        let (lane, span) = self.locks[lock].holds[at];
        (self.lanes[lane].thread, &self.lanes[lane].spans[span])
    }

    /// The holds of a lock that overlap with that time, by their places in `holds`.
    pub fn holds_between(&self, lock: usize, from: Ns, to: Ns) -> impl Iterator<Item = usize> {
        let holds = &self.locks[lock].holds;
        let first = holds.partition_point(|(lane, span)| self.lanes[*lane].spans[*span].to <= from);
        (first..holds.len()).take_while(move |at| self.hold(lock, *at).1.from < to)
    }
}

/// Follows what happens, event by event.
#[derive(Default)]
pub struct Follower {
    open: Vec<Open>,
    /// Lane by thread number.
    places: HashMap<u32, usize>,
    /// Of each interpreter's lock, as far as there is one.
    holders: Vec<Option<usize>>,
    /// Objects that were handed to threads which have not run since: of which interpreter, by whom, to whom.
    handed: HashMap<(usize, u64), (u32, u32)>,
    switches: Vec<u64>,
}

impl Follower {
    /// There is another thread, which will live until `end` unless it is known to end.
    pub fn add(&mut self, thread: &RecordedThread, end: Ns) {
        self.places.insert(thread.id, self.open.len());
        let interpreters = self.holders.len().max(thread.interpreter + 1);
        self.holders.resize(interpreters, None);
        self.switches.resize(interpreters, 0);
        self.open.push(Open {
            lane: Lane {
                thread: thread.id,
                interpreter: thread.interpreter,
                name: thread.name.clone(),
                from: thread.born_ns,
                to: thread.ended_ns.unwrap_or(end).max(thread.born_ns),
                spans: Vec::new(),
                switches: Vec::new(),
                waits: 0,
                leaves: Vec::new(),
            },
            // It has not started yet.
            doing: Doing::Away(Reason::Other),
            since: thread.born_ns,
            place: Place::default(),
            release: Release::None,
            awaited: None,
            blocks: None,
            by: None,
            handed: None,
            last_release: Release::None,
        });
    }

    /// A thread that was added.
    pub fn get(&self, thread: u32) -> Option<&Open> {
        self.places.get(&thread).map(|at| &self.open[*at])
    }

    /// The thread that holds the lock of an interpreter.
    pub fn holder(&self, interpreter: usize) -> Option<u32> {
        self.holders.get(interpreter).copied().flatten().map(|at| self.open[at].lane.thread)
    }

    /// Takes the spans that have come to an end, and forgets what else was noted for the sake of sums.
    pub fn take(&mut self, thread: u32) -> Vec<Span> {
        let Some(at) = self.places.get(&thread) else { return Vec::new() };
        let lane = &mut self.open[*at].lane;
        lane.switches.clear();
        lane.leaves.clear();
        std::mem::take(&mut lane.spans)
    }

    /// Forgets a thread that is over.
    pub fn forget(&mut self, thread: u32) {
        let Some(at) = self.places.get(&thread).copied() else { return };
        self.takes(at);
        self.places.remove(&thread);
        self.open.swap_remove(at);
        let last = self.open.len();
        if let Some(moved) = self.open.get(at) {
            self.places.insert(moved.lane.thread, at);
        }
        for holder in &mut self.holders {
            *holder = match *holder {
                Some(holder) if holder == at => None,
                Some(holder) if holder == last => Some(at),
                other => other,
            };
        }
    }

    pub fn event(&mut self, entry: &Entry) {
        let Some(at) = self.places.get(&entry.thread).copied() else { return };
        let (when, place) = (entry.at, entry.place);
        if when > self.open[at].lane.to {
            // It is over: what it still does, it does for others.
            self.wakes(entry);
            return;
        }
        if let Event::Runs { locked, from } = entry.event {
            self.takes(at);
            return self.runs(at, entry, locked, from.map(|id| id.0));
        }
        self.wakes(entry);
        let thread = &mut self.open[at];
        match entry.event {
            Event::Wants if thread.doing != Doing::Waits => {
                thread.lane.waits += 1;
                match thread.doing {
                    Doing::Holds => thread.give_up(when, Release::Forced, Doing::Waits, place),
                    _ => {
                        let release = thread.last_release;
                        thread.change(when, Doing::Waits, place);
                        thread.release = release;
                    }
                }
            }
            Event::Stands => thread.change(when, Doing::Stands, place),
            Event::Leaves(reason) => {
                let awaited = thread.blocks.take();
                thread.lane.leaves.push(reason);
                thread.give_up(when, Release::Voluntary(reason), Doing::Away(reason), place);
                thread.awaited = awaited;
            }
            Event::Blocks { on, object, owner } => {
                // The one before is said to have it until the one to whom it was handed runs.
                let handed = self.handed.get(&(thread.lane.interpreter, object)).copied();
                let taker = |owner: u32| handed.filter(|(by, _)| *by == owner).map_or(owner, |(_, to)| to);
                thread.blocks = Some((on, object, owner.map(|owner| taker(owner.0))));
            }
            Event::Lost(_) => thread.change(when, Doing::Unknown, place),
            Event::Ends => {
                thread.change(when, Doing::Away(Reason::Exit), place);
                thread.lane.to = thread.lane.to.min(when);
            }
            _ => {}
        }
        let Open { lane, doing, .. } = &self.open[at];
        let holder = &mut self.holders[lane.interpreter];
        if *holder == Some(at) && *doing != Doing::Holds {
            *holder = None;
        }
    }

    fn wakes(&mut self, entry: &Entry) {
        let Event::Wakes { who, object } = entry.event else { return };
        let Some(woken) = self.places.get(&who.0).map(|at| &mut self.open[*at]) else { return };
        woken.handed = Some(object);
        self.handed.insert((woken.lane.interpreter, object), (entry.thread, who.0));
        if matches!(woken.doing, Doing::Away(_)) {
            woken.by = Some(entry.thread);
        }
    }

    /// What was handed to a thread is its own now.
    fn takes(&mut self, at: usize) {
        let thread = &mut self.open[at];
        if let Some(object) = thread.handed.take() {
            self.handed.remove(&(thread.lane.interpreter, object));
        }
    }

    fn runs(&mut self, at: usize, entry: &Entry, locked: bool, from: Option<u32>) {
        let of = self.open[at].lane.interpreter;
        if locked && let Some(holder) = self.holders[of].replace(at).filter(|holder| *holder != at) {
            // It has let go without looking at the clock, and waits since.
            let place = self.open[holder].place;
            self.open[holder].lane.waits += 1;
            self.open[holder].give_up(entry.at, Release::Forced, Doing::Waits, place);
        }
        if let Some(from) = from {
            self.switched(at, self.places.get(&from).copied());
        }
        let thread = &mut self.open[at];
        let doing = if locked { Doing::Holds } else { Doing::Runs };
        if thread.doing == doing && from.is_none() {
            return;
        }
        thread.change(entry.at, doing, entry.place);
        thread.by = from;
    }

    /// The lock goes from one thread to another: that counts for the one that gave it up, by how it did, so that each switch
    /// has one reason. What it did before the recording began nobody knows.
    fn switched(&mut self, at: usize, from: Option<usize>) {
        self.switches[self.open[at].lane.interpreter] += 1;
        let Some(from) = from else {
            // It is over, and the recording does not know it.
            return self.open[at].lane.switches.push(Release::Voluntary(Reason::Exit));
        };
        let Open { lane, last_release, .. } = &mut self.open[from];
        lane.switches.push(match *last_release {
            Release::None => Release::Voluntary(Reason::Other),
            known => known,
        });
    }

    /// From here on nothing was recorded of that interpreter.
    pub fn nothing_is_known(&mut self, of: usize, at: Ns) {
        if let Some(holder) = self.holders.get_mut(of) {
            *holder = None;
        }
        let theirs = self.open.iter_mut().filter(|thread| thread.lane.interpreter == of);
        for thread in theirs.filter(|thread| thread.since <= at && thread.lane.to > at) {
            let place = thread.place;
            thread.change(at, Doing::Unknown, place);
        }
    }

    fn end(self, recording: &Recording) -> Timeline {
        let mut lanes = Vec::new();
        for mut thread in self.open {
            let place = thread.place;
            let end = recording.interpreters[thread.lane.interpreter].end_ns;
            let to = thread.lane.to.min(end.max(thread.lane.from));
            thread.lane.to = to;
            thread.change(to, Doing::Unknown, place);
            lanes.push(thread.lane);
        }
        let mut locks = vec![Lock::default(); recording.interpreters.len()];
        locks.iter_mut().zip(self.switches).for_each(|(lock, switches)| lock.switches = switches);
        for (at, lane) in lanes.iter().enumerate() {
            let of_lane = lane.spans.iter().enumerate().filter(|(_, span)| span.doing == Doing::Holds);
            locks[lane.interpreter].holds.extend(of_lane.map(|(span, _)| (at, span)));
        }
        for lock in &mut locks {
            lock.holds.sort_by_key(|(lane, span)| lanes[*lane].spans[*span].from);
        }
        let tasks = tasks::lanes(recording, &lanes);
        Timeline { lanes, locks, tasks }
    }
}

//! The figures of a recording: of each thread, and of all together.

use crate::gil::Reason;
use crate::world::Ns;

use super::file::Recording;
use super::timeline::{Doing, Lane, Lock, Release, Timeline};

/// Several spans of time by their lengths.
#[derive(Clone, Debug, Default)]
pub struct Spread {
    /// Shortest first.
    lengths: Vec<Ns>,
    pub total_ns: Ns,
}

impl Spread {
    pub fn of(lengths: impl IntoIterator<Item = Ns>) -> Spread {
        let mut lengths: Vec<Ns> = lengths.into_iter().collect();
        lengths.sort_unstable();
        let total_ns = lengths.iter().sum();
        Spread { lengths, total_ns }
    }

    pub fn count(&self) -> usize {
        self.lengths.len()
    }

    /// The shortest that at least `percent` of them are no longer than; 0 if there are none.
    pub fn percentile(&self, percent: usize) -> Ns {
        let rank = (self.lengths.len() * percent).div_ceil(100).max(1);
        self.lengths.get(rank - 1).copied().unwrap_or(0)
    }

    pub fn longest(&self) -> Ns {
        self.lengths.last().copied().unwrap_or(0)
    }

    pub fn mean(&self) -> Ns {
        self.total_ns / (self.lengths.len() as Ns).max(1)
    }
}

/// What one thread did with its time. The times add up to its life.
#[derive(Clone, Debug)]
pub struct ThreadFigures {
    pub thread: u32,
    pub interpreter: usize,
    pub name: String,
    /// From its beginning, or the recording's, to its end.
    pub life_ns: Ns,
    /// With the lock.
    pub holds: Spread,
    /// For the lock.
    pub waits: Spread,
    pub run_ns: Ns,
    pub stopped_ns: Ns,
    /// Detached, by reason.
    pub away_ns: [Ns; Reason::COUNT],
    /// Not recorded.
    pub unknown_ns: Ns,
    /// How often it began to wait for the lock.
    pub times_waited: u64,
    pub forced_switches: u64,
    pub voluntary_switches: [u64; Reason::COUNT],
    /// How often it detached of its own accord.
    pub leaves: [u64; Reason::COUNT],
}

impl ThreadFigures {
    pub fn of(lane: &Lane) -> ThreadFigures {
        let lengths = |wanted: Doing| lane.spans.iter().filter(move |s| s.doing == wanted).map(|s| s.ns());
        let mut away_ns = [0; Reason::COUNT];
        for span in &lane.spans {
            if let Doing::Away(reason) = span.doing {
                away_ns[reason as usize] += span.ns();
            }
        }
        let mut voluntary_switches = [0; Reason::COUNT];
        let mut forced_switches = 0;
        for release in &lane.switches {
            match release {
                Release::Forced => forced_switches += 1,
                Release::Voluntary(reason) => voluntary_switches[*reason as usize] += 1,
                Release::None => {}
            }
        }
        let mut leaves = [0; Reason::COUNT];
        lane.leaves.iter().for_each(|reason| leaves[*reason as usize] += 1);
        ThreadFigures {
            thread: lane.thread,
            interpreter: lane.interpreter,
            name: lane.name.clone(),
            life_ns: lane.to - lane.from,
            holds: Spread::of(lengths(Doing::Holds)),
            waits: Spread::of(lengths(Doing::Waits)),
            run_ns: lengths(Doing::Runs).sum(),
            stopped_ns: lengths(Doing::Stands).sum(),
            away_ns,
            unknown_ns: lengths(Doing::Unknown).sum(),
            times_waited: lane.waits,
            forced_switches,
            voluntary_switches,
            leaves,
        }
    }

    pub fn hold_ns(&self) -> Ns {
        self.holds.total_ns
    }

    pub fn wait_ns(&self) -> Ns {
        self.waits.total_ns
    }

    /// Time it ran, with a lock or without.
    pub fn computed_ns(&self) -> Ns {
        self.hold_ns() + self.run_ns
    }

    /// Time it was able to run: running, or kept from it by the lock.
    pub fn runnable_ns(&self) -> Ns {
        self.computed_ns() + self.wait_ns()
    }

    pub fn voluntary(&self) -> u64 {
        self.voluntary_switches.iter().sum()
    }

    /// Waiting ÷ runnable time.
    pub fn wait_ratio(&self) -> f64 {
        ratio(self.wait_ns(), self.runnable_ns())
    }

    /// Why it gave the lock up of its own accord most often, and how often.
    pub fn usual_leave(&self) -> Option<(Reason, u64)> {
        let usual = Reason::ALL.iter().zip(self.leaves).filter(|(reason, _)| **reason != Reason::Exit);
        usual.max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 0).map(|(reason, count)| (*reason, count))
    }
}

/// The figures of one interpreter: of its lock, and of its threads together.
#[derive(Clone, Debug)]
pub struct LockFigures {
    /// How long it was recorded.
    pub life_ns: Ns,
    /// Somebody held the lock.
    pub hold_ns: Ns,
    pub run_ns: Ns,
    pub wait_ns: Ns,
    pub threads: usize,
    pub switches: u64,
    pub forced_switches: u64,
}

impl LockFigures {
    /// Of each interpreter.
    pub fn of_all(recording: &Recording, timeline: &Timeline, threads: &[ThreadFigures]) -> Vec<LockFigures> {
        let of = |at: usize| {
            let theirs = || threads.iter().filter(move |t| t.interpreter == at);
            LockFigures {
                life_ns: recording.interpreter_ns(at),
                hold_ns: theirs().map(|t| t.hold_ns()).sum(),
                run_ns: theirs().map(|t| t.run_ns).sum(),
                wait_ns: theirs().map(|t| t.wait_ns()).sum(),
                threads: theirs().count(),
                switches: timeline.locks[at].switches,
                forced_switches: theirs().map(|t| t.forced_switches).sum(),
            }
        };
        (0..recording.interpreters.len()).map(of).collect()
    }

    pub fn busy_ratio(&self) -> f64 {
        ratio(self.hold_ns, self.life_ns)
    }

    /// Waiting ÷ runnable time.
    pub fn contention_ratio(&self) -> f64 {
        ratio(self.wait_ns, self.hold_ns + self.run_ns + self.wait_ns)
    }
}

/// The figures of all threads together.
#[derive(Clone, Debug)]
pub struct Totals {
    pub recorded_ns: Ns,
    /// How long the locks were recorded, together.
    pub locks_ns: Ns,
    /// For how long of that they were locks, whether anybody held them or not.
    pub locked_ns: Ns,
    /// Somebody held a lock.
    pub hold_ns: Ns,
    pub run_ns: Ns,
    pub wait_ns: Ns,
    pub switches: u64,
    pub forced_switches: u64,
    pub voluntary_switches: [u64; Reason::COUNT],
    pub holds: Spread,
    pub waits: Spread,
    /// From a release to the moment when a thread that was waiting has the lock.
    pub handoffs: Spread,
    /// Time that threads waited for the lock while fewer ran than there are processors: as much could have run at the
    /// same time without a lock, at best.
    pub parallel_ns: Ns,
}

impl Totals {
    pub fn of(recording: &Recording, timeline: &Timeline, threads: &[ThreadFigures]) -> Totals {
        let sum = |figure: fn(&ThreadFigures) -> u64| threads.iter().map(figure).sum::<u64>();
        let all = |wanted: Doing| {
            let spans = timeline.lanes.iter().flat_map(|lane| &lane.spans);
            Spread::of(spans.filter(|s| s.doing == wanted).map(|s| s.ns()))
        };
        let mut voluntary_switches = [0; Reason::COUNT];
        for thread in threads {
            voluntary_switches.iter_mut().zip(thread.voluntary_switches).for_each(|(sum, n)| *sum += n);
        }
        Totals {
            recorded_ns: recording.recorded_ns(),
            locks_ns: (0..recording.interpreters.len()).map(|at| recording.interpreter_ns(at)).sum(),
            locked_ns: (0..recording.interpreters.len()).map(|at| recording.locked_ns(at)).sum(),
            hold_ns: sum(ThreadFigures::hold_ns),
            run_ns: sum(|t| t.run_ns),
            wait_ns: sum(ThreadFigures::wait_ns),
            switches: timeline.switches(),
            forced_switches: sum(|t| t.forced_switches),
            voluntary_switches,
            holds: all(Doing::Holds),
            waits: all(Doing::Waits),
            handoffs: handoffs(timeline),
            parallel_ns: parallel(timeline, recording.header.processors),
        }
    }

    /// Waiting ÷ runnable time.
    pub fn contention_ratio(&self) -> f64 {
        ratio(self.wait_ns, self.hold_ns + self.run_ns + self.wait_ns)
    }

    pub fn busy_ratio(&self) -> f64 {
        ratio(self.hold_ns, self.locks_ns)
    }

    pub fn voluntary(&self) -> u64 {
        self.voluntary_switches.iter().sum()
    }
}

/// `part` ÷ `whole`; 0 where there is no whole.
pub fn ratio(part: Ns, whole: Ns) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// How long a lock was nobody's although somebody waited for it, each time it went to one who waited.
fn handoffs(timeline: &Timeline) -> Spread {
    Spread::of(timeline.locks.iter().flat_map(|lock| handoffs_of(timeline, lock)))
}

fn handoffs_of(timeline: &Timeline, lock: &Lock) -> Vec<Ns> {
    let mut released = None;
    let mut lengths = Vec::new();
    for (lane, at) in &lock.holds {
        let spans = &timeline.lanes[*lane].spans;
        let span = &spans[*at];
        let waited = at.checked_sub(1).map(|before| &spans[before]).filter(|before| before.doing == Doing::Waits);
        if let (Some(released), Some(wait), Some(_)) = (released, waited, span.by) {
            lengths.push(span.from - wait.from.max(released).min(span.from));
        }
        released = Some(span.to);
    }
    lengths
}

/// See [`Totals::parallel_ns`].
fn parallel(timeline: &Timeline, processors: usize) -> Ns {
    // (when, how many more run, how many more wait)
    let mut changes: Vec<(Ns, i64, i64)> = Vec::new();
    for span in timeline.lanes.iter().flat_map(|lane| &lane.spans) {
        let (runs, waits) = match span.doing {
            Doing::Holds | Doing::Runs => (1, 0),
            Doing::Waits => (0, 1),
            _ => continue,
        };
        changes.extend([(span.from, runs, waits), (span.to, -runs, -waits)]);
    }
    changes.sort_unstable();
    let (mut running, mut waiting, mut since, mut sum) = (0, 0, 0, 0);
    for (at, runs, waits) in changes {
        let free = (processors as i64 - running).max(0);
        sum += (at - since) * free.min(waiting) as u64;
        (running, waiting, since) = (running + runs, waiting + waits, at);
    }
    sum
}

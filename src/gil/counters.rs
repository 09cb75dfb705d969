//! What is always counted, for each thread.
//!
//! At each moment a thread is in exactly one [`Phase`], and every nanosecond of its life is added to one of them, so
//! the figures of a report add up. A change of phase costs one reading of the clock and a few plain stores.
//!
//! A thread's counters are written by that thread alone. Whoever reads them at the same time does so under a sequence
//! number (odd while they are being written), and so sees all of a change or nothing of it. These atomics
//! are no part of the lock's protocol and take `std`'s, in the models too.
//!
//! Who records hears of the same changes, with the same moments ([`super::events`]).

use std::fmt;
use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, Ordering, fence};
use std::sync::{Arc, OnceLock};

use super::events::{Event, Tap};
use super::thread::{Reason, ThreadId};
use super::world::clock::Ns;

/// What a thread is doing, as far as the lock is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Runs and holds the lock.
    Holding,
    /// Runs, and there is no lock.
    Running,
    /// Could run, and waits for the lock.
    Waiting,
    /// Could run, but the world is stopped.
    Stopped,
    /// Detached, for this reason. A thread that has not started yet is away as `Other`.
    Away(Reason),
}

impl Phase {
    const COUNT: usize = 4 + Reason::COUNT;

    fn index(self) -> usize {
        match self {
            Phase::Holding => 0,
            Phase::Running => 1,
            Phase::Waiting => 2,
            Phase::Stopped => 3,
            Phase::Away(reason) => 4 + reason as usize,
        }
    }

    fn of(index: u8) -> Phase {
        match index {
            0 => Phase::Holding,
            1 => Phase::Running,
            2 => Phase::Waiting,
            3 => Phase::Stopped,
            away => Phase::Away(Reason::ALL[usize::from(away) - 4]),
        }
    }
}

/// Waits are counted by their length in powers of two: bucket `i` holds those of at least 2^i and under 2^(i+1) ns.
pub const WAIT_BUCKETS: usize = 40;

/// The bucket for a wait of `ns`. The last takes everything above nine minutes.
pub fn wait_bucket(ns: Ns) -> usize {
    (63 - (ns | 1).leading_zeros() as usize).min(WAIT_BUCKETS - 1)
}

/// The counters of one thread.
pub struct ThreadCounters {
    /// Where a recording hears of it, once somebody has recorded.
    tap: OnceLock<Arc<dyn Tap>>,
    /// Odd while the rest is being written.
    sequence: AtomicU32,
    /// The [`Phase`] it is in, by index.
    phase: AtomicU8,
    /// Why it gave up the lock last; a [`Reason`], `FORCED` or `NEVER`.
    last_release: AtomicU8,
    /// When it came into this phase.
    since: AtomicU64,
    /// When it was registered, or its process forked.
    start: AtomicU64,
    /// Time spent in each phase, without the current one.
    spent: [AtomicU64; Phase::COUNT],
    waits: AtomicU64,
    longest_wait: AtomicU64,
    longest_wait_at: AtomicU64,
    wait_histogram: [AtomicU64; WAIT_BUCKETS],
    forced_releases: AtomicU64,
    forced_switches: AtomicU64,
    voluntary_releases: [AtomicU64; Reason::COUNT],
    voluntary_switches: [AtomicU64; Reason::COUNT],
    requests_sent: AtomicU64,
    requests_received: AtomicU64,
    object_waits: AtomicU64,
    object_wait: AtomicU64,
}

impl fmt::Debug for ThreadCounters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ThreadCounters({:?} since {})", self.phase(), self.since.load(Ordering::Relaxed))
    }
}

/// `last_release` of a thread that was forced.
const FORCED: u8 = u8::MAX;
/// `last_release` of a thread that has not given up the lock since it was asked last: that others had it is no switch of its
/// own.
const NEVER: u8 = u8::MAX - 1;

/// Adds to a counter that only the calling thread writes: a load and a store, no locked instruction.
fn add(counter: &AtomicU64, amount: u64) {
    counter.store(counter.load(Ordering::Relaxed) + amount, Ordering::Relaxed);
}

fn zeros<const N: usize>() -> [AtomicU64; N] {
    std::array::from_fn(|_| AtomicU64::new(0))
}

fn read<const N: usize>(counters: &[AtomicU64; N]) -> [u64; N] {
    std::array::from_fn(|i| counters[i].load(Ordering::Relaxed))
}

impl ThreadCounters {
    pub(super) fn new(now: Ns) -> ThreadCounters {
        ThreadCounters {
            tap: OnceLock::new(),
            sequence: AtomicU32::new(0),
            phase: AtomicU8::new(Phase::Away(Reason::Other).index() as u8),
            last_release: AtomicU8::new(NEVER),
            since: AtomicU64::new(now),
            start: AtomicU64::new(now),
            spent: zeros(),
            waits: AtomicU64::new(0),
            longest_wait: AtomicU64::new(0),
            longest_wait_at: AtomicU64::new(0),
            wait_histogram: zeros(),
            forced_releases: AtomicU64::new(0),
            forced_switches: AtomicU64::new(0),
            voluntary_releases: zeros(),
            voluntary_switches: zeros(),
            requests_sent: AtomicU64::new(0),
            requests_received: AtomicU64::new(0),
            object_waits: AtomicU64::new(0),
            object_wait: AtomicU64::new(0),
        }
    }

    /// When the thread was registered.
    pub(super) fn start(&self) -> Ns {
        self.start.load(Ordering::Relaxed)
    }

    /// Begins anew in the child of a fork: what the thread did before, the parent counts. Called by the counters' own
    /// thread, which runs; it goes on with what it is doing.
    pub(super) fn restart(&self, now: Ns) {
        let ThreadCounters {
            tap: _,
            sequence: _,
            phase: _,
            last_release,
            since,
            start,
            spent,
            waits,
            longest_wait,
            longest_wait_at,
            wait_histogram,
            forced_releases,
            forced_switches,
            voluntary_releases,
            voluntary_switches,
            requests_sent,
            requests_received,
            object_waits,
            object_wait,
        } = self;
        let several = spent.iter().chain(wait_histogram).chain(voluntary_releases).chain(voluntary_switches);
        let single = [waits, longest_wait, longest_wait_at, forced_releases, forced_switches, requests_sent];
        self.write(|| {
            for counter in several.chain(single).chain([requests_received, object_waits, object_wait]) {
                counter.store(0, Ordering::Relaxed);
            }
            start.store(now, Ordering::Relaxed);
            since.store(now, Ordering::Relaxed);
            last_release.store(NEVER, Ordering::Relaxed);
        });
    }

    /// From now on `tap` hears of every change.
    pub(super) fn set_tap(&self, tap: impl FnOnce() -> Arc<dyn Tap>) {
        self.tap.get_or_init(tap);
    }

    /// Who hears of the changes.
    #[inline]
    pub fn tap(&self) -> Option<&dyn Tap> {
        self.tap.get().map(|tap| &**tap)
    }

    #[inline]
    pub(super) fn tell(&self, at: Ns, event: Event) {
        if let Some(tap) = self.tap() {
            tap.note(at, event);
        }
    }

    /// What the thread is doing.
    pub fn phase(&self) -> Phase {
        Phase::of(self.phase.load(Ordering::Relaxed))
    }

    /// Makes the changes of `write` visible together. Called by the counters' own thread only.
    fn write(&self, write: impl FnOnce()) {
        let sequence = self.sequence.load(Ordering::Relaxed);
        self.sequence.store(sequence.wrapping_add(1), Ordering::Relaxed);
        fence(Ordering::Release);
        write();
        self.sequence.store(sequence.wrapping_add(2), Ordering::Release);
    }

    /// Enters `phase` at `now`; returns how long the phase that ends has lasted.
    fn enter(&self, phase: Phase, now: Ns) -> Ns {
        let before = self.phase();
        let since = self.since.load(Ordering::Relaxed);
        let lasted = now.saturating_sub(since);
        add(&self.spent[before.index()], lasted);
        if before == Phase::Waiting {
            add(&self.waits, 1);
            add(&self.wait_histogram[wait_bucket(lasted)], 1);
            if lasted > self.longest_wait.load(Ordering::Relaxed) {
                self.longest_wait.store(lasted, Ordering::Relaxed);
                self.longest_wait_at.store(since, Ordering::Relaxed);
            }
        }
        self.phase.store(phase.index() as u8, Ordering::Relaxed);
        self.since.store(now, Ordering::Relaxed);
        lasted
    }

    /// The thread has to wait for the lock. The clock is not read if it is waiting already.
    pub(super) fn begin_wait(&self, now: impl FnOnce() -> Ns) {
        if self.phase() != Phase::Waiting {
            let now = now();
            self.write(|| {
                self.enter(Phase::Waiting, now);
            });
            self.tell(now, Event::Wants);
        }
    }

    /// The thread has to wait since the world is stopped.
    pub(super) fn begin_stop(&self, now: Ns) {
        self.write(|| {
            self.enter(Phase::Stopped, now);
        });
        self.tell(now, Event::Stands);
    }

    /// The thread runs, in phase `Holding` or `Running`; returns how long it had waited for the lock.
    /// `from` is the other thread that has had the lock since this one gave it up, if there was one.
    pub(super) fn begin_run(&self, phase: Phase, from: Option<ThreadId>, now: impl FnOnce() -> Ns) -> Ns {
        let before = self.phase();
        if before == phase && from.is_none() {
            // Let go and got it back with nobody in between: the hold goes on.
            return 0;
        }
        let now = now();
        let waiting = before == Phase::Waiting;
        // Who has turned the lock off had it then.
        let switched = from.is_some() || (phase == Phase::Running && before != Phase::Holding);
        let mut lasted = 0;
        self.write(|| {
            lasted = self.enter(phase, now);
            if switched {
                match self.last_release.load(Ordering::Relaxed) {
                    NEVER => {}
                    FORCED => add(&self.forced_switches, 1),
                    reason => add(&self.voluntary_switches[usize::from(reason)], 1),
                }
            }
            self.last_release.store(NEVER, Ordering::Relaxed);
        });
        self.tell(now, Event::Runs { locked: phase == Phase::Holding, from });
        if waiting { lasted } else { 0 }
    }

    /// The interpreter is closed to the thread: whatever it was waiting for, it runs no more.
    pub(super) fn turned_away(&self, now: Ns) {
        self.write(|| {
            self.enter(Phase::Away(Reason::Exit), now);
        });
        self.tell(now, Event::Leaves(Reason::Exit));
    }

    /// The thread detaches.
    pub(super) fn begin_away(&self, reason: Reason, requested: bool, now: Ns) {
        let had_lock = self.phase() == Phase::Holding;
        self.write(|| {
            self.enter(Phase::Away(reason), now);
            add(&self.voluntary_releases[reason as usize], 1);
            add(&self.requests_received, u64::from(requested));
            self.last_release.store(if had_lock { reason as u8 } else { NEVER }, Ordering::Relaxed);
        });
        self.tell(now, Event::Leaves(reason));
    }

    /// The thread gives up the lock since it was asked to, or since its ticks ran out.
    pub(super) fn forced(&self, requested: bool) {
        self.write(|| {
            add(&self.forced_releases, 1);
            add(&self.requests_received, u64::from(requested));
            self.last_release.store(FORCED, Ordering::Relaxed);
        });
    }

    /// The thread has sent a drop request to `holder`.
    pub(super) fn request_sent(&self, holder: ThreadId, now: impl FnOnce() -> Ns) {
        self.write(|| add(&self.requests_sent, 1));
        if let Some(tap) = self.tap() {
            tap.note(now(), Event::Asks(holder));
        }
    }

    /// The thread has waited `waited` ns for the lock of an object. Called by that thread, from the heap.
    pub fn object_waited(&self, waited: Ns) {
        self.write(|| {
            add(&self.object_waits, 1);
            add(&self.object_wait, waited);
        });
    }

    /// All figures as they stand at `now`, the current phase included.
    pub(super) fn figures(&self, now: Ns) -> Figures {
        loop {
            let sequence = self.sequence.load(Ordering::Acquire);
            if sequence & 1 == 0 {
                let figures = self.read(now);
                fence(Ordering::Acquire);
                if self.sequence.load(Ordering::Relaxed) == sequence {
                    return figures;
                }
            }
            std::hint::spin_loop();
        }
    }

    fn read(&self, now: Ns) -> Figures {
        let doing = self.phase();
        let since = self.since.load(Ordering::Relaxed);
        let mut spent = read(&self.spent);
        spent[doing.index()] += now.saturating_sub(since);
        let waiting = if doing == Phase::Waiting { now.saturating_sub(since) } else { 0 };
        let longest = self.longest_wait.load(Ordering::Relaxed);
        Figures {
            start_ns: self.start(),
            doing,
            doing_since_ns: since,
            hold_ns: spent[Phase::Holding.index()],
            run_ns: spent[Phase::Running.index()],
            wait_ns: spent[Phase::Waiting.index()],
            stopped_ns: spent[Phase::Stopped.index()],
            away_ns: std::array::from_fn(|i| spent[Phase::Away(Reason::ALL[i]).index()]),
            waits: self.waits.load(Ordering::Relaxed) + u64::from(doing == Phase::Waiting),
            longest_wait_ns: longest.max(waiting),
            longest_wait_at_ns: if waiting > longest { since } else { self.longest_wait_at.load(Ordering::Relaxed) },
            wait_histogram: read(&self.wait_histogram),
            forced_releases: self.forced_releases.load(Ordering::Relaxed),
            forced_switches: self.forced_switches.load(Ordering::Relaxed),
            voluntary_releases: read(&self.voluntary_releases),
            voluntary_switches: read(&self.voluntary_switches),
            requests_sent: self.requests_sent.load(Ordering::Relaxed),
            requests_received: self.requests_received.load(Ordering::Relaxed),
            object_waits: self.object_waits.load(Ordering::Relaxed),
            object_wait_ns: self.object_wait.load(Ordering::Relaxed),
            left: match self.last_release.load(Ordering::Relaxed) {
                NEVER => None,
                FORCED => Some(Left::Forced),
                reason => Some(Left::Voluntary(Reason::ALL[usize::from(reason)])),
            },
        }
    }
}

/// How a thread gave up the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    Forced,
    Voluntary(Reason),
}

/// The counters of one thread at one moment. Times are nanoseconds; moments are of the monotonic clock.
#[derive(Clone, Debug)]
pub struct Figures {
    /// When the thread was registered.
    pub start_ns: Ns,
    pub doing: Phase,
    pub doing_since_ns: Ns,
    /// Time it ran holding the lock.
    pub hold_ns: Ns,
    /// Time it ran while there was no lock.
    pub run_ns: Ns,
    /// Time it could have run and waited for the lock.
    pub wait_ns: Ns,
    /// Time it could have run but the world was stopped.
    pub stopped_ns: Ns,
    /// Time it was detached, by [`Reason`].
    pub away_ns: [Ns; Reason::COUNT],
    /// How often it had to wait for the lock.
    pub waits: u64,
    pub longest_wait_ns: Ns,
    /// When the longest wait began.
    pub longest_wait_at_ns: Ns,
    /// Finished waits by their length; see [`wait_bucket`].
    pub wait_histogram: [u64; WAIT_BUCKETS],
    /// How often it gave up the lock since it was asked to, or since its ticks ran out.
    pub forced_releases: u64,
    /// After how many of those another thread got the lock.
    pub forced_switches: u64,
    /// How often it detached, by [`Reason`].
    pub voluntary_releases: [u64; Reason::COUNT],
    /// After how many of those another thread had the lock before this one came back.
    pub voluntary_switches: [u64; Reason::COUNT],
    /// Drop requests it has sent to holders while it waited.
    pub requests_sent: u64,
    /// Drop requests it has met as a holder.
    pub requests_received: u64,
    /// How often it had to wait for the lock of an object (only where there is no interpreter lock).
    pub object_waits: u64,
    pub object_wait_ns: Ns,
    /// How it has given up the lock that it has not had since: whether that was a switch it will find out when it comes back.
    pub(super) left: Option<Left>,
}

impl Figures {
    /// Another thread has taken the lock since this one gave it up, if it did.
    pub(super) fn passed_on(&mut self) {
        match self.left.take() {
            Some(Left::Forced) => self.forced_switches += 1,
            Some(Left::Voluntary(reason)) => self.voluntary_switches[reason as usize] += 1,
            None => {}
        }
    }

    /// Time it was able to run: running, or kept from it by the lock.
    pub fn runnable_ns(&self) -> Ns {
        self.hold_ns + self.run_ns + self.wait_ns
    }

    /// Waiting ÷ runnable time; 0 for a thread that never could run.
    pub fn contention_ratio(&self) -> f64 {
        ratio(self.wait_ns, self.runnable_ns())
    }

    /// Adds the counts and times of `other`, and keeps the longer of the longest waits: for a sum over several threads.
    pub(super) fn absorb(&mut self, other: &Figures) {
        fn add_each<const N: usize>(sums: &mut [u64; N], others: &[u64; N]) {
            sums.iter_mut().zip(others).for_each(|(sum, other)| *sum += other);
        }
        self.start_ns = self.start_ns.min(other.start_ns);
        self.hold_ns += other.hold_ns;
        self.run_ns += other.run_ns;
        self.wait_ns += other.wait_ns;
        self.stopped_ns += other.stopped_ns;
        add_each(&mut self.away_ns, &other.away_ns);
        self.waits += other.waits;
        if other.longest_wait_ns > self.longest_wait_ns {
            self.longest_wait_ns = other.longest_wait_ns;
            self.longest_wait_at_ns = other.longest_wait_at_ns;
        }
        add_each(&mut self.wait_histogram, &other.wait_histogram);
        self.forced_releases += other.forced_releases;
        self.forced_switches += other.forced_switches;
        add_each(&mut self.voluntary_releases, &other.voluntary_releases);
        add_each(&mut self.voluntary_switches, &other.voluntary_switches);
        self.requests_sent += other.requests_sent;
        self.requests_received += other.requests_received;
        self.object_waits += other.object_waits;
        self.object_wait_ns += other.object_wait_ns;
    }

    /// Voluntary switches for any reason.
    pub fn voluntary_switches(&self) -> u64 {
        self.voluntary_switches.iter().sum()
    }
}

/// `part` ÷ `whole`; 0 where there is no whole.
pub(super) fn ratio(part: Ns, whole: Ns) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

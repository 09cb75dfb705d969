//! All counters at one moment, as `gil.stats()` and the report show them.

use super::counters::{Figures, ratio};
use super::policy::{Mode, PolicyKind, Rules};
use super::roster::Roster;
use super::thread::ThreadId;
use super::world::clock::Ns;
use super::world::parking::Mutex;

/// What is counted for the lock as a whole.
#[derive(Debug)]
pub(super) struct Totals {
    turned: Mutex<Turned>,
}

/// How long there was a lock. Written with the world stopped.
#[derive(Clone, Copy, Debug)]
struct Turned {
    start: Ns,
    /// When the lock was last turned on or off.
    at: Ns,
    /// Time with a lock until then.
    on: Ns,
}

impl Totals {
    pub fn new(now: Ns) -> Totals {
        Totals { turned: Mutex::new(Turned { start: now, at: now, on: 0 }) }
    }

    /// The policy changes at `now`; `was_on` tells whether there was a lock until now.
    pub fn lock_turned(&self, was_on: bool, now: Ns) {
        let mut turned = self.turned.lock();
        turned.on += if was_on { now.saturating_sub(turned.at) } else { 0 };
        turned.at = now;
    }

    /// Begins anew, in the child of a fork.
    pub fn restart(&self, now: Ns) {
        *self.turned.lock() = Turned { start: now, at: now, on: 0 };
    }
}

/// The lock and its threads at one moment. Times are nanoseconds; moments are of the monotonic clock.
#[derive(Clone, Debug)]
pub struct LockStats {
    pub mode: Mode,
    /// The switch interval.
    pub interval_ns: Ns,
    /// After how many ticks the lock is let go, if it is one that counts them.
    pub check_interval: Option<u32>,
    /// The moment all this is about.
    pub now_ns: Ns,
    /// How long the interpreter has existed.
    pub total_ns: Ns,
    /// For how much of that there was a lock.
    pub lock_on_ns: Ns,
    /// How often the world was stopped.
    pub stops: u64,
    /// Threads in the order in which they were registered, those that have ended among them.
    pub threads: Vec<ThreadStats>,
    /// How many threads have ended beyond those listed, with the sum of their figures, if there were so many.
    pub unlisted: Option<(u64, Figures)>,
}

/// One thread at one moment.
#[derive(Clone, Debug)]
pub struct ThreadStats {
    pub id: ThreadId,
    pub name: String,
    /// Whether it has not ended yet.
    pub alive: bool,
    pub figures: Figures,
}

impl LockStats {
    /// `last`: who has taken the lock last; nobody where there is none.
    pub(super) fn take(
        roster: &Roster,
        totals: &Totals,
        mode: Mode,
        rules: &Rules,
        last: Option<ThreadId>,
        now: Ns,
    ) -> LockStats {
        let turned = *totals.turned.lock();
        let on_since_turned = if mode.policy.has_lock() { now.saturating_sub(turned.at) } else { 0 };
        roster.look(|members| {
            let living = members.threads.iter().map(|thread| ThreadStats {
                id: thread.id(),
                name: thread.name(),
                alive: true,
                figures: thread.counters().figures(now),
            });
            let ended = members.ended.iter().map(|thread| ThreadStats {
                id: thread.id,
                name: thread.name.clone(),
                alive: false,
                figures: thread.figures.clone(),
            });
            let mut threads: Vec<_> = living.chain(ended).collect();
            threads.sort_by_key(|thread| thread.id);
            let gone = threads.iter_mut().filter(|thread| last != Some(thread.id));
            gone.for_each(|thread| thread.figures.passed_on());
            LockStats {
                mode,
                interval_ns: rules.interval(),
                check_interval: (mode.policy == PolicyKind::Ticks).then(|| rules.check_interval()),
                now_ns: now,
                total_ns: now.saturating_sub(turned.start),
                lock_on_ns: turned.on + on_since_turned,
                stops: members.stops,
                threads,
                unlisted: members.unlisted.clone(),
            }
        })
    }

    /// Time somebody held the lock.
    pub fn busy_ns(&self) -> Ns {
        self.sum(|figures| figures.hold_ns)
    }

    /// Time that all threads together waited for the lock.
    pub fn wait_ns(&self) -> Ns {
        self.sum(|figures| figures.wait_ns)
    }

    /// Busy time ÷ time with a lock.
    pub fn busy_ratio(&self) -> f64 {
        ratio(self.busy_ns(), self.lock_on_ns).min(1.0)
    }

    /// Waiting ÷ runnable time of all threads together.
    pub fn contention_ratio(&self) -> f64 {
        ratio(self.wait_ns(), self.sum(Figures::runnable_ns))
    }

    /// How often the lock went from one thread to another. Each time counts for the thread that gave it up.
    pub fn switches(&self) -> u64 {
        self.forced_switches() + self.voluntary_switches()
    }

    /// Forced switches of all threads.
    pub fn forced_switches(&self) -> u64 {
        self.sum(|figures| figures.forced_switches)
    }

    /// Voluntary switches of all threads.
    pub fn voluntary_switches(&self) -> u64 {
        self.sum(Figures::voluntary_switches)
    }

    fn sum(&self, figure: impl Fn(&Figures) -> u64) -> u64 {
        let listed = self.threads.iter().map(|thread| &thread.figures);
        listed.chain(self.unlisted.iter().map(|(_, sum)| sum)).map(figure).sum()
    }
}

//! Looking for a while before going to sleep, where what is waited for may come any moment.
//!
//! To put a thread to sleep and to wake it costs five to fifty microseconds, most of it in a core that has fallen idle
//! meanwhile. Threads that hand a turn to each other through locks would spend ten times as long on that as on their
//! turns (measured: 1 µs a turn instead of 15). So a waiter looks first, for about as long as sleeping would cost, which at
//! worst doubles the cost of its wait. It has given up the interpreter's lock by then, and what it looks at is one word
//! of its own parker, so it stands in nobody's way.
//!
//! * Who has seen it come that way is so early that whoever handed it over may not have let go of the interpreter's lock
//!   yet, and is about to. For that it looks once more, much more shortly ([`Spinning::glance`]); all others wait for the
//!   interpreter's lock as ever.
//! * A thread that looked in vain a few times looks more and more seldom: most waits are long.
//! * One core is left to those that do not look: what is waited for has to be done somewhere.

use std::sync::OnceLock;

use super::clock::{Clock, Ns};
use super::primitives::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

/// As long as it takes to sleep and to be woken. Not shorter: where both sides sleep in turn, the one has to look for as
/// long as the other needs to wake up, or neither will ever see the other come.
const LONGEST: Ns = 30_000;
/// As long as who has released a lock takes to wait for its own.
const SHORT: Ns = 5_000;
/// For how long who found something taken stays away from it, each time.
const PAUSES: [Ns; 6] = [1_500, 3_000, 6_000, 12_000, 24_000, 24_000];
/// Who finds things taken again after less than this stays away longer at once: everybody wants the same.
const BUSY: Ns = 100_000;
/// How often a thread looks in vain before it begins to do so more seldom.
const TRIES: u32 = 3;
/// It looks at one in two to the power of so many waits at least, for times change.
const SELDOM: u32 = 10;

/// How many threads of the process look at this moment.
static LOOKING: AtomicU32 = AtomicU32::new(0);

/// What one thread has learnt about looking. Only that thread uses it.
#[derive(Debug, Default)]
pub struct Spinning {
    /// How many looks in a row were in vain.
    vain: AtomicU32,
    /// How many waits to let pass until the next look.
    rest: AtomicU32,
    /// Whether the last look saw it come.
    saw: AtomicBool,
    /// With which of the pauses it begins.
    first_pause: AtomicU32,
    /// When it last got what it had found taken.
    got_at: AtomicU64,
}

impl Spinning {
    /// Looks for a while whether something has happened, if that is worth while.
    pub fn look(&self, clock: &Clock, has_happened: impl Fn() -> bool) {
        let saw = self.if_worth_while(|| looked(LONGEST, clock, has_happened));
        self.saw.store(saw, Ordering::Relaxed);
    }

    /// Tries until it succeeds, after pauses that grow longer, for less than a tenth of a millisecond in all, if that is
    /// worth while.
    ///
    /// Where threads that run at the same time want one thing all the time, it is not the having it that takes long but
    /// its way from core to core. So who finds it taken stays away for long enough that the other can do many steps in a row
    /// (measured, four threads that count under one `Lock` without the interpreter's: 70 ns a step instead of 550), and the
    /// longer the sooner that happens again.
    pub fn persist<T>(&self, clock: &Clock, attempt: impl Fn() -> Option<T>) -> Option<T> {
        let mut got = None;
        self.if_worth_while(|| {
            let first = self.next_first_pause(clock.now());
            got = (first..=PAUSES.len()).find_map(|at| {
                looked(PAUSES[at.min(PAUSES.len() - 1)], clock, || false);
                attempt()
            });
            self.got_at.store(clock.now(), Ordering::Relaxed);
            got.is_some()
        });
        got
    }

    fn next_first_pause(&self, now: Ns) -> usize {
        let first = self.first_pause.load(Ordering::Relaxed);
        let is_busy = now.saturating_sub(self.got_at.load(Ordering::Relaxed)) < BUSY;
        let next = if is_busy { (first + 1).min(PAUSES.len() as u32 - 1) } else { first / 2 };
        self.first_pause.store(next, Ordering::Relaxed);
        next as usize
    }

    /// Does what may save the thread a sleep, unless that was in vain too often; whether it did.
    fn if_worth_while(&self, act: impl FnOnce() -> bool) -> bool {
        let rest = self.rest.load(Ordering::Relaxed);
        if rest > 0 {
            self.rest.store(rest - 1, Ordering::Relaxed);
            return false;
        }
        let Some(_looking) = Looking::begin() else { return false };
        if act() {
            self.vain.store(0, Ordering::Relaxed);
            return true;
        }
        let vain = self.vain.load(Ordering::Relaxed) + 1;
        self.vain.store(vain, Ordering::Relaxed);
        if vain >= TRIES {
            self.rest.store(1 << (vain - TRIES + 1).min(SELDOM), Ordering::Relaxed);
        }
        false
    }

    /// Right after a look that saw what it waited for: looks for a moment whether the thread may go on. It is not counted
    /// among those that look, or the thread that lets go would find no room for its own look.
    pub fn glance(&self, clock: &Clock, may_go_on: impl Fn() -> bool) {
        if self.saw.load(Ordering::Relaxed) {
            self.saw.store(false, Ordering::Relaxed);
            looked(SHORT, clock, may_go_on);
        }
    }
}

/// In the child of a fork: whoever looked stayed in the parent.
pub fn forget_others() {
    LOOKING.store(0, Ordering::Relaxed);
}

/// Looks for at most so long; whether it has happened.
fn looked(longest: Ns, clock: &Clock, has_happened: impl Fn() -> bool) -> bool {
    let end = clock.now() + longest;
    // Some looks in a row take a quarter of a microsecond or so.
    let some_looks = || {
        (0..10).any(|_| {
            std::hint::spin_loop();
            has_happened()
        })
    };
    while clock.now() < end {
        if some_looks() {
            return true;
        }
    }
    false
}

/// One of those that look.
struct Looking;

impl Looking {
    fn begin() -> Option<Looking> {
        if LOOKING.fetch_add(1, Ordering::Relaxed) + 1 < cores() {
            return Some(Looking);
        }
        LOOKING.fetch_sub(1, Ordering::Relaxed);
        None
    }
}

impl Drop for Looking {
    fn drop(&mut self) {
        LOOKING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// How many cores the process may use.
fn cores() -> u32 {
    static CORES: OnceLock<u32> = OnceLock::new();
    *CORES.get_or_init(|| std::thread::available_parallelism().map_or(1, |cores| cores.get() as u32))
}

//! Looking for a while before going to sleep, where what is waited for may come any moment.
//!
//! To put a thread to sleep and to wake it costs five to fifty microseconds, most of it in a core that has fallen idle
//! meanwhile. Threads that hand a turn to each other through locks would spend ten times as long on that as on their
//! turns (measured: 1 µs a turn instead of 15). So a waiter looks first, for about as long as sleeping would cost, which at
//! worst doubles the cost of its wait. It has given up the interpreter's lock by then, and what it looks at is one word
//! of its own parker, so it stands in nobody's way; the interpreter's lock itself is waited for as ever.
//!
//! * A thread that looked in vain a few times looks more and more seldom: most waits are long.
//! * One core is left to those that do not look: what is waited for has to be done somewhere.

use std::sync::OnceLock;

use super::clock::{Clock, Ns};
use super::primitives::atomic::{AtomicU32, Ordering};

/// As long as it takes to sleep and to be woken. Not shorter: where both sides sleep in turn, the one has to look for as
/// long as the other needs to wake up, or neither will ever see the other come.
const LONGEST: Ns = 30_000;
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
}

impl Spinning {
    /// Looks for a while whether something has happened, if that is worth while.
    pub fn look(&self, clock: &Clock, has_happened: impl Fn() -> bool) {
        let rest = self.rest.load(Ordering::Relaxed);
        if rest > 0 {
            return self.rest.store(rest - 1, Ordering::Relaxed);
        }
        let Some(_looking) = Looking::begin() else { return };
        let end = clock.now() + LONGEST;
        while clock.now() < end {
            if looked(&has_happened) {
                return self.vain.store(0, Ordering::Relaxed);
            }
        }
        let vain = self.vain.load(Ordering::Relaxed) + 1;
        self.vain.store(vain, Ordering::Relaxed);
        if vain >= TRIES {
            self.rest.store(1 << (vain - TRIES + 1).min(SELDOM), Ordering::Relaxed);
        }
    }
}

/// In the child of a fork: whoever looked stayed in the parent.
pub fn forget_others() {
    LOOKING.store(0, Ordering::Relaxed);
}

/// Some looks, for a quarter of a microsecond or so.
fn looked(has_happened: &impl Fn() -> bool) -> bool {
    (0..10).any(|_| {
        std::hint::spin_loop();
        has_happened()
    })
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

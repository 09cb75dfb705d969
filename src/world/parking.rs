//! The door to blocking: whatever makes a thread wait is made of the things in this file.
//!
//! The lock's own mutexes and conditions are those of `primitives`, passed through here so that another world
//! can put its own in their place. Everything that a *program* waits for (a `Lock`, a join, a sleep, a
//! queue) waits in the [`Parker`] of its thread, so that one call can wake the thread whatever it
//! waits for: a signal interrupts the wait of the main thread, and shutdown those of all threads.

use std::fmt;
use std::time::Duration;

use super::atomic::{AtomicBool, Ordering};
use super::clock::{Clock, Ns};
pub use super::primitives::{Condvar, Mutex, MutexGuard};
use super::spinning::Spinning;

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody called [`Parker::unpark`].
    Unparked,
    /// The deadline passed first.
    TimedOut,
    /// Somebody called [`Parker::interrupt`]: look at what is requested of the thread, then perhaps wait again.
    Interrupted,
}

/// Where one thread waits. Only its own thread parks in it; anybody may unpark or interrupt it.
///
/// An `unpark` that comes before the `park` is kept, so a wake-up cannot be lost between looking at a condition
/// and waiting for it. For the same reason a waker may be late: after [`Outcome::Unparked`] the waiter looks at
/// its condition again, always.
#[derive(Default)]
pub struct Parker {
    state: Mutex<ParkerState>,
    changed: Condvar,
    /// Whether something has happened that ends a wait, and no `park` has taken it yet: for who looks without the mutex.
    news: AtomicBool,
    spinning: Spinning,
    /// The same of what it tries to take before it waits.
    trying: Spinning,
    /// In the child of a fork: its thread stayed in the parent.
    gone: AtomicBool,
    /// The number of its thread, for who wants to tell whom it wakes.
    owner: u32,
}

#[derive(Default)]
struct ParkerState {
    /// An `unpark` that no `park` has taken yet.
    token: bool,
    /// An `interrupt` that no `park` has taken yet.
    interrupted: bool,
    /// Its thread waits at this moment, and nothing has happened that would end the wait.
    asleep: bool,
    /// Set once at shutdown: every wait from now on ends at once as `Interrupted`.
    closed: bool,
}

impl Parker {
    pub fn new() -> Parker {
        Parker::default()
    }

    /// The parker of the thread of that number.
    pub fn of(owner: u32) -> Parker {
        Parker { owner, ..Parker::default() }
    }

    /// The number of its thread; 0 where it was given none.
    pub fn owner(&self) -> u32 {
        self.owner
    }

    /// Waits until unparked, interrupted, or `deadline` (a moment of the monotonic clock) has passed.
    pub fn park(&self, clock: &Clock, deadline: Option<Ns>) -> Outcome {
        let mut state = self.state.lock();
        let outcome = self.wait(&mut state, clock, deadline);
        self.news.store(state.token || state.interrupted || state.closed, Ordering::Relaxed);
        outcome
    }

    fn wait(&self, state: &mut MutexGuard<'_, ParkerState>, clock: &Clock, deadline: Option<Ns>) -> Outcome {
        loop {
            // An interrupt comes first: its cause (Ctrl-C) must be seen even where unparks never cease.
            if state.closed || std::mem::take(&mut state.interrupted) {
                return Outcome::Interrupted;
            }
            if std::mem::take(&mut state.token) {
                return Outcome::Unparked;
            }
            match deadline {
                None => {
                    state.asleep = true;
                    self.changed.wait(state);
                    state.asleep = false;
                }
                Some(deadline) => {
                    let now = clock.now();
                    if now >= deadline {
                        return Outcome::TimedOut;
                    }
                    let left = Duration::from_nanos(deadline - now);
                    self.changed.wait_for(state, left);
                }
            }
        }
    }

    /// Looks for a while whether a [`Parker::park`] would end at once: before waiting for what another thread is likely to
    /// do within microseconds. With the mutex that `park` needs untouched.
    pub fn watch(&self, clock: &Clock) {
        self.spinning.look(clock, || self.news.load(Ordering::Relaxed));
    }

    /// Tries for a moment to take what another thread has that runs at the same time, and is likely to give back soon.
    #[cold]
    pub fn try_for_a_while<T>(&self, clock: &Clock, attempt: impl Fn() -> Option<T>) -> Option<T> {
        self.trying.persist(clock, attempt)
    }

    /// After a wait that [`Parker::watch`] saw the end of: looks for a moment whether the thread `may_go_on`.
    pub fn glance(&self, clock: &Clock, may_go_on: impl Fn() -> bool) {
        self.spinning.glance(clock, may_go_on);
    }

    /// Whether its thread waits without a time limit, and nobody has done anything yet to end that.
    pub fn is_asleep(&self) -> bool {
        let state = self.state.lock();
        state.asleep && !state.token && !state.interrupted && !state.closed
    }

    /// Ends the wait of the thread, or its next one.
    pub fn unpark(&self) {
        self.tell(|state| state.token = true);
    }

    /// Ends the wait of the thread, or its next one, as `Interrupted`. For signals that the thread must handle.
    pub fn interrupt(&self) {
        self.tell(|state| state.interrupted = true);
    }

    /// Ends every wait of the thread from now on, as `Interrupted`. For shutdown.
    pub fn close(&self) {
        self.tell(|state| state.closed = true);
    }

    fn tell(&self, what: impl FnOnce(&mut ParkerState)) {
        let mut state = self.state.lock();
        what(&mut state);
        drop(state);
        // Only now, since who sees it wants the mutex next. At worst a park that was faster has taken the news already, and a later
        // look ends for nothing.
        self.news.store(true, Ordering::Relaxed);
        self.changed.notify_one();
    }

    /// In the child of a fork: nobody will ever wait here again, and what its state is does not matter.
    pub fn bury(&self) {
        self.gone.store(true, Ordering::Relaxed);
    }

    /// Whether its thread does not exist in this process.
    pub fn is_gone(&self) -> bool {
        self.gone.load(Ordering::Relaxed)
    }

    /// Forgets an interrupt that no wait has met: what it was for has been handled.
    pub fn forget_interrupt(&self) {
        self.state.lock().interrupted = false;
    }

    /// Sleeps until `deadline`, unless interrupted. Stray unparks (of an earlier wait) do not shorten it.
    pub fn sleep_until(&self, clock: &Clock, deadline: Ns) -> Outcome {
        loop {
            match self.park(clock, Some(deadline)) {
                Outcome::Unparked => {}
                end => return end,
            }
        }
    }
}

impl fmt::Debug for Parker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Parker")
    }
}

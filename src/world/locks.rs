//! The lock under `threading.Lock`: a byte for the fast path, a line of parked threads for the slow one.
//!
//! It knows nothing of Python values or of the interpreter's lock. The caller tries it while
//! attached, detaches before it waits, and tries again when it is attached anew.
//!
//! Like CPython 3.14's `PyMutex` it is not fair: whoever runs may take a free lock ahead of the
//! threads that are being woken, which saves a context switch for each release. And like it, a thread
//! that has waited longer than a millisecond is *handed* the lock, so that nobody starves.

use std::collections::VecDeque;
use std::sync::Arc;

use super::atomic::{AtomicU8, Ordering};
use super::clock::{Clock, Ns};
use super::forks;
use super::parking::{Mutex, MutexGuard, Outcome, Parker};

/// A waiter older than this is handed the lock instead of being woken to compete for it.
pub(super) const PATIENCE: Ns = 1_000_000;

/// Somebody holds the lock.
const HELD: u8 = 1;
/// Somebody stands in the line who has not been chosen: the holder may not release by the fast path. Changed only under
/// the line's mutex.
const LINE: u8 = 2;

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waited {
    /// With the lock: it was handed over, or had become free before the wait began.
    Has,
    /// The lock may be free: try.
    Woken,
    TimedOut,
    /// The thread's parker was interrupted. The lock is not held.
    Interrupted,
}

/// How a release ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Released {
    /// Nobody held the lock, which Python reports as "release unlocked lock".
    NotHeld,
    /// Nobody was woken.
    Yes,
    /// The thread of that number was woken, or handed the lock.
    Woke(u32),
}

/// A lock that any thread may release, as `threading.Lock`'s rules have it.
#[derive(Debug, Default)]
pub struct WaitLock {
    /// `HELD` and `LINE`.
    word: AtomicU8,
    /// Who waits, longest first. A waiter enters and leaves the line by its own hand.
    line: Mutex<VecDeque<Waiter>>,
}

#[derive(Debug)]
struct Waiter {
    parker: Arc<Parker>,
    since: Ns,
    chosen: Chosen,
}

/// What a release has done about a waiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    /// Nothing yet.
    No,
    /// Woke it: it may try again, against whoever else comes by.
    Woken,
    /// Left the lock held in its name.
    Handed,
}

impl WaitLock {
    pub fn new() -> WaitLock {
        WaitLock::default()
    }

    /// Takes the lock if it is free. Never blocks.
    #[inline]
    pub fn try_acquire(&self) -> bool {
        let mut word = self.word.load(Ordering::Relaxed);
        while word & HELD == 0 {
            match self.word.compare_exchange_weak(word, word | HELD, Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => return true,
                Err(now) => word = now,
            }
        }
        false
    }

    /// Whether somebody holds it at this moment.
    pub fn is_held(&self) -> bool {
        self.word.load(Ordering::Relaxed) & HELD != 0
    }

    /// Waits in `me` (the calling thread's parker) until it may be worth while to try again, or `deadline` of the monotonic clock
    /// has come. `since` is when the thread first waited for this lock: who has been patient is handed it.
    ///
    /// Who is woken has to try at once, and to wait again if somebody was faster: the release that woke it has woken nobody
    /// else. In between it may become the holder of another lock, the interpreter's: with that in hand it competes as all
    /// others do, and does not keep a lock while it waits for its turn to run.
    pub fn wait(&self, clock: &Clock, me: &Arc<Parker>, deadline: Option<Ns>, since: Ns) -> Waited {
        let whole = forks::whole();
        let mut line = self.line.lock();
        if self.try_acquire_in_line() {
            return Waited::Has;
        }
        line.push_back(Waiter { parker: me.clone(), since, chosen: Chosen::No });
        drop(line);
        drop(whole);
        me.watch(clock);
        let outcome = me.park(clock, deadline);
        let _whole = forks::whole();
        let line = self.line.lock();
        let place = line.iter().position(|waiter| Arc::ptr_eq(&waiter.parker, me));
        let place = place.expect("only the waiter itself leaves the line");
        let chosen = line[place].chosen;
        self.leave(line, place);
        if chosen != Chosen::No && outcome == Outcome::Interrupted {
            // What it was given comes first; its next wait is the one that is interrupted.
            me.interrupt();
        }
        match (chosen, outcome) {
            (Chosen::Handed, _) => Waited::Has,
            (Chosen::Woken, _) | (Chosen::No, Outcome::Unparked) => Waited::Woken,
            (Chosen::No, Outcome::TimedOut) => Waited::TimedOut,
            (Chosen::No, Outcome::Interrupted) => Waited::Interrupted,
        }
    }

    /// Gives the lock back; false if nobody held it.
    #[inline]
    pub fn release(&self, clock: &Clock) -> bool {
        self.release_to(clock) != Released::NotHeld
    }

    /// Gives the lock back, and tells to whom.
    #[inline]
    pub fn release_to(&self, clock: &Clock) -> Released {
        match self.word.compare_exchange(HELD, 0, Ordering::Release, Ordering::Relaxed) {
            Ok(_) => Released::Yes,
            Err(_) => self.release_to_line(clock),
        }
    }

    /// The slow half of [`WaitLock::release_to`]: somebody may be waiting.
    #[cold]
    #[inline(never)]
    fn release_to_line(&self, clock: &Clock) -> Released {
        let _whole = forks::whole();
        let mut line = self.line.lock();
        if line.iter().any(|waiter| waiter.parker.is_gone()) {
            line.retain(|waiter| !waiter.parker.is_gone());
        }
        let next = line.iter_mut().find(|waiter| waiter.chosen == Chosen::No);
        if let Some(next) = next {
            let hand_over = clock.now().saturating_sub(next.since) > PATIENCE;
            if hand_over {
                if !self.is_held() {
                    return Released::NotHeld;
                }
                next.chosen = Chosen::Handed;
            } else {
                if self.word.fetch_and(!HELD, Ordering::Release) & HELD == 0 {
                    return Released::NotHeld;
                }
                next.chosen = Chosen::Woken;
            }
            // Woken when the line is free again: the first thing it does is to look for itself there.
            let parker = next.parker.clone();
            self.open_if_all_are_chosen(&line);
            drop(line);
            parker.unpark();
            return Released::Woke(parker.owner());
        }
        // Everybody in the line is being woken already.
        self.open_if_all_are_chosen(&line);
        match self.word.fetch_and(!HELD, Ordering::Release) & HELD {
            0 => Released::NotHeld,
            _ => Released::Yes,
        }
    }

    /// Takes a free lock, or says in the word that there is a line, in one step. Under the line's mutex.
    fn try_acquire_in_line(&self) -> bool {
        let mut word = self.word.load(Ordering::Relaxed);
        loop {
            let new = if word & HELD == 0 { word | HELD } else { word | LINE };
            match self.word.compare_exchange_weak(word, new, Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => return word & HELD == 0,
                Err(now) => word = now,
            }
        }
    }

    /// Leaves the line.
    fn leave(&self, mut line: MutexGuard<'_, VecDeque<Waiter>>, place: usize) {
        line.remove(place);
        self.open_if_all_are_chosen(&line);
    }

    /// Opens the fast path again when a release has nobody to choose: who has been woken needs a while until it runs and
    /// leaves the line, in which the holder may release the lock a thousand times.
    fn open_if_all_are_chosen(&self, line: &VecDeque<Waiter>) {
        if line.iter().all(|waiter| waiter.chosen != Chosen::No) {
            self.word.fetch_and(!LINE, Ordering::Relaxed);
        }
    }
}

//! The lock of CPython 3.2 and later (`Python/ceval_gil.c`), step by step.
//!
//! A thread that wants the lock waits for an *interval*. If it is over, and nobody has taken the lock meanwhile, it asks
//! the holder to drop it, and waits on. The holder finds the request at its next safepoint, drops the lock, and then
//! waits until *another* thread has taken it (*forced switching*), or it would likely win it back at once, as under the
//! lock of 2.7.
//!
//! There is no queue. A drop wakes one waiter, but a thread that comes by at that moment may be faster: who asked need
//! not be who gets it.

use std::sync::Arc;
use std::time::Duration;

use super::breaker::DROP_REQUEST;
use super::policy::{Evicted, Leaving, Policy, Rules, Took, request_drop};
use super::thread::{GilThread, ThreadId};
use super::world::atomic::{AtomicBool, Ordering};
use super::world::parking::{Condvar, Mutex};

/// The lock, with its two mutexes and the condition of each. Whoever needs both mutexes takes `state` first.
#[derive(Default)]
pub(super) struct Modern {
    state: Mutex<State>,
    /// "The lock was released." Waited on with `state`.
    released: Condvar,
    /// Whether a thread has the lock. Changed under `state` only; who means to take the lock looks at it under `state`, and
    /// who only wants to know whether that is worth while, without.
    locked: AtomicBool,
    /// Who took the lock last: a second mutex, so that a thread that has just dropped the lock can wait here for its
    /// successor without standing in the way of those who take it.
    last_taker: Mutex<Option<ThreadId>>,
    /// "Somebody else has it now." Waited on with `last_taker`.
    switched: Condvar,
}

#[derive(Default)]
struct State {
    /// Who has the lock or, if nobody does, had it last. A drop request goes to its breaker.
    last_holder: Option<Arc<GilThread>>,
    /// How often the lock has gone from one thread to another. A waiter that sees it move knows that its interval has to
    /// start again.
    switch_number: u64,
    /// Whether this is the interpreter's current policy.
    open: bool,
    /// How often all waiters were sent away. A waiter that sees it move leaves.
    evictions: u64,
}

impl Policy for Modern {
    /// `take_gil`. Waits for the release, interval by interval; a waiter whose interval has run out without a switch sets the
    /// drop request of the last holder, and waits on. Whoever finds the lock free takes it.
    fn take(&self, me: &Arc<GilThread>, rules: &Rules) -> Result<Took, Evicted> {
        let mut state = self.state.lock();
        if !state.open {
            return Err(Evicted);
        }
        let evictions = state.evictions;
        if self.is_locked() {
            me.counters().begin_wait(|| rules.world.clock.now());
            // Who has been handed something by a thread that still runs may see that one let go within a microsecond.
            drop(state);
            me.parker().glance(&rules.world.clock, || !self.is_locked());
            state = self.state.lock();
            if state.evictions != evictions {
                return Err(Evicted);
            }
        }
        while self.is_locked() {
            // Read anew in each round, so any switch in between restarts the interval.
            let seen = state.switch_number;
            let interval = Duration::from_nanos(rules.interval());
            let timed_out = self.released.wait_for(&mut state, interval).timed_out();
            if state.evictions != evictions {
                return Err(Evicted);
            }
            if timed_out && self.is_locked() && state.switch_number == seen {
                // Locked, so the last holder is the holder.
                state.last_holder.iter().for_each(|holder| request_drop(holder, me, rules));
            }
        }
        self.locked.store(true, Ordering::Relaxed);
        let from = self.become_holder(&mut state, me);
        me.breaker().take(DROP_REQUEST);
        Ok(Took { from })
    }

    /// `drop_gil`. Unlocks and signals one waiter; then, if somebody has asked for the lock, waits until another thread
    /// has taken it.
    fn release(&self, me: &Arc<GilThread>, rules: &Rules, leaving: Leaving) {
        let state = self.state.lock();
        debug_assert!(self.is_locked() && state.last_holder.as_ref().is_some_and(|h| h.id() == me.id()));
        // What CPython calls FORCE_SWITCHING. A voluntary release has no request, unless somebody's interval has just run out; a thread
        // that ends waits for nobody.
        let asked = leaving != Leaving::Final && me.breaker().has(DROP_REQUEST);
        if asked && leaving == Leaving::Forced {
            me.counters().begin_wait(|| rules.world.clock.now());
        }
        self.locked.store(false, Ordering::Relaxed);
        self.released.notify_one();
        drop(state);
        if asked {
            self.wait_for_successor(me);
        }
    }

    fn last_taker(&self) -> Option<ThreadId> {
        *self.last_taker.lock()
    }

    fn open(&self, holder: Option<&Arc<GilThread>>, _: &Rules) {
        let mut state = self.state.lock();
        let mut last_taker = self.last_taker.lock();
        state.open = true;
        self.locked.store(holder.is_some(), Ordering::Relaxed);
        state.last_holder = holder.cloned();
        *last_taker = holder.map(|h| h.id());
    }

    fn retire(&self) {
        let mut state = self.state.lock();
        state.open = false;
        self.locked.store(false, Ordering::Relaxed);
        drop(state);
        self.evict();
    }

    fn evict(&self) {
        self.state.lock().evictions += 1;
        self.released.notify_all();
    }

    fn frozen(&self, act: &mut dyn FnMut()) {
        let _state = self.state.lock();
        let _last_taker = self.last_taker.lock();
        act();
    }

    fn forget_waiters(&self) {
        self.released.forget_waiters();
        self.switched.forget_waiters();
    }
}

impl Modern {
    fn is_locked(&self) -> bool {
        self.locked.load(Ordering::Relaxed)
    }

    /// Records `me` as the holder; returns from whom the lock came, if from another.
    fn become_holder(&self, state: &mut State, me: &Arc<GilThread>) -> Option<ThreadId> {
        let last = state.last_holder.as_ref().map(|holder| holder.id());
        if last == Some(me.id()) {
            // Re-taking is no switch, and nobody waits to hear of it: only the last holder can be waiting for a successor.
            return None;
        }
        state.last_holder = Some(me.clone());
        state.switch_number += 1;
        *self.last_taker.lock() = Some(me.id());
        self.switched.notify_one();
        last
    }

    /// Waits until another thread has taken the lock that `me` has just dropped. There is one that will: the sender
    /// of the request waits for nothing but the lock, and is evicted only by a thread that has it.
    fn wait_for_successor(&self, me: &Arc<GilThread>) {
        let mut last_taker = self.last_taker.lock();
        me.breaker().take(DROP_REQUEST);
        while *last_taker == Some(me.id()) {
            self.switched.wait(&mut last_taker);
        }
    }
}

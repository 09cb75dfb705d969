//! The lock of CPython 2.7 (`PyEval_EvalFrameEx` in its `Python/ceval.c`): a plain lock and a ticker.
//!
//! The holder counts ticks, roughly its instructions. Every hundred it releases the lock and takes it again at once,
//! and waits for nobody in between. The waiter that the release has signalled needs microseconds to
//! wake up; by then the holder, which is running, has the lock again nearly always, and the waiter has woken for
//! nothing. On several cores that is the thrash that Beazley measured; on one it works tolerably.
//!
//! Nobody asks for the lock: there are no drop requests and no interval.

use std::sync::Arc;

use super::counters::Phase;
use super::policy::{Evicted, Leaving, Policy, Rules, Took};
use super::thread::{GilThread, ThreadId};
use super::world::atomic::{AtomicU32, Ordering};
use super::world::parking::{Condvar, Mutex};

#[derive(Default)]
pub(super) struct Ticks {
    state: Mutex<State>,
    /// "The lock was released." Waited on with `state`.
    released: Condvar,
    /// Ticks until the holder lets go. One ticker for all threads, as in 2.7: it is not wound up again when the lock
    /// changes hands, only when it has run out.
    left: AtomicU32,
}

#[derive(Default)]
struct State {
    /// Whether a thread has the lock.
    locked: bool,
    /// Who has the lock or, if nobody does, had it last. Only to tell switches from re-takes.
    last_holder: Option<Arc<GilThread>>,
    /// Whether this is the interpreter's current policy.
    open: bool,
    /// How often all waiters were sent away. A waiter that sees it move leaves.
    evictions: u64,
}

impl Ticks {
    /// Counts a tick; true when they have run out. Called by the holder only, so a load and a store do.
    #[inline(always)]
    pub fn tick(&self) -> bool {
        let left = self.left.load(Ordering::Relaxed);
        if left <= 1 {
            return true;
        }
        self.left.store(left - 1, Ordering::Relaxed);
        false
    }

    /// Makes the present tick the last. The holder may be counting at this moment and overwrite it; then the request
    /// waits until its ticks run out by themselves, as it does in 2.7.
    pub fn hurry(&self) {
        self.left.store(1, Ordering::Relaxed);
    }

    /// Winds the ticker up. Only the main thread runs signal handlers, and nobody can make it the next to have the
    /// lock; so while a signal is pending every holder lets go at every tick until main has had its turn.
    fn wind_up(&self, rules: &Rules) {
        let ticks = if rules.main_has_calls() { 1 } else { rules.check_interval() };
        self.left.store(ticks, Ordering::Relaxed);
    }
}

/// For the counters: `me` waits. Whoever lets go at its last tick does not look at the clock, and may find out much later
/// that another thread has the lock; its hold was over when that one took it.
fn begin_wait(me: &GilThread, rules: &Rules) {
    let was_forced = me.counters().phase() == Phase::Holding;
    me.counters().begin_wait(|| if was_forced { me.lost.load(Ordering::Relaxed) } else { rules.world.clock.now() });
}

impl Policy for Ticks {
    fn take(&self, me: &Arc<GilThread>, rules: &Rules) -> Result<Took, Evicted> {
        let mut state = self.state.lock();
        if !state.open {
            return Err(Evicted);
        }
        let evictions = state.evictions;
        while state.locked {
            begin_wait(me, rules);
            self.released.wait(&mut state);
            if state.evictions != evictions {
                return Err(Evicted);
            }
        }
        state.locked = true;
        if state.last_holder.as_ref().is_some_and(|last| last.id() == me.id()) {
            return Ok(Took { from: None });
        }
        let last = state.last_holder.replace(me.clone());
        if let Some(last) = &last {
            last.lost.store(rules.world.clock.now(), Ordering::Relaxed);
            if me.counters().phase() == Phase::Holding {
                begin_wait(me, rules);
            }
        }
        Ok(Took { from: last.map(|last| last.id()) })
    }

    fn release(&self, _: &Arc<GilThread>, rules: &Rules, leaving: Leaving) {
        if leaving == Leaving::Forced {
            self.wind_up(rules);
        }
        let mut state = self.state.lock();
        debug_assert!(state.locked);
        state.locked = false;
        drop(state);
        self.released.notify_one();
    }

    fn last_taker(&self) -> Option<ThreadId> {
        self.state.lock().last_holder.as_ref().map(|last| last.id())
    }

    fn open(&self, holder: Option<&Arc<GilThread>>, rules: &Rules) {
        let mut state = self.state.lock();
        state.open = true;
        state.locked = holder.is_some();
        state.last_holder = holder.cloned();
        self.wind_up(rules);
    }

    fn retire(&self) {
        let mut state = self.state.lock();
        state.open = false;
        state.locked = false;
        drop(state);
        self.evict();
    }

    fn evict(&self) {
        self.state.lock().evictions += 1;
        self.released.notify_all();
    }

    fn frozen(&self, act: &mut dyn FnMut()) {
        let _state = self.state.lock();
        act();
    }

    fn forget_waiters(&self) {
        self.released.forget_waiters();
    }
}

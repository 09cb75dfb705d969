//! What the `fair` and the `priority` policy have in common: a line of waiters, and a holder that hands the lock to
//! one of them.
//!
//! The lock never becomes free while somebody waits, so nobody can come by and snatch it: the handshake that the
//! modern lock needs for a forced switch comes of itself here. The price is that a thread which gives the lock up for
//! an instant has to wait for its next turn.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::breaker::DROP_REQUEST;
use super::policy::{Evicted, Leaving, Policy, Rules, Took, request_drop};
use super::thread::{GilThread, ThreadId};
use super::world::Picking;
use super::world::atomic::Ordering;
use super::world::parking::Mutex;

/// In what order a line is served.
pub(super) trait Order: Send + Sync + Default {
    /// Which of the waiters (at least one; in the order in which they came) is next, by index.
    fn next(&self, line: &VecDeque<Arc<GilThread>>, picking: &Picking) -> usize;

    /// Whether `waiter` may ask `holder` for the lock at once, without waiting for an interval.
    fn is_urgent(&self, waiter: &GilThread, holder: &GilThread) -> bool;
}

/// A lock with a line before it.
#[derive(Default)]
pub(super) struct Line<O> {
    state: Mutex<State>,
    order: O,
}

#[derive(Default)]
struct State {
    /// Who has the lock. Nobody only while nobody waits.
    holder: Option<Arc<GilThread>>,
    /// The lock was handed to the holder, which waited for it and has not woken up to it yet.
    asleep: bool,
    /// Who had the lock before the holder or, if nobody has it, had it last.
    before: Option<ThreadId>,
    /// Who waits, in the order in which they came; each in its own `turn`, with this state's mutex.
    waiters: VecDeque<Arc<GilThread>>,
    /// How often the lock was handed on. A waiter that sees it move starts its interval again.
    handed_on: u64,
    /// Whether this is the interpreter's current policy.
    open: bool,
    /// How often all waiters were sent away. A waiter that sees it move leaves.
    evictions: u64,
}

impl State {
    fn is_held_by(&self, me: &GilThread) -> bool {
        self.holder.as_ref().is_some_and(|holder| holder.id() == me.id())
    }
}

impl<O: Order> Policy for Line<O> {
    fn take(&self, me: &Arc<GilThread>, rules: &Rules) -> Result<Took, Evicted> {
        let mut state = self.state.lock();
        if !state.open {
            return Err(Evicted);
        }
        match &state.holder {
            None => state.holder = Some(me.clone()),
            // Nothing is lost yet if the lock goes to somebody else.
            Some(holder) if state.asleep && self.order.is_urgent(me, holder) => {
                // What it may have been asked to do meanwhile is done.
                holder.breaker().take(DROP_REQUEST);
                // Who has come first stays first.
                state.holder.replace(me.clone()).into_iter().for_each(|sleeper| state.waiters.push_front(sleeper));
                state.handed_on += 1;
                state.asleep = false;
            }
            Some(holder) => {
                me.counters().begin_wait(|| rules.world.clock.now());
                if self.order.is_urgent(me, holder) {
                    request_drop(holder, me, rules);
                }
                state.waiters.push_back(me.clone());
                let evictions = state.evictions;
                while !state.is_held_by(me) {
                    let seen = state.handed_on;
                    let interval = Duration::from_nanos(rules.interval());
                    let timed_out = me.turn.wait_for(&mut state, interval).timed_out();
                    if state.evictions != evictions {
                        return Err(Evicted);
                    }
                    if timed_out && state.handed_on == seen {
                        // Held by somebody, since we wait; by `me` only if this round was our last.
                        state.holder.iter().filter(|h| h.id() != me.id()).for_each(|h| request_drop(h, me, rules));
                    }
                }
                state.asleep = false;
            }
        }
        Ok(Took { from: state.before.filter(|before| *before != me.id()) })
    }

    fn release(&self, me: &Arc<GilThread>, rules: &Rules, leaving: Leaving) {
        let mut state = self.state.lock();
        debug_assert!(state.is_held_by(me));
        me.was_forced.store(leaving == Leaving::Forced, Ordering::Relaxed);
        me.breaker().take(DROP_REQUEST);
        state.before = Some(me.id());
        state.holder = None;
        if !state.waiters.is_empty() {
            if leaving == Leaving::Forced {
                me.counters().begin_wait(|| rules.world.clock.now());
            }
            let next = self.order.next(&state.waiters, &rules.world.picking);
            state.holder = state.waiters.remove(next);
            state.handed_on += 1;
            state.asleep = true;
            state.holder.iter().for_each(|next| {
                next.turn.notify_one();
            });
        }
    }

    fn last_taker(&self) -> Option<ThreadId> {
        let state = self.state.lock();
        state.holder.as_ref().filter(|_| !state.asleep).map(|holder| holder.id()).or(state.before)
    }

    fn open(&self, holder: Option<&Arc<GilThread>>, _: &Rules) {
        let mut state = self.state.lock();
        state.open = true;
        state.holder = holder.cloned();
        state.asleep = false;
        state.before = holder.map(|h| h.id());
    }

    fn retire(&self) {
        let mut state = self.state.lock();
        state.open = false;
        state.holder = None;
        drop(state);
        self.evict();
    }

    fn evict(&self) {
        let mut state = self.state.lock();
        state.evictions += 1;
        for waiter in state.waiters.drain(..) {
            waiter.turn.notify_one();
        }
    }

    fn frozen(&self, act: &mut dyn FnMut()) {
        let _state = self.state.lock();
        act();
    }

    fn forget_waiters(&self) {
        // Each has waited in a condition of its own.
    }
}

//! The lock of one interpreter: what a thread calls to run Python, to stop running it, and to stop all others.

use std::sync::Arc;

use super::breaker::{DROP_REQUEST, SIGNALS};
use super::counters::Phase;
use super::events::{Event, Tapper};
use super::fair::Fair;
use super::modern::Modern;
use super::off::Off;
use super::policy::{Leaving, Mode, Policy, PolicyKind, Rules, SwitchPoints};
use super::priority::Priority;
use super::roster::Roster;
use super::snapshot::{LockStats, Totals};
use super::thread::{GilThread, Reason, State, ThreadId};
use super::ticks::Ticks;
use super::world::atomic::{AtomicU32, AtomicU64, Ordering};
use super::world::clock::Ns;
use super::world::{World, forks, spinning};

/// The lock of one interpreter, with every policy it can follow, one of which is current.
pub struct Gil {
    rules: Rules,
    roster: Roster,
    /// The current [`Mode`] and its number; see [`Current`]. Changes only while the world is stopped.
    current: AtomicU64,
    /// The thread that has closed the interpreter, or 0.
    closer: AtomicU32,
    totals: Totals,
    modern: Modern,
    ticks: Ticks,
    fair: Fair,
    priority: Priority,
    off: Off,
}

/// The interpreter is shut down: the calling thread will never run Python again, and should end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed;

/// How a thread came to run: what a recording notes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Got {
    /// How long it has waited for the lock, in nanoseconds.
    pub waited_ns: Ns,
    /// From whom the lock came, if from another thread: then this was a switch.
    pub from: Option<ThreadId>,
}

/// The current mode. While a thread is attached this cannot change under it.
#[derive(Clone, Copy)]
struct Current {
    mode: Mode,
    /// Moves whenever a thread that is about to run has to look again: when the policy changes, and at the close.
    number: u32,
}

impl Current {
    fn pack(self) -> u64 {
        u64::from(self.number) << 16 | (self.mode.switch_points as u64) << 8 | self.mode.policy as u64
    }

    fn unpack(word: u64) -> Current {
        let policy = match word & 0xff {
            0 => PolicyKind::Modern,
            1 => PolicyKind::Ticks,
            2 => PolicyKind::Fair,
            3 => PolicyKind::Priority,
            _ => PolicyKind::Off,
        };
        let switch_points = match word >> 8 & 0xff {
            0 => SwitchPoints::Since310,
            _ => SwitchPoints::EveryInstruction,
        };
        Current { mode: Mode { policy, switch_points }, number: (word >> 16) as u32 }
    }
}

impl Gil {
    /// A lock that nobody holds yet.
    pub fn new(world: World, mode: Mode) -> Gil {
        let now = world.clock.now();
        let gil = Gil {
            rules: Rules::new(world),
            roster: Roster::default(),
            current: AtomicU64::new(Current { mode, number: 1 }.pack()),
            closer: AtomicU32::new(0),
            totals: Totals::new(now),
            modern: Modern::default(),
            ticks: Ticks::default(),
            fair: Fair::default(),
            priority: Priority::default(),
            off: Off,
        };
        gil.policy(mode.policy).open(None, &gil.rules);
        gil
    }

    // ── Who there is ────────────────────────────────────────────────────────────────────────────

    /// Adds a thread, detached. The first is the main thread.
    pub fn register(&self, name: &str) -> Arc<GilThread> {
        let thread = self.roster.add(name, self.now());
        let mut main = self.rules.main.lock();
        if main.is_none() {
            *main = Some(thread.clone());
        }
        thread
    }

    /// Adds a thread beside the main thread, unless there are `most` threads already.
    pub fn register_one_of(&self, most: usize, name: &str) -> Option<Arc<GilThread>> {
        self.roster.add_one_of(most, name, self.now())
    }

    /// Removes a thread that will not run again; it detaches (`Exit`) if it has not.
    pub fn unregister(&self, me: &Arc<GilThread>) {
        if me.is_attached() {
            self.detach(me, Reason::Exit);
        }
        self.roster.remove(me, self.now());
    }

    /// The living threads, the main thread first.
    pub fn threads(&self) -> Vec<Arc<GilThread>> {
        self.roster.threads()
    }

    /// The thread that handles signals; none before the first is registered.
    pub fn main_thread(&self) -> Option<Arc<GilThread>> {
        self.rules.main.lock().clone()
    }

    /// From now on, `thread` is the one that handles signals.
    pub fn set_main(&self, thread: &Arc<GilThread>) {
        *self.rules.main.lock() = Some(thread.clone());
    }

    // ── Running and not running ─────────────────────────────────────────────────────────────────

    /// Blocks until `me`, which is detached, may run.
    pub fn attach(&self, me: &Arc<GilThread>) -> Result<Got, Closed> {
        loop {
            // Before the look at `closer`, since `close` writes them in the opposite order: who sees no closer has
            // a number that the look after the last step below finds outdated.
            let current = self.current();
            if self.is_closed_to(me) {
                me.counters().turned_away(self.now());
                return Err(Closed);
            }
            let policy = self.policy(current.mode.policy);
            let Ok(took) = policy.take(me, &self.rules) else { continue };
            if !me.step(State::Detached, State::Attached) {
                // The world is stopped. (There is no lock then that we could have taken: the stopper has it.)
                policy.release(me, &self.rules, Leaving::Final);
                me.counters().begin_stop(self.now());
                self.roster.wait_until_resumed(me);
                continue;
            }
            if self.current().number != current.number {
                // The policy was changed between the two steps above. Now that we are attached it can change no more.
                self.roster.leave(me);
                policy.release(me, &self.rules, Leaving::Final);
                continue;
            }
            let waited_ns = me.counters().begin_run(running(current), took.from, || self.now());
            return Ok(Got { waited_ns, from: took.from });
        }
    }

    /// Gives up the lock of the thread's own accord, for a blocking call. It must have published its stack bounds.
    pub fn detach(&self, me: &Arc<GilThread>, why: Reason) {
        let policy = self.policy(self.current().mode.policy);
        me.counters().begin_away(why, me.breaker().has(DROP_REQUEST), self.now());
        // Detached first, then the lock: so whoever holds the lock can be sure that no other thread is attached.
        self.roster.leave(me);
        let leaving = if why == Reason::Exit { Leaving::Final } else { Leaving::Voluntary };
        policy.release(me, &self.rules, leaving);
    }

    /// At a safepoint, when `DROP_REQUEST` is set or [`Gil::tick`] says so: gives up the lock and takes it again, in
    /// the manner of the current policy. The thread must have published its stack bounds.
    pub fn handle_drop_request(&self, me: &Arc<GilThread>) -> Result<Got, Closed> {
        let kind = self.current().mode.policy;
        if !kind.has_lock() {
            me.breaker().take(DROP_REQUEST);
            return Ok(Got { waited_ns: 0, from: None });
        }
        me.counters().forced(me.breaker().has(DROP_REQUEST));
        self.roster.leave(me);
        self.policy(kind).release(me, &self.rules, Leaving::Forced);
        self.attach(me)
    }

    /// Counts one tick of the 2.7 policy, for the holder; true when the ticks have run out, and the holder should
    /// serve its requests and then call [`Gil::handle_drop_request`]. Only for modes that [count](Gil::counts_ticks).
    #[inline]
    pub fn tick(&self) -> bool {
        self.ticks.tick()
    }

    /// Whether the loop must call [`Gil::tick`] at each instruction.
    pub fn counts_ticks(&self) -> bool {
        self.mode().policy == PolicyKind::Ticks
    }

    // ── Stopping the world ──────────────────────────────────────────────────────────────────────

    /// At a safepoint, when `STOP_WORLD` is set: stands still until the world goes on, then attaches again. The thread
    /// must have published its stack bounds.
    pub fn park_if_stopped(&self, me: &Arc<GilThread>) -> Result<(), Closed> {
        let stop_counting = || me.counters().begin_stop(self.now());
        // No lock to release: only where there is none can a thread be attached beside the stopper.
        if self.roster.park(me, stop_counting) { self.attach(me).map(|_| ()) } else { Ok(()) }
    }

    /// Stops the world for `me`, which is attached and has published its stack bounds: when this returns, no other
    /// thread is attached, and none will be until the guard is dropped. If another thread is stopping the world, `me`
    /// stands still for that one first.
    pub fn stop_the_world<'a>(&'a self, me: &'a Arc<GilThread>) -> Result<Stopped<'a>, Closed> {
        while !self.roster.try_stop(me) {
            self.park_if_stopped(me)?;
        }
        Ok(Stopped { gil: self })
    }

    // ── The policy ──────────────────────────────────────────────────────────────────────────────

    /// The current policy and switch points. Stable while the caller is attached.
    pub fn mode(&self) -> Mode {
        self.current().mode
    }

    /// Changes policy and switch points while the program runs. `me` is attached and has published its stack
    /// bounds; the other threads follow the new policy from the moment they go on.
    pub fn set_mode(&self, me: &Arc<GilThread>, mode: Mode) -> Result<(), Closed> {
        let stopped = self.stop_the_world(me)?;
        let old = self.current();
        if mode.policy == old.mode.policy {
            self.current.store(Current { mode, ..old }.pack(), Ordering::Release);
        } else {
            let new = Current { mode, number: old.number + 1 };
            // In this order: who is evicted finds the new policy, and after the eviction nobody sends requests about the
            // old lock any more. (A holder that obeyed such a request would wait for a successor that does not exist. One
            // about the new lock may be lost with them; its sender repeats it.)
            self.policy(mode.policy).open(Some(me), &self.rules);
            self.current.store(new.pack(), Ordering::Release);
            self.policy(old.mode.policy).retire();
            self.roster.forget_drop_requests();
            let now = self.now();
            self.totals.lock_turned(old.mode.policy.has_lock(), now);
            me.counters().begin_run(running(new), None, || now);
        }
        if let Some(tap) = me.counters().tap() {
            tap.note(self.now(), Event::Turns(mode));
        }
        drop(stopped);
        Ok(())
    }

    /// The switch interval in nanoseconds.
    pub fn interval(&self) -> Ns {
        self.rules.interval()
    }

    /// Sets the switch interval, in nanoseconds; less than 1 µs is taken for 1 µs.
    pub fn set_interval(&self, interval: Ns) {
        self.rules.set_interval(interval);
        self.roster.tell_interval(self.now(), self.rules.interval());
    }

    /// After how many ticks the 2.7 policy lets go.
    pub fn check_interval(&self) -> u32 {
        self.rules.check_interval()
    }

    /// Sets it; less than 1 is taken for 1.
    pub fn set_check_interval(&self, ticks: u32) {
        self.rules.set_check_interval(ticks);
    }

    // ── Requests ────────────────────────────────────────────────────────────────────────────────

    /// Asks the main thread for something (signals, pending calls), and ends its wait if it waits. From any thread.
    pub fn request_main(&self, requests: u32) {
        let Some(main) = self.main_thread() else { return };
        main.breaker().request(requests);
        if requests & SIGNALS != 0 {
            main.parker().interrupt();
        }
        self.ticks.hurry();
    }

    /// Asks every thread for something.
    pub fn request_all(&self, requests: u32) {
        for thread in self.threads() {
            thread.breaker().request(requests);
        }
    }

    // ── The end, and forks ──────────────────────────────────────────────────────────────────────

    /// Shuts the interpreter down for all threads but `me`, which is attached: whoever attaches from now on, or is at a
    /// safepoint, gets `Closed` and never runs again, and no wait in a parker lasts.
    pub fn close(&self, me: &Arc<GilThread>) -> Result<(), Closed> {
        let stopped = self.stop_the_world(me)?;
        self.closer.store(me.id().0, Ordering::Release);
        let old = self.current();
        // A new number, so that who is between taking the lock and being attached looks again.
        self.current.store(Current { number: old.number + 1, ..old }.pack(), Ordering::Release);
        self.policy(old.mode.policy).evict();
        self.roster.forget_drop_requests();
        for thread in self.threads().iter().filter(|t| t.id() != me.id()) {
            thread.parker().close();
        }
        drop(stopped);
        Ok(())
    }

    /// Calls `fork` with the world stopped, nobody at anything that must stay whole, and none of the lock's mutexes held by
    /// another thread; and, where `is_child` says that we are the child, makes `me` (which is attached) the only thread and
    /// the main thread.
    pub fn around_fork<R>(
        &self,
        me: &Arc<GilThread>,
        fork: impl FnOnce() -> R,
        is_child: impl FnOnce(&R) -> bool,
    ) -> Result<R, Closed> {
        let stopped = self.stop_the_world(me)?;
        let alone = forks::alone();
        let policy = self.policy(self.mode().policy);
        let (mut fork, mut result) = (Some(fork), None);
        self.roster.frozen(|| policy.frozen(&mut || result = fork.take().map(|fork| fork())));
        let result = result.expect("`frozen` acts once");
        if is_child(&result) {
            self.after_fork_child(me);
        }
        drop(alone);
        drop(stopped);
        Ok(result)
    }

    /// The lock's part of beginning anew in the child of a fork. [`Gil::around_fork`] calls it; a caller that forks by
    /// itself does so with the world stopped by `me`.
    pub fn after_fork_child(&self, me: &Arc<GilThread>) {
        spinning::forget_others();
        self.roster.keep_only(me);
        *self.rules.main.lock() = Some(me.clone());
        let policy = self.policy(self.mode().policy);
        policy.forget_waiters();
        policy.retire();
        policy.open(Some(me), &self.rules);
        me.breaker().take(DROP_REQUEST);
        let now = self.now();
        self.totals.restart(now);
        me.counters().restart(now);
    }

    // ── Statistics ──────────────────────────────────────────────────────────────────────────────

    /// From now on, every thread that there is and will be tells `tapper` what happens to it. For good: `tapper` says
    /// itself when it wants to hear nothing.
    pub fn tell_all_to(&self, tapper: Arc<dyn Tapper>) {
        self.roster.tap(tapper);
    }

    /// All counters, of the lock and of each thread, as they stand now.
    pub fn stats(&self) -> LockStats {
        let mode = self.mode();
        let last = self.policy(mode.policy).last_taker();
        LockStats::take(&self.roster, &self.totals, mode, &self.rules, last, self.now())
    }

    fn policy(&self, kind: PolicyKind) -> &dyn Policy {
        match kind {
            PolicyKind::Modern => &self.modern,
            PolicyKind::Ticks => &self.ticks,
            PolicyKind::Fair => &self.fair,
            PolicyKind::Priority => &self.priority,
            PolicyKind::Off => &self.off,
        }
    }

    fn current(&self) -> Current {
        Current::unpack(self.current.load(Ordering::Acquire))
    }

    fn is_closed_to(&self, me: &GilThread) -> bool {
        let closer = self.closer.load(Ordering::Acquire);
        closer != 0 && closer != me.id().0
    }

    fn now(&self) -> Ns {
        self.rules.world.clock.now()
    }
}

/// What a thread does that runs under `current`.
fn running(current: Current) -> Phase {
    if current.mode.policy.has_lock() { Phase::Holding } else { Phase::Running }
}

/// The world stands still as long as this lives.
#[must_use = "the world goes on when this is dropped"]
pub struct Stopped<'a> {
    gil: &'a Gil,
}

impl Stopped<'_> {
    /// Every thread, the stopper among them.
    pub fn threads(&self) -> Vec<Arc<GilThread>> {
        self.gil.threads()
    }
}

impl Drop for Stopped<'_> {
    fn drop(&mut self) {
        self.gil.roster.resume();
    }
}

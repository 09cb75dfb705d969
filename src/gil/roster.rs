//! Who there is, and how all but one are made to stand still: stopping the world.
//!
//! The thread that stops the world (the *stopper*) is attached. It suspends every detached thread by itself and summons
//! the attached ones, which happen only where there is no lock; these suspend themselves at their next safepoint, or
//! when they detach. Then nobody but the stopper touches a Python value until the stopper resumes the world.
//!
//! Of two threads that stop the world at once, the second finds a stopper, and parks like anybody else.

use std::sync::Arc;

use super::breaker::{DROP_REQUEST, STOP_WORLD};
use super::counters::{Figures, ThreadCounters};
use super::events::{Event, Tapper};
use super::thread::{GilThread, State, ThreadId};
use super::world::clock::Ns;
use super::world::parking::{Condvar, Mutex, MutexGuard};

/// The threads of one interpreter.
#[derive(Default)]
pub(super) struct Roster {
    members: Mutex<Members>,
    /// "The last thread that the stopper waits for has been suspended." Waited on by the stopper.
    assembled: Condvar,
    /// "The world goes on." Waited on by the suspended.
    resumed: Condvar,
}

#[derive(Default)]
pub(super) struct Members {
    pub threads: Vec<Arc<GilThread>>,
    /// Names and figures of the threads that have ended, the first `REMEMBERED` of them.
    pub ended: Vec<Ended>,
    /// How many have ended beyond those, and the sum of their figures.
    pub unlisted: Option<(u64, Figures)>,
    /// The id given out last.
    last_id: u32,
    /// Who stops the world, from its wish to do so until it resumes.
    stopper: Option<ThreadId>,
    /// How many summoned threads are not suspended yet.
    missing: usize,
    /// How often the world was stopped.
    pub stops: u64,
    /// Who hears of all threads, once somebody records.
    tapper: Option<Arc<dyn Tapper>>,
}

/// A thread that has ended.
#[derive(Clone)]
pub(super) struct Ended {
    pub id: ThreadId,
    pub name: String,
    pub figures: Figures,
}

/// How many ended threads are remembered one by one: enough for every report that a person reads.
const REMEMBERED: usize = 1_000;

impl Members {
    fn add(&mut self, name: &str, now: Ns) -> Arc<GilThread> {
        self.last_id += 1;
        let id = ThreadId(self.last_id);
        let state = if self.stopper.is_some() { State::Suspended } else { State::Detached };
        let thread = Arc::new(GilThread::new(id, name, state, ThreadCounters::new(now)));
        if let Some(tapper) = &self.tapper {
            thread.counters().set_tap(|| tapper.tap(id, name, now));
        }
        self.threads.push(thread.clone());
        thread
    }
}

impl Roster {
    /// Adds a thread, detached, or suspended if the world is stopped at this moment.
    pub fn add(&self, name: &str, now: Ns) -> Arc<GilThread> {
        self.members.lock().add(name, now)
    }

    /// As `add`, unless there are `most` threads already.
    pub fn add_one_of(&self, most: usize, name: &str, now: Ns) -> Option<Arc<GilThread>> {
        let mut members = self.members.lock();
        (members.threads.len() < most).then(|| members.add(name, now))
    }

    /// Removes a thread that has detached for the last time, and remembers its figures.
    pub fn remove(&self, me: &GilThread, now: Ns) {
        let mut members = self.members.lock();
        let Some(place) = members.threads.iter().position(|t| t.id() == me.id()) else { return };
        members.threads.remove(place);
        let mut figures = me.counters().figures(now);
        me.counters().tell(now, Event::Ends);
        if members.ended.len() < REMEMBERED {
            members.ended.push(Ended { id: me.id(), name: me.name(), figures });
            return;
        }
        // The next one to have the lock is surely another.
        figures.passed_on();
        match &mut members.unlisted {
            Some((threads, sum)) => {
                *threads += 1;
                sum.absorb(&figures);
            }
            None => members.unlisted = Some((1, figures)),
        }
    }

    /// Gives a tap of `tapper` to each thread that there is and will be, and has none.
    pub fn tap(&self, tapper: Arc<dyn Tapper>) {
        let mut members = self.members.lock();
        for thread in &members.threads {
            let counters = thread.counters();
            counters.set_tap(|| tapper.tap(thread.id(), &thread.name(), counters.start()));
        }
        members.tapper = Some(tapper);
    }

    /// Tells whoever records how long the switch interval is now.
    pub fn tell_interval(&self, now: Ns, interval: Ns) {
        let tapper = self.members.lock().tapper.clone();
        if let Some(tapper) = tapper {
            tapper.interval(now, interval);
        }
    }

    /// All threads, in the order in which they were registered.
    pub fn threads(&self) -> Vec<Arc<GilThread>> {
        self.members.lock().threads.clone()
    }

    /// Calls `look` with all that is known of the threads.
    pub fn look<R>(&self, look: impl FnOnce(&Members) -> R) -> R {
        look(&self.members.lock())
    }

    /// Stops the world for `me`, which is attached. False if another thread is at it: park, then try again.
    pub fn try_stop(&self, me: &GilThread) -> bool {
        let mut members = self.members.lock();
        if members.stopper.is_some() {
            return false;
        }
        members.stopper = Some(me.id());
        members.stops += 1;
        let mut missing = 0;
        for thread in members.threads.iter().filter(|t| t.id() != me.id()) {
            missing += usize::from(suspend_or_summon(thread));
        }
        members.missing = missing;
        while members.missing > 0 {
            self.assembled.wait(&mut members);
        }
        true
    }

    /// Lets the world go on.
    pub fn resume(&self) {
        let mut members = self.members.lock();
        members.stopper = None;
        for thread in &members.threads {
            thread.breaker().take(STOP_WORLD);
            thread.step(State::Suspended, State::Detached);
        }
        drop(members);
        self.resumed.notify_all();
    }

    /// The state machine's part of detaching: from attached to detached or, when summoned, to suspended.
    pub fn leave(&self, me: &GilThread) {
        if !me.step(State::Attached, State::Detached) {
            self.answer_summons(me, &mut self.members.lock());
        }
    }

    /// Suspends `me` if it is summoned, and waits until the world goes on. True if it was; it is detached then.
    pub fn park(&self, me: &GilThread, before: impl FnOnce()) -> bool {
        let mut members = self.members.lock();
        if me.state() != State::Summoned {
            return false;
        }
        before();
        self.answer_summons(me, &mut members);
        self.wait_suspended(me, members);
        true
    }

    /// Waits while `me` is suspended.
    pub fn wait_until_resumed(&self, me: &GilThread) {
        self.wait_suspended(me, self.members.lock());
    }

    /// Withdraws every drop request: the lock that they were about is gone.
    pub fn forget_drop_requests(&self) {
        for thread in &self.members.lock().threads {
            thread.breaker().take(DROP_REQUEST);
        }
    }

    /// Runs `act` while nobody else is between locking and unlocking the roster's mutex: for forks.
    pub fn frozen(&self, act: impl FnOnce()) {
        let _members = self.members.lock();
        act();
    }

    /// In the child of a fork: leaves `me` as the only thread.
    pub fn keep_only(&self, me: &GilThread) {
        let mut members = self.members.lock();
        for thread in members.threads.iter().filter(|t| t.id() != me.id()) {
            thread.parker().bury();
        }
        members.threads.retain(|t| t.id() == me.id());
        members.ended.clear();
        members.unlisted = None;
        members.stops = 0;
        self.resumed.forget_waiters();
    }

    fn answer_summons(&self, me: &GilThread, members: &mut MutexGuard<'_, Members>) {
        let stepped = me.step(State::Summoned, State::Suspended);
        debug_assert!(stepped, "a thread that was not attached leaves: {me:?}");
        members.missing -= 1;
        if members.missing == 0 {
            self.assembled.notify_one();
        }
    }

    fn wait_suspended(&self, me: &GilThread, mut members: MutexGuard<'_, Members>) {
        while me.state() == State::Suspended {
            self.resumed.wait(&mut members);
        }
    }
}

/// Suspends a detached thread; true if it was attached, and has been summoned instead.
fn suspend_or_summon(thread: &GilThread) -> bool {
    loop {
        if thread.step(State::Detached, State::Suspended) {
            return false;
        }
        if thread.step(State::Attached, State::Summoned) {
            thread.breaker().request(STOP_WORLD);
            return true;
        }
        // It attached or detached between our two looks.
    }
}

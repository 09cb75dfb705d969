//! What each policy promises, in every interleaving.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use shuttle::rand::{Rng, thread_rng};
use shuttle::thread;

use super::breaker::{DROP_REQUEST, PENDING_CALLS, SIGNALS, STOP_WORLD};
use super::check;
use super::lock::{Closed, Gil};
use super::policy::{Mode, PolicyKind};
use super::thread::{GilThread, Reason};
use super::world::World;

const WITH_LOCK: [PolicyKind; 4] = [PolicyKind::Modern, PolicyKind::Ticks, PolicyKind::Fair, PolicyKind::Priority];

fn mode(policy: PolicyKind) -> Mode {
    Mode { policy, ..Mode::default() }
}

fn any_mode() -> Mode {
    let all = [PolicyKind::Off, PolicyKind::Modern, PolicyKind::Ticks, PolicyKind::Fair, PolicyKind::Priority];
    mode(all[thread_rng().gen_range(0..all.len())])
}

/// A lock with the witnesses of its promises. They are `std`'s atomics, which no interleaving splits.
struct Lab {
    gil: Gil,
    /// How many threads run Python.
    running: AtomicUsize,
    /// Whether a thread believes that the world stands still.
    stopped: AtomicBool,
}

impl Lab {
    fn new(policy: PolicyKind) -> Arc<Lab> {
        let gil = Gil::new(World::default(), mode(policy));
        Arc::new(Lab { gil, running: AtomicUsize::new(0), stopped: AtomicBool::new(false) })
    }

    /// Starts a thread that registers, attaches, lives, and leaves.
    fn start(
        self: &Arc<Lab>,
        live: impl FnOnce(&Lab, &Arc<GilThread>) -> Result<(), Closed> + Send + 'static,
    ) -> thread::JoinHandle<bool> {
        let lab = self.clone();
        let me = lab.gil.register("T");
        thread::spawn(move || {
            let lived = lab.gil.attach(&me).and_then(|_| live(&lab, &me));
            lab.gil.unregister(&me);
            lived.is_ok()
        })
    }

    /// Runs Python for a moment, as an attached thread: with the lock nobody else does, and nobody stops the world.
    fn run_python(&self) {
        let has_lock = self.gil.mode().policy.has_lock();
        let others = self.running.fetch_add(1, Relaxed);
        assert!(!has_lock || others == 0, "two threads have the lock");
        assert!(!self.stopped.load(Relaxed), "a thread runs while the world is stopped");
        thread::yield_now();
        assert!(!self.stopped.load(Relaxed), "a thread runs while the world is stopped");
        self.running.fetch_sub(1, Relaxed);
    }

    /// A safepoint, as the interpreter's loop has them.
    fn safepoint(&self, me: &Arc<GilThread>) -> Result<(), Closed> {
        if me.breaker().has(STOP_WORLD) {
            self.gil.park_if_stopped(me)?;
        }
        me.breaker().take(SIGNALS | PENDING_CALLS);
        let ticks_out = self.gil.counts_ticks() && self.gil.tick();
        if ticks_out || me.breaker().has(DROP_REQUEST) {
            let asked = me.breaker().has(DROP_REQUEST) && self.gil.mode().policy.has_lock();
            let got = self.gil.handle_drop_request(me)?;
            // Unless the successor has switched the lock off meanwhile, which leaves nobody to take it from.
            let still_locked = self.gil.mode().policy.has_lock();
            assert!(!(asked && still_locked) || got.from.is_some(), "a forced switch did not hand over");
        }
        Ok(())
    }

    /// Stops the world and looks around.
    fn stop_and_look(&self, me: &Arc<GilThread>) -> Result<(), Closed> {
        let stopped = self.gil.stop_the_world(me)?;
        assert!(!self.stopped.swap(true, Relaxed), "two threads have stopped the world");
        assert_eq!(self.running.load(Relaxed), 0, "the world does not stand still");
        thread::yield_now();
        assert_eq!(self.running.load(Relaxed), 0, "the world does not stand still");
        self.stopped.store(false, Relaxed);
        drop(stopped);
        Ok(())
    }

    /// A blocking call that takes no time.
    fn block(&self, me: &Arc<GilThread>) -> Result<(), Closed> {
        self.gil.detach(me, Reason::Io);
        thread::yield_now();
        self.gil.attach(me).map(|_| ())
    }
}

/// Computes for some rounds, with a blocking call now and then.
fn work(lab: &Lab, me: &Arc<GilThread>) -> Result<(), Closed> {
    for _ in 0..3 {
        lab.run_python();
        lab.safepoint(me)?;
        if thread_rng().gen_bool(0.3) {
            lab.block(me)?;
        }
    }
    Ok(())
}

fn join(threads: Vec<thread::JoinHandle<bool>>) {
    for thread in threads {
        assert!(thread.join().unwrap(), "a thread was turned away");
    }
}

/// Mutual exclusion, no lost wake-up, and a forced switch that hands over (all within [`work`]).
fn three_threads_take_turns(policy: PolicyKind) {
    check(1500, move || {
        let lab = Lab::new(policy);
        lab.gil.set_check_interval(1);
        join((0..3).map(|_| lab.start(work)).collect());
    });
}

#[test]
fn threads_take_turns_under_the_modern_policy() {
    three_threads_take_turns(PolicyKind::Modern);
}

#[test]
fn threads_take_turns_under_the_ticks_policy() {
    three_threads_take_turns(PolicyKind::Ticks);
}

#[test]
fn threads_take_turns_under_the_fair_policy() {
    three_threads_take_turns(PolicyKind::Fair);
}

#[test]
fn threads_take_turns_under_the_priority_policy() {
    three_threads_take_turns(PolicyKind::Priority);
}

/// The waiter's patience ends at some time, and the holder runs until it is asked: this ends only if the request
/// reaches the holder, and the lock the waiter.
#[test]
fn a_holder_that_never_blocks_is_made_to_hand_over() {
    for policy in [PolicyKind::Modern, PolicyKind::Fair, PolicyKind::Priority] {
        check(500, move || {
            super::world::time_limits_end();
            let lab = Lab::new(policy);
            let other_ran = Arc::new(AtomicBool::new(false));
            let witness = other_ran.clone();
            let spinner = lab.start(move |lab, me| {
                while !other_ran.load(Relaxed) {
                    lab.run_python();
                    lab.safepoint(me)?;
                }
                Ok(())
            });
            let other = lab.start(move |lab, _| {
                lab.run_python();
                witness.store(true, Relaxed);
                Ok(())
            });
            join(vec![spinner, other]);
        });
    }
}

#[test]
fn nobody_runs_while_the_world_is_stopped() {
    for policy in WITH_LOCK.into_iter().chain([PolicyKind::Off]) {
        check(500, move || {
            let lab = Lab::new(policy);
            let stopper = lab.start(|lab, me| {
                lab.stop_and_look(me)?;
                lab.block(me)?;
                lab.stop_and_look(me)
            });
            join(vec![stopper, lab.start(work), lab.start(work)]);
        });
    }
}

#[test]
fn threads_that_stop_the_world_at_once_take_turns() {
    check(1500, || {
        let lab = Lab::new(PolicyKind::Off);
        let stop = |lab: &Lab, me: &Arc<GilThread>| {
            lab.run_python();
            lab.stop_and_look(me)?;
            lab.run_python();
            lab.stop_and_look(me)
        };
        join(vec![lab.start(stop), lab.start(stop), lab.start(work)]);
    });
}

#[test]
fn threads_come_and_go_while_the_world_is_stopped() {
    check(1000, || {
        let lab = Lab::new(PolicyKind::Off);
        let stopper = lab.start(|lab, me| (0..3).try_for_each(|_| lab.stop_and_look(me)));
        let starter = lab.clone();
        let parent = thread::spawn(move || {
            for _ in 0..2 {
                join(vec![starter.start(work)]);
            }
            true
        });
        join(vec![stopper, parent]);
    });
}

#[test]
fn the_policy_changes_under_running_and_waiting_threads() {
    for policy in WITH_LOCK.into_iter().chain([PolicyKind::Off]) {
        check(700, move || {
            let lab = Lab::new(policy);
            let changer = lab.start(|lab, me| {
                for _ in 0..3 {
                    lab.gil.set_mode(me, any_mode())?;
                    lab.run_python();
                    lab.safepoint(me)?;
                }
                Ok(())
            });
            join(vec![changer, lab.start(work), lab.start(work)]);
        });
    }
}

#[test]
fn two_threads_change_the_policy_at_once() {
    check(1500, || {
        let lab = Lab::new(PolicyKind::Off);
        let change = |lab: &Lab, me: &Arc<GilThread>| {
            for _ in 0..2 {
                lab.gil.set_mode(me, any_mode())?;
                lab.run_python();
                lab.safepoint(me)?;
                lab.block(me)?;
            }
            Ok(())
        };
        join(vec![lab.start(change), lab.start(change), lab.start(work)]);
    });
}

/// After `close` the closer alone runs, and goes on to block and to release as it likes; the others end, whether they
/// were running, waiting for the lock, or blocked.
#[test]
fn after_close_only_the_closer_runs() {
    for policy in WITH_LOCK.into_iter().chain([PolicyKind::Off]) {
        check(500, move || {
            let lab = Lab::new(policy);
            let closer = lab.start(|lab, me| {
                lab.gil.close(me)?;
                for _ in 0..2 {
                    assert_eq!(lab.running.load(Relaxed), 0);
                    lab.run_python();
                    lab.safepoint(me)?;
                    lab.block(me)?;
                }
                Ok(())
            });
            let daemon = |lab: &Lab, me: &Arc<GilThread>| {
                loop {
                    work(lab, me)?;
                    thread::yield_now();
                }
            };
            let daemons = vec![lab.start(daemon), lab.start(daemon)];
            assert!(closer.join().unwrap());
            for daemon in daemons {
                assert!(!daemon.join().unwrap());
            }
        });
    }
}

/// A pending signal reaches the main thread under the 2.7 policy though every holder takes the lock back at once.
#[test]
fn a_signal_reaches_the_main_thread_under_ticks() {
    check(1000, || {
        let lab = Lab::new(PolicyKind::Ticks);
        let handled = Arc::new(AtomicBool::new(false));
        let witness = handled.clone();
        let main = lab.start(move |lab, me| {
            while !me.breaker().has(SIGNALS) {
                lab.block(me)?;
            }
            handled.store(true, Relaxed);
            lab.safepoint(me)
        });
        lab.gil.request_main(SIGNALS);
        let spinner = lab.start(move |lab, me| {
            while !witness.load(Relaxed) {
                lab.run_python();
                lab.safepoint(me)?;
            }
            Ok(())
        });
        join(vec![main, spinner]);
    });
}

//! The other policies, switching between them, stopping the world, and the end.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::Closed;
use super::super::breaker::{SIGNALS, STOP_WORLD};
use super::super::thread::Reason;
use super::super::world::Outcome;
use super::*;

// ── 2.7 ─────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn the_ticks_run_out_after_the_check_interval() {
    let gil = lab(PolicyKind::Ticks);
    let me = enter(&gil, "A");
    assert_eq!((1..).find(|_| gil.tick()), Some(100));
    gil.handle_drop_request(&me).unwrap();
    assert_eq!((1..).find(|_| gil.tick()), Some(100));
    gil.set_check_interval(30);
    gil.handle_drop_request(&me).unwrap();
    assert_eq!((1..).find(|_| gil.tick()), Some(30));
}

#[test]
fn running_out_of_ticks_waits_for_nobody() {
    let gil = lab(PolicyKind::Ticks);
    let me = enter(&gil, "A");
    let got = gil.handle_drop_request(&me).unwrap();
    assert_eq!((got.waited_ns, got.from), (0, None));
    let figures = me.counters().figures(0);
    assert_eq!((figures.forced_releases, figures.forced_switches, figures.waits), (1, 0, 0));
}

#[test]
fn the_ticker_belongs_to_the_lock_and_goes_on_when_it_changes_hands() {
    let gil = lab(PolicyKind::Ticks);
    let one = enter(&gil, "A");
    for _ in 0..60 {
        assert!(!gil.tick());
    }
    gil.detach(&one, Reason::Io);
    enter(&gil, "B");
    assert_eq!((1..).find(|_| gil.tick()), Some(40));
}

#[test]
fn while_a_signal_is_pending_every_tick_is_the_last_until_main_had_its_turn() {
    let gil = lab(PolicyKind::Ticks);
    let main = gil.register("MainThread");
    let other = enter(&gil, "other");
    gil.request_main(SIGNALS);
    for _ in 0..3 {
        assert!(gil.tick());
        gil.handle_drop_request(&other).unwrap();
    }
    main.breaker().take(SIGNALS);
    assert!(gil.tick());
    gil.handle_drop_request(&other).unwrap();
    assert!(!gil.tick());
}

#[test]
fn nobody_asks_for_the_old_lock() {
    let gil = lab(PolicyKind::Ticks);
    gil.set_interval(1);
    let holder = enter(&gil, "holder");
    let waiter = gil.register("waiter");
    thread::scope(|s| {
        s.spawn(|| gil.attach(&waiter).unwrap());
        until_waiting(&waiter);
        pause(20);
        assert!(!is_asked(&holder));
        gil.detach(&holder, Reason::Io);
    });
}

// ── fair ────────────────────────────────────────────────────────────────────────────────────────

/// Lets the threads named wait in that order, lets the holder go by `release`, and tells who had the lock in which
/// order. Each releases it at once; the holder, if it comes back, is named "holder".
fn order_after(gil: &Gil, line: &[Arc<GilThread>], holder: &Arc<GilThread>, release: impl FnOnce()) -> Vec<String> {
    let order = Mutex::new(Vec::new());
    thread::scope(|s| {
        for waiter in line {
            s.spawn(|| {
                gil.attach(waiter).unwrap();
                order.lock().unwrap().push(waiter.name());
                gil.detach(waiter, Reason::Io);
            });
            until_waiting(waiter);
        }
        release();
        if holder.is_attached() {
            order.lock().unwrap().push(holder.name());
            gil.detach(holder, Reason::Io);
        }
    });
    order.into_inner().unwrap()
}

#[test]
fn who_comes_first_is_served_first() {
    let gil = lab(PolicyKind::Fair);
    gil.set_interval(NEVER);
    let holder = enter(&gil, "holder");
    let line: Vec<_> = ["A", "B", "C"].map(|name| gil.register(name)).to_vec();
    let order = order_after(&gil, &line, &holder, || gil.detach(&holder, Reason::Io));
    assert_eq!(order, ["A", "B", "C"]);
}

#[test]
fn a_forced_holder_goes_to_the_end_of_the_line() {
    let gil = lab(PolicyKind::Fair);
    gil.set_interval(NEVER);
    let holder = enter(&gil, "holder");
    let line: Vec<_> = ["A", "B"].map(|name| gil.register(name)).to_vec();
    let order = order_after(&gil, &line, &holder, || {
        gil.handle_drop_request(&holder).unwrap();
    });
    assert_eq!(order, ["A", "B", "holder"]);
}

#[test]
fn a_fair_waiter_asks_after_an_interval() {
    let gil = lab(PolicyKind::Fair);
    gil.set_interval(10 * MS);
    let holder = enter(&gil, "holder");
    let waiter = gil.register("waiter");
    thread::scope(|s| {
        let start = Instant::now();
        s.spawn(|| gil.attach(&waiter).unwrap());
        until("the holder is asked", || is_asked(&holder));
        assert!(start.elapsed() >= Duration::from_millis(10));
        gil.detach(&holder, Reason::Io);
    });
}

// ── priority ────────────────────────────────────────────────────────────────────────────────────

/// Makes a thread one that had to be forced.
fn sink(gil: &Gil, thread: &Arc<GilThread>) {
    gil.handle_drop_request(thread).unwrap();
}

#[test]
fn who_gave_up_of_its_own_accord_comes_before_who_was_forced() {
    let gil = lab(PolicyKind::Priority);
    gil.set_interval(NEVER);
    let low = enter(&gil, "low");
    sink(&gil, &low);
    let high = gil.register("high");
    let holder = gil.register("holder");
    thread::scope(|s| {
        // The low thread has to be forced, and waits from then on; the high one comes later.
        s.spawn(|| gil.attach(&holder).unwrap());
        until("the low holder is asked at once", || is_asked(&low));
        let forced = s.spawn(|| {
            gil.handle_drop_request(&low).unwrap();
            assert_eq!(high.counters().figures(0).voluntary_releases[Reason::Io as usize], 1, "high was first");
            gil.detach(&low, Reason::Io);
        });
        until_waiting(&low);
        s.spawn(|| {
            gil.attach(&high).unwrap();
            gil.detach(&high, Reason::Io);
        });
        until_waiting(&high);
        gil.detach(&holder, Reason::Io);
        forced.join().unwrap();
    });
}

#[test]
fn who_comes_back_goes_before_a_low_thread_that_has_not_woken_up() {
    let gil = lab(PolicyKind::Priority);
    gil.set_interval(NEVER);
    let low = enter(&gil, "low");
    let high = gil.register("high");
    let over = AtomicBool::new(false);
    let waits = || high.counters().figures(0).waits;
    thread::scope(|s| {
        s.spawn(|| {
            until_waiting(&high);
            sink(&gil, &low);
            while !over.load(Ordering::Acquire) {
                if is_asked(&low) {
                    gil.handle_drop_request(&low).unwrap();
                }
            }
            gil.detach(&low, Reason::Io);
        });
        gil.attach(&high).unwrap();
        // It may be quick to wake up once, but not every time.
        let overtook = (0..400).any(|_| {
            until_waiting(&low);
            let before = waits();
            gil.detach(&high, Reason::Io);
            gil.attach(&high).unwrap();
            waits() == before
        });
        over.store(true, Ordering::Release);
        gil.detach(&high, Reason::Io);
        assert!(overtook);
    });
}

#[test]
fn between_equals_the_interval_holds() {
    let gil = lab(PolicyKind::Priority);
    gil.set_interval(NEVER);
    let holder = enter(&gil, "holder");
    let waiter = gil.register("waiter");
    thread::scope(|s| {
        s.spawn(|| gil.attach(&waiter).unwrap());
        until_waiting(&waiter);
        pause(20);
        assert!(!is_asked(&holder));
        gil.detach(&holder, Reason::Io);
    });
}

#[test]
fn between_equals_the_longest_wait_wins() {
    let gil = lab(PolicyKind::Priority);
    gil.set_interval(NEVER);
    let holder = enter(&gil, "holder");
    let line: Vec<_> = ["A", "B", "C"].map(|name| gil.register(name)).to_vec();
    let order = order_after(&gil, &line, &holder, || gil.detach(&holder, Reason::Io));
    assert_eq!(order, ["A", "B", "C"]);
}

// ── off, and changing ───────────────────────────────────────────────────────────────────────────

#[test]
fn without_a_lock_threads_run_at_once() {
    let gil = lab(PolicyKind::Off);
    let (one, other) = (enter(&gil, "A"), enter(&gil, "B"));
    assert!(one.is_attached() && other.is_attached());
    assert_eq!(gil.stats().busy_ns(), 0);
}

#[test]
fn switching_the_lock_off_lets_the_waiters_run() {
    for policy in [PolicyKind::Modern, PolicyKind::Ticks, PolicyKind::Fair, PolicyKind::Priority] {
        let gil = lab(policy);
        gil.set_interval(NEVER);
        let me = enter(&gil, "A");
        let waiter = gil.register("B");
        thread::scope(|s| {
            let waiting = s.spawn(|| gil.attach(&waiter).unwrap());
            until_waiting(&waiter);
            gil.set_mode(&me, Mode::off()).unwrap();
            waiting.join().unwrap();
        });
        assert!(me.is_attached() && waiter.is_attached());
    }
}

#[test]
fn switching_the_lock_on_leaves_it_with_the_switcher() {
    let gil = lab(PolicyKind::Off);
    let me = enter(&gil, "A");
    let other = enter(&gil, "B");
    thread::scope(|s| {
        s.spawn(|| {
            until("B is summoned", || other.breaker().has(STOP_WORLD));
            gil.park_if_stopped(&other).unwrap();
            assert!(!me.is_attached(), "B has the lock");
        });
        gil.set_mode(&me, Mode::default()).unwrap();
        pause(5);
        assert!(!other.is_attached());
        gil.detach(&me, Reason::Io);
    });
}

#[test]
fn a_thread_in_a_blocking_call_does_not_hinder_a_stop_and_cannot_come_back_in_it() {
    for policy in [PolicyKind::Modern, PolicyKind::Off] {
        let gil = lab(policy);
        let me = enter(&gil, "A");
        let other = gil.register("B");
        thread::scope(|s| {
            let stopped = gil.stop_the_world(&me).unwrap();
            assert_eq!(other.state(), State::Suspended);
            s.spawn(|| gil.attach(&other).unwrap());
            pause(10);
            assert!(!other.is_attached());
            drop(stopped);
            gil.detach(&me, Reason::Io);
        });
        assert!(other.is_attached());
    }
}

#[test]
fn after_close_waits_end_and_nobody_else_attaches() {
    for policy in [PolicyKind::Modern, PolicyKind::Ticks, PolicyKind::Fair, PolicyKind::Priority, PolicyKind::Off] {
        let gil = lab(policy);
        let me = enter(&gil, "MainThread");
        let (waiter, sleeper) = (gil.register("waiter"), gil.register("sleeper"));
        thread::scope(|s| {
            let waiting = policy.has_lock().then(|| s.spawn(|| gil.attach(&waiter)));
            let sleeping = s.spawn(|| sleeper.parker().park(&World::real().clock, None));
            pause(10);
            gil.close(&me).unwrap();
            assert_eq!(sleeping.join().unwrap(), Outcome::Interrupted);
            assert_eq!(gil.attach(&sleeper), Err(Closed));
            if let Some(waiting) = waiting {
                assert_eq!(waiting.join().unwrap(), Err(Closed));
            }
        });
        gil.detach(&me, Reason::Io);
        assert!(gil.attach(&me).is_ok(), "the closer goes on");
    }
}

#[test]
fn a_signal_ends_the_wait_of_the_main_thread() {
    let gil = lab(PolicyKind::Modern);
    let main = gil.register("MainThread");
    thread::scope(|s| {
        let waiting = s.spawn(|| main.parker().park(&World::real().clock, None));
        pause(5);
        gil.request_main(SIGNALS);
        assert_eq!(waiting.join().unwrap(), Outcome::Interrupted);
    });
    assert!(main.breaker().has(SIGNALS));
}

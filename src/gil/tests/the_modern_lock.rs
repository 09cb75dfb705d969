//! The modern lock, line by line: what the description of `take` and `drop` says, each line a test.

use super::super::thread::Reason;
use super::*;

#[test]
fn a_free_lock_is_taken_without_a_wait() {
    let gil = lab(PolicyKind::Modern);
    let me = gil.register("A");
    let got = gil.attach(&me).unwrap();
    assert_eq!((got.waited_ns, got.from), (0, None));
    assert_eq!(gil.stats().threads[0].figures.waits, 0);
}

#[test]
fn a_waiter_that_is_patient_asks_nobody() {
    let gil = lab(PolicyKind::Modern);
    gil.set_interval(NEVER);
    let holder = enter(&gil, "holder");
    let waiter = gil.register("waiter");
    thread::scope(|s| {
        let waiting = s.spawn(|| gil.attach(&waiter).unwrap());
        until_waiting(&waiter);
        pause(20);
        assert!(!is_asked(&holder));
        gil.detach(&holder, Reason::Io);
        assert_eq!(waiting.join().unwrap().from, Some(holder.id()));
    });
}

#[test]
fn after_an_interval_the_waiter_asks_the_holder() {
    let gil = lab(PolicyKind::Modern);
    gil.set_interval(20 * MS);
    let holder = enter(&gil, "holder");
    let waiter = gil.register("waiter");
    thread::scope(|s| {
        let start = Instant::now();
        let waiting = s.spawn(|| gil.attach(&waiter).unwrap());
        until("the holder is asked", || is_asked(&holder));
        assert!(start.elapsed() >= Duration::from_millis(20));
        gil.detach(&holder, Reason::Io);
        assert!(waiting.join().unwrap().waited_ns >= 20 * MS);
    });
    assert_eq!(waiter.counters().figures(0).requests_sent, 1);
    assert_eq!(holder.counters().figures(0).requests_received, 1);
}

#[test]
fn any_switch_in_between_restarts_the_interval() {
    let gil = lab(PolicyKind::Modern);
    gil.set_interval(100 * MS);
    let first = enter(&gil, "first");
    let (second, waiter) = (gil.register("second"), gil.register("waiter"));
    thread::scope(|s| {
        let taking = s.spawn(|| gil.attach(&second).unwrap());
        until_waiting(&second);
        let waiting = s.spawn(|| gil.attach(&waiter).unwrap());
        until_waiting(&waiter);
        // The switch: it wakes whoever waits longest.
        gil.detach(&first, Reason::Io);
        taking.join().unwrap();
        let switch = Instant::now();
        until("the second holder is asked", || is_asked(&second));
        assert!(switch.elapsed() >= Duration::from_millis(95), "asked {:?} after the switch", switch.elapsed());
        gil.detach(&second, Reason::Io);
        waiting.join().unwrap();
    });
}

#[test]
fn retaking_by_the_same_thread_is_no_switch() {
    let gil = lab(PolicyKind::Modern);
    let me = enter(&gil, "A");
    gil.detach(&me, Reason::Io);
    assert_eq!(gil.attach(&me).unwrap().from, None);
    assert_eq!(gil.stats().switches(), 0);
}

#[test]
fn taking_it_after_another_thread_is_a_switch() {
    let gil = lab(PolicyKind::Modern);
    let one = enter(&gil, "A");
    gil.detach(&one, Reason::Io);
    let other = gil.register("B");
    assert_eq!(gil.attach(&other).unwrap().from, Some(one.id()));
    assert_eq!(gil.stats().switches(), 1);
}

#[test]
fn the_taker_clears_its_own_request() {
    let gil = lab(PolicyKind::Modern);
    let me = gil.register("A");
    me.breaker().request(breaker::DROP_REQUEST | breaker::ASYNC_EXC);
    gil.attach(&me).unwrap();
    assert_eq!(me.breaker().requests(), breaker::ASYNC_EXC, "and no other");
}

#[test]
fn a_forced_release_comes_back_only_after_another_thread_had_the_lock() {
    let gil = lab(PolicyKind::Modern);
    gil.set_interval(MS);
    let holder = enter(&gil, "holder");
    let waiter = gil.register("waiter");
    thread::scope(|s| {
        s.spawn(|| {
            gil.attach(&waiter).unwrap();
            gil.detach(&waiter, Reason::Io);
        });
        until("the holder is asked", || is_asked(&holder));
        let got = gil.handle_drop_request(&holder).unwrap();
        assert_eq!(got.from, Some(waiter.id()));
        assert!(!is_asked(&holder));
    });
    let figures = holder.counters().figures(0);
    assert_eq!((figures.forced_releases, figures.forced_switches), (1, 1));
}

#[test]
fn a_voluntary_release_does_not_wait_for_a_taker() {
    let gil = lab(PolicyKind::Modern);
    let me = enter(&gil, "A");
    gil.detach(&me, Reason::Io);
    // Nobody is there to take it, and yet here we are.
    assert!(!me.is_attached());
}

#[test]
fn a_voluntary_release_may_win_the_lock_back_at_once() {
    // It may; on a busy machine the one that lets go is often the one that the system stops just then.
    assert!((0..200).any(|_| wins_the_lock_back()), "the waiter was always faster");
}

/// Whether a thread that gives the lock up had the chance to take it again before the waiter it has woken.
fn wins_the_lock_back() -> bool {
    let gil = lab(PolicyKind::Modern);
    gil.set_interval(NEVER);
    let holder = enter(&gil, "holder");
    let waiter = gil.register("waiter");
    thread::scope(|s| {
        let waiting = s.spawn(|| {
            gil.attach(&waiter).unwrap();
            // Or the holder, coming back a moment too late to see that the waiter has been served, would wait for ever.
            gil.detach(&waiter, Reason::Exit);
        });
        until_waiting(&waiter);
        let mut won_back = 0;
        while gil.stats().switches() == 0 {
            gil.detach(&holder, Reason::Io);
            won_back += u32::from(waiter.counters().phase() == Phase::Waiting);
            if waiting.is_finished() {
                break;
            }
            if gil.attach(&holder).unwrap().from.is_some() || won_back > 10_000 {
                gil.detach(&holder, Reason::Io);
                break;
            }
        }
        waiting.join().unwrap();
        won_back > 0
    })
}

#[test]
fn a_voluntary_release_that_finds_a_request_hands_over() {
    let gil = lab(PolicyKind::Modern);
    gil.set_interval(MS);
    let holder = enter(&gil, "holder");
    let waiter = gil.register("waiter");
    thread::scope(|s| {
        s.spawn(|| {
            gil.attach(&waiter).unwrap();
            gil.detach(&waiter, Reason::Io);
        });
        until("the holder is asked", || is_asked(&holder));
        gil.detach(&holder, Reason::Io);
        assert!(!is_asked(&holder));
        assert_eq!(gil.attach(&holder).unwrap().from, Some(waiter.id()));
    });
}

#[test]
fn a_thread_that_ends_waits_for_no_successor() {
    let gil = lab(PolicyKind::Modern);
    let me = enter(&gil, "A");
    // As if the waiter that sent it had not come to the point of taking the lock yet.
    me.breaker().request(breaker::DROP_REQUEST);
    gil.unregister(&me);
}

#[test]
fn the_interval_can_be_changed_under_a_waiter() {
    let gil = lab(PolicyKind::Modern);
    gil.set_interval(50 * MS);
    let holder = enter(&gil, "holder");
    let waiter = gil.register("waiter");
    thread::scope(|s| {
        s.spawn(|| gil.attach(&waiter).unwrap());
        until_waiting(&waiter);
        gil.set_interval(0);
        assert_eq!(gil.interval(), 1000, "a microsecond at least");
        until("the holder is asked", || is_asked(&holder));
        gil.detach(&holder, Reason::Io);
    });
}

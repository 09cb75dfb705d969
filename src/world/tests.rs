//! The doors to the real world.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::locks::PATIENCE;
use super::{Clock, Ns, Outcome, Parker, Picking, WaitLock, Waited};

const LONG: Ns = 60_000_000_000;

#[test]
fn an_unpark_before_the_park_is_kept() {
    let parker = Parker::new();
    parker.unpark();
    assert_eq!(parker.park(&Clock, None), Outcome::Unparked);
}

#[test]
fn a_park_ends_at_its_deadline() {
    let parker = Parker::new();
    let deadline = Clock.now() + 2_000_000;
    assert_eq!(parker.park(&Clock, Some(deadline)), Outcome::TimedOut);
    assert!(Clock.now() >= deadline);
}

#[test]
fn an_interrupt_ends_a_sleep_and_an_unpark_does_not() {
    let parker = Arc::new(Parker::new());
    let sleeper = {
        let parker = parker.clone();
        thread::spawn(move || parker.sleep_until(&Clock, Clock.now() + LONG))
    };
    parker.unpark();
    Clock.sleep(5_000_000);
    assert!(!sleeper.is_finished());
    parker.interrupt();
    assert_eq!(sleeper.join().unwrap(), Outcome::Interrupted);
}

#[test]
fn after_close_no_wait_lasts() {
    let parker = Parker::new();
    parker.close();
    assert_eq!(parker.park(&Clock, None), Outcome::Interrupted);
    assert_eq!(parker.park(&Clock, None), Outcome::Interrupted);
}

fn parker() -> Arc<Parker> {
    Arc::new(Parker::new())
}

#[test]
fn releasing_a_free_lock_is_refused() {
    let lock = WaitLock::new();
    assert!(!lock.release(&Clock));
    assert!(lock.try_acquire());
    assert!(lock.release(&Clock));
    assert!(!lock.release(&Clock));
}

#[test]
fn another_thread_may_release_it() {
    let lock = WaitLock::new();
    assert!(lock.try_acquire());
    thread::scope(|s| assert!(s.spawn(|| lock.release(&Clock)).join().unwrap()));
    assert!(lock.try_acquire());
}

#[test]
fn a_wait_ends_at_its_deadline_without_the_lock() {
    let lock = WaitLock::new();
    assert!(lock.try_acquire());
    let deadline = Clock.now() + 2_000_000;
    assert_eq!(lock.wait(&Clock, &parker(), Some(deadline), Clock.now()), Waited::TimedOut);
    assert!(lock.release(&Clock));
    assert!(lock.try_acquire(), "the waiter that gave up left the lock alone");
}

#[test]
fn an_interrupt_ends_the_wait_without_the_lock() {
    let lock = WaitLock::new();
    assert!(lock.try_acquire());
    let me = parker();
    me.interrupt();
    assert_eq!(lock.wait(&Clock, &me, None, Clock.now()), Waited::Interrupted);
}

#[test]
fn a_patient_waiter_is_handed_the_lock() {
    let lock = WaitLock::new();
    assert!(lock.try_acquire());
    thread::scope(|s| {
        let waiter = s.spawn(|| lock.wait(&Clock, &parker(), None, Clock.now()));
        Clock.sleep(50 * PATIENCE);
        assert!(lock.release(&Clock));
        assert!(lock.is_held(), "it never became free on its way to the waiter");
        assert_eq!(waiter.join().unwrap(), Waited::Has);
    });
    assert!(lock.release(&Clock));
}

#[test]
fn four_threads_exclude_each_other() {
    let lock = WaitLock::new();
    let inside = AtomicU64::new(0);
    let total = AtomicU64::new(0);
    thread::scope(|s| {
        for _ in 0..4 {
            s.spawn(|| {
                let me = parker();
                for _ in 0..20_000 {
                    let since = Clock.now();
                    while !lock.try_acquire() && lock.wait(&Clock, &me, None, since) != Waited::Has {}
                    assert_eq!(inside.fetch_add(1, Ordering::Relaxed), 0);
                    let before = total.load(Ordering::Relaxed);
                    total.store(before + 1, Ordering::Relaxed);
                    inside.fetch_sub(1, Ordering::Relaxed);
                    assert!(lock.release(&Clock));
                }
            });
        }
    });
    assert_eq!(total.load(Ordering::Relaxed), 80_000);
}

#[test]
fn the_monotonic_clock_never_runs_backwards() {
    let clock = Clock;
    let mut last = clock.now();
    for _ in 0..10_000 {
        let now = clock.now();
        assert!(now >= last);
        last = now;
    }
}

#[test]
fn a_sleep_lasts_at_least_as_long_as_asked() {
    let clock = Clock;
    let start = clock.now();
    clock.sleep(2_000_000);
    assert!(clock.now() - start >= 2_000_000);
}

#[test]
fn a_fixed_seed_gives_the_same_answer_in_every_run() {
    let (one, other) = (Picking::seeded(7), Picking::seeded(7));
    assert_eq!(one.seed("str"), other.seed("str"));
    assert_ne!(one.seed("str"), one.seed("random"));
    assert_ne!(one.seed("str"), Picking::seeded(8).seed("str"));
}

#[test]
fn seeds_differ_when_nobody_fixed_them() {
    let picking = Picking::default();
    assert_ne!(picking.seed("str"), picking.seed("str"));
}

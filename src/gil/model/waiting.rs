//! What parkers and the lock made of them promise, in every interleaving.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use shuttle::rand::{Rng, thread_rng};
use shuttle::thread;

use super::check;
use super::world::clock::Ns;
use super::world::locks::{WaitLock, Waited};
use super::world::parking::{Outcome, Parker};
use super::world::{Clock, time_limits_end};

#[test]
fn an_unpark_is_never_lost() {
    check(1000, || {
        let parker = Arc::new(Parker::new());
        let ready = Arc::new(AtomicBool::new(false));
        let (their_parker, their_ready) = (parker.clone(), ready.clone());
        thread::spawn(move || {
            their_ready.store(true, Relaxed);
            their_parker.unpark();
        });
        while !ready.load(Relaxed) {
            assert_eq!(parker.park(&Clock, None), Outcome::Unparked);
        }
    });
}

#[test]
fn an_interrupt_ends_a_wait_whatever_else_happens() {
    check(1000, || {
        let parker = Arc::new(Parker::new());
        for _ in 0..2 {
            let theirs = parker.clone();
            thread::spawn(move || theirs.unpark());
        }
        let theirs = parker.clone();
        thread::spawn(move || theirs.interrupt());
        while parker.park(&Clock, None) != Outcome::Interrupted {}
    });
}

/// Waits until the thread has the lock, or gives up.
fn acquire(lock: &WaitLock, me: &Arc<Parker>, deadline: Option<Ns>) -> Waited {
    let since = Clock.now();
    while !lock.try_acquire() {
        match lock.wait(&Clock, me, deadline, since) {
            Waited::Woken => thread::yield_now(),
            end => return end,
        }
    }
    Waited::Has
}

/// Enters a critical section for a moment.
fn enter(lock: &WaitLock, inside: &AtomicUsize) {
    assert_eq!(inside.fetch_add(1, Relaxed), 0, "two threads have the lock");
    thread::yield_now();
    inside.fetch_sub(1, Relaxed);
    assert!(lock.release(&Clock));
}

#[test]
fn a_lock_excludes_and_wakes_everybody() {
    check(2000, || {
        let lock = Arc::new(WaitLock::new());
        let inside = Arc::new(AtomicUsize::new(0));
        let threads: Vec<_> = (0..3)
            .map(|_| {
                let (lock, inside) = (lock.clone(), inside.clone());
                thread::spawn(move || {
                    let me = Arc::new(Parker::new());
                    for _ in 0..2 {
                        assert_eq!(acquire(&lock, &me, None), Waited::Has);
                        enter(&lock, &inside);
                    }
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        assert!(lock.try_acquire());
    });
}

/// Waiters that give up, by time or by interrupt, take no wake-up with them that was meant for somebody else.
#[test]
fn waiters_that_give_up_take_no_wake_up_with_them() {
    check(2000, || {
        time_limits_end();
        let lock = Arc::new(WaitLock::new());
        let inside = Arc::new(AtomicUsize::new(0));
        let threads: Vec<_> = (0..3)
            .map(|i| {
                let (lock, inside) = (lock.clone(), inside.clone());
                thread::spawn(move || {
                    let me = Arc::new(Parker::new());
                    let deadline = (i == 0).then(|| Clock.now() + thread_rng().gen_range(0..3_000_000));
                    if i == 1 {
                        let me = me.clone();
                        thread::spawn(move || me.interrupt());
                    }
                    for _ in 0..2 {
                        if acquire(&lock, &me, deadline) == Waited::Has {
                            enter(&lock, &inside);
                        } else {
                            assert_ne!(i, 2, "the third waits without limit");
                        }
                    }
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        assert!(lock.try_acquire());
    });
}

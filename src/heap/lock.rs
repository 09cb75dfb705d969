//! The lock of one object: a byte of its header, for a few stores while threads run at the same time.
//!
//! Most of these locks are taken by one thread only, again and again, so what counts is what taking and giving back cost
//! where nobody else comes by: one atomic exchange and one plain store. The price is that who gives one back never
//! learns that somebody waits. A waiter has to look again by itself, after pauses that grow longer; that suits a lock that
//! is only held for moments, and where everybody wants it all the time fewer looks are better in any case. Nothing outside
//! the byte knows of the waiters, so a forked child has no table of them to put in order.
//!
//! parking_lot's one-byte mutex, which this was, has to look for waiters as it is given back: twice the cost in a program
//! whose threads change lists of their own (`list[i] = x`: 16 ns, 11 ns here, 6.5 ns without a lock).

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

/// The first pause of a waiter and the longest.
const PAUSES: [Duration; 2] = [Duration::from_micros(20), Duration::from_millis(1)];

/// See the module's description. Held by whoever has changed it from 0 to 1.
#[derive(Debug)]
pub struct ObjectLock(AtomicU8);

impl ObjectLock {
    pub(super) const fn new() -> ObjectLock {
        ObjectLock(AtomicU8::new(0))
    }

    /// Takes the lock if it is free.
    #[inline(always)]
    pub fn try_lock(&self) -> bool {
        self.0.compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    /// Takes the lock as soon as it is seen to be free.
    pub fn lock(&self) {
        let [mut pause, longest] = PAUSES;
        while !self.looks_free() || !self.try_lock() {
            std::thread::sleep(pause);
            pause = (pause * 2).min(longest);
        }
    }

    /// Whether nobody has it: a look that leaves the byte where it is. What the last holder wrote is seen afterwards.
    #[inline]
    pub fn looks_free(&self) -> bool {
        self.0.load(Ordering::Acquire) == 0
    }

    /// Gives the lock back.
    ///
    /// # Safety
    /// The caller has taken it.
    #[inline(always)]
    pub unsafe fn unlock(&self) {
        self.0.store(0, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::UnsafeCell;
    use std::sync::Arc;

    use super::*;

    struct Counter {
        lock: ObjectLock,
        /// Two numbers that are only equal while nobody changes them.
        pair: UnsafeCell<[u64; 2]>,
    }

    // SAFETY: the pair is only touched by who holds the lock.
    unsafe impl Sync for Counter {}

    #[test]
    fn only_one_thread_at_a_time_has_it() {
        const STEPS: u64 = 20_000;
        let counter = Arc::new(Counter { lock: ObjectLock::new(), pair: UnsafeCell::new([0; 2]) });
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let counter = counter.clone();
                std::thread::spawn(move || {
                    for step in 0..STEPS {
                        if step % 7 == 0 || !counter.lock.try_lock() {
                            counter.lock.lock();
                        }
                        // SAFETY: this thread has the lock.
                        unsafe {
                            let pair = &mut *counter.pair.get();
                            assert_eq!(pair[0], pair[1]);
                            pair[0] += 1;
                            pair[1] += 1;
                            counter.lock.unlock();
                        }
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().expect("no assertion failed");
        }
        assert!(counter.lock.try_lock());
        assert!(!counter.lock.try_lock());
        // SAFETY: this thread has the lock.
        assert_eq!(unsafe { *counter.pair.get() }, [4 * STEPS; 2]);
    }
}

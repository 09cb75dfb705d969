//! What no fork may cut in two.
//!
//! A fork happens with the world stopped, so that no attached thread is in the middle of anything. But detached threads run
//! on: they stand in the line of a lock, leave it, begin and end. What they do there for an instant, under a mutex that
//! the child will need, they do *whole*; a fork waits until nobody is at it, and nobody begins while it lasts.
//!
//! This is the process's, since it is the process that forks: the one thing here that several interpreters share.

use std::sync::OnceLock;

use super::primitives::atomic::{AtomicU32, Ordering};

/// How many threads are at something that must stay whole; or [`FORKING`].
static WORD: AtomicU32 = AtomicU32::new(0);
/// Somebody forks. Nobody is at anything then.
const FORKING: u32 = 1 << 31;

/// As long as this lives, no fork happens. It may be asked for within another one; nothing that blocks may be done in it.
#[must_use]
pub struct Whole(());

/// As long as this lives, nobody is at anything that must stay whole.
#[must_use]
pub struct Alone(());

#[inline]
pub fn whole() -> Whole {
    let mut word = WORD.load(Ordering::Relaxed);
    loop {
        if word == FORKING {
            std::thread::yield_now();
            word = WORD.load(Ordering::Relaxed);
            continue;
        }
        match WORD.compare_exchange_weak(word, word + 1, Ordering::Acquire, Ordering::Relaxed) {
            Ok(_) => return Whole(()),
            Err(now) => word = now,
        }
    }
}

impl Drop for Whole {
    #[inline]
    fn drop(&mut self) {
        WORD.fetch_sub(1, Ordering::Release);
    }
}

/// The calling thread ends: what it still does is whole, to its last moment. The allocator keeps lists of threads, and it
/// takes a thread off them when the keys of the thread are destroyed, under a lock that a child would find taken.
pub fn whole_to_the_end() {
    static KEY: OnceLock<Option<libc::pthread_key_t>> = OnceLock::new();
    extern "C" fn over(_: *mut libc::c_void) {
        drop(Whole(()));
    }
    let key = KEY.get_or_init(|| {
        let mut key = 0;
        // SAFETY: room for a key, and a destructor that lives as long as the program. Keys are destroyed in the order in
        // which they were made, so this one's comes after the allocator's, which is there from the first allocation on.
        let made = unsafe { libc::pthread_key_create(&mut key, Some(over)) };
        (made == 0).then_some(key)
    });
    let whole = whole();
    // SAFETY: a key that was made, and a value that is not null, so that the destructor is called.
    if key.is_some_and(|key| unsafe { libc::pthread_setspecific(key, std::ptr::without_provenance(1)) } == 0) {
        std::mem::forget(whole);
    }
}

/// Waits until nobody is at anything. Who forks is at nothing.
pub fn alone() -> Alone {
    while WORD.compare_exchange_weak(0, FORKING, Ordering::Acquire, Ordering::Relaxed).is_err() {
        std::thread::yield_now();
    }
    Alone(())
}

impl Drop for Alone {
    fn drop(&mut self) {
        WORD.store(0, Ordering::Release);
    }
}

//! What the machine gives to wait with: mutex, condition and atomics.
//!
//! The one file that another world replaces as a whole; the rest of this folder and of `gil` is made of these.
//!
//! They are the standard library's, with parking_lot's manners (a guard can be waited with by reference, a panic poisons
//! nothing). parking_lot's own keep all who wait, of the whole process, in one table whose buckets are locked when a wait
//! begins and ends; a child that is forked in such a moment hangs when it comes to that bucket. A futex is nothing but its
//! word, which the child owns.

use std::ops::{Deref, DerefMut};
use std::sync::{self, PoisonError, TryLockError};
use std::time::Duration;

pub(crate) use std::sync::atomic;

use atomic::{AtomicU32, Ordering};

#[derive(Debug, Default)]
pub struct Mutex<T>(sync::Mutex<T>);

pub struct MutexGuard<'a, T> {
    /// Absent only within a wait.
    held: Option<sync::MutexGuard<'a, T>>,
}

impl<T> Mutex<T> {
    pub const fn new(value: T) -> Mutex<T> {
        Mutex(sync::Mutex::new(value))
    }

    #[inline]
    pub fn lock(&self) -> MutexGuard<'_, T> {
        MutexGuard { held: Some(self.0.lock().unwrap_or_else(PoisonError::into_inner)) }
    }

    /// The guard, unless another thread has it now.
    pub fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        match self.0.try_lock() {
            Ok(held) => Some(MutexGuard { held: Some(held) }),
            Err(TryLockError::Poisoned(poisoned)) => Some(MutexGuard { held: Some(poisoned.into_inner()) }),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        match &self.held {
            Some(held) => held,
            None => unreachable!("nobody looks through a guard while it waits"),
        }
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        match &mut self.held {
            Some(held) => held,
            None => unreachable!("nobody looks through a guard while it waits"),
        }
    }
}

/// A condition, always used with the same mutex, which its notifier has held since it changed what is waited for.
#[derive(Debug, Default)]
pub struct Condvar {
    condition: sync::Condvar,
    /// How many wait: the system need not be asked where nobody does. Changed by holders of the mutex.
    waiting: AtomicU32,
}

pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl Condvar {
    pub const fn new() -> Condvar {
        Condvar { condition: sync::Condvar::new(), waiting: AtomicU32::new(0) }
    }

    #[inline]
    pub fn notify_one(&self) {
        if self.waiting.load(Ordering::Relaxed) > 0 {
            self.condition.notify_one();
        }
    }

    #[inline]
    pub fn notify_all(&self) {
        if self.waiting.load(Ordering::Relaxed) > 0 {
            self.condition.notify_all();
        }
    }

    pub fn wait<T>(&self, guard: &mut MutexGuard<'_, T>) {
        let Some(held) = guard.held.take() else { return };
        self.waiting.fetch_add(1, Ordering::Relaxed);
        guard.held = Some(self.condition.wait(held).unwrap_or_else(PoisonError::into_inner));
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }

    /// Waits for `span` at most.
    pub fn wait_for<T>(&self, guard: &mut MutexGuard<'_, T>, span: Duration) -> WaitTimeoutResult {
        let Some(held) = guard.held.take() else { return WaitTimeoutResult(false) };
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let (held, result) = self.condition.wait_timeout(held, span).unwrap_or_else(PoisonError::into_inner);
        guard.held = Some(held);
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        WaitTimeoutResult(result.timed_out())
    }

    /// In the child of a fork: those who waited in the parent do not wait here.
    pub fn forget_waiters(&self) {
        self.waiting.store(0, Ordering::Relaxed);
    }
}

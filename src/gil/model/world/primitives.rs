//! Shuttle's mutex and condition with the manners of parking_lot's, and with waits that can time out.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::time::Duration;

use shuttle::rand::{Rng, thread_rng};
use shuttle::{sync, thread};

use super::{SURELY_OVER, clock};

#[derive(Default)]
pub struct Mutex<T>(sync::Mutex<T>);

pub struct MutexGuard<'a, T> {
    mutex: &'a Mutex<T>,
    /// Absent only within a wait.
    held: Option<sync::MutexGuard<'a, T>>,
}

impl<T> Mutex<T> {
    pub fn new(value: T) -> Mutex<T> {
        Mutex(sync::Mutex::new(value))
    }

    pub fn lock(&self) -> MutexGuard<'_, T> {
        MutexGuard { mutex: self, held: Some(self.0.lock().unwrap()) }
    }
}

impl<T> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mutex")
    }
}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.held.as_ref().unwrap()
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.held.as_mut().unwrap()
    }
}

#[derive(Default)]
pub struct Condvar(sync::Condvar);

pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl Condvar {
    pub fn new() -> Condvar {
        Condvar::default()
    }

    pub fn notify_one(&self) {
        self.0.notify_one();
    }

    pub fn notify_all(&self) {
        self.0.notify_all();
    }

    pub fn forget_waiters(&self) {}

    pub fn wait<T>(&self, guard: &mut MutexGuard<'_, T>) {
        guard.held = Some(self.0.wait(guard.held.take().unwrap()).unwrap());
    }

    /// Either waits without a limit, or comes back after an arbitrary while without having heard any notification.
    pub fn wait_for<T>(&self, guard: &mut MutexGuard<'_, T>, span: Duration) -> WaitTimeoutResult {
        if !SURELY_OVER.get() && thread_rng().gen_bool(0.5) {
            self.wait(guard);
            return WaitTimeoutResult(false);
        }
        guard.held = None;
        for _ in 0..thread_rng().gen_range(0..4) {
            thread::yield_now();
        }
        clock::pass(span.as_nanos() as u64);
        guard.held = Some(guard.mutex.0.lock().unwrap());
        WaitTimeoutResult(true)
    }
}

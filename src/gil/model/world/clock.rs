//! Time as the model has it: every look at the clock takes a nanosecond, and sometimes two milliseconds have passed.

use super::TIME;
use shuttle::rand::{Rng, thread_rng};

pub type Ns = u64;

#[derive(Clone, Copy, Debug, Default)]
pub struct Clock;

impl Clock {
    pub fn now(&self) -> Ns {
        let passed = if thread_rng().gen_bool(0.1) { 2_000_000 } else { 1 };
        pass(passed)
    }
}

/// Lets `span` pass; returns the time then.
pub fn pass(span: Ns) -> Ns {
    TIME.set(TIME.get() + span);
    TIME.get()
}

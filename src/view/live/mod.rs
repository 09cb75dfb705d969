//! The live screen: a run, or a recording, as it happens.
//!
//! - `model`: events in, what is to be seen out; `history`: what each thread did, for as long as anybody may scroll back;
//!   `waits`: who waited where, the sharpest first
//! - `snapshot`: the figures of one moment
//! - `controls`: what a person has set, and what a key changes about it
//! - `screen`: all of it drawn; `cells`: a thread's lane; `output`: what the program prints
//!
//! Nothing here knows where the events come from, or what becomes of commands: that is `cli/watch`.

pub mod cells;
pub mod controls;
pub mod history;
pub mod model;
pub mod output;
pub mod screen;
pub mod snapshot;
pub mod waits;

#[cfg(test)]
mod tests;

use crate::gil::Reason;
use crate::record::timeline::Doing;

/// What a thread does, as far as a lane can show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// Runs with the lock.
    Holds,
    /// Runs where there is no lock.
    Runs,
    /// Waits for the lock.
    Waits,
    /// Waits for another thread: a lock of the program's own, a join, a queue.
    Blocked,
    Sleeps,
    /// In a blocking call of another kind, or not started yet.
    Away,
    /// Stands still, the world being stopped.
    Stands,
    Collects,
    /// A task that waits for its loop.
    Ready,
    /// Nothing is known.
    Unknown,
}

impl Kind {
    pub const COUNT: usize = 10;

    pub const ALL: [Kind; Kind::COUNT] = [
        Kind::Holds,
        Kind::Runs,
        Kind::Waits,
        Kind::Blocked,
        Kind::Sleeps,
        Kind::Away,
        Kind::Stands,
        Kind::Collects,
        Kind::Ready,
        Kind::Unknown,
    ];

    pub fn of(doing: Doing) -> Kind {
        match doing {
            Doing::Holds => Kind::Holds,
            Doing::Runs => Kind::Runs,
            Doing::Waits => Kind::Waits,
            Doing::Stands => Kind::Stands,
            Doing::Away(Reason::Lock | Reason::Join) => Kind::Blocked,
            Doing::Away(Reason::Sleep) => Kind::Sleeps,
            Doing::Away(_) => Kind::Away,
            Doing::Unknown => Kind::Unknown,
            Doing::Steps => Kind::Runs,
            Doing::Blocks(_) => Kind::Blocked,
            Doing::Ready => Kind::Ready,
            Doing::Awaits => Kind::Sleeps,
        }
    }
}

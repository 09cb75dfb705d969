//! A world whose time is what the model says, and whose threads are shuttle's.
//!
//! Parkers and the lock made of them are the real files; only what they are made of is replaced.

pub mod clock;
pub mod forks;
#[path = "../../world/locks.rs"]
pub mod locks;
#[path = "../../world/parking.rs"]
pub mod parking;
#[path = "../../world/picking.rs"]
pub mod picking;
pub mod primitives;
pub mod spinning;

pub use clock::Clock;
pub use parking::Parker;
pub use picking::Picking;
pub use shuttle::sync::atomic;

use std::cell::Cell;

#[derive(Clone, Debug, Default)]
pub struct World {
    pub clock: Clock,
    pub picking: Picking,
}

thread_local! {
    // Shuttle runs all threads of a model on one thread of the machine, so this is the one time of the model.
    static TIME: Cell<u64> = const { Cell::new(0) };
    static SURELY_OVER: Cell<bool> = const { Cell::new(false) };
}

/// A new run begins.
pub fn begin() {
    TIME.set(0);
    SURELY_OVER.set(false);
}

/// From now on a wait with a time limit ends at some time. Until this is called it may as well last for ever, which is
/// how a wake-up that was lost is told from one that came late.
pub fn time_limits_end() {
    SURELY_OVER.set(true);
}

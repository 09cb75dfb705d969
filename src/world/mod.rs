//! The three doors to everything that is not deterministic: time, blocking and choice.
//!
//! * [`clock`]: what time it is, and sleeping.
//! * [`parking`]: every wait of every primitive, and what wakes it.
//! * [`locks`]: the lock under `threading.Lock`, made of nothing but parking and the clock.
//! * [`picking`]: who comes next where there is a choice, and random seeds.
//! * [`spinning`]: looking for a while before going to sleep.
//! * [`forks`]: what must not be cut in two when the process forks.
//!
//! No other part of gilbox reads a clock, blocks a thread or rolls a die. Behind the doors stands the
//! real machine; a simulated world with virtual time can stand behind the same doors, as the
//! models of the lock already show (`gil/model`), whose world explores interleavings.

pub mod clock;
pub mod forks;
pub mod locks;
pub mod parking;
pub mod picking;
mod primitives;
pub mod spinning;
#[cfg(test)]
mod tests;

/// Atomics are no door, since they do not wait; they pass through here so that the models can look between any two.
pub(crate) use primitives::atomic;

pub use clock::{Clock, Ns};
pub use locks::{Released, WaitLock, Waited};
pub use parking::{Outcome, Parker};
pub use picking::Picking;

/// One interpreter's view of the world. A value, cheap to clone: nothing here is static.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub clock: Clock,
    pub picking: Picking,
}

impl World {
    /// The real machine, with seeds nobody can foresee.
    pub fn real() -> World {
        World::default()
    }

    /// The real machine with chosen seeds, as `PYTHONHASHSEED` asks for.
    pub fn seeded(seed: u64) -> World {
        World { clock: Clock, picking: Picking::seeded(seed) }
    }
}

//! What the machine gives to wait with: mutex, condition and atomics.
//!
//! The one file that another world replaces as a whole; the rest of this folder and of `gil` is made of these.

pub use parking_lot::{Condvar, Mutex, MutexGuard};
pub(crate) use std::sync::atomic;

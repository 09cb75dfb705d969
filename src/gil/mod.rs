//! The lock. This folder is where to learn what a GIL is.
//!
//! | file | what it owns |
//! |---|---|
//! | [`lock`](self::Gil) | [`Gil`]: attach, detach, switch, stop the world, change the policy |
//! | `modern` | CPython 3.2 and later: interval, drop request, forced switching. **Begin here** |
//! | `ticks` | CPython 2.7: a hundred ticks, then release and take again |
//! | `line`, `fair`, `priority` | a line of waiters, served by arrival or by rank |
//! | `off` | no lock |
//! | `policy` | what a policy is, and the names that `--gil` takes |
//! | `thread` | one thread: attached, detached, suspended |
//! | `roster` | all threads, and stopping the world |
//! | [`breaker`] | the word of requests that interrupts a thread |
//! | `counters`, `snapshot` | what is counted, and how it is read |
//! | [`events`] | what a recording is told |
//! | [`standing`] | what a thread waits for without a time limit, for whoever looks for deadlocks |
//!
//! # How the interpreter uses it
//!
//! An interpreter has one [`Gil`]; nothing here is static. Each OS thread that runs Python is registered and holds
//! its [`Arc<GilThread>`](GilThread):
//!
//! ```no_run
//! use gilbox::gil::{Closed, Gil, Mode, Reason, breaker};
//! use gilbox::world::World;
//!
//! # fn main() -> Result<(), Closed> {
//! let gil = Gil::new(World::real(), "3.14".parse::<Mode>().unwrap());
//! let me = gil.register("MainThread");
//! gil.attach(&me)?;                              // now Python code may run
//!
//! // At a safepoint, one relaxed load:
//! if me.breaker().requests() != 0 {
//!     // in `breaker::SERVICING_ORDER`; the stack bounds are published
//!     if me.breaker().has(breaker::STOP_WORLD) {
//!         gil.park_if_stopped(&me)?;
//!     }
//!     if me.breaker().has(breaker::DROP_REQUEST) {
//!         gil.handle_drop_request(&me)?;
//!     }
//! }
//! // Where `gil.counts_ticks()`, at each instruction:
//! if gil.tick() {
//!     gil.handle_drop_request(&me)?;             // after serving the breaker's other requests
//! }
//!
//! gil.detach(&me, Reason::Sleep);                // a blocking call, which touches no Python value
//! gil.attach(&me)?;
//!
//! let stopped = gil.stop_the_world(&me)?;        // collect, count references, change shapes …
//! drop(stopped);                                 // … and go on
//!
//! gil.unregister(&me);
//! # Ok(())
//! # }
//! ```
//!
//! What the caller has to keep:
//!
//! * `detach`, `handle_drop_request`, `park_if_stopped`, `stop_the_world`, `set_mode` and `close` are **points at which
//!   another thread may collect**. The thread has spilled its registers and published the bounds of its native stack
//!   before it calls them, and leaves them published until `attach` (or the call itself) has returned.
//! * No object lock is held across them.
//! * [`Closed`] means: never touch a Python value again, and let the OS thread end.
//! * Modes change only while the world is stopped, so what [`Gil::mode`] says is true until the next of these points.
//!
//! # Why it can be trusted
//!
//! `model` compiles this folder's files a second time against a world in which every wait, wake-up and atomic access is
//! a point where the threads can be interleaved anew, and looks through many thousands of interleavings. That is
//! why the files here say `super::world` and never `crate::world`.

use crate::world;

pub mod breaker;
mod counters;
pub mod events;
mod fair;
mod line;
mod lock;
mod modern;
mod off;
mod policy;
mod priority;
mod roster;
mod snapshot;
pub mod standing;
mod thread;
mod ticks;

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;

pub use breaker::Breaker;
pub use counters::{Figures, Phase, ThreadCounters, WAIT_BUCKETS, wait_bucket};
pub use lock::{Closed, Gil, Got, Stopped};
pub use policy::{
    DEFAULT_CHECK_INTERVAL, DEFAULT_INTERVAL, Mode, PolicyKind, SHORTEST_INTERVAL, SwitchPoints, UnknownMode,
};
pub use snapshot::{LockStats, ThreadStats};
pub use thread::{GilThread, Reason, State, ThreadId};

//! The interpreter: thread state, frames, the dispatch loop, calls, exceptions, safepoints, and the protocols by which
//! objects are added, compared, called, iterated.
//!
//! - `interpreter`: [`Vm`], everything that one interpreter has; nothing is static
//! - `thread`: [`Thread`], the state of one attached thread, passed to all native code as `th`
//! - `native`, `signature`: how native functions and types are defined and their arguments bound
//! - `error`: how native code raises
//! - `deadlock`: threads that wait for each other
//! - `fork`: the process becomes two
//! - `gate`: what a program may touch outside of itself
//! - `shape`, `caches`, `classes`: hidden classes, inline caches, making and changing classes
//! - `tracing`: `sys.settrace` and `sys.setprofile`
//! - `ops`: the protocols
//! - `recording`: what a recording is told of the code that runs

pub mod binding;
pub mod bootstrap;
pub mod caches;
pub mod calls;
pub mod class_changes;
pub mod class_layout;
pub mod class_order;
pub mod classes;
pub mod deadlock;
pub mod dispatch;
pub mod ending;
pub mod error;
pub mod family;
pub mod fork;
pub mod gate;
pub mod generators;
pub mod globals;
pub mod import;
pub mod intern;
pub mod interpreter;
pub mod intrinsics;
pub mod load;
pub mod lookup;
pub mod names;
pub mod native;
pub mod ops;
pub mod recording;
pub mod report;
pub mod safepoint;
pub mod screen;
pub mod shape;
pub mod signals;
pub mod signature;
pub mod slow;
pub mod source;
pub mod stack;
pub mod suggest;
pub mod thread;
pub mod tracing;
pub mod unwind;
pub mod wording;

pub use error::Raised;
pub use interpreter::Vm;
pub use native::Result;
pub use thread::Thread;

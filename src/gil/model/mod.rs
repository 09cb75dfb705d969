//! The lock under a microscope: the same files, compiled a second time against a world whose every wait, wake-up and
//! atomic access is a point where the threads can be interleaved anew ([shuttle](https://docs.rs/shuttle)).
//!
//! Each test runs a small program of a few threads through thousands of interleavings, chosen at random and by
//! priorities (PCT, which finds bugs of small depth with a known probability). What it looks for:
//!
//! * a panic: an assertion of the test, or of the lock itself;
//! * a deadlock: all threads wait, which is how a lost wake-up shows itself. A wait with a time limit is modelled as one
//!   that is over at an arbitrary moment or *never* (see `world`), so no time-out can cover up for a lost wake-up.
//!
//! `GILBOX_MODEL_RUNS=N` multiplies the number of interleavings by N. A failure prints its schedule; put it into
//! [`check`] by way of `shuttle::replay` to see it again.
#![allow(clippy::duplicate_mod, reason = "compiling the files a second time is the point")]
#![allow(dead_code, reason = "the models use a part of what the interpreter uses")]

mod world;

#[path = "../breaker.rs"]
mod breaker;
#[path = "../counters.rs"]
mod counters;
#[path = "../events.rs"]
mod events;
#[path = "../fair.rs"]
mod fair;
#[path = "../line.rs"]
mod line;
#[path = "../lock.rs"]
mod lock;
#[path = "../modern.rs"]
mod modern;
#[path = "../off.rs"]
mod off;
#[path = "../policy.rs"]
mod policy;
#[path = "../priority.rs"]
mod priority;
#[path = "../roster.rs"]
mod roster;
#[path = "../snapshot.rs"]
mod snapshot;
#[path = "../standing.rs"]
mod standing;
#[path = "../thread.rs"]
mod thread;
#[path = "../ticks.rs"]
mod ticks;

mod protocol;
mod waiting;

use shuttle::scheduler::{PctScheduler, RandomScheduler, Scheduler};
use shuttle::{Config, Runner};

/// Runs `program` through interleavings: `runs` at random and as many by priorities.
fn check(runs: usize, program: impl Fn() + Send + Sync + 'static) {
    let times = std::env::var("GILBOX_MODEL_RUNS").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let program = std::sync::Arc::new(program);
    explore(RandomScheduler::new(runs * times), program.clone());
    explore(PctScheduler::new(3, runs * times), program);
}

fn explore(scheduler: impl Scheduler + 'static, program: std::sync::Arc<impl Fn() + Send + Sync + 'static>) {
    let mut config = Config::new();
    // Debug builds have large frames.
    config.stack_size = 1 << 18;
    config.silence_warnings = true;
    Runner::new(scheduler, config).run(move || {
        world::begin();
        program();
    });
}

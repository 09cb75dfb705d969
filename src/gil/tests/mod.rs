//! The lock on real threads. What must hold in every interleaving is tested in `model`.

mod cost;
mod fork;
mod others;
mod parts;
mod statistics;
mod stress;
mod the_modern_lock;

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::policy::{Mode, PolicyKind};
use super::thread::{GilThread, State};
use super::world::World;
use super::{Gil, Phase, breaker};

const MS: u64 = 1_000_000;
/// An interval that no test lives to see the end of.
const NEVER: u64 = 3_600_000 * MS;

fn lab(policy: PolicyKind) -> Gil {
    Gil::new(World::real(), Mode { policy, ..Mode::default() })
}

/// Registers a thread and attaches it.
fn enter(gil: &Gil, name: &str) -> Arc<GilThread> {
    let me = gil.register(name);
    gil.attach(&me).unwrap();
    me
}

/// Waits until `true_now`; fails after ten seconds.
fn until(what: &str, true_now: impl Fn() -> bool) {
    let start = Instant::now();
    while !true_now() {
        assert!(start.elapsed() < Duration::from_secs(10), "waited in vain until {what}");
        thread::sleep(Duration::from_micros(100));
    }
}

fn until_waiting(thread: &GilThread) {
    until("a thread waits for the lock", || thread.counters().phase() == Phase::Waiting);
    // The phase begins a moment before the wait itself.
    thread::sleep(Duration::from_millis(5));
}

fn pause(ms: u64) {
    thread::sleep(Duration::from_millis(ms));
}

fn is_asked(thread: &GilThread) -> bool {
    thread.breaker().has(breaker::DROP_REQUEST)
}

#[test]
fn a_registered_thread_is_detached_until_it_attaches() {
    let gil = lab(PolicyKind::Modern);
    let me = gil.register("MainThread");
    assert_eq!(me.state(), State::Detached);
    gil.attach(&me).unwrap();
    assert!(me.is_attached());
    gil.unregister(&me);
    assert!(!me.is_attached());
    assert!(gil.threads().is_empty());
}

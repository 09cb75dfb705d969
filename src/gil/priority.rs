//! Beazley's answer to the convoy effect (PyCon 2010; CPython issue 7946, never merged): a thread that gave the lock
//! up of its own accord comes before one that had to be forced.
//!
//! A thread has one of two ranks, by how it gave the lock up last: *high* if it detached for a blocking call (and
//! at first), *low* if it had to be forced. So threads that do I/O stay high, and threads that only compute sink.
//! A high waiter comes before all low ones, and does not wait for an interval when the holder is low: it asks at once. If
//! the low thread to which the lock was handed has not woken up to it yet, the high one goes first even so: a server that
//! sends an answer and finds the next request there already need not wait for a thread that computes to wake up and be
//! sent back to its place. Between equals the modern lock's interval holds, and the longest wait wins.
//!
//! A low thread starves while there is always a high one that waits. Beazley's had that fault as well; here it stays, to
//! be seen.

use std::collections::VecDeque;
use std::sync::Arc;

use super::line::{Line, Order};
use super::thread::GilThread;
use super::world::Picking;
use super::world::atomic::Ordering;

pub(super) type Priority = Line<VoluntaryFirst>;

#[derive(Default)]
pub(super) struct VoluntaryFirst;

impl Order for VoluntaryFirst {
    fn next(&self, line: &VecDeque<Arc<GilThread>>, picking: &Picking) -> usize {
        let some_high = line.iter().any(|waiter| is_high(waiter));
        let equals = || line.iter().enumerate().filter(|(_, waiter)| is_high(waiter) == some_high);
        let chosen = equals().nth(picking.next_of(equals().count()));
        chosen.map_or(0, |(place, _)| place)
    }

    fn is_urgent(&self, waiter: &GilThread, holder: &GilThread) -> bool {
        is_high(waiter) && !is_high(holder)
    }
}

fn is_high(thread: &GilThread) -> bool {
    !thread.was_forced.load(Ordering::Relaxed)
}

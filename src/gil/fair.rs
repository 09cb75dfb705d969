//! First come, first served, with the modern lock's switch interval.
//!
//! What people expect of a lock, and no CPython has: a thread waits for its turn and gets it. A holder is asked to
//! give the lock up when it has had it for an interval, and hands it to whoever has waited longest.

use std::collections::VecDeque;
use std::sync::Arc;

use super::line::{Line, Order};
use super::thread::GilThread;
use super::world::Picking;

pub(super) type Fair = Line<FirstComeFirstServed>;

#[derive(Default)]
pub(super) struct FirstComeFirstServed;

impl Order for FirstComeFirstServed {
    fn next(&self, _: &VecDeque<Arc<GilThread>>, _: &Picking) -> usize {
        0
    }

    fn is_urgent(&self, _: &GilThread, _: &GilThread) -> bool {
        false
    }
}

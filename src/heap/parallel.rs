//! Marking with several threads at once, for heaps large enough to pay for it.
//!
//! Each marker has a stack of its own. While some marker is out of work, the others now and then put half of theirs into
//! a common pool, from which the hungry ones steal. Marking ends when every marker is hungry and the pool is empty.

use std::sync::atomic::{AtomicUsize, Ordering};

use crossbeam::deque::{Injector, Steal};

use super::mark::{Piece, Tracer};

/// A marker shares when it has at least this much.
const WORTH_SHARING: usize = 64;
/// A marker looks for hungry ones every so many visits.
const LOOK_EVERY: usize = 128;

enum Work {
    Cells(Vec<usize>),
    Piece(Piece),
}

/// The work that markers share.
pub(super) struct Pool {
    work: Injector<Work>,
    /// Markers without work.
    hungry: AtomicUsize,
    markers: usize,
}

impl Pool {
    fn new(markers: usize) -> Pool {
        Pool { work: Injector::new(), hungry: AtomicUsize::new(0), markers }
    }

    /// Shares some of a marker's work if another is hungry.
    #[inline(always)]
    pub(super) fn relieve(&self, tracer: &mut Tracer) {
        if tracer.marked.is_multiple_of(LOOK_EVERY) && self.hungry.load(Ordering::Relaxed) > 0 {
            self.share(tracer);
        }
    }

    #[cold]
    fn share(&self, tracer: &mut Tracer) {
        if !self.work.is_empty() {
            return;
        }
        if let Some(piece) = tracer.split_piece() {
            self.work.push(Work::Piece(piece));
        }
        if tracer.stack.len() >= WORTH_SHARING {
            // The bottom of the stack: what was reported first leads to the most.
            let half = tracer.stack.len() / 2;
            self.work.push(Work::Cells(tracer.stack.drain(..half).collect()));
        }
    }

    fn steal(&self) -> Option<Work> {
        loop {
            match self.work.steal() {
                Steal::Success(work) => return Some(work),
                Steal::Empty => return None,
                Steal::Retry => {}
            }
        }
    }

    /// Marks until no marker has work.
    fn run(&self, tracer: &mut Tracer) {
        loop {
            tracer.drain_with::<true>(Some(self));
            self.hungry.fetch_add(1, Ordering::AcqRel);
            let mut rounds = 0u32;
            loop {
                if !self.work.is_empty() {
                    // No longer hungry *before* taking: whoever sees all hungry and no work may then stop.
                    self.hungry.fetch_sub(1, Ordering::AcqRel);
                    match self.steal() {
                        Some(Work::Cells(mut cells)) => tracer.stack.append(&mut cells),
                        Some(Work::Piece(piece)) => tracer.pieces.push(piece),
                        None => {
                            self.hungry.fetch_add(1, Ordering::AcqRel);
                            continue;
                        }
                    }
                    break;
                }
                if self.hungry.load(Ordering::Acquire) == self.markers && self.work.is_empty() {
                    return;
                }
                rounds += 1;
                if rounds < 100 { std::hint::spin_loop() } else { std::thread::yield_now() }
            }
        }
    }
}

/// Visits everything that `tracer` was told and what it leads to, on `markers` threads, the caller's among them.
/// `helper` makes the tracers of the others.
pub(super) fn drain(tracer: &mut Tracer, markers: usize, helper: impl Fn() -> Tracer + Sync) {
    let pool = Pool::new(markers);
    let helped = std::thread::scope(|scope| {
        let helpers: Vec<_> = (1..markers)
            .filter_map(|_| {
                let work = || {
                    let mut tracer = helper();
                    pool.run(&mut tracer);
                    (tracer.marked, tracer.external)
                };
                let spawned = std::thread::Builder::new().name("gilbox-marker".into()).spawn_scoped(scope, work);
                if spawned.is_err() {
                    // The system has no thread to give: the others do its share.
                    pool.hungry.fetch_add(1, Ordering::AcqRel);
                }
                spawned.ok()
            })
            .collect();
        pool.run(tracer);
        let joined =
            helpers.into_iter().map(|helper| helper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        joined.collect::<Vec<_>>()
    });
    for (marked, external) in helped {
        tracer.marked += marked;
        tracer.external += external;
    }
}

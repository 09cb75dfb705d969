//! Cells that live as long as their heap: what every program needs and no program changes.
//!
//! An interpreter begins with thousands of cells (names, native functions) that never die. To visit them again in each
//! collection of a small heap would take several times as long as everything else, and sweep the processor's cache clean. So they
//! are made *permanent* once, before any program runs: their mark is above all colours, which makes them marked at all
//! times. A permanent cell must never come to refer to other cells than it did when it was made permanent; what it refers
//! to is found once, and those among that are not permanent themselves become roots.

use std::sync::atomic::Ordering::Relaxed;

use super::Heap;
use super::cell::Header;
use super::mark::{PERMANENT, Tracer};
use super::space::{Block, BlockState};
use super::value::Value;

/// What the heap knows of its permanent cells.
#[derive(Default)]
pub(super) struct Permanent {
    pub(super) cells: usize,
    /// What they refer to that is not permanent.
    references: Vec<Value>,
}

impl Permanent {
    pub(super) fn trace(&self, tracer: &mut Tracer) {
        self.references.iter().for_each(|value| tracer.value(*value));
    }
}

impl Heap {
    /// Makes the cells that `is_permanent` picks permanent; large ones stay as they are. What they refer to must never
    /// change from now on. The world is stopped.
    pub fn make_permanent(&self, is_permanent: impl Fn(Value) -> bool) {
        let lists = self.blocks.lists();
        let mut permanent = self.permanent.lock();
        let colour = self.colour.load(Relaxed);
        let mut chosen: Vec<*const Header> = Vec::new();
        self.each_header(lists.used(), |block, header| {
            let value = Value::from_bits(std::ptr::from_ref(header) as u64);
            let mark = header.mark.load(Relaxed);
            let dead = block.has_flag(Block::UNSWEPT) && mark < colour;
            let is_new = block.state() == BlockState::Small && mark != PERMANENT && !dead;
            if is_new && is_permanent(value) {
                header.mark.store(PERMANENT, Relaxed);
                block.add_permanent(1);
                chosen.push(header);
            }
        });
        drop(lists);
        permanent.cells += chosen.len();
        let mut tracer = self.gatherer();
        // SAFETY: the headers of live cells, which nothing frees any more.
        chosen.iter().for_each(|header| tracer.trace_cell(unsafe { &**header }));
        let changes = |value: &Value| value.header().is_some_and(|header| header.mark.load(Relaxed) != PERMANENT);
        permanent.references.extend(tracer.into_reported().filter(changes));
        permanent.references.sort_unstable_by_key(|value| value.bits());
        permanent.references.dedup();
    }
}

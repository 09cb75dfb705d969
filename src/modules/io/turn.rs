//! One thread at a time: a stream's buffer and position belong to whoever has the turn.
//!
//! A turn is held across reads and writes that block, with the interpreter's lock given up, and while methods of a
//! stream below that is written in Python run, as CPython's locks of buffered objects are. It is made of parking,
//! so a thread that waits for its turn is detached and can be interrupted.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::modules::thread;
use crate::vm::Thread;
use crate::vm::native::Result;
use crate::vm::thread::Reason;
use crate::world::WaitLock;

#[derive(Default)]
pub struct Turn {
    lock: WaitLock,
    /// The thread that has it, 0 for nobody.
    owner: AtomicU64,
}

/// Has the turn until it is dropped.
pub struct Taken<'a> {
    turn: &'a Turn,
    th: &'a Thread,
}

impl Turn {
    /// Waits for the turn; `None` if this thread has it already: a stream below has come back to us.
    pub fn take<'a>(&'a self, th: &'a Thread) -> Result<Option<Taken<'a>>> {
        if self.owner.load(Ordering::Relaxed) == th.ident {
            return Ok(None);
        }
        if !self.lock.try_acquire() && !self.inherit(th) {
            thread::acquire(th, &self.lock, None, Reason::Lock)?;
        }
        self.owner.store(th.ident, Ordering::Relaxed);
        Ok(Some(Taken { turn: self, th }))
    }

    /// Takes the turn if nobody has it.
    pub fn try_take<'a>(&'a self, th: &'a Thread) -> Option<Taken<'a>> {
        if !self.lock.try_acquire() {
            return None;
        }
        self.owner.store(th.ident, Ordering::Relaxed);
        Some(Taken { turn: self, th })
    }

    /// Whether somebody has it.
    pub fn is_taken(&self) -> bool {
        self.owner.load(Ordering::Relaxed) != 0
    }

    /// In the child of a fork: whether a thread had the turn that stayed in the parent; now this thread has it.
    #[cold]
    fn inherit(&self, th: &Thread) -> bool {
        let owner = self.owner.load(Ordering::Relaxed);
        th.is_lost(owner) && self.owner.compare_exchange(owner, th.ident, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.turn.owner.store(0, Ordering::Relaxed);
        self.turn.lock.release(&self.th.vm().world().clock);
    }
}

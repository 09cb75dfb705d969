//! What a thread waits for without a time limit, for whoever looks for deadlocks.

use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, Ordering};

use super::events::Awaited;

/// Written by its thread when such a wait begins and ends: slow paths, both.
#[derive(Debug, Default)]
pub struct Standing {
    /// How many waits have begun.
    begun: AtomicU32,
    /// 0, or one more than the place of an [`Awaited`] in `Awaited::ALL`.
    on: AtomicU8,
    /// The object that is waited for.
    object: AtomicU64,
}

impl Standing {
    /// A wait begins.
    pub fn begin(&self, on: Awaited, object: u64) {
        self.begun.store(self.begun.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
        self.object.store(object, Ordering::Relaxed);
        self.on.store(on as u8 + 1, Ordering::Release);
    }

    /// It is over.
    pub fn end(&self) {
        self.on.store(0, Ordering::Release);
    }

    /// Which wait of the thread this is, if it waits.
    pub fn begun(&self) -> Option<u32> {
        self.what().map(|_| self.begun.load(Ordering::Relaxed))
    }

    /// What it waits for, and which object that is.
    pub fn what(&self) -> Option<(Awaited, u64)> {
        let on = usize::from(self.on.load(Ordering::Acquire)).checked_sub(1)?;
        Some((*Awaited::ALL.get(on)?, self.object.load(Ordering::Relaxed)))
    }

    /// Whether the thread looks around when its wait is interrupted.
    pub fn can_examine(&self) -> bool {
        self.what().is_some_and(|(on, _)| on != Awaited::Queue)
    }
}

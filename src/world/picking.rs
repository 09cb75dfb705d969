//! The door to choice: who comes next among several that could, and the seeds of what must look random.
//!
//! The real world's answer to "who comes next" is "who has waited longest", which is also what the
//! kernel and parking_lot do for threads that wait on one condition. A simulated world answers from a
//! schedule that it can replay or enumerate.

use std::hash::{BuildHasher, Hasher, RandomState};

/// The source of choices of one interpreter.
#[derive(Clone, Debug, Default)]
pub struct Picking {
    /// Present when the person fixed the seed (`PYTHONHASHSEED`), so that two runs agree.
    fixed: Option<u64>,
}

impl Picking {
    /// Choices whose seeds derive from `seed` and nothing else.
    pub fn seeded(seed: u64) -> Picking {
        Picking { fixed: Some(seed) }
    }

    /// Which of `candidates` equals comes next, as an index below `candidates` (which must not be 0).
    /// Candidates stand in the order in which they came.
    #[inline]
    pub fn next_of(&self, candidates: usize) -> usize {
        debug_assert!(candidates > 0, "a choice among nobody");
        0
    }

    /// A seed for `purpose`: unforeseeable, unless fixed, and then the same in every run.
    pub fn seed(&self, purpose: &str) -> u64 {
        match self.fixed {
            // FNV-1a: any mixing will do, since a fixed seed is no secret.
            Some(seed) => purpose.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            }),
            None => {
                let mut hasher = RandomState::new().build_hasher();
                // The children of one process have its keys.
                hasher.write_u32(std::process::id());
                hasher.write(purpose.as_bytes());
                hasher.finish()
            }
        }
    }
}

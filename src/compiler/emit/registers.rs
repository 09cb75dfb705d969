//! The temporaries of a unit, a stack above its locals; and sets of variables, for the analysis of what is bound.

use super::{Emitter, Reg};

/// A set of registers. Most functions have fewer than 64 locals, and need no allocation.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct Bits {
    first: u64,
    rest: Vec<u64>,
}

impl Bits {
    pub fn contains(&self, register: Reg) -> bool {
        let (word, bit) = (register as usize / 64, register % 64);
        let word = if word == 0 { self.first } else { self.rest.get(word - 1).copied().unwrap_or(0) };
        word >> bit & 1 != 0
    }

    pub fn insert(&mut self, register: Reg) {
        let (word, bit) = (register as usize / 64, register % 64);
        if word == 0 {
            self.first |= 1 << bit;
            return;
        }
        if self.rest.len() < word {
            self.rest.resize(word, 0);
        }
        self.rest[word - 1] |= 1 << bit;
    }

    pub fn remove(&mut self, register: Reg) {
        let (word, bit) = (register as usize / 64, register % 64);
        if word == 0 {
            self.first &= !(1 << bit);
        } else if let Some(word) = self.rest.get_mut(word - 1) {
            *word &= !(1 << bit);
        }
    }

    pub fn remove_all(&mut self, other: &Bits) {
        self.first &= !other.first;
        for (word, other) in self.rest.iter_mut().zip(&other.rest) {
            *word &= !other;
        }
    }

    /// Keeps what is in both.
    pub fn intersect(&mut self, other: &Bits) {
        self.first &= other.first;
        self.rest.truncate(other.rest.len());
        for (word, other) in self.rest.iter_mut().zip(&other.rest) {
            *word &= other;
        }
    }
}

impl Emitter<'_> {
    /// A new temporary, on top of the others.
    pub(super) fn temporary(&mut self) -> Reg {
        self.temporaries(1)
    }

    /// The first of several new temporaries in a row.
    pub(super) fn temporaries(&mut self, count: u32) -> Reg {
        let unit = &mut self.unit;
        let first = unit.next;
        unit.next += count;
        unit.most = unit.most.max(unit.next);
        // What does not fit is noticed at the end; until then any number will do.
        first.min(Reg::MAX as u32) as Reg
    }

    /// Remembers which temporaries are in use.
    pub(super) fn mark(&self) -> u32 {
        self.unit.next
    }

    /// Frees the temporaries made since `mark`.
    pub(super) fn release(&mut self, mark: u32) {
        self.unit.next = mark;
    }

    /// Whether a register belongs to a variable, so that it must keep its value until the new one is there.
    pub(super) fn is_variable(&self, register: Reg) -> bool {
        (register as u32) < self.unit.floor
    }

    /// Whether a register is the topmost temporary, so that what comes next can be built right in it.
    pub(super) fn is_top(&self, register: Reg) -> bool {
        register as u32 + 1 == self.unit.next && !self.is_variable(register)
    }

    /// A register to build something in by several steps, which is to end up in `dst`.
    pub(super) fn scratch(&mut self, dst: Reg) -> Reg {
        if self.is_variable(dst) { self.temporary() } else { dst }
    }
}

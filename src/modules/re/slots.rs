//! A row of positions that lies on the native stack if it is short, as most are.

use std::ops::{Deref, DerefMut};

use super::program::NOWHERE;

/// Positions that need no memory of their own: seven groups and the whole match.
const FEW: usize = 16;

pub struct Slots {
    few: [usize; FEW],
    /// All of them, if they are too many.
    many: Vec<usize>,
    len: usize,
}

impl Slots {
    #[inline(always)]
    pub fn new(len: usize) -> Slots {
        let many = if len > FEW { vec![NOWHERE; len] } else { Vec::new() };
        Slots { few: [NOWHERE; FEW], many, len }
    }
}

impl Deref for Slots {
    type Target = [usize];
    #[inline(always)]
    fn deref(&self) -> &[usize] {
        if self.many.is_empty() { &self.few[..self.len] } else { &self.many }
    }
}

impl DerefMut for Slots {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [usize] {
        if self.many.is_empty() { &mut self.few[..self.len] } else { &mut self.many }
    }
}

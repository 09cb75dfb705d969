//! Code in the form in which it runs: instructions, constants and sites lie one behind the other in one row of words, and an
//! instruction says how far away lies what it names. So the dispatch loop, which knows where its instruction lies, needs
//! to know of no other table: a constant or a site is reached by one addition.

use super::opcodes::{Instr, Operand};

/// How many words a site takes: its name and its inline cache.
pub const SITE_WORDS: usize = 2;

/// Where what belongs to a code object lies in its row: first the instructions, then the constants, then the sites.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Layout {
    pub instructions: usize,
    pub consts: usize,
    pub sites: usize,
}

impl Layout {
    pub fn words(self) -> usize {
        self.first_site() + self.sites * SITE_WORDS
    }

    pub fn first_const(self) -> usize {
        self.instructions
    }

    pub fn first_site(self) -> usize {
        self.instructions + self.consts
    }

    /// Where the word lies that an instruction's `c` names, if it names one.
    fn target(self, operand: Operand, c: usize) -> Option<usize> {
        match operand {
            Operand::Forward | Operand::Backward => Some(c),
            Operand::Const => Some(self.first_const() + c),
            Operand::Site => Some(self.first_site() + c * SITE_WORDS),
            _ => None,
        }
    }

    /// The instruction at index `at` as it runs, from the compiler's form, where `c` is an index. None if it is too far away
    /// from what it names.
    pub fn relative(self, instr: Instr, at: usize) -> Option<Instr> {
        let operand = instr.info().c;
        let Some(target) = self.target(operand, instr.c()) else { return Some(instr) };
        let distance = target as i64 - at as i64;
        let reaches = match operand {
            Operand::Forward | Operand::Backward => Instr::C_SIGNED.contains(&distance),
            _ => distance <= i64::from(Instr::C_MAX),
        };
        reaches.then(|| instr.with_c(distance as u32 & Instr::C_MAX))
    }

    /// The instruction at index `at` as the compiler made it.
    pub fn absolute(self, instr: Instr, at: usize) -> Instr {
        let index = match instr.info().c {
            Operand::Forward | Operand::Backward => (instr.c_signed() + at as i64) as usize,
            Operand::Const => instr.c() + at - self.first_const(),
            Operand::Site => (instr.c() + at - self.first_site()) / SITE_WORDS,
            _ => return instr,
        };
        instr.with_c(index as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compiler::opcodes::Op;

    const LAYOUT: Layout = Layout { instructions: 10, consts: 3, sites: 2 };

    #[test]
    fn what_an_instruction_names_lies_where_it_says() {
        assert_eq!(LAYOUT.words(), 17);
        for (op, index, distance) in [(Op::LoadConst, 2, 12 - 4), (Op::GetAttr, 1, 15 - 4), (Op::Jump, 7, 3)] {
            let instr = Instr::new(op, 1, 2, index);
            let relative = LAYOUT.relative(instr, 4).expect("it is near");
            assert_eq!((relative.c(), relative.a(), relative.b()), (distance, 1, 2), "{op:?}");
            assert!(LAYOUT.absolute(relative, 4) == instr, "{op:?}");
        }
        let back = LAYOUT.relative(Instr::new(Op::JumpBack, 0, 0, 1), 4).expect("it is near");
        assert_eq!(back.c_signed(), -3);
        let count = Instr::new(Op::BuildTuple, 0, 0, 5);
        assert!(LAYOUT.relative(count, 4) == Some(count));
    }

    #[test]
    fn what_lies_too_far_away_is_refused() {
        let layout = Layout { instructions: 1 << 23, consts: 1 << 23, sites: 1 };
        assert!(layout.relative(Instr::new(Op::GetAttr, 0, 0, 0), 0).is_none());
        assert!(layout.relative(Instr::new(Op::GetAttr, 0, 0, 0), 1).is_some());
        assert!(layout.relative(Instr::new(Op::Jump, 0, 0, 1 << 23), 0).is_none());
        assert!(layout.relative(Instr::new(Op::JumpBack, 0, 0, 0), 1 << 23).is_some());
    }
}

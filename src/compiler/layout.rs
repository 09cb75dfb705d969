//! Code in the form in which it runs: instructions, constants, sites and guesses lie one behind the other in one row of words,
//! and an instruction says how far away lies what it names. So the dispatch loop, which knows where its instruction lies,
//! needs to know of no other table: a constant or a site is reached by one addition.
//!
//! A *guess* belongs to a call: where the function begins that was called from there first, 0 before. A call finds out by six
//! loads, each of which waits for the one before, where its function begins; the guess takes two, and the processor need not
//! wait for the proof that it is right. (`begin_as_guessed` in the dispatch loop)

use super::opcodes::{Instr, Op, Operand};

/// How many words a site takes: its name and its inline cache.
pub const SITE_WORDS: usize = 2;

/// Where what belongs to a code object lies in its row: first the instructions, then the constants, the sites, the guesses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Layout {
    pub instructions: usize,
    pub consts: usize,
    pub sites: usize,
    pub guesses: usize,
}

impl Layout {
    /// For code with so many constants and sites.
    pub fn new(instructions: &[Instr], consts: usize, sites: usize) -> Layout {
        let guesses = instructions.iter().filter(|instr| has_guess(**instr)).count();
        Layout { instructions: instructions.len(), consts, sites, guesses }
    }

    pub fn words(self) -> usize {
        self.first_guess() + self.guesses
    }

    pub fn first_const(self) -> usize {
        self.instructions
    }

    pub fn first_site(self) -> usize {
        self.instructions + self.consts
    }

    fn first_guess(self) -> usize {
        self.first_site() + self.sites * SITE_WORDS
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

    /// All instructions as they run; None for one that is too far away from what it names.
    pub fn run(self, instructions: &[Instr]) -> impl ExactSizeIterator<Item = Option<Instr>> {
        let mut guess = self.first_guess();
        instructions.iter().enumerate().map(move |(at, instr)| {
            let instr = self.relative(*instr, at)?;
            if !has_guess(instr) {
                return Some(instr);
            }
            guess += 1;
            Some(instr.with_guess(guess - 1 - at))
        })
    }

    /// The instruction at index `at` as the compiler made it.
    pub fn absolute(self, instr: Instr, at: usize) -> Instr {
        let index = match instr.info().c {
            Operand::Forward | Operand::Backward => (instr.c_signed() + at as i64) as usize,
            Operand::Const => instr.c() + at - self.first_const(),
            Operand::Site => (instr.c() + at - self.first_site()) / SITE_WORDS,
            Operand::Arguments => instr.arguments(),
            _ => return instr,
        };
        instr.with_c(index as u32)
    }
}

fn has_guess(instr: Instr) -> bool {
    matches!(instr.op(), Op::Call | Op::CallMethod)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compiler::opcodes::Op;

    const LAYOUT: Layout = Layout { instructions: 10, consts: 3, sites: 2, guesses: 1 };

    #[test]
    fn what_an_instruction_names_lies_where_it_says() {
        assert_eq!(LAYOUT.words(), 18);
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
    fn each_call_has_a_guess_of_its_own_if_it_is_near() {
        let call = Instr::new(Op::CallMethod, 1, 2, 3);
        let code =
            [Instr::new(Op::Nop, 0, 0, 0), call, Instr::new(Op::Call, 4, 5, 255), Instr::new(Op::Return, 0, 0, 0)];
        let layout = Layout::new(&code, 7, 2);
        assert_eq!((layout.guesses, layout.words()), (2, 4 + 7 + 4 + 2));
        let run: Vec<Instr> = layout.run(&code).map(|instr| instr.expect("all is near")).collect();
        assert_eq!([1, 2].map(|at| (run[at].guess(), run[at].arguments())), [(15 - 1, 3), (16 - 2, 255)]);
        assert!(code.iter().enumerate().all(|(at, instr)| layout.absolute(run[at], at) == *instr));
        let far = Layout::new(&[call], 1 << 16, 0);
        let run = far.run(&[call]).next().flatten().expect("only the guess is far away");
        assert_eq!((run.guess(), far.absolute(run, 0) == call), (0, true));
    }

    #[test]
    fn what_lies_too_far_away_is_refused() {
        let layout = Layout { instructions: 1 << 23, consts: 1 << 23, sites: 1, guesses: 0 };
        assert!(layout.relative(Instr::new(Op::GetAttr, 0, 0, 0), 0).is_none());
        assert!(layout.relative(Instr::new(Op::GetAttr, 0, 0, 0), 1).is_some());
        assert!(layout.relative(Instr::new(Op::Jump, 0, 0, 1 << 23), 0).is_none());
        assert!(layout.relative(Instr::new(Op::JumpBack, 0, 0, 0), 1 << 23).is_some());
    }
}

//! Registers, instructions and the rows of a code object, as the dispatch loop reaches them: by numbers that the compiler
//! vouches for (`compiler::verify`), unchecked.

use std::hint::cold_path;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::compiler::opcodes::{Instr, Op};
use crate::heap::{Gc, Value};
use crate::objects::function::ClosureCell;

use crate::vm::stack::Frame;

/// Nothing, but the optimiser keeps it where it stands: a branch that ends in it gets a jump to the next arm of its own, where
/// an empty one would share the jump at the loop's head, whose targets the processor then predicts badly. (`calls`)
#[inline(always)]
pub(super) fn apart() {
    // SAFETY: no instruction at all.
    unsafe { std::arch::asm!("", options(nomem, nostack, preserves_flags)) };
}

/// The frame on top.
#[inline(always)]
pub(super) fn top_frame<'a>(frame: *mut Frame) -> &'a mut Frame {
    // SAFETY: the frame on top lives until it is popped, and only this thread touches it.
    unsafe { &mut *frame }
}

/// A register of the window.
#[inline(always)]
pub(super) fn register<'a>(registers: *mut Value, at: usize) -> &'a mut Value {
    // SAFETY: the compiler's register numbers lie within the window (`compiler::verify`), which only this thread writes.
    unsafe { &mut *registers.add(at) }
}

/// The constant or site that the instruction `i` at `pc` names: it lies in the code's row of words behind the instruction
/// (`compiler::layout`).
#[inline(always)]
pub(super) fn named<'a, T>(pc: *const Instr, i: Fetched) -> &'a T {
    // SAFETY: the compiler's numbers lie within the code object's row (`compiler::verify`), and its table says whether a
    // constant or a site is meant; the frame keeps the code alive.
    unsafe { &*pc.add(i.c()).cast::<T>() }
}

/// Where the function that is called at `pc` begins, `start`: as the call's guess has it, if that is right.
///
/// What follows hangs on this address, and `start` is the end of a chain of loads: register, function, code, start. When
/// calls are nested, each link of that chain waits for the one before, in all the functions that are being entered: some
/// fifty cycles a call, where the work would take thirty. A processor predicts branches, not addresses; so the address comes
/// from a word beside the call, and a branch makes sure that it is `start`. (`calls`, `fib`)
///
/// The guess is written once. It does not keep the function alive, for it says nothing if `start` does not say the same.
#[inline(always)]
pub(super) fn begin_as_guessed(pc: *const Instr, i: Fetched, start: *const Instr) -> *const Instr {
    // SAFETY: the guess lies in the code's row (`compiler::layout`), which the frame keeps alive; for a call without one this
    // is its instruction, which is no address of any.
    let word = unsafe { &*pc.add(i.guess()).cast::<AtomicU64>() };
    let guess = word.load(Ordering::Relaxed);
    confirmed(guess as *const Instr, start).unwrap_or_else(|| {
        cold_path();
        if guess == 0 {
            word.store(start as u64, Ordering::Relaxed);
        }
        start
    })
}

/// The same for a generator that is resumed: it goes on at `next`, where most likely the one before did that the same frame,
/// `resumer`, resumed.
#[inline(always)]
pub(super) fn resume_as_guessed(resumer: &mut Frame, next: *const Instr) -> *const Instr {
    confirmed(resumer.resumed, next).unwrap_or_else(|| {
        cold_path();
        resumer.resumed = next;
        next
    })
}

/// The guess, if it is right, not what it was compared with.
#[inline(always)]
fn confirmed(guess: *const Instr, truth: *const Instr) -> Option<*const Instr> {
    let mut guessed = guess.expose_provenance();
    // SAFETY: no instruction at all. The optimiser must not know that both are the same, or it would take one for the other.
    unsafe { std::arch::asm!("/* {0} */", inout(reg) guessed, options(pure, nomem, nostack, preserves_flags)) };
    (guess == truth).then_some(std::ptr::with_exposed_provenance(guessed))
}

/// An instruction further on.
#[inline(always)]
pub(super) fn behind(instruction: *const Instr, count: usize) -> *const Instr {
    // SAFETY: every code ends in a return or a raise, and jump targets lie within the code (`compiler::verify`).
    unsafe { instruction.add(count) }
}

/// The instruction at hand, of which each field is read from memory where it is wanted: one load each, where cutting it out of
/// a word takes up to three instructions, and no register is bound to the word meanwhile.
#[derive(Clone, Copy)]
pub(super) struct Fetched(*const Instr);

const _: () = assert!(
    cfg!(target_endian = "little"),
    "the fields of an instruction are read from where little-endian words have them"
);

impl Fetched {
    /// `pc` points at an instruction of the code that runs.
    #[inline(always)]
    pub(super) fn at(pc: *const Instr) -> Fetched {
        Fetched(pc)
    }

    /// `T` from the `at`th byte of the instruction on.
    #[inline(always)]
    fn field<T: Copy>(self, at: usize) -> T {
        const { assert!(size_of::<T>() <= 4) };
        debug_assert!(at + size_of::<T>() <= size_of::<Instr>());
        // SAFETY: the bytes lie within the instruction, which the frame's code keeps, and any bits will do for the integers read.
        unsafe { self.0.cast::<u8>().add(at).cast::<T>().read_unaligned() }
    }

    #[inline(always)]
    pub(super) fn op(self) -> Op {
        // Its byte alone: of a whole word the optimiser would cut all the other fields as well, for every instruction.
        // SAFETY: instructions are only made from an `Op`, whose number is their first byte.
        unsafe { std::mem::transmute::<u8, Op>(self.field(0)) }
    }

    #[inline(always)]
    pub(super) fn a(self) -> usize {
        self.field::<u16>(1) as usize
    }

    #[inline(always)]
    pub(super) fn b(self) -> usize {
        self.field::<u16>(3) as usize
    }

    #[inline(always)]
    pub(super) fn b_signed(self) -> i64 {
        i64::from(self.field::<i16>(3))
    }

    /// A call's number of arguments.
    #[inline(always)]
    pub(super) fn arguments(self) -> usize {
        self.field::<u8>(5) as usize
    }

    /// How many words behind a call its guess lies.
    #[inline(always)]
    fn guess(self) -> usize {
        self.field::<u16>(6) as usize
    }

    #[inline(always)]
    pub(super) fn c(self) -> usize {
        (self.field::<u32>(4) >> 8) as usize
    }

    /// `c` where it is a register, which are numbered by 16 bits.
    #[inline(always)]
    pub(super) fn c_register(self) -> usize {
        self.field::<u16>(5) as usize
    }

    #[inline(always)]
    pub(super) fn c_signed(self) -> i64 {
        i64::from(self.field::<i32>(4)) >> 8
    }
}

/// Where the jump `i` at `pc` leads.
#[inline(always)]
pub(super) fn jumped(pc: *const Instr, i: Fetched) -> *const Instr {
    // SAFETY: jump targets lie within the code (`compiler::verify`).
    unsafe { pc.offset(i.c_signed() as isize) }
}

#[inline(always)]
pub(super) fn cell(value: Value) -> Gc<ClosureCell> {
    match value.downcast() {
        Some(cell) => cell,
        None => unreachable!("the compiler made this register a cell"),
    }
}

#[inline(always)]
pub(super) fn free(frame: &Frame, index: usize) -> Gc<ClosureCell> {
    let closure = frame.function.and_then(|f| f.closure.get());
    match closure.and_then(|c| c.items().get(index).copied()).and_then(|v| v.downcast()) {
        Some(cell) => cell,
        None => unreachable!("a function has a cell for each of its free variables"),
    }
}

#[inline(always)]
pub(super) fn registers_at(registers: *mut Value, at: usize) -> *mut Value {
    // SAFETY: the compiler's register numbers lie within the window.
    unsafe { registers.add(at) }
}

/// Some registers, to be read while they are not written.
#[inline(always)]
pub(super) fn window<'a>(registers: *mut Value, at: usize, count: usize) -> &'a [Value] {
    // SAFETY: the compiler's register numbers lie within the window; whoever gets the slice does not write registers.
    unsafe { std::slice::from_raw_parts(registers.add(at), count) }
}

/// Arguments in registers: what is called may read them until it has bound them.
#[inline(always)]
pub(super) fn slice<'a>(registers: *mut Value, at: usize, count: usize) -> &'a [Value] {
    window(registers, at, count)
}

//! Registers, instructions and the rows of a code object, as the dispatch loop reaches them: by numbers that the compiler
//! vouches for (`compiler::verify`), unchecked.

use crate::compiler::opcodes::Instr;
use crate::heap::{Gc, Value};
use crate::objects::function::ClosureCell;

use crate::vm::stack::Frame;

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

/// A constant, a site, an instruction of the code that runs.
#[inline(always)]
pub(super) fn nth<'a, T>(first: *const T, at: usize) -> &'a T {
    // SAFETY: the compiler's numbers lie within the code object's rows (`compiler::verify`); the frame keeps it alive.
    unsafe { &*first.add(at) }
}

/// An instruction further on.
#[inline(always)]
pub(super) fn behind(instruction: *const Instr, count: usize) -> *const Instr {
    // SAFETY: every code ends in a return or a raise, and jump targets lie within the code (`compiler::verify`).
    unsafe { instruction.add(count) }
}

/// Where the jump `i` at `pc` leads.
#[inline(always)]
pub(super) fn jumped(pc: *const Instr, i: Instr) -> *const Instr {
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

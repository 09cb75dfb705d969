//! Which temporaries of a frame will still be read.
//!
//! The collector keeps whatever a register in use holds, leftovers of earlier expressions included. Where a program may
//! count on the death of what it has dropped, the leftovers are emptied first.

use crate::compiler::opcodes::{Instr, Op, Operand};
use crate::compiler::verify::base_length;
use crate::heap::Value;
use crate::objects::code::Code;

use super::Thread;

impl Thread {
    /// Empties the temporaries of the frame on top that hold a value which `wanted` picks and that no instruction to come
    /// reads before it writes them; beyond them lie at most leftovers of calls of native functions.
    pub fn forget_dead_registers(&self, wanted: impl Fn(Value) -> bool) {
        let Some(frame) = self.stack.frames().last() else { return };
        let code = frame.code.get();
        let own = code.registers as usize;
        // A generator's registers lie in the generator.
        let scanned = match frame.generator.is_empty() {
            true => (frame.top as usize).saturating_sub(frame.registers as usize) / size_of::<Value>(),
            false => own,
        };
        for register in code.var_names.len()..own.max(scanned) {
            // SAFETY: a register of the frame's window or of what the collector scans behind it; only this thread uses them.
            let place = unsafe { frame.registers.add(register) };
            // SAFETY: as above, and initialised (see `vm::stack`).
            if wanted(unsafe { place.read() }) && (register >= own || !is_live(code, frame.at(), register)) {
                // SAFETY: as above.
                unsafe { place.write(Value::EMPTY) };
            }
        }
    }
}

/// Whether the instruction at `at`, which is being executed, or one that may follow it reads the register.
fn is_live(code: &Code, at: usize, register: usize) -> bool {
    let mut seen = vec![false; code.instructions.len()];
    let mut open = vec![at];
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut seen[at], true) {
            continue;
        }
        let instr = code.instructions[at].absolute(at);
        let touched = touch(instr, register);
        if touched == Touch::Read {
            return true;
        }
        let handler = code.handlers.iter().find(|h| (h.start as usize..h.end as usize).contains(&at));
        // Unwinding empties the registers above that of the exception.
        if let Some(handler) = handler.filter(|handler| register < handler.register as usize) {
            open.push(handler.target as usize);
        }
        if touched == Touch::Written {
            continue;
        }
        if matches!(instr.info().c, Operand::Forward | Operand::Backward) {
            open.push(instr.c());
        }
        let ends =
            matches!(instr.op(), Op::Jump | Op::JumpBack | Op::Return | Op::ReturnNone | Op::Raise | Op::Reraise);
        if !ends && at + 1 < code.instructions.len() {
            open.push(at + 1);
        }
    }
    false
}

#[derive(PartialEq, Eq)]
enum Touch {
    Read,
    Written,
    Not,
}

/// What an instruction does to a register first.
fn touch(instr: Instr, register: usize) -> Touch {
    let info = instr.info();
    let only_writes_row = matches!(
        instr.op(),
        Op::LoadMethod | Op::LoadSpecial | Op::UnpackSequence | Op::UnpackEx | Op::MatchExceptionGroup
    );
    let mut touched = Touch::Not;
    for (operand, value, field) in [(info.a, instr.a(), 'a'), (info.b, instr.b(), 'b'), (info.c, instr.c(), 'c')] {
        match operand {
            Operand::Read | Operand::Update if value == register => return Touch::Read,
            Operand::Write if value == register => touched = Touch::Written,
            Operand::Base => {
                // An intrinsic says nothing of how many it reads: no more than three.
                let length = if instr.op() == Op::Intrinsic { 3 } else { base_length(instr, field) };
                // Where nothing is called a method, the register of its object is not looked at.
                let is_ignored = matches!(instr.op(), Op::Call | Op::CallKw)
                    && instr.b() & Instr::NO_SELF as usize != 0
                    && register == value + 1;
                if is_ignored || !(value..value + length).contains(&register) {
                    continue;
                }
                match only_writes_row {
                    true => touched = Touch::Written,
                    false => return Touch::Read,
                }
            }
            _ => {}
        }
    }
    touched
}

//! Checks that a `CodeUnit` keeps the rules of the opcode table, so that the interpreter need not: every register,
//! constant, name and place exists, jumps go the way their opcode says, the code does not run off its end. Debug builds
//! and tests check all code that is compiled.

use super::code::{CodeUnit, Const};
use super::opcodes::{Instr, Op, Operand};

/// What is wrong with the code or with one of those inside it.
pub fn verify(code: &CodeUnit) -> Result<(), String> {
    let in_code = |problem: String| format!("{}: {problem}", code.qualname);
    if code.positions.len() != code.instructions.len() {
        return Err(in_code(format!("{} positions", code.positions.len())));
    }
    if code.live.len() != code.instructions.len() || code.live.iter().any(|live| *live > code.registers) {
        return Err(in_code(format!("{} numbers of live registers", code.live.len())));
    }
    for (at, instr) in code.instructions.iter().enumerate() {
        verify_instruction(code, at, *instr).map_err(|problem| in_code(format!("{at}: {instr:?}: {problem}")))?;
    }
    match code.instructions.last().map(|last| last.op()) {
        Some(Op::Return | Op::ReturnNone | Op::Raise | Op::Reraise | Op::Jump | Op::JumpBack) => {}
        last => return Err(in_code(format!("ends with {last:?}"))),
    }
    verify_names(code).map_err(in_code)?;
    verify_handlers(code).map_err(in_code)?;
    for constant in &code.consts {
        if let Const::Code(inner) = constant {
            verify(inner)?;
        }
    }
    Ok(())
}

fn verify_names(code: &CodeUnit) -> Result<(), String> {
    check("variables", code.var_names.len(), code.registers as usize + 1)?;
    for &site in &code.sites {
        check("name of a site", site as usize, code.names.len())?;
    }
    for &cell in &code.cell_registers {
        check("cell", cell as usize, code.var_names.len())?;
    }
    let parameters = code.arg_count + code.keyword_only;
    check("parameters", parameters as usize, code.var_names.len() + 1)
}

fn verify_handlers(code: &CodeUnit) -> Result<(), String> {
    let mut end = 0;
    for handler in &code.handlers {
        if handler.start < end || handler.start >= handler.end {
            return Err(format!("{handler:?} overlaps or is empty"));
        }
        end = handler.end;
        check("end of a handler's range", end as usize, code.instructions.len() + 1)?;
        check("handler", handler.target as usize, code.instructions.len())?;
        check("register of a handler", handler.register as usize, code.registers as usize)?;
    }
    Ok(())
}

fn verify_instruction(code: &CodeUnit, at: usize, instr: Instr) -> Result<(), String> {
    for (operand, value, field) in instr.operands() {
        match operand {
            Operand::None | Operand::Count | Operand::Signed => {}
            Operand::Arguments => check("argument", value, Instr::MOST_ARGUMENTS + 1)?,
            Operand::Read | Operand::Write | Operand::Update => check("register", value, code.registers as usize)?,
            Operand::Base if instr.op() == Op::MakeFunction && value == Instr::NO_PARTS as usize => {}
            Operand::Base => {
                let end = value + instr.row_length(field);
                check("register of a row", end, code.registers as usize + 1)?;
            }
            Operand::Const => check("constant", value, code.consts.len())?,
            Operand::Name => check("name", value, code.names.len())?,
            Operand::Site => check("site", value, code.sites.len())?,
            Operand::Free => check("free variable", value, code.free_names.len())?,
            Operand::Forward => {
                check("place", value, code.instructions.len())?;
                // The loop of `yield from` goes back to its Send by a plain jump.
                let to_send = instr.op() == Op::Jump && code.instructions[value].op() == Op::Send;
                if value <= at && !to_send {
                    return Err(format!("jumps back to {value}"));
                }
            }
            Operand::Backward => {
                if value > at {
                    return Err(format!("jumps forward to {value}"));
                }
            }
        }
    }
    Ok(())
}

fn check(what: &str, index: usize, length: usize) -> Result<(), String> {
    if index < length { Ok(()) } else { Err(format!("no {what} {index} (of {length})")) }
}

//! `_dis`: the disassembler, for `dis`.

use crate::compiler::dis::{self, Listing, OFFSET, Style, Switches, legend, opcodes_text};
use crate::compiler::opcodes::{Instr, OPS, OpInfo, Operand};
use crate::gil::SwitchPoints;
use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::objects::code::Code;
use crate::objects::list::List;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

pub static DIS: ModuleDef =
    ModuleDef { functions: FUNCTIONS, ..ModuleDef::new("_dis", "Disassembly of code objects, for the module dis.") };

const FUNCTIONS: &[NativeDef] = &[
    native(
        "text",
        "(code, every, depth, current, shift, offsets, columns, /)",
        "The disassembly of a code object and, to a depth, of the code within it.",
        |th, args| {
            let switches = switches(th, args[1])?;
            let depth = if args[2].is_none() { i64::MAX } else { ops::index_i64(th, args[2])? };
            let current = ops::index_i64(th, args[3])?;
            let style = Style {
                switches,
                current: usize::try_from(current).ok().map(|offset| offset / OFFSET),
                shift: ops::index_i64(th, args[4])?,
                offsets: ops::truthy(th, args[5])?,
                columns: ops::truthy(th, args[6])?,
            };
            let mut text = String::new();
            disassemble(th, code(th, args[0])?, &style, depth, &mut text)?;
            text.push_str(legend(switches));
            Ok(th.str(&text))
        },
    ),
    native(
        "rows",
        "(code, /)",
        "For each instruction: opcode, number of its operands, their meaning and text, its label, where it jumps to.",
        |th, args| rows(th, code(th, args[0])?),
    ),
    native(
        "table",
        "()",
        "The opcodes: name, whether it has operands, and whether these are a constant, a name, a place to jump to, a free \
         variable, a register.",
        |th, _| {
            let list = List::new(th, &[]);
            for info in OPS {
                let kinds: [&[Operand]; 5] = [CONSTANTS, NAMES, JUMPS, FREE, REGISTERS];
                let mut row = vec![th.str(info.name), Value::bool(has_operands(info))];
                row.extend(
                    kinds.map(|kinds| Value::bool(operands(info).iter().any(|operand| kinds.contains(operand)))),
                );
                list.push(th, th.tuple(&row));
            }
            Ok(list.value())
        },
    ),
    native("opcodes", "()", "The documentation of every opcode.", |th, _| Ok(th.str(&opcodes_text()))),
];

const CONSTANTS: &[Operand] = &[Operand::Const];
const NAMES: &[Operand] = &[Operand::Name, Operand::Site];
const JUMPS: &[Operand] = &[Operand::Forward, Operand::Backward];
const FREE: &[Operand] = &[Operand::Free];
const REGISTERS: &[Operand] = &[Operand::Read, Operand::Write, Operand::Update, Operand::Base];

fn operands(info: &OpInfo) -> [Operand; 3] {
    [info.a, info.b, info.c]
}

fn has_operands(info: &OpInfo) -> bool {
    operands(info) != [Operand::None; 3]
}

fn code(th: &Thread, value: Value) -> Result<Gc<Code>> {
    value
        .downcast::<Code>()
        .ok_or_else(|| th.type_error(format_args!("a code object is required, not {}", th.type_name(value))))
}

fn switches(th: &Thread, every: Value) -> Result<Switches> {
    let every = match every {
        Value::NONE => th.vm().mode().switch_points == SwitchPoints::EveryInstruction,
        given => ops::truthy(th, given)?,
    };
    Ok(if every { Switches::Every } else { Switches::Since310 })
}

/// Calls `show` with the code as the disassembler wants it.
fn with_listing<R>(th: &Thread, code: Gc<Code>, show: impl FnOnce(&Listing) -> R) -> Result<R> {
    let name = |s: Gc<crate::objects::str::Str>| s.to_text();
    let mut consts = Vec::new();
    for value in code.body.consts() {
        consts.push(ops::repr(th, *value)?.to_text());
    }
    let instructions: Vec<Instr> = code.body.compiled().collect();
    Ok(show(&Listing {
        title: format!("{} ({}:{})", name(code.qualname), name(code.filename), code.first_line),
        instructions: &instructions,
        positions: &code.positions,
        handlers: &code.handlers,
        variables: code.var_names.iter().map(|n| n.to_text()).collect(),
        free: code.free_names.iter().map(|n| n.to_text()).collect(),
        names: code.names.iter().map(|n| n.to_text()).collect(),
        sites: code.body.sites().iter().map(|s| s.name.to_text()).collect(),
        constants: consts,
    }))
}

fn disassemble(th: &Thread, code: Gc<Code>, style: &Style, depth: i64, text: &mut String) -> Result<()> {
    text.push_str(&with_listing(th, code, |listing| listing.text(style))?);
    if depth <= 0 {
        return Ok(());
    }
    let inner_style = Style { current: None, ..*style };
    for inner in code.body.consts().iter().filter_map(|c| c.downcast::<Code>()) {
        text.push('\n');
        disassemble(th, inner, &inner_style, depth - 1, text)?;
    }
    Ok(())
}

fn rows(th: &Thread, code: Gc<Code>) -> Result {
    let rows = with_listing(th, code, |listing| listing.rows())?;
    let list = List::new(th, &[]);
    for (row, instr) in rows.into_iter().zip(code.body.compiled()) {
        let number = |at: Option<usize>| at.map_or(Value::NONE, |at| th.int(at as i64));
        let arg = if has_operands(row.info) { th.int((instr.0 >> 8) as i64) } else { Value::NONE };
        list.push(
            th,
            th.tuple(&[
                th.int(instr.op() as i64),
                arg,
                meaning(th, code, instr).unwrap_or(arg),
                th.str(&row.operands),
                number(row.label),
                number(row.target.map(|at| at * OFFSET)),
            ]),
        );
    }
    Ok(list.value())
}

/// What the operands stand for, if one thing can be told: a constant, a name, the offset of a place, a number, or else the
/// only variable.
fn meaning(th: &Thread, code: Gc<Code>, instr: Instr) -> Option<Value> {
    let info = instr.info();
    if dis::is_jump(info) {
        return Some(th.int((instr.c() * OFFSET) as i64));
    }
    let name = |names: &[Gc<crate::objects::str::Str>], at: usize| names.get(at).map(|name| name.value());
    let found = match info.c {
        Operand::Const => code.body.consts().get(instr.c()).copied(),
        Operand::Name => name(&code.names, instr.c()),
        Operand::Site => code.body.sites().get(instr.c()).map(|site| site.name.value()),
        Operand::Free => name(&code.free_names, instr.c()),
        Operand::Signed => Some(th.int(instr.c_signed())),
        _ => None,
    };
    let fields = [(info.a, instr.a()), (info.b, instr.b()), (info.c, instr.c())];
    let mut used = fields.into_iter().filter(|(operand, _)| *operand != Operand::None);
    found.or_else(|| match (used.next(), used.next()) {
        (Some((operand, register)), None) if REGISTERS.contains(&operand) => name(&code.var_names, register),
        _ => None,
    })
}

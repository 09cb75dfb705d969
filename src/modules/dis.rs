//! `_dis`: the disassembler, for `dis`.

use crate::compiler::dis::{Listing, Switches, legend, opcodes_text};
use crate::compiler::opcodes::Instr;
use crate::gil::SwitchPoints;
use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::objects::code::Code;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

pub static DIS: ModuleDef =
    ModuleDef { functions: FUNCTIONS, ..ModuleDef::new("_dis", "Disassembly of code objects, for the module dis.") };

const FUNCTIONS: &[NativeDef] = &[
    native(
        "text",
        "(code, every=None, /)",
        "The disassembly of a code object and of the code within it.",
        |th, args| {
            let Some(code) = args[0].downcast::<Code>() else {
                return Err(th.type_error(format_args!("a code object is required, not {}", th.type_name(args[0]))));
            };
            let every = match args[1] {
                Value::EMPTY | Value::NONE => th.vm().mode().switch_points == SwitchPoints::EveryInstruction,
                given => ops::truthy(th, given)?,
            };
            let switches = if every { Switches::Every } else { Switches::Since310 };
            let mut text = String::new();
            disassemble(th, code, switches, &mut text)?;
            text.push_str(legend(switches));
            Ok(th.str(&text))
        },
    ),
    native("opcodes", "()", "The documentation of every opcode.", |th, _| Ok(th.str(&opcodes_text()))),
];

fn disassemble(th: &Thread, code: Gc<Code>, switches: Switches, text: &mut String) -> Result<()> {
    let name = |s: Gc<crate::objects::str::Str>| s.to_text();
    let mut consts = Vec::new();
    for value in code.body.consts() {
        consts.push(ops::repr(th, *value)?.to_text());
    }
    let instructions: Vec<Instr> = code.body.compiled().collect();
    let listing = Listing {
        title: format!("{} ({}:{})", name(code.qualname), name(code.filename), code.first_line),
        instructions: &instructions,
        positions: &code.positions,
        handlers: &code.handlers,
        variables: code.var_names.iter().map(|n| n.to_text()).collect(),
        free: code.free_names.iter().map(|n| n.to_text()).collect(),
        names: code.names.iter().map(|n| n.to_text()).collect(),
        sites: code.body.sites().iter().map(|s| s.name.to_text()).collect(),
        constants: consts,
    };
    text.push_str(&listing.text(switches));
    for inner in code.body.consts().iter().filter_map(|c| c.downcast::<Code>()) {
        text.push('\n');
        disassemble(th, inner, switches, text)?;
    }
    Ok(())
}

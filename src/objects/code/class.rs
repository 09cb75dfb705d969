//! The type of code objects, as programs see it.

use crate::compiler::code::flags;
use crate::compiler::dis;
use crate::compiler::opcodes::{Instr, Op, Operand};
use crate::heap::{Gc, Value};
use crate::objects::exception::Exc;
use crate::objects::list::List;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::{bytes, kinds, tuple};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, member, native};
use crate::vm::ops::CompareOp;
use crate::vm::{Thread, ops, report};

use super::{Code, consts, replace};

/// How far apart two instructions are in what `f_lasti` and `co_lines` count.
const UNIT: i64 = dis::OFFSET as i64;

pub(super) fn code_of(value: Value) -> Gc<Code> {
    match value.downcast() {
        Some(code) => code,
        None => unreachable!("a type's methods get an instance of it"),
    }
}

pub static CODE: TypeDef =
    TypeDef { methods: METHODS, getset: ATTRIBUTES, ..TypeDef::new("code", kinds::CODE, "Create a code object.") };

crate::objects::sequences::comparisons!(compare);

const METHODS: &[NativeDef] = &[
    LT,
    LE,
    EQ,
    NE,
    GT,
    GE,
    native("__repr__", "($self, /)", "Return repr(self).", |th, args| {
        let code = code_of(args[0]);
        let (name, file, line) = (code.name.to_text(), code.filename.to_text(), code.first_line);
        Ok(th.str(&format!("<code object {name} at {:#x}, file \"{file}\", line {line}>", args[0].bits())))
    }),
    native("__hash__", "($self, /)", "Return hash(self).", |th, args| {
        let code = code_of(args[0]);
        let counts = [code.arg_count, code.positional_only, code.keyword_only].map(i64::from);
        let parts = [code.name.value(), consts::of(th, code).value(), names(th, &code.names)];
        let numbers = [counts[0], counts[1], counts[2], code.flags.into(), code.first_line.into()];
        let parts: Vec<Value> = parts.into_iter().chain(numbers.map(|n| th.int(n))).collect();
        Ok(th.int(tuple::hash(th, Tuple::new(th, &parts))?))
    }),
    native(
        "co_lines",
        "($self, /)",
        "Which instructions belong to which line: (start, end, line) of each run of them.",
        |th, args| lines(th, code_of(args[0])),
    ),
    native(
        "co_branches",
        "($self, /)",
        "The conditional jumps: (from, where it goes on, where it jumps to) of each.",
        |th, args| branches(th, code_of(args[0])),
    ),
    native("co_positions", "($self, /)", "Line and column numbers for each instruction.", |th, args| {
        let list = List::new(th, &[]);
        for p in &code_of(args[0]).positions {
            let int = |i: u32| if p.line == 0 { Value::NONE } else { Value::small_int(i.into()) };
            list.push(th, th.tuple(&[int(p.line), int(p.end_line), int(p.column.into()), int(p.end_column.into())]));
        }
        ops::iter(th, list.value())
    }),
    native(
        "replace",
        "($self, /, **changes)",
        "Return a copy of the code object with new values for the specified fields.",
        replace::replace,
    ),
    native("__replace__", "($self, /, **changes)", "The same as replace().", replace::replace),
    native("_varname_from_oparg", "($self, /, oparg)", "The name of a variable by its register.", |th, args| {
        let at = ops::index_i64(th, args[1])?;
        match usize::try_from(at).ok().and_then(|at| code_of(args[0]).var_names.get(at).copied()) {
            Some(name) => Ok(name.value()),
            None => Err(th.raise(Exc::IndexError, "tuple index out of range")),
        }
    }),
];

const ATTRIBUTES: &[GetSetDef] = &[
    member("co_name", "Its name.", |_, this| Ok(code_of(this).name.value())),
    member("co_qualname", "Its qualified name.", |_, this| Ok(code_of(this).qualname.value())),
    member("co_filename", "Its file.", |_, this| Ok(code_of(this).filename.value())),
    member("co_firstlineno", "Its first line.", |_, this| Ok(Value::small_int(code_of(this).first_line.into()))),
    member("co_flags", "Its flags.", |_, this| Ok(Value::small_int(code_of(this).flags.into()))),
    member("co_argcount", "Positional parameters.", |_, this| Ok(Value::small_int(code_of(this).arg_count.into()))),
    member("co_posonlyargcount", "Positional-only parameters.", |_, this| {
        Ok(Value::small_int(code_of(this).positional_only.into()))
    }),
    member("co_kwonlyargcount", "Keyword-only parameters.", |_, this| {
        Ok(Value::small_int(code_of(this).keyword_only.into()))
    }),
    member("co_nlocals", "Local variables.", |_, this| {
        Ok(Value::small_int(plain_variables(code_of(this)).len() as i64))
    }),
    getter("co_varnames", "Names of local variables.", |th, this| Ok(names(th, &plain_variables(code_of(this))))),
    member("co_names", "Names of globals and attributes.", |th, this| Ok(names(th, &code_of(this).names))),
    getter("co_freevars", "Names of free variables.", |th, this| Ok(names(th, &code_of(this).free_names))),
    getter("co_cellvars", "Names of variables that inner functions use.", |th, this| {
        Ok(names(th, &cell_variables(code_of(this))))
    }),
    member("co_consts", "Its constants.", |th, this| Ok(consts::of(th, code_of(this)).value())),
    member("co_stacksize", "Registers it needs.", |_, this| Ok(Value::small_int(code_of(this).registers.into()))),
    getter("co_code", "Its instructions: eight bytes each.", |th, this| Ok(instructions(th, code_of(this)))),
    getter("_co_code_adaptive", "Its instructions: eight bytes each.", |th, this| Ok(instructions(th, code_of(this)))),
    member("co_linetable", "The places of its instructions, packed.", |th, this| {
        let code = code_of(this);
        let numbers = code.positions.iter().flat_map(|p| {
            [p.line, p.end_line, p.column.into(), p.end_column.into()].into_iter().flat_map(u32::to_le_bytes)
        });
        Ok(bytes::new(th, &numbers.collect::<Vec<u8>>()))
    }),
    member("co_exceptiontable", "Its exception table, packed.", |th, this| {
        let code = code_of(this);
        let numbers = code
            .handlers
            .iter()
            .flat_map(|h| [h.start, h.end, h.target, h.register.into()].into_iter().flat_map(u32::to_le_bytes));
        Ok(bytes::new(th, &numbers.collect::<Vec<u8>>()))
    }),
    getter("co_lnotab", "The lines of its instructions, packed.", |th, this| {
        report::warn(th, Exc::DeprecationWarning, "co_lnotab is deprecated, use co_lines instead.")?;
        let code = code_of(this);
        let lines = code.positions.iter().flat_map(|p| p.line.to_le_bytes());
        Ok(bytes::new(th, &lines.collect::<Vec<u8>>()))
    }),
];

pub(super) fn names(th: &Thread, names: &[Gc<Str>]) -> Value {
    th.tuple(&names.iter().map(|n| n.value()).collect::<Vec<_>>())
}

/// The variables but for those that are cells; parameters are named whether or not they are.
pub(super) fn plain_variables(code: Gc<Code>) -> Vec<Gc<Str>> {
    plain_registers(code).filter_map(|at| code.var_names.get(at).copied()).collect()
}

pub(super) fn plain_registers(code: Gc<Code>) -> impl Iterator<Item = usize> {
    let is_plain = move |at: &usize| *at < code.parameters as usize || !code.cell_registers.contains(&(*at as u16));
    (0..code.var_names.len()).filter(is_plain)
}

pub(super) fn cell_variables(code: Gc<Code>) -> Vec<Gc<Str>> {
    code.cell_registers.iter().filter_map(|r| code.var_names.get(*r as usize).copied()).collect()
}

/// The instructions as bytes, in the form in which the compiler made them.
pub(super) fn instructions(th: &Thread, code: Gc<Code>) -> Value {
    bytes::new(th, &code.body.compiled().flat_map(|Instr(word)| word.to_le_bytes()).collect::<Vec<u8>>())
}

fn branches(th: &Thread, code: Gc<Code>) -> Result {
    let list = List::new(th, &[]);
    for (at, instr) in code.body.compiled().enumerate() {
        let is_jump = matches!(instr.info().c, Operand::Forward | Operand::Backward);
        if is_jump && !matches!(instr.op(), Op::Jump | Op::JumpBack) {
            let place = |at: usize| th.int(at as i64 * UNIT);
            list.push(th, th.tuple(&[place(at), place(at + 1), place(instr.c())]));
        }
    }
    ops::iter(th, list.value())
}

fn lines(th: &Thread, code: Gc<Code>) -> Result {
    let list = List::new(th, &[]);
    let mut start = 0;
    // The line of the `def` belongs to a function's code, although no instruction comes from it.
    if code.flags & flags::NEWLOCALS != 0 && code.positions.first().is_some_and(|p| p.line != code.first_line) {
        list.push(th, th.tuple(&[th.int(0), th.int(0), th.int(code.first_line.into())]));
    }
    // The lines that have no instructions lie before one.
    let mut marks: Vec<(usize, u32)> = code.marks.iter().map(|mark| (mark.to as usize, mark.line)).collect();
    marks.sort_by_key(|(at, _)| *at);
    marks.dedup();
    let mut marks = marks.into_iter().peekable();
    while let Some(first) = code.positions.get(start) {
        while let Some((at, line)) = marks.next_if(|(at, _)| *at == start) {
            let at = th.int(at as i64 * UNIT);
            list.push(th, th.tuple(&[at, at, th.int(line.into())]));
        }
        let next = marks.peek().map_or(usize::MAX, |(at, _)| *at - start);
        let count = code.positions[start..].iter().take_while(|p| p.line == first.line).count().min(next);
        let line = if first.line == 0 { Value::NONE } else { th.int(first.line.into()) };
        let (from, to) = (start as i64 * UNIT, (start + count) as i64 * UNIT);
        list.push(th, th.tuple(&[th.int(from), th.int(to), line]));
        start += count;
    }
    ops::iter(th, list.value())
}

/// Two code objects are equal if they do the same in the same lines under the same name.
fn compare(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    let (CompareOp::Eq | CompareOp::Ne, Some(x), Some(y)) = (op, a.downcast::<Code>(), b.downcast::<Code>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let equal = x == y || is_equal(th, x, y)?;
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

fn is_equal(th: &Thread, a: Gc<Code>, b: Gc<Code>) -> Result<bool> {
    let counts = |code: Gc<Code>| (code.arg_count, code.positional_only, code.keyword_only, code.registers, code.flags);
    let texts = |code: Gc<Code>| [code.name.value(), names(th, &code.names), names(th, &code.var_names)];
    if counts(a) != counts(b)
        || a.first_line != b.first_line
        || a.body.instructions() != b.body.instructions()
        || a.positions != b.positions
        || a.handlers != b.handlers
        || a.body.consts().len() != b.body.consts().len()
    {
        return Ok(false);
    }
    let (a_texts, b_texts) = (texts(a), texts(b));
    for (x, y) in a_texts.into_iter().zip(b_texts).chain([(names(th, &a.free_names), names(th, &b.free_names))]) {
        if !ops::equal(th, x, y)? {
            return Ok(false);
        }
    }
    ops::recurse(th, " in comparison", || {
        for (x, y) in a.body.consts().iter().zip(b.body.consts()) {
            if !consts::same(th, *x, *y)? {
                return Ok(false);
            }
        }
        Ok(true)
    })
}

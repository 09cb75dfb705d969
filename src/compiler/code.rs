//! What the compiler hands over: the code of a module, a function or a class body, free of heap values. The interpreter
//! turns it into a code object (`objects::code`) when it is loaded.

use std::rc::Rc;

use num_bigint::BigInt;

use super::layout::Layout;
use super::opcodes::Instr;

/// The flags of a code object, with CPython's values (`co_flags`).
pub mod flags {
    pub const OPTIMIZED: u32 = 0x1;
    pub const NEWLOCALS: u32 = 0x2;
    pub const VARARGS: u32 = 0x4;
    pub const VARKEYWORDS: u32 = 0x8;
    pub const NESTED: u32 = 0x10;
    pub const GENERATOR: u32 = 0x20;
    pub const COROUTINE: u32 = 0x80;
    pub const ITERABLE_COROUTINE: u32 = 0x100;
    pub const ASYNC_GENERATOR: u32 = 0x200;
    /// Compiled under `from __future__ import annotations`.
    pub const FUTURE_ANNOTATIONS: u32 = 0x100_0000;
    pub const HAS_DOCSTRING: u32 = 0x400_0000;
    pub const METHOD: u32 = 0x800_0000;
}

/// A constant of the source text.
#[derive(Clone, Debug, PartialEq)]
pub enum Const {
    None,
    Ellipsis,
    Bool(bool),
    Int(BigInt),
    Float(f64),
    /// The imaginary part of an imaginary literal.
    Complex(f64, f64),
    /// WTF-8: UTF-8 in which lone surrogates are encoded as any other code point.
    Str(Rc<[u8]>),
    Bytes(Rc<[u8]>),
    Tuple(Vec<Const>),
    FrozenSet(Vec<Const>),
    Code(Rc<CodeUnit>),
}

/// Where an instruction came from. Lines count from 1, columns from 0 in bytes of UTF-8; `line` 0 means nowhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Position {
    pub line: u32,
    pub end_line: u32,
    pub column: u16,
    pub end_column: u16,
}

/// A row of the exception table: what is raised by the instructions `start..end` continues at `target`, with the
/// exception in register `register`. The innermost row comes first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Handler {
    pub start: u32,
    pub end: u32,
    pub target: u32,
    pub register: u16,
}

/// A variable of an inlined comprehension whose register has no name of its own: it is called so by the instructions
/// `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden {
    pub start: u32,
    pub end: u32,
    pub register: u16,
    /// The register holds a cell.
    pub is_cell: bool,
}

/// A line of the source that has no instruction of its own, such as `pass`: who traces a program is told of it when one
/// instruction goes on to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The instruction before; [`Mark::ENTRY`] when the code is entered.
    pub from: u32,
    /// The instruction behind it.
    pub to: u32,
    pub line: u32,
}

impl Mark {
    pub const ENTRY: u32 = u32::MAX;
}

/// Where a statement begins, or the part of one that a line of its own can stand for: where a jump to the line may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// 0: no place to jump to, but from here on `standing` holds.
    pub line: u32,
    pub at: u32,
    /// Index into [`Places::standings`].
    pub standing: u32,
}

/// Where a tracing function can let a frame go on, and where a line begins again.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Places {
    /// By their instructions.
    pub starts: Vec<Start>,
    pub standings: Vec<Standing>,
    /// The tests that loops have at their feet: from the first instruction up to the second.
    pub feet: Vec<(u32, u32)>,
}

/// What the registers hold, variables apart, within the same loops, `try` and `with`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Standing {
    /// From the outside in.
    pub held: Vec<Held>,
    /// The instructions that load the constants which a loop keeps in registers: from the first up to the second.
    pub constants: (u32, u32),
}

/// What a loop, `try` or `with` keeps in a register for as long as it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub kind: HeldKind,
    pub register: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldKind {
    /// Of a `for` loop.
    Iterator,
    /// The exception that was being handled before.
    Handled,
    /// The exception that looks for its `except`.
    Exception,
    /// The exit method of a `with`, the subject of a `match`, the value to return.
    Object,
    /// The object of the exit method; empty if the method is bound.
    Receiver,
    /// What is left of the group that `except*` takes its part of.
    Star,
}

/// The code of one scope.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct CodeUnit {
    pub name: Rc<str>,
    pub qualname: Rc<str>,
    pub filename: Rc<str>,
    pub first_line: u32,
    pub flags: u32,
    /// Parameters before `*args` and keyword-only ones, positional-only ones included.
    pub arg_count: u16,
    pub positional_only: u16,
    pub keyword_only: u16,
    /// Registers in all, parameters and locals included.
    pub registers: u16,
    /// The names of the registers from 0: positional parameters, keyword-only ones, `*args`, `**kwargs`, then the other locals.
    pub var_names: Vec<Rc<str>>,
    /// The locals (by register) that inner scopes close over: the prologue wraps them with `MakeCell`.
    pub cell_registers: Vec<u16>,
    /// The names of the free variables, in the order of the closure.
    pub free_names: Vec<Rc<str>>,
    pub names: Vec<Rc<str>>,
    /// For each site, the index of its name in `names`.
    pub sites: Vec<u32>,
    pub consts: Vec<Const>,
    pub instructions: Vec<Instr>,
    /// One for each instruction.
    pub positions: Vec<Position>,
    /// For each instruction how many registers hold what it or a later one may read, its own operands apart: those beyond
    /// are dead, for temporaries are used like a stack.
    pub live: Vec<u16>,
    pub handlers: Vec<Handler>,
    /// By where they lie; those between the same two instructions in the order in which they are come by.
    pub marks: Vec<Mark>,
    pub places: Places,
    /// Outer ones after inner ones.
    pub hidden: Vec<(Rc<str>, Hidden)>,
    /// Class bodies: the attributes that its methods store on their first parameter (`__static_attributes__`).
    pub static_attributes: Vec<Rc<str>>,
}

impl CodeUnit {
    /// Whether there is more of something than an instruction has bits to tell.
    pub fn reaches_too_far(&self) -> bool {
        let layout = Layout::new(&self.instructions, self.consts.len(), self.sites.len());
        // In code of a common size nothing can be too far away.
        layout.words() as i64 > *Instr::C_SIGNED.end() && layout.run(&self.instructions).any(|instr| instr.is_none())
    }
}

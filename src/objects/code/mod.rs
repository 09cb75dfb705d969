//! Code objects: a compiled scope, loaded into an interpreter.
//!
//! - `body`: its instructions, and what they name
//! - `class`: their type, as programs see it
//! - `consts`: `co_consts`, as CPython would have it
//! - `replace`: copies with something changed

use std::sync::atomic::AtomicU32;

use crate::compiler::code::{Handler, Hidden, Mark, Places, Position};
use crate::heap::{Cell, Gc, GcSlot, Header, Kind, Tracer};

use super::kinds;
use super::str::Str;
use super::tuple::Tuple;

mod body;
mod class;
mod consts;
mod replace;

pub use body::{Body, Site};
pub use class::CODE;

#[repr(C)]
pub struct Code {
    pub header: Header,
    pub name: Gc<Str>,
    pub qualname: Gc<Str>,
    pub filename: Gc<Str>,
    pub first_line: u32,
    pub flags: u32,
    pub arg_count: u16,
    pub positional_only: u16,
    pub keyword_only: u16,
    pub registers: u16,
    /// Positional and keyword-only parameters, `*args` and `**kwargs`: the registers that a call fills.
    pub parameters: u16,
    /// The registers from `parameters` up to this one are variables too: `EMPTY` when a call begins.
    pub variables: u16,
    /// With how many positional arguments a call needs nothing else: `arg_count`, if there are no `*args`, `**kwargs` or
    /// keyword-only parameters and the function is no generator; else [`Code::NEVER`].
    pub simple_args: u16,
    /// The same, if there are no variables to empty either. One comparison, for most calls.
    pub plain_args: u16,
    /// How many variables a call with so many arguments has to empty: those behind the parameters.
    pub unbound: u16,
    pub var_names: Vec<Gc<Str>>,
    pub cell_registers: Vec<u16>,
    pub free_names: Vec<Gc<Str>>,
    pub names: Vec<Gc<Str>>,
    pub body: Body,
    pub positions: Vec<Position>,
    /// For each instruction how many registers are in use behind it: see [`CodeUnit::live`].
    pub live: Vec<u16>,
    pub handlers: Vec<Handler>,
    /// The lines without instructions: see [`Mark`].
    pub marks: Vec<Mark>,
    pub places: Places,
    /// The variables of inlined comprehensions that have no register with a name, with their names: cells, since the
    /// compiler's counted strings must not be shared between threads.
    pub hidden: Box<[(Gc<Str>, Hidden)]>,
    pub static_attributes: Vec<Gc<Str>>,
    /// `co_consts` and the like, made when asked for.
    pub consts_tuple: GcSlot<Tuple>,
    /// Its name in recordings, once it was in one; 0 before.
    pub number: AtomicU32,
}

// SAFETY: `repr(C)`, header first, every value reported, those behind the inline caches included.
unsafe impl Cell for Code {
    const KIND: Kind = kinds::CODE;
    const NEEDS_DROP: bool = true;
    fn trace(&self, tracer: &mut Tracer) {
        for name in [self.name, self.qualname, self.filename] {
            tracer.cell(name);
        }
        for names in [&self.var_names, &self.free_names, &self.names, &self.static_attributes] {
            for name in names {
                tracer.cell(*name);
            }
        }
        for (name, _) in &self.hidden {
            tracer.cell(*name);
        }
        // A site's name is one of `names`.
        for site in self.body.sites() {
            crate::vm::caches::trace(&site.cache, tracer);
        }
        for value in self.body.consts() {
            tracer.value(*value);
        }
        tracer.gc_slot(&self.consts_tuple);
    }
}

impl Code {
    /// More arguments than a call can have.
    pub const NEVER: u16 = u16::MAX;

    /// The lines without instructions on the way from one instruction to another.
    pub fn marks_between(&self, from: u32, to: u32) -> &[Mark] {
        let first = self.marks.partition_point(|mark| (mark.from, mark.to) < (from, to));
        let count = self.marks[first..].iter().take_while(|mark| (mark.from, mark.to) == (from, to)).count();
        &self.marks[first..first + count]
    }
}

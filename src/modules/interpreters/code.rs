//! Code that crosses to another interpreter: as the compiler handed it over, to be loaded there anew.

use std::rc::Rc;

use crate::compiler::code::{CodeUnit, Const, Handler, Hidden, Mark, Places, Position};
use crate::compiler::opcodes::{Instr, Op};
use crate::heap::{Gc, Value};
use crate::objects::code::Code;
use crate::objects::dict::Dict;
use crate::objects::function::Function;
use crate::objects::str::Str;
use crate::vm::Thread;
use crate::vm::native::Result;

use super::parcel::Parcel;

/// A [`CodeUnit`] without counted references, so that it can go from thread to thread.
pub struct CodeParcel {
    name: Box<str>,
    qualname: Box<str>,
    filename: Box<str>,
    first_line: u32,
    flags: u32,
    arg_count: u16,
    positional_only: u16,
    keyword_only: u16,
    registers: u16,
    var_names: Vec<Box<str>>,
    cell_registers: Vec<u16>,
    free_names: Vec<Box<str>>,
    names: Vec<Box<str>>,
    sites: Vec<u32>,
    consts: Vec<Parcel>,
    instructions: Vec<Instr>,
    positions: Vec<Position>,
    live: Vec<u16>,
    handlers: Vec<Handler>,
    marks: Vec<Mark>,
    places: Places,
    hidden: Vec<(Box<str>, Hidden)>,
    static_attributes: Vec<Box<str>>,
}

fn text(name: Gc<Str>) -> Box<str> {
    name.to_text().into()
}

fn texts(names: &[Gc<Str>]) -> Vec<Box<str>> {
    names.iter().map(|name| text(*name)).collect()
}

fn counted(names: &[Box<str>]) -> Vec<Rc<str>> {
    names.iter().map(|name| Rc::from(&**name)).collect()
}

impl CodeParcel {
    pub fn of(th: &Thread, code: Gc<Code>) -> Result<CodeParcel> {
        th.check_recursion("")?;
        let mut names = texts(&code.names);
        let sites = code.body.sites().iter().map(|site| match code.names.iter().position(|name| *name == site.name) {
            Some(at) => at as u32,
            None => {
                names.push(text(site.name));
                names.len() as u32 - 1
            }
        });
        let sites = sites.collect();
        Ok(CodeParcel {
            name: text(code.name),
            qualname: text(code.qualname),
            filename: text(code.filename),
            first_line: code.first_line,
            flags: code.flags,
            arg_count: code.arg_count,
            positional_only: code.positional_only,
            keyword_only: code.keyword_only,
            registers: code.registers,
            var_names: texts(&code.var_names),
            cell_registers: code.cell_registers.clone(),
            free_names: texts(&code.free_names),
            names,
            sites,
            consts: code.body.consts().iter().map(|value| Parcel::of_const(th, *value)).collect::<Result<_>>()?,
            instructions: code.body.compiled().collect(),
            positions: code.positions.clone(),
            live: code.live.clone(),
            handlers: code.handlers.clone(),
            marks: code.marks.clone(),
            places: code.places.clone(),
            hidden: code.hidden.iter().map(|(name, hidden)| (text(*name), *hidden)).collect(),
            static_attributes: texts(&code.static_attributes),
        })
    }

    pub fn unit(&self) -> CodeUnit {
        CodeUnit {
            name: Rc::from(&*self.name),
            qualname: Rc::from(&*self.qualname),
            filename: Rc::from(&*self.filename),
            first_line: self.first_line,
            flags: self.flags,
            arg_count: self.arg_count,
            positional_only: self.positional_only,
            keyword_only: self.keyword_only,
            registers: self.registers,
            var_names: counted(&self.var_names),
            cell_registers: self.cell_registers.clone(),
            free_names: counted(&self.free_names),
            names: counted(&self.names),
            sites: self.sites.clone(),
            consts: self.consts.iter().map(constant).collect(),
            instructions: self.instructions.clone(),
            positions: self.positions.clone(),
            live: self.live.clone(),
            handlers: self.handlers.clone(),
            marks: self.marks.clone(),
            places: self.places.clone(),
            hidden: self.hidden.iter().map(|(name, hidden)| (Rc::from(&**name), *hidden)).collect(),
            static_attributes: counted(&self.static_attributes),
        }
    }
}

fn constant(parcel: &Parcel) -> Const {
    match parcel {
        Parcel::Ellipsis => Const::Ellipsis,
        Parcel::Bool(truth) => Const::Bool(*truth),
        Parcel::Int(int) => Const::Int(int.clone()),
        Parcel::Float(float) => Const::Float(*float),
        Parcel::Complex(re, im) => Const::Complex(*re, *im),
        Parcel::Str(text) => Const::Str(Rc::from(&**text)),
        Parcel::Bytes(bytes) => Const::Bytes(Rc::from(&**bytes)),
        Parcel::Tuple(items) => Const::Tuple(items.iter().map(constant).collect()),
        Parcel::FrozenSet(items) => Const::FrozenSet(items.iter().map(constant).collect()),
        Parcel::Code(code) => Const::Code(Rc::new(code.unit())),
        // `Parcel::of_const` makes nothing else.
        _ => Const::None,
    }
}

/// What keeps a function from crossing as its code alone; `None` if nothing does.
pub fn what_it_needs(th: &Thread, function: Gc<Function>) -> Option<&'static str> {
    let has_any = |defaults: Option<usize>| defaults.is_some_and(|count| count > 0);
    if function.closure.get().is_some_and(|closure| !closure.is_empty()) {
        Some("closures not supported")
    } else if has_any(function.defaults.get().map(|defaults| defaults.len())) {
        Some("defaults not supported")
    } else if has_any(function.keyword_defaults.get().map(|defaults| defaults.len())) {
        Some("keyword defaults not supported")
    } else if reads_globals(th, function.globals, function.code()) {
        Some("globals not supported")
    } else {
        None
    }
}

/// Whether code, or code within it, asks for a global that is not just built in.
fn reads_globals(th: &Thread, globals: Gc<Dict>, code: Gc<Code>) -> bool {
    let builtins = th.vm().builtins();
    let sites = code.body.sites();
    let asks = |instr: Instr| {
        instr.op() == Op::LoadGlobal
            && sites.get(instr.c()).is_none_or(|site| {
                globals.get_str(th, site.name).is_some() || builtins.get_str(th, site.name).is_none()
            })
    };
    code.body.compiled().any(asks)
        || code
            .body
            .consts()
            .iter()
            .any(|value| value.downcast().is_some_and(|inner| reads_globals(th, globals, inner)))
}

/// Why code is no script; `None` if it is one.
pub fn why_no_script(code: Gc<Code>) -> Option<&'static str> {
    if code.parameters > 0 {
        Some("code with args not supported")
    } else if !code.free_names.is_empty() {
        Some("code with closure not supported")
    } else if code.body.compiled().any(|instr| instr.op() == Op::Return) {
        Some("code that returns a value is not a script")
    } else {
        None
    }
}

/// The code of a function, or code itself.
pub fn code_of(value: Value) -> Option<Gc<Code>> {
    value.downcast::<Code>().or_else(|| value.downcast::<Function>().map(|function| function.code()))
}

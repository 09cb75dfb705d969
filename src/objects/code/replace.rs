//! `code.replace(…)`: a copy with other names, another file, another line to begin with, other constants. What would make
//! other instructions out of the old ones (`co_code`, the number of parameters, of registers) cannot be changed: the
//! instructions were checked once, when they were compiled, and are trusted since.

use std::sync::atomic::AtomicU32;

use crate::compiler::code::flags;
use crate::compiler::code::{Mark, Places, Start};
use crate::heap::{Gc, GcSlot, Header, Value};
use crate::objects::dict::Dict;
use crate::objects::kinds;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, load, ops};

use super::class::{cell_variables, code_of, plain_registers, plain_variables};
use super::{Code, consts};

/// The flags that say nothing about how a call lays out its arguments or what it returns.
const FREE_FLAGS: u32 = flags::ITERABLE_COROUTINE | flags::FUTURE_ANNOTATIONS | flags::NESTED | flags::METHOD;

/// What a copy may have of its own.
struct Parts {
    name: Gc<Str>,
    qualname: Gc<Str>,
    filename: Gc<Str>,
    first_line: u32,
    flags: u32,
    var_names: Vec<Gc<Str>>,
    free_names: Vec<Gc<Str>>,
    names: Vec<Gc<Str>>,
    consts: Vec<Value>,
}

pub(super) fn replace(th: &Thread, args: &[Value]) -> Result {
    let code = code_of(args[0]);
    let mut parts = Parts {
        name: code.name,
        qualname: code.qualname,
        filename: code.filename,
        first_line: code.first_line,
        flags: code.flags,
        var_names: code.var_names.clone(),
        free_names: code.free_names.clone(),
        names: code.names.clone(),
        consts: code.body.consts().to_vec(),
    };
    // The vectors are not traced: what is new in them is also in the dict of changes, which `args` keeps.
    for (name, value) in args[1].downcast::<Dict>().map_or_else(Vec::new, Gc::<Dict>::entries) {
        let name = name.as_str_cell().map(|name| name.to_text()).unwrap_or_default();
        change(th, code, &mut parts, &name, value)?;
    }
    Ok(with_parts(th, code, parts).value())
}

fn change(th: &Thread, code: Gc<Code>, parts: &mut Parts, name: &str, value: Value) -> Result<()> {
    match name {
        "co_name" => parts.name = text(th, name, value)?,
        "co_qualname" => parts.qualname = text(th, name, value)?,
        "co_filename" => parts.filename = text(th, name, value)?,
        "co_firstlineno" => match ops::index_i32(th, value)? {
            line if line < 1 => return Err(th.value_error("co_firstlineno must be a positive integer")),
            line => parts.first_line = line as u32,
        },
        "co_flags" => {
            let flags = ops::index_i32(th, value)? as u32;
            if (flags ^ code.flags) & !FREE_FLAGS != 0 {
                return Err(cannot_change(th, name));
            }
            parts.flags = flags;
        }
        "co_varnames" => {
            let registers: Vec<usize> = plain_registers(code).collect();
            let names = texts(th, name, value, registers.len())?;
            registers.iter().zip(names).for_each(|(register, name)| parts.var_names[*register] = name);
        }
        "co_cellvars" => {
            let names = texts(th, name, value, cell_variables(code).len())?;
            code.cell_registers.iter().zip(names).for_each(|(r, name)| parts.var_names[*r as usize] = name);
        }
        "co_freevars" => parts.free_names = texts(th, name, value, code.free_names.len())?,
        "co_names" => parts.names = texts(th, name, value, code.names.len())?,
        "co_consts" => change_consts(th, code, parts, value)?,
        "co_nlocals" if ops::index_i64(th, value)? != plain_variables(code).len() as i64 => {
            return Err(th.value_error("code: co_nlocals != len(co_varnames)"));
        }
        "co_nlocals" => {}
        "co_code" | "co_linetable" | "co_exceptiontable" | "co_argcount" | "co_posonlyargcount"
        | "co_kwonlyargcount" | "co_stacksize" => {
            let present = ops::get_attr(th, code.value(), th.intern(name))?;
            if !ops::equal(th, present, value)? {
                return Err(cannot_change(th, name));
            }
        }
        _ => return Err(th.type_error(format_args!("replace() got an unexpected keyword argument '{name}'"))),
    }
    Ok(())
}

/// Constants can be replaced by others of their type. Tuples cannot: instructions rely on what is in some of them.
fn change_consts(th: &Thread, code: Gc<Code>, parts: &mut Parts, value: Value) -> Result<()> {
    let Some(new) = value.downcast::<Tuple>() else { return Err(wrong_type(th, "co_consts", "tuple", value)) };
    let present = consts::of(th, code);
    if new.len() != present.len() {
        return Err(cannot_change(th, "co_consts"));
    }
    for (old, new) in present.items().iter().zip(new.items()) {
        if consts::same(th, *old, *new)? {
            continue;
        }
        let in_pool = code.body.consts().iter().position(|constant| consts::same(th, *constant, *old).unwrap_or(false));
        let (Some(at), true) = (in_pool, may_replace(th, *old, *new)) else {
            return Err(cannot_change(th, "co_consts"));
        };
        parts.consts[at] = *new;
    }
    Ok(())
}

fn may_replace(th: &Thread, old: Value, new: Value) -> bool {
    match (old.downcast::<Code>(), new.downcast::<Code>()) {
        (Some(old), Some(new)) => old.free_names.len() == new.free_names.len() && old.flags == new.flags,
        (None, None) => th.class_of(old) == th.class_of(new) && old.downcast::<Tuple>().is_none(),
        _ => false,
    }
}

fn with_parts(th: &Thread, code: Gc<Code>, parts: Parts) -> Gc<Code> {
    let intern = |names: Vec<Gc<Str>>| names.into_iter().map(|name| th.intern_str(name)).collect::<Vec<_>>();
    let new_names = intern(parts.names);
    let moved = |line: u32| match line {
        0 => 0,
        line => line.saturating_sub(code.first_line).saturating_add(parts.first_line),
    };
    let positions = code.positions.iter().map(|p| {
        let mut position = *p;
        (position.line, position.end_line) = (moved(p.line), moved(p.end_line));
        position
    });
    let renamed = |name: Gc<Str>| match code.names.iter().position(|old| *old == name) {
        Some(at) => new_names[at],
        None => unreachable!("a site's name is one of the code's names"),
    };
    let copy = th.alloc(Code {
        header: Header::of_kind(kinds::CODE),
        name: th.intern_str(parts.name),
        qualname: th.intern_str(parts.qualname),
        filename: th.intern_str(parts.filename),
        first_line: parts.first_line,
        flags: parts.flags,
        arg_count: code.arg_count,
        positional_only: code.positional_only,
        keyword_only: code.keyword_only,
        registers: code.registers,
        parameters: code.parameters,
        variables: code.variables,
        simple_args: code.simple_args,
        plain_args: code.plain_args,
        unbound: code.unbound,
        cell_registers: code.cell_registers.clone(),
        body: code.body.with(&parts.consts, code.body.sites().iter().map(|site| renamed(site.name))),
        positions: positions.collect(),
        live: code.live.clone(),
        handlers: code.handlers.clone(),
        places: Places {
            starts: code.places.starts.iter().map(|start| Start { line: moved(start.line), ..*start }).collect(),
            ..code.places.clone()
        },
        marks: code.marks.iter().map(|mark| Mark { line: moved(mark.line), ..*mark }).collect(),
        hidden: code.hidden.clone(),
        static_attributes: code.static_attributes.clone(),
        consts_tuple: GcSlot::new(None),
        number: AtomicU32::new(0),
        var_names: intern(parts.var_names),
        free_names: intern(parts.free_names),
        names: new_names,
    });
    load::register(th, copy);
    copy
}

fn text(th: &Thread, name: &str, value: Value) -> Result<Gc<Str>> {
    match value.as_str_cell() {
        Some(text) => Ok(text),
        None => Err(wrong_type(th, name, "str", value)),
    }
}

/// As many names as there were.
fn texts(th: &Thread, name: &str, value: Value, count: usize) -> Result<Vec<Gc<Str>>> {
    let Some(tuple) = value.downcast::<Tuple>() else { return Err(wrong_type(th, name, "tuple", value)) };
    let names: Vec<Gc<Str>> = tuple.items().iter().filter_map(|item| item.as_str_cell()).collect();
    match name {
        _ if names.len() < tuple.len() => Err(th.type_error("name tuples must contain only strings")),
        "co_varnames" if names.len() != count => Err(th.value_error("code: co_nlocals != len(co_varnames)")),
        _ if names.len() != count => Err(cannot_change(th, name)),
        _ => Ok(names),
    }
}

fn wrong_type(th: &Thread, name: &str, wanted: &str, value: Value) -> Raised {
    let given = th.type_name(value);
    th.type_error(format_args!("replace() argument '{name}' must be {wanted}, not {given}"))
}

fn cannot_change(th: &Thread, name: &str) -> Raised {
    th.value_error(format_args!("code: {name} cannot be changed so"))
}

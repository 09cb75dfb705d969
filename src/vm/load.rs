//! Loading: from what the compiler hands over to a code object of this interpreter.

use std::rc::Rc;
use std::sync::atomic::AtomicU32;

use crate::compiler::code::{CodeUnit, Const, flags};
use crate::heap::{Gc, GcSlot, Header, Value};
use crate::objects::code::{Body, Code};
use crate::objects::set::FrozenSet;
use crate::objects::str::Str;
use crate::objects::{int, kinds};

use super::Thread;

/// Makes the code object of `unit` and of all code within it. No safepoint is reached on the way.
pub fn load(th: &Thread, unit: &CodeUnit) -> Gc<Code> {
    let intern = |name: &Rc<str>| th.intern(name);
    let all = |names: &[Rc<str>]| names.iter().map(intern).collect::<Vec<Gc<Str>>>();
    let names = all(&unit.names);
    let parameters = unit.arg_count
        + unit.keyword_only
        + u16::from(unit.flags & flags::VARARGS != 0)
        + u16::from(unit.flags & flags::VARKEYWORDS != 0);
    let special = flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR;
    let consts: Vec<Value> = unit.consts.iter().map(|c| constant(th, c)).collect();
    let unbound = unit.var_names.len().saturating_sub(unit.arg_count as usize) as u16;
    let is_simple = parameters == unit.arg_count && unit.flags & special == 0;
    let simple_args = if is_simple { unit.arg_count } else { Code::NEVER };
    let code = th.alloc(Code {
        header: Header::of_kind(kinds::CODE),
        name: intern(&unit.name),
        qualname: intern(&unit.qualname),
        filename: intern(&unit.filename),
        first_line: unit.first_line,
        flags: unit.flags,
        arg_count: unit.arg_count,
        positional_only: unit.positional_only,
        keyword_only: unit.keyword_only,
        registers: unit.registers,
        parameters,
        variables: unit.var_names.len() as u16,
        unbound,
        simple_args,
        plain_args: if unbound == 0 { simple_args } else { Code::NEVER },
        var_names: all(&unit.var_names),
        cell_registers: unit.cell_registers.clone(),
        free_names: all(&unit.free_names),
        body: Body::new(&unit.instructions, &consts, unit.sites.iter().map(|n| names[*n as usize])),
        names,
        positions: unit.positions.clone(),
        live: unit.live.clone(),
        handlers: unit.handlers.clone(),
        marks: unit.marks.clone(),
        places: unit.places.clone(),
        hidden: unit.hidden.iter().map(|(name, hidden)| (intern(name), *hidden)).collect(),
        static_attributes: all(&unit.static_attributes),
        consts_tuple: GcSlot::new(None),
        number: AtomicU32::new(0),
    });
    register(th, code);
    code
}

/// Lists code that was made, for the rare events that empty all caches.
pub fn register(th: &Thread, code: Gc<Code>) {
    th.vm().codes.lock().push(code.address());
}

fn constant(th: &Thread, constant: &Const) -> Value {
    match constant {
        Const::None => Value::NONE,
        Const::Ellipsis => Value::ELLIPSIS,
        Const::Bool(b) => Value::bool(*b),
        Const::Int(i) => int::from_big(th, i.clone()),
        Const::Float(f) => Value::float(*f),
        Const::Complex(re, im) => crate::objects::complex::new(th, *re, *im),
        Const::Str(text) => string(th, text),
        Const::Bytes(bytes) => crate::objects::bytes::new(th, bytes),
        Const::Tuple(items) => {
            let items: Vec<Value> = items.iter().map(|c| self::constant(th, c)).collect();
            th.tuple(&items)
        }
        Const::FrozenSet(items) => {
            let items: Vec<Value> = items.iter().map(|c| self::constant(th, c)).collect();
            frozen(th, &items)
        }
        Const::Code(unit) => load(th, unit).value(),
    }
}

/// Constants that look like names are interned, as in CPython.
fn string(th: &Thread, text: &[u8]) -> Value {
    match std::str::from_utf8(text) {
        Ok(name) if name.len() <= 64 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') => {
            th.intern(name).value()
        }
        _ => Str::from_wtf8(th, text).value(),
    }
}

/// A set of constants, which all hash without running code. Added one by one: walking an iterable would be a safepoint.
fn frozen(th: &Thread, items: &[Value]) -> Value {
    let frozen = FrozenSet::new(th);
    for item in items {
        if frozen.any_frozen().add(th, *item).is_err() {
            unreachable!("constants are hashable");
        }
    }
    frozen.value()
}

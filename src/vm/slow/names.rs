//! Names: locals that are not bound, namespaces of modules and class bodies.

use crate::compiler::code::Hidden;
use crate::heap::{Gc, Value};
use crate::objects::code::Code;
use crate::objects::dict::Dict;
use crate::objects::exception::{self, Exc};
use crate::objects::function::{ClosureCell, Function};
use crate::objects::str::Str;

use crate::vm::native::Result;
use crate::vm::stack::Frame;
use crate::vm::{Raised, Thread, globals, ops};

#[cold]
pub fn unbound_variable(th: &Thread, frame: &Frame, name: usize) -> Raised {
    let name = frame.code.names[name];
    if frame.code.flags & crate::compiler::code::flags::OPTIMIZED == 0 {
        return globals::not_defined(th, name.value());
    }
    unbound_local(th, name)
}

#[cold]
pub fn unbound_local(th: &Thread, name: Gc<Str>) -> Raised {
    // Unlike a NameError it does not know the name: CPython suggests no other one.
    th.raise(
        Exc::UnboundLocalError,
        format_args!("cannot access local variable '{}' where it is not associated with a value", name.to_text()),
    )
}

#[cold]
pub fn unbound_free(th: &Thread, frame: &Frame, index: usize) -> Raised {
    let name = frame.code.free_names[index];
    let raised = th.raise(
        Exc::NameError,
        format_args!(
            "cannot access free variable '{}' where it is not associated with a value in enclosing scope",
            name.to_text()
        ),
    );
    exception::set_name(th, name.value());
    raised
}

/// A mapping's item, or `None` where it raises KeyError.
pub fn mapping_get(th: &Thread, mapping: Value, key: Value) -> Result<Option<Value>> {
    if let Some(dict) = mapping.downcast::<Dict>()
        && dict.header.is_exact()
    {
        return dict.get_item(th, key);
    }
    match ops::get_item(th, mapping, key) {
        Ok(value) => Ok(Some(value)),
        Err(raised) => th.caught(raised, Exc::KeyError).map(|_| None),
    }
}

fn global_or_builtin(th: &Thread, frame: &Frame, name: Gc<Str>) -> Result {
    if let Some(value) = frame.globals.get_str(th, name) {
        return Ok(value);
    }
    globals::builtin(th, frame.builtins, name)?.ok_or_else(|| globals::not_defined(th, name.value()))
}

/// `LoadName`
pub fn load_name(th: &Thread, frame: &Frame, name: Gc<Str>) -> Result {
    if !frame.locals.is_empty()
        && let Some(value) = mapping_get(th, frame.locals, name.value())?
    {
        return Ok(value);
    }
    global_or_builtin(th, frame, name)
}

pub fn store_name(th: &Thread, frame: &Frame, name: usize, value: Value) -> Result<()> {
    let name = frame.code.names[name];
    match frame.locals.downcast::<Dict>() {
        Some(dict) if dict.header.is_exact() => {
            dict.set_str(th, name, value);
            Ok(())
        }
        _ if frame.locals.is_empty() => {
            frame.globals.set_str(th, name, value);
            Ok(())
        }
        _ => ops::set_item(th, frame.locals, name.value(), value),
    }
}

pub fn delete_name(th: &Thread, frame: &Frame, name: usize) -> Result<()> {
    let name = frame.code.names[name];
    let namespace = if frame.locals.is_empty() { frame.globals.value() } else { frame.locals };
    match ops::del_item(th, namespace, name.value()) {
        Ok(()) => Ok(()),
        Err(raised) => {
            th.caught(raised, Exc::KeyError)?;
            Err(globals::not_defined(th, name.value()))
        }
    }
}

/// `LoadLocals`, and `locals()`: the namespace, or a fresh dict of a function's variables.
///
/// While a comprehension runs in a module or class, all there is are the comprehension's variables; in a function they
/// hide its own of the same names.
pub fn locals(th: &Thread, frame: &Frame) -> Result {
    let dict = Dict::new(th);
    if frame.code.flags & crate::compiler::code::flags::OPTIMIZED == 0 {
        of_comprehensions(frame, |name, value| dict.set_str(th, name, value));
        if !dict.is_empty() {
            return Ok(dict.value());
        }
    }
    if !frame.locals.is_empty() {
        return Ok(frame.locals);
    }
    if frame.code.flags & crate::compiler::code::flags::OPTIMIZED == 0 {
        return Ok(frame.globals.value());
    }
    for (at, name) in frame.code.var_names.iter().enumerate() {
        // SAFETY: variables are the first registers of the window.
        let mut value = unsafe { *frame.registers.add(at) };
        if frame.code.cell_registers.contains(&(at as u16))
            && let Some(cell) = value.downcast::<ClosureCell>()
        {
            value = cell.contents.get();
        }
        if !value.is_empty() {
            dict.set_str(th, *name, value);
        }
    }
    let closure = frame.function.and_then(|f| f.closure.get());
    for (name, cell) in frame.code.free_names.iter().zip(crate::vm::signature::items(closure)) {
        let value = cell.downcast::<ClosureCell>().map_or(Value::EMPTY, |c| c.contents.get());
        if !value.is_empty() {
            dict.set_str(th, *name, value);
        }
    }
    of_comprehensions(frame, |name, value| dict.set_str(th, name, value));
    Ok(dict.value())
}

/// Where a variable of a function lives.
pub enum LocalPlace {
    Register(usize),
    /// In the cell that lies in a register.
    CellIn(usize),
    /// In a cell of an outer function.
    Cell(Gc<ClosureCell>),
}

pub fn place_of_local(code: Gc<Code>, function: Option<Gc<Function>>, name: Gc<Str>) -> Option<LocalPlace> {
    if let Some(at) = code.var_names.iter().position(|known| known.wtf8() == name.wtf8()) {
        let is_cell = code.cell_registers.contains(&(at as u16));
        return Some(if is_cell { LocalPlace::CellIn(at) } else { LocalPlace::Register(at) });
    }
    let at = code.free_names.iter().position(|known| known.wtf8() == name.wtf8())?;
    let cells = crate::vm::signature::items(function.and_then(|f| f.closure.get()));
    cells.get(at)?.downcast::<ClosureCell>().map(LocalPlace::Cell)
}

/// Sets a variable of a function that runs on this thread; false if it has none of that name.
pub fn set_local(frame: &Frame, name: Gc<Str>, value: Value) -> bool {
    let cell = match place_of_local(frame.code, frame.function, name) {
        None => return false,
        Some(LocalPlace::Cell(cell)) => Some(cell),
        Some(LocalPlace::Register(at)) => {
            // SAFETY: variables are the first registers of the window, which this thread alone writes to.
            unsafe { *frame.registers.add(at) = value };
            return true;
        }
        // SAFETY: as above.
        Some(LocalPlace::CellIn(at)) => unsafe { *frame.registers.add(at) }.downcast::<ClosureCell>(),
    };
    cell.inspect(|cell| cell.contents.set(value)).is_some()
}

/// Calls `each` with the variables of the comprehensions that are running, outer ones first.
fn of_comprehensions(frame: &Frame, mut each: impl FnMut(Gc<Str>, Value)) {
    let at = frame.at() as u32;
    let running = |hidden: &Hidden| (hidden.start..hidden.end).contains(&at);
    for (name, hidden) in frame.code.hidden.iter().rev().filter(|(_, hidden)| running(hidden)) {
        // SAFETY: the compiler counts it among the window's registers.
        let mut value = unsafe { *frame.registers.add(hidden.register as usize) };
        if hidden.is_cell
            && let Some(cell) = value.downcast::<ClosureCell>()
        {
            value = cell.contents.get();
        }
        if !value.is_empty() {
            each(*name, value);
        }
    }
}

pub fn load_from_dict_or_globals(th: &Thread, frame: &Frame, mapping: Value, name: usize) -> Result {
    let name = frame.code.names[name];
    match mapping_get(th, mapping, name.value())? {
        Some(value) => Ok(value),
        None => globals::find(th, name, frame.globals, frame.builtins),
    }
}

pub fn load_from_dict_or_cell(th: &Thread, frame: &Frame, mapping: Value, cell: Value, name: usize) -> Result {
    if let Some(value) = mapping_get(th, mapping, frame.code.names[name].value())? {
        return Ok(value);
    }
    let value = cell.downcast::<ClosureCell>().map_or(Value::EMPTY, |c| c.contents.get());
    if !value.is_empty() {
        return Ok(value);
    }
    let text = frame.code.names[name].to_text();
    Err(th.raise(
        Exc::NameError,
        format_args!("cannot access free variable '{text}' where it is not associated with a value in enclosing scope"),
    ))
}

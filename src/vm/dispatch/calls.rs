//! Calls from the loop that need more than a frame for a plain function: bound methods and classes.

use crate::heap::{Gc, Header, Value};
use crate::objects::code::Code;
use crate::objects::function::{Function, Method};
use crate::objects::kinds;

use crate::vm::binding::{copy_few, empty_few};
use crate::vm::calls::Begun;
use crate::vm::native::Result;
use crate::vm::stack::{Destination, Exit};
use crate::vm::{Thread, slow};

use super::registers::*;

/// Begins the call of a bound method, a class or another object. `free`: the register before the arguments, where that is
/// free to hold the object that goes first; else null.
#[inline(never)]
pub(super) fn call_other(th: &Thread, callee: Value, args: &[Value], free: *mut Value, target: u32) -> Result<Begun> {
    if free.is_null() {
        return th.call(callee, args).map(Begun::Done);
    }
    let (function, object, exit) = match callee.header().map(Header::kind) {
        Some(kinds::METHOD) => match callee.downcast::<Method>().map(|m| (m.function.downcast::<Function>(), m.object))
        {
            Some((Some(function), object)) => (function, object, Exit::Register),
            _ => return th.call(callee, args).map(Begun::Done),
        },
        Some(kinds::CLASS) => {
            let Some(class) = callee.as_class() else { unreachable!("kind and type agree") };
            match slow::quick_construct(th, class) {
                Some((object, init)) => (init, object, Exit::Init),
                None => return th.call_class(class, args, &[]).map(Begun::Done),
            }
        }
        _ => return th.call(callee, args).map(Begun::Done),
    };
    let (code, total) = (function.code(), args.len() + 1);
    *register(free, 0) = object;
    let window = match top_frame(th.stack.current()).generator.is_empty() {
        true => free,
        false => place_arguments(th, free, total)?,
    };
    let to = Destination::new(exit, target);
    let top = window.wrapping_add(code.registers as usize);
    if total == code.simple_args as usize && th.stack.has_room(top) {
        empty_variables(window, code);
        th.stack.push_call(function, code, window, top, to);
    } else if let Begun::Done(value) = th.begin_function(function, slice(free, 0, total), &[], window, to)? {
        return if exit == Exit::Init { Err(th.init_returned(value)) } else { Ok(Begun::Done(value)) };
    }
    if exit == Exit::Init {
        top_frame(th.stack.current()).object = object;
    }
    Ok(Begun::Frame)
}

/// Begins the call of a function with the `total` values from `args` on, where its window does not simply begin at them: they
/// lie in a generator's cell, there is no room yet, or more has to be bound.
#[inline(never)]
pub(super) fn call_function(
    th: &Thread,
    function: Gc<Function>,
    args: *mut Value,
    total: usize,
    target: u32,
) -> Result<Begun> {
    let code = function.code();
    let caller = top_frame(th.stack.current());
    let window = if caller.generator.is_empty() { args } else { caller.top };
    let (top, to) = (window.wrapping_add(code.registers as usize), Destination::register(target));
    if total == code.simple_args as usize && th.stack.has_room(top) {
        // SAFETY: the stack has room for them; what lies elsewhere lies in the generator's cell.
        unsafe { copy_few(args, window, total) };
        empty_variables(window, code);
        th.stack.push_call(function, code, window, top, to);
        return Ok(Begun::Frame);
    }
    if window != args {
        place_arguments(th, args, total)?;
    }
    th.begin_function(function, slice(window, 0, total), &[], window, to)
}

/// Copies a call's arguments from a generator's registers to where its callees' windows begin.
#[inline(always)]
fn place_arguments(th: &Thread, args: *mut Value, count: usize) -> Result<*mut Value> {
    let window = th.stack.top();
    if !th.stack.make_room(window, count) {
        return Err(th.recursion_error(""));
    }
    // SAFETY: the stack has room for them, and they lie in the generator's cell.
    unsafe { copy_few(args, window, count) };
    Ok(window)
}

/// Empties the variables of a window behind the arguments, which are as many as the code asks for.
#[inline(always)]
pub(super) fn empty_variables(window: *mut Value, code: Gc<Code>) {
    // SAFETY: the stack has room for the window.
    unsafe { empty_few(window.add(code.simple_args as usize), code.unbound as usize) };
}

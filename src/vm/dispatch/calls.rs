//! Calls from the loop that need more than a frame for a plain function: bound methods and classes.

use crate::heap::{Header, Value};
use crate::objects::function::{Function, Method};
use crate::objects::kinds;

use crate::vm::binding::{copy_few, empty_few};
use crate::vm::calls::Begun;
use crate::vm::native::Result;
use crate::vm::stack::Exit;
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
    let frame = top_frame(th.stack.current());
    let window = if frame.generator.is_empty() { free } else { frame.top };
    let (code, total) = (function.code(), args.len() + 1);
    *register(free, 0) = object;
    if total == code.simple_args as usize && th.stack.has_room(window.wrapping_add(code.registers as usize)) {
        place_arguments(window, free, total, code.variables as usize);
        th.push_call(function, code, window, exit, target);
    } else if let Begun::Done(value) = th.begin_function(function, slice(free, 0, total), &[], window, exit, target)? {
        return if exit == Exit::Init { Err(th.init_returned(value)) } else { Ok(Begun::Done(value)) };
    }
    if exit == Exit::Init {
        top_frame(th.stack.current()).object = object;
    }
    Ok(Begun::Frame)
}

/// Copies a call's arguments to the callee's window, unless they lie there already, and empties its other variables.
#[inline(always)]
pub(super) fn place_arguments(window: *mut Value, args: *mut Value, count: usize, variables: usize) {
    // SAFETY: the stack has room for the window; the arguments lie in the caller's registers, or already in the window.
    unsafe {
        copy_few(args, window, count);
        empty_few(window.add(count), variables.saturating_sub(count));
    }
}

//! Items of any object; calls that need more than a frame: classes, unpacked arguments, functions made, `with`.

use crate::compiler::opcodes::Special;
use crate::heap::{Gc, Header, Value};
use crate::objects::class::methods::message_name;
use crate::objects::class::{Class, flag};
use crate::objects::code::Code;
use crate::objects::dict::Dict;
use crate::objects::exception::{Exc, Exception};
use crate::objects::function::Function;
use crate::objects::instance::Instance;
use crate::objects::kinds;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;

use super::building::callable_name;
use crate::vm::caches::Construction;
use crate::vm::calls::Begun;
use crate::vm::globals::builtin;
use crate::vm::native::Result;
use crate::vm::stack::Frame;
use crate::vm::{Raised, Thread, ops};

#[inline(never)]
pub fn get_item(th: &Thread, object: Value, key: Value) -> Result {
    // Lists and tuples have been looked at.
    if let Some(dict) = object.downcast_exact::<Dict>() {
        return match dict.get_item(th, key)? {
            Some(value) => Ok(value),
            None => Err(th.key_error(key)),
        };
    }
    ops::get_item(th, object, key)
}

#[inline(never)]
pub fn set_item(th: &Thread, object: Value, key: Value, value: Value) -> Result<()> {
    if let Some(dict) = object.downcast_exact::<Dict>() {
        return dict.set_item(th, key, value);
    }
    ops::set_item(th, object, key, value)
}

/// A class whose instances are plain objects and whose `__init__` is a Python function: a fresh instance, and that function.
#[inline]
pub fn quick_construct(th: &Thread, class: Gc<Class>) -> Option<(Value, Gc<Function>)> {
    let known = class.construction.get().filter(|known| known.epoch == th.vm().class_epoch());
    let known = match known {
        Some(known) => known,
        None => learn_construction(th, class)?,
    };
    Some((th.instantiate(class, Instance { header: Header::of_kind(kinds::OBJECT) }).value(), known.init))
}

#[cold]
#[inline(never)]
fn learn_construction(th: &Thread, class: Gc<Class>) -> Option<Gc<Construction>> {
    let (vm, epoch) = (th.vm(), th.vm().class_epoch());
    let names = &*vm.names;
    if class.instance_kind != kinds::OBJECT || class.has(flag::ABSTRACT) || !class.header.is_exact() {
        return None;
    }
    let init = th.lookup(class, names.__init__)?.downcast::<Function>()?;
    if th.lookup(class, names.__new__)? != vm.object_new() || init.code().flags & GENERATORS != 0 {
        return None;
    }
    let known = th.heap().alloc_for_all(Construction { header: Header::of_kind(kinds::CONSTRUCTION), epoch, init });
    class.construction.set(Some(known));
    Some(known)
}

const GENERATORS: u32 = {
    use crate::compiler::code::flags::{ASYNC_GENERATOR, COROUTINE, GENERATOR};
    GENERATOR | COROUTINE | ASYNC_GENERATOR
};

/// `CallEx`: begins the call of a Python function, calls anything else.
pub fn call_ex(th: &Thread, callable: Value, args: Value, keywords: Value, target: u32) -> Result<Begun> {
    let args = match args.downcast::<Tuple>() {
        Some(tuple) => tuple,
        // The only argument of `f(*args)` comes as it is.
        None => match ops::collect(th, args) {
            Ok(items) => Tuple::new(th, &items.items(th)),
            Err(_) if th.pending_is(Exc::TypeError) && !ops::is_iterable(th, args) => {
                return Err(th.type_error(format_args!(
                    "{} argument after * must be an iterable, not {}",
                    callable_name(th, callable),
                    th.type_name(args)
                )));
            }
            Err(raised) => return Err(raised),
        },
    };
    th.begin_unpacked(callable, args.items(), keywords.downcast(), target)
}

/// `MakeFunction`: defaults, keyword defaults, annotate function, cells.
pub fn make_function(th: &Thread, frame: &Frame, code: Value, extras: &[Value]) -> Result {
    let Some(code) = code.downcast::<Code>() else { unreachable!("the compiler names a code constant") };
    let function = crate::objects::function::new(th, code, frame.globals, frame.builtins);
    function.defaults.set(extras[0].downcast());
    function.keyword_defaults.set(extras[1].downcast());
    function.annotate.set(extras[2]);
    function.closure.set(extras[3].downcast());
    Ok(function.value())
}

pub fn build_class_function(th: &Thread, frame: &Frame) -> Result {
    match builtin(th, frame.builtins, th.vm().names.__build_class__)? {
        Some(function) => Ok(function),
        None => Err(th.raise(Exc::NameError, "__build_class__ not found")),
    }
}

/// `LoadSpecial`
pub fn load_special(th: &Thread, object: Value, which: usize) -> Result<(Value, Value)> {
    let names = &*th.vm().names;
    let name = match which {
        w if w == Special::Enter as usize => names.__enter__,
        w if w == Special::Exit as usize => names.__exit__,
        w if w == Special::AEnter as usize => names.__aenter__,
        _ => names.__aexit__,
    };
    let class = th.class_of(object);
    let Some(method) = th.lookup(class, name) else { return Err(no_context_manager(th, class, name, which)) };
    match method.header().map(|h| h.kind()) {
        Some(kinds::FUNCTION) => Ok((method, object)),
        Some(kinds::NATIVE) => Ok((method, object)),
        _ => ops::bind(th, method, object, class).map(|bound| (bound, Value::EMPTY)),
    }
}

#[cold]
fn no_context_manager(th: &Thread, class: Gc<Class>, name: Gc<Str>, which: usize) -> Raised {
    let names = &*th.vm().names;
    let is_async = which >= Special::AEnter as usize;
    let other = if is_async { names.__enter__ } else { names.__aenter__ };
    let hint = match (th.lookup(class, other).is_some(), is_async) {
        (true, true) => " but it supports the context manager protocol. Did you mean to use 'with'?",
        (true, false) => {
            " but it supports the asynchronous context manager protocol. Did you mean to use 'async with'?"
        }
        _ => "",
    };
    let manager = if is_async { "asynchronous context manager" } else { "context manager" };
    th.type_error(format_args!(
        "'{}' object does not support the {manager} protocol (missed {} method){hint}",
        message_name(th, class),
        name.to_text()
    ))
}

/// `WithExit`: the exit method called with the exception's class, the exception, its traceback.
pub fn with_exit(th: &Thread, exit: Value, this: Value, raised: Value) -> Result {
    let traceback = raised.downcast::<Exception>().map_or(Value::NONE, |e| e.traceback.get());
    let traceback = if traceback.is_empty() { Value::NONE } else { traceback };
    let args = [th.class_of(raised).value(), raised, traceback];
    if this.is_empty() { th.call(exit, &args) } else { th.with_first(this, &args, |args| th.call(exit, args)) }
}

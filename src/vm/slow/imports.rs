//! `import`, annotations, and what the prompt shows.

use crate::heap::Value;
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::module::Module;
use crate::objects::native::Native;
use crate::objects::tuple::Tuple;

use super::names::mapping_get;
use crate::vm::globals::builtin;
use crate::vm::native::Result;
use crate::vm::stack::Frame;
use crate::vm::{Thread, ops};

pub fn import_name(th: &Thread, frame: &Frame, name: usize, level: Value, from: Value) -> Result {
    let name = frame.code.names[name];
    let level = level.as_small_int().unwrap_or(0);
    let Some(import) = builtin(th, frame.builtins, th.vm().names.__import__)? else {
        return Err(th.raise(Exc::ImportError, "__import__ not found"));
    };
    if import.downcast::<Native>().is_none_or(|native| native.def.name != "__import__") {
        let locals = if frame.locals.is_empty() { Value::NONE } else { frame.locals };
        return th.call(import, &[name.value(), frame.globals.value(), locals, from, Value::small_int(level)]);
    }
    crate::vm::import::import(th, name, frame.globals, from, level as usize)
}

pub fn import_from(th: &Thread, frame: &Frame, module: Value, name: usize) -> Result {
    crate::vm::import::import_from(th, module, frame.code.names[name])
}

pub fn import_star(th: &Thread, frame: &Frame, module: Value) -> Result<()> {
    let names = &*th.vm().names;
    let all = ops::find_attr(th, module, names.__all__)?;
    let bind = |name: Value| -> Result<()> {
        let Some(name) = name.as_str_cell() else {
            return Err(th.type_error(format_args!("Item in __all__ must be str, not {}", th.type_name(name))));
        };
        let name = th.intern_str(name);
        let value = ops::get_attr(th, module, name)?;
        match frame.locals {
            Value::EMPTY => {
                frame.globals.set_str(th, name, value);
                Ok(())
            }
            locals => ops::set_item(th, locals, name.value(), value),
        }
    };
    if let Some(all) = all {
        return ops::for_each(th, all, bind);
    }
    let Some(module) = module.downcast::<Module>() else { return Ok(()) };
    let public: Vec<Value> = module
        .namespace
        .entries()
        .into_iter()
        .map(|(key, _)| key)
        .filter(|key| key.as_str_cell().is_some_and(|k| !k.wtf8().starts_with(b"_")))
        .collect();
    let public = Tuple::new(th, &public);
    public.items().iter().try_for_each(|name| bind(*name))
}

pub fn setup_annotations(th: &Thread, frame: &Frame) -> Result<()> {
    let name = th.vm().names.__annotations__;
    let namespace = if frame.locals.is_empty() { frame.globals.value() } else { frame.locals };
    if mapping_get(th, namespace, name.value())?.is_none() {
        ops::set_item(th, namespace, name.value(), Dict::new(th).value())?;
    }
    Ok(())
}

/// An expression statement typed at the prompt.
pub fn display(th: &Thread, value: Value) -> Result<()> {
    let hook = crate::vm::import::sys_attribute(th, th.vm().names.displayhook);
    match hook {
        Some(hook) => th.call(hook, &[value]).map(|_| ()),
        None => Err(th.runtime_error("lost sys.displayhook")),
    }
}

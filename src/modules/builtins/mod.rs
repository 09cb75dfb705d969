//! The `builtins` module.

use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::module::Module;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result};

mod anext;
mod code;
mod helper;
mod iteration;
mod numbers;
mod objects;
mod output;
mod printer;
mod quitter;

pub static BUILTINS: ModuleDef = ModuleDef {
    init: Some(init),
    ..ModuleDef::new("builtins", "Built-in functions, types, exceptions, and other objects.")
};

/// All built-in functions, by subject: one line registers a file's.
const FUNCTIONS: &[&[NativeDef]] =
    &[code::FUNCTIONS, iteration::FUNCTIONS, numbers::FUNCTIONS, objects::FUNCTIONS, output::FUNCTIONS];

fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    let namespace: Gc<Dict> = module.namespace;
    let name = th.intern("builtins").value();
    for function in FUNCTIONS.iter().copied().flatten() {
        namespace.set_str(th, th.intern(function.name), th.native_function(function, name));
    }
    for (name, value) in [
        ("None", Value::NONE),
        ("True", Value::TRUE),
        ("False", Value::FALSE),
        ("Ellipsis", Value::ELLIPSIS),
        ("NotImplemented", Value::NOT_IMPLEMENTED),
        ("__debug__", Value::bool(th.vm().options.optimize == 0)),
    ] {
        namespace.set_str(th, th.intern(name), value);
    }
    th.make_native_class(&anext::ANEXT_AWAITABLE);
    th.make_native_class(&printer::PRINTER);
    for (name, shown, printed) in printer::TEXTS {
        namespace.set_str(th, th.intern(name), printer::new(th, shown, printed));
    }
    th.make_native_class(&quitter::QUITTER);
    for name in ["exit", "quit"] {
        namespace.set_str(th, th.intern(name), quitter::new(th, name));
    }
    let io = crate::modules::io::module(th)?.namespace;
    if let Some(open) = io.get_str(th, th.intern("open")) {
        namespace.set_str(th, th.intern("open"), open);
    }
    th.make_native_class(&helper::HELPER);
    namespace.set_str(th, th.intern("help"), helper::new(th));
    th.publish_classes(namespace);
    for alias in ["EnvironmentError", "IOError"] {
        namespace.set_str(th, th.intern(alias), th.vm().exception_class(Exc::OSError).value());
    }
    Ok(())
}

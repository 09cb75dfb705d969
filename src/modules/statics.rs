//! `_statics`: classes and functions written in Python that stand for some that CPython has in C.

use crate::heap::Value;
use crate::modules::ModuleDef;
use crate::objects::class::flag;
use crate::objects::function::Function;
use crate::objects::tuple::Tuple;
use crate::vm::Thread;
use crate::vm::native::{Result, native};

pub static STATICS: ModuleDef = ModuleDef {
    functions: &[
        native(
            "fix",
            "(cls, /)",
            "Let a class be as those in C are: its attributes cannot be set, and messages name it with its module.",
            fix,
        ),
        native(
            "stand_for",
            "(module, /, *functions)",
            "Let functions be as those of a module in C are: they say that they are from there, and wrong calls are worded so.",
            |_, args| {
                for function in args[1].downcast::<Tuple>().map_or(&[][..], |functions| functions.items()) {
                    if let Some(function) = function.downcast::<Function>() {
                        function.module.set(args[0]);
                    }
                }
                Ok(Value::NONE)
            },
        ),
    ],
    ..ModuleDef::new("_statics", "Classes and functions written in Python that stand for some that CPython has in C.")
};

fn fix(th: &Thread, args: &[Value]) -> Result {
    if let Some(class) = args[0].as_class() {
        let module = class.namespace.get_str(th, th.intern("__module__")).and_then(|m| m.as_str_cell());
        if let Some(module) = module {
            let full = format!("{}.{}", module.to_text(), class.short_name());
            class.name.set(Some(th.intern(&full)));
            class.set(flag::IMMUTABLE);
        }
    }
    Ok(args[0])
}

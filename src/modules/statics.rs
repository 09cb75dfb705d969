//! `_statics`: classes and functions written in Python that stand for some that CPython has in C.

use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::objects::class::flag;
use crate::objects::descriptors::{ClassMethod, StaticMethod};
use crate::objects::function::{Function, StandsFor};
use crate::vm::Thread;
use crate::vm::native::{Result, native};
use crate::vm::signature::items;

pub static STATICS: ModuleDef = ModuleDef {
    functions: &[
        native(
            "fix",
            "(cls, /)",
            "Let a class be as those in C are: its attributes cannot be set, messages name it with its module, and its functions stand for some in C.",
            fix,
        ),
        native(
            "stand_for",
            "(module, /, *functions)",
            "Let functions be as those of a module in C are: they say that they are from there, and wrong calls are worded so.",
            |_, args| {
                for function in items(args[1].downcast()).iter().filter_map(|value| function_of(*value)) {
                    function.module.set(args[0]);
                    function.let_stand_for(StandsFor::Native);
                }
                Ok(Value::NONE)
            },
        ),
        native(
            "parse_by_hand",
            "(*functions)",
            "Let functions that stand for some in C be as those are that parse their arguments by hand: without a signature.",
            |_, args| {
                for function in items(args[0].downcast()).iter().filter_map(|value| function_of(*value)) {
                    function.let_stand_for(StandsFor::Parser);
                }
                Ok(Value::NONE)
            },
        ),
        native("has_signature", "(function, /)", "Whether a function has a signature to show.", |_, args| {
            Ok(Value::bool(function_of(args[0]).is_none_or(|f| f.stands_for() != StandsFor::Parser)))
        }),
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
        for function in class.namespace.live_entries().filter_map(|(_, _, value)| function_of(value)) {
            function.let_stand_for(StandsFor::Native);
        }
    }
    Ok(args[0])
}

/// The function that an entry of a class is, as it is or wrapped.
fn function_of(value: Value) -> Option<Gc<Function>> {
    let class_method = value.downcast::<ClassMethod>().map(|method| method.function.get());
    let wrapped = class_method.or_else(|| value.downcast::<StaticMethod>().map(|method| method.function.get()));
    wrapped.unwrap_or(value).downcast()
}

//! `_statics`: classes written in Python that stand for some that CPython has in C.

use crate::modules::ModuleDef;
use crate::objects::class::flag;
use crate::vm::native::native;

pub static STATICS: ModuleDef = ModuleDef {
    functions: &[native(
        "fix",
        "(cls, /)",
        "Let a class be as those in C are: its attributes cannot be set, and messages name it with its module.",
        |th, args| {
            if let Some(class) = args[0].as_class() {
                let module = class.namespace.get_str(th, th.intern("__module__")).and_then(|m| m.as_str_cell());
                if let Some(module) = module {
                    let full = format!("{}.{}", module.to_text(), class.short_name());
                    class.name.set(Some(th.intern(&full)));
                    class.set(flag::IMMUTABLE);
                }
            }
            Ok(args[0])
        },
    )],
    ..ModuleDef::new("_statics", "Classes written in Python that stand for some that CPython has in C.")
};

//! `_runpy`: the code of a module or of a file that is to be run as a program, not imported.

use crate::heap::Value;
use crate::modules::ModuleDef;
use crate::modules::io::path;
use crate::objects::str::args::text;
use crate::vm::import;
use crate::vm::native::{NativeDef, native};

pub static RUNPY: ModuleDef =
    ModuleDef { functions: FUNCTIONS, ..ModuleDef::new("_runpy", "The code of what is to be run as a program.") };

const FUNCTIONS: &[NativeDef] = &[
    native(
        "code_of_module",
        "(name, parent, /)",
        "Code, file and whether it is a package; None if there is no such module.",
        |th, args| {
            let name = text(th, args[0], "name")?.to_text();
            let parent = (args[1] != Value::NONE).then_some(args[1]);
            let Some(found) = import::runnable(th, &name, parent)? else { return Ok(Value::NONE) };
            let file = found.file.map_or(Value::NONE, |file| th.str(&file));
            let code = found.code.map_or(Value::NONE, |code| code.value());
            Ok(th.tuple(&[code, file, Value::bool(found.is_package)]))
        },
    ),
    native("code_of_file", "(path, /)", "The code in a file.", |th, args| {
        let file = path::of_file(th, args[0])?;
        import::code_of_file(th, &file.path).map(|code| code.value())
    }),
];

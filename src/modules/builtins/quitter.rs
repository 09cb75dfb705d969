//! `exit` and `quit`: for people at the prompt, who see how to leave when they type the bare name.

use crate::heap::Value;
use crate::objects::exception::Exc;
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::vm::Thread;
use crate::vm::native::{TypeDef, native};

struct Quitter(&'static str);

impl NativeState for Quitter {}

pub static QUITTER: TypeDef = TypeDef {
    module: "_sitebuiltins",
    methods: &[
        native("__repr__", "($self, /)", "Say how to leave.", |th, args| {
            let name = args[0].downcast::<NativeObject>().and_then(|o| o.state_as::<Quitter>()).map_or("exit", |q| q.0);
            Ok(th.str(&format!("Use {name}() or Ctrl-D (i.e. EOF) to exit")))
        }),
        native("__call__", "($self, code=None)", "Leave, by SystemExit.", |th, args| {
            let code = if args[1].is_empty() { Value::NONE } else { args[1] };
            Err(th.raise_with(Exc::SystemExit, &[code]))
        }),
    ],
    ..TypeDef::new("Quitter", kinds::NATIVE_STATE, "")
};

pub fn new(th: &Thread, name: &'static str) -> Value {
    native_object::new(th, th.vm().class(&QUITTER), Box::new(Quitter(name))).value()
}

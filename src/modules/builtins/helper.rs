//! `help`: documentation at the prompt. The text is made in Python, by `_help`.

use crate::heap::Value;
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeState};
use crate::objects::tuple::Tuple;
use crate::vm::native::{TypeDef, native};
use crate::vm::{Thread, import, ops};

struct Helper;

impl NativeState for Helper {}

pub static HELPER: TypeDef = TypeDef {
    module: "_sitebuiltins",
    methods: &[
        native("__repr__", "($self, /)", "Say how to ask.", |th, _| {
            Ok(th.str("Type help() for interactive help, or help(object) for help about object."))
        }),
        native("__call__", "($self, *args)", "Print help about an object.", |th, args| {
            let module = import::import_by_name(th, th.intern("_help"))?;
            let show = ops::get_attr(th, module, th.intern("show"))?;
            th.call(show, args[1].downcast::<Tuple>().map_or(&[][..], |t| t.items()))
        }),
    ],
    ..TypeDef::new("_Helper", kinds::NATIVE_STATE, "Define the builtin 'help'.")
};

pub fn new(th: &Thread) -> Value {
    native_object::new(th, th.vm().class(&HELPER), Box::new(Helper)).value()
}

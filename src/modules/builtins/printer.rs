//! `copyright`, `credits` and `license`: for people at the prompt, who read a text when they type the bare name.

use crate::heap::Value;
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::vm::native::{TypeDef, native};
use crate::vm::{Thread, import, ops};

/// What a name shows, and what a call prints.
struct Printer {
    shown: &'static str,
    printed: &'static str,
}

impl NativeState for Printer {}

const COPYRIGHT: &str = "Copyright (c) 2026 the authors of gilbox.\nMIT OR Apache-2.0, at your option.";

/// The names, with their texts.
pub const TEXTS: [(&str, &str, &str); 3] = [
    ("copyright", COPYRIGHT, COPYRIGHT),
    ("credits", CREDITS, CREDITS),
    ("license", "Type license() to see the full license text", LICENSE),
];

const CREDITS: &str =
    "Thanks to everybody who designed Python and explained its lock, above all the developers of CPython,
whose behaviour gilbox follows.";

const LICENSE: &str = concat!(
    "gilbox may be used under the one or the other of two licenses, at your option.\n\n",
    include_str!("../../../LICENSE-MIT"),
    "\n",
    include_str!("../../../LICENSE-APACHE"),
);

pub static PRINTER: TypeDef = TypeDef {
    module: "_sitebuiltins",
    methods: &[
        native("__repr__", "($self, /)", "Return what is shown.", |th, args| Ok(th.str(text(args[0], |p| p.shown)))),
        native("__call__", "($self)", "Print the whole text.", |th, args| {
            let print = ops::get_attr(th, import::import_by_name(th, th.intern("builtins"))?, th.intern("print"))?;
            th.call(print, &[th.str(text(args[0], |p| p.printed))])
        }),
    ],
    ..TypeDef::new("_Printer", kinds::NATIVE_STATE, "")
};

fn text(object: Value, of: impl FnOnce(&Printer) -> &'static str) -> &'static str {
    object.downcast::<NativeObject>().and_then(|object| object.state_as::<Printer>()).map_or("", of)
}

pub fn new(th: &Thread, shown: &'static str, printed: &'static str) -> Value {
    native_object::new(th, th.vm().class(&PRINTER), Box::new(Printer { shown, printed })).value()
}

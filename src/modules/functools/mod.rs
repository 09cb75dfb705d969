//! `_functools`: what `functools` has that is not written in Python. Calls through these objects add no frame: `eval`,
//! `locals` and `super` see their caller's, tracebacks show only the program's own code, and recursion through a cache
//! goes as deep as without.

use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::objects::module::Module;
use crate::objects::native_object::{self, NativeState};
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::{Thread, ops};

mod caching;
mod keys;
mod partial;

pub static FUNCTOOLS: ModuleDef = ModuleDef {
    functions: &[keys::CMP_TO_KEY, REDUCE],
    types: &[&partial::PARTIAL, &partial::PLACEHOLDER, &keys::KEY, &caching::WRAPPER, &caching::NODE],
    init: Some(init),
    ..ModuleDef::new("_functools", "Tools that operate on functions.")
};

fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    module.namespace.set_str(th, th.intern("Placeholder"), partial::placeholder(th));
    Ok(())
}

/// The state of an object that is only itself.
struct Mark;
impl NativeState for Mark {}

/// An object that equals nothing else.
fn mark(th: &Thread, class: &'static TypeDef) -> Value {
    native_object::new(th, th.vm().class(class), Box::new(Mark)).value()
}

const REDUCE: NativeDef = native(
    "reduce",
    "(function, iterable, /, initial=<unrepresentable>)",
    "Apply a function of two arguments cumulatively to the items of an iterable, from left to right.",
    |th, args| {
        let (function, iterable) = (args[0], args[1]);
        if !ops::is_iterable(th, iterable) {
            return Err(th.type_error("reduce() arg 2 must support iteration"));
        }
        let items = ops::iter(th, iterable)?;
        let mut value = if args[2].is_empty() { ops::next(th, items)? } else { Some(args[2]) };
        while let Some(item) = ops::next(th, items)? {
            value = match value {
                Some(value) => Some(th.call(function, &[value, item])?),
                None => Some(item),
            };
        }
        value.ok_or_else(|| th.type_error("reduce() of empty iterable with no initial value"))
    },
)
.keywords();

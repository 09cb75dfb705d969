//! `_weakref`: the type of weak references, for `weakref`.

use crate::modules::ModuleDef;
use crate::objects::weakref;
use crate::vm::native::native;

pub static WEAKREF: ModuleDef = ModuleDef {
    functions: &[native(
        "getweakrefs",
        "(object, /)",
        "The weak references to an object, in the order of their making.",
        |th, args| Ok(weakref::references_to(th, args[0])),
    )],
    types: &[&weakref::WEAKREF],
    ..ModuleDef::new("_weakref", "Weak-reference support module.")
};

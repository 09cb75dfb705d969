//! `_weakref`: the type of weak references, for `weakref`.

use crate::modules::ModuleDef;
use crate::objects::weakref;

pub static WEAKREF: ModuleDef = ModuleDef {
    types: &[&weakref::WEAKREF],
    init: Some(|th, module| {
        let class = th.vm().class(&weakref::WEAKREF);
        module.namespace.set_str(th, th.intern("ref"), class.value());
        Ok(())
    }),
    ..ModuleDef::new("_weakref", "Weak-reference support module.")
};

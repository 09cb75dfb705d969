//! The types of the constants: `None`, `NotImplemented`, `...`. (`bool` lies in `bool`.)

use crate::heap::Value;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, TypeDef, native};

use super::kinds;

const fn repr(function: fn(&Thread, &[Value]) -> Result) -> NativeDef {
    native("__repr__", "(self, /)", "Return repr(self).", function)
}

/// The constants have no cells: their kind is a formality, and no shape leads to these classes.
pub static NONE_TYPE: TypeDef = TypeDef {
    base: None,
    methods: &[
        native("__new__", "(cls, /)", "Create and return a new object.", |_, _| Ok(Value::NONE)).static_method(),
        native("__bool__", "(self, /)", "True if self else False.", |_, _| Ok(Value::FALSE)),
        repr(|th, _| Ok(th.str("None"))),
    ],
    ..TypeDef::new("NoneType", kinds::NATIVE_STATE, "The type of the None singleton.")
};

pub static ELLIPSIS: TypeDef = TypeDef {
    methods: &[
        native("__new__", "(cls, /)", "Create and return a new object.", |_, _| Ok(Value::ELLIPSIS)).static_method(),
        native("__reduce__", "(self, /)", "Helper for pickle.", |th, _| Ok(th.str("Ellipsis"))),
        repr(|th, _| Ok(th.str("Ellipsis"))),
    ],
    ..TypeDef::new("ellipsis", kinds::NATIVE_STATE, "The type of the Ellipsis singleton.")
};

pub static NOT_IMPLEMENTED_TYPE: TypeDef = TypeDef {
    methods: &[
        native("__new__", "(cls, /)", "Create and return a new object.", |_, _| Ok(Value::NOT_IMPLEMENTED))
            .static_method(),
        native("__bool__", "(self, /)", "True if self else False.", |th, _| {
            Err(th.type_error("NotImplemented should not be used in a boolean context"))
        }),
        native("__reduce__", "(self, /)", "Helper for pickle.", |th, _| Ok(th.str("NotImplemented"))),
        repr(|th, _| Ok(th.str("NotImplemented"))),
    ],
    ..TypeDef::new("NotImplementedType", kinds::NATIVE_STATE, "The type of the NotImplemented singleton.")
};

//! The types of the constants: `None`, `NotImplemented`, `...`. (`bool` lies in `bool`.)

use crate::heap::Value;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::ops::{self, CompareOp};

use super::dict::Dict;
use super::tuple::Tuple;
use super::{kinds, sequences};

const fn repr(function: fn(&Thread, &[Value]) -> Result) -> NativeDef {
    native("__repr__", "(self, /)", "Return repr(self).", function)
}

/// `type(None)()` gives the only instance and takes nothing for it.
const fn new(function: fn(&Thread, &[Value]) -> Result) -> NativeDef {
    native("__new__", "(cls, *args, **kwargs)", "Create and return a new object.", function).static_method()
}

fn only(th: &Thread, args: &[Value], name: &str, value: Value) -> Result {
    let given = args[1].downcast::<Tuple>().is_some_and(|t| !t.is_empty())
        || args[2].downcast::<Dict>().is_some_and(|d| !d.is_empty());
    if given {
        return Err(th.type_error(format_args!("{name} takes no arguments")));
    }
    Ok(value)
}

/// None equals itself and has no order.
fn compare_none(_: &Thread, op: CompareOp, _: Value, other: Value) -> Result {
    Ok(match op {
        CompareOp::Eq if other.is_none() => Value::TRUE,
        CompareOp::Ne if other.is_none() => Value::FALSE,
        _ => Value::NOT_IMPLEMENTED,
    })
}

sequences::comparisons!(compare_none);

/// The constants have no cells: their kind is a formality, and no shape leads to these classes.
pub static NONE_TYPE: TypeDef = TypeDef {
    base: None,
    methods: &[
        new(|th, args| only(th, args, "NoneType", Value::NONE)),
        LT,
        LE,
        EQ,
        NE,
        GT,
        GE,
        native("__hash__", "(self, /)", "Return hash(self).", |th, args| Ok(th.int(ops::hash(th, args[0])?))),
        native("__bool__", "(self, /)", "True if self else False.", |_, _| Ok(Value::FALSE)),
        repr(|th, _| Ok(th.str("None"))),
    ],
    ..TypeDef::new("NoneType", kinds::NATIVE_STATE, "The type of the None singleton.")
};

pub static ELLIPSIS: TypeDef = TypeDef {
    methods: &[
        new(|th, args| only(th, args, "EllipsisType", Value::ELLIPSIS)),
        native("__reduce__", "(self, /)", "Helper for pickle.", |th, _| Ok(th.str("Ellipsis"))),
        repr(|th, _| Ok(th.str("Ellipsis"))),
    ],
    ..TypeDef::new("ellipsis", kinds::NATIVE_STATE, "The type of the Ellipsis singleton.")
};

pub static NOT_IMPLEMENTED_TYPE: TypeDef = TypeDef {
    methods: &[
        new(|th, args| only(th, args, "NotImplementedType", Value::NOT_IMPLEMENTED)),
        native("__bool__", "(self, /)", "True if self else False.", |th, _| {
            Err(th.type_error("NotImplemented should not be used in a boolean context"))
        }),
        native("__reduce__", "(self, /)", "Helper for pickle.", |th, _| Ok(th.str("NotImplemented"))),
        repr(|th, _| Ok(th.str("NotImplemented"))),
    ],
    ..TypeDef::new("NotImplementedType", kinds::NATIVE_STATE, "The type of the NotImplemented singleton.")
};

//! `bool`: two constants that are integers.

use crate::heap::Value;
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::ops::{self, BinaryOp};
use crate::vm::{Thread, report};

use super::exception::Exc;
use super::int::{INT, IntRef};
use super::kinds;

/// The constants have no cells: the kind says that whoever asks for an int takes them as well.
pub static BOOL: TypeDef = TypeDef {
    base: Some(&INT),
    methods: METHODS,
    match_self: true,
    quick: Some(|th, args| match args {
        [object] => Some(ops::truthy(th, *object).map(Value::bool)),
        _ => None,
    }),
    ..TypeDef::new(
        "bool",
        kinds::INT,
        "bool(object=False, /)\n\nWhether the object is true. True and False are its only instances, and integers: 1 and 0.",
    )
};

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, object=False, /)", "Whether an object is true.", bool_new).static_method(),
    native("__repr__", "($self, /)", "Return repr(self).", bool_repr),
    native("__invert__", "($self, /)", "~self", invert),
    native("__and__", "($self, value, /)", "Return self&value.", |th, a| bitwise(th, BinaryOp::And, a)),
    native("__rand__", "($self, value, /)", "Return value&self.", |th, a| bitwise(th, BinaryOp::And, a)),
    native("__or__", "($self, value, /)", "Return self|value.", |th, a| bitwise(th, BinaryOp::Or, a)),
    native("__ror__", "($self, value, /)", "Return value|self.", |th, a| bitwise(th, BinaryOp::Or, a)),
    native("__xor__", "($self, value, /)", "Return self^value.", |th, a| bitwise(th, BinaryOp::Xor, a)),
    native("__rxor__", "($self, value, /)", "Return value^self.", |th, a| bitwise(th, BinaryOp::Xor, a)),
];

fn bool_new(th: &Thread, args: &[Value]) -> Result {
    Ok(Value::bool(!args[1].is_empty() && ops::truthy(th, args[1])?))
}

fn bool_repr(th: &Thread, args: &[Value]) -> Result {
    Ok(th.intern(if args[0] == Value::TRUE { "True" } else { "False" }).value())
}

/// The number's, which is hardly ever what was meant.
fn invert(th: &Thread, args: &[Value]) -> Result {
    let message = "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the \
                   bitwise inversion of the underlying int object and is usually not what you expect from negating a \
                   bool. Use the 'not' operator for boolean negation or ~int(x) if you really want the bitwise \
                   inversion of the underlying int.";
    report::warn(th, Exc::DeprecationWarning, message)?;
    Ok(Value::small_int(if args[0] == Value::TRUE { !1 } else { !0 }))
}

fn bitwise(th: &Thread, op: BinaryOp, args: &[Value]) -> Result {
    // A subclass of int counts by its number here: this is int's own operator.
    match IntRef::of(args[1]) {
        Some(other) => ops::binary(th, op, args[0], if args[1].is_bool() { args[1] } else { other.to_value(th) }),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

//! `P.args` and `P.kwargs`: what stands for the arguments of a function whose parameters `P` is.

use crate::heap::{Slot, Tracer, Value};
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Thread, ops};

use super::{NO_SUBCLASSES, this};

/// `P.args` or `P.kwargs`.
struct Part {
    origin: Slot,
}

impl NativeState for Part {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.origin);
    }
}

fn origin_of(th: &Thread, v: Value) -> Result {
    match v.downcast::<NativeObject>().and_then(|object| object.state_as::<Part>()) {
        Some(part) => Ok(part.origin.get()),
        None => Err(th.type_error("a part of a ParamSpec is required")),
    }
}

const ORIGIN: GetSetDef = getter("__origin__", "The ParamSpec.", origin_of);
const PART_EQ: NativeDef = native("__eq__", "($self, value, /)", "Return self==value.", |th, args| {
    if th.class_of(args[0]) != th.class_of(args[1]) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    Ok(Value::bool(ops::equal(th, origin_of(th, args[0])?, origin_of(th, args[1])?)?))
});

fn part_repr(th: &Thread, v: Value, name: &str) -> Result {
    let origin = origin_of(th, v)?;
    let shown = match this(th, origin) {
        Ok(parameter) => ops::str(th, parameter.name.get())?.to_text(),
        Err(raised) => {
            th.take_exception(raised);
            ops::repr(th, origin)?.to_text()
        }
    };
    Ok(th.str(&format!("{shown}.{name}")))
}

pub fn new_part(th: &Thread, def: &'static TypeDef, origin: Value) -> Value {
    native_object::new(th, th.vm().class(def), Box::new(Part { origin: Slot::new(origin) })).value()
}

const PART_REDUCE: NativeDef = native("__reduce__", "($self, /)", "Helper for pickle.", |th, args| {
    let origin = origin_of(th, args[0])?;
    Ok(th.tuple(&[th.class_of(args[0]).value(), th.tuple(&[origin])]))
});

pub static PARAM_SPEC_ARGS: TypeDef = TypeDef {
    module: "typing",
    methods: &[
        native("__new__", "(cls, origin)", "Create a ParamSpecArgs object.", |th, args| {
            Ok(new_part(th, &PARAM_SPEC_ARGS, args[1]))
        })
        .static_method(),
        native("__repr__", "($self, /)", "Return repr(self).", |th, args| part_repr(th, args[0], "args")),
        PART_EQ,
        PART_REDUCE,
        NO_SUBCLASSES,
    ],
    getset: &[ORIGIN],
    unhashable: true,
    weakrefs: true,
    ..TypeDef::new("ParamSpecArgs", kinds::NATIVE_STATE, "The args for a ParamSpec object.")
};
pub static PARAM_SPEC_KWARGS: TypeDef = TypeDef {
    module: "typing",
    methods: &[
        native("__new__", "(cls, origin)", "Create a ParamSpecKwargs object.", |th, args| {
            Ok(new_part(th, &PARAM_SPEC_KWARGS, args[1]))
        })
        .static_method(),
        native("__repr__", "($self, /)", "Return repr(self).", |th, args| part_repr(th, args[0], "kwargs")),
        PART_EQ,
        PART_REDUCE,
        NO_SUBCLASSES,
    ],
    getset: &[ORIGIN],
    unhashable: true,
    weakrefs: true,
    ..TypeDef::new("ParamSpecKwargs", kinds::NATIVE_STATE, "The kwargs for a ParamSpec object.")
};

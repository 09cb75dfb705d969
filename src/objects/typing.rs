//! Type parameters (PEP 695): what `def f[T]` and `type X = …` make. Plain instances of classes with attributes; the
//! `typing` module builds on them.

use crate::heap::{Slot, Tracer, Value};
use crate::vm::Thread;
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};

use super::native_object::{NativeObject, NativeState};
use super::{generic_alias, kinds};

/// A type parameter or an alias: its name, and functions that are evaluated when somebody asks.
struct Parameter {
    name: Slot,
    bound: Slot,
    constraints: Slot,
    default: Slot,
    /// Aliases: their own type parameters and the function that evaluates the value.
    parameters: Slot,
    value: Slot,
}

impl NativeState for Parameter {
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.name, &self.bound, &self.constraints, &self.default, &self.parameters, &self.value] {
            tracer.slot(slot);
        }
    }
}

const NAME: GetSetDef =
    getter("__name__", "Its name.", |_, this| Ok(parameter(this).map_or(Value::NONE, |p| p.name.get())));
const REPR: NativeDef = native("__repr__", "(self, /)", "Return repr(self).", |_, args| {
    Ok(parameter(args[0]).map_or(Value::NONE, |p| p.name.get()))
});
const ATTRIBUTES: &[GetSetDef] = &[
    NAME,
    getter("__bound__", "The upper bound.", |th, this| evaluated(th, this, |p| &p.bound)),
    getter("__constraints__", "The constraints.", |th, this| match parameter(this) {
        Some(p) if p.constraints.get().is_empty() => Ok(th.tuple(&[])),
        _ => evaluated(th, this, |p| &p.constraints),
    }),
    getter("__default__", "The default.", |th, this| evaluated(th, this, |p| &p.default)),
];

pub static TYPE_VAR: TypeDef = TypeDef {
    module: "typing",
    methods: &[REPR],
    getset: ATTRIBUTES,
    has_dict: true,
    ..TypeDef::new("TypeVar", kinds::NATIVE_STATE, "Type variable.")
};
pub static PARAM_SPEC: TypeDef = TypeDef {
    module: "typing",
    methods: &[REPR],
    getset: ATTRIBUTES,
    has_dict: true,
    ..TypeDef::new("ParamSpec", kinds::NATIVE_STATE, "Parameter specification variable.")
};
pub static TYPE_VAR_TUPLE: TypeDef = TypeDef {
    module: "typing",
    methods: &[REPR],
    getset: ATTRIBUTES,
    has_dict: true,
    ..TypeDef::new("TypeVarTuple", kinds::NATIVE_STATE, "Type variable tuple.")
};
pub static TYPE_ALIAS: TypeDef = TypeDef {
    module: "typing",
    methods: &[REPR],
    getset: &[
        NAME,
        getter("__value__", "What it stands for.", |th, this| evaluated(th, this, |p| &p.value)),
        getter("__type_params__", "Its type parameters.", |th, this| {
            match parameter(this).map(|p| p.parameters.get()) {
                Some(parameters) if parameters.is_cell() => Ok(parameters),
                _ => Ok(th.tuple(&[])),
            }
        }),
    ],
    ..TypeDef::new("TypeAliasType", kinds::NATIVE_STATE, "Type alias.")
};

fn parameter(this: Value) -> Option<&'static Parameter> {
    this.downcast::<NativeObject>()?.state_as::<Parameter>()
}

/// The result of the function in the slot: called when first asked for.
fn evaluated(th: &Thread, this: Value, slot: fn(&Parameter) -> &Slot) -> Result {
    let function = parameter(this).map_or(Value::EMPTY, |p| slot(p).get());
    if function.is_empty() { Ok(Value::NONE) } else { th.call(function, &[]) }
}

fn make(th: &Thread, def: &'static TypeDef, name: Value, fill: impl FnOnce(&Parameter)) -> Result {
    let slot = Slot::default;
    let state = Parameter {
        name: Slot::new(name),
        bound: slot(),
        constraints: slot(),
        default: slot(),
        parameters: slot(),
        value: slot(),
    };
    fill(&state);
    Ok(super::native_object::new(th, th.vm().class(def), Box::new(state)).value())
}

pub fn type_var(th: &Thread, name: Value, bound: Value, constraints: Value) -> Result {
    make(th, &TYPE_VAR, name, |p| {
        p.bound.set(bound);
        p.constraints.set(constraints);
    })
}

pub fn param_spec(th: &Thread, name: Value) -> Result {
    make(th, &PARAM_SPEC, name, |_| {})
}

pub fn type_var_tuple(th: &Thread, name: Value) -> Result {
    make(th, &TYPE_VAR_TUPLE, name, |_| {})
}

pub fn set_default(_: &Thread, target: Value, default: Value) -> Result {
    if let Some(p) = parameter(target) {
        p.default.set(default);
    }
    Ok(target)
}

pub fn type_alias(th: &Thread, name: Value, parameters: Value, value: Value) -> Result {
    make(th, &TYPE_ALIAS, name, |p| {
        p.parameters.set(parameters);
        p.value.set(value);
    })
}

/// `Generic[T, …]`, the implicit base of a class with type parameters: a class whose instances know nothing of it.
pub fn generic_of(th: &Thread, parameters: Value) -> Result {
    let typing = crate::vm::import::import_by_name(th, th.intern("typing"))?;
    let generic = crate::vm::ops::get_attr(th, typing, th.intern("Generic"))?;
    Ok(generic_alias::new(th, generic, parameters))
}

//! Type parameters and aliases (PEP 695): what `def f[T]` and `type X = …` make, and `typing` gives out. They are made
//! without `typing`; what they need of it (substitution, unpacking) lies in the small module `_generic`.

mod parts;

use crate::heap::{Slot, Tracer, Value};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Thread, import, ops, signature};

use super::dict::Dict;
use super::native_object::{self, NativeObject, NativeState};
use super::tuple::Tuple;
use super::{generic_alias, kinds};
use parts::new_part;
pub use parts::{PARAM_SPEC_ARGS, PARAM_SPEC_KWARGS};

/// How a type variable relates the types that are made with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Variance {
    Invariant,
    Covariant,
    Contravariant,
    /// To be found out by type checkers: what the syntax makes.
    Inferred,
}

/// A value that may have to be computed, by a function that is called when somebody asks.
#[derive(Default)]
struct Lazy {
    function: Slot,
    /// `EMPTY` until it was asked for.
    value: Slot,
}

impl Lazy {
    fn of_value(value: Value) -> Lazy {
        Lazy { function: Slot::default(), value: Slot::new(value) }
    }

    fn of_function(function: Value) -> Lazy {
        Lazy { function: Slot::new(function), value: Slot::default() }
    }

    fn get(&self, th: &Thread, absent: impl FnOnce() -> Result) -> Result {
        let (function, value) = (self.function.get(), self.value.get());
        if !value.is_empty() {
            return Ok(value);
        }
        if function.is_empty() {
            return absent();
        }
        let value = th.call(function, &[])?;
        self.value.set(value);
        Ok(value)
    }

    /// What computes it: the function that the syntax made, or one that gives the value; None if there is nothing.
    fn evaluator(&self, th: &Thread) -> Result {
        match (self.function.get(), self.value.get()) {
            (function, _) if !function.is_empty() => Ok(function),
            (_, value) if !value.is_empty() => ask_typing(th, "constevaluator", &[value]),
            _ => Ok(Value::NONE),
        }
    }

    fn is_set(&self) -> bool {
        !self.function.get().is_empty() || !self.value.get().is_empty()
    }

    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.function);
        tracer.slot(&self.value);
    }
}

/// A type parameter or an alias.
struct Parameter {
    name: Slot,
    /// The module that made it.
    module: Slot,
    variance: Variance,
    bound: Lazy,
    constraints: Lazy,
    default: Lazy,
    /// Aliases: their own type parameters, and what they stand for.
    parameters: Slot,
    value: Lazy,
}

impl NativeState for Parameter {
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.name, &self.module, &self.parameters] {
            tracer.slot(slot);
        }
        for lazy in [&self.bound, &self.constraints, &self.default, &self.value] {
            lazy.trace(tracer);
        }
    }
}

impl Parameter {
    fn new(name: Value, module: Value) -> Parameter {
        Parameter {
            name: Slot::new(name),
            module: Slot::new(module),
            variance: Variance::Inferred,
            bound: Lazy::default(),
            constraints: Lazy::default(),
            default: Lazy::default(),
            parameters: Slot::default(),
            value: Lazy::default(),
        }
    }
}

fn this(th: &Thread, v: Value) -> Result<&'static Parameter> {
    let parameter = v.downcast::<NativeObject>().and_then(|object| object.state_as::<Parameter>());
    parameter.ok_or_else(|| th.type_error("a type parameter is required"))
}

fn make(th: &Thread, def: &'static TypeDef, parameter: Parameter) -> Result {
    Ok(native_object::new(th, th.vm().class(def), Box::new(parameter)).value())
}

/// The module whose code calls.
fn calling_module(th: &Thread) -> Value {
    let globals = th.stack.frames().last().map(|frame| frame.globals);
    globals.and_then(|globals| globals.get_str(th, th.vm().names.__name__)).unwrap_or(Value::NONE)
}

/// What the module `_generic` has under this name, called.
pub fn ask_typing(th: &Thread, function: &str, args: &[Value]) -> Result {
    let typing = import::import_by_name(th, th.intern("_generic"))?;
    th.call_method(typing, th.intern(function), args)
}

// ---- what the syntax makes

/// `T`, `T: bound` and `T: (constraint, …)`; those not given are `EMPTY`.
pub fn type_var(th: &Thread, name: Value, bound: Value, constraints: Value) -> Result {
    let parameter = Parameter::new(name, th.intern("typing").value());
    parameter.bound.function.set(bound);
    parameter.constraints.function.set(constraints);
    make(th, &TYPE_VAR, parameter)
}

/// `**P`
pub fn param_spec(th: &Thread, name: Value) -> Result {
    make(th, &PARAM_SPEC, Parameter::new(name, th.intern("typing").value()))
}

/// `*Ts`
pub fn type_var_tuple(th: &Thread, name: Value) -> Result {
    make(th, &TYPE_VAR_TUPLE, Parameter::new(name, th.intern("typing").value()))
}

/// `T = default`
pub fn set_default(th: &Thread, target: Value, default: Value) -> Result {
    this(th, target)?.default.function.set(default);
    Ok(target)
}

/// `type name[parameters] = value`
pub fn type_alias(th: &Thread, name: Value, parameters: Value, value: Value) -> Result {
    let mut parameter = Parameter::new(name, calling_module(th));
    parameter.parameters.set(parameters);
    parameter.value = Lazy::of_function(value);
    make(th, &TYPE_ALIAS, parameter)
}

/// `Generic[T, …]`, the implicit base of a class with type parameters.
pub fn generic_of(th: &Thread, parameters: Value) -> Result {
    ask_typing(th, "_generic_of", &[parameters])
}

// ---- what all of them have

const NAME: GetSetDef = getter("__name__", "Its name.", |th, v| Ok(this(th, v)?.name.get()));
const MODULE: GetSetDef = getter("__module__", "The module that made it.", |th, v| Ok(this(th, v)?.module.get()));
const DEFAULT: GetSetDef = getter("__default__", "What it stands for if nothing is given.", |th, v| {
    this(th, v)?.default.get(th, || no_default(th))
});
const BOUND: GetSetDef =
    getter("__bound__", "The upper bound.", |th, v| this(th, v)?.bound.get(th, || Ok(Value::NONE)));
const EVALUATE_BOUND: GetSetDef =
    getter("evaluate_bound", "What computes the upper bound.", |th, v| this(th, v)?.bound.evaluator(th));
const EVALUATE_CONSTRAINTS: GetSetDef =
    getter("evaluate_constraints", "What computes the constraints.", |th, v| this(th, v)?.constraints.evaluator(th));
const EVALUATE_DEFAULT: GetSetDef = getter("evaluate_default", "What computes the default.", |th, v| {
    let parameter = this(th, v)?;
    if parameter.default.is_set() || parameter.variance == Variance::Inferred {
        return parameter.default.evaluator(th);
    }
    let none = no_default(th)?;
    ask_typing(th, "constevaluator", &[none])
});
const COVARIANT: GetSetDef = getter("__covariant__", "Whether it is covariant.", |th, v| {
    Ok(Value::bool(this(th, v)?.variance == Variance::Covariant))
});
const CONTRAVARIANT: GetSetDef = getter("__contravariant__", "Whether it is contravariant.", |th, v| {
    Ok(Value::bool(this(th, v)?.variance == Variance::Contravariant))
});
const INFER_VARIANCE: GetSetDef = getter("__infer_variance__", "Whether its variance is to be found out.", |th, v| {
    Ok(Value::bool(this(th, v)?.variance == Variance::Inferred))
});

/// `~T`, `+T`, `-T`; `T` where the syntax made it.
const REPR: NativeDef = native("__repr__", "($self, /)", "Return repr(self).", |th, args| {
    let parameter = this(th, args[0])?;
    let sign = match parameter.variance {
        Variance::Invariant => "~",
        Variance::Covariant => "+",
        Variance::Contravariant => "-",
        Variance::Inferred => return Ok(parameter.name.get()),
    };
    Ok(th.str(&format!("{sign}{}", ops::str(th, parameter.name.get())?.to_text())))
});
const NAME_REPR: NativeDef =
    native("__repr__", "($self, /)", "Return repr(self).", |th, args| Ok(this(th, args[0])?.name.get()));
const HAS_DEFAULT: NativeDef = native("has_default", "($self, /)", "Whether it has a default.", |th, args| {
    Ok(Value::bool(this(th, args[0])?.default.is_set()))
});
const OR: NativeDef = native("__or__", "($self, value, /)", "Return self|value.", |th, args| {
    generic_alias::union_with_parameter(th, args[0], args[1])
});
const ROR: NativeDef = native("__ror__", "($self, value, /)", "Return value|self.", |th, args| {
    generic_alias::union_with_parameter(th, args[1], args[0])
});
const REDUCE: NativeDef =
    native("__reduce__", "($self, /)", "Helper for pickle.", |th, args| Ok(this(th, args[0])?.name.get()));
const SUBST: NativeDef = native("__typing_subst__", "($self, arg, /)", "What takes its place.", |th, args| {
    ask_typing(th, "_substitute", &[args[0], args[1]])
});
const NO_SUBCLASSES: NativeDef = native("__mro_entries__", "($self, bases, /)", "Refuses.", |th, args| {
    Err(th.type_error(format_args!("Cannot subclass an instance of {}", th.class_of(args[0]).short_name())))
});

/// `typing.NoDefault`
pub fn no_default(th: &Thread) -> Result {
    let slot = &th.vm().no_default;
    if slot.get().is_empty() {
        slot.set(native_object::new(th, th.vm().class(&NO_DEFAULT), Box::new(Nothing)).value());
    }
    Ok(slot.get())
}

struct Nothing;
impl NativeState for Nothing {}

pub static NO_DEFAULT: TypeDef = TypeDef {
    module: "typing",
    methods: &[
        native("__new__", "(cls, /)", "The one object.", |th, _| no_default(th)).static_method(),
        native("__repr__", "($self, /)", "Return repr(self).", |th, _| Ok(th.str("typing.NoDefault"))),
        native("__reduce__", "($self, /)", "Helper for pickle.", |th, _| Ok(th.str("NoDefault"))),
    ],
    ..TypeDef::new("NoDefaultType", kinds::NATIVE_STATE, "The type of the NoDefault singleton.")
};

// ---- the types

/// The variance that the three flags ask for; those not given are `EMPTY`.
fn asked_variance(th: &Thread, flags: [Value; 3]) -> Result<Variance> {
    let mut yes = [false; 3];
    for (yes, flag) in yes.iter_mut().zip(flags) {
        *yes = !flag.is_empty() && ops::truthy(th, flag)?;
    }
    match yes {
        [true, true, _] => Err(th.value_error("Bivariant types are not supported.")),
        [covariant, contravariant, true] if covariant || contravariant => {
            Err(th.value_error("Variance cannot be specified with infer_variance."))
        }
        [true, ..] => Ok(Variance::Covariant),
        [_, true, _] => Ok(Variance::Contravariant),
        [.., true] => Ok(Variance::Inferred),
        _ => Ok(Variance::Invariant),
    }
}

/// A bound as `TypeVar` takes it: text stands for a type that is defined later.
fn checked_type(th: &Thread, value: Value) -> Result {
    ask_typing(th, "_checked_type", &[value])
}

fn name_argument(th: &Thread, function: &str, name: Value) -> Result {
    match name.as_str_cell() {
        Some(_) => Ok(name),
        None => {
            Err(th.type_error(format_args!("{function}() argument 'name' must be str, not {}", th.type_name(name))))
        }
    }
}

fn new_type_var(th: &Thread, args: &[Value]) -> Result {
    let constraints = signature::items(args[2].downcast::<Tuple>());
    let mut parameter = Parameter::new(name_argument(th, "typevar", args[1])?, calling_module(th));
    parameter.variance = asked_variance(th, [args[5], args[6], args[7]])?;
    if constraints.len() == 1 {
        return Err(th.type_error("A single constraint is not allowed"));
    }
    let bound = if args[3].is_none() { Value::EMPTY } else { args[3] };
    if !bound.is_empty() {
        if !constraints.is_empty() {
            return Err(th.type_error("Constraints cannot be combined with bound=..."));
        }
        parameter.bound = Lazy::of_value(checked_type(th, bound)?);
    }
    if !constraints.is_empty() {
        parameter.constraints = Lazy::of_value(args[2]);
    }
    parameter.default = Lazy::of_value(given_default(th, args[4])?);
    make(th, &TYPE_VAR, parameter)
}

/// The default that was passed, `EMPTY` if there is none.
fn given_default(th: &Thread, value: Value) -> Result {
    Ok(if value == no_default(th)? { Value::EMPTY } else { value })
}

pub static TYPE_VAR: TypeDef = TypeDef {
    module: "typing",
    methods: &[
        native(
            "__new__",
            "(cls, name, *constraints, bound=None, default=<unrepresentable>, covariant=False, \
             contravariant=False, infer_variance=False)",
            "Create a type variable.",
            new_type_var,
        )
        .static_method(),
        REPR,
        HAS_DEFAULT,
        OR,
        ROR,
        REDUCE,
        SUBST,
        NO_SUBCLASSES,
    ],
    getset: &[
        NAME,
        MODULE,
        BOUND,
        EVALUATE_BOUND,
        EVALUATE_CONSTRAINTS,
        EVALUATE_DEFAULT,
        getter("__constraints__", "The constraints.", |th, v| this(th, v)?.constraints.get(th, || Ok(th.tuple(&[])))),
        DEFAULT,
        COVARIANT,
        CONTRAVARIANT,
        INFER_VARIANCE,
    ],
    has_dict: true,
    weakrefs: true,
    ..TypeDef::new("TypeVar", kinds::NATIVE_STATE, "Type variable.")
};

pub static PARAM_SPEC: TypeDef = TypeDef {
    module: "typing",
    methods: &[
        native(
            "__new__",
            "(cls, name, *, bound=None, default=<unrepresentable>, covariant=False, contravariant=False, \
             infer_variance=False)",
            "Create a parameter specification variable.",
            |th, args| {
                let mut parameter = Parameter::new(name_argument(th, "paramspec", args[1])?, calling_module(th));
                parameter.variance = asked_variance(th, [args[4], args[5], args[6]])?;
                if !args[2].is_empty() && !args[2].is_none() {
                    parameter.bound = Lazy::of_value(args[2]);
                }
                parameter.default = Lazy::of_value(given_default(th, args[3])?);
                make(th, &PARAM_SPEC, parameter)
            },
        )
        .static_method(),
        REPR,
        HAS_DEFAULT,
        OR,
        ROR,
        REDUCE,
        SUBST,
        NO_SUBCLASSES,
    ],
    getset: &[
        NAME,
        MODULE,
        BOUND,
        DEFAULT,
        EVALUATE_DEFAULT,
        COVARIANT,
        CONTRAVARIANT,
        INFER_VARIANCE,
        getter("args", "The positional arguments.", |th, v| Ok(new_part(th, &PARAM_SPEC_ARGS, v))),
        getter("kwargs", "The keyword arguments.", |th, v| Ok(new_part(th, &PARAM_SPEC_KWARGS, v))),
    ],
    has_dict: true,
    weakrefs: true,
    ..TypeDef::new("ParamSpec", kinds::NATIVE_STATE, "Parameter specification variable.")
};

pub static TYPE_VAR_TUPLE: TypeDef = TypeDef {
    module: "typing",
    methods: &[
        native("__new__", "(cls, name, *, default=<unrepresentable>)", "Create a type variable tuple.", |th, args| {
            let mut parameter = Parameter::new(name_argument(th, "typevartuple", args[1])?, calling_module(th));
            parameter.default = Lazy::of_value(given_default(th, args[2])?);
            make(th, &TYPE_VAR_TUPLE, parameter)
        })
        .static_method(),
        NAME_REPR,
        HAS_DEFAULT,
        native("__iter__", "($self, /)", "Implement iter(self).", |th, args| {
            let unpacked = ask_typing(th, "_unpacked", &[args[0]])?;
            ops::iter(th, th.tuple(&[unpacked]))
        }),
        REDUCE,
        SUBST,
        NO_SUBCLASSES,
    ],
    getset: &[NAME, MODULE, DEFAULT, EVALUATE_DEFAULT],
    has_dict: true,
    weakrefs: true,
    ..TypeDef::new("TypeVarTuple", kinds::NATIVE_STATE, "Type variable tuple.")
};

fn new_alias(th: &Thread, args: &[Value]) -> Result {
    let mut parameter = Parameter::new(name_argument(th, "typealias", args[1])?, calling_module(th));
    if !args[3].is_empty() {
        if args[3].downcast::<Tuple>().is_none() {
            return Err(th.type_error("type_params must be a tuple"));
        }
        check_parameters(th, args[3])?;
        parameter.parameters.set(args[3]);
    }
    parameter.value = Lazy::of_value(args[2]);
    make(th, &TYPE_ALIAS, parameter)
}

/// The parameters of an alias are type parameters, and those with a default come last.
fn check_parameters(th: &Thread, parameters: Value) -> Result<()> {
    let mut had_default = false;
    for parameter in signature::items(parameters.downcast::<Tuple>()) {
        let class = th.class_of(*parameter);
        let is_one = [&TYPE_VAR, &PARAM_SPEC, &TYPE_VAR_TUPLE].iter().any(|def| th.vm().find_class(def) == Some(class));
        if !is_one {
            let shown = ops::repr(th, *parameter)?.to_text();
            return Err(th.type_error(format_args!("Expected a type param, got {shown}")));
        }
        let has_default = this(th, *parameter)?.default.is_set();
        if had_default && !has_default {
            let shown = ops::repr(th, *parameter)?.to_text();
            return Err(
                th.type_error(format_args!("non-default type parameter '{shown}' follows default type parameter"))
            );
        }
        had_default |= has_default;
    }
    Ok(())
}

fn alias_parameters(th: &Thread, v: Value) -> Result {
    let parameters = this(th, v)?.parameters.get();
    Ok(if parameters.is_cell() { parameters } else { th.tuple(&[]) })
}

pub static TYPE_ALIAS: TypeDef = TypeDef {
    module: "typing",
    methods: &[
        native("__new__", "(cls, name, value, *, type_params=())", "Create a type alias.", new_alias).static_method(),
        NAME_REPR,
        OR,
        ROR,
        REDUCE,
        native("__getitem__", "($self, key, /)", "Return self[key].", |th, args| {
            if signature::items(alias_parameters(th, args[0])?.downcast::<Tuple>()).is_empty() {
                return Err(th.type_error("Only generic type aliases are subscriptable"));
            }
            Ok(generic_alias::new(th, args[0], args[1]))
        }),
        native("__iter__", "($self, /)", "Implement iter(self).", |th, args| {
            let unpacked = ask_typing(th, "_unpacked", &[args[0]])?;
            ops::iter(th, th.tuple(&[unpacked]))
        }),
    ],
    getset: &[
        getter("__name__", "Its name.", |th, v| Ok(this(th, v)?.name.get()))
            .settable(|th, _, _| Err(th.attribute_error("readonly attribute"))),
        MODULE,
        getter("__value__", "What it stands for.", |th, v| this(th, v)?.value.get(th, || Ok(Value::NONE))),
        getter("__type_params__", "Its type parameters.", alias_parameters),
        getter("__parameters__", "Its type parameters, those that stand for several unpacked.", |th, v| {
            let parameters = alias_parameters(th, v)?;
            ask_typing(th, "_unpacked_parameters", &[parameters])
        }),
        getter("evaluate_value", "The function that computes what it stands for.", |th, v| {
            let function = this(th, v)?.value.function.get();
            Ok(if function.is_empty() { Value::NONE } else { function })
        }),
    ],
    ..TypeDef::new("TypeAliasType", kinds::NATIVE_STATE, "Type alias.")
};

/// Whether a union may be made with it.
pub fn stands_in_unions(th: &Thread, v: Value) -> bool {
    let class = th.class_of(v);
    [&TYPE_VAR, &PARAM_SPEC, &TYPE_ALIAS].iter().any(|def| th.vm().find_class(def) == Some(class))
}

/// The type variables, aliases and their like: what `typing` takes from here.
pub fn publish(th: &Thread, namespace: crate::heap::Gc<Dict>) -> Result<()> {
    for def in [
        &TYPE_VAR,
        &PARAM_SPEC,
        &PARAM_SPEC_ARGS,
        &PARAM_SPEC_KWARGS,
        &TYPE_VAR_TUPLE,
        &TYPE_ALIAS,
        &NO_DEFAULT,
        &generic_alias::UNION,
        &generic_alias::GENERIC_ALIAS,
    ] {
        namespace.set_str(th, th.intern(def.name), th.vm().class(def).value());
    }
    namespace.set_str(th, th.intern("NoDefault"), no_default(th)?);
    Ok(())
}

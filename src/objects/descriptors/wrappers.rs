//! `staticmethod` and `classmethod`, and class methods written in Rust.

use crate::heap::{Gc, Header, Slot, Value};
use crate::objects::class::Class;
use crate::objects::generic_alias::CLASS_GETITEM;
use crate::objects::native::Native;
use crate::objects::str::Str;
use crate::objects::{instance, kinds};
use crate::vm::native::{Binding, GetSetDef, Result, TypeDef, getter, member, native};
use crate::vm::{Thread, ops};

use super::{ClassMethod, StaticMethod, class_argument, unbound};

pub static STATICMETHOD: TypeDef = TypeDef {
    methods: &[
        native("__new__", "(cls, *args, **kwargs)", "Create and return a new object.", |th, args| {
            let class = class_argument(th, args[0])?;
            let cell = StaticMethod { header: Header::of_kind(kinds::STATICMETHOD), function: Slot::new(Value::NONE) };
            Ok(th.instantiate(class, cell).value())
        })
        .static_method(),
        native("__init__", "(self, function, /)", "Initialize self.", init),
        native(
            "__get__",
            "(self, instance, owner=None, /)",
            "Return an attribute of instance, which is of type owner.",
            |th, args| unbound(th, args).map(|_| wrapped(args[0])),
        ),
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| repr(th, args[0], "staticmethod")),
        CLASS_GETITEM,
        native("__call__", "(self, /, *args, **kwargs)", "Call self as a function.", |th, args| {
            let positional = args[1].downcast::<crate::objects::tuple::Tuple>().map_or(&[][..], |t| t.items());
            th.call_unpacked(wrapped(args[0]), positional, args[2].downcast())
        }),
    ],
    getset: WRAPPER_ATTRIBUTES,
    subclassable: true,
    has_dict: true,
    ..TypeDef::new("staticmethod", kinds::STATICMETHOD, "Convert a function to be a static method.")
};

pub static CLASSMETHOD: TypeDef = TypeDef {
    methods: &[
        native("__new__", "(cls, *args, **kwargs)", "Create and return a new object.", |th, args| {
            let class = class_argument(th, args[0])?;
            let cell = ClassMethod { header: Header::of_kind(kinds::CLASSMETHOD), function: Slot::new(Value::NONE) };
            Ok(th.instantiate(class, cell).value())
        })
        .static_method(),
        native("__init__", "(self, function, /)", "Initialize self.", init),
        native(
            "__get__",
            "(self, instance, owner=None, /)",
            "Return an attribute of instance, which is of type owner.",
            |th, args| {
                unbound(th, args)?;
                let class = match args[2].as_class() {
                    Some(class) => class,
                    None => th.class_of(args[1]),
                };
                bind_class_method(th, wrapped(args[0]), class)
            },
        ),
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| repr(th, args[0], "classmethod")),
        CLASS_GETITEM,
    ],
    getset: WRAPPER_ATTRIBUTES,
    subclassable: true,
    has_dict: true,
    ..TypeDef::new("classmethod", kinds::CLASSMETHOD, "Convert a function to be a class method.")
};

const WRAPPER_ATTRIBUTES: &[GetSetDef] = &[
    member("__func__", "The wrapped function.", |_, this| Ok(wrapped(this))),
    member("__wrapped__", "The wrapped function.", |_, this| Ok(wrapped(this))),
    getter("__isabstractmethod__", "Whether it is abstract.", |th, this| {
        let flag = ops::find_attr(th, wrapped(this), th.intern("__isabstractmethod__"))?;
        Ok(Value::bool(match flag {
            Some(flag) => ops::truthy(th, flag)?,
            None => false,
        }))
    }),
    getter("__annotations__", "The annotations of the function.", |th, this| {
        of_wrapped(th, this, th.vm().names.__annotations__)
    })
    .settable(|th, this, value| set_own(th, this, th.vm().names.__annotations__, value)),
    getter("__annotate__", "What computes the annotations of the function.", |th, this| {
        of_wrapped(th, this, th.vm().names.__annotate__)
    })
    .settable(|th, this, value| set_own(th, this, th.vm().names.__annotate__, value)),
];

/// An attribute that is the wrapped function's until it is set, and kept once it was asked for.
fn of_wrapped(th: &Thread, this: Value, name: Gc<Str>) -> Result {
    if let Some(own) = instance::get_own(th, this, name) {
        return Ok(own);
    }
    let value = ops::get_attr(th, wrapped(this), name)?;
    instance::set_own(th, this, name, value);
    Ok(value)
}

fn set_own(th: &Thread, this: Value, name: Gc<Str>, value: Value) -> Result<()> {
    let done =
        if value.is_empty() { instance::delete_own(th, this, name) } else { instance::set_own(th, this, name, value) };
    if done { Ok(()) } else { Err(ops::no_attribute(th, this, name)) }
}

/// `__init__`: takes the function, and over what says who it is.
fn init(th: &Thread, args: &[Value]) -> Result {
    if let Some(this) = args[0].downcast::<StaticMethod>() {
        this.function.set(args[1]);
    } else if let Some(this) = args[0].downcast::<ClassMethod>() {
        this.function.set(args[1]);
    }
    let names = &*th.vm().names;
    for name in [names.__module__, names.__name__, names.__qualname__, names.__doc__] {
        if let Some(value) = ops::find_attr(th, args[1], name)? {
            instance::set_own(th, args[0], name, value);
        }
    }
    Ok(Value::NONE)
}

fn repr(th: &Thread, this: Value, kind: &str) -> Result {
    Ok(th.str(&format!("<{kind}({})>", ops::repr(th, wrapped(this))?.to_text())))
}

fn wrapped(this: Value) -> Value {
    this.downcast::<StaticMethod>()
        .map(|s| s.function.get())
        .or_else(|| this.downcast::<ClassMethod>().map(|c| c.function.get()))
        .unwrap_or(Value::NONE)
}

/// What a class method gives when looked up: its function bound to the class.
pub fn bind_class_method(th: &Thread, function: Value, class: Gc<Class>) -> Result {
    if let Some(native) = function.downcast::<Native>()
        && native.def.binding == Binding::Class
    {
        return native_class_method(th, native, class.value());
    }
    Ok(crate::objects::function::new_method(th, function, class.value()))
}

/// A native class method bound to `class`, which must be a subclass of the one it belongs to.
pub fn native_class_method(th: &Thread, native: Gc<Native>, class: Value) -> Result {
    let (Some(owner), name) = (native.owner.as_class(), native.def.name) else { return Ok(native.value()) };
    let owner_name = owner.name();
    match class.as_class() {
        Some(class) if class.is_subclass_of(owner) => Ok(crate::objects::native::bind(th, native, class.value())),
        Some(class) => Err(th.type_error(format_args!(
            "descriptor '{name}' requires a subtype of '{owner_name}' but received '{}'",
            class.name()
        ))),
        None => Err(th.type_error(format_args!(
            "descriptor '{name}' for type '{owner_name}' needs a type, not a '{}' as arg 2",
            th.type_name(class)
        ))),
    }
}

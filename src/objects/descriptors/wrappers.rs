//! `staticmethod` and `classmethod`, and class methods written in Rust.

use crate::heap::{Gc, Header, Slot, Value};
use crate::objects::class::Class;
use crate::objects::kinds;
use crate::objects::native::Native;
use crate::vm::native::{Binding, GetSetDef, Result, TypeDef, getter, native};
use crate::vm::{Thread, ops};

use super::{ClassMethod, StaticMethod, class_argument, unbound};

pub static STATICMETHOD: TypeDef = TypeDef {
    methods: &[
        native("__new__", "(cls, function, /)", "Create and return a new object.", |th, args| {
            let class = class_argument(th, args[0])?;
            let cell = StaticMethod { header: Header::of_kind(kinds::STATICMETHOD), function: Slot::new(args[1]) };
            Ok(th.instantiate(class, cell).value())
        })
        .static_method(),
        native(
            "__get__",
            "(self, instance, owner=None, /)",
            "Return an attribute of instance, which is of type owner.",
            |th, args| unbound(th, args).map(|_| wrapped(args[0])),
        ),
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| repr(th, args[0], "staticmethod")),
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
        native("__new__", "(cls, function, /)", "Create and return a new object.", |th, args| {
            let class = class_argument(th, args[0])?;
            let cell = ClassMethod { header: Header::of_kind(kinds::CLASSMETHOD), function: Slot::new(args[1]) };
            Ok(th.instantiate(class, cell).value())
        })
        .static_method(),
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
    ],
    getset: WRAPPER_ATTRIBUTES,
    subclassable: true,
    has_dict: true,
    ..TypeDef::new("classmethod", kinds::CLASSMETHOD, "Convert a function to be a class method.")
};

const WRAPPER_ATTRIBUTES: &[GetSetDef] = &[
    getter("__func__", "The wrapped function.", |_, this| Ok(wrapped(this))),
    getter("__wrapped__", "The wrapped function.", |_, this| Ok(wrapped(this))),
    getter("__name__", "Its name.", |th, this| ops::get_attr(th, wrapped(this), th.vm().names.__name__)),
    getter("__qualname__", "Its qualified name.", |th, this| {
        ops::get_attr(th, wrapped(this), th.vm().names.__qualname__)
    }),
    getter("__doc__", "Its documentation.", |th, this| ops::get_attr(th, wrapped(this), th.vm().names.__doc__)),
    getter("__module__", "Its module.", |th, this| ops::get_attr(th, wrapped(this), th.vm().names.__module__)),
    getter("__isabstractmethod__", "Whether it is abstract.", |th, this| {
        let flag = ops::find_attr(th, wrapped(this), th.intern("__isabstractmethod__"))?;
        Ok(Value::bool(match flag {
            Some(flag) => ops::truthy(th, flag)?,
            None => false,
        }))
    }),
];

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

//! `super`.

use crate::heap::{Gc, Header, Slot, Value};
use crate::objects::class::Class;
use crate::objects::kinds;
use crate::objects::str::Str;
use crate::vm::native::{Result, TypeDef, member, native};
use crate::vm::{Raised, Thread, ops};

use super::{Super, class_argument, or_none};

pub static SUPER: TypeDef = TypeDef {
    methods: &[
        native("__new__", "(cls, *args, **kwargs)", "Create and return a new object.", |th, args| {
            let class = class_argument(th, args[0])?;
            let (first, object, object_class) = Default::default();
            let header = Header::of_kind(kinds::SUPER);
            Ok(th.instantiate(class, Super { header, class: first, object, object_class }).value())
        })
        .static_method(),
        native(
            "__init__",
            "(self, type=<unrepresentable>, object=<unrepresentable>, /)",
            "Initialize self.",
            super_init,
        ),
        native(
            "__get__",
            "(self, instance, owner=None, /)",
            "Return an attribute of instance, which is of type owner.",
            bind,
        ),
        native("__getattribute__", "(self, name, /)", "Return getattr(self, name).", |th, args| {
            let name = ops::attribute_name(th, args[1])?;
            match super_attribute(th, args[0], name)? {
                Some(value) => Ok(value),
                None => ops::generic(th, args[0], th.class_of(args[0]), name)?.ok_or_else(|| super_missing(th, name)),
            }
        }),
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            let Some(this) = args[0].downcast::<Super>() else { return Ok(Value::NONE) };
            let name = |slot: &Slot| slot.get().as_class().map_or_else(|| "NULL".to_string(), |c| c.name());
            let text = match this.object_class.get().as_class() {
                Some(class) => format!("<super: <class '{}'>, <{} object>>", name(&this.class), class.name()),
                None => format!("<super: <class '{}'>, NULL>", name(&this.class)),
            };
            Ok(th.str(&text))
        }),
    ],
    getset: &[
        member("__thisclass__", "The class invoking super().", |_, this| {
            Ok(this.downcast::<Super>().map_or(Value::NONE, |s| or_none(&s.class)))
        }),
        member("__self__", "The instance invoking super(); may be None.", |_, this| {
            Ok(this.downcast::<Super>().map_or(Value::NONE, |s| or_none(&s.object)))
        }),
        member("__self_class__", "The type of the instance invoking super(); may be None.", |_, this| {
            Ok(this.downcast::<Super>().map_or(Value::NONE, |s| or_none(&s.object_class)))
        }),
    ],
    subclassable: true,
    ..TypeDef::new("super", kinds::SUPER, "Bind a class's successors in the method resolution order to an object.")
};

/// An unbound `super` found on a class gets the instance.
fn bind(th: &Thread, args: &[Value]) -> Result {
    let Some(this) = args[0].downcast::<Super>() else { return Ok(args[0]) };
    let object = args[1];
    if object.is_empty() || object.is_none() || !this.object.get().is_empty() {
        return Ok(args[0]);
    }
    let class = th.class_of(args[0]);
    if class != th.vm().class(&SUPER) {
        return th.call(class.value(), &[this.class.get(), object]);
    }
    let object_class = match this.class.get().as_class() {
        Some(class) => check(th, class, object)?.value(),
        None => Value::EMPTY,
    };
    let (first, object, object_class) = (Slot::new(this.class.get()), Slot::new(object), Slot::new(object_class));
    let header = Header::of_kind(kinds::SUPER);
    Ok(th.instantiate(class, Super { header, class: first, object, object_class }).value())
}

#[cold]
fn super_missing(th: &Thread, name: Gc<Str>) -> Raised {
    th.attribute_error(format_args!("'super' object has no attribute '{}'", name.to_text()))
}

/// The attribute of the successors of the class in the object's MRO, bound to the object.
fn super_attribute(th: &Thread, this: Value, name: Gc<Str>) -> Result<Option<Value>> {
    let Some(this) = this.downcast::<Super>() else { return Ok(None) };
    let (Some(class), Some(object_class)) = (this.class.get().as_class(), this.object_class.get().as_class()) else {
        return Ok(None);
    };
    if name == th.vm().names.__class__ {
        return Ok(None);
    }
    let mro = object_class.mro().items();
    let after = mro.iter().position(|c| *c == class.value()).map_or(mro.len(), |at| at + 1);
    for base in &mro[after..] {
        let Some(base) = base.as_class() else { continue };
        if let Some(attribute) = base.namespace.get_str(th, name) {
            let object = this.object.get();
            // Bound to a class itself (in a class method), functions stay as they are.
            let bound = if object == object_class.value() { Value::EMPTY } else { object };
            return ops::bind(th, attribute, bound, object_class).map(Some);
        }
    }
    Ok(None)
}

fn super_init(th: &Thread, args: &[Value]) -> Result {
    let Some(this) = args[0].downcast::<Super>() else { return Ok(Value::NONE) };
    let (class, object) = if args[1].is_empty() { implicit(th)? } else { (args[1], args[2]) };
    let Some(class) = class.as_class() else {
        return Err(th.type_error(format_args!("super() argument 1 must be a type, not {}", th.type_name(class))));
    };
    this.class.set(class.value());
    if object.is_empty() || object.is_none() {
        return Ok(Value::NONE);
    }
    let object_class = check(th, class, object)?;
    this.object.set(object);
    this.object_class.set(object_class.value());
    Ok(Value::NONE)
}

/// The class whose order is searched: the object's, or the object itself where that is a class below `class`.
fn check(th: &Thread, class: Gc<Class>, object: Value) -> Result<Gc<Class>> {
    if let Some(given) = object.as_class()
        && given.is_subclass_of(class)
    {
        return Ok(given);
    }
    if th.is_instance(object, class) {
        return Ok(th.class_of(object));
    }
    let claimed = ops::find_attr(th, object, th.vm().names.__class__)?.and_then(|claimed| claimed.as_class());
    if let Some(claimed) = claimed.filter(|claimed| claimed.is_subclass_of(class)) {
        return Ok(claimed);
    }
    let given = match object.as_class() {
        Some(given) => format!("type {}", given.name()),
        None => format!("instance of {}", th.type_name(object)),
    };
    let class = class.name();
    Err(th.type_error(format_args!("super(type, obj): obj ({given}) is not an instance or subtype of type ({class}).")))
}

/// The class and first argument of the method that calls `super()`.
fn implicit(th: &Thread) -> Result<(Value, Value)> {
    let Some(frame) = th.stack.frames().last() else { return Err(th.runtime_error("super(): no current frame")) };
    if frame.code.arg_count == 0 {
        return Err(th.runtime_error("super(): no arguments"));
    }
    let Some(at) = frame.code.free_names.iter().position(|n| *n == th.vm().names.__class__) else {
        return Err(th.runtime_error("super(): __class__ cell not found"));
    };
    let closure = frame.function.and_then(|f| f.closure.get());
    let cell = closure
        .and_then(|c| c.items().get(at).copied())
        .and_then(|v| v.downcast::<crate::objects::function::ClosureCell>());
    let class = cell.map_or(Value::EMPTY, |c| c.contents.get());
    if class.is_empty() {
        return Err(th.runtime_error("super(): empty __class__ cell"));
    }
    // SAFETY: the function has a parameter, so its window has a first register.
    let mut first = unsafe { *frame.registers };
    if frame.code.cell_registers.contains(&0)
        && let Some(cell) = first.downcast::<crate::objects::function::ClosureCell>()
    {
        first = cell.contents.get();
    }
    if first.is_empty() {
        return Err(th.runtime_error("super(): arg[0] deleted"));
    }
    Ok((class, first))
}

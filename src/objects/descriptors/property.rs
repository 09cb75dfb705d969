//! `property`.

use std::sync::atomic::Ordering;

use crate::heap::{Gc, Header, Value};
use crate::objects::exception::Exc;
use crate::objects::kinds;
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, member, native};
use crate::vm::signature::items;
use crate::vm::{Raised, Thread, ops};

use super::{Property, or_none, unbound};

pub static PROPERTY: TypeDef = TypeDef {
    methods: PROPERTY_METHODS,
    getset: PROPERTY_ATTRIBUTES,
    subclassable: true,
    ..TypeDef::new("property", kinds::PROPERTY, "Property attribute.")
};

const PROPERTY_METHODS: &[NativeDef] = &[
    native("__new__", "(cls, *args, **kwargs)", "Create and return a new object.", property_new).static_method(),
    native("__init__", "(self, fget=None, fset=None, fdel=None, doc=None)", "Initialize self.", property_init)
        .keywords(),
    native(
        "getter",
        "(self, object, /)",
        "Descriptor to obtain a copy of the property with a different getter.",
        |th, args| property_with(th, args[0], 0, args[1]),
    ),
    native(
        "setter",
        "(self, object, /)",
        "Descriptor to obtain a copy of the property with a different setter.",
        |th, args| property_with(th, args[0], 1, args[1]),
    ),
    native(
        "deleter",
        "(self, object, /)",
        "Descriptor to obtain a copy of the property with a different deleter.",
        |th, args| property_with(th, args[0], 2, args[1]),
    ),
    native(
        "__get__",
        "(self, instance, owner=None, /)",
        "Return an attribute of instance, which is of type owner.",
        |th, args| {
            let property = property(args[0]);
            if args[1].is_none() { unbound(th, args) } else { property_get(th, property, args[1]) }
        },
    ),
    native("__set__", "(self, instance, value, /)", "Set an attribute of instance to value.", |th, args| {
        property_set(th, property(args[0]), args[1], args[2]).map(|()| Value::NONE)
    }),
    native("__delete__", "(self, instance, /)", "Delete an attribute of instance.", |th, args| {
        property_set(th, property(args[0]), args[1], Value::EMPTY).map(|()| Value::NONE)
    }),
    native("__set_name__", "(self, /, *args)", "Method to set name of a property.", |th, args| {
        let [_, name] = *items(args[1].downcast()) else {
            let given = items(args[1].downcast()).len();
            let words = format_args!("__set_name__() takes 2 positional arguments but {given} were given");
            return Err(th.type_error(words));
        };
        property(args[0]).name.set(name);
        Ok(Value::NONE)
    }),
];

const PROPERTY_ATTRIBUTES: &[GetSetDef] = &[
    member("fget", "The getter.", |_, this| Ok(or_none(&property(this).get))),
    member("fset", "The setter.", |_, this| Ok(or_none(&property(this).set))),
    member("fdel", "The deleter.", |_, this| Ok(or_none(&property(this).delete))),
    getter("__doc__", "The documentation.", |_, this| Ok(or_none(&property(this).doc))).settable(|_, this, value| {
        property(this).doc.set(value);
        Ok(())
    }),
    getter("__name__", "The name of the property.", |th, this| {
        let property = property(this);
        let name = property.name.get();
        if !name.is_empty() {
            return Ok(name);
        }
        let of_getter = match property.get.get() {
            get if get.is_empty() => None,
            get => ops::find_attr(th, get, th.vm().names.__name__)?,
        };
        of_getter.ok_or_else(|| ops::no_attribute(th, this, th.vm().names.__name__))
    })
    .settable(|_, this, value| {
        property(this).name.set(value);
        Ok(())
    }),
    getter("__isabstractmethod__", "Whether one of its functions is abstract.", |th, this| {
        let property = property(this);
        let name = th.intern("__isabstractmethod__");
        for slot in [&property.get, &property.set, &property.delete] {
            let function = slot.get();
            if !function.is_empty()
                && let Some(flag) = ops::find_attr(th, function, name)?
                && ops::truthy(th, flag)?
            {
                return Ok(Value::TRUE);
            }
        }
        Ok(Value::FALSE)
    }),
];

fn property(value: Value) -> Gc<Property> {
    match value.downcast() {
        Some(property) => property,
        None => unreachable!("a property's methods get a property"),
    }
}

fn property_new(th: &Thread, args: &[Value]) -> Result {
    let Some(class) = args[0].as_class() else {
        return Err(th.type_error("property.__new__(X): X is not a type object"));
    };
    let (get, set, delete, doc, name, has_getters_doc) = Default::default();
    let header = Header::of_kind(kinds::PROPERTY);
    Ok(th.instantiate(class, Property { header, get, set, delete, doc, name, has_getters_doc }).value())
}

fn property_init(th: &Thread, args: &[Value]) -> Result {
    let this = property(args[0]);
    let given = |v: Value| if v.is_none() { Value::EMPTY } else { v };
    this.get.set(given(args[1]));
    this.set.set(given(args[2]));
    this.delete.set(given(args[3]));
    let (own, getter) = (given(args[4]), this.get.get());
    let mut doc = own;
    if doc.is_empty() && !getter.is_empty() {
        doc = ops::find_attr(th, getter, th.vm().names.__doc__)?.map_or(Value::EMPTY, given);
        this.has_getters_doc.store(!doc.is_empty(), Ordering::Relaxed);
    }
    if !ops::of_program(th, args[0]) {
        this.doc.set(doc);
        return Ok(Value::NONE);
    }
    // The documentation of a derived class would hide it; where that has no place for it, it is dropped if it is not the getter's.
    let shown = if doc.is_empty() { Value::NONE } else { doc };
    match ops::set_attr(th, args[0], th.vm().names.__doc__, shown) {
        Err(raised) if !this.has_getters_doc.load(Ordering::Relaxed) => {
            th.caught(raised, Exc::AttributeError).map(|_| Value::NONE)
        }
        done => done.map(|()| Value::NONE),
    }
}

/// A copy with one of its functions replaced.
fn property_with(th: &Thread, this: Value, which: usize, function: Value) -> Result {
    let old = property(this);
    let mut functions = [or_none(&old.get), or_none(&old.set), or_none(&old.delete), or_none(&old.doc)];
    if !function.is_none() {
        functions[which] = function;
    }
    if old.has_getters_doc.load(Ordering::Relaxed) && !functions[0].is_none() {
        // The new getter's, then.
        functions[3] = Value::NONE;
    }
    let new = th.call(th.class_of(this).value(), &functions)?;
    if let Some(new) = new.downcast::<Property>() {
        new.name.set(old.name.get());
    }
    Ok(new)
}

pub fn property_get(th: &Thread, property: Gc<Property>, object: Value) -> Result {
    let get = property.get.get();
    if get.is_empty() || get.is_none() {
        return Err(property_error(th, property, object, "getter"));
    }
    th.call(get, &[object])
}

/// Sets, or deletes where the value is `EMPTY`.
pub(super) fn property_set(th: &Thread, property: Gc<Property>, object: Value, value: Value) -> Result<()> {
    let (function, what) =
        if value.is_empty() { (property.delete.get(), "deleter") } else { (property.set.get(), "setter") };
    if function.is_empty() || function.is_none() {
        return Err(property_error(th, property, object, what));
    }
    if value.is_empty() { th.call(function, &[object]) } else { th.call(function, &[object, value]) }.map(|_| ())
}

#[cold]
fn property_error(th: &Thread, property: Gc<Property>, object: Value, what: &str) -> Raised {
    let owner = th.class_of(object);
    let owner = owner.qualname.get().map_or_else(|| owner.name(), |q| q.to_text());
    let mut name = property.name.get();
    if name.is_empty() && !property.get.get().is_empty() {
        name = match ops::find_attr(th, property.get.get(), th.vm().names.__name__) {
            Ok(name) => name.unwrap_or(Value::EMPTY),
            Err(raised) => return raised,
        };
    }
    match name.as_str_cell() {
        Some(name) => {
            th.attribute_error(format_args!("property '{}' of '{owner}' object has no {what}", name.to_text()))
        }
        None => th.attribute_error(format_args!("property of '{owner}' object has no {what}")),
    }
}

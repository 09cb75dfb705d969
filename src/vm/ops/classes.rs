//! Questions about classes: `isinstance`, `issubclass`, whether something can be called; attribute names.

use crate::heap::{Gc, Header, Value};
use crate::objects::class::Class;
use crate::objects::kinds;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::vm::Thread;
use crate::vm::native::Result;
use crate::vm::ops;

/// The interned name of an attribute given as an object.
pub fn attribute_name(th: &Thread, name: Value) -> Result<Gc<Str>> {
    match name.as_str_cell() {
        Some(name) => Ok(th.intern_str(name)),
        None => Err(th.type_error(format_args!("attribute name must be string, not '{}'", th.type_name(name)))),
    }
}

pub fn is_callable(th: &Thread, value: Value) -> bool {
    match value.header().map(Header::kind) {
        Some(kinds::FUNCTION | kinds::NATIVE | kinds::METHOD | kinds::CLASS) => true,
        _ => th.lookup(th.class_of(value), th.vm().names.__call__).is_some(),
    }
}

/// `isinstance` by the classes alone, `__class__` included.
pub fn plain_is_instance(th: &Thread, value: Value, class: Gc<Class>) -> Result<bool> {
    if th.class_of(value).is_subclass_of(class) {
        return Ok(true);
    }
    // A proxy may claim another class; only objects of a program's classes can.
    if value.header().is_none_or(|h| h.kind() != kinds::OBJECT) {
        return Ok(false);
    }
    let claimed = ops::find_attr(th, value, th.vm().names.__class__)?;
    Ok(claimed.and_then(|c| c.as_class()).is_some_and(|c| c.is_subclass_of(class)))
}

/// `isinstance(value, classes)`
pub fn is_instance(th: &Thread, value: Value, classes: Value) -> Result<bool> {
    if let Some(class) = classes.as_class() {
        if th.class_of(value) == class {
            return Ok(true);
        }
        if th.class_of(classes) == th.vm().class_of_kind(kinds::CLASS) {
            return plain_is_instance(th, value, class);
        }
    }
    if let Some(tuple) = classes.downcast::<Tuple>() {
        th.check_recursion(" in __instancecheck__")?;
        for class in tuple.items() {
            if is_instance(th, value, *class)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    match th.call_special(classes, th.vm().names.__instancecheck__, &[value]) {
        Some(result) => ops::truthy(th, result?),
        None => {
            if claimed_bases(th, classes)?.is_none() {
                return Err(th.type_error("isinstance() arg 2 must be a type, a tuple of types, or a union"));
            }
            match ops::find_attr(th, value, th.vm().names.__class__)? {
                Some(class) => descends(th, class, classes),
                None => Ok(false),
            }
        }
    }
}

/// `issubclass(class, classes)`
pub fn is_subclass(th: &Thread, class: Value, classes: Value) -> Result<bool> {
    if let Some(of) = classes.as_class()
        && th.class_of(classes) == th.vm().class_of_kind(kinds::CLASS)
    {
        return plain_is_subclass(th, class, of);
    }
    if let Some(tuple) = classes.downcast::<Tuple>() {
        th.check_recursion(" in __subclasscheck__")?;
        for of in tuple.items() {
            if is_subclass(th, class, *of)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    match th.call_special(classes, th.vm().names.__subclasscheck__, &[class]) {
        Some(result) => ops::truthy(th, result?),
        None => claims_subclass(th, class, classes),
    }
}

/// The `__bases__` of something that passes for a class: a tuple.
fn claimed_bases(th: &Thread, class: Value) -> Result<Option<Gc<Tuple>>> {
    let bases = ops::find_attr(th, class, th.intern("__bases__"))?;
    Ok(bases.and_then(|bases| bases.downcast::<Tuple>()))
}

/// `issubclass` where not both are classes, but have `__bases__`.
fn claims_subclass(th: &Thread, class: Value, of: Value) -> Result<bool> {
    if claimed_bases(th, class)?.is_none() {
        return Err(th.type_error("issubclass() arg 1 must be a class"));
    }
    if claimed_bases(th, of)?.is_none() {
        return Err(th.type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union"));
    }
    descends(th, class, of)
}

fn descends(th: &Thread, class: Value, of: Value) -> Result<bool> {
    if class == of {
        return Ok(true);
    }
    th.check_recursion(" in __subclasscheck__")?;
    let Some(bases) = claimed_bases(th, class)? else { return Ok(false) };
    for base in bases.items() {
        if descends(th, *base, of)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `type.__subclasscheck__`
pub fn plain_is_subclass(th: &Thread, class: Value, of: Gc<Class>) -> Result<bool> {
    match class.as_class() {
        Some(class) => Ok(class.is_subclass_of(of)),
        None => claims_subclass(th, class, of.value()),
    }
}

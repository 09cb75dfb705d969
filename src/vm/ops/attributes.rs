//! Attributes: `o.x`, `o.x = v`, `del o.x`, with descriptors, classes, modules. What their places in the code remember is
//! `sites`'s.

use crate::heap::{Gc, Header, Value};
use crate::objects::class::{Class, flag};
use crate::objects::descriptors::{self, ClassMethod, GetSet, Member, Property, StaticMethod};
use crate::objects::dict::Dict;
use crate::objects::exception::{self, Exc};
use crate::objects::function::{self, Function};
use crate::objects::instance;
use crate::objects::module::Module;
use crate::objects::native::{self, Native};
use crate::objects::str::Str;
use crate::objects::{kinds, module};
use crate::vm::native::Result;
use crate::vm::{Raised, Thread};

/// `o.name`
pub fn get_attr(th: &Thread, o: Value, name: Gc<Str>) -> Result {
    match try_attr(th, o, name) {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Err(no_attribute(th, o, name)),
        Err(raised) => Err(exception::name_what_was_sought(th, raised, name.value(), o)),
    }
}

/// `o.name`, or `None` where that raises AttributeError.
pub fn find_attr(th: &Thread, o: Value, name: Gc<Str>) -> Result<Option<Value>> {
    match try_attr(th, o, name) {
        Ok(found) => Ok(found),
        Err(raised) => th.caught(raised, Exc::AttributeError).map(|_| None),
    }
}

/// The attribute; `None` where the default lookup found nothing and nobody raised.
fn try_attr(th: &Thread, o: Value, name: Gc<Str>) -> Result<Option<Value>> {
    let class = th.class_of(o);
    if !class.has(flag::GETATTRIBUTE | flag::GETATTR) {
        return generic(th, o, class, name);
    }
    let names = &*th.vm().names;
    let found = if class.has(flag::GETATTRIBUTE) {
        let method = th.lookup(class, names.__getattribute__).unwrap_or(Value::NONE);
        match th.call_unbound(method, o, &[name.value()]) {
            Ok(value) => return Ok(Some(value)),
            Err(raised) if class.has(flag::GETATTR) => {
                th.caught(raised, Exc::AttributeError)?;
                None
            }
            Err(raised) => return Err(raised),
        }
    } else {
        match generic(th, o, class, name) {
            Ok(found) => found,
            Err(raised) => {
                th.caught(raised, Exc::AttributeError)?;
                None
            }
        }
    };
    match (found, th.lookup(class, names.__getattr__)) {
        (None, Some(method)) => th.call_unbound(method, o, &[name.value()]).map(Some),
        (found, _) => Ok(found),
    }
}

/// `object.__getattribute__` (`type.__getattribute__` for classes, a module's for modules).
pub fn generic(th: &Thread, o: Value, class: Gc<Class>, name: Gc<Str>) -> Result<Option<Value>> {
    let on_class = th.lookup(class, name);
    if let Some(attribute) = on_class
        && is_data_descriptor(th, attribute)
        && (has_getter(th, attribute) || own(th, o, name)?.is_none())
    {
        return bind(th, attribute, o, class).map(Some);
    }
    if let Some(value) = own(th, o, name)? {
        return Ok(Some(value));
    }
    if let Some(attribute) = on_class {
        return bind(th, attribute, o, class).map(Some);
    }
    if let Some(module) = o.downcast::<Module>() {
        return module::missing_attribute(th, module, name);
    }
    Ok(None)
}

/// Whether a data descriptor says what reading the attribute gives: one with `__set__` alone does not.
fn has_getter(th: &Thread, attribute: Value) -> bool {
    attribute.header().is_none_or(|h| h.kind() != kinds::OBJECT && !h.shape().is_of_program())
        || th.lookup(th.class_of(attribute), th.vm().names.__get__).is_some()
}

/// What lies in the object itself.
fn own(th: &Thread, o: Value, name: Gc<Str>) -> Result<Option<Value>> {
    match o.header().map(Header::kind) {
        Some(kinds::CLASS) => match o.as_class() {
            // An attribute of a class along its own MRO, bound as to the class.
            Some(class) => match th.lookup(class, name) {
                Some(attribute) => bind(th, attribute, Value::EMPTY, class).map(Some),
                None => Ok(None),
            },
            None => Ok(None),
        },
        Some(kinds::MODULE) => Ok(o.downcast::<Module>().and_then(|m| m.namespace.get_str(th, name))),
        Some(_) => Ok(instance::get_own(th, o, name)),
        None => Ok(None),
    }
}

/// Whether an attribute of a class comes before the instance's own.
pub fn is_data_descriptor(th: &Thread, attribute: Value) -> bool {
    let Some(header) = attribute.header() else { return false };
    match header.kind() {
        kinds::PROPERTY | kinds::GETSET | kinds::MEMBER => true,
        kinds::OBJECT | kinds::NATIVE_STATE => has_set(th, attribute),
        _ => header.shape().is_of_program() && has_set(th, attribute),
    }
}

fn has_set(th: &Thread, attribute: Value) -> bool {
    let (class, names) = (th.class_of(attribute), &*th.vm().names);
    th.lookup(class, names.__set__).is_some() || th.lookup(class, names.__delete__).is_some()
}

/// What looking `attribute`, found on `class`, up on `o` gives (`o` is `EMPTY` for a lookup on the class itself).
pub fn bind(th: &Thread, attribute: Value, o: Value, class: Gc<Class>) -> Result {
    let Some(header) = attribute.header() else { return Ok(attribute) };
    match header.kind() {
        kinds::FUNCTION if o.is_empty() => Ok(attribute),
        kinds::FUNCTION => Ok(function::new_method(th, attribute, o)),
        kinds::NATIVE => match attribute.downcast::<Native>() {
            Some(method) if method.is_method() && !o.is_empty() => Ok(native::bind(th, method, o)),
            _ => Ok(attribute),
        },
        kinds::STATICMETHOD | kinds::CLASSMETHOD | kinds::PROPERTY if of_program(th, attribute) => {
            bind_specially(th, attribute, o, class)
        }
        kinds::STATICMETHOD => Ok(attribute.downcast::<StaticMethod>().map_or(Value::NONE, |s| s.function.get())),
        kinds::CLASSMETHOD => match attribute.downcast::<ClassMethod>() {
            Some(method) => descriptors::bind_class_method(th, method.function.get(), class),
            None => Ok(attribute),
        },
        kinds::PROPERTY if o.is_empty() => Ok(attribute),
        kinds::PROPERTY => match attribute.downcast::<Property>() {
            Some(property) => descriptors::property_get(th, property, o),
            None => Ok(attribute),
        },
        kinds::GETSET if o.is_empty() => Ok(attribute),
        kinds::GETSET => match attribute.downcast::<GetSet>() {
            Some(getset) => (getset.def.get)(th, o),
            None => Ok(attribute),
        },
        kinds::MEMBER if o.is_empty() => Ok(attribute),
        kinds::MEMBER => match attribute.downcast::<Member>() {
            Some(member) => descriptors::member_get(th, member, o),
            None => Ok(attribute),
        },
        kinds::OBJECT | kinds::NATIVE_STATE | kinds::SUPER => bind_specially(th, attribute, o, class),
        // An instance of a class derived from `int`, say, or a class of a metaclass: its type may have a `__get__`.
        _ if header.shape().is_of_program() => bind_specially(th, attribute, o, class),
        _ => Ok(attribute),
    }
}

/// Whether the descriptor is of a class that a program derived from its built-in type, and may have its own `__get__`.
pub fn of_program(th: &Thread, attribute: Value) -> bool {
    th.class_of(attribute).def.is_none()
}

/// By the `__get__` of the attribute's class, if there is one.
fn bind_specially(th: &Thread, attribute: Value, o: Value, class: Gc<Class>) -> Result {
    match th.lookup(th.class_of(attribute), th.vm().names.__get__) {
        Some(get) => {
            let this = if o.is_empty() { Value::NONE } else { o };
            th.call_unbound(get, attribute, &[this, class.value()])
        }
        None => Ok(attribute),
    }
}

/// AttributeError in CPython's words, with the object and the name in it for "Did you mean".
#[cold]
pub fn no_attribute(th: &Thread, o: Value, name: Gc<Str>) -> Raised {
    let text = name.to_text();
    let raised = if let Some(class) = o.as_class() {
        th.attribute_error(format_args!("type object '{}' has no attribute '{text}'", class.name()))
    } else if let Some(module) = o.downcast::<Module>() {
        return module::no_attribute(th, module, name);
    } else {
        th.attribute_error(format_args!("'{}' object has no attribute '{text}'", th.type_name(o)))
    };
    exception::set_name_and_object(th, name.value(), o);
    raised
}

/// `o.name = value`
pub fn set_attr(th: &Thread, o: Value, name: Gc<Str>, value: Value) -> Result<()> {
    let class = th.class_of(o);
    if class.has(flag::SETATTR)
        && let Some(method) = th.lookup(class, th.vm().names.__setattr__)
    {
        return th.call_unbound(method, o, &[name.value(), value]).map(|_| ());
    }
    generic_set(th, o, class, name, value)
}

/// `del o.name`
pub fn del_attr(th: &Thread, o: Value, name: Gc<Str>) -> Result<()> {
    let class = th.class_of(o);
    if class.has(flag::SETATTR)
        && let Some(method) = th.lookup(class, th.vm().names.__delattr__)
    {
        return th.call_unbound(method, o, &[name.value()]).map(|_| ());
    }
    generic_set(th, o, class, name, Value::EMPTY)
}

/// `object.__setattr__`, and `object.__delattr__` where the value is `EMPTY`.
pub fn generic_set(th: &Thread, o: Value, class: Gc<Class>, name: Gc<Str>, value: Value) -> Result<()> {
    let on_class = th.lookup(class, name);
    if let Some(attribute) = on_class
        && let Some(done) = descriptors::set(th, attribute, o, name, value)
    {
        return done;
    }
    if let Some(class) = o.as_class() {
        return crate::vm::classes::set_attribute(th, class, name, value);
    }
    if let Some(module) = o.downcast::<Module>() {
        if !value.is_empty() {
            module.namespace.set_str(th, name, value);
            return Ok(());
        }
        return match module.namespace.remove_str(th, name) {
            Some(_) => Ok(()),
            None => {
                let class = class.name();
                let raised = th.attribute_error(format_args!("'{class}' object has no attribute '{}'", name.to_text()));
                exception::set_name_and_object(th, name.value(), o);
                Err(raised)
            }
        };
    }
    if value.is_empty() {
        if instance::delete_own(th, o, name) {
            return Ok(());
        }
    } else if class.has(flag::HAS_DICT) && instance::set_own(th, o, name, value) {
        return Ok(());
    }
    Err(cannot_set(th, o, class, name, on_class))
}

#[cold]
fn cannot_set(th: &Thread, o: Value, class: Gc<Class>, name: Gc<Str>, on_class: Option<Value>) -> Raised {
    let text = name.to_text();
    let raised = match on_class {
        Some(_) if !class.has(flag::HAS_DICT) => {
            th.attribute_error(format_args!("'{}' object attribute '{text}' is read-only", class.name()))
        }
        None if !class.has(flag::HAS_DICT) => th.attribute_error(format_args!(
            "'{}' object has no attribute '{text}' and no __dict__ for setting new attributes",
            class.name()
        )),
        _ => th.attribute_error(format_args!("'{}' object has no attribute '{text}'", class.name())),
    };
    exception::set_name_and_object(th, name.value(), o);
    raised
}

/// What to call for `o.name(…)`: the callable, and the object to pass first or `EMPTY`.
pub fn load_method(th: &Thread, o: Value, name: Gc<Str>) -> Result<(Value, Value)> {
    let class = th.class_of(o);
    if class.has(flag::GETATTRIBUTE | flag::GETATTR)
        || matches!(o.header().map(Header::kind), Some(kinds::CLASS | kinds::MODULE | kinds::SUPER))
    {
        return get_attr(th, o, name).map(|value| (value, Value::EMPTY));
    }
    if let Some(attribute) = th.lookup(class, name)
        && is_method(attribute)
        && instance::get_own(th, o, name).is_none()
    {
        return Ok((attribute, o));
    }
    // As in CPython, what a descriptor raises is not told what was sought where a method is.
    match generic(th, o, class, name)? {
        Some(value) => Ok((value, Value::EMPTY)),
        None => Err(no_attribute(th, o, name)),
    }
}

fn is_method(attribute: Value) -> bool {
    attribute.downcast::<Function>().is_some() || attribute.downcast::<Native>().is_some_and(|n| n.is_method())
}

/// The `__dict__` of an object as a dict: an instance's own, a module's namespace.
pub fn dict_of(th: &Thread, o: Value) -> Option<Gc<Dict>> {
    if let Some(module) = o.downcast::<Module>() {
        return Some(module.namespace);
    }
    if !th.class_of(o).has(flag::HAS_DICT) || !o.header()?.has_flag(Header::HAS_TAIL_VALUES) {
        return None;
    }
    Some(instance::dictionary(th, o))
}

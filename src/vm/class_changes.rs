//! What can be changed of a class after it was made, and an object's class: `__bases__` and `__class__`.

use crate::heap::{Gc, Value};
use crate::objects::class::{Class, flag};
use crate::objects::list::List;
use crate::objects::tuple::Tuple;
use crate::objects::{instance, kinds, weakref};

use super::class_layout::best_base;
use super::class_order;
use super::classes::{each_subclass, register_with_bases, update_flags};
use super::native::Result;
use super::{Raised, Thread};

/// TypeError for a new value (or, where it is `EMPTY`, a deletion) of an attribute that every class has, if the class
/// does not let it happen.
pub fn check_settable(th: &Thread, class: Gc<Class>, what: &str, value: Value) -> Result<()> {
    let verb = match (class.has(flag::IMMUTABLE), value.is_empty()) {
        (true, _) => "set",
        // CPython says "immutable" of every class that a deletion is refused by.
        (false, true) => "delete",
        (false, false) => return Ok(()),
    };
    Err(th.type_error(format_args!("cannot {verb} '{what}' attribute of immutable type '{}'", class.name())))
}

/// `class.__bases__ = value`
pub fn set_bases(th: &Thread, class: Gc<Class>, value: Value) -> Result<()> {
    check_settable(th, class, "__bases__", value)?;
    let bases = check_bases(th, class, value)?;
    let base = best_base(th, bases.items())?;
    let old_bases = class.bases.get().map_or(&[][..], |bases| bases.items());
    let old = best_base(th, old_bases)?;
    let built_in = old.def.is_some() || base.def.is_some();
    if built_in && is_counted_alone(old) != is_counted_alone(base) {
        return Err(th.type_error(format_args!(
            "__bases__ assignment: '{}' deallocator differs from '{}'",
            base.name(),
            old.name()
        )));
    }
    if built_in && old != base || !same_layout(th, old, base) {
        return Err(layout_differs(th, "__bases__", base, old));
    }
    let (before, bases_before) = (class.mro.get(), class.bases.get());
    class.bases.set(Some(bases));
    let ordered = class_order::set(th, class, bases.items());
    if class.bases.get() != Some(bases) {
        // A metaclass's `mro` has set others meanwhile.
        return ordered;
    }
    if let Err(raised) = ordered {
        class.mro.set(before);
        class.bases.set(bases_before);
        return Err(raised);
    }
    for base in old_bases.iter().filter_map(|base| base.as_class()) {
        forget_subclass(th, base, class);
    }
    register_with_bases(th, class, bases.items());
    let done = each_subclass(th, class, |subclass| reorder(th, subclass));
    th.vm().classes_changed();
    update_flags(th, class);
    done
}

/// Whether CPython's collector knows nothing of a class's objects, which cannot be part of a cycle: they are freed in
/// another way than others.
fn is_counted_alone(class: Gc<Class>) -> bool {
    let names =
        ["object", "int", "bool", "float", "complex", "str", "bytes", "bytearray", "range", "NoneType", "ellipsis"];
    class.def.is_some() && names.contains(&class.name().as_str())
}

fn check_bases(th: &Thread, class: Gc<Class>, value: Value) -> Result<Gc<Tuple>> {
    let name = class.name();
    let Some(bases) = value.downcast::<Tuple>() else {
        let given = th.type_name(value);
        return Err(th.type_error(format_args!("can only assign tuple to {name}.__bases__, not {given}")));
    };
    if bases.is_empty() {
        return Err(th.type_error(format_args!("can only assign non-empty tuple to {name}.__bases__, not ()")));
    }
    for base in bases.items() {
        let Some(base) = base.as_class() else {
            let given = th.type_name(*base);
            return Err(th.type_error(format_args!("{name}.__bases__ must be tuple of classes, not '{given}'")));
        };
        if base.is_subclass_of(class) {
            return Err(th.type_error("a __bases__ item causes an inheritance cycle"));
        }
    }
    Ok(bases)
}

/// Recomputes the order of a class whose bases have got another one, and of those below it.
fn reorder(th: &Thread, class: Gc<Class>) -> Result<()> {
    let bases = class.bases.get().map_or(&[][..], |bases| bases.items());
    class_order::set(th, class, bases)?;
    update_flags(th, class);
    each_subclass(th, class, |subclass| reorder(th, subclass))
}

fn forget_subclass(th: &Thread, base: Gc<Class>, class: Gc<Class>) {
    let _guard = th.guard(&base.get().header);
    if let Some(list) = base.subclasses.get().downcast::<List>() {
        let left: Vec<Value> =
            list.items(th).into_iter().filter(|one| weakref::target(*one) != class.value()).collect();
        base.subclasses.set(th.list(&left));
    }
}

/// The nearest built-in class that it inherits from.
fn native_base(class: Gc<Class>) -> Option<Gc<Class>> {
    class.mro().items().iter().filter_map(|base| base.as_class()).find(|base| base.def.is_some())
}

/// Whether instances of one class have what those of the other have, in the same places.
fn same_layout(th: &Thread, a: Gc<Class>, b: Gc<Class>) -> bool {
    let names = |class: Gc<Class>| th.vm().shapes().get(class.root_shape()).map(|shape| shape.names.clone());
    let has = |flag| a.has(flag) == b.has(flag);
    native_base(a) == native_base(b) && has(flag::HAS_DICT) && has(flag::WEAKREFS) && names(a) == names(b)
}

#[cold]
fn layout_differs(th: &Thread, what: &str, new: Gc<Class>, old: Gc<Class>) -> Raised {
    th.type_error(format_args!(
        "{what} assignment: '{}' object layout differs from '{}'",
        new.short_name(),
        old.short_name()
    ))
}

/// `object.__class__ = value`
pub fn set_class(th: &Thread, object: Value, value: Value) -> Result<()> {
    if value.is_empty() {
        return Err(th.type_error("can't delete __class__ attribute"));
    }
    let Some(class) = value.as_class() else {
        let given = th.type_name(value);
        return Err(th.type_error(format_args!("__class__ must be set to a class, not '{given}' object")));
    };
    let old = th.class_of(object);
    let modules = class.instance_kind == kinds::MODULE && old.instance_kind == kinds::MODULE;
    if !modules && (class.has(flag::IMMUTABLE) || old.has(flag::IMMUTABLE)) {
        return Err(th.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses"));
    }
    if !modules && !same_layout(th, old, class) {
        return Err(layout_differs(th, "__class__", class, old));
    }
    let (Some(header), Some(shape)) = (object.header(), th.vm().shapes().get(class.root_shape())) else {
        return Ok(());
    };
    if modules || !class.has(flag::HAS_DICT) {
        let _guard = th.guard(header);
        header.set_shape(shape.id);
        return Ok(());
    }
    // The object keeps its attributes in a dict, wherever the classes would have put them; what `__slots__` names has
    // the same place in both.
    instance::dictionary(th, object);
    let _guard = th.guard(header);
    header.set_shape(th.vm().shapes().dictionary(shape).id);
    Ok(())
}

//! The annotations of classes: computed when they are asked for, then kept, until something else is set.

use crate::heap::Value;
use crate::objects::dict::Dict;
use crate::vm::native::Result;
use crate::vm::{Thread, class_changes, ops};

use super::methods::class;

/// What `__annotations__` answers: `namespace["__annotations__"]`, where the class statement has made it, or what has been
/// computed before.
pub(super) fn annotations(th: &Thread, this: Value) -> Result {
    let (class, names) = (class(this), &*th.vm().names);
    if class.def.is_some() {
        return Err(ops::no_attribute(th, this, names.__annotations__));
    }
    let cache = th.intern("__annotations_cache__");
    if let Some(known) =
        class.namespace.get_str(th, names.__annotations__).or_else(|| class.namespace.get_str(th, cache))
    {
        return ops::bind(th, known, Value::EMPTY, class);
    }
    let function = annotate(th, this)?;
    let annotations = if ops::is_callable(th, function) {
        let made = th.call(function, &[Value::small_int(1)])?;
        if made.downcast::<Dict>().is_none() {
            return Err(returned_no_dict(th, made));
        }
        made
    } else {
        Dict::new(th).value()
    };
    class.namespace.set_str(th, cache, annotations);
    Ok(annotations)
}

/// The error about what an `__annotate__` function has answered.
#[cold]
pub fn returned_no_dict(th: &Thread, made: Value) -> crate::vm::Raised {
    th.type_error(format_args!("__annotate__ returned non-dict of type '{}'", th.type_name(made)))
}

/// Sets or deletes them: what would compute others is forgotten.
pub(super) fn set_annotations(th: &Thread, this: Value, value: Value) -> Result<()> {
    class_changes::check_settable(th, class(this), "__annotations__", Value::NONE)?;
    let (namespace, names) = (class(this).namespace, &*th.vm().names);
    let cache = th.intern("__annotations_cache__");
    if value.is_empty() {
        let own = namespace.remove_str(th, names.__annotations__);
        if namespace.remove_str(th, cache).or(own).is_none() {
            return Err(th.attribute_error("__annotations__"));
        }
    } else if namespace.has_str(th, names.__annotations__) {
        namespace.set_str(th, names.__annotations__, value);
    } else {
        namespace.set_str(th, cache, value);
    }
    namespace.remove_str(th, names.__annotate_func__);
    namespace.remove_str(th, names.__annotate__);
    Ok(())
}

/// The function that computes them: the class's own `__annotate__`, or the compiler's; none is remembered as none.
pub(super) fn annotate(th: &Thread, this: Value) -> Result {
    let (class, names) = (class(this), &*th.vm().names);
    if class.def.is_some() {
        return Err(ops::no_attribute(th, this, names.__annotate__));
    }
    let own = class.namespace.get_str(th, names.__annotate__);
    match own.or_else(|| class.namespace.get_str(th, names.__annotate_func__)) {
        Some(function) => ops::bind(th, function, Value::EMPTY, class),
        None => {
            class.namespace.set_str(th, names.__annotate_func__, Value::NONE);
            Ok(Value::NONE)
        }
    }
}

pub(super) fn set_annotate(th: &Thread, this: Value, value: Value) -> Result<()> {
    if value.is_empty() {
        class_changes::check_settable(th, class(this), "__annotate__", Value::NONE)?;
        return Err(th.type_error("cannot delete __annotate__ attribute"));
    }
    class_changes::check_settable(th, class(this), "__annotate__", value)?;
    if !value.is_none() && !ops::is_callable(th, value) {
        return Err(th.type_error("__annotate__ must be callable or None"));
    }
    let namespace = class(this).namespace;
    namespace.remove_str(th, th.vm().names.__annotate__);
    namespace.set_str(th, th.vm().names.__annotate_func__, value);
    if !value.is_none() {
        namespace.remove_str(th, th.intern("__annotations_cache__"));
    }
    Ok(())
}

//! Thread-local data: `_thread._local`.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::heap::{Gc, Slot, Tracer, Value};
use crate::objects::dict::Dict;
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeState};
use crate::objects::tuple::Tuple;
use crate::vm::native::{Result, TypeDef, native};
use crate::vm::{Thread, ops};

use super::{class_of, state};

/// An object whose attributes each thread sees its own of: a dict for each thread, made with `__init__`'s arguments.
struct Local {
    args: Slot,
    keywords: Slot,
    /// From a thread's identifier to its dict.
    dicts: Slot,
    used: AtomicBool,
}

impl NativeState for Local {
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.args, &self.keywords, &self.dicts] {
            tracer.slot(slot);
        }
    }
}

/// The calling thread's dict; a subclass's `__init__` runs when a thread comes for the first time.
fn local_dict(th: &Thread, this: Value) -> Result<Gc<Dict>> {
    let local = state::<Local>(th, this)?;
    let Some(dicts) = local.dicts.get().downcast::<Dict>() else {
        return Err(th.runtime_error("a local without dicts"));
    };
    let key = th.int(th.ident as i64);
    if let Some(dict) = dicts.get_item(th, key)?.and_then(|d| d.downcast::<Dict>()) {
        return Ok(dict);
    }
    let dict = Dict::new(th);
    dicts.set_item(th, key, dict.value())?;
    let class = th.class_of(this);
    if let Some(init) = th.lookup(class, th.vm().names.__init__)
        && init != th.vm().object_init()
        && local.used.swap(true, Ordering::AcqRel)
    {
        let args = local.args.get().downcast::<Tuple>().map_or(&[][..], |t| t.items());
        let bound = ops::bind(th, init, this, class)?;
        if let Err(raised) = th.call_unpacked(bound, args, local.keywords.get().downcast()) {
            dicts.remove_item(th, key)?;
            return Err(raised);
        }
    }
    Ok(dict)
}

pub static LOCAL: TypeDef = TypeDef {
    weakrefs: true,
    module: "_thread",
    methods: &[
        native("__new__", "(cls, *args, **kwargs)", "Create and return a new object.", |th, args| {
            let class = class_of(th, args[0])?;
            let given = args[1].downcast::<Tuple>().is_some_and(|t| !t.is_empty())
                || args[2].downcast::<Dict>().is_some_and(|d| !d.is_empty());
            if given && th.lookup(class, th.vm().names.__init__) == Some(th.vm().object_init()) {
                return Err(th.type_error("Initialization arguments are not supported"));
            }
            let dicts = Dict::new(th);
            // The first thread's `__init__` is the one that calling the class runs.
            dicts.set_item(th, th.int(th.ident as i64), Dict::new(th).value())?;
            let state = Local {
                args: Slot::new(args[1]),
                keywords: Slot::new(args[2]),
                dicts: Slot::new(dicts.value()),
                used: AtomicBool::new(true),
            };
            Ok(native_object::new(th, class, Box::new(state)).value())
        })
        .static_method(),
        native("__getattribute__", "(self, name, /)", "Return getattr(self, name).", |th, args| {
            let name = ops::attribute_name(th, args[1])?;
            let dict = local_dict(th, args[0])?;
            if name == th.vm().names.__dict__ {
                return Ok(dict.value());
            }
            let class = th.class_of(args[0]);
            let on_class = th.lookup(class, name);
            if let Some(attribute) = on_class
                && ops::is_data_descriptor(th, attribute)
            {
                return ops::bind(th, attribute, args[0], class);
            }
            match (dict.get_str(th, name), on_class) {
                (Some(value), _) => Ok(value),
                (None, Some(attribute)) => ops::bind(th, attribute, args[0], class),
                (None, None) => Err(ops::no_attribute(th, args[0], name)),
            }
        }),
        native("__setattr__", "(self, name, value, /)", "Implement setattr(self, name, value).", |th, args| {
            set_local(th, args[0], args[1], args[2])
        }),
        native("__delattr__", "(self, name, /)", "Implement delattr(self, name).", |th, args| {
            set_local(th, args[0], args[1], Value::EMPTY)
        }),
    ],
    subclassable: true,
    has_dict: true,
    ..TypeDef::new("_local", kinds::NATIVE_STATE, "Thread-local data.")
};

fn set_local(th: &Thread, this: Value, name: Value, value: Value) -> Result {
    let name = ops::attribute_name(th, name)?;
    let dict = local_dict(th, this)?;
    if name == th.vm().names.__dict__ {
        let class = th.type_name(this);
        return Err(th.attribute_error(format_args!("'{class}' object attribute '__dict__' is read-only")));
    }
    if let Some(attribute) = th.lookup(th.class_of(this), name)
        && let Some(done) = crate::objects::descriptors::set(th, attribute, this, name, value)
    {
        return done.map(|()| Value::NONE);
    }
    if value.is_empty() {
        return match dict.remove_str(th, name) {
            Some(_) => Ok(Value::NONE),
            None => Err(ops::no_attribute(th, this, name)),
        };
    }
    dict.set_str(th, name, value);
    Ok(Value::NONE)
}

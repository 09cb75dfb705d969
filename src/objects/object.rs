//! `object`: what every class inherits.

use crate::heap::{Gc, Value};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Thread, class_changes, classes, ops};

use super::class::flag;
use super::dict::Dict;
use super::list::List;
use super::{instance, kinds, reduce};

pub static OBJECT: TypeDef = TypeDef {
    methods: METHODS,
    getset: ATTRIBUTES,
    subclassable: true,
    ..TypeDef::new("object", kinds::OBJECT, "The base class of the class hierarchy.")
};

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, *args, **kwargs)", "Create and return a new object.", new).static_method(),
    native("__init__", "(self, /, *args, **kwargs)", "Initialize self.", init),
    native("__repr__", "(self, /)", "Return repr(self).", |th, args| ops::default_repr(th, args[0]).map(|s| s.value())),
    native("__str__", "(self, /)", "Return str(self).", |th, args| {
        // Whoever asked for the text sees to it that it is one.
        match th.call_special(args[0], th.vm().names.__repr__, &[]) {
            Some(text) => text,
            None => ops::default_repr(th, args[0]).map(|s| s.value()),
        }
    }),
    native("__format__", "(self, format_spec, /)", "Default object formatter.", format),
    native("__hash__", "(self, /)", "Return hash(self).", |_, args| Ok(Value::small_int(identity_hash(args[0])))),
    native("__eq__", "(self, value, /)", "Return self==value.", |_, args| {
        Ok(if args[0] == args[1] { Value::TRUE } else { Value::NOT_IMPLEMENTED })
    }),
    native("__ne__", "(self, value, /)", "Return self!=value.", |th, args| {
        match th.call_special(args[0], th.vm().names.__eq__, &[args[1]]) {
            None => Ok(Value::NOT_IMPLEMENTED),
            Some(equal) => match equal? {
                Value::NOT_IMPLEMENTED => Ok(Value::NOT_IMPLEMENTED),
                equal => Ok(Value::bool(!ops::truthy(th, equal)?)),
            },
        }
    }),
    native("__lt__", "(self, value, /)", "Return self<value.", |_, _| Ok(Value::NOT_IMPLEMENTED)),
    native("__le__", "(self, value, /)", "Return self<=value.", |_, _| Ok(Value::NOT_IMPLEMENTED)),
    native("__gt__", "(self, value, /)", "Return self>value.", |_, _| Ok(Value::NOT_IMPLEMENTED)),
    native("__ge__", "(self, value, /)", "Return self>=value.", |_, _| Ok(Value::NOT_IMPLEMENTED)),
    GETATTRIBUTE,
    native("__setattr__", "(self, name, value, /)", "Implement setattr(self, name, value).", |th, args| {
        refuse_classes(th, args[0], "__setattr__")?;
        set_attribute(th, args, args[2])
    }),
    native("__delattr__", "(self, name, /)", "Implement delattr(self, name).", |th, args| {
        refuse_classes(th, args[0], "__delattr__")?;
        set_attribute(th, args, Value::EMPTY)
    }),
    native("__dir__", "(self, /)", "Default dir() implementation.", dir),
    native("__sizeof__", "(self, /)", "Size of object in memory, in bytes.", |_, args| {
        let size = args[0].header().map_or(8, |h| kinds::KINDS[h.kind().0 as usize].size);
        Ok(Value::small_int(size as i64))
    }),
    native("__init_subclass__", "(cls, /)", "This method is called when a class is subclassed.", |_, _| {
        Ok(Value::NONE)
    })
    .class_method(),
    native(
        "__subclasshook__",
        "(cls, object, /)",
        "Abstract classes can override this to customize issubclass().",
        |_, _| Ok(Value::NOT_IMPLEMENTED),
    )
    .class_method(),
    reduce::REDUCE,
    reduce::REDUCE_EX,
    reduce::GETSTATE,
];

const ATTRIBUTES: &[GetSetDef] = &[getter("__class__", "the object's class", |th, this| Ok(th.class_of(this).value()))
    .settable(class_changes::set_class)];

/// The `__dict__` of the classes whose instances have one.
pub static DICT: GetSetDef =
    getter("__dict__", "dictionary for instance variables", |th, this| match ops::dict_of(th, this) {
        Some(dict) => Ok(dict.value()),
        None => Err(ops::no_attribute(th, this, th.vm().names.__dict__)),
    })
    .settable(|th, this, value| {
        // The classes that come with a `__dict__` do not let it be taken away.
        let name = th.vm().names.__dict__;
        let home = th.class_of(this).mro().items().iter().filter_map(|c| c.as_class());
        let native = home.into_iter().find(|c| c.namespace.has_str(th, name)).is_some_and(|c| c.def.is_some());
        if value.is_empty() && native {
            return Err(th.type_error("cannot delete __dict__"));
        }
        let value = if value.is_empty() { Dict::new(th).value() } else { value };
        let Some(dict) = value.downcast::<Dict>() else {
            let given = th.type_name(value);
            return Err(th.type_error(format_args!("__dict__ must be set to a dictionary, not a '{given}'")));
        };
        if !th.class_of(this).has(flag::HAS_DICT) {
            return Err(ops::no_attribute(th, this, th.vm().names.__dict__));
        }
        instance::set_dictionary(th, this, dict);
        Ok(())
    });

/// The `__weakref__` of the classes whose instances may be weakly referenced.
pub static WEAKREF: GetSetDef = getter("__weakref__", "list of weak references to the object", |th, this| {
    let references = super::weakref::references_to(th, this);
    Ok(references.downcast::<List>().and_then(|list| list.at(0)).unwrap_or(Value::NONE))
});

/// The hash of an object by its address.
pub fn identity_hash(value: Value) -> i64 {
    if let Some(f) = value.as_inline_float().filter(|f| f.is_nan()) {
        return super::float::hash(f);
    }
    // Cells are aligned: the low bits say nothing.
    (value.bits().rotate_right(4) & ((1 << 46) - 1)) as i64
}

fn new(th: &Thread, args: &[Value]) -> Result {
    let Some(class) = args[0].as_class() else {
        return Err(
            th.type_error("object.__new__(X): X is not a type object (".to_string() + &th.type_name(args[0]) + ")")
        );
    };
    let extra = args[1].downcast::<super::tuple::Tuple>().is_some_and(|t| !t.is_empty())
        || args[2].downcast::<Dict>().is_some_and(|d| !d.is_empty());
    if extra {
        let own_new = th.lookup(class, th.vm().names.__new__) != Some(th.vm().object_new());
        let own_init = th.lookup(class, th.vm().names.__init__) != Some(th.vm().object_init());
        if own_new {
            return Err(th.type_error("object.__new__() takes exactly one argument (the type to instantiate)"));
        }
        if !own_init {
            return Err(th.type_error(format_args!("{}() takes no arguments", class.name())));
        }
    }
    if class.instance_kind != kinds::OBJECT {
        return Err(th.type_error(format_args!("object.__new__({0}) is not safe, use {0}.__new__()", class.name())));
    }
    classes::refuse_abstract(th, class)?;
    Ok(th.new_instance(class))
}

/// `object` and `type` have it alike.
pub const GETATTRIBUTE: NativeDef =
    native("__getattribute__", "(self, name, /)", "Return getattr(self, name).", |th, args| {
        let name = ops::attribute_name(th, args[1])?;
        match ops::generic(th, args[0], th.class_of(args[0]), name)? {
            Some(value) => Ok(value),
            None => Err(ops::no_attribute(th, args[0], name)),
        }
    });

/// What `__setattr__` and, with `EMPTY`, `__delattr__` of `object` and `type` do.
pub fn set_attribute(th: &Thread, args: &[Value], value: Value) -> Result {
    let name = ops::attribute_name(th, args[1])?;
    ops::generic_set(th, args[0], th.class_of(args[0]), name, value).map(|()| Value::NONE)
}

/// Classes have a method of their own, which nobody gets around with that of `object`.
fn refuse_classes(th: &Thread, this: Value, method: &str) -> Result<()> {
    if !this.is_class() {
        return Ok(());
    }
    Err(th.type_error(format_args!("can't apply this {method} to {} object", th.type_name(this))))
}

fn init(th: &Thread, args: &[Value]) -> Result {
    let extra = args[1].downcast::<super::tuple::Tuple>().is_some_and(|t| !t.is_empty())
        || args[2].downcast::<Dict>().is_some_and(|d| !d.is_empty());
    if extra {
        let class = th.class_of(args[0]);
        if th.lookup(class, th.vm().names.__init__) != Some(th.vm().object_init()) {
            return Err(th.type_error("object.__init__() takes exactly one argument (the instance to initialize)"));
        }
        // Types that programs cannot make have no `__new__` in CPython, and take anything here.
        let is_made = class.instance_kind == kinds::OBJECT;
        if is_made && th.lookup(class, th.vm().names.__new__) == Some(th.vm().object_new()) {
            let name = class.name();
            return Err(th.type_error(format_args!(
                "{name}.__init__() takes exactly one argument (the instance to initialize)"
            )));
        }
    }
    Ok(Value::NONE)
}

fn format(th: &Thread, args: &[Value]) -> Result {
    ops::default_format(th, args[0], args[1]).map(|s| s.value())
}

/// The names of the object's attributes, its class's and the class's bases', sorted.
fn dir(th: &Thread, args: &[Value]) -> Result {
    let names = Dict::new(th);
    let add = |namespace: Gc<Dict>| -> Result<()> {
        namespace.live_entries().try_for_each(|(_, key, _)| names.set_item(th, key, Value::NONE))
    };
    let class = th.class_of(args[0]);
    let plain = |descriptor: Value| descriptor.downcast::<super::descriptors::GetSet>().is_some();
    if th.lookup(class, th.vm().names.__dict__).is_some_and(plain) {
        for name in instance::own_names(th, args[0]) {
            names.set_str(th, name, Value::NONE);
        }
    } else if let Some(own) = ops::find_attr(th, args[0], th.vm().names.__dict__)?.and_then(|own| own.downcast()) {
        add(own)?;
    }
    if let Some(class) = ops::find_attr(th, args[0], th.vm().names.__class__)?.and_then(|class| class.as_class()) {
        class.mro().items().iter().filter_map(|c| c.as_class()).try_for_each(|c| add(c.namespace))?;
    }
    Ok(List::new(th, &names.entries().iter().map(|(k, _)| *k).collect::<Vec<_>>()).value())
}

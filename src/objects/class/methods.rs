//! `type`: making classes by calling it, and the attributes of classes.

use crate::heap::{Gc, Value};
use crate::objects::class::{Class, flag};
use crate::objects::dict::{Dict, proxy};
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::object::{GETATTRIBUTE, set_attribute};
use crate::objects::str::{Str, codec};
use crate::objects::tuple::Tuple;
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, member, native};
use crate::vm::{Thread, class_changes, class_layout, class_order, classes, ops};

use super::annotations;

pub static TYPE: TypeDef = TypeDef {
    methods: METHODS,
    getset: ATTRIBUTES,
    subclassable: true,
    has_dict: false,
    ..TypeDef::new(
        "type",
        kinds::CLASS,
        "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
    )
};

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, *args, **kwargs)", "Create and return a new object.", new).static_method(),
    native("__init__", "(self, /, *args, **kwargs)", "Initialize self.", |_, _| Ok(Value::NONE)),
    native("__call__", "(self, /, *args, **kwargs)", "Call self as a function.", |th, args| {
        let positional = items(args[1]);
        let keywords = args[2].downcast::<Dict>().map_or(Vec::new(), |d| d.entries());
        let mut all = positional.to_vec();
        let mut names = Vec::new();
        for (name, value) in keywords {
            names.push(name);
            all.push(value);
        }
        th.keep(th.tuple(&all));
        th.keep(th.tuple(&names));
        let result = th.construct(class(args[0]), &all, &names);
        th.unkeep(2);
        result
    }),
    native("__repr__", "(self, /)", "Return repr(self).", |th, args| Ok(th.str(&repr(th, class(args[0]))))),
    native("__prepare__", "(cls, /, *args, **kwargs)", "Create the namespace for the class statement.", |th, _| {
        Ok(Dict::new(th).value())
    })
    .class_method(),
    GETATTRIBUTE,
    native("__setattr__", "(self, name, value, /)", "Implement setattr(self, name, value).", |th, args| {
        set_attribute(th, args, args[2])
    }),
    native("__delattr__", "(self, name, /)", "Implement delattr(self, name).", |th, args| {
        set_attribute(th, args, Value::EMPTY)
    }),
    native("mro", "(self, /)", "Return a type's method resolution order.", |th, args| {
        let class = class(args[0]);
        let bases = class.bases.get().map_or(&[][..], |bases| bases.items());
        Ok(th.list(class_order::linearisation(th, class, bases)?.items()))
    }),
    native("__subclasses__", "(self, /)", "Return a list of immediate subclasses.", |th, args| {
        Ok(List::new(th, classes::subclasses(th, class(args[0])).items()).value())
    }),
    native("__instancecheck__", "(self, instance, /)", "Check if an object is an instance.", |th, args| {
        ops::plain_is_instance(th, args[1], class(args[0])).map(Value::bool)
    }),
    native("__subclasscheck__", "(self, subclass, /)", "Check if a class is a subclass.", |th, args| {
        ops::plain_is_subclass(th, args[1], class(args[0])).map(Value::bool)
    }),
    native("__or__", "(self, value, /)", "Return self|value.", |th, args| {
        crate::objects::generic_alias::union(th, args[0], args[1])
    }),
    native("__ror__", "(self, value, /)", "Return value|self.", |th, args| {
        crate::objects::generic_alias::union(th, args[1], args[0])
    }),
    native("__dir__", "(self, /)", "Specialized __dir__ implementation for types.", |th, args| {
        let names = Dict::new(th);
        for base in class(args[0]).mro().items().iter().filter_map(|c| c.as_class()) {
            for (_, key, _) in base.namespace.live_entries() {
                names.set_item(th, key, Value::NONE)?;
            }
        }
        Ok(th.list(&names.entries().iter().map(|(k, _)| *k).collect::<Vec<_>>()))
    }),
];

const ATTRIBUTES: &[GetSetDef] = &[
    getter("__name__", "The name of the class.", |th, this| {
        let class = class(this);
        // The name in messages has the module before it: then this is a part of it.
        let is_part = class.def.is_none() && class.has(flag::IMMUTABLE);
        Ok(if is_part { th.str(&class.short_name()) } else { text(class.name.get()) })
    })
    .settable(|th, this, value| set_text(th, class(this), &class(this).name, "__name__", value)),
    getter("__qualname__", "The qualified name of the class.", |_, this| Ok(text(class(this).qualname.get())))
        .settable(|th, this, value| set_text(th, class(this), &class(this).qualname, "__qualname__", value)),
    getter("__bases__", "The base classes.", |_, this| Ok(class(this).bases.get().map_or(Value::NONE, Gc::value)))
        .settable(|th, this, value| class_changes::set_bases(th, class(this), value)),
    member("__base__", "The base class.", |th, this| match class(this).bases.get() {
        Some(bases) if !bases.is_empty() => Ok(class_layout::best_base(th, bases.items())?.value()),
        _ => Ok(Value::NONE),
    }),
    getter("__mro__", "The method resolution order.", |_, this| {
        // A class whose metaclass is yet to say its order has none.
        let mro = class(this).mro();
        Ok(if mro.is_empty() { Value::NONE } else { mro.value() })
    }),
    getter("__dict__", "The namespace of the class.", |th, this| Ok(proxy::new(th, class(this).namespace.value()))),
    getter("__module__", "The module the class was defined in.", |th, this| {
        let class = class(this);
        // (`type` itself has this very getter there.)
        if class.def.is_none()
            && let Some(module) = class.namespace.get_str(th, th.vm().names.__module__)
        {
            return Ok(module);
        }
        Ok(th.str(class.def.map_or("builtins", |d| d.module)))
    })
    .settable(|th, this, value| {
        class_changes::check_settable(th, class(this), "__module__", value)?;
        // It then no longer stands where it was written.
        class(this).namespace.remove_str(th, th.intern("__firstlineno__"));
        classes::set_attribute(th, class(this), th.vm().names.__module__, value)
    }),
    getter("__doc__", "The documentation of the class.", |th, this| {
        let class = class(this);
        match class.namespace.get_str(th, th.vm().names.__doc__) {
            // `type` itself has this very getter there.
            _ if is_type(th, this) => Ok(th.str(class.def.map_or("", |def| def.doc))),
            Some(doc) => ops::bind(th, doc, Value::EMPTY, class),
            None => Ok(Value::NONE),
        }
    })
    .settable(|th, this, value| {
        class_changes::check_settable(th, class(this), "__doc__", value)?;
        classes::set_attribute(th, class(this), th.vm().names.__doc__, value)
    }),
    getter("__text_signature__", "Not known of any class.", |_, _| Ok(Value::NONE)),
    getter("__abstractmethods__", "The abstract methods left.", |th, this| {
        let name = th.intern("__abstractmethods__");
        match class(this).namespace.get_str(th, name) {
            Some(methods) if !is_type(th, this) => Ok(methods),
            _ => Err(th.attribute_error("__abstractmethods__")),
        }
    })
    .settable(|th, this, value| {
        let class = class(this);
        if value.is_empty() && !class.namespace.has_str(th, th.intern("__abstractmethods__")) {
            return Err(th.attribute_error("__abstractmethods__"));
        }
        if value.is_empty() || !ops::truthy(th, value)? {
            class.unset(flag::ABSTRACT)
        } else {
            class.set(flag::ABSTRACT)
        }
        classes::set_attribute(th, class, th.intern("__abstractmethods__"), value)
    }),
    getter("__annotations__", "The annotations of the class.", annotations::annotations)
        .settable(annotations::set_annotations),
    getter("__annotate__", "The function that computes the annotations.", annotations::annotate)
        .settable(annotations::set_annotate),
    getter("__type_params__", "The type parameters of the class.", |th, this| {
        let own = class(this).namespace.get_str(th, th.vm().names.__type_params__);
        // `type` itself has this very getter there.
        Ok(own.filter(|_| !is_type(th, this)).unwrap_or_else(|| th.tuple(&[])))
    })
    .settable(|th, this, value| {
        class_changes::check_settable(th, class(this), "__type_params__", value)?;
        classes::set_attribute(th, class(this), th.vm().names.__type_params__, value)
    }),
    member("__flags__", "The flags of the class.", |_, this| {
        let class = class(this);
        let heap = if class.def.is_none() { 1 << 9 } else { 1 << 8 };
        let base = if class.has(flag::SUBCLASSABLE) { 1 << 10 } else { 0 };
        let is_abstract = if class.has(flag::ABSTRACT) { 1 << 20 } else { 0 };
        Ok(Value::small_int(heap | base | is_abstract))
    }),
    member("__basicsize__", "The size of its instances, in bytes.", |_, this| {
        Ok(Value::small_int(kinds::KINDS[class(this).instance_kind.0 as usize].size as i64))
    }),
    member("__itemsize__", "The size of each item of instances whose size varies, in bytes.", |_, this| {
        Ok(Value::small_int(match class(this).instance_kind {
            kinds::INT => 4,
            kinds::TUPLE => 8,
            kinds::BYTES => 1,
            kinds::CLASS => 40,
            _ => 0,
        }))
    }),
    member("__dictoffset__", "Where instances have their dict, as CPython tells it; 0 for nowhere.", |_, this| {
        Ok(Value::small_int(if class(this).has(flag::HAS_DICT) { -1 } else { 0 }))
    }),
    member("__weakrefoffset__", "Where instances have their weak references; 0 for nowhere.", |_, this| {
        Ok(Value::small_int(if class(this).has(flag::WEAKREFS) { -8 } else { 0 }))
    }),
];

/// Whether the class is `type`, in whose namespace the getters of these attributes lie.
fn is_type(th: &Thread, class: Value) -> bool {
    class == th.vm().class_of_kind(kinds::CLASS).value()
}

pub(super) fn class(value: Value) -> Gc<Class> {
    match value.as_class() {
        Some(class) => class,
        None => unreachable!("a class's methods get a class"),
    }
}

fn items(value: Value) -> &'static [Value] {
    value.downcast::<Tuple>().map_or(&[], |t| t.items())
}

fn text(name: Option<Gc<Str>>) -> Value {
    name.map_or(Value::NONE, Gc::value)
}

fn set_text(th: &Thread, class: Gc<Class>, slot: &crate::heap::GcSlot<Str>, what: &str, value: Value) -> Result<()> {
    class_changes::check_settable(th, class, what, value)?;
    match value.as_str_cell() {
        Some(name) if what == "__name__" && name.wtf8().contains(&0) => {
            Err(th.value_error("type name must not contain null characters"))
        }
        Some(name) => {
            if what == "__name__" {
                codec::check_utf8(th, name)?;
            }
            slot.set(Some(name));
            Ok(())
        }
        None => {
            let given = th.type_name(value);
            Err(th.type_error(format_args!("can only assign string to {}.{what}, not '{given}'", class.name())))
        }
    }
}

/// `<class 'module.Name'>`
pub fn repr(th: &Thread, class: Gc<Class>) -> String {
    format!("<class '{}'>", full_name(th, class))
}

/// The qualified name with its module, unless that is `builtins` or `__main__`: C's `%T`.
pub fn message_name(th: &Thread, class: Gc<Class>) -> String {
    let name = full_name(th, class);
    name.strip_prefix("__main__.").map(str::to_owned).unwrap_or(name)
}

/// The qualified name with its module, unless that is `builtins`.
pub fn full_name(th: &Thread, class: Gc<Class>) -> String {
    let name = class.qualname.get().map_or_else(|| class.name(), |q| q.to_text());
    let module = match class.namespace.get_str(th, th.vm().names.__module__).filter(|v| v.as_str_cell().is_some()) {
        Some(module) => module.as_str_cell().map(|s| s.to_text()),
        None => Some(class.def.map_or("builtins", |d| d.module).to_string()),
    };
    match module {
        Some(module) if module != "builtins" => format!("{module}.{name}"),
        _ => name,
    }
}

/// `type(name, bases, namespace, **keywords)`
fn new(th: &Thread, args: &[Value]) -> Result {
    let Some(meta) = args[0].as_class() else { return Err(th.type_error("type.__new__(X): X is not a type object")) };
    let (name, bases, namespace) = match items(args[1]) {
        [name, bases, namespace] => (*name, *bases, *namespace),
        other => {
            let count = other.len();
            return Err(th.type_error(format_args!("type.__new__() takes exactly 3 arguments ({count} given)")));
        }
    };
    let wrong = |at: usize, want: &str, value: Value| {
        let found = if value.is_none() { "None".to_owned() } else { th.type_name(value) };
        th.type_error(format_args!("type.__new__() argument {at} must be {want}, not {found}"))
    };
    let Some(name) = name.as_str_cell() else { return Err(wrong(1, "str", name)) };
    let Some(bases) = bases.downcast::<Tuple>() else { return Err(wrong(2, "tuple", bases)) };
    let Some(namespace) = namespace.downcast::<Dict>() else { return Err(wrong(3, "dict", namespace)) };
    for base in bases.items().iter().filter(|base| !base.is_class()) {
        if ops::find_attr(th, *base, th.vm().names.__mro_entries__)?.is_some() {
            return Err(th.type_error("type() doesn't support MRO entry resolution; use types.new_class()"));
        }
    }
    let winner = classes::winner(th, meta, bases.items())?;
    if winner != meta && th.lookup(winner, th.vm().names.__new__) != th.lookup(meta, th.vm().names.__new__) {
        let new = ops::get_attr(th, winner.value(), th.vm().names.__new__)?;
        let parts = [winner.value(), name.value(), bases.value(), namespace.value()];
        return th.call_unpacked(new, &parts, args[2].downcast());
    }
    let made = classes::new_class(th, winner, name, bases.items(), namespace)?;
    if !bases.is_empty() {
        // They may be of a class derived from `tuple`.
        made.bases.set(Some(bases));
    }
    let keywords = args[2].downcast::<Dict>().map_or(Vec::new(), |d| d.entries());
    let (names, values): (Vec<Value>, Vec<Value>) = keywords.into_iter().unzip();
    th.keep(th.tuple(&values));
    let initialised = classes::init_subclass(th, made, &values, &names);
    th.unkeep(1);
    initialised?;
    Ok(made.value())
}

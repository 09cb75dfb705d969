//! Descriptors: `property`, `staticmethod`, `classmethod`, the attributes that native types compute, `__slots__` members, `super`.

use crate::heap::{Cell, Gc, Header, Kind, Slot, Tracer, Value};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Raised, Thread, ops};

use super::class::Class;
use super::exception;
use super::function::Function;
use super::native::Native;
use super::str::Str;
use super::{instance, kinds};

/// `property`
#[repr(C)]
pub struct Property {
    pub header: Header,
    pub get: Slot,
    pub set: Slot,
    pub delete: Slot,
    pub doc: Slot,
    pub name: Slot,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Property {
    const KIND: Kind = kinds::PROPERTY;
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.get, &self.set, &self.delete, &self.doc, &self.name] {
            tracer.slot(slot);
        }
    }
}

macro_rules! wrapper {
    ($(#[$doc:meta])* $name:ident $kind:ident) => {
        $(#[$doc])*
        #[repr(C)]
        pub struct $name {
            pub header: Header,
            pub function: Slot,
        }

        // SAFETY: `repr(C)`, header first, every value reported.
        unsafe impl Cell for $name {
            const KIND: Kind = kinds::$kind;
            fn trace(&self, tracer: &mut Tracer) {
                tracer.slot(&self.function);
            }
        }
    };
}

wrapper!(
    /// `staticmethod`
    StaticMethod STATICMETHOD
);
wrapper!(
    /// `classmethod`
    ClassMethod CLASSMETHOD
);

/// An attribute that a native type computes.
#[repr(C)]
pub struct GetSet {
    pub header: Header,
    pub def: &'static GetSetDef,
    pub owner: Value,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for GetSet {
    const KIND: Kind = kinds::GETSET;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self.owner);
    }
}

/// An attribute named in `__slots__`.
#[repr(C)]
pub struct Member {
    pub header: Header,
    /// Interned.
    pub name: Gc<Str>,
    pub owner: Value,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Member {
    const KIND: Kind = kinds::MEMBER;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.name);
        tracer.value(self.owner);
    }
}

/// `super`
#[repr(C)]
pub struct Super {
    pub header: Header,
    /// The class whose successors in the MRO are searched.
    pub class: Slot,
    /// The object or class that attributes are bound to.
    pub object: Slot,
    /// The class whose MRO it is.
    pub object_class: Slot,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Super {
    const KIND: Kind = kinds::SUPER;
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.class, &self.object, &self.object_class] {
            tracer.slot(slot);
        }
    }
}

// ---- property

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
            if args[1].is_none() { Ok(args[0]) } else { property_get(th, property, args[1]) }
        },
    ),
    native("__set__", "(self, instance, value, /)", "Set an attribute of instance to value.", |th, args| {
        property_set(th, property(args[0]), args[1], args[2]).map(|()| Value::NONE)
    }),
    native("__delete__", "(self, instance, /)", "Delete an attribute of instance.", |th, args| {
        property_set(th, property(args[0]), args[1], Value::EMPTY).map(|()| Value::NONE)
    }),
    native("__set_name__", "(self, owner, name, /)", "Method to set name of a property.", |_, args| {
        property(args[0]).name.set(args[2]);
        Ok(Value::NONE)
    }),
];

const PROPERTY_ATTRIBUTES: &[GetSetDef] = &[
    getter("fget", "The getter.", |_, this| Ok(or_none(&property(this).get))),
    getter("fset", "The setter.", |_, this| Ok(or_none(&property(this).set))),
    getter("fdel", "The deleter.", |_, this| Ok(or_none(&property(this).delete))),
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
        ops::get_attr(th, property.get.get(), th.vm().names.__name__)
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

fn or_none(slot: &Slot) -> Value {
    let value = slot.get();
    if value.is_empty() { Value::NONE } else { value }
}

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
    let (get, set, delete, doc, name) = Default::default();
    Ok(th
        .instantiate(class, Property { header: Header::of_kind(kinds::PROPERTY), get, set, delete, doc, name })
        .value())
}

fn property_init(th: &Thread, args: &[Value]) -> Result {
    let this = property(args[0]);
    let given = |v: Value| if v.is_none() { Value::EMPTY } else { v };
    this.get.set(given(args[1]));
    this.set.set(given(args[2]));
    this.delete.set(given(args[3]));
    let mut doc = given(args[4]);
    if doc.is_empty()
        && let Some(function) = this.get.get().downcast::<Function>()
    {
        doc = function.doc.get();
    }
    this.doc.set(doc);
    let _ = th;
    Ok(Value::NONE)
}

/// A copy with one of its functions replaced.
fn property_with(th: &Thread, this: Value, which: usize, function: Value) -> Result {
    let old = property(this);
    let mut functions = [or_none(&old.get), or_none(&old.set), or_none(&old.delete), or_none(&old.doc)];
    functions[which] = function;
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
fn property_set(th: &Thread, property: Gc<Property>, object: Value, value: Value) -> Result<()> {
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
    let name = property.name.get().as_str_cell().or_else(|| {
        let function = property.get.get().downcast::<Function>()?;
        function.name.get().as_str_cell()
    });
    match name {
        Some(name) => {
            th.attribute_error(format_args!("property '{}' of '{owner}' object has no {what}", name.to_text()))
        }
        None => th.attribute_error(format_args!("property of '{owner}' object has no {what}")),
    }
}

// ---- staticmethod and classmethod

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
            |_, args| Ok(wrapped(args[0])),
        ),
        native("__call__", "(self, /, *args, **kwargs)", "Call self as a function.", |th, args| {
            let positional = args[1].downcast::<super::tuple::Tuple>().map_or(&[][..], |t| t.items());
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
                let class = match args[2].as_class() {
                    Some(class) => class,
                    None => th.class_of(args[1]),
                };
                bind_class_method(th, wrapped(args[0]), class)
            },
        ),
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

fn class_argument(th: &Thread, class: Value) -> Result<Gc<Class>> {
    class.as_class().ok_or_else(|| th.type_error("__new__(X): X is not a type object"))
}

fn wrapped(this: Value) -> Value {
    this.downcast::<StaticMethod>()
        .map(|s| s.function.get())
        .or_else(|| this.downcast::<ClassMethod>().map(|c| c.function.get()))
        .unwrap_or(Value::NONE)
}

/// What a class method gives when looked up: its function bound to the class.
pub fn bind_class_method(th: &Thread, function: Value, class: Gc<Class>) -> Result {
    if let Some(native) = function.downcast::<Native>() {
        return Ok(super::native::bind(th, native, class.value()));
    }
    if function.downcast::<Function>().is_some() {
        return Ok(super::function::new_method(th, function, class.value()));
    }
    Ok(super::function::new_method(th, function, class.value()))
}

// ---- native attributes and members

pub static GETSET: TypeDef = TypeDef {
    getset: &[
        getter("__name__", "Its name.", |th, this| Ok(th.str(this.downcast::<GetSet>().map_or("", |g| g.def.name)))),
        getter("__doc__", "Its documentation.", |th, this| {
            Ok(th.str(this.downcast::<GetSet>().map_or("", |g| g.def.doc)))
        }),
        getter("__objclass__", "The class it belongs to.", |_, this| {
            Ok(this.downcast::<GetSet>().map_or(Value::NONE, |g| g.owner))
        }),
    ],
    methods: &[
        native(
            "__get__",
            "(self, instance, owner=None, /)",
            "Return an attribute of instance, which is of type owner.",
            |th, args| match args[0].downcast::<GetSet>() {
                Some(getset) if !args[1].is_none() => (getset.def.get)(th, args[1]),
                _ => Ok(args[0]),
            },
        ),
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            let Some(getset) = args[0].downcast::<GetSet>() else { return Ok(Value::NONE) };
            let owner = getset.owner.as_class().map_or_else(String::new, |c| c.name());
            Ok(th.str(&format!("<attribute '{}' of '{owner}' objects>", getset.def.name)))
        }),
    ],
    ..TypeDef::new("getset_descriptor", kinds::GETSET, "")
};

pub static MEMBER: TypeDef =
    TypeDef {
        getset: &[
            getter("__name__", "Its name.", |_, this| {
                Ok(this.downcast::<Member>().map_or(Value::NONE, |m| m.name.value()))
            }),
            getter("__objclass__", "The class it belongs to.", |_, this| {
                Ok(this.downcast::<Member>().map_or(Value::NONE, |m| m.owner))
            }),
        ],
        methods: &[
            native(
                "__get__",
                "(self, instance, owner=None, /)",
                "Return an attribute of instance, which is of type owner.",
                |th, args| match args[0].downcast::<Member>() {
                    Some(member) if !args[1].is_none() => member_get(th, member, args[1]),
                    _ => Ok(args[0]),
                },
            ),
            native("__set__", "(self, instance, value, /)", "Set an attribute of instance to value.", |th, args| {
                match args[0].downcast::<Member>() {
                    Some(member) => member_set(th, member, args[1], args[2]).map(|()| Value::NONE),
                    None => Ok(Value::NONE),
                }
            }),
            native("__delete__", "(self, instance, /)", "Delete an attribute of instance.", |th, args| {
                match args[0].downcast::<Member>() {
                    Some(member) => member_set(th, member, args[1], Value::EMPTY).map(|()| Value::NONE),
                    None => Ok(Value::NONE),
                }
            }),
            native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
                let Some(member) = args[0].downcast::<Member>() else { return Ok(Value::NONE) };
                let owner = member.owner.as_class().map_or_else(String::new, |c| c.name());
                Ok(th.str(&format!("<member '{}' of '{owner}' objects>", member.name.to_text())))
            }),
        ],
        ..TypeDef::new("member_descriptor", kinds::MEMBER, "")
    };

pub fn member_get(th: &Thread, member: Gc<Member>, object: Value) -> Result {
    check_member(th, member, object)?;
    match instance::get_own(th, object, member.name) {
        Some(value) => Ok(value),
        None => Err(ops::no_attribute(th, object, member.name)),
    }
}

fn member_set(th: &Thread, member: Gc<Member>, object: Value, value: Value) -> Result<()> {
    check_member(th, member, object)?;
    let done = if value.is_empty() {
        instance::delete_own(th, object, member.name)
    } else {
        instance::set_own(th, object, member.name, value)
    };
    if done { Ok(()) } else { Err(th.attribute_error(member.name.to_text())) }
}

fn check_member(th: &Thread, member: Gc<Member>, object: Value) -> Result<()> {
    let Some(owner) = member.owner.as_class() else { return Ok(()) };
    if th.is_instance(object, owner) {
        return Ok(());
    }
    Err(th.type_error(format_args!(
        "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
        member.name.to_text(),
        owner.name(),
        th.type_name(object)
    )))
}

/// Stores through a descriptor found on the class, or deletes where the value is `EMPTY`. `None`: it is no data descriptor.
pub fn set(th: &Thread, attribute: Value, object: Value, name: Gc<Str>, value: Value) -> Option<Result<()>> {
    match attribute.header()?.kind() {
        kinds::PROPERTY => Some(property_set(th, attribute.downcast()?, object, value)),
        kinds::MEMBER => Some(member_set(th, attribute.downcast()?, object, value)),
        kinds::GETSET => {
            let getset = attribute.downcast::<GetSet>()?;
            Some(match getset.def.set {
                Some(set) => set(th, object, value),
                None => Err(read_only(th, getset, object, name)),
            })
        }
        kinds::OBJECT | kinds::NATIVE_STATE => {
            let names = &*th.vm().names;
            let class = th.class_of(attribute);
            let (set, delete) = (th.lookup(class, names.__set__), th.lookup(class, names.__delete__));
            match (value.is_empty(), set, delete) {
                (false, Some(set), _) => Some(th.call_unbound(set, attribute, &[object, value]).map(|_| ())),
                (true, _, Some(delete)) => Some(th.call_unbound(delete, attribute, &[object]).map(|_| ())),
                (false, None, Some(_)) => Some(Err(th.attribute_error("__set__"))),
                (true, Some(_), None) => Some(Err(th.attribute_error("__delete__"))),
                (_, None, None) => None,
            }
        }
        _ => None,
    }
}

#[cold]
fn read_only(th: &Thread, getset: Gc<GetSet>, object: Value, name: Gc<Str>) -> Raised {
    let owner = getset.owner.as_class().map_or_else(String::new, |c| c.name());
    let raised =
        th.attribute_error(format_args!("attribute '{}' of '{owner}' objects is not writable", getset.def.name));
    exception::set_name_and_object(th, name.value(), object);
    raised
}

// ---- super

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
        getter("__thisclass__", "The class invoking super().", |_, this| {
            Ok(this.downcast::<Super>().map_or(Value::NONE, |s| or_none(&s.class)))
        }),
        getter("__self__", "The instance invoking super(); may be None.", |_, this| {
            Ok(this.downcast::<Super>().map_or(Value::NONE, |s| or_none(&s.object)))
        }),
        getter("__self_class__", "The type of the instance invoking super(); may be None.", |_, this| {
            Ok(this.downcast::<Super>().map_or(Value::NONE, |s| or_none(&s.object_class)))
        }),
    ],
    subclassable: true,
    ..TypeDef::new("super", kinds::SUPER, "Bind a class's successors in the method resolution order to an object.")
};

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
    let object_class = match object.as_class() {
        Some(given) if given.is_subclass_of(class) => given,
        _ if th.is_instance(object, class) => th.class_of(object),
        _ => {
            return Err(th.type_error(
                "super(type, obj): obj (instance of ".to_string()
                    + &th.type_name(object)
                    + ") is not an instance or subtype of type ("
                    + &class.name()
                    + ").",
            ));
        }
    };
    this.object.set(object);
    this.object_class.set(object_class.value());
    Ok(Value::NONE)
}

/// The class and first argument of the method that calls `super()`.
fn implicit(th: &Thread) -> Result<(Value, Value)> {
    let Some(frame) = th.stack.frames().last() else { return Err(th.runtime_error("super(): no current frame")) };
    if frame.code.arg_count == 0 && frame.code.parameters == 0 {
        return Err(th.runtime_error("super(): no arguments"));
    }
    let Some(at) = frame.code.free_names.iter().position(|n| *n == th.vm().names.__class__) else {
        return Err(th.runtime_error("super(): __class__ cell not found"));
    };
    let closure = frame.function.and_then(|f| f.closure.get());
    let cell =
        closure.and_then(|c| c.items().get(at).copied()).and_then(|v| v.downcast::<super::function::ClosureCell>());
    let class = cell.map_or(Value::EMPTY, |c| c.contents.get());
    if class.is_empty() {
        return Err(th.runtime_error("super(): empty __class__ cell"));
    }
    // SAFETY: the function has a parameter, so its window has a first register.
    let mut first = unsafe { *frame.registers };
    if frame.code.cell_registers.contains(&0)
        && let Some(cell) = first.downcast::<super::function::ClosureCell>()
    {
        first = cell.contents.get();
    }
    if frame.code.arg_count == 0
        && let Some(rest) = first.downcast::<super::tuple::Tuple>()
    {
        first = rest.items().first().copied().unwrap_or(Value::EMPTY);
    }
    if first.is_empty() {
        return Err(th.runtime_error("super(): arg[0] deleted"));
    }
    Ok((class, first))
}

//! The types of functions written in Rust, as programs see them. One cell, [`Native`], has five: what CPython calls a
//! built-in function or method, a method descriptor (`str.join`), a slot wrapper (`int.__add__`), a method wrapper
//! (`(1).__add__`) and, around it, a class method descriptor (`dict.__dict__['fromkeys']`).

use crate::heap::{Gc, Value};
use crate::vm::Thread;
use crate::vm::native::{Arity, Binding, GetSetDef, NativeDef, TypeDef, getter, member, native};

use super::class::Class;
use super::descriptors::{self, ClassMethod};
use super::kinds;
use super::native::{self, Native};
use super::reduce::REDUCE_NATIVE;
use super::tuple::Tuple;

pub static NATIVE: TypeDef = TypeDef {
    methods: &[
        CALL,
        EQUAL,
        HASH,
        REDUCE_NATIVE,
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            let this = native_of(args[0]);
            let name = this.def.name;
            let text = match receiver(th, this) {
                Some(object) if object.downcast::<super::module::Module>().is_none() => {
                    format!("<built-in method {name} of {} object at {:#x}>", th.type_name(object), object.bits())
                }
                _ => format!("<built-in function {name}>"),
            };
            Ok(th.str(&text))
        }),
    ],
    getset: &[
        NAME,
        getter("__qualname__", "Its qualified name.", |th, this| {
            let native = native_of(this);
            let class = match receiver(th, native) {
                Some(object) if object.downcast::<super::module::Module>().is_some() => None,
                Some(object) => Some(object.as_class().unwrap_or_else(|| th.class_of(object))),
                None => None,
            };
            Ok(th.str(&qualified(class, native.def)))
        }),
        DOC,
        TEXT_SIGNATURE,
        getter("__self__", "The object or module it belongs to.", |th, this| {
            let native = native_of(this);
            let hidden = native.def.binding == Binding::Static && native.def.name != "__new__";
            Ok(receiver(th, native).filter(|_| !hidden).unwrap_or(Value::NONE))
        }),
        member("__module__", "Its module.", |_, this| {
            let owner = native_of(this).owner;
            Ok(if owner.as_str_cell().is_some() { owner } else { Value::NONE })
        }),
    ],
    ..TypeDef::new("builtin_function_or_method", kinds::NATIVE, "")
};

pub static METHOD_DESCRIPTOR: TypeDef = TypeDef {
    methods: &[
        CALL,
        GET,
        REDUCE_NATIVE,
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            let native = native_of(args[0]);
            Ok(th.str(&format!("<method '{}' of '{}' objects>", native.def.name, owner_name(native))))
        }),
    ],
    getset: DESCRIPTOR_ATTRIBUTES,
    ..TypeDef::new("method_descriptor", kinds::METHOD_DESCRIPTOR, "")
};

pub static WRAPPER_DESCRIPTOR: TypeDef = TypeDef {
    methods: &[
        CALL,
        GET,
        REDUCE_NATIVE,
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            let native = native_of(args[0]);
            Ok(th.str(&format!("<slot wrapper '{}' of '{}' objects>", native.def.name, owner_name(native))))
        }),
    ],
    getset: DESCRIPTOR_ATTRIBUTES,
    ..TypeDef::new("wrapper_descriptor", kinds::WRAPPER_DESCRIPTOR, "")
};

pub static METHOD_WRAPPER: TypeDef = TypeDef {
    methods: &[
        CALL,
        EQUAL,
        HASH,
        REDUCE_NATIVE,
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            let native = native_of(args[0]);
            let (name, of) = (native.def.name, th.type_name(native.bound));
            Ok(th.str(&format!("<method-wrapper '{name}' of {of} object at {:#x}>", native.bound.bits())))
        }),
    ],
    getset: &[
        NAME,
        QUALNAME,
        DOC,
        TEXT_SIGNATURE,
        OBJCLASS,
        member("__self__", "The object it is bound to.", |_, this| Ok(native_of(this).bound)),
    ],
    ..TypeDef::new("method-wrapper", kinds::METHOD_WRAPPER, "")
};

pub static CLASSMETHOD_DESCRIPTOR: TypeDef = TypeDef {
    methods: &[
        native("__call__", "(self, /, *args, **kwargs)", "Call self as a function.", |th, args| {
            let positional = args[1].downcast::<Tuple>().map_or(&[][..], |t| t.items());
            let native = native_of(args[0]);
            let Some(class) = positional.first() else {
                let (name, owner) = (native.def.name, owner_name(native));
                return Err(th.type_error(format_args!("descriptor '{name}' of '{owner}' object needs an argument")));
            };
            let bound = descriptors::native_class_method(th, native, *class)?;
            th.call_unpacked(bound, &positional[1..], args[2].downcast())
        }),
        native(
            "__get__",
            "(self, instance, owner=None, /)",
            "Return an attribute of instance, which is of type owner.",
            |th, args| {
                let class =
                    if args[2].is_empty() || args[2].is_none() { th.class_of(args[1]).value() } else { args[2] };
                descriptors::native_class_method(th, native_of(args[0]), class)
            },
        ),
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            let native = native_of(args[0]);
            Ok(th.str(&format!("<method '{}' of '{}' objects>", native.def.name, owner_name(native))))
        }),
    ],
    getset: DESCRIPTOR_ATTRIBUTES,
    ..TypeDef::new("classmethod_descriptor", kinds::CLASSMETHOD_DESCRIPTOR, "")
};

const DESCRIPTOR_ATTRIBUTES: &[GetSetDef] = &[NAME_MEMBER, QUALNAME, DOC, TEXT_SIGNATURE, OBJCLASS];

const CALL: NativeDef = native("__call__", "(self, /, *args, **kwargs)", "Call self as a function.", |th, args| {
    let positional = args[1].downcast::<Tuple>().map_or(&[][..], |t| t.items());
    th.call_unpacked(args[0], positional, args[2].downcast())
});

const GET: NativeDef = native(
    "__get__",
    "(self, instance, owner=None, /)",
    "Return an attribute of instance, which is of type owner.",
    |th, args| {
        let native = native_of(args[0]);
        if args[1].is_none() {
            return descriptors::unbound(th, args);
        }
        match native.owner.as_class() {
            Some(owner) if !th.is_instance(args[1], owner) => Err(th.type_error(format_args!(
                "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
                native.def.name,
                owner.name(),
                th.type_name(args[1])
            ))),
            _ => Ok(native::bind(th, native, args[1])),
        }
    },
);

const EQUAL: NativeDef = native("__eq__", "(self, value, /)", "Return self==value.", |_, args| {
    let Some(other) = args[1].downcast::<Native>() else { return Ok(Value::NOT_IMPLEMENTED) };
    let this = native_of(args[0]);
    Ok(Value::bool(std::ptr::eq(this.def, other.def) && this.bound == other.bound && this.owner == other.owner))
});

const HASH: NativeDef = native("__hash__", "(self, /)", "Return hash(self).", |_, args| {
    let this = native_of(args[0]);
    Ok(Value::small_int((std::ptr::from_ref(this.def) as i64 >> 3) ^ super::object::identity_hash(this.bound)))
});

const NAME_MEMBER: GetSetDef = GetSetDef { member: true, ..NAME };
const NAME: GetSetDef = getter("__name__", "Its name.", |th, this| Ok(th.intern(native_of(this).def.name).value()));

const QUALNAME: GetSetDef = getter("__qualname__", "Its qualified name.", |th, this| {
    let native = native_of(this);
    Ok(th.str(&qualified(native.owner.as_class(), native.def)))
});

const DOC: GetSetDef = getter("__doc__", "Its documentation.", |th, this| Ok(th.str(native_of(this).def.doc)));

/// There is none where a default is the C function's own matter, and where it parses its arguments by hand.
const TEXT_SIGNATURE: GetSetDef = getter("__text_signature__", "Its signature.", |th, this| {
    let native = native_of(this);
    let text = match native.owner.as_class() {
        _ if native.def.arity == Arity::Parsed || native.def.signature.contains("=<null>") => None,
        Some(_) => Some(method_signature(native.def)),
        None => function_signature(native.def),
    };
    Ok(text.map_or(Value::NONE, |text| th.str(&text)))
});

/// The signature as CPython's methods have it: what they are bound to is marked, and what makes objects says nothing.
fn method_signature(def: &NativeDef) -> String {
    match def.name {
        "__new__" => return "($type, *args, **kwargs)".to_string(),
        "__init__" => return "($self, /, *args, **kwargs)".to_string(),
        _ => {}
    }
    for (plain, marked) in [("(self", "($self"), ("(cls", "($type")] {
        if let Some(rest) = def.signature.strip_prefix(plain)
            && rest.starts_with([',', ')'])
        {
            return format!("{marked}{rest}");
        }
    }
    def.signature.to_string()
}

/// The signature as functions of CPython's modules have it: the module comes first, positional only. There is none where a
/// default cannot be written down.
fn function_signature(def: &NativeDef) -> Option<String> {
    let parameters = def.signature.strip_prefix('(')?;
    if parameters.contains("=<unrepresentable>") {
        return None;
    }
    let separator = match parameters {
        _ if parameters.starts_with('$') => return Some(def.signature.to_string()),
        ")" => ", /",
        _ if parameters.contains(", /") => ", ",
        _ => ", /, ",
    };
    Some(format!("($module{separator}{parameters}"))
}

const OBJCLASS: GetSetDef = member("__objclass__", "The class it belongs to.", |_, this| Ok(native_of(this).owner));

/// The function, whether as it is or as the class method that wraps it.
fn native_of(value: Value) -> Gc<Native> {
    let inner = value.downcast::<ClassMethod>().map_or(value, |method| method.function.get());
    match inner.downcast() {
        Some(native) => native,
        None => unreachable!("a type's methods get an instance of it"),
    }
}

fn qualified(class: Option<Gc<Class>>, def: &NativeDef) -> String {
    match class {
        Some(class) => {
            format!("{}.{}", class.qualname.get().map_or_else(|| class.short_name(), |q| q.to_text()), def.name)
        }
        None => def.name.to_owned(),
    }
}

fn owner_name(native: Gc<Native>) -> String {
    native.owner.as_class().map_or_else(String::new, |class| class.name())
}

/// What a built-in function is bound to: its object, the class it makes instances of, or its module.
fn receiver(th: &Thread, native: Gc<Native>) -> Option<Value> {
    if !native.bound.is_empty() {
        return Some(native.bound);
    }
    match native.owner.as_str_cell() {
        Some(module) => {
            let modules = th.vm().modules();
            let here = crate::modules::of_module_in_c(&module.to_text()).map(|here| th.intern(here));
            here.and_then(|here| modules.get_str(th, here)).or_else(|| modules.get_str(th, th.intern_str(module)))
        }
        None => Some(native.owner).filter(|owner| owner.is_class()),
    }
}

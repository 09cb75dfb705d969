//! `list[int]` and its like.
//!
//! - this file: the alias of a class with its arguments
//! - `union`: `int | str`

use crate::heap::{Cell, Gc, Header, Kind, Tracer, Value};
use crate::objects::dict::Dict;
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::sequences::Text;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::typing;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, TypeDef, getter, member, native};
use crate::vm::ops;

mod union;

pub use union::{UNION, Union, union, union_with_parameter};

/// A class (or anything else) with arguments in brackets.
#[repr(C)]
pub struct GenericAlias {
    pub header: Header,
    pub origin: Value,
    pub args: Gc<Tuple>,
    /// Made by `*alias`: stands for its arguments.
    starred: bool,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for GenericAlias {
    const KIND: Kind = kinds::GENERIC_ALIAS;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self.origin);
        tracer.cell(self.args);
    }
}

/// The alias of `origin` with `item`, or each of them where it is a tuple.
pub fn new(th: &Thread, origin: Value, item: Value) -> Value {
    with_args(th, origin, arguments(th, item), false)
}

fn arguments(th: &Thread, item: Value) -> Gc<Tuple> {
    match item.downcast::<Tuple>() {
        Some(tuple) if tuple.header.is_exact() => tuple,
        _ => Tuple::new(th, &[item]),
    }
}

fn cell(origin: Value, args: Gc<Tuple>, starred: bool) -> GenericAlias {
    GenericAlias { header: Header::of_kind(kinds::GENERIC_ALIAS), origin, args, starred }
}

fn with_args(th: &Thread, origin: Value, args: Gc<Tuple>, starred: bool) -> Value {
    th.alloc(cell(origin, args, starred)).value()
}

/// `__class_getitem__` of the containers.
pub const CLASS_GETITEM: NativeDef =
    native("__class_getitem__", "($type, object, /)", "See PEP 585", |th, args| Ok(new(th, args[0], args[1])))
        .class_method();

fn this(th: &Thread, v: Value) -> Result<Gc<GenericAlias>> {
    v.downcast::<GenericAlias>().ok_or_else(|| th.type_error("a 'types.GenericAlias' object is required"))
}

/// How a type is named within an alias: by its qualified name, with its module unless that is `builtins`.
fn push_type(th: &Thread, text: &mut Text, v: Value) -> Result<()> {
    if v == Value::ELLIPSIS {
        text.push("...");
        return Ok(());
    }
    let names = &th.vm().names;
    let has = |name| ops::find_attr(th, v, th.intern(name)).map(|found| found.is_some());
    let is_alias = v.downcast::<GenericAlias>().is_some()
        || v.downcast::<Union>().is_some()
        || !v.is_class() && has("__origin__")? && has("__args__")?;
    if !is_alias
        && let Some(qualname) = ops::find_attr(th, v, names.__qualname__)?.and_then(|v| v.downcast::<Str>())
        && let Some(module) = ops::find_attr(th, v, names.__module__)?.filter(|module| !module.is_none())
    {
        let module = ops::str(th, module)?;
        if module.wtf8() != b"builtins" {
            text.0.extend_from_slice(module.wtf8());
            text.push(".");
        }
        text.0.extend_from_slice(qualname.wtf8());
        return Ok(());
    }
    if let Some(list) = v.downcast::<List>() {
        text.push("[");
        push_types(th, text, list.to_tuple(th))?;
        text.push("]");
        return Ok(());
    }
    text.push_repr(th, v)
}

fn push_types(th: &Thread, text: &mut Text, types: Gc<Tuple>) -> Result<()> {
    for (at, v) in types.items().iter().enumerate() {
        if at > 0 {
            text.push(", ");
        }
        push_type(th, text, *v)?;
    }
    Ok(())
}

fn repr(th: &Thread, args: &[Value]) -> Result {
    let alias = this(th, args[0])?;
    let mut text = Text::default();
    if alias.starred {
        text.push("*");
    }
    push_type(th, &mut text, alias.origin)?;
    text.push("[");
    if alias.args.is_empty() {
        text.push("()");
    }
    ops::recurse(th, " while getting the repr of an object", || push_types(th, &mut text, alias.args))?;
    text.push("]");
    Ok(text.finish(th))
}

/// `list[int](…)`: calls the class; the object remembers the alias if it can.
fn call(th: &Thread, args: &[Value]) -> Result {
    let alias = this(th, args[0])?;
    let mut arguments: Vec<Value> = args[1].downcast::<Tuple>().map_or(&[][..], |tuple| tuple.items()).to_vec();
    let mut names = Vec::new();
    if let Some(keywords) = args[2].downcast::<Dict>() {
        for (name, value) in keywords.entries() {
            names.push(name);
            arguments.push(value);
        }
    }
    // Both lie in tuples while the call runs.
    let (arguments, names) = (Tuple::new(th, &arguments), Tuple::new(th, &names));
    let object = th.call_keywords(alias.origin, arguments.items(), names.items())?;
    let remembered = ops::set_attr(th, object, th.intern("__orig_class__"), args[0]);
    if let Err(raised) = remembered {
        // Most built-in objects cannot.
        th.take_exception(raised);
    }
    Ok(object)
}

fn compare(th: &Thread, args: &[Value]) -> Result {
    let (Some(a), Some(b)) = (args[0].downcast::<GenericAlias>(), args[1].downcast::<GenericAlias>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let same = a.starred == b.starred
        && ops::equal(th, a.origin, b.origin)?
        && ops::equal(th, a.args.value(), b.args.value())?;
    Ok(Value::bool(same))
}

fn hash(th: &Thread, args: &[Value]) -> Result {
    let alias = this(th, args[0])?;
    Ok(th.int(ops::hash(th, alias.origin)? ^ ops::hash(th, alias.args.value())?))
}

/// Whether it is a type parameter.
fn is_parameter(th: &Thread, v: Value) -> bool {
    !v.is_class() && th.lookup(th.class_of(v), th.intern("__typing_subst__")).is_some()
}

/// The type parameters among the arguments, each once, those within nested aliases too.
fn parameters(th: &Thread, args: Gc<Tuple>) -> Result<Gc<List>> {
    let found = List::new(th, &[]);
    let add = |v: Value| -> Result<()> {
        if !crate::objects::list::contains(th, found, v)? {
            found.push(th, v);
        }
        Ok(())
    };
    for arg in args.items() {
        if is_parameter(th, *arg) {
            add(*arg)?;
        } else if !arg.is_class()
            && let Some(nested) = ops::find_attr(th, *arg, th.intern("__parameters__"))?
            && let Some(nested) = nested.downcast::<Tuple>()
        {
            nested.items().iter().try_for_each(|v| add(*v))?;
        }
    }
    Ok(found)
}

/// `alias[item]`: the parameters replaced by what is given, in order.
fn get_item(th: &Thread, args: &[Value]) -> Result {
    let alias = this(th, args[0])?;
    if parameters(th, alias.args)?.is_empty() {
        let text = ops::repr(th, args[0])?.to_text();
        return Err(th.type_error(format_args!("{text} is not a generic class")));
    }
    let new = typing::ask_typing(th, "_substituted", &[args[0], alias.args.value(), args[1]])?;
    match new.downcast::<Tuple>() {
        Some(new) => Ok(with_args(th, alias.origin, new, alias.starred)),
        None => Err(th.type_error("a tuple of types is required")),
    }
}

/// What an alias answers itself; every other attribute is its class's.
const OWN_ATTRIBUTES: &[&str] = &[
    "__class__",
    "__origin__",
    "__args__",
    "__parameters__",
    "__unpacked__",
    "__mro_entries__",
    "__reduce__",
    "__reduce_ex__",
    "__bases__",
    "__copy__",
    "__deepcopy__",
];

fn get_attribute(th: &Thread, args: &[Value]) -> Result {
    let name = ops::attribute_name(th, args[1])?;
    if !name.as_str().is_some_and(|name| OWN_ATTRIBUTES.contains(&name)) {
        return ops::get_attr(th, this(th, args[0])?.origin, name);
    }
    match ops::generic(th, args[0], th.class_of(args[0]), name)? {
        Some(value) => Ok(value),
        None => Err(ops::no_attribute(th, args[0], name)),
    }
}

fn no_check(th: &Thread, _: &[Value]) -> Result {
    Err(th.type_error("isinstance() argument 2 cannot be a parameterized generic"))
}

fn no_subclass_check(th: &Thread, _: &[Value]) -> Result {
    Err(th.type_error("issubclass() argument 2 cannot be a parameterized generic"))
}

/// The class and what it is called with; a starred alias is what an iterator over the plain one gives.
fn reduce(th: &Thread, args: &[Value]) -> Result {
    let alias = this(th, args[0])?;
    if alias.starred {
        let plain = with_args(th, alias.origin, alias.args, false);
        let next = th.vm().builtins().get_str(th, th.intern("next")).unwrap_or(Value::NONE);
        return Ok(th.tuple(&[next, th.tuple(&[ops::iter(th, plain)?])]));
    }
    let class = th.vm().class_of_kind(kinds::GENERIC_ALIAS).value();
    Ok(th.tuple(&[class, th.tuple(&[alias.origin, alias.args.value()])]))
}

pub static GENERIC_ALIAS: TypeDef = TypeDef {
    module: "types",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, origin, args, /)", "Create an alias.", |th, args| {
            let alias = cell(args[1], arguments(th, args[2]), false);
            match args[0].as_class() {
                Some(class) => Ok(th.instantiate(class, alias).value()),
                None => Err(th.type_error("GenericAlias.__new__(X): X is not a type object")),
            }
        })
        .static_method(),
        native("__repr__", "($self, /)", "Return repr(self).", repr),
        native("__call__", "($self, /, *args, **kwargs)", "Call self as a function.", call),
        native("__eq__", "($self, value, /)", "Return self==value.", compare),
        native("__hash__", "($self, /)", "Return hash(self).", hash),
        native("__getitem__", "($self, key, /)", "Return self[key].", get_item),
        native("__getattribute__", "($self, name, /)", "Return getattr(self, name).", get_attribute),
        native("__mro_entries__", "($self, bases, /)", "The class to inherit from.", |th, args| {
            Ok(th.tuple(&[this(th, args[0])?.origin]))
        }),
        native("__instancecheck__", "($self, instance, /)", "No instance check.", no_check),
        native("__subclasscheck__", "($self, class, /)", "No subclass check.", no_subclass_check),
        native("__or__", "($self, value, /)", "Return self|value.", |th, args| union(th, args[0], args[1])),
        native("__ror__", "($self, value, /)", "Return value|self.", |th, args| union(th, args[1], args[0])),
        native("__iter__", "($self, /)", "Implement iter(self).", |th, args| {
            let alias = this(th, args[0])?;
            let starred = with_args(th, alias.origin, alias.args, true);
            ops::iter(th, th.tuple(&[starred]))
        }),
        native("__reduce__", "($self, /)", "Return state information for pickling.", reduce),
    ],
    getset: &[
        member("__origin__", "The class.", |th, v| Ok(this(th, v)?.origin)),
        member("__args__", "Its arguments.", |th, v| Ok(this(th, v)?.args.value())),
        getter("__parameters__", "The type parameters among its arguments.", |th, v| {
            Ok(parameters(th, this(th, v)?.args)?.to_tuple(th).value())
        }),
        member("__unpacked__", "Whether it was made by `*alias`.", |th, v| Ok(Value::bool(this(th, v)?.starred))),
    ],
    ..TypeDef::new("GenericAlias", kinds::GENERIC_ALIAS, "A class with arguments: list[int].")
};

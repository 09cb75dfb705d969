//! Tuples whose items have names: what `sys.flags`, `sys.version_info` and their like are made of.
//!
//! ```ignore
//! pub static POINT: TypeDef = structure("point", "m", "A point.", &[field::<0>("x", "Across."), field::<1>("y", "Up.")]);
//! ```

use crate::heap::{Gc, Value};
use crate::objects::class::Class;
use crate::objects::dict::Dict;
use crate::objects::kinds;
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, member, native};
use crate::vm::{Thread, ops};

use super::{TUPLE, Tuple};

/// A type of tuples whose first items are `fields`, in their order.
pub const fn structure(
    name: &'static str,
    module: &'static str,
    doc: &'static str,
    fields: &'static [GetSetDef],
) -> TypeDef {
    TypeDef { module, base: Some(&TUPLE), methods: METHODS, getset: fields, ..TypeDef::new(name, kinds::TUPLE, doc) }
}

/// Item number `AT` by its name.
pub const fn field<const AT: usize>(name: &'static str, doc: &'static str) -> GetSetDef {
    member(name, doc, item::<AT>)
}

fn item<const AT: usize>(_: &Thread, this: Value) -> Result {
    Ok(this.downcast::<Tuple>().and_then(|tuple| tuple.items().get(AT).copied()).unwrap_or(Value::NONE))
}

/// An instance. There may be fewer items than fields: the rest are attributes only. The class must have been made from a [`structure`].
pub fn new(th: &Thread, def: &'static TypeDef, items: &[Value]) -> Value {
    Tuple::instance(th, class_of(th, def, items.len()), items).value()
}

/// The class, with the numbers of its fields as attributes.
fn class_of(th: &Thread, def: &'static TypeDef, items: usize) -> Gc<Class> {
    let class = th.make_native_class(def);
    for (name, number) in [("n_fields", def.getset.len()), ("n_sequence_fields", items), ("n_unnamed_fields", 0)] {
        class.namespace.set_str(th, th.intern(name), Value::small_int(number as i64));
    }
    let names = def.getset.iter().take(items).map(|field| th.str(field.name));
    let names = th.tuple(&names.collect::<Vec<_>>());
    class.namespace.set_str(th, th.intern("__match_args__"), names);
    class
}

fn names(th: &Thread, this: Value) -> impl Iterator<Item = &'static str> {
    th.class_of(this).def.into_iter().flat_map(|def| def.getset.iter().map(|field| field.name))
}

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, sequence, dict=<unrepresentable>)", "Create one of a sequence.", |th, args| {
        let Some(class) = args[0].as_class() else { return Ok(Value::NONE) };
        let name = class.name();
        if matches!(class.def, Some(def) if matches!(def.name, "flags" | "version_info")) {
            return Err(th.type_error(format_args!("cannot create '{name}' instances")));
        }
        let wanted = class.def.map_or(0, |def| def.getset.len());
        let given = ops::collect(th, args[1])?;
        if given.len() != wanted {
            let given = given.len();
            return Err(th.type_error(format_args!("{name}() takes a {wanted}-sequence ({given}-sequence given)")));
        }
        Ok(Tuple::instance(th, class, given.to_tuple(th).items()).value())
    })
    .static_method(),
    native("__repr__", "($self, /)", "Return repr(self).", |th, args| {
        let Some(tuple) = args[0].downcast::<Tuple>() else { return Ok(Value::NONE) };
        let class = th.class_of(args[0]);
        let mut parts = Vec::new();
        for (name, item) in names(th, args[0]).zip(tuple.items()) {
            parts.push(format!("{name}={}", ops::repr(th, *item)?.to_text()));
        }
        Ok(th.str(&format!("{}({})", class.name(), parts.join(", "))))
    }),
    native(
        "__replace__",
        "($self, /, **changes)",
        "Return a copy with new values for the named fields.",
        |th, args| {
            let Some(tuple) = args[0].downcast::<Tuple>() else { return Ok(Value::NONE) };
            let mut items = tuple.items().to_vec();
            let known: Vec<&str> = names(th, args[0]).collect();
            for (name, value) in args[1].downcast::<Dict>().map_or_else(Vec::new, Gc::<Dict>::entries) {
                let name = name.as_str_cell().map(|name| name.to_text()).unwrap_or_default();
                match known.iter().position(|field| *field == name).filter(|at| *at < items.len()) {
                    Some(at) => items[at] = value,
                    None => {
                        return Err(th.type_error(format_args!("Got unexpected field name(s): ['{name}']")));
                    }
                }
            }
            Ok(Tuple::instance(th, th.class_of(args[0]), &items).value())
        },
    ),
    native("__reduce__", "($self, /)", "Helper for pickle.", |th, args| {
        let Some(tuple) = args[0].downcast::<Tuple>() else { return Ok(Value::NONE) };
        let items = th.tuple(&[th.tuple(tuple.items()), th.dict().value()]);
        Ok(th.tuple(&[th.class_of(args[0]).value(), items]))
    }),
];

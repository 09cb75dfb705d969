//! `mappingproxy`: a read-only view of a mapping.

use crate::heap::{Cell, Header, Kind, Tracer, Value};
use crate::objects::generic_alias::CLASS_GETITEM;
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::sequences::{self, Text};
use crate::objects::tuple::Tuple;
use crate::vm::Thread;
use crate::vm::native::{Result, TypeDef, native};
use crate::vm::ops::{self, BinaryOp, CompareOp};

#[repr(C)]
pub struct MappingProxy {
    pub header: Header,
    pub mapping: Value,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for MappingProxy {
    const KIND: Kind = kinds::MAPPING_PROXY;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self.mapping);
    }
}

pub fn new(th: &Thread, mapping: Value) -> Value {
    th.alloc(MappingProxy { header: Header::of_kind(kinds::MAPPING_PROXY), mapping }).value()
}

fn make(th: &Thread, args: &[Value]) -> Result {
    let mapping = args[1];
    let sequence = mapping.downcast::<List>().is_some() || mapping.downcast::<Tuple>().is_some();
    if sequence || th.lookup(th.class_of(mapping), th.vm().names.__getitem__).is_none() {
        let class = th.type_name(mapping);
        return Err(th.type_error(format_args!("mappingproxy() argument must be a mapping, not {class}")));
    }
    Ok(new(th, mapping))
}

fn mapping(v: Value) -> Value {
    v.downcast::<MappingProxy>().map_or(v, |proxy| proxy.mapping)
}

/// Calls a method of the mapping.
fn forward(th: &Thread, args: &[Value], name: &str) -> Result {
    let method = th.intern(name);
    let given = args[1..].iter().position(|v| v.is_empty()).map_or(args.len(), |at| at + 1);
    th.call_method(mapping(args[0]), method, &args[1..given])
}

fn compare(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    ops::compare(th, op, mapping(a), mapping(b))
}

sequences::comparisons!(compare);

fn repr(th: &Thread, args: &[Value]) -> Result {
    let mut text = Text::default();
    text.push("mappingproxy(");
    text.push_repr(th, mapping(args[0]))?;
    text.push(")");
    Ok(text.finish(th))
}

fn get(th: &Thread, args: &[Value]) -> Result {
    let default = if args[2].is_empty() { Value::NONE } else { args[2] };
    th.call_method(mapping(args[0]), th.vm().names.get, &[args[1], default])
}

pub static MAPPING_PROXY: TypeDef = TypeDef {
    methods: &[
        native("__new__", "(cls, mapping)", "Create a read-only proxy of a mapping.", make).static_method().keywords(),
        native("__repr__", "($self, /)", "Return repr(self).", repr),
        native("__str__", "($self, /)", "Return str(self).", |th, args| Ok(ops::str(th, mapping(args[0]))?.value())),
        native("__getitem__", "($self, key, /)", "Return self[key].", |th, args| {
            ops::get_item(th, mapping(args[0]), args[1])
        }),
        native("__contains__", "($self, key, /)", "Return bool(key in self).", |th, args| {
            Ok(Value::bool(ops::contains(th, mapping(args[0]), args[1])?))
        }),
        native("__len__", "($self, /)", "Return len(self).", |th, args| {
            Ok(th.int(ops::len(th, mapping(args[0]))? as i64))
        }),
        native("__iter__", "($self, /)", "Implement iter(self).", |th, args| ops::iter(th, mapping(args[0]))),
        native("__reversed__", "($self, /)", "Return a reverse iterator.", |th, args| {
            forward(th, args, "__reversed__")
        }),
        native("__hash__", "($self, /)", "Return hash(self).", |th, args| Ok(th.int(ops::hash(th, mapping(args[0]))?))),
        LT,
        LE,
        EQ,
        NE,
        GT,
        GE,
        native("__or__", "($self, value, /)", "Return self|value.", |th, args| {
            ops::binary(th, BinaryOp::Or, mapping(args[0]), mapping(args[1]))
        }),
        native("__ror__", "($self, value, /)", "Return value|self.", |th, args| {
            ops::binary(th, BinaryOp::Or, mapping(args[1]), mapping(args[0]))
        }),
        native("__ior__", "($self, value, /)", "Return self|=value.", |th, _| {
            Err(th.type_error(format_args!("'|=' is not supported by mappingproxy; use '|' instead")))
        }),
        native(
            "get",
            "($self, key, default=None, /)",
            "Return the value for key if the mapping has it, else default.",
            get,
        ),
        native("keys", "($self, /)", "A set-like object providing a view on the mapping's keys.", |th, args| {
            forward(th, args, "keys")
        }),
        native("values", "($self, /)", "An object providing a view on the mapping's values.", |th, args| {
            forward(th, args, "values")
        }),
        native("items", "($self, /)", "A set-like object providing a view on the mapping's items.", |th, args| {
            forward(th, args, "items")
        }),
        native("copy", "($self, /)", "A shallow copy of the mapping.", |th, args| forward(th, args, "copy")),
        CLASS_GETITEM,
    ],
    ..TypeDef::new("mappingproxy", kinds::MAPPING_PROXY, "A read-only proxy of a mapping.")
};

//! `_collections`: what `collections` has that is not written in Python.

use crate::heap::{Slot, Tracer, Value};
use crate::modules::ModuleDef;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::tuple::Tuple;
use crate::objects::{deque, dict, kinds};
use crate::vm::native::{Result, TypeDef, getter, native};
use crate::vm::{Thread, ops};

pub static COLLECTIONS: ModuleDef = ModuleDef {
    types: &[
        &deque::DEQUE,
        &deque::DEQUE_ITERATOR,
        &deque::DEQUE_REVERSE_ITERATOR,
        &dict::DEFAULT_DICT,
        &dict::ORDERED_DICT,
        &dict::ORDERED_ITERATOR,
        &dict::views::ORDERED_VIEWS[0],
        &dict::views::ORDERED_VIEWS[1],
        &dict::views::ORDERED_VIEWS[2],
        &TUPLE_GETTER,
    ],
    ..ModuleDef::new("_collections", "High performance data structures.")
};

/// A field of a named tuple.
struct Field {
    index: usize,
    doc: Slot,
}

impl NativeState for Field {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.doc);
    }
}

fn field(th: &Thread, this: Value) -> Result<&'static Field> {
    let field = this.downcast::<NativeObject>().and_then(|object| object.state_as::<Field>());
    field.ok_or_else(|| th.type_error("a '_tuplegetter' object is required"))
}

static TUPLE_GETTER: TypeDef = TypeDef {
    module: "collections",
    methods: &[
        native("__new__", "(cls, index, doc, /)", "Create and return a new object.", |th, args| {
            let Some(class) = args[0].as_class() else {
                return Err(th.type_error("_tuplegetter.__new__(X): X is not a type object"));
            };
            let index = usize::try_from(ops::index_i64(th, args[1])?).unwrap_or_default();
            Ok(native_object::new(th, class, Box::new(Field { index, doc: Slot::new(args[2]) })).value())
        })
        .static_method(),
        native("__get__", "($self, instance, owner=None, /)", "Return an attribute of instance.", |th, args| {
            let field = field(th, args[0])?;
            if args[1].is_none() {
                return Ok(args[0]);
            }
            match args[1].downcast::<Tuple>().map(|row| row.items().get(field.index)) {
                Some(Some(item)) => Ok(*item),
                Some(None) => Err(th.raise(crate::objects::exception::Exc::IndexError, "tuple index out of range")),
                None => Err(th.type_error(format_args!(
                    "descriptor for index '{}' for tuple subclasses doesn't apply to '{}' object",
                    field.index,
                    th.type_name(args[1])
                ))),
            }
        }),
        native("__set__", "($self, instance, value, /)", "Set an attribute of instance to value.", |th, _| {
            Err(th.attribute_error("can't set attribute"))
        }),
        native("__delete__", "($self, instance, /)", "Delete an attribute of instance.", |th, _| {
            Err(th.attribute_error("can't delete attribute"))
        }),
        native("__repr__", "($self, /)", "Return repr(self).", |th, args| {
            let field = field(th, args[0])?;
            let doc = ops::repr(th, field.doc.get())?.to_text();
            Ok(th.str(&format!("_tuplegetter({}, {doc})", field.index)))
        }),
    ],
    getset: &[getter("__doc__", "What the field says of itself.", |th, this| Ok(field(th, this)?.doc.get())).settable(
        |th, this, value| {
            field(th, this)?.doc.set(if value.is_empty() { Value::NONE } else { value });
            Ok(())
        },
    )],
    ..TypeDef::new("_tuplegetter", kinds::NATIVE_STATE, "")
};

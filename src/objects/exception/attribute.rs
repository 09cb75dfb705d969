//! `NameError` and `AttributeError`, which know what was looked for, so that a report can say what was meant.

use crate::heap::Value;
use crate::objects::tuple::Tuple;
use crate::vm::native::{GetSetDef, NativeDef, Result, native};
use crate::vm::{Raised, Thread};

use super::{Exc, Exception, bind_keywords, field, of};

const NAME: usize = 0;
/// `AttributeError`: the object that has no such attribute.
const OBJECT: usize = 1;

pub(super) const NAME_METHODS: &[NativeDef] =
    &[native("__init__", "(self, /, *args, **kwargs)", "Initialize self.", |th, args| {
        of(args[0]).args.set(args[1]);
        bind_keywords(th, of(args[0]), "NameError", args[2], &[("name", NAME)])?;
        Ok(Value::NONE)
    })];

pub(super) const NAME_ATTRIBUTES: &[GetSetDef] = &[field!("name", "name", NAME)];

pub(super) const ATTRIBUTE_METHODS: &[NativeDef] = &[
    native("__init__", "(self, /, *args, **kwargs)", "Initialize self.", |th, args| {
        of(args[0]).args.set(args[1]);
        bind_keywords(th, of(args[0]), "AttributeError", args[2], &[("name", NAME), ("obj", OBJECT)])?;
        Ok(Value::NONE)
    }),
    native("__reduce__", "(self, /)", "Helper for pickle.", |th, args| reduce(th, args[0])),
    native("__getstate__", "(self, /)", "Helper for pickle.", |th, args| {
        let parts = reduce(th, args[0])?.downcast::<Tuple>();
        Ok(parts.and_then(|parts| parts.items().get(2).copied()).unwrap_or(Value::NONE))
    }),
];

/// Without the object, which may be anything.
fn reduce(th: &Thread, this: Value) -> Result {
    let arguments = of(this).args.get();
    super::base::reduce(th, this, arguments, &[("name", of(this).field(NAME)), ("args", arguments)])
}

pub(super) const ATTRIBUTE_ATTRIBUTES: &[GetSetDef] =
    &[field!("name", "attribute name", NAME), field!("obj", "object", OBJECT)];

/// Sets `.name` of the pending NameError.
pub fn set_name(th: &Thread, name: Value) {
    if let Some(this) = th.pending.get().downcast::<Exception>() {
        this.set_field(th, NAME, name);
    }
}

/// An AttributeError that came out of looking up an attribute: one that a program raised itself without a name and an
/// object gets those of the lookup, for "Did you mean".
#[cold]
#[inline(never)]
pub fn name_what_was_sought(th: &Thread, raised: Raised, name: Value, object: Value) -> Raised {
    let pending = th.pending.get();
    if let Some(this) = pending.downcast::<Exception>()
        && super::is_instance(th, pending, Exc::AttributeError)
        && this.field(NAME).is_empty()
        && this.field(OBJECT).is_empty()
    {
        set_name_and_object(th, name, object);
    }
    raised
}

/// Sets `.name` and `.obj` of the pending AttributeError.
pub fn set_name_and_object(th: &Thread, name: Value, object: Value) {
    if let Some(this) = th.pending.get().downcast::<Exception>() {
        this.set_field(th, NAME, name);
        this.set_field(th, OBJECT, object);
    }
}

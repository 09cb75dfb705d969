//! `collections.defaultdict`: a dict that makes missing values with a function.

use crate::heap::{Gc, Value};
use crate::objects::kinds;
use crate::objects::sequences::Text;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::ops::{self, repr_once};

use super::Dict;
use super::methods::{this, update_from};

fn factory_name(th: &Thread) -> Gc<Str> {
    th.intern("default_factory")
}

/// The function that makes values, None if there is none.
fn factory(th: &Thread, this: Value) -> Result {
    Ok(ops::find_attr(th, this, factory_name(th))?.unwrap_or(Value::NONE))
}

fn init(th: &Thread, args: &[Value]) -> Result {
    let given = args[1].downcast::<Tuple>().map_or(&[][..], |given| given.items());
    let (factory, rest) = match given {
        [] => (Value::NONE, given),
        [factory, rest @ ..] => (*factory, rest),
    };
    if !factory.is_none() && !ops::is_callable(th, factory) {
        return Err(th.type_error("first argument must be callable or None"));
    }
    ops::set_attr(th, args[0], factory_name(th), factory)?;
    update_from(th, "dict", &[args[0], th.tuple(rest), args[2]])
}

fn missing(th: &Thread, args: &[Value]) -> Result {
    let factory = factory(th, args[0])?;
    if factory.is_none() {
        return Err(th.key_error(args[1]));
    }
    let value = th.call(factory, &[])?;
    // If the key has come meanwhile, what it has stays.
    this(th, args)?.get_or_set(th, args[1], value)
}

fn repr(th: &Thread, args: &[Value]) -> Result {
    let dict = this(th, args)?;
    let items = ops::str(th, super::methods::repr(th, &[dict.value()])?)?;
    let factory = factory(th, args[0])?;
    let shown = match repr_once(th, factory, || ops::repr(th, factory))? {
        Some(shown) => shown.to_text(),
        None => "...".into(),
    };
    let mut text = Text::default();
    text.push(&format!("{}({shown}, ", th.class_of(args[0]).short_name()));
    text.push(&items.to_text());
    text.push(")");
    Ok(text.finish(th))
}

fn copy(th: &Thread, args: &[Value]) -> Result {
    th.call(th.class_of(args[0]).value(), &[factory(th, args[0])?, args[0]])
}

fn reduce(th: &Thread, args: &[Value]) -> Result {
    let factory = factory(th, args[0])?;
    let made_of = if factory.is_none() { th.tuple(&[]) } else { th.tuple(&[factory]) };
    let items = th.call_method(args[0], th.intern("items"), &[])?;
    let class = th.class_of(args[0]).value();
    Ok(th.tuple(&[class, made_of, Value::NONE, Value::NONE, ops::iter(th, items)?]))
}

/// `a | b`, with the factory and the class of `like`.
fn union(th: &Thread, like: Value, a: Value, b: Value) -> Result {
    if a.downcast::<Dict>().is_none() || b.downcast::<Dict>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let both = th.call(th.class_of(like).value(), &[factory(th, like)?, a])?;
    match both.downcast::<Dict>() {
        Some(dict) => dict.update(th, b).map(|()| both),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

const COPY: NativeDef = native("copy", "($self, /)", "D.copy() -> a shallow copy of D.", copy);

pub static DEFAULT_DICT: TypeDef = TypeDef {
    module: "collections",
    base: Some(&super::DICT),
    subclassable: true,
    match_self: true,
    slots: &["default_factory"],
    methods: &[
        native("__init__", "($self, /, *args, **kwargs)", "Take the factory, and what a dict would take.", init),
        native(
            "__missing__",
            "($self, key, /)",
            "__missing__(key) # Called by __getitem__ for missing key; pseudo-code:\nif self.default_factory is None: raise \
             KeyError((key,))\nself[key] = value = self.default_factory()\nreturn value",
            missing,
        ),
        native("__repr__", "($self, /)", "Return repr(self).", repr),
        native("__or__", "($self, value, /)", "Return self|value.", |th, args| union(th, args[0], args[0], args[1])),
        native("__ror__", "($self, value, /)", "Return value|self.", |th, args| union(th, args[0], args[1], args[0])),
        native("__reduce__", "($self, /)", "Return state information for pickling.", reduce),
        COPY,
        COPY.named("__copy__"),
    ],
    ..TypeDef::new("defaultdict", kinds::DICT, "A dict that makes missing values with a function.")
};

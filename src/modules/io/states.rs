//! What `__getstate__` of the streams in memory gives and `__setstate__` takes: contents, position, attributes.

use crate::heap::Value;
use crate::objects::dict::Dict;
use crate::objects::int::IntRef;
use crate::objects::tuple::Tuple;
use crate::vm::native::Result;
use crate::vm::{Thread, ops};

/// A copy of the attributes that the object itself has; None for none.
pub fn attributes(th: &Thread, object: Value) -> Value {
    ops::dict_of(th, object).filter(|own| !own.is_empty()).map_or(Value::NONE, |own| own.copy(th).value())
}

/// The items of a state, of which there are to be so many.
pub fn items(th: &Thread, object: Value, state: Value, wanted: usize) -> Result<&'static [Value]> {
    let found = state.downcast::<Tuple>().map(|tuple| tuple.items()).and_then(|items| items.get(..wanted));
    found.ok_or_else(|| {
        let class = th.class_of(object);
        let (class, given) = (class.name(), th.type_name(state));
        th.type_error(format_args!("{class}.__setstate__ argument should be {wanted}-tuple, got {given}"))
    })
}

/// The position and the attributes, which stand at the end of a state.
pub fn restored(th: &Thread, object: Value, items: &[Value]) -> Result<usize> {
    let [.., position, own] = items else { return Ok(0) };
    // CPython's words, which differ between the two.
    let (which, found_instead, next) = match items.len() {
        3 => ("second", "not", "third"),
        _ => ("third", "got", "fourth"),
    };
    if IntRef::of(*position).is_none() {
        let found = th.type_name(*position);
        return Err(th.type_error(format_args!("{which} item of state must be an integer, {found_instead} {found}")));
    }
    let at = usize::try_from(ops::index_i64(th, *position)?)
        .map_err(|_| th.value_error("position value cannot be negative"))?;
    if own.is_none() {
        return Ok(at);
    }
    let Some(own) = own.downcast::<Dict>() else {
        let found = th.type_name(*own);
        return Err(th.type_error(format_args!("{next} item of state should be a dict, got a {found}")));
    };
    let present = ops::get_attr(th, object, th.vm().names.__dict__)?;
    th.call_method(present, th.intern("update"), &[own.value()])?;
    Ok(at)
}

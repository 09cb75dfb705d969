//! How iterators are copied and pickled: `__reduce__` names a call that makes the iterator again, `__setstate__` moves it to
//! where it was.

use crate::heap::Value;
use crate::objects::bytes::BytesIter;
use crate::objects::dict::DictIter;
use crate::objects::int::IntRef;
use crate::objects::set::SetIter;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

use super::combining::{Enumerate, Filter, Map, Reversed, Zip};
use super::sequences::{Iterator, ListIter, StrIter, TupleIter};

/// What an iterator says of itself.
pub struct Made {
    /// The built-in that makes it again.
    pub by: &'static str,
    pub of: Vec<Value>,
    /// What `__setstate__` is to be given then.
    pub state: Option<i64>,
}

impl Made {
    pub fn by_iter(of: Value, state: Option<i64>) -> Made {
        Made { by: "iter", of: vec![of], state }
    }
}

pub const REDUCE: NativeDef =
    native("__reduce__", "($self, /)", "Return state information for pickling.", |th, args| {
        let Some(made) = made(th, args[0])? else { return Ok(Value::NONE) };
        let by = th.vm().builtin(th, made.by).unwrap_or(Value::NONE);
        let of = th.tuple(&made.of);
        Ok(match made.state {
            Some(state) => th.tuple(&[by, of, th.int(state)]),
            None => th.tuple(&[by, of]),
        })
    });

pub const REDUCE_CLASS: NativeDef =
    native("__reduce__", "($self, /)", "Return state information for pickling.", |th, args| {
        let this = args[0];
        let (of, strict) = if let Some(it) = this.downcast::<Enumerate>() {
            (it.parts(), false)
        } else if let Some(it) = this.downcast::<Zip>() {
            it.parts()
        } else if let Some(it) = this.downcast::<Map>() {
            it.parts()
        } else if let Some(it) = this.downcast::<Filter>() {
            (it.parts(), false)
        } else {
            (Vec::new(), false)
        };
        let (class, of) = (th.class_of(this).value(), th.tuple(&of));
        Ok(if strict { th.tuple(&[class, of, Value::TRUE]) } else { th.tuple(&[class, of]) })
    });

pub const SET_STATE: NativeDef =
    native("__setstate__", "($self, state, /)", "Set state information for unpickling.", |th, args| {
        if IntRef::of(args[1]).is_none() {
            return Err(th.type_error("an integer is required"));
        }
        let (this, state) = (args[0], ops::index_i64(th, args[1])?);
        if let Some(it) = this.downcast::<ListIter>() {
            it.seek(state);
        } else if let Some(it) = this.downcast::<TupleIter>() {
            it.seek(state);
        } else if let Some(it) = this.downcast::<StrIter>() {
            it.seek(th, state);
        } else if let Some(it) = this.downcast::<BytesIter>() {
            it.seek(th, state)?;
        } else if let Some(it) = this.downcast::<Iterator>() {
            it.seek(state);
        } else if let Some(it) = this.downcast::<Reversed>() {
            it.seek(th, state)?;
        }
        Ok(Value::NONE)
    });

/// `zip(strict=True)` and `map(strict=True)` tell it so.
pub const SET_STRICT: NativeDef =
    native("__setstate__", "($self, state, /)", "Set state information for unpickling.", |th, args| {
        let strict = ops::truthy(th, args[1])?;
        if let Some(it) = args[0].downcast::<Zip>() {
            it.set_strict(strict);
        } else if let Some(it) = args[0].downcast::<Map>() {
            it.set_strict(strict);
        }
        Ok(Value::NONE)
    });

fn made(th: &Thread, this: Value) -> Result<Option<Made>> {
    Ok(Some(if let Some(it) = this.downcast::<ListIter>() {
        it.made(th)
    } else if let Some(it) = this.downcast::<TupleIter>() {
        it.made(th)
    } else if let Some(it) = this.downcast::<StrIter>() {
        it.made(th)
    } else if let Some(it) = this.downcast::<BytesIter>() {
        it.made(th)
    } else if let Some(it) = this.downcast::<Iterator>() {
        it.made(th)
    } else if let Some(it) = this.downcast::<Reversed>() {
        return Ok(Some(it.made(th)));
    } else if let Some(it) = this.downcast::<DictIter>() {
        Made::by_iter(ops::collect(th, it.copy(th))?.value(), None)
    } else if let Some(it) = this.downcast::<SetIter>() {
        Made::by_iter(ops::collect(th, it.copy(th))?.value(), None)
    } else {
        return Ok(None);
    }))
}

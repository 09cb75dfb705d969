//! What lists and tuples have in common: searching, slices, repetition, `repr`, and the words of their errors.

use crate::heap::{Kind, Value};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::ops::{self, Row, repr_once};
use crate::vm::{Raised, Thread};

use super::exception::Exc;
use super::int::IntRef;
use super::kinds;
use super::slice::Bounds;
use super::str::Str;

/// The six comparisons of a type as natives, from one function `(th, op, a, b) -> Result`.
macro_rules! comparisons {
    ($function:path) => {
        $crate::objects::sequences::comparisons!(@one $function, LT, Lt, "__lt__", "Return self<value.");
        $crate::objects::sequences::comparisons!(@one $function, LE, Le, "__le__", "Return self<=value.");
        $crate::objects::sequences::comparisons!(@one $function, EQ, Eq, "__eq__", "Return self==value.");
        $crate::objects::sequences::comparisons!(@one $function, NE, Ne, "__ne__", "Return self!=value.");
        $crate::objects::sequences::comparisons!(@one $function, GT, Gt, "__gt__", "Return self>value.");
        $crate::objects::sequences::comparisons!(@one $function, GE, Ge, "__ge__", "Return self>=value.");
    };
    (@one $function:path, $constant:ident, $op:ident, $name:literal, $doc:literal) => {
        const $constant: $crate::vm::native::NativeDef =
            $crate::vm::native::native($name, "($self, value, /)", $doc, |th, args| {
                $function(th, $crate::vm::ops::CompareOp::$op, args[0], args[1])
            });
    };
}
pub(crate) use comparisons;

/// The comparisons of types that define `__eq__` only: no order, and `!=` is the opposite of `==`.
pub static COMPARISONS_LEFT_OUT: [NativeDef; 5] = [
    native("__lt__", "($self, value, /)", "Return self<value.", |_, _| Ok(Value::NOT_IMPLEMENTED)),
    native("__le__", "($self, value, /)", "Return self<=value.", |_, _| Ok(Value::NOT_IMPLEMENTED)),
    native("__gt__", "($self, value, /)", "Return self>value.", |_, _| Ok(Value::NOT_IMPLEMENTED)),
    native("__ge__", "($self, value, /)", "Return self>=value.", |_, _| Ok(Value::NOT_IMPLEMENTED)),
    native("__ne__", "($self, value, /)", "Return self!=value.", |th, args| {
        match th.call_special(args[0], th.vm().names.__eq__, &[args[1]]) {
            Some(Ok(Value::NOT_IMPLEMENTED)) | None => Ok(Value::NOT_IMPLEMENTED),
            Some(equal) => Ok(Value::bool(!ops::truthy(th, equal?)?)),
        }
    }),
];

/// Whether an item equals `value`.
pub fn contains<R: Row>(th: &Thread, row: R, value: Value) -> Result<bool> {
    Ok(position(th, row, value, 0, usize::MAX)?.is_some())
}

/// The first index from `start` on and before `stop` at which an item equals `value`.
pub fn position<R: Row>(th: &Thread, row: R, value: Value, start: usize, stop: usize) -> Result<Option<usize>> {
    let mut index = start;
    let text = value.downcast_exact::<Str>();
    while index < stop
        && let Some(item) = row.item(index)
    {
        // Two strings are compared here: `op in ("<=", ">=", "==")`.
        if let Some(text) = text
            && let Some(item) = item.downcast_exact::<Str>()
        {
            if item.same_text(&text) {
                return Ok(Some(index));
            }
        } else if ops::equal(th, item, value)? {
            return Ok(Some(index));
        }
        index += 1;
    }
    Ok(None)
}

pub fn count<R: Row>(th: &Thread, row: R, value: Value) -> Result {
    let (mut count, mut index) = (0, 0);
    while let Some(item) = row.item(index) {
        count += ops::equal(th, item, value)? as i64;
        index += 1;
    }
    Ok(th.int(count))
}

/// `row.index(value, start, stop)` with its optional arguments; ValueError is the caller's.
pub fn index_of<R: Row>(th: &Thread, row: R, args: &[Value]) -> Result<Option<usize>> {
    let bound = |argument: Value, default: usize| -> Result<usize> {
        if argument.is_empty() {
            return Ok(default);
        }
        let at = clamped_index(th, argument, "slice indices must be integers or have an __index__ method")?;
        Ok(if at < 0 { at.saturating_add(row.length() as i64).max(0) } else { at } as usize)
    };
    let (start, stop) = (bound(args[2], 0)?, bound(args[3], usize::MAX)?);
    position(th, row, args[1], start, stop)
}

/// Whether `v` can be made a number: CPython's `PyNumber_Check`.
pub fn is_number(th: &Thread, v: Value) -> bool {
    let (class, names) = (th.class_of(v), &th.vm().names);
    [names.__index__, names.__int__, names.__float__].iter().any(|name| th.lookup(class, *name).is_some())
}

/// The built-in types that have them.
const WITH_SEQUENCE_SLOTS: &[Kind] = &[
    kinds::STR,
    kinds::BYTES,
    kinds::BYTEARRAY,
    kinds::TUPLE,
    kinds::LIST,
    kinds::DICT,
    kinds::DICT_VIEW,
    kinds::DICT_ITEMS,
    kinds::DICT_VALUES,
    kinds::MAPPING_PROXY,
    kinds::SET,
    kinds::FROZENSET,
    kinds::RANGE,
    kinds::MEMORYVIEW,
    kinds::DEQUE,
    kinds::ARRAY,
];

/// Whether the class of `v` has what CPython calls sequence slots, used or not: some messages depend on it.
pub fn has_slots_of_one(th: &Thread, v: Value) -> bool {
    let class = th.class_of(v);
    class.def.is_none() || WITH_SEQUENCE_SLOTS.contains(&class.instance_kind)
}

/// An index as slices take it, clamped to what fits; `message` is the TypeError's.
fn clamped_index(th: &Thread, v: Value, message: &str) -> Result<i64> {
    if let Some(i) = v.as_small_int() {
        return Ok(i);
    }
    if !is_index(th, v) {
        return Err(th.type_error(message));
    }
    let int = ops::index(th, v)?;
    Ok(match IntRef::of(int) {
        Some(IntRef::Small(i)) => i,
        Some(int) if int.is_negative() => i64::MIN,
        _ => i64::MAX,
    })
}

/// Whether it can be an index: an int, or something with `__index__`.
pub fn is_index(th: &Thread, v: Value) -> bool {
    v.is_int() || v.is_bool() || th.lookup(th.class_of(v), th.vm().names.__index__).is_some()
}

/// What a slice selects of a sequence: `count` items from `start` on, `step` apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Selection {
    pub start: usize,
    pub step: i64,
    pub count: usize,
}

impl Selection {
    /// What the bounds of a slice select of `len` items.
    pub fn new(bounds: Bounds, len: usize) -> Selection {
        let (start, step, count) = bounds.adjust(len);
        Selection { start: start.max(0) as usize, step: step as i64, count }
    }

    /// The indices selected, in the order of the slice.
    pub fn indices(self) -> impl ExactSizeIterator<Item = usize> {
        (0..self.count).map(move |i| (self.start as i64 + i as i64 * self.step) as usize)
    }
}

/// `key` as an index of a `type_name`, negative ones counted from the end of `len` items; `None` if it is not in the
/// range. TypeError if it is no index.
pub fn item_index(th: &Thread, type_name: &str, key: Value, len: impl FnOnce() -> usize) -> Result<Option<usize>> {
    let index = match key.as_small_int() {
        Some(i) => i,
        None if !is_index(th, key) => {
            let class = th.type_name(key);
            return Err(th.type_error(format_args!("{type_name} indices must be integers or slices, not {class}")));
        }
        None => index_sized(th, key)?,
    };
    let len = len();
    let index = if index < 0 { index + len as i64 } else { index };
    Ok(usize::try_from(index).ok().filter(|i| *i < len))
}

/// `v` as an index; IndexError where it is too large.
pub fn index_sized(th: &Thread, v: Value) -> Result<i64> {
    let int = ops::index(th, v)?;
    match IntRef::of(int).and_then(IntRef::to_i64) {
        Some(i) => Ok(i),
        None => {
            let class = th.type_name(v);
            Err(th.raise(Exc::IndexError, format_args!("cannot fit '{class}' into an index-sized integer")))
        }
    }
}

/// How often to repeat, for `sequence * v`.
pub fn repetitions(th: &Thread, v: Value) -> Result<usize> {
    let class = || th.type_name(v);
    let int = ops::index(th, v)?;
    match IntRef::of(int).and_then(IntRef::to_i64) {
        Some(times) => Ok(times.max(0) as usize),
        None => Err(th.overflow_error(format_args!("cannot fit '{}' into an index-sized integer", class()))),
    }
}

/// The most items that a list or tuple made by repetition or concatenation may have.
const MAX_ITEMS: usize = 1 << 32;

/// The number of items that `len` of them repeated `times` make; MemoryError beyond what could ever fit.
pub fn repeated_len(th: &Thread, len: usize, times: usize) -> Result<usize> {
    len.checked_mul(times).filter(|n| *n < MAX_ITEMS).ok_or_else(|| th.memory_error())
}

/// The error of `sequence + other`.
pub fn cannot_concatenate(th: &Thread, type_name: &str, other: Value) -> Raised {
    let class = th.type_name(other);
    th.type_error(format_args!("can only concatenate {type_name} (not \"{class}\") to {type_name}"))
}

/// Text under construction: WTF-8, as strings hold it.
#[derive(Default)]
pub struct Text(pub Vec<u8>);

impl Text {
    pub fn push(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    pub fn push_repr(&mut self, th: &Thread, v: Value) -> Result<()> {
        self.0.extend_from_slice(ops::repr(th, v)?.wtf8());
        Ok(())
    }

    pub fn finish(self, th: &Thread) -> Value {
        Str::from_wtf8(th, &self.0).value()
    }
}

/// The `repr` of a row's items between brackets.
pub fn repr<R: Row>(th: &Thread, this: Value, row: R, open: &str, close: &str) -> Result {
    let text = repr_once(th, this, || {
        let mut text = Text::default();
        text.push(open);
        let mut index = 0;
        while let Some(item) = row.item(index) {
            if index > 0 {
                text.push(", ");
            }
            text.push_repr(th, item)?;
            index += 1;
        }
        text.push(close);
        Ok(text.finish(th))
    })?;
    Ok(text.unwrap_or_else(|| th.str(&format!("{open}...{}", close.trim_start_matches(',')))))
}

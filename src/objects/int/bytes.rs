//! Integers as bytes: `int.to_bytes` and `int.from_bytes`.

use num_bigint::{BigInt, Sign};

use crate::heap::{Gc, Value};
use crate::objects::class::Class;
use crate::objects::{bytes, kinds};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Raised, Thread, ops};

use super::{IntRef, from_big};

pub const TO_BYTES: NativeDef = native(
    "to_bytes",
    "($self, /, length=1, byteorder='big', *, signed=False)",
    "The number as so many bytes, in two's complement if signed. OverflowError where they are too few.",
    to_bytes,
)
.keywords();

pub const FROM_BYTES: NativeDef = native(
    "from_bytes",
    "($type, /, bytes, byteorder='big', *, signed=False)",
    "The number that bytes represent, in two's complement if signed.",
    from_bytes,
)
.class_method()
.keywords();

/// Whether the most significant byte comes first.
fn is_big_endian(th: &Thread, order: Value, function: &str) -> Result<bool> {
    if order.is_empty() {
        return Ok(true);
    }
    let order = crate::objects::str::args::text(th, order, format!("{function}() argument 'byteorder'"))?;
    match order.as_str() {
        Some("big") => Ok(true),
        Some("little") => Ok(false),
        _ => Err(th.value_error("byteorder must be either 'little' or 'big'")),
    }
}

fn is_signed(th: &Thread, signed: Value) -> Result<bool> {
    Ok(!signed.is_empty() && ops::truthy(th, signed)?)
}

fn to_bytes(th: &Thread, args: &[Value]) -> Result {
    let Some(int) = IntRef::of(args[0]) else { unreachable!("methods found on a type get an instance of it") };
    let length = if args[1].is_empty() { 1 } else { ops::index_i64(th, args[1])? };
    let (big_endian, signed) = (is_big_endian(th, args[2], "to_bytes")?, is_signed(th, args[3])?);
    let Ok(length) = usize::try_from(length) else {
        return Err(th.value_error("length argument must be non-negative"));
    };
    if int.is_negative() && !signed {
        return Err(th.overflow_error("can't convert negative int to unsigned"));
    }
    let big = int.to_big();
    let mut digits = if signed { big.to_signed_bytes_le() } else { big.magnitude().to_bytes_le() };
    if int.is_zero() {
        digits.clear();
    }
    if digits.len() > length {
        return Err(th.overflow_error("int too big to convert"));
    }
    bytes::check_len(th, Some(length))?;
    digits.resize(length, if int.is_negative() { 0xFF } else { 0 });
    if big_endian {
        digits.reverse();
    }
    Ok(bytes::new(th, &digits))
}

fn from_bytes(th: &Thread, args: &[Value]) -> Result {
    let (big_endian, signed) = (is_big_endian(th, args[2], "from_bytes")?, is_signed(th, args[3])?);
    let content = match bytes::content(args[1]) {
        Some(content) => content,
        None => as_bytes(th, args[1])?,
    };
    let big = match (big_endian, signed) {
        (true, true) => BigInt::from_signed_bytes_be(&content),
        (true, false) => BigInt::from_bytes_be(Sign::Plus, &content),
        (false, true) => BigInt::from_signed_bytes_le(&content),
        (false, false) => BigInt::from_bytes_le(Sign::Plus, &content),
    };
    let int = from_big(th, big);
    match args[0].as_class() {
        Some(class) if class != int_class(th) => th.call(class.value(), &[int]),
        _ => Ok(int),
    }
}

fn int_class(th: &Thread) -> Gc<Class> {
    th.vm().class_of_kind(kinds::INT)
}

/// `bytes(v)`, but texts and numbers are refused.
fn as_bytes(th: &Thread, v: Value) -> Result<std::borrow::Cow<'static, [u8]>> {
    let has = |name| th.lookup(th.class_of(v), name).is_some();
    let names = &*th.vm().names;
    let convertible =
        has(names.__bytes__) || has(th.intern("__buffer__")) || has(names.__iter__) || has(names.__getitem__);
    if v.as_str_cell().is_some() || IntRef::of(v).is_some() || !convertible {
        return Err(not_bytes(th, v));
    }
    let made = th.call(th.vm().class_of_kind(kinds::BYTES).value(), &[v])?;
    bytes::content(made).ok_or_else(|| not_bytes(th, v))
}

#[cold]
fn not_bytes(th: &Thread, v: Value) -> Raised {
    let class = th.type_name(v);
    th.type_error(format_args!("cannot convert '{class}' object to bytes"))
}

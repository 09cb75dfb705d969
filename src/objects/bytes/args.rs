//! What the methods that `bytes` and `bytearray` share are called on, and what they give back.

use std::borrow::Cow;

use crate::heap::Value;
use crate::vm::Thread;
use crate::vm::native::Result;

use super::{ByteArray, Bytes, borrowed, byte, content};

pub use super::{check_len as checked, required as bytes_like};
pub use crate::objects::str::args::limit;

/// The bytes that a method was called on.
pub fn this(args: &[Value]) -> Cow<'static, [u8]> {
    match content(args[0]) {
        Some(bytes) => bytes,
        None => unreachable!("methods of bytes are bound to bytes"),
    }
}

/// "bytes" or "bytearray".
pub fn type_name(v: Value) -> &'static str {
    if v.downcast::<ByteArray>().is_some() { "bytearray" } else { "bytes" }
}

/// New bytes of the type that the method was called on.
pub fn like(th: &Thread, this: Value, bytes: &[u8]) -> Value {
    if this.downcast::<ByteArray>().is_some() {
        ByteArray::new(th, bytes).value()
    } else {
        Bytes::new(th, bytes).value()
    }
}

/// The object itself where it is exactly `bytes` and so can be shared; a copy otherwise.
pub fn unchanged(th: &Thread, v: Value) -> Value {
    match v.downcast::<Bytes>() {
        Some(bytes) if bytes.header.is_exact() => v,
        _ => like(th, v, &this(&[v])),
    }
}

/// What to look for: bytes, or one byte given as a number.
pub fn needle(th: &Thread, v: Value) -> Result<Cow<'static, [u8]>> {
    if let Some(bytes) = borrowed(th, v)? {
        return Ok(bytes);
    }
    if crate::objects::sequences::is_index(th, v) {
        return Ok(Cow::Owned(vec![byte(th, v, "bytearray")?]));
    }
    let found = th.type_name(v);
    Err(th.type_error(format_args!("argument should be integer or bytes-like object, not '{found}'")))
}

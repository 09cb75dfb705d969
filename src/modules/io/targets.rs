//! Buffers that are read into: what `readinto` and `pack_into` take.

use crate::heap::Value;
use crate::objects::bytes;
use crate::vm::Thread;
use crate::vm::native::Result;

/// How many bytes an object has room for; TypeError "readinto() argument must be read-write bytes-like object, not bytes".
pub fn required_room(th: &Thread, value: Value, what: &str) -> Result<usize> {
    bytes::room(value).filter(|_| !bytes::is_apart(value)).ok_or_else(|| {
        let found = if value == Value::NONE { "None" } else { &th.type_name(value).to_string() };
        th.type_error(format_args!("{what} must be read-write bytes-like object, not {found}"))
    })
}

/// Writes the bytes at the start of the object, which has room for them unless another thread has shrunk it.
pub fn fill(th: &Thread, value: Value, content: &[u8]) {
    bytes::write_at(th, value, 0, content);
}

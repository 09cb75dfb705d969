//! Buffers that are read into: what `readinto` takes.

use crate::heap::Value;
use crate::objects::bytes::{ByteArray, MemoryView};
use crate::vm::Thread;
use crate::vm::native::Result;

/// How many bytes an object has room for, if it can be written.
fn room(value: Value) -> Option<usize> {
    if let Some(array) = value.downcast::<ByteArray>() {
        return Some(array.len());
    }
    value.downcast::<MemoryView>()?.get().room()
}

/// As `room`; TypeError "readinto() argument must be read-write bytes-like object, not bytes".
pub fn required_room(th: &Thread, value: Value, what: &str) -> Result<usize> {
    room(value).ok_or_else(|| {
        let class = th.type_name(value);
        th.type_error(format_args!("{what} must be read-write bytes-like object, not {class}"))
    })
}

/// Writes the bytes at the start of the object, which has room for them unless another thread has shrunk it.
pub fn fill(value: Value, bytes: &[u8]) {
    if let Some(array) = value.downcast::<ByteArray>() {
        for (at, byte) in bytes.iter().enumerate() {
            array.set(at, *byte);
        }
    } else if let Some(view) = value.downcast::<MemoryView>() {
        view.get().fill(bytes);
    }
}

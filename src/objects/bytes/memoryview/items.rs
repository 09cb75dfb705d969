//! The items of a memoryview: from bytes in a format to objects and back.

use crate::heap::{Gc, Value};
use crate::modules::structs::items::{from_half, to_half};
use crate::objects::exception::Exc;
use crate::objects::int::IntRef;
use crate::objects::sequences;
use crate::vm::native::Result;
use crate::vm::{Thread, ops};

use super::{Bytes, MemoryView};

/// The size of an item of a format.
pub fn size_of_format(format: u8) -> Option<u8> {
    Some(match format {
        b'b' | b'B' | b'c' | b'?' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'd' => 8,
        _ => return None,
    })
}

/// NotImplementedError where items are characters, which only an array can have.
pub fn check_readable(th: &Thread, view: Gc<MemoryView>) -> Result<()> {
    match size_of_format(view.format) {
        Some(_) => Ok(()),
        None => {
            let format = view.format as char;
            Err(th.raise(Exc::NotImplementedError, format!("memoryview: format {format} not supported")))
        }
    }
}

/// An item as an object.
pub fn read(th: &Thread, view: Gc<MemoryView>, index: usize) -> Value {
    let bytes = view.item(index);
    let word = u64::from_ne_bytes(bytes);
    match view.format {
        b'B' | b'H' | b'I' => th.int(word as i64),
        b'b' => th.int(word as u8 as i8 as i64),
        b'h' => th.int(word as u16 as i16 as i64),
        b'i' => th.int(word as u32 as i32 as i64),
        b'l' | b'q' | b'n' => th.int(word as i64),
        b'e' => Value::float(from_half(word as u16)),
        b'f' => Value::float(f32::from_bits(word as u32) as f64),
        b'd' => Value::float(f64::from_bits(word)),
        b'?' => Value::bool(word != 0),
        b'c' => Bytes::new(th, &bytes[..1]).value(),
        _ => crate::objects::int::from_u64(th, word),
    }
}

/// The bytes of an object in the view's format.
pub fn pack(th: &Thread, view: Gc<MemoryView>, v: Value) -> Result<[u8; 8]> {
    check_readable(th, view)?;
    let format = view.format as char;
    let wrong_value = || th.value_error(format_args!("memoryview: invalid value for format '{format}'"));
    let wrong_type = || th.type_error(format_args!("memoryview: invalid type for format '{format}'"));
    match view.format {
        b'f' | b'd' | b'e' => {
            let float = ops::float(th, v).map_err(|raised| match () {
                () if th.pending_is(Exc::TypeError) => wrong_type(),
                () if th.pending_is(Exc::OverflowError) => wrong_value(),
                () => raised,
            })?;
            let bits = match view.format {
                b'd' => float.to_bits(),
                b'e' => to_half(float).ok_or_else(wrong_value)?.into(),
                _ => (float as f32).to_bits().into(),
            };
            Ok(bits.to_ne_bytes())
        }
        b'?' => Ok((ops::truthy(th, v)? as u64).to_ne_bytes()),
        b'c' => match v.downcast::<Bytes>().map(|bytes| bytes.bytes()) {
            Some([b]) => Ok((*b as u64).to_ne_bytes()),
            Some(_) => Err(wrong_value()),
            None => Err(wrong_type()),
        },
        format => {
            if !sequences::is_index(th, v) {
                return Err(wrong_type());
            }
            let i = ops::index(th, v)?;
            let Some(i) = IntRef::of(i).and_then(|i| i128::try_from(&i.to_big()).ok()) else {
                return Err(wrong_value());
            };
            let bits = view.size as u32 * 8;
            let range =
                if format.is_ascii_lowercase() { -(1i128 << (bits - 1))..1 << (bits - 1) } else { 0..1 << bits };
            if range.contains(&i) { Ok((i as u64).to_ne_bytes()) } else { Err(wrong_value()) }
        }
    }
}

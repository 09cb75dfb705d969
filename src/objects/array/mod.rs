//! `array.array`: numbers of one C type, side by side in bytes.
//!
//! - this file: the object, and how items become bytes and back
//! - `methods`: the type; `transfer`: from and to lists, bytes, text, files and pickles
//!
//! Items are read and written under the object's lock while the interpreter's is off, so that no thread sees half of one.

use crate::heap::{Cell, Gc, Header, Kind, Tracer, Value};
use crate::objects::bytes::store::{self, Growing, Store};
use crate::objects::int::{self, IntRef};
use crate::objects::str::{Str, decode_char};
use crate::vm::native::Result;
use crate::vm::ops::{self, Row};
use crate::vm::{Raised, Thread};

use super::exception::Exc;
use super::kinds;

mod iterator;
mod methods;
mod transfer;

pub use iterator::ARRAY_ITERATOR;
pub use methods::ARRAY;
pub use transfer::RECONSTRUCT;

/// Every type code.
pub const CODES: &str = "bBuwhHiIlLqQfd";

#[repr(C)]
pub struct Array {
    pub header: Header,
    code: u8,
    store: Store,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Array {
    const KIND: Kind = kinds::ARRAY;
    fn trace(&self, tracer: &mut Tracer) {
        self.store.trace(tracer);
    }
}

impl Growing for Array {
    const REFUSAL: &str = "cannot resize an array that is exporting buffers";

    fn header(&self) -> &Header {
        &self.header
    }

    fn store(&self) -> &Store {
        &self.store
    }
}

/// Bytes of an item of a type code.
fn size_of(code: u8) -> usize {
    match code {
        b'b' | b'B' => 1,
        b'h' | b'H' => 2,
        b'u' | b'w' | b'i' | b'I' | b'f' => 4,
        _ => 8,
    }
}

impl Array {
    fn empty(code: u8) -> Array {
        Array { header: Header::of_kind(kinds::ARRAY), code, store: Store::empty() }
    }

    /// The type code, which is a format of the struct module too.
    pub fn format(&self) -> u8 {
        self.code
    }

    pub fn item_size(&self) -> usize {
        size_of(self.code)
    }

    pub fn len(&self) -> usize {
        self.store.len() / self.item_size()
    }

    pub fn is_empty(&self) -> bool {
        self.store.is_empty()
    }

    fn is_text(&self) -> bool {
        matches!(self.code, b'u' | b'w')
    }
}

impl Gc<Array> {
    /// The bytes of the item at `index`; `None` beyond the end.
    fn raw(self, th: &Thread, index: usize) -> Option<[u8; 8]> {
        let size = self.item_size();
        self.in_place(th, |bytes| store::read(bytes, index.checked_mul(size)?, size))
    }

    /// All bytes, as they were at one moment.
    fn bytes(self, th: &Thread) -> Vec<u8> {
        self.in_place(th, |_| self.store.to_vec())
    }

    pub fn at(self, th: &Thread, index: usize) -> Option<Value> {
        self.raw(th, index).map(|bytes| unpack(th, self.code, bytes))
    }

    /// All items, as they were at one moment.
    fn items(self, th: &Thread) -> Vec<Value> {
        let item = |bytes: &[u8]| {
            let mut word = [0; 8];
            word[..bytes.len()].copy_from_slice(bytes);
            unpack(th, self.code, word)
        };
        self.bytes(th).chunks_exact(self.item_size()).map(item).collect()
    }
}

/// An array as a row of objects.
#[derive(Clone, Copy)]
struct Items<'a>(Gc<Array>, &'a Thread);

impl Row for Items<'_> {
    const SAME_IS_EQUAL: bool = false;

    fn length(self) -> usize {
        self.0.len()
    }

    fn item(self, index: usize) -> Option<Value> {
        self.0.at(self.1, index)
    }
}

/// An item as an object.
fn unpack(th: &Thread, code: u8, bytes: [u8; 8]) -> Value {
    let word = u64::from_ne_bytes(bytes);
    match code {
        b'b' => Value::small_int(word as i8 as i64),
        b'h' => Value::small_int(word as i16 as i64),
        b'i' => Value::small_int(word as i32 as i64),
        b'B' | b'H' | b'I' => Value::small_int(word as i64),
        b'l' | b'q' => th.int(word as i64),
        b'L' | b'Q' => int::from_u64(th, word),
        b'f' => Value::float(f64::from(f32::from_bits(word as u32))),
        b'd' => Value::float(f64::from_bits(word)),
        _ => Str::from_char(th, (word as u32).min(0x10FFFF)).value(),
    }
}

/// How CPython calls the C type of a code whose values go through a wider one, and its least and greatest value.
fn range_of(code: u8) -> Option<(&'static str, i64, i64)> {
    Some(match code {
        b'b' => ("signed char", i8::MIN.into(), i8::MAX.into()),
        b'B' => ("unsigned byte integer", 0, u8::MAX.into()),
        b'h' => ("signed short integer", i16::MIN.into(), i16::MAX.into()),
        b'H' => ("unsigned short", 0, u16::MAX.into()),
        b'i' => ("signed integer", i32::MIN.into(), i32::MAX.into()),
        _ => return None,
    })
}

/// The bytes of an object as an item.
fn pack(th: &Thread, code: u8, v: Value) -> Result<[u8; 8]> {
    let word = match code {
        b'f' => (ops::float(th, v)? as f32).to_bits().into(),
        b'd' => ops::float(th, v)?.to_bits(),
        b'u' | b'w' => character(th, v)?.into(),
        b'I' | b'L' | b'Q' => unsigned(th, code, v)?,
        _ => signed(th, code, v)? as u64,
    };
    Ok(word.to_ne_bytes())
}

fn overflow(th: &Thread, message: impl std::fmt::Display) -> Raised {
    th.raise(Exc::OverflowError, message)
}

fn signed(th: &Thread, code: u8, v: Value) -> Result<i64> {
    let int = ops::index(th, v)?;
    let Some(i) = IntRef::of(int).and_then(IntRef::to_i64) else {
        return Err(overflow(
            th,
            if code == b'q' { "int too big to convert" } else { "Python int too large to convert to C long" },
        ));
    };
    // The narrowest types are read as wider ones first, whose errors come before theirs.
    let through: &[u8] = match code {
        b'b' => b"hb",
        b'H' => b"iH",
        b'l' | b'q' => b"",
        _ => &[code],
    };
    for code in through {
        let Some((name, least, greatest)) = range_of(*code) else { continue };
        if i < least {
            return Err(overflow(th, format_args!("{name} is less than minimum")));
        }
        if i > greatest {
            return Err(overflow(th, format_args!("{name} is greater than maximum")));
        }
    }
    Ok(i)
}

fn unsigned(th: &Thread, code: u8, v: Value) -> Result<u64> {
    let int = ops::index(th, v)?;
    let int = IntRef::of(int).unwrap_or(IntRef::Small(0));
    if int.is_negative() {
        let what = if code == b'Q' {
            "can't convert negative int to unsigned"
        } else {
            "can't convert negative value to unsigned int"
        };
        return Err(overflow(th, what));
    }
    match int.to_i128().and_then(|i| u64::try_from(i).ok()) {
        Some(i) if code == b'I' && i > u32::MAX.into() => Err(overflow(th, "unsigned int is greater than maximum")),
        Some(i) => Ok(i),
        None if code == b'Q' => Err(overflow(th, "int too big to convert")),
        None => Err(overflow(th, "Python int too large to convert to C unsigned long")),
    }
}

fn character(th: &Thread, v: Value) -> Result<u32> {
    let Some(text) = v.as_str_cell() else {
        let found = th.type_name(v);
        return Err(th.type_error(format_args!("array item must be a unicode character, not {found}")));
    };
    match text.char_len() {
        1 => Ok(decode_char(text.wtf8()).0),
        len => Err(th.type_error(format_args!("array item must be a unicode character, not a string of length {len}"))),
    }
}

//! Bytes as hexadecimal digits and back.

use crate::heap::Value;
use crate::objects::str::Str;
use crate::objects::str::args::given;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

use super::{Bytes, borrowed, content};

pub const HEX: NativeDef = native(
    "hex",
    "($self, /, sep=<unrepresentable>, bytes_per_sep=1)",
    "Return the bytes as hexadecimal digits, with a separator after every so many bytes: counted from the right, or from \
     the left if the number is negative.",
    hex,
)
.keywords();

fn hex(th: &Thread, args: &[Value]) -> Result {
    let group = match given(args[2]) {
        None => 1,
        Some(v) => ops::index_i64(th, v)?,
    };
    let separator = given(args[1]).map(|v| separator(th, v)).transpose()?;
    let Some(bytes) = content(args[0]) else { return Err(super::memoryview::released(th)) };
    let mut out = Vec::with_capacity(bytes.len() * 2);
    for (i, b) in bytes.iter().enumerate() {
        if let Some(separator) = separator
            && i > 0
            && group != 0
        {
            let counted = if group > 0 { bytes.len() - i } else { i };
            if counted.is_multiple_of(group.unsigned_abs() as usize) {
                out.push(separator);
            }
        }
        out.extend_from_slice(format!("{b:02x}").as_bytes());
    }
    Ok(Str::from_wtf8(th, &out).value())
}

fn separator(th: &Thread, v: Value) -> Result<u8> {
    if ops::len(th, v)? != 1 {
        return Err(th.value_error("sep must be length 1."));
    }
    let bytes = match v.as_str_cell() {
        Some(s) => std::borrow::Cow::Borrowed(s.wtf8()),
        None => match v.downcast::<Bytes>() {
            Some(bytes) => std::borrow::Cow::Borrowed(bytes.bytes()),
            None => return Err(th.type_error("sep must be str or bytes.")),
        },
    };
    match *bytes {
        [b] if b.is_ascii() => Ok(b),
        _ => Err(th.value_error("sep must be ASCII.")),
    }
}

/// The bytes that hexadecimal digits stand for; whitespace between pairs of digits is skipped.
pub fn from_hex(th: &Thread, v: Value) -> Result<Vec<u8>> {
    let text = match v.as_str_cell() {
        Some(s) => std::borrow::Cow::Borrowed(s.wtf8()),
        None => match borrowed(th, v)? {
            Some(bytes) => bytes,
            None => {
                let found = th.type_name(v);
                return Err(th.type_error(format_args!("fromhex() argument must be str or bytes-like, not {found}")));
            }
        },
    };
    let digit = |b: Option<&u8>| b.and_then(|b| (*b as char).to_digit(16)).map(|d| d as u8);
    let mut out = Vec::with_capacity(text.len() / 2);
    let mut at = 0;
    while at < text.len() {
        if super::split::is_space(&text[at]) {
            at += 1;
            continue;
        }
        let wrong = match (digit(text.get(at)), digit(text.get(at + 1))) {
            (Some(high), Some(low)) => {
                out.push(high << 4 | low);
                at += 2;
                continue;
            }
            (Some(_), None) if at + 1 == text.len() => {
                return Err(th.value_error("fromhex() arg must contain an even number of hexadecimal digits"));
            }
            (Some(_), None) => at + 1,
            _ => at,
        };
        let position = crate::objects::str::count_chars(&text[..wrong]);
        return Err(
            th.value_error(format_args!("non-hexadecimal number found in fromhex() arg at position {position}"))
        );
    }
    Ok(out)
}

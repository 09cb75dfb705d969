//! Methods of `bytes` and `bytearray` that treat bytes as ASCII text: case, padding, stripping, translation.

use crate::heap::Value;
use crate::objects::str::args::given;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

use super::args::*;
use super::content;
use super::split::is_space;

pub const METHODS: &[NativeDef] = &[
    native("lower", "($self, /)", "Return a copy with ASCII letters in lower case.", |th, a| mapped(th, a, |_, b| b.to_ascii_lowercase())),
    native("upper", "($self, /)", "Return a copy with ASCII letters in upper case.", |th, a| mapped(th, a, |_, b| b.to_ascii_uppercase())),
    native("swapcase", "($self, /)", "Return a copy with the case of ASCII letters swapped.", |th, a| {
        mapped(th, a, |_, b| if b.is_ascii_alphabetic() { b ^ 0x20 } else { b })
    }),
    native("capitalize", "($self, /)", "Return a copy with the first byte in upper case and the rest in lower case.", |th, a| {
        mapped(th, a, |before, b| if before.is_none() { b.to_ascii_uppercase() } else { b.to_ascii_lowercase() })
    }),
    native("title", "($self, /)", "Return a copy in which each word starts with a capital.", |th, a| {
        mapped(th, a, |before, b| match before {
            Some(before) if before.is_ascii_alphabetic() => b.to_ascii_lowercase(),
            _ => b.to_ascii_uppercase(),
        })
    }),
    native("isalnum", "($self, /)", "Return whether there are bytes and all are ASCII letters or digits.", |_, a| all(a, u8::is_ascii_alphanumeric)),
    native("isalpha", "($self, /)", "Return whether there are bytes and all are ASCII letters.", |_, a| all(a, u8::is_ascii_alphabetic)),
    native("isdigit", "($self, /)", "Return whether there are bytes and all are ASCII digits.", |_, a| all(a, u8::is_ascii_digit)),
    native("isspace", "($self, /)", "Return whether there are bytes and all are ASCII whitespace.", |_, a| all(a, is_space)),
    native("isascii", "($self, /)", "Return whether all bytes are ASCII.", |_, a| Ok(Value::bool(this(a).is_ascii()))),
    native("islower", "($self, /)", "Return whether there are letters and all are lower case.", |_, a| {
        in_case(a, u8::is_ascii_lowercase, u8::is_ascii_uppercase)
    }),
    native("isupper", "($self, /)", "Return whether there are letters and all are upper case.", |_, a| {
        in_case(a, u8::is_ascii_uppercase, u8::is_ascii_lowercase)
    }),
    native("istitle", "($self, /)", "Return whether each word starts with a capital and has no other.", istitle),
    native("strip", "($self, bytes=None, /)", "Return a copy without whitespace, or without the given bytes, at both ends.", |th, a| {
        stripped(th, a, true, true)
    }),
    native("lstrip", "($self, bytes=None, /)", "Return a copy without whitespace, or without the given bytes, at the start.", |th, a| {
        stripped(th, a, true, false)
    }),
    native("rstrip", "($self, bytes=None, /)", "Return a copy without whitespace, or without the given bytes, at the end.", |th, a| {
        stripped(th, a, false, true)
    }),
    native("center", "($self, width, fillchar=b' ', /)", "Return the bytes centred in the given width.", |th, a| {
        padded(th, a, "center", |missing, width| missing / 2 + (missing & width & 1))
    }),
    native("ljust", "($self, width, fillchar=b' ', /)", "Return the bytes at the left of the given width.", |th, a| {
        padded(th, a, "ljust", |_, _| 0)
    }),
    native("rjust", "($self, width, fillchar=b' ', /)", "Return the bytes at the right of the given width.", |th, a| {
        padded(th, a, "rjust", |missing, _| missing)
    }),
    native("zfill", "($self, width, /)", "Return the bytes with zeros on their left, after a sign, to the given width.", zfill),
    native("expandtabs", "($self, /, tabsize=8)", "Return a copy with tabs replaced by spaces up to the next column.", expandtabs)
        .keywords(),
    native(
        "translate",
        "($self, table, /, delete=b'')",
        "Return a copy without the bytes of `delete` and with the others mapped by a table of 256 bytes, if that is not None.",
        translate,
    )
    .keywords(),
    native("maketrans", "(frm, to, /)", "Return a table for translate() that maps each byte of the first to the second.", maketrans)
        .static_method(),
];

fn mapped(th: &Thread, args: &[Value], map: impl Fn(Option<u8>, u8) -> u8) -> Result {
    let mut before = None;
    let out: Vec<u8> = this(args).iter().map(|b| map(before.replace(*b), *b)).collect();
    Ok(like(th, args[0], &out))
}

fn all(args: &[Value], property: impl Fn(&u8) -> bool) -> Result {
    let bytes = this(args);
    Ok(Value::bool(!bytes.is_empty() && bytes.iter().all(property)))
}

fn in_case(args: &[Value], wanted: fn(&u8) -> bool, other: fn(&u8) -> bool) -> Result {
    let bytes = this(args);
    Ok(Value::bool(bytes.iter().any(wanted) && !bytes.iter().any(other)))
}

fn istitle(_: &Thread, args: &[Value]) -> Result {
    let (mut found, mut in_word) = (false, false);
    for b in this(args).iter() {
        if b.is_ascii_alphabetic() && b.is_ascii_uppercase() == in_word {
            return Ok(Value::FALSE);
        }
        in_word = b.is_ascii_alphabetic();
        found |= in_word;
    }
    Ok(Value::bool(found))
}

fn stripped(th: &Thread, args: &[Value], left: bool, right: bool) -> Result {
    let set = match given(args[1]).filter(|v| !v.is_none()) {
        None => None,
        Some(v) => Some(bytes_like(th, v)?),
    };
    let strips = |b: &u8| set.as_ref().map_or_else(|| is_space(b), |set| set.contains(b));
    let bytes = this(args);
    let from = if left { bytes.iter().take_while(|b| strips(b)).count() } else { 0 };
    let rest = &bytes[from..];
    let to = if right { rest.iter().rposition(|b| !strips(b)).map_or(0, |at| at + 1) } else { rest.len() };
    if to == bytes.len() {
        return Ok(unchanged(th, args[0]));
    }
    Ok(like(th, args[0], &rest[..to]))
}

fn padded(th: &Thread, args: &[Value], name: &str, left: impl FnOnce(usize, usize) -> usize) -> Result {
    let width = ops::index_i64(th, args[1])?.max(0) as usize;
    let fill = match given(args[2]) {
        None => b' ',
        Some(v) => fill_byte(th, v, name)?,
    };
    let bytes = this(args);
    let missing = width.saturating_sub(bytes.len());
    if missing == 0 {
        return Ok(unchanged(th, args[0]));
    }
    checked(th, Some(width))?;
    let left = left(missing, width);
    let mut out = vec![fill; left];
    out.extend_from_slice(&bytes);
    out.resize(width, fill);
    Ok(like(th, args[0], &out))
}

fn fill_byte(th: &Thread, v: Value, name: &str) -> Result<u8> {
    let bytes = content(v).filter(|_| v.downcast::<super::MemoryView>().is_none());
    match bytes.as_deref() {
        Some([fill]) => Ok(*fill),
        Some(bytes) => {
            let (found, len) = (type_name(v), bytes.len());
            Err(th.type_error(format_args!(
                "{name}(): argument 2 must be a byte string of length 1, not a {found} object of length {len}"
            )))
        }
        None => {
            let found = th.type_name(v);
            Err(th.type_error(format_args!("{name}() argument 2 must be a byte string of length 1, not {found}")))
        }
    }
}

fn zfill(th: &Thread, args: &[Value]) -> Result {
    let width = ops::index_i64(th, args[1])?.max(0) as usize;
    let bytes = this(args);
    let missing = width.saturating_sub(bytes.len());
    if missing == 0 {
        return Ok(unchanged(th, args[0]));
    }
    checked(th, Some(width))?;
    let sign = matches!(bytes.first(), Some(b'+' | b'-')) as usize;
    let mut out = bytes[..sign].to_vec();
    out.resize(sign + missing, b'0');
    out.extend_from_slice(&bytes[sign..]);
    Ok(like(th, args[0], &out))
}

fn expandtabs(th: &Thread, args: &[Value]) -> Result {
    let size = match given(args[1]) {
        None => 8,
        Some(v) => ops::index_i32(th, v)?.max(0) as usize,
    };
    let mut out = Vec::new();
    let mut column = 0;
    for b in this(args).iter() {
        match b {
            b'\t' => {
                let spaces = if size == 0 { 0 } else { size - column % size };
                checked(th, out.len().checked_add(spaces))?;
                out.resize(out.len() + spaces, b' ');
                column += spaces;
            }
            b'\n' | b'\r' => {
                out.push(*b);
                column = 0;
            }
            _ => {
                out.push(*b);
                column += 1;
            }
        }
    }
    Ok(like(th, args[0], &out))
}

fn translate(th: &Thread, args: &[Value]) -> Result {
    let table = match args[1] {
        Value::NONE => None,
        table => Some(bytes_like(th, table)?),
    };
    if table.as_ref().is_some_and(|table| table.len() != 256) {
        return Err(th.value_error("translation table must be 256 characters long"));
    }
    let delete = given(args[2]).map(|v| bytes_like(th, v)).transpose()?;
    let kept = |b: &&u8| !delete.as_ref().is_some_and(|delete| delete.contains(b));
    let map = |b: &u8| table.as_ref().map_or(*b, |table| table[*b as usize]);
    let out: Vec<u8> = this(args).iter().filter(kept).map(map).collect();
    Ok(like(th, args[0], &out))
}

fn maketrans(th: &Thread, args: &[Value]) -> Result {
    let (from, to) = (bytes_like(th, args[0])?, bytes_like(th, args[1])?);
    if from.len() != to.len() {
        return Err(th.value_error("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (from, to) in from.iter().zip(to.iter()) {
        table[*from as usize] = *to;
    }
    Ok(super::Bytes::new(th, &table).value())
}

//! What is done with text that an encoding lacks, and with bytes that mean nothing in it.

use std::ops::Range;

use crate::heap::{Gc, Value};
use crate::objects::bytes::Bytes;
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::module::Module;
use crate::objects::str::repr::push_numeric_escape;
use crate::objects::str::{Str, push_char};
use crate::objects::tuple::Tuple;
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops};

use super::{Encoding, Order};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Handler {
    Strict,
    Ignore,
    Replace,
    BackslashReplace,
    XmlCharRefReplace,
    NameReplace,
    SurrogateEscape,
    SurrogatePass,
}

/// The handler of that name. It is only looked for when there is something to handle.
pub fn handler(th: &Thread, name: Option<Gc<Str>>) -> Result<Handler> {
    let Some(name) = name else { return Ok(Handler::Strict) };
    Ok(match name.as_str() {
        Some("strict") => Handler::Strict,
        Some("ignore") => Handler::Ignore,
        Some("replace") => Handler::Replace,
        Some("backslashreplace") => Handler::BackslashReplace,
        Some("xmlcharrefreplace") => Handler::XmlCharRefReplace,
        Some("namereplace") => Handler::NameReplace,
        Some("surrogateescape") => Handler::SurrogateEscape,
        Some("surrogatepass") => Handler::SurrogatePass,
        _ => {
            let name = name.to_text();
            return Err(th.raise(Exc::LookupError, format_args!("unknown error handler name '{name}'")));
        }
    })
}

/// The handler that a program has registered by that name with `codecs.register_error`.
pub fn registered(th: &Thread, name: Option<Gc<Str>>) -> Option<Value> {
    let module = th.vm().modules().get_str(th, th.intern("codecs"))?.downcast::<Module>()?;
    let handlers = module.namespace.get_str(th, th.intern("_handlers"))?.downcast::<Dict>()?;
    let name = name.filter(|name| !matches!(name.as_str(), Some(name) if BUILT_IN.contains(&name)))?;
    handlers.get_str(th, th.intern_str(name))
}

const BUILT_IN: &[&str] = &[
    "strict",
    "ignore",
    "replace",
    "backslashreplace",
    "xmlcharrefreplace",
    "namereplace",
    "surrogateescape",
    "surrogatepass",
];

/// Asks a registered handler about the pending error: what to put in, and where in `len` characters or bytes to go on.
pub fn ask(th: &Thread, handler: Value, error: Value, len: usize, what: &str) -> Result<(Value, usize)> {
    let answer = th.call(handler, &[error])?;
    let wrong = || {
        let replacement = if what == "encoding" { "str/bytes" } else { "str" };
        th.type_error(format_args!("{what} error handler must return ({replacement}, int) tuple"))
    };
    let Some([replacement, place]) = answer.downcast::<Tuple>().map(|answer| answer.items()) else {
        return Err(wrong());
    };
    let is_text = replacement.as_str_cell().is_some();
    if !is_text && (what != "encoding" || replacement.downcast::<Bytes>().is_none()) {
        return Err(wrong());
    }
    let given = ops::index_i64(th, *place)?;
    let place = if given < 0 { given + len as i64 } else { given };
    match usize::try_from(place).ok().filter(|place| *place <= len) {
        Some(place) => Ok((*replacement, place)),
        None => Err(th.index_error(format!("position {given} from error handler out of bounds"))),
    }
}

/// UnicodeEncodeError for a range of the string's code points.
#[cold]
pub fn cannot_encode(th: &Thread, encoding: Encoding, s: Gc<Str>, range: Range<usize>, reason: &str) -> Raised {
    let args = [
        th.str(encoding.name()),
        s.value(),
        Value::small_int(range.start as i64),
        Value::small_int(range.end as i64),
        th.str(reason),
    ];
    th.raise_with(Exc::UnicodeEncodeError, &args)
}

/// UnicodeDecodeError for a range of the bytes.
#[cold]
pub fn cannot_decode(
    th: &Thread,
    encoding: Encoding,
    object: Value,
    bytes: &[u8],
    range: Range<usize>,
    reason: &str,
) -> Raised {
    let object = match object.downcast::<Bytes>() {
        Some(object) => object.value(),
        None => Bytes::new(th, bytes).value(),
    };
    let args = [
        th.str(encoding.name()),
        object,
        Value::small_int(range.start as i64),
        Value::small_int(range.end as i64),
        th.str(reason),
    ];
    th.raise_with(Exc::UnicodeDecodeError, &args)
}

/// What a handler puts in place of characters that cannot be encoded.
pub enum Replacement {
    /// Characters, to be encoded.
    Text(Vec<u8>),
    /// Bytes as they are.
    Bytes(Vec<u8>),
}

/// What stands for the characters that `encoding` lacks; `None` if the handler does not know either.
pub fn replace_characters(handler: Handler, encoding: Encoding, characters: &[u32]) -> Option<Replacement> {
    let mut out = Vec::new();
    match handler {
        Handler::Strict => return None,
        Handler::Ignore => {}
        Handler::Replace => out.resize(characters.len(), b'?'),
        Handler::BackslashReplace => characters.iter().for_each(|c| push_numeric_escape(&mut out, *c)),
        Handler::XmlCharRefReplace => {
            characters.iter().for_each(|c| out.extend_from_slice(format!("&#{c};").as_bytes()));
        }
        Handler::NameReplace => {
            for c in characters {
                match char::from_u32(*c).and_then(unicode_names2::name) {
                    Some(name) => out.extend_from_slice(format!("\\N{{{name}}}").as_bytes()),
                    None => push_numeric_escape(&mut out, *c),
                }
            }
        }
        Handler::SurrogateEscape => {
            for c in characters {
                match c {
                    0xDC80..=0xDCFF => out.push((c - 0xDC00) as u8),
                    _ => return None,
                }
            }
            return Some(Replacement::Bytes(out));
        }
        Handler::SurrogatePass => {
            for c in characters {
                if !(0xD800..0xE000).contains(c) {
                    return None;
                }
                match encoding {
                    Encoding::Utf8 | Encoding::Utf8Sig => push_char(&mut out, *c),
                    Encoding::Utf16(order) => out.extend(unit(*c as u16, order)),
                    Encoding::Utf32(Some(Order::Big)) => out.extend(c.to_be_bytes()),
                    Encoding::Utf32(_) => out.extend(c.to_le_bytes()),
                    _ => return None,
                }
            }
            return Some(Replacement::Bytes(out));
        }
    }
    Some(Replacement::Text(out))
}

/// A unit of UTF-16 in bytes.
pub fn unit(unit: u16, order: Option<Order>) -> [u8; 2] {
    if order == Some(Order::Big) { unit.to_be_bytes() } else { unit.to_le_bytes() }
}

/// Appends what stands for bytes that mean nothing, and says how many of them that takes; `None` if the handler does not
/// know. `rest` starts with the `len` bytes in question.
pub fn replace_bytes(
    out: &mut Vec<u8>,
    handler: Handler,
    encoding: Encoding,
    rest: &[u8],
    len: usize,
) -> Option<usize> {
    match handler {
        Handler::Ignore => {}
        Handler::Replace => push_char(out, 0xFFFD),
        Handler::BackslashReplace => {
            rest[..len].iter().for_each(|b| out.extend_from_slice(format!("\\x{b:02x}").as_bytes()));
        }
        Handler::SurrogateEscape => {
            // As many as there are before the first that says what it means.
            let escaped = rest[..len].iter().take_while(|b| !b.is_ascii()).count();
            rest[..escaped].iter().for_each(|b| push_char(out, 0xDC00 + *b as u32));
            return Some(escaped).filter(|escaped| *escaped > 0);
        }
        Handler::SurrogatePass => {
            let (c, width) = lone_surrogate(encoding, rest)?;
            push_char(out, c);
            return Some(width);
        }
        Handler::Strict | Handler::XmlCharRefReplace | Handler::NameReplace => return None,
    }
    Some(len)
}

/// The surrogate at the start of the bytes and how many of them it takes.
fn lone_surrogate(encoding: Encoding, bytes: &[u8]) -> Option<(u32, usize)> {
    let (c, width) = match (encoding, bytes) {
        (Encoding::Utf8 | Encoding::Utf8Sig, [0xED, b @ 0x80..=0xBF, c @ 0x80..=0xBF, ..]) => {
            (0xD000 | (*b as u32 & 0x3F) << 6 | (*c as u32 & 0x3F), 3)
        }
        (Encoding::Utf16(Some(Order::Big)), [a, b, ..]) => (u16::from_be_bytes([*a, *b]) as u32, 2),
        (Encoding::Utf16(_), [a, b, ..]) => (u16::from_le_bytes([*a, *b]) as u32, 2),
        (Encoding::Utf32(Some(Order::Big)), [a, b, c, d, ..]) => (u32::from_be_bytes([*a, *b, *c, *d]), 4),
        (Encoding::Utf32(_), [a, b, c, d, ..]) => (u32::from_le_bytes([*a, *b, *c, *d]), 4),
        _ => return None,
    };
    (0xD800..0xE000).contains(&c).then_some((c, width))
}

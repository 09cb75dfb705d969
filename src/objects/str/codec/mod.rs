//! Encodings: from text to bytes and back.
//!
//! - `encode`, `decode`: each direction, for all encodings
//! - `charmaps`: the encodings of one byte a character, by table
//! - `escapes`: `unicode_escape` and its raw sister
//! - `errors`: what is done with text that an encoding lacks, and with bytes that mean nothing in it

use std::borrow::Cow;

use crate::heap::{Gc, Value};
use crate::objects::bytes;
use crate::objects::exception::{self, Exc};
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, import, ops};

use super::Str;

pub use charmaps::Charmap;
pub use decode::decode_part;

mod charmaps;
mod decode;
mod encode;
pub mod errors;
mod escapes;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    Little,
    Big,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    Utf8,
    /// With a byte order mark at the start.
    Utf8Sig,
    Ascii,
    Latin1,
    /// Without an order: little, and marked as such.
    Utf16(Option<Order>),
    Utf32(Option<Order>),
    UnicodeEscape,
    RawUnicodeEscape,
    Charmap(&'static Charmap),
}

impl Encoding {
    /// The encoding of that name, in any of its spellings.
    pub fn named(name: &str) -> Option<Encoding> {
        let plain: String =
            name.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).map(|c| c.to_ascii_lowercase()).collect();
        Some(match plain.as_str() {
            "utf8" | "u8" | "utf" | "cp65001" => Encoding::Utf8,
            "utf8sig" => Encoding::Utf8Sig,
            "ascii" | "usascii" | "us" | "646" | "iso646us" | "ansix3.41968" => Encoding::Ascii,
            "latin1" | "latin" | "l1" | "iso88591" | "iso8859" | "8859" | "cp819" => Encoding::Latin1,
            "utf16" | "u16" => Encoding::Utf16(None),
            "utf16le" => Encoding::Utf16(Some(Order::Little)),
            "utf16be" => Encoding::Utf16(Some(Order::Big)),
            "utf32" | "u32" => Encoding::Utf32(None),
            "utf32le" => Encoding::Utf32(Some(Order::Little)),
            "utf32be" => Encoding::Utf32(Some(Order::Big)),
            "unicodeescape" => Encoding::UnicodeEscape,
            "rawunicodeescape" => Encoding::RawUnicodeEscape,
            plain => return Charmap::named(plain).map(Encoding::Charmap),
        })
    }

    /// Its name in error messages.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 | Encoding::Utf8Sig => "utf-8",
            Encoding::Ascii => "ascii",
            Encoding::Latin1 => "latin-1",
            Encoding::Utf16(None) => "utf-16",
            Encoding::Utf16(Some(Order::Little)) => "utf-16-le",
            Encoding::Utf16(Some(Order::Big)) => "utf-16-be",
            Encoding::Utf32(None) => "utf-32",
            Encoding::Utf32(Some(Order::Little)) => "utf-32-le",
            Encoding::Utf32(Some(Order::Big)) => "utf-32-be",
            Encoding::UnicodeEscape => "unicodeescape",
            Encoding::RawUnicodeEscape => "rawunicodeescape",
            Encoding::Charmap(_) => "charmap",
        }
    }

    /// Its name as `codecs.lookup` gives it.
    pub fn canonical_name(self) -> &'static str {
        match self {
            Encoding::Utf8Sig => "utf-8-sig",
            Encoding::Latin1 => "iso8859-1",
            Encoding::UnicodeEscape => "unicode-escape",
            Encoding::RawUnicodeEscape => "raw-unicode-escape",
            Encoding::Charmap(map) => map.name,
            other => other.name(),
        }
    }
}

/// The encoding of that name, UTF-8 without one; LookupError for an unknown one.
pub fn encoding_of(th: &Thread, name: Option<Gc<Str>>) -> Result<Encoding> {
    let Some(name) = name else { return Ok(Encoding::Utf8) };
    known(th, name)?.ok_or_else(|| th.raise(Exc::LookupError, format_args!("unknown encoding: {}", name.to_text())))
}

/// The encoding of that name, if it is one of those here; a program may have registered others (`codecs.register`).
fn known(th: &Thread, name: Gc<Str>) -> Result<Option<Encoding>> {
    if name.wtf8().contains(&0) {
        return Err(th.value_error("embedded null character"));
    }
    Ok(Encoding::named(&name.to_text()))
}

/// What a codec written in Python makes of an object, or why there is none for text of that name.
#[cold]
fn registered(th: &Thread, decodes: bool, object: Value, encoding: Gc<Str>, errors: Option<Gc<Str>>) -> Result {
    let codecs = import::import_by_name(th, th.intern("codecs"))?;
    let convert = ops::get_attr(th, codecs, th.intern("_convert_text"))?;
    let errors = errors.map_or(Value::NONE, Gc::value);
    th.call(convert, &[object, encoding.value(), errors, Value::small_int(decodes.into())])
}

/// The error with a note of the encoding, which those have that CPython looks up among its codecs.
#[cold]
fn noted(th: &Thread, raised: Raised, what: &str, name: Gc<Str>) -> Raised {
    let name = name.to_text();
    let plain = name.to_ascii_lowercase().replace(['-', ' '], "_");
    const DIRECT: &[&str] =
        &["utf_8", "utf8", "utf_16", "utf_32", "ascii", "us_ascii", "latin1", "latin_1", "iso_8859_1", "iso8859_1"];
    if !DIRECT.contains(&plain.as_str()) {
        exception::add_note(th, &format!("{what} with '{name}' codec failed"));
    }
    raised
}

/// The string in an encoding (UTF-8 if there is none).
pub fn encode(
    th: &Thread,
    s: Gc<Str>,
    encoding: Option<Gc<Str>>,
    errors: Option<Gc<Str>>,
) -> Result<Cow<'static, [u8]>> {
    let Some(name) = encoding else { return encode_as(th, s, Encoding::Utf8, errors) };
    match known(th, name)? {
        Some(encoding) => encode_as(th, s, encoding, errors).map_err(|raised| noted(th, raised, "encoding", name)),
        None => {
            let made = registered(th, false, s.value(), name, errors)?;
            Ok(Cow::Owned(bytes::required(th, made)?.into_owned()))
        }
    }
}

/// UnicodeEncodeError for a text with lone surrogates.
pub fn check_utf8(th: &Thread, s: Gc<Str>) -> Result<()> {
    if s.as_str().is_some() { Ok(()) } else { encode_as(th, s, Encoding::Utf8, None).map(|_| ()) }
}

/// As `encode`, to an encoding that is known.
pub fn encode_as(th: &Thread, s: Gc<Str>, encoding: Encoding, errors: Option<Gc<Str>>) -> Result<Cow<'static, [u8]>> {
    match encoding {
        Encoding::Utf8 if s.is_ascii() || s.as_str().is_some() => Ok(Cow::Borrowed(s.wtf8())),
        Encoding::Ascii | Encoding::Latin1 if s.is_ascii() => Ok(Cow::Borrowed(s.wtf8())),
        _ => encode::encode(th, s, encoding, errors).map(Cow::Owned),
    }
}

/// What the bytes say in an encoding (UTF-8 if there is none). `object` is what they came from, for the error.
pub fn decode(
    th: &Thread,
    object: Value,
    bytes: &[u8],
    encoding: Option<Gc<Str>>,
    errors: Option<Gc<Str>>,
) -> Result<Gc<Str>> {
    if bytes.is_empty() {
        return Ok(th.vm().singles.empty(th));
    }
    let Some(name) = encoding else { return decode_as(th, object, bytes, Encoding::Utf8, errors) };
    match known(th, name)? {
        Some(encoding) => {
            decode_as(th, object, bytes, encoding, errors).map_err(|raised| noted(th, raised, "decoding", name))
        }
        None => {
            let made = registered(th, true, bytes::new(th, bytes), name, errors)?;
            made.as_str_cell().ok_or_else(|| th.type_error("decoder did not return a str object"))
        }
    }
}

/// As `decode`, from an encoding that is known.
pub fn decode_as(
    th: &Thread,
    object: Value,
    bytes: &[u8],
    encoding: Encoding,
    errors: Option<Gc<Str>>,
) -> Result<Gc<Str>> {
    match encoding {
        Encoding::Utf8 if std::str::from_utf8(bytes).is_ok() => Ok(Str::from_wtf8(th, bytes)),
        Encoding::Ascii | Encoding::Latin1 if bytes.is_ascii() => Ok(Str::from_wtf8(th, bytes)),
        _ => decode_part(th, object, bytes, encoding, errors, true).map(|(text, _)| text),
    }
}

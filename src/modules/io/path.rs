//! Paths as arguments: strings, bytes, objects with `__fspath__`, and, for some functions, descriptors.
//!
//! A string stands for the bytes of its UTF-8; lone surrogates from U+DC80 on stand for single bytes that are none.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

use crate::heap::{Gc, Value};
use crate::objects::exception::Exc;
use crate::objects::str::{CodePoints, Str, push_char};
use crate::objects::{bytes, sequences};
use crate::vm::native::Result;
use crate::vm::{Thread, ops, report};

/// A path, and what the program passed for it, which messages show.
pub struct PathArgument {
    pub path: PathBuf,
    /// A string or bytes object.
    pub shown: Value,
}

impl PathArgument {
    /// Whether names made from it are bytes objects.
    pub fn is_bytes(&self) -> bool {
        self.shown.as_str_cell().is_none()
    }
}

/// What a function that takes paths is called and accepts, for its messages.
#[derive(Clone, Copy)]
pub struct Asked {
    pub function: &'static str,
    pub name: &'static str,
    /// "string, bytes or os.PathLike"
    pub accepts: &'static str,
}

impl Asked {
    pub const fn path(function: &'static str) -> Asked {
        Asked { function, name: "path", accepts: "string, bytes or os.PathLike" }
    }
}

/// A path, or TypeError "stat: path should be string, bytes or os.PathLike, not float".
pub fn path(th: &Thread, value: Value, asked: Asked) -> Result<PathArgument> {
    let Asked { function, name, accepts } = asked;
    match plain(th, value)? {
        Some(shown) => {
            let bytes = system_bytes(th, shown)?;
            if bytes.contains(&0) {
                let kind = if shown.as_str_cell().is_some() { "character" } else { "byte" };
                return Err(th.value_error(format_args!("{function}: embedded null {kind} in {name}")));
            }
            Ok(PathArgument { path: to_path(bytes), shown })
        }
        None => {
            let class = th.type_name(value);
            Err(th.type_error(format_args!("{function}: {name} should be {accepts}, not {class}")))
        }
    }
}

/// The path that `open` gets: "expected str, bytes or os.PathLike object, not float".
pub fn of_file(th: &Thread, value: Value) -> Result<PathArgument> {
    match plain(th, value)? {
        Some(shown) => {
            let bytes = system_bytes(th, shown)?;
            if bytes.contains(&0) {
                return Err(th.value_error("embedded null byte"));
            }
            Ok(PathArgument { path: to_path(bytes), shown })
        }
        None => {
            let class = th.type_name(value);
            Err(th.type_error(format_args!("expected str, bytes or os.PathLike object, not {class}")))
        }
    }
}

/// The number of a descriptor that is given instead of a path.
pub fn descriptor(th: &Thread, value: Value) -> Result<Option<i32>> {
    if value.as_str_cell().is_some() || !sequences::is_index(th, value) {
        return Ok(None);
    }
    if value.is_bool() {
        report::warn(th, Exc::RuntimeWarning, "bool is used as a file descriptor")?;
    }
    let number = ops::index_sized(th, value, Exc::OverflowError)?;
    match i32::try_from(number) {
        Ok(number) => Ok(Some(number)),
        Err(_) => Err(th.overflow_error("fd is greater than maximum")),
    }
}

/// The string or bytes that a path is, or that its `__fspath__` gives; `None` for what is no path.
pub fn plain(th: &Thread, value: Value) -> Result<Option<Value>> {
    if value.as_str_cell().is_some() || value.downcast::<bytes::Bytes>().is_some() {
        return Ok(Some(value));
    }
    let Some(answer) = th.call_special(value, th.intern("__fspath__"), &[]) else { return Ok(None) };
    let answer = answer?;
    if answer.as_str_cell().is_some() || answer.downcast::<bytes::Bytes>().is_some() {
        return Ok(Some(answer));
    }
    let (class, found) = (th.type_name(value), th.type_name(answer));
    Err(th.type_error(format_args!("expected {class}.__fspath__() to return str or bytes, not {found}")))
}

fn system_bytes(th: &Thread, shown: Value) -> Result<Vec<u8>> {
    match shown.as_str_cell() {
        Some(text) => encode(th, text),
        None => Ok(bytes::required(th, shown)?.into_owned()),
    }
}

fn to_path(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(OsString::from_vec(bytes))
}

/// Text as the system has it (`os.fsencode`).
pub fn encode(th: &Thread, text: Gc<Str>) -> Result<Vec<u8>> {
    if let Some(text) = text.as_str() {
        return Ok(text.as_bytes().to_vec());
    }
    let mut out = Vec::new();
    for c in CodePoints(text.wtf8()) {
        match c {
            0xDC80..=0xDCFF => out.push((c - 0xDC00) as u8),
            0xD800..0xE000 => {
                let (encoding, errors) = (th.intern("utf-8"), th.intern("surrogateescape"));
                return crate::objects::str::codec::encode(th, text, Some(encoding), Some(errors)).map(|b| b.into());
            }
            c => push_char(&mut out, c),
        }
    }
    Ok(out)
}

/// Text that the system gave (`os.fsdecode`).
pub fn decode(th: &Thread, mut bytes: &[u8]) -> Value {
    let mut out = Vec::with_capacity(bytes.len());
    while !bytes.is_empty() {
        match std::str::from_utf8(bytes) {
            Ok(_) => {
                out.extend_from_slice(bytes);
                break;
            }
            Err(error) => {
                let (good, rest) = bytes.split_at(error.valid_up_to());
                out.extend_from_slice(good);
                push_char(&mut out, 0xDC00 + rest[0] as u32);
                bytes = &rest[1..];
            }
        }
    }
    Str::from_wtf8(th, &out).value()
}

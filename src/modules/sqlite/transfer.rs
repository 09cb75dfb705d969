//! Values between the program and SQLite.
//!
//! SQLite knows integers of 64 bits, doubles, text, bytes and nothing. None of these functions runs Python code or comes to a
//! safepoint, so that what they gather is safe in Rust's memory until they are done.

use std::ffi::{c_int, c_void};

use libsqlite3_sys as ffi;

use crate::heap::Value;
use crate::objects::bytes::MemoryView;
use crate::objects::exception::Exc;
use crate::objects::int::IntRef;
use crate::objects::{bytes, float, str};
use crate::vm::Thread;
use crate::vm::native::Result;

/// A value for SQLite, which copies what lies elsewhere.
pub enum Outgoing {
    Null,
    Integer(i64),
    Real(f64),
    Text(Vec<u8>),
    Blob(Vec<u8>),
}

/// The value as SQLite's; `None` for what is none of its kinds.
pub fn outgoing(th: &Thread, value: Value) -> Result<Option<Outgoing>> {
    if value.is_none() {
        return Ok(Some(Outgoing::Null));
    }
    if let Some(integer) = IntRef::of(value) {
        let Some(integer) = integer.to_i64() else {
            return Err(th.raise(Exc::OverflowError, "Python int too large to convert to SQLite INTEGER"));
        };
        return Ok(Some(Outgoing::Integer(integer)));
    }
    if let Some(number) = float::of(value) {
        return Ok(Some(Outgoing::Real(number)));
    }
    if let Some(text) = value.as_str_cell() {
        return Ok(Some(Outgoing::Text(str::codec::encode(th, text, None, None)?.into())));
    }
    if value.downcast::<MemoryView>().is_some_and(|view| !view.is_contiguous()) {
        return Err(th.raise(Exc::BufferError, "memoryview: underlying buffer is not C-contiguous"));
    }
    Ok(bytes::borrowed(th, value)?.map(|bytes| Outgoing::Blob(bytes.into_owned())))
}

/// The length of text or bytes for SQLite's older calls.
fn sized(bytes: &[u8]) -> u64 {
    bytes.len() as u64
}

/// Where bytes lie; never null, which would be SQLite's NULL.
fn place(bytes: &[u8]) -> *const c_void {
    if bytes.is_empty() { c"".as_ptr().cast() } else { bytes.as_ptr().cast() }
}

/// Binds a value to a parameter; the library's answer.
///
/// # Safety
/// The statement is alive and the caller's.
pub unsafe fn bind(statement: *mut ffi::sqlite3_stmt, at: c_int, value: &Outgoing) -> c_int {
    // SAFETY: the caller's promise; bytes are copied within the call.
    unsafe {
        match value {
            Outgoing::Null => ffi::sqlite3_bind_null(statement, at),
            Outgoing::Integer(integer) => ffi::sqlite3_bind_int64(statement, at, *integer),
            Outgoing::Real(number) => ffi::sqlite3_bind_double(statement, at, *number),
            Outgoing::Text(text) => ffi::sqlite3_bind_text64(
                statement,
                at,
                place(text).cast(),
                sized(text),
                ffi::SQLITE_TRANSIENT(),
                ffi::SQLITE_UTF8 as u8,
            ),
            Outgoing::Blob(blob) => {
                ffi::sqlite3_bind_blob64(statement, at, place(blob), sized(blob), ffi::SQLITE_TRANSIENT())
            }
        }
    }
}

/// Gives the result of a function.
///
/// # Safety
/// The context is that of the call that is under way.
pub unsafe fn answer(context: *mut ffi::sqlite3_context, value: &Outgoing) {
    // SAFETY: the caller's promise; bytes are copied within the call.
    unsafe {
        match value {
            Outgoing::Null => ffi::sqlite3_result_null(context),
            Outgoing::Integer(integer) => ffi::sqlite3_result_int64(context, *integer),
            Outgoing::Real(number) => ffi::sqlite3_result_double(context, *number),
            Outgoing::Text(text) => ffi::sqlite3_result_text64(
                context,
                place(text).cast(),
                sized(text),
                ffi::SQLITE_TRANSIENT(),
                ffi::SQLITE_UTF8 as u8,
            ),
            Outgoing::Blob(blob) => {
                ffi::sqlite3_result_blob64(context, place(blob), sized(blob), ffi::SQLITE_TRANSIENT());
            }
        }
    }
}

/// The bytes at a place of the library's.
///
/// # Safety
/// So many bytes are there, for as long as the slice is used.
pub unsafe fn bytes_at<'a>(at: *const c_void, len: c_int) -> &'a [u8] {
    match usize::try_from(len) {
        // SAFETY: the caller's promise.
        Ok(len) if len > 0 && !at.is_null() => unsafe { std::slice::from_raw_parts(at.cast(), len) },
        _ => &[],
    }
}

/// Text that should be UTF-8; where it is none, its bytes.
pub enum Incoming {
    Value(Value),
    Undecodable(Vec<u8>),
}

/// A value of SQLite's, text as bytes if wanted.
///
/// # Safety
/// The value is alive, and nobody else uses it.
pub unsafe fn incoming(th: &Thread, value: *mut ffi::sqlite3_value, is_raw: bool) -> Incoming {
    // SAFETY: the caller's promise. Text is asked for before its length, as the library wants it.
    unsafe {
        match ffi::sqlite3_value_type(value) {
            ffi::SQLITE_INTEGER => Incoming::Value(th.int(ffi::sqlite3_value_int64(value))),
            ffi::SQLITE_FLOAT => Incoming::Value(Value::float(ffi::sqlite3_value_double(value))),
            ffi::SQLITE_TEXT => {
                let text = ffi::sqlite3_value_text(value);
                let text = bytes_at(text.cast(), ffi::sqlite3_value_bytes(value));
                if is_raw {
                    return Incoming::Value(bytes::new(th, text));
                }
                match std::str::from_utf8(text) {
                    Ok(text) => Incoming::Value(th.str(text)),
                    Err(_) => Incoming::Undecodable(text.to_vec()),
                }
            }
            ffi::SQLITE_BLOB => {
                let blob = ffi::sqlite3_value_blob(value);
                Incoming::Value(bytes::new(th, bytes_at(blob, ffi::sqlite3_value_bytes(value))))
            }
            _ => Incoming::Value(Value::NONE),
        }
    }
}

//! What SQLite says went wrong, as exceptions of `sqlite3`.

use std::ffi::{CStr, c_int};
use std::path::PathBuf;

use libsqlite3_sys as ffi;

use crate::heap::Value;
use crate::objects::exception::raise_refused;
use crate::objects::module::Module;
use crate::vm::gate::Refused;
use crate::vm::import::in_modules;
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops};

use super::{constants, files};

/// An answer of the library that is no success, and its words.
pub struct Fault {
    code: c_int,
    message: String,
    /// What the gate had refused: then that is what is raised.
    refused: Option<(Refused, Option<PathBuf>)>,
}

impl Fault {
    /// The last fault of a connection. To be asked by whoever has the turn, in the call that failed.
    ///
    /// # Safety
    /// The connection is open, or null.
    pub unsafe fn of(db: *mut ffi::sqlite3, code: c_int) -> Fault {
        // SAFETY: the caller's promise; the message lives until the next call, and is copied.
        unsafe {
            let message = CStr::from_ptr(ffi::sqlite3_errmsg(db)).to_string_lossy().into_owned();
            Fault { code: if db.is_null() { code } else { ffi::sqlite3_extended_errcode(db) }, message, refused: None }
        }
    }

    /// A fault that only has a number.
    pub fn of_code(code: c_int) -> Fault {
        // SAFETY: a constant string.
        let message = unsafe { CStr::from_ptr(ffi::sqlite3_errstr(code)) }.to_string_lossy().into_owned();
        Fault { code, message, refused: None }
    }

    pub fn refused_by(mut self, refused: Option<Refused>) -> Fault {
        if matches!(self.code & 0xFF, ffi::SQLITE_CANTOPEN | ffi::SQLITE_IOERR | ffi::SQLITE_READONLY) {
            self.refused = refused.map(|refused| (refused, files::take_refused_path()));
        }
        self
    }

    pub fn is_of(&self, code: c_int) -> bool {
        self.code & 0xFF == code
    }

    /// The class of the exception, by CPython's table.
    fn class(&self) -> &'static str {
        match self.code & 0xFF {
            ffi::SQLITE_INTERNAL | ffi::SQLITE_NOTFOUND => "InternalError",
            ffi::SQLITE_ERROR
            | ffi::SQLITE_PERM
            | ffi::SQLITE_ABORT
            | ffi::SQLITE_BUSY
            | ffi::SQLITE_LOCKED
            | ffi::SQLITE_READONLY
            | ffi::SQLITE_INTERRUPT
            | ffi::SQLITE_IOERR
            | ffi::SQLITE_FULL
            | ffi::SQLITE_CANTOPEN
            | ffi::SQLITE_PROTOCOL
            | ffi::SQLITE_EMPTY
            | ffi::SQLITE_SCHEMA => "OperationalError",
            ffi::SQLITE_TOOBIG => "DataError",
            ffi::SQLITE_CONSTRAINT | ffi::SQLITE_MISMATCH => "IntegrityError",
            ffi::SQLITE_MISUSE | ffi::SQLITE_RANGE => "InterfaceError",
            _ => "DatabaseError",
        }
    }

    #[cold]
    pub fn raise(&self, th: &Thread) -> Raised {
        if let Some((refused, path)) = &self.refused {
            let path = path.as_ref().map_or(Value::NONE, |path| th.str(&path.to_string_lossy()));
            return raise_refused(th, refused, &[path]);
        }
        if self.is_of(ffi::SQLITE_NOMEM) {
            return th.memory_error();
        }
        match self.exception(th) {
            Ok(exception) => th.raise_value(exception),
            Err(raised) => raised,
        }
    }

    fn exception(&self, th: &Thread) -> Result {
        let exception = made(th, self.class(), &self.message)?;
        ops::set_attr(th, exception, th.intern("sqlite_errorcode"), th.int(self.code.into()))?;
        let name = constants::name_of_fault(self.code).unwrap_or("unknown");
        ops::set_attr(th, exception, th.intern("sqlite_errorname"), th.str(name))?;
        Ok(exception)
    }
}

fn made(th: &Thread, class: &str, message: &str) -> Result {
    let class = in_modules(th, "_sqlite3")
        .and_then(|module| module.downcast::<Module>())
        .and_then(|module| module.namespace.get_str(th, th.intern(class)))
        .ok_or_else(|| th.runtime_error(message))?;
    th.call(class, &[th.str(message)])
}

/// Raises an exception of the module's own.
#[cold]
pub fn raise(th: &Thread, class: &str, message: &str) -> Raised {
    match made(th, class, message) {
        Ok(exception) => th.raise_value(exception),
        Err(raised) => raised,
    }
}

#[cold]
pub fn programming(th: &Thread, message: &str) -> Raised {
    raise(th, "ProgrammingError", message)
}

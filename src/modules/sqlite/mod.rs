//! `_sqlite3`: the SQLite library, on which `sqlite3` is built.
//!
//! - `database`: a connection, whose turn it is, and calls with the interpreter's lock given up
//! - `connection`: what a program sees of a connection
//! - `statement`: statements, what is bound to them, and rows
//! - `answers`: what SQLite asks the program: functions, aggregates, orders, permissions
//! - `transfer`: values between the two
//! - `blob`: parts of one value; `backup`: copying a database while it is used
//! - `files`: SQLite's files pass the gate
//! - `faults`, `constants`: its errors and numbers
//!
//! Cursors, transactions, adapters and the rest of the interface of PEP 249 are `python/sqlite3`.

use std::ffi::{CStr, CString};

use libsqlite3_sys as ffi;

use crate::heap::{Gc, Value};
use crate::modules::{ModuleDef, new_exception};
use crate::objects::exception::Exc;
use crate::objects::module::Module;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, native};

mod answers;
mod backup;
mod blob;
mod connection;
mod constants;
mod database;
mod faults;
mod files;
mod statement;
mod transfer;

pub static SQLITE: ModuleDef = ModuleDef {
    functions: FUNCTIONS,
    types: &[&connection::DATABASE, &statement::STATEMENT, &blob::BLOB],
    init: Some(init),
    ..ModuleDef::new("_sqlite3", "SQLite, a database in a file or in memory.")
};

const FUNCTIONS: &[NativeDef] = &[native(
    "complete_statement",
    "(statement)",
    "Checks if a string contains a complete SQL statement.",
    |th, args| {
        let Some(text) = args[0].as_str_cell() else {
            let class = th.type_name(args[0]);
            return Err(
                th.type_error(format_args!("complete_statement() argument 'statement' must be str, not {class}"))
            );
        };
        let Ok(text) = CString::new(text.to_text()) else { return Err(th.value_error("embedded null character")) };
        // SAFETY: a live string that ends in zero.
        Ok(Value::bool(unsafe { ffi::sqlite3_complete(text.as_ptr()) } != 0))
    },
)
.keywords()];

/// Each exception and its base, the base first.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("InterfaceError", "Error"),
    ("DatabaseError", "Error"),
    ("InternalError", "DatabaseError"),
    ("OperationalError", "DatabaseError"),
    ("ProgrammingError", "DatabaseError"),
    ("IntegrityError", "DatabaseError"),
    ("DataError", "DatabaseError"),
    ("NotSupportedError", "DatabaseError"),
];

fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    let set = |name: &str, value: Value| module.namespace.set_str(th, th.intern(name), value);
    let exception = th.vm().exception_class(Exc::Exception).value();
    set("Warning", new_exception(th, "sqlite3", "Warning", exception, "")?);
    set("Error", new_exception(th, "sqlite3", "Error", exception, "")?);
    for (name, base) in EXCEPTIONS {
        let base = module.namespace.get_str(th, th.intern(base)).unwrap_or(exception);
        set(name, new_exception(th, "sqlite3", name, base, "")?);
    }
    for (name, number) in constants::FAULTS.iter().chain(constants::OTHERS) {
        set(name, th.int(*number));
    }
    // SAFETY: a constant string.
    let version = unsafe { CStr::from_ptr(ffi::sqlite3_libversion()) }.to_string_lossy();
    set("sqlite_version", th.str(&version));
    Ok(())
}

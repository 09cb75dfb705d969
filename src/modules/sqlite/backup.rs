//! Copying a database, page by page, while others use it.

use std::ffi::CStr;
use std::sync::Arc;

use libsqlite3_sys as ffi;

use crate::heap::Value;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

use super::connection::{c_text, database};
use super::database::Entered;
use super::faults::{Fault, programming};

pub const BACKUP: NativeDef = native(
    "backup",
    "(self, target, pages, name, progress, pause, /)",
    "Copy so many pages at a time into another connection's database, tell how far it is, and pause when it is in use.",
    backup,
);

/// A copy under way, ended when it is dropped. Whoever has it has the turns of both connections.
struct Copying(*mut ffi::sqlite3_backup);

impl Drop for Copying {
    fn drop(&mut self) {
        // SAFETY: a backup that was begun, ended once.
        unsafe { ffi::sqlite3_backup_finish(self.0) };
    }
}

fn backup(th: &Thread, args: &[Value]) -> Result {
    let (source, target) = (database(th, args[0])?, database(th, args[1])?);
    let (pages, name) = (ops::index_i32(th, args[2])?, c_text(th, args[3])?);
    let (progress, pause) = (args[4], args[5]);
    // Always in one order, so that two that copy into each other do not wait for each other.
    let source_first = Arc::as_ptr(source) < Arc::as_ptr(target);
    let first = if source_first { source } else { target }.enter(th)?;
    let second = if source_first { target } else { source }.enter(th)?;
    if first.is_within() || second.is_within() {
        return Err(programming(th, "Cannot copy a database in the midst of its work."));
    }
    let (source, target) = if source_first { (&first, &second) } else { (&second, &first) };
    let copying = begin(source, target, &name)?;
    loop {
        // SAFETY: a backup that was begun, with the turns of both connections.
        let (code, left, all) = target.away(|| unsafe {
            let code = ffi::sqlite3_backup_step(copying.0, pages);
            (code, ffi::sqlite3_backup_remaining(copying.0), ffi::sqlite3_backup_pagecount(copying.0))
        });
        if !progress.is_none() {
            th.call(progress, &[th.int(code.into()), th.int(left.into()), th.int(all.into())])?;
        }
        match code {
            ffi::SQLITE_OK => {}
            ffi::SQLITE_DONE => return Ok(Value::NONE),
            ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => {
                th.call(pause, &[])?;
            }
            code => return Err(Fault::of_code(code).raise(th)),
        }
        th.safepoint()?;
    }
}

fn begin(source: &Entered, target: &Entered, name: &CStr) -> Result<Copying> {
    // SAFETY: two open connections, whose turns these are, and strings that end in zero.
    let raw =
        target.away(|| unsafe { ffi::sqlite3_backup_init(target.raw, c"main".as_ptr(), source.raw, name.as_ptr()) });
    if raw.is_null() {
        // SAFETY: as above.
        let code = unsafe { ffi::sqlite3_errcode(target.raw) };
        return Err(target.fault(code));
    }
    Ok(Copying(raw))
}

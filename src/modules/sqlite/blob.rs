//! One value of a table, read and written in parts.

use std::ffi::c_int;
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicPtr, Ordering};

use libsqlite3_sys as ffi;

use crate::heap::{Slot, Tracer, Value};
use crate::modules::thread::state;
use crate::objects::native_object::{self, NativeState};
use crate::objects::{bytes, kinds};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Thread, ops};

use super::connection::{c_text, database};
use super::database::{Db, Entered, Left};
use super::faults::programming;

struct Blob {
    /// Null once it is closed.
    raw: AtomicPtr<ffi::sqlite3_blob>,
    db: Arc<Db>,
    database: Slot,
}

impl NativeState for Blob {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.database);
    }
}

impl Drop for Blob {
    fn drop(&mut self) {
        if !self.raw.get_mut().is_null() {
            self.db.leave(Left::Blob(*self.raw.get_mut()));
        }
    }
}

pub const OPEN: NativeDef = native(
    "open_blob",
    "(self, table, column, row, readonly, name, /)",
    "Open one value for reading and writing.",
    |th, args| {
        let db = database(th, args[0])?;
        let (table, column, name) = (c_text(th, args[1])?, c_text(th, args[2])?, c_text(th, args[5])?);
        let row = ops::index_i64(th, args[3])?;
        let writes = c_int::from(!ops::truthy(th, args[4])?);
        let entered = db.enter(th)?;
        let mut raw = ptr::null_mut();
        // SAFETY: an open connection, whose turn this is, and strings that end in zero.
        entered.run(|| unsafe {
            let (name, table, column) = (name.as_ptr(), table.as_ptr(), column.as_ptr());
            ffi::sqlite3_blob_open(entered.raw, name, table, column, row, writes, &mut raw)
        })?;
        db.add_blob(raw);
        let blob = Blob { raw: AtomicPtr::new(raw), db: db.clone(), database: Slot::new(args[0]) };
        Ok(native_object::new(th, th.vm().class(&BLOB), Box::new(blob)).value())
    },
);

fn with<R>(th: &Thread, this: Value, act: impl FnOnce(&Entered, *mut ffi::sqlite3_blob) -> Result<R>) -> Result<R> {
    let blob = state::<Blob>(th, this)?;
    let entered = blob.db.enter(th)?;
    match blob.raw.load(Ordering::Acquire) {
        raw if raw.is_null() => Err(programming(th, "Cannot operate on a closed blob.")),
        raw => act(&entered, raw),
    }
}

const METHODS: &[NativeDef] = &[
    native("read", "(self, at, length, /)", "So many bytes from there on.", |th, args| {
        let (at, len) = (ops::index_i32(th, args[1])?, ops::index_i32(th, args[2])?);
        let len = len.max(0);
        with(th, args[0], |entered, raw| {
            let mut out: Vec<u8> = Vec::new();
            if out.try_reserve_exact(len as usize).is_err() {
                return Err(th.memory_error());
            }
            // SAFETY: an open value, whose turn this is, and room for so many bytes, which are there if it succeeds.
            entered.run(|| unsafe { ffi::sqlite3_blob_read(raw, out.as_mut_ptr().cast(), len, at) })?;
            // SAFETY: as above.
            unsafe { out.set_len(len as usize) };
            Ok(bytes::new(th, &out))
        })
    }),
    native("write", "(self, at, data, /)", "Write the bytes there.", |th, args| {
        let (at, data) = (ops::index_i32(th, args[1])?, bytes::required(th, args[2])?);
        let Ok(len) = c_int::try_from(data.len()) else { return Err(th.value_error("data longer than blob length")) };
        with(th, args[0], |entered, raw| {
            // SAFETY: an open value, whose turn this is, and so many bytes.
            entered.run(|| unsafe { ffi::sqlite3_blob_write(raw, data.as_ptr().cast(), len, at) })?;
            Ok(Value::NONE)
        })
    }),
    native("close", "(self, /)", "Close it.", |th, args| {
        let blob = state::<Blob>(th, args[0])?;
        let entered = blob.db.enter(th)?;
        let raw = blob.raw.swap(ptr::null_mut(), Ordering::AcqRel);
        if !raw.is_null() {
            blob.db.remove_blob(raw);
            // SAFETY: an open value, whose turn this is, and which nobody knows any more.
            entered.run(|| unsafe { ffi::sqlite3_blob_close(raw) })?;
        }
        Ok(Value::NONE)
    }),
];

const GETSET: &[GetSetDef] = &[getter("size", "How many bytes there are.", |th, this| {
    // SAFETY: an open value, whose turn this is.
    with(th, this, |_, raw| Ok(th.int(unsafe { ffi::sqlite3_blob_bytes(raw) }.into())))
})];

pub static BLOB: TypeDef = TypeDef {
    module: "_sqlite3",
    methods: METHODS,
    getset: GETSET,
    ..TypeDef::new("OpenBlob", kinds::NATIVE_STATE, "One value of a table, read and written in parts.")
};

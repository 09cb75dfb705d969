//! What a program sees of a connection; `python/sqlite3` builds its `Connection` on it.

use std::ffi::{CStr, CString, c_char, c_int};
use std::os::unix::ffi::OsStrExt;
use std::ptr;
use std::sync::Arc;

use libsqlite3_sys as ffi;

use crate::heap::{Tracer, Value};
use crate::modules::io::path;
use crate::modules::thread::{class_of, state};
use crate::objects::exception::raise_refused;
use crate::objects::native_object::{self, NativeState};
use crate::objects::{bytes, kinds};
use crate::vm::gate::Access;
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, count_methods, getter, join_methods, native};
use crate::vm::{Thread, ops};

use super::answers::{self, Named};
use super::database::{Db, Entered, away, sqlite3_close_v2};
use super::faults::{Fault, programming, raise};
use super::{backup, blob, files, statement};

pub struct Database(pub Arc<Db>);

impl NativeState for Database {
    fn trace(&self, tracer: &mut Tracer) {
        self.0.trace(tracer);
    }
}

pub fn database(th: &Thread, this: Value) -> Result<&'static Arc<Db>> {
    Ok(&state::<Database>(th, this)?.0)
}

/// A string for the library.
pub fn c_text(th: &Thread, value: Value) -> Result<CString> {
    let text = crate::objects::str::codec::encode(th, ops::str(th, value)?, None, None)?;
    CString::new(text.into_owned()).map_err(|_| th.value_error("embedded null character"))
}

fn open(th: &Thread, args: &[Value]) -> Result {
    let class = class_of(th, args[0])?;
    let name = path::of_file(th, args[1])?;
    let Ok(name) = CString::new(name.path.as_os_str().as_bytes()) else {
        return Err(th.value_error("embedded null byte"));
    };
    let seconds = ops::float(th, args[2])?;
    let flags = ffi::SQLITE_OPEN_READWRITE
        | ffi::SQLITE_OPEN_CREATE
        | if ops::truthy(th, args[3])? { ffi::SQLITE_OPEN_URI } else { 0 };
    let owner = if ops::truthy(th, args[4])? { th.ident } else { 0 };
    files::prepare();
    let mut raw = ptr::null_mut();
    let gate = th.vm().gate();
    let is_boxed = !(gate.is_open(Access::Read) && gate.is_open(Access::Write));
    let (fault, refused) = away(th, || {
        // SAFETY: a string that ends in zero, and room for a pointer. What was opened in vain is closed.
        unsafe {
            let mut code = ffi::sqlite3_open_v2(name.as_ptr(), &mut raw, flags, ptr::null());
            if code == ffi::SQLITE_OK {
                code = set_up(raw, is_boxed);
            }
            if code == ffi::SQLITE_OK {
                return None;
            }
            let fault = Fault::of(raw, code);
            sqlite3_close_v2(raw);
            Some(fault)
        }
    });
    if let Some(fault) = fault {
        return Err(fault.refused_by(refused).raise(th));
    }
    let patience = (seconds.max(0.0) * 1e9) as u64;
    let db = Db::new(th, raw, owner, patience);
    Ok(native_object::new(th, class, Box::new(Database(db))).value())
}

/// Makes a fresh connection one as CPython has them: foreign keys are not looked after, and no extensions are loaded,
/// unless a program says so. Without leave to write, what is put aside for a while stays in memory.
///
/// # Safety
/// An open connection.
unsafe fn set_up(raw: *mut ffi::sqlite3, is_boxed: bool) -> c_int {
    // SAFETY: the caller's promise; this option takes a number and the address of an answer, which may be null.
    unsafe {
        ffi::sqlite3_db_config(raw, ffi::SQLITE_DBCONFIG_ENABLE_FKEY, 0 as c_int, ptr::null_mut::<c_int>());
        ffi::sqlite3_enable_load_extension(raw, 0);
        if !is_boxed {
            return ffi::SQLITE_OK;
        }
        let words = c"PRAGMA temp_store=MEMORY";
        ffi::sqlite3_exec(raw, words.as_ptr(), None, ptr::null_mut(), ptr::null_mut())
    }
}

/// A connection's object, with its turn.
fn with<R>(th: &Thread, this: Value, act: impl FnOnce(&Arc<Db>, &Entered) -> Result<R>) -> Result<R> {
    let db = database(th, this)?;
    act(db, &db.enter(th)?)
}

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, name, timeout, uri, checks_thread, /)", "Open a database.", open).static_method(),
    native("close", "(self, /)", "Close the connection.", |th, args| {
        let db = database(th, args[0])?;
        db.check_thread(th)?;
        if !db.is_closed() {
            db.enter(th)?.close()?;
        }
        Ok(Value::NONE)
    }),
    native("check", "(self, /)", "Raise an error if this thread cannot use the connection.", |th, args| {
        let db = database(th, args[0])?;
        db.check_thread(th)?;
        if db.is_closed() { Err(programming(th, "Cannot operate on a closed database.")) } else { Ok(Value::NONE) }
    }),
    native("prepare", "(self, sql, /)", "Compile a statement; None if the text has none.", |th, args| {
        with(th, args[0], |db, entered| statement::prepare(entered, args[0], db, args[1]))
    }),
    native("run_all", "(self, script, /)", "Run every statement of a text.", |th, args| {
        with(th, args[0], |_, entered| statement::run_all(entered, args[1]))?;
        Ok(Value::NONE)
    }),
    native("interrupt", "(self, /)", "End what the connection is doing.", |th, args| {
        database(th, args[0])?.interrupt(th).map(|()| Value::NONE)
    }),
    native("limit", "(self, category, limit, /)", "A limit as it was; -1 leaves it.", |th, args| {
        let (category, limit) = (ops::index_i32(th, args[1])?, ops::index_i32(th, args[2])?);
        with(th, args[0], |_, entered| {
            // SAFETY: an open connection, whose turn this is.
            match unsafe { ffi::sqlite3_limit(entered.raw, category, limit) } {
                -1 => Err(programming(th, "'category' is out of bounds")),
                old => Ok(th.int(old.into())),
            }
        })
    }),
    native(
        "enable_load_extension",
        "(self, enable, /)",
        "Let extensions be loaded, by SQL too, or not.",
        |th, args| {
            let is_on = ops::truthy(th, args[1])?;
            if is_on {
                may_load(th)?;
            }
            with(th, args[0], |_, entered| {
                // SAFETY: an open connection, whose turn this is.
                entered.checked(unsafe { ffi::sqlite3_enable_load_extension(entered.raw, is_on.into()) })?;
                Ok(Value::NONE)
            })
        },
    ),
    native("load_extension", "(self, name, entrypoint, /)", "Load an extension.", load_extension),
    native("config", "(self, op, value, /)", "A switch, set if the value is 0 or 1; -1 leaves it.", |th, args| {
        let (option, value) = (ops::index_i32(th, args[1])?, ops::index_i32(th, args[2])?);
        if !SWITCHES.contains(&option) {
            return Err(th.value_error(format_args!("unknown config 'op': {option}")));
        }
        if value == 1 && NATIVE.contains(&option) {
            may_load(th)?;
        }
        with(th, args[0], |_, entered| {
            let mut is_on: c_int = 0;
            // SAFETY: an open connection, whose turn this is; each of the switches takes a number and the address of one.
            let code = unsafe { ffi::sqlite3_db_config(entered.raw, option, value, &raw mut is_on) };
            entered.checked(code)?;
            Ok(Value::bool(is_on != 0))
        })
    }),
];

/// Those that let SQL or the program bring native code in, which no gate could hold.
const NATIVE: &[c_int] = &[ffi::SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, ffi::SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION];

fn may_load(th: &Thread) -> Result<()> {
    let answer = th.vm().gate().may_everything("loading native code");
    answer.map_err(|refused| raise_refused(th, &refused, &[]))
}

/// Loads an extension that the entry point named, or one that goes by the file's name, sets up.
fn load_extension(th: &Thread, args: &[Value]) -> Result {
    may_load(th)?;
    let file = c_text(th, args[1])?;
    let entry = if args[2].is_none() { None } else { Some(c_text(th, args[2])?) };
    with(th, args[0], |_, entered| {
        let mut words: *mut c_char = ptr::null_mut();
        let entry = entry.as_ref().map_or(ptr::null(), |entry| entry.as_ptr());
        // SAFETY: an open connection, whose turn this is, strings that end in zero or null, and room for an answer.
        let code =
            entered.run(|| unsafe { ffi::sqlite3_load_extension(entered.raw, file.as_ptr(), entry, &mut words) });
        if words.is_null() {
            return code.map(|_| Value::NONE);
        }
        // SAFETY: the library's own text, which is ours to free, once.
        let message = unsafe {
            let message = CStr::from_ptr(words).to_string_lossy().into_owned();
            ffi::sqlite3_free(words.cast());
            message
        };
        Err(raise(th, "OperationalError", &message))
    })
}

/// The options that are switches.
const SWITCHES: &[c_int] = &[
    ffi::SQLITE_DBCONFIG_ENABLE_FKEY,
    ffi::SQLITE_DBCONFIG_ENABLE_TRIGGER,
    ffi::SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER,
    ffi::SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION,
    ffi::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
    ffi::SQLITE_DBCONFIG_ENABLE_QPSG,
    ffi::SQLITE_DBCONFIG_TRIGGER_EQP,
    ffi::SQLITE_DBCONFIG_RESET_DATABASE,
    ffi::SQLITE_DBCONFIG_DEFENSIVE,
    ffi::SQLITE_DBCONFIG_WRITABLE_SCHEMA,
    ffi::SQLITE_DBCONFIG_LEGACY_ALTER_TABLE,
    ffi::SQLITE_DBCONFIG_DQS_DML,
    ffi::SQLITE_DBCONFIG_DQS_DDL,
    ffi::SQLITE_DBCONFIG_ENABLE_VIEW,
    ffi::SQLITE_DBCONFIG_LEGACY_FILE_FORMAT,
    ffi::SQLITE_DBCONFIG_TRUSTED_SCHEMA,
];

/// A function that the program gives, or `None` to take one away.
fn given(value: Value) -> Option<Value> {
    (!value.is_none()).then_some(value)
}

const ANSWERS: &[NativeDef] = &[
    native("create_function", "(self, name, narg, func, deterministic, /)", "Name a function.", |th, args| {
        let (name, arguments) = (c_text(th, args[1])?, ops::index_i32(th, args[2])?);
        let flags = if ops::truthy(th, args[4])? { ffi::SQLITE_DETERMINISTIC } else { 0 };
        with(th, args[0], |db, entered| {
            let named = Named { name: &name, arguments, flags };
            entered.checked(named.function(entered, db, args[3]))?;
            Ok(Value::NONE)
        })
    }),
    native("create_aggregate", "(self, name, narg, class, is_window, /)", "Name an aggregate.", |th, args| {
        let (name, arguments) = (c_text(th, args[1])?, ops::index_i32(th, args[2])?);
        let is_window = ops::truthy(th, args[4])?;
        with(th, args[0], |db, entered| {
            let named = Named { name: &name, arguments, flags: 0 };
            entered.checked(named.aggregate(entered, db, given(args[3]), is_window))?;
            Ok(Value::NONE)
        })
    }),
    native("create_collation", "(self, name, function, /)", "Name an order of strings.", |th, args| {
        let name = c_text(th, args[1])?;
        with(th, args[0], |db, entered| {
            entered.checked(answers::collation(entered, db, &name, given(args[2])))?;
            Ok(Value::NONE)
        })
    }),
    native("set_authorizer", "(self, function, /)", "Who is asked whether something is allowed.", |th, args| {
        with(th, args[0], |db, entered| {
            entered.checked(answers::set_authorizer(entered, db, args[1]))?;
            Ok(Value::NONE)
        })
    }),
    native("set_progress", "(self, function, steps, /)", "Who is asked whether to go on.", |th, args| {
        let steps = ops::index_i32(th, args[2])?;
        with(th, args[0], |db, entered| {
            answers::set_progress(entered, db, args[1], steps);
            Ok(Value::NONE)
        })
    }),
    native("set_tracer", "(self, function, /)", "Who is told of statements.", |th, args| {
        with(th, args[0], |db, entered| {
            entered.checked(answers::set_tracer(entered, db, args[1]))?;
            Ok(Value::NONE)
        })
    }),
    native("set_busy", "(self, function, /)", "Who is told that the database is in use.", |th, args| {
        with(th, args[0], |db, _| {
            answers::set_busy(db, args[1]);
            Ok(Value::NONE)
        })
    }),
    native("tidy", "(self, /)", "Free what nobody knows any more, unless the connection is at work.", |th, args| {
        database(th, args[0])?.tidy(th);
        Ok(Value::NONE)
    }),
    native("show_errors", "(self, shown, /)", "Whether to show what goes wrong in functions.", |th, args| {
        let is_shown = ops::truthy(th, args[1])?;
        database(th, args[0])?.answers.is_shown.store(is_shown, std::sync::atomic::Ordering::Relaxed);
        Ok(Value::NONE)
    }),
];

const TRANSFERS: &[NativeDef] = &[
    native("serialize", "(self, name, /)", "The bytes of a database.", |th, args| {
        let name = c_text(th, args[1])?;
        with(th, args[0], |_, entered| {
            let mut size = 0;
            // SAFETY: an open connection, whose turn this is.
            let content = entered.away(|| unsafe { ffi::sqlite3_serialize(entered.raw, name.as_ptr(), &mut size, 0) });
            if content.is_null() {
                // SAFETY: as above.
                return Err(match unsafe { ffi::sqlite3_errcode(entered.raw) } {
                    ffi::SQLITE_OK => super::faults::raise(th, "OperationalError", "unable to serialize"),
                    code => entered.fault(code),
                });
            }
            // SAFETY: so many bytes, which are ours to free once they are copied.
            unsafe {
                let len = usize::try_from(size).unwrap_or(0);
                let copy = bytes::check_len(th, Some(len))
                    .map(|len| bytes::new(th, std::slice::from_raw_parts(content.cast_const(), len)));
                ffi::sqlite3_free(content.cast());
                copy
            }
        })
    }),
    native("deserialize", "(self, data, name, /)", "Make bytes the content of a database.", |th, args| {
        let (data, name) = (bytes::required(th, args[1])?, c_text(th, args[2])?);
        with(th, args[0], |_, entered| {
            let len = data.len() as u64;
            // SAFETY: asks for room, which is the library's; it frees it, on failure as well.
            entered.run(|| unsafe {
                let copy = ffi::sqlite3_malloc64(len.max(1)).cast::<u8>();
                if copy.is_null() {
                    return ffi::SQLITE_NOMEM;
                }
                ptr::copy_nonoverlapping(data.as_ptr(), copy, data.len());
                let flags = ffi::SQLITE_DESERIALIZE_FREEONCLOSE | ffi::SQLITE_DESERIALIZE_RESIZEABLE;
                ffi::sqlite3_deserialize(entered.raw, name.as_ptr(), copy, len as i64, len as i64, flags)
            })?;
            Ok(Value::NONE)
        })
    }),
    backup::BACKUP,
    blob::OPEN,
];

/// What the library knows of an open connection.
fn known<T>(th: &Thread, this: Value, ask: unsafe extern "C" fn(*mut ffi::sqlite3) -> T) -> Result<T> {
    // SAFETY: an open connection, whose turn this is.
    with(th, this, |_, entered| Ok(unsafe { ask(entered.raw) }))
}

const GETSET: &[GetSetDef] = &[
    getter("changes", "How many rows the last change has changed.", |th, this| {
        Ok(th.int(known(th, this, ffi::sqlite3_changes64)?))
    }),
    getter("total_changes", "How many rows were changed.", |th, this| {
        Ok(th.int(known(th, this, ffi::sqlite3_total_changes64)?))
    }),
    getter("last_row", "The number of the row that was inserted last.", |th, this| {
        Ok(th.int(known(th, this, ffi::sqlite3_last_insert_rowid)?))
    }),
    getter("in_transaction", "Whether a transaction is open.", |th, this| {
        Ok(Value::bool(known(th, this, ffi::sqlite3_get_autocommit)? == 0))
    }),
    getter("is_closed", "Whether it is closed.", |th, this| Ok(Value::bool(database(th, this)?.is_closed()))),
];

static ALL_METHODS: [NativeDef; count_methods(&[METHODS, ANSWERS, TRANSFERS])] =
    join_methods(&[METHODS, ANSWERS, TRANSFERS]);

pub static DATABASE: TypeDef = TypeDef {
    module: "_sqlite3",
    methods: &ALL_METHODS,
    getset: GETSET,
    ..TypeDef::new("Database", kinds::NATIVE_STATE, "A connection to a database.")
};

//! Statements: SQL that SQLite has compiled, the values bound to it, and the rows that it gives.

use std::ffi::{CStr, c_int};
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use libsqlite3_sys as ffi;

use crate::heap::{Slot, Tracer, Value};
use crate::modules::io::path::decode;
use crate::modules::thread::state;
use crate::objects::list::List;
use crate::objects::native_object::{self, NativeState};
use crate::objects::tuple::Tuple;
use crate::objects::{bytes, kinds};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Thread, ops};

use super::database::{Db, Entered, Left};
use super::faults::{programming, raise};
use super::transfer::{Incoming, bind, bytes_at, incoming, outgoing};

pub struct Statement {
    /// Null once it is freed.
    raw: AtomicPtr<ffi::sqlite3_stmt>,
    db: Arc<Db>,
    /// The connection's object, which keeps what it may ask.
    database: Slot,
    /// SQLite is running it: it may not be touched by what SQLite asks meanwhile.
    is_running: AtomicBool,
    /// It changes the database.
    is_change: bool,
}

impl NativeState for Statement {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.database);
    }
}

impl Drop for Statement {
    fn drop(&mut self) {
        self.db.leave(Left::Statement(*self.raw.get_mut()));
    }
}

/// The keyword that a statement begins with, behind space and comments; and where nothing else comes.
fn first_word(mut sql: &[u8]) -> &[u8] {
    loop {
        sql = sql.trim_ascii_start();
        if let Some(rest) = sql.strip_prefix(b"--") {
            sql = rest.iter().position(|b| *b == b'\n').map_or(&[], |end| &rest[end..]);
        } else if let Some(rest) = sql.strip_prefix(b"/*") {
            sql = rest.windows(2).position(|two| two == b"*/").map_or(&[], |end| &rest[end + 2..]);
        } else {
            let end = sql.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(sql.len());
            return if end == 0 { sql } else { &sql[..end] };
        }
    }
}

/// Compiles the one statement of a text. None if there is none in it.
pub fn prepare(entered: &Entered, database: Value, db: &Arc<Db>, sql: Value) -> Result {
    let th = entered.th;
    let text = text_of(th, sql)?;
    let (statement, rest) = compile(entered, &text)?;
    if statement.is_null() {
        return Ok(Value::NONE);
    }
    let word = first_word(&text).to_ascii_uppercase();
    let made = made(entered, database, db, statement, &word);
    if first_word(&text[rest..]).is_empty() {
        return Ok(made);
    }
    Err(programming(th, "You can only execute one statement at a time."))
}

/// Runs the statements of a text one after the other, leaving out what they give.
pub fn run_all(entered: &Entered, script: Value) -> Result<()> {
    let text = text_of(entered.th, script)?;
    let mut rest = &text[..];
    while !rest.is_empty() {
        let (statement, used) = compile(entered, rest)?;
        rest = &rest[used..];
        if statement.is_null() {
            continue;
        }
        // SAFETY: a fresh statement of this connection, whose turn this is; it is freed by its last call.
        entered.run(|| unsafe {
            while ffi::sqlite3_step(statement) == ffi::SQLITE_ROW {}
            ffi::sqlite3_finalize(statement)
        })?;
        entered.th.safepoint()?;
    }
    Ok(())
}

fn text_of(th: &Thread, sql: Value) -> Result<Vec<u8>> {
    let text = crate::objects::str::codec::encode(th, ops::str(th, sql)?, None, None)?;
    Ok(text.into_owned())
}

/// The first statement of a text, and where the next one begins.
fn compile(entered: &Entered, text: &[u8]) -> Result<(*mut ffi::sqlite3_stmt, usize)> {
    let th = entered.th;
    // SAFETY: an open connection, whose turn this is.
    let most = unsafe { ffi::sqlite3_limit(entered.raw, ffi::SQLITE_LIMIT_SQL_LENGTH, -1) };
    let len = match c_int::try_from(text.len()) {
        Ok(len) if len <= most => len,
        _ => return Err(raise(th, "DataError", "query string is too large")),
    };
    if text.contains(&0) {
        return Err(programming(th, "the query contains a null character"));
    }
    let (mut statement, mut tail) = (ptr::null_mut(), ptr::null());
    // SAFETY: as above, and a text of that length.
    entered.run(|| unsafe {
        ffi::sqlite3_prepare_v2(entered.raw, text.as_ptr().cast(), len, &mut statement, &mut tail)
    })?;
    let used = (tail as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
    Ok((statement, if tail.is_null() { text.len() } else { used }))
}

fn made(entered: &Entered, database: Value, db: &Arc<Db>, raw: *mut ffi::sqlite3_stmt, word: &[u8]) -> Value {
    let th = entered.th;
    // SAFETY: a statement of this connection, whose turn this is.
    let reads = unsafe { ffi::sqlite3_stmt_readonly(raw) } != 0;
    let statement = Statement {
        raw: AtomicPtr::new(raw),
        db: db.clone(),
        database: Slot::new(database),
        is_running: AtomicBool::new(false),
        is_change: !reads && matches!(word, b"INSERT" | b"UPDATE" | b"DELETE" | b"REPLACE"),
    };
    native_object::new(th, th.vm().class(&STATEMENT), Box::new(statement)).value()
}

/// A statement, with the turn of its connection.
fn with<R>(
    th: &Thread,
    this: Value,
    act: impl FnOnce(&'static Statement, &Entered, *mut ffi::sqlite3_stmt) -> Result<R>,
) -> Result<R> {
    let statement = state::<Statement>(th, this)?;
    let entered = statement.db.enter(th)?;
    if statement.is_running.load(Ordering::Relaxed) {
        return Err(programming(th, "Recursive use of cursors not allowed."));
    }
    act(statement, &entered, statement.raw.load(Ordering::Relaxed))
}

impl Statement {
    /// Runs a call that runs the statement.
    fn run(&self, entered: &Entered, call: impl FnOnce() -> c_int) -> Result<c_int> {
        self.is_running.store(true, Ordering::Relaxed);
        let code = entered.run(call);
        self.is_running.store(false, Ordering::Relaxed);
        code
    }
}

fn step(th: &Thread, args: &[Value]) -> Result {
    with(th, args[0], |statement, entered, raw| {
        // SAFETY: a statement of the connection whose turn this is. One that failed is ready to be run again.
        let code = statement.run(entered, || unsafe {
            match ffi::sqlite3_step(raw) {
                code @ (ffi::SQLITE_ROW | ffi::SQLITE_DONE) if !entered.db.has_raised() => code,
                code => match ffi::sqlite3_reset(raw) {
                    ffi::SQLITE_OK => code,
                    code => code,
                },
            }
        })?;
        if code == ffi::SQLITE_ROW {
            return Ok(Value::TRUE);
        }
        // SAFETY: as above.
        statement.run(entered, || unsafe { ffi::sqlite3_reset(raw) })?;
        Ok(Value::FALSE)
    })
}

/// Reads on to the end, so that what the statement holds is free for others; an exception is the last item. None if the
/// connection is at work.
fn read_ahead(th: &Thread, args: &[Value]) -> Result {
    let statement = state::<Statement>(th, args[0])?;
    let rows = th.list(&[]);
    let Some(list) = rows.downcast::<List>() else { return Ok(Value::NONE) };
    let Some(entered) = statement.db.try_enter(th) else { return Ok(Value::NONE) };
    let raw = statement.raw.load(Ordering::Relaxed);
    // SAFETY: a statement of the connection whose turn this is, here and below.
    let mut is_left = unsafe { ffi::sqlite3_data_count(raw) } > 0;
    let read_on = || -> Result<bool> {
        // SAFETY: as above.
        list.push(th, unsafe { plain_row(th, raw, args[1]) }?);
        th.safepoint()?;
        // SAFETY: as above.
        Ok(statement.run(&entered, || unsafe { ffi::sqlite3_step(raw) })? == ffi::SQLITE_ROW)
    };
    while is_left {
        is_left = read_on().unwrap_or_else(|raised| {
            list.push(th, th.take_exception(raised));
            false
        });
    }
    // SAFETY: as above. What it failed with has been said.
    statement.run(&entered, || unsafe {
        ffi::sqlite3_reset(raw);
        ffi::SQLITE_OK
    })?;
    Ok(rows)
}

/// A row whose texts are strings, or bytes.
///
/// # Safety
/// A statement whose turn this is.
unsafe fn plain_row(th: &Thread, raw: *mut ffi::sqlite3_stmt, factory: Value) -> Result {
    let is_text = factory == th.vm().class(&crate::objects::str::class::STR).value();
    // SAFETY: the caller's promise, and columns that it has.
    unsafe {
        let count = ffi::sqlite3_data_count(raw);
        let mut items = Vec::with_capacity(count as usize);
        for at in 0..count {
            match incoming(th, ffi::sqlite3_column_value(raw, at), !is_text) {
                Incoming::Value(item) => items.push(item),
                Incoming::Undecodable(text) => return Err(undecodable(th, raw, at, &text)),
            }
        }
        Ok(th.tuple(&items))
    }
}

/// The row that the last step has found.
fn row(th: &Thread, args: &[Value]) -> Result {
    let (factory, converters) = (args[1], args[2]);
    let is_text = factory == th.vm().class(&crate::objects::str::class::STR).value();
    let mut texts = Vec::new();
    let row = with(th, args[0], |_, _, raw| {
        // SAFETY: a statement of the connection whose turn this is, and columns that it has.
        unsafe {
            let count = ffi::sqlite3_data_count(raw);
            let mut items = Vec::with_capacity(count as usize);
            for at in 0..count {
                let converter = converters.downcast::<Tuple>().and_then(|all| all.items().get(at as usize).copied());
                let value = ffi::sqlite3_column_value(raw, at);
                let kind = ffi::sqlite3_value_type(value);
                if converter.is_some_and(|converter| !converter.is_none()) && kind != ffi::SQLITE_NULL {
                    let blob = ffi::sqlite3_column_blob(raw, at);
                    if blob.is_null() {
                        // As CPython: what has no bytes gets to no converter.
                        items.push(Value::NONE);
                        continue;
                    }
                    items.push(bytes::new(th, bytes_at(blob, ffi::sqlite3_column_bytes(raw, at))));
                    texts.push((at as usize, converter));
                    continue;
                }
                match incoming(th, value, !is_text) {
                    Incoming::Value(item) => items.push(item),
                    Incoming::Undecodable(text) => return Err(undecodable(th, raw, at, &text)),
                }
                if kind == ffi::SQLITE_TEXT && !is_text {
                    texts.push((at as usize, None));
                }
            }
            Ok(th.tuple(&items))
        }
    })?;
    if texts.is_empty() {
        return Ok(row);
    }
    converted(th, row, &texts, factory)
}

/// The row with what the program makes of its texts and of the columns that have converters, which others keep alive.
fn converted(th: &Thread, row: Value, texts: &[(usize, Option<Value>)], factory: Value) -> Result {
    let is_bytes = factory == th.vm().class(&bytes::BYTES).value();
    let items = row.downcast::<Tuple>().map_or(&[][..], |row| row.items());
    let out = th.list(items);
    let Some(out) = out.downcast::<List>() else { return Ok(row) };
    for (at, converter) in texts {
        let made = match converter {
            None if is_bytes => continue,
            converter => th.call(converter.unwrap_or(factory), &[items[*at]])?,
        };
        out.set_at(th, *at, made);
    }
    Ok(out.to_tuple(th).value())
}

/// # Safety
/// A column of a statement whose turn this is.
unsafe fn undecodable(th: &Thread, raw: *mut ffi::sqlite3_stmt, at: c_int, text: &[u8]) -> crate::vm::Raised {
    // SAFETY: the caller's promise; the name is copied.
    let name = unsafe {
        let name = ffi::sqlite3_column_name(raw, at);
        if name.is_null() { String::new() } else { CStr::from_ptr(name).to_string_lossy().into_owned() }
    };
    let text = String::from_utf8_lossy(text);
    raise(th, "OperationalError", &format!("Could not decode to UTF-8 column '{name}' with text '{text}'"))
}

/// The text that a function gives for each column.
fn of_columns(
    th: &Thread,
    this: Value,
    ask: unsafe extern "C" fn(*mut ffi::sqlite3_stmt, c_int) -> *const std::ffi::c_char,
) -> Result {
    with(th, this, |_, _, raw| {
        // SAFETY: a statement of the connection whose turn this is, and columns that it has.
        let texts: Vec<Value> = unsafe {
            (0..ffi::sqlite3_column_count(raw))
                .map(|at| match ask(raw, at) {
                    text if text.is_null() => Value::NONE,
                    text => decode(th, CStr::from_ptr(text).to_bytes()),
                })
                .collect()
        };
        Ok(th.tuple(&texts))
    })
}

const METHODS: &[NativeDef] = &[
    native("step", "(self, /)", "Run on to the next row. False if there is none any more.", step),
    native("row", "(self, text_factory, converters, /)", "The row that the last step has found.", row),
    native("read_ahead", "(self, text_factory, /)", "The rows that are left, if they can be had now.", read_ahead),
    native("reset", "(self, /)", "Make the statement ready to be run again.", |th, args| {
        with(th, args[0], |statement, entered, raw| {
            // SAFETY: a statement of the connection whose turn this is. What the last step failed with is known.
            statement.run(entered, || unsafe {
                ffi::sqlite3_reset(raw);
                ffi::SQLITE_OK
            })?;
            Ok(Value::NONE)
        })
    }),
    native("bind", "(self, at, value, /)", "Bind a value; False if SQLite knows no such kind.", |th, args| {
        let at = ops::index_i32(th, args[1])?;
        let Some(value) = outgoing(th, args[2])? else { return Ok(Value::FALSE) };
        with(th, args[0], |_, entered, raw| {
            // SAFETY: a statement of the connection whose turn this is.
            entered.checked(unsafe { bind(raw, at, &value) })?;
            Ok(Value::TRUE)
        })
    }),
    native("parameters", "(self, /)", "The names of the parameters, None for those without.", |th, args| {
        with(th, args[0], |_, _, raw| {
            // SAFETY: a statement of the connection whose turn this is.
            let names: Vec<Value> = unsafe {
                (1..=ffi::sqlite3_bind_parameter_count(raw))
                    .map(|at| match ffi::sqlite3_bind_parameter_name(raw, at) {
                        name if name.is_null() => Value::NONE,
                        name => decode(th, CStr::from_ptr(name).to_bytes()),
                    })
                    .collect()
            };
            Ok(th.tuple(&names))
        })
    }),
    native("names", "(self, /)", "The names of the columns.", |th, args| {
        of_columns(th, args[0], ffi::sqlite3_column_name)
    }),
    native("kinds", "(self, /)", "The kinds that the columns were declared with.", |th, args| {
        of_columns(th, args[0], ffi::sqlite3_column_decltype)
    }),
];

const GETSET: &[GetSetDef] =
    &[getter("is_change", "Whether it is an INSERT, UPDATE, DELETE or REPLACE.", |th, this| {
        Ok(Value::bool(state::<Statement>(th, this)?.is_change))
    })];

pub static STATEMENT: TypeDef = TypeDef {
    module: "sqlite3",
    methods: METHODS,
    getset: GETSET,
    ..TypeDef::new("Statement", kinds::NATIVE_STATE, "A statement that SQLite has compiled.")
};

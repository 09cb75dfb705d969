//! What SQLite asks the program in the midst of its work: functions, aggregates, orders, whether something is allowed,
//! whether to go on; and what it tells: the statements that it runs.
//!
//! Each of these is an [`Answer`], which SQLite knows by its address. It comes back on the thread that has called it, with the
//! interpreter's lock given up: the lock is taken for the answer and given up again (`database::ask`).

use std::ffi::{CStr, c_char, c_int, c_uint, c_void};
use std::ptr;
use std::sync::{Arc, Weak};

use libsqlite3_sys as ffi;

use crate::heap::{Rooted, Slot, Tracer, Value};
use crate::modules::io::path::decode;
use crate::objects::exception::Exc;
use crate::objects::int::IntRef;
use crate::objects::tuple::Tuple;
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops, report};
use crate::world::parking::Mutex;

use super::database::{Db, Entered, STEPS, ask, ask_in_between, look_around};
use super::transfer::{Incoming, answer, bytes_at, incoming, outgoing};

/// Something of the program's that SQLite calls.
pub struct Answer {
    db: Weak<Db>,
    function: Slot,
}

/// What a connection may ask, by how long SQLite keeps it.
#[derive(Default)]
pub struct Answers {
    /// Functions and orders, which SQLite gives back when it needs them no longer.
    lasting: Mutex<Vec<Weak<Answer>>>,
    authorizer: Mutex<Option<Arc<Answer>>>,
    progress: Mutex<Option<Arc<Answer>>>,
    tracer: Mutex<Option<Arc<Answer>>>,
    busy: Mutex<Option<Arc<Answer>>>,
    /// Whether what goes wrong in a function is shown.
    pub is_shown: std::sync::atomic::AtomicBool,
}

impl Answers {
    fn single(&self) -> [&Mutex<Option<Arc<Answer>>>; 4] {
        [&self.authorizer, &self.progress, &self.tracer, &self.busy]
    }

    pub fn trace(&self, tracer: &mut Tracer) {
        for answer in self.lasting.lock().iter().filter_map(Weak::upgrade) {
            tracer.slot(&answer.function);
        }
        for answer in self.single() {
            if let Some(answer) = &*answer.lock() {
                tracer.slot(&answer.function);
            }
        }
    }

    pub fn clear(&self) {
        for answer in self.single() {
            *answer.lock() = None;
        }
    }
}

/// For SQLite to keep; [`give_back`] takes it back.
fn lent(db: &Arc<Db>, function: Value) -> *mut c_void {
    let answer = Arc::new(Answer { db: Arc::downgrade(db), function: Slot::new(function) });
    let mut lasting = db.answers.lasting.lock();
    lasting.retain(|known| known.strong_count() > 0);
    lasting.push(Arc::downgrade(&answer));
    Arc::into_raw(answer).cast_mut().cast()
}

unsafe extern "C" fn give_back_lent(answer: *mut c_void) {
    give_back(answer);
}

fn give_back(answer: *mut c_void) {
    // SAFETY: made by `lent`, and given back once.
    drop(unsafe { Arc::from_raw(answer.cast::<Answer>()) });
}

/// # Safety
/// The context is that of a call of a function that was lent.
unsafe fn of_context<'a>(context: *mut ffi::sqlite3_context) -> &'a Answer {
    // SAFETY: SQLite keeps it for as long as the function can be called.
    unsafe { &*ffi::sqlite3_user_data(context).cast::<Answer>() }
}

// ---- functions

type Call = unsafe extern "C" fn(*mut ffi::sqlite3_context, c_int, *mut *mut ffi::sqlite3_value);

/// How a function is registered.
pub struct Named<'a> {
    pub name: &'a CStr,
    pub arguments: c_int,
    pub flags: c_int,
}

impl Named<'_> {
    /// Registers a function.
    pub fn function(&self, entered: &Entered, db: &Arc<Db>, function: Value) -> c_int {
        let data = lent(db, function);
        // SAFETY: an open connection, whose turn this is; the data lives until it is given back, which SQLite does on
        // failure as well.
        entered.away(|| unsafe {
            ffi::sqlite3_create_function_v2(
                entered.raw,
                self.name.as_ptr(),
                self.arguments,
                ffi::SQLITE_UTF8 | self.flags,
                data,
                Some(call_function),
                None,
                None,
                Some(give_back_lent),
            )
        })
    }

    /// Registers the class of an aggregate; `None` takes it away. One that works in windows can go back.
    pub fn aggregate(&self, entered: &Entered, db: &Arc<Db>, class: Option<Value>, is_window: bool) -> c_int {
        let data = class.map_or(ptr::null_mut(), |class| lent(db, class));
        let (step, inverse) = (class.map(|_| step as Call), class.map(|_| inverse as Call));
        let end = class.map(|_| finish as unsafe extern "C" fn(*mut ffi::sqlite3_context));
        let value = class.map(|_| value as unsafe extern "C" fn(*mut ffi::sqlite3_context));
        let keep = class.map(|_| give_back_lent as unsafe extern "C" fn(*mut c_void));
        let (raw, name, count, kind) = (entered.raw, self.name.as_ptr(), self.arguments, ffi::SQLITE_UTF8 | self.flags);
        // SAFETY: as for `function`.
        entered.away(|| unsafe {
            match is_window {
                true => {
                    ffi::sqlite3_create_window_function(raw, name, count, kind, data, step, end, value, inverse, keep)
                }
                false => ffi::sqlite3_create_function_v2(raw, name, count, kind, data, None, step, end, keep),
            }
        })
    }
}

/// The arguments as a tuple; `None` for text that is no UTF-8.
///
/// # Safety
/// So many values are there, for this call.
unsafe fn arguments(th: &Thread, count: c_int, values: *mut *mut ffi::sqlite3_value) -> Option<Value> {
    let mut items = Vec::new();
    for at in 0..usize::try_from(count).unwrap_or(0) {
        // SAFETY: the caller's promise.
        match unsafe { incoming(th, *values.add(at), false) } {
            Incoming::Value(value) => items.push(value),
            Incoming::Undecodable(_) => return None,
        }
    }
    Some(th.tuple(&items))
}

fn items(tuple: Value) -> &'static [Value] {
    tuple.downcast::<Tuple>().map_or(&[], |tuple| tuple.items())
}

/// Tells SQLite that a function has failed, and how.
fn failed(th: &Thread, context: *mut ffi::sqlite3_context, raised: Raised, words: &str) {
    // SAFETY: the context of the call that is under way; the words are copied.
    unsafe {
        if th.pending_is(Exc::MemoryError) {
            ffi::sqlite3_result_error_nomem(context);
        } else if th.pending_is(Exc::OverflowError) {
            ffi::sqlite3_result_error_toobig(context);
        } else {
            ffi::sqlite3_result_error(context, words.as_ptr().cast(), words.len() as c_int);
        }
        let answer = of_context(context);
        let exception = th.take_exception(raised);
        show(th, answer, exception);
    }
}

/// Shows what has gone wrong where nobody catches it, if that is wanted.
fn show(th: &Thread, answer: &Answer, exception: Value) {
    let is_shown = answer.db.upgrade().is_some_and(|db| db.answers.is_shown.load(std::sync::atomic::Ordering::Relaxed));
    if is_shown {
        report::unraisable_while(th, exception, "on sqlite3 callback", answer.function.get());
    }
}

unsafe extern "C" fn call_function(
    context: *mut ffi::sqlite3_context,
    count: c_int,
    values: *mut *mut ffi::sqlite3_value,
) {
    ask(|th| {
        const WORDS: &str = "user-defined function raised exception";
        // SAFETY: SQLite calls with the context and so many values.
        let (this, arguments) = unsafe { (of_context(context), arguments(th, count, values)) };
        let result = match arguments {
            Some(arguments) => th.call(this.function.get(), items(arguments)),
            None => Err(th.value_error("text that is no UTF-8")),
        };
        if let Err(raised) = result.and_then(|value| answer_with(th, context, value)) {
            failed(th, context, raised, WORDS);
        }
    });
}

fn answer_with(th: &Thread, context: *mut ffi::sqlite3_context, value: Value) -> Result<()> {
    match outgoing(th, value)? {
        // SAFETY: the context of the call that is under way.
        Some(value) => unsafe { answer(context, &value) },
        None => return Err(th.value_error("a value of a kind that SQLite does not know")),
    }
    Ok(())
}

// ---- aggregates

/// The place of the object that gathers one group, which SQLite clears first; null if it is not there and not wanted.
///
/// # Safety
/// The context is that of a call of an aggregate.
unsafe fn place(context: *mut ffi::sqlite3_context, is_wanted: bool) -> *mut *mut Rooted {
    let size = if is_wanted { size_of::<*mut Rooted>() as c_int } else { 0 };
    // SAFETY: the caller's promise.
    unsafe { ffi::sqlite3_aggregate_context(context, size).cast() }
}

fn says(method: &str, what: &str) -> String {
    format!("user-defined aggregate's '{method}' method {what}")
}

/// Calls a method of the gathering object.
fn call_gatherer(th: &Thread, context: *mut ffi::sqlite3_context, gatherer: Value, method: &str, given: &[Value]) {
    let bound = match ops::get_attr(th, gatherer, th.intern(method)) {
        Ok(bound) => bound,
        Err(raised) => {
            let missing = th.pending_is(Exc::AttributeError);
            return failed(th, context, raised, &says(method, if missing { "not defined" } else { "raised error" }));
        }
    };
    let result = th.call(bound, given);
    let is_answer = matches!(method, "value" | "finalize");
    let done = result.and_then(|value| if is_answer { answer_with(th, context, value) } else { Ok(()) });
    if let Err(raised) = done {
        failed(th, context, raised, &says(method, "raised error"));
    }
}

/// # Safety
/// As SQLite calls the steps of an aggregate.
unsafe fn gather(
    context: *mut ffi::sqlite3_context,
    count: c_int,
    values: *mut *mut ffi::sqlite3_value,
    method: &'static str,
) {
    ask(|th| {
        // SAFETY: the caller's promise.
        let (this, place, given) = unsafe { (of_context(context), place(context, true), arguments(th, count, values)) };
        if place.is_null() {
            // SAFETY: as above.
            return unsafe { ffi::sqlite3_result_error_nomem(context) };
        }
        let Some(given) = given else {
            let raised = th.value_error("text that is no UTF-8");
            return failed(th, context, raised, &says(method, "raised error"));
        };
        // SAFETY: SQLite's room for a pointer, null or left by this function.
        let gatherer = match unsafe { (*place).as_ref() } {
            Some(gatherer) => gatherer.get(),
            None => match th.call(this.function.get(), &[]) {
                Ok(made) => {
                    // SAFETY: as above.
                    unsafe { *place = Box::into_raw(Box::new(Rooted::new(th.vm().heap(), made))) };
                    made
                }
                Err(raised) => return failed(th, context, raised, &says("__init__", "raised error")),
            },
        };
        call_gatherer(th, context, gatherer, method, items(given));
    });
}

unsafe extern "C" fn step(context: *mut ffi::sqlite3_context, count: c_int, values: *mut *mut ffi::sqlite3_value) {
    // SAFETY: SQLite calls it so.
    unsafe { gather(context, count, values, "step") };
}

unsafe extern "C" fn inverse(context: *mut ffi::sqlite3_context, count: c_int, values: *mut *mut ffi::sqlite3_value) {
    // SAFETY: SQLite calls it so.
    unsafe { gather(context, count, values, "inverse") };
}

unsafe extern "C" fn value(context: *mut ffi::sqlite3_context) {
    ask(|th| {
        // SAFETY: SQLite's room for a pointer, which `gather` has left.
        let gatherer = unsafe { place(context, false).as_ref().and_then(|place| place.as_ref()) };
        if let Some(gatherer) = gatherer {
            call_gatherer(th, context, gatherer.get(), "value", &[]);
        }
    });
}

unsafe extern "C" fn finish(context: *mut ffi::sqlite3_context) {
    // SAFETY: SQLite's room for a pointer, which `gather` has left, and which is asked for the last time.
    let gatherer = unsafe {
        let place = place(context, false);
        if place.is_null() || (*place).is_null() {
            return;
        }
        Box::from_raw(std::mem::replace(&mut *place, ptr::null_mut()))
    };
    ask(|th| call_gatherer(th, context, gatherer.get(), "finalize", &[]));
}

// ---- orders

/// Registers an order of strings; `None` takes it away.
pub fn collation(entered: &Entered, db: &Arc<Db>, name: &CStr, function: Option<Value>) -> c_int {
    let data = function.map_or(ptr::null_mut(), |function| lent(db, function));
    // SAFETY: an open connection, whose turn this is. Unlike functions, what is refused is not given back.
    entered.away(|| unsafe {
        let (raw, name) = (entered.raw, name.as_ptr());
        if function.is_none() {
            return ffi::sqlite3_create_collation_v2(raw, name, ffi::SQLITE_UTF8, data, None, None);
        }
        let code =
            ffi::sqlite3_create_collation_v2(raw, name, ffi::SQLITE_UTF8, data, Some(compare), Some(give_back_lent));
        if code != ffi::SQLITE_OK {
            give_back(data);
        }
        code
    })
}

unsafe extern "C" fn compare(
    data: *mut c_void,
    left_len: c_int,
    left: *const c_void,
    right_len: c_int,
    right: *const c_void,
) -> c_int {
    // SAFETY: lent, and SQLite keeps it for as long as it calls; the strings are that long.
    let (this, left, right) =
        unsafe { (&*data.cast::<Answer>(), bytes_at(left, left_len), bytes_at(right, right_len)) };
    let Some(db) = this.db.upgrade() else { return 0 };
    let order = ask_in_between(&db, |th| {
        let (left, right) = (decode(th, left), decode(th, right));
        match th.call(this.function.get(), &[left, right]) {
            // What is no number says that they are equal.
            Ok(order) => IntRef::of(order).map_or(0, |order| match order {
                order if order.is_zero() => 0,
                order if order.is_negative() => -1,
                _ => 1,
            }),
            Err(raised) => {
                db.remember(th, raised);
                0
            }
        }
    });
    order.unwrap_or(0)
}

// ---- questions

fn single(db: &Arc<Db>, function: Value) -> Option<Arc<Answer>> {
    (!function.is_none()).then(|| Arc::new(Answer { db: Arc::downgrade(db), function: Slot::new(function) }))
}

/// The address of an answer that the connection keeps, and a null where there is none.
fn address(answer: &Option<Arc<Answer>>) -> *mut c_void {
    answer.as_ref().map_or(ptr::null_mut(), |answer| Arc::as_ptr(answer).cast_mut().cast())
}

pub fn set_authorizer(entered: &Entered, db: &Arc<Db>, function: Value) -> c_int {
    let answer = single(db, function);
    let (data, asks) = (address(&answer), answer.is_some());
    let old = std::mem::replace(&mut *db.answers.authorizer.lock(), answer);
    // SAFETY: an open connection, whose turn this is; the connection keeps the answer.
    let code = entered
        .away(|| unsafe { ffi::sqlite3_set_authorizer(entered.raw, if asks { Some(authorize) } else { None }, data) });
    drop(old);
    code
}

unsafe extern "C" fn authorize(
    data: *mut c_void,
    action: c_int,
    first: *const c_char,
    second: *const c_char,
    database: *const c_char,
    trigger: *const c_char,
) -> c_int {
    // SAFETY: the connection keeps it for as long as SQLite asks.
    let this = unsafe { &*data.cast::<Answer>() };
    let Some(db) = this.db.upgrade() else { return ffi::SQLITE_DENY };
    let answer = ask_in_between(&db, |th| {
        let mut given = vec![th.int(action.into())];
        given.extend([first, second, database, trigger].map(|text| text_at(th, text)));
        let given = th.tuple(&given);
        let answer = th.call(this.function.get(), items(given)).and_then(|answer| match IntRef::of(answer) {
            Some(_) => ops::index_i32(th, answer),
            None => Ok(ffi::SQLITE_DENY),
        });
        answer.unwrap_or_else(|raised| {
            let exception = th.take_exception(raised);
            show(th, this, exception);
            ffi::SQLITE_DENY
        })
    });
    answer.unwrap_or(ffi::SQLITE_DENY)
}

fn text_at(th: &Thread, text: *const c_char) -> Value {
    if text.is_null() {
        return Value::NONE;
    }
    // SAFETY: a string of SQLite's that ends in zero.
    decode(th, unsafe { CStr::from_ptr(text) }.to_bytes())
}

/// Calls `function` every so many steps; with None nobody is called but ourselves.
pub fn set_progress(entered: &Entered, db: &Arc<Db>, function: Value, steps: c_int) {
    let answer = single(db, function);
    let steps = if answer.is_some() { steps } else { STEPS };
    let old = std::mem::replace(&mut *db.answers.progress.lock(), answer);
    // SAFETY: an open connection, whose turn this is, and which outlives the connection of the library.
    unsafe {
        ffi::sqlite3_progress_handler(entered.raw, steps, Some(look_around), Arc::as_ptr(db).cast_mut().cast());
    }
    drop(old);
}

/// Whether the program's handler wants the work to stop.
pub fn wants_to_stop(db: &Db) -> bool {
    let Some(this) = db.answers.progress.lock().clone() else { return false };
    let stops = ask_in_between(db, |th| {
        let answer = th.call(this.function.get(), &[]).and_then(|answer| ops::truthy(th, answer));
        answer.unwrap_or_else(|raised| {
            let exception = th.take_exception(raised);
            show(th, &this, exception);
            true
        })
    });
    stops.unwrap_or(true)
}

/// Who is told that a database is in use, and may be so by cursors that nobody knows any more.
pub fn set_busy(db: &Arc<Db>, function: Value) {
    *db.answers.busy.lock() = single(db, function);
}

pub fn tell_busy(db: &Db) {
    let Some(this) = db.answers.busy.lock().clone() else { return };
    ask_in_between(db, |th| {
        if let Err(raised) = th.call(this.function.get(), &[]) {
            db.remember(th, raised);
        }
    });
}

pub fn set_tracer(entered: &Entered, db: &Arc<Db>, function: Value) -> c_int {
    let answer = single(db, function);
    let (data, asks) = (address(&answer), answer.is_some());
    let old = std::mem::replace(&mut *db.answers.tracer.lock(), answer);
    let events = if asks { ffi::SQLITE_TRACE_STMT as c_uint } else { 0 };
    // SAFETY: an open connection, whose turn this is; the connection keeps the answer.
    let code = unsafe { ffi::sqlite3_trace_v2(entered.raw, events, if asks { Some(tell) } else { None }, data) };
    drop(old);
    code
}

unsafe extern "C" fn tell(_: c_uint, data: *mut c_void, statement: *mut c_void, text: *mut c_void) -> c_int {
    // SAFETY: the connection keeps it for as long as SQLite tells; a statement that begins, and its text, which is a comment
    // where a trigger begins.
    let (this, shown) = unsafe {
        let text = CStr::from_ptr(text.cast::<c_char>()).to_bytes();
        if text.starts_with(b"--") {
            (&*data.cast::<Answer>(), text.to_vec())
        } else {
            let expanded = ffi::sqlite3_expanded_sql(statement.cast());
            let shown = if expanded.is_null() { text.to_vec() } else { CStr::from_ptr(expanded).to_bytes().to_vec() };
            ffi::sqlite3_free(expanded.cast());
            (&*data.cast::<Answer>(), shown)
        }
    };
    let Some(db) = this.db.upgrade() else { return 0 };
    ask_in_between(&db, |th| {
        let text = decode(th, &shown);
        if let Err(raised) = th.call(this.function.get(), &[text]) {
            let exception = th.take_exception(raised);
            show(th, this, exception);
        }
    });
    0
}

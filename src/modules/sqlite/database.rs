//! A connection: who may use it when, and calls into the library.
//!
//! A connection and what was made from it belong to whoever has the *turn*. The turn is kept across calls that block, with
//! the interpreter's lock given up, and while functions of the program run that SQLite calls; a thread that waits for it is
//! detached. Without it two threads could meet in the library, one with the interpreter's lock and the other waiting for it.
//!
//! Statements that nobody knows any more are found by the collector, in the midst of anything. They are put on a heap, and
//! whoever has the next turn frees them.

use std::ffi::{c_int, c_void};
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, Ordering};
use std::sync::{Arc, Weak};

use libsqlite3_sys as ffi;

use crate::heap::{Rooted, Tracer};
use crate::modules::io::turn::{Taken, Turn};
use crate::vm::gate::Refused;
use crate::vm::native::Result;
use crate::vm::thread::Reason;
use crate::vm::{Raised, Thread, Vm};
use crate::world::parking::Mutex;
use crate::world::{Ns, Outcome};

use super::answers::{self, Answers};
use super::faults::{Fault, programming};
use super::files::{Scene, caller};

unsafe extern "C" {
    /// Closes a connection once nothing that was made from it is left. The crate of bindings leaves it out.
    pub fn sqlite3_close_v2(db: *mut ffi::sqlite3) -> c_int;
}

/// What is to be freed with the next turn.
pub enum Left {
    Statement(*mut ffi::sqlite3_stmt),
    Blob(*mut ffi::sqlite3_blob),
}

/// What was made from a connection and is not freed yet.
#[derive(Default)]
struct Made {
    left: Vec<Left>,
    /// The values that are open. Of statements the library keeps a list itself.
    blobs: Vec<*mut ffi::sqlite3_blob>,
    /// It is closed: all is freed.
    is_over: bool,
}

// SAFETY: pointers to what belongs to a connection, used by whoever has its turn.
unsafe impl Send for Made {}

pub struct Db {
    /// Null once it is closed.
    raw: AtomicPtr<ffi::sqlite3>,
    turn: Turn,
    /// The only thread that may use it, 0 for any.
    owner: u64,
    /// SQLite asks the program something in the midst of its work, and may not be called meanwhile.
    pub is_asking: AtomicBool,
    made: Mutex<Made>,
    pub answers: Answers,
    /// How long a call waits for a database that others use, and since when it has.
    patience: AtomicU64,
    waits_since: AtomicU64,
    /// What has been raised in the midst of the library's work: by a signal's handler, by an order.
    raised: Mutex<Option<Rooted>>,
    /// Held while another thread interrupts, and while it is closed.
    closing: Mutex<()>,
    vm: Weak<Vm>,
}

/// The turn of the calling thread.
pub struct Entered<'a> {
    pub db: &'a Db,
    pub th: &'a Thread,
    pub raw: *mut ffi::sqlite3,
    /// Its own, or `None` within a call of the same thread.
    taken: Option<Taken<'a>>,
}

/// Something that a blocking call takes along, or brings back, on the same thread.
struct Carried<T>(T);

// SAFETY: `Thread::detached` runs its closure at once and on the calling thread; what is carried are pointers of the library
// and no values of the interpreter.
unsafe impl<T> Send for Carried<T> {}

impl<T> Carried<T> {
    fn take(self) -> T {
        self.0
    }
}

/// So many steps of SQLite's machine may pass between two looks at signals.
pub const STEPS: c_int = 20_000;

impl Db {
    pub fn new(th: &Thread, raw: *mut ffi::sqlite3, owner: u64, patience: Ns) -> Arc<Db> {
        let db = Arc::new(Db {
            raw: AtomicPtr::new(raw),
            turn: Turn::default(),
            owner,
            is_asking: AtomicBool::new(false),
            made: Mutex::default(),
            answers: Answers::default(),
            patience: AtomicU64::new(patience),
            waits_since: AtomicU64::new(0),
            raised: Mutex::default(),
            closing: Mutex::default(),
            vm: Arc::downgrade(th.vm_arc()),
        });
        let this = Arc::as_ptr(&db).cast_mut().cast::<c_void>();
        // SAFETY: a fresh connection; it is closed before the memory that `this` points to is gone.
        unsafe {
            ffi::sqlite3_progress_handler(raw, STEPS, Some(look_around), this);
            ffi::sqlite3_busy_handler(raw, Some(wait_for_others), this);
        }
        db
    }

    pub fn is_closed(&self) -> bool {
        self.raw.load(Ordering::Acquire).is_null()
    }

    /// ProgrammingError for a thread that may not use it.
    pub fn check_thread(&self, th: &Thread) -> Result<()> {
        if self.owner == 0 || self.owner == th.ident {
            return Ok(());
        }
        let (owner, here) = (self.owner, th.ident);
        Err(programming(
            th,
            &format!(
                "SQLite objects created in a thread can only be used in that same thread. The object was created in thread \
                 id {owner} and this is thread id {here}."
            ),
        ))
    }

    /// The turn, if the connection is open and at rest.
    pub fn try_enter<'a>(&'a self, th: &'a Thread) -> Option<Entered<'a>> {
        let taken = self.turn.try_take(th)?;
        let raw = self.raw.load(Ordering::Acquire);
        (!raw.is_null()).then(|| Entered { db: self, th, raw, taken: Some(taken) })
    }

    /// Waits for the turn. Whether this thread may have it was asked before.
    pub fn enter<'a>(&'a self, th: &'a Thread) -> Result<Entered<'a>> {
        let taken = self.turn.take(th)?;
        if taken.is_none() && self.is_asking.load(Ordering::Relaxed) {
            return Err(programming(th, "SQLite cannot be used by what it asks in the midst of its work."));
        }
        let raw = self.raw.load(Ordering::Acquire);
        if raw.is_null() {
            return Err(programming(th, "Cannot operate on a closed database."));
        }
        let entered = Entered { db: self, th, raw, taken };
        if entered.taken.is_some() && !self.made.lock().left.is_empty() {
            entered.away(|| self.free_left());
        }
        Ok(entered)
    }

    /// Frees what nobody knows any more, if the connection is at rest.
    pub fn tidy(&self, th: &Thread) {
        if let Some(_turn) = self.turn.try_take(th) {
            away(th, || self.free_left());
        }
    }

    pub fn has_raised(&self) -> bool {
        self.raised.lock().is_some()
    }

    /// For the next turn to free.
    pub fn leave(&self, left: Left) {
        let mut made = self.made.lock();
        if !made.is_over {
            made.left.push(left);
        }
    }

    /// A value is open, and to be closed with the connection.
    pub fn add_blob(&self, blob: *mut ffi::sqlite3_blob) {
        self.made.lock().blobs.push(blob);
    }

    pub fn remove_blob(&self, blob: *mut ffi::sqlite3_blob) {
        self.made.lock().blobs.retain(|known| *known != blob);
    }

    /// Frees everything that was made from the connection.
    ///
    /// # Safety
    /// The caller has the turn, and nobody will have it again.
    unsafe fn free_all(&self, raw: *mut ffi::sqlite3) {
        self.free_left();
        let blobs = {
            let mut made = self.made.lock();
            made.is_over = true;
            std::mem::take(&mut made.blobs)
        };
        // SAFETY: open values, and statements that are not freed; whoever still knows one will find the connection closed.
        unsafe {
            for blob in blobs {
                ffi::sqlite3_blob_close(blob);
            }
            loop {
                let statement = ffi::sqlite3_next_stmt(raw, ptr::null_mut());
                if statement.is_null() {
                    break;
                }
                ffi::sqlite3_finalize(statement);
            }
        }
    }

    fn free_left(&self) {
        let left = std::mem::take(&mut self.made.lock().left);
        for one in left {
            // SAFETY: whoever put it there knows it no longer, and the caller has the turn or is the last.
            unsafe {
                match one {
                    Left::Statement(raw) => drop(ffi::sqlite3_finalize(raw)),
                    Left::Blob(raw) => {
                        self.remove_blob(raw);
                        ffi::sqlite3_blob_close(raw);
                    }
                }
            }
        }
    }

    /// Ends what the connection is doing, from any thread.
    pub fn interrupt(&self, th: &Thread) -> Result<()> {
        let _open = self.closing.lock();
        let raw = self.raw.load(Ordering::Acquire);
        if raw.is_null() {
            return Err(programming(th, "Cannot operate on a closed database."));
        }
        // What cursors have left half done, and nobody asks for any more, is nothing to end.
        if self.turn.is_taken() {
            // SAFETY: an open connection, which is not closed meanwhile.
            unsafe { ffi::sqlite3_interrupt(raw) };
        }
        Ok(())
    }

    /// Keeps an exception, which is raised when the library has come back.
    pub fn remember(&self, th: &Thread, raised: Raised) {
        let exception = Rooted::new(th.vm().heap(), th.take_exception(raised));
        *self.raised.lock() = Some(exception);
    }

    pub fn trace(&self, tracer: &mut Tracer) {
        self.answers.trace(tracer);
    }
}

impl Entered<'_> {
    /// Whether this is within a call of the same thread.
    pub fn is_within(&self) -> bool {
        self.taken.is_none()
    }

    /// Runs a call of the library with the interpreter's lock given up.
    pub fn away<R>(&self, call: impl FnOnce() -> R) -> R {
        away(self.th, call).0
    }

    /// As `away`, for calls that answer with a code: the fault, unless it is one of success.
    pub fn run(&self, call: impl FnOnce() -> c_int) -> Result<c_int> {
        let raw = self.raw;
        let ((code, fault), refused) = away(self.th, || {
            let code = call();
            let is_fault = !matches!(code, ffi::SQLITE_OK | ffi::SQLITE_ROW | ffi::SQLITE_DONE);
            // SAFETY: an open connection, whose turn the caller has.
            (code, is_fault.then(|| unsafe { Fault::of(raw, code) }))
        });
        if let Some(raised) = self.raised() {
            return Err(raised);
        }
        match fault {
            Some(fault) => Err(fault.refused_by(refused).raise(self.th)),
            None => Ok(code),
        }
    }

    /// What a signal's handler has raised while the library was at work.
    fn raised(&self) -> Option<Raised> {
        let exception = self.db.raised.lock().take()?;
        Some(self.th.raise_again(exception.get()))
    }

    /// The fault of a short call that did not give the lock up.
    pub fn fault(&self, code: c_int) -> Raised {
        // SAFETY: an open connection, whose turn this is.
        unsafe { Fault::of(self.raw, code) }.raise(self.th)
    }

    /// OK, or the fault of a short call.
    pub fn checked(&self, code: c_int) -> Result<()> {
        if code == ffi::SQLITE_OK { Ok(()) } else { Err(self.fault(code)) }
    }

    /// Closes the connection, and with it what was made from it.
    pub fn close(self) -> Result<()> {
        if self.is_within() {
            return Err(programming(self.th, "Cannot close a database in the midst of its work."));
        }
        {
            let _nobody = self.db.closing.lock();
            self.db.raw.store(ptr::null_mut(), Ordering::Release);
        }
        let raw = self.raw;
        self.away(|| {
            // SAFETY: this has the turn, and nobody finds the connection any more.
            unsafe {
                self.db.free_all(raw);
                sqlite3_close_v2(raw)
            }
        });
        self.db.answers.clear();
        Ok(())
    }
}

/// Runs a call of the library for this thread, with the interpreter's lock given up; and what the gate has refused.
pub fn away<R>(th: &Thread, call: impl FnOnce() -> R) -> (R, Option<Refused>) {
    let scene = Scene::of(th);
    let call = Carried(call);
    let result = th.detached(Reason::Io, move || Carried((call.take())()));
    (result.take(), scene.refused())
}

impl Drop for Db {
    fn drop(&mut self) {
        let vm = self.vm.upgrade();
        let _scene = vm.as_ref().map(|vm| Scene::without_thread(vm.gate()));
        let raw = *self.raw.get_mut();
        if !raw.is_null() {
            // SAFETY: the last who knows the connection.
            unsafe {
                self.free_all(raw);
                sqlite3_close_v2(raw);
            }
        }
    }
}

/// Takes the interpreter's lock for a question to the program, in a call of `away`. `None` if there is nobody to ask.
pub fn ask<R>(call: impl FnOnce(&Thread) -> R) -> Option<R> {
    let th = caller()?;
    th.recalled(Reason::Io, || call(th))
}

/// As `ask`, for questions that may not be answered by calling SQLite.
pub fn ask_in_between<R>(db: &Db, call: impl FnOnce(&Thread) -> R) -> Option<R> {
    let outer = db.is_asking.swap(true, Ordering::Relaxed);
    let answer = ask(call);
    db.is_asking.store(outer, Ordering::Relaxed);
    answer
}

/// SQLite asks now and then whether to go on: signals are served meanwhile, and the program's own handler runs.
pub extern "C" fn look_around(db: *mut c_void) -> c_int {
    // SAFETY: as it was registered: the connection's own memory.
    let db = unsafe { &*db.cast::<Db>() };
    c_int::from(is_to_stop(db) || answers::wants_to_stop(db))
}

/// Serves signals; whether one has raised something.
fn is_to_stop(db: &Db) -> bool {
    if !caller().is_some_and(Thread::is_interrupted) {
        return false;
    }
    let raised = ask_in_between(db, |th| match th.safepoint() {
        Ok(()) => false,
        Err(raised) => {
            db.remember(th, raised);
            true
        }
    });
    raised.unwrap_or(true)
}

/// The longest pause between two tries, in nanoseconds.
const LONGEST_PAUSE: Ns = 50_000_000;

/// Another connection uses the database: whether to try again.
extern "C" fn wait_for_others(db: *mut c_void, tries: c_int) -> c_int {
    // SAFETY: as it was registered: the connection's own memory.
    let db = unsafe { &*db.cast::<Db>() };
    let Some(th) = caller() else { return 0 };
    let clock = th.vm().world().clock;
    let now = clock.now();
    if tries == 0 {
        db.waits_since.store(now, Ordering::Relaxed);
    } else if tries == 1 {
        answers::tell_busy(db);
    }
    let end = db.waits_since.load(Ordering::Relaxed).saturating_add(db.patience.load(Ordering::Relaxed));
    if now >= end {
        return 0;
    }
    let pause = (Ns::from(tries.unsigned_abs()) + 1).saturating_mul(1_000_000).min(LONGEST_PAUSE);
    let parker = th.gil_thread().parker();
    if parker.sleep_until(&clock, end.min(now + pause)) == Outcome::Interrupted {
        if is_to_stop(db) {
            return 0;
        }
        parker.forget_interrupt();
    }
    1
}

//! Locks: `_thread.lock` and `_thread.RLock`, and how a thread waits for them.

use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering};

use crate::gil::events::Awaited;
use crate::heap::{Gc, Value};
use crate::objects::class::Class;
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::vm::native::{Result, TypeDef, native};
use crate::vm::thread::Reason;
use crate::vm::{Raised, Thread, ops};
use crate::world::{Ns, Released, WaitLock, Waited};

use super::{DONE, Handle, class_of, state};

#[derive(Default)]
struct Lock {
    lock: WaitLock,
    /// The number of the thread that took it last: any may release it. For who asks whom a thread waits for.
    taker: AtomicU32,
}

impl NativeState for Lock {}

impl Lock {
    fn take(&self, th: &Thread, this: Value, blocking: bool, until: Option<Ns>) -> Result<bool> {
        let wanted = Wanted { on: Awaited::Lock, object: this.bits(), owner: &self.taker };
        let got = if blocking { wait_for(th, &self.lock, until, &wanted)? } else { self.lock.try_acquire() };
        if got {
            self.taker.store(number(th), Ordering::Relaxed);
        }
        Ok(got)
    }
}

/// The calling thread's number in the interpreter.
fn number(th: &Thread) -> u32 {
    th.gil_thread().id().0
}

pub(super) fn new_lock(th: &Thread, class: Gc<Class>) -> Value {
    native_object::new(th, class, Box::new(Lock::default())).value()
}

/// The moment until which a timeout in seconds lasts; `None`: for ever.
pub(in crate::modules) fn deadline(th: &Thread, timeout: Value) -> Result<Option<Ns>> {
    if timeout.is_empty() || timeout.is_none() {
        return Ok(None);
    }
    let seconds = seconds_of(th, timeout)?;
    if seconds.is_nan() {
        return Err(not_a_number(th));
    }
    check_range(th, seconds)?;
    let now = th.vm().world().clock.now();
    Ok(Some(now + (seconds.max(0.0) * 1e9) as Ns))
}

#[cold]
fn not_a_number(th: &Thread) -> Raised {
    th.value_error("Invalid value NaN (not a number)")
}

/// Whether so many seconds are a number of nanoseconds.
fn check_range(th: &Thread, seconds: f64) -> Result<()> {
    if seconds * 1e9 < i64::MAX as f64 {
        Ok(())
    } else {
        Err(th.overflow_error("timestamp out of range for C PyTime_t"))
    }
}

fn seconds_of(th: &Thread, value: Value) -> Result<f64> {
    ops::float(th, value).map_err(|raised| {
        th.take_exception(raised);
        th.type_error(format_args!("'{}' object cannot be interpreted as an integer or float", th.type_name(value)))
    })
}

pub(super) const TIMEOUT_MAX: f64 = 9223372036.0;

/// What a thread wants that waits: for recordings.
pub(super) struct Wanted<'a> {
    pub on: Awaited,
    pub object: u64,
    /// The number of the thread that has it, or had it last; 0 if there was none.
    pub owner: &'a AtomicU32,
}

/// Takes the lock, which recordings show under what it is a part of.
pub(super) fn wait_for(th: &Thread, lock: &WaitLock, deadline: Option<Ns>, wanted: &Wanted) -> Result<bool> {
    if lock.try_acquire() {
        return Ok(true);
    }
    let on = th.awaited(wanted.on);
    if deadline.is_none() {
        th.begin_standing(on, wanted.object);
    }
    let reason = if on == Awaited::Join { Reason::Join } else { Reason::Lock };
    let tell = || th.tell_blocked(on, wanted.object, wanted.owner.load(Ordering::Relaxed));
    let is_mine = wanted.owner.load(Ordering::Relaxed) == number(th);
    let used = if on == Awaited::Join || is_mine { Use::Signal } else { Use::Mutex };
    let got = acquire_telling(th, lock, deadline, reason, used, tell);
    th.gil_thread().standing().end();
    got
}

/// Nobody has it, or will have it in a moment.
pub struct Free;

/// Which thread (by its number) has what a thread waits for, if that is known.
pub fn owner_of(object: Value, on: Awaited) -> std::result::Result<Option<u32>, Free> {
    fn find<T: NativeState>(object: Value) -> std::result::Result<&'static T, Free> {
        object.downcast::<NativeObject>().and_then(|o| o.state_as::<T>()).ok_or(Free)
    }
    let (is_taken, taker) = match on {
        Awaited::Queue => (true, 0),
        Awaited::Lock => {
            let lock = find::<Lock>(object)?;
            (lock.lock.is_held(), lock.taker.load(Ordering::Relaxed))
        }
        Awaited::Condition => (find::<Lock>(object)?.lock.is_held(), 0),
        Awaited::RLock => {
            let lock = find::<Reentrant>(object)?;
            (lock.lock.is_held(), lock.taker.load(Ordering::Relaxed))
        }
        Awaited::Join => {
            let handle = find::<Handle>(object)?;
            (handle.stage.load(Ordering::Acquire) != DONE, handle.thread.load(Ordering::Acquire))
        }
    };
    if is_taken { Ok((taker != 0).then_some(taker)) } else { Err(Free) }
}

/// Takes the lock, with the interpreter's lock given up while it waits. A signal's handler runs meanwhile.
pub fn acquire(th: &Thread, lock: &WaitLock, deadline: Option<Ns>, reason: Reason) -> Result<bool> {
    acquire_telling(th, lock, deadline, reason, Use::Mutex, || {})
}

/// What a lock is for, as far as its waiters can tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// To keep others out: who has it gives it back, soon.
    Mutex,
    /// To be told something: who waits has taken it itself, and another thread will release it.
    Signal,
}

/// As `acquire`; `tell` is called before each wait.
fn acquire_telling(
    th: &Thread,
    lock: &WaitLock,
    deadline: Option<Ns>,
    reason: Reason,
    used: Use,
    tell: impl Fn(),
) -> Result<bool> {
    if lock.try_acquire() {
        return Ok(true);
    }
    let clock = th.vm().world().clock;
    let since = clock.now();
    if deadline.is_some_and(|d| d <= since) {
        return Ok(false);
    }
    // Under the interpreter's lock who has this one can only give it back when this thread has stopped running.
    let may_try = used == Use::Mutex && !th.vm().gil().mode().policy.has_lock();
    let parker = th.gil_thread().parker().clone();
    if may_try && parker.try_for_a_while(&clock, || lock.try_acquire().then_some(())).is_some() {
        return Ok(true);
    }
    loop {
        tell();
        match th.detached(reason, || lock.wait(&clock, &parker, deadline, since)) {
            Waited::Has => return Ok(true),
            Waited::Woken if lock.try_acquire() => return Ok(true),
            Waited::Woken => {}
            Waited::TimedOut => return Ok(false),
            Waited::Interrupted => {
                parker.forget_interrupt();
                th.serve()?;
                th.examine_deadlock();
            }
        }
    }
}

/// Takes a lock that whoever waits had given up for the time. What interrupts the thread (Ctrl-C) has to wait until it
/// holds it again, or it would leave a `with` that it is inside of without what that is about to give back.
fn take_back(th: &Thread, lock: &WaitLock) {
    let clock = th.vm().world().clock;
    let since = clock.now();
    let parker = th.gil_thread().parker().clone();
    while !lock.try_acquire() {
        match th.detached(Reason::Lock, || lock.wait(&clock, &parker, None, since)) {
            Waited::Has => return,
            Waited::Woken => {}
            Waited::TimedOut | Waited::Interrupted => th.examine_deadlock(),
        }
    }
}

/// The arguments of `acquire(blocking=True, timeout=-1)`: whether to wait, and until when.
fn acquire_arguments(th: &Thread, blocking: Value, timeout: Value) -> Result<(bool, Option<Ns>)> {
    let blocking = blocking.is_empty() || ops::truthy(th, blocking)?;
    let given = !timeout.is_empty();
    let seconds = if given { seconds_of(th, timeout)? } else { -1.0 };
    if !blocking && given && seconds != -1.0 {
        return Err(th.value_error("can't specify a timeout for a non-blocking call"));
    }
    if seconds < 0.0 && seconds != -1.0 {
        return Err(th.value_error("timeout value must be a non-negative number"));
    }
    if seconds.is_nan() {
        return Err(not_a_number(th));
    }
    check_range(th, seconds)?;
    if seconds > TIMEOUT_MAX {
        return Err(th.overflow_error("timeout value is too large"));
    }
    let until = if seconds == -1.0 { None } else { deadline(th, timeout)? };
    Ok((blocking, until))
}

fn lock_acquire(th: &Thread, args: &[Value]) -> Result {
    let lock = state::<Lock>(th, args[0])?;
    let (blocking, until) = acquire_arguments(th, args[1], args[2])?;
    lock.take(th, args[0], blocking, until).map(Value::bool)
}

fn lock_release(th: &Thread, args: &[Value]) -> Result {
    match state::<Lock>(th, args[0])?.lock.release_to(&th.vm().world().clock) {
        Released::NotHeld => return Err(th.runtime_error("release unlocked lock")),
        Released::Yes => {}
        Released::Woke(who) => th.tell_woken(who, args[0].bits()),
    }
    Ok(Value::NONE)
}

const ACQUIRE: &str = "(self, /, blocking=True, timeout=-1)";

pub static LOCK: TypeDef = TypeDef {
    weakrefs: true,
    module: "_thread",
    methods: &[
        native("__new__", "(cls, /)", "Create a new lock.", |th, args| Ok(new_lock(th, class_of(th, args[0])?)))
            .static_method(),
        native("acquire", ACQUIRE, "Lock the lock.", lock_acquire).keywords(),
        native("acquire_lock", ACQUIRE, "An obsolete synonym of acquire().", lock_acquire).keywords(),
        native(
            "release",
            "(self, /)",
            "Release the lock, allowing another thread that is blocked waiting for it to acquire it.",
            lock_release,
        ),
        native("release_lock", "(self, /)", "An obsolete synonym of release().", lock_release),
        native("locked", "(self, /)", "Return whether the lock is in the locked state.", |th, args| {
            Ok(Value::bool(state::<Lock>(th, args[0])?.lock.is_held()))
        }),
        native("locked_lock", "(self, /)", "An obsolete synonym of locked().", |th, args| {
            Ok(Value::bool(state::<Lock>(th, args[0])?.lock.is_held()))
        }),
        native("_at_fork_reinit", "(self, /)", "Make the lock free in the child of a fork.", |th, args| {
            state::<Lock>(th, args[0])?.lock.release(&th.vm().world().clock);
            Ok(Value::NONE)
        }),
        native("__enter__", "(self, /)", "Lock the lock.", |th, args| {
            state::<Lock>(th, args[0])?.take(th, args[0], true, None).map(Value::bool)
        }),
        native("__exit__", "(self, exc_type, exc_value, exc_tb, /)", "Release the lock.", |th, args| {
            lock_release(th, args)
        }),
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            let held = state::<Lock>(th, args[0])?.lock.is_held();
            let what = if held { "locked" } else { "unlocked" };
            Ok(th.str(&format!("<{what} _thread.lock object at {:#x}>", args[0].bits())))
        }),
    ],
    subclassable: false,
    ..TypeDef::new("lock", kinds::NATIVE_STATE, "A lock object is a synchronization primitive.")
};

/// A lock that its owner may take again.
#[derive(Default)]
struct Reentrant {
    lock: WaitLock,
    owner: AtomicU64,
    /// The number of the owner, or of the last one.
    taker: AtomicU32,
    count: AtomicUsize,
}

impl NativeState for Reentrant {}

impl Reentrant {
    fn take(&self, th: &Thread, this: Value, blocking: bool, until: Option<Ns>) -> Result<bool> {
        if self.owner.load(Ordering::Relaxed) == th.ident {
            self.count.fetch_add(1, Ordering::Relaxed);
            return Ok(true);
        }
        let got = if blocking { self.wait(th, this, until)? } else { self.lock.try_acquire() };
        if got {
            self.belongs_to(th, 1);
        }
        Ok(got)
    }

    fn wait(&self, th: &Thread, this: Value, until: Option<Ns>) -> Result<bool> {
        let wanted = Wanted { on: Awaited::RLock, object: this.bits(), owner: &self.taker };
        wait_for(th, &self.lock, until, &wanted)
    }

    fn belongs_to(&self, th: &Thread, count: usize) {
        self.owner.store(th.ident, Ordering::Relaxed);
        self.taker.store(number(th), Ordering::Relaxed);
        self.count.store(count, Ordering::Relaxed);
    }

    fn release(&self, th: &Thread, this: Value) {
        self.owner.store(0, Ordering::Relaxed);
        if let Released::Woke(who) = self.lock.release_to(&th.vm().world().clock) {
            th.tell_woken(who, this.bits());
        }
    }

    fn give(&self, th: &Thread, this: Value) -> Result<()> {
        if self.owner.load(Ordering::Relaxed) != th.ident {
            return Err(th.runtime_error("cannot release un-acquired lock"));
        }
        if self.count.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.release(th, this);
        }
        Ok(())
    }
}

fn rlock_acquire(th: &Thread, args: &[Value]) -> Result {
    let (blocking, until) = acquire_arguments(th, args[1], args[2])?;
    state::<Reentrant>(th, args[0])?.take(th, args[0], blocking, until).map(Value::bool)
}

pub static RLOCK: TypeDef = TypeDef {
    weakrefs: true,
    module: "_thread",
    methods: &[
        // Arguments mean nothing; they will be refused in 3.15.
        native("__new__", "(cls, /, *args, **kwargs)", "Create a new reentrant lock.", |th, args| {
            Ok(native_object::new(th, class_of(th, args[0])?, Box::new(Reentrant::default())).value())
        })
        .static_method(),
        native("acquire", ACQUIRE, "Lock the lock.", rlock_acquire).keywords(),
        native("release", "(self, /)", "Release the lock.", |th, args| {
            state::<Reentrant>(th, args[0])?.give(th, args[0]).map(|()| Value::NONE)
        }),
        native("locked", "(self, /)", "Return whether the lock is in the locked state.", |th, args| {
            Ok(Value::bool(state::<Reentrant>(th, args[0])?.lock.is_held()))
        }),
        native("_is_owned", "(self, /)", "For internal use by threading.Condition.", |th, args| {
            Ok(Value::bool(state::<Reentrant>(th, args[0])?.owner.load(Ordering::Relaxed) == th.ident))
        }),
        native("_recursion_count", "(self, /)", "For internal use by reentrancy detection.", |th, args| {
            let this = state::<Reentrant>(th, args[0])?;
            let mine = this.owner.load(Ordering::Relaxed) == th.ident;
            Ok(Value::small_int(if mine { this.count.load(Ordering::Relaxed) as i64 } else { 0 }))
        }),
        native("_release_save", "(self, /)", "For internal use by threading.Condition.", |th, args| {
            let this = state::<Reentrant>(th, args[0])?;
            if this.owner.load(Ordering::Relaxed) != th.ident {
                return Err(th.runtime_error("cannot release un-acquired lock"));
            }
            let count = this.count.swap(0, Ordering::Relaxed);
            this.release(th, args[0]);
            Ok(th.tuple(&[Value::small_int(count as i64), th.int(th.ident as i64)]))
        }),
        native("_acquire_restore", "(self, state, /)", "For internal use by threading.Condition.", |th, args| {
            let this = state::<Reentrant>(th, args[0])?;
            let standing = th.gil_thread().standing();
            if this.lock.is_held() {
                th.tell_blocked(Awaited::RLock, args[0].bits(), this.taker.load(Ordering::Relaxed));
                th.begin_standing(Awaited::RLock, args[0].bits());
            }
            take_back(th, &this.lock);
            standing.end();
            let count = ops::get_item(th, args[1], Value::small_int(0))?;
            this.belongs_to(th, ops::index_i64(th, count)? as usize);
            Ok(Value::NONE)
        }),
        native("__enter__", "(self, /)", "Lock the lock.", |th, args| {
            state::<Reentrant>(th, args[0])?.take(th, args[0], true, None).map(Value::bool)
        }),
        native("__exit__", "(self, exc_type, exc_value, exc_tb, /)", "Release the lock.", |th, args| {
            state::<Reentrant>(th, args[0])?.give(th, args[0]).map(|()| Value::NONE)
        }),
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            let this = state::<Reentrant>(th, args[0])?;
            let what = if this.lock.is_held() { "locked" } else { "unlocked" };
            Ok(th.str(&format!(
                "<{what} _thread.RLock object owner={} count={} at {:#x}>",
                this.owner.load(Ordering::Relaxed),
                this.count.load(Ordering::Relaxed),
                args[0].bits()
            )))
        }),
    ],
    subclassable: true,
    ..TypeDef::new("RLock", kinds::NATIVE_STATE, "A reentrant lock.")
};

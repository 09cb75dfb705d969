//! `_thread`: threads and locks, on which `threading` is built.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, AtomicUsize, Ordering};

use crate::gil::events::{Awaited, Event};
use crate::gil::{GilThread, ThreadId};
use crate::heap::{Gc, Rooted, Slot, Tracer, Value};
use crate::modules::ModuleDef;
use crate::objects::class::Class;
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::kinds;
use crate::objects::module::Module;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, TypeDef, getter, native};
use crate::vm::safepoint::ThreadOver;
use crate::vm::stack::Stack;
use crate::vm::thread::{Reason, native_id};
use crate::vm::{Thread, Vm, ops, report};
use crate::world::{Acquired, Ns, Released, WaitLock, forks};

pub static THREAD: ModuleDef = ModuleDef {
    functions: FUNCTIONS,
    types: &[&LOCK, &RLOCK, &LOCAL, &HANDLE],
    init: Some(init),
    ..ModuleDef::new("_thread", "This module provides primitive operations to write multi-threaded programs.")
};

const FUNCTIONS: &[NativeDef] = &[
    native(
        "start_new_thread",
        "(function, args, kwargs=<unrepresentable>, /)",
        "Start a new thread and return its identifier.",
        start_new,
    ),
    native(
        "start_joinable_thread",
        "(function, handle=None, daemon=True, name=None)",
        "*For internal use only*: start a new thread that can be joined.",
        start_joinable,
    ),
    native(
        "get_ident",
        "()",
        "Return a non-zero integer that uniquely identifies the current thread amongst other threads.",
        |th, _| Ok(th.int(th.ident as i64)),
    ),
    native(
        "get_native_id",
        "()",
        "Return a non-negative integer identifying the thread as reported by the OS.",
        |th, _| Ok(th.int(native_id().into())),
    ),
    native("allocate_lock", "()", "Create a new lock object.", |th, _| Ok(new_lock(th, th.vm().class(&LOCK)))),
    native("allocate", "()", "An obsolete synonym of allocate_lock().", |th, _| Ok(new_lock(th, th.vm().class(&LOCK)))),
    native(
        "_count",
        "()",
        "Return the number of currently running Python threads, excluding the main thread.",
        |th, _| Ok(Value::small_int(th.vm().gil().threads().len() as i64 - 1)),
    ),
    native("exit", "()", "Raise SystemExit in the calling thread.", |th, _| Err(th.raise_with(Exc::SystemExit, &[]))),
    native(
        "interrupt_main",
        "(signum=2, /)",
        "Simulate the arrival of the given signal in the main thread.",
        |th, args| {
            let signal = if args[0].is_empty() { libc::SIGINT } else { ops::index_i64(th, args[0])? as i32 };
            th.vm().signals.note(th.vm(), signal);
            Ok(Value::NONE)
        },
    ),
    native(
        "stack_size",
        "(size=0, /)",
        "Return the thread stack size used when creating new threads, and set it.",
        stack_size,
    ),
    native(
        "daemon_threads_allowed",
        "()",
        "Return True if daemon threads are allowed in the current interpreter.",
        |_, _| Ok(Value::TRUE),
    ),
    native("_get_main_thread_ident", "()", "Internal only: the identifier of the main thread.", |th, _| {
        Ok(th.int(th.vm().main_ident.load(Ordering::Relaxed) as i64))
    }),
    native(
        "_is_main_interpreter",
        "()",
        "Return True if the current interpreter is the main Python interpreter.",
        |_, _| Ok(Value::TRUE),
    ),
    native(
        "_set_thread",
        "(thread, /)",
        "Internal only: remember the Thread object of the calling thread.",
        |th, args| {
            th.object.set(args[0]);
            Ok(Value::NONE)
        },
    ),
    native("_get_thread", "()", "Internal only: the Thread object of the calling thread, or None.", |th, _| {
        let object = th.object.get();
        Ok(if object.is_empty() { Value::NONE } else { object })
    }),
    native("set_name", "(name, /)", "Set the name of the current thread.", |th, args| {
        let name = ops::str(th, args[0])?.to_text();
        th.gil_thread().set_name(&name);
        Ok(Value::NONE)
    }),
    native(
        "_excepthook",
        "(exctype, value, traceback, head, /)",
        "Print an uncaught exception of a thread started here, below a line that says whose it is.",
        |th, args| {
            let head = args[3].as_str_cell().map(|head| head.to_text()).unwrap_or_default();
            report::display(th, &head, args[1], args[2]);
            Ok(Value::NONE)
        },
    ),
];

/// The native stack of new threads, in bytes, unless a program says otherwise.
const STACK: usize = 16 << 20;
/// The least that a program may ask for.
const LEAST_STACK: i64 = 53248;

fn stack_size(th: &Thread, args: &[Value]) -> Result {
    let size = if args[0].is_empty() { 0 } else { ops::index_i64(th, args[0])? };
    if size < LEAST_STACK && size != 0 {
        return Err(th.value_error(format_args!("size must be at least {LEAST_STACK} bytes")));
    }
    let old = th.vm().thread_stack.swap(size as usize, Ordering::Relaxed);
    Ok(th.int(old as i64))
}

// ---- starting and joining

/// A thread that can be joined: `_ThreadHandle`.
struct Handle {
    ident: AtomicU64,
    /// Held from the start to the end of the thread.
    running: Arc<WaitLock>,
    /// 0 not started, 1 starting, 2 running, 3 done.
    stage: Arc<AtomicU32>,
    /// The thread's number in the interpreter; 0 before it is started.
    thread: AtomicU32,
}

impl NativeState for Handle {}

const NOT_STARTED: u32 = 0;
const STARTING: u32 = 1;
const RUNNING: u32 = 2;
const DONE: u32 = 3;

static HANDLE: TypeDef = TypeDef {
    module: "_thread",
    methods: &[
        native("__new__", "(cls, /)", "Create a handle for a thread that has not been started.", |th, args| {
            Ok(new_handle(th, class_of(th, args[0])?))
        })
        .static_method(),
        native("join", "(self, timeout=None, /)", "Wait for the thread's end.", |th, args| {
            let handle = state::<Handle>(th, args[0])?;
            if handle.stage.load(Ordering::Acquire) == NOT_STARTED {
                return Err(th.runtime_error("thread not started"));
            }
            if handle.stage.load(Ordering::Acquire) == RUNNING && handle.ident.load(Ordering::Relaxed) == th.ident {
                return Err(th.runtime_error("Cannot join current thread"));
            }
            let deadline = deadline(th, args[1])?;
            let wanted = Wanted { on: Awaited::Join, object: args[0].bits(), owner: &handle.thread };
            if wait_for(th, &handle.running, deadline, &wanted)? {
                handle.running.release(&th.vm().world().clock);
            }
            Ok(Value::NONE)
        }),
        native("is_done", "(self, /)", "Whether the thread has ended.", |th, args| {
            Ok(Value::bool(state::<Handle>(th, args[0])?.stage.load(Ordering::Acquire) == DONE))
        }),
        native("_set_done", "(self, /)", "Mark the thread as ended.", |th, args| {
            let handle = state::<Handle>(th, args[0])?;
            handle.stage.store(DONE, Ordering::Release);
            if th.is_lost(handle.ident.load(Ordering::Relaxed)) {
                // It stayed in the parent of this process; who joins it here need not wait.
                handle.running.release(&th.vm().world().clock);
            }
            Ok(Value::NONE)
        }),
    ],
    getset: &[getter("ident", "The thread's identifier.", |th, this| {
        Ok(th.int(state::<Handle>(th, this)?.ident.load(Ordering::Acquire) as i64))
    })],
    ..TypeDef::new("_ThreadHandle", kinds::NATIVE_STATE, "A handle for a thread.")
};

fn new_handle(th: &Thread, class: Gc<Class>) -> Value {
    let state =
        Handle { ident: AtomicU64::new(0), running: Arc::default(), stage: Arc::default(), thread: AtomicU32::new(0) };
    native_object::new(th, class, Box::new(state)).value()
}

pub(super) fn class_of(th: &Thread, value: Value) -> Result<Gc<Class>> {
    value.as_class().ok_or_else(|| th.type_error("__new__(X): X is not a type object"))
}

pub(super) fn state<T: NativeState>(th: &Thread, value: Value) -> Result<&'static T> {
    let found = value.downcast::<NativeObject>().and_then(|o| o.state_as::<T>());
    found.ok_or_else(|| th.type_error("wrong object"))
}

fn start_new(th: &Thread, args: &[Value]) -> Result {
    if !ops::is_callable(th, args[0]) {
        return Err(th.type_error("first arg must be callable"));
    }
    let Some(positional) = args[1].downcast::<Tuple>() else { return Err(th.type_error("2nd arg must be a tuple")) };
    if !args[2].is_empty() && args[2].downcast::<Dict>().is_none() {
        return Err(th.type_error("optional 3rd arg must be a dictionary"));
    }
    let handle = new_handle(th, th.vm().class(&HANDLE));
    let keywords = if args[2].is_empty() { Value::NONE } else { args[2] };
    let packet = th.tuple(&[args[0], positional.value(), keywords, handle]);
    launch(th, packet, handle, "Thread")?;
    let ident = state::<Handle>(th, handle)?.ident.load(Ordering::Acquire);
    Ok(th.int(ident as i64))
}

fn start_joinable(th: &Thread, args: &[Value]) -> Result {
    if !ops::is_callable(th, args[0]) {
        return Err(th.type_error("thread function must be callable"));
    }
    let handle = match args[1] {
        handle if handle.is_cell() => handle,
        _ => new_handle(th, th.vm().class(&HANDLE)),
    };
    let stage = &state::<Handle>(th, handle)?.stage;
    if stage.compare_exchange(NOT_STARTED, STARTING, Ordering::AcqRel, Ordering::Acquire).is_err() {
        return Err(th.runtime_error("thread already started"));
    }
    let name = match args[3].as_str_cell() {
        Some(name) => name.to_text(),
        None => "Thread".to_string(),
    };
    let packet = th.tuple(&[args[0], th.tuple(&[]), Value::NONE, handle]);
    if let Err(raised) = launch(th, packet, handle, &name) {
        stage.store(NOT_STARTED, Ordering::Release);
        return Err(raised);
    }
    Ok(handle)
}

/// Starts an OS thread that runs the packet: function, positional arguments, keywords or None, handle.
fn launch(th: &Thread, packet: Value, handle: Value, name: &str) -> Result<()> {
    if th.vm().finalizing.load(Ordering::Acquire) {
        return Err(th.raise(Exc::PythonFinalizationError, "can't create new thread at interpreter shutdown"));
    }
    let refused = || th.runtime_error("can't start new thread");
    let vm = th.vm_arc().clone();
    let Ok(registers) = vm.new_stack() else { return Err(refused()) };
    let most = match vm.options.max_threads {
        0 => usize::MAX,
        most => most.saturating_add(1),
    };
    let Some(gil) = vm.gil().register_one_of(most, name) else { return Err(refused()) };
    th.becomes_one_of_many();
    let rooted = Rooted::new(vm.heap(), packet);
    let stack = match vm.thread_stack.load(Ordering::Relaxed) {
        0 => STACK,
        size => size.max(256 << 10),
    };
    let shared = state::<Handle>(th, handle)?;
    let (running, stage) = (shared.running.clone(), shared.stage.clone());
    running.try_acquire();
    let ident = vm.next_ident();
    shared.ident.store(ident, Ordering::Release);
    shared.thread.store(gil.id().0, Ordering::Release);
    let end = End { vm: vm.clone(), running, stage, gil: Some(gil) };
    // A thread begins under the allocator's locks, too.
    let birth = forks::whole();
    let started = std::thread::Builder::new().name(name.to_string()).stack_size(stack).spawn(move || {
        let mut end = end;
        run(&mut end, rooted, ident, stack, registers, birth);
        forks::whole_to_the_end();
    });
    started.map(drop).map_err(|_| refused())
}

/// What is due when a thread ends, however it does: it leaves the lock's list, and joiners wake up.
struct End {
    vm: Arc<Vm>,
    running: Arc<WaitLock>,
    stage: Arc<AtomicU32>,
    gil: Option<Arc<GilThread>>,
}

impl Drop for End {
    fn drop(&mut self) {
        // First of all, so that a program that sees that this thread is over can start another one.
        let gil = self.gil.take();
        if let Some(gil) = &gil {
            self.vm.gil().unregister(gil);
        }
        self.stage.store(DONE, Ordering::Release);
        let clock = &self.vm.world().clock;
        if let Released::Woke(who) = self.running.release_to(clock)
            && let Some(tap) = gil.as_ref().and_then(|gil| gil.tap()).filter(|tap| tap.is_on())
        {
            tap.note(clock.now(), Event::Wakes { who: ThreadId(who), object: 0 });
        }
    }
}

fn run(end: &mut End, packet: Rooted, ident: u64, stack: usize, registers: Stack, birth: forks::Whole) {
    let Some(gil) = end.gil.clone() else { return };
    let th = Thread::with_stack(end.vm.clone(), gil, stack, ident, registers);
    drop(birth);
    let stage = end.stage.clone();
    // The packet is given back while attached, for whoever looks at handles holds no lock of ours.
    let ran = catch_unwind(AssertUnwindSafe(|| {
        th.attach();
        stage.store(RUNNING, Ordering::Release);
        run_packet(&th, packet);
        if th.is_main() {
            // It has forked, and this is the child, which has no other thread: the process is over, as CPython's is.
            // SAFETY: ends the process.
            unsafe { libc::_exit(0) };
        }
        th.detach(Reason::Exit);
    }));
    if let Err(panic) = ran
        && !panic.is::<ThreadOver>()
    {
        std::panic::resume_unwind(panic);
    }
    drop(th);
}

fn run_packet(th: &Thread, packet: Rooted) {
    let Some(items) = packet.get().downcast::<Tuple>() else { return };
    let (function, args, keywords) = (items.items()[0], items.items()[1], items.items()[2]);
    let args = args.downcast::<Tuple>().map_or(&[][..], |t| t.items());
    if let Err(raised) = th.call_unpacked(function, args, keywords.downcast()) {
        let exception = th.take_exception(raised);
        if !crate::objects::exception::is_instance(th, exception, Exc::SystemExit) {
            report::unraisable_while(th, exception, "in thread started by", function);
        }
    }
    forget_object(th);
    // A thread's finalisers that became due may run now.
    th.run_finalizers();
}

/// `threading` lists its thread no longer, even one that it did not start and only knows by `current_thread()`.
fn forget_object(th: &Thread) {
    let object = th.object.get();
    if object.is_empty() {
        return;
    }
    if let Err(raised) = th.call_method(object, th.intern("_delete"), &[]) {
        let exception = th.take_exception(raised);
        report::unraisable(th, exception, object);
    }
}

// ---- locks

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

fn new_lock(th: &Thread, class: Gc<Class>) -> Value {
    native_object::new(th, class, Box::new(Lock::default())).value()
}

/// The moment until which a timeout in seconds lasts; `None`: for ever.
pub(super) fn deadline(th: &Thread, timeout: Value) -> Result<Option<Ns>> {
    if timeout.is_empty() || timeout.is_none() {
        return Ok(None);
    }
    let seconds = seconds_of(th, timeout)?;
    if seconds.is_nan() {
        return Err(th.value_error("Invalid value NaN (not a number)"));
    }
    check_range(th, seconds)?;
    let now = th.vm().world().clock.now();
    Ok(Some(now + (seconds.max(0.0) * 1e9) as Ns))
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

const TIMEOUT_MAX: f64 = 9223372036.0;

/// What a thread wants that waits: for recordings.
struct Wanted<'a> {
    on: Awaited,
    object: u64,
    /// The number of the thread that has it, or had it last; 0 if there was none.
    owner: &'a AtomicU32,
}

/// Takes the lock, which recordings show under what it is a part of.
fn wait_for(th: &Thread, lock: &WaitLock, deadline: Option<Ns>, wanted: &Wanted) -> Result<bool> {
    if lock.try_acquire() {
        return Ok(true);
    }
    let on = th.awaited(wanted.on);
    th.tell_blocked(on, wanted.object, wanted.owner.load(Ordering::Relaxed));
    let standing = th.gil_thread().standing();
    if deadline.is_none() {
        standing.begin(on, wanted.object);
    }
    let got = acquire(th, lock, deadline, if on == Awaited::Join { Reason::Join } else { Reason::Lock });
    standing.end();
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
    if lock.try_acquire() {
        return Ok(true);
    }
    let clock = th.vm().world().clock;
    if deadline.is_some_and(|d| d <= clock.now()) {
        return Ok(false);
    }
    let parker = th.gil_thread().parker().clone();
    loop {
        match th.detached(reason, || lock.acquire(&clock, &parker, deadline)) {
            Acquired::Yes => return Ok(true),
            Acquired::TimedOut => return Ok(false),
            Acquired::Interrupted => {
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
    let parker = th.gil_thread().parker().clone();
    while !lock.try_acquire() {
        if th.detached(Reason::Lock, || lock.acquire(&clock, &parker, None)) == Acquired::Yes {
            return;
        }
        th.examine_deadlock();
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
                standing.begin(Awaited::RLock, args[0].bits());
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

// ---- thread-local data

/// An object whose attributes each thread sees its own of: a dict for each thread, made with `__init__`'s arguments.
struct Local {
    args: Slot,
    keywords: Slot,
    /// From a thread's identifier to its dict.
    dicts: Slot,
    used: AtomicBool,
}

impl NativeState for Local {
    fn trace(&self, tracer: &mut Tracer) {
        for slot in [&self.args, &self.keywords, &self.dicts] {
            tracer.slot(slot);
        }
    }
}

/// The calling thread's dict; a subclass's `__init__` runs when a thread comes for the first time.
fn local_dict(th: &Thread, this: Value) -> Result<Gc<Dict>> {
    let local = state::<Local>(th, this)?;
    let Some(dicts) = local.dicts.get().downcast::<Dict>() else {
        return Err(th.runtime_error("a local without dicts"));
    };
    let key = th.int(th.ident as i64);
    if let Some(dict) = dicts.get_item(th, key)?.and_then(|d| d.downcast::<Dict>()) {
        return Ok(dict);
    }
    let dict = Dict::new(th);
    dicts.set_item(th, key, dict.value())?;
    let class = th.class_of(this);
    if let Some(init) = th.lookup(class, th.vm().names.__init__)
        && init != th.vm().object_init()
        && local.used.swap(true, Ordering::AcqRel)
    {
        let args = local.args.get().downcast::<Tuple>().map_or(&[][..], |t| t.items());
        let bound = ops::bind(th, init, this, class)?;
        if let Err(raised) = th.call_unpacked(bound, args, local.keywords.get().downcast()) {
            dicts.remove_item(th, key)?;
            return Err(raised);
        }
    }
    Ok(dict)
}

pub static LOCAL: TypeDef = TypeDef {
    weakrefs: true,
    module: "_thread",
    methods: &[
        native("__new__", "(cls, *args, **kwargs)", "Create and return a new object.", |th, args| {
            let class = class_of(th, args[0])?;
            let given = args[1].downcast::<Tuple>().is_some_and(|t| !t.is_empty())
                || args[2].downcast::<Dict>().is_some_and(|d| !d.is_empty());
            if given && th.lookup(class, th.vm().names.__init__) == Some(th.vm().object_init()) {
                return Err(th.type_error("Initialization arguments are not supported"));
            }
            let dicts = Dict::new(th);
            // The first thread's `__init__` is the one that calling the class runs.
            dicts.set_item(th, th.int(th.ident as i64), Dict::new(th).value())?;
            let state = Local {
                args: Slot::new(args[1]),
                keywords: Slot::new(args[2]),
                dicts: Slot::new(dicts.value()),
                used: AtomicBool::new(true),
            };
            Ok(native_object::new(th, class, Box::new(state)).value())
        })
        .static_method(),
        native("__getattribute__", "(self, name, /)", "Return getattr(self, name).", |th, args| {
            let name = ops::attribute_name(th, args[1])?;
            let dict = local_dict(th, args[0])?;
            if name == th.vm().names.__dict__ {
                return Ok(dict.value());
            }
            let class = th.class_of(args[0]);
            let on_class = th.lookup(class, name);
            if let Some(attribute) = on_class
                && ops::is_data_descriptor(th, attribute)
            {
                return ops::bind(th, attribute, args[0], class);
            }
            match (dict.get_str(th, name), on_class) {
                (Some(value), _) => Ok(value),
                (None, Some(attribute)) => ops::bind(th, attribute, args[0], class),
                (None, None) => Err(ops::no_attribute(th, args[0], name)),
            }
        }),
        native("__setattr__", "(self, name, value, /)", "Implement setattr(self, name, value).", |th, args| {
            set_local(th, args[0], args[1], args[2])
        }),
        native("__delattr__", "(self, name, /)", "Implement delattr(self, name).", |th, args| {
            set_local(th, args[0], args[1], Value::EMPTY)
        }),
    ],
    subclassable: true,
    has_dict: true,
    ..TypeDef::new("_local", kinds::NATIVE_STATE, "Thread-local data.")
};

fn set_local(th: &Thread, this: Value, name: Value, value: Value) -> Result {
    let name = ops::attribute_name(th, name)?;
    let dict = local_dict(th, this)?;
    if name == th.vm().names.__dict__ {
        let class = th.type_name(this);
        return Err(th.attribute_error(format_args!("'{class}' object attribute '__dict__' is read-only")));
    }
    if let Some(attribute) = th.lookup(th.class_of(this), name)
        && let Some(done) = crate::objects::descriptors::set(th, attribute, this, name, value)
    {
        return done.map(|()| Value::NONE);
    }
    if value.is_empty() {
        return match dict.remove_str(th, name) {
            Some(_) => Ok(Value::NONE),
            None => Err(ops::no_attribute(th, this, name)),
        };
    }
    dict.set_str(th, name, value);
    Ok(Value::NONE)
}

fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    let values = [
        ("error", th.vm().exception_class(Exc::RuntimeError).value()),
        ("LockType", th.vm().class(&LOCK).value()),
        ("TIMEOUT_MAX", Value::float(TIMEOUT_MAX)),
    ];
    for (name, value) in values {
        module.namespace.set_str(th, th.intern(name), value);
    }
    Ok(())
}

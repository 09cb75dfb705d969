//! `_thread`: threads and locks, on which `threading` is built.
//!
//! - `locks`: `lock` and `RLock`
//! - `local`: thread-local data

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use crate::gil::events::{Awaited, Event};
use crate::gil::{GilThread, ThreadId};
use crate::heap::{Gc, Rooted, Value};
use crate::modules::ModuleDef;
use crate::objects::class::Class;
use crate::objects::dict::Dict;
use crate::objects::exception::Exc;
use crate::objects::kinds;
use crate::objects::module::Module;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::tuple::Tuple;
use crate::vm::family::{Counted, MAIN};
use crate::vm::native::{NativeDef, Result, TypeDef, getter, native};
use crate::vm::safepoint::ThreadOver;
use crate::vm::signals::SIGNALS;
use crate::vm::stack::Stack;
use crate::vm::thread::{Reason, native_id};
use crate::vm::{Thread, Vm, ops, report};
use crate::world::{Released, WaitLock, forks};

mod local;
mod locks;

pub use local::LOCAL;
pub(super) use locks::deadline;
pub use locks::{Free, LOCK, RLOCK, acquire, owner_of};

use locks::{TIMEOUT_MAX, Wanted, new_lock, wait_for};

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
            let signal = if args[0].is_empty() { libc::SIGINT.into() } else { ops::index_i64(th, args[0])? };
            if !(1..SIGNALS as i64).contains(&signal) {
                return Err(th.value_error("signal number out of range"));
            }
            th.vm().signals.note_if_handled(th.vm(), signal as i32);
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
        |th, _| Ok(Value::bool(th.vm().id == MAIN)),
    ),
    native("_get_main_thread_ident", "()", "Internal only: the identifier of the main thread.", |th, _| {
        Ok(th.int(th.vm().main_ident.load(Ordering::Relaxed) as i64))
    }),
    native(
        "_is_main_interpreter",
        "()",
        "Return True if the current interpreter is the main Python interpreter.",
        |th, _| Ok(Value::bool(th.vm().id == MAIN)),
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
        "_report_exception",
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
            if th.vm().finalizing.load(Ordering::Acquire) && handle.stage.load(Ordering::Acquire) == RUNNING {
                // It will not come to its end any more.
                let words = "cannot join thread at interpreter shutdown";
                return Err(th.raise(Exc::PythonFinalizationError, words));
            }
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
    // Those that other interpreters of the process have started count as well.
    let Some(counted) = vm.family.count_thread(most.saturating_sub(1)) else { return Err(refused()) };
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
    let end = End { vm: vm.clone(), running, stage, gil: Some(gil), counted: Some(counted) };
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
    counted: Option<Counted>,
}

impl Drop for End {
    fn drop(&mut self) {
        // First of all, so that a program that sees that this thread is over can start another one.
        drop(self.counted.take());
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

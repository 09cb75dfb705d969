//! `_signal`: what a program does about the signals that reach it, on which `signal` is built.
//!
//! A signal is noticed on a thread of gilbox's own; its handler runs in the main thread, between two instructions.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use crate::heap::{Gc, Value};
use crate::modules::io::descriptor::checked;
use crate::modules::{ModuleDef, new_exception};
use crate::objects::exception::{self, Exc};
use crate::objects::module::Module;
use crate::vm::import::in_modules;
use crate::vm::native::{NativeDef, Result, count_methods, join_methods, native};
use crate::vm::signals::{self, DEFAULT, IGNORE, SIGNALS};
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops};
use crate::world::Outcome;

mod masks;

pub use masks::send_to_this_thread;

pub static SIGNAL: ModuleDef = ModuleDef {
    functions: &join_methods::<{ count_methods(ALL) }>(ALL),
    init: Some(init),
    ..ModuleDef::new("_signal", "This module provides mechanisms to use signal handlers in Python.")
};

const ALL: &[&[NativeDef]] = &[FUNCTIONS, masks::FUNCTIONS];

const FUNCTIONS: &[NativeDef] = &[
    native(
        "pidfd_send_signal",
        "(pidfd, signalnum, siginfo=None, flags=0, /)",
        "Send a signal to a process referred to by a pid file descriptor.",
        send_through,
    ),
    native("signal", "(signalnum, handler, /)", "Set the action for the given signal.", set_handler),
    native("getsignal", "(signalnum, /)", "Return the current action for the given signal.", |th, args| {
        let signal = number(th, args[0])?;
        handler(th, signal)
    }),
    DEFAULT_INT_HANDLER,
    native("raise_signal", "(signalnum, /)", "Send a signal to the executing process.", |th, args| {
        let signal = ops::index_i32(th, args[0])?;
        let is_handled = th.vm().signals.handlers.get(signal as usize).is_some_and(|slot| !slot.get().is_empty());
        if (is_handled || signal == libc::SIGINT) && !masks::is_blocked(signal) {
            th.vm().signals.note(th.vm(), signal);
        } else {
            // SAFETY: a plain number, which the system checks.
            checked(unsafe { libc::raise(signal) } as i64)
                .map_err(|error| exception::raise_os_error(th, &error, None))?;
        }
        // The handler has run when this returns, if this is the thread for it.
        th.safepoint()?;
        Ok(Value::NONE)
    }),
    native("alarm", "(seconds, /)", "Arrange for SIGALRM to arrive after the given number of seconds.", |th, args| {
        let seconds = ops::index_i32(th, args[0])?;
        // SAFETY: a plain number.
        Ok(th.int(unsafe { libc::alarm(seconds as u32) }.into()))
    }),
    native("setitimer", "(which, seconds, interval=0.0, /)", "Sets given itimer.", |th, args| {
        let which = ops::index_i32(th, args[0])?;
        let time = |value: Value| if value.is_empty() { Ok(0.0) } else { seconds_of(th, value) };
        let new = libc::itimerval { it_interval: span(time(args[2])?), it_value: span(time(args[1])?) };
        // SAFETY: zeros are valid numbers.
        let mut old: libc::itimerval = unsafe { std::mem::zeroed() };
        // SAFETY: two live structures.
        timer_answer(th, unsafe { libc::setitimer(which as _, &new, &mut old) }, &old)
    }),
    native("getitimer", "(which, /)", "Returns current value of given itimer.", |th, args| {
        let which = ops::index_i32(th, args[0])?;
        // SAFETY: zeros are valid numbers.
        let mut now: libc::itimerval = unsafe { std::mem::zeroed() };
        // SAFETY: a live structure.
        timer_answer(th, unsafe { libc::getitimer(which as _, &mut now) }, &now)
    }),
    native("pause", "()", "Wait until a signal arrives.", |th, _| {
        let clock = th.vm().world().clock;
        let parker = th.gil_thread().parker().clone();
        loop {
            if th.detached(Reason::Other, || parker.park(&clock, None)) == Outcome::Interrupted {
                parker.forget_interrupt();
                th.serve()?;
                return Ok(Value::NONE);
            }
        }
    }),
    native("strsignal", "(signalnum, /)", "Return the system description of the given signal.", |th, args| {
        let signal = number(th, args[0])?;
        // SAFETY: the system's words for a number; a text that stays until the next call in this thread.
        let words = unsafe { libc::strsignal(signal) };
        if words.is_null() {
            return Ok(Value::NONE);
        }
        // SAFETY: as above.
        Ok(th.str(&unsafe { std::ffi::CStr::from_ptr(words) }.to_string_lossy()))
    }),
    native("valid_signals", "()", "Return a set of valid signal numbers on this platform.", |th, _| {
        // Two are the C library's own.
        let valid: BTreeSet<i32> = (1..SIGNALS as i32).filter(|signal| !(32..=33).contains(signal)).collect();
        let numbers: Vec<Value> = valid.into_iter().map(|signal| Value::small_int(signal.into())).collect();
        Ok(th.list(&numbers))
    }),
    native(
        "set_wakeup_fd",
        "(fd, /, *, warn_on_full_buffer=True)",
        "Have signals written to a descriptor.",
        |th, args| {
            if !th.handles_signals() {
                return Err(th.value_error("set_wakeup_fd only works in main thread of the main interpreter"));
            }
            let fd = ops::index_i32(th, args[0])?;
            if fd != -1 && !th.vm().gate().owns(fd) {
                return Err(exception::raise_errno(th, libc::EBADF, &[]));
            }
            if fd != -1 {
                // SAFETY: a plain number.
                let flags = unsafe { libc::fcntl(fd, libc::F_GETFL) };
                if flags == -1 {
                    return Err(exception::raise_errno(th, libc::EBADF, &[]));
                }
                if flags & libc::O_NONBLOCK == 0 {
                    return Err(th.value_error(format_args!("the fd {fd} must be in non-blocking mode")));
                }
            }
            Ok(Value::small_int(th.vm().signals.wakeup.swap(fd, Ordering::AcqRel).into()))
        },
    ),
];

const DEFAULT_INT_HANDLER: NativeDef = native(
    "default_int_handler",
    "(signalnum, frame, /)",
    "The default handler for SIGINT installed by Python. It raises KeyboardInterrupt.",
    |th, args| {
        ops::index_i32(th, args[0])?;
        Err(th.raise_with(Exc::KeyboardInterrupt, &[]))
    },
);

fn number(th: &Thread, value: Value) -> Result<i32> {
    let signal = ops::index_i32(th, value)?;
    if (1..SIGNALS as i32).contains(&signal) {
        return Ok(signal);
    }
    Err(th.value_error("signal number out of range"))
}

/// What is done about a signal: a number of `SIG_DFL` and `SIG_IGN`, or a callable.
fn handler(th: &Thread, signal: i32) -> Result {
    let set = th.vm().signals.handlers[signal as usize].get();
    if !set.is_empty() {
        return Ok(set);
    }
    if signal == libc::SIGINT && !signals::is_ignored(signal) {
        return own(th, "default_int_handler");
    }
    let ignored = signal == libc::SIGPIPE || signals::is_ignored(signal);
    Ok(Value::small_int(if ignored { IGNORE } else { DEFAULT }))
}

/// What this module has under a name.
fn own(th: &Thread, name: &str) -> Result {
    match in_modules(th, "_signal") {
        Some(module) => ops::get_attr(th, module, th.intern(name)),
        None => Err(th.runtime_error("_signal is gone from sys.modules")),
    }
}

fn set_handler(th: &Thread, args: &[Value]) -> Result {
    let signal = Value::small_int(ops::index_i32(th, args[0])?.into());
    if !th.handles_signals() {
        return Err(th.value_error("signal only works in main thread of the main interpreter"));
    }
    let wanted = match args[1].as_small_int() {
        Some(DEFAULT | IGNORE) => args[1],
        None if ops::is_callable(th, args[1]) => args[1],
        _ => {
            return Err(th.type_error("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object"));
        }
    };
    let signal = number(th, signal)?;
    let before = handler(th, signal)?;
    if signal == libc::SIGKILL || signal == libc::SIGSTOP {
        return Err(exception::raise_errno(th, libc::EINVAL, &[]));
    }
    // Faults of gilbox itself, and what the system has of its own, are nobody's to catch.
    if signal_hook::consts::FORBIDDEN.contains(&signal) {
        return Err(exception::raise_errno(th, libc::EINVAL, &[]));
    }
    // What has arrived is the old handler's.
    th.vm().signals.catch_up(th.vm());
    th.safepoint()?;
    th.vm().signals.handlers[signal as usize].set(wanted);
    signals::watch(th.vm_arc(), signal).map_err(|error| exception::raise_os_error(th, &error, None))?;
    Ok(before)
}

/// `pidfd_send_signal`: to a child, or, with --allow-run, to whoever the descriptor stands for.
fn send_through(th: &Thread, args: &[Value]) -> Result {
    let (descriptor, signal) = (ops::index_i32(th, args[0])?, ops::index_i32(th, args[1])?);
    if !args[2].is_empty() && !args[2].is_none() {
        return Err(th.type_error("siginfo must be None"));
    }
    let flags = if args[3].is_empty() { 0 } else { ops::index_i32(th, args[3])? };
    let descriptor = crate::modules::io::descriptor::owned(th, descriptor, &[])?;
    let gate = th.vm().gate();
    // The descriptor itself may stand for anybody, and need not have been opened as one of a process.
    let permitted = match process_of(descriptor) {
        // It is over: nobody gets the signal.
        Some(-1) => Ok(()),
        Some(pid) => gate.may_signal(pid),
        None => gate.may_run(),
    };
    permitted.map_err(|refused| exception::raise_refused(th, &refused, &[]))?;
    let nothing = std::ptr::null::<libc::siginfo_t>();
    // SAFETY: plain numbers, and no information to go with the signal.
    let sent = unsafe { libc::syscall(libc::SYS_pidfd_send_signal, descriptor, signal, nothing, flags) };
    checked(sent).map_err(|error| exception::raise_os_error(th, &error, None))?;
    th.vm().signals.catch_up(th.vm());
    th.safepoint().map(|()| Value::NONE)
}

/// The process that a descriptor stands for.
fn process_of(descriptor: i32) -> Option<i32> {
    let told = std::fs::read_to_string(format!("/proc/self/fdinfo/{descriptor}")).ok()?;
    told.lines().find_map(|line| line.strip_prefix("Pid:")?.trim().parse().ok())
}

fn span(seconds: f64) -> libc::timeval {
    // What is negative stays so: the system refuses it.
    let seconds = seconds.clamp(-1.0, 1e9);
    let micros = (seconds * 1e6).ceil() as i64;
    libc::timeval { tv_sec: micros / 1_000_000, tv_usec: micros % 1_000_000 }
}

fn seconds_of(th: &Thread, value: Value) -> Result<f64> {
    let seconds = ops::float(th, value).map_err(|raised| {
        th.take_exception(raised);
        th.type_error(format_args!("'{}' object cannot be interpreted as an integer or float", th.type_name(value)))
    })?;
    if seconds.is_nan() { Err(th.value_error("Invalid value NaN (not a number)")) } else { Ok(seconds) }
}

/// What a timer was set to, or ItimerError.
fn timer_answer(th: &Thread, answer: i32, timer: &libc::itimerval) -> Result {
    if let Err(error) = checked(answer.into()) {
        let class = own(th, "ItimerError")?;
        let code = error.raw_os_error().unwrap_or_default();
        let made = th.call(class, &[th.int(code.into()), th.str(&exception::words(code))])?;
        return Err(th.raise_object(made));
    }
    let seconds = |time: libc::timeval| Value::float(time.tv_sec as f64 + time.tv_usec as f64 / 1e6);
    Ok(th.tuple(&[seconds(timer.it_value), seconds(timer.it_interval)]))
}

macro_rules! numbers {
    ($($name:ident)*) => { &[$((stringify!($name), libc::$name as i32)),*] };
}

const NUMBERS: &[(&str, i32)] = numbers! {
    SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGKILL SIGUSR1 SIGSEGV SIGUSR2 SIGPIPE SIGALRM SIGTERM
    SIGCHLD SIGCONT SIGSTOP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGXCPU SIGXFSZ SIGVTALRM SIGPROF SIGWINCH SIGIO SIGSYS
    ITIMER_REAL ITIMER_VIRTUAL ITIMER_PROF SIG_BLOCK SIG_UNBLOCK SIG_SETMASK
};

#[cfg(target_os = "linux")]
const OF_LINUX: &[(&str, i32)] = &[
    ("SIGSTKFLT", libc::SIGSTKFLT),
    ("SIGPWR", libc::SIGPWR),
    ("SIGPOLL", libc::SIGPOLL),
    ("SIGCLD", libc::SIGCHLD),
    ("SIGIOT", libc::SIGABRT),
    ("SIGRTMIN", 34),
    ("SIGRTMAX", 64),
];
#[cfg(not(target_os = "linux"))]
const OF_LINUX: &[(&str, i32)] = &[];

fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    let set = |name: &str, value: Value| module.namespace.set_str(th, th.intern(name), value);
    for (name, number) in NUMBERS.iter().chain(OF_LINUX) {
        set(name, th.int(i64::from(*number)));
    }
    set("SIG_DFL", Value::small_int(DEFAULT));
    set("SIG_IGN", Value::small_int(IGNORE));
    set("NSIG", Value::small_int(SIGNALS as i64));
    let base = th.vm().exception_class(Exc::OSError).value();
    set("ItimerError", new_exception(th, "signal", "ItimerError", base, "")?);
    Ok(())
}

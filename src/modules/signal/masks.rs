//! Signals that a thread blocks, that are sent to one thread, and that are waited for instead of handled.
//!
//! A thread blocks signals that are sent to it. What all the program's threads block waits for one that does not, or that
//! waits for it: gilbox's own threads take no signals.

use crate::heap::Value;
use crate::modules::io::descriptor::checked;
use crate::objects::exception;
use crate::objects::int::IntRef;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::signals::SIGNALS;
use crate::vm::thread::{Reason, native_id};
use crate::vm::{Raised, Thread, ops};
use crate::world::Ns;

/// How long a wait for signals lasts before the thread looks at what else is asked of it.
const PATIENCE: Ns = 20_000_000;

fn empty() -> libc::sigset_t {
    // SAFETY: a set is plain bits, and the system makes an empty one of them.
    unsafe {
        let mut set = std::mem::zeroed();
        libc::sigemptyset(&mut set);
        set
    }
}

/// The signals that a program has named.
fn set_of(th: &Thread, given: Value) -> Result<libc::sigset_t> {
    let mut set = empty();
    ops::for_each(th, given, |value| {
        let signal = IntRef::of(ops::index(th, value)?).and_then(IntRef::to_i64).unwrap_or(-1);
        if !(1..SIGNALS as i64).contains(&signal) {
            let most = SIGNALS - 1;
            return Err(th.value_error(format_args!("signal number {signal} out of range [1; {most}]")));
        }
        // SAFETY: a live set and a number that it has room for.
        unsafe { libc::sigaddset(&mut set, signal as i32) };
        Ok(())
    })?;
    Ok(set)
}

fn has(set: &libc::sigset_t, signal: i32) -> bool {
    // SAFETY: a live set.
    unsafe { libc::sigismember(set, signal) == 1 }
}

fn numbers(th: &Thread, set: &libc::sigset_t) -> Value {
    let members: Vec<Value> =
        (1..SIGNALS as i32).filter(|signal| has(set, *signal)).map(|signal| Value::small_int(signal.into())).collect();
    th.list(&members)
}

fn blocked() -> libc::sigset_t {
    let mut now = empty();
    // SAFETY: without a new mask the call only fills the live set.
    unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, std::ptr::null(), &mut now) };
    now
}

/// Whether the calling thread blocks a signal.
pub fn is_blocked(signal: i32) -> bool {
    has(&blocked(), signal)
}

fn pending() -> libc::sigset_t {
    let mut set = empty();
    // SAFETY: a live set.
    unsafe { libc::sigpending(&mut set) };
    set
}

fn failed(th: &Thread, code: i32) -> Raised {
    exception::raise_errno(th, code, &[])
}

/// Sends a signal for the process to just the calling thread, if that is where it belongs; false if not: the main thread
/// has had the signal when this returns. What it blocks stays pending for the process, and any thread may wait for it.
pub fn send_to_this_thread(th: &Thread, signal: i32) -> bool {
    signal > 0 && th.handles_signals() && !is_blocked(signal) && send(native_id(), signal).is_ok()
}

#[cfg(target_os = "linux")]
fn send(thread: i32, signal: i32) -> std::io::Result<()> {
    // SAFETY: plain numbers, which the system checks.
    checked(unsafe { libc::syscall(libc::SYS_tgkill, libc::getpid(), thread, signal) }).map(drop)
}

#[cfg(not(target_os = "linux"))]
fn send(_thread: i32, _signal: i32) -> std::io::Result<()> {
    Err(std::io::Error::from_raw_os_error(libc::ENOSYS))
}

fn kill(th: &Thread, args: &[Value]) -> Result {
    let (ident, signal) = (ops::index_i64(th, args[0])?, ops::index_i32(th, args[1])?);
    let Some(thread) = th.native_id_of(ident as u64) else { return Err(failed(th, libc::ESRCH)) };
    let is_handled = th.vm().signals.handlers.get(signal as usize).is_some_and(|slot| !slot.get().is_empty());
    if ident as u64 == th.ident && is_handled && !is_blocked(signal) {
        th.vm().signals.note(th.vm(), signal);
    } else {
        send(thread, signal).map_err(|error| exception::raise_os_error(th, &error, None))?;
    }
    // The handler has run when this returns, if this is the thread for it.
    th.safepoint()?;
    Ok(Value::NONE)
}

fn mask(th: &Thread, args: &[Value]) -> Result {
    let how = ops::index_i32(th, args[0])?;
    let set = set_of(th, args[1])?;
    let mut old = empty();
    // SAFETY: two live sets.
    let code = unsafe { libc::pthread_sigmask(how, &set, &mut old) };
    if code != 0 {
        return Err(failed(th, code));
    }
    // What was let through has reached a handler, and is served before this returns.
    th.vm().signals.catch_up(th.vm());
    th.safepoint()?;
    Ok(numbers(th, &old))
}

/// Waits for one of the signals, which the thread should block, until the time is over.
fn wait(th: &Thread, set: libc::sigset_t, until: Option<Ns>) -> Result<Option<libc::siginfo_t>> {
    let clock = th.vm().world().clock;
    loop {
        let left = until.map_or(PATIENCE, |until| until.saturating_sub(clock.now()).min(PATIENCE));
        let span = libc::timespec { tv_sec: 0, tv_nsec: left as i64 };
        let got = th.detached(Reason::Other, || {
            // SAFETY: zeros are valid numbers.
            let mut info: libc::siginfo_t = unsafe { std::mem::zeroed() };
            // SAFETY: three live structures.
            checked(unsafe { libc::sigtimedwait(&set, &mut info, &span) }.into()).map(|_| Info(info))
        });
        match got {
            Ok(info) => return Ok(Some(info.0)),
            Err(error) if matches!(error.raw_os_error(), Some(libc::EAGAIN | libc::EINTR)) => {}
            Err(error) => return Err(exception::raise_os_error(th, &error, None)),
        }
        th.safepoint()?;
        if until.is_some_and(|until| clock.now() >= until) {
            return Ok(None);
        }
    }
}

/// What the system says of a signal: plain numbers, whatever the pointers among them.
struct Info(libc::siginfo_t);

// SAFETY: nobody follows the pointers in it.
unsafe impl Send for Info {}

fn fields(th: &Thread, info: &libc::siginfo_t) -> Value {
    // SAFETY: every signal's record has room for these, which are zero where they have no meaning.
    let (pid, uid, status) = unsafe { (info.si_pid(), info.si_uid(), info.si_status()) };
    let numbers = [info.si_signo, info.si_code, info.si_errno, pid, uid as i32, status, 0];
    let values: Vec<Value> = numbers.iter().map(|number| Value::small_int((*number).into())).collect();
    th.tuple(&values)
}

pub const FUNCTIONS: &[NativeDef] = &[
    native("pthread_kill", "(thread_id, signalnum, /)", "Send a signal to a thread.", kill),
    native("pthread_sigmask", "(how, mask, /)", "Fetch and/or change the signal mask of the calling thread.", mask),
    native("sigpending", "()", "Examine pending signals.", |th, _| Ok(numbers(th, &pending()))),
    native("sigwait", "(sigset, /)", "Wait for a signal.", |th, args| {
        let set = set_of(th, args[0])?;
        let info = wait(th, set, None)?;
        Ok(Value::small_int(info.map_or(0, |info| info.si_signo).into()))
    }),
    native(
        "sigwaitinfo",
        "(sigset, /)",
        "Wait synchronously until one of the signals in *sigset* is delivered.",
        |th, args| {
            let set = set_of(th, args[0])?;
            Ok(wait(th, set, None)?.map_or(Value::NONE, |info| fields(th, &info)))
        },
    ),
    native("sigtimedwait", "(sigset, timeout, /)", "Like sigwaitinfo(), but with a timeout.", |th, args| {
        let set = set_of(th, args[0])?;
        let timeout = super::seconds_of(th, args[1])?;
        if timeout < 0.0 {
            return Err(th.value_error("timeout must be non-negative"));
        }
        let until = th.vm().world().clock.now() + (timeout.min(1e9) * 1e9) as Ns;
        Ok(wait(th, set, Some(until))?.map_or(Value::NONE, |info| fields(th, &info)))
    }),
];

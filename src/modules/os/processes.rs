//! This process, those that it forks, and waiting for them.
//!
//! A program may fork, and may wait for and end what it has forked: that is its own code. Other processes are behind the gate.

use std::ffi::CStr;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

use crate::heap::Value;
use crate::modules::io::descriptor::{checked, failed};
use crate::modules::signal::send_to_this_thread;
use crate::objects::exception::{raise_errno, raise_refused};
use crate::objects::set::Set;
use crate::vm::family::MAIN;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::signals::poll_until;
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops, report};
use crate::world::Ns;

/// A number of the process's, as a function without arguments.
macro_rules! number {
    ($name:literal, $doc:literal, $call:ident) => {
        native($name, "()", $doc, |_, _| {
            // SAFETY: asks about the calling process.
            Ok(Value::small_int(unsafe { libc::$call() }.into()))
        })
    };
}

/// What a wait status says, as a function of it.
macro_rules! status {
    ($name:literal, $doc:literal, $call:ident, $make:expr) => {
        status!($name, "(status)", $doc, $call, $make)
    };
    ($name:literal, $signature:literal, $doc:literal, $call:ident, $make:expr) => {
        native($name, $signature, $doc, |th, args| {
            let status = ops::index_i32(th, args[0])?;
            let make: fn(_) -> Value = $make;
            Ok(make(libc::$call(status)))
        })
    };
}

pub const FUNCTIONS: &[NativeDef] = &[
    native("getpid", "()", "Return the current process id.", |_, _| Ok(Value::small_int(std::process::id().into()))),
    number!("getppid", "Return the parent's process id.", getppid),
    number!("getpgrp", "Return the current process group id.", getpgrp),
    native("_fork", "()", "Fork: 0 in the child, the child's process id in the parent.", |th, _| {
        if th.vm().id != MAIN {
            return Err(th.runtime_error("fork not supported for isolated subinterpreters"));
        }
        th.fork().map(|pid| Value::small_int(pid.into())).map_err(|error| failed(th, &error))
    }),
    native("_unraisable_at_fork", "(exception, callback, /)", "Report what a callback has raised.", |th, args| {
        report::unraisable_while(th, args[0], "in atfork callback", args[1]);
        Ok(Value::NONE)
    }),
    native(
        "_exit",
        "(status)",
        "Exit to the system with specified status, without normal exit processing.",
        |th, args| {
            let status = ops::index_i32(th, args[0])?;
            th.leave_figures("fork");
            if let Some(tell) = th.vm().options.on_exit {
                tell(th);
            }
            // SAFETY: ends the process.
            unsafe { libc::_exit(status) }
        },
    ),
    native("abort", "()", "Abort the interpreter immediately.", |_, _| {
        // SAFETY: ends the process, as a signal that nobody can catch would.
        unsafe {
            libc::signal(libc::SIGABRT, libc::SIG_DFL);
            libc::abort()
        }
    }),
    native("waitpid", "(pid, options, /)", "Wait for completion of a given child process.", |th, args| {
        let (pid, options) = (ops::index_i32(th, args[0])?, ops::index_i32(th, args[1])?);
        let (pid, status) = wait(th, pid, options)?;
        Ok(th.tuple(&[Value::small_int(pid.into()), Value::small_int(status.into())]))
    }),
    native("wait", "()", "Wait for completion of a child process.", |th, _| {
        let (pid, status) = wait(th, -1, 0)?;
        Ok(th.tuple(&[Value::small_int(pid.into()), Value::small_int(status.into())]))
    }),
    status!("WIFEXITED", "Return True if the process exited via the exit() call.", WIFEXITED, Value::bool),
    status!("WEXITSTATUS", "Return the exit status.", WEXITSTATUS, |n: i32| Value::small_int(n.into())),
    status!("WIFSIGNALED", "Return True if the process was terminated by a signal.", WIFSIGNALED, Value::bool),
    status!("WTERMSIG", "Return the signal that ended the process.", WTERMSIG, |n: i32| Value::small_int(n.into())),
    status!("WIFSTOPPED", "Return True if the process was stopped.", WIFSTOPPED, Value::bool),
    status!("WSTOPSIG", "Return the signal that stopped the process.", WSTOPSIG, |n: i32| Value::small_int(n.into())),
    status!("WIFCONTINUED", "Return True if the process was continued.", WIFCONTINUED, Value::bool),
    status!("WCOREDUMP", "(status, /)", "Return True if the process left a core dump.", WCOREDUMP, Value::bool),
    native(
        "kill",
        "(pid, signal, /)",
        "Kill a process with a signal: oneself, a child or a child's child, or with --allow-run any.",
        |th, args| {
            let (pid, signal) = (ops::index_i32(th, args[0])?, ops::index_i32(th, args[1])?);
            if let Err(refused) = th.vm().gate().may_signal(pid) {
                // Whatever process may have its number by now, the one that was meant is no more.
                if th.vm().gate().has_ended(pid) {
                    return Err(raise_errno(th, libc::ESRCH, &[]));
                }
                let sent = signal_descendant(pid, signal).ok_or_else(|| raise_refused(th, &refused, &[]))?;
                sent.map_err(|error| failed(th, &error))?;
                return th.safepoint().map(|()| Value::NONE);
            }
            let is_own = pid == std::process::id() as i32;
            if !(is_own && send_to_this_thread(th, signal)) {
                // SAFETY: plain numbers.
                done(th, unsafe { libc::kill(pid, signal) })?;
            }
            // One's own handler has run when this returns.
            th.vm().signals.catch_up(th.vm());
            th.safepoint().map(|()| Value::NONE)
        },
    ),
    native("killpg", "(pgid, signal, /)", "Kill a process group with a signal. Needs --allow-run.", |th, args| {
        let (group, signal) = (ops::index_i32(th, args[0])?, ops::index_i32(th, args[1])?);
        may_run(th)?;
        // SAFETY: plain numbers.
        done(th, unsafe { libc::killpg(group, signal) })?;
        th.safepoint().map(|()| Value::NONE)
    }),
    native("getpgid", "(pid)", "Call the system call getpgid(), and return the result.", |th, args| {
        let pid = ops::index_i32(th, args[0])?;
        // SAFETY: a plain number.
        answer(th, unsafe { libc::getpgid(pid) })
    }),
    native("setpgid", "(pid, pgrp, /)", "Call the system call setpgid(pid, pgrp).", |th, args| {
        let (pid, group) = (ops::index_i32(th, args[0])?, ops::index_i32(th, args[1])?);
        // SAFETY: plain numbers; the system lets only oneself and one's children be moved.
        done(th, unsafe { libc::setpgid(pid, group) })
    }),
    native("setpgrp", "()", "Make the current process the leader of its process group.", |th, _| {
        // SAFETY: plain numbers.
        done(th, unsafe { libc::setpgid(0, 0) })
    }),
    native("getsid", "(pid, /)", "Call the system call getsid(pid) and return the result.", |th, args| {
        let pid = ops::index_i32(th, args[0])?;
        // SAFETY: a plain number.
        answer(th, unsafe { libc::getsid(pid) })
    }),
    native("setsid", "()", "Call the system call setsid().", |th, _| {
        // SAFETY: concerns the calling process only.
        answer(th, unsafe { libc::setsid() }).map(|_| Value::NONE)
    }),
    native("nice", "(increment, /)", "Add increment to the priority of process and return the new priority.", nice),
    native("getpriority", "(which, who)", "Return program scheduling priority.", |th, args| {
        let (which, who) = (ops::index_i32(th, args[0])?, ops::index_i32(th, args[1])?);
        // SAFETY: plain numbers.
        let priority = without_error(|| unsafe { libc::getpriority(which as _, who as _) });
        priority.map(|number| Value::small_int(number.into())).map_err(|error| failed(th, &error))
    }),
    native("times", "()", "The process's times in seconds: user, system, children's, elapsed.", times),
    native("sched_yield", "()", "Voluntarily relinquish the CPU.", |th, _| {
        th.detached(Reason::Other, std::thread::yield_now);
        Ok(Value::NONE)
    }),
    native("cpu_count", "()", "Return the number of logical CPUs in the system.", |_, _| {
        // SAFETY: asks for a number.
        let count = unsafe { libc::sysconf(libc::_SC_NPROCESSORS_ONLN) };
        Ok(if count > 0 { Value::small_int(count) } else { Value::NONE })
    }),
    native("process_cpu_count", "()", "Return the number of logical CPUs that the process may use.", |_, _| {
        Ok(std::thread::available_parallelism().map_or(Value::NONE, |n| Value::small_int(n.get() as i64)))
    }),
    #[cfg(target_os = "linux")]
    native("sched_getaffinity", "(pid, /)", "Return the CPUs that the process may use.", affinity),
    #[cfg(target_os = "linux")]
    native("sched_setaffinity", "(pid, mask, /)", "Set the CPUs that the process may use.", set_affinity),
    #[cfg(target_os = "linux")]
    native("pidfd_open", "(pid, flags=0)", "Return a file descriptor referring to the process.", |th, args| {
        let pid = ops::index_i32(th, args[0])?;
        th.vm().gate().may_signal(pid).map_err(|refused| raise_refused(th, &refused, &[]))?;
        match watch(pid) {
            Ok(descriptor) => Ok(Value::small_int(th.vm().gate().adopt(descriptor).into())),
            Err(error) => Err(failed(th, &error)),
        }
    }),
];

fn answer(th: &Thread, answer: i32) -> Result {
    checked(answer.into()).map(Value::small_int).map_err(|error| failed(th, &error))
}

fn done(th: &Thread, answer: i32) -> Result {
    self::answer(th, answer).map(|_| Value::NONE)
}

pub fn may_run(th: &Thread) -> Result<()> {
    th.vm().gate().may_run().map_err(|refused| raise_refused(th, &refused, &[]))
}

/// As `may_run`; the refusal names the program.
pub fn may_run_program(th: &Thread, program: &CStr) -> Result<()> {
    let name = || th.str(&program.to_string_lossy());
    th.vm().gate().may_run().map_err(|refused| raise_refused(th, &refused, &[name()]))
}

/// Sends a signal to a child of a child, say one that a fork server has forked for us: that is the program's own code, too.
/// Nothing if it is none.
#[cfg(target_os = "linux")]
fn signal_descendant(pid: i32, signal: i32) -> Option<io::Result<()>> {
    // Opened before we look: should the number come to be another process's, the signal goes to one that has ended.
    let process = watch(pid).ok()?;
    let mut ancestor = pid;
    while ancestor != std::process::id() as i32 {
        ancestor = parent_of(ancestor).filter(|parent| *parent > 1)?;
    }
    let nothing = std::ptr::null::<libc::siginfo_t>();
    // SAFETY: a live descriptor; no information goes with the signal.
    let sent = unsafe { libc::syscall(libc::SYS_pidfd_send_signal, process.as_raw_fd(), signal, nothing, 0) };
    Some(checked(sent).map(|_| ()))
}

#[cfg(not(target_os = "linux"))]
fn signal_descendant(_: i32, _: i32) -> Option<io::Result<()>> {
    None
}

/// The process that has forked this one.
#[cfg(target_os = "linux")]
fn parent_of(pid: i32) -> Option<i32> {
    let told = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name is in parentheses and may hold anything; the state and the parent come after it.
    told.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

// ---- waiting

/// `waitpid`: which child, and its status; (0, 0) if none has changed and `options` say not to wait.
pub fn wait(th: &Thread, pid: i32, options: i32) -> Result<(i32, i32)> {
    // The main thread must hear signals while it waits, so it waits for something that a signal ends, too.
    let interruptible = th.wake().is_some() && options & libc::WNOHANG == 0;
    loop {
        let asked = if interruptible { options | libc::WNOHANG } else { options };
        let ended = th.detached(Reason::Process, || {
            let mut status = 0;
            // SAFETY: the system writes one int, and `status` is one.
            checked(unsafe { libc::waitpid(pid, &mut status, asked) }.into()).map(|pid| (pid as i32, status))
        });
        match ended {
            Ok((0, _)) if interruptible => wait_for_change(th, pid)?,
            Ok((pid, status)) => {
                if pid > 0 && (libc::WIFEXITED(status) || libc::WIFSIGNALED(status)) {
                    th.vm().gate().forget_child(pid);
                }
                return Ok((pid, status));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => th.safepoint()?,
            Err(error) => return Err(failed(th, &error)),
        }
    }
}

/// A child may stop or go on, or one may have been started that is none of ours to know: look at least so often.
const GLANCE: Ns = 50_000_000;
/// Where the system cannot tell, look so often.
const BLIND_GLANCE: Ns = 2_000_000;

/// Waits until a child may have ended. Signals are served.
pub fn wait_for_change(th: &Thread, pid: i32) -> Result<()> {
    let children = if pid > 0 { vec![pid] } else { th.vm().gate().children() };
    let (wake, clock) = (th.wake(), th.vm().world().clock);
    let waited = th.detached(Reason::Process, || {
        let watches: Vec<OwnedFd> = children.iter().filter_map(|pid| watch(*pid).ok()).collect();
        let mut wanted: Vec<libc::pollfd> = watches
            .iter()
            .map(|watch| libc::pollfd { fd: watch.as_raw_fd(), events: libc::POLLIN, revents: 0 })
            .collect();
        let glance = if wanted.is_empty() { BLIND_GLANCE } else { GLANCE };
        poll_until(&mut wanted, wake, Some(clock.now() + glance), &clock)
    });
    match waited {
        Err(error) if error.kind() != io::ErrorKind::Interrupted => Err(failed(th, &error)),
        _ => th.safepoint(),
    }
}

/// A descriptor that is ready when the process has ended.
#[cfg(target_os = "linux")]
fn watch(pid: i32) -> io::Result<OwnedFd> {
    // SAFETY: plain numbers.
    let descriptor = checked(unsafe { libc::syscall(libc::SYS_pidfd_open, pid, 0) })?;
    // SAFETY: the system has just made it for us.
    Ok(unsafe { OwnedFd::from_raw_fd(descriptor as i32) })
}

#[cfg(not(target_os = "linux"))]
fn watch(_: i32) -> io::Result<OwnedFd> {
    Err(io::ErrorKind::Unsupported.into())
}

// ---- priorities, times, processors

/// The answer of a call that may answer -1 without having failed.
fn without_error(call: impl FnOnce() -> i32) -> io::Result<i32> {
    // SAFETY: the calling thread's own error number.
    unsafe { *libc::__errno_location() = 0 };
    let answer = call();
    let error = io::Error::last_os_error();
    if answer == -1 && error.raw_os_error() != Some(0) { Err(error) } else { Ok(answer) }
}

fn nice(th: &Thread, args: &[Value]) -> Result {
    let increment = ops::index_i32(th, args[0])?;
    // SAFETY: a plain number.
    match without_error(|| unsafe { libc::nice(increment) }) {
        Ok(priority) => Ok(Value::small_int(priority.into())),
        Err(error) => Err(failed(th, &error)),
    }
}

fn times(th: &Thread, _: &[Value]) -> Result {
    // SAFETY: zeros are valid; the system fills the structure; a constant of the system's.
    let (times, elapsed, ticks) = unsafe {
        let mut times: libc::tms = std::mem::zeroed();
        let elapsed = libc::times(&mut times);
        (times, elapsed, libc::sysconf(libc::_SC_CLK_TCK))
    };
    let seconds = |count: libc::clock_t| Value::float(count as f64 / ticks as f64);
    let all = [times.tms_utime, times.tms_stime, times.tms_cutime, times.tms_cstime, elapsed];
    Ok(th.tuple(&all.map(seconds)))
}

#[cfg(target_os = "linux")]
fn affinity(th: &Thread, args: &[Value]) -> Result {
    let pid = ops::index_i32(th, args[0])?;
    // SAFETY: zeros are an empty set, which the system fills.
    let cpus = unsafe {
        let mut cpus: libc::cpu_set_t = std::mem::zeroed();
        let done = libc::sched_getaffinity(pid, size_of::<libc::cpu_set_t>(), &mut cpus);
        checked(done.into()).map_err(|error| failed(th, &error))?;
        cpus
    };
    let found = Set::new(th);
    for cpu in 0..libc::CPU_SETSIZE as usize {
        // SAFETY: within the set.
        if unsafe { libc::CPU_ISSET(cpu, &cpus) } {
            found.add(th, Value::small_int(cpu as i64))?;
        }
    }
    Ok(found.value())
}

#[cfg(target_os = "linux")]
fn set_affinity(th: &Thread, args: &[Value]) -> Result {
    let pid = ops::index_i32(th, args[0])?;
    if pid != 0 {
        th.vm().gate().may_signal(pid).map_err(|refused| raise_refused(th, &refused, &[]))?;
    }
    // SAFETY: zeros are an empty set.
    let mut cpus: libc::cpu_set_t = unsafe { std::mem::zeroed() };
    let wanted = ops::collect(th, args[1])?;
    for cpu in (0..wanted.len()).filter_map(|at| wanted.at(at)) {
        let cpu = ops::index_i64(th, cpu)?;
        if cpu < 0 {
            return Err(th.value_error("negative CPU number"));
        }
        if cpu < libc::CPU_SETSIZE.into() {
            // SAFETY: within the set.
            unsafe { libc::CPU_SET(cpu as usize, &mut cpus) };
        }
    }
    // SAFETY: a live set of that size.
    done(th, unsafe { libc::sched_setaffinity(pid, size_of::<libc::cpu_set_t>(), &cpus) })
}

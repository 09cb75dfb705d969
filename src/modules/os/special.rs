//! Descriptors that are no files: counters of events, timers, memory, pseudo-terminals.

use std::ffi::{CStr, CString};
use std::path::Path;

use crate::heap::Value;
use crate::modules::io::descriptor::{self, checked, failed};
use crate::modules::io::path;
use crate::objects::exception::{self, raise_refused};
use crate::vm::gate::{Access, Refused};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::signals::Wish;
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops};

use super::descriptors::{adopt, file_number, number};
use super::processes::may_run;

const MASTER: &str = "/dev/ptmx";

pub const FUNCTIONS: &[NativeDef] = &[
    native(
        "eventfd",
        "(initval, flags=524288)",
        "Creates and returns an event notification file descriptor.",
        |th, args| {
            let initial = ops::index_i64(th, args[0])?;
            if initial < 0 {
                return Err(th.value_error("Cannot convert negative int"));
            }
            let initial = u32::try_from(initial)
                .map_err(|_| th.overflow_error("Python int too large to convert to C unsigned int"))?;
            let flags = if args[1].is_empty() { libc::EFD_CLOEXEC } else { ops::index_i32(th, args[1])? };
            // SAFETY: plain numbers.
            made(th, unsafe { libc::eventfd(initial, flags) })
        },
    ),
    native("eventfd_read", "(fd)", "Read eventfd value", |th, args| {
        match descriptor::read(th, file_number(th, args[0])?, size_of::<u64>())? {
            Some(got) => match <[u8; 8]>::try_from(&got[..]) {
                Ok(eight) => Ok(ops::unsigned(th, u64::from_ne_bytes(eight))),
                // Whatever it is, it is no counter of events.
                Err(_) => Err(exception::raise_errno(th, libc::EINVAL, &[])),
            },
            None => Err(exception::raise_errno(th, libc::EAGAIN, &[])),
        }
    }),
    native("eventfd_write", "(fd, value)", "Write eventfd value.", |th, args| {
        let (number, value) = (file_number(th, args[0])?, ops::index_u64(th, args[1])?);
        let eight = value.to_ne_bytes();
        let done = th.blocking_on(number, Wish::Write, || {
            // SAFETY: a write from a live slice.
            checked(unsafe { libc::write(number, eight.as_ptr().cast(), eight.len()) } as i64)
        })?;
        done.map(|_| Value::NONE).map_err(|error| failed(th, &error))
    }),
    native("timerfd_create", "(clockid, /, *, flags=0)", "Create and return a timer file descriptor.", |th, args| {
        let clock = ops::index_i32(th, args[0])?;
        let flags = if args[1].is_empty() { libc::TFD_CLOEXEC } else { ops::index_i32(th, args[1])? };
        // SAFETY: plain numbers.
        made(th, unsafe { libc::timerfd_create(clock, flags) })
    }),
    native("_timerfd_settime", "(fd, flags, initial, interval, /)", "Set a timer, in nanoseconds.", |th, args| {
        let (number, flags) = (file_number(th, args[0])?, ops::index_i32(th, args[1])?);
        let (value, interval) = (moment(ops::index_i64(th, args[2])?), moment(ops::index_i64(th, args[3])?));
        let wanted = libc::itimerspec { it_interval: interval, it_value: value };
        let mut before = wanted;
        // SAFETY: a live structure, and room for another.
        let done = unsafe { libc::timerfd_settime(number, flags, &wanted, &mut before) };
        checked(done.into()).map_err(|error| failed(th, &error))?;
        Ok(shown(th, &before))
    }),
    native(
        "timerfd_gettime_ns",
        "(fd, /)",
        "Return a tuple of a timer file descriptor's (next expiration, interval) in nanoseconds.",
        |th, args| {
            let number = file_number(th, args[0])?;
            let zero = moment(0);
            let mut now = libc::itimerspec { it_interval: zero, it_value: zero };
            // SAFETY: room for the structure.
            checked(unsafe { libc::timerfd_gettime(number, &mut now) }.into()).map_err(|error| failed(th, &error))?;
            Ok(shown(th, &now))
        },
    ),
    native(
        "memfd_create",
        "(name, flags=1)",
        "Create an anonymous file in memory. Needs --allow-write.",
        |th, args| {
            let argument = path::of_file(th, args[0])?;
            let flags =
                if args[1].is_empty() { libc::MFD_CLOEXEC } else { ops::index_i64(th, args[1])? as libc::c_uint };
            let name = path_text(&argument.path)?;
            // It can grow beyond any limit of memory that gilbox was given.
            if !th.vm().gate().is_open(Access::Write) {
                return Err(raise_refused(th, &Refused::of(Access::Write), &[]));
            }
            // SAFETY: a string that ends in zero, and a number.
            made(th, unsafe { libc::memfd_create(name.as_ptr(), flags) })
        },
    ),
    native(
        "posix_openpt",
        "(oflag, /)",
        "Open and return a file descriptor for a master pseudo-terminal device.",
        |th, args| {
            let flags = ops::index_i32(th, args[0])?;
            open(th, MASTER, flags).map(|number| Value::small_int(number.into()))
        },
    ),
    native("openpty", "()", "Open a pseudo-terminal: the descriptors of its master and of its slave.", |th, _| {
        let flags = libc::O_RDWR | libc::O_NOCTTY;
        let master = open(th, MASTER, flags)?;
        // SAFETY: a plain number.
        let unlocked = checked(unsafe { libc::unlockpt(master) }.into()).map_err(|error| failed(th, &error));
        match unlocked.and_then(|_| slave_name(th, master)).and_then(|name| open(th, &name, flags)) {
            Ok(slave) => Ok(th.tuple(&[Value::small_int(master.into()), Value::small_int(slave.into())])),
            Err(raised) => {
                // What went wrong before is what there is to tell.
                let _ = descriptor::close(th, master);
                Err(raised)
            }
        }
    }),
    native("ptsname", "(fd, /)", "Return the name of the slave pseudo-terminal device.", |th, args| {
        let name = slave_name(th, file_number(th, args[0])?)?;
        Ok(th.str(&name))
    }),
    native("grantpt", "(fd, /)", "Grant access to the slave pseudo-terminal device.", |th, args| {
        // SAFETY: a plain number.
        said(th, unsafe { libc::grantpt(file_number(th, args[0])?) })
    }),
    native("unlockpt", "(fd, /)", "Unlock a pseudo-terminal master/slave pair.", |th, args| {
        // SAFETY: a plain number.
        said(th, unsafe { libc::unlockpt(file_number(th, args[0])?) })
    }),
    native(
        "login_tty",
        "(fd, /)",
        "Prepare the tty of which fd is a file descriptor for a new login session. Needs --allow-run.",
        |th, args| {
            let number = file_number(th, args[0])?;
            may_run(th)?;
            // SAFETY: plain numbers; the three standard descriptors are the program's.
            let done = unsafe {
                libc::setsid();
                let done = libc::ioctl(number, libc::TIOCSCTTY, 0);
                if done == 0 {
                    for standard in 0..=2 {
                        libc::dup2(number, standard);
                    }
                }
                done
            };
            said(th, done)?;
            if number > 2 {
                descriptor::close(th, number).map_err(|error| failed(th, &error))?;
            }
            Ok(Value::NONE)
        },
    ),
    native("ttyname", "(fd, /)", "Return the name of the terminal device connected to 'fd'.", |th, args| {
        let number = number(th, args[0])?;
        let mut name = [0u8; 256];
        // SAFETY: room for a text of that size.
        match unsafe { libc::ttyname_r(number, name.as_mut_ptr().cast(), name.len()) } {
            0 => Ok(path::decode(th, CStr::from_bytes_until_nul(&name).unwrap_or_default().to_bytes())),
            error => Err(exception::raise_errno(th, error, &[])),
        }
    }),
    native(
        "tcgetpgrp",
        "(fd, /)",
        "Return the process group associated with the terminal specified by fd.",
        |th, args| {
            let number = number(th, args[0])?;
            // SAFETY: a plain number.
            let group = checked(unsafe { libc::tcgetpgrp(number) }.into()).map_err(|error| failed(th, &error))?;
            Ok(Value::small_int(group))
        },
    ),
    native(
        "tcsetpgrp",
        "(fd, pgid, /)",
        "Set the process group associated with the terminal specified by fd. Needs --allow-run.",
        |th, args| {
            let (number, group) = (number(th, args[0])?, ops::index_i32(th, args[1])?);
            may_run(th)?;
            // SAFETY: plain numbers.
            said(th, unsafe { libc::tcsetpgrp(number, group) })
        },
    ),
];

/// A descriptor that the system has made becomes the program's.
fn made(th: &Thread, number: i32) -> Result {
    checked(number.into()).map_err(|error| failed(th, &error))?;
    Ok(adopt(th, number))
}

fn said(th: &Thread, answer: i32) -> Result {
    checked(answer.into()).map(|_| Value::NONE).map_err(|error| failed(th, &error))
}

fn path_text(path: &Path) -> Result<CString> {
    use std::os::unix::ffi::OsStrExt;
    // `of_file` lets no zeros through.
    Ok(CString::new(path.as_os_str().as_bytes()).unwrap_or_default())
}

/// A device, through the gate.
fn open(th: &Thread, device: &str, flags: i32) -> Result<i32> {
    let (gate, place) = (th.vm().gate(), Path::new(device));
    let opened = th.detached(Reason::Io, || gate.open(place, flags, 0));
    // The program has named no file.
    opened.map_err(|refused| raise_refused(th, &refused, &[]))
}

fn slave_name(th: &Thread, master: i32) -> Result<String> {
    let mut name = [0u8; 128];
    // SAFETY: room for a text of that size.
    match unsafe { libc::ptsname_r(master, name.as_mut_ptr().cast(), name.len()) } {
        0 => Ok(CStr::from_bytes_until_nul(&name).unwrap_or_default().to_string_lossy().into_owned()),
        error => Err(exception::raise_errno(th, error, &[])),
    }
}

fn moment(ns: i64) -> libc::timespec {
    libc::timespec { tv_sec: ns.div_euclid(1_000_000_000), tv_nsec: ns.rem_euclid(1_000_000_000) }
}

/// When a timer ends next and how often then, in nanoseconds.
fn shown(th: &Thread, timer: &libc::itimerspec) -> Value {
    let ns = |time: &libc::timespec| th.int(time.tv_sec.saturating_mul(1_000_000_000).saturating_add(time.tv_nsec));
    th.tuple(&[ns(&timer.it_value), ns(&timer.it_interval)])
}

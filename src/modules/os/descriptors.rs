//! What `os` does with descriptors. Any number that the program did not get through the gate is a bad one.

use std::os::fd::{FromRawFd, OwnedFd};

use crate::heap::Value;
use crate::modules::io::descriptor::{self, checked, failed};
use crate::modules::io::path;
use crate::objects::{bytes, exception};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops};

use super::files;

pub const FUNCTIONS: &[NativeDef] = &[
    native("open", "(path, flags, mode=511, *, dir_fd=None)", "Open a file for low level IO.", |th, args| {
        let argument = files::path_from(th, args[0], args[3], path::Asked::path("open"))?;
        let flags = ops::index_i64(th, args[1])? as i32;
        let mode = if args[2].is_empty() { 0o777 } else { ops::index_i64(th, args[2])? as u32 };
        let (gate, place) = (th.vm().gate(), &argument.path);
        match th.detached(Reason::Io, || gate.open(place, flags, mode)) {
            Ok(number) => Ok(Value::small_int(number.into())),
            Err(refused) => Err(exception::raise_refused(th, &refused, &[argument.shown])),
        }
    }),
    native("read", "(fd, length, /)", "Read from a file descriptor.  Returns a bytes object.", |th, args| {
        let number = number(th, args[0])?;
        let length = ops::index_i64(th, args[1])?;
        if length < 0 {
            return Err(exception::raise_errno(th, libc::EINVAL, &[]));
        }
        let length = bytes::check_len(th, Some(length as usize))?;
        match descriptor::read(th, number, length)? {
            Some(got) => Ok(bytes::new(th, &got)),
            None => Err(exception::raise_errno(th, libc::EAGAIN, &[])),
        }
    }),
    native("write", "(fd, data, /)", "Write a bytes object to a file descriptor.", |th, args| {
        let number = number(th, args[0])?;
        let content = bytes::required(th, args[1])?;
        match descriptor::write(th, number, &content)? {
            Some(count) => Ok(th.int(count as i64)),
            None => Err(exception::raise_errno(th, libc::EAGAIN, &[])),
        }
    }),
    native("close", "(fd)", "Close a file descriptor.", |th, args| {
        let number = number(th, args[0])?;
        descriptor::close(th, number).map_err(|error| failed(th, &error))?;
        Ok(Value::NONE)
    }),
    native("pipe", "()", "Create a pipe: a descriptor to read from and one to write to.", |th, _| {
        let mut ends = [0i32; 2];
        // SAFETY: room for the two descriptors.
        let mut make = || checked(unsafe { pipe(&mut ends) } as i64);
        let mut made = make();
        if made.as_ref().is_err_and(|error| error.raw_os_error() == Some(libc::EMFILE)) {
            // Those that belong to dead objects come back when these are collected.
            th.collect();
            th.run_finalizers();
            made = make();
        }
        made.map_err(|error| failed(th, &error))?;
        let ends = ends.map(|number| adopt(th, number));
        Ok(th.tuple(&ends))
    }),
    native("pipe2", "(flags, /)", "Create a pipe with flags set atomically.", |th, args| {
        let flags = ops::index_i32(th, args[0])?;
        let mut ends = [0i32; 2];
        // SAFETY: room for the two descriptors.
        checked(unsafe { libc::pipe2(ends.as_mut_ptr(), flags) } as i64).map_err(|error| failed(th, &error))?;
        let ends = ends.map(|number| adopt(th, number));
        Ok(th.tuple(&ends))
    }),
    native(
        "closerange",
        "(fd_low, fd_high, /)",
        "Close all descriptors from fd_low to fd_high, excluded.",
        |th, args| {
            let (low, high) = (ops::index_i32(th, args[0])?, ops::index_i32(th, args[1])?);
            for number in th.vm().gate().owned_between(low, high) {
                // What cannot be closed is left.
                let _ = descriptor::close(th, number);
            }
            Ok(Value::NONE)
        },
    ),
    native("get_inheritable", "(fd, /)", "Get the close-on-exe flag of the specified file descriptor.", |th, args| {
        let number = number(th, args[0])?;
        // SAFETY: plain numbers.
        let flags =
            checked(unsafe { libc::fcntl(number, libc::F_GETFD) } as i64).map_err(|error| failed(th, &error))?;
        Ok(Value::bool(flags as i32 & libc::FD_CLOEXEC == 0))
    }),
    native(
        "set_inheritable",
        "(fd, inheritable, /)",
        "Set the inheritable flag of the specified file descriptor.",
        |th, args| {
            let number = number(th, args[0])?;
            let flags = if ops::index_i64(th, args[1])? != 0 { 0 } else { libc::FD_CLOEXEC };
            // SAFETY: plain numbers.
            checked(unsafe { libc::fcntl(number, libc::F_SETFD, flags) } as i64).map_err(|error| failed(th, &error))?;
            Ok(Value::NONE)
        },
    ),
    native("dup", "(fd, /)", "Return a duplicate of a file descriptor.", |th, args| {
        let number = number(th, args[0])?;
        // SAFETY: plain numbers.
        let copy = checked(unsafe { libc::fcntl(number, libc::F_DUPFD_CLOEXEC, 0) } as i64);
        Ok(adopt(th, copy.map_err(|error| failed(th, &error))? as i32))
    }),
    native("dup2", "(fd, fd2, inheritable=True)", "Duplicate file descriptor.", |th, args| {
        let (from, to) = (number(th, args[0])?, ops::index_i32(th, args[1])?);
        let gate = th.vm().gate();
        // A number that is nobody's may become the program's; one of gilbox's own may not.
        if to < 0 || !gate.owns(to) && descriptor::is_open(to) {
            return Err(exception::raise_errno(th, libc::EBADF, &[]));
        }
        let inheritable = args[2].is_empty() || ops::truthy(th, args[2])?;
        // SAFETY: plain numbers, both the program's.
        let done = unsafe {
            if inheritable || from == to { libc::dup2(from, to) } else { libc::dup3(from, to, libc::O_CLOEXEC) }
        };
        checked(done as i64).map_err(|error| failed(th, &error))?;
        gate.adopt_number(to);
        Ok(Value::small_int(to.into()))
    }),
    native("lseek", "(fd, position, whence, /)", "Set the position of a file descriptor.", |th, args| {
        let number = number(th, args[0])?;
        let (to, whence) = (ops::index_i64(th, args[1])?, ops::index_i64(th, args[2])?);
        match descriptor::seek(number, to, whence as i32) {
            Ok(at) => Ok(th.int(at)),
            Err(error) => Err(failed(th, &error)),
        }
    }),
    native(
        "ftruncate",
        "(fd, length, /)",
        "Truncate a file, specified by file descriptor, to a specific length.",
        |th, args| {
            let number = number(th, args[0])?;
            let size = ops::index_i64(th, args[1])?;
            descriptor::truncate(th, number, size).map_err(|error| failed(th, &error))?;
            Ok(Value::NONE)
        },
    ),
    native("fsync", "(fd)", "Force write of fd to disk.", |th, args| {
        // SAFETY: plain numbers.
        of_number(th, args[0], |number| unsafe { libc::fsync(number) })
    }),
    native("fdatasync", "(fd)", "Force write of fd to disk without forcing update of metadata.", |th, args| {
        // SAFETY: plain numbers.
        of_number(th, args[0], |number| unsafe { libc::fsync(number) })
    }),
    native("isatty", "(fd, /)", "Return True if the fd is connected to a terminal.", |th, args| {
        let number = ops::index_i64(th, args[0])? as i32;
        Ok(Value::bool(th.vm().gate().owns(number) && descriptor::is_terminal(number)))
    }),
    native("get_blocking", "(fd, /)", "Get the blocking mode of the file descriptor.", |th, args| {
        let number = number(th, args[0])?;
        // SAFETY: plain numbers.
        let flags = checked(unsafe { libc::fcntl(number, libc::F_GETFL) } as i64);
        let flags = flags.map_err(|error| failed(th, &error))?;
        Ok(Value::bool(flags as i32 & libc::O_NONBLOCK == 0))
    }),
    native(
        "set_blocking",
        "(fd, blocking, /)",
        "Set the blocking mode of the specified file descriptor.",
        |th, args| {
            let blocking = ops::truthy(th, args[1])?;
            of_number(th, args[0], |number| {
                // SAFETY: plain numbers.
                unsafe {
                    let flags = libc::fcntl(number, libc::F_GETFL);
                    let flags = if blocking { flags & !libc::O_NONBLOCK } else { flags | libc::O_NONBLOCK };
                    libc::fcntl(number, libc::F_SETFL, flags)
                }
            })
        },
    ),
    native("_get_terminal_size", "(fd, /)", "Columns and lines of a terminal.", |th, args| {
        let number = number(th, args[0])?;
        let mut size = libc::winsize { ws_row: 0, ws_col: 0, ws_xpixel: 0, ws_ypixel: 0 };
        // SAFETY: the system fills the structure.
        checked(unsafe { libc::ioctl(number, libc::TIOCGWINSZ, &mut size) } as i64)
            .map_err(|error| failed(th, &error))?;
        Ok(th.tuple(&[Value::small_int(size.ws_col.into()), Value::small_int(size.ws_row.into())]))
    }),
];

#[cfg(target_os = "linux")]
unsafe fn pipe(ends: &mut [i32; 2]) -> i32 {
    // SAFETY: room for the two descriptors, by the caller.
    unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) }
}

#[cfg(not(target_os = "linux"))]
unsafe fn pipe(ends: &mut [i32; 2]) -> i32 {
    // SAFETY: room for the two descriptors, by the caller.
    unsafe { libc::pipe(ends.as_mut_ptr()) }
}

/// A new descriptor becomes the program's.
pub fn adopt(th: &Thread, number: i32) -> Value {
    // SAFETY: the system has just made it for us.
    Value::small_int(th.vm().gate().adopt(unsafe { OwnedFd::from_raw_fd(number) }).into())
}

/// A descriptor of the program's.
pub fn number(th: &Thread, value: Value) -> Result<i32> {
    let number =
        i32::try_from(ops::index_i64(th, value)?).map_err(|_| th.overflow_error("fd is greater than maximum"))?;
    descriptor::owned(th, number, &[])
}

/// The descriptor of a file, given as a number or as an object with `fileno()`.
pub fn file_number(th: &Thread, value: Value) -> Result<i32> {
    if path::descriptor(th, value)?.is_some() {
        return number(th, value);
    }
    let fileno = th.vm().names.fileno;
    if th.lookup(th.class_of(value), fileno).is_none() {
        return Err(th.type_error("argument must be an int, or have a fileno() method."));
    }
    let file = th.call_method(value, fileno, &[])?;
    number(th, file)
}

/// A call on a descriptor that may take its time and says nothing.
fn of_number(th: &Thread, value: Value, call: impl Fn(i32) -> i32 + Sync) -> Result {
    let number = file_number(th, value)?;
    let done = th.detached(Reason::Io, || checked(call(number) as i64));
    done.map(|_| Value::NONE).map_err(|error| failed(th, &error))
}

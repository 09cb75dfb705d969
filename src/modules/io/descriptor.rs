//! The system calls on descriptors. Those that can block do so with the interpreter's lock given up.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::heap::Value;
use crate::objects::exception;
use crate::vm::native::Result;
use crate::vm::signals::Wish;
use crate::vm::thread::Reason;
use crate::vm::{Raised, Thread};

/// More than this the system neither reads nor writes in one call.
const MOST: usize = 0x7fff_f000;
/// A pipe that is ready takes at least so much without blocking (`PIPE_BUF`).
const PAGE: usize = 4 << 10;

/// What a system call that answers -1 for an error says.
pub fn checked(answer: i64) -> io::Result<i64> {
    if answer < 0 { Err(io::Error::last_os_error()) } else { Ok(answer) }
}

/// Reads at most `count` bytes; `None` if the descriptor does not block and has nothing.
pub fn read(th: &Thread, descriptor: i32, count: usize) -> Result<Option<Vec<u8>>> {
    let count = count.min(MOST);
    let read = th.blocking_on(descriptor, Wish::Read, || {
        let mut bytes = Vec::new();
        bytes.try_reserve_exact(count).map_err(|_| io::Error::from_raw_os_error(libc::ENOMEM))?;
        // SAFETY: the system writes at most `count` bytes into room for as many, and says how many it wrote.
        unsafe {
            let got = checked(libc::read(descriptor, bytes.as_mut_ptr() as *mut libc::c_void, count) as i64)?;
            bytes.set_len(got as usize);
        }
        Ok(bytes)
    })?;
    or_nothing(th, read)
}

/// Reads to the end; `None` if the descriptor does not block and has nothing now.
pub fn read_all(th: &Thread, descriptor: i32) -> Result<Option<Vec<u8>>> {
    let mut all: Vec<u8> = Vec::new();
    let mut block = remaining(descriptor).unwrap_or(8 << 10);
    loop {
        if th.heap().heap().would_exceed_limit(all.len() + block) {
            return Err(th.memory_error());
        }
        match read(th, descriptor, block)? {
            None if all.is_empty() => return Ok(None),
            None => return Ok(Some(all)),
            Some(bytes) if bytes.is_empty() => return Ok(Some(all)),
            Some(bytes) if all.is_empty() => all = bytes,
            Some(bytes) => all.extend_from_slice(&bytes),
        }
        block = remaining(descriptor).unwrap_or(0).max(8 << 10).max(all.len() / 2);
    }
}

/// How many bytes a file has from here, and one so that the end shows.
fn remaining(descriptor: i32) -> Option<usize> {
    let size = status(descriptor).ok()?.st_size;
    // SAFETY: plain numbers.
    let at = unsafe { libc::lseek(descriptor, 0, libc::SEEK_CUR) };
    (at >= 0 && size >= at).then(|| (size - at + 1) as usize)
}

/// Writes the bytes and says how many were taken: all of them, unless the descriptor does not block, or is a file and the
/// disk is full; `None` if the descriptor does not block and takes none.
pub fn write(th: &Thread, descriptor: i32, bytes: &[u8]) -> Result<Option<usize>> {
    let bytes = &bytes[..bytes.len().min(MOST)];
    if th.vm().family.screen.keeps(descriptor, bytes, is_terminal) {
        return Ok(Some(bytes.len()));
    }
    let is_file = bytes.len() <= PAGE || status(descriptor).is_ok_and(|s| s.st_mode & libc::S_IFMT == libc::S_IFREG);
    let piece = if is_file { bytes.len() } else { PAGE };
    let mut done = 0;
    loop {
        let rest = &bytes[done..bytes.len().min(done + piece)];
        let mut call = || {
            // SAFETY: a write from a live slice; what the descriptor is, the system checks.
            checked(unsafe { libc::write(descriptor, rest.as_ptr().cast(), rest.len()) } as i64).map(|n| n as usize)
        };
        if done == 0 {
            match or_nothing(th, th.blocking_on(descriptor, Wish::Write, call)?)? {
                None => return Ok(None),
                Some(count) => done = count,
            }
        } else {
            // What has been written must be told, whatever comes then: the next call will meet it.
            match th.blocking_once(descriptor, Wish::Write, &mut call) {
                Ok(count) => done += count,
                Err(_) => return Ok(Some(done)),
            }
        }
        if done == bytes.len() || is_file {
            return Ok(Some(done));
        }
    }
}

fn or_nothing<R>(th: &Thread, result: io::Result<R>) -> Result<Option<R>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
        Err(error) => Err(failed(th, &error)),
    }
}

pub fn seek(descriptor: i32, to: i64, whence: i32) -> io::Result<i64> {
    // SAFETY: plain numbers.
    checked(unsafe { libc::lseek(descriptor, to, whence) })
}

/// Gives the descriptor back; the program no longer owns the number from here on.
pub fn close(th: &Thread, descriptor: i32) -> io::Result<()> {
    th.vm().gate().disown(descriptor);
    th.detached(Reason::Io, || {
        // SAFETY: the number was the program's.
        match checked(unsafe { libc::close(descriptor) } as i64) {
            // The descriptor is gone nevertheless.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(()),
            other => other.map(drop),
        }
    })
}

pub fn truncate(th: &Thread, descriptor: i32, size: i64) -> io::Result<()> {
    // SAFETY: plain numbers.
    th.detached(Reason::Io, || checked(unsafe { libc::ftruncate(descriptor, size) } as i64).map(drop))
}

pub fn status(descriptor: i32) -> io::Result<libc::stat> {
    let mut status = std::mem::MaybeUninit::<libc::stat>::uninit();
    // SAFETY: the system fills the structure, or says that it has not.
    unsafe {
        checked(libc::fstat(descriptor, status.as_mut_ptr()) as i64)?;
        Ok(status.assume_init())
    }
}

/// What is behind the number, as a path.
pub fn path_of(descriptor: i32) -> PathBuf {
    format!("/proc/self/fd/{descriptor}").into()
}

/// Whether anything is behind the number.
pub fn is_open(descriptor: i32) -> bool {
    // SAFETY: only asks about the descriptor.
    unsafe { libc::fcntl(descriptor, libc::F_GETFD) >= 0 }
}

/// Whether the descriptor is a terminal.
pub fn is_terminal(descriptor: i32) -> bool {
    // SAFETY: only asks about the descriptor.
    unsafe { libc::isatty(descriptor) == 1 }
}

/// OSError for what the system said of a descriptor.
#[cold]
pub fn failed(th: &Thread, error: &io::Error) -> Raised {
    exception::raise_os_error(th, error, None)
}

/// A descriptor that the program may use; any other number is a bad one.
pub fn owned(th: &Thread, descriptor: i32, names: &[Value]) -> Result<i32> {
    if th.vm().gate().owns(descriptor) { Ok(descriptor) } else { Err(exception::raise_errno(th, libc::EBADF, names)) }
}

/// Which of the first three descriptors the process was started without, a bit for each.
static MISSING: AtomicU8 = AtomicU8::new(0);

/// Looks before `main`: the start of a Rust program opens what is missing as `/dev/null`.
#[used]
// SAFETY: a function without arguments, as the section of initialisers holds.
#[cfg_attr(target_os = "macos", unsafe(link_section = "__DATA,__mod_init_func"))]
#[cfg_attr(not(target_os = "macos"), unsafe(link_section = ".init_array"))]
static LOOK: extern "C" fn() = {
    extern "C" fn look() {
        for descriptor in 0..3 {
            // SAFETY: a number is all that the call looks at.
            if unsafe { libc::fcntl(descriptor, libc::F_GETFD) } < 0 {
                MISSING.fetch_or(1 << descriptor, Ordering::Relaxed);
            }
        }
    }
    look
};

/// Whether the process was started without one of the three standard descriptors.
pub fn was_missing(descriptor: i32) -> bool {
    MISSING.load(Ordering::Relaxed) & 1 << descriptor != 0
}

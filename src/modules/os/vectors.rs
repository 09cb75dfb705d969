//! Reading and writing at a place, from and into several buffers, and from one descriptor to another.

use crate::heap::{Gc, Value};
use crate::modules::io::descriptor::{self, checked, failed};
use crate::modules::io::targets;
use crate::objects::dict::Dict;
use crate::objects::list::List;
use crate::objects::{bytes, exception};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::signals::{Wish, poll_until};
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops};

use super::descriptors::number;

/// As many buffers as the system takes in one call (`IOV_MAX`).
const MOST_BUFFERS: usize = 1024;
/// How often a lock that somebody else has is tried again.
const GLANCE: crate::world::Ns = 10_000_000;

pub const FUNCTIONS: &[NativeDef] = &[
    native(
        "pread",
        "(fd, length, offset, /)",
        "Read a number of bytes from a file descriptor starting at a particular offset.",
        |th, args| {
            let number = number(th, args[0])?;
            let length = ops::index_i64(th, args[1])?;
            let offset = ops::index_i64(th, args[2])?;
            if length < 0 {
                return Err(exception::raise_errno(th, libc::EINVAL, &[]));
            }
            let length = bytes::check_len(th, Some(length as usize))?;
            Ok(bytes::new(th, &read_at(th, number, length, Some(offset), 0)?))
        },
    ),
    native(
        "pwrite",
        "(fd, buffer, offset, /)",
        "Write bytes to a file descriptor starting at a particular offset.",
        |th, args| {
            let number = number(th, args[0])?;
            let content = bytes::required(th, args[1])?;
            write_at(th, number, &content, ops::index_i64(th, args[2])?, 0)
        },
    ),
    native("readinto", "(fd, buffer, /)", "Read into a buffer object from a file descriptor.", |th, args| {
        let number = number(th, args[0])?;
        let room = targets::required_room(th, args[1], "readinto() argument 2")?;
        match descriptor::read(th, number, room)? {
            Some(got) => {
                targets::fill(th, args[1], &got);
                Ok(th.int(got.len() as i64))
            }
            None => Err(exception::raise_errno(th, libc::EAGAIN, &[])),
        }
    }),
    native("readv", "(fd, buffers, /)", "Read from a file descriptor fd into an iterable of buffers.", |th, args| {
        let number = number(th, args[0])?;
        let buffers = Buffers::to_fill(th, args[1], "readv")?;
        let got = read_at(th, number, buffers.room, None, 0)?;
        Ok(buffers.fill(th, &got))
    }),
    native(
        "preadv",
        "(fd, buffers, offset, flags=0, /)",
        "Reads from a file descriptor into a number of mutable bytes-like objects.",
        |th, args| {
            let number = number(th, args[0])?;
            let buffers = Buffers::to_fill(th, args[1], "preadv")?;
            let offset = ops::index_i64(th, args[2])?;
            let flags = if args[3].is_empty() { 0 } else { ops::index_i32(th, args[3])? };
            let got = read_at(th, number, buffers.room, Some(offset), flags)?;
            Ok(buffers.fill(th, &got))
        },
    ),
    native(
        "writev",
        "(fd, buffers, /)",
        "Iterate over buffers, and write the contents of each to a file descriptor.",
        |th, args| {
            let number = number(th, args[0])?;
            let content = joined(th, args[1], "writev")?;
            match descriptor::write(th, number, &content)? {
                Some(count) => Ok(th.int(count as i64)),
                None => Err(exception::raise_errno(th, libc::EAGAIN, &[])),
            }
        },
    ),
    native(
        "pwritev",
        "(fd, buffers, offset, flags=0, /)",
        "Writes the contents of bytes-like objects to a file descriptor at a given offset.",
        |th, args| {
            let number = number(th, args[0])?;
            let content = joined(th, args[1], "pwritev")?;
            let offset = ops::index_i64(th, args[2])?;
            let flags = if args[3].is_empty() { 0 } else { ops::index_i32(th, args[3])? };
            write_at(th, number, &content, offset, flags)
        },
    ),
    native(
        "sendfile",
        "(out_fd, in_fd, offset, count)",
        "Copy count bytes from file descriptor in_fd to file descriptor out_fd.",
        |th, args| {
            let (to, from) = (number(th, args[0])?, number(th, args[1])?);
            let mut offset = place(th, args[2])?;
            let count = ops::index_i64(th, args[3])? as usize;
            moved(th, to, Wish::Write, move || {
                let at = offset.as_mut().map_or(std::ptr::null_mut(), |at| at as *mut i64);
                // SAFETY: plain numbers, and a place that lives through the call, or none.
                unsafe { libc::sendfile(to, from, at, count) }
            })
        },
    ),
    native(
        "copy_file_range",
        "(src, dst, count, offset_src=None, offset_dst=None)",
        "Copy count bytes from one file descriptor to another.",
        |th, args| {
            let (from, to, count) = (number(th, args[0])?, number(th, args[1])?, count(th, args[2])?);
            let (mut first, mut second) = (place(th, args[3])?, place(th, args[4])?);
            moved(th, to, Wish::Write, move || {
                let first = first.as_mut().map_or(std::ptr::null_mut(), |at| at as *mut i64);
                let second = second.as_mut().map_or(std::ptr::null_mut(), |at| at as *mut i64);
                // SAFETY: plain numbers, and places that live through the call, or none.
                unsafe { libc::copy_file_range(from, first, to, second, count, 0) }
            })
        },
    ),
    native(
        "splice",
        "(src, dst, count, offset_src=None, offset_dst=None, flags=0)",
        "Transfer count bytes from one pipe to a descriptor or vice versa.",
        |th, args| {
            let (from, to, count) = (number(th, args[0])?, number(th, args[1])?, count(th, args[2])?);
            let (mut first, mut second) = (place(th, args[3])?, place(th, args[4])?);
            let flags = if args[5].is_empty() { 0 } else { ops::index_i64(th, args[5])? as libc::c_uint };
            moved(th, from, Wish::Read, move || {
                let first = first.as_mut().map_or(std::ptr::null_mut(), |at| at as *mut i64);
                let second = second.as_mut().map_or(std::ptr::null_mut(), |at| at as *mut i64);
                // SAFETY: plain numbers, and places that live through the call, or none.
                unsafe { libc::splice(from, first, to, second, count, flags) }
            })
        },
    ),
    native(
        "posix_fadvise",
        "(fd, offset, length, advice, /)",
        "Announce an intention to access data in a specific pattern.",
        |th, args| {
            let number = number(th, args[0])?;
            let (offset, length) = (ops::index_i64(th, args[1])?, ops::index_i64(th, args[2])?);
            let advice = ops::index_i32(th, args[3])?;
            // SAFETY: plain numbers.
            told(th, th.detached(Reason::Io, || unsafe { libc::posix_fadvise(number, offset, length, advice) }))
        },
    ),
    native(
        "posix_fallocate",
        "(fd, offset, length, /)",
        "Ensure a file has allocated at least a particular number of bytes on disk.",
        |th, args| {
            let number = number(th, args[0])?;
            let (offset, length) = (ops::index_i64(th, args[1])?, ops::index_i64(th, args[2])?);
            // SAFETY: plain numbers.
            told(th, th.detached(Reason::Io, || unsafe { libc::posix_fallocate(number, offset, length) }))
        },
    ),
    native(
        "lockf",
        "(fd, command, length, /)",
        "Apply, test or remove a POSIX lock on an open file descriptor.",
        |th, args| {
            let number = number(th, args[0])?;
            lock(th, number, ops::index_i32(th, args[1])?, ops::index_i64(th, args[2])?)
        },
    ),
];

/// What a call says that answers with the error's number.
fn told(th: &Thread, number: i32) -> Result {
    if number == 0 { Ok(Value::NONE) } else { Err(exception::raise_errno(th, number, &[])) }
}

/// A call that moves bytes between descriptors and says how many.
fn moved(th: &Thread, descriptor: i32, wish: Wish, mut call: impl FnMut() -> isize + Send) -> Result {
    match th.blocking_on(descriptor, wish, || checked(call() as i64))? {
        Ok(count) => Ok(th.int(count)),
        Err(error) => Err(failed(th, &error)),
    }
}

/// A place in a file, or where it is now.
fn place(th: &Thread, value: Value) -> Result<Option<i64>> {
    if value.is_empty() || value.is_none() { Ok(None) } else { ops::index_i64(th, value).map(Some) }
}

fn count(th: &Thread, value: Value) -> Result<usize> {
    let count = ops::index_i64(th, value)?;
    usize::try_from(count).map_err(|_| th.value_error("negative value for 'count' not allowed"))
}

/// Reads at most `count` bytes, from a place of the file or from where it is.
fn read_at(th: &Thread, number: i32, count: usize, offset: Option<i64>, flags: i32) -> Result<Vec<u8>> {
    let done = th.blocking_on(number, Wish::Read, || {
        let mut got: Vec<u8> = Vec::new();
        got.try_reserve_exact(count).map_err(|_| std::io::Error::from_raw_os_error(libc::ENOMEM))?;
        let room = got.as_mut_ptr().cast();
        // SAFETY: the system writes at most `count` bytes into room for as many, and says how many it wrote.
        unsafe {
            let length = match offset {
                None => libc::read(number, room, count),
                Some(offset) if flags == 0 => libc::pread(number, room, count, offset),
                Some(offset) => {
                    libc::preadv2(number, &libc::iovec { iov_base: room, iov_len: count }, 1, offset, flags)
                }
            };
            got.set_len(checked(length as i64)? as usize);
        }
        Ok(got)
    })?;
    done.map_err(|error| failed(th, &error))
}

fn write_at(th: &Thread, number: i32, content: &[u8], offset: i64, flags: i32) -> Result {
    let done = th.blocking_on(number, Wish::Write, || {
        // SAFETY: the system reads from a live slice.
        let written = unsafe {
            match flags {
                0 => libc::pwrite(number, content.as_ptr().cast(), content.len(), offset),
                _ => {
                    let all = libc::iovec { iov_base: content.as_ptr() as *mut _, iov_len: content.len() };
                    libc::pwritev2(number, &all, 1, offset, flags)
                }
            }
        };
        checked(written as i64)
    })?;
    done.map(|count| th.int(count)).map_err(|error| failed(th, &error))
}

/// The items of an argument that must be a sequence of buffers, in a list of our own.
fn row(th: &Thread, value: Value, function: &str) -> Result<Gc<List>> {
    if th.lookup(th.class_of(value), th.vm().names.__getitem__).is_none() || value.downcast::<Dict>().is_some() {
        return Err(th.type_error(format_args!("{function}() arg 2 must be a sequence")));
    }
    let items = ops::collect(th, value)?;
    if items.len() > MOST_BUFFERS {
        return Err(exception::raise_errno(th, libc::EINVAL, &[]));
    }
    Ok(items)
}

fn items(list: Gc<List>) -> impl Iterator<Item = Value> {
    (0..list.len()).filter_map(move |at| list.at(at))
}

/// What is in a row of buffers, one after the other.
fn joined(th: &Thread, value: Value, function: &str) -> Result<Vec<u8>> {
    let mut content = Vec::new();
    for item in items(row(th, value, function)?) {
        let part = bytes::required(th, item)?;
        bytes::check_len(th, content.len().checked_add(part.len()))?;
        content.extend_from_slice(&part);
    }
    Ok(content)
}

/// Buffers that are filled one after the other, and how many bytes each and all of them take.
struct Buffers {
    targets: Gc<List>,
    rooms: Vec<usize>,
    room: usize,
}

impl Buffers {
    fn to_fill(th: &Thread, value: Value, function: &str) -> Result<Buffers> {
        let mut buffers = Buffers { targets: row(th, value, function)?, rooms: Vec::new(), room: 0 };
        for item in items(buffers.targets) {
            let Some(room) = bytes::room(item) else {
                bytes::required(th, item)?;
                return Err(th.raise(exception::Exc::BufferError, "Object is not writable."));
            };
            buffers.rooms.push(room);
            buffers.room = bytes::check_len(th, buffers.room.checked_add(room))?;
        }
        Ok(buffers)
    }

    fn fill(&self, th: &Thread, mut content: &[u8]) -> Value {
        let count = th.int(content.len() as i64);
        for (target, room) in items(self.targets).zip(&self.rooms) {
            let (part, rest) = content.split_at(content.len().min(*room));
            targets::fill(th, target, part);
            content = rest;
        }
        count
    }
}

/// `lockf`. Who waits for a lock asks for it again and again, so that signals are served meanwhile.
fn lock(th: &Thread, number: i32, command: i32, length: i64) -> Result {
    let asked = if command == libc::F_LOCK { libc::F_TLOCK } else { command };
    let (wake, clock) = (th.wake(), th.vm().world().clock);
    loop {
        let done = th.detached(Reason::Io, || {
            // SAFETY: plain numbers.
            match checked(unsafe { libc::lockf(number, asked, length) }.into()) {
                Err(error)
                    if command == libc::F_LOCK && matches!(error.raw_os_error(), Some(libc::EAGAIN | libc::EACCES)) =>
                {
                    // A signal ends this early, and is served at the safepoint.
                    let _ = poll_until(&mut Vec::new(), wake, Some(clock.now() + GLANCE), &clock);
                    Ok(None)
                }
                other => other.map(Some),
            }
        });
        match done {
            Ok(Some(_)) => return Ok(Value::NONE),
            Ok(None) => th.safepoint()?,
            Err(error) => return Err(failed(th, &error)),
        }
    }
}

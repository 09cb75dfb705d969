//! What the system says of its file systems and of itself, and what it keeps beside a file: extended attributes.

use std::ffi::{CStr, CString};
use std::os::fd::AsRawFd;

use crate::heap::Value;
use crate::modules::io::descriptor::{self, checked, failed};
use crate::modules::io::path::{self, Asked};
use crate::objects::list::List;
use crate::objects::{bytes, exception};
use crate::vm::gate::{Access, Refused};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops};

use super::descriptors::number;

const FILE_OR_NUMBER: &str = "string, bytes, os.PathLike or integer";
/// As large as the value of an attribute may be (`XATTR_SIZE_MAX`).
pub const LARGEST: usize = 65536;

pub const FUNCTIONS: &[NativeDef] = &[
    native("_statvfs", "(path, /)", "The figures of the file system that a path is on.", |th, args| {
        of_held(th, args[0], Asked { accepts: FILE_OR_NUMBER, ..Asked::path("statvfs") }, Access::Read, true, |place| {
            let mut told = std::mem::MaybeUninit::<libc::statvfs>::uninit();
            // SAFETY: a string that ends in zero; the system fills the structure, or says that it has not.
            unsafe {
                checked(libc::statvfs(place.as_ptr(), told.as_mut_ptr()).into())?;
                Ok(told.assume_init())
            }
        })
        .map(|told| file_system(th, &told))
    }),
    native("_fstatvfs", "(fd, /)", "The figures of the file system that a descriptor's file is on.", |th, args| {
        let number = number(th, args[0])?;
        let mut told = std::mem::MaybeUninit::<libc::statvfs>::uninit();
        // SAFETY: the system fills the structure, or says that it has not.
        unsafe {
            checked(libc::fstatvfs(number, told.as_mut_ptr()).into()).map_err(|error| failed(th, &error))?;
            Ok(file_system(th, &told.assume_init()))
        }
    }),
    native("_pathconf", "(path, name, /)", "A limit that holds for a path.", |th, args| {
        let name = ops::index_i32(th, args[1])?;
        let asked = Asked { accepts: FILE_OR_NUMBER, ..Asked::path("pathconf") };
        of_held(th, args[0], asked, Access::Read, true, |place| {
            // SAFETY: a string that ends in zero, and a number.
            without_error(|| unsafe { libc::pathconf(place.as_ptr(), name) })
        })
        .map(|answer| th.int(answer))
    }),
    native("_fpathconf", "(fd, name, /)", "A limit that holds for a descriptor.", |th, args| {
        let (number, name) = (number(th, args[0])?, ops::index_i32(th, args[1])?);
        // SAFETY: plain numbers.
        let answer = without_error(|| unsafe { libc::fpathconf(number, name) });
        answer.map(|answer| th.int(answer)).map_err(|error| failed(th, &error))
    }),
    native("_confstr", "(name, /)", "A text that the system is configured with; None if there is none.", |th, args| {
        let name = ops::index_i32(th, args[0])?;
        let mut text = vec![0u8; 4096];
        // SAFETY: room for a text of that size.
        let length = without_error(|| unsafe { libc::confstr(name, text.as_mut_ptr().cast(), text.len()) as i64 });
        match length.map_err(|error| failed(th, &error))? {
            0 => Ok(Value::NONE),
            length => {
                text.truncate((length as usize).min(text.len()) - 1);
                Ok(path::decode(th, &text))
            }
        }
    }),
    native("sync", "()", "Force write of everything to disk. Needs --allow-write.", |th, _| {
        if !th.vm().gate().is_open(Access::Write) {
            return Err(exception::raise_refused(th, &Refused::of(Access::Write), &[]));
        }
        // SAFETY: concerns nothing of ours.
        th.detached(Reason::Io, || unsafe { libc::sync() });
        Ok(Value::NONE)
    }),
    native(
        "getxattr",
        "(path, attribute, *, follow_symlinks=True)",
        "Return the value of extended attribute attribute on path.",
        |th, args| {
            let (name, follow) = (attribute(th, args[1], "getxattr")?, follows(th, args[2])?);
            of_held(th, args[0], asked("getxattr"), Access::Read, follow, |place| {
                filled(|room| {
                    let get = if follow { libc::getxattr } else { libc::lgetxattr };
                    // SAFETY: strings that end in zero, and room of that size.
                    unsafe { get(place.as_ptr(), name.as_ptr(), room.as_mut_ptr().cast(), room.len()) }
                })
            })
            .map(|value| bytes::new(th, &value))
        },
    ),
    native(
        "listxattr",
        "(path=None, *, follow_symlinks=True)",
        "Return a list of extended attributes on path.",
        |th, args| {
            let given = if args[0].is_empty() || args[0].is_none() { th.str(".") } else { args[0] };
            let follow = follows(th, args[1])?;
            let accepts = "string, bytes, os.PathLike, integer or None";
            let asked = Asked { accepts, ..Asked::path("listxattr") };
            let names = of_held(th, given, asked, Access::Read, follow, |place| {
                filled(|room| {
                    let list = if follow { libc::listxattr } else { libc::llistxattr };
                    // SAFETY: a string that ends in zero, and room of that size.
                    unsafe { list(place.as_ptr(), room.as_mut_ptr().cast(), room.len()) }
                })
            })?;
            let list = List::new(th, &[]);
            for name in names.split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
                list.push(th, path::decode(th, name));
            }
            Ok(list.value())
        },
    ),
    native(
        "setxattr",
        "(path, attribute, value, flags=0, *, follow_symlinks=True)",
        "Set extended attribute attribute on path to value.",
        |th, args| {
            let name = attribute(th, args[1], "setxattr")?;
            let value = bytes::required(th, args[2])?;
            let flags = if args[3].is_empty() { 0 } else { ops::index_i32(th, args[3])? };
            let follow = follows(th, args[4])?;
            of_held(th, args[0], asked("setxattr"), Access::Write, follow, |place| {
                let set = if follow { libc::setxattr } else { libc::lsetxattr };
                // SAFETY: strings that end in zero, and a live slice.
                checked(unsafe { set(place.as_ptr(), name.as_ptr(), value.as_ptr().cast(), value.len(), flags) }.into())
            })
            .map(|_| Value::NONE)
        },
    ),
    native(
        "removexattr",
        "(path, attribute, *, follow_symlinks=True)",
        "Remove extended attribute attribute on path.",
        |th, args| {
            let (name, follow) = (attribute(th, args[1], "removexattr")?, follows(th, args[2])?);
            of_held(th, args[0], asked("removexattr"), Access::Write, follow, |place| {
                let remove = if follow { libc::removexattr } else { libc::lremovexattr };
                // SAFETY: strings that end in zero.
                checked(unsafe { remove(place.as_ptr(), name.as_ptr()) }.into())
            })
            .map(|_| Value::NONE)
        },
    ),
];

fn asked(function: &'static str) -> Asked {
    Asked { accepts: FILE_OR_NUMBER, ..Asked::path(function) }
}

fn follows(th: &Thread, value: Value) -> Result<bool> {
    if value.is_empty() { Ok(true) } else { ops::truthy(th, value) }
}

fn attribute(th: &Thread, value: Value, function: &'static str) -> Result<CString> {
    let name = path::path(th, value, Asked { name: "attribute", ..Asked::path(function) })?;
    Ok(c_text(&name.path))
}

fn c_text(path: &std::path::Path) -> CString {
    use std::os::unix::ffi::OsStrExt;
    // `path::path` lets no zeros through.
    CString::new(path.as_os_str().as_bytes()).unwrap_or_default()
}

/// Asks by name about what a path leads to, or a descriptor: about the very thing that the gate has let through.
fn of_held<R: Send>(
    th: &Thread,
    value: Value,
    asked: Asked,
    access: Access,
    follow: bool,
    call: impl Fn(&CStr) -> std::io::Result<R> + Sync,
) -> Result<R> {
    let gate = th.vm().gate();
    if path::descriptor(th, value)?.is_some() {
        let number = number(th, value)?;
        if !follow {
            let function = asked.function;
            return Err(th.value_error(format_args!("{function}: cannot use fd and follow_symlinks together")));
        }
        if access == Access::Write {
            super::identity::may_change_file(th, number)?;
        }
        let name = c_text(&descriptor::path_of(number));
        return th.detached(Reason::Io, || call(&name)).map_err(|error| failed(th, &error));
    }
    let argument = path::path(th, value, asked)?;
    let place = &argument.path;
    let done = th.detached(Reason::Io, || {
        if gate.is_open(access) {
            return Ok(call(&c_text(place))?);
        }
        if follow {
            let held = gate.find(place, access)?;
            return Ok(call(&c_text(&descriptor::path_of(held.as_raw_fd())))?);
        }
        let place = gate.place(place, access)?;
        let mut name = format!("/proc/self/fd/{}/", place.folder()).into_bytes();
        name.extend_from_slice(place.name.as_bytes());
        Ok(call(&CString::new(name).unwrap_or_default())?)
    });
    done.map_err(|refused: Refused| exception::raise_refused(th, &refused, &[argument.shown]))
}

/// What a call writes that says how much it has written.
fn filled(call: impl FnOnce(&mut [u8]) -> isize) -> std::io::Result<Vec<u8>> {
    let mut room = vec![0u8; LARGEST];
    let length = checked(call(&mut room) as i64)?;
    room.truncate(length as usize);
    Ok(room)
}

/// The answer of a call that may answer -1 without having failed.
fn without_error(call: impl FnOnce() -> i64) -> std::io::Result<i64> {
    // SAFETY: the calling thread's own error number.
    unsafe { *libc::__errno_location() = 0 };
    let answer = call();
    let error = std::io::Error::last_os_error();
    match (answer, error.raw_os_error()) {
        (-1 | 0, Some(number)) if number != 0 => Err(error),
        _ => Ok(answer),
    }
}

/// The fields of `os.statvfs_result`.
fn file_system(th: &Thread, told: &libc::statvfs) -> Value {
    let figures = [
        told.f_bsize,
        told.f_frsize,
        told.f_blocks,
        told.f_bfree,
        told.f_bavail,
        told.f_files,
        told.f_ffree,
        told.f_favail,
        told.f_flag,
        told.f_namemax,
        told.f_fsid,
    ];
    th.tuple(&figures.map(|figure| ops::unsigned(th, figure)))
}

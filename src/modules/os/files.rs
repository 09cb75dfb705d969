//! What `os` does with files by their paths: all of it goes through the gate, which holds a folder open while a name in it
//! is created, deleted or looked at.

use std::ffi::CStr;
use std::os::fd::AsRawFd;

use crate::heap::Value;
use crate::modules::io::descriptor::{self, checked};
use crate::modules::io::path::{self, Asked, PathArgument};
use crate::objects::list::List;
use crate::objects::{bytes, exception};
use crate::vm::gate::{Access, Place, Refused};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::thread::Reason;
use crate::vm::{Raised, Thread, ops};

use super::descriptors;

pub const FUNCTIONS: &[NativeDef] = &[
    native(
        "stat",
        "(path, *, dir_fd=None, follow_symlinks=True)",
        "Perform a stat system call on the given path.",
        |th, args| {
            let follow = args[2].is_empty() || ops::truthy(th, args[2])?;
            status(th, args[0], "stat", follow)
        },
    ),
    native(
        "lstat",
        "(path, *, dir_fd=None)",
        "Perform a stat system call without following symbolic links.",
        |th, args| status(th, args[0], "lstat", false),
    ),
    native("fstat", "(fd)", "Perform a stat system call on the given file descriptor.", |th, args| {
        let number = descriptors::number(th, args[0])?;
        match descriptor::status(number) {
            Ok(status) => result(th, &status),
            Err(error) => Err(descriptor::failed(th, &error)),
        }
    }),
    native(
        "_exists",
        "(path, kind, /)",
        "Whether a path leads to something, or to a thing of that kind.",
        |th, args| {
            let Some(path) = quiet_path(th, args[0])? else { return Ok(Value::FALSE) };
            let kind = ops::index_i64(th, args[1])?;
            let gate = th.vm().gate();
            let found = th.detached(Reason::Io, || {
                let held = gate.find(&path, Access::Read)?;
                Ok(descriptor::status(held.as_raw_fd())?)
            });
            match found {
                Ok(status) => Ok(Value::bool(kind == 0 || i64::from(status.st_mode & libc::S_IFMT) == kind)),
                Err(Refused::System(_)) => Ok(Value::FALSE),
                Err(refused) => Err(exception::raise_refused(th, &refused, &[args[0]])),
            }
        },
    ),
    native(
        "access",
        "(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)",
        "Use the real uid/gid to test for access to a path.",
        |th, args| {
            let argument = path::path(th, args[0], Asked::path("access"))?;
            let mode = ops::index_i64(th, args[1])? as i32;
            let access = if mode & libc::W_OK != 0 { Access::Write } else { Access::Read };
            let (gate, place) = (th.vm().gate(), &argument.path);
            let answer = th.detached(Reason::Io, || {
                gate.find(place, access)?;
                let place = gate.place(place, access)?;
                // SAFETY: a string that ends in zero, and plain numbers.
                Ok::<_, Refused>(unsafe { libc::faccessat(place.folder(), place.name.as_ptr(), mode, 0) })
            });
            Ok(Value::bool(matches!(answer, Ok(0))))
        },
    ),
    native("listdir", "(path=None)", "Return a list containing the names of the files in the directory.", list),
    native("mkdir", "(path, mode=511, *, dir_fd=None)", "Create a directory.", |th, args| {
        let mode = if args[1].is_empty() { 0o777 } else { ops::index_i64(th, args[1])? as libc::mode_t };
        // SAFETY: a string that ends in zero, and plain numbers.
        change(th, args[0], "mkdir", |folder, name| unsafe { libc::mkdirat(folder, name.as_ptr(), mode) })
    }),
    native("mkfifo", "(path, mode=438, *, dir_fd=None)", "Create a \"fifo\" (a POSIX named pipe).", |th, args| {
        let mode = if args[1].is_empty() { 0o666 } else { ops::index_i64(th, args[1])? as libc::mode_t };
        // SAFETY: a string that ends in zero, and plain numbers.
        change(th, args[0], "mkfifo", |folder, name| unsafe { libc::mkfifoat(folder, name.as_ptr(), mode) })
    }),
    native("rmdir", "(path, *, dir_fd=None)", "Remove a directory.", |th, args| {
        // SAFETY: a string that ends in zero, and plain numbers.
        change(th, args[0], "rmdir", |folder, name| unsafe {
            libc::unlinkat(folder, name.as_ptr(), libc::AT_REMOVEDIR)
        })
    }),
    native("remove", "(path, *, dir_fd=None)", "Remove a file (same as unlink()).", |th, args| {
        remove(th, args, "remove")
    }),
    native("unlink", "(path, *, dir_fd=None)", "Remove a file (same as remove()).", |th, args| {
        remove(th, args, "unlink")
    }),
    native("rename", "(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", "Rename a file or directory.", |th, args| {
        rename(th, args, "rename")
    }),
    native(
        "replace",
        "(src, dst, *, src_dir_fd=None, dst_dir_fd=None)",
        "Rename a file or directory, overwriting the destination.",
        |th, args| rename(th, args, "replace"),
    ),
    native(
        "link",
        "(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)",
        "Create a hard link to a file.",
        |th, args| {
            // What is linked can be written through its new name.
            // SAFETY: strings that end in zero, and plain numbers.
            of_two(th, args, "link", |from, to| unsafe {
                libc::linkat(from.folder(), from.name.as_ptr(), to.folder(), to.name.as_ptr(), 0)
            })
        },
    ),
    native(
        "symlink",
        "(src, dst, target_is_directory=False, *, dir_fd=None)",
        "Create a symbolic link pointing to src named dst.",
        |th, args| {
            let target = path::path(th, args[0], Asked { name: "src", ..Asked::path("symlink") })?;
            let text = c_string(th, &target)?;
            let argument = path::path(th, args[1], Asked { name: "dst", ..Asked::path("symlink") })?;
            let shown = [target.shown, argument.shown];
            // SAFETY: strings that end in zero.
            at(th, &argument, Access::Write, &shown, |folder, name| unsafe {
                libc::symlinkat(text.as_ptr(), folder, name.as_ptr())
            })
        },
    ),
    native(
        "readlink",
        "(path, *, dir_fd=None)",
        "Return a string representing the path to which the symbolic link points.",
        read_link,
    ),
    native(
        "chmod",
        "(path, mode, *, dir_fd=None, follow_symlinks=True)",
        "Change the access permissions of a file.",
        |th, args| {
            let mode = ops::index_i64(th, args[1])? as libc::mode_t;
            // SAFETY: a string that ends in zero, and plain numbers.
            followed(th, args[0], "chmod", |name| unsafe { libc::chmod(name.as_ptr(), mode) })
        },
    ),
    native("truncate", "(path, length)", "Truncate a file, specified by path, to a specific length.", |th, args| {
        let size = ops::index_i64(th, args[1])?;
        // SAFETY: a string that ends in zero, and plain numbers.
        followed(th, args[0], "truncate", |name| unsafe { libc::truncate(name.as_ptr(), size) })
    }),
    native(
        "_utime",
        "(path, atime_ns, mtime_ns, /)",
        "Set the access and modified time of path, in nanoseconds; None for now.",
        utime,
    ),
    native("chdir", "(path)", "Change the current working directory to the specified path.", |th, args| {
        if path::descriptor(th, args[0])?.is_some() {
            let number = descriptors::number(th, args[0])?;
            // SAFETY: a descriptor of the program's.
            let done = checked(unsafe { libc::fchdir(number) } as i64);
            return done.map(|_| Value::NONE).map_err(|error| descriptor::failed(th, &error));
        }
        let accepts = "string, bytes, os.PathLike or integer";
        let argument = path::path(th, args[0], Asked { accepts, ..Asked::path("chdir") })?;
        let (gate, place) = (th.vm().gate(), &argument.path);
        let done = th.detached(Reason::Io, || {
            let held = gate.find(place, Access::Read)?;
            // SAFETY: a descriptor that is open.
            checked(unsafe { libc::fchdir(held.as_raw_fd()) } as i64)?;
            Ok::<_, Refused>(())
        });
        said(th, done, &[argument.shown])
    }),
];

fn said(th: &Thread, done: std::result::Result<(), Refused>, shown: &[Value]) -> Result {
    done.map(|()| Value::NONE).map_err(|refused| exception::raise_refused(th, &refused, shown))
}

fn c_string(th: &Thread, argument: &PathArgument) -> Result<std::ffi::CString> {
    use std::os::unix::ffi::OsStrExt;
    std::ffi::CString::new(argument.path.as_os_str().as_bytes()).map_err(|_| th.value_error("embedded null byte"))
}

/// A system call on a folder that is held open and a name in it.
fn at(
    th: &Thread,
    argument: &PathArgument,
    access: Access,
    shown: &[Value],
    call: impl Fn(i32, &CStr) -> i32 + Sync,
) -> Result {
    let (gate, place) = (th.vm().gate(), &argument.path);
    let done = th.detached(Reason::Io, || {
        let place = gate.place(place, access)?;
        checked(call(place.folder(), &place.name) as i64)?;
        Ok::<_, Refused>(())
    });
    said(th, done, shown)
}

fn change(th: &Thread, path: Value, function: &'static str, call: impl Fn(i32, &CStr) -> i32 + Sync) -> Result {
    let argument = path::path(th, path, Asked::path(function))?;
    at(th, &argument, Access::Write, &[argument.shown], call)
}

/// A system call that changes what a path leads to, by the name that the held thing has in `/proc`.
fn followed(th: &Thread, path: Value, function: &'static str, call: impl Fn(&CStr) -> i32 + Sync) -> Result {
    let argument = match path::descriptor(th, path)? {
        Some(_) => {
            let number = descriptors::number(th, path)?;
            let name = th.str(&format!("/proc/self/fd/{number}"));
            let name = path::path(th, name, Asked::path(function))?;
            let name = c_string(th, &name)?;
            let done = th.detached(Reason::Io, || checked(call(&name) as i64));
            return done.map(|_| Value::NONE).map_err(|error| descriptor::failed(th, &error));
        }
        None => {
            path::path(th, path, Asked { accepts: "string, bytes, os.PathLike or integer", ..Asked::path(function) })?
        }
    };
    let (gate, place) = (th.vm().gate(), &argument.path);
    let plain = c_string(th, &argument)?;
    let done = th.detached(Reason::Io, || {
        if gate.is_open(Access::Write) {
            checked(call(&plain) as i64)?;
            return Ok(());
        }
        let held = gate.find(place, Access::Write)?;
        let name =
            std::ffi::CString::new(format!("/proc/self/fd/{}", held.as_raw_fd())).map_err(std::io::Error::from)?;
        checked(call(&name) as i64)?;
        Ok::<_, Refused>(())
    });
    said(th, done, &[argument.shown])
}

fn remove(th: &Thread, args: &[Value], function: &'static str) -> Result {
    // SAFETY: a string that ends in zero, and plain numbers.
    change(th, args[0], function, |folder, name| unsafe { libc::unlinkat(folder, name.as_ptr(), 0) })
}

fn rename(th: &Thread, args: &[Value], function: &'static str) -> Result {
    // SAFETY: strings that end in zero, and plain numbers.
    of_two(th, args, function, |from, to| unsafe {
        libc::renameat(from.folder(), from.name.as_ptr(), to.folder(), to.name.as_ptr())
    })
}

fn of_two(th: &Thread, args: &[Value], function: &'static str, call: impl Fn(&Place, &Place) -> i32 + Sync) -> Result {
    let from = path::path(th, args[0], Asked { name: "src", ..Asked::path(function) })?;
    let to = path::path(th, args[1], Asked { name: "dst", ..Asked::path(function) })?;
    let gate = th.vm().gate();
    let (first, second) = (&from.path, &to.path);
    let done = th.detached(Reason::Io, || {
        let (from, to) = (gate.place(first, Access::Write)?, gate.place(second, Access::Write)?);
        checked(call(&from, &to) as i64)?;
        Ok::<_, Refused>(())
    });
    said(th, done, &[from.shown, to.shown])
}

/// The path of a question that is answered with no where other functions raise.
fn quiet_path(th: &Thread, value: Value) -> Result<Option<std::path::PathBuf>> {
    if let Some(number) = path::descriptor(th, value)? {
        return Ok(th.vm().gate().owns(number).then(|| format!("/proc/self/fd/{number}").into()));
    }
    match path::path(th, value, Asked { accepts: "string, bytes, os.PathLike or integer", ..Asked::path("stat") }) {
        Ok(argument) => Ok(Some(argument.path)),
        Err(raised) => {
            th.caught(raised, exception::Exc::ValueError)?;
            Ok(None)
        }
    }
}

fn status(th: &Thread, value: Value, function: &'static str, follow: bool) -> Result {
    if follow && path::descriptor(th, value)?.is_some() {
        let number = descriptors::number(th, value)?;
        return match descriptor::status(number) {
            Ok(status) => result(th, &status),
            Err(error) => Err(descriptor::failed(th, &error)),
        };
    }
    let accepts = if follow { "string, bytes, os.PathLike or integer" } else { "string, bytes or os.PathLike" };
    let argument = path::path(th, value, Asked { accepts, ..Asked::path(function) })?;
    let (gate, place) = (th.vm().gate(), &argument.path);
    let found = th.detached(Reason::Io, || {
        if follow {
            let held = gate.find(place, Access::Read)?;
            return Ok(descriptor::status(held.as_raw_fd())?);
        }
        let place = gate.place(place, Access::Read)?;
        let mut status = std::mem::MaybeUninit::<libc::stat>::uninit();
        // SAFETY: the system fills the structure, or says that it has not.
        unsafe {
            let flags = libc::AT_SYMLINK_NOFOLLOW;
            checked(libc::fstatat(place.folder(), place.name.as_ptr(), status.as_mut_ptr(), flags) as i64)?;
            Ok(status.assume_init())
        }
    });
    match found {
        Ok(status) => result(th, &status),
        Err(refused) => Err(exception::raise_refused(th, &refused, &[argument.shown])),
    }
}

/// `os.stat_result`, which the module makes of the numbers.
fn result(th: &Thread, status: &libc::stat) -> Result {
    let int = |number: i64| th.int(number);
    let (atime, mtime, ctime) = (status.st_atime, status.st_mtime, status.st_ctime);
    let ns = |seconds: i64, ns: i64| th.int(seconds * 1_000_000_000 + ns);
    let seconds = |seconds: i64, ns: i64| Value::float(seconds as f64 + ns as f64 * 1e-9);
    let fields = th.tuple(&[
        int(status.st_mode.into()),
        int(status.st_ino as i64),
        int(status.st_dev as i64),
        int(status.st_nlink as i64),
        int(status.st_uid.into()),
        int(status.st_gid.into()),
        int(status.st_size),
        int(atime),
        int(mtime),
        int(ctime),
    ]);
    let more = th.tuple(&[
        seconds(atime, status.st_atime_nsec),
        seconds(mtime, status.st_mtime_nsec),
        seconds(ctime, status.st_ctime_nsec),
        ns(atime, status.st_atime_nsec),
        ns(mtime, status.st_mtime_nsec),
        ns(ctime, status.st_ctime_nsec),
        int(status.st_blksize as _),
        int(status.st_blocks),
        int(status.st_rdev as i64),
    ]);
    let made = crate::vm::import::in_modules(th, "os").unwrap_or(Value::NONE);
    let class = ops::get_attr(th, made, th.intern("stat_result"))?;
    th.call(class, &[fields, more])
}

fn list(th: &Thread, args: &[Value]) -> Result {
    let given = if args[0].is_empty() || args[0].is_none() { th.str(".") } else { args[0] };
    let accepts = "string, bytes, os.PathLike, integer or None";
    let argument = path::path(th, given, Asked { accepts, ..Asked::path("listdir") })?;
    let (gate, place) = (th.vm().gate(), &argument.path);
    let names = th.detached(Reason::Io, || {
        let through_gate = !gate.is_open(Access::Read);
        let held = gate.find(place, Access::Read)?;
        let held_name = format!("/proc/self/fd/{}", held.as_raw_fd());
        let folder = if through_gate { std::path::Path::new(&held_name) } else { place.as_path() };
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            names.push(entry?.file_name());
        }
        Ok::<_, Refused>(names)
    });
    let names = match names {
        Ok(names) => names,
        Err(refused) => return Err(exception::raise_refused(th, &refused, &[argument.shown])),
    };
    let list = List::with_capacity(th, names.len());
    for name in names {
        list.push(th, shown(th, name.as_encoded_bytes(), argument.is_bytes()));
    }
    Ok(list.value())
}

/// A name from the system, as text unless it was asked for in bytes.
fn shown(th: &Thread, name: &[u8], as_bytes: bool) -> Value {
    if as_bytes { bytes::new(th, name) } else { path::decode(th, name) }
}

fn read_link(th: &Thread, args: &[Value]) -> Result {
    let argument = path::path(th, args[0], Asked::path("readlink"))?;
    let (gate, place) = (th.vm().gate(), &argument.path);
    let target = th.detached(Reason::Io, || {
        let place = gate.place(place, Access::Read)?;
        let mut target = vec![0u8; libc::PATH_MAX as usize];
        // SAFETY: the system writes at most as many bytes as there are.
        let length = checked(unsafe {
            libc::readlinkat(place.folder(), place.name.as_ptr(), target.as_mut_ptr().cast(), target.len())
        } as i64)?;
        target.truncate(length as usize);
        Ok::<_, Refused>(target)
    });
    match target {
        Ok(target) => Ok(shown(th, &target, argument.is_bytes())),
        Err(refused) => Err(exception::raise_refused(th, &refused, &[argument.shown])),
    }
}

fn utime(th: &Thread, args: &[Value]) -> Result {
    let time = |value: Value| -> std::result::Result<libc::timespec, Raised> {
        if value.is_none() {
            return Ok(libc::timespec { tv_sec: 0, tv_nsec: libc::UTIME_NOW });
        }
        let ns = ops::index_i64(th, value)?;
        Ok(libc::timespec { tv_sec: ns.div_euclid(1_000_000_000), tv_nsec: ns.rem_euclid(1_000_000_000) })
    };
    let times = [time(args[1])?, time(args[2])?];
    // SAFETY: a string that ends in zero and two times.
    followed(th, args[0], "utime", |name| unsafe { libc::utimensat(libc::AT_FDCWD, name.as_ptr(), times.as_ptr(), 0) })
}

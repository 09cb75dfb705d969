//! What `os` does with files by their paths: all of it goes through the gate, which holds a folder open while a name in it
//! is created, deleted or looked at.

use std::ffi::{CStr, CString};
use std::os::fd::AsRawFd;

use crate::heap::Value;
use crate::modules::io::descriptor::{self, checked};
use crate::modules::io::path::{self, Asked, PathArgument};
use crate::objects::list::List;
use crate::objects::{bytes, exception, sequences};
use crate::vm::gate::{Access, Place, Refused};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::thread::Reason;
use crate::vm::{Raised, Thread, ops};

use super::descriptors;
use super::identity::owner;

pub const FUNCTIONS: &[NativeDef] = &[
    native(
        "_path",
        "(path, function, accepts, /)",
        "The string or bytes that a path is; a function that takes it is named in the error.",
        |th, args| match path::plain(th, args[0])? {
            Some(plain) => Ok(plain),
            None => {
                let text = |value| ops::str(th, value).map(|text| text.to_text());
                let (function, accepts, class) = (text(args[1])?, text(args[2])?, th.type_name(args[0]));
                Err(th.type_error(format_args!("{function}: path should be {accepts}, not {class}")))
            }
        },
    ),
    native(
        "stat",
        "(path, *, dir_fd=None, follow_symlinks=True)",
        "Perform a stat system call on the given path.",
        |th, args| {
            let follow = args[2].is_empty() || ops::truthy(th, args[2])?;
            status(th, args[0], args[1], "stat", follow)
        },
    ),
    native(
        "lstat",
        "(path, *, dir_fd=None)",
        "Perform a stat system call without following symbolic links.",
        |th, args| status(th, args[0], args[1], "lstat", false),
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
            let argument = path_from(th, args[0], args[2], Asked::path("access"))?;
            let mode = ops::index_i64(th, args[1])? as i32;
            let effective = !args[3].is_empty() && ops::truthy(th, args[3])?;
            let follow = args[4].is_empty() || ops::truthy(th, args[4])?;
            let flags = if effective { libc::AT_EACCESS } else { 0 };
            let flags = if follow { flags } else { flags | libc::AT_SYMLINK_NOFOLLOW };
            let access = if mode & libc::W_OK != 0 { Access::Write } else { Access::Read };
            let (gate, place) = (th.vm().gate(), &argument.path);
            let answer = th.detached(Reason::Io, || {
                if follow {
                    gate.find(place, access)?;
                }
                let place = gate.place(place, access)?;
                // SAFETY: a string that ends in zero, and plain numbers.
                Ok::<_, Refused>(unsafe { libc::faccessat(place.folder(), place.name.as_ptr(), mode, flags) })
            });
            Ok(Value::bool(matches!(answer, Ok(0))))
        },
    ),
    native("listdir", "(path=None)", "Return a list containing the names of the files in the directory.", list),
    native("mkdir", "(path, mode=511, *, dir_fd=None)", "Create a directory.", |th, args| {
        let mode = if args[1].is_empty() { 0o777 } else { ops::index_i64(th, args[1])? as libc::mode_t };
        // SAFETY: a string that ends in zero, and plain numbers.
        change(th, args[0], args[2], "mkdir", |folder, name| unsafe { libc::mkdirat(folder, name.as_ptr(), mode) })
    }),
    native("mkfifo", "(path, mode=438, *, dir_fd=None)", "Create a \"fifo\" (a POSIX named pipe).", |th, args| {
        let mode = if args[1].is_empty() { 0o666 } else { ops::index_i64(th, args[1])? as libc::mode_t };
        // SAFETY: a string that ends in zero, and plain numbers.
        change(th, args[0], args[2], "mkfifo", |folder, name| unsafe { libc::mkfifoat(folder, name.as_ptr(), mode) })
    }),
    native("rmdir", "(path, *, dir_fd=None)", "Remove a directory.", |th, args| {
        // SAFETY: a string that ends in zero, and plain numbers.
        change(th, args[0], args[1], "rmdir", |folder, name| unsafe {
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
        "(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=<null>)",
        "Create a hard link to a file.",
        |th, args| {
            let follow = args[4].is_empty() || ops::truthy(th, args[4])?;
            link(th, args, follow)
        },
    ),
    native(
        "symlink",
        "(src, dst, target_is_directory=False, *, dir_fd=None)",
        "Create a symbolic link pointing to src named dst.",
        |th, args| {
            let target = path::path(th, args[0], Asked { name: "src", ..Asked::path("symlink") })?;
            let text = c_string(th, &target)?;
            let argument = path_from(th, args[1], args[3], Asked { name: "dst", ..Asked::path("symlink") })?;
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
        "(path, mode, *, dir_fd=None, follow_symlinks=<null>)",
        "Change the access permissions of a file.",
        |th, args| {
            let mode = ops::index_i64(th, args[1])? as libc::mode_t;
            let follow = args[3].is_empty() || ops::truthy(th, args[3])?;
            let one = One { path: args[0], folder: args[2], follow, function: "chmod" };
            one.change(th, |folder, name, flags| {
                // SAFETY: a string that ends in zero, and plain numbers.
                unsafe { libc::fchmodat(folder, name.as_ptr(), mode, flags) }
            })
        },
    ),
    native(
        "chown",
        "(path, uid, gid, *, dir_fd=None, follow_symlinks=True)",
        "Change the owner and group id of path to the numeric uid and gid.",
        |th, args| {
            let follow = args[4].is_empty() || ops::truthy(th, args[4])?;
            change_owner(th, args, One { path: args[0], folder: args[3], follow, function: "chown" })
        },
    ),
    native(
        "lchown",
        "(path, uid, gid)",
        "Change the owner and group id of path, without following symbolic links.",
        |th, args| {
            change_owner(th, args, One { path: args[0], folder: Value::NONE, follow: false, function: "lchown" })
        },
    ),
    native(
        "mknod",
        "(path, mode=384, device=0, *, dir_fd=None)",
        "Create a node in the file system. Devices need -A.",
        |th, args| {
            let mode = if args[1].is_empty() { 0o600 } else { ops::index_i64(th, args[1])? as libc::mode_t };
            let device = if args[2].is_empty() { 0 } else { ops::index_u64(th, args[2])? };
            if matches!(mode & libc::S_IFMT, libc::S_IFCHR | libc::S_IFBLK) {
                // What is behind a device lies beyond every path.
                let allowed = th.vm().gate().may_everything("making devices");
                allowed.map_err(|refused| exception::raise_refused(th, &refused, &[]))?;
            }
            let argument = path_from(th, args[0], args[3], Asked::path("mknod"))?;
            // SAFETY: a string that ends in zero, and plain numbers.
            at(th, &argument, Access::Write, &[], |folder, name| unsafe {
                libc::mknodat(folder, name.as_ptr(), mode, device)
            })
        },
    ),
    native("truncate", "(path, length)", "Truncate a file, specified by path, to a specific length.", |th, args| {
        let size = ops::index_i64(th, args[1])?;
        if path::descriptor(th, args[0])?.is_some() {
            let number = descriptors::number(th, args[0])?;
            let done = descriptor::truncate(th, number, size);
            return done.map(|()| Value::NONE).map_err(|error| descriptor::failed(th, &error));
        }
        let one = One { path: args[0], folder: Value::NONE, follow: true, function: "truncate" };
        // SAFETY: a string that ends in zero, and plain numbers.
        one.change(th, |_, name, _| unsafe { libc::truncate(name.as_ptr(), size) })
    }),
    native(
        "_utime",
        "(path, atime_ns, mtime_ns, dir_fd, follow_symlinks, /)",
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

fn c_string(th: &Thread, argument: &PathArgument) -> Result<CString> {
    use std::os::unix::ffi::OsStrExt;
    CString::new(argument.path.as_os_str().as_bytes()).map_err(|_| th.value_error("embedded null byte"))
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

fn change(
    th: &Thread,
    path: Value,
    folder: Value,
    function: &'static str,
    call: impl Fn(i32, &CStr) -> i32 + Sync,
) -> Result {
    let argument = path_from(th, path, folder, Asked::path(function))?;
    at(th, &argument, Access::Write, &[argument.shown], call)
}

/// A thing whose notes are to be changed: what a path leads to, or, unfollowed, the link itself; or what is behind a
/// descriptor.
struct One {
    path: Value,
    folder: Value,
    follow: bool,
    function: &'static str,
}

impl One {
    /// The call gets a folder, a name in it, and flags.
    fn change(self, th: &Thread, call: impl Fn(i32, &CStr, i32) -> i32 + Sync) -> Result {
        let function = self.function;
        if path::descriptor(th, self.path)?.is_some() {
            let number = descriptors::number(th, self.path)?;
            if !self.folder.is_empty() && !self.folder.is_none() {
                let what = if function == "chown" {
                    "specify both dir_fd and fd"
                } else {
                    "specify dir_fd without matching path"
                };
                return Err(th.value_error(format_args!("{function}: can't {what}")));
            }
            if !self.follow {
                return Err(th.value_error(format_args!("{function}: cannot use fd and follow_symlinks together")));
            }
            super::identity::may_change_file(th, number)?;
            let name = name_of(number);
            let done = th.detached(Reason::Io, || checked(call(libc::AT_FDCWD, &name, 0) as i64));
            return done.map(|_| Value::NONE).map_err(|error| descriptor::failed(th, &error));
        }
        let accepts = "string, bytes, os.PathLike or integer";
        let argument = path_from(th, self.path, self.folder, Asked { accepts, ..Asked::path(function) })?;
        if !self.follow {
            return at(th, &argument, Access::Write, &[argument.shown], |folder, name| {
                call(folder, name, libc::AT_SYMLINK_NOFOLLOW)
            });
        }
        let (gate, place) = (th.vm().gate(), &argument.path);
        let plain = c_string(th, &argument)?;
        let done = th.detached(Reason::Io, || {
            if gate.is_open(Access::Write) {
                checked(call(libc::AT_FDCWD, &plain, 0) as i64)?;
                return Ok(());
            }
            let held = gate.find(place, Access::Write)?;
            checked(call(libc::AT_FDCWD, &name_of(held.as_raw_fd()), 0) as i64)?;
            Ok::<_, Refused>(())
        });
        said(th, done, &[argument.shown])
    }
}

/// The name of what is behind a descriptor.
fn name_of(number: i32) -> CString {
    CString::new(format!("/proc/self/fd/{number}")).unwrap_or_default()
}

fn change_owner(th: &Thread, args: &[Value], one: One) -> Result {
    let (user, group) = (owner(th, args[1], "uid")?, owner(th, args[2], "gid")?);
    // SAFETY: a string that ends in zero, and plain numbers.
    one.change(th, |folder, name, flags| unsafe { libc::fchownat(folder, name.as_ptr(), user, group, flags) })
}

/// A path that starts in a folder which a descriptor stands for, if one is given.
pub fn path_from(th: &Thread, value: Value, folder: Value, asked: Asked) -> Result<PathArgument> {
    let mut argument = path::path(th, value, asked)?;
    if folder.is_empty() || folder.is_none() {
        return Ok(argument);
    }
    if !sequences::is_index(th, folder) {
        let class = th.type_name(folder);
        return Err(th.type_error(format_args!("argument should be integer or None, not {class}")));
    }
    let number = ops::index_i32(th, folder)?;
    // What is absolute starts nowhere, and what is empty leads nowhere.
    if argument.path.is_relative() && !argument.path.as_os_str().is_empty() {
        if !descriptor::is_open(descriptor::owned(th, number, &[argument.shown])?) {
            return Err(exception::raise_errno(th, libc::EBADF, &[argument.shown]));
        }
        argument.path = descriptor::path_of(number).join(&argument.path);
    }
    Ok(argument)
}

fn remove(th: &Thread, args: &[Value], function: &'static str) -> Result {
    // SAFETY: a string that ends in zero, and plain numbers.
    change(th, args[0], args[1], function, |folder, name| unsafe { libc::unlinkat(folder, name.as_ptr(), 0) })
}

fn rename(th: &Thread, args: &[Value], function: &'static str) -> Result {
    // SAFETY: strings that end in zero, and plain numbers.
    of_two(th, args, function, |from, to| unsafe {
        libc::renameat(from.folder(), from.name.as_ptr(), to.folder(), to.name.as_ptr())
    })
}

/// A hard link. What is linked can be written through its new name, so both must be open to writing; if the old name is
/// that of a symbolic link, this links where it leads.
fn link(th: &Thread, args: &[Value], follow: bool) -> Result {
    let from = path_from(th, args[0], args[2], Asked { name: "src", ..Asked::path("link") })?;
    let to = path_from(th, args[1], args[3], Asked { name: "dst", ..Asked::path("link") })?;
    let gate = th.vm().gate();
    let (first, second) = (&from.path, &to.path);
    let done = th.detached(Reason::Io, || {
        let to = gate.place(second, Access::Write)?;
        let linked = |folder, name: &CStr, flags| {
            // SAFETY: strings that end in zero, and plain numbers.
            checked(unsafe { libc::linkat(folder, name.as_ptr(), to.folder(), to.name.as_ptr(), flags) } as i64)
        };
        if follow {
            let held = gate.find(first, Access::Write)?;
            linked(libc::AT_FDCWD, &name_of(held.as_raw_fd()), libc::AT_SYMLINK_FOLLOW)?;
        } else {
            let from = gate.place(first, Access::Write)?;
            linked(from.folder(), &from.name, 0)?;
        }
        Ok::<_, Refused>(())
    });
    said(th, done, &[from.shown, to.shown])
}

fn of_two(th: &Thread, args: &[Value], function: &'static str, call: impl Fn(&Place, &Place) -> i32 + Sync) -> Result {
    let from = path_from(th, args[0], args[2], Asked { name: "src", ..Asked::path(function) })?;
    let to = path_from(th, args[1], args[3], Asked { name: "dst", ..Asked::path(function) })?;
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

fn status(th: &Thread, value: Value, folder: Value, function: &'static str, follow: bool) -> Result {
    if function == "stat" && path::descriptor(th, value)?.is_some() {
        if !folder.is_empty() && !folder.is_none() {
            return Err(th.value_error("stat: can't specify dir_fd without matching path"));
        }
        if !follow {
            return Err(th.value_error("stat: cannot use fd and follow_symlinks together"));
        }
        let number = descriptors::number(th, value)?;
        return match descriptor::status(number) {
            Ok(status) => result(th, &status),
            Err(error) => Err(descriptor::failed(th, &error)),
        };
    }
    let accepts =
        if function == "stat" { "string, bytes, os.PathLike or integer" } else { "string, bytes or os.PathLike" };
    let argument = path_from(th, value, folder, Asked { accepts, ..Asked::path(function) })?;
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
    let fields = [
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
        // Those that are attributes only.
        seconds(atime, status.st_atime_nsec),
        seconds(mtime, status.st_mtime_nsec),
        seconds(ctime, status.st_ctime_nsec),
        ns(atime, status.st_atime_nsec),
        ns(mtime, status.st_mtime_nsec),
        ns(ctime, status.st_ctime_nsec),
        int(status.st_blksize as _),
        int(status.st_blocks),
        int(status.st_rdev as i64),
    ];
    let made = crate::vm::import::in_modules(th, "os").unwrap_or(Value::NONE);
    let class = ops::get_attr(th, made, th.intern("stat_result"))?;
    th.call(class, &[th.tuple(&fields)])
}

fn list(th: &Thread, args: &[Value]) -> Result {
    let mut given = if args[0].is_empty() || args[0].is_none() { th.str(".") } else { args[0] };
    if path::descriptor(th, given)?.is_some() {
        let number = descriptors::number(th, given)?;
        let status = descriptor::status(number).map_err(|error| descriptor::failed(th, &error))?;
        if status.st_mode & libc::S_IFMT != libc::S_IFDIR {
            return Err(exception::raise_errno(th, libc::ENOTDIR, &[given]));
        }
        given = path::decode(th, descriptor::path_of(number).as_os_str().as_encoded_bytes());
    }
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
    let argument = path_from(th, args[0], args[1], Asked::path("readlink"))?;
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
    let one = One { path: args[0], folder: args[3], follow: ops::truthy(th, args[4])?, function: "utime" };
    // SAFETY: a string that ends in zero and two times.
    one.change(th, |folder, name, flags| unsafe { libc::utimensat(folder, name.as_ptr(), times.as_ptr(), flags) })
}

//! Whose the process is, and what it sees of the system. Anybody may ask; to change it, a program needs every permission,
//! since it could reach around the gate.

use std::ffi::CString;

use crate::heap::Value;
use crate::modules::io::descriptor::{self, checked, failed};
use crate::modules::io::path::{self, Asked};
use crate::objects::exception::{self, Exc, raise_refused};
use crate::objects::sequences;
use crate::vm::gate::{Access, Refused};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops};

use super::descriptors::{file_number, number};

unsafe extern "C" {
    fn getlogin_r(name: *mut libc::c_char, size: libc::size_t) -> libc::c_int;
}

/// A change of one or more numbers of the process's.
macro_rules! change {
    ($name:literal, $signature:literal, $doc:literal, $call:ident, $($kind:literal $at:literal),+) => {
        native($name, $signature, $doc, |th, args| {
            let numbers = [$(owner(th, args[$at], $kind)?),+];
            may_change(th)?;
            // SAFETY: plain numbers.
            said(th, unsafe { libc::$call($(numbers[$at]),+) })
        })
    };
}

pub const FUNCTIONS: &[NativeDef] = &[
    native(
        "getresuid",
        "()",
        "Return a tuple of the current process's real, effective, and saved user ids.",
        |th, _| {
            let mut ids = [0; 3];
            let [real, effective, saved] = &mut ids;
            // SAFETY: room for three numbers.
            said(th, unsafe { libc::getresuid(real, effective, saved) })?;
            Ok(th.tuple(&ids.map(|id| Value::small_int(id.into()))))
        },
    ),
    native(
        "getresgid",
        "()",
        "Return a tuple of the current process's real, effective, and saved group ids.",
        |th, _| {
            let mut ids = [0; 3];
            let [real, effective, saved] = &mut ids;
            // SAFETY: room for three numbers.
            said(th, unsafe { libc::getresgid(real, effective, saved) })?;
            Ok(th.tuple(&ids.map(|id| Value::small_int(id.into()))))
        },
    ),
    native("getgroups", "()", "Return list of supplemental group IDs for the process.", |th, _| {
        let mut groups = vec![0; 1 << 16];
        // SAFETY: room for so many numbers, as many as the system has at most.
        let count = checked(unsafe { libc::getgroups(groups.len() as i32, groups.as_mut_ptr()) }.into());
        groups.truncate(count.map_err(|error| failed(th, &error))? as usize);
        let groups: Vec<Value> = groups.iter().map(|group| Value::small_int((*group).into())).collect();
        Ok(th.list(&groups))
    }),
    native("getlogin", "()", "Return the actual login name. Needs --allow-read.", |th, _| {
        may_read_accounts(th)?;
        let mut name = [0u8; 256];
        // SAFETY: room for a text of that size.
        match unsafe { getlogin_r(name.as_mut_ptr().cast(), name.len()) } {
            0 => {
                let end = name.iter().position(|byte| *byte == 0).unwrap_or(0);
                Ok(path::decode(th, &name[..end]))
            }
            error => Err(exception::raise_errno(th, error, &[])),
        }
    }),
    native(
        "getgrouplist",
        "(user, group, /)",
        "Returns a list of groups to which a user belongs. Needs --allow-read.",
        |th, args| {
            let user = user(th, args[0], "getgrouplist")?;
            let group = owner(th, args[1], "gid")?;
            may_read_accounts(th)?;
            let groups = th.detached(Reason::Io, || {
                let mut groups = vec![0; 1 << 16];
                let mut count = groups.len() as i32;
                // SAFETY: a string that ends in zero, and room for so many numbers, of which `count` tells.
                let found = unsafe { libc::getgrouplist(user.as_ptr(), group, groups.as_mut_ptr(), &mut count) };
                checked(found.into())?;
                groups.truncate(count as usize);
                Ok::<_, std::io::Error>(groups)
            });
            let groups = groups.map_err(|error| failed(th, &error))?;
            let groups: Vec<Value> = groups.iter().map(|group| Value::small_int((*group).into())).collect();
            Ok(th.list(&groups))
        },
    ),
    change!("setuid", "(uid, /)", "Set the current process's user id. Needs -A.", setuid, "uid" 0),
    change!("setgid", "(gid, /)", "Set the current process's group id. Needs -A.", setgid, "gid" 0),
    change!("seteuid", "(euid, /)", "Set the current process's effective user id. Needs -A.", seteuid, "uid" 0),
    change!("setegid", "(egid, /)", "Set the current process's effective group id. Needs -A.", setegid, "gid" 0),
    change!("setreuid", "(ruid, euid, /)", "Set the current process's real and effective user ids. Needs -A.", setreuid, "uid" 0, "uid" 1),
    change!("setregid", "(rgid, egid, /)", "Set the current process's real and effective group ids. Needs -A.", setregid, "gid" 0, "gid" 1),
    change!("setresuid", "(ruid, euid, suid, /)", "Set the current process's real, effective, and saved user ids. Needs -A.", setresuid, "uid" 0, "uid" 1, "uid" 2),
    change!("setresgid", "(rgid, egid, sgid, /)", "Set the current process's real, effective, and saved group ids. Needs -A.", setresgid, "gid" 0, "gid" 1, "gid" 2),
    native("setgroups", "(groups, /)", "Set the groups of the current process to list. Needs -A.", |th, args| {
        if th.lookup(th.class_of(args[0]), th.vm().names.__getitem__).is_none() {
            return Err(th.type_error("setgroups argument must be a sequence"));
        }
        let mut groups = Vec::new();
        ops::for_each(th, args[0], |group| {
            groups.push(owner(th, group, "gid")?);
            Ok(())
        })?;
        may_change(th)?;
        // SAFETY: a live row of so many numbers.
        said(th, unsafe { libc::setgroups(groups.len(), groups.as_ptr()) })
    }),
    native("initgroups", "(username, gid, /)", "Initialize the group access list. Needs -A.", |th, args| {
        let (user, group) = (user(th, args[0], "initgroups")?, owner(th, args[1], "gid")?);
        may_change(th)?;
        // SAFETY: a string that ends in zero, and a number.
        said(th, unsafe { libc::initgroups(user.as_ptr(), group) })
    }),
    native("chroot", "(path)", "Change root directory to path. Needs -A.", |th, args| {
        let argument = path::path(th, args[0], Asked::path("chroot"))?;
        may_change(th)?;
        let name = c_text(&argument.path);
        // SAFETY: a string that ends in zero.
        let done = th.detached(Reason::Io, || checked(unsafe { libc::chroot(name.as_ptr()) }.into()));
        done.map(|_| Value::NONE).map_err(|error| raise_refused(th, &Refused::System(error), &[argument.shown]))
    }),
    native(
        "unshare",
        "(flags)",
        "Disassociate parts of a process (or thread) execution context. Needs -A.",
        |th, args| {
            let flags = ops::index_i32(th, args[0])?;
            may_change(th)?;
            // SAFETY: a plain number.
            said(th, unsafe { libc::unshare(flags) })
        },
    ),
    native("setns", "(fd, nstype=0)", "Move the calling thread into different namespaces. Needs -A.", |th, args| {
        let file = file_number(th, args[0])?;
        let kind = if args[1].is_empty() { 0 } else { ops::index_i32(th, args[1])? };
        may_change(th)?;
        // SAFETY: plain numbers.
        said(th, unsafe { libc::setns(file, kind) })
    }),
    native(
        "fchown",
        "(fd, uid, gid)",
        "Change the owner and group id of the file specified by file descriptor. Needs --allow-write.",
        |th, args| {
            let number = file_number(th, args[0])?;
            let (user, group) = (owner(th, args[1], "uid")?, owner(th, args[2], "gid")?);
            may_change_file(th, number)?;
            // SAFETY: plain numbers.
            let done = th.detached(Reason::Io, || checked(unsafe { libc::fchown(number, user, group) }.into()));
            done.map(|_| Value::NONE).map_err(|error| failed(th, &error))
        },
    ),
    native(
        "fchmod",
        "(fd, mode)",
        "Change the access permissions of the file given by file descriptor fd. Needs --allow-write.",
        |th, args| {
            let number = number(th, args[0])?;
            let mode = ops::index_i64(th, args[1])? as libc::mode_t;
            may_change_file(th, number)?;
            // SAFETY: plain numbers.
            let done = th.detached(Reason::Io, || checked(unsafe { libc::fchmod(number, mode) }.into()));
            done.map(|_| Value::NONE).map_err(|error| failed(th, &error))
        },
    ),
];

fn said(th: &Thread, answer: i32) -> Result {
    checked(answer.into()).map(|_| Value::NONE).map_err(|error| failed(th, &error))
}

fn c_text(path: &std::path::Path) -> CString {
    use std::os::unix::ffi::OsStrExt;
    // `path::path` lets no zeros through.
    CString::new(path.as_os_str().as_bytes()).unwrap_or_default()
}

fn may_change(th: &Thread) -> Result<()> {
    th.vm().gate().may_everything("changing whose the process is").map_err(|refused| raise_refused(th, &refused, &[]))
}

/// The system's list of accounts is made of files.
fn may_read_accounts(th: &Thread) -> Result<()> {
    if th.vm().gate().is_open(Access::Read) { Ok(()) } else { Err(raise_refused(th, &Refused::of(Access::Read), &[])) }
}

/// Whether what is behind a descriptor may be changed otherwise than by writing, for which it may not have been opened.
pub fn may_change_file(th: &Thread, number: i32) -> Result<()> {
    let (gate, name) = (th.vm().gate(), descriptor::path_of(number));
    let found = th.detached(Reason::Io, || gate.find(&name, Access::Write));
    found.map(drop).map_err(|refused| raise_refused(th, &refused, &[]))
}

/// A user's or a group's number; -1 stands for "as it is".
pub fn owner(th: &Thread, value: Value, what: &str) -> Result<u32> {
    if !sequences::is_index(th, value) {
        let class = th.type_name(value);
        return Err(th.type_error(format_args!("{what} should be integer, not {class}")));
    }
    match ops::index_sized(th, value, Exc::OverflowError)? {
        -1 => Ok(u32::MAX),
        low if low < 0 => Err(th.overflow_error(format_args!("{what} is less than minimum"))),
        number => u32::try_from(number).map_err(|_| th.overflow_error(format_args!("{what} is greater than maximum"))),
    }
}

fn user(th: &Thread, value: Value, function: &str) -> Result<CString> {
    let Some(text) = value.as_str_cell() else {
        let class = th.type_name(value);
        return Err(th.type_error(format_args!("{function}() argument 1 must be str, not {class}")));
    };
    CString::new(path::encode(th, text)?).map_err(|_| th.value_error("embedded null byte"))
}

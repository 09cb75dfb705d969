//! `_os`: what `os` asks the system for.
//!
//! - this file: the process and its surroundings, which every program may know
//! - `files`: files by their paths; `descriptors`: files by their numbers
//! - `vectors`: at a place, from several buffers, and from one to another; `special`: those that are no files
//! - `systems`: what the system says of file systems and of itself; extended attributes
//! - `identity`: whose the process is; `scheduling`: how important; `limits`: what it has used and may use
//! - `processes`: this process, its children, and waiting for them; `waiting`: with all that the system tells; `programs`: running other programs

use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::modules::io::descriptor::checked;
use crate::modules::io::path;
use crate::objects::dict::Dict;
use crate::objects::module::Module;
use crate::objects::{bytes, exception};
use crate::vm::native::{NativeDef, Result, count_methods, join_methods, native};
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops};

mod descriptors;

pub use descriptors::number;
mod files;
mod identity;
mod limits;
mod numbers;
mod processes;
mod programs;
mod scheduling;
mod special;
mod systems;
mod vectors;
mod waiting;

pub static OS: ModuleDef = ModuleDef {
    functions: &join_methods::<{ count_methods(GROUPS) }>(GROUPS),
    init: Some(init),
    in_c: Some("posix"),
    ..ModuleDef::new("_os", "The operating system's interface, as far as the gate lets it through.")
};

const GROUPS: &[&[NativeDef]] = &[
    FUNCTIONS,
    files::FUNCTIONS,
    descriptors::FUNCTIONS,
    processes::FUNCTIONS,
    vectors::FUNCTIONS,
    special::FUNCTIONS,
    systems::FUNCTIONS,
    identity::FUNCTIONS,
    scheduling::FUNCTIONS,
    limits::FUNCTIONS,
    waiting::FUNCTIONS,
    programs::FUNCTIONS,
];

fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    for (name, number) in numbers::NUMBERS.iter().chain(numbers::MORE_NUMBERS) {
        module.namespace.set_str(th, th.intern(name), th.int(*number));
    }
    Ok(())
}

/// A number of the process's, as a function without arguments.
macro_rules! number {
    ($name:literal, $doc:literal, $call:ident) => {
        native($name, "()", $doc, |_, _| {
            // SAFETY: asks about the calling process.
            Ok(Value::small_int(unsafe { libc::$call() }.into()))
        })
    };
}

const FUNCTIONS: &[NativeDef] = &[
    number!("getuid", "Return the current process's user id.", getuid),
    number!("geteuid", "Return the current process's effective user id.", geteuid),
    number!("getgid", "Return the current process's group id.", getgid),
    number!("getegid", "Return the current process's effective group id.", getegid),
    native("umask", "(mask, /)", "Set the current numeric umask and return the previous umask.", |th, args| {
        let mask = ops::index_i64(th, args[0])? as libc::mode_t;
        // SAFETY: a plain number.
        Ok(Value::small_int(unsafe { libc::umask(mask) }.into()))
    }),
    crate::modules::time::SET_ZONE,
    native("strerror", "(code, /)", "Translate an error code to a message string.", |th, args| {
        let code = ops::index_i64(th, args[0])? as i32;
        Ok(th.str(&exception::words(code)))
    }),
    native("uname", "()", "Return the parts of the system's name.", |th, _| uname(th)),
    native("getcwd", "()", "Return a unicode string representing the current working directory.", |th, _| {
        match std::env::current_dir() {
            Ok(folder) => Ok(path::decode(th, folder.as_os_str().as_encoded_bytes())),
            Err(error) => Err(exception::raise_os_error(th, &error, None)),
        }
    }),
    native("environ", "()", "The environment as a dict.", |th, _| {
        let dict = Dict::new(th);
        for (name, value) in std::env::vars_os() {
            let text = |part: &std::ffi::OsStr| path::decode(th, part.as_encoded_bytes());
            let Some(name) = text(&name).as_str_cell() else { continue };
            dict.set_str(th, th.intern_str(name), text(&value));
        }
        Ok(dict.value())
    }),
    native("getrandom", "(size, flags=0)", "Obtain a series of random bytes.", |th, args| {
        let size = ops::index_i64(th, args[0])?;
        let flags = if args[1].is_empty() { 0 } else { ops::index_i32(th, args[1])? };
        let Ok(size) = usize::try_from(size) else { return Err(exception::raise_errno(th, libc::EINVAL, &[])) };
        let mut random = vec![0u8; bytes::check_len(th, Some(size))?];
        let got = th.detached(Reason::Io, || {
            // SAFETY: fills a live slice.
            checked(unsafe { libc::getrandom(random.as_mut_ptr().cast(), random.len(), flags as u32) } as i64)
        });
        match got {
            Ok(count) => Ok(bytes::new(th, &random[..count as usize])),
            Err(error) => Err(exception::raise_os_error(th, &error, None)),
        }
    }),
    native(
        "urandom",
        "(size, /)",
        "Return a bytes object containing random bytes suitable for cryptographic use.",
        urandom,
    ),
];

fn urandom(th: &Thread, args: &[Value]) -> Result {
    let size = ops::index_i64(th, args[0])?;
    if size < 0 {
        return Err(th.value_error("negative argument not allowed"));
    }
    let mut random = vec![0u8; bytes::check_len(th, Some(size as usize))?];
    let mut filled = 0;
    while filled < random.len() {
        let rest = &mut random[filled..];
        // SAFETY: fills a live slice.
        let got = unsafe { libc::getrandom(rest.as_mut_ptr().cast(), rest.len(), 0) };
        if got < 0 {
            return Err(exception::raise_os_error(th, &std::io::Error::last_os_error(), None));
        }
        filled += got as usize;
    }
    Ok(bytes::new(th, &random))
}

fn uname(th: &Thread) -> Result {
    let mut names = std::mem::MaybeUninit::<libc::utsname>::uninit();
    // SAFETY: the system fills the structure, or says that it has not.
    let names = unsafe {
        if libc::uname(names.as_mut_ptr()) < 0 {
            return Err(exception::raise_os_error(th, &std::io::Error::last_os_error(), None));
        }
        names.assume_init()
    };
    let text = |part: &[libc::c_char]| {
        let bytes: Vec<u8> = part.iter().map(|c| *c as u8).take_while(|c| *c != 0).collect();
        path::decode(th, &bytes)
    };
    let parts = [&names.sysname[..], &names.nodename, &names.release, &names.version, &names.machine];
    Ok(th.tuple(&parts.map(text)))
}

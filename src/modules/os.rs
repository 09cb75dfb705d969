//! `_os`: what `os` asks the system for, as far as it is harmless.

use crate::heap::Value;
use crate::modules::ModuleDef;
use crate::objects::dict::Dict;
use crate::objects::exception;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

pub static OS: ModuleDef = ModuleDef {
    functions: FUNCTIONS,
    ..ModuleDef::new("_os", "The harmless part of the operating system's interface.")
};

const FUNCTIONS: &[NativeDef] = &[
    native("getpid", "()", "Return the current process id.", |_, _| Ok(Value::small_int(std::process::id().into()))),
    native("getppid", "()", "Return the parent's process id.", |_, _| {
        // SAFETY: asks about the calling process.
        Ok(Value::small_int(unsafe { libc::getppid() }.into()))
    }),
    native("cpu_count", "()", "Return the number of logical CPUs in the system.", |_, _| {
        // SAFETY: asks for a number.
        let count = unsafe { libc::sysconf(libc::_SC_NPROCESSORS_ONLN) };
        Ok(if count > 0 { Value::small_int(count) } else { Value::NONE })
    }),
    native("process_cpu_count", "()", "Return the number of logical CPUs that the process may use.", |_, _| {
        Ok(std::thread::available_parallelism().map_or(Value::NONE, |n| Value::small_int(n.get() as i64)))
    }),
    native("getcwd", "()", "Return a unicode string representing the current working directory.", |th, _| {
        match std::env::current_dir() {
            Ok(path) => Ok(th.str(&path.to_string_lossy())),
            Err(error) => Err(exception::raise_os_error(th, &error, None)),
        }
    }),
    native("environ", "()", "The environment as a dict.", |th, _| {
        let dict = Dict::new(th);
        for (name, value) in std::env::vars_os() {
            dict.set_str(th, th.intern(&name.to_string_lossy()), th.str(&value.to_string_lossy()));
        }
        Ok(dict.value())
    }),
    native(
        "urandom",
        "(size, /)",
        "Return a bytes object containing random bytes suitable for cryptographic use.",
        urandom,
    ),
    native(
        "_exit",
        "(status)",
        "Exit to the system with specified status, without normal exit processing.",
        |th, args| std::process::exit(ops::index_i64(th, args[0])? as i32),
    ),
    native("sched_yield", "()", "Voluntarily relinquish the CPU.", |th, _| {
        th.detached(crate::vm::thread::Reason::Other, std::thread::yield_now);
        Ok(Value::NONE)
    }),
];

fn urandom(th: &Thread, args: &[Value]) -> Result {
    let size = ops::index_i64(th, args[0])?;
    if size < 0 {
        return Err(th.value_error("negative argument not allowed"));
    }
    let mut bytes = vec![0u8; size as usize];
    let mut filled = 0;
    while filled < bytes.len() {
        let rest = &mut bytes[filled..];
        // SAFETY: fills a live slice.
        let got = unsafe { libc::getrandom(rest.as_mut_ptr().cast(), rest.len(), 0) };
        if got < 0 {
            return Err(exception::raise_os_error(th, &std::io::Error::last_os_error(), None));
        }
        filled += got as usize;
    }
    Ok(crate::objects::bytes::new(th, &bytes))
}

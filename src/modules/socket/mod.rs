//! `_socket`: sockets of the system, on which `socket` is built.
//!
//! - `object`: the socket itself, with its time limit, and waiting until it is ready
//! - `transfer`: what is sent and received; `messages`: with ancillary data, such as descriptors
//! - `address`: addresses, and the gate's question about them
//! - `resolve`: names of hosts; `services`: of services, protocols and interfaces, and all names of a host
//! - `constants`: the system's numbers
//!
//! Whatever reaches another machine, or another program of this one, passes the gate; a pair of sockets that a program
//! makes for itself does not.

use crate::heap::{Gc, Value};
use crate::modules::{ModuleDef, new_exception};
use crate::objects::exception::{self, Exc};
use crate::objects::module::Module;
use crate::vm::import::in_modules;
use crate::vm::native::{NativeDef, Result, count_methods, join_methods, native};
use crate::vm::{Raised, Thread, ops};

mod address;
mod constants;
mod messages;
mod object;
mod resolve;
mod services;
mod transfer;

pub static SOCKET: ModuleDef = ModuleDef {
    functions: &join_methods::<{ count_methods(FUNCTIONS) }>(FUNCTIONS),
    types: &[&object::SOCKET],
    init: Some(init),
    ..ModuleDef::new("_socket", "Implementation module for socket operations.")
};

const FUNCTIONS: &[&[NativeDef]] = &[
    &[
        native(
            "socketpair",
            "(family=1, type=1, proto=0, /)",
            "Create a pair of socket objects from the sockets returned by the platform socketpair() function.",
            object::pair,
        ),
        native("dup", "(object, /)", "Duplicate an integer socket file descriptor.", object::duplicate),
        native("close", "(object, /)", "Close an integer socket file descriptor.", object::close_number),
        native("getdefaulttimeout", "()", "Return the default timeout in seconds; None if there is none.", |th, _| {
            Ok(object::shown_timeout(th.vm().socket_timeout.load(std::sync::atomic::Ordering::Relaxed)))
        }),
        native("setdefaulttimeout", "(object, /)", "Set the default timeout in seconds of new sockets.", |th, args| {
            let timeout = object::timeout(th, args[0])?;
            th.vm().socket_timeout.store(timeout, std::sync::atomic::Ordering::Relaxed);
            Ok(Value::NONE)
        }),
    ],
    resolve::FUNCTIONS,
    services::FUNCTIONS,
    messages::FUNCTIONS,
];

/// Raises one of this module's own exceptions.
#[cold]
fn raise_own(th: &Thread, name: &str, args: &[Value]) -> Raised {
    let class = in_modules(th, "_socket")
        .and_then(|module| module.downcast::<Module>())
        .and_then(|module| module.namespace.get_str(th, th.intern(name)));
    match class.map(|class| th.call(class, args)) {
        Some(Ok(made)) => th.raise_object(made),
        Some(Err(raised)) => raised,
        None => th.raise_with(Exc::OSError, args),
    }
}

fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    let os_error = th.vm().exception_class(Exc::OSError).value();
    let set = |name: &str, value: Value| module.namespace.set_str(th, th.intern(name), value);
    set("error", os_error);
    set("timeout", th.vm().exception_class(Exc::TimeoutError).value());
    set("gaierror", new_exception(th, "socket", "gaierror", os_error, "")?);
    set("herror", new_exception(th, "socket", "herror", os_error, "")?);
    let class = ops::get_attr(th, module.value(), th.intern("socket"))?;
    set("SocketType", class);
    set("has_ipv6", Value::TRUE);
    for (name, number) in constants::NUMBERS.iter().chain(constants::MORE_NUMBERS) {
        set(name, th.int(*number));
    }
    Ok(())
}

/// TimeoutError, as a socket's time limit raises it.
#[cold]
fn timed_out(th: &Thread) -> Raised {
    th.raise(Exc::TimeoutError, "timed out")
}

/// What a call on a socket failed with.
#[cold]
fn failed(th: &Thread, error: &std::io::Error) -> Raised {
    match error.kind() {
        std::io::ErrorKind::TimedOut if error.raw_os_error().is_none() => timed_out(th),
        _ => exception::raise_os_error(th, error, None),
    }
}

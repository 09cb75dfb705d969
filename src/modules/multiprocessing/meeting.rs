//! Where processes of one program meet: Unix sockets with names that are no files and that nobody can guess.
//!
//! They need no permission for the network. A program can reach nothing by them but programs like itself that have told
//! it such a name: only names that begin like those made here are connected to.

use std::io;
use std::os::fd::{FromRawFd, OwnedFd};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};

use crate::heap::Value;
use crate::modules::io::descriptor::{failed, owned};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::signals::Wish;
use crate::vm::{Thread, ops};

const BEGINNING: &str = "gilbox-";

pub const LISTEN: NativeDef = native(
    "listen",
    "(name, /)",
    "The descriptor of a socket where processes of this program are waited for.",
    |th, args| {
        let name = own_name(th, args[0])?;
        let listener = SocketAddr::from_abstract_name(name).and_then(|address| UnixListener::bind_addr(&address));
        let listener = listener.map_err(|error| failed(th, &error))?;
        Ok(adopt(th, listener.into()))
    },
);

pub const ACCEPT: NativeDef =
    native("accept", "(fd, /)", "Wait for a process: the descriptor of the connection.", |th, args| {
        let descriptor = owned(th, ops::index_i32(th, args[0])?, &[])?;
        let accepted = th.blocking_on(descriptor, Wish::Read, || {
            // SAFETY: no address is asked for.
            let accepted =
                unsafe { libc::accept4(descriptor, std::ptr::null_mut(), std::ptr::null_mut(), libc::SOCK_CLOEXEC) };
            if accepted < 0 { Err(io::Error::last_os_error()) } else { Ok(accepted) }
        })?;
        let accepted = accepted.map_err(|error| failed(th, &error))?;
        // SAFETY: the system has just made the descriptor for us.
        let accepted: OwnedFd = unsafe { OwnedFd::from_raw_fd(accepted) };
        Ok(adopt(th, accepted))
    });

pub const CONNECT: NativeDef =
    native("connect", "(name, /)", "The descriptor of a connection to a process that listens.", |th, args| {
        let name = own_name(th, args[0])?;
        let connected = SocketAddr::from_abstract_name(name).and_then(|address| UnixStream::connect_addr(&address));
        let connected = connected.map_err(|error| failed(th, &error))?;
        Ok(adopt(th, connected.into()))
    });

/// A name that begins as all of them do, without the zero that says that it is no file.
fn own_name(th: &Thread, name: Value) -> Result<&'static [u8]> {
    let bytes = name.as_str_cell().map_or(&[][..], |name| name.wtf8());
    match bytes.strip_prefix(b"\0").filter(|name| name.starts_with(BEGINNING.as_bytes())) {
        Some(name) => Ok(name),
        None => Err(th.value_error("not the name of a place where processes of this program meet")),
    }
}

fn adopt(th: &Thread, descriptor: OwnedFd) -> Value {
    Value::small_int(i64::from(th.vm().gate().adopt(descriptor)))
}

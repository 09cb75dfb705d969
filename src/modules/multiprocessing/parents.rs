//! A killed parent leaves no child behind: each child asks the system to kill it when a pipe is hung up whose other end only
//! its parent holds.
//!
//! (The system could be asked for a signal when a parent dies, but it sends that when the *thread* dies that has forked.)
//! Children that were forked later hold copies of that end, and so end one after the other, the youngest first.

use std::io;
use std::os::fd::{IntoRawFd, OwnedFd};

use crate::heap::Value;
use crate::modules::io::descriptor::{checked, failed};
use crate::vm::native::{NativeDef, native};

use super::memory::copy_of;

/// Which signal a descriptor sends that was told to send one (`fcntl(2)`); the `libc` crate does not name it.
const F_SETSIG: i32 = 10;

pub const END_WITH: NativeDef = native(
    "end_with",
    "(fd, /)",
    "End this process when nobody holds the other end of a pipe any more: its parent has died.",
    |th, args| {
        // A descriptor of our own, which the program cannot close.
        let pipe = copy_of(th, args[0])?;
        end_with(pipe).map_err(|error| failed(th, &error))?;
        Ok(Value::NONE)
    },
);

/// Nobody writes to `pipe`, so what happens to it is its end.
fn end_with(pipe: OwnedFd) -> io::Result<()> {
    let fd = pipe.into_raw_fd();
    // SAFETY: plain numbers.
    unsafe {
        checked(libc::fcntl(fd, F_SETSIG, libc::SIGKILL).into())?;
        checked(libc::fcntl(fd, libc::F_SETOWN, libc::getpid()).into())?;
        let flags = checked(libc::fcntl(fd, libc::F_GETFL).into())? as i32;
        checked(libc::fcntl(fd, libc::F_SETFL, flags | libc::O_ASYNC).into())?;
    }
    // It may have happened before.
    let mut watched = libc::pollfd { fd, events: 0, revents: 0 };
    // SAFETY: one live entry, and no waiting; then this process ends, as its parent has.
    unsafe {
        checked(libc::poll(&mut watched, 1, 0).into())?;
        if watched.revents & libc::POLLHUP != 0 {
            libc::kill(libc::getpid(), libc::SIGKILL);
        }
    }
    Ok(())
}

//! A killed parent leaves no child behind: each child watches a pipe whose other end only its parent holds.
//!
//! (The system could send a signal when a parent dies, but it sends it when the *thread* dies that has forked.) Children that
//! were forked later hold copies of that end, and so end one after the other, the youngest first.

use std::os::fd::{AsRawFd, OwnedFd};
use std::thread;

use crate::heap::Value;
use crate::modules::io::descriptor::failed;
use crate::vm::native::{NativeDef, native};
use crate::world::forks;

use super::memory::copy_of;

/// The stack of the thread that watches, which does nothing else.
const STACK: usize = 64 << 10;

pub const END_WITH: NativeDef = native(
    "end_with",
    "(fd, /)",
    "End this process when nobody holds the other end of a pipe any more: its parent has died.",
    |th, args| {
        // A descriptor of our own, which the program cannot close.
        let pipe = copy_of(th, args[0])?;
        let birth = forks::whole();
        let watch = thread::Builder::new().name("gilbox-parent".into()).stack_size(STACK);
        let started = watch.spawn(move || {
            drop(birth);
            watch_over(&pipe);
        });
        started.map_err(|error| failed(th, &error))?;
        Ok(Value::NONE)
    },
);

fn watch_over(pipe: &OwnedFd) {
    let mut watched = libc::pollfd { fd: pipe.as_raw_fd(), events: 0, revents: 0 };
    while watched.revents & libc::POLLHUP == 0 {
        // SAFETY: one live entry.
        let found = unsafe { libc::poll(&mut watched, 1, -1) };
        if found > 0 && watched.revents & libc::POLLHUP == 0 {
            // It is no pipe any more.
            return;
        }
    }
    // SAFETY: ends this process, as its parent was.
    unsafe { libc::kill(libc::getpid(), libc::SIGKILL) };
}

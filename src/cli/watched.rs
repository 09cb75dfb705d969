//! The program's side of `gilbox watch`: what happens to the lock goes out through a socket, and commands come in.
//!
//! A command is a line: `lock NAME` for another policy, `interval NS` for another switch interval.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::os::fd::{FromRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::thread;

use crate::gil::{Gil, Mode};
use crate::record::lines::OWN_THREAD;
use crate::vm::Vm;

const STACK: usize = 256 << 10;

/// The socket that has this number: for the recording, and for the commands.
pub fn connect(number: i32) -> io::Result<(File, UnixStream)> {
    // SAFETY: a number that is no open descriptor is an error here.
    if unsafe { libc::fcntl(number, libc::F_SETFD, libc::FD_CLOEXEC) } < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: it is open, and whoever gave its number to this process gave it away.
    let stream = unsafe { UnixStream::from_raw_fd(number) };
    stream.peer_addr()?;
    let events = File::from(OwnedFd::from(stream.try_clone()?));
    Ok((events, stream))
}

/// Does what is asked from now on.
pub fn obey(vm: &Arc<Vm>, commands: UnixStream) -> io::Result<()> {
    let vm = vm.clone();
    let listener = thread::Builder::new().name("gilbox-watched".into()).stack_size(STACK);
    listener.spawn(move || {
        for line in BufReader::new(commands).lines().map_while(Result::ok) {
            match line.split_once(' ') {
                Some(("lock", name)) => name.parse().map_or((), |mode| switch(vm.gil(), mode)),
                Some(("interval", ns)) => ns.parse().map_or((), |ns| vm.gil().set_interval(ns)),
                _ => {}
            }
        }
    })?;
    Ok(())
}

/// Changes the policy, as a thread that touches no Python value: it has no stack that a collection would have to see.
fn switch(gil: &Gil, mode: Mode) {
    let me = gil.register(OWN_THREAD);
    // The program may be over already.
    let _ = gil.attach(&me).and_then(|_| gil.set_mode(&me, mode));
    gil.unregister(&me);
}

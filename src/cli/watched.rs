//! The program's side of `gilbox watch`: what happens to the lock goes out through a socket, and commands come in.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::os::fd::{FromRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::thread;

use crate::vm::{Vm, signals};

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

/// Does what is asked from now on, and has the program's other processes do it.
pub fn obey(vm: &Arc<Vm>, commands: UnixStream) -> io::Result<()> {
    let vm = vm.clone();
    let listener = thread::Builder::new().name("gilbox-watched".into()).stack_size(STACK);
    listener.spawn(move || {
        signals::leave_to_the_program();
        for line in BufReader::new(commands).lines().map_while(Result::ok) {
            vm.obey(&line);
            if let Some(recorder) = &vm.options.recorder {
                recorder.tell(&line);
            }
        }
    })?;
    Ok(())
}

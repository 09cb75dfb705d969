//! The program that is watched: a process of its own, on a terminal of its own, so that neither can take the other with it.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::ptr;
use std::thread;
use std::time::{Duration, Instant};

/// How long the program may take to end when it is asked to.
const PATIENCE: Duration = Duration::from_millis(700);
const PACE: Duration = Duration::from_millis(10);

/// A program that was started.
pub struct Program {
    child: Child,
    /// The other side of the program's terminal.
    terminal: File,
    /// Its recording comes out here, and commands go in.
    socket: UnixStream,
    ended: Option<ExitStatus>,
}

impl Program {
    /// Starts `gilbox run` with those arguments, on a terminal of that size.
    pub fn start(arguments: &[OsString], rows: u16, columns: u16) -> io::Result<Program> {
        let (terminal, theirs) = open_terminal(rows, columns)?;
        let (socket, their_socket) = UnixStream::pair()?;
        let number = their_socket.as_raw_fd();
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("run").arg(format!("--watched={number}")).args(arguments);
        command.env_remove("COLUMNS").env_remove("LINES");
        if io::stdin().is_terminal() {
            command.stdin(Stdio::from(theirs.try_clone()?));
        }
        command.stdout(Stdio::from(theirs.try_clone()?)).stderr(Stdio::from(theirs));
        // SAFETY: between fork and exec only system calls are made, on descriptors that live until then.
        unsafe { command.pre_exec(move || become_leader(number)) };
        let child = command.spawn()?;
        Ok(Program { child, terminal, socket, ended: None })
    }

    /// What the program prints, and what it records.
    pub fn outputs(&self) -> io::Result<(File, UnixStream)> {
        Ok((self.terminal.try_clone()?, self.socket.try_clone()?))
    }

    /// Sends a command. A program that is over hears nothing.
    pub fn command(&mut self, command: &str) {
        let _ = self.socket.write_all(format!("{command}\n").as_bytes());
    }

    /// Types to the program.
    pub fn type_keys(&mut self, keys: &[u8]) {
        let _ = self.terminal.write_all(keys);
    }

    pub fn resize(&self, rows: u16, columns: u16) {
        let size = size(rows, columns);
        // SAFETY: the descriptor is open, and the size lives as long as the call.
        unsafe { libc::ioctl(self.terminal.as_raw_fd(), libc::TIOCSWINSZ, &raw const size) };
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        if self.ended.is_none() {
            self.ended = self.child.try_wait()?;
        }
        Ok(self.ended)
    }

    /// Ends it, and all that it has started: first in a friendly manner.
    pub fn end(&mut self) {
        let start = Instant::now();
        let is_over = |program: &mut Program| matches!(program.ended(), Ok(Some(_)) | Err(_));
        if is_over(self) {
            return;
        }
        self.signal(libc::SIGTERM);
        while start.elapsed() < PATIENCE {
            if is_over(self) {
                return;
            }
            thread::sleep(PACE);
        }
        self.signal(libc::SIGKILL);
        let _ = self.child.wait();
    }

    fn signal(&self, signal: i32) {
        // SAFETY: the process was not waited for, so that its number, which is its group's, is nobody else's.
        unsafe { libc::kill(-(self.child.id() as i32), signal) };
    }
}

/// A program must not outlive its screen, whatever ends that.
impl Drop for Program {
    fn drop(&mut self) {
        self.end();
    }
}

/// "exit code 3", "killed by signal 9".
pub fn describe(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit code {code}"),
        (None, Some(signal)) => format!("killed by signal {signal}"),
        (None, None) => "ended".to_string(),
    }
}

/// As a shell would have it.
pub fn code(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(1);
    u8::try_from(code).unwrap_or(1)
}

fn size(rows: u16, columns: u16) -> libc::winsize {
    libc::winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }
}

/// Both sides of a new terminal.
fn open_terminal(rows: u16, columns: u16) -> io::Result<(File, OwnedFd)> {
    let (mut ours, mut theirs): (RawFd, RawFd) = (-1, -1);
    let size = size(rows, columns);
    // SAFETY: all pointers are of variables that live as long as the call, or null where that is allowed.
    let result =
        unsafe { libc::openpty(&raw mut ours, &raw mut theirs, ptr::null_mut(), ptr::null(), &raw const size) };
    if result != 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: both were just opened, and nobody else knows them.
    let (ours, theirs) = unsafe { (OwnedFd::from_raw_fd(ours), OwnedFd::from_raw_fd(theirs)) };
    for side in [&ours, &theirs] {
        // SAFETY: the descriptor is open.
        if unsafe { libc::fcntl(side.as_raw_fd(), libc::F_SETFD, libc::FD_CLOEXEC) } < 0 {
            return Err(io::Error::last_os_error());
        }
    }
    Ok((File::from(ours), theirs))
}

/// In the new process: its terminal becomes the one that signals come from, and the socket stays open.
fn become_leader(socket: RawFd) -> io::Result<()> {
    // SAFETY: system calls without pointers.
    let results = unsafe {
        [libc::setsid(), libc::ioctl(libc::STDOUT_FILENO, libc::TIOCSCTTY, 0), libc::fcntl(socket, libc::F_SETFD, 0)]
    };
    if results.contains(&-1) { Err(io::Error::last_os_error()) } else { Ok(()) }
}

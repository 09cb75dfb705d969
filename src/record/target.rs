//! The file of a recording, to which several processes write.
//!
//! Each writes *pieces*: whole lines, between which no other process comes. What keeps them apart is an unnamed file that
//! the processes lock; the system gives the lock back when its owner dies. Then that one's last line may be torn: so
//! a piece begins with the end of a line, after which a reader finds its way again.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::world::parking::Mutex;
use crate::world::{Ns, forks};

/// How long a process waits for its turn: another one may be stopped, and have the turn.
const PATIENCE: Duration = Duration::from_secs(1);
const PACE: Duration = Duration::from_micros(200);

/// What the one process says to all others that could not write.
const FAILED: &str = "failed";

pub struct Target {
    file: File,
    path: String,
    /// What the moments in the file are counted from.
    pub start: Ns,
    /// What the processes lock; in it are lines for all of them: `failed`, or what to do with their locks.
    turn: File,
    /// How much of that this process knows.
    known: AtomicU64,
    /// The source files whose text has been written. Locked only within `forks::whole`.
    sources: Mutex<Vec<String>>,
    /// More is not written, and nobody is told.
    limit: Option<u64>,
    /// The file cannot be written to any more, or should not.
    failed: AtomicBool,
}

/// What came of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Yes,
    /// It was not our turn.
    NotYet,
    Failed,
}

impl Target {
    /// A file that is empty, for a recording that begins at `start`.
    pub fn new(file: File, path: String, start: Ns) -> io::Result<Target> {
        // SAFETY: a name that ends with a zero; the descriptor is new, and nobody else's.
        let turn = unsafe {
            match libc::memfd_create(c"gilbox-recording".as_ptr(), libc::MFD_CLOEXEC) {
                -1 => return Err(io::Error::last_os_error()),
                number => File::from(OwnedFd::from_raw_fd(number)),
            }
        };
        Ok(Target::of(file, path, start, turn))
    }

    fn of(file: File, path: String, start: Ns, turn: File) -> Target {
        let (known, sources, failed) = (AtomicU64::new(0), Mutex::default(), AtomicBool::new(false));
        Target { file, path, start, turn, known, sources, limit: None, failed }
    }

    /// It gets no larger than that.
    pub fn limited(self, limit: u64) -> Target {
        Target { limit: Some(limit), ..self }
    }

    /// What this process was given by the one that started it: what [`Target::inheritance`] says.
    pub fn inherited(text: &str) -> io::Result<Target> {
        let parts: Vec<&str> = text.split(':').collect();
        let numbers = match parts[..] {
            [file, turn, start] => (file.parse::<RawFd>(), turn.parse::<RawFd>(), start.parse::<Ns>()),
            _ => return Err(io::ErrorKind::InvalidInput.into()),
        };
        let (Ok(file), Ok(turn), Ok(start)) = numbers else { return Err(io::ErrorKind::InvalidInput.into()) };
        let (file, turn) = (own(file)?, own(turn)?);
        Ok(Target::of(file, "of the parent".to_string(), start, turn))
    }

    /// Tells all other processes something: a line.
    pub fn tell(&self, line: &str) {
        let line = format!("{line}\n");
        // Who does not hear of it goes on as before.
        let told = (&self.turn).write_all(line.as_bytes());
        self.known.fetch_add(told.map_or(0, |()| line.len() as u64), Ordering::AcqRel);
    }

    /// What others have told since this process was asked last.
    pub fn news(&self) -> Vec<String> {
        let known = self.known.load(Ordering::Acquire);
        let length = self.turn.metadata().map_or(0, |about| about.len());
        if length <= known {
            return Vec::new();
        }
        let mut text = vec![0; (length - known) as usize];
        if self.turn.read_exact_at(&mut text, known).is_err() {
            return Vec::new();
        }
        self.known.store(length, Ordering::Release);
        let text = String::from_utf8_lossy(&text);
        let mut lines: Vec<String> = text.lines().map(String::from).collect();
        // Another process could not write, and has said so.
        if lines.iter().any(|line| line == FAILED) {
            self.failed.store(true, Ordering::Release);
            lines.retain(|line| line != FAILED);
        }
        lines
    }

    /// What a process that is started anew has to be told to write here too, and which descriptors it needs for that.
    pub fn inheritance(&self) -> (String, [RawFd; 2]) {
        let descriptors = [self.file.as_raw_fd(), self.turn.as_raw_fd()];
        (format!("{}:{}:{}", descriptors[0], descriptors[1], self.start), descriptors)
    }

    /// Whether the text of that source file is still to be written; then somebody does so now.
    pub fn wants_source(&self, name: &str) -> bool {
        let _whole = forks::whole();
        let mut sources = self.sources.lock();
        let is_new = !sources.iter().any(|known| known == name);
        if is_new {
            sources.push(name.to_string());
        }
        is_new
    }

    /// Nothing more is written.
    pub fn abandon(&self) {
        self.failed.store(true, Ordering::Release);
    }

    pub fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Acquire)
    }

    /// Writes a piece.
    pub fn write(&self, piece: &[u8]) -> Written {
        if self.has_failed() {
            return Written::Failed;
        }
        if !self.take_turn() {
            return Written::NotYet;
        }
        let result = self.append(piece);
        self.lock(libc::F_UNLCK, libc::F_SETLK);
        if result.is_ok() { Written::Yes } else { Written::Failed }
    }

    fn append(&self, piece: &[u8]) -> io::Result<()> {
        let begin = (&self.file).stream_position();
        if let (Some(limit), Ok(begin)) = (self.limit, &begin)
            && begin + piece.len() as u64 > limit
        {
            self.tell(FAILED);
            self.abandon();
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let result = (&self.file).write_all(piece);
        if let Err(error) = &result {
            // Only whole pieces are left, where the file is one that can be cut.
            let _ = begin.map(|begin| self.file.set_len(begin));
            self.tell(FAILED);
            self.fail(error);
        }
        result
    }

    fn take_turn(&self) -> bool {
        let begin = Instant::now();
        while !self.lock(libc::F_WRLCK, libc::F_SETLK) {
            if begin.elapsed() > PATIENCE {
                return false;
            }
            std::thread::sleep(PACE);
        }
        true
    }

    fn lock(&self, kind: i32, command: i32) -> bool {
        let whence = libc::SEEK_SET as i16;
        let lock = libc::flock { l_type: kind as i16, l_whence: whence, l_start: 0, l_len: 0, l_pid: 0 };
        // SAFETY: the descriptor is open, and the description of the lock lives as long as the call.
        unsafe { libc::fcntl(self.turn.as_raw_fd(), command, &raw const lock) != -1 }
    }

    fn fail(&self, error: &io::Error) {
        self.failed.store(true, Ordering::Release);
        let text = error.to_string();
        let reason = text.split(" (os error").next().unwrap_or_default();
        eprintln!("gilbox: the recording {} ends here, the program goes on: {reason}", self.path);
    }
}

/// The descriptor of that number, which this process was given; its children are given it only on purpose.
fn own(number: RawFd) -> io::Result<File> {
    // SAFETY: a number that is no open descriptor is an error here.
    if unsafe { libc::fcntl(number, libc::F_SETFD, libc::FD_CLOEXEC) } < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: it is open, and whoever gave its number to this process gave it away.
    Ok(File::from(unsafe { OwnedFd::from_raw_fd(number) }))
}

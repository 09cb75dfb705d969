//! What comes in while the screen is drawn: lines of a recording, and what the program prints. Each is read by a thread of its
//! own, so that the program never waits for the screen longer than its own terminal would make it wait.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::record::decode::{self, Line};
use crate::record::lines::Header;
use crate::view::live::output::Output;

/// More lines are not kept: then they wait where they come from.
const MOST: usize = 1 << 18;
/// So much is read at once.
const PIECE: usize = 64 << 10;
/// Lines are handed over so many at a time, or when nothing more has come.
const BATCH: usize = 1_024;

/// Lines that were read, and that nobody has taken yet.
#[derive(Default)]
pub struct Feed {
    state: Mutex<State>,
    taken: Condvar,
}

#[derive(Default)]
struct State {
    header: Option<Header>,
    lines: Vec<Line>,
    is_over: bool,
    error: Option<String>,
}

/// A panic in one of the threads has told about itself.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Feed {
    /// Reads a recording from there, in a thread of its own.
    pub fn start(source: impl Read + Send + 'static) -> io::Result<Arc<Feed>> {
        let feed = Arc::new(Feed::default());
        let theirs = feed.clone();
        thread::Builder::new().name("gilbox-feed".into()).spawn(move || {
            let error = theirs.read(source).err();
            let mut state = lock(&theirs.state);
            state.is_over = true;
            state.error = error;
        })?;
        Ok(feed)
    }

    fn read(&self, source: impl Read) -> Result<(), String> {
        let mut source = BufReader::with_capacity(PIECE, source);
        let mut text = Vec::new();
        source.read_until(b'\n', &mut text).map_err(|error| error.to_string())?;
        if text.is_empty() {
            return Ok(());
        }
        lock(&self.state).header = Some(decode::header(&text).map_err(|error| error.to_string())?);
        let mut lines = Vec::new();
        loop {
            text.clear();
            // What was cut off in the middle is left out; a socket whose other side was killed may say so.
            let is_over = source.read_until(b'\n', &mut text).map_or(true, |_| !text.ends_with(b"\n"));
            if !is_over {
                lines.extend(decode::line(&text));
            }
            if is_over || lines.len() >= BATCH || source.buffer().is_empty() {
                self.hand_over(&mut lines);
            }
            if is_over {
                return Ok(());
            }
        }
    }

    fn hand_over(&self, lines: &mut Vec<Line>) {
        let mut state = lock(&self.state);
        while state.lines.len() > MOST {
            state = self.taken.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.lines.append(lines);
    }

    /// The first line, once it has come.
    pub fn header(&self) -> Option<Header> {
        lock(&self.state).header.clone()
    }

    /// What has come since the last time; and whether nothing more will.
    pub fn take(&self) -> (Vec<Line>, bool) {
        let mut state = lock(&self.state);
        let lines = std::mem::take(&mut state.lines);
        self.taken.notify_one();
        (lines, state.is_over)
    }

    /// Why reading has ended before the end.
    pub fn error(&self) -> Option<String> {
        lock(&self.state).error.clone()
    }
}

/// The program's terminal, filled by a thread of its own.
#[derive(Clone)]
pub struct Pane(Arc<Mutex<(Output, bool)>>);

impl Pane {
    pub fn start(mut source: File, rows: u16, columns: u16) -> io::Result<Pane> {
        let pane = Pane(Arc::new(Mutex::new((Output::new(rows, columns), false))));
        let theirs = pane.clone();
        thread::Builder::new().name("gilbox-output".into()).spawn(move || {
            let mut piece = vec![0; PIECE];
            // A terminal whose other side is closed everywhere ends with an error.
            while let Ok(count @ 1..) = source.read(&mut piece) {
                lock(&theirs.0).0.print(&piece[..count]);
            }
            lock(&theirs.0).1 = true;
        })?;
        Ok(pane)
    }

    pub fn with<R>(&self, look: impl FnOnce(&mut Output) -> R) -> R {
        look(&mut lock(&self.0).0)
    }

    /// Whether nothing more will be printed.
    pub fn is_over(&self) -> bool {
        lock(&self.0).1
    }
}

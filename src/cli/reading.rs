//! A recording's file, as a command reads it: with a word on how far it has come where that takes a while, and one instead of
//! an end without memory where there is too much.

use std::fs::File;
use std::io::{self, BufReader, IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::heap;
use crate::record::file::{self, Recording, Unreadable};
use crate::record::units::bytes;

use super::reason;

/// How much memory the analysis takes for each byte of the file, about (measured: 5.1 for a program that switches all the
/// time, whose events are the shortest).
const TIMES_AS_MUCH: u64 = 6;
/// Before that nobody wonders.
const SILENT: Duration = Duration::from_secs(1);
/// How often the word changes.
const PACE: Duration = Duration::from_millis(200);

/// The recording in that file; if there is none to be read, that has been said.
pub fn read(path: &Path) -> Result<Recording, ExitCode> {
    let shown = path.display();
    let opened = File::open(path).and_then(|file| Ok((file.metadata()?.len(), file)));
    let (length, file) = match opened.map_err(Unreadable::Io) {
        Ok(opened) => opened,
        Err(error) => return Err(refused(path, &error)),
    };
    let needed = length.saturating_mul(TIMES_AS_MUCH);
    let memory = heap::machine_memory() as u64;
    if needed > memory {
        eprintln!(
            "gilbox: {shown}: to analyse these {} would take some {} of memory, and there are {}; record less of the \
             program, from gil.start() to gil.stop()",
            bytes(length),
            bytes(needed),
            bytes(memory)
        );
        return Err(ExitCode::from(2));
    }
    let mut told = Told { file, length, done: 0, began: Instant::now(), last: None };
    let read = file::read(BufReader::new(&mut told));
    told.erase();
    read.map_err(|error| refused(path, &error))
}

fn refused(path: &Path, error: &Unreadable) -> ExitCode {
    let shown = path.display();
    match error {
        Unreadable::Io(error) => eprintln!("gilbox: can't open file '{shown}': {}", reason(error)),
        error => eprintln!("gilbox: {shown}: {error}"),
    }
    ExitCode::from(2)
}

/// A file that tells on the terminal how much of it was read.
struct Told {
    file: File,
    length: u64,
    done: u64,
    began: Instant,
    /// When it last told.
    last: Option<Instant>,
}

impl Read for Told {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(into)?;
        self.done += count as u64;
        let is_time = match self.last {
            None => self.began.elapsed() >= SILENT && io::stderr().is_terminal(),
            Some(last) => last.elapsed() >= PACE,
        };
        if is_time {
            let percent = 100 * self.done / self.length.max(1);
            // If the terminal is gone there is nobody to tell.
            let _ = write!(io::stderr(), "\r\x1b[Kreading the recording: {percent}%");
            self.last = Some(Instant::now());
        }
        Ok(count)
    }
}

impl Told {
    fn erase(&self) {
        if self.last.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_that_would_take_more_memory_than_there_is_is_not_read() {
        let path = std::env::temp_dir().join(format!("gilbox-reading-{}", std::process::id()));
        let Ok(file) = File::create(&path) else { panic!("a file for the test") };
        // A file with a hole takes no room.
        let sized = file.set_len(heap::machine_memory() as u64);
        let read = sized.is_ok().then(|| read(&path));
        assert!(std::fs::remove_file(&path).is_ok());
        assert!(matches!(read, None | Some(Err(_))));
    }
}

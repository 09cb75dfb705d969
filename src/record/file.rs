//! Reading a recording back: [`lines`](super::lines) says what its lines mean.
//!
//! A file that ends in the middle of a line was cut off, by a crash or a full disk: that line is left out, and
//! [`Recording::is_cut`] says so. Any other line that is not as it should be is an error that names it.

use std::collections::HashMap;
use std::fmt;
use std::io::BufRead;

use crate::gil::events::{CodeName, Event};
use crate::world::Ns;

use super::decode::{self, Line};
use super::lines::{Header, VERSION};

/// A run, as it was written down. Times are nanoseconds since the recording began.
#[derive(Clone, Debug)]
pub struct Recording {
    pub header: Header,
    /// By number, which is the order in which they were registered.
    pub threads: Vec<RecordedThread>,
    pub codes: HashMap<u32, CodeName>,
    /// The text of source files by their names.
    pub sources: HashMap<String, String>,
    pub texts: HashMap<u32, String>,
    /// In the order in which they happened.
    pub events: Vec<Entry>,
    /// The spans in which nothing was recorded since the program had stopped it.
    pub gaps: Vec<(Ns, Ns)>,
    /// When it ended, or when the last event happened.
    pub end_ns: Ns,
    /// Events that could not be kept.
    pub lost: u64,
    /// Whether the end is missing.
    pub is_cut: bool,
}

#[derive(Clone, Debug)]
pub struct RecordedThread {
    pub id: u32,
    /// Its last name.
    pub name: String,
    /// When it was registered; 0 if it was there before the recording began.
    pub born_ns: Ns,
    pub ended_ns: Option<Ns>,
}

/// An event of a thread.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub at: Ns,
    pub thread: u32,
    pub place: Place,
    pub event: Event,
}

/// A line of a piece of code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    pub code: u32,
    pub line: u32,
}

impl Place {
    pub fn is_known(self) -> bool {
        self.code != 0
    }
}

/// Why a file cannot be read as a recording.
#[derive(Debug)]
pub enum Unreadable {
    Io(std::io::Error),
    /// It does not begin as recordings do.
    NoRecording,
    /// It was written by a later gilbox.
    Version(u64),
    /// This line is not as it should be.
    Line(usize),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Io(error) => error.fmt(f),
            Unreadable::NoRecording => f.write_str("this is no recording; gilbox run --record FILE writes one"),
            Unreadable::Version(version) => {
                write!(f, "the recording has format {version}, and this gilbox reads {VERSION}")
            }
            Unreadable::Line(number) => write!(f, "line {number} is not a line of a recording"),
        }
    }
}

impl From<std::io::Error> for Unreadable {
    fn from(error: std::io::Error) -> Unreadable {
        Unreadable::Io(error)
    }
}

/// Reads a recording.
pub fn read(mut file: impl BufRead) -> Result<Recording, Unreadable> {
    let mut line = Vec::new();
    file.read_until(b'\n', &mut line)?;
    let mut reader = Reader::begin(decode::header(&line)?);
    let mut number = 1;
    loop {
        line.clear();
        if file.read_until(b'\n', &mut line)? == 0 {
            return Ok(reader.end());
        }
        number += 1;
        match decode::line(&line) {
            Some(line) => reader.line(line),
            None if line.ends_with(b"\n") => return Err(Unreadable::Line(number)),
            None => return Ok(reader.end()),
        }
    }
}

struct Reader {
    recording: Recording,
    threads: HashMap<u32, RecordedThread>,
    paused_at: Option<Ns>,
    has_end: bool,
}

impl Reader {
    fn begin(header: Header) -> Reader {
        let recording = Recording {
            header,
            threads: Vec::new(),
            codes: HashMap::new(),
            sources: HashMap::new(),
            texts: HashMap::new(),
            events: Vec::new(),
            gaps: Vec::new(),
            end_ns: 0,
            lost: 0,
            is_cut: false,
        };
        Reader { recording, threads: HashMap::new(), paused_at: None, has_end: false }
    }

    fn line(&mut self, line: Line) {
        let recording = &mut self.recording;
        match line {
            Line::Event(entry) => self.event(entry),
            Line::Thread { id, name, born } => self.thread(id, born).name = name,
            Line::Code(id, name) => {
                recording.codes.insert(id, name);
            }
            Line::Source { file, text } => {
                recording.sources.insert(file, text);
            }
            Line::Text(id, text) => {
                recording.texts.insert(id, text);
            }
            Line::Pause(at) => self.paused_at = Some(at),
            Line::Resume(at) => recording.gaps.extend(self.paused_at.take().map(|paused_at| (paused_at, at))),
            Line::Interval(..) => {}
            Line::End { at, lost } => {
                recording.end_ns = at;
                recording.lost = lost;
                self.has_end = true;
            }
        }
    }

    fn thread(&mut self, id: u32, born: Ns) -> &mut RecordedThread {
        let unnamed = || RecordedThread { id, name: format!("thread {id}"), born_ns: born, ended_ns: None };
        self.threads.entry(id).or_insert_with(unnamed)
    }

    fn event(&mut self, entry: Entry) {
        let thread = self.thread(entry.thread, entry.at);
        // A thread's name may be written a little later than its first events.
        thread.born_ns = thread.born_ns.min(entry.at);
        if entry.event == Event::Ends {
            thread.ended_ns = Some(entry.at);
        }
        self.recording.events.push(entry);
    }

    fn end(self) -> Recording {
        let mut recording = self.recording;
        // Each lane is in order; together they are not. A stable sort keeps what one thread did at one moment in order.
        recording.events.sort_by_key(|entry| entry.at);
        let last = recording.events.last().map_or(0, |entry| entry.at);
        let stopped = self.paused_at.unwrap_or(last);
        recording.end_ns = recording.end_ns.max(stopped);
        if !self.has_end {
            recording.lost = recording.events.iter().map(|e| if let Event::Lost(n) = e.event { n } else { 0 }).sum();
        }
        recording.is_cut = !self.has_end;
        recording.threads = self.threads.into_values().collect();
        recording.threads.sort_by_key(|thread| thread.id);
        recording
    }
}

impl Recording {
    /// A thread's name; unnamed ones have their number.
    pub fn thread_name(&self, id: u32) -> &str {
        match self.threads.binary_search_by_key(&id, |thread| thread.id) {
            Ok(at) => &self.threads[at].name,
            Err(_) => "another thread",
        }
    }

    /// "turns.py:12 in work", as short as it is clear.
    pub fn place_name(&self, place: Place) -> String {
        match self.codes.get(&place.code) {
            Some(code) => {
                let file = code.file.rsplit('/').next().unwrap_or(&code.file);
                let function = code.function.rsplit("<locals>.").next().unwrap_or(&code.function);
                format!("{file}:{} in {function}", place.line)
            }
            None => "the end of the thread".to_string(),
        }
    }

    /// The text of a line, if the recording has it.
    pub fn source_line(&self, place: Place) -> Option<&str> {
        let file = &self.codes.get(&place.code)?.file;
        let line = self.sources.get(file)?.lines().nth((place.line as usize).checked_sub(1)?)?;
        Some(line.trim())
    }

    /// The command, as it was typed.
    pub fn program(&self) -> String {
        self.header.argv.join(" ")
    }

    /// How long something was recorded.
    pub fn recorded_ns(&self) -> Ns {
        self.end_ns - self.gaps.iter().map(|(from, to)| to - from).sum::<Ns>()
    }
}

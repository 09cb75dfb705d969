//! Reading a recording back: [`lines`](super::lines) says what its lines mean.
//!
//! A file that ends in the middle of a line was cut off, by a crash or a full disk: that line is left out, and
//! [`Recording::is_cut`] says so. Any other line that is not as it should be is an error that names it.

use std::collections::HashMap;
use std::fmt;
use std::io::BufRead;

use serde_json::Value;

use crate::gil::events::{Awaited, CodeName, Event};
use crate::gil::{Mode, Reason, ThreadId};
use crate::objects::kinds;
use crate::world::Ns;

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
    let header = parse(&line).ok_or(Unreadable::NoRecording)?;
    let mut reader = Reader::begin(&header)?;
    let mut number = 1;
    loop {
        line.clear();
        if file.read_until(b'\n', &mut line)? == 0 {
            return Ok(reader.end());
        }
        number += 1;
        let understood = parse(&line).and_then(|value| reader.line(&value));
        if understood.is_none() {
            if line.ends_with(b"\n") {
                return Err(Unreadable::Line(number));
            }
            return Ok(reader.end());
        }
    }
}

fn parse(line: &[u8]) -> Option<Value> {
    serde_json::from_slice(line).ok()
}

fn string(value: &Value) -> Option<String> {
    value.as_str().map(String::from)
}

fn number(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|n| n.try_into().ok())
}

struct Reader {
    recording: Recording,
    threads: HashMap<u32, RecordedThread>,
    paused_at: Option<Ns>,
    has_end: bool,
}

impl Reader {
    fn begin(header: &Value) -> Result<Reader, Unreadable> {
        if header["gilbox"] != "recording" {
            return Err(Unreadable::NoRecording);
        }
        match header["version"].as_u64() {
            Some(VERSION) => {}
            other => return Err(Unreadable::Version(other.unwrap_or(0))),
        }
        let argv = header["argv"].as_array().into_iter().flatten().filter_map(string).collect();
        let header = Header {
            mode: string(&header["mode"]).ok_or(Unreadable::Line(1))?,
            interval_ns: header["switch_interval_ns"].as_u64().ok_or(Unreadable::Line(1))?,
            check_interval: number(&header["check_interval"]),
            argv,
            process: number(&header["process"]).unwrap_or(0),
            started_ns: header["started_ns"].as_i64().unwrap_or(0),
            system: string(&header["machine"]["system"]).unwrap_or_default(),
            processors: header["machine"]["processors"].as_u64().unwrap_or(1) as usize,
            gilbox: string(&header["written_by"]).unwrap_or_default(),
        };
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
        Ok(Reader { recording, threads: HashMap::new(), paused_at: None, has_end: false })
    }

    fn line(&mut self, line: &Value) -> Option<()> {
        if let Some(parts) = line.as_array() {
            return self.event(parts);
        }
        let recording = &mut self.recording;
        if let Some(id) = number(&line["thread"]) {
            let (name, born) = (string(&line["name"])?, line["at"].as_u64()?);
            self.thread(id, born).name = name;
        } else if let Some(id) = number(&line["code"]) {
            let (file, function) = (string(&line["file"])?, string(&line["function"])?);
            recording.codes.insert(id, CodeName { file, function, line: number(&line["line"])? });
        } else if let Some(id) = number(&line["text"]) {
            recording.texts.insert(id, string(&line["is"])?);
        } else if let Some(file) = string(&line["source"]) {
            recording.sources.insert(file, string(&line["text"])?);
        } else {
            recording.end_ns = line["end"].as_u64()?;
            recording.lost = line["lost"].as_u64()?;
            self.has_end = true;
        }
        Some(())
    }

    fn thread(&mut self, id: u32, born: Ns) -> &mut RecordedThread {
        let unnamed = || RecordedThread { id, name: format!("thread {id}"), born_ns: born, ended_ns: None };
        self.threads.entry(id).or_insert_with(unnamed)
    }

    fn event(&mut self, parts: &[Value]) -> Option<()> {
        let (at, id, name) = (parts.first()?.as_u64()?, number(parts.get(1)?)?, parts.get(2)?.as_str()?);
        let place = Place { code: number(parts.get(3)?)?, line: number(parts.get(4)?)? };
        if id == 0 {
            return self.of_nobody(at, name);
        }
        let event = event(name, parts.get(5..)?)?;
        let thread = self.thread(id, at);
        // A thread's name may be written a little later than its first events.
        thread.born_ns = thread.born_ns.min(at);
        if event == Event::Ends {
            thread.ended_ns = Some(at);
        }
        self.recording.events.push(Entry { at, thread: id, place, event });
        Some(())
    }

    fn of_nobody(&mut self, at: Ns, name: &str) -> Option<()> {
        match name {
            "pause" => self.paused_at = Some(at),
            "resume" => {
                if let Some(paused_at) = self.paused_at.take() {
                    self.recording.gaps.push((paused_at, at));
                }
            }
            "interval" => {}
            _ => return None,
        }
        Some(())
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

/// The event of that name, with what belongs to it.
fn event(name: &str, parts: &[Value]) -> Option<Event> {
    let figure = |at: usize| parts.get(at).and_then(Value::as_u64);
    let id = |at: usize| parts.get(at).and_then(number);
    let somebody = |at: usize| id(at).map(|id| (id != 0).then_some(ThreadId(id)));
    let word = |at: usize| parts.get(at).and_then(Value::as_str);
    Some(match name {
        "want" => Event::Wants,
        "run" => Event::Runs { locked: figure(0)? != 0, from: somebody(1)? },
        "stand" => Event::Stands,
        "leave" => Event::Leaves(named(&Reason::ALL, Reason::name, word(0)?)?),
        "ask" => Event::Asks(ThreadId(id(0)?)),
        "block" => {
            let on = named(&Awaited::ALL, Awaited::name, word(0)?)?;
            Event::Blocks { on, object: figure(1)?, owner: somebody(2)? }
        }
        "wake" => Event::Wakes { who: ThreadId(id(0)?), object: figure(1)? },
        "object" => {
            let kind = kinds::KINDS.iter().map(|kind| kind.name).find(|kind| Some(*kind) == word(2));
            Event::MetObject { waited: figure(0)?, object: figure(1)?, kind: kind.unwrap_or("object") }
        }
        "collect" => Event::Collects,
        "collected" => Event::Collected,
        "mark" => Event::Marks(id(0)?),
        "turn" => Event::Turns(word(0)?.parse::<Mode>().ok()?),
        "end" => Event::Ends,
        "lost" => Event::Lost(figure(0)?),
        _ => return None,
    })
}

fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, wanted: &str) -> Option<T> {
    all.iter().copied().find(|one| name(*one) == wanted)
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

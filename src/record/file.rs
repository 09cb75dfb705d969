//! Reading a recording back: [`lines`](super::lines) says what its lines mean.
//!
//! A file that ends in the middle of a line was cut off, by a crash or a full disk: that line is left out, and
//! [`Recording::is_cut`] says so. So is a line that a process was writing as it was killed; another piece follows it. Any
//! other line that is not as it should be is an error that names it.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io::BufRead;

use crate::gil::Mode;
use crate::gil::events::{CodeName, Event};
use crate::world::Ns;

use super::deadlock::Alarm;
use super::decode::{self, Line};
use super::lines::{Header, VERSION};
use super::numbering::Numbering;

/// A run, as it was written down. Times are nanoseconds since the recording began.
#[derive(Clone, Debug)]
pub struct Recording {
    pub header: Header,
    /// In the order in which they began, the one that was recorded first before all others.
    pub interpreters: Vec<Interpreter>,
    /// By interpreter, and for each in the order in which they were registered.
    pub threads: Vec<RecordedThread>,
    /// Of threads and of tasks, which are counted together.
    names: HashMap<u32, String>,
    pub codes: HashMap<u32, CodeName>,
    /// The text of source files by their names.
    pub sources: HashMap<String, String>,
    pub texts: HashMap<u32, String>,
    /// In the order in which they happened.
    pub events: Vec<Entry>,
    /// The spans in which nothing was recorded of an interpreter since the program had stopped it.
    pub gaps: Vec<(usize, Ns, Ns)>,
    /// The deadlocks that ended interpreters.
    pub alarms: Vec<Alarm>,
    /// When it ended, or when the last event happened.
    pub end_ns: Ns,
    /// Events that could not be kept.
    pub lost: u64,
    /// Whether the end is missing.
    pub is_cut: bool,
}

/// An interpreter, which has a lock and threads of its own.
#[derive(Clone, Debug, Default)]
pub struct Interpreter {
    pub process: u32,
    /// Its number in the process; 0 for the main one.
    pub number: i64,
    /// What the program calls the process; nothing where it has not said so, and for the one that was recorded first.
    pub name: String,
    pub mode: String,
    pub interval_ns: Ns,
    pub check_interval: Option<u32>,
    pub born_ns: Ns,
    /// When its last line was written, or what was last heard of it.
    pub end_ns: Ns,
    /// Whether its end is missing: its process was killed.
    pub is_cut: bool,
    /// Whether another one, of another process, would be called the same.
    pub has_namesake: bool,
}

/// Finds those that would be called the same.
pub fn tell_apart(interpreters: &mut [Interpreter]) {
    let titles: Vec<String> = interpreters.iter().map(Interpreter::own_title).collect();
    let mut count: HashMap<&str, usize> = HashMap::new();
    titles.iter().skip(1).for_each(|title| *count.entry(title).or_default() += 1);
    for (one, title) in interpreters.iter_mut().zip(&titles).skip(1) {
        one.has_namesake = count[title.as_str()] > 1;
    }
}

impl Interpreter {
    /// What to call it beside others: "ForkPoolWorker-1", "process 4711", "interpreter 2", "interpreter 1 of 4711".
    pub fn title(&self) -> String {
        let title = self.own_title();
        if self.has_namesake { format!("{title} of {}", self.process) } else { title }
    }

    fn own_title(&self) -> String {
        match (self.number, self.name.as_str()) {
            (0, "") => format!("process {}", self.process),
            (0, name) => name.to_string(),
            (number, "") => format!("interpreter {number}"),
            (number, name) => format!("{name}, interpreter {number}"),
        }
    }

    /// The name of one of its threads, or tasks, beside those of others; `earlier`: how many main threads it has had before.
    pub fn thread_title(&self, name: &str, earlier: usize) -> String {
        match (name == MAIN_THREAD, earlier) {
            (true, 0) => self.title(),
            (true, earlier) => format!("{} ({})", self.title(), earlier + 1),
            (false, _) => format!("{}/{name}", self.title()),
        }
    }
}

/// The name of a main thread. An interpreter that a program has made has another one whenever somebody runs it.
pub const MAIN_THREAD: &str = "MainThread";

#[derive(Clone, Debug)]
pub struct RecordedThread {
    pub id: u32,
    /// Whose it is, by its place in the recording.
    pub interpreter: usize,
    /// Its last name; in all interpreters but the first with theirs before it.
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
    let mut torn = None;
    loop {
        line.clear();
        if file.read_until(b'\n', &mut line)? == 0 {
            return Ok(reader.end());
        }
        number += 1;
        match (decode::line(&line), torn) {
            (Some(Line::Nothing), _) => {}
            (Some(line @ Line::Of { .. }), _) => {
                torn = None;
                reader.line(line);
            }
            (_, Some(number)) => return Err(Unreadable::Line(number)),
            (Some(line), None) => reader.line(line),
            (None, None) => torn = Some(number),
        }
    }
}

struct Reader {
    numbering: Numbering,
    recording: Recording,
    threads: HashMap<u32, RecordedThread>,
    /// Whose they are, and their names.
    tasks: HashMap<u32, (usize, String)>,
    /// Whose they are.
    alarms: Vec<(usize, Alarm)>,
    /// When each interpreter was paused.
    paused_at: Vec<Option<Ns>>,
}

impl Reader {
    fn begin(header: Header) -> Reader {
        let first = Interpreter {
            process: header.process,
            mode: header.mode.clone(),
            interval_ns: header.interval_ns,
            check_interval: header.check_interval,
            is_cut: true,
            ..Interpreter::default()
        };
        let recording = Recording {
            header,
            interpreters: vec![first],
            threads: Vec::new(),
            names: HashMap::new(),
            codes: HashMap::new(),
            sources: HashMap::new(),
            texts: HashMap::new(),
            events: Vec::new(),
            gaps: Vec::new(),
            alarms: Vec::new(),
            end_ns: 0,
            lost: 0,
            is_cut: false,
        };
        let (threads, tasks) = (HashMap::new(), HashMap::new());
        let (alarms, paused_at) = (Vec::new(), vec![None]);
        Reader { numbering: Numbering::default(), recording, threads, tasks, alarms, paused_at }
    }

    fn line(&mut self, line: Line) {
        let Some((of, line)) = self.numbering.line(line) else { return };
        let recording = &mut self.recording;
        while recording.interpreters.len() <= of {
            recording.interpreters.push(Interpreter { is_cut: true, ..Interpreter::default() });
            self.paused_at.push(None);
        }
        let interpreter = &mut recording.interpreters[of];
        match line {
            Line::Event(entry) => {
                interpreter.end_ns = interpreter.end_ns.max(entry.at);
                self.event(of, entry);
            }
            Line::Begins(begins) if of == 0 => interpreter.name = begins.name,
            Line::Begins(begins) => {
                interpreter.process = begins.process;
                interpreter.number = begins.interpreter;
                interpreter.name = begins.name;
                interpreter.mode = begins.mode;
                interpreter.interval_ns = begins.interval_ns;
                interpreter.check_interval = begins.check_interval;
                interpreter.born_ns = begins.at;
                interpreter.end_ns = interpreter.end_ns.max(begins.at);
            }
            Line::Thread { id, name, born } => self.thread(of, id, born).name = name,
            Line::Task(id, name) => {
                self.tasks.insert(id, (of, name));
            }
            Line::Code(id, name) => {
                recording.codes.insert(id, name);
            }
            Line::Source { file, text } => {
                recording.sources.insert(file, text);
            }
            Line::Text(id, text) => {
                recording.texts.insert(id, text);
            }
            Line::Alarm(alarm) => {
                interpreter.end_ns = interpreter.end_ns.max(alarm.at);
                self.alarms.push((of, alarm));
            }
            Line::Pause(at) => {
                interpreter.end_ns = interpreter.end_ns.max(at);
                self.paused_at[of] = Some(at);
            }
            Line::Resume(at) => recording.gaps.extend(self.paused_at[of].take().map(|paused_at| (of, paused_at, at))),
            Line::Alive(at) => interpreter.end_ns = interpreter.end_ns.max(at),
            Line::Interval(..) | Line::Of { .. } | Line::Nothing => {}
            Line::End { at, lost } => {
                interpreter.end_ns = interpreter.end_ns.max(at);
                interpreter.is_cut = false;
                recording.lost += lost;
            }
        }
    }

    fn thread(&mut self, of: usize, id: u32, born: Ns) -> &mut RecordedThread {
        // A thread that has forked is older than the process that it is the main thread of.
        let born = born.max(self.recording.interpreters[of].born_ns);
        let unnamed = || {
            let name = format!("thread {id}");
            RecordedThread { id, interpreter: of, name, born_ns: born, ended_ns: None }
        };
        self.threads.entry(id).or_insert_with(unnamed)
    }

    fn event(&mut self, of: usize, entry: Entry) {
        let thread = self.thread(of, entry.thread, entry.at);
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
        if recording.interpreters[0].is_cut {
            recording.lost = recording.events.iter().map(|e| if let Event::Lost(n) = e.event { n } else { 0 }).sum();
        }
        recording.is_cut = recording.interpreters[0].is_cut;
        recording.end_ns = recording.interpreters.iter().map(|one| one.end_ns).max().unwrap_or(0);
        recording.threads = self.threads.into_values().collect();
        let numbers = self.numbering.threads();
        recording.threads.sort_by_key(|thread| (thread.interpreter, numbers.get(&thread.id).copied()));
        tell_apart(&mut recording.interpreters);
        let mut main_threads = vec![0; recording.interpreters.len()];
        for thread in &mut recording.threads {
            let earlier = main_threads[thread.interpreter];
            main_threads[thread.interpreter] += usize::from(thread.name == MAIN_THREAD);
            if thread.interpreter > 0 {
                thread.name = recording.interpreters[thread.interpreter].thread_title(&thread.name, earlier);
            }
            recording.names.insert(thread.id, thread.name.clone());
        }
        for (of, mut alarm) in self.alarms {
            if of > 0 {
                alarm.rename(|name| recording.interpreters[of].thread_title(name, 0));
            }
            recording.alarms.push(alarm);
        }
        for (id, (of, name)) in self.tasks {
            let name = if of == 0 { name } else { recording.interpreters[of].thread_title(&name, 0) };
            recording.names.insert(id, name);
        }
        recording
    }
}

impl Recording {
    /// The name of a thread or a task; unnamed threads have their number.
    pub fn thread_name(&self, id: u32) -> &str {
        self.names.get(&id).map_or("another thread", String::as_str)
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
        self.interpreter_ns(0)
    }

    /// For how long of that an interpreter had a lock, whether anybody held it or not.
    pub fn locked_ns(&self, at: usize) -> Ns {
        let has_lock = |mode: &str| mode.parse::<Mode>().map_or(true, |mode| mode.policy.has_lock());
        let Interpreter { mode, born_ns, end_ns, .. } = &self.interpreters[at];
        let theirs: HashSet<u32> = self.threads.iter().filter(|t| t.interpreter == at).map(|t| t.id).collect();
        let (mut since, mut locked, mut sum) = (*born_ns, has_lock(mode), 0);
        for entry in self.events.iter().filter(|entry| theirs.contains(&entry.thread)) {
            if let Event::Turns(mode) = entry.event {
                sum += if locked { self.recorded_between(at, since, entry.at) } else { 0 };
                (since, locked) = (entry.at, mode.policy.has_lock());
            }
        }
        sum + if locked { self.recorded_between(at, since, *end_ns) } else { 0 }
    }

    /// How long an interpreter was recorded.
    pub fn interpreter_ns(&self, at: usize) -> Ns {
        let Interpreter { born_ns, end_ns, .. } = self.interpreters[at];
        self.recorded_between(at, born_ns, end_ns)
    }

    fn recorded_between(&self, at: usize, from: Ns, to: Ns) -> Ns {
        let gaps = self.gaps.iter().filter(|(of, ..)| *of == at);
        let gaps = gaps.map(|(_, begin, end)| (*end).min(to).saturating_sub((*begin).max(from))).sum::<Ns>();
        to.saturating_sub(from).saturating_sub(gaps)
    }
}

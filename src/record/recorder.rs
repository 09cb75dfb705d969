//! Recording: a thread of gilbox's own empties the lanes every few milliseconds and writes a file.
//!
//! What is written is complete but for the last moments, whatever ends the process. If the file can no longer be written
//! to, that is said once and the program runs on.

use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::gil::Gil;
use crate::gil::events::Event;
use crate::gil::{LockStats, Phase, ThreadId};
use crate::vm::Vm;
use crate::vm::recording::{Recorder, Started};
use crate::world::parking::{Condvar, Mutex};
use crate::world::{Clock, Ns, forks};

use super::lane::{Hub, Lane, Lanes, Noted};
use super::lines::{self, Header};

/// How often the lanes are emptied.
const PACE: Duration = Duration::from_millis(20);
/// So much text is written at once.
const PIECE: usize = 1 << 20;
/// The native stack of the writer.
const STACK: usize = 1 << 20;
/// A source file that is longer is not put into the recording.
const LONGEST_SOURCE: u64 = 1 << 20;

/// Records one interpreter, to one file at a time.
pub struct FileRecorder {
    hub: Arc<Hub>,
    /// What `--record` named, until it is begun.
    file: Mutex<Option<(File, String)>>,
    state: Mutex<State>,
    /// In the child of a fork, where nobody records.
    is_child: AtomicBool,
}

#[derive(Default)]
enum State {
    #[default]
    Idle,
    Writing(Writing),
    Paused(Session),
}

struct Writing {
    control: Arc<Control>,
    writer: JoinHandle<Session>,
}

/// Tells the writer to come to an end.
#[derive(Default)]
struct Control {
    stop: Mutex<bool>,
    changed: Condvar,
}

impl std::fmt::Debug for FileRecorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileRecorder")
    }
}

impl FileRecorder {
    /// A recorder; `file`, if given, is what the first `start` without a file records to.
    pub fn new(file: Option<(File, String)>) -> FileRecorder {
        FileRecorder {
            hub: Arc::default(),
            file: Mutex::new(file),
            state: Mutex::default(),
            is_child: AtomicBool::new(false),
        }
    }
}

impl Recorder for FileRecorder {
    fn start(&self, vm: &Arc<Vm>, file: Option<(File, String)>) -> io::Result<Started> {
        if self.is_child.load(Ordering::Acquire) {
            return Ok(Started::Nowhere);
        }
        let _whole = forks::whole();
        let mut state = self.state.lock();
        let file = file.or_else(|| self.file.lock().take());
        let mut session = match (std::mem::take(&mut *state), file) {
            (State::Writing(writing), _) => {
                *state = State::Writing(writing);
                return Ok(Started::Already);
            }
            (State::Idle, None) => return Ok(Started::Nowhere),
            (State::Paused(session), None) => session,
            (old, Some(file)) => {
                if let State::Paused(mut old) = old {
                    old.end();
                } else {
                    // Whoever forks keeps recording, and the child does not.
                    vm.forks.in_child(Box::new(|vm| {
                        if let Some(recorder) = &vm.options.recorder {
                            recorder.begin_child();
                        }
                    }));
                }
                Session::new(self.hub.clone(), vm, file)
            }
        };
        let is_new = session.paused_at.is_none();
        self.hub.with_tables(|tables| tables.lanes.iter().for_each(|lane| lane.clear(is_new)));
        vm.gil().tell_all_to(Arc::new(Lanes(self.hub.clone())));
        let now = vm.world().clock.now();
        self.hub.turn(true);
        session.resume(now, &vm.gil().stats());
        let control = Arc::new(Control::default());
        let (theirs, vm) = (control.clone(), vm.clone());
        let writer = std::thread::Builder::new().name("gilbox-record".into()).stack_size(STACK);
        let writer = writer.spawn(move || {
            session.write_until(&theirs, vm.gil());
            session
        });
        match writer {
            Ok(writer) => *state = State::Writing(Writing { control, writer }),
            Err(error) => {
                self.hub.turn(false);
                return Err(error);
            }
        }
        Ok(Started::Yes)
    }

    fn stop(&self, vm: &Vm) -> bool {
        if self.is_child.load(Ordering::Acquire) {
            return false;
        }
        let mut state = self.state.lock();
        let writing = match std::mem::take(&mut *state) {
            State::Writing(writing) => writing,
            other => {
                *state = other;
                return false;
            }
        };
        self.hub.turn(false);
        let at = vm.world().clock.now();
        *writing.control.stop.lock() = true;
        writing.control.changed.notify_one();
        if let Ok(mut session) = writing.writer.join() {
            session.pause(at);
            *state = State::Paused(session);
        }
        true
    }

    fn text(&self, text: &str) -> u32 {
        self.hub.text(text)
    }

    fn finish(&self, vm: &Vm) {
        if self.is_child.load(Ordering::Acquire) {
            return;
        }
        self.stop(vm);
        let mut state = self.state.lock();
        if let State::Paused(mut session) = std::mem::take(&mut *state) {
            session.end();
        }
    }

    fn begin_child(&self) {
        self.hub.turn(false);
        // The writer stayed in the parent, and the file belongs to it; both are left as they are.
        self.is_child.store(true, Ordering::Release);
    }
}

/// A file that is being written.
struct Session {
    hub: Arc<Hub>,
    clock: Clock,
    file: File,
    path: String,
    /// What the moments in the file are counted from.
    start: Ns,
    /// Lines that are not written yet.
    text: Vec<u8>,
    /// Bytes of whole lines in the file.
    written: u64,
    codes: usize,
    texts: usize,
    sources: Vec<String>,
    interval: Ns,
    events: u64,
    lost: u64,
    paused_at: Option<Ns>,
    /// The file cannot be written to any more.
    failed: bool,
}

impl Session {
    fn new(hub: Arc<Hub>, vm: &Vm, (file, path): (File, String)) -> Session {
        let stats = vm.gil().stats();
        let clock = vm.world().clock;
        let header = Header {
            argv: vm.options.argv.clone(),
            started_ns: clock.wall(),
            ..Header::of_this_machine(stats.mode, stats.interval_ns, stats.check_interval)
        };
        let mut text = Vec::new();
        lines::object(&mut text, &header.line());
        Session {
            hub,
            clock,
            file,
            path,
            start: clock.now(),
            text,
            written: 0,
            codes: 0,
            texts: 0,
            sources: Vec::new(),
            interval: stats.interval_ns,
            events: 0,
            lost: 0,
            paused_at: None,
            failed: false,
        }
    }

    /// Writes what each thread is doing as the recording begins or goes on: `now`, from which moment on the lanes are open,
    /// or since when it does that, if it has begun to in between.
    fn resume(&mut self, now: Ns, stats: &LockStats) {
        if self.paused_at.take().is_some() {
            lines::of_nobody(&mut self.text, now - self.start, "resume", &[]);
            lines::of_nobody(&mut self.text, now - self.start, "interval", &[stats.interval_ns]);
        }
        for thread in stats.threads.iter().filter(|t| t.alive) {
            let event = match thread.figures.doing {
                Phase::Holding => Event::Runs { locked: true, from: None },
                Phase::Running => Event::Runs { locked: false, from: None },
                Phase::Waiting => Event::Wants,
                Phase::Stopped => Event::Stands,
                Phase::Away(reason) => Event::Leaves(reason),
            };
            let at = thread.figures.doing_since_ns.max(now);
            self.event(thread.id, &Noted { at, code: 0, line: 0, event });
        }
    }

    fn write_until(&mut self, control: &Control, gil: &Gil) {
        loop {
            let mut stop = control.stop.lock();
            if !*stop && !self.failed {
                control.changed.wait_for(&mut stop, PACE);
            }
            let last = *stop;
            drop(stop);
            self.empty_lanes(gil.interval());
            if last {
                return;
            }
            if self.failed {
                // There is nothing left to do but to wait for the end.
                let mut stop = control.stop.lock();
                while !*stop {
                    control.changed.wait(&mut stop);
                }
            }
        }
    }

    fn empty_lanes(&mut self, interval: Ns) {
        if interval != self.interval {
            self.interval = interval;
            lines::of_nobody(&mut self.text, self.clock.now() - self.start, "interval", &[interval]);
        }
        let lanes = self.hub.with_tables(|tables| tables.lanes.clone());
        for lane in &lanes {
            self.name(lane);
            let mut taken = 0;
            while let Some(noted) = lane.next() {
                taken += 1;
                self.event(lane.thread, &noted);
                if self.text.len() >= PIECE {
                    self.write();
                }
            }
            lane.taken(taken);
        }
        self.write();
        self.hub.with_tables(|tables| tables.lanes.retain(|lane| !lane.is_done()));
    }

    fn event(&mut self, thread: ThreadId, noted: &Noted) {
        self.events += 1;
        if let Event::Lost(count) = noted.event {
            self.lost += count;
        }
        let at = noted.at.saturating_sub(self.start);
        lines::event(&mut self.text, at, thread.0, noted);
    }

    /// Writes the lane's name if it is new.
    fn name(&mut self, lane: &Lane) {
        let Some(name) = lane.new_name() else { return };
        let at = lane.born.saturating_sub(self.start);
        lines::object(&mut self.text, &serde_json::json!({"thread": lane.thread.0, "name": name, "at": at}));
    }

    /// Writes all lines, with what they name before them.
    fn write(&mut self) {
        let (codes, texts) =
            self.hub.with_tables(|tables| (tables.codes[self.codes..].to_vec(), tables.texts[self.texts..].to_vec()));
        let mut head = Vec::new();
        for (number, name) in &codes {
            if !name.file.starts_with('<') && !self.sources.contains(&name.file) {
                self.sources.push(name.file.clone());
                if let Some(source) = read_source(&name.file) {
                    lines::object(&mut head, &serde_json::json!({"source": name.file, "text": source}));
                }
            }
            lines::code(&mut head, *number, name);
        }
        for (at, text) in texts.iter().enumerate() {
            lines::object(&mut head, &serde_json::json!({"text": self.texts + at + 1, "is": text}));
        }
        self.codes += codes.len();
        self.texts += texts.len();
        // The header comes first of all.
        let text = std::mem::take(&mut self.text);
        let split = if self.written == 0 { text.iter().position(|b| *b == b'\n').map_or(0, |at| at + 1) } else { 0 };
        let result = [&text[..split], &head, &text[split..]].iter().try_for_each(|part| self.append(part));
        self.text = text;
        self.text.clear();
        if let Err(error) = result {
            self.fail(&error);
        }
    }

    fn append(&mut self, part: &[u8]) -> io::Result<()> {
        if self.failed || part.is_empty() {
            return Ok(());
        }
        self.file.write_all(part)?;
        self.written += part.len() as u64;
        Ok(())
    }

    fn fail(&mut self, error: &io::Error) {
        self.failed = true;
        self.hub.turn(false);
        // Only whole lines are left, where the file is one that can be cut.
        let _ = self.file.set_len(self.written);
        let text = error.to_string();
        let reason = text.split(" (os error").next().unwrap_or_default();
        eprintln!("gilbox: the recording {} ends here, the program goes on: {reason}", self.path);
    }

    /// Nothing is recorded from `at` on.
    fn pause(&mut self, at: Ns) {
        lines::of_nobody(&mut self.text, at.saturating_sub(self.start), "pause", &[]);
        self.paused_at = Some(at);
        let unsaid: u64 = self.hub.with_tables(|tables| tables.lanes.iter().map(|lane| lane.lost()).sum());
        self.lost += unsaid;
        self.write();
    }

    /// The last line.
    fn end(&mut self) {
        let at = self.paused_at.unwrap_or_else(|| self.clock.now()).saturating_sub(self.start);
        let line = serde_json::json!({"end": at, "events": self.events, "lost": self.lost});
        lines::object(&mut self.text, &line);
        self.write();
    }
}

fn read_source(path: &str) -> Option<String> {
    let known = std::fs::metadata(path).ok()?;
    if !known.is_file() || known.len() > LONGEST_SOURCE {
        return None;
    }
    std::fs::read(path).ok().map(|text| String::from_utf8_lossy(&text).into_owned())
}

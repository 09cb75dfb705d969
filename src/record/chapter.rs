//! What one interpreter contributes to a recording: the lines that its lanes make, as pieces for the file.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;

use crate::gil::events::Event;
use crate::gil::{LockStats, Phase, ThreadId};
use crate::world::parking::Mutex;
use crate::world::{Ns, forks};

use super::deadlock::Alarm;
use super::delays::Delays;
use super::lane::{Hub, Noted};
use super::lines::{self, Begins};
use super::target::{Target, Written};

/// So much text is written at once.
const PIECE: usize = 1 << 20;
/// So much is kept while it cannot be written; then it is dropped, and counted.
const MOST: usize = 16 << 20;
/// As often, at least, something is said, so that it is known when a process was still alive.
const PULSE: Ns = 100_000_000;
/// A source file that is longer is not put into the recording.
const LONGEST_SOURCE: u64 = 1 << 20;

/// An interpreter that is recorded.
pub struct Chapter {
    /// Its number in the process.
    pub number: i64,
    pub hub: Arc<Hub>,
    /// Whether nothing more will come.
    is_over: AtomicBool,
    /// The name that the program has given it; locked within `forks::whole`.
    name: Mutex<Option<String>>,
    /// The writer's.
    pages: Mutex<Pages>,
}

/// What is written, and what is not yet.
struct Pages {
    begins: Begins,
    /// Lines that come before all others of the next piece.
    head: Vec<u8>,
    /// Lines that belong to no piece yet.
    text: Vec<u8>,
    /// Pieces that are not written yet, and how many events are in them and in the text.
    pieces: Vec<u8>,
    unwritten: u64,
    /// How many of them are written.
    codes: usize,
    texts: usize,
    events: u64,
    lost: u64,
    delays: Delays,
    /// When something was written last.
    written_at: Ns,
    is_closed: bool,
}

impl Chapter {
    /// Of an interpreter whose lock is like that now.
    pub fn new(number: i64, hub: Arc<Hub>, stats: &LockStats, start: Ns) -> Chapter {
        let begins = Begins {
            process: std::process::id(),
            interpreter: number,
            name: String::new(),
            mode: stats.mode.to_string(),
            interval_ns: stats.interval_ns,
            check_interval: stats.check_interval,
            at: stats.now_ns.saturating_sub(start),
        };
        let mut head = Vec::new();
        lines::object(&mut head, &begins.line());
        let pages = Pages {
            begins,
            head,
            text: Vec::new(),
            pieces: Vec::new(),
            unwritten: 0,
            codes: 0,
            texts: 0,
            events: 0,
            lost: 0,
            delays: Delays::default(),
            written_at: 0,
            is_closed: false,
        };
        let (is_over, name) = (AtomicBool::new(false), Mutex::default());
        Chapter { number, hub, is_over, name, pages: Mutex::new(pages) }
    }

    pub fn rename(&self, name: &str) {
        let _whole = forks::whole();
        *self.name.lock() = Some(name.to_string());
    }

    /// The recording goes on: `over` are the threads that have come to their end in between.
    pub fn go_on(&self, target: &Target, now: Ns, stats: &LockStats, over: &[ThreadId]) {
        {
            let mut pages = self.pages.lock();
            pages.of_nobody(now.saturating_sub(target.start), "resume", &[]);
            pages.of_nobody(now.saturating_sub(target.start), "interval", &[stats.interval_ns]);
            for thread in over {
                pages.event(target.start, *thread, &Noted { at: now, code: 0, line: 0, event: Event::Ends });
            }
        }
        self.begin(target, now, stats);
    }

    /// Writes what each thread is doing as the recording begins or goes on: `now`, from which moment on the lanes are open,
    /// or since when it does that, if it has begun to in between.
    pub fn begin(&self, target: &Target, now: Ns, stats: &LockStats) {
        let mut pages = self.pages.lock();
        for thread in stats.threads.iter().filter(|t| t.alive) {
            let event = match thread.figures.doing {
                Phase::Holding => Event::Runs { locked: true, from: None },
                Phase::Running => Event::Runs { locked: false, from: None },
                Phase::Waiting => Event::Wants,
                Phase::Stopped => Event::Stands,
                Phase::Away(reason) => Event::Leaves(reason),
            };
            let at = thread.figures.doing_since_ns.max(now);
            pages.event(target.start, thread.id, &Noted { at, code: 0, line: 0, event });
        }
    }

    /// Writes what has happened up to `now`.
    pub fn empty_lanes(&self, target: &Target, now: Ns) {
        let mut pages = self.pages.lock();
        if pages.is_closed {
            return;
        }
        let lanes = self.hub.with_tables(|tables| tables.lanes.clone());
        self.tell_name(&mut pages);
        for (at, interval) in self.hub.intervals() {
            pages.of_nobody(at.saturating_sub(target.start), "interval", &[interval]);
        }
        let mut taken = Vec::new();
        for lane in &lanes {
            if let Some(name) = lane.new_name() {
                let at = lane.born.saturating_sub(target.start);
                lines::object(&mut pages.text, &json!({"thread": lane.thread.0, "name": name, "at": at}));
            }
            while lane.take(&mut taken) {
                taken.iter().for_each(|noted| pages.event(target.start, lane.thread, noted));
                if pages.text.len() >= PIECE {
                    pages.write(&self.hub, target, now);
                }
            }
        }
        let threads = lanes.iter().map(|lane| (lane.thread, lane.number()));
        for (thread, delay) in pages.delays.since_last(now, threads) {
            pages.event(target.start, thread, &Noted { at: now, code: 0, line: 0, event: Event::Delayed(delay) });
        }
        if now.saturating_sub(pages.written_at) >= PULSE {
            pages.of_nobody(now.saturating_sub(target.start), "alive", &[]);
        }
        pages.write(&self.hub, target, now);
        self.hub.with_tables(|tables| tables.lanes.retain(|lane| !lane.is_done()));
    }

    fn tell_name(&self, pages: &mut Pages) {
        let name = {
            let _whole = forks::whole();
            self.name.lock().take()
        };
        if let Some(name) = name {
            pages.begins.name = name;
            let line = pages.begins.line();
            lines::object(&mut pages.head, &line);
        }
    }

    /// Its threads wait for each other.
    pub fn alarm(&self, alarm: &Alarm) {
        lines::object(&mut self.pages.lock().text, &alarm.line());
    }

    /// Nothing is recorded from `at` on.
    pub fn pause(&self, target: &Target, at: Ns) {
        let mut pages = self.pages.lock();
        if pages.is_closed {
            return;
        }
        pages.of_nobody(at.saturating_sub(target.start), "pause", &[]);
        pages.lost += self.hub.with_tables(|tables| tables.lanes.iter().map(|lane| lane.lost()).sum::<u64>());
        pages.write(&self.hub, target, at);
    }

    /// Writes the last line. Its threads have been told to tell no more, or tell it to another recording by now.
    pub fn close(&self, target: &Target, at: Ns) {
        let mut pages = self.pages.lock();
        if std::mem::replace(&mut pages.is_closed, true) {
            return;
        }
        let line = json!({"end": at.saturating_sub(target.start), "events": pages.events, "lost": pages.lost});
        lines::object(&mut pages.text, &line);
        pages.write(&self.hub, target, at);
    }

    /// Its threads tell no more.
    pub fn turn_off(&self) {
        self.hub.turn(false);
    }

    /// Nothing more will come of it.
    pub fn finish(&self) {
        self.is_over.store(true, Ordering::Release);
    }

    pub fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Acquire)
    }
}

impl Pages {
    fn of_nobody(&mut self, at: Ns, name: &str, figures: &[u64]) {
        lines::of_nobody(&mut self.text, at, name, figures);
    }

    fn event(&mut self, start: Ns, thread: ThreadId, noted: &Noted) {
        self.events += 1;
        self.unwritten += 1;
        if let Event::Lost(count) = noted.event {
            self.lost += count;
        }
        lines::event(&mut self.text, noted.at.saturating_sub(start), thread.0, noted);
    }

    /// Writes all lines, what they name before them.
    fn write(&mut self, hub: &Hub, target: &Target, now: Ns) {
        let (codes, texts, tasks) = hub.with_tables(|tables| {
            let tasks = std::mem::take(&mut tables.tasks);
            (tables.codes[self.codes..].to_vec(), tables.texts[self.texts..].to_vec(), tasks)
        });
        if self.text.is_empty() && self.head.is_empty() && codes.is_empty() && texts.is_empty() && tasks.is_empty() {
            return;
        }
        self.pieces.push(b'\n');
        lines::of(&mut self.pieces, &self.begins);
        self.pieces.append(&mut self.head);
        for (number, name) in &codes {
            if !name.file.starts_with('<')
                && target.wants_source(&name.file)
                && let Some(source) = read_source(&name.file)
            {
                lines::object(&mut self.pieces, &json!({"source": name.file, "text": source}));
            }
            lines::code(&mut self.pieces, *number, name);
        }
        for (at, text) in texts.iter().enumerate() {
            lines::object(&mut self.pieces, &json!({"text": self.texts + at + 1, "is": text}));
        }
        for (number, name) in &tasks {
            lines::object(&mut self.pieces, &json!({"task": number, "name": name}));
        }
        self.codes += codes.len();
        self.texts += texts.len();
        self.pieces.append(&mut self.text);
        match target.write(&self.pieces) {
            Written::NotYet if self.pieces.len() < MOST => return,
            Written::NotYet => self.lost += self.unwritten,
            Written::Yes => {}
            Written::Failed => {
                hub.turn(false);
            }
        }
        self.pieces.clear();
        self.unwritten = 0;
        self.written_at = now;
    }
}

fn read_source(path: &str) -> Option<String> {
    let known = std::fs::metadata(path).ok()?;
    if !known.is_file() || known.len() > LONGEST_SOURCE {
        return None;
    }
    std::fs::read(path).ok().map(|text| String::from_utf8_lossy(&text).into_owned())
}

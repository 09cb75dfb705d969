//! Recording: a thread of gilbox's own empties the lanes every few milliseconds and writes a file.
//!
//! What is written is complete but for the last moments, whatever ends the process. If the file can no longer be written
//! to, that is said once and the program runs on.
//!
//! All interpreters of the process are recorded, each as a [`Chapter`], and so are child processes: after a fork the child
//! begins a chapter of its own in the same file, and a process that is started anew is told where that is.

use std::fs::File;
use std::io;
use std::os::fd::RawFd;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use crate::vm::deadlock::Deadlock;
use crate::vm::family::MAIN;
use crate::vm::recording::{Recorder, Started};
use crate::vm::{Vm, signals};
use crate::world::parking::{Condvar, Mutex};
use crate::world::{Clock, Ns, forks};

use super::chapter::Chapter;
use super::deadlock::Alarm;
use super::lane::{Hub, Lanes};
use super::lines::{self, Header};
use super::target::Target;

/// How often the lanes are emptied.
const PACE: Duration = Duration::from_millis(20);
/// Of what happens in a run of which a report is wanted so much is kept, in bytes: some two million events. If there is more,
/// the report is made without.
const MOST_FOR_REPORT: u64 = 64 << 20;
/// The native stack of the writer.
const STACK: usize = 1 << 20;
/// How often somebody looks whether another thread has stopped the recording.
const LOOK: Duration = Duration::from_millis(1);

/// Records one process, to one file at a time.
pub struct FileRecorder {
    /// Locked only within `forks::whole`, and for moments.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// What `--record` named, until it is begun.
    file: Option<(File, String)>,
    /// What is recorded is for gilbox's own report: the program knows nothing of it, and may begin its own instead.
    is_for_report: bool,
    /// Where the process that started this one records to, until this one does too.
    inherited: Option<Target>,
    /// The lanes of each interpreter that was ever recorded; its threads know them for good.
    hubs: Vec<(i64, Arc<Hub>)>,
    recording: Recording,
}

#[derive(Default)]
enum Recording {
    #[default]
    Idle,
    Writing(Session, JoinHandle<()>),
    /// Another thread waits for the writer's end.
    Stopping,
    /// Since then.
    Paused(Session, Ns),
}

/// A file that is being written. What is in it is shared with the writer.
#[derive(Clone)]
struct Session {
    /// The main interpreter.
    vm: Arc<Vm>,
    target: Arc<Target>,
    clock: Clock,
    control: Arc<Control>,
    /// In the order in which the interpreters began; locked only within `forks::whole`.
    chapters: Arc<Mutex<Vec<Arc<Chapter>>>>,
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
        FileRecorder { state: Mutex::new(State { file, ..State::default() }) }
    }

    /// One that records to this file what gilbox needs for its own report.
    pub fn for_report(file: File) -> FileRecorder {
        let file = Some((file, "for the report".to_string()));
        FileRecorder { state: Mutex::new(State { file, is_for_report: true, ..State::default() }) }
    }

    /// One that goes on in the file of the process that has started this one: `text` is what that has said of it.
    pub fn inherited(text: &str) -> io::Result<FileRecorder> {
        let inherited = Some(Target::inherited(text)?);
        Ok(FileRecorder { state: Mutex::new(State { inherited, ..State::default() }) })
    }

    fn with_state<R>(&self, look: impl FnOnce(&mut State) -> R) -> R {
        let _whole = forks::whole();
        look(&mut self.state.lock())
    }

    fn session(&self) -> Option<Session> {
        self.with_state(|state| match &state.recording {
            Recording::Writing(session, _) => Some(session.clone()),
            _ => None,
        })
    }
}

impl State {
    fn hub(&mut self, interpreter: i64) -> Arc<Hub> {
        match self.hubs.iter().find(|(number, _)| *number == interpreter) {
            Some((_, hub)) => hub.clone(),
            None => {
                let hub = Arc::<Hub>::default();
                self.hubs.push((interpreter, hub.clone()));
                hub
            }
        }
    }

    /// Goes on with the file that there is, or begins another.
    fn session(&mut self, vm: &Arc<Vm>, file: Option<(File, String)>) -> io::Result<Option<Session>> {
        let clock = vm.world().clock;
        let target = match (std::mem::take(&mut self.recording), file.or_else(|| self.file.take())) {
            (Recording::Paused(session, _), None) => {
                *session.control.stop.lock() = false;
                return Ok(Some(session));
            }
            (_, Some((file, path))) => {
                let target = Target::new(file, path, clock.now())?;
                let target = if self.is_for_report { target.limited(MOST_FOR_REPORT) } else { target };
                // At once: a child that is forked soon may be the first to write.
                target.write(&header(vm));
                target
            }
            (_, None) => match self.inherited.take() {
                Some(target) => target,
                None => return Ok(None),
            },
        };
        Ok(Some(Session::new(vm, Arc::new(target))))
    }
}

impl Session {
    fn new(vm: &Arc<Vm>, target: Arc<Target>) -> Session {
        let (vm, clock) = (vm.clone(), vm.world().clock);
        Session { vm, target, clock, control: Arc::default(), chapters: Arc::default() }
    }

    fn with_chapters<R>(&self, look: impl FnOnce(&mut Vec<Arc<Chapter>>) -> R) -> R {
        let _whole = forks::whole();
        look(&mut self.chapters.lock())
    }

    fn all(&self) -> Vec<Arc<Chapter>> {
        self.with_chapters(|chapters| chapters.clone())
    }

    /// An interpreter is recorded from now on.
    fn add(&self, vm: &Vm, hub: Arc<Hub>) {
        hub.begin(true);
        vm.gil().tell_all_to(Arc::new(Lanes(hub.clone())));
        let now = self.clock.now();
        hub.turn(true);
        let stats = vm.gil().stats();
        let chapter = Arc::new(Chapter::new(vm.id, hub, &stats, self.target.start));
        chapter.begin(&self.target, now, &stats);
        self.with_chapters(|chapters| chapters.push(chapter));
    }

    /// It goes on with an interpreter that it knows.
    fn resume(&self, vm: &Vm, chapter: &Chapter) {
        let over = chapter.hub.begin(false);
        let now = self.clock.now();
        chapter.hub.turn(true);
        chapter.go_on(&self.target, now, &vm.gil().stats(), &over);
    }

    fn start_writer(self) -> io::Result<Recording> {
        let theirs = self.clone();
        let writer = std::thread::Builder::new().name("gilbox-record".into()).stack_size(STACK);
        let writer = writer.spawn(move || theirs.write_until_told())?;
        Ok(Recording::Writing(self, writer))
    }

    fn write_until_told(&self) {
        signals::leave_to_the_program();
        loop {
            let mut stop = self.control.stop.lock();
            if !*stop && !self.target.has_failed() {
                self.control.changed.wait_for(&mut stop, PACE);
            }
            let is_last = *stop;
            drop(stop);
            self.target.news().iter().for_each(|command| self.vm.obey(command));
            self.write();
            if is_last {
                return;
            }
            if self.target.has_failed() {
                self.all().iter().for_each(|chapter| chapter.turn_off());
                // There is nothing left to do but to wait for the end.
                let mut stop = self.control.stop.lock();
                while !*stop {
                    self.control.changed.wait(&mut stop);
                }
            }
        }
    }

    fn write(&self) {
        for chapter in self.all() {
            // Asked first: what happens before an interpreter is over is written before its last line.
            let is_over = chapter.is_over();
            chapter.empty_lanes(&self.target, self.clock.now());
            if is_over {
                chapter.turn_off();
                chapter.close(&self.target, self.clock.now());
                self.with_chapters(|chapters| chapters.retain(|known| !Arc::ptr_eq(known, &chapter)));
            }
        }
    }

    /// Writes the last lines of all interpreters; `at` is when that was.
    fn close(&self, at: Ns) {
        for chapter in self.all() {
            chapter.close(&self.target, at);
        }
    }
}

impl Recorder for FileRecorder {
    fn start(&self, vm: &Arc<Vm>, file: Option<(File, String)>) -> io::Result<Started> {
        let interpreters = vm.family.all(vm);
        if self.is_unknown() {
            if file.is_none() {
                return Ok(Started::Nowhere);
            }
            // What comes would be missing in the report: it has to do without.
            self.session().iter().for_each(|session| session.target.abandon());
            self.halt(vm);
            self.with_state(|state| state.is_for_report = false);
        }
        let mut replaced = None;
        let started = self.with_state(|state| {
            if matches!(state.recording, Recording::Writing(..) | Recording::Stopping) {
                return Ok(Started::Already);
            }
            if let (Recording::Paused(session, at), true) = (&state.recording, file.is_some()) {
                replaced = Some((session.clone(), *at));
            }
            if state.hubs.is_empty() {
                vm.forks
                    .in_child(Box::new(|vm| vm.options.recorder.iter().for_each(|recorder| recorder.begin_child(vm))));
            }
            let Some(session) = state.session(vm, file)? else { return Ok(Started::Nowhere) };
            let known = session.all();
            for vm in &interpreters {
                match known.iter().find(|chapter| chapter.number == vm.id) {
                    Some(chapter) => session.resume(vm, chapter),
                    None => session.add(vm, state.hub(vm.id)),
                }
            }
            state.recording = session.start_writer()?;
            Ok(Started::Yes)
        });
        if let Some((session, at)) = replaced {
            session.close(at);
        }
        started
    }

    fn stop(&self, vm: &Vm) -> bool {
        !self.is_unknown() && self.halt(vm)
    }

    fn is_unknown(&self) -> bool {
        self.with_state(|state| state.is_for_report && matches!(state.recording, Recording::Writing(..)))
    }

    fn finish(&self, vm: &Vm) {
        if vm.id != MAIN {
            return self.leave(vm);
        }
        self.halt(vm);
        while self.with_state(|state| matches!(state.recording, Recording::Stopping)) {
            std::thread::sleep(LOOK);
        }
        if let Recording::Paused(session, at) = self.with_state(|state| std::mem::take(&mut state.recording)) {
            session.close(at);
        }
    }

    fn join(&self, vm: &Vm) {
        self.with_state(|state| {
            if let Recording::Writing(session, _) = &state.recording {
                let session = session.clone();
                session.add(vm, state.hub(vm.id));
            }
        });
    }

    fn name(&self, vm: &Vm, name: &str) {
        if let Some(chapter) = self.chapter(vm) {
            chapter.rename(name);
        }
    }

    fn text(&self, vm: &Vm, text: &str) -> u32 {
        self.with_state(|state| state.hub(vm.id)).text(text)
    }

    fn tell(&self, command: &str) {
        if let Some(session) = self.session() {
            session.target.tell(command);
        }
    }

    fn alarm(&self, vm: &Vm, deadlock: &Deadlock) {
        if let (Some(session), Some(chapter)) = (self.session(), self.chapter(vm)) {
            let at = session.clock.now().saturating_sub(session.target.start);
            chapter.alarm(&Alarm { at, deadlock: deadlock.clone() });
        }
    }

    fn inheritance(&self) -> Option<(String, [RawFd; 2])> {
        self.session().map(|session| session.target.inheritance())
    }

    fn begin_child(&self, vm: &Arc<Vm>) {
        let begun = self.with_state(|state| {
            // The other interpreters stayed in the parent, as did the writer and what it has not written.
            state.hubs.retain(|(number, _)| *number == MAIN);
            state.file = None;
            let recording = match std::mem::take(&mut state.recording) {
                Recording::Writing(session, writer) => {
                    std::mem::forget(writer);
                    session
                }
                _ => {
                    state.hubs.iter().for_each(|(_, hub)| _ = hub.turn(false));
                    return Ok(());
                }
            };
            let hub = state.hub(MAIN);
            let threads = vm.gil().stats().threads;
            hub.begin_child(|id| threads.iter().any(|thread| thread.id == id));
            let session = Session::new(vm, recording.target.clone());
            // What was told before holds already: the lock is as the parent's.
            session.target.news();
            session.add(vm, hub);
            state.recording = session.start_writer()?;
            Ok(())
        });
        let begun: io::Result<()> = begun;
        if let Err(error) = begun {
            eprintln!("gilbox: the child process {} cannot be recorded: {error}", std::process::id());
        }
    }
}

impl FileRecorder {
    /// Stops, so that it can go on; false if nothing was being recorded.
    fn halt(&self, vm: &Vm) -> bool {
        let stopped = self.with_state(|state| match std::mem::take(&mut state.recording) {
            Recording::Writing(session, writer) => {
                state.recording = Recording::Stopping;
                Some((session, writer))
            }
            other => {
                state.recording = other;
                None
            }
        });
        let Some((session, writer)) = stopped else { return false };
        let chapters = session.all();
        chapters.iter().for_each(|chapter| chapter.turn_off());
        let at = vm.world().clock.now();
        *session.control.stop.lock() = true;
        session.control.changed.notify_one();
        // A writer that has panicked has told so.
        let _ = writer.join();
        chapters.iter().for_each(|chapter| chapter.pause(&session.target, at));
        self.with_state(|state| state.recording = Recording::Paused(session, at));
        true
    }

    fn chapter(&self, vm: &Vm) -> Option<Arc<Chapter>> {
        self.session()?.all().into_iter().find(|chapter| chapter.number == vm.id)
    }

    /// An interpreter comes to its end; its last lines are written with the next ones.
    fn leave(&self, vm: &Vm) {
        if let Some(chapter) = self.chapter(vm) {
            chapter.finish();
        }
        self.with_state(|state| state.hubs.retain(|(number, _)| *number != vm.id));
    }
}

/// The first line of a file that begins with this interpreter.
fn header(vm: &Vm) -> Vec<u8> {
    let stats = vm.gil().stats();
    let header = Header {
        argv: vm.options.argv.clone(),
        started_ns: vm.world().clock.wall(),
        ..Header::of_this_machine(stats.mode, stats.interval_ns, stats.check_interval)
    };
    let mut text = Vec::new();
    lines::object(&mut text, &header.line());
    text
}

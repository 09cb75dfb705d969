//! What the interpreter tells a recording beyond what the lock knows: the Python code that a thread is at, what it waits
//! for and whom it wakes; and what programs may ask of the recorder.
//!
//! All of it is told on slow paths only, by threads that have a tap (`gil::events`).

use std::fmt::Debug;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::RawFd;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::gil::events::{Awaited, CodeName, Event};
use crate::gil::{Gil, LockStats, Mode, ThreadId};
use crate::heap::Gc;
use crate::objects::code::Code;
use crate::world::forks;

use super::deadlock::Deadlock;
use super::family::MAIN;
use super::stack::Frame;
use super::{Thread, Vm};

/// Who records. Given to the interpreter by whoever started it.
pub trait Recorder: Send + Sync + Debug {
    /// Records to that file from now on; without one, goes on with the recording that was stopped.
    fn start(&self, vm: &Arc<Vm>, file: Option<(File, String)>) -> io::Result<Started>;

    /// Stops, so that it can go on; false if nothing was being recorded.
    fn stop(&self, vm: &Vm) -> bool;

    /// Whether what is recorded is gilbox's own affair, of which the program knows nothing.
    fn is_unknown(&self) -> bool;

    /// The number of a text for `Event::Marks`.
    fn text(&self, vm: &Vm, text: &str) -> u32;

    /// An interpreter is over: what was recorded of it is made complete. With the main one the recording ends.
    fn finish(&self, vm: &Vm);

    /// Another interpreter of the process begins.
    fn join(&self, vm: &Vm);

    /// What the program calls the process.
    fn name(&self, vm: &Vm, name: &str);

    /// All other processes that are recorded to the same file shall [obey](Vm::obey) this.
    fn tell(&self, command: &str);

    /// The threads of this interpreter wait for each other, and that is its end.
    fn alarm(&self, vm: &Vm, deadlock: &Deadlock);

    /// What a process that is started anew has to be told, and which descriptors it needs, to be in the same recording;
    /// `None` if nothing is being recorded.
    fn inheritance(&self) -> Option<(String, [RawFd; 2])>;

    /// In the child of a fork, where nobody else runs: the child is recorded as a process of its own.
    fn begin_child(&self, vm: &Arc<Vm>);
}

/// How a start ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    Yes,
    /// It is recording already.
    Already,
    /// There is no recording to go on with.
    Nowhere,
}

/// Where child processes leave what their locks have counted, for the process that was started first.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// Everybody appends to it.
    pub file: Arc<File>,
    /// What a child leaves: a line, from its counters and its name.
    pub line: fn(&LockStats, &str) -> String,
}

/// The name of a thread of gilbox's own, which views leave out.
pub const OWN_THREAD: &str = "gilbox";
/// The native stack of such a thread.
const STACK: usize = 256 << 10;

impl Vm {
    /// Does what somebody who watches wants, with the locks of all interpreters of this process: `lock NAME` for another
    /// policy, `interval NS` for another switch interval. It does not wait for that to be done.
    pub fn obey(self: &Arc<Vm>, command: &str) {
        match command.split_once(' ') {
            Some(("interval", ns)) => {
                let _ = ns.parse().map(|ns| self.family.all(self).iter().for_each(|vm| vm.gil().set_interval(ns)));
            }
            Some(("lock", name)) => {
                let Ok(mode) = name.parse() else { return };
                let interpreters = self.family.all(self);
                let switcher = std::thread::Builder::new().name("gilbox-switch".into()).stack_size(STACK);
                // Where no thread can be had the lock stays as it is.
                let _ = switcher.spawn(move || interpreters.iter().for_each(|vm| switch(vm.gil(), mode)));
            }
            _ => {}
        }
    }
}

/// Changes the policy, as a thread that touches no Python value: it has no stack that a collection would have to see.
pub(super) fn switch(gil: &Gil, mode: Mode) {
    let me = {
        let _whole = forks::whole();
        gil.register(OWN_THREAD)
    };
    // The program may be over already.
    let _ = gil.attach(&me).and_then(|_| gil.set_mode(&me, mode));
    let _whole = forks::whole();
    gil.unregister(&me);
}

/// The library's frames that are looked through for one of the program.
const LOOKED_THROUGH: usize = 40;

/// Whether the frame is of the library and not of the program.
pub(super) fn is_library(frame: &Frame) -> bool {
    is_library_code(frame.code)
}

/// Whether the code is of the library and not of the program.
pub fn is_library_code(code: Gc<Code>) -> bool {
    code.filename.wtf8().starts_with(b"<frozen ")
}

impl Thread {
    /// The process ends, without more ado or soon: what it has recorded and counted is left where it belongs.
    pub fn leave_figures(&self, name: &str) {
        if let Some(recorder) = &self.vm().options.recorder {
            recorder.finish(self.vm());
        }
        self.leave_counters(name, false);
    }

    /// In a child process: leaves what its lock has counted up to now. One that is idle, and may be killed, does so if it has
    /// worked for a twentieth longer than when it did last, so that the file does not grow with every task.
    pub fn leave_counters(&self, name: &str, is_idle: bool) {
        let vm = self.vm();
        let is_child = vm.options.is_child || vm.is_forked.load(Ordering::Acquire);
        let Some(ledger) = vm.options.ledger.as_ref().filter(|_| is_child && vm.id == MAIN) else { return };
        let stats = vm.gil().stats();
        let worked: u64 = stats.threads.iter().map(|thread| thread.figures.hold_ns + thread.figures.run_ns).sum();
        let told = vm.told_worked.load(Ordering::Relaxed);
        if is_idle && worked < told + told / 20 {
            return;
        }
        vm.told_worked.store(worked, Ordering::Relaxed);
        let line = (ledger.line)(&stats, name);
        // If this fails, the parent's report is the poorer; the child has done its work all the same.
        let _ = (&*ledger.file).write_all(line.as_bytes());
    }

    /// Whether somebody records this thread now.
    #[inline]
    pub fn is_recorded(&self) -> bool {
        self.gil_thread().tap().is_some_and(|tap| tap.is_on())
    }

    /// Says where the thread is, if somebody records it: before anything at which the lock may change hands.
    #[inline]
    pub(super) fn tell_place(&self) {
        if self.is_recorded() {
            self.tell_frame();
        }
    }

    /// The line of the program that is being executed, and of the library where there is none of the program's.
    pub fn program_frame(&self) -> Option<&Frame> {
        let frames = self.stack.frames();
        frames.iter().rev().take(LOOKED_THROUGH).find(|frame| !is_library(frame)).or(frames.last())
    }

    /// The function of the library that the program has called, and that is being executed.
    pub fn library_call(&self) -> Option<&Frame> {
        let frames = self.stack.frames();
        let library = frames.iter().rev().take(LOOKED_THROUGH).take_while(|frame| is_library(frame));
        library.last().filter(|_| !frames.iter().all(is_library))
    }

    #[cold]
    #[inline(never)]
    fn tell_frame(&self) {
        let Some(tap) = self.gil_thread().tap() else { return };
        match self.program_frame() {
            Some(frame) => tap.is_at(self.code_number(frame.code), frame.line()),
            None => tap.is_at(0, 0),
        }
    }

    /// The number by which recordings name the code.
    fn code_number(&self, code: Gc<Code>) -> u32 {
        let known = code.number.load(Ordering::Acquire);
        if known != 0 {
            return known;
        }
        let number = self.vm().code_numbers.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(tap) = self.gil_thread().tap() {
            let (file, function) = (code.filename.to_text(), code.qualname.to_text());
            tap.code(number, CodeName { file, function, line: code.first_line });
        }
        // Where another thread has named the same code meanwhile, either number does.
        code.number.store(number, Ordering::Release);
        number
    }

    /// Tells an event that happens now.
    #[inline]
    pub fn tell(&self, event: Event) {
        if self.is_recorded() {
            self.tell_now(event);
        }
    }

    #[cold]
    #[inline(never)]
    fn tell_now(&self, event: Event) {
        self.tell_frame();
        if let Some(tap) = self.gil_thread().tap() {
            tap.note(self.vm().world().clock.now(), event);
        }
    }

    /// Tells what a task does whose code is at that line.
    pub fn tell_of(&self, place: Option<(Gc<Code>, u32)>, event: Event) {
        let Some(tap) = self.gil_thread().tap() else { return };
        match place {
            Some((code, line)) => tap.is_at(self.code_number(code), line),
            None => tap.is_at(0, 0),
        }
        tap.note(self.vm().world().clock.now(), event);
    }

    /// Tells the name of a task that has that number; a new number, if it is 0.
    pub fn tell_task(&self, number: u32, name: String) -> u32 {
        let number = if number == 0 { self.vm().recorded_tasks.fetch_add(1, Ordering::Relaxed) + 1 } else { number };
        if let Some(tap) = self.gil_thread().tap() {
            tap.task(number, name);
        }
        number
    }

    /// What the thread really waits for that waits for a lock: the library makes other things of locks.
    pub fn awaited(&self, on: Awaited) -> Awaited {
        let in_library = on == Awaited::Lock && self.stack.frames().last().is_some_and(is_library);
        if in_library { Awaited::Condition } else { on }
    }

    /// The thread is about to wait for `object`, which `owner` has; 0 if that is not known.
    #[inline]
    pub fn tell_blocked(&self, on: Awaited, object: u64, owner: u32) {
        let owner = (owner != 0 && on != Awaited::Condition).then_some(ThreadId(owner));
        self.tell(Event::Blocks { on, object, owner });
    }

    /// The thread has ended the wait of `who`, whose parker's number this is.
    #[inline]
    pub fn tell_woken(&self, who: u32, object: u64) {
        if who != 0 {
            self.tell(Event::Wakes { who: ThreadId(who), object });
        }
    }
}

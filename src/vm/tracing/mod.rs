//! `sys.settrace` and `sys.setprofile`: what a thread's functions are told of what it does.
//!
//! A thread that is watched keeps [`breaker::TRACING`] set in its word, so that every safepoint takes it to the loop that
//! stops before each instruction; the other loop knows nothing of all this. Before each instruction that loop comes by
//! here. What happened is told from where the thread is: a frame that was not known begins, another line begins, a `Return`
//! is about to run. Exceptions come by from the unwinder.
//!
//! This file holds what is known of the watched frames, and tells the functions; `events` finds out what happens; `jumps` lets
//! a function set the line that a frame goes on at.

use std::cell::{Cell, RefCell};

use crate::compiler::code::Mark;
use crate::gil::breaker;
use crate::heap::{Gc, Slot, Tracer, Value};
use crate::objects::code::Code;
use crate::objects::frame;

use super::Thread;
use super::native::Result;
use super::stack::Frame;

mod events;
mod jumps;

/// Who is told what a thread does.
#[derive(Default)]
pub struct Tracing {
    /// `sys.settrace`'s function, `EMPTY` if none. Another thread may set it.
    pub trace: Slot,
    /// `sys.setprofile`'s.
    pub profile: Slot,
    /// One of the two runs: what it does is not watched.
    inside: Cell<bool>,
    /// Frames up to this depth began before the watching did, and are not told of as new. `None`: not looked at yet.
    began: Cell<Option<usize>>,
    /// The depth of a frame, and the line at which it is shown while something is told of it: a function that is entered
    /// still stands at its `def`. Depth 0 is none.
    shown: Cell<(usize, u32)>,
    /// The event that the tracing function is being told of, and the depth of its frame.
    telling: Cell<Option<(&'static str, usize)>>,
    /// The StopIteration that ended an iterator last, and the depth of the frame that asked it.
    stopped: Slot,
    stopped_at: Cell<usize>,
    /// What is known of the frames on the stack, by depth.
    frames: RefCell<Vec<Watched>>,
}

/// A frame that is watched.
struct Watched {
    depth: usize,
    /// With the code, tells the frame from a later one at the same depth.
    registers: usize,
    code: Gc<Code>,
    /// The frame object that the functions get.
    object: Value,
    /// `f_trace`, `EMPTY` if none.
    function: Value,
    /// `f_trace_lines`
    lines: bool,
    /// `f_trace_opcodes`
    opcodes: bool,
    /// The line told last, and the instruction before which it last came by.
    line: u32,
    at: usize,
    /// The instruction at which a line was told last.
    told_at: usize,
    /// An exception was thrown into the iterator that it delegates to, which has returned for that.
    was_thrown: bool,
    /// The built-in function that it calls, `EMPTY` if none.
    builtin: Value,
}

/// Of a frame that has just begun: before its first instruction.
const NOWHERE: usize = Mark::ENTRY as usize;

/// Which of the two functions.
#[derive(Clone, Copy)]
pub enum Hook {
    Trace,
    Profile,
}

/// What a program sets of a frame: `f_trace`, `f_trace_lines`, `f_trace_opcodes`.
#[derive(Clone, Copy)]
pub enum Attribute {
    Function,
    Lines,
    Opcodes,
}

impl Tracing {
    fn slot(&self, hook: Hook) -> &Slot {
        match hook {
            Hook::Trace => &self.trace,
            Hook::Profile => &self.profile,
        }
    }

    /// The function, None if there is none.
    pub fn function(&self, hook: Hook) -> Value {
        let function = self.slot(hook).get();
        if function.is_empty() { Value::NONE } else { function }
    }

    fn has_functions(&self) -> bool {
        !(self.trace.get().is_empty() && self.profile.get().is_empty())
    }

    /// Whether anybody is to be told of what the thread does now.
    fn watches(&self) -> bool {
        !self.inside.get() && self.has_functions()
    }

    /// The line at which the frame at a depth is shown, if that is not its instruction's.
    pub fn shown_line(&self, depth: usize) -> Option<u32> {
        let (shown, line) = self.shown.get();
        (shown == depth && depth != 0).then_some(line)
    }

    pub(super) fn visit(&self, tracer: &mut Tracer) {
        tracer.slot(&self.trace);
        tracer.slot(&self.profile);
        tracer.slot(&self.stopped);
        for watched in &*self.frames.borrow() {
            tracer.cell(watched.code);
            tracer.value(watched.object);
            tracer.value(watched.function);
            tracer.value(watched.builtin);
        }
    }

    /// Looks at the frame on top; true if it has just begun.
    fn arrive(&self, depth: usize, frame: &Frame) -> bool {
        let mut frames = self.frames.borrow_mut();
        while frames.last().is_some_and(|last| last.depth > depth || last.depth == depth && !last.is(frame)) {
            frames.pop();
        }
        let began = self.began.get().unwrap_or(depth);
        self.began.set(Some(began.min(depth)));
        if frames.last().is_some_and(|last| last.depth == depth) {
            return false;
        }
        frames.push(Watched::new(depth, frame));
        depth > began
    }

    /// An iterator has ended with a StopIteration, which nobody else gets to see.
    #[cold]
    pub fn note_stop(&self, depth: usize, exception: Value) {
        self.stopped.set(exception);
        self.stopped_at.set(depth);
    }

    pub fn forget_stop(&self) {
        self.stopped.set(Value::EMPTY);
    }

    /// The StopIteration that an iterator has ended with, asked by the frame at a depth; `EMPTY` for none.
    fn stop_at(&self, depth: usize) -> Value {
        if self.stopped_at.get() == depth { self.stopped.get() } else { Value::EMPTY }
    }

    /// Forgets the frame at a depth, which is left.
    fn forget(&self, depth: usize) {
        self.frames.borrow_mut().retain(|watched| watched.depth < depth);
        self.began.set(self.began.get().map(|began| began.min(depth - 1)));
    }

    /// Changes what is known of the frame at a depth.
    fn change<R>(&self, depth: usize, change: impl FnOnce(&mut Watched) -> R) -> Option<R> {
        self.frames.borrow_mut().iter_mut().find(|watched| watched.depth == depth).map(change)
    }

    /// `f_trace` of the frame at a depth, as long as there is a function for the whole thread.
    fn local_function(&self, depth: usize) -> Value {
        let known = if self.trace.get().is_empty() { None } else { self.change(depth, |watched| watched.function) };
        known.unwrap_or(Value::EMPTY)
    }
}

impl Watched {
    fn new(depth: usize, frame: &Frame) -> Watched {
        Watched {
            depth,
            registers: frame.registers as usize,
            code: frame.code,
            object: Value::EMPTY,
            function: Value::EMPTY,
            lines: true,
            opcodes: false,
            line: 0,
            at: NOWHERE,
            told_at: NOWHERE,
            was_thrown: false,
            builtin: Value::EMPTY,
        }
    }

    fn is(&self, frame: &Frame) -> bool {
        self.registers == frame.registers as usize && self.code == frame.code
    }
}

/// An event, as the functions are told of it.
struct Event {
    name: &'static str,
    argument: Value,
}

impl Thread {
    /// `sys.settrace`, `sys.setprofile` for the calling thread; None for nobody.
    pub fn watch(&self, hook: Hook, function: Value) {
        let tracing = &self.tracing;
        let was_watched = tracing.has_functions();
        tracing.slot(hook).set(if function.is_none() { Value::EMPTY } else { function });
        if was_watched != tracing.has_functions() {
            tracing.began.set(Some(self.stack.depth()));
            let frames = self.stack.frames();
            let is_there = |watched: &Watched| frames.get(watched.depth - 1).is_some_and(|frame| watched.is(frame));
            let mut known = tracing.frames.borrow_mut();
            known.retain(is_there);
            known.iter_mut().for_each(|watched| watched.builtin = Value::EMPTY);
        }
        self.request_tracing();
    }

    fn request_tracing(&self) {
        if self.tracing.watches() {
            self.breaker().request(breaker::TRACING);
        } else {
            self.breaker().take(breaker::TRACING);
        }
    }

    /// What a frame of the calling thread says of its tracing.
    pub fn tracing_attribute(&self, depth: usize, attribute: Attribute) -> Value {
        let known = self.tracing.change(depth, |watched| match attribute {
            Attribute::Function if watched.function.is_empty() => Value::NONE,
            Attribute::Function => watched.function,
            Attribute::Lines => Value::bool(watched.lines),
            Attribute::Opcodes => Value::bool(watched.opcodes),
        });
        known.unwrap_or(match attribute {
            Attribute::Function => Value::NONE,
            Attribute::Lines => Value::TRUE,
            Attribute::Opcodes => Value::FALSE,
        })
    }

    pub fn set_tracing_attribute(&self, depth: usize, attribute: Attribute, value: Value) {
        let Some(frame) = depth.checked_sub(1).and_then(|at| self.stack.frames().get(at)) else { return };
        let mut frames = self.tracing.frames.borrow_mut();
        let at = frames.partition_point(|watched| watched.depth < depth);
        if frames.get(at).is_none_or(|watched| watched.depth != depth || !watched.is(frame)) {
            frames.insert(at, Watched { line: frame.line(), at: frame.at(), ..Watched::new(depth, frame) });
        }
        match attribute {
            Attribute::Function => frames[at].function = if value.is_none() { Value::EMPTY } else { value },
            Attribute::Lines => frames[at].lines = value == Value::TRUE,
            Attribute::Opcodes => frames[at].opcodes = value == Value::TRUE,
        }
    }

    /// Tells one of the functions of something that happens in the frame at a depth. A function that fails is told no more.
    fn call_watcher(&self, function: Value, hook: Hook, depth: usize, event: &Event) -> Result {
        let tracing = &self.tracing;
        let known = tracing.change(depth, |watched| watched.object).filter(|object| !object.is_empty());
        let object = known.unwrap_or_else(|| frame::at_depth(self, depth - 1));
        tracing.change(depth, |watched| watched.object = object);
        tracing.inside.set(true);
        let outer = tracing.telling.replace(matches!(hook, Hook::Trace).then_some((event.name, depth)));
        self.request_tracing();
        let result = self.call(function, &[object, self.str(event.name), event.argument]);
        tracing.inside.set(false);
        tracing.telling.set(outer);
        if result.is_err() {
            self.watch(hook, Value::NONE);
        }
        self.request_tracing();
        result
    }

    /// Tells the thread's profiling function.
    fn tell_profiler(&self, depth: usize, name: &'static str, argument: Value) -> Result<()> {
        let function = self.tracing.profile.get();
        if function.is_empty() {
            return Ok(());
        }
        self.call_watcher(function, Hook::Profile, depth, &Event { name, argument }).map(drop)
    }

    /// Tells a tracing function; what it gives takes its place in the frame.
    fn tell_tracer(&self, function: Value, depth: usize, name: &'static str, argument: Value) -> Result<()> {
        if function.is_empty() {
            return Ok(());
        }
        let next = self.call_watcher(function, Hook::Trace, depth, &Event { name, argument })?;
        if !next.is_none() {
            self.tracing.change(depth, |watched| watched.function = next);
        }
        Ok(())
    }

    fn tell_local_tracer(&self, depth: usize, name: &'static str, argument: Value) -> Result<()> {
        self.tell_tracer(self.tracing.local_function(depth), depth, name, argument)
    }
}

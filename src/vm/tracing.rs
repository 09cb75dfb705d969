//! `sys.settrace` and `sys.setprofile`: what a thread's functions are told of what it does.
//!
//! A thread that is watched keeps [`breaker::TRACING`] set in its word, so that every safepoint takes it to the loop that
//! stops before each instruction; the other loop knows nothing of all this. Before each instruction that loop comes by
//! here. What happened is told from where the thread is: a frame that was not known begins, another line begins, a `Return`
//! is about to run. Exceptions come by from the unwinder.

use std::cell::{Cell, RefCell};

use crate::compiler::code::Mark;
use crate::compiler::opcodes::{Instr, Op};
use crate::gil::breaker;
use crate::heap::{Gc, Slot, Tracer, Value};
use crate::objects::code::Code;
use crate::objects::exception::{Exc, Exception};
use crate::objects::{frame, kinds};

use super::native::Result;
use super::stack::Frame;
use super::{Thread, ops, report};

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

    /// `frame.f_lineno = line`: the frame goes on at the first statement that begins there or further down. Both that one
    /// and the one that runs must stand in no loop, `try` or `with`.
    pub fn jump_to_line(&self, depth: usize, line: i64) -> Result<()> {
        let refuse = |why: String| Err(self.raise(Exc::ValueError, why));
        match self.tracing.telling.get() {
            Some(("line", told)) if told == depth => {}
            Some(("call", told)) if told == depth => {
                return refuse("can't jump from the 'call' trace event of a new frame".into());
            }
            Some((_, told)) if told == depth => return refuse("can only jump from a 'line' trace event".into()),
            _ => return refuse("f_lineno can only be set in a trace function".into()),
        }
        let frame = &self.stack.frames()[depth - 1];
        let (code, at) = (frame.code, frame.at() as u32);
        if line < code.first_line.into() {
            return refuse(format!("line {line} comes before the current code block"));
        }
        let wanted = code.starts.iter().map(|start| start.line).filter(|start| i64::from(*start) >= line).min();
        let Some(wanted) = wanted else {
            return refuse(format!("line {line} comes after the current code block"));
        };
        let target = code.starts.iter().find(|start| start.line == wanted && start.is_outermost);
        let here = code.starts.iter().rev().find(|start| start.at <= at);
        let (Some(target), true) = (target, here.is_none_or(|here| here.is_outermost)) else {
            return refuse("can't jump into or out of a loop, 'try' or 'with'".into());
        };
        let unbound = self.stack.jump(depth, target.at as usize);
        self.tracing.change(depth, |watched| (watched.line, watched.at) = (0, NOWHERE));
        self.tracing.shown.set((0, 0));
        if unbound > 0 {
            let s = if unbound == 1 { "" } else { "s" };
            let message = format!("assigning None to {unbound} unbound local{s}");
            report::warn(self, Exc::RuntimeWarning, &message)?;
        }
        Ok(())
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

    /// Called before each instruction of the frame on top while the thread is watched.
    #[cold]
    pub(super) fn trace_instruction(&self) -> Result<()> {
        let tracing = &self.tracing;
        if !tracing.watches() {
            self.request_tracing();
            return Ok(());
        }
        let Some(frame) = self.stack.frames().last() else { return Ok(()) };
        let (depth, at) = (self.stack.depth(), frame.at());
        if tracing.arrive(depth, frame) {
            self.trace_entry(frame, depth)?;
        }
        let called = tracing.change(depth, |watched| std::mem::replace(&mut watched.builtin, Value::EMPTY));
        if let Some(builtin) = called.filter(|builtin| !builtin.is_empty()) {
            self.shown_at_last_line(depth, || self.tell_profiler(depth, "c_return", builtin))?;
        }
        self.trace_marks(frame, depth, at)?;
        self.trace_line(frame, depth, at)?;
        let instruction = frame.code.body.instructions()[at];
        let register = |index: usize| frame.register(index);
        match instruction.op() {
            Op::Return => self.trace_return(depth, register(instruction.a())),
            Op::ReturnNone => self.trace_return(depth, Value::NONE),
            Op::Yield | Op::YieldFrom => self.trace_return(depth, register(instruction.b())),
            Op::Call | Op::CallEx => self.trace_builtin(depth, register(instruction.a()), Value::EMPTY),
            Op::CallMethod => self.trace_builtin(depth, register(instruction.a()), register(instruction.a() + 1)),
            Op::CallKw if instruction.b() & Instr::NO_SELF as usize != 0 => {
                self.trace_builtin(depth, register(instruction.a()), Value::EMPTY)
            }
            Op::CallKw => self.trace_builtin(depth, register(instruction.a()), register(instruction.a() + 1)),
            _ => Ok(()),
        }
    }

    fn trace_entry(&self, frame: &Frame, depth: usize) -> Result<()> {
        let tracing = &self.tracing;
        // A generator goes on behind its `yield`, or raises there.
        let yields = |at: usize| matches!(frame.code.body.instructions()[at].op(), Op::Yield | Op::YieldFrom);
        let last = if yields(frame.at()) { Some(frame.at()) } else { frame.at().checked_sub(1) };
        let resumed = last.filter(|_| !frame.generator.is_empty());
        let line = match resumed.and_then(|at| Some((at, frame.code.positions.get(at)?.line))) {
            Some((at, line)) => {
                tracing.change(depth, |watched| (watched.line, watched.at) = (line, at));
                line
            }
            None => frame.code.first_line,
        };
        self.shown_at(depth, line, || {
            self.tell_profiler(depth, "call", Value::NONE)?;
            self.tell_tracer(tracing.trace.get(), depth, "call", Value::NONE)
        })
    }

    /// Shows a frame at a line for as long as `tell` takes.
    fn shown_at(&self, depth: usize, line: u32, tell: impl FnOnce() -> Result<()>) -> Result<()> {
        let before = self.tracing.shown.replace((depth, line));
        let told = tell();
        self.tracing.shown.set(before);
        told
    }

    /// The same with the line that was told last: what runs now has none of its own.
    fn shown_at_last_line(&self, depth: usize, tell: impl FnOnce() -> Result<()>) -> Result<()> {
        match self.tracing.change(depth, |watched| watched.line).filter(|line| *line != 0) {
            Some(line) => self.shown_at(depth, line, tell),
            None => tell(),
        }
    }

    /// Tells of the lines without instructions on the way to the instruction.
    fn trace_marks(&self, frame: &Frame, depth: usize, at: usize) -> Result<()> {
        let code = frame.code;
        let from = self.tracing.change(depth, |watched| watched.at).unwrap_or(NOWHERE);
        for mark in code.marks_between(from as u32, at as u32) {
            let is_due = self.tracing.change(depth, |watched| {
                let is_new = watched.line != mark.line;
                watched.line = mark.line;
                is_new && watched.lines
            });
            if is_due == Some(true) {
                self.shown_at(depth, mark.line, || self.tell_local_tracer(depth, "line", Value::NONE))?;
            }
        }
        Ok(())
    }

    /// A line is told of when another begins, and when a jump goes back to it.
    fn trace_line(&self, frame: &Frame, depth: usize, at: usize) -> Result<()> {
        let line = frame.line();
        let seen = self.tracing.change(depth, |watched| {
            let has_line = line != 0;
            let is_due = watched.lines && has_line && (line != watched.line || begins_again(frame, watched.at, at));
            watched.at = at;
            if has_line {
                watched.line = line;
            }
            (is_due, watched.opcodes)
        });
        let (is_due, opcodes) = seen.unwrap_or_default();
        if is_due {
            self.tell_local_tracer(depth, "line", Value::NONE)?;
        }
        if opcodes {
            self.tell_local_tracer(depth, "opcode", Value::NONE)?;
        }
        Ok(())
    }

    fn trace_return(&self, depth: usize, value: Value) -> Result<()> {
        self.shown_at_last_line(depth, || {
            self.tell_profiler(depth, "return", value)?;
            self.tell_local_tracer(depth, "return", value)
        })?;
        self.tracing.forget(depth);
        Ok(())
    }

    /// A call is about to be made: profilers are told of those of built-in functions.
    fn trace_builtin(&self, depth: usize, callee: Value, object: Value) -> Result<()> {
        let is_builtin = |kind| matches!(kind, kinds::NATIVE | kinds::METHOD_DESCRIPTOR);
        if self.tracing.profile.get().is_empty() || !callee.header().is_some_and(|header| is_builtin(header.kind())) {
            return Ok(());
        }
        let builtin = match object.is_empty() {
            true => callee,
            false => ops::bind(self, callee, object, self.class_of(object))?,
        };
        self.tell_profiler(depth, "c_call", builtin)?;
        self.tracing.change(depth, |watched| watched.builtin = builtin);
        Ok(())
    }

    /// The pending exception has come to the frame on top. `is_news`: it was not raised again there. `leaves`: the frame has
    /// no handler for it.
    #[cold]
    pub(super) fn trace_exception(&self, is_news: bool, leaves: bool) {
        if !self.tracing.watches() {
            return;
        }
        let pending = self.pending.replace(Value::EMPTY);
        self.keep(pending);
        let told = self.tell_of_exception(pending, is_news, leaves);
        self.unkeep(1);
        // What the function itself raises takes the exception's place.
        if told.is_ok() {
            self.pending.set(pending);
        }
    }

    fn tell_of_exception(&self, exception: Value, is_news: bool, leaves: bool) -> Result<()> {
        let depth = self.stack.depth();
        if let Some(frame) = self.stack.frames().last()
            && self.tracing.arrive(depth, frame)
        {
            self.trace_entry(frame, depth)?;
        }
        let called = self.tracing.change(depth, |watched| std::mem::replace(&mut watched.builtin, Value::EMPTY));
        if let Some(builtin) = called.filter(|builtin| !builtin.is_empty()) {
            self.tell_profiler(depth, "c_exception", builtin)?;
        }
        if is_news {
            let traceback = exception.downcast::<Exception>().map_or(Value::EMPTY, |e| e.traceback.get());
            let traceback = if traceback.is_empty() { Value::NONE } else { traceback };
            let three = self.tuple(&[self.class_of(exception).value(), exception, traceback]);
            self.tell_local_tracer(depth, "exception", three)?;
        }
        if leaves {
            self.trace_return(depth, Value::NONE)?;
        }
        Ok(())
    }
}

/// Whether what goes from one instruction to another of the same line begins that line again: a jump back, but for a loop
/// that asks its iterator at its end, where the question counts. To wait again (`Send`) is not to begin again.
fn begins_again(frame: &Frame, from: usize, to: usize) -> bool {
    let code = frame.code.body.instructions();
    let instruction = code[to];
    match instruction.op() {
        Op::Send => false,
        Op::ForIter => {
            let body = to.wrapping_add_signed(instruction.c_signed() as isize);
            (body.min(to)..to).contains(&from)
        }
        _ => to < from && from != NOWHERE && code[from].op() != Op::ForIter,
    }
}

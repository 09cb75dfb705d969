//! What happens, told from where the thread is: called before each instruction, and by the unwinder.

use crate::compiler::opcodes::{Instr, Op};
use crate::heap::Value;
use crate::objects::exception::{self, Exc, Exception};
use crate::objects::{kinds, traceback};
use crate::vm::native::Result;
use crate::vm::stack::Frame;
use crate::vm::{Thread, ops};

use super::NOWHERE;

impl Thread {
    /// Called before each instruction of the frame on top while the thread is watched.
    #[cold]
    pub(in crate::vm) fn trace_instruction(&self) -> Result<()> {
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
        self.trace_stop(frame, depth, at)?;
        self.trace_marks(frame, depth, at)?;
        self.trace_line(frame, depth, at)?;
        let instruction = frame.code.body.instructions()[at];
        let register = |index: usize| frame.register(index);
        match instruction.op() {
            Op::ForIter | Op::Send => {
                tracing.forget_stop();
                Ok(())
            }
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
        let returned = resumed.and_then(|at| send_before(frame, at));
        tracing.change(depth, |watched| watched.was_thrown = returned.is_some());
        let resumed = returned.or(resumed);
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

    /// What a `for`, a `yield from` or an `await` asks has come to its end: a tracing function is told of the StopIteration.
    fn trace_stop(&self, frame: &Frame, depth: usize, at: usize) -> Result<()> {
        let tracing = &self.tracing;
        let seen = tracing.change(depth, |watched| (watched.at, std::mem::take(&mut watched.was_thrown)));
        let Some((from, was_thrown)) = seen.filter(|(from, _)| *from != NOWHERE) else { return Ok(()) };
        let instruction = frame.code.body.absolute(from);
        let stop = match instruction.op() {
            Op::ForIter if at == from + 1 => tracing.stop_at(depth),
            Op::Send if at == instruction.c() => {
                let (value, iterator) = (frame.register(instruction.a()), frame.register(instruction.b()));
                match iterator.header().map(|header| header.kind()) {
                    _ if was_thrown => self.raised_stop_iteration(frame, value),
                    Some(kinds::GENERATOR | kinds::FUTURE_ITER) => self.stop_iteration(value),
                    _ => tracing.stop_at(depth),
                }
            }
            _ => return Ok(()),
        };
        tracing.forget_stop();
        if stop.is_empty() {
            return Ok(());
        }
        let line = frame.code.positions.get(from).map_or(0, |position| position.line);
        self.shown_at(depth, line, || {
            self.tell_of_raised(depth, stop)?;
            if was_thrown { self.tell_local_tracer(depth, "line", Value::NONE) } else { Ok(()) }
        })
    }

    fn stop_iteration(&self, value: Value) -> Value {
        exception::new(self, self.vm().exception_class(Exc::StopIteration), &[value])
    }

    /// As it looks when it was raised in the frame.
    fn raised_stop_iteration(&self, frame: &Frame, value: Value) -> Value {
        let stop = self.stop_iteration(value);
        if let Some(exception) = stop.downcast::<Exception>() {
            exception.traceback.set(traceback::new(self, Value::EMPTY, frame, true));
        }
        stop
    }

    fn tell_of_raised(&self, depth: usize, exception: Value) -> Result<()> {
        let traceback = exception.downcast::<Exception>().map_or(Value::EMPTY, |e| e.traceback.get());
        let traceback = if traceback.is_empty() { Value::NONE } else { traceback };
        let three = self.tuple(&[self.class_of(exception).value(), exception, traceback]);
        self.tell_local_tracer(depth, "exception", three)
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
            let is_due = watched.lines
                && has_line
                && (line != watched.line || begins_again(frame, watched.at, watched.told_at, at));
            watched.at = at;
            if has_line {
                watched.line = line;
            }
            if is_due {
                watched.told_at = at;
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
    pub(in crate::vm) fn trace_exception(&self, is_news: bool, leaves: bool) {
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
            self.tell_of_raised(depth, exception)?;
            if self.stack.frames().last().is_some_and(delegates) {
                self.tell_local_tracer(depth, "line", Value::NONE)?;
            }
        }
        if leaves {
            self.trace_return(depth, Value::NONE)?;
        }
        Ok(())
    }
}

/// Whether a frame stands where it hands on what another iterator yields.
fn delegates(frame: &Frame) -> bool {
    frame.code.body.instructions()[frame.at()].op() == Op::YieldFrom
}

/// The `Send` whose iterator has returned, if the instruction at `at` is the jump back to it: a resumed frame stands behind
/// that only when the iterator has returned for an exception that was thrown into it.
fn send_before(frame: &Frame, at: usize) -> Option<usize> {
    let body = &frame.code.body;
    let send = (body.instructions()[at].op() == Op::Jump).then(|| body.absolute(at).c())?;
    let is_its_end = send < at && body.instructions()[send].op() == Op::Send && body.absolute(send).c() == at + 1;
    is_its_end.then_some(send)
}

/// Whether what goes from one instruction to another of the same line begins that line again: a jump back, unless the
/// line was told of at the jump itself. Where a loop has its test or asks its iterator at its foot, the foot is where it
/// begins again. To wait again (`Send`) is not to begin again.
fn begins_again(frame: &Frame, from: usize, told_at: usize, to: usize) -> bool {
    if from == NOWHERE {
        return false;
    }
    let code = frame.code.body.instructions();
    let foot_of = |at: usize| {
        let feet = &frame.code.places.feet;
        let after = feet.partition_point(|foot| foot.0 as usize <= at);
        after.checked_sub(1).map(|last| feet[last]).filter(|foot| at < foot.1 as usize)
    };
    if foot_of(to).is_some_and(|foot| foot.0 as usize == to) {
        return true;
    }
    let instruction = code[to];
    match instruction.op() {
        Op::Send => false,
        Op::ForIter => {
            let body = to.wrapping_add_signed(instruction.c_signed() as isize);
            (body.min(to)..to).contains(&from)
        }
        _ => to < from && code[from].op() != Op::ForIter && foot_of(from).is_none() && told_at != from,
    }
}

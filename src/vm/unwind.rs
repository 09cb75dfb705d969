//! Unwinding: from where an exception is raised to the handler that takes it.

use crate::gil::breaker;
use crate::heap::Value;
use crate::objects::exception::{Exc, Exception};
use crate::objects::generator::Generator;
use crate::objects::traceback;

use super::stack::Frame;
use super::{Raised, Thread};

/// Finds the handler of the pending exception among the frames from the top down to depth `entry`. True: the frame on top
/// continues at its handler. False: all of them are gone, and the exception is still pending.
pub fn to_handler(th: &Thread, entry: usize) -> bool {
    set_context(th);
    // Raised again by `Reraise`: its traceback has this frame already.
    let mut skip = th.reraised.replace(false);
    loop {
        // SAFETY: at least the entry frame is there; it lives until popped.
        let frame = unsafe { &mut *th.stack.current() };
        let at = frame.at();
        let handler = frame.code.handlers.iter().find(|h| (h.start as usize..h.end as usize).contains(&at));
        let is_news = !std::mem::take(&mut skip);
        if is_news {
            add_to_traceback(th, frame, handler.is_some());
        }
        if th.breaker().has(breaker::TRACING) {
            th.trace_exception(is_news, handler.is_none());
        }
        if let Some(handler) = handler {
            let exception = th.pending.replace(Value::EMPTY);
            // SAFETY: registers and targets of the exception table lie within the code's.
            unsafe {
                *frame.registers.add(handler.register as usize) = exception;
                // Temporaries are used like a stack: those above are dead, and must not keep alive what the handler lets go.
                for dead in handler.register as usize + 1..frame.code.registers as usize {
                    *frame.registers.add(dead) = Value::EMPTY;
                }
                frame.pc = frame.code.body.start().add(handler.target as usize);
            }
            return true;
        }
        leave(th, frame);
        let depth = th.stack.depth();
        th.stack.pop();
        if depth == entry {
            th.chained.set(true);
            return false;
        }
    }
}

/// The pending exception leaves the frame on top without a look for a handler: that of a generator into which it is thrown
/// before anything of it has run, a `try` that begins with it included.
pub fn out_of_unstarted(th: &Thread) {
    set_context(th);
    // SAFETY: the caller has pushed the frame.
    let frame = unsafe { &mut *th.stack.current() };
    add_to_traceback(th, frame, false);
    leave(th, frame);
    th.stack.pop();
    th.chained.set(true);
}

/// A generator that an exception leaves is closed, and must not let StopIteration out.
fn leave(th: &Thread, frame: &Frame) {
    if let Some(generator) = frame.generator.downcast::<Generator>() {
        super::generators::finish(frame);
        super::generators::forbid_stop_iteration(th, generator);
    }
}

fn add_to_traceback(th: &Thread, frame: &Frame, stays: bool) {
    if let Some(exception) = th.pending.get().downcast::<Exception>() {
        let next = exception.traceback.get();
        exception.traceback.set(traceback::new(th, next, frame, stays));
    }
}

/// The context of a newly raised exception is the one being handled, unless that would make a cycle.
fn set_context(th: &Thread) {
    let pending = th.pending.get();
    let has_one = th.reraised.get() || th.chained.get();
    let (Some(exception), false) = (pending.downcast::<Exception>(), has_one) else { return };
    let handled = th.handled();
    if handled.is_empty() || handled == pending {
        return;
    }
    // Break a chain that leads back to the new exception.
    let mut link = handled;
    let mut steps = 0;
    while let Some(inner) = link.downcast::<Exception>() {
        let next = inner.context.get();
        if next == pending {
            inner.context.set(Value::EMPTY);
            break;
        }
        link = next;
        steps += 1;
        if steps > 10_000 {
            break;
        }
    }
    exception.context.set(handled);
}

impl Thread {
    /// The exception being handled, as `sys.exception()` gives it; `EMPTY` if none.
    pub fn handled(&self) -> Value {
        self.stack.frames().iter().rev().map(|f| f.handled).find(|h| !h.is_empty()).unwrap_or(Value::EMPTY)
    }

    /// Raises an exception again: its traceback is not extended by the frame on top.
    pub fn raise_again(&self, exception: Value) -> Raised {
        self.reraised.set(true);
        self.raise_value(exception)
    }

    /// Whether the pending exception is of the built-in class.
    pub fn pending_is(&self, class: Exc) -> bool {
        crate::objects::exception::is_instance(self, self.pending.get(), class)
    }
}

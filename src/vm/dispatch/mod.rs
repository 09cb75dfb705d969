//! The dispatch loop: runs the frame on top of the thread's stack until it returns to native code.
//!
//! - here: in and out of the loop, with exceptions and switches
//! - `execute`: the loop
//! - `calls`, `items`: what its arms share
//! - `registers`: unchecked access to what the compiler has numbered
//!
//! The loop is compiled twice: `EVERY` stops before each instruction, to make it a switch point as before CPython 3.10, or
//! to tell of it (`tracing`). Which one runs is looked up when the loop is entered and after each safepoint.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::heap::{OutOfMemory, Value};
use crate::objects::exception::Exc;

use crate::vm::native::Result;
use crate::vm::{Raised, Thread};

mod calls;
mod execute;
mod items;
mod registers;

use execute::execute;

/// Why the inner loop ended.
enum Stop {
    /// The frame that it was entered for returned or yielded to native code.
    Done(Value),
    Raised(Raised),
    /// Go on in the other loop: the switch points changed, or watching begins or ends.
    Switch,
}

/// Runs the frame on top, which was pushed with `Exit::Native`.
pub fn run(th: &Thread) -> Result {
    // A function's entry is a safepoint, also of one that native code calls.
    let raised = if th.breaker().requests() != 0 { th.serve_at_entry().err() } else { None };
    run_from(th, raised)
}

/// Runs the frame on top, beginning with an exception raised at its current instruction.
pub fn run_raising(th: &Thread, raised: Raised) -> Result {
    run_from(th, Some(raised))
}

fn run_from(th: &Thread, mut raised: Option<Raised>) -> Result {
    let entry = th.stack.depth();
    loop {
        if let Some(error) = raised.take() {
            let out_of_memory = th.pending_is(Exc::MemoryError);
            if !crate::vm::unwind::to_handler(th, entry) {
                return Err(error);
            }
            if out_of_memory {
                forget_stack();
            }
        }
        let run = || if th.stops_everywhere() { execute::<true>(th) } else { execute::<false>(th) };
        match catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| out_of_memory(th, panic)) {
            Stop::Done(value) => return Ok(value),
            Stop::Raised(error) => raised = Some(error),
            Stop::Switch => {}
        }
    }
}

/// Clears what calls have left on the native stack below this frame: a handler of MemoryError lets go of what it can, and
/// no stale word there should keep it alive.
#[cold]
#[inline(never)]
fn forget_stack() {
    std::hint::black_box(&mut [0u64; 1024]);
}

/// An allocation that the memory limit or the system refused unwinds the native code up to here and becomes an exception.
/// Guards have let go of their objects on the way, and frames that were pushed above are unwound as for any exception.
#[cold]
fn out_of_memory(th: &Thread, panic: Box<dyn std::any::Any + Send>) -> Stop {
    if !panic.is::<OutOfMemory>() {
        resume_unwind(panic);
    }
    Stop::Raised(th.memory_error())
}

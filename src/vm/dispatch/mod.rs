//! The dispatch loop: runs the frame on top of the thread's stack until it returns to native code.
//!
//! - here: in and out of the loop, with exceptions and switches
//! - `execute`: the loop
//! - `calls`, `items`: what its arms share
//! - `registers`: unchecked access to what the compiler has numbered
//!
//! The loop is compiled twice: `EVERY` stops before each instruction, to make it a switch point as before CPython 3.10, or
//! to tell of it (`tracing`). Which one runs is looked up when the loop is entered, as it is after each safepoint.
//!
//! # What profiles have shown
//!
//! Instructions counted with callgrind, times taken with `scripts/bench/run`, both on x86-64. The single-thread programs run
//! at some four machine instructions a cycle, so that fewer of them is what helps, up to a point.
//!
//! - *Calls wait more than they work.* A tenth fewer instructions for each call (a frame of which the rare half is not
//!   written, one test for room and for generators) changed nothing that could be measured. What did is what shortens the
//!   chains of loads that lead from one instruction's address to the next one's:
//!   - the pointer to the frame on top in a local of the loop, beside the thread's own
//!     ([`Stack::current`](crate::vm::stack::Stack::current)), which others look at: each call and each return had to wait
//!     some cycles for what the one before had stored. `calls` takes 15 % less time, `methods` 7 %, `fib`, `richards` and
//!     `closures` 5 %.
//!   - guesses ([`begin_as_guessed`](registers::begin_as_guessed)): where the function begins stood at the end of six loads,
//!     each waiting for the one before (site, cell, register, function, code, start). Nested calls were in flight one after
//!     the other, with some 50 cycles each for 140 instructions; with a guess that a branch confirms it is 33. `fib` takes a
//!     quarter less time, `calls` and `closures` a fifth less, `binary_trees` a tenth; the same for generators that are
//!     resumed ([`resume_as_guessed`](registers::resume_as_guessed)) gives `generators` a tenth. Where calls are not nested
//!     there was nothing to wait for: there the work counts again.
//! - *Jumps of their own* ([`apart`](registers::apart)): what begins a frame shared the jump at the loop's head; where
//!   several functions call each other the processor mispredicted it. `calls` took 20 % longer.
//! - *The local above has to stay in a register*, and small changes of the loop decide whether it does: with a jump of its
//!   own behind the look-up of a method as well, or with the thread's fields in another order, LLVM spilled it, and `calls`
//!   took 40 % longer again. Whoever changes an arm of calls should look at `calls` afterwards.
//! - *No large constants in registers at all* (`-disable-constant-hoisting`) leaves more of them to calls: `methods` 7 %
//!   faster, but `nbody`, `mandelbrot` and `matrix` 7 to 10 % slower, also with the offset of doubles in a local. Not kept.
//! - *A method without arguments is called where it is looked up* (`LoadMethodToCall`): `string_methods` takes 7 % less time.
//!   As a branch of `LoadMethod`, which asked what the next instruction was, it made that share the jump at the loop's head.
//! - *Attributes that a site has a list for* (of classes, of modules, of objects of several shapes) are found in a function that
//!   needs no stack of its own and walks the list by shape ([`listed_attr`](crate::vm::ops::listed_attr)): `attributes` takes
//!   a fifth less time, `richards` a quarter.
//! - *What native code calls for each item* (`sum` a generator, `sorted` a key function) goes through [`run`], which was written
//!   for everything that can happen: 48 machine instructions for entering the loop once, and 87 for binding arguments that
//!   need no binding. With short ways for both, a key function takes a quarter less time, an item of a generator an eighth.
//! - *Registers as 16 bits* ([`c_register`](registers::Fetched::c_register)), not as 24 of which the upper 8 are 0, save a shift
//!   of some 20 instructions in arithmetic, items and comparisons: `nqueens`, `matrix` and `nbody` 2 to 3 %.
//! - *Fewer moves do not help.* Letting LLVM join more of the loop's registers (`large-interval-freq-threshold`) took 6 % of
//!   its instructions away, all of them moves between registers, and 1 % of the time. Not kept.
//! - *Absolute jump tables help little.* Without position-independent code a jump to the next arm is two instructions shorter,
//!   a tenth of all; but LLVM spends the register that it saves on a constant, and finds none for the thread: `nqueens` and
//!   `matrix` became 5 % faster, `calls` 6 % slower, the whole 1 %. Cargo cannot be told so for the program without its
//!   procedural macros, either. Not kept; only the linker fixes addresses, for the sake of start-up (`build.rs`).
//! - *Arms that jump to each other do not help.* With a function for each opcode, which ends in a call of the next one's
//!   that the optimiser makes a jump (the state handed on in registers, slow paths in functions of their own), dispatch
//!   takes four instructions instead of seven and plain calls took 6 to 18 % less time; but what goes the slow way enters
//!   two functions more, and constants are loaded anew in each arm. All in all 4 % slower, and 1 MB more was read of the
//!   program file. Not kept, also because the language does not promise that such calls are jumps.
//! - *Integers counted from the least one* (the word is the integer plus a constant, so that words are added and compared as
//!   they are) make dependent additions a third faster, ten cycles to seven, and loops of nothing but arithmetic a quarter.
//!   But the constant takes a register that the loop does not have: read from memory or not, `for` over a range became 15 to
//!   30 % slower and the whole set 1 to 2 %. Not kept; with registers to spare this is the thing to do.
//! - *Profile-guided optimisation* (`scripts/pgo`) of everything but the loop makes formatting 29 % and exceptions 14 %
//!   faster. The loop, laid out by counts as well, became 14 % slower in `calls`: so it is left out.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::compiler::opcodes::Instr;
use crate::gil::breaker;
use crate::heap::{OutOfMemory, Value};
use crate::objects::exception::Exc;

use crate::vm::native::Result;
use crate::vm::stack::Frame;
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
    /// Something is asked of the thread; the frame goes on here when it is served. The loop is left for it: so its hot
    /// paths are straight lines, there may be another loop to go on in, and the collector finds no stale words of it.
    Safepoint(*const Instr),
    /// Go on in the other loop: the switch points changed, or watching begins or ends.
    Switch,
}

/// Runs the frame on top, which was pushed with `Exit::Native`.
///
/// For most calls there is nothing but the loop to run, once: what is called for each item of something, or of a generator,
/// does little itself. (`sorting`, `spectral_norm`)
pub fn run(th: &Thread) -> Result {
    let entry = th.stack.current();
    // A function's entry is a safepoint, also of one that native code calls.
    let stop = if th.breaker().requests() != 0 {
        Ok(th.serve_at_entry().err().map_or(Stop::Switch, Stop::Raised))
    } else if th.stops_everywhere() {
        Ok(Stop::Switch)
    } else {
        catch_unwind(AssertUnwindSafe(|| execute::<false>(th)))
    };
    match stop {
        Ok(Stop::Done(value)) => Ok(value),
        stop => go_on(th, entry, stop),
    }
}

/// Runs the frame on top, beginning with an exception raised at its current instruction.
pub fn run_raising(th: &Thread, raised: Raised) -> Result {
    go_on(th, th.stack.current(), Ok(Stop::Raised(raised)))
}

/// Goes on until the frame `entry` is left, with what ended the loop.
#[inline(never)]
fn go_on(th: &Thread, entry: *mut Frame, mut stop: std::thread::Result<Stop>) -> Result {
    loop {
        let mut raised = false;
        let next = match stop.unwrap_or_else(|panic| out_of_memory(th, panic)) {
            Stop::Done(value) => return Ok(value),
            Stop::Raised(error) => {
                raised = true;
                let out_of_memory = th.pending_is(Exc::MemoryError);
                if !crate::vm::unwind::to_handler(th, th.stack.depth_of(entry)) {
                    return Err(error);
                }
                if out_of_memory {
                    forget_stack();
                }
                None
            }
            Stop::Safepoint(at) => Some(at),
            Stop::Switch => None,
        };
        // A handler is entered without: a `for` loop whose every turn raises stops at its next turn.
        th.served.set(!raised);
        stop = catch_unwind(AssertUnwindSafe(|| match next {
            Some(next) => serve(th, next),
            None if th.stops_everywhere() => execute::<true>(th),
            None => execute::<false>(th),
        }));
    }
}

/// Serves what is asked of the thread; then the frame on top goes on at `next`.
#[cold]
#[inline(never)]
fn serve(th: &Thread, next: *const Instr) -> Stop {
    if th.breaker().has(breaker::COLLECT) {
        forget_stack();
    }
    match th.serve_before(next) {
        Ok(()) => {
            registers::top_frame(th.stack.current()).pc = next;
            Stop::Switch
        }
        Err(error) => Stop::Raised(error),
    }
}

/// Clears what calls have left on the native stack below this frame, so that no stale word there keeps a cell alive: before
/// a collection, and when a handler of MemoryError is to let go of what it can.
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

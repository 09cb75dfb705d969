//! The registers and frames of one thread.
//!
//! A Python call does not recurse on the native stack: it pushes a [`Frame`]. A function's registers are a window of the
//! thread's register stack that begins at its arguments, where the caller put them; a generator's lie in the generator's
//! own cell. Both stacks are reserved address space, committed as they are touched.
//!
//! What the collector relies on: every register below the highest [`Frame::top`] holds a value that was live at some time since it
//! was last scanned, or `EMPTY`, because a frame's window is initialised when it is pushed.

use std::cell::Cell;
use std::io;

use crate::compiler::opcodes::{Instr, Op};
use crate::heap::{Gc, Tracer, Value};
use crate::objects::code::Code;
use crate::objects::dict::Dict;
use crate::objects::function::Function;

/// What becomes of a frame's result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Exit {
    /// The dispatch loop that runs this frame returns it to native code.
    Native,
    /// Into the caller's register [`Frame::target`].
    Register,
    /// `__init__` of the object in [`Frame::object`]: must be None; the object goes into the register.
    Init,
    /// Yielded to a `for` loop: into the register, and the loop goes on; a return ends the loop.
    Loop,
    /// Yielded to `Send`: into the register; a return jumps to the Send's target.
    Send,
}

pub struct Frame {
    pub code: Gc<Code>,
    /// The function that is being called, if any (module code has none).
    pub function: Option<Gc<Function>>,
    pub globals: Gc<Dict>,
    pub builtins: Gc<Dict>,
    pub registers: *mut Value,
    /// Where the windows of frames that native code pushes may begin.
    pub top: *mut Value,
    /// The instruction being executed: up to date whenever other code can look.
    pub pc: *const Instr,
    /// The namespace of a class body or of `exec`; `EMPTY` for functions.
    pub locals: Value,
    /// The exception being handled, `EMPTY` if none.
    pub handled: Value,
    /// The generator whose body this is, or `EMPTY`.
    pub generator: Value,
    /// `Exit::Init`: the new object.
    pub object: Value,
    /// The register of the caller that gets the result.
    pub target: u32,
    pub exit: Exit,
}

impl Frame {
    /// The index of the instruction being executed.
    pub fn at(&self) -> usize {
        let start = self.code.instructions.as_ptr();
        // SAFETY: `pc` points into this code's instructions.
        unsafe { self.pc.offset_from(start) as usize }
    }

    /// The registers of the local variables, some of which hold cells; `EMPTY` where a variable is not bound.
    pub fn variables(&self) -> &[Value] {
        // SAFETY: variables are the first registers of the window, which was initialised when the frame was pushed.
        unsafe { std::slice::from_raw_parts(self.registers, self.code.var_names.len()) }
    }

    /// The line being executed, 0 if unknown.
    pub fn line(&self) -> u32 {
        self.code.positions.get(self.at()).map_or(0, |p| p.line)
    }
}

/// Registers of one thread: 32 MB of address space.
const REGISTERS: usize = 4 << 20;
/// Frames of one thread: where even a raised recursion limit ends.
const FRAMES: usize = 1 << 18;

pub struct Stack {
    registers: *mut Value,
    registers_end: *mut Value,
    frames: *mut Frame,
    depth: Cell<usize>,
}

impl Stack {
    pub fn new() -> io::Result<Stack> {
        let registers = reserve(REGISTERS * size_of::<Value>())?.cast::<Value>();
        let frames = match reserve(FRAMES * size_of::<Frame>()) {
            Ok(frames) => frames.cast::<Frame>(),
            Err(error) => {
                // SAFETY: just mapped with this size, and nobody has seen it.
                unsafe { libc::munmap(registers.cast(), REGISTERS * size_of::<Value>()) };
                return Err(error);
            }
        };
        // SAFETY: one past the end of the mapping; the last 64 K registers are a margin for one function's window.
        let registers_end = unsafe { registers.add(REGISTERS - (1 << 16) - 16) };
        Ok(Stack { registers, registers_end, frames, depth: Cell::new(0) })
    }

    /// Frames pushed.
    #[inline(always)]
    pub fn depth(&self) -> usize {
        self.depth.get()
    }

    /// Where a new window may begin.
    #[inline(always)]
    pub fn top(&self) -> *mut Value {
        match self.depth.get() {
            0 => self.registers,
            // SAFETY: frames below the depth are initialised.
            depth => unsafe { (*self.frames.add(depth - 1)).top },
        }
    }

    /// Whether a window that begins at `at` has room.
    #[inline(always)]
    pub fn has_room(&self, at: *mut Value) -> bool {
        at < self.registers_end && self.depth.get() < FRAMES - 1
    }

    #[inline(always)]
    pub fn push(&self, frame: Frame) -> *mut Frame {
        let depth = self.depth.get();
        // SAFETY: the caller has asked `has_room`; the slot lies in the mapping and holds no live frame.
        unsafe {
            let place = self.frames.add(depth);
            place.write(frame);
            self.depth.set(depth + 1);
            place
        }
    }

    #[inline(always)]
    pub fn pop(&self) {
        debug_assert!(self.depth.get() > 0);
        self.depth.set(self.depth.get() - 1);
    }

    /// The frame on top.
    #[inline(always)]
    pub fn current(&self) -> *mut Frame {
        debug_assert!(self.depth.get() > 0);
        // SAFETY: the depth is at least one wherever Python runs.
        unsafe { self.frames.add(self.depth.get() - 1) }
    }

    /// The frames, outermost first. They must not be pushed or popped meanwhile.
    pub fn frames(&self) -> &[Frame] {
        // SAFETY: frames below the depth are initialised; only this thread pushes and pops, or the world is stopped.
        unsafe { std::slice::from_raw_parts(self.frames, self.depth.get()) }
    }

    /// The end of the registers that can still be read: what lies above the arguments of the call in progress is dead, for
    /// temporaries are used like a stack. So a dropped object is not kept alive by a register that held it once.
    fn live_top(&self) -> *mut Value {
        let Some(frame) = self.frames().last() else { return self.top() };
        if !frame.generator.is_empty() {
            return self.top();
        }
        // SAFETY: `pc` points into the frame's code.
        let instruction = unsafe { *frame.pc };
        let live = match instruction.op() {
            Op::Call | Op::CallKw => instruction.a() + 2 + (instruction.b() & !(Instr::NO_SELF as usize)),
            Op::CallEx => instruction.a() + 3,
            _ => return frame.top,
        };
        // SAFETY: the compiler's register numbers lie within the window.
        unsafe { frame.registers.add(live) }
    }

    /// Reports all registers and frames. The world is stopped, or the caller is this thread.
    pub fn trace(&self, tracer: &mut Tracer) {
        let used = (self.live_top() as usize - self.registers as usize) / size_of::<Value>();
        // A window may end below that of its caller. The registers beyond are dead, but a later collection would scan them
        // again, and find what this one frees: so they are emptied.
        let end = self.frames().iter().map(|frame| frame.top).max().unwrap_or(self.registers);
        let all = (end as usize - self.registers as usize) / size_of::<Value>();
        for dead in used..all {
            // SAFETY: below the highest window's end, and dead (see `live_top`).
            unsafe { self.registers.add(dead).write(Value::EMPTY) };
        }
        // SAFETY: all registers below the top are initialised (see the module's documentation).
        for value in unsafe { std::slice::from_raw_parts(self.registers, used) } {
            tracer.value(*value);
        }
        for frame in self.frames() {
            tracer.cell(frame.code);
            if let Some(function) = frame.function {
                tracer.cell(function);
            }
            tracer.cell(frame.globals);
            tracer.cell(frame.builtins);
            for value in [frame.locals, frame.handled, frame.generator, frame.object] {
                tracer.value(value);
            }
        }
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: both were mapped with these sizes by `new`; the thread that used them is gone.
        unsafe {
            libc::munmap(self.registers.cast(), REGISTERS * size_of::<Value>());
            libc::munmap(self.frames.cast(), FRAMES * size_of::<Frame>());
        }
    }
}

/// Address space that is committed page by page as it is touched.
fn reserve(bytes: usize) -> io::Result<*mut u8> {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
    // SAFETY: an anonymous mapping at an address of the system's choice.
    let start = unsafe { libc::mmap(std::ptr::null_mut(), bytes, libc::PROT_READ | libc::PROT_WRITE, flags, -1, 0) };
    if start == libc::MAP_FAILED { Err(io::Error::last_os_error()) } else { Ok(start.cast()) }
}

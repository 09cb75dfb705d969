//! The registers and frames of one thread.
//!
//! A Python call does not recurse on the native stack: it pushes a [`Frame`]. A function's registers are a window of the
//! thread's register stack that begins at its arguments, where the caller put them; a generator's lie in the generator's
//! own cell. Both stacks are reserved address space, committed as they are touched.
//!
//! What the collector relies on: a register below [`Stack::room`] holds `EMPTY`, or a value that was alive when the
//! registers were last scanned or was made since. So a call need not empty the temporaries of its window, only the
//! variables, which a program can find unbound: what earlier calls left there does no harm. A collection scans the
//! registers that are in use and empties those beyond, up to `room`; so whoever pushes a window asks for room first.

use std::cell::Cell;
use std::io;
use std::sync::atomic::{AtomicPtr, Ordering};

use crate::compiler::opcodes::Instr;
use crate::heap::{Gc, Tracer, Value};
use crate::objects::code::Code;
use crate::objects::dict::Dict;
use crate::objects::function::Function;

/// What becomes of a frame's result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Exit {
    /// Into a register of the caller.
    Register,
    /// The dispatch loop that runs this frame returns it to native code.
    Native,
    /// `__init__` of the object in [`Frame::object`]: must be None; the object goes into the register.
    Init,
    /// Yielded to a `for` loop: into the register, and the loop goes on; a return ends the loop.
    Loop,
    /// Yielded to `Send`: into the register; a return jumps to the Send's target.
    Send,
}

/// Where a frame's result goes: the exit, and the register of the caller, in one word that a plain call writes and its return
/// reads at once.
#[derive(Clone, Copy)]
pub struct Destination(u64);

impl Destination {
    const EXIT: u32 = 32;
    pub const NATIVE: Destination = Destination((Exit::Native as u64) << Self::EXIT);

    #[inline(always)]
    pub fn new(exit: Exit, target: u32) -> Destination {
        Destination((exit as u64) << Self::EXIT | u64::from(target))
    }

    #[inline(always)]
    pub fn register(target: u32) -> Destination {
        Destination::new(Exit::Register, target)
    }

    /// The register, if nothing else is to be done.
    #[inline(always)]
    pub fn plain_register(self) -> Option<usize> {
        if self.0 >> Self::EXIT == Exit::Register as u64 { Some(self.0 as usize) } else { None }
    }

    #[inline(always)]
    pub fn exit(self) -> Exit {
        const EXITS: [Exit; 5] = [Exit::Register, Exit::Native, Exit::Init, Exit::Loop, Exit::Send];
        EXITS[(self.0 >> Self::EXIT) as usize]
    }

    #[inline(always)]
    pub fn target(self) -> usize {
        self.0 as u32 as usize
    }
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
    pub to: Destination,
    /// The exception being handled, `EMPTY` if none.
    pub handled: Value,
    /// The namespace of a class body or of `exec`; `EMPTY` for functions. This and the next two a plain call has not: they are
    /// `EMPTY` in the places above the frame on top already, so that [`Stack::push_call`] need not write them.
    pub locals: Value,
    /// The generator whose body this is, or `EMPTY`.
    pub generator: Value,
    /// `Exit::Init`: the new object.
    pub object: Value,
    /// A guess for the dispatch loop: where the generator went on that a frame in this place resumed last. Anything may stand
    /// here; whoever pushes a frame leaves it so.
    pub resumed: *const Instr,
}

impl Frame {
    /// The index of the instruction being executed.
    pub fn at(&self) -> usize {
        let start = self.code.body.start();
        // SAFETY: `pc` points into this code's instructions.
        unsafe { self.pc.offset_from(start) as usize }
    }

    /// Behind the registers that the instruction being executed or a later one reads.
    fn live_end(&self) -> *mut Value {
        let at = self.at();
        let live = self.code.body.instructions()[at].registers_end().max(self.code.live[at] as usize);
        self.registers.wrapping_add(live.min(self.code.registers as usize))
    }

    /// The registers of the local variables, some of which hold cells; `EMPTY` where a variable is not bound.
    pub fn variables(&self) -> &[Value] {
        // SAFETY: variables are the first registers of the window, which was initialised when the frame was pushed.
        unsafe { std::slice::from_raw_parts(self.registers, self.code.var_names.len()) }
    }

    /// What a register holds, which the code must have.
    pub fn register(&self, index: usize) -> Value {
        assert!(index < self.code.registers as usize);
        // SAFETY: within the window, which was initialised when the frame was pushed.
        unsafe { *self.registers.add(index) }
    }

    /// The line being executed, 0 if unknown.
    pub fn line(&self) -> u32 {
        self.code.positions.get(self.at()).map_or(0, |p| p.line)
    }
}

/// Where a frame goes on after a jump, and what it finds there.
pub struct Landing {
    pub at: usize,
    pub registers: Vec<(usize, Value)>,
    /// The exception that is handled from there on, if that is another one.
    pub handled: Option<Value>,
}

/// Registers of one thread: 32 MB of address space.
const REGISTERS: usize = 4 << 20;
/// Frames of one thread: where even a raised recursion limit ends.
const FRAMES: usize = 1 << 18;
/// By how many registers `room` grows at a time: what a collection empties beyond those in use.
const ROOM_STEP: usize = 2048;
/// A thread that has had room for more registers does not leave its stack to another one.
const SHALLOW: usize = 4 * ROOM_STEP;

/// What the dispatch loop looks at comes first, and so its [`Thread`](super::Thread) has it at its own address.
#[repr(C)]
pub struct Stack {
    current: Cell<*mut Frame>,
    /// The last frame that the recursion limit allows. Another thread may change the limit.
    last_frame: AtomicPtr<Frame>,
    /// How many bytes of `registers` windows may use; more by [`Stack::make_room`], less by a collection.
    room: Cell<usize>,
    registers: *mut Value,
    registers_end: *mut Value,
    /// The first one is none, but says where the first window begins: `current` points to it while there is no frame.
    frames: *mut Frame,
}

// SAFETY: it owns both mappings, and nobody else has pointers into them before the first frame is pushed. A thread's
// stack is made by its starter, which can still tell the program that there is no memory for it.
unsafe impl Send for Stack {}

impl Stack {
    pub fn new(recursion_limit: usize) -> io::Result<Stack> {
        let registers = reserve(REGISTERS * size_of::<Value>())?.cast::<Value>();
        let frames = match reserve(FRAMES * size_of::<Frame>()) {
            Ok(frames) => frames.cast::<Frame>(),
            Err(error) => {
                // SAFETY: just mapped with this size, and nobody has seen it.
                unsafe { libc::munmap(registers.cast(), REGISTERS * size_of::<Value>()) };
                return Err(error);
            }
        };
        // SAFETY: one past the end of the mapping.
        let registers_end = unsafe { registers.add(REGISTERS) };
        let stack = Stack::on(registers, registers_end, frames);
        stack.limit_frames(recursion_limit);
        Ok(stack)
    }

    /// The stack of a thread that is over, as good as new for another one; none if it went deep, so that much of its memory
    /// was touched, or if frames were left on it. Nothing is left here.
    pub fn give_up(&mut self) -> Option<Stack> {
        let used = self.room.get();
        if self.registers.is_null() || self.depth() > 0 || used > SHALLOW * size_of::<Value>() {
            return None;
        }
        // SAFETY: `used` bytes of the mapping, which nobody uses any more; zeros are `EMPTY`.
        unsafe { std::ptr::write_bytes(self.registers.cast::<u8>(), 0, used) };
        let (registers, frames) = (self.registers, self.frames);
        self.registers = std::ptr::null_mut();
        Some(Stack::on(registers, self.registers_end, frames))
    }

    /// How many frames may be pushed from now on, at most.
    pub fn limit_frames(&self, limit: usize) {
        // SAFETY: within the mapping.
        self.last_frame.store(unsafe { self.frames.add(limit.min(FRAMES - 1)) }, Ordering::Relaxed);
    }

    /// Frames pushed.
    #[inline(always)]
    pub fn depth(&self) -> usize {
        self.depth_of(self.current.get())
    }

    /// How many frames were pushed when `frame` was on top.
    #[inline(always)]
    pub fn depth_of(&self, frame: *mut Frame) -> usize {
        (frame as usize - self.frames as usize) / size_of::<Frame>()
    }

    /// Where a new window may begin.
    #[inline(always)]
    pub fn top(&self) -> *mut Value {
        // SAFETY: the frame on top is initialised; where there is none, `on` has said where the first window begins.
        unsafe { (*self.current.get()).top }
    }

    /// A stack of these two mappings, with nothing on it.
    fn on(registers: *mut Value, registers_end: *mut Value, frames: *mut Frame) -> Stack {
        // SAFETY: there is room for more than one frame, and nobody else looks at it.
        unsafe { (&raw mut (*frames).top).write(registers) };
        Stack {
            registers,
            registers_end,
            room: Cell::new(0),
            frames,
            current: Cell::new(frames),
            last_frame: AtomicPtr::new(frames),
        }
    }

    /// Whether a frame may be pushed whose window ends at `top`; if not, [`make_room`](Self::make_room) tells for good. A window
    /// that lies elsewhere, in a generator's cell, has no room: it is as if it ended behind all others.
    #[inline(always)]
    pub fn has_room(&self, top: *mut Value) -> bool {
        self.has_room_above(self.current.get(), top)
    }

    /// The same for the dispatch loop, which has the frame on top at hand.
    #[inline(always)]
    pub(super) fn has_room_above(&self, current: *mut Frame, top: *mut Value) -> bool {
        self.offset(top) <= self.room.get() && current < self.last_frame.load(Ordering::Relaxed)
    }

    /// Whether a frame may be pushed that has no window of its own: a generator's, whose registers lie in its cell.
    #[inline(always)]
    pub fn has_room_for_frame(&self) -> bool {
        self.current.get() < self.last_frame.load(Ordering::Relaxed)
    }

    /// Makes room for a window of `registers` at `window`; false if the stack or the recursion limit ends here.
    #[inline(always)]
    pub fn make_room(&self, window: *mut Value, registers: usize) -> bool {
        self.has_room(window.wrapping_add(registers)) || self.move_room(window, registers)
    }

    #[cold]
    fn move_room(&self, window: *mut Value, registers: usize) -> bool {
        let left = (self.registers_end as usize - window as usize) / size_of::<Value>();
        if registers > left || self.current.get() >= self.last_frame.load(Ordering::Relaxed) {
            return false;
        }
        self.room.set(self.offset(window.wrapping_add((registers + ROOM_STEP).min(left))));
        true
    }

    /// Where a register lies, in bytes from the first one; beyond all of them, if it is none of this stack's.
    #[inline(always)]
    fn offset(&self, register: *mut Value) -> usize {
        (register as usize).wrapping_sub(self.registers as usize)
    }

    /// Behind the last register that a window may use.
    fn room_end(&self) -> *mut Value {
        self.registers.wrapping_byte_add(self.room.get())
    }

    #[inline(always)]
    pub fn push(&self, frame: Frame) {
        // SAFETY: the caller has asked for room; the place lies in the mapping and holds no live frame.
        unsafe {
            let place = self.current.get().add(1);
            place.write(Frame { resumed: (*place).resumed, ..frame });
            self.current.set(place);
        }
    }

    /// Pushes the frame of a function's call, whose arguments are bound and for whose window, up to `top`, there is room. Nothing
    /// of it is rare.
    pub(super) fn push_call(
        &self,
        function: Gc<Function>,
        code: Gc<Code>,
        window: *mut Value,
        top: *mut Value,
        to: Destination,
    ) {
        self.push_call_above(self.current.get(), function, code, window, top, code.body.start(), to);
    }

    /// The same for the dispatch loop, which has the frame on top at hand and the code's start: the frame pushed.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "a call writes just this")]
    pub(super) fn push_call_above(
        &self,
        current: *mut Frame,
        function: Gc<Function>,
        code: Gc<Code>,
        window: *mut Value,
        top: *mut Value,
        pc: *const Instr,
        to: Destination,
    ) -> *mut Frame {
        debug_assert!(current == self.current.get());
        // SAFETY: the caller has asked for room; the place lies in the mapping and holds no live frame. What is not written here
        // is `EMPTY` there: it is when the memory is mapped, and `pop` leaves it so.
        unsafe {
            let place = current.add(1);
            (&raw mut (*place).code).write(code);
            (&raw mut (*place).function).write(Some(function));
            (&raw mut (*place).globals).write(function.globals);
            (&raw mut (*place).builtins).write(function.builtins);
            (&raw mut (*place).registers).write(window);
            (&raw mut (*place).top).write(top);
            (&raw mut (*place).pc).write(pc);
            (&raw mut (*place).to).write(to);
            (&raw mut (*place).handled).write(Value::EMPTY);
            self.current.set(place);
            place
        }
    }

    /// Pops the frame on top, `current`, one that [`push_call`](Self::push_call) pushed and that has got nothing rare since: the
    /// frame below.
    #[inline(always)]
    pub(super) fn pop_call(&self, current: *mut Frame) -> *mut Frame {
        debug_assert!(self.depth() > 0 && current == self.current.get());
        // SAFETY: there is a frame to pop, so the one before it lies in the mapping.
        unsafe {
            let frame = &*current;
            debug_assert!(frame.locals.is_empty() && frame.generator.is_empty() && frame.object.is_empty());
            let below = current.sub(1);
            self.current.set(below);
            below
        }
    }

    /// Pops the frame on top, whatever it is.
    #[inline(always)]
    pub fn pop(&self) {
        // SAFETY: as above; nobody else looks at the frame.
        unsafe {
            let frame = &mut *self.current.get();
            (frame.locals, frame.generator, frame.object) = (Value::EMPTY, Value::EMPTY, Value::EMPTY);
        }
        self.pop_call(self.current.get());
    }

    /// The frame on top.
    #[inline(always)]
    pub fn current(&self) -> *mut Frame {
        debug_assert!(self.depth() > 0);
        self.current.get()
    }

    /// The frames, outermost first. They must not be pushed or popped meanwhile.
    pub fn frames(&self) -> &[Frame] {
        // SAFETY: frames up to the current one are initialised; only this thread pushes and pops, or the world is stopped.
        unsafe { std::slice::from_raw_parts(self.frames.add(1), self.depth()) }
    }

    /// Lets the frame at a depth (from 1) go on elsewhere in its code, with None in the variables that are not bound: the
    /// instructions there may rely on them. How many were not.
    pub fn jump(&self, depth: usize, landing: Landing) -> usize {
        let code = self.frames()[depth - 1].code;
        assert!(landing.at < code.body.instructions().len());
        // SAFETY: a frame of this thread's stack, as just checked; nobody holds a reference to it for longer than a look.
        let frame = unsafe { &mut *self.frames.add(depth) };
        frame.pc = code.body.start().wrapping_add(landing.at);
        if let Some(handled) = landing.handled {
            frame.handled = handled;
        }
        let variables = code.var_names.len();
        let unbound = (0..variables).filter(|register| frame.register(*register).is_empty()).collect::<Vec<_>>();
        for (register, value) in landing.registers.into_iter().chain(unbound.iter().map(|at| (*at, Value::NONE))) {
            assert!(register < code.registers as usize);
            // SAFETY: within the frame's window.
            unsafe { frame.registers.add(register).write(value) };
        }
        unbound.len()
    }

    /// Empties the registers that nothing can read any more, up to `room`, and returns the end of those in use. So a dropped
    /// object is not kept alive by a register that held it once, and no register holds what a collection frees.
    pub fn empty_dead(&self) -> *mut Value {
        let frames = self.frames();
        let windows = frames.iter().map(|frame| frame.registers);
        let Some(last) = frames.last() else { return self.empty(self.top(), self.room_end()) };
        for (at, frame) in frames.iter().enumerate() {
            // A generator's registers lie in its cell.
            let next = windows.clone().skip(at + 1).find(|window| self.holds(*window));
            if let (true, Some(next)) = (frame.generator.is_empty(), next) {
                self.empty(frame.live_end(), next.min(frame.top));
            }
        }
        let end = if last.generator.is_empty() { last.live_end() } else { last.top };
        self.empty(end, self.room_end())
    }

    /// Empties the registers in between, if any, and returns `from`.
    fn empty(&self, from: *mut Value, to: *mut Value) -> *mut Value {
        let count = (to as usize).saturating_sub(from as usize) / size_of::<Value>();
        for at in 0..count {
            // SAFETY: registers of the mapping, below `room`.
            unsafe { from.add(at).write(Value::EMPTY) };
        }
        from
    }

    fn holds(&self, register: *mut Value) -> bool {
        (self.registers..self.registers_end).contains(&register)
    }

    /// Reports all registers and frames. The world is stopped, or the caller is this thread.
    pub fn trace(&self, tracer: &mut Tracer) {
        let live = self.empty_dead();
        let used = (live as usize - self.registers as usize) / size_of::<Value>();
        // A window may end below that of its caller.
        let end = self.frames().iter().map(|frame| frame.top).max().unwrap_or(self.registers).max(live);
        let left = (self.registers_end as usize - end as usize) / size_of::<Value>();
        self.room.set(self.offset(end.wrapping_add(left.min(ROOM_STEP))).min(self.room.get()));
        // SAFETY: within the mapping, and initialised (see the module's documentation).
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
        if self.registers.is_null() {
            // Another thread has it now.
            return;
        }
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

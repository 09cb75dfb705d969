//! Generators, coroutines and asynchronous generators: a suspended frame that owns its registers.

use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU8, Ordering};

use crate::compiler::opcodes::Instr;
use crate::heap::{Cell, Gc, Header, Kind, Slot, Tracer, Value};

use super::code::Code;
use super::dict::Dict;
use super::function::Function;
use super::kinds;

/// Where a generator is in its life.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum State {
    /// Not started.
    Created,
    /// At a `yield`.
    Suspended,
    Running,
    /// Returned, raised or closed.
    Closed,
}

/// What is called, or run, to make a generator.
pub struct Maker {
    pub function: Option<Gc<Function>>,
    pub globals: Gc<Dict>,
    pub builtins: Gc<Dict>,
    pub locals: Value,
}

impl Maker {
    pub fn function(function: Gc<Function>) -> Maker {
        let (globals, builtins) = (function.globals, function.builtins);
        Maker { function: Some(function), globals, builtins, locals: Value::EMPTY }
    }
}

/// Registers lie behind the fixed part; `registers` of them.
#[repr(C)]
pub struct Generator {
    pub header: Header,
    pub code: Gc<Code>,
    pub function: Option<Gc<Function>>,
    pub globals: Gc<Dict>,
    pub builtins: Gc<Dict>,
    /// The namespace of code that is no function's: what `compile()` makes of a text that awaits something.
    pub locals: Slot,
    state: AtomicU8,
    /// An asynchronous generator's: whether an awaitable of it is under way.
    pub stepping: AtomicBool,
    /// The `yield` it is suspended at; before it has begun the first instruction.
    suspended_at: AtomicPtr<Instr>,
    pub handled: Slot,
    pub name: Slot,
    pub qualname: Slot,
    /// Asynchronous generators: the hooks' state; coroutines: where they were made, in debug mode.
    pub extra: Slot,
    /// Coroutines: the code that made it, and the instruction it was made at.
    pub made_in: Option<Gc<Code>>,
    pub made_at: u32,
    registers: usize,
}

// SAFETY: `repr(C)`, header first; the tail has `registers` slots by construction; every value is reported.
unsafe impl Cell for Generator {
    const KIND: Kind = kinds::GENERATOR;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.code);
        if let Some(function) = self.function {
            tracer.cell(function);
        }
        if let Some(code) = self.made_in {
            tracer.cell(code);
        }
        tracer.cell(self.globals);
        tracer.cell(self.builtins);
        for slot in [&self.locals, &self.handled, &self.name, &self.qualname, &self.extra] {
            tracer.slot(slot);
        }
        // SAFETY: cells are traced at their own address.
        let this: Gc<Generator> = unsafe { Gc::from_address(std::ptr::from_ref(self) as usize) };
        tracer.slots(this.tail_slots(self.registers));
    }
}

impl Generator {
    pub fn state(&self) -> State {
        match self.state.load(Ordering::Acquire) {
            0 => State::Created,
            1 => State::Suspended,
            2 => State::Running,
            _ => State::Closed,
        }
    }

    #[inline(always)]
    pub fn set_state(&self, state: State) {
        self.state.store(state as u8, Ordering::Release);
    }

    /// The instruction of its code that it goes on behind.
    #[inline(always)]
    pub fn suspended_at(&self) -> *const Instr {
        self.suspended_at.load(Ordering::Relaxed)
    }

    /// `yield_at` is an instruction of its code.
    #[inline(always)]
    pub fn suspend_at(&self, yield_at: *const Instr) {
        self.suspended_at.store(yield_at.cast_mut(), Ordering::Relaxed);
    }

    /// The index of that instruction.
    pub fn at(&self) -> usize {
        self.code.body.index_of(self.suspended_at())
    }

    /// Claims it for running: the state it was in; or, as the error, the state in which it cannot be claimed: it runs
    /// already, if only in another thread that was faster, or is closed.
    #[inline(always)]
    pub fn claim(&self, th: &crate::vm::Thread) -> std::result::Result<State, State> {
        let state = self.state();
        if state == State::Running || state == State::Closed {
            return Err(state);
        }
        // Nobody else can be claiming it, and a compare-and-swap costs more than the rest of resuming a generator.
        if !th.shares_objects() {
            self.set_state(State::Running);
            return Ok(state);
        }
        match self.state.compare_exchange(state as u8, State::Running as u8, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => Ok(state),
            Err(_) => Err(State::Running),
        }
    }

    pub fn new(
        th: &crate::vm::Thread,
        make: impl FnOnce(Header) -> Generator,
        shape: crate::heap::ShapeId,
    ) -> Gc<Generator> {
        let cell = make(Header::new(kinds::GENERATOR, shape));
        let bytes = cell.registers * size_of::<Slot>();
        th.alloc_with_tail(cell, bytes)
    }

    /// Not started, its registers empty.
    pub fn made_by(header: Header, code: Gc<Code>, maker: Maker) -> Generator {
        let Maker { function, globals, builtins, locals } = maker;
        let (name, qualname) = match function {
            Some(function) => (function.name.get(), function.qualname.get()),
            None => (code.name.value(), code.qualname.value()),
        };
        Generator {
            header,
            code,
            function,
            globals,
            builtins,
            locals: Slot::new(locals),
            stepping: AtomicBool::new(false),
            state: AtomicU8::new(State::Created as u8),
            suspended_at: AtomicPtr::new(code.body.start().cast_mut()),
            handled: Slot::default(),
            name: Slot::new(name),
            qualname: Slot::new(qualname),
            extra: Slot::default(),
            made_in: None,
            made_at: 0,
            registers: code.registers as usize,
        }
    }
}

impl Gc<Generator> {
    pub fn registers(self) -> &'static [Slot] {
        self.tail_slots(self.registers)
    }

    /// Where the dispatch loop works on the registers while the generator runs.
    #[inline(always)]
    pub fn window(self) -> *mut Value {
        (self.address() + size_of::<Generator>()) as *mut Value
    }
}

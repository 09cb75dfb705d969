//! Frame objects, as `sys._getframe`, tracebacks and generators show them.
//!
//! A frame object describes a frame of the thread's stack; it does not keep it. While the frame is there, line and
//! variables are those of the moment; afterwards the line is the one seen last, and the variables are gone.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::compiler::code::flags;
use crate::heap::{Cell, Gc, Header, Kind, Slot, Tracer, Value};
use crate::vm::globals::builtins_as_given;
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, member, native};
use crate::vm::slow::LocalPlace;
use crate::vm::stack::Frame;
use crate::vm::tracing::Attribute;
use crate::vm::{Thread, import, slow};

use super::code::Code;
use super::dict::Dict;
use super::exception::Exc;
use super::function::{ClosureCell, Function};
use super::generator::{Generator, State};
use super::kinds;
use super::str::Str;
use super::traceback::{self, Traceback};

#[repr(C)]
pub struct FrameObject {
    pub header: Header,
    pub code: Gc<Code>,
    pub globals: Gc<Dict>,
    builtins: Gc<Dict>,
    /// The generator whose frame it is, or `EMPTY`.
    generator: Value,
    /// The traceback's entry that it was made for, which has its variables, or `EMPTY`.
    entry: Value,
    place: Place,
    /// Index of the instruction seen last.
    instruction: AtomicU32,
}

/// Where a frame was on a stack.
#[derive(Clone, Copy)]
pub struct Place {
    /// The thread's ident; 0 for a frame that was on none.
    thread: u64,
    depth: usize,
    /// Where its registers began: tells it from a later frame at the same depth.
    registers: usize,
}

impl Place {
    pub const NONE: Place = Place { thread: 0, depth: 0, registers: 0 };

    /// Of a frame of the calling thread.
    pub fn of(th: &Thread, depth: usize, frame: &Frame) -> Place {
        Place { thread: th.ident, depth, registers: frame.registers as usize }
    }
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for FrameObject {
    const KIND: Kind = kinds::FRAME;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.cell(self.code);
        tracer.cell(self.globals);
        tracer.cell(self.builtins);
        tracer.value(self.generator);
        tracer.value(self.entry);
    }
}

pub static FRAME: TypeDef = TypeDef { methods: METHODS, getset: ATTRIBUTES, ..TypeDef::new("frame", kinds::FRAME, "") };

const METHODS: &[NativeDef] = &[
    native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
        let this = of(args[0]);
        let (file, name) = (this.code.filename.to_text(), this.code.name.to_text());
        let (address, line) = (args[0].bits(), this.line(th));
        Ok(th.str(&format!("<frame at {address:#x}, file '{file}', line {line}, code {name}>")))
    }),
    native("clear", "($self, /)", "Clear all references held by the frame.", |th, args| {
        if of(args[0]).on_stack(th).is_some() {
            return Err(th.runtime_error("cannot clear an executing frame"));
        }
        if of(args[0]).suspended().is_some_and(|generator| generator.state() == State::Suspended) {
            return Err(th.runtime_error("cannot clear a suspended frame"));
        }
        Ok(Value::NONE)
    }),
];

const ATTRIBUTES: &[GetSetDef] = &[
    getter("f_code", "Return the code object being executed in this frame.", |_, this| Ok(of(this).code.value())),
    getter("f_globals", "Return the global variables used by this frame.", |_, this| Ok(of(this).globals.value())),
    getter("f_builtins", "Return the built-in variables in the frame.", |th, this| {
        Ok(builtins_as_given(th, of(this).builtins))
    }),
    getter("f_locals", "Return the mapping used by the frame to look up local variables.", |th, this| {
        if of(this).code.flags & flags::OPTIMIZED == 0 {
            return of(this).locals(th);
        }
        // What is set in a function's namespace is set in its frame.
        let module = import::import_by_name(th, th.intern("_frame_locals"))?;
        th.call_method(module, th.intern("FrameLocalsProxy"), &[this])
    }),
    getter("f_lineno", "Return the current line number in the frame.", |th, this| {
        Ok(match of(this).line(th) {
            0 => Value::NONE,
            line => Value::small_int(line.into()),
        })
    })
    .settable(|th, this, value| {
        if value.is_empty() {
            return Err(th.raise(Exc::AttributeError, "attribute 'f_lineno' of 'frame' objects cannot be deleted"));
        }
        let Some(line) = value.as_small_int() else {
            return Err(th.raise(Exc::ValueError, "lineno must be an integer"));
        };
        th.jump_to_line(of(this).depth(th), line)
    }),
    getter("f_lasti", "Return the index of the last attempted instruction in the frame.", |th, this| {
        Ok(Value::small_int(i64::from(of(this).instruction(th)) * 2))
    }),
    getter("f_back", "Return the previous frame in the call stack.", |th, this| Ok(of(this).back(th))),
    getter("f_generator", "Return the generator or coroutine associated with this frame.", |_, this| {
        let generator = of(this).generator;
        Ok(if generator.is_empty() { Value::NONE } else { generator })
    }),
    getter("f_trace", "Return the trace function for this frame.", |th, this| {
        Ok(th.tracing_attribute(of(this).depth(th), Attribute::Function))
    })
    .settable(|th, this, value| {
        let value = if value.is_empty() { Value::NONE } else { value };
        th.set_tracing_attribute(of(this).depth(th), Attribute::Function, value);
        Ok(())
    }),
    member("f_trace_lines", "Return whether to trace lines.", |th, this| {
        Ok(th.tracing_attribute(of(this).depth(th), Attribute::Lines))
    })
    .settable(|th, this, value| set_flag(th, this, Attribute::Lines, value)),
    getter("f_trace_opcodes", "Return whether to trace opcodes.", |th, this| {
        Ok(th.tracing_attribute(of(this).depth(th), Attribute::Opcodes))
    })
    .settable(|th, this, value| {
        if value.is_empty() {
            return Err(th.attribute_error("attribute 'f_trace_opcodes' of 'frame' objects cannot be deleted"));
        }
        set_flag(th, this, Attribute::Opcodes, value)
    }),
];

fn set_flag(th: &Thread, this: Value, attribute: Attribute, value: Value) -> Result<()> {
    if value.is_empty() {
        return Err(th.type_error("can't delete numeric/char attribute"));
    }
    if value != Value::TRUE && value != Value::FALSE {
        return Err(th.type_error("attribute value type must be bool"));
    }
    th.set_tracing_attribute(of(this).depth(th), attribute, value);
    Ok(())
}

fn of(this: Value) -> Gc<FrameObject> {
    match this.downcast() {
        Some(frame) => frame,
        None => unreachable!("a frame's attributes are asked of a frame"),
    }
}

impl Gc<FrameObject> {
    /// The frame itself, if it is still on the calling thread's stack.
    fn on_stack(self, th: &Thread) -> Option<&Frame> {
        let place = self.place;
        if place.thread != th.ident {
            return None;
        }
        let frame = th.stack.frames().get(place.depth)?;
        let same = frame.code == self.code && frame.registers as usize == place.registers;
        if same {
            self.instruction.store(frame.at() as u32, Ordering::Relaxed);
        }
        same.then_some(frame)
    }

    /// How many frames of the calling thread's stack it is from the bottom; 0 if it is not on it.
    fn depth(self, th: &Thread) -> usize {
        if self.on_stack(th).is_some() { self.place.depth + 1 } else { 0 }
    }

    /// The suspended generator whose frame it is.
    fn suspended(self) -> Option<Gc<Generator>> {
        self.generator.downcast::<Generator>().filter(|g| matches!(g.state(), State::Created | State::Suspended))
    }

    fn instruction(self, th: &Thread) -> u32 {
        if self.on_stack(th).is_none()
            && let Some(generator) = self.suspended()
        {
            return generator.at() as u32;
        }
        self.instruction.load(Ordering::Relaxed)
    }

    pub fn line(self, th: &Thread) -> u32 {
        if self.suspended().is_some_and(|g| g.state() == State::Created) {
            return self.code.first_line;
        }
        if let Some(line) = th.tracing.shown_line(self.depth(th)) {
            return line;
        }
        self.code.positions.get(self.instruction(th) as usize).map_or(0, |p| p.line)
    }

    fn back(self, th: &Thread) -> Value {
        match self.on_stack(th) {
            Some(_) if self.place.depth > 0 => at_depth(th, self.place.depth - 1),
            _ => Value::NONE,
        }
    }

    /// Sets a variable of a function's frame; false if it has none of that name, or is not there any more.
    pub fn set_local(self, th: &Thread, name: Gc<Str>, value: Value) -> bool {
        if let Some(frame) = self.on_stack(th) {
            return slow::set_local(frame, name, value);
        }
        let Some(generator) = self.suspended() else { return false };
        match slow::place_of_local(self.code, generator.function, name) {
            Some(LocalPlace::Register(at)) => generator.registers()[at].set(value),
            Some(LocalPlace::CellIn(at)) => match generator.registers()[at].get().downcast::<ClosureCell>() {
                Some(cell) => cell.contents.set(value),
                None => return false,
            },
            Some(LocalPlace::Cell(cell)) => cell.contents.set(value),
            None => return false,
        }
        true
    }

    pub fn locals(self, th: &Thread) -> Result {
        if let Some(frame) = self.on_stack(th) {
            return slow::locals(th, frame);
        }
        if let Some(entry) = self.entry.downcast::<Traceback>() {
            return traceback::locals(th, entry);
        }
        if self.code.flags & flags::OPTIMIZED == 0 {
            return Ok(self.globals.value());
        }
        Ok(match self.suspended() {
            Some(generator) => variables(th, generator).value(),
            None => Dict::new(th).value(),
        })
    }
}

/// The variables of a suspended generator.
fn variables(th: &Thread, generator: Gc<Generator>) -> Gc<Dict> {
    let registers = generator.registers().iter().map(Slot::get);
    dict_of_variables(th, generator.code, generator.function, registers)
}

/// A dict of the variables that are bound: `registers` are those that the code begins with.
pub fn dict_of_variables(
    th: &Thread,
    code: Gc<Code>,
    function: Option<Gc<Function>>,
    registers: impl Iterator<Item = Value>,
) -> Gc<Dict> {
    let dict = Dict::new(th);
    let add = |name, value: Value| {
        if !value.is_empty() {
            dict.set_str(th, name, value);
        }
    };
    let contents = |value: Value| value.downcast::<ClosureCell>().map_or(value, |cell| cell.contents.get());
    for (at, (name, value)) in code.var_names.iter().zip(registers).enumerate() {
        add(*name, if code.cell_registers.contains(&(at as u16)) { contents(value) } else { value });
    }
    let closure = function.and_then(|f| f.closure.get());
    for (name, cell) in code.free_names.iter().zip(crate::vm::signature::items(closure)) {
        add(*name, contents(*cell));
    }
    dict
}

/// The frame at a depth of the calling thread's stack (0 is the outermost), or `None`.
pub fn at_depth(th: &Thread, depth: usize) -> Value {
    let Some(frame) = th.stack.frames().get(depth) else { return Value::NONE };
    th.alloc(FrameObject {
        header: Header::of_kind(kinds::FRAME),
        code: frame.code,
        globals: frame.globals,
        builtins: frame.builtins,
        generator: frame.generator,
        entry: Value::EMPTY,
        place: Place::of(th, depth, frame),
        instruction: AtomicU32::new(frame.at() as u32),
    })
    .value()
}

/// `sys._getframe(above)`: 0 is the frame that runs; `None` beyond the outermost.
pub fn current(th: &Thread, above: usize) -> Value {
    match (th.stack.depth().checked_sub(1)).and_then(|top| top.checked_sub(above)) {
        Some(depth) => at_depth(th, depth),
        None => Value::NONE,
    }
}

/// `gi_frame` and its like: the frame of a generator, `None` once it is finished.
pub fn of_generator(th: &Thread, generator: Gc<Generator>) -> Value {
    match generator.state() {
        State::Closed => return Value::NONE,
        State::Running => {
            let frames = th.stack.frames();
            if let Some(depth) = frames.iter().rposition(|f| f.generator == generator.value()) {
                return at_depth(th, depth);
            }
        }
        State::Created | State::Suspended => {}
    }
    th.alloc(FrameObject {
        header: Header::of_kind(kinds::FRAME),
        code: generator.code,
        globals: generator.globals,
        builtins: generator.builtins,
        generator: generator.value(),
        entry: Value::EMPTY,
        place: Place::NONE,
        instruction: AtomicU32::new(generator.at() as u32),
    })
    .value()
}

/// The frame of a traceback's entry, which may still be running: the exception was caught there.
pub fn of_traceback(th: &Thread, entry: Gc<Traceback>) -> Value {
    th.alloc(FrameObject {
        header: Header::of_kind(kinds::FRAME),
        code: entry.code,
        globals: entry.globals,
        builtins: th.vm().builtins(),
        generator: Value::EMPTY,
        entry: entry.value(),
        place: entry.place,
        instruction: AtomicU32::new(entry.instruction),
    })
    .value()
}

//! Traceback objects: the way of an exception through the frames, outermost first.

use crate::compiler::code::flags;
use crate::heap::{Cell, Gc, Header, Kind, Slot, Tracer, Value};
use crate::vm::Thread;
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, member, native};
use crate::vm::stack::Frame;

use super::code::Code;
use super::dict::Dict;
use super::frame::{self, FrameObject, Place};
use super::function::Function;
use super::kinds;

/// One frame that an exception passed. The frame's variables, as they were then, lie in the tail.
#[repr(C)]
pub struct Traceback {
    pub header: Header,
    /// The frame that it passed before, called by this one; `EMPTY` where it was raised.
    pub next: Slot,
    pub code: Gc<Code>,
    pub globals: Gc<Dict>,
    /// Index of the instruction.
    pub instruction: u32,
    /// The line, where a program has set another than the instruction's; 0 otherwise.
    line: u32,
    /// The frame object, made when it is asked for.
    frame: Slot,
    /// The namespace of a class body or of `exec`; the function that ran; or `EMPTY`.
    scope: Value,
    /// Where the frame is, if it went on because it caught the exception.
    pub place: Place,
    variables: u32,
}

// SAFETY: `repr(C)`, header first; the tail has `variables` slots by construction; every value is reported.
unsafe impl Cell for Traceback {
    const KIND: Kind = kinds::TRACEBACK;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.next);
        tracer.cell(self.code);
        tracer.cell(self.globals);
        tracer.slot(&self.frame);
        tracer.value(self.scope);
        // SAFETY: cells are traced at their own address.
        let this: Gc<Traceback> = unsafe { Gc::from_address(std::ptr::from_ref(self) as usize) };
        tracer.slots(this.variables());
    }
}

/// A new first entry before `next` (a traceback or `EMPTY`), for a frame that runs. `stays`: it catches the exception.
pub fn new(th: &Thread, next: Value, frame: &Frame, stays: bool) -> Value {
    let variables = frame.variables();
    let function = frame.function.map_or(Value::EMPTY, Gc::value);
    let cell = Traceback {
        header: Header::of_kind(kinds::TRACEBACK),
        next: Slot::new(next),
        code: frame.code,
        globals: frame.globals,
        instruction: frame.at() as u32,
        line: 0,
        frame: Slot::default(),
        scope: if frame.locals.is_empty() { function } else { frame.locals },
        place: if stays { Place::of(th, th.stack.depth() - 1, frame) } else { Place::NONE },
        variables: variables.len() as u32,
    };
    let traceback = th.alloc_with_tail(cell, size_of_val(variables));
    for (slot, value) in traceback.variables().iter().zip(variables) {
        slot.set(*value);
    }
    traceback.value()
}

impl Gc<Traceback> {
    fn variables(self) -> &'static [Slot] {
        self.tail_slots(self.variables as usize)
    }
}

/// The variables of the frame: a dict, or the namespace that it had.
pub fn locals(th: &Thread, entry: Gc<Traceback>) -> Result {
    let function = entry.scope.downcast::<Function>();
    if function.is_none() && !entry.scope.is_empty() {
        return Ok(entry.scope);
    }
    if entry.code.flags & flags::OPTIMIZED == 0 {
        return Ok(entry.globals.value());
    }
    let registers = entry.variables().iter().map(Slot::get);
    Ok(frame::dict_of_variables(th, entry.code, function, registers).value())
}

impl Traceback {
    /// The line, from 1; 0 where it is not known.
    pub fn line(&self) -> u32 {
        if self.line != 0 {
            return self.line;
        }
        self.code.positions.get(self.instruction as usize).map_or(0, |p| p.line)
    }

    /// Whether the line is that of the instruction, so that its columns are known.
    pub fn has_position(&self) -> bool {
        self.line == 0
    }

    pub fn next(&self) -> Option<Gc<Traceback>> {
        self.next.get().downcast()
    }
}

/// The frames of a traceback, outermost first.
pub fn entries(first: Value) -> impl Iterator<Item = Gc<Traceback>> {
    std::iter::successors(first.downcast::<Traceback>(), |entry| entry.next())
}

pub static TRACEBACK: TypeDef = TypeDef {
    methods: METHODS,
    getset: ATTRIBUTES,
    ..TypeDef::new("traceback", kinds::TRACEBACK, "Create a new traceback object.")
};

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, tb_next, tb_frame, tb_lasti, tb_lineno)", "Create and return a new object.", make)
        .static_method()
        .keywords(),
    native("__dir__", "($self, /)", "", |th, _| {
        let names = ["tb_frame", "tb_next", "tb_lasti", "tb_lineno"].map(|name| th.intern(name).value());
        Ok(th.list(&names))
    }),
];

const ATTRIBUTES: &[GetSetDef] = &[
    getter("tb_next", "", |_, this| {
        let next = of(this).next.get();
        Ok(if next.is_empty() { Value::NONE } else { next })
    })
    .settable(set_next),
    member("tb_frame", "", |th, this| Ok(frame_of(th, of(this)))),
    member("tb_lasti", "", |_, this| Ok(Value::small_int(of(this).instruction as i64 * 2))),
    getter("tb_lineno", "", |_, this| match of(this).line() {
        0 => Ok(Value::NONE),
        line => Ok(Value::small_int(line.into())),
    }),
];

fn of(this: Value) -> Gc<Traceback> {
    match this.downcast() {
        Some(traceback) => traceback,
        None => unreachable!("a traceback's attributes are asked of a traceback"),
    }
}

/// The frame object of an entry.
pub fn frame_of(th: &Thread, entry: Gc<Traceback>) -> Value {
    let known = entry.frame.get();
    if !known.is_empty() {
        return known;
    }
    let made = frame::of_traceback(th, entry);
    entry.frame.replace_if(Value::EMPTY, made);
    entry.frame.get()
}

fn set_next(th: &Thread, this: Value, next: Value) -> Result<()> {
    if next.is_empty() {
        return Err(th.type_error("can't delete tb_next attribute"));
    }
    if next.is_none() {
        of(this).next.set(Value::EMPTY);
        return Ok(());
    }
    if next.downcast::<Traceback>().is_none() {
        let given = th.type_name(next);
        return Err(th.type_error(format_args!("expected traceback object, got '{given}'")));
    }
    if entries(next).any(|entry| entry.value() == this) {
        return Err(th.value_error("traceback loop detected"));
    }
    of(this).next.set(next);
    Ok(())
}

fn make(th: &Thread, args: &[Value]) -> Result {
    let next = if args[1].is_none() { Value::EMPTY } else { args[1] };
    if !next.is_empty() && next.downcast::<Traceback>().is_none() {
        let given = th.type_name(next);
        return Err(th.type_error(format_args!("expected traceback object or None, got '{given}'")));
    }
    let Some(frame) = args[2].downcast::<FrameObject>() else {
        let given = th.type_name(args[2]);
        return Err(th.type_error(format_args!("traceback() argument 'tb_frame' must be frame, not {given}")));
    };
    let (last, line) = (crate::vm::ops::index_i64(th, args[3])?, crate::vm::ops::index_i64(th, args[4])?);
    let traceback = Traceback {
        header: Header::of_kind(kinds::TRACEBACK),
        next: Slot::new(next),
        code: frame.code,
        globals: frame.globals,
        instruction: u32::try_from(last / 2).unwrap_or(0),
        line: u32::try_from(line).unwrap_or(0),
        frame: Slot::new(args[2]),
        scope: Value::EMPTY,
        place: Place::NONE,
        variables: 0,
    };
    Ok(th.alloc(traceback).value())
}

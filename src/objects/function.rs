//! Functions written in Python, bound methods, and the cells that closures share.

use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};

use crate::heap::{Cell, Gc, GcField, GcSlot, Header, Kind, Slot, Tracer, Value};

use super::code::Code;
use super::dict::Dict;
use super::kinds;
use super::tuple::Tuple;

/// A function made by `def` or `lambda`. Its attributes (`__dict__`) lie in the tail, as any object's.
#[repr(C)]
pub struct Function {
    pub header: Header,
    pub code: GcField<Code>,
    pub globals: Gc<Dict>,
    pub builtins: Gc<Dict>,
    /// The cells of the free variables.
    pub closure: GcSlot<Tuple>,
    /// Tuple of defaults or `EMPTY`.
    pub defaults: GcSlot<Tuple>,
    pub keyword_defaults: GcSlot<Dict>,
    pub name: Slot,
    pub qualname: Slot,
    pub module: Slot,
    pub doc: Slot,
    pub annotate: Slot,
    pub annotations: Slot,
    pub type_params: Slot,
    /// Raised whenever code or defaults are replaced, so that call caches notice.
    pub version: AtomicU32,
    /// What it stands for: see [`StandsFor`].
    pub stands_for: AtomicU8,
}

/// Whether a function of the library is one in C in CPython, so that what is said of it has to be what is said of those.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum StandsFor {
    Itself,
    /// A function in C.
    Native,
    /// A function in C that parses its arguments by hand: it has no signature.
    Parser,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Function {
    const KIND: Kind = kinds::FUNCTION;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.gc_slot(self.code.as_slot());
        tracer.cell(self.globals);
        tracer.cell(self.builtins);
        tracer.gc_slot(&self.closure);
        tracer.gc_slot(&self.defaults);
        tracer.gc_slot(&self.keyword_defaults);
        for slot in
            [&self.name, &self.qualname, &self.module, &self.doc, &self.annotate, &self.annotations, &self.type_params]
        {
            tracer.slot(slot);
        }
    }
}

impl Function {
    /// The code it runs now (`f.__code__` may be replaced while it runs).
    #[inline(always)]
    pub fn code(&self) -> Gc<Code> {
        self.code.get()
    }

    pub fn stands_for(&self) -> StandsFor {
        match self.stands_for.load(Ordering::Relaxed) {
            1 => StandsFor::Native,
            2 => StandsFor::Parser,
            _ => StandsFor::Itself,
        }
    }

    pub fn let_stand_for(&self, what: StandsFor) {
        self.stands_for.store(what as u8, Ordering::Relaxed);
    }

    pub fn changed(&self) {
        self.version.fetch_add(1, Ordering::AcqRel);
    }
}

/// A function bound to the object it was looked up on.
#[repr(C)]
pub struct Method {
    pub header: Header,
    pub function: Value,
    pub object: Value,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Method {
    const KIND: Kind = kinds::METHOD;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self.function);
        tracer.value(self.object);
    }
}

pub fn new_method(th: &crate::vm::Thread, function: Value, object: Value) -> Value {
    th.alloc(Method { header: Header::of_kind(kinds::METHOD), function, object }).value()
}

/// A variable that scopes share.
#[repr(C)]
pub struct ClosureCell {
    header: Header,
    pub contents: Slot,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for ClosureCell {
    const KIND: Kind = kinds::CELL;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.contents);
    }
}

impl ClosureCell {
    pub fn new(th: &crate::vm::Thread, contents: Value) -> Gc<ClosureCell> {
        th.alloc(ClosureCell { header: Header::of_kind(kinds::CELL), contents: Slot::new(contents) })
    }
}

pub use super::callables::function_of as new;

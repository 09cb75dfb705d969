//! Classes: built-in ones and those that programs write.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::heap::{Cell, Gc, GcSlot, Header, Kind, ShapeId, Slot, Tracer, Value};
use crate::vm::caches::Construction;
use crate::vm::native::TypeDef;

use crate::objects::dict::Dict;
use crate::objects::kinds;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;

pub mod annotations;
pub mod methods;

#[repr(C)]
pub struct Class {
    pub header: Header,
    pub name: GcSlot<Str>,
    pub qualname: GcSlot<Str>,
    pub bases: GcSlot<Tuple>,
    /// Itself first.
    pub mro: GcSlot<Tuple>,
    /// Its attributes. Writers go through `vm::classes`, which retires caches when a key comes or goes.
    pub namespace: Gc<Dict>,
    /// The kind of its instances' cells: that of the nearest built-in base.
    pub instance_kind: Kind,
    /// Attribute slots that an instance gets inline.
    pub inline_slots: u16,
    pub flags: AtomicU32,
    /// The shape of a fresh instance.
    pub root_shape: AtomicU32,
    /// The native definition, for built-in types.
    pub def: Option<&'static TypeDef>,
    /// List of weak references to its direct subclasses (a list object), made when the first one appears.
    pub subclasses: Slot,
    /// How its plain instances are made, remembered by `vm::slow::quick_construct`.
    pub construction: GcSlot<Construction>,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Class {
    const KIND: Kind = kinds::CLASS;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.gc_slot(&self.name);
        tracer.gc_slot(&self.qualname);
        tracer.gc_slot(&self.bases);
        tracer.gc_slot(&self.mro);
        tracer.cell(self.namespace);
        tracer.slot(&self.subclasses);
        tracer.gc_slot(&self.construction);
    }
}

/// What is true of a class; tested on hot paths.
pub mod flag {
    /// Instances have a `__dict__`.
    pub const HAS_DICT: u32 = 1;
    /// May be inherited from.
    pub const SUBCLASSABLE: u32 = 2;
    /// Its attributes cannot be set.
    pub const IMMUTABLE: u32 = 4;
    /// Some class of the MRO defines `__getattribute__` in Python.
    pub const GETATTRIBUTE: u32 = 8;
    /// Some class of the MRO defines `__getattr__`.
    pub const GETATTR: u32 = 16;
    /// Some class of the MRO defines `__setattr__` or `__delattr__` in Python.
    pub const SETATTR: u32 = 32;
    /// Has `__del__`.
    pub const FINALIZER: u32 = 64;
    /// Inherits from `BaseException`.
    pub const EXCEPTION: u32 = 128;
    /// Inherits from `type`.
    pub const METACLASS: u32 = 256;
    /// Instances may be weakly referenced.
    pub const WEAKREFS: u32 = 512;
    /// Cannot be instantiated: has abstract methods.
    pub const ABSTRACT: u32 = 1024;
    /// A sequence, a mapping: for pattern matching.
    pub const SEQUENCE: u32 = 2048;
    pub const MAPPING: u32 = 4096;
    /// `case C(x)` matches the subject itself.
    pub const MATCH_SELF: u32 = 8192;
}

impl Class {
    pub fn new_flags(flags: u32) -> AtomicU32 {
        AtomicU32::new(flags)
    }

    #[inline(always)]
    pub fn has(&self, flag: u32) -> bool {
        self.flags.load(Ordering::Relaxed) & flag != 0
    }

    pub fn flag_bits(&self) -> u32 {
        self.flags.load(Ordering::Relaxed)
    }

    pub fn set(&self, flag: u32) {
        self.flags.fetch_or(flag, Ordering::Relaxed);
    }

    pub fn unset(&self, flag: u32) {
        self.flags.fetch_and(!flag, Ordering::Relaxed);
    }

    pub fn root_shape(&self) -> ShapeId {
        ShapeId(self.root_shape.load(Ordering::Acquire))
    }

    pub fn mro(&self) -> Gc<Tuple> {
        match self.mro.get() {
            Some(mro) => mro,
            None => unreachable!("a class has its MRO from its making on"),
        }
    }

    /// How messages name it: native types outside `builtins` with their module, as C's `tp_name` has it.
    pub fn name(&self) -> String {
        match self.def {
            Some(def) if def.module != "builtins" => format!("{}.{}", def.module, def.name),
            _ => self.name.get().map(|s| s.to_text()).unwrap_or_default(),
        }
    }

    /// Its `__name__` as text. A class in Python that stands for one in C has its module in the name (`_statics.fix`).
    pub fn short_name(&self) -> String {
        let name = self.name.get().map(|s| s.to_text()).unwrap_or_default();
        match name.rsplit_once('.') {
            Some((_, short)) if self.def.is_none() && self.has(flag::IMMUTABLE) => short.to_owned(),
            _ => name,
        }
    }
}

impl Gc<Class> {
    /// Whether `other` is in its MRO.
    pub fn is_subclass_of(self, other: Gc<Class>) -> bool {
        self == other || self.mro().items().contains(&other.value())
    }
}

impl Value {
    pub fn as_class(self) -> Option<Gc<Class>> {
        self.downcast::<Class>()
    }
}

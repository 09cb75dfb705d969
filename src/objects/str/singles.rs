//! The strings that every interpreter has once: the empty one and those of one Latin-1 character.

use crate::heap::{Gc, GcSlot, Tracer};
use crate::vm::Thread;

use super::{Str, encode_char};

/// Made when first asked for, kept for as long as the interpreter lives.
pub struct Singles {
    empty: GcSlot<Str>,
    characters: [GcSlot<Str>; 256],
}

impl Default for Singles {
    fn default() -> Singles {
        Singles { empty: GcSlot::new(None), characters: std::array::from_fn(|_| GcSlot::new(None)) }
    }
}

impl Singles {
    /// Roots of the interpreter.
    pub fn trace(&self, tracer: &mut Tracer) {
        tracer.gc_slot(&self.empty);
        for slot in &self.characters {
            tracer.gc_slot(slot);
        }
    }

    #[inline]
    pub fn empty(&self, th: &Thread) -> Gc<Str> {
        match self.empty.get() {
            Some(s) => s,
            None => settle(&self.empty, Str::new(th, b"", 0)),
        }
    }

    /// The string of a character, if it was ever asked for: calls nothing.
    #[inline(always)]
    pub fn made(&self, latin1: u8) -> Option<Gc<Str>> {
        self.characters[latin1 as usize].get()
    }

    #[inline]
    pub fn get(&self, th: &Thread, latin1: u8) -> Gc<Str> {
        let slot = &self.characters[latin1 as usize];
        match slot.get() {
            Some(s) => s,
            None => settle(slot, Str::new(th, encode_char(latin1 as u32, &mut [0; 4]), 1)),
        }
    }
}

/// Of threads that make the same string at the same time, the first decides.
#[cold]
fn settle(slot: &GcSlot<Str>, made: Gc<Str>) -> Gc<Str> {
    slot.as_slot().replace_if(crate::heap::Value::EMPTY, made.value());
    slot.get().unwrap_or(made)
}

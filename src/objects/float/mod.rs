//! `float`: inline in a value; a cell only for instances of subclasses.
//!
//! - `arith`: the operators
//! - `parts`: doubles from mantissas and exponents, rounded once; hashes
//! - `parse`, `hex`, `round`: floats from text, in hexadecimal, rounded to decimal places
//! - `methods`: the type, its constructor and its methods
//!
//! How a float is written out is `objects::format`'s.

use crate::heap::{Cell, Header, Kind, Tracer, Value};

use super::kinds;

mod arith;
mod hex;
mod methods;
mod parse;
mod parts;
mod round;

pub use arith::*;
pub use methods::{FLOAT, is_real};
pub use parse::{from_text, scan, without_underscores};
pub use parts::*;

/// An instance of a subclass of `float`.
#[repr(C)]
pub struct Float {
    pub header: Header,
    pub value: f64,
}

// SAFETY: `repr(C)`, header first; it holds no values.
unsafe impl Cell for Float {
    const KIND: Kind = kinds::FLOAT;
    fn trace(&self, _: &mut Tracer) {}
}

/// The double of a `float` or an instance of a subclass.
#[inline]
pub fn of(v: Value) -> Option<f64> {
    match v.as_inline_float() {
        None => v.downcast::<Float>().map(|cell| cell.get().value),
        inline => inline,
    }
}

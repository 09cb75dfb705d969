//! `complex`.
//!
//! - `arith`: the operators, also between a complex and a real number, which keeps signs of zero that a conversion loses
//! - `parse`: complex numbers from text
//! - `methods`: the type, its constructor and its methods

use crate::heap::{Cell, Header, Kind, Tracer, Value};
use crate::vm::Thread;

use super::{float, kinds};

mod arith;
mod methods;
mod parse;

pub use arith::*;
pub use methods::COMPLEX;

#[repr(C)]
pub struct Complex {
    pub header: Header,
    pub re: f64,
    pub im: f64,
}

// SAFETY: `repr(C)`, header first; it holds no values.
unsafe impl Cell for Complex {
    const KIND: Kind = kinds::COMPLEX;
    fn trace(&self, _: &mut Tracer) {}
}

/// A complex number as its real and imaginary part.
pub type Parts = (f64, f64);

pub fn new(th: &Thread, re: f64, im: f64) -> Value {
    th.alloc(Complex { header: Header::of_kind(kinds::COMPLEX), re, im }).value()
}

/// The parts of a `complex` or an instance of a subclass.
#[inline]
pub fn of(v: Value) -> Option<Parts> {
    v.downcast::<Complex>().map(|cell| (cell.get().re, cell.get().im))
}

/// The hash of a complex number: that of the equal real number where there is one.
pub fn hash((re, im): Parts) -> i64 {
    const IMAGINARY: u64 = 1_000_003;
    let combined = (float::hash(re) as u64).wrapping_add((float::hash(im) as u64).wrapping_mul(IMAGINARY)) as i64;
    if combined == -1 { -2 } else { combined }
}

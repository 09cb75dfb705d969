//! `int`: inline up to 48 bits, in a cell up to 128, and beyond that a cell around a big integer, which instances of
//! subclasses have as well. Each integer has one form only: the smallest that holds it.
//!
//! - `fast`: operations on two inline integers, for the dispatch loop
//! - `arith`: the operators on integers of any size
//! - `compare`: order and hash, also against floats, exactly
//! - `parse`, `bytes`: integers from text, from and to bytes
//! - `methods`: the type, its constructor and its methods
//!
//! What an operator does with operands that are not both integers is decided in `vm::ops::arithmetic`.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::heap::{Cell, Gc, Header, Kind, Tracer, Value};
use crate::vm::Thread;

use super::class::Class;
use super::kinds;

pub mod arith;
mod bytes;
mod compare;
mod fast;
mod methods;
mod parse;

pub use compare::{HASH_BITS, HASH_MODULUS, compare, compare_float, hash, hash_big, hash_small};
pub use fast::*;
pub use methods::{INT, format_spec, from_float, instance, text};
pub use parse::{decimal_digit, from_text, is_space, max_str_digits, to_ascii};

/// An integer of more than 128 bits, or an instance of a subclass (whatever its size).
#[repr(C)]
pub struct Int {
    pub header: Header,
    value: BigInt,
}

// SAFETY: `repr(C)`, header first; it holds no values.
unsafe impl Cell for Int {
    const KIND: Kind = kinds::INT;
    const NEEDS_DROP: bool = true;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.owns(self.value.bits() as usize / 8);
    }
}

/// An integer of more than 48 bits and no more than 128: most of those that hashes, random numbers and sums are made of.
/// It owns nothing outside its cell.
#[repr(C)]
pub struct Wide {
    pub header: Header,
    low: u64,
    high: i64,
}

// SAFETY: `repr(C)`, header first; it holds no values.
unsafe impl Cell for Wide {
    const KIND: Kind = kinds::WIDE_INT;
    fn trace(&self, _: &mut Tracer) {}
}

impl Wide {
    #[inline(always)]
    fn int(&self) -> i128 {
        (self.high as i128) << 64 | self.low as i128
    }
}

/// The integer behind a value, in the smallest form that holds it.
#[derive(Clone, Copy, Debug)]
pub enum IntRef<'a> {
    Small(i64),
    /// Does not fit an `i64`.
    Wide(i128),
    /// Does not fit an `i128`.
    Big(&'a BigInt),
}

impl IntRef<'static> {
    /// The integer of an `int`, a `bool` or an instance of a subclass.
    #[inline]
    pub fn of(v: Value) -> Option<IntRef<'static>> {
        IntRef::of_inline(v).or_else(|| IntRef::of_cell(v, false))
    }

    /// As `of`, but `None` for instances of subclasses, which may have special methods of their own.
    #[inline]
    pub fn of_exact(v: Value) -> Option<IntRef<'static>> {
        IntRef::of_inline(v).or_else(|| IntRef::of_cell(v, true))
    }

    #[inline(always)]
    fn of_inline(v: Value) -> Option<IntRef<'static>> {
        if v.is_int() {
            Some(IntRef::Small(v.as_int_unchecked()))
        } else if v.is_bool() {
            Some(IntRef::Small((v == Value::TRUE) as i64))
        } else {
            None
        }
    }

    #[inline]
    fn of_cell(v: Value, exact: bool) -> Option<IntRef<'static>> {
        let header = v.header()?;
        match header.kind() {
            kinds::WIDE_INT => v.downcast::<Wide>().map(|cell| IntRef::of_i128(cell.int())),
            kinds::INT if header.is_exact() => v.downcast::<Int>().map(|cell| IntRef::Big(&cell.get().value)),
            kinds::INT if !exact => v.downcast::<Int>().map(|cell| IntRef::of_big(&cell.get().value)),
            _ => None,
        }
    }
}

impl<'a> IntRef<'a> {
    #[inline(always)]
    pub fn of_i128(i: i128) -> IntRef<'static> {
        match i64::try_from(i) {
            Ok(small) => IntRef::Small(small),
            Err(_) => IntRef::Wide(i),
        }
    }

    pub fn of_big(big: &'a BigInt) -> IntRef<'a> {
        match big.to_i128() {
            Some(i) => IntRef::of_i128(i),
            None => IntRef::Big(big),
        }
    }

    /// The integer, if it has no more than 128 bits.
    #[inline(always)]
    pub fn to_i128(self) -> Option<i128> {
        match self {
            IntRef::Small(i) => Some(i as i128),
            IntRef::Wide(i) => Some(i),
            IntRef::Big(_) => None,
        }
    }

    pub fn to_big(self) -> BigInt {
        match self {
            IntRef::Small(i) => BigInt::from(i),
            IntRef::Wide(i) => BigInt::from(i),
            IntRef::Big(big) => big.clone(),
        }
    }

    #[inline]
    pub fn to_i64(self) -> Option<i64> {
        match self {
            IntRef::Small(i) => Some(i),
            _ => None,
        }
    }

    pub fn is_zero(self) -> bool {
        matches!(self, IntRef::Small(0))
    }

    pub fn is_negative(self) -> bool {
        match self {
            IntRef::Small(i) => i < 0,
            IntRef::Wide(i) => i < 0,
            IntRef::Big(big) => big.sign() == num_bigint::Sign::Minus,
        }
    }

    /// How many bits its absolute value has.
    pub fn bits(self) -> u64 {
        match self {
            IntRef::Small(i) => 64 - i.unsigned_abs().leading_zeros() as u64,
            IntRef::Wide(i) => 128 - i.unsigned_abs().leading_zeros() as u64,
            IntRef::Big(big) => big.bits(),
        }
    }

    /// The nearest float (ties to even); `None` where that would be infinite.
    pub fn to_f64(self) -> Option<f64> {
        match self {
            IntRef::Small(i) => Some(i as f64),
            IntRef::Wide(i) => Some(i as f64),
            IntRef::Big(big) => big.to_f64().filter(|f| f.is_finite()),
        }
    }

    /// The nearest float, or OverflowError.
    pub fn to_float(self, th: &Thread) -> crate::vm::Result<f64> {
        self.to_f64().ok_or_else(|| th.overflow_error("int too large to convert to float"))
    }

    /// As a value of exactly `int`.
    pub fn to_value(self, th: &Thread) -> Value {
        match self {
            IntRef::Small(i) => from_i64(th, i),
            IntRef::Wide(i) => from_i128(th, i),
            IntRef::Big(big) => from_big(th, big.clone()),
        }
    }
}

/// The int object of `i`.
#[inline]
pub fn from_i64(th: &Thread, i: i64) -> Value {
    match Value::try_int(i) {
        Some(value) => value,
        None => new_wide(th, i as i128),
    }
}

/// The integer of a value that is an int object of a machine word: inline, or of no more than 64 bits.
#[inline(always)]
pub fn word(v: Value) -> Option<i64> {
    if v.is_int() {
        return Some(v.as_int_unchecked());
    }
    let wide = v.downcast::<Wide>()?;
    if wide.high == (wide.low as i64) >> 63 { Some(wide.low as i64) } else { None }
}

/// The int object of `i`.
pub fn from_u64(th: &Thread, i: u64) -> Value {
    from_i128(th, i as i128)
}

/// The int object of `i`.
#[inline]
pub fn from_i128(th: &Thread, i: i128) -> Value {
    match i64::try_from(i) {
        Ok(small) => from_i64(th, small),
        Err(_) => new_wide(th, i),
    }
}

#[inline]
fn new_wide(th: &Thread, i: i128) -> Value {
    th.alloc(Wide { header: Header::of_kind(kinds::WIDE_INT), low: i as u64, high: (i >> 64) as i64 }).value()
}

/// The int object of `big`, in the smallest form that holds it.
pub fn from_big(th: &Thread, big: BigInt) -> Value {
    match big.to_i128() {
        Some(i) => from_i128(th, i),
        None => {
            th.heap().note_external(big.bits() as usize / 8);
            th.alloc(Int { header: Header::of_kind(kinds::INT), value: big }).value()
        }
    }
}

/// An instance of a subclass with this number.
pub fn subclass_instance(th: &Thread, class: Gc<Class>, int: IntRef) -> Value {
    let value = int.to_big();
    th.heap().note_external(value.bits() as usize / 8);
    th.instantiate(class, Int { header: Header::of_kind(kinds::INT), value }).value()
}

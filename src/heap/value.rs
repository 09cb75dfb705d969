//! A Python value in one 64-bit word: NaN-boxed, `Copy`, without a reference count.
//!
//! | top 16 bits     | meaning                                                             |
//! |-----------------|---------------------------------------------------------------------|
//! | `0x0000`        | a pointer to a cell of the heap; all zero is [`Value::EMPTY`]         |
//! | `0x0001`        | a constant: `None`, `True`, `False`, `Ellipsis`, `NotImplemented`     |
//! | `0x0002..=0xFFFD` | a double, its bits offset by 2⁴⁹ so that no double looks like a pointer |
//! | `0xFFFF`        | a 48-bit two's-complement integer                                   |
//!
//! Integers outside 48 bits are cells (`objects::int`). `EMPTY` is no Python value: it marks an unbound variable, a
//! deleted slot, an argument that was not passed; native code must not let it reach a program.
//!
//! A `Value` is neither `Send` nor `Sync`: it may only be touched by a thread that is attached to its interpreter. What
//! threads share is a [`Slot`].

use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};

use super::cell::{Cell, Gc, Header, ShapeId};

const TAG_SHIFT: u32 = Value::ADDRESS_BITS;
const CONSTANT_TAG: u64 = 1 << TAG_SHIFT;
const DOUBLE_OFFSET: u64 = 2 << TAG_SHIFT;
const DOUBLE_END: u64 = 0xFFFE << TAG_SHIFT;
const INT_TAG: u64 = 0xFFFF << TAG_SHIFT;
const PAYLOAD: u64 = (1 << TAG_SHIFT) - 1;
const CANONICAL_NAN: u64 = 0x7FF8_0000_0000_0000;
const SIGN: u64 = 1 << 63;

/// The largest integer held inline: 2⁴⁷ - 1.
pub const INT_MAX: i64 = (1 << 47) - 1;
/// The smallest integer held inline: -2⁴⁷.
pub const INT_MIN: i64 = -(1 << 47);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Value {
    bits: u64,
    not_send: PhantomData<*const ()>,
}

const _: () = assert!(size_of::<Value>() == 8);

impl Value {
    /// An address, as a value has it, is less than two to the power of this.
    pub const ADDRESS_BITS: u32 = 48;
    pub const EMPTY: Value = Value::from_bits(0);
    pub const NONE: Value = Value::from_bits(CONSTANT_TAG | 1);
    pub const FALSE: Value = Value::from_bits(CONSTANT_TAG | 2);
    pub const TRUE: Value = Value::from_bits(CONSTANT_TAG | 3);
    pub const ELLIPSIS: Value = Value::from_bits(CONSTANT_TAG | 4);
    pub const NOT_IMPLEMENTED: Value = Value::from_bits(CONSTANT_TAG | 5);

    #[inline(always)]
    pub const fn from_bits(bits: u64) -> Value {
        Value { bits, not_send: PhantomData }
    }

    #[inline(always)]
    pub const fn bits(self) -> u64 {
        self.bits
    }

    #[inline(always)]
    pub const fn bool(b: bool) -> Value {
        Value::from_bits(CONSTANT_TAG | 2 | b as u64)
    }

    /// An integer known to fit 48 bits; use `objects::int::from_i64` where it may not.
    #[inline(always)]
    pub const fn small_int(i: i64) -> Value {
        debug_assert!(i >= INT_MIN && i <= INT_MAX);
        Value::from_bits(INT_TAG | (i as u64 & PAYLOAD))
    }

    /// The integer whose two's complement lies in the upper 48 bits of a word. Turned like this the tag is a small number,
    /// which an instruction can hold; the loop has no register to spare for a large one.
    #[inline(always)]
    pub const fn int_of_upper(upper: u64) -> Value {
        Value::from_bits((upper | 0xFFFF).rotate_right(16))
    }

    /// The integer inline, or `None` where it needs a cell.
    #[inline(always)]
    pub const fn try_int(i: i64) -> Option<Value> {
        if i >= INT_MIN && i <= INT_MAX { Some(Value::small_int(i)) } else { None }
    }

    #[inline(always)]
    pub fn float(f: f64) -> Value {
        let bits = f.to_bits();
        // A NaN with a payload could run past the doubles' range: there is one of each sign.
        if f.is_nan() {
            return Value::from_bits((CANONICAL_NAN | bits & SIGN) + DOUBLE_OFFSET);
        }
        Value::from_bits(bits.wrapping_add(DOUBLE_OFFSET))
    }

    /// What the processor's addition, subtraction, multiplication or division of doubles that came from values gave. A NaN
    /// needs no look: it is an operand, or the one that the processor makes, which fits.
    #[inline(always)]
    pub fn computed(f: f64) -> Value {
        debug_assert!(!f.is_nan() || (f.to_bits() & !PAYLOAD) << 1 == CANONICAL_NAN << 1);
        Value::from_bits(f.to_bits().wrapping_add(DOUBLE_OFFSET))
    }

    /// A NaN that is itself and no other, told apart by `number`; what is computed from it may be taken for it.
    pub fn own_nan(number: u64, is_negative: bool) -> Value {
        let sign = if is_negative { SIGN } else { 0 };
        // Quiet, and with so short a payload it stays within the doubles' range, whatever its sign.
        Value::from_bits((CANONICAL_NAN | sign | number & PAYLOAD) + DOUBLE_OFFSET)
    }

    #[inline(always)]
    pub fn cell<T: ?Sized>(cell: Gc<T>) -> Value {
        Value::from_bits(cell.address() as u64)
    }

    #[inline(always)]
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    #[inline(always)]
    pub const fn is_none(self) -> bool {
        self.bits == Value::NONE.bits
    }

    #[inline(always)]
    pub const fn is_bool(self) -> bool {
        self.bits & !1 == Value::FALSE.bits
    }

    #[inline(always)]
    pub const fn is_int(self) -> bool {
        self.bits >= INT_TAG
    }

    #[inline(always)]
    pub const fn is_float(self) -> bool {
        self.bits.wrapping_sub(DOUBLE_OFFSET) < DOUBLE_END - DOUBLE_OFFSET
    }

    /// Whether this is a pointer to a cell (`EMPTY` is not).
    #[inline(always)]
    pub const fn is_cell(self) -> bool {
        // No constant has a payload of zero, so the tag alone may be looked at.
        self.bits.wrapping_sub(1) >> TAG_SHIFT == 0
    }

    /// Whether both are inline integers, in one test.
    #[inline(always)]
    pub const fn both_int(a: Value, b: Value) -> bool {
        a.bits & b.bits >= INT_TAG
    }

    /// The integer of an inline integer.
    #[inline(always)]
    pub const fn as_int_unchecked(self) -> i64 {
        ((self.bits << 16) as i64) >> 16
    }

    /// A non-negative inline integer, to be compared with the length of something in memory; for every other value it is more
    /// than any such length. One subtraction instead of a test, two shifts and another test.
    #[inline(always)]
    pub const fn as_index(self) -> usize {
        self.bits.wrapping_sub(INT_TAG) as usize
    }

    #[inline(always)]
    pub const fn as_small_int(self) -> Option<i64> {
        if self.is_int() { Some(self.as_int_unchecked()) } else { None }
    }

    /// The double of an inline double.
    #[inline(always)]
    pub const fn as_float_unchecked(self) -> f64 {
        f64::from_bits(self.bits.wrapping_sub(DOUBLE_OFFSET))
    }

    #[inline(always)]
    pub const fn as_inline_float(self) -> Option<f64> {
        if self.is_float() { Some(self.as_float_unchecked()) } else { None }
    }

    /// The header of the cell this points to.
    #[inline(always)]
    pub fn header(self) -> Option<&'static Header> {
        if self.is_cell() {
            // SAFETY: a non-empty value with a zero tag is only ever made from a live cell (`Value::cell`), and the
            // collector keeps every cell alive that a reachable value or a native stack word points to.
            Some(unsafe { &*(self.bits as *const Header) })
        } else {
            None
        }
    }

    /// The cell as a `T`, when it is of `T`'s kind (subclasses of the built-in type included).
    #[inline(always)]
    pub fn downcast<T: Cell>(self) -> Option<Gc<T>> {
        match self.header() {
            // SAFETY: the header's kind says that the cell was allocated as a `T`.
            Some(header) if header.kind() == T::KIND => Some(unsafe { Gc::from_address(self.bits as usize) }),
            _ => None,
        }
    }

    /// The cell as a `T`, when its type is exactly the built-in one of `T`'s kind: one look tells, since those have the shape
    /// that is numbered as their kind.
    #[inline(always)]
    pub fn downcast_exact<T: Cell>(self) -> Option<Gc<T>> {
        match self.header() {
            Some(header) if header.shape() == ShapeId(T::KIND.0 as u32) => {
                debug_assert!(header.kind() == T::KIND);
                // SAFETY: only cells of the kind have its shape (`Header::of_kind`): it was allocated as a `T`.
                Some(unsafe { Gc::from_address(self.bits as usize) })
            }
            _ => None,
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Value::EMPTY => write!(f, "EMPTY"),
            Value::NONE => write!(f, "None"),
            Value::TRUE => write!(f, "True"),
            Value::FALSE => write!(f, "False"),
            v if v.is_int() => write!(f, "{}", v.as_int_unchecked()),
            v if v.is_float() => write!(f, "{:?}", v.as_float_unchecked()),
            v => match v.header() {
                Some(header) => write!(f, "<{:?} {:#x}>", header.kind(), v.bits),
                None => write!(f, "<constant {:#x}>", v.bits),
            },
        }
    }
}

/// A place in the heap that threads share: a list item, an attribute, a global, a closure cell.
///
/// Loads acquire and stores release, so that whoever reads a pointer also sees the cell it points to initialised. A race
/// between threads of the *program* is then a lost update, never undefined behaviour.
#[repr(transparent)]
pub struct Slot(AtomicU64);

impl Slot {
    pub const fn new(value: Value) -> Slot {
        Slot(AtomicU64::new(value.bits()))
    }

    #[inline(always)]
    pub fn get(&self) -> Value {
        Value::from_bits(self.0.load(Ordering::Acquire))
    }

    #[inline(always)]
    pub fn set(&self, value: Value) {
        self.0.store(value.bits(), Ordering::Release);
    }

    /// Stores `value` and returns what was there, in one step.
    #[inline(always)]
    pub fn replace(&self, value: Value) -> Value {
        Value::from_bits(self.0.swap(value.bits(), Ordering::AcqRel))
    }

    /// Stores `new` if the slot still holds `expected`.
    #[inline(always)]
    pub fn replace_if(&self, expected: Value, new: Value) -> bool {
        self.0.compare_exchange(expected.bits(), new.bits(), Ordering::AcqRel, Ordering::Acquire).is_ok()
    }
}

/// Many slots at once, by plain memory operations, which are several times as fast as one atomic after the other.
impl Slot {
    /// The values in `slots`.
    ///
    /// # Safety
    /// Nobody writes the slots while the result is used: their owner's lock is held, or they never change again.
    #[inline(always)]
    pub unsafe fn as_values(slots: &[Slot]) -> &[Value] {
        // SAFETY: a slot is one word with a value's layout; that nobody writes it is the caller's promise.
        unsafe { std::slice::from_raw_parts(slots.as_ptr().cast(), slots.len()) }
    }

    /// Stores `values` in the first slots.
    ///
    /// # Safety
    /// Nobody else knows the slots yet: they are published later.
    #[inline(always)]
    pub unsafe fn fill(slots: &[Slot], values: &[Value]) {
        assert!(values.len() <= slots.len());
        // SAFETY: the slots are interior mutable words, as many as values at least, and nobody else looks at them.
        unsafe { std::ptr::copy_nonoverlapping(values.as_ptr(), slots.as_ptr().cast_mut().cast(), values.len()) }
    }

    /// Stores `value` in the first `count` slots.
    ///
    /// # Safety
    /// Nobody else knows the slots yet: they are published later.
    #[inline]
    pub unsafe fn fill_with(slots: &[Slot], count: usize, value: Value) {
        assert!(count <= slots.len());
        let start: *mut Value = slots.as_ptr().cast_mut().cast();
        // SAFETY: the slots are interior mutable words, `count` at least, and nobody else looks at them.
        unsafe { std::slice::from_raw_parts_mut(start, count) }.fill(value);
    }

    /// Copies the slots `from` to the place of as many from `to` on; both may overlap.
    ///
    /// # Safety
    /// No other thread reads or writes the slots meanwhile.
    #[inline]
    pub unsafe fn shift(slots: &[Slot], from: std::ops::Range<usize>, to: usize) {
        assert!(from.start <= from.end && from.end <= slots.len() && to <= slots.len() - from.len());
        let start = slots.as_ptr().cast_mut();
        // SAFETY: both ranges lie within the slots, which are interior mutable words nobody else looks at.
        unsafe { std::ptr::copy(start.add(from.start), start.add(to), from.len()) }
    }
}

impl Default for Slot {
    fn default() -> Slot {
        Slot::new(Value::EMPTY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_survive_boxing_to_the_edges() {
        for i in [0, 1, -1, 42, INT_MAX, INT_MIN] {
            let v = Value::small_int(i);
            assert!(v.is_int() && !v.is_float() && !v.is_cell());
            assert_eq!(v.as_small_int(), Some(i));
        }
        for i in [0, 1, 42, INT_MAX] {
            assert_eq!(Value::small_int(i).as_index(), i as usize);
        }
        let others = [Value::small_int(-1), Value::small_int(INT_MIN), Value::NONE, Value::TRUE, Value::EMPTY];
        for value in others.into_iter().chain([0.0, -0.0, 1.0, f64::MAX, f64::NAN, -f64::NAN].map(Value::float)) {
            assert!(value.as_index() > INT_MAX as usize, "{value:?}");
        }
        assert_eq!(Value::try_int(INT_MAX + 1), None);
        assert_eq!(Value::try_int(INT_MIN - 1), None);
    }

    #[test]
    fn doubles_survive_boxing_and_never_look_like_anything_else() {
        for f in [0.0, -0.0, 1.5, f64::MAX, f64::MIN, f64::INFINITY, f64::NEG_INFINITY, f64::MIN_POSITIVE, 5e-324] {
            let v = Value::float(f);
            assert!(v.is_float() && !v.is_int() && !v.is_cell(), "{f}");
            assert_eq!(v.as_float_unchecked().to_bits(), f.to_bits());
        }
        let nan = Value::float(f64::from_bits(u64::MAX));
        assert!(nan.is_float() && !nan.is_int() && nan.as_float_unchecked().is_nan());
    }

    #[test]
    fn constants_are_neither_numbers_nor_cells() {
        for v in [Value::NONE, Value::TRUE, Value::FALSE, Value::ELLIPSIS, Value::NOT_IMPLEMENTED, Value::EMPTY] {
            assert!(!v.is_int() && !v.is_float() && !v.is_cell());
        }
        assert!(Value::TRUE.is_bool() && Value::FALSE.is_bool() && !Value::NONE.is_bool());
    }
}

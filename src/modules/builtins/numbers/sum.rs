//! The running total of `sum`: machine integers as long as they fit, then floats with a compensation for what rounding
//! loses (Neumaier's), then complex numbers the same way, and any objects by `+`.

use crate::heap::Value;
use crate::objects::complex;
use crate::objects::int::IntRef;
use crate::vm::Thread;
use crate::vm::native::Result;
use crate::vm::ops::{self, BinaryOp};

/// A sum of floats and what was lost in rounding it.
#[derive(Clone, Copy)]
struct Compensated {
    high: f64,
    low: f64,
}

impl Compensated {
    fn new(f: f64) -> Compensated {
        Compensated { high: f, low: 0.0 }
    }

    #[inline]
    fn add(&mut self, f: f64) {
        let sum = self.high + f;
        self.low += if self.high.abs() >= f.abs() { self.high - sum + f } else { f - sum + self.high };
        self.high = sum;
    }

    fn result(self) -> f64 {
        // Once there was an infinity, the loss is no number.
        if self.low != 0.0 && self.low.is_finite() { self.high + self.low } else { self.high }
    }
}

#[derive(Clone, Copy)]
enum State {
    Int(i64),
    Float(Compensated),
    Complex(Compensated, Compensated),
    Object(Value),
}

pub struct Total(State);

impl Total {
    pub fn new(start: Value) -> Total {
        Total(State::of(start))
    }

    #[inline]
    pub fn add(&mut self, th: &Thread, item: Value) -> Result<()> {
        if self.0.add(item) {
            return Ok(());
        }
        let sum = ops::binary(th, BinaryOp::Add, self.0.value(th), item)?;
        // Integers and floats may mix in any order; anything else stays with `+`.
        self.0 = match self.0 {
            State::Object(_) => State::Object(sum),
            _ => State::of(sum),
        };
        Ok(())
    }

    pub fn result(&self, th: &Thread) -> Value {
        self.0.value(th)
    }
}

impl State {
    fn of(v: Value) -> State {
        if let Some(i) = v.as_small_int() {
            State::Int(i)
        } else if let Some(f) = v.as_inline_float() {
            State::Float(Compensated::new(f))
        } else if let Some((re, im)) = exact_complex(v) {
            State::Complex(Compensated::new(re), Compensated::new(im))
        } else {
            State::Object(v)
        }
    }

    fn value(self, th: &Thread) -> Value {
        match self {
            State::Int(i) => th.int(i),
            State::Float(sum) => Value::float(sum.result()),
            State::Complex(re, im) => complex::new(th, re.result(), im.result()),
            State::Object(v) => v,
        }
    }

    /// Adds an item without leaving the state; `false` where that cannot be.
    #[inline]
    fn add(&mut self, item: Value) -> bool {
        match self {
            State::Int(sum) => match small(item).and_then(|i| sum.checked_add(i)) {
                Some(total) => *sum = total,
                None => return false,
            },
            State::Float(sum) => match real(item) {
                Some(f) => sum.add(f),
                None => return false,
            },
            State::Complex(re, im) => match (real(item), exact_complex(item)) {
                (Some(f), _) => re.add(f),
                (None, Some((x, y))) => {
                    re.add(x);
                    im.add(y);
                }
                (None, None) => return false,
            },
            State::Object(_) => return false,
        }
        true
    }
}

#[inline]
fn small(v: Value) -> Option<i64> {
    match v.as_small_int() {
        None if v.is_bool() => Some((v == Value::TRUE) as i64),
        int => int,
    }
}

#[inline]
fn real(v: Value) -> Option<f64> {
    if let Some(f) = v.as_inline_float() {
        return Some(f);
    }
    match IntRef::of(v)? {
        IntRef::Small(i) => Some(i as f64),
        _ => None,
    }
}

fn exact_complex(v: Value) -> Option<complex::Parts> {
    if v.header()?.is_exact() { complex::of(v) } else { None }
}

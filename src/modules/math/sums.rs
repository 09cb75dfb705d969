//! Sums and products of many numbers: `fsum`, `sumprod`, `prod`, `hypot`, `dist`.

use crate::heap::{Gc, Value};
use crate::objects::int::IntRef;
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::ops::{self, BinaryOp};
use crate::vm::{Raised, Thread};

use super::exact::{Exact, norm, two_product};

pub const FUNCTIONS: &[NativeDef] = &[
    native("dist", "(p, q, /)", "The Euclidean distance between two points, given by their coordinates.", dist),
    native("fsum", "(seq, /)", "The sum of floats, rounded only once.", fsum),
    native("hypot", "(*coordinates)", "The Euclidean distance from the origin to a point.", hypot),
    native("prod", "(iterable, /, *, start=1)", "The product of start and the iterable's numbers.", prod).keywords(),
    native("sumprod", "(p, q, /)", "The sum of the products of what two iterables of the same length yield.", sumprod),
];

fn hypot(th: &Thread, args: &[Value]) -> Result {
    let coordinates = args[0].downcast::<Tuple>().map_or(&[][..], |t| t.items());
    let lengths = coordinates.iter().map(|c| ops::float(th, *c).map(f64::abs)).collect::<Result<Vec<f64>>>()?;
    Ok(Value::float(norm(&lengths)))
}

fn point(th: &Thread, v: Value) -> Result<Gc<Tuple>> {
    match v.downcast::<Tuple>() {
        Some(tuple) => Ok(tuple),
        None => Ok(ops::collect(th, v)?.to_tuple(th)),
    }
}

fn dist(th: &Thread, args: &[Value]) -> Result {
    let (p, q) = (point(th, args[0])?, point(th, args[1])?);
    if p.len() != q.len() {
        return Err(th.value_error("both points must have the same number of dimensions"));
    }
    let difference = |(a, b): (&Value, &Value)| Ok((ops::float(th, *a)? - ops::float(th, *b)?).abs());
    let lengths = p.items().iter().zip(q.items()).map(difference).collect::<Result<Vec<f64>>>()?;
    Ok(Value::float(norm(&lengths)))
}

fn fsum(th: &Thread, args: &[Value]) -> Result {
    let mut exact = Exact::default();
    // Infinities and NaNs are summed apart; a sum of infinities that is a NaN is an error.
    let (mut special, mut infinities) = (0.0, 0.0);
    let mut any_special = false;
    ops::for_each(th, args[0], |item| {
        let x = ops::float(th, item)?;
        if !x.is_finite() {
            any_special = true;
            special += x;
            infinities += if x.is_infinite() { x } else { 0.0 };
        } else if !exact.add(x) {
            return Err(th.overflow_error("intermediate overflow in fsum"));
        }
        Ok(())
    })?;
    if f64::is_nan(infinities) {
        return Err(th.value_error("-inf + inf in fsum"));
    }
    Ok(Value::float(if any_special { special } else { exact.result() }))
}

fn prod(th: &Thread, args: &[Value]) -> Result {
    let mut product = if args[1].is_empty() { Value::small_int(1) } else { args[1] };
    ops::for_each(th, args[0], |item| {
        product = ops::binary(th, BinaryOp::Mul, product, item)?;
        Ok(())
    })?;
    Ok(product)
}

/// How far `sumprod` has come without calling `+` and `*`.
enum Stage {
    /// All products so far were of integers.
    Ints(i64),
    /// Then came products with at least one float.
    Floats(Exact),
    General,
}

fn sumprod(th: &Thread, args: &[Value]) -> Result {
    let (p, q) = (ops::iter(th, args[0])?, ops::iter(th, args[1])?);
    let mut total = Value::small_int(0);
    let mut stage = Stage::Ints(0);
    loop {
        let (a, b) = match (ops::next(th, p)?, ops::next(th, q)?) {
            (Some(a), Some(b)) => (a, b),
            (None, None) => break,
            _ => return Err(unequal(th)),
        };
        if let Stage::Ints(sum) = &mut stage {
            if let Some(next) = int_product(a, b).and_then(|product| sum.checked_add(product)) {
                *sum = next;
                continue;
            }
            total = th.int(*sum);
            stage = Stage::Floats(Exact::default());
        }
        if let Stage::Floats(exact) = &mut stage {
            if float_product(a, b).is_some_and(|(product, lost)| exact.add(product) && exact.add(lost)) {
                continue;
            }
            total = settle(th, total, exact)?;
            stage = Stage::General;
        }
        let product = ops::binary(th, BinaryOp::Mul, a, b)?;
        total = ops::binary(th, BinaryOp::Add, total, product)?;
    }
    match stage {
        Stage::Ints(sum) => Ok(th.int(sum)),
        Stage::Floats(exact) => settle(th, total, &exact),
        Stage::General => Ok(total),
    }
}

#[cold]
fn unequal(th: &Thread) -> Raised {
    th.value_error("Inputs are not the same length")
}

/// The total with the floats' sum, if there were any.
fn settle(th: &Thread, total: Value, exact: &Exact) -> Result {
    if exact.is_empty() { Ok(total) } else { ops::binary(th, BinaryOp::Add, total, Value::float(exact.result())) }
}

fn int_product(a: Value, b: Value) -> Option<i64> {
    IntRef::of_exact(a)?.to_i64()?.checked_mul(IntRef::of_exact(b)?.to_i64()?)
}

/// The product of two numbers, at least one of them a float, and what rounding lost of it; `None` if it is not finite.
fn float_product(a: Value, b: Value) -> Option<(f64, f64)> {
    if a.as_inline_float().is_none() && b.as_inline_float().is_none() {
        return None;
    }
    let real = |v: Value| v.as_inline_float().or_else(|| IntRef::of_exact(v)?.to_f64());
    let (product, lost) = two_product(real(a)?, real(b)?);
    (product.is_finite() && lost.is_finite()).then_some((product, lost))
}

//! The dimensions of a memoryview: shapes and strides, indices in several dimensions, lists of lists.
//!
//! A view of several dimensions comes from `cast`, and from a slice of one along its first dimension: only there the items
//! can lie apart, so the first stride is the view's and the others follow from the shape.

use crate::heap::{Gc, Value};
use crate::objects::exception::Exc;
use crate::objects::sequences;
use crate::objects::slice::Slice;
use crate::objects::tuple::Tuple;
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops};

use super::{MemoryView, read, this};

/// No more dimensions than in CPython.
const MOST_DIMENSIONS: usize = 64;

/// The number of items along each dimension.
pub fn of(view: Gc<MemoryView>) -> Vec<usize> {
    match view.dimensions.downcast::<Tuple>() {
        Some(shape) => shape.items().iter().map(|len| len.as_small_int().unwrap_or(0) as usize).collect(),
        None => vec![view.len],
    }
}

/// The bytes from item to item along each dimension.
pub fn strides(view: Gc<MemoryView>) -> Vec<isize> {
    let shape = of(view);
    let mut strides = vec![view.size as isize; shape.len()];
    for at in (1..shape.len()).rev() {
        strides[at - 1] = strides[at] * shape[at] as isize;
    }
    if let Some(first) = strides.first_mut() {
        *first = view.stride;
    }
    strides
}

pub fn tuple(th: &Thread, numbers: impl IntoIterator<Item = isize>) -> Value {
    th.tuple(&numbers.into_iter().map(|n| th.int(n as i64)).collect::<Vec<_>>())
}

/// The shape that `cast` was given, for so many bytes of items of `size`.
pub fn parse(th: &Thread, shape: Value, size: usize, bytes: usize) -> Result {
    let shape = ops::collect(th, shape)?.items(th);
    if shape.len() > MOST_DIMENSIONS {
        return Err(th.value_error("memoryview: number of dimensions must not exceed 64"));
    }
    let mut product = 1i64;
    for len in &shape {
        if !len.is_int() {
            return Err(th.type_error("memoryview.cast(): elements of shape must be integers"));
        }
        let len = ops::index_i64(th, *len)?;
        if len <= 0 {
            return Err(th.value_error("memoryview.cast(): elements of shape must be integers > 0"));
        }
        product = match product.checked_mul(len) {
            Some(product) => product,
            None => return Err(th.value_error("memoryview.cast(): product(shape) > SSIZE_MAX")),
        };
    }
    if product.checked_mul(size as i64) != Some(bytes as i64) {
        return Err(th.type_error("memoryview: product(shape) * itemsize != buffer size"));
    }
    Ok(th.tuple(&shape))
}

/// The items as lists of lists; `first` is the number of the first of them.
pub fn nested(th: &Thread, view: Gc<MemoryView>, shape: &[usize], first: usize) -> Value {
    let Some((len, inner)) = shape.split_first() else { return read(th, view, first) };
    let size: usize = inner.iter().product();
    let items: Vec<Value> = (0..*len).map(|i| nested(th, view, inner, first + i * size)).collect();
    th.list(&items)
}

/// The bytes with the first index running fastest.
pub fn fortran_bytes(th: &Thread, view: Gc<MemoryView>) -> Result {
    let shape = of(view);
    let mut out = Vec::with_capacity(view.len * view.size as usize);
    for number in 0..view.len {
        let (mut rest, mut at) = (number, 0);
        let mut step = view.len;
        for len in &shape {
            step /= *len;
            at += rest % len * step;
            rest /= len;
        }
        out.extend_from_slice(&view.item(at)[..view.size as usize]);
    }
    Ok(super::Bytes::new(th, &out).value())
}

#[cold]
fn not_implemented(th: &Thread, what: &str) -> Raised {
    th.raise(Exc::NotImplementedError, what)
}

/// That the view has one dimension, so that an index gives an item.
pub fn check_plain(th: &Thread, view: Gc<MemoryView>) -> Result<()> {
    match of(view).len() {
        1 => Ok(()),
        0 => Err(th.type_error("invalid indexing of 0-dim memory")),
        _ => Err(not_implemented(th, "multi-dimensional sub-views are not implemented")),
    }
}

/// The number of the item that a key means, unless that is an index in a single dimension.
pub fn item_index(th: &Thread, view: Gc<MemoryView>, key: Value) -> Result<Option<usize>> {
    let shape = of(view);
    let indices = key.downcast::<Tuple>().map(|tuple| tuple.items());
    if shape.is_empty() {
        return match indices {
            Some([]) => Ok(Some(0)),
            _ => Err(th.type_error("invalid indexing of 0-dim memory")),
        };
    }
    let Some(indices) = indices else {
        if shape.len() > 1 && sequences::is_index(th, key) {
            check_plain(th, view)?;
        }
        return Ok(None);
    };
    if !indices.iter().all(|index| sequences::is_index(th, *index)) {
        let slices = indices.iter().all(|index| index.downcast::<Slice>().is_some());
        return Err(match slices {
            true => not_implemented(th, "multi-dimensional slicing is not implemented"),
            false => th.type_error("memoryview: invalid slice key"),
        });
    }
    if indices.len() < shape.len() {
        return Err(not_implemented(th, "sub-views are not implemented"));
    }
    if indices.len() > shape.len() {
        let (have, given) = (shape.len(), indices.len());
        return Err(th.type_error(format_args!("cannot index {have}-dimension view with {given}-element tuple")));
    }
    let mut at = 0;
    for (dimension, (index, len)) in indices.iter().zip(&shape).enumerate() {
        let index = ops::index_sized(th, *index, Exc::IndexError)?;
        let index = if index < 0 { index + *len as i64 } else { index };
        let Some(index) = usize::try_from(index).ok().filter(|index| index < len) else {
            return Err(th.index_error(format!("index out of bounds on dimension {}", dimension + 1)));
        };
        at = at * len + index;
    }
    Ok(Some(at))
}

pub fn count(th: &Thread, args: &[Value]) -> Result {
    let view = this(th, args)?;
    check_plain(th, view)?;
    let mut count = 0;
    for at in 0..view.len {
        count += i64::from(ops::equal(th, read(th, view, at), args[1])?);
    }
    Ok(th.int(count))
}

pub fn index(th: &Thread, args: &[Value]) -> Result {
    let view = this(th, args)?;
    match of(view).len() {
        1 => {}
        0 => return Err(th.type_error("invalid lookup on 0-dim memory")),
        _ => return Err(not_implemented(th, "multi-dimensional lookup is not implemented")),
    }
    if args[2].is_none() || args[3].is_none() {
        return Err(th.type_error("slice indices must be integers or have an __index__ method"));
    }
    let (start, end) = crate::objects::str::args::range(th, args[2], args[3], view.len)?;
    for at in start..end {
        if ops::equal(th, read(th, view, at), args[1])? {
            return Ok(th.int(at as i64));
        }
    }
    Err(th.value_error("memoryview.index(x): x not found"))
}

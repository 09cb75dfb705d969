//! `memoryview`: bytes of another object, without a copy. One dimension (`shape` has more), of single bytes unless cast to
//! a wider format.
//!
//! - this file: the object and the type; `items`: bytes as objects and back; `shape`: several dimensions
//!
//! A view of a bytearray or an array keeps it from changing its size until the view is released (`store` counts them).

use std::borrow::Cow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use crate::heap::{Buffer, Cell, Gc, Header, Kind, Tracer, Value};
use crate::modules::multiprocessing::Mapping;
use crate::objects::array::Array;
use crate::objects::class::Class;
use crate::objects::exception::Exc;
use crate::objects::list::List;
use crate::objects::slice::Slice;
use crate::objects::tuple::Tuple;
use crate::objects::{kinds, sequences};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::ops::CompareOp;
use crate::vm::{Raised, Thread, ops};

mod items;
mod shape;

use items::{check_readable, pack, read, size_of_format};

use super::iter::BytesIter;
use super::lend::{self, Loan};
use super::{Bytes, hex, store};

#[repr(C)]
pub struct MemoryView {
    pub header: Header,
    /// The object that the bytes belong to.
    object: Value,
    /// The buffer of a bytearray or an array; `EMPTY` for bytes, which cannot change.
    buffer: Value,
    /// What the bytes were lent under by a class written in Python ([`Loan`]), or `EMPTY`.
    loan: Value,
    released: AtomicBool,
    /// Its hash, once that was asked for: it outlives the memory.
    hash: OnceLock<i64>,
    read_only: bool,
    /// The item format: a character of the struct module, and its size.
    format: u8,
    /// The format was given with its `@`.
    prefixed: bool,
    size: u8,
    /// The items along each dimension, a tuple; `EMPTY` for one dimension. Such views are contiguous.
    dimensions: Value,
    /// First byte, bytes from item to item, number of items.
    start: usize,
    stride: isize,
    len: usize,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for MemoryView {
    const KIND: Kind = kinds::MEMORYVIEW;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self.object);
        tracer.value(self.buffer);
        tracer.value(self.loan);
        tracer.value(self.dimensions);
    }
}

/// Where the bytes lie.
enum Memory {
    Fixed(&'static [u8]),
    Shared(&'static [AtomicU8]),
}

impl Memory {
    fn at(&self, index: usize) -> u8 {
        match self {
            Memory::Fixed(bytes) => bytes.get(index).copied().unwrap_or(0),
            Memory::Shared(bytes) => bytes.get(index).map_or(0, |b| b.load(Ordering::Relaxed)),
        }
    }
}

impl MemoryView {
    fn memory(&self) -> Memory {
        if let Some(bytes) = self.object.downcast::<Bytes>() {
            return Memory::Fixed(bytes.get().bytes());
        }
        match self.buffer.downcast::<Buffer>() {
            Some(buffer) => Memory::Shared(buffer.get().shared()),
            None => Memory::Shared(Mapping::of(self.object).map_or(&[], |mapping| mapping.bytes())),
        }
    }

    /// Where an item begins. Only along the first dimension items lie a stride apart.
    fn place(&self, index: usize) -> usize {
        let first = self.dimensions.downcast::<Tuple>().and_then(|shape| shape.items().first()?.as_small_int());
        let inner = first.map_or(1, |len| self.len / len.max(1) as usize).max(1);
        let (row, column) = (index / inner, index % inner);
        (self.start as isize + row as isize * self.stride) as usize + column * self.size as usize
    }

    /// Whether the items lie side by side.
    pub fn is_contiguous(&self) -> bool {
        self.len <= 1 || self.place(self.len - 1) == self.start + (self.len - 1) * self.size as usize
    }

    /// The bytes of an item.
    fn item(&self, index: usize) -> [u8; 8] {
        let memory = self.memory();
        let at = self.place(index);
        std::array::from_fn(|i| if i < self.size as usize { memory.at(at + i) } else { 0 })
    }

    fn is_released(&self) -> bool {
        self.released.load(Ordering::Acquire)
    }

    /// A copy of its bytes; `None` once it is released.
    pub fn content(&self) -> Option<Cow<'static, [u8]>> {
        if self.is_released() {
            return None;
        }
        if let (Memory::Fixed(bytes), true) = (self.memory(), self.is_contiguous() && self.len > 0) {
            return Some(Cow::Borrowed(&bytes[self.start..self.start + self.len * self.size as usize]));
        }
        let mut out = Vec::with_capacity(self.len * self.size as usize);
        for i in 0..self.len {
            out.extend_from_slice(&self.item(i)[..self.size as usize]);
        }
        Some(Cow::Owned(out))
    }

    /// Whether it keeps the object from changing its size.
    pub fn looks_at(&self, object: Value) -> bool {
        self.object == object && !self.is_released()
    }

    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Lets go of the bytes; false if that has happened before.
    pub fn release(&self, th: &Thread) -> bool {
        if self.released.swap(true, Ordering::AcqRel) {
            return false;
        }
        if let Some((_, store)) = store::of(self.object) {
            store.unexport();
        }
        if let Some(loan) = Loan::of(self.loan) {
            loan.end(th);
        }
        true
    }

    /// Makes a view that was derived from another one an object.
    fn publish(self, th: &Thread, class: Gc<Class>) -> Value {
        store::export(th, self.object);
        if let Some(loan) = Loan::of(self.loan) {
            loan.share();
        }
        th.instantiate(class, self).value()
    }

    /// The object that the bytes belong to.
    pub fn object(&self) -> Value {
        self.object
    }

    /// How many bytes can be written through it; `None` if it is read-only or released.
    pub fn room(&self) -> Option<usize> {
        (!self.is_released() && !self.read_only).then_some(self.len * self.size as usize)
    }

    /// Writes bytes from a place on, as many as there is room for.
    pub fn fill(&self, from: usize, bytes: &[u8]) {
        let Memory::Shared(memory) = self.memory() else { return };
        let size = self.size as usize;
        for (at, byte) in (from..self.room().unwrap_or(0)).zip(bytes) {
            if let Some(place) = memory.get(self.place(at / size) + at % size) {
                place.store(*byte, Ordering::Relaxed);
            }
        }
    }

    fn part(&self, start: usize, stride: isize, len: usize) -> MemoryView {
        MemoryView {
            header: Header::of_kind(kinds::MEMORYVIEW),
            object: self.object,
            buffer: self.buffer,
            loan: self.loan,
            released: AtomicBool::new(false),
            hash: OnceLock::new(),
            read_only: self.read_only,
            format: self.format,
            prefixed: self.prefixed,
            size: self.size,
            dimensions: Value::EMPTY,
            start,
            stride,
            len,
        }
    }
}

pub static MEMORYVIEW: TypeDef = TypeDef {
    methods: METHODS,
    getset: GETSET,
    ..TypeDef::new("memoryview", kinds::MEMORYVIEW, "The bytes of another object, to be read and written in place.")
};

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, /, object)", "Create and return a new object.", new).static_method().keywords(),
    native("__len__", "($self, /)", "Return len(self).", |th, a| match shape::of(this(th, a)?).first() {
        Some(len) => Ok(Value::small_int(*len as i64)),
        None => Err(th.type_error("0-dim memory has no length")),
    }),
    native("__getitem__", "($self, key, /)", "Return self[key].", get_item),
    native("__setitem__", "($self, key, value, /)", "Set self[key] to value.", set_item),
    native("__delitem__", "($self, key, /)", "Delete self[key].", |th, a| {
        let read_only = this(th, a)?.read_only;
        Err(th.type_error(if read_only { "cannot modify read-only memory" } else { "cannot delete memory" }))
    }),
    native("count", "($self, value, /)", "Count the number of occurrences of a value.", shape::count),
    native(
        "index",
        "($self, value, start=0, stop=9223372036854775807, /)",
        "Return the index of the first occurrence of a value.",
        shape::index,
    ),
    crate::objects::generic_alias::CLASS_GETITEM,
    super::BUFFER,
    super::RELEASE_BUFFER,
    native("__iter__", "($self, /)", "Implement iter(self).", |th, a| {
        shape::check_plain(th, this(th, a)?)?;
        Ok(BytesIter::over(th, a[0]))
    }),
    EQ,
    NE,
    native("__hash__", "($self, /)", "Return hash(self).", hash),
    native("__repr__", "($self, /)", "Return repr(self).", repr),
    native("__enter__", "($self, /)", "Return the view itself.", |th, a| this(th, a).map(Gc::value)),
    native("__exit__", "($self, /, *exc_info)", "Release the view.", release),
    native("release", "($self, /)", "Give the memory up: the view is of no use afterwards.", release),
    native("tobytes", "($self, /, order='C')", "Return a copy of the bytes.", tobytes).keywords(),
    native("tolist", "($self, /)", "Return the items in a list.", tolist),
    native("toreadonly", "($self, /)", "Return a view of the same memory that cannot write.", toreadonly),
    native(
        "cast",
        "($self, /, format, shape=<unrepresentable>)",
        "Return a view of the same memory in another format.",
        cast,
    )
    .keywords(),
    hex::HEX,
];

const GETSET: &[GetSetDef] = &[
    getter("obj", "The object that the memory belongs to.", |th, v| Ok(view(th, v)?.object)),
    getter("nbytes", "The size of the memory in bytes.", |th, v| {
        let view = view(th, v)?;
        Ok(th.int((view.len * view.size as usize) as i64))
    }),
    getter("readonly", "Whether the memory cannot be written.", |th, v| Ok(Value::bool(view(th, v)?.read_only))),
    getter("itemsize", "The size of an item in bytes.", |th, v| Ok(Value::small_int(view(th, v)?.size as i64))),
    getter("format", "The format of the items, as in the struct module.", |th, v| {
        let view = view(th, v)?;
        Ok(th.str(&format!("{}{}", if view.prefixed { "@" } else { "" }, view.format as char)))
    }),
    getter("ndim", "The number of dimensions.", |th, v| Ok(Value::small_int(shape::of(view(th, v)?).len() as i64))),
    getter("shape", "The number of items in each dimension.", |th, v| {
        Ok(shape::tuple(th, shape::of(view(th, v)?).into_iter().map(|len| len as isize)))
    }),
    getter("strides", "The bytes from item to item in each dimension.", |th, v| {
        Ok(shape::tuple(th, shape::strides(view(th, v)?)))
    }),
    getter("suboffsets", "Used for arrays of pointers, which these are not.", |th, v| {
        view(th, v)?;
        Ok(th.tuple(&[]))
    }),
    getter("c_contiguous", "Whether the items lie side by side.", contiguous),
    getter("f_contiguous", "Whether the items lie side by side, the first index fastest.", fortran_contiguous),
    getter("contiguous", "Whether the items lie side by side.", contiguous),
];

#[cold]
pub fn released(th: &Thread) -> Raised {
    th.value_error("operation forbidden on released memoryview object")
}

fn view(th: &Thread, v: Value) -> Result<Gc<MemoryView>> {
    match v.downcast::<MemoryView>() {
        Some(view) if !view.is_released() => Ok(view),
        _ => Err(released(th)),
    }
}

fn this(th: &Thread, args: &[Value]) -> Result<Gc<MemoryView>> {
    view(th, args[0])
}

fn contiguous(th: &Thread, v: Value) -> Result {
    let view = view(th, v)?;
    Ok(Value::bool(view.is_contiguous()))
}

/// Whether the first index is the one that runs fastest, as in Fortran: of contiguous views those of one dimension.
fn fortran_contiguous(th: &Thread, v: Value) -> Result {
    let wide = shape::of(view(th, v)?).into_iter().filter(|len| *len != 1).count() > 1;
    if wide { Ok(Value::FALSE) } else { contiguous(th, v) }
}

fn new(th: &Thread, args: &[Value]) -> Result {
    let Some(class) = args[0].as_class() else {
        return Err(th.type_error("memoryview.__new__(X): X is not a type object"));
    };
    if let Some(lent) = lend::view(th, args[1], lend::FULL_READ)? {
        let mut part = whole(view(th, lent.value())?);
        part.loan = lend::loan(th, args[1], lent);
        return Ok(part.publish(th, class));
    }
    made(th, class, args[1])
}

/// A view of all of a native object's bytes.
pub fn over(th: &Thread, object: Value) -> Result {
    made(th, th.vm().class_of_kind(kinds::MEMORYVIEW), object)
}

/// Another view of all that `of` shows.
fn whole(of: Gc<MemoryView>) -> MemoryView {
    let mut part = of.part(of.start, of.stride, of.len);
    part.dimensions = of.dimensions;
    part
}

fn made(th: &Thread, class: Gc<Class>, object: Value) -> Result {
    if object.downcast::<MemoryView>().is_some() {
        return Ok(whole(view(th, object)?).publish(th, class));
    }
    let (format, size) = object.downcast::<Array>().map_or((b'B', 1), |array| (array.format(), array.item_size()));
    let (buffer, len, read_only) = if let Some(bytes) = object.downcast::<Bytes>() {
        (Value::EMPTY, bytes.len(), true)
    } else if let Some((buffer, len)) = store::export(th, object) {
        (buffer.map_or(Value::EMPTY, Gc::value), len / size, false)
    } else if let Some(mapping) = Mapping::of(object) {
        (Value::EMPTY, mapping.bytes().len(), false)
    } else {
        let found = th.type_name(object);
        return Err(th.type_error(format_args!("memoryview: a bytes-like object is required, not '{found}'")));
    };
    let made = MemoryView {
        header: Header::of_kind(kinds::MEMORYVIEW),
        object,
        buffer,
        loan: Value::EMPTY,
        released: AtomicBool::new(false),
        hash: OnceLock::new(),
        read_only,
        format,
        prefixed: false,
        size: size as u8,
        dimensions: Value::EMPTY,
        start: 0,
        stride: size as isize,
        len,
    };
    Ok(th.instantiate(class, made).value())
}

fn compare(th: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    let views = (a.downcast::<MemoryView>(), b.downcast::<MemoryView>());
    if let (Some(x), _) | (_, Some(x)) = views
        && (x.is_released() || views.1.is_some_and(|y| y.is_released()))
    {
        return Ok(Value::bool((a == b) == (op == CompareOp::Eq)));
    }
    let equal = match (views, super::content(a), super::content(b)) {
        ((Some(x), Some(y)), ..) if shape::of(x) != shape::of(y) => false,
        // What bytes mean is known of two views: numbers of different sizes may be equal, and NaN is not.
        ((Some(x), Some(y)), ..) if x.format != y.format || matches!(x.format, b'f' | b'd' | b'e' | b'?') => {
            let mut all = true;
            for i in 0..x.len {
                let same = ops::compare(th, CompareOp::Eq, read(th, x, i), read(th, y, i))?;
                all &= ops::truthy(th, same)?;
            }
            all
        }
        ((Some(x), None), ..) | ((None, Some(x)), ..) if shape::of(x).len() != 1 => false,
        (_, Some(a), Some(b)) => a == b,
        _ => return Ok(Value::NOT_IMPLEMENTED),
    };
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

const EQ: NativeDef =
    native("__eq__", "($self, value, /)", "Return self==value.", |th, a| compare(th, CompareOp::Eq, a[0], a[1]));
const NE: NativeDef =
    native("__ne__", "($self, value, /)", "Return self!=value.", |th, a| compare(th, CompareOp::Ne, a[0], a[1]));

fn hash(th: &Thread, args: &[Value]) -> Result {
    if let Some(known) = args[0].downcast::<MemoryView>().and_then(|view| view.hash.get().copied()) {
        return Ok(th.int(known));
    }
    let view = this(th, args)?;
    if !view.read_only {
        return Err(th.value_error("cannot hash writable memoryview object"));
    }
    if !matches!(view.format, b'B' | b'b' | b'c') {
        return Err(th.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
    }
    // What it looks at must not change either.
    ops::hash(th, view.object)?;
    let Some(bytes) = view.content() else { return Err(released(th)) };
    Ok(th.int(*view.hash.get_or_init(|| Bytes::new(th, &bytes).hash(th) as i64)))
}

fn repr(th: &Thread, args: &[Value]) -> Result {
    let released =
        if view(th, args[0]).map_err(|raised| th.take_exception(raised)).is_err() { "released " } else { "" };
    Ok(th.str(&format!("<{released}memory at {:#x}>", args[0].bits())))
}

fn release(th: &Thread, args: &[Value]) -> Result {
    if let Some(view) = args[0].downcast::<MemoryView>() {
        view.release(th);
    }
    Ok(Value::NONE)
}

fn tobytes(th: &Thread, args: &[Value]) -> Result {
    if let Some(order) = Some(args[1]).filter(|order| !order.is_empty() && !order.is_none()) {
        let Some(text) = order.as_str_cell() else {
            let given = th.type_name(order);
            return Err(th.type_error(format_args!("tobytes() argument 'order' must be str or None, not {given}")));
        };
        match text.as_str() {
            Some("C" | "A") => {}
            Some("F") => return shape::fortran_bytes(th, this(th, args)?),
            _ => return Err(th.value_error("order must be 'C', 'F' or 'A'")),
        }
    }
    match this(th, args)?.content() {
        Some(bytes) => Ok(Bytes::new(th, &bytes).value()),
        None => Err(released(th)),
    }
}

fn tolist(th: &Thread, args: &[Value]) -> Result {
    let view = this(th, args)?;
    check_readable(th, view)?;
    Ok(shape::nested(th, view, &shape::of(view), 0))
}

fn toreadonly(th: &Thread, args: &[Value]) -> Result {
    let view = this(th, args)?;
    let mut part = whole(view);
    part.read_only = true;
    Ok(part.publish(th, th.vm().class_of_kind(kinds::MEMORYVIEW)))
}

fn cast(th: &Thread, args: &[Value]) -> Result {
    let view = this(th, args)?;
    let format = crate::objects::str::args::text(th, args[1], "cast() argument 'format'")?;
    let shape = Some(args[2]).filter(|shape| !shape.is_empty());
    if !view.is_contiguous() {
        return Err(th.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    if shape.is_some_and(|shape| shape.downcast::<List>().is_none() && shape.downcast::<Tuple>().is_none()) {
        return Err(th.type_error("shape must be a list or a tuple"));
    }
    let prefixed = format.wtf8().starts_with(b"@");
    let known = match format.wtf8() {
        [format] | [b'@', format] => size_of_format(*format).map(|size| (*format, size)),
        _ => None,
    };
    let Some((format, size)) = known else {
        return Err(th.value_error(
            "memoryview: destination format must be a native single character format prefixed with an optional '@'",
        ));
    };
    let one = shape.is_some_and(|shape| ops::len(th, shape).is_ok_and(|len| len == 1));
    if shape.is_some() && !one && !view.dimensions.is_empty() {
        return Err(th.type_error("memoryview: cast must be 1D -> ND or ND -> 1D"));
    }
    let is_byte = |format: u8| matches!(format, b'B' | b'b' | b'c');
    if !is_byte(view.format) && !is_byte(format) {
        return Err(th.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    let bytes = view.len * view.size as usize;
    if !bytes.is_multiple_of(size as usize) {
        return Err(th.type_error("memoryview: length is not a multiple of itemsize"));
    }
    let mut part = view.part(view.start, size as isize, bytes / size as usize);
    (part.format, part.size, part.prefixed) = (format, size, prefixed);
    if let Some(shape) = shape {
        part.dimensions = shape::parse(th, shape, size as usize, bytes)?;
        let first = part.dimensions.downcast::<Tuple>().and_then(|shape| shape.items().first()?.as_small_int());
        part.stride = (bytes / first.unwrap_or(1).max(1) as usize) as isize;
    }
    Ok(part.publish(th, th.vm().class_of_kind(kinds::MEMORYVIEW)))
}

fn item_index(th: &Thread, view: Gc<MemoryView>, key: Value) -> Result<usize> {
    if let Some(at) = shape::item_index(th, view, key)? {
        return Ok(at);
    }
    if !sequences::is_index(th, key) {
        return Err(th.type_error("memoryview: invalid slice key"));
    }
    let index = ops::index_sized(th, key, Exc::IndexError)?;
    let index = if index < 0 { index + view.len as i64 } else { index };
    usize::try_from(index)
        .ok()
        .filter(|at| *at < view.len)
        .ok_or_else(|| th.index_error("index out of bounds on dimension 1"))
}

fn sliced(th: &Thread, view: Gc<MemoryView>, slice: Gc<Slice>) -> Result<MemoryView> {
    let dimensions = shape::of(view);
    let Some((len, inner)) = dimensions.split_first() else {
        return Err(th.type_error("invalid indexing of 0-dim memory"));
    };
    let (start, step, count) = slice.resolve(th, *len)?;
    let first = (view.start as isize + start.max(0) * view.stride) as usize;
    let mut part = view.part(first, view.stride.wrapping_mul(step), count * inner.iter().product::<usize>());
    if !view.dimensions.is_empty() {
        part.dimensions = shape::tuple(th, std::iter::once(count).chain(inner.iter().copied()).map(|len| len as isize));
    }
    Ok(part)
}

fn get_item(th: &Thread, args: &[Value]) -> Result {
    let view = this(th, args)?;
    if args[1] == Value::ELLIPSIS && shape::of(view).is_empty() {
        return Ok(args[0]);
    }
    if let Some(slice) = args[1].downcast::<Slice>() {
        return Ok(sliced(th, view, slice)?.publish(th, th.vm().class_of_kind(kinds::MEMORYVIEW)));
    }
    let index = item_index(th, view, args[1])?;
    this(th, args)?;
    check_readable(th, view)?;
    Ok(read(th, view, index))
}

fn set_item(th: &Thread, args: &[Value]) -> Result {
    let view = this(th, args)?;
    if view.read_only {
        return Err(th.type_error("cannot modify read-only memory"));
    }
    let shape = shape::of(view);
    let slices = |key: Value| {
        let parts = key.downcast::<Tuple>().map(|parts| parts.items()).filter(|parts| !parts.is_empty());
        parts.is_some_and(|parts| parts.iter().all(|part| part.downcast::<Slice>().is_some()))
    };
    if shape.len() > 1 && args[1].downcast::<Slice>().is_some() || slices(args[1]) {
        let what = "memoryview slice assignments are currently restricted to ndim = 1";
        return Err(th.raise(Exc::NotImplementedError, what));
    }
    if shape.len() > 1 && sequences::is_index(th, args[1]) {
        return Err(th.raise(Exc::NotImplementedError, "sub-views are not implemented"));
    }
    if let Some(slice) = args[1].downcast::<Slice>() {
        let Some(bytes) = super::gathered(th, args[2])? else {
            return super::required(th, args[2]).map(|_| Value::NONE);
        };
        let part = sliced(th, view, slice)?;
        let array = || args[2].downcast::<Array>().map_or(b'B', |array| array.format());
        let format = args[2].downcast::<MemoryView>().map_or_else(array, |source| source.format);
        if format != view.format || bytes.len() != part.len * part.size as usize {
            return Err(th.value_error("memoryview assignment: lvalue and rvalue have different structures"));
        }
        for (i, item) in bytes.chunks_exact(part.size as usize).enumerate() {
            store_item(&part, i, item);
        }
        return Ok(Value::NONE);
    }
    let whole = args[1] == Value::ELLIPSIS && shape.is_empty();
    let index = if whole { 0 } else { item_index(th, view, args[1])? };
    let bytes = pack(th, view, args[2])?;
    // The index or the value may have released it.
    this(th, args)?;
    store_item(view.get(), index, &bytes[..view.size as usize]);
    Ok(Value::NONE)
}

fn store_item(view: &MemoryView, index: usize, bytes: &[u8]) {
    let at = view.place(index);
    if let Memory::Shared(memory) = view.memory() {
        for (place, b) in memory.iter().skip(at).zip(bytes) {
            place.store(*b, Ordering::Relaxed);
        }
    }
}

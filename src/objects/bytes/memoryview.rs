//! `memoryview`: bytes of another object, without a copy. One dimension, of single bytes unless cast to a wider format.
//!
//! A view of a bytearray keeps the store that the array had; if the array grows, the view stays with the old one.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use crate::heap::{Buffer, Cell, Gc, Header, Kind, Tracer, Value};
use crate::objects::exception::Exc;
use crate::objects::int::IntRef;
use crate::objects::slice::Slice;
use crate::objects::str::Str;
use crate::objects::{kinds, sequences};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::ops::CompareOp;
use crate::vm::{Raised, Thread, ops};

use super::iter::BytesIter;
use super::{ByteArray, Bytes, hex};

#[repr(C)]
pub struct MemoryView {
    pub header: Header,
    /// The object that the bytes belong to.
    object: Value,
    /// The store of a bytearray; `EMPTY` for bytes, which cannot change.
    store: Value,
    released: AtomicBool,
    read_only: bool,
    /// The item format: a character of the struct module, and its size.
    format: u8,
    size: u8,
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
        tracer.value(self.store);
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
        match self.store.downcast::<Buffer>() {
            Some(store) => Memory::Shared(store.get().shared()),
            None => Memory::Shared(&[]),
        }
    }

    /// The bytes of an item.
    fn item(&self, index: usize) -> [u8; 8] {
        let memory = self.memory();
        let at = (self.start as isize + index as isize * self.stride) as usize;
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
        if let (Memory::Fixed(bytes), true) = (self.memory(), self.stride == self.size as isize) {
            return Some(Cow::Borrowed(&bytes[self.start..self.start + self.len * self.size as usize]));
        }
        let mut out = Vec::with_capacity(self.len * self.size as usize);
        for i in 0..self.len {
            out.extend_from_slice(&self.item(i)[..self.size as usize]);
        }
        Some(Cow::Owned(out))
    }

    /// The object that the bytes belong to.
    pub fn object(&self) -> Value {
        self.object
    }

    /// How many bytes can be written through it; `None` if it is read-only or released.
    pub fn room(&self) -> Option<usize> {
        (!self.is_released() && !self.read_only).then_some(self.len * self.size as usize)
    }

    /// Writes bytes from its start on, as many as there is room for.
    pub fn fill(&self, bytes: &[u8]) {
        let Memory::Shared(memory) = self.memory() else { return };
        let size = self.size as usize;
        for (at, byte) in bytes.iter().enumerate().take(self.room().unwrap_or(0)) {
            let item = self.start as isize + (at / size) as isize * self.stride;
            if let Some(place) = memory.get(item as usize + at % size) {
                place.store(*byte, Ordering::Relaxed);
            }
        }
    }

    fn part(&self, start: usize, stride: isize, len: usize) -> MemoryView {
        MemoryView {
            header: Header::of_kind(kinds::MEMORYVIEW),
            object: self.object,
            store: self.store,
            released: AtomicBool::new(false),
            read_only: self.read_only,
            format: self.format,
            size: self.size,
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
    native("__len__", "($self, /)", "Return len(self).", |th, a| Ok(Value::small_int(this(th, a)?.len as i64))),
    native("__getitem__", "($self, key, /)", "Return self[key].", get_item),
    native("__setitem__", "($self, key, value, /)", "Set self[key] to value.", set_item),
    native("__iter__", "($self, /)", "Implement iter(self).", |th, a| {
        this(th, a)?;
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
        Ok(Str::from_char(th, view(th, v)?.format as u32).value())
    }),
    getter("ndim", "The number of dimensions.", |th, v| view(th, v).map(|_| Value::small_int(1))),
    getter("shape", "The number of items in each dimension.", |th, v| {
        let len = view(th, v)?.len as i64;
        Ok(th.tuple(&[Value::small_int(len)]))
    }),
    getter("strides", "The bytes from item to item in each dimension.", |th, v| {
        let stride = view(th, v)?.stride as i64;
        Ok(th.tuple(&[Value::small_int(stride)]))
    }),
    getter("suboffsets", "Used for arrays of pointers, which these are not.", |th, v| {
        view(th, v)?;
        Ok(th.tuple(&[]))
    }),
    getter("c_contiguous", "Whether the items lie side by side.", contiguous),
    getter("f_contiguous", "Whether the items lie side by side.", contiguous),
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
    Ok(Value::bool(view.len <= 1 || view.stride == view.size as isize))
}

fn new(th: &Thread, args: &[Value]) -> Result {
    let Some(class) = args[0].as_class() else {
        return Err(th.type_error("memoryview.__new__(X): X is not a type object"));
    };
    if args[1].downcast::<MemoryView>().is_some() {
        let of = view(th, args[1])?;
        return Ok(th.instantiate(class, of.part(of.start, of.stride, of.len)).value());
    }
    let (store, len, read_only) = if let Some(bytes) = args[1].downcast::<Bytes>() {
        (Value::EMPTY, bytes.len(), true)
    } else if let Some(array) = args[1].downcast::<ByteArray>() {
        let store = array.store.get();
        let capacity = store.map_or(0, |store| store.capacity());
        (store.map_or(Value::EMPTY, Gc::value), array.len().min(capacity), false)
    } else {
        let found = th.type_name(args[1]);
        return Err(th.type_error(format_args!("memoryview: a bytes-like object is required, not '{found}'")));
    };
    let made = MemoryView {
        header: Header::of_kind(kinds::MEMORYVIEW),
        object: args[1],
        store,
        released: AtomicBool::new(false),
        read_only,
        format: b'B',
        size: 1,
        start: 0,
        stride: 1,
        len,
    };
    Ok(th.instantiate(class, made).value())
}

fn compare(_: &Thread, op: CompareOp, a: Value, b: Value) -> Result {
    if a == b {
        return Ok(Value::bool(op == CompareOp::Eq));
    }
    let equal = match (super::content(a), super::content(b)) {
        (Some(a), Some(b)) => a == b,
        (None, _) => false,
        (Some(_), None) => return Ok(Value::NOT_IMPLEMENTED),
    };
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

const EQ: NativeDef =
    native("__eq__", "($self, value, /)", "Return self==value.", |th, a| compare(th, CompareOp::Eq, a[0], a[1]));
const NE: NativeDef =
    native("__ne__", "($self, value, /)", "Return self!=value.", |th, a| compare(th, CompareOp::Ne, a[0], a[1]));

fn hash(th: &Thread, args: &[Value]) -> Result {
    let view = this(th, args)?;
    if !view.read_only {
        return Err(th.value_error("cannot hash writable memoryview object"));
    }
    let Some(bytes) = view.content() else { return Err(released(th)) };
    Ok(th.int(Bytes::new(th, &bytes).hash(th) as i64))
}

fn repr(th: &Thread, args: &[Value]) -> Result {
    let released =
        if view(th, args[0]).map_err(|raised| th.take_exception(raised)).is_err() { "released " } else { "" };
    Ok(th.str(&format!("<{released}memory at {:#x}>", args[0].bits())))
}

fn release(_: &Thread, args: &[Value]) -> Result {
    if let Some(view) = args[0].downcast::<MemoryView>() {
        view.released.store(true, Ordering::Release);
    }
    Ok(Value::NONE)
}

fn tobytes(th: &Thread, args: &[Value]) -> Result {
    match this(th, args)?.content() {
        Some(bytes) => Ok(Bytes::new(th, &bytes).value()),
        None => Err(released(th)),
    }
}

fn tolist(th: &Thread, args: &[Value]) -> Result {
    let view = this(th, args)?;
    let items: Vec<Value> = (0..view.len).map(|i| read(th, view, i)).collect();
    Ok(th.list(&items))
}

fn toreadonly(th: &Thread, args: &[Value]) -> Result {
    let view = this(th, args)?;
    let mut part = view.part(view.start, view.stride, view.len);
    part.read_only = true;
    Ok(th.alloc(part).value())
}

/// The size of an item of a format.
fn size_of_format(format: u8) -> Option<u8> {
    Some(match format {
        b'b' | b'B' | b'c' | b'?' => 1,
        b'h' | b'H' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'd' => 8,
        _ => return None,
    })
}

fn cast(th: &Thread, args: &[Value]) -> Result {
    let view = this(th, args)?;
    let format = crate::objects::str::args::text(th, args[1], "cast() argument 'format'")?;
    let known = match format.wtf8() {
        [format] | [b'@', format] => size_of_format(*format).map(|size| (*format, size)),
        _ => None,
    };
    let Some((format, size)) = known else {
        return Err(th.value_error(
            "memoryview: destination format must be a native single character format prefixed with an optional '@'",
        ));
    };
    if view.stride != view.size as isize {
        return Err(th.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    let bytes = view.len * view.size as usize;
    if !bytes.is_multiple_of(size as usize) {
        return Err(th.type_error("memoryview: length is not a multiple of itemsize"));
    }
    let mut part = view.part(view.start, size as isize, bytes / size as usize);
    (part.format, part.size) = (format, size);
    Ok(th.alloc(part).value())
}

/// An item as an object.
fn read(th: &Thread, view: Gc<MemoryView>, index: usize) -> Value {
    let bytes = view.item(index);
    let word = u64::from_ne_bytes(bytes);
    match view.format {
        b'B' | b'H' | b'I' => th.int(word as i64),
        b'b' => th.int(word as u8 as i8 as i64),
        b'h' => th.int(word as u16 as i16 as i64),
        b'i' => th.int(word as u32 as i32 as i64),
        b'l' | b'q' | b'n' => th.int(word as i64),
        b'f' => Value::float(f32::from_bits(word as u32) as f64),
        b'd' => Value::float(f64::from_bits(word)),
        b'?' => Value::bool(word != 0),
        b'c' => Bytes::new(th, &bytes[..1]).value(),
        _ => crate::objects::int::from_u64(th, word),
    }
}

/// The bytes of an object in the view's format.
fn pack(th: &Thread, view: Gc<MemoryView>, v: Value) -> Result<[u8; 8]> {
    let format = view.format as char;
    let wrong_value = || th.value_error(format_args!("memoryview: invalid value for format '{format}'"));
    let wrong_type = || th.type_error(format_args!("memoryview: invalid type for format '{format}'"));
    match view.format {
        b'f' => Ok(((ops::float(th, v)? as f32).to_bits() as u64).to_ne_bytes()),
        b'd' => Ok(ops::float(th, v)?.to_bits().to_ne_bytes()),
        b'?' => Ok((ops::truthy(th, v)? as u64).to_ne_bytes()),
        b'c' => match v.downcast::<Bytes>().map(|bytes| bytes.bytes()) {
            Some([b]) => Ok((*b as u64).to_ne_bytes()),
            Some(_) => Err(wrong_value()),
            None => Err(wrong_type()),
        },
        format => {
            if !sequences::is_index(th, v) {
                return Err(wrong_type());
            }
            let i = ops::index(th, v)?;
            let Some(i) = IntRef::of(i).and_then(|i| i128::try_from(&i.to_big()).ok()) else {
                return Err(wrong_value());
            };
            let bits = view.size as u32 * 8;
            let range =
                if format.is_ascii_lowercase() { -(1i128 << (bits - 1))..1 << (bits - 1) } else { 0..1 << bits };
            if range.contains(&i) { Ok((i as u64).to_ne_bytes()) } else { Err(wrong_value()) }
        }
    }
}

fn item_index(th: &Thread, view: Gc<MemoryView>, key: Value) -> Result<usize> {
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
    let (start, step, count) = slice.resolve(th, view.len)?;
    let first = (view.start as isize + start.max(0) * view.stride) as usize;
    Ok(view.part(first, view.stride * step, count))
}

fn get_item(th: &Thread, args: &[Value]) -> Result {
    let view = this(th, args)?;
    if let Some(slice) = args[1].downcast::<Slice>() {
        return Ok(th.alloc(sliced(th, view, slice)?).value());
    }
    let index = item_index(th, view, args[1])?;
    Ok(read(th, view, index))
}

fn set_item(th: &Thread, args: &[Value]) -> Result {
    let view = this(th, args)?;
    if view.read_only {
        return Err(th.type_error("cannot modify read-only memory"));
    }
    if let Some(slice) = args[1].downcast::<Slice>() {
        let bytes = super::required(th, args[2])?;
        let part = sliced(th, view, slice)?;
        if bytes.len() != part.len * part.size as usize {
            return Err(th.value_error("memoryview assignment: lvalue and rvalue have different structures"));
        }
        for (i, item) in bytes.chunks_exact(part.size as usize).enumerate() {
            store(&part, i, item);
        }
        return Ok(Value::NONE);
    }
    let index = item_index(th, view, args[1])?;
    let bytes = pack(th, view, args[2])?;
    store(view.get(), index, &bytes[..view.size as usize]);
    Ok(Value::NONE)
}

fn store(view: &MemoryView, index: usize, bytes: &[u8]) {
    let at = (view.start as isize + index as isize * view.stride) as usize;
    if let Memory::Shared(memory) = view.memory() {
        for (place, b) in memory.iter().skip(at).zip(bytes) {
            place.store(*b, Ordering::Relaxed);
        }
    }
}

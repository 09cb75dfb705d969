//! `bytes`, `bytearray`, `memoryview`.
//!
//! - this file: how each keeps its bytes, and `content`, by which all of Python reads bytes of any object
//! - `bytes_class`, `bytearray_class`, `memoryview`: the types; `store`: how bytes change, and who looks at them meanwhile
//! - `lend`: what objects written in Python lend by `__buffer__`
//! - `find`, `split`, `shape`: the methods that `bytes` and `bytearray` share; they give what they were called on
//! - `hex`, `repr`: bytes as text
//!
//! A bytearray's bytes are atomics and are read and written one by one: with the interpreter's lock off, threads that
//! write to one at the same time get some mixture of what they wrote.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::heap::bytes::fill_tail;
use crate::heap::{Buffer, ByteTail, Cell, Gc, Header, Kind, Slot, Tracer, Value};
use crate::vm::native::Result;
use crate::vm::{Thread, ops};

use super::class::Class;
use super::exception::Exc;
use super::int::IntRef;
use super::kinds;

mod args;
mod bytearray_class;
mod bytes_class;
mod find;
mod hex;
mod iter;
mod lend;
mod memoryview;
pub mod repr;
mod shape;
mod split;
pub mod store;

pub use bytearray_class::BYTEARRAY;
pub use bytes_class::BYTES;
pub use iter::{BYTEARRAY_ITERATOR, BYTES_ITERATOR, BytesIter, MEMORY_ITERATOR};
pub use lend::{BUFFER, RELEASE_BUFFER};
pub use memoryview::{MEMORYVIEW, MemoryView, over as view_over};
pub use store::{Growing, Store};

/// The bytes lie behind the fixed part; of an instance of a subclass, in the buffer that `link` holds.
#[repr(C)]
pub struct Bytes {
    pub header: Header,
    /// 0 until it is computed.
    hash: AtomicU64,
    len: usize,
    link: Slot,
}

const _: () = assert!(size_of::<Bytes>() == 32);

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Bytes {
    const KIND: Kind = kinds::BYTES;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.link);
    }
}

// SAFETY: `len` never changes, and `Bytes::build` allocates as many behind the fixed part. Instances of subclasses have
// none there, and are never asked for them: `bytes` looks at the link first.
unsafe impl ByteTail for Bytes {
    fn byte_len(&self) -> usize {
        self.len
    }
}

impl Bytes {
    pub fn new(th: &Thread, bytes: &[u8]) -> Gc<Bytes> {
        let header = Header::of_kind(kinds::BYTES);
        // Not by way of `build`, which zeroes them all first.
        th.alloc_with_bytes(Bytes { header, hash: AtomicU64::new(0), len: bytes.len(), link: Slot::default() }, bytes)
    }

    /// `len` bytes that `fill` writes.
    pub fn build(th: &Thread, len: usize, fill: impl FnOnce(&mut [u8])) -> Gc<Bytes> {
        let header = Header::of_kind(kinds::BYTES);
        let cell = th.alloc_with_tail(Bytes { header, hash: AtomicU64::new(0), len, link: Slot::default() }, len);
        // SAFETY: the cell is new and nobody else has seen it.
        unsafe { fill_tail(cell, fill) };
        cell
    }

    /// An instance of a subclass of `bytes`.
    pub fn instance(th: &Thread, class: Gc<Class>, bytes: &[u8]) -> Gc<Bytes> {
        let buffer = th.alloc_with_tail(Buffer::fixed_part(bytes.len()), bytes.len());
        buffer.append_at(0, &[bytes]);
        let header = Header::of_kind(kinds::BYTES);
        let link = Slot::new(buffer.value());
        th.instantiate(class, Bytes { header, hash: AtomicU64::new(0), len: bytes.len(), link })
    }

    #[inline]
    pub fn bytes(&self) -> &'static [u8] {
        match self.link.get().downcast::<Buffer>() {
            None => self.tail_bytes(),
            Some(buffer) => buffer.get().text(self.len),
        }
    }

    #[inline]
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// As for strings: the hash of the same bytes as text; never 0.
    pub fn hash(&self, th: &Thread) -> u64 {
        match self.hash.load(Ordering::Relaxed) {
            0 => {
                let hash = th.vm().hash_bytes(self.bytes());
                self.hash.store(hash, Ordering::Relaxed);
                hash
            }
            hash => hash,
        }
    }
}

/// Bytes that can change.
#[repr(C)]
pub struct ByteArray {
    pub header: Header,
    store: Store,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for ByteArray {
    const KIND: Kind = kinds::BYTEARRAY;
    fn trace(&self, tracer: &mut Tracer) {
        self.store.trace(tracer);
    }
}

impl Growing for ByteArray {
    fn header(&self) -> &Header {
        &self.header
    }

    fn store(&self) -> &Store {
        &self.store
    }
}

impl Gc<Bytes> {
    pub fn same_bytes(self, other: Gc<Bytes>) -> bool {
        self == other || self.bytes() == other.bytes()
    }
}

impl ByteArray {
    pub fn empty() -> ByteArray {
        ByteArray { header: Header::of_kind(kinds::BYTEARRAY), store: Store::empty() }
    }

    pub fn new(th: &Thread, bytes: &[u8]) -> Gc<ByteArray> {
        let array = th.alloc(ByteArray::empty());
        array.store.fill_new(th, bytes);
        array
    }

    pub fn len(&self) -> usize {
        self.store.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A copy of its bytes.
    pub fn to_vec(&self) -> Vec<u8> {
        self.store.to_vec()
    }

    pub fn at(&self, index: usize) -> Option<u8> {
        self.store.shared().get(index).map(|b| b.load(Ordering::Relaxed))
    }

    pub fn set(&self, index: usize, byte: u8) -> bool {
        match self.store.shared().get(index) {
            Some(place) => {
                place.store(byte, Ordering::Relaxed);
                true
            }
            None => false,
        }
    }
}

/// The bytes of a native bytes-like object: borrowed where they cannot change, copied where they can. `None` for other
/// objects.
pub fn content(v: Value) -> Option<Cow<'static, [u8]>> {
    if let Some(bytes) = v.downcast::<Bytes>() {
        return Some(Cow::Borrowed(bytes.get().bytes()));
    }
    if let Some((_, store)) = store::of(v) {
        return Some(Cow::Owned(store.to_vec()));
    }
    v.downcast::<MemoryView>()?.content()
}

/// Whether these are bytes that do not lie beside each other: some take them for no buffer, and a few copy them.
pub fn is_apart(v: Value) -> bool {
    v.downcast::<MemoryView>().is_some_and(|view| !view.is_contiguous())
}

/// The bytes of any bytes-like object, those that a class written in Python lends included, wherever they lie.
pub fn gathered(th: &Thread, v: Value) -> Result<Option<Cow<'static, [u8]>>> {
    match content(v) {
        Some(bytes) => Ok(Some(bytes)),
        None if v.downcast::<MemoryView>().is_some() => Err(memoryview::released(th)),
        None => lend::copied(th, v, 0),
    }
}

/// As `gathered`; BufferError where they do not lie beside each other.
pub fn borrowed(th: &Thread, v: Value) -> Result<Option<Cow<'static, [u8]>>> {
    if is_apart(v) {
        return Err(th.raise(Exc::BufferError, "memoryview: underlying buffer is not C-contiguous"));
    }
    gathered(th, v)
}

/// As `gathered`; `None` where they do not lie beside each other.
pub fn in_one_piece(th: &Thread, v: Value) -> Result<Option<Cow<'static, [u8]>>> {
    if is_apart(v) { Ok(None) } else { gathered(th, v) }
}

/// As `borrowed`; TypeError "a bytes-like object is required, not 'X'".
pub fn required(th: &Thread, v: Value) -> Result<Cow<'static, [u8]>> {
    borrowed(th, v)?.ok_or_else(|| {
        let found = th.type_name(v);
        th.type_error(format_args!("a bytes-like object is required, not '{found}'"))
    })
}

/// How many bytes can be written into an object; `None` for those that cannot be written.
pub fn room(v: Value) -> Option<usize> {
    match store::of(v) {
        Some((_, store)) => Some(store.len()),
        None => v.downcast::<MemoryView>()?.room(),
    }
}

/// Writes bytes from a place on, as many as there is still room for.
pub fn write_at(th: &Thread, v: Value, at: usize, bytes: &[u8]) {
    if let Some((header, store)) = store::of(v) {
        let _guard = th.guard(header);
        for (place, byte) in store.shared().iter().skip(at).zip(bytes) {
            place.store(*byte, Ordering::Relaxed);
        }
    } else if let Some(view) = v.downcast::<MemoryView>() {
        view.fill(at, bytes);
    }
}

/// An object as one byte; ValueError with CPython's words where it is out of range.
pub fn byte(th: &Thread, v: Value, type_name: &str) -> Result<u8> {
    let i = ops::index(th, v)?;
    match IntRef::of(i).and_then(IntRef::to_i64) {
        Some(b @ 0..256) => Ok(b as u8),
        _ if type_name == "bytes" => Err(th.value_error("bytes must be in range(0, 256)")),
        _ => Err(th.value_error("byte must be in range(0, 256)")),
    }
}

/// More bytes than this are a MemoryError.
pub const MAX_LEN: usize = 1 << 40;

/// Refuses sizes that no object can have.
pub fn check_len(th: &Thread, len: Option<usize>) -> Result<usize> {
    len.filter(|len| *len <= MAX_LEN && !th.heap().would_exceed_limit(*len)).ok_or_else(|| th.memory_error())
}

/// What `bytes(source)` and `bytearray(source)` hold. `type_name` is the constructor's, for messages.
fn from_source(th: &Thread, source: Value, encoding: Value, errors: Value, type_name: &str) -> Result<Vec<u8>> {
    let text = |v: Value, name: &str| match v.is_empty() {
        true => Ok(None),
        false => super::str::args::text(th, v, format!("{type_name}() argument '{name}'")).map(Some),
    };
    let (encoding, errors) = (text(encoding, "encoding")?, text(errors, "errors")?);
    if let Some(s) = source.as_str_cell() {
        if encoding.is_none() {
            return Err(th.type_error("string argument without an encoding"));
        }
        return Ok(super::str::codec::encode(th, s, encoding, errors)?.into_owned());
    }
    if encoding.is_some() || errors.is_some() {
        let what = if encoding.is_some() { "encoding" } else { "errors" };
        return Err(th.type_error(format_args!("{what} without a string argument")));
    }
    if source.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(result) = th.call_special(source, th.vm().names.__bytes__, &[])
        && type_name == "bytes"
    {
        let result = result?;
        return match result.downcast::<Bytes>() {
            Some(bytes) => Ok(bytes.bytes().to_vec()),
            None => Err(th.type_error(format_args!("__bytes__ returned non-bytes (type {})", th.type_name(result)))),
        };
    }
    let lent = match content(source) {
        Some(bytes) => Some(bytes),
        None => lend::copied(th, source, lend::FULL_READ)?,
    };
    if let Some(bytes) = lent {
        return Ok(bytes.into_owned());
    }
    if super::sequences::is_index(th, source) {
        match ops::index_sized(th, source, Exc::OverflowError) {
            Ok(count) => return zeros(th, count),
            // An `__index__` that fails so may be that of an iterable.
            Err(raised) => th.caught(raised, Exc::TypeError).map(drop)?,
        }
    }
    from_items(th, source, type_name)
}

fn zeros(th: &Thread, count: i64) -> Result<Vec<u8>> {
    let Ok(count) = usize::try_from(count) else { return Err(th.value_error("negative count")) };
    let count = check_len(th, Some(count))?;
    let mut zeros = Vec::new();
    if zeros.try_reserve_exact(count).is_err() {
        return Err(th.memory_error());
    }
    zeros.resize(count, 0);
    Ok(zeros)
}

/// The bytes that an iterable yields.
fn from_items(th: &Thread, source: Value, type_name: &str) -> Result<Vec<u8>> {
    let class = th.class_of(source);
    let names = &th.vm().names;
    let cannot_convert = || th.type_error(format_args!("cannot convert '{}' object to {type_name}", class.name()));
    if th.lookup(class, names.__iter__).is_none() && th.lookup(class, names.__getitem__).is_none() {
        return Err(cannot_convert());
    }
    let iterator = match ops::iter(th, source) {
        Ok(iterator) => iterator,
        Err(raised) => {
            th.caught(raised, Exc::TypeError)?;
            return Err(cannot_convert());
        }
    };
    let mut out = Vec::new();
    ops::for_each(th, iterator, |item| {
        out.push(byte(th, item, type_name)?);
        Ok(())
    })?;
    Ok(out)
}

/// A new bytes object.
pub fn new(th: &Thread, bytes: &[u8]) -> Value {
    Bytes::new(th, bytes).value()
}

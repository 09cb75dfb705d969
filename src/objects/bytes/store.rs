//! Bytes that can change, as `bytearray` and `array` keep them, and who looks at them from outside.
//!
//! Who changes length or store holds the object's lock while the interpreter's is off. A store that is too small is
//! replaced by a larger one: a reader of the old one sees old bytes, never freed ones.
//!
//! While a view of the bytes has not been released their number must not change. Views are counted; but one that is
//! merely forgotten is not released until a collection finds it dead. So before a change of size is refused, the views that
//! are alive are counted anew.

use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

use crate::heap::{Buffer, Cell, Gc, GcSlot, Header, Tracer, Value};
use crate::objects::array::Array;
use crate::objects::exception::Exc;
use crate::vm::Thread;
use crate::vm::native::Result;

use super::{ByteArray, MemoryView};

pub struct Store {
    /// In bytes.
    len: AtomicUsize,
    buffer: GcSlot<Buffer>,
    /// Views that have not been released, those that are dead but not found to be included.
    exports: AtomicUsize,
}

/// A cell that keeps its bytes in a [`Store`].
pub trait Growing: Cell {
    /// What BufferError says while somebody looks at the bytes.
    const REFUSAL: &str = "Existing exports of data: object cannot be re-sized";

    fn header(&self) -> &Header;
    fn store(&self) -> &Store;
}

/// The store of an object that has one.
pub fn of(object: Value) -> Option<(&'static Header, &'static Store)> {
    if let Some(array) = object.downcast::<ByteArray>() {
        let array = array.get();
        return Some((array.header(), array.store()));
    }
    let array = object.downcast::<Array>()?.get();
    Some((array.header(), array.store()))
}

fn write(to: &[AtomicU8], bytes: &[u8]) {
    for (to, b) in to.iter().zip(bytes) {
        to.store(*b, Ordering::Relaxed);
    }
}

/// Moves `count` bytes from `from` to `to` within a store.
fn shift(store: &[AtomicU8], from: usize, to: usize, count: usize) {
    let one = |i: usize| store[to + i].store(store[from + i].load(Ordering::Relaxed), Ordering::Relaxed);
    if to <= from { (0..count).for_each(one) } else { (0..count).rev().for_each(one) }
}

impl Store {
    pub fn empty() -> Store {
        Store { len: AtomicUsize::new(0), buffer: GcSlot::new(None), exports: AtomicUsize::new(0) }
    }

    pub fn trace(&self, tracer: &mut Tracer) {
        tracer.gc_slot(&self.buffer);
    }

    pub fn len(&self) -> usize {
        self.len.load(Ordering::Acquire)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn buffer(&self) -> Option<Gc<Buffer>> {
        self.buffer.get()
    }

    /// Its bytes now; what others write meanwhile shows in them.
    pub fn shared(&self) -> &'static [AtomicU8] {
        let len = self.len();
        match self.buffer.get() {
            // Between a shrinking and a growing of other threads the store may be shorter than the length read.
            Some(buffer) => &buffer.get().shared()[..len.min(buffer.capacity())],
            None => &[],
        }
    }

    /// A copy of its bytes.
    pub fn to_vec(&self) -> Vec<u8> {
        self.shared().iter().map(|b| b.load(Ordering::Relaxed)).collect()
    }

    /// A store with room for `len` bytes that holds the first `kept` ones; the caller holds the lock.
    fn room_for(&self, th: &Thread, len: usize, kept: usize) -> &'static [AtomicU8] {
        let old = self.buffer.get();
        if let Some(buffer) = old
            && buffer.capacity() >= len
        {
            return buffer.get().shared();
        }
        // A first store fits exactly; one that had to grow will have to again.
        let capacity = if old.is_some() { len + len / 8 + 16 } else { len };
        let buffer = th.alloc_with_tail(Buffer::fixed_part(capacity), capacity);
        if let Some(old) = old {
            for (to, from) in buffer.get().shared().iter().zip(old.get().shared()).take(kept) {
                to.store(from.load(Ordering::Relaxed), Ordering::Relaxed);
            }
        }
        self.buffer.set(Some(buffer));
        buffer.get().shared()
    }

    /// Makes a new object hold these bytes. Nobody else has seen it yet.
    pub fn fill_new(&self, th: &Thread, bytes: &[u8]) {
        write(self.room_for(th, bytes.len(), 0), bytes);
        self.len.store(bytes.len(), Ordering::Release);
    }

    /// Whether a view may not have been released.
    pub fn is_exported(&self) -> bool {
        self.exports.load(Ordering::Acquire) > 0
    }

    /// Notes one view less.
    pub fn unexport(&self) {
        let _ = self.exports.fetch_update(Ordering::AcqRel, Ordering::Relaxed, |count| count.checked_sub(1));
    }
}

/// Notes one view more of the object, and gives the buffer and the number of bytes that it looks at.
pub fn export(th: &Thread, object: Value) -> Option<(Option<Gc<Buffer>>, usize)> {
    let (header, store) = of(object)?;
    let _guard = th.guard(header);
    store.exports.fetch_add(1, Ordering::AcqRel);
    let buffer = store.buffer.get();
    Some((buffer, store.len().min(buffer.map_or(0, |buffer| buffer.capacity()))))
}

/// Whether a view of the object is alive and unreleased. Collects garbage to find out.
#[cold]
#[inline(never)]
pub fn is_looked_at(th: &Thread, object: Value) -> bool {
    let Some((_, store)) = of(object) else { return false };
    if store.exports.load(Ordering::Acquire) == 0 {
        return false;
    }
    let before = store.exports.load(Ordering::Acquire);
    let views = th.count_held(|cell| cell.downcast::<MemoryView>().is_some_and(|view| view.looks_at(object)));
    // Views that others have made or released meanwhile stay counted.
    if let Some(dead) = before.checked_sub(views) {
        let _ = store.exports.fetch_update(Ordering::AcqRel, Ordering::Relaxed, |now| Some(now.saturating_sub(dead)));
    }
    views > 0
}

impl<T: Growing> Gc<T> {
    /// Runs `change` under the object's lock, where nobody looks at its bytes; BufferError otherwise.
    fn resizing<R>(self, th: &Thread, mut change: impl FnMut(&'static Store) -> R) -> Result<R> {
        let object: &'static T = self.get();
        loop {
            {
                let _guard = th.guard(object.header());
                if object.store().exports.load(Ordering::Acquire) == 0 {
                    return Ok(change(object.store()));
                }
            }
            if is_looked_at(th, self.value()) {
                return Err(th.raise(Exc::BufferError, T::REFUSAL));
            }
        }
    }

    /// As `resizing`, for changes that may turn out to leave the number of bytes as it is.
    fn changing<R>(
        self,
        th: &Thread,
        keeps_size: impl Fn(&Store) -> bool,
        mut change: impl FnMut(&'static Store) -> R,
    ) -> Result<R> {
        {
            let object: &'static T = self.get();
            let _guard = th.guard(object.header());
            if object.store().exports.load(Ordering::Acquire) == 0 || keeps_size(object.store()) {
                return Ok(change(object.store()));
            }
        }
        self.resizing(th, change)
    }

    /// Refuses, as a change of size would, while somebody looks at the bytes.
    pub fn check_resizable(self, th: &Thread) -> Result<()> {
        self.resizing(th, |_| ())
    }

    /// Makes it hold exactly these bytes.
    pub fn replace_all(self, th: &Thread, bytes: &[u8]) -> Result<()> {
        self.changing(
            th,
            |store| store.len() == bytes.len(),
            |store| {
                write(store.room_for(th, bytes.len(), 0), bytes);
                store.len.store(bytes.len(), Ordering::Release);
            },
        )
    }

    /// Adds bytes at the end.
    pub fn append(self, th: &Thread, bytes: &[u8]) -> Result<()> {
        self.changing(
            th,
            |_| bytes.is_empty(),
            |store| {
                let len = store.len();
                write(&store.room_for(th, len + bytes.len(), len)[len..], bytes);
                store.len.store(len + bytes.len(), Ordering::Release);
            },
        )
    }

    /// Replaces the bytes `start..end` by others, of whatever number.
    pub fn splice(self, th: &Thread, start: usize, end: usize, bytes: &[u8]) -> Result<()> {
        let within = |len: usize| (start.min(len), end.clamp(start.min(len), len));
        self.changing(
            th,
            |store| {
                let (start, end) = within(store.len());
                end - start == bytes.len()
            },
            |store| {
                let len = store.len();
                let (start, end) = within(len);
                let new_len = len - (end - start) + bytes.len();
                let to = store.room_for(th, new_len, len);
                shift(to, end, start + bytes.len(), len - end);
                write(&to[start..], bytes);
                store.len.store(new_len, Ordering::Release);
            },
        )
    }

    /// Takes out `size` bytes, if they are there.
    pub fn take(self, th: &Thread, at: usize, size: usize) -> Result<Option<[u8; 8]>> {
        self.resizing(th, |store| {
            let len = store.len();
            let bytes = read(store.shared(), at, size)?;
            shift(store.buffer()?.get().shared(), at + size, at, len - at - size);
            store.len.store(len - size, Ordering::Release);
            Some(bytes)
        })
    }

    /// Runs `change` on the bytes under the object's lock; their number stays as it is.
    pub fn in_place<R>(self, th: &Thread, change: impl FnOnce(&'static [AtomicU8]) -> R) -> R {
        let object: &'static T = self.get();
        let _guard = th.guard(object.header());
        change(object.store().shared())
    }
}

/// Up to eight bytes, if they are there.
pub fn read(bytes: &[AtomicU8], at: usize, size: usize) -> Option<[u8; 8]> {
    let item = bytes.get(at..at.checked_add(size)?)?;
    let mut out = [0; 8];
    for (to, from) in out.iter_mut().zip(item) {
        *to = from.load(Ordering::Relaxed);
    }
    Some(out)
}

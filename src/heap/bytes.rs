//! Bytes in cells: the byte tail of a cell, and [`Buffer`], the store that growing texts and bytearrays share.
//!
//! The types above (`str`, `bytes`, `bytearray`) reach their bytes through here, so that they need no `unsafe` of their
//! own beyond saying which cells have how many bytes.

use std::ptr;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

use super::cell::{Cell, Gc, Header, Kind};
use super::mark::Tracer;
use super::value::{Slot, Value};

/// A cell with bytes behind its fixed part.
///
/// # Safety
/// Every cell of this type was allocated with at least `byte_len()` bytes of tail, and `byte_len` never changes.
pub unsafe trait ByteTail: Cell {
    fn byte_len(&self) -> usize;

    /// The bytes of the tail. For cells whose tail is written once, before they are published.
    #[inline(always)]
    fn tail_bytes(&self) -> &'static [u8] {
        // SAFETY: the tail has `byte_len` bytes by the trait's contract; the cell lives while anything points into it.
        unsafe { std::slice::from_raw_parts(tail_of(self), self.byte_len()) }
    }
}

/// Where the tail starts. By address, since a reference to the fixed part may not be used to reach beyond it.
#[inline(always)]
fn tail_of<T: Cell>(cell: &T) -> *mut u8 {
    std::ptr::with_exposed_provenance_mut(std::ptr::from_ref(cell).expose_provenance() + size_of::<T>())
}

/// Lets `fill` write the tail of a cell that was just allocated, all of it: nobody has zeroed it.
///
/// # Safety
/// Nobody else has seen `cell` yet, and nothing borrows its bytes.
#[inline(always)]
pub unsafe fn fill_tail<T: ByteTail>(cell: Gc<T>, fill: impl FnOnce(&mut [u8])) {
    // SAFETY: the tail has `byte_len` bytes, which hold something; the caller owns the fresh cell alone.
    fill(unsafe { std::slice::from_raw_parts_mut(tail_of(cell.get()), cell.byte_len()) });
}

/// Copies bytes, most often few: those without a call. Both have the same length.
#[inline(always)]
pub fn copy_few(to: &mut [u8], from: &[u8]) {
    assert!(to.len() == from.len());
    let (len, to, from) = (from.len(), to.as_mut_ptr(), from.as_ptr());
    // SAFETY: both have `len` bytes, and each arm's size is no greater.
    unsafe {
        if len >= 8 {
            match len {
                8..=16 => map_ends::<u64>(to, from, len, |word| word),
                17..=32 => map_ends::<u128>(to, from, len, |word| word),
                33..=64 => map_ends::<[u128; 2]>(to, from, len, |words| words),
                _ => ptr::copy_nonoverlapping(from, to, len),
            }
        } else if len >= 4 {
            map_ends::<u32>(to, from, len, |word| word);
        } else if len >= 2 {
            map_ends::<u16>(to, from, len, |word| word);
        } else if len == 1 {
            *to = *from;
        }
    }
}

/// Writes each word of `from` as `map` makes it anew; both have the same length. A byte that `map` makes depends only on the
/// one in its place.
#[inline(always)]
pub fn map_words(to: &mut [u8], from: &[u8], map: impl Fn(u64) -> u64) {
    assert!(to.len() == from.len());
    let (len, to, from) = (from.len(), to.as_mut_ptr(), from.as_ptr());
    // SAFETY: both have `len` bytes, and each arm's size is no greater; the words of the last arm end within them.
    unsafe {
        match len {
            0 => {}
            1 => *to = map(u64::from(*from)) as u8,
            2..4 => map_ends::<u16>(to, from, len, |word| map(u64::from(word)) as u16),
            4..8 => map_ends::<u32>(to, from, len, |word| map(u64::from(word)) as u32),
            _ => {
                for at in (0..len - 8).step_by(8) {
                    let word = from.add(at).cast::<u64>().read_unaligned();
                    to.add(at).cast::<u64>().write_unaligned(map(word));
                }
                let (to, from) = (to.add(len - 8).cast::<u64>(), from.add(len - 8).cast::<u64>());
                to.write_unaligned(map(from.read_unaligned()));
            }
        }
    }
}

/// Writes the `T` at the start of `len` bytes and the one at their end, mapped; they may overlap.
///
/// # Safety
/// Both have `len` bytes, and `len` is no less than the size of a `T`, whose bytes may be any.
#[inline(always)]
unsafe fn map_ends<T: Copy>(to: *mut u8, from: *const u8, len: usize, map: impl Fn(T) -> T) {
    let end = len - size_of::<T>();
    // SAFETY: the caller's ranges.
    unsafe {
        let (first, last) = (from.cast::<T>().read_unaligned(), from.add(end).cast::<T>().read_unaligned());
        to.cast::<T>().write_unaligned(map(first));
        to.add(end).cast::<T>().write_unaligned(map(last));
    }
}

/// A run of bytes with spare room, for texts that grow at their end and for bytearrays.
///
/// Texts only ever append: whoever moves `used` from the end of his text to a higher mark owns the bytes in between,
/// writes them, and only then publishes the text that has them. All texts in a buffer start at its first byte.
/// A bytearray writes anywhere, byte by byte, and is read byte by byte.
#[repr(C)]
pub struct Buffer {
    header: Header,
    capacity: usize,
    used: AtomicUsize,
    /// What its owner knows about the bytes; `str` keeps its index of code points here.
    pub note: Slot,
}

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Buffer {
    const KIND: Kind = crate::objects::kinds::BUFFER;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.note);
    }
}

impl Buffer {
    /// The fixed part; allocate it with `capacity` bytes of tail.
    pub fn fixed_part(capacity: usize) -> Buffer {
        Buffer {
            header: Header::of_kind(crate::objects::kinds::BUFFER),
            capacity,
            used: AtomicUsize::new(0),
            note: Slot::new(Value::EMPTY),
        }
    }

    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// How many bytes belong to texts.
    pub fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }

    /// Appends the parts, if the bytes in use end exactly at `end` and there is room.
    pub fn append_at(&self, end: usize, parts: &[&[u8]]) -> bool {
        let total = end + parts.iter().map(|part| part.len()).sum::<usize>();
        if total > self.capacity {
            return false;
        }
        if self.used.compare_exchange(end, total, Ordering::AcqRel, Ordering::Relaxed).is_err() {
            return false;
        }
        let mut at = end;
        for part in parts {
            // SAFETY: `at..at + part.len()` lies below `capacity`, and the exchange above gave these bytes to this thread
            // alone: no text that reaches beyond `end` has been published.
            unsafe {
                let target = tail_of(self).add(at);
                std::ptr::copy_nonoverlapping(part.as_ptr(), target, part.len());
            }
            at += part.len();
        }
        true
    }

    /// The first `len` bytes, of a text in this buffer.
    #[inline(always)]
    pub fn text(&self, len: usize) -> &'static [u8] {
        assert!(len <= self.capacity);
        // SAFETY: the buffer has `capacity` bytes; those of a published text (all below `used`) never change.
        unsafe { std::slice::from_raw_parts(tail_of(self), len) }
    }

    /// The bytes as threads may share them.
    #[inline(always)]
    pub fn shared(&self) -> &'static [AtomicU8] {
        // SAFETY: the buffer has `capacity` bytes; an `AtomicU8` has a byte's layout, and a bytearray's buffer is only touched so.
        unsafe { std::slice::from_raw_parts(tail_of(self).cast::<AtomicU8>(), self.capacity) }
    }
}

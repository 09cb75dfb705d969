//! From code points to bytes: where the n-th character of a string lies, and what follows from it (characters, substrings).
//!
//! In an ASCII string the n-th character is the n-th byte. A longer string with other characters gets an [`Index`] when it
//! is first asked for a position: the byte offset of every 64th code point.

use crate::heap::bytes::fill_tail;
use crate::heap::{Buffer, ByteTail, Cell, Gc, Header, Kind, Slot, Tracer};
use crate::objects::kinds;
use crate::vm::Thread;
use crate::vm::native::Result;

use super::{Str, decode_char};

/// Code points from one entry of an index to the next.
const STRIDE: usize = 64;
/// Texts of fewer bytes are walked from their start.
const WALKED: usize = 160;

/// Byte offsets (four bytes each, in the tail) of the code points 0, 64, 128, …
#[repr(C)]
pub struct Index {
    pub header: Header,
    entries: usize,
}

// SAFETY: `repr(C)`, header first; it holds no values.
unsafe impl Cell for Index {
    const KIND: Kind = kinds::STR_INDEX;
    fn trace(&self, _: &mut Tracer) {}
}

// SAFETY: `build` allocates four bytes for each entry.
unsafe impl ByteTail for Index {
    fn byte_len(&self) -> usize {
        self.entries * 4
    }
}

impl Index {
    fn build(th: &Thread, text: &[u8], chars: usize) -> Gc<Index> {
        let entries = chars / STRIDE + 1;
        let index = th.alloc_with_tail(Index { header: Header::of_kind(kinds::STR_INDEX), entries }, entries * 4);
        let starts = (0..text.len()).filter(|i| (text[*i] as i8) >= -0x40).step_by(STRIDE);
        // SAFETY: the cell is new and nobody else has seen it.
        unsafe {
            fill_tail(index, |bytes| {
                for (entry, start) in bytes.chunks_exact_mut(4).zip(starts) {
                    entry.copy_from_slice(&(start as u32).to_ne_bytes());
                }
            });
        }
        index
    }

    fn at(&self, entry: usize) -> usize {
        match self.tail_bytes().get(entry * 4..entry * 4 + 4) {
            Some(&[a, b, c, d]) => u32::from_ne_bytes([a, b, c, d]) as usize,
            _ => 0,
        }
    }
}

/// Walks `count` code points on from byte `at`.
fn walk(text: &[u8], mut at: usize, count: usize) -> usize {
    for _ in 0..count {
        match text.get(at) {
            Some(lead) => at += char_width(*lead),
            None => break,
        }
    }
    at
}

/// How many bytes the code point with this first byte has.
#[inline]
pub fn char_width(lead: u8) -> usize {
    match lead {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

impl Gc<Str> {
    /// The byte at which code point `at` starts; the end of the text for its length and beyond.
    #[inline]
    pub fn byte_offset(self, th: &Thread, at: usize) -> usize {
        if at >= self.char_len() {
            return self.byte_count();
        }
        if self.is_ascii() {
            return at;
        }
        let text = self.wtf8();
        if text.len() < WALKED {
            return walk(text, 0, at);
        }
        let index = self.index(th);
        walk(text, index.at(at / STRIDE), at % STRIDE)
    }

    /// How many code points precede byte `offset` (the start of one).
    pub fn char_offset(self, offset: usize) -> usize {
        if self.is_ascii() { offset } else { super::count_chars(&self.wtf8()[..offset]) }
    }

    /// As `char_offset`, by the index where the text is long: for those who ask often.
    pub fn char_position(self, th: &Thread, offset: usize) -> usize {
        if self.is_ascii() || offset < WALKED {
            return self.char_offset(offset);
        }
        let index = self.index(th);
        let (mut low, mut high) = (0, (self.char_len() - 1) / STRIDE + 1);
        // The last entry at or before the offset.
        while high - low > 1 {
            let middle = low.midpoint(high);
            if index.at(middle) <= offset { low = middle } else { high = middle }
        }
        low * STRIDE + super::count_chars(&self.wtf8()[index.at(low)..offset])
    }

    /// The index, of this text at least.
    fn index(self, th: &Thread) -> Gc<Index> {
        let place: &Slot = match self.link.get().downcast::<Buffer>() {
            Some(buffer) => &buffer.get().note,
            None => &self.get().link,
        };
        match place.get().downcast::<Index>() {
            // Shorter texts that share the buffer may have left a shorter index.
            Some(index) if index.entries > self.char_len() / STRIDE => index,
            _ => {
                let index = Index::build(th, self.wtf8(), self.char_len());
                place.set(index.value());
                index
            }
        }
    }

    /// Code point number `at`.
    #[inline]
    pub fn code_point(self, th: &Thread, at: usize) -> Option<u32> {
        if at >= self.char_len() {
            return None;
        }
        Some(decode_char(&self.wtf8()[self.byte_offset(th, at)..]).0)
    }

    /// Character number `at` as a string.
    #[inline]
    pub fn char_at(self, th: &Thread, at: usize) -> Option<Gc<Str>> {
        self.code_point(th, at).map(|c| Str::from_char(th, c))
    }

    /// The character that starts at byte `at`, and the byte at which the next one does: for iterators.
    #[inline]
    pub fn char_from_byte(self, th: &Thread, at: usize) -> Option<(Gc<Str>, usize)> {
        let rest = self.wtf8().get(at..)?;
        if rest.is_empty() {
            return None;
        }
        let (code_point, width) = decode_char(rest);
        Some((Str::from_char(th, code_point), at + width))
    }

    /// The code points `start..end`, clamped to the text.
    pub fn substring(self, th: &Thread, start: usize, end: usize) -> Gc<Str> {
        let end = end.min(self.char_len());
        if start >= end {
            return th.vm().singles.empty(th);
        }
        if start == 0 && end == self.char_len() && self.header.is_exact() {
            return self;
        }
        let from = self.byte_offset(th, start);
        let to = self.byte_offset(th, end);
        if end - start == 1 {
            return Str::from_char(th, decode_char(&self.wtf8()[from..]).0);
        }
        Str::new(th, &self.wtf8()[from..to], end - start)
    }

    /// Part of the text by bytes, which must lie between code points.
    #[inline]
    pub fn slice_bytes(self, th: &Thread, from: usize, to: usize) -> Gc<Str> {
        if from == 0 && to == self.byte_count() && self.header.is_exact() { self } else { self.part(th, from, to) }
    }

    /// As `slice_bytes`, as what a method returns: where that is the last thing it does, it saves no registers for it.
    #[inline(always)]
    pub fn sliced_bytes(self, th: &Thread, from: usize, to: usize) -> Result {
        if from == 0 && to == self.byte_count() && self.header.is_exact() {
            Ok(self.value())
        } else {
            self.part_value(th, from, to)
        }
    }

    #[inline(never)]
    fn part_value(self, th: &Thread, from: usize, to: usize) -> Result {
        Ok(self.part(th, from, to).value())
    }

    #[inline(always)]
    fn part(self, th: &Thread, from: usize, to: usize) -> Gc<Str> {
        let part = &self.wtf8()[from..to];
        if part.len() <= 2 {
            return Str::from_wtf8(th, part);
        }
        let chars = if self.is_ascii() { part.len() } else { super::count_chars(part) };
        Str::new(th, part, chars)
    }
}

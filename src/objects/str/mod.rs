//! `str`: text by code points, kept as WTF-8 (UTF-8 in which lone surrogates are encoded like any other code point).
//!
//! - this file: the representation, making and reading strings
//! - `index`: from code points to bytes and back
//! - `concat`: `+`, `*` and joining
//! - `class`: the type with its operators; `find`, `split`, `case`, `layout`, `translate`: its methods
//! - `codec`: encodings and what to do with what they lack
//! - `unicode`, `repr`, `search`, `words`, `args`: properties of characters, escapes, substrings, eight bytes at once,
//!   arguments
//!
//! A small string's bytes lie behind the fixed part of its cell. A string made by concatenation that is long enough lives
//! in a shared [`Buffer`] with room to grow, so that `s += x` in a loop costs what the pieces cost; so does an instance of
//! a subclass, whose tail holds its attributes.
//!
//! Most texts that programs take apart have fewer than 32 bytes. What their methods cost is then no longer the search but what
//! stands around it, and profiles put these first: a cell that need not be zeroed nor given back room on the stack
//! (`Str::new`), a copy that is no call (`copy_few`), a search that begins with the first word (`words`), a hash that takes the
//! text in one piece, and no copy where the result is the string itself, as in CPython. Together they made the programs of
//! scripts/bench that do nothing else a tenth to a third faster; the collector takes some 5 % of their time, and another
//! budget between two collections gained nothing.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::heap::bytes::fill_tail;
use crate::heap::{Buffer, ByteTail, Cell, Gc, Header, Kind, Slot, Tracer, Value};
use crate::vm::Thread;
use crate::vm::native::Result;

use super::kinds;

pub mod args;
pub mod case;
pub mod class;
pub mod codec;
pub mod concat;
mod find;
pub mod index;
mod layout;
pub mod repr;
pub mod search;
mod singles;
pub mod split;
mod translate;
pub mod unicode;
pub mod words;

pub use class::{STR, contains, get_item, sliced};
pub use singles::Singles;

/// The longest string in bytes; asking for more is a `MemoryError`.
pub const MAX_BYTES: usize = u32::MAX as usize;

#[repr(C)]
pub struct Str {
    pub header: Header,
    /// 0 until it is computed.
    hash: AtomicU64,
    bytes: u32,
    chars: u32,
    /// The buffer that the text lies in; or, for a text in the tail, its [`index::Index`] once there is one.
    link: Slot,
}

const _: () = assert!(size_of::<Str>() == 32);

// SAFETY: `repr(C)`, header first, every value reported.
unsafe impl Cell for Str {
    const KIND: Kind = kinds::STR;
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.link);
    }
}

// SAFETY: `bytes` never changes, and `Str::build` allocates as many behind the fixed part. Cells whose text lies in a
// buffer (`Str::in_buffer`) have none, and are never asked for their tail: `wtf8` looks at the link first.
unsafe impl ByteTail for Str {
    #[inline(always)]
    fn byte_len(&self) -> usize {
        self.bytes as usize
    }
}

/// How many code points a run of WTF-8 has.
pub fn count_chars(text: &[u8]) -> usize {
    if text.is_ascii() { text.len() } else { text.iter().filter(|b| (**b as i8) >= -0x40).count() }
}

impl Str {
    /// Whether a concurrent or an interned twin exists is the business of `Thread::intern`; this is its flag.
    pub const INTERNED: u8 = Header::KIND_FLAG;

    /// A new string from WTF-8. Strings of one Latin-1 character and the empty string are shared.
    #[inline]
    pub fn from_wtf8(th: &Thread, text: &[u8]) -> Gc<Str> {
        match text {
            [] => return th.vm().singles.empty(th),
            [b] => return th.vm().singles.get(th, *b),
            [lead @ 0xC2..=0xC3, next] => return th.vm().singles.get(th, (*lead & 3) << 6 | *next & 0x3F),
            _ => {}
        }
        Str::new(th, text, count_chars(text))
    }

    /// A new string of one code point (which may be a surrogate).
    #[inline]
    pub fn from_char(th: &Thread, code_point: u32) -> Gc<Str> {
        if code_point < 0x100 {
            return th.vm().singles.get(th, code_point as u8);
        }
        let mut bytes = [0; 4];
        Str::new(th, encode_char(code_point, &mut bytes), 1)
    }

    /// A new string from WTF-8 whose number of code points is known; always a new cell.
    pub fn new(th: &Thread, text: &[u8], chars: usize) -> Gc<Str> {
        debug_assert!(text.len() <= MAX_BYTES && chars <= text.len());
        match th.heap().alloc_at_hand(Str::with_tail(text.len(), chars), text) {
            Some(s) => s,
            None => Str::new_apart(th, text, chars),
        }
    }

    #[cold]
    #[inline(never)]
    fn new_apart(th: &Thread, text: &[u8], chars: usize) -> Gc<Str> {
        th.alloc_with_bytes(Str::with_tail(text.len(), chars), text)
    }

    /// A new string of so many bytes and code points as `text`, in which `map` makes each byte anew, word by word.
    #[inline(always)]
    pub fn mapped(th: &Thread, text: &[u8], chars: usize, map: impl Fn(u64) -> u64) -> Gc<Str> {
        th.heap().alloc_mapped(Str::with_tail(text.len(), chars), text, map)
    }

    /// The fixed part of a string whose text lies in the tail.
    #[inline(always)]
    fn with_tail(bytes: usize, chars: usize) -> Str {
        Str {
            header: Header::of_kind(kinds::STR),
            hash: AtomicU64::new(0),
            bytes: bytes as u32,
            chars: chars as u32,
            link: Slot::default(),
        }
    }

    /// A new string of `bytes` bytes and `chars` code points that `fill` writes, each of them. The size must be within [`MAX_BYTES`].
    pub fn build(th: &Thread, bytes: usize, chars: usize, fill: impl FnOnce(&mut [u8])) -> Gc<Str> {
        debug_assert!(bytes <= MAX_BYTES && chars <= bytes);
        let s = th.heap().alloc_unwritten(Str::with_tail(bytes, chars));
        // SAFETY: the cell is new and nobody else has seen it.
        unsafe { fill_tail(s, fill) };
        s
    }

    /// A string whose text is the start of `buffer`: its fixed part, to be allocated without a tail of bytes.
    fn in_buffer(buffer: Gc<Buffer>, bytes: usize, chars: usize) -> Str {
        Str {
            header: Header::of_kind(kinds::STR),
            hash: AtomicU64::new(0),
            bytes: bytes as u32,
            chars: chars as u32,
            link: Slot::new(buffer.value()),
        }
    }

    /// An instance of a subclass of `str`, with the text of `s`.
    pub fn instance(th: &Thread, class: Gc<super::class::Class>, s: Gc<Str>) -> Gc<Str> {
        let buffer = th.alloc_with_tail(Buffer::fixed_part(s.byte_count()), s.byte_count());
        buffer.append_at(0, &[s.wtf8()]);
        th.instantiate(class, Str::in_buffer(buffer, s.byte_count(), s.char_len()))
    }

    /// Its length in code points.
    #[inline(always)]
    pub fn char_len(&self) -> usize {
        self.chars as usize
    }

    /// Its length in bytes of WTF-8.
    #[inline(always)]
    pub fn byte_count(&self) -> usize {
        self.bytes as usize
    }

    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    #[inline(always)]
    pub fn is_ascii(&self) -> bool {
        self.chars == self.bytes
    }

    /// Whether it refers to no other cell and never will: to no buffer, and to no index of its characters.
    pub fn is_leaf(&self) -> bool {
        self.is_ascii() && self.link.get().is_empty()
    }

    /// Its bytes in WTF-8.
    #[inline(always)]
    pub fn wtf8(&self) -> &'static [u8] {
        if self.link.get().is_empty() { self.tail_bytes() } else { self.linked_text() }
    }

    fn linked_text(&self) -> &'static [u8] {
        match self.link.get().downcast::<Buffer>() {
            Some(buffer) => buffer.get().text(self.bytes as usize),
            None => self.tail_bytes(),
        }
    }

    /// Its text, if it has no lone surrogates.
    pub fn as_str(&self) -> Option<&'static str> {
        std::str::from_utf8(self.wtf8()).ok()
    }

    /// Its text for people: lone surrogates are replaced.
    pub fn to_text(&self) -> String {
        String::from_utf8_lossy(self.wtf8()).into_owned()
    }

    /// Whether both have the same text. (`==` on two `Gc<Str>` is identity.)
    #[inline(always)]
    pub fn same_text(&self, other: &Str) -> bool {
        if std::ptr::eq(self, other) {
            return true;
        }
        if self.bytes != other.bytes {
            return false;
        }
        equal_bytes(self.wtf8(), other.wtf8())
    }

    /// By code points: the order of WTF-8's bytes is theirs.
    #[inline(always)]
    pub fn order(&self, other: &Str) -> std::cmp::Ordering {
        let (a, b) = (self.wtf8(), other.wtf8());
        match (a, b) {
            ([x, ..], [y, ..]) if x != y => x.cmp(y),
            _ => a.cmp(b),
        }
    }

    /// SipHash-1-3 under the interpreter's seed; never 0.
    #[inline]
    pub fn hash(&self, th: &Thread) -> u64 {
        match self.hash.load(Ordering::Relaxed) {
            0 => {
                let hash = th.vm().hash_bytes(self.wtf8());
                self.hash.store(hash, Ordering::Relaxed);
                hash
            }
            hash => hash,
        }
    }

    /// Its code points.
    pub fn code_points(&self) -> CodePoints<'static> {
        CodePoints(self.wtf8())
    }
}

impl Value {
    #[inline(always)]
    pub fn as_str_cell(self) -> Option<Gc<Str>> {
        self.downcast::<Str>()
    }
}

/// Whether two texts of one length are equal. Most are short, and compared here word by word: a call costs more.
#[inline(always)]
pub fn equal_bytes(a: &[u8], b: &[u8]) -> bool {
    fn word(text: &[u8], at: usize) -> u64 {
        text[at..].first_chunk().map_or(0, |chunk| u64::from_ne_bytes(*chunk))
    }
    fn half(text: &[u8], at: usize) -> u32 {
        text[at..].first_chunk().map_or(0, |chunk| u32::from_ne_bytes(*chunk))
    }
    match a.len() {
        len if len != b.len() => false,
        // The last word may overlap the first.
        len @ 8..=16 => word(a, 0) == word(b, 0) && word(a, len - 8) == word(b, len - 8),
        len @ 4..8 => half(a, 0) == half(b, 0) && half(a, len - 4) == half(b, len - 4),
        0 => true,
        len @ 1..4 => a[0] == b[0] && a[len / 2] == b[len / 2] && a[len - 1] == b[len - 1],
        _ => a[0] == b[0] && a == b,
    }
}

/// Refuses sizes that no string can have, or that the memory limit forbids.
#[inline]
pub fn check_size(th: &Thread, bytes: usize) -> Result<()> {
    const SURELY_FITS: usize = 1 << 16;
    if bytes <= SURELY_FITS { Ok(()) } else { check_large(th, bytes) }
}

#[cold]
fn check_large(th: &Thread, bytes: usize) -> Result<()> {
    if bytes > MAX_BYTES || th.heap().would_exceed_limit(bytes) { Err(th.memory_error()) } else { Ok(()) }
}

/// The WTF-8 of a code point.
pub fn encode_char(code_point: u32, to: &mut [u8; 4]) -> &[u8] {
    let tail = |shift: u32| 0x80 | (code_point >> shift) as u8 & 0x3F;
    match code_point {
        0..0x80 => {
            to[0] = code_point as u8;
            &to[..1]
        }
        0x80..0x800 => {
            *to = [0xC0 | (code_point >> 6) as u8, tail(0), 0, 0];
            &to[..2]
        }
        0x800..0x1_0000 => {
            *to = [0xE0 | (code_point >> 12) as u8, tail(6), tail(0), 0];
            &to[..3]
        }
        _ => {
            *to = [0xF0 | (code_point >> 18) as u8, tail(12), tail(6), tail(0)];
            &to[..4]
        }
    }
}

/// Appends a code point to a growing WTF-8 text.
pub fn push_char(text: &mut Vec<u8>, code_point: u32) {
    text.extend_from_slice(encode_char(code_point, &mut [0; 4]));
}

/// The code point at the start of a non-empty WTF-8 text, and how many bytes it has.
#[inline]
pub fn decode_char(text: &[u8]) -> (u32, usize) {
    let tail = |i: usize| text.get(i).map_or(0, |b| (*b & 0x3F) as u32);
    let lead = text[0];
    match lead {
        0..0x80 => (lead as u32, 1),
        0x80..0xE0 => ((lead as u32 & 0x1F) << 6 | tail(1), 2),
        0xE0..0xF0 => ((lead as u32 & 0xF) << 12 | tail(1) << 6 | tail(2), 3),
        _ => ((lead as u32 & 7) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4),
    }
}

/// The code points of a WTF-8 text, from either end.
#[derive(Clone)]
pub struct CodePoints<'a>(pub &'a [u8]);

impl Iterator for CodePoints<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        if self.0.is_empty() {
            return None;
        }
        let (code_point, len) = decode_char(self.0);
        self.0 = &self.0[len.min(self.0.len())..];
        Some(code_point)
    }
}

impl DoubleEndedIterator for CodePoints<'_> {
    fn next_back(&mut self) -> Option<u32> {
        let start = self.0.iter().rposition(|b| (*b as i8) >= -0x40)?;
        let (rest, last) = self.0.split_at(start);
        self.0 = rest;
        Some(decode_char(last).0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_survive_encoding() {
        let all = [0, 0x41, 0x7F, 0x80, 0xFF, 0x7FF, 0x800, 0xD800, 0xDFFF, 0xFFFF, 0x1_0000, 0x10_FFFF];
        let mut text = Vec::new();
        for c in all {
            push_char(&mut text, c);
        }
        assert_eq!(count_chars(&text), all.len());
        assert!(CodePoints(&text).eq(all));
        assert!(CodePoints(&text).rev().eq(all.into_iter().rev()));
    }

    #[test]
    fn bytes_order_as_code_points_do() {
        let text = |c| encode_char(c, &mut [0; 4]).to_vec();
        assert!(text(0xD800) < text(0xFFFF) && text(0xFFFF) < text(0x1_0000));
    }
}

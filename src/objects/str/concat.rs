//! Putting strings together: `+`, `*`, and any number of pieces at once.

use crate::heap::{Buffer, Gc, Value};
use crate::vm::Thread;
use crate::vm::native::Result;

use super::split::put;
use super::{Str, check_size};

/// Shorter results are copied into a cell of their own: a buffer would cost more than it saves.
const GROWING: usize = 256;

impl Gc<Str> {
    /// This string itself if it is exactly a `str`, else an equal one that is.
    pub fn exact(self, th: &Thread) -> Gc<Str> {
        if self.header.is_exact() { self } else { Str::new(th, self.wtf8(), self.char_len()) }
    }

    /// `self + other`. Repeated appending to the result of the last one costs what is appended.
    pub fn concat(self, th: &Thread, other: Gc<Str>) -> Result<Gc<Str>> {
        if other.is_empty() {
            return Ok(self.exact(th));
        }
        if self.is_empty() {
            return Ok(other.exact(th));
        }
        let (left, right) = (self.wtf8(), other.wtf8());
        let bytes = left.len() + right.len();
        let chars = self.char_len() + other.char_len();
        if bytes < GROWING {
            return Ok(Str::build(th, bytes, chars, |to| {
                put(put(to, left), right);
            }));
        }
        check_size(th, bytes)?;
        if let Some(buffer) = self.link.get().downcast::<Buffer>() {
            if buffer.append_at(left.len(), &[right]) {
                return Ok(th.alloc(Str::in_buffer(buffer, bytes, chars)));
            }
            // The newest text of a full buffer will be appended to again; an older one is only somebody's prefix.
            let newest = buffer.used() == left.len();
            let capacity = if newest { (bytes * 2).min(super::MAX_BYTES) } else { bytes };
            return Ok(in_new_buffer(th, capacity, &[left, right], chars));
        }
        Ok(in_new_buffer(th, bytes, &[left, right], chars))
    }

    /// `self * count`
    pub fn repeat(self, th: &Thread, count: i64) -> Result<Gc<Str>> {
        if count <= 0 || self.is_empty() {
            return Ok(th.vm().singles.empty(th));
        }
        if count == 1 {
            return Ok(self.exact(th));
        }
        if self.char_len() as i128 * i128::from(count) > i64::MAX.into() {
            return Err(th.overflow_error("repeated string is too long"));
        }
        let text = self.wtf8();
        let bytes = usize::try_from(count).ok().and_then(|n| text.len().checked_mul(n));
        let Some(bytes) = bytes.filter(|bytes| *bytes <= super::MAX_BYTES) else {
            return Err(th.memory_error());
        };
        check_size(th, bytes)?;
        Ok(Str::build(th, bytes, self.char_len() * count as usize, |to| {
            if let [byte] = text {
                to.fill(*byte);
                return;
            }
            for piece in to.chunks_exact_mut(text.len()) {
                piece.copy_from_slice(text);
            }
        }))
    }
}

fn in_new_buffer(th: &Thread, capacity: usize, parts: &[&[u8]], chars: usize) -> Gc<Str> {
    let buffer = th.alloc_with_tail(Buffer::fixed_part(capacity), capacity);
    buffer.append_at(0, parts);
    let bytes = parts.iter().map(|part| part.len()).sum();
    th.alloc(Str::in_buffer(buffer, bytes, chars))
}

/// All `pieces`, which are strings, in one string, in one allocation: what an f-string is built with.
pub fn concat_values(th: &Thread, pieces: &[Value]) -> Result {
    let strings = || pieces.iter().filter_map(|piece| piece.as_str_cell());
    let (mut bytes, mut chars) = (0, 0);
    for s in strings() {
        bytes += s.byte_count();
        chars += s.char_len();
    }
    check_size(th, bytes)?;
    let copy_all = |mut to: &mut [u8]| {
        for s in strings() {
            to = put(to, s.wtf8());
        }
    };
    if bytes <= 2 {
        let mut small = [0; 2];
        copy_all(&mut small[..bytes]);
        return Ok(Str::from_wtf8(th, &small[..bytes]).value());
    }
    Ok(Str::build(th, bytes, chars, copy_all).value())
}

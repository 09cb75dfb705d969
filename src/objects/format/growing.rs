//! A text that grows by pieces, most often to a few dozen bytes: those lie on the stack, and no allocation stands between
//! the pieces and the string that becomes of them.

use crate::objects::str::split::put;

use super::Fault;
use super::number::{Plain, Sink};
use super::spec::check_sum;

const FEW: usize = 256;

pub struct Growing {
    few: [u8; FEW],
    /// How many of them there are, while `many` is empty.
    len: usize,
    /// All of the text, once it is longer.
    many: Vec<u8>,
}

impl Growing {
    #[inline(always)]
    pub fn empty() -> Growing {
        Growing { few: [0; FEW], len: 0, many: Vec::new() }
    }

    #[inline(always)]
    pub fn size(&self) -> usize {
        if self.many.is_empty() { self.len } else { self.many.len() }
    }

    #[inline(always)]
    pub fn bytes(&self) -> &[u8] {
        if self.many.is_empty() { &self.few[..self.len] } else { &self.many }
    }

    /// The text so far in memory of its own.
    pub fn into_vec(self) -> Vec<u8> {
        if self.many.is_empty() { self.few[..self.len].to_vec() } else { self.many }
    }

    /// Room for so many bytes more, which are to be written.
    #[inline(always)]
    fn room(&mut self, size: usize) -> &mut [u8] {
        let start = self.len;
        if self.many.is_empty() && size <= FEW - start {
            self.len = start + size;
            return &mut self.few[start..start + size];
        }
        self.room_among_many(size)
    }

    #[cold]
    #[inline(never)]
    fn room_among_many(&mut self, size: usize) -> &mut [u8] {
        if self.many.is_empty() {
            self.many.reserve(4 * FEW + size);
            self.many.extend_from_slice(&self.few[..self.len]);
        }
        let start = self.many.len();
        self.many.resize(start + size, 0);
        &mut self.many[start..]
    }

    #[inline(always)]
    pub fn push(&mut self, piece: &[u8]) {
        put(self.room(piece.len()), piece);
    }
}

/// Onto its end.
impl Sink for &mut Growing {
    type Text = ();

    #[inline(always)]
    fn plain(self, text: &Plain) -> Result<(), Fault> {
        text.write(self.room(text.size()));
        Ok(())
    }

    fn whole(self, text: Vec<u8>) -> Result<(), Fault> {
        check_sum(self.size(), text.len())?;
        self.push(&text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_stay_in_order_where_the_text_becomes_long() {
        for step in [0, 1, 2, 7, 8, 63, 255, 256, 257, 1000] {
            let (mut text, mut expected) = (Growing::empty(), Vec::new());
            for round in 0..40u8 {
                let piece = vec![round; step];
                text.push(&piece);
                text.push(b"");
                expected.extend_from_slice(&piece);
                assert_eq!(text.bytes(), expected);
                assert_eq!(text.size(), expected.len());
            }
            assert_eq!(text.into_vec(), expected);
        }
    }
}

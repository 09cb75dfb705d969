//! Looking at eight bytes of a text at once, in a word: most texts are too short for what wider registers cost to set up.
//!
//! What is found in a word is a *mask*: the highest bit of each byte that matches, the first byte of the text lowest.

use std::cell::Cell;

const ONES: u64 = u64::MAX / 255;
const HIGHEST: u64 = ONES << 7;

/// A byte in all places of a word.
#[inline(always)]
const fn all(byte: u8) -> u64 {
    ONES * byte as u64
}

/// Of a word of ASCII: the bytes from `least` on. No sum of two bytes goes beyond its own.
#[inline(always)]
const fn at_least(word: u64, least: u8) -> u64 {
    (word + all(0x80 - least)) & HIGHEST
}

/// The bytes that are `byte`.
#[inline(always)]
pub fn equal_to(byte: u8) -> impl Fn(u64) -> u64 + Copy {
    let pattern = all(byte);
    move |word| {
        let differing = word ^ pattern;
        !((differing & !HIGHEST).wrapping_add(!HIGHEST) | differing) & HIGHEST
    }
}

/// Of a word of ASCII: whitespace, as `str.split()` sees it.
#[inline(always)]
pub fn spaces(word: u64) -> u64 {
    at_least(word, 9) & !at_least(word, 0x21) & (!at_least(word, 14) | at_least(word, 0x1C))
}

/// Of a word of ASCII: where `str.splitlines()` ends a line.
#[inline(always)]
pub fn line_breaks(word: u64) -> u64 {
    at_least(word, 10) & !at_least(word, 0x1F) & (!at_least(word, 14) | at_least(word, 0x1C))
}

/// Of a word of ASCII: what `repr()` may escape.
#[inline(always)]
pub fn escaped(word: u64) -> u64 {
    !at_least(word, b' ') & HIGHEST | at_least(word, 0x7F) | equal_to(b'\'')(word) | equal_to(b'\\')(word)
}

/// What JSON escapes in a string: quotes, backslashes and control characters.
#[inline(always)]
pub fn escaped_in_json(word: u64) -> u64 {
    let from_space = ((word & !HIGHEST) + all(0x80 - b' ')) | word;
    equal_to(b'"')(word) | equal_to(b'\\')(word) | !from_space & HIGHEST
}

/// What is not printable ASCII, as far as `escaped_in_json` leaves it.
#[inline(always)]
pub fn beyond_ascii(word: u64) -> u64 {
    word & HIGHEST | equal_to(0x7F)(word)
}

/// Of a word of ASCII: the capitals.
#[inline(always)]
pub fn capitals(word: u64) -> u64 {
    at_least(word, b'A') & !at_least(word, b'Z' + 1)
}

/// Of a word of ASCII: the small letters.
#[inline(always)]
pub fn small_letters(word: u64) -> u64 {
    at_least(word, b'a') & !at_least(word, b'z' + 1)
}

/// A word of ASCII in lower case.
#[inline(always)]
pub fn lower(word: u64) -> u64 {
    word | capitals(word) >> 2
}

/// A word of ASCII in upper case.
#[inline(always)]
pub fn upper(word: u64) -> u64 {
    word ^ small_letters(word) >> 2
}

/// The words of a text, each with the highest bits of those of its bytes that lie in the text: the last word is filled up with
/// zeros.
struct Words<'a>(&'a [u8]);

impl Iterator for Words<'_> {
    type Item = (u64, u64);

    #[inline(always)]
    fn next(&mut self) -> Option<(u64, u64)> {
        if let Some((word, rest)) = self.0.split_first_chunk() {
            self.0 = rest;
            return Some((u64::from_le_bytes(*word), HIGHEST));
        }
        let rest = std::mem::take(&mut self.0);
        if rest.is_empty() { None } else { Some((last_word(rest), HIGHEST >> (64 - 8 * rest.len()))) }
    }
}

/// Fewer than eight bytes as a word, the first of them lowest. Its parts may overlap: they agree.
#[inline(always)]
pub fn last_word(rest: &[u8]) -> u64 {
    let shift = |part: usize| 8 * (rest.len() - part);
    if let (Some(first), Some(last)) = (rest.first_chunk(), rest.last_chunk()) {
        u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << shift(4)
    } else if let (Some(first), Some(last)) = (rest.first_chunk(), rest.last_chunk()) {
        u64::from(u16::from_le_bytes(*first)) | u64::from(u16::from_le_bytes(*last)) << shift(2)
    } else {
        rest.first().map_or(0, |byte| u64::from(*byte))
    }
}

/// Whether `of` finds anything in a text.
#[inline(always)]
pub fn any(text: &[u8], of: impl Fn(u64) -> u64) -> bool {
    Words(text).any(|(word, inside)| of(word) & inside != 0)
}

/// How many places `of` finds.
#[inline(always)]
pub fn count(text: &[u8], of: impl Fn(u64) -> u64) -> usize {
    Words(text).map(|(word, inside)| (of(word) & inside).count_ones() as usize).sum()
}

/// The places that `of` finds in a text.
#[inline(always)]
pub fn places<F: Fn(u64) -> u64>(text: &[u8], of: F) -> Places<'_, F> {
    Places { words: Words(text), of, next: 0, at: 0, found: 0 }
}

pub struct Places<'a, F> {
    words: Words<'a>,
    of: F,
    /// Where the next word begins, and the one in which something was `found`.
    next: usize,
    at: usize,
    found: u64,
}

impl<F: Fn(u64) -> u64> Iterator for Places<'_, F> {
    type Item = usize;

    #[inline(always)]
    fn next(&mut self) -> Option<usize> {
        while self.found == 0 {
            let (word, inside) = self.words.next()?;
            self.at = self.next;
            self.next += 8;
            self.found = (self.of)(word) & inside;
        }
        let place = self.at + self.found.trailing_zeros() as usize / 8;
        self.found &= self.found - 1;
        Some(place)
    }
}

/// The places in a text at which bytes that `of` finds begin or end, as if one of them came before the first.
#[inline(always)]
pub fn changes(text: &[u8], of: impl Fn(u64) -> u64) -> impl Iterator<Item = usize> {
    let before = Cell::new(0x80);
    // What is beyond the end of the text does not count, whatever it changes to.
    places(text, move |word| {
        let found = of(word);
        found ^ (found << 8 | before.replace(found >> 56))
    })
}

/// Up to eight bytes as a set: a word that has each of them somewhere.
#[derive(Clone, Copy)]
pub struct Few(u64);

impl Few {
    /// A set of at least one byte; `None` if they are not few.
    #[inline(always)]
    pub fn of(bytes: &[u8]) -> Option<Few> {
        let first = *bytes.first()?;
        if let Some(word) = bytes.first_chunk() {
            return if bytes.len() == 8 { Some(Few(u64::from_le_bytes(*word))) } else { None };
        }
        // The places that are left get the first byte again.
        let filled = 8 * bytes.len();
        Some(Few(last_word(bytes) | all(first) >> filled << filled))
    }

    #[inline(always)]
    pub fn has(self, byte: u8) -> bool {
        equal_to(byte)(self.0) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_find_what_bytes_do() {
        type Case = (fn(u64) -> u64, fn(u8) -> bool);
        let cases: [Case; 5] = [
            (escaped, |b| matches!(b, 0..=0x1F | 0x7F | b'\'' | b'\\')),
            (spaces, |b| matches!(b, 9..=13 | 0x1C..=0x20)),
            (line_breaks, |b| matches!(b, 10..=13 | 0x1C..=0x1E)),
            (capitals, |b| b.is_ascii_uppercase()),
            (small_letters, |b| b.is_ascii_lowercase()),
        ];
        let ascii: Vec<u8> = (0..0x80).collect();
        for (of, is) in cases {
            for len in 0..ascii.len() {
                for text in [&ascii[..len], &ascii[len..]] {
                    let expected: Vec<usize> = (0..text.len()).filter(|at| is(text[*at])).collect();
                    assert!(places(text, of).eq(expected.iter().copied()));
                    assert_eq!(any(text, of), !expected.is_empty());
                    assert_eq!(count(text, of), expected.len());
                }
            }
        }
    }

    #[test]
    fn any_byte_is_found_among_any_others() {
        let text: Vec<u8> = (0..=255).chain(0..=255).collect();
        for byte in 0..=255 {
            for len in 0..=20 {
                let text = &text[byte as usize..][..len];
                assert!(places(text, equal_to(byte)).eq(0..usize::from(len > 0)));
                let few = Few::of(text);
                assert_eq!(few.is_some(), (1..=8).contains(&len));
                assert!(few.is_none_or(|few| (0..=255).all(|b| few.has(b) == text.contains(&b))), "{text:?}");
            }
        }
    }

    #[test]
    fn words_change_case_as_bytes_do() {
        for byte in 0..0x80u8 {
            let word = u64::from_le_bytes([0, byte, b'a', byte, b'Z', byte, 0x7F, byte]);
            assert_eq!(lower(word).to_le_bytes(), word.to_le_bytes().map(|b| b.to_ascii_lowercase()));
            assert_eq!(upper(word).to_le_bytes(), word.to_le_bytes().map(|b| b.to_ascii_uppercase()));
        }
    }

    #[test]
    fn changes_are_where_words_begin_and_end() {
        for len in 0..30 {
            let text = &b" ab  cdefghij k l   mnopqrst  "[..len];
            let space = |at: usize| text[at] == b' ';
            let expected = (0..len).filter(|at| space(*at) != (*at == 0 || space(at - 1)));
            assert!(changes(text, spaces).eq(expected));
        }
    }
}

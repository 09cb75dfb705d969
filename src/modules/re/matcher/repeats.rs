//! Single characters, and repeats of them: the loops in which most of the time is spent.

use crate::modules::re::program::{END_OF_TEXT, Guard, Op, Pc, Program, Repeat, Single};
use crate::modules::re::tree::Manner;
use crate::objects::str::decode_char;
use crate::objects::str::index::char_width;
use crate::vm::native::Result;

use super::{Matcher, What};

impl<'a> Matcher<'a> {
    /// Passes over one character, if it is one of those.
    #[inline(always)]
    pub(super) fn step<const WIDE: bool>(&self, single: Single, at: &mut usize) -> bool {
        let Some(&byte) = self.text.get(*at) else { return false };
        let mut width = if WIDE { char_width(byte) } else { 1 };
        let is_one = match single {
            Single::Byte(b) => byte == b,
            Single::NotByte(b) => byte != b,
            Single::Any => byte != b'\n',
            Single::AnyOrNewline => true,
            Single::Char(from, to) => {
                let literal = &self.program.literals[from as usize..to as usize];
                width = literal.len();
                self.text[*at..].starts_with(literal)
            }
            Single::Set(set) => {
                let set = &self.program.sets[set as usize];
                if !WIDE || byte < 0x80 {
                    set.table[byte as usize]
                } else {
                    set.contains(decode_char(&self.text[*at..]).0)
                }
            }
        };
        *at += width;
        is_one
    }

    /// As many characters as match from `at` on, `most` at most: where that ends. With `least` of them at least, `None`
    /// otherwise; the position behind those comes along.
    #[inline(always)]
    fn span<const WIDE: bool>(&self, single: Single, at: usize, least: usize, most: usize) -> Option<(usize, usize)> {
        let mut end = at;
        for _ in 0..least {
            if !self.step::<WIDE>(single, &mut end) {
                return None;
            }
        }
        let behind_least = end;
        let left = most - least;
        if left == usize::MAX - least {
            end = self.span_all::<WIDE>(single, end);
        } else {
            for _ in 0..left {
                let mut next = end;
                if !self.step::<WIDE>(single, &mut next) {
                    break;
                }
                end = next;
            }
        }
        Some((behind_least, end))
    }

    /// Where the characters end that match from `at` on, however many.
    #[inline(always)]
    fn span_all<const WIDE: bool>(&self, single: Single, at: usize) -> usize {
        let rest = &self.text[at..];
        let len = match single {
            Single::AnyOrNewline => rest.len(),
            Single::Any => memchr::memchr(b'\n', rest).unwrap_or(rest.len()),
            Single::NotByte(b) => memchr::memchr(b, rest).unwrap_or(rest.len()),
            Single::Set(set) => {
                let set = &self.program.sets[set as usize];
                if !WIDE {
                    return at + rest.iter().position(|b| !set.table[*b as usize]).unwrap_or(rest.len());
                }
                let mut len = 0;
                while let Some(&byte) = rest.get(len) {
                    let (is_one, width) = if byte < 0x80 {
                        (set.table[byte as usize], 1)
                    } else {
                        let (c, width) = decode_char(&rest[len..]);
                        (set.contains(c), width)
                    };
                    if !is_one {
                        break;
                    }
                    len += width;
                }
                len
            }
            _ => {
                let mut end = at;
                loop {
                    let mut next = end;
                    if !self.step::<WIDE>(single, &mut next) {
                        return end;
                    }
                    end = next;
                }
            }
        };
        at + len
    }

    /// A repeat of one character; false if there are too few.
    #[inline(always)]
    pub(super) fn repeat<const WIDE: bool>(&mut self, repeat: &Repeat, pc: Pc, at: &mut usize) -> Result<bool> {
        let (least, most) = (repeat.min as usize, repeat.most());
        if repeat.manner == Manner::Lazy {
            let Some((behind_least, _)) = self.span::<WIDE>(repeat.single, *at, least, least) else {
                return Ok(false);
            };
            *at = behind_least;
            if most > least {
                self.push(What::Lazy, pc, *at, most - least)?;
            }
            return Ok(true);
        }
        let Some((behind_least, end)) = self.span::<WIDE>(repeat.single, *at, least, most) else { return Ok(false) };
        self.fuel -= (end - *at) as i64 >> 5;
        if repeat.manner == Manner::Possessive || end == behind_least {
            *at = end;
            return Ok(true);
        }
        // What follows may want a byte that is not here: then the repeat begins by giving back.
        let byte = self.text.get(end).map_or(END_OF_TEXT, |b| *b as usize);
        if self.program.guards[repeat.next as usize][byte] {
            self.push(What::Greedy, pc, end, behind_least)?;
            *at = end;
            return Ok(true);
        }
        self.push(What::Greedy, pc, end, behind_least)?;
        match self.give_back::<WIDE>(pc, end, behind_least) {
            Some(position) => {
                *at = position;
                Ok(true)
            }
            None => Ok(false),
        }
    }

    /// The top entry, a greedy repeat at `from`, gives back until what follows has any prospect. Without one the entry goes.
    #[inline(always)]
    pub(super) fn give_back<const WIDE: bool>(&mut self, pc: Pc, from: usize, least: usize) -> Option<usize> {
        let next = self.next_of(pc);
        let mut position = from;
        while position > least {
            position -= 1;
            let byte = self.text[position];
            // No guard that tells anything lets the inner bytes of a character pass.
            if next[byte as usize] && !(WIDE && (0x80..0xC0).contains(&byte)) {
                self.fuel -= (from - position) as i64 >> 5;
                if position == least {
                    self.stack.pop();
                } else if let Some(entry) = self.stack.last_mut() {
                    entry.a = position;
                }
                return Some(position);
            }
        }
        self.fuel -= (from - least) as i64 >> 5;
        self.stack.pop();
        None
    }

    /// The top entry, a lazy repeat at `from`, takes more until what follows has any prospect. Without one the entry goes.
    #[inline(always)]
    pub(super) fn take_more<const WIDE: bool>(&mut self, pc: Pc, from: usize, more: usize) -> Option<usize> {
        let next = self.next_of(pc);
        let single = match self.program.ops[pc as usize] {
            Op::Repeat(index) => self.program.repeats[index as usize].single,
            _ => return None,
        };
        let (mut position, mut left) = (from, more);
        while left > 0 && self.step::<WIDE>(single, &mut position) {
            if left != usize::MAX {
                left -= 1;
            }
            let byte = self.text.get(position).map_or(END_OF_TEXT, |b| *b as usize);
            if next[byte] {
                self.fuel -= (position - from) as i64 >> 5;
                if let Some(entry) = self.stack.last_mut() {
                    (entry.a, entry.b) = (position, left);
                }
                return Some(position);
            }
        }
        self.stack.pop();
        None
    }

    /// The guard of what follows the repeat at `pc`.
    #[inline(always)]
    fn next_of(&self, pc: Pc) -> &'a Guard {
        let program: &'a Program = self.program;
        match program.ops[pc as usize] {
            Op::Repeat(index) => &program.guards[program.repeats[index as usize].next as usize],
            _ => &program.guards[0],
        }
    }
}

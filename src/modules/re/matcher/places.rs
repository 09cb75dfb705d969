//! What matches between characters, and what looks back: assertions, steps back, and the text of a group again.

use crate::modules::re::chars::{self, Alphabet};
use crate::modules::re::program::{Case, NOWHERE, Spot};
use crate::modules::re::tree::{Category, Class};
use crate::objects::str::{CodePoints, decode_char};

use super::Matcher;

impl Matcher<'_> {
    pub(super) fn is_at<const WIDE: bool>(&self, spot: Spot, at: usize) -> bool {
        let text = self.text;
        match spot {
            Spot::Start => at == 0,
            Spot::LineStart => at == 0 || text[at - 1] == b'\n',
            Spot::VeryEnd => at == text.len(),
            Spot::End => at == text.len() || at + 1 == text.len() && text[at] == b'\n',
            Spot::LineEnd => at == text.len() || text[at] == b'\n',
            Spot::Boundary(alphabet) => self.is_boundary::<WIDE>(alphabet, at),
            Spot::NoBoundary(alphabet) => !self.is_boundary::<WIDE>(alphabet, at),
        }
    }

    /// Whether a word begins or ends here.
    fn is_boundary<const WIDE: bool>(&self, alphabet: Alphabet, at: usize) -> bool {
        const WORD: Category = Category { class: Class::Word, negated: false };
        let text = self.text;
        let before = if at == 0 {
            None
        } else if WIDE && text[at - 1] >= 0x80 {
            CodePoints(&text[..at]).next_back()
        } else {
            Some(text[at - 1].into())
        };
        let after = match text.get(at) {
            Some(&b) if WIDE && b >= 0x80 => Some(decode_char(&text[at..]).0),
            Some(&b) => Some(b.into()),
            None => None,
        };
        let is_word = |c: Option<u32>| c.is_some_and(|c| chars::holds(WORD, alphabet, c));
        is_word(before) != is_word(after)
    }

    /// The position `count` characters before `at`.
    pub(super) fn back<const WIDE: bool>(&self, at: usize, count: usize) -> Option<usize> {
        if !WIDE {
            return at.checked_sub(count);
        }
        let mut position = at;
        for _ in 0..count {
            position = self.text[..position].iter().rposition(|b| !(0x80..0xC0).contains(b))?;
        }
        Some(position)
    }

    /// Passes over the text of a group, if it comes again.
    pub(super) fn same<const WIDE: bool>(&mut self, group: u32, case: Case, at: &mut usize) -> bool {
        let slot = 2 * group as usize;
        let (from, to) = (self.slots[slot], self.slots[slot + 1]);
        if from == NOWHERE || to == NOWHERE || from > to {
            return false;
        }
        let (wanted, rest) = (&self.text[from..to], &self.text[*at..]);
        self.fuel -= wanted.len() as i64 >> 5;
        let alphabet = match case {
            Case::Exact => {
                *at += wanted.len();
                return rest.starts_with(wanted);
            }
            Case::Ignored(alphabet) => alphabet,
        };
        if !WIDE {
            *at += wanted.len();
            return rest.get(..wanted.len()).is_some_and(|found| found.eq_ignore_ascii_case(wanted));
        }
        let mut found = CodePoints(rest);
        for c in CodePoints(wanted) {
            if found.next().is_none_or(|other| chars::lower(other, alphabet) != chars::lower(c, alphabet)) {
                return false;
            }
        }
        *at += rest.len() - found.0.len();
        true
    }
}

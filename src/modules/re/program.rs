//! What a pattern is compiled to: instructions for the matcher.
//!
//! Texts are matched where they lie: strings as WTF-8, bytes as bytes. So literals of any length are compared byte by byte,
//! and only what stands for *some* character (sets, `.`, class boundaries) must know where characters end.

use super::chars::{self, Alphabet};
use super::tree::{Category, Manner, UNLIMITED};

pub type Pc = u32;

/// Where in a program's tables something lies.
pub type Index = u32;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// One byte, an ASCII character or one of a bytes pattern.
    Byte(u8),
    /// The bytes `start..end` of the program's literals.
    Bytes(u32, u32),
    /// Any character but a newline.
    Any,
    /// Any character.
    AnyOrNewline,
    Set(Index),
    /// A repeat of one character: an entry of `Program::repeats`.
    Repeat(Index),
    At(Spot),
    /// A group begins here.
    Open(u32),
    /// A group ends here.
    Close(u32),
    Jump(Pc),
    /// Tries `main`, then `other`; which of them has any prospect the guards tell.
    Split {
        main: Pc,
        other: Pc,
        guards: Index,
    },
    /// A loop with a counter starts: an entry of `Program::loops`.
    LoopStart(Index),
    /// Its head: another round, or on behind it.
    LoopNext(Index),
    /// The second choice of a lazy loop: another round.
    LoopAgain(Index),
    /// The matcher will forget what it could have tried since then: notes the height of its stack in a register.
    Mark(Index),
    /// Forgets it.
    Commit(Index),
    /// Notes height and position in two registers: a look ahead or behind begins.
    Look(Index),
    /// It has succeeded: back to where it began.
    LookEnd(Index),
    /// As `Look`, of one that must fail; then it goes on at the second operand.
    LookNot(Index, Pc),
    /// It has succeeded, so this fails.
    LookNotEnd(Index),
    /// Goes so many characters back.
    Back(u32),
    /// The text of a group again.
    Same(u32, Case),
    /// Jumps unless the group has matched.
    UnlessMatched(u32, Pc),
    Fail,
    Match,
}

const _: () = assert!(size_of::<Op>() == 16);

/// How a back-reference compares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Case {
    Exact,
    Ignored(Alphabet),
}

/// A place between characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spot {
    Start,
    LineStart,
    /// The end, or before a newline there.
    End,
    LineEnd,
    VeryEnd,
    Boundary(Alphabet),
    NoBoundary(Alphabet),
}

/// What a repeat of one character repeats.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Single {
    Byte(u8),
    /// A character of several bytes: `start..end` of the literals.
    Char(u32, u32),
    Any,
    AnyOrNewline,
    /// All but this ASCII character.
    NotByte(u8),
    Set(Index),
}

#[derive(Clone, Copy, Debug)]
pub struct Repeat {
    pub single: Single,
    pub min: u32,
    /// [`UNLIMITED`] if there is none.
    pub max: u32,
    pub manner: Manner,
    /// A guard: what can follow.
    pub next: Index,
}

impl Repeat {
    pub fn most(&self) -> usize {
        if self.max == UNLIMITED { usize::MAX } else { self.max as usize }
    }
}

/// A loop over something longer than one character.
#[derive(Clone, Copy, Debug)]
pub struct Loop {
    /// The register that counts rounds; the next one holds where the last optional round began, or [`NOWHERE`].
    pub register: Index,
    pub min: u32,
    pub max: u32,
    pub manner: Manner,
    pub body: Pc,
    pub exit: Pc,
    /// Of a possessive loop: the register of its mark.
    pub mark: Index,
}

/// No position.
pub const NOWHERE: usize = usize::MAX;

/// What bytes something can begin with; the last entry is the end of the text.
pub type Guard = [bool; 257];

pub const END_OF_TEXT: usize = 256;

/// Everything can come: the first guard of every program.
pub const ANYTHING: Index = 0;

/// The guards of the two ways of a split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guards {
    pub main: Index,
    pub other: Index,
}

/// A set of characters.
#[derive(PartialEq, Eq, Debug)]
pub struct Set {
    /// The answers for the first 256.
    pub table: [bool; 256],
    /// Of the others: ranges in order, and classes.
    ranges: Vec<(u32, u32)>,
    categories: Vec<Category>,
    alphabet: Alphabet,
    negated: bool,
}

impl Set {
    pub fn new(mut ranges: Vec<(u32, u32)>, categories: Vec<Category>, alphabet: Alphabet, negated: bool) -> Set {
        ranges.sort_unstable();
        ranges.dedup_by(|next, last| {
            let joins = next.0 <= last.1.saturating_add(1);
            if joins {
                last.1 = last.1.max(next.1);
            }
            joins
        });
        let mut set = Set { table: [false; 256], ranges, categories, alphabet, negated };
        for c in 0..256 {
            set.table[c] = set.look_up(c as u32);
        }
        set.ranges.retain(|(_, high)| *high >= 256);
        set
    }

    #[inline]
    pub fn contains(&self, c: u32) -> bool {
        match self.table.get(c as usize) {
            Some(answer) => *answer,
            None => self.look_up(c),
        }
    }

    fn look_up(&self, c: u32) -> bool {
        let at = self.ranges.partition_point(|(_, high)| *high < c);
        let within = self.ranges.get(at).is_some_and(|(low, _)| *low <= c)
            || self.categories.iter().any(|category| chars::holds(*category, self.alphabet, c));
        within != self.negated
    }

    /// Adds the bytes that its characters begin with in WTF-8 or, of a bytes pattern, are.
    pub fn add_to_guard(&self, guard: &mut Guard, is_text: bool) {
        let plain = if is_text { 0x80 } else { 0x100 };
        for (entry, answer) in guard[..plain].iter_mut().zip(&self.table) {
            *entry |= answer;
        }
        if !is_text {
            return;
        }
        for (lead, part) in [(0xC2, 0x80..0xC0), (0xC3, 0xC0..0x100)] {
            guard[lead] |= self.table[part].iter().any(|answer| *answer);
        }
        if self.negated || !self.categories.is_empty() {
            guard[0xC4..0xF5].fill(true);
        }
        for (low, high) in &self.ranges {
            guard[lead_byte((*low).max(256))..=lead_byte(*high)].fill(true);
        }
    }

    /// The one ASCII character that it lacks, if it has all others.
    pub fn all_but(&self, is_text: bool) -> Option<u8> {
        let mut missing = (0..=255).filter(|b| !self.table[*b as usize]);
        let only = missing.next().filter(|_| missing.next().is_none())?;
        let has_others = !is_text || self.negated && self.ranges.is_empty() && self.categories.is_empty();
        (has_others && (only < 0x80 || !is_text)).then_some(only)
    }
}

/// The first byte of a character in WTF-8.
pub fn lead_byte(c: u32) -> usize {
    match c {
        0..0x80 => c as usize,
        0x80..0x800 => 0xC0 | (c >> 6) as usize,
        0x800..0x1_0000 => 0xE0 | (c >> 12) as usize,
        _ => 0xF0 | (c >> 18) as usize,
    }
}

/// How to look for places where a match can begin.
#[derive(Debug, Default)]
pub struct Start {
    /// Every match begins with this.
    pub literal: Vec<u8>,
    /// Whether the first instruction is no more than that, so that a search which has found it need not look again.
    pub literal_first: bool,
    /// A guard, [`ANYTHING`] if it would tell nothing.
    pub guard: Index,
    /// The bytes of the guard, if they are three at most, and it does not let the end pass.
    pub bytes: Vec<u8>,
    pub at_start_only: bool,
    pub at_line_starts: bool,
}

#[derive(Debug)]
pub struct Program {
    pub ops: Vec<Op>,
    pub literals: Vec<u8>,
    pub sets: Vec<Set>,
    pub repeats: Vec<Repeat>,
    pub loops: Vec<Loop>,
    pub guards: Vec<Guard>,
    pub splits: Vec<Guards>,
    /// How many registers the matcher needs.
    pub registers: usize,
    pub groups: u32,
    pub is_text: bool,
    pub start: Start,
}

impl Program {
    /// About how many bytes it takes.
    pub fn size(&self) -> usize {
        self.ops.len() * size_of::<Op>()
            + self.literals.len()
            + self.sets.len() * size_of::<Set>()
            + self.guards.len() * size_of::<Guard>()
            + self.repeats.len() * size_of::<Repeat>()
    }
}

//! From a pattern's text to its tree, with CPython's words for what is wrong, at its places.
//!
//! - this file: sequences, branches, repeats; `group`: what begins with a bracket; `set`: character sets
//! - `escape`: backslashes; `source`: tokens and positions
//!
//! The flags that begin a pattern hold for all of it, so the tree is made without regard to flags (but for verbose ones,
//! which change what is read); the compiler works them out.

use crate::heap::Value;
use crate::objects::bytes;
use crate::vm::{Raised, Thread};

use super::flags;
use super::tree::{self, Manner, Node, Parsed, Place, Sequence, UNLIMITED, Width};

pub mod escape;
pub mod group;
mod set;
pub mod source;

use source::{Source, Token};

/// Why a pattern could not be read.
pub enum Failure {
    /// A `PatternError`: its words (WTF-8) and the place in the pattern.
    Pattern {
        message: Vec<u8>,
        position: Option<usize>,
    },
    Overflow,
    Value(&'static str),
    /// A warning that became an error, or too deep a nesting.
    Raised(Raised),
}

impl From<Raised> for Failure {
    fn from(raised: Raised) -> Failure {
        Failure::Raised(raised)
    }
}

pub fn failure(message: &str, position: usize) -> Failure {
    Failure::Pattern { message: message.into(), position: Some(position) }
}

/// The text of a pattern or template, a code point for each byte if it is no string; and whether it is one.
pub fn code_points(source: Value) -> Option<(Vec<u32>, bool)> {
    match source.as_str_cell() {
        Some(text) => Some((text.code_points().collect(), true)),
        None => bytes::content(source).map(|bytes| (bytes.iter().map(|b| u32::from(*b)).collect(), false)),
    }
}

/// Reads a pattern, given as code points or bytes.
pub fn parse(th: &Thread, text: &[u32], is_text: bool, flags: u32) -> Result<Parsed, Failure> {
    let mut parser = Parser {
        th,
        source: Source::new(text, is_text)?,
        flags,
        widths: vec![None],
        names: Vec::new(),
        tested: Vec::new(),
        look_behind: None,
    };
    let body = parser.branches(flags & flags::VERBOSE != 0, true)?;
    let flags = tree::completed(parser.flags, is_text).map_err(Failure::Value)?;
    if parser.source.next.is_some() {
        return Err(parser.source.failure("unbalanced parenthesis", 0));
    }
    let groups = parser.widths.len() as u32 - 1;
    if let Some((group, position)) = parser.tested.iter().find(|(group, _)| *group > groups) {
        return Err(failure(&format!("invalid group reference {group}"), *position));
    }
    let widths = parser.widths.into_iter().map(Option::unwrap_or_default).collect();
    Ok(Parsed { body, flags, groups, names: parser.names, widths })
}

pub struct Parser<'a> {
    th: &'a Thread,
    pub source: Source<'a>,
    /// Those given, and those at the start of the pattern.
    flags: u32,
    /// Of each group, once it is closed.
    pub widths: Vec<Option<Width>>,
    names: Vec<(Vec<u8>, u32)>,
    /// Groups that conditions ask about by number, and where: they may come later.
    tested: Vec<(u32, usize)>,
    /// Within a look-behind: how many groups there were before it.
    look_behind: Option<usize>,
}

impl Parser<'_> {
    /// What `|` separates.
    fn branches(&mut self, verbose: bool, outermost: bool) -> Result<Sequence, Failure> {
        self.th.check_recursion("")?;
        let mut verbose = verbose;
        let mut branches = Vec::new();
        loop {
            branches.push(self.sequence(verbose, outermost && branches.is_empty())?);
            if !self.source.accept(b'|')? {
                break;
            }
            if outermost {
                verbose = self.flags & flags::VERBOSE != 0;
            }
        }
        match branches.pop() {
            Some(only) if branches.is_empty() => Ok(only),
            last => {
                branches.extend(last);
                Ok(vec![Node::Branch(branches)])
            }
        }
    }

    /// Up to `|`, `)` or the end. `first`: it begins the pattern, where flags may stand.
    fn sequence(&mut self, verbose: bool, first: bool) -> Result<Sequence, Failure> {
        let mut verbose = verbose;
        let mut sequence = Sequence::new();
        while let Some(token) = self.source.next.filter(|next| !next.is(b'|') && !next.is(b')')) {
            self.source.get()?;
            let c = match token {
                Token::Escape(escaped) => {
                    let node = self.escape(escaped)?;
                    sequence.push(node);
                    continue;
                }
                Token::Char(c) => c,
            };
            match u8::try_from(c) {
                Ok(b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C) if verbose => {}
                Ok(b'#') if verbose => while self.source.get()?.is_some_and(|token| !token.is(b'\n')) {},
                Ok(b'[') => {
                    let set = self.set()?;
                    sequence.push(set);
                }
                Ok(b'*' | b'+' | b'?' | b'{') => self.repeat(c as u8, &mut sequence)?,
                Ok(b'.') => sequence.push(Node::Any),
                Ok(b'(') => {
                    let may_have_flags = first && sequence.is_empty();
                    if self.bracket(&mut sequence, verbose, may_have_flags)? {
                        verbose = self.flags & flags::VERBOSE != 0;
                    }
                }
                Ok(b'^') => sequence.push(Node::At(Place::Beginning)),
                Ok(b'$') => sequence.push(Node::At(Place::End)),
                _ => sequence.push(Node::Literal(c)),
            }
        }
        Ok(sequence)
    }

    /// A repeat of what stands before it, or a brace that is none.
    fn repeat(&mut self, sign: u8, sequence: &mut Sequence) -> Result<(), Failure> {
        let here = self.source.tell();
        let (min, max) = match sign {
            b'?' => (0, 1),
            b'*' => (0, UNLIMITED),
            b'+' => (1, UNLIMITED),
            _ => match self.bounds(here)? {
                Some(bounds) => bounds,
                None => {
                    sequence.push(Node::Literal(sign.into()));
                    return Ok(());
                }
            },
        };
        let back = self.source.tell() - here + 1;
        match sequence.last() {
            None | Some(Node::At(_)) => return Err(self.source.failure("nothing to repeat", back)),
            Some(item) if item.is_repeat() => return Err(self.source.failure("multiple repeat", back)),
            Some(_) => {}
        }
        let body = match sequence.pop() {
            Some(Node::Group { index: None, add: 0, remove: 0, body }) => body,
            item => item.into_iter().collect(),
        };
        let manner = if self.source.accept(b'?')? {
            Manner::Lazy
        } else if self.source.accept(b'+')? {
            Manner::Possessive
        } else {
            Manner::Greedy
        };
        sequence.push(Node::Repeat { min, max, manner, body });
        Ok(())
    }

    /// `m}`, `m,n}` and the like behind a brace; `None`, and nothing read, if it is something else.
    fn bounds(&mut self, here: usize) -> Result<Option<(u32, u32)>, Failure> {
        if self.source.next.is_some_and(|next| next.is(b'}')) {
            return Ok(None);
        }
        let (mut low, mut high) = (Vec::new(), Vec::new());
        self.source.digits(usize::MAX, 10, &mut low)?;
        if self.source.accept(b',')? {
            self.source.digits(usize::MAX, 10, &mut high)?;
        } else {
            high.clone_from(&low);
        }
        if !self.source.accept(b'}')? {
            self.source.seek(here)?;
            return Ok(None);
        }
        let count = |digits: &[u8], default: u32| match std::str::from_utf8(digits) {
            Ok("") | Err(_) => Ok(default),
            Ok(digits) => digits.parse().ok().filter(|count| *count < UNLIMITED).ok_or(Failure::Overflow),
        };
        let (min, max) = (count(&low, 0)?, count(&high, UNLIMITED)?);
        if max < min {
            let back = self.source.tell() - here;
            return Err(self.source.failure("min repeat greater than max repeat", back));
        }
        Ok(Some((min, max)))
    }

    /// Whether the group exists and has not ended yet.
    fn is_open(&self, group: u32) -> bool {
        self.widths.get(group as usize).is_none_or(Option::is_none)
    }

    /// Within a look-behind only groups before it can be referred to: widths must be known.
    pub fn check_look_behind(&self, group: u32) -> Result<(), Failure> {
        let Some(before) = self.look_behind else { return Ok(()) };
        if self.is_open(group) {
            return Err(self.source.failure("cannot refer to an open group", 0));
        }
        if group as usize >= before {
            return Err(self.source.failure("cannot refer to group defined in the same lookbehind subpattern", 0));
        }
        Ok(())
    }
}

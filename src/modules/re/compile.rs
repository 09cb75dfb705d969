//! From the tree to the program.

use crate::objects::str::encode_char;
use crate::vm::{Raised, Thread};

use super::chars::{self, Alphabet};
use super::flags;
use super::guards;
use super::program::{ANYTHING, Case, Guards, Index, Loop, Op, Pc, Program, Repeat, Set, Single, Spot, Start};
use super::tree::{self, Manner, Node, Parsed, Place, SetItem, SetNode, UNLIMITED, Width};

/// Why a pattern that could be read cannot be compiled.
pub enum Failure {
    /// A `PatternError` without a place.
    Pattern(&'static str),
    Raised(Raised),
}

impl From<Raised> for Failure {
    fn from(raised: Raised) -> Failure {
        Failure::Raised(raised)
    }
}

/// A look-behind cannot look further.
const FURTHEST: u64 = u32::MAX as u64;

pub fn compile(th: &Thread, parsed: &Parsed, is_text: bool) -> Result<Program, Failure> {
    let program = Program {
        ops: Vec::new(),
        literals: Vec::new(),
        sets: Vec::new(),
        repeats: Vec::new(),
        loops: Vec::new(),
        guards: vec![[true; 257]],
        splits: Vec::new(),
        registers: 0,
        groups: parsed.groups,
        is_text,
        start: Start::default(),
    };
    let mut compiler = Compiler { th, program, widths: &parsed.widths };
    compiler.sequence(&parsed.body, parsed.flags)?;
    compiler.push(Op::Match);
    let mut program = compiler.program;
    guards::complete(&mut program);
    Ok(program)
}

struct Compiler<'a> {
    th: &'a Thread,
    program: Program,
    widths: &'a [Width],
}

/// What an item becomes if it is one character.
enum OneChar {
    Exactly(u32),
    Single(Single),
}

fn alphabet(flags: u32) -> Alphabet {
    if flags & flags::UNICODE != 0 { Alphabet::Unicode } else { Alphabet::Ascii }
}

impl Compiler<'_> {
    fn here(&self) -> Pc {
        self.program.ops.len() as Pc
    }

    fn push(&mut self, op: Op) -> Pc {
        self.program.ops.push(op);
        self.here() - 1
    }

    fn registers(&mut self, count: usize) -> Index {
        self.program.registers += count;
        (self.program.registers - count) as Index
    }

    fn sequence(&mut self, nodes: &[Node], flags: u32) -> Result<(), Failure> {
        for node in nodes {
            self.node(node, flags)?;
        }
        Ok(())
    }

    fn node(&mut self, node: &Node, flags: u32) -> Result<(), Failure> {
        match node {
            Node::Literal(_) | Node::Any | Node::Set(_) => {
                if let Some(one) = self.one_char(node, flags) {
                    self.char(one);
                }
            }
            Node::At(place) => {
                self.push(Op::At(spot(*place, flags)));
            }
            Node::Branch(branches) => self.branch(branches, flags)?,
            Node::Group { index, add, remove, body } => {
                let inner = flags::combined(flags, *add, *remove);
                self.group(*index, body, inner)?;
            }
            Node::Atomic(body) => {
                let mark = self.registers(1);
                self.push(Op::Mark(mark));
                self.nested(body, flags)?;
                self.push(Op::Commit(mark));
            }
            Node::Repeat { min, max, manner, body } => self.repeat(*min, *max, *manner, body, flags)?,
            Node::Look { behind, negated, body } => self.look(*behind, *negated, body, flags)?,
            Node::Backreference(group) => {
                let ignored = flags & flags::IGNORECASE != 0;
                let case = if ignored { Case::Ignored(alphabet(flags)) } else { Case::Exact };
                self.push(Op::Same(*group, case));
            }
            Node::Conditional { group, yes, no } => {
                let unless = self.push(Op::Fail);
                self.nested(yes, flags)?;
                let mut end = self.here();
                if let Some(no) = no {
                    let skip = self.push(Op::Fail);
                    end = self.here();
                    self.nested(no, flags)?;
                    self.program.ops[skip as usize] = Op::Jump(self.here());
                }
                self.program.ops[unless as usize] = Op::UnlessMatched(*group, end);
            }
            Node::Never => {
                self.push(Op::Fail);
            }
        }
        Ok(())
    }

    fn nested(&mut self, body: &[Node], flags: u32) -> Result<(), Failure> {
        self.th.check_recursion("")?;
        self.sequence(body, flags)
    }

    fn group(&mut self, index: Option<u32>, body: &[Node], flags: u32) -> Result<(), Failure> {
        match index {
            Some(index) => {
                self.push(Op::Open(index));
                self.nested(body, flags)?;
                self.push(Op::Close(index));
                Ok(())
            }
            None => self.nested(body, flags),
        }
    }

    /// A character, joined to the literal before it where nothing jumps between them.
    fn char(&mut self, one: OneChar) {
        let op = match one {
            OneChar::Exactly(c) if c < 0x80 || !self.program.is_text => Op::Byte(c as u8),
            OneChar::Exactly(c) => {
                let (from, to) = self.literal(c);
                Op::Bytes(from, to)
            }
            OneChar::Single(Single::Any) => Op::Any,
            OneChar::Single(Single::AnyOrNewline) => Op::AnyOrNewline,
            OneChar::Single(Single::Set(set)) => Op::Set(set),
            OneChar::Single(Single::Byte(b)) => Op::Byte(b),
            OneChar::Single(Single::Char(from, to)) => Op::Bytes(from, to),
            OneChar::Single(Single::NotByte(_)) => unreachable!("only repeats are made of it"),
        };
        self.push(op);
    }

    fn literal(&mut self, c: u32) -> (u32, u32) {
        let from = self.program.literals.len() as u32;
        self.program.literals.extend_from_slice(encode_char(c, &mut [0; 4]));
        (from, self.program.literals.len() as u32)
    }

    /// What a node is, if it matches one character.
    fn one_char(&mut self, node: &Node, flags: u32) -> Option<OneChar> {
        Some(match node {
            Node::Any if flags & flags::DOTALL != 0 => OneChar::Single(Single::AnyOrNewline),
            Node::Any => OneChar::Single(Single::Any),
            Node::Literal(c) => {
                if flags & flags::IGNORECASE != 0 {
                    let mut cases = Vec::new();
                    chars::each_case(*c, alphabet(flags), |c| cases.push((c, c)));
                    if cases.iter().any(|(other, _)| other != c) {
                        let set = Set::new(cases, Vec::new(), alphabet(flags), false);
                        return Some(OneChar::Single(Single::Set(self.set(set))));
                    }
                }
                OneChar::Exactly(*c)
            }
            Node::Set(SetNode { negated: false, items })
                if let [SetItem::Range(low, high)] = items[..]
                    && low == high =>
            {
                return self.one_char(&Node::Literal(low), flags);
            }
            Node::Set(set) => {
                let set = made(set, flags);
                OneChar::Single(Single::Set(self.set(set)))
            }
            _ => return None,
        })
    }

    fn set(&mut self, set: Set) -> Index {
        let sets = &mut self.program.sets;
        let known = sets.iter().position(|other| *other == set);
        known.unwrap_or_else(|| {
            sets.push(set);
            sets.len() - 1
        }) as Index
    }

    /// A choice whose ways are filled in later.
    fn split(&mut self) -> Pc {
        self.program.splits.push(Guards { main: ANYTHING, other: ANYTHING });
        let guards = self.program.splits.len() as Index - 1;
        self.push(Op::Split { main: 0, other: 0, guards })
    }

    fn set_split(&mut self, at: Pc, first: Pc, second: Pc) {
        if let Op::Split { main, other, .. } = &mut self.program.ops[at as usize] {
            (*main, *other) = (first, second);
        }
    }

    fn branch(&mut self, branches: &[tree::Sequence], flags: u32) -> Result<(), Failure> {
        let mut jumps = Vec::new();
        for (at, branch) in branches.iter().enumerate() {
            if at + 1 == branches.len() {
                self.nested(branch, flags)?;
                break;
            }
            let split = self.split();
            self.nested(branch, flags)?;
            jumps.push(self.push(Op::Fail));
            self.set_split(split, split + 1, self.here());
        }
        let end = self.here();
        for jump in jumps {
            self.program.ops[jump as usize] = Op::Jump(end);
        }
        Ok(())
    }

    fn repeat(&mut self, min: u32, max: u32, manner: Manner, body: &[Node], flags: u32) -> Result<(), Failure> {
        if let [item] = body
            && let Some(one) = self.one_char(item, flags)
        {
            self.repeat_char(min, max, manner, one);
            return Ok(());
        }
        let may_be_empty = tree::width(body, self.widths).min == 0;
        match (min, max, manner) {
            (_, 0, _) => {
                // Nothing to match; but what is wrong with the body is still an error.
                let (ops, loops) = (self.program.ops.len(), self.program.loops.len());
                self.nested(body, flags)?;
                self.program.ops.truncate(ops);
                self.program.loops.truncate(loops);
                Ok(())
            }
            (1, 1, Manner::Greedy | Manner::Lazy) => self.nested(body, flags),
            (0, 1, Manner::Greedy | Manner::Lazy) => {
                let split = self.split();
                self.nested(body, flags)?;
                self.set_ways(split, split + 1, self.here(), manner);
                Ok(())
            }
            (0, UNLIMITED, Manner::Greedy | Manner::Lazy) if !may_be_empty => {
                let split = self.split();
                self.nested(body, flags)?;
                self.push(Op::Jump(split));
                self.set_ways(split, split + 1, self.here(), manner);
                Ok(())
            }
            (1, UNLIMITED, Manner::Greedy | Manner::Lazy) if !may_be_empty => {
                let start = self.here();
                self.nested(body, flags)?;
                let split = self.split();
                self.set_ways(split, start, split + 1, manner);
                Ok(())
            }
            _ => self.counted(min, max, manner, body, flags),
        }
    }

    /// One more round or none: by the manner either is tried first.
    fn set_ways(&mut self, split: Pc, round: Pc, exit: Pc, manner: Manner) {
        match manner {
            Manner::Lazy => self.set_split(split, exit, round),
            _ => self.set_split(split, round, exit),
        }
    }

    fn counted(&mut self, min: u32, max: u32, manner: Manner, body: &[Node], flags: u32) -> Result<(), Failure> {
        let register = self.registers(2);
        let mark = if manner == Manner::Possessive { self.registers(1) } else { 0 };
        let index = self.program.loops.len() as Index;
        self.program.loops.push(Loop { register, min, max, manner, body: 0, exit: 0, mark });
        self.push(Op::LoopStart(index));
        let head = self.push(Op::LoopNext(index));
        if manner == Manner::Lazy {
            self.push(Op::LoopAgain(index));
        }
        let start = self.here();
        self.nested(body, flags)?;
        if manner == Manner::Possessive {
            self.push(Op::Commit(mark));
        }
        self.push(Op::Jump(head));
        let exit = self.here();
        let entry = &mut self.program.loops[index as usize];
        (entry.body, entry.exit) = (start, exit);
        Ok(())
    }

    fn repeat_char(&mut self, min: u32, max: u32, manner: Manner, one: OneChar) {
        let single = match one {
            OneChar::Exactly(c) if c < 0x80 || !self.program.is_text => Single::Byte(c as u8),
            OneChar::Exactly(c) => {
                let (from, to) = self.literal(c);
                Single::Char(from, to)
            }
            OneChar::Single(Single::Set(set)) => match self.program.sets[set as usize].all_but(self.program.is_text) {
                Some(byte) => Single::NotByte(byte),
                None => Single::Set(set),
            },
            OneChar::Single(single) => single,
        };
        self.program.repeats.push(Repeat { single, min, max, manner, next: ANYTHING });
        self.push(Op::Repeat(self.program.repeats.len() as Index - 1));
    }

    fn look(&mut self, behind: bool, negated: bool, body: &[Node], flags: u32) -> Result<(), Failure> {
        let register = self.registers(2);
        let start = self.push(Op::Look(register));
        if behind {
            let Width { min, max } = tree::width(body, self.widths);
            if min > FURTHEST {
                return Err(Failure::Pattern("looks too much behind"));
            }
            if min != max {
                return Err(Failure::Pattern("look-behind requires fixed-width pattern"));
            }
            self.push(Op::Back(min as u32));
        }
        self.nested(body, flags)?;
        if negated {
            self.push(Op::LookNotEnd(register));
            self.program.ops[start as usize] = Op::LookNot(register, self.here());
        } else {
            self.push(Op::LookEnd(register));
        }
        Ok(())
    }
}

/// The characters of a set under these flags.
fn made(node: &SetNode, flags: u32) -> Set {
    let alphabet = alphabet(flags);
    let (mut ranges, mut categories) = (Vec::new(), Vec::new());
    for item in &node.items {
        match *item {
            SetItem::Category(category) => categories.push(category),
            SetItem::Range(low, high) => {
                ranges.push((low, high));
                if flags & flags::IGNORECASE != 0 {
                    chars::each_case_within(low, high, alphabet, |c| ranges.push((c, c)));
                }
            }
        }
    }
    Set::new(ranges, categories, alphabet, node.negated)
}

fn spot(place: Place, flags: u32) -> Spot {
    let multiline = flags & flags::MULTILINE != 0;
    match place {
        Place::Beginning if multiline => Spot::LineStart,
        Place::Beginning | Place::StringStart => Spot::Start,
        Place::End if multiline => Spot::LineEnd,
        Place::End => Spot::End,
        Place::StringEnd => Spot::VeryEnd,
        Place::Boundary => Spot::Boundary(alphabet(flags)),
        Place::NoBoundary => Spot::NoBoundary(alphabet(flags)),
    }
}

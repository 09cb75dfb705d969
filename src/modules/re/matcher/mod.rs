//! The matcher: runs a program over a text, and goes back to the last choice where it fails.
//!
//! All that it may have to undo lies on a stack of its own: choices not taken yet, and what groups and registers held
//! before. So the native stack stays flat however long the text is, and memory is what a pattern can run out of.
//!
//! `repeats` has what matches single characters, once or many times; `places` what matches between characters, and what
//! looks back.
//!
//! It is compiled twice: for texts whose characters are bytes, and (`WIDE`) for WTF-8 with characters of several bytes.
//! Now and then it asks whether something urgent has come up (Ctrl-C, a collection): see [`Matcher::poll`].

use crate::vm::Thread;
use crate::vm::native::Result;

use super::program::{END_OF_TEXT, Index, Loop, NOWHERE, Op, Pc, Program, Single};
use super::slots::Slots;
use super::tree::Manner;

mod places;
mod repeats;

/// How a match must end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Anywhere,
    /// With the text: `fullmatch`.
    WithText,
}

/// One entry of the stack.
struct Entry {
    what: What,
    /// Where to go on; or the group or register to restore.
    at: u32,
    a: usize,
    b: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum What {
    /// Go on at `at`, at position `a`.
    Choice,
    /// A greedy repeat that has come to `a` and can give back down to `b`; `at` is its instruction.
    Greedy,
    /// A lazy repeat that has come to `a` and may take `b` more.
    Lazy,
    /// Slot `at` held `a`.
    Slot,
    /// The slot of a group's end held `a`; the last group to end was `b`.
    Close,
    /// Registers `at` and the next one held `a` and `b`.
    Registers,
}

/// Steps between two looks at what is urgent.
const PATIENCE: i64 = 1 << 15;
/// Stack entries beyond which the memory limit is asked.
const SURELY_FITS: usize = 1 << 14;

pub struct Matcher<'a> {
    th: &'a Thread,
    program: &'a Program,
    /// Up to the end of what is searched.
    text: &'a [u8],
    stack: Vec<Entry>,
    registers: Vec<usize>,
    /// Start and end of each group, the whole match being group 0; [`NOWHERE`] where it has not matched.
    pub slots: Slots,
    /// Whether slots hold what is not undone by going back.
    dirty: bool,
    /// The group that ended last; 0 for none.
    pub last_group: u32,
    ending: Ending,
    /// An empty match here does not count.
    refused: usize,
    fuel: i64,
}

impl<'a> Matcher<'a> {
    #[inline(always)]
    pub fn new(th: &'a Thread, program: &'a Program, text: &'a [u8], ending: Ending) -> Matcher<'a> {
        Matcher {
            th,
            program,
            text,
            stack: Vec::new(),
            registers: vec![0; program.registers],
            slots: Slots::new(2 * (program.groups as usize + 1)),
            dirty: false,
            last_group: 0,
            ending,
            refused: NOWHERE,
            fuel: PATIENCE,
        }
    }

    /// An empty match at this position no longer counts, but only if it is the first place that is tried.
    pub fn refuse_empty_at(&mut self, position: usize) {
        self.refused = position;
    }

    /// Whether the program matches from `start` on; then the slots say where.
    #[inline]
    pub fn matches<const WIDE: bool>(&mut self, start: usize) -> Result<bool> {
        self.matches_behind::<WIDE>(start, 0, start)
    }

    /// As `matches`, where it is known that from `start` to `at` what comes before instruction `pc` has matched.
    #[inline]
    pub fn matches_behind<const WIDE: bool>(&mut self, start: usize, pc: Pc, at: usize) -> Result<bool> {
        if self.dirty {
            self.slots.fill(NOWHERE);
            self.last_group = 0;
            self.dirty = false;
        }
        self.stack.clear();
        let found = self.run::<WIDE>(start, pc, at)?;
        self.refused = NOWHERE;
        if let Some(end) = found {
            self.slots[0] = start;
            self.slots[1] = end;
            self.dirty = true;
        }
        Ok(found.is_some())
    }

    #[cold]
    #[inline(never)]
    fn poll(&mut self) -> Result<()> {
        self.fuel = PATIENCE;
        self.th.poll()
    }

    #[inline(always)]
    fn push(&mut self, what: What, at: u32, a: usize, b: usize) -> Result<()> {
        if self.stack.len() == self.stack.capacity() {
            self.make_room()?;
        }
        self.stack.push(Entry { what, at, a, b });
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn make_room(&mut self) -> Result<()> {
        let more = self.stack.len().max(16);
        let bytes = more * size_of::<Entry>();
        if more > SURELY_FITS && self.th.heap().would_exceed_limit(2 * bytes) {
            return Err(self.th.memory_error());
        }
        self.stack.try_reserve_exact(more).map_err(|_| self.th.memory_error())
    }

    /// From instruction `pc` and position `at` to a match that began at `start`, and where it ends.
    fn run<const WIDE: bool>(&mut self, start: usize, pc: Pc, at: usize) -> Result<Option<usize>> {
        let (program, text) = (self.program, self.text);
        let ops = &program.ops[..];
        let (mut pc, mut at) = (pc, at);
        loop {
            let goes_on = match ops[pc as usize] {
                Op::Byte(b) => {
                    let is_next = text.get(at) == Some(&b);
                    at += 1;
                    is_next
                }
                Op::Bytes(from, to) => {
                    let literal = &program.literals[from as usize..to as usize];
                    let is_next = text[at..].starts_with(literal);
                    at += literal.len();
                    is_next
                }
                Op::Any => self.step::<WIDE>(Single::Any, &mut at),
                Op::AnyOrNewline => self.step::<WIDE>(Single::AnyOrNewline, &mut at),
                Op::Set(set) => self.step::<WIDE>(Single::Set(set), &mut at),
                Op::Repeat(index) => self.repeat::<WIDE>(&program.repeats[index as usize], pc, &mut at)?,
                Op::At(spot) => self.is_at::<WIDE>(spot, at),
                Op::Open(group) => {
                    let slot = 2 * group as usize;
                    let old = std::mem::replace(&mut self.slots[slot], at);
                    if self.stack.is_empty() {
                        // There is nothing to go back to.
                        self.dirty = true;
                    } else {
                        self.push(What::Slot, slot as u32, old, 0)?;
                    }
                    true
                }
                Op::Close(group) => {
                    let slot = 2 * group as usize + 1;
                    let old = std::mem::replace(&mut self.slots[slot], at);
                    let last = std::mem::replace(&mut self.last_group, group);
                    if self.stack.is_empty() {
                        self.dirty = true;
                    } else {
                        self.push(What::Close, slot as u32, old, last as usize)?;
                    }
                    true
                }
                Op::Jump(to) => {
                    pc = to;
                    continue;
                }
                Op::Split { main, other, guards } => {
                    let byte = text.get(at).map_or(END_OF_TEXT, |b| *b as usize);
                    let guards = program.splits[guards as usize];
                    let passes = |guard: Index| program.guards[guard as usize][byte];
                    match (passes(guards.main), passes(guards.other)) {
                        (true, true) => {
                            self.push(What::Choice, other, at, 0)?;
                            pc = main;
                            continue;
                        }
                        (true, false) => {
                            pc = main;
                            continue;
                        }
                        (false, true) => {
                            pc = other;
                            continue;
                        }
                        (false, false) => false,
                    }
                }
                Op::LoopStart(index) => {
                    let entry = &program.loops[index as usize];
                    self.set_registers(entry.register, 0, NOWHERE)?;
                    true
                }
                Op::LoopNext(index) => {
                    pc = self.round(&program.loops[index as usize], pc, at)?;
                    continue;
                }
                Op::LoopAgain(index) => {
                    let entry = &program.loops[index as usize];
                    let register = entry.register as usize;
                    let (count, last) = (self.registers[register], self.registers[register + 1]);
                    let may = may_go_round(entry, count) && at != last;
                    if may {
                        self.set_registers(entry.register, count + 1, at)?;
                    }
                    may
                }
                Op::Mark(register) => {
                    self.registers[register as usize] = self.stack.len();
                    true
                }
                Op::Commit(register) => {
                    self.commit(self.registers[register as usize]);
                    true
                }
                Op::Look(register) => {
                    self.registers[register as usize] = self.stack.len();
                    self.registers[register as usize + 1] = at;
                    true
                }
                Op::LookEnd(register) => {
                    self.commit(self.registers[register as usize]);
                    at = self.registers[register as usize + 1];
                    true
                }
                Op::LookNot(register, after) => {
                    self.registers[register as usize] = self.stack.len();
                    self.push(What::Choice, after, at, 0)?;
                    true
                }
                Op::LookNotEnd(register) => {
                    self.undo_to(self.registers[register as usize]);
                    false
                }
                Op::Back(count) => match self.back::<WIDE>(at, count as usize) {
                    Some(before) => {
                        at = before;
                        true
                    }
                    None => false,
                },
                Op::Same(group, case) => self.same::<WIDE>(group, case, &mut at),
                Op::UnlessMatched(group, to) => {
                    let slot = 2 * group as usize;
                    if self.slots[slot] == NOWHERE || self.slots[slot + 1] == NOWHERE {
                        pc = to;
                        continue;
                    }
                    true
                }
                Op::Fail => false,
                Op::Match => {
                    let is_refused =
                        self.ending == Ending::WithText && at != text.len() || at == self.refused && at == start;
                    if !is_refused {
                        return Ok(Some(at));
                    }
                    false
                }
            };
            if goes_on {
                pc += 1;
                continue;
            }
            match self.go_back::<WIDE>()? {
                Some((to, position)) => (pc, at) = (to, position),
                None => return Ok(None),
            }
        }
    }

    /// Back to the last choice: where to go on, and at which position.
    #[inline(always)]
    fn go_back<const WIDE: bool>(&mut self) -> Result<Option<(Pc, usize)>> {
        self.fuel -= 1;
        if self.fuel < 0 {
            self.poll()?;
        }
        loop {
            let Some(entry) = self.stack.last_mut() else { return Ok(None) };
            match entry.what {
                What::Choice => {
                    let found = (entry.at, entry.a);
                    self.stack.pop();
                    return Ok(Some(found));
                }
                What::Greedy => {
                    let (at, from, least) = (entry.at, entry.a, entry.b);
                    if let Some(position) = self.give_back::<WIDE>(at, from, least) {
                        return Ok(Some((at + 1, position)));
                    }
                }
                What::Lazy => {
                    let (at, from, more) = (entry.at, entry.a, entry.b);
                    if let Some(position) = self.take_more::<WIDE>(at, from, more) {
                        return Ok(Some((at + 1, position)));
                    }
                }
                _ => self.undo(),
            }
        }
    }

    /// Takes the top entry off the stack, and restores what it says.
    #[inline(always)]
    fn undo(&mut self) {
        let Some(entry) = self.stack.pop() else { return };
        let at = entry.at as usize;
        match entry.what {
            What::Slot => self.slots[at] = entry.a,
            What::Close => {
                self.slots[at] = entry.a;
                self.last_group = entry.b as u32;
            }
            What::Registers => {
                self.registers[at] = entry.a;
                self.registers[at + 1] = entry.b;
            }
            What::Choice | What::Greedy | What::Lazy => {}
        }
    }

    fn undo_to(&mut self, height: usize) {
        while self.stack.len() > height {
            self.undo();
        }
    }

    /// Forgets the choices above `height`; what was changed since can still be undone.
    fn commit(&mut self, height: usize) {
        let mut kept = height;
        for at in height..self.stack.len() {
            if !matches!(self.stack[at].what, What::Choice | What::Greedy | What::Lazy) {
                self.stack.swap(kept, at);
                kept += 1;
            }
        }
        self.stack.truncate(kept);
    }

    fn set_registers(&mut self, register: Index, first: usize, second: usize) -> Result<()> {
        let at = register as usize;
        let (a, b) = (self.registers[at], self.registers[at + 1]);
        self.push(What::Registers, register, a, b)?;
        (self.registers[at], self.registers[at + 1]) = (first, second);
        Ok(())
    }

    /// At the head of a loop: where to go on.
    fn round(&mut self, entry: &Loop, pc: Pc, at: usize) -> Result<Pc> {
        self.fuel -= 1;
        if self.fuel < 0 {
            self.poll()?;
        }
        let register = entry.register as usize;
        let (count, last) = (self.registers[register], self.registers[register + 1]);
        let is_possessive = entry.manner == Manner::Possessive;
        if count < entry.min as usize {
            if is_possessive {
                self.registers[entry.mark as usize] = self.stack.len();
            }
            self.set_registers(entry.register, count + 1, last)?;
            return Ok(entry.body);
        }
        if entry.manner == Manner::Lazy {
            self.push(What::Choice, pc + 1, at, 0)?;
            return Ok(entry.exit);
        }
        // A round that would begin where the last one did matches nothing more.
        if !may_go_round(entry, count) || at == last {
            return Ok(entry.exit);
        }
        if is_possessive {
            self.registers[entry.mark as usize] = self.stack.len();
        }
        self.push(What::Choice, entry.exit, at, 0)?;
        self.set_registers(entry.register, count + 1, at)?;
        Ok(entry.body)
    }
}

fn may_go_round(entry: &Loop, count: usize) -> bool {
    entry.max == super::tree::UNLIMITED || count < entry.max as usize
}

//! What a finished program tells about the bytes that come next: the guards of its choices, which repeats need no second
//! thoughts, and where a search has to look at all.
//!
//! Everything here is an estimate to one side: a guard may let pass what fails later, never the other way round.

use super::program::{ANYTHING, END_OF_TEXT, Guard, Guards, Index, Op, Pc, Program, Single, Spot, Start};
use super::tree::Manner;

/// Instructions looked at for one guard; beyond that anything can come.
const PATIENCE: usize = 200;

pub fn complete(program: &mut Program) {
    join_literals(program);
    for at in 0..program.ops.len() {
        match program.ops[at] {
            Op::Split { main, other, guards } => {
                let (main, other) = (first(program, main), first(program, other));
                let found = Guards { main: intern(program, main), other: intern(program, other) };
                program.splits[guards as usize] = found;
            }
            Op::Repeat(index) => complete_repeat(program, at as Pc, index),
            _ => {}
        }
    }
    program.start = start(program);
}

/// Literals that follow each other become one, unless something jumps between them.
fn join_literals(program: &mut Program) {
    let is_target = targets(program);
    let mut keep = vec![true; program.ops.len()];
    let mut at = 0;
    while at < program.ops.len() {
        let (mut end, mut bytes) = (at, Vec::new());
        while end < program.ops.len() && (end == at || !is_target[end]) {
            match program.ops[end] {
                Op::Byte(b) => bytes.push(b),
                Op::Bytes(from, to) => bytes.extend_from_slice(&program.literals[from as usize..to as usize]),
                _ => break,
            }
            end += 1;
        }
        if end - at > 1 {
            let from = program.literals.len() as u32;
            program.literals.extend_from_slice(&bytes);
            program.ops[at] = Op::Bytes(from, program.literals.len() as u32);
            keep[at + 1..end].fill(false);
        }
        at = end.max(at + 1);
    }
    remove(program, &keep);
}

/// Whether something jumps to an instruction.
fn targets(program: &Program) -> Vec<bool> {
    let mut is_target = vec![false; program.ops.len() + 1];
    let mut note = |pc: Pc| is_target[pc as usize] = true;
    for op in &program.ops {
        match *op {
            Op::Jump(to) | Op::LookNot(_, to) | Op::UnlessMatched(_, to) => note(to),
            Op::Split { main, other, .. } => [main, other].into_iter().for_each(&mut note),
            _ => {}
        }
    }
    for entry in &program.loops {
        note(entry.body);
        note(entry.exit);
    }
    is_target
}

/// Takes out the instructions that are not kept; nothing jumps to them.
fn remove(program: &mut Program, keep: &[bool]) {
    let mut moved = Vec::with_capacity(keep.len() + 1);
    let mut count = 0;
    for kept in keep {
        moved.push(count);
        count += Pc::from(*kept);
    }
    moved.push(count);
    let new = |pc: Pc| moved[pc as usize];
    for op in &mut program.ops {
        match op {
            Op::Jump(to) | Op::LookNot(_, to) | Op::UnlessMatched(_, to) => *to = new(*to),
            Op::Split { main, other, .. } => (*main, *other) = (new(*main), new(*other)),
            _ => {}
        }
    }
    for entry in &mut program.loops {
        (entry.body, entry.exit) = (new(entry.body), new(entry.exit));
    }
    let mut kept = keep.iter();
    program.ops.retain(|_| kept.next().copied().unwrap_or(true));
}

fn intern(program: &mut Program, guard: Guard) -> Index {
    let known = program.guards.iter().position(|other| *other == guard);
    known.unwrap_or_else(|| {
        program.guards.push(guard);
        program.guards.len() - 1
    }) as Index
}

/// What bytes a match from `pc` on can begin with.
fn first(program: &Program, pc: Pc) -> Guard {
    let mut guard = [false; 257];
    let mut todo = vec![pc];
    let mut seen = Vec::new();
    while let Some(pc) = todo.pop() {
        if seen.contains(&pc) {
            continue;
        }
        seen.push(pc);
        if seen.len() > PATIENCE || !add_first(program, pc, &mut guard, &mut todo) {
            return [true; 257];
        }
    }
    guard
}

/// Adds what one instruction can begin with, and the instructions that may be next without a byte read. False if anything
/// can come.
fn add_first(program: &Program, pc: Pc, guard: &mut Guard, todo: &mut Vec<Pc>) -> bool {
    match program.ops[pc as usize] {
        Op::Byte(b) => guard[b as usize] = true,
        Op::Bytes(from, _) => guard[program.literals[from as usize] as usize] = true,
        Op::Any => add_single(program, Single::Any, guard),
        Op::AnyOrNewline => add_single(program, Single::AnyOrNewline, guard),
        Op::Set(set) => add_single(program, Single::Set(set), guard),
        Op::Repeat(index) => {
            let repeat = &program.repeats[index as usize];
            add_single(program, repeat.single, guard);
            if repeat.min == 0 {
                todo.push(pc + 1);
            }
        }
        Op::At(spot) => match spot {
            // What follows may still want a byte, but none that is there.
            Spot::VeryEnd => guard[END_OF_TEXT] = true,
            Spot::End | Spot::LineEnd => {
                guard[END_OF_TEXT] = true;
                guard[b'\n' as usize] = true;
            }
            _ => todo.push(pc + 1),
        },
        Op::Open(_) | Op::Close(_) | Op::Mark(_) => todo.push(pc + 1),
        Op::Jump(to) => todo.push(to),
        Op::Split { main, other, .. } => todo.extend([main, other]),
        Op::LoopStart(_) => todo.push(pc + 1),
        Op::LoopNext(index) | Op::LoopAgain(index) => {
            let entry = &program.loops[index as usize];
            todo.extend([entry.body, entry.exit]);
        }
        // The end of a look ahead goes on elsewhere; before it anything that follows still has to match here.
        Op::LookNot(_, after) => todo.push(after),
        Op::UnlessMatched(_, to) => todo.extend([pc + 1, to]),
        Op::Fail => {}
        // What has been committed to must not depend on what follows.
        Op::Commit(_) => return false,
        Op::Look(_) | Op::LookEnd(_) | Op::LookNotEnd(_) | Op::Back(_) | Op::Same(..) | Op::Match => return false,
    }
    true
}

fn add_single(program: &Program, single: Single, guard: &mut Guard) {
    match single {
        Single::Byte(b) => guard[b as usize] = true,
        Single::Char(from, _) => guard[program.literals[from as usize] as usize] = true,
        Single::Set(set) => program.sets[set as usize].add_to_guard(guard, program.is_text),
        Single::Any | Single::AnyOrNewline | Single::NotByte(_) => {
            let but = match single {
                Single::Any => Some(b'\n'),
                Single::NotByte(b) => Some(b),
                _ => None,
            };
            for b in 0..=255u8 {
                let begins = !program.is_text || !(0x80..0xC0).contains(&b);
                guard[b as usize] |= begins && Some(b) != but;
            }
        }
    }
}

/// Notes what can follow a repeat. Where that is nothing of what is repeated, giving some back would be of no use.
fn complete_repeat(program: &mut Program, at: Pc, index: Index) {
    let next = first(program, at + 1);
    let mut own = [false; 257];
    add_single(program, program.repeats[index as usize].single, &mut own);
    let is_disjoint = own.iter().zip(&next).all(|(own, next)| !(own & next));
    let next = intern(program, next);
    let ends = ends_match(program, at + 1);
    let repeat = &mut program.repeats[index as usize];
    repeat.next = next;
    if repeat.manner == Manner::Greedy && (is_disjoint || ends) {
        repeat.manner = Manner::Possessive;
    }
}

/// Whether from `pc` on a match is complete: then the longest repeat is the only one that counts, also where the whole
/// text has to match.
fn ends_match(program: &Program, mut pc: Pc) -> bool {
    loop {
        match program.ops[pc as usize] {
            Op::Match => return true,
            Op::Close(_) => pc += 1,
            _ => return false,
        }
    }
}

/// What every match begins with.
fn start(program: &mut Program) -> Start {
    let mut start = Start::default();
    let mut pc = 0;
    loop {
        match program.ops[pc] {
            Op::Open(_) | Op::Close(_) => {}
            Op::At(Spot::Start) if start.literal.is_empty() => start.at_start_only = true,
            Op::At(Spot::LineStart) if start.literal.is_empty() => start.at_line_starts = true,
            Op::Byte(b) => start.literal.push(b),
            Op::Bytes(from, to) => {
                start.literal.extend_from_slice(&program.literals[from as usize..to as usize]);
            }
            _ => break,
        }
        pc += 1;
    }
    start.literal_first = match program.ops[0] {
        Op::Byte(_) => start.literal.len() == 1,
        Op::Bytes(from, to) => start.literal.len() == (to - from) as usize,
        _ => false,
    };
    let guard = first(program, 0);
    let bytes = (0..=255u8).filter(|b| guard[*b as usize]);
    if !guard[END_OF_TEXT] && bytes.clone().count() <= 3 {
        start.bytes = bytes.collect();
    }
    start.guard = if guard.iter().all(|pass| *pass) { ANYTHING } else { intern(program, guard) };
    start
}

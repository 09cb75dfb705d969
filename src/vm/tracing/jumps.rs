//! `frame.f_lineno = line`: a tracing function lets a frame go on at another line.
//!
//! A jump can leave any loop, `try` and `with`, without what they do at their end. It can enter one only with what that
//! keeps in registers: from the body of a `for` into that of another, which goes on with the iterator of the first.

use crate::compiler::code::{Held, HeldKind, Standing, Start};
use crate::compiler::opcodes::Op;
use crate::heap::Value;
use crate::objects::code::Code;
use crate::objects::exception::Exc;
use crate::vm::native::Result;
use crate::vm::stack::Landing;
use crate::vm::{Thread, report};

use super::NOWHERE;

const INCOMPATIBLE: &str = "incompatible stacks";

impl Thread {
    /// Lets the frame at a depth go on where a line begins, or the first one below it that has code.
    pub fn jump_to_line(&self, depth: usize, line: i64) -> Result<()> {
        let refuse = |why: String| Err(self.raise(Exc::ValueError, why));
        match self.tracing.telling.get() {
            Some(("line", told)) if told == depth => {}
            Some(("call", told)) if told == depth => {
                return refuse("can't jump from the 'call' trace event of a new frame".into());
            }
            Some((_, told)) if told == depth => return refuse("can only jump from a 'line' trace event".into()),
            _ => return refuse("f_lineno can only be set in a trace function".into()),
        }
        let frame = &self.stack.frames()[depth - 1];
        let (code, at) = (frame.code, frame.at());
        if line < code.first_line.into() {
            return refuse(format!("line {line} comes before the current code block"));
        }
        let Some(wanted) = first_line_from(&code, line) else {
            return refuse(format!("line {line} comes after the current code block"));
        };
        let here = standing_at(&code, at);
        let target = match place_to_go(&code, here, wanted) {
            Ok(target) => target,
            Err(why) => return refuse(why.into()),
        };
        let registers = |register: u16| frame.register(register.into());
        let landing = landing(&code, here, target, registers);
        let unbound = self.stack.jump(depth, landing);
        self.tracing.change(depth, |watched| (watched.line, watched.at) = (0, NOWHERE));
        self.tracing.shown.set((0, 0));
        if unbound > 0 {
            let s = if unbound == 1 { "" } else { "s" };
            let message = format!("assigning None to {unbound} unbound local{s}");
            report::warn(self, Exc::RuntimeWarning, &message)?;
        }
        Ok(())
    }
}

/// The first line from the given one on that has code.
fn first_line_from(code: &Code, line: i64) -> Option<u32> {
    let starts = code.places.starts.iter().map(|start| start.line);
    let lines = starts.chain(code.positions.iter().map(|position| position.line));
    lines.filter(|start| *start != 0 && i64::from(*start) >= line).min()
}

/// What is held at an instruction.
fn standing_at(code: &Code, at: usize) -> &[Held] {
    let after = code.places.starts.partition_point(|start| start.at as usize <= at);
    after.checked_sub(1).map_or(&[], |last| &standing_of(code, code.places.starts[last]).held)
}

fn standing_of(code: &Code, start: Start) -> &Standing {
    &code.places.standings[start.standing as usize]
}

/// The place of a line that leaves as little as possible.
fn place_to_go(code: &Code, here: &[Held], line: u32) -> std::result::Result<Start, &'static str> {
    let begins = |start: &&Start| start.line == line;
    let first_of_all = code.places.starts.iter().find(begins);
    // A statement's first line need not be the one that is computed first.
    let computes = |start: &&Start| start.line != 0 && code.positions[start.at as usize].line == line;
    let mut refusal = INCOMPATIBLE;
    let mut best: Option<Start> = None;
    let mut is_first = true;
    for start in
        code.places.starts.iter().filter(|start| if first_of_all.is_some() { begins(start) } else { computes(start) })
    {
        let held = &standing_of(code, *start).held;
        if can_enter(code, here, held) {
            if best.is_none_or(|best| standing_of(code, best).held.len() < held.len()) {
                best = Some(*start);
            }
        } else if std::mem::take(&mut is_first) {
            refusal = match held.last().map(|held| held.kind) {
                Some(HeldKind::Handled | HeldKind::Exception | HeldKind::Star) => {
                    "can't jump into an 'except' block as there's no exception"
                }
                Some(HeldKind::Iterator) => "can't jump into the body of a for loop",
                _ => INCOMPATIBLE,
            };
        }
    }
    best.ok_or(refusal)
}

/// Whether what is held here can serve as what is held there.
fn can_enter(code: &Code, here: &[Held], there: &[Held]) -> bool {
    use HeldKind::{Exception, Handled, Iterator, Object, Receiver, Star};
    here.len() >= there.len()
        && here.iter().zip(there).all(|(from, to)| {
            let is_temporary = to.register >= code.variables || from.register == to.register;
            is_temporary
                && match to.kind {
                    Object => matches!(from.kind, Object | Iterator | Handled | Exception),
                    Handled | Exception => matches!(from.kind, Handled | Exception),
                    Iterator | Receiver => from.kind == to.kind,
                    Star => from == to,
                }
        })
}

/// What must be done to the frame: from what is held here to what the target holds.
fn landing(code: &Code, here: &[Held], target: Start, register: impl Fn(u16) -> Value) -> Landing {
    let there = standing_of(code, target);
    let mut registers = Vec::new();
    for at in there.constants.0..there.constants.1 {
        let load = code.body.absolute(at as usize);
        let value = match load.op() {
            Op::LoadConst => code.body.consts()[load.c()],
            Op::LoadInt => Value::small_int(load.c_signed()),
            _ => Value::NONE,
        };
        registers.push((load.a(), value));
    }
    for (from, to) in here.iter().zip(&there.held) {
        let value = register(from.register);
        // What is empty where it comes from need not be understood as such where it goes.
        let value = if value.is_empty() && from.kind != to.kind { Value::NONE } else { value };
        registers.push((to.register.into(), value));
    }
    // Handlers that are left have let go of their exceptions.
    let left = here[there.held.len()..].iter().find(|held| held.kind == HeldKind::Handled);
    Landing { at: target.at as usize, registers, handled: left.map(|held| register(held.register)) }
}

//! The lines of the source that have no instruction of their own: `pass`, `try:`, `continue`, a variable that is read where
//! it is. Who traces a program wants to hear of them, and who does not shall not pay for it; so they are marks on the ways
//! from one instruction to the next.

use crate::compiler::code::{CodeUnit, Mark};
use crate::compiler::opcodes::Op;
use crate::syntax::tree::Span;

use super::Emitter;
use super::jumps::{Label, LabelState};
use super::unit::Unit;

/// What the emitter notes of them.
#[derive(Default)]
pub(super) struct Lines {
    /// (the instruction behind it, the line), in order.
    noted: Vec<(u32, u32)>,
    jumps: Vec<Jump>,
    /// The line of the statement that conditional jumps to a label stand for.
    exit: Option<(Label, u32)>,
}

struct Jump {
    at: u32,
    label: Label,
    /// The line of a `break` or `continue` that it is at once.
    line: Option<u32>,
}

impl Lines {
    pub fn jump(&mut self, at: u32, label: Label) {
        let line = self.exit.filter(|(exit, _)| *exit == label).map(|(_, line)| line);
        self.jumps.push(Jump { at, label, line });
    }

    /// The marks of the finished code.
    pub fn marks(&self, code: &CodeUnit, labels: &[LabelState]) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut add = |from: u32, to: u32, lines: &mut dyn Iterator<Item = u32>| {
            let own = code.positions.get(to as usize).map_or(0, |position| position.line);
            let mut lines: Vec<u32> = lines.collect();
            lines.dedup();
            // The instruction itself tells of its line.
            if lines.last() == Some(&own) {
                lines.pop();
            }
            marks.extend(lines.into_iter().map(|line| Mark { from, to, line }));
        };
        for here in self.noted.chunk_by(|a, b| a.0 == b.0) {
            let to = here[0].0;
            add(to.checked_sub(1).unwrap_or(Mark::ENTRY), to, &mut here.iter().map(|noted| noted.1));
        }
        for jump in &self.jumps {
            let state = &labels[jump.label.index()];
            let first = self.noted.partition_point(|noted| noted.0 < state.target());
            let here = self.noted[first..].iter().take_while(|noted| noted.0 == state.target());
            let lines = here.skip(state.marks()).map(|noted| noted.1);
            add(jump.at, state.target(), &mut jump.line.into_iter().chain(lines));
        }
        // By where they lie alone: those of one way stay in their order.
        marks.sort_by_key(|mark| (mark.from, mark.to));
        marks
    }
}

impl Unit<'_> {
    /// What is noted at this very place.
    pub fn marks_here(&self) -> &[(u32, u32)] {
        let here = self.here();
        let first = self.lines.noted.iter().rposition(|noted| noted.0 != here).map_or(0, |last| last + 1);
        &self.lines.noted[first..]
    }
}

impl<'a> Emitter<'a> {
    /// A line without an instruction is come by here.
    pub(super) fn mark_line(&mut self, span: Span) {
        if self.unit.reachable {
            let noted = (self.unit.here(), self.line(span));
            if self.unit.lines.noted.last() != Some(&noted) {
                self.unit.lines.noted.push(noted);
            }
        }
    }

    /// What follows belongs to no line: it seems to be done at the end of what was done before.
    pub(super) fn nowhere(&mut self) {
        self.unit.position = Default::default();
    }

    /// Turns the last mark at this place into an instruction.
    pub(super) fn place_mark(&mut self) {
        if !self.unit.reachable || self.unit.marks_here().is_empty() {
            return;
        }
        if let Some((_, line)) = self.unit.lines.noted.pop() {
            let before = self.unit.position;
            self.unit.position = crate::compiler::code::Position { line, end_line: line, ..Default::default() };
            self.emit(Op::Nop, 0, 0, 0);
            self.unit.position = before;
        }
    }

    /// Emits what jumps to a label in the place of the statement at `span`, which does nothing else.
    pub(super) fn exit_through<R>(&mut self, label: Label, span: Span, emit: impl FnOnce(&mut Self) -> R) -> R {
        let line = self.line(span);
        let outer = self.unit.lines.exit.replace((label, line));
        let result = emit(self);
        self.unit.lines.exit = outer;
        result
    }
}

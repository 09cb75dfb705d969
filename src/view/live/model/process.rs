//! The interpreters of a run, each with a lock of its own: how long they live, and what becomes of their threads.

use std::collections::VecDeque;

use crate::record::file::{Interpreter, tell_apart};
use crate::record::lines::Begins;
use crate::world::Ns;

use super::super::Kind;
use super::blame::Waiters;
use super::{Lane, Model, TURNS};

/// A process of which nothing was heard for so long is taken for dead.
const SILENCE: Ns = 1_000_000_000;

/// An interpreter with its lock.
#[derive(Default)]
pub struct Process {
    pub(super) about: Interpreter,
    /// When it was heard of last.
    pub(super) heard: Ns,
    /// When it has ended, or was heard of for the last time: its process was killed.
    ended: Option<Ns>,
    /// From when to when nothing was recorded of it.
    gaps: VecDeque<(Ns, Option<Ns>)>,
    pub(super) waiters: Waiters,
}

impl Process {
    pub fn is_over(&self) -> bool {
        self.ended.is_some()
    }

    /// Whether it was there at that moment.
    pub fn is_there(&self, at: Ns) -> bool {
        self.about.born_ns <= at && self.ended.is_none_or(|ended| ended > at)
    }

    /// For how long it was recorded between the two moments.
    pub fn recorded_ns(&self, from: Ns, to: Ns) -> Ns {
        let (from, to) = (from.max(self.about.born_ns), to.min(self.ended.unwrap_or(to)));
        let gap = |(begin, end): &(Ns, Option<Ns>)| end.unwrap_or(to).min(to).saturating_sub((*begin).max(from));
        to.saturating_sub(from).saturating_sub(self.gaps.iter().map(gap).sum())
    }

    pub(super) fn pauses(&mut self, at: Ns) {
        if self.gaps.len() == TURNS {
            self.gaps.pop_front();
        }
        self.gaps.push_back((at, None));
    }

    pub(super) fn resumes(&mut self, at: Ns) {
        if let Some((_, end @ None)) = self.gaps.back_mut() {
            *end = Some(at);
        }
    }
}

impl Model {
    /// Another interpreter, or a new name for one.
    pub(super) fn begins(&mut self, of: usize, begins: Begins) {
        if of == 0 {
            return;
        }
        let process = &mut self.interpreters[of];
        process.heard = process.heard.max(begins.at);
        process.about.process = begins.process;
        process.about.number = begins.interpreter;
        process.about.name = begins.name;
        process.about.born_ns = begins.at;
        let mut all: Vec<Interpreter> = self.interpreters.iter().map(|one| one.about.clone()).collect();
        tell_apart(&mut all);
        for (at, about) in all.into_iter().enumerate() {
            let is_new = at == of || self.interpreters[at].about.has_namesake != about.has_namesake;
            self.interpreters[at].about = about;
            for lane in 0..if is_new { self.lanes.len() } else { 0 } {
                let Lane { interpreter, id, own_name, .. } = &self.lanes[lane];
                if *interpreter == at {
                    self.lanes[lane].name = self.title(at, *id, own_name);
                }
            }
        }
    }

    /// Of a process that lives something is heard several times a second.
    pub(super) fn miss_processes(&mut self) {
        for of in 1..self.interpreters.len() {
            if !self.interpreters[of].is_over() && self.interpreters[of].heard + SILENCE < self.now {
                self.end_of(of, self.interpreters[of].heard);
            }
        }
    }

    /// The threads of an interpreter are over, as of `at`.
    pub(super) fn end_of(&mut self, of: usize, at: Ns) {
        if self.interpreters[of].is_over() {
            return;
        }
        self.end_waits(of, at);
        self.interpreters[of].ended = Some(at);
        let theirs = self.lanes.iter_mut().filter(|lane| lane.interpreter == of);
        for lane in theirs.filter(|lane| lane.ended.is_none()) {
            lane.ended = Some(at);
            let now = match lane.task {
                Some(task) => Some((task.doing, task.since)),
                None => self.follower.get(lane.id).map(|open| (open.doing, open.since)),
            };
            if let Some((doing, since)) = now {
                lane.add(since.max(lane.known_to), at, Kind::of(doing), 1);
            }
        }
    }
}

//! The lanes of tasks. A task runs in steps, each by the thread of its loop; between two it is ready or awaits something.

use crate::gil::events::TaskDoes;
use crate::record::file::{Entry, Place};
use crate::record::timeline::Doing;
use crate::world::Ns;

use super::super::Kind;
use super::{CODES, Model};

/// A task of an event loop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Task {
    pub doing: Doing,
    pub since: Ns,
    pub place: Place,
    /// Whose loop takes its steps.
    pub thread: u32,
}

impl Model {
    pub(super) fn name_task(&mut self, of: usize, id: u32, name: String) {
        match self.places.get(&id) {
            Some(at) => self.lanes[*at].name = self.title(of, id, &name),
            None if self.task_names.len() < CODES => {
                self.task_names.insert(id, name);
            }
            None => {}
        }
    }

    /// What a task does, which a loop of that thread runs.
    pub(super) fn task_does(&mut self, of: usize, entry: &Entry, task: u32, does: TaskDoes) {
        let at = match self.places.get(&task) {
            Some(at) => *at,
            None => {
                let name = self.task_names.remove(&task).unwrap_or_else(|| format!("task {task}"));
                let first = Task { doing: Doing::Unknown, since: entry.at, place: entry.place, thread: entry.thread };
                self.push_lane(of, task, name, entry.at, Some(first))
            }
        };
        let Some(before) = self.lanes[at].task.filter(|_| self.lanes[at].ended.is_none()) else { return };
        let doing = match does {
            // The step that it takes ends first.
            TaskDoes::IsReady if before.doing == Doing::Steps => return,
            TaskDoes::IsReady => Doing::Ready,
            TaskDoes::Steps => Doing::Steps,
            TaskDoes::Awaits => Doing::Awaits,
            TaskDoes::Returns | TaskDoes::Fails | TaskDoes::IsCancelled => Doing::Unknown,
        };
        self.end_span_of_task(at, before, entry.at);
        let thread = if doing == Doing::Steps { entry.thread } else { before.thread };
        self.lanes[at].task = Some(Task { doing, since: entry.at, place: entry.place, thread });
        if does.is_end() {
            self.lanes[at].ended = Some(entry.at);
        }
    }

    /// In a step the task has done what the thread has.
    fn end_span_of_task(&mut self, at: usize, task: Task, to: Ns) {
        let from = task.since;
        let ran = match self.lane(task.thread).filter(|_| task.doing == Doing::Steps) {
            Some(thread) => {
                let shares = self.shares(thread, from, to);
                [Kind::Holds, Kind::Runs, Kind::Collects].iter().map(|kind| shares[*kind as usize]).sum()
            }
            None => to.saturating_sub(from),
        };
        let threads = self.lanes.len();
        let middle = (from + ran).min(to);
        self.lanes[at].add(from, middle, Kind::of(task.doing), threads);
        self.lanes[at].add(middle, to, Kind::Blocked, threads);
    }
}

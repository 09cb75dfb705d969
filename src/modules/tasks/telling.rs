//! What a recording is told of tasks: when they are ready, take a step, await something, and end.

use std::sync::atomic::Ordering;

use crate::gil::events::{Event, TaskDoes};
use crate::heap::{Gc, Value};
use crate::objects::code::Code;
use crate::objects::generator::Generator;
use crate::vm::Thread;
use crate::vm::generators;
use crate::vm::recording::is_library_code;

use super::future::Task;
use super::task;

/// So many coroutines that await each other are looked through for one of the program.
const LOOKED_THROUGH: usize = 40;

/// Tells it, if somebody records this thread.
#[inline]
pub fn task_does(th: &Thread, task: Gc<Task>, does: TaskDoes) {
    if th.is_recorded() {
        tell(th, task, does);
    }
}

/// Tells how it ended.
#[inline]
pub fn has_ended(th: &Thread, task: Gc<Task>) {
    if th.is_recorded() {
        tell(th, task, end(task));
    }
}

/// It has a new name.
pub fn is_renamed(th: &Thread, task: Gc<Task>) {
    let number = task.number.load(Ordering::Relaxed);
    if number != 0 && th.is_recorded() {
        th.tell_task(number, shown_name(th, task));
    }
}

#[cold]
#[inline(never)]
fn tell(th: &Thread, task: Gc<Task>, does: TaskDoes) {
    if task.number.load(Ordering::Relaxed) == 0 {
        task.number.store(th.tell_task(0, shown_name(th, task)), Ordering::Relaxed);
    }
    let number = task.number.load(Ordering::Relaxed);
    let place = if does.is_end() { None } else { place(task) };
    th.tell_of(place, Event::Task { task: number, does });
}

fn shown_name(th: &Thread, task: Gc<Task>) -> String {
    task::name(th, task).as_str_cell().map_or_else(|| "a task".to_string(), |name| name.to_text())
}

fn end(task: Gc<Task>) -> TaskDoes {
    match &task.future {
        future if future.is_cancelled() => TaskDoes::IsCancelled,
        future if future.has_failed() => TaskDoes::Fails,
        _ => TaskDoes::Returns,
    }
}

/// Where the task is in the program: the innermost of its coroutines that is not the library's.
fn place(task: Gc<Task>) -> Option<(Gc<Code>, u32)> {
    let mut found = None;
    let mut current: Option<Value> = Some(task.coroutine.get());
    for _ in 0..LOOKED_THROUGH {
        let Some(generator) = current.and_then(|value| value.downcast::<Generator>()) else { break };
        let line = generator.code.positions.get(generator.at()).map_or(0, |position| position.line);
        if !is_library_code(generator.code) || found.is_none() {
            found = Some((generator.code, line));
        }
        current = generators::awaited_by(generator);
    }
    found
}

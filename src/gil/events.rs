//! What a recording is told: every change of a thread, at the moment that the counters know it by.
//!
//! A thread has at most one [`Tap`], for good once somebody has recorded. Where it has none the test for it is all that is
//! paid, and it is made only where a thread changes its phase: never while it runs.

use std::sync::Arc;

use super::policy::Mode;
use super::thread::{Reason, ThreadId};
use super::world::clock::Ns;

/// What happened to a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It could run, and waits for the lock: a *forced* release, if it had it.
    Wants,
    /// It runs: with the lock, or where there is none. `from` had the lock before, if that was another thread.
    Runs { locked: bool, from: Option<ThreadId> },
    /// It could run, but the world is stopped.
    Stands,
    /// It detaches, which releases the lock if it had it.
    Leaves(Reason),
    /// Its patience is over: it asks the holder to drop the lock.
    Asks(ThreadId),
    /// What it is going to wait for, detached: said before `Leaves`.
    Blocks { on: Awaited, object: u64, owner: Option<ThreadId> },
    /// It ends the wait of another thread.
    Wakes { who: ThreadId, object: u64 },
    /// It has waited so long for the lock of an object (where there is no interpreter lock).
    MetObject { waited: Ns, object: u64, kind: &'static str },
    /// It collects: it has stopped the world.
    Collects,
    /// It has collected.
    Collected,
    /// The program says where it is: the number of a text that the recording knows.
    Marks(u32),
    /// It has changed the lock's policy.
    Turns(Mode),
    /// What a task does that an event loop of this thread runs.
    Task { task: u32, does: TaskDoes },
    /// Whether the system let it run.
    Delayed(Delay),
    /// It is over.
    Ends,
    /// So many events before this one could not be kept.
    Lost(u64),
}

/// How a thread fared with the system of late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delay {
    /// It could have run, and had no processor.
    pub ns: Ns,
    /// It had one.
    pub ran_ns: Ns,
    /// The time of which that is said, up to now; 0 where that is not known.
    pub of_ns: Ns,
}

/// What happens to a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskDoes {
    /// It can take its next step, and waits for the loop.
    IsReady,
    /// Its step begins.
    Steps,
    /// Its step is over, and it awaits something.
    Awaits,
    /// It is over.
    Returns,
    Fails,
    IsCancelled,
}

impl TaskDoes {
    pub const ALL: [TaskDoes; 6] = [
        TaskDoes::IsReady,
        TaskDoes::Steps,
        TaskDoes::Awaits,
        TaskDoes::Returns,
        TaskDoes::Fails,
        TaskDoes::IsCancelled,
    ];

    pub fn name(self) -> &'static str {
        match self {
            TaskDoes::IsReady => "ready",
            TaskDoes::Steps => "steps",
            TaskDoes::Awaits => "awaits",
            TaskDoes::Returns => "returns",
            TaskDoes::Fails => "fails",
            TaskDoes::IsCancelled => "is cancelled",
        }
    }

    pub fn is_end(self) -> bool {
        matches!(self, TaskDoes::Returns | TaskDoes::Fails | TaskDoes::IsCancelled)
    }
}

/// What a thread waits for that another one brings about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Awaited {
    Lock,
    RLock,
    Join,
    Queue,
    /// What the library makes of locks: conditions, events, semaphores. Nobody has it.
    Condition,
}

impl Awaited {
    pub const ALL: [Awaited; 5] = [Awaited::Lock, Awaited::RLock, Awaited::Join, Awaited::Queue, Awaited::Condition];

    pub fn name(self) -> &'static str {
        match self {
            Awaited::Lock => "Lock",
            Awaited::RLock => "RLock",
            Awaited::Join => "join",
            Awaited::Queue => "queue",
            Awaited::Condition => "condition",
        }
    }
}

/// A piece of Python code, as a recording names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodeName {
    pub file: String,
    pub function: String,
    /// Where it begins.
    pub line: u32,
}

/// Where one thread's events go. Called by that thread alone, or before it runs.
pub trait Tap: Send + Sync {
    /// Whether anybody wants to hear of it now.
    fn is_on(&self) -> bool;

    /// What follows happens at this line of the code of that number; 0 for no Python code at all.
    fn is_at(&self, code: u32, line: u32);

    /// The code that has that number: said once, before the number is used.
    fn code(&self, number: u32, name: CodeName);

    /// The name of the task of that number: said before the number is used, and when the task has another name.
    fn task(&self, number: u32, name: String);

    fn note(&self, at: Ns, event: Event);

    fn renamed(&self, name: &str);
}

/// Who records: gives each thread its tap.
pub trait Tapper: Send + Sync {
    /// The tap of a thread that was registered at `at`.
    fn tap(&self, thread: ThreadId, name: &str, at: Ns) -> Arc<dyn Tap>;

    /// The switch interval is that long from now on.
    fn interval(&self, at: Ns, interval: Ns);
}

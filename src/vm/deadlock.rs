//! Deadlocks: threads that wait for each other, while nobody is left who could end it.
//!
//! A false alarm would be worse than none, so it takes all of this:
//!
//! * Every thread is asleep in a wait without a time limit, for something that only another thread of this interpreter can
//!   bring about. (`GilThread::standing` says so; sleeping, reading, waiting for a process are no such waits.)
//! * No Python function handles signals, and there are no child processes.
//! * It was so twice in a row, some time apart, with no wait begun or ended in between.
//! * Some of them wait for each other in a circle; or for a lock whose last taker is no more; or the main thread waits for
//!   one that waits to be woken, and nobody is left to do so. (Where the main thread itself waits to be woken, Ctrl-C
//!   may be what it waits for.)
//!
//! Somebody outside looks from time to time ([`Suspicion::look`]), and rouses one of the sleepers when it looks bad. That
//! thread stops the world and looks closely ([`Thread::examine_deadlock`]); if it was nothing, it sleeps on.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::gil::events::Awaited;
use crate::gil::{GilThread, ThreadId};
use crate::heap::Value;
use crate::modules::thread::{Free, owner_of};

use super::recording::is_library;
use super::{Thread, Vm};

/// Threads that wait for each other.
#[derive(Clone, Debug)]
pub struct Deadlock {
    /// Each waits for the next one, and the last for what `kind` says.
    pub chain: Vec<Sleeper>,
    /// Who else waits.
    pub others: Vec<Sleeper>,
    pub kind: Kind,
}

/// What the last one of those who wait for each other waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// For the first.
    Circle,
    /// For a lock whose taker has ended.
    TakerEnded,
    /// To be woken, which nobody is left to do.
    NobodyLeft,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Circle, Kind::TakerEnded, Kind::NobodyLeft];

    /// As recordings write it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Circle => "circle",
            Kind::TakerEnded => "taker ended",
            Kind::NobodyLeft => "nobody left",
        }
    }
}

/// A thread that waits.
#[derive(Clone, Debug)]
pub struct Sleeper {
    pub name: String,
    pub on: Awaited,
    /// Who has it.
    pub owner: Option<String>,
    /// The function of the library in which it waits, if it is one: `Event.wait`.
    pub call: Option<String>,
    /// File, line and function of the program; none for a thread without Python code.
    pub place: Option<(String, u32, String)>,
}

/// What the interpreter knows of a deadlock that somebody suspects.
#[derive(Debug, Default)]
pub struct Suspected(AtomicBool);

/// What was seen when somebody last looked for a deadlock.
#[derive(Default)]
pub struct Suspicion {
    /// Each thread and how many waits it had begun, if all stood.
    seen: Option<Vec<(ThreadId, u32)>>,
    /// What was examined, and found to be none.
    cleared: Option<Vec<(ThreadId, u32)>>,
    /// How often it was seen again since.
    again: u32,
}

/// So often what was found to be no deadlock is seen again before it is examined anew: a child process may have ended.
const PATIENCE: u32 = 20;

impl Suspicion {
    /// Looks at all threads; has one of them examine what looks like a deadlock. To be called some times a second.
    pub fn look(&mut self, vm: &Vm) {
        let threads = vm.gil().threads();
        let standing: Option<Vec<_>> = threads.iter().map(|t| Some((t.id(), t.standing().begun()?))).collect();
        let standing = standing.filter(|standing| !standing.is_empty());
        self.again = if standing == self.cleared { self.again + 1 } else { PATIENCE };
        if standing.is_some() && standing == self.seen && self.again >= PATIENCE {
            self.cleared = standing.clone();
            self.again = 0;
            if let Some(thread) = threads.iter().find(|thread| thread.standing().can_examine()) {
                vm.suspected.0.store(true, Ordering::Release);
                thread.parker().interrupt();
            }
        }
        self.seen = standing;
    }
}

/// What keeps a thread from being done, by what it waits for.
struct Edge {
    thread: std::sync::Arc<GilThread>,
    on: Awaited,
    owner: Option<ThreadId>,
}

impl Thread {
    /// A wait without a time limit begins, for something that only another thread can bring about.
    pub fn begin_standing(&self, on: Awaited, object: u64) {
        self.vm().forks.catch_up(self.vm_arc());
        self.gil_thread().standing().begin(on, object);
    }

    /// Looks whether the thread, which was just roused from its wait, and all others wait for ever. If so, it tells
    /// whoever wanted to know.
    pub fn examine_deadlock(&self) {
        if !self.vm().suspected.0.swap(false, Ordering::AcqRel) {
            return;
        }
        if let Some(handle) = self.vm().options.on_deadlock
            && let Some(deadlock) = self.deadlock()
        {
            handle(self, &deadlock);
        }
    }

    fn deadlock(&self) -> Option<Deadlock> {
        let vm = self.vm();
        let has_handlers = vm.signals.handlers.iter().any(|handler| handler.get().is_cell());
        if has_handlers || !vm.gate().children().is_empty() {
            return None;
        }
        self.with_world_stopped(|| {
            let me = self.gil_thread().id();
            let mut edges = Vec::new();
            for thread in vm.gil().threads() {
                let asleep = thread.id() == me || thread.parker().is_asleep();
                let (on, object) = thread.standing().what().filter(|_| asleep)?;
                let owner = match owner_of(Value::from_bits(object), on) {
                    // It is free, or being given to somebody.
                    Err(Free) => return None,
                    Ok(owner) => owner.map(ThreadId),
                };
                edges.push(Edge { thread, on, owner });
            }
            let main = vm.gil().main_thread()?.id();
            let (chain, kind) = chain(&edges, main)?;
            let named = |at: &usize| self.sleeper(&edges, *at);
            let others = (0..edges.len()).filter(|at| !chain.contains(at)).collect::<Vec<_>>();
            let (chain, others) = (chain.iter().map(named).collect(), others.iter().map(named).collect());
            Some(Deadlock { chain, others, kind })
        })
    }

    /// A thread that waits, with its place. The world is stopped.
    fn sleeper(&self, edges: &[Edge], at: usize) -> Sleeper {
        let edge = &edges[at];
        let owner = edges.iter().find(|other| Some(other.thread.id()) == edge.owner);
        let (mut place, mut call) = (None, None);
        self.look_at_stopped(edge.thread.id(), |thread| {
            call = thread.library_call().map(|frame| frame.code.qualname.to_text());
            place = thread
                .program_frame()
                .filter(|frame| !is_library(frame))
                .map(|frame| (frame.code.filename.to_text(), frame.line(), frame.code.qualname.to_text()));
        });
        Sleeper { name: edge.thread.name(), on: edge.on, owner: owner.map(|owner| owner.thread.name()), call, place }
    }
}

/// Threads that wait for each other, by their places, and what the last one waits for.
fn chain(edges: &[Edge], main: ThreadId) -> Option<(Vec<usize>, Kind)> {
    let place_of = |id: ThreadId| edges.iter().position(|edge| edge.thread.id() == id);
    let mut taker_ended = None;
    let mut nobody_left = None;
    for start in 0..edges.len() {
        let mut path = vec![start];
        loop {
            let last = *path.last()?;
            match edges[last].owner.map(place_of) {
                None => {
                    if edges[start].thread.id() == main && path.len() > 1 {
                        nobody_left = Some(path);
                    }
                    break;
                }
                Some(None) => {
                    // A join of a thread that has ended is about to be over.
                    if edges[last].on == Awaited::Join {
                        return None;
                    }
                    taker_ended = taker_ended.or(Some(path));
                    break;
                }
                Some(Some(next)) => match path.iter().position(|at| *at == next) {
                    Some(begin) => return Some((path.split_off(begin), Kind::Circle)),
                    None => path.push(next),
                },
            }
        }
    }
    taker_ended.map(|path| (path, Kind::TakerEnded)).or(nobody_left.map(|path| (path, Kind::NobodyLeft)))
}

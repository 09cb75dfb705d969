//! The interpreters of one process: a family of the main one and those that programs make (`concurrent.interpreters`).
//!
//! Each member has a heap, a lock and modules of its own, so threads of two members run Python at the same time, and no
//! value of one may ever be seen by another. What they share is the process: descriptors (one gate), signals, which only
//! the main thread of the main interpreter handles, and the numbers of threads.
//!
//! A thread does not belong to one member. It *visits* another: it gives up the lock of the interpreter that it comes from,
//! as for any blocking call, and takes part in the other one under the same identifier, with a [`Thread`] of its own there,
//! until the visit is over. Nothing but Rust values can go along, since values are not `Send`.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};

use parking_lot::Mutex;
use signal_hook::consts::SIGINT;

use crate::gil::{GilThread, Stopped};
use crate::modules::interpreters::{self, Channels};
use crate::objects::exception::Exc;
use crate::world::forks;

use super::bootstrap::{Seat, StartError};
use super::interpreter::Options;
use super::native::Result;
use super::recording::switch;
use super::safepoint::ThreadOver;
use super::screen::Screen;
use super::thread::Reason;
use super::{Thread, Vm, report};

/// The number of the main interpreter.
pub const MAIN: i64 = 0;
/// Native stack without which a visit is not begun.
const LEAST_ROOM: usize = 512 << 10;
/// Bytes for objects without which an interpreter is not made.
const LEAST_MEMORY: usize = 4 << 20;

/// What the interpreters of one process know of each other.
pub struct Family {
    /// All but the main one, which ends with the process.
    members: Mutex<BTreeMap<i64, Arc<Member>>>,
    next: AtomicI64,
    next_ident: AtomicU64,
    /// Where the main thread is on a visit, the visit that it made last behind the others.
    abroad: Mutex<Vec<Arc<Vm>>>,
    /// Interrupts that the main thread has not come to serve.
    pub unheard: AtomicUsize,
    /// How many threads all interpreters have started that are not over.
    threads: AtomicUsize,
    /// Queues between the interpreters.
    pub channels: Channels,
    /// The terminal, where a prompt may stand.
    pub screen: Screen,
    /// Whether a thread is about to fork.
    pub(super) forking: AtomicBool,
}

impl Default for Family {
    fn default() -> Family {
        Family {
            members: Mutex::default(),
            next: AtomicI64::new(MAIN + 1),
            next_ident: AtomicU64::new(0x7f00_0000_1000),
            abroad: Mutex::default(),
            unheard: AtomicUsize::new(0),
            threads: AtomicUsize::new(0),
            channels: Channels::default(),
            screen: Screen::default(),
            forking: AtomicBool::new(false),
        }
    }
}

/// An interpreter that a program has made.
pub struct Member {
    pub id: i64,
    vm: Arc<Vm>,
    /// Whether a thread visits it.
    visited: AtomicBool,
}

/// Counts a thread among those that the interpreters of a process have started, as long as it lives.
pub struct Counted(Arc<Family>);

impl Drop for Counted {
    fn drop(&mut self) {
        // In the child of a fork, the count has begun anew.
        let less = |count: usize| Some(count.saturating_sub(1));
        let _ = self.0.threads.fetch_update(Ordering::AcqRel, Ordering::Acquire, less);
    }
}

/// The right to visit a member, which one thread at a time has.
pub struct Claim(Arc<Member>);

impl Drop for Claim {
    fn drop(&mut self) {
        self.0.visited.store(false, Ordering::Release);
    }
}

impl Member {
    pub fn is_visited(&self) -> bool {
        self.visited.load(Ordering::Acquire)
    }

    /// `None` if another thread visits it.
    pub fn claim(self: &Arc<Member>) -> Option<Claim> {
        let claimed = self.visited.compare_exchange(false, true, Ordering::AcqRel, Ordering::Acquire).is_ok();
        claimed.then(|| Claim(self.clone()))
    }
}

impl Claim {
    /// Runs `work` in that interpreter, with the lock of this one given up.
    pub fn visit<R: Send>(&self, th: &Thread, work: impl FnOnce(&Thread) -> R + Send) -> Result<R> {
        let room = th.native_room();
        if room < LEAST_ROOM {
            return Err(th.recursion_error(""));
        }
        let (vm, ident) = (&self.0.vm, th.ident);
        let main_from = th.is_main().then(|| th.vm());
        match th.detached(Reason::Other, || visit(vm, ident, main_from, room, work)) {
            Some(result) => Ok(result),
            None => Err(th.memory_error()),
        }
    }
}

/// `main_from`: the interpreter that the visitor comes from, if it is the main thread.
fn visit<R>(
    vm: &Arc<Vm>,
    ident: u64,
    main_from: Option<&Vm>,
    room: usize,
    work: impl FnOnce(&Thread) -> R,
) -> Option<R> {
    let stack = vm.new_stack().ok()?;
    let gil = {
        let _whole = forks::whole();
        vm.gil().register("MainThread")
    };
    let th = Thread::with_stack(vm.clone(), gil.clone(), room, ident, stack);
    let presence = main_from.map(|home| Presence::begin(home, vm, &gil));
    let done = catch_unwind(AssertUnwindSafe(|| {
        th.attach();
        let result = work(&th);
        th.run_finalizers();
        th.detach(Reason::Exit);
        result
    }));
    drop(presence);
    drop(th);
    let _whole = forks::whole();
    vm.gil().unregister(&gil);
    match done {
        Ok(result) => Some(result),
        // It was closed under the visitor.
        Err(panic) if panic.is::<ThreadOver>() => None,
        Err(panic) => resume_unwind(panic),
    }
}

/// As long as this lives, the main thread is on a visit, where Ctrl-C finds it.
struct Presence<'a>(&'a Vm);

impl<'a> Presence<'a> {
    fn begin(home: &Vm, vm: &'a Arc<Vm>, gil: &Arc<GilThread>) -> Presence<'a> {
        vm.gil().set_main(gil);
        // What came too late for the visit before is not meant for this one.
        vm.signals.forget();
        let _whole = forks::whole();
        vm.family.abroad.lock().push(vm.clone());
        // What came before we could be found here, and after home was asked for the last time.
        if home.signals.has_interrupt() && (home.id != MAIN || is_passed_on(home, libc::SIGINT)) {
            vm.signals.interrupt(vm);
        }
        Presence(vm)
    }
}

impl Drop for Presence<'_> {
    fn drop(&mut self) {
        let _whole = forks::whole();
        self.0.family.abroad.lock().pop();
    }
}

impl Family {
    /// An identifier for a thread, never used again.
    pub fn next_ident(&self) -> u64 {
        self.next_ident.fetch_add(0x1000, Ordering::Relaxed)
    }

    /// Counts a thread that is about to be started, unless there are `most`.
    pub fn count_thread(self: &Arc<Family>, most: usize) -> Option<Counted> {
        let counted = Counted(self.clone());
        (self.threads.fetch_add(1, Ordering::AcqRel) < most).then_some(counted)
    }

    /// The numbers of all members, the main one first.
    pub fn ids(&self) -> Vec<i64> {
        let _whole = forks::whole();
        std::iter::once(MAIN).chain(self.members.lock().keys().copied()).collect()
    }

    /// The main interpreter, which is given, and all others.
    pub fn all(&self, main: &Arc<Vm>) -> Vec<Arc<Vm>> {
        let _whole = forks::whole();
        let members = self.members.lock();
        std::iter::once(main).chain(members.values().map(|member| &member.vm)).cloned().collect()
    }

    /// What the objects of all interpreters take, as `asker` knows it.
    fn bytes_in_use(&self, asker: &Vm) -> usize {
        let _whole = forks::whole();
        let members = self.members.lock();
        let others = members.values().filter(|member| member.id != asker.id);
        others.map(|member| member.vm.heap().bytes_in_use()).sum::<usize>() + asker.heap().bytes_in_use()
    }

    pub fn member(&self, id: i64) -> Option<Arc<Member>> {
        let _whole = forks::whole();
        self.members.lock().get(&id).cloned()
    }

    /// Ctrl-C: interrupts what the main thread does on a visit, if it is on one.
    pub(super) fn interrupt_abroad(&self) {
        let visited = self.abroad.lock().last().cloned();
        if let Some(vm) = visited {
            vm.signals.interrupt(&vm);
        }
    }

    /// In the child of a fork, which has the main interpreter alone: the others are in whatever state their threads,
    /// which are not here, have left them in, and are never touched again.
    pub(super) fn begin_child(&self) {
        self.unheard.store(0, Ordering::Release);
        self.threads.store(0, Ordering::Release);
        self.screen.begin_child();
        for member in std::mem::take(&mut *self.members.lock()).into_values() {
            std::mem::forget(member);
        }
    }

    /// Stops the worlds of all other members for `act`, a fork: what their threads do under the allocator's locks is
    /// done with. `act` returns whether this process is the one that goes on.
    pub(super) fn with_others_stopped<R>(&self, act: impl FnOnce() -> R, goes_on: impl FnOnce(&R) -> bool) -> R {
        let members: Vec<Arc<Member>> = {
            let _whole = forks::whole();
            self.members.lock().values().cloned().collect()
        };
        let threads: Vec<Arc<GilThread>> = members.iter().map(|member| member.vm.gil().register("fork")).collect();
        let mut stopped: Vec<Stopped<'_>> = Vec::new();
        for (member, thread) in members.iter().zip(&threads) {
            let gil = member.vm.gil();
            // One that has just been closed stands still anyway.
            if gil.attach(thread).is_ok()
                && let Ok(world) = gil.stop_the_world(thread)
            {
                stopped.push(world);
            }
        }
        let result = act();
        if goes_on(&result) {
            drop(stopped);
            members.iter().zip(&threads).for_each(|(member, thread)| member.vm.gil().unregister(thread));
        } else {
            std::mem::forget(stopped);
            std::mem::forget((members, threads));
        }
        result
    }
}

/// Why an interpreter was not closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclosed {
    Unknown,
    /// The one that asks.
    Current,
    Visited,
}

impl Thread {
    /// Makes an interpreter with the rights, limits and lock of this one; its number.
    pub fn make_member(&self) -> Result<i64> {
        let room = self.native_room();
        if room < LEAST_ROOM {
            return Err(self.recursion_error(""));
        }
        let vm = self.vm();
        let (ident, interval) = (self.ident, vm.gil().interval());
        let mode = vm.mode();
        let mut options = Options { mode, on_deadlock: None, on_exit: None, ..vm.options.clone() };
        if options.max_memory > 0 {
            // What the others leave of the memory that the program may have.
            options.max_memory = options.max_memory.saturating_sub(vm.family.bytes_in_use(vm));
            if options.max_memory < LEAST_MEMORY {
                return Err(self.memory_error());
            }
        }
        let made = self.detached(Reason::Other, || {
            let family = &vm.family;
            let id = family.next.fetch_add(1, Ordering::Relaxed);
            let seat = Seat::member(vm, id, ident);
            // A fork finds either nothing of it, or all, on the list.
            let _whole = forks::whole();
            let th = Vm::start_in(options, vm.world().clone(), room, seat)?;
            th.make_main_module();
            th.vm().gil().set_interval(interval);
            let (made, gil) = (th.vm_arc().clone(), th.gil_thread().clone());
            th.detach(Reason::Exit);
            drop(th);
            made.gil().unregister(&gil);
            if let Some(recorder) = &made.options.recorder {
                recorder.join(&made);
            }
            let member = Member { id, vm: made.clone(), visited: AtomicBool::new(false) };
            family.members.lock().insert(id, Arc::new(member));
            // Who has changed all locks in between has not found this one.
            made.gil().set_interval(vm.gil().interval());
            if vm.mode() != mode {
                switch(made.gil(), vm.mode());
            }
            Ok(id)
        });
        made.map_err(|error| match error {
            StartError::Memory => self.memory_error(),
            StartError::Io(error) => {
                self.raise(Exc::RuntimeError, format_args!("interpreter creation failed: {error}"))
            }
        })
    }

    /// Ends an interpreter as a program's end does: its threads are waited for, its exit functions run.
    pub fn close_member(&self, id: i64) -> Result<std::result::Result<(), Unclosed>> {
        let family = &self.vm().family;
        if id == self.vm().id && id != MAIN {
            return Ok(Err(Unclosed::Current));
        }
        let Some(member) = family.member(id) else { return Ok(Err(Unclosed::Unknown)) };
        let Some(claim) = member.claim() else { return Ok(Err(Unclosed::Visited)) };
        claim.visit(self, |th| {
            th.finish();
        })?;
        {
            let _whole = forks::whole();
            family.members.lock().remove(&id);
        }
        interpreters::forget_member(self, id);
        Ok(Ok(()))
    }

    /// At the end of the main interpreter: ends those that the program has left.
    pub(super) fn close_family(&self) {
        let left: Vec<i64> = self.vm().family.ids().into_iter().filter(|id| *id != MAIN).collect();
        if left.is_empty() || self.vm().id != MAIN {
            return;
        }
        let text = "remaining subinterpreters; close them with Interpreter.close()";
        let warned = report::warn_explicit(self, Exc::RuntimeWarning, text, "<sys>", 0);
        let closed = left.iter().filter_map(|id| self.close_member(*id).err());
        for raised in warned.err().into_iter().chain(closed) {
            let exception = self.take_exception(raised);
            report::unraisable(self, exception, crate::heap::Value::NONE);
        }
    }
}

/// Whether Ctrl-C goes on to whoever is on a visit: not if the program has a handler of its own for it.
pub(super) fn is_passed_on(vm: &Vm, signal: i32) -> bool {
    signal == SIGINT && vm.id == MAIN && vm.signals.handlers[SIGINT as usize].get().is_empty()
}

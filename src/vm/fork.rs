//! Forking: the process becomes two, and the child goes on with the forking thread alone.
//!
//! The world is stopped first, so the heap, the tables and the lock are in order in the child. What belonged to the other
//! threads is given back there; what is a thread of gilbox's own (the signals', the time limit's) is started again.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;

use crate::heap::with_spilled_registers;

use super::thread::Reason;
use super::{Thread, Vm};

/// What has to be done in the child of a fork.
pub type InChild = Box<dyn Fn(&Arc<Vm>) + Send + Sync>;

/// What an interpreter knows of forks.
#[derive(Default)]
pub struct Forks {
    in_child: Mutex<Vec<InChild>>,
    /// What has to be done in a child before it waits for another of its threads; most never do.
    before_waits: Mutex<Vec<InChild>>,
    /// Whether this is a child that has not done so yet.
    is_behind: AtomicBool,
}

impl Forks {
    /// From now on, `act` is called in the child of every fork, where nobody else runs yet.
    pub fn in_child(&self, act: InChild) {
        self.in_child.lock().push(act);
    }

    /// From now on, `act` is called in the child of every fork when one of its threads is about to wait for another.
    pub fn before_child_waits(&self, act: InChild) {
        self.before_waits.lock().push(act);
    }

    /// Does what has been put off.
    pub(super) fn catch_up(&self, vm: &Arc<Vm>) {
        if self.is_behind.load(Ordering::Relaxed) && self.is_behind.swap(false, Ordering::AcqRel) {
            for act in self.before_waits.lock().iter() {
                act(vm);
            }
        }
    }
}

/// As long as this lives, no other thread forks.
struct Turn<'a>(&'a AtomicBool);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl Thread {
    /// Forks; 0 in the child, whose only thread and main thread is this one, and the child's number in the parent.
    pub fn fork(&self) -> io::Result<i32> {
        let vm = self.vm();
        let turn = self.take_turn_to_fork();
        let old = self.block_signals();
        let act = || {
            with_spilled_registers(|sp| {
                self.native_stack.publish(sp);
                // SAFETY: the world is stopped, and `become_child` mends what the missing threads have left.
                let fork = || match unsafe { libc::fork() } {
                    -1 => Err(io::Error::last_os_error()),
                    pid => Ok(pid),
                };
                vm.gil().around_fork(self.gil_thread(), fork, |forked| matches!(forked, Ok(0)))
            })
        };
        let forked = match vm.family.with_others_stopped(act, |forked| !matches!(forked, Ok(Ok(0)))) {
            Ok(forked) => forked,
            Err(closed) => {
                drop(turn);
                self.back(Err(closed));
                unreachable!("a closed thread does not come back")
            }
        };
        self.back(Ok(()));
        drop(turn);
        match forked {
            Ok(0) => self.become_child(),
            Ok(pid) => vm.gate().add_child(pid),
            Err(_) => {}
        }
        self.restore_signals(&old);
        forked
    }

    /// Waits until no other thread forks. Who forks stops several worlds, one after the other, and must not meet somebody
    /// who has stopped one of them and waits for another.
    fn take_turn_to_fork(&self) -> Turn<'_> {
        let forking = &self.vm().family.forking;
        while forking.swap(true, Ordering::AcqRel) {
            self.detached(Reason::Process, std::thread::yield_now);
        }
        Turn(forking)
    }

    /// In the child: nobody else is here.
    fn become_child(&self) {
        let vm = self.vm();
        vm.family.begin_child();
        vm.main_ident.store(self.ident, Ordering::Release);
        vm.is_forked.store(true, Ordering::Release);
        vm.told_worked.store(0, Ordering::Relaxed);
        vm.first_ident_here.store(vm.next_ident(), Ordering::Release);
        let this = std::ptr::from_ref(self).cast_mut();
        let mut gone = Vec::new();
        vm.threads.lock().retain(|thread| {
            let thread = thread.0.load(Ordering::Relaxed);
            if thread != this {
                gone.push(thread);
            }
            thread == this
        });
        for thread in gone {
            // SAFETY: its owner was a frame of a thread that is not here and never will be, and nobody else has it.
            drop(unsafe { Box::from_raw(thread) });
        }
        vm.has_threads.store(false, Ordering::Release);
        self.takes_locks.set(vm.has_unlocked_threads());
        vm.imports.lock().retain(|_, owner| *owner == self.ident);
        vm.importing.lock().retain(|waiter, _| *waiter == self.ident);
        vm.gate().begin_child();
        vm.signals.begin_child(self.vm_arc());
        self.gil_thread().parker().forget_interrupt();
        vm.forks.is_behind.store(true, Ordering::Release);
        for act in vm.forks.in_child.lock().iter() {
            act(self.vm_arc());
        }
    }

    /// What reaches the process from here on waits, so that the child's share is not taken for the parent's.
    fn block_signals(&self) -> libc::sigset_t {
        // SAFETY: two live sets, the first of which the system fills before it is used.
        unsafe {
            let (mut all, mut old): (libc::sigset_t, libc::sigset_t) = (std::mem::zeroed(), std::mem::zeroed());
            libc::sigfillset(&mut all);
            libc::pthread_sigmask(libc::SIG_SETMASK, &all, &mut old);
            old
        }
    }

    fn restore_signals(&self, old: &libc::sigset_t) {
        // SAFETY: a live set.
        unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, old, std::ptr::null_mut()) };
    }

    /// Whether the thread of that identifier stayed in the parent of this process.
    pub fn is_lost(&self, ident: u64) -> bool {
        ident != 0 && ident != self.ident && ident < self.vm().first_ident_here.load(Ordering::Relaxed)
    }
}

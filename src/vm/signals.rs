//! Signals: noticed by a handler, served by the main thread at its next safepoint; and waiting for a descriptor in a way
//! that a signal ends.

use std::io::{self, Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicI32, AtomicU32, Ordering};
use std::sync::{Arc, OnceLock, Weak};

use parking_lot::Mutex;
use signal_hook::consts::SIGINT;

use crate::gil::breaker;
use crate::heap::{Slot, Value};
use crate::objects::exception::Exc;
use crate::objects::frame;
use crate::world::{Clock, Ns, forks};

use super::family;
use super::native::Result;
use super::thread::Reason;
use super::{Thread, Vm};

/// How many numbers of signals there are, 0 among them, which is none.
pub const SIGNALS: usize = 65;

/// `signal.SIG_DFL` as a handler: what the system does.
pub const DEFAULT: i64 = 0;
/// `signal.SIG_IGN` as a handler: nothing.
pub const IGNORE: i64 = 1;

/// So many interrupts that the main thread does not come to serve end the process.
const MOST_UNHEARD: usize = 3;

/// Which signals have arrived, and what a program wants done.
pub struct Signals {
    /// How often each arrived and has not been served.
    arrived: [AtomicU32; SIGNALS],
    /// `signal.signal`: the handler by signal number, [`DEFAULT`] or [`IGNORE`]; `EMPTY` as long as none was set, which for
    /// SIGINT means KeyboardInterrupt.
    pub handlers: [Slot; SIGNALS],
    /// `signal.set_wakeup_fd`: where each signal's number is written to; -1 for nowhere.
    pub wakeup: AtomicI32,
    watched: Mutex<Vec<i32>>,
    /// Rung by handlers, heard by the signals' own thread; there once a signal is watched.
    bell: OnceLock<Arc<Bell>>,
    /// Wakes the main thread where it waits for a descriptor; there once a signal is watched.
    wake: OnceLock<Arc<Wake>>,
}

/// What a handler, which may do next to nothing, tells the signals' own thread.
struct Bell {
    rung: [AtomicU32; SIGNALS],
    /// How many in all have rung and are not noted yet.
    unheard: AtomicU32,
    /// Held from taking out what has rung until it is noted.
    telling: Mutex<()>,
    hearer: UnixStream,
    ringer: UnixStream,
}

impl Bell {
    fn new() -> io::Result<Bell> {
        let (hearer, ringer) = UnixStream::pair()?;
        ringer.set_nonblocking(true)?;
        let rung = std::array::from_fn(|_| AtomicU32::new(0));
        Ok(Bell { rung, unheard: AtomicU32::new(0), telling: Mutex::default(), hearer, ringer })
    }

    /// Called by a handler: atomics and a system call are all that is allowed.
    fn ring(&self, signal: i32) {
        if let Some(count) = self.rung.get(signal as usize) {
            self.unheard.fetch_add(1, Ordering::AcqRel);
            count.fetch_add(1, Ordering::AcqRel);
            // If it is full, there are bytes in it, and one is enough.
            let _ = (&self.ringer).write(&[0]);
        }
    }

    /// Starts the thread that hears it.
    fn hear(self: &Arc<Bell>, vm: &Arc<Vm>) -> io::Result<()> {
        let (bell, vm) = (self.clone(), Arc::downgrade(vm));
        let thread = std::thread::Builder::new().name("gilbox-signals".into()).stack_size(64 << 10);
        thread.spawn(move || bell.pass_on(&vm)).map(drop)
    }

    fn pass_on(&self, vm: &Weak<Vm>) {
        leave_to_the_program();
        let mut bytes = [0; 64];
        loop {
            match (&self.hearer).read(&mut bytes) {
                Ok(0) => return,
                Err(error) if error.kind() != io::ErrorKind::Interrupted => return,
                _ => {}
            }
            let Some(vm) = vm.upgrade() else { return };
            self.tell(&vm);
        }
    }

    /// Notes what has rung.
    fn tell(&self, vm: &Vm) {
        let _whole = forks::whole();
        let _in_order = self.telling.lock();
        for (signal, count) in self.rung.iter().enumerate() {
            for _ in 0..count.swap(0, Ordering::AcqRel) {
                vm.signals.note(vm, signal as i32);
                self.unheard.fetch_sub(1, Ordering::AcqRel);
            }
        }
    }

    /// In the child of a fork, whose ends are still the parent's.
    fn begin_child(&self) -> io::Result<()> {
        let fresh = Bell::new()?;
        put_in_place(&fresh.hearer, &self.hearer)?;
        put_in_place(&fresh.ringer, &self.ringer)?;
        self.rung.iter().for_each(|count| count.store(0, Ordering::Release));
        self.unheard.store(0, Ordering::Release);
        Ok(())
    }
}

/// Makes `old`'s descriptor one of what `new` is.
fn put_in_place(new: &UnixStream, old: &UnixStream) -> io::Result<()> {
    // SAFETY: plain numbers of live descriptors.
    let done = unsafe {
        libc::dup2(new.as_raw_fd(), old.as_raw_fd()) >= 0
            && libc::fcntl(old.as_raw_fd(), libc::F_SETFD, libc::FD_CLOEXEC) >= 0
    };
    if done { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Let the calling thread, which is none of the program's, take no signal: so what all the program's threads block stays
/// pending for the process, and whichever of them waits for it gets it.
pub fn leave_to_the_program() {
    // SAFETY: plain bits, which the system fills and reads.
    unsafe {
        let mut all: libc::sigset_t = std::mem::zeroed();
        libc::sigfillset(&mut all);
        libc::pthread_sigmask(libc::SIG_SETMASK, &all, std::ptr::null_mut());
    }
}

/// A byte in it says that there is something to serve. Neither end blocks.
pub struct Wake {
    sleeper: UnixStream,
    waker: UnixStream,
}

impl Wake {
    fn new() -> io::Result<Wake> {
        let (sleeper, waker) = UnixStream::pair()?;
        sleeper.set_nonblocking(true)?;
        waker.set_nonblocking(true)?;
        Ok(Wake { sleeper, waker })
    }

    /// In the child of a fork, whose ends are still the parent's.
    fn begin_child(&self) -> io::Result<()> {
        let fresh = Wake::new()?;
        put_in_place(&fresh.sleeper, &self.sleeper)?;
        put_in_place(&fresh.waker, &self.waker)
    }

    /// Takes out what has been put in.
    fn drain(&self) {
        let mut bytes = [0; 64];
        while matches!((&self.sleeper).read(&mut bytes), Ok(count) if count > 0) {}
    }
}

impl Default for Signals {
    fn default() -> Signals {
        Signals {
            arrived: std::array::from_fn(|_| AtomicU32::new(0)),
            handlers: std::array::from_fn(|_| Slot::default()),
            wakeup: AtomicI32::new(-1),
            watched: Mutex::default(),
            bell: OnceLock::new(),
            wake: OnceLock::new(),
        }
    }
}

impl Signals {
    /// Those of an interpreter in a process whose main thread has something that wakes it.
    pub(super) fn woken_by(wake: Option<Arc<Wake>>) -> Signals {
        Signals { wake: wake.map_or_else(OnceLock::new, OnceLock::from), ..Signals::default() }
    }

    pub(super) fn shared_wake(&self) -> Option<Arc<Wake>> {
        self.wake.get().cloned()
    }

    /// Ctrl-C for the thread that visits this interpreter, which has no handlers.
    pub(super) fn interrupt(&self, vm: &Vm) {
        self.arrived[SIGINT as usize].fetch_add(1, Ordering::AcqRel);
        vm.gil().request_main(breaker::SIGNALS);
        // Once more: whom the signal woke before it was noted here sleeps again.
        self.wake_up();
    }

    /// Ends the main thread's wait for descriptors.
    fn wake_up(&self) {
        if let Some(wake) = self.wake.get() {
            // If it is full, there are bytes in it, and one is enough.
            let _ = (&wake.waker).write(&[0]);
        }
    }

    /// Whether there is an interrupt that nobody has served yet.
    pub(super) fn has_interrupt(&self) -> bool {
        self.arrived[SIGINT as usize].load(Ordering::Acquire) > 0
    }

    /// What has arrived is served by nobody.
    pub(super) fn forget(&self) {
        self.arrived.iter().for_each(|count| count.store(0, Ordering::Release));
    }

    /// Notes a signal that is only said to have come: what no program has a handler for does nothing.
    pub fn note_if_handled(&self, vm: &Vm, signal: i32) {
        let set = self.handlers.get(signal as usize).map(Slot::get);
        let is_handled = match set {
            Some(value) if value.is_empty() => signal == SIGINT && !is_ignored(signal),
            Some(value) => value.as_small_int().is_none(),
            None => false,
        };
        if is_handled {
            self.note(vm, signal);
        }
    }

    /// Notes a signal and asks the main thread to serve it. Called on the signals' own thread.
    pub fn note(&self, vm: &Vm, signal: i32) {
        let _whole = forks::whole();
        let handler = self.handlers.get(signal as usize).and_then(|slot| slot.get().as_small_int());
        match handler {
            Some(IGNORE) => return,
            Some(DEFAULT) => {
                let _ = signal_hook::low_level::emulate_default_handler(signal);
                return;
            }
            _ => {}
        }
        if let Some(count) = self.arrived.get(signal as usize) {
            count.fetch_add(1, Ordering::AcqRel);
        }
        let wakeup = self.wakeup.load(Ordering::Acquire);
        if wakeup >= 0 {
            let number = signal as u8;
            // SAFETY: one byte from a live variable; if the descriptor takes it not, the program is woken all the same.
            unsafe { libc::write(wakeup, (&raw const number).cast(), 1) };
        }
        vm.gil().request_main(breaker::SIGNALS);
        self.wake_up();
        if family::is_passed_on(vm, signal) {
            vm.family.interrupt_abroad();
        }
        if signal == SIGINT && vm.family.unheard.fetch_add(1, Ordering::AcqRel) + 1 >= MOST_UNHEARD {
            // The main thread is in native code that asks nobody, multiplying huge integers maybe.
            let _ = signal_hook::low_level::emulate_default_handler(SIGINT);
        }
    }

    /// Notes what handlers have heard and the signals' own thread has not come to yet: it is meant for the handler of now.
    pub fn catch_up(&self, vm: &Vm) {
        if let Some(bell) = self.bell.get() {
            bell.tell(vm);
        }
    }

    /// After a system call of the main thread that a signal may have ended early: the handler is to run before the program
    /// goes on, as it does in CPython, and not when the signals' own thread gets round to it.
    #[inline]
    pub(super) fn hear_what_ended_a_call(&self, vm: &Vm) {
        if self.bell.get().is_some_and(|bell| bell.unheard.load(Ordering::Acquire) > 0) {
            self.catch_up(vm);
        }
    }

    /// In the child of a fork: what arrived was the parent's. The caller has blocked signals.
    pub(super) fn begin_child(&self, vm: &Arc<Vm>) {
        self.forget();
        let started = self.wake.get().map_or(Ok(()), |wake| wake.begin_child()).and_then(|()| match self.bell.get() {
            Some(bell) => bell.begin_child().and_then(|()| bell.hear(vm)),
            None => Ok(()),
        });
        if let Err(error) = started {
            eprintln!("gilbox: signals will not reach the program: {error}");
        }
    }

    /// Serves what has arrived. On the main thread.
    pub fn handle(&self, th: &Thread) -> Result<()> {
        th.vm().family.unheard.store(0, Ordering::Release);
        for (signal, count) in self.arrived.iter().enumerate() {
            if count.swap(0, Ordering::AcqRel) == 0 {
                continue;
            }
            let handler = self.handlers[signal].get();
            let done = if handler.is_cell() {
                let frame = frame::current(th, 0);
                th.call(handler, &[Value::small_int(signal as i64), frame]).map(drop)
            } else if handler.is_empty() && signal == SIGINT as usize {
                Err(th.raise_with(Exc::KeyboardInterrupt, &[]))
            } else {
                Ok(())
            };
            if done.is_err() {
                // What else has arrived is served next.
                th.vm().gil().request_main(breaker::SIGNALS);
                return done;
            }
        }
        Ok(())
    }
}

/// Whether the process ignores this signal. Whoever starts a program in the background may have told it to.
pub fn is_ignored(signal: i32) -> bool {
    // SAFETY: a zeroed structure is valid; without a new action, sigaction only fills it.
    unsafe {
        let mut now: libc::sigaction = std::mem::zeroed();
        libc::sigaction(signal, std::ptr::null(), &mut now) == 0 && now.sa_sigaction == libc::SIG_IGN
    }
}

/// What was done before about the signals of faults: by the standard library, which tells of a stack that has overflowed.
static FORMER: [OnceLock<libc::sigaction>; 2] = [const { OnceLock::new() }; 2];
const FAULTS: [i32; 2] = [libc::SIGSEGV, libc::SIGBUS];

/// From now on the process dies of a SIGSEGV or SIGBUS that somebody sends. The standard library's handler returns from it and
/// expects the fault to come again, which it does not.
pub fn die_of_faults_that_are_sent() {
    for (signal, place) in FAULTS.into_iter().zip(&FORMER) {
        // SAFETY: zeroed structures are valid, and sigaction fills the first one; the new handler takes what the former
        // took, on the same stack.
        unsafe {
            let mut former: libc::sigaction = std::mem::zeroed();
            let is_known = libc::sigaction(signal, std::ptr::null(), &mut former) == 0;
            let is_function = ![libc::SIG_DFL, libc::SIG_IGN].contains(&former.sa_sigaction);
            if is_known && is_function && former.sa_flags & libc::SA_SIGINFO != 0 && place.set(former).is_ok() {
                let ours = libc::sigaction { sa_sigaction: on_fault as *const () as usize, ..former };
                libc::sigaction(signal, &ours, std::ptr::null_mut());
            }
        }
    }
}

/// A handler, which may do next to nothing.
extern "C" fn on_fault(signal: i32, about: *mut libc::siginfo_t, context: *mut libc::c_void) {
    type Handler = extern "C" fn(i32, *mut libc::siginfo_t, *mut libc::c_void);
    let former = FAULTS.iter().position(|fault| *fault == signal).and_then(|at| FORMER[at].get());
    // SAFETY: the system hands a handler what is valid while it runs; the former handler was installed as one of these;
    // a zeroed structure stands for the default, and both calls may be made in a handler.
    unsafe {
        let is_real = (*about).si_code > 0;
        match former {
            Some(former) if is_real => {
                std::mem::transmute::<usize, Handler>(former.sa_sigaction)(signal, about, context)
            }
            _ => {
                let default: libc::sigaction = std::mem::zeroed();
                libc::sigaction(signal, &default, std::ptr::null_mut());
                // It is delivered when the handler returns.
                libc::raise(signal);
            }
        }
    }
}

/// From now on, `signal` is served by the interpreter's main thread.
pub fn watch(vm: &Arc<Vm>, signal: i32) -> io::Result<()> {
    let mut watched = vm.signals.watched.lock();
    if watched.contains(&signal) {
        return Ok(());
    }
    if vm.signals.wake.get().is_none() {
        let wake = Wake::new()?;
        vm.signals.wake.get_or_init(|| Arc::new(wake));
    }
    let bell = match vm.signals.bell.get() {
        Some(bell) => bell.clone(),
        None => {
            let bell = vm.signals.bell.get_or_init({
                let bell = Arc::new(Bell::new()?);
                || bell
            });
            bell.hear(vm)?;
            bell.clone()
        }
    };
    // SAFETY: what the handler does may be done in a handler.
    unsafe { signal_hook::low_level::register(signal, move || bell.ring(signal)) }?;
    watched.push(signal);
    Ok(())
}

/// What a thread wants to do with a descriptor.
#[derive(Clone, Copy)]
pub enum Wish {
    Read,
    Write,
}

impl Wish {
    fn entry(self, descriptor: i32) -> libc::pollfd {
        let events = match self {
            Wish::Read => libc::POLLIN,
            Wish::Write => libc::POLLOUT,
        };
        libc::pollfd { fd: descriptor, events, revents: 0 }
    }
}

impl Thread {
    /// Runs a call that may block on `descriptor`, with the interpreter's lock given up; the main thread serves signals
    /// meanwhile, so that Ctrl-C reaches it. The call must not block once the descriptor is ready.
    pub fn blocking_on<R: Send>(
        &self,
        descriptor: i32,
        wish: Wish,
        mut call: impl FnMut() -> io::Result<R> + Send,
    ) -> Result<io::Result<R>> {
        loop {
            match self.blocking_once(descriptor, wish, &mut call) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => self.safepoint()?,
                done => return Ok(done),
            }
        }
    }

    /// As `blocking_on`, but a signal ends it: `Interrupted`, for a caller who has something to keep first.
    pub fn blocking_once<R: Send>(
        &self,
        descriptor: i32,
        wish: Wish,
        call: &mut (impl FnMut() -> io::Result<R> + Send),
    ) -> io::Result<R> {
        let (wake, clock) = (self.wake(), self.vm().world().clock);
        self.detached(Reason::Io, || {
            if wake.is_some() {
                wait(descriptor, wish, wake, &clock)?;
            }
            call()
        })
    }

    /// Runs a call that says `WouldBlock` rather than block, with the interpreter's lock given up: again each time that the
    /// descriptor has become ready. `TimedOut`, without an error number, if `until` comes first (0: at once).
    pub fn waiting_for<R: Send>(
        &self,
        descriptor: i32,
        wish: Wish,
        until: Option<Ns>,
        mut call: impl FnMut() -> io::Result<R> + Send,
    ) -> Result<io::Result<R>> {
        let (wake, clock) = (self.wake(), self.vm().world().clock);
        loop {
            let done = self.detached(Reason::Io, || {
                loop {
                    match call() {
                        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                        done => return done,
                    }
                    let mut wanted = vec![wish.entry(descriptor)];
                    if until == Some(0) || poll_until(&mut wanted, wake, until, &clock)? == 0 {
                        return Err(io::ErrorKind::TimedOut.into());
                    }
                }
            });
            match done {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => self.safepoint()?,
                done => return Ok(done),
            }
        }
    }

    /// What wakes this thread where it waits for descriptors, if it is the one that serves signals.
    pub fn wake(&self) -> Option<&Wake> {
        self.is_main().then(|| self.vm().signals.wake.get()).flatten().map(Arc::as_ref)
    }

    /// Whether this is the main thread of the main interpreter, where programs handle signals.
    pub fn handles_signals(&self) -> bool {
        self.is_main() && self.vm().id == family::MAIN
    }

    /// Whether this is the thread that serves signals.
    pub fn is_main(&self) -> bool {
        self.ident == self.vm().main_ident.load(Ordering::Relaxed)
    }
}

/// Waits until the descriptor is ready, or `Interrupted` by a signal that is to be served.
fn wait(descriptor: i32, wish: Wish, wake: Option<&Wake>, clock: &Clock) -> io::Result<()> {
    let mut wanted = vec![wish.entry(descriptor)];
    if poll_until(&mut wanted, wake, Some(0), clock)? == 0 {
        // Who does not want to wait is told so by the call.
        // SAFETY: plain numbers.
        let flags = unsafe { libc::fcntl(descriptor, libc::F_GETFL) };
        if flags >= 0 && flags & libc::O_NONBLOCK != 0 {
            return Ok(());
        }
        poll_until(&mut wanted, wake, None, clock)?;
    }
    Ok(())
}

/// Waits until one of the descriptors is ready, and says how many are; 0 if `until` comes first. `Interrupted` if a signal is
/// to be served.
pub fn poll_until(
    wanted: &mut Vec<libc::pollfd>,
    wake: Option<&Wake>,
    until: Option<Ns>,
    clock: &Clock,
) -> io::Result<usize> {
    if let Some(wake) = wake {
        wanted.push(Wish::Read.entry(wake.sleeper.as_raw_fd()));
    }
    let ready = poll(wanted, until, clock);
    if let Some(wake) = wake
        && wanted.pop().is_some_and(|entry| entry.revents != 0)
    {
        wake.drain();
        return Err(io::ErrorKind::Interrupted.into());
    }
    ready
}

fn poll(wanted: &mut [libc::pollfd], until: Option<Ns>, clock: &Clock) -> io::Result<usize> {
    loop {
        let left = match until {
            None => -1,
            Some(0) => 0,
            // Rather too late than too early.
            Some(until) => until.saturating_sub(clock.now()).div_ceil(1_000_000).min(i32::MAX as u64) as i32,
        };
        // SAFETY: live entries; what the descriptors are, the system checks.
        match unsafe { libc::poll(wanted.as_mut_ptr(), wanted.len() as libc::nfds_t, left) } {
            ready if ready < 0 => return Err(io::Error::last_os_error()),
            0 if until.is_none_or(|until| until > 0 && clock.now() < until) => {}
            ready => return Ok(ready as usize),
        }
    }
}

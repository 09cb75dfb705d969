//! One thread as the lock sees it: its state machine, its breaker, its counters, where it waits.
//!
//! A thread is, as in PEP 703,
//!
//! ```text
//!               attach                      stop the world
//!   Detached ───────────▶ Attached ─────────────────────────▶ Summoned
//!      │ ▲  ◀───────────     (by itself)                         │
//!      │ │      detach                                           │ at its next safepoint,
//!      │ │                                                       │ or when it detaches
//!      │ └───────────────────────── resume ──────────┐           ▼
//!      └──────────── stop the world ─────────────▶ Suspended ◀───┘
//! ```
//!
//! *Attached*: it runs Python, and holds the lock if there is one. *Detached*: it is in a blocking call, touches no
//! Python value, and may attach when it likes. *Suspended*: it touches no Python value and may **not** attach until
//! the world resumes. *Summoned*: still attached, but somebody waits for it to be suspended.
//!
//! Only a thread itself attaches and detaches; only the thread that stops the world summons, suspends the detached,
//! and releases the suspended. Each step is one compare-and-swap, so the two never act on an outdated state.

use std::fmt;
use std::sync::Arc;

use crossbeam::utils::CachePadded;

use super::breaker::Breaker;
use super::counters::ThreadCounters;
use super::events::Tap;
use super::standing::Standing;
use super::world::Parker;
use super::world::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use super::world::parking::{Condvar, Mutex};

/// A thread's number in its interpreter: 1 is the main thread; never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThreadId(pub u32);

impl fmt::Display for ThreadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why a thread detaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Reason {
    /// Files, terminals, sockets.
    Io,
    /// `time.sleep`.
    Sleep,
    /// A `threading` primitive that another thread holds or must set.
    Lock,
    /// Waiting for another thread's end.
    Join,
    /// Waiting for another process.
    Process,
    /// Long computing in Rust that needs no Python value, such as compression.
    Compute,
    /// Its end.
    Exit,
    Other,
}

impl Reason {
    pub const COUNT: usize = 8;

    pub const ALL: [Reason; Reason::COUNT] = [
        Reason::Io,
        Reason::Sleep,
        Reason::Lock,
        Reason::Join,
        Reason::Process,
        Reason::Compute,
        Reason::Exit,
        Reason::Other,
    ];

    /// As reports say it.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Io => "I/O",
            Reason::Sleep => "sleep",
            Reason::Lock => "lock",
            Reason::Join => "join",
            Reason::Process => "process",
            Reason::Compute => "compute",
            Reason::Exit => "exit",
            Reason::Other => "other",
        }
    }
}

/// Where a thread is in its state machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    Detached,
    Attached,
    Summoned,
    Suspended,
}

impl State {
    fn of(byte: u8) -> State {
        match byte {
            0 => State::Detached,
            1 => State::Attached,
            2 => State::Summoned,
            _ => State::Suspended,
        }
    }
}

/// One thread, from [`super::Gil::register`] to [`super::Gil::unregister`].
pub struct GilThread {
    id: ThreadId,
    name: Mutex<String>,
    /// Read by its thread at every safepoint and written by others seldom, so alone in its cache line.
    breaker: CachePadded<Breaker>,
    /// A [`State`].
    state: CachePadded<AtomicU8>,
    counters: CachePadded<ThreadCounters>,
    /// Where it waits for what programs wait for: `threading.Lock`, sleep, join.
    parker: Arc<Parker>,
    /// What it waits for without a time limit.
    standing: Standing,
    /// Where it waits for its turn under the policies that have a line (`fair`, `priority`), with their mutex.
    pub(super) turn: Condvar,
    /// Whether it had to be forced when it last gave up the lock; its rank under the `priority` policy.
    pub(super) was_forced: AtomicBool,
    /// When another thread last took the lock that this one had had before, under the 2.7 policy.
    pub(super) lost: AtomicU64,
}

impl GilThread {
    pub(super) fn new(id: ThreadId, name: &str, state: State, counters: ThreadCounters) -> GilThread {
        GilThread {
            id,
            name: Mutex::new(name.to_owned()),
            breaker: CachePadded::new(Breaker::new()),
            state: CachePadded::new(AtomicU8::new(state as u8)),
            counters: CachePadded::new(counters),
            parker: Arc::new(Parker::of(id.0)),
            standing: Standing::default(),
            turn: Condvar::new(),
            was_forced: AtomicBool::new(false),
            lost: AtomicU64::new(0),
        }
    }

    pub fn id(&self) -> ThreadId {
        self.id
    }

    pub fn name(&self) -> String {
        self.name.lock().clone()
    }

    pub fn set_name(&self, name: &str) {
        *self.name.lock() = name.to_owned();
        if let Some(tap) = self.tap() {
            tap.renamed(name);
        }
    }

    /// The word that the interpreter's loop reads at every safepoint.
    #[inline(always)]
    pub fn breaker(&self) -> &Breaker {
        &self.breaker
    }

    pub fn counters(&self) -> &ThreadCounters {
        &self.counters
    }

    /// Who hears of what the thread does, if somebody has ever recorded.
    #[inline]
    pub fn tap(&self) -> Option<&dyn Tap> {
        self.counters.tap()
    }

    /// Where the thread waits for anything but the interpreter's lock.
    pub fn parker(&self) -> &Arc<Parker> {
        &self.parker
    }

    /// What the thread waits for without a time limit.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    pub fn state(&self) -> State {
        State::of(self.state.load(Ordering::Acquire))
    }

    /// Whether the thread may touch Python values.
    pub fn is_attached(&self) -> bool {
        matches!(self.state(), State::Attached | State::Summoned)
    }

    /// One step of the state machine; false if the thread is not (or no longer) in state `from`.
    ///
    /// Acquire and release both: whoever stops the world must see all that the stopped thread wrote, and a thread
    /// that attaches must see all that was done to the world meanwhile.
    pub(super) fn step(&self, from: State, to: State) -> bool {
        self.state.compare_exchange(from as u8, to as u8, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }
}

impl fmt::Debug for GilThread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GilThread({}, {:?}, {:?})", self.id, self.name(), self.state())
    }
}

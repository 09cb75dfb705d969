//! What a lock policy is, and the names under which a person chooses one.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::breaker::{DROP_REQUEST, PENDING_CALLS, SIGNALS};
use super::thread::{GilThread, ThreadId};
use super::world::World;
use super::world::atomic::{AtomicU32, AtomicU64, Ordering};
use super::world::clock::Ns;
use super::world::parking::Mutex;

/// A way to decide who has the lock. Every method is called by the thread that it is about (`me`), and blocks it where
/// the policy says so.
///
/// A policy is *open* while it is the interpreter's current one. When the program changes policies, the old one is
/// retired: whoever waits in it leaves with [`Evicted`] and goes to the new one. That happens with the world stopped by
/// the thread that holds the lock, so a retired policy has no other holder.
pub(super) trait Policy: Send + Sync {
    /// Blocks until `me` has the lock.
    fn take(&self, me: &Arc<GilThread>, rules: &Rules) -> Result<Took, Evicted>;

    /// Gives up the lock, which `me` holds.
    fn release(&self, me: &Arc<GilThread>, rules: &Rules, leaving: Leaving);

    /// Who has taken the lock last, and may have it still.
    fn last_taker(&self) -> Option<ThreadId>;

    /// Becomes the current policy, with `holder` (if any) holding the lock already.
    fn open(&self, holder: Option<&Arc<GilThread>>, rules: &Rules);

    /// Ceases to be the current policy: the lock is nobody's, and all who wait are evicted.
    fn retire(&self);

    /// Sends all who wait out of [`Policy::take`], and leaves the lock with its holder.
    fn evict(&self);

    /// Runs `act` while nobody else is between locking and unlocking one of the policy's mutexes: for forks.
    fn frozen(&self, act: &mut dyn FnMut());

    /// In the child of a fork: the conditions forget those who waited there in the parent.
    fn forget_waiters(&self);
}

/// How a thread came by the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Took {
    /// Who had it last, if that was another thread: then this was a *switch*.
    pub from: Option<ThreadId>,
}

/// The lock is no longer what it was: ask again which policy is current and whether the interpreter is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Evicted;

/// In what manner a thread gives up the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaving {
    /// Of its own accord, for a blocking call.
    Voluntary,
    /// At a safepoint, since others want the lock or the ticks ran out.
    Forced,
    /// For good: nobody's turn is waited for.
    Final,
}

/// Asks `holder` to drop the lock that it holds at this moment, and for which `me` waits. Sent again while that lasts:
/// a request that is pending already changes nothing and is not counted.
pub(super) fn request_drop(holder: &GilThread, me: &GilThread, rules: &Rules) {
    if holder.breaker().request(DROP_REQUEST) {
        me.counters().request_sent(holder.id(), || rules.world.clock.now());
    }
}

/// What the policies of one interpreter share: the world, and the two knobs that programs turn.
#[derive(Debug)]
pub(super) struct Rules {
    pub world: World,
    /// The main thread: the first that was registered. It alone runs signal handlers.
    pub main: Mutex<Option<Arc<GilThread>>>,
    /// How long a waiter is patient before it sends a drop request, in nanoseconds; at least 1 µs.
    interval: AtomicU64,
    /// After how many ticks the 2.7 policy lets go; at least 1.
    check_interval: AtomicU32,
}

/// `sys.getswitchinterval()` of CPython 3.2 and later: 5 ms.
pub const DEFAULT_INTERVAL: Ns = 5_000_000;
/// CPython takes smaller intervals for 1 µs.
pub const SHORTEST_INTERVAL: Ns = 1_000;
/// `sys.getcheckinterval()` of CPython 2.7.
pub const DEFAULT_CHECK_INTERVAL: u32 = 100;

impl Rules {
    pub fn new(world: World) -> Rules {
        Rules {
            world,
            main: Mutex::new(None),
            interval: AtomicU64::new(DEFAULT_INTERVAL),
            check_interval: AtomicU32::new(DEFAULT_CHECK_INTERVAL),
        }
    }

    /// Whether something waits for the main thread to have its turn.
    pub fn main_has_calls(&self) -> bool {
        self.main.lock().as_ref().is_some_and(|main| main.breaker().has(SIGNALS | PENDING_CALLS))
    }

    pub fn interval(&self) -> Ns {
        self.interval.load(Ordering::Relaxed)
    }

    pub fn set_interval(&self, interval: Ns) {
        self.interval.store(interval.max(SHORTEST_INTERVAL), Ordering::Relaxed);
    }

    pub fn check_interval(&self) -> u32 {
        self.check_interval.load(Ordering::Relaxed)
    }

    pub fn set_check_interval(&self, ticks: u32) {
        self.check_interval.store(ticks.max(1), Ordering::Relaxed);
    }
}

/// Which algorithm decides who has the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum PolicyKind {
    /// CPython 3.2 and later: waiters time out and ask the holder to drop it.
    Modern,
    /// CPython 2.7: the holder counts ticks.
    Ticks,
    /// First come, first served.
    Fair,
    /// Beazley's proposal: who gave it up of its own accord comes before who had to be forced.
    Priority,
    /// No lock at all.
    Off,
}

impl PolicyKind {
    /// Whether there is a lock.
    pub fn has_lock(self) -> bool {
        self != PolicyKind::Off
    }
}

/// Where between its instructions a thread may be made to switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum SwitchPoints {
    /// CPython 3.10 and later: at function entry and after `yield`, at backward jumps, and after calls of what is
    /// not Python code.
    Since310,
    /// Before 3.10: between any two instructions.
    EveryInstruction,
}

/// What `--gil` names: a policy with its switch points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mode {
    pub policy: PolicyKind,
    pub switch_points: SwitchPoints,
}

/// Every mode that has a name, the default first. The one table from which parsing, printing and help derive.
const NAMED: [(&str, Mode, &str); 6] = [
    ("3.14", Mode::new(PolicyKind::Modern, SwitchPoints::Since310), "the lock of CPython 3.10 to 3.15 (default)"),
    (
        "3.9",
        Mode::new(PolicyKind::Modern, SwitchPoints::EveryInstruction),
        "the same lock with the switch points of CPython 3.2 to 3.9: between any two instructions",
    ),
    (
        "2.7",
        Mode::new(PolicyKind::Ticks, SwitchPoints::EveryInstruction),
        "CPython 2.7's lock: released every 100 ticks",
    ),
    ("fair", Mode::new(PolicyKind::Fair, SwitchPoints::Since310), "first come, first served"),
    (
        "priority",
        Mode::new(PolicyKind::Priority, SwitchPoints::Since310),
        "threads that give the lock up of their own accord come first",
    ),
    ("off", Mode::new(PolicyKind::Off, SwitchPoints::Since310), "no lock: threads run in parallel"),
];

impl Mode {
    pub const fn new(policy: PolicyKind, switch_points: SwitchPoints) -> Mode {
        Mode { policy, switch_points }
    }

    /// The names that `--gil` takes, the default first, each with one line about it.
    pub fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
        NAMED.iter().map(|&(name, _, about)| (name, about))
    }

    /// No lock.
    pub fn off() -> Mode {
        Mode::new(PolicyKind::Off, SwitchPoints::Since310)
    }
}

impl Default for Mode {
    fn default() -> Mode {
        NAMED[0].1
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match NAMED.iter().find(|(_, mode, _)| mode == self) {
            Some((name, ..)) => f.pad(name),
            // A combination that only a program of ours can make.
            None => write!(f, "{:?} with {:?}", self.policy, self.switch_points),
        }
    }
}

impl FromStr for Mode {
    type Err = UnknownMode;

    fn from_str(name: &str) -> Result<Mode, UnknownMode> {
        match NAMED.iter().find(|&&(known, ..)| known == name) {
            Some(&(_, mode, _)) => Ok(mode),
            None => Err(UnknownMode(name.to_owned())),
        }
    }
}

/// The name of no mode. Prints as a sentence that lists those there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMode(pub String);

impl fmt::Display for UnknownMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = Mode::names().map(|(name, _)| name).collect();
        write!(f, "there is no lock named '{}'; choose one of: {}", self.0, names.join(", "))
    }
}

impl std::error::Error for UnknownMode {}

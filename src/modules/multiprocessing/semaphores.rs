//! Semaphores that several processes wait at: a counter in shared memory, and a futex on it.
//!
//! Whoever is killed while it waits leaves nothing behind but a count of waiters that is too high, which costs wake-ups for
//! nobody. A waiter looks again now and then, so that a wake-up that went to one who was killed holds nobody up.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use crate::heap::{Gc, Value};
use crate::modules::io::descriptor::failed;
use crate::modules::thread::{class_of, state};
use crate::objects::exception::{self, Exc};
use crate::objects::kinds;
use crate::objects::module::Module;
use crate::objects::native_object::{self, NativeState};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops};
use crate::world::Ns;

use super::memory::{Mapping, copy_of, handed_out};

/// `SEM_VALUE_MAX`
const MOST: u32 = i32::MAX as u32;
/// A lock that its owner may take again.
const RECURSIVE: i64 = 0;
const SEMAPHORE: i64 = 1;

/// How long a wait lasts before the waiter looks around: at signals, and whether it was forgotten.
const GLANCE: Ns = 50_000_000;

/// What lies in the shared memory.
#[repr(C)]
struct Counter {
    value: AtomicU32,
    /// How many wait, at least.
    waiting: AtomicU32,
}

struct SemLock {
    memory: Mapping,
    kind: i64,
    most: u32,
    /// How often the owner holds it, in this process.
    count: AtomicU32,
    /// The thread that took it last, in this process.
    owner: AtomicU64,
}

impl NativeState for SemLock {}

impl SemLock {
    fn new(memory: Mapping, kind: i64, most: u32) -> SemLock {
        SemLock { memory, kind, most, count: AtomicU32::new(0), owner: AtomicU64::new(0) }
    }

    fn counter(&self) -> &Counter {
        // SAFETY: two atomics, and no mapping is smaller than a page.
        unsafe { self.memory.head() }
    }

    fn is_mine(&self, th: &Thread) -> bool {
        self.count.load(Ordering::Relaxed) > 0 && self.owner.load(Ordering::Relaxed) == th.ident
    }

    fn try_take(&self) -> bool {
        let take = |value: u32| value.checked_sub(1);
        self.counter().value.fetch_update(Ordering::Acquire, Ordering::Relaxed, take).is_ok()
    }

    /// Takes one, waiting until `until`; signals are served meanwhile.
    fn take(&self, th: &Thread, until: Option<Ns>) -> Result<bool> {
        let clock = th.vm().world().clock;
        let counter = self.counter();
        loop {
            if self.try_take() {
                return Ok(true);
            }
            let now = clock.now();
            let left = until.map_or(GLANCE, |until| until.saturating_sub(now).min(GLANCE));
            if left == 0 {
                return Ok(false);
            }
            th.detached(Reason::Lock, || {
                counter.waiting.fetch_add(1, Ordering::SeqCst);
                wait(&counter.value, left);
                counter.waiting.fetch_sub(1, Ordering::SeqCst);
            });
            th.safepoint()?;
        }
    }

    /// Gives one back; false if there would be more than there may be.
    fn give(&self) -> bool {
        let counter = self.counter();
        let give = |value: u32| (value < self.most).then_some(value + 1);
        if counter.value.fetch_update(Ordering::SeqCst, Ordering::Relaxed, give).is_err() {
            return false;
        }
        if counter.waiting.load(Ordering::SeqCst) > 0 {
            wake_one(&counter.value);
        }
        true
    }
}

/// Sleeps while the word is 0, for `span` nanoseconds at most.
#[cfg(target_os = "linux")]
fn wait(word: &AtomicU32, span: Ns) {
    let span = libc::timespec { tv_sec: (span / 1_000_000_000) as i64, tv_nsec: (span % 1_000_000_000) as i64 };
    // SAFETY: a live word in shared memory and a live time; whatever the answer is, the caller looks again.
    unsafe { libc::syscall(libc::SYS_futex, word.as_ptr(), libc::FUTEX_WAIT, 0, &raw const span) };
}

#[cfg(target_os = "linux")]
fn wake_one(word: &AtomicU32) {
    // SAFETY: a live word in shared memory.
    unsafe { libc::syscall(libc::SYS_futex, word.as_ptr(), libc::FUTEX_WAKE, 1) };
}

#[cfg(not(target_os = "linux"))]
fn wait(_: &AtomicU32, span: Ns) {
    std::thread::sleep(std::time::Duration::from_nanos(span.min(1_000_000)));
}

#[cfg(not(target_os = "linux"))]
fn wake_one(_: &AtomicU32) {}

fn this(th: &Thread, value: Value) -> Result<&'static SemLock> {
    state(th, value)
}

fn acquire(th: &Thread, args: &[Value]) -> Result {
    let lock = this(th, args[0])?;
    let blocking = args[1].is_empty() || ops::truthy(th, args[1])?;
    if lock.kind == RECURSIVE && lock.is_mine(th) {
        lock.count.fetch_add(1, Ordering::Relaxed);
        return Ok(Value::TRUE);
    }
    let until = match args[2] {
        timeout if timeout.is_empty() || timeout.is_none() => None,
        timeout => {
            let seconds = ops::float(th, timeout)?.clamp(0.0, 1e9);
            Some(th.vm().world().clock.now() + (seconds * 1e9) as Ns)
        }
    };
    let taken = if blocking { lock.take(th, until)? } else { lock.try_take() };
    if taken {
        lock.owner.store(th.ident, Ordering::Relaxed);
        lock.count.fetch_add(1, Ordering::Relaxed);
    }
    Ok(Value::bool(taken))
}

fn release(th: &Thread, args: &[Value]) -> Result {
    let lock = this(th, args[0])?;
    if lock.kind == RECURSIVE {
        if !lock.is_mine(th) {
            return Err(th.raise(Exc::AssertionError, "attempt to release recursive lock not owned by thread"));
        }
        if lock.count.load(Ordering::Relaxed) > 1 {
            lock.count.fetch_sub(1, Ordering::Relaxed);
            return Ok(Value::NONE);
        }
    }
    // First, since the next owner counts from here.
    let _ = lock.count.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |count| Some(count.wrapping_sub(1)));
    if lock.give() {
        return Ok(Value::NONE);
    }
    lock.count.fetch_add(1, Ordering::Relaxed);
    Err(th.value_error("semaphore or lock released too many times"))
}

const ACQUIRE: &str = "(self, /, block=True, timeout=None)";

pub static SEMLOCK: TypeDef = TypeDef {
    module: "_multiprocessing",
    methods: &[
        native(
            "__new__",
            "(cls, kind, value, maxvalue, shareable=False, fd=None, /)",
            "A semaphore: a new one, or that of another process behind a descriptor.",
            make,
        )
        .static_method(),
        native("acquire", ACQUIRE, "Acquire the semaphore/lock.", acquire).keywords(),
        native("release", "(self, /)", "Release the semaphore/lock.", release),
        native("__enter__", "(self, /)", "Enter the semaphore/lock.", |th, args| {
            acquire(th, &[args[0], Value::EMPTY, Value::EMPTY])
        }),
        native(
            "__exit__",
            "(self, exc_type=None, exc_value=None, exc_tb=None, /)",
            "Exit the semaphore/lock.",
            release,
        ),
        native("_count", "(self, /)", "Num of `acquire()`s minus num of `release()`s for this process.", |th, args| {
            Ok(Value::small_int((this(th, args[0])?.count.load(Ordering::Relaxed) as i32).into()))
        }),
        native("_is_mine", "(self, /)", "Whether the lock is owned by this thread.", |th, args| {
            Ok(Value::bool(this(th, args[0])?.is_mine(th)))
        }),
        native("_get_value", "(self, /)", "Get the value of the semaphore.", |th, args| {
            Ok(Value::small_int(this(th, args[0])?.counter().value.load(Ordering::Acquire).into()))
        }),
        native("_is_zero", "(self, /)", "Return whether semaphore has value zero.", |th, args| {
            Ok(Value::bool(this(th, args[0])?.counter().value.load(Ordering::Acquire) == 0))
        }),
        AFTER_FORK,
        native("_hand_out", "(self, /)", "A new descriptor for another process, or None.", |th, args| {
            handed_out(th, &this(th, args[0])?.memory)
        }),
    ],
    getset: GETSET,
    subclassable: false,
    ..TypeDef::new("SemLock", kinds::NATIVE_STATE, "Semaphore/Mutex type.")
};

const AFTER_FORK: NativeDef =
    native("_after_fork", "(self, /)", "In a forked child: nobody here owns it.", |th, args| {
        this(th, args[0])?.count.store(0, Ordering::Relaxed);
        Ok(Value::NONE)
    });

const GETSET: &[GetSetDef] = &[
    getter("kind", "0 for a lock that can be taken again, 1 for a semaphore.", |th, this| {
        Ok(Value::small_int(self::this(th, this)?.kind))
    }),
    getter("maxvalue", "The most that it may be.", |th, this| Ok(Value::small_int(self::this(th, this)?.most.into()))),
];

fn make(th: &Thread, args: &[Value]) -> Result {
    let class = class_of(th, args[0])?;
    let (kind, value, most) =
        (ops::index_i64(th, args[1])?, ops::index_i64(th, args[2])?, ops::index_i64(th, args[3])?);
    if kind != RECURSIVE && kind != SEMAPHORE {
        return Err(th.value_error("unrecognized kind"));
    }
    let (Ok(value), Ok(most)) = (u32::try_from(value), u32::try_from(most)) else {
        return Err(exception::raise_errno(th, libc::EINVAL, &[]));
    };
    let is_here = !args[5].is_empty() && !args[5].is_none();
    let memory = if is_here {
        Mapping::of_file(copy_of(th, args[5])?, size_of::<Counter>())
    } else if !args[4].is_empty() && ops::truthy(th, args[4])? {
        Mapping::with_file(size_of::<Counter>())
    } else {
        Mapping::anonymous(size_of::<Counter>())
    };
    let lock = SemLock::new(memory.map_err(|error| failed(th, &error))?, kind, most.min(MOST));
    if !is_here {
        lock.counter().value.store(value, Ordering::Release);
    }
    Ok(native_object::new(th, class, Box::new(lock)).value())
}

pub fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    let class = th.vm().class(&SEMLOCK);
    class.namespace.set_str(th, th.intern("SEM_VALUE_MAX"), Value::small_int(MOST.into()));
    module.namespace.set_str(th, th.intern("SEM_VALUE_MAX"), Value::small_int(MOST.into()));
    Ok(())
}

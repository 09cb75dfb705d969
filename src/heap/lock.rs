//! The lock of one object: a byte of its header, for a few stores while threads run at the same time.
//!
//! Most objects are changed by one thread only, again and again, so what counts is what taking and giving back cost where
//! nobody else comes by. The first thread that takes an object's lock is given it for good (the lock is *biased* towards
//! it): from then on that thread says in a word of its own which object it is busy with, looks whether the byte still
//! bears its mark, and says afterwards that it is done. These are plain loads and stores; no atomic exchange is needed.
//!
//! Another thread that wants the lock takes the mark away with an exchange, makes every running thread of the process pass
//! a memory barrier (`membarrier`, a microsecond or two), and waits until the owner is not busy with that object. For if the
//! owner looked at the byte before the barrier, the word in which it says so is visible after it; if it looks later, the
//! mark is gone. From then on the lock is a common one: an exchange to take it, a store to give it back. Who gives one back never
//! learns that somebody waits; a waiter looks again by itself, after pauses that grow longer. That suits a lock that is only
//! held for moments, and where everybody wants it all the time fewer looks are better in any case. Nothing outside these
//! bytes and words knows of the waiters, so a forked child has no table of them to put in order.
//!
//! A thread whose objects are wanted by others too often (they are handed on through a queue, say) stops marking new ones.
//!
//! Measured, `list[i] = x` with a second thread about: 6.5 ns without a lock, 16 ns with parking_lot's one-byte mutex, which
//! this was and which has to look for waiters as it is given back, 10 ns with a common lock, 8 ns with one of its own.

use std::cell::Cell;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, AtomicU8, AtomicU32, AtomicU64, Ordering, compiler_fence};
use std::time::Duration;

/// Nobody has taken the lock yet.
const FRESH: u8 = 0;
/// Somebody holds it, as a common lock.
const HELD: u8 = 1;
/// A common lock that nobody holds.
const FREE: u8 = 2;
/// A thread's mark is its slot's number and one, times this; 0 is the mark of threads that mark nothing.
const MARKS: u8 = 4;

/// How many threads can have objects of their own at a time.
const SLOTS: usize = 63;

/// The first pause of a waiter and the longest.
const PAUSES: [Duration; 2] = [Duration::from_micros(20), Duration::from_millis(1)];

/// So many objects may be taken away from a thread before one in [`MARKED_FOR_ONE`] is too much.
const TAKEN_AT_FIRST: u32 = 16;
const MARKED_FOR_ONE: u32 = 64;

/// What others see of a thread that has marked objects.
#[repr(align(64))]
struct Slot {
    /// The lock that the thread works under because it bears its mark; null if none.
    busy: AtomicPtr<ObjectLock>,
    /// How many objects were taken away from it.
    taken: AtomicU32,
}

static THREADS: [Slot; SLOTS] =
    [const { Slot { busy: AtomicPtr::new(ptr::null_mut()), taken: AtomicU32::new(0) } }; SLOTS];

/// Which slots are in use, a bit each.
static IN_USE: AtomicU64 = AtomicU64::new(0);

/// A thread's right to have objects of its own. Only its thread uses it.
pub struct Bias {
    slot: &'static Slot,
    mark: u8,
    /// How many objects it has marked.
    marked: Cell<u32>,
}

impl Bias {
    /// For a new thread. Where there are very many already it is one that marks nothing.
    pub fn claim() -> Bias {
        let mut used = IN_USE.load(Ordering::Relaxed);
        loop {
            let number = used.trailing_ones() as usize;
            if number >= SLOTS {
                return Bias { slot: &THREADS[0], mark: FRESH, marked: Cell::new(0) };
            }
            // What the slot's last owner wrote to the objects that bear the mark is seen by the new one.
            match IN_USE.compare_exchange_weak(used, used | 1 << number, Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => {
                    let slot = &THREADS[number];
                    slot.taken.store(0, Ordering::Relaxed);
                    return Bias { slot, mark: (number as u8 + 1) * MARKS, marked: Cell::new(0) };
                }
                Err(now) => used = now,
            }
        }
    }

    fn may_mark(&self) -> bool {
        let taken = self.slot.taken.load(Ordering::Relaxed);
        self.mark != FRESH
            && taken <= TAKEN_AT_FIRST + self.marked.get() / MARKED_FOR_ONE
            && CAN_FENCE.get() == Some(&true)
    }
}

impl Drop for Bias {
    fn drop(&mut self) {
        if self.mark != FRESH {
            IN_USE.fetch_and(!(1 << (self.mark / MARKS - 1)), Ordering::Release);
        }
    }
}

/// See the module's description.
#[derive(Debug)]
pub struct ObjectLock(AtomicU8);

/// How a thread holds a lock; gives it back when dropped.
pub enum Hold<'a> {
    Common(&'a ObjectLock),
    /// By the mark of the thread that this slot is of.
    Biased(Busy),
}

/// A slot that says that its thread is busy.
pub struct Busy(&'static Slot);

impl Drop for Hold<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        match self {
            Hold::Common(lock) => lock.0.store(FREE, Ordering::Release),
            Hold::Biased(busy) => busy.0.busy.store(ptr::null_mut(), Ordering::Release),
        }
    }
}

impl ObjectLock {
    #[inline(always)]
    pub(super) const fn new() -> ObjectLock {
        ObjectLock(AtomicU8::new(FRESH))
    }

    /// Takes the lock for the thread of `bias`; `wait` waits for a common one that somebody holds, with
    /// [`ObjectLock::try_common`] or [`ObjectLock::wait_for_common`].
    #[inline(always)]
    pub fn take<'a>(&'a self, bias: &Bias, wait: impl FnOnce(&'a ObjectLock)) -> Hold<'a> {
        if self.0.load(Ordering::Relaxed) == bias.mark
            && let Some(busy) = self.enter(bias)
        {
            return Hold::Biased(busy);
        }
        if self.try_common() {
            return Hold::Common(self);
        }
        self.take_slowly(bias, wait)
    }

    /// Says that the thread is busy here, if the lock bears its mark then.
    #[inline(always)]
    fn enter(&self, bias: &Bias) -> Option<Busy> {
        let busy = &bias.slot.busy;
        // It can be busy with one only. A thread that marks nothing finds its "mark" on fresh locks, and must not come in.
        if bias.mark == FRESH || !busy.load(Ordering::Relaxed).is_null() {
            return None;
        }
        busy.store(ptr::from_ref(self).cast_mut(), Ordering::Release);
        // The processor may still let the load go first; who takes the mark away sees to that with a barrier in this thread.
        compiler_fence(Ordering::SeqCst);
        if self.0.load(Ordering::Acquire) == bias.mark {
            return Some(Busy(bias.slot));
        }
        busy.store(ptr::null_mut(), Ordering::Relaxed);
        None
    }

    #[cold]
    #[inline(never)]
    fn take_slowly<'a>(&'a self, bias: &Bias, wait: impl FnOnce(&'a ObjectLock)) -> Hold<'a> {
        loop {
            match self.0.load(Ordering::Relaxed) {
                FRESH if bias.may_mark() => {
                    if self.change(FRESH, bias.mark) {
                        bias.marked.set(bias.marked.get().saturating_add(1));
                        if let Some(busy) = self.enter(bias) {
                            return Hold::Biased(busy);
                        }
                    }
                }
                HELD => {
                    wait(self);
                    return Hold::Common(self);
                }
                // Its own mark, where it is busy with another object already, makes a common lock as well.
                mark => {
                    if self.change(mark, HELD) {
                        if mark >= MARKS && mark != bias.mark {
                            self.wait_for_owner(&THREADS[usize::from(mark / MARKS) - 1]);
                        }
                        return Hold::Common(self);
                    }
                }
            }
        }
    }

    /// Waits until the thread that had the lock to itself is not busy under it. Its mark is gone from the byte.
    fn wait_for_owner(&self, owner: &Slot) {
        owner.taken.fetch_add(1, Ordering::Relaxed);
        let [mut pause, longest] = PAUSES;
        if !fence_all_threads() {
            // Nothing is known to be seen at once, but no store takes anything like as long as this to be.
            std::thread::sleep(longest);
        }
        while ptr::eq(owner.busy.load(Ordering::Acquire), self) {
            std::thread::sleep(pause);
            pause = (pause * 2).min(longest);
        }
    }

    fn change(&self, from: u8, to: u8) -> bool {
        self.0.compare_exchange(from, to, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// Takes the lock if it is a common one and free.
    #[inline(always)]
    pub fn try_common(&self) -> bool {
        self.0.compare_exchange(FREE, HELD, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    /// Takes a common lock as soon as it is seen to be free.
    pub fn wait_for_common(&self) {
        let [mut pause, longest] = PAUSES;
        while self.0.load(Ordering::Relaxed) != FREE || !self.try_common() {
            std::thread::sleep(pause);
            pause = (pause * 2).min(longest);
        }
    }

    /// What the byte is if nobody can be at work under the lock without changing it first, for who reads without a lock and
    /// looks before and after. What the last holder wrote is seen afterwards.
    #[inline]
    pub fn quiet_state(&self) -> Option<u8> {
        let state = self.0.load(Ordering::Acquire);
        (state == FRESH || state == FREE).then_some(state)
    }
}

/// Whether the system can make all threads pass a memory barrier. Empty until somebody has asked it to prepare for that.
static CAN_FENCE: OnceLock<bool> = OnceLock::new();

/// To be called before there is a second thread, when it costs next to nothing: no object is marked without it.
pub fn prepare_fences() {
    CAN_FENCE.get_or_init(|| membarrier::register() && membarrier::fence());
}

#[cold]
fn fence_all_threads() -> bool {
    // A child of a fork may have to register anew.
    membarrier::fence() || membarrier::register() && membarrier::fence()
}

#[cfg(target_os = "linux")]
mod membarrier {
    const PRIVATE_EXPEDITED: libc::c_int = 1 << 3;
    const REGISTER_PRIVATE_EXPEDITED: libc::c_int = 1 << 4;

    fn call(command: libc::c_int) -> bool {
        // SAFETY: the call takes three integers and touches no memory of the process.
        unsafe { libc::syscall(libc::SYS_membarrier, command, 0, 0) == 0 }
    }

    pub(super) fn register() -> bool {
        call(REGISTER_PRIVATE_EXPEDITED)
    }

    /// All running threads of the process pass a memory barrier.
    pub(super) fn fence() -> bool {
        call(PRIVATE_EXPEDITED)
    }
}

#[cfg(not(target_os = "linux"))]
mod membarrier {
    pub(super) fn register() -> bool {
        false
    }

    pub(super) fn fence() -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use std::cell::UnsafeCell;
    use std::sync::Arc;
    use std::time::Instant;

    use super::*;

    /// Two numbers that are only equal while nobody changes them.
    struct Pair {
        lock: ObjectLock,
        numbers: UnsafeCell<[u64; 2]>,
    }

    // SAFETY: the numbers are only touched by who holds the lock.
    unsafe impl Sync for Pair {}

    impl Pair {
        fn new() -> Pair {
            Pair { lock: ObjectLock::new(), numbers: UnsafeCell::new([0; 2]) }
        }

        fn step(&self, bias: &Bias) {
            let _hold = self.lock.take(bias, ObjectLock::wait_for_common);
            // SAFETY: this thread has the lock.
            let numbers = unsafe { &mut *self.numbers.get() };
            assert_eq!(numbers[0], numbers[1]);
            numbers[0] += 1;
            std::hint::black_box(&mut *numbers);
            numbers[1] += 1;
        }

        fn steps(&self, bias: &Bias) -> u64 {
            let _hold = self.lock.take(bias, ObjectLock::wait_for_common);
            // SAFETY: this thread has the lock.
            unsafe { (*self.numbers.get())[0] }
        }
    }

    #[test]
    fn only_one_thread_at_a_time_has_a_lock() {
        const STEPS: u64 = 20_000;
        prepare_fences();
        let pair = Arc::new(Pair::new());
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let pair = pair.clone();
                std::thread::spawn(move || {
                    let bias = Bias::claim();
                    (0..STEPS).for_each(|_| pair.step(&bias));
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().expect("no assertion failed"));
        assert_eq!(pair.steps(&Bias::claim()), 4 * STEPS);
    }

    #[test]
    fn what_a_thread_has_to_itself_can_be_taken_away_at_any_time() {
        prepare_fences();
        let end = Instant::now() + Duration::from_millis(300);
        let (mut taken, mut after) = (0, 0);
        while Instant::now() < end {
            let pair = Arc::new(Pair::new());
            let theirs = pair.clone();
            let owner = std::thread::spawn(move || {
                let bias = Bias::claim();
                let mut steps = 0;
                while theirs.lock.0.load(Ordering::Relaxed) != FREE || steps < 1000 {
                    theirs.step(&bias);
                    steps += 1;
                }
                steps
            });
            let bias = Bias::claim();
            while pair.lock.0.load(Ordering::Relaxed) == FRESH {
                std::hint::spin_loop();
            }
            taken += u64::from(pair.lock.0.load(Ordering::Relaxed) >= MARKS);
            pair.step(&bias);
            let steps = owner.join().expect("no assertion failed");
            assert_eq!(pair.steps(&bias), steps + 1);
            after += 1;
        }
        assert!(after > 0 && (taken > 0 || CAN_FENCE.get() != Some(&true)), "{taken} of {after}");
    }

    #[test]
    fn a_thread_can_hold_several_of_its_own() {
        prepare_fences();
        let bias = Bias::claim();
        let (first, second) = (Pair::new(), Pair::new());
        for _ in 0..3 {
            let _outer = first.lock.take(&bias, ObjectLock::wait_for_common);
            second.step(&bias);
        }
        assert_eq!(second.steps(&bias), 3);
        assert!(matches!(second.lock.take(&bias, ObjectLock::wait_for_common), Hold::Common(_)));
    }

    #[test]
    fn who_is_disturbed_too_often_marks_nothing_more() {
        prepare_fences();
        let (owner, other) = (Bias::claim(), Bias::claim());
        let pairs: Vec<_> = (0..100).map(|_| Pair::new()).collect();
        for pair in &pairs {
            pair.step(&owner);
            pair.step(&other);
        }
        assert!(!owner.may_mark() && owner.marked.get() <= TAKEN_AT_FIRST + 2);
        assert!(pairs.iter().all(|pair| pair.steps(&owner) == 2));
    }

    #[test]
    fn a_quiet_lock_is_one_that_nobody_is_at_work_under() {
        prepare_fences();
        let bias = Bias::claim();
        let pair = Pair::new();
        assert_eq!(pair.lock.quiet_state(), Some(FRESH));
        pair.step(&bias);
        if CAN_FENCE.get() == Some(&true) {
            assert_eq!(pair.lock.quiet_state(), None);
        }
        pair.step(&Bias::claim());
        assert_eq!(pair.lock.quiet_state(), Some(FREE));
        let _hold = pair.lock.take(&bias, ObjectLock::wait_for_common);
        assert_eq!(pair.lock.quiet_state(), None);
    }
}

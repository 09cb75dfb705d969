//! The eval breaker: one word of request bits for each thread.
//!
//! The interpreter's loop reads its thread's word with one relaxed load at every safepoint and goes on
//! if it is zero. Whoever wants a thread to stop for something sets a bit; nobody interrupts a thread
//! in any other way. (CPython: `eval_breaker` in `Include/internal/pycore_ceval.h`.)

use super::world::atomic::{AtomicU32, Ordering};

/// The world stops: park, so that another thread may look at everything.
pub const STOP_WORLD: u32 = 1 << 0;
/// A signal has arrived and its Python handler must run. Only ever set on the main thread.
pub const SIGNALS: u32 = 1 << 1;
/// Somebody left calls for this thread to make.
pub const PENDING_CALLS: u32 = 1 << 2;
/// The allocation budget is spent: collect.
pub const COLLECT: u32 = 1 << 3;
/// Another thread has waited for the lock for a whole interval: give it up.
pub const DROP_REQUEST: u32 = 1 << 4;
/// An exception was left for this thread (`PyThreadState_SetAsyncExc`, a time limit).
pub const ASYNC_EXC: u32 = 1 << 5;

/// The thread is watched (`sys.settrace`, `sys.setprofile`): at its next safepoint it goes on in the loop that tells of what
/// it does. Stays set for as long.
pub const TRACING: u32 = 1 << 30;
/// The collector's stress mode: never cleared, so that every safepoint is served.
pub const EVERY_SAFEPOINT: u32 = 1 << 31;

/// All requests in the order in which a thread serves them (gil.md, "servicing order"), which is also that of their bits.
pub const SERVICING_ORDER: [u32; 6] = [STOP_WORLD, SIGNALS, PENDING_CALLS, COLLECT, DROP_REQUEST, ASYNC_EXC];

/// The word of one thread. Any thread sets bits; the bits that a thread serves itself, it clears itself.
#[derive(Debug, Default)]
pub struct Breaker(AtomicU32);

impl Breaker {
    pub fn new() -> Breaker {
        Breaker::default()
    }

    /// All requests. Zero, nearly always; the one load that a safepoint costs.
    #[inline(always)]
    pub fn requests(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }

    /// Whether any of `bits` is requested.
    #[inline]
    pub fn has(&self, bits: u32) -> bool {
        self.requests() & bits != 0
    }

    /// Requests `bits`; true if one of them is new. What was written before is seen by whoever [takes](Self::take) them.
    pub fn request(&self, bits: u32) -> bool {
        self.0.fetch_or(bits, Ordering::Release) & bits != bits
    }

    /// Clears `bits` and tells which of them were requested: the way to serve a request exactly once.
    pub fn take(&self, bits: u32) -> u32 {
        self.0.fetch_and(!bits, Ordering::Acquire) & bits
    }
}

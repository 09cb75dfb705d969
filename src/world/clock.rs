//! The door to time: a monotonic clock, the wall clock, the time this process and thread have
//! computed, and plain sleep.
//!
//! A sleep that a signal must be able to cut short is a wait, and waits are `parking`'s.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A moment of the monotonic clock, or a span of time; always nanoseconds.
pub type Ns = u64;

/// Nanoseconds in a second.
pub const SECOND: Ns = 1_000_000_000;

/// The clocks of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock;

impl Clock {
    /// Monotonic time in nanoseconds, from the epoch of `CLOCK_MONOTONIC` (about the start of the machine).
    #[inline]
    pub fn now(&self) -> Ns {
        read(libc::CLOCK_MONOTONIC)
    }

    /// Wall-clock time in nanoseconds since 1970; negative before.
    pub fn wall(&self) -> i64 {
        match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => since.as_nanos() as i64,
            Err(before) => -(before.duration().as_nanos() as i64),
        }
    }

    /// Processor time that all threads of this process have used, in nanoseconds.
    pub fn process_cpu(&self) -> Ns {
        read(libc::CLOCK_PROCESS_CPUTIME_ID)
    }

    /// Processor time that the calling thread has used, in nanoseconds.
    pub fn thread_cpu(&self) -> Ns {
        read(libc::CLOCK_THREAD_CPUTIME_ID)
    }

    /// The time of a clock that the system knows by this number, in nanoseconds.
    pub fn by_number(&self, number: libc::clockid_t) -> std::io::Result<i64> {
        let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: clock_gettime writes one timespec, and `time` is one that lives through the call.
        if unsafe { libc::clock_gettime(number, &mut time) } < 0 {
            return Err(std::io::Error::last_os_error());
        }
        Ok(time.tv_sec * SECOND as i64 + time.tv_nsec)
    }

    /// Sets a clock of the machine's. Whoever asks for it has been through the gate.
    pub fn set(&self, number: libc::clockid_t, ns: i64) -> std::io::Result<()> {
        let (second, rest) = (ns.div_euclid(SECOND as i64), ns.rem_euclid(SECOND as i64));
        let time = libc::timespec { tv_sec: second, tv_nsec: rest };
        // SAFETY: clock_settime reads one timespec that lives through the call.
        match unsafe { libc::clock_settime(number, &time) } {
            0 => Ok(()),
            _ => Err(std::io::Error::last_os_error()),
        }
    }

    /// Sleeps for `span` whatever happens. What Python calls `sleep` is [`super::Parker::park`] with a deadline.
    pub fn sleep(&self, span: Ns) {
        std::thread::sleep(Duration::from_nanos(span));
    }
}

#[inline]
fn read(clock: libc::clockid_t) -> Ns {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: clock_gettime writes one timespec, and `time` is one that lives through the call. It can fail
    // only for clocks the kernel does not have; these exist on every Linux, and a failure would leave zero.
    unsafe { libc::clock_gettime(clock, &mut time) };
    time.tv_sec as Ns * SECOND + time.tv_nsec as Ns
}

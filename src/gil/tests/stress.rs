//! Everything at once on real threads: half a second, or `GILBOX_STRESS_SECONDS`.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};

use super::super::breaker::{DROP_REQUEST, STOP_WORLD};
use super::super::thread::Reason;
use super::super::{Closed, SwitchPoints};
use super::*;

const THREADS: usize = 6;

/// What the threads share: the lock, and the witnesses of its promises.
struct Stress {
    gil: Gil,
    running: AtomicUsize,
    stopped: AtomicBool,
    /// Counted with a load and a store, and right all the same while there is a lock.
    unprotected: AtomicU64,
    protected: AtomicU64,
    rounds: AtomicU64,
}

/// A small generator of numbers that differ from thread to thread.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

impl Stress {
    fn new() -> Stress {
        Stress {
            gil: lab(PolicyKind::Modern),
            running: AtomicUsize::new(0),
            stopped: AtomicBool::new(false),
            unprotected: AtomicU64::new(0),
            protected: AtomicU64::new(0),
            rounds: AtomicU64::new(0),
        }
    }

    /// Python, from one safepoint to the next.
    fn run(&self, instructions: u64) {
        let has_lock = self.gil.mode().policy.has_lock();
        let others = self.running.fetch_add(1, Relaxed);
        assert!(!has_lock || others == 0, "{} run beside us", others);
        for _ in 0..instructions {
            if has_lock {
                self.unprotected.store(self.unprotected.load(Relaxed) + 1, Relaxed);
                self.protected.fetch_add(1, Relaxed);
            }
        }
        assert!(!self.stopped.load(Relaxed), "runs while the world is stopped");
        self.running.fetch_sub(1, Relaxed);
    }

    fn safepoint(&self, me: &Arc<GilThread>) -> Result<(), Closed> {
        if me.breaker().has(STOP_WORLD) {
            self.gil.park_if_stopped(me)?;
        }
        if me.breaker().has(DROP_REQUEST) || self.gil.counts_ticks() && self.gil.tick() {
            self.gil.handle_drop_request(me)?;
        }
        Ok(())
    }

    fn look(&self, me: &Arc<GilThread>) -> Result<(), Closed> {
        let stopped = self.gil.stop_the_world(me)?;
        assert!(!self.stopped.swap(true, Relaxed));
        assert_eq!(self.running.load(Relaxed), 0);
        let seen = self.protected.load(Relaxed);
        std::hint::black_box((0..1000).sum::<u64>());
        assert_eq!(self.protected.load(Relaxed), seen);
        self.stopped.store(false, Relaxed);
        drop(stopped);
        Ok(())
    }

    fn one_round(&self, me: &Arc<GilThread>, dice: &mut Dice) -> Result<(), Closed> {
        self.rounds.fetch_add(1, Relaxed);
        self.run(dice.below(500));
        self.safepoint(me)?;
        match dice.below(400) {
            0..60 => {
                self.gil.detach(me, Reason::Io);
                if dice.below(3) == 0 {
                    thread::sleep(Duration::from_micros(dice.below(200)));
                }
                self.gil.attach(me)?;
            }
            60..64 => self.look(me)?,
            64 => self.gil.set_interval(dice.below(300_000)),
            65 => self.gil.set_check_interval(dice.below(200) as u32),
            66 => {
                use PolicyKind::{Fair, Modern, Off, Priority, Ticks};
                let all = [Modern, Ticks, Fair, Priority, Off];
                let policy = all[dice.below(all.len() as u64) as usize];
                self.gil.set_mode(me, Mode { policy, switch_points: SwitchPoints::Since310 })?;
            }
            67 => {
                let stats = self.gil.stats();
                assert!(stats.busy_ns() <= stats.total_ns + stats.total_ns / 10);
            }
            _ => {}
        }
        Ok(())
    }

    fn live(&self, seed: u64, end: Instant) -> Result<(), Closed> {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (seed << 20) | 1);
        while Instant::now() < end {
            // A thread now and then ends, and another begins.
            let me = self.gil.register("T");
            self.gil.attach(&me)?;
            for _ in 0..dice.below(20_000) {
                if Instant::now() >= end {
                    break;
                }
                self.one_round(&me, &mut dice)?;
            }
            self.gil.unregister(&me);
        }
        Ok(())
    }
}

#[test]
fn threads_that_do_everything_at_once_break_nothing() {
    let seconds = std::env::var("GILBOX_STRESS_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(0.5);
    let end = Instant::now() + Duration::from_secs_f64(seconds);
    let stress = Stress::new();
    thread::scope(|s| {
        for seed in 0..THREADS as u64 {
            let stress = &stress;
            s.spawn(move || stress.live(seed, end).unwrap());
        }
    });
    assert_eq!(stress.unprotected.load(Relaxed), stress.protected.load(Relaxed), "updates were lost under a lock");
    assert!(stress.rounds.load(Relaxed) > 100);
    let stats = stress.gil.stats();
    println!("{} rounds, {} switches, {} stops", stress.rounds.load(Relaxed), stats.switches(), stats.stops);
}

//! How long the operating system kept threads from running that could have run: it counts that itself, and a recording asks
//! for it ten times a second. A thread that has the lock then keeps everybody waiting, whatever the switch interval.

use std::collections::HashMap;
use std::fs;

use crate::gil::ThreadId;
use crate::gil::events::Delay;
use crate::world::Ns;

/// How often it is asked for.
const PACE: Ns = 100_000_000;
/// Of more threads nothing is asked.
const MOST: usize = 64;
/// Less is not worth a line.
const LEAST: Ns = 200_000;

/// What the system has counted up to now, of each thread.
#[derive(Default)]
pub struct Delays {
    asked_at: Ns,
    known: HashMap<ThreadId, Counted>,
}

/// What it had counted of a thread, and when that was asked.
#[derive(Clone, Copy)]
struct Counted {
    at: Ns,
    /// How long it had a processor, in all.
    ran: Ns,
    /// How long it has waited for one.
    waited: Ns,
}

impl Delays {
    /// What has come since it was asked last: of which thread, and what. `threads`: with their numbers in the system.
    pub fn since_last(&mut self, now: Ns, threads: impl Iterator<Item = (ThreadId, i32)>) -> Vec<(ThreadId, Delay)> {
        if now.saturating_sub(self.asked_at) < PACE {
            return Vec::new();
        }
        self.asked_at = now;
        let mut found = Vec::new();
        let mut known = HashMap::new();
        for (thread, number) in threads.filter(|(_, number)| *number != 0).take(MOST) {
            let Some((ran, waited)) = schedule(number) else { continue };
            let all = Counted { at: now, ran, waited };
            // What was before the recording is not of it.
            let before = self.known.get(&thread).copied().unwrap_or(all);
            let ns = waited.saturating_sub(before.waited);
            if ns >= LEAST {
                let (ran_ns, of_ns) = (ran.saturating_sub(before.ran), now - before.at);
                found.push((thread, Delay { ns, ran_ns, of_ns }));
            }
            known.insert(thread, if ns < LEAST { before } else { all });
        }
        self.known = known;
        found
    }
}

/// How long the thread of this process had a processor, and has waited for one, in all.
fn schedule(number: i32) -> Option<(Ns, Ns)> {
    let text = fs::read_to_string(format!("/proc/self/task/{number}/schedstat")).ok()?;
    let mut figures = text.split_ascii_whitespace().map_while(|figure| figure.parse().ok());
    Some((figures.next()?, figures.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_that_has_no_processor_is_delayed() {
        let Some(_) = schedule(std::process::id() as i32) else { return };
        let mut delays = Delays::default();
        let me = || std::iter::once((ThreadId(1), crate::vm::thread::native_id()));
        assert!(delays.since_last(PACE, me()).is_empty(), "what was before is not of it");
        // More threads than processors, all of which compute.
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let until = std::time::Instant::now() + std::time::Duration::from_millis(200);
        let spin = move || while std::time::Instant::now() < until {};
        let others: Vec<_> = (0..2 * processors).map(|_| std::thread::spawn(spin)).collect();
        spin();
        let found = delays.since_last(2 * PACE, me());
        let is_right = |d: &Delay| d.ns > LEAST && d.ns < 400_000_000 && d.ran_ns > LEAST && d.of_ns == PACE;
        assert!(found.iter().any(|(_, delay)| is_right(delay)), "{found:?}");
        assert!(delays.since_last(2 * PACE + 1, me()).is_empty(), "it is too early");
        others.into_iter().for_each(|other| assert!(other.join().is_ok()));
    }
}

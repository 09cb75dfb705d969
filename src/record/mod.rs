//! What a run has measured, and what that means.
//!
//! - [`Run`]: the counters of one run, free of the interpreter
//! - [`children`]: what child processes have counted
//! - [`recorder`]: events of a run, written to a file while it runs: a `chapter` for each interpreter, from the `lane`s of
//!   its threads, to a `target` that processes share; [`lines`] says what such a file consists of
//! - [`deadlock`]: the alarm that ended a program
//! - `findings`: sentences about it, each with the figures it rests on
//! - [`file`]: a recording read back, line by line by [`decode`], with the numbers of all interpreters made one by
//!   [`numbering`]; [`timeline`]: what each thread did at each moment
//! - [`figures`], [`relations`]: how long, and who kept whom waiting where; [`analysis`]: all of it together, as views
//!   show it; `advice`: the same in sentences, with figures as [`units`] sets them
//!
//! Times are nanoseconds. Every figure is measured.

mod advice;
pub mod analysis;
mod chapter;
pub mod children;
pub mod compare;
pub mod deadlock;
pub mod decode;
mod delays;
pub mod figures;
pub mod file;
pub mod findings;
mod lane;
pub mod lines;
pub mod numbering;
pub mod recorder;
pub mod relations;
mod target;
pub mod tasks;
pub mod timeline;
pub mod units;

#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use crate::gil::{Figures, LockStats, Reason};

use self::deadlock::Alarm;

/// How many processors the process may use.
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// One run of a program.
#[derive(Clone, Debug)]
pub struct Run {
    /// The policy's name; "off" for none. If it was changed while the program ran, the last one.
    pub policy: String,
    /// Whether there was a lock at the end.
    pub locked: bool,
    pub wall_ns: u64,
    pub interval_ns: u64,
    /// After how many ticks the lock was let go, where it counted them and not the time.
    pub check_interval: Option<u32>,
    /// Time some thread held the lock ÷ time there was one.
    pub busy_ratio: f64,
    /// Time threads waited for the lock ÷ time they could have run.
    pub contention_ratio: f64,
    /// How often the lock went from one thread to another.
    pub switches: u64,
    pub forced_switches: u64,
    pub voluntary_switches: u64,
    /// How many processors the process may use.
    pub processors: usize,
    pub threads: Vec<ThreadRun>,
    /// The processes that this one or its children have started, in the order in which they ended.
    pub children: Vec<children::Child>,
    /// The deadlock that ended it.
    pub alarm: Option<Alarm>,
}

/// One thread of a run.
#[derive(Clone, Debug, Default)]
pub struct ThreadRun {
    pub name: String,
    /// Time it ran holding the lock.
    pub hold_ns: u64,
    /// Time it ran while there was no lock.
    pub run_ns: u64,
    /// Time it could have run and waited for the lock.
    pub wait_ns: u64,
    pub waits: u64,
    pub forced_switches: u64,
    pub voluntary_switches: u64,
    /// How often it gave the lock up of its own accord.
    pub voluntary_releases: u64,
    pub longest_wait_ns: u64,
    /// Waits for the locks of single objects, where there is no interpreter lock.
    pub object_waits: u64,
    pub object_wait_ns: u64,
    /// The reason for which it gave up the lock most often, and how often.
    pub usual_release: Option<(&'static str, u64)>,
}

impl Run {
    /// From the lock's counters; `wall_ns` from start to end.
    pub fn new(stats: &LockStats, wall_ns: u64) -> Run {
        let mut threads: Vec<ThreadRun> = stats.threads.iter().map(|t| ThreadRun::new(&t.name, &t.figures)).collect();
        if let Some((count, figures)) = &stats.unlisted {
            threads.push(ThreadRun::new(&format!("{count} more threads"), figures));
        }
        Run {
            policy: stats.mode.to_string(),
            locked: stats.mode.policy.has_lock(),
            wall_ns,
            interval_ns: stats.interval_ns,
            check_interval: stats.check_interval,
            busy_ratio: stats.busy_ratio(),
            contention_ratio: stats.contention_ratio(),
            switches: stats.switches(),
            forced_switches: stats.forced_switches(),
            voluntary_switches: stats.voluntary_switches(),
            processors: processors(),
            threads,
            children: Vec::new(),
            alarm: None,
        }
    }

    /// At most `most` threads: those that could have run for longest, in their order, and the sum of all others.
    pub fn busiest(&self, most: usize) -> Vec<ThreadRun> {
        if self.threads.len() <= most {
            return self.threads.clone();
        }
        let mut order: Vec<usize> = (0..self.threads.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(self.threads[*at].runnable_ns() + self.threads[*at].object_wait_ns));
        let mut listed = order[..most - 1].to_vec();
        listed.sort_unstable();
        let others: Vec<&ThreadRun> = order[most - 1..].iter().map(|at| &self.threads[*at]).collect();
        let mut threads: Vec<ThreadRun> = listed.into_iter().map(|at| self.threads[at].clone()).collect();
        threads.push(ThreadRun::sum(&format!("{} other threads", others.len()), &others));
        threads
    }

    /// Running time of all threads together while there was no lock.
    pub fn run_ns(&self) -> u64 {
        self.threads.iter().map(|t| t.run_ns).sum()
    }

    pub fn object_waits(&self) -> u64 {
        self.threads.iter().map(|t| t.object_waits).sum()
    }

    pub fn object_wait_ns(&self) -> u64 {
        self.threads.iter().map(|t| t.object_wait_ns).sum()
    }

    pub fn to_json(&self) -> Value {
        json!({
            "policy": self.policy,
            "locked": self.locked,
            "wall_ns": self.wall_ns,
            "interval_ns": self.interval_ns,
            "check_interval": self.check_interval,
            "busy_ratio": self.busy_ratio,
            "contention_ratio": self.contention_ratio,
            "switches": self.switches,
            "forced_switches": self.forced_switches,
            "voluntary_switches": self.voluntary_switches,
            "threads": self.threads.iter().map(ThreadRun::to_json).collect::<Vec<_>>(),
            "children": self.children.iter().map(children::Child::to_json).collect::<Vec<_>>(),
            "deadlocks": self.alarm.iter().map(Alarm::line).collect::<Vec<_>>(),
            "findings": findings::of(self),
        })
    }
}

impl ThreadRun {
    fn new(name: &str, figures: &Figures) -> ThreadRun {
        let releases = Reason::ALL.iter().zip(figures.voluntary_releases).filter(|(r, _)| **r != Reason::Exit);
        let usual = releases.clone().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 0);
        ThreadRun {
            name: name.to_string(),
            hold_ns: figures.hold_ns,
            run_ns: figures.run_ns,
            wait_ns: figures.wait_ns,
            waits: figures.waits,
            forced_switches: figures.forced_switches,
            voluntary_switches: figures.voluntary_switches(),
            voluntary_releases: releases.map(|(_, count)| count).sum(),
            longest_wait_ns: figures.longest_wait_ns,
            object_waits: figures.object_waits,
            object_wait_ns: figures.object_wait_ns,
            usual_release: usual.map(|(reason, count)| (reason.name(), count)),
        }
    }

    /// Several threads as one row: times and counts added, of the waits the longest.
    fn sum(name: &str, threads: &[&ThreadRun]) -> ThreadRun {
        let mut sum = ThreadRun { name: name.to_string(), ..ThreadRun::default() };
        for thread in threads {
            sum.hold_ns += thread.hold_ns;
            sum.run_ns += thread.run_ns;
            sum.wait_ns += thread.wait_ns;
            sum.waits += thread.waits;
            sum.forced_switches += thread.forced_switches;
            sum.voluntary_switches += thread.voluntary_switches;
            sum.voluntary_releases += thread.voluntary_releases;
            sum.longest_wait_ns = sum.longest_wait_ns.max(thread.longest_wait_ns);
            sum.object_waits += thread.object_waits;
            sum.object_wait_ns += thread.object_wait_ns;
        }
        sum
    }

    /// Time it ran, with a lock or without.
    pub fn computed_ns(&self) -> u64 {
        self.hold_ns + self.run_ns
    }

    /// Time it was able to run: running, or kept from it by the lock.
    pub fn runnable_ns(&self) -> u64 {
        self.hold_ns + self.run_ns + self.wait_ns
    }

    /// Waiting ÷ runnable time.
    pub fn wait_ratio(&self) -> f64 {
        if self.runnable_ns() == 0 { 0.0 } else { self.wait_ns as f64 / self.runnable_ns() as f64 }
    }

    fn to_json(&self) -> Value {
        json!({
            "name": self.name,
            "hold_ns": self.hold_ns,
            "run_ns": self.run_ns,
            "wait_ns": self.wait_ns,
            "waits": self.waits,
            "forced_switches": self.forced_switches,
            "voluntary_switches": self.voluntary_switches,
            "longest_wait_ns": self.longest_wait_ns,
            "object_lock_waits": self.object_waits,
            "object_lock_wait_ns": self.object_wait_ns,
        })
    }
}

#[cfg(test)]
mod summing {
    use super::*;

    #[test]
    fn of_many_threads_the_busiest_are_listed_and_the_others_summed() {
        let thread = |at: u64| ThreadRun { name: format!("t{at}"), hold_ns: at, waits: 1, ..ThreadRun::default() };
        let run = Run {
            policy: "3.14".into(),
            locked: true,
            wall_ns: 1,
            interval_ns: 1,
            check_interval: None,
            busy_ratio: 1.0,
            contention_ratio: 0.0,
            switches: 0,
            forced_switches: 0,
            voluntary_switches: 0,
            processors: 2,
            threads: (0..10).map(thread).collect(),
            children: Vec::new(),
            alarm: None,
        };
        let listed: Vec<(String, u64, u64)> =
            run.busiest(4).into_iter().map(|t| (t.name, t.hold_ns, t.waits)).collect();
        let others = ("7 other threads".to_string(), 21, 7);
        assert_eq!(listed, [("t7".into(), 7, 1), ("t8".into(), 8, 1), ("t9".into(), 9, 1), others]);
        assert_eq!(run.busiest(10).len(), 10);
    }
}

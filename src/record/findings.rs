//! What happened, in sentences.

use crate::record::units::{count, duration, percent};

use super::deadlock::Alarm;
use super::{Run, ThreadRun};

/// A thread counts as busy if it could have run for at least this share of the time.
const BUSY: f64 = 0.2;
/// Waiting for less than this share of the runnable time is not worth a word.
const LITTLE: f64 = 0.05;

/// The sentences about a run, the most important first.
pub fn of(run: &Run) -> Vec<String> {
    let mut sentences: Vec<String> = run.alarm.iter().map(Alarm::sentence).collect();
    sentences.extend(if run.locked { under_the_lock(run) } else { without_lock(run) });
    sentences
}

fn under_the_lock(run: &Run) -> Vec<String> {
    let mut sentences = Vec::new();
    let busy: Vec<&ThreadRun> = run.threads.iter().filter(|t| is_busy(run, t)).collect();
    let waiting: Vec<&ThreadRun> =
        busy.iter().copied().filter(|t| t.wait_ratio() >= 0.15 && is_cpu_bound(&busy, t)).collect();
    let convoy = run.threads.iter().find(|t| is_in_convoy(run, t));
    if waiting.len() > 1 {
        sentences.push(took_turns(&waiting));
    } else if let Some(thread) = convoy {
        sentences.push(in_convoy(run, thread));
    }
    if let (true, Some(thread)) = (waiting.len() > 1, convoy)
        && !waiting.iter().any(|t| t.name == thread.name)
    {
        sentences.push(in_convoy(run, thread));
    }
    let starved = run.threads.iter().max_by_key(|t| t.longest_wait_ns);
    if let Some(thread) = starved
        && thread.longest_wait_ns > 10 * run.interval_ns
        && thread.longest_wait_ns > 20_000_000
    {
        let longest = duration(thread.longest_wait_ns);
        let intervals = match run.check_interval {
            Some(_) => String::new(),
            None => format!(", {} switch intervals", count(thread.longest_wait_ns / run.interval_ns.max(1))),
        };
        // Whether others had it again and again meanwhile, or one had it and no processor, is not counted.
        let name = &thread.name;
        sentences
            .push(format!("{name} once waited {longest} for the lock{intervals}; a recording (--record) tells why."));
    }
    if sentences.is_empty() && run.alarm.is_none() {
        sentences.push(quiet(run, &busy));
    }
    sentences
}

fn is_busy(run: &Run, thread: &ThreadRun) -> bool {
    thread.runnable_ns() as f64 >= BUSY * run.wall_ns as f64
}

/// Whether the thread computed about as much as its share among those that could have run, not just waited to.
fn is_cpu_bound(busy: &[&ThreadRun], thread: &ThreadRun) -> bool {
    let computed: u64 = busy.iter().map(|t| t.computed_ns()).sum();
    2 * thread.computed_ns() * busy.len() as u64 >= computed
}

/// Whether the thread gives the lock up often and pays a good part of an interval each time to get it back.
fn is_in_convoy(run: &Run, thread: &ThreadRun) -> bool {
    thread.voluntary_releases >= 5
        && thread.waits >= 5
        && thread.wait_ns > 2 * thread.computed_ns()
        && thread.wait_ns / thread.waits.max(1) > run.interval_ns / 4
}

fn took_turns(threads: &[&ThreadRun]) -> String {
    let runnable: u64 = threads.iter().map(|t| t.runnable_ns()).sum();
    let waited: u64 = threads.iter().map(|t| t.wait_ns).sum();
    let ratios = || threads.iter().map(|t| t.wait_ratio());
    let (least, most) = (ratios().fold(1.0, f64::min), ratios().fold(0.0, f64::max));
    let share = if most - least < 0.12 {
        fraction(waited as f64 / runnable.max(1) as f64)
    } else {
        format!("{:.0} to {:.0}%", 100.0 * least, 100.0 * most)
    };
    let number = number_word(threads.len());
    let names = names_of(threads);
    format!("{names} each waited {share} of the time: {number} CPU-bound threads took turns under the lock.")
}

fn in_convoy(run: &Run, thread: &ThreadRun) -> String {
    let (reason, _) = thread.usual_release.unwrap_or(("other", 0));
    let pace = match run.check_interval {
        Some(ticks) => format!("a check interval of {} ticks", count(ticks.into())),
        None => format!("a switch interval of {}", duration(run.interval_ns)),
    };
    format!(
        "{} gave the lock up {} times ({reason}) and waited {} on average to get it back, with {pace}: \
         a convoy behind a CPU-bound thread.",
        thread.name,
        count(thread.voluntary_releases),
        duration(thread.wait_ns / thread.waits.max(1)),
    )
}

fn quiet(run: &Run, busy: &[&ThreadRun]) -> String {
    match (run.contention_ratio < LITTLE, busy) {
        (true, [only]) => format!(
            "{} did nearly all of the work; the lock kept nobody waiting ({} of runnable time).",
            only.name,
            percent(run.contention_ratio)
        ),
        (true, []) => "The program mostly waited for other things than the lock.".to_string(),
        (true, _) => format!(
            "The threads hardly waited for the lock: {} of the time they could have run.",
            percent(run.contention_ratio)
        ),
        (false, _) => format!(
            "The threads waited for the lock {} of the time they could have run.",
            percent(run.contention_ratio)
        ),
    }
}

fn without_lock(run: &Run) -> Vec<String> {
    let busy: Vec<&ThreadRun> = run.threads.iter().filter(|t| is_busy(run, t)).collect();
    let mut sentences = Vec::new();
    sentences.push(match busy.as_slice() {
        [_, _, ..] => in_parallel(&names_of(&busy), run.run_ns(), run.wall_ns, run.processors),
        [only] => format!("There was no lock, and {} alone had much to do.", only.name),
        [] => "There was no lock, and no thread had much to do.".to_string(),
    });
    if run.object_waits() > 0 {
        sentences.push(format!(
            "Threads waited {} times for the locks of single objects, {} in all.",
            count(run.object_waits()),
            duration(run.object_wait_ns()),
        ));
    } else if busy.len() > 1 {
        sentences.push("Nobody waited for the lock of an object.".to_string());
    }
    sentences
}

/// That `threads` were free to run for `run_ns` in all in the time `wall_ns`: in parallel, as far as there were processors.
pub(super) fn in_parallel(threads: &str, run_ns: u64, wall_ns: u64, processors: usize) -> String {
    let at_a_time = run_ns as f64 / wall_ns.max(1) as f64;
    let (run, wall) = (duration(run_ns), duration(wall_ns));
    if at_a_time <= processors as f64 {
        return format!(
            "There was no lock: {threads} ran in parallel, {run} of running time in {wall} ({at_a_time:.2} at a time)."
        );
    }
    let shared = if processors == 1 { "the one processor".to_string() } else { format!("{processors} processors") };
    format!(
        "There was no lock: {threads} shared {shared}, free to run for {run} in all in {wall} ({at_a_time:.2} at a time, of \
         which {processors} did)."
    )
}

fn names_of(threads: &[&ThreadRun]) -> String {
    names(&threads.iter().map(|t| t.name.as_str()).collect::<Vec<_>>())
}

/// "a", "a and b", "a, b and c".
pub(super) fn names(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => one.to_string(),
        [most @ .., last] if most.len() <= 3 => format!("{} and {last}", most.join(", ")),
        [first, .., last] => format!("{first} … {last} ({} threads)", names.len()),
    }
}

/// A number as sentences have it.
pub(super) fn number_word(number: usize) -> String {
    match number {
        2 => "two".to_string(),
        3 => "three".to_string(),
        4 => "four".to_string(),
        number => number.to_string(),
    }
}

/// A share as people say it.
pub(super) fn fraction(share: f64) -> String {
    for (value, word) in [
        (0.25, "a quarter"),
        (1.0 / 3.0, "a third"),
        (0.5, "half"),
        (2.0 / 3.0, "two thirds"),
        (0.75, "three quarters"),
    ] {
        if (share - value).abs() < 0.035 {
            return word.to_string();
        }
    }
    percent(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thread(name: &str, hold_ms: u64, wait_ms: u64) -> ThreadRun {
        ThreadRun {
            name: name.into(),
            hold_ns: hold_ms * 1_000_000,
            wait_ns: wait_ms * 1_000_000,
            waits: 10,
            ..ThreadRun::default()
        }
    }

    fn run(threads: Vec<ThreadRun>) -> Run {
        let waited: u64 = threads.iter().map(|t| t.wait_ns).sum();
        let runnable: u64 = threads.iter().map(|t| t.runnable_ns()).sum();
        Run {
            policy: "3.14".into(),
            locked: true,
            wall_ns: 200_000_000,
            interval_ns: 5_000_000,
            check_interval: None,
            busy_ratio: 1.0,
            contention_ratio: waited as f64 / runnable.max(1) as f64,
            switches: 40,
            forced_switches: 38,
            voluntary_switches: 2,
            processors: 2,
            threads,
            children: Vec::new(),
            alarm: None,
        }
    }

    #[test]
    fn two_busy_threads_take_turns() {
        let run = run(vec![thread("MainThread", 1, 0), thread("Thread-1", 100, 98), thread("Thread-2", 100, 99)]);
        assert_eq!(
            of(&run),
            ["Thread-1 and Thread-2 each waited half of the time: two CPU-bound threads took turns under the lock."]
        );
    }

    #[test]
    fn a_thread_that_only_waited_is_not_called_cpu_bound() {
        let run = run(vec![thread("io", 1, 150), thread("cpu", 180, 10)]);
        assert!(of(&run).iter().all(|s| !s.contains("took turns")), "{:?}", of(&run));
    }

    #[test]
    fn threads_that_waited_unlike_are_not_said_to_have_waited_alike() {
        let run = run(vec![thread("a", 100, 50), thread("b", 100, 150)]);
        assert!(of(&run)[0].starts_with("a and b each waited 33 to 60% of the time"), "{:?}", of(&run));
    }

    #[test]
    fn one_busy_thread_waits_for_nobody() {
        let run = run(vec![thread("MainThread", 190, 0)]);
        assert_eq!(
            of(&run),
            ["MainThread did nearly all of the work; the lock kept nobody waiting (0.0% of runnable time)."]
        );
    }

    #[test]
    fn a_thread_that_pays_an_interval_for_each_call_is_in_a_convoy() {
        let mut waiter = thread("io", 1, 45);
        (waiter.voluntary_releases, waiter.usual_release) = (10, Some(("I/O", 10)));
        let run = run(vec![thread("cpu", 195, 0), waiter]);
        assert!(of(&run)[0].contains("a convoy behind a CPU-bound thread"), "{:?}", of(&run));
    }

    #[test]
    fn without_a_lock_the_sentences_speak_of_running_time_and_object_locks() {
        let mut run = run(vec![thread("a", 0, 0), thread("b", 0, 0)]);
        run.locked = false;
        for thread in &mut run.threads {
            thread.run_ns = 190_000_000;
        }
        run.threads[0].object_waits = 7;
        run.threads[0].object_wait_ns = 21_000;
        let sentences = of(&run);
        assert!(sentences[0].starts_with("There was no lock: a and b ran in parallel"), "{sentences:?}");
        assert_eq!(sentences[1], "Threads waited 7 times for the locks of single objects, 21.0 µs in all.");
    }

    #[test]
    fn no_more_threads_run_at_a_time_than_there_are_processors() {
        assert_eq!(
            in_parallel("a and b", 1_900_000, 1_000_000, 2),
            "There was no lock: a and b ran in parallel, 1.9 ms of running time in 1.0 ms (1.90 at a time)."
        );
        assert_eq!(
            in_parallel("a, b and c", 2_900_000, 1_000_000, 2),
            "There was no lock: a, b and c shared 2 processors, free to run for 2.9 ms in all in 1.0 ms (2.90 at a time, of \
             which 2 did)."
        );
    }
}

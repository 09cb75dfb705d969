//! What a recording shows, in sentences that name the line and say what to try, each with the figures it rests on.

use crate::record::units::{count, duration, percent};

use super::analysis::Analysis;
use super::deadlock::Alarm;
use super::figures::{ThreadFigures, ratio};
use super::findings::{fraction, in_parallel, names, number_word};
use super::relations::{self, OwnWait};

/// A thread counts as busy if it could have run for at least this share of the time.
const BUSY: f64 = 0.2;
/// A thread that waits for less than this share of its runnable time is not worth a word.
const WAITING: f64 = 0.15;
/// What takes less than this share of the time is not worth one either.
const LITTLE: f64 = 0.05;
/// Waits of fewer intervals are no starvation, nor are shorter ones.
const STARVED_INTERVALS: u64 = 10;
const STARVED_NS: u64 = 20_000_000;

/// The sentences about a recording, the most important first.
pub fn of(analysis: &Analysis) -> Vec<String> {
    let found = [
        analysis.recording.alarms.first().map(Alarm::sentence),
        turns(analysis),
        costly_line(analysis),
        convoy(analysis),
        starved(analysis),
        preempted(analysis),
        event_loop(analysis),
        own_lock(analysis),
        unlocked(analysis),
        objects(analysis),
    ];
    let sentences: Vec<String> = found.into_iter().flatten().collect();
    if sentences.is_empty() { vec![quiet(analysis)] } else { sentences }
}

fn busy<'a>(analysis: &'a Analysis) -> Vec<&'a ThreadFigures> {
    let enough = |t: &&ThreadFigures| t.runnable_ns() as f64 >= BUSY * analysis.totals.recorded_ns as f64;
    analysis.threads.iter().filter(enough).collect()
}

/// The busy threads that waited for the lock, and computed about as much as their share.
fn turn_takers<'a>(analysis: &'a Analysis) -> Vec<&'a ThreadFigures> {
    let busy = busy(analysis);
    let computed: u64 = busy.iter().map(|t| t.computed_ns()).sum();
    let shares = |t: &&&ThreadFigures| 2 * t.computed_ns() * busy.len() as u64 >= computed;
    busy.iter().filter(|t| t.wait_ratio() >= WAITING).filter(shares).copied().collect()
}

fn turns(analysis: &Analysis) -> Option<String> {
    let waiting = turn_takers(analysis);
    if waiting.len() < 2 {
        return None;
    }
    let (waited, runnable) = waiting.iter().fold((0, 0), |(w, r), t| (w + t.wait_ns(), r + t.runnable_ns()));
    let named: Vec<&str> = waiting.iter().map(|t| t.name.as_str()).collect();
    let processors = analysis.recording.header.processors;
    let saved = analysis.totals.parallel_ns.min(waited);
    let advice = if processors > 1 && ratio(saved, analysis.totals.recorded_ns) > LITTLE {
        format!(
            " {} of what they waited for could have run at the same time on {processors} processors, at best: try \
             --gil off, or processes (multiprocessing, concurrent.futures.ProcessPoolExecutor).",
            duration(saved)
        )
    } else {
        String::new()
    };
    Some(format!(
        "{} waited {} of the time they could have run ({} of {}): {} CPU-bound threads took turns under {}.{advice}",
        names(&named),
        fraction(ratio(waited, runnable)),
        duration(waited),
        duration(runnable),
        number_word(waiting.len()),
        if waiting.iter().any(|t| t.interpreter != waiting[0].interpreter) { "their locks" } else { "the lock" },
    ))
}

fn costly_line(analysis: &Analysis) -> Option<String> {
    let line = analysis.costly_lines.iter().find(|line| line.place.is_known())?;
    let share = ratio(line.ns, analysis.totals.wait_ns);
    if ratio(line.ns, analysis.totals.recorded_ns) < LITTLE || analysis.totals.contention_ratio() < LITTLE {
        return None;
    }
    let advice = match (line.forced, line.holds) {
        (forced, holds) if 2 * forced >= holds => {
            "it computes without a pause. Give that work to another process, or look at it with --gil off"
        }
        _ => "it gives the lock up by itself, but late: do less between two such calls",
    };
    Some(format!(
        "The line that cost others most is {}: threads waited {} there ({} of all waiting) for {} holds of up to {}, \
         {} of which were ended by force; {advice}.",
        analysis.recording.place_name(line.place),
        duration(line.ns),
        percent(share),
        count(line.holds),
        duration(line.longest_ns),
        count(line.forced),
    ))
}

fn convoy(analysis: &Analysis) -> Option<String> {
    let convoy = analysis.convoys.first()?;
    let recording = analysis.recording;
    let holder = match convoy.holder {
        Some((thread, place)) => {
            format!(" behind {} ({})", recording.thread_name(thread), recording.place_name(place))
        }
        None => String::new(),
    };
    let (advice, pace) = match recording.header.check_interval {
        Some(ticks) => ("--gil 3.14", format!("a check interval of {} ticks", count(ticks.into()))),
        None => (
            "a shorter interval (sys.setswitchinterval, --switch-interval 500us)",
            format!("a switch interval of {}", duration(recording.header.interval_ns)),
        ),
    };
    Some(format!(
        "{} gave the lock up at {} ({}) and {} times waited {} on average to get it back, with {pace}: a convoy{holder}. \
         Try {advice}, or --gil priority.",
        recording.thread_name(convoy.thread),
        recording.place_name(convoy.place),
        convoy.reason.name(),
        count(convoy.times),
        duration(convoy.ns / convoy.times.max(1)),
    ))
}

fn starved(analysis: &Analysis) -> Option<String> {
    let wait = analysis.passed_by?;
    let (recording, interval) = (analysis.recording, analysis.recording.header.interval_ns.max(1));
    if wait.ns < STARVED_NS || wait.ns < STARVED_INTERVALS * interval {
        return None;
    }
    let intervals = match recording.header.check_interval {
        Some(_) => String::new(),
        None => {
            let (intervals, holds) = (count(wait.ns / interval), count(wait.holds as u64));
            format!(", {intervals} switch intervals in which others had it {holds} times")
        }
    };
    let holder = match wait.holder {
        Some((thread, ns, place)) => format!(
            " {} had the lock for {} of that, at {}.",
            recording.thread_name(thread),
            duration(ns),
            recording.place_name(place)
        ),
        None => String::new(),
    };
    Some(format!(
        "{} once waited {} for the lock{intervals}, at {}: it starved.{holder} Try --gil fair.",
        recording.thread_name(wait.thread),
        duration(wait.ns),
        recording.place_name(wait.place),
    ))
}

/// Lock-holder pre-emption: who has the lock has no processor, and nobody else may run.
fn preempted(analysis: &Analysis) -> Option<String> {
    let lost: u64 = analysis.preemptions.iter().map(|one| one.ns).sum();
    let worst = analysis.preemptions.first()?;
    if ratio(lost, analysis.totals.recorded_ns) < LITTLE || analysis.totals.contention_ratio() < LITTLE {
        return None;
    }
    let and_others = match analysis.preemptions.len() {
        1 => String::new(),
        many => format!(" ({} in all {} threads together)", duration(lost), number_word(many)),
    };
    Some(format!(
        "The operating system kept {} from running for up to {} of the {} for which it had the lock{and_others}: \
         lock-holder pre-emption. Who waits for the lock waits for a processor as well; let fewer programs compute at a \
         time, or give this one a higher priority (nice).",
        analysis.recording.thread_name(worst.thread),
        duration(worst.ns),
        duration(worst.held_ns),
    ))
}

/// A step of a task that is shorter keeps nobody waiting that a person would notice.
const LONG_STEP_NS: u64 = 50_000_000;

/// A step that kept the other tasks of its loop from going on.
fn event_loop(analysis: &Analysis) -> Option<String> {
    let cost = analysis.loop_costs.iter().find(|cost| cost.place.is_known() && cost.longest_ns >= LONG_STEP_NS)?;
    let blocks = 2 * cost.blocked_ns >= cost.longest_ns;
    let (what, advice) = if blocks {
        ("blocked the loop at", "Await what asyncio has for it (asyncio.sleep, streams), or asyncio.to_thread")
    } else {
        (
            "computed without an await, from",
            "Give that to other processes (loop.run_in_executor with a ProcessPoolExecutor), or await asyncio.sleep(0) \
             in between",
        )
    };
    Some(format!(
        "A task {what} {}{}, for up to {} a step: no other task could go on meanwhile, of {}. {advice}.",
        analysis.recording.place_name(cost.place),
        if blocks { "" } else { " on" },
        duration(cost.longest_ns),
        count(cost.others),
    ))
}

/// Waits for the program's own locks; a join is no contention.
fn own_lock(analysis: &Analysis) -> Option<String> {
    use crate::gil::events::Awaited;
    let contended = |on: Awaited| matches!(on, Awaited::Lock | Awaited::RLock);
    let known = |wait: &&OwnWait| contended(wait.on) && wait.owners > 0;
    // Those that different threads had are different rows.
    let same = |one: &OwnWait, other: &OwnWait| (one.place, one.on) == (other.place, other.on);
    let of_line = |wait: &OwnWait| analysis.own_waits.iter().filter(known).filter(|one| same(one, wait)).collect();
    let first = analysis.own_waits.iter().filter(known).find(|wait| {
        let rows: Vec<&OwnWait> = of_line(wait);
        rows.iter().map(|row| row.times).sum::<u64>() > 1
    })?;
    let rows: Vec<&OwnWait> = of_line(first);
    let ns = rows.iter().map(|row| row.ns).sum();
    // A wait that would never have ended says nothing about how long a lock is held.
    if ratio(ns, analysis.totals.recorded_ns) < LITTLE || !analysis.recording.alarms.is_empty() {
        return None;
    }
    let recording = analysis.recording;
    let mostly = if rows.len() > 1 { " mostly" } else { "" };
    let objects = first.at_line;
    let what = match objects {
        1 => format!("a {}", first.on.name()),
        many => relations::awaited(first.on, many),
    };
    Some(format!(
        "Threads waited {} in {} waits for {what} of the program's own at {}, which {} had{mostly}: hold {} for less, or \
         divide what {}.",
        duration(ns),
        count(rows.iter().map(|row| row.times).sum()),
        recording.place_name(first.place),
        first.of(recording),
        if objects == 1 { "it" } else { "them" },
        if objects == 1 { "it guards" } else { "they guard" },
    ))
}

fn unlocked(analysis: &Analysis) -> Option<String> {
    let totals = &analysis.totals;
    if ratio(totals.run_ns, totals.recorded_ns) < LITTLE {
        return None;
    }
    if analysis.had_lock() {
        let (without, with) = (duration(totals.run_ns), duration(totals.hold_ns));
        return Some(format!("The threads ran for {without} in all without the lock, and for {with} with it."));
    }
    let busy = busy(analysis);
    let named: Vec<&str> = busy.iter().map(|t| t.name.as_str()).collect();
    Some(match busy.as_slice() {
        [_, _, ..] => {
            in_parallel(&names(&named), totals.run_ns, totals.recorded_ns, analysis.recording.header.processors)
        }
        [only] => format!("There was no lock, and {} alone had much to do.", only.name),
        [] => "There was no lock, and no thread had much to do.".to_string(),
    })
}

fn objects(analysis: &Analysis) -> Option<String> {
    let wait = analysis.object_waits.first()?;
    let what = match wait.objects {
        1 => format!("one {}", wait.kind),
        many => format!("{} objects of type {}", count(many), wait.kind),
    };
    Some(format!(
        "Threads waited {} times, {} in all, for the lock of {what} at {}: let each thread have its own, and put them \
         together at the end.",
        count(wait.times),
        duration(wait.ns),
        analysis.recording.place_name(wait.place),
    ))
}

fn quiet(analysis: &Analysis) -> String {
    let contention = percent(analysis.totals.contention_ratio());
    match busy(analysis).as_slice() {
        [] => "The program mostly waited for other things than the lock.".to_string(),
        [only] => format!(
            "{} did nearly all of the work; the lock kept nobody waiting ({contention} of runnable time).",
            only.name
        ),
        _ => format!("The threads hardly waited for the lock: {contention} of the time they could have run."),
    }
}

//! Who kept whom waiting, where, and for how long.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::gil::Reason;
use crate::gil::events::{Awaited, Event};
use crate::world::Ns;

use super::file::{Place, Recording};
use super::timeline::{Doing, Lane, Release, Span, Timeline};

/// One thread waited for the lock while another one had it.
#[derive(Clone, Copy, Debug)]
pub struct Blocking {
    pub waiter: u32,
    pub holder: u32,
    /// Where the holder was when it let go.
    pub place: Place,
    pub ns: Ns,
    /// How many holds that were.
    pub times: u64,
}

/// The same of two threads, whatever the line.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    pub waiter: u32,
    pub holder: u32,
    pub ns: Ns,
    pub times: u64,
}

/// A line at which a thread had the lock while others waited.
#[derive(Clone, Copy, Debug)]
pub struct CostlyLine {
    pub place: Place,
    /// Time that others waited meanwhile, all together.
    pub ns: Ns,
    /// Of the holds that somebody waited for, how many ended here, and how many of those by force.
    pub holds: u64,
    pub forced: u64,
    /// The longest of them.
    pub longest_ns: Ns,
}

/// A line at which threads waited for locks of the program's own that one thread had, or for that thread's end. Where that
/// were very many threads: for what any of them had.
#[derive(Clone, Copy, Debug)]
pub struct OwnWait {
    pub place: Place,
    pub on: Awaited,
    /// How many different ones.
    pub objects: u64,
    /// Who had them, if that was one thread and is known.
    pub owner: Option<u32>,
    /// How many threads had them, as far as that is known.
    pub owners: u64,
    /// How many different ones were waited for at this line, whoever had them.
    pub at_line: u64,
    pub ns: Ns,
    pub times: u64,
    pub longest_ns: Ns,
}

impl OwnWait {
    /// Of whom: the name of a thread, or how many there were; nothing where nobody knows.
    pub fn of(&self, recording: &Recording) -> String {
        match (self.owner, self.owners) {
            (Some(owner), _) => recording.thread_name(owner).to_string(),
            (None, 0) => String::new(),
            (None, many) => format!("{many} threads"),
        }
    }
}

/// What was waited for: "Lock", "2 Locks".
pub fn awaited(on: Awaited, objects: u64) -> String {
    if objects > 1 && on != Awaited::Join { format!("{objects} {}s", on.name()) } else { on.name().to_string() }
}

/// How long a hold of the lock, from when to when, made a wait last.
pub fn part_of_wait(wait: (Ns, Ns), hold: (Ns, Ns)) -> Ns {
    wait.1.min(hold.1).saturating_sub(wait.0.max(hold.0))
}

/// A line at which threads waited for the locks of objects, where there is no interpreter lock.
#[derive(Clone, Copy, Debug)]
pub struct ObjectWait {
    pub place: Place,
    pub kind: &'static str,
    /// How many different objects.
    pub objects: u64,
    pub ns: Ns,
    pub times: u64,
}

/// A thread that gives the lock up often, and waits for it long each time it wants it back.
#[derive(Clone, Copy, Debug)]
pub struct Convoy {
    pub thread: u32,
    /// Where it gives the lock up most of the time, and why.
    pub place: Place,
    pub reason: Reason,
    /// How often it had to wait after that, and how long in all.
    pub times: u64,
    pub ns: Ns,
    /// Who had the lock for most of that time, and where.
    pub holder: Option<(u32, Place)>,
}

/// A thread that the system kept from running while it had the lock.
#[derive(Clone, Copy, Debug)]
pub struct Preemption {
    pub thread: u32,
    /// For how long, at most: the system says how long it was of each tenth of a second, and not when.
    pub ns: Ns,
    /// How long it had the lock in those times.
    pub held_ns: Ns,
}

/// The longest wait of a thread.
#[derive(Clone, Copy, Debug)]
pub struct LongestWait {
    pub thread: u32,
    pub from: Ns,
    pub ns: Ns,
    pub place: Place,
    /// Who had the lock for most of that time, for how long, and where.
    pub holder: Option<(u32, Ns, Place)>,
    /// How often somebody took the lock meanwhile, or had it already.
    pub holds: usize,
}

/// Adds up what has the same key, the largest first.
fn sorted<K, V>(map: HashMap<K, V>, ns: impl Fn(&V) -> Ns, place: impl Fn(&V) -> Place) -> Vec<V> {
    let mut all: Vec<V> = map.into_values().collect();
    all.sort_by_key(|one| (std::cmp::Reverse(ns(one)), place(one)));
    all
}

/// Who blocked whom at which line, the worst first.
pub fn blockings(timeline: &Timeline) -> Vec<Blocking> {
    let mut found: HashMap<(u32, u32, Place), Blocking> = HashMap::new();
    for lane in &timeline.lanes {
        for wait in lane.spans.iter().filter(|s| s.doing == Doing::Waits) {
            for (holder, hold) in holds_during(timeline, lane, wait) {
                let (waiter, place) = (lane.thread, hold.place);
                let entry = found.entry((waiter, holder, place));
                let blocking = entry.or_insert(Blocking { waiter, holder, place, ns: 0, times: 0 });
                blocking.ns += part_of_wait((wait.from, wait.to), (hold.from, hold.to));
                blocking.times += 1;
            }
        }
    }
    sorted(found, |b| b.ns, |b| b.place)
}

/// Who blocked whom, the worst first.
pub fn pairs(blockings: &[Blocking]) -> Vec<Pair> {
    let mut found: HashMap<(u32, u32), Pair> = HashMap::new();
    for Blocking { waiter, holder, ns, times, .. } in blockings.iter().copied() {
        let pair = found.entry((waiter, holder)).or_insert(Pair { waiter, holder, ns: 0, times: 0 });
        (pair.ns, pair.times) = (pair.ns + ns, pair.times + times);
    }
    let mut pairs: Vec<Pair> = found.into_values().collect();
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.ns), pair.waiter, pair.holder));
    pairs
}

/// The lines that cost others the most waiting, the worst first.
pub fn costly_lines(timeline: &Timeline, blockings: &[Blocking]) -> Vec<CostlyLine> {
    let mut found: HashMap<Place, CostlyLine> = HashMap::new();
    for blocking in blockings {
        let place = blocking.place;
        let none = CostlyLine { place, ns: 0, holds: 0, forced: 0, longest_ns: 0 };
        found.entry(place).or_insert(none).ns += blocking.ns;
    }
    let mut waited_for: HashSet<(usize, usize)> = HashSet::new();
    for lane in &timeline.lanes {
        for wait in lane.spans.iter().filter(|span| span.doing == Doing::Waits) {
            let during = timeline.holds_between(lane.interpreter, wait.from, wait.to);
            waited_for.extend(during.map(|at| (lane.interpreter, at)));
        }
    }
    for (lock, at) in waited_for {
        let (_, span) = timeline.hold(lock, at);
        if let Some(line) = found.get_mut(&span.place) {
            line.holds += 1;
            line.forced += u64::from(span.release == Release::Forced);
            line.longest_ns = line.longest_ns.max(span.ns());
        }
    }
    sorted(found, |l| l.ns, |l| l.place)
}

/// Waits with what was waited for: addresses of objects, which are those of their interpreter.
type OwnWaits = (OwnWait, HashSet<(usize, u64)>);

/// The rows of one line, one for each owner, become one where there are more.
const OWNERS: usize = 3;

/// Waits for the program's own locks and for ends of threads, the longest first.
pub fn own_waits(timeline: &Timeline) -> Vec<OwnWait> {
    let mut lines: HashMap<(Place, &str), HashMap<Option<u32>, OwnWaits>> = HashMap::new();
    for (lane, span) in timeline.lanes.iter().flat_map(|lane| lane.spans.iter().map(move |span| (lane, span))) {
        let (Doing::Away(_), Some((on, object, owner))) = (span.doing, span.awaited) else { continue };
        let (place, owners) = (span.place, u64::from(owner.is_some()));
        let none = OwnWait { place, on, objects: 0, owner, owners, at_line: 0, ns: 0, times: 0, longest_ns: 0 };
        let of_line = lines.entry((place, on.name())).or_default();
        let (wait, objects) = of_line.entry(owner).or_insert_with(|| (none, HashSet::new()));
        wait.ns += span.ns();
        wait.times += 1;
        wait.longest_ns = wait.longest_ns.max(span.ns());
        objects.insert((lane.interpreter, object));
        wait.objects = objects.len() as u64;
    }
    let mut all: Vec<OwnWait> = Vec::new();
    for of_line in lines.into_values() {
        let together = of_line.values().fold(None, add_owner);
        let at_line = together.as_ref().map_or(0, |(wait, _)| wait.objects);
        let rows: Vec<OwnWaits> = match together.filter(|_| of_line.len() > OWNERS) {
            Some(together) => vec![together],
            None => of_line.into_values().collect(),
        };
        all.extend(rows.into_iter().map(|(wait, _)| OwnWait { at_line, ..wait }));
    }
    all.sort_by_key(|wait| (std::cmp::Reverse(wait.ns), wait.place, wait.owner));
    all
}

/// The row of another owner added to those before it.
fn add_owner(sum: Option<OwnWaits>, (wait, objects): &OwnWaits) -> Option<OwnWaits> {
    let Some((mut sum, mut all)) = sum else { return Some((OwnWait { owner: None, ..*wait }, objects.clone())) };
    all.extend(objects);
    sum.objects = all.len() as u64;
    sum.owners += wait.owners;
    sum.ns += wait.ns;
    sum.times += wait.times;
    sum.longest_ns = sum.longest_ns.max(wait.longest_ns);
    Some((sum, all))
}

/// Waits for the locks of objects, the longest first.
pub fn object_waits(recording: &Recording) -> Vec<ObjectWait> {
    let mut found: HashMap<(Place, &str), (ObjectWait, HashSet<u64>)> = HashMap::new();
    for entry in &recording.events {
        let Event::MetObject { waited, object, kind } = entry.event else { continue };
        let none = ObjectWait { place: entry.place, kind, objects: 0, ns: 0, times: 0 };
        let (wait, objects) = found.entry((entry.place, kind)).or_insert_with(|| (none, Default::default()));
        wait.ns += waited;
        wait.times += 1;
        objects.insert(object);
        wait.objects = objects.len() as u64;
    }
    sorted(found, |(w, _)| w.ns, |(w, _)| w.place).into_iter().map(|(wait, _)| wait).collect()
}

/// What a line of a source file cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct LineCost {
    /// Others waited for the lock that a thread had here.
    pub others_ns: Ns,
    /// Threads waited here for the program's own locks and for ends of threads.
    pub own_ns: Ns,
    /// Threads waited here for the locks of objects.
    pub object_ns: Ns,
}

/// What each line cost, whatever the function, by file and line.
pub fn line_costs<'a>(
    recording: &'a Recording,
    costly: &[CostlyLine],
    own: &[OwnWait],
    objects: &[ObjectWait],
) -> BTreeMap<(&'a str, u32), LineCost> {
    let mut found: BTreeMap<(&str, u32), LineCost> = BTreeMap::new();
    let mut add = |place: Place, add: &dyn Fn(&mut LineCost)| {
        if let Some(code) = recording.codes.get(&place.code) {
            add(found.entry((&code.file, place.line)).or_default());
        }
    };
    costly.iter().for_each(|line| add(line.place, &|cost| cost.others_ns += line.ns));
    own.iter().for_each(|wait| add(wait.place, &|cost| cost.own_ns += wait.ns));
    objects.iter().for_each(|wait| add(wait.place, &|cost| cost.object_ns += wait.ns));
    found
}

/// Who had the lock during a wait of that lane, each time.
fn holds_during<'a>(timeline: &'a Timeline, lane: &Lane, wait: &Span) -> impl Iterator<Item = (u32, &'a Span)> {
    let lock = lane.interpreter;
    timeline.holds_between(lock, wait.from, wait.to).map(move |at| timeline.hold(lock, at))
}

/// Who had the lock for most of that time, for how long, and where.
fn main_holder(timeline: &Timeline, lane: &Lane, wait: &Span) -> Option<(u32, Ns, Place)> {
    let mut found: HashMap<(u32, Place), Ns> = HashMap::new();
    for (thread, hold) in holds_during(timeline, lane, wait) {
        let part = part_of_wait((wait.from, wait.to), (hold.from, hold.to));
        *found.entry((thread, hold.place)).or_default() += part;
    }
    found.into_iter().max_by_key(|(who, ns)| (*ns, *who)).map(|((thread, place), ns)| (thread, ns, place))
}

/// The longest wait of all those in which one thread had the lock at least so often.
pub fn longest_wait(timeline: &Timeline, least: usize) -> Option<LongestWait> {
    let waits = timeline.lanes.iter().flat_map(|lane| lane.spans.iter().map(move |span| (lane, span)));
    let mut waits: Vec<(&Lane, &Span)> = waits.filter(|(_, span)| span.doing == Doing::Waits).collect();
    waits.sort_by_key(|(_, span)| std::cmp::Reverse(span.ns()));
    let most_holds = |lane: &Lane, wait: &Span| {
        let mut times: HashMap<u32, usize> = HashMap::new();
        holds_during(timeline, lane, wait).for_each(|(thread, _)| *times.entry(thread).or_default() += 1);
        times.into_values().max().unwrap_or(0)
    };
    let (lane, wait) = waits.into_iter().find(|(lane, wait)| most_holds(lane, wait) >= least)?;
    let (holds, holder) = (holds_during(timeline, lane, wait).count(), main_holder(timeline, lane, wait));
    Some(LongestWait { thread: lane.thread, from: wait.from, ns: wait.ns(), place: wait.place, holder, holds })
}

/// How often a thread must have waited to be called part of a convoy.
const OFTEN: u64 = 5;

/// The threads that gave the lock up for something short, and paid a good part of an interval each time. `intervals`: of
/// each lock.
pub fn convoys(timeline: &Timeline, intervals: &[Ns]) -> Vec<Convoy> {
    let mut found = Vec::new();
    for lane in &timeline.lanes {
        let interval_ns = intervals[lane.interpreter];
        let mut by_place: HashMap<(Place, Reason), (u64, Ns)> = HashMap::new();
        let mut holders: HashMap<(u32, Place), Ns> = HashMap::new();
        let held: Ns = lane.spans.iter().filter(|s| s.doing == Doing::Holds).map(|s| s.ns()).sum();
        for wait in lane.spans.iter().filter(|s| s.doing == Doing::Waits) {
            let Release::Voluntary(reason) = wait.release else { continue };
            let (times, ns) = by_place.entry((wait.place, reason)).or_default();
            (*times, *ns) = (*times + 1, *ns + wait.ns());
            if let Some((holder, ns, place)) = main_holder(timeline, lane, wait) {
                *holders.entry((holder, place)).or_default() += ns;
            }
        }
        let (times, ns) = by_place.values().fold((0, 0), |(times, ns), (t, n)| (times + t, ns + n));
        let usual = by_place.iter().max_by_key(|((place, _), (_, ns))| (*ns, *place));
        let pays = times >= OFTEN && ns > 2 * held && ns / times > interval_ns / 4;
        if let (true, Some(((place, reason), _))) = (pays, usual) {
            let holder = holders.into_iter().max_by_key(|(who, ns)| (*ns, *who)).map(|(who, _)| who);
            found.push(Convoy { thread: lane.thread, place: *place, reason: *reason, times, ns, holder });
        }
    }
    found.sort_by_key(|convoy| (std::cmp::Reverse(convoy.ns), convoy.thread));
    found
}

/// The threads that the system kept from running while they had the lock, the worst first.
pub fn preemptions(recording: &Recording, timeline: &Timeline) -> Vec<Preemption> {
    let places: HashMap<u32, usize> = timeline.lanes.iter().enumerate().map(|(at, lane)| (lane.thread, at)).collect();
    let mut found: HashMap<u32, (Preemption, Ns)> = HashMap::new();
    for entry in &recording.events {
        let (Event::Delayed(delay), Some(at)) = (entry.event, places.get(&entry.thread)) else { continue };
        let (lane, thread) = (&timeline.lanes[*at], entry.thread);
        let (preemption, since) = found.entry(thread).or_insert((Preemption { thread, ns: 0, held_ns: 0 }, lane.from));
        let from = if delay.of_ns == 0 { *since } else { entry.at.saturating_sub(delay.of_ns) };
        let first = lane.spans.partition_point(|span| span.to <= from);
        let during = lane.spans[first..].iter().take_while(|span| span.from < entry.at);
        let held = during.filter(|span| span.doing == Doing::Holds);
        let held: Ns = held.map(|span| span.to.min(entry.at) - span.from.max(from)).sum();
        // A thread has no processor as well when it is about to wake up and wait for the lock. While it had the lock it can
        // have lacked one for no longer than it did not run; and it hardly runs without the lock.
        preemption.ns += delay.ns.min(held.saturating_sub(delay.ran_ns));
        preemption.held_ns += held;
        *since = entry.at;
    }
    let mut all: Vec<Preemption> = found.into_values().map(|(one, _)| one).filter(|one| one.ns > 0).collect();
    all.sort_by_key(|one| (std::cmp::Reverse(one.ns), one.thread));
    all
}

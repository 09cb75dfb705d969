//! Where events are kept until they are written: a queue for each thread, which only that thread fills and only the writer
//! empties. No thread waits for another, and none for the disk.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicIsize, AtomicU32, AtomicU64, Ordering};

use crossbeam::queue::SegQueue;
use crossbeam::utils::CachePadded;

use crate::gil::ThreadId;
use crate::gil::events::{CodeName, Event, Tap, Tapper};
use crate::vm::thread::native_id;
use crate::world::parking::Mutex;
use crate::world::{Ns, forks};

/// So many events may wait for the writer; what comes beyond is counted and dropped. Some 60 MB.
const MOST: isize = 1 << 20;
/// A lane adds to the common count so many at a time.
const BATCH: u32 = 64;
/// So many events are taken at once.
const PIECE: usize = 512;

/// An event, when, and at which line of which code.
#[derive(Clone, Copy, Debug)]
pub struct Noted {
    pub at: Ns,
    pub code: u32,
    pub line: u32,
    pub event: Event,
}

/// The events of one thread.
pub struct Lane {
    hub: Arc<Hub>,
    pub thread: ThreadId,
    /// When the thread was registered.
    pub born: Ns,
    /// The thread's number in the system, once it has run.
    number: AtomicI32,
    /// Code and line that the thread is at; its own.
    place: AtomicU64,
    events: SegQueue<Noted>,
    /// Noted since the common count was told; its own.
    untold: AtomicU32,
    /// Dropped since the last event that was kept; its own.
    lost: AtomicU64,
    /// When the first of those was.
    lost_at: AtomicU64,
    ended: AtomicBool,
    name: Mutex<String>,
    /// How often it was named.
    names: AtomicU32,
    /// How often it had been named when its name was last written; the writer's.
    names_written: AtomicU32,
}

/// What the lanes have in common.
#[derive(Default)]
pub struct Hub {
    /// Whether anybody records.
    on: AtomicBool,
    /// About how many events wait for the writer: without those that lanes have not told yet.
    backlog: CachePadded<AtomicIsize>,
    tables: Mutex<Tables>,
}

/// What is seldom changed. Locked only within `forks::whole`, and for moments.
#[derive(Default)]
pub struct Tables {
    pub lanes: Vec<Arc<Lane>>,
    /// In the order in which they came up; a code may be there twice.
    pub codes: Vec<(u32, CodeName)>,
    pub texts: Vec<String>,
    known_texts: HashMap<String, u32>,
    /// Names of tasks that are not written yet.
    pub tasks: Vec<(u32, String)>,
    /// When the switch interval became what, as far as it is not written.
    intervals: Vec<(Ns, Ns)>,
}

impl Hub {
    pub fn is_on(&self) -> bool {
        self.on.load(Ordering::Relaxed)
    }

    /// Turns it on or off; whether it was on.
    pub fn turn(&self, on: bool) -> bool {
        self.on.swap(on, Ordering::AcqRel)
    }

    pub fn with_tables<R>(&self, look: impl FnOnce(&mut Tables) -> R) -> R {
        let _whole = forks::whole();
        look(&mut self.tables.lock())
    }

    /// When the switch interval became what, since this was asked last.
    pub fn intervals(&self) -> Vec<(Ns, Ns)> {
        self.with_tables(|tables| std::mem::take(&mut tables.intervals))
    }

    /// In the child of a fork: forgets the threads that are not there, and what the parent has to write.
    pub fn begin_child(&self, is_there: impl Fn(ThreadId) -> bool) {
        self.backlog.store(0, Ordering::Relaxed);
        self.with_tables(|tables| {
            tables.intervals.clear();
            tables.tasks.clear();
            let (kept, gone) = std::mem::take(&mut tables.lanes).into_iter().partition(|lane| is_there(lane.thread));
            tables.lanes = kept;
            tables.lanes.iter().for_each(|lane| lane.begin_child());
            // A thread that stayed in the parent may have been at its queue, which is better not touched any more.
            gone.into_iter().for_each(std::mem::forget::<Arc<Lane>>);
        });
    }

    /// Begins a new file, or goes on with one: forgets what is left from when nobody recorded, and the threads that are over,
    /// of which it returns those that the file has.
    pub fn begin(&self, is_new: bool) -> Vec<ThreadId> {
        self.with_tables(|tables| {
            let over =
                tables.lanes.iter().filter(|lane| !is_new && lane.ended_unseen()).map(|lane| lane.thread).collect();
            tables.lanes.iter().for_each(|lane| lane.clear(is_new));
            tables.lanes.retain(|lane| !lane.is_done());
            over
        })
    }

    /// The number of a text, from 1.
    pub fn text(&self, text: &str) -> u32 {
        self.with_tables(|tables| match tables.known_texts.get(text) {
            Some(number) => *number,
            None => {
                tables.texts.push(text.to_string());
                let number = tables.texts.len() as u32;
                tables.known_texts.insert(text.to_string(), number);
                number
            }
        })
    }
}

/// [`Hub`] as the lock sees it.
pub struct Lanes(pub Arc<Hub>);

impl Tapper for Lanes {
    fn tap(&self, thread: ThreadId, name: &str, at: Ns) -> Arc<dyn Tap> {
        let lane = Arc::new(Lane {
            hub: self.0.clone(),
            thread,
            born: at,
            number: AtomicI32::new(0),
            place: AtomicU64::new(0),
            events: SegQueue::new(),
            untold: AtomicU32::new(0),
            lost: AtomicU64::new(0),
            lost_at: AtomicU64::new(0),
            ended: AtomicBool::new(false),
            name: Mutex::new(name.to_string()),
            names: AtomicU32::new(1),
            names_written: AtomicU32::new(0),
        });
        self.0.with_tables(|tables| {
            if !self.0.is_on() {
                tables.lanes.retain(|lane| !lane.ended.load(Ordering::Relaxed));
            }
            tables.lanes.push(lane.clone());
        });
        lane
    }

    fn interval(&self, at: Ns, interval: Ns) {
        if self.0.is_on() {
            self.0.with_tables(|tables| tables.intervals.push((at, interval)));
        }
    }
}

impl Tap for Lane {
    fn is_on(&self) -> bool {
        self.hub.is_on()
    }

    fn is_at(&self, code: u32, line: u32) {
        self.place.store(u64::from(code) << 32 | u64::from(line), Ordering::Relaxed);
    }

    fn code(&self, number: u32, name: CodeName) {
        self.hub.with_tables(|tables| tables.codes.push((number, name)));
    }

    fn task(&self, number: u32, name: String) {
        self.hub.with_tables(|tables| tables.tasks.push((number, name)));
    }

    fn note(&self, at: Ns, event: Event) {
        if self.hub.is_on() {
            if self.hub.backlog.load(Ordering::Relaxed) >= MOST { self.lose(at) } else { self.keep(at, event) }
        }
        if matches!(event, Event::Runs { .. }) && self.number.load(Ordering::Relaxed) == 0 {
            self.number.store(native_id(), Ordering::Relaxed);
        }
        if event == Event::Ends {
            self.ended.store(true, Ordering::Release);
        }
    }

    fn renamed(&self, name: &str) {
        *self.name.lock() = name.to_string();
        self.names.fetch_add(1, Ordering::Release);
    }
}

impl Lane {
    fn keep(&self, at: Ns, event: Event) {
        let lost = self.lost.load(Ordering::Relaxed);
        if lost > 0 {
            self.lost.store(0, Ordering::Relaxed);
            self.push(self.lost_at.load(Ordering::Relaxed), Event::Lost(lost));
        }
        self.push(at, event);
    }

    fn push(&self, at: Ns, event: Event) {
        let place = self.place.load(Ordering::Relaxed);
        self.events.push(Noted { at, code: (place >> 32) as u32, line: place as u32, event });
        let untold = self.untold.load(Ordering::Relaxed) + 1;
        if untold == BATCH {
            self.hub.backlog.fetch_add(BATCH as isize, Ordering::Relaxed);
        }
        self.untold.store(untold % BATCH, Ordering::Relaxed);
    }

    #[cold]
    fn lose(&self, at: Ns) {
        if self.lost.fetch_add(1, Ordering::Relaxed) == 0 {
            self.lost_at.store(at, Ordering::Relaxed);
        }
    }

    /// The thread's number in the system; 0 before it has run, and when it is over.
    pub fn number(&self) -> i32 {
        if self.ended.load(Ordering::Relaxed) { 0 } else { self.number.load(Ordering::Relaxed) }
    }

    /// Takes its oldest events, for the writer; false if there are none. No fork happens meanwhile: a child would find the
    /// queue in disorder.
    pub fn take(&self, into: &mut Vec<Noted>) -> bool {
        let _whole = forks::whole();
        into.clear();
        into.extend(std::iter::from_fn(|| self.events.pop()).take(PIECE));
        self.taken(into.len());
        !into.is_empty()
    }

    fn taken(&self, count: usize) {
        self.hub.backlog.fetch_sub(count as isize, Ordering::Relaxed);
    }

    /// How many were dropped since the last that was kept.
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    /// Whether its thread is over and all its events are taken: then it may be forgotten.
    pub fn is_done(&self) -> bool {
        let done = self.ended.load(Ordering::Acquire) && self.events.is_empty();
        if done {
            let untold = self.untold.swap(0, Ordering::Relaxed);
            self.hub.backlog.fetch_add(untold as isize, Ordering::Relaxed);
        }
        done
    }

    /// Its name, if that was not written yet.
    pub fn new_name(&self) -> Option<String> {
        let names = self.names.load(Ordering::Acquire);
        if self.names_written.swap(names, Ordering::Relaxed) == names {
            return None;
        }
        let _whole = forks::whole();
        Some(self.name.lock().clone())
    }

    /// Whether its thread is over, and a file that goes on does not know that yet.
    pub fn ended_unseen(&self) -> bool {
        self.ended.load(Ordering::Acquire) && self.names_written.load(Ordering::Relaxed) > 0
    }

    fn begin_child(&self) {
        while self.events.pop().is_some() {}
        self.number.store(0, Ordering::Relaxed);
        self.untold.store(0, Ordering::Relaxed);
        self.lost.store(0, Ordering::Relaxed);
        self.names_written.store(0, Ordering::Relaxed);
    }

    /// Forgets what is left from when nobody records any more; for a new file, also that the name was written.
    fn clear(&self, is_new: bool) {
        let count = std::iter::from_fn(|| self.events.pop()).count();
        self.taken(count);
        self.lost.store(0, Ordering::Relaxed);
        if is_new {
            self.names_written.store(0, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_writer_cannot_keep_up_with_is_counted_and_dropped() {
        let hub = Arc::new(Hub::default());
        let lanes = Lanes(hub.clone());
        let tap = lanes.tap(ThreadId(1), "busy", 0);
        let lane = hub.with_tables(|tables| tables.lanes[0].clone());
        hub.turn(true);
        let most = MOST as u64;
        for at in 0..most + 500 {
            tap.note(at, Event::Wants);
        }
        assert_eq!(lane.lost(), 500);
        let (mut taken, mut kept) = (Vec::new(), 0);
        while lane.take(&mut taken) {
            kept += taken.len();
        }
        assert_eq!(kept, MOST as usize);
        // There is room again, and what was lost is said first, as of when the first was.
        tap.note(most + 900, Event::Stands);
        lane.take(&mut taken);
        let rest: Vec<(Ns, Event)> = taken.iter().map(|noted| (noted.at, noted.event)).collect();
        assert_eq!(rest, [(most, Event::Lost(500)), (most + 900, Event::Stands)]);
    }

    #[test]
    fn nothing_is_kept_while_nobody_records_and_threads_that_are_over_are_forgotten() {
        let hub = Arc::new(Hub::default());
        let lanes = Lanes(hub.clone());
        let tap = lanes.tap(ThreadId(1), "short", 0);
        tap.note(1, Event::Wants);
        tap.note(2, Event::Ends);
        let lane = hub.with_tables(|tables| tables.lanes[0].clone());
        assert!(!lane.take(&mut Vec::new()) && lane.is_done());
        lanes.tap(ThreadId(2), "other", 3);
        assert_eq!(hub.with_tables(|tables| tables.lanes.len()), 1);
    }
}

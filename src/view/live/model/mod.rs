//! What is known of a run while it goes on: lines of a recording in, lanes and figures out.
//!
//! A thread's events come in order, those of different threads do not quite: each is emptied in its turn. So events wait here
//! until [`Model::advance`] says that their moment has come, and what comes later still counts as of now.

use std::collections::{HashMap, VecDeque};

use crate::gil::events::{CodeName, Event};
use crate::gil::{Mode, Reason};
use crate::record::decode::Line;
use crate::record::file::{Entry, MAIN_THREAD, Place, RecordedThread};
use crate::record::lines::{Header, OWN_THREAD};
use crate::record::numbering::Numbering;
use crate::record::timeline::{Doing, Follower, Open, Release, Span};
use crate::world::Ns;

use super::Kind;
use super::history::{History, Shares};
use super::waits::{Cause, Key, Wait, Waits};

mod blame;
mod process;
mod tasks;

pub use process::Process;
use tasks::Task;

/// So many threads that are over are remembered.
const ENDED: usize = 512;
/// So many changes of the lock, and marks.
const TURNS: usize = 256;
/// So much source text, and so many pieces of code.
const SOURCES: usize = 16 << 20;
const CODES: usize = 1 << 17;
/// Switches are counted in slots of this length; what is shown is of so many.
const SLOT: Ns = 100_000_000;
const SLOTS: u64 = 10;
/// So many are kept for those who look back: an hour.
const KEPT_SLOTS: u64 = 36_000;
/// How many kinds of switches there are: by force, and for each reason.
pub const SWITCHES: usize = 1 + Reason::COUNT;

/// Everything that was heard so far.
pub struct Model {
    pub header: Header,
    pub mode: Mode,
    pub interval_ns: Ns,
    follower: Follower,
    /// In the order in which they were registered.
    pub lanes: Vec<Lane>,
    places: HashMap<u32, usize>,
    /// How many letters are given out.
    labels: usize,
    codes: HashMap<u32, CodeName>,
    sources: HashMap<String, String>,
    sources_size: usize,
    texts: HashMap<u32, String>,
    /// Names of tasks that have done nothing yet.
    task_names: HashMap<u32, String>,
    numbering: Numbering,
    /// In the recording's order.
    pub interpreters: Vec<Process>,
    /// What has come and whose moment has not; of which interpreter.
    pending: Vec<(usize, Line)>,
    /// Up to which moment everything is known.
    pub now: Ns,
    /// Whether there is nothing more to come.
    pub is_over: bool,
    pub waits: Waits,
    /// When the lock became what, and where the program said to be.
    pub turns: VecDeque<(Ns, String)>,
    /// Since when the lock was which, with which interval.
    locks: VecDeque<(Ns, Mode, Ns)>,
    switches: VecDeque<(u64, [u64; SWITCHES])>,
    pub all_switches: [u64; SWITCHES],
    pub lost: u64,
}

/// One thread, or one task.
pub struct Lane {
    pub id: u32,
    /// A task's; threads are followed elsewhere.
    task: Option<Task>,
    /// Whose it is, by its place in the recording.
    pub interpreter: usize,
    /// As the program calls it.
    own_name: String,
    /// As it is called beside the threads of others.
    pub name: String,
    /// The letter by which it is told from the others; of very many threads the last have none of their own.
    pub label: char,
    pub born: Ns,
    pub ended: Option<Ns>,
    history: History,
    /// How long it did what, in all.
    pub totals: Shares,
    /// Since when it collects, and when it has since its last span.
    collects: Option<Ns>,
    collected: Vec<(Ns, Ns)>,
    /// Up to which moment its spans are in the history.
    known_to: Ns,
}

/// What a thread or a task does now.
#[derive(Clone, Copy, Debug)]
pub struct Current {
    pub kind: Kind,
    pub doing: Doing,
    pub since: Ns,
    pub place: Place,
    pub awaited: Option<(crate::gil::events::Awaited, Option<u32>)>,
}

impl Model {
    pub fn new(header: Header) -> Model {
        let mode = header.mode.parse().unwrap_or_default();
        Model {
            locks: VecDeque::from([(0, mode, header.interval_ns)]),
            mode,
            interval_ns: header.interval_ns,
            header,
            follower: Follower::default(),
            lanes: Vec::new(),
            places: HashMap::new(),
            labels: 0,
            codes: HashMap::new(),
            sources: HashMap::new(),
            sources_size: 0,
            texts: HashMap::new(),
            task_names: HashMap::new(),
            numbering: Numbering::default(),
            interpreters: vec![Process::default()],
            pending: Vec::new(),
            now: 0,
            is_over: false,
            waits: Waits::default(),
            turns: VecDeque::new(),
            switches: VecDeque::new(),
            all_switches: [0; SWITCHES],
            lost: 0,
        }
    }

    /// Takes a line, whose moment may be still to come.
    pub fn take(&mut self, line: Line) {
        let Some((of, line)) = self.numbering.line(line) else { return };
        while self.interpreters.len() <= of {
            self.interpreters.push(Process::default());
        }
        match line {
            Line::Begins(begins) => self.begins(of, begins),
            Line::Thread { id, name, born } => self.name(of, id, name, born),
            Line::Task(id, name) => self.name_task(of, id, name),
            Line::Code(id, name) if self.codes.len() < CODES => {
                self.codes.insert(id, name);
            }
            Line::Source { file, text } if self.sources_size + text.len() <= SOURCES => {
                self.sources_size += text.len();
                self.sources.insert(file, text);
            }
            Line::Text(id, text) if self.texts.len() < CODES => {
                self.texts.insert(id, text);
            }
            Line::Code(..) | Line::Source { .. } | Line::Text(..) => {}
            timed => self.pending.push((of, timed)),
        }
    }

    /// How many events wait for their moment.
    pub fn backlog(&self) -> usize {
        self.pending.len()
    }

    /// The moment `to` has come.
    pub fn advance(&mut self, to: Ns) {
        if self.is_over || to <= self.now {
            return;
        }
        // Stable: what one thread did at one moment stays in order.
        self.pending.sort_by_key(|(_, line)| moment(line));
        let due = self.pending.partition_point(|(_, line)| moment(line) <= to);
        let rest = self.pending.split_off(due);
        for (of, line) in std::mem::replace(&mut self.pending, rest) {
            self.now = self.now.max(moment(&line));
            self.interpreters[of].heard = self.now;
            self.happens(of, line);
            if self.is_over {
                return;
            }
        }
        self.now = to;
        self.miss_processes();
    }

    /// There is nothing more to come: the recording has ended, or the program has without a word.
    pub fn finish(&mut self, at: Ns) {
        let last = self.pending.iter().map(|(_, line)| moment(line)).max().unwrap_or(0);
        self.advance(last.max(at));
        self.end();
    }

    fn end(&mut self) {
        self.is_over = true;
        self.end_of(0, self.now);
        // The others have not said that they end.
        (1..self.interpreters.len()).for_each(|of| self.end_of(of, self.interpreters[of].heard));
    }

    fn happens(&mut self, of: usize, line: Line) {
        match line {
            Line::Event(mut entry) => {
                entry.at = entry.at.max(self.now);
                self.event(of, &entry);
            }
            Line::Pause(_) => {
                let holder = self.follower.holder(of);
                self.follower.nothing_is_known(of, self.now);
                // The hold that has ended is laid to the waits that have, which must be known before.
                (0..self.lanes.len())
                    .filter(|at| Some(self.lanes[*at].id) != holder)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .for_each(|at| self.drain(at));
                holder.into_iter().for_each(|holder| self.drain_thread(holder));
                self.forget_waits(of);
                self.interpreters[of].pauses(self.now);
            }
            Line::Resume(_) => self.interpreters[of].resumes(self.now),
            Line::Interval(_, ns) if of == 0 => {
                self.interval_ns = ns;
                self.lock_changed();
            }
            Line::End { lost, .. } => {
                self.lost += lost;
                if of == 0 { self.end() } else { self.end_of(of, self.now) }
            }
            _ => {}
        }
    }

    fn name(&mut self, of: usize, id: u32, name: String, born: Ns) {
        match self.places.get(&id) {
            Some(at) => {
                self.lanes[*at].name = self.title(of, id, &name);
                self.lanes[*at].own_name = name;
            }
            None => {
                self.add_lane(of, id, name, born);
            }
        }
    }

    /// What to call a thread or a task beside those of other interpreters.
    fn title(&self, of: usize, id: u32, name: &str) -> String {
        if of == 0 || name == OWN_THREAD {
            return name.to_string();
        }
        let is_main = |lane: &&Lane| lane.interpreter == of && lane.id < id && lane.own_name == MAIN_THREAD;
        let earlier = if name == MAIN_THREAD { self.lanes.iter().filter(is_main).count() } else { 0 };
        self.interpreters[of].about.thread_title(name, earlier)
    }

    /// The place of a thread's lane, which is made if need be.
    fn lane_of(&mut self, of: usize, id: u32, born: Ns) -> usize {
        match self.places.get(&id) {
            Some(at) => *at,
            None => self.add_lane(of, id, format!("thread {id}"), born),
        }
    }

    fn add_lane(&mut self, of: usize, id: u32, own_name: String, born: Ns) -> usize {
        let name = self.title(of, id, &own_name);
        self.follower.add(&RecordedThread { id, interpreter: of, name, born_ns: born, ended_ns: None }, Ns::MAX);
        self.push_lane(of, id, own_name, born, None)
    }

    fn push_lane(&mut self, of: usize, id: u32, own_name: String, born: Ns, task: Option<Task>) -> usize {
        self.forget_ended();
        let name = self.title(of, id, &own_name);
        let label = if own_name == OWN_THREAD || task.is_some() { ' ' } else { self.next_label() };
        let place = self.lanes.len();
        self.places.insert(id, place);
        self.lanes.push(Lane {
            id,
            task,
            interpreter: of,
            own_name,
            name,
            label,
            born,
            ended: None,
            history: History::default(),
            totals: Shares::default(),
            collects: None,
            collected: Vec::new(),
            known_to: born,
        });
        place
    }

    fn next_label(&mut self) -> char {
        self.labels += 1;
        ('a'..='z').chain('A'..='Z').nth(self.labels - 1).unwrap_or('#')
    }

    /// Of very many threads that are over, the first are forgotten.
    fn forget_ended(&mut self) {
        if self.lanes.len() < 2 * ENDED {
            return;
        }
        let ended = self.lanes.iter().filter(|lane| lane.ended.is_some()).count();
        let mut surplus = ended.saturating_sub(ENDED);
        if surplus < ENDED / 2 {
            return;
        }
        let follower = &mut self.follower;
        self.lanes.retain(|lane| {
            let goes = surplus > 0 && lane.ended.is_some();
            if goes {
                surplus -= 1;
                follower.forget(lane.id);
            }
            !goes
        });
        self.places = self.lanes.iter().enumerate().map(|(at, lane)| (lane.id, at)).collect();
        let last = self.lanes.iter().map(|lane| lane.id).max().unwrap_or(0);
        self.numbering.keep(|id| self.places.contains_key(&id) || id > last);
    }

    fn event(&mut self, of: usize, entry: &Entry) {
        let at = self.lane_of(of, entry.thread, entry.at);
        let holder = self.follower.holder(of);
        self.follower.event(entry);
        match entry.event {
            Event::Runs { from: Some(from), .. } => self.switched(from.0),
            Event::Collects => self.lanes[at].collects = Some(entry.at),
            Event::Collected => {
                let lane = &mut self.lanes[at];
                lane.collected.extend(lane.collects.take().map(|since| (since, entry.at)));
            }
            // The others turn with the first.
            Event::Turns(mode) if of == 0 => {
                self.mode = mode;
                self.lock_changed();
                self.turn(entry.at, mode.to_string());
            }
            Event::Marks(text) => self.turn(entry.at, self.texts.get(&text).cloned().unwrap_or_default()),
            Event::MetObject { waited, kind, .. } => {
                let (who, cause) = (Some(entry.thread), Cause::Object(kind));
                let key = Key { who, place: entry.place, cause, owner: None };
                self.waits.add(Wait { key, from: entry.at.saturating_sub(waited), to: entry.at });
            }
            Event::Task { task, does } => self.task_does(of, entry, task, does),
            Event::Lost(count) => self.lost += count,
            Event::Ends => self.lanes[at].ended = Some(entry.at),
            _ => {}
        }
        self.drain(at);
        self.may_wait(of, entry.thread);
        if let Some(holder) = holder.filter(|holder| *holder != entry.thread) {
            // It may have let go unseen.
            self.drain_thread(holder);
            self.may_wait(of, holder);
        }
        self.forget_waits(of);
    }

    fn lock_changed(&mut self) {
        self.locks.push_back((self.now, self.mode, self.interval_ns));
        if self.locks.len() > TURNS {
            self.locks.pop_front();
        }
    }

    /// Which lock there was at that moment, and with which interval.
    pub fn lock_at(&self, at: Ns) -> (Mode, Ns) {
        let known = self.locks.iter().rfind(|(since, ..)| *since <= at).or(self.locks.front());
        known.map_or((self.mode, self.interval_ns), |(_, mode, interval_ns)| (*mode, *interval_ns))
    }

    fn turn(&mut self, at: Ns, what: String) {
        self.turns.push_back((at, what));
        if self.turns.len() > TURNS {
            self.turns.pop_front();
        }
    }

    /// The lock came from that thread.
    fn switched(&mut self, from: u32) {
        let kind = match self.follower.get(from).map(|open| open.last_release) {
            Some(Release::Voluntary(reason)) => 1 + reason as usize,
            _ => 0,
        };
        let number = self.now / SLOT;
        if self.switches.back().is_none_or(|(last, _)| *last < number) {
            self.switches.push_back((number, [0; SWITCHES]));
        }
        while self.switches.front().is_some_and(|(first, _)| first + KEPT_SLOTS < number) {
            self.switches.pop_front();
        }
        if let Some((_, counts)) = self.switches.back_mut() {
            counts[kind] += 1;
        }
        self.all_switches[kind] += 1;
    }

    /// Switches in the second before that moment, by force and by reason.
    pub fn switches_before(&self, at: Ns) -> [u64; SWITCHES] {
        let mut sums = [0; SWITCHES];
        let (first, last) = ((at / SLOT + 1).saturating_sub(SLOTS), at / SLOT);
        let from = self.switches.partition_point(|(number, _)| *number < first);
        for (_, counts) in self.switches.range(from..).take_while(|(number, _)| *number <= last) {
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        sums
    }

    fn drain_thread(&mut self, id: u32) {
        if let Some(at) = self.places.get(&id) {
            self.drain(*at);
        }
    }

    /// Puts the spans of a thread that have come to an end where they belong.
    fn drain(&mut self, at: usize) {
        let threads = self.lanes.len();
        let id = self.lanes[at].id;
        for span in self.follower.take(id) {
            self.lanes[at].span(&span, threads);
            let of = self.lanes[at].interpreter;
            match span.doing {
                Doing::Holds => self.blame(of, id, (span.from, span.to), span.place),
                Doing::Waits => self.interpreters[of].waiters.ended(id, &span),
                _ => blame::own_wait(id, &span).into_iter().for_each(|wait| self.waits.add(wait)),
            }
        }
    }

    /// The threads that are not over, and what they do.
    pub fn living(&self) -> impl Iterator<Item = (&Lane, Current)> {
        self.lanes.iter().filter_map(|lane| Some((lane, self.current(lane)?)))
    }

    /// What a thread or a task does now; `None` if it is over.
    pub fn current(&self, lane: &Lane) -> Option<Current> {
        if let Some(Task { doing, since, place, .. }) = lane.task {
            let kind = Kind::of(doing);
            return lane.ended.is_none().then_some(Current { kind, doing, since, place, awaited: None });
        }
        let open: &Open = self.follower.get(lane.id).filter(|_| lane.ended.is_none())?;
        let kind = if lane.collects.is_some() { Kind::Collects } else { Kind::of(open.doing) };
        let awaited = open.awaited.map(|(on, _, owner)| (on, owner));
        Some(Current { kind, doing: open.doing, since: open.since, place: open.place, awaited })
    }

    /// What a thread or a task did at that moment of the past; `None` if it was not there, or that is forgotten.
    pub fn kind_at(&self, lane: &Lane, at: Ns) -> Option<Kind> {
        if at <= lane.born || lane.ended.is_some_and(|ended| ended < at) {
            return None;
        }
        match self.current(lane).filter(|_| at > lane.known_to) {
            Some(current) => Some(current.kind),
            None => lane.history.kind_at(at),
        }
    }

    /// The thread that holds the lock of the first interpreter.
    pub fn holder(&self) -> Option<&Lane> {
        self.follower.holder(0).filter(|_| !self.is_over).and_then(|id| self.lane(id))
    }

    pub fn lane(&self, id: u32) -> Option<&Lane> {
        self.places.get(&id).map(|at| &self.lanes[*at])
    }

    /// How long a thread did what between the two moments, up to now.
    pub fn shares(&self, lane: &Lane, from: Ns, to: Ns) -> Shares {
        let to = to.min(lane.ended.unwrap_or(self.now));
        let from = from.max(lane.born);
        if to <= from {
            return Shares::default();
        }
        let mut shares = lane.history.shares(from, to.min(lane.known_to).max(from));
        if let Some(current) = self.current(lane).filter(|_| to > lane.known_to) {
            shares[current.kind as usize] += to - from.max(lane.known_to);
        }
        shares
    }

    /// How long a thread did what in all.
    pub fn totals(&self, lane: &Lane) -> Shares {
        let mut totals = lane.totals;
        if let Some(current) = self.current(lane) {
            totals[current.kind as usize] += self.now.saturating_sub(lane.known_to);
        }
        totals
    }

    /// "turns.py:12 in work", as short as it is clear; nothing where there is no code.
    pub fn place_name(&self, place: Place) -> Option<String> {
        let code = self.codes.get(&place.code)?;
        let file = code.file.rsplit('/').next().unwrap_or(&code.file);
        let function = code.function.rsplit("<locals>.").next().unwrap_or(&code.function);
        Some(format!("{file}:{} in {function}", place.line))
    }

    /// Whether both places are in one file.
    pub fn is_same_file(&self, one: Place, other: Place) -> bool {
        let file = |place: Place| self.codes.get(&place.code).map(|code| &code.file);
        file(one).is_some() && file(one) == file(other)
    }

    /// The text of a line.
    pub fn source_line(&self, place: Place) -> Option<&str> {
        let text = self.sources.get(&self.codes.get(&place.code)?.file)?;
        Some(text.lines().nth((place.line as usize).checked_sub(1)?)?.trim())
    }
}

impl Lane {
    pub fn is_task(&self) -> bool {
        self.task.is_some()
    }

    /// Whether it is a thread of gilbox's own, which nobody wants to see.
    pub fn is_own(&self) -> bool {
        self.name == OWN_THREAD
    }

    fn span(&mut self, span: &Span, threads: usize) {
        let kind = Kind::of(span.doing);
        let mut from = span.from.max(self.known_to);
        if matches!(kind, Kind::Holds | Kind::Runs) {
            for (begin, end) in std::mem::take(&mut self.collected) {
                self.add(from, begin.clamp(from, span.to), kind, threads);
                from = from.max(begin);
                self.add(from, end.clamp(from, span.to.max(from)), Kind::Collects, threads);
                from = from.max(end);
            }
        }
        self.add(from, span.to, kind, threads);
    }

    fn add(&mut self, from: Ns, to: Ns, kind: Kind, threads: usize) {
        if to > from {
            self.history.add(from, to, kind, threads);
            self.totals[kind as usize] += to - from;
            self.known_to = to;
        }
    }
}

fn moment(line: &Line) -> Ns {
    match line {
        Line::Event(entry) => entry.at,
        Line::Pause(at) | Line::Resume(at) | Line::Interval(at, _) | Line::Alive(at) | Line::End { at, .. } => *at,
        _ => 0,
    }
}

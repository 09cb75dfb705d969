//! A recording as a trace for Perfetto (<https://ui.perfetto.dev>): track events in its own format.
//!
//! - for each interpreter a process of its own there, with a lane for its lock, the slices named after the holders
//! - a lane for each thread, its slices named after what it did, with file, line and function
//! - an arrow from who released the lock to who got it then
//! - a counter of the threads that wait for it, and what `gil.mark` said
//!
//! The numbers of fields are those of Perfetto's `protos/perfetto/trace/`: `trace.proto`, `trace_packet.proto` and
//! `track_event/*.proto`.

use crate::gil::events::Event;
use crate::record::analysis::Analysis;
use crate::record::file::Place;
use crate::record::timeline::{Doing, Span};
use crate::world::Ns;

use super::protobuf::Message;

/// The tracks that are no threads' have identifiers from here on, four for each interpreter.
const INTERPRETERS: u64 = 1 << 40;
/// Of an interpreter: its process, its lock, and who waits for that.
const PROCESS: u64 = 0;
const LOCK: u64 = 1;
const WAITING: u64 = 2;
/// A thread's track has its number added to this.
const THREADS: u64 = 1000;

/// The identifier of one of an interpreter's tracks.
fn of_interpreter(at: usize, which: u64) -> u64 {
    INTERPRETERS + 4 * at as u64 + which
}

/// All packets come from one writer.
const SEQUENCE: u64 = 1;

/// `TracePacket`
mod packet {
    pub const TIMESTAMP: u32 = 8;
    pub const SEQUENCE_ID: u32 = 10;
    pub const TRACK_EVENT: u32 = 11;
    pub const SEQUENCE_FLAGS: u32 = 13;
    pub const TRACK_DESCRIPTOR: u32 = 60;
    /// What earlier packets of the sequence said holds no more.
    pub const STATE_CLEARED: u64 = 1;
}

/// `TrackDescriptor`, with `ProcessDescriptor` and `ThreadDescriptor`
mod track {
    pub const UUID: u32 = 1;
    pub const NAME: u32 = 2;
    pub const PROCESS: u32 = 3;
    pub const THREAD: u32 = 4;
    pub const PARENT: u32 = 5;
    pub const COUNTER: u32 = 8;
    pub const PROCESS_ID: u32 = 1;
    pub const PROCESS_NAME: u32 = 6;
    pub const THREAD_PROCESS: u32 = 1;
    pub const THREAD_ID: u32 = 2;
    pub const THREAD_NAME: u32 = 5;
}

/// `TrackEvent`
mod event {
    pub const ANNOTATION: u32 = 4;
    pub const TYPE: u32 = 9;
    pub const TRACK: u32 = 11;
    pub const NAME: u32 = 23;
    pub const COUNTER_VALUE: u32 = 30;
    pub const SOURCE: u32 = 33;
    pub const FLOW: u32 = 47;
    pub const FLOW_END: u32 = 48;
    pub const BEGIN: u64 = 1;
    pub const END: u64 = 2;
    pub const INSTANT: u64 = 3;
    pub const COUNTER: u64 = 4;
}

/// `DebugAnnotation` and `SourceLocation`
mod about {
    pub const NAME: u32 = 10;
    pub const TEXT: u32 = 6;
    pub const FILE: u32 = 2;
    pub const FUNCTION: u32 = 3;
    pub const LINE: u32 = 4;
}

/// The trace, as the bytes of a `.pftrace` file.
pub fn trace(analysis: &Analysis) -> Vec<u8> {
    let mut writer = Writer { trace: Message::new(), analysis };
    writer.tracks();
    writer.threads();
    for lock in 0..analysis.timeline.locks.len() {
        writer.lock(lock);
        writer.waiting(lock);
    }
    writer.marks();
    writer.trace.into_bytes()
}

struct Writer<'a> {
    trace: Message,
    analysis: &'a Analysis<'a>,
}

impl Writer<'_> {
    fn packet(&mut self, packet: Message) {
        let trace = std::mem::take(&mut self.trace);
        // `Trace.packet`
        self.trace = trace.message(1, &packet.number(packet::SEQUENCE_ID, SEQUENCE));
    }

    fn event(&mut self, at: Ns, event: &Message) {
        self.packet(Message::new().number(packet::TIMESTAMP, at).message(packet::TRACK_EVENT, event));
    }

    fn track(&mut self, descriptor: &Message) {
        self.packet(Message::new().message(packet::TRACK_DESCRIPTOR, descriptor));
    }

    fn tracks(&mut self) {
        self.packet(Message::new().number(packet::SEQUENCE_FLAGS, packet::STATE_CLEARED));
        (0..self.analysis.recording.interpreters.len()).for_each(|at| self.interpreter(at));
        for lane in &self.analysis.timeline.lanes {
            let about = Message::new()
                .number(track::THREAD_PROCESS, self.process(lane.interpreter))
                .number(track::THREAD_ID, u64::from(lane.thread))
                .text(track::THREAD_NAME, &lane.name);
            let parent = of_interpreter(lane.interpreter, PROCESS);
            let uuid = THREADS + u64::from(lane.thread);
            let descriptor = Message::new().number(track::UUID, uuid).number(track::PARENT, parent);
            self.track(&descriptor.message(track::THREAD, &about));
        }
        for task in &self.analysis.timeline.tasks {
            let parent = of_interpreter(task.lane.interpreter, PROCESS);
            let uuid = THREADS + u64::from(task.lane.thread);
            let descriptor = Message::new().number(track::UUID, uuid).number(track::PARENT, parent);
            self.track(&descriptor.text(track::NAME, &format!("task {}", task.lane.name)));
        }
    }

    /// The number of an interpreter's process; those that programs make are shown as processes too.
    fn process(&self, at: usize) -> u64 {
        let interpreter = &self.analysis.recording.interpreters[at];
        u64::from(interpreter.process.max(1)) + ((interpreter.number as u64) << 32)
    }

    fn interpreter(&mut self, at: usize) {
        let recording = self.analysis.recording;
        let interpreter = &recording.interpreters[at];
        let name = match at {
            0 => format!("gilbox {} ({})", recording.program(), interpreter.mode),
            _ => format!("{} ({})", interpreter.title(), interpreter.mode),
        };
        let about = Message::new().number(track::PROCESS_ID, self.process(at)).text(track::PROCESS_NAME, &name);
        let process = of_interpreter(at, PROCESS);
        self.track(&Message::new().number(track::UUID, process).message(track::PROCESS, &about));
        let child = |which: u64, name: &str| {
            let track = Message::new().number(track::UUID, of_interpreter(at, which)).number(track::PARENT, process);
            track.text(track::NAME, name)
        };
        self.track(&child(LOCK, "the lock, by holder"));
        self.track(&child(WAITING, "threads that wait for the lock").message(track::COUNTER, &Message::new()));
    }

    /// Where that was, for an event.
    fn source(&self, place: Place, event: Message) -> Message {
        match self.analysis.recording.codes.get(&place.code) {
            Some(code) => event.message(
                event::SOURCE,
                &Message::new()
                    .text(about::FILE, &code.file)
                    .text(about::FUNCTION, &code.function)
                    .number(about::LINE, u64::from(place.line)),
            ),
            None => event,
        }
    }

    fn threads(&mut self) {
        let analysis = self.analysis;
        let mut hand_overs = HandOvers::of(analysis);
        for (at, lane) in analysis.timeline.all_lanes().enumerate() {
            let track = THREADS + u64::from(lane.thread);
            let name = |id: u32| analysis.recording.thread_name(id);
            for (number, span) in lane.spans.iter().enumerate() {
                let mut begin = Message::new()
                    .number(event::TYPE, event::BEGIN)
                    .number(event::TRACK, track)
                    .text(event::NAME, &doing(span));
                begin = self.source(span.place, begin);
                begin = match (span.doing, span.by, span.awaited) {
                    (Doing::Holds, Some(by), _) => begin.message(event::ANNOTATION, &annotation("from", name(by))),
                    (Doing::Away(_), by, Some((_, _, owner))) => {
                        let owner = owner.map(|id| ("owner", name(id)));
                        let woken = by.map(|id| ("woken by", name(id)));
                        let known = owner.into_iter().chain(woken);
                        known.fold(begin, |begin, (what, who)| begin.message(event::ANNOTATION, &annotation(what, who)))
                    }
                    _ => begin,
                };
                begin = hand_overs.mark(at, number, begin);
                self.event(span.from, &begin);
                self.event(span.to, &Message::new().number(event::TYPE, event::END).number(event::TRACK, track));
            }
        }
    }

    fn lock(&mut self, lock: usize) {
        let timeline = &self.analysis.timeline;
        let track = of_interpreter(lock, LOCK);
        for at in 0..timeline.locks[lock].holds.len() {
            let (thread, span) = timeline.hold(lock, at);
            let begin = Message::new().number(event::TYPE, event::BEGIN).number(event::TRACK, track);
            let begin = begin.text(event::NAME, self.analysis.recording.thread_name(thread));
            let begin = self.source(span.place, begin);
            let (from, to) = (span.from, span.to);
            self.event(from, &begin);
            self.event(to, &Message::new().number(event::TYPE, event::END).number(event::TRACK, track));
        }
    }

    fn waiting(&mut self, lock: usize) {
        let lanes = self.analysis.timeline.lanes.iter().filter(|lane| lane.interpreter == lock);
        let waits = lanes.flat_map(|lane| &lane.spans).filter(|span| span.doing == Doing::Waits);
        let mut changes: Vec<(Ns, i64)> = waits.flat_map(|span| [(span.from, 1), (span.to, -1)]).collect();
        changes.sort_unstable();
        let mut count = 0;
        for (at, change) in changes {
            count += change;
            let track = of_interpreter(lock, WAITING);
            let event = Message::new().number(event::TYPE, event::COUNTER).number(event::TRACK, track);
            self.event(at, &event.number(event::COUNTER_VALUE, count as u64));
        }
    }

    fn marks(&mut self) {
        for entry in &self.analysis.recording.events {
            let Event::Marks(text) = entry.event else { continue };
            let text = self.analysis.recording.texts.get(&text).map_or("", String::as_str);
            let event = Message::new()
                .number(event::TYPE, event::INSTANT)
                .number(event::TRACK, THREADS + u64::from(entry.thread))
                .text(event::NAME, text);
            let event = self.source(entry.place, event);
            self.event(entry.at, &event);
        }
    }
}

fn annotation(name: &str, text: &str) -> Message {
    Message::new().text(about::NAME, name).text(about::TEXT, text)
}

/// What a thread did, as slices are named.
pub fn doing(span: &Span) -> String {
    match (span.doing, span.awaited) {
        (Doing::Holds, _) => "has the lock".to_string(),
        (Doing::Runs, _) => "runs without a lock".to_string(),
        (Doing::Waits, _) => "waits for the lock".to_string(),
        (Doing::Stands, _) => "stopped".to_string(),
        (Doing::Away(_), Some((on, _, _))) => format!("waits for: {}", on.name()),
        (Doing::Away(reason), None) => format!("detached: {}", reason.name()),
        (Doing::Unknown, _) => "not recorded".to_string(),
        (Doing::Steps, _) => "takes a step".to_string(),
        (Doing::Blocks(reason), _) => format!("blocks the loop: {}", reason.name()),
        (Doing::Ready, _) => "ready, waits for the loop".to_string(),
        (Doing::Awaits, _) => "awaits".to_string(),
    }
}

/// The arrows: from each hold to the next, if that is another thread's and got the lock from it.
struct HandOvers {
    /// By lane and span: the arrow that begins there, and the one that ends there.
    arrows: std::collections::HashMap<(usize, usize), (Option<u64>, Option<u64>)>,
}

impl HandOvers {
    fn of(analysis: &Analysis) -> HandOvers {
        let mut arrows = std::collections::HashMap::<_, (Option<u64>, Option<u64>)>::new();
        let timeline = &analysis.timeline;
        let pairs = timeline.locks.iter().flat_map(|lock| lock.holds.windows(2));
        for (number, pair) in pairs.enumerate() {
            let from = timeline.lanes[pair[0].0].thread;
            if timeline.lanes[pair[1].0].spans[pair[1].1].by == Some(from) {
                let id = Some(number as u64 + 1);
                arrows.entry(pair[0]).or_default().0 = id;
                arrows.entry(pair[1]).or_default().1 = id;
            }
        }
        HandOvers { arrows }
    }

    /// Adds the arrows of a span to its event.
    fn mark(&mut self, lane: usize, span: usize, event: Message) -> Message {
        let (from, to) = self.arrows.remove(&(lane, span)).unwrap_or_default();
        let event = from.into_iter().fold(event, |event, id| event.fixed(event::FLOW, id));
        to.into_iter().fold(event, |event, id| event.fixed(event::FLOW_END, id))
    }
}

//! A recording as a trace for Perfetto (<https://ui.perfetto.dev>): track events in its own format.
//!
//! - a lane for the lock, its slices named after the holders
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

/// The tracks that are no threads', by their identifiers.
const PROCESS: u64 = 1;
const LOCK: u64 = 2;
const WAITING: u64 = 3;
/// A thread's track has its number added to this.
const THREADS: u64 = 1000;

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
    writer.lock();
    writer.waiting();
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
        let recording = self.analysis.recording;
        let process = u64::from(recording.header.process.max(1));
        self.packet(Message::new().number(packet::SEQUENCE_FLAGS, packet::STATE_CLEARED));
        let about = Message::new().number(track::PROCESS_ID, process);
        let about =
            about.text(track::PROCESS_NAME, &format!("gilbox {} ({})", recording.program(), recording.header.mode));
        self.track(&Message::new().number(track::UUID, PROCESS).message(track::PROCESS, &about));
        let child = |uuid: u64, name: &str| {
            Message::new().number(track::UUID, uuid).number(track::PARENT, PROCESS).text(track::NAME, name)
        };
        self.track(&child(LOCK, "the lock, by holder"));
        self.track(&child(WAITING, "threads that wait for the lock").message(track::COUNTER, &Message::new()));
        for lane in &self.analysis.timeline.lanes {
            let about = Message::new()
                .number(track::THREAD_PROCESS, process)
                .number(track::THREAD_ID, u64::from(lane.thread))
                .text(track::THREAD_NAME, &lane.name);
            let uuid = THREADS + u64::from(lane.thread);
            let descriptor = Message::new().number(track::UUID, uuid).number(track::PARENT, PROCESS);
            self.track(&descriptor.message(track::THREAD, &about));
        }
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
        for (at, lane) in analysis.timeline.lanes.iter().enumerate() {
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

    fn lock(&mut self) {
        for at in 0..self.analysis.timeline.holds.len() {
            let (thread, span) = self.analysis.timeline.hold(at);
            let begin = Message::new().number(event::TYPE, event::BEGIN).number(event::TRACK, LOCK);
            let begin = begin.text(event::NAME, self.analysis.recording.thread_name(thread));
            let begin = self.source(span.place, begin);
            let (from, to) = (span.from, span.to);
            self.event(from, &begin);
            self.event(to, &Message::new().number(event::TYPE, event::END).number(event::TRACK, LOCK));
        }
    }

    fn waiting(&mut self) {
        let spans = self.analysis.timeline.lanes.iter().flat_map(|lane| &lane.spans);
        let waits = spans.filter(|span| span.doing == Doing::Waits);
        let mut changes: Vec<(Ns, i64)> = waits.flat_map(|span| [(span.from, 1), (span.to, -1)]).collect();
        changes.sort_unstable();
        let mut count = 0;
        for (at, change) in changes {
            count += change;
            let event = Message::new().number(event::TYPE, event::COUNTER).number(event::TRACK, WAITING);
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
        for (number, pair) in timeline.holds.windows(2).enumerate() {
            let from = timeline.lanes[pair[0].0].thread;
            if timeline.hold(number + 1).1.by == Some(from) {
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

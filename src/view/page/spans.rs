//! What the threads did, packed for the page: a few bytes a span.
//!
//! The spans of a lane lie end to end, so that only their lengths are written. What a span is (what, where, how it ended,
//! whose doing it was) repeats itself: there is a table of that, and a span is its length and a row of the table, each a
//! number of seven bits a byte, the lowest first, the highest bit set where more follow; in base 64. `decode.js` reads it.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::gil::events::Event;
use crate::modules::binascii::base64;
use crate::record::analysis::Analysis;
use crate::record::file::Place;
use crate::record::timeline::{Doing, Lane, Release, Span};
use crate::view::perfetto::doing;

use super::Shown;

/// The data of the page's script.
pub fn data(recordings: &[Shown]) -> Value {
    json!({"recordings": recordings.iter().map(recording).collect::<Vec<_>>()})
}

fn recording(shown: &Shown) -> Value {
    let analysis = shown.analysis;
    let packed = Packed::of(analysis);
    let threads = analysis.timeline.lanes.len();
    let lanes = analysis
        .timeline
        .all_lanes()
        .enumerate()
        .map(|(at, lane)| json!({"name": lane.name, "lock": lane.interpreter, "task": at >= threads, "from": lane.from, "to": lane.to, "spans": lane.spans.len()}));
    json!({
        "title": shown.title,
        "end": analysis.recording.end_ns,
        "lanes": lanes.collect::<Vec<_>>(),
        "places": packed.places,
        "kinds": packed.kinds,
        "spans": text(&packed.spans),
        "locks": locks(analysis),
        "marks": marks(analysis),
    })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&base64::encode(bytes, false)).into_owned()
}

fn number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// All that can be said of a span but when it was.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Kind {
    doing: &'static str,
    /// Whether it waits for something of the program's own.
    awaits: bool,
    place: Place,
    /// How the lock was given up, before a wait or at the end of a hold.
    release: &'static str,
    by: Option<u32>,
    owner: Option<u32>,
}

struct Packed {
    spans: Vec<u8>,
    kinds: Vec<Value>,
    places: Vec<Value>,
}

impl Packed {
    fn of(analysis: &Analysis) -> Packed {
        let lanes: HashMap<u32, usize> =
            analysis.timeline.lanes.iter().enumerate().map(|(at, lane)| (lane.thread, at)).collect();
        let rows = rows(analysis.timeline.all_lanes());
        let mut packed = Packed { spans: Vec::new(), kinds: vec![Value::Null; rows.len()], places: Vec::new() };
        let mut places: HashMap<Place, usize> = HashMap::new();
        for span in analysis.timeline.all_lanes().flat_map(|lane| &lane.spans) {
            let row = rows[&kind(span)];
            number(&mut packed.spans, span.ns());
            number(&mut packed.spans, row as u64);
            if !packed.kinds[row].is_null() {
                continue;
            }
            let place = *places.entry(span.place).or_insert_with(|| {
                packed.places.push(place(analysis, span.place));
                packed.places.len() - 1
            });
            let lane = |thread: Option<u32>| thread.and_then(|thread| lanes.get(&thread));
            let kind = kind(span);
            packed.kinds[row] =
                json!([code(span.doing), doing(span), place, kind.release, lane(kind.by), lane(kind.owner)]);
        }
        packed
    }
}

/// A row for each kind of span that there is, the most frequent first, which have the shortest numbers.
fn rows<'a>(lanes: impl Iterator<Item = &'a Lane>) -> HashMap<Kind, usize> {
    let mut counts: HashMap<Kind, (usize, usize)> = HashMap::new();
    for (at, span) in lanes.flat_map(|lane| &lane.spans).enumerate() {
        counts.entry(kind(span)).or_insert((0, at)).0 += 1;
    }
    let mut order: Vec<(Kind, (usize, usize))> = counts.into_iter().collect();
    order.sort_by_key(|(_, (count, first))| (std::cmp::Reverse(*count), *first));
    order.into_iter().enumerate().map(|(row, (kind, _))| (kind, row)).collect()
}

fn kind(span: &Span) -> Kind {
    let release = match span.release {
        Release::None => "",
        Release::Forced => "forced",
        Release::Voluntary(reason) => reason.name(),
    };
    let awaited = span.awaited;
    Kind {
        doing: match (span.doing, awaited) {
            (Doing::Away(_), Some((on, _, _))) => on.name(),
            (Doing::Away(reason), None) => reason.name(),
            (other, _) => NAMES[code(other)],
        },
        awaits: awaited.is_some(),
        place: span.place,
        release,
        by: span.by,
        owner: awaited.and_then(|(_, _, owner)| owner),
    }
}

/// As `decode.js` numbers what a thread does.
const NAMES: [&str; 6] = ["holds", "runs", "waits", "stands", "away", "unknown"];

fn code(doing: Doing) -> usize {
    match doing {
        Doing::Holds => 0,
        Doing::Runs => 1,
        Doing::Waits => 2,
        Doing::Stands => 3,
        Doing::Away(_) => 4,
        Doing::Unknown => 5,
        // A task's: what it is not called is in the text.
        Doing::Steps => 1,
        Doing::Ready => 2,
        Doing::Blocks(_) => 3,
        Doing::Awaits => 4,
    }
}

/// File, line, and both as people read it; null for no place.
fn place(analysis: &Analysis, place: Place) -> Value {
    match analysis.recording.codes.get(&place.code) {
        Some(code) => json!([code.file, place.line, analysis.recording.place_name(place)]),
        None => Value::Null,
    }
}

/// The locks: whose each is, and the lanes that had it, one after the other.
fn locks(analysis: &Analysis) -> Vec<Value> {
    let interpreters = analysis.recording.interpreters.iter().enumerate();
    let locks = interpreters.zip(&analysis.timeline.locks).map(|((at, interpreter), lock)| {
        let mut bytes = Vec::new();
        lock.holds.iter().for_each(|(lane, _)| number(&mut bytes, *lane as u64));
        let name = if at == 0 { String::new() } else { interpreter.title() };
        json!({"name": name, "from": interpreter.born_ns, "to": interpreter.end_ns, "holds": text(&bytes)})
    });
    locks.collect()
}

/// What `gil.mark` said: when, in which lane, what.
fn marks(analysis: &Analysis) -> Vec<Value> {
    let recording = analysis.recording;
    let lane = |thread: u32| analysis.timeline.lanes.iter().position(|lane| lane.thread == thread);
    let marks = recording.events.iter().filter_map(|entry| match entry.event {
        Event::Marks(text) => Some(json!([entry.at, lane(entry.thread), recording.texts.get(&text)])),
        _ => None,
    });
    marks.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_seven_bits_a_byte() {
        let packed = |n| {
            let mut bytes = Vec::new();
            number(&mut bytes, n);
            bytes
        };
        assert_eq!(packed(0), [0]);
        assert_eq!(packed(127), [127]);
        assert_eq!(packed(300), [0xac, 2]);
        assert_eq!(packed(u64::MAX).len(), 10);
    }
}

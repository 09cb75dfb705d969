//! A line of a recording as what it says: [`lines`](super::lines) writes them.

use serde_json::Value;

use crate::gil::events::{Awaited, CodeName, Delay, Event, TaskDoes};
use crate::gil::{Mode, Reason, ThreadId};
use crate::objects::kinds;
use crate::world::Ns;

use super::deadlock::Alarm;
use super::file::{Entry, Place, Unreadable};
use super::lines::{Begins, Header, VERSION};

/// What a line says that is not the first. Moments are nanoseconds since the recording began.
#[derive(Clone, Debug)]
pub enum Line {
    /// Whose the following lines are.
    Of {
        process: u32,
        interpreter: i64,
    },
    /// An interpreter is recorded from now on, or has a new name.
    Begins(Begins),
    Event(Entry),
    /// A thread, or its new name; and when it was registered.
    Thread {
        id: u32,
        name: String,
        born: Ns,
    },
    /// A task, or its new name.
    Task(u32, String),
    Code(u32, CodeName),
    Source {
        file: String,
        text: String,
    },
    Text(u32, String),
    /// The threads of the interpreter wait for each other.
    Alarm(Alarm),
    /// An empty one: a piece begins.
    Nothing,
    Pause(Ns),
    Resume(Ns),
    /// When, and how long the switch interval is from then on.
    Interval(Ns, Ns),
    /// The process lived then.
    Alive(Ns),
    End {
        at: Ns,
        lost: u64,
    },
}

/// The most parts that the line of an event has.
const PARTS: usize = 8;

/// Reads the first line.
pub fn header(line: &[u8]) -> Result<Header, Unreadable> {
    let header: Value = serde_json::from_slice(line).map_err(|_| Unreadable::NoRecording)?;
    if header["gilbox"] != "recording" {
        return Err(Unreadable::NoRecording);
    }
    match header["version"].as_u64() {
        Some(1..=VERSION) => {}
        other => return Err(Unreadable::Version(other.unwrap_or(0))),
    }
    let argv = header["argv"].as_array().into_iter().flatten().filter_map(string).collect();
    Ok(Header {
        mode: string(&header["mode"]).ok_or(Unreadable::Line(1))?,
        interval_ns: header["switch_interval_ns"].as_u64().ok_or(Unreadable::Line(1))?,
        check_interval: number(&header["check_interval"]),
        argv,
        process: number(&header["process"]).unwrap_or(0),
        started_ns: header["started_ns"].as_i64().unwrap_or(0),
        system: string(&header["machine"]["system"]).unwrap_or_default(),
        processors: header["machine"]["processors"].as_u64().unwrap_or(1) as usize,
        gilbox: string(&header["written_by"]).unwrap_or_default(),
    })
}

/// Reads any other line; `None` if it is not as it should be.
pub fn line(text: &[u8]) -> Option<Line> {
    if text.first() == Some(&b'[') {
        return Parts::of(text)?.line();
    }
    if text == b"\n" {
        return Some(Line::Nothing);
    }
    let line: Value = serde_json::from_slice(text).ok()?;
    Some(if let Some(process) = number(&line["of"]) {
        Line::Of { process, interpreter: line["interpreter"].as_i64()? }
    } else if let Some(mode) = string(&line["mode"]) {
        Line::Begins(Begins {
            process: 0,
            interpreter: 0,
            name: string(&line["name"])?,
            mode,
            interval_ns: line["switch_interval_ns"].as_u64()?,
            check_interval: number(&line["check_interval"]),
            at: line["at"].as_u64()?,
        })
    } else if let Some(id) = number(&line["thread"]) {
        Line::Thread { id, name: string(&line["name"])?, born: line["at"].as_u64()? }
    } else if let Some(id) = number(&line["task"]) {
        Line::Task(id, string(&line["name"])?)
    } else if let Some(id) = number(&line["code"]) {
        let (file, function) = (string(&line["file"])?, string(&line["function"])?);
        Line::Code(id, CodeName { file, function, line: number(&line["line"])? })
    } else if let Some(id) = number(&line["text"]) {
        Line::Text(id, string(&line["is"])?)
    } else if let Some(file) = string(&line["source"]) {
        Line::Source { file, text: string(&line["text"])? }
    } else if line.get("deadlock").is_some() {
        Line::Alarm(Alarm::read(&line)?)
    } else {
        Line::End { at: line["end"].as_u64()?, lost: line["lost"].as_u64()? }
    })
}

fn string(value: &Value) -> Option<String> {
    value.as_str().map(String::from)
}

fn number(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|n| n.try_into().ok())
}

/// The line of an event. Almost all lines are, and they consist of numbers and of words of ours, in which nothing is escaped:
/// taken apart here ten times as fast as by a reader of JSON.
struct Parts<'a> {
    parts: [&'a str; PARTS],
    count: usize,
}

impl Parts<'_> {
    fn of(text: &[u8]) -> Option<Parts<'_>> {
        let text = std::str::from_utf8(text).ok()?;
        let inner = text.trim_end().strip_prefix('[')?.strip_suffix(']')?;
        let mut parts = Parts { parts: [""; PARTS], count: 0 };
        for part in inner.split(',') {
            *parts.parts.get_mut(parts.count)? = part.trim();
            parts.count += 1;
        }
        Some(parts)
    }

    fn figure(&self, at: usize) -> Option<u64> {
        self.parts.get(at)?.parse().ok()
    }

    fn id(&self, at: usize) -> Option<u32> {
        self.parts.get(at)?.parse().ok()
    }

    fn word(&self, at: usize) -> Option<&str> {
        self.parts.get(at)?.strip_prefix('"')?.strip_suffix('"')
    }

    fn somebody(&self, at: usize) -> Option<Option<ThreadId>> {
        self.id(at).map(|id| (id != 0).then_some(ThreadId(id)))
    }

    fn line(&self) -> Option<Line> {
        let (at, thread, name) = (self.figure(0)?, self.id(1)?, self.word(2)?);
        let place = Place { code: self.id(3)?, line: self.id(4)? };
        match (thread, name) {
            (0, "pause") => Some(Line::Pause(at)),
            (0, "resume") => Some(Line::Resume(at)),
            (0, "interval") => Some(Line::Interval(at, self.figure(5)?)),
            (0, "alive") => Some(Line::Alive(at)),
            (0, _) => None,
            _ => Some(Line::Event(Entry { at, thread, place, event: self.event(name)? })),
        }
    }

    /// The event of that name, with what belongs to it.
    fn event(&self, name: &str) -> Option<Event> {
        Some(match name {
            "want" => Event::Wants,
            "run" => Event::Runs { locked: self.figure(5)? != 0, from: self.somebody(6)? },
            "stand" => Event::Stands,
            "leave" => Event::Leaves(named(&Reason::ALL, Reason::name, self.word(5)?)?),
            "ask" => Event::Asks(ThreadId(self.id(5)?)),
            "block" => {
                let on = named(&Awaited::ALL, Awaited::name, self.word(5)?)?;
                Event::Blocks { on, object: self.figure(6)?, owner: self.somebody(7)? }
            }
            "wake" => Event::Wakes { who: ThreadId(self.id(5)?), object: self.figure(6)? },
            "object" => {
                let kind = kinds::KINDS.iter().map(|kind| kind.name).find(|kind| Some(*kind) == self.word(7));
                Event::MetObject { waited: self.figure(5)?, object: self.figure(6)?, kind: kind.unwrap_or("object") }
            }
            "collect" => Event::Collects,
            "collected" => Event::Collected,
            "mark" => Event::Marks(self.id(5)?),
            "task" => {
                let does = named(&TaskDoes::ALL, TaskDoes::name, self.word(6)?)?;
                Event::Task { task: self.id(5)?, does }
            }
            "turn" => Event::Turns(self.word(5)?.parse::<Mode>().ok()?),
            "delay" => {
                // The others were not always there.
                let [ran_ns, of_ns] = [6, 7].map(|at| self.figure(at).unwrap_or(0));
                Event::Delayed(Delay { ns: self.figure(5)?, ran_ns, of_ns })
            }
            "end" => Event::Ends,
            "lost" => Event::Lost(self.figure(5)?),
            _ => return None,
        })
    }
}

fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, wanted: &str) -> Option<T> {
    all.iter().copied().find(|one| name(*one) == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lines_writes_is_read_back() {
        let mode = "2.7".parse::<Mode>().expect("a mode");
        let events = [
            Event::Wants,
            Event::Runs { locked: true, from: Some(ThreadId(7)) },
            Event::Runs { locked: false, from: None },
            Event::Stands,
            Event::Leaves(Reason::Io),
            Event::Asks(ThreadId(3)),
            Event::Blocks { on: Awaited::RLock, object: u64::MAX, owner: None },
            Event::Wakes { who: ThreadId(2), object: 5 },
            Event::MetObject { waited: 10, object: 11, kind: kinds::KINDS[0].name },
            Event::Collects,
            Event::Collected,
            Event::Marks(4),
            Event::Turns(mode),
            Event::Task { task: 8, does: TaskDoes::IsCancelled },
            Event::Delayed(Delay { ns: 10, ran_ns: 20, of_ns: 30 }),
            Event::Ends,
            Event::Lost(9),
        ];
        for event in events {
            let mut text = Vec::new();
            let noted = super::super::lane::Noted { at: 0, code: 12, line: 34, event };
            super::super::lines::event(&mut text, 99, 6, &noted);
            let Some(Line::Event(entry)) = line(&text) else { panic!("{}", String::from_utf8_lossy(&text)) };
            assert_eq!((entry.at, entry.thread, entry.place), (99, 6, Place { code: 12, line: 34 }));
            assert_eq!(entry.event, event);
        }
    }

    #[test]
    fn other_lines_are_not_understood() {
        for text in ["[1,2]", "[1,0,\"run\",0,0]", "[1,2,\"fly\",0,0]", "[1,2,\"run\",0,0", "[-1,2,\"want\",0,0]", "{}"]
        {
            assert!(line(text.as_bytes()).is_none(), "{text}");
        }
    }
}

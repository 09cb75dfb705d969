//! A deadlock that ended a program: as a line of its recording, and in words.

use serde_json::{Value, json};

use crate::gil::events::Awaited;
use crate::vm::deadlock::{Deadlock, Sleeper};
use crate::world::Ns;

/// What the alarm has said, and when.
#[derive(Clone, Debug)]
pub struct Alarm {
    pub at: Ns,
    pub deadlock: Deadlock,
}

impl Alarm {
    /// As it is written down; moments are nanoseconds since the recording began.
    pub fn line(&self) -> Value {
        let Deadlock { circle, others, is_dead_end } = &self.deadlock;
        let list = |sleepers: &[Sleeper]| sleepers.iter().map(sleeper).collect::<Vec<_>>();
        json!({"deadlock": self.at, "is_dead_end": is_dead_end, "circle": list(circle), "others": list(others)})
    }

    /// From such a line.
    pub fn read(line: &Value) -> Option<Alarm> {
        let list = |name: &str| line[name].as_array()?.iter().map(read_sleeper).collect::<Option<Vec<_>>>();
        let (circle, others, is_dead_end) = (list("circle")?, list("others")?, line["is_dead_end"].as_bool()?);
        Some(Alarm { at: line["deadlock"].as_u64()?, deadlock: Deadlock { circle, others, is_dead_end } })
    }

    /// Gives all threads the names that they have beside those of other processes.
    pub fn rename(&mut self, title: impl Fn(&str) -> String) {
        let Deadlock { circle, others, .. } = &mut self.deadlock;
        for sleeper in circle.iter_mut().chain(others) {
            sleeper.name = title(&sleeper.name);
            sleeper.owner = sleeper.owner.take().map(|owner| title(&owner));
        }
    }
}

fn sleeper(Sleeper { name, on, owner, place }: &Sleeper) -> Value {
    let at = place.as_ref().map(|(file, line, function)| json!({"file": file, "line": line, "function": function}));
    json!({"thread": name, "for": on.name(), "owner": owner, "at": at})
}

fn read_sleeper(json: &Value) -> Option<Sleeper> {
    let text = |value: &Value| value.as_str().map(String::from);
    let (at, on) = (&json["at"], json["for"].as_str()?);
    let place = match at {
        Value::Null => None,
        at => Some((text(&at["file"])?, at["line"].as_u64()?.try_into().ok()?, text(&at["function"])?)),
    };
    let on = Awaited::ALL.into_iter().find(|awaited| awaited.name() == on)?;
    Some(Sleeper { name: text(&json["thread"])?, on, owner: text(&json["owner"]), place })
}

/// What somebody waits for and where: "Thread-1 (f) waits for a Lock that Thread-2 (f) has, at p.py:6 in f".
pub fn in_words(sleeper: &Sleeper) -> String {
    let Sleeper { name, on, owner, place } = sleeper;
    let what = match (on, owner) {
        (Awaited::Join, Some(owner)) => format!("for the end of {owner}"),
        (Awaited::Join, None) => "for the end of a thread".to_string(),
        (Awaited::Lock | Awaited::RLock, Some(owner)) if owner == name => {
            format!("for {} that it has itself", article(*on))
        }
        (Awaited::Lock | Awaited::RLock, Some(owner)) => format!("for {} that {owner} has", article(*on)),
        (Awaited::Lock | Awaited::RLock, None) => format!("for {} whose taker is no more", article(*on)),
        (Awaited::Queue, _) => "for something in a queue".to_string(),
        (Awaited::Condition, _) => "to be notified".to_string(),
    };
    let at = match place {
        Some((file, line, function)) => format!(", at {file}:{line} in {function}"),
        None => String::new(),
    };
    format!("{name} waits {what}{at}")
}

fn article(on: Awaited) -> &'static str {
    if on == Awaited::RLock { "an RLock" } else { "a Lock" }
}

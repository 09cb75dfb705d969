//! A deadlock that ended a program: as a line of its recording, and in words.

use serde_json::{Value, json};

use crate::gil::events::Awaited;
use crate::vm::deadlock::{Deadlock, Kind, Sleeper};
use crate::world::Ns;

use super::units::{count, duration};

/// More threads that wait besides those of the deadlock are only counted.
const MOST_OTHERS: usize = 3;

/// What the alarm has said, and when.
#[derive(Clone, Debug)]
pub struct Alarm {
    pub at: Ns,
    pub deadlock: Deadlock,
}

impl Alarm {
    /// As it is written down; moments are nanoseconds since the recording began.
    pub fn line(&self) -> Value {
        let Deadlock { chain, others, kind } = &self.deadlock;
        let list = |sleepers: &[Sleeper]| sleepers.iter().map(sleeper).collect::<Vec<_>>();
        json!({"deadlock": self.at, "kind": kind.name(), "chain": list(chain), "others": list(others)})
    }

    /// From such a line.
    pub fn read(line: &Value) -> Option<Alarm> {
        let list = |name: &str| line[name].as_array()?.iter().map(read_sleeper).collect::<Option<Vec<_>>>();
        let (chain, others, name) = (list("chain")?, list("others")?, line["kind"].as_str()?);
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name)?;
        Some(Alarm { at: line["deadlock"].as_u64()?, deadlock: Deadlock { chain, others, kind } })
    }

    /// What the program ended in, and what to try.
    pub fn sentence(&self) -> String {
        let Deadlock { chain, others, kind } = &self.deadlock;
        let in_short = |sleeper: &Sleeper| {
            let mut sleeper = sleeper.clone();
            let place = sleeper.place.as_mut();
            place.into_iter().for_each(|(file, ..)| *file = file.rsplit('/').next().unwrap_or(file).to_string());
            in_words(&sleeper)
        };
        let list = |sleepers: &[Sleeper]| sleepers.iter().map(in_short).collect::<Vec<_>>().join("; ");
        let link = if *kind == Kind::NobodyLeft { "besides them" } else { "because of that" };
        let others = match others.len() {
            0 => String::new(),
            1..=MOST_OTHERS => format!("; and {link} {}", list(others)),
            many => format!("; and {link} {} other threads wait", count(many as u64)),
        };
        let advice = match kind {
            Kind::Circle if chain.len() > 1 => " Take the locks in the same order everywhere, or with a timeout.",
            Kind::Circle | Kind::TakerEnded => "",
            Kind::NobodyLeft => " Nobody was left to wake it: let it know when there is nothing more to come.",
        };
        format!("The program ended in a deadlock, found at {}: {}{others}.{advice}", duration(self.at), list(chain))
    }

    /// Gives all threads the names that they have beside those of other processes.
    pub fn rename(&mut self, title: impl Fn(&str) -> String) {
        let Deadlock { chain, others, .. } = &mut self.deadlock;
        for sleeper in chain.iter_mut().chain(others) {
            sleeper.name = title(&sleeper.name);
            sleeper.owner = sleeper.owner.take().map(|owner| title(&owner));
        }
    }
}

fn sleeper(Sleeper { name, on, owner, call, place }: &Sleeper) -> Value {
    let at = place.as_ref().map(|(file, line, function)| json!({"file": file, "line": line, "function": function}));
    json!({"thread": name, "for": on.name(), "owner": owner, "in": call, "at": at})
}

fn read_sleeper(json: &Value) -> Option<Sleeper> {
    let text = |value: &Value| value.as_str().map(String::from);
    let (at, on) = (&json["at"], json["for"].as_str()?);
    let place = match at {
        Value::Null => None,
        at => Some((text(&at["file"])?, at["line"].as_u64()?.try_into().ok()?, text(&at["function"])?)),
    };
    let on = Awaited::ALL.into_iter().find(|awaited| awaited.name() == on)?;
    Some(Sleeper { name: text(&json["thread"])?, on, owner: text(&json["owner"]), call: text(&json["in"]), place })
}

/// What somebody waits for and where: "Thread-1 (f) waits for a Lock that Thread-2 (f) has, at p.py:6 in f".
pub fn in_words(sleeper: &Sleeper) -> String {
    let Sleeper { name, on, owner, call, place } = sleeper;
    let what = match (on, owner) {
        (Awaited::Join, Some(owner)) => format!("for the end of {owner}"),
        (Awaited::Join, None) => "for the end of a thread".to_string(),
        (Awaited::Lock | Awaited::RLock, Some(owner)) if owner == name => {
            format!("for {} that it has itself", article(*on))
        }
        (Awaited::Lock | Awaited::RLock, Some(owner)) => format!("for {} that {owner} has", article(*on)),
        (Awaited::Lock | Awaited::RLock, None) => format!("for {} whose taker is no more", article(*on)),
        (Awaited::Queue, _) => "for something in a queue".to_string(),
        (Awaited::Condition, _) => match call {
            Some(call) => format!("in {call}"),
            None => "to be notified".to_string(),
        },
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

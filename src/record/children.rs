//! What child processes have counted. Each leaves one line of JSON, when it ends, in a *ledger*: a file without a name
//! that all processes of a program inherit and only append to. The first process reads it for its report. A child that is
//! killed leaves nothing.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use serde_json::Value;

use crate::gil::LockStats;
use crate::vm::recording::Ledger;

use super::Run;

/// A child process and its lock.
#[derive(Clone, Debug)]
pub struct Child {
    pub pid: u32,
    pub name: String,
    /// Times and counts of all its threads together.
    pub wall_ns: u64,
    pub threads: u64,
    pub hold_ns: u64,
    pub run_ns: u64,
    pub wait_ns: u64,
    pub switches: u64,
    pub forced_switches: u64,
    /// All that it has left, for machines.
    json: Value,
}

/// A ledger that nobody has written to.
pub fn ledger() -> io::Result<Ledger> {
    for attempt in 0..1000 {
        // A process of the same number may have died before it took the name away.
        let path = std::env::temp_dir().join(format!("gilbox-children-{}-{attempt}", std::process::id()));
        match OpenOptions::new().read(true).append(true).create_new(true).open(&path) {
            Ok(file) => return std::fs::remove_file(&path).map(|()| of_file(file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("no name is free in the folder for temporary files"))
}

/// One that this process has inherited.
pub fn of_file(file: File) -> Ledger {
    Ledger { file: Arc::new(file), line }
}

fn line(stats: &LockStats, name: &str) -> String {
    let mut object = Run::new(stats, stats.total_ns).to_json();
    object["pid"] = std::process::id().into();
    object["process"] = name.into();
    format!("{object}\n")
}

/// What the children have left, in the order in which they ended.
pub fn read(ledger: &Ledger) -> io::Result<Vec<Child>> {
    let mut bytes = vec![0; ledger.file.metadata()?.len() as usize];
    ledger.file.read_exact_at(&mut bytes, 0)?;
    let text = String::from_utf8_lossy(&bytes);
    let mut children: Vec<Child> = Vec::new();
    // A line that a dying process has not finished says nothing.
    for mut child in text.lines().filter_map(|line| serde_json::from_str(line).ok()).map(Child::of) {
        // The last line of a process counts, under the name that it gave first.
        if let Some(at) = children.iter().position(|known| known.pid == child.pid) {
            child.rename(&children.remove(at).name);
        }
        children.push(child);
    }
    Ok(children)
}

impl Child {
    fn of(json: Value) -> Child {
        let number = |name: &str| json[name].as_u64().unwrap_or(0);
        let threads = json["threads"].as_array().map_or(&[][..], |threads| threads);
        let sum = |name: &str| threads.iter().filter_map(|thread| thread[name].as_u64()).sum();
        Child {
            pid: number("pid") as u32,
            name: json["process"].as_str().unwrap_or_default().to_string(),
            wall_ns: number("wall_ns"),
            threads: threads.len() as u64,
            hold_ns: sum("hold_ns"),
            run_ns: sum("run_ns"),
            wait_ns: sum("wait_ns"),
            switches: number("switches"),
            forced_switches: number("forced_switches"),
            json,
        }
    }

    fn rename(&mut self, name: &str) {
        self.name = name.to_string();
        self.json["process"] = name.into();
    }

    pub fn to_json(&self) -> &Value {
        &self.json
    }
}

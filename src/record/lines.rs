//! What a recording's file consists of: lines of JSON, written here and read by `file`.
//!
//! ```text
//! {"gilbox":"recording","version":2,"figures":"measured","mode":"3.14",…}    the first line
//!
//! {"of":4711,"interpreter":0}                                                whose the following lines are
//! {"name":"","mode":"3.14","switch_interval_ns":5000000,…,"at":0}            it is recorded from now on, or has a new name
//! {"thread":2,"name":"Thread-1 (work)","at":81000}                           a thread, or its new name
//! {"code":3,"file":"turns.py","function":"work","line":4}                    a piece of code
//! {"source":"turns.py","text":"…"}                                           the text of a file
//! {"task":7,"name":"Task-7"}                                                 a task of an event loop, or its new name
//! {"text":1,"is":"phase two"}                                                what `gil.mark` said
//! {"deadlock":1900000,"kind":"circle","chain":[…],"others":[…]}          the alarm that ended the program
//! [81200,2,"run",3,5,1,1]                                                    an event
//! {"end":2000000,"events":51234,"lost":0}                                    its last line
//! ```
//!
//! Several interpreters, each with a lock and threads of its own, may write to one file: those of one process, and those of
//! its child processes. Each writes *pieces*, which begin with an empty line and one that says whose they are. Numbers of
//! threads, of tasks, of code and of texts are the interpreter's own. A line before a piece may be torn: its process was
//! killed as it wrote, and the empty line of the next piece ends it. The interpreter that the recording began with is named by the first line as well.
//!
//! The threads of a deadlock's `circle` wait each for the next one, and the last for the first (or, at a dead end, for a
//! thread that has ended), and because of that `others` wait. Each is `{"thread":"Thread-1 (work)","for":"Lock",
//! "owner":"Thread-2 (work)","at":{"file":"turns.py","line":7,"function":"work"}}`, with `null` for what is not known.
//!
//! An event is: when, in nanoseconds since the recording began; the thread; what; code and line; and what belongs to it.
//!
//! | what | it means | what belongs to it |
//! |---|---|---|
//! | `want` | waits for the lock; who had it was forced | |
//! | `run` | runs | 1 with the lock, 0 without; who had the lock before, or 0 |
//! | `stand` | stands still, the world being stopped | |
//! | `leave` | detaches | the reason |
//! | `ask` | asks for the lock | the holder |
//! | `block` | is about to wait | for what; the object; whose it is, or 0 |
//! | `wake` | ends another thread's wait | whose; the object |
//! | `object` | has waited for an object's lock | how long, in ns; the object; its kind |
//! | `collect`, `collected` | begins to collect, is done | |
//! | `task` | what a task does whose loop the thread runs | the task; `ready`, `steps`, `awaits`, `returns`, … |
//! | `mark` | says where the program is | the text |
//! | `turn` | has changed the lock | to which |
//! | `delay` | could have run, but had no processor | how long, in ns; how long it had one; of how long that is said, up to now |
//! | `end` | is over | |
//! | `lost` | events could not be kept from here on | how many |
//! | `pause`, `resume` | nothing is recorded in between; thread 0 | |
//! | `interval` | the switch interval; thread 0 | in ns |
//! | `alive` | the process lived then; thread 0 | |

use serde_json::{Value, json};

use crate::gil::Mode;
use crate::gil::events::{CodeName, Delay, Event};
use crate::world::Ns;

use super::lane::Noted;

pub use crate::vm::recording::OWN_THREAD;

/// The version of the format.
pub const VERSION: u64 = 2;

/// The first line.
#[derive(Clone, Debug)]
pub struct Header {
    pub mode: String,
    pub interval_ns: Ns,
    pub check_interval: Option<u32>,
    pub argv: Vec<String>,
    pub process: u32,
    /// Wall-clock time of the start, in nanoseconds since 1970.
    pub started_ns: i64,
    pub system: String,
    pub processors: usize,
    pub gilbox: String,
}

impl Header {
    pub fn of_this_machine(mode: Mode, interval_ns: Ns, check_interval: Option<u32>) -> Header {
        Header {
            mode: mode.to_string(),
            interval_ns,
            check_interval,
            argv: Vec::new(),
            process: std::process::id(),
            started_ns: 0,
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            processors: crate::record::processors(),
            gilbox: env!("CARGO_PKG_VERSION").to_string(),
        }
    }

    pub fn line(&self) -> Value {
        json!({
            "gilbox": "recording",
            "version": VERSION,
            "figures": "measured",
            "mode": self.mode,
            "switch_interval_ns": self.interval_ns,
            "check_interval": self.check_interval,
            "argv": self.argv,
            "process": self.process,
            "started_ns": self.started_ns,
            "machine": {"system": self.system, "processors": self.processors},
            "written_by": self.gilbox,
        })
    }
}

/// The lock of an interpreter, as it was when it began to be recorded.
#[derive(Clone, Debug)]
pub struct Begins {
    pub process: u32,
    pub interpreter: i64,
    /// What the program calls the process; nothing where it has not said so.
    pub name: String,
    pub mode: String,
    pub interval_ns: Ns,
    pub check_interval: Option<u32>,
    /// When that was.
    pub at: Ns,
}

impl Begins {
    pub fn line(&self) -> Value {
        json!({
            "name": self.name,
            "mode": self.mode,
            "switch_interval_ns": self.interval_ns,
            "check_interval": self.check_interval,
            "at": self.at,
        })
    }
}

/// Adds the line that says whose the following ones are.
pub fn of(text: &mut Vec<u8>, begins: &Begins) {
    object(text, &json!({"of": begins.process, "interpreter": begins.interpreter}));
}

/// Adds a line to the text.
pub fn object(text: &mut Vec<u8>, line: &Value) {
    text.extend_from_slice(line.to_string().as_bytes());
    text.push(b'\n');
}

pub fn code(text: &mut Vec<u8>, number: u32, name: &CodeName) {
    let CodeName { file, function, line } = name;
    object(text, &json!({"code": number, "file": file, "function": function, "line": line}));
}

/// Adds the line of an event that happened `at` nanoseconds after the start.
pub fn event(text: &mut Vec<u8>, at: Ns, thread: u32, noted: &Noted) {
    let name = match noted.event {
        Event::Wants => "want",
        Event::Runs { .. } => "run",
        Event::Stands => "stand",
        Event::Leaves(_) => "leave",
        Event::Asks(_) => "ask",
        Event::Blocks { .. } => "block",
        Event::Wakes { .. } => "wake",
        Event::MetObject { .. } => "object",
        Event::Collects => "collect",
        Event::Collected => "collected",
        Event::Marks(_) => "mark",
        Event::Turns(_) => "turn",
        Event::Task { .. } => "task",
        Event::Delayed(_) => "delay",
        Event::Ends => "end",
        Event::Lost(_) => "lost",
    };
    begin(text, at, thread, name, noted.code, noted.line);
    match noted.event {
        Event::Runs { locked, from } => numbers(text, &[u64::from(locked), u64::from(from.map_or(0, |id| id.0))]),
        Event::Leaves(reason) => word(text, reason.name()),
        Event::Asks(holder) => numbers(text, &[u64::from(holder.0)]),
        Event::Blocks { on, object, owner } => {
            word(text, on.name());
            numbers(text, &[object, u64::from(owner.map_or(0, |id| id.0))]);
        }
        Event::Wakes { who, object } => numbers(text, &[u64::from(who.0), object]),
        Event::MetObject { waited, object, kind } => {
            numbers(text, &[waited, object]);
            word(text, kind);
        }
        Event::Marks(number) => numbers(text, &[u64::from(number)]),
        Event::Turns(mode) => word(text, &mode.to_string()),
        Event::Task { task, does } => {
            numbers(text, &[u64::from(task)]);
            word(text, does.name());
        }
        Event::Delayed(Delay { ns, ran_ns, of_ns }) => numbers(text, &[ns, ran_ns, of_ns]),
        Event::Lost(figure) => numbers(text, &[figure]),
        Event::Wants | Event::Stands | Event::Collects | Event::Collected | Event::Ends => {}
    }
    text.extend_from_slice(b"]\n");
}

/// Adds a line about the recording itself.
pub fn of_nobody(text: &mut Vec<u8>, at: Ns, name: &str, figures: &[u64]) {
    begin(text, at, 0, name, 0, 0);
    numbers(text, figures);
    text.extend_from_slice(b"]\n");
}

fn begin(text: &mut Vec<u8>, at: Ns, thread: u32, name: &str, code: u32, line: u32) {
    text.push(b'[');
    digits(text, at);
    numbers(text, &[u64::from(thread)]);
    word(text, name);
    numbers(text, &[u64::from(code), u64::from(line)]);
}

fn numbers(text: &mut Vec<u8>, figures: &[u64]) {
    for figure in figures {
        text.push(b',');
        digits(text, *figure);
    }
}

/// A word of ours: nothing in it needs to be escaped.
fn word(text: &mut Vec<u8>, word: &str) {
    text.extend_from_slice(b",\"");
    text.extend_from_slice(word.as_bytes());
    text.push(b'"');
}

/// The digits of a number: this is most of what a recording writes, and `fmt` takes three times as long.
fn digits(text: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    text.extend_from_slice(&digits[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_everybody_writes_them() {
        for number in [0, 7, 10, 99, 100, 1_234_567, u64::MAX] {
            let mut text = Vec::new();
            digits(&mut text, number);
            assert_eq!(String::from_utf8_lossy(&text), number.to_string());
        }
    }
}

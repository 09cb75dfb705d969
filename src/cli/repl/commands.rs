//! Commands at the prompt, in IPython's manner: a line that begins with `%`.

use std::process::Command as Process;

use crate::cli::options::parse_duration;
use crate::gil::Mode as Lock;
use crate::heap::Value;
use crate::objects::exception::{self, Exc};
use crate::objects::tuple::Tuple;
use crate::record::units;
use crate::vm::source::{self, Mode, Text};
use crate::vm::thread::Reason;
use crate::vm::{Raised, Thread, import, ops, report};

use super::Session;

/// How often a statement is timed.
const ROUNDS: usize = 5;

pub struct Command {
    pub name: &'static str,
    takes: &'static str,
    does: &'static str,
    act: fn(&mut Session<'_>, &str) -> Done,
}

pub enum Fault {
    Raised(Raised),
    /// What is wrong with what was typed.
    Typed(String),
}

impl From<Raised> for Fault {
    fn from(raised: Raised) -> Fault {
        Fault::Raised(raised)
    }
}

type Done = Result<(), Fault>;

pub static COMMANDS: &[Command] = &[
    command("gil", "[POLICY]", "show or switch the lock: 3.14 3.9 2.7 fair priority off on", gil),
    command("interval", "[TIME]", "show or set the switch interval: 1ms", interval),
    command("time", "STATEMENT", "run it once: its time, and what it did to the lock", time),
    command("timeit", "STATEMENT", "run it often: the time of one run", timeit),
    command("compare", "STATEMENT|FILE", "time it with the lock on and off; FILE.py: gilbox compare", compare),
    command("report", "", "who held the lock and who waited so far", |session, _| {
        let gil = session.import("gil")?;
        session.th.call_method(gil, session.th.intern("report"), &[])?;
        Ok(())
    }),
    command("watch", "FILE [ARGUMENT…]", "a program's threads and the lock, live (gilbox watch)", |session, rest| {
        session.gilbox("watch", rest)
    }),
    command("dis", "NAME|STATEMENT", "its bytecode, and where the lock can change hands", dis),
    command("run", "FILE [ARGUMENT…]", "run a program here; its names stay", run),
    command("who", "", "the names defined here, and their types", who),
    command("help", "", "these commands", |session, _| session.say(&list())),
];

const fn command(
    name: &'static str,
    takes: &'static str,
    does: &'static str,
    act: fn(&mut Session<'_>, &str) -> Done,
) -> Command {
    Command { name, takes, does, act }
}

fn list() -> String {
    let line = |c: &Command| format!("{:21} {}\n", format!("%{} {}", c.name, c.takes), c.does);
    COMMANDS.iter().map(line).collect()
}

/// What may follow the name of a command, where that is a few words.
pub fn arguments(name: &str) -> &'static [&'static str] {
    if name == "gil" { &["3.14", "3.9", "2.7", "fair", "priority", "off", "on"] } else { &[] }
}

/// Whether a program may follow the name of a command.
pub fn takes_file(name: &str) -> bool {
    COMMANDS.iter().any(|command| command.name == name && command.takes.contains("FILE"))
}

/// Whether a line of the text is one of these commands.
pub fn has_command(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let mut names = text.lines().filter_map(|line| line.strip_prefix('%')?.split_whitespace().next());
    names.any(|name| COMMANDS.iter().any(|command| command.name == name))
}

impl Session<'_> {
    /// Obeys a line without its `%`.
    pub fn obey(&mut self, line: &str) -> Result<(), Raised> {
        let (name, rest) = line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
        let done = match COMMANDS.iter().find(|command| command.name == name) {
            Some(command) => (command.act)(self, rest.trim()),
            None if name.is_empty() => self.say(&list()),
            None => Err(Fault::Typed("there is no such command; %help lists them".to_string())),
        };
        match done {
            Ok(()) => Ok(()),
            Err(Fault::Raised(raised)) => Err(raised),
            Err(Fault::Typed(wrong)) => {
                report::write_stderr(self.th, &format!("%{name}: {wrong}\n"));
                Ok(())
            }
        }
    }

    /// Writes to the program's `sys.stdout`.
    fn say(&self, text: &str) -> Done {
        let th = self.th;
        if let Some(stdout) = import::sys_attribute(th, th.vm().names.stdout) {
            th.call_method(stdout, th.vm().names.write, &[th.str(text)])?;
        }
        Ok(())
    }

    fn import(&self, name: &str) -> Result<Value, Raised> {
        import::import_by_name(self.th, self.th.intern(name))
    }

    /// Runs another gilbox on this terminal.
    fn gilbox(&self, command: &str, rest: &str) -> Done {
        if rest.is_empty() {
            return Err(Fault::Typed("which FILE?".to_string()));
        }
        let run = || Process::new(std::env::current_exe()?).arg(command).args(rest.split_whitespace()).status();
        match self.th.detached(Reason::Io, run) {
            Ok(_) => Ok(()),
            Err(error) => Err(Fault::Typed(error.to_string())),
        }
    }

    fn statement_wanted(&self, text: &str) -> Done {
        if text.is_empty() { Err(Fault::Typed("which STATEMENT?".to_string())) } else { Ok(()) }
    }

    fn timer(&self, statement: &str) -> Result<Timer<'_>, Fault> {
        self.statement_wanted(statement)?;
        let th = self.th;
        // What is wrong with it shows as what it is, and not as something within the timer.
        source::compile(th, Text::Str(statement), "<string>", Mode::Module, source::default_options(th))?;
        let class = ops::get_attr(th, self.import("timeit")?, th.intern("Timer"))?;
        let arguments = [th.str(statement), self.namespace.value()];
        let timer = th.call_keywords(class, &arguments, &[th.str("globals")])?;
        let mut timer = Timer { th, timer, number: 1 };
        let found = th.call_method(timer.timer, th.intern("autorange"), &[])?;
        if let Some(number) = found.downcast::<Tuple>().and_then(|found| found.items().first().copied()) {
            timer.number = ops::index_i64(th, number)?.max(1) as u64;
        }
        Ok(timer)
    }
}

/// A statement that is run `number` times in a round.
struct Timer<'t> {
    th: &'t Thread,
    timer: Value,
    number: u64,
}

impl Timer<'_> {
    /// Nanoseconds of one run, on the average of a round.
    fn round(&self) -> Result<f64, Raised> {
        let (th, number) = (self.th, self.number);
        let seconds = th.call_method(self.timer, th.intern("timeit"), &[th.int(number as i64)])?;
        Ok(ops::float(th, seconds)? * 1e9 / number as f64)
    }
}

/// A time that may be shorter than a few nanoseconds.
fn shown(ns: f64) -> String {
    if ns < 1000.0 { format!("{ns:.1} ns") } else { units::duration(ns as u64) }
}

/// Median and range of times, sorted by this.
fn spread(times: &mut [f64]) -> (f64, String) {
    times.sort_by(f64::total_cmp);
    let (first, last) = (times[0], times[times.len() - 1]);
    (times[times.len() / 2], format!("{} – {}", shown(first), shown(last)))
}

/// The lock, as the prompt and the commands show it.
pub fn lock(th: &Thread) -> String {
    let (mode, interval) = (th.vm().gil().mode(), th.vm().gil().interval());
    match mode.policy.has_lock() {
        true => format!("lock {mode}, switch interval {}", units::duration(interval)),
        false => "no lock".to_string(),
    }
}

fn gil(session: &mut Session<'_>, policy: &str) -> Done {
    let th = session.th;
    match policy {
        "" => {}
        "on" => {
            let gil = session.import("gil")?;
            th.call_method(gil, th.intern("enable"), &[])?;
        }
        name => th.set_mode(name.parse::<Lock>().map_err(|error| Fault::Typed(error.to_string()))?),
    }
    session.say(&format!("{}\n", lock(th)))
}

fn interval(session: &mut Session<'_>, time: &str) -> Done {
    if !time.is_empty() {
        let ns = parse_duration(time).map_err(Fault::Typed)?;
        session.th.vm().gil().set_interval(ns);
    }
    session.say(&format!("{}\n", lock(session.th)))
}

fn time(session: &mut Session<'_>, statement: &str) -> Done {
    session.statement_wanted(statement)?;
    let th = session.th;
    let (clock, gil) = (th.vm().world().clock, th.vm().gil());
    let (before, cpu) = (gil.stats(), clock.process_cpu());
    let done = session.run(statement, "<string>", Mode::Single);
    let (cpu, after) = (clock.process_cpu() - cpu, gil.stats());
    session.say(&format!(
        "wall time {}, processor time {}; lock held {}, waited for {}, {} switches ({})\n",
        units::duration(after.total_ns - before.total_ns),
        units::duration(cpu),
        units::duration(after.busy_ns() - before.busy_ns()),
        units::duration(after.wait_ns() - before.wait_ns()),
        units::count(after.switches() - before.switches()),
        lock(th),
    ))?;
    Ok(done?)
}

fn timeit(session: &mut Session<'_>, statement: &str) -> Done {
    let timer = session.timer(statement)?;
    let mut times = (0..ROUNDS).map(|_| timer.round()).collect::<Result<Vec<f64>, Raised>>()?;
    let (median, range) = spread(&mut times);
    let (each, loops) = (shown(median), units::count(timer.number));
    session.say(&format!("{each} each (median of {ROUNDS} rounds of {loops}; {range}; {})\n", lock(session.th)))
}

fn compare(session: &mut Session<'_>, statement: &str) -> Done {
    if statement.split_whitespace().next().is_some_and(|file| file.ends_with(".py")) {
        return session.gilbox("compare", statement);
    }
    let th = session.th;
    let timer = session.timer(statement)?;
    let former = th.vm().gil().mode();
    let on = if former.policy.has_lock() { former } else { Lock::default() };
    let mut times = [Vec::new(), Vec::new()];
    let measured = (0..ROUNDS).try_for_each(|_| {
        [on, Lock::off()].into_iter().zip(&mut times).try_for_each(|(mode, times)| {
            th.set_mode(mode);
            timer.round().map(|ns| times.push(ns))
        })
    });
    th.set_mode(former);
    measured?;
    let [(locked, locked_range), (free, free_range)] = times.each_mut().map(|times| spread(times));
    let verdict = match locked / free {
        // What is shown as 1.00 is no slower.
        ratio if ratio > 0.995 => format!("without the lock {ratio:.2} times as fast"),
        ratio => format!("without the lock {:.2} times as slow", 1.0 / ratio),
    };
    session.say(&format!(
        "lock {on:9} {:>10}   ({locked_range})\nlock off       {:>10}   ({free_range})\n{verdict} \
         (medians of {ROUNDS} rounds of {}, in turns)\n",
        shown(locked),
        shown(free),
        units::count(timer.number),
    ))
}

fn dis(session: &mut Session<'_>, text: &str) -> Done {
    session.statement_wanted(text)?;
    let th = session.th;
    let is_name = text.split('.').all(|part| part.starts_with(|c: char| c.is_alphabetic() || c == '_'))
        && text.chars().all(|c| c.is_alphanumeric() || "_.".contains(c));
    let subject = if is_name {
        let code = source::compile(th, Text::Str(text), "<string>", Mode::Eval, source::default_options(th))?;
        th.run_code(code, session.namespace, Value::EMPTY, None)?
    } else {
        th.str(text)
    };
    let dis = session.import("dis")?;
    th.call_method(dis, th.intern("dis"), &[subject])?;
    Ok(())
}

fn run(session: &mut Session<'_>, line: &str) -> Done {
    let th = session.th;
    let words: Vec<&str> = line.split_whitespace().collect();
    let Some(file) = words.first() else { return Err(Fault::Typed("which FILE?".to_string())) };
    let text = th.detached(Reason::Io, || std::fs::read(file));
    let text =
        text.map_err(|error| Fault::Typed(format!("can't open file '{file}': {}", crate::cli::reason(&error))))?;
    th.vm().sources.add_file(file);
    let (sys, argv) = (session.import("sys")?, th.intern("argv"));
    let former = ops::get_attr(th, sys, argv)?;
    let words: Vec<Value> = words.iter().map(|word| th.str(word)).collect();
    ops::set_attr(th, sys, argv, th.list(&words))?;
    let code = source::compile(th, Text::Bytes(&text), file, Mode::Module, source::default_options(th));
    let done = code.and_then(|code| th.run_code(code, session.namespace, Value::EMPTY, None));
    ops::set_attr(th, sys, argv, former)?;
    if let Err(raised) = done {
        let exception = th.take_exception(raised);
        if !exception::is_instance(th, exception, Exc::SystemExit) {
            return Err(Fault::Raised(th.raise_object(exception)));
        }
        // The program is at its end, the prompt is not.
        report::print_exception(th, exception);
    }
    Ok(())
}

fn who(session: &mut Session<'_>, _: &str) -> Done {
    let th = session.th;
    let mut lines = String::new();
    for (_, key, value) in session.namespace.live_entries() {
        let Some(name) = key.as_str_cell().map(|name| name.to_text()) else { continue };
        if !name.starts_with('_') && name != "gil" {
            lines.push_str(&format!("{name:20} {}\n", th.type_name(value)));
        }
    }
    session.say(if lines.is_empty() { "nothing yet\n" } else { &lines })
}

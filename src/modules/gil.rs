//! `gil`: the lock seen, and switched, from a program.

use std::sync::Arc;

use crate::gil::events::Event;
use crate::gil::{Figures, LockStats, Mode, Reason, ThreadStats};
use crate::heap::Value;
use crate::modules::ModuleDef;
use crate::modules::io::path;
use crate::objects::dict::Dict;
use crate::objects::exception;
use crate::vm::family::MAIN;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::recording::{Recorder, Started};
use crate::vm::{Thread, import, ops};

pub static GIL: ModuleDef = ModuleDef {
    functions: FUNCTIONS,
    ..ModuleDef::new(
        "gil",
        "The global interpreter lock of this interpreter: who held it, who waited, and the switch.\n\n\
         gil.report()        print who held the lock and who waited so far, as --report does at the end\n\
         gil.stats()         the same figures as a dict; times are in nanoseconds\n\
         gil.policy()        the lock's policy\n\
         gil.enable('2.7')   go on under another policy: '3.14', '3.9', '2.7', 'fair' or 'priority'\n\
         gil.disable()       go on without a lock, the threads in parallel\n\
         gil.enabled()       whether there is a lock\n\
         gil.start('x.gil')  record to a file what happens to the lock; without a name: go on recording\n\
         gil.stop()          stop recording\n\
         gil.mark('phase 2') say in the recording where the program is\n\n\
         sys.setswitchinterval(seconds) sets how long a thread waits before it asks for the lock.",
    )
};

const FUNCTIONS: &[NativeDef] = &[
    native("enabled", "()", "Return whether there is a lock.", |th, _| {
        Ok(Value::bool(th.vm().gil().mode().policy.has_lock()))
    }),
    native(
        "policy",
        "()",
        "Return the name of the lock's policy: '3.14', '3.9', '2.7', 'fair', 'priority' or 'off'.",
        |th, _| Ok(th.str(&th.vm().gil().mode().to_string())),
    ),
    native(
        "enable",
        "(policy=None, /)",
        "Switch the lock on, while the program runs: under the named policy, by default the one it had, or 3.14.",
        |th, args| {
            let mode = match args[0].as_str_cell() {
                Some(name) => parse(th, &name.to_text())?,
                None if args[0].is_empty() || args[0].is_none() => {
                    let now = th.vm().gil().mode();
                    let started = th.vm().options.mode;
                    match (now.policy.has_lock(), started.policy.has_lock()) {
                        (true, _) => now,
                        (false, true) => started,
                        (false, false) => Mode::default(),
                    }
                }
                None => {
                    return Err(th.type_error(format_args!(
                        "enable() argument must be str or None, not {}",
                        th.type_name(args[0])
                    )));
                }
            };
            th.set_mode(mode);
            Ok(Value::NONE)
        },
    ),
    native("disable", "()", "Switch the lock off, while the program runs: the threads run in parallel.", |th, _| {
        th.set_mode(Mode::off());
        Ok(Value::NONE)
    }),
    native(
        "report",
        "()",
        "Print to sys.stdout who held the lock and who waited since the interpreter was started.",
        |th, _| {
            let Some(reporter) = th.vm().options.reporter else {
                return Err(th.runtime_error("this interpreter was started without reports"));
            };
            let stats = th.vm().gil().stats();
            let text = th.str(&reporter(&stats));
            let Some(stdout) = import::sys_attribute(th, th.vm().names.stdout) else { return Ok(Value::NONE) };
            th.call_method(stdout, th.vm().names.write, &[text])?;
            Ok(Value::NONE)
        },
    ),
    native(
        "start",
        "(file=None, /)",
        "Record to a file from now on what happens to the lock; without a file, go on with the recording that was stopped.",
        start,
    ),
    native("stop", "()", "Stop recording; return whether anything was being recorded.", |th, _| {
        let Some(recorder) = recorder(th) else { return Ok(Value::FALSE) };
        let vm = th.vm_arc().clone();
        Ok(Value::bool(th.detached(Reason::Io, move || recorder.stop(&vm))))
    }),
    native("mark", "(text, /)", "Say in the recording where the program is, for whoever looks at it.", |th, args| {
        let text = ops::str(th, args[0])?.to_text();
        if let (true, Some(recorder)) = (th.is_recorded(), &th.vm().options.recorder) {
            th.tell(Event::Marks(recorder.text(th.vm(), &text)));
        }
        Ok(Value::NONE)
    }),
    native("stats", "()", "Return what the lock has counted, of itself and of each thread, as a dict.", |th, _| {
        stats(th)
    }),
];

/// Who records: the main interpreter's, for all of the process.
fn recorder(th: &Thread) -> Option<Arc<dyn Recorder>> {
    th.vm().options.recorder.clone().filter(|_| th.vm().id == MAIN)
}

fn start(th: &Thread, args: &[Value]) -> Result {
    let Some(recorder) = recorder(th) else {
        return Err(th.runtime_error("only the main interpreter begins and ends recordings"));
    };
    let already = || th.runtime_error("a recording is being made already");
    if th.is_recorded() && !recorder.is_unknown() {
        return Err(already());
    }
    let file = match args[0] {
        none if none.is_empty() || none.is_none() => None,
        name => {
            let argument = path::path(th, name, path::Asked::path("start"))?;
            let (gate, place) = (th.vm().gate(), &argument.path);
            let flags = libc::O_WRONLY | libc::O_CREAT | libc::O_TRUNC;
            let file = th.detached(Reason::Io, || gate.open_for_us(place, flags, 0o666));
            let file = file.map_err(|refused| exception::raise_refused(th, &refused, &[argument.shown]))?;
            Some((file, argument.path.to_string_lossy().into_owned()))
        }
    };
    match recorder.start(th.vm_arc(), file) {
        Ok(Started::Yes) => Ok(Value::NONE),
        Ok(Started::Already) => Err(already()),
        Ok(Started::Nowhere) => {
            Err(th.runtime_error("no recording to go on with: gil.start(file), or gilbox run --record FILE"))
        }
        Err(error) => Err(exception::raise_os_error(th, &error, None)),
    }
}

fn parse(th: &Thread, name: &str) -> Result<Mode> {
    name.parse::<Mode>().map_err(|error| th.value_error(error.to_string()))
}

fn stats(th: &Thread) -> Result {
    let stats: LockStats = th.vm().gil().stats();
    let dict = Dict::new(th);
    let int = |i: u64| th.int(i as i64);
    let threads: Vec<Value> = stats.threads.iter().map(|t| thread(th, t)).collect();
    for (name, value) in [
        ("policy", th.str(&stats.mode.to_string())),
        ("enabled", Value::bool(stats.mode.policy.has_lock())),
        ("interval_ns", int(stats.interval_ns)),
        ("total_ns", int(stats.total_ns)),
        ("busy_ns", int(stats.busy_ns())),
        ("wait_ns", int(stats.wait_ns())),
        ("busy_ratio", Value::float(stats.busy_ratio())),
        ("contention_ratio", Value::float(stats.contention_ratio())),
        ("switches", int(stats.switches())),
        ("forced_switches", int(stats.forced_switches())),
        ("voluntary_switches", int(stats.voluntary_switches())),
        ("world_stops", int(stats.stops)),
        ("threads", th.list(&threads)),
    ] {
        dict.set_str(th, th.intern(name), value);
    }
    Ok(dict.value())
}

fn thread(th: &Thread, stats: &ThreadStats) -> Value {
    let figures: &Figures = &stats.figures;
    let dict = Dict::new(th);
    let int = |i: u64| th.int(i as i64);
    let by_reason = |counts: [u64; Reason::COUNT]| {
        let dict = Dict::new(th);
        for (reason, count) in Reason::ALL.iter().zip(counts) {
            if count > 0 {
                dict.set_str(th, th.intern(reason.name()), int(count));
            }
        }
        dict.value()
    };
    for (name, value) in [
        ("name", th.str(&stats.name)),
        ("alive", Value::bool(stats.alive)),
        ("hold_ns", int(figures.hold_ns)),
        ("run_ns", int(figures.run_ns)),
        ("wait_ns", int(figures.wait_ns)),
        ("waits", int(figures.waits)),
        ("longest_wait_ns", int(figures.longest_wait_ns)),
        ("forced_switches", int(figures.forced_switches)),
        ("voluntary_switches", int(figures.voluntary_switches())),
        ("voluntary_switches_by_reason", by_reason(figures.voluntary_switches)),
        ("voluntary_releases_by_reason", by_reason(figures.voluntary_releases)),
        ("drop_requests_sent", int(figures.requests_sent)),
        ("drop_requests_received", int(figures.requests_received)),
        ("object_lock_waits", int(figures.object_waits)),
        ("object_lock_wait_ns", int(figures.object_wait_ns)),
        ("contention_ratio", Value::float(figures.contention_ratio())),
    ] {
        dict.set_str(th, th.intern(name), value);
    }
    dict.value()
}

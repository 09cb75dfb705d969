//! Recordings: what is in the file, and that a file is left whatever ends the program.

mod support;

use std::fs;
use std::io::{BufRead, BufReader};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use serde_json::Value;

use support::{Folder, gilbox, text};

/// Every way in which the lock works differently.
const MODES: [&str; 6] = ["3.14", "3.9", "2.7", "fair", "priority", "off"];

/// Three threads that compute, meet at a lock, and sleep.
const MEETING: &str = "\
import threading, time, gil
lock = threading.Lock()
def work():
    for i in range(20000): pass
    with lock:
        time.sleep(0.01)
threads = [threading.Thread(target=work, name=f'worker {n}') for n in range(3)]
for thread in threads: thread.start()
gil.mark('all started')
for thread in threads: thread.join()
";

/// A file that is not there yet; alone in its folder, which goes with the value.
struct Place {
    path: PathBuf,
    _folder: Folder,
}

impl Deref for Place {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.path
    }
}

fn place(name: &str) -> Place {
    let folder = Folder::new(name);
    Place { path: folder.join("run.gil"), _folder: folder }
}

/// The lines of a recording, each of them whole; empty ones lie between its pieces.
fn lines(place: &Path) -> Vec<Value> {
    let content = fs::read_to_string(place).expect("a recording");
    let lines = content.lines().filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

fn run(arguments: &[&str]) -> Output {
    gilbox().args(arguments).output().expect("gilbox runs")
}

fn record(name: &str, arguments: &[&str]) -> (Place, Output) {
    let place = place(name);
    let done = gilbox().arg("run").arg("--record").arg(&*place).args(arguments).output().expect("gilbox runs");
    (place, done)
}

/// How many events are of that kind.
fn count(lines: &[Value], kind: &str) -> usize {
    lines.iter().filter(|line| line[2] == kind).count()
}

#[test]
fn a_recording_tells_who_ran_and_waited_where() {
    for mode in MODES {
        let (place, done) = record(&format!("meeting-{mode}"), &["--gil", mode, "-c", MEETING]);
        assert!(done.status.success(), "{mode}: {}", text(&done.stderr));
        let lines = lines(&place);
        let (first, last) = (&lines[0], &lines[lines.len() - 1]);
        assert_eq!((&first["gilbox"], &first["figures"]), (&"recording".into(), &"measured".into()));
        assert_eq!((&first["mode"], &first["argv"][0]), (&mode.into(), &"-c".into()));
        let events = lines.iter().filter(|l| l.is_array() && l[1] != 0).count() as u64;
        assert_eq!((&last["events"], &last["lost"]), (&events.into(), &0.into()), "{mode}");
        for name in ["MainThread", "worker 0", "worker 1", "worker 2"] {
            assert!(lines.iter().any(|l| l["name"] == name), "{mode}: no {name}");
        }
        let work = lines.iter().find(|l| l["function"] == "work").expect("work() waited somewhere");
        let slept = lines.iter().filter(|l| l[2] == "leave" && l[5] == "sleep").collect::<Vec<_>>();
        assert_eq!(slept.len(), 3, "{mode}");
        assert!(slept.iter().all(|l| l[3] == work["code"] && l[4] == 6), "{mode}: {slept:?}");
        assert_eq!(count(&lines, "mark"), 1);
        assert!(lines.iter().any(|l| l["is"] == "all started"));
        assert_eq!(count(&lines, "end"), 3, "{mode}: each worker ends");
        let joined = lines.iter().filter(|l| l[2] == "block" && l[5] == "join").count();
        assert!(joined >= 1, "{mode}: main waits for a worker");
        let locked = |l: &&Value| l[2] == "run" && l[5] == 1;
        assert_eq!(lines.iter().any(|l| locked(&l)), mode != "off");
    }
}

#[test]
fn who_blocks_and_who_wakes_name_the_same_object() {
    let (place, _) = record("woken", &["-c", MEETING]);
    let lines = lines(&place);
    let work = lines.iter().find(|l| l["function"] == "work").expect("work() waited somewhere");
    let blocked: Vec<&Value> = lines.iter().filter(|l| l[2] == "block" && l[3] == work["code"] && l[4] == 5).collect();
    assert!(!blocked.is_empty(), "nobody met at the lock");
    for blocked in blocked {
        let woken = lines.iter().find(|l| l[2] == "wake" && l[5] == blocked[1] && l[6] == blocked[6]);
        let woken = woken.unwrap_or_else(|| panic!("nobody woke {blocked}"));
        assert_ne!(blocked[7], 0, "whose lock it was is not known");
        assert_ne!(woken[1], blocked[1]);
    }
}

#[test]
fn a_program_records_what_it_wants_to() {
    let place = place("parts");
    let path = &*place;
    let source = format!(
        "import gil, time\n\
         def nap(): time.sleep(0.001)\n\
         nap()\n\
         gil.start({path:?})\n\
         try: gil.start({path:?})\n\
         except RuntimeError as error: print(error)\n\
         nap(); nap()\n\
         print(gil.stop(), gil.stop())\n\
         nap()\n\
         gil.start()\n\
         nap()\n"
    );
    let done = run(&["--allow-write", "-c", &source]);
    assert_eq!(text(&done.stdout), "a recording is being made already\nTrue False\n", "{}", text(&done.stderr));
    let lines = lines(&place);
    assert_eq!(lines.iter().filter(|l| l[2] == "leave" && l[5] == "sleep").count(), 3);
    assert_eq!((count(&lines, "pause"), count(&lines, "resume")), (2, 1));
}

#[test]
fn threads_that_ended_before_are_not_in_a_recording() {
    let (first, second) = (place("first"), place("second"));
    let source = format!(
        "import gil, threading\n\
         def go(name):\n\
         \x20   thread = threading.Thread(target=sum, args=([1],), name=name)\n\
         \x20   thread.start()\n\
         \x20   thread.join()\n\
         gil.start({:?}); go('one'); gil.stop(); go('two'); gil.start(); gil.stop()\n\
         gil.start({:?}); go('three'); __import__('time').sleep(0.01); gil.stop()\n",
        &*first, &*second
    );
    let done = run(&["--allow-write", "-c", &source]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    let names = |place: &Path| -> Vec<String> {
        let threads = report(place)["threads"].as_array().cloned().unwrap_or_default();
        threads.iter().map(|thread| thread["name"].as_str().unwrap_or_default().to_string()).collect()
    };
    assert_eq!(names(&first), ["MainThread", "one"]);
    assert_eq!(names(&second), ["MainThread", "three"]);
    // The end of the first recording is not that of the second.
    let slept = lines(&second).iter().filter(|line| line[2] == "leave" && line[5] == "sleep").count();
    assert_eq!((slept, count(&lines(&second), "end")), (1, 1));
}

#[test]
fn a_program_that_sleeps_under_the_lock_is_not_taken_for_one_without() {
    let (place, _) = record("asleep", &["-c", "import time; time.sleep(0.5)"]);
    let done = gilbox().arg("report").arg(&*place).output().expect("gilbox runs");
    let shown = text(&done.stdout);
    assert!(shown.contains("lock busy") && shown.contains("has the lock"), "{shown}");
}

#[test]
fn without_a_file_there_is_nothing_to_go_on_with() {
    let source = "import gil\ngil.mark('nobody hears it')\nprint(gil.stop())\ngil.start()";
    let done = run(&["-c", source]);
    assert_eq!(text(&done.stdout), "False\n");
    assert!(
        text(&done.stderr)
            .ends_with("RuntimeError: no recording to go on with: gil.start(file), or gilbox run --record FILE\n")
    );
    let done = run(&["-c", "import gil; gil.start('x.gil')"]);
    assert!(text(&done.stderr).ends_with("(writing needs --allow-write): 'x.gil'\n"), "{}", text(&done.stderr));
}

#[test]
fn a_recording_that_cannot_be_begun_is_an_error_and_one_that_cannot_go_on_is_none() {
    let done = run(&["run", "--record", "/none/x", "-c", "print(1)"]);
    assert_eq!(text(&done.stderr), "gilbox: the recording /none/x cannot be written: No such file or directory\n");
    assert_eq!((text(&done.stdout).as_str(), done.status.code()), ("", Some(1)));
    if cfg!(target_os = "linux") {
        let done = run(&["run", "--record", "/dev/full", "-c", "import time; time.sleep(0.1); print(1)"]);
        let message = "gilbox: the recording /dev/full ends here, the program goes on: No space left on device\n";
        assert_eq!(text(&done.stderr), message);
        assert_eq!((text(&done.stdout).as_str(), done.status.code()), ("1\n", Some(0)));
    }
}

#[test]
fn a_limit_on_the_size_of_files_ends_the_recording_and_fails_writes_but_ends_nobody() {
    let place = place("limited");
    let source = "
import sys, time
for i in range(20_000): time.sleep(0)
time.sleep(0.1)
try:
    with open(sys.argv[1], 'wb', buffering=0) as file:
        while True: file.write(b'x' * 1000)
except OSError as error:
    print(type(error).__name__, error.errno, error.strerror)
";
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", "ulimit -f 64; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_gilbox"), "run", "-A", "--record"]);
    let done =
        limited.arg(&*place).args(["-c", source]).arg(place.with_extension("full")).output().expect("a shell runs");
    assert_eq!((text(&done.stdout).as_str(), done.status.code()), ("OSError 27 File too large\n", Some(0)));
    let told = text(&done.stderr);
    assert!(told.ends_with(" ends here, the program goes on: File too large\n"), "{told}");
    let report = run(&["report", place.to_str().expect("a path of letters")]);
    assert_eq!(report.status.code(), Some(0), "{}", text(&report.stderr));
}

#[test]
fn a_program_that_is_killed_leaves_its_recording() {
    let place = place("killed");
    let source = "import time\nfor i in range(30): time.sleep(0.005)\nprint('now', flush=True)\ntime.sleep(60)";
    let mut child = gilbox()
        .args(["run", "--record"])
        .arg(&*place)
        .args(["-c", source])
        .stdout(Stdio::piped())
        .spawn()
        .expect("gilbox starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
    std::thread::sleep(std::time::Duration::from_millis(200));
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    assert_eq!(count(&lines(&place), "leave"), 32, "thirty naps, the print and the last sleep");
}

#[test]
fn a_program_that_is_interrupted_or_runs_out_of_time_leaves_a_whole_recording() {
    let (place, done) = record("timeout", &["--timeout", "300ms", "-c", "while True: pass"]);
    assert_eq!(done.status.code(), Some(124));
    assert!(lines(&place).last().is_some_and(|last| last["end"].is_u64()));
    let raising = "import threading\nthreading.Thread(target=lambda: 1 / 0).start()\nraise KeyboardInterrupt";
    let (place, done) = record("interrupt", &["-c", raising]);
    assert!(!done.status.success());
    assert!(lines(&place).last().is_some_and(|last| last["end"].is_u64()));
}

#[test]
fn child_processes_and_interpreters_are_in_the_recording() {
    let source = "\
import multiprocessing, os, threading
from concurrent import interpreters
def spin(n):
    for i in range(n): pass
def child():
    import gil
    gil.mark('child')
    thread = threading.Thread(target=spin, args=(100_000,), name='second')
    thread.start(); spin(100_000); thread.join()
if __name__ == '__main__':
    for method in 'fork', 'spawn', 'forkserver':
        process = multiprocessing.get_context(method).Process(target=child, name=method + 'ed')
        process.start(); process.join(); print(process.exitcode)
    if os.fork() == 0:
        spin(100_000); os._exit(0)
    os.wait()
    other = interpreters.create()
    other.exec('for i in range(100_000): pass')
    other.close()
";
    let program = place("children.py");
    std::fs::write(&program.path, source).expect("a place for the program");
    let path = program.path.to_string_lossy().into_owned();
    let (place, done) = record("children", &[&path]);
    assert_eq!(text(&done.stdout), "0\n0\n0\n", "{}", text(&done.stderr));
    assert_eq!(count(&lines(&place), "mark"), 3);
    let report = report(&place);
    let all = report["interpreters"].as_array().expect("interpreters");
    let named = |name: &str| all.iter().find(|one| one["name"] == name);
    for name in ["forked", "spawned", "forkservered"] {
        let Some(one) = named(name) else { panic!("{name} is not in {all:?}") };
        assert_eq!((&one["threads"], &one["is_cut"]), (&2.into(), &false.into()), "{one}");
        assert!(figure(one, "hold_ns") > 0 && figure(one, "hold_ns") <= figure(one, "recorded_ns"), "{one}");
    }
    assert!(all.iter().any(|one| one["interpreter"] == 1 && figure(one, "hold_ns") > 0), "{all:?}");
    // The program, three children, the server of one of them, a fork without a name, an interpreter.
    let processes: std::collections::HashSet<u64> = all.iter().map(|one| figure(one, "process")).collect();
    assert_eq!((all.len(), processes.len()), (7, 6), "{all:?}");
    let threads = report["threads"].as_array().expect("threads");
    for name in ["forked", "forked/second", "spawned/second"] {
        let Some(thread) = threads.iter().find(|thread| thread["name"] == name) else { panic!("{name}: {threads:?}") };
        let parts =
            ["hold_ns", "run_ns", "wait_ns", "stopped_ns", "unknown_ns"].iter().map(|part| figure(thread, part));
        let away = thread["away_ns"].as_object().expect("reasons").values().filter_map(Value::as_u64);
        assert!(is_near(parts.sum::<u64>() + away.sum::<u64>(), figure(thread, "life_ns")), "{thread}");
    }
}

#[test]
fn tasks_are_in_the_recording_and_one_that_blocks_the_loop_is_named() {
    let source = "\
import asyncio, time
async def polite():
    for _ in range(4): await asyncio.sleep(0.02)
async def rude():
    await asyncio.sleep(0.01)
    time.sleep(0.15)
async def fails():
    await asyncio.sleep(0)
    raise ValueError
async def main():
    tasks = [asyncio.create_task(polite(), name=f'polite {n}') for n in range(3)]
    tasks += [asyncio.create_task(rude(), name='rude'), asyncio.create_task(fails(), name='fails')]
    endless = asyncio.create_task(asyncio.sleep(100), name='endless')
    await asyncio.gather(*tasks, return_exceptions=True)
    endless.cancel()
    tasks[0].set_name('renamed')
asyncio.run(main())
";
    for mode in MODES {
        let (place, done) = record(&format!("tasks-{mode}"), &["--gil", mode, "-c", source]);
        assert!(done.status.success(), "{}", text(&done.stderr));
        let report = report(&place);
        let tasks = report["tasks"].as_array().expect("tasks");
        let task = |name: &str| tasks.iter().find(|task| task["name"] == name).unwrap_or_else(|| panic!("{tasks:?}"));
        for (name, outcome) in
            [("rude", "returns"), ("fails", "fails"), ("endless", "is cancelled"), ("renamed", "returns")]
        {
            assert_eq!(task(name)["outcome"], outcome, "{name}");
        }
        for task in tasks {
            let parts = ["ran_ns", "lock_wait_ns", "blocked_ns", "awaited_ns", "other_ns"];
            let sum = parts.iter().map(|part| figure(task, part)).sum::<u64>() + figure(&task["ready"], "total_ns");
            assert!(is_near(sum, figure(task, "life_ns")), "{task}");
        }
        assert!(figure(task("rude"), "blocked_ns") >= 140_000_000, "{}", task("rude"));
        assert_eq!(figure(&task("polite 1")["steps"], "count"), 5);
        let cost = &report["loop_costs"][0];
        assert_eq!((&cost["at"]["line"], &cost["at"]["function"]), (&6.into(), &"rude".into()), "{cost}");
        let findings = report["findings"].to_string();
        assert!(findings.contains("blocked the loop at <string>:6 in rude"), "{findings}");
    }
}

#[test]
fn a_child_that_is_killed_leaves_what_it_has_recorded() {
    let source = "\
import multiprocessing, time
def work():
    while True: time.sleep(0.001)
process = multiprocessing.get_context('fork').Process(target=work, name='victim')
process.start(); time.sleep(0.6); process.kill(); process.join(); time.sleep(0.3); print(process.exitcode)
";
    let (place, done) = record("victim", &["-c", source]);
    assert_eq!(text(&done.stdout), "-9\n", "{}", text(&done.stderr));
    let report = report(&place);
    let all = report["interpreters"].as_array().expect("interpreters");
    let Some(victim) = all.iter().find(|one| one["name"] == "victim") else { panic!("{all:?}") };
    assert_eq!(victim["is_cut"], true);
    let (begins, ends) = (figure(victim, "begins_ns"), figure(victim, "ends_ns"));
    assert!(ends - begins > 300_000_000 && ends + 200_000_000 < figure(&report, "recorded_ns"), "{victim}");
    assert_eq!(report["is_cut"], false);
}

#[test]
fn pieces_of_many_processes_do_not_mix() {
    let source = "\
import os, sys, threading, time
end = time.monotonic() + float(sys.argv[1])
def work(n):
    lock = threading.Lock()
    for i in range(n):
        with lock: time.sleep(0)
def child():
    threads = [threading.Thread(target=work, args=(300,)) for _ in range(3)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
born = 0
while time.monotonic() < end:
    for _ in range(6):
        if os.fork() == 0:
            child(); os._exit(0)
        born += 1
    victim = os.fork()
    if victim == 0:
        while True: child()
    time.sleep(0.03)
    os.kill(victim, 9)
    for _ in range(7): os.wait()
print(born)
";
    let seconds = std::env::var("GILBOX_STRESS_SECONDS").unwrap_or_else(|_| "1".into());
    let (place, done) = record("mixed", &["-c", source, &seconds]);
    let born: usize = text(&done.stdout).trim().parse().unwrap_or_else(|_| panic!("{}", text(&done.stderr)));
    let report = report(&place);
    let all = report["interpreters"].as_array().expect("interpreters");
    assert_eq!(all.iter().filter(|one| one["is_cut"] == false).count(), born + 1);
    assert_eq!(report["lost_events"], 0);
}

#[test]
fn threads_come_and_go_and_the_lock_with_them_while_they_are_recorded() {
    let source = "\
import gil, sys, threading, time
shared = []
def work(n):
    for i in range(n): shared.append(i)
    time.sleep(0.0001)
end = time.monotonic() + float(sys.argv[1])
modes = [lambda: gil.enable('3.14'), gil.disable, lambda: gil.enable('fair'), gil.disable, lambda: gil.enable('2.7')]
turn = 0
while time.monotonic() < end:
    threads = [threading.Thread(target=work, args=(300,)) for _ in range(8)]
    for thread in threads: thread.start()
    modes[turn % len(modes)]()
    if turn % 7 == 6: gil.stop(); gil.start()
    for thread in threads: thread.join()
    turn += 1
    del shared[:]
";
    let seconds = std::env::var("GILBOX_STRESS_SECONDS").unwrap_or_else(|_| "1".into());
    let (place, done) = record("stress", &["-c", source, &seconds]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    let lines = lines(&place);
    assert_eq!(lines[lines.len() - 1]["lost"], 0);
    let begun = lines.iter().filter(|l| l["thread"].is_u64()).count();
    assert!(begun > 50, "{begun} threads");
}

/// What `gilbox report --json` says of a recording.
fn report(place: &Path) -> Value {
    let done = gilbox().args(["report", "--json"]).arg(place).output().expect("gilbox runs");
    assert!(done.status.success(), "{}", text(&done.stderr));
    serde_json::from_slice(&done.stdout).expect("one object")
}

fn figure(of: &Value, name: &str) -> u64 {
    of[name].as_u64().unwrap_or_else(|| panic!("{name} in {of}"))
}

/// Whether two times are the same but for one part in a hundred, or half a millisecond.
fn is_near(a: u64, b: u64) -> bool {
    a.abs_diff(b) <= (a.max(b) / 100).max(500_000)
}

#[test]
fn a_recording_and_the_counters_tell_the_same() {
    let source = "\
import threading, time
lock = threading.Lock()
def compute():
    for i in range(300): sum(range(500))
def nap():
    for i in range(20):
        time.sleep(0.001)
        with lock: pass
threads = [threading.Thread(target=target, name=target.__name__) for target in (compute, compute, nap)]
for thread in threads: thread.start()
for thread in threads: thread.join()
";
    for mode in MODES {
        let (place, counted) = (place(&format!("both-{mode}")), place(&format!("counted-{mode}")));
        let mut command = gilbox();
        command.args(["run", "--gil", mode, "--switch-interval", "500us", "--record"]).arg(&*place);
        let done = command.arg("--report-file").arg(&*counted).args(["-c", source]).output().expect("gilbox runs");
        assert!(done.status.success(), "{mode}: {}", text(&done.stderr));
        let counted: Value = serde_json::from_slice(&fs::read(&*counted).expect("a report")).expect("one object");
        let recorded = report(&place);
        for name in ["switches", "forced_switches", "voluntary_switches"] {
            assert_eq!(figure(&recorded, name), figure(&counted, name), "{mode}: {name}");
        }
        let parts = ["forced_switches", "voluntary_switches"].map(|name| figure(&counted, name));
        assert_eq!(parts.iter().sum::<u64>(), figure(&counted, "switches"), "{mode}");
        assert!(mode != "off" || parts == [0, 0], "there was no lock to go from hand to hand");
        let threads = |of: &Value| of["threads"].as_array().cloned().unwrap_or_default();
        assert_eq!(threads(&recorded).len(), threads(&counted).len());
        for (recorded, counted) in threads(&recorded).iter().zip(&threads(&counted)) {
            assert_eq!(recorded["name"], counted["name"]);
            // The main thread had the lock before the recording began.
            if counted["name"] == "MainThread" {
                continue;
            }
            for name in ["hold_ns", "run_ns", "wait_ns"] {
                let (recorded, counted) = (figure(recorded, name), figure(counted, name));
                assert!(is_near(recorded, counted), "{mode}: {name} is {recorded} and {counted}");
            }
            let away: u64 = recorded["away_ns"].as_object().into_iter().flatten().filter_map(|(_, n)| n.as_u64()).sum();
            let parts = ["hold_ns", "run_ns", "wait_ns", "stopped_ns", "unknown_ns"];
            let sum = away + parts.iter().map(|part| figure(recorded, part)).sum::<u64>();
            assert_eq!(sum, figure(recorded, "life_ns"), "{mode}");
        }
    }
}

#[test]
fn the_report_shows_lanes_tables_and_what_follows() {
    let (place, _) = record("report", &["-c", MEETING]);
    let done = gilbox().arg("report").arg(&*place).output().expect("gilbox runs");
    let shown = text(&done.stdout);
    for expected in ["gilbox report", "measured", "worker 0", "all started", "has the lock", "for a", "→ "] {
        assert!(shown.contains(expected), "no {expected:?} in\n{shown}");
    }
    assert!(!shown.contains('\u{1b}'), "no colours where nobody looks");
    assert!(shown.lines().skip(2).all(|line| line.chars().count() <= 82), "too wide:\n{shown}");
    let done = gilbox().args(["report", "--csv"]).arg(&*place).output().expect("gilbox runs");
    let rows: Vec<String> = text(&done.stdout).lines().map(String::from).collect();
    assert_eq!(rows.len(), 5);
    assert!(rows.iter().all(|row| row.split(',').count() == rows[0].split(',').count()));
    let done = gilbox().args(["report", "--markdown"]).arg(&*place).output().expect("gilbox runs");
    assert!(text(&done.stdout).starts_with("# gilbox report: ") && text(&done.stdout).contains("\n| thread | "));
}

#[test]
fn a_recording_without_its_end_is_shown_and_what_is_none_is_refused() {
    let (whole, _) = record("whole", &["-c", MEETING]);
    let content = fs::read(&*whole).expect("a recording");
    let cut = place("cut");
    fs::write(&*cut, &content[..content.len() * 2 / 3]).expect("a file");
    let done = gilbox().arg("report").arg(&*cut).output().expect("gilbox runs");
    assert!(text(&done.stdout).contains("The recording was cut off: its end is missing."), "{}", text(&done.stderr));
    let none = place("none");
    for (content, message) in
        [("", "this is no recording; gilbox run --record FILE writes one"), ("x\n", "no recording")]
    {
        fs::write(&*none, content).expect("a file");
        let done = gilbox().arg("report").arg(&*none).output().expect("gilbox runs");
        assert!(text(&done.stderr).contains(message), "{}", text(&done.stderr));
        assert_eq!(done.status.code(), Some(2));
    }
    let done = run(&["report", "/none/x.gil"]);
    assert_eq!(text(&done.stderr), "gilbox: can't open file '/none/x.gil': No such file or directory\n");
}

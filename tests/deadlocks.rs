//! Programs whose threads wait for each other are told so and end; programs that only wait are left alone.

use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than it takes to find a deadlock, by far.
const LONG: Duration = Duration::from_secs(20);
/// Long enough for a false alarm, at the pace at which deadlocks are looked for.
const A_WHILE: &str = "1.5s";

const MODES: [&str; 5] = ["3.14", "2.7", "fair", "priority", "off"];

fn gilbox(arguments: &[&str]) -> Output {
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_gilbox"));
    let done = command.args(arguments).stdin(Stdio::null()).output().expect("gilbox runs");
    assert!(start.elapsed() < LONG, "{arguments:?} took {:?}", start.elapsed());
    done
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The program is ended as a deadlock, with these lines about it.
fn is_a_deadlock(source: &str, expected: &[&str]) {
    for mode in MODES {
        let done = gilbox(&["--timeout", "15s", "--gil", mode, "-c", source]);
        let said = text(&done.stderr);
        assert_eq!(done.status.code(), Some(123), "{mode}: {said}");
        for line in expected {
            assert!(said.lines().any(|l| l.trim() == *line), "{mode}: no {line:?} in\n{said}");
        }
        assert_eq!(text(&done.stdout), "before\n", "{mode}: what was printed must not be lost");
    }
}

/// The program waits, and goes on waiting.
fn is_none(source: &str) {
    thread::scope(|scope| {
        for mode in ["3.14", "off"] {
            scope.spawn(move || {
                let done = gilbox(&["--timeout", A_WHILE, "-A", "--gil", mode, "-c", source]);
                assert_eq!(done.status.code(), Some(124), "{mode}: {}", text(&done.stderr));
            });
        }
    });
}

#[test]
fn two_locks_in_two_orders() {
    is_a_deadlock(
        "\
import threading
a, b, gate = threading.Lock(), threading.RLock(), threading.Barrier(2)
def left():
    with a:
        gate.wait()
        with b: pass
def right():
    with b:
        gate.wait()
        a.acquire()
print('before')
threads = [threading.Thread(target=target, name=target.__name__) for target in (left, right)]
for thread in threads: thread.start()
for thread in threads: thread.join()
",
        &[
            "gilbox: deadlock: all threads wait, and these for each other",
            "left waits for an RLock that right has, at <string>:6 in left",
            "right waits for a Lock that left has, at <string>:10 in right",
            "MainThread waits for the end of left, at <string>:14 in <module>",
        ],
    );
}

#[test]
fn a_lock_that_its_taker_wants_again() {
    is_a_deadlock(
        "import threading\nprint('before')\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
        &["MainThread waits for a Lock that it has itself, at <string>:5 in <module>"],
    );
}

#[test]
fn a_join_of_a_thread_that_wants_the_joiners_lock() {
    is_a_deadlock(
        "\
import queue, threading
lock = threading.Lock()
def wants():
    with lock: pass
idle = threading.Thread(target=queue.SimpleQueue().get, name='idle', daemon=True)
idle.start()
print('before')
with lock:
    thread = threading.Thread(target=wants, name='wants')
    thread.start()
    thread.join()
",
        &[
            "MainThread waits for the end of wants, at <string>:11 in <module>",
            "wants waits for a Lock that MainThread has, at <string>:4 in wants",
            "idle waits for something in a queue",
        ],
    );
}

#[test]
fn a_lock_whose_taker_has_ended() {
    is_a_deadlock(
        "\
import threading
lock = threading.Lock()
thread = threading.Thread(target=lock.acquire)
thread.start(); thread.join()
print('before')
with lock: pass
",
        &["MainThread waits for a Lock whose taker is no more, at <string>:6 in <module>"],
    );
}

#[test]
fn a_deadlock_in_a_child_is_told_by_the_child() {
    let source = "\
import multiprocessing, threading
def child():
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
process = multiprocessing.get_context('fork').Process(target=child)
process.start(); process.join(); print(process.exitcode)
";
    let done = gilbox(&["--timeout", "15s", "-c", source]);
    assert_eq!(text(&done.stdout), "123\n", "{}", text(&done.stderr));
    assert!(text(&done.stderr).contains("a Lock that it has itself, at <string>:5 in child"));
}

#[test]
fn a_deadlock_may_be_waited_out() {
    let source = "import threading; lock = threading.Lock(); lock.acquire(); lock.acquire()";
    let done = gilbox(&["--timeout", A_WHILE, "--on-deadlock=wait", "-c", source]);
    assert_eq!(done.status.code(), Some(124));
}

#[test]
fn a_deadlock_leaves_a_whole_recording() {
    let place = std::env::temp_dir().join(format!("gilbox-deadlock-{}.gil", std::process::id()));
    let source = "import threading; lock = threading.Lock(); lock.acquire(); lock.acquire()";
    gilbox(&["run", "--record", &place.to_string_lossy(), "-c", source]);
    let recording = std::fs::read_to_string(&place).expect("a recording");
    assert!(recording.lines().last().is_some_and(|last| last.contains("\"end\":")));
    let report = text(&gilbox(&["report", &place.to_string_lossy()]).stdout).replace("\n  ", " ");
    let told = "MainThread waits for a Lock that it has itself, at <string>:1 in <module>.";
    assert!(report.contains("→ The program ended in a deadlock, found at ") && report.contains(told), "{report}");
    assert!(!report.contains("hold it for less"), "{report}");
    std::fs::remove_file(&place).expect("its own file");
}

#[test]
fn waits_with_a_time_limit_and_sleeping_threads_are_no_deadlock() {
    is_none("import threading; lock = threading.Lock(); lock.acquire(); lock.acquire(timeout=100)");
    is_none(
        "\
import threading, time
lock = threading.Lock()
def late():
    time.sleep(100)
    lock.release()
lock.acquire()
threading.Thread(target=late, daemon=True).start()
lock.acquire()
",
    );
    is_none(
        "\
import threading
lock = threading.Lock()
def spin():
    while True: pass
lock.acquire()
threading.Thread(target=spin, daemon=True).start()
lock.acquire()
",
    );
}

#[test]
fn what_a_signal_or_a_child_could_end_is_no_deadlock() {
    is_none(
        "\
import signal, threading
lock = threading.Lock()
signal.signal(signal.SIGUSR1, lambda *_: lock.release())
lock.acquire(); lock.acquire()
",
    );
    is_none(
        "\
import os, threading, time
if os.fork() == 0:
    time.sleep(100)
lock = threading.Lock()
lock.acquire(); lock.acquire()
",
    );
}

#[test]
fn a_main_thread_that_waits_for_an_event_or_a_queue_may_wait_for_ctrl_c() {
    is_none("import threading; threading.Event().wait()");
    is_none("import queue; queue.Queue().get()");
    is_none(
        "import queue, threading; threading.Thread(target=queue.SimpleQueue().get, daemon=True).start(); queue.Queue().get()",
    );
}

#[test]
fn a_thread_that_nobody_is_left_to_wake() {
    is_a_deadlock(
        "\
import queue, threading
work = queue.Queue()
def consume():
    while True:
        work.get()
thread = threading.Thread(target=consume)
thread.start()
work.put(1)
print('before')
thread.join()
",
        &[
            "gilbox: deadlock: all threads wait, and nobody is left to wake the last of these",
            "MainThread waits for the end of Thread-1 (consume), at <string>:10 in <module>",
            "Thread-1 (consume) waits in Queue.get, at <string>:5 in consume",
        ],
    );
    is_a_deadlock(
        "\
import queue, threading
work = queue.SimpleQueue()
for _ in range(3):
    threading.Thread(target=work.get).start()
print('before')
",
        &[
            "MainThread waits for the end of Thread-1 (get)",
            "Thread-1 (get) waits for something in a queue",
            "and besides them",
            "Thread-3 (get) waits for something in a queue",
        ],
    );
    is_a_deadlock(
        "\
import threading
barrier, lock = threading.Barrier(3), threading.Lock()
def meet():
    with lock: barrier.wait()
threading.Thread(target=meet).start()
print('before')
threading.Event().wait(0.1)
with lock: pass
",
        &[
            "MainThread waits for a Lock that Thread-1 (meet) has, at <string>:8 in <module>",
            "Thread-1 (meet) waits in Barrier.wait, at <string>:4 in meet",
        ],
    );
}

#[test]
fn a_deadlock_is_in_the_report_as_well() {
    let source = "import queue, threading; threading.Thread(target=lambda: queue.Queue().get()).start()";
    let done = gilbox(&["run", "--report=json", "-c", source]);
    let said = text(&done.stderr);
    let report: serde_json::Value = serde_json::from_str(said.lines().last().unwrap_or_default()).expect("JSON");
    let chain = &report["deadlocks"][0]["chain"];
    assert_eq!((&chain[0]["for"], &chain[1]["in"]), (&"join".into(), &"Queue.get".into()));
    let finding = report["findings"][0].as_str().unwrap_or_default();
    assert!(finding.starts_with("The program ended in a deadlock, found at "), "{finding}");
}

#[test]
fn threads_that_meet_at_locks_all_the_time_are_left_alone() {
    let source = "\
import sys, threading, time
locks = [threading.Lock() for _ in range(3)]
end = time.monotonic() + float(sys.argv[1])
def work(turn):
    while time.monotonic() < end:
        with locks[turn % 3]: pass
        turn += 1
while time.monotonic() < end:
    threads = [threading.Thread(target=lambda: [lock.acquire() and lock.release() for lock in locks * 50]) for _ in range(4)]
    threads += [threading.Thread(target=work, args=(n,)) for n in range(2)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
";
    let seconds = std::env::var("GILBOX_STRESS_SECONDS").unwrap_or_else(|_| "2".into());
    for mode in ["3.14", "off"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gilbox"));
        let done = command.args(["--gil", mode, "-c", source, &seconds]).output().expect("gilbox runs");
        assert_eq!(done.status.code(), Some(0), "{mode}: {}", text(&done.stderr));
    }
}

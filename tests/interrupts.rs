//! Ctrl-C: `KeyboardInterrupt` reaches the main thread promptly, whatever it and the others are doing.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// From the signal to the end of the process; generous, since other tests share the machine.
const PROMPT: Duration = Duration::from_secs(5);

const SIGINT: i32 = 2;

/// Every mode in which the lock works differently.
const MODES: [&str; 4] = ["3.14", "2.7", "priority", "off"];

#[test]
fn a_spinning_main_thread_is_interrupted() {
    ends_by_interrupt("while True: pass");
}

#[test]
fn a_main_thread_that_sleeps_is_interrupted() {
    ends_by_interrupt("import time; time.sleep(100)");
}

#[test]
fn a_main_thread_that_waits_for_a_lock_is_interrupted() {
    ends_by_interrupt("import threading; l = threading.Lock(); l.acquire(); l.acquire()");
}

#[test]
fn a_main_thread_that_waits_for_an_event_is_interrupted() {
    ends_by_interrupt("import threading; threading.Event().wait()");
}

#[test]
fn a_main_thread_that_waits_with_a_timeout_is_interrupted() {
    ends_by_interrupt("import threading; threading.Condition().acquire(); threading.Event().wait(100)");
}

#[test]
fn a_join_is_interrupted_while_daemons_spin() {
    ends_by_interrupt(
        "import threading\n\
         def spin():\n    while True: pass\n\
         ts = [threading.Thread(target=spin, daemon=True) for _ in range(3)]\n\
         for t in ts: t.start()\n\
         ts[0].join()",
    );
}

#[test]
fn reading_standard_input_is_interrupted() {
    ends_by_interrupt("import sys; sys.stdin.readline()");
}

#[test]
fn a_program_can_catch_the_interrupt_and_go_on() {
    for mode in MODES {
        let source = "import time\n\
                      try:\n    time.sleep(100)\n\
                      except KeyboardInterrupt:\n    print('caught')\n\
                      print('went on')";
        let run = interrupt(mode, source);
        assert_eq!(run.out, "caught\nwent on\n", "--gil {mode}: {}", run.err);
        assert!(run.status.success(), "--gil {mode}: {}", run.status);
    }
}

/// What a program that was interrupted left behind.
struct Run {
    out: String,
    err: String,
    status: ExitStatus,
}

/// As CPython does: the traceback is printed, and the process dies of the signal.
fn ends_by_interrupt(source: &str) {
    for mode in MODES {
        let run = interrupt(mode, source);
        let last = run.err.trim_end().lines().last().unwrap_or_default();
        assert_eq!(last, "KeyboardInterrupt", "--gil {mode}: {}", run.err);
        assert_eq!(run.status.signal(), Some(SIGINT), "--gil {mode}: {}", run.status);
    }
}

/// Starts the program, waits until it says that it is ready, and sends it the signal.
fn interrupt(mode: &str, source: &str) -> Run {
    let source = format!("print('ready', flush=True)\n{source}");
    let mut child = Command::new("env") // whoever runs the tests may ignore the signal, which children inherit
        .args(["--default-signal=INT", env!("CARGO_BIN_EXE_gilbox"), "--gil", mode, "-c", &source])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("gilbox starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut stderr = child.stderr.take().expect("a pipe");
    let errors = thread::spawn(move || {
        let mut text = String::new();
        let _ = stderr.read_to_string(&mut text);
        text
    });
    let mut ready = String::new();
    let _ = stdout.read_line(&mut ready);
    if ready != "ready\n" {
        let _ = child.kill();
        panic!("--gil {mode}: it did not start: {}", errors.join().unwrap_or_default());
    }
    thread::sleep(Duration::from_millis(100));
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.expect("kill runs").success());
    let status = wait(&mut child, mode);
    let mut out = String::new();
    let _ = stdout.read_to_string(&mut out);
    Run { out, err: errors.join().unwrap_or_default(), status }
}

fn wait(child: &mut Child, mode: &str) -> ExitStatus {
    let sent = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("a child to wait for") {
            return status;
        }
        if sent.elapsed() > PROMPT {
            let _ = child.kill();
            let _ = child.wait();
            panic!("--gil {mode}: still running {PROMPT:?} after the signal");
        }
        thread::sleep(Duration::from_millis(5));
    }
}

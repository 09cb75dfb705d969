//! Ctrl-C: `KeyboardInterrupt` reaches the main thread promptly, whatever it and the others are doing.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc;
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
    ends_by_interrupt("import itertools\nfor _ in itertools.count(): pass");
    ends_by_interrupt("import itertools\n[0 for _ in itertools.count() if False]");
    ends_by_interrupt("def numbers():\n    while True: yield 1\nfor _ in numbers(): pass");
}

#[test]
fn a_loop_whose_every_turn_raises_is_interrupted() {
    ends_by_interrupt(
        "import itertools\n\
         def look(table):\n    \
             for key in itertools.repeat(0):\n        \
                 try: table[key]\n        \
                 except KeyError: pass\n\
         look({})",
    );
    ends_by_interrupt("while True:\n    try: 1 / 0\n    except ZeroDivisionError: continue");
    ends_by_interrupt(
        "def thrown():\n    \
             while True:\n        \
                 try: yield\n        \
                 except KeyError: pass\n\
         g = thrown()\n\
         next(g)\n\
         for _ in iter(int, 1): g.throw(KeyError())",
    );
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
         READY\n\
         ts[0].join()",
    );
}

#[test]
fn a_pattern_that_matches_for_ever_is_interrupted() {
    for pattern in ["(a+)+$", "(?:a|a)*$", "(?:a?){40}a{40}$", "(.*)*(.*)*(.*)*x"] {
        ends_by_interrupt(&format!("import re; re.match(r'{pattern}', 'a' * 60 + 'b')"));
    }
}

#[test]
fn reading_standard_input_is_interrupted() {
    for read in ["sys.stdin.readline()", "sys.stdin.read()", "input('')", "list(sys.stdin)"] {
        ends_by_interrupt(&format!("import sys; {read}"));
    }
}

#[test]
fn reading_is_interrupted_while_another_thread_spins() {
    ends_by_interrupt(
        "import sys, threading\n\
         def spin():\n    while True: pass\n\
         threading.Thread(target=spin, daemon=True).start()\n\
         READY\n\
         sys.stdin.readline()",
    );
}

#[test]
fn writing_to_a_pipe_that_nobody_empties_is_interrupted() {
    for mode in MODES {
        let source = "import sys\n\
                      try:\n    while True: sys.stderr.write('x' * 10000 + '\\n')\n\
                      except KeyboardInterrupt: print('caught', flush=True)";
        let mut started = start(mode, source, Inherited::Default);
        thread::sleep(Duration::from_millis(300));
        started.signal();
        let mut stdout = started.stdout;
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            let _ = stdout.read_line(&mut line);
            sender.send(line)
        });
        let line = receiver.recv_timeout(PROMPT).unwrap_or_default();
        let _ = started.child.kill();
        let _ = started.child.wait();
        assert_eq!(line, "caught\n", "--gil {mode}");
    }
}

#[test]
fn a_visit_to_another_interpreter_is_interrupted() {
    let works = [
        "while True: pass",
        "import time; time.sleep(100)",
        "import sys; sys.stdin.readline()",
        "from concurrent import interpreters; interpreters.create_queue().get()",
        "from concurrent import interpreters; interpreters.create().exec('while True: pass')",
    ];
    for work in works {
        // One that another has made may be gone with it, or stay until it is collected.
        ends_by_interrupt(&format!(
            "from concurrent import interpreters\nthere = interpreters.create()\nREADY\n\
             try:\n    there.exec('''{work}''')\nfinally:\n    \
             for one in interpreters.list_all()[1:]:\n        \
             try: one.close()\n        \
             except interpreters.InterpreterNotFoundError: pass"
        ));
    }
}

#[test]
fn an_interrupt_just_before_a_visit_is_not_lost() {
    let source = "from concurrent import interpreters\nthere = interpreters.create()\nREADY\n\
                  there.exec('import sys; sys.stdin.readline()')";
    for mode in MODES {
        for delay in 0..8 {
            let child = start(mode, source, Inherited::Default);
            thread::sleep(Duration::from_micros(delay * 500));
            child.signal();
            let run = child.finish_with_input_open();
            assert_eq!(run.status.signal(), Some(SIGINT), "--gil {mode}: {}", run.err);
        }
    }
}

#[test]
fn native_code_that_draws_from_an_endless_iterator_is_interrupted() {
    for draw in ["sum(endless)", "1 in endless", "max(endless)", "[*endless]", "all(map(str, endless))"] {
        ends_by_interrupt(&format!("endless = iter(int, 1)\nREADY\n{draw}"));
    }
}

#[test]
fn the_third_interrupt_ends_native_code_that_does_not_listen() {
    for mode in MODES {
        let child = start(mode, "7 ** 10**9", Inherited::Default);
        for _ in 0..3 {
            thread::sleep(Duration::from_millis(100));
            child.signal();
        }
        let run = child.finish_with_input_open();
        assert_eq!(run.status.signal(), Some(SIGINT), "--gil {mode}: {}", run.status);
    }
}

#[test]
fn a_raised_interrupt_ends_a_program_like_the_signal() {
    for mode in MODES {
        let run = start(mode, "raise KeyboardInterrupt('mine')", Inherited::Default).finish();
        assert_eq!(run.err.lines().last(), Some("KeyboardInterrupt: mine"), "--gil {mode}: {}", run.err);
        assert_eq!(run.status.signal(), Some(SIGINT), "--gil {mode}: {}", run.status);
    }
}

#[test]
fn exit_with_the_code_of_the_signal_is_no_signal() {
    let run = start("3.14", "raise SystemExit(130)", Inherited::Default).finish();
    assert_eq!(run.status.code(), Some(130), "{}", run.status);
}

#[test]
fn a_program_started_with_the_signal_ignored_ignores_it() {
    for mode in MODES {
        let child = start(mode, "import sys; print(sys.stdin.readline())", Inherited::Ignored);
        child.signal();
        let run = child.finish();
        assert_eq!(run.out, "\n", "--gil {mode}: {}", run.err);
        assert!(run.status.success(), "--gil {mode}: {}", run.status);
    }
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

#[test]
fn interrupt_after_interrupt_reaches_a_program_of_many_threads() {
    let source = "import threading, time\n\
                  items, guard, over = [], threading.Lock(), False\n\
                  def work():\n    \
                      while not over:\n        \
                          with guard: items.append(len(items))\n        \
                          if len(items) > 1000: items.clear()\n\
                  def start():\n    \
                      while not over:\n        \
                          t = threading.Thread(target=items.copy)\n        \
                          t.start()\n        \
                          t.join()\n\
                  def spin():\n    \
                      while True: pass\n\
                  def endless():\n    \
                      return sum(iter(int, 1))\n\
                  ts = [threading.Thread(target=f) for f in (work, work, start)]\n\
                  for t in ts: t.start()\n\
                  waits = [spin, lambda: time.sleep(100), ts[0].join, threading.Event().wait, endless]\n\
                  for i in range(COUNT):\n    \
                      try:\n        \
                          print(i, flush=True)\n        \
                          waits[i % len(waits)]()\n        \
                          print('not interrupted')\n    \
                      except KeyboardInterrupt: pass\n\
                  over = True\n\
                  for t in ts: t.join()\n\
                  print('ok', flush=True)";
    const COUNT: usize = 60;
    for mode in MODES {
        let mut child = start(mode, &source.replace("COUNT", &COUNT.to_string()), Inherited::Default);
        for i in 0..COUNT {
            let mut line = String::new();
            let _ = child.stdout.read_line(&mut line);
            assert_eq!(line, format!("{i}\n"), "--gil {mode}");
            child.signal();
        }
        let run = child.finish();
        assert_eq!((run.out.as_str(), run.err.as_str()), ("ok\n", ""), "--gil {mode}");
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
    let child = start(mode, source, Inherited::Default);
    thread::sleep(Duration::from_millis(100));
    child.signal();
    child.finish_with_input_open()
}

/// What the program's parent has done about the signal, which it inherits. Whoever runs these tests may ignore it.
enum Inherited {
    Default,
    Ignored,
}

/// A program that has said that it is ready.
struct Started {
    mode: String,
    child: Child,
    stdout: BufReader<ChildStdout>,
    stderr: ChildStderr,
}

/// Starts a program that says that it is ready at its beginning, or where it has `READY`.
fn start(mode: &str, source: &str, inherited: Inherited) -> Started {
    let ready = "print('ready', flush=True)";
    let source = if source.contains("READY") { source.replace("READY", ready) } else { format!("{ready}\n{source}") };
    let signal = match inherited {
        Inherited::Default => "--default-signal=INT",
        Inherited::Ignored => "--ignore-signal=INT",
    };
    let mut child = Command::new("env")
        .args([signal, env!("CARGO_BIN_EXE_gilbox"), "--on-deadlock=wait", "--gil", mode, "-c", &source])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("gilbox starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut stderr = child.stderr.take().expect("a pipe");
    let mut ready = String::new();
    let _ = stdout.read_line(&mut ready);
    if ready != "ready\n" {
        let _ = child.kill();
        let mut errors = String::new();
        let _ = stderr.read_to_string(&mut errors);
        panic!("--gil {mode}: it did not start: {errors}");
    }
    Started { mode: mode.to_owned(), child, stdout, stderr }
}

impl Started {
    fn signal(&self) {
        let kill = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        assert!(kill.expect("kill runs").success());
    }

    /// Waits for its end, with nothing more to read for it.
    fn finish(mut self) -> Run {
        drop(self.child.stdin.take());
        self.finish_with_input_open()
    }

    fn finish_with_input_open(mut self) -> Run {
        let mut stderr = self.stderr;
        let errors = thread::spawn(move || {
            let mut text = String::new();
            let _ = stderr.read_to_string(&mut text);
            text
        });
        let status = wait(&mut self.child, &self.mode);
        let mut out = String::new();
        let _ = self.stdout.read_to_string(&mut out);
        Run { out, err: errors.join().unwrap_or_default(), status }
    }
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

//! `gilbox watch`, as a person sees it, on a terminal of 80 columns; and how it gives the terminal back.

#![cfg(unix)]

mod terminal;

use std::fs;
use std::mem::MaybeUninit;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};

use ptyprocess::{Signal, WaitStatus};

use terminal::{PATIENCE, Terminal};

/// Rows and columns of the screen.
const SIZE: (u16, u16) = (24, 80);

/// Two threads that compute until the program is ended, and one that says that it lives.
const SPINNERS: &str = "\
import os, sys, threading, time
def spin():
    while True:
        for i in range(1000): pass
for n in range(2): threading.Thread(target=spin, name=f'spinner {n}', daemon=True).start()
print('this is', os.getpid(), sys.stdout.isatty())
while True:
    time.sleep(0.05)
    print('.', end='', flush=True)
";

#[test]
fn lanes_and_output_are_seen_and_the_lock_is_switched_off_by_a_key() {
    let mut terminal = watch("lanes", SPINNERS, &[]);
    terminal.waits_for("spinner 1");
    terminal.waits_for("True\n.");
    terminal.waits_for("lock 3.14, interval 5.0 ms");
    let program = process_of_program(&terminal);
    until(&terminal, "lanes of running and waiting", |text| {
        let lane = text.lines().find(|line| line.contains("spinner 0")).unwrap_or_default();
        lane.contains('░') || ('▂'..='▇').any(|block| lane.contains(block))
    });
    assert!(terminal.screen(|screen| screen.alternate_screen()));
    terminal.type_keys("]");
    terminal.waits_for("lock 3.14, interval 10.0 ms");
    // Keys that come faster than the program can follow count all the same.
    terminal.type_keys("]]]");
    terminal.waits_for("lock 3.14, interval 100.0 ms");
    terminal.type_keys("o");
    terminal.waits_for("lock off");
    until(&terminal, "two threads at a time", |text| text.contains("no lock") && text.contains("▼off"));
    terminal.type_keys("3");
    terminal.waits_for("lock 2.7");
    terminal.type_keys("o");
    terminal.waits_for("lock off");
    terminal.type_keys("o");
    terminal.waits_for("lock 2.7");
    terminal.type_keys("/spin");
    until(&terminal, "only the spinners", |text| text.contains("threads with: spin") && !text.contains("MainThread"));
    terminal.type_keys("\r?");
    terminal.waits_for("switch the lock off, and on again");
    terminal.type_keys("q");
    assert_eq!(terminal.end(), WaitStatus::Exited(terminal.process.pid(), 0));
    is_restored(&terminal);
    assert!(!is_alive(program), "the program has ended with its screen");
}

#[test]
fn a_program_that_is_killed_leaves_the_screen_whole() {
    let mut terminal = watch("killed", SPINNERS, &[]);
    terminal.waits_for("True\n.");
    terminal.waits_for("spinner 1");
    let program = process_of_program(&terminal);
    // SAFETY: a system call without pointers, for a process that lives.
    assert_eq!(unsafe { libc::kill(program, libc::SIGKILL) }, 0);
    terminal.waits_for("killed by signal 9");
    terminal.type_keys("q");
    assert_eq!(terminal.end(), WaitStatus::Exited(terminal.process.pid(), 137));
    is_restored(&terminal);
}

#[test]
fn a_signal_ends_screen_and_program_and_the_terminal_is_given_back() {
    for signal in [Signal::SIGTERM, Signal::SIGINT, Signal::SIGHUP] {
        let mut terminal = watch("signal", SPINNERS, &[]);
        terminal.waits_for("True\n.");
        let program = process_of_program(&terminal);
        terminal.process.signal(signal).expect("it is sent");
        assert_eq!(terminal.end(), WaitStatus::Signaled(terminal.process.pid(), signal, false));
        is_restored(&terminal);
        assert!(!is_alive(program));
    }
}

#[test]
fn ctrl_c_quits_and_what_is_typed_can_reach_the_program() {
    let mut terminal = watch("typing", "print('hello', input('name? '))\ninput()\n", &[]);
    terminal.waits_for("name?");
    terminal.type_keys("i");
    terminal.waits_for("typing to the program");
    terminal.type_keys("Bob\r");
    terminal.waits_for("hello Bob");
    terminal.type_keys("\x1b");
    until(&terminal, "commands again", |text| !text.contains("typing to the program"));
    terminal.type_keys("\x03");
    assert_eq!(terminal.end(), WaitStatus::Exited(terminal.process.pid(), 0));
    is_restored(&terminal);
}

#[test]
fn the_end_of_a_program_is_shown_and_its_exit_code_is_passed_on() {
    let program = "import threading\n\
                   a, b = threading.Lock(), threading.Lock()\n\
                   meet = threading.Barrier(2)\n\
                   def take(one, other):\n    with one:\n        meet.wait()\n        with other: pass\n\
                   threading.Thread(target=take, args=(b, a), name='other').start()\n\
                   take(a, b)\n";
    let mut terminal = watch("deadlock", program, &[("NO_COLOR", "1")]);
    terminal.waits_for("exit code 123");
    terminal.waits_for("gilbox: deadlock");
    let is_plain = |screen: &vt100::Screen| {
        let cells = (0..SIZE.0).flat_map(|row| (0..SIZE.1).map(move |column| (row, column)));
        cells.filter_map(|(row, column)| screen.cell(row, column)).all(|cell| cell.fgcolor() == vt100::Color::Default)
    };
    assert!(terminal.screen(is_plain));
    terminal.type_keys("q");
    assert_eq!(terminal.end(), WaitStatus::Exited(terminal.process.pid(), 123));
    is_restored(&terminal);
    assert!(terminal.text().contains("exit code 123 after"), "{}", terminal.text());
}

/// A child process that computes, and tasks of which one blocks the loop; it waits for a line before it ends.
const ALL_KINDS: &str = "\
import asyncio, multiprocessing, sys, time
def spin(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end: sum(range(1000))
async def polite():
    for _ in range(20): await asyncio.sleep(0.02)
async def rude():
    await asyncio.sleep(0.05)
    time.sleep(0.4)
async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(polite(), name='polite')
        group.create_task(rude(), name='rude')
child = multiprocessing.Process(target=spin, args=(1.0,), name='offspring')
child.start()
asyncio.run(main())
child.join()
if len(sys.argv) > 1: input()
";

#[test]
fn processes_and_tasks_have_lanes() {
    let program = program("kinds", ALL_KINDS).display().to_string();
    let mut terminal = open(&["watch", &program, "waits"], &[]);
    until(&terminal, "lanes of all", |text| {
        let has_lane = |name: &str| text.lines().any(|line| line.contains(name));
        ["offspring", "polite", "rude"].into_iter().all(has_lane) && text.contains("locks") && text.contains("tasks")
    });
    until(&terminal, "a loop that is blocked", |text| {
        text.lines().any(|line| line.contains("rude") && line.contains('╌'))
    });
    terminal.type_keys("t");
    until(&terminal, "threads alone", |text| !text.contains("polite"));
    terminal.type_keys("t");
    terminal.waits_for("polite");
    until(&terminal, "the child's end", |text| text.contains("locks 1/2"));
    terminal.type_keys("q");
    assert_eq!(terminal.end(), WaitStatus::Exited(terminal.process.pid(), 0));
}

/// Programs that wait until their lock is off and its interval longer: a forked child, a spawned one, and an interpreter.
const FAMILY: &str = "\
import multiprocessing, threading
from concurrent import interpreters
code = '''
import gil, sys, time
while gil.enabled() or sys.getswitchinterval() < 0.009: time.sleep(0.01)
'''
def wait(name):
    exec(code)
    print(name, 'has no lock', flush=True)
def guest():
    interpreters.create().exec(code)
    print('guest has no lock', flush=True)
if __name__ == '__main__':
    waiters = [multiprocessing.get_context(method).Process(target=wait, args=(method,)) for method in ('fork', 'spawn')]
    for waiter in waiters: waiter.start()
    thread = threading.Thread(target=guest)
    thread.start()
    print('all are there', flush=True)
    for waiter in waiters + [thread]: waiter.join()
    print('all is done', flush=True)
    input()
";

#[test]
fn a_key_switches_the_locks_of_child_processes_and_interpreters_too() {
    let program = program("family", FAMILY).display().to_string();
    let mut terminal = open(&["watch", &program], &[]);
    terminal.waits_for("all are there");
    terminal.type_keys("]");
    terminal.type_keys("o");
    for what in ["fork has no lock", "spawn has no lock", "guest has no lock", "all is done"] {
        terminal.waits_for(what);
    }
    terminal.type_keys("q");
    assert_eq!(terminal.end(), WaitStatus::Exited(terminal.process.pid(), 0));
}

#[test]
fn a_recording_is_shown_as_if_it_ran_now() {
    let program = program("replay", ALL_KINDS);
    let recording = program.with_extension("gil").display().to_string();
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_gilbox"));
    command.args(["run", "--record", &recording]).arg(&program).timeout(PATIENCE).assert().success();
    let mut terminal = open(&["watch", &recording], &[]);
    terminal.waits_for("offspring");
    until(&terminal, "its end", |text| text.contains("recorded") && text.contains("rude"));
    until(&terminal, "figures of the whole run", |text| text.contains("switches/s of the whole run"));
    terminal.type_keys("q");
    assert_eq!(terminal.end(), WaitStatus::Exited(terminal.process.pid(), 0));
    is_restored(&terminal);
}

/// tmux keeps what is above the cursor of a screen that grew, if that is left: it must be nothing.
#[test]
fn the_screen_is_empty_when_it_is_left() {
    let script = "stty echo rows 24 cols 80 && \"$0\" watch -c 'input()'; read line; printf '\\033[?47h'; read line";
    let mut terminal = Terminal::open(SIZE, &[], |command| {
        *command = std::process::Command::new("sh");
        command.args(["-c", script, env!("CARGO_BIN_EXE_gilbox")]).env("TERM", "xterm-256color");
    });
    terminal.waits_for("MainThread");
    terminal.type_keys("q");
    terminal.waits_for("ended by q");
    terminal.type_keys("\r");
    // The shell shows it once more, as it was left.
    terminal.until("that screen", || terminal.screen(|screen| screen.alternate_screen()));
    assert_eq!((terminal.text().as_str(), terminal.screen(|screen| screen.cursor_position())), ("", (0, 0)));
    terminal.type_keys("\r");
    assert_eq!(terminal.end(), WaitStatus::Exited(terminal.process.pid(), 0));
}

#[test]
fn a_program_that_cannot_be_read_is_an_error_as_ever() {
    let terminal = open(&["watch", "/none.py"], &[]);
    assert_eq!(terminal.end(), WaitStatus::Exited(terminal.process.pid(), 2));
    is_restored(&terminal);
    terminal.waits_for("can't open file '/none.py'");
}

#[test]
fn without_a_terminal_it_is_refused() {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_gilbox"));
    let done = command.args(["watch", "-c", "pass"]).timeout(PATIENCE).output().expect("gilbox ends in time");
    assert_eq!(done.status.code(), Some(2));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(said.contains("standard output is none; gilbox run --record writes to a file"), "{said}");
}

fn is_alive(process: i32) -> bool {
    // SAFETY: a system call without pointers.
    unsafe { libc::kill(process, 0) == 0 }
}

/// A file with the program.
fn program(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("watch-{name}-{}.py", std::process::id()));
    fs::write(&path, text).expect("a program");
    path
}

/// gilbox watch, with the program of that text.
fn watch(name: &str, text: &str, environment: &[(&str, &str)]) -> Terminal {
    open(&["watch", &program(name, text).display().to_string()], environment)
}

fn open(arguments: &[&str], environment: &[(&str, &str)]) -> Terminal {
    Terminal::open(SIZE, arguments, |command| {
        command.envs(environment.iter().copied());
    })
}

/// Waits until the screen's text is as wanted.
fn until(terminal: &Terminal, what: &str, is_so: impl Fn(&str) -> bool) {
    terminal.until(what, || is_so(&terminal.text()));
}

/// The number of the program's process, which it has printed.
fn process_of_program(terminal: &Terminal) -> i32 {
    let text = terminal.text();
    let number = text.split("this is ").nth(1).and_then(|rest| rest.split(' ').next());
    number.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("no number:\n{text}"))
}

/// The terminal is as it was: no other screen, a cursor, lines with echo.
fn is_restored(terminal: &Terminal) {
    terminal
        .until("the former screen", || terminal.screen(|screen| !screen.alternate_screen() && !screen.hide_cursor()));
    let mut settings = MaybeUninit::uninit();
    // SAFETY: the descriptor is open, and there is room for what is asked.
    let local = unsafe {
        assert_eq!(libc::tcgetattr(terminal.keyboard.as_raw_fd(), settings.as_mut_ptr()), 0);
        settings.assume_init().c_lflag
    };
    assert_eq!(local & (libc::ICANON | libc::ECHO | libc::ISIG), libc::ICANON | libc::ECHO | libc::ISIG);
}

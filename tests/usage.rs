//! Wrong usage, and output that nobody takes: a clear message, and CPython's exit code.

use std::fs::{self, File};
use std::io::Read;
use std::process::{Command, Output, Stdio};

#[test]
fn unknown_flags_are_named() {
    says(&["--nonsense"], 2, "unexpected argument '--nonsense' found");
    says(&["-Z"], 2, "unexpected argument '-Z' found");
    says(&["--gill", "off", "x.py"], 2, "a similar argument exists: '--gil'");
    says(&["report", "--cvs", "x.gil"], 2, "a similar argument exists: '--csv'");
    says(&["-A", "run", "x.py"], 2, "(The options of a command stand behind its name: gilbox run --gil off …)");
    says(&["run", "--nope", "x.py"], 2, "unexpected argument '--nope' found");
    says(&["compare", "--nope", "x.py"], 2, "unexpected argument '--nope' found");
}

#[test]
fn flags_behind_the_program_are_the_programs() {
    let arguments = ["-c", "import sys; print(sys.argv[1:])", "-u", "--gil", "-c"];
    assert_eq!(text(&run(&arguments).stdout), "['-u', '--gil', '-c']\n");
}

#[test]
fn wrong_values_are_told_with_what_would_be_right() {
    says(&["--gil", "foo", "x.py"], 2, "choose one of: 3.14, 3.9, 2.7, fair, priority, off");
    says(&["--switch-interval", "-5ms", "x.py"], 2, "the interval must be more than zero");
    says(&["--switch-interval", "soon", "x.py"], 2, "expected a time such as 5ms, 100us or 0.005 (seconds)");
    says(&["--check-interval", "-3", "x.py"], 2, "invalid value '-3' for '--check-interval <TICKS>'");
    says(&["--max-memory", "much", "x.py"], 2, "expected a size such as 512M or 2G");
    says(&["--report=xml", "x.py"], 2, "[possible values: text, json]");
    says(&["compare", "--modes", "on,foo", "x.py"], 2, "there is no lock named 'foo'");
    says(&["compare"], 2, "required arguments were not provided");
    says(&["compare", "/none"], 2, "can't open file '/none': No such file or directory");
    says(&["view", "x.gil"], 2, "--html <OUT>");
    says(&["view", "/none", "--html", "x"], 2, "can't open file '/none': No such file or directory");
    says(&["dis"], 2, "dis needs a FILE, or -c CODE");
    says(&["dis", "/none"], 2, "can't open file '/none': No such file or directory");
    says(&["-c"], 2, "a value is required for '-c <CODE>'");
}

#[test]
fn a_wrong_switch_of_the_lock_is_fatal_as_in_cpython() {
    let message = "Fatal Python error: config_read_gil: PYTHON_GIL / -X gil must be \"0\" or \"1\"\n\
                   Python runtime state: preinitialized\n\n";
    for switch in ["gil=2", "gil=", "gil"] {
        let done = run(&["-X", switch, "-c", "1"]);
        assert_eq!((text(&done.stderr).as_str(), done.status.code()), (message, Some(1)), "-X {switch}");
    }
    let done = gilbox().env("PYTHON_GIL", "abc").args(["-c", "1"]).output().expect("gilbox runs");
    assert_eq!((text(&done.stderr).as_str(), done.status.code()), (message, Some(1)));
}

#[test]
fn the_program_s_path_is_absolute_and_as_it_was_typed() {
    let folder =
        std::env::temp_dir().canonicalize().expect("a folder").join(format!("gilbox-path-{}", std::process::id()));
    fs::create_dir_all(folder.join("inner")).expect("a folder");
    let code = "import sys; print(__file__, sys.argv[0], sys.path[0], (lambda: 0).__code__.co_filename)\n1/0\n";
    fs::write(folder.join("inner/x.py"), code).expect("a file");
    fs::write(folder.join("wrong.py"), "x = = 1\n").expect("a file");
    let here = folder.display();
    for name in ["inner/x.py", "./inner/x.py", "inner/../inner/x.py"] {
        let done = gilbox().current_dir(&folder).arg(name).output().expect("gilbox runs");
        assert_eq!(text(&done.stdout), format!("{here}/{name} {name} {here}/inner {here}/{name}\n"));
        assert!(text(&done.stderr).contains(&format!("  File \"{here}/{name}\", line 2, in <module>\n    1/0\n")));
    }
    for command in [&["wrong.py"] as &[&str], &["run", "--gil", "off", "wrong.py"]] {
        let done = gilbox().current_dir(&folder).args(command).output().expect("gilbox runs");
        assert!(text(&done.stderr).starts_with(&format!("  File \"{here}/wrong.py\", line 1\n")));
    }
    let done = gilbox().current_dir(&folder).arg(".").output().expect("gilbox runs");
    assert!(text(&done.stderr).ends_with(&format!(": can't find '__main__' module in '{here}/.'\n")));
    fs::remove_dir_all(&folder).expect("the folder goes");
}

#[test]
fn modules_are_run_as_programs() {
    let folder =
        std::env::temp_dir().canonicalize().expect("a folder").join(format!("gilbox-m-{}", std::process::id()));
    fs::create_dir_all(folder.join("parts")).expect("a folder");
    let code = "import sys; print(__name__, __package__, __spec__.name, sys.argv, sys.path[0])\n";
    for file in ["one.py", "parts/__init__.py", "parts/__main__.py", "parts/inner.py"] {
        fs::write(folder.join(file), if file.ends_with("__init__.py") { "print(__name__)\n" } else { code })
            .expect("a file");
    }
    let here = folder.display();
    let out =
        |arguments: &[&str]| text(&gilbox().current_dir(&folder).args(arguments).output().expect("gilbox runs").stdout);
    assert_eq!(out(&["-m", "one", "-m", "x"]), format!("__main__  one ['{here}/one.py', '-m', 'x'] {here}\n"));
    assert_eq!(out(&["--gil", "off", "-m", "one"]), format!("__main__  one ['{here}/one.py'] {here}\n"));
    let main = format!("parts\n__main__ parts parts.__main__ ['{here}/parts/__main__.py'] {here}\n");
    assert_eq!(out(&["-m", "parts"]), main);
    let inner = format!("parts\n__main__ parts parts.inner ['{here}/parts/inner.py'] {here}\n");
    assert_eq!(out(&["-m", "parts.inner"]), inner);
    assert_eq!(out(&["-c", "import sys, parts; print(repr(sys.path[0]))"]), "parts\n''\n");
    assert!(out(&["-m", "timeit", "-n", "2", "-r", "1", "1"]).starts_with("2 loops, best of 1: "));
    says(&["-m", "no_such_module"], 1, "No module named no_such_module");
    says(&["-m", "collections.no_such"], 1, "No module named collections.no_such");
    fs::remove_dir_all(&folder).expect("the folder goes");
}

#[test]
fn a_reader_that_leaves_breaks_the_pipe() {
    let mut child = gilbox()
        .env_remove("PYTHONUNBUFFERED")
        .args(["-c", "for i in range(100_000): print(i)"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("gilbox starts");
    let mut first = [0; 2];
    child.stdout.take().expect("a pipe").read_exact(&mut first).expect("a line");
    let done = child.wait_with_output().expect("gilbox ends");
    assert_eq!(&first, b"0\n");
    // Once where it printed, and once for what still waited at the end.
    let (report, rest) = text(&done.stderr)
        .split_once("Exception ignored")
        .map_or_else(Default::default, |(a, b)| (a.to_string(), b.to_string()));
    assert!(report.ends_with("BrokenPipeError: [Errno 32] Broken pipe\n"), "{report}");
    assert_eq!(rest, " while flushing sys.stdout:\nBrokenPipeError: [Errno 32] Broken pipe\n");
    assert_eq!(done.status.code(), Some(120));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let full = || File::options().write(true).open("/dev/full").expect("a full disk");
    // As CPython, it finds out when it flushes at the end, and at once where nothing is buffered.
    let message = "Exception ignored while flushing sys.stdout:\nOSError: [Errno 28] No space left on device\n";
    let buffered = gilbox().env_remove("PYTHONUNBUFFERED").args(["-c", "print(1)"]).stdout(full()).output();
    let buffered = buffered.expect("gilbox runs");
    assert_eq!((text(&buffered.stderr).as_str(), buffered.status.code()), (message, Some(120)));
    let done = gilbox().args(["-u", "-c", "print(1)"]).stdout(full()).output().expect("gilbox runs");
    assert!(text(&done.stderr).ends_with("OSError: [Errno 28] No space left on device\n"), "{}", text(&done.stderr));
    assert_eq!(done.status.code(), Some(1));
    let done = gilbox().args(["dis", "-c", "x"]).stdout(full()).output().expect("gilbox runs");
    assert_eq!(text(&done.stderr), "gilbox: standard output: No space left on device\n");
    assert_eq!(done.status.code(), Some(1));
}

#[cfg(target_os = "linux")]
#[test]
fn a_thread_without_room_for_its_stack_is_refused() {
    let source = "import threading\n\
                  gate, started, refused = threading.Event(), [], None\n\
                  while not refused and len(started) < 2000:\n    \
                      t = threading.Thread(target=gate.wait)\n    \
                      try: t.start()\n    \
                      except RuntimeError as error: refused = error\n    \
                      else: started.append(t)\n\
                  gate.set()\n\
                  for t in started: t.join()\n\
                  print(refused)";
    let limited = "ulimit -v 4000000; exec \"$0\" --gil \"$1\" -c \"$2\"";
    for mode in ["3.14", "off"] {
        let mut shell = Command::new("timeout");
        shell.args(["60", "sh", "-c", limited, env!("CARGO_BIN_EXE_gilbox"), mode, source]);
        let done = shell.output().expect("a shell");
        let told = (text(&done.stdout), text(&done.stderr));
        assert_eq!(
            (told.0.as_str(), told.1.as_str()),
            ("can't start new thread\n", ""),
            "--gil {mode}: {}",
            done.status
        );
    }
}

#[test]
fn a_thread_that_dies_before_it_runs_is_not_waited_for() {
    let source = "import threading\n\
                  class Dying(threading.Thread):\n    \
                      def _bootstrap(self): raise MemoryError\n\
                  try: Dying().start()\n\
                  except RuntimeError as error: print(error, threading.active_count())";
    for mode in ["3.14", "off"] {
        let done = run(&["--gil", mode, "-c", source]);
        assert_eq!(text(&done.stdout), "can't start new thread 1\n", "--gil {mode}: {}", text(&done.stderr));
        assert_eq!(done.status.code(), Some(0), "--gil {mode}");
    }
}

/// Of those that end by themselves: one that is killed, as the workers of a pool that is left by `with` may be, tells nothing.
#[test]
fn the_report_has_the_counters_of_child_processes() {
    let program = "import multiprocessing, os, sys\n\
                   def work(n):\n    \
                       while n: n -= 1\n\
                   if __name__ == '__main__':\n    \
                       work(1000000)\n    \
                       for method in 'fork', 'spawn':\n        \
                           multiprocessing.set_start_method(method, force=True)\n        \
                           child = multiprocessing.Process(target=work, args=(300000,), name=f'by {method}')\n        \
                           child.start()\n        child.join()\n    \
                       pool = multiprocessing.get_context('fork').Pool(1)\n    \
                       pool.map(work, [1000, 300000]); pool.close(); pool.join()\n    \
                       if os.fork() == 0: os._exit(0)\n    os.wait()\n";
    let folder = std::env::temp_dir().join(format!("gilbox-usage-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let (file, report) = (folder.join("program.py"), folder.join("report.json"));
    fs::write(&file, program).expect("a program");
    let done = run(&["--report", "--report-file", &report.to_string_lossy(), &file.to_string_lossy()]);
    let said = text(&done.stderr);
    assert!(done.status.success(), "{said}");
    let report = fs::read_to_string(&report).expect("the report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let children = report["children"].as_array().expect("a list of processes");
    let names: Vec<&str> = children.iter().map(|child| child["process"].as_str().unwrap_or_default()).collect();
    assert_eq!((names.len(), &names[..2], names[3]), (4, &["by fork", "by spawn"][..], "fork"), "{names:?}");
    let _ = fs::remove_dir_all(&folder);
    assert!(said.contains("process") && said.contains("by spawn"), "{said}");
    let held = |at: usize| children[at]["threads"][0]["hold_ns"].as_u64();
    assert!((0..3).all(|at| held(at) > Some(100_000)), "{children:?}");
    // What its parent did before is the parent's.
    assert!(held(3) < held(0), "{}", children[3]);
}

#[test]
fn the_report_draws_lanes() {
    let program = "import gil, time\ngil.mark('halfway')\ntime.sleep(0.01)\n\
                   print(gil.stop())\ntry: gil.start()\nexcept RuntimeError as error: print(error)";
    let done = run(&["--report", "-c", program]);
    let said = text(&done.stderr);
    for part in ["lock busy", "has the lock", "▼ halfway", "MainThread  ", "→ "] {
        assert!(said.contains(part), "no {part:?} in {said}");
    }
    // What is recorded for the report is no business of the program.
    let none = "False\nno recording to go on with: gil.start(file), or gilbox run --record FILE\n";
    assert_eq!(text(&done.stdout), none);
}

#[test]
fn a_program_that_records_itself_has_a_report_of_the_counters() {
    let file = std::env::temp_dir().join(format!("gilbox-usage-{}.gil", std::process::id()));
    let program = format!("import gil, time\ngil.start({:?})\ntime.sleep(0.01)\nprint(gil.stop())", file.display());
    let done = run(&["-A", "--report", "-c", &program]);
    let (said, recorded) = (text(&done.stderr), fs::read_to_string(&file));
    let _ = fs::remove_file(&file);
    assert_eq!(text(&done.stdout), "True\n", "{said}");
    assert!(said.contains("wall time") && said.contains("longest wait"), "{said}");
    assert!(recorded.expect("a recording").lines().last().is_some_and(|last| last.contains("\"end\":")));
}

#[test]
fn a_program_that_gilbox_ends_has_a_report_too() {
    let file = std::env::temp_dir().join(format!("gilbox-usage-{}.json", std::process::id()));
    let deadlock = "import threading; lock = threading.Lock(); lock.acquire(); lock.acquire()";
    let endings = [
        (vec!["-c", deadlock], 123, "→ The program ended in a deadlock"),
        (vec!["--timeout", "300ms", "-c", "while True: pass"], 124, "→ MainThread did nearly all of the work"),
        (vec!["--timeout", "300ms", "-c", "import time; time.sleep(60)"], 124, "gilbox report  -c"),
    ];
    for (arguments, code, part) in endings {
        let place = file.display().to_string();
        let done = run(&[&["--report", "--report-file", &place][..], &arguments[..]].concat());
        let (said, report) = (text(&done.stderr), fs::read(&file).expect("a report"));
        let _ = fs::remove_file(&file);
        assert_eq!(done.status.code(), Some(code), "{said}");
        assert!(said.contains(part) && said.contains("has the lock"), "no {part:?} in {said}");
        let report: serde_json::Value = serde_json::from_slice(&report).expect("JSON");
        assert_eq!(report["threads"][0]["name"], "MainThread");
    }
}

/// The standard library's handler, which tells of a stack that overflows, swallows those that are sent.
#[cfg(unix)]
#[test]
fn a_fault_that_is_sent_is_died_of() {
    use std::os::unix::process::ExitStatusExt;
    for signal in [11, 7] {
        let done = run(&["-A", "-c", &format!("import os; os.kill(os.getpid(), {signal}); print('on')")]);
        assert_eq!((done.status.signal(), text(&done.stdout).as_str()), (Some(signal), ""));
    }
}

#[test]
fn the_report_says_when_it_cannot_be_written() {
    let done = run(&["--report-file", "/none/report", "-c", "print(1)"]);
    assert_eq!(text(&done.stderr), "gilbox: the report cannot be written: No such file or directory\n");
    assert_eq!((text(&done.stdout).as_str(), done.status.code()), ("1\n", Some(1)));
}

#[test]
fn every_command_has_help_and_every_flag_is_explained() {
    for command in [vec![], vec!["run"], vec!["repl"], vec!["compare"], vec!["report"], vec!["view"], vec!["dis"]] {
        let mut arguments = command.clone();
        arguments.push("--help");
        let done = run(&arguments);
        assert_eq!(done.status.code(), Some(0));
        let help = text(&done.stdout);
        assert!(help.contains("Usage: gilbox"), "{help}");
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
    }
    let version = format!("gilbox {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(text(&run(&["--version"]).stdout), version);
}

#[test]
fn a_comparison_tells_why_its_runs_failed() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("usage-{}.py", std::process::id()));
    fs::write(&path, "raise ValueError('no good')\n").expect("a program");
    let done = run(&["compare", "--runs", "1", &path.display().to_string()]);
    let _ = fs::remove_file(&path);
    let out = text(&done.stdout);
    assert!(out.contains("All 2 runs ended with an error: \"ValueError: no good\"."), "{out}");
}

#[test]
fn shells_and_the_manual_know_every_command_and_option() {
    let help = text(&run(&["--help"]).stdout);
    assert!(help.contains("Examples:\n  gilbox program.py ") && help.contains("Exit codes: "), "{help}");
    let words = |lines: &mut dyn Iterator<Item = &str>| -> Vec<String> {
        lines.filter_map(|line| line.split_whitespace().next()).map(|word| word.to_string()).collect()
    };
    let (_, commands) = help.split_once("Commands:\n").expect("a list of commands");
    let (commands, _) = commands.split_once("\n\n").expect("its end");
    let commands = words(&mut commands.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")));
    assert!(commands.len() >= 9, "{commands:?}");
    let flags: Vec<&str> =
        help.split(|c: char| c != '-' && !c.is_alphanumeric()).filter(|w| w.starts_with("--")).collect();
    for shell in ["bash", "zsh", "fish"] {
        let script = text(&run(&["completions", shell]).stdout);
        assert!(commands.iter().all(|command| script.contains(command.as_str())), "{shell}");
        // fish writes them without their dashes.
        assert!(flags.iter().all(|flag| script.contains(&flag[2..])), "{shell}");
        assert!(script.contains("priority"), "{shell}: names of locks");
    }
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("usage-man-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    assert!(run(&["man", &folder.display().to_string()]).status.success());
    let page = fs::read(folder.join("gilbox.1")).expect("a page");
    for command in &commands {
        assert!(folder.join(format!("gilbox-{command}.1")).exists(), "{command}");
    }
    let _ = fs::remove_dir_all(&folder);
    assert_eq!(page, run(&["man"]).stdout);
    let page = text(&page).replace('\\', "");
    assert!(page.contains("SYNOPSIS\ngilbox [OPTIONS] [FILE]...\n.br\ngilbox <COMMAND>\n"), "{page}");
    assert!(flags.iter().all(|flag| page.contains(flag)), "{page}");
    says(&["man", "/nonesuch"], 1, "gilbox: /nonesuch: No such file or directory\n");
}

#[test]
fn a_quiet_prompt_has_no_banner() {
    let done = run(&["repl", "-q"]);
    assert_eq!((text(&done.stdout), text(&done.stderr)), (String::new(), ">>> \n".to_string()));
}

#[test]
fn streams_that_are_closed_are_none() {
    let code = "import sys; lost = [n for n in ('stdin', 'stdout', 'stderr') if getattr(sys, n) is None]\n\
                try: input('?')\n\
                except RuntimeError as e: lost.append(str(e))\n\
                print(lost, file=sys.stdout or sys.stderr)";
    let lost = |redirection: &str| {
        let command = format!("exec \"$0\" -c \"$1\" {redirection}");
        let shell = ["-c", &command, env!("CARGO_BIN_EXE_gilbox"), code];
        let done = Command::new("sh").args(shell).stdin(Stdio::null()).output().expect("a shell runs");
        text(&done.stdout) + &text(&done.stderr)
    };
    assert_eq!(lost("0<&-"), "['stdin', 'lost sys.stdin']\n");
    assert_eq!(lost("1>&-"), "['stdout', 'lost sys.stdout']\n");
    assert_eq!(lost("2>&-"), "['stderr', 'lost sys.stderr']\n");
    assert_eq!(lost("0<&- 2>&-"), "['stdin', 'stderr', 'lost sys.stdin']\n");
}

fn gilbox() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gilbox"));
    command.stdin(Stdio::null()).env_remove("PYTHON_GIL");
    command
}

fn run(arguments: &[&str]) -> Output {
    gilbox().args(arguments).output().expect("gilbox runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// It ends with this code, and says this on standard error.
fn says(arguments: &[&str], code: i32, message: &str) {
    let done = run(arguments);
    let errors = text(&done.stderr);
    assert!(errors.contains(message), "{arguments:?}\nwanted: {message}\ngot: {errors}");
    assert_eq!(done.status.code(), Some(code), "{arguments:?}\n{errors}");
}

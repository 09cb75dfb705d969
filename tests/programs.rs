//! Runs every program under `tests/<subject>/` and compares what it prints with the files beside it.
//!
//! `NAME.py` must print `NAME.out` on standard output, `NAME.err` on standard error (nothing if that
//! file is missing), and end with the code in `NAME.code` (0 if that is missing): CPython 3.14's own
//! answers, written by `tests/regenerate`. A program's folder reads `DIR` in both texts, addresses
//! read `at 0xADDRESS`, and frames of the interpreter's own library are left out of tracebacks.
//! Comments at the top of a program say how it is run: `# how: -c` (its text as an argument),
//! `# how: -` (its text as standard input), `# args: …`, `# stdin: …` (a line each), and under `gil/`,
//! whose answers are written by hand, `# gilbox: …`: options that belong to the program. Under `stress/` they are
//! added to those of the mode.
//! A file that opens with `# part of …` is a module for the others.
//!
//! The whole suite runs in another mode with `GILBOX_TEST_ARGS="--gil off"` or `GILBOX_GC_STRESS=1` (`=97` collects at every
//! 97th safepoint only, which is the mode for all of it); `GILBOX_TEST_ONLY=name` picks programs, `GILBOX_TEST_TIMEOUT` sets
//! seconds, and `GILBOX_STRESS_SECONDS` lets each program under `stress/` run for longer than its one second. `GILBOX` names
//! another binary to test.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs, io};

use assert_cmd::Command;

/// How many lines of a difference are worth reading at once.
const SHOWN_LINES: usize = 24;

#[test]
fn language() {
    run_subject("language");
}

#[test]
fn types() {
    run_subject("types");
}

#[test]
fn builtins() {
    run_subject("builtins");
}

#[test]
fn errors() {
    run_subject("errors");
}

#[test]
fn threading() {
    run_subject("threading");
}

#[test]
fn asyncio() {
    run_subject("asyncio");
}

#[test]
fn modules() {
    run_subject("modules");
}

#[test]
fn processes() {
    run_subject("processes");
}

#[test]
fn programs() {
    run_subject("programs");
}

#[test]
fn cli() {
    run_subject("cli");
}

#[test]
fn gil() {
    run_subject("gil");
}

#[test]
fn blog() {
    for (name, wanted) in [
        ("threads", "Threads completed\n"),
        ("processes", "Processes completed\n"),
        ("asyncio_tasks", "Asynchronous tasks completed\n"),
    ] {
        let program = root().join(format!("scripts/blog/{name}.py"));
        let got = ask(&program, &extra_args());
        assert_eq!((got.out.as_str(), got.code), (wanted, 0), "{name}: {}", got.err);
    }
}

#[test]
fn stress_under_the_lock() {
    run_stress(&["--gil", "3.14"]);
}

#[test]
fn stress_without_the_lock() {
    run_stress(&["--gil", "off"]);
}

#[test]
fn stress_with_switches_everywhere() {
    run_stress(&["--gil", "3.9", "--switch-interval", "0.00001"]);
}

/// What a program did: its two texts, normalised, and how it ended.
struct Answer {
    out: String,
    err: String,
    code: i32,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The binary under test: the one built with the tests, or another in `$GILBOX`.
fn binary() -> String {
    env::var("GILBOX").unwrap_or_else(|_| env!("CARGO_BIN_EXE_gilbox").to_owned())
}

fn extra_args() -> Vec<String> {
    let given = env::var("GILBOX_TEST_ARGS").unwrap_or_default();
    given.split_whitespace().map(str::to_owned).collect()
}

fn run_subject(subject: &str) {
    let args = extra_args();
    let mut report = String::new();
    let mut failed = Vec::new();
    let programs = programs_of(subject);
    for program in &programs {
        let want = expected(program);
        let got = ask(program, &args);
        let faults = differences(&want, &got);
        let name = name_of(program);
        if !faults.is_empty() {
            let _ = write!(report, "\n--- {subject}/{name}\n{faults}");
            failed.push(name);
        }
    }
    let (bad, all) = (failed.len(), programs.len());
    assert!(failed.is_empty(), "{report}\n{subject}: {bad} of {all} programs failed: {}", failed.join(" "));
}

/// Stress programs end with code 0 and print `ok`; whatever else they print says what broke.
fn run_stress(mode: &[&str]) {
    let mut args: Vec<String> = mode.iter().map(|&arg| arg.to_owned()).collect();
    args.extend(extra_args());
    let mut report = String::new();
    for program in programs_of("stress") {
        let got = ask(&program, &args);
        if got.code != 0 || got.out != "ok\n" {
            let name = name_of(&program);
            let (out, err) = (head(&got.out), head(&got.err));
            let _ = writeln!(report, "--- {name}: exit code {}\n{out}{err}", got.code);
        }
    }
    assert!(report.is_empty(), "with {args:?}:\n{report}");
}

fn programs_of(subject: &str) -> Vec<PathBuf> {
    let only = env::var("GILBOX_TEST_ONLY").unwrap_or_default();
    let folder = root().join("tests").join(subject);
    let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut programs: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "py"))
        .filter(|path| !read(path).starts_with("# part of "))
        .filter(|path| name_of(path).contains(&only))
        .collect();
    programs.sort();
    programs
}

fn name_of(program: &Path) -> String {
    program.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn expected(program: &Path) -> Answer {
    let optional = |extension| fs::read_to_string(program.with_extension(extension)).ok();
    Answer {
        out: read(&program.with_extension("out")),
        err: optional("err").unwrap_or_default(),
        code: optional("code").map_or(0, |text| text.trim().parse().expect("a number in .code")),
    }
}

fn timeout() -> Duration {
    let number = |name| env::var(name).ok().and_then(|text| text.parse::<f64>().ok());
    let usual = if env::var_os("GILBOX_GC_STRESS").is_some() { 300.0 } else { 60.0 };
    let stress = number("GILBOX_STRESS_SECONDS").unwrap_or_default();
    Duration::from_secs_f64(number("GILBOX_TEST_TIMEOUT").unwrap_or(usual + stress))
}

/// Runs one program as its directives say.
fn ask(program: &Path, args: &[String]) -> Answer {
    let text = read(program);
    let folder = program.parent().unwrap_or(Path::new("."));
    let mut how = "file";
    let mut program_args: Vec<&str> = Vec::new();
    let stress_seconds = env::var("GILBOX_STRESS_SECONDS").unwrap_or_default();
    if folder.ends_with("stress") && !stress_seconds.is_empty() {
        program_args.push(&stress_seconds);
    }
    let mut stdin = String::new();
    let mut options: Vec<&str> = args.iter().map(String::as_str).collect();
    for line in text.lines().take_while(|line| line.starts_with('#')) {
        if let Some(value) = line.strip_prefix("# how: ") {
            how = value;
        } else if let Some(value) = line.strip_prefix("# args: ") {
            program_args.extend(value.split_whitespace());
        } else if let Some(value) = line.strip_prefix("# stdin: ") {
            stdin.push_str(value);
            stdin.push('\n');
        } else if let Some(value) = line.strip_prefix("# gilbox: ") {
            if !folder.ends_with("stress") {
                options.clear();
            }
            options.extend(value.split_whitespace());
        }
    }
    heed_interrupts();
    let mut command = Command::new(binary());
    command.args(options).current_dir(folder).timeout(timeout());
    match how {
        "-c" => command.args(["-c", &text]),
        "-" => {
            stdin.clone_from(&text);
            command.arg("-")
        }
        _ => command.arg(program),
    };
    command.args(program_args).write_stdin(stdin);
    match command.output() {
        Ok(done) => Answer {
            out: normalised(&String::from_utf8_lossy(&done.stdout), folder),
            err: normalised(&String::from_utf8_lossy(&done.stderr), folder),
            code: done.status.code().unwrap_or_else(|| signal_of(done.status)),
        },
        Err(error) => failure(&error),
    }
}

/// Programs are started as a terminal would, also where a shell started the tests with `&`, which makes all of them ignore
/// Ctrl-C.
#[cfg(unix)]
fn heed_interrupts() {
    // SAFETY: the default action is no code of ours.
    unsafe { libc::signal(libc::SIGINT, libc::SIG_DFL) };
}

#[cfg(not(unix))]
fn heed_interrupts() {}

/// As a shell would say it: a program that a signal ended has the signal's number, negative.
#[cfg(unix)]
fn signal_of(status: std::process::ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    -status.signal().unwrap_or_default()
}

#[cfg(not(unix))]
fn signal_of(_: std::process::ExitStatus) -> i32 {
    -1
}

fn failure(error: &io::Error) -> Answer {
    Answer { out: String::new(), err: format!("the test could not run it: {error}\n"), code: -1 }
}

/// The program's folder as `DIR`, addresses hidden, frames of library files dropped.
fn normalised(text: &str, folder: &Path) -> String {
    let text = text.replace(&format!("{}/", folder.display()), "DIR/");
    let mut kept = Vec::new();
    let mut dropping = false;
    for line in text.split('\n') {
        if let Some(file) = frame_file(line) {
            dropping = file.starts_with('/') || file.starts_with("<frozen");
        } else if !line.starts_with("    ") {
            dropping = false;
        }
        if !dropping {
            kept.push(without_addresses(line));
        }
    }
    kept.join("\n")
}

/// The file of a traceback's `File "…", line N, in f`, also inside an exception group's box.
fn frame_file(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches([' ', '|']).strip_prefix("File \"")?;
    let (file, rest) = rest.split_once('"')?;
    rest.contains(", in ").then_some(file)
}

fn without_addresses(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(" at 0x") {
        let start = at + " at 0x".len();
        let digits = rest[start..].find(|c: char| !matches!(c, '0'..='9' | 'a'..='f')).unwrap_or(rest.len() - start);
        let end = start + digits;
        out.push_str(&rest[..start]);
        out.push_str(if digits >= 6 { "ADDRESS" } else { &rest[start..end] });
        rest = &rest[end..];
    }
    out + rest
}

fn differences(want: &Answer, got: &Answer) -> String {
    let mut text = String::new();
    if want.out != got.out {
        let _ = write!(text, "standard output:\n{}", compare(&want.out, &got.out));
    }
    if want.err != got.err {
        let _ = write!(text, "standard error:\n{}", compare(&want.err, &got.err));
    }
    if want.code != got.code {
        let _ = writeln!(text, "exit code: {} wanted, {} got", want.code, got.code);
    }
    text
}

/// The first line that differs, with what comes before and after it on both sides.
fn compare(want: &str, got: &str) -> String {
    let want: Vec<&str> = want.lines().collect();
    let got: Vec<&str> = got.lines().collect();
    let same = want.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let mut text = String::new();
    for line in &want[same.saturating_sub(2)..same] {
        let _ = writeln!(text, "      {line}");
    }
    for (sign, lines) in [("want", &want), ("got ", &got)] {
        for line in lines.iter().skip(same).take(SHOWN_LINES / 4) {
            let _ = writeln!(text, " {sign} {line}");
        }
    }
    if text.is_empty() {
        text.push_str("      only the line ends differ\n");
    }
    text
}

fn head(text: &str) -> String {
    text.lines().take(SHOWN_LINES).flat_map(|line| [line, "\n"]).collect()
}

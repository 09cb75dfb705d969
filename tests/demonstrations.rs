//! Every program in `scripts/gil` says what to run and what one should see, and runs, with little to do.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use assert_cmd::Command;

/// A program in `scripts/gil`, and what makes it short.
struct Demonstration {
    name: &'static str,
    environment: &'static [(&'static str, &'static str)],
    options: &'static [&'static str],
    args: &'static [&'static str],
    /// What it prints, among other things.
    word: &'static str,
}

const fn plain(name: &'static str, args: &'static [&'static str], word: &'static str) -> Demonstration {
    Demonstration { name, environment: &[], options: &[], args, word }
}

const PROGRAMS: &[Demonstration] = &[
    plain("bank", &[], "lock"),
    plain("company", &["0.5"], "answered"),
    plain("convoy", &[], "answers"),
    plain("countdown", &["20000"], "counted"),
    plain("deadlock", &[], "order"),
    plain("echo_server", &["0.05"], "interval"),
    Demonstration {
        environment: &[("SECONDS", "0.1"), ("LONG", "12")],
        options: &["-A"],
        ..plain("fibonacci_server", &[], "asyncio")
    },
    plain("four_ways", &["2000"], "interpreters"),
    plain("hashing", &["2"], "times as fast"),
    plain("lazy_init", &[], "setdefault"),
    plain("lost_updates", &[], "c += 1"),
    plain("philosophers", &[], "fork"),
    plain("starvation", &[], "step"),
    plain("switch_interval", &[], "ms"),
    plain("thousand_threads", &["20"], "of 200,000"),
    plain("turns", &["10000"], ""),
    plain("waiting", &[], "s"),
    plain("whole_picture", &["0.3"], "answers"),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scripts/gil")
}

fn binary() -> String {
    std::env::var("GILBOX").unwrap_or_else(|_| env!("CARGO_BIN_EXE_gilbox").to_owned())
}

#[test]
fn every_demonstration_is_listed_and_says_what_to_run() {
    let mut there: Vec<String> = fs::read_dir(folder())
        .expect("scripts/gil")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a readable program");
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let says = text.starts_with("\"\"\"") && text.contains(&format!("scripts/gil/{name}.py"));
            assert!(says, "{name} does not say what to run");
            name
        })
        .collect();
    there.sort();
    let listed: Vec<&str> = PROGRAMS.iter().map(|program| program.name).collect();
    assert_eq!(there, listed);
}

#[test]
fn every_demonstration_runs() {
    for mode in [&["--gil", "3.14"], &["--gil", "off"]] {
        for Demonstration { name, environment, options, args, word } in PROGRAMS {
            let run = Command::new(binary())
                .args(*mode)
                .args(*options)
                .arg(folder().join(format!("{name}.py")))
                .args(*args)
                .envs(environment.iter().copied())
                .timeout(Duration::from_secs(60))
                .output()
                .expect("gilbox runs");
            let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
            assert!(run.status.success() && out.contains(word), "{name} {mode:?}: {}\n{out}{err}", run.status);
        }
    }
}

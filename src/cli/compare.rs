//! `gilbox compare FILE`: the program with the lock on and off, interleaved, several times.

use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use clap::Args;

use crate::gil::Mode;
use crate::record::compare::{Comparison, ModeRuns, ProcessRun};
use crate::view::comparison;
use crate::world::Clock;

#[derive(Args)]
pub struct CompareOptions {
    /// The modes, the first of which the others are measured against: on, off, 3.14, 3.9, 2.7, fair, priority.
    #[arg(long, value_name = "MODES", value_delimiter = ',', default_value = "on,off", value_parser = parse_mode)]
    modes: Vec<String>,
    /// Runs of each mode.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Print the comparison as one JSON object; times in nanoseconds, memory in bytes.
    #[arg(long)]
    json: bool,
    /// The program, and its arguments.
    #[arg(value_name = "FILE", required = true)]
    program: Vec<String>,
}

fn parse_mode(name: &str) -> Result<String, String> {
    if name == "on" {
        return Ok(name.to_string());
    }
    name.parse::<Mode>().map(|_| name.to_string()).map_err(|error| format!("{error}; or on"))
}

pub fn main(options: &CompareOptions) -> ExitCode {
    let file = Path::new(&options.program[0]);
    if !file.exists() {
        eprintln!("gilbox: can't open file '{}': No such file or directory", file.display());
        return ExitCode::from(2);
    }
    match compare(options) {
        Ok(comparison) => {
            let written = if options.json {
                writeln!(std::io::stdout(), "{}", comparison.to_json())
            } else {
                write!(anstream::stdout(), "{}", comparison::text(&comparison))
            };
            if let Err(error) = written {
                eprintln!("gilbox: standard output: {error}");
                return ExitCode::from(1);
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("gilbox: {error}");
            ExitCode::from(1)
        }
    }
}

fn compare(options: &CompareOptions) -> std::io::Result<Comparison> {
    let mut modes: Vec<ModeRuns> = options
        .modes
        .iter()
        .map(|name| ModeRuns { name: name.clone(), locked: name != "off", runs: Vec::new() })
        .collect();
    let total = options.runs as usize * modes.len();
    let mut done = 0;
    for round in 0..options.runs {
        for mode in &mut modes {
            progress(&format!("run {} of {total}: mode {}, round {}", done + 1, mode.name, round + 1));
            let run = run_once(&options.program, &mode.name)?;
            mode.runs.push(run);
            done += 1;
        }
    }
    progress("");
    Ok(Comparison { program: options.program.join(" "), runs: options.runs as usize, modes })
}

/// A line on standard error that the next one replaces; only on a terminal.
fn progress(text: &str) {
    let mut stderr = std::io::stderr();
    if stderr.is_terminal() {
        // If the terminal is gone there is nobody to tell.
        let _ = write!(stderr, "\r\x1b[K{text}");
        let _ = stderr.flush();
    }
}

/// A file of our own for one run's report, removed when done.
struct ReportFile(PathBuf);

impl ReportFile {
    fn new() -> std::io::Result<ReportFile> {
        for attempt in 0..1000u32 {
            let name = format!("gilbox-{}-{}-{attempt}.json", std::process::id(), Clock.now());
            let path = std::env::temp_dir().join(name);
            match std::fs::OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(_) => return Ok(ReportFile(path)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(std::io::Error::other("no name is free in the folder for temporary files"))
    }
}

impl Drop for ReportFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn run_once(program: &[String], mode: &str) -> std::io::Result<ProcessRun> {
    let report = ReportFile::new()?;
    let policy = if mode == "on" { "3.14" } else { mode };
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("run").arg("--gil").arg(policy).arg("--report-file").arg(&report.0).args(program);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let start = Clock.now();
    let mut child = command.spawn()?;
    let (mut stdout, mut stderr) = (child.stdout.take(), child.stderr.take());
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        stderr.as_mut().map(|pipe| pipe.read_to_end(&mut bytes)).transpose().map(|_| bytes)
    });
    let mut output = Vec::new();
    if let Some(pipe) = &mut stdout {
        pipe.read_to_end(&mut output)?;
    }
    let (exit_code, peak_memory_bytes) = wait(child.id() as i32)?;
    let wall_ns = Clock.now() - start;
    let errors = reader.join().map_err(|_| std::io::Error::other("standard error could not be read"))??;
    let report = std::fs::read(&report.0).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
    Ok(ProcessRun { wall_ns, peak_memory_bytes, exit_code, output, errors, report })
}

/// Waits for a child's end: its exit code (`None` if a signal ended it) and the most memory it needed, in bytes.
fn wait(pid: i32) -> std::io::Result<(Option<i32>, u64)> {
    let mut status = 0;
    // SAFETY: a zeroed structure is valid, and wait4 fills it and the status for a child of ours.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        while libc::wait4(pid, &mut status, 0, &mut usage) < 0 {
            let error = std::io::Error::last_os_error();
            if error.kind() != std::io::ErrorKind::Interrupted {
                return Err(error);
            }
        }
        usage
    };
    let code = libc::WIFEXITED(status).then(|| libc::WEXITSTATUS(status));
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    Ok((code, usage.ru_maxrss as u64 * unit))
}

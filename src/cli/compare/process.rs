//! One run of the program, as a process of its own.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::record::compare::ProcessRun;
use crate::world::Clock;

/// A mode's policy, and its switch interval if that was given.
pub fn parts(mode: &str) -> (&str, Option<&str>) {
    match mode.split_once('@') {
        Some((policy, interval)) => (policy, Some(interval)),
        None => (mode, None),
    }
}

/// A file of our own that is removed when done.
pub struct OwnFile(PathBuf);

impl OwnFile {
    pub fn new(kind: &str) -> std::io::Result<OwnFile> {
        for attempt in 0..1000u32 {
            let name = format!("gilbox-{}-{}-{attempt}.{kind}", std::process::id(), Clock.now());
            let path = std::env::temp_dir().join(name);
            match std::fs::OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(_) => return Ok(OwnFile(path)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(std::io::Error::other("no name is free in the folder for temporary files"))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for OwnFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The command that runs the program in a mode; what it measures goes to a file.
fn command(program: &[String], mode: &str, flag: &str, file: &Path) -> std::io::Result<Command> {
    let (policy, interval) = parts(mode);
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("run").arg("--gil").arg(if policy == "on" { "3.14" } else { policy });
    command.args(interval.map(|interval| format!("--switch-interval={interval}")));
    command.arg(flag).arg(file).args(program).stdin(Stdio::null());
    Ok(command)
}

/// Runs the program once more, to be recorded.
pub fn record(program: &[String], mode: &str, file: &Path) -> std::io::Result<()> {
    let mut command = command(program, mode, "--record", file)?;
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().map(|_| ())
}

/// Runs the program, and measures.
pub fn run(program: &[String], mode: &str) -> std::io::Result<ProcessRun> {
    let report = OwnFile::new("json")?;
    let mut command = command(program, mode, "--report-file", report.path())?;
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
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
    let report =
        std::fs::read(report.path()).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
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

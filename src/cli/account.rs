//! The report on a run, told when the process ends: by itself, by `os._exit`, in a deadlock, or since its time is up.

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::gil::LockStats;
use crate::record::analysis::Analysis;
use crate::record::deadlock::Alarm;
use crate::record::file::{self, Recording};
use crate::record::{Run, children};
use crate::view;
use crate::vm::Vm;
use crate::vm::deadlock::Deadlock;
use crate::world::{Clock, Ns};

use super::options::{ReportFormat, RunOptions};
use super::reason;
use super::report::width;

/// What this process tells at its end; nothing in processes that the program starts, whose figures are in their parent's.
static ACCOUNT: OnceLock<Account> = OnceLock::new();

struct Account {
    format: Option<ReportFormat>,
    /// Where the figures go, as JSON.
    file: Option<PathBuf>,
    program: String,
    start: Ns,
    /// Where the recording is that is made anyway.
    recording: Option<PathBuf>,
    /// The one that is made for the report alone.
    own: Option<File>,
    is_told: AtomicBool,
}

/// From now on there is a report to be told, if `options` say so. Lanes need a recording: if there is none, `may_record`
/// says whether one may be made, and its file is returned.
pub fn open(options: &RunOptions, program: &str, may_record: bool) -> Option<File> {
    if options.ledger.is_some() || (options.report.is_none() && options.report_file.is_none()) {
        return None;
    }
    let wanted = options.report == Some(ReportFormat::Text);
    // Where it cannot be had, the counters have to do.
    let own = if wanted && may_record { nameless().ok() } else { None };
    let written = own.as_ref().and_then(|file| file.try_clone().ok());
    let account = Account {
        format: options.report,
        file: options.report_file.clone(),
        program: program.to_string(),
        start: Clock.now(),
        recording: options.record.clone().filter(|_| wanted),
        own,
        is_told: AtomicBool::new(false),
    };
    let _ = ACCOUNT.set(account);
    written
}

/// A file in memory, which is gone with the process.
fn nameless() -> io::Result<File> {
    // SAFETY: a name that ends with a zero; the descriptor is new, and nobody else's.
    unsafe {
        match libc::memfd_create(c"gilbox-report".as_ptr(), libc::MFD_CLOEXEC) {
            -1 => Err(io::Error::last_os_error()),
            number => Ok(File::from(OwnedFd::from_raw_fd(number))),
        }
    }
}

/// Tells the report, once. The recording is complete, and `stats` are what the lock has counted.
pub fn tell(vm: &Vm, stats: &LockStats) -> io::Result<()> {
    tell_with(vm, stats, None)
}

fn tell_with(vm: &Vm, stats: &LockStats, deadlock: Option<&Deadlock>) -> io::Result<()> {
    // The report is the parent's.
    let Some(account) = ACCOUNT.get().filter(|_| !vm.is_forked.load(Ordering::Acquire)) else { return Ok(()) };
    if account.is_told.swap(true, Ordering::AcqRel) {
        return Ok(());
    }
    let mut run = Run::new(stats, vm.world().clock.now() - account.start);
    run.alarm = deadlock.map(|deadlock| Alarm { at: run.wall_ns, deadlock: deadlock.clone() });
    if let Some(ledger) = &vm.options.ledger {
        match children::read(ledger) {
            Ok(children) => run.children = children,
            Err(error) => eprintln!("gilbox: what child processes have counted cannot be read: {}", reason(&error)),
        }
    }
    account.tell(&run)
}

/// As `tell`, of a process that ends at once, and of the deadlock that ends it; what goes wrong is said.
pub fn tell_at_the_end(vm: &Vm, deadlock: Option<&Deadlock>) {
    if let Err(error) = tell_with(vm, &vm.gil().stats(), deadlock) {
        complain(&error);
    }
}

pub fn complain(error: &io::Error) {
    eprintln!("gilbox: the report cannot be written: {}", reason(error));
}

impl Account {
    fn tell(&self, run: &Run) -> io::Result<()> {
        if let Some(file) = &self.file {
            std::fs::write(file, view::report::json(run, &self.program))?;
        }
        match self.format {
            Some(ReportFormat::Text) => write!(anstream::stderr(), "{}", self.text(run)),
            Some(ReportFormat::Json) => write!(io::stderr(), "{}", view::report::json(run, &self.program)),
            None => Ok(()),
        }
    }

    /// With lanes, if all of the run was recorded.
    fn text(&self, run: &Run) -> String {
        match self.recorded() {
            Some(recording) => view::recording::text(&Analysis::new(&recording), None, width()),
            None => view::report::text(run, &self.program),
        }
    }

    fn recorded(&self) -> Option<Recording> {
        // Opened anew: whoever has written to it is at its end.
        let own = self.own.as_ref().map(|file| PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd())));
        let file = File::open(own.as_ref().or(self.recording.as_ref())?).ok()?;
        file::read(BufReader::new(file)).ok().filter(|recording| !recording.is_cut)
    }
}

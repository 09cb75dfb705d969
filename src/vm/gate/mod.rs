//! The gate: what a program may touch outside of itself. Every question of that kind is asked here and nowhere else.
//!
//! - this file: the permissions that the person who started gilbox gave, and the questions
//! - `paths`: opening and naming files such that what was checked is what is used
//!
//! Without any permission a program may compute, print, read standard input, import modules from the folders it was
//! started with, and use threads. A refusal is a `PermissionError` that names the flag that would allow it.
//!
//! Descriptors are numbers that anybody can make up. A program may use those that it was given (0, 1, 2) and those that it
//! got through the gate; any other number is no descriptor to it, so that gilbox's own (wake pipes, a report's file) are
//! out of its reach.

use std::collections::HashSet;
use std::ffi::CString;
use std::fmt;
use std::io;
use std::os::fd::{IntoRawFd, OwnedFd, RawFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::world::forks;
use crate::world::parking::Mutex;

mod paths;

/// How far one permission goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Extent<T> {
    #[default]
    Nothing,
    Only(Vec<T>),
    Everything,
}

impl<T> Extent<T> {
    /// What the values of a flag say together: the flag without a value means everything.
    pub fn of_flags(given: impl IntoIterator<Item = Option<T>>) -> Extent<T> {
        let mut extent = Extent::Nothing;
        for value in given {
            extent = match (extent, value) {
                (Extent::Everything, _) | (_, None) => Extent::Everything,
                (Extent::Nothing, Some(value)) => Extent::Only(vec![value]),
                (Extent::Only(mut values), Some(value)) => {
                    values.push(value);
                    Extent::Only(values)
                }
            };
        }
        extent
    }

    fn is_everything(&self) -> bool {
        matches!(self, Extent::Everything)
    }
}

/// What the person allowed: `--allow-read`, `--allow-write`, `--allow-net`, `--allow-run`.
#[derive(Clone, Debug, Default)]
pub struct Permissions {
    pub read: Extent<PathBuf>,
    pub write: Extent<PathBuf>,
    pub net: Extent<String>,
    pub run: bool,
    /// Folders that modules come from: the program's own, and `PYTHONPATH`.
    pub imports: Vec<PathBuf>,
}

impl Permissions {
    /// `-A`
    pub fn all() -> Permissions {
        let (read, write, net) = (Extent::Everything, Extent::Everything, Extent::Everything);
        Permissions { read, write, net, run: true, imports: Vec::new() }
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Read,
    Write,
}

/// Why something did not happen.
#[derive(Debug)]
pub enum Refused {
    /// The gate said no: what was asked for, and the flag that would allow it.
    Gate { what: &'static str, flag: &'static str },
    /// The system said no.
    System(io::Error),
}

impl Refused {
    /// The gate's no to an access.
    pub const fn of(access: Access) -> Refused {
        match access {
            Access::Read => Refused::Gate { what: "reading", flag: "--allow-read" },
            Access::Write => Refused::Gate { what: "writing", flag: "--allow-write" },
        }
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Refused {
        Refused::System(error)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Gate { what, flag } => write!(f, "{what} needs {flag}"),
            Refused::System(error) => error.fmt(f),
        }
    }
}

pub type Answer<T> = Result<T, Refused>;

/// A folder, held open, and a name in it: a place that need not exist.
pub struct Place {
    /// `None`: the name is a path of its own.
    folder: Option<OwnedFd>,
    pub name: CString,
}

impl Place {
    /// For the system calls that end in `at`.
    pub fn folder(&self) -> RawFd {
        use std::os::fd::AsRawFd;
        self.folder.as_ref().map_or(libc::AT_FDCWD, |folder| folder.as_raw_fd())
    }
}

/// One interpreter's gate.
#[derive(Debug, Default)]
pub struct Gate {
    permissions: Permissions,
    /// The folders of `permissions.imports` with all links resolved, found when first needed.
    import_folders: OnceLock<Vec<PathBuf>>,
    /// Descriptors that the program got from us, beyond the standard ones.
    descriptors: Mutex<HashSet<RawFd>>,
    /// The numbers of hosts whose names `permissions.net` has, as far as they were looked up.
    found: Mutex<HashSet<String>>,
    /// The processes that the program has started and not waited for.
    children: Mutex<HashSet<i32>>,
    /// Those that it has waited for: what they were called means nobody to it any more.
    ended: Mutex<HashSet<i32>>,
}

impl Gate {
    pub fn new(permissions: Permissions) -> Gate {
        let resolved = |extent: Extent<PathBuf>| match extent {
            Extent::Only(paths) => Extent::Only(paths.iter().map(|path| paths::resolve_root(path)).collect()),
            other => other,
        };
        let permissions =
            Permissions { read: resolved(permissions.read), write: resolved(permissions.write), ..permissions };
        Gate { permissions, ..Gate::default() }
    }

    fn extent(&self, access: Access) -> &Extent<PathBuf> {
        match access {
            Access::Read => &self.permissions.read,
            Access::Write => &self.permissions.write,
        }
    }

    /// Whether every path is open to this access.
    pub fn is_open(&self, access: Access) -> bool {
        self.extent(access).is_everything()
    }

    /// Whether a path without links and `..` may be accessed.
    fn allows(&self, access: Access, canonical: &Path) -> bool {
        match self.extent(access) {
            Extent::Everything => true,
            Extent::Only(roots) => roots.iter().any(|root| canonical.starts_with(root)),
            Extent::Nothing => false,
        }
    }

    fn check(&self, access: Access, canonical: &Path) -> Answer<()> {
        if self.allows(access, canonical) { Ok(()) } else { Err(Refused::of(access)) }
    }

    /// Opens a file as `open(2)` does; what it is opened for follows from the flags. The program owns the descriptor.
    pub fn open(&self, path: &Path, flags: i32, mode: u32) -> Answer<RawFd> {
        let file = paths::open(self, path, flags | libc::O_CLOEXEC, mode)?;
        Ok(self.adopt(file))
    }

    /// As `open`, for what gilbox itself does with the file on the program's behalf.
    pub fn open_for_us(&self, path: &Path, flags: i32, mode: u32) -> Answer<std::fs::File> {
        Ok(paths::open(self, path, flags | libc::O_CLOEXEC, mode)?.into())
    }

    /// What a path leads to, links followed, held without being opened for anything.
    pub fn find(&self, path: &Path, access: Access) -> Answer<OwnedFd> {
        paths::find(self, path, access)
    }

    /// The folder of a path and the last name in it, which is not looked at: to create, delete, rename.
    pub fn place(&self, path: &Path, access: Access) -> Answer<Place> {
        paths::place(self, path, access)
    }

    /// The text of a module: it may always come from the folders that the program was started with.
    pub fn read_module(&self, file: &Path) -> Answer<Vec<u8>> {
        if self.is_open(Access::Read) {
            return Ok(std::fs::read(file)?);
        }
        paths::read_held(file, |lies| {
            let folders = self
                .import_folders
                .get_or_init(|| self.permissions.imports.iter().map(|folder| paths::resolve_root(folder)).collect());
            if folders.iter().any(|folder| lies.starts_with(folder)) {
                return Ok(());
            }
            self.check(Access::Read, lies)
        })
    }

    /// Whether a connection with that host may be made, or accepted there: one that the flags name, or the number that such
    /// a name was found to stand for, which is what most programs connect with.
    pub fn may_connect(&self, host: &str) -> Answer<()> {
        match &self.permissions.net {
            Extent::Everything => Ok(()),
            Extent::Only(hosts) if hosts.iter().any(|allowed| allowed.eq_ignore_ascii_case(host)) => Ok(()),
            Extent::Only(_) if self.found.lock().contains(host) => Ok(()),
            _ => Err(Refused::Gate { what: "the network", flag: "--allow-net" }),
        }
    }

    /// A name has been looked up: if the flags allow the name, they allow the numbers that it stands for.
    pub fn has_found(&self, name: &str, numbers: impl Iterator<Item = String>) {
        if matches!(self.permissions.net, Extent::Only(_)) && self.may_connect(name).is_ok() {
            self.found.lock().extend(numbers);
        }
    }

    /// Whether another program may be started.
    pub fn may_run(&self) -> Answer<()> {
        if self.permissions.run { Ok(()) } else { Err(Refused::Gate { what: "running programs", flag: "--allow-run" }) }
    }

    /// Whether the program may change the machine, or whose the process is and what it sees of the system, which would lead
    /// around the gate: `what`, for the refusal.
    pub fn may_everything(&self, what: &'static str) -> Answer<()> {
        let permissions = &self.permissions;
        let files = self.is_open(Access::Read) && self.is_open(Access::Write);
        if files && permissions.run && permissions.net.is_everything() {
            return Ok(());
        }
        Err(Refused::Gate { what, flag: "-A" })
    }

    /// A process of the program's own code has been started: it may be waited for and ended.
    pub fn add_child(&self, pid: i32) {
        self.children.lock().insert(pid);
        self.ended.lock().remove(&pid);
    }

    /// That process is over, and its number may come to be another's.
    pub fn forget_child(&self, pid: i32) {
        if self.children.lock().remove(&pid) {
            self.ended.lock().insert(pid);
        }
    }

    /// Whether that was a process of the program's own code, whose end it has seen.
    pub fn has_ended(&self, pid: i32) -> bool {
        self.ended.lock().contains(&pid)
    }

    /// The processes that this one has started and not seen the end of.
    pub fn children(&self) -> Vec<i32> {
        self.children.lock().iter().copied().collect()
    }

    /// In the child of a fork: its parent's children are not its own.
    pub fn begin_child(&self) {
        self.children.lock().clear();
        self.ended.lock().clear();
    }

    /// Whether that process may be sent signals: oneself, and one's own children.
    pub fn may_signal(&self, pid: i32) -> Answer<()> {
        if pid == std::process::id() as i32 || self.children.lock().contains(&pid) || self.permissions.run {
            return Ok(());
        }
        Err(Refused::Gate { what: "acting on other processes", flag: "--allow-run" })
    }

    /// The program gets this descriptor: from now on it may use the number.
    pub fn adopt(&self, file: OwnedFd) -> RawFd {
        let descriptor = file.into_raw_fd();
        self.adopt_number(descriptor);
        descriptor
    }

    /// As `adopt`, for what is behind a number already.
    pub fn adopt_number(&self, descriptor: RawFd) {
        let _whole = forks::whole();
        self.descriptors.lock().insert(descriptor);
    }

    /// The descriptors from `low` to `high` (excluded) that the program got.
    pub fn owned_between(&self, low: RawFd, high: RawFd) -> Vec<RawFd> {
        let _whole = forks::whole();
        let standard = (0..=2).filter(|number| (low..high).contains(number));
        let owned = self.descriptors.lock();
        standard.chain(owned.iter().copied().filter(|number| (low..high).contains(number))).collect()
    }

    /// The program has given the descriptor up. To be said before it is closed, since the number can come back at once.
    pub fn disown(&self, descriptor: RawFd) {
        let _whole = forks::whole();
        self.descriptors.lock().remove(&descriptor);
    }

    fn has(&self, descriptor: RawFd) -> bool {
        let _whole = forks::whole();
        self.descriptors.lock().contains(&descriptor)
    }

    /// Whether the number is a descriptor to the program. To one that may do everything with files, each is.
    pub fn owns(&self, descriptor: RawFd) -> bool {
        (0..=2).contains(&descriptor)
            || self.has(descriptor)
            || self.is_open(Access::Read) && self.is_open(Access::Write)
    }
}

/// A path for the system; one with a zero byte has none.
fn c_path(path: &Path) -> io::Result<CString> {
    CString::new(path.as_os_str().as_bytes()).map_err(|_| io::Error::from_raw_os_error(libc::EINVAL))
}

#[cfg(test)]
mod tests;

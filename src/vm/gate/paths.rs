//! Opening and naming files such that what was checked is what is used.
//!
//! A path that is checked and then opened can lead elsewhere by then: a folder on the way may have become a link. So the
//! order is turned around. What the path leads to is first *held*, by a descriptor that permits nothing (`O_PATH`, which
//! opens no device and waits for no pipe); the system then says where that thing lies, free of links and `..`; that
//! name is checked; and what is opened at last is the held thing itself, through the descriptor. For what does not exist
//! yet the same is done with its folder, and the last name is made in the held folder without following a link.

use std::ffi::{CString, OsStr};
use std::io::{self, Read};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

use super::{Access, Answer, Extent, Gate, Place, Refused, c_path};

/// As many links as the system follows.
const MOST_LINKS: usize = 40;

/// A path that the person named, without links and `..`, whether it exists or not.
pub(super) fn resolve_root(path: &Path) -> PathBuf {
    let full = plain(path);
    let mut rest = Vec::new();
    let mut there = full.as_path();
    loop {
        if let Ok(found) = std::fs::canonicalize(there) {
            return rest.iter().rev().fold(found, |path, name| path.join(name));
        }
        match (there.parent(), there.file_name()) {
            (Some(parent), Some(name)) => {
                rest.push(name);
                there = parent;
            }
            _ => return full,
        }
    }
}

/// The absolute path with `.` and `..` taken as text.
fn plain(path: &Path) -> PathBuf {
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut out = PathBuf::new();
    for part in full.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            part => out.push(part),
        }
    }
    out
}

/// What the flags of `open(2)` ask for.
fn accesses(flags: i32) -> impl Iterator<Item = Access> + Clone {
    let read = flags & libc::O_ACCMODE != libc::O_WRONLY;
    let write = flags & libc::O_ACCMODE != libc::O_RDONLY || flags & (libc::O_CREAT | libc::O_TRUNC) != 0;
    [read.then_some(Access::Read), write.then_some(Access::Write)].into_iter().flatten()
}

pub(super) fn open(gate: &Gate, path: &Path, flags: i32, mode: u32) -> Answer<OwnedFd> {
    if accesses(flags).all(|access| gate.is_open(access)) || path == Path::new("/dev/null") {
        return Ok(open_at(libc::AT_FDCWD, &c_path(path)?, flags, mode)?);
    }
    for access in accesses(flags) {
        refuse_early(gate, path, access)?;
    }
    let mut path = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        match hold(&path) {
            Ok(_) if flags & (libc::O_CREAT | libc::O_EXCL) == libc::O_CREAT | libc::O_EXCL => {
                let place = checked_place(gate, &path, accesses(flags))?;
                return Ok(open_at(place.folder(), &place.name, flags, mode)?);
            }
            Ok(held) => {
                let lies = where_is(&held)?;
                for access in accesses(flags) {
                    gate.check(access, &lies)?;
                }
                return reopen(&held, flags & !libc::O_CREAT);
            }
            Err(error) if error.raw_os_error() == Some(libc::ENOENT) && flags & libc::O_CREAT != 0 => {
                // Either nothing is there, or a link that leads to nothing: then its target is what is to be made.
                let place = checked_place(gate, &path, accesses(flags))?;
                match link_target(&place) {
                    Ok(target) => path = folder_path(&place)?.join(target),
                    Err(_) => return Ok(open_at(place.folder(), &place.name, flags | libc::O_NOFOLLOW, mode)?),
                }
            }
            Err(error) => return Err(hide(gate, &path, accesses(flags), error)),
        }
    }
    Err(io::Error::from_raw_os_error(libc::ELOOP).into())
}

pub(super) fn find(gate: &Gate, path: &Path, access: Access) -> Answer<OwnedFd> {
    if gate.is_open(access) {
        return Ok(hold(path)?);
    }
    refuse_early(gate, path, access)?;
    let held = hold(path).map_err(|error| hide(gate, path, [access].into_iter(), error))?;
    gate.check(access, &where_is(&held)?)?;
    Ok(held)
}

pub(super) fn place(gate: &Gate, path: &Path, access: Access) -> Answer<Place> {
    if gate.is_open(access) {
        return Ok(Place { folder: None, name: c_path(path)? });
    }
    refuse_early(gate, path, access)?;
    checked_place(gate, path, [access].into_iter())
}

/// The bytes of a file, if what `check` says of where it lies is yes.
pub(super) fn read_held(path: &Path, check: impl FnOnce(&Path) -> Answer<()>) -> Answer<Vec<u8>> {
    let held = hold(path)?;
    check(&where_is(&held)?)?;
    let mut bytes = Vec::new();
    std::fs::File::from(reopen(&held, libc::O_RDONLY | libc::O_CLOEXEC)?).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Nothing is looked at for a program that may access nothing.
fn refuse_early(gate: &Gate, path: &Path, access: Access) -> Answer<()> {
    match gate.extent(access) {
        Extent::Nothing => Err(Refused::of(access)),
        _ if path.as_os_str().is_empty() => Err(io::Error::from_raw_os_error(libc::ENOENT).into()),
        _ => Ok(()),
    }
}

/// The held folder of a path, where the last name may be accessed.
fn checked_place(gate: &Gate, path: &Path, accesses: impl Iterator<Item = Access> + Clone) -> Answer<Place> {
    let (parent, name) = split(path);
    let folder = hold(&parent).map_err(|error| hide(gate, path, accesses.clone(), error))?;
    let lies = where_is(&folder)?;
    let full = match name.as_bytes() {
        b"." | b".." | b"" => where_is(&hold(path)?)?,
        _ => lies.join(&name),
    };
    for access in accesses {
        gate.check(access, &full)?;
    }
    let name = CString::new(name.as_bytes()).map_err(|_| io::Error::from_raw_os_error(libc::EINVAL))?;
    Ok(Place { folder: Some(folder), name })
}

/// The folder and the last name of a path, as the system would split it.
fn split(path: &Path) -> (PathBuf, std::ffi::OsString) {
    let bytes = path.as_os_str().as_bytes();
    let end = bytes.iter().rposition(|b| *b != b'/').map_or(bytes.len().min(1), |at| at + 1);
    let start = bytes[..end].iter().rposition(|b| *b == b'/').map_or(0, |at| at + 1);
    let (parent, name) = (&bytes[..start], &bytes[start..end]);
    let parent = if parent.is_empty() { &b"."[..] } else { parent };
    let name = if name.is_empty() { &b"."[..] } else { name };
    (PathBuf::from(OsStr::from_bytes(parent)), OsStr::from_bytes(name).to_os_string())
}

/// An error about a path that the program may not look at would say what is there.
fn hide(gate: &Gate, path: &Path, accesses: impl Iterator<Item = Access>, error: io::Error) -> Refused {
    let said = plain(path);
    for access in accesses {
        if !gate.allows(access, &said) && !gate.allows(access, &resolve_root(path)) {
            return Refused::of(access);
        }
    }
    error.into()
}

fn hold(path: &Path) -> io::Result<OwnedFd> {
    open_at(libc::AT_FDCWD, &c_path(path)?, O_HOLD | libc::O_CLOEXEC, 0)
}

#[cfg(target_os = "linux")]
const O_HOLD: i32 = libc::O_PATH;
/// Systems without `O_PATH`: the thing is opened for reading, without waiting.
#[cfg(not(target_os = "linux"))]
const O_HOLD: i32 = libc::O_RDONLY | libc::O_NONBLOCK;

fn open_at(folder: i32, name: &CString, flags: i32, mode: u32) -> io::Result<OwnedFd> {
    // SAFETY: a string that ends in zero, and plain numbers.
    let descriptor = unsafe { libc::openat(folder, name.as_ptr(), flags, mode) };
    if descriptor < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the system has just made it for us.
    Ok(unsafe { OwnedFd::from_raw_fd(descriptor) })
}

/// Where the held thing lies now.
#[cfg(target_os = "linux")]
fn where_is(held: &OwnedFd) -> io::Result<PathBuf> {
    std::fs::read_link(format!("/proc/self/fd/{}", held.as_raw_fd()))
}

#[cfg(target_os = "macos")]
fn where_is(held: &OwnedFd) -> io::Result<PathBuf> {
    let mut name = [0u8; libc::PATH_MAX as usize];
    // SAFETY: the system writes at most `PATH_MAX` bytes.
    if unsafe { libc::fcntl(held.as_raw_fd(), libc::F_GETPATH, name.as_mut_ptr()) } < 0 {
        return Err(io::Error::last_os_error());
    }
    let end = name.iter().position(|b| *b == 0).unwrap_or(name.len());
    Ok(PathBuf::from(OsStr::from_bytes(&name[..end])))
}

/// Opens the held thing itself.
#[cfg(target_os = "linux")]
fn reopen(held: &OwnedFd, flags: i32) -> Answer<OwnedFd> {
    let name = CString::new(format!("/proc/self/fd/{}", held.as_raw_fd())).map_err(io::Error::from)?;
    Ok(open_at(libc::AT_FDCWD, &name, flags & !libc::O_NOFOLLOW, 0)?)
}

#[cfg(target_os = "macos")]
fn reopen(held: &OwnedFd, flags: i32) -> Answer<OwnedFd> {
    let name = CString::new(format!("/dev/fd/{}", held.as_raw_fd())).map_err(io::Error::from)?;
    Ok(open_at(libc::AT_FDCWD, &name, flags & !libc::O_NOFOLLOW, 0)?)
}

fn link_target(place: &Place) -> io::Result<PathBuf> {
    let mut target = vec![0u8; libc::PATH_MAX as usize];
    // SAFETY: the system writes at most as many bytes as there are.
    let len =
        unsafe { libc::readlinkat(place.folder(), place.name.as_ptr(), target.as_mut_ptr().cast(), target.len()) };
    if len < 0 {
        return Err(io::Error::last_os_error());
    }
    target.truncate(len as usize);
    Ok(PathBuf::from(OsStr::from_bytes(&target)))
}

/// The path of the folder that a place is in.
fn folder_path(place: &Place) -> io::Result<PathBuf> {
    match &place.folder {
        Some(folder) => where_is(folder),
        None => Ok(PathBuf::from(".")),
    }
}

//! SQLite's files pass the gate: the system calls that it makes with a path are these.
//!
//! SQLite's layer for Unix calls `open`, `stat` and so on through a table of pointers, which are the library's, and so the
//! process's. Whose gate is to be asked is therefore a matter of the thread: whoever calls SQLite sets the [`Scene`] first,
//! and where there is none, nothing is opened. A descriptor that is opened here belongs to SQLite: its number is none that
//! the program could use.

use std::cell::{Cell, RefCell};
use std::ffi::{CStr, OsStr, c_char, c_int};
use std::io;
use std::os::fd::{AsRawFd, IntoRawFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::Once;

use libc::{mode_t, size_t, ssize_t, stat};
use libsqlite3_sys as ffi;

use crate::vm::Thread;
use crate::vm::gate::{Access, Answer, Gate, Refused};

thread_local! {
    static SCENE: Cell<Setting> = const { Cell::new(NOBODY) };
    /// The path that the gate refused last.
    static REFUSED: RefCell<Option<PathBuf>> = const { RefCell::new(None) };
}

/// On whose behalf this OS thread calls SQLite.
#[derive(Clone, Copy)]
struct Setting {
    gate: *const Gate,
    thread: *const Thread,
    /// What the gate refused last, and the flag that would allow it.
    refused: Option<(&'static str, &'static str)>,
}

const NOBODY: Setting = Setting { gate: ptr::null(), thread: ptr::null(), refused: None };

/// As long as this lives, what SQLite does on this OS thread it does for this thread of the program.
pub struct Scene {
    outer: Setting,
}

impl Scene {
    pub fn of(th: &Thread) -> Scene {
        Scene::set(th.vm().gate(), th)
    }

    /// A scene that nobody acts in: a connection that is forgotten is closed.
    pub fn without_thread(gate: &Gate) -> Scene {
        Scene::set(gate, ptr::null())
    }

    fn set(gate: *const Gate, thread: *const Thread) -> Scene {
        Scene { outer: SCENE.replace(Setting { gate, thread, refused: None }) }
    }

    /// What the gate has refused meanwhile.
    pub fn refused(&self) -> Option<Refused> {
        SCENE.get().refused.map(|(what, flag)| Refused::Gate { what, flag })
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        SCENE.set(self.outer);
    }
}

/// The path that the gate has refused last on this OS thread.
pub fn take_refused_path() -> Option<PathBuf> {
    REFUSED.take()
}

/// The thread of the program that has called SQLite on this OS thread.
pub fn caller<'a>() -> Option<&'a Thread> {
    // SAFETY: set by a `Scene`, which lives no longer than the reference that it was made of.
    unsafe { SCENE.get().thread.as_ref() }
}

fn gate<'a>() -> Option<&'a Gate> {
    // SAFETY: as for `caller`.
    unsafe { SCENE.get().gate.as_ref() }
}

/// Makes the library ask us, once for all.
pub fn prepare() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let calls: [(&CStr, *const ()); 8] = [
            (c"open", open as *const ()),
            (c"access", access as *const ()),
            (c"stat", status as *const ()),
            (c"lstat", link_status as *const ()),
            (c"unlink", unlink as *const ()),
            (c"mkdir", make_folder as *const ()),
            (c"rmdir", remove_folder as *const ()),
            (c"readlink", read_link as *const ()),
        ];
        // SAFETY: the library starts itself here, before anybody else can use it; the functions have the signatures of the
        // system calls that they stand for.
        unsafe {
            ffi::sqlite3_initialize();
            let vfs = ffi::sqlite3_vfs_find(ptr::null());
            let Some(set) = vfs.as_ref().and_then(|layer| layer.xSetSystemCall) else { return };
            for (name, call) in calls {
                set(vfs, name.as_ptr(), std::mem::transmute::<*const (), ffi::sqlite3_syscall_ptr>(call));
            }
        }
    });
}

fn path_of<'a>(path: *const c_char) -> &'a Path {
    // SAFETY: the library passes strings that end in zero and live for the call.
    Path::new(OsStr::from_bytes(unsafe { CStr::from_ptr(path) }.to_bytes()))
}

/// The answer of a system call about a path: what `ask` says, or -1 with the error's number.
fn answer<T>(path: *const c_char, failed: T, ask: impl FnOnce(&Gate) -> Answer<T>) -> T {
    let number = match gate().map(ask) {
        Some(Ok(done)) => return done,
        Some(Err(Refused::System(error))) => error.raw_os_error().unwrap_or(libc::EIO),
        Some(Err(Refused::Gate { what, flag })) => {
            SCENE.set(Setting { refused: Some((what, flag)), ..SCENE.get() });
            REFUSED.replace(Some(path_of(path).to_path_buf()));
            libc::EACCES
        }
        None => libc::EACCES,
    };
    // SAFETY: the place of this thread's error number.
    unsafe { *errno() = number };
    failed
}

#[cfg(target_os = "linux")]
unsafe fn errno() -> *mut c_int {
    // SAFETY: answers for the calling thread.
    unsafe { libc::__errno_location() }
}

#[cfg(not(target_os = "linux"))]
unsafe fn errno() -> *mut c_int {
    // SAFETY: answers for the calling thread.
    unsafe { libc::__error() }
}

/// 0 for success, or the error that the system left.
fn done(result: c_int) -> Answer<c_int> {
    if result < 0 { Err(io::Error::last_os_error().into()) } else { Ok(result) }
}

/// Where random numbers come from, which any program may have.
const RANDOM: &str = "/dev/urandom";

extern "C" fn open(path: *const c_char, flags: c_int, mode: c_int) -> c_int {
    answer(path, -1, |gate| {
        if path_of(path) == Path::new(RANDOM) && flags & libc::O_ACCMODE == libc::O_RDONLY {
            // SAFETY: a string that ends in zero, and plain numbers.
            return done(unsafe { libc::open(path, flags) });
        }
        Ok(gate.open_for_us(path_of(path), flags, mode as u32)?.into_raw_fd())
    })
}

extern "C" fn access(path: *const c_char, mode: c_int) -> c_int {
    answer(path, -1, |gate| {
        let wish = if mode & libc::W_OK != 0 { Access::Write } else { Access::Read };
        let held = gate.find(path_of(path), wish)?;
        let name = format!("/proc/self/fd/{}\0", held.as_raw_fd());
        // SAFETY: a string that ends in zero, and a plain number.
        done(unsafe { libc::access(name.as_ptr().cast(), mode) })
    })
}

extern "C" fn status(path: *const c_char, out: *mut stat) -> c_int {
    answer(path, -1, |gate| {
        let held = gate.find(path_of(path), Access::Read)?;
        // SAFETY: a live descriptor, and the caller's room for the answer.
        done(unsafe { libc::fstat(held.as_raw_fd(), out) })
    })
}

extern "C" fn link_status(path: *const c_char, out: *mut stat) -> c_int {
    let looked = answer(path, -1, |gate| {
        let place = gate.place(path_of(path), Access::Read)?;
        // SAFETY: a live descriptor and name, and the caller's room for the answer.
        done(unsafe { libc::fstatat(place.folder(), place.name.as_ptr(), out, libc::AT_SYMLINK_NOFOLLOW) })
    });
    // The library looks for links in the folders on the way. One that may not be looked at is taken for none: what is
    // opened in the end is asked for by itself.
    // SAFETY: the place of this thread's error number.
    if looked < 0 && unsafe { *errno() } == libc::EACCES {
        SCENE.set(Setting { refused: None, ..SCENE.get() });
        // SAFETY: as above.
        unsafe { *errno() = libc::ENOENT };
    }
    looked
}

extern "C" fn unlink(path: *const c_char) -> c_int {
    answer(path, -1, |gate| {
        let place = gate.place(path_of(path), Access::Write)?;
        // SAFETY: a live descriptor and name.
        done(unsafe { libc::unlinkat(place.folder(), place.name.as_ptr(), 0) })
    })
}

extern "C" fn make_folder(path: *const c_char, mode: mode_t) -> c_int {
    answer(path, -1, |gate| {
        let place = gate.place(path_of(path), Access::Write)?;
        // SAFETY: a live descriptor and name, and a plain number.
        done(unsafe { libc::mkdirat(place.folder(), place.name.as_ptr(), mode) })
    })
}

extern "C" fn remove_folder(path: *const c_char) -> c_int {
    answer(path, -1, |gate| {
        let place = gate.place(path_of(path), Access::Write)?;
        // SAFETY: a live descriptor and name.
        done(unsafe { libc::unlinkat(place.folder(), place.name.as_ptr(), libc::AT_REMOVEDIR) })
    })
}

extern "C" fn read_link(path: *const c_char, out: *mut c_char, size: size_t) -> ssize_t {
    answer(path, -1, |gate| {
        let place = gate.place(path_of(path), Access::Read)?;
        // SAFETY: a live descriptor and name, and room for so many bytes.
        let len = unsafe { libc::readlinkat(place.folder(), place.name.as_ptr(), out, size) };
        if len < 0 { Err(io::Error::last_os_error().into()) } else { Ok(len) }
    })
}

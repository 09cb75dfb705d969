//! Memory that several processes see: mapped from a file without a name, or from nothing, and kept by forked children.

use std::ffi::CString;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::ptr::NonNull;
use std::sync::atomic::AtomicU8;

use crate::heap::Value;
use crate::modules::io::descriptor::{checked, failed, owned, status};
use crate::modules::thread::{class_of, state};
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::{exception, kinds};
use crate::vm::native::{Result, TypeDef, getter, native};
use crate::vm::{Thread, ops};

/// A range of mapped memory. Other processes may change it at any time, so it is only touched by atomics.
pub struct Mapping {
    start: NonNull<u8>,
    len: usize,
    /// What it is mapped from, for those who are to map it, too.
    file: Option<OwnedFd>,
}

// SAFETY: the range belongs to the mapping until it is dropped, and is only touched by atomics.
unsafe impl Send for Mapping {}
// SAFETY: as for `Send`.
unsafe impl Sync for Mapping {}

impl NativeState for Mapping {}

impl Mapping {
    /// Memory of zeros that this process and its future children share.
    pub fn anonymous(len: usize) -> io::Result<Mapping> {
        Mapping::map(len, None)
    }

    /// As `anonymous`, for processes that do not come from a fork as well: they get its descriptor.
    pub fn with_file(len: usize) -> io::Result<Mapping> {
        let file = nameless_file()?;
        give_room(&file, len)?;
        seal(&file)?;
        Mapping::map(len, Some(file))
    }

    /// What another process has made, of at least so many bytes. Touching what a file has lost ends the process, so it must
    /// be one that cannot shrink.
    pub fn of_file(file: OwnedFd, least: usize) -> io::Result<Mapping> {
        let len = status(file.as_raw_fd())?.st_size as usize;
        if len < least || !is_sealed(&file) {
            return Err(io::Error::from_raw_os_error(libc::EINVAL));
        }
        Mapping::map(len, Some(file))
    }

    /// Memory with a name, by which any program of gilbox's finds it; new if `len` says of which size.
    pub fn named(name: &std::ffi::CStr, len: Option<usize>) -> io::Result<Mapping> {
        let flags = if len.is_some() { libc::O_RDWR | libc::O_CREAT | libc::O_EXCL } else { libc::O_RDWR };
        // SAFETY: a name that ends in zero.
        let descriptor = checked(unsafe { libc::shm_open(name.as_ptr(), flags | libc::O_CLOEXEC, 0o600) }.into())?;
        // SAFETY: just made.
        let file = unsafe { OwnedFd::from_raw_fd(descriptor as i32) };
        let len = match len {
            Some(len) => {
                give_room(&file, len).inspect_err(|_| {
                    let _ = Mapping::forget_name(name);
                })?;
                len
            }
            None => status(file.as_raw_fd())?.st_size as usize,
        };
        Mapping::map(len, Some(file))
    }

    /// The memory lives on for those who have it, without its name.
    pub fn forget_name(name: &std::ffi::CStr) -> io::Result<()> {
        // SAFETY: a name that ends in zero.
        checked(unsafe { libc::shm_unlink(name.as_ptr()) }.into()).map(drop)
    }

    fn map(len: usize, file: Option<OwnedFd>) -> io::Result<Mapping> {
        let (descriptor, flags) = match &file {
            Some(file) => (file.as_raw_fd(), libc::MAP_SHARED),
            None => (-1, libc::MAP_SHARED | libc::MAP_ANONYMOUS),
        };
        let access = libc::PROT_READ | libc::PROT_WRITE;
        // SAFETY: a new mapping, at a place of the system's choice.
        let start = unsafe { libc::mmap(std::ptr::null_mut(), len.max(1), access, flags, descriptor, 0) };
        match NonNull::new(start.cast::<u8>()) {
            Some(start) if start.as_ptr().cast() != libc::MAP_FAILED => Ok(Mapping { start, len, file }),
            _ => Err(io::Error::last_os_error()),
        }
    }

    /// Its bytes, as long as the mapping lives: views keep the object that it belongs to.
    pub fn bytes(&self) -> &'static [AtomicU8] {
        // SAFETY: so many bytes are mapped until the drop; an `AtomicU8` has a byte's layout; the caller keeps the object.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr().cast(), self.len) }
    }

    /// Its beginning as a `T` of atomics, for which zeros are valid.
    ///
    /// # Safety
    /// `T` consists of atomics only and is no larger than the mapping.
    pub unsafe fn head<T>(&self) -> &T {
        // SAFETY: mapped memory begins at a page; the rest is the caller's word.
        unsafe { self.start.cast().as_ref() }
    }

    pub fn descriptor(&self) -> Option<i32> {
        self.file.as_ref().map(AsRawFd::as_raw_fd)
    }

    /// The mapping behind an object of this module.
    pub fn of(object: Value) -> Option<&'static Mapping> {
        object.downcast::<NativeObject>()?.state_as()
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: mapped by `map`, and nobody keeps a slice of it without its object.
        unsafe { libc::munmap(self.start.as_ptr().cast(), self.len.max(1)) };
    }
}

fn nameless_file() -> io::Result<OwnedFd> {
    // SAFETY: a name that ends in zero; the system makes a new descriptor.
    unsafe {
        let flags = libc::MFD_CLOEXEC | libc::MFD_ALLOW_SEALING;
        let descriptor = checked(libc::memfd_create(c"gilbox".as_ptr(), flags).into())?;
        Ok(OwnedFd::from_raw_fd(descriptor as i32))
    }
}

/// Takes the room at once: what the system cannot give when it is touched ends the process.
fn give_room(file: &OwnedFd, len: usize) -> io::Result<()> {
    // SAFETY: plain numbers.
    match unsafe { libc::posix_fallocate(file.as_raw_fd(), 0, len.max(1) as libc::off_t) } {
        0 => {}
        error => return Err(io::Error::from_raw_os_error(error)),
    }
    // SAFETY: plain numbers.
    checked(unsafe { libc::ftruncate(file.as_raw_fd(), len as libc::off_t) }.into()).map(drop)
}

const SEALS: i32 = libc::F_SEAL_SHRINK | libc::F_SEAL_GROW | libc::F_SEAL_SEAL;

/// From now on nobody changes its size.
fn seal(file: &OwnedFd) -> io::Result<()> {
    // SAFETY: plain numbers.
    checked(unsafe { libc::fcntl(file.as_raw_fd(), libc::F_ADD_SEALS, SEALS) }.into()).map(drop)
}

fn is_sealed(file: &OwnedFd) -> bool {
    // SAFETY: plain numbers.
    let seals = unsafe { libc::fcntl(file.as_raw_fd(), libc::F_GET_SEALS) };
    seals >= 0 && seals & SEALS == SEALS
}

/// A copy of one of the program's descriptors.
pub fn copy_of(th: &Thread, number: Value) -> Result<OwnedFd> {
    let number = owned(th, ops::index_i32(th, number)?, &[])?;
    // SAFETY: plain numbers; the system makes a new descriptor.
    unsafe {
        match checked(libc::fcntl(number, libc::F_DUPFD_CLOEXEC, 0).into()) {
            Ok(copy) => Ok(OwnedFd::from_raw_fd(copy as i32)),
            Err(error) => Err(failed(th, &error)),
        }
    }
}

/// The descriptor of a mapping, as the program gets it to send it to another process: a copy, or None.
pub fn handed_out(th: &Thread, mapping: &Mapping) -> Result {
    let Some(descriptor) = mapping.descriptor() else { return Ok(Value::NONE) };
    // SAFETY: plain numbers; the system makes a new descriptor.
    let copy = unsafe { checked(libc::fcntl(descriptor, libc::F_DUPFD_CLOEXEC, 0).into()) };
    let copy = copy.map_err(|error| failed(th, &error))?;
    // SAFETY: just made.
    Ok(Value::small_int(th.vm().gate().adopt(unsafe { OwnedFd::from_raw_fd(copy as i32) }).into()))
}

/// The system's name for memory that programs of gilbox's share; they reach no other.
fn shared_name(th: &Thread, name: Value) -> Result<CString> {
    let name = ops::str(th, name)?.to_text();
    let name = name.trim_start_matches('/');
    if name.is_empty() || name.contains('/') {
        return Err(exception::raise_errno(th, libc::EINVAL, &[]));
    }
    CString::new(format!("/gilbox.{name}")).map_err(|_| th.value_error("embedded null byte"))
}

pub static MEMORY: TypeDef = TypeDef {
    module: "_multiprocessing",
    methods: &[
        native(
            "__new__",
            "(cls, size, file=False, fd=None, /)",
            "Memory that processes share: new, or what a descriptor from another process stands for.",
            |th, args| {
                let class = class_of(th, args[0])?;
                let size = ops::index_i64(th, args[1])?;
                let made = if !args[3].is_empty() && !args[3].is_none() {
                    Mapping::of_file(copy_of(th, args[3])?, 0)
                } else if size < 0 || th.heap().heap().would_exceed_limit(size as usize) {
                    return Err(th.memory_error());
                } else if !args[2].is_empty() && ops::truthy(th, args[2])? {
                    Mapping::with_file(size as usize)
                } else {
                    Mapping::anonymous(size as usize)
                };
                let mapping = made.map_err(|error| failed(th, &error))?;
                Ok(native_object::new(th, class, Box::new(mapping)).value())
            },
        )
        .static_method(),
        native(
            "named",
            "(name, size=None, /)",
            "Memory with a name: the one that there is, or a new one of that size.",
            |th, args| {
                let name = shared_name(th, args[0])?;
                let shown = ops::str(th, args[0])?.to_text();
                let size = if args[1].is_none() || args[1].is_empty() {
                    None
                } else {
                    Some(ops::index_i64(th, args[1])?.max(0) as usize)
                };
                let mapping =
                    Mapping::named(&name, size).map_err(|error| exception::raise_os_error(th, &error, Some(&shown)))?;
                Ok(native_object::new(th, th.vm().class(&MEMORY), Box::new(mapping)).value())
            },
        )
        .static_method(),
        native("unlink", "(name, /)", "Take the name of some memory away.", |th, args| {
            let shown = ops::str(th, args[0])?.to_text();
            match Mapping::forget_name(&shared_name(th, args[0])?) {
                Ok(()) => Ok(Value::NONE),
                Err(error) => Err(exception::raise_os_error(th, &error, Some(&shown))),
            }
        })
        .static_method(),
        native("__len__", "(self, /)", "Return len(self).", |th, args| {
            Ok(th.int(state::<Mapping>(th, args[0])?.len as i64))
        }),
        native("hand_out", "(self, /)", "A new descriptor of the memory, or None if it has none.", |th, args| {
            handed_out(th, state::<Mapping>(th, args[0])?)
        }),
    ],
    getset: &[getter("size", "Its size in bytes.", |th, this| Ok(th.int(state::<Mapping>(th, this)?.len as i64)))],
    subclassable: false,
    ..TypeDef::new("Memory", kinds::NATIVE_STATE, "Memory that several processes see.")
};

//! `FileIO`: the bytes of a descriptor, unbuffered.

use std::sync::atomic::{AtomicBool, AtomicI8, AtomicI32, AtomicU8, Ordering};

use crate::heap::{Gc, Value};
use crate::objects::class::Class;
use crate::objects::native_object::{self, NativeState};
use crate::objects::str::Str;
use crate::objects::str::args::text;
use crate::objects::{bytes, exception, instance, kinds};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, getter, native};
use crate::vm::{Raised, Thread, ops};

use super::{base, descriptor, flush_and_close, offset, path, size_argument, state_of, targets, unsupported};

/// A stream's descriptor and what may be done with it.
pub struct File {
    /// Less than 0: closed, or never opened.
    descriptor: AtomicI32,
    rights: AtomicU8,
    /// Whether closing the stream closes the descriptor.
    closes: AtomicBool,
    /// 1 or 0 once it is known whether the descriptor can seek.
    seekable: AtomicI8,
    /// A buffer above closes it, when nobody can reach that any more.
    pub owned: AtomicBool,
}

const READ: u8 = 1;
const WRITE: u8 = 2;
const CREATE: u8 = 4;
const APPEND: u8 = 8;

impl NativeState for File {}

impl Drop for File {
    /// The object was swept: what is still open belongs to nobody.
    fn drop(&mut self) {
        let descriptor = *self.descriptor.get_mut();
        if descriptor > 2 && *self.closes.get_mut() {
            // SAFETY: the number is this object's, which nobody can reach any more.
            unsafe { libc::close(descriptor) };
        }
    }
}

impl File {
    fn new() -> File {
        File {
            descriptor: AtomicI32::new(-1),
            rights: AtomicU8::new(0),
            closes: AtomicBool::new(true),
            seekable: AtomicI8::new(-1),
            owned: AtomicBool::new(false),
        }
    }

    pub fn is_closed(&self) -> bool {
        self.descriptor.load(Ordering::Acquire) < 0
    }

    fn may(&self, right: u8) -> bool {
        self.rights.load(Ordering::Relaxed) & right != 0
    }

    /// The descriptor, or ValueError.
    pub fn number(&self, th: &Thread) -> Result<i32> {
        match self.descriptor.load(Ordering::Acquire) {
            number if number >= 0 => Ok(number),
            _ => Err(closed(th)),
        }
    }

    fn readable(&self, th: &Thread) -> Result<i32> {
        let number = self.number(th)?;
        if self.may(READ) { Ok(number) } else { Err(unsupported(th, "File not open for reading")) }
    }

    fn writable(&self, th: &Thread) -> Result<i32> {
        let number = self.number(th)?;
        if self.may(WRITE) { Ok(number) } else { Err(unsupported(th, "File not open for writing")) }
    }

    /// At most `count` bytes; `None` where that would block.
    pub fn read(&self, th: &Thread, count: usize) -> Result<Option<Vec<u8>>> {
        descriptor::read(th, self.readable(th)?, count)
    }

    pub fn read_all(&self, th: &Thread) -> Result<Option<Vec<u8>>> {
        descriptor::read_all(th, self.readable(th)?)
    }

    pub fn write(&self, th: &Thread, bytes: &[u8]) -> Result<Option<usize>> {
        descriptor::write(th, self.writable(th)?, bytes)
    }

    pub fn seek(&self, th: &Thread, to: i64, whence: i32) -> Result<i64> {
        let number = self.number(th)?;
        descriptor::seek(number, to, whence).map_err(|error| descriptor::failed(th, &error))
    }

    fn is_seekable(&self, th: &Thread) -> Result<bool> {
        let number = self.number(th)?;
        if self.seekable.load(Ordering::Relaxed) < 0 {
            let can = descriptor::seek(number, 0, libc::SEEK_CUR).is_ok();
            self.seekable.store(can.into(), Ordering::Relaxed);
        }
        Ok(self.seekable.load(Ordering::Relaxed) == 1)
    }

    pub fn close(&self, th: &Thread) -> Result<()> {
        let number = self.descriptor.swap(-1, Ordering::AcqRel);
        if number < 0 || !self.closes.load(Ordering::Relaxed) {
            return Ok(());
        }
        descriptor::close(th, number).map_err(|error| descriptor::failed(th, &error))
    }

    fn mode(&self) -> &'static str {
        let rights = self.rights.load(Ordering::Relaxed);
        match (rights & CREATE != 0, rights & APPEND != 0, rights & READ != 0, rights & WRITE != 0) {
            (true, _, true, _) => "xb+",
            (true, _, false, _) => "xb",
            (_, true, true, _) => "ab+",
            (_, true, false, _) => "ab",
            (_, _, true, true) => "rb+",
            (_, _, true, false) => "rb",
            _ => "wb",
        }
    }
}

#[cold]
fn closed(th: &Thread) -> Raised {
    th.value_error("I/O operation on closed file")
}

fn this(th: &Thread, args: &[Value]) -> Result<&'static File> {
    state_of::<File>(args[0]).ok_or_else(|| super::uninitialized(th))
}

pub static FILE_IO: TypeDef = TypeDef {
    module: "_io",
    base: Some(&base::RAW_IO_BASE),
    has_dict: true,
    subclassable: true,
    methods: METHODS,
    getset: ATTRIBUTES,
    ..TypeDef::new("FileIO", kinds::NATIVE_STATE, "Open a file.")
};

/// A mode in letters, as flags of `open(2)` and rights.
fn parse_mode(th: &Thread, text: &str) -> Result<(i32, u8)> {
    let wrong = || th.value_error("Must have exactly one of create/read/write/append mode and at most one plus");
    let (mut rights, mut flags, mut kinds, mut plus) = (0, 0, 0, false);
    for letter in text.chars() {
        match letter {
            'x' => (rights, flags) = (rights | WRITE | CREATE, flags | libc::O_EXCL | libc::O_CREAT),
            'r' => rights |= READ,
            'w' => (rights, flags) = (rights | WRITE, flags | libc::O_CREAT | libc::O_TRUNC),
            'a' => (rights, flags) = (rights | WRITE | APPEND, flags | libc::O_APPEND | libc::O_CREAT),
            'b' => continue,
            '+' if plus => return Err(wrong()),
            '+' => {
                (rights, plus) = (rights | READ | WRITE, true);
                continue;
            }
            _ => return Err(th.value_error(format_args!("invalid mode: {text}"))),
        }
        kinds += 1;
        if kinds > 1 {
            return Err(wrong());
        }
    }
    if kinds == 0 {
        return Err(wrong());
    }
    flags |= match (rights & READ != 0, rights & WRITE != 0) {
        (true, true) => libc::O_RDWR,
        (true, false) => libc::O_RDONLY,
        _ => libc::O_WRONLY,
    };
    Ok((flags, rights))
}

/// An opened file, as `FileIO(name, mode, closefd, opener)` makes it.
pub fn open(th: &Thread, name: Value, mode: &str, closefd: bool, opener: Value) -> Result {
    let class = super::module(th).map(|_| th.vm().class(&FILE_IO))?;
    let file = native_object::new(th, class, Box::new(File::new())).value();
    initialize(th, file, name, mode, closefd, opener)?;
    Ok(file)
}

/// A stream over a descriptor that the process was started with.
pub fn standard(th: &Thread, class: Gc<Class>, number: i32, name: &str, writes: bool) -> Value {
    let state = File::new();
    state.descriptor.store(number, Ordering::Release);
    state.rights.store(if writes { WRITE } else { READ }, Ordering::Relaxed);
    state.closes.store(false, Ordering::Relaxed);
    let file = native_object::new(th, class, Box::new(state)).value();
    instance::set_own(th, file, th.vm().names.name, th.str(name));
    file
}

fn initialize(th: &Thread, this: Value, name: Value, mode: &str, closefd: bool, opener: Value) -> Result<()> {
    let Some(file) = state_of::<File>(this) else { return Err(super::uninitialized(th)) };
    file.close(th)?;
    let (flags, rights) = parse_mode(th, mode)?;
    if name.is_float() {
        let class = th.type_name(name);
        return Err(th.type_error(format_args!("expected str, bytes or os.PathLike object, not {class}")));
    }
    let by_number = path::descriptor(th, name)?;
    let number = match by_number {
        Some(number) if number < 0 => return Err(th.value_error("negative file descriptor")),
        Some(number) => descriptor::owned(th, number, &[])?,
        None => {
            let argument = path::of_file(th, name)?;
            if !closefd {
                return Err(th.value_error("Cannot use closefd=False with file name"));
            }
            if opener.is_empty() || opener.is_none() {
                open_path(th, &argument, flags)?
            } else {
                by_opener(th, name, flags, opener)?
            }
        }
    };
    let is_ours = by_number.is_none();
    file.descriptor.store(number, Ordering::Release);
    file.rights.store(rights, Ordering::Relaxed);
    file.closes.store(is_ours, Ordering::Relaxed);
    file.seekable.store(-1, Ordering::Relaxed);
    let shown = if is_ours { &[name][..] } else { &[] };
    match descriptor::status(number) {
        Ok(status) if status.st_mode & libc::S_IFMT == libc::S_IFDIR => {
            let _ = file.close(th).map_err(|raised| th.take_exception(raised));
            return Err(exception::raise_errno(th, libc::EISDIR, &[name]));
        }
        Ok(_) => {}
        Err(error) => {
            file.descriptor.store(-1, Ordering::Release);
            return Err(exception::raise_errno(th, error.raw_os_error().unwrap_or(libc::EBADF), shown));
        }
    }
    file.closes.store(closefd, Ordering::Relaxed);
    instance::set_own(th, this, th.vm().names.name, name);
    if rights & APPEND != 0 {
        // Where that is impossible, writing will say so.
        let _ = descriptor::seek(number, 0, libc::SEEK_END);
    }
    Ok(())
}

/// Opens the path through the gate.
fn open_path(th: &Thread, argument: &path::PathArgument, flags: i32) -> Result<i32> {
    let (gate, path) = (th.vm().gate(), &argument.path);
    loop {
        match th.detached(crate::vm::thread::Reason::Io, || gate.open(path, flags, 0o666)) {
            Ok(number) => return Ok(number),
            Err(crate::vm::gate::Refused::System(error)) if error.kind() == std::io::ErrorKind::Interrupted => {
                th.safepoint()?;
            }
            Err(refused) => return Err(exception::raise_refused(th, &refused, &[argument.shown])),
        }
    }
}

/// Asks the program's opener for a descriptor.
fn by_opener(th: &Thread, name: Value, flags: i32, opener: Value) -> Result<i32> {
    let answer = th.call(opener, &[name, Value::small_int((flags | libc::O_CLOEXEC).into())])?;
    if !crate::objects::sequences::is_index(th, answer) {
        return Err(th.type_error("expected integer from opener"));
    }
    match ops::index_i64(th, answer)? {
        number if number < 0 => Err(th.value_error(format_args!("opener returned {number}"))),
        number => descriptor::owned(th, i32::try_from(number).unwrap_or(-1), &[]),
    }
}

const METHODS: &[NativeDef] = &[
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
        let Some(class) = args[0].as_class() else { return Err(th.type_error("a class is required")) };
        Ok(native_object::new(th, class, Box::new(File::new())).value())
    })
    .static_method(),
    native("__init__", "(self, /, file, mode='r', closefd=True, opener=None)", "Open a file.", |th, args| {
        let mode = match args[2].is_empty() {
            true => "r".to_string(),
            false => text(th, args[2], "FileIO() argument 'mode'")?.to_text(),
        };
        let closefd = args[3].is_empty() || ops::truthy(th, args[3])?;
        initialize(th, args[0], args[1], &mode, closefd, args[4])?;
        Ok(Value::NONE)
    }),
    native("read", "(self, size=-1, /)", "Read at most size bytes, returned as bytes.", |th, args| {
        let file = this(th, args)?;
        let got = match size_argument(th, args[1])? {
            size if size < 0 => file.read_all(th)?,
            size => file.read(th, bytes::check_len(th, Some(size as usize))?)?,
        };
        Ok(got.map_or(Value::NONE, |got| bytes::new(th, &got)))
    }),
    native("readall", "(self, /)", "Read all data from the file, returned as bytes.", |th, args| {
        Ok(this(th, args)?.read_all(th)?.map_or(Value::NONE, |got| bytes::new(th, &got)))
    }),
    native("readinto", "(self, buffer, /)", "Same as RawIOBase.readinto().", |th, args| {
        let room = targets::required_room(th, args[1], "readinto() argument 1")?;
        let Some(got) = this(th, args)?.read(th, room)? else { return Ok(Value::NONE) };
        targets::fill(th, args[1], &got);
        Ok(Value::small_int(got.len() as i64))
    }),
    native("write", "(self, b, /)", "Write buffer b to file, return number of bytes written.", |th, args| {
        let file = this(th, args)?;
        file.writable(th)?;
        let content = bytes::required(th, args[1])?;
        let written = file.write(th, &content)?;
        Ok(written.map_or(Value::NONE, |count| th.int(count as i64)))
    }),
    native(
        "seek",
        "(self, pos, whence=0, /)",
        "Move to new file position and return the file position.",
        |th, args| {
            let whence = if args[2].is_empty() { 0 } else { ops::index_i64(th, args[2])? as i32 };
            let file = this(th, args)?;
            file.number(th)?;
            Ok(th.int(file.seek(th, offset(th, args[1])?, whence)?))
        },
    ),
    native("tell", "(self, /)", "Current file position.", |th, args| {
        Ok(th.int(this(th, args)?.seek(th, 0, libc::SEEK_CUR)?))
    }),
    native("truncate", "(self, size=None, /)", "Truncate the file to at most size bytes.", |th, args| {
        let file = this(th, args)?;
        let number = file.writable(th)?;
        let size = match args[1] {
            size if size.is_empty() || size.is_none() => file.seek(th, 0, libc::SEEK_CUR)?,
            size => offset(th, size)?,
        };
        match descriptor::truncate(th, number, size) {
            Ok(()) => Ok(th.int(size)),
            Err(error) => Err(descriptor::failed(th, &error)),
        }
    }),
    native("close", "(self, /)", "Close the file.", |th, args| {
        let file = this(th, args)?;
        if file.is_closed() {
            return Ok(Value::NONE);
        }
        flush_and_close(th, args[0], || file.close(th).map(|()| Value::NONE))
    }),
    native("seekable", "(self, /)", "True if file supports random-access.", |th, args| {
        this(th, args)?.is_seekable(th).map(Value::bool)
    }),
    native("readable", "(self, /)", "True if file was opened in a read mode.", |th, args| {
        let file = this(th, args)?;
        file.number(th).map(|_| Value::bool(file.may(READ)))
    }),
    native("writable", "(self, /)", "True if file was opened in a write mode.", |th, args| {
        let file = this(th, args)?;
        file.number(th).map(|_| Value::bool(file.may(WRITE)))
    }),
    native("fileno", "(self, /)", "Return the underlying file descriptor (an integer).", |th, args| {
        this(th, args)?.number(th).map(|number| Value::small_int(number.into()))
    }),
    native("isatty", "(self, /)", "True if the file is connected to a TTY device.", |th, args| {
        this(th, args)?.number(th).map(|number| Value::bool(descriptor::is_terminal(number)))
    }),
    native("__repr__", "(self, /)", "Return repr(self).", repr),
    native("__del__", "(self, /)", "Close the file.", |th, args| {
        let file = this(th, args)?;
        if !file.is_closed() && !file.owned.load(Ordering::Relaxed) {
            if file.closes.load(Ordering::Relaxed) {
                base::warn_unclosed(th, args[0]);
            }
            base::close_at_last(th, args[0]);
        }
        Ok(Value::NONE)
    }),
    native("__getstate__", "(self, /)", "Refuse to be pickled.", super::cannot_pickle),
];

fn repr(th: &Thread, args: &[Value]) -> Result {
    let file = this(th, args)?;
    let class = super::shown_class(th, args[0]);
    if file.is_closed() {
        return Ok(th.str(&format!("<{class} [closed]>")));
    }
    let closefd = if file.closes.load(Ordering::Relaxed) { "True" } else { "False" };
    let number = file.number(th)?;
    let name: Option<Gc<Str>> = match instance::get_own(th, args[0], th.vm().names.name) {
        Some(name) => Some(ops::repr(th, name)?),
        None => None,
    };
    let what = name.map_or(format!("fd={number}"), |name| format!("name={}", name.to_text()));
    Ok(th.str(&format!("<{class} {what} mode='{}' closefd={closefd}>", file.mode())))
}

const ATTRIBUTES: &[GetSetDef] = &[
    getter("closed", "True if the file is closed", |th, this| match state_of::<File>(this) {
        Some(file) => Ok(Value::bool(file.is_closed())),
        None => Err(super::uninitialized(th)),
    }),
    getter("closefd", "True if the file descriptor will be closed by close().", |th, this| {
        match state_of::<File>(this) {
            Some(file) => Ok(Value::bool(file.closes.load(Ordering::Relaxed))),
            None => Err(super::uninitialized(th)),
        }
    }),
    getter("mode", "String giving the file mode", |th, this| match state_of::<File>(this) {
        Some(file) => Ok(th.str(file.mode())),
        None => Err(super::uninitialized(th)),
    }),
    getter("_blksize", "Stream block size, if it is known.", |_, _| Ok(Value::small_int(super::BUFFER_SIZE as i64))),
];

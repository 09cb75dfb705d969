//! The socket object: a descriptor with a time limit.
//!
//! Without a limit the descriptor blocks, as in CPython; here a call still never blocks by itself. It is tried, and where
//! it would block the thread waits, with the interpreter's lock given up, until the descriptor is ready, the limit has
//! passed, or a signal wants to be served.

use std::io;
use std::os::fd::{FromRawFd, OwnedFd};
use std::sync::atomic::{AtomicI32, AtomicI64, Ordering};
use std::sync::{Arc, Weak};

use crate::heap::Value;
use crate::modules::io::descriptor::checked;
use crate::modules::thread::{class_of, state};
use crate::objects::exception;
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeState};
use crate::vm::gate::Access;
use crate::vm::native::{NativeDef, Result, TypeDef, count_methods, getter, join_methods, native};
use crate::vm::signals::Wish;
use crate::vm::{Thread, Vm, ops};

use super::address::{self, Address};
use super::{failed, transfer};

pub struct Socket {
    /// -1: closed, or not made yet.
    descriptor: AtomicI32,
    family: AtomicI32,
    kind: AtomicI32,
    protocol: AtomicI32,
    /// Nanoseconds; [`FOREVER`], or 0: calls do not wait.
    timeout: AtomicI64,
    /// Whether it has an address of its own, so that to listen there was allowed.
    bound: AtomicI32,
    vm: Weak<Vm>,
}

pub const FOREVER: i64 = -1;

impl NativeState for Socket {}

impl Drop for Socket {
    fn drop(&mut self) {
        let descriptor = self.descriptor.swap(-1, Ordering::AcqRel);
        if descriptor < 0 {
            return;
        }
        if let Some(vm) = self.vm.upgrade() {
            vm.gate().disown(descriptor);
        }
        // SAFETY: the descriptor was this socket's, and nobody else's.
        unsafe { libc::close(descriptor) };
    }
}

pub fn this(th: &Thread, args: &[Value]) -> Result<&'static Socket> {
    state::<Socket>(th, args[0])
}

impl Socket {
    pub fn number(&self) -> i32 {
        self.descriptor.load(Ordering::Acquire)
    }

    pub fn family(&self) -> i32 {
        self.family.load(Ordering::Relaxed)
    }

    fn adopt(&self, descriptor: i32, family: i32, kind: i32, protocol: i32) {
        self.family.store(family, Ordering::Relaxed);
        self.kind.store(kind, Ordering::Relaxed);
        self.protocol.store(protocol, Ordering::Relaxed);
        self.descriptor.store(descriptor, Ordering::Release);
    }

    /// Runs a call on the descriptor, again each time that it has become ready, until the limit has passed.
    pub fn run_until<R: Send>(
        &self,
        th: &Thread,
        wish: Wish,
        until: Until,
        mut call: impl FnMut() -> io::Result<R> + Send,
    ) -> Result<R> {
        let mut is_first = true;
        // With a timeout, who is not connected waits to be: a socket that listens never is.
        let patient = || match call() {
            Err(error) if std::mem::take(&mut is_first) && is_unconnected(&error) => {
                Err(io::ErrorKind::WouldBlock.into())
            }
            done => done,
        };
        let done = match until {
            Until::Now => th.waiting_for(self.number(), wish, Some(0), call)?,
            Until::Moment(moment) => th.waiting_for(self.number(), wish, Some(moment), patient)?,
            Until::Forever => th.waiting_for(self.number(), wish, None, call)?,
        };
        done.map_err(|error| match (error.kind(), until) {
            (io::ErrorKind::TimedOut, Until::Now) if error.raw_os_error().is_none() => {
                exception::raise_errno(th, libc::EAGAIN, &[])
            }
            _ => failed(th, &error),
        })
    }

    pub fn until(&self, th: &Thread) -> Until {
        match self.timeout.load(Ordering::Relaxed) {
            0 => Until::Now,
            timeout if timeout < 0 => Until::Forever,
            timeout => Until::Moment(th.vm().world().clock.now() + timeout as u64),
        }
    }

    fn set_timeout(&self, th: &Thread, timeout: i64) -> Result<()> {
        self.timeout.store(timeout, Ordering::Relaxed);
        let number = self.number();
        set_blocking(number, timeout == FOREVER).map_err(|error| failed(th, &error))
    }

    /// Connects, and waits for that; the system's answer.
    fn connect(&self, th: &Thread, to: Address) -> Result<io::Result<()>> {
        let number = self.number();
        let blocks = self.timeout.load(Ordering::Relaxed) == FOREVER;
        if blocks && let Err(error) = set_blocking(number, false) {
            return Ok(Err(error));
        }
        // How a connection that was begun has come out, a second call tells, and leaves a socket that can be used again; but
        // only where the program does not know of the first.
        let mut begun = false;
        let until = self.until(th);
        let moment = match until {
            Until::Now => Some(0),
            Until::Moment(moment) => Some(moment),
            Until::Forever => None,
        };
        let done = th.waiting_for(number, Wish::Write, moment, || {
            if begun && !blocks {
                return pending_error(number);
            }
            // SAFETY: a live address of that length.
            match checked(unsafe { libc::connect(number, to.pointer(), to.len) } as i64) {
                Err(error) if begun && error.raw_os_error() == Some(libc::EISCONN) => Ok(()),
                Err(error) if error.raw_os_error() == Some(libc::EINPROGRESS) && !matches!(until, Until::Now) => {
                    begun = true;
                    Err(io::ErrorKind::WouldBlock.into())
                }
                other => other.map(drop),
            }
        });
        if blocks {
            set_blocking(number, true).unwrap_or_default();
        }
        done
    }
}

/// How long a call may wait.
#[derive(Clone, Copy)]
pub enum Until {
    Now,
    /// Of the monotonic clock.
    Moment(u64),
    Forever,
}

/// How a connection that was begun has come out.
fn pending_error(number: i32) -> io::Result<()> {
    let error = option_number(number, libc::SOL_SOCKET, libc::SO_ERROR)?;
    if error == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(error)) }
}

fn set_blocking(number: i32, blocking: bool) -> io::Result<()> {
    // SAFETY: plain numbers.
    unsafe {
        let flags = checked(libc::fcntl(number, libc::F_GETFL) as i64)? as i32;
        let wanted = if blocking { flags & !libc::O_NONBLOCK } else { flags | libc::O_NONBLOCK };
        if wanted != flags {
            checked(libc::fcntl(number, libc::F_SETFL, wanted) as i64)?;
        }
    }
    Ok(())
}

/// A time limit: None, or seconds.
pub fn timeout(th: &Thread, value: Value) -> Result<i64> {
    if value.is_none() {
        return Ok(FOREVER);
    }
    let seconds = ops::float(th, value).map_err(|raised| {
        th.take_exception(raised);
        let found = th.type_name(value);
        th.type_error(format_args!("'{found}' object cannot be interpreted as an integer or float"))
    })?;
    if seconds.is_nan() {
        return Err(th.value_error("Invalid value NaN (not a number)"));
    }
    if seconds < 0.0 {
        return Err(th.value_error("Timeout value out of range"));
    }
    if seconds * 1e9 >= i64::MAX as f64 {
        return Err(th.overflow_error("timestamp out of range for C PyTime_t"));
    }
    Ok((seconds * 1e9).ceil() as i64)
}

pub fn shown_timeout(ns: i64) -> Value {
    if ns < 0 { Value::NONE } else { Value::float(ns as f64 / 1e9) }
}

/// A new descriptor becomes the program's.
fn own(th: &Thread, number: i32) -> i32 {
    // SAFETY: the system has just made it for us.
    th.vm().gate().adopt(unsafe { OwnedFd::from_raw_fd(number) })
}

pub fn pair(th: &Thread, args: &[Value]) -> Result {
    let number = |value: Value, default: i32| if value.is_empty() { Ok(default) } else { ops::index_i32(th, value) };
    let family = number(args[0], libc::AF_UNIX)?;
    let kind = number(args[1], libc::SOCK_STREAM)?;
    let protocol = number(args[2], 0)?;
    let mut ends = [0i32; 2];
    // SAFETY: room for two descriptors.
    checked(unsafe { libc::socketpair(family, kind | libc::SOCK_CLOEXEC, protocol, ends.as_mut_ptr()) } as i64)
        .map_err(|error| failed(th, &error))?;
    let made = ends.map(|end| {
        let socket = empty(th);
        socket.adopt(own(th, end), family, kind, protocol);
        native_object::new(th, th.vm().class(&SOCKET), Box::new(socket)).value()
    });
    let limit = th.vm().socket_timeout.load(Ordering::Relaxed);
    for socket in made {
        state::<Socket>(th, socket)?.set_timeout(th, limit)?;
    }
    Ok(th.tuple(&made))
}

pub fn duplicate(th: &Thread, args: &[Value]) -> Result {
    let number = crate::modules::os::number(th, args[0])?;
    // SAFETY: plain numbers.
    let copy = checked(unsafe { libc::fcntl(number, libc::F_DUPFD_CLOEXEC, 0) } as i64);
    Ok(Value::small_int(own(th, copy.map_err(|error| failed(th, &error))? as i32).into()))
}

pub fn close_number(th: &Thread, args: &[Value]) -> Result {
    let number = crate::modules::os::number(th, args[0])?;
    crate::modules::io::descriptor::close(th, number).map_err(|error| failed(th, &error))?;
    Ok(Value::NONE)
}

fn empty(th: &Thread) -> Socket {
    Socket {
        descriptor: AtomicI32::new(-1),
        family: AtomicI32::new(-1),
        kind: AtomicI32::new(-1),
        protocol: AtomicI32::new(-1),
        timeout: AtomicI64::new(FOREVER),
        bound: AtomicI32::new(0),
        vm: Arc::downgrade(th.vm_arc()),
    }
}

pub static SOCKET: TypeDef = TypeDef {
    module: "_socket",
    methods: &join_methods::<{ count_methods(METHODS) }>(METHODS),
    getset: &[
        getter("family", "the socket family", |th, this| {
            Ok(Value::small_int(state::<Socket>(th, this)?.family().into()))
        }),
        getter("type", "the socket type", |th, this| {
            Ok(Value::small_int(state::<Socket>(th, this)?.kind.load(Ordering::Relaxed).into()))
        }),
        getter("proto", "the socket protocol", |th, this| {
            Ok(Value::small_int(state::<Socket>(th, this)?.protocol.load(Ordering::Relaxed).into()))
        }),
        getter("timeout", "the socket timeout", |th, this| {
            Ok(shown_timeout(state::<Socket>(th, this)?.timeout.load(Ordering::Relaxed)))
        }),
    ],
    subclassable: true,
    ..TypeDef::new("socket", kinds::NATIVE_STATE, "socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object")
};

const METHODS: &[&[NativeDef]] = &[LIFE, MEETING, transfer::METHODS, super::messages::METHODS];

/// How it comes to be and ends, and what it is set to.
const LIFE: &[NativeDef] = &[
    native("__new__", "(cls, /, *args, **kwargs)", "Create and return a new object.", |th, args| {
        Ok(native_object::new(th, class_of(th, args[0])?, Box::new(empty(th))).value())
    })
    .static_method(),
    native("__init__", "(self, /, family=-1, type=-1, proto=-1, fileno=None)", "Open a socket.", initialize),
    native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
        let socket = this(th, args)?;
        let (family, kind) = (socket.family(), socket.kind.load(Ordering::Relaxed));
        let protocol = socket.protocol.load(Ordering::Relaxed);
        Ok(th.str(&format!("<socket object, fd={}, family={family}, type={kind}, proto={protocol}>", socket.number())))
    }),
    native("fileno", "(self, /)", "Return the integer file descriptor of the socket.", |th, args| {
        Ok(Value::small_int(this(th, args)?.number().into()))
    }),
    native("close", "(self, /)", "Close the socket.  It cannot be used after this call.", |th, args| {
        let number = this(th, args)?.descriptor.swap(-1, Ordering::AcqRel);
        if number >= 0 {
            match crate::modules::io::descriptor::close(th, number) {
                // The other side's impatience is no error of this one's.
                Err(error) if error.raw_os_error() != Some(libc::ECONNRESET) => return Err(failed(th, &error)),
                _ => {}
            }
        }
        Ok(Value::NONE)
    }),
    native(
        "detach",
        "(self, /)",
        "Close the socket object without closing the underlying file descriptor.",
        |th, args| Ok(Value::small_int(this(th, args)?.descriptor.swap(-1, Ordering::AcqRel).into())),
    ),
    native("settimeout", "(self, object, /)", "Set a timeout on socket operations.", |th, args| {
        let timeout = timeout(th, args[1])?;
        this(th, args)?.set_timeout(th, timeout).map(|()| Value::NONE)
    }),
    native("gettimeout", "(self, /)", "Returns the timeout in seconds (float) of socket operations.", |th, args| {
        Ok(shown_timeout(this(th, args)?.timeout.load(Ordering::Relaxed)))
    }),
    native("setblocking", "(self, object, /)", "Set the socket to blocking or non-blocking.", |th, args| {
        let timeout = if ops::truthy(th, args[1])? { FOREVER } else { 0 };
        this(th, args)?.set_timeout(th, timeout).map(|()| Value::NONE)
    }),
    native("getblocking", "(self, /)", "Returns True if socket is in blocking mode.", |th, args| {
        Ok(Value::bool(this(th, args)?.timeout.load(Ordering::Relaxed) != 0))
    }),
    native("getsockopt", "(self, level, option, buffersize=0, /)", "Get a socket option.", get_option).parsed(),
    native("setsockopt", "(self, level, option, value, optlen=None, /)", "Set a socket option.", set_option).parsed(),
    native("shutdown", "(self, object, /)", "Shut down the reading side, the writing side, or both.", |th, args| {
        let (number, how) = (this(th, args)?.number(), ops::index_i32(th, args[1])?);
        // SAFETY: plain numbers.
        checked(unsafe { libc::shutdown(number, how) } as i64).map_err(|error| failed(th, &error))?;
        Ok(Value::NONE)
    }),
];

fn initialize(th: &Thread, args: &[Value]) -> Result {
    let socket = this(th, args)?;
    let number = |value: Value| if value.is_empty() { Ok(-1) } else { ops::index_i32(th, value) };
    let (family, kind, protocol) = (number(args[1])?, number(args[2])?, number(args[3])?);
    let or = |given: i32, default: i32| if given == -1 { default } else { given };
    if args[4].is_empty() || args[4].is_none() {
        let (family, kind, protocol) = (or(family, libc::AF_INET), or(kind, libc::SOCK_STREAM), or(protocol, 0));
        if ![libc::AF_INET, libc::AF_INET6, libc::AF_UNIX].contains(&family) || kind & 0xf == libc::SOCK_RAW {
            let answer = th.vm().gate().may_connect("*");
            answer.map_err(|refused| exception::raise_refused(th, &refused, &[]))?;
        }
        // SAFETY: plain numbers.
        let made = checked(unsafe { libc::socket(family, kind | libc::SOCK_CLOEXEC, protocol) } as i64);
        let made = own(th, made.map_err(|error| failed(th, &error))? as i32);
        socket.adopt(made, family, kind & !(libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK), protocol);
        if kind & libc::SOCK_NONBLOCK != 0 {
            socket.timeout.store(0, Ordering::Relaxed);
            return Ok(Value::NONE);
        }
    } else {
        let given = ops::index_i64(th, args[4])?;
        if given < 0 {
            return Err(th.value_error("negative file descriptor"));
        }
        let given = crate::modules::os::number(th, args[4])?;
        let mut name = Address::room();
        // SAFETY: room for an address, and its size.
        checked(unsafe { libc::getsockname(given, name.pointer_mut(), &mut name.len) } as i64)
            .map_err(|error| failed(th, &error))?;
        let asked = |option: i32| option_number(given, libc::SOL_SOCKET, option).map_err(|error| failed(th, &error));
        let kind = if kind == -1 { asked(libc::SO_TYPE)? } else { kind };
        let protocol = if protocol == -1 { asked(libc::SO_PROTOCOL)? } else { protocol };
        socket.adopt(given, or(family, name.family()), kind, protocol);
        // It was allowed when it was made.
        socket.bound.store(1, Ordering::Relaxed);
    }
    let limit = th.vm().socket_timeout.load(Ordering::Relaxed);
    if limit == FOREVER {
        socket.timeout.store(FOREVER, Ordering::Relaxed);
    } else {
        socket.set_timeout(th, limit)?;
    }
    Ok(Value::NONE)
}

fn option_number(number: i32, level: i32, option: i32) -> io::Result<i32> {
    let mut value = 0i32;
    let mut len = size_of::<i32>() as libc::socklen_t;
    // SAFETY: room for a number, and its size.
    checked(unsafe { libc::getsockopt(number, level, option, (&raw mut value).cast(), &mut len) } as i64)?;
    Ok(value)
}

fn get_option(th: &Thread, args: &[Value]) -> Result {
    let number = this(th, args)?.number();
    let (level, option) = (ops::index_i32(th, args[1])?, ops::index_i32(th, args[2])?);
    let size = if args[3].is_empty() { 0 } else { ops::index_i64(th, args[3])? };
    if size == 0 {
        let value = option_number(number, level, option).map_err(|error| failed(th, &error))?;
        return Ok(Value::small_int(value.into()));
    }
    if !(1..=1024).contains(&size) {
        return Err(th.raise(exception::Exc::OSError, "getsockopt buflen out of range"));
    }
    let mut buffer = [0u8; 1024];
    let mut len = size as libc::socklen_t;
    // SAFETY: room for at least `len` bytes.
    checked(unsafe { libc::getsockopt(number, level, option, buffer.as_mut_ptr().cast(), &mut len) } as i64)
        .map_err(|error| failed(th, &error))?;
    Ok(crate::objects::bytes::new(th, &buffer[..len as usize]))
}

fn set_option(th: &Thread, args: &[Value]) -> Result {
    let number = this(th, args)?.number();
    let (level, option) = (ops::index_i32(th, args[1])?, ops::index_i32(th, args[2])?);
    let content: Vec<u8> = if crate::objects::sequences::is_index(th, args[3]) {
        ops::index_i32(th, args[3])?.to_ne_bytes().to_vec()
    } else {
        crate::objects::bytes::required(th, args[3])?.into_owned()
    };
    // SAFETY: a live slice and its length.
    checked(unsafe {
        libc::setsockopt(number, level, option, content.as_ptr().cast(), content.len() as libc::socklen_t)
    } as i64)
    .map_err(|error| failed(th, &error))?;
    Ok(Value::NONE)
}

/// Addresses, its own and the other side's.
const MEETING: &[NativeDef] = &[
    native("bind", "(self, object, /)", "Bind the socket to a local address.", |th, args| {
        let socket = this(th, args)?;
        let to = address::parse(th, socket.family(), args[1], "bind")?;
        if let Some(file) = to.file() {
            // A Unix socket is a file as well.
            let place = th.vm().gate().place(&file, Access::Write);
            place.map_err(|refused| exception::raise_refused(th, &refused, &[args[1]]))?;
        }
        let number = socket.number();
        let done = th.detached(crate::vm::thread::Reason::Io, || {
            // SAFETY: a live address of that length.
            let answer = unsafe { libc::bind(number, to.pointer(), to.len) };
            checked(answer.into())
        });
        done.map_err(|error| failed(th, &error))?;
        socket.bound.store(1, Ordering::Relaxed);
        Ok(Value::NONE)
    }),
    native("listen", "(self, backlog=128, /)", "Enable a server to accept connections.", |th, args| {
        let socket = this(th, args)?;
        let backlog = if args[1].is_empty() { 128 } else { ops::index_i32(th, args[1])?.max(0) };
        if socket.bound.load(Ordering::Relaxed) == 0 && socket.number() >= 0 {
            // The system chooses an address that everybody can reach.
            let answer = th.vm().gate().may_connect("0.0.0.0");
            answer.map_err(|refused| exception::raise_refused(th, &refused, &[]))?;
        }
        // SAFETY: plain numbers.
        checked(unsafe { libc::listen(socket.number(), backlog) } as i64).map_err(|error| failed(th, &error))?;
        Ok(Value::NONE)
    })
    .parsed(),
    native("connect", "(self, object, /)", "Connect the socket to a remote address.", |th, args| {
        let socket = this(th, args)?;
        let to = address::parse(th, socket.family(), args[1], "connect")?;
        socket.connect(th, to)?.map_err(|error| failed(th, &error))?;
        Ok(Value::NONE)
    }),
    native("connect_ex", "(self, object, /)", "Connect; return an error number instead of raising.", |th, args| {
        let socket = this(th, args)?;
        let to = address::parse(th, socket.family(), args[1], "connect_ex")?;
        let number = match socket.connect(th, to)? {
            Ok(()) => 0,
            Err(error) => error.raw_os_error().unwrap_or(libc::EAGAIN),
        };
        Ok(Value::small_int(number.into()))
    }),
    native("_accept", "(self, /)", "Wait for an incoming connection: its descriptor and its address.", |th, args| {
        let socket = this(th, args)?;
        let number = socket.number();
        let until = socket.until(th);
        let blocks = matches!(until, Until::Forever);
        let mut waited = !blocks;
        let (made, from) = socket.run_until(th, Wish::Read, until, || {
            // A descriptor that blocks is waited for first, in a way that a signal ends.
            if !std::mem::replace(&mut waited, true) {
                return Err(io::ErrorKind::WouldBlock.into());
            }
            let mut from = Address::room();
            // SAFETY: room for an address, and its size.
            let made = checked(
                unsafe { libc::accept4(number, from.pointer_mut(), &mut from.len, libc::SOCK_CLOEXEC) } as i64,
            )?;
            Ok((made as i32, from))
        })?;
        Ok(th.tuple(&[Value::small_int(own(th, made).into()), from.show(th)]))
    }),
    native("getsockname", "(self, /)", "Return the address of the local endpoint.", |th, args| {
        let number = this(th, args)?.number();
        let mut name = Address::room();
        // SAFETY: room for an address, and its size.
        checked(unsafe { libc::getsockname(number, name.pointer_mut(), &mut name.len) } as i64)
            .map_err(|error| failed(th, &error))?;
        Ok(name.show(th))
    }),
    native("getpeername", "(self, /)", "Return the address of the remote endpoint.", |th, args| {
        let number = this(th, args)?.number();
        let mut name = Address::room();
        // SAFETY: room for an address, and its size.
        checked(unsafe { libc::getpeername(number, name.pointer_mut(), &mut name.len) } as i64)
            .map_err(|error| failed(th, &error))?;
        Ok(name.show(th))
    }),
];

fn is_unconnected(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::ENOTCONN | libc::EPIPE))
}

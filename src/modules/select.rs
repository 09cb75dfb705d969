//! `select`: waiting for several descriptors at once. The lock is given up meanwhile, and a signal ends the wait of the main
//! thread for as long as its handler runs.
//!
//! A descriptor that the program did not get through the gate is a bad one here, as everywhere.

use std::collections::BTreeMap;
use std::io;
use std::os::fd::{FromRawFd, OwnedFd};
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Weak};

use libc::pollfd;
use parking_lot::Mutex;

use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::modules::io::descriptor::{checked, failed};
use crate::modules::thread::{class_of, state};
use crate::objects::exception::{self, Exc};
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::module::Module;
use crate::objects::native_object::{self, NativeState};
use crate::vm::native::{NativeDef, Result, TypeDef, getter, native};
use crate::vm::signals::poll_until;
use crate::vm::thread::Reason;
use crate::vm::{Thread, Vm, ops};
use crate::world::Ns;

pub static SELECT: ModuleDef = ModuleDef {
    functions: &[
        native(
            "select",
            "(rlist, wlist, xlist, timeout=None, /)",
            "Wait until one or more file descriptors are ready for some kind of I/O.",
            select,
        ),
        native("poll", "()", "Returns a polling object.", |th, _| {
            Ok(native_object::new(th, th.make_native_class(&POLL), Box::new(Poll::default())).value())
        }),
    ],
    types: &[&EPOLL],
    init: Some(init),
    ..ModuleDef::new("select", "This module supports asynchronous I/O on multiple file descriptors.")
};

/// The number of a descriptor, or of what has a `fileno()`.
pub fn descriptor_of(th: &Thread, value: Value) -> Result<i32> {
    let number = if crate::objects::sequences::is_index(th, value) {
        ops::index_i64(th, value)?
    } else {
        let Some(method) = ops::find_attr(th, value, th.vm().names.fileno)? else {
            return Err(th.type_error("argument must be an int, or have a fileno() method."));
        };
        let number = th.call(method, &[])?;
        if !crate::objects::sequences::is_index(th, number) {
            return Err(th.type_error("fileno() returned a non-integer"));
        }
        ops::index_i64(th, number)?
    };
    if number < 0 {
        return Err(th.value_error(format_args!("file descriptor cannot be a negative integer ({number})")));
    }
    i32::try_from(number).map_err(|_| th.overflow_error("Python int too large to convert to C int"))
}

/// A descriptor that is the program's.
fn owned_descriptor(th: &Thread, value: Value) -> Result<i32> {
    let number = descriptor_of(th, value)?;
    if th.vm().gate().owns(number) { Ok(number) } else { Err(exception::raise_errno(th, libc::EBADF, &[])) }
}

/// A moment so many `unit`s (of nanoseconds) from now; `None`: never.
fn moment(th: &Thread, value: Value, unit: f64, wrong: &str) -> Result<Option<Ns>> {
    if value.is_empty() || value.is_none() {
        return Ok(None);
    }
    let Ok(amount) = ops::float(th, value).map_err(|raised| th.take_exception(raised)) else {
        return Err(th.type_error(wrong));
    };
    if amount.is_nan() {
        return Err(th.value_error("Invalid value NaN (not a number)"));
    }
    if amount * unit >= i64::MAX as f64 {
        return Err(th.overflow_error("timestamp out of range for C PyTime_t"));
    }
    if amount < 0.0 {
        return Ok(None);
    }
    if amount == 0.0 {
        return Ok(Some(0));
    }
    Ok(Some(th.vm().world().clock.now() + (amount * unit).ceil() as u64))
}

/// Waits with the lock given up; serves signals and goes on waiting.
fn wait<R: Send>(th: &Thread, mut call: impl FnMut() -> io::Result<R> + Send) -> Result<R> {
    loop {
        match th.detached(Reason::Io, &mut call) {
            Ok(done) => return Ok(done),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => th.safepoint()?,
            Err(error) => return Err(failed(th, &error)),
        }
    }
}

fn list_of(value: Value) -> Option<Gc<List>> {
    value.downcast::<List>()
}

const READABLE: i16 = libc::POLLIN | libc::POLLHUP | libc::POLLERR;
const WRITABLE: i16 = libc::POLLOUT | libc::POLLERR;

fn select(th: &Thread, args: &[Value]) -> Result {
    let mut wanted: Vec<pollfd> = Vec::new();
    // Which of the three lists, and the object as it was given.
    let objects = th.list(&[]);
    let Some(kept) = list_of(objects) else { return Ok(objects) };
    for (group, events) in [libc::POLLIN, libc::POLLOUT, libc::POLLPRI].into_iter().enumerate() {
        let Ok(items) = ops::collect(th, args[group]).map_err(|raised| th.take_exception(raised)) else {
            return Err(th.type_error("arguments 1-3 must be sequences"));
        };
        // Asking an object for its descriptor runs code of the program's: the collector has to know the others.
        for (at, item) in items.to_tuple(th).items().iter().copied().enumerate() {
            // That may also have made the list shorter.
            if list_of(args[group]).is_some_and(|live| at >= live.len()) {
                break;
            }
            wanted.push(pollfd { fd: owned_descriptor(th, item)?, events, revents: 0 });
            kept.push(th, item);
        }
    }
    if args[3].as_small_int().is_some_and(|n| n < 0) || args[3].is_float() && ops::float(th, args[3])? < 0.0 {
        return Err(th.value_error("timeout must be non-negative"));
    }
    let until = moment(th, args[3], 1e9, "timeout must be a float or None")?;
    let (clock, wake) = (th.vm().world().clock, th.wake());
    wait(th, || poll_until(&mut wanted, wake, until, &clock))?;
    if wanted.iter().any(|entry| entry.revents & libc::POLLNVAL != 0) {
        return Err(exception::raise_errno(th, libc::EBADF, &[]));
    }
    let ready = [th.list(&[]), th.list(&[]), th.list(&[])];
    for (entry, object) in wanted.iter().zip(kept.items(th)) {
        let (group, of_interest) = match entry.events {
            libc::POLLIN => (0, READABLE),
            libc::POLLOUT => (1, WRITABLE),
            _ => (2, libc::POLLPRI),
        };
        if entry.revents & of_interest != 0
            && let Some(list) = list_of(ready[group])
        {
            list.push(th, object);
        }
    }
    Ok(th.tuple(&ready))
}

// ---- poll

/// What is waited for, by descriptor.
#[derive(Default)]
struct Poll(Mutex<BTreeMap<i32, i16>>);

impl NativeState for Poll {}

const POLL_DEFAULT: i16 = libc::POLLIN | libc::POLLPRI | libc::POLLOUT;

fn event_mask(th: &Thread, value: Value) -> Result<i16> {
    if value.is_empty() {
        return Ok(POLL_DEFAULT);
    }
    let mask = ops::index_i64(th, value)?;
    if mask < 0 {
        return Err(th.value_error("Cannot convert negative int"));
    }
    match u16::try_from(mask) {
        Ok(mask) => Ok(mask as i16),
        Err(_) => Err(th.overflow_error("Python int too large for C unsigned short")),
    }
}

pub static POLL: TypeDef = TypeDef {
    module: "select",
    methods: &[
        native("register", "(self, fd, eventmask=7, /)", "Register a file descriptor.", |th, args| {
            let (number, mask) = (owned_descriptor(th, args[1])?, event_mask(th, args[2])?);
            state::<Poll>(th, args[0])?.0.lock().insert(number, mask);
            Ok(Value::NONE)
        }),
        native("modify", "(self, fd, eventmask, /)", "Modify an already registered file descriptor.", |th, args| {
            let (number, mask) = (owned_descriptor(th, args[1])?, event_mask(th, args[2])?);
            match state::<Poll>(th, args[0])?.0.lock().get_mut(&number) {
                Some(known) => *known = mask,
                None => return Err(exception::raise_errno(th, libc::ENOENT, &[])),
            }
            Ok(Value::NONE)
        }),
        native("unregister", "(self, fd, /)", "Remove a file descriptor being tracked.", |th, args| {
            let number = descriptor_of(th, args[1])?;
            match state::<Poll>(th, args[0])?.0.lock().remove(&number) {
                Some(_) => Ok(Value::NONE),
                None => Err(th.key_error(Value::small_int(number.into()))),
            }
        }),
        native("poll", "(self, timeout=None, /)", "Wait for events; the timeout is in milliseconds.", |th, args| {
            let until = moment(th, args[1], 1e6, "timeout must be an integer or None")?;
            let known: Vec<(i32, i16)> = state::<Poll>(th, args[0])?.0.lock().iter().map(|(n, m)| (*n, *m)).collect();
            let mut wanted: Vec<pollfd> =
                known.iter().map(|(fd, events)| pollfd { fd: *fd, events: *events, revents: 0 }).collect();
            let (clock, wake) = (th.vm().world().clock, th.wake());
            wait(th, || poll_until(&mut wanted, wake, until, &clock))?;
            let ready = wanted.iter().filter(|entry| entry.revents != 0);
            let rows: Vec<(i64, i64)> = ready.map(|e| (e.fd.into(), i64::from(e.revents as u16))).collect();
            Ok(rows_of(th, &rows))
        }),
    ],
    ..TypeDef::new("poll", kinds::NATIVE_STATE, "")
};

/// A list of pairs of numbers.
fn rows_of(th: &Thread, rows: &[(i64, i64)]) -> Value {
    let list = th.list(&[]);
    if let Some(made) = list_of(list) {
        for (number, events) in rows {
            made.push(th, th.tuple(&[Value::small_int(*number), Value::small_int(*events)]));
        }
    }
    list
}

// ---- epoll

/// The system's own set of descriptors.
struct Epoll {
    /// -1: closed.
    descriptor: AtomicI32,
    vm: Weak<Vm>,
}

impl NativeState for Epoll {}

impl Drop for Epoll {
    fn drop(&mut self) {
        let number = self.descriptor.swap(-1, Ordering::AcqRel);
        if number < 0 {
            return;
        }
        if let Some(vm) = self.vm.upgrade() {
            vm.gate().disown(number);
        }
        // SAFETY: the descriptor was this object's.
        unsafe { libc::close(number) };
    }
}

impl Epoll {
    fn number(&self, th: &Thread) -> Result<i32> {
        match self.descriptor.load(Ordering::Acquire) {
            number if number < 0 => Err(th.value_error("I/O operation on closed epoll object")),
            number => Ok(number),
        }
    }

    fn control(&self, th: &Thread, operation: i32, fd: i32, events: u32) -> Result {
        let number = self.number(th)?;
        let mut event = libc::epoll_event { events, u64: fd as u64 };
        // SAFETY: plain numbers and a live event.
        checked(unsafe { libc::epoll_ctl(number, operation, fd, &mut event) } as i64)
            .map_err(|error| failed(th, &error))?;
        Ok(Value::NONE)
    }
}

const EPOLL_DEFAULT: u32 = (libc::EPOLLIN | libc::EPOLLPRI | libc::EPOLLOUT) as u32;

fn epoll_mask(th: &Thread, value: Value) -> Result<u32> {
    if value.is_empty() { Ok(EPOLL_DEFAULT) } else { Ok(ops::index_i64(th, value)? as u32) }
}

fn new_epoll(th: &Thread, class: Value, number: i32) -> Result {
    let state = Epoll { descriptor: AtomicI32::new(number), vm: Arc::downgrade(th.vm_arc()) };
    Ok(native_object::new(th, class_of(th, class)?, Box::new(state)).value())
}

pub static EPOLL: TypeDef = TypeDef {
    module: "select",
    methods: &[
        native("__new__", "(cls, /, sizehint=-1, flags=0)", "Returns an epolling object.", |th, args| {
            let hint = if args[1].is_empty() { -1 } else { ops::index_i64(th, args[1])? };
            if hint != -1 && hint <= 0 {
                return Err(th.value_error("negative sizehint"));
            }
            // It says nothing any more, and is closed in programs that are run in any case.
            if !args[2].is_empty() && ops::index_i64(th, args[2])? & !i64::from(libc::EPOLL_CLOEXEC) != 0 {
                return Err(th.raise(Exc::OSError, "invalid flags"));
            }
            // SAFETY: plain numbers.
            let made = checked(unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) } as i64);
            let made = made.map_err(|error| failed(th, &error))? as i32;
            // SAFETY: the system has just made it for us.
            let number = th.vm().gate().adopt(unsafe { OwnedFd::from_raw_fd(made) });
            new_epoll(th, args[0], number)
        })
        .static_method(),
        native("fromfd", "(cls, fd, /)", "Create an epoll object from a given control fd.", |th, args| {
            let number = owned_descriptor(th, args[1])?;
            new_epoll(th, args[0], number)
        })
        .class_method(),
        native("register", "(self, fd, eventmask=7)", "Registers a new fd.", |th, args| {
            let (fd, mask) = (owned_descriptor(th, args[1])?, epoll_mask(th, args[2])?);
            state::<Epoll>(th, args[0])?.control(th, libc::EPOLL_CTL_ADD, fd, mask)
        }),
        native("modify", "(self, fd, eventmask)", "Modify event mask for a registered file descriptor.", |th, args| {
            let (fd, mask) = (owned_descriptor(th, args[1])?, epoll_mask(th, args[2])?);
            state::<Epoll>(th, args[0])?.control(th, libc::EPOLL_CTL_MOD, fd, mask)
        }),
        native("unregister", "(self, fd)", "Remove a registered file descriptor.", |th, args| {
            let fd = owned_descriptor(th, args[1])?;
            state::<Epoll>(th, args[0])?.control(th, libc::EPOLL_CTL_DEL, fd, 0)
        }),
        EPOLL_WAIT,
        native("close", "(self, /)", "Close the epoll control file descriptor.", |th, args| {
            let number = state::<Epoll>(th, args[0])?.descriptor.swap(-1, Ordering::AcqRel);
            if number >= 0 {
                crate::modules::io::descriptor::close(th, number).map_err(|error| failed(th, &error))?;
            }
            Ok(Value::NONE)
        }),
        native("fileno", "(self, /)", "Return the epoll control file descriptor.", |th, args| {
            Ok(Value::small_int(state::<Epoll>(th, args[0])?.number(th)?.into()))
        }),
        native("__enter__", "(self, /)", "", |th, args| {
            state::<Epoll>(th, args[0])?.number(th)?;
            Ok(args[0])
        }),
        native("__exit__", "(self, exc_type=None, exc_value=None, exc_tb=None, /)", "", |th, args| {
            th.call_method(args[0], th.intern("close"), &[])
        }),
    ],
    getset: &[getter("closed", "True if the epoll handler is closed", |th, this| {
        Ok(Value::bool(state::<Epoll>(th, this)?.descriptor.load(Ordering::Acquire) < 0))
    })],
    ..TypeDef::new("epoll", kinds::NATIVE_STATE, "select.epoll(sizehint=-1, flags=0)")
};

const EPOLL_WAIT: NativeDef = native(
    "poll",
    "(self, timeout=None, maxevents=-1)",
    "Wait for events on the epoll file descriptor; the timeout is in seconds.",
    |th, args| {
        let number = state::<Epoll>(th, args[0])?.number(th)?;
        let until = moment(th, args[1], 1e9, "timeout must be an integer or None")?;
        let most = if args[2].is_empty() { -1 } else { ops::index_i64(th, args[2])? };
        if most == 0 || most < -1 {
            return Err(th.value_error(format_args!("maxevents must be greater than 0, got {most}")));
        }
        let most = if most == -1 { DEFAULT_MOST } else { (most as usize).min(1 << 16) };
        let (clock, wake) = (th.vm().world().clock, th.wake());
        let events = wait(th, || {
            let mut events = ready_events(number, most)?;
            if events.is_empty() && until != Some(0) {
                let mut set = vec![pollfd { fd: number, events: libc::POLLIN, revents: 0 }];
                poll_until(&mut set, wake, until, &clock)?;
                events = ready_events(number, most)?;
            }
            Ok(events)
        })?;
        let rows: Vec<(i64, i64)> = events.iter().map(|event| (event.u64 as i64, i64::from(event.events))).collect();
        Ok(rows_of(th, &rows))
    },
);

/// So many events at once, if the program does not say how many.
const DEFAULT_MOST: usize = 1023;

/// What is ready at this moment.
fn ready_events(number: i32, most: usize) -> io::Result<Vec<libc::epoll_event>> {
    let mut events = Vec::with_capacity(most);
    // SAFETY: room for `most` events, of which the system says how many it has written.
    unsafe {
        let count = checked(libc::epoll_wait(number, events.as_mut_ptr(), most as i32, 0) as i64)?;
        events.set_len(count as usize);
    }
    Ok(events)
}

macro_rules! numbers {
    ($($name:ident)*) => { &[$((stringify!($name), libc::$name as u32 as i64)),*] };
}

const NUMBERS: &[(&str, i64)] = numbers! {
    EPOLLERR EPOLLET EPOLLEXCLUSIVE EPOLLHUP EPOLLIN EPOLLMSG EPOLLONESHOT EPOLLOUT EPOLLPRI EPOLLRDBAND EPOLLRDHUP
    EPOLLRDNORM EPOLLWAKEUP EPOLLWRBAND EPOLLWRNORM EPOLL_CLOEXEC
    POLLERR POLLHUP POLLIN POLLNVAL POLLOUT POLLPRI POLLRDBAND POLLRDHUP POLLRDNORM POLLWRBAND POLLWRNORM PIPE_BUF
};

fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    for (name, number) in NUMBERS {
        module.namespace.set_str(th, th.intern(name), th.int(*number));
    }
    let error = th.vm().exception_class(Exc::OSError).value();
    module.namespace.set_str(th, th.intern("error"), error);
    Ok(())
}

//! What goes through a socket. Bytes are copied before the lock is given up, since others may change them meanwhile.

use std::io;

use crate::heap::Value;
use crate::modules::io::descriptor::checked;
use crate::modules::io::targets;
use crate::objects::bytes;
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::signals::Wish;
use crate::vm::{Thread, ops};

use super::address::{self, Address};
use super::object::{Socket, Until, this};

/// No call blocks by itself, nor does a closed connection send a signal.
pub(super) const ALWAYS: i32 = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;
/// More is not asked of the system at once.
const MOST: usize = 0x7fff_f000;

impl Socket {
    /// Receives at most `size` bytes, and from whom.
    fn receive(&self, th: &Thread, size: usize, flags: i32) -> Result<(Vec<u8>, Address)> {
        let (number, size) = (self.number(), size.min(MOST));
        let until = self.until_or_now(th, flags);
        self.run_until(th, Wish::Read, until, || {
            let mut buffer = Vec::new();
            buffer.try_reserve_exact(size).map_err(|_| io::Error::from_raw_os_error(libc::ENOMEM))?;
            let mut from = Address::room();
            // SAFETY: the system writes at most `size` bytes into room for as many and says how many; and an address.
            unsafe {
                let got = checked(libc::recvfrom(
                    number,
                    buffer.as_mut_ptr() as *mut libc::c_void,
                    size,
                    flags | libc::MSG_DONTWAIT,
                    from.pointer_mut(),
                    &mut from.len,
                ) as i64)?;
                buffer.set_len((got as usize).min(size));
            }
            Ok((buffer, from))
        })
    }

    /// How long a call may wait: not at all if its flags say so.
    pub(super) fn until_or_now(&self, th: &Thread, flags: i32) -> Until {
        if flags & libc::MSG_DONTWAIT != 0 { Until::Now } else { self.until(th) }
    }

    /// Sends bytes, or as many of them as fit.
    fn send(&self, th: &Thread, content: &[u8], flags: i32, until: Until, to: Option<Address>) -> Result<usize> {
        let number = self.number();
        let content = &content[..content.len().min(MOST)];
        self.run_until(th, Wish::Write, until, || {
            let (to, len) = to.as_ref().map_or((std::ptr::null(), 0), |to| (to.pointer(), to.len));
            // SAFETY: a live slice and its length, a live address and its.
            let sent = unsafe { libc::sendto(number, content.as_ptr().cast(), content.len(), flags | ALWAYS, to, len) };
            checked(sent as i64).map(|sent| sent as usize)
        })
    }
}

fn size(th: &Thread, value: Value, function: &str) -> Result<usize> {
    let size = ops::index_i64(th, value)?;
    if size < 0 {
        return Err(th.value_error(format_args!("negative buffersize in {function}")));
    }
    bytes::check_len(th, Some(size as usize))
}

pub(super) fn flags(th: &Thread, value: Value) -> Result<i32> {
    if value.is_empty() { Ok(0) } else { ops::index_i32(th, value) }
}

/// How many bytes a buffer takes, of which the program may have named fewer.
fn room(th: &Thread, buffer: Value, asked: Value, function: &str) -> Result<usize> {
    let room = targets::required_room(th, buffer, &format!("{function}() argument 1"))?;
    let asked = if asked.is_empty() { 0 } else { ops::index_i64(th, asked)? };
    if asked < 0 {
        return Err(th.value_error(format_args!("negative buffersize in {function}")));
    }
    if asked as usize > room {
        return Err(th.value_error("buffer too small for requested bytes"));
    }
    Ok(if asked == 0 { room } else { asked as usize })
}

pub const METHODS: &[NativeDef] = &[
    native("recv", "(self, buffersize, flags=0, /)", "Receive up to buffersize bytes from the socket.", |th, args| {
        let size = size(th, args[1], "recv")?;
        let (got, _) = this(th, args)?.receive(th, size, flags(th, args[2])?)?;
        Ok(bytes::new(th, &got))
    })
    .parsed(),
    native(
        "recv_into",
        "(self, buffer, nbytes=<null>, flags=<null>)",
        "Receive into a buffer; return how many bytes.",
        |th, args| {
            let size = room(th, args[1], args[2], "recv_into")?;
            let flags = flags(th, args[3])?;
            if size == 0 {
                return Ok(Value::small_int(0));
            }
            let (got, _) = this(th, args)?.receive(th, size, flags)?;
            targets::fill(th, args[1], &got);
            Ok(Value::small_int(got.len() as i64))
        },
    ),
    native(
        "recvfrom",
        "(self, buffersize, flags=0, /)",
        "Like recv(buffersize, flags), and the sender's address.",
        |th, args| {
            let size = size(th, args[1], "recvfrom")?;
            let (got, from) = this(th, args)?.receive(th, size, flags(th, args[2])?)?;
            Ok(th.tuple(&[bytes::new(th, &got), from.show(th)]))
        },
    )
    .parsed(),
    native(
        "recvfrom_into",
        "(self, buffer, nbytes=<null>, flags=<null>)",
        "Like recv_into(), and the sender's address.",
        |th, args| {
            let size = room(th, args[1], args[2], "recvfrom_into")?;
            let (got, from) = this(th, args)?.receive(th, size, flags(th, args[3])?)?;
            targets::fill(th, args[1], &got);
            Ok(th.tuple(&[Value::small_int(got.len() as i64), from.show(th)]))
        },
    ),
    native(
        "send",
        "(self, data, flags=0, /)",
        "Send a data string to the socket; return how many bytes.",
        |th, args| {
            let content = bytes::required(th, args[1])?;
            let socket = this(th, args)?;
            let flags = flags(th, args[2])?;
            let sent = socket.send(th, &content, flags, socket.until_or_now(th, flags), None)?;
            Ok(th.int(sent as i64))
        },
    )
    .parsed(),
    native("sendall", "(self, data, flags=0, /)", "Send a data string to the socket, all of it.", |th, args| {
        let content = bytes::required(th, args[1])?;
        let (socket, flags) = (this(th, args)?, flags(th, args[2])?);
        // The limit is for all of it together.
        let until = socket.until(th);
        let mut done = 0;
        loop {
            done += socket.send(th, &content[done..], flags, until, None)?;
            if done >= content.len() {
                return Ok(Value::NONE);
            }
            th.safepoint()?;
        }
    })
    .parsed(),
    native("sendto", "(self, /, *args)", "Send to an address: sendto(data[, flags], address).", |th, args| {
        let given = args[1].downcast::<Tuple>().map_or(&[][..], |given| given.items());
        send_to(th, &[&args[..1], given].concat())
    })
    .positional(send_to),
];

fn send_to(th: &Thread, args: &[Value]) -> Result {
    let (data, flag, to) = match *args {
        [_, data, to] => (data, Value::EMPTY, to),
        [_, data, flag, to] => (data, flag, to),
        _ => {
            let given = args.len().saturating_sub(1);
            return Err(th.type_error(format_args!("sendto() takes 2 or 3 arguments ({given} given)")));
        }
    };
    let content = bytes::required(th, data)?;
    let socket = this(th, args)?;
    let flags = flags(th, flag)?;
    let to = address::parse(th, socket.family(), to, "sendto")?;
    let sent = socket.send(th, &content, flags, socket.until(th), Some(to))?;
    Ok(th.int(sent as i64))
}

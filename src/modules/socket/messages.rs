//! Messages with ancillary data: `sendmsg`, `recvmsg`, and descriptors that travel with them.
//!
//! A program sends only descriptors that are its own, and those that it receives become its own.

use std::io;
use std::mem::size_of;

use crate::heap::Value;
use crate::modules::io::descriptor::{self, checked};
use crate::modules::io::targets;
use crate::objects::bytes;
use crate::objects::exception::Exc;
use crate::objects::list::List;
use crate::objects::tuple::{Tuple, from_iterable};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::signals::Wish;
use crate::vm::{Raised, Thread, ops};

use super::address::{self, Address};
use super::object::this;
use super::transfer::{ALWAYS, flags};

/// The header of an ancillary item, with its padding.
const HEADER: usize = size_of::<libc::cmsghdr>().next_multiple_of(size_of::<usize>());
/// As much as the system's numbers can say.
const MOST_CONTROL: usize = 0x7fff_ffff;

/// An ancillary item: level, type, data.
type Item = (i32, i32, Vec<u8>);

fn space(len: usize) -> usize {
    HEADER + len.next_multiple_of(size_of::<usize>())
}

fn out_of_range(th: &Thread, name: &str) -> Raised {
    th.overflow_error(format_args!("{name}() argument out of range"))
}

/// How much data an item may have of which `whole` says how long it is in all.
fn length(th: &Thread, value: Value, name: &str, whole: impl Fn(usize) -> usize) -> Result<usize> {
    let len = ops::index_i64(th, value)?;
    let fits = usize::try_from(len).ok().filter(|len| *len <= MOST_CONTROL && whole(*len) <= MOST_CONTROL);
    fits.ok_or_else(|| out_of_range(th, name))
}

pub const FUNCTIONS: &[NativeDef] = &[
    native(
        "CMSG_LEN",
        "(length, /)",
        "Return the length of an ancillary item without its trailing padding.",
        |th, args| Ok(th.int((HEADER + length(th, args[0], "CMSG_LEN", |len| HEADER + len)?) as i64)),
    )
    .parsed(),
    native("CMSG_SPACE", "(length, /)", "Return the buffer size that an ancillary item needs.", |th, args| {
        Ok(th.int(space(length(th, args[0], "CMSG_SPACE", space)?) as i64))
    })
    .parsed(),
];

/// Ancillary items as the system has them. The row is of words, so that it is aligned.
fn control_of(items: &[Item]) -> Vec<usize> {
    let total: usize = items.iter().map(|(_, _, data)| space(data.len())).sum();
    let mut words = Vec::with_capacity(total / size_of::<usize>());
    for (level, kind, data) in items {
        let mut item = ((HEADER + data.len()).to_ne_bytes()).to_vec();
        item.extend_from_slice(&level.to_ne_bytes());
        item.extend_from_slice(&kind.to_ne_bytes());
        item.resize(HEADER, 0);
        item.extend_from_slice(data);
        item.resize(space(data.len()), 0);
        words.extend(item.chunks_exact(size_of::<usize>()).map(|word| {
            let mut own = [0; size_of::<usize>()];
            own.copy_from_slice(word);
            usize::from_ne_bytes(own)
        }));
    }
    words
}

/// The items in what the system has filled in: `len` bytes of the words.
fn items_of(words: &[usize], len: usize) -> Vec<Item> {
    let all: Vec<u8> = words.iter().flat_map(|word| word.to_ne_bytes()).take(len).collect();
    let number = |at: usize| all.get(at..at + 4).and_then(|four| four.try_into().ok()).map(i32::from_ne_bytes);
    let (mut items, mut at) = (Vec::new(), 0);
    while let Some(Ok(first)) = all.get(at..at + size_of::<usize>()).map(<[u8; size_of::<usize>()]>::try_from) {
        let whole = usize::from_ne_bytes(first);
        let (Some(level), Some(kind)) = (number(at + size_of::<usize>()), number(at + size_of::<usize>() + 4)) else {
            break;
        };
        if whole < HEADER {
            break;
        }
        let end = at.saturating_add(whole).min(all.len());
        items.push((level, kind, all[(at + HEADER).min(end)..end].to_vec()));
        at = at.saturating_add(space(whole - HEADER));
    }
    items
}

/// Descriptors that lie in the data of an item.
fn descriptors(item: &Item) -> impl Iterator<Item = i32> {
    let are_some = item.0 == libc::SOL_SOCKET && item.1 == libc::SCM_RIGHTS;
    let data: &[u8] = if are_some { &item.2 } else { &[] };
    data.chunks_exact(4).filter_map(|four| four.try_into().ok().map(i32::from_ne_bytes))
}

fn given_items(th: &Thread, given: Value) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    if given.is_empty() {
        return Ok(items);
    }
    ops::for_each(th, given, |item| {
        let what = "[sendmsg() ancillary data items]() argument must be";
        let Some(parts) = item.downcast::<Tuple>().map(|parts| parts.items()) else {
            let found = th.type_name(item);
            return Err(th.type_error(format_args!("{what} 3-item tuple, not {found}")));
        };
        if parts.len() != 3 {
            let found = parts.len();
            return Err(th.type_error(format_args!("{what} tuple of length 3, not {found}")));
        }
        let (level, kind) = (ops::index_i32(th, parts[0])?, ops::index_i32(th, parts[1])?);
        let item = (level, kind, bytes::required(th, parts[2])?.to_vec());
        for number in descriptors(&item) {
            descriptor::owned(th, number, &[])?;
        }
        items.push(item);
        Ok(())
    })?;
    Ok(items)
}

fn iterable(th: &Thread, value: Value, message: &str) -> Result {
    ops::iter(th, value).map_err(|raised| match th.caught(raised, Exc::TypeError) {
        Ok(_) => th.type_error(message),
        Err(raised) => raised,
    })
}

fn send(th: &Thread, args: &[Value]) -> Result {
    let mut content = Vec::new();
    ops::for_each(th, iterable(th, args[1], "sendmsg() argument 1 must be an iterable")?, |buffer| {
        content.extend_from_slice(&bytes::required(th, buffer)?);
        Ok(())
    })?;
    let items = given_items(th, args[2])?;
    let socket = this(th, args)?;
    let flags = flags(th, args[3])?;
    let mut to = match args[4] {
        to if to.is_empty() || to.is_none() => None,
        to => Some(address::parse(th, socket.family(), to, "sendmsg")?),
    };
    let (number, until) = (socket.number(), socket.until_or_now(th, flags));
    let sent = socket.run_until(th, Wish::Write, until, || {
        let mut control = control_of(&items);
        let mut part = libc::iovec { iov_base: content.as_mut_ptr().cast(), iov_len: content.len() };
        // SAFETY: plain numbers and pointers, for which zeros are valid.
        let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
        if let Some(to) = &mut to {
            message.msg_name = to.pointer_mut().cast();
            message.msg_namelen = to.len;
        }
        message.msg_iov = &mut part;
        message.msg_iovlen = 1;
        if !control.is_empty() {
            message.msg_control = control.as_mut_ptr().cast();
            message.msg_controllen = (control.len() * size_of::<usize>()) as _;
        }
        // SAFETY: everything that the message points to is alive and has the length that it says.
        checked(unsafe { libc::sendmsg(number, &message, flags | ALWAYS) } as i64)
    })?;
    Ok(th.int(sent))
}

/// What one call of `recvmsg` has brought.
struct Received {
    content: Vec<u8>,
    items: Vec<Item>,
    flags: i32,
    from: Address,
}

fn receive(th: &Thread, args: &[Value], size: usize, control: Value, given_flags: Value) -> Result<Received> {
    let room = if control.is_empty() { 0 } else { ops::index_i64(th, control)? };
    if room < 0 || room as usize > MOST_CONTROL {
        return Err(th.value_error("invalid ancillary data buffer length"));
    }
    let socket = this(th, args)?;
    let flags = flags(th, given_flags)?;
    let (number, room) = (socket.number(), room as usize);
    let received = socket.run_until(th, Wish::Read, socket.until_or_now(th, flags), || {
        let short = |_| io::Error::from_raw_os_error(libc::ENOMEM);
        let (mut content, mut words) = (Vec::<u8>::new(), Vec::<usize>::new());
        content.try_reserve_exact(size).map_err(short)?;
        words.try_reserve_exact(room.div_ceil(size_of::<usize>())).map_err(short)?;
        words.resize(room.div_ceil(size_of::<usize>()), 0);
        let mut from = Address::room();
        let mut part = libc::iovec { iov_base: content.as_mut_ptr().cast(), iov_len: size };
        // SAFETY: plain numbers and pointers, for which zeros are valid.
        let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
        message.msg_name = from.pointer_mut().cast();
        message.msg_namelen = from.len;
        message.msg_iov = &mut part;
        message.msg_iovlen = 1;
        if room > 0 {
            message.msg_control = words.as_mut_ptr().cast();
            message.msg_controllen = room as _;
        }
        // SAFETY: everything that the message points to is alive and has room for the length that it says.
        let got = checked(unsafe { libc::recvmsg(number, &mut message, flags | libc::MSG_DONTWAIT) } as i64)?;
        // SAFETY: the system has written so many bytes.
        unsafe { content.set_len((got as usize).min(size)) };
        from.len = message.msg_namelen;
        let items = items_of(&words, message.msg_controllen as usize);
        Ok(Received { content, items, flags: message.msg_flags, from })
    })?;
    for number in received.items.iter().flat_map(descriptors) {
        th.vm().gate().adopt_number(number);
    }
    Ok(received)
}

fn shown(th: &Thread, first: Value, received: &Received) -> Value {
    let items = List::new(th, &[]);
    for (level, kind, data) in &received.items {
        let parts = [Value::small_int((*level).into()), Value::small_int((*kind).into()), bytes::new(th, data)];
        items.push(th, th.tuple(&parts));
    }
    th.tuple(&[first, items.value(), Value::small_int(received.flags.into()), received.from.show(th)])
}

pub const METHODS: &[NativeDef] = &[
    native(
        "sendmsg",
        "(self, buffers, ancdata=(), flags=0, address=None, /)",
        "Send normal and ancillary data to the socket; return how many bytes of normal data.",
        send,
    )
    .parsed(),
    native(
        "recvmsg",
        "(self, bufsize, ancbufsize=0, flags=0, /)",
        "Receive normal data (up to bufsize bytes) and ancillary data from the socket.",
        |th, args| {
            let size = match ops::index_i64(th, args[1])? {
                negative if negative < 0 => return Err(th.value_error("negative buffer size in recvmsg()")),
                size => bytes::check_len(th, Some(size as usize))?,
            };
            let received = receive(th, args, size, args[2], args[3])?;
            Ok(shown(th, bytes::new(th, &received.content), &received))
        },
    )
    .parsed(),
    native(
        "recvmsg_into",
        "(self, buffers, ancbufsize=0, flags=0, /)",
        "Receive normal data into a series of buffers, and ancillary data.",
        |th, args| {
            let message = "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers";
            let buffers = from_iterable(th, iterable(th, args[1], message)?)?;
            let mut rooms = Vec::new();
            for buffer in buffers.items() {
                rooms.push(bytes::room(*buffer).ok_or_else(|| th.type_error(message))?);
            }
            let received = receive(th, args, rooms.iter().sum(), args[2], args[3])?;
            let mut rest = &received.content[..];
            for (buffer, room) in buffers.items().iter().zip(rooms) {
                let (part, behind) = rest.split_at(room.min(rest.len()));
                targets::fill(th, *buffer, part);
                rest = behind;
            }
            Ok(shown(th, th.int(received.content.len() as i64), &received))
        },
    )
    .parsed(),
];

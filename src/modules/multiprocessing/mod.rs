//! `_multiprocessing`: what processes share, on which `multiprocessing` is built.
//!
//! - this file: the module, and messages over descriptors
//! - `memory`: memory that several processes see
//! - `meeting`: sockets by which processes of one program find each other
//! - `parents`: a process ends with its parent
//! - `semaphores`: semaphores that several processes wait at

use std::io;

use crate::heap::Value;
use crate::modules::ModuleDef;
use crate::modules::io::descriptor::{checked, failed, owned};
use crate::objects::bytes::{self, Bytes};
use crate::objects::exception::{Exc, raise_refused};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::signals::Wish;
use crate::vm::{Thread, ops, source};

mod meeting;
mod memory;
mod parents;
mod semaphores;

pub use memory::Mapping;

pub static MULTIPROCESSING: ModuleDef = ModuleDef {
    functions: FUNCTIONS,
    types: &[&semaphores::SEMLOCK, &memory::MEMORY],
    init: Some(semaphores::init),
    ..ModuleDef::new("_multiprocessing", "What processes share: memory, semaphores, messages.")
};

const FUNCTIONS: &[NativeDef] = &[
    meeting::LISTEN,
    meeting::ACCEPT,
    meeting::CONNECT,
    parents::END_WITH,
    native(
        "leave_counters",
        "(name, is_idle, /)",
        "Leave what the lock has counted for the report of the first process.",
        |th, args| {
            th.leave_counters(&ops::str(th, args[0])?.to_text(), ops::truthy(th, args[1])?);
            Ok(Value::NONE)
        },
    ),
    native(
        "name_process",
        "(name, /)",
        "Say in the recording, if there is one, what the process is called.",
        |th, args| {
            if let Some(recorder) = &th.vm().options.recorder {
                recorder.name(th.vm(), &ops::str(th, args[0])?.to_text());
            }
            Ok(Value::NONE)
        },
    ),
    native("is_counted", "()", "Whether there will be such a report.", |th, _| {
        Ok(Value::bool(th.vm().options.ledger.is_some()))
    }),
    native("send", "(fd, message, /)", "Write all of the bytes to a descriptor.", |th, args| {
        let descriptor = owned(th, ops::index_i32(th, args[0])?, &[])?;
        let message = bytes::required(th, args[1])?;
        send(th, descriptor, &[], &message).map(|()| Value::NONE)
    }),
    native("program", "(path, /)", "The code of the program that this process's parent runs.", |th, args| {
        let path = ops::str(th, args[0])?.to_text();
        let text = th
            .vm()
            .gate()
            .read_module(std::path::Path::new(&*path))
            .map_err(|refused| raise_refused(th, &refused, &[args[0]]))?;
        th.vm().sources.add_file(&path);
        let options = source::default_options(th);
        source::compile(th, source::Text::Bytes(&text), &path, source::Mode::Module, options).map(|code| code.value())
    }),
    native("send_message", "(fd, message, /)", "Write a message, with its length before it.", |th, args| {
        let descriptor = owned(th, ops::index_i32(th, args[0])?, &[])?;
        let message = bytes::required(th, args[1])?;
        let mut head = [0; 12];
        let head = match i32::try_from(message.len()) {
            Ok(len) => {
                head[..4].copy_from_slice(&len.to_be_bytes());
                &head[..4]
            }
            Err(_) => {
                head[..4].copy_from_slice(&(-1i32).to_be_bytes());
                head[4..].copy_from_slice(&(message.len() as u64).to_be_bytes());
                &head[..]
            }
        };
        send(th, descriptor, head, &message).map(|()| Value::NONE)
    }),
    native(
        "receive_message",
        "(fd, most=None, /)",
        "Read a message; None if it is longer than it may be; EOFError if there is none any more.",
        |th, args| {
            let descriptor = owned(th, ops::index_i32(th, args[0])?, &[])?;
            let most = if args[1].is_empty() || args[1].is_none() {
                usize::MAX
            } else {
                ops::index_i64(th, args[1])?.max(0) as usize
            };
            let mut head = [0; 4];
            receive(th, descriptor, &mut head, true)?;
            let len = match i32::from_be_bytes(head) {
                -1 => {
                    let mut long = [0; 8];
                    receive(th, descriptor, &mut long, false)?;
                    u64::from_be_bytes(long) as usize
                }
                len => len.max(0) as usize,
            };
            if len > most {
                return Ok(Value::NONE);
            }
            receive_bytes(th, descriptor, bytes::check_len(th, Some(len))?)
        },
    ),
];

/// Writes both, one behind the other: together, so that a short message is one step for who reads it, and without a copy.
fn send(th: &Thread, descriptor: i32, head: &[u8], message: &[u8]) -> Result<()> {
    let mut sent = 0;
    while sent < head.len() + message.len() {
        let parts = [&head[sent.min(head.len())..], &message[sent.saturating_sub(head.len())..]].map(io::IoSlice::new);
        let written = th.blocking_on(descriptor, Wish::Write, || {
            // SAFETY: a write from live slices; an IoSlice is what the system calls iovec.
            checked(unsafe { libc::writev(descriptor, parts.as_ptr().cast(), parts.len() as i32) } as i64)
        })?;
        sent += written.map_err(|error| failed(th, &error))? as usize;
    }
    Ok(())
}

/// Longer messages are believed to come when they are there: the system may refuse so much memory.
const BELIEVED: usize = 256 << 20;

/// So many bytes of a message, as an object.
fn receive_bytes(th: &Thread, descriptor: i32, len: usize) -> Result {
    if len > BELIEVED {
        let mut bytes: Vec<u8> = Vec::new();
        if bytes.try_reserve_exact(len).is_err() {
            return Err(th.memory_error());
        }
        bytes.resize(len, 0);
        receive(th, descriptor, &mut bytes, false)?;
        return Ok(bytes::new(th, &bytes));
    }
    let mut received = Ok(());
    // Read to where they stay. Nobody else knows of the object before all are there.
    let message = Bytes::build(th, len, |room| received = receive(th, descriptor, room, false));
    received.map(|()| message.value())
}

/// Fills `room`. EOFError if the other end is gone before the first byte, where a message may begin.
fn receive(th: &Thread, descriptor: i32, room: &mut [u8], is_begin: bool) -> Result<()> {
    let mut filled = 0;
    while filled < room.len() {
        let rest = &mut room[filled..];
        let got = th.blocking_on(descriptor, Wish::Read, || {
            // SAFETY: the system writes at most as many bytes as there is room for.
            checked(unsafe { libc::read(descriptor, rest.as_mut_ptr().cast(), rest.len()) } as i64)
        })?;
        match got.map_err(|error| failed(th, &error))? {
            0 if is_begin && filled == 0 => return Err(th.raise_with(Exc::EOFError, &[])),
            0 => return Err(th.raise(Exc::OSError, "got end of file during message")),
            got => filled += got as usize,
        }
    }
    Ok(())
}

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
use crate::objects::bytes;
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
        send(th, descriptor, &message).map(|()| Value::NONE)
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
        let mut framed = Vec::with_capacity(message.len() + 12);
        match i32::try_from(message.len()) {
            Ok(len) => framed.extend_from_slice(&len.to_be_bytes()),
            Err(_) => {
                framed.extend_from_slice(&(-1i32).to_be_bytes());
                framed.extend_from_slice(&(message.len() as u64).to_be_bytes());
            }
        }
        framed.extend_from_slice(&message);
        send(th, descriptor, &framed).map(|()| Value::NONE)
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
            let head = receive(th, descriptor, 4, true)?;
            let len = match i32::from_be_bytes(head.try_into().unwrap_or_default()) {
                -1 => {
                    let long = receive(th, descriptor, 8, false)?;
                    u64::from_be_bytes(long.try_into().unwrap_or_default()) as usize
                }
                len => len.max(0) as usize,
            };
            if len > most {
                return Ok(Value::NONE);
            }
            let len = bytes::check_len(th, Some(len))?;
            Ok(bytes::new(th, &receive(th, descriptor, len, false)?))
        },
    ),
];

fn send(th: &Thread, descriptor: i32, message: &[u8]) -> Result<()> {
    let mut sent = 0;
    while sent < message.len() {
        let rest = &message[sent..];
        let written = th.blocking_on(descriptor, Wish::Write, || {
            // SAFETY: a write from a live slice.
            checked(unsafe { libc::write(descriptor, rest.as_ptr().cast(), rest.len()) } as i64)
        })?;
        sent += written.map_err(|error| failed(th, &error))? as usize;
    }
    Ok(())
}

/// So many bytes. EOFError if the other end is gone before the first, where a message may begin.
fn receive(th: &Thread, descriptor: i32, count: usize, is_begin: bool) -> Result<Vec<u8>> {
    let mut bytes: Vec<u8> = Vec::new();
    if bytes.try_reserve_exact(count).is_err() {
        return Err(th.memory_error());
    }
    while bytes.len() < count {
        let (at, wanted) = (bytes.len(), count - bytes.len());
        let room = &mut bytes;
        let got = th.blocking_on(descriptor, Wish::Read, || {
            // SAFETY: the system writes at most `wanted` bytes behind the `at` that there are, and there is room for them.
            unsafe {
                let got = checked(libc::read(descriptor, room.as_mut_ptr().add(at).cast(), wanted) as i64)?;
                room.set_len(at + got as usize);
                io::Result::Ok(got)
            }
        })?;
        if got.map_err(|error| failed(th, &error))? == 0 {
            return Err(if is_begin && at == 0 {
                th.raise_with(Exc::EOFError, &[])
            } else {
                th.raise(Exc::OSError, "got end of file during message")
            });
        }
    }
    Ok(bytes)
}

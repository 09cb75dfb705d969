//! `BufferedReader`, `BufferedWriter`, `BufferedRandom`: bytes ahead of the reader, bytes that wait to be written.
//!
//! The three are one thing that can read, write or both. A stream that can do both never has bytes of both kinds at a
//! time: before it writes it seeks back to where the reader is, before it reads it writes what waits. The stream below
//! is asked directly where it is exactly a `FileIO`, and through its methods otherwise.
//!
//! - this file: the state and what is done with it
//! - `class`: the types

use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::{Mutex, MutexGuard};

use crate::heap::{Gc, Slot, Tracer, Value};
use crate::objects::bytes::{self, ByteArray, Bytes};
use crate::objects::class::Class;
use crate::objects::exception::Exc;
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeState};
use crate::vm::native::{Result, TypeDef};
use crate::vm::{Raised, Thread, ops};

use super::file::File;
use super::turn::{Taken, Turn};
use super::{BUFFER_SIZE, ask, exactly, is_closed, offset, state_of, unsupported};

mod class;

pub use class::{BUFFERED_RANDOM, BUFFERED_READER, BUFFERED_WRITER};

pub struct Buffered {
    /// The stream below: `EMPTY` before `__init__`, None once it is detached.
    raw: Slot,
    turn: Turn,
    data: Mutex<Data>,
    /// A text stream above closes it, when nobody can reach that any more.
    pub owned: AtomicBool,
}

/// What belongs to whoever has the turn. Its mutex is only held between two calls of anything that can block, so nobody
/// waits for it.
struct Data {
    size: usize,
    /// Bytes read from below; those from `at` on have not been asked for.
    ahead: Vec<u8>,
    at: usize,
    /// Bytes that wait to be written.
    pending: Vec<u8>,
}

impl Data {
    fn unread(&self) -> &[u8] {
        &self.ahead[self.at..]
    }

    /// Takes at most `count` unread bytes.
    fn take(&mut self, count: usize) -> Vec<u8> {
        let end = self.ahead.len().min(self.at.saturating_add(count));
        let taken = self.ahead[self.at..end].to_vec();
        self.at = end;
        if end == self.ahead.len() {
            self.forget();
        }
        taken
    }

    fn forget(&mut self) {
        self.ahead.clear();
        self.at = 0;
    }
}

impl NativeState for Buffered {
    fn trace(&self, tracer: &mut Tracer) {
        tracer.slot(&self.raw);
    }
}

impl Buffered {
    fn new() -> Buffered {
        let data = Data { size: BUFFER_SIZE, ahead: Vec::new(), at: 0, pending: Vec::new() };
        Buffered { raw: Slot::default(), turn: Turn::default(), data: Mutex::new(data), owned: AtomicBool::new(false) }
    }

    /// The stream below.
    pub fn raw(&self, th: &Thread) -> Result {
        match self.raw.get() {
            raw if raw.is_empty() => Err(super::uninitialized(th)),
            raw if raw.is_none() => Err(th.value_error("raw stream has been detached")),
            raw => Ok(raw),
        }
    }

    /// Whether anything waits to be written.
    pub fn has_pending(&self) -> bool {
        !self.data.lock().pending.is_empty()
    }

    fn data(&self) -> MutexGuard<'_, Data> {
        self.data.lock()
    }

    pub fn is_closed(&self, th: &Thread) -> Result<bool> {
        let raw = self.raw(th)?;
        match exactly::<File>(th, raw) {
            Some(file) => Ok(file.is_closed()),
            None => is_closed(th, raw),
        }
    }

    /// The turn, of a stream that is open. `doing` begins the ValueError: "read of closed file".
    fn begin<'a>(&'a self, th: &'a Thread, this: Value, doing: &str) -> Result<Taken<'a>> {
        if self.is_closed(th)? {
            return Err(th.value_error(format_args!("{doing} closed file")));
        }
        self.turn(th, this)
    }

    fn turn<'a>(&'a self, th: &'a Thread, this: Value) -> Result<Taken<'a>> {
        match self.turn.take(th)? {
            Some(taken) => Ok(taken),
            None => {
                let shown = ops::repr(th, this)?.to_text();
                Err(th.runtime_error(format_args!("reentrant call inside {shown}")))
            }
        }
    }

    // ---- the stream below

    fn raw_read(&self, th: &Thread, count: usize) -> Result<Option<Vec<u8>>> {
        let raw = self.raw(th)?;
        if let Some(file) = exactly::<File>(th, raw) {
            return file.read(th, count);
        }
        let array = ByteArray::new(th, &vec![0; count]).value();
        let view = th.call(th.vm().class_of_kind(kinds::MEMORYVIEW).value(), &[array])?;
        let got = th.call_method(raw, th.intern("readinto"), &[view])?;
        if got.is_none() {
            return Ok(None);
        }
        let got = ops::index_i64(th, got)?;
        if got < 0 || got as usize > count {
            return Err(th.raise(
                Exc::OSError,
                format_args!("raw readinto() returned invalid length {got} (should have been between 0 and {count})"),
            ));
        }
        let mut content = bytes::required(th, array)?.into_owned();
        content.truncate(got as usize);
        Ok(Some(content))
    }

    fn raw_read_all(&self, th: &Thread) -> Result<Option<Vec<u8>>> {
        let raw = self.raw(th)?;
        if let Some(file) = exactly::<File>(th, raw) {
            return file.read_all(th);
        }
        let got = ask(th, raw, "readall")?;
        match got.downcast::<Bytes>() {
            Some(got) => Ok(Some(got.bytes().to_vec())),
            None if got.is_none() => Ok(None),
            None => Err(th.type_error("readall() should return bytes")),
        }
    }

    fn raw_write(&self, th: &Thread, content: &[u8]) -> Result<Option<usize>> {
        let raw = self.raw(th)?;
        if let Some(file) = exactly::<File>(th, raw) {
            return file.write(th, content);
        }
        let written = th.call_method(raw, th.vm().names.write, &[bytes::new(th, content)])?;
        if written.is_none() {
            return Ok(None);
        }
        match ops::index_i64(th, written)? {
            count if count < 0 || count as usize > content.len() => Err(th.raise(
                Exc::OSError,
                format_args!(
                    "raw write() returned invalid length {count} (should have been between 0 and {})",
                    content.len()
                ),
            )),
            count => Ok(Some(count as usize)),
        }
    }

    fn raw_seek(&self, th: &Thread, to: i64, whence: i32) -> Result<i64> {
        let raw = self.raw(th)?;
        if let Some(file) = exactly::<File>(th, raw) {
            return file.seek(th, to, whence);
        }
        let at = th.call_method(raw, th.intern("seek"), &[th.int(to), Value::small_int(whence.into())])?;
        self.position(th, at)
    }

    fn raw_tell(&self, th: &Thread) -> Result<i64> {
        let raw = self.raw(th)?;
        if let Some(file) = exactly::<File>(th, raw) {
            return file.seek(th, 0, libc::SEEK_CUR);
        }
        let at = ask(th, raw, "tell")?;
        self.position(th, at)
    }

    fn position(&self, th: &Thread, at: Value) -> Result<i64> {
        match offset(th, at)? {
            at if at < 0 => Err(th.raise(Exc::OSError, format_args!("Raw stream returned invalid position {at}"))),
            at => Ok(at),
        }
    }

    // ---- with the turn

    /// Before reading: what waits is written.
    fn turn_to_reading(&self, th: &Thread) -> Result<()> {
        self.write_out(th)
    }

    /// Before writing: the stream below goes back to where the reader is.
    fn turn_to_writing(&self, th: &Thread) -> Result<()> {
        let unread = self.data().unread().len();
        if unread > 0 {
            self.raw_seek(th, -(unread as i64), libc::SEEK_CUR)?;
        }
        self.data().forget();
        Ok(())
    }

    /// Writes all that waits.
    fn write_out(&self, th: &Thread) -> Result<()> {
        loop {
            let waiting = std::mem::take(&mut self.data().pending);
            if waiting.is_empty() {
                return Ok(());
            }
            let written = self.raw_write(th, &waiting);
            // What was not written waits on, whatever came in between.
            let done = written.as_ref().map_or(0, |count| count.unwrap_or(0));
            let rest = &waiting[done..];
            if !rest.is_empty() {
                self.data().pending.splice(0..0, rest.iter().copied());
            }
            if written?.is_none() {
                return Err(would_block(th, 0));
            }
            th.safepoint()?;
        }
    }

    /// Reads one more piece from below; false at the end, `None` where that would block.
    fn fill(&self, th: &Thread) -> Result<Option<bool>> {
        let size = self.data().size;
        let Some(block) = self.raw_read(th, size)? else { return Ok(None) };
        let more = !block.is_empty();
        let mut data = self.data();
        if data.at == data.ahead.len() {
            data.ahead = block;
            data.at = 0;
        } else {
            data.ahead.extend_from_slice(&block);
        }
        Ok(Some(more))
    }

    fn read(&self, th: &Thread, count: usize) -> Result<Option<Vec<u8>>> {
        self.turn_to_reading(th)?;
        let mut out = self.data().take(count);
        let size = self.data().size;
        while out.len() < count {
            let missing = count - out.len();
            let got = if missing >= size {
                // Whole blocks need no detour.
                self.raw_read(th, missing / size * size)?
            } else {
                let filled = self.fill(th)?;
                filled.map(|_| self.data().take(missing))
            };
            match got {
                None if out.is_empty() => return Ok(None),
                None => break,
                Some(got) if got.is_empty() => break,
                Some(got) => out.extend_from_slice(&got),
            }
        }
        Ok(Some(out))
    }

    fn read_all(&self, th: &Thread) -> Result<Option<Vec<u8>>> {
        self.turn_to_reading(th)?;
        let mut out = self.data().take(usize::MAX);
        match self.raw_read_all(th)? {
            Some(rest) if out.is_empty() => Ok(Some(rest)),
            Some(rest) => {
                out.extend_from_slice(&rest);
                Ok(Some(out))
            }
            None => Ok((!out.is_empty()).then_some(out)),
        }
    }

    fn read_once(&self, th: &Thread, count: usize) -> Result<Vec<u8>> {
        self.turn_to_reading(th)?;
        if self.data().unread().is_empty() && count > 0 {
            self.fill(th)?;
        }
        Ok(self.data().take(count))
    }

    fn line(&self, th: &Thread, limit: usize) -> Result<Vec<u8>> {
        self.turn_to_reading(th)?;
        let mut looked = 0;
        loop {
            {
                let mut data = self.data();
                let unread = data.unread();
                let end = memchr::memchr(b'\n', &unread[looked.min(unread.len())..]).map(|at| looked + at + 1);
                looked = unread.len();
                match end {
                    Some(end) => return Ok(data.take(end.min(limit))),
                    None if looked >= limit => return Ok(data.take(limit)),
                    None => {}
                }
            }
            if self.fill(th)? != Some(true) {
                return Ok(self.data().take(limit));
            }
        }
    }

    fn write(&self, th: &Thread, content: &[u8]) -> Result<()> {
        self.turn_to_writing(th)?;
        {
            let mut data = self.data();
            if data.pending.len() + content.len() <= data.size {
                data.pending.extend_from_slice(content);
                return Ok(());
            }
        }
        self.write_out(th)?;
        let size = self.data().size;
        let mut rest = content;
        while rest.len() > size {
            match self.raw_write(th, rest)? {
                Some(count) => rest = &rest[count..],
                None => {
                    // As much as fits waits; the rest is the caller's again.
                    let (kept, lost) = rest.split_at(size);
                    self.data().pending.extend_from_slice(kept);
                    return Err(would_block(th, content.len() - lost.len()));
                }
            }
            th.safepoint()?;
        }
        self.data().pending.extend_from_slice(rest);
        Ok(())
    }

    fn tell(&self, th: &Thread) -> Result<i64> {
        let below = self.raw_tell(th)?;
        let data = self.data();
        Ok(below - data.unread().len() as i64 + data.pending.len() as i64)
    }

    fn seek(&self, th: &Thread, to: i64, whence: i32) -> Result<i64> {
        self.write_out(th)?;
        let unread = self.data().unread().len() as i64;
        if unread > 0 && whence != libc::SEEK_END {
            // Within what was read already, nothing need be asked.
            let below = self.raw_tell(th)?;
            let target = if whence == libc::SEEK_SET { to } else { below - unread + to };
            let mut data = self.data();
            let first = below - data.ahead.len() as i64;
            if (first..=below).contains(&target) && target >= 0 {
                data.at = (target - first) as usize;
                return Ok(target);
            }
        }
        let to = if whence == libc::SEEK_CUR { to.saturating_sub(unread) } else { to };
        let at = self.raw_seek(th, to, whence)?;
        self.data().forget();
        Ok(at)
    }
}

/// BlockingIOError: so many bytes were taken.
#[cold]
fn would_block(th: &Thread, written: usize) -> Raised {
    let message = th.str("write could not complete without blocking");
    th.raise_with(Exc::BlockingIOError, &[th.int(libc::EAGAIN.into()), message, th.int(written as i64)])
}

fn this(th: &Thread, args: &[Value]) -> Result<&'static Buffered> {
    let state = state_of::<Buffered>(args[0]).ok_or_else(|| super::uninitialized(th))?;
    state.raw(th)?;
    Ok(state)
}

/// At most `count` bytes with at most one read below, for the text stream above: of exactly a native buffer.
pub fn read_once(th: &Thread, stream: Value, count: usize) -> Option<Result<Vec<u8>>> {
    let state = exactly::<Buffered>(th, stream)?;
    let read = || {
        let _turn = state.begin(th, stream, "read of")?;
        state.read_once(th, count)
    };
    Some(read())
}

/// A native buffer over a native file, as `open` makes them.
pub fn open(th: &Thread, kind: &'static TypeDef, raw: Value, size: usize) -> Value {
    over(th, th.vm().class(kind), raw, size)
}

pub fn over(th: &Thread, class: Gc<Class>, raw: Value, size: usize) -> Value {
    let state = Buffered::new();
    set_raw(&state, raw, size);
    native_object::new(th, class, Box::new(state)).value()
}

fn set_raw(state: &Buffered, raw: Value, size: usize) {
    state.raw.set(raw);
    if let Some(file) = state_of::<File>(raw) {
        file.owned.store(true, Ordering::Relaxed);
    }
    *state.data() = Data { size, ahead: Vec::new(), at: 0, pending: Vec::new() };
}

/// Writes all the bytes, for the text stream above: of exactly a native buffer.
pub fn write_all(th: &Thread, stream: Value, content: &[u8]) -> Option<Result<()>> {
    let state = exactly::<Buffered>(th, stream)?;
    let write = || {
        if th.class_of(stream) == th.vm().class(&BUFFERED_READER) {
            return Err(unsupported(th, "write"));
        }
        let _turn = state.begin(th, stream, "write to")?;
        state.write(th, content)
    };
    Some(write())
}

/// `flush()` of exactly a native buffer over a native file.
pub fn flush(th: &Thread, stream: Value) -> Option<Result<()>> {
    let state = exactly::<Buffered>(th, stream)?;
    exactly::<File>(th, state.raw.get())?;
    let flush = || {
        let _turn = state.begin(th, stream, "flush of")?;
        state.write_out(th)?;
        if state.data().ahead.is_empty() || th.class_of(stream) == th.vm().class(&BUFFERED_READER) {
            return Ok(());
        }
        state.turn_to_writing(th)
    };
    Some(flush())
}

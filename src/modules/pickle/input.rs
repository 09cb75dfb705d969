//! The bytes that are read: of a bytes-like object, or of a file, from which no more is taken than is needed.

use crate::heap::{Gc, Value};
use crate::objects::bytes::{self, Bytes};
use crate::objects::exception::Exc;
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops};

use super::errors::unpickling;

/// The methods of a file that is read from.
#[derive(Clone, Copy)]
pub struct File {
    read: Value,
    readline: Value,
}

impl File {
    pub fn of(th: &Thread, file: Value) -> Result<File> {
        let method = |name| ops::find_attr(th, file, name);
        match (method(th.vm().names.read)?, method(th.vm().names.readline)?) {
            (Some(read), Some(readline)) => Ok(File { read, readline }),
            _ => Err(th.type_error("file must have 'read' and 'readline' attributes")),
        }
    }

    /// The object's values, to be kept in a cell.
    pub fn values(self) -> [Value; 2] {
        [self.read, self.readline]
    }

    pub fn from_values([read, readline]: [Value; 2]) -> File {
        File { read, readline }
    }
}

pub struct Input {
    /// All of a bytes object: a pointer to its beginning keeps it alive.
    data: &'static [u8],
    at: usize,
    file: Option<File>,
}

impl Input {
    /// Reads what a bytes-like object holds. What can be changed meanwhile is copied.
    pub fn of_bytes(th: &Thread, source: Value) -> Result<Input> {
        let data = match source.downcast::<Bytes>() {
            Some(bytes) => bytes.get().bytes(),
            None => Bytes::new(th, &bytes::required(th, source)?).get().bytes(),
        };
        Ok(Input { data, at: 0, file: None })
    }

    pub fn of_file(file: File) -> Input {
        Input { data: &[], at: 0, file: Some(file) }
    }

    /// The next opcode; EOFError at the end.
    #[inline(always)]
    pub fn opcode(&mut self, th: &Thread) -> Result<u8> {
        if let Some(op) = self.data.get(self.at) {
            self.at += 1;
            return Ok(*op);
        }
        self.opcode_of_file(th)
    }

    #[cold]
    #[inline(never)]
    fn opcode_of_file(&mut self, th: &Thread) -> Result<u8> {
        if let Some(file) = self.file {
            self.data = self.read(th, file, 1)?;
            self.at = 0;
            if let Some(op) = self.data.first() {
                self.at = 1;
                return Ok(*op);
            }
        }
        Err(th.raise(Exc::EOFError, "Ran out of input"))
    }

    /// The next `len` bytes.
    #[inline(always)]
    pub fn take(&mut self, th: &Thread, len: usize) -> Result<&'static [u8]> {
        if len <= self.data.len() - self.at {
            let taken = &self.data[self.at..self.at + len];
            self.at += len;
            return Ok(taken);
        }
        self.take_of_file(th, len)
    }

    #[cold]
    #[inline(never)]
    fn take_of_file(&mut self, th: &Thread, len: usize) -> Result<&'static [u8]> {
        let Some(file) = self.file else { return Err(truncated(th)) };
        let rest = &self.data[self.at..];
        let read = self.read(th, file, len - rest.len())?;
        if read.len() < len - rest.len() {
            return Err(truncated(th));
        }
        self.data = if rest.is_empty() { read } else { Bytes::new(th, &[rest, read].concat()).get().bytes() };
        self.at = len.min(self.data.len());
        Ok(&self.data[..self.at])
    }

    pub fn array<const N: usize>(&mut self, th: &Thread) -> Result<[u8; N]> {
        let taken = self.take(th, N)?;
        taken.try_into().map_err(|_| truncated(th))
    }

    /// Makes sure that so many bytes are at hand: a frame.
    pub fn fetch(&mut self, th: &Thread, len: usize) -> Result<()> {
        if len > self.data.len() - self.at {
            let start = self.take_of_file(th, len)?;
            (self.data, self.at) = (start, 0);
        }
        Ok(())
    }

    /// A line without its end.
    pub fn line(&mut self, th: &Thread) -> Result<&'static [u8]> {
        let rest = &self.data[self.at..];
        if let Some(len) = memchr::memchr(b'\n', rest) {
            self.at += len + 1;
            return Ok(&rest[..len]);
        }
        let Some(file) = self.file else { return Err(truncated(th)) };
        let read = content(th, th.call(file.readline, &[])?)?;
        let Some(line) = read.strip_suffix(b"\n") else { return Err(truncated(th)) };
        if rest.is_empty() {
            (self.data, self.at) = (read, read.len());
            return Ok(line);
        }
        self.data = Bytes::new(th, &[rest, line].concat()).get().bytes();
        self.at = self.data.len();
        Ok(self.data)
    }

    fn read(&self, th: &Thread, file: File, len: usize) -> Result<&'static [u8]> {
        let len = th.int(i64::try_from(len).unwrap_or(i64::MAX));
        content(th, th.call(file.read, &[len])?)
    }
}

/// What a file gave.
fn content(th: &Thread, given: Value) -> Result<&'static [u8]> {
    if let Some(bytes) = given.downcast::<Bytes>() {
        return Ok(bytes.get().bytes());
    }
    let copy: Gc<Bytes> = Bytes::new(th, &bytes::required(th, given)?);
    Ok(copy.get().bytes())
}

#[cold]
pub fn truncated(th: &Thread) -> Raised {
    unpickling(th, "pickle data was truncated")
}

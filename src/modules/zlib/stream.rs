//! The C library's streams, made safe: each owns its state, and borrows input and output only for the length of a call.

use std::ffi::{CStr, c_int, c_void};
use std::ptr;

use libz_sys as z;

/// A stream that compresses or decompresses.
pub struct Stream {
    /// The library keeps its address.
    raw: Box<z::z_stream>,
    compresses: bool,
}

// SAFETY: the library's state belongs to one stream alone and is not tied to a thread.
unsafe impl Send for Stream {}

/// What the library answered, where that was no success, and what it had to say about it.
#[derive(Clone, Debug)]
pub struct Fault {
    pub code: c_int,
    message: Option<String>,
}

impl Fault {
    /// The fault of a stream that has ended.
    pub fn of_ended() -> Fault {
        Fault { code: z::Z_STREAM_ERROR, message: None }
    }

    /// As CPython words it.
    pub fn words(&self, doing: &str) -> String {
        let by_code = match self.code {
            z::Z_BUF_ERROR => Some("incomplete or truncated stream"),
            z::Z_STREAM_ERROR => Some("inconsistent stream state"),
            z::Z_DATA_ERROR => Some("invalid input data"),
            _ => None,
        };
        match self.message.as_deref().or(by_code) {
            Some(message) => format!("Error {} {doing}: {message}", self.code),
            None => format!("Error {} {doing}", self.code),
        }
    }
}

/// How a run over some input ended.
pub struct Ran {
    pub output: Vec<u8>,
    /// Bytes of input that were used.
    pub used: usize,
    pub code: c_int,
}

/// What a run may produce.
pub struct Limits<'a> {
    /// It stops at so many bytes.
    pub most: usize,
    /// Whether so many bytes more can be had at all.
    pub fits: &'a (dyn Fn(usize) -> bool + Sync),
}

/// The answer of a run whose output does not fit into memory.
pub const NO_MEMORY: c_int = z::Z_MEM_ERROR;
pub const DONE: c_int = z::Z_STREAM_END;
pub const NEEDS_DICTIONARY: c_int = z::Z_NEED_DICT;

extern "C" fn allocate(_: *mut c_void, items: z::uInt, size: z::uInt) -> *mut c_void {
    // SAFETY: calloc checks the product, and may be asked for anything.
    unsafe { libc::calloc(items as usize, size as usize) }
}

extern "C" fn free(_: *mut c_void, block: *mut c_void) {
    // SAFETY: the library gives back what `allocate` gave.
    unsafe { libc::free(block) }
}

fn blank() -> Box<z::z_stream> {
    Box::new(z::z_stream {
        next_in: ptr::null_mut(),
        avail_in: 0,
        total_in: 0,
        next_out: ptr::null_mut(),
        avail_out: 0,
        total_out: 0,
        msg: ptr::null_mut(),
        state: ptr::null_mut(),
        zalloc: allocate,
        zfree: free,
        opaque: ptr::null_mut(),
        data_type: 0,
        adler: 0,
        reserved: 0,
    })
}

const SIZE: c_int = size_of::<z::z_stream>() as c_int;

impl Stream {
    pub fn deflate(level: c_int, method: c_int, wbits: c_int, memory: c_int, strategy: c_int) -> Result<Stream, Fault> {
        let mut raw = blank();
        // SAFETY: a blank stream, and the version and size of the structure that it is.
        let code =
            unsafe { z::deflateInit2_(&mut *raw, level, method, wbits, memory, strategy, z::zlibVersion(), SIZE) };
        Stream::started(raw, true, code)
    }

    pub fn inflate(wbits: c_int) -> Result<Stream, Fault> {
        let mut raw = blank();
        // SAFETY: as for `deflate`.
        let code = unsafe { z::inflateInit2_(&mut *raw, wbits, z::zlibVersion(), SIZE) };
        Stream::started(raw, false, code)
    }

    fn started(raw: Box<z::z_stream>, compresses: bool, code: c_int) -> Result<Stream, Fault> {
        match code {
            z::Z_OK => Ok(Stream { raw, compresses }),
            // Nothing was allocated, or the library has freed it again.
            code => Err(Fault { code, message: None }),
        }
    }

    pub fn fault(&self, code: c_int) -> Fault {
        let message = match self.raw.msg.is_null() {
            true => None,
            // SAFETY: the library's messages are constant strings.
            false => Some(unsafe { CStr::from_ptr(self.raw.msg) }.to_string_lossy().into_owned()),
        };
        Fault { code, message }
    }

    pub fn set_dictionary(&mut self, dictionary: &[u8]) -> Result<(), Fault> {
        let len = dictionary.len().min(z::uInt::MAX as usize) as z::uInt;
        // SAFETY: a started stream, and bytes of that length, which are copied.
        let code = unsafe {
            match self.compresses {
                true => z::deflateSetDictionary(&mut *self.raw, dictionary.as_ptr(), len),
                false => z::inflateSetDictionary(&mut *self.raw, dictionary.as_ptr(), len),
            }
        };
        if code == z::Z_OK { Ok(()) } else { Err(self.fault(code)) }
    }

    /// Another stream in the same state.
    pub fn copy(&self) -> Result<Stream, Fault> {
        let mut raw = blank();
        let source = ptr::from_ref(&*self.raw).cast_mut();
        // SAFETY: the source is a started stream that is only read; the copy gets a state of its own.
        let code = unsafe {
            match self.compresses {
                true => z::deflateCopy(&mut *raw, source),
                false => z::inflateCopy(&mut *raw, source),
            }
        };
        Stream::started(raw, self.compresses, code)
    }

    /// Works through the input until it is used up and all that follows from it is out, the stream ends, something is
    /// wrong, or the output is as long as it may get.
    pub fn run(&mut self, input: &[u8], flush: c_int, limits: &Limits) -> Ran {
        let mut ran = Ran { output: Vec::new(), used: 0, code: z::Z_OK };
        let mut step = FIRST_STEP;
        while ran.output.len() < limits.most {
            let from = ran.output.len();
            let room = step.min(limits.most - from);
            if !(limits.fits)(room) || ran.output.try_reserve(room).is_err() {
                ran.code = NO_MEMORY;
                break;
            }
            ran.output.resize(from + room, 0);
            let part = &input[ran.used..];
            let part = &part[..part.len().min(MOST_AT_ONCE)];
            let is_last = ran.used + part.len() == input.len();
            let (used, made, code) =
                self.call(part, &mut ran.output[from..], if is_last { flush } else { z::Z_NO_FLUSH });
            ran.used += used;
            ran.output.truncate(from + made);
            ran.code = code;
            let is_full = made == room;
            let goes_on = matches!(code, z::Z_OK | z::Z_BUF_ERROR) && (is_full || ran.used < input.len() && used > 0);
            if !goes_on {
                break;
            }
            step = (step * 2).min(MOST_AT_ONCE);
        }
        ran
    }

    /// One call of the library: bytes used, bytes made, its answer.
    fn call(&mut self, input: &[u8], output: &mut [u8], flush: c_int) -> (usize, usize, c_int) {
        self.raw.next_in = input.as_ptr().cast_mut();
        self.raw.avail_in = input.len() as z::uInt;
        self.raw.next_out = output.as_mut_ptr();
        self.raw.avail_out = output.len() as z::uInt;
        // SAFETY: a started stream; input and output are as long as they say, and no longer than a `uInt` can.
        let code = unsafe {
            match self.compresses {
                true => z::deflate(&mut *self.raw, flush),
                false => z::inflate(&mut *self.raw, flush),
            }
        };
        (input.len() - self.raw.avail_in as usize, output.len() - self.raw.avail_out as usize, code)
    }
}

/// Bytes of output that are made room for at first, and at most at a time.
const FIRST_STEP: usize = 16 << 10;
const MOST_AT_ONCE: usize = 1 << 30;

impl Drop for Stream {
    fn drop(&mut self) {
        // SAFETY: a started stream, ended once.
        unsafe {
            match self.compresses {
                true => z::deflateEnd(&mut *self.raw),
                false => z::inflateEnd(&mut *self.raw),
            };
        }
    }
}

/// The version of the library.
pub fn version() -> String {
    // SAFETY: a constant string.
    unsafe { CStr::from_ptr(z::zlibVersion()) }.to_string_lossy().into_owned()
}

pub fn crc32(start: u32, data: &[u8]) -> u32 {
    // SAFETY: each part is as long as it says.
    data.chunks(MOST_AT_ONCE)
        .fold(start, |sum, part| unsafe { z::crc32(sum.into(), part.as_ptr(), part.len() as z::uInt) as u32 })
}

pub fn adler32(start: u32, data: &[u8]) -> u32 {
    // SAFETY: as in `crc32`.
    data.chunks(MOST_AT_ONCE)
        .fold(start, |sum, part| unsafe { z::adler32(sum.into(), part.as_ptr(), part.len() as z::uInt) as u32 })
}

//! `compressobj()` and `decompressobj()`: streams that a program feeds piece by piece.
//!
//! A stream is guarded by a lock of its own. Who has it may have given the interpreter's lock up; so nobody waits for it
//! with the interpreter's lock.

use std::ffi::c_int;

use crate::world::parking::{Mutex, MutexGuard};
use libz_sys as z;

use crate::heap::Value;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::{bytes, kinds};
use crate::vm::native::{GetSetDef, NativeDef, Result, TypeDef, member, native};
use crate::vm::thread::Reason;
use crate::vm::{Raised, Thread, ops};

use super::stream::{self, Fault, Stream};
use super::{BUFFER_SIZE, DEFAULT_MEMORY, fault, int, run};

/// `None` once it has come to its end.
struct Compress(Mutex<Option<Stream>>);

impl NativeState for Compress {}

struct Decompress(Mutex<Inflating>);

impl NativeState for Decompress {}

struct Inflating {
    /// `None` once `flush` has met the end.
    stream: Option<Stream>,
    dictionary: Option<Vec<u8>>,
    eof: bool,
    /// What came after the end.
    unused: Vec<u8>,
    /// Input that did not come to its turn, since the output was limited.
    tail: Vec<u8>,
}

fn locked<T: Send>(th: &Thread, mutex: &'static Mutex<T>) -> MutexGuard<'static, T> {
    loop {
        if let Some(guard) = mutex.try_lock() {
            return guard;
        }
        th.detached(Reason::Lock, || drop(mutex.lock()));
    }
}

fn state<T: NativeState>(th: &Thread, this: Value) -> Result<&'static T> {
    let state = this.downcast::<NativeObject>().and_then(|object| object.state_as::<T>());
    state.ok_or_else(|| th.type_error("a stream of zlib is required"))
}

#[cold]
fn refused(th: &Thread, fault: &Fault, message: &str) -> Raised {
    if fault.code == stream::NO_MEMORY { th.memory_error() } else { th.value_error(message) }
}

const INVALID: &str = "Invalid initialization option";
const INCONSISTENT: &str = "Inconsistent stream state";
const INVALID_DICTIONARY: &str = "Invalid dictionary";

pub fn compressobj(th: &Thread, args: &[Value]) -> Result {
    let level = int(th, args[0], z::Z_DEFAULT_COMPRESSION)?;
    let (method, wbits) = (int(th, args[1], z::Z_DEFLATED)?, int(th, args[2], 15)?);
    let (memory, strategy) = (int(th, args[3], DEFAULT_MEMORY)?, int(th, args[4], z::Z_DEFAULT_STRATEGY)?);
    let dictionary = if args[5].is_empty() { None } else { Some(bytes::required(th, args[5])?) };
    let mut stream =
        Stream::deflate(level, method, wbits, memory, strategy).map_err(|found| refused(th, &found, INVALID))?;
    if let Some(dictionary) = dictionary {
        stream.set_dictionary(&dictionary).map_err(|found| refused(th, &found, INVALID_DICTIONARY))?;
    }
    Ok(new_compress(th, stream))
}

fn new_compress(th: &Thread, stream: Stream) -> Value {
    native_object::new(th, th.vm().class(&COMPRESS), Box::new(Compress(Mutex::new(Some(stream))))).value()
}

pub static COMPRESS: TypeDef = TypeDef {
    module: "zlib",
    methods: &[
        native("compress", "($self, data, /)", "Returns a bytes object containing compressed data.", |th, args| {
            let data = bytes::required(th, args[1])?;
            feed(th, state(th, args[0])?, &data, z::Z_NO_FLUSH, "while compressing data")
        }),
        native(
            "flush",
            "($self, mode=zlib.Z_FINISH, /)",
            "Return a bytes object containing any remaining data.",
            |th, args| match int(th, args[1], z::Z_FINISH)? {
                z::Z_NO_FLUSH => Ok(bytes::new(th, b"")),
                mode => feed(th, state(th, args[0])?, b"", mode, "while flushing"),
            },
        ),
        native("copy", "($self, /)", "Return a copy of the compression object.", copy_compress),
        native("__copy__", "($self, /)", "Return a copy of the compression object.", copy_compress),
        native("__deepcopy__", "($self, memo, /)", "Return a copy of the compression object.", copy_compress),
    ],
    ..TypeDef::new("Compress", kinds::NATIVE_STATE, "")
};

fn feed(th: &Thread, this: &'static Compress, data: &[u8], flush: c_int, doing: &str) -> Result {
    let mut held = locked(th, &this.0);
    let Some(stream) = held.as_mut() else { return Err(fault(th, &Fault::of_ended(), doing)) };
    let ran = run(th, stream, data, flush, bytes::MAX_LEN);
    match ran.code {
        stream::DONE => *held = None,
        z::Z_OK | z::Z_BUF_ERROR => {}
        code => return Err(fault(th, &stream.fault(code), doing)),
    }
    Ok(bytes::new(th, &ran.output))
}

fn copy_compress(th: &Thread, args: &[Value]) -> Result {
    let held = locked(th, &state::<Compress>(th, args[0])?.0);
    let copy = held.as_ref().map_or_else(|| Err(Fault::of_ended()), Stream::copy);
    Ok(new_compress(th, copy.map_err(|found| refused(th, &found, INCONSISTENT))?))
}

pub fn decompressobj(th: &Thread, args: &[Value]) -> Result {
    let wbits = int(th, args[0], 15)?;
    let dictionary = match args[1].is_empty() {
        true => None,
        false => match bytes::borrowed(th, args[1])? {
            Some(dictionary) => Some(dictionary.into_owned()),
            None => return Err(th.type_error("zdict argument must support the buffer protocol")),
        },
    };
    let mut stream = Stream::inflate(wbits).map_err(|found| refused(th, &found, INVALID))?;
    if let Some(dictionary) = dictionary.as_ref().filter(|_| wbits < 0) {
        stream.set_dictionary(dictionary).map_err(|found| refused(th, &found, INVALID_DICTIONARY))?;
    }
    let state = Inflating { stream: Some(stream), dictionary, eof: false, unused: Vec::new(), tail: Vec::new() };
    Ok(new_decompress(th, state))
}

fn new_decompress(th: &Thread, state: Inflating) -> Value {
    native_object::new(th, th.vm().class(&DECOMPRESS), Box::new(Decompress(Mutex::new(state)))).value()
}

pub static DECOMPRESS: TypeDef = TypeDef {
    module: "zlib",
    methods: &[
        native(
            "decompress",
            "($self, data, /, max_length=0)",
            "Return a bytes object containing the decompressed version of the data.",
            |th, args| {
                let data = bytes::required(th, args[1])?;
                let most = if args[2].is_empty() { 0 } else { ops::index_i64(th, args[2])? };
                let Ok(most) = usize::try_from(most) else {
                    return Err(th.value_error("max_length must be non-negative"));
                };
                let most = if most == 0 { bytes::MAX_LEN } else { most };
                let mut held = locked(th, &state::<Decompress>(th, args[0])?.0);
                held.feed(th, &data, z::Z_SYNC_FLUSH, most)
            },
        )
        .keywords(),
        native(
            "flush",
            "($self, length=zlib.DEF_BUF_SIZE, /)",
            "Return a bytes object containing any remaining decompressed data.",
            |th, args| {
                if int(th, args[1], BUFFER_SIZE)? <= 0 {
                    return Err(th.value_error("length must be greater than zero"));
                }
                let mut held = locked(th, &state::<Decompress>(th, args[0])?.0);
                if held.stream.is_none() {
                    return Ok(bytes::new(th, b""));
                }
                let tail = std::mem::take(&mut held.tail);
                let rest = held.feed(th, &tail, z::Z_FINISH, bytes::MAX_LEN)?;
                if held.eof {
                    held.stream = None;
                }
                Ok(rest)
            },
        ),
        COPY,
        COPY.named("__copy__"),
        native("__deepcopy__", "($self, memo, /)", "Return a copy of the decompression object.", copy_decompress),
    ],
    getset: GETSET,
    ..TypeDef::new("Decompress", kinds::NATIVE_STATE, "")
};

const COPY: NativeDef = native("copy", "($self, /)", "Return a copy of the decompression object.", copy_decompress);

const GETSET: &[GetSetDef] = &[
    member("unused_data", "What came after the end of the compressed data.", |th, v| {
        Ok(bytes::new(th, &locked(th, &state::<Decompress>(th, v)?.0).unused))
    }),
    member("unconsumed_tail", "Input that the limit of the output left over.", |th, v| {
        Ok(bytes::new(th, &locked(th, &state::<Decompress>(th, v)?.0).tail))
    }),
    member("eof", "Whether the end of the compressed data has been reached.", |th, v| {
        Ok(Value::bool(locked(th, &state::<Decompress>(th, v)?.0).eof))
    }),
];

impl Inflating {
    fn feed(&mut self, th: &Thread, data: &[u8], flush: c_int, most: usize) -> Result {
        const DOING: &str = "while decompressing data";
        let Some(stream) = self.stream.as_mut() else { return Err(fault(th, &Fault::of_ended(), DOING)) };
        let mut ran = run(th, stream, data, flush, most);
        if ran.code == stream::NEEDS_DICTIONARY
            && let Some(dictionary) = &self.dictionary
        {
            stream.set_dictionary(dictionary).map_err(|found| fault(th, &found, "while setting zdict"))?;
            let rest = run(th, stream, &data[ran.used..], flush, most - ran.output.len());
            ran.output.extend(rest.output);
            (ran.used, ran.code) = (ran.used + rest.used, rest.code);
        }
        let left = &data[ran.used..];
        if ran.code == stream::DONE {
            self.unused.extend_from_slice(left);
            self.tail.clear();
            self.eof = true;
        } else {
            self.tail = left.to_vec();
        }
        match ran.code {
            stream::DONE | z::Z_OK | z::Z_BUF_ERROR => Ok(bytes::new(th, &ran.output)),
            code => Err(fault(th, &stream.fault(code), DOING)),
        }
    }
}

fn copy_decompress(th: &Thread, args: &[Value]) -> Result {
    let held = locked(th, &state::<Decompress>(th, args[0])?.0);
    let copy = held.stream.as_ref().map_or_else(|| Err(Fault::of_ended()), Stream::copy);
    let stream = Some(copy.map_err(|found| refused(th, &found, INCONSISTENT))?);
    let Inflating { dictionary, unused, tail, .. } = &*held;
    let state =
        Inflating { stream, dictionary: dictionary.clone(), eof: held.eof, unused: unused.clone(), tail: tail.clone() };
    Ok(new_decompress(th, state))
}

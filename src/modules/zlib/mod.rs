//! `zlib`: compression by the C library of that name, so that its output is the same byte for byte as CPython's.
//!
//! - this file: the functions; `stream`: the library's streams; `objects`: `compressobj()` and `decompressobj()`
//!
//! Data of more than 2,047 bytes is worked on with the interpreter's lock given up.

use std::ffi::c_int;

use libz_sys as z;

use crate::heap::Value;
use crate::modules::ModuleDef;
use crate::modules::hashing::LONG;
use crate::objects::exception::{self, Exc};
use crate::objects::int::IntRef;
use crate::objects::{bytes, kinds};
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::thread::Reason;
use crate::vm::{Raised, Thread, ops};

mod objects;
mod stream;

use stream::{Fault, Limits, Ran, Stream};

pub static ZLIB: ModuleDef = ModuleDef {
    functions: FUNCTIONS,
    init: Some(|th, module| {
        for (name, value) in CONSTANTS {
            module.namespace.set_str(th, th.intern(name), Value::small_int((*value).into()));
        }
        for name in ["ZLIB_VERSION", "ZLIB_RUNTIME_VERSION"] {
            module.namespace.set_str(th, th.intern(name), th.str(&stream::version()));
        }
        module.namespace.set_str(th, th.intern("error"), th.make_native_class(&ERROR).value());
        th.make_native_class(&objects::COMPRESS);
        th.make_native_class(&objects::DECOMPRESS);
        Ok(())
    }),
    ..ModuleDef::new("zlib", "Compression and checksums by zlib.")
};

const DEFAULT_MEMORY: c_int = 8;
/// Without a number of its own, `decompress` makes so much room at first.
const BUFFER_SIZE: c_int = 16 << 10;

const CONSTANTS: &[(&str, c_int)] = &[
    ("DEFLATED", z::Z_DEFLATED),
    ("DEF_BUF_SIZE", BUFFER_SIZE),
    ("DEF_MEM_LEVEL", DEFAULT_MEMORY),
    ("MAX_WBITS", 15),
    ("Z_BEST_COMPRESSION", z::Z_BEST_COMPRESSION),
    ("Z_BEST_SPEED", z::Z_BEST_SPEED),
    ("Z_BLOCK", z::Z_BLOCK),
    ("Z_DEFAULT_COMPRESSION", z::Z_DEFAULT_COMPRESSION),
    ("Z_DEFAULT_STRATEGY", z::Z_DEFAULT_STRATEGY),
    ("Z_FILTERED", z::Z_FILTERED),
    ("Z_FINISH", z::Z_FINISH),
    ("Z_FIXED", z::Z_FIXED),
    ("Z_FULL_FLUSH", z::Z_FULL_FLUSH),
    ("Z_HUFFMAN_ONLY", z::Z_HUFFMAN_ONLY),
    ("Z_NO_COMPRESSION", z::Z_NO_COMPRESSION),
    ("Z_NO_FLUSH", z::Z_NO_FLUSH),
    ("Z_PARTIAL_FLUSH", z::Z_PARTIAL_FLUSH),
    ("Z_RLE", z::Z_RLE),
    ("Z_SYNC_FLUSH", z::Z_SYNC_FLUSH),
    ("Z_TREES", 6),
];

static ERROR: TypeDef = TypeDef {
    module: "zlib",
    base: Some(&exception::DEFINITIONS[Exc::Exception as usize]),
    subclassable: true,
    has_dict: true,
    ..TypeDef::new("error", kinds::EXCEPTION, "")
};

#[cold]
fn error(th: &Thread, message: &str) -> Raised {
    let message = th.str(message);
    th.raise_value(exception::new(th, th.make_native_class(&ERROR), &[message]))
}

#[cold]
fn fault(th: &Thread, fault: &Fault, doing: &str) -> Raised {
    if fault.code == stream::NO_MEMORY { th.memory_error() } else { error(th, &fault.words(doing)) }
}

const FUNCTIONS: &[NativeDef] = &[
    native(
        "compress",
        "(data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)",
        "Returns a bytes object containing compressed data.",
        compress,
    )
    .keywords(),
    native(
        "decompress",
        "(data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)",
        "Returns a bytes object containing the uncompressed data.",
        decompress,
    )
    .keywords(),
    native(
        "compressobj",
        "(level=Z_DEFAULT_COMPRESSION, method=DEFLATED, wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL, \
         strategy=Z_DEFAULT_STRATEGY, zdict=<unrepresentable>)",
        "Return a compressor object.",
        objects::compressobj,
    )
    .keywords(),
    native("decompressobj", "(wbits=MAX_WBITS, zdict=b'')", "Return a decompressor object.", objects::decompressobj)
        .keywords(),
    native("crc32", "(data, value=0, /)", "Compute a CRC-32 checksum of data.", |th, args| {
        checksum(th, args, 0, stream::crc32)
    }),
    native("adler32", "(data, value=1, /)", "Compute an Adler-32 checksum of data.", |th, args| {
        checksum(th, args, 1, stream::adler32)
    }),
];

/// A C `int` that may be left out.
fn int(th: &Thread, v: Value, default: c_int) -> Result<c_int> {
    if v.is_empty() { Ok(default) } else { ops::index_i32(th, v) }
}

/// Runs a stream over input, with the interpreter's lock given up where that is long.
fn run(th: &Thread, stream: &mut Stream, input: &[u8], flush: c_int, most: usize) -> Ran {
    let heap = th.vm().heap().clone();
    let fits = move |bytes: usize| !heap.would_exceed_limit(bytes);
    let limits = Limits { most, fits: &fits };
    if input.len() < LONG {
        return stream.run(input, flush, &limits);
    }
    th.detached(Reason::Compute, || stream.run(input, flush, &limits))
}

fn compress(th: &Thread, args: &[Value]) -> Result {
    let data = bytes::required(th, args[0])?;
    let (level, wbits) = (int(th, args[1], z::Z_DEFAULT_COMPRESSION)?, int(th, args[2], 15)?);
    let mut stream = match Stream::deflate(level, z::Z_DEFLATED, wbits, DEFAULT_MEMORY, z::Z_DEFAULT_STRATEGY) {
        Ok(stream) => stream,
        Err(fault) if fault.code == stream::NO_MEMORY => return Err(th.memory_error()),
        Err(_) => return Err(error(th, "Bad compression level")),
    };
    let ran = run(th, &mut stream, &data, z::Z_FINISH, bytes::MAX_LEN);
    match ran.code {
        stream::DONE => Ok(bytes::new(th, &ran.output)),
        code => Err(fault(th, &stream.fault(code), "while compressing data")),
    }
}

fn decompress(th: &Thread, args: &[Value]) -> Result {
    let data = bytes::required(th, args[0])?;
    let wbits = int(th, args[1], 15)?;
    if !args[2].is_empty() && ops::index_i64(th, args[2])? < 0 {
        return Err(th.value_error("bufsize must be non-negative"));
    }
    let mut stream = Stream::inflate(wbits).map_err(|found| fault(th, &found, "while preparing to decompress data"))?;
    let ran = run(th, &mut stream, &data, z::Z_SYNC_FLUSH, bytes::MAX_LEN);
    match ran.code {
        stream::DONE => Ok(bytes::new(th, &ran.output)),
        z::Z_OK => Err(fault(th, &stream.fault(z::Z_BUF_ERROR), "while decompressing data")),
        code => Err(fault(th, &stream.fault(code), "while decompressing data")),
    }
}

pub fn checksum(th: &Thread, args: &[Value], default: u32, sum: fn(u32, &[u8]) -> u32) -> Result {
    let data = bytes::required(th, args[0])?;
    let start = match args[1].is_empty() {
        true => default,
        false => low_bits(th, args[1])?,
    };
    let sum = if data.len() < LONG { sum(start, &data) } else { th.detached(Reason::Compute, || sum(start, &data)) };
    Ok(th.int(sum.into()))
}

/// The lowest 32 bits of an integer.
pub fn low_bits(th: &Thread, v: Value) -> Result<u32> {
    let int = ops::index(th, v)?;
    let int = IntRef::of(int).unwrap_or(IntRef::Small(0));
    Ok(match int.to_i128() {
        Some(i) => i as u32,
        None => {
            let digits = int.to_big();
            let low = digits.iter_u32_digits().next().unwrap_or(0);
            if int.is_negative() { low.wrapping_neg() } else { low }
        }
    })
}

/// `crc32`, for `binascii` too.
pub use stream::crc32;

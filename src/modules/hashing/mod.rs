//! `_hashlib`: digests; `hashlib` re-exports them.
//!
//! - `engines`: the algorithms; `blake2`: those that take parameters; `derive`: keys from passwords
//!
//! As in CPython, data of more than 2,047 bytes is digested with the interpreter's lock given up. A digest that two threads
//! feed at once is guarded by a lock of its own, which nobody holds while he waits for the interpreter's.

use std::borrow::Cow;

use crate::world::parking::Mutex;

use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::objects::class::Class;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::str::args::text;
use crate::objects::{bytes, kinds};
use crate::vm::native::{GetSetDef, NativeDef, NativeFn, Result, TypeDef, getter, native};
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops};

mod blake2;
mod derive;
mod engines;

use engines::{ALGORITHMS, Algorithm, Engine};

pub static HASHLIB: ModuleDef = ModuleDef {
    functions: &FUNCTIONS,
    types: &[&HASH, &HASH_XOF, &blake2::BLAKE2B, &blake2::BLAKE2S, &derive::UNSUPPORTED],
    init: Some(|th, module| {
        blake2::set_limits(th);
        let names: Vec<Value> = ALGORITHMS.iter().map(|algorithm| th.str(algorithm.name)).collect();
        module.namespace.set_str(th, th.intern("algorithms"), th.tuple(&names));
        Ok(())
    }),
    ..ModuleDef::new("_hashlib", "Secure hashes and message digests.")
};

/// From so many bytes on, others may run Python meanwhile.
pub const LONG: usize = 2048;

/// A digest that a program feeds.
pub struct Hash {
    name: &'static str,
    digest_size: usize,
    block_size: usize,
    engine: Mutex<Box<dyn Engine>>,
}

impl NativeState for Hash {}

impl Hash {
    fn update(&self, th: &Thread, data: &[u8]) {
        if data.len() < LONG
            && let Some(mut engine) = self.engine.try_lock()
        {
            return engine.update(data);
        }
        th.detached(Reason::Compute, || self.engine.lock().update(data));
    }

    /// Another one in the same state, as an object of the class.
    fn copy(&self, th: &Thread, class: Gc<Class>) -> Value {
        let engine = match self.engine.try_lock() {
            Some(engine) => engine.copy(),
            None => th.detached(Reason::Compute, || self.engine.lock().copy()),
        };
        self.like(th, class, engine)
    }

    fn like(&self, th: &Thread, class: Gc<Class>, engine: Box<dyn Engine>) -> Value {
        let Hash { name, digest_size, block_size, .. } = *self;
        native_object::new(th, class, Box::new(Hash { name, digest_size, block_size, engine: Mutex::new(engine) }))
            .value()
    }

    fn digest(&self, th: &Thread, len: usize) -> Vec<u8> {
        match self.engine.try_lock() {
            Some(engine) => engine.digest(len),
            None => th.detached(Reason::Compute, || self.engine.lock().digest(len)),
        }
    }
}

fn state(th: &Thread, this: Value) -> Result<&'static Hash> {
    let state = this.downcast::<NativeObject>().and_then(|object| object.state_as::<Hash>());
    state.ok_or_else(|| th.type_error("a '_hashlib.HASH' object is required"))
}

/// The bytes of an object that is to be digested.
fn data_of(th: &Thread, v: Value) -> Result<Cow<'static, [u8]>> {
    if v.as_str_cell().is_some() {
        return Err(th.type_error("Strings must be encoded before hashing"));
    }
    bytes::borrowed(th, v)?.ok_or_else(|| th.type_error("object supporting the buffer API required"))
}

fn started(th: &Thread, algorithm: &'static Algorithm, data: Value) -> Result {
    let class = th.vm().class(if algorithm.digest_size == 0 { &HASH_XOF } else { &HASH });
    let hash = Hash {
        name: algorithm.name,
        digest_size: algorithm.digest_size,
        block_size: algorithm.block_size,
        engine: Mutex::new((algorithm.start)()),
    };
    let object = native_object::new(th, class, Box::new(hash)).value();
    if !data.is_empty() {
        state(th, object)?.update(th, &data_of(th, data)?);
    }
    Ok(object)
}

/// What a constructor is given: the data by position, as `data` or as `string`.
fn data_argument(th: &Thread, args: &[Value], name: &str) -> Result {
    let [data, string] = [args[0], args[2]];
    match (data.is_empty(), string.is_empty()) {
        (false, false) => Err(th.type_error(format_args!(
            "'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is slated for removal in \
             a future version. ({name})"
        ))),
        (true, false) => Ok(string),
        _ => Ok(data),
    }
}

const CONSTRUCTOR: &str = "(data=b'', *, usedforsecurity=True, string=None)";

const fn constructor(name: &'static str, function: NativeFn) -> NativeDef {
    native(name, CONSTRUCTOR, "Returns a digest object; optionally initialized with a string", function).keywords()
}

macro_rules! constructors {
    ($($name:literal $at:literal;)*) => {
        [$( constructor($name, |th, args| {
            let data = data_argument(th, args, $name)?;
            started(th, &ALGORITHMS[$at], data)
        }), )*]
    };
}

const CONSTRUCTORS: [NativeDef; 12] = constructors! {
    "openssl_md5" 0;
    "openssl_sha1" 1;
    "openssl_sha224" 2;
    "openssl_sha256" 3;
    "openssl_sha384" 4;
    "openssl_sha512" 5;
    "openssl_sha3_224" 8;
    "openssl_sha3_256" 9;
    "openssl_sha3_384" 10;
    "openssl_sha3_512" 11;
    "openssl_shake_128" 12;
    "openssl_shake_256" 13;
};

const NEW: NativeDef = native(
    "new",
    "(name, data=b'', *, usedforsecurity=True, string=None)",
    "Return a new hash object using the named algorithm.",
    |th, args| {
        let name = text(th, args[0], "new() argument 'name'")?.to_text();
        let data = data_argument(th, &args[1..], "new")?;
        match engines::find(&name) {
            Some(algorithm) => started(th, algorithm, data),
            None => Err(th.value_error(format_args!("unsupported hash type {name}"))),
        }
    },
)
.keywords();

static FUNCTIONS: [NativeDef; 15] = crate::vm::native::join_methods(&[&CONSTRUCTORS, &[NEW], &derive::FUNCTIONS]);

const UPDATE: NativeDef =
    native("update", "($self, obj, /)", "Update this hash object's state with the provided string.", |th, args| {
        state(th, args[0])?.update(th, &data_of(th, args[1])?);
        Ok(Value::NONE)
    });

const COPY: NativeDef = native("copy", "($self, /)", "Return a copy of the hash object.", |th, args| {
    Ok(state(th, args[0])?.copy(th, th.class_of(args[0])))
});

fn hex(th: &Thread, digest: &[u8]) -> Value {
    th.str(&digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

const REPR: NativeDef = native("__repr__", "($self, /)", "Return repr(self).", |th, args| {
    let (name, class) = (state(th, args[0])?.name, th.class_of(args[0]).name());
    Ok(th.str(&format!("<{name} {class} object @ {:#x}>", args[0].bits())))
});

const DIGEST: NativeDef = native("digest", "($self, /)", "Return the digest value as a bytes object.", |th, args| {
    Ok(bytes::new(th, &state(th, args[0])?.digest(th, 0)))
});

const HEXDIGEST: NativeDef =
    native("hexdigest", "($self, /)", "Return the digest value as a string of hexadecimal digits.", |th, args| {
        Ok(hex(th, &state(th, args[0])?.digest(th, 0)))
    });

/// How many bytes of output are wanted.
fn length(th: &Thread, v: Value) -> Result<usize> {
    let len = ops::index_i64(th, v)?;
    let Ok(len) = usize::try_from(len) else { return Err(th.value_error("length must be non-negative")) };
    if len >= 1 << 32 { Err(th.memory_error()) } else { bytes::check_len(th, Some(len)) }
}

const GETSET: &[GetSetDef] = &[
    getter("name", "algorithm name.", |th, v| Ok(th.str(state(th, v)?.name))),
    getter("digest_size", "Size of the digest in bytes.", |th, v| Ok(th.int(state(th, v)?.digest_size as i64))),
    getter("block_size", "Size of a block in bytes.", |th, v| Ok(th.int(state(th, v)?.block_size as i64))),
];

static HASH: TypeDef = TypeDef {
    module: "_hashlib",
    methods: &[REPR, UPDATE, COPY, DIGEST, HEXDIGEST],
    getset: GETSET,
    ..TypeDef::new(
        "HASH",
        kinds::NATIVE_STATE,
        "A hash is an object used to calculate a checksum of a string of information.",
    )
};

static HASH_XOF: TypeDef = TypeDef {
    module: "_hashlib",
    base: Some(&HASH),
    methods: &[
        native("digest", "($self, /, length)", "Return the digest value as a bytes object.", |th, args| {
            let len = length(th, args[1])?;
            Ok(bytes::new(th, &state(th, args[0])?.digest(th, len)))
        })
        .keywords(),
        native("hexdigest", "($self, /, length)", "Return the digest value as hexadecimal digits.", |th, args| {
            let len = length(th, args[1])?;
            Ok(hex(th, &state(th, args[0])?.digest(th, len)))
        })
        .keywords(),
    ],
    ..TypeDef::new("HASHXOF", kinds::NATIVE_STATE, "A hash whose digest is as long as one asks for.")
};

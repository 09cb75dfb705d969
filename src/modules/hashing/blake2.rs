//! BLAKE2, with its parameters: key, salt, personalisation, and those of trees.

use crate::world::parking::Mutex;

use crate::heap::{Gc, Value};
use crate::objects::bytes;
use crate::objects::class::Class;
use crate::objects::int::IntRef;
use crate::objects::kinds;
use crate::objects::native_object;
use crate::vm::native::{NativeDef, NativeFn, Result, TypeDef, native};
use crate::vm::{Thread, ops};

use super::engines::Engine;
use super::{COPY, DIGEST, GETSET, HEXDIGEST, Hash, UPDATE, data_argument, data_of, state};

/// How large things may be, in bytes.
struct Limits {
    /// As messages call it.
    name: &'static str,
    digest: i64,
    key: usize,
    salt: usize,
    block: usize,
    node_offset: u64,
}

const B: Limits = Limits { name: "Blake2b", digest: 64, key: 64, salt: 16, block: 128, node_offset: u64::MAX };
const S: Limits = Limits { name: "Blake2s", digest: 32, key: 32, salt: 8, block: 64, node_offset: (1 << 48) - 1 };

/// What the constructor was given.
struct Parameters {
    digest_size: i64,
    key: Vec<u8>,
    salt: Vec<u8>,
    person: Vec<u8>,
    fanout: i64,
    depth: i64,
    leaf_size: u32,
    node_offset: u64,
    node_depth: i64,
    inner_size: i64,
    last_node: bool,
}

const SIGNATURE: &str = "(cls, data=b'', /, *, digest_size=64, key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0, \
                         node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True, string=None)";

const fn new_of(function: NativeFn) -> NativeDef {
    native("__new__", SIGNATURE, "Create and return a new object.", function).static_method().keywords()
}

pub static BLAKE2B: TypeDef = TypeDef {
    module: "_blake2",
    methods: &[new_of(new_b), UPDATE, COPY, DIGEST, HEXDIGEST],
    getset: GETSET,
    ..TypeDef::new("blake2b", kinds::NATIVE_STATE, "Return a new BLAKE2b hash object.")
};

pub static BLAKE2S: TypeDef = TypeDef {
    module: "_blake2",
    methods: &[new_of(new_s), UPDATE, COPY, DIGEST, HEXDIGEST],
    getset: GETSET,
    ..TypeDef::new("blake2s", kinds::NATIVE_STATE, "Return a new BLAKE2s hash object.")
};

/// The limits as attributes of the classes.
pub fn set_limits(th: &Thread) {
    for (def, limits) in [(&BLAKE2B, B), (&BLAKE2S, S)] {
        let class = th.vm().class(def);
        for (name, limit) in [
            ("SALT_SIZE", limits.salt),
            ("PERSON_SIZE", limits.salt),
            ("MAX_KEY_SIZE", limits.key),
            ("MAX_DIGEST_SIZE", limits.digest as usize),
        ] {
            class.namespace.set_str(th, th.intern(name), Value::small_int(limit as i64));
        }
    }
}

/// Reads and checks the constructor's arguments, in the order of its signature.
fn parameters(th: &Thread, args: &[Value], limits: &Limits) -> Result<Parameters> {
    let number = |at: usize, default: i64| if args[at].is_empty() { Ok(default) } else { ops::index_i64(th, args[at]) };
    let text = |at: usize, most: usize, what: &str| -> Result<Vec<u8>> {
        let content = if args[at].is_empty() { Vec::new() } else { bytes::required(th, args[at])?.into_owned() };
        match content.len() > most {
            true => Err(th.value_error(format_args!("maximum {what} length is {most} bytes"))),
            false => Ok(content),
        }
    };
    let within = |value: i64, least: i64, most: i64, message: &str| match (least..=most).contains(&value) {
        true => Ok(value),
        false => Err(th.value_error(message)),
    };
    let size = number(2, limits.digest)?;
    if !(1..=limits.digest).contains(&size) {
        let (name, most) = (limits.name, limits.digest);
        let message = format_args!("digest_size for {name} must be between 1 and {most} bytes, here it is {size}");
        return Err(th.value_error(message));
    }
    let (salt, person) = (text(4, limits.salt, "salt")?, text(5, limits.salt, "person")?);
    let inner_size = format!("inner_size must be between 0 and is {}", limits.digest);
    let parameters = Parameters {
        digest_size: size,
        salt,
        person,
        fanout: within(number(6, 1)?, 0, 255, "fanout must be between 0 and 255")?,
        depth: within(number(7, 1)?, 1, 255, "depth must be between 1 and 255")?,
        leaf_size: match u32::try_from(unsigned(th, args[8])?) {
            Ok(size) => size,
            Err(_) => return Err(th.overflow_error("leaf_size is too large")),
        },
        node_offset: unsigned(th, args[9])?,
        node_depth: within(number(10, 0)?, 0, 255, "node_depth must be between 0 and 255")?,
        inner_size: within(number(11, 0)?, 0, limits.digest, &inner_size)?,
        last_node: !args[12].is_empty() && ops::truthy(th, args[12])?,
        key: text(3, limits.key, "key")?,
    };
    match parameters.node_offset > limits.node_offset {
        true => Err(th.overflow_error("node_offset is too large")),
        false => Ok(parameters),
    }
}

fn unsigned(th: &Thread, v: Value) -> Result<u64> {
    if v.is_empty() {
        return Ok(0);
    }
    let int = ops::index(th, v)?;
    let int = IntRef::of(int).unwrap_or(IntRef::Small(0));
    if int.is_negative() {
        return Err(th.value_error("Cannot convert negative int"));
    }
    let fits = int.to_i128().and_then(|i| u64::try_from(i).ok());
    fits.ok_or_else(|| th.overflow_error("Python int too large for C unsigned long long"))
}

fn new_b(th: &Thread, args: &[Value]) -> Result {
    let p = parameters(th, args, &B)?;
    let mut params = blake2b_simd::Params::new();
    params
        .hash_length(p.digest_size as usize)
        .key(&p.key)
        .salt(&p.salt)
        .personal(&p.person)
        .fanout(p.fanout as u8)
        .max_depth(p.depth as u8)
        .max_leaf_length(p.leaf_size)
        .node_offset(p.node_offset)
        .node_depth(p.node_depth as u8)
        .inner_hash_length(p.inner_size as usize)
        .last_node(p.last_node);
    finish(th, args, "blake2b", &B, p.digest_size, Box::new(params.to_state()))
}

fn new_s(th: &Thread, args: &[Value]) -> Result {
    let p = parameters(th, args, &S)?;
    let mut params = blake2s_simd::Params::new();
    params
        .hash_length(p.digest_size as usize)
        .key(&p.key)
        .salt(&p.salt)
        .personal(&p.person)
        .fanout(p.fanout as u8)
        .max_depth(p.depth as u8)
        .max_leaf_length(p.leaf_size)
        .node_offset(p.node_offset)
        .node_depth(p.node_depth as u8)
        .inner_hash_length(p.inner_size as usize)
        .last_node(p.last_node);
    finish(th, args, "blake2s", &S, p.digest_size, Box::new(params.to_state()))
}

fn finish(
    th: &Thread,
    args: &[Value],
    name: &'static str,
    limits: &Limits,
    digest_size: i64,
    engine: Box<dyn Engine>,
) -> Result {
    let class: Gc<Class> = match args[0].as_class() {
        Some(class) => class,
        None => return Err(th.type_error(format_args!("{name}.__new__(X): X is not a type object"))),
    };
    let data = data_argument(th, &[args[1], Value::EMPTY, args[14]], name)?;
    let hash = Hash { name, digest_size: digest_size as usize, block_size: limits.block, engine: Mutex::new(engine) };
    let object = native_object::new(th, class, Box::new(hash)).value();
    if !data.is_empty() {
        state(th, object)?.update(th, &data_of(th, data)?);
    }
    Ok(object)
}

//! Keys from passwords: PBKDF2 over HMAC, and scrypt. Both compute with the interpreter's lock given up.

use crate::heap::Value;
use crate::objects::bytes;
use crate::objects::exception::{self, Exc};
use crate::objects::kinds;
use crate::objects::str::args::text;
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops};

use super::engines::{self, Algorithm, Engine};

pub static UNSUPPORTED: TypeDef = TypeDef {
    module: "_hashlib",
    base: Some(&exception::DEFINITIONS[Exc::ValueError as usize]),
    has_dict: true,
    subclassable: true,
    ..TypeDef::new("UnsupportedDigestmodError", kinds::EXCEPTION, "")
};

pub const FUNCTIONS: [NativeDef; 2] = [
    native(
        "pbkdf2_hmac",
        "(hash_name, password, salt, iterations, dklen=None)",
        "Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function.",
        pbkdf2_hmac,
    )
    .keywords(),
    native(
        "scrypt",
        "(password, *, salt, n, r, p, maxmem=0, dklen=64)",
        "scrypt password-based key derivation function.",
        scrypt,
    )
    .keywords(),
];

/// Two digests that have each got their half of the key.
struct Hmac {
    inner: Box<dyn Engine>,
    outer: Box<dyn Engine>,
}

impl Hmac {
    fn new(algorithm: &Algorithm, key: &[u8]) -> Hmac {
        let mut block = vec![0; algorithm.block_size];
        let mut short = (algorithm.start)();
        let key = if key.len() > block.len() {
            short.update(key);
            &short.digest(0)[..]
        } else {
            key
        };
        block[..key.len()].copy_from_slice(key);
        let keyed = |mask: u8| {
            let mut engine = (algorithm.start)();
            engine.update(&block.iter().map(|byte| byte ^ mask).collect::<Vec<u8>>());
            engine
        };
        Hmac { inner: keyed(0x36), outer: keyed(0x5c) }
    }

    fn of(&self, parts: &[&[u8]]) -> Vec<u8> {
        let (mut inner, mut outer) = (self.inner.copy(), self.outer.copy());
        parts.iter().for_each(|part| inner.update(part));
        outer.update(&inner.digest(0));
        outer.digest(0)
    }
}

fn pbkdf2(algorithm: &Algorithm, password: &[u8], salt: &[u8], iterations: i64, len: usize) -> Vec<u8> {
    let hmac = Hmac::new(algorithm, password);
    let mut out = Vec::with_capacity(len);
    let mut number = 1u32;
    while out.len() < len {
        let mut link = hmac.of(&[salt, &number.to_be_bytes()]);
        let mut block = link.clone();
        for _ in 1..iterations {
            link = hmac.of(&[&link]);
            block.iter_mut().zip(&link).for_each(|(byte, new)| *byte ^= new);
        }
        out.extend_from_slice(&block);
        number += 1;
    }
    out.truncate(len);
    out
}

fn pbkdf2_hmac(th: &Thread, args: &[Value]) -> Result {
    let name = text(th, args[0], "pbkdf2_hmac() argument 'hash_name'")?.to_text();
    let (password, salt) = (bytes::required(th, args[1])?, bytes::required(th, args[2])?);
    let iterations = ops::index_i64(th, args[3])?;
    let Some(algorithm) = engines::find(&name).filter(|algorithm| algorithm.digest_size > 0) else {
        let message = th.str("[digital envelope routines] unsupported");
        return Err(th.raise_value(exception::new(th, th.make_native_class(&UNSUPPORTED), &[message])));
    };
    if iterations < 1 {
        return Err(th.value_error("iteration value must be greater than 0."));
    }
    let len = if args[4].is_empty() || args[4].is_none() {
        algorithm.digest_size as i64
    } else {
        ops::index_i64(th, args[4])?
    };
    if len < 1 {
        return Err(th.value_error("key length must be greater than 0."));
    }
    let len = bytes::check_len(th, usize::try_from(len).ok())?;
    let key = th.detached(Reason::Compute, || pbkdf2(algorithm, &password, &salt, iterations, len));
    Ok(bytes::new(th, &key))
}

/// What scrypt may use unless told otherwise, as in OpenSSL.
const SCRYPT_MEMORY: u64 = 32 << 20;

fn scrypt(th: &Thread, args: &[Value]) -> Result {
    let (password, salt) = (bytes::required(th, args[0])?, bytes::required(th, args[1])?);
    let number = |v: Value, default: i64| if v.is_empty() { Ok(default) } else { ops::index_i64(th, v) };
    let (n, r, p) = (number(args[2], 0)?, number(args[3], 0)?, number(args[4], 0)?);
    let (most, len) = (number(args[5], 0)?, number(args[6], 64)?);
    if n < 2 || !(n as u64).is_power_of_two() {
        return Err(th.value_error("n must be a power of 2."));
    }
    if !(0..=i64::from(i32::MAX)).contains(&most) {
        return Err(th.value_error(format_args!("maxmem must be positive and smaller than {}", i32::MAX)));
    }
    if !(1..=i64::from(i32::MAX)).contains(&len) {
        return Err(th.value_error(format_args!("dklen must be greater than 0 and smaller than {}", i32::MAX)));
    }
    let invalid = || th.value_error("Invalid parameter combination for n, r, p, maxmem.");
    let (Ok(r), Ok(p)) = (u32::try_from(r), u32::try_from(p)) else { return Err(invalid()) };
    let Ok(parameters) = scrypt::Params::new(n.trailing_zeros() as u8, r, p) else { return Err(invalid()) };
    let memory = 128 * u128::from(r) * (n as u128 + u128::from(p) + 2);
    if memory > u128::from(if most == 0 { SCRYPT_MEMORY } else { most as u64 }) {
        return Err(th.value_error("[digital envelope routines] memory limit exceeded"));
    }
    let mut key = vec![0; len as usize];
    match th.detached(Reason::Compute, || scrypt::scrypt(&password, &salt, &parameters, &mut key)) {
        Ok(()) => Ok(bytes::new(th, &key)),
        Err(_) => Err(invalid()),
    }
}

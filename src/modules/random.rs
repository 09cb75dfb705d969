//! `_random`: the Mersenne Twister, and the digest that seeds it with text.

use std::sync::LazyLock;

use num_bigint::BigUint;
use parking_lot::Mutex;

use crate::heap::Value;
use crate::modules::ModuleDef;
use crate::objects::bytes;
use crate::objects::int::{self, IntRef};
use crate::objects::kinds;
use crate::objects::native_object::{self, NativeObject, NativeState};
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::{Thread, ops, signature};

pub static RANDOM: ModuleDef = ModuleDef {
    functions: &[SHA512],
    types: &[&GENERATOR],
    ..ModuleDef::new("_random", "Module implements the Mersenne Twister random number generator.")
};

/// Words of the generator's state.
const WORDS: usize = 624;
/// How far apart the words lie that are mixed.
const SHIFT: usize = 397;

/// MT19937, as its authors published it.
struct Twister {
    words: [u32; WORDS],
    /// How many of them were given out; `WORDS` when new ones are due.
    used: usize,
}

impl Twister {
    fn from_word(seed: u32) -> Twister {
        let mut words = [seed; WORDS];
        for at in 1..WORDS {
            let before = words[at - 1];
            words[at] = (before ^ (before >> 30)).wrapping_mul(1_812_433_253).wrapping_add(at as u32);
        }
        Twister { words, used: WORDS }
    }

    fn from_key(key: &[u32]) -> Twister {
        let mut twister = Twister::from_word(19_650_218);
        let words = &mut twister.words;
        let mixed = |words: &[u32; WORDS], at: usize, factor: u32| {
            words[at] ^ (words[at - 1] ^ (words[at - 1] >> 30)).wrapping_mul(factor)
        };
        let mut at = 1;
        let mut step = |words: &mut [u32; WORDS], new: &dyn Fn(&[u32; WORDS], usize) -> u32| {
            words[at] = new(words, at);
            at += 1;
            if at == WORDS {
                words[0] = words[WORDS - 1];
                at = 1;
            }
        };
        for round in 0..WORDS.max(key.len()) {
            let index = round % key.len();
            step(words, &|words, at| mixed(words, at, 1_664_525).wrapping_add(key[index]).wrapping_add(index as u32));
        }
        for _ in 1..WORDS {
            step(words, &|words, at| mixed(words, at, 1_566_083_941).wrapping_sub(at as u32));
        }
        words[0] = 0x8000_0000;
        twister
    }

    fn next_word(&mut self) -> u32 {
        if self.used >= WORDS {
            for at in 0..WORDS {
                let pair = (self.words[at] & 0x8000_0000) | (self.words[(at + 1) % WORDS] & 0x7fff_ffff);
                let odd = if pair & 1 == 1 { 0x9908_b0df } else { 0 };
                self.words[at] = self.words[(at + SHIFT) % WORDS] ^ (pair >> 1) ^ odd;
            }
            self.used = 0;
        }
        let mut word = self.words[self.used];
        self.used += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    /// 53 random bits as a number in [0, 1).
    fn next_float(&mut self) -> f64 {
        let (high, low) = (self.next_word() >> 5, self.next_word() >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
    }
}

struct Generator(Mutex<Twister>);

impl NativeState for Generator {}

fn generator(th: &Thread, this: Value) -> Result<&'static Generator> {
    let state = this.downcast::<NativeObject>().and_then(|object| object.state_as::<Generator>());
    state.ok_or_else(|| th.type_error("a '_random.Random' object is required"))
}

/// The generator that a value seeds: an integer by its size, None by chance, anything else by its hash.
fn seeded(th: &Thread, seed: Value) -> Result<Twister> {
    if seed.is_empty() || seed.is_none() {
        let picking = &th.vm().world().picking;
        let key: Vec<u32> = (0..4).map(|_| picking.seed("random.seed()") as u32).collect();
        return Ok(Twister::from_key(&key));
    }
    let number = match IntRef::of(seed) {
        Some(number) => number.to_big().magnitude().clone(),
        None => BigUint::from(ops::hash(th, seed)? as u64),
    };
    let mut key = number.to_u32_digits();
    if key.is_empty() {
        key.push(0);
    }
    Ok(Twister::from_key(&key))
}

fn getrandbits(th: &Thread, args: &[Value]) -> Result {
    let generator = generator(th, args[0])?;
    let bits = ops::index(th, args[1])?;
    if IntRef::of(bits).is_some_and(|bits| bits.is_negative()) {
        return Err(th.value_error("Cannot convert negative int"));
    }
    let bits = match IntRef::of(bits) {
        Some(bits) => u64::try_from(bits.to_big()),
        None => Ok(0),
    };
    let Ok(bits) = bits else { return Err(th.overflow_error("Python int too large for C uint64_t")) };
    if bits == 0 {
        return Ok(Value::small_int(0));
    }
    int::arith::check_bits(th, bits)?;
    let mut twister = generator.0.lock();
    if bits <= 32 {
        return Ok(th.int((twister.next_word() >> (32 - bits)).into()));
    }
    let mut words = Vec::with_capacity(bits.div_ceil(32) as usize);
    let mut left = bits;
    while left > 0 {
        let word = twister.next_word();
        words.push(if left < 32 { word >> (32 - left) } else { word });
        left = left.saturating_sub(32);
    }
    Ok(int::from_big(th, BigUint::new(words).into()))
}

fn setstate(th: &Thread, args: &[Value]) -> Result {
    let generator = generator(th, args[0])?;
    let Some(state) = args[1].downcast::<Tuple>() else {
        return Err(th.type_error("state vector must be a tuple"));
    };
    let [words @ .., used] = signature::items(Some(state)) else {
        return Err(th.value_error("state vector is the wrong size"));
    };
    if words.len() != WORDS {
        return Err(th.value_error("state vector is the wrong size"));
    }
    let mut new = [0; WORDS];
    for (slot, word) in new.iter_mut().zip(words) {
        *slot = ops::index_i64(th, *word)? as u32;
    }
    let used = usize::try_from(ops::index_i64(th, *used)?).ok().filter(|used| *used <= WORDS);
    let Some(used) = used else { return Err(th.value_error("invalid state")) };
    *generator.0.lock() = Twister { words: new, used };
    Ok(Value::NONE)
}

static GENERATOR: TypeDef = TypeDef {
    module: "_random",
    subclassable: true,
    methods: &[
        native("__new__", "(cls, *args, **kwargs)", "Create and return a new object.", |th, args| {
            let Some(class) = args[0].as_class() else {
                return Err(th.type_error("_random.Random.__new__(X): X is not a type object"));
            };
            let twister = seeded(th, Value::NONE)?;
            Ok(native_object::new(th, class, Box::new(Generator(Mutex::new(twister)))).value())
        })
        .static_method(),
        native("seed", "($self, n=None, /)", "seed([n]) -> None.", |th, args| {
            let twister = seeded(th, args[1])?;
            *generator(th, args[0])?.0.lock() = twister;
            Ok(Value::NONE)
        }),
        native("random", "($self, /)", "random() -> x in the interval [0, 1).", |th, args| {
            Ok(Value::float(generator(th, args[0])?.0.lock().next_float()))
        }),
        native(
            "getrandbits",
            "($self, k, /)",
            "getrandbits(k) -> x.  Generates an int with k random bits.",
            getrandbits,
        ),
        native("getstate", "($self, /)", "getstate() -> tuple containing the current state.", |th, args| {
            let twister = generator(th, args[0])?.0.lock();
            let words = twister.words.iter().map(|word| i64::from(*word)).chain([twister.used as i64]);
            Ok(th.tuple(&words.map(Value::small_int).collect::<Vec<_>>()))
        }),
        native("setstate", "($self, state, /)", "setstate(state) -> None.  Restores generator state.", setstate),
    ],
    ..TypeDef::new(
        "Random",
        kinds::NATIVE_STATE,
        "Random() -> create a random number generator with its own internal state.",
    )
};

// ---- SHA-512

/// The first 64 bits behind the point of the roots of the first primes: of the cube roots of 80, of the square roots of 8.
static CONSTANTS: LazyLock<([u64; 80], [u64; 8])> = LazyLock::new(|| {
    let is_prime = |n: &u32| (2..*n).take_while(|d| d * d <= *n).all(|d| !n.is_multiple_of(d));
    let primes: Vec<u32> = (2..).filter(is_prime).take(80).collect();
    let low = |root: BigUint| root.iter_u64_digits().next().unwrap_or(0);
    (
        std::array::from_fn(|at| low((BigUint::from(primes[at]) << 192u32).cbrt())),
        std::array::from_fn(|at| low((BigUint::from(primes[at]) << 128u32).sqrt())),
    )
});

fn sha512(message: &[u8]) -> [u8; 64] {
    let (round_constants, mut state) = *CONSTANTS;
    let mut padded = message.to_vec();
    padded.push(0x80);
    padded.resize((padded.len() + 16).next_multiple_of(128), 0);
    let bits = (message.len() as u128) * 8;
    let end = padded.len() - 16;
    padded[end..].copy_from_slice(&bits.to_be_bytes());
    for block in padded.chunks_exact(128) {
        let mut words = [0u64; 80];
        for (word, bytes) in words.iter_mut().zip(block.chunks_exact(8)) {
            *word = bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
        }
        for at in 16..80 {
            let (w15, w2) = (words[at - 15], words[at - 2]);
            let s0 = w15.rotate_right(1) ^ w15.rotate_right(8) ^ (w15 >> 7);
            let s1 = w2.rotate_right(19) ^ w2.rotate_right(61) ^ (w2 >> 6);
            words[at] = words[at - 16].wrapping_add(s0).wrapping_add(words[at - 7]).wrapping_add(s1);
        }
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
        for (word, constant) in words.iter().zip(round_constants) {
            let s1 = e.rotate_right(14) ^ e.rotate_right(18) ^ e.rotate_right(41);
            let choice = (e & f) ^ (!e & g);
            let t1 = h.wrapping_add(s1).wrapping_add(choice).wrapping_add(constant).wrapping_add(*word);
            let s0 = a.rotate_right(28) ^ a.rotate_right(34) ^ a.rotate_right(39);
            let majority = (a & b) ^ (a & c) ^ (b & c);
            (h, g, f, e) = (g, f, e, d.wrapping_add(t1));
            (d, c, b, a) = (c, b, a, t1.wrapping_add(s0.wrapping_add(majority)));
        }
        for (word, new) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
            *word = word.wrapping_add(new);
        }
    }
    let mut digest = [0; 64];
    for (bytes, word) in digest.chunks_exact_mut(8).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    digest
}

const SHA512: NativeDef = native("_sha512", "(data, /)", "The SHA-512 digest of bytes.", |th, args| match args[0]
    .downcast::<bytes::Bytes>(
) {
    Some(data) => Ok(bytes::new(th, &sha512(data.bytes()))),
    None => Err(th.type_error("bytes are required")),
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_a_known_text() {
        let hex: String = sha512(b"abc").iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(hex.starts_with("ddaf35a193617abacc417349ae204131"), "{hex}");
        // The length must fit behind the text, also where the text just fills a block.
        assert_ne!(sha512(&[b'a'; 127]), sha512(&[&[b'a'; 126][..], b"b"].concat()));
    }

    #[test]
    fn the_twister_gives_what_its_authors_printed() {
        let mut twister = Twister::from_key(&[0x123, 0x234, 0x345, 0x456]);
        assert_eq!([1_067_595_299, 955_945_823, 477_289_528], [(); 3].map(|()| twister.next_word()));
    }
}

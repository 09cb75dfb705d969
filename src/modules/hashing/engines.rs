//! The algorithms, behind one face.

use digest::{Digest, ExtendableOutput, Update, XofReader};

/// A digest that is being computed.
pub trait Engine: Send {
    fn update(&mut self, data: &[u8]);
    /// The digest of what it has got so far; `len` is for those that give as many bytes as one asks for.
    fn digest(&self, len: usize) -> Vec<u8>;
    fn copy(&self) -> Box<dyn Engine>;
}

#[derive(Clone)]
struct Fixed<D>(D);

impl<D: Digest + Clone + Send + 'static> Engine for Fixed<D> {
    fn update(&mut self, data: &[u8]) {
        Digest::update(&mut self.0, data);
    }

    fn digest(&self, _: usize) -> Vec<u8> {
        self.0.clone().finalize().to_vec()
    }

    fn copy(&self) -> Box<dyn Engine> {
        Box::new(self.clone())
    }
}

#[derive(Clone)]
struct Extendable<D>(D);

impl<D: ExtendableOutput + Update + Clone + Send + 'static> Engine for Extendable<D> {
    fn update(&mut self, data: &[u8]) {
        Update::update(&mut self.0, data);
    }

    fn digest(&self, len: usize) -> Vec<u8> {
        let mut out = vec![0; len];
        self.0.clone().finalize_xof().read(&mut out);
        out
    }

    fn copy(&self) -> Box<dyn Engine> {
        Box::new(self.clone())
    }
}

impl Engine for blake2b_simd::State {
    fn update(&mut self, data: &[u8]) {
        blake2b_simd::State::update(self, data);
    }

    fn digest(&self, _: usize) -> Vec<u8> {
        self.finalize().as_bytes().to_vec()
    }

    fn copy(&self) -> Box<dyn Engine> {
        Box::new(self.clone())
    }
}

impl Engine for blake2s_simd::State {
    fn update(&mut self, data: &[u8]) {
        blake2s_simd::State::update(self, data);
    }

    fn digest(&self, _: usize) -> Vec<u8> {
        self.finalize().as_bytes().to_vec()
    }

    fn copy(&self) -> Box<dyn Engine> {
        Box::new(self.clone())
    }
}

/// An algorithm that needs no parameters.
pub struct Algorithm {
    pub name: &'static str,
    /// Bytes; 0 for those that give as many as one asks for.
    pub digest_size: usize,
    pub block_size: usize,
    pub start: fn() -> Box<dyn Engine>,
}

const fn algorithm(
    name: &'static str,
    digest_size: usize,
    block_size: usize,
    start: fn() -> Box<dyn Engine>,
) -> Algorithm {
    Algorithm { name, digest_size, block_size, start }
}

fn fixed<D: Digest + Clone + Send + 'static>() -> Box<dyn Engine> {
    Box::new(Fixed(D::new()))
}

fn extendable<D: ExtendableOutput + Update + Default + Clone + Send + 'static>() -> Box<dyn Engine> {
    Box::new(Extendable(D::default()))
}

pub static ALGORITHMS: &[Algorithm] = &[
    algorithm("md5", 16, 64, fixed::<md5::Md5>),
    algorithm("sha1", 20, 64, fixed::<sha1::Sha1>),
    algorithm("sha224", 28, 64, fixed::<sha2::Sha224>),
    algorithm("sha256", 32, 64, fixed::<sha2::Sha256>),
    algorithm("sha384", 48, 128, fixed::<sha2::Sha384>),
    algorithm("sha512", 64, 128, fixed::<sha2::Sha512>),
    algorithm("sha512_224", 28, 128, fixed::<sha2::Sha512_224>),
    algorithm("sha512_256", 32, 128, fixed::<sha2::Sha512_256>),
    algorithm("sha3_224", 28, 144, fixed::<sha3::Sha3_224>),
    algorithm("sha3_256", 32, 136, fixed::<sha3::Sha3_256>),
    algorithm("sha3_384", 48, 104, fixed::<sha3::Sha3_384>),
    algorithm("sha3_512", 64, 72, fixed::<sha3::Sha3_512>),
    algorithm("shake_128", 0, 168, extendable::<sha3::Shake128>),
    algorithm("shake_256", 0, 136, extendable::<sha3::Shake256>),
];

/// The algorithm of a name, in either case and with whatever stands between its parts, as OpenSSL accepts it.
pub fn find(name: &str) -> Option<&'static Algorithm> {
    let plain = |name: &str| name.to_ascii_lowercase().replace(['-', '_', '/'], "");
    ALGORITHMS.iter().find(|algorithm| plain(algorithm.name) == plain(name))
}

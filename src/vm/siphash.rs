//! SipHash-1-3 of bytes that lie in one piece: the hash of `str` and `bytes`. A program hashes each new string once, most of
//! them a word long, for which a hasher that can be fed piece by piece takes twice as many steps.

use crate::objects::str::words::last_word;

/// The hash of `bytes` under two keys.
pub fn siphash13(keys: (u64, u64), bytes: &[u8]) -> u64 {
    let mut state = [
        keys.0 ^ 0x736F_6D65_7073_6575,
        keys.1 ^ 0x646F_7261_6E64_6F6D,
        keys.0 ^ 0x6C79_6765_6E65_7261,
        keys.1 ^ 0x7465_6462_7974_6573,
    ];
    let mix = |state: &mut [u64; 4], word: u64| {
        state[3] ^= word;
        round(state);
        state[0] ^= word;
    };
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk() {
        mix(&mut state, u64::from_le_bytes(*word));
        rest = after;
    }
    mix(&mut state, (bytes.len() as u64) << 56 | last_word(rest));
    state[2] ^= 0xFF;
    for _ in 0..3 {
        round(&mut state);
    }
    state[0] ^ state[1] ^ state[2] ^ state[3]
}

#[inline(always)]
fn round([a, b, c, d]: &mut [u64; 4]) {
    *a = a.wrapping_add(*b);
    *b = b.rotate_left(13) ^ *a;
    *a = a.rotate_left(32);
    *c = c.wrapping_add(*d);
    *d = d.rotate_left(16) ^ *c;
    *a = a.wrapping_add(*d);
    *d = d.rotate_left(21) ^ *a;
    *c = c.wrapping_add(*b);
    *b = b.rotate_left(17) ^ *c;
    *c = c.rotate_left(32);
}

#[cfg(test)]
mod tests {
    use super::*;
    use siphasher::sip::SipHasher13;
    use std::hash::Hasher;

    #[test]
    fn hashes_are_those_of_the_reference() {
        let bytes: Vec<u8> = (0..100u8).map(|b| b.wrapping_mul(37)).collect();
        for len in 0..bytes.len() {
            let mut hasher = SipHasher13::new_with_keys(7, u64::MAX - 3);
            hasher.write(&bytes[..len]);
            assert_eq!(siphash13((7, u64::MAX - 3), &bytes[..len]), hasher.finish());
        }
    }
}

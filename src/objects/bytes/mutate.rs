//! Changing a bytearray.
//!
//! Who changes length or store holds the array's lock while the interpreter's is off. A store that is too small is
//! replaced by a larger one: a reader of the old one sees old bytes, never freed ones.

use std::sync::atomic::{AtomicU8, Ordering};

use crate::heap::{Buffer, Gc};
use crate::vm::Thread;

use super::ByteArray;

fn write(to: &[AtomicU8], bytes: &[u8]) {
    for (to, b) in to.iter().zip(bytes) {
        to.store(*b, Ordering::Relaxed);
    }
}

/// Moves `count` bytes from `from` to `to` within a store.
fn shift(store: &[AtomicU8], from: usize, to: usize, count: usize) {
    let one = |i: usize| store[to + i].store(store[from + i].load(Ordering::Relaxed), Ordering::Relaxed);
    if to <= from { (0..count).for_each(one) } else { (0..count).rev().for_each(one) }
}

impl Gc<ByteArray> {
    /// Makes it hold exactly these bytes.
    pub fn replace_all(self, th: &Thread, bytes: &[u8]) {
        let _guard = th.guard(&self.get().header);
        let store = self.store_for(th, bytes.len(), 0);
        write(store.shared(), bytes);
        self.len.store(bytes.len(), Ordering::Release);
    }

    /// A store with room for `len` bytes that holds the first `kept` ones; the caller holds the lock.
    fn store_for(self, th: &Thread, len: usize, kept: usize) -> Gc<Buffer> {
        let old = self.store.get();
        if let Some(store) = old
            && store.capacity() >= len
        {
            return store;
        }
        // A first store fits exactly; one that had to grow will have to again.
        let capacity = if old.is_some() { len + len / 8 + 16 } else { len };
        let store = th.alloc_with_tail(Buffer::fixed_part(capacity), capacity);
        if let Some(old) = old {
            for (to, from) in store.get().shared().iter().zip(old.get().shared()).take(kept) {
                to.store(from.load(Ordering::Relaxed), Ordering::Relaxed);
            }
        }
        self.store.set(Some(store));
        store
    }

    pub fn push(self, th: &Thread, byte: u8) {
        let _guard = th.guard(&self.get().header);
        let len = self.len();
        let store = self.store_for(th, len + 1, len);
        write(&store.get().shared()[len..], &[byte]);
        self.len.store(len + 1, Ordering::Release);
    }

    pub fn set(self, index: usize, byte: u8) -> bool {
        match self.shared().get(index) {
            Some(place) => {
                place.store(byte, Ordering::Relaxed);
                true
            }
            None => false,
        }
    }

    /// Replaces the bytes `start..end` by others, of whatever number.
    pub fn splice(self, th: &Thread, start: usize, end: usize, bytes: &[u8]) {
        let _guard = th.guard(&self.get().header);
        let len = self.len();
        let (start, end) = (start.min(len), end.clamp(start.min(len), len));
        let new_len = len - (end - start) + bytes.len();
        let store = self.store_for(th, new_len, len).get().shared();
        shift(store, end, start + bytes.len(), len - end);
        write(&store[start..], bytes);
        self.len.store(new_len, Ordering::Release);
    }

    /// Takes out the byte at an index, if it is there.
    pub fn take(self, th: &Thread, index: usize) -> Option<u8> {
        let _guard = th.guard(&self.get().header);
        let len = self.len();
        let byte = self.at(index)?;
        shift(self.store.get()?.get().shared(), index + 1, index, len - index - 1);
        self.len.store(len - 1, Ordering::Release);
        Some(byte)
    }

    pub fn reverse(self, th: &Thread) {
        let _guard = th.guard(&self.get().header);
        let mut bytes = self.to_vec();
        bytes.reverse();
        write(self.shared(), &bytes);
    }
}

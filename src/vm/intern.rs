//! Interned strings: one string object for each text that is used as a name, so that equal names are identical.

use std::sync::OnceLock;

use hashbrown::HashTable;
use parking_lot::RwLock;

use crate::heap::{Gc, Header, Value};
use crate::objects::str::Str;

use super::Thread;

/// The strings of one interpreter, weakly held: the collector drops those that nobody else uses.
#[derive(Default)]
pub struct Interned {
    table: RwLock<HashTable<usize>>,
    /// Permanent ones, which need not be looked at when a collection drops others.
    permanent: OnceLock<HashTable<usize>>,
}

/// The string at an address in the table.
fn at(address: usize) -> Gc<Str> {
    // SAFETY: the table holds addresses of live strings: what a collection frees, `prune` has removed before.
    unsafe { Gc::from_address(address) }
}

impl Interned {
    fn find(&self, hash: u64, text: &[u8]) -> Option<Gc<Str>> {
        self.find_permanent(hash, text)
            .or_else(|| self.table.read().find(hash, |a| at(*a).wtf8() == text).map(|a| at(*a)))
    }

    fn find_permanent(&self, hash: u64, text: &[u8]) -> Option<Gc<Str>> {
        self.permanent.get()?.find(hash, |a| at(*a).wtf8() == text).map(|a| at(*a))
    }

    /// Takes note that these strings were made permanent; `hash` is that of a string's text.
    pub fn make_permanent(&self, is_permanent: impl Fn(Gc<Str>) -> bool, hash: impl Fn(Gc<Str>) -> u64) {
        let mut permanent = HashTable::new();
        self.table.write().retain(|address| {
            let address = *address;
            let stays = !is_permanent(at(address));
            if !stays {
                permanent.insert_unique(hash(at(address)), address, |a| hash(at(*a)));
            }
            stays
        });
        let is_first = self.permanent.set(permanent).is_ok();
        debug_assert!(is_first, "an interpreter begins once");
    }

    /// Removes what is about to be freed.
    pub fn prune(&self, is_alive: &dyn Fn(Value) -> bool) {
        self.table.write().retain(|a| is_alive(Value::from_bits(*a as u64)));
    }
}

impl Thread {
    /// The interned string of this text: equal interned strings are identical.
    pub fn intern(&self, text: &str) -> Gc<Str> {
        let hash = self.vm().hash_bytes(text.as_bytes());
        if let Some(found) = self.vm().interned.find(hash, text.as_bytes()) {
            return found;
        }
        self.intern_str(Str::from_wtf8(self, text.as_bytes()))
    }

    /// The interned string equal to `name` (for an instance of a subclass: an exact string).
    pub fn intern_str(&self, name: Gc<Str>) -> Gc<Str> {
        if name.header().has_flag(Header::KIND_FLAG) {
            return name;
        }
        let name = if name.header().is_exact() { name } else { Str::from_wtf8(self, name.wtf8()) };
        let hash = name.hash(self);
        if let Some(found) = self.vm().interned.find_permanent(hash, name.wtf8()) {
            return found;
        }
        let mut table = self.vm().interned.table.write();
        if let Some(found) = table.find(hash, |a| at(*a).wtf8() == name.wtf8()) {
            return at(*found);
        }
        name.header().set_flag(Header::KIND_FLAG);
        table.insert_unique(hash, name.address(), |a| at(*a).hash(self));
        name
    }
}

//! Which key a thread has looked up last, and where that led.
//!
//! Programs look the same key up several times in a row: `counts[k] = counts.get(k, 0) + 1`, or `if k in d: d[k] += 1`. Where
//! finding it took more than one step (a string or tuple that is equal to the dict's key, but another object), what was found
//! is kept here, and the hash of a tuple as well. (`word_count`, `life`) Only what was found without code of the program's is
//! kept, and nothing is believed that the table does not confirm: an entry always leads to the same key, unless that was
//! deleted, and an absent key stays absent as long as nothing is appended.
//!
//! What lies here is not reported to the collector, which has it forgotten.

use std::cell::Cell;

use crate::heap::{Gc, Value};
use crate::objects::str::Str;
use crate::vm::Thread;

use super::{Dict, Look, Table};

pub struct Recent {
    key: Cell<Value>,
    hash: Cell<u64>,
    /// The table it was looked up in, `None` if in none so far.
    table: Cell<Option<Gc<Table>>>,
    /// How many entries the table had before that.
    used: Cell<u32>,
    /// The number of its entry plus one, 0 if it had none.
    index: Cell<u32>,
}

impl Default for Recent {
    fn default() -> Recent {
        Recent {
            key: Cell::new(Value::EMPTY),
            hash: Cell::new(0),
            table: Cell::new(None),
            used: Cell::new(0),
            index: Cell::new(0),
        }
    }
}

impl Recent {
    /// To be called before any cell's place can be used again.
    pub fn forget(&self) {
        self.key.set(Value::EMPTY);
    }

    /// The hash of a tuple, if it is the one that was hashed last.
    #[inline(always)]
    pub fn hash_of(&self, key: Value) -> Option<u64> {
        if self.key.get() == key { Some(self.hash.get()) } else { None }
    }

    /// Notes the hash of a tuple.
    #[inline(always)]
    pub fn note_hash(&self, key: Value, hash: u64) {
        self.key.set(key);
        self.hash.set(hash);
        self.table.set(None);
    }

    /// Where the key was found in the table, which has `used` entries, if it is the one that was looked up last.
    #[inline(always)]
    fn look(&self, table: Gc<Table>, used: usize) -> Option<Look> {
        if self.table.get() != Some(table) {
            return None;
        }
        match self.index.get().checked_sub(1) {
            None => (self.used.get() as usize == used).then_some(Look::Absent),
            Some(at) => {
                let at = at as usize;
                table.entry(at).filter(|entry| !entry.value.get().is_empty()).map(|_| Look::Found(at))
            }
        }
    }

    #[inline(always)]
    fn note(&self, table: Gc<Table>, used: usize, index: usize) {
        self.table.set(Some(table));
        self.used.set(used as u32);
        self.index.set(index as u32);
    }
}

impl Gc<Table> {
    /// Looks for a key as far as that needs no code of the program's. `used`: how many entries the table had before.
    ///
    /// What most lookups come to, the key itself or nothing in the first place, is told where this is inlined.
    #[inline(always)]
    pub(super) fn look_for(self, th: &Thread, key: Value, hash: u64, used: usize) -> Look {
        match self.look_first(key, hash) {
            Some(look) => look,
            None if key.is_cell() => self.look_again(th, key, hash, used),
            None => self.look_on(key, hash),
        }
    }

    #[inline(never)]
    fn look_again(self, th: &Thread, key: Value, hash: u64, used: usize) -> Look {
        let recent = th.recent();
        let is_known = recent.key.get() == key;
        if is_known && let Some(look) = recent.look(self, used) {
            return look;
        }
        let look = self.look_on(key, hash);
        if !is_known {
            if key.downcast_exact::<Str>().is_none() {
                return look;
            }
            recent.key.set(key);
            recent.hash.set(hash);
        }
        match look {
            Look::Found(at) => recent.note(self, used, at + 1),
            Look::Absent => recent.note(self, used, 0),
            Look::Unsure => recent.table.set(None),
        }
        look
    }
}

impl Gc<Dict> {
    /// The value of the key that was looked up last, if this is it, it was found here, and it is still there.
    #[inline(always)]
    pub fn get_again(self, th: &Thread, key: Value) -> Option<Value> {
        let recent = th.recent();
        if recent.key.get() != key || recent.table.get() != self.table.get() {
            return None;
        }
        let at = recent.index.get().checked_sub(1)?;
        let value = self.table.get()?.entry(at as usize)?.value.get();
        if value.is_empty() { None } else { Some(value) }
    }

    /// Stores under the key that was looked up last, if this is it, it was looked up here, and nobody else can have changed
    /// the dict.
    #[inline(always)]
    pub fn set_again(self, th: &Thread, key: Value, value: Value) -> bool {
        let recent = th.recent();
        if recent.key.get() != key || recent.table.get() != self.table.get() || th.shares_objects() {
            return false;
        }
        let Some(table) = self.table.get() else { return false };
        match recent.index.get().checked_sub(1) {
            Some(at) => match table.entry(at as usize) {
                Some(entry) if !entry.value.get().is_empty() => entry.value.set(value),
                _ => return false,
            },
            None => {
                let used = table.used();
                if recent.used.get() as usize != used || !table.has_room() {
                    return false;
                }
                self.append(th, key, recent.hash.get(), value);
                recent.note(table, used + 1, used + 1);
            }
        }
        true
    }
}

//! Moving a key to an end, and taking the one there: what an ordered dict adds to a dict's table.
//!
//! Entries are never moved within a table, so a key that goes to the end is appended again, and one that goes to the
//! front gets a place before all others, of which the table of a dict that is used like this has some in stock. The new
//! entry is there before the old one goes: a reader without a lock finds the key at any moment.

use crate::heap::{Gc, Value};
use crate::vm::native::Result;
use crate::vm::{Thread, ops};

use super::lookup::Place;
use super::{Dict, Entry, Table};

/// An end of a dict's order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum End {
    First,
    Last,
}

/// The fewest places before the first entry that a table gets when it gets some.
const FEWEST_IN_STOCK: usize = 4;

impl Gc<Dict> {
    /// Makes a key the first or last one, at once; false if it is not there.
    pub(super) fn move_to_end(self, th: &Thread, key: Value, end: End) -> Result<bool> {
        let hash = ops::hash(th, key)? as u64;
        loop {
            let place = self.find(th, key, hash)?;
            if place.entry.is_none() {
                return Ok(false);
            }
            if self.move_entry(th, place, end) {
                return Ok(true);
            }
        }
    }

    /// Moves what `find` found; false if the search must be repeated.
    fn move_entry(self, th: &Thread, place: Place, end: End) -> bool {
        let _guard = th.guard(&self.get().header);
        let (Some(table), Some(at)) = (place.table, place.entry) else { return false };
        if self.table.get() != Some(table) {
            return false;
        }
        let entry = &table.entries()[at];
        let Some((key, value)) = entry.live() else { return false };
        let there = match end {
            End::First => table.live_positions().next() == Some(at),
            End::Last => table.live_positions().next_back() == Some(at),
        };
        if there {
            return true;
        }
        let moved = match end {
            End::Last if table.has_room() => {
                table.append(entry.hash(), key, value);
                true
            }
            End::Last => false,
            End::First => table.prepend(entry.hash(), key, value),
        };
        if moved {
            table.delete(at);
        } else {
            self.table.set(Some(reordered(th, table, at, end, self.len())));
        }
        self.keys_changed();
        true
    }

    /// Takes the first or last key out and returns it with its value.
    pub(super) fn pop_end(self, th: &Thread, end: End) -> Option<(Value, Value)> {
        let _guard = th.guard(&self.get().header);
        let table = self.table.get()?;
        let mut positions = table.live_positions();
        let at = if end == End::First { positions.next() } else { positions.next_back() }?;
        let entry = table.entries()[at].live()?;
        self.delete_locked(table, at);
        Some(entry)
    }
}

/// A larger table in which the entry at `at` is the first or last. The caller holds the dict's lock.
fn reordered(th: &Thread, old: Gc<Table>, at: usize, end: End, len: usize) -> Gc<Table> {
    let stock = if end == End::First { len.max(FEWEST_IN_STOCK) } else { 0 };
    let new = Table::with_stock(th, len * 2, stock);
    let entries = old.entries();
    let put = |entry: &Entry| {
        if let Some((key, value)) = entry.live() {
            new.append(entry.hash(), key, value);
        }
    };
    if end == End::First {
        put(&entries[at]);
    }
    entries[..at].iter().chain(&entries[at + 1..]).for_each(put);
    if end == End::Last {
        put(&entries[at]);
    }
    new
}

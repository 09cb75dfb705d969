//! Who waited at which line, for whom or for what, and for how long: in each of the last seconds, and in all.

use std::collections::{BTreeMap, HashMap};

use crate::gil::events::Awaited;
use crate::record::file::Place;
use crate::world::Ns;

/// Waits are added up for each slot of this length.
const SLOT: Ns = 1_000_000_000;
/// What is shown is of so many.
const SLOTS: u64 = 10;
/// So many are kept for those who look back, if they have no more rows than that together.
const KEPT: u64 = 300;
const KEPT_ROWS: usize = 1 << 16;
/// If a table has more rows, what comes beyond is added up by line, whoever waited for whom; if it has twice as many, it is
/// not counted.
const MOST: usize = 4_096;

/// What was waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The interpreter's lock while another thread had it, which let go at that line; no line if it still has it.
    Gil(Place),
    /// That object.
    Own(Awaited, u64),
    /// The lock of an object of that type.
    Object(&'static str),
}

impl Cause {
    /// Whether somebody had what another one wanted; and not merely nothing to do.
    pub fn is_contention(self) -> bool {
        !matches!(self, Cause::Own(Awaited::Join | Awaited::Queue | Awaited::Condition, _))
    }
}

/// Who waited where for what that whom had. Nobody: several threads, or unknown ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub who: Option<u32>,
    pub place: Place,
    pub cause: Cause,
    pub owner: Option<u32>,
}

/// One wait, or the part of it during which one thread had the lock without letting go.
#[derive(Clone, Copy, Debug)]
pub struct Wait {
    pub key: Key,
    pub from: Ns,
    pub to: Ns,
}

/// All waits with one key.
#[derive(Clone, Copy, Debug)]
pub struct Sum {
    pub key: Key,
    pub ns: Ns,
    pub times: u64,
    pub longest_ns: Ns,
    /// How many different ones were waited for; the key has one of them.
    pub objects: u64,
}

/// By which figure they are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    #[default]
    Total,
    Longest,
    Times,
}

type Table = HashMap<Key, Sum>;

#[derive(Debug, Default)]
pub struct Waits {
    /// By the number of the slot.
    slots: BTreeMap<u64, Table>,
    /// The first slot of which nothing was forgotten.
    whole_from: u64,
    /// Of all slots.
    rows: usize,
    all: Table,
}

impl Waits {
    /// A wait has ended.
    pub fn add(&mut self, wait: Wait) {
        let Wait { key, from, to } = wait;
        if to <= from {
            return;
        }
        let sum = |ns, times, longest_ns| Sum { key, ns, times, longest_ns, objects: 1 };
        merge(&mut self.all, sum(to - from, 1, to - from));
        let last = slot_of(to);
        let newest = self.slots.last_key_value().map_or(last, |(newest, _)| last.max(*newest));
        for number in (from / SLOT).max((newest + 1).saturating_sub(KEPT))..=last {
            let (begin, end) = (from.max(number * SLOT), to.min((number + 1) * SLOT));
            let table = self.slots.entry(number).or_default();
            self.rows -= table.len();
            merge(table, sum(end - begin, u64::from(number == last), end - from));
            self.rows += table.len();
        }
        while let Some(first) = self.slots.first_entry() {
            let is_old = *first.key() + KEPT <= newest;
            if !is_old && (self.rows <= KEPT_ROWS || *first.key() + SLOTS > newest) {
                break;
            }
            self.whole_from = first.key() + 1;
            self.rows -= first.remove().len();
        }
    }

    /// The waits of the last seconds before `at`, and those that lasted still, which end at `at`; `None` if that is
    /// forgotten.
    pub fn recent(&self, at: Ns, lasting: impl Iterator<Item = Wait>) -> Option<Vec<Sum>> {
        let last = slot_of(at);
        let first = (last + 1).saturating_sub(SLOTS);
        if first < self.whole_from {
            return None;
        }
        let mut sums = Table::new();
        self.slots.range(first..=last).flat_map(|(_, table)| table.values()).for_each(|sum| merge(&mut sums, *sum));
        for Wait { key, from, to } in lasting.filter(|wait| wait.from < wait.to) {
            let ns = to.saturating_sub(from.max(first * SLOT));
            merge(&mut sums, Sum { key, ns, times: 1, longest_ns: to - from, objects: 1 });
        }
        Some(by_owner(sums.values()))
    }

    /// All there ever were.
    pub fn all(&self) -> Vec<Sum> {
        by_owner(self.all.values())
    }
}

/// The slot that ends with that moment, or that it falls into.
fn slot_of(at: Ns) -> u64 {
    at.saturating_sub(1) / SLOT
}

fn merge(table: &mut Table, mut sum: Sum) {
    if table.len() >= MOST && !table.contains_key(&sum.key) {
        sum.key = Key { who: None, owner: None, ..sum.key };
        if let Cause::Own(on, _) = sum.key.cause {
            sum.key.cause = Cause::Own(on, 0);
        }
        if table.len() >= 2 * MOST && !table.contains_key(&sum.key) {
            return;
        }
    }
    let none = Sum { ns: 0, times: 0, longest_ns: 0, ..sum };
    add(table.entry(sum.key).or_insert(none), &sum);
}

fn add(to: &mut Sum, sum: &Sum) {
    to.ns += sum.ns;
    to.times += sum.times;
    to.longest_ns = to.longest_ns.max(sum.longest_ns);
}

/// Several objects that one thread had, and another wanted at one line, are one row.
fn by_owner<'a>(sums: impl Iterator<Item = &'a Sum>) -> Vec<Sum> {
    let mut rows: HashMap<Key, Sum> = HashMap::new();
    for sum in sums {
        let cause = match sum.key.cause {
            Cause::Own(on, _) => Cause::Own(on, 0),
            other => other,
        };
        match rows.entry(Key { cause, ..sum.key }) {
            std::collections::hash_map::Entry::Occupied(mut row) => {
                row.get_mut().objects += 1;
                add(row.get_mut(), sum);
            }
            std::collections::hash_map::Entry::Vacant(row) => {
                // A wait that began in these seconds and ended later is there, and counted later.
                row.insert(Sum { times: sum.times.max(1), ..*sum });
            }
        }
    }
    rows.into_values().collect()
}

/// The worst first.
pub fn sort(sums: &mut [Sum], by: By) {
    sums.sort_by_key(|sum| {
        let figure = match by {
            By::Total => sum.ns,
            By::Longest => sum.longest_ns,
            By::Times => sum.times,
        };
        (std::cmp::Reverse(figure), sum.key.place, sum.key.who, sum.key.owner)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(line: u32, from: Ns, to: Ns) -> Wait {
        let (place, cause) = (Place { code: 1, line }, Cause::Gil(Place { code: 1, line: 9 }));
        Wait { key: Key { who: Some(1), place, cause, owner: Some(2) }, from, to }
    }

    #[test]
    fn waits_at_one_line_are_added_up_and_the_old_ones_leave() {
        let mut waits = Waits::default();
        waits.add(wait(1, 0, 5));
        waits.add(wait(1, SLOT + 3, SLOT + 10));
        waits.add(wait(2, SLOT + 3, SLOT + 13));
        let recent = |at, lasting: Option<Wait>| waits.recent(at, lasting.into_iter()).expect("it is kept");
        let mut sums = recent(SLOT + 20, None);
        sort(&mut sums, By::Total);
        let figures: Vec<_> = sums.iter().map(|s| (s.key.place.line, s.ns, s.times, s.longest_ns)).collect();
        assert_eq!(figures, [(1, 12, 2, 7), (2, 10, 1, 10)]);
        sort(&mut sums, By::Longest);
        assert_eq!(sums[0].key.place.line, 2);
        let late = recent(10 * SLOT + 1, Some(wait(3, 10 * SLOT, 10 * SLOT + 1)));
        assert_eq!(late.iter().map(|s| s.ns).sum::<Ns>(), 7 + 10 + 1);
        assert!(recent(30 * SLOT, None).is_empty());
        assert_eq!(recent(SLOT, None).len(), 1, "and who looks back sees what was");
        assert_eq!(waits.all().len(), 2);
    }

    #[test]
    fn a_long_wait_is_only_as_long_as_the_seconds_that_are_shown() {
        let mut waits = Waits::default();
        waits.add(wait(1, SLOT / 2, 15 * SLOT + SLOT / 2));
        let figures = |at| -> Vec<(Ns, u64)> {
            waits.recent(at, std::iter::empty()).expect("it is kept").iter().map(|s| (s.ns, s.times)).collect()
        };
        assert_eq!(figures(16 * SLOT), [(9 * SLOT + SLOT / 2, 1)]);
        assert_eq!(figures(2 * SLOT), [(SLOT + SLOT / 2, 1)]);
        let lasts = waits.recent(40 * SLOT, std::iter::once(wait(2, 0, 40 * SLOT))).expect("it is kept");
        assert_eq!((lasts[0].ns, lasts[0].longest_ns), (10 * SLOT, 40 * SLOT));
        assert_eq!(waits.all()[0].ns, 15 * SLOT);
    }

    #[test]
    fn what_one_thread_had_is_one_row_and_says_how_many_it_was() {
        let mut waits = Waits::default();
        for object in [7, 8, 8] {
            let Wait { key, .. } = wait(1, 0, 5);
            waits.add(Wait { key: Key { cause: Cause::Own(Awaited::Lock, object), ..key }, from: 0, to: 5 });
        }
        let figures: Vec<_> = waits.all().iter().map(|s| (s.objects, s.ns, s.times)).collect();
        assert_eq!(figures, [(2, 15, 3)]);
    }

    #[test]
    fn tables_do_not_grow_for_ever_and_lose_no_time() {
        let mut waits = Waits::default();
        let count = 100_000;
        for n in 0..count {
            let mut wait = wait(1, u64::from(n) * SLOT / 100, u64::from(n) * SLOT / 100 + 1);
            wait.key.who = Some(n);
            waits.add(wait);
        }
        assert!(waits.all.len() <= 2 * MOST && waits.slots.len() <= KEPT as usize && waits.rows <= KEPT_ROWS);
        assert_eq!(waits.rows, waits.slots.values().map(HashMap::len).sum::<usize>());
        assert_eq!(waits.all().iter().map(|sum| sum.ns).sum::<Ns>(), u64::from(count));
        assert!(waits.recent(SLOT, std::iter::empty()).is_none(), "that is forgotten");
    }
}

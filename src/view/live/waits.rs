//! Who waited at which line, for what, and for how long: in the last seconds, and in all.

use std::collections::{HashMap, VecDeque};

use crate::gil::events::Awaited;
use crate::record::file::Place;
use crate::world::Ns;

/// The last seconds are as many slots of this length.
const SLOT: Ns = 1_000_000_000;
const SLOTS: u64 = 10;
/// No table has more rows; what comes beyond is not counted.
const MOST: usize = 1_024;

/// What was waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The interpreter's lock, which was let go at that line in the end.
    Gil(Place),
    Own(Awaited),
    /// The lock of an object of that type.
    Object(&'static str),
}

impl Cause {
    /// Whether somebody had what another one wanted; and not merely nothing to do.
    pub fn is_contention(self) -> bool {
        !matches!(self, Cause::Own(Awaited::Join | Awaited::Queue | Awaited::Condition))
    }
}

/// One wait.
#[derive(Clone, Copy, Debug)]
pub struct Wait {
    pub who: u32,
    pub place: Place,
    pub cause: Cause,
    /// Who had it.
    pub owner: Option<u32>,
    pub ns: Ns,
}

/// All waits at one line for one thing.
#[derive(Clone, Copy, Debug)]
pub struct Sum {
    /// The longest of them.
    pub longest: Wait,
    pub ns: Ns,
    pub times: u64,
}

/// By which figure they are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    #[default]
    Total,
    Longest,
    Times,
}

type Table = HashMap<(Place, Cause), Sum>;

#[derive(Debug, Default)]
pub struct Waits {
    /// By the number of the slot, the oldest first.
    recent: VecDeque<(u64, Table)>,
    all: Table,
}

impl Waits {
    /// A wait ended at `at`.
    pub fn add(&mut self, at: Ns, wait: Wait) {
        let number = at / SLOT;
        if self.recent.back().is_none_or(|(last, _)| *last < number) {
            self.recent.push_back((number, Table::new()));
        }
        while self.recent.front().is_some_and(|(first, _)| first + SLOTS <= number) {
            self.recent.pop_front();
        }
        if let Some((_, table)) = self.recent.back_mut() {
            note(table, wait);
        }
        note(&mut self.all, wait);
    }

    /// The waits of the last seconds before `now`, those that last still among them.
    pub fn recent(&self, now: Ns, lasting: impl Iterator<Item = Wait>) -> Vec<Sum> {
        let mut sums = Table::new();
        for (_, table) in self.recent.iter().filter(|(number, _)| number + SLOTS > now / SLOT) {
            table.iter().for_each(|(key, sum)| merge(&mut sums, *key, *sum));
        }
        lasting.for_each(|wait| note(&mut sums, wait));
        sums.into_values().collect()
    }

    /// All there ever were.
    pub fn all(&self) -> Vec<Sum> {
        self.all.values().copied().collect()
    }
}

fn note(table: &mut Table, wait: Wait) {
    merge(table, (wait.place, wait.cause), Sum { longest: wait, ns: wait.ns, times: 1 });
}

fn merge(table: &mut Table, key: (Place, Cause), sum: Sum) {
    if table.len() >= MOST && !table.contains_key(&key) {
        return;
    }
    let entry = table.entry(key).or_insert(Sum { ns: 0, times: 0, ..sum });
    entry.ns += sum.ns;
    entry.times += sum.times;
    if sum.longest.ns > entry.longest.ns {
        entry.longest = sum.longest;
    }
}

/// The worst first.
pub fn sort(sums: &mut [Sum], by: By) {
    sums.sort_by_key(|sum| {
        let figure = match by {
            By::Total => sum.ns,
            By::Longest => sum.longest.ns,
            By::Times => sum.times,
        };
        (std::cmp::Reverse(figure), sum.longest.place, sum.longest.who)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(line: u32, ns: Ns) -> Wait {
        let place = Place { code: 1, line };
        Wait { who: 1, place, cause: Cause::Gil(Place { code: 1, line: 9 }), owner: None, ns }
    }

    #[test]
    fn waits_at_one_line_are_added_up_and_the_old_ones_leave() {
        let mut waits = Waits::default();
        waits.add(0, wait(1, 5));
        waits.add(SLOT, wait(1, 7));
        waits.add(SLOT, wait(2, 10));
        let mut recent = waits.recent(SLOT, std::iter::empty());
        sort(&mut recent, By::Total);
        let figures: Vec<_> = recent.iter().map(|s| (s.longest.place.line, s.ns, s.times, s.longest.ns)).collect();
        assert_eq!(figures, [(1, 12, 2, 7), (2, 10, 1, 10)]);
        sort(&mut recent, By::Longest);
        assert_eq!(recent[0].longest.place.line, 2);
        let late = waits.recent(10 * SLOT, std::iter::once(wait(3, 1)));
        assert_eq!(late.iter().map(|s| s.ns).sum::<Ns>(), 7 + 10 + 1);
        assert!(waits.recent(30 * SLOT, std::iter::empty()).is_empty());
        assert_eq!(waits.all().len(), 2);
    }

    #[test]
    fn tables_do_not_grow_for_ever() {
        let mut waits = Waits::default();
        for line in 0..100_000 {
            waits.add(u64::from(line) * SLOT / 100, wait(line, 1));
        }
        assert!(waits.all().len() <= MOST && waits.recent.len() <= SLOTS as usize);
    }
}

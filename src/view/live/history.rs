//! What one thread did at each moment of the past: exactly for the last while, and as shares of ever longer slices the
//! longer ago it is. So any stretch of a long run can be drawn, and the memory is bounded.

use std::collections::VecDeque;

use crate::world::Ns;

use super::Kind;

/// Nanoseconds of each kind.
pub type Shares = [Ns; Kind::COUNT];

const MS: Ns = 1_000_000;
/// A stretch is made of at least so many slices, if there are such short ones.
const FINER: Ns = 10;
/// The lengths of slices.
const WIDTHS: [Ns; 4] = [10 * MS, 100 * MS, 1_000 * MS, 10_000 * MS];
/// So many slices of each length are kept at most: half a minute, five minutes, an hour, half a day.
const SLICES: [usize; 4] = [3_000, 3_000, 3_600, 4_320];
/// So many spans, and slices of one length, are kept of all threads together. Some 60 MB.
const ALL_PIECES: usize = 1 << 20;
const ALL_SLICES: usize = 1 << 18;
/// But at least so many of each thread.
const FEWEST: usize = 64;

#[derive(Clone, Copy, Debug)]
struct Piece {
    from: Ns,
    to: Ns,
    kind: Kind,
}

/// The past of one thread.
#[derive(Debug)]
pub struct History {
    pieces: VecDeque<Piece>,
    /// From which moment on the pieces are complete.
    pieces_from: Ns,
    levels: [Level; WIDTHS.len()],
}

impl Default for History {
    fn default() -> History {
        History { pieces: VecDeque::new(), pieces_from: 0, levels: WIDTHS.map(Level::new) }
    }
}

impl History {
    /// The thread did that from `from`, where the last piece ended, to `to`. `threads` is how many share the memory.
    pub fn add(&mut self, from: Ns, to: Ns, kind: Kind, threads: usize) {
        let room = |all: usize| (all / threads.max(1)).max(FEWEST);
        match self.pieces.back_mut() {
            Some(last) if last.kind == kind && last.to == from => last.to = to,
            _ => self.pieces.push_back(Piece { from, to, kind }),
        }
        while self.pieces.len() > room(ALL_PIECES) {
            self.pieces_from = self.pieces.pop_front().map_or(0, |piece| piece.to);
        }
        for (level, most) in self.levels.iter_mut().zip(SLICES) {
            level.add(from, to, kind, most.min(room(ALL_SLICES)));
        }
    }

    /// How long the thread did what between the two moments.
    pub fn shares(&self, from: Ns, to: Ns) -> Shares {
        let mut shares = Shares::default();
        let width = to.saturating_sub(from);
        if width < WIDTHS[0] && from >= self.pieces_from {
            self.add_pieces(from, to, &mut shares);
            return shares;
        }
        let fitting = self.levels.iter().rposition(|level| level.width * FINER <= width).unwrap_or(0);
        let finest = self.levels[..=fitting].iter().rfind(|level| level.reaches(from));
        let coarser = || self.levels[fitting..].iter().find(|level| level.reaches(from));
        if let Some(level) = finest.or_else(coarser) {
            level.add_to(from, to, &mut shares);
        }
        shares
    }

    /// What the thread did up to that moment; of what is long ago, what it did most of the time then.
    pub fn kind_at(&self, at: Ns) -> Option<Kind> {
        if at > self.pieces_from {
            let piece = self.pieces.get(self.pieces.partition_point(|piece| piece.to < at))?;
            return (piece.from < at).then_some(piece.kind);
        }
        let shares = self.shares(at.saturating_sub(WIDTHS[0]), at);
        let most = Kind::ALL.into_iter().max_by_key(|kind| shares[*kind as usize]);
        most.filter(|kind| shares[*kind as usize] > 0)
    }

    fn add_pieces(&self, from: Ns, to: Ns, shares: &mut Shares) {
        let first = self.pieces.partition_point(|piece| piece.to <= from);
        for piece in self.pieces.range(first..).take_while(|piece| piece.from < to) {
            shares[piece.kind as usize] += piece.to.min(to) - piece.from.max(from);
        }
    }
}

/// Slices of one length.
#[derive(Debug)]
struct Level {
    width: Ns,
    /// The number of the first slice that is kept, counted from the beginning of the run.
    first: u64,
    /// Whether there were others before it.
    is_cut: bool,
    /// What the slices are of: the first and the last are not whole.
    from: Ns,
    to: Ns,
    slices: VecDeque<[f32; Kind::COUNT]>,
}

impl Level {
    fn new(width: Ns) -> Level {
        Level { width, first: 0, is_cut: false, from: 0, to: 0, slices: VecDeque::new() }
    }

    fn reaches(&self, from: Ns) -> bool {
        !self.is_cut || from >= self.first * self.width
    }

    fn add(&mut self, from: Ns, to: Ns, kind: Kind, most: usize) {
        if to <= from {
            return;
        }
        let last = (to - 1) / self.width;
        let mut number = from / self.width;
        // Of what is longer than all that is kept, the beginning is not worth the work.
        if last - number >= most as u64 {
            number = last + 1 - most as u64;
            self.is_cut |= !self.slices.is_empty() || from < number * self.width;
            self.slices.clear();
        }
        if self.slices.is_empty() {
            self.first = number;
            self.from = from.max(number * self.width);
        }
        self.to = to;
        for number in number..=last {
            // A thread that was not there for a while has nothing in between.
            while self.first + self.slices.len() as u64 <= number {
                self.slices.push_back([0.0; Kind::COUNT]);
            }
            let (begin, end) = (number * self.width, (number + 1) * self.width);
            if let Some(slice) = number.checked_sub(self.first).and_then(|at| self.slices.get_mut(at as usize)) {
                slice[kind as usize] += (to.min(end) - from.max(begin).min(end)) as f32;
            }
        }
        while self.slices.len() > most {
            self.slices.pop_front();
            self.first += 1;
            self.is_cut = true;
        }
    }

    fn add_to(&self, from: Ns, to: Ns, shares: &mut Shares) {
        for number in (from / self.width).max(self.first)..=(to.saturating_sub(1) / self.width) {
            let Some(slice) = self.slices.get((number - self.first) as usize) else { break };
            let (begin, end) = ((number * self.width).max(self.from), ((number + 1) * self.width).min(self.to));
            let part = to.min(end).saturating_sub(from.max(begin)) as f32 / (end - begin).max(1) as f32;
            for (sum, ns) in shares.iter_mut().zip(slice) {
                *sum += (ns * part) as Ns;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_while_is_kept_exactly() {
        let mut history = History::default();
        history.add(0, 40, Kind::Holds, 1);
        history.add(40, 100, Kind::Waits, 1);
        let shares = history.shares(30, 50);
        assert_eq!((shares[Kind::Holds as usize], shares[Kind::Waits as usize]), (10, 10));
        let at = [0, 1, 40, 41, 100, 101].map(|at| history.kind_at(at));
        let (holds, waits) = (Some(Kind::Holds), Some(Kind::Waits));
        assert_eq!(at, [None, holds, holds, waits, waits, None]);
    }

    #[test]
    fn a_long_past_is_kept_as_shares() {
        let mut history = History::default();
        // Ten minutes of a millisecond's turns.
        for at in 0..600_000 {
            history.add(at * MS, (at + 1) * MS, if at % 4 == 0 { Kind::Holds } else { Kind::Sleeps }, 1_000);
        }
        assert!(history.pieces.len() <= ALL_PIECES / 1_000);
        assert!(history.levels.iter().all(|level| level.slices.len() <= ALL_SLICES / 1_000));
        for (from, width) in [(599_000, 5), (599_000, 100), (590_000, 1_000), (300_000, 60_000)] {
            let shares = history.shares(from * MS, (from + width) * MS);
            let held = shares[Kind::Holds as usize] as f64 / (width * MS) as f64;
            assert!((held - 0.25).abs() < 0.2, "{from}: {held}");
            let all: Ns = shares.iter().sum();
            assert!(all.abs_diff(width * MS) < width * MS / 100, "{from}: {all}");
        }
    }

    #[test]
    fn what_lasts_longer_than_all_that_is_kept_costs_no_more() {
        let mut history = History::default();
        let day = 86_400_000 * MS;
        history.add(0, day, Kind::Sleeps, 1);
        history.add(day, day + MS, Kind::Holds, 1);
        let shares = history.shares(day - 1_000 * MS, day);
        assert!(shares[Kind::Sleeps as usize].abs_diff(1_000 * MS) < MS, "{shares:?}");
        assert!(history.levels.iter().zip(SLICES).all(|(level, most)| level.slices.len() <= most));
    }
}

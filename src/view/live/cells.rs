//! A thread's lane: a character for each slice of time, its colour, and what they mean. The characters alone tell what the
//! colours do.

use ratatui::style::{Color, Modifier, Style};

use crate::view::lanes::BLOCKS;
use crate::world::Ns;

use super::Kind;
use super::history::Shares;

/// What a thread did most of the time, where that was not to run.
const MARKS: [(Kind, char); 7] = [
    (Kind::Waits, '░'),
    (Kind::Blocked, '╌'),
    (Kind::Sleeps, '·'),
    (Kind::Away, '~'),
    (Kind::Stands, '▒'),
    (Kind::Ready, '╎'),
    (Kind::Unknown, '?'),
];
const COLLECTS: char = '*';

/// What the characters mean, as short as it is clear.
pub const LEGEND: [(Kind, &str, &str); 9] = [
    (Kind::Holds, "█", "runs"),
    (Kind::Waits, "░", "wants the lock"),
    (Kind::Blocked, "╌", "blocked"),
    (Kind::Sleeps, "·", "sleeps"),
    (Kind::Away, "~", "I/O"),
    (Kind::Stands, "▒", "stands"),
    (Kind::Collects, "*", "collects"),
    (Kind::Ready, "╎", "ready"),
    (Kind::Unknown, "?", "unknown"),
];

/// The character for what a thread did in a slice of that length, and by which kind it is coloured; a space where there was
/// no thread.
pub fn cell(shares: &Shares, width: Ns) -> (char, Kind) {
    let of = |kind: Kind| shares[kind as usize];
    let ran = of(Kind::Holds) + of(Kind::Runs) + of(Kind::Collects);
    let most = MARKS.iter().max_by_key(|(kind, _)| of(*kind)).filter(|(kind, _)| of(*kind) > 0);
    // As in a report: what ran for less than a sixteenth of the slice is shown by what it did else.
    if ran > 0 && (ran * 16 >= width || most.is_none()) {
        if 2 * of(Kind::Collects) > ran {
            return (COLLECTS, Kind::Collects);
        }
        let eighths = (ran * 8).div_ceil(width.max(1)).clamp(1, 8) as usize;
        let kind = if of(Kind::Runs) > of(Kind::Holds) { Kind::Runs } else { Kind::Holds };
        return (BLOCKS[eighths - 1], kind);
    }
    most.map_or((' ', Kind::Unknown), |(kind, mark)| (*mark, *kind))
}

/// How a kind is coloured: with the sixteen colours that every terminal has and its owner has chosen.
pub fn style(kind: Kind, colors: bool) -> Style {
    if !colors {
        return Style::new();
    }
    match kind {
        Kind::Holds => Style::new().fg(Color::Green),
        Kind::Runs => Style::new().fg(Color::Cyan),
        Kind::Waits => Style::new().fg(Color::Red),
        Kind::Blocked => Style::new().fg(Color::Yellow),
        Kind::Away => Style::new().fg(Color::Blue),
        Kind::Stands | Kind::Collects | Kind::Ready => Style::new().fg(Color::Magenta),
        Kind::Sleeps | Kind::Unknown => Style::new().add_modifier(Modifier::DIM),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(of: &[(Kind, Ns)]) -> Shares {
        let mut shares = Shares::default();
        of.iter().for_each(|(kind, ns)| shares[*kind as usize] = *ns);
        shares
    }

    #[test]
    fn a_block_is_as_high_as_the_share_of_running() {
        assert_eq!(cell(&shares(&[(Kind::Holds, 100)]), 100), ('█', Kind::Holds));
        assert_eq!(cell(&shares(&[(Kind::Runs, 50), (Kind::Waits, 50)]), 100), ('▄', Kind::Runs));
        assert_eq!(cell(&shares(&[(Kind::Holds, 5), (Kind::Sleeps, 95)]), 100), ('·', Kind::Sleeps));
        assert_eq!(cell(&shares(&[(Kind::Holds, 1)]), 100), ('▁', Kind::Holds));
        assert_eq!(cell(&shares(&[]), 100).0, ' ');
    }

    #[test]
    fn every_kind_has_a_character_of_its_own() {
        let mut seen = vec![' '];
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Runs) {
            let (character, of) = cell(&shares(&[(kind, 10)]), 10);
            assert!(of == kind && !seen.contains(&character), "{kind:?}");
            assert!(LEGEND.iter().any(|(listed, mark, _)| *listed == kind && mark.contains(character)), "{kind:?}");
            seen.push(character);
        }
    }
}

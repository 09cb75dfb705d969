//! "Did you mean …?": the name that is nearest to a misspelt one.

/// A candidate costs at most this, however long the names.
const MOVE_COST: usize = 2;
const CASE_COST: usize = 1;
const LONGEST: usize = 40;
const MOST_CANDIDATES: usize = 750;

/// The candidate that a person is likely to have meant by `name`, if any.
pub fn closest(name: &str, candidates: impl Iterator<Item = String>) -> Option<String> {
    let mut best: Option<(usize, String)> = None;
    for candidate in candidates.take(MOST_CANDIDATES) {
        if candidate == name {
            continue;
        }
        // No more than a third of the characters should need changing.
        let mut limit = (name.chars().count() + candidate.chars().count() + 3) * MOVE_COST / 6;
        if let Some((cost, _)) = &best {
            limit = limit.min(cost - 1);
        }
        if let Some(cost) = distance(name, &candidate, limit)
            && best.as_ref().is_none_or(|(least, _)| cost < *least)
        {
            let perfect = cost == 0;
            best = Some((cost, candidate));
            if perfect {
                break;
            }
        }
        if best.as_ref().is_some_and(|(cost, _)| *cost == 0) {
            break;
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Edit distance in which a change of case costs half, or `None` if it exceeds `limit`.
fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let prefix = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    if a.is_empty() || b.is_empty() {
        let cost = (a.len() + b.len()) * MOVE_COST;
        return (cost <= limit).then_some(cost);
    }
    if a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    let mut row: Vec<usize> = (1..=a.len()).map(|i| i * MOVE_COST).collect();
    for (j, y) in b.iter().enumerate() {
        let (mut diagonal, mut left) = (j * MOVE_COST, (j + 1) * MOVE_COST);
        for (i, x) in a.iter().enumerate() {
            let substitute = diagonal + substitution(*x, *y);
            diagonal = row[i];
            left = substitute.min(left.min(row[i]) + MOVE_COST);
            row[i] = left;
        }
        if row.iter().min().is_some_and(|least| *least > limit) {
            return None;
        }
    }
    row.last().copied().filter(|cost| *cost <= limit)
}

fn substitution(a: char, b: char) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE_COST
    } else {
        MOVE_COST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised_and_a_strange_name_is_not() {
        let names = || ["append", "extend", "insert"].iter().map(|s| s.to_string());
        assert_eq!(closest("apend", names()).as_deref(), Some("append"));
        assert_eq!(closest("Append", names()).as_deref(), Some("append"));
        assert_eq!(closest("frobnicate", names()), None);
    }
}

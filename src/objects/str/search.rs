//! Searching runs of bytes: what `str`, `bytes` and `bytearray` share. In WTF-8 a match of bytes is a match of characters.

use memchr::memmem;

/// Where `needle` first lies in `text`.
#[inline]
pub fn find(text: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(0),
        [byte] => memchr::memchr(*byte, text),
        _ => memmem::find(text, needle),
    }
}

/// Where `needle` last lies in `text`.
pub fn rfind(text: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(text.len()),
        [byte] => memchr::memrchr(*byte, text),
        _ => memmem::rfind(text, needle),
    }
}

/// How often a non-empty `needle` lies in `text`, without overlaps.
pub fn count(text: &[u8], needle: &[u8]) -> usize {
    match needle {
        [byte] => memchr::memchr_iter(*byte, text).count(),
        _ => memmem::find_iter(text, needle).count(),
    }
}

/// `text` with the first `most` matches of a non-empty `needle` replaced; `None` where there is none. The number of
/// replacements comes along.
pub fn replace(text: &[u8], needle: &[u8], by: &[u8], most: usize) -> Option<(Vec<u8>, usize)> {
    let finder = memmem::Finder::new(needle);
    let mut matches = finder.find_iter(text).take(most).peekable();
    matches.peek()?;
    let mut out = Vec::with_capacity(text.len());
    let (mut from, mut count) = (0, 0);
    for at in matches {
        out.extend_from_slice(&text[from..at]);
        out.extend_from_slice(by);
        from = at + needle.len();
        count += 1;
    }
    out.extend_from_slice(&text[from..]);
    Some((out, count))
}

/// The pieces of `text` between non-empty separators, at most `most` splits, from the left.
pub fn split<'a>(text: &'a [u8], separator: &[u8], most: usize, mut each: impl FnMut(&'a [u8])) {
    let mut from = 0;
    let mut piece = |at: usize| {
        each(&text[from..at]);
        from = at + separator.len();
    };
    match separator {
        [byte] => memchr::memchr_iter(*byte, text).take(most).for_each(&mut piece),
        _ => memmem::find_iter(text, separator).take(most).for_each(&mut piece),
    }
    each(&text[from..]);
}

/// As `split`, with the splits counted from the right; the last piece comes first.
pub fn rsplit<'a>(text: &'a [u8], separator: &[u8], most: usize, mut each: impl FnMut(&'a [u8])) {
    let mut rest = text;
    for _ in 0..most {
        let Some(at) = rfind(rest, separator) else { break };
        each(&rest[at + separator.len()..]);
        rest = &rest[..at];
    }
    each(rest);
}

/// `start` and `end` as methods understand them: counted from the end where negative, moved into `0..=len`.
/// `start` may end up beyond `end`, where nothing is found, not even nothing.
pub fn clamp(start: Option<i64>, end: Option<i64>, len: usize) -> (usize, usize) {
    let from_end = |i: i64| if i < 0 { i.saturating_add(len as i64).max(0) } else { i } as usize;
    (start.map_or(0, from_end), end.map_or(len, |end| from_end(end).min(len)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_lie_between_separators() {
        let all = |most| {
            let mut pieces = Vec::new();
            split(b"a, b, , c", b", ", most, |piece| pieces.push(piece));
            pieces
        };
        assert_eq!(all(usize::MAX), [&b"a"[..], b"b", b"", b"c"]);
        assert_eq!(all(1), [&b"a"[..], b"b, , c"]);
        let mut pieces = Vec::new();
        rsplit(b"a,b,c", b",", 1, |piece| pieces.push(piece));
        assert_eq!(pieces, [&b"c"[..], b"a,b"]);
    }

    #[test]
    fn matches_are_replaced_from_the_left() {
        assert_eq!(replace(b"aaaa", b"aa", b"b", 1), Some((b"baa".to_vec(), 1)));
        assert_eq!(replace(b"abc", b"x", b"y", 9), None);
        assert_eq!(count(b"aaaa", b"aa"), 2);
    }
}

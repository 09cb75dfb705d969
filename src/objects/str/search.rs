//! Searching runs of bytes: what `str`, `bytes` and `bytearray` share. In WTF-8 a match of bytes is a match of characters.

use memchr::memmem;

use super::words;

/// Where `needle` first lies in `text`.
#[inline]
pub fn find(text: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(0),
        [byte] => find_byte(text, *byte),
        [first, ..] => find_from_first(text, needle, *first),
    }
}

/// Texts of fewer bytes are looked at word by word; for longer ones it pays to go over to wider registers.
const SHORT: usize = 48;

#[inline(always)]
pub fn find_byte(text: &[u8], byte: u8) -> Option<usize> {
    if text.len() < SHORT { words::places(text, words::equal_to(byte)).next() } else { memchr::memchr(byte, text) }
}

/// So many places where the first byte matches are tried before a searcher is prepared, which costs more than most
/// searches do.
const CANDIDATES: usize = 8;

fn find_from_first(text: &[u8], needle: &[u8], first: u8) -> Option<usize> {
    let places = text.len().checked_sub(needle.len())? + 1;
    let mut from = 0;
    for _ in 0..CANDIDATES {
        let at = from + find_byte(&text[from..places], first)?;
        if &text[at..at + needle.len()] == needle {
            return Some(at);
        }
        from = at + 1;
    }
    memmem::find(&text[from..], needle).map(|at| from + at)
}

/// Where `needle` last lies in `text`.
pub fn rfind(text: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(text.len()),
        [byte] => memchr::memrchr(*byte, text),
        [first, ..] => rfind_from_first(text, needle, *first),
    }
}

fn rfind_from_first(text: &[u8], needle: &[u8], first: u8) -> Option<usize> {
    let mut places = text.len().checked_sub(needle.len())? + 1;
    for _ in 0..CANDIDATES {
        let at = memchr::memrchr(first, &text[..places])?;
        if &text[at..at + needle.len()] == needle {
            return Some(at);
        }
        places = at;
    }
    memmem::rfind(&text[..places + needle.len() - 1], needle)
}

/// How often a non-empty `needle` lies in `text`, without overlaps.
pub fn count(text: &[u8], needle: &[u8]) -> usize {
    match needle {
        [byte] if text.len() < SHORT => words::count(text, words::equal_to(*byte)),
        [byte] => memchr::memchr_iter(*byte, text).count(),
        _ => memmem::find_iter(text, needle).count(),
    }
}

/// `text` with the first `most` matches of a non-empty `needle` replaced; `None` where there is none. The number of
/// replacements comes along.
pub fn replace(text: &[u8], needle: &[u8], by: &[u8], most: usize) -> Option<(Vec<u8>, usize)> {
    find(text, needle)?;
    let mut out = Vec::with_capacity(text.len() + by.len().saturating_sub(needle.len()) * 4);
    let (mut from, mut count) = (0, 0);
    each_match(text, needle, most, |at| {
        out.extend_from_slice(&text[from..at]);
        out.extend_from_slice(by);
        from = at + needle.len();
        count += 1;
    });
    out.extend_from_slice(&text[from..]);
    Some((out, count))
}

/// In texts of no more bytes matches are taken to lie close together, so that a word or two are passed over to the next.
const CLOSE: usize = 512;

/// Where a non-empty `needle` lies in `text`, without overlaps, `most` times at most.
#[inline(always)]
fn each_match(text: &[u8], needle: &[u8], most: usize, mut each: impl FnMut(usize)) {
    if let [byte] = needle {
        if text.len() > CLOSE {
            return memchr::memchr_iter(*byte, text).take(most).for_each(each);
        }
        for at in words::places(text, words::equal_to(*byte)).take(most) {
            each(at);
        }
        return;
    }
    let mut from = 0;
    for _ in 0..most.min(CANDIDATES) {
        let Some(at) = find(&text[from..], needle) else { return };
        each(from + at);
        from += at + needle.len();
    }
    if most > CANDIDATES {
        memmem::find_iter(&text[from..], needle).take(most - CANDIDATES).for_each(|at| each(from + at));
    }
}

/// The pieces of `text` between non-empty separators, at most `most` splits, from the left.
#[inline]
pub fn split<'a>(text: &'a [u8], separator: &[u8], most: usize, mut each: impl FnMut(&'a [u8])) {
    let mut from = 0;
    each_match(text, separator, most, |at| {
        each(&text[from..at]);
        from = at + separator.len();
    });
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
        let many = b"abcabd".repeat(50);
        assert_eq!(replace(&many, b"abd", b"x", 20).map(|(out, times)| (out.len(), times)), Some((300 - 40, 20)));
    }

    #[test]
    fn searches_agree_whatever_the_number_of_false_candidates_is() {
        for length in 0..40 {
            let text = [&b"ab".repeat(length)[..], b"ac", &b"ab".repeat(length)].concat();
            assert_eq!(find(&text, b"ac"), Some(2 * length));
            assert_eq!(rfind(&text, b"ac"), Some(2 * length));
            assert_eq!(find(&text, b"aca"), (length > 0).then_some(2 * length));
            assert_eq!((find(&text, b"ad"), rfind(&text, b"ad")), (None, None));
        }
        assert_eq!((find(b"a", b"ab"), rfind(b"a", b"ab")), (None, None));
    }
}

//! Where in a text to try: everything that spares the matcher places at which nothing can begin.

use crate::objects::str::index::char_width;
use crate::objects::str::search::find;
use crate::vm::native::Result;

use super::matcher::Matcher;
use super::program::{ANYTHING, END_OF_TEXT, Program, Start};

/// The first match that begins at `from` or later: the matcher's slots tell.
pub fn search<const WIDE: bool>(
    matcher: &mut Matcher<'_>,
    program: &Program,
    text: &[u8],
    from: usize,
) -> Result<bool> {
    let mut at = from;
    // The first place is tried in any case where an empty match there is refused: the refusal is for that place only.
    while let Some(candidate) = candidate(program, text, at) {
        let found = if program.start.literal_first {
            matcher.matches_behind::<WIDE>(candidate, 1, candidate + program.start.literal.len())?
        } else {
            matcher.matches::<WIDE>(candidate)?
        };
        if found {
            return Ok(true);
        }
        match text.get(candidate) {
            Some(&byte) => at = candidate + if WIDE { char_width(byte) } else { 1 },
            None => break,
        }
    }
    Ok(false)
}

/// The first position from `at` on where a match could begin.
#[inline]
fn candidate(program: &Program, text: &[u8], at: usize) -> Option<usize> {
    let start = &program.start;
    let rest = text.get(at..)?;
    if start.at_start_only {
        return (at == 0).then_some(0);
    }
    if start.at_line_starts {
        return line_start(text, at);
    }
    if !start.literal.is_empty() {
        return find(rest, &start.literal).map(|found| at + found);
    }
    if start.guard == ANYTHING {
        return Some(at);
    }
    by_guard(program, start, rest).map(|found| at + found)
}

fn line_start(text: &[u8], at: usize) -> Option<usize> {
    if at == 0 || text[at - 1] == b'\n' {
        return Some(at);
    }
    memchr::memchr(b'\n', &text[at..]).map(|found| at + found + 1)
}

#[inline]
fn by_guard(program: &Program, start: &Start, rest: &[u8]) -> Option<usize> {
    let guard = &program.guards[start.guard as usize];
    let found = match start.bytes[..] {
        [a] => memchr::memchr(a, rest),
        [a, b] => memchr::memchr2(a, b, rest),
        [a, b, c] => memchr::memchr3(a, b, c, rest),
        _ => rest.iter().position(|b| guard[*b as usize]),
    };
    found.or_else(|| guard[END_OF_TEXT].then_some(rest.len()))
}

//! `str` methods that take strings apart and put them together: split, partition, splitlines, join.

use crate::heap::bytes::copy_few;
use crate::heap::{Gc, Value};
use crate::objects::list::{Gathered, List};
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

use super::args::{limit, this};
use super::unicode::{is_line_break, is_space};
use super::{Str, check_size, decode_char, search, words};

pub const METHODS: &[NativeDef] = &[
    native(
        "split",
        "($self, /, sep=None, maxsplit=-1)",
        "Return a list of the words in the string, split at sep (at whitespace if that is None), from the left.",
        split,
    )
    .keywords(),
    native(
        "rsplit",
        "($self, /, sep=None, maxsplit=-1)",
        "Return a list of the words in the string, split at sep (at whitespace if that is None), from the right.",
        rsplit,
    )
    .keywords(),
    native(
        "splitlines",
        "($self, /, keepends=False)",
        "Return a list of the lines in the string, with their ends if keepends is true.",
        splitlines,
    )
    .keywords(),
    native(
        "partition",
        "($self, sep, /)",
        "Return what comes before the first sep, sep, and what comes after it; (self, '', '') if there is none.",
        partition,
    ),
    native(
        "rpartition",
        "($self, sep, /)",
        "Return what comes before the last sep, sep, and what comes after it; ('', '', self) if there is none.",
        rpartition,
    ),
    native(
        "join",
        "($self, iterable, /)",
        "Return the strings of the iterable put together, with this one between them.",
        join,
    ),
];

/// Part of the text of a string as a string: the same one if it is all of it.
#[inline(always)]
fn piece(th: &Thread, whole: Gc<Str>, part: &[u8]) -> Value {
    if part.len() <= 2 {
        return Str::from_wtf8(th, part).value();
    }
    if part.len() == whole.byte_count() {
        return whole.exact(th).value();
    }
    let chars = if whole.is_ascii() { part.len() } else { super::count_chars(part) };
    Str::new(th, part, chars).value()
}

fn split(th: &Thread, args: &[Value]) -> Result {
    let (s, most) = (this(args), limit(th, args[2])?);
    let text = s.wtf8();
    let mut pieces = Gathered::new(th);
    match separator(th, args[1])? {
        Some(separator) => search::split(text, separator.wtf8(), most, |part| pieces.push(piece(th, s, part))),
        None if s.is_ascii() => split_ascii_words(text, most, |part| pieces.push(piece(th, s, part))),
        None => split_words(text, most, |part| pieces.push(piece(th, s, part))),
    }
    Ok(pieces.finish())
}

fn rsplit(th: &Thread, args: &[Value]) -> Result {
    let (s, most) = (this(args), limit(th, args[2])?);
    let text = s.wtf8();
    let mut pieces = Vec::new();
    match separator(th, args[1])? {
        Some(separator) => search::rsplit(text, separator.wtf8(), most, |part| pieces.push(piece(th, s, part))),
        None => rsplit_words(text, most, |part| pieces.push(piece(th, s, part))),
    }
    pieces.reverse();
    Ok(th.list(&pieces))
}

/// The separator argument; `None` for whitespace.
#[inline(always)]
fn separator(th: &Thread, v: Value) -> Result<Option<Gc<Str>>> {
    if v.is_empty() || v.is_none() {
        return Ok(None);
    }
    match v.as_str_cell() {
        Some(s) if s.is_empty() => Err(th.value_error("empty separator")),
        Some(s) => Ok(Some(s)),
        None => Err(th.type_error(format_args!("must be str or None, not {}", th.type_name(v)))),
    }
}

/// The length of the whitespace at the start.
fn leading_space(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (c, width) = decode_char(rest);
        if !is_space(c) {
            break;
        }
        at += width;
    }
    at
}

/// The length of what comes before the first whitespace.
fn leading_word(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (c, width) = decode_char(rest);
        if is_space(c) {
            break;
        }
        at += width;
    }
    at
}

/// As `split_words`, of an ASCII text.
#[inline(always)]
fn split_ascii_words<'a>(text: &'a [u8], most: usize, mut each: impl FnMut(&'a [u8])) {
    let mut changes = words::changes(text, words::spaces);
    let mut left = most;
    while let Some(start) = changes.next() {
        let end = if left > 0 { changes.next() } else { None };
        each(&text[start..end.unwrap_or(text.len())]);
        if end.is_none() {
            return;
        }
        left -= 1;
    }
}

fn split_words<'a>(text: &'a [u8], most: usize, mut each: impl FnMut(&'a [u8])) {
    let mut rest = &text[leading_space(text)..];
    for _ in 0..most {
        if rest.is_empty() {
            return;
        }
        let (word, after) = rest.split_at(leading_word(rest));
        each(word);
        rest = &after[leading_space(after)..];
    }
    if !rest.is_empty() {
        each(rest);
    }
}

/// Where the last character starts whose being a space is `space`, and where it ends.
fn last(text: &[u8], space: bool) -> Option<(usize, usize)> {
    let mut end = text.len();
    while end > 0 {
        let start = text[..end].iter().rposition(|b| (*b as i8) >= -0x40)?;
        if is_space(decode_char(&text[start..end]).0) == space {
            return Some((start, end));
        }
        end = start;
    }
    None
}

fn rsplit_words<'a>(text: &'a [u8], most: usize, mut each: impl FnMut(&'a [u8])) {
    let trim = |text: &'a [u8]| last(text, false).map_or(&text[..0], |(_, end)| &text[..end]);
    let mut rest = trim(text);
    for _ in 0..most {
        if rest.is_empty() {
            return;
        }
        let start = last(rest, true).map_or(0, |(_, end)| end);
        each(&rest[start..]);
        rest = trim(&rest[..start]);
    }
    if !rest.is_empty() {
        each(rest);
    }
}

fn splitlines(th: &Thread, args: &[Value]) -> Result {
    let s = this(args);
    let keep_ends = !args[1].is_empty() && ops::truthy(th, args[1])?;
    let text = s.wtf8();
    let mut lines = Gathered::new(th);
    if s.is_ascii() && !keep_ends {
        ascii_lines(text, |line| lines.push(piece(th, s, line)));
        return Ok(lines.finish());
    }
    let (mut start, mut at) = (0, 0);
    while at < text.len() {
        let (c, width) = decode_char(&text[at..]);
        if !is_line_break(c) {
            at += width;
            continue;
        }
        let end = at;
        at += width;
        if c == b'\r' as u32 && text.get(at) == Some(&b'\n') {
            at += 1;
        }
        lines.push(piece(th, s, &text[start..if keep_ends { at } else { end }]));
        start = at;
    }
    if start < text.len() {
        lines.push(piece(th, s, &text[start..]));
    }
    Ok(lines.finish())
}

/// The lines of an ASCII text.
#[inline(always)]
fn ascii_lines<'a>(text: &'a [u8], mut each: impl FnMut(&'a [u8])) {
    let mut start = 0;
    for at in words::places(text, words::line_breaks) {
        let second_half = text[at] == b'\n' && at == start && start > 0 && text[at - 1] == b'\r';
        if !second_half {
            each(&text[start..at]);
        }
        start = at + 1;
    }
    if start < text.len() {
        each(&text[start..]);
    }
}

fn partition(th: &Thread, args: &[Value]) -> Result {
    let empty = th.vm().singles.empty(th).value();
    cut(th, args, search::find, |s| [s, empty, empty])
}

fn rpartition(th: &Thread, args: &[Value]) -> Result {
    let empty = th.vm().singles.empty(th).value();
    cut(th, args, search::rfind, |s| [empty, empty, s])
}

fn cut(
    th: &Thread,
    args: &[Value],
    search: impl Fn(&[u8], &[u8]) -> Option<usize>,
    whole: impl FnOnce(Value) -> [Value; 3],
) -> Result {
    let s = this(args);
    let separator = args[1]
        .as_str_cell()
        .ok_or_else(|| th.type_error(format_args!("must be str, not {}", th.type_name(args[1]))))?;
    if separator.is_empty() {
        return Err(th.value_error("empty separator"));
    }
    let parts = match search(s.wtf8(), separator.wtf8()) {
        Some(at) => {
            let before = s.slice_bytes(th, 0, at).value();
            let after = s.slice_bytes(th, at + separator.byte_count(), s.byte_count()).value();
            [before, separator.value(), after]
        }
        None => whole(s.exact(th).value()),
    };
    Ok(th.tuple(&parts))
}

fn join(th: &Thread, args: &[Value]) -> Result {
    let separator = this(args);
    if let Some(tuple) = args[1].downcast::<Tuple>() {
        return join_items(th, separator, tuple.items());
    }
    let list = match args[1].downcast::<List>().filter(|list| list.header.is_exact()) {
        Some(list) => list,
        None => collect(th, args[1])?,
    };
    list.with_items(th, |items| join_items(th, separator, items))
}

fn collect(th: &Thread, iterable: Value) -> Result<Gc<List>> {
    let names = &th.vm().names;
    let class = th.class_of(iterable);
    if th.lookup(class, names.__iter__).is_none() && th.lookup(class, names.__getitem__).is_none() {
        return Err(th.type_error("can only join an iterable"));
    }
    ops::collect(th, iterable)
}

/// `separator.join(items)`, in one allocation. Reaches no safepoint.
pub fn join_items(th: &Thread, separator: Gc<Str>, items: &[Value]) -> Result {
    let (mut bytes, mut chars) = (0usize, 0usize);
    for (i, item) in items.iter().enumerate() {
        let Some(item) = item.as_str_cell() else {
            let found = th.type_name(*item);
            return Err(th.type_error(format_args!("sequence item {i}: expected str instance, {found} found")));
        };
        bytes += item.byte_count();
        chars += item.char_len();
    }
    if let [one] = items
        && let Some(one) = one.as_str_cell()
    {
        return Ok(one.exact(th).value());
    }
    let gaps = items.len().saturating_sub(1);
    bytes = bytes.saturating_add(gaps.saturating_mul(separator.byte_count()));
    chars = chars.saturating_add(gaps.saturating_mul(separator.char_len()));
    check_size(th, bytes)?;
    let fill = |to: &mut [u8]| {
        let (gap, mut rest) = (separator.wtf8(), to);
        for (i, item) in items.iter().enumerate() {
            let Some(item) = item.as_str_cell() else { continue };
            if i > 0 && !gap.is_empty() {
                rest = put(rest, gap);
            }
            rest = put(rest, item.wtf8());
        }
    };
    if bytes <= 2 {
        let mut small = [0; 2];
        fill(&mut small[..bytes]);
        return Ok(Str::from_wtf8(th, &small[..bytes]).value());
    }
    Ok(Str::build(th, bytes, chars, fill).value())
}

/// Writes a part of a text at the front of the room for it; what is left of that.
#[inline(always)]
pub fn put<'a>(to: &'a mut [u8], part: &[u8]) -> &'a mut [u8] {
    let (here, rest) = to.split_at_mut(part.len());
    match (&mut *here, part) {
        ([place], [byte]) => *place = *byte,
        _ => copy_few(here, part),
    }
    rest
}

//! Methods of `bytes` and `bytearray` that take bytes apart and put them together: split, partition, splitlines, join.

use std::borrow::Cow;

use crate::heap::Value;
use crate::objects::str::search;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

use super::args::*;
use super::in_one_piece;

pub const METHODS: &[NativeDef] = &[
    native(
        "split",
        "($self, /, sep=None, maxsplit=-1)",
        "Return a list of the parts between sep (between whitespace if that is None), from the left.",
        split,
    )
    .keywords(),
    native(
        "rsplit",
        "($self, /, sep=None, maxsplit=-1)",
        "Return a list of the parts between sep (between whitespace if that is None), from the right.",
        rsplit,
    )
    .keywords(),
    native(
        "splitlines",
        "($self, /, keepends=False)",
        "Return a list of the lines, with their ends if keepends is true.",
        splitlines,
    )
    .keywords(),
    native(
        "partition",
        "($self, sep, /)",
        "Return what comes before the first sep, sep, and what comes after it; (self, b'', b'') if there is none.",
        partition,
    ),
    native(
        "rpartition",
        "($self, sep, /)",
        "Return what comes before the last sep, sep, and what comes after it; (b'', b'', self) if there is none.",
        rpartition,
    ),
    native(
        "join",
        "($self, iterable_of_bytes, /)",
        "Return the bytes of the iterable put together, with these between them.",
        join,
    ),
];

/// What separates words: ASCII's whitespace.
pub fn is_space(b: &u8) -> bool {
    matches!(b, 9..=13 | b' ')
}

fn separator(th: &Thread, v: Value) -> Result<Option<Cow<'static, [u8]>>> {
    if v.is_empty() || v.is_none() {
        return Ok(None);
    }
    let separator = bytes_like(th, v)?;
    if separator.is_empty() { Err(th.value_error("empty separator")) } else { Ok(Some(separator)) }
}

fn split(th: &Thread, args: &[Value]) -> Result {
    let most = limit(th, args[2])?;
    let separator = separator(th, args[1])?;
    let bytes = this(args);
    let mut parts = Vec::new();
    let mut each = |part: &[u8]| parts.push(like(th, args[0], part));
    match separator {
        Some(separator) => search::split(&bytes, &separator, most, each),
        None => {
            let mut rest = bytes.trim_ascii_start_all();
            let mut left = most;
            while !rest.is_empty() {
                let end = if left == 0 { rest.len() } else { rest.iter().position(is_space).unwrap_or(rest.len()) };
                left = left.saturating_sub(1);
                each(&rest[..end]);
                rest = rest[end..].trim_ascii_start_all();
            }
        }
    }
    Ok(th.list(&parts))
}

fn rsplit(th: &Thread, args: &[Value]) -> Result {
    let most = limit(th, args[2])?;
    let separator = separator(th, args[1])?;
    let bytes = this(args);
    let mut parts = Vec::new();
    let mut each = |part: &[u8]| parts.push(like(th, args[0], part));
    match separator {
        Some(separator) => search::rsplit(&bytes, &separator, most, each),
        None => {
            let mut rest = bytes.trim_ascii_end_all();
            let mut left = most;
            while !rest.is_empty() {
                let start = if left == 0 { 0 } else { rest.iter().rposition(is_space).map_or(0, |at| at + 1) };
                left = left.saturating_sub(1);
                each(&rest[start..]);
                rest = rest[..start].trim_ascii_end_all();
            }
        }
    }
    parts.reverse();
    Ok(th.list(&parts))
}

/// Trimming as Python does it: a vertical tab is whitespace too.
trait Trim {
    fn trim_ascii_start_all(&self) -> &[u8];
    fn trim_ascii_end_all(&self) -> &[u8];
}

impl Trim for [u8] {
    fn trim_ascii_start_all(&self) -> &[u8] {
        &self[self.iter().take_while(|b| is_space(b)).count()..]
    }

    fn trim_ascii_end_all(&self) -> &[u8] {
        &self[..self.iter().rposition(|b| !is_space(b)).map_or(0, |at| at + 1)]
    }
}

fn splitlines(th: &Thread, args: &[Value]) -> Result {
    let keep_ends = !args[1].is_empty() && ops::truthy(th, args[1])?;
    let bytes = this(args);
    let mut lines = Vec::new();
    let mut rest = &*bytes;
    while !rest.is_empty() {
        let end = rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
        let next = match &rest[end..] {
            [b'\r', b'\n', ..] => end + 2,
            [] => end,
            _ => end + 1,
        };
        lines.push(like(th, args[0], &rest[..if keep_ends { next } else { end }]));
        rest = &rest[next..];
    }
    Ok(th.list(&lines))
}

fn partition(th: &Thread, args: &[Value]) -> Result {
    cut(th, args, search::find, true)
}

fn rpartition(th: &Thread, args: &[Value]) -> Result {
    cut(th, args, search::rfind, false)
}

fn cut(th: &Thread, args: &[Value], search: fn(&[u8], &[u8]) -> Option<usize>, whole_first: bool) -> Result {
    let separator = bytes_like(th, args[1])?;
    if separator.is_empty() {
        return Err(th.value_error("empty separator"));
    }
    let bytes = this(args);
    let part = |part: &[u8]| like(th, args[0], part);
    let parts = match search(&bytes, &separator) {
        Some(at) => [part(&bytes[..at]), part(&separator), part(&bytes[at + separator.len()..])],
        None if whole_first => [unchanged(th, args[0]), part(b""), part(b"")],
        None => [part(b""), part(b""), unchanged(th, args[0])],
    };
    Ok(th.tuple(&parts))
}

fn join(th: &Thread, args: &[Value]) -> Result {
    let (class, names) = (th.class_of(args[1]), &th.vm().names);
    if th.lookup(class, names.__iter__).is_none() && th.lookup(class, names.__getitem__).is_none() {
        return Err(th.type_error("can only join an iterable"));
    }
    let separator = this(args);
    let mut out = Vec::new();
    let mut index = 0;
    ops::for_each(th, args[1], |item| {
        let Some(part) = in_one_piece(th, item)? else {
            let found = th.type_name(item);
            return Err(
                th.type_error(format_args!("sequence item {index}: expected a bytes-like object, {found} found"))
            );
        };
        if index > 0 {
            out.extend_from_slice(&separator);
        }
        checked(th, out.len().checked_add(part.len()))?;
        out.extend_from_slice(&part);
        index += 1;
        Ok(())
    })?;
    Ok(like(th, args[0], &out))
}

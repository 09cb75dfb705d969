//! `str` methods that look for a substring: find, count, startswith, replace and theirs.

use crate::heap::{Gc, Value};
use crate::objects::tuple::Tuple;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, native};

use super::args::{limit, range, text, this};
use super::{CodePoints, Str, encode_char, equal_bytes, search, words};

pub const METHODS: &[NativeDef] = &[
    native(
        "find",
        "($self, sub, start=<null>, end=<null>, /)",
        "Return the lowest index of sub in self[start:end], or -1.",
        find,
    ),
    native(
        "rfind",
        "($self, sub, start=<null>, end=<null>, /)",
        "Return the highest index of sub in self[start:end], or -1.",
        rfind,
    ),
    native(
        "index",
        "($self, sub, start=<null>, end=<null>, /)",
        "Return the lowest index of sub in self[start:end]; ValueError if there is none.",
        index,
    ),
    native(
        "rindex",
        "($self, sub, start=<null>, end=<null>, /)",
        "Return the highest index of sub in self[start:end]; ValueError if there is none.",
        rindex,
    ),
    native(
        "count",
        "($self, sub, start=<null>, end=<null>, /)",
        "Return how often sub lies in self[start:end], without overlaps.",
        count,
    ),
    native(
        "startswith",
        "($self, prefix, start=<null>, end=<null>, /)",
        "Return whether self[start:end] starts with the prefix, or with one of a tuple of them.",
        startswith,
    ),
    native(
        "endswith",
        "($self, suffix, start=<null>, end=<null>, /)",
        "Return whether self[start:end] ends with the suffix, or with one of a tuple of them.",
        endswith,
    ),
    native("removeprefix", "($self, prefix, /)", "Return the string without the prefix, if it has it.", removeprefix),
    native("removesuffix", "($self, suffix, /)", "Return the string without the suffix, if it has it.", removesuffix),
    native(
        "replace",
        "($self, old, new, /, count=-1)",
        "Return a copy with old replaced by new, count times at most unless that is negative.",
        replace,
    )
    .keywords(),
];

/// The position of the second argument in the range that the others name.
#[inline]
fn position(
    th: &Thread,
    args: &[Value],
    name: &str,
    search: impl Fn(&[u8], &[u8]) -> Option<usize>,
) -> Result<Option<usize>> {
    let s = this(args);
    let needle = text(th, args[1], format_args!("{name}() argument 1"))?;
    let Some((from, to)) = byte_range(th, s, args)? else { return Ok(None) };
    let found = search(&s.wtf8()[from..to], needle.wtf8());
    Ok(found.map(|at| s.char_offset(from + at)))
}

/// The range of the last two arguments in bytes; `None` where it starts beyond its end.
#[inline]
fn byte_range(th: &Thread, s: Gc<Str>, args: &[Value]) -> Result<Option<(usize, usize)>> {
    if args[2].is_empty() && args[3].is_empty() {
        return Ok(Some((0, s.byte_count())));
    }
    let (start, end) = range(th, args[2], args[3], s.char_len())?;
    if start > end {
        return Ok(None);
    }
    Ok(Some((s.byte_offset(th, start), s.byte_offset(th, end))))
}

fn found_or_minus_one(found: Option<usize>) -> Value {
    Value::small_int(found.map_or(-1, |at| at as i64))
}

fn found_or_error(th: &Thread, found: Option<usize>) -> Result {
    found.map(|at| Value::small_int(at as i64)).ok_or_else(|| th.value_error("substring not found"))
}

fn find(th: &Thread, args: &[Value]) -> Result {
    position(th, args, "find", search::find).map(found_or_minus_one)
}

fn rfind(th: &Thread, args: &[Value]) -> Result {
    position(th, args, "rfind", search::rfind).map(found_or_minus_one)
}

fn index(th: &Thread, args: &[Value]) -> Result {
    found_or_error(th, position(th, args, "index", search::find)?)
}

fn rindex(th: &Thread, args: &[Value]) -> Result {
    found_or_error(th, position(th, args, "rindex", search::rfind)?)
}

fn count(th: &Thread, args: &[Value]) -> Result {
    let s = this(args);
    let needle = text(th, args[1], "count() argument 1")?;
    let Some((from, to)) = byte_range(th, s, args)? else { return Ok(Value::small_int(0)) };
    let part = &s.wtf8()[from..to];
    let count = if needle.is_empty() { super::count_chars(part) + 1 } else { search::count(part, needle.wtf8()) };
    Ok(Value::small_int(count as i64))
}

fn startswith(th: &Thread, args: &[Value]) -> Result {
    match one_affix(args) {
        Some((text, prefix)) => Ok(Value::bool(has_prefix(text, prefix))),
        None => affix(th, args, "startswith", has_prefix),
    }
}

fn endswith(th: &Thread, args: &[Value]) -> Result {
    match one_affix(args) {
        Some((text, suffix)) => Ok(Value::bool(has_suffix(text, suffix))),
        None => affix(th, args, "endswith", has_suffix),
    }
}

#[inline(always)]
fn has_prefix(text: &[u8], prefix: &[u8]) -> bool {
    text.split_at_checked(prefix.len()).is_some_and(|(start, _)| equal_bytes(start, prefix))
}

#[inline(always)]
fn has_suffix(text: &[u8], suffix: &[u8]) -> bool {
    text.len().checked_sub(suffix.len()).is_some_and(|rest| equal_bytes(&text[rest..], suffix))
}

/// The text and what it may begin or end with, where that is one string and the whole is asked: told apart from the rest, it
/// needs no register saved.
#[inline(always)]
fn one_affix(args: &[Value]) -> Option<(&'static [u8], &'static [u8])> {
    if !args[2].is_empty() || !args[3].is_empty() {
        return None;
    }
    Some((this(args).wtf8(), args[1].as_str_cell()?.wtf8()))
}

#[inline(never)]
fn affix(th: &Thread, args: &[Value], name: &str, has: fn(&[u8], &[u8]) -> bool) -> Result {
    let s = this(args);
    let range = byte_range(th, s, args)?;
    let has = |affix: Gc<Str>| range.is_some_and(|(from, to)| has(&s.wtf8()[from..to], affix.wtf8()));
    if let Some(affix) = args[1].as_str_cell() {
        return Ok(Value::bool(has(affix)));
    }
    let Some(tuple) = args[1].downcast::<Tuple>() else {
        let found = th.type_name(args[1]);
        return Err(th.type_error(format_args!("{name} first arg must be str or a tuple of str, not {found}")));
    };
    for affix in tuple.items() {
        let Some(affix) = affix.as_str_cell() else {
            let found = th.type_name(*affix);
            return Err(th.type_error(format_args!("tuple for {name} must only contain str, not {found}")));
        };
        if has(affix) {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

fn removeprefix(th: &Thread, args: &[Value]) -> Result {
    let (s, prefix) = (this(args), text(th, args[1], "removeprefix() argument")?);
    let from = if s.wtf8().starts_with(prefix.wtf8()) { prefix.byte_count() } else { 0 };
    Ok(s.slice_bytes(th, from, s.byte_count()).value())
}

fn removesuffix(th: &Thread, args: &[Value]) -> Result {
    let (s, suffix) = (this(args), text(th, args[1], "removesuffix() argument")?);
    let cut = if s.wtf8().ends_with(suffix.wtf8()) { suffix.byte_count() } else { 0 };
    Ok(s.slice_bytes(th, 0, s.byte_count() - cut).value())
}

fn replace(th: &Thread, args: &[Value]) -> Result {
    if let (Some(old), Some(new)) = (args[1].as_str_cell(), args[2].as_str_cell())
        && let ([from], [to]) = (old.wtf8(), new.wtf8())
        && args[3].is_empty()
    {
        return Ok(replace_bytes(th, this(args), *from, *to));
    }
    replace_texts(th, args)
}

#[inline(never)]
fn replace_texts(th: &Thread, args: &[Value]) -> Result {
    let s = this(args);
    let old = text(th, args[1], "replace() argument 1")?;
    let new = text(th, args[2], "replace() argument 2")?;
    let most = limit(th, args[3])?;
    if most == 0 || old.byte_count() > s.byte_count() {
        return Ok(s.exact(th).value());
    }
    if old.is_empty() {
        return insert_between(th, s, new, most);
    }
    let grown = new.byte_count().saturating_sub(old.byte_count());
    let most_times = (s.byte_count() / old.byte_count()).min(most);
    if most_times.saturating_mul(grown) > super::MAX_BYTES / 2 {
        let times = search::count(s.wtf8(), old.wtf8()).min(most);
        super::check_size(th, times.saturating_mul(grown).saturating_add(s.byte_count()))?;
    }
    let Some((out, times)) = search::replace(s.wtf8(), old.wtf8(), new.wtf8(), most) else {
        return Ok(s.exact(th).value());
    };
    if out.len() <= 2 {
        return Ok(Str::from_wtf8(th, &out).value());
    }
    let chars = s.char_len() + times * new.char_len() - times * old.char_len();
    Ok(Str::new(th, &out, chars).value())
}

/// One ASCII character for another.
fn replace_bytes(th: &Thread, s: Gc<Str>, from: u8, to: u8) -> Value {
    let text = s.wtf8();
    if search::find_byte(text, from).is_none() {
        return s.exact(th).value();
    }
    if let [_] = text {
        return th.vm().singles.get(th, to).value();
    }
    let (is_old, change) = (words::equal_to(from), from ^ to);
    let replaced = Str::mapped(th, text, s.char_len(), |word| word ^ ((is_old(word) >> 7) * u64::from(change)));
    replaced.value()
}

/// `new` before every character and at the end, `most` times.
fn insert_between(th: &Thread, s: Gc<Str>, new: Gc<Str>, most: usize) -> Result {
    let times = (s.char_len() + 1).min(most);
    let bytes = new.byte_count().saturating_mul(times).saturating_add(s.byte_count());
    super::check_size(th, bytes)?;
    let mut out = Vec::with_capacity(bytes);
    let mut left = times;
    for c in CodePoints(s.wtf8()) {
        if left > 0 {
            out.extend_from_slice(new.wtf8());
            left -= 1;
        }
        out.extend_from_slice(encode_char(c, &mut [0; 4]));
    }
    if left > 0 {
        out.extend_from_slice(new.wtf8());
    }
    Ok(Str::from_wtf8(th, &out).value())
}

//! Methods of `bytes` and `bytearray` that look for bytes: find, count, startswith, replace and theirs.

use crate::heap::Value;
use crate::objects::exception::Exc;
use crate::objects::str::args::{position as bound, range};
use crate::objects::str::search;
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

use super::args::*;
use super::borrowed;

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
        |th, args| affix(th, args, "startswith", |part, prefix| part.starts_with(prefix)),
    ),
    native(
        "endswith",
        "($self, suffix, start=<null>, end=<null>, /)",
        "Return whether self[start:end] ends with the suffix, or with one of a tuple of them.",
        |th, args| affix(th, args, "endswith", |part, suffix| part.ends_with(suffix)),
    ),
    native("removeprefix", "($self, prefix, /)", "Return the bytes without the prefix, if they have it.", removeprefix),
    native("removesuffix", "($self, suffix, /)", "Return the bytes without the suffix, if they have it.", removesuffix),
    native(
        "replace",
        "($self, old, new, count=-1, /)",
        "Return a copy with old replaced by new, count times at most unless that is negative.",
        replace,
    ),
    native("__contains__", "($self, key, /)", "Return bool(key in self).", contains),
];

type Search = fn(&[u8], &[u8]) -> Option<usize>;

fn position(th: &Thread, args: &[Value], search: Search) -> Result<Option<usize>> {
    let bounds = (bound(th, args[2])?, bound(th, args[3])?);
    let needle = needle(th, args[1])?;
    let bytes = this(args);
    let (start, end) = search::clamp(bounds.0, bounds.1, bytes.len());
    if start > end {
        return Ok(None);
    }
    Ok(search(&bytes[start..end], &needle).map(|at| start + at))
}

fn find(th: &Thread, args: &[Value]) -> Result {
    Ok(Value::small_int(position(th, args, search::find)?.map_or(-1, |at| at as i64)))
}

fn rfind(th: &Thread, args: &[Value]) -> Result {
    Ok(Value::small_int(position(th, args, search::rfind)?.map_or(-1, |at| at as i64)))
}

fn index(th: &Thread, args: &[Value]) -> Result {
    found_or_error(th, args, search::find)
}

fn rindex(th: &Thread, args: &[Value]) -> Result {
    found_or_error(th, args, search::rfind)
}

fn found_or_error(th: &Thread, args: &[Value], search: Search) -> Result {
    match position(th, args, search)? {
        Some(at) => Ok(Value::small_int(at as i64)),
        None => Err(th.value_error("subsection not found")),
    }
}

fn count(th: &Thread, args: &[Value]) -> Result {
    let bounds = (bound(th, args[2])?, bound(th, args[3])?);
    let needle = needle(th, args[1])?;
    let bytes = this(args);
    let (start, end) = search::clamp(bounds.0, bounds.1, bytes.len());
    if start > end {
        return Ok(Value::small_int(0));
    }
    let part = &bytes[start..end];
    let count = if needle.is_empty() { part.len() + 1 } else { search::count(part, &needle) };
    Ok(Value::small_int(count as i64))
}

fn affix(th: &Thread, args: &[Value], name: &str, has: fn(&[u8], &[u8]) -> bool) -> Result {
    let bytes = this(args);
    let (start, end) = range(th, args[2], args[3], bytes.len())?;
    let has = |affix: &[u8]| start <= end && has(&bytes[start..end], affix);
    if let Some(affix) = borrowed(th, args[1])? {
        return Ok(Value::bool(has(&affix)));
    }
    let Some(tuple) = args[1].downcast::<Tuple>() else {
        let found = th.type_name(args[1]);
        return Err(th.type_error(format_args!("{name} first arg must be bytes or a tuple of bytes, not {found}")));
    };
    for affix in tuple.items() {
        if has(&bytes_like(th, *affix)?) {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

fn removeprefix(th: &Thread, args: &[Value]) -> Result {
    let (bytes, prefix) = (this(args), bytes_like(th, args[1])?);
    match bytes.strip_prefix(&*prefix) {
        Some(rest) if !prefix.is_empty() => Ok(like(th, args[0], rest)),
        _ => Ok(unchanged(th, args[0])),
    }
}

fn removesuffix(th: &Thread, args: &[Value]) -> Result {
    let (bytes, suffix) = (this(args), bytes_like(th, args[1])?);
    match bytes.strip_suffix(&*suffix) {
        Some(rest) if !suffix.is_empty() => Ok(like(th, args[0], rest)),
        _ => Ok(unchanged(th, args[0])),
    }
}

fn replace(th: &Thread, args: &[Value]) -> Result {
    let (old, new) = (bytes_like(th, args[1])?, bytes_like(th, args[2])?);
    let most = limit(th, args[3])?;
    let bytes = this(args);
    if most == 0 {
        return Ok(unchanged(th, args[0]));
    }
    if old.is_empty() {
        let times = (bytes.len() + 1).min(most);
        checked(th, new.len().checked_mul(times).and_then(|n| n.checked_add(bytes.len())))?;
        let mut out = Vec::new();
        for (i, b) in bytes.iter().enumerate() {
            if i < times {
                out.extend_from_slice(&new);
            }
            out.push(*b);
        }
        if bytes.len() < times {
            out.extend_from_slice(&new);
        }
        return Ok(like(th, args[0], &out));
    }
    let times = search::count(&bytes, &old).min(most);
    checked(th, new.len().checked_mul(times).and_then(|n| n.checked_add(bytes.len())))?;
    match search::replace(&bytes, &old, &new, most) {
        Some((out, _)) => Ok(like(th, args[0], &out)),
        None => Ok(unchanged(th, args[0])),
    }
}

fn contains(th: &Thread, args: &[Value]) -> Result {
    let bytes = this(args);
    if crate::objects::sequences::is_index(th, args[1]) {
        let int = match ops::index(th, args[1]) {
            Ok(int) => int,
            Err(raised) => {
                // What cannot be a number may still be bytes.
                th.caught(raised, Exc::TypeError)?;
                return bytes_like(th, args[1]).map(|_| Value::FALSE);
            }
        };
        let byte = super::byte(th, int, "bytearray")?;
        return Ok(Value::bool(bytes.contains(&byte)));
    }
    let needle = bytes_like(th, args[1])?;
    Ok(Value::bool(search::find(&bytes, &needle).is_some()))
}

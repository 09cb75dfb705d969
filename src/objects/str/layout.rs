//! `str` methods about the space around text: strip, center, ljust, zfill, expandtabs.

use crate::heap::{Gc, Value};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

use super::args::{given, this};
use super::unicode::is_space;
use super::words::Few;
use super::{CodePoints, Str, check_size, encode_char};

pub const METHODS: &[NativeDef] = &[
    native(
        "strip",
        "($self, chars=None, /)",
        "Return a copy without whitespace, or without the given characters, at both ends.",
        strip,
    ),
    native(
        "lstrip",
        "($self, chars=None, /)",
        "Return a copy without whitespace, or without the given characters, at the start.",
        lstrip,
    ),
    native(
        "rstrip",
        "($self, chars=None, /)",
        "Return a copy without whitespace, or without the given characters, at the end.",
        rstrip,
    ),
    native(
        "center",
        "($self, width, fillchar=' ', /)",
        "Return the string centred in a text of the given width.",
        center,
    ),
    native(
        "ljust",
        "($self, width, fillchar=' ', /)",
        "Return the string at the left of a text of the given width.",
        ljust,
    ),
    native(
        "rjust",
        "($self, width, fillchar=' ', /)",
        "Return the string at the right of a text of the given width.",
        rjust,
    ),
    native(
        "zfill",
        "($self, width, /)",
        "Return the string with zeros on its left, after a sign, to the given width.",
        zfill,
    ),
    native(
        "expandtabs",
        "($self, /, tabsize=8)",
        "Return a copy with tabs replaced by spaces up to the next column.",
        expandtabs,
    )
    .keywords(),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    Both,
    Left,
    Right,
}

fn strip(th: &Thread, args: &[Value]) -> Result {
    stripped(th, args, Ends::Both, "strip")
}

fn lstrip(th: &Thread, args: &[Value]) -> Result {
    stripped(th, args, Ends::Left, "lstrip")
}

fn rstrip(th: &Thread, args: &[Value]) -> Result {
    stripped(th, args, Ends::Right, "rstrip")
}

/// What is asked most comes first and apart, so that it saves no registers: whitespace, or a few other characters, of ASCII.
#[inline(always)]
fn stripped(th: &Thread, args: &[Value], ends: Ends, name: &'static str) -> Result {
    let s = this(args);
    if s.is_ascii() {
        match given(args[1]).filter(|v| !v.is_none()) {
            None => {
                let (from, to) = span_ascii(s.wtf8(), ends, is_ascii_space);
                return s.sliced_bytes(th, from, to);
            }
            Some(v) => {
                if let Some(chars) = v.as_str_cell()
                    && chars.is_ascii()
                    && let Some(few) = Few::of(chars.wtf8())
                {
                    let (from, to) = span_ascii(s.wtf8(), ends, |b| few.has(b));
                    return s.sliced_bytes(th, from, to);
                }
            }
        }
    }
    stripped_of_any(th, args, ends, name)
}

#[inline(never)]
fn stripped_of_any(th: &Thread, args: &[Value], ends: Ends, name: &'static str) -> Result {
    let s = this(args);
    let (from, to) = match given(args[1]).filter(|v| !v.is_none()) {
        None => span(s, ends, is_space),
        Some(v) => {
            let Some(chars) = v.as_str_cell() else {
                return Err(th.type_error(format_args!("{name} arg must be None or str")));
            };
            if s.is_ascii() && chars.is_ascii() {
                span_ascii(s.wtf8(), ends, |b| chars.wtf8().contains(&b))
            } else {
                let set: Vec<u32> = chars.code_points().collect();
                span(s, ends, |c| set.contains(&c))
            }
        }
    };
    Ok(s.slice_bytes(th, from, to).value())
}

#[inline(always)]
fn is_ascii_space(byte: u8) -> bool {
    const SPACES: u64 = 1 << b' ' | 0x1F << 9 | 0xF << 0x1C;
    byte <= b' ' && SPACES >> byte & 1 != 0
}

/// As `span`, for ASCII.
#[inline(always)]
fn span_ascii(text: &[u8], ends: Ends, strips: impl Fn(u8) -> bool) -> (usize, usize) {
    let (mut from, mut to) = (0, text.len());
    if ends != Ends::Right {
        while from < to && strips(text[from]) {
            from += 1;
        }
    }
    if ends != Ends::Left {
        while to > from && strips(text[to - 1]) {
            to -= 1;
        }
    }
    (from, to)
}

/// The bytes that are left when characters of a kind are taken off the ends.
fn span(s: Gc<Str>, ends: Ends, strips: impl Fn(u32) -> bool) -> (usize, usize) {
    let mut rest = CodePoints(s.wtf8());
    if ends != Ends::Right {
        let mut next = rest.clone();
        while next.next().is_some_and(&strips) {
            rest = next.clone();
        }
    }
    let from = s.byte_count() - rest.0.len();
    if ends != Ends::Left {
        let mut next = rest.clone();
        while next.next_back().is_some_and(&strips) {
            rest = next.clone();
        }
    }
    (from, from + rest.0.len())
}

fn center(th: &Thread, args: &[Value]) -> Result {
    // Where the space cannot be halved, the odd one goes to the left of an odd width.
    padded(th, args, |missing, width| missing / 2 + (missing & width & 1))
}

fn ljust(th: &Thread, args: &[Value]) -> Result {
    padded(th, args, |_, _| 0)
}

fn rjust(th: &Thread, args: &[Value]) -> Result {
    padded(th, args, |missing, _| missing)
}

fn padded(th: &Thread, args: &[Value], left: impl FnOnce(usize, usize) -> usize) -> Result {
    let s = this(args);
    let width = ops::index_i64(th, args[1])?.max(0) as usize;
    let fill = match given(args[2]) {
        None => b' ' as u32,
        Some(v) => fill_character(th, v)?,
    };
    let missing = width.saturating_sub(s.char_len());
    if missing == 0 {
        return Ok(s.exact(th).value());
    }
    let left = left(missing, width);
    with_fill(th, s, 0, fill, left, missing - left)
}

fn fill_character(th: &Thread, v: Value) -> Result<u32> {
    let Some(s) = v.as_str_cell() else {
        let found = th.type_name(v);
        return Err(th.type_error(format_args!("The fill character must be a unicode character, not {found}")));
    };
    match (s.char_len(), s.code_points().next()) {
        (1, Some(c)) => Ok(c),
        _ => Err(th.type_error("The fill character must be exactly one character long")),
    }
}

/// The string with `left` fill characters before all but its first `sign` bytes and `right` ones behind it.
fn with_fill(th: &Thread, s: Gc<Str>, sign: usize, fill: u32, left: usize, right: usize) -> Result {
    let mut encoded = [0; 4];
    let fill = encode_char(fill, &mut encoded);
    let bytes = (left + right).saturating_mul(fill.len()).saturating_add(s.byte_count());
    check_size(th, bytes)?;
    if bytes <= 2 {
        let mut out = fill.repeat(left);
        out.splice(0..0, s.wtf8()[..sign].iter().copied());
        out.extend_from_slice(&s.wtf8()[sign..]);
        out.extend(fill.repeat(right));
        return Ok(Str::from_wtf8(th, &out).value());
    }
    let built = Str::build(th, bytes, s.char_len() + left + right, |to| {
        let (sign_to, to) = to.split_at_mut(sign);
        let (left_to, to) = to.split_at_mut(left * fill.len());
        let (text_to, right_to) = to.split_at_mut(s.byte_count() - sign);
        let (sign, text) = s.wtf8().split_at(sign);
        sign_to.copy_from_slice(sign);
        text_to.copy_from_slice(text);
        for place in [left_to, right_to] {
            match fill {
                [byte] => place.fill(*byte),
                _ => place.chunks_exact_mut(fill.len()).for_each(|piece| piece.copy_from_slice(fill)),
            }
        }
    });
    Ok(built.value())
}

fn zfill(th: &Thread, args: &[Value]) -> Result {
    let s = this(args);
    let width = ops::index_i64(th, args[1])?.max(0) as usize;
    let missing = width.saturating_sub(s.char_len());
    if missing == 0 {
        return Ok(s.exact(th).value());
    }
    let sign = matches!(s.wtf8().first(), Some(b'+' | b'-')) as usize;
    with_fill(th, s, sign, b'0' as u32, missing, 0)
}

fn expandtabs(th: &Thread, args: &[Value]) -> Result {
    let s = this(args);
    let size = match given(args[1]) {
        None => 8,
        Some(v) => ops::index_i32(th, v)?.max(0) as usize,
    };
    if !s.wtf8().contains(&b'\t') {
        return Ok(s.exact(th).value());
    }
    let mut out = Vec::with_capacity(s.byte_count());
    let mut column = 0;
    for c in s.code_points() {
        match u8::try_from(c) {
            Ok(b'\t') => {
                let spaces = if size == 0 { 0 } else { size - column % size };
                check_size(th, out.len().saturating_add(spaces))?;
                out.resize(out.len() + spaces, b' ');
                column += spaces;
            }
            Ok(b @ (b'\n' | b'\r')) => {
                out.push(b);
                column = 0;
            }
            _ => {
                super::push_char(&mut out, c);
                column += 1;
            }
        }
    }
    Ok(Str::from_wtf8(th, &out).value())
}

//! `str` methods that map case, and those that ask what all characters are.

use crate::heap::{Gc, Value};
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, native};

use super::args::this;
use super::unicode::*;
use super::{Str, push_char, repr::is_printable, words};

pub const METHODS: &[NativeDef] = &[
    native("lower", "($self, /)", "Return a copy in lower case.", lower),
    native("upper", "($self, /)", "Return a copy in upper case.", upper),
    native("title", "($self, /)", "Return a copy in which each word starts with a capital.", title),
    native(
        "capitalize",
        "($self, /)",
        "Return a copy with its first character a capital and the rest in lower case.",
        capitalize,
    ),
    native(
        "swapcase",
        "($self, /)",
        "Return a copy with upper case turned to lower case and the other way round.",
        swapcase,
    ),
    native("casefold", "($self, /)", "Return a copy in which differences of case are gone, for comparing.", casefold),
    native("isalpha", "($self, /)", "Return whether there are characters and all of them are letters.", |_, a| {
        all(a, |b| b.is_ascii_alphabetic(), is_alpha)
    }),
    native("isalnum", "($self, /)", "Return whether there are characters and all are letters or numbers.", |_, a| {
        all(a, |b| b.is_ascii_alphanumeric(), is_alnum)
    }),
    native("isdecimal", "($self, /)", "Return whether there are characters and all are decimal digits.", |_, a| {
        all(a, |b| b.is_ascii_digit(), is_decimal)
    }),
    native("isdigit", "($self, /)", "Return whether there are characters and all are digits.", |_, a| {
        all(a, |b| b.is_ascii_digit(), is_digit)
    }),
    native("isnumeric", "($self, /)", "Return whether there are characters and all are numeric.", |_, a| {
        all(a, |b| b.is_ascii_digit(), is_numeric)
    }),
    native("isspace", "($self, /)", "Return whether there are characters and all are whitespace.", |_, a| {
        all(a, |b| is_space(b as u32), is_space)
    }),
    native("isprintable", "($self, /)", "Return whether repr() would show every character as it is.", isprintable),
    native("isascii", "($self, /)", "Return whether all characters are ASCII.", |_, a| {
        Ok(Value::bool(this(a).is_ascii()))
    }),
    native("isidentifier", "($self, /)", "Return whether the string could be the name of a variable.", isidentifier),
    native(
        "isupper",
        "($self, /)",
        "Return whether there are cased characters and all of them are upper case.",
        |_, a| in_case(a, (words::capitals, words::small_letters), is_upper, |c| is_lower(c) || is_title(c)),
    ),
    native(
        "islower",
        "($self, /)",
        "Return whether there are cased characters and all of them are lower case.",
        |_, a| in_case(a, (words::small_letters, words::capitals), is_lower, |c| is_upper(c) || is_title(c)),
    ),
    native("istitle", "($self, /)", "Return whether each word starts with a capital and has no other.", istitle),
];

fn lower(th: &Thread, args: &[Value]) -> Result {
    let s = this(args);
    // Lower case already, as most words are: told before a register has to be saved.
    if s.is_ascii() && s.header.is_exact() && !words::any(s.wtf8(), words::capitals) {
        return Ok(s.value());
    }
    lower_anew(th, s)
}

#[inline(never)]
fn lower_anew(th: &Thread, s: Gc<Str>) -> Result {
    if s.is_ascii() {
        return Ok(ascii_mapped(th, s, words::lower));
    }
    Ok(in_context(th, s, push_lower_in))
}

fn upper(th: &Thread, args: &[Value]) -> Result {
    let s = this(args);
    if s.is_ascii() {
        return Ok(ascii_mapped(th, s, words::upper));
    }
    Ok(in_context(th, s, |out, text, at| push_upper(out, text[at])))
}

fn casefold(th: &Thread, args: &[Value]) -> Result {
    let s = this(args);
    if s.is_ascii() {
        return Ok(ascii_lower(th, s));
    }
    Ok(in_context(th, s, |out, text, at| push_folded(out, text[at])))
}

fn swapcase(th: &Thread, args: &[Value]) -> Result {
    Ok(in_context(th, this(args), |out, text, at| match text[at] {
        c if is_upper(c) => push_lower_in(out, text, at),
        c if is_lower(c) => push_upper(out, c),
        c => out.push(c),
    }))
}

fn capitalize(th: &Thread, args: &[Value]) -> Result {
    let s = this(args);
    if s.is_ascii() {
        return Ok(ascii(th, s, |text| {
            text.make_ascii_lowercase();
            text.iter_mut().take(1).for_each(|first| first.make_ascii_uppercase());
        }));
    }
    Ok(in_context(th, s, |out, text, at| if at == 0 { push_title(out, text[0]) } else { push_lower_in(out, text, at) }))
}

fn title(th: &Thread, args: &[Value]) -> Result {
    if this(args).is_ascii() {
        return Ok(ascii(th, this(args), |text| {
            let mut in_word = false;
            for b in text {
                if in_word {
                    b.make_ascii_lowercase()
                } else {
                    b.make_ascii_uppercase()
                }
                in_word = b.is_ascii_alphabetic();
            }
        }));
    }
    Ok(in_context(th, this(args), |out, text, at| {
        if at > 0 && is_cased(text[at - 1]) { push_lower_in(out, text, at) } else { push_title(out, text[at]) }
    }))
}

/// The lower case of an ASCII string: itself where nothing changes, as is often so and quickly told.
#[inline(always)]
fn ascii_lower(th: &Thread, s: Gc<Str>) -> Value {
    if words::any(s.wtf8(), words::capitals) { ascii_mapped(th, s, words::lower) } else { s.exact(th).value() }
}

/// A copy of an ASCII string, each byte mapped.
#[inline(always)]
fn ascii_mapped(th: &Thread, s: Gc<Str>, map: impl Fn(u64) -> u64) -> Value {
    match s.wtf8() {
        [] => th.vm().singles.empty(th).value(),
        [byte] => th.vm().singles.get(th, map(u64::from(*byte)) as u8).value(),
        text => Str::mapped(th, text, text.len(), map).value(),
    }
}

/// A copy of an ASCII string, changed in place.
fn ascii(th: &Thread, s: Gc<Str>, change: impl FnOnce(&mut [u8])) -> Value {
    if let [byte] = s.wtf8() {
        let mut single = [*byte];
        change(&mut single);
        return Str::from_wtf8(th, &single).value();
    }
    let copy = Str::build(th, s.byte_count(), s.char_len(), |to| {
        to.copy_from_slice(s.wtf8());
        change(to);
    });
    copy.value()
}

/// Each character mapped by what stands around it.
fn in_context(th: &Thread, s: Gc<Str>, push: impl Fn(&mut Vec<u32>, &[u32], usize)) -> Value {
    let text: Vec<u32> = s.code_points().collect();
    let mut mapped = Vec::with_capacity(text.len());
    for at in 0..text.len() {
        push(&mut mapped, &text, at);
    }
    let mut out = Vec::with_capacity(s.byte_count());
    for c in mapped {
        push_char(&mut out, c);
    }
    Str::from_wtf8(th, &out).value()
}

/// Whether there are characters and all have the property; ASCII ones are asked byte by byte.
#[inline]
fn all(args: &[Value], ascii: impl Fn(u8) -> bool, property: impl Fn(u32) -> bool) -> Result {
    let s = this(args);
    let all = if s.is_ascii() { s.wtf8().iter().all(|b| ascii(*b)) } else { s.code_points().all(property) };
    Ok(Value::bool(all && !s.is_empty()))
}

fn isprintable(_: &Thread, args: &[Value]) -> Result {
    Ok(Value::bool(this(args).code_points().all(is_printable)))
}

fn isidentifier(_: &Thread, args: &[Value]) -> Result {
    Ok(Value::bool(is_identifier(this(args))))
}

/// Whether a variable could have that name.
pub fn is_identifier(name: Gc<Str>) -> bool {
    name.as_str().is_some_and(|name| {
        let mut chars = name.chars();
        chars.next().is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c))
            && chars.all(unicode_ident::is_xid_continue)
    })
}

/// Whether some characters have the wanted case and none has the other.
fn in_case(
    args: &[Value],
    ascii: (impl Fn(u64) -> u64, impl Fn(u64) -> u64),
    wanted: fn(u32) -> bool,
    other: impl Fn(u32) -> bool,
) -> Result {
    let s = this(args);
    if s.is_ascii() {
        return Ok(Value::bool(words::any(s.wtf8(), ascii.0) && !words::any(s.wtf8(), ascii.1)));
    }
    let mut found = false;
    for c in this(args).code_points() {
        if other(c) {
            return Ok(Value::FALSE);
        }
        found |= wanted(c);
    }
    Ok(Value::bool(found))
}

fn istitle(_: &Thread, args: &[Value]) -> Result {
    let (mut found, mut in_word) = (false, false);
    for c in this(args).code_points() {
        let starts = is_upper(c) || is_title(c);
        let cased = starts || is_lower(c);
        // A capital starts a word, a small letter goes on with one.
        if cased && starts == in_word {
            return Ok(Value::FALSE);
        }
        in_word = cased;
        found |= in_word;
    }
    Ok(Value::bool(found))
}

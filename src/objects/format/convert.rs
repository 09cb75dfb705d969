//! Formatting built-in objects: from an object and a spec to a string or an exception.

use crate::heap::{Gc, Value};
use crate::objects::exception::Exc;
use crate::objects::int::{IntRef, max_str_digits};
use crate::objects::str::Str;
use crate::objects::{complex as complexes, float as floats};
use crate::vm::native::Result;
use crate::vm::{Raised, Thread, ops};

use super::integer::{self, Decimal};
use super::number::{Plain, Sink};
use super::spec::{Align, Spec, code_text};
use super::{Fault, complex, float, text};

/// An integer of fewer bits has fewer digits than the lowest limit that can be set, 640.
const SURELY_SHORT: u64 = 2_100;

/// What the `__format__` of the built-in type of `v`, a number or a string, gives: `v` may be of a subclass, which has its
/// own idea of its text for an empty spec, and whose name errors tell.
pub fn own_format(th: &Thread, v: Value, spec: Gc<Str>) -> Result {
    match builtin_format(th, v, spec) {
        Some(text) => text.map(Gc::value),
        None => unreachable!("methods found on a type get an instance of it"),
    }
}

/// `format(v, spec)` of a number or a string, as the type's own `__format__` gives it; `None` for other objects.
pub fn builtin_format(th: &Thread, v: Value, spec: Gc<Str>) -> Option<Result<Gc<Str>>> {
    if !spec.is_empty() {
        return format_to(th, v, spec.wtf8(), th);
    }
    let is_own =
        v.as_str_cell().is_some() || IntRef::of(v).is_some() || floats::of(v).is_some() || complexes::of(v).is_some();
    is_own.then(|| ops::str(th, v))
}

/// As `builtin_format`, under a spec that says something, to where the text is wanted.
#[inline]
pub fn format_to<S: Sink>(th: &Thread, v: Value, spec: &[u8], sink: S) -> Option<Result<S::Text>> {
    if let Some(s) = v.as_str_cell() {
        return Some(with_spec(th, v, spec, Align::Left, |spec| text::format(s.wtf8(), s.char_len(), spec, sink)));
    }
    if let Some(i) = IntRef::of(v) {
        if let IntRef::Big(big) = i
            && big.bits() > SURELY_SHORT
            && let Err(raised) = check_digits(th, i, spec)
        {
            return Some(Err(raised));
        }
        return Some(with_spec(th, v, spec, Align::Right, |spec| integer::format(i, spec, sink)));
    }
    if let Some(f) = floats::of(v) {
        return Some(with_spec(th, v, spec, Align::Right, |spec| float::format(f, spec, sink)));
    }
    let (re, im) = complexes::of(v)?;
    Some(with_spec(th, v, spec, Align::Right, |spec| sink.whole(complex::format(re, im, spec)?)))
}

#[inline(always)]
fn with_spec<T>(
    th: &Thread,
    v: Value,
    spec: &[u8],
    align: Align,
    format: impl FnOnce(&Spec) -> std::result::Result<T, Fault>,
) -> Result<T> {
    // Not by `and_then`, which would copy the spec.
    let fault = match Spec::parse(spec, align) {
        Ok(parsed) => match format(&parsed) {
            Ok(text) => return Ok(text),
            Err(fault) => fault,
        },
        Err(fault) => fault,
    };
    Err(raise(th, fault, v, spec))
}

/// Into a string of its own.
impl Sink for &Thread {
    type Text = Gc<Str>;

    #[inline(always)]
    fn plain(self, text: &Plain) -> std::result::Result<Gc<Str>, Fault> {
        let size = text.size();
        if size <= 2 {
            // It may be one of the shared ones.
            let mut few = [0; 2];
            text.write(&mut few[..size]);
            return Ok(Str::from_wtf8(self, &few[..size]));
        }
        Ok(Str::build(self, size, text.chars(), |to| text.write(to)))
    }

    fn whole(self, text: Vec<u8>) -> std::result::Result<Gc<Str>, Fault> {
        Ok(Str::from_wtf8(self, &text))
    }
}

/// The exception that says why `v` cannot be formatted.
#[cold]
fn raise(th: &Thread, fault: Fault, v: Value, spec: &[u8]) -> Raised {
    match fault {
        Fault::Value(message) => th.value_error(message),
        Fault::Overflow(message) => th.raise(Exc::OverflowError, message),
        Fault::UnknownCode(code) => th.value_error(format_args!(
            "Unknown format code '{}' for object of type '{}'",
            code_text(code),
            th.type_name(v)
        )),
        Fault::Invalid => th.value_error(format_args!(
            "Invalid format specifier '{}' for object of type '{}'",
            String::from_utf8_lossy(spec),
            th.type_name(v)
        )),
        Fault::Memory => th.memory_error(),
    }
}

/// The exception behind a fault that is about no particular object.
#[cold]
pub fn raise_plain(th: &Thread, fault: Fault) -> Raised {
    match fault {
        Fault::Value(message) => th.value_error(message),
        Fault::Overflow(message) => th.raise(Exc::OverflowError, message),
        Fault::Memory => th.memory_error(),
        Fault::UnknownCode(code) => th.value_error(format_args!("Unknown format code '{}'", code_text(code))),
        Fault::Invalid => th.value_error("Invalid format specifier"),
    }
}

/// `str(i)` of an inline integer.
#[inline(always)]
pub fn small_int_text(th: &Thread, i: i64) -> Gc<Str> {
    let text = Decimal::new(i);
    let bytes = text.bytes();
    if let [digit] = bytes { th.vm().singles.get(th, *digit) } else { Str::new(th, bytes, bytes.len()) }
}

/// `str(i)` of any integer; ValueError where it has too many digits.
pub fn int_text(th: &Thread, i: IntRef) -> Result<Gc<Str>> {
    match i {
        IntRef::Small(i) => Ok(small_int_text(th, i)),
        _ => Ok(Str::from_wtf8(th, decimal(th, i)?.as_bytes())),
    }
}

/// The decimal text of any integer; ValueError where it has too many digits.
pub fn decimal(th: &Thread, i: IntRef) -> Result<String> {
    match i {
        IntRef::Small(i) => Ok(i.to_string()),
        IntRef::Wide(i) => Ok(i.to_string()),
        IntRef::Big(big) if big.bits() < SURELY_SHORT => Ok(big.to_string()),
        IntRef::Big(big) => {
            let limit = max_str_digits(th);
            // Three bits and a third make a digit: what is far beyond the limit is not even tried.
            if limit > 0 && big.bits() / 10 * 3 > limit as u64 {
                return Err(too_many_digits(th, limit));
            }
            let text = big.to_string();
            if limit > 0 && text.trim_start_matches('-').len() > limit {
                return Err(too_many_digits(th, limit));
            }
            Ok(text)
        }
    }
}

#[cold]
fn too_many_digits(th: &Thread, limit: usize) -> Raised {
    th.value_error(format_args!(
        "Exceeds the limit ({limit} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit"
    ))
}

/// Refuses to format a huge integer in decimal.
fn check_digits(th: &Thread, i: IntRef, spec: &[u8]) -> Result<()> {
    match spec.last() {
        Some(b'b' | b'o' | b'x' | b'X' | b'c' | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'%') => Ok(()),
        _ => decimal(th, i).map(drop),
    }
}

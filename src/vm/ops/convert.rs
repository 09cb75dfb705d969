//! Conversions: `repr`, `str`, `ascii`, `format`, `index`, `float`.
//!
//! Each looks at what is built in first and then asks the type's special method. What the text of a built-in value is, and
//! what a format spec makes of it, is `objects::format`'s and `objects::str`'s.

use crate::heap::{Gc, Value};
use crate::objects::exception::Exc;
use crate::objects::format::convert as formatting;
use crate::objects::int::{self, IntRef};
use crate::objects::str::Str;
use crate::objects::str::repr::push_ascii;
use crate::objects::{complex, float as floats, str as strings};
use crate::vm::native::Result;
use crate::vm::{Thread, report};

/// `repr(v)`
pub fn repr(th: &Thread, v: Value) -> Result<Gc<Str>> {
    if is_exact(v)
        && let Some(text) = builtin_repr(th, v)
    {
        return text;
    }
    match th.call_special(v, th.vm().names.__repr__, &[]) {
        Some(result) => text_of(th, result?, "__repr__"),
        None => default_repr(th, v),
    }
}

/// `str(v)`
#[inline]
pub fn str(th: &Thread, v: Value) -> Result<Gc<Str>> {
    if let Some(s) = v.as_str_cell()
        && s.header.is_exact()
    {
        return Ok(s);
    }
    str_slow(th, v)
}

fn str_slow(th: &Thread, v: Value) -> Result<Gc<Str>> {
    if let Some(i) = v.as_small_int() {
        return Ok(formatting::small_int_text(th, i));
    }
    if is_exact(v)
        && let Some(text) = builtin_repr(th, v)
    {
        return text;
    }
    match th.call_special(v, th.vm().names.__str__, &[]) {
        Some(result) => text_of(th, result?, "__str__"),
        None => repr(th, v),
    }
}

/// Whether the value is an instance of exactly a built-in type, so that no special method of a program can apply.
#[inline]
fn is_exact(v: Value) -> bool {
    v.header().is_none_or(|header| header.is_exact())
}

fn text_of(th: &Thread, result: Value, method: &str) -> Result<Gc<Str>> {
    result
        .as_str_cell()
        .ok_or_else(|| th.type_error(format_args!("{method} returned non-string (type {})", th.type_name(result))))
}

/// The `repr` of a constant, a number or a string, whether or not it is of a subclass: what those types' own `__repr__`
/// gives. `None` for everything else.
pub fn builtin_repr(th: &Thread, v: Value) -> Option<Result<Gc<Str>>> {
    if let Some(i) = v.as_small_int() {
        return Some(Ok(formatting::small_int_text(th, i)));
    }
    if let Some(s) = v.as_str_cell() {
        return Some(Ok(strings::repr::repr(th, s)));
    }
    let constant = match v {
        Value::NONE => "None",
        Value::TRUE => "True",
        Value::FALSE => "False",
        Value::ELLIPSIS => "Ellipsis",
        Value::NOT_IMPLEMENTED => "NotImplemented",
        _ => return number_repr(th, v),
    };
    Some(Ok(th.intern(constant)))
}

fn number_repr(th: &Thread, v: Value) -> Option<Result<Gc<Str>>> {
    use crate::objects::format;
    if let Some(f) = floats::of(v) {
        return Some(Ok(Str::from_wtf8(th, format::float::repr(f).as_bytes())));
    }
    if let Some(i) = IntRef::of(v) {
        return Some(formatting::int_text(th, i));
    }
    let (re, im) = complex::of(v)?;
    Some(Ok(Str::from_wtf8(th, format::complex::repr(re, im).as_bytes())))
}

/// What `object.__repr__` gives: `<module.Class object at 0x…>`.
pub fn default_repr(th: &Thread, v: Value) -> Result<Gc<Str>> {
    let class = th.class_of(v);
    let name = class.qualname.get().map_or_else(|| class.name(), |name| name.to_text());
    let module = match class.def {
        Some(def) => Some(def.module.to_string()),
        None => th.lookup(class, th.vm().names.__module__).and_then(Value::as_str_cell).map(|m| m.to_text()),
    };
    let module = match module {
        Some(module) if module != "builtins" => format!("{module}."),
        _ => String::new(),
    };
    let text = format!("<{module}{name} object at {:#x}>", v.bits());
    Ok(Str::from_wtf8(th, text.as_bytes()))
}

/// `ascii(v)`
pub fn ascii(th: &Thread, v: Value) -> Result<Gc<Str>> {
    let text = repr(th, v)?;
    if text.is_ascii() {
        return Ok(text);
    }
    let mut out = Vec::new();
    push_ascii(&mut out, text.wtf8());
    Ok(Str::from_wtf8(th, &out))
}

/// `format(v, spec)`
#[inline]
pub fn format(th: &Thread, v: Value, spec: Gc<Str>) -> Result<Gc<Str>> {
    if spec.is_empty()
        && let Some(s) = v.as_str_cell()
        && s.header.is_exact()
    {
        return Ok(s);
    }
    format_slow(th, v, spec)
}

fn format_slow(th: &Thread, v: Value, spec: Gc<Str>) -> Result<Gc<Str>> {
    if is_exact(v)
        && let Some(text) = formatting::builtin_format(th, v, spec)
    {
        return text;
    }
    match th.call_special(v, th.vm().names.__format__, &[spec.value()]) {
        Some(result) => {
            let result = result?;
            result.as_str_cell().ok_or_else(|| {
                th.type_error(format_args!("__format__ must return a str, not {}", th.type_name(result)))
            })
        }
        None => Err(th.type_error(format_args!("Type {} doesn't define __format__", th.type_name(v)))),
    }
}

/// What `object.__format__` gives: `str(v)`, and only for an empty spec.
pub fn default_format(th: &Thread, v: Value, spec: Value) -> Result<Gc<Str>> {
    match spec.as_str_cell() {
        Some(spec) if spec.is_empty() => str(th, v),
        Some(_) => {
            Err(th.type_error(format_args!("unsupported format string passed to {}.__format__", th.type_name(v))))
        }
        None => Err(crate::objects::str::args::not_text(th, spec, "__format__() argument")),
    }
}

/// `operator.index(v)`: an int of exactly that type (inline, or a cell); TypeError "'X' object cannot be interpreted as an
/// integer".
#[inline]
pub fn index(th: &Thread, v: Value) -> Result {
    if v.is_int() { Ok(v) } else { index_slow(th, v) }
}

fn index_slow(th: &Thread, v: Value) -> Result {
    if let Some(i) = IntRef::of(v) {
        return Ok(exact_int(th, v, i));
    }
    match th.call_special(v, th.vm().names.__index__, &[]) {
        Some(result) => {
            let result = result?;
            match IntRef::of(result) {
                Some(i) => {
                    not_exactly(th, "__index__", "int", result)?;
                    Ok(exact_int(th, result, i))
                }
                None => Err(th.type_error(format_args!("__index__ returned non-int (type {})", th.type_name(result)))),
            }
        }
        None => Err(th.type_error(format_args!("'{}' object cannot be interpreted as an integer", th.type_name(v)))),
    }
}

/// Warns if what a special method returned is only an instance of a subclass of the type that it has to return.
pub fn not_exactly(th: &Thread, method: &str, wanted: &str, result: Value) -> Result<()> {
    if result.header().map_or(!result.is_bool(), |header| header.is_exact()) {
        return Ok(());
    }
    let given = th.type_name(result);
    let message = format!(
        "{method} returned non-{wanted} (type {given}).  The ability to return an instance of a strict subclass of \
         {wanted} is deprecated, and may be removed in a future version of Python."
    );
    report::warn(th, Exc::DeprecationWarning, &message)
}

fn exact_int(th: &Thread, v: Value, i: IntRef) -> Value {
    match i {
        IntRef::Small(i) => int::from_i64(th, i),
        _ if is_exact(v) => v,
        large => large.to_value(th),
    }
}

/// `index` as an i64; OverflowError with CPython's words ("Python int too large to convert to C ssize_t") where it does not fit.
#[inline]
pub fn index_i64(th: &Thread, v: Value) -> Result<i64> {
    if v.is_int() {
        return Ok(v.as_int_unchecked());
    }
    index_within(th, v, Exc::OverflowError, "Python int too large to convert to C ssize_t")
}

/// `index` as a C `int`; OverflowError where it does not fit.
pub fn index_i32(th: &Thread, v: Value) -> Result<i32> {
    let i = index(th, v)?;
    let fits = IntRef::of(i).and_then(IntRef::to_i64).and_then(|i| i32::try_from(i).ok());
    fits.ok_or_else(|| th.overflow_error("Python int too large to convert to C int"))
}

/// `index` as a C `unsigned long long`; ValueError if it is negative, OverflowError if it is too large.
pub fn index_u64(th: &Thread, v: Value) -> Result<u64> {
    let i = index(th, v)?;
    let Some(number) = IntRef::of(i) else { return Err(th.overflow_error("int too big to convert")) };
    let negative = number.to_i64().is_some_and(|i| i < 0);
    let fits = if negative { None } else { u64::try_from(number.to_big()).ok() };
    fits.ok_or_else(|| match negative {
        true => th.value_error("Cannot convert negative int"),
        false => th.overflow_error("int too big to convert"),
    })
}

/// A number of the system's that knows no sign.
pub fn unsigned(th: &Thread, number: u64) -> Value {
    match i64::try_from(number) {
        Ok(number) => th.int(number),
        Err(_) => int::from_big(th, number.into()),
    }
}

/// `index` as a size or a position; `class` with "cannot fit 'X' into an index-sized integer" where it does not fit an i64.
pub fn index_sized(th: &Thread, v: Value, class: Exc) -> Result<i64> {
    if v.is_int() {
        return Ok(v.as_int_unchecked());
    }
    let name = th.type_name(v);
    index_within(th, v, class, &format!("cannot fit '{name}' into an index-sized integer"))
}

fn index_within(th: &Thread, v: Value, class: Exc, message: &str) -> Result<i64> {
    let i = index(th, v)?;
    IntRef::of(i).and_then(IntRef::to_i64).ok_or_else(|| th.raise(class, message))
}

/// As a float by `__float__` or `__index__`; TypeError "must be real number, not X".
pub fn float(th: &Thread, v: Value) -> Result<f64> {
    if let Some(f) = floats::of(v) {
        return Ok(f);
    }
    if is_exact(v)
        && let Some(i) = IntRef::of(v)
    {
        return i.to_float(th);
    }
    if let Some(result) = th.call_special(v, th.vm().names.__float__, &[]) {
        let result = result?;
        let class = th.type_name(v);
        let Some(number) = floats::of(result) else {
            let given = th.type_name(result);
            return Err(th.type_error(format_args!("{class}.__float__ returned non-float (type {given})")));
        };
        not_exactly(th, &format!("{class}.__float__"), "float", result)?;
        return Ok(number);
    }
    if th.lookup(th.class_of(v), th.vm().names.__index__).is_some() {
        let i = index(th, v)?;
        if let Some(i) = IntRef::of(i) {
            return i.to_float(th);
        }
    }
    Err(th.type_error(format_args!("must be real number, not {}", th.type_name(v))))
}

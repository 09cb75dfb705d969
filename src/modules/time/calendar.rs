//! The functions of `time` that know of days and years: the C library's, by its time zone.
//!
//! Their result, `struct_time`, is a tuple with names written in Python; `strptime` is that of the module `_strptime`.

use std::borrow::Cow;
use std::ffi::{CStr, CString};

use crate::heap::{Gc, Value};
use crate::objects::dict::Dict;
use crate::objects::exception::raise_errno;
use crate::objects::float as floats;
use crate::objects::module::Module;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::source::{self, Mode, Text};
use crate::vm::{Thread, import, ops};

pub const FUNCTIONS: &[NativeDef] = &[
    native(
        "gmtime",
        "(seconds=None, /)",
        "Convert seconds since the Epoch to a time tuple expressing UTC.",
        |th, args| {
            let moment = moment(th, args[0])?;
            time_tuple(th, broken_down(th, moment, true)?)
        },
    )
    .parsed(),
    native(
        "localtime",
        "(seconds=None, /)",
        "Convert seconds since the Epoch to a time tuple expressing local time.",
        |th, args| {
            let moment = moment(th, args[0])?;
            time_tuple(th, broken_down(th, moment, false)?)
        },
    )
    .parsed(),
    native(
        "strftime",
        "(format, time_tuple=<unrepresentable>, /)",
        "Convert a time tuple to a string according to a format specification.",
        |th, args| {
            let Some(format) = args[0].as_str_cell() else {
                return Err(
                    th.type_error(format_args!("strftime() argument 1 must be str, not {}", th.type_name(args[0])))
                );
            };
            let mut broken = now_or_checked(th, args[1], "strftime")?;
            // What a struct_time knows of its zone; the name must outlive the call.
            let name = match own_zone(th, args[1])? {
                Some((name, offset)) => {
                    broken.tm_gmtoff = offset;
                    CString::new(name).ok()
                }
                None => None,
            };
            if let Some(name) = &name {
                broken.tm_zone = name.as_ptr();
            }
            Ok(Str::from_wtf8(th, &format_time(format.wtf8(), &broken)).value())
        },
    )
    .parsed(),
    native("strptime", "(*args)", "Parse a string to a time tuple according to a format specification.", |th, args| {
        let name = th.intern("_strptime");
        let parser = import::import(th, name, Dict::new(th), Value::EMPTY, 0)?;
        let given = ops::collect(th, args[0])?;
        let given: Vec<Value> = (0..given.len()).filter_map(|at| given.at(at)).collect();
        th.call_method(parser, th.intern("_strptime_time"), &given)
    }),
    native(
        "asctime",
        "(time_tuple=<unrepresentable>, /)",
        "Convert a time tuple to a string, e.g. 'Sat Jun 06 16:26:11 1998'.",
        |th, args| {
            let broken = now_or_checked(th, args[0], "asctime")?;
            Ok(th.str(&String::from_utf8_lossy(&format_time(ASCTIME, &broken))))
        },
    ),
    native(
        "ctime",
        "(seconds=None, /)",
        "Convert a time in seconds since the Epoch to a string in local time.",
        |th, args| {
            let moment = moment(th, args[0])?;
            let broken = broken_down(th, moment, false)?;
            Ok(th.str(&String::from_utf8_lossy(&format_time(ASCTIME, &broken))))
        },
    )
    .parsed(),
    native("mktime", "(object, /)", "Convert a time tuple in local time to seconds since the Epoch.", |th, args| {
        let mut broken = from_tuple(th, args[0], "mktime")?;
        // The weekday tells a failure from the last second before the Epoch: it is not read, only set.
        broken.tm_wday = -1;
        // SAFETY: mktime only reads and normalises the structure.
        let seconds = unsafe { libc::mktime(&mut broken) };
        if seconds == -1 && broken.tm_wday == -1 {
            return Err(th.overflow_error("mktime argument out of range"));
        }
        Ok(Value::float(seconds as f64))
    }),
    super::zones::TZSET,
];

const ASCTIME: &[u8] = b"%a %b %e %H:%M:%S %Y";

/// Seconds since the Epoch as given, or now.
fn moment(th: &Thread, value: Value) -> Result<i64> {
    if value.is_empty() || value.is_none() {
        return Ok(th.vm().world().clock.wall().div_euclid(1_000_000_000));
    }
    let out_of_range = || th.overflow_error("timestamp out of range for platform time_t");
    let Some(seconds) = floats::of(value) else {
        let whole = ops::index(th, value)?;
        return ops::index_i64(th, whole).map_err(|raised| {
            th.take_exception(raised);
            out_of_range()
        });
    };
    if seconds.is_nan() {
        return Err(th.value_error("Invalid value NaN (not a number)"));
    }
    let seconds = seconds.floor();
    // Both bounds are exact as floats; the upper one is the first that does not fit.
    if !(-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&seconds) {
        return Err(out_of_range());
    }
    Ok(seconds as i64)
}

pub fn broken_down(th: &Thread, moment: i64, utc: bool) -> Result<libc::tm> {
    let moment = moment as libc::time_t;
    // SAFETY: both functions fill the structure that they are given; a zeroed one is valid.
    let (broken, failed) = unsafe {
        let mut broken: libc::tm = std::mem::zeroed();
        let filled = if utc { libc::gmtime_r(&moment, &mut broken) } else { libc::localtime_r(&moment, &mut broken) };
        (broken, filled.is_null())
    };
    if failed { Err(raise_errno(th, libc::EOVERFLOW, &[])) } else { Ok(broken) }
}

/// The name of the zone of a time that the C library has broken down.
pub fn zone(broken: &libc::tm) -> Cow<'static, str> {
    if broken.tm_zone.is_null() {
        return "UTC".into();
    }
    // SAFETY: the C library's zone names are static strings.
    unsafe { CStr::from_ptr(broken.tm_zone) }.to_string_lossy()
}

/// A `struct_time`.
fn time_tuple(th: &Thread, t: libc::tm) -> Result {
    let fields = [
        t.tm_year + 1900,
        t.tm_mon + 1,
        t.tm_mday,
        t.tm_hour,
        t.tm_min,
        t.tm_sec,
        (t.tm_wday + 6) % 7,
        t.tm_yday + 1,
        t.tm_isdst,
    ];
    let mut values = fields.map(|field| Value::small_int(field.into())).to_vec();
    values.push(th.str(&zone(&t)));
    values.push(Value::small_int(t.tm_gmtoff));
    let items = th.tuple(&values);
    let time = import::import(th, th.intern("time"), Dict::new(th), Value::EMPTY, 0)?;
    th.call_method(time, th.intern("struct_time"), &[items])
}

/// The local time now, or what a time tuple says: fields out of their range are refused.
fn now_or_checked(th: &Thread, value: Value, function: &str) -> Result<libc::tm> {
    if value.is_empty() {
        let now = moment(th, Value::EMPTY)?;
        return broken_down(th, now, false);
    }
    let mut t = from_tuple(th, value, function)?;
    // The month, the day of the month and that of the year may be 0: then they are 1.
    t.tm_mon = if t.tm_mon == -1 { 0 } else { t.tm_mon };
    t.tm_mday = if t.tm_mday == 0 { 1 } else { t.tm_mday };
    t.tm_yday = if t.tm_yday == -1 { 0 } else { t.tm_yday };
    let checks = [
        ((0..=11).contains(&t.tm_mon), "month"),
        ((1..=31).contains(&t.tm_mday), "day of month"),
        ((0..=23).contains(&t.tm_hour), "hour"),
        ((0..=59).contains(&t.tm_min), "minute"),
        ((0..=61).contains(&t.tm_sec), "seconds"),
        (t.tm_wday >= 0, "day of week"),
        ((0..=365).contains(&t.tm_yday), "day of year"),
    ];
    match checks.iter().find(|(good, _)| !good) {
        Some((_, what)) => Err(th.value_error(format_args!("{what} out of range"))),
        None => Ok(t),
    }
}

fn from_tuple(th: &Thread, value: Value, function: &str) -> Result<libc::tm> {
    let Some(items) = value.downcast::<Tuple>() else {
        return Err(th.type_error("Tuple or struct_time argument required"));
    };
    let items = items.items();
    if items.len() != 9 {
        return Err(th.type_error(format_args!("{function}(): illegal time tuple argument")));
    }
    let mut fields = [0i32; 9];
    for (field, item) in fields.iter_mut().zip(items) {
        *field = ops::index_i64(th, *item)?
            .try_into()
            .map_err(|_| th.overflow_error("signed integer is greater than maximum"))?;
    }
    // SAFETY: a zeroed structure is valid.
    let mut t: libc::tm = unsafe { std::mem::zeroed() };
    t.tm_year = fields[0].checked_sub(1900).ok_or_else(|| th.overflow_error("year out of range"))?;
    t.tm_mon = fields[1].wrapping_sub(1);
    [t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec] = [fields[2], fields[3], fields[4], fields[5]];
    t.tm_wday = fields[6].wrapping_add(1) % 7;
    t.tm_yday = fields[7].wrapping_sub(1);
    t.tm_isdst = fields[8];
    Ok(t)
}

/// The name and offset of its zone that a `struct_time` has beside its items; `None` for other tuples.
fn own_zone(th: &Thread, value: Value) -> Result<Option<(String, i64)>> {
    let mut parts = [Value::NONE; 2];
    for (part, name) in parts.iter_mut().zip(["tm_zone", "tm_gmtoff"]) {
        *part = match value.is_empty() {
            false => ops::find_attr(th, value, th.intern(name))?.unwrap_or(Value::NONE),
            true => Value::NONE,
        };
    }
    let [name, offset] = parts;
    match name.as_str_cell() {
        Some(name) if !offset.is_none() => Ok(Some((name.to_text(), ops::index_i64(th, offset)?))),
        _ => Ok(None),
    }
}

/// A format filled in. What the C library would take for its end, a NUL, goes in between.
fn format_time(format: &[u8], time: &libc::tm) -> Vec<u8> {
    let parts: Vec<Vec<u8>> = format.split(|byte| *byte == 0).map(|part| format_part(part, time)).collect();
    parts.join(&0)
}

fn format_part(format: &[u8], time: &libc::tm) -> Vec<u8> {
    let Ok(format) = CString::new(format) else { return Vec::new() };
    let mut buffer = vec![0u8; 256 + format.as_bytes().len() * 16];
    // SAFETY: the buffer's length is passed along, and format and time are valid for the call.
    let written = unsafe { libc::strftime(buffer.as_mut_ptr().cast(), buffer.len(), format.as_ptr(), time) };
    buffer.truncate(written);
    buffer
}

/// What the module has beside its functions: the local zone, and the class of time tuples.
pub fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    super::zones::describe(th, module)?;
    let clocks = super::CLOCK_NUMBERS.iter().map(|(name, number)| (*name, Value::small_int(*number)));
    for (name, value) in clocks.chain([("struct_time", struct_time(th)?)]) {
        module.namespace.set_str(th, th.intern(name), value);
    }
    Ok(())
}

fn struct_time(th: &Thread) -> Result {
    let namespace = Dict::new(th);
    namespace.set_str(th, th.vm().names.__builtins__, th.vm().builtins().value());
    namespace.set_str(th, th.vm().names.__name__, th.str("time"));
    let text = Text::Str(include_str!("struct_time.py"));
    let code = source::compile(th, text, "<frozen time>", Mode::Module, source::default_options(th))?;
    th.run_code(code, namespace, Value::EMPTY, None)?;
    Ok(namespace.get_str(th, th.intern("struct_time")).unwrap_or(Value::NONE))
}

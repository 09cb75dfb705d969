//! `time`: clocks and sleeping. (Calendar functions come with `datetime`'s needs.)

use crate::heap::{Gc, Value};
use crate::modules::ModuleDef;
use crate::objects::instance;
use crate::objects::kinds;
use crate::objects::module::Module;
use crate::vm::native::{NativeDef, Result, TypeDef, native};
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops};
use crate::world::Outcome;

pub static TIME: ModuleDef = ModuleDef {
    functions: FUNCTIONS,
    init: Some(init),
    ..ModuleDef::new("time", "This module provides various functions to manipulate time values.")
};

fn seconds(ns: u64) -> Value {
    Value::float(ns as f64 / 1e9)
}

const FUNCTIONS: &[NativeDef] = &[
    native("time", "()", "Return the current time in seconds since the Epoch.", |th, _| {
        Ok(Value::float(th.vm().world().clock.wall() as f64 / 1e9))
    }),
    native("time_ns", "()", "Return the current time in nanoseconds since the Epoch.", |th, _| {
        Ok(th.int(th.vm().world().clock.wall()))
    }),
    native("monotonic", "()", "Monotonic clock, cannot go backward.", |th, _| Ok(seconds(th.vm().world().clock.now()))),
    native("monotonic_ns", "()", "Monotonic clock, cannot go backward, as nanoseconds.", |th, _| {
        Ok(th.int(th.vm().world().clock.now() as i64))
    }),
    native("perf_counter", "()", "Performance counter for benchmarking.", |th, _| {
        Ok(seconds(th.vm().world().clock.now()))
    }),
    native("perf_counter_ns", "()", "Performance counter for benchmarking as nanoseconds.", |th, _| {
        Ok(th.int(th.vm().world().clock.now() as i64))
    }),
    native("process_time", "()", "Process time for profiling: sum of the kernel and user-space CPU time.", |th, _| {
        Ok(seconds(th.vm().world().clock.process_cpu()))
    }),
    native("process_time_ns", "()", "Process time for profiling as nanoseconds.", |th, _| {
        Ok(th.int(th.vm().world().clock.process_cpu() as i64))
    }),
    native("thread_time", "()", "Thread time for profiling: sum of the kernel and user-space CPU time.", |th, _| {
        Ok(seconds(th.vm().world().clock.thread_cpu()))
    }),
    native("thread_time_ns", "()", "Thread time for profiling as nanoseconds.", |th, _| {
        Ok(th.int(th.vm().world().clock.thread_cpu() as i64))
    }),
    native("sleep", "(object, /)", "Delay execution for a given number of seconds.", sleep),
    native(
        "gmtime",
        "(seconds=None, /)",
        "Convert seconds since the Epoch to a time tuple expressing UTC.",
        |th, args| {
            let moment = moment(th, args[0])?;
            Ok(time_tuple(th, moment, true))
        },
    ),
    native(
        "localtime",
        "(seconds=None, /)",
        "Convert seconds since the Epoch to a time tuple expressing local time.",
        |th, args| {
            let moment = moment(th, args[0])?;
            Ok(time_tuple(th, moment, false))
        },
    ),
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
            let broken = if args[1].is_empty() {
                broken_down(moment(th, Value::EMPTY)?, false)
            } else {
                from_tuple(th, args[1])?
            };
            Ok(th.str(&format_time(&format.to_text(), &broken)))
        },
    ),
    native(
        "ctime",
        "(seconds=None, /)",
        "Convert a time in seconds since the Epoch to a string in local time.",
        |th, args| {
            let broken = broken_down(moment(th, args[0])?, false);
            Ok(th.str(&format_time("%a %b %e %H:%M:%S %Y", &broken)))
        },
    ),
    native(
        "mktime",
        "(time_tuple, /)",
        "Convert a time tuple in local time to seconds since the Epoch.",
        |th, args| {
            let mut broken = from_tuple(th, args[0])?;
            // SAFETY: mktime only reads and normalises the structure.
            Ok(Value::float(unsafe { libc::mktime(&mut broken) } as f64))
        },
    ),
];

/// `time.sleep`: gives the lock up even for zero seconds; a signal's handler runs, and the sleep goes on.
fn sleep(th: &Thread, args: &[Value]) -> Result {
    let seconds = match args[0].as_small_int() {
        Some(whole) => whole as f64,
        None => ops::float(th, args[0]).map_err(|raised| {
            th.take_exception(raised);
            th.type_error(format_args!(
                "'{}' object cannot be interpreted as an integer or float",
                th.type_name(args[0])
            ))
        })?,
    };
    if seconds.is_nan() {
        return Err(th.value_error("Invalid value NaN (not a number)"));
    }
    if seconds < 0.0 {
        return Err(th.value_error("sleep length must be non-negative"));
    }
    if seconds > 9.2e9 {
        return Err(th.overflow_error("timestamp out of range for platform time_t"));
    }
    let clock = th.vm().world().clock;
    let deadline = clock.now() + (seconds * 1e9).ceil() as u64;
    loop {
        let parker = th.gil_thread().parker().clone();
        match th.detached(Reason::Sleep, move || parker.sleep_until(&clock, deadline)) {
            Outcome::Interrupted => {
                th.gil_thread().parker().forget_interrupt();
                th.serve()?;
            }
            _ => return Ok(Value::NONE),
        }
    }
}

/// Seconds since the Epoch as given, or now.
fn moment(th: &Thread, value: Value) -> Result<i64> {
    if value.is_empty() || value.is_none() {
        return Ok(th.vm().world().clock.wall().div_euclid(1_000_000_000));
    }
    let seconds = ops::float(th, value)?;
    if !seconds.is_finite() || seconds.abs() > 6.7e10 {
        return Err(th.overflow_error("timestamp out of range for platform time_t"));
    }
    Ok(seconds.floor() as i64)
}

fn broken_down(moment: i64, utc: bool) -> libc::tm {
    let moment = moment as libc::time_t;
    // SAFETY: both functions fill the structure that they are given; a zeroed one is valid.
    unsafe {
        let mut broken: libc::tm = std::mem::zeroed();
        if utc {
            libc::gmtime_r(&moment, &mut broken);
        } else {
            libc::localtime_r(&moment, &mut broken);
        }
        broken
    }
}

static STRUCT_TIME: TypeDef = TypeDef {
    module: "time",
    has_dict: true,
    methods: &[
        native("__getitem__", "(self, index, /)", "Return self[index].", |th, args| {
            ops::get_item(th, as_tuple(th, args[0]), args[1])
        }),
        native("__len__", "(self, /)", "Return len(self).", |_, _| Ok(Value::small_int(9))),
        native("__iter__", "(self, /)", "Implement iter(self).", |th, args| ops::iter(th, as_tuple(th, args[0]))),
        native("__repr__", "(self, /)", "Return repr(self).", |th, args| {
            let fields: Vec<String> = FIELDS
                .iter()
                .map(|f| format!("{f}={:?}", instance::get_own(th, args[0], th.intern(f)).unwrap_or(Value::NONE)))
                .collect();
            Ok(th.str(&format!("time.struct_time({})", fields.join(", "))))
        }),
    ],
    ..TypeDef::new("struct_time", kinds::OBJECT, "The time value as returned by gmtime(), localtime(), and strptime().")
};

const FIELDS: [&str; 9] =
    ["tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst"];

fn as_tuple(th: &Thread, time: Value) -> Value {
    let fields: Vec<Value> =
        FIELDS.iter().map(|f| instance::get_own(th, time, th.intern(f)).unwrap_or(Value::NONE)).collect();
    th.tuple(&fields)
}

fn time_tuple(th: &Thread, moment: i64, utc: bool) -> Value {
    let t = broken_down(moment, utc);
    let values = [
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
    let object = th.new_instance(th.make_native_class(&STRUCT_TIME));
    for (field, value) in FIELDS.iter().zip(values) {
        instance::set_own(th, object, th.intern(field), Value::small_int(value.into()));
    }
    object
}

fn from_tuple(th: &Thread, value: Value) -> Result<libc::tm> {
    let items = ops::collect(th, value)?;
    if items.len() != 9 {
        return Err(th.type_error("time tuple must have exactly 9 items"));
    }
    let mut fields = [0i32; 9];
    for (at, field) in fields.iter_mut().enumerate() {
        *field = ops::index_i64(th, items.at(at).unwrap_or(Value::NONE))? as i32;
    }
    // SAFETY: a zeroed structure is valid.
    let mut t: libc::tm = unsafe { std::mem::zeroed() };
    t.tm_year = fields[0] - 1900;
    t.tm_mon = fields[1] - 1;
    [t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec] = [fields[2], fields[3], fields[4], fields[5]];
    t.tm_wday = (fields[6] + 1) % 7;
    t.tm_yday = fields[7] - 1;
    t.tm_isdst = fields[8];
    Ok(t)
}

fn format_time(format: &str, time: &libc::tm) -> String {
    let Ok(format) = std::ffi::CString::new(format) else { return String::new() };
    let mut buffer = vec![0u8; 256 + format.as_bytes().len() * 16];
    // SAFETY: the buffer's length is passed along, and format and time are valid for the call.
    let written = unsafe { libc::strftime(buffer.as_mut_ptr().cast(), buffer.len(), format.as_ptr(), time) };
    String::from_utf8_lossy(&buffer[..written]).into_owned()
}

fn init(th: &Thread, module: Gc<Module>) -> Result<()> {
    let now = broken_down(0, false);
    let zone = if now.tm_zone.is_null() {
        "UTC".to_string()
    } else {
        // SAFETY: the C library's zone names are static strings.
        unsafe { std::ffi::CStr::from_ptr(now.tm_zone) }.to_string_lossy().into_owned()
    };
    let values = [
        ("timezone", Value::small_int(-now.tm_gmtoff)),
        ("altzone", Value::small_int(-now.tm_gmtoff)),
        ("daylight", Value::small_int(0)),
        ("tzname", th.tuple(&[th.str(&zone), th.str(&zone)])),
        ("struct_time", th.make_native_class(&STRUCT_TIME).value()),
    ];
    for (name, value) in values {
        module.namespace.set_str(th, th.intern(name), value);
    }
    Ok(())
}

//! `time`: clocks and sleeping; `calendar` has the functions that know of days and years, `zones` the local zone.

use crate::heap::Value;
use crate::modules::ModuleDef;
use crate::objects::str::args::text;
use crate::objects::{exception, namespace, sequences};
use crate::vm::native::{NativeDef, Result, count_methods, join_methods, native};
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops};
use crate::world::Outcome;

mod calendar;
mod zones;

pub use zones::SET_ZONE;

pub static TIME: ModuleDef = ModuleDef {
    functions: &join_methods::<{ count_methods(GROUPS) }>(GROUPS),
    init: Some(calendar::init),
    ..ModuleDef::new("time", "This module provides various functions to manipulate time values.")
};

const GROUPS: &[&[NativeDef]] = &[CLOCKS, calendar::FUNCTIONS];

fn seconds(ns: u64) -> Value {
    Value::float(ns as f64 / 1e9)
}

const CLOCKS: &[NativeDef] = &[
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
    native("clock_gettime", "(clk_id, /)", "The time of a clock, in seconds.", |th, args| {
        Ok(Value::float(clock(th, args[0])? as f64 / 1e9))
    }),
    native("clock_gettime_ns", "(clk_id, /)", "The time of a clock, in nanoseconds.", |th, args| {
        Ok(th.int(clock(th, args[0])?))
    }),
    native("clock_getres", "(clk_id, /)", "The finest step of a clock, in seconds.", |th, args| {
        let number = ops::index_i32(th, args[0])?;
        clock(th, Value::small_int(number.into())).map(|_| Value::float(RESOLUTION))
    })
    .parsed(),
    native("clock_settime", "(clk_id, time, /)", "Set the time of a clock, in seconds. Needs -A.", |th, args| {
        let number = Value::small_int(ops::index_i32(th, args[0])?.into());
        let seconds = ops::float(th, args[1]).map_err(|raised| {
            th.take_exception(raised);
            let class = th.type_name(args[1]);
            th.type_error(format_args!("'{class}' object cannot be interpreted as an integer or float"))
        })?;
        if seconds.is_nan() || seconds.abs() >= 9.2e9 {
            return Err(th.overflow_error("timestamp out of range for platform time_t"));
        }
        set_clock(th, number, (seconds * 1e9) as i64)
    })
    .parsed(),
    native(
        "clock_settime_ns",
        "(clk_id, time, /)",
        "Set the time of a clock, in nanoseconds. Needs -A.",
        |th, args| {
            let number = Value::small_int(ops::index_i32(th, args[0])?.into());
            if !sequences::is_index(th, args[1]) {
                let class = th.type_name(args[1]);
                return Err(th.type_error(format_args!("expect int, got {class}")));
            }
            set_clock(th, number, ops::index_i64(th, args[1])?)
        },
    )
    .parsed(),
    native(
        "pthread_getcpuclockid",
        "(thread_id, /)",
        "Return the clk_id of a thread's CPU time clock.",
        clock_of_thread,
    )
    .parsed(),
    native("get_clock_info", "(name, /)", "What kind of clock a function of this module reads.", clock_info).parsed(),
    native("sleep", "(object, /)", "Delay execution for a given number of seconds.", sleep),
];

/// The clocks that have numbers: those that the functions read.
pub const CLOCK_NUMBERS: &[(&str, i64)] = &[
    ("CLOCK_REALTIME", 0),
    ("CLOCK_MONOTONIC", 1),
    ("CLOCK_PROCESS_CPUTIME_ID", 2),
    ("CLOCK_THREAD_CPUTIME_ID", 3),
    ("CLOCK_MONOTONIC_RAW", 4),
    ("CLOCK_BOOTTIME", 7),
    ("CLOCK_TAI", 11),
];

/// Seconds.
const RESOLUTION: f64 = 1e-9;

/// The time of a clock by its number, in nanoseconds.
fn clock(th: &Thread, number: Value) -> Result<i64> {
    if !sequences::is_index(th, number) {
        return Err(th.type_error(format_args!("clk_id should be integer, not {}", th.type_name(number))));
    }
    let clock = &th.vm().world().clock;
    match ops::index_i64(th, number)? {
        0 => Ok(clock.wall()),
        1 => Ok(clock.now() as i64),
        2 => Ok(clock.process_cpu() as i64),
        3 => Ok(clock.thread_cpu() as i64),
        other => match i32::try_from(other) {
            Ok(number) => clock.by_number(number).map_err(|error| exception::raise_os_error(th, &error, None)),
            Err(_) => Err(th.overflow_error("Python int too large to convert to C int")),
        },
    }
}

/// Sets a clock of the machine's, which the gate must allow.
fn set_clock(th: &Thread, number: Value, ns: i64) -> Result {
    let number = ops::index_i32(th, number)?;
    th.vm().gate().may_everything("setting clocks").map_err(|refused| exception::raise_refused(th, &refused, &[]))?;
    let done = th.vm().world().clock.set(number, ns);
    done.map(|()| Value::NONE).map_err(|error| exception::raise_os_error(th, &error, None))
}

/// The number of the clock of a thread's processor time.
fn clock_of_thread(th: &Thread, args: &[Value]) -> Result {
    if !sequences::is_index(th, args[0]) {
        let class = th.type_name(args[0]);
        return Err(th.type_error(format_args!("pthread_getcpuclockid() argument 1 must be int, not {class}")));
    }
    let ident = ops::index_u64(th, args[0])?;
    match th.native_id_of(ident) {
        // As the system makes the number of a clock from that of a thread: processor time, of one thread.
        Some(id) => Ok(Value::small_int((!i64::from(id) << 3) | 6)),
        None => Err(exception::raise_errno(th, libc::ESRCH, &[])),
    }
}

fn clock_info(th: &Thread, args: &[Value]) -> Result {
    let name = text(th, args[0], "get_clock_info() argument 1")?;
    let (number, is_steady) = match name.as_str() {
        Some("time") => (0, false),
        Some("monotonic" | "perf_counter") => (1, true),
        Some("process_time") => (2, true),
        Some("thread_time") => (3, true),
        _ => return Err(th.value_error("unknown clock")),
    };
    let implementation = th.str(&format!("clock_gettime({})", CLOCK_NUMBERS[number].0));
    Ok(namespace::new(
        th,
        &[
            ("implementation", implementation),
            ("monotonic", Value::bool(is_steady)),
            ("adjustable", Value::bool(!is_steady)),
            ("resolution", Value::float(RESOLUTION)),
        ],
    ))
}

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
        return Err(th.overflow_error("timestamp out of range for C PyTime_t"));
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

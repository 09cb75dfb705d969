//! `time`: clocks and sleeping; `calendar` has the functions that know of days and years.

use crate::heap::Value;
use crate::modules::ModuleDef;
use crate::vm::native::{NativeDef, Result, count_methods, join_methods, native};
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops};
use crate::world::Outcome;

mod calendar;

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
    native("sleep", "(object, /)", "Delay execution for a given number of seconds.", sleep),
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

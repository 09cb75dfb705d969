//! The local time zone: what the module `time` says of it, and `TZ` of the program's environment.

use std::ffi::CString;

use crate::heap::{Gc, Value};
use crate::objects::bytes::Bytes;
use crate::objects::dict::Dict;
use crate::objects::module::Module;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, import};

use super::calendar::{broken_down, zone};

unsafe extern "C" {
    fn tzset();
}

pub const TZSET: NativeDef =
    native("tzset", "()", "Initialize, or reinitialize, the local timezone from the environment.", |th, _| {
        // SAFETY: reads the environment, of which the process changes nothing but the value of TZ.
        unsafe { tzset() };
        let time = import::import(th, th.intern("time"), Dict::new(th), Value::EMPTY, 0)?;
        time.downcast::<Module>().map_or(Ok(()), |module| describe(th, module)).map(|()| Value::NONE)
    });

/// Where the C library finds the zone of the machine.
const OF_THE_MACHINE: &[u8] = b":/etc/localtime";

pub const SET_ZONE: NativeDef = native(
    "set_zone",
    "(value, /)",
    "Set TZ in the environment that the C library knows; None for none.",
    |_, args| {
        let value = args[0].downcast::<Bytes>();
        let value = value.map_or(OF_THE_MACHINE.to_vec(), |value| value.bytes().to_vec());
        if let Ok(value) = CString::new(value) {
            // SAFETY: both end with a NUL. This is the only variable that the process ever sets, and it is never removed:
            // the C library adds it to a copy of the table, and a new value takes the old one's place, which stays
            // allocated. Threads that read the environment meanwhile see one or the other.
            unsafe { libc::setenv(c"TZ".as_ptr(), value.as_ptr(), 1) };
        }
        Ok(Value::NONE)
    },
);

/// Seconds of a year, as CPython takes it here.
const YEAR: i64 = (365 * 24 + 6) * 3600;

/// Sets what the module says of the zone: by what it is at the turn of this year, and half a year later.
pub fn describe(th: &Thread, module: Gc<Module>) -> Result<()> {
    let now = th.vm().world().clock.wall().div_euclid(1_000_000_000);
    let turn = now / YEAR * YEAR;
    let (mut winter, mut summer) = (broken_down(th, turn, false)?, broken_down(th, turn + YEAR / 2, false)?);
    if winter.tm_gmtoff > summer.tm_gmtoff {
        // South of the equator.
        (winter, summer) = (summer, winter);
    }
    let values = [
        ("timezone", Value::small_int(-winter.tm_gmtoff)),
        ("altzone", Value::small_int(-summer.tm_gmtoff)),
        ("daylight", Value::small_int((winter.tm_gmtoff != summer.tm_gmtoff).into())),
        ("tzname", th.tuple(&[th.str(&zone(&winter)), th.str(&zone(&summer))])),
    ];
    for (name, value) in values {
        module.namespace.set_str(th, th.intern(name), value);
    }
    Ok(())
}

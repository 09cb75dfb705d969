//! What a process has used and may use: for `resource`, and the end of `wait4`; and what the system is like.

use crate::heap::Value;
use crate::modules::io::descriptor::{checked, failed};
use crate::objects::exception::Exc;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

use super::processes::may_run;

pub const FUNCTIONS: &[NativeDef] = &[
    native("_getrusage", "(who, /)", "What the process or its children have used.", |th, args| {
        let who = ops::index_i32(th, args[0])?;
        // SAFETY: zeros are valid numbers.
        let mut used: libc::rusage = unsafe { std::mem::zeroed() };
        // SAFETY: a plain number, and room for the answer.
        match checked(unsafe { libc::getrusage(who as _, &mut used) }.into()) {
            Ok(_) => Ok(figures(th, &used)),
            Err(error) if error.raw_os_error() == Some(libc::EINVAL) => {
                Err(th.raise(Exc::ValueError, "invalid who parameter"))
            }
            Err(error) => Err(failed(th, &error)),
        }
    }),
    native("_getrlimit", "(resource, /)", "The soft and the hard limit.", |th, args| {
        let resource = resource(th, args[0])?;
        let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
        // SAFETY: a plain number, and room for the answer.
        checked(unsafe { libc::getrlimit(resource as _, &mut limit) }.into()).map_err(|error| failed(th, &error))?;
        Ok(th.tuple(&[th.int(limit.rlim_cur as i64), th.int(limit.rlim_max as i64)]))
    }),
    native("_setrlimit", "(resource, soft, hard, /)", "Set the soft and the hard limit.", |th, args| {
        let resource = resource(th, args[0])?;
        let (soft, hard) = (ops::index_i64(th, args[1])?, ops::index_i64(th, args[2])?);
        // With too little memory the process would end, which a program in the sandbox may not bring about.
        may_run(th)?;
        let limit = libc::rlimit { rlim_cur: soft as _, rlim_max: hard as _ };
        // SAFETY: plain numbers.
        match checked(unsafe { libc::setrlimit(resource as _, &limit) }.into()) {
            Ok(_) => Ok(Value::NONE),
            Err(error) => Err(match error.raw_os_error() {
                Some(libc::EINVAL) => th.raise(Exc::ValueError, "current limit exceeds maximum limit"),
                Some(libc::EPERM) => th.raise(Exc::ValueError, "not allowed to raise maximum limit"),
                _ => failed(th, &error),
            }),
        }
    }),
    native("getloadavg", "()", "Return average recent system load information.", |th, _| {
        let mut loads = [0.0; 3];
        // SAFETY: room for the three numbers that are asked for.
        if unsafe { libc::getloadavg(loads.as_mut_ptr(), 3) } != 3 {
            return Err(th.raise(Exc::OSError, "Load averages are unobtainable"));
        }
        Ok(th.tuple(&loads.map(Value::float)))
    }),
    native("_sysconf", "(name, /)", "A number that the system is configured with.", |th, args| {
        let name = ops::index_i32(th, args[0])?;
        // SAFETY: plain numbers; the place of the last error is the thread's own.
        let (answer, error) = unsafe {
            *libc::__errno_location() = 0;
            (libc::sysconf(name), std::io::Error::last_os_error())
        };
        if answer == -1 && error.raw_os_error() != Some(0) {
            return Err(failed(th, &error));
        }
        Ok(th.int(answer))
    }),
];

fn resource(th: &Thread, number: Value) -> Result<i32> {
    let number = ops::index_i32(th, number)?;
    // As many as Linux has.
    if (0..16).contains(&number) {
        return Ok(number);
    }
    Err(th.raise(Exc::ValueError, "invalid resource specified"))
}

/// The figures of `struct_rusage`: seconds and counts.
pub fn figures(th: &Thread, used: &libc::rusage) -> Value {
    let seconds = |time: libc::timeval| Value::float(time.tv_sec as f64 + time.tv_usec as f64 / 1e6);
    let mut figures = vec![seconds(used.ru_utime), seconds(used.ru_stime)];
    let counts = [
        used.ru_maxrss,
        used.ru_ixrss,
        used.ru_idrss,
        used.ru_isrss,
        used.ru_minflt,
        used.ru_majflt,
        used.ru_nswap,
        used.ru_inblock,
        used.ru_oublock,
        used.ru_msgsnd,
        used.ru_msgrcv,
        used.ru_nsignals,
        used.ru_nvcsw,
        used.ru_nivcsw,
    ];
    figures.extend(counts.map(|count| th.int(count)));
    th.tuple(&figures)
}

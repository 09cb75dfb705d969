//! How the system shares its processors between processes. A program may ask, and may make itself no more important.

use crate::heap::Value;
use crate::modules::io::descriptor::{checked, failed};
use crate::objects::exception::raise_refused;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::{Thread, ops};

use super::processes::may_run;

pub const FUNCTIONS: &[NativeDef] = &[
    native("sched_get_priority_max", "(policy)", "Get the maximum scheduling priority for policy.", |th, args| {
        let policy = ops::index_i32(th, args[0])?;
        // SAFETY: a plain number.
        answer(th, unsafe { libc::sched_get_priority_max(policy) })
    }),
    native("sched_get_priority_min", "(policy)", "Get the minimum scheduling priority for policy.", |th, args| {
        let policy = ops::index_i32(th, args[0])?;
        // SAFETY: a plain number.
        answer(th, unsafe { libc::sched_get_priority_min(policy) })
    }),
    native(
        "sched_getscheduler",
        "(pid, /)",
        "Get the scheduling policy for the process identified by pid.",
        |th, args| {
            let pid = ops::index_i32(th, args[0])?;
            // SAFETY: a plain number.
            answer(th, unsafe { libc::sched_getscheduler(pid) })
        },
    ),
    native("_sched_getparam", "(pid, /)", "The priority of a process.", |th, args| {
        let pid = ops::index_i32(th, args[0])?;
        let mut param = libc::sched_param { sched_priority: 0 };
        // SAFETY: a plain number, and room for the structure.
        answer(th, unsafe { libc::sched_getparam(pid, &mut param) })?;
        Ok(Value::small_int(param.sched_priority.into()))
    }),
    native(
        "sched_rr_get_interval",
        "(pid, /)",
        "Return the round-robin quantum for the process identified by pid, in seconds.",
        |th, args| {
            let pid = ops::index_i32(th, args[0])?;
            let mut quantum = libc::timespec { tv_sec: 0, tv_nsec: 0 };
            // SAFETY: a plain number, and room for the structure.
            answer(th, unsafe { libc::sched_rr_get_interval(pid, &mut quantum) })?;
            Ok(Value::float(quantum.tv_sec as f64 + quantum.tv_nsec as f64 * 1e-9))
        },
    ),
    native("_sched_setparam", "(pid, priority, /)", "Set the priority of a process.", |th, args| {
        let (pid, priority) = (ops::index_i32(th, args[0])?, ops::index_i32(th, args[1])?);
        may_run(th)?;
        let param = libc::sched_param { sched_priority: priority };
        // SAFETY: a plain number and a live structure.
        answer(th, unsafe { libc::sched_setparam(pid, &param) }).map(|_| Value::NONE)
    }),
    native(
        "_sched_setscheduler",
        "(pid, policy, priority, /)",
        "Set the policy and the priority of a process.",
        |th, args| {
            let (pid, policy) = (ops::index_i32(th, args[0])?, ops::index_i32(th, args[1])?);
            let priority = ops::index_i32(th, args[2])?;
            may_run(th)?;
            let param = libc::sched_param { sched_priority: priority };
            // SAFETY: plain numbers and a live structure.
            answer(th, unsafe { libc::sched_setscheduler(pid, policy, &param) }).map(|_| Value::NONE)
        },
    ),
    native("setpriority", "(which, who, priority)", "Set program scheduling priority.", |th, args| {
        let (which, who) = (ops::index_i32(th, args[0])?, ops::index_i32(th, args[1])?);
        let priority = ops::index_i32(th, args[2])?;
        let is_own = which == libc::PRIO_PROCESS as i32 && (who == 0 || who == std::process::id() as i32);
        if !is_own {
            let child = if which == libc::PRIO_PROCESS as i32 {
                th.vm().gate().may_signal(who)
            } else {
                th.vm().gate().may_run()
            };
            child.map_err(|refused| raise_refused(th, &refused, &[]))?;
        }
        // SAFETY: plain numbers.
        answer(th, unsafe { libc::setpriority(which as _, who as _, priority) }).map(|_| Value::NONE)
    }),
];

fn answer(th: &Thread, answer: i32) -> Result {
    checked(answer.into()).map(Value::small_int).map_err(|error| failed(th, &error))
}

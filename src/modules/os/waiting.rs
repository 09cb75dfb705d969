//! `waitid` and `wait4`: the end of a child process, with what else the system tells of it.

use std::io;

use crate::heap::Value;
use crate::modules::io::descriptor::{checked, failed};
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops};

use super::limits::figures;
use super::processes::wait_for_change;

pub const FUNCTIONS: &[NativeDef] = &[
    native(
        "_wait4",
        "(pid, options, /)",
        "A child, its status, and what it has used; the pid is 0 if none has changed.",
        wait4,
    ),
    native("_waitid", "(idtype, id, options, /)", "What has happened to a child; None if nothing has.", waitid),
];

/// Asks until there is an answer; the main thread hears signals meanwhile.
fn wait<T: Send>(
    th: &Thread,
    pid: i32,
    options: i32,
    ask: impl Fn(i32) -> io::Result<Option<T>> + Send + Sync,
) -> Result<Option<T>> {
    let interruptible = th.wake().is_some() && options & libc::WNOHANG == 0;
    let asked = if interruptible { options | libc::WNOHANG } else { options };
    loop {
        match th.detached(Reason::Process, || ask(asked)) {
            Ok(None) if interruptible => wait_for_change(th, pid)?,
            Ok(answer) => return Ok(answer),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => th.safepoint()?,
            Err(error) => return Err(failed(th, &error)),
        }
    }
}

fn wait4(th: &Thread, args: &[Value]) -> Result {
    let (pid, options) = (ops::index_i32(th, args[0])?, ops::index_i32(th, args[1])?);
    let ended = wait(th, pid, options, |options| {
        let mut status = 0;
        // SAFETY: zeros are valid numbers.
        let mut used: libc::rusage = unsafe { std::mem::zeroed() };
        // SAFETY: plain numbers, and room for the two answers.
        let pid = checked(unsafe { libc::wait4(pid, &mut status, options, &mut used) }.into())?;
        Ok((pid != 0).then_some((pid as i32, status, used)))
    })?;
    // SAFETY: zeros are valid numbers.
    let (pid, status, used) = ended.unwrap_or_else(|| (0, 0, unsafe { std::mem::zeroed() }));
    if pid > 0 && (libc::WIFEXITED(status) || libc::WIFSIGNALED(status)) {
        th.vm().gate().forget_child(pid);
    }
    Ok(th.tuple(&[th.int(pid.into()), th.int(status.into()), figures(th, &used)]))
}

fn waitid(th: &Thread, args: &[Value]) -> Result {
    let (kind, id) = (ops::index_i32(th, args[0])?, ops::index_i32(th, args[1])?);
    let options = ops::index_i32(th, args[2])?;
    let pid = if kind == libc::P_PID as i32 { id } else { -1 };
    let told = wait(th, pid, options, |options| {
        // SAFETY: zeros are valid numbers.
        let mut told: libc::siginfo_t = unsafe { std::mem::zeroed() };
        // SAFETY: plain numbers, and room for the answer.
        checked(unsafe { libc::waitid(kind as libc::idtype_t, id as libc::id_t, &mut told, options) }.into())?;
        // SAFETY: the system fills in what a child's signal has, or leaves zeros.
        let (pid, uid, status) = unsafe { (told.si_pid(), told.si_uid(), told.si_status()) };
        Ok((pid != 0).then_some([
            i64::from(pid),
            i64::from(uid),
            told.si_signo.into(),
            status.into(),
            told.si_code.into(),
        ]))
    })?;
    let Some(told) = told else { return Ok(Value::NONE) };
    let is_over = matches!(told[4] as i32, libc::CLD_EXITED | libc::CLD_KILLED | libc::CLD_DUMPED);
    if is_over && options & libc::WNOWAIT == 0 {
        th.vm().gate().forget_child(told[0] as i32);
    }
    Ok(th.tuple(&told.map(|number| th.int(number))))
}

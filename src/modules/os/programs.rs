//! Running programs: others, which needs `--allow-run`, and gilbox itself, as `multiprocessing` does to start a process anew.
//!
//! Between fork and exec the child of a process with threads may do next to nothing: no allocation, no lock. So all that it
//! needs is laid out before. Only where a program wants a function of its own to be called there, the whole process forks.

use std::ffi::{CString, c_char};
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::ptr;

use crate::heap::Value;
use crate::modules::io::descriptor::{checked, failed, owned};
use crate::objects::exception::raise_errno;
use crate::objects::tuple::Tuple;
use crate::objects::{bytes, list::List};
use crate::vm::family::MAIN;
use crate::vm::native::{NativeDef, Result, native};
use crate::vm::thread::Reason;
use crate::vm::{Thread, ops};

use super::processes::{may_run, may_run_program};

pub const FUNCTIONS: &[NativeDef] = &[
    native(
        "_exec",
        "(executable, arguments, environment, /)",
        "Become another program. Needs --allow-run.",
        |th, args| {
            if th.vm().id != MAIN {
                return Err(th.runtime_error("exec not supported for isolated subinterpreters"));
            }
            let (path, arguments, environment) = (text(th, args[0])?, texts(th, args[1])?, texts(th, args[2])?);
            may_run_program(th, &path)?;
            let (arguments, environment) = (pointers(&arguments), pointers(&environment));
            // SAFETY: texts that end in zero, and lists of them that end in null.
            unsafe { libc::execve(path.as_ptr(), arguments.as_ptr(), environment.as_ptr()) };
            Err(failed(th, &io::Error::last_os_error()))
        },
    ),
    native(
        "_fork_exec",
        "(executables, arguments, environment, folder, standard, kept, close, restore, session, group, mask, users, before, more=None, /)",
        "Start another program; (process id, 0, 0), or how far that came and the error number. Needs --allow-run.",
        |th, args| {
            let arguments = texts(th, args[1])?;
            may_run_program(th, arguments.first().map_or(c"", |program| program.as_c_str()))?;
            let plan = Plan {
                executables: texts(th, args[0])?,
                arguments,
                environment: texts(th, args[2])?,
                folder: if args[3].is_none() { None } else { Some(text(th, args[3])?) },
                standard: <[i32; 3]>::try_from(descriptors(th, args[4])?)
                    .map_err(|_| th.value_error("three standard descriptors expected"))?,
                kept: descriptors(th, args[5])?,
                closes: ops::truthy(th, args[6])?,
                restores: ops::truthy(th, args[7])?,
                is_session: ops::truthy(th, args[8])?,
                group: ops::index_i32(th, args[9])?,
                mask: ops::index_i32(th, args[10])?,
                users: users(th, args[11])?,
                more: More::of(th, args[13])?,
            };
            start(th, &plan, args[12])
        },
    ),
    native(
        "_user_number",
        "(name, /)",
        "The number of a user; None if there is none. Needs --allow-run.",
        |th, args| {
            number_of(th, args[0], |name, room| {
                // SAFETY: plain data, which the system fills; the name ends in zero and the room is as long as said.
                unsafe {
                    let (mut entry, mut found): (libc::passwd, _) = (std::mem::zeroed(), ptr::null_mut());
                    let error =
                        libc::getpwnam_r(name.as_ptr(), &mut entry, room.as_mut_ptr().cast(), room.len(), &mut found);
                    (error, (!found.is_null()).then_some(entry.pw_uid))
                }
            })
        },
    ),
    native(
        "_group_number",
        "(name, /)",
        "The number of a group; None if there is none. Needs --allow-run.",
        |th, args| {
            number_of(th, args[0], |name, room| {
                // SAFETY: as for users.
                unsafe {
                    let (mut entry, mut found): (libc::group, _) = (std::mem::zeroed(), ptr::null_mut());
                    let error =
                        libc::getgrnam_r(name.as_ptr(), &mut entry, room.as_mut_ptr().cast(), room.len(), &mut found);
                    (error, (!found.is_null()).then_some(entry.gr_gid))
                }
            })
        },
    ),
    native(
        "_start_self",
        "(code, kept, /)",
        "Start this interpreter anew with the same rights, to run some code; the process id.",
        |th, args| {
            let (code, kept) = (ops::str(th, args[0])?.to_text(), descriptors(th, args[1])?);
            let program = CString::new("/proc/self/exe").map_err(|_| th.value_error("embedded null byte"))?;
            // Its own children's counters come to the same place.
            let options = &th.vm().options;
            let ledger = options.ledger.as_ref().map(|ledger| ledger.file.as_raw_fd());
            // And it is recorded to the same file.
            let (recorded, files) = options.recorder.as_ref().and_then(|recorder| recorder.inheritance()).unzip();
            let plan = Plan {
                executables: vec![program],
                arguments: own_arguments(th, &code, &kept, recorded)?,
                environment: own_environment(),
                kept: kept.into_iter().chain(ledger).chain(files.into_iter().flatten()).collect(),
                ..Plan::default()
            };
            let made = start(th, &plan, Value::NONE)?;
            match made.downcast::<Tuple>().map(|made| made.items()) {
                Some([pid, stage, error]) if *stage != Value::small_int(0) => {
                    let _ = pid;
                    Err(raise_errno(th, error.as_small_int().unwrap_or_default() as i32, &[]))
                }
                Some([pid, ..]) => Ok(*pid),
                _ => Ok(Value::NONE),
            }
        },
    ),
];

/// A program and the circumstances in which it is to run.
struct Plan {
    /// Where it may lie: the first that there is.
    executables: Vec<CString>,
    arguments: Vec<CString>,
    environment: Vec<CString>,
    folder: Option<CString>,
    /// What its standard descriptors are to be; -1 for the parent's.
    standard: [i32; 3],
    /// Descriptors that it gets with their numbers.
    kept: Vec<i32>,
    /// Whether it gets no others.
    closes: bool,
    /// Whether signals that the parent ignores for its own sake are as usual.
    restores: bool,
    is_session: bool,
    /// The process group to join; -1 for the parent's.
    group: i32,
    /// `umask`; -1 for the parent's.
    mask: i32,
    users: Users,
    more: More,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan {
            executables: Vec::new(),
            arguments: Vec::new(),
            environment: Vec::new(),
            folder: None,
            standard: [-1; 3],
            kept: Vec::new(),
            closes: true,
            restores: true,
            is_session: false,
            group: -1,
            mask: -1,
            users: Users::default(),
            more: More::default(),
        }
    }
}

/// What only `posix_spawn` asks for.
#[derive(Default)]
struct More {
    /// What is done with descriptors, in this order.
    steps: Vec<Step>,
    /// Files that were opened for the child, where no step overwrites them; held until it has them.
    _files: Vec<OwnedFd>,
    /// The signals that are blocked; `None` for those of the parent's thread.
    blocked: Option<Vec<i32>>,
    /// Signals that are as usual.
    usual: Vec<i32>,
    /// Whether its rights are those of who it really is.
    is_real: bool,
    /// How it is scheduled: policy (-1 for the parent's) and priority.
    scheduled: Option<[i32; 2]>,
}

#[derive(Clone, Copy)]
enum Step {
    Close(i32),
    Copy {
        from: i32,
        to: i32,
    },
    /// All from that number on.
    CloseFrom(i32),
}

impl More {
    /// Of the tuple (steps, blocked or None, usual, is_real, scheduled or None), or of nothing.
    fn of(th: &Thread, value: Value) -> Result<More> {
        if value.is_empty() || value.is_none() {
            return Ok(More::default());
        }
        let numbers = |value| -> Result<Vec<i32>> {
            items(th, value)?.into_iter().map(|item| ops::index_i32(th, item)).collect()
        };
        let [steps, blocked, usual, is_real, scheduled] = items(th, value)?[..] else {
            return Err(th.type_error("a tuple of five expected"));
        };
        let step = |value| match numbers(value)?[..] {
            [0, from, to] => Ok(Step::Copy { from: owned(th, from, &[])?, to }),
            [1, number] => Ok(Step::Close(number)),
            [2, from, to] => Ok(Step::Copy { from: owned(th, from, &[])?, to }),
            [3, low] => Ok(Step::CloseFrom(low)),
            _ => Err(th.type_error("Unknown file_actions identifier")),
        };
        let (kinds, mut steps) = (items(th, steps)?, Vec::new());
        for value in &kinds {
            steps.push(step(*value)?);
        }
        let (end, mut files) = (steps.iter().map(Step::end).max().unwrap_or(0), Vec::new());
        for (step, value) in steps.iter_mut().zip(kinds) {
            if let Step::Copy { from, .. } = step
                && numbers(value)?.first() == Some(&0)
            {
                // SAFETY: plain numbers; the system has just made the new one for us.
                let file = unsafe {
                    let made = checked(libc::fcntl(*from, libc::F_DUPFD_CLOEXEC, end).into());
                    OwnedFd::from_raw_fd(made.map_err(|error| failed(th, &error))? as i32)
                };
                *from = file.as_raw_fd();
                files.push(file);
            }
        }
        Ok(More {
            steps,
            _files: files,
            blocked: if blocked.is_none() { None } else { Some(numbers(blocked)?) },
            usual: numbers(usual)?,
            is_real: ops::truthy(th, is_real)?,
            scheduled: if scheduled.is_none() { None } else { <[i32; 2]>::try_from(numbers(scheduled)?).ok() },
        })
    }

    /// In the child.
    fn apply(&self) -> std::result::Result<(), i32> {
        self.steps.iter().try_for_each(|step| step.take())?;
        // SAFETY: plain numbers, and structures of nothing else, for a process of a single thread.
        unsafe {
            if self.is_real {
                check(libc::setegid(libc::getgid()))?;
                check(libc::seteuid(libc::getuid()))?;
            }
            for signal in &self.usual {
                if libc::signal(*signal, libc::SIG_DFL) == libc::SIG_ERR {
                    return Err(last_error());
                }
            }
            if let Some(blocked) = &self.blocked {
                let mut set: libc::sigset_t = std::mem::zeroed();
                libc::sigemptyset(&mut set);
                blocked.iter().try_for_each(|signal| check(libc::sigaddset(&mut set, *signal)).map(drop))?;
                check(libc::sigprocmask(libc::SIG_SETMASK, &set, ptr::null_mut()))?;
            }
            if let Some([policy, priority]) = self.scheduled {
                let mut wanted: libc::sched_param = std::mem::zeroed();
                wanted.sched_priority = priority;
                check(match policy {
                    -1 => libc::sched_setparam(0, &wanted),
                    policy => libc::sched_setscheduler(0, policy, &wanted),
                })?;
            }
        }
        Ok(())
    }
}

impl Step {
    fn take(&self) -> std::result::Result<(), i32> {
        // SAFETY: plain numbers.
        unsafe {
            match *self {
                Step::Close(number) => check(libc::close(number)).map(drop),
                Step::Copy { from, to } if from == to => check(libc::fcntl(from, libc::F_SETFD, 0)).map(drop),
                Step::Copy { from, to } => check(libc::dup2(from, to)).map(drop),
                Step::CloseFrom(low) => {
                    close_between(low.max(0) as u32, LAST);
                    Ok(())
                }
            }
        }
    }

    /// One more than the highest number that it may write to.
    fn end(&self) -> i32 {
        match *self {
            Step::Copy { to, .. } => to.saturating_add(1),
            Step::Close(number) => number.saturating_add(1),
            Step::CloseFrom(_) => 0,
        }
    }
}

/// Who it is to run as: `None` for who the parent is.
#[derive(Default)]
struct Users {
    groups: Option<Vec<libc::gid_t>>,
    group: Option<libc::gid_t>,
    user: Option<libc::uid_t>,
}

/// How far the child came before it failed.
#[derive(Clone, Copy)]
#[repr(i32)]
enum Stage {
    Setup = 1,
    Folder = 2,
    Function = 3,
    Exec = 4,
}

fn text(th: &Thread, value: Value) -> Result<CString> {
    let content = bytes::required(th, value)?;
    CString::new(content.into_owned()).map_err(|_| th.value_error("embedded null byte"))
}

fn items(th: &Thread, value: Value) -> Result<Vec<Value>> {
    match value.downcast::<List>() {
        Some(list) => Ok((0..list.len()).filter_map(|at| list.at(at)).collect()),
        None => match value.downcast::<Tuple>() {
            Some(tuple) => Ok(tuple.items().to_vec()),
            None => Err(th.type_error("a list or a tuple expected")),
        },
    }
}

fn texts(th: &Thread, value: Value) -> Result<Vec<CString>> {
    items(th, value)?.into_iter().map(|item| text(th, item)).collect()
}

/// Descriptors of the program's; -1 for none.
fn descriptors(th: &Thread, value: Value) -> Result<Vec<i32>> {
    let one = |item| match ops::index_i32(th, item)? {
        -1 => Ok(-1),
        number => owned(th, number, &[]),
    };
    items(th, value)?.into_iter().map(one).collect()
}

fn users(th: &Thread, value: Value) -> Result<Users> {
    let number =
        |value: Value| if value.is_none() { Ok(None) } else { ops::index_i64(th, value).map(|n| Some(n as u32)) };
    match items(th, value)?[..] {
        [groups, group, user] => {
            let groups = if groups.is_none() {
                None
            } else {
                let all: Result<Vec<_>> =
                    items(th, groups)?.into_iter().map(|one| ops::index_i64(th, one).map(|n| n as u32)).collect();
                Some(all?)
            };
            Ok(Users { groups, group: number(group)?, user: number(user)? })
        }
        _ => Ok(Users::default()),
    }
}

/// Looks a name up with more and more room for what belongs to it.
fn number_of(th: &Thread, name: Value, look: impl Fn(&CString, &mut [u8]) -> (i32, Option<u32>)) -> Result {
    may_run(th)?;
    let name = text(th, name)?;
    let mut size = 4096;
    loop {
        match look(&name, &mut vec![0; size]) {
            (libc::ERANGE, _) if size < 1 << 22 => size *= 4,
            (_, number) => return Ok(number.map_or(Value::NONE, |number| th.int(number.into()))),
        }
    }
}

fn pointers(texts: &[CString]) -> Vec<*const c_char> {
    texts.iter().map(|text| text.as_ptr()).chain([ptr::null()]).collect()
}

/// The command that starts this interpreter as it was started, to run other code.
fn own_arguments(th: &Thread, code: &str, kept: &[i32], recorded: Option<String>) -> Result<Vec<CString>> {
    let options = &th.vm().options;
    let name = options.command.first().cloned().unwrap_or_else(|| "gilbox".into());
    let numbers: Vec<String> = kept.iter().map(i32::to_string).collect();
    let mut all = vec![name];
    all.extend(options.again.iter().cloned());
    all.extend(recorded.map(|recorded| format!("--recorded={recorded}")));
    all.extend([format!("--inherited={}", numbers.join(",")), "-c".into(), code.into()]);
    let all = all.into_iter().map(|text| CString::new(text).map_err(|_| th.value_error("embedded null byte")));
    all.collect()
}

fn own_environment() -> Vec<CString> {
    use std::os::unix::ffi::OsStrExt;
    let pairs = std::env::vars_os().map(|(name, value)| [name.as_bytes(), b"=", value.as_bytes()].concat());
    pairs.filter_map(|pair| CString::new(pair).ok()).collect()
}

/// Starts the program. A tuple: process id, stage and error number; both 0 where all went well.
fn start(th: &Thread, plan: &Plan, before: Value) -> Result {
    let mut ends = [0; 2];
    // SAFETY: room for two descriptors.
    checked(unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) }.into()).map_err(|error| failed(th, &error))?;
    let [reader, writer] = ends;
    let writer = above(writer, plan).map_err(|error| failed(th, &error))?;
    let layout = Layout::of(plan, writer);
    let forked = if before.is_none() {
        th.detached(Reason::Process, || {
            // SAFETY: the child does nothing but system calls, on what was laid out before.
            match unsafe { libc::fork() } {
                0 => layout.finish(layout.prepare()),
                -1 => Err(io::Error::last_os_error()),
                pid => Ok(pid),
            }
        })
    } else {
        th.fork().inspect(|pid| {
            if *pid == 0 {
                let call = || match th.call(before, &[]) {
                    Ok(_) => Ok(()),
                    Err(raised) => {
                        th.take_exception(raised);
                        Err(())
                    }
                };
                layout.finish(layout.prepare().and_then(|()| call().map_err(|()| (Stage::Function, 0))));
            }
        })
    };
    // SAFETY: our own descriptor.
    unsafe { libc::close(writer) };
    let told = match forked {
        Ok(_) => th.detached(Reason::Process, || read_failure(reader)),
        Err(_) => None,
    };
    // SAFETY: as above.
    unsafe { libc::close(reader) };
    let pid = forked.map_err(|error| failed(th, &error))?;
    let (stage, error) = told.unwrap_or_default();
    if stage == 0 {
        th.vm().gate().add_child(pid);
    } else {
        // SAFETY: our own child, which has ended; its status is of no interest.
        th.detached(Reason::Process, || unsafe { libc::waitpid(pid, ptr::null_mut(), 0) });
        th.vm().gate().forget_child(pid);
    }
    Ok(th.tuple(&[pid, stage, error].map(|number| Value::small_int(number.into()))))
}

/// The descriptor itself or, where the child is told to put another one there, one of a number that it leaves alone.
fn above(descriptor: i32, plan: &Plan) -> io::Result<i32> {
    let end = plan.more.steps.iter().map(Step::end).max().unwrap_or(0);
    if descriptor >= end {
        return Ok(descriptor);
    }
    // SAFETY: plain numbers, the second one of our own.
    let moved = checked(unsafe { libc::fcntl(descriptor, libc::F_DUPFD_CLOEXEC, end) }.into());
    // SAFETY: as above.
    unsafe { libc::close(descriptor) };
    moved.map(|moved| moved as i32)
}

/// What the child has told before it ended: stage and error number; nothing if it is the program now.
fn read_failure(reader: i32) -> Option<(i32, i32)> {
    let mut told = [0i32; 2];
    loop {
        // SAFETY: the system writes at most eight bytes into an array of as many.
        let got = unsafe { libc::read(reader, told.as_mut_ptr().cast(), size_of_val(&told)) };
        if got < 0 && io::Error::last_os_error().kind() == io::ErrorKind::Interrupted {
            continue;
        }
        return (got as usize == size_of_val(&told)).then_some((told[0], told[1]));
    }
}

/// A plan with all that the child needs at hand.
struct Layout<'a> {
    plan: &'a Plan,
    arguments: Vec<*const c_char>,
    environment: Vec<*const c_char>,
    /// The descriptors that stay open, in order, those of the standard streams left out.
    open: Vec<i32>,
    writer: i32,
}

// SAFETY: the pointers lead into the plan, which nobody changes.
unsafe impl Send for Layout<'_> {}
// SAFETY: as for `Send`.
unsafe impl Sync for Layout<'_> {}

/// The last number that a descriptor can have.
const LAST: u32 = i32::MAX as u32;

impl Layout<'_> {
    fn of(plan: &Plan, writer: i32) -> Layout<'_> {
        let mut open: Vec<i32> = plan.kept.iter().copied().filter(|number| *number > 2).chain([writer]).collect();
        open.sort_unstable();
        Layout { plan, arguments: pointers(&plan.arguments), environment: pointers(&plan.environment), open, writer }
    }

    /// The child becomes the program, or tells why not and ends.
    fn finish(&self, prepared: std::result::Result<(), (Stage, i32)>) -> ! {
        let (stage, error) = prepared.err().unwrap_or_else(|| self.exec());
        let told = [stage as i32, error];
        // SAFETY: a write from a live array; the end of the process.
        unsafe {
            libc::write(self.writer, told.as_ptr().cast(), size_of_val(&told));
            libc::_exit(255)
        }
    }

    fn prepare(&self) -> std::result::Result<(), (Stage, i32)> {
        let plan = self.plan;
        self.place_standard().map_err(|error| (Stage::Setup, error))?;
        // SAFETY: plain numbers and texts that end in zero, in a process of a single thread.
        unsafe {
            for number in &plan.kept {
                libc::fcntl(*number, libc::F_SETFD, 0);
            }
            if let Some(folder) = &plan.folder {
                check(libc::chdir(folder.as_ptr())).map_err(|error| (Stage::Folder, error))?;
            }
            let setup = || -> std::result::Result<(), i32> {
                if plan.mask >= 0 {
                    libc::umask(plan.mask as libc::mode_t);
                }
                if plan.restores {
                    libc::signal(libc::SIGPIPE, libc::SIG_DFL);
                    libc::signal(libc::SIGXFSZ, libc::SIG_DFL);
                }
                if plan.is_session {
                    check(libc::setsid())?;
                }
                if plan.group >= 0 {
                    check(libc::setpgid(0, plan.group))?;
                }
                if let Some(groups) = &plan.users.groups {
                    check(libc::setgroups(groups.len(), groups.as_ptr()))?;
                }
                if let Some(group) = plan.users.group {
                    check(libc::setregid(group, group))?;
                }
                if let Some(user) = plan.users.user {
                    check(libc::setreuid(user, user))?;
                }
                plan.more.apply()
            };
            setup().map_err(|error| (Stage::Setup, error))
        }
    }

    /// Descriptors 0, 1 and 2 as they are to be.
    fn place_standard(&self) -> std::result::Result<(), i32> {
        let mut wanted = self.plan.standard;
        for (place, number) in wanted.iter_mut().enumerate() {
            // One that is to go elsewhere must not be overwritten before.
            if (0..3).contains(number) && *number != place as i32 {
                // SAFETY: plain numbers.
                *number = check(unsafe { libc::fcntl(*number, libc::F_DUPFD_CLOEXEC, 3) })?;
            }
        }
        for (place, number) in wanted.into_iter().enumerate() {
            let place = place as i32;
            // SAFETY: plain numbers.
            unsafe {
                if number == place {
                    check(libc::fcntl(place, libc::F_SETFD, 0))?;
                } else if number >= 0 {
                    check(libc::dup2(number, place))?;
                }
            }
        }
        Ok(())
    }

    fn exec(&self) -> (Stage, i32) {
        if self.plan.closes {
            self.close_others();
        }
        let mut worst = libc::ENOENT;
        for path in &self.plan.executables {
            // SAFETY: texts that end in zero, and lists of them that end in null.
            unsafe { libc::execve(path.as_ptr(), self.arguments.as_ptr(), self.environment.as_ptr()) };
            let error = last_error();
            if error != libc::ENOENT && error != libc::ENOTDIR {
                worst = error;
            }
        }
        (Stage::Exec, worst)
    }

    /// All that are not to stay open are closed, by the time that the program runs.
    fn close_others(&self) {
        let mut low = 3u32;
        for number in &self.open {
            let number = *number as u32;
            if number > low {
                close_between(low, number - 1);
            }
            low = low.max(number + 1);
        }
        close_between(low, LAST);
    }
}

#[cfg(target_os = "linux")]
fn close_between(low: u32, high: u32) {
    /// `CLOSE_RANGE_CLOEXEC`
    const AT_EXEC: u32 = 1 << 2;
    // SAFETY: plain numbers. An old system does not know the call; gilbox's own descriptors are closed all the same.
    unsafe { libc::syscall(libc::SYS_close_range, low, high, AT_EXEC) };
}

#[cfg(not(target_os = "linux"))]
fn close_between(low: u32, high: u32) {
    for number in low..=high.min(1024) {
        // SAFETY: plain numbers.
        unsafe { libc::fcntl(number as i32, libc::F_SETFD, libc::FD_CLOEXEC) };
    }
}

fn last_error() -> i32 {
    io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

fn check(answer: i32) -> std::result::Result<i32, i32> {
    if answer < 0 { Err(last_error()) } else { Ok(answer) }
}

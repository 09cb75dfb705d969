//! `--timeout`: ends a program that takes too long, whatever it does.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::time::Duration;

use crate::gil::Reason;
use crate::modules::streams;
use crate::vm::{Thread, Vm, signals};
use crate::world::Ns;

use super::account;

/// The exit code of a program that was ended, as that of `timeout(1)`.
const CODE: i32 = 124;
/// How long the program's output may take to be written, in nanoseconds: the lock may be held by native code for long.
const LAST_WORDS: Ns = 1_000_000_000;
/// And how long it may take then to put the report together.
const REPORT: Ns = 10_000_000_000;
const STACK: usize = 1 << 20;

/// From now on the program has `limit` nanoseconds, and so have its children together with it.
pub fn start(vm: Arc<Vm>, limit: Ns) -> std::io::Result<()> {
    let end = vm.world().clock.now().saturating_add(limit);
    vm.forks.in_child(Box::new(move |vm| {
        if let Err(error) = watch(vm.clone(), limit, end) {
            eprintln!("gilbox: the time cannot be watched: {error}");
            std::process::exit(1);
        }
    }));
    watch(vm, limit, end)
}

/// Ends the process when `end` has come.
fn watch(vm: Arc<Vm>, limit: Ns, end: Ns) -> std::io::Result<()> {
    let clock = vm.world().clock;
    let watch = std::thread::Builder::new().name("gilbox-timeout".into()).stack_size(STACK);
    watch.spawn(move || {
        signals::leave_to_the_program();
        clock.sleep(end.saturating_sub(clock.now()));
        let stats = vm.gil().stats();
        std::thread::spawn(move || {
            clock.sleep(LAST_WORDS + REPORT);
            std::process::exit(CODE);
        });
        // First of all: what gilbox does from here on is none of the program's doing.
        if let Some(recorder) = &vm.options.recorder {
            recorder.finish(&vm);
        }
        let (done, flushed) = mpsc::channel();
        let theirs = vm.clone();
        std::thread::spawn(move || {
            flush(&theirs);
            // Who waited for it may have waited long enough.
            let _ = done.send(());
        });
        let _ = flushed.recv_timeout(Duration::from_nanos(LAST_WORDS));
        if vm.is_forked.load(Ordering::Acquire) {
            // Its parent says it.
            std::process::exit(CODE);
        }
        eprintln!("gilbox: the program took longer than {:?}", Duration::from_nanos(limit));
        if let Err(error) = account::tell(&vm, &stats) {
            account::complain(&error);
        }
        std::process::exit(CODE);
    })?;
    Ok(())
}

/// What was printed must not be lost. Errors have nobody to go to.
fn flush(vm: &Arc<Vm>) {
    let gil = vm.gil().register("timeout");
    let Ok(th) = Thread::new(vm.clone(), gil, STACK) else { return };
    th.attach();
    streams::flush_all(&th);
    th.detach(Reason::Exit);
}

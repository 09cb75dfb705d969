//! What becomes of a program whose threads wait for each other: it says so and ends, unless told to wait.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::modules::streams;
use crate::record::deadlock::in_words;
use crate::vm::deadlock::{Deadlock, Kind, Sleeper, Suspicion};
use crate::vm::{Thread, Vm, signals};
use crate::world::{Ns, forks};

use super::account;

/// The exit code of a program that was ended, next to that of `--timeout`.
pub const CODE: i32 = 123;
/// How often somebody looks.
const PACE: Duration = Duration::from_millis(250);
/// How long the program's output may take to be written, in nanoseconds: a thread may wait within the stream it needs.
const LAST_WORDS: Ns = 1_000_000_000;
const STACK: usize = 256 << 10;
const IN_ORDER: &str = "To avoid it, take the locks in the same order everywhere, or with a timeout.\n";

/// From now on somebody looks, in this process and in its children.
pub fn start(vm: &Arc<Vm>) -> std::io::Result<()> {
    vm.forks.before_child_waits(Box::new(|vm| {
        if let Err(error) = watch(vm.clone()) {
            eprintln!("gilbox: deadlocks cannot be found: {error}");
        }
    }));
    watch(vm.clone())
}

fn watch(vm: Arc<Vm>) -> std::io::Result<()> {
    let watcher = thread::Builder::new().name("gilbox-deadlock".into()).stack_size(STACK);
    let birth = forks::whole();
    watcher.spawn(move || {
        drop(birth);
        signals::leave_to_the_program();
        let mut suspicion = Suspicion::default();
        loop {
            thread::sleep(PACE);
            suspicion.look(&vm);
        }
    })?;
    Ok(())
}

/// Tells of the deadlock and ends the process. Called by one of the threads in it.
pub fn tell(th: &Thread, deadlock: &Deadlock) {
    let clock = th.vm().world().clock;
    let is_flushed = Arc::new(AtomicBool::new(false));
    let flushed = is_flushed.clone();
    let last_words = thread::Builder::new().stack_size(STACK).spawn(move || {
        clock.sleep(LAST_WORDS);
        if !flushed.load(Ordering::Acquire) {
            std::process::exit(CODE);
        }
    });
    let text = describe(deadlock);
    if last_words.is_ok() {
        streams::flush_all(th);
    }
    is_flushed.store(true, Ordering::Release);
    eprint!("{text}");
    if let Some(recorder) = &th.vm().options.recorder {
        recorder.alarm(th.vm(), deadlock);
        recorder.finish(th.vm());
    }
    account::tell_at_the_end(th.vm(), Some(deadlock));
    std::process::exit(CODE);
}

fn describe(deadlock: &Deadlock) -> String {
    let is_alone = deadlock.chain.len() == 1;
    let (first, others, last) = match deadlock.kind {
        Kind::Circle if is_alone => ("one of them for itself", "because of that", ""),
        Kind::Circle => ("these for each other", "because of that", IN_ORDER),
        Kind::TakerEnded => ("one of them for a thread that has ended", "because of that", ""),
        Kind::NobodyLeft => ("nobody is left to wake the last of these", "besides them", ""),
    };
    let mut out = format!("gilbox: deadlock: all threads wait, and {first}\n");
    out.extend(deadlock.chain.iter().map(line));
    if !deadlock.others.is_empty() {
        out.push_str(&format!("and {others}\n"));
        out.extend(deadlock.others.iter().map(line));
    }
    out.push_str(last);
    out.push_str("The program was ended; --on-deadlock=wait would let it wait.\n");
    out
}

fn line(sleeper: &Sleeper) -> String {
    format!("  {}\n", in_words(sleeper))
}

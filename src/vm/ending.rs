//! The end of an interpreter: of the program's, or of one that a program has made.

use std::sync::atomic::Ordering;

use crate::gil::LockStats;
use crate::modules::streams;

use super::{Thread, import, report};

/// How an interpreter ended.
pub struct Finished {
    /// What the lock had counted when the program's own threads were done.
    pub stats: LockStats,
    /// Whether all that was printed has arrived.
    pub is_flushed: bool,
}

impl Thread {
    /// Threads are joined, exit functions run and the finalisers of all that is still alive, output is flushed, daemons
    /// are shut out.
    pub fn finish(&self) -> Finished {
        for (module, function, doing) in
            [("threading", "_shutdown", "on threading shutdown"), ("atexit", "_run_exitfuncs", "in atexit callback")]
        {
            let Some(module) = import::in_modules(self, module) else { continue };
            if let Err(raised) = self.call_method(module, self.intern(function), &[]) {
                let exception = self.take_exception(raised);
                report::unraisable_while(self, exception, doing, module);
            }
        }
        self.close_family();
        let vm = self.vm();
        let stats = vm.gil().stats();
        if let Some(recorder) = &vm.options.recorder {
            recorder.finish(vm);
        }
        vm.finalizing.store(true, Ordering::Release);
        self.finalize_all();
        let unflushed = streams::flush_all(self);
        if let Some(unflushed) = &unflushed {
            let doing = format!("while flushing sys.{}", unflushed.stream.to_text());
            report::unraisable_in(self, unflushed.exception, &doing);
        }
        self.shut_out_others();
        Finished { stats, is_flushed: unflushed.is_none() }
    }
}

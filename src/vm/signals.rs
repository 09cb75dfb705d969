//! Signals: noticed by a handler, served by the main thread at its next safepoint.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};

use parking_lot::Mutex;
use signal_hook::consts::SIGINT;

use crate::gil::breaker;
use crate::heap::{Slot, Value};
use crate::objects::exception::Exc;

use super::native::Result;
use super::{Thread, Vm};

const SIGNALS: usize = 65;

/// Which signals have arrived, and what a program wants done.
pub struct Signals {
    /// How often each arrived and has not been served.
    arrived: [AtomicU32; SIGNALS],
    /// `signal.signal`: the handler by signal number, `EMPTY` for the default.
    pub handlers: [Slot; SIGNALS],
    watched: Mutex<Vec<i32>>,
    /// Interrupts that found the main thread deaf; at the third the process is ended.
    unheard: AtomicUsize,
}

impl Default for Signals {
    fn default() -> Signals {
        Signals {
            arrived: std::array::from_fn(|_| AtomicU32::new(0)),
            handlers: std::array::from_fn(|_| Slot::default()),
            watched: Mutex::default(),
            unheard: AtomicUsize::new(0),
        }
    }
}

impl Signals {
    /// Notes a signal and asks the main thread to serve it. Called on the signals' own thread.
    pub fn note(&self, vm: &Vm, signal: i32) {
        if let Some(count) = self.arrived.get(signal as usize) {
            count.fetch_add(1, Ordering::AcqRel);
        }
        vm.gil().request_main(breaker::SIGNALS);
        if signal == SIGINT {
            self.unheard.fetch_add(1, Ordering::AcqRel);
        }
    }

    /// Serves what has arrived. On the main thread.
    pub fn handle(&self, th: &Thread) -> Result<()> {
        self.unheard.store(0, Ordering::Release);
        for (signal, count) in self.arrived.iter().enumerate() {
            if count.swap(0, Ordering::AcqRel) == 0 {
                continue;
            }
            let handler = self.handlers[signal].get();
            if !handler.is_empty() {
                th.call(handler, &[Value::small_int(signal as i64), Value::NONE])?;
            } else if signal == SIGINT as usize {
                return Err(th.raise_with(Exc::KeyboardInterrupt, &[]));
            }
        }
        Ok(())
    }

    /// Interrupts that the main thread has not come to serve.
    pub fn unheard(&self) -> usize {
        self.unheard.load(Ordering::Acquire)
    }
}

/// From now on, `signal` is served by the interpreter's main thread.
pub fn watch(vm: &Arc<Vm>, signal: i32) -> std::io::Result<()> {
    let mut watched = vm.signals.watched.lock();
    if watched.contains(&signal) {
        return Ok(());
    }
    let mut signals = signal_hook::iterator::Signals::new([signal])?;
    let weak: Weak<Vm> = Arc::downgrade(vm);
    std::thread::Builder::new().name("gilbox-signals".into()).stack_size(64 << 10).spawn(move || {
        for signal in signals.forever() {
            let Some(vm) = weak.upgrade() else { return };
            vm.signals.note(&vm, signal);
        }
    })?;
    watched.push(signal);
    Ok(())
}

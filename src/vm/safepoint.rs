//! Safepoints: where a thread serves what others request of it, in CPython's order: stop the world, signals, pending
//! calls, collection, drop and re-take the lock, asynchronous exception.

use std::collections::HashSet;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;

use crate::compiler::opcodes::{Instr, Op, SwitchPoint};
use crate::gil::events::Event;
use crate::gil::{Closed, SwitchPoints, ThreadId, breaker};
use crate::heap::{CollectionReport, RootSource, Tracer, Value, with_spilled_registers};
use crate::modules::gc;
use crate::objects::generator::Generator;
use crate::objects::list::List;

use super::native::Result;
use super::stack::Frame;
use super::thread::{Reason, Thread};
use super::{Raised, Vm};

/// What kind of place a safepoint is: which errors may be raised there that the program did nothing for. An error that may
/// not be is raised at a later safepoint.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Any.
    Open,
    /// The entry of a function, a `release` maybe, which is to do its work. Not that memory is used up.
    Entry,
    /// Between a call and the `with` or `try` behind it, where what the call has taken (a lock maybe) would never be given
    /// back; the entry of an `__exit__`, which is to give it back; between any two instructions with the switch points of
    /// 3.9 and before. None.
    Closed,
}

/// When `gc.callbacks` are told of a collection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Telling {
    /// Before and after it.
    Now,
    /// With the next pending calls: native code is at work that no Python code may come in between of.
    Later,
}

/// What kind of place the entry of this frame's function is.
fn entry_of(frame: &Frame) -> Place {
    if frame.code.name.wtf8() == b"__exit__" { Place::Closed } else { Place::Entry }
}

/// Whether the frame's instruction is a call, and the one behind it the first that some handler is in charge of.
fn is_before_protection(frame: &Frame) -> bool {
    let (code, at) = (frame.code, frame.at());
    matches!(code.body.instructions()[at].op(), Op::Call | Op::CallMethod | Op::CallKw | Op::CallEx)
        && code.handlers.iter().any(|handler| {
            handler.start as usize == at + 1
                // Not one that goes on behind a `try` within its own.
                && !code.handlers.iter().any(|other| other.target == handler.target && other.start < handler.start)
        })
}

/// The panic that ends the OS thread of a daemon when the interpreter has shut down under it; caught where the thread starts.
pub struct ThreadOver;

impl Thread {
    /// Becomes attached: waits for the lock. A thread that the interpreter has shut down under ends here.
    pub fn attach(&self) {
        self.tell_place();
        let attached = with_spilled_registers(|sp| {
            self.native_stack.publish(sp);
            self.vm().gil().attach(self.gil_thread())
        });
        self.back(attached.map(|_| ()));
    }

    /// Gives the lock up; no value may be touched until `attach`.
    pub fn detach(&self, reason: Reason) {
        self.tell_place();
        with_spilled_registers(|sp| {
            self.native_stack.publish(sp);
            self.vm().gil().detach(self.gil_thread(), reason);
        });
    }

    /// Runs a blocking call with the interpreter's lock given up. The closure can take no value with it (values are not
    /// `Send`), so it cannot touch what the collector may free meanwhile.
    pub fn detached<R: Send>(&self, reason: Reason, call: impl FnOnce() -> R + Send) -> R {
        self.tell_place();
        let (result, attached) = with_spilled_registers(|sp| {
            self.native_stack.publish(sp);
            self.vm().gil().detach(self.gil_thread(), reason);
            let result = call();
            if self.handles_signals() {
                self.vm().signals.hear_what_ended_a_call(self.vm());
            }
            (result, self.vm().gil().attach(self.gil_thread()))
        });
        self.back(attached.map(|_| ()));
        result
    }

    /// Within the call of `detached`: takes the lock for a while, for what a library calls back. `None` if the interpreter
    /// has shut down; then nothing of it may be touched, as before.
    pub fn recalled<R>(&self, reason: Reason, call: impl FnOnce() -> R) -> Option<R> {
        let outer = self.native_stack.published()?.start.cast::<u8>();
        self.vm().gil().attach(self.gil_thread()).ok()?;
        self.back(Ok(()));
        match catch_unwind(AssertUnwindSafe(call)) {
            Ok(result) => {
                // The frames below the outer call hold no value any more.
                self.native_stack.publish(outer);
                self.vm().gil().detach(self.gil_thread(), reason);
                Some(result)
            }
            // Detached for good; the outer call will find out for itself.
            Err(panic) if panic.is::<ThreadOver>() => None,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }

    /// Whether something has been left for this thread that may raise. To be asked in a blocking call, too.
    pub fn is_interrupted(&self) -> bool {
        self.breaker().requests() & (breaker::SIGNALS | breaker::ASYNC_EXC) != 0
    }

    /// After standing still or away: the world may have changed.
    pub(super) fn back(&self, attached: std::result::Result<(), Closed>) {
        if attached.is_err() {
            std::panic::resume_unwind(Box::new(ThreadOver));
        }
        self.native_stack.withdraw();
        self.takes_locks.set(self.vm().has_unlocked_threads());
    }

    /// Native code asks here where CPython's would look at its eval breaker.
    #[inline]
    pub fn safepoint(&self) -> Result<()> {
        if self.breaker().requests() != 0 { self.serve() } else { Ok(()) }
    }

    /// Native loops ask here, item by item. What cannot wait is served: that the world is to stop, signals, a collection.
    /// The lock is kept, as CPython's C code keeps it.
    #[inline(always)]
    pub fn poll(&self) -> Result<()> {
        const URGENT: u32 = breaker::STOP_WORLD | breaker::SIGNALS | breaker::COLLECT | breaker::EVERY_SAFEPOINT;
        if self.breaker().requests() & URGENT == 0 { Ok(()) } else { self.serve_urgent() }
    }

    #[cold]
    #[inline(never)]
    fn serve_urgent(&self) -> Result<()> {
        self.stand_still();
        self.serve_signals()?;
        self.collect_if_wanted(Place::Open, Telling::Later)
    }

    /// Serves all requests.
    #[cold]
    #[inline(never)]
    pub fn serve(&self) -> Result<()> {
        self.serve_at(Place::Open)
    }

    /// Serves all requests at the entry of the function whose frame is on top.
    #[cold]
    #[inline(never)]
    pub fn serve_at_entry(&self) -> Result<()> {
        self.serve_at(self.stack.frames().last().map_or(Place::Open, entry_of))
    }

    /// Serves all requests between two instructions of the frame on top: the one that its `pc` points to, and `next`.
    #[cold]
    #[inline(never)]
    pub(super) fn serve_before(&self, next: *const Instr) -> Result<()> {
        // SAFETY: the caller runs the frame on top.
        let frame = unsafe { &*self.stack.current() };
        let jumps_back = frame.code.body.instructions()[frame.at()].info().switch == SwitchPoint::BackwardJump;
        self.serve_at(if jumps_back {
            Place::Open
        } else if frame.pc == next {
            entry_of(frame)
        } else if next == frame.pc.wrapping_add(1) && is_before_protection(frame) {
            Place::Closed
        } else {
            Place::Open
        })
    }

    /// Serves all requests at a turn of a `for` loop.
    #[cold]
    #[inline(never)]
    pub(super) fn serve_at_turn(&self) -> Result<()> {
        self.serve_at(Place::Open)
    }

    fn serve_at(&self, place: Place) -> Result<()> {
        let word = self.breaker();
        self.stand_still();
        if place != Place::Closed {
            self.serve_signals()?;
        }
        if word.take(breaker::PENDING_CALLS) != 0 {
            self.run_finalizers();
        }
        self.collect_if_wanted(place, Telling::Now)?;
        if let Some(freed) = self.untold_collection.take() {
            self.tell_collection("start", 0);
            self.tell_collection("stop", freed);
        }
        if word.take(breaker::PENDING_CALLS) != 0 {
            self.run_finalizers();
        }
        if word.has(breaker::DROP_REQUEST) {
            self.drop_and_retake();
        }
        if place != Place::Closed && word.take(breaker::ASYNC_EXC) != 0 {
            let exception = self.async_exception.replace(Value::EMPTY);
            if !exception.is_empty() {
                return Err(self.raise_object(exception));
            }
        }
        Ok(())
    }

    fn stand_still(&self) {
        if self.breaker().has(breaker::STOP_WORLD) {
            self.tell_place();
            let parked = with_spilled_registers(|sp| {
                self.native_stack.publish(sp);
                self.vm().gil().park_if_stopped(self.gil_thread())
            });
            self.back(parked);
        }
    }

    fn serve_signals(&self) -> Result<()> {
        if self.breaker().take(breaker::SIGNALS) == 0 {
            return Ok(());
        }
        self.gil_thread().parker().forget_interrupt();
        self.vm().signals.handle(self)
    }

    /// Whether this is another `pace`th safepoint of the thread.
    fn is_turn_of(&self, pace: u32) -> bool {
        let count = self.safepoints.get().wrapping_add(1);
        self.safepoints.set(count);
        count.is_multiple_of(pace)
    }

    /// MemoryError if the program holds on to more than it may have: in the program's own code, at an open place, where
    /// somebody is most likely to use memory up; anywhere if it is far more.
    fn collect_if_wanted(&self, place: Place, telling: Telling) -> Result<()> {
        let (heap, word) = (self.vm().heap(), self.breaker());
        let is_open = place == Place::Open && !self.runs_library();
        // Another thread may have collected since this one was told to.
        let wanted = word.take(breaker::COLLECT) != 0 && heap.collection_wanted();
        let suspected = self.over_limit.get();
        let suspects = suspected && is_open || heap.stress() && self.is_turn_of(heap.stress_pace());
        // Another thread may collect while this one waits for the world to stop.
        if (wanted || suspects)
            && let Some(report) = self.collect_aloud(telling, || suspects || heap.collection_wanted())
        {
            self.over_limit.set(report.over_limit);
            if report.over_limit && is_open || report.far_over_limit {
                self.over_limit.set(false);
                heap.excuse(report.bytes_after);
                return Err(self.memory_error());
            }
        }
        if self.over_limit.get() {
            word.request(breaker::COLLECT);
        }
        Ok(())
    }

    /// Collects before a native function allocates as much as this at once, if the allocation would have the thread collect
    /// at its next safepoint anyhow: what is garbage now then serves for it. The caller holds no lock of an object, and
    /// its values are where the collector finds them.
    pub fn make_room(&self, bytes: usize) {
        let heap = self.vm().heap();
        if heap.is_better_before(bytes) && self.collect_aloud(Telling::Later, || true).is_some() {
            heap.grant(bytes);
        }
    }

    /// Collects if then `is_wanted`, and tells `gc.callbacks`.
    fn collect_aloud(&self, telling: Telling, is_wanted: impl Fn() -> bool) -> Option<CollectionReport> {
        if self.tells_collection.get() || !gc::somebody_listens(self) {
            return self.collect_if(is_wanted);
        }
        if telling == Telling::Now {
            self.tell_collection("start", 0);
        }
        let report = self.collect_if(is_wanted);
        let freed = report.as_ref().map_or(0, |report| report.freed);
        match telling {
            Telling::Now => self.tell_collection("stop", freed),
            Telling::Later => {
                self.untold_collection.set(Some(freed));
                self.breaker().request(breaker::PENDING_CALLS);
            }
        }
        report
    }

    fn tell_collection(&self, phase: &str, freed: usize) {
        if self.tells_collection.replace(true) {
            return;
        }
        self.last_word(Value::NONE, |th| gc::call_back(th, phase, freed as i64));
        self.tells_collection.set(false);
    }

    /// Whether the frame on top is one of the interpreter's own library: of a condition variable or a pool, maybe, which
    /// others rely on.
    fn runs_library(&self) -> bool {
        let frame = self.stack.frames().last();
        frame.is_some_and(|frame| frame.code.filename.wtf8().starts_with(b"<frozen "))
    }

    /// At each instruction, where every one is a switch point: ticks under 2.7, requests otherwise. Errors are raised at
    /// the other safepoints, which these are besides.
    #[inline]
    pub(super) fn every_instruction(&self, counts_ticks: bool) -> Result<()> {
        let out_of_ticks = counts_ticks && self.vm().gil().tick();
        if self.breaker().has(!breaker::TRACING) && self.switches_everywhere() {
            self.serve_at(Place::Closed)?;
        }
        if out_of_ticks {
            self.drop_and_retake();
        }
        if self.breaker().has(breaker::TRACING) { self.trace_instruction() } else { Ok(()) }
    }

    fn switches_everywhere(&self) -> bool {
        self.vm().gil().mode().switch_points == SwitchPoints::EveryInstruction
    }

    /// Whether the thread belongs in the loop that stops at every instruction.
    pub(super) fn stops_everywhere(&self) -> bool {
        self.switches_everywhere() || self.breaker().has(breaker::TRACING)
    }

    #[cold]
    #[inline(never)]
    fn drop_and_retake(&self) {
        self.tell_place();
        let taken = with_spilled_registers(|sp| {
            self.native_stack.publish(sp);
            self.vm().gil().handle_drop_request(self.gil_thread())
        });
        self.back(taken.map(|_| ()));
    }

    /// Stops the world and collects.
    pub fn collect(&self) -> CollectionReport {
        self.collect_if(|| true).unwrap_or_default()
    }

    /// Stops the world and collects if then `is_wanted`.
    #[cold]
    #[inline(never)]
    fn collect_if(&self, is_wanted: impl Fn() -> bool) -> Option<CollectionReport> {
        let report = with_spilled_registers(|sp| {
            self.native_stack.publish(sp);
            let stopped = self.vm().gil().stop_the_world(self.gil_thread())?;
            if !is_wanted() {
                return Ok(None);
            }
            self.tell(Event::Collects);
            let report = self.vm().heap().collect(&mut Roots { vm: self.vm() });
            drop(stopped);
            Ok(Some(report))
        });
        match report {
            Ok(report) => {
                self.back(Ok(()));
                let report = report?;
                self.tell(Event::Collected);
                if report.finalizers + report.dead_weakrefs > 0 {
                    self.breaker().request(breaker::PENDING_CALLS);
                }
                Some(report)
            }
            Err(closed) => {
                self.back(Err(closed));
                unreachable!("a closed thread does not come back")
            }
        }
    }

    /// Runs finalisers and weak-reference callbacks that are due. Their exceptions are reported, not raised.
    pub fn run_finalizers(&self) {
        let heap = self.vm().heap();
        // Here they are: the first one's safepoints shall not run the others before it.
        self.breaker().take(breaker::PENDING_CALLS);
        while let Some(object) = heap.next_finalizer() {
            self.finalize(object);
        }
        while let Some(reference) = heap.next_dead_weakref() {
            self.last_word(reference, |th| crate::objects::weakref::call_back(th, reference));
        }
    }

    /// Runs the finalisers of all that is still alive, at the interpreter's end.
    pub fn finalize_all(&self) {
        let heap = self.vm().heap();
        self.with_world_stopped(|| heap.finalize_all());
        // Files and other objects of native types last: what the program's own finalisers say is still to be written.
        let natives = List::new(self, &[]);
        while let Some(object) = heap.next_finalizer() {
            match object.downcast::<Generator>() {
                None if self.class_of(object).def.is_some() => natives.push(self, object),
                _ => self.finalize(object),
            }
        }
        while let Some(object) = natives.pop(self) {
            self.finalize(object);
        }
        self.run_finalizers();
    }

    fn finalize(&self, object: Value) {
        self.last_word(object, |th| match object.downcast::<Generator>() {
            Some(generator) => super::generators::finalize(th, generator),
            None => {
                crate::modules::tasks::last_word(th, object)?;
                crate::objects::coroutines::last_word(th, object)?;
                th.call_special(object, th.vm().names.__del__, &[]).map_or(Ok(()), |result| result.map(|_| ()))
            }
        });
    }

    fn last_word(&self, object: Value, speak: impl FnOnce(&Thread) -> Result<()>) {
        let (saved, chained) = (self.pending.replace(Value::EMPTY), self.chained.get());
        self.keep(saved);
        if let Err(raised) = speak(self) {
            let exception = self.take_exception(raised);
            super::report::unraisable(self, exception, object);
        }
        self.unkeep(1);
        self.pending.set(saved);
        self.chained.set(chained);
    }

    /// Stops the world for `f`, which may look at everything.
    pub fn with_world_stopped<R>(&self, f: impl FnOnce() -> R) -> R {
        self.tell_place();
        let result = with_spilled_registers(|sp| {
            self.native_stack.publish(sp);
            let stopped = self.vm().gil().stop_the_world(self.gil_thread())?;
            let result = f();
            drop(stopped);
            Ok(result)
        });
        match result {
            Ok(result) => {
                self.back(Ok(()));
                result
            }
            Err(closed) => {
                self.back(Err(closed));
                unreachable!("a closed thread does not come back")
            }
        }
    }

    /// Looks at another thread, or at this one, if it is there. The world is stopped by this thread.
    pub(super) fn look_at_stopped(&self, thread: ThreadId, mut look: impl FnMut(&Thread)) {
        for other in self.vm().threads.lock().iter() {
            // SAFETY: the world is stopped, so no thread ends or runs; a thread in the list is alive.
            let other = unsafe { &*other.0.load(Ordering::Acquire) };
            if other.gil_thread().id() == thread {
                look(other);
            }
        }
    }

    /// Changes the lock's policy while the program runs.
    pub fn set_mode(&self, mode: crate::gil::Mode) {
        self.tell_place();
        let changed = with_spilled_registers(|sp| {
            self.native_stack.publish(sp);
            self.vm().gil().set_mode(self.gil_thread(), mode)
        });
        self.back(changed);
    }

    /// Raises an exception object, or a class of exceptions by making one.
    pub fn raise_object(&self, exception: Value) -> Raised {
        if self.is_exception(exception) {
            return self.raise_value(exception);
        }
        if !exception.as_class().is_some_and(|class| class.has(crate::objects::class::flag::EXCEPTION)) {
            return self.type_error("exceptions must derive from BaseException");
        }
        match self.call(exception, &[]) {
            Ok(made) if self.is_exception(made) => self.raise_value(made),
            Ok(made) => self.made_no_exception(exception, made),
            Err(raised) => raised,
        }
    }

    /// A class of exceptions was called, and gave something else.
    #[cold]
    pub fn made_no_exception(&self, class: Value, made: Value) -> Raised {
        let shown = |value: Value| super::ops::repr(self, value).map(|s| s.to_text());
        match (shown(class), shown(self.class_of(made).value())) {
            (Ok(class), Ok(made)) => self.type_error(format_args!(
                "calling {class} should have returned an instance of BaseException, not {made}"
            )),
            (Err(raised), _) | (_, Err(raised)) => raised,
        }
    }

    pub fn is_exception(&self, value: Value) -> bool {
        value.header().is_some_and(|h| h.kind() == crate::objects::kinds::EXCEPTION)
    }
}

/// The roots of one interpreter, while its world is stopped.
struct Roots<'a> {
    vm: &'a Vm,
}

impl RootSource for Roots<'_> {
    fn precise(&mut self, tracer: &mut Tracer) {
        self.vm.trace(tracer);
        self.vm.shapes().for_each_name(|name| tracer.cell(name));
        for thread in self.vm.threads.lock().iter() {
            // SAFETY: the world is stopped, so no thread ends or runs; a thread in the list is alive.
            unsafe { &*thread.0.load(Ordering::Acquire) }.trace(tracer);
        }
    }

    fn native_stacks(&mut self, scan: &mut dyn FnMut(Range<*const usize>)) {
        for thread in self.vm.threads.lock().iter() {
            // SAFETY: as above; every thread but the collector's is detached or parked and has published its bounds, as
            // has the collector itself.
            let thread = unsafe { &*thread.0.load(Ordering::Acquire) };
            if let Some(range) = thread.native_stack.published() {
                scan(range);
            }
        }
    }

    fn after_marking(&mut self, is_alive: &dyn Fn(Value) -> bool) {
        self.vm.interned.prune(is_alive);
        self.vm.shapes().prune(is_alive);
        self.vm.codes.lock().retain(|a| is_alive(Value::from_bits(*a as u64)));
    }
}

impl Thread {
    /// How many of the cells that `wanted` picks does a program hold on to: found after a collection, and referred to by
    /// another cell, a register, or a root. Words that lie about on native stacks keep a cell, but do not count here.
    pub fn count_held(&self, wanted: impl Fn(Value) -> bool) -> usize {
        self.collect();
        self.with_world_stopped(|| {
            let heap = self.vm().heap();
            let (mut picked, mut held) = (HashSet::new(), HashSet::new());
            heap.each_cell(|cell| {
                if wanted(cell) {
                    picked.insert(cell.bits());
                }
            });
            if picked.is_empty() {
                return 0;
            }
            let mut note = |value: Value| {
                if picked.contains(&value.bits()) {
                    held.insert(value.bits());
                }
            };
            heap.each_cell(|holder| heap.each_reference(holder, &mut note));
            heap.reported(|tracer| Roots { vm: self.vm() }.precise(tracer)).into_iter().for_each(note);
            held.len()
        })
    }

    /// How many references to a cell exist in the heap, counted by walking it with the world stopped, and one for the
    /// argument that asks.
    pub fn count_references(&self, object: Value) -> usize {
        if !object.is_cell() {
            return u32::MAX as usize;
        }
        self.with_world_stopped(|| {
            let mut count = 0;
            self.vm().heap().each_cell(|holder| {
                self.vm().heap().each_reference(holder, |value| count += usize::from(value == object));
            });
            for frame in self.stack.frames() {
                let variables = frame.code.var_names.len();
                // SAFETY: variables are the first registers of the frame's window.
                let variables = unsafe { std::slice::from_raw_parts(frame.registers, variables) };
                count += variables.iter().filter(|v| **v == object).count();
            }
            count + 1
        })
    }
}

impl Thread {
    /// At the end of the program: no other thread runs Python any more.
    pub fn shut_out_others(&self) {
        let closed = with_spilled_registers(|sp| {
            self.native_stack.publish(sp);
            self.vm().gil().close(self.gil_thread())
        });
        self.back(closed);
    }
}

//! The state of one thread of Python: what native code gets as `th`.
//!
//! A `Thread` lives on its own OS thread and is only touched by it (it is not `Sync`), or by the collector while the world
//! is stopped. What others may see of it (breaker, status, counters) is [`GilThread`]'s.

use std::cell::{Cell as StdCell, RefCell};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicPtr, Ordering};

use rustc_hash::FxBuildHasher;

use crate::gil::events::Event;
use crate::gil::{Breaker, GilThread, breaker};
use crate::heap::{Bias, ByteTail, Cell, Gc, Header, Hold, LocalHeap, NativeStack, Slot, Tracer, Value};
use crate::objects::class::Class;
use crate::objects::dict::Dict;
use crate::objects::int;
use crate::objects::kinds;
use crate::objects::list::List;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::world::forks;

use super::Vm;
use super::lookup::MethodCache;
use super::native::Result;
use super::stack::Stack;

pub use crate::gil::Reason;

/// What the dispatch loop uses most comes first: its instructions are shorter by the offset, and fewer registers hold addresses
/// of fields. (`calls`)
#[repr(C)]
pub struct Thread {
    pub stack: Stack,
    /// The request word of `gil`, at hand for the loop.
    breaker: *const Breaker,
    vm: Arc<Vm>,
    heap: LocalHeap,
    gil: Arc<GilThread>,
    pub(super) native_stack: NativeStack,
    /// Native code that would go below this address raises RecursionError instead.
    stack_limit: StdCell<usize>,
    /// The exception on its way, `EMPTY` if none.
    pub(crate) pending: StdCell<Value>,
    /// Whether the pending exception was raised again, so that its traceback stays as it is.
    pub(super) reraised: StdCell<bool>,
    /// Whether the pending exception has left frames already: its context was set there, and native code only hands it on.
    pub(super) chained: StdCell<bool>,
    /// Whether the generator that native code runs has just yielded; see `generators::step`.
    pub(super) yielded: StdCell<bool>,
    /// Whether all that was asked of the thread had just been served when the dispatch loop was entered last.
    pub(super) served: StdCell<bool>,
    /// Whether object locks are taken: the interpreter's lock is off, and there may be other threads. Changes only while
    /// the world is stopped, or before this thread starts the second one.
    pub(super) takes_locks: StdCell<bool>,
    /// For the locks of objects that only this thread changes.
    bias: Bias,
    pub(super) methods: MethodCache,
    /// Values that native code keeps across safepoints in Rust memory: see [`Thread::keep`].
    kept: RefCell<Vec<Value>>,
    /// `threading.get_ident()`.
    pub ident: u64,
    /// What the system calls it.
    pub native_id: i32,
    /// The current context of context variables, `EMPTY` until one is asked for.
    pub context: Slot,
    /// The event loop that runs in this thread, `EMPTY` or `NONE` if none does.
    pub running_loop: Slot,
    /// `sys.set_asyncgen_hooks`: for the first iteration over an asynchronous generator, and for its end.
    pub generator_hooks: [Slot; 2],
    /// `sys.set_coroutine_origin_tracking_depth`: how many frames a coroutine notes of where it was made.
    pub origin_depth: StdCell<u32>,
    /// The `threading.Thread` object, its context, and the like, by modules' choice.
    pub object: Slot,
    /// Thread-local storage of `_thread._local`: a dict from the local object's id to its dict.
    pub locals: Slot,
    /// An exception left for this thread by another one, raised at its next safepoint.
    pub async_exception: Slot,
    /// `sys.settrace`, `sys.setprofile`
    pub tracing: super::tracing::Tracing,
    /// Whether it is telling `gc.callbacks` of a collection: of those that this brings about nobody is told.
    pub(super) tells_collection: StdCell<bool>,
    /// What a collection has freed of which `gc.callbacks` have not been told yet.
    pub(super) untold_collection: StdCell<Option<usize>>,
    /// The program held on to more memory than it may have when this thread last looked, and was at no place to say so.
    pub(super) over_limit: StdCell<bool>,
    /// How many safepoints it came to in the collector's stress mode.
    pub(super) safepoints: StdCell<u32>,
    /// Objects whose `repr` is being made, against endless recursion.
    pub(crate) repr_active: RefCell<HashSet<usize, FxBuildHasher>>,
}

/// Holds an object's lock while the interpreter's lock is off and there are threads; nothing otherwise.
pub struct ObjectGuard<'a>(Option<Hold<'a>>);

impl ObjectGuard<'_> {
    /// Whether a lock was needed.
    #[inline(always)]
    pub fn is_held(&self) -> bool {
        self.0.is_some()
    }
}

/// Native stack that is left for what runs below the recursion check.
const STACK_MARGIN: usize = 256 << 10;

impl Thread {
    /// The state for the calling OS thread, registered under `gil`, not yet attached.
    pub fn new(vm: Arc<Vm>, gil: Arc<GilThread>, stack_size: usize) -> std::io::Result<Box<Thread>> {
        let ident = vm.next_ident();
        let stack = Stack::new(vm.recursion_limit())?;
        Ok(Thread::with_stack(vm, gil, stack_size, ident, stack))
    }

    /// As `new`, for a thread whose starter has given it an identifier and a stack.
    pub fn with_stack(vm: Arc<Vm>, gil: Arc<GilThread>, stack_size: usize, ident: u64, stack: Stack) -> Box<Thread> {
        let here = 0u8;
        let here = std::ptr::from_ref(&here) as usize;
        let _whole = forks::whole();
        let request = Arc::new(Collect(gil.clone()));
        let thread = Box::new(Thread {
            breaker: std::ptr::from_ref(gil.breaker()),
            heap: LocalHeap::new(vm.heap().clone(), request),
            native_stack: NativeStack::of_current_thread(),
            stack_limit: StdCell::new(here.saturating_sub(stack_size.saturating_sub(STACK_MARGIN))),
            stack,
            pending: StdCell::new(Value::EMPTY),
            reraised: StdCell::new(false),
            chained: StdCell::new(false),
            yielded: StdCell::new(false),
            served: StdCell::new(false),
            takes_locks: StdCell::new(vm.has_unlocked_threads()),
            bias: Bias::claim(),
            methods: MethodCache::new(),
            kept: RefCell::default(),
            ident,
            native_id: native_id(),
            context: Slot::default(),
            running_loop: Slot::default(),
            generator_hooks: Default::default(),
            origin_depth: StdCell::new(0),
            object: Slot::default(),
            locals: Slot::default(),
            async_exception: Slot::default(),
            tracing: Default::default(),
            tells_collection: StdCell::new(false),
            untold_collection: StdCell::new(None),
            over_limit: StdCell::new(false),
            safepoints: StdCell::new(0),
            repr_active: RefCell::default(),
            gil,
            vm,
        });
        if thread.vm.heap().stress() {
            thread.breaker().request(breaker::EVERY_SAFEPOINT);
        }
        let mut threads = thread.vm.threads.lock();
        // It may have changed since the stack was made.
        thread.stack.limit_frames(thread.vm.recursion_limit());
        threads.push(ThreadPointer(AtomicPtr::new(std::ptr::from_ref(&*thread).cast_mut())));
        drop(threads);
        thread
    }

    #[inline(always)]
    pub fn vm(&self) -> &Vm {
        &self.vm
    }

    pub fn vm_arc(&self) -> &Arc<Vm> {
        &self.vm
    }

    pub fn gil_thread(&self) -> &Arc<GilThread> {
        &self.gil
    }

    #[inline(always)]
    pub(super) fn breaker(&self) -> &Breaker {
        // SAFETY: the breaker is part of `self.gil`, which lives as long as `self`.
        unsafe { &*self.breaker }
    }

    /// What the system calls the thread of that identifier, if there is one.
    pub fn native_id_of(&self, ident: u64) -> Option<i32> {
        if ident == self.ident {
            // A fork may have given it another one.
            return Some(native_id());
        }
        self.vm.threads.lock().iter().find_map(|thread| {
            // SAFETY: a thread takes itself off the list before it ends, and both numbers stay as they are.
            let thread = unsafe { &*thread.0.load(Ordering::Acquire) };
            (thread.ident == ident).then_some(thread.native_id)
        })
    }

    /// Whether other threads may run Python at this very moment.
    #[inline(always)]
    pub fn shares_objects(&self) -> bool {
        self.takes_locks.get()
    }

    /// To be called before another thread is started: object locks can no longer be done without.
    pub fn becomes_one_of_many(&self) {
        crate::heap::prepare_fences();
        self.vm.has_threads.store(true, Ordering::Release);
        self.takes_locks.set(self.vm.has_unlocked_threads());
    }

    // ---- making objects

    #[inline(always)]
    pub fn heap(&self) -> &LocalHeap {
        &self.heap
    }

    #[inline(always)]
    pub fn alloc<T: Cell>(&self, cell: T) -> Gc<T> {
        self.heap.alloc(cell)
    }

    /// A cell with `bytes` zeroed bytes behind its fixed part.
    #[inline(always)]
    pub fn alloc_with_tail<T: Cell>(&self, cell: T, bytes: usize) -> Gc<T> {
        self.heap.alloc_with_tail(cell, bytes)
    }

    /// A cell with `bytes` behind its fixed part.
    #[inline(always)]
    pub fn alloc_with_bytes<T: ByteTail>(&self, cell: T, bytes: &[u8]) -> Gc<T> {
        self.heap.alloc_with_bytes(cell, bytes)
    }

    pub fn str(&self, text: &str) -> Value {
        Str::from_wtf8(self, text.as_bytes()).value()
    }

    pub fn tuple(&self, items: &[Value]) -> Value {
        Tuple::new(self, items).value()
    }

    pub fn list(&self, items: &[Value]) -> Value {
        List::new(self, items).value()
    }

    pub fn dict(&self) -> Gc<Dict> {
        Dict::new(self)
    }

    pub fn int(&self, i: i64) -> Value {
        int::from_i64(self, i)
    }

    // ---- asking about objects

    /// The class of any value.
    #[inline]
    pub fn class_of(&self, value: Value) -> Gc<Class> {
        match value.header() {
            Some(header) => self.vm.shapes().class(header.shape()),
            None => self.vm.class_of_inline(value),
        }
    }

    /// The name of its class, for messages.
    pub fn type_name(&self, value: Value) -> String {
        self.class_of(value).name()
    }

    /// As `type_name`, with the module of a class that is neither built in nor the program's: what some messages say.
    pub fn full_type_name(&self, value: Value) -> String {
        crate::objects::class::methods::message_name(self, self.class_of(value))
    }

    pub fn is_instance(&self, value: Value, class: Gc<Class>) -> bool {
        self.class_of(value).is_subclass_of(class)
    }

    // ---- locks and recursion

    /// Takes the object's lock for a write, if other threads run at the same time. Hold it only for a few stores: nothing that
    /// calls Python or reaches a safepoint may happen meanwhile.
    #[inline(always)]
    pub fn guard<'a>(&self, object: &'a Header) -> ObjectGuard<'a> {
        if self.takes_locks.get() { self.guard_shared(object) } else { ObjectGuard(None) }
    }

    // Not inlined: where no lock is needed nothing is in its place but the question.
    #[inline(never)]
    fn guard_shared<'a>(&self, object: &'a Header) -> ObjectGuard<'a> {
        ObjectGuard(Some(object.object_lock().take(&self.bias, |_| self.lock_contended(object))))
    }

    /// Takes the locks of two different objects, in the order in which everybody takes them.
    pub fn guard_both<'a>(&self, a: &'a Header, b: &'a Header) -> [ObjectGuard<'a>; 2] {
        let (first, second) = if std::ptr::from_ref(a) < std::ptr::from_ref(b) { (a, b) } else { (b, a) };
        [self.guard(first), self.guard(second)]
    }

    #[cold]
    #[inline(never)]
    fn lock_contended(&self, object: &Header) {
        let clock = &self.vm.world().clock;
        let start = clock.now();
        let lock = object.object_lock();
        if self.gil.parker().try_for_a_while(clock, || lock.try_common().then_some(())).is_none() {
            lock.wait_for_common();
        }
        let waited = clock.now() - start;
        self.gil.counters().object_waited(waited);
        self.tell(Event::MetObject {
            waited,
            object: std::ptr::from_ref(object) as u64,
            kind: kinds::KINDS[object.kind().0 as usize].name,
        });
    }

    /// Whether native code may call deeper; RecursionError otherwise. To be asked wherever Rust recurses on a program's data.
    #[inline]
    pub fn check_recursion(&self, doing: &str) -> Result<()> {
        let here = 0u8;
        if (std::ptr::from_ref(&here) as usize) < self.stack_limit.get() {
            return Err(self.recursion_error(doing));
        }
        Ok(())
    }

    /// How much native stack is left to the calling code, a margin included.
    pub(super) fn native_room(&self) -> usize {
        let here = 0u8;
        (std::ptr::from_ref(&here) as usize).saturating_sub(self.stack_limit.get()) + STACK_MARGIN
    }

    #[cold]
    #[inline(never)]
    pub fn recursion_error(&self, doing: &str) -> super::Raised {
        self.raise(
            crate::objects::exception::Exc::RecursionError,
            format_args!("maximum recursion depth exceeded{doing}"),
        )
    }

    /// Keeps a value alive while it is only known to Rust memory that is not scanned; `unkeep` as often, in reverse order.
    pub fn keep(&self, value: Value) {
        self.kept.borrow_mut().push(value);
    }

    pub fn unkeep(&self, count: usize) {
        let mut kept = self.kept.borrow_mut();
        let len = kept.len().saturating_sub(count);
        kept.truncate(len);
    }

    // ---- for the collector

    /// Reports every value that this thread holds. The world is stopped.
    pub(super) fn trace(&self, tracer: &mut Tracer) {
        self.stack.trace(tracer);
        tracer.value(self.pending.get());
        for slot in [&self.object, &self.locals, &self.async_exception, &self.context, &self.running_loop] {
            tracer.slot(slot);
        }
        for slot in &self.generator_hooks {
            tracer.slot(slot);
        }
        for value in self.kept.borrow().iter() {
            tracer.value(*value);
        }
        self.tracing.visit(tracer);
        self.methods.clear();
    }
}

/// What the system calls the calling thread.
#[cfg(target_os = "linux")]
pub fn native_id() -> i32 {
    // SAFETY: asks about the calling thread.
    unsafe { libc::gettid() }
}

#[cfg(not(target_os = "linux"))]
pub fn native_id() -> i32 {
    std::process::id() as i32
}

impl Drop for Thread {
    fn drop(&mut self) {
        let this = std::ptr::from_mut(self);
        let _whole = forks::whole();
        self.vm.threads.lock().retain(|t| t.0.load(Ordering::Relaxed) != this);
        // Not before: collections look at the stacks of all that are listed.
        if let Some(stack) = self.stack.give_up() {
            self.vm.keep_stack(stack);
        }
    }
}

/// A thread in the interpreter's list, for the collector.
pub(super) struct ThreadPointer(pub(super) AtomicPtr<Thread>);

/// Raises the collect bit of the thread whose allocation found the budget spent.
struct Collect(Arc<GilThread>);

impl crate::heap::CollectionRequest for Collect {
    fn request_collection(&self) {
        self.0.breaker().request(breaker::COLLECT);
    }
}

//! Everything that one interpreter has. Several can live in one process.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, AtomicU64, AtomicUsize, Ordering};

use parking_lot::Mutex;
use rustc_hash::FxBuildHasher;
use siphasher::sip::SipHasher13;

use crate::gil::{Gil, LockStats, Mode, breaker};
use crate::heap::{Gc, Heap, HeapConfig, Kind, OutOfMemory, ShapeId, ShapeOwners, Slot, Tracer, Value};
use crate::objects::class::Class;
use crate::objects::dict::Dict;
use crate::objects::exception::{EXCEPTIONS, Exc};
use crate::objects::kinds;
use crate::objects::str::Singles;
use crate::world::World;

use super::Thread;
use super::bootstrap::Seat;
use super::family::Family;
use super::gate::{Gate, Permissions};
use super::intern::Interned;
use super::names::Names;
use super::native::TypeDef;
use super::shape::Shapes;
use super::stack::Stack;
use super::thread::ThreadPointer;
use super::tracing::Hook;

/// How an interpreter is started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub mode: Mode,
    /// `sys.argv`
    pub argv: Vec<String>,
    /// Where imports look first: the program's folder.
    pub path: Vec<String>,
    /// `sys.flags` that matter here.
    pub optimize: u8,
    pub unbuffered: bool,
    /// Makes the text of `gil.report()`; where there is none, there are no reports.
    pub reporter: Option<fn(&LockStats) -> String>,
    /// Who records, if that can be asked for.
    pub recorder: Option<Arc<dyn super::recording::Recorder>>,
    /// Where child processes leave their counters, if anybody wants them.
    pub ledger: Option<super::recording::Ledger>,
    /// Whether another process of the same program has started this one anew.
    pub is_child: bool,
    /// Who is told of a deadlock.
    pub on_deadlock: Option<fn(&Thread, &super::deadlock::Deadlock)>,
    /// Who is told that the process is about to end at once.
    pub on_exit: Option<fn(&Thread)>,
    /// `sys.orig_argv`
    pub command: Vec<String>,
    /// The options that start gilbox with the same rights, limits and lock.
    pub again: Vec<String>,
    /// Descriptors that the parent process has handed on to the program.
    pub inherited: Vec<i32>,
    /// Threads beyond which "can't start new thread"; 0 for no limit.
    pub max_threads: usize,
    /// Bytes of heap beyond which MemoryError is raised; 0 for no limit.
    pub max_memory: usize,
    /// What the program may touch outside of itself.
    pub permissions: Permissions,
    /// `-W` and `PYTHONWARNINGS`: filters of warnings, the last first to be asked.
    pub warnings: Vec<String>,
}

/// Stacks of threads that are over beyond which they are unmapped.
const MOST_SPARE_STACKS: usize = 16;

pub struct Vm {
    /// The strings of one character.
    pub singles: Singles,
    heap: Arc<Heap>,
    gil: Gil,
    world: World,
    gate: Arc<Gate>,
    /// The other interpreters of this process.
    pub family: Arc<Family>,
    /// Its number among them.
    pub id: i64,
    pub options: Options,
    pub(super) threads: Mutex<Vec<ThreadPointer>>,
    /// Stacks of threads that are over, for new ones: to map memory and touch it for the first time takes long.
    spare_stacks: Mutex<Vec<Stack>>,
    /// By identifier: the threads that wait for a module, and those that run its code.
    pub(super) importing: Mutex<HashMap<u64, u64, FxBuildHasher>>,
    shapes: Arc<Shapes>,
    class_epoch: AtomicU32,
    pub(super) interned: Interned,
    /// Set by the bootstrap, before any program runs.
    pub names: LateNames,
    /// Classes by kind.
    kind_classes: Box<[Slot]>,
    exception_classes: Box<[Slot]>,
    /// Classes by the address of their definition.
    def_classes: Mutex<HashMap<usize, usize, FxBuildHasher>>,
    /// Native signatures that calls have needed: by the address of their text.
    pub(crate) signatures: super::signature::Signatures,
    /// How many NaNs have been made that are to be told apart.
    pub nans: AtomicU64,
    /// `sys.modules`
    pub modules: Slot,
    /// The namespace of `builtins`.
    pub builtins: Slot,
    /// Values that modules keep for the whole interpreter (`sys.stdout`'s original, the main thread's object, …).
    roots: Mutex<Vec<Slot>>,
    hash_keys: (u64, u64),
    recursion_limit: AtomicUsize,
    /// `gc.isenabled()`
    pub gc_enabled: AtomicBool,
    /// Whether a second thread was ever started.
    pub(super) has_threads: AtomicBool,
    /// How many classes have been registered with abstract ones: see `modules::abc`.
    pub abc_registrations: AtomicU64,
    /// The number of the next task without a name.
    pub task_numbers: AtomicU64,
    /// The modules that are being made, and by which thread.
    pub(super) imports: Mutex<HashMap<String, u64>>,
    /// Set at exit: daemon threads end at their next safepoint.
    pub finalizing: AtomicBool,
    /// What is to be done in the child of a fork.
    pub forks: super::fork::Forks,
    /// How long the threads had worked, in nanoseconds, when this process last left its counters.
    pub(super) told_worked: AtomicU64,
    /// Whether this process is the child of a fork.
    pub is_forked: AtomicBool,
    /// Threads with smaller identifiers stayed in the parent of this process, but for the one that forked.
    pub(super) first_ident_here: AtomicU64,
    /// Whether somebody thinks that there is a deadlock.
    pub(super) suspected: super::deadlock::Suspected,
    /// The numbers of code in recordings.
    pub(super) code_numbers: AtomicU32,
    /// How many tasks have numbers for recordings.
    pub(super) recorded_tasks: AtomicU32,
    /// A number for whatever needs one (`Thread-1`).
    pub counter: AtomicU64,
    /// All code objects, for the rare events that empty their caches.
    pub(super) codes: Mutex<Vec<usize>>,
    /// The source texts that tracebacks may show.
    pub sources: Arc<super::report::Sources>,
    /// The warnings that native code has given.
    pub(super) warned: super::report::Given,
    /// Native stack of new threads in bytes (`threading.stack_size`); 0 for the default.
    pub thread_stack: AtomicUsize,
    /// `get_ident()` of the main thread.
    pub main_ident: AtomicU64,
    /// `socket.setdefaulttimeout`: nanoseconds, negative for none.
    pub socket_timeout: AtomicI64,
    /// `sys.set_int_max_str_digits`
    pub int_max_str_digits: AtomicUsize,
    /// Signals that arrived, for the main thread.
    pub signals: super::signals::Signals,
    /// The classes of what has no cell: bool, NoneType, ellipsis, NotImplementedType.
    inline_classes: [Slot; 4],
    /// `object.__new__` and `object.__init__`, which calls of classes ask about.
    object_new: Slot,
    object_init: Slot,
    /// `typing.NoDefault`, once it is wanted.
    pub no_default: Slot,
    /// `functools.Placeholder`, once the module is there.
    pub placeholder: Slot,
    /// The patterns that `re` has compiled: see `modules::re`.
    pub pattern_cache: Slot,
}

// SAFETY: the cells that an interpreter names are only touched by threads attached to it, through slots.
unsafe impl Send for Vm {}
// SAFETY: as for `Send`.
unsafe impl Sync for Vm {}

/// What objects may take where no limit is asked for: a quarter of the memory is left to the rest, so that a program
/// that wants too much gets a MemoryError and the system need not kill it.
fn usual_limit() -> usize {
    crate::heap::machine_memory() / 4 * 3
}

impl Vm {
    pub(super) fn empty(options: Options, world: World, seat: &Seat) -> Result<Arc<Vm>, OutOfMemory> {
        let shapes = Arc::new(Shapes::new());
        let mut config = HeapConfig::from_env();
        config.max_bytes = Some(if options.max_memory > 0 { options.max_memory } else { usual_limit() });
        let gil = Gil::new(world.clone(), options.mode);
        let slots = |count: usize| (0..count).map(|_| Slot::default()).collect::<Vec<_>>().into_boxed_slice();
        let vm = Vm {
            singles: Singles::default(),
            heap: Arc::new(Heap::with_owners(kinds::KINDS, Box::new(Classes(shapes.clone())), config)?),
            gil,
            hash_keys: (world.picking.seed("str hash, first key"), world.picking.seed("str hash, second key")),
            world,
            gate: seat.gate.clone().unwrap_or_else(|| {
                let gate = Gate::new(options.permissions.clone());
                options.inherited.iter().for_each(|number| gate.adopt_number(*number));
                Arc::new(gate)
            }),
            family: seat.family.clone(),
            id: seat.id,
            options,
            threads: Mutex::default(),
            spare_stacks: Mutex::default(),
            importing: Mutex::default(),
            shapes,
            class_epoch: AtomicU32::new(1),
            interned: Interned::default(),
            names: LateNames::default(),
            kind_classes: slots(kinds::KINDS.len()),
            exception_classes: slots(EXCEPTIONS.len()),
            def_classes: Mutex::default(),
            signatures: Default::default(),
            modules: Slot::default(),
            builtins: Slot::default(),
            roots: Mutex::default(),
            recursion_limit: AtomicUsize::new(1000),
            gc_enabled: AtomicBool::new(true),
            has_threads: AtomicBool::new(false),
            abc_registrations: AtomicU64::new(1),
            task_numbers: AtomicU64::new(1),
            nans: AtomicU64::new(1),
            imports: Mutex::default(),
            finalizing: AtomicBool::new(false),
            forks: Default::default(),
            told_worked: AtomicU64::new(0),
            is_forked: AtomicBool::new(false),
            first_ident_here: AtomicU64::new(0),
            suspected: Default::default(),
            code_numbers: AtomicU32::new(0),
            recorded_tasks: AtomicU32::new(0),
            counter: AtomicU64::new(1),
            codes: Mutex::default(),
            sources: seat.sources.clone(),
            warned: Default::default(),
            thread_stack: AtomicUsize::new(0),
            main_ident: AtomicU64::new(0),
            socket_timeout: AtomicI64::new(-1),
            int_max_str_digits: AtomicUsize::new(4300),
            signals: super::signals::Signals::woken_by(seat.wake.clone()),
            inline_classes: Default::default(),
            object_new: Slot::default(),
            object_init: Slot::default(),
            no_default: Slot::default(),
            placeholder: Slot::default(),
            pattern_cache: Slot::default(),
        };
        Ok(Arc::new(vm))
    }

    pub fn heap(&self) -> &Arc<Heap> {
        &self.heap
    }

    pub fn gil(&self) -> &Gil {
        &self.gil
    }

    /// What the program may touch outside of itself.
    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    pub(super) fn shared_gate(&self) -> Arc<Gate> {
        self.gate.clone()
    }

    pub fn world(&self) -> &World {
        &self.world
    }

    pub(super) fn set_names(&self, names: Names) {
        if self.names.0.set(Box::new(names)).is_err() {
            unreachable!("the bootstrap runs once");
        }
    }

    /// Whether several threads may run Python at the same time: what object locks are for. A program that has only its
    /// main thread pays nothing for them.
    pub(super) fn has_unlocked_threads(&self) -> bool {
        self.has_threads.load(Ordering::Acquire) && !self.gil().mode().policy.has_lock()
    }

    /// Counts the changes after which an attribute found on a class may be found elsewhere.
    #[inline(always)]
    pub fn class_epoch(&self) -> u32 {
        self.class_epoch.load(Ordering::Acquire)
    }

    /// How many frames a thread may push.
    pub fn recursion_limit(&self) -> usize {
        self.recursion_limit.load(Ordering::Relaxed)
    }

    /// Sets the recursion limit of every thread, those that run included.
    pub fn set_recursion_limit(&self, limit: usize) {
        let threads = self.threads.lock();
        self.recursion_limit.store(limit, Ordering::Relaxed);
        for thread in threads.iter() {
            // SAFETY: a thread takes itself off the list before it ends, and other threads look at nothing of its stack but
            // the limit, which is atomic.
            unsafe { (*thread.0.load(Ordering::Acquire)).stack.limit_frames(limit) };
        }
    }

    /// `threading.settrace_all_threads` and its like: has every thread told of, from its next safepoint on.
    pub fn watch_all(&self, hook: Hook, function: Value) {
        let function = if function.is_none() { Value::EMPTY } else { function };
        for thread in self.threads.lock().iter() {
            let thread = thread.0.load(Ordering::Acquire);
            // SAFETY: as above; the slots and the breaker are atomic.
            unsafe {
                match hook {
                    Hook::Trace => (*thread).tracing.trace.set(function),
                    Hook::Profile => (*thread).tracing.profile.set(function),
                }
                (*thread).breaker().request(breaker::TRACING);
            }
        }
    }

    /// The stack of a new thread.
    pub fn new_stack(&self) -> std::io::Result<Stack> {
        let spare = self.spare_stacks.lock().pop();
        match spare {
            Some(stack) => {
                stack.limit_frames(self.recursion_limit());
                Ok(stack)
            }
            None => Stack::new(self.recursion_limit()),
        }
    }

    /// Keeps the stack of a thread that is over.
    pub(super) fn keep_stack(&self, stack: Stack) {
        let mut spare = self.spare_stacks.lock();
        if spare.len() < MOST_SPARE_STACKS {
            spare.push(stack);
        }
    }

    pub(super) fn class_epochs_begin(&self) {
        self.classes_changed();
    }

    /// An identifier for a thread, never used again.
    pub fn next_ident(&self) -> u64 {
        self.family.next_ident()
    }

    /// A class gained or lost a key, or its bases changed.
    pub fn classes_changed(&self) {
        self.class_epoch.fetch_add(1, Ordering::AcqRel);
    }

    /// The interpreter's hash of text or bytes, seeded; 0 for none at all, and never -1.
    pub fn hash_bytes(&self, bytes: &[u8]) -> u64 {
        if bytes.is_empty() {
            return 0;
        }
        SipHasher13::new_with_keys(self.hash_keys.0, self.hash_keys.1).hash(bytes).clamp(1, u64::MAX - 1)
    }

    pub fn exception_class(&self, class: Exc) -> Gc<Class> {
        class_in(&self.exception_classes[class as usize])
    }

    pub(super) fn exception_class_at(&self, at: usize) -> Gc<Class> {
        class_in(&self.exception_classes[at])
    }

    pub fn set_exception_class(&self, at: usize, class: Gc<Class>) {
        self.exception_classes[at].set(class.value());
    }

    /// The class whose direct instances are exactly of this kind.
    #[inline]
    pub fn class_of_kind(&self, kind: Kind) -> Gc<Class> {
        class_in(&self.kind_classes[kind.0 as usize])
    }

    pub(super) fn set_class_of_kind(&self, kind: Kind, class: Gc<Class>) {
        self.kind_classes[kind.0 as usize].set(class.value());
        self.shapes.set_class(ShapeId(kind.0 as u32), class);
    }

    pub(super) fn has_class_of_kind(&self, kind: Kind) -> bool {
        !self.kind_classes[kind.0 as usize].get().is_empty()
    }

    /// The class of a value that is no cell.
    #[inline]
    pub(super) fn class_of_inline(&self, value: Value) -> Gc<Class> {
        if value.is_int() {
            self.class_of_kind(kinds::INT)
        } else if value.is_float() {
            self.class_of_kind(kinds::FLOAT)
        } else {
            class_in(
                &self.inline_classes[match value {
                    Value::TRUE | Value::FALSE => 0,
                    Value::ELLIPSIS => 2,
                    Value::NOT_IMPLEMENTED => 3,
                    _ => 1,
                }],
            )
        }
    }

    pub(super) fn set_inline_classes(&self, classes: [Gc<Class>; 4]) {
        for (slot, class) in self.inline_classes.iter().zip(classes) {
            slot.set(class.value());
        }
    }

    /// `object.__new__`
    pub fn object_new(&self) -> Value {
        self.object_new.get()
    }

    /// `object.__init__`
    pub fn object_init(&self) -> Value {
        self.object_init.get()
    }

    pub(super) fn set_object_methods(&self, new: Value, init: Value) {
        self.object_new.set(new);
        self.object_init.set(init);
    }

    #[inline(always)]
    pub fn shapes(&self) -> &Shapes {
        &self.shapes
    }

    /// The class made from a native definition; it must have been registered (a type's table, or a module that was imported).
    #[inline]
    pub fn class(&self, def: &'static TypeDef) -> Gc<Class> {
        // Most types have a kind of their own, whose number is that of its exact instances' shape.
        if let Some(of_kind) = self.shapes.class_value(ShapeId(def.kind.0.into())).as_class()
            && of_kind.def.is_some_and(|own| std::ptr::eq(own, def))
        {
            return of_kind;
        }
        match self.find_class(def) {
            Some(class) => class,
            None => panic!("the native type {} is not registered", def.name),
        }
    }

    pub fn find_class(&self, def: &'static TypeDef) -> Option<Gc<Class>> {
        let address = *self.def_classes.lock().get(&(std::ptr::from_ref(def) as usize))?;
        // SAFETY: only `add_class` writes the table, and native classes are roots.
        Some(unsafe { Gc::from_address(address) })
    }

    pub(super) fn add_class(&self, def: &'static TypeDef, class: Gc<Class>) {
        self.def_classes.lock().insert(std::ptr::from_ref(def) as usize, class.address());
    }

    pub fn builtins(&self) -> Gc<Dict> {
        match self.builtins.get().downcast::<Dict>() {
            Some(dict) => dict,
            None => unreachable!("the bootstrap makes the built-ins"),
        }
    }

    pub fn modules(&self) -> Gc<Dict> {
        match self.modules.get().downcast::<Dict>() {
            Some(dict) => dict,
            None => unreachable!("the bootstrap makes sys.modules"),
        }
    }

    pub fn builtin(&self, th: &Thread, name: &str) -> Option<Value> {
        self.builtins().get_str(th, th.intern(name))
    }

    /// Keeps a value alive as long as the interpreter.
    pub fn root(&self, value: Value) {
        self.roots.lock().push(Slot::new(value));
    }

    /// Reports what the interpreter itself holds. The world is stopped.
    pub(super) fn trace(&self, tracer: &mut Tracer) {
        for slot in self.kind_classes.iter().chain(&self.exception_classes) {
            tracer.slot(slot);
        }
        for address in self.def_classes.lock().values() {
            tracer.value(Value::from_bits(*address as u64));
        }
        tracer.slot(&self.modules);
        tracer.slot(&self.builtins);
        tracer.slot(&self.object_new);
        tracer.slot(&self.object_init);
        tracer.slot(&self.no_default);
        tracer.slot(&self.placeholder);
        tracer.slot(&self.pattern_cache);
        tracer.slots(&self.inline_classes);
        tracer.slots(&self.signals.handlers);
        self.singles.trace(tracer);
        tracer.slots(&self.roots.lock());
        if let Some(names) = self.names.0.get() {
            names.trace(tracer);
        }
    }
}

fn class_in(slot: &Slot) -> Gc<Class> {
    let value = slot.get();
    debug_assert!(value.is_class(), "the bootstrap has made all built-in classes");
    // SAFETY: only the bootstrap writes these slots, with classes, before any program runs.
    unsafe { Gc::from_address(value.bits() as usize) }
}

/// The well-known names, which the bootstrap makes first.
#[derive(Default)]
pub struct LateNames(std::sync::OnceLock<Box<Names>>);

impl std::ops::Deref for LateNames {
    type Target = Names;
    #[inline(always)]
    fn deref(&self) -> &Names {
        match self.0.get() {
            Some(names) => names,
            None => unreachable!("the bootstrap makes the names first"),
        }
    }
}

/// A shape's cells keep its class alive.
struct Classes(Arc<Shapes>);

impl ShapeOwners for Classes {
    fn owner(&self, shape: ShapeId) -> Value {
        self.0.class_value(shape)
    }
}

impl Vm {
    pub fn mode(&self) -> Mode {
        self.gil.mode()
    }
}

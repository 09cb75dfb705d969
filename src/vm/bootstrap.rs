//! Making an interpreter: names, the classes of native types, the built-ins, `sys.modules`.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::gil::Mode;
use crate::heap::{Gc, Header, Value};
use crate::objects::class::Class;
use crate::objects::class::methods::TYPE;
use crate::objects::constants::{ELLIPSIS, NONE_TYPE, NOT_IMPLEMENTED_TYPE};
use crate::objects::dict::Dict;
use crate::objects::module::{self, Module};
use crate::objects::object::OBJECT;
use crate::objects::str::Str;
use crate::objects::{self, exception, kinds};
use crate::world::World;

use super::family::{Family, MAIN};
use super::gate::Gate;
use super::interpreter::Options;
use super::names::Names;
use super::report::Sources;
use super::signals::Wake;
use super::thread::Thread;
use super::{Vm, import, ops};

/// An interpreter's place in its process.
pub(super) struct Seat {
    pub family: Arc<Family>,
    pub id: i64,
    /// The gate of the process, if somebody has set it up.
    pub gate: Option<Arc<Gate>>,
    /// All that the interpreters of the process have read: code goes from one to another.
    pub sources: Arc<Sources>,
    /// What wakes the main thread for signals.
    pub wake: Option<Arc<Wake>>,
    /// The identifiers of the calling thread and of the process's main thread; `None` if they are one and new.
    idents: Option<(u64, u64)>,
}

impl Seat {
    /// That of the first interpreter.
    fn main() -> Seat {
        Seat { family: Arc::default(), id: MAIN, gate: None, sources: Arc::default(), wake: None, idents: None }
    }

    /// That of another one, made by a thread of `maker` with that identifier.
    pub(super) fn member(maker: &Vm, id: i64, ident: u64) -> Seat {
        Seat {
            family: maker.family.clone(),
            id,
            gate: Some(maker.shared_gate()),
            sources: maker.sources.clone(),
            wake: maker.signals.shared_wake(),
            idents: Some((ident, maker.main_ident.load(Ordering::Relaxed))),
        }
    }
}

/// Why an interpreter could not be made.
#[derive(Debug)]
pub enum StartError {
    Memory,
    Io(std::io::Error),
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            StartError::Memory => write!(f, "the heap's address space cannot be reserved"),
            StartError::Io(error) => write!(f, "the main thread's stack cannot be reserved: {error}"),
        }
    }
}

impl Vm {
    /// An interpreter and the state of its main thread, which is the calling OS thread, attached. `stack_size`: of that
    /// thread's native stack, in bytes.
    pub fn start(options: Options, world: World, stack_size: usize) -> Result<Box<Thread>, StartError> {
        Vm::start_in(options, world, stack_size, Seat::main())
    }

    /// As `start`, in a family.
    pub(super) fn start_in(
        options: Options,
        world: World,
        stack_size: usize,
        seat: Seat,
    ) -> Result<Box<Thread>, StartError> {
        let vm = Vm::empty(options, world, &seat).map_err(|_| StartError::Memory)?;
        let (ident, main) = seat.idents.unwrap_or_else(|| {
            let ident = vm.next_ident();
            (ident, ident)
        });
        let stack = vm.new_stack().map_err(StartError::Io)?;
        let gil = vm.gil().register("MainThread");
        let th = Thread::with_stack(vm.clone(), gil, stack_size, ident, stack);
        vm.main_ident.store(main, Ordering::Relaxed);
        th.attach();
        th.bootstrap();
        Ok(th)
    }

    /// An interpreter for tests.
    pub fn for_tests() -> Box<Thread> {
        let options = Options { mode: Mode::default(), ..Options::default() };
        match Vm::start(options, World::seeded(0), 1 << 20) {
            Ok(th) => th,
            Err(error) => panic!("{error}"),
        }
    }
}

impl Thread {
    fn bootstrap(&self) {
        let vm: &Arc<Vm> = self.vm_arc();
        vm.set_names(Names::new(|name| self.intern(name)));
        self.make_native_class(&OBJECT);
        self.make_native_class(&TYPE);
        for def in objects::TYPES {
            self.make_native_class(def);
        }
        vm.set_class_of_kind(kinds::WIDE_INT, vm.class_of_kind(kinds::INT));
        for kind in (1..kinds::KINDS.len() as u8).map(crate::heap::Kind) {
            if !vm.has_class_of_kind(kind) && !kinds::MADE_BY_IMPORT.contains(&kind) {
                // Cells that no program ever sees.
                vm.set_class_of_kind(kind, vm.class_of_kind(kinds::OBJECT));
            }
        }
        let constants = [&objects::bool::BOOL, &NONE_TYPE, &ELLIPSIS, &NOT_IMPLEMENTED_TYPE];
        vm.set_inline_classes(constants.map(|def| self.make_native_class(def)));
        exception::register(self);
        let object = vm.class_of_kind(kinds::OBJECT);
        let method = |name| match self.lookup(object, name) {
            Some(method) => method,
            None => unreachable!("object has __new__ and __init__"),
        };
        vm.set_object_methods(method(vm.names.__new__), method(vm.names.__init__));
        vm.modules.set(Dict::new(self).value());
        vm.builtins.set(Dict::new(self).value());
        vm.class_epochs_begin();
        if let Err(raised) = crate::modules::start(self) {
            let exception = self.take_exception(raised);
            let text = ops::repr(self, exception).map(|s| s.to_text()).unwrap_or_default();
            panic!("the built-in modules cannot be made: {text}");
        }
        self.make_permanent();
    }

    /// Spares the collector what every program has and none changes: names, native functions, computed attributes.
    fn make_permanent(&self) {
        self.vm().heap().make_permanent(|value| match value.header().map(Header::kind) {
            Some(kinds::STR) => value.as_str_cell().is_some_and(is_permanent_name),
            Some(kinds::NATIVE | kinds::GETSET) => true,
            _ => false,
        });
        self.vm().interned.make_permanent(is_permanent_name, |name| name.hash(self));
    }

    /// The module `__main__`, empty.
    pub fn make_main_module(&self) -> Gc<Module> {
        let main = module::new(self, "__main__", "");
        let names = &*self.vm().names;
        self.vm().modules().set_str(self, names.__main__, main.value());
        let builtins = import::in_modules(self, "builtins").unwrap_or(Value::NONE);
        main.namespace.set_str(self, names.__builtins__, builtins);
        main
    }

    /// Puts the classes that programs know by name into the built-ins.
    pub fn publish_classes(&self, namespace: Gc<Dict>) {
        let publish = |class: Gc<Class>| {
            if let Some(name) = class.name.get() {
                namespace.set_str(self, name, class.value());
            }
        };
        for def in objects::TYPES
            .iter()
            .chain([&&objects::bool::BOOL, &&OBJECT, &&TYPE])
            .filter(|d| objects::PUBLIC.contains(&d.name))
        {
            publish(self.vm().class(def));
        }
        for at in 0..exception::EXCEPTIONS.len() {
            publish(self.vm().exception_class_at(at));
        }
        let os_error = self.vm().exception_class(exception::Exc::OSError).value();
        for alias in ["EnvironmentError", "IOError"] {
            namespace.set_str(self, self.intern(alias), os_error);
        }
    }
}

fn is_permanent_name(name: Gc<Str>) -> bool {
    let header = name.header();
    header.has_flag(Header::KIND_FLAG) && header.is_exact() && name.is_leaf()
}

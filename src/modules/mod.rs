//! Importable modules: native ones, a file each, and those written in Python (`modules/python/`).
//!
//! A native module is one [`ModuleDef`] in its file and one line in [`MODULES`]; a Python one is a file and one line in
//! [`TEXTS`]. Modules are made when they are first imported.

use crate::heap::{Gc, Value};
use crate::objects::class::methods::TYPE;
use crate::objects::module::Module;
use crate::objects::template_string;
use crate::vm::Thread;
use crate::vm::native::{NativeDef, Result, TypeDef};

pub use frozen::PythonModule;

pub mod abc;
pub mod array;
pub mod binascii;
pub mod bisect;
pub mod builtins;
pub mod collections;
pub mod contexts;
pub mod csv;
pub mod dis;
pub mod encodings;
pub mod errno;
mod frozen;
pub mod functools;
pub mod gc;
pub mod gil;
pub mod hashing;
pub mod heapq;
pub mod interpreters;
pub mod io;
pub mod itertools;
pub mod json;
pub mod math;
pub mod multiprocessing;
pub mod operator;
pub mod os;
pub mod pickle;
pub mod queue;
pub mod random;
pub mod re;
pub mod runpy;
pub mod select;
pub mod signal;
pub mod socket;
#[cfg(feature = "sqlite")]
pub mod sqlite;
pub mod statics;
pub mod streams;
pub mod structs;
pub mod sys;
pub mod tasks;
pub mod thread;
pub mod time;
pub mod traceback;
pub mod typing;
pub mod weakref;
pub mod zlib;

type Init = fn(&Thread, Gc<Module>) -> Result<()>;

/// The definition of a native module.
pub struct ModuleDef {
    pub name: &'static str,
    pub doc: &'static str,
    /// The module that its functions say they are from, if that is not its name: CPython's in C.
    pub in_c: Option<&'static str>,
    pub functions: &'static [NativeDef],
    /// Types that are attributes of the module by their names.
    pub types: &'static [&'static TypeDef],
    /// Adds what is neither a function nor a type: constants, and what has to be computed.
    pub init: Option<Init>,
}

impl ModuleDef {
    pub const fn new(name: &'static str, doc: &'static str) -> ModuleDef {
        ModuleDef { name, doc, in_c: None, functions: &[], types: &[], init: None }
    }
}

/// Every native module: one line registers it.
pub const MODULES: &[&ModuleDef] = &[
    &abc::ABC,
    &array::ARRAY,
    &tasks::ASYNCIO,
    &binascii::BINASCII,
    &bisect::BISECT,
    &encodings::ENCODINGS,
    &builtins::BUILTINS,
    &collections::COLLECTIONS,
    &csv::CSV,
    &contexts::CONTEXTVARS,
    &dis::DIS,
    &errno::ERRNO,
    &functools::FUNCTOOLS,
    &gc::GC,
    &gil::GIL,
    &hashing::HASHLIB,
    &heapq::HEAPQ,
    &itertools::ITERTOOLS,
    &interpreters::INTERPRETERS,
    &io::IO,
    &json::JSON,
    &math::MATH,
    &multiprocessing::MULTIPROCESSING,
    &operator::OPERATOR,
    &os::OS,
    &pickle::PICKLE,
    &queue::QUEUE,
    &random::RANDOM,
    &re::RE,
    &runpy::RUNPY,
    &structs::STRUCT,
    &select::SELECT,
    &signal::SIGNAL,
    &socket::SOCKET,
    #[cfg(feature = "sqlite")]
    &sqlite::SQLITE,
    &statics::STATICS,
    &sys::SYS,
    &template_string::TEMPLATELIB,
    &thread::THREAD,
    &time::TIME,
    &traceback::TRACEBACK,
    &typing::TYPING,
    &weakref::WEAKREF,
    &zlib::ZLIB,
];

/// The texts of the modules written in Python, by their dotted names: one line registers a module.
const TEXTS: &[(&str, &str)] = &[
    ("__future__", include_str!("python/__future__.py")),
    ("_collections_abc", include_str!("python/_collections_abc.py")),
    ("_colors", include_str!("python/_colors.py")),
    ("_complaints", include_str!("python/_complaints.py")),
    ("_static_attributes", include_str!("python/_static_attributes.py")),
    ("_synchronization", include_str!("python/_synchronization.py")),
    ("_forking", include_str!("python/_forking.py")),
    ("_frame_locals", include_str!("python/_frame_locals.py")),
    ("_generic", include_str!("python/_generic.py")),
    ("_dataclass_fields", include_str!("python/_dataclass_fields.py")),
    ("_dataclass_methods", include_str!("python/_dataclass_methods.py")),
    ("_dataclass_slots", include_str!("python/_dataclass_slots.py")),
    ("_enum_body", include_str!("python/_enum_body.py")),
    ("_enum_checks", include_str!("python/_enum_checks.py")),
    ("_enum_flags", include_str!("python/_enum_flags.py")),
    ("_typing_files", include_str!("python/_typing_files.py")),
    ("_typing_hints", include_str!("python/_typing_hints.py")),
    ("_typing_protocols", include_str!("python/_typing_protocols.py")),
    ("_typing_records", include_str!("python/_typing_records.py")),
    ("_records", include_str!("python/_records.py")),
    ("_environment", include_str!("python/_environment.py")),
    ("_system_names", include_str!("python/_system_names.py")),
    ("_devices", include_str!("python/_devices.py")),
    ("_folders", include_str!("python/_folders.py")),
    ("_dispatch", include_str!("python/_dispatch.py")),
    ("_duck_generators", include_str!("python/_duck_generators.py")),
    ("_diff", include_str!("python/_diff.py")),
    ("_glob", include_str!("python/_glob.py")),
    ("_csv_sniff", include_str!("python/_csv_sniff.py")),
    ("_kernels", include_str!("python/_kernels.py")),
    ("abc", include_str!("python/abc.py")),
    ("_help", include_str!("python/_help.py")),
    ("_programs", include_str!("python/_programs.py")),
    ("_regex", include_str!("python/_regex.py")),
    ("annotationlib", include_str!("python/annotationlib.py")),
    ("asyncio", include_str!("python/asyncio/__init__.py")),
    ("asyncio.abstract", include_str!("python/asyncio/abstract.py")),
    ("asyncio.graph", include_str!("python/asyncio/graph.py")),
    ("asyncio.base_events", include_str!("python/asyncio/base_events.py")),
    ("asyncio.connections", include_str!("python/asyncio/connections.py")),
    ("asyncio.coroutines", include_str!("python/asyncio/coroutines.py")),
    ("asyncio.descriptor_transports", include_str!("python/asyncio/descriptor_transports.py")),
    ("asyncio.events", include_str!("python/asyncio/events.py")),
    ("asyncio.exceptions", include_str!("python/asyncio/exceptions.py")),
    ("asyncio.format_helpers", include_str!("python/asyncio/format_helpers.py")),
    ("asyncio.futures", include_str!("python/asyncio/futures.py")),
    ("asyncio.locks", include_str!("python/asyncio/locks.py")),
    ("asyncio.log", include_str!("python/asyncio/log.py")),
    ("asyncio.mixins", include_str!("python/asyncio/mixins.py")),
    ("asyncio.protocols", include_str!("python/asyncio/protocols.py")),
    ("asyncio.queues", include_str!("python/asyncio/queues.py")),
    ("asyncio.runners", include_str!("python/asyncio/runners.py")),
    ("asyncio.selector_events", include_str!("python/asyncio/selector_events.py")),
    ("asyncio.selector_transports", include_str!("python/asyncio/selector_transports.py")),
    ("asyncio.servers", include_str!("python/asyncio/servers.py")),
    ("asyncio.staggered", include_str!("python/asyncio/staggered.py")),
    ("asyncio.sockets", include_str!("python/asyncio/sockets.py")),
    ("asyncio.streams", include_str!("python/asyncio/streams.py")),
    ("asyncio.base_subprocess", include_str!("python/asyncio/base_subprocess.py")),
    ("asyncio.pipe_transports", include_str!("python/asyncio/pipe_transports.py")),
    ("asyncio.subprocess", include_str!("python/asyncio/subprocess.py")),
    ("asyncio.subprocesses", include_str!("python/asyncio/subprocesses.py")),
    ("asyncio.taskgroups", include_str!("python/asyncio/taskgroups.py")),
    ("asyncio.tasks", include_str!("python/asyncio/tasks.py")),
    ("asyncio.threads", include_str!("python/asyncio/threads.py")),
    ("asyncio.timeouts", include_str!("python/asyncio/timeouts.py")),
    ("asyncio.trsock", include_str!("python/asyncio/trsock.py")),
    ("asyncio.transports", include_str!("python/asyncio/transports.py")),
    ("asyncio.unix_events", include_str!("python/asyncio/unix_events.py")),
    ("asyncio.waiting", include_str!("python/asyncio/waiting.py")),
    ("argparse", include_str!("python/argparse/__init__.py")),
    ("argparse._actions", include_str!("python/argparse/_actions.py")),
    ("argparse._containers", include_str!("python/argparse/_containers.py")),
    ("argparse._formatting", include_str!("python/argparse/_formatting.py")),
    ("argparse._parser", include_str!("python/argparse/_parser.py")),
    ("argparse._reading", include_str!("python/argparse/_reading.py")),
    ("atexit", include_str!("python/atexit.py")),
    ("base64", include_str!("python/base64.py")),
    ("bisect", include_str!("python/bisect.py")),
    ("collections", include_str!("python/collections/__init__.py")),
    ("collections._user", include_str!("python/collections/_user.py")),
    ("collections.abc", include_str!("python/collections/abc.py")),
    ("codecs", include_str!("python/codecs.py")),
    ("concurrent", include_str!("python/concurrent/__init__.py")),
    ("concurrent.futures", include_str!("python/concurrent/futures/__init__.py")),
    ("concurrent.futures._base", include_str!("python/concurrent/futures/_base.py")),
    ("concurrent.futures._waiting", include_str!("python/concurrent/futures/_waiting.py")),
    ("concurrent.futures.interpreter", include_str!("python/concurrent/futures/interpreter.py")),
    ("concurrent.futures.process", include_str!("python/concurrent/futures/process.py")),
    ("concurrent.futures.thread", include_str!("python/concurrent/futures/thread.py")),
    ("concurrent.interpreters", include_str!("python/concurrent/interpreters/__init__.py")),
    ("concurrent.interpreters._crossing", include_str!("python/concurrent/interpreters/_crossing.py")),
    ("concurrent.interpreters._queues", include_str!("python/concurrent/interpreters/_queues.py")),
    ("contextvars", include_str!("python/contextvars.py")),
    ("platform", include_str!("python/platform.py")),
    ("sysconfig", include_str!("python/sysconfig.py")),
    ("copyreg", include_str!("python/copyreg.py")),
    ("csv", include_str!("python/csv.py")),
    ("dataclasses", include_str!("python/dataclasses.py")),
    ("_strptime", include_str!("python/_strptime.py")),
    ("datetime", include_str!("python/datetime/__init__.py")),
    ("datetime._clock", include_str!("python/datetime/_clock.py")),
    ("datetime._date", include_str!("python/datetime/_date.py")),
    ("datetime._delta", include_str!("python/datetime/_delta.py")),
    ("datetime._fields", include_str!("python/datetime/_fields.py")),
    ("datetime._moment", include_str!("python/datetime/_moment.py")),
    ("datetime._text", include_str!("python/datetime/_text.py")),
    ("datetime._zones", include_str!("python/datetime/_zones.py")),
    ("dis", include_str!("python/dis.py")),
    ("hashlib", include_str!("python/hashlib.py")),
    ("heapq", include_str!("python/heapq.py")),
    ("inspect", include_str!("python/inspect/__init__.py")),
    ("inspect._builtin_classes", include_str!("python/inspect/_builtin_classes.py")),
    ("inspect._finder", include_str!("python/inspect/_finder.py")),
    ("inspect._frames", include_str!("python/inspect/_frames.py")),
    ("inspect._signature", include_str!("python/inspect/_signature.py")),
    ("inspect._source", include_str!("python/inspect/_source.py")),
    ("io", include_str!("python/io.py")),
    ("json", include_str!("python/json/__init__.py")),
    ("json.decoder", include_str!("python/json/decoder.py")),
    ("json.encoder", include_str!("python/json/encoder.py")),
    ("json.__main__", include_str!("python/json/__main__.py")),
    ("json.tool", include_str!("python/json/tool.py")),
    ("json.scanner", include_str!("python/json/scanner.py")),
    ("keyword", include_str!("python/keyword.py")),
    ("linecache", include_str!("python/linecache.py")),
    ("os", include_str!("python/os.py")),
    ("logging", include_str!("python/logging/__init__.py")),
    ("logging._files", include_str!("python/logging/_files.py")),
    ("logging._listening", include_str!("python/logging/_listening.py")),
    ("logging._loggers", include_str!("python/logging/_loggers.py")),
    ("logging._records", include_str!("python/logging/_records.py")),
    ("logging._sockets", include_str!("python/logging/_sockets.py")),
    ("logging.config", include_str!("python/logging/config.py")),
    ("logging.handlers", include_str!("python/logging/handlers.py")),
    ("multiprocessing", include_str!("python/multiprocessing/__init__.py")),
    ("multiprocessing._segments", include_str!("python/multiprocessing/_segments.py")),
    ("multiprocessing._server", include_str!("python/multiprocessing/_server.py")),
    ("multiprocessing.managers", include_str!("python/multiprocessing/managers.py")),
    ("multiprocessing._crew", include_str!("python/multiprocessing/_crew.py")),
    ("multiprocessing.dummy", include_str!("python/multiprocessing/dummy/__init__.py")),
    ("multiprocessing.dummy.connection", include_str!("python/multiprocessing/dummy/connection.py")),
    ("multiprocessing.pool", include_str!("python/multiprocessing/pool.py")),
    ("multiprocessing.queues", include_str!("python/multiprocessing/queues.py")),
    ("multiprocessing.connection", include_str!("python/multiprocessing/connection.py")),
    ("multiprocessing.context", include_str!("python/multiprocessing/context.py")),
    ("multiprocessing.popen_fork", include_str!("python/multiprocessing/popen_fork.py")),
    ("multiprocessing.forkserver", include_str!("python/multiprocessing/forkserver.py")),
    ("multiprocessing.popen_forkserver", include_str!("python/multiprocessing/popen_forkserver.py")),
    ("multiprocessing.popen_spawn_posix", include_str!("python/multiprocessing/popen_spawn_posix.py")),
    ("multiprocessing.process", include_str!("python/multiprocessing/process.py")),
    ("multiprocessing.reduction", include_str!("python/multiprocessing/reduction.py")),
    ("multiprocessing.shared_memory", include_str!("python/multiprocessing/shared_memory.py")),
    ("multiprocessing.sharedctypes", include_str!("python/multiprocessing/sharedctypes.py")),
    ("multiprocessing.spawn", include_str!("python/multiprocessing/spawn.py")),
    ("multiprocessing.synchronize", include_str!("python/multiprocessing/synchronize.py")),
    ("multiprocessing.util", include_str!("python/multiprocessing/util.py")),
    ("pathlib", include_str!("python/pathlib/__init__.py")),
    ("pathlib._path", include_str!("python/pathlib/_path.py")),
    ("pathlib._windows", include_str!("python/pathlib/_windows.py")),
    ("pathlib._pure", include_str!("python/pathlib/_pure.py")),
    ("_codec_functions", include_str!("python/_codec_functions.py")),
    ("_codec_names", include_str!("python/_codec_names.py")),
    ("_codec_streams", include_str!("python/_codec_streams.py")),
    ("_codec_transforms", include_str!("python/_codec_transforms.py")),
    ("_codec_utf7", include_str!("python/_codec_utf7.py")),
    ("_codecs", include_str!("python/_codecs.py")),
    ("pickle", include_str!("python/pickle.py")),
    ("posixpath", include_str!("python/posixpath.py")),
    ("pprint", include_str!("python/pprint.py")),
    ("queue", include_str!("python/queue.py")),
    ("random", include_str!("python/random.py")),
    ("resource", include_str!("python/resource.py")),
    ("runpy", include_str!("python/runpy.py")),
    ("sched", include_str!("python/sched.py")),
    ("selectors", include_str!("python/selectors.py")),
    ("signal", include_str!("python/signal.py")),
    ("socket", include_str!("python/socket.py")),
    #[cfg(feature = "sqlite")]
    ("sqlite3", include_str!("python/sqlite3/__init__.py")),
    #[cfg(feature = "sqlite")]
    ("sqlite3.dbapi2", include_str!("python/sqlite3/dbapi2.py")),
    #[cfg(feature = "sqlite")]
    ("sqlite3._adapters", include_str!("python/sqlite3/_adapters.py")),
    #[cfg(feature = "sqlite")]
    ("sqlite3._connection", include_str!("python/sqlite3/_connection.py")),
    #[cfg(feature = "sqlite")]
    ("sqlite3._cursor", include_str!("python/sqlite3/_cursor.py")),
    #[cfg(feature = "sqlite")]
    ("sqlite3._dump", include_str!("python/sqlite3/_dump.py")),
    #[cfg(feature = "sqlite")]
    ("sqlite3._values", include_str!("python/sqlite3/_values.py")),
    ("subprocess", include_str!("python/subprocess/__init__.py")),
    ("subprocess._popen", include_str!("python/subprocess/_popen.py")),
    ("statistics", include_str!("python/statistics.py")),
    ("string", include_str!("python/string/__init__.py")),
    ("textwrap", include_str!("python/textwrap.py")),
    ("struct", include_str!("python/struct.py")),
    ("threading", include_str!("python/threading.py")),
    ("traceback", include_str!("python/traceback.py")),
    ("unittest", include_str!("python/unittest/__init__.py")),
    ("unittest.__main__", include_str!("python/unittest/__main__.py")),
    ("unittest._assertions", include_str!("python/unittest/_assertions.py")),
    ("unittest._contexts", include_str!("python/unittest/_contexts.py")),
    ("unittest._mock_asserts", include_str!("python/unittest/_mock_asserts.py")),
    ("unittest._mock_calls", include_str!("python/unittest/_mock_calls.py")),
    ("unittest._mock_magic", include_str!("python/unittest/_mock_magic.py")),
    ("unittest._mock_objects", include_str!("python/unittest/_mock_objects.py")),
    ("unittest._mock_patch", include_str!("python/unittest/_mock_patch.py")),
    ("unittest._mock_spec", include_str!("python/unittest/_mock_spec.py")),
    ("unittest._mock_state", include_str!("python/unittest/_mock_state.py")),
    ("unittest.async_case", include_str!("python/unittest/async_case.py")),
    ("unittest.case", include_str!("python/unittest/case.py")),
    ("unittest.loader", include_str!("python/unittest/loader.py")),
    ("unittest.main", include_str!("python/unittest/main.py")),
    ("unittest.mock", include_str!("python/unittest/mock.py")),
    ("unittest.result", include_str!("python/unittest/result.py")),
    ("unittest.runner", include_str!("python/unittest/runner.py")),
    ("unittest.signals", include_str!("python/unittest/signals.py")),
    ("unittest.suite", include_str!("python/unittest/suite.py")),
    ("unittest.util", include_str!("python/unittest/util.py")),
    ("warnings", include_str!("python/warnings.py")),
    ("typing", include_str!("python/typing.py")),
    ("tempfile", include_str!("python/tempfile.py")),
    ("timeit", include_str!("python/timeit.py")),
    ("types", include_str!("python/types.py")),
    ("enum", include_str!("python/enum.py")),
    ("functools", include_str!("python/functools.py")),
    ("contextlib", include_str!("python/contextlib.py")),
    ("copy", include_str!("python/copy.py")),
    ("weakref", include_str!("python/weakref.py")),
];

/// Every module written in Python.
pub static PYTHON_MODULES: [PythonModule; TEXTS.len()] = frozen::rows(TEXTS);

/// What [`PYTHON_MODULES`] refers to.
static LIBRARY: [u8; frozen::total(TEXTS)] = frozen::joined(TEXTS);

/// An exception class of a native module's own.
pub fn new_exception(th: &Thread, module: &str, name: &str, base: Value, doc: &str) -> Result {
    let namespace = th.dict();
    namespace.set_str(th, th.intern("__module__"), th.str(module));
    if !doc.is_empty() {
        namespace.set_str(th, th.intern("__doc__"), th.str(doc));
    }
    let bases = th.tuple(&[base]);
    th.call(th.vm().class(&TYPE).value(), &[th.str(name), bases, namespace.value()])
}

/// The native module whose functions say that they are from this module.
pub fn of_module_in_c(name: &str) -> Option<&'static str> {
    MODULES.iter().find(|def| def.in_c == Some(name)).map(|def| def.name)
}

/// Whether a module comes with the interpreter.
pub fn is_built_in(name: &str) -> bool {
    MODULES.iter().any(|def| def.name == name)
}

/// The module written in Python that has this name.
pub fn python_module(name: &str) -> Option<&'static PythonModule> {
    PYTHON_MODULES.iter().find(|module| module.name() == name)
}

/// Whether a module comes with the interpreter, in whatever language it is written.
pub fn is_part_of_library(name: &str) -> bool {
    is_built_in(name) || python_module(name).is_some()
}

/// Makes the modules that every program has.
pub fn start(th: &Thread) -> Result<()> {
    let module = crate::vm::import::native(th, &builtins::BUILTINS)?;
    th.vm().builtins.set(module.namespace.value());
    crate::vm::import::native(th, &sys::SYS)?;
    Ok(())
}

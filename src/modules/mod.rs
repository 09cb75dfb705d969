//! Importable modules: native ones, a file each, and those written in Python (`modules/python/`).
//!
//! A native module is one [`ModuleDef`] in its file and one line in [`MODULES`]; a Python one is a file and one line in
//! [`PYTHON_MODULES`]. Modules are made when they are first imported.

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

/// Every module written in Python: its dotted name and its text.
pub static PYTHON_MODULES: &[PythonModule] = &[
    PythonModule::new("__future__", include_str!("python/__future__.py")),
    PythonModule::new("_collections_abc", include_str!("python/_collections_abc.py")),
    PythonModule::new("_colors", include_str!("python/_colors.py")),
    PythonModule::new("_complaints", include_str!("python/_complaints.py")),
    PythonModule::new("_static_attributes", include_str!("python/_static_attributes.py")),
    PythonModule::new("_synchronization", include_str!("python/_synchronization.py")),
    PythonModule::new("_forking", include_str!("python/_forking.py")),
    PythonModule::new("_frame_locals", include_str!("python/_frame_locals.py")),
    PythonModule::new("_generic", include_str!("python/_generic.py")),
    PythonModule::new("_dataclass_fields", include_str!("python/_dataclass_fields.py")),
    PythonModule::new("_dataclass_methods", include_str!("python/_dataclass_methods.py")),
    PythonModule::new("_dataclass_slots", include_str!("python/_dataclass_slots.py")),
    PythonModule::new("_enum_body", include_str!("python/_enum_body.py")),
    PythonModule::new("_enum_checks", include_str!("python/_enum_checks.py")),
    PythonModule::new("_enum_flags", include_str!("python/_enum_flags.py")),
    PythonModule::new("_typing_files", include_str!("python/_typing_files.py")),
    PythonModule::new("_typing_hints", include_str!("python/_typing_hints.py")),
    PythonModule::new("_typing_protocols", include_str!("python/_typing_protocols.py")),
    PythonModule::new("_typing_records", include_str!("python/_typing_records.py")),
    PythonModule::new("_records", include_str!("python/_records.py")),
    PythonModule::new("_environment", include_str!("python/_environment.py")),
    PythonModule::new("_system_names", include_str!("python/_system_names.py")),
    PythonModule::new("_devices", include_str!("python/_devices.py")),
    PythonModule::new("_folders", include_str!("python/_folders.py")),
    PythonModule::new("_dispatch", include_str!("python/_dispatch.py")),
    PythonModule::new("_duck_generators", include_str!("python/_duck_generators.py")),
    PythonModule::new("_diff", include_str!("python/_diff.py")),
    PythonModule::new("_glob", include_str!("python/_glob.py")),
    PythonModule::new("_csv_sniff", include_str!("python/_csv_sniff.py")),
    PythonModule::new("_kernels", include_str!("python/_kernels.py")),
    PythonModule::new("abc", include_str!("python/abc.py")),
    PythonModule::new("_help", include_str!("python/_help.py")),
    PythonModule::new("_programs", include_str!("python/_programs.py")),
    PythonModule::new("_regex", include_str!("python/_regex.py")),
    PythonModule::new("annotationlib", include_str!("python/annotationlib.py")),
    PythonModule::new("asyncio", include_str!("python/asyncio/__init__.py")),
    PythonModule::new("asyncio.abstract", include_str!("python/asyncio/abstract.py")),
    PythonModule::new("asyncio.graph", include_str!("python/asyncio/graph.py")),
    PythonModule::new("asyncio.base_events", include_str!("python/asyncio/base_events.py")),
    PythonModule::new("asyncio.connections", include_str!("python/asyncio/connections.py")),
    PythonModule::new("asyncio.coroutines", include_str!("python/asyncio/coroutines.py")),
    PythonModule::new("asyncio.descriptor_transports", include_str!("python/asyncio/descriptor_transports.py")),
    PythonModule::new("asyncio.events", include_str!("python/asyncio/events.py")),
    PythonModule::new("asyncio.exceptions", include_str!("python/asyncio/exceptions.py")),
    PythonModule::new("asyncio.format_helpers", include_str!("python/asyncio/format_helpers.py")),
    PythonModule::new("asyncio.futures", include_str!("python/asyncio/futures.py")),
    PythonModule::new("asyncio.locks", include_str!("python/asyncio/locks.py")),
    PythonModule::new("asyncio.log", include_str!("python/asyncio/log.py")),
    PythonModule::new("asyncio.mixins", include_str!("python/asyncio/mixins.py")),
    PythonModule::new("asyncio.protocols", include_str!("python/asyncio/protocols.py")),
    PythonModule::new("asyncio.queues", include_str!("python/asyncio/queues.py")),
    PythonModule::new("asyncio.runners", include_str!("python/asyncio/runners.py")),
    PythonModule::new("asyncio.selector_events", include_str!("python/asyncio/selector_events.py")),
    PythonModule::new("asyncio.selector_transports", include_str!("python/asyncio/selector_transports.py")),
    PythonModule::new("asyncio.servers", include_str!("python/asyncio/servers.py")),
    PythonModule::new("asyncio.staggered", include_str!("python/asyncio/staggered.py")),
    PythonModule::new("asyncio.sockets", include_str!("python/asyncio/sockets.py")),
    PythonModule::new("asyncio.streams", include_str!("python/asyncio/streams.py")),
    PythonModule::new("asyncio.base_subprocess", include_str!("python/asyncio/base_subprocess.py")),
    PythonModule::new("asyncio.pipe_transports", include_str!("python/asyncio/pipe_transports.py")),
    PythonModule::new("asyncio.subprocess", include_str!("python/asyncio/subprocess.py")),
    PythonModule::new("asyncio.subprocesses", include_str!("python/asyncio/subprocesses.py")),
    PythonModule::new("asyncio.taskgroups", include_str!("python/asyncio/taskgroups.py")),
    PythonModule::new("asyncio.tasks", include_str!("python/asyncio/tasks.py")),
    PythonModule::new("asyncio.threads", include_str!("python/asyncio/threads.py")),
    PythonModule::new("asyncio.timeouts", include_str!("python/asyncio/timeouts.py")),
    PythonModule::new("asyncio.trsock", include_str!("python/asyncio/trsock.py")),
    PythonModule::new("asyncio.transports", include_str!("python/asyncio/transports.py")),
    PythonModule::new("asyncio.unix_events", include_str!("python/asyncio/unix_events.py")),
    PythonModule::new("asyncio.waiting", include_str!("python/asyncio/waiting.py")),
    PythonModule::new("argparse", include_str!("python/argparse/__init__.py")),
    PythonModule::new("argparse._actions", include_str!("python/argparse/_actions.py")),
    PythonModule::new("argparse._containers", include_str!("python/argparse/_containers.py")),
    PythonModule::new("argparse._formatting", include_str!("python/argparse/_formatting.py")),
    PythonModule::new("argparse._parser", include_str!("python/argparse/_parser.py")),
    PythonModule::new("argparse._reading", include_str!("python/argparse/_reading.py")),
    PythonModule::new("atexit", include_str!("python/atexit.py")),
    PythonModule::new("base64", include_str!("python/base64.py")),
    PythonModule::new("bisect", include_str!("python/bisect.py")),
    PythonModule::new("collections", include_str!("python/collections/__init__.py")),
    PythonModule::new("collections._user", include_str!("python/collections/_user.py")),
    PythonModule::new("collections.abc", include_str!("python/collections/abc.py")),
    PythonModule::new("codecs", include_str!("python/codecs.py")),
    PythonModule::new("concurrent", include_str!("python/concurrent/__init__.py")),
    PythonModule::new("concurrent.futures", include_str!("python/concurrent/futures/__init__.py")),
    PythonModule::new("concurrent.futures._base", include_str!("python/concurrent/futures/_base.py")),
    PythonModule::new("concurrent.futures._waiting", include_str!("python/concurrent/futures/_waiting.py")),
    PythonModule::new("concurrent.futures.interpreter", include_str!("python/concurrent/futures/interpreter.py")),
    PythonModule::new("concurrent.futures.process", include_str!("python/concurrent/futures/process.py")),
    PythonModule::new("concurrent.futures.thread", include_str!("python/concurrent/futures/thread.py")),
    PythonModule::new("concurrent.interpreters", include_str!("python/concurrent/interpreters/__init__.py")),
    PythonModule::new("concurrent.interpreters._crossing", include_str!("python/concurrent/interpreters/_crossing.py")),
    PythonModule::new("concurrent.interpreters._queues", include_str!("python/concurrent/interpreters/_queues.py")),
    PythonModule::new("contextvars", include_str!("python/contextvars.py")),
    PythonModule::new("platform", include_str!("python/platform.py")),
    PythonModule::new("sysconfig", include_str!("python/sysconfig.py")),
    PythonModule::new("copyreg", include_str!("python/copyreg.py")),
    PythonModule::new("csv", include_str!("python/csv.py")),
    PythonModule::new("dataclasses", include_str!("python/dataclasses.py")),
    PythonModule::new("_strptime", include_str!("python/_strptime.py")),
    PythonModule::new("datetime", include_str!("python/datetime/__init__.py")),
    PythonModule::new("datetime._clock", include_str!("python/datetime/_clock.py")),
    PythonModule::new("datetime._date", include_str!("python/datetime/_date.py")),
    PythonModule::new("datetime._delta", include_str!("python/datetime/_delta.py")),
    PythonModule::new("datetime._fields", include_str!("python/datetime/_fields.py")),
    PythonModule::new("datetime._moment", include_str!("python/datetime/_moment.py")),
    PythonModule::new("datetime._text", include_str!("python/datetime/_text.py")),
    PythonModule::new("datetime._zones", include_str!("python/datetime/_zones.py")),
    PythonModule::new("dis", include_str!("python/dis.py")),
    PythonModule::new("hashlib", include_str!("python/hashlib.py")),
    PythonModule::new("heapq", include_str!("python/heapq.py")),
    PythonModule::new("inspect", include_str!("python/inspect/__init__.py")),
    PythonModule::new("inspect._builtin_classes", include_str!("python/inspect/_builtin_classes.py")),
    PythonModule::new("inspect._finder", include_str!("python/inspect/_finder.py")),
    PythonModule::new("inspect._frames", include_str!("python/inspect/_frames.py")),
    PythonModule::new("inspect._signature", include_str!("python/inspect/_signature.py")),
    PythonModule::new("inspect._source", include_str!("python/inspect/_source.py")),
    PythonModule::new("io", include_str!("python/io.py")),
    PythonModule::new("json", include_str!("python/json/__init__.py")),
    PythonModule::new("json.decoder", include_str!("python/json/decoder.py")),
    PythonModule::new("json.encoder", include_str!("python/json/encoder.py")),
    PythonModule::new("json.__main__", include_str!("python/json/__main__.py")),
    PythonModule::new("json.tool", include_str!("python/json/tool.py")),
    PythonModule::new("json.scanner", include_str!("python/json/scanner.py")),
    PythonModule::new("keyword", include_str!("python/keyword.py")),
    PythonModule::new("linecache", include_str!("python/linecache.py")),
    PythonModule::new("os", include_str!("python/os.py")),
    PythonModule::new("logging", include_str!("python/logging/__init__.py")),
    PythonModule::new("logging._files", include_str!("python/logging/_files.py")),
    PythonModule::new("logging._listening", include_str!("python/logging/_listening.py")),
    PythonModule::new("logging._loggers", include_str!("python/logging/_loggers.py")),
    PythonModule::new("logging._records", include_str!("python/logging/_records.py")),
    PythonModule::new("logging._sockets", include_str!("python/logging/_sockets.py")),
    PythonModule::new("logging.config", include_str!("python/logging/config.py")),
    PythonModule::new("logging.handlers", include_str!("python/logging/handlers.py")),
    PythonModule::new("multiprocessing", include_str!("python/multiprocessing/__init__.py")),
    PythonModule::new("multiprocessing._segments", include_str!("python/multiprocessing/_segments.py")),
    PythonModule::new("multiprocessing._server", include_str!("python/multiprocessing/_server.py")),
    PythonModule::new("multiprocessing.managers", include_str!("python/multiprocessing/managers.py")),
    PythonModule::new("multiprocessing._crew", include_str!("python/multiprocessing/_crew.py")),
    PythonModule::new("multiprocessing.dummy", include_str!("python/multiprocessing/dummy/__init__.py")),
    PythonModule::new("multiprocessing.dummy.connection", include_str!("python/multiprocessing/dummy/connection.py")),
    PythonModule::new("multiprocessing.pool", include_str!("python/multiprocessing/pool.py")),
    PythonModule::new("multiprocessing.queues", include_str!("python/multiprocessing/queues.py")),
    PythonModule::new("multiprocessing.connection", include_str!("python/multiprocessing/connection.py")),
    PythonModule::new("multiprocessing.context", include_str!("python/multiprocessing/context.py")),
    PythonModule::new("multiprocessing.popen_fork", include_str!("python/multiprocessing/popen_fork.py")),
    PythonModule::new("multiprocessing.forkserver", include_str!("python/multiprocessing/forkserver.py")),
    PythonModule::new("multiprocessing.popen_forkserver", include_str!("python/multiprocessing/popen_forkserver.py")),
    PythonModule::new("multiprocessing.popen_spawn_posix", include_str!("python/multiprocessing/popen_spawn_posix.py")),
    PythonModule::new("multiprocessing.process", include_str!("python/multiprocessing/process.py")),
    PythonModule::new("multiprocessing.reduction", include_str!("python/multiprocessing/reduction.py")),
    PythonModule::new("multiprocessing.shared_memory", include_str!("python/multiprocessing/shared_memory.py")),
    PythonModule::new("multiprocessing.sharedctypes", include_str!("python/multiprocessing/sharedctypes.py")),
    PythonModule::new("multiprocessing.spawn", include_str!("python/multiprocessing/spawn.py")),
    PythonModule::new("multiprocessing.synchronize", include_str!("python/multiprocessing/synchronize.py")),
    PythonModule::new("multiprocessing.util", include_str!("python/multiprocessing/util.py")),
    PythonModule::new("pathlib", include_str!("python/pathlib/__init__.py")),
    PythonModule::new("pathlib._path", include_str!("python/pathlib/_path.py")),
    PythonModule::new("pathlib._windows", include_str!("python/pathlib/_windows.py")),
    PythonModule::new("pathlib._pure", include_str!("python/pathlib/_pure.py")),
    PythonModule::new("_codec_functions", include_str!("python/_codec_functions.py")),
    PythonModule::new("_codec_names", include_str!("python/_codec_names.py")),
    PythonModule::new("_codec_streams", include_str!("python/_codec_streams.py")),
    PythonModule::new("_codec_transforms", include_str!("python/_codec_transforms.py")),
    PythonModule::new("_codec_utf7", include_str!("python/_codec_utf7.py")),
    PythonModule::new("_codecs", include_str!("python/_codecs.py")),
    PythonModule::new("pickle", include_str!("python/pickle.py")),
    PythonModule::new("posixpath", include_str!("python/posixpath.py")),
    PythonModule::new("pprint", include_str!("python/pprint.py")),
    PythonModule::new("queue", include_str!("python/queue.py")),
    PythonModule::new("random", include_str!("python/random.py")),
    PythonModule::new("resource", include_str!("python/resource.py")),
    PythonModule::new("runpy", include_str!("python/runpy.py")),
    PythonModule::new("sched", include_str!("python/sched.py")),
    PythonModule::new("selectors", include_str!("python/selectors.py")),
    PythonModule::new("signal", include_str!("python/signal.py")),
    PythonModule::new("socket", include_str!("python/socket.py")),
    #[cfg(feature = "sqlite")]
    PythonModule::new("sqlite3", include_str!("python/sqlite3/__init__.py")),
    #[cfg(feature = "sqlite")]
    PythonModule::new("sqlite3.dbapi2", include_str!("python/sqlite3/dbapi2.py")),
    #[cfg(feature = "sqlite")]
    PythonModule::new("sqlite3._adapters", include_str!("python/sqlite3/_adapters.py")),
    #[cfg(feature = "sqlite")]
    PythonModule::new("sqlite3._connection", include_str!("python/sqlite3/_connection.py")),
    #[cfg(feature = "sqlite")]
    PythonModule::new("sqlite3._cursor", include_str!("python/sqlite3/_cursor.py")),
    #[cfg(feature = "sqlite")]
    PythonModule::new("sqlite3._dump", include_str!("python/sqlite3/_dump.py")),
    #[cfg(feature = "sqlite")]
    PythonModule::new("sqlite3._values", include_str!("python/sqlite3/_values.py")),
    PythonModule::new("subprocess", include_str!("python/subprocess/__init__.py")),
    PythonModule::new("subprocess._popen", include_str!("python/subprocess/_popen.py")),
    PythonModule::new("statistics", include_str!("python/statistics.py")),
    PythonModule::new("string", include_str!("python/string/__init__.py")),
    PythonModule::new("textwrap", include_str!("python/textwrap.py")),
    PythonModule::new("struct", include_str!("python/struct.py")),
    PythonModule::new("threading", include_str!("python/threading.py")),
    PythonModule::new("traceback", include_str!("python/traceback.py")),
    PythonModule::new("unittest", include_str!("python/unittest/__init__.py")),
    PythonModule::new("unittest.__main__", include_str!("python/unittest/__main__.py")),
    PythonModule::new("unittest._assertions", include_str!("python/unittest/_assertions.py")),
    PythonModule::new("unittest._contexts", include_str!("python/unittest/_contexts.py")),
    PythonModule::new("unittest._mock_asserts", include_str!("python/unittest/_mock_asserts.py")),
    PythonModule::new("unittest._mock_calls", include_str!("python/unittest/_mock_calls.py")),
    PythonModule::new("unittest._mock_magic", include_str!("python/unittest/_mock_magic.py")),
    PythonModule::new("unittest._mock_objects", include_str!("python/unittest/_mock_objects.py")),
    PythonModule::new("unittest._mock_patch", include_str!("python/unittest/_mock_patch.py")),
    PythonModule::new("unittest._mock_spec", include_str!("python/unittest/_mock_spec.py")),
    PythonModule::new("unittest._mock_state", include_str!("python/unittest/_mock_state.py")),
    PythonModule::new("unittest.async_case", include_str!("python/unittest/async_case.py")),
    PythonModule::new("unittest.case", include_str!("python/unittest/case.py")),
    PythonModule::new("unittest.loader", include_str!("python/unittest/loader.py")),
    PythonModule::new("unittest.main", include_str!("python/unittest/main.py")),
    PythonModule::new("unittest.mock", include_str!("python/unittest/mock.py")),
    PythonModule::new("unittest.result", include_str!("python/unittest/result.py")),
    PythonModule::new("unittest.runner", include_str!("python/unittest/runner.py")),
    PythonModule::new("unittest.signals", include_str!("python/unittest/signals.py")),
    PythonModule::new("unittest.suite", include_str!("python/unittest/suite.py")),
    PythonModule::new("unittest.util", include_str!("python/unittest/util.py")),
    PythonModule::new("warnings", include_str!("python/warnings.py")),
    PythonModule::new("typing", include_str!("python/typing.py")),
    PythonModule::new("tempfile", include_str!("python/tempfile.py")),
    PythonModule::new("timeit", include_str!("python/timeit.py")),
    PythonModule::new("types", include_str!("python/types.py")),
    PythonModule::new("enum", include_str!("python/enum.py")),
    PythonModule::new("functools", include_str!("python/functools.py")),
    PythonModule::new("contextlib", include_str!("python/contextlib.py")),
    PythonModule::new("copy", include_str!("python/copy.py")),
    PythonModule::new("weakref", include_str!("python/weakref.py")),
];

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

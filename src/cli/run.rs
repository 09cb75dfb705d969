//! `gilbox FILE`, `gilbox -c CODE`, `gilbox -m MODULE`, `gilbox -`, `gilbox run …`: runs a program as `python` would; `gilbox repl`, and `-i`
//! after a program: the prompt.

use std::fs::{File, OpenOptions};
use std::io::{IsTerminal, Read};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use signal_hook::consts::SIGINT;

use crate::gil::LockStats;
use crate::heap::{Gc, Value};
use crate::objects::dict::Dict;
use crate::objects::exception::{self, Exc};
use crate::record::recorder::FileRecorder;
use crate::record::{Run, children};
use crate::view;
use crate::vm::interpreter::Options;
use crate::vm::recording::Ledger;
use crate::vm::report::Ending;
use crate::vm::source::{self, Text};
use crate::vm::{Raised, Thread, Vm, import, report, signals};
use crate::world::World;

use super::options::{OnDeadlock, Program, RunOptions};
use super::{account, deadlock, pages, plain, reason, repl, timeout, watched};

/// The native stack of the main thread: the parser, and native code that recurses, need it. Committed as it is used.
const STACK: usize = 512 << 20;
/// Of which native code that recurses on a program's data may use so much, about as much as CPython has.
const RECURSION: usize = 16 << 20;

/// A program that has been read.
struct Source {
    /// `None` where there is only the prompt, or a module.
    text: Option<Vec<u8>>,
    /// The module of `-m`.
    module: Option<String>,
    /// Whether the prompt follows.
    interactive: bool,
    filename: String,
    argv: Vec<String>,
    /// Where its imports begin: `sys.path[0]`, empty for the working folder.
    folder: String,
    /// `__file__`, unless it came from the command line.
    file: Option<String>,
}

/// Runs a program, or the prompt if there is none and somebody sits there to type.
pub fn main(options: &RunOptions, program: &Program) -> ExitCode {
    let nothing = program.code.is_none() && program.module.is_none() && program.arguments.is_empty();
    if nothing && (program.interactive || std::io::stdin().is_terminal()) {
        return repl(options);
    }
    match read(program) {
        Ok(source) => start(options, source),
        Err(code) => code,
    }
}

/// The prompt without a program.
pub fn repl(options: &RunOptions) -> ExitCode {
    let (filename, argv, folder) = ("<stdin>".to_string(), vec![String::new()], String::new());
    start(options, Source { text: None, module: None, interactive: true, filename, argv, folder, file: None })
}

fn start(options: &RunOptions, source: Source) -> ExitCode {
    // The loader's, and the command line's.
    pages::give_back();
    signals::die_of_faults_that_are_sent();
    let mut interpreter = match options.interpreter() {
        Ok(interpreter) => interpreter,
        Err(message) => {
            eprintln!("Fatal Python error: {message}\nPython runtime state: preinitialized\n");
            return ExitCode::from(1);
        }
    };
    interpreter.argv = source.argv.clone();
    interpreter.reporter = Some(report_so_far);
    interpreter.on_exit = Some(exits_at_once);
    let recording = match options.record.as_deref().map(create).transpose() {
        Ok(recording) => recording,
        Err(code) => return code,
    };
    let (recording, commands) = match options.watched.map(watched::connect).transpose() {
        Ok(None) => (recording, None),
        Ok(Some((socket, commands))) => (Some((socket, "of gilbox watch".to_string())), Some(commands)),
        Err(error) => {
            eprintln!("gilbox: nobody watches: {}", reason(&error));
            return ExitCode::from(2);
        }
    };
    if options.on_deadlock == OnDeadlock::Exit && !source.interactive {
        interpreter.on_deadlock = Some(deadlock::tell);
    }
    let may_record = !source.interactive && recording.is_none() && options.recorded.is_none();
    let for_report = account::open(options, &source.argv.join(" "), may_record);
    let is_for_report = for_report.is_some();
    interpreter.recorder = Some(match options.recorded.as_deref().map(FileRecorder::inherited).transpose() {
        Ok(Some(inherited)) => Arc::new(inherited),
        Ok(None) => Arc::new(for_report.map_or_else(|| FileRecorder::new(recording), FileRecorder::for_report)),
        Err(error) => {
            eprintln!("gilbox: nothing is known of the parent's recording: {}", reason(&error));
            return ExitCode::from(2);
        }
    });
    match ledger(options) {
        Ok(ledger) => interpreter.ledger = ledger,
        Err(error) => {
            eprintln!("gilbox: child processes cannot be counted: {}", reason(&error));
            return ExitCode::from(1);
        }
    }
    interpreter.is_child = options.ledger.is_some() || options.recorded.is_some();
    if let Some(ledger) = &interpreter.ledger {
        interpreter.again.push(format!("--ledger={}", ledger.file.as_raw_fd()));
    }
    let folder = options.import_from.clone().unwrap_or_else(|| source.folder.clone());
    let place = if folder.is_empty() { here() } else { folder.clone() };
    interpreter.again.push(format!("--import-from={place}"));
    interpreter.path = vec![folder];
    let more = std::env::var("PYTHONPATH").unwrap_or_default();
    interpreter.path.extend(more.split(':').filter(|folder| !folder.is_empty()).map(String::from));
    let more = interpreter.path[1..].iter().map(PathBuf::from);
    interpreter.permissions.imports = std::iter::once(place.into()).chain(more).collect();
    let options = options.clone();
    let main = move || run(interpreter, &options, &source, commands, is_for_report);
    let thread = std::thread::Builder::new().name("gilbox-main".into()).stack_size(STACK).spawn(main);
    signals::leave_to_the_program();
    match thread.map(|thread| thread.join()) {
        Ok(Ok(code)) => ExitCode::from(code),
        // A panic has told about itself.
        Ok(Err(_)) => ExitCode::from(101),
        Err(error) => {
            eprintln!("gilbox: the main thread cannot be started: {error}");
            ExitCode::from(1)
        }
    }
}

/// Where child processes leave their counters: what this process was given, or a new one if there is to be a report.
fn ledger(options: &RunOptions) -> std::io::Result<Option<Ledger>> {
    match options.ledger {
        Some(number) => {
            let file = OpenOptions::new().append(true).open(format!("/dev/fd/{number}"))?;
            Ok(Some(children::of_file(file)))
        }
        None if options.report.is_some() || options.report_file.is_some() => children::ledger().map(Some),
        None => Ok(None),
    }
}

/// The file of a recording, empty.
fn create(path: &Path) -> Result<(File, String), ExitCode> {
    match File::create(path) {
        Ok(file) => Ok((file, path.to_string_lossy().into_owned())),
        Err(error) => {
            eprintln!("gilbox: the recording {} cannot be written: {}", path.display(), reason(&error));
            Err(ExitCode::from(1))
        }
    }
}

/// Reads the program; or says what is wrong in CPython's words, with its exit code.
fn read(program: &Program) -> Result<Source, ExitCode> {
    let interactive = program.interactive;
    if let Some(code) = &program.code {
        let argv = std::iter::once("-c".to_string()).chain(program.arguments.iter().cloned()).collect();
        let text = code.clone().into_bytes();
        let filename = "<string>".into();
        let folder = String::new();
        return Ok(Source { text: Some(text), module: None, interactive, filename, argv, folder, file: None });
    }
    if let Some(module) = &program.module {
        let argv = std::iter::once("-m".to_string()).chain(program.arguments.iter().cloned()).collect();
        let (module, filename) = (Some(module.clone()), format!("-m {module}"));
        return Ok(Source { text: None, module, interactive, filename, argv, folder: here(), file: None });
    }
    let argv = if program.arguments.is_empty() { vec![String::new()] } else { program.arguments.clone() };
    let name = argv[0].clone();
    if name.is_empty() || name == "-" {
        let mut text = Vec::new();
        if let Err(error) = std::io::stdin().read_to_end(&mut text) {
            eprintln!("gilbox: standard input: {}", reason(&error));
            return Err(ExitCode::from(1));
        }
        let file = Some("<stdin>".to_string());
        let (filename, folder) = ("<stdin>".into(), String::new());
        return Ok(Source { text: Some(text), module: None, interactive, filename, argv, folder, file });
    }
    let mut path = PathBuf::from(&name);
    if path.is_dir() {
        let inner = path.join("__main__.py");
        if !inner.is_file() {
            eprintln!("{}: can't find '__main__' module in '{}'", executable(), absolute(&path).display());
            return Err(ExitCode::from(1));
        }
        path = inner;
    }
    match std::fs::read(&path) {
        Ok(text) => {
            let folder = import::folder_of(&path).to_string_lossy().into_owned();
            let filename = absolute(&path).to_string_lossy().into_owned();
            let file = Some(filename.clone());
            Ok(Source { text: Some(text), module: None, interactive, filename, argv, folder, file })
        }
        Err(error) => {
            let full = absolute(&path);
            let number = error.raw_os_error().unwrap_or(0);
            let message = reason(&error);
            eprintln!("{}: can't open file '{}': [Errno {number}] {message}", executable(), full.display());
            if plain::COMMANDS.contains(&name.as_str()) {
                eprintln!("(The options of a command stand behind its name: gilbox {name} --gil off …)");
            }
            Err(ExitCode::from(2))
        }
    }
}

/// The folder in which imports begin where the program has none of its own.
fn here() -> String {
    std::env::current_dir().unwrap_or_default().to_string_lossy().into_owned()
}

fn executable() -> String {
    std::env::args().next().unwrap_or_else(|| "gilbox".into())
}

/// The working folder before the path, which stays as it was typed: `./x.py` is `/folder/./x.py`, as CPython says it.
fn absolute(path: &Path) -> PathBuf {
    std::env::current_dir().unwrap_or_default().join(path)
}

/// Runs the program in a fresh interpreter; its exit code.
fn run(
    interpreter: Options,
    options: &RunOptions,
    source: &Source,
    commands: Option<UnixStream>,
    is_for_report: bool,
) -> u8 {
    let world = match std::env::var("PYTHONHASHSEED").ok().and_then(|seed| seed.parse().ok()) {
        Some(seed) => World::seeded(seed),
        None => World::real(),
    };
    let th = match Vm::start(interpreter, world, RECURSION) {
        Ok(th) => th,
        Err(error) => {
            eprintln!("gilbox: {error}");
            return 1;
        }
    };
    let gil = th.vm().gil();
    if let Some(interval) = options.switch_interval {
        gil.set_interval(interval);
    }
    if let Some(ticks) = options.check_interval {
        gil.set_check_interval(ticks);
    }
    // What the parent has told the process to ignore, it ignores.
    if !signals::is_ignored(SIGINT)
        && let Err(error) = signals::watch(th.vm_arc(), SIGINT)
    {
        eprintln!("gilbox: Ctrl-C will end the program at once: {error}");
    }
    if let Some(limit) = options.timeout
        && let Err(error) = timeout::start(th.vm_arc().clone(), limit)
    {
        eprintln!("gilbox: the time cannot be watched: {error}");
        return 1;
    }
    let is_recorded = options.record.is_some() || options.recorded.is_some() || commands.is_some();
    if (is_recorded || is_for_report)
        && let Some(recorder) = &th.vm().options.recorder
        && let Err(error) = recorder.start(th.vm_arc(), None)
    {
        eprintln!("gilbox: the program cannot be recorded: {}", reason(&error));
        return 1;
    }
    if let Some(commands) = commands
        && let Err(error) = watched::obey(th.vm_arc(), commands)
    {
        eprintln!("gilbox: the lock cannot be switched by keys: {}", reason(&error));
    }
    if th.vm().options.on_deadlock.is_some()
        && let Err(error) = deadlock::start(th.vm_arc())
    {
        eprintln!("gilbox: deadlocks cannot be found: {}", reason(&error));
    }
    let mut ending = run_all(&th, source, options.quiet);
    let finished = th.finish();
    if !finished.is_flushed {
        // As CPython: what was printed did not arrive.
        ending = Ending::Exit(120);
    }
    // The report is the parent's.
    if th.vm().is_forked.load(Ordering::Acquire) {
        th.leave_figures("fork");
        leave(ending);
    }
    if let Err(error) = account::tell(th.vm(), &finished.stats) {
        account::complain(&error);
        if ending == Ending::Exit(0) {
            ending = Ending::Exit(1);
        }
    }
    leave(ending)
}

/// The process ends here: threads that are still running are daemons, which a return would leave running anyway.
fn leave(ending: Ending) -> ! {
    match ending {
        Ending::Exit(code) => std::process::exit(code),
        Ending::Interrupt => {
            let _ = signal_hook::low_level::emulate_default_handler(SIGINT);
            std::process::exit(128 + SIGINT)
        }
    }
}

/// What the program printed and did not flush is lost, as it wants it; what gilbox has seen is not.
fn exits_at_once(th: &Thread) {
    if let Some(recorder) = &th.vm().options.recorder {
        recorder.finish(th.vm());
    }
    account::tell_at_the_end(th.vm(), None);
}

/// What the lock has counted so far, for `gil.report()`.
fn report_so_far(stats: &LockStats) -> String {
    let text = view::report::text(&Run::new(stats, stats.total_ns), "so far");
    if report::colored(&std::io::stdout()) { text } else { anstream::adapter::strip_str(&text).to_string() }
}

/// The program, and the prompt if it is wanted.
fn run_all(th: &Thread, source: &Source, quiet: bool) -> Ending {
    let namespace = main_module(th, source);
    if !th.vm().options.warnings.is_empty()
        && let Err(raised) = import::import_by_name(th, th.intern("warnings"))
    {
        // Its filters hold from the start.
        let exception = th.take_exception(raised);
        return report::uncaught(th, exception);
    }
    let ran = match (&source.text, &source.module) {
        (Some(text), _) => Some(run_source(th, source, text, namespace)),
        (None, Some(module)) => Some(run_module(th, module)),
        (None, None) => None,
    };
    let ending = match ran {
        Some(ran) => match ran {
            Ok(()) => Ending::Exit(0),
            Err(raised) => {
                let exception = th.take_exception(raised);
                if source.filename == "<stdin>" && exception::is_instance(th, exception, Exc::SyntaxError) {
                    let ending = report::uncaught(th, exception);
                    if source.text.as_deref().is_some_and(repl::has_command) {
                        eprintln!("(Lines with % are commands of the prompt; gilbox -i reads them from a pipe.)");
                    }
                    ending
                } else if source.interactive && exception::is_instance(th, exception, Exc::SystemExit) {
                    report::print_exception(th, exception);
                    Ending::Exit(0)
                } else {
                    report::uncaught(th, exception)
                }
            }
        },
        None => {
            if !quiet {
                repl::banner(th);
            }
            Ending::Exit(0)
        }
    };
    if source.interactive { repl::run(th, namespace) } else { ending }
}

/// The module `__main__`; its namespace.
fn main_module(th: &Thread, source: &Source) -> Gc<Dict> {
    let main = th.make_main_module();
    let names = &*th.vm().names;
    if let Some(file) = &source.file {
        main.namespace.set_str(th, names.__file__, th.str(file));
        main.namespace.set_str(th, names.__cached__, Value::NONE);
    }
    main.namespace
}

/// `-m`: `runpy` runs the module as `__main__`.
fn run_module(th: &Thread, module: &str) -> Result<(), Raised> {
    let runpy = import::import_by_name(th, th.intern("runpy"))?;
    let name = th.str(module);
    th.call_method(runpy, th.intern("_run_module_as_main"), &[name]).map(|_| ())
}

fn run_source(th: &Thread, source: &Source, text: &[u8], namespace: Gc<Dict>) -> Result<(), Raised> {
    if source.filename != "<stdin>" && source.file.is_some() {
        th.vm().sources.add_file(&source.filename);
    } else if source.filename == "<string>" {
        th.vm().sources.add_text(&source.filename, &String::from_utf8_lossy(text));
    }
    let options = source::default_options(th);
    let code = source::compile(th, Text::Bytes(text), &source.filename, source::Mode::Module, options)?;
    pages::give_back();
    th.run_code(code, namespace, Value::EMPTY, None).map(|_| ())
}

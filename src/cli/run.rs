//! `gilbox FILE`, `gilbox -c CODE`, `gilbox -`, `gilbox run …`: runs a program as `python` would.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::Ordering;

use signal_hook::consts::SIGINT;

use crate::gil::LockStats;
use crate::heap::Value;
use crate::modules::streams;
use crate::objects::module;
use crate::record::Run;
use crate::view;
use crate::vm::interpreter::Options;
use crate::vm::report::Ending;
use crate::vm::source::{self, Text};
use crate::vm::{Raised, Thread, Vm, import, report, signals};
use crate::world::World;

use super::options::{Program, ReportFormat, RunOptions};
use super::timeout;

/// The native stack of the main thread: the parser, and native code that recurses, need it. Committed as it is used.
const STACK: usize = 512 << 20;
/// Of which native code that recurses on a program's data may use so much, about as much as CPython has.
const RECURSION: usize = 16 << 20;

/// A program that has been read.
struct Source {
    text: Vec<u8>,
    filename: String,
    argv: Vec<String>,
    /// Where its imports begin.
    folder: String,
    /// `__file__`, unless it came from the command line.
    file: Option<String>,
}

pub fn main(options: &RunOptions, program: &Program) -> ExitCode {
    let source = match read(program) {
        Ok(source) => source,
        Err(code) => return code,
    };
    let mut interpreter = match options.interpreter() {
        Ok(interpreter) => interpreter,
        Err(message) => {
            eprintln!("Fatal Python error: config_read_gil: {message}");
            return ExitCode::from(1);
        }
    };
    interpreter.argv = source.argv.clone();
    interpreter.path = vec![source.folder.clone()];
    let more = std::env::var("PYTHONPATH").unwrap_or_default();
    interpreter.path.extend(more.split(':').filter(|folder| !folder.is_empty()).map(String::from));
    interpreter.permissions.imports = interpreter.path.iter().map(PathBuf::from).collect();
    let options = options.clone();
    let main = move || run(interpreter, &options, &source);
    let thread = std::thread::Builder::new().name("gilbox-main".into()).stack_size(STACK).spawn(main);
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

/// Reads the program; or says what is wrong in CPython's words, with its exit code.
fn read(program: &Program) -> Result<Source, ExitCode> {
    let here = std::env::current_dir().unwrap_or_default().to_string_lossy().into_owned();
    if let Some(code) = &program.code {
        let argv = std::iter::once("-c".to_string()).chain(program.arguments.iter().cloned()).collect();
        let text = code.clone().into_bytes();
        return Ok(Source { text, filename: "<string>".into(), argv, folder: here, file: None });
    }
    let argv = if program.arguments.is_empty() { vec![String::new()] } else { program.arguments.clone() };
    let name = argv[0].clone();
    if name.is_empty() || name == "-" {
        let mut text = Vec::new();
        if let Err(error) = std::io::stdin().read_to_end(&mut text) {
            eprintln!("gilbox: standard input: {error}");
            return Err(ExitCode::from(1));
        }
        let file = Some("<stdin>".to_string());
        return Ok(Source { text, filename: "<stdin>".into(), argv, folder: here, file });
    }
    let mut path = PathBuf::from(&name);
    if path.is_dir() {
        let inner = path.join("__main__.py");
        if !inner.is_file() {
            eprintln!("{}: can't find '__main__' module in '{name}'", executable());
            return Err(ExitCode::from(1));
        }
        path = inner;
    }
    match std::fs::read(&path) {
        Ok(text) => {
            let folder = import::folder_of(&path).to_string_lossy().into_owned();
            let filename = path.to_string_lossy().into_owned();
            let file = Some(absolute(&path).to_string_lossy().into_owned());
            Ok(Source { text, filename, argv, folder, file })
        }
        Err(error) => {
            let full = absolute(&path);
            let number = error.raw_os_error().unwrap_or(0);
            let message = error.to_string();
            let message = message.split(" (os error").next().unwrap_or_default();
            eprintln!("{}: can't open file '{}': [Errno {number}] {message}", executable(), full.display());
            Err(ExitCode::from(2))
        }
    }
}

fn executable() -> String {
    std::env::args().next().unwrap_or_else(|| "gilbox".into())
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// Runs the program in a fresh interpreter; its exit code.
fn run(interpreter: Options, options: &RunOptions, source: &Source) -> u8 {
    let world = match std::env::var("PYTHONHASHSEED").ok().and_then(|seed| seed.parse().ok()) {
        Some(seed) => World::seeded(seed),
        None => World::real(),
    };
    let start = world.clock.now();
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
    let mut ending = match run_source(&th, source) {
        Ok(()) => Ending::Exit(0),
        Err(raised) => report::uncaught(&th, th.take_exception(raised)),
    };
    let stats = finish(&th, &mut ending);
    let measured = Run::new(&stats, th.vm().world().clock.now() - start);
    if let Err(error) = tell(&measured, options, &source.argv.join(" ")) {
        eprintln!("gilbox: the report cannot be written: {error}");
        if ending == Ending::Exit(0) {
            ending = Ending::Exit(1);
        }
    }
    // The process ends here: threads that are still running are daemons, which a return would leave running anyway.
    match ending {
        Ending::Exit(code) => std::process::exit(code),
        Ending::Interrupt => {
            let _ = signal_hook::low_level::emulate_default_handler(SIGINT);
            std::process::exit(128 + SIGINT)
        }
    }
}

fn tell(run: &Run, options: &RunOptions, program: &str) -> std::io::Result<()> {
    if let Some(file) = &options.report_file {
        std::fs::write(file, view::report::json(run, program))?;
    }
    match options.report {
        Some(ReportFormat::Text) => write!(anstream::stderr(), "{}", view::report::text(run, program)),
        Some(ReportFormat::Json) => write!(std::io::stderr(), "{}", view::report::json(run, program)),
        None => Ok(()),
    }
}

fn run_source(th: &Thread, source: &Source) -> Result<(), Raised> {
    let main = module::new(th, "__main__", "");
    let names = &*th.vm().names;
    th.vm().modules().set_str(th, names.__main__, main.value());
    main.namespace.set_str(
        th,
        names.__builtins__,
        crate::vm::import::in_modules(th, "builtins").unwrap_or(Value::NONE),
    );
    if let Some(file) = &source.file {
        main.namespace.set_str(th, names.__file__, th.str(file));
        main.namespace.set_str(th, names.__cached__, Value::NONE);
    }
    if source.filename != "<stdin>" && source.file.is_some() {
        th.vm().sources.add_file(&source.filename);
    } else if source.filename == "<string>" {
        th.vm().sources.add_text(&source.filename, &String::from_utf8_lossy(&source.text));
    }
    let options = source::default_options(th);
    let code = source::compile(th, Text::Bytes(&source.text), &source.filename, source::Mode::Module, options)?;
    th.run_code(code, main.namespace, Value::EMPTY, None).map(|_| ())
}

/// The end of the program: threads are joined, exit functions run, output is flushed, daemons are shut out. Returns what
/// the lock had counted when the program's own threads were done.
fn finish(th: &Thread, ending: &mut Ending) -> LockStats {
    for (module, function, doing) in
        [("threading", "_shutdown", "on threading shutdown"), ("atexit", "_run_exitfuncs", "in atexit callback")]
    {
        let Some(module) = import::in_modules(th, module) else { continue };
        if let Err(raised) = th.call_method(module, th.intern(function), &[]) {
            let exception = th.take_exception(raised);
            report::unraisable_while(th, exception, doing, module);
        }
    }
    let stats = th.vm().gil().stats();
    th.vm().finalizing.store(true, Ordering::Release);
    if let Err(raised) = streams::flush_all(th) {
        let exception = th.take_exception(raised);
        report::unraisable(th, exception, Value::NONE);
        // As CPython: what was printed did not arrive.
        *ending = Ending::Exit(120);
    }
    th.shut_out_others();
    stats
}

//! `gilbox watch`: runs a program in a process of its own and shows its lanes while it runs; or shows a recording as it was.
//!
//! - `child`: the program; `feed`: what comes from it
//! - `terminal`: the terminal, and how it is given back

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Seek, SeekFrom};
use std::process::{ExitCode, ExitStatus};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use clap::Args;
use ratatui::crossterm::event::{self, Event, KeyEvent, KeyEventKind};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};

use crate::record::decode;
use crate::record::lines::Header;
use crate::record::units::count;
use crate::view::live::controls::{Action, Controls};
use crate::view::live::model::Model;
use crate::view::live::output::Output;
use crate::view::live::screen::{self, Picture};
use crate::view::live::snapshot::{Present, Snapshot};
use crate::world::Ns;

use super::options::{Program as Arguments, RunOptions};
use super::reason;

mod child;
mod feed;
mod terminal;

use child::Program;
use feed::{Feed, Pane};
use terminal::Screen;

const EXAMPLES: &str = "Examples:\n  \
    gilbox watch turns.py                lanes of all threads while the program runs\n  \
    gilbox watch --gil off turns.py      begin without a lock; o switches it on and off\n  \
    gilbox watch -c 'CODE'               a program given as text\n  \
    gilbox watch turns.gil               a recording as it was, at any speed\n\n\
    Keys: o switches the lock off and on, 1 to 6 choose another, [ and ] change the switch interval,\n\
    space pauses, q quits, ? shows all others.\n\n\
    Exit codes: the program's own if it has ended; 0 if q has ended it; 2 if there is no terminal.";

/// How often the screen is drawn.
const FRAME: Duration = Duration::from_millis(66);
/// The screen shows what happened so long ago: until then, what the threads did has come in.
const DELAY: Duration = Duration::from_millis(60);
/// How long after the program's end something may still come in.
const LAST_WORDS: Duration = Duration::from_millis(500);
/// So many events of a recording are read ahead.
const BACKLOG: usize = 1 << 18;
/// The first line of a recording is no longer.
const LONGEST_HEADER: u64 = 1 << 20;

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct WatchOptions {
    #[command(flatten)]
    options: RunOptions,
    #[command(flatten)]
    program: Arguments,
}

pub fn main(options: &WatchOptions) -> ExitCode {
    let refuse = |message: &str| {
        eprintln!("gilbox: {message}");
        ExitCode::from(2)
    };
    let program = &options.program;
    let is_named = program.code.is_none() && program.module.is_none();
    if is_named && program.arguments.is_empty() {
        return refuse("watch needs a FILE, -c CODE or -m MODULE");
    }
    if program.interactive || options.options.record.is_some() {
        return refuse("watch has no -i and no --record; gilbox run has both");
    }
    if !io::stdout().is_terminal() {
        return refuse("watch draws on a terminal, and standard output is none; gilbox run --record writes to a file");
    }
    let named = program.arguments.first().filter(|_| is_named);
    let other = program.module.as_deref().unwrap_or("-c");
    let title = named.map_or(other, |path| path.rsplit('/').next().unwrap_or(path)).to_string();
    let shown = match recording(program) {
        Some(file) => replay(&title, file),
        None => watch(&title),
    };
    match shown {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("gilbox: {title} cannot be watched: {}", reason(&error));
            ExitCode::from(1)
        }
    }
}

/// The file, if it is no program but a recording.
fn recording(program: &Arguments) -> Option<File> {
    let mut file =
        File::open(program.arguments.first().filter(|_| program.code.is_none() && program.module.is_none())?).ok()?;
    if !file.metadata().ok()?.is_file() {
        return None;
    }
    let mut line = Vec::new();
    BufReader::new((&file).take(LONGEST_HEADER)).read_until(b'\n', &mut line).ok()?;
    decode::header(&line).ok()?;
    file.seek(SeekFrom::Start(0)).ok()?;
    Some(file)
}

/// Signals that end gilbox: the last that came, or 0.
fn signals() -> io::Result<Arc<AtomicUsize>> {
    let came = Arc::new(AtomicUsize::new(0));
    for signal in [SIGTERM, SIGINT, SIGHUP, SIGQUIT] {
        signal_hook::flag::register_usize(signal, came.clone(), signal as usize)?;
    }
    Ok(came)
}

/// The keys that are pressed, read by a thread of its own: where the terminal has gone away, reading does not come back.
fn keys() -> io::Result<Receiver<KeyEvent>> {
    let (sender, keys) = mpsc::channel();
    thread::Builder::new().name("gilbox-keys".into()).spawn(move || {
        while let Ok(event) = event::read() {
            if let Event::Key(key) = event
                && key.kind != KeyEventKind::Release
                && sender.send(key).is_err()
            {
                return;
            }
        }
    })?;
    Ok(keys)
}

/// Runs the program that the command line names, and shows it.
fn watch(title: &str) -> io::Result<u8> {
    let (columns, rows) = ratatui::crossterm::terminal::size()?;
    let size = screen::output_size(columns, rows, 1, 0, false);
    // All behind the command belongs to the program and its run.
    let arguments: Vec<OsString> = std::env::args_os().skip(2).collect();
    let program = Program::start(&arguments, size.0, size.1)?;
    let (output, recording) = program.outputs()?;
    let mut session = Session::new(title, Feed::start(recording)?);
    session.pane = Some((Pane::start(output, size.0, size.1)?, size));
    session.program = Some(program);
    session.show()
}

/// Shows a recording as it was.
fn replay(title: &str, file: File) -> io::Result<u8> {
    let mut session = Session::new(title, Feed::start(file)?);
    session.controls.speed = Some(1.0);
    session.show()
}

/// A program, or a recording, and the screen that shows it.
struct Session {
    title: String,
    feed: Arc<Feed>,
    /// `None` for a recording.
    program: Option<Program>,
    /// What the program prints, and how many rows and columns it knows of.
    pane: Option<(Pane, (u16, u16))>,
    /// What is known of the run, once it has begun.
    model: Option<Model>,
    /// When the recording began.
    begun: Instant,
    /// How much of a recording was shown, and when that was.
    played: (Duration, Instant),
    ended_at: Option<Instant>,
    snapshot: Snapshot,
    controls: Controls,
    colors: bool,
}

impl Session {
    fn new(title: &str, feed: Arc<Feed>) -> Session {
        Session {
            title: title.to_string(),
            feed,
            program: None,
            pane: None,
            model: None,
            begun: Instant::now(),
            played: (Duration::ZERO, Instant::now()),
            ended_at: None,
            snapshot: Snapshot::default(),
            controls: Controls::default(),
            colors: std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }

    /// Shows it until somebody has seen enough; the exit code.
    fn show(&mut self) -> io::Result<u8> {
        let signals = signals()?;
        let mut screen = Screen::open()?;
        let result = keys().and_then(|keys| self.run(&mut screen, &signals, &keys));
        drop(screen);
        let ended = self.ended()?;
        drop(self.program.take());
        result?;
        let signal = signals.load(Ordering::Relaxed);
        if signal != 0 {
            let _ = signal_hook::low_level::emulate_default_handler(signal as i32);
            return Ok(u8::try_from(128 + signal).unwrap_or(1));
        }
        self.farewell(ended)
    }

    fn run(&mut self, screen: &mut Screen, signals: &AtomicUsize, keys: &Receiver<KeyEvent>) -> io::Result<()> {
        loop {
            let next = Instant::now() + FRAME;
            let status = self.catch_up()?;
            if self.is_over_unseen() {
                return Ok(());
            }
            self.draw(screen, &status)?;
            loop {
                if signals.load(Ordering::Relaxed) != 0 {
                    return Ok(());
                }
                match keys.recv_timeout(next.saturating_duration_since(Instant::now())) {
                    Ok(key) => match self.controls.key(key, &self.snapshot) {
                        Action::Quit => return Ok(()),
                        action => self.act(action),
                    },
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return Err(io::ErrorKind::BrokenPipe.into()),
                }
                self.look_again();
            }
        }
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Lock(name) => self.command(&format!("lock {name}")),
            Action::Interval(ns) => self.command(&format!("interval {ns}")),
            Action::Type(keys) => self.program.iter_mut().for_each(|program| program.type_keys(&keys)),
            Action::None | Action::Quit => {}
        }
    }

    fn command(&mut self, command: &str) {
        self.program.iter_mut().for_each(|program| program.command(command));
    }

    /// How the program ended, if it has.
    fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        self.program.as_mut().map_or(Ok(None), Program::ended)
    }

    /// Up to which moment of the run everything has come in.
    fn now(&mut self) -> Duration {
        let Some(speed) = self.controls.speed else { return self.begun.elapsed().saturating_sub(DELAY) };
        let (played, since) = &mut self.played;
        let now = Instant::now();
        if !self.controls.is_paused {
            *played += (now - *since).mul_f64(speed);
        }
        *since = now;
        *played
    }

    /// Takes what has come; what the program does now.
    fn catch_up(&mut self) -> io::Result<String> {
        if self.model.is_none()
            && let Some(header) = self.feed.header()
        {
            self.begun = begin(&header);
            self.model = Some(Model::new(header));
        }
        let ended = self.ended()?;
        if ended.is_some() && self.ended_at.is_none() {
            self.ended_at = Some(Instant::now());
        }
        let now = self.now();
        if let Some(model) = &mut self.model {
            let mut is_over = false;
            if model.backlog() < BACKLOG {
                let lines;
                (lines, is_over) = self.feed.take();
                lines.into_iter().for_each(|line| model.take(line));
            }
            model.advance(now.as_nanos() as Ns);
            let is_late = self.ended_at.is_some_and(|at| at.elapsed() > LAST_WORDS);
            let is_cut = self.program.is_none() && is_over && model.backlog() == 0;
            if !model.is_over && (ended.is_some() && (is_over || is_late) || is_cut) {
                model.finish(model.now);
            }
            match self.controls.is_paused {
                true => self.snapshot.present = Present::of(model),
                false => self.snapshot = Snapshot::new(model, &self.controls),
            }
            self.controls.confirm(&self.snapshot.present);
        }
        Ok(match (ended, self.controls.speed) {
            (Some(ended), _) => child::describe(ended),
            (None, None) => "running".to_string(),
            (None, Some(_)) if self.snapshot.present.is_over => "recorded".to_string(),
            (None, Some(speed)) => format!("recorded, {speed}×"),
        })
    }

    /// A key has changed what is to be seen of a moment that stands still.
    fn look_again(&mut self) {
        if let (true, Some(model)) = (self.controls.is_paused, &self.model) {
            self.snapshot = self.snapshot.again(model, &self.controls);
        }
    }

    /// Whether the program is over before there was anything to see: a wrong name, or wrong syntax.
    fn is_over_unseen(&self) -> bool {
        let is_late = || self.ended_at.is_some_and(|at| at.elapsed() > LAST_WORDS);
        let is_silent = || self.pane.as_ref().is_some_and(|(pane, _)| pane.is_over());
        let is_unreadable = self.program.is_none() && self.feed.error().is_some();
        self.model.is_none() && (is_unreadable || self.ended_at.is_some() && (is_silent() || is_late()))
    }

    fn draw(&mut self, screen: &mut Screen, status: &str) -> io::Result<()> {
        let Session { title, model, snapshot, controls, colors, pane, program, .. } = self;
        let (title, colors) = (title.as_str(), *colors);
        let mut draw = |output: Option<&mut Output>| {
            let model = model.as_ref();
            let mut picture = Picture { model, snapshot, controls, output, title, status, colors };
            screen.terminal.draw(|frame| screen::draw(frame, &mut picture)).map(|_| ())
        };
        let Some((pane, known)) = pane else { return draw(None) };
        let size = pane.with(|output| draw(Some(output)).map(|()| output.size()))?;
        if size != *known {
            *known = size;
            program.iter().for_each(|program| program.resize(size.0, size.1));
        }
        Ok(())
    }

    /// What is left on the terminal; the exit code.
    fn farewell(&self, ended: Option<ExitStatus>) -> io::Result<u8> {
        if let Some(error) = self.feed.error().filter(|_| self.program.is_none() && self.model.is_none()) {
            eprintln!("gilbox: {}: {error}", self.title);
            return Ok(2);
        }
        if let (None, Some(ended), Some((pane, _))) = (&self.model, ended, &self.pane) {
            eprintln!("{}", pane.with(|output| output.text()).trim_end());
            return Ok(child::code(ended));
        }
        let how = ended.map_or("ended by q".to_string(), child::describe);
        let switches = self.model.as_ref().map_or(0, |model| model.all_switches.iter().sum());
        if self.controls.speed.is_none() {
            let seconds = self.snapshot.now as f64 / 1e9;
            println!("gilbox watch: {}: {how} after {seconds:.1} s and {} switches", self.title, count(switches));
        }
        Ok(ended.map_or(0, child::code))
    }
}

/// When the recording began, on this process's clock.
fn begin(header: &Header) -> Instant {
    let wall = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    let ago = wall.saturating_sub(header.started_ns.max(0) as u128).min(u128::from(u64::MAX));
    let now = Instant::now();
    now.checked_sub(Duration::from_nanos(ago as u64)).unwrap_or(now)
}

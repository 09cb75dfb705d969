//! gilbox on a terminal of its own, as a person would meet it: what is typed goes in, and what comes out is drawn on a
//! screen that a test can look at.

use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use ptyprocess::{PtyProcess, WaitStatus};

/// How long a test waits for something to appear; generous, since other tests share the machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub struct Terminal {
    pub process: PtyProcess,
    pub keyboard: fs::File,
    screen: Arc<Mutex<vt100::Parser>>,
    columns: u16,
}

impl Terminal {
    /// gilbox with these arguments, on a screen of (rows, columns); `set` may change its environment.
    pub fn open((rows, columns): (u16, u16), arguments: &[&str], set: impl FnOnce(&mut Command)) -> Terminal {
        // The terminal comes without echo, which gilbox must not find it in, and its size has to be there before gilbox looks
        // at it; whoever runs the tests may ignore signals, which children inherit.
        let script = format!("stty echo rows {rows} cols {columns} && exec env --default-signal=INT \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_gilbox")]).args(arguments);
        for name in ["NO_COLOR", "FORCE_COLOR", "PYTHON_COLORS", "PYTHON_GIL"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        set(&mut command);
        let process = PtyProcess::spawn(command).expect("gilbox starts");
        let keyboard = process.get_raw_handle().expect("a keyboard");
        let mut output = process.get_raw_handle().expect("a screen");
        let size = |n| NonZeroU16::new(n).expect("not zero");
        let screen = Arc::new(Mutex::new(vt100::Parser::new(size(rows), size(columns), 0)));
        let drawn = screen.clone();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                drawn.lock().expect("the test lives").process(&bytes[..count]);
            }
        });
        Terminal { process, keyboard, screen, columns }
    }

    pub fn screen<R>(&self, look: impl FnOnce(&vt100::Screen) -> R) -> R {
        look(self.screen.lock().expect("the reader lives").screen())
    }

    /// The screen's text, without what is empty at its end and at the ends of its lines.
    pub fn text(&self) -> String {
        let rows: Vec<String> =
            self.screen(|screen| screen.rows(0, self.columns).map(|row| row.trim_end().to_string()).collect());
        rows.join("\n").trim_end().to_string()
    }

    pub fn until(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        let start = Instant::now();
        while !is_so() {
            assert!(start.elapsed() < PATIENCE, "never came: {what}\n{}", self.text());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the text, without white space at its end, is on the screen.
    pub fn waits_for(&self, text: &str) {
        self.until(text, || format!("{}\n", self.text()).contains(text.trim_end()));
    }

    pub fn type_keys(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).expect("the terminal takes keys");
    }

    /// Waits until gilbox has ended.
    pub fn end(&self) -> WaitStatus {
        let mut ended = None;
        self.until("the end", || {
            let status = self.process.status().ok();
            ended = status.filter(|status| matches!(status, WaitStatus::Exited(..) | WaitStatus::Signaled(..)));
            ended.is_some()
        });
        ended.expect("it has ended")
    }
}

//! The terminal while a line is edited on it: what the program prints meanwhile, in its other threads, waits here for whoever
//! draws the line and can put it above.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::world::forks;
use crate::world::parking::{Condvar, Mutex};

/// Standard output and standard error, if they are the terminal.
const STREAMS: std::ops::RangeInclusive<i32> = 1..=2;

#[derive(Default)]
pub struct Screen {
    /// Whether a line is edited. Changed under `state` only.
    is_edited: AtomicBool,
    /// Locked only within `forks::whole`, and for moments, but for the waits of who draws the line.
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    printed: Vec<u8>,
    is_closed: bool,
}

impl Screen {
    /// A line is edited from now on.
    pub fn begin(&self) {
        let _whole = forks::whole();
        let _state = self.state.lock();
        self.is_edited.store(true, Ordering::Relaxed);
    }

    /// No line is edited any more; what is left to be written.
    pub fn end(&self) -> Vec<u8> {
        let _whole = forks::whole();
        let mut state = self.state.lock();
        self.is_edited.store(false, Ordering::Relaxed);
        std::mem::take(&mut state.printed)
    }

    /// Keeps what a thread prints if a line is edited on that terminal; else the thread writes it itself.
    pub fn keeps(&self, descriptor: i32, bytes: &[u8], is_terminal: impl Fn(i32) -> bool) -> bool {
        if !self.is_edited.load(Ordering::Relaxed) || !STREAMS.contains(&descriptor) || !is_terminal(descriptor) {
            return false;
        }
        let _whole = forks::whole();
        let mut state = self.state.lock();
        let is_edited = self.is_edited.load(Ordering::Relaxed);
        if is_edited {
            state.printed.extend_from_slice(bytes);
            self.changed.notify_one();
        }
        is_edited
    }

    /// For the one who draws the line: waits for whole lines that were printed. `None` when there will be no more.
    pub fn wait_for_lines(&self) -> Option<String> {
        let mut state = self.state.lock();
        loop {
            if state.is_closed {
                return None;
            }
            if let Some(end) = state.printed.iter().rposition(|byte| *byte == b'\n') {
                let rest = state.printed.split_off(end + 1);
                let lines = std::mem::replace(&mut state.printed, rest);
                return Some(String::from_utf8_lossy(&lines).into_owned());
            }
            self.changed.wait(&mut state);
        }
    }

    /// Nobody draws lines any more.
    pub fn close(&self) {
        let _whole = forks::whole();
        self.state.lock().is_closed = true;
        self.changed.notify_one();
    }

    /// In the child of a fork, which has the terminal's descriptors but no prompt.
    pub(super) fn begin_child(&self) {
        self.is_edited.store(false, Ordering::Relaxed);
        self.changed.forget_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_printed_on_the_terminal_while_a_line_is_edited_is_kept() {
        let screen = Screen::default();
        assert!(!screen.keeps(1, b"before\n", |_| true));
        screen.begin();
        assert!(!screen.keeps(1, b"a file\n", |_| false));
        assert!(!screen.keeps(5, b"another terminal\n", |_| true));
        assert!(screen.keeps(1, b"one\ntwo\nth", |_| true));
        assert_eq!(screen.wait_for_lines().as_deref(), Some("one\ntwo\n"));
        assert!(screen.keeps(2, b"ree\nfour", |_| true));
        assert_eq!(screen.wait_for_lines().as_deref(), Some("three\n"));
        assert_eq!(screen.end(), b"four");
        assert!(!screen.keeps(1, b"after\n", |_| true));
        screen.close();
        assert_eq!(screen.wait_for_lines(), None);
    }
}

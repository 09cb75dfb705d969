//! The terminal as the screen needs it, and as it was before.

use std::io::{self, Stdout, stdout};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::{MoveTo, Show};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

/// The screen; when it is dropped, and before a panic tells of itself, the terminal is what it was.
pub struct Screen {
    pub terminal: Terminal<CrosstermBackend<Stdout>>,
    opened: Opened,
}

/// Whether the terminal is not what it was.
#[derive(Clone, Default)]
struct Opened(Arc<AtomicBool>);

impl Screen {
    pub fn open() -> io::Result<Screen> {
        let opened = Opened::default();
        let (theirs, previous) = (opened.clone(), std::panic::take_hook());
        std::panic::set_hook(Box::new(move |panic| {
            theirs.restore();
            previous(panic);
        }));
        opened.0.store(true, Ordering::Release);
        let terminal = enable_raw_mode()
            .and_then(|()| execute!(stdout(), EnterAlternateScreen))
            .and_then(|()| Terminal::new(CrosstermBackend::new(stdout())));
        match terminal {
            Ok(terminal) => Ok(Screen { terminal, opened }),
            Err(error) => {
                opened.restore();
                Err(error)
            }
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.opened.restore();
    }
}

impl Opened {
    /// Errors have nobody to go to: the terminal may be gone.
    fn restore(&self) {
        if self.0.swap(false, Ordering::AcqRel) {
            // A terminal that has grown meanwhile shrinks the screen before it leaves it, and tmux keeps of it what is above
            // the cursor.
            let _ = execute!(stdout(), MoveTo(0, 0), Clear(ClearType::All), LeaveAlternateScreen, Show);
            let _ = disable_raw_mode();
        }
    }
}

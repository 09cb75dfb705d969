//! What a person has set, and what a key changes about it.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::gil::Mode;
use crate::world::Ns;

use super::snapshot::{Present, Snapshot};
use super::waits::By;

const MS: Ns = 1_000_000;
/// How long a column may be.
pub const COLUMNS: [Ns; 22] = [
    10_000,
    20_000,
    50_000,
    100_000,
    200_000,
    500_000,
    MS,
    2 * MS,
    5 * MS,
    10 * MS,
    20 * MS,
    50 * MS,
    100 * MS,
    200 * MS,
    500 * MS,
    1_000 * MS,
    2_000 * MS,
    5_000 * MS,
    10_000 * MS,
    20_000 * MS,
    50_000 * MS,
    100_000 * MS,
];
/// The one that is chosen at first.
const USUAL: usize = 11;
/// The switch intervals that keys choose.
const INTERVALS: [Ns; 10] = [100_000, 200_000, 500_000, MS, 2 * MS, 5 * MS, 10 * MS, 20 * MS, 50 * MS, 100 * MS];
/// How long it may take until the interval is what it was asked to be.
const PATIENCE: Ns = 2_000 * MS;
/// No lock at all.
const OFF: &str = "off";
/// The slowest and the fastest that a recording is shown.
const SPEEDS: (f64, f64) = (1.0 / 1024.0, 1024.0);
/// What the pane scrolls at a time.
const PAGE: usize = 5;

/// In which order the threads are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Started,
    Waiting,
    Running,
    Name,
}

impl Order {
    pub fn name(self) -> &'static str {
        match self {
            Order::Started => "as started",
            Order::Waiting => "by waiting",
            Order::Running => "by running",
            Order::Name => "by name",
        }
    }

    fn next(self) -> Order {
        match self {
            Order::Started => Order::Waiting,
            Order::Waiting => Order::Running,
            Order::Running => Order::Name,
            Order::Name => Order::Started,
        }
    }
}

/// What keys are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Typing {
    /// Commands.
    #[default]
    Keys,
    /// The filter of names.
    Filter,
    /// The program, which reads them.
    Program,
}

/// What a key asks of somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// All is done.
    None,
    Quit,
    /// Another lock for the program.
    Lock(String),
    /// Another switch interval.
    Interval(Ns),
    /// This was typed for the program.
    Type(Vec<u8>),
}

/// What a person has set.
#[derive(Clone, Debug)]
pub struct Controls {
    /// Which of `COLUMNS` a column is long.
    zoom: usize,
    /// How many columns the lanes have; the screen knows.
    pub width: usize,
    /// Where the lanes end; `None`: now.
    pub end: Option<Ns>,
    pub is_paused: bool,
    pub order: Order,
    pub waits_by: By,
    /// Whether waits that are no contention are shown as well.
    pub all_waits: bool,
    /// Whether tasks have rows.
    pub tasks: bool,
    /// Part of the names of the threads that are shown.
    pub filter: String,
    pub typing: Typing,
    pub help: bool,
    /// The first thread that is shown.
    pub first: usize,
    /// How many rows the output is scrolled back.
    pub back: usize,
    /// Whether the output has most of the screen.
    pub big_output: bool,
    /// What the lock was asked to become, until it is.
    pub asked: Option<String>,
    /// What the interval was asked to become, until it is; and when.
    pub asked_interval: Option<(Ns, Ns)>,
    /// The last lock there was.
    last_lock: String,
    /// What is to be said about the last key.
    pub notice: Option<String>,
    /// Of a recording: how many times as fast as it was.
    pub speed: Option<f64>,
}

impl Default for Controls {
    fn default() -> Controls {
        Controls {
            zoom: USUAL,
            width: 40,
            end: None,
            is_paused: false,
            order: Order::default(),
            waits_by: By::default(),
            all_waits: false,
            tasks: true,
            filter: String::new(),
            typing: Typing::default(),
            help: false,
            first: 0,
            back: 0,
            big_output: false,
            asked: None,
            asked_interval: None,
            last_lock: Mode::default().to_string(),
            notice: None,
            speed: None,
        }
    }
}

impl Controls {
    /// How long a column is.
    pub fn column_ns(&self) -> Ns {
        COLUMNS[self.zoom]
    }

    /// What of the run is on the screen: whole columns, the last of which the moment `now` falls into.
    pub fn stretch(&self, now: Ns) -> (Ns, Ns) {
        let column = self.column_ns();
        let to = (self.end.unwrap_or(now) / column + 1) * column;
        (to.saturating_sub(column * self.width as Ns), to)
    }

    /// The last moment of that, if `now` is the last one there is: at the beginning of the run the screen is full.
    pub fn shown_end(&self, now: Ns) -> Ns {
        self.end.map_or(now, |end| end.max(self.column_ns() * self.width as Ns).min(now))
    }

    /// Whether a thread of that name is shown.
    pub fn shows(&self, name: &str) -> bool {
        self.filter.is_empty() || name.to_lowercase().contains(&self.filter.to_lowercase())
    }

    /// A key was pressed while the screen showed that.
    pub fn key(&mut self, key: KeyEvent, shown: &Snapshot) -> Action {
        self.notice = None;
        if key.code == KeyCode::Char('c')
            && key.modifiers.contains(KeyModifiers::CONTROL)
            && self.typing != Typing::Program
        {
            return Action::Quit;
        }
        match self.typing {
            Typing::Keys => self.command(key.code, shown),
            Typing::Filter => self.type_filter(key.code),
            Typing::Program => self.type_to_program(key),
        }
    }

    fn type_filter(&mut self, key: KeyCode) -> Action {
        match key {
            KeyCode::Char(character) => self.filter.push(character),
            KeyCode::Backspace => {
                self.filter.pop();
            }
            KeyCode::Esc => {
                self.filter.clear();
                self.typing = Typing::Keys;
            }
            KeyCode::Enter => self.typing = Typing::Keys,
            _ => {}
        }
        Action::None
    }

    fn type_to_program(&mut self, key: KeyEvent) -> Action {
        let bytes = match key.code {
            KeyCode::Esc => {
                self.typing = Typing::Keys;
                return Action::None;
            }
            KeyCode::Char(letter @ 'a'..='z') if key.modifiers.contains(KeyModifiers::CONTROL) => {
                vec![letter as u8 - b'a' + 1]
            }
            KeyCode::Char(character) => character.to_string().into_bytes(),
            KeyCode::Enter => b"\r".to_vec(),
            KeyCode::Backspace => b"\x7f".to_vec(),
            KeyCode::Tab => b"\t".to_vec(),
            _ => return Action::None,
        };
        Action::Type(bytes)
    }

    fn command(&mut self, key: KeyCode, shown: &Snapshot) -> Action {
        match key {
            KeyCode::Char('?' | 'h') => self.help = !self.help,
            KeyCode::Esc if self.help => self.help = false,
            KeyCode::Char('q') => return Action::Quit,
            KeyCode::Char(' ' | 'p') => self.pause(!self.is_paused, shown.now),
            KeyCode::Char('s') => self.order = self.order.next(),
            KeyCode::Char('/') => self.typing = Typing::Filter,
            KeyCode::Char('i') => self.typing = Typing::Program,
            KeyCode::Char('v') => self.big_output = !self.big_output,
            KeyCode::Char('t') => self.tasks = !self.tasks,
            KeyCode::Char('w') => self.all_waits = !self.all_waits,
            KeyCode::Char('r') => {
                self.waits_by = match self.waits_by {
                    By::Total => By::Longest,
                    By::Longest => By::Times,
                    By::Times => By::Total,
                }
            }
            KeyCode::Char('o' | '1'..='6' | '[' | ']') => return self.lock(key, shown),
            other => self.travel(other, shown),
        }
        Action::None
    }

    /// The keys that change the lock.
    fn lock(&mut self, key: KeyCode, shown: &Snapshot) -> Action {
        if let Some(speed) = &mut self.speed {
            match key {
                KeyCode::Char('[') => *speed = (*speed / 2.0).max(SPEEDS.0),
                KeyCode::Char(']') => *speed = (*speed * 2.0).min(SPEEDS.1),
                _ => self.notice = Some("this is a recording; [ and ] change how fast it is shown".to_string()),
            }
            return Action::None;
        }
        let present = &shown.present;
        if present.is_over {
            self.notice = Some("the program is over".to_string());
            return Action::None;
        }
        // Keys may be faster than the program: each goes on from what the one before has asked for.
        let now = self.asked.clone().unwrap_or(present.mode.clone());
        let has_lock = now != OFF;
        if has_lock {
            self.last_lock = now.clone();
        }
        let name = match key {
            KeyCode::Char('o') if has_lock => Some(OFF.to_string()),
            KeyCode::Char('o') => Some(self.last_lock.clone()),
            KeyCode::Char(digit @ '1'..='6') => {
                Mode::names().nth(digit as usize - '1' as usize).map(|(name, _)| name.to_string())
            }
            _ => None,
        };
        if let Some(name) = name {
            if name == now {
                return Action::None;
            }
            self.asked = Some(name.clone());
            return Action::Lock(name);
        }
        let Some(interval) = present.interval_ns else {
            self.notice = Some(format!("the lock {} has no interval", present.mode));
            return Action::None;
        };
        let now = self.asked_interval.map_or(interval, |(asked, _)| asked);
        let next = match key {
            KeyCode::Char('[') => INTERVALS.iter().rfind(|interval| **interval < now),
            _ => INTERVALS.iter().find(|interval| **interval > now),
        };
        let Some(next) = next else { return Action::None };
        self.asked_interval = Some((*next, present.now));
        Action::Interval(*next)
    }

    /// That is how it is now: what was asked for may have come about.
    pub fn confirm(&mut self, present: &Present) {
        if present.is_over || self.asked.as_ref() == Some(&present.mode) {
            self.asked = None;
        }
        // The program may have chosen another one meanwhile.
        let is_done = |(ns, at): (Ns, Ns)| Some(ns) == present.interval_ns || at + PATIENCE < present.now;
        if present.is_over || self.asked_interval.is_some_and(is_done) {
            self.asked_interval = None;
        }
    }

    fn pause(&mut self, pause: bool, now: Ns) {
        self.is_paused = pause;
        self.end = pause.then_some(now);
    }

    /// The keys that look at something else.
    fn travel(&mut self, key: KeyCode, shown: &Snapshot) {
        let half = self.column_ns() * (self.width as Ns / 2).max(1);
        match key {
            KeyCode::Left | KeyCode::Char('b') => {
                let end = self.end.unwrap_or(shown.now).saturating_sub(half);
                self.is_paused = true;
                self.end = Some(end.max(half.min(shown.now)));
            }
            KeyCode::Right | KeyCode::Char('f') => {
                let end = self.end.unwrap_or(shown.now) + half;
                self.pause(self.is_paused && end < shown.now, end);
            }
            KeyCode::Home => {
                self.is_paused = true;
                self.end = Some((self.column_ns() * self.width as Ns).min(shown.now));
            }
            KeyCode::End => self.pause(false, shown.now),
            KeyCode::Char('+' | '=') => self.zoom = self.zoom.saturating_sub(1),
            KeyCode::Char('-') => self.zoom = (self.zoom + 1).min(COLUMNS.len() - 1),
            KeyCode::Down | KeyCode::Char('j') => self.first = (self.first + 1).min(shown.rows.len().saturating_sub(1)),
            KeyCode::Up | KeyCode::Char('k') => self.first = self.first.saturating_sub(1),
            KeyCode::PageUp => self.back += PAGE,
            KeyCode::PageDown => self.back = self.back.saturating_sub(PAGE),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(controls: &mut Controls, shown: &Snapshot, keys: &str) -> Action {
        let press =
            |controls: &mut Controls, c| controls.key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE), shown);
        keys.chars().map(|c| press(controls, c)).last().unwrap_or(Action::None)
    }

    fn shown() -> Snapshot {
        let (mode, interval_ns) = ("3.9".to_string(), Some(5 * MS));
        let present = Present { now: 60_000 * MS, is_over: false, mode, interval_ns };
        Snapshot { now: 60_000 * MS, present, ..Snapshot::default() }
    }

    #[test]
    fn the_lock_is_switched_off_and_on_again() {
        let (mut controls, mut shown) = (Controls::default(), shown());
        assert_eq!(press(&mut controls, &shown, "o"), Action::Lock("off".into()));
        assert_eq!(controls.asked.as_deref(), Some("off"));
        (shown.present.mode, shown.present.interval_ns) = ("off".into(), None);
        controls.confirm(&shown.present);
        assert_eq!(controls.asked, None);
        assert_eq!(press(&mut controls, &shown, "o"), Action::Lock("3.9".into()));
        assert_eq!(press(&mut controls, &shown, "3"), Action::Lock("2.7".into()));
        assert_eq!(press(&mut controls, &shown, "]"), Action::None);
        assert!(controls.notice.is_some());
        shown.present.is_over = true;
        assert_eq!(press(&mut controls, &shown, "o"), Action::None);
    }

    #[test]
    fn the_interval_goes_in_steps() {
        let (mut controls, mut shown) = (Controls::default(), shown());
        assert_eq!(press(&mut controls, &shown, "]"), Action::Interval(10 * MS));
        assert_eq!(press(&mut controls, &shown, "]]"), Action::Interval(50 * MS), "each press counts");
        assert_eq!(press(&mut controls, &shown, "["), Action::Interval(20 * MS));
        shown.present.interval_ns = Some(20 * MS);
        controls.confirm(&shown.present);
        assert_eq!(controls.asked_interval, None);
        // The program had the last word.
        assert_eq!(press(&mut controls, &shown, "]"), Action::Interval(50 * MS));
        shown.present.interval_ns = Some(100 * MS);
        controls.confirm(&shown.present);
        assert_eq!(press(&mut controls, &shown, "["), Action::Interval(20 * MS));
        shown.present.now += 2 * PATIENCE;
        controls.confirm(&shown.present);
        assert_eq!(press(&mut controls, &shown, "["), Action::Interval(50 * MS));
        assert_eq!(press(&mut Controls::default(), &shown, "]"), Action::None);
    }

    #[test]
    fn a_lock_that_is_switched_off_and_on_before_the_program_knows_is_on() {
        let (mut controls, shown) = (Controls::default(), shown());
        assert_eq!(press(&mut controls, &shown, "oo"), Action::Lock("3.9".into()));
        assert_eq!(press(&mut controls, &shown, "2"), Action::None);
        assert_eq!(press(&mut controls, &shown, "3o"), Action::Lock("off".into()));
        assert_eq!(press(&mut controls, &shown, "o"), Action::Lock("2.7".into()));
    }

    #[test]
    fn who_scrolls_back_stands_still_until_the_present_is_reached() {
        let (mut controls, shown) = (Controls::default(), shown());
        press(&mut controls, &shown, "bb");
        assert_eq!((controls.is_paused, controls.end), (true, Some(58_000 * MS)));
        press(&mut controls, &shown, "f");
        assert_eq!((controls.is_paused, controls.end), (true, Some(59_000 * MS)));
        press(&mut controls, &shown, "f");
        assert_eq!((controls.is_paused, controls.end), (false, None));
        press(&mut controls, &shown, " ");
        assert_eq!((controls.is_paused, controls.end), (true, Some(shown.now)));
    }

    #[test]
    fn what_is_typed_goes_where_it_belongs() {
        let (mut controls, shown) = (Controls::default(), shown());
        press(&mut controls, &shown, "/quo");
        assert_eq!((controls.filter.as_str(), controls.typing), ("quo", Typing::Filter));
        assert!(controls.shows("Quod") && !controls.shows("other"));
        let key = |code| KeyEvent::new(code, KeyModifiers::NONE);
        controls.key(key(KeyCode::Enter), &shown);
        assert_eq!(press(&mut controls, &shown, "iq"), Action::Type(b"q".to_vec()));
        let interrupt = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(controls.key(interrupt, &shown), Action::Type(vec![3]));
        controls.key(key(KeyCode::Esc), &shown);
        assert_eq!(controls.key(interrupt, &shown), Action::Quit);
    }
}

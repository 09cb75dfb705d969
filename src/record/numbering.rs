//! Numbers that hold for a whole recording: each interpreter counts its own threads, code and texts.

use std::collections::HashMap;

use crate::gil::ThreadId;
use crate::gil::events::{CodeName, Event};
use crate::world::Ns;

use super::decode::Line;
use super::file::Entry;

/// Knows whose the lines are, in the order of the file.
#[derive(Default)]
pub struct Numbering {
    /// Whose the following lines are.
    current: usize,
    /// How many there are beside the first.
    others: usize,
    /// The interpreters by process and number, with the moments at which they began.
    interpreters: HashMap<(u32, i64), (usize, Option<Ns>)>,
    threads: HashMap<(usize, u32), u32>,
    tasks: HashMap<(usize, u32), u32>,
    /// Threads and tasks are counted together.
    last: u32,
    codes: HashMap<(usize, u32), u32>,
    known_codes: HashMap<CodeName, u32>,
    texts: HashMap<(usize, u32), u32>,
    known_texts: HashMap<String, u32>,
}

impl Numbering {
    /// A line with numbers of the recording, and whose it is by its place in the recording; nothing if it was only for us.
    pub fn line(&mut self, line: Line) -> Option<(usize, Line)> {
        let line = match line {
            Line::Nothing => return None,
            Line::Of { process, interpreter } => {
                self.current = self.interpreter((process, interpreter));
                return None;
            }
            Line::Begins(mut begins) => {
                let of = self.interpreters.iter_mut().find(|(_, (place, _))| *place == self.current);
                if let Some((key, (place, began))) = of {
                    (begins.process, begins.interpreter) = *key;
                    // Numbers of processes are used again.
                    if began.replace(begins.at).is_some_and(|before| before != begins.at) {
                        self.others += 1;
                        *place = self.others;
                        self.current = self.others;
                    }
                }
                Line::Begins(begins)
            }
            Line::Thread { id, name, born } => Line::Thread { id: self.thread(id), name, born },
            Line::Task(number, name) => Line::Task(self.task(number), name),
            Line::Code(number, name) => {
                let next = self.known_codes.len() as u32 + 1;
                let known = *self.known_codes.entry(name.clone()).or_insert(next);
                self.codes.insert((self.current, number), known);
                Line::Code(known, name)
            }
            Line::Text(number, text) => {
                let next = self.known_texts.len() as u32 + 1;
                let known = *self.known_texts.entry(text.clone()).or_insert(next);
                self.texts.insert((self.current, number), known);
                Line::Text(known, text)
            }
            Line::Event(entry) => Line::Event(self.entry(entry)),
            other => other,
        };
        Some((self.current, line))
    }

    /// The numbers that threads have in their interpreters: the order in which they were registered.
    pub fn threads(&self) -> HashMap<u32, u32> {
        self.threads.iter().map(|((_, number), id)| (*id, *number)).collect()
    }

    fn interpreter(&mut self, key: (u32, i64)) -> usize {
        if let Some((place, _)) = self.interpreters.get(&key) {
            return *place;
        }
        // The first is the one that the first line of the file is about.
        if !self.interpreters.is_empty() {
            self.others += 1;
        }
        self.interpreters.insert(key, (self.others, None));
        self.others
    }

    /// Forgets the threads and tasks of which nothing more will come.
    pub fn keep(&mut self, keeps: impl Fn(u32) -> bool) {
        self.threads.retain(|_, id| keeps(*id));
        self.tasks.retain(|_, id| keeps(*id));
    }

    fn thread(&mut self, number: u32) -> u32 {
        *self.threads.entry((self.current, number)).or_insert_with(|| {
            self.last += 1;
            self.last
        })
    }

    fn task(&mut self, number: u32) -> u32 {
        *self.tasks.entry((self.current, number)).or_insert_with(|| {
            self.last += 1;
            self.last
        })
    }

    fn entry(&mut self, entry: Entry) -> Entry {
        let mut entry = Entry { thread: self.thread(entry.thread), ..entry };
        if entry.place.is_known() {
            entry.place.code = self.codes.get(&(self.current, entry.place.code)).copied().unwrap_or_default();
        }
        if let Event::Task { task, .. } = &mut entry.event {
            *task = self.task(*task);
        }
        let mut renumber = |id: &mut ThreadId| id.0 = self.thread(id.0);
        match &mut entry.event {
            Event::Runs { from: Some(id), .. } | Event::Blocks { owner: Some(id), .. } => renumber(id),
            Event::Asks(id) | Event::Wakes { who: id, .. } => renumber(id),
            Event::Marks(text) => *text = self.texts.get(&(self.current, *text)).copied().unwrap_or_default(),
            _ => {}
        }
        entry
    }
}

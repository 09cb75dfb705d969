//! Where the source lines of a traceback come from.
//!
//! Lines are shown of what the interpreter itself has loaded: the program, its modules, the modules that come along, what
//! was given with `-c` or typed at a prompt. A file name that a program has made up (`compile(text, "/etc/passwd", …)`)
//! opens no file.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::modules::python_module;
use crate::syntax::{self, Arena};
use crate::vm::Thread;
use crate::vm::thread::Reason;

/// What of one interpreter can be shown.
#[derive(Default)]
pub struct Sources {
    /// Paths of files that were loaded, as tracebacks name them.
    files: Mutex<HashSet<String>>,
    /// Texts that are in no file, by the names that their code goes by.
    texts: Mutex<HashMap<String, Arc<str>>>,
}

impl Sources {
    /// A file was loaded: its lines may be shown.
    pub fn add_file(&self, filename: &str) {
        self.files.lock().insert(filename.to_string());
    }

    /// Code by this name came from `text`: `-c`, or an input at the prompt.
    pub fn add_text(&self, filename: &str, text: &str) {
        self.texts.lock().insert(filename.to_string(), text.into());
    }

    pub fn is_file(&self, filename: &str) -> bool {
        self.files.lock().contains(filename)
    }
}

/// The lines of source texts during one report.
pub struct Lines<'a> {
    th: &'a Thread,
    known: HashMap<String, Option<Rc<Vec<String>>>>,
}

impl<'a> Lines<'a> {
    pub fn new(th: &'a Thread) -> Lines<'a> {
        Lines { th, known: HashMap::new() }
    }

    /// Another line of a file that the program itself has the lines of.
    pub fn add(&mut self, filename: &str, line: &str) {
        let known = self.known.entry(filename.to_string()).or_default().get_or_insert_default();
        Rc::make_mut(known).push(line.trim_end_matches(['\n', '\r']).to_string());
    }

    /// A line (from 1) without white space at its end; empty if it is not known.
    pub fn get(&mut self, filename: &str, line: usize) -> String {
        let known = match self.known.get(filename) {
            Some(known) => known.clone(),
            None => {
                let lines = text_of(self.th, filename).map(|text| Rc::new(split(&text)));
                self.known.insert(filename.to_string(), lines.clone());
                lines
            }
        };
        let text = known.as_ref().and_then(|lines| lines.get(line.checked_sub(1)?)).map_or("", |l| l.trim_end());
        text.to_string()
    }
}

/// A file's name as reports show it. Statements read from standard input one by one (`<stdin-0>`) have a name each, so
/// that the lines of all of them are known.
pub fn shown_name(filename: &str) -> &str {
    if filename.starts_with("<stdin-") { "<stdin>" } else { filename }
}

fn split(text: &str) -> Vec<String> {
    text.replace("\r\n", "\n").replace('\r', "\n").split('\n').map(str::to_string).collect()
}

/// The source text by this name, if it may be shown.
pub fn text_of(th: &Thread, filename: &str) -> Option<Arc<str>> {
    let sources = &th.vm().sources;
    if let Some(text) = sources.texts.lock().get(filename) {
        return Some(text.clone());
    }
    if let Some(name) = filename.strip_prefix("<frozen ").and_then(|n| n.strip_suffix('>')) {
        return python_module(name).map(|module| Arc::from(module.text()));
    }
    if !sources.is_file(filename) {
        return None;
    }
    let bytes = th.detached(Reason::Io, || std::fs::read(filename)).ok()?;
    let arena = Arena::new();
    Some(match syntax::decode(&arena, &bytes, Some(filename)) {
        Ok(text) => Arc::from(text),
        Err(_) => Arc::from(&*String::from_utf8_lossy(&bytes)),
    })
}

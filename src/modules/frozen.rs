//! The modules written in Python, as the program holds them: their texts in one piece, and a table that says where.
//!
//! Left to the compiler, a megabyte and a half of texts would lie scattered between other constants, and whoever wants one of
//! those, or the names of all modules, would have the system read texts that nobody asked for.

use super::LIBRARY;

/// The longest name.
const LONGEST: usize = 39;

/// A module that comes with the interpreter, written in Python.
#[derive(Clone, Copy)]
pub struct PythonModule {
    /// Here and not elsewhere, since a search looks at all names.
    name: [u8; LONGEST],
    name_len: u8,
    start: u32,
    end: u32,
}

impl PythonModule {
    pub fn name(&self) -> &str {
        str::from_utf8(&self.name[..usize::from(self.name_len)]).unwrap_or_default()
    }

    pub fn text(&self) -> &'static str {
        str::from_utf8(&LIBRARY[self.start as usize..self.end as usize]).unwrap_or_default()
    }
}

/// The length of all texts together.
pub(super) const fn total(modules: &[(&str, &str)]) -> usize {
    let (mut total, mut at) = (0, 0);
    while at < modules.len() {
        total += modules[at].1.len();
        at += 1;
    }
    total
}

/// All texts, one behind the other.
pub(super) const fn joined<const TOTAL: usize>(modules: &[(&str, &str)]) -> [u8; TOTAL] {
    let mut library = [0; TOTAL];
    let (mut end, mut at) = (0, 0);
    while at < modules.len() {
        let text = modules[at].1.as_bytes();
        library.split_at_mut(end).1.split_at_mut(text.len()).0.copy_from_slice(text);
        end += text.len();
        at += 1;
    }
    library
}

/// The table for texts that lie one behind the other.
pub(super) const fn rows<const COUNT: usize>(modules: &[(&str, &str)]) -> [PythonModule; COUNT] {
    let mut rows = [PythonModule { name: [0; LONGEST], name_len: 0, start: 0, end: 0 }; COUNT];
    let (mut end, mut at) = (0, 0);
    while at < COUNT {
        let (name, text) = modules[at];
        let row = &mut rows[at];
        row.name.split_at_mut(name.len()).0.copy_from_slice(name.as_bytes());
        row.name_len = name.len() as u8;
        row.start = end;
        end += text.len() as u32;
        row.end = end;
        at += 1;
    }
    rows
}

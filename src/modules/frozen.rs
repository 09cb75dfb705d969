//! A module written in Python, as the table of them has it.

/// The longest name.
const LONGEST: usize = 39;

/// A module that comes with the interpreter, written in Python.
///
/// Its name lies in the row itself. The compiler puts names that rows refer to between the texts, a megabyte and a half,
/// and a search, which looks at all names, would have the system read all of that.
pub struct PythonModule {
    name: [u8; LONGEST],
    length: u8,
    pub text: &'static str,
}

impl PythonModule {
    /// The module of this dotted name and text.
    pub const fn new(name: &str, text: &'static str) -> PythonModule {
        assert!(name.len() <= LONGEST);
        let mut row = PythonModule { name: [0; LONGEST], length: name.len() as u8, text };
        row.name.split_at_mut(name.len()).0.copy_from_slice(name.as_bytes());
        row
    }

    pub fn name(&self) -> &str {
        str::from_utf8(&self.name[..usize::from(self.length)]).unwrap_or_default()
    }
}

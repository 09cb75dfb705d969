//! What tests of the command line share: the command, what it said, and a place for its files.

use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::Command;

/// gilbox, whatever the environment of who runs the tests asks for.
pub fn gilbox() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gilbox"));
    command.env_remove("PYTHON_GIL").env("NO_COLOR", "1");
    command
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A folder for the files of one test, empty at first; removed with the value.
pub struct Folder(PathBuf);

impl Folder {
    /// `name` is the test's own among all tests of the file.
    pub fn new(name: &str) -> Folder {
        let test = env!("CARGO_CRATE_NAME");
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder for the test's files");
        Folder(path)
    }
}

impl Deref for Folder {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

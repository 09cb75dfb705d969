//! Source files that cannot be run, and very large ones: CPython's messages and exit codes.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use assert_cmd::Command;

#[test]
fn a_missing_file_is_named() {
    let folder = Folder::new("missing");
    let path = folder.path("nothing.py");
    folder.run(&path).says(2, &format!("can't open file '{}': [Errno 2] No such file or directory", path.display()));
}

#[test]
fn a_path_through_a_file_is_not_a_directory() {
    let folder = Folder::new("through");
    let path = folder.write("program.py", b"").join("x");
    folder.run(&path).says(2, &format!("can't open file '{}': [Errno 20] Not a directory", path.display()));
}

#[test]
fn a_directory_without_main_is_refused() {
    let folder = Folder::new("directory");
    let path = folder.0.clone();
    folder.run(&path).says(1, &format!("can't find '__main__' module in '{}'", path.display()));
}

#[test]
fn a_directory_with_main_is_run() {
    let folder = Folder::new("package");
    folder.write("__main__.py", b"print('main', __name__)\n");
    let path = folder.0.clone();
    folder.run(&path).prints("main __main__\n");
}

#[test]
fn invalid_utf_8_is_a_syntax_error() {
    let folder = Folder::new("utf8");
    let path = folder.write("program.py", b"x = 1\n\ny = \"\xff\"\n");
    let message = format!(
        "SyntaxError: Non-UTF-8 code starting with '\\xff' in file {} on line 3, but no encoding declared; \
         see https://peps.python.org/pep-0263/ for details",
        path.display()
    );
    folder.run(&path).says(1, &message);
}

#[test]
fn null_bytes_are_a_syntax_error() {
    let folder = Folder::new("null");
    let path = folder.write("program.py", b"x = 1\ny = \"a\0b\"\n");
    folder.run(&path).says(1, "SyntaxError: source code cannot contain null bytes");
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let folder = Folder::new("mark");
    let path = folder.write("program.py", b"\xef\xbb\xbfprint('read')\n");
    folder.run(&path).prints("read\n");
}

#[test]
fn c_without_a_program_is_an_error() {
    let done = command().arg("-c").output().expect("gilbox runs");
    assert_eq!(done.status.code(), Some(2));
}

#[test]
fn a_million_lines_are_a_program() {
    let folder = Folder::new("million");
    let mut text = String::from("n = 0\n");
    for i in 0..999_998 {
        let _ = writeln!(text, "n += {}", i % 3);
    }
    text.push_str("print(n)\n");
    let path = folder.write("program.py", text.as_bytes());
    folder.run(&path).prints("999997\n");
}

#[test]
fn a_line_of_a_million_characters_is_a_program() {
    let folder = Folder::new("line");
    let text = format!("x = '{}'\ny = [{}]\nprint(len(x), len(y))\n", "é".repeat(1_000_000), "1, ".repeat(300_000));
    let path = folder.write("program.py", text.as_bytes());
    folder.run(&path).prints("1000000 300000\n");
}

/// A folder of one test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("files-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder for the test");
        Folder(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).expect("a file for the test");
        path
    }

    fn run(&self, path: &Path) -> Done {
        Done(command().arg(path).output().expect("gilbox ends in time"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gilbox"));
    command.timeout(Duration::from_secs(120));
    command
}

struct Done(Output);

impl Done {
    fn prints(&self, text: &str) {
        let err = String::from_utf8_lossy(&self.0.stderr);
        assert_eq!(String::from_utf8_lossy(&self.0.stdout), text, "{err}");
        assert_eq!(self.0.status.code(), Some(0), "{err}");
    }

    /// It ends with this code, and the last line on standard error ends with this message.
    fn says(&self, code: i32, message: &str) {
        let err = String::from_utf8_lossy(&self.0.stderr);
        let last = err.trim_end().lines().last().unwrap_or_default();
        assert!(last.ends_with(message), "wanted: {message}\ngot: {err}");
        assert_eq!(self.0.status.code(), Some(code), "{err}");
    }
}
